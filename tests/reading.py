"""How the tests read generated HTML: by a parser and by id, never as a string."""

from __future__ import annotations

import re

import pandas as pd
from bs4 import BeautifulSoup, Tag

from helpers import data

# Text that breaks a page unless it is escaped, in an element and in an attribute alike.
FOUL = """<i>&amp;"'|"""


def parse(html: str) -> BeautifulSoup:
    """Return a page, or a piece of one, its elements listed by id."""
    page = BeautifulSoup(html, "html.parser")
    page.elements = {}
    for element in page.find_all(id=True):
        page.elements.setdefault(element["id"], []).append(element)
    return page


def by_id(page: BeautifulSoup, anchor: str) -> Tag:
    """Return the one element with an id."""
    (found,) = page.elements.get(anchor, [])
    return found


def text_of(element: Tag) -> str:
    """Return the text of an element, white space collapsed."""
    return " ".join(element.get_text().split())


def links_of(element: Tag) -> dict[str, str]:
    """Return the texts of the links in an element, by address."""
    return {link["href"]: text_of(link) for link in element.find_all("a")}


def line(element: Tag, opening: str) -> Tag | None:
    """Return the paragraph that opens with a word, or None."""
    found = [part for part in element.find_all("p") if text_of(part).startswith(f"{opening}:")]
    assert len(found) <= 1, f"{opening} stands twice"
    return found[0] if found else None


def edited(table: str, key: str, **cells: object) -> dict[str, pd.DataFrame]:
    """Return a table with cells of one row changed, ready for ``what_if``."""
    frame = data.load(table)
    row = frame.iloc[:, 0] == key
    assert row.sum() == 1, f"{key} is not the key of one row of {table}"
    for field, value in cells.items():
        frame[field] = frame[field].where(~row, value)
    return {table: frame}


def added(table: str, like: str, **cells: object) -> dict[str, pd.DataFrame]:
    """Return a table with one row more, which is like another but for some cells."""
    frame = data.load(table)
    row = frame[frame.iloc[:, 0] == like].assign(**cells)
    assert len(row) == 1, f"{like} is not the key of one row of {table}"
    return {table: pd.concat([frame, row], ignore_index=True).astype(frame.dtypes.to_dict())}


LOCATORS = re.compile(r"\b([a-z_]+)\.(\d+\.\d+)(?:-([a-z])\b)?")
LETTERS = {"ar": "أبجدهوزحطيكلم", "en": "abcdefghijklm"}


def in_words(text: str, code: str) -> str:
    """Return a text with its locators as the pages of a language name them."""
    names = data.load("sections").set_index("section_id")[f"short_{code}"]
    known = {*data.load("passages")["passage_id"], *data.load("claims")["claim_id"]}

    def named(locator: re.Match[str]) -> str:
        if locator[0] not in known:
            return locator[0]
        place = f"{names[locator[1]]} {locator[2]}"
        if locator[3]:
            letter = LETTERS[code][LETTERS["en"].index(locator[3])]
            # Alone, the letter he is written as it begins a word.
            place += f" {letter}\u0640" if letter == "\u0647" else f" {letter}"
        return place

    return " ".join(LOCATORS.sub(named, text).split())
