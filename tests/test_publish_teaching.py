"""The pages for teachers: minutes add up, every question has points, every id is explained."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from reading import FOUL, edited, links_of, parse, text_of

from helpers.data import load, what_if
from helpers.language import LOCALES, Language
from helpers.paths import BOOK, NOTEBOOKS
from helpers.publish import prose, sheets, teaching
from helpers.publish.targets import targets

EN = Language("en")
TICKED = re.compile(r"`([^`]+)`")
TEXTS = ("plan_steps", "misconceptions", "answer_points")
# Of the pre-reading: two pages on paper.
WORDS = 700


def sources_folder(tmp_path: Path) -> Path:
    """A build folder with the notebooks as they are written, without outputs."""
    (tmp_path / "notebooks").symlink_to(NOTEBOOKS)
    return tmp_path


@pytest.mark.parametrize("plan", load("plan_steps")["plan"].unique())
def test_the_minutes_of_a_plan_add_up_to_its_length(plan: str) -> None:
    steps = load("plan_steps").query("plan == @plan").sort_values("order")
    assert steps["minutes"].sum() == teaching.length(plan)
    assert list(steps["order"]) == list(range(1, len(steps) + 1))


def test_there_are_plans_for_45_90_and_180_minutes() -> None:
    plans = load("plan_steps")["plan"].unique()
    assert sorted(teaching.length(plan) for plan in plans) == [45, 90, 180]


def test_each_step_says_when_it_begins_and_ends(code: str) -> None:
    page = parse(teaching.plans(Language(code)))
    for table in page.find_all("table"):
        spans = [text_of(row.bdi).split("–") for row in table.tbody.find_all("tr")]
        assert spans[0][0] == "0"
        assert [begin for begin, _ in spans[1:]] == [end for _, end in spans[:-1]]
        assert spans[-1][1] == text_of(table.tfoot.th)


def test_a_step_links_what_it_needs_and_refuses_what_nobody_knows(code: str) -> None:
    lang = Language(code)
    for names in load("plan_steps")["materials"].dropna():
        for name in names.split():
            assert teaching.material(name, targets(), lang).text != name
    with pytest.raises(teaching.TeachingError, match="'no-such-thing'"):
        teaching.material("no-such-thing", targets(), lang)


def test_every_plan_ends_with_the_ticket_and_answers_what_it_lets_students_predict() -> None:
    """A prediction that nobody comes back to teaches nothing."""
    for plan, steps in load("plan_steps").sort_values("order").groupby("plan"):
        last = steps.iloc[-1]["materials"].split()
        assert last[0] == sheets.EXIT_TICKET
        if steps["text_en"].str.contains("two predictions|Two written predictions").any():
            assert last[1:] == ["attention-delivery", "outcome-strength"], plan


@pytest.mark.parametrize("table", TEXTS)
def test_every_id_in_the_texts_is_explained_and_the_same_in_both_languages(table: str) -> None:
    known, frame = targets(), load(table)
    for stem in {name[:-3] for name in frame.columns if name.endswith("_en")}:
        for _, row in frame.iterrows():
            named = [set(TICKED.findall(row[f"{stem}_{code}"])) for code in LOCALES]
            assert named[0] == named[1], f"{table}, {stem}: {row.iloc[0]}"
            for identifier in named[0]:
                assert prose.named(identifier, known, EN).address, identifier


@pytest.mark.parametrize("notebook", load("notebooks")["notebook_id"])
def test_every_question_for_discussion_has_points(code: str, notebook: str) -> None:
    cells = json.loads((NOTEBOOKS / code / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    asked = prose.items(cells, prose.QUESTIONS)
    points = load("answer_points").query("notebook == @notebook")
    assert sorted(points["question"].unique()) == list(range(1, len(asked) + 1))
    assert (points.groupby("question").size() >= 2).all()


def test_points_stand_under_their_question_and_a_question_without_any_stops_the_build(
    tmp_path: Path, code: str
) -> None:
    lang, build = Language(code), sources_folder(tmp_path)
    page = parse(teaching.answer_points(lang, build))
    points = load("answer_points")
    assert len(page.select("ol.asked > li")) == len(points.groupby(["notebook", "question"]))
    assert len(page.select("ol.asked > li > ul > li")) == len(points)
    fewer = points.query("not (notebook == '03_outcomes' and question == 2)")
    with (
        what_if(answer_points=fewer),
        pytest.raises(teaching.TeachingError, match=r"03_outcomes asks 3 .*\[1, 3\]"),
    ):
        teaching.answer_points(lang, build)


def test_every_question_of_the_notebooks_is_in_one_list_with_its_place(code: str) -> None:
    page = parse(teaching.reading_questions(Language(code)))
    bank = load("questions").sort_values(["notebook", "order"])
    listed = [item.a for item in page.select("ol.asked > li")]
    assert [link["href"] for link in listed] == [
        f"{row.notebook}.html#{row.question_id}" for row in bank.itertuples()
    ]
    for link, prompt in zip(listed, bank[f"prompt_{code}"], strict=True):
        assert text_of(link) == " ".join(prompt.replace("`", "").replace("*", "").split())
    with what_if(questions=bank.iloc[:0]):
        assert parse(teaching.reading_questions(EN)).get_text(strip=True) == ""


def test_each_mistake_has_its_example_by_id_and_a_question(code: str) -> None:
    lang = Language(code)
    page = parse(teaching.misconceptions(lang))
    entries = page.select(".entry")
    assert len(entries) == len(load("misconceptions"))
    for entry in entries:
        assert links_of(entry), "an example is a row of a table, which the page leads to"
        assert text_of(entry.select_one(".note")).startswith(lang.phrase("ask-them"))
    named = {"not-found-is-false", "launched-is-spent", "stated-is-true", "weight-is-importance"}
    assert named <= set(load("misconceptions")["misconception_id"])


def test_the_rubric_has_every_level_of_four_criteria(code: str) -> None:
    page = parse(teaching.rubric(Language(code)))
    rows = page.tbody.find_all("tr")
    assert len(rows) == 4
    assert all(len([cell for cell in row.find_all("td") if text_of(cell)]) == 4 for row in rows)
    frame = load("rubric")
    assert not frame.duplicated(["criterion", "level"]).any()


def test_what_a_cell_holds_cannot_leave_its_place() -> None:
    foul = f"{FOUL} `{FOUL}` [x](https://elsewhere.example/)"
    with what_if(**edited("misconceptions", "not-found-is-false", belief_en=FOUL, example_en=foul)):
        page = parse(teaching.misconceptions(EN))
    assert page.find("i") is None and page.find("script") is None
    assert "elsewhere" not in " ".join(a["href"] for a in page.find_all("a"))
    assert FOUL in page.get_text()


def test_sheets_are_listed_with_the_pdfs_that_were_made(tmp_path: Path, code: str) -> None:
    made = tmp_path / "handout" / "ar" / "worksheet.pdf"
    made.parent.mkdir(parents=True)
    made.touch()
    page = parse(teaching.sheet_links(Language(code), tmp_path))
    addresses = set(links_of(page))
    assert "../downloads/handout/ar/worksheet.pdf" in addresses
    assert sum(address.endswith(".pdf") for address in addresses) == 1
    assert sum(address.endswith(".html") for address in addresses) == 2 * len(sheets.names())
    labels = [link["aria-label"] for link in page.find_all("a")]
    assert len(set(labels)) == len(labels)


def test_the_reading_before_the_seminar_is_short(code: str) -> None:
    text = (BOOK / "pages" / code / "preread.md").read_text(encoding="utf-8")
    assert len(text.split()) <= WORDS


def test_the_guide_says_that_the_answers_of_the_bank_can_be_seen() -> None:
    for code, words in (("en", "a curtain, not a lock"), ("ar", "ستار وليست قفلا")):
        assert words in (BOOK / "pages" / code / "teach.md").read_text(encoding="utf-8")
