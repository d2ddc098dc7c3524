"""Lay out a question, and write its right answer into its row as a salted hash."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

import nbformat

from helpers.data.schema import data_folder, resource, stored_codes
from helpers.language import LOCALES
from helpers.paths import ROOT
from helpers.publish.execute import as_text
from helpers.publish.run import METADATA
from helpers.responses import hashed, normal_form
from helpers.scaffold.files import ScaffoldError, known, named, read_rows, write_rows
from helpers.scaffold.notebook import code_cell
from helpers.scaffold.row import new_row

# Bytes of a new salt.
SALT = 8
QUESTION_NAME = r"q-\d\d-[1-9]\d*"
# The heading of the questions in a notebook; their cells carry its name.
SECTION = "check-yourself"


def new_question(name: str, values: dict[str, str], root: Path = ROOT) -> list[Path]:
    """Lay out a question: its row, and its two cells in the notebook in every language.

    Parameters
    ----------
    name : str
        Id of the question, such as ``"q-03-4"``: the fourth of the notebook ``03_outcomes``.
    values : dict
        What is known of it, by field of ``questions.csv``.
    root : Path
        Folder of the project.

    Returns
    -------
    list of Path
        The files that were changed, the one to fill first.

    Raises
    ------
    ScaffoldError
        If the name is no name of a question, or is taken, or the notebook has no questions.
    """
    named(name, QUESTION_NAME, "a question", "q-03-4")
    _, notebook, order = name.split("-")
    pair = [path for code in LOCALES for path in (root / "notebooks" / code).glob(f"{notebook}_*")]
    read = {path: nbformat.read(path, as_version=4) for path in pair}
    if (
        not all(any(c.id.startswith(SECTION) for c in book.cells) for book in read.values())
        or not pair
    ):
        raise ScaffoldError(f"no notebook {notebook} with a cell {SECTION!r} to put {name} after")
    table = new_row("questions", name, {"notebook": pair[0].stem, "order": order} | values)
    for path, book in read.items():
        last = max(n for n, cell in enumerate(book.cells) if cell.id.startswith(SECTION))
        book.cells[last + 1 : last + 1] = [
            code_cell(f"{SECTION}-{order}", f'ask("{name}")'),
            code_cell(f"{SECTION}-{order}-answer", f'check("{name}", "")'),
        ]
        path.write_text(as_text(book, METADATA), encoding="utf-8")
    return [table, *pair]


def set_answer(question_id: str, answers: Iterable[str]) -> list[str]:
    """Write salt and hash of the right answer into the row of a question.

    Parameters
    ----------
    question_id : str
        Row of ``questions.csv``; a salt that it has already is kept.
    answers : iterable of str
        The right answer, in each of the ways in which it may be written.

    Returns
    -------
    list of str
        The normal forms of the answers, each once.

    Raises
    ------
    ScaffoldError
        If there is no such question, or an answer is none of its kind.
    """
    path = data_folder() / resource("questions")["path"]
    rows = read_rows(path)
    known(question_id, [row["question_id"] for row in rows], "question")
    known_kinds = list(stored_codes("questions", "kind"))
    row = next(row for row in rows if row["question_id"] == question_id)
    known(row["kind"], known_kinds, "kind of question")
    normal = list(dict.fromkeys(_normal(row, answer) for answer in answers))
    row["salt"] = row["salt"] or secrets.token_hex(SALT)
    row["answer_hash"] = " ".join(hashed(form, row["salt"]) for form in normal)
    write_rows(path, list(row), rows)
    return normal


def _normal(row: dict[str, str], answer: str) -> str:
    decimals = int(row["decimals"]) if row["decimals"] else None
    normal = normal_form(answer, row["kind"], decimals)
    if not normal:
        raise ScaffoldError(f"{answer!r} is no answer of kind {row['kind']}")
    return normal
