"""Tables in the book are linked and measured, and long ones leave the page to what is read."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from reading import by_id, in_words, links_of, parse, text_of

from helpers import tables
from helpers.data import differences, judged_claims, references
from helpers.language import Language
from helpers.publish import prose, reading_tables
from helpers.publish.rendering import render
from helpers.publish.targets import targets
from helpers.tables.base import Column, Table

EN = Language("en")
KNOWN = targets()


def prepared(table: Table, lang: Language = EN) -> Tag:
    html = BeautifulSoup(table.to_html(), "html.parser").table
    return parse(str(reading_tables.prepared(html, KNOWN, lang))).table


def of_rows(count: int) -> Tag:
    rows = [["context.2.2-a", "text"]] * count
    table = Table(EN, [Column("Claim", "identifier"), Column("Text")], rows)
    return BeautifulSoup(table.to_html(), "html.parser").table


def test_a_table_is_folded_from_so_many_rows_on_and_says_how_many() -> None:
    many = reading_tables.LONG
    assert reading_tables.summary(of_rows(many - 1), EN) is None
    assert reading_tables.summary(of_rows(many), EN) == f"Open the table ({many} rows)"
    assert "20" in reading_tables.summary(of_rows(20), Language("ar"))


def test_the_tables_of_claims_are_folded_the_others_of_a_few_rows_are_not() -> None:
    for section in ("background", "context", "issues", "outcomes", "goals", "conclusion"):
        table = tables.claim_table(judged_claims(section), EN)
        assert len(table.rows) >= reading_tables.LONG, section


def test_a_table_of_paragraphs_is_wordy_and_one_of_lines_is_not(code: str) -> None:
    """On a phone its rows are cards, with the source below what it says."""
    lang = Language(code)
    html = prepared(tables.difference_table(differences(), lang), lang)
    assert html["class"] == ["wordy"]
    assert html.select_one("tbody tr td:last-child .below").get_text()
    assert len(html.select("thead th")) == len(html.select_one("tbody tr").find_all(["th", "td"]))
    assert "class" not in prepared(tables.reference_table(references(), lang), lang).attrs


def test_kind_stands_below_the_claim_and_source_below_the_finding(code: str) -> None:
    lang = Language(code)
    plain = tables.claim_table(judged_claims("context"), lang)
    html = prepared(plain, lang)
    assert [text_of(th) for th in html.thead.find_all("th")] == [
        heading for place, heading in enumerate(plain.headings) if place not in {2, 5}
    ]
    for row, cells in zip(html.tbody.find_all("tr"), plain.rows, strict=True):
        claim, said, verdict, finding = row.find_all(["th", "td"])
        name, text, kind, word, note, source = (" ".join(cell.split()) for cell in cells)
        assert text_of(claim.a) == in_words(name, code)
        assert text_of(claim.find(class_="below")) == kind
        assert (text_of(said), text_of(verdict)) == (prose.spoken(text, lang), word)
        below = finding.find(class_="below")
        assert (text_of(below.extract()) if below else "") == source
        assert text_of(finding) == prose.spoken(note, lang), "its locators are in words"


def test_every_cell_knows_its_heading_and_which_say_nothing() -> None:
    html = prepared(tables.claim_table(judged_claims("context"), EN))
    headings = [text_of(th) for th in html.thead.find_all("th")]
    nothing = 0
    for row in html.tbody.find_all("tr"):
        cells = row.find_all(["th", "td"])
        assert [cell["data-heading"] for cell in cells] == headings
        assert all(("nothing" in c.get("class", [])) == (text_of(c) == "—") for c in cells)
        nothing += sum("nothing" in c.get("class", []) for c in cells)
    assert nothing


def test_a_short_table_keeps_its_columns() -> None:
    table = tables.claim_table(judged_claims("context").head(3), EN)
    assert [text_of(th) for th in prepared(table).thead.find_all("th")] == list(table.headings)


def test_identifiers_are_linked_locators_in_words_the_rest_as_code() -> None:
    columns = [
        Column("Claim", "identifier"),
        Column("Table", "identifier"),
        Column("x", "citation"),
    ]
    html = prepared(Table(EN, columns, [["outcomes.2.2-a", "claims", "Reuters, 2025"]]))
    assert links_of(html) == {
        KNOWN["claims"]["outcomes.2.2-a"]: "Outcomes 2.2 a",
        KNOWN["tables"]["claims"]: "claims",
    }
    assert html.find("a", class_="locator").code is None
    named = [text_of(tag) for tag in html.select("tbody [lang=en]")]
    assert named == ["claims", "Reuters, 2025"]


def test_a_locator_in_a_text_is_in_words_and_a_link_and_on_paper_words_alone() -> None:
    said = "The first priority of the package (outcomes.2.2)."
    columns = [Column("Claim", "identifier"), Column("Outcome")]
    table = Table(EN, columns, [["outcomes.2.4-c", said]])
    cell = prepared(table).select("tbody td")[-1]
    assert links_of(cell) == {KNOWN["passages"]["outcomes.2.2"]: "Outcomes 2.2"}
    assert text_of(cell) == said.replace("outcomes.2.2", "Outcomes 2.2")
    paper = parse(str(reading_tables.worded(parse(table.to_html()).table, KNOWN, EN)))
    assert paper.find("a") is None and paper.find("code") is None
    told = [text_of(cell) for cell in paper.tbody.find_all(["th", "td"])]
    assert told == ["Outcomes 2.4 c", said.replace("outcomes.2.2", "Outcomes 2.2")]


def test_a_citation_with_arabic_in_it_is_not_called_english() -> None:
    table = Table(Language("ar"), [Column("س", "citation")], [["Reuters, 2025, عبر Kun.uz"]])
    assert prepared(table, Language("ar")).bdi.get("lang") is None


@pytest.mark.parametrize("section", ["context", "outcomes"])
def test_widths_sum_to_the_whole_and_no_word_of_a_short_column_is_broken(
    section: str, code: str
) -> None:
    html = prepared(tables.claim_table(judged_claims(section), Language(code)), Language(code))
    widths = [int(col["style"].removeprefix("width:").removesuffix("%")) for col in html("col")]
    assert len(widths) == len(html.thead.find_all("th"))
    assert 98 <= sum(widths) <= 102
    claim, said, verdict, finding = widths
    assert min(claim, verdict) >= 10
    assert said >= 25
    assert finding > said


def test_widths_follow_the_longest_word_and_the_length_of_texts() -> None:
    short, long = reading_tables.column_widths([["a", "a"], ["b", "word " * 100]])
    assert long > 3 * short
    narrow, wide = reading_tables.column_widths([["a", "unbreakableword"]])
    assert wide > 2 * narrow
    assert reading_tables.column_widths([["", ""]]) == [50, 50]
    few = [["word " * 20, "word " * 20], *[["word " * 20, "—"]] * 9]
    assert reading_tables.column_widths(few) == [50, 50], "what says nothing needs no room"


def test_a_figure_with_a_long_table_folds_the_table_alone() -> None:
    about = {"figure": "x", "label": "Table 1", "caption": "c", "description": "d"}
    values = {"figure": about, "groups": [], "sources": [], "pictures": [], "live": None}
    html = parse(render("figure.html", EN, **values, table="T", folded="Open (20 rows)"))
    details = html.find("details", class_="rows")
    assert text_of(details.summary) == "Open (20 rows)"
    assert not details.has_attr("open")
    assert details.find("figcaption") is None
    assert by_id(html, "x").find("figcaption")
    flat = parse(render("figure.html", EN, **values, table="T", folded=None))
    assert flat.find("details") is None


def test_an_address_is_a_link_and_takes_no_more_room_than_its_parts() -> None:
    address = "https://example.org/a-page-with-a-name/of-many-parts-and-yet-more-parts"
    columns = [Column("Claim"), Column("Address", "citation"), Column("Source", "citation")]
    html = prepared(Table(EN, columns, [["So it is said of them here. " * 4, address, "A name"]]))
    assert links_of(html) == {address: address}
    widths = [int(col["style"].removeprefix("width:").rstrip("%")) for col in html.select("col")]
    assert widths[0] > widths[1] / 2
    assert "example.org" in text_of(html)
