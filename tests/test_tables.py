"""Tables for reading: right in both languages, on any frame, and every cell of its kind."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pandas as pd
import pytest
from changes import added, changed, removed, shuffled

from helpers import agreement, argument, charts, data, evidence, figures, seminar, tables
from helpers.language import Language
from helpers.tables import Column, Table

AR, EN = Language("ar"), Language("en")
INDIC = Language("ar", digits="arabic-indic")
LETTER = re.compile(r"[^\W\d_]")


class Cells(HTMLParser):
    """Rows of a table, as a browser would read their text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[tuple[str, ...]] = []
        self.attributes: dict[str, str | None] = {}
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "table":
            self.attributes = dict(attrs)
        elif tag == "tr":
            self.rows.append(())
        elif tag in {"td", "th"}:
            self.rows[-1] += ("",)
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._open = False

    def handle_data(self, text: str) -> None:
        if self._open:
            *before, last = self.rows[-1]
            self.rows[-1] = (*before, last + text)


def attention() -> pd.DataFrame:
    return argument.attention(data.point_theme_weights(), data.load("themes"))


def carried(*stages: str) -> pd.DataFrame:
    weights, themes = data.point_theme_weights(), data.load("themes")
    return argument.carried(weights, data.links(), themes, stages or None)


def compared() -> pd.DataFrame:
    order = {"strength": list(data.codes("outcome_codes", "strength"))}
    return agreement.compare(data.all_codes(), order, data.coder_sets())


def standing() -> pd.DataFrame:
    return argument.standing(data.load("conclusions"), argument.every_coding())


def tried() -> pd.DataFrame:
    return argument.robustness(data.load("conclusions"), argument.every_coding())


def drawn(*series: str, country: str = "CA5", **wanted) -> Callable[[], pd.DataFrame]:
    """Return what a notebook lists of series: values that may be drawn, of one country."""
    return lambda: data.drawn_values(*series, **wanted)[lambda v: v["country_id"] == country]


def states(query: str = "index == index") -> pd.DataFrame:
    made = evidence.state(data.promises(), data.promise_events(), data.edition_day())
    return made.query(query)


def replayed() -> pd.DataFrame:
    days = ["2025-04-04", data.edition_day()]
    return evidence.replay(data.promises(), data.promise_events(), days)


def stages_compared() -> pd.DataFrame:
    coded = data.stage_codes()
    rungs = {"stage": sorted(coded["code"].unique())}
    return agreement.compare(coded, rungs, data.coder_sets("commitment_codes"))


def coded() -> pd.DataFrame:
    return seminar.group("no-such-folder", Language("en")).coded


def turned() -> pd.DataFrame:
    """Return the conclusions that turn without inferred links."""
    published = argument.published()
    stated = argument.recoded(published, links=argument.stated(data.links()))
    return argument.turned(data.load("conclusions"), published, stated)


