"""Tables for reading, and the way in which figures are shown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from helpers import argument, charts, data, seminar, show, tables
from helpers.language import Language
from helpers.paths import FIGURES_VARIABLE

AR, EN = Language("ar"), Language("en")


class Cells(HTMLParser):
    """Rows of a table, as a browser would read their text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.attributes: dict[str, str] = {}
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "table":
            self.attributes = dict(attrs)
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._open = False

    def handle_data(self, text: str) -> None:
        if self._open:
            self.rows[-1][-1] += text


TABLES = {
    "timeline-dates": lambda lang: tables.timeline_dates(data.relations_events(), lang),
    "agreement-accounts": lambda lang: tables.agreement_accounts(data.agreement_ladder(), lang),
    "context-factors": lambda lang: tables.points(data.point_theme_weights("context"), lang),
    "context-quantities": lambda lang: tables.quantities(
        data.judged_quantities("background", "context"), lang
    ),
    "background-claims": lambda lang: tables.claims(data.judged_claims("background"), lang),
    "context-claims": lambda lang: tables.claims(data.judged_claims("context"), lang),
    "report-in-numbers": tables.sections,
    "table-of-tables": tables.contents,
    "factor-goal-links": lambda lang: tables.link_list(argument.links(), lang),
    "interest-statements": lambda lang: tables.positions(data.positions("goals"), lang),
    "goals-claims": lambda lang: tables.claims(data.judged_claims("goals"), lang),
    "package-sums": lambda lang: tables.package(data.package_accounts(), lang),
    "package-rates": lambda lang: tables.rates(data.package_rates(), lang),
    "outcome-list": lambda lang: tables.outcomes(data.coded_outcomes(), lang),
    "coding-agreement": lambda lang: tables.coding(seminar.coding_passes(), lang),
    "attention-delivery-table": lambda lang: tables.attention_and_delivery(
        argument.attention(), argument.delivery(), lang
    ),
    "outcomes-claims": lambda lang: tables.claims(data.judged_claims("outcomes"), lang),
    "theme-coverage-table": lambda lang: tables.stage_themes(argument.coverage(), lang),
    "loose-ends": tables.loose_ends,
    "paths": tables.path_counts,
    "conclusion-claims": lambda lang: tables.claims(data.judged_claims("conclusion"), lang),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_run_in_their_direction_and_fill_their_description(
    name: str, lang: Language
) -> None:
    table = TABLES[name](lang)
    cells = Cells(table.to_html())
    assert cells.attributes == {"dir": lang.direction, "lang": lang.code}
    assert cells.rows == [table.headings, *table.rows]
    assert len({len(row) for row in cells.rows}) == 1
    texts = data.load("figures").set_index("figure_id").loc[name]
    assert "{" not in show.describe(table, texts, lang)


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_says_so(name: str) -> None:
    table = tables.Table(EN, ["one", "two"], [])
    assert Cells(table.to_html()).rows[1] == ["No data to show"]
    assert 'colspan="2"' in table.to_html()


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", "a & b", '"quoted" <i>', "</td>"])
def test_every_cell_and_heading_is_escaped(nasty: str) -> None:
    every = frozenset({0, 1})
    for codes, citations in (
        (frozenset(), frozenset()),
        (every, frozenset()),
        (frozenset(), every),
    ):
        html = tables.Table(EN, [nasty, "b"], [[nasty, nasty]], codes, citations).to_html()
        assert Cells(html).rows == [[nasty, "b"], [nasty, nasty]]
        assert "<script" not in html
        assert "<i>" not in html


def test_data_with_markup_reach_the_page_as_text(change) -> None:
    change("report/events.csv", "First summit in Samarkand", "<b>First</b> summit")
    html = tables.timeline_dates(data.relations_events(), EN).to_html()
    assert "<b>First</b>" not in html
    assert "&lt;b&gt;First&lt;/b&gt; summit" in html


def test_identifiers_and_sources_run_from_left_to_right_in_arabic() -> None:
    html = tables.agreement_accounts(data.agreement_ladder(), AR).to_html()
    assert re.search(r'<bdi dir="ltr"><code[^>]*>background\.3\.2-d</code></bdi>', html)
    assert '<bdi dir="ltr">The Diplomat, 2015</bdi>' in html


def row_of(table: tables.Table, start: str) -> list[str]:
    return next(row for row in table.rows if row[0].startswith(start))


def test_the_table_of_dates_gives_both_accounts() -> None:
    table = tables.timeline_dates(data.relations_events(), EN)
    row = row_of(table, "20th ministerial")
    assert row[1:3] == ["28 Mar 2025", "contradicted"]
    assert "27 March 2025" in row[3]
    assert row[4] == "context.6.1-c"


def test_the_table_of_agreements_gives_both_accounts() -> None:
    rows = tables.agreement_accounts(data.agreement_ladder(), EN).rows
    assert ["Kazakhstan", "in force", "Mar 2020", "1 Mar 2020"] in [row[:4] for row in rows]
    assert ["Kyrgyzstan", "signed", "Jun 2024", "25 Jun 2024"] in [row[:4] for row in rows]
    assert ["Uzbekistan", "signed", "expected 2025", "—"] in [row[:4] for row in rows]
    assert rows[-1][0] == "Turkmenistan"
    assert len(rows) == len({tuple(row[:2]) for row in rows}), "one row a stage"


def test_a_finding_of_low_confidence_is_marked() -> None:
    table = tables.claims(data.judged_claims("background"), EN)
    row = row_of(table, "background.2.4-d")
    assert row[3] == "not found (low confidence)"
    judged = data.judged_claims("background")
    low = (judged["confidence"] == "low").sum()
    counted = sum(
        int(table.description_fields.get(verdict, 0))
        for verdict in judged["verdict"].cat.categories
    )
    assert counted == judged["verdict"].notna().sum() - low


def test_a_repeated_claim_carries_the_verdict_of_the_first() -> None:
    judged = data.judged_claims("background").set_index("claim_id")
    assert judged.at["background.1.3-a", "judged_id"] == "introduction.1.2-c"
    assert judged.at["background.1.3-a", "verdict"] == "confirmed"


def test_the_table_of_quantities_counts_each_once(change) -> None:
    before = tables.quantities(data.judged_quantities("background", "context"), EN)
    assert row_of(before, "Size of Central Asia")[1] == "EUR 340 billion"
    assert not any(row[0].startswith("Member states") for row in before.rows), "same_as"
    change("report/quantities.csv", ",340,", ",341,")
    after = tables.quantities(data.judged_quantities("background", "context"), EN)
    assert row_of(after, "Size of Central Asia")[1] == "EUR 341 billion"


# Show


@pytest.fixture
def displayed(monkeypatch) -> list[tuple[dict, dict]]:
    """What a notebook would have received."""
    outputs: list[tuple[dict, dict]] = []

    def record(bundle: dict, metadata: dict | None = None, raw: bool = False) -> None:
        assert raw
        outputs.append((bundle, metadata or {}))

    monkeypatch.setattr(show, "display", record)
    return outputs


def test_a_chart_is_a_picture_and_one_piece_of_html(displayed, lang: Language) -> None:
    figure = charts.agreements_ladder(data.agreement_ladder(), lang)
    show.show(figure, "agreements-ladder", lang)
    (picture, about), (html, _) = displayed
    assert set(picture) == {"image/png"}
    alt = about["image/png"]["alt"]
    assert lang.country("KAZ") in alt and lang.country("TKM") in alt
    assert alt in html["text/html"]
    assert f"{lang.label('figures', 'kind', 'chart')} {lang.number(2)}." in html["text/html"]
    assert f"{lang.phrase('sources')}: " in html["text/html"]
    assert "background.3.2" in html["text/html"], "ids keep their own digits"


def test_a_table_is_one_piece_of_html(displayed, lang: Language) -> None:
    show.show(TABLES["timeline-dates"](lang), "timeline-dates", lang)
    ((html, _),) = displayed
    assert set(html) == {"text/html", "text/plain"}
    opening = f'<div id="timeline-dates" dir="{lang.direction}" lang="{lang.code}">'
    assert html["text/html"].startswith(opening)


def test_pictures_are_saved_where_the_build_asks(displayed, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(FIGURES_VARIABLE, str(tmp_path / "ar"))
    show.show(charts.agreements_ladder(data.agreement_ladder(), AR), "agreements-ladder", AR)
    saved = {file.name: file.stat().st_size for file in (tmp_path / "ar").iterdir()}
    assert set(saved) == {"agreements-ladder.png", "agreements-ladder.svg"}
    assert min(saved.values()) > 10_000


def test_an_unknown_figure_names_those_that_exist() -> None:
    with pytest.raises(
        KeyError, match=r"no figure 'ladder' in figures\.csv; figures: .*agreements"
    ):
        show.show(TABLES["timeline-dates"](EN), "ladder", EN)


def test_a_chart_is_not_shown_as_a_table() -> None:
    with pytest.raises(
        TypeError, match=r"agreements-ladder is a chart in figures\.csv, not a Table"
    ):
        show.show(TABLES["timeline-dates"](EN), "agreements-ladder", EN)


def test_source_labels_name_origin_year_and_carrier() -> None:
    sources = data.load("sources")
    carried = sources[sources["carrier"].notna() & sources["date"].notna()].iloc[0]
    label = tables.source_label(carried["source_id"])
    assert label == f"{carried['publisher']}, {carried['date'].year}, via {carried['carrier']}"
    assert tables.source_label(pd.NA) == ""
