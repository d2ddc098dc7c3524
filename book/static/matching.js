// What a search finds, and in which order; no page is needed for it. The index is made by
// helpers/publish/search.py.
"use strict";

/** @param {BookIndex} index @param {Asking} asking @returns {Matching} */
function makeMatching(index, asking) {
  const { entries } = index;
  const { folding, groups, isBeginning, isName, sequence } = asking;
  const KINDS = Object.keys(index.kinds);
  // A name that was sought for is better than a text in which it happens to stand.
  /** @type {Record<string, number>} */
  const WEIGHTS = { term: 3, figure: 2, section: 2, claim: 1 };
  const IN_TITLE = 10, IN_TEXT = 3, AS_WRITTEN = 2, EXACT = 100, RUN_IN_TITLE = 20, RUN_IN_TEXT = 6;
  const IDENTIFIED = 200, BELOW = 150, BEGINNING = 0.4;
  const COMMON = 0.25; // a word of a quarter of all places asks for nothing where others do
  const CLOSE = 6; // near spellings that are offered
  const distances = new Map(Object.entries(index.keys));
  const all = [...distances.keys()];
  /** @type {Map<string, number[]>} */
  const decoded = new Map();

  /** @param {string} key */
  function numbers(key) {
    if (!decoded.has(key)) {
      let last = 0; // numbers are kept as distances
      decoded.set(key, (distances.get(key) ?? []).map((distance) => (last += distance)));
    }
    return decoded.get(key) ?? [];
  }

  // The keys of the index that a word meets, with how well: wholly, or as a beginning.
  /** @param {string} word */
  function met(word) {
    /** @type {Map<string, number>} */
    const found = new Map();
    for (const key of folding.keys(word)) {
      if (distances.has(key)) found.set(key, 1);
      if (!isBeginning(key)) continue;
      for (const longer of all)
        if (longer.startsWith(key) && !found.has(longer)) found.set(longer, BEGINNING);
    }
    return found;
  }

  // How well each entry meets a word: number of the entry → the keys and their weights.
  /** @param {string} word */
  function places(word) {
    /** @type {Map<number, Map<string, number>>} */
    const found = new Map();
    for (const [key, weight] of met(word))
      for (const number of numbers(key)) {
        const held = found.get(number) ?? new Map();
        found.set(number, held.set(key, weight));
      }
    return found;
  }

  /** @param {string} text */
  const keysOf = (text) => folding.words(text).flatMap((word) => folding.keys(word));

  /** @param {number} number @param {string} word @param {Map<string, number>} keys */
  function wordScore(number, word, keys) {
    const titled = new Set(keysOf(`${entries.title[number]} ${entries.names[number]}`));
    /** @param {(key: string) => boolean} wanted */
    const best = (wanted) =>
      Math.max(0, ...[...keys].filter(([key]) => wanted(key)).map(([, weight]) => weight));
    const title = best((key) => titled.has(key));
    const written = folding.words(entries.title[number]).includes(word) ? AS_WRITTEN : 0;
    return title * IN_TITLE + best(() => true) * IN_TEXT + written;
  }

  // A group's entries with their scores; a way to say it counts if all of its words are there, and
  // only then are they hits, which are noted.
  /** @param {Way[]} ways @param {Map<number, Set<string>>} hits */
  function groupScores(ways, hits) {
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const words of ways) {
      const found = words.map((word) => ({ word, held: places(word) }));
      for (const number of found[0].held.keys()) {
        if (!found.every(({ held }) => held.has(number))) continue;
        let score = 0;
        const noted = hits.get(number) ?? new Set();
        hits.set(number, noted);
        for (const { word, held } of found) {
          const keys = held.get(number) ?? new Map();
          score += wordScore(number, word, keys);
          for (const key of keys.keys()) noted.add(key);
        }
        scores.set(number, Math.max(scores.get(number) ?? 0, score / words.length));
      }
    }
    return scores;
  }

  /** @param {number} number @param {string} query @param {string[]} runs */
  function bonus(number, query, runs) {
    const anchor = entries.address[number].split("#")[1] ?? "";
    const identifier = query.trim().toLowerCase();
    const title = ` ${sequence(folding.words(entries.title[number]))} `;
    const text = ` ${sequence(folding.words(entries.text[number]))} `;
    const names = entries.names[number].split(" · ").map((n) => sequence(folding.words(n)));
    let score = 0;
    if (anchor === identifier || anchor === `term-${identifier}`) score += IDENTIFIED;
    else if (/[.-]/.test(identifier) && anchor.startsWith(identifier)) score += BELOW;
    for (const run of runs) {
      if (title === ` ${run} ` || names.includes(run)) score += EXACT;
      else if (title.includes(` ${run} `)) score += RUN_IN_TITLE;
      if (run.includes(" ") && text.includes(` ${run} `)) score += RUN_IN_TEXT;
    }
    return score;
  }

  /** @param {number} number */
  const weight = (number) => WEIGHTS[KINDS[entries.kind[number]]] ?? 0;

  // Identifiers are looked for as they are: words of an id need not stand in any text.
  /** @param {string} query */
  function identified(query) {
    const identifier = query.trim().toLowerCase();
    if (!/^[a-z_0-9]+[.-][a-z0-9.-]+$/.test(identifier)) return [];
    /** @param {string} anchor */
    const below = (anchor) =>
      anchor === identifier || (anchor.startsWith(identifier) && /[.-]/.test(anchor[identifier.length]));
    return entries.address.flatMap((address, number) =>
      below(address.split("#")[1] ?? "") ? [number] : [],
    );
  }

  /** @param {string} query @returns {Found} */
  function search(query) {
    const { groups: asked, names, words } = groups(query);
    /** @type {Map<number, Set<string>>} */
    const hits = new Map();
    const scored = asked.map((ways) => groupScores(ways, hits));
    const most = entries.title.length * COMMON;
    const rare = scored.filter((scores) => scores.size <= most);
    const needed = rare.length ? rare : scored;
    /** @type {Map<number, number>} */
    const total = new Map();
    /** @type {Map<number, number>} */
    const count = new Map();
    for (const scores of scored)
      for (const [number, score] of scores) {
        total.set(number, (total.get(number) ?? 0) + score);
        count.set(number, (count.get(number) ?? 0) + (needed.includes(scores) ? 1 : 0));
      }
    const direct = new Set(identified(query));
    for (const number of direct) total.set(number, total.get(number) ?? 0);
    const whole = [...total.keys()].filter((n) => direct.has(n) || count.get(n) === needed.length);
    const found = whole.length ? whole : [...total.keys()];
    const runs = [...new Set([sequence(words), ...names.map((n) => sequence(folding.words(n)))])];
    /** @param {number} n */
    const scoreOf = (n) =>
      (total.get(n) ?? 0) + (count.get(n) ?? 0) * EXACT * 2 + weight(n) + bonus(n, query, runs);
    const score = new Map(found.map((n) => [n, scoreOf(n)]));
    return {
      found: found.sort((a, b) => (score.get(b) ?? 0) - (score.get(a) ?? 0) || a - b),
      whole: whole.length > 0 || found.length === 0,
      names,
      isHit: (number) => (word) => folding.keys(word).some((key) => hits.get(number)?.has(key)),
    };
  }

  // Letters to add, drop, change or exchange to make one word of another; at most `most`.
  /** @param {string} one @param {string} other @param {number} most */
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    /** @type {number[]} */
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
          row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  // A word as an entry writes it; nothing if it only is another spelling of a term.
  /** @param {string} key */
  function written(key) {
    const number = numbers(key)[0];
    const text = [entries.title, entries.place, entries.text].map((part) => part[number]).join(" ");
    const piece = folding
      .pieces(text)
      .find(([, , words]) => words.some((word) => folding.keys(word).includes(key)));
    return piece && text.slice(piece[0], piece[1]);
  }

  // Queries in which a word that was not found gives way to one that is close.
  /** @param {string} query */
  function near(query) {
    /** @type {Map<string, number>} */
    const offered = new Map();
    for (const [start, end, [word]] of folding.pieces(query).reverse()) {
      if (!word || met(word).size || isName(word)) continue;
      const [key] = folding.keys(word);
      const most = key.length < 5 ? 1 : 2;
      for (const other of all) {
        if (/^[0-9]/.test(other) || other.length < 3) continue;
        const far = distance(key, other, most);
        const form = far <= most && written(other);
        if (!form) continue;
        const better = query.slice(0, start) + form + query.slice(end);
        offered.set(better, Math.min(offered.get(better) ?? 9, far - numbers(other).length / 1e4));
      }
    }
    return [...offered].sort((a, b) => a[1] - b[1]).slice(0, CLOSE).map(([better]) => better);
  }

  return { search, near, kind: (number) => KINDS[entries.kind[number]] };
}

if (typeof module !== "undefined") module.exports = { makeMatching };
