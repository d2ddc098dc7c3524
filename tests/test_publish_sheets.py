"""Sheets to hand out: what a student writes on is blank, what a teacher reads is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from bs4 import Tag
from reading import FOUL, edited, parse, text_of

from helpers import data
from helpers.data import load, what_if
from helpers.language import LOCALES, Language
from helpers.paths import BOOK
from helpers.publish import locators, prose, sheets
from helpers.publish.links import faults
from helpers.publish.sheets import handouts, numbered, pages, ticket, worksheet

EN = Language("en")


# Worksheet and answers


def test_the_worksheet_leaves_verdicts_codes_and_reasons_blank(code: str) -> None:
    lang = Language(code)
    page = parse(worksheet.worksheet(lang))
    claims = page.select("article.claim")
    verdicts = list(lang.labels("checks", "verdict").values())
    assert len(claims) == len(load("worksheet_claims")) == 6
    for claim in claims:
        assert [text_of(choice) for choice in claim.select(".choice")] == verdicts
        assert len(claim.select(".line")) >= 2
        assert [text_of(claim).count(verdict) for verdict in verdicts] == [1] * len(verdicts)
    rows = page.select("table.coding tbody tr:not(.round)")
    assert len(rows) == len(data.lab_items())
    assert all([text_of(cell) for cell in row.find_all("td")[2:]] == ["", ""] for row in rows)


def test_nothing_of_the_answers_is_on_the_worksheet(code: str) -> None:
    lang = Language(code)
    text = text_of(parse(worksheet.worksheet(lang)))
    notes = checked()[f"note_{code}"]
    reasons = [*load("lab_items")[f"note_{code}"], *load("lab_claims")[f"note_{code}"]]
    assert [told for told in (*notes, *reasons) if told in text] == []
    for evidence in load("worksheet_claims")[f"evidence_{code}"]:
        named = [v for v in lang.labels("checks", "verdict").values() if v in evidence]
        assert named == [], "what the sources say names a verdict"


def checked() -> pd.DataFrame:
    """Return the checks of the claims on the worksheet."""
    return load("checks").merge(load("worksheet_claims")[["claim_id"]], on="claim_id")


def test_the_claims_have_every_verdict() -> None:
    assert set(checked()["verdict"]) == set(EN.labels("checks", "verdict"))
    assert set(data.lab_items()["strength"]) == set(EN.labels("outcome_codes", "strength"))


def test_every_claim_of_the_seminar_has_what_the_sources_say() -> None:
    assert set(load("worksheet_claims")["claim_id"]) == set(load("lab_claims")["claim_id"])


def test_the_answers_are_complete_and_give_reasons(code: str) -> None:
    lang = Language(code)
    page = parse(worksheet.answers(lang))
    labels = lang.labels("outcome_codes", "strength")
    rows = page.select("table.answers tbody tr:not(.round)")
    items = data.lab_items().itertuples()
    for row, item in zip(rows, items, strict=True):
        cells = [text_of(cell) for cell in row.find_all("td")]
        assert cells[2] == labels[item.strength]
        assert prose.spoken(getattr(item, f"note_{code}"), lang) in cells[3]
        assert row.select("td")[3].small, "a code without its rules"
        assert labels[item.strength] not in cells[4].split("; ")
    verdicts = load("checks").set_index("claim_id")["verdict"]
    for claim, row in zip(
        page.select("article.claim"), worksheet.claims().itertuples(), strict=True
    ):
        verdict = lang.labels("checks", "verdict")[verdicts[row.claim_id]]
        assert text_of(claim.p).startswith(f"{verdict}.")
        assert claim.select_one(".cited"), "a verdict without a source"


def test_the_answers_name_rules_by_their_numbers_on_the_worksheet() -> None:
    rules = parse(worksheet.worksheet(EN)).select(".codebook ol > li")
    known = load("codebook").set_index("rule_id")["rule_en"]
    rows = parse(worksheet.answers(EN)).select("table.answers tbody tr:not(.round)")
    for row, item in zip(rows, data.lab_items().itertuples(), strict=True):
        numbers = numbers_in(row.small and row.select("td")[3].small)
        named = {text_of(rules[number - 1]) for number in numbers}
        wanted = [known[rule] for rule in item.rule_ids.split()]
        assert len(named) == len(wanted)
        assert all(any(rule in text for text in named) for rule in wanted)


def test_the_codebook_has_every_rule_for_strength(code: str) -> None:
    page = parse(worksheet.worksheet(Language(code)))
    rules = load("codebook").query("object == 'strength'")[f"rule_{code}"]
    text = text_of(page.select_one(".codebook"))
    assert [rule for rule in rules if " ".join(rule.split()) not in text] == []


# Sources


def test_sources_are_numbered_in_the_order_of_their_citing_with_addresses(code: str) -> None:
    known = load("sources").dropna(subset=["url"])["source_id"]
    listed = numbered.Numbered(Language(code))
    assert listed.cite(known[3:5]) == "2–3"
    assert listed.cite([known[1], known[4]]) == listed.cite([known[4], known[1]])
    entries = listed.entries()
    assert len(entries) == 4
    assert entries[0]["address"].startswith("https://doi.org/"), "the report is the first"
    assert all(entry["address"] for entry in entries)


def test_low_confidence_is_not_cited() -> None:
    low = load("checks").query("confidence == 'low' and verdict == 'not_found'")
    passage = load("claims").set_index("claim_id").loc[low["claim_id"].iloc[0], "passage_id"]
    checks = load("checks").merge(load("claims"), on="claim_id")
    counted = checks[(checks["passage_id"] == passage) & (checks["confidence"] != "low")]
    assert set(numbered.of_text(f"See {passage}.")) == set(counted["source_id"].dropna())


# Handouts


@pytest.fixture(scope="module")
def written(executed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheets where the book would have them, beside style sheets that are asked for."""
    book = tmp_path_factory.mktemp("book")
    sheets.write(executed, book / "downloads" / "sheets")
    return book


