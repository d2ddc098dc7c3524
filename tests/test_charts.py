"""Charts say what their frames hold, on the side where the language expects it."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from figures import drawn, shown
from matplotlib.artist import Artist
from matplotlib.colors import to_hex
from matplotlib.dates import num2date
from matplotlib.path import Path
from matplotlib.text import Text

from helpers import arabic, argument, charts, data, theme
from helpers.charts import Chart, argument_layout, bars
from helpers.language import Language

# Charts are drawn once for all tests of one worker.
pytestmark = pytest.mark.xdist_group("charts")
AR, EN = Language("ar"), Language("en")
PALETTE = theme.PALETTE


@pytest.fixture(params=[AR, EN], ids=["ar", "en"])
def lang(request: pytest.FixtureRequest) -> Language:
    return request.param


def frame_of(figure_id: str, name: str | None = None) -> pd.DataFrame:
    """A copy of a frame of a chart; the one that holds the marks if none is named."""
    frames = dict(shown()[figure_id].frames)
    return frames[name or next(iter(frames))].copy()


def remade(figure_id: str, lang: Language = EN, **frames: pd.DataFrame) -> Chart:
    return shown()[figure_id].made(lang, **frames)


def by_gid(chart: Chart) -> dict[str, Artist]:
    return {artist.get_gid(): artist for artist in chart.figure.findobj() if artist.get_gid()}


def text_of(artist: Text) -> str:
    return arabic.restore(artist.get_text())


def heads_of(chart: Chart) -> list[str]:
    """Names of the columns 0, 1, … on whatever level and however many lines they stand."""
    axes = chart.figure.axes[0]
    heads = dict(zip(axes.get_xticks(), tick_texts(axes.get_xticklabels()), strict=True))
    upper = tick_texts(axes.get_xticklabels(minor=True))
    heads |= dict(zip(axes.get_xticks(minor=True), upper, strict=True))
    return [heads[place].replace("\n", " ") for place in sorted(heads)]


def tick_texts(ticks: list[Text]) -> list[str]:
    return [text_of(tick) for tick in ticks]


def legend_of(chart: Chart) -> list[str]:
    texts = tick_texts(chart.figure.axes[0].get_legend().get_texts())
    return [text for text in texts if text]


def rows_of(chart: Chart, panel: int = 0) -> dict[str, float]:
    axes = chart.figure.axes[panel]
    return dict(zip(tick_texts(axes.get_yticklabels()), axes.get_yticks(), strict=True))


def box_of(chart: Chart, gid: str):
    return by_gid(chart)[gid].get_window_extent(chart.figure.canvas.get_renderer())


def colour_of(artist: Artist) -> str:
    return to_hex(artist.get_edgecolor()).upper()


# Timeline

EVENTS = "relations-timeline"


@pytest.mark.one_of(2)
def test_the_timeline_marks_every_event_at_its_date(lang: Language) -> None:
    marks = by_gid(drawn(EVENTS, lang))
    for _, event in frame_of(EVENTS).iterrows():
        (x,) = marks[event["event_id"]].get_xdata()
        day = num2date(x).replace(tzinfo=None)
        assert event["date_start"] <= day <= event["last_day"], event["event_id"]


def test_the_timeline_runs_in_the_direction_of_the_language(lang: Language) -> None:
    axes = drawn(EVENTS, lang).figure.axes[0]
    first, last = axes.get_xlim()
    assert (first > last) == lang.is_rtl
    assert axes.yaxis.get_ticks_position() == lang.start


def test_the_timeline_writes_dates_no_finer_than_they_are_known(lang: Language) -> None:
    marks, events = by_gid(drawn(EVENTS, lang)), frame_of(EVENTS)
    written = [text_of(marks[f"{event_id}-date"]) for event_id in events["event_id"]]
    assert written == [
        lang.date(e["date_start"], e["precision"], e["date_end"]) for _, e in events.iterrows()
    ]
    assert "2007" in written


def test_the_timeline_names_the_kind_of_each_event_by_its_row(lang: Language) -> None:
    """So that no shape or hue has to be looked up in a legend."""
    chart, events = drawn(EVENTS, lang), frame_of(EVENTS).sort_values(["date_start", "event_id"])
    kinds = lang.labels("events", "kind")
    rows = tick_texts(chart.figure.axes[0].get_yticklabels())
    assert rows == [kinds[kind] for kind in events["kind"]]
    assert not set(kinds.values()) & set(legend_of(chart))


def test_dates_stand_between_mark_and_title(lang: Language) -> None:
    chart = drawn(EVENTS, lang)
    chart.figure.draw_without_rendering()
    for event_id in frame_of(EVENTS)["event_id"]:
        middles = [
            (box.x0 + box.x1) / 2
            for box in (box_of(chart, f"{event_id}{part}") for part in ("", "-date", "-title"))
        ]
        assert middles in (sorted(middles), sorted(middles, reverse=True)), event_id
        date, title = box_of(chart, f"{event_id}-date"), box_of(chart, f"{event_id}-title")
        assert not date.overlaps(title)


def test_the_timeline_shows_precision() -> None:
    chart = drawn(EVENTS, EN)
    marks, events = by_gid(chart), frame_of(EVENTS)
    for _, event in events.iterrows():
        hollow = marks[event["event_id"]].get_markerfacecolor() == PALETTE["paper"]
        assert hollow == (event["precision"] != "day"), event["event_id"]
    spans = [line for line in chart.figure.axes[0].lines if len(set(line.get_xdata())) > 1]
    years = events[events["precision"] == "year"]
    kinds = data.codes("events", "kind")
    assert all(350 < abs(b - a) < 366 for a, b in (span.get_xdata() for span in spans))
    assert [span.get_color() for span in spans] == [
        PALETTE[kinds[kind]["colour"]] for kind in years["kind"]
    ], "the bar of a year has the colour of its kind"


def test_the_timeline_marks_the_date_that_sources_contradict(lang: Language) -> None:
    chart = drawn(EVENTS, lang)
    halos = [gid for gid in by_gid(chart) if gid.endswith("-disputed")]
    assert halos == ["ministerial-ashgabat-2025-disputed"]
    sourced = lang.date(pd.Timestamp("2025-03-27"), "day")
    reported = lang.date(pd.Timestamp("2025-03-28"), "day")
    assert sourced in text_of(by_gid(chart)["ministerial-ashgabat-2025-title"])
    assert reported == text_of(by_gid(chart)["ministerial-ashgabat-2025-date"])
    assert sourced in chart.marks["ministerial-ashgabat-2025"]
    assert reported in chart.marks["ministerial-ashgabat-2025"]
    assert lang.phrase("date-disputed") in legend_of(chart)


def test_titles_of_the_timeline_stand_on_the_open_side(lang: Language) -> None:
    chart = drawn(EVENTS, lang)
    chart.figure.draw_without_rendering()
    for event_id, after in (("eu-strategy-2007", True), ("summit-samarkand-2025", False)):
        mark, title = box_of(chart, event_id), box_of(chart, f"{event_id}-title")
        assert (title.x0 >= mark.x1) == (after != lang.is_rtl), event_id


@pytest.mark.parametrize(
    ("first", "last"),
    [("2025-01-01", "2025-12-31"), ("2025-03-01", "2025-03-31"), ("2019-01-01", "2019-12-31")],
)
def test_the_timeline_fits_the_events_of_a_year_or_a_month(
    lang: Language, first: str, last: str
) -> None:
    """Axis, ticks and sides of titles follow from what is drawn, not from the whole table."""
    events = frame_of(EVENTS)
    events = events[events["date_start"].between(first, last)]
    chart = charts.relations_timeline(events, lang)
    axes = chart.figure.axes[0]
    start, end = sorted(axes.get_xlim())
    ticks = axes.get_xticks()
    assert len(ticks) >= 2 and start <= min(ticks) and max(ticks) <= end
    assert len(set(tick_texts(axes.get_xticklabels()))) == len(ticks), "each tick says its own"
    days = (events["last_day"].max() - events["date_start"].min()).days
    assert end - start <= 8 * max(days, 28), "no years of emptiness around a month"
    with theme.framed(chart.figure, lang, chart.size, "t", "s", "c"):
        area = axes.get_window_extent()
        for event_id in events["event_id"]:
            title = box_of(chart, f"{event_id}-title")
            assert area.x0 - 2 <= title.x0 and title.x1 <= area.x1 + 2, "titles stay off the rows"


def test_the_timeline_shades_the_span_since_the_first_leaders_meeting(lang: Language) -> None:
    events, chart = frame_of(EVENTS), drawn(EVENTS, lang)
    leaders = data.codes_where("events", "kind", leaders=True)
    since = events[events["kind"].isin(leaders)]["date_start"].min()
    recent = lang.number(int((events["date_start"] >= since).sum()))
    assert (chart.fields["recent"], chart.fields["since"]) == (recent, lang.date(since, "month"))
    days = (
        by_gid(chart)["dense-span"]
        .get_extents()
        .transformed(chart.figure.axes[0].transData.inverted())
    )
    ends = [num2date(day).replace(tzinfo=None) for day in sorted((days.x0, days.x1))]
    for day, expected in zip(ends, (since, events["last_day"].max()), strict=True):
        assert abs(day - expected) < pd.Timedelta(hours=1)
    assert lang.phrase("since-first-meeting") in legend_of(chart)


def test_a_timeline_without_a_leaders_meeting_shades_nothing() -> None:
    events = frame_of(EVENTS)
    leaders = data.codes_where("events", "kind", leaders=True)
    chart = charts.relations_timeline(events[~events["kind"].isin(leaders)], EN)
    assert "dense-span" not in by_gid(chart)
    assert (chart.fields["recent"], chart.fields["since"]) == ("0", EN.phrase("none"))


def test_the_legend_of_the_timeline_names_what_occurs() -> None:
    events = frame_of(EVENTS)
    day = events[(events["kind"] == "visit") & (events["precision"] == "day")]
    assert legend_of(charts.relations_timeline(day, EN)) == [EN.phrase("day-known")]


# Ladder

LADDER = "agreements-ladder"


def test_the_ladder_puts_each_stage_in_its_column_and_lane(lang: Language) -> None:
    chart = drawn(LADDER, lang)
    axes, marks, rows = chart.figure.axes[0], by_gid(chart), rows_of(chart)
    columns = list(lang.labels("agreement_stages", "stage").values())
    assert tick_texts(axes.get_xticklabels()) == columns
    assert (axes.get_xlim()[0] > axes.get_xlim()[1]) == lang.is_rtl
    for _, stage in frame_of(LADDER).dropna(subset="stage").iterrows():
        (x,), (y,) = marks[stage["stage_id"]].get_data()
        assert columns[int(x)] == lang.label("agreement_stages", "stage", stage["stage"])
        above = y > rows[lang.country(stage["country_id"])]
        assert above == (stage["said_by"] == "report"), stage["stage_id"]


def test_a_bar_of_the_ladder_joins_the_first_stage_told_to_the_furthest_that_is_done() -> None:
    stages, marks = frame_of(LADDER), by_gid(drawn(LADDER, EN))
    places = {stage: n for n, stage in enumerate(data.codes("agreement_stages", "stage"))}
    done = stages[stages["stage"].notna()]
    done = done[~done["expected"].astype(bool)]
    for (country, account), told in done.groupby(["country_id", "said_by"], observed=True):
        reached = [places[stage] for stage in told["stage"]]
        ends = [min(reached), max(reached)]
        assert list(marks[f"{country}-{account}-reach"].get_xdata()) == ends
    assert marks["KAZ-source-reach"].get_xdata()[0] > 0, "no bar before the first mark"
    assert list(marks["UZB-report-reach"].get_xdata()) == [0, 0], "expected is not done"


@pytest.mark.parametrize(
    ("stage_id", "date", "precision"),
    [
        ("kazakhstan-in-force-report", "2020-03-01", "month"),
        ("kazakhstan-in-force-source", "2020-03-01", "day"),
        ("kyrgyzstan-signed-report", "2024-06-01", "month"),
        ("kyrgyzstan-signed-source", "2024-06-25", "day"),
        ("tajikistan-concluded-report", "2024-01-01", "year"),
    ],
)
def test_the_ladder_dates_each_stage(
    lang: Language, stage_id: str, date: str, precision: str
) -> None:
    chart = drawn(LADDER, lang)
    written = lang.date(pd.Timestamp(date), precision)
    assert text_of(by_gid(chart)[f"{stage_id}-date"]) == written
    assert written in chart.marks[stage_id]


def test_the_ladder_says_what_is_undated_expected_or_outside(lang: Language) -> None:
    chart = drawn(LADDER, lang)
    marks = by_gid(chart)
    assert text_of(marks["kazakhstan-signed-report-date"]) == lang.phrase("undated")
    expected = marks["uzbekistan-signed-report"]
    assert expected.get_markerfacecolor() == PALETTE["paper"]
    assert text_of(marks["uzbekistan-signed-report-date"]) == lang.phrase(
        "expected-in", value="2025"
    )
    outside = marks["TKM-outside"]
    assert text_of(outside) == lang.phrase("no-enhanced-agreement")
    assert outside.get_position()[1] == rows_of(chart)[lang.country("TKM")]
    assert chart.fields["outside"] == lang.country("TKM")
    assert chart.fields["furthest"] == lang.country("KAZ")


def test_a_ladder_of_countries_without_an_agreement_reaches_nothing() -> None:
    stages = frame_of(LADDER)
    chart = charts.agreements_ladder(stages[stages["stage"].isna()], EN)
    assert chart.fields["furthest"] == EN.phrase("none")
    assert list(chart.marks) == ["TKM-outside"]


def test_a_further_account_has_a_lane_of_its_own(more_accounts) -> None:
    marks = by_gid(remade(LADDER))
    report, other = marks["kazakhstan-signed-report"], marks["kazakhstan-signed-source"]
    (high,), (low,) = report.get_ydata(), other.get_ydata()
    assert high - low == pytest.approx(0.88 / 3), "three lanes share the row"
    assert "a partner" in legend_of(remade(LADDER))


@pytest.fixture
def more_accounts(data_copy) -> None:
    """The schema of a data folder in which a third party tells stages and sums too."""
    import json

    path = data_copy / "schema/agreement_stages.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    (said_by,) = (entry for entry in schema["fields"] if entry["name"] == "said_by")
    partner = said_by["codes"][-1] | {"value": "partner", "colour": "rose"}
    said_by["codes"].append(partner | {"title_en": "a partner", "title_ar": "شريك"})
    said_by["constraints"]["enum"].append("partner")
    path.write_text(json.dumps(schema), encoding="utf-8")


# Matrices

FACTORS, COVERAGE = "factor-themes", "theme-coverage"


def test_the_matrix_writes_each_weight_in_its_cell(lang: Language) -> None:
    weights, chart = frame_of(FACTORS), drawn(FACTORS, lang)
    marks, rows, heads = by_gid(chart), rows_of(chart), heads_of(chart)
    for _, row in weights.iterrows():
        text = marks[f"{row['point_id']}-{row['theme_id']}-text"]
        assert text_of(text) == lang.share(row["weight"]).strip("%")
        x, y = text.get_position()
        assert heads[x] == row[lang.column("theme")]
        assert y == rows[row[lang.column("title")]]
    cells = [gid for gid in marks if gid.endswith("-text") and not gid.startswith("mean-")]
    assert len(cells) == len(weights), "nothing is written where there is no weight"


def test_an_eighth_is_written_as_it_is() -> None:
    """Rounded to whole numbers, eight eighths would sum to 96."""
    eighths = frame_of(FACTORS).assign(weight=0.125)
    texts = [text_of(text) for text in charts.theme_matrix(eighths, EN).figure.axes[0].texts]
    assert texts.count("12.5") >= len(eighths)
    assert "12" not in texts


def test_the_matrix_starts_on_the_side_of_the_language(lang: Language) -> None:
    axes = drawn(FACTORS, lang).figure.axes[0]
    assert (axes.get_xlim()[0] > axes.get_xlim()[1]) == lang.is_rtl
    assert axes.yaxis.get_ticks_position() == lang.start


def test_the_matrix_ends_with_the_mean_of_all_rows() -> None:
    weights, chart = frame_of(FACTORS), drawn(FACTORS, EN)
    means = weights.groupby("theme_id")["weight"].sum() / weights["point_id"].nunique()
    texts = {gid: text_of(a) for gid, a in by_gid(chart).items() if gid.endswith("-text")}
    for theme_id, mean in means.items():
        assert texts[f"mean-{theme_id}-text"] == EN.share(mean).strip("%")
    assert chart.fields["top_share"] == EN.share(means.max())


def test_more_is_darker_and_can_be_read_on_its_ground() -> None:
    """Text has a contrast of 4.5 or more against any shade (WCAG AA)."""
    shades = [theme.shade(share / 40) for share in range(41)]
    for shade in shades:
        assert theme.contrast(shade, theme.ink_on(shade)) >= 4.5, shade
    ground = [theme.contrast(shade, PALETTE["paper"]) for shade in shades]
    assert all(one < other for one, other in pairwise(ground))
    marks = by_gid(drawn(FACTORS, EN))
    for gid in [gid for gid in marks if f"{gid}-text" in marks]:
        fill = to_hex(marks[gid].get_facecolor())
        assert theme.contrast(fill, marks[f"{gid}-text"].get_color()) >= 4.5, gid
    dark, light = (
        theme.contrast(to_hex(marks[f"{gid}"].get_facecolor()), PALETTE["paper"])
        for gid in ("context-climate-climate-water", "context-partnerships-people")
    )
    assert dark > light


def test_guides_of_the_matrix_end_above_the_means() -> None:
    axes = drawn(FACTORS, EN).figure.axes[0]
    lowest = min(p.get_y() + p.get_height() for p in axes.patches)
    (guides,) = axes.collections
    assert min(y for line in guides.get_segments() for _, y in line) == pytest.approx(lowest)


def test_the_matrix_follows_the_table() -> None:
    """What the exercise of 01_context promises: the cell moves, the sentence names another theme."""
    table = data.load("point_themes")
    table.loc[table["point_id"] == "context-us-tariffs", "theme_id"] = "geopolitics"
    with data.what_if(point_themes=table):
        chart = charts.theme_matrix(data.point_theme_weights("context"), EN)
    assert "context-us-tariffs-geopolitics" in chart.marks
    assert "context-us-tariffs-economy" not in chart.marks
    assert chart.fields["top_theme"] != drawn(FACTORS, EN).fields["top_theme"]


def test_the_sentence_names_the_first_of_equal_themes() -> None:
    weights = frame_of(FACTORS)
    equal = weights[weights["point_id"] == "context-regional-cooperation"]
    assert len(equal) > 2 and equal["weight"].nunique() == 1
    chart = charts.theme_matrix(equal, EN)
    assert chart.fields["top_theme"] == equal.sort_values("theme_order")["theme_en"].iloc[0]
    assert chart.fields["single"] == "0"


def test_coverage_writes_each_share(lang: Language) -> None:
    coverage, chart = frame_of(COVERAGE), drawn(COVERAGE, lang)
    marks, rows = by_gid(chart), rows_of(chart)
    heads = [head.strip("*") for head in heads_of(chart)]
    assert heads == [code[lang.column("plural")] for code in data.codes("points", "stage").values()]
    for _, row in coverage.iterrows():
        gid = f"{row['theme_id']}-{row['stage']}"
        assert (gid in chart.marks) == (row["weight"] > 0)
        if row["weight"] > 0:
            x, y = marks[f"{gid}-text"].get_position()
            assert text_of(marks[f"{gid}-text"]) == lang.share(row["weight"]).strip("%")
            assert heads[x] == lang.labels("points", "stage", "plural")[row["stage"]]
            assert y == rows[row[lang.column("theme")]]


def test_a_stage_whose_shares_are_equal_is_starred_and_explained(lang: Language) -> None:
    coverage, plural = frame_of(COVERAGE), lang.labels("points", "stage", "plural")
    told = (coverage["stage"] == "issue") & (coverage["weight"] > 0)
    coverage.loc[told, "weight"] = 0.125
    even = charts.coverage_matrix(coverage, lang)
    assert f"{plural['issue']}*" in heads_of(even)
    assert f"{plural['goal']}*" not in heads_of(even), "a theme of the goals weighs more"
    assert lang.phrase("equal-shares") in text_of(by_gid(even)["equal-shares"])
    coverage.loc[coverage[coverage["weight"] > 0].drop_duplicates("stage").index, "weight"] *= 2
    uneven = charts.coverage_matrix(coverage, lang)
    assert not any(head.endswith("*") for head in heads_of(uneven))
    assert "equal-shares" not in by_gid(uneven)


def test_points_with_more_themes_stand_above(lang: Language) -> None:
    weights, rows = frame_of(FACTORS), rows_of(drawn(FACTORS, lang))
    themes = weights.groupby(lang.column("title"))["theme_id"].nunique()
    from_the_top = sorted((name for name in rows if name in themes), key=lambda name: -rows[name])
    numbers = [int(themes[name]) for name in from_the_top]
    assert len(numbers) == len(themes) and numbers == sorted(numbers, reverse=True)


def test_coverage_names_what_vanishes_and_what_leads() -> None:
    coverage = frame_of(COVERAGE)
    gone = coverage["theme_id"].eq("economy") & coverage["stage"].eq("outcome")
    coverage.loc[gone, "weight"] = 0.0
    top = coverage["theme_id"].eq("digital") & coverage["stage"].eq("outcome")
    coverage.loc[top, "weight"] = 0.9
    fields = charts.coverage_matrix(coverage, EN).fields
    assert "Economy and trade" in fields["absent"]
    assert fields["top_outcome"] == "Digital"
    assert fields["top_context"] == drawn(COVERAGE, EN).fields["top_context"]


def test_a_matrix_without_outcomes_says_that_all_themes_are_without() -> None:
    coverage = frame_of(COVERAGE)
    fields = charts.coverage_matrix(coverage[coverage["stage"] == "context"], EN).fields
    assert fields["top_outcome"] == EN.phrase("none")
    assert fields["absent"].count(",") >= 7


# Argument maps

OVERVIEW = "argument-overview"
MAPS = (OVERVIEW, "issue-outcome-flow", "threat-map")


@pytest.mark.parametrize("chart_id", MAPS)
def test_maps_draw_every_point_and_link_once(chart_id: str, lang: Language) -> None:
    chart = drawn(chart_id, lang)
    marks, links = by_gid(chart), data.links()
    titles = data.load("points").set_index("point_id")[lang.column("title")]
    shown_points = set(marks) & set(titles.index)
    ends = links["from_point"].isin(shown_points) & links["to_point"].isin(shown_points)
    if chart_id == "threat-map":
        ends &= links["relation"].isin(["threatens", "mitigates"])
    assert set(marks) & set(links["link_id"]) == set(links[ends]["link_id"])
    assert shown_points >= {*links[ends]["from_point"], *links[ends]["to_point"]}
    for point in shown_points:
        assert text_of(marks[f"{point}-text"]).replace("\n", " ") == titles[point]
        assert chart.marks[point] == titles[point]


def test_a_link_says_its_sentence(lang: Language) -> None:
    chart = drawn(OVERVIEW, lang)
    for _, link in data.links().iterrows():
        says = chart.marks[link["link_id"]]
        relation = lang.label("argument_links", "relation", link["relation"])
        sentence = f"{link[lang.column('from')]} {relation} {link[lang.column('to')]}"
        assert says.startswith(sentence)
        assert lang.label("argument_links", "basis", link["basis"]) in says


def test_the_overview_runs_from_context_to_advice(lang: Language) -> None:
    chart = drawn(OVERVIEW, lang)
    chart.figure.draw_without_rendering()
    places = [box_of(chart, f"stage-{stage}").x0 for stage in data.codes("points", "stage")]
    assert places == sorted(places, reverse=lang.is_rtl)


@pytest.mark.parametrize("chart_id", MAPS)
def test_titles_stay_inside_their_boxes(chart_id: str, lang: Language) -> None:
    chart = drawn(chart_id, lang)
    chart.figure.draw_without_rendering()
    for gid in [gid for gid in by_gid(chart) if f"{gid}-text" in by_gid(chart)]:
        box, text = box_of(chart, gid), box_of(chart, f"{gid}-text")
        assert box.x0 + 4 <= text.x0 and text.x1 <= box.x1 - 4, gid
        assert box.y0 - 2 <= text.y0 and text.y1 <= box.y1 + 2, gid


def test_stated_links_are_solid_and_inferred_ones_broken() -> None:
    marks = by_gid(drawn(OVERVIEW, EN))
    for _, link in data.links().iterrows():
        solid = marks[link["link_id"]].get_linestyle() in ("solid", "-")
        assert solid == (link["basis"] == "stated"), link["link_id"]


def test_each_relation_has_the_colour_of_its_code() -> None:
    marks, relations = by_gid(drawn(OVERVIEW, EN)), data.codes("argument_links", "relation")
    colours = {name: theme.line_colour(code["colour"]) for name, code in relations.items()}
    assert len(set(colours.values())) == len(colours)
    for _, link in data.links().iterrows():
        assert colour_of(marks[link["link_id"]]) == colours[link["relation"]], link["link_id"]
    legend = drawn(OVERVIEW, EN).figure.axes[0].get_legend()
    drawn_lines = dict(zip(legend_of(drawn(OVERVIEW, EN)), _lines(legend), strict=False))
    for name, colour in colours.items():
        assert drawn_lines[EN.label("argument_links", "relation", name)] == colour


def _lines(legend) -> list[str]:
    handles = [handle for handle in legend.legend_handles if handle.get_label()]
    return [to_hex(handle.get_color()).upper() for handle in handles]


def test_links_end_at_the_point_their_sentence_ends_with() -> None:
    marks = by_gid(drawn("issue-outcome-flow", EN))
    curve = marks["outcome-raw-materials-answers-issue-raw-materials"].get_path().vertices[:-1]
    source = marks["outcome-raw-materials"].get_bbox()
    target = marks["issue-raw-materials"].get_bbox()
    assert curve[0][0] == pytest.approx(source.x1), "it leaves the outcome"
    assert curve[:, 0].max() == pytest.approx(target.x0, abs=0.03), "its head is at the issue"
    assert target.y0 < curve[-1][1] < target.y1


@pytest.mark.parametrize("size", ["reading", "projecting"])
def test_no_link_runs_behind_a_box(size: str, lang: Language) -> None:
    marks = by_gid(drawn(OVERVIEW, lang, size))
    boxes = {p: marks[p].get_bbox() for p in data.load("points")["point_id"]}
    for _, link in data.links().iterrows():
        lines = marks[link["link_id"]].get_path().to_polygons(closed_only=False)
        way = np.concatenate([Path(line).interpolated(40).vertices for line in lines])
        for point, box in boxes.items():
            inside = ((way > box.min) & (way < box.max)).all(axis=1)
            assert point in (link["from_point"], link["to_point"]) or not inside.any(), (
                f"{link['link_id']} runs behind {point}"
            )


def test_links_have_room_where_many_enter_a_box(lang: Language) -> None:
    marks, links = by_gid(drawn(OVERVIEW, lang)), data.links()
    goal, others = marks["goal-trade-investment"].get_bbox(), []
    for own, other in (("from_point", "to_point"), ("to_point", "from_point")):
        others += list(links[links[own] == "goal-trade-investment"][other])
    after = [point for point in others if marks[point].get_bbox().x0 > goal.x0]
    assert len(after) >= 8, "the most crowded side of the report"
    assert goal.height >= argument_layout.LINK_PITCH * len(after)


def test_the_layout_hangs_on_no_last_bit_of_a_sum(monkeypatch) -> None:
    """Python 3.12 adds floats otherwise than 3.11; ties of places fall by order all the same."""

    def layout() -> dict[str, float]:
        marks = by_gid(remade(OVERVIEW, AR))
        return {gid: marks[gid].get_bbox().y0 for gid in marks if f"{gid}-text" in marks}

    before, noise, exact = layout(), random.Random(11), math.fsum

    def careless(values) -> float:
        """A sum that is off by a few last bits, as another order of adding would leave it."""
        return exact(values) * (1 + noise.choice((-3, -2, -1, 1, 2, 3)) * 2**-52)

    monkeypatch.setattr(argument_layout.math, "fsum", careless)
    assert layout() == pytest.approx(before)


def test_points_without_a_link_are_marked() -> None:
    chart = drawn("issue-outcome-flow", EN)
    marks, touched = by_gid(chart), set()
    for _, link in data.links().iterrows():
        if link["link_id"] in chart.marks:
            touched |= {link["from_point"], link["to_point"]}
    boxes = {gid for gid in chart.marks if f"{gid}-text" in marks}
    assert boxes - touched, "the exchange between peoples today"
    assert {gid for gid in boxes if f"{gid}-note" in marks} == boxes - touched
    for gid in boxes - touched:
        assert text_of(marks[f"{gid}-note"]) == EN.phrase("no-link")
        assert marks[f"{gid}-text"].get_color() == PALETTE["grey"]
        assert chart.marks[gid] in chart.fields["untouched"]


@pytest.mark.parametrize("chart_id", ["factor-goal-flow", "issue-outcome-flow", "threat-map"])
def test_links_of_a_flow_run_in_the_direction_of_the_language(
    chart_id: str, lang: Language
) -> None:
    chart = drawn(chart_id, lang)
    marks = by_gid(chart)
    chart.figure.draw_without_rendering()
    flip = -1 if lang.is_rtl else 1
    for _, link in data.links().iterrows():
        if link["link_id"] in chart.marks:
            path = marks[link["link_id"]].get_path().vertices[:, 0]
            across = chart.figure.axes[0].transData.transform([(path[0], 0), (path[-2], 0)])[:, 0]
            assert flip * (across[1] - across[0]) > 0, link["link_id"]


def test_a_broken_line_means_inferred_and_nothing_else() -> None:
    for chart_id in (*MAPS, "factor-goal-flow"):
        chart = drawn(chart_id, EN)
        basis = data.links().set_index("link_id")["basis"]
        for gid in chart.marks:
            broken = by_gid(chart)[gid].get_linestyle() not in ("solid", "-")
            assert broken == (basis.get(gid) == "inferred"), gid


def test_stated_links_stand_out_from_inferred_ones_in_the_overview() -> None:
    marks, links = by_gid(drawn(OVERVIEW, EN)), data.links().set_index("link_id")
    strength = {
        basis: {
            (marks[name].get_linewidth(), marks[name].get_alpha())
            for name in links[links["basis"] == basis].index
        }
        for basis in ("stated", "inferred")
    }
    (stated,), (inferred,) = strength["stated"], strength["inferred"]
    assert stated[0] >= 2 * inferred[0] and stated[1] >= 3 * inferred[1]


def test_a_challenge_that_nothing_lessens_is_marked(lang: Language) -> None:
    """Computed: a link to it takes the mark away, and a challenge without links gets it."""
    links = frame_of("threat-map", "links")
    challenges = set(data.load("points").query("stage == 'challenge'")["point_id"])

    def marked(links: pd.DataFrame) -> set[str]:
        marks = by_gid(remade("threat-map", lang, links=links))
        found = {point for point in challenges if f"{point}-note" in marks}
        words = {text_of(marks[f"{point}-note"]) for point in found}
        assert words <= {lang.phrase("nothing-lessens")}
        return found

    reached = set(links[links["relation"] == "mitigates"]["to_point"])
    unmet = challenges - reached
    assert marked(links) == unmet
    link = links[links["relation"] == "mitigates"].iloc[[0]]
    more = [link.assign(link_id=f"more-{point}", to_point=point) for point in sorted(unmet)]
    assert marked(pd.concat([links, *more])) == set()
    assert marked(links[links["relation"] == "threatens"]) == challenges


def test_opposite_relations_have_opposite_colours() -> None:
    relations = data.codes("argument_links", "relation")
    assert relations["mitigates"]["colour"] == "navy"
    assert relations["threatens"]["colour"] == "maroon"


@pytest.mark.parametrize("chart_id", MAPS)
def test_maps_can_be_drawn_without_a_link(chart_id: str) -> None:
    links = frame_of(chart_id, "links").iloc[:0]
    chart = remade(chart_id, links=links)
    assert chart.marks
    assert chart.fields["links"] == chart.fields["stated"] == "0"
    assert not set(legend_of(chart)) & set(EN.labels("argument_links", "relation").values())


def test_a_map_of_one_link_draws_it() -> None:
    links = frame_of("threat-map", "links")
    one = links[links["relation"] == "threatens"].iloc[-1:]
    chart = remade("threat-map", links=one)
    assert one["link_id"].item() in chart.marks
    assert chart.fields["links"] == "1"


def test_maps_refuse_an_unknown_stage() -> None:
    points, links = data.load("points"), data.links()
    with pytest.raises(ValueError, match="unknown stage 'aims'; known: context, goal"):
        charts.flow(points, links, ("context", "aims"), EN)
    renamed = points.astype({"stage": "str"}).replace({"stage": {"goal": "aim"}})
    with pytest.raises(ValueError, match="unknown stage 'aim'; known: context, goal"):
        charts.argument_overview(renamed, links, EN)
    coverage = frame_of(COVERAGE).astype({"stage": "str"}).replace({"stage": {"goal": "aim"}})
    with pytest.raises(ValueError, match="unknown stage 'aim'; known: context, goal"):
        charts.coverage_matrix(coverage, EN)


def test_maps_follow_the_links() -> None:
    links = frame_of("issue-outcome-flow", "links")
    moved = links["link_id"] == "outcome-security-answers-issue-security"
    links.loc[moved, "to_point"] = "issue-people"
    chart = remade("issue-outcome-flow", links=links)
    assert "issue-people-note" not in by_gid(chart)
    assert chart.marks["issue-people"] not in chart.fields["untouched"]


# Dots


def test_interests_stand_on_the_side_of_their_party(lang: Language) -> None:
    positions, chart = frame_of("interests"), drawn("interests", lang)
    marks, rows = by_gid(chart), rows_of(chart)
    for _, row in positions.iterrows():
        mark = marks[f"{row['claim_id']}-{row['actor_id']}-{row['theme_id']}"]
        assert (mark.get_xdata()[0] < 0) == (row["side_order"] == 1), row["claim_id"]
        assert mark.get_ydata()[0] == rows[row[lang.column("theme")]]
    axes = chart.figure.axes[0]
    left, right = axes.get_xlim()
    assert (left > right) == lang.is_rtl, "the first side stands at the start"
    heads = dict(zip(tick_texts(axes.get_xticklabels()), axes.get_xticks(), strict=True))
    sides = positions.drop_duplicates("side")
    for _, side in sides.iterrows():
        name, marks_of = side[lang.column("side")], (positions["side"] == side["side"]).sum()
        assert (heads[f"{name}: {lang.number(marks_of)}"] < 0) == (side["side_order"] == 1)


def test_the_second_side_keeps_its_place_when_it_stands_alone() -> None:
    positions = frame_of("interests")
    alone = charts.interest_matrix(positions[positions["side_order"] == 2], EN)
    marks = by_gid(alone)
    assert all(marks[gid].get_xdata()[0] > 0 for gid in alone.marks)
    assert alone.fields["first"] == "0"
    assert alone.fields["top"] == EN.phrase("none")


def test_a_third_party_has_no_place_among_two_sides() -> None:
    positions = frame_of("interests")
    third = positions.assign(side="RUS", side_order=pd.array([pd.NA] * len(positions), "Int64"))
    with pytest.raises(ValueError, match="unknown side 'RUS'; known: EU27, CA5"):
        charts.interest_matrix(pd.concat([positions, third]), EN)


def test_speeches_put_each_mark_in_row_and_column(lang: Language) -> None:
    positions, chart = frame_of("speeches"), drawn("speeches", lang)
    marks, heads = by_gid(chart), heads_of(chart)
    rows = {name.replace("\n", " "): place for name, place in rows_of(chart).items()}
    edges = [
        line.get_ydata()[0] for line in chart.figure.axes[0].lines if len(line.get_ydata()) > 1
    ]
    for _, row in positions.iterrows():
        gid = f"{row['claim_id']}-{row['actor_id']}-{row['theme_id']}"
        place, y = rows[row[lang.column("name")]], marks[gid].get_ydata()[0]
        assert not any(min(place, y) < edge < max(place, y) for edge in edges), gid
        assert heads[round(marks[gid].get_xdata()[0])] == row[lang.column("theme")]
        assert row[lang.column("text")] in chart.marks[gid]
    places = {tuple(marks[gid].get_xydata()[0]) for gid in chart.marks}
    assert len(places) == len(chart.marks), "no mark of a cell hides another"


def test_marks_have_the_look_of_their_mode() -> None:
    """In the speeches the word below tells the mode, so that one shape does for all."""
    modes = data.codes("positions", "mode")
    for chart_id, shape in (("interests", None), ("speeches", "o")):
        marks = by_gid(drawn(chart_id, EN))
        for _, row in frame_of(chart_id).iterrows():
            mark = marks[f"{row['claim_id']}-{row['actor_id']}-{row['theme_id']}"]
            code = modes[row["mode"]]
            look = (mark.get_marker(), mark.get_markerfacecolor())
            assert look == (shape or code["marker"], PALETTE[code["colour"]])


def test_below_the_marks_of_a_speaker_stands_what_he_does(lang: Language) -> None:
    chart, modes = drawn("speeches", lang), data.codes("positions", "mode")
    marks, words = by_gid(chart), chart.figure.axes[0].texts
    for _, row in frame_of("speeches").iterrows():
        x, y = marks[f"{row['claim_id']}-{row['actor_id']}-{row['theme_id']}"].get_xydata()[0]
        below = [t for t in words if abs(t.get_position()[0] - x) < 0.5 and t.get_position()[1] < y]
        nearest = max(below, key=lambda text: text.get_position()[1])
        assert text_of(nearest) == modes[row["mode"]][lang.column("title")]


def test_a_rule_parts_the_speakers_of_the_two_sides() -> None:
    positions = frame_of("speeches")
    chart = drawn("speeches", EN)
    rules = [line for line in chart.figure.axes[0].lines if str(line.get_gid()).startswith("rule")]
    (rule,) = rules
    rows = {name.replace("\n", " "): place for name, place in rows_of(chart).items()}
    for _, row in positions.iterrows():
        assert (rows[row["name_en"]] > rule.get_ydata()[0]) == (row["side_order"] == 1)
    alone = charts.speeches(positions[positions["side_order"] == 1], EN)
    assert not any(str(line.get_gid()).startswith("rule") for line in alone.figure.axes[0].lines)


def test_the_broadest_speaker_has_most_themes_not_most_marks() -> None:
    positions = frame_of("speeches")
    costa = positions[positions["name_en"] == "António Costa"]
    many = pd.concat([positions, *[costa.iloc[:1].assign(claim_id=f"x-{n}") for n in range(9)]])
    assert charts.speeches(many, EN).fields["broadest"] == "Ursula von der Leyen"


def test_outcomes_stand_in_the_column_of_their_strength(lang: Language) -> None:
    coded, chart = frame_of("outcome-strength"), drawn("outcome-strength", lang)
    marks, rows = by_gid(chart), rows_of(chart)
    heads = tick_texts(chart.figure.axes[0].get_xticklabels())
    assert heads == list(lang.labels("outcome_codes", "strength").values())
    for _, item in coded.iterrows():
        x, y = marks[item["item_id"]].get_xydata()[0]
        assert heads[round(x)] == lang.label("outcome_codes", "strength", item["strength"])
        assert y == pytest.approx(rows[item[lang.column("theme")]], abs=0.45)
    places = {tuple(marks[item].get_xydata()[0]) for item in coded["item_id"]}
    assert len(places) == len(coded), "no dot hides another"


def test_the_strongest_themes_stand_above_and_the_longest_list_is_tinted() -> None:
    coded, chart = frame_of("outcome-strength"), drawn("outcome-strength", EN)
    ranks = {name: rank for rank, name in enumerate(data.codes("outcome_codes", "strength"))}
    reached = coded["strength"].astype("object").map(ranks).groupby(coded["theme_en"]).max()
    rows = rows_of(chart)
    order = [reached.get(name, -1) for name in sorted(rows, key=lambda name: -rows[name])]
    assert order == sorted(order, reverse=True)
    marks = by_gid(chart)
    assert marks["weaker"].get_position()[0] < marks["stronger"].get_position()[0]
    counts = coded["theme_en"].value_counts()
    tint = by_gid(chart)["longest"].get_xy()[1] + 0.5
    assert tint == pytest.approx(rows[counts.idxmax()])
    even = coded.groupby("theme_id").head(1)
    assert "longest" not in by_gid(remade("outcome-strength", outcomes=even)), "none is longest"


def test_a_crowd_of_outcomes_stays_in_its_row() -> None:
    coded = frame_of("outcome-strength")
    crowd = pd.concat([coded.iloc[:1].assign(item_id=f"item-{n}") for n in range(23)])
    chart = remade("outcome-strength", outcomes=crowd)
    heights = [by_gid(chart)[gid].get_ydata()[0] for gid in chart.marks]
    (row,) = {rows_of(chart)[name] for name in crowd["theme_en"]}
    assert all(abs(height - row) < 0.5 for height in heights)
    assert len(heights) == 23


def test_outcomes_follow_their_theme() -> None:
    items = data.load("outcome_items")
    items.loc[items["item_id"] == "dams", "theme_id"] = "people"
    themes = data.load("themes")
    with data.what_if(outcome_items=items):
        coded, weights = data.coded_outcomes(), data.point_theme_weights()
    chart = charts.strength_by_theme(coded, themes, EN)
    row = rows_of(chart)["People and culture"]
    assert by_gid(chart)["dams"].get_ydata()[0] == pytest.approx(row, abs=0.3)
    assert chart.fields["without"] == "Energy"
    delivery = argument.delivery(coded, themes)
    attention = argument.attention(weights, themes)
    assert "people-fund" in charts.attention_and_delivery(attention, delivery, EN).marks


def test_an_outcome_of_an_unknown_theme_is_refused_by_name() -> None:
    coded = frame_of("outcome-strength").assign(theme_id="fishing")
    with pytest.raises(ValueError, match="unknown theme 'fishing'; known: geopolitics, political"):
        remade("outcome-strength", outcomes=coded)


# Bars

PACKAGE = "package"


def bars_of(chart: Chart) -> dict[str, float]:
    return {gid: by_gid(chart)[gid].get_width() for gid in chart.marks}


def test_the_package_is_told_twice(lang: Language) -> None:
    chart = drawn(PACKAGE, lang)
    assert bars_of(chart) == {
        "package-transport-report_value": 10,
        "package-transport-value": 3,
        "package-raw-materials-value": 2.5,
        "package-water-energy-climate-value": 6.4,
        "package-digital-value": 0.1,
        "package-total-report_value": 12,
        "package-total-value": 12,
        "investors-forum-2024-report_value": 10,
        "investors-forum-2024-value": 10,
    }
    silent = by_gid(chart)["package-digital-report_value-text"]
    assert text_of(silent) == lang.phrase("no-figure-given")


@pytest.mark.parametrize("missing", ["Water, energy and climate", "Transport"])
def test_bars_stand_beside_their_names_when_rows_are_left_out(missing: str) -> None:
    """Rows are placed by their order, not by the index that they bring along."""
    package = frame_of(PACKAGE)
    chart = charts.package_comparison(package[package["item_en"] != missing], EN)
    rows, marks = rows_of(chart), by_gid(chart)
    assert missing not in {name.replace("\n", " ") for name in rows}
    names = {row["indicator_id"]: row["name_en"] for _, row in package.iterrows()}
    places = {name.replace("\n", " "): place for name, place in rows.items()}
    for gid in chart.marks:
        bar = marks[gid]
        name = names[gid.removesuffix("-value").removesuffix("-report_value")]
        assert bar.get_y() + bar.get_height() / 2 == pytest.approx(places[name], abs=0.2), gid
    lowest, highest = chart.figure.axes[0].get_ylim()
    assert all(lowest < marks[gid].get_y() < highest for gid in chart.marks)


def test_bars_grow_from_the_start_side(lang: Language) -> None:
    axes = drawn(PACKAGE, lang).figure.axes[0]
    left, right = axes.get_xlim()
    assert (left > right) == lang.is_rtl
    assert min(left, right) == 0
    assert max(left, right) > max(bars_of(drawn(PACKAGE, lang)).values()), "room for the values"
    assert 0 in axes.get_xticks() and max(axes.get_xticks()) <= max(left, right)


def test_values_are_written_at_the_end_of_their_bar(lang: Language) -> None:
    chart = drawn(PACKAGE, lang)
    chart.figure.draw_without_rendering()
    for gid, value in bars_of(chart).items():
        bar, text = box_of(chart, gid), box_of(chart, f"{gid}-text")
        assert text_of(by_gid(chart)[f"{gid}-text"]) == lang.number(value)
        assert text.x1 <= bar.x0 if lang.is_rtl else text.x0 >= bar.x1


def test_the_package_follows_the_tables() -> None:
    package = frame_of(PACKAGE)
    transport = package["indicator_id"] == "package-transport"
    package.loc[transport, ["value", "report_value"]] = [4.5, 9]
    chart = charts.package_comparison(package, EN)
    assert bars_of(chart)["package-transport-value"] == 4.5
    assert bars_of(chart)["package-transport-report_value"] == 9
    assert (chart.fields["told"], chart.fields["sourced"]) == ("9", "4.5")
    assert chart.fields["total"] == "12"


def test_a_sum_told_twice_is_hatched(lang: Language) -> None:
    def hatched(package: pd.DataFrame) -> set[str]:
        chart = charts.package_comparison(package, lang)
        found = {gid for gid in chart.marks if by_gid(chart)[gid].get_hatch()}
        assert (lang.phrase("same-sum") in legend_of(chart)) == bool(found)
        assert chart.fields["times"] == lang.number(len(found))
        return found

    package = frame_of(PACKAGE)
    both = {"package-transport-report_value", "investors-forum-2024-report_value"}
    assert hatched(package) == both
    transport = package["indicator_id"] == "package-transport"
    assert hatched(package[~transport]) == set(), "what is left out is not told"
    package.loc[transport, "report_value"] = 9
    assert hatched(package) == set()


def test_two_sums_can_each_be_told_twice() -> None:
    package = frame_of(PACKAGE)
    package.loc[package["indicator_id"] == "package-digital", "report_value"] = 12
    chart = charts.package_comparison(package, EN)
    assert chart.fields["repeated"] == "10 and 12"
    assert chart.fields["times"] == "4"
    assert {gid for gid in chart.marks if by_gid(chart)[gid].get_hatch()} == {
        "package-transport-report_value",
        "investors-forum-2024-report_value",
        "package-digital-report_value",
        "package-total-report_value",
    }


def test_a_further_account_gets_a_bar_where_it_tells_a_sum(more_accounts) -> None:
    package = frame_of(PACKAGE)
    without = charts.package_comparison(package, EN)
    assert "a partner" not in legend_of(without), "it tells no sum"
    told = charts.package_comparison(package.assign(partner_value=7.0), EN)
    assert bars_of(told)["package-digital-partner_value"] == 7
    assert "a partner" in legend_of(told)
    heights = {by_gid(told)[gid].get_height() for gid in told.marks}
    assert max(heights) < bars.BARS / 3


def test_attention_and_delivery_share_their_rows(lang: Language) -> None:
    chart_id = "attention-delivery"
    attention, delivery = frame_of(chart_id), frame_of(chart_id, "delivery")
    chart = drawn(chart_id, lang)
    marks, rows = by_gid(chart), rows_of(chart, 1 if lang.is_rtl else 0)
    for _, row in attention.iterrows():
        bar = marks[f"{row['theme_id']}-attention"]
        assert bar.get_width() == pytest.approx(row["attention"])
        assert bar.get_y() + bar.get_height() / 2 == rows[row[lang.column("theme")]]
    widths = [marks[f"{t}-attention"] for t in attention["theme_id"]]
    by_height = sorted(widths, key=lambda bar: bar.get_y())
    assert [b.get_width() for b in by_height] == sorted(b.get_width() for b in widths)
    for _, row in delivery.iterrows():
        gid = f"{row['theme_id']}-{row['strength']}"
        assert (gid in marks) == (row["count"] > 0)
        if row["count"]:
            assert text_of(marks[f"{gid}-text"]) == lang.number(row["count"])
            assert marks[gid].get_ydata()[0] == rows[row[lang.column("theme")]]
    chart.figure.draw_without_rendering()
    bar, circle = box_of(chart, "geopolitics-attention"), box_of(chart, "geopolitics-affirm")
    assert (bar.x0 < circle.x0) != lang.is_rtl, "attention stands first"


def test_only_the_highest_strength_is_filled() -> None:
    chart = drawn("attention-delivery", EN)
    marks, (_, circles) = by_gid(chart), chart.figure.axes
    legend = circles.get_legend()
    told = dict(zip(tick_texts(legend.get_texts()), legend.legend_handles, strict=True))
    assert told[EN.phrase("highest-reached")].get_markerfacecolor() != PALETTE["paper"]
    assert told[EN.phrase("below-highest")].get_markerfacecolor() == PALETTE["paper"]
    assert circles.xaxis.get_ticks_position() == "top", "strengths are named above"
    assert marks["transport-fund"].get_markerfacecolor() != PALETTE["paper"]
    assert marks["transport-affirm"].get_markerfacecolor() == PALETTE["paper"]


def test_the_sentence_tells_what_the_theme_with_most_attention_got() -> None:
    chart_id = "attention-delivery"
    attention, delivery = frame_of(chart_id), frame_of(chart_id, "delivery")
    first = attention.sort_values("attention", ascending=False).iloc[0]
    got = delivery[(delivery["theme_id"] == first["theme_id"]) & (delivery["count"] > 0)]
    fields = drawn(chart_id, EN).fields
    assert fields["top_theme"] == first["theme_en"]
    assert fields["top_strength"] == EN.label("outcome_codes", "strength", got["strength"].max())
    funded = delivery[(delivery["strength"] == "fund") & (delivery["count"] > 0)]
    assert all(name in fields["funded"] for name in funded["theme_en"])
    nothing = delivery.assign(count=0)
    fields = remade(chart_id, delivery=nothing).fields
    assert fields["top_strength"] == fields["funded"] == EN.phrase("none")
