"""Rules of characters: text is plain, so that it is drawn, sorted, searched and compared right.

The texts of the schema are held to them like those of the tables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from helpers.data.cells import FORMULA
from helpers.data.faults import Fault
from helpers.data.languages import language_of, script_of
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
# What a text may be made of beside letters: an allow list, as no list of what is foul would end.
SIGNS = " -~«»‘’“”…–—،؛؟٪€£¥°×÷±−§²³₂"  # the first three: all of ASCII that is seen
ARABIC = "\u0621-\u063a\u0640-\u0652\u0670"
LATIN = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u02bb\u02bc"
NOT_OF_THE_TWO_SCRIPTS = re.compile(f"[^{SIGNS}{ARABIC}{LATIN}]")
TWO_SCRIPTS = ("Arab", "Latn")  # those whose letters are listed here
ARABIC_LANGUAGE = "ar"
NOT_A_SIGN = re.compile(f"[^{SIGNS}]")
# In a word that is stored from its end to its start, as a page shows it to a program.
ENDING_LETTERS = re.compile(
    "(?<![\u0621-\u0652\u0670])[\u064b-\u0652]*[\u0629\u0649](?=[\u0621-\u0652])"
)
ARTICLE = re.compile("(?<![\u0621-\u0652])[وفبك]{0,2}(?:ال|لل)(?=[\u0621-\u0652])")
TURNED_ARTICLE = re.compile("[\u0621-\u064a]{2}لا(?![\u0621-\u0652])")
BLANKS_AT_ENDS = re.compile(r"^\s|\s$")
# What a page or a template would take for its own, and not for text.
MARKUP = re.compile(r"</?[a-z!][^<>]*>|&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);|\{\{|\{%", re.IGNORECASE)
# No text of a table is near as long; one that is came from elsewhere, whole.
LONGEST_TEXT = 5000
# What a new figure, notebook or table opens with until its words are written.
UNWRITTEN = re.compile(r"\[(?:to be written|\u064a\u064f\u0643\u062a\u0628): ")


def _is_reversed(text: str) -> bool:
    """Tell whether words begin with letters that only end one, or end with the article."""
    if ENDING_LETTERS.search(text):
        return True
    return len(TURNED_ARTICLE.findall(text)) > 1 and not ARTICLE.search(text)


# What is wrong with a text, and what is expected instead; the first that holds is named.
WRONGS: tuple[tuple[Callable[[str], object], str], ...] = (
    (PRESENTATION_FORMS.search, "ordinary Arabic letters, no presentation forms"),
    (BIDI_CONTROLS.search, "text without bidirectional control characters"),
    (LINE_BREAKS.search, "text on one line"),
    (BLANKS_AT_ENDS.search, "text without blanks at its ends"),
    (ODD_SPACES.search, "ordinary spaces, no other ones"),
    (lambda text: not text.isprintable(), "text without invisible characters"),
    (lambda text: "\ufffd" in text, "text in which every character was understood"),
    (UNWRITTEN.search, "the text that is still to be written"),
    (lambda text: "  " in text, "single spaces between words"),
    (FORMULA.match, "text that no spreadsheet takes for a formula"),
    (MARKUP.search, "text without markup: no elements, entities or fields of a template"),
    (lambda text: len(text) > LONGEST_TEXT, f"text of {LONGEST_TEXT} characters at most"),
    (
        lambda text: not unicodedata.is_normalized("NFC", text),
        "letters and their marks as one character (Unicode NFC)",
    ),
)
ARABIC_WRONGS: tuple[tuple[Callable[[str], object], str], ...] = (
    (IDLE_TATWEEL.search, "words that no tatweel stretches"),
    (FOREIGN_LETTERS.search, "Arabic letters (ي and not ی, ك and not ک)"),
    (OTHER_DIGITS.search, "digits 0-9, which the notebooks turn into the reader's"),
    (_is_reversed, "Arabic in the order in which it is read, not reversed"),
)
ALLOWED = "letters, marks, digits and signs of Arabic and Latin script alone"
ORDINARY = "ordinary letters, digits 0-9 and signs"
_SUSPECT = re.compile(
    f"[\\[\ufffd\u0640]|{PRESENTATION_FORMS.pattern}|{FOREIGN_LETTERS.pattern}|{OTHER_DIGITS.pattern}"
)
_SUSPECT_ENDS = set("=+-@ ")


def wrongs_of(text: str, language: str = "") -> Iterator[str]:
    """Yield what is expected of a text and does not hold.

    Parameters
    ----------
    text : str
        Of a cell or a schema.
    language : str
        Language of the text; if it has none, as a title or a name of a source, it may be in the
        letters of any script.

    Examples
    --------
    >>> list(wrongs_of("two  spaces"))
    ['single spaces between words']
    >>> list(wrongs_of("ةمقلا", "ar"))
    ['Arabic in the order in which it is read, not reversed']
    """
    if _is_clean([text], language):
        return
    arabic = ARABIC_WRONGS if language == ARABIC_LANGUAGE else ()
    found = [expected for wrong, expected in (*WRONGS, *arabic) if wrong(text)]
    if not found and _foreign(text, language):
        found = [ALLOWED if language else ORDINARY]
    yield from found


def _foreign(text: str, language: str) -> bool:
    """Tell whether a text has a character that is not on the allow list."""
    if script_of(language) in TWO_SCRIPTS:
        return NOT_OF_THE_TWO_SCRIPTS.search(text) is not None
    others = NOT_A_SIGN.findall(text)
    return not all(unicodedata.category(other)[0] in "LM" and _is_plain(other) for other in others)


def _is_plain(letter: str) -> bool:
    """Tell whether a letter is no other one in a dress: wide, small, or for mathematics."""
    return unicodedata.is_normalized("NFKC", letter)


def _is_clean(cells: list[str], language: str) -> bool:
    """Look at a whole column at once: nearly every one passes, and no cell is looked at alone."""
    characters = "".join(set("".join(cells)))
    ends = {cell[0] for cell in cells if cell} | {cell[-1] for cell in cells if cell}
    return (
        characters.isprintable()
        and not _SUSPECT.search(characters)
        and not _foreign(characters, language)
        and not ends & _SUSPECT_ENDS
        and all("  " not in cell for cell in cells)
        and all(map(_is_composed, cells))
        and max(map(len, cells), default=0) <= LONGEST_TEXT
        and not MARKUP.search("\n".join(cells))
        and not (language == ARABIC_LANGUAGE and any(map(_is_reversed, cells)))
    )


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


@table_rule
def foul_characters(name: str, tables: Tables) -> Iterator[Fault]:
    """Text is plain: ordinary letters, one line, single blanks, nothing that is not seen."""
    for field, entry in stored_fields(name).items():
        language = language_of(field)
        if entry["type"] != "string" or _is_clean(tables[name][field], language):
            continue
        for row, (cell,) in tables[name].rows(field):
            for expected in wrongs_of(cell, language):
                yield fault(name, row, field, cell, expected)
