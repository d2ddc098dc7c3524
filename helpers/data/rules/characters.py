"""Rules of characters: text is plain, so that it is drawn, sorted, searched and compared right.

The texts of the schema are held to them like those of the tables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from helpers.data.faults import Fault
from helpers.data.rules.base import Tables, fault, table_rule
from helpers.data.schema import stored_fields

PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LINE_BREAKS = re.compile("[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]")
ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# At the end of a word, as in «بـ{number}», it stands for a letter that is joined to nothing.
IDLE_TATWEEL = re.compile("\u0640(?=[\u0621-\u064a])|(?<![\u0621-\u063a\u0641-\u0652])\u0640")
# Letters of Persian and Urdu that look like Arabic ones and are others to a search.
FOREIGN_LETTERS = re.compile("[\u06a9\u06aa\u06be\u06c0-\u06c3\u06cc\u06d2\u06d5]")
OTHER_DIGITS = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
BLANKS_AT_ENDS = re.compile(r"^\s|\s$")
FORMULA = re.compile(r"^[=+\-@]")

# What is wrong with a text, and what is expected instead; the first that holds is named.
WRONGS: tuple[tuple[Callable[[str], object], str], ...] = (
    (PRESENTATION_FORMS.search, "ordinary Arabic letters, no presentation forms"),
    (BIDI_CONTROLS.search, "text without bidirectional control characters"),
    (LINE_BREAKS.search, "text on one line"),
    (BLANKS_AT_ENDS.search, "text without blanks at its ends"),
    (ODD_SPACES.search, "ordinary spaces, no other ones"),
    (lambda text: not text.isprintable(), "text without invisible characters"),
    (lambda text: "\ufffd" in text, "text in which every character was understood"),
    (lambda text: "  " in text, "single spaces between words"),
    (FORMULA.search, "text that no spreadsheet takes for a formula"),
    (
        lambda text: not unicodedata.is_normalized("NFC", text),
        "letters and their marks as one character (Unicode NFC)",
    ),
)
ARABIC_WRONGS: tuple[tuple[Callable[[str], object], str], ...] = (
    (IDLE_TATWEEL.search, "words that no tatweel stretches"),
    (FOREIGN_LETTERS.search, "Arabic letters (ي and not ی, ك and not ک)"),
    (OTHER_DIGITS.search, "digits 0-9, which the notebooks turn into the reader's"),
)
_SUSPECT = re.compile(
    f"[\ufffd\u0640]|{PRESENTATION_FORMS.pattern}|{FOREIGN_LETTERS.pattern}|{OTHER_DIGITS.pattern}"
)
_SUSPECT_ENDS = set("=+-@ ")


def wrongs_of(text: str, arabic: bool) -> Iterator[str]:
    """Yield what is expected of a text and does not hold.

    Examples
    --------
    >>> list(wrongs_of("two  spaces", arabic=False))
    ['single spaces between words']
    """
    if _is_clean([text]):
        return
    for found, expected in (*WRONGS, *(ARABIC_WRONGS if arabic else ())):
        if found(text):
            yield expected


def _is_clean(cells: list[str]) -> bool:
    """Look at a whole column at once: nearly every one passes, and no cell is looked at alone."""
    characters = "".join(set("".join(cells)))
    ends = {cell[0] for cell in cells if cell} | {cell[-1] for cell in cells if cell}
    return (
        characters.isprintable()
        and not _SUSPECT.search(characters)
        and not ends & _SUSPECT_ENDS
        and all("  " not in cell for cell in cells)
        and all(map(_is_composed, cells))
    )


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


@table_rule
def foul_characters(name: str, tables: Tables) -> Iterator[Fault]:
    """Text is plain: ordinary letters, one line, single blanks, nothing that is not seen."""
    for field, entry in stored_fields(name).items():
        if entry["type"] != "string" or _is_clean(tables[name][field]):
            continue
        for row, (cell,) in tables[name].rows(field):
            for expected in wrongs_of(cell, arabic=field.endswith("_ar")):
                yield fault(name, row, field, cell, expected)
