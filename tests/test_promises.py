"""Charts and tables of the promises: what they show, on any part of them, in both languages."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.artist import Artist
from matplotlib.colors import to_hex

from helpers import arabic, charts, tables, theme
from helpers.charts import Chart
from helpers.data import codes, edition_day, promise_events, promises, stage_codes
from helpers.evidence import replay, scores, state
from helpers.language import Language

pytestmark = pytest.mark.xdist_group("charts")
AR, EN, INDIC = Language("ar"), Language("en"), Language("ar", digits="arabic-indic")


@pytest.fixture(scope="module")
def states() -> pd.DataFrame:
    return state(promises(), promise_events(), edition_day())


def by_gid(chart: Chart) -> dict[str, Artist]:
    return {artist.get_gid(): artist for artist in chart.figure.findobj() if artist.get_gid()}


def parts(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Return a frame shuffled, filtered, of one row and of none."""
    shuffled = frame.sample(frac=1, random_state=7)
    return [frame.iloc[::-1], shuffled, frame.iloc[1::2], frame.iloc[2:3], frame.iloc[:0]]


def test_charts_draw_any_part_of_the_promises_on_a_wall(states: pd.DataFrame) -> None:
    """What they draw on a page, ``test_every_chart`` asks."""
    lang, size = INDIC, "projecting"
    for draw, frame in (
        (charts.commitment_tracker, states),
        (charts.words_and_deeds, states),
        (charts.score_band, scores(states)),
    ):
        whole = draw(frame, lang, size)
        for number, part in enumerate(parts(frame)):
            chart = draw(part, lang, size)
            assert arabic.unprepared(chart.figure) == []
            assert list(chart.fields) == list(whole.fields)
            assert all(str(value).strip() for value in chart.fields.values())
            assert number > 1 or dict(chart.marks) == dict(whole.marks)
        assert not draw(frame.iloc[:0], lang, size).marks


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_a_promise_stands_on_the_rung_of_its_stage(states: pd.DataFrame, lang: Language) -> None:
    chart = charts.commitment_tracker(states, lang)
    marks = by_gid(chart)
    standings = codes("commitment_stages", "standing")
    assert set(chart.marks) == set(states["commitment_id"])
    for _, row in states.iterrows():
        mark = marks[row["commitment_id"]]
        assert mark.get_xdata()[0] == min(row["stage_order"], row["rungs"])
        colour = theme.PALETTE[standings[row["standing"]]["colour"]]
        assert to_hex(mark.get_markerfacecolor()).upper() == colour
        assert marks[f"{row['commitment_id']}-goal"].get_xdata()[0] == row["kept_order"]
    first, last = chart.figure.axes[0].get_xlim()
    assert (first > last) == lang.is_rtl


def test_a_mark_says_stage_deadline_and_freshness(states: pd.DataFrame) -> None:
    says = charts.commitment_tracker(states, EN).marks["parliamentary-cooperation"]
    for part in ("announced", "words only", "overdue", "284"):
        assert part in says


def test_rows_of_the_tracker_do_not_run_into_each_other(states: pd.DataFrame) -> None:
    for lang in (AR, EN):
        figure = charts.commitment_tracker(states, lang).figure
        figure.draw_without_rendering()
        boxes = [label.get_window_extent() for label in figure.axes[0].get_yticklabels()]
        ordered = sorted(boxes, key=lambda box: box.y0)
        for below, above in pairwise(ordered):
            assert below.y1 <= above.y0 + 3
        assert all(box.x0 >= 0 and box.x1 <= figure.bbox.width for box in boxes)


def test_on_a_wall_stand_deadlines_and_ends(states: pd.DataFrame) -> None:
    chart = charts.commitment_tracker(states, EN, "projecting")
    shown = states[states["commitment_id"].isin(chart.marks)]
    assert len(shown) == 8
    assert (shown["deadline"].notna() | shown["standing"].isin(["kept", "broken"])).all()
    assert chart.fields == charts.commitment_tracker(states, EN).fields


def test_a_promise_without_a_stage_has_no_mark(states: pd.DataFrame) -> None:
    bare = state(promises(), promise_events().head(0), edition_day())
    chart = charts.commitment_tracker(bare, EN)
    assert not chart.marks and chart.fields["open"] == "0"


def test_the_tracker_counts_what_it_draws(states: pd.DataFrame) -> None:
    fields = charts.commitment_tracker(states, EN).fields
    counts = [fields[name] for name in ("open", "partial", "kept", "broken")]
    assert sum(map(int, counts)) == int(fields["promises"]) == len(states)
    assert (fields["overdue"], fields["unmeasured"]) == ("1", "7")


def test_segments_of_words_and_deeds_are_the_promises(states: pd.DataFrame) -> None:
    chart = charts.words_and_deeds(states, EN)
    assert sum(bar.get_width() for bar in chart.figure.axes[0].patches) == len(states)
    affirmed = states[(states["strength"] == "affirm") & (states["standing"] == "partial")]
    assert chart.marks["affirm-partial"].endswith(f": {len(affirmed)}")
    assert int(chart.fields["strong"]) + int(chart.fields["weak"]) == int(chart.fields["coded"])


def test_the_band_reaches_from_the_lowest_to_the_highest_score(states: pd.DataFrame) -> None:
    table = scores(states)
    chart = charts.score_band(table, EN)
    marks = by_gid(chart)
    places = [marks[gid].get_xdata()[0] for gid in chart.marks]
    assert len(places) == 6 and sorted(places) == sorted(table["score"])
    band = marks["band"]
    assert (band.get_x(), band.get_x() + band.get_width()) == pytest.approx(
        (min(places), max(places))
    )


