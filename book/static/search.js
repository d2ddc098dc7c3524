// The page of the search: asks the index, and shows what was found with the hits marked.
"use strict";

(() => {
  const AT_ONCE = 20; // results that are shown before one asks for more
  const AROUND = 90; // letters before and after the first hit of a text
  const MARKED = 8; // words that are marked on the page that a result leads to
  const { entries, kinds, words, verdicts } = BOOK_INDEX;
  const folding = makeFolding(BOOK_WORDS.folding);
  const matching = makeMatching(BOOK_INDEX, makeAsking(BOOK_WORDS.names, folding));
  const results = /** @type {HTMLElement} */ (document.getElementById("search-results"));
  const status = /** @type {HTMLElement} */ (results.querySelector("[role=status]"));
  const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";

  /** @param {string} word @param {Record<string, string | number>} values */
  const fill = (word, values) =>
    words[word].replace(/\{(\w+)\}/g, (field, name) => String(values[name] ?? field));

  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {Record<string, string>} [attributes]
   * @param {(Node | string)[]} children
   */
  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  // Languages and the scripts that tell them, but for Latin, in which names of others are written too.
  const scripts = (document.documentElement.dataset.scripts ?? "").split(" ")
    .map((pair) => pair.split(":")).filter(([, script]) => script !== "Latn");

  // A link or a paragraph in the language of its letters, which need not be that of the page.
  /** @param {"a" | "p"} name @param {Record<string, string>} attributes @param {string} text @param {IsHit} isHit */
  function spoken(name, attributes, text, isHit) {
    const element = make(name, { ...attributes, dir: "auto" }, ...marked(text, isHit));
    const spokenIn = scripts.find(([, script]) => new RegExp(`\\p{Script=${script}}`, "u").test(text));
    if (spokenIn) element.lang = spokenIn[0];
    return element;
  }

  // A text with the words that were sought for in marks.
  /** @param {string} text @param {IsHit} isHit */
  function marked(text, isHit) {
    /** @type {(Node | string)[]} */
    const parts = [];
    let end = 0;
    for (const [start, stop, found] of folding.pieces(text)) {
      if (!found.some(isHit)) continue;
      parts.push(text.slice(end, start), make("mark", {}, text.slice(start, stop)));
      end = stop;
    }
    return [...parts, text.slice(end)];
  }

  // The part of a text round its first hit, cut between words.
  /** @param {string} text @param {IsHit} isHit */
  function around(text, isHit) {
    const pieces = folding.pieces(text);
    const [hit] = pieces.find(([, , found]) => found.some(isHit)) ?? [0];
    const shown = pieces.filter(([start, end]) => start >= hit - AROUND && end <= hit + 2 * AROUND);
    if (!shown.length) return text;
    const first = pieces[0] === shown[0] ? 0 : shown[0][0];
    const end = shown[shown.length - 1];
    const last = pieces.at(-1) === end ? text.length : end[1];
    return (first ? "… " : "") + text.slice(first, last) + (last < text.length ? " …" : "");
  }

  /** @param {number} number @param {IsHit} isHit */
  function note(number, isHit) {
    const kind = matching.kind(number);
    /** @type {Node[]} */
    const parts = [make("span", { class: "kind" }, kinds[kind][0])];
    const verdict = make("template");
    verdict.innerHTML = verdicts[entries.verdict[number]]; // made with the pages, and escaped there
    if (verdict.innerHTML) parts.push(verdict.content);
    if (entries.place[number])
      parts.push(make("bdi", { class: "place" }, ...marked(entries.place[number], isHit)));
    return parts.flatMap((part, i) => (i ? [" · ", part] : [part]));
  }

  /** @param {number} number @param {IsHit} isHit */
  function result(number, isHit) {
    const link = spoken("a", { href: entries.address[number] }, entries.title[number], isHit);
    link.addEventListener("click", () => remember(number, isHit));
    const item = make("li", { class: "hit", "data-kind": matching.kind(number) }, link);
    item.append(make("p", { class: "note" }, ...note(number, isHit)));
    const text = around(entries.text[number], isHit);
    if (text) item.append(spoken("p", { class: "snippet" }, text, isHit));
    return item;
  }

  // The words are marked on the page that opens; Sphinx's own script does it.
  /** @param {number} number @param {IsHit} isHit */
  function remember(number, isHit) {
    const text = `${entries.title[number]} ${entries.text[number]}`;
    const found = folding.pieces(text).filter(([, , held]) => held.some(isHit));
    const forms = new Set(found.map(([start, end]) => text.slice(start, end).toLowerCase()));
    try {
      localStorage.setItem("sphinx_highlight_terms", [...forms].slice(0, MARKED).join(" "));
    } catch {
      // A browser that keeps nothing marks nothing.
    }
  }

  // Buttons that leave one kind of results, and a button for more of them.
  /** @param {HTMLElement} list */
  function controls(list) {
    const items = /** @type {HTMLElement[]} */ ([...list.children]);
    let chosen = "", most = AT_ONCE;
    const more = make("button", { type: "button", class: "btn more" });
    function show() {
      const wanted = items.filter((item) => !chosen || item.dataset.kind === chosen);
      for (const item of items) item.hidden = true;
      for (const item of wanted.slice(0, most)) item.hidden = false;
      more.hidden = wanted.length <= most;
      more.textContent = fill("more", { number: wanted.length - most });
    }
    more.addEventListener("click", () => {
      const next = items.filter((item) => !chosen || item.dataset.kind === chosen)[most];
      most = Infinity;
      show();
      next?.querySelector("a")?.focus();
    });
    const buttons = choices(items, (kind) => {
      [chosen, most] = [kind, AT_ONCE];
      show();
    });
    show();
    return { buttons, more };
  }

  /** @param {HTMLElement[]} items @param {(kind: string) => void} choose */
  function choices(items, choose) {
    const held = Object.keys(kinds).filter((kind) => items.some((i) => i.dataset.kind === kind));
    const box = make("div", { class: "kinds", role: "group" });
    for (const kind of held.length > 1 ? ["", ...held] : []) {
      const count = items.filter((item) => !kind || item.dataset.kind === kind).length;
      const name = `${kind ? kinds[kind][1] : words.all} `;
      const button = make("button", { type: "button", class: "btn", "aria-pressed": String(!kind) });
      button.append(name, make("span", {}, String(count)));
      button.addEventListener("click", () => {
        for (const other of box.children) other.setAttribute("aria-pressed", String(other === button));
        choose(kind);
      });
      box.append(button);
    }
    return box;
  }

  function suggestions() {
    const close = matching.near(query);
    if (!close.length) return [];
    const links = close.flatMap((better, i) => {
      const link = make("a", { href: `?q=${encodeURIComponent(better)}`, dir: "auto" }, better);
      return i ? [" · ", link] : [link];
    });
    return [make("p", { class: "near" }, `${words.near} `, ...links)];
  }

  function show() {
    const { found, whole, names, isHit } = matching.search(query);
    const said = !found.length ? "nothing" : whole ? "results" : "some";
    const [before, after] = fill(said, { number: found.length }).split("{query}");
    status.replaceChildren(before, ...(after === undefined ? [] : [make("bdi", {}, query), after]));
    if (names.length) results.append(make("p", { class: "near" }, fill("also", { names: names.join(" · ") })));
    if (!found.length || !whole) results.append(...suggestions());
    const list = make("ul", { class: "hits" }, ...found.map((number) => result(number, isHit(number))));
    const { buttons, more } = controls(list);
    results.append(buttons, list, more);
  }

  const fields = "main input[type=search], .bd-main input[type=search]";
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector(fields));
  if (field) {
    field.value = query;
    field.focus();
  }
  if (query) show();
})();
