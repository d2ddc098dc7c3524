// Words folded for the search. The way is that of helpers/folding.py, and so is what is
// folded (helpers/folding.json, which comes with the index); tests hold both to the same cases.
"use strict";

/** @param {FoldingSpecification} specification @returns {Folding} */
function makeFolding(specification) {
  const INVISIBLE = /[\p{M}\p{Cf}]/gu;
  const WORD = /[0-9]+(?:[.,][0-9]+)*(?![\p{L}\p{N}])|[\p{L}\p{N}]+/gu;
  // Words where they stand in a text, before it is folded.
  const PIECE =
    /[0-9٠-٩۰-۹]+(?:[.,٫٬][0-9٠-٩۰-۹]+)*(?![\p{L}\p{N}\p{M}])|[\p{L}\p{N}\p{M}\p{Cf}]+/gu;
  const GROUPED = /^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
  const NUMBER = /^[0-9]+(?:[.,][0-9]+)*$/;
  const ARABIC = /[\u0620-\u064a]/;
  const { variants, passes } = specification;
  const article = new RegExp(specification.article, "u");
  const attached = specification.attached.map((pattern) => new RegExp(pattern, "u"));
  /** @type {Map<string, string[]>} */
  const known = new Map();

  /** @param {string} text */
  function fold(text) {
    let composed = text.normalize("NFKC").replace(INVISIBLE, "");
    for (const [written, other] of Object.entries(specification.sequences))
      composed = composed.replaceAll(written, other);
    const bare = composed.normalize("NFKD").replace(INVISIBLE, "");
    return Array.from(bare, (letter) => variants[letter] ?? letter).join("").toLowerCase();
  }

  const plurals = new Map(
    Object.entries(specification.plurals).map(([many, one]) => [fold(many), fold(one)]),
  );

  /** @param {string} word */
  const number = (word) =>
    GROUPED.test(word) ? word.replaceAll(",", "") : word.replaceAll(",", ".");

  /** @param {string} text */
  const words = (text) => (fold(text).match(WORD) ?? []).map(number);

  /** @param {string} start @param {"arabic" | "latin"} script */
  function stem(start, script) {
    let word = start;
    for (let pass = 0; pass < passes; pass += 1) {
      word = plurals.get(word) ?? word;
      const ending = specification.endings[script].find(
        ([letters, , least]) => word.endsWith(letters) && word.length - letters.length >= least,
      );
      if (!ending) break;
      word = word.slice(0, word.length - ending[0].length) + ending[1];
    }
    return word;
  }

  /** @param {string} word */
  function makeKeys(word) {
    if (NUMBER.test(word)) return [word];
    if (!ARABIC.test(word)) return [stem(word, "latin")];
    const rest = plurals.has(word) ? word : word.replace(article, "");
    const readings = [rest];
    if (rest === word) readings.push(...attached.map((prefix) => word.replace(prefix, "")));
    return [...new Set(readings.map((each) => stem(each, "arabic")))];
  }

  /** @param {string} word */
  function keys(word) {
    const found = known.get(word) ?? makeKeys(word);
    known.set(word, found);
    return found;
  }

  // Where the words of a text stand: [start, end, folded words].
  /** @param {string} text @returns {Piece[]} */
  const pieces = (text) =>
    Array.from(text.matchAll(PIECE), ({ 0: piece, index }) => [
      index, index + piece.length, words(piece),
    ]);

  return { fold, words, keys, pieces };
}

if (typeof module !== "undefined") module.exports = { makeFolding };