VALUES = {
    "economy-values": drawn("gdp-current-eur", "gdp-growth-real"),
    "supplier-values": lambda: data.drawn_values("eu-natural-uranium-share", comparators=True),
    "corridor-values": drawn("titr-cargo", "titr-containers"),
    "remittance-values": drawn("remittances-received-pct-gdp", country="TJK"),
    "re-export-values": drawn("german-exports-eur", country="KGZ"),
    "trade-book-values": drawn("trade-total-usd-national", "trade-total-usd-partner", year=2024),
    "trade-partners": lambda: data.indicator_values("trade-share", "trade-goods-total-eur"),
}
TABLES: dict[str, tuple[Callable[..., Table], list[Callable[[], pd.DataFrame]]]] = {
    "verdicts-in-numbers": (
        tables.verdict_table,
        [lambda: data.verdict_counts("section_id", "kind", "theme_id", "confidence")],
    ),
    "differences": (tables.difference_table, [data.differences]),
    "lab-train": (tables.lab_item_table, [lambda: data.lab_items("train")]),
    "lab-blind": (tables.lab_item_table, [lambda: data.lab_items("blind")]),
    "lab-claims": (tables.lab_claim_table, [data.lab_sources]),
    "lab-agreement": (tables.lab_agreement_table, [lambda: seminar.among(coded())]),
    "lab-published": (tables.lab_agreement_table, [lambda: seminar.with_published(coded())]),
    "lab-confusion": (tables.lab_confusion_table, [lambda: seminar.confusion(coded())]),
    "lab-splits": (tables.lab_split_table, [lambda: seminar.splits(coded())]),
    "lab-turned": (tables.turned_table, [turned]),
    "what-if-weight": (tables.turned_table, [turned]),
    "what-if-strength": (tables.turned_table, [turned]),
    "what-if-links": (tables.turned_table, [turned]),
    "omissions": (tables.omission_table, [data.omissions]),
    "reference-list": (tables.reference_table, [data.references]),
    "rereads": (tables.reread_table, [data.reread_counts]),
    "promise-states": (tables.promise_table, [states]),
    "promises-overdue": (tables.promise_table, [lambda: states("schedule == 'overdue'")]),
    "promises-silent": (tables.promise_table, [lambda: states("days_since > 365")]),
    "promises-unmeasured": (
        tables.promise_table,
        [lambda: states("testability == 'not_measurable'")],
    ),
    "promise-trail": (tables.promise_trail_table, [data.promises, data.promise_events]),
    "replay-stages": (tables.replay_table, [replayed]),
    "later-events": (tables.later_event_table, [data.later_events]),
    "words-and-deeds-table": (tables.words_and_deeds_table, [states]),
    "score-marks": (tables.score_table, [lambda: evidence.scores(states())]),
    "stage-agreement": (tables.reliability_table, [stages_compared]),
    "stages-settled": (tables.stage_coding_table, [data.stage_codes]),
    "timeline-dates": (tables.event_table, [data.relations_events]),
    "agreement-accounts": (tables.agreement_table, [data.agreement_ladder]),
    "context-factors": (tables.point_table, [lambda: data.point_theme_weights("context")]),
    "context-quantities": (
        tables.quantity_table,
        [lambda: data.judged_quantities("background", "context")],
    ),
    **{
        f"{section}-claims": (tables.claim_table, [lambda s=section: data.judged_claims(s)])
        for section in ("background", "context", "goals", "issues", "outcomes", "conclusion")
    },
    **{name: (tables.indicator_table, [values]) for name, values in VALUES.items()},
    "tariffs": (
        tables.tariff_table,
        [
            lambda: data.drawn_values("us-reciprocal-tariff", comparators=True),
            lambda: data.later_events("context.13.3"),
        ],
    ),
    "coder-agreement": (tables.reliability_table, [compared]),
    "conclusions-standing": (tables.conclusion_table, [standing, tried]),
    "corridor-lengths": (tables.length_table, [lambda: data.stated_lengths("trans_caspian")]),
    "meeting-places": (tables.meeting_table, [data.meetings]),
    "transit-time-table": (tables.time_table, [data.stated_times]),
    "report-in-numbers": (tables.section_table, [data.section_counts]),
    "table-of-tables": (tables.contents_table, [data.table_list]),
    **{
        name: (tables.link_table, [data.links])
        for name in ("factor-goal-links", "issue-outcome-links", "threat-links")
    },
    "interest-statements": (tables.position_table, [lambda: data.positions("goals")]),
    "speech-statements": (tables.position_table, [lambda: data.positions("issues")]),
    "package-sums": (tables.package_table, [data.package_accounts]),
    "package-rates": (tables.rate_table, [data.package_rates, data.reference_rates]),
    "outcome-list": (tables.outcome_table, [data.coded_outcomes]),
    "coding-agreement": (tables.coding_table, [data.codings]),
    "attention-delivery-table": (
        tables.delivery_table,
        [
            attention,
            lambda: argument.delivery(data.coded_outcomes(), data.load("themes")),
            carried,
        ],
    ),
    "theme-coverage-table": (
        tables.coverage_table,
        [
            lambda: argument.coverage(data.point_theme_weights(), data.load("themes")),
            lambda: carried("context"),
        ],
    ),
    "loose-ends": (
        tables.loose_end_table,
        [lambda: argument.loose_ends(data.load("points"), data.links())],
    ),
    "paths": (
        tables.path_table,
        [lambda: argument.path_counts(data.load("points"), data.links())],
    ),
}
# One row of the frame is one row of the table, whatever else the frame holds.
ROW_BY_ROW = {
    "corridor-lengths",
    "meeting-places",
    "transit-time-table",
    "timeline-dates",
    "context-quantities",
    "context-claims",
    "table-of-tables",
    "interest-statements",
    "package-sums",
    "outcome-list",
    "threat-links",
    "trade-partners",
}


