// The page on which codes are changed: what is chosen in its forms, and what follows from it. The
// numbers are those of argument.js; what is chosen stands in the address.
"use strict";

(() => {
  /** @param {string} id @returns {any} */
  const part = (id) => document.getElementById(`what-if-${id}`);
  if (!part("codes")) return;
  const about = JSON.parse(part("about").textContent);
  /** @type {{stored: StoredArgument, words: Record<string, string>, between: string, themes: [string, string][]}} */
  const { stored, words, between, themes } = about;
  const [form, said, changes, points, shares, fault] =
    ["form", "said", "changed", "point", "shares", "no-weights"].map(part);
  const boxes = /** @type {HTMLInputElement[]} */ (all("input[name=link]"));
  const selects = /** @type {HTMLSelectElement[]} */ (all("select[data-item]"));
  const cells = all("td[data-key]");
  const rows = all("tr[data-conclusion]");
  const argument = makeArgument(stored);
  const published = argument.measured({});
  const PLAIN = new Intl.NumberFormat("en", /** @type {any} */ (
    { maximumFractionDigits: 1, roundingMode: "halfEven", useGrouping: false }));
  const MINUS = "\u2212";
  /** @type {Record<string, Record<string, number>>} weights by point, in hundredths, as they are typed */
  let weights = {};
  /** @type {string[]} */
  let unknown = [];

  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
  function all(selector, within = document) {
    return [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector))];
  }

  /** @param {string} tag @param {Record<string, string>} attributes @param {(string | Node)[]} content */
  function element(tag, attributes, ...content) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...content);
    return made;
  }

  /** @param {string} word @param {Record<string, string | number>} values */
  const fill = (word, values) =>
    words[word].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

  /** @param {number} value */
  const number = (value) => PLAIN.format(value).replace(/^-(?=.*[1-9])/, MINUS).replace(/^-/, "");

  /** A minus stays before its number in a line that runs from the right. @param {string} text */
  const apart = (text) => (text.startsWith(MINUS) ? `\u2066${text}\u2069` : text);

  // As helpers/publish/what_if/settings.py tells it.
  /** @param {number} value @param {string} [unit] */
  function told(value, unit) {
    if (Number.isNaN(value)) return words.undefined;
    if (unit === "flag") return words[value ? "open" : "linked"];
    return apart(unit === "share" ? number(100 * value) + words.percent : number(value));
  }

  // What is chosen

  const left = () => boxes.filter((box) => !box.checked);
  const graded = () => selects.filter((select) => !select.selectedOptions[0].defaultSelected);

  /** @returns {Setting} */
  function setting() {
    return {
      without: left().map(({ value }) => value),
      strengths: Object.fromEntries(graded().map((select) => [select.dataset.item, select.value])),
      weights,
    };
  }

  /** @param {string} point @returns {Record<string, number>} */
  function publishedWeights(point) {
    const own = stored.weights.filter(([name]) => name === point);
    return Object.fromEntries(own.map(([, theme, weight]) => [theme, Number((100 * weight).toFixed(2))]));
  }

  // Keeps the weights of a point, unless they are the published ones; refuses those that cannot be.
  /** @param {string} point @param {Record<string, number>} given */
  function weigh(point, given) {
    const numbers = Object.values(given);
    if (!numbers.every((each) => Number.isFinite(each) && each >= 0) || !numbers.some(Boolean)) return false;
    const before = publishedWeights(point);
    const same = themes.every(([theme]) => (given[theme] ?? 0) === (before[theme] ?? 0));
    if (same) delete weights[point];
    else weights[point] = Object.fromEntries(Object.entries(given).filter(([, each]) => each));
    return true;
  }

  // Fields for the weights of the point that is chosen, each with the published weight beside it.
  function showWeights() {
    const point = points.value;
    const before = publishedWeights(point);
    const now = weights[point] ?? before;
    const title = points.selectedOptions[0].textContent;
    const fields = themes.map(([theme, word]) => {
      const id = `what-if-share-${theme}`;
      const value = String(now[theme] ?? 0);
      const was = fill("published", { value: told((before[theme] ?? 0) / 100, "share") });
      return element("p", { class: "item" }, element("label", { for: id }, word), " ",
        element("input", { id, type: "number", min: "0", step: "any", class: "form-control", value,
          "data-theme": theme, "aria-describedby": `${id}-was` }), " ",
        element("span", { class: "note", id: `${id}-was` }, was));
    });
    shares.replaceChildren(element("legend", {}, title), ...fields);
    fault.textContent = "";
  }

  // What was changed, in words

  /** @param {Record<string, number>} given */
  function mixed(given) {
    const total = Object.values(given).reduce((sum, each) => sum + each, 0);
    const named = themes.filter(([theme]) => given[theme]);
    return named.map(([theme, word]) => `${word} ${told(given[theme] / total, "share")}`).join(" · ");
  }

  /** @param {string} what @param {string} now @param {string} before */
  const change = (what, now, before) => fill("change", { what, now, before });

  /** @param {Element | null | undefined} found */
  const text = (found) => found?.textContent?.trim() ?? "";

  /** @returns {[string, () => void][]} each change with what takes it back */
  function listed() {
    /** @type {[string, () => void][]} */
    const links = left().map((box) => [
      change(text(box.parentElement?.querySelector(".what")), words.left, words.counts),
      () => { box.checked = true; },
    ]);
    const every = links.length === boxes.length;
    /** @type {[string, () => void]} */
    const none = [change(text(part("links").parentElement.firstChild), words.left, words.counts), () => count(true)];
    /** @type {[string, () => void][]} */
    const strengths = graded().map((select) => {
      const usual = [...select.options].find((option) => option.defaultSelected);
      const what = text(/** @type {HTMLLabelElement} */ (select.labels?.[0]));
      return [change(what, text(select.selectedOptions[0]), text(usual)), () => { if (usual) usual.selected = true; }];
    });
    /** @type {[string, () => void][]} */
    const shared = Object.entries(weights).map(([point, given]) => [
      change(titleOf(point), mixed(given), mixed(publishedWeights(point))),
      () => { delete weights[point]; showWeights(); },
    ]);
    note({ links: links.length, strengths: strengths.length, weights: shared.length });
    return [...(every && links.length ? [none] : links), ...strengths, ...shared];
  }

  /** @param {string} point */
  const titleOf = (point) => text([...points.options].find(({ value }) => value === point));

  // How many of each kind are changed, beside the heading of the form.
  /** @param {Record<string, number>} counts */
  function note(counts) {
    for (const [kind, many] of Object.entries(counts)) part(kind).textContent = many ? `(${many})` : "";
  }

  function showChanges() {
    const found = listed();
    changes.hidden = !found.length;
    changes.querySelector("ul").replaceChildren(...found.map(([said, undo]) => {
      const button = element("button", { type: "button", class: "btn", "aria-label": `${words.undo}: ${said}` }, words.undo);
      button.addEventListener("click", () => {
        undo();
        changeMade();
        (changes.querySelector("li button") ?? form.querySelector("summary")).focus();
      });
      return element("li", {}, element("bdi", {}, said), " ", button);
    }));
    return found.length;
  }

  // What follows

  /** @param {number} now @param {number} before @param {string} [unit] */
  function sign(now, before, unit) {
    if (unit === "flag" || Number.isNaN(now) || Number.isNaN(before)) return "≠";
    return now > before ? "▲" : "▼";
  }

  // Writes a number, and where it reads otherwise than the published one, that one beside it.
  /** @param {HTMLElement | null} cell @param {number} now @param {number} before */
  function write(cell, now, before) {
    if (!cell) return false;
    const { unit } = cell.dataset;
    const [said, was] = [now, before].map((value) => told(value, unit));
    const isChanged = said !== was;
    cell.classList.toggle("changed", isChanged);
    cell.style.setProperty("--share", String(now || 0));
    cell.replaceChildren(said);
    if (isChanged)
      cell.append(" ", element("span", { class: "was" },
        element("span", { "aria-hidden": "true" }, sign(now, before, unit)), " ", fill("published", { value: was })));
    return isChanged;
  }

  /** @param {HTMLElement} row @param {Judged} now @param {Judged} before */
  function judge(row, now, before) {
    const isTurned = now.holds !== before.holds;
    const place = /** @type {HTMLElement} */ (row.querySelector(".standing"));
    const verdict = isTurned ? words[now.holds ? "holds-now" : "falls-now"] : words[now.holds ? "holds" : "falls"];
    place.replaceChildren(...(isTurned
      ? [element("strong", {}, element("span", { "aria-hidden": "true" }, now.holds ? "✓" : "✗"), " ", verdict)]
      : [verdict]));
    row.classList.toggle("turned", isTurned);
    write(row.querySelector(".value"), now.value, before.value);
    return isTurned;
  }

  function update() {
    const changed = showChanges();
    const found = changed ? argument.measured(setting()) : published;
    const turned = rows.filter((row) => {
      const id = row.dataset.conclusion ?? "";
      return judge(row, found.conclusions[id], published.conclusions[id]);
    });
    const numbers = cells.filter((cell) => {
      const key = cell.dataset.key ?? "";
      return write(cell, found.values[key], published.values[key]);
    });
    tell(changed, turned, numbers.length);
  }

  /** @param {number} changed @param {HTMLElement[]} turned @param {number} numbers */
  function tell(changed, turned, numbers) {
    const holding = Object.values(published.conclusions).filter(({ holds }) => holds).length;
    const line = changed
      ? fill("turned", { count: turned.length, all: rows.length })
      : fill("as-published", { count: holding, all: rows.length });
    const links = turned.flatMap((row, place) => [place ? " · " : ": ", element("a", { href: `#${row.id}`,
      "aria-label": row.querySelector("a")?.getAttribute("aria-label") ?? "" }, text(row.querySelector("a")))]);
    const end = changed ? [". ", element("span", {}, fill("numbers", { numbers }))] : [];
    const faults = unknown.map((value) => element("bdi", { class: "fault" }, fill("unknown", { value })));
    said.replaceChildren(element("span", {}, line), ...links, ...end, ...faults.flatMap((each) => [" ", each]));
  }

  // The address

  function keep() {
    unknown = [];
    const state = new URLSearchParams();
    const out = left();
    const isShort = out.length <= boxes.length / 2;
    if (!isShort) state.append("inferred", "none");
    for (const box of isShort ? out : boxes.filter((each) => each.checked)) state.append(isShort ? "without" : "with", box.value);
    for (const select of graded()) state.append("strength", [select.dataset.item, select.value].join(between));
    for (const [point, given] of Object.entries(weights)) state.append("weights", [point, ...Object.entries(given).flat()].join(between));
    const address = new URL(location.href);
    address.search = state.toString();
    address.hash = "";
    try {
      history.replaceState(null, "", address);
    } catch {
      // A browser that lets no page from the disk change its address measures all the same.
    }
  }

  /** @type {Record<string, (value: string) => boolean | void>} */
  const RECALL = {
    inferred: (value) => value === "none" && count(false),
    with: (value) => check(value, true),
    without: (value) => check(value, false),
    strength: (value) => {
      const [item, strength, ...rest] = value.split(between);
      const option = [...(selects.find((select) => select.dataset.item === item)?.options ?? [])].find((each) => each.value === strength);
      if (option) option.selected = true;
      return Boolean(option) && !rest.length;
    },
    weights: (value) => {
      const [point, ...rest] = value.split(between);
      const given = rest.flatMap((theme, place) => (place % 2 ? [] : [[theme, Number(rest[place + 1] || NaN)]]));
      const isKnown = given.every(([theme]) => stored.themes.includes(String(theme)));
      return Object.hasOwn(stored.points, point) && isKnown && weigh(point, Object.fromEntries(given));
    },
  };

  /** @param {string} link @param {boolean} counts */
  function check(link, counts) {
    const box = boxes.find(({ value }) => value === link);
    if (box) box.checked = counts;
    return Boolean(box);
  }

  /** @param {boolean} counts */
  function count(counts) {
    for (const box of boxes) box.checked = counts;
    return true;
  }

  function recall() {
    form.reset();
    weights = {};
    unknown = [];
    for (const [name, value] of new URLSearchParams(location.search))
      if (!Object.hasOwn(RECALL, name) || !RECALL[name](value)) unknown.push(`${name}=${value}`);
    showWeights();
    update();
  }

  function changeMade() {
    keep();
    update();
  }

  form.addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  part("reset").addEventListener("click", () => {
    form.reset();
    weights = {};
    showWeights();
    changeMade();
    form.querySelector("summary").focus();
  });
  form.addEventListener("change", (/** @type {Event} */ event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (target === points) return showWeights();
    if (target.dataset.theme) {
      const typed = /** @type {HTMLInputElement[]} */ (all("input[data-theme]", shares));
      const given = typed.map((each) => [each.dataset.theme ?? "", each.value.trim() ? each.valueAsNumber : 0]);
      fault.textContent = weigh(points.value, Object.fromEntries(given)) ? "" : words["no-weights"];
      if (fault.textContent) return;
    }
    changeMade();
  });
  for (const button of all("button[data-count]", form))
    button.addEventListener("click", () => {
      count(Boolean(button.dataset.count));
      changeMade();
    });
  addEventListener("popstate", recall);
  recall();
})();
