// What a reader asks for: words, and the other names of the terms among them. Index and lists are
// asked alike; the names come from helpers/publish/search.py.
"use strict";

/** @param {Names} names @param {Folding} folding @returns {Asking} */
function makeAsking(names, folding) {
  const MOST_WORDS = 8; // of a name
  const LEAST_BEGINNING = 4; // letters of a word that finds longer ones
  const otherNames = new Map(Object.entries(names.met));

  /** @param {string[]} words */
  const sequence = (words) => words.map((word) => folding.keys(word)[0]).join(" ");

  // A query as groups of words; one of the ways to say a group is enough.
  /** @param {string} query */
  function groups(query) {
    const words = folding.words(query);
    /** @type {Way[][]} */
    const made = [];
    /** @type {string[]} */
    const met = [];
    for (let start = 0; start < words.length; ) {
      let length = Math.min(MOST_WORDS, words.length - start);
      while (length > 1 && !otherNames.has(sequence(words.slice(start, start + length)))) length -= 1;
      const own = words.slice(start, start + length);
      const [name, number] = otherNames.get(sequence(own)) ?? ["", -1];
      if (name) met.push(name);
      const ways = [name, ...(names.forms[number] ?? [])].map(folding.words);
      made.push([own, ...ways.filter((words) => words.length)]);
      start += length;
    }
    return { groups: made, names: [...new Set(met)], words };
  }

  /** @param {string} word */
  const isName = (word) => otherNames.has(sequence([word]));

  // Whether a key may stand for the beginning of a longer one.
  /** @param {string} key */
  const isBeginning = (key) => key.length >= LEAST_BEGINNING && !/^[0-9]/.test(key);

  return { folding, groups, isBeginning, isName, sequence };
}

if (typeof module !== "undefined") module.exports = { makeAsking };