def table_of(name: str, lang: Language, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Table:
    return TABLES[name][0](*(change(frame) for frame in stored_frames(name)), lang)


@functools.cache
def stored_frames(name: str) -> tuple[pd.DataFrame, ...]:
    """Return the frames of a table from the stored data; made once for all tests."""
    return tuple(frame() for frame in TABLES[name][1])


def as_it_is(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def test_no_two_public_functions_have_one_name() -> None:
    modules = (argument, charts, data, tables)
    names = [name for module in modules for name in module.__all__]
    assert not {name for name in names if names.count(name) > 1}
    made = [name for name in tables.__all__ if name.islower() and name != "citation_of"]
    assert all(name.endswith("_table") for name in made)


def test_every_table_of_the_notebooks_is_tried_here() -> None:
    listed = data.load("figures").query("kind == 'table'")["figure_id"]
    assert set(listed) == set(TABLES)


@pytest.mark.one_of(3)
@pytest.mark.parametrize("name", TABLES)
def test_tables_run_in_their_direction_and_fill_their_description(
    name: str, lang: Language
) -> None:
    table = table_of(name, lang, as_it_is)
    cells = Cells(table.to_html())
    assert cells.attributes == {"dir": lang.direction, "lang": lang.code}
    assert cells.rows == [table.headings, *table.rows]
    assert all(heading.strip() for heading in table.headings)
    assert "{" not in figures.texts(name, table.fields, lang).description


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"lab-published"}))  # names of coders
def test_only_identifiers_and_citations_read_alike_in_both_languages(name: str) -> None:
    """Else a column stands in one language, whichever is asked for."""
    arabic, english = (table_of(name, lang, lambda frame: frame.head(20)) for lang in (AR, EN))
    for place, column in enumerate(arabic.columns):
        alike = {row[place] for row in arabic.rows} & {row[place] for row in english.rows}
        assert column.kind in {"identifier", "citation"} or not any(map(LETTER.search, alike))


@pytest.mark.one_of(3)
@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("reorder", [shuffled, lambda frame: frame.iloc[::-1]])
def test_the_order_of_a_frame_changes_nothing(name: str, reorder) -> None:
    stored, other = table_of(name, EN, as_it_is), table_of(name, EN, reorder)
    assert other.rows == stored.rows
    assert other.headings == stored.headings
    assert other.fields == stored.fields
    assert other.sources == stored.sources


@pytest.mark.parametrize("name", sorted(ROW_BY_ROW))
def test_a_part_of_a_frame_gives_that_part_of_the_table(name: str) -> None:
    make, (rows,) = TABLES[name][0], stored_frames(name)
    halves = [make(rows.iloc[start::2], EN).rows for start in (0, 1)]
    assert sorted([*halves[0], *halves[1]]) == sorted(make(rows, EN).rows)


