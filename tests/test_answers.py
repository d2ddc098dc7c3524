"""What the helpers answer in a notebook is in the notebook's language and direction."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from helpers.answers import faults_as_html
from helpers.data import Fault, load, validate, what_if
from helpers.data.faults import Faults
from helpers.language import Language

FAULT = Fault("report/claims.csv", 12, "text_ar", "<b>قمة</b>", "single spaces")


def test_sound_tables_are_answered_in_a_sentence(lang: Language) -> None:
    answer = BeautifulSoup(faults_as_html([], lang), "html.parser").div
    assert (answer["dir"], answer["lang"]) == (lang.direction, lang.code)
    assert answer.get_text() == lang.phrase("no-faults")
    assert answer.table is None


def test_faults_are_a_table_in_the_language(lang: Language) -> None:
    answer = BeautifulSoup(faults_as_html([FAULT], lang), "html.parser").div
    heads = [head.get_text() for head in answer.find_all("th")]
    assert heads[:2] == [lang.phrase("file"), lang.phrase("row")]
    cells = [cell.get_text() for cell in answer.find_all("td")]
    assert cells == [FAULT.file, lang.number(12), FAULT.field, FAULT.value, FAULT.expected]
    assert answer.b is None, "what stands in a cell is escaped"


def test_the_answer_is_a_list_that_reads_well_everywhere() -> None:
    assert Faults() == [] and repr(Faults()) == "no faults"
    assert repr(Faults([FAULT])) == str(FAULT)
    assert isinstance(validate(), Faults)


@pytest.mark.parametrize(("code", "word"), [("ar", "الجداول"), ("en", "tables")])
def test_a_notebook_is_answered_in_its_own_language(monkeypatch, code: str, word: str) -> None:
    shell = type("Shell", (), {"user_ns": {"lang": Language(code)}})()
    monkeypatch.setattr("helpers.answers.get_ipython", lambda: shell)
    themes = load("themes")
    with what_if(themes=themes.iloc[::-1]):
        answer = validate()
    assert word in answer._repr_html_() and f'lang="{code}"' in answer._repr_html_()
