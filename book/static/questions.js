// Questions on the page of a notebook: right, or not and why; then a hint, then the solution.
"use strict";

(() => {
  const folding = makeFolding(BOOK_WORDS.folding);
  const responses = makeResponses(BOOK_WORDS.folding, folding);
  const CODE_OR_WORD = /`([^`]+)`|\*([^*]+)\*/;

  // Ids stand between backticks, stressed words between asterisks; all of it is text.
  /** @param {string} text @returns {(Node | string)[]} */
  const rich = (text) => text.split(CODE_OR_WORD).map((part, n) => {
    const tag = ["", "code", "em"][n % 3];
    if (!tag || part === undefined) return part ?? "";
    const made = document.createElement(tag);
    made.textContent = part;
    if (tag === "code") made.dir = "ltr";
    return made;
  });

  /** @param {string} said @param {string} text */
  function paragraph(said, text) {
    const made = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = said;
    made.append(strong, " ", ...rich(text));
    return made;
  }

  /** @param {HTMLFormElement} form */
  function ask(form) {
    const about = JSON.parse(form.dataset.about ?? "");
    const { words, after } = about;
    const said = /** @type {HTMLElement} */ (form.querySelector(".reply"));
    const solution = /** @type {HTMLElement} */ (form.querySelector(".solution"));
    let wrong = 0;

    /** @param {string | null} answer in its normal form */
    function reply(answer) {
      if (answer === null) return ["unlike", paragraph(words.unlike, about.expects)];
      if (!answer) return ["unlike", paragraph(words["empty-form"], about.expects)];
      if (about.hashes.includes(responses.hashed(answer, about.salt, about.iterations)))
        return ["right", paragraph(words.right, about.solution)];
      wrong += 1;
      const known = Object.hasOwn(about.feedback, answer);
      const reason = known ? about.feedback[answer] : words["look-again"];
      const hint = wrong >= after.hint ? [paragraph(words.hint, about.hint)] : [];
      return ["wrong", paragraph(words.wrong, reason), ...hint];
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = String(new FormData(form).get("answer") ?? "");
      const [kind, ...paragraphs] = reply(responses.normalForm(given, about.kind, about.decimals));
      said.className = `reply ${kind}`;
      said.replaceChildren(...paragraphs);
      solution.hidden = wrong < after.solution || kind === "right";
    });
    // What was said of another answer is not left beside this one.
    form.addEventListener("input", () => {
      said.className = "reply";
      said.replaceChildren();
    });
    solution.hidden = true;
  }

  for (const form of document.querySelectorAll("form.quiz"))
    ask(/** @type {HTMLFormElement} */ (form));
})();