@pytest.mark.one_of(3)
@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("number", [0, 1, 3])
def test_few_rows_and_none_fill_table_and_description(name: str, number: int) -> None:
    for lang in (EN, INDIC):
        table = table_of(name, lang, lambda frame: frame.iloc[2 : 2 + number])
        described = figures.texts(name, table.fields, lang).description
        assert "{" not in described and "nan" not in described.lower()
        assert all(str(value) != "" for value in table.fields.values()), table.fields
        assert Cells(table.to_html()).rows[0] == table.headings


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"loose-ends"}))
def test_an_empty_frame_gives_no_row(name: str) -> None:
    table = table_of(name, EN, lambda frame: frame[:0])
    assert table.rows == ()
    assert Cells(table.to_html()).rows[1] == ("No data to show",)
    assert f'colspan="{len(table.columns)}"' in table.to_html()


def test_a_conclusion_that_no_other_coding_touches_says_so_and_is_not_called_firm() -> None:
    stands = standing().sort_values(["order", "conclusion_id"])
    rest = [4] * (len(stands) - 3)
    stands = stands.assign(tried=[0, 4, 4, *rest], held=[0, 4, 3, *[0 for _ in rest]])
    table = tables.conclusion_table(stands, tried(), EN)
    assert [row[2] for row in table.rows[:3]] == ["no other coding touches it", "4 of 4", "3 of 4"]
    assert (table.fields["firm"], table.fields["spared"]) == ("1", "1")


@pytest.mark.parametrize("name", TABLES)
def test_every_identifier_is_one_and_stands_in_a_column_of_its_kind(name: str) -> None:
    locator = re.compile(r"[a-z_]+(\.\d+\.\d+(-[a-z])?)?|[a-z]+(-[a-z0-9]+)+")
    table = table_of(name, EN, as_it_is)
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows if row[place]]
        looks = [bool(re.fullmatch(r"[a-z_]+\.\d+\.\d+(-[a-z])?", cell)) for cell in cells]
        if column.kind == "identifier":
            assert all(locator.fullmatch(cell) for cell in cells), column.heading
        else:
            assert not any(looks), column.heading


@pytest.mark.parametrize("name", TABLES)
def test_numbers_of_all_texts_take_the_digits_of_the_language(name: str) -> None:
    table = table_of(name, INDIC, as_it_is)
    for row in table.rows:
        for column, cell in zip(table.columns, row, strict=True):
            words = cell.split()
            mixed = [word for word in words if re.search(r"[0-9]", word)]
            if column.kind in ("text", "number"):
                assert all(re.search(r"[A-Za-z]", word) for word in mixed), cell


# The table itself


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", "a & b", '"quoted" <i>', "</td>"])
@pytest.mark.parametrize("kind", ["text", "identifier", "citation", "number"])
def test_every_cell_and_heading_is_escaped(nasty: str, kind) -> None:
    html = Table(EN, [Column(nasty, kind), Column("b", kind)], [[nasty, nasty]]).to_html()
    assert Cells(html).rows == [(nasty, "b"), (nasty, nasty)]
    assert "<script" not in html
    assert "<i>" not in html


def test_a_column_of_an_unknown_kind_and_a_row_too_long_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind of column 'code'; known: text, identifier"):
        Column("Id", "code")
    with pytest.raises(ValueError, match="a row of 2 cells under 1 columns"):
        Table(EN, [Column("one")], [["a", "b"]])


def test_the_kind_of_a_column_says_how_its_cells_run() -> None:
    kinds = ("text", "identifier", "citation", "number")
    table = Table(INDIC, [Column(kind, kind) for kind in kinds], [["a 1", "b.1", "C, 2019", "12"]])
    assert table.rows == (("a ١", "b.1", "C, 2019", "١٢"),)
    html = table.to_html()
    assert '<bdi dir="ltr"><code style="white-space:nowrap">b.1</code></bdi>' in html
    assert '<bdi dir="ltr">C, 2019</bdi>' in html
    assert html.count("<bdi") == 2


def test_data_with_markup_reach_the_page_as_text() -> None:
    events = changed("events", "summit-samarkand-2025", title_en="<b>First</b> summit")
    with data.what_if(events=events):
        html = tables.event_table(data.relations_events(), EN).to_html()
    assert "<b>First</b>" not in html
    assert "&lt;b&gt;First&lt;/b&gt; summit" in html


