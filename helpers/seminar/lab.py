"""The coding lab: train with answers, code alone, gather the sheets of a class."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers import data
from helpers.answers import notebook_language
from helpers.language import Language
from helpers.seminar.kinds import CODER, ID, REASON, VALUE, Kind, clean, codes_kind, simple
from helpers.seminar.places import folder as folder_of
from helpers.seminar.places import sheet_name
from helpers.seminar.reading import Sheets, read
from helpers.seminar.replies import Reply, answering, refused
from helpers.seminar.writing import store, worded, written
from helpers.tables.base import DASH, Column, Table

TRAINING, BLIND, STRENGTH = "train", "blind", "strength"
Codes = Sequence[object] | Mapping[int, object] | str


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
    stems = ("rule", "example", "counter_example")
    table = Table(
        lang,
        [Column(lang.heading("codebook", lang.column(stem))) for stem in stems],
        [[_text(row, stem, lang) for stem in stems] for _, row in book.iterrows()],
    )
    return Reply(lang, [], codes, folded=[(lang.phrase("lab-open-codebook"), table)])


def _code_heads(lang: Language) -> list[str]:
    return [lang.heading("outcome_codes", STRENGTH), lang.phrase("lab-meaning")]


def _text(row: pd.Series, stem: str, lang: Language) -> str:
    return lang.pick(row, stem) if pd.notna(row[lang.column(stem)]) else ""


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
    """Return the codes that are not empty, by the numbers of their items."""
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
    names = ("lab-text", "lab-yours", "lab-published", "lab-why", "lab-rule")
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
    objects = {str(place): item for place, item in kind.objects.items()}
    item = objects.get(simple(str(number)), "")
    if not item:
        first, last = min(kind.objects), max(kind.objects)
        return Reply(lang, [lang.phrase("lab-code-empty", first=first, last=last)])
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


@dataclass(frozen=True)
class Group:
    """The coders of the second round: a student, a pair, a class, or passes of the project.

    Attributes
    ----------
    coded : pandas.DataFrame
        One row a coder and item: ``coder``, ``coder_order``, ``code``, ``reason``, and the columns
        of :func:`helpers.data.lab_items`, the published ``strength`` among them.
    reply : Reply
        Who they are, what is missing and what could not be read.
    is_demonstration : bool
        Whether nobody has coded yet, so that passes of the project stand in.
    """

    coded: pd.DataFrame
    reply: Reply
    is_demonstration: bool

    def __repr__(self) -> str:
        return repr(self.reply)

    def _repr_html_(self) -> str:
        return self.reply._repr_html_()


def group(folder: str | Path | None = None, lang: Language | None = None) -> Group:
    """Gather the sheets of the second round; without any, passes of the project stand in.

    Parameters
    ----------
    folder : str or Path, optional
        Folder of the sheets, as for :func:`helpers.seminar.places.folder`.
    lang : Language, optional
        Language of the answer; by default that of the notebook.
    """
    lang, kind = lang or notebook_language(), codes_kind()
    try:
        path = folder_of(folder)
        sheets = read(kind, path, lang)
    except OSError as error:
        return _stand_in(lang, refused(error, lang)[1])
    if sheets.rows.empty:
        nobody = lang.phrase("lab-nobody", folder=path.name)
        return _stand_in(lang, [nobody], sheets.faults)
    given = sheets.rows.rename(columns={ID: "item_id", VALUE: "code"})
    coded = _with_items(given[[CODER, "item_id", "code", REASON]])
    return Group(coded, _gathered(coded, sheets, kind, lang), False)


def _stand_in(lang: Language, lines: Sequence[str], faults: Sequence[data.Fault] = ()) -> Group:
    coded = demonstration(lang)
    names = lang.join(dict.fromkeys(coded["coder"]))
    told = [*lines, lang.phrase("lab-stand-in", names=names)]
    return Group(coded, Reply(lang, told, faults=faults), True)


def demonstration(lang: Language) -> pd.DataFrame:
    """Return codes of the project itself as a class: of each kind of pass the first.

    They are no human raters, and whoever shows them has to say so.
    """
    coders = data.codes("outcome_codes", "coder")
    first: dict[str, str] = {}
    for name, about in coders.items():
        first.setdefault(about["role"], name)
    del first["published"]
    table = data.load("outcome_codes").rename(columns={STRENGTH: "code"})
    labels = lang.labels("outcome_codes", "coder")
    parts = [table[table["coder"] == name].assign(coder=labels[name]) for name in first.values()]
    given = pd.concat(parts, ignore_index=True).assign(reason="")
    return _with_items(given[[CODER, "item_id", "code", REASON]])


def _with_items(given: pd.DataFrame) -> pd.DataFrame:
    places = {name: place for place, name in enumerate(dict.fromkeys(given[CODER]))}
    given = given.assign(coder_order=given[CODER].map(places), code=given["code"].astype("object"))
    table = given.merge(data.lab_items(BLIND), on="item_id", validate="m:1")
    return table.sort_values(["coder_order", "order"], ignore_index=True)


def _gathered(coded: pd.DataFrame, sheets: Sheets, kind: Kind, lang: Language) -> Reply:
    rows = []
    for name, own in coded.groupby("coder", sort=False):
        missing = [number for number in kind.objects if number not in set(own["order"])]
        told = lang.series(_spans(missing, lang)) or DASH
        rows.append([str(name), lang.number(len(own)), told])
    heads = [lang.phrase(name) for name in ("lab-coder", "lab-coded", "lab-missing")]
    table = Table(lang, [Column(heads[0]), Column(heads[1], "number"), Column(heads[2])], rows)
    lines = [lang.phrase("lab-gathered", count=lang.number(len(rows)))]
    if sheets.namesakes:
        lines.append(lang.phrase("lab-namesakes", names=lang.join(sheets.namesakes)))
    return Reply(lang, lines, table, sheets.faults)


def _spans(numbers: Sequence[int], lang: Language) -> list[str]:
    """Return numbers in spans: one that follows the other is not named by itself."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return [
        lang.number(span[0])
        if len(span) == 1
        else lang.phrase("from-to", low=lang.number(span[0]), high=lang.number(span[-1]))
        for span in spans
    ]
