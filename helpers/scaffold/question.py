"""Lay out a question, and write its right answer into its row as a salted hash."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.data.schema import data_folder, resource, stored_codes
from helpers.language import LOCALES
from helpers.paths import ROOT
from helpers.publish.execute import as_text
from helpers.publish.run import METADATA
from helpers.responses import hashed, normal_form
from helpers.scaffold.files import ScaffoldError, known, named, read_rows, to_write, write_rows
from helpers.scaffold.notebook import code_cell, prose_cell
from helpers.scaffold.row import with_row
from helpers.swap import write_all

# Bytes of a new salt.
SALT = 8
QUESTION_NAME = r"q-\d\d-[1-9]\d*"
# The heading of the questions in a notebook; their cells carry its name. Where there is none yet it
# is laid before the first of these cells that the notebook has.
SECTION = "check-yourself"
AFTER = ("questions", "exercise", "sources", "deck")
HEADING = {"ar": "اختبر نفسك", "en": "Check yourself"}
IMPORT = "from helpers.seminar import ask, check"


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
        If the name is no name of a question, or is taken, the kind is none, or there is no such
        notebook.
    """
    named(name, QUESTION_NAME, "a question", "q-03-4")
    known(values.get("kind", ""), list(stored_codes("questions", "kind")), "kind of question")
    _, notebook, order = name.split("-")
    pair = _pair(notebook, root)
    files = dict([with_row("questions", name, {"notebook": pair[0].stem, "order": order} | values)])
    for path in pair:
        book = nbformat.read(path, as_version=4)
        _insert(book, name, order, path.parent.name)
        files[path] = as_text(book, METADATA)
    write_all(files)
    return list(files)


def _pair(number: str, root: Path) -> list[Path]:
    """Return the notebooks of a number, one in each language."""
    pair = [
        path for code in LOCALES for path in (root / "notebooks" / code).glob(f"{number}_*.ipynb")
    ]
    if len(pair) != len(LOCALES) or len({path.name for path in pair}) > 1:
        found = ", ".join(f"{path.parent.name}/{path.name}" for path in pair) or "none"
        raise ScaffoldError(f"no notebook {number} in every language; found: {found}")
    return pair


def _insert(book: NotebookNode, name: str, order: str, code: str) -> None:
    """Put the cells of a question behind the last; the first of a notebook gets its heading."""
    ids = [cell.id for cell in book.cells]
    own = [n for n, cell_id in enumerate(ids) if cell_id.startswith(SECTION)]
    place = own[-1] + 1 if own else next((ids.index(i) for i in AFTER if i in ids), len(ids))
    asked = f'ask("{name}")'
    if not any(IMPORT in cell.source for cell in book.cells):
        asked = f"{IMPORT}\n\n{asked}"
    cells = [
        code_cell(f"{SECTION}-{order}", asked),
        code_cell(f"{SECTION}-{order}-answer", f'check("{name}", "")'),
    ]
    if not own:
        text = f"## {HEADING.get(code, HEADING['en'])}\n\n{to_write('text', code)}"
        cells.insert(0, prose_cell(SECTION, text, code, "slide"))
    book.cells[place:place] = cells


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
