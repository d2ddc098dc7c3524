"""How the report fares when it is checked: cells, bars, origins and tables follow the checks."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest
from changes import changed
from figures import drawn
from matplotlib.artist import Artist
from matplotlib.colors import to_hex

from helpers import arabic, charts, data, tables, theme
from helpers.charts import Chart
from helpers.charts.glance import _lines
from helpers.data import codes, load
from helpers.language import Language

# Charts are drawn once for all tests of one worker.
pytestmark = pytest.mark.xdist_group("charts")
AR, EN = Language("ar"), Language("en")
GLANCE, SECTIONS, KINDS = "report-at-a-glance", "verdicts-by-section", "verdicts-by-kind"


def by_gid(chart: Chart) -> dict[str, Artist]:
    return {artist.get_gid(): artist for artist in chart.figure.findobj() if artist.get_gid()}


def check(claim: str, **cells: object) -> dict[str, pd.DataFrame]:
    """The checks with other cells in the row of a claim."""
    return {"checks": changed("checks", f"{claim}-c1", **cells)}


def verdict_of(passage: str) -> str:
    return data.passage_verdicts().set_index("passage_id").at[passage, "verdict"]


def counted(by: str, group: str) -> dict[str, int]:
    rows = data.verdict_counts(by).query("group_id == @group")
    return dict(zip(rows["verdict"], rows["claims"].astype(int), strict=True))


def looks(verdict: str) -> dict:
    return codes("checks", "verdict")[verdict]


# Passages


def test_a_passage_has_the_worst_verdict_of_its_claims() -> None:
    """The meeting of Ashgabat: confirmed, imprecise and contradicted claims in one sentence."""
    assert verdict_of("context.6.1") == "contradicted"
    with data.what_if(**check("context.6.1-c", verdict="confirmed", origin=None)):
        assert verdict_of("context.6.1") == "imprecise"
        with data.what_if(**check("context.6.1-d", verdict="not_found", origin=None)):
            assert verdict_of("context.6.1") == "not_found"
            with data.what_if(**check("context.6.1-d", verdict="confirmed", origin=None)):
                assert verdict_of("context.6.1") == "confirmed"


def test_one_claim_that_can_be_checked_outweighs_those_that_cannot() -> None:
    claims = load("claims")
    mixed = claims.groupby("passage_id")["checkable"].agg(["any", "all"])
    passages = data.passage_verdicts().set_index("passage_id")["verdict"]
    assert (passages[mixed[mixed["any"] & ~mixed["all"]].index] != "not_checkable").all()
    assert (passages[mixed[~mixed["any"]].index] == "not_checkable").all()


def test_a_repeated_claim_colours_every_passage_that_repeats_it() -> None:
    aid = ["abstract_ar.2.2", "abstract_en.2.2", "introduction.2.1", "outcomes.2.1"]
    assert {verdict_of(passage) for passage in aid} == {"imprecise"}
    with data.what_if(**check("introduction.2.1-c", verdict="contradicted")):
        assert {verdict_of(passage) for passage in aid} == {"contradicted"}


def test_what_claims_nothing_has_no_verdict() -> None:
    passages = data.passage_verdicts()
    silent = passages[passages["verdict"].isna()]
    assert set(silent["passage_id"]).isdisjoint(load("claims")["passage_id"])
    assert (silent["claims"] == 0).all() and len(passages) == len(load("passages"))


# The report at a glance


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_every_passage_is_a_cell_of_the_look_of_its_verdict(lang: Language) -> None:
    chart, artists = drawn(GLANCE, lang), by_gid(drawn(GLANCE, lang))
    for row in data.passage_verdicts().to_dict("records"):
        cell, says = artists[row["passage_id"]], chart.marks[row["passage_id"]]
        if not isinstance(row["verdict"], str):
            assert to_hex(cell.get_markerfacecolor()).upper() == theme.PALETTE["paper"]
            continue
        colour = theme.PALETTE[looks(row["verdict"])["colour"]]
        face = theme.PALETTE["paper"] if row["weak"] else colour
        assert to_hex(cell.get_facecolor()).upper() == face
        assert to_hex(cell.get_edgecolor()).upper() == colour
        assert lang.label("checks", "verdict", row["verdict"]) in says
        assert lang.pick(row, "text") in says


def test_a_verdict_is_known_without_its_colour() -> None:
    """Each cell with a claim has the shape of its verdict in its middle."""
    chart = drawn(GLANCE, EN)
    artists, axes = by_gid(chart), chart.figure.axes[0]
    shapes = {
        (line.get_xdata()[0], line.get_ydata()[0]): line.get_marker()
        for line in axes.lines
        if not line.get_gid()
    }
    rows = data.passage_verdicts().dropna(subset=["verdict"])
    for passage, verdict in zip(rows["passage_id"], rows["verdict"], strict=True):
        box = artists[passage].get_path().get_extents()
        middle = (round((box.x0 + box.x1) / 2, 6), round((box.y0 + box.y1) / 2, 6))
        found = {(round(x, 6), round(y, 6)): marker for (x, y), marker in shapes.items()}
        assert found[middle] == looks(verdict)["marker"], passage


@pytest.mark.parametrize("size", ["reading", "projecting"])
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_cells_follow_each_other_in_reading_order(lang: Language, size: str) -> None:
    """From the start side to the end, line below line, a gap between paragraphs of a section."""
    chart = drawn(GLANCE, lang, size)
    with theme.unframed(chart.figure, lang, chart.size) as figure:
        figure.canvas.draw()
        places = {
            gid: artist.get_window_extent()
            for gid, artist in by_gid(chart).items()
            if gid in chart.marks
        }
    assert len({(box.x0, box.y0) for box in places.values()}) == len(load("passages"))
    rows = data.passage_verdicts().to_dict("records")
    steps = Counter()
    for row, following in pairwise(rows):
        one, other = places[row["passage_id"]], places[following["passage_id"]]
        below = one.y0 + one.y1 - other.y0 - other.y1 > one.height
        forward = (other.x0 + other.x1 - one.x0 - one.x1) * (-1 if lang.is_rtl else 1) > 0
        assert below or forward, following["passage_id"]
        assert below or row["section_id"] == following["section_id"], "a section opens a line"
        steps[below] += 1
    assert steps[True] >= len(load("sections")) - 1


def test_paragraphs_share_a_line_and_none_that_fits_on_one_is_broken() -> None:
    lines: dict[tuple[str, int], list[float]] = {}
    for _, line, row in _lines(data.passage_verdicts(), 20):
        lines.setdefault((row["section_id"], row["paragraph"]), []).append(line)
    assert all(len(set(own)) == 1 for own in lines.values() if len(own) <= 20)
    assert len({own[0] for own in lines.values()}) < 0.8 * len(lines)


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_the_key_counts_the_cells(lang: Language) -> None:
    chart = drawn(GLANCE, lang)
    texts = [arabic.restore(text.get_text()) for text in chart.figure.axes[0].texts]
    counts = data.passage_verdicts()["verdict"].value_counts()
    for verdict, count in counts.items():
        label = lang.label("checks", "verdict", verdict)
        assert any(label in text and text.endswith(f": {count}") for text in texts), verdict
    assert f"{lang.phrase('without-claims')}: {chart.fields['silent']}" in texts


def test_the_section_that_stands_out_follows_the_verdicts() -> None:
    passages = data.passage_verdicts()
    fields = charts.report_at_a_glance(passages, EN).fields
    assert (fields["firmest"], fields["openest"]) == ("Issues", "Conclusion")
    of_issues = passages["section_id"] == "issues"
    verdicts = passages["verdict"].astype("object").mask(of_issues, "imprecise")
    moved = charts.report_at_a_glance(passages.assign(verdict=verdicts), EN).fields
    assert moved["firmest"] != "Issues"
    alike = passages.assign(verdict=passages["verdict"].astype("object").mask(~of_issues, None))
    assert charts.report_at_a_glance(alike, EN).fields["firmest"] is None, "one is no leader"
    ending = (passages["section_id"] == "conclusion") & (passages["paragraph"] == 2)
    verdicts = passages["verdict"].astype("object").mask(ending, "confirmed")
    short = passages.assign(verdict=verdicts)[(passages["section_id"] != "conclusion") | ending]
    assert charts.report_at_a_glance(short, EN).fields["firmest"] == "Issues", "one is too few"


# Bars


@pytest.mark.parametrize("figure_id", [SECTIONS, KINDS])
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_a_bar_is_as_long_as_its_number_and_hollow_if_unsure(
    figure_id: str, lang: Language
) -> None:
    chart, artists = drawn(figure_id, lang), by_gid(drawn(figure_id, lang))
    by = "section_id" if figure_id == SECTIONS else "kind"
    for row in data.verdict_counts(by).to_dict("records"):
        gid = f"{row['group_id']}-{row['verdict']}"
        bar, number = artists[gid], artists[f"{gid}-text"]
        assert bar.get_width() == pytest.approx(row["claims"])
        assert arabic.restore(number.get_text()) == str(row["claims"])
        hollow = to_hex(bar.get_facecolor()).upper() == theme.PALETTE["paper"]
        assert hollow == (row["weak"] == row["claims"])
    assert len(chart.marks) == len(data.verdict_counts(by))


def test_what_is_partly_unsure_is_partly_hollow() -> None:
    counts = data.verdict_counts("section_id")
    counts.loc[counts["group_id"] == "issues", "weak"] = 1
    artists = by_gid(charts.verdict_bars(counts, EN))
    bar = artists["issues-confirmed"]
    (rest,) = [
        patch
        for patch in bar.axes.patches
        if (patch.get_x(), patch.get_width())
        == pytest.approx((bar.get_x() + bar.get_width() - 1, 1))
        and patch.get_y() == bar.get_y()
    ]
    assert to_hex(rest.get_facecolor()).upper() == theme.PALETTE["paper"]


def test_bars_of_one_verdict_stay_out_of_the_next_column() -> None:
    artists = by_gid(drawn(SECTIONS, EN))
    starts = {v: artists[f"line-{v}"].get_xdata()[0] for v in codes("checks", "verdict")}
    ordered = [*sorted(starts.values()), float("inf")]
    for row in data.verdict_counts("section_id").to_dict("records"):
        bar = artists[f"{row['group_id']}-{row['verdict']}"]
        end = ordered[ordered.index(starts[row["verdict"]]) + 1]
        assert (
            bar.get_x() == pytest.approx(starts[row["verdict"]])
            and bar.get_x() + bar.get_width() < end
        )


def test_only_sure_findings_are_judgements() -> None:
    """Low confidence and what cannot be checked are no judgement; a sure *not found* confirms
    nothing."""
    counts = data.verdict_counts("section_id")
    fields = charts.verdict_bars(counts, EN).fields
    assert int(fields["judged"]) == int(fields["confirmed"]) + int(fields["differing"])
    sure = counts.assign(weak=0)
    told = charts.verdict_bars(sure, EN).fields
    assert told["confirmed"] == fields["confirmed"]
    assert int(told["judged"]) == int(fields["judged"]) + int(fields["weak"])
    unsure = charts.verdict_bars(counts.assign(weak=counts["claims"]), EN).fields
    assert (unsure["judged"], unsure["mostly"], unsure["loosest"]) == ("0", None, None)


def test_the_loosest_kind_has_the_largest_share_of_enough_claims() -> None:
    counts = data.verdict_counts("kind")
    fields = charts.verdict_bars(counts, EN).fields
    assert (fields["loosest"], fields["loose"], fields["loose_judged"]) == ("figure", "4", "17")
    few = counts[~((counts["group_id"] == "figure") & (counts["verdict"] == "confirmed"))]
    assert charts.verdict_bars(few, EN).fields["loosest"] == "fact", "four claims are too few"


# Origins


def test_the_origins_of_the_differences_are_those_of_the_checks() -> None:
    differing = data.differences()
    assert set(differing["verdict"].astype("object")) == {"imprecise", "contradicted"}
    assert differing["origin"].notna().all()
    artists = by_gid(drawn("difference-origins", EN))
    heights = {
        origin: {artists[claim].get_ydata()[0] for claim in rows["claim_id"]}
        for origin, rows in differing.groupby("origin", observed=True)
    }
    assert all(len(places) == 1 for places in heights.values()), "one row an origin"
    assert len(set.union(*heights.values())) == len(heights)


def test_what_others_had_written_is_told_from_what_the_report_made_of_it() -> None:
    fields = charts.difference_origins(data.differences(), EN).fields
    assert (fields["mostly_inherited"], fields["differing"]) == ("10", "17")
    assert fields["own"] == "7"
    differing = data.differences()
    slips = differing.assign(origin="naming")
    assert charts.difference_origins(slips, EN).fields["mostly_inherited"] is None


def test_an_unknown_origin_says_so_and_comes_last() -> None:
    with data.what_if(**check("context.7.2-b", origin=None)):
        differing = data.differences()
        assert differing["claim_id"].iloc[-1] == "context.7.2-b"
        fields = charts.difference_origins(differing, EN).fields
        assert (fields["unknown"], fields["inherited"]) == ("1", "9")
        table = tables.difference_table(differing, EN)
    assert table.rows[-1][2] == f"imprecise – {EN.phrase('origin-unknown')}"


def test_what_is_found_with_low_confidence_is_no_difference() -> None:
    with data.what_if(**check("context.7.2-b", confidence="low")):
        assert "context.7.2-b" not in set(data.differences()["claim_id"])


# Tables


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_the_counts_of_a_row_add_up(lang: Language) -> None:
    counts = data.verdict_counts("section_id", "kind", "theme_id", "confidence")
    for row in tables.verdict_table(counts, lang).rows:
        numbers = [int("".join(filter(str.isdigit, cell)) or 0) for cell in row[2:]]
        assert sum(numbers[:-1]) == numbers[-1], row


def test_a_difference_has_both_readings_its_origin_and_its_source() -> None:
    differing = data.differences()
    rows = {row[0]: row for row in tables.difference_table(differing, EN).rows}
    assert len(rows) == len(differing)
    _, report, origin, sources, cited = rows["context.6.1-c"]
    assert "28 March" in report and "27 March" in sources and cited
    assert origin == "contradicted – dateline taken for the date"
    assert rows["outcomes.2.3-b"][2].endswith(": The Astana Times"), "whose reference it was"


def test_a_reference_counts_the_claims_that_are_tied_to_it() -> None:
    table = tables.reference_table(data.references(), EN)
    assert [row[0] for row in table.rows] == list(load("references")["reference_id"])
    ties = load("claim_references")["reference_id"].value_counts()
    for row in table.rows:
        told = row[5].partition(" ")[0]
        assert told == str(ties.get(row[0], "—")), row[0]
    assert table.fields["tied"] == str(len(ties)) and table.fields["claims"] == str(ties.sum())
    assert table.fields["most"] == ties.idxmax()


# The exercise


def test_the_exercise_does_what_it_says() -> None:
    before = counted("section_id", "context")
    edits = {"verdict": "confirmed", "origin": None}
    with data.what_if(**check("context.12.3-a", **edits)):
        after = counted("section_id", "context")
        assert after["contradicted"] == before["contradicted"] - 1
        assert after["confirmed"] == before["confirmed"] + 1
        assert verdict_of("context.12.3") == "imprecise"
        assert "context.12.3-a" not in set(data.differences()["claim_id"])
        assert data.validate() == []
    with data.what_if(**check("context.12.3-a", **edits | {"origin": "reference"})):
        (fault,) = data.validate()
    assert (fault.field, fault.value) == ("origin", "reference")
