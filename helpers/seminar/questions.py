"""The question bank: what is asked, and what is known of an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers import figures
from helpers.data import load
from helpers.data.known import refuse_unknown
from helpers.data.schema import stored_codes
from helpers.language import Language
from helpers.responses import hashed, normal_form

Texts = dict[str, str]


@dataclass(frozen=True)
class Question:
    """A question in a language.

    Attributes
    ----------
    id, notebook, kind : str
        Its id, the notebook that asks it, and what is answered.
    decimals : int or None
        Decimals to which a number is rounded.
    prompt, expects, hint, solution : str
        What is asked; what an answer looks like; what helps; the answer and why. Ids stand between
        backticks, words in another voice between asterisks.
    place : str
        Figure or table in which the answer can be found, by its name; empty if there is none.
    figure_id : str
        The same by its id.
    choices : dict of str to str
        What is offered, by its number.
    feedback : dict of str to str
        Why an answer is wrong, by the normal form of the answer.
    salt : str
        What is hashed with an answer.
    hashes : tuple of str
        Hashes of the right answer, one for each way to write it.
    """

    id: str
    notebook: str
    kind: str
    decimals: int | None
    prompt: str
    expects: str
    hint: str
    solution: str
    place: str
    figure_id: str
    choices: Texts
    feedback: Texts
    salt: str
    hashes: tuple[str, ...]

    def normal(self, answer: object) -> str | None:
        """Return the normal form of an answer; None if it is of another kind, or no choice."""
        found = normal_form(answer, self.kind, self.decimals)
        return None if found and self.choices and found not in self.choices else found

    def is_right(self, normal: str) -> bool:
        """Tell whether an answer in its normal form is the right one."""
        return hashed(normal, self.salt) in self.hashes


def question(question_id: str, lang: Language) -> Question:
    """Return a question of the bank.

    Parameters
    ----------
    question_id : str
        Row of ``questions.csv``.
    lang : Language
        Language of its texts.

    Raises
    ------
    ValueError
        If there is no such question; the message names those that exist.

    Examples
    --------
    >>> asked = question("q-03-2", Language("en"))
    >>> asked.kind, asked.is_right(asked.normal("3")), "10" in asked.feedback
    ('number', True, True)
    """
    bank = load("questions")
    refuse_unknown("question", [question_id], bank["question_id"])
    return next(_listed(bank[bank["question_id"] == question_id], lang))


def questions(lang: Language, notebook: str | None = None) -> Iterator[Question]:
    """Yield the questions of the bank in their order; those of one notebook, if it is given."""
    bank = load("questions")
    asked = bank if notebook is None else bank[bank["notebook"] == notebook]
    yield from _listed(asked.sort_values(["notebook", "order"]), lang)


def _listed(bank: pd.DataFrame, lang: Language) -> Iterator[Question]:
    choices = _texts("question_choices", "choice", lang.column("text"))
    feedback = _texts("question_feedback", "answer", lang.column("feedback"))
    for row in bank.to_dict("records"):
        name = row["question_id"]
        yield _question(row, lang, choices.get(name, {}), feedback.get(name, {}))


def _question(
    row: Mapping[Hashable, Any], lang: Language, choices: Texts, feedback: Texts
) -> Question:
    figure_id = "" if pd.isna(row["figure_id"]) else row["figure_id"]
    kind = stored_codes("questions", "kind")[row["kind"]]
    return Question(
        id=row["question_id"],
        notebook=row["notebook"],
        kind=row["kind"],
        decimals=None if pd.isna(row["decimals"]) else int(row["decimals"]),
        prompt=row[lang.column("prompt")],
        expects=kind[lang.column("expects")],
        hint=row[lang.column("hint")],
        solution=row[lang.column("solution")],
        place=figures.reference(figure_id, row["notebook"], lang) if figure_id else "",
        figure_id=figure_id,
        choices=choices,
        feedback=feedback,
        salt=_stored(row["salt"]),
        hashes=tuple(_stored(row["answer_hash"]).split()),
    )


def _stored(cell: Any) -> str:
    """Return what a cell holds; a question that is being made has no answer yet."""
    return "" if pd.isna(cell) else str(cell)


def _texts(table: str, key: str, column: str) -> dict[str, Texts]:
    """Return the texts of a table by question, and then by what they are about."""
    found: defaultdict[str, Texts] = defaultdict(dict)
    for row in load(table).sort_values(["question_id", key]).to_dict("records"):
        found[row["question_id"]][str(row[key])] = row[column]
    return dict(found)
