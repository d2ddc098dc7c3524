"""Write the sheets of students, so that a spreadsheet opens them and nothing is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from helpers import swap
from helpers.data.cells import no_formula
from helpers.language import Language
from helpers.seminar.kinds import CODER, FIELDS, ID, NUMBER, REASON, TEXT, VALUE, Kind

MARKED = "utf-8-sig"  # without the mark, spreadsheets take Arabic for something else
Entries = Mapping[str, tuple[str, str]]  # code and reason, by the id of what is coded


def written(kind: Kind, coder: str, entries: Entries, lang: Language) -> str:
    """Return a sheet as text: a row for everything that is to be coded, coded or not.

    Parameters
    ----------
    kind : Kind
        Kind of the sheet.
    coder : str
        Name of the student.
    entries : mapping of str to (str, str)
        Codes and reasons that there are.
    lang : Language
        Language of headings, texts and codes.
    """
    labels = lang.labels(kind.table, kind.field)
    headings = kind.headings(lang)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([headings[name] for name in FIELDS])
    for number, object_id in kind.objects.items():
        value, reason = entries.get(object_id, ("", ""))
        cells = {
            CODER: _cell(coder),
            NUMBER: number,
            ID: object_id,
            VALUE: labels.get(value, ""),
        }
        cells |= {TEXT: worded(kind, object_id, lang), REASON: _cell(reason)}
        writer.writerow([cells[name] for name in FIELDS])
    return text.getvalue()


def _cell(text: str) -> str:
    """Return what a student wrote so that neither a spreadsheet nor a reader takes it apart."""
    return no_formula(text.replace("\r\n", "\n").replace("\r", "\n"))


def worded(kind: Kind, object_id: str, lang: Language) -> str:
    """Return what is coded in words: the paraphrase of an outcome's claim, or the claim."""
    row = kind.texts[object_id]
    stem = "claim" if lang.column("claim") in row else "text"
    context = row.get(lang.column("context"))
    words = lang.pick(row, stem)
    return f"{words} {lang.number_text(context)}" if isinstance(context, str) else words


def store(path: Path, text: str) -> None:
    """Put a sheet in its place, whole or not at all."""
    swap.write(path, text.encode(MARKED))
