"""Words folded for the search: spellings, numbers, singular and plural that should meet, meet.

What is folded stands in ``folding.json`` beside it, once for both who read it: this module, when
the index is made, and ``book/static/folding.js``, when a reader asks. Both go the same way:

1. *fold*: hamza, vowel signs, accents and tatweel go; Persian letters, alef maqsura and teh marbuta
   become one with their kin; digits become 0–9; capitals become small.
2. *words*: letters and digits; a number keeps its decimals (``13.2``, ``13,2``, ``١٣٫٢`` are one).
3. *keys*: the article goes; what is left loses its endings, one after the other, as long as enough
   is left; broken plurals, which no ending tells, are listed. A word that may begin with an
   attached و, ف, ب, ل or ك has one more key without it: «بيانات» begins with a letter of its own.

Two words meet if they have a key in common.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SPECIFICATION = Path(__file__).with_suffix(".json")
WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?![^\W_])|[^\W_]+")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
ARABIC = re.compile("[\u0620-\u064a]")


@functools.cache
def specification() -> Mapping[str, Any]:
    """Return what is folded, as the scripts of the book are given it too.

    Examples
    --------
    >>> "article" in specification()
    True
    """
    content: Mapping[str, Any] = json.loads(SPECIFICATION.read_text(encoding="utf-8"))
    return content


def fold(text: str) -> str:
    """Return text with one spelling for each group of variants.

    Examples
    --------
    >>> fold("Síkela"), fold("١٣٫٢")
    ('sikela', '13.2')
    >>> fold("الأهداف") == fold("الاهداف")
    True
    """
    composed = _without_marks(unicodedata.normalize("NFKC", text))
    for written, other in specification()["sequences"].items():
        composed = composed.replace(written, other)
    bare = _without_marks(unicodedata.normalize("NFKD", composed))
    return bare.translate(_variants()).lower()


def _without_marks(text: str) -> str:
    """Drop marks on letters, and controls that nobody sees."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Mn", "Mc", "Me", "Cf"})


@functools.cache
def _variants() -> dict[int, str]:
    return str.maketrans(specification()["variants"])


def words(text: str) -> list[str]:
    """Return the folded words and numbers of a text, in order.

    Examples
    --------
    >>> words("EUR 13,2 billion, or 1,200 times more: context.13.2")
    ['eur', '13.2', 'billion', 'or', '1200', 'times', 'more', 'context', '13.2']
    """
    return [_number(word) for word in WORD.findall(fold(text))]


def _number(word: str) -> str:
    if GROUPED.fullmatch(word):
        return word.replace(",", "")
    return word.replace(",", ".")


@functools.cache
def keys(word: str) -> tuple[str, ...]:
    """Return what a folded word is found by, the likeliest first.

    Examples
    --------
    >>> keys("sanctions"), keys("13.2")
    (('sanct',), ('13.2',))
    >>> keys("العقوبات") == keys("عقوبه")
    True
    >>> keys("مساعدات")[0] in keys("ومساعدات")
    True
    """
    if NUMBER.fullmatch(word):
        return (word,)
    if not ARABIC.search(word):
        return (_stem(word, "latin"),)
    listed = word in _plurals()  # «ألفاظ» has no article
    rest = word if listed else re.sub(specification()["article"], "", word)
    return tuple(dict.fromkeys(_stem(each, "arabic") for each in _readings(word, rest)))


def _readings(word: str, rest: str) -> Iterator[str]:
    """Yield a word as it may be read: without its article, or else with and without a prefix."""
    yield rest
    if rest == word:
        for attached in specification()["attached"]:
            yield re.sub(attached, "", word)


@dataclass(frozen=True)
class Ending:
    """An ending that a word loses.

    Attributes
    ----------
    letters : str
        The ending.
    instead : str
        What stands in its place.
    least : int
        Letters that have to be left before it.
    """

    letters: str
    instead: str
    least: int

    def fits(self, word: str) -> bool:
        """Tell whether a word has the ending, and enough before it."""
        return word.endswith(self.letters) and len(word) - len(self.letters) >= self.least


@functools.cache
def _endings(script: str) -> tuple[Ending, ...]:
    return tuple(Ending(*ending) for ending in specification()["endings"][script])


@functools.cache
def _plurals() -> dict[str, str]:
    return {fold(many): fold(one) for many, one in specification()["plurals"].items()}


def _stem(word: str, script: str) -> str:
    """Take one ending after the other from a word; a listed plural becomes its singular."""
    for _ in range(specification()["passes"]):
        word = _plurals().get(word, word)
        ending = next((each for each in _endings(script) if each.fits(word)), None)
        if ending is None:
            break
        word = word[: len(word) - len(ending.letters)] + ending.instead
    return word


def all_keys(text: str) -> set[str]:
    """Return every key of every word of a text.

    Examples
    --------
    >>> sorted(all_keys("Sanctions and outcomes"))
    ['and', 'outcom', 'sanct']
    """
    return {key for word in words(text) for key in keys(word)}