# Tables


@pytest.mark.parametrize("lang", [AR, EN, INDIC], ids=["ar", "en", "ar-indic"])
def test_tables_list_any_part(states: pd.DataFrame, lang: Language) -> None:
    for part in (states, *parts(states)):
        assert len(tables.promise_table(part, lang).rows) == len(part)
    for part in parts(promises()):
        table = tables.promise_trail_table(part, promise_events(), lang)
        assert int(promise_events()["commitment_id"].isin(part["commitment_id"]).sum()) == len(
            table.rows
        )


def test_the_trail_marks_low_confidence_and_searches(states: pd.DataFrame) -> None:
    rogun = promises().query("commitment_id == 'dams-rogun'")
    table = tables.promise_trail_table(rogun, promise_events(), EN)
    assert [row[1] for row in table.rows][:2] == ["Mar 2025", "4 Apr 2025"]
    assert "low" in table.rows[0][2] and table.fields["weak"] == "2"
    assert table.rows[-1][4] == "searched in vain" and table.rows[-1][5] == ""


def test_the_table_says_stage_deadline_basis_and_freshness(states: pd.DataFrame) -> None:
    rows = {row[0]: row for row in tables.promise_table(states, EN).rows}
    row = rows["Sign the enhanced agreement with Uzbekistan"]
    assert row[2] == "consent (kept), 20 May 2026" and row[3] == "met in time (2025)"
    assert row[4] == "official word (medium)"
    parliament = rows["Closer parliamentary cooperation: an inter-parliamentary forum"]
    assert parliament[5] == "12 Feb 2026; searched in vain on 23 Nov 2026"


def test_the_table_of_days_lists_what_moved_and_only_that() -> None:
    days = ["2025-04-04", "2025-10-04", edition_day()]
    replayed = replay(promises(), promise_events(), days)
    table = tables.replay_table(replayed, EN)
    kinds = replayed.groupby("commitment_id")["stage_id"].nunique()
    assert len(table.rows) == (kinds > 1).sum() and len(table.columns) == 1 + len(days)
    assert all(len(set(row[1:])) > 1 for row in table.rows)
    still = tables.replay_table(replay(promises(), promise_events(), days[:1]), EN)
    assert not still.rows and still.fields["still"] == str(len(promises()))


def test_a_promise_made_later_is_not_counted_on_the_days_before() -> None:
    later, days = promises(), ["2025-04-20", "2025-06-01"]
    moved = later["commitment_id"] == "people-to-people"
    later.loc[moved, "promised_on"] = pd.Timestamp("2025-05-01")
    marks = charts.standings_by_day(replay(later, promise_events(), days), EN).marks
    for day, promised in zip(days, (len(later) - 1, len(later)), strict=True):
        counts = [int(says.rsplit(": ")[-1]) for gid, says in marks.items() if day in gid]
        assert sum(counts) == promised


def test_bars_of_days_are_the_standings_of_those_days() -> None:
    replayed = replay(promises(), promise_events(), ["2025-10-04", "2025-04-04"])
    chart = charts.standings_by_day(replayed, AR)
    counts = replayed.groupby(["as_of", "standing"]).size()
    said = {gid: int(says.rsplit(": ")[-1]) for gid, says in chart.marks.items()}
    assert said == {f"{day:%Y-%m-%d}-{standing}": n for (day, standing), n in counts.items()}
    assert next(iter(said)).startswith("2025-04-04"), "from the first day to the last"


def test_words_and_deeds_name_every_promise_once(states: pd.DataFrame) -> None:
    cells = [cell for row in tables.words_and_deeds_table(states, EN).rows for cell in row[1:]]
    for title in states["title_en"]:
        assert sum(title in cell for cell in cells) == 1, title


def test_marks_of_a_score_add_up_to_its_promises(states: pd.DataFrame) -> None:
    for row in tables.score_table(scores(states), EN).rows:
        counted, *marks = map(int, row[3:])
        assert sum(marks) == counted
        assert float(row[2].replace("\u2212", "-")) == round((marks[0] - marks[2]) / counted, 2)


def test_what_was_settled_is_what_the_tracker_says(states: pd.DataFrame) -> None:
    coded = stage_codes()
    settled = coded[coded["coder"] == "published"]
    reached = states.set_index("commitment_id")["stage_id"]
    assert not settled.empty and (settled["item"].map(reached) == settled["stage_id"]).all()
    rows = tables.stage_coding_table(coded, EN).rows
    assert [row[3] for row in rows] == list(settled["stage_en"])
    assert all(row[4] for row in rows), "each with its reason"
    assert tables.stage_coding_table(coded[coded["coder"] != "published"], EN).rows == ()


def test_what_has_ended_is_not_silent(states: pd.DataFrame) -> None:
    quiet = states[(states["days_since"] > 365)]
    waiting = quiet[~quiet["standing"].isin(["kept", "broken"])]
    assert charts.commitment_tracker(states, EN).fields["silent"] == str(len(waiting))
    assert len(waiting) < len(quiet)


def test_a_wall_says_that_it_shows_some(states: pd.DataFrame) -> None:
    def texts(size: str) -> str:
        return " ".join(
            t.get_text() for t in charts.commitment_tracker(states, EN, size).figure.axes[0].texts
        )

    assert "8 of 28" in texts("projecting") and "8 of 28" not in texts("reading")