# Single tables


def row_of(table: Table, start: str) -> tuple[str, ...]:
    return next(row for row in table.rows if row[0].startswith(start))


def heads(table: Table, kind: str) -> list[str]:
    return [column.heading for column in table.columns if column.kind == kind]


def test_the_table_of_dates_gives_both_accounts() -> None:
    table = tables.event_table(data.relations_events(), EN)
    row = row_of(table, "20th ministerial")
    assert row[1:3] == ("28 Mar 2025", "contradicted")
    assert "27 March 2025" in row[3]
    assert row[4] == "context.6.1-c"
    assert table.fields == {"count": "14", "checked": "14", "disputed": "1"}
    spring = data.relations_events().query("date_start < '2025-03-01'")
    assert tables.event_table(spring, EN).fields["disputed"] == "0"


def test_the_note_says_when_there_are_more_checks_than_one() -> None:
    claim = "context.6.1-c"
    with data.what_if(checks=added("checks", f"{claim}-c1", check_id=f"{claim}-c2")):
        events, claims = data.relations_events(), data.judged_claims("context")
    for table in (tables.event_table(events, EN), tables.claim_table(claims, EN)):
        noted = [cell for row in table.rows for cell in row if "(checks: 2)" in cell]
        assert len(noted) == 1 and "27 March 2025" in noted[0]


def test_the_table_of_agreements_gives_both_accounts() -> None:
    table = tables.agreement_table(data.agreement_ladder(), EN)
    rows = [row[:4] for row in table.rows]
    assert ("Kazakhstan", "in force", "Mar 2020", "1 Mar 2020") in rows
    assert ("Kyrgyzstan", "signed", "Jun 2024", "25 Jun 2024") in rows
    assert ("Uzbekistan", "signed", "expected 2025", "—") in rows
    assert table.rows[-1][0] == "Turkmenistan"
    assert len(rows) == len({row[:2] for row in rows}), "one row a stage"
    assert table.fields == {"both": "7", "conflicts": "none"}
    kyrgyz = row_of(tables.agreement_table(data.agreement_ladder(), AR), "قيرغيزستان")
    assert kyrgyz[0] == AR.country("KGZ")


@pytest.mark.parametrize(
    ("date", "precision", "conflicts"),
    [
        ("2021-03-01", "day", "Kazakhstan: in force"),
        ("2020-04-01", "day", "Kazakhstan: in force"),
        ("2020-03-31", "day", "none"),
        ("2020-01-01", "year", "none"),
        ("2019-01-01", "year", "Kazakhstan: in force"),
    ],
)
def test_dates_conflict_where_no_day_fits_both(date: str, precision: str, conflicts: str) -> None:
    """The report says March 2020, whatever the source says of it."""
    stages = changed(
        "agreement_stages", "kazakhstan-in-force-source", date=date, precision=precision
    )
    with data.what_if(agreement_stages=stages):
        table = tables.agreement_table(data.agreement_ladder(), EN)
    assert table.fields["conflicts"] == conflicts


def test_a_date_that_is_only_expected_conflicts_with_none() -> None:
    later = data.agreement_ladder(pd.Timestamp("2026-12-31"))
    assert tables.agreement_table(later, EN).fields["conflicts"] == "none"
    early = changed("agreement_stages", "uzbekistan-signed-source", date="2024-10-24")
    with data.what_if(agreement_stages=early):
        ladder = data.agreement_ladder()
    assert tables.agreement_table(ladder, EN).fields["conflicts"] == "none"


def test_a_finding_of_low_confidence_is_marked_and_not_counted_as_one() -> None:
    judged = data.judged_claims("background")
    table = tables.claim_table(judged, EN)
    assert row_of(table, "background.2.4-d")[3] == "not found (low confidence)"
    assert "not found" not in table.fields["verdicts"]
    told = re.findall(r"\d+", str(table.fields["verdicts"]))
    low = (judged["confidence"] == "low").sum()
    assert sum(map(int, told)) == judged["verdict"].notna().sum() - low


