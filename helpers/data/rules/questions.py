"""Rules of the question bank: every question can be answered, and each wrong answer says why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from helpers.data.faults import Fault
from helpers.data.rules.base import Tables, fault, rule
from helpers.data.rules.report import shared_places
from helpers.data.schema import stored_codes
from helpers.responses import hashed, normal_form

CHOICE, NUMBER = "choice", "number"
# With fewer there is nothing to choose.
FEWEST = 2


class Asked(NamedTuple):
    """What a question expects, as its cells say it."""

    row: int
    kind: str
    decimals: str
    salt: str
    hashes: list[str]

    def normal(self, answer: str) -> str | None:
        """Return the normal form of an answer to the question."""
        decimals = int(self.decimals) if self.decimals.isdecimal() else None
        return normal_form(answer, self.kind, decimals)

    def is_right(self, answer: str) -> bool:
        """Tell whether an answer in its normal form is the right one."""
        return hashed(answer, self.salt) in self.hashes


def _asked(tables: Tables) -> dict[str, Asked]:
    """Return the questions of a kind that exists, by id."""
    known = stored_codes("questions", "kind")
    columns = ("question_id", "kind", "decimals", "salt", "answer_hash")
    rows = tables["questions"].rows(*columns)
    return {
        name: Asked(row, kind, decimals, salt, hashes.split())
        for row, (name, kind, decimals, salt, hashes) in rows
        if kind in known
    }


@rule("questions")
def questions_belong_to_their_notebook(tables: Tables) -> Iterator[Fault]:
    """The id of a question begins with the number of its notebook, and no two share a place."""
    for row, (name, notebook) in tables["questions"].rows("question_id", "notebook"):
        begins = f"q-{notebook.partition('_')[0]}-"
        if not name.startswith(begins):
            yield fault("questions", row, "question_id", name, f"an id that begins with {begins}")
    columns = ("notebook", "order")
    yield from shared_places(tables, "questions", columns, "an order used once in a notebook")


@rule("questions")
def only_numbers_have_decimals(tables: Tables) -> Iterator[Fault]:
    """Decimals are those of a number."""
    for asked in _asked(tables).values():
        if asked.decimals and asked.kind != NUMBER:
            expected = f"nothing, as the kind is {asked.kind}"
            yield fault("questions", asked.row, "decimals", asked.decimals, expected)


@rule("questions", "question_choices")
def choices_are_offered_where_they_are_asked_for(tables: Tables) -> Iterator[Fault]:
    """A question of choices has two or more, numbered from 1, one of them right; others none."""
    offered: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row, (name, choice) in tables["question_choices"].rows("question_id", "choice"):
        offered[name].append((row, choice))
    for name, asked in _asked(tables).items():
        if asked.kind == CHOICE:
            yield from _unfit_choices(name, asked, offered[name])
        else:
            for row, choice in offered[name]:
                expected = f"no choice, as the kind of {name} is {asked.kind}"
                yield fault("question_choices", row, "choice", choice, expected)


def _unfit_choices(name: str, asked: Asked, offered: list[tuple[int, str]]) -> Iterator[Fault]:
    wanted = [str(number + 1) for number in range(max(len(offered), FEWEST))]
    given = [choice for _, choice in offered]
    if sorted(given) != wanted:
        told = f"{name}: {', '.join(given) or 'none'}"
        expected = f"choices numbered {', '.join(wanted)}"
        yield fault("question_choices", 0, "choice", told, expected)
    elif not any(map(asked.is_right, given)):
        expected = "the hash of one of its choices: python -m helpers question writes it"
        yield fault("questions", asked.row, "answer_hash", name, expected)


@rule("questions", "question_choices", "question_feedback")
def feedback_is_for_wrong_answers(tables: Tables) -> Iterator[Fault]:
    """Feedback stands with an answer in its normal form, among the choices, that is wrong."""
    known, choices = _asked(tables), _choices(tables)
    for row, (name, answer) in tables["question_feedback"].rows("question_id", "answer"):
        if name not in known:
            continue
        asked, expected = known[name], ""
        normal = asked.normal(answer)
        if normal != answer:
            expected = f"the normal form, {normal}" if normal else f"an answer of kind {asked.kind}"
        elif asked.kind == CHOICE and answer not in choices[name]:
            expected = f"one of the choices of {name}: {', '.join(choices[name]) or 'none'}"
        elif asked.is_right(answer):
            expected = "a wrong answer: this one is right"
        if expected:
            yield fault("question_feedback", row, "answer", answer, expected)


@rule("questions", "question_choices", "question_feedback")
def wrong_answers_have_their_reason(tables: Tables) -> Iterator[Fault]:
    """Every wrong choice, and one wrong answer or more to any other question, has its reason."""
    explained: defaultdict[str, set[str]] = defaultdict(set)
    for _, (name, answer) in tables["question_feedback"].rows("question_id", "answer"):
        explained[name].add(answer)
    choices = _choices(tables)
    for name, asked in _asked(tables).items():
        for choice in choices[name] if asked.kind == CHOICE else ():
            if choice not in explained[name] and not asked.is_right(choice):
                told = f"{name}: choice {choice}"
                yield fault("question_feedback", 0, "answer", told, "the reason why it is wrong")
        if not explained[name]:
            yield fault("question_feedback", 0, "answer", name, "a wrong answer with its reason")


def _choices(tables: Tables) -> defaultdict[str, list[str]]:
    """Return the choices of each question."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for _, (name, choice) in tables["question_choices"].rows("question_id", "choice"):
        found[name].append(choice)
    return found
