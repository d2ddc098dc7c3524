"""The coding lab: train with answers, then code alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from helpers import data
from helpers.answers import notebook_language
from helpers.data.holding import held
from helpers.language import Language
from helpers.seminar.kinds import ID, REASON, VALUE, Kind, clean, codes_kind, simple
from helpers.seminar.places import folder as folder_of
from helpers.seminar.places import sheet_name
from helpers.seminar.reading import read
from helpers.seminar.replies import Reply, answering
from helpers.seminar.writing import store, worded, written
from helpers.tables.base import Column, Table

TRAINING, STRENGTH = "train", "strength"
Codes = Sequence[object] | Mapping[int, object] | str


@held()
def rules(lang: Language | None = None) -> Reply:
    """Show the codes from the lowest to the highest, and on demand the rules of the codebook."""
    lang = lang or notebook_language()
    labels = lang.labels("outcome_codes", STRENGTH)
    meanings = lang.labels("outcome_codes", STRENGTH, "description")
    numbers = {value: lang.number(place) for place, value in enumerate(labels, start=1)}
    codes = Table(
        lang,
        [Column(lang.phrase("lab-number"), "number"), *map(Column, _code_heads(lang))],
        [[numbers[value], labels[value], meanings[value]] for value in labels],
    )
    book = data.load("codebook")
    book = book[book["object"] == STRENGTH].sort_values("order")
    heads = [lang.heading("codebook", "rule_id"), *map(lang.phrase, ("example", "counter-example"))]
    stems = ("rule", "example", "counter_example")
    rows = [[_text(row, stem, lang) for stem in stems] for _, row in book.iterrows()]
    table = Table(lang, [*map(Column, heads)], rows)
    return Reply(lang, [], codes, folded=[(lang.phrase("lab-open-codebook"), table)])


def _code_heads(lang: Language) -> list[str]:
    return [lang.heading("outcome_codes", STRENGTH), lang.phrase("lab-meaning")]


def _text(row: pd.Series, stem: str, lang: Language) -> str:
    return lang.pick(row, stem) if pd.notna(row[lang.column(stem)]) else ""


@held()
def train(codes: Codes = (), lang: Language | None = None) -> Reply:
    """Answer the codes of the first round, each with the reason of the published one.

    Parameters
    ----------
    codes : sequence, mapping or str
        A code for each item in order, or codes by the numbers of items; a code is its number or its
        name in either language. Empty ones are left for later.
    lang : Language, optional
        Language of the answer; by default that of the notebook.

    Examples
    --------
    >>> reply = train({1: 1, 2: "fund"}, Language("en"))
    >>> [row[2:4] for row in reply.table.rows]
    [('welcome', 'welcome: the same'), ('fund', 'affirm')]
    """
    lang = lang or notebook_language()
    items = data.lab_items(TRAINING)
    given = _given(codes, list(items["order"]))
    values = codes_kind().values_by_word()
    strange = [
        lang.phrase(
            "lab-unknown-code", number=number, code=str(code), codes=codes_kind().told(lang)
        )
        for number, code in given.items()
        if simple(str(code)) not in values or number not in set(items["order"])
    ]
    coded = {number: values.get(simple(str(code)), "") for number, code in given.items()}
    own = items[items["order"].map(lambda number: bool(coded.get(int(number))))]
    table = Table(
        lang,
        [Column(lang.phrase("lab-number"), "number"), *map(Column, _feedback_heads(lang))],
        [_feedback(row, coded[int(row["order"])], lang) for _, row in own.iterrows()],
    )
    return Reply(lang, [*strange, _progress(len(own), len(items), lang)], table)


def _given(codes: Codes, numbers: Sequence[int]) -> dict[int, object]:
    """Return the codes that are not empty, by the numbers of their items.

    Examples
    --------
    >>> _given(["", "fund", None, " ", 2], [5, 6, 7, 8])
    {6: 'fund', 9: 2}
    """
    if isinstance(codes, str):
        codes = [part for part in re.split(r"[\s,;\u060c\u061b]+", codes) if part]
    if not isinstance(codes, Mapping):
        beyond = range(max(numbers) + 1, max(numbers) + 1 + len(codes))
        codes = dict(zip([*numbers, *beyond], codes, strict=False))
    return {number: code for number, code in codes.items() if clean(str(code)) and code is not None}


def _progress(done: int, all_items: int, lang: Language) -> str:
    if not done:
        return lang.phrase("lab-train-empty")
    return lang.phrase("lab-train-done", part=lang.number(done), all=lang.number(all_items))


def _feedback_heads(lang: Language) -> list[str]:
    names = ("lab-outcome", "lab-yours", "lab-published", "lab-why", "lab-rule")
    return [lang.phrase(name) for name in names]


def _feedback(row: pd.Series, code: str, lang: Language) -> list[str]:
    labels = lang.labels("outcome_codes", STRENGTH)
    published = labels[row[STRENGTH]]
    same = code == row[STRENGTH]
    book = data.load("codebook").set_index("rule_id")
    decisive = row["rule_ids"].split()[0]
    return [
        lang.number(int(row["order"])),
        lang.pick(row, "claim"),
        labels[code],
        lang.phrase("lab-same", code=published) if same else published,
        lang.pick(row, "note"),
        lang.pick(book.loc[decisive], "rule"),
    ]


@answering
def sheet(name: str = "", folder: str | Path | None = None, lang: Language | None = None) -> Reply:
    """Lay out an empty sheet of the second round for a student; one that is there stays.

    Parameters
    ----------
    name : str
        Name of the student, by which the file is called.
    folder : str or Path, optional
        Folder of the sheets, as for :func:`helpers.seminar.places.folder`.
    lang : Language, optional
        Language of the sheet and the answer; by default that of the notebook.
    """
    lang, kind = lang or notebook_language(), codes_kind()
    file = sheet_name(kind, name)
    if not file:
        return Reply(lang, [lang.phrase("lab-no-name")])
    path = folder_of(folder) / file
    if path.exists():
        return Reply(lang, [lang.phrase("lab-sheet-there", file=file)])
    store(path, written(kind, clean(name), {}, lang))
    told = lang.phrase("lab-sheet-new", file=file, folder=path.parent.name, codes=kind.told(lang))
    return Reply(lang, [told])


@answering
def code(
    name: str = "",
    number: object = "",
    code: object = "",
    reason: str = "",
    folder: str | Path | None = None,
    lang: Language | None = None,
) -> Reply:
    """Show an item of the second round, or keep a student's code for it and show the next.

    Parameters
    ----------
    name : str
        Name of the student.
    number : int
        Number of the item.
    code : int or str
        Number of the code, or its name in either language; empty to see the item.
    reason : str
        Why; for the discussion.
    folder, lang
        As for :func:`sheet`.
    """
    lang, kind = lang or notebook_language(), codes_kind()
    item = kind.numbered(number)
    if not item:
        return Reply(lang, [lang.phrase("lab-code-empty", **kind.numbers(lang))])
    value = kind.values_by_word().get(simple(str(code)), "")
    if not value:
        asked = [] if not clean(str(code)) else [_strange(number, code, kind, lang)]
        return Reply(lang, [*asked, *_card(kind, item, lang)])
    return kept(kind, name, item, value, reason, folder, lang)


def _strange(number: object, code: object, kind: Kind, lang: Language) -> str:
    return lang.phrase("lab-unknown-code", number=number, code=str(code), codes=kind.told(lang))


def _card(kind: Kind, item: str, lang: Language) -> list[str]:
    """Return an item as lines: what it says, where, and which codes there are."""
    row = kind.texts[item]
    number = lang.number(int(row["order"]))
    opening = lang.phrase("lab-card", number=number, text=worded(kind, item, lang))
    place = lang.phrase("lab-place", passage=row["passage_id"])
    return [f"{opening} {place}", lang.phrase("lab-choose", codes=kind.told(lang))]


def kept(
    kind: Kind,
    name: str,
    object_id: str,
    value: str,
    reason: str,
    folder: str | Path | None,
    lang: Language,
) -> Reply:
    """Keep a code or verdict in the sheet of a student, unless that holds what cannot be read."""
    file = sheet_name(kind, name)
    if not file:
        return Reply(lang, [lang.phrase("lab-no-name")])
    path = folder_of(folder) / file
    sheets = read(kind, path.parent, lang)
    faults = [fault for fault in sheets.faults if fault.file == file]
    if faults:
        return Reply(lang, [lang.phrase("lab-mend-first", file=file)], faults=faults)
    own = sheets.rows[sheets.rows["file"] == file]
    entries = {row[ID]: (row[VALUE], row[REASON]) for row in own.to_dict("records")}
    entries[object_id] = (value, clean(reason))
    store(path, written(kind, clean(name), entries, lang))
    done, all_objects = lang.number(len(entries)), lang.number(len(kind.objects))
    lines = [lang.phrase("lab-kept", file=file, part=done, all=all_objects)]
    left = [item for item in kind.objects.values() if item not in entries]
    if kind.name == "codes" and left:
        lines += _card(kind, left[0], lang)
    return Reply(lang, lines)
