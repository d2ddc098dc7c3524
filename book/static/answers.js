// An answer of the tables as a table of the page, and as a file for spreadsheets.
"use strict";

const WHOLE = 24; // letters of a name that is not broken; as in helpers/publish/ask/page.py
const WITH_CARD = /^(?:conclusions\.html#|passages-)/; // as in helpers/publish/ask/addresses.py

/**
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
function answerElement(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/**
 * What a cell says; an identifier leads to where the book explains it.
 * @param {string} text
 * @param {string | undefined} address
 */
function answerText(text, address) {
  if (!address) return text;
  /** @type {Record<string, string>} */
  const card = WITH_CARD.test(address) ? { class: "locator" } : {};
  return answerElement("a", { ...card, href: address }, text);
}

/**
 * A table of cells, which are text whatever they hold; the first rows of an answer.
 * @param {Answer} answer
 * @param {{ most: number, nothing: string, caption: string, addresses: Map<string, string> }} about
 */
function answerTable({ columns, rows }, { most, nothing, caption, addresses }) {
  const numeric = columns.map((_, place) =>
    rows.every((row) => row[place] === null || typeof row[place] === "number"),
  );
  /** @param {number} place @returns {Record<string, string>} */
  const look = (place) => (numeric[place] ? { class: "number" } : {});
  const heading = columns.map((name, place) => {
    const inner = answerElement("bdi", { dir: "ltr", lang: "en" }, answerElement("code", {}, name));
    return answerElement("th", { scope: "col", ...look(place) }, inner);
  });
  const body = rows.slice(0, most).map((row) => {
    const cells = row.map((cell, place) => {
      const text = cell === null ? nothing : String(cell);
      const isWhole = text.length <= WHOLE && !/\s/.test(text);
      /** @type {Record<string, string>} */
      const whole = isWhole ? { class: "whole" } : {};
      const told = answerElement("bdi", { ...whole, ...spokenIn(text) }, answerText(text, addresses.get(text)));
      return answerElement("td", look(place), told);
    });
    return answerElement("tr", {}, ...cells);
  });
  return answerElement(
    "table",
    { class: "table" },
    answerElement("caption", {}, answerElement("span", {}, caption)),
    answerElement("thead", {}, answerElement("tr", {}, ...heading)),
    answerElement("tbody", {}, ...body),
  );
}

/**
 * The language of the letters of a text where it is not that of the page.
 * @param {string} text
 * @returns {Record<string, string>}
 */
function spokenIn(text) {
  const letters = text.match(/\p{L}/gu) ?? [];
  const { lang: page, dataset } = document.documentElement;
  const listed = (dataset.scripts ?? "").split(" ").map((pair) => pair.split(":"));
  const own = listed.filter(([code]) => code === page);
  const found = [...own, ...listed].find(([, script]) =>
    script !== "Latn" && new RegExp(`\\p{Script=${script}}`, "u").test(text))?.[0];
  if (found) return found === page ? {} : { lang: found };
  const isLatin = letters.length > 0 && letters.every((letter) => /\p{Script=Latin}/u.test(letter));
  // Names in Latin letters are English, unless the page is written in them.
  return isLatin && !own.some(([, script]) => script === "Latn") ? { lang: "en" } : {};
}

/**
 * An answer as CSV: with the mark by which spreadsheets know UTF-8, and no text that they would
 * take for a formula.
 * @param {Answer} answer
 */
function answerFile({ columns, rows }) {
  /** @param {Cell} cell */
  const written = (cell) => {
    if (typeof cell === "number") return String(cell);
    const text = cell === null ? "" : String(cell);
    const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const lines = [columns, ...rows].map((row) => row.map(written).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
