"""The index of the book's search: what can be found, where it stands, and by which keys.

An entry is a place of the book that a reader may look for: a claim with its verdict, a source, a
term, a figure, a section of a page. The index of a language is one script file, which only the page
of the search loads; a book that is opened from the disk can load scripts, and nothing else.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers import folding
from helpers.data import load, resource
from helpers.language import Language
from helpers.publish.entries.rows import Row, filled, rows
from helpers.publish.languages import others

FILE = "search-index.js"
NAME = "BOOK_INDEX"
# What any script needs that looks for words: how they are folded, and the names of the terms.
WORDS_FILE = "search-words.js"
WORDS_NAME = "BOOK_WORDS"
# What the kinds are called together is the title of the table that they are rows of.
KINDS = {
    "term": "glossary",
    "section": "sections",
    "figure": "figures",
    "claim": "claims",
    "conclusion": "conclusions",
    "source": "sources",
    "reference": "references",
    "erratum": "errata",
    "correction": "corrections",
}
WORDS = ("results", "nothing", "near", "some", "also", "more", "all")
# Placeholders of the words, which the script fills.
FIELDS = {name: "{" + name + "}" for name in ("query", "number", "names")}
# Such as "Enhanced Partnership and Cooperation Agreement (EPCA)", "closing statement, declaration"
SEVERAL_NAMES = re.compile(r", | \(|\)")
ALSO = "; "
PERSON = "name"


@dataclass(frozen=True)
class Entry:
    """What can be found.

    Attributes
    ----------
    kind : str
        One of ``KINDS``.
    title, text : str
        What is read of it, and searched; a hit in the title counts for more.
    address : str
        Page and anchor.
    place : str
        Where it stands, for the reader.
    names : str
        More names of it, which are searched and not shown.
    inside : str
        What else it is found by, such as the cells of a table; it is not kept in the index.
    verdict : str
        What was found of a claim, as HTML; empty for what was not checked.
    """

    kind: str
    title: str
    address: str
    text: str = ""
    place: str = ""
    names: str = ""
    inside: str = ""
    verdict: str = ""

    @property
    def searched(self) -> str:
        """All that the entry is found by."""
        return " ".join(filled([self.title, self.names, self.place, self.text, self.inside]))


def spellings(term: Row) -> list[str]:
    """Return how else a term of the glossary is written, or called.

    Examples
    --------
    >>> spellings({"also": "Samarqand; Samarcand"})
    ['Samarqand', 'Samarcand']
    """
    return term["also"].split(ALSO) if term["also"] else []


@dataclass(frozen=True)
class Names:
    """The names of the terms of the glossary, any of which finds what the others find.

    Attributes
    ----------
    forms : list of list of str
        All names and spellings of each term.
    met : dict of str to (str, int)
        The words of each of them, by their keys, lead to the name in the language that is searched
        for as well (empty for that name itself) and to the number of the term.
    """

    forms: list[list[str]]
    met: dict[str, tuple[str, int]]


def names(lang: Language) -> Names:
    """Return the names of all terms, for a language."""
    found = Names([], {})
    for number, row in enumerate(rows(load("glossary"))):
        own, *more = _names(row, lang)
        foreign = [name for other in others(lang) for name in _names(row, other)]
        found.forms.append([own, *more, *foreign, *spellings(row)])
        for form in found.forms[-1]:
            better = "" if sequence(form) == sequence(own) else own
            better = _as_long(better, form) if row["kind"] == PERSON else better
            found.met.setdefault(sequence(form), (better, number))
    return found


def _as_long(name: str, other: str) -> str:
    """Return as much of a person's name as another spelling gives of it.

    Examples
    --------
    >>> _as_long("Shavkat Mirziyoyev", "Mirziyaev")
    'Mirziyoyev'
    """
    return " ".join(name.split()[-len(other.split()) :])


def _names(term: Row, lang: Language) -> list[str]:
    return filled(SEVERAL_NAMES.split(term[lang.column("term")]))


def sequence(text: str) -> str:
    """Return the words of a text, each by its likeliest key.

    Examples
    --------
    >>> sequence("The Kyrgyz Republics")
    'the kyrgyz republic'
    """
    return " ".join(folding.keys(word)[0] for word in folding.words(text))


def index(listed: Sequence[Entry], lang: Language) -> dict[str, Any]:
    """Return the index of entries as plain values: the entries by columns, and the keys.

    A key leads to the numbers of the entries, each as its distance from the one before. A key that
    only stands for a word without its first letter is left out unless some word has it wholly.
    """
    verdicts = sorted({entry.verdict for entry in listed})
    return {
        "words": {word: lang.phrase(f"search-{word}", **FIELDS) for word in WORDS},
        "kinds": {kind: [lang.phrase(f"kind-{kind}"), _called(kind, lang)] for kind in KINDS},
        "verdicts": verdicts,
        "entries": {
            **{
                column: [getattr(entry, column) for entry in listed]
                for column in ("title", "address", "text", "place", "names")
            },
            "kind": [list(KINDS).index(entry.kind) for entry in listed],
            "verdict": [verdicts.index(entry.verdict) for entry in listed],
        },
        "keys": _numbers_by_key([entry.searched for entry in listed]),
    }


def vocabulary(lang: Language) -> dict[str, Any]:
    """Return how words are folded, and the names of the terms, as plain values."""
    return {"folding": folding.specification(), "names": dataclasses.asdict(names(lang))}


def _called(kind: str, lang: Language) -> str:
    if kind == "section":
        return lang.phrase("search-sections")
    return lang.titled(resource(KINDS[kind]))


def _numbers_by_key(texts: Iterable[str]) -> dict[str, list[int]]:
    found = [[folding.keys(word) for word in folding.words(text)] for text in texts]
    whole = {keys[0] for words in found for keys in words}
    numbers: dict[str, list[int]] = {}
    for number, words in enumerate(found):
        for key in {key for keys in words for key in keys if key in whole}:
            numbers.setdefault(key, []).append(number)
    return {key: list(_distances(numbers[key])) for key in sorted(numbers)}


def _distances(numbers: Iterable[int]) -> Iterator[int]:
    """Yield each number as its distance from the one before.

    Examples
    --------
    >>> list(_distances([3, 4, 9]))
    [3, 1, 5]
    """
    last = 0
    for number in numbers:
        yield number - last
        last = number


def script(content: Mapping[str, Any], name: str = NAME) -> str:
    """Return an index as a script file; the same text for the same content.

    Parameters
    ----------
    content : mapping
        Plain values.
    name : str
        The constant that the scripts of the page look for.
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"const {name}={text};\n"