def test_every_verdict_that_occurs_is_told() -> None:
    """One that a section did not have before is not left out of its description."""
    claim = data.judged_claims("conclusion").dropna(subset=["check_id"]).iloc[0]
    with data.what_if(checks=changed("checks", claim["check_id"], verdict="contradicted")):
        table = tables.claim_table(data.judged_claims("conclusion"), EN)
    assert "contradicted 1" in table.fields["verdicts"]


def test_the_table_of_quantities_counts_each_once() -> None:
    judged = data.judged_quantities("background", "context")
    table = tables.quantity_table(judged, EN)
    assert row_of(table, "Size of Central Asia")[1] == "EUR 340 billion"
    assert not any(row[0].startswith("Member states") for row in table.rows), "same_as"
    with data.what_if(quantities=changed("quantities", "context.7.2-b-q1", value=341)):
        judged = data.judged_quantities("background", "context")
    assert row_of(tables.quantity_table(judged, EN), "Size of")[1] == "EUR 341 billion"


def test_shares_of_a_point_are_not_rounded_away() -> None:
    """Eight equal shares are 12.5% each, and sum to the whole as they are printed."""
    weights = data.point_theme_weights("goal")
    table = tables.point_table(weights, EN)
    for row in table.rows:
        shares = [float(share) for share in re.findall(r"([\d.]+)%", row[2])]
        assert sum(shares) == pytest.approx(100, abs=0.3), row
    eighths = weights.assign(weight=0.125)
    assert "12.5%" in tables.point_table(eighths, EN).rows[0][2]


def test_links_read_as_sentences_stated_ones_first() -> None:
    table = tables.link_table(data.links(), EN)
    bases = [row[3] for row in table.rows]
    assert bases == sorted(bases, key=["stated", "inferred"].index)
    assert (table.fields["stated"], table.fields["inferred"]) == ("12", "57")
    answer = next(row for row in table.rows if row[1] == "answers")
    assert answer[:4] == ("Security cooperation", "answers", "Security and Afghanistan", "stated")
    assert answer[5] == "outcomes.4.2"


def test_the_package_and_what_the_report_repeats() -> None:
    package = data.package_accounts()
    table = tables.package_table(package, EN)
    assert [row[:3] for row in table.rows][:2] == [
        ("Water, energy and climate", "no figure in the text", "6.4"),
        ("Transport", "10", "3"),
    ]
    assert heads(table, "number") == ["the report", "other sources"]
    assert (table.fields["repeated"], table.fields["times"]) == ("10", "2")
    parts = tables.package_table(package[package["kind"] == "part"], EN)
    assert parts.fields == {"repeated": "none", "times": "0", "places": "none"}


def test_every_repeated_sum_is_told() -> None:
    """Two sums, each in two rows: the table names both, as the chart does."""
    twice = changed("quantities", "outcomes.2.2-e-q1", value=12)
    package = data.package_accounts()
    told = package.assign(report_value=[12.0, 10.0, 10.0, 12.0, 7.0, float("nan")])
    fields = tables.package_table(told, EN).fields
    assert (fields["repeated"], fields["times"]) == ("10 and 12", "4")
    with data.what_if(quantities=twice):
        fields = tables.package_table(data.package_accounts(), EN).fields
    assert fields["repeated"] == "12"


def test_rates_apply_to_the_largest_sum() -> None:
    table = tables.rate_table(data.package_rates(), data.reference_rates(), EN)
    assert [row[3] for row in table.rows] == ["1.1000", "1.1000", "1.1097", "1.1057"]
    assert table.rows[2][1:3] == ("12", "13.32")
    assert table.fields == {"implied": "1.10", "low": "1.1057", "high": "1.1097"}
    alone = tables.rate_table(data.package_rates()[:0], data.reference_rates(), EN)
    assert alone.rows[0][1:3] == ("—", "—")
    assert alone.fields["implied"] == "none"


