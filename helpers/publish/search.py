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
from pathlib import Path
from typing import Any

from helpers.data import in_reading_order, load, resource
from helpers.language import Language
from helpers.publish import folding, shown
from helpers.publish.entries.evidence import checks_by_claim, title
from helpers.publish.entries.rows import Row, filled, rows
from helpers.publish.languages import others
from helpers.publish.targets import Targets, targets

FILE = "search-index.js"
# What the kinds are called together is the title of the table that they are rows of.
KINDS = {
    "term": "glossary",
    "section": "sections",
    "figure": "figures",
    "claim": "claims",
    "source": "sources",
    "reference": "references",
    "erratum": "errata",
    "correction": "corrections",
}
WORDS = ("results", "nothing", "near", "some", "also", "more", "all")
# Placeholders of the words, which the script fills.
FIELDS = {name: "{" + name + "}" for name in ("query", "number", "names")}
# "Enhanced Partnership and Cooperation Agreement (EPCA)", "closing statement, joint declaration"
SEVERAL_NAMES = re.compile(r", | \(|\)")
ALSO = "; "
PERSON = "name"
# A table of the notebooks that rests on these alone lists what has entries of its own.
LISTED = {"sections", "passages", "claims", "sources", "checks"}


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
    verdict, label : str
        Code and words of what was found of a claim; empty for what was not checked.
    """

    kind: str
    title: str
    address: str
    text: str = ""
    place: str = ""
    names: str = ""
    inside: str = ""
    verdict: str = ""
    label: str = ""

    @property
    def searched(self) -> str:
        """All that the entry is found by."""
        return " ".join(filled([self.title, self.names, self.place, self.text, self.inside]))


def entries(lang: Language) -> list[Entry]:
    """Return what the tables say that can be found: terms, claims, sources and the rest.

    Parameters
    ----------
    lang : Language
        Language of the book.
    """
    known = targets()
    return [
        *_terms(known, lang),
        *_claims(known, lang),
        *_sources(known, lang),
        *_references(known, lang),
        *_errata(known, lang),
        *_corrections(lang),
    ]


def _terms(known: Targets, lang: Language) -> Iterator[Entry]:
    for row in rows(load("glossary")):
        names = [*(row[other.column("term")] for other in others(lang)), *spellings(row)]
        yield Entry(
            "term",
            row[lang.column("term")],
            known["terms"][row["term_id"]],
            " ".join(filled([row[lang.column("definition")], row[lang.column("note")]])),
            names=" · ".join(names),
        )


def _claims(known: Targets, lang: Language) -> Iterator[Entry]:
    claims = in_reading_order(load("claims"), "claim_id")
    first = claims["same_as"].fillna(claims["claim_id"])
    checks = checks_by_claim(set(first), known, lang)
    # Repeats come after what they repeat, where nothing else tells them apart.
    for row in sorted(rows(claims), key=lambda row: row["same_as"] is not None):
        found = checks.get(row["same_as"] or row["claim_id"], [])
        yield Entry(
            "claim",
            row[lang.column("text")],
            known["claims"][row["claim_id"]],
            " ".join(_plain(check["note"]) for check in found),
            place(row["passage_id"], lang),
            verdict=str(found[0]["verdict"]) if found else "",
            label=str(found[0]["label"]) if found else "",
        )


def _plain(note: Any) -> str:
    return "".join(piece.text for piece in note)


def place(passage_id: str, lang: Language) -> str:
    """Return a locator in words.

    Examples
    --------
    >>> place("background.2.3", Language("en"))
    'Background 2.3'
    """
    section, numbers = passage_id.split(".", 1)
    titles = load("sections").set_index("section_id")[lang.column("title")]
    return f"{titles[section]} {lang.number_text(numbers)}"


def _sources(known: Targets, lang: Language) -> Iterator[Entry]:
    kinds = lang.labels("sources", "kind")
    for row in rows(load("sources")):
        about = [
            kinds[row["kind"]],
            lang.date(row["date"], row["precision"]),
            row["carrier"] and lang.phrase("read-through", carrier=row["carrier"]),
        ]
        yield Entry(
            "source", title(row), known["sources"][row["source_id"]], " · ".join(filled(about))
        )


def _references(known: Targets, lang: Language) -> Iterator[Entry]:
    for row in rows(load("references")):
        parts = filled([row["authors"], row["title"], row["publisher"]])
        note = row[lang.column("note")] or ""
        yield Entry("reference", ". ".join(parts), known["references"][row["reference_id"]], note)


def _errata(known: Targets, lang: Language) -> Iterator[Entry]:
    kinds = lang.labels("errata", "kind")
    for row in rows(load("errata")):
        yield Entry(
            "erratum",
            " · ".join(filled([row["printed"], row["corrected"]])) or kinds[row["kind"]],
            f"errata.html#{row['erratum_id']}",
            " ".join(filled([kinds[row["kind"]], row[lang.column("note")]])),
            place(row["passage_id"], lang),
        )


def _corrections(lang: Language) -> Iterator[Entry]:
    for row in rows(load("corrections")):
        change, effect = row[lang.column("change")], row[lang.column("effect")]
        yield Entry("correction", change, f"corrections.html#{row['correction_id']}", effect or "")


def figures(folder: Path, lang: Language) -> Iterator[Entry]:
    """Yield the figures that the notebooks of a folder show, with their texts as filled there."""
    titles = load("figures").set_index("figure_id")[lang.column("title")]
    notebooks = load("notebooks").set_index("notebook_id")[lang.column("title")]
    for path in sorted(folder.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for item in shown.figures(cell.get("outputs", [])):
                about = item.about
                yield Entry(
                    "figure",
                    titles[item.id],
                    f"{path.stem}.html#{item.id}",
                    f"{about['caption']} {about['description']}",
                    " · ".join([about["label"], notebooks[path.stem]]),
                    inside=_cells(item),
                )


def _cells(item: shown.Figure) -> str:
    if item.table is None or set(item.about["tables"]) <= LISTED:
        return ""
    return item.table.get_text(" ")


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
    labels = sorted({(entry.verdict, entry.label) for entry in listed})
    return {
        "folding": folding.specification(),
        "words": {word: lang.phrase(f"search-{word}", **FIELDS) for word in WORDS},
        "kinds": {kind: [lang.phrase(f"kind-{kind}"), _called(kind, lang)] for kind in KINDS},
        "verdicts": labels,
        "names": dataclasses.asdict(names(lang)),
        "entries": {
            **{
                column: [getattr(entry, column) for entry in listed]
                for column in ("title", "address", "text", "place", "names")
            },
            "kind": [list(KINDS).index(entry.kind) for entry in listed],
            "verdict": [labels.index((entry.verdict, entry.label)) for entry in listed],
        },
        "keys": _numbers_by_key([entry.searched for entry in listed]),
    }


def _called(kind: str, lang: Language) -> str:
    if kind == "section":
        return lang.phrase("search-sections")
    return str(resource(KINDS[kind])["title_ar" if lang.code == "ar" else "title"])


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


def script(content: Mapping[str, Any]) -> str:
    """Return an index as a script file; the same text for the same content."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"const BOOK_INDEX={text};\n"
