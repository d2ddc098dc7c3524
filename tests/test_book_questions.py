"""The questions under a notebook, as a reader meets them: in Chromium, from the disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browsing import VIEWS, Reader, in_one_language
from question_answers import RIGHT
from test_book_browser import COLOURS, LOOKS, STRUCTURE, code, complaints, sync_api  # noqa: F401 - a fixture
from test_questions import HOSTILE

from helpers.language import Language
from helpers.publish import questions as forms
from helpers.seminar.checking import plain
from helpers.seminar.questions import Question, question, questions

pytestmark = [pytest.mark.xdist_group("book"), pytest.mark.one_of(2)]
# ruff: noqa: F811 - fixtures that are imported are parameters too
BANK = list(questions(Language("en")))
# Between them they have questions of every kind.
NOTEBOOKS = ("00_start", "05_evidence")


def opened(built: Path, code: str, page: sync_api.Page, notebook: str) -> sync_api.Page:
    page.goto((built / "book" / code / f"{notebook}.html").as_uri())
    return page


def give(page: sync_api.Page, asked: Question, answer: str) -> str:
    """Answer a question; return what is then said."""
    form = page.locator(f"#{asked.id}")
    if asked.choices:
        form.locator(f"input[value='{answer}']").check()
    else:
        form.locator("input").fill(answer)
    form.locator("button").click()
    return form.locator(".reply").inner_text()


def right_answer(asked: Question) -> str:
    return asked.normal(RIGHT[asked.id]()) or ""


@pytest.mark.parametrize("notebook", NOTEBOOKS)
@in_one_language
def test_every_answer_is_told_what_it_is(
    built: Path, code: str, visit: Reader, notebook: str
) -> None:
    """Each right answer, and each wrong one that has a reason, in one walk of a page."""
    lang = Language(code)
    page = opened(built, code, visit(), notebook)
    for asked in questions(lang, notebook):
        said = give(page, asked, right_answer(asked))
        assert said == f"{lang.phrase('question-right')} {plain(asked.solution)}", asked.id
        for answer, reason in asked.feedback.items():
            first = give(page, asked, answer).split("\n")[0]
            assert first == f"{lang.phrase('question-wrong')} {plain(reason)}", (asked.id, answer)


@in_one_language
def test_hint_second_and_solution_third(built: Path, code: str, visit: Reader) -> None:
    lang = Language(code)
    page, asked = opened(built, code, visit(), "03_outcomes"), question("q-03-2", lang)
    form = page.locator("#q-03-2")
    hint = lang.phrase("question-hint")
    form.locator("button").click()
    assert lang.phrase("question-empty-form") in form.locator(".reply").inner_text()
    assert asked.expects in give(page, asked, "three")
    for has_hint, has_solution in [(False, False), (True, False), (True, True)]:
        said = give(page, asked, "٧")
        assert lang.phrase("question-look-again") in said
        assert (hint in said, form.locator("details").is_visible()) == (has_hint, has_solution)
    assert not form.locator("details p").is_visible(), "the solution is folded"
    form.locator("summary").click()
    assert form.locator("details p").inner_text() == plain(asked.solution)
    form.locator("input").fill("3")
    assert form.locator(".reply").inner_text() == "", "what was said of another answer is gone"


@in_one_language
def test_a_question_is_answered_by_key_alone(built: Path, code: str, visit: Reader) -> None:
    page = opened(built, code, visit(), "00_start")
    lang, chosen = Language(code), page.locator("#q-00-1 input")
    chosen.first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert chosen.nth(3).is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "submit", "after the link to the figure"
    page.keyboard.press("Enter")
    reply = page.locator("#q-00-1 .reply")
    assert reply.inner_text().startswith(lang.phrase("question-right"))
    assert (reply.get_attribute("role"), reply.get_attribute("aria-live")) == ("status", "polite")
    page.keyboard.press("Tab")
    page.keyboard.type("355")
    page.keyboard.press("Enter")
    told = question("q-00-2", lang).feedback["355"]
    assert page.locator("#q-00-2 .reply").inner_text().endswith(told)


def test_hostile_answers_are_text(built: Path, visit: Reader) -> None:
    page = opened(built, "en", visit(), "00_start")
    raised: list[str] = []
    page.on("pageerror", lambda error: raised.append(str(error)))
    for answer in HOSTILE:
        for name in ("q-00-2", "q-00-3"):
            said = give(page, question(name, Language("en")), answer.replace("\ud83d", ""))
            assert not said.startswith("Right")
    assert raised == []
    assert page.locator("form.quiz :is(img, script)").count() == 0


@pytest.mark.one_of(3)
@pytest.mark.parametrize("view", LOOKS)
@in_one_language
def test_axe_finds_nothing_in_use(built: Path, code: str, visit: Reader, view: str) -> None:
    options = LOOKS[view]
    page = opened(built, code, visit(view), "03_outcomes")
    for _ in range(3):
        give(page, question("q-03-2", Language(code)), "10")
    give(page, question("q-03-3", Language(code)), "2")
    page.locator("#q-03-2 summary").click()
    assert complaints(page, options, "form.quiz") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= VIEWS[view][1]


@in_one_language
def test_without_script_there_are_question_choices_and_solution(
    built: Path, code: str, browser: sync_api.Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(built, code, context.new_page(), "00_start")
    for asked in questions(Language(code), "00_start"):
        form = page.locator(f"#{asked.id}")
        assert form.locator("legend").inner_text() == plain(asked.prompt)
        listed = form.locator("ol.choices li").all_inner_texts()
        assert [text.strip() for text in listed] == list(asked.choices.values())
        assert not form.locator("button").is_visible()
        assert not form.locator("details p").is_visible()
        form.locator("summary").click()
        assert form.locator("details p").inner_text() == plain(asked.solution)
    context.close()


def test_paper_has_room_to_write_and_no_answer(built: Path, code: str, visit: Reader) -> None:
    page = opened(built, code, visit(), "00_start")
    page.emulate_media(media="print")
    form = page.locator("#q-00-2")
    line = "node => [getComputedStyle(node, '::after').borderBlockEndStyle, node.clientWidth > 200]"
    assert form.locator(".answer").evaluate(line) == ["solid", True]
    for hidden in ("button", "details", ".reply"):
        assert not form.locator(hidden).is_visible(), hidden
    page.emulate_media(media="screen")


@in_one_language
def test_only_pages_with_questions_load_what_they_need(built: Path, code: str) -> None:
    for path in (built / "book" / code).glob("*.html"):
        text = path.read_text(encoding="utf-8")
        asked = [one.id for one in BANK if one.notebook == path.stem]
        assert ("questions.js" in text) == bool(asked), path.name
        assert text.count(forms.MARK) == len(asked)
        assert "check(&quot;q-" not in text, "cells that check are no part of the book"


def test_a_form_escapes_what_the_tables_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    from bs4 import BeautifulSoup

    foul = "<img src=x onerror=alert(1)> \"'</script>&"
    for name in ("q-00-1", "q-00-2"):
        asked = question(name, Language("en"))
        texts = dict.fromkeys(("prompt", "expects", "hint", "solution", "place"), foul)
        spoilt = dataclasses.replace(
            asked, feedback={"1": foul}, choices=dict.fromkeys(asked.choices, foul), **texts
        )
        monkeypatch.setattr(forms, "question", lambda *_, spoilt=spoilt: spoilt)
        html = BeautifulSoup(forms.form(name, Language("en")), "html.parser")
        assert html.find(["img", "script"]) is None
        about = json.loads(html.form["data-about"])
        assert (about["hint"], about["feedback"]) == (foul, {"1": foul})
        assert html.legend.get_text() == foul


def test_a_cell_that_asks_becomes_a_form_and_one_that_checks_is_left_out() -> None:
    def cell(name: str, **summit: str) -> dict[str, object]:
        output = {"output_type": "display_data", "metadata": {"summit": summit}, "data": {}}
        return {"cell_type": "code", "id": name, "metadata": {}, "outputs": [output]}

    prose = {"cell_type": "markdown", "id": "prose", "metadata": {}, "source": "x"}
    given = [prose, cell("a", question="q-00-1"), cell("b", checked="q-00-1"), cell("c")]
    made = forms.as_forms(given, Language("ar"))
    assert [one["id"] for one in made] == ["prose", "a", "c"]
    assert made[1]["source"].startswith(forms.MARK)
    assert made[0] is prose and made[2] is given[3]
