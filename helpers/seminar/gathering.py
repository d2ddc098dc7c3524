"""Gather the sheets of a class; without any, passes of the project stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers import data
from helpers.answers import notebook_language
from helpers.data.holding import held
from helpers.language import Language
from helpers.seminar.kinds import CODER, ID, REASON, VALUE, Kind, codes_kind
from helpers.seminar.places import folder as folder_of
from helpers.seminar.reading import Sheets, read
from helpers.seminar.replies import Reply, refused
from helpers.tables.base import DASH, Column, Table

BLIND, STRENGTH = "blind", "strength"


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


@held()
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