def test_every_sheet_is_written_in_every_language(written: Path) -> None:
    found = {path.relative_to(written).as_posix() for path in written.rglob("*.html")}
    assert found == {
        f"downloads/sheets/{c}/{name}.html" for c in LOCALES for name in sheets.names()
    }
    names = [fault for fault in faults(written) if "_static" not in fault]
    assert names == [], "a picture is missing"


@pytest.mark.parametrize("notebook", load("notebooks")["notebook_id"])
def test_a_handout_has_figures_points_questions_with_lines_and_sources(
    written: Path, executed: Path, code: str, notebook: str
) -> None:
    page = parse((written / f"downloads/sheets/{code}/{notebook}.html").read_text("utf-8"))
    own = load("figures").merge(load("handout_figures"), on="figure_id")
    assert len(page.find_all("figure")) == sum(own["notebook"] == notebook) >= 1
    assert all(image["alt"] for image in page.find_all("img"))
    assert all(figure.table or figure.img for figure in page.find_all("figure"))
    cells = handouts.cells_of(executed / "notebooks" / code / f"{notebook}.ipynb")
    points = next(cell for cell in cells if cell["id"] == "key-points")["source"]
    assert len(page.select(".points li")) == len(re.findall(r"^\d+\.", "".join(points), re.M))
    assert all(len(q.select(".line")) == handouts.LINES for q in page.select(".questions > li"))
    assert page.select(".questions > li")
    sources = page.select(".sources li")
    assert all(source.select_one(".address") for source in sources)
    cited = {number for span in page.select(".cited") for number in numbers_in(span)}
    assert cited | {1} == set(range(1, len(sources) + 1)), "a number without its source"


def test_a_handout_names_a_conclusion_in_one_way(written: Path, code: str) -> None:
    """In the points it is a number; the table beside them once had the id."""
    page = parse((written / f"downloads/sheets/{code}/07_seminar.html").read_text("utf-8"))
    lang, numbers = Language(code), load("conclusions").set_index("conclusion_id")["order"]
    table = text_of(page.table)
    turned = [name for name in numbers.index if locators.conclusion(name, lang) in table]
    assert turned and not any(name in text_of(page) for name in numbers.index)


