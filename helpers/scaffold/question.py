"""Write the right answer to a question into its row, as a salted hash."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from helpers.data.schema import data_folder, resource, stored_codes
from helpers.responses import hashed, normal_form
from helpers.scaffold.files import ScaffoldError, known, read_rows, write_rows

# Bytes of a new salt.
SALT = 8


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
