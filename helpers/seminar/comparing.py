"""Compare the verdicts of a class on the claims, with each other and with the published ones."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.answers import notebook_language
from helpers.language import Language
from helpers.seminar.kinds import CODER, ID, VALUE, Kind, verdicts_kind
from helpers.seminar.places import folder as folder_of
from helpers.seminar.reading import read
from helpers.seminar.replies import Reply, answering
from helpers.tables.base import Column, Table

HEADS = ("lab-text", "lab-given", "lab-published", "lab-as-published", "lab-discuss")


@answering
def verdicts(folder: str | Path | None = None, lang: Language | None = None) -> Reply:
    """Gather the verdicts of a class: who gave which on each claim, beside the published one.

    A claim that nobody has judged is left out, so that its published verdict stays unseen.

    Parameters
    ----------
    folder : str or Path, optional
        Folder of the sheets, as for :func:`helpers.seminar.places.folder`.
    lang : Language, optional
        Language of the answer; by default that of the notebook.
    """
    lang, kind = lang or notebook_language(), verdicts_kind()
    path = folder_of(folder)
    sheets = read(kind, path, lang)
    if sheets.rows.empty:
        nobody = lang.phrase("lab-verdicts-nobody", folder=path.name)
        return Reply(lang, [nobody], faults=sheets.faults)
    count = lang.number(sheets.rows[CODER].nunique())
    lines = [lang.phrase("lab-verdicts-gathered", count=count)]
    if sheets.namesakes:
        lines.append(lang.phrase("lab-namesakes", names=lang.join(sheets.namesakes)))
    judged = [
        _compared(number, claim, sheets.rows[sheets.rows[ID] == claim], kind, lang)
        for number, claim in kind.objects.items()
        if claim in set(sheets.rows[ID])
    ]
    columns = [Column(lang.phrase("lab-number")), *map(Column, map(lang.phrase, HEADS))]
    return Reply(lang, lines, Table(lang, columns, judged), sheets.faults)


def _compared(
    number: int, claim: str, given: pd.DataFrame, kind: Kind, lang: Language
) -> list[str]:
    """Return a claim as a row: verdicts with those who gave them, and how many are as published."""
    row, labels = kind.texts[claim], lang.labels(kind.table, kind.field)
    names = {
        value: list(given.loc[given[VALUE] == value, CODER])
        for value in labels
        if value in set(given[VALUE])
    }
    same = len(names.get(row["verdict"], []))
    return [
        lang.number(number),
        lang.pick(row, "text"),
        lang.series(f"{labels[value]} ({lang.join(who)})" for value, who in names.items()),
        labels[row["verdict"]],
        lang.phrase("part-of-all", part=lang.number(same), all=lang.number(len(given))),
        lang.pick(row, "lesson"),
    ]
