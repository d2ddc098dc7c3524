// Narrows the list of a page: by facets, whose counts follow, and by words, folded as the search
// folds them. What is chosen stands in the address. The entries are in the page; nothing is made
// here but counts and the line that says what is shown (helpers/publish/explorer.py has the rest).
"use strict";

(() => {
  const AFTER_TYPING = 150; // milliseconds
  /** @typedef {{element: HTMLElement, id: string, held: Map<string, Set<string>>, keys: Set<string>}} Entry */

  const made = /** @type {HTMLFormElement | null} */ (document.querySelector("form.explorer"));
  if (!made) return;
  const form = made;
  const said = /** @type {HTMLElement} */ (document.querySelector(".explorer-said"));
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
  const NOTHING = "-"; // what an entry holds of a facet that it says nothing of
  const boxes = /** @type {HTMLInputElement[]} */ (all("input[type=checkbox]", form));
  const facets = [...new Set(boxes.map(({ name }) => name))];
  /** @type {Entry[]} */
  const entries = all("[data-listed]").map((element) => ({
    element,
    id: identifier(element),
    held: new Map(facets.map((name) => [name, new Set((element.getAttribute(`data-${name}`) ?? NOTHING).split(" "))])),
    keys: new Set(),
  }));
  const folding = makeFolding(BOOK_WORDS.folding);
  const asking = makeAsking(BOOK_WORDS.names, folding);
  let indexed = false;
  /** @type {string[]} */
  let unknown = [];

  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
  function all(selector, within = document) {
    return [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector))];
  }

  /** @param {HTMLElement} element @param {boolean} open */
  function unfold(element, open) {
    const folded = /** @type {HTMLDetailsElement[]} */ (all("details.listed", element));
    for (const each of folded) each.open = open;
  }

  // An entry may begin with an element that has its id.
  /** @param {HTMLElement} element */
  function identifier(element) {
    return element.id || element.querySelector("[id]")?.id || "";
  }

  /** @param {string} word @param {Record<string, string | number>} values */
  const fill = (word, values) =>
    (form.dataset[word] ?? "").replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

  // A key that stands for a word without its first letters counts if some word has it wholly.
  function index() {
    if (indexed) return;
    indexed = true;
    const found = entries.map(({ element }) =>
      folding.words(element.textContent ?? "").map((word) => folding.keys(word)),
    );
    const whole = new Set(found.flatMap((words) => words.map(([first]) => first)));
    entries.forEach((entry, number) => {
      entry.keys = new Set(found[number].flat().filter((key) => whole.has(key)));
    });
  }

  /** @param {Entry} entry @param {string} word */
  function hasWord({ keys }, word) {
    return folding.keys(word).some(
      (key) => keys.has(key) || (asking.isBeginning(key) && [...keys].some((longer) => longer.startsWith(key))),
    );
  }

  // What an entry must have to hold what was typed: every group of words in one of its ways, or the id.
  /** @param {string} query @returns {(entry: Entry) => boolean} */
  function sought(query) {
    const typed = query.trim().toLowerCase();
    if (!typed) return () => true;
    index();
    const { groups } = asking.groups(query);
    return (entry) =>
      entry.id.replace(/^[a-z]+-/, "").startsWith(typed) ||
      (groups.length > 0 && groups.every((ways) => ways.some((words) => words.every((word) => hasWord(entry, word)))));
  }

  /** @param {string} name */
  const chosenOf = (name) => boxes.filter((box) => box.name === name && box.checked);

  // Whether an entry has what is chosen, of one facet aside.
  /** @param {Entry} entry @param {Map<string, string[]>} chosen @param {string} [but] */
  function passes(entry, chosen, but) {
    return facets.every((name) => {
      const values = chosen.get(name) ?? [];
      return name === but || !values.length || values.some((value) => entry.held.get(name)?.has(value));
    });
  }

  /** @param {Element} box */
  const word = (box) => box.parentElement?.querySelector("bdi")?.textContent ?? "";

  /** @param {Element | null} element @param {string} selector @param {string} text */
  function write(element, selector, text) {
    const place = element?.querySelector(selector);
    if (place) place.textContent = text;
  }

  function show() {
    const chosen = new Map(facets.map((name) => [name, chosenOf(name).map(({ value }) => value)]));
    const meeting = entries.filter(sought(field.value));
    for (const name of facets) {
      const rest = meeting.filter((entry) => passes(entry, chosen, name));
      for (const box of boxes.filter((each) => each.name === name)) {
        const count = rest.filter(({ held }) => held.get(name)?.has(box.value)).length;
        write(box.parentElement, ".count", String(count));
        box.parentElement?.classList.toggle("empty", !count);
      }
    }
    const left = new Set(meeting.filter((entry) => passes(entry, chosen)));
    for (const entry of entries) entry.element.hidden = !left.has(entry);
    tell(left.size);
  }

  // The facets that are in use with their values, and one line that says all of it; it is printed too.
  /** @param {number} count */
  function tell(count) {
    const parts = [fill("shown", { shown: count, all: entries.length })];
    for (const facet of all("details.facet", form)) {
      const words = [...facet.querySelectorAll("input:checked")].map(word);
      const heading = facet.querySelector("legend")?.textContent;
      write(facet, ".chosen", words.join(" · "));
      if (words.length) parts.push(`${heading}: ${words.join(" · ")}`);
    }
    if (field.value.trim()) parts.push(fill("text", { query: field.value.trim() }));
    if (!count) parts.push(fill("nothing", {}));
    for (const value of unknown) parts.push(fill("unknown", { value }));
    said.replaceChildren(...parts.flatMap((part, number) => {
      const piece = document.createElement("bdi");
      piece.textContent = part;
      return number ? [" · ", piece] : [piece];
    }));
  }

  // The address

  function keep() {
    unknown = [];
    const state = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (String(value).trim()) state.append(name, String(value));
    const address = new URL(location.href);
    address.search = state.toString();
    address.hash = "";
    try {
      history.replaceState(null, "", address);
    } catch {
      // A browser that lets no page from the disk change its address narrows the list all the same.
    }
  }

  function clear() {
    for (const box of boxes) box.checked = false;
    field.value = "";
  }

  function recall() {
    clear();
    unknown = [];
    for (const [name, value] of new URLSearchParams(location.search)) {
      const box = boxes.find((each) => each.name === name && each.value === value);
      if (box) box.checked = true;
      else if (name === "q") field.value = value;
      else unknown.push(`${name}=${value}`);
    }
    show();
    reveal();
  }

  // The entry that the address asks for is shown and opened, whatever is chosen.
  function reveal() {
    const asked = document.getElementById(anchorOf(location));
    const entry = /** @type {HTMLElement | null | undefined} */ (asked?.closest("[data-listed]"));
    if (!asked || !entry) return;
    if (entry.hidden) {
      clear();
      show();
    }
    unfold(entry, true);
    asked.scrollIntoView();
  }

  let timer = 0;
  const changed = () => {
    clearTimeout(timer);
    keep();
    show();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", changed);
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(changed, AFTER_TYPING);
  });
  form.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target).closest("button");
    const { open, clear: everything } = pressed?.dataset ?? {};
    if (everything !== undefined) {
      clear();
      changed();
    }
    if (open === undefined) return;
    for (const { element } of entries) if (!element.hidden) unfold(element, open === "true");
  });
  addEventListener("hashchange", reveal);
  form.hidden = false;
  said.hidden = false;
  for (const button of all("button[data-open]", form)) button.hidden = !all("details.listed").length;
  recall();
})();
