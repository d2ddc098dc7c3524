"""The start page says with numbers what the tables say, and leads to where it is shown."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from reading import links_of, parse, text_of

from helpers import data
from helpers.data import load
from helpers.language import Language
from helpers.paths import BOOK
from helpers.publish import start
from helpers.publish.marks import MARKS

EN = Language("en")


def numbers(html: BeautifulSoup) -> list[str]:
    return [text_of(found.strong) for found in html.find_all("li")]


def test_the_bar_counts_each_verdict_but_for_what_was_found_with_low_confidence(code: str) -> None:
    lang, checks = Language(code), load("checks")
    checks = checks[checks["verdict"] != "not_checkable"]
    solid = checks[checks["confidence"] != "low"].drop_duplicates("claim_id", keep="last")
    expected = {v: n for v, n in solid["verdict"].value_counts().items() if n}
    html = parse(start.verdicts(lang))
    for item in html.find_all("li"):
        count = expected.pop(item["class"][1])
        assert text_of(item.strong) == lang.number(count)
        (part,) = html.select(f".bar .{item['class'][1]}")
        assert part["style"] == f"flex-grow:{count}"
        assert lang.label("checks", "verdict", item["class"][1]) in text_of(item)
        assert item.svg["aria-hidden"] == "true"
    assert expected == {}
    assert lang.number(len(solid)) in text_of(html.figcaption.p)
    assert text_of(html.find("p", class_="note")) == lang.phrase(
        "verdicts-weak", count=lang.number(checks["claim_id"].nunique() - len(solid))
    )


def test_a_verdict_that_changes_changes_the_bar() -> None:
    with data.what_if(checks=load("checks").assign(verdict="not_found", confidence="high")):
        html = parse(start.verdicts(EN))
    assert numbers(html) == [str(load("checks")["claim_id"].nunique())]


def test_three_findings_lead_to_the_figures_that_show_them(code: str) -> None:
    html = parse(start.findings(Language(code)))
    assert list(links_of(html)) == [
        "03_outcomes.html#package",
        "03_outcomes.html#outcome-strength",
        "04_challenges.html#loose-ends",
    ]


def test_findings_are_computed_from_the_tables() -> None:
    outcomes, weak, loose = (text_of(li) for li in parse(start.findings(EN)).find_all("li"))
    assert outcomes.startswith("13.2 ") and "EUR 12 billion" in outcomes
    coded = load("outcome_codes").query("coder == 'published'")["strength"].value_counts()
    assert weak.startswith(f"{coded.max()} of {coded.sum()} ")
    assert f"coded “fund”, the highest: {coded['fund']}." in weak
    stages = load("points")["stage"].isin(["context", "goal", "issue"])
    assert f"of {stages.sum()} factors" in loose


def test_without_the_reports_own_links_no_point_reaches_an_outcome() -> None:
    links = load("argument_links").assign(basis="inferred", passage_id=None, reason_en="x")
    with data.what_if(argument_links=links):
        *_, loose = numbers(parse(start.findings(EN)))
    stages = load("points")["stage"].isin(["context", "goal", "issue"])
    assert loose == str(stages.sum())


def test_the_greatest_sum_of_the_package_is_given() -> None:
    quantities = load("quantities")
    number, *_ = numbers(parse(start.findings(EN)))
    doubled = quantities.assign(value=2 * quantities["value"])
    with data.what_if(quantities=doubled):
        twice, *_ = numbers(parse(start.findings(EN)))
    assert float(twice) == pytest.approx(2 * float(number))


def test_a_card_shows_the_first_chart_of_its_notebook_to_the_eye_alone(code: str) -> None:
    charts = load("figures").query("kind == 'chart'")
    first = charts.sort_values("number").drop_duplicates("notebook").set_index("notebook")
    for card in parse(MARKS["notebook_cards"](Language(code))).find_all("li"):
        (address,) = links_of(card)
        notebook = address.removesuffix(".html")
        if notebook not in first.index:
            assert card.img is None
            continue
        name = first.at[notebook, "figure_id"]
        assert card.img["src"] == f"../downloads/figures/{code}/{name}.png"
        assert card.img["alt"] == ""


def test_a_notebook_without_a_chart_has_a_card_without_a_picture() -> None:
    with data.what_if(figures=load("figures").query("kind == 'table'").reset_index(drop=True)):
        html = parse(MARKS["notebook_cards"](EN))
    assert html.find("img") is None
    assert html.find_all("li")


def test_three_doors_stand_above_the_notebooks(code: str) -> None:
    text = (BOOK / "pages" / code / "index.md").read_text(encoding="utf-8")
    above, below = text.split("{{notebook_cards}}")
    assert above.index("{{verdicts}}") < above.index("{{findings}}") < above.index("{.doors}")
    assert re.findall(r"^- \[.*\]\((\w+)\)$", above, re.MULTILINE) == [
        "00_start",
        "passages",
        "teach",
    ]
    assert "{{verdicts}}" not in below


def test_the_claims_of_the_bar_are_those_that_were_checked() -> None:
    checks = load("checks")
    again = checks.iloc[:1].assign(check_id="again", checked_on=pd.Timestamp("2099-01-01"))
    more = pd.concat([checks, again], ignore_index=True).astype(checks.dtypes.to_dict())
    before = numbers(parse(start.verdicts(EN)))
    with data.what_if(checks=more):
        assert numbers(parse(start.verdicts(EN))) == before, "a claim counts once"