def test_the_table_of_coding_names_where_the_passes_differ() -> None:
    before = tables.coding_table(data.codings(), EN)
    assert "Reason" not in before.headings, "the passes agree throughout"
    codes = changed("outcome_codes", ("dams", "blind_b"), strength="adopt")
    own = (codes["item_id"] == "dams") & (codes["coder"] == "published")
    codes.loc[own, ["reason_ar", "reason_en"]] = ["بُنيت من قبل.", "Built before."]
    with data.what_if(outcome_codes=codes):
        after = tables.coding_table(data.codings(), EN)
    assert int(after.fields["differ"]) == int(before.fields["differ"]) + 1
    assert len(after.rows) == len(before.rows) + 1 == int(after.fields["disputed"])
    assert float(after.fields["kappa"]) < float(before.fields["kappa"])
    (dams,) = [row for row in after.rows if "dams" in row[0]]
    assert dams[1:4] == ("fund", "adopt (second blind pass)", "Built before.")


def test_an_item_that_one_pass_left_out_is_still_counted() -> None:
    with data.what_if(outcome_codes=removed("outcome_codes", ("dams", "blind_b"))):
        table = tables.coding_table(data.codings(), EN)
    assert table.fields["count"] == str(len(data.load("outcome_items")))


def test_a_further_coder_is_named_and_breaks_none(data_copy) -> None:
    path = data_copy / "schema" / "outcome_codes.json"
    schema = path.read_text(encoding="utf-8").replace('"project_b",', '"project_b", "student",', 1)
    begin = schema.index('{\n          "value": "project_b"')
    code = schema[begin : schema.index("}", begin) + 1]
    student = code.replace("project_b", "student").replace("second earlier pass", "a student")
    path.write_text(schema.replace(code, f"{code},\n{student}"), encoding="utf-8")
    codes = added("outcome_codes", ("dams", "project_b"), coder="student", strength="welcome")
    with data.what_if(outcome_codes=codes):
        table = tables.coding_table(data.codings(), EN)
    (dams,) = [row for row in table.rows if "dams" in row[0]]
    assert dams[2] == "welcome (a student)"
    assert dams[-1].startswith("outcomes.")
    assert table.fields["passes"] == "4", "a student is no pass"


def test_attention_is_listed_with_what_came_of_it() -> None:
    table = table_of("attention-delivery-table", EN, as_it_is)
    shares = [float(row[1].rstrip("%")) for row in table.rows]
    assert shares == sorted(shares, reverse=True)
    assert row_of(table, "Security")[4:] == ("1", "10", "0", "0", "0", "affirm")
    assert row_of(table, "People")[-1] == "—"
    assert table.fields["without"] == "Energy and People and culture"
    assert table.fields["idle"] == "People and culture"


def test_a_theme_left_out_of_the_frames_is_left_out_of_the_sentences() -> None:
    table = table_of(
        "attention-delivery-table", EN, lambda frame: frame[frame["theme_id"] != "people"]
    )
    assert len(table.rows) == 10
    assert (table.fields["without"], table.fields["idle"]) == ("Energy", "none")


def test_sentences_are_of_the_themes_that_are_listed() -> None:
    """The frame of attention says which: what others hold beside it is passed over."""
    attention_of, delivery, carried_of = stored_frames("attention-delivery-table")
    listed = attention_of[attention_of["theme_id"].isin(["security", "economy"])]
    fields = tables.delivery_table(listed, delivery, carried_of, EN).fields
    assert fields == {
        "without": "none",
        "idle_stated": "Security and Economy and trade",
        "idle": "none",
    }
    coverage, led = stored_frames("theme-coverage-table")
    few = coverage[coverage["theme_id"].isin(["geopolitics", "people"])]
    fields = tables.coverage_table(few, led, EN).fields
    assert (fields["started"], fields["carried_stated"], fields["carried"]) == ("2", "0", "1")


