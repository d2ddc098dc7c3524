// What readers answer to a question: one form for all ways to write it, and its salted hash.
// The way is that of helpers/responses.py; tests hold both to the same cases. A page from the disk
// is not everywhere a place where browsers lend their own cryptography, so that SHA-256 is here.
"use strict";

/** @param {FoldingSpecification} specification @param {Folding} folding @returns {Responses} */
function makeResponses(specification, folding) {
  const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/;
  const GROUPED = /^[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
  const CHOICE = /^0*([1-9][0-9]?)\.?$/;
  const SPACES = /[\s\x1c-\x1f\x85]+/gu;
  const LONGEST = 20;
  const { variants, signs, ends } = specification.answers;

  /** @param {string} text @param {string} letters to be taken from both ends */
  function stripped(text, letters) {
    const kept = Array.from(text);
    while (kept.length && letters.includes(kept[0])) kept.shift();
    while (kept.length && letters.includes(kept[kept.length - 1])) kept.pop();
    return kept.join("");
  }

  /** @param {string} written */
  function cleaned(written) {
    const plain = Array.from(folding.fold(written), (letter) => variants[letter] ?? letter);
    return stripped(plain.join("").replace(SPACES, " "), " ");
  }

  // Half a unit of the last decimal goes away from zero.
  /** @param {string} whole @param {string} part @param {number} decimals */
  function rounded(whole, part, decimals) {
    const digits = BigInt(whole + part.padEnd(decimals, "0").slice(0, decimals));
    const up = (part[decimals] ?? "0") >= "5" ? 1n : 0n;
    const told = String(digits + up).padStart(decimals + 1, "0");
    return [told.slice(0, told.length - decimals), told.slice(told.length - decimals)];
  }

  /** @param {string} text cleaned @param {number | null} decimals */
  function number(text, decimals) {
    let bare = Array.from(text).filter((letter) => letter !== " " && !signs.includes(letter)).join("");
    if (!bare) return text ? null : "";
    bare = bare.replaceAll(",", GROUPED.test(bare) ? "" : ".");
    if (!NUMBER.test(bare) || bare.length > LONGEST) return null;
    const sign = bare.startsWith("-") ? "-" : "";
    let [whole, part = ""] = bare.replace(/^[+-]/, "").split(".");
    if (decimals !== null) [whole, part] = rounded(whole || "0", part, decimals);
    whole = whole.replace(/^0+(?=.)/, "") || "0";
    part = part.replace(/0+$/, "");
    const told = part ? `${whole}.${part}` : whole;
    return told === "0" ? told : sign + told;
  }

  /** @param {string} written @param {string} kind @param {number | null} [decimals] */
  function normalForm(written, kind, decimals = null) {
    const text = cleaned(written);
    if (kind === "number") return number(text, decimals);
    if (kind === "choice") return text ? (CHOICE.exec(text)?.[1] ?? null) : "";
    if (kind === "set") {
      const parts = text.split(/[,; ]+/).map((part) => stripped(part, ends));
      return [...new Set(parts.filter(Boolean))].sort().join(" ");
    }
    return stripped(text, `${ends} `).replaceAll(" ", "-");
  }

  /** @param {string} normal @param {string} salt @param {number} iterations */
  const hashed = (normal, salt, iterations) => pbkdf2(utf8(normal), utf8(salt), iterations);

  return { normalForm, hashed };
}

/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text);

// The constants of SHA-256: the first bits of the roots of the first primes.
const [SHA_START, SHA_ROUNDS] = (() => {
  /** @type {number[]} */
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  /** @param {number} root */
  const bits = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  return [primes.slice(0, 8).map((p) => bits(Math.sqrt(p))), primes.map((p) => bits(Math.cbrt(p)))];
})();
const shaWords = new Int32Array(64);

/** Takes one block of sixteen words into a state. @param {Int32Array} state @param {Int32Array} block */
function shaBlock(state, block) {
  const words = shaWords;
  words.set(block);
  for (let n = 16; n < 64; n += 1) {
    const x = words[n - 15];
    const y = words[n - 2];
    const small = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const large = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[n] = words[n - 16] + small + words[n - 7] + large;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let n = 0; n < 64; n += 1) {
    const mixed = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + mixed + ((e & f) ^ (~e & g)) + SHA_ROUNDS[n] + words[n]) | 0;
    const turned = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (turned + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, n) => (state[n] += word));
}

/** Takes bytes after so many that were taken. @param {Int32Array} start @param {Uint8Array} bytes @param {number} before */
function sha256(start, bytes, before = 0) {
  const state = Int32Array.from(start);
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.forEach((byte, n) => padded.setUint8(n, byte));
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 4, (before + bytes.length) * 8);
  const block = new Int32Array(16);
  for (let at = 0; at < padded.byteLength; at += 64) {
    block.forEach((_, n) => (block[n] = padded.getInt32(at + 4 * n)));
    shaBlock(state, block);
  }
  return state;
}

/** @param {Int32Array} words */
function wordBytes(words) {
  const bytes = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, n) => bytes.setInt32(4 * n, word));
  return new Uint8Array(bytes.buffer);
}

// PBKDF2 with HMAC-SHA-256, one block of it, in hexadecimal digits.
/** @param {Uint8Array} password @param {Uint8Array} salt @param {number} iterations */
function pbkdf2(password, salt, iterations) {
  const first = Int32Array.from(SHA_START);
  const key = new Uint8Array(64);
  key.set(password.length > 64 ? wordBytes(sha256(first, password)) : password);
  const [inner, outer] = [0x36, 0x5c].map((pad) => {
    const state = Int32Array.from(first);
    const view = new DataView(key.map((byte) => byte ^ pad).buffer);
    shaBlock(state, Int32Array.from({ length: 16 }, (_, n) => view.getInt32(4 * n)));
    return state;
  });
  const salted = new Uint8Array([...salt, 0, 0, 0, 1]);
  let last = sha256(outer, wordBytes(sha256(inner, salted, 64)), 64);
  const kept = Int32Array.from(last);
  // What is hashed from here on is a hash: one block, the end of which is always the same.
  const block = new Int32Array(16);
  block[8] = 0x80000000 | 0;
  block[15] = (64 + 32) * 8;
  const state = new Int32Array(8);
  for (let n = 1; n < iterations; n += 1) {
    for (const begun of [inner, outer]) {
      block.set(last);
      state.set(begun);
      shaBlock(state, block);
      last = state;
    }
    kept.forEach((word, place) => (kept[place] = word ^ last[place]));
  }
  return Array.from(wordBytes(kept), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

if (typeof module !== "undefined") module.exports = { makeResponses };