def test_a_figure_cites_the_sources_that_it_rests_on(written: Path, executed: Path) -> None:
    page = parse((written / "downloads/sheets/en/01_context.html").read_text("utf-8"))
    notebook = executed / "notebooks" / "en" / "01_context.ipynb"
    known = load("sources").set_index("source_id")
    listed = [text_of(entry) for entry in page.select(".sources li")]
    shown = zip(page.find_all("figure"), handouts.key_figures(notebook), strict=True)
    for element, figure in shown:
        numbers = numbers_in(element.select_one(".cited"))
        rests_on = known.loc[figure.about["sources"]]
        assert len(numbers) == len(rests_on)
        for address in rests_on["url"]:
            assert any(address in listed[number - 1] for number in numbers)


def numbers_in(cited: Tag | None) -> list[int]:
    """Return the numbers of a citation, its spans written out."""
    found = re.findall(r"(\d+)(?:–(\d+))?", text_of(cited)) if cited else []
    return [n for first, last in found for n in range(int(first), int(last or first) + 1)]


def test_a_high_chart_is_printed_as_on_a_wall(written: Path) -> None:
    page = parse((written / "downloads/sheets/en/06_since.html").read_text("utf-8"))
    names = [Path(image["src"]).name for image in page.find_all("img")]
    assert "commitment-tracker.projecting.svg" in names and "replay.svg" in names


def test_words_are_stressed_on_the_worksheet_and_not_starred(code: str) -> None:
    page = parse(worksheet.worksheet(Language(code)))
    assert re.findall(r"\*\w[^*]*\*", page.get_text()) == []
    asked = "what sources say of a claim was *underlined*"
    claim = load("worksheet_claims")["claim_id"].iloc[0]
    with what_if(**edited("worksheet_claims", claim, **{f"evidence_{code}": asked})):
        stressed = parse(worksheet.worksheet(Language(code))).find_all("em")
    assert "underlined" in [text_of(words) for words in stressed]


def test_each_slip_of_the_exit_ticket_is_whole_with_lines_for_every_question(code: str) -> None:
    lang = Language(code)
    page = parse(ticket.ticket(lang))
    slips = page.select(".slip")
    assert len(slips) == ticket.SLIPS == 2
    for slip in slips:
        assert text_of(slip.h2) == lang.phrase("exit-ticket")
        assert [text_of(item) for item in slip.select("li")] == [
            question.replace("*", "") for question in ticket.questions(lang)
        ]
        assert all(len(item.select(".line")) >= 2 for item in slip.select("li"))
    assert "*" not in page.get_text()
    asked = "`context.7.2` and [the book](https://example.org)"
    with what_if(**edited("phrases", ticket.QUESTIONS[0], **{f"text_{code}": asked})):
        assert not parse(ticket.ticket(lang)).select("li a"), "a slip of paper has no links"


def test_a_paragraph_of_a_sheet_keeps_its_own_space() -> None:
    """A rule for one kind of text, once cut in two, took the space from all paragraphs."""
    style = (BOOK / "static" / "sheet.css").read_text(encoding="utf-8")
    bare = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    rules = [rule.strip() for found in re.findall(r"([^{}]+)\{", bare) for rule in found.split(",")]
    assert [rule for rule in rules if " html" in rule] == [], "html is inside something"
    plain = re.findall(r"^\s*p\s*\{([^}]*)\}", bare, flags=re.M)
    assert len(plain) == 1 and "margin: 0;" not in plain[0]


def test_what_a_cell_holds_cannot_leave_its_place(tmp_path: Path) -> None:
    claim = load("worksheet_claims")["claim_id"].iloc[0]
    with what_if(**edited("worksheet_claims", claim, evidence_en=FOUL)):
        page = parse(pages.compose(sheets.WORKSHEET, tmp_path, EN))
    assert page.find("i") is None
    assert FOUL in page.get_text()


def test_the_style_of_a_sheet_mirrors_by_itself() -> None:
    """Nothing says left or right, so that Arabic needs no second style sheet."""
    style = (BOOK / "static" / "sheet.css").read_text(encoding="utf-8")
    assert not re.search(r"\b(?:left|right)\b", style)