def test_coverage_lists_the_stages_that_occur() -> None:
    coverage = argument.coverage(data.point_theme_weights(), data.load("themes"))
    first = coverage[coverage["stage"].isin(["context", "outcome"])]
    table = tables.coverage_table(first, carried("context"), EN)
    assert heads(table, "number")[:2] == ["Context", "Outcomes"]
    assert (table.fields["stages"], table.fields["themes"]) == ("2", "11")
    assert row_of(table, "Political")[1:3] == ("7.8%", "26.2%")


def test_loose_ends_are_counted_by_stated_links_and_named_with_all() -> None:
    table = table_of("loose-ends", EN, as_it_is)
    assert row_of(table, "Challenges")[2] == "1: Russia's lasting role"
    assert table.fields["unanswered"] == "Exchange between peoples"
    assert table.fields["unanswered_stated"] == "9"
    nothing = table_of("loose-ends", EN, lambda frame: frame[:0])
    assert {row[1] for row in nothing.rows} == {"0: none"}


def test_lines_of_reasoning_are_counted_twice_in_a_cell() -> None:
    table = table_of("paths", EN, as_it_is)
    assert row_of(table, "A fast-changing world")[1] == "0 / 2"
    assert (table.fields["stated"], table.fields["every"]) == ("0", "94")
    assert (table.fields["reached"], table.fields["outcomes"]) == ("0", "7")
    pursued = "outcome-strategic-partnership-pursues-goal-strategic-standing"
    told = {"basis": "stated", "passage_id": "outcomes.1.1", "reason_ar": None, "reason_en": None}
    with data.what_if(argument_links=changed("argument_links", pursued, **told)):
        table = tables.path_table(argument.path_counts(data.load("points"), data.links()), EN)
    assert row_of(table, "A fast-changing world")[1] == "1 / 2"
    assert table.fields["reached"] == "1"


def test_sections_are_summed() -> None:
    table = tables.section_table(data.section_counts(), EN)
    assert table.rows[-1] == ("Total", "148", "355", "306", "35", "223")
    two = tables.section_table(data.section_counts().iloc[3:5], EN)
    assert two.rows[-1][1] == str(sum(int(row[1]) for row in two.rows[:-1]))


# Sources


def citation(lang: Language = EN, **cells: object) -> str:
    row = {
        "source_publisher": "The Diplomat",
        "source_date": pd.Timestamp("2015-12-21"),
        "source_carrier": None,
    }
    return tables.citation_of(row | cells, lang)


def test_a_citation_names_origin_year_and_carrier() -> None:
    assert citation() == "The Diplomat, 2015"
    assert citation(source_carrier="24.kg") == "The Diplomat, 2015, via 24.kg"
    assert citation(AR, source_carrier="24.kg") == "The Diplomat, 2015, عبر 24.kg"
    assert citation(source_publisher=None) == ""


def test_an_undated_source_still_names_its_carrier() -> None:
    undated = {"source_date": pd.NaT, "source_carrier": "Azernews"}
    assert citation(**undated) == "The Diplomat, via Azernews"
    assert citation(source_date=pd.NaT) == "The Diplomat"


def test_sources_in_a_table_are_those_of_its_rows() -> None:
    judged = data.judged_claims("goals")
    cited = judged.dropna(subset=["source_id"]).iloc[[0]]
    assert tables.claim_table(cited, EN).sources == (cited["source_id"].item(),)
    assert tables.claim_table(judged[judged["source_id"].isna()], EN).sources == ()


def test_a_minus_stays_before_its_number_in_a_line_from_the_right() -> None:
    cells = [[Column("a"), Column("b", "number")], [["القيمة −11.3% (أدنى من 0)", "−0.5"]]]
    arabic, english = (Table(lang, *cells).to_html() for lang in (Language("ar"), EN))
    assert 'القيمة <bdi dir="ltr">−11.3%</bdi> (أدنى' in arabic
    assert arabic.count('<bdi dir="ltr">−0.5</bdi>') == 1, "a column of numbers runs so already"
    assert "−11.3%" in english and '<bdi dir="ltr">−11.3%' not in english
