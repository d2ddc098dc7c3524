// The page on which the tables are asked: prepared questions, an editor, the answer, its file.
"use strict";

(() => {
  const SECONDS = 20; // that an answer may take
  const READ = 20_000; // rows that are read of an answer; the file has them all
  const LINES = { least: 8, most: 24 }; // of the editor
  /** @param {string} id @returns {any} */
  const part = (id) => document.getElementById(`ask-${id}`);
  const box = document.getElementById("ask");
  if (!box) return;
  const about = JSON.parse(box.dataset.about ?? "");
  const [prepared, editor, hint, said, place] = ["prepared", "sql", "hint", "said", "answer"].map(part);
  const [button, stopButton, saveButton] = ["question", "stop", "download"].map(part);
  const database = makeDatabase(loaded, { most: READ, seconds: SECONDS });
  /** @type {Answer | undefined} */
  let shown;
  /** @type {Map<string, string>} */
  let addresses = new Map(); // of identifiers in the book

  /** @param {string} word @param {Record<string, string | number>} [values] @returns {string} */
  const fill = (word, values = {}) =>
    about.words[word].replace(/\{(\w+)\}/g, (/** @type {string} */ field, /** @type {string} */ name) =>
      String(values[name] ?? field));

  /** @param {string} address */
  const script = (address) => new Promise((resolve, reject) => {
    const made = answerElement("script", { src: address });
    made.addEventListener("load", resolve);
    made.addEventListener("error", reject);
    document.head.append(made);
  });

  /** @param {string} text what was packed */
  function unpacked(text) {
    const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  }

  // sql.js and the tables come when they are first needed; from the disk, only a script may.
  async function loaded() {
    await Promise.all([about.library, about.stored].map(script));
    const stored = /** @type {any} */ (window)[about.name];
    const packed = [stored.program, stored.tables, stored.addresses];
    const [program, tables, known] = await Promise.all(packed.map(unpacked));
    addresses = new Map(Object.entries(JSON.parse(new TextDecoder().decode(known))));
    const { initSqlJs } = /** @type {any} */ (window); // the one name that sql.js gives
    return { library: `var initSqlJsPromise, initSqlJs = ${initSqlJs}`, parts: { program, tables } };
  }

  /** @param {string} id of a prepared question */
  const question = (id) => document.querySelector(`[data-query="${CSS.escape(id)}"]`);
  /** @param {string} id */
  const statement = (id) => question(id)?.querySelector("pre")?.textContent?.trim() ?? "";

  /** @param {string} id */
  function prepare(id) {
    prepared.value = id;
    editor.value = statement(id);
    editor.rows = Math.min(Math.max(editor.value.split("\n").length + 1, LINES.least), LINES.most);
    const said = question(id)?.querySelector(".hint")?.cloneNode(true);
    hint.replaceChildren(...(said?.childNodes ?? []));
  }

  // The address holds what is asked: a prepared question by its name, a changed statement as it stands.
  function keep() {
    const address = new URL(location.href);
    address.search = "";
    address.searchParams.set("query", prepared.value);
    if (editor.value !== statement(prepared.value)) address.searchParams.set("sql", editor.value);
    address.hash = "";
    try {
      history.replaceState(null, "", address);
    } catch {
      // A browser that lets no page from the disk change its address answers all the same.
    }
  }

  // What the address asks for is put into the form, never run unasked.
  function recall() {
    const asked = new URLSearchParams(location.search);
    const [query, sql] = ["query", "sql"].map((name) => asked.get(name));
    const isKnown = query && question(query);
    prepare(isKnown ? query : prepared.value);
    if (sql) editor.value = sql;
    if (query && !isKnown) said.replaceChildren(answerElement("p", { class: "fault" }, fill("unknown", { value: query })));
  }

  // The prepared question, or nothing more than that it is an answer if its statement was changed.
  /** @param {string} sql */
  function asked(sql) {
    const isPrepared = sql === statement(prepared.value);
    return isPrepared ? prepared.selectedOptions[0].textContent : about.words.answer;
  }

  // What was asked, on paper: the form is not printed, and may have changed since.
  /** @param {string} sql */
  function statementOnPaper(sql) {
    return answerElement("pre", { class: "on-paper", dir: "ltr", lang: "en" }, answerElement("code", {}, sql));
  }

  /** @param {Answer} answer @param {string} sql */
  function show(answer, sql) {
    shown = answer;
    const [count, some] = [answer.rows.length, Math.min(answer.rows.length, about.most)];
    if (!answer.columns.length || !count) return tell("no-rows");
    const word = answer.isCut ? "cut" : some < count ? "shown" : "rows";
    said.replaceChildren(answerElement("p", {}, fill(word, { count, shown: some, most: READ })));
    const table = answerTable(answer, { ...about, addresses, caption: asked(sql) });
    place.replaceChildren(table, statementOnPaper(sql));
    place.tabIndex = 0; // it may have to be scrolled
    saveButton.hidden = false;
  }

  /** @param {string} word @param {Fault} [fault] */
  function tell(word, fault) {
    const values = { count: fault?.count ?? 0, seconds: SECONDS };
    const told = answerElement("p", fault ? { class: "fault" } : {}, fill(word, values));
    if (fault?.said) told.append(" ", answerElement("code", { dir: "ltr", lang: "en" }, fault.said));
    said.replaceChildren(told);
  }

  async function ask() {
    if (button.disabled) return;
    shown = undefined;
    place.replaceChildren();
    place.removeAttribute("tabindex");
    saveButton.hidden = true;
    button.disabled = true;
    stopButton.hidden = false;
    keep();
    tell("running");
    const sql = editor.value;
    const found = await database.ask(sql);
    const wasThere = document.activeElement === stopButton;
    button.disabled = false;
    stopButton.hidden = true;
    if (wasThere) button.focus();
    if ("fault" in found) tell(found.fault, found);
    else show(found, sql);
  }

  function save() {
    if (!shown) return;
    const address = URL.createObjectURL(new Blob([answerFile(shown)], { type: "text/csv" }));
    answerElement("a", { href: address, download: `${prepared.value}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address));
  }

  prepared.addEventListener("change", () => {
    prepare(prepared.value);
    keep();
  });
  editor.addEventListener("change", keep);
  button.addEventListener("click", ask);
  stopButton.addEventListener("click", () => database.stop());
  saveButton.addEventListener("click", save);
  editor.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
  });
  for (const opener of document.querySelectorAll("[data-ask]"))
    opener.addEventListener("click", () => {
      prepare(/** @type {HTMLElement} */ (opener).dataset.ask ?? "");
      keep();
      editor.focus({ preventScroll: true });
      box.scrollIntoView();
    });
  recall();
})();
