"""Charts show what the tables hold, on the side where the language expects it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.dates import date2num, num2date
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text

from helpers import arabic, argument, charts, data, show, tables, theme
from helpers.language import Language

pytestmark = pytest.mark.engines
AR, EN = Language("ar"), Language("en")

CHARTS: dict[str, Callable[[Language, str], Figure]] = {
    "relations-timeline": lambda lang, size: charts.relations_timeline(
        data.relations_events(), lang, size
    ),
    "agreements-ladder": lambda lang, size: charts.agreements_ladder(
        data.agreement_ladder(), lang, size
    ),
    "factor-themes": lambda lang, size: charts.theme_matrix(
        data.point_theme_weights("context"), lang, size
    ),
    "argument-overview": lambda lang, size: charts.argument_overview(
        data.load("points"), argument.links(), lang, size
    ),
    "factor-goal-flow": lambda lang, size: charts.flow(
        data.load("points"), argument.links(), ("context", "goal"), lang, size
    ),
    "issue-outcome-flow": lambda lang, size: charts.flow(
        data.load("points"), argument.links(), ("issue", "outcome"), lang, size
    ),
    "threat-map": lambda lang, size: charts.threat_map(
        data.load("points"), argument.links(), lang, size
    ),
    "interests": lambda lang, size: charts.interest_matrix(data.positions("goals"), lang, size),
    "speeches": lambda lang, size: charts.speeches(data.positions("issues"), lang, size),
    "package": lambda lang, size: charts.package_comparison(data.package_accounts(), lang, size),
    "outcome-strength": lambda lang, size: charts.strength_by_theme(
        data.coded_outcomes(), lang, size
    ),
    "attention-delivery": lambda lang, size: charts.attention_and_delivery(
        argument.attention(), argument.delivery(), lang, size
    ),
    "theme-coverage": lambda lang, size: charts.coverage_matrix(argument.coverage(), lang, size),
}
# The same charts given a table cut to so many rows.
CUT: dict[str, Callable[[Language, int], Figure]] = {
    "relations-timeline": lambda lang, rows: charts.relations_timeline(
        data.relations_events().iloc[:rows], lang
    ),
    "agreements-ladder": lambda lang, rows: charts.agreements_ladder(
        data.agreement_ladder().iloc[:rows], lang
    ),
    "factor-themes": lambda lang, rows: charts.theme_matrix(
        data.point_theme_weights("context").iloc[:rows], lang
    ),
    "argument-overview": lambda lang, rows: charts.argument_overview(
        data.load("points").iloc[:rows], argument.links(), lang
    ),
    "factor-goal-flow": lambda lang, rows: charts.flow(
        data.load("points").query("stage == 'goal'").iloc[:rows],
        argument.links(),
        ("context", "goal"),
        lang,
    ),
    "threat-map": lambda lang, rows: charts.threat_map(
        data.load("points").query("stage == 'challenge'").iloc[:rows], argument.links(), lang
    ),
    "interests": lambda lang, rows: charts.interest_matrix(
        data.positions("goals").iloc[:rows], lang
    ),
    "speeches": lambda lang, rows: charts.speeches(data.positions("issues").iloc[:rows], lang),
    "package": lambda lang, rows: charts.package_comparison(
        data.package_accounts().iloc[:rows], lang
    ),
    "outcome-strength": lambda lang, rows: charts.strength_by_theme(
        data.coded_outcomes().iloc[:rows], lang
    ),
    "attention-delivery": lambda lang, rows: charts.attention_and_delivery(
        argument.attention().iloc[:rows], argument.delivery().iloc[:rows], lang
    ),
    "theme-coverage": lambda lang, rows: charts.coverage_matrix(
        argument.coverage().iloc[:rows], lang
    ),
}


def text_of(artist: Text) -> str:
    return arabic.restore(artist.get_text())


def by_gid(figure: Figure) -> dict:
    return {artist.get_gid(): artist for artist in figure.findobj() if artist.get_gid()}


def tick_texts(ticks: list[Text]) -> list[str]:
    return [text_of(tick) for tick in ticks]


@pytest.fixture(params=CHARTS)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("size", ["reading", "projecting"])
def test_every_text_is_prepared_and_inside_the_picture(
    name: str, lang: Language, size: str
) -> None:
    figure = CHARTS[name](lang, size)
    theme.frame(figure, lang.phrase("language"), lang.phrase("language"), lang.phrase("data"))
    assert arabic.unprepared(figure) == []
    renderer = figure.canvas.get_renderer()
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent(renderer)
            assert box.x0 >= -1 and box.x1 <= figure.bbox.width + 1, text_of(text)
            assert box.y0 >= -1 and box.y1 <= figure.bbox.height + 1, text_of(text)


@pytest.mark.parametrize("size", ["reading", "projecting"])
def test_no_two_texts_overlap(name: str, lang: Language, size: str) -> None:
    figure = CHARTS[name](lang, size)
    theme.frame(figure, lang.phrase("language"), lang.phrase("language"), lang.phrase("data"))
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    level = [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and not text.get_rotation()
    ]
    boxes = [(text, text.get_window_extent(renderer).padded(-2)) for text in level]
    for number, (text, box) in enumerate(boxes):
        for other, other_box in boxes[:number]:
            assert not box.overlaps(other_box), (text_of(text), text_of(other))


def test_type_is_large_enough(name: str, lang: Language) -> None:
    smallest = {"reading": 8.5, "projecting": 14}
    for size, least in smallest.items():
        figure = CHARTS[name](lang, size)
        sizes = [t.get_fontsize() for t in figure.findobj(Text) if t.get_text().strip()]
        assert min(sizes) >= least


@pytest.mark.parametrize("cut", CUT)
def test_an_empty_table_says_so_in_the_figures_place(cut: str, lang: Language) -> None:
    figure = CUT[cut](lang, 0)
    texts = [text_of(t) for axes in figure.axes for t in axes.texts]
    assert texts == [lang.phrase("nothing-to-show")]
    _fill_description(figure, cut, lang)


@pytest.mark.parametrize("cut", CUT)
def test_a_single_row_is_drawn(cut: str, lang: Language) -> None:
    figure = CUT[cut](lang, 1)
    assert arabic.unprepared(figure) == []
    assert lang.phrase("nothing-to-show") not in {text_of(t) for t in figure.findobj(Text)}
    _fill_description(figure, cut, lang)


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_fills_its_description(chart: str, lang: Language) -> None:
    _fill_description(CHARTS[chart](lang, "reading"), chart, lang)


def _fill_description(figure: Figure, figure_id: str, lang: Language) -> None:
    texts = data.load("figures").set_index("figure_id").loc[figure_id]
    filled = lang.pick(texts, "description").format(**figure.description_fields)
    assert "{" not in filled


WITH_DIGITS = [
    "relations-timeline",
    "agreements-ladder",
    "factor-themes",
    "package",
    "attention-delivery",
    "theme-coverage",
]


@pytest.mark.parametrize("name", WITH_DIGITS)
def test_western_and_arabic_indic_digits_differ(name: str) -> None:
    def digits(lang: Language) -> set[str]:
        figure = CHARTS[name](lang, "reading")
        figure.canvas.draw()
        drawn = "".join(text_of(text) for text in figure.findobj(Text) if text.get_visible())
        return {letter for letter in drawn if letter.isdecimal()}

    western, indic = digits(AR), digits(Language("ar", digits="arabic-indic"))
    assert western and western <= set("0123456789")
    assert indic and indic <= set("٠١٢٣٤٥٦٧٨٩")


# Timeline


def test_the_timeline_marks_every_event_at_its_date(lang: Language) -> None:
    events = data.relations_events()
    figure = charts.relations_timeline(events, lang)
    marks = by_gid(figure)
    for _, event in events.iterrows():
        (x,) = marks[event["event_id"]].get_xdata()
        assert event["date_start"] <= pd.Timestamp(x) <= event["last_day"], event["event_id"]


def test_the_timeline_runs_in_the_direction_of_the_language(lang: Language) -> None:
    axes = charts.relations_timeline(data.relations_events(), lang).axes[0]
    first, last = axes.get_xlim()
    assert (num2date(first) > num2date(last)) == lang.is_rtl
    assert axes.yaxis.get_ticks_position() == lang.start


def test_the_timeline_writes_dates_no_finer_than_they_are_known(lang: Language) -> None:
    events = data.relations_events()
    axes = charts.relations_timeline(events, lang).axes[0]
    written = tick_texts(axes.get_yticklabels())
    assert written == [
        lang.date(e["date_start"], e["precision"], e["date_end"]) for _, e in events.iterrows()
    ]
    assert lang.number_text("2007") in written


def test_the_timeline_shows_precision(lang: Language) -> None:
    events = data.relations_events()
    figure = charts.relations_timeline(events, lang)
    marks = by_gid(figure)
    paper = theme.PALETTE["paper"]
    for _, event in events.iterrows():
        hollow = marks[event["event_id"]].get_markerfacecolor() == paper
        assert hollow == (event["precision"] != "day"), event["event_id"]
    spans = [line.get_xdata() for line in figure.axes[0].lines if len(line.get_xdata()) == 2]
    years = events[events["precision"] == "year"]
    assert len(spans) == len(years)
    assert all(350 < abs(date2num(b) - date2num(a)) < 366 for a, b in spans)


def test_the_timeline_marks_the_date_that_sources_contradict(lang: Language) -> None:
    figure = charts.relations_timeline(data.relations_events(), lang)
    marks = by_gid(figure)
    halos = [gid for gid in marks if gid.endswith("-disputed")]
    assert halos == ["ministerial-ashgabat-2025-disputed"]
    title = text_of(marks["ministerial-ashgabat-2025-title"])
    sourced = lang.date(pd.Timestamp("2025-03-27"), "day")
    reported = lang.date(pd.Timestamp("2025-03-28"), "day")
    assert sourced in title
    assert reported in tick_texts(figure.axes[0].get_yticklabels())


def test_titles_of_the_timeline_stand_on_the_open_side(lang: Language) -> None:
    figure = charts.relations_timeline(data.relations_events(), lang)
    figure.canvas.draw()
    marks, renderer = by_gid(figure), figure.canvas.get_renderer()
    for event_id, after in (("eu-strategy-2007", True), ("summit-samarkand-2025", False)):
        mark = marks[event_id].get_window_extent(renderer)
        title = marks[f"{event_id}-title"].get_window_extent(renderer)
        to_the_right = title.x0 >= mark.x1
        assert to_the_right == (after != lang.is_rtl), event_id


def test_the_timeline_follows_the_table(change) -> None:
    change("report/events.csv", ",2025-03-28,,day,", ",2025-03-20,,day,")
    marks = by_gid(charts.relations_timeline(data.relations_events(), EN))
    (x,) = marks["ministerial-ashgabat-2025"].get_xdata()
    assert pd.Timestamp(x) == pd.Timestamp("2025-03-20")


def test_the_timeline_counts_the_steps_of_the_shaded_span(lang: Language) -> None:
    events = data.relations_events()
    since = events[events["kind"] == "high_level_meeting"]["date_start"].min()
    figure = charts.relations_timeline(events, lang)
    drawn = by_gid(figure)
    label = text_of(drawn["dense-span-label"])
    recent = lang.number((events["date_start"] >= since).sum())
    for part in (recent, lang.number(len(events)), lang.date(since, "month")):
        assert part in label
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    span = drawn["dense-span"].get_window_extent(renderer)
    box = drawn["dense-span-label"].get_window_extent(renderer)
    edge = (box.x0, span.x0) if lang.is_rtl else (box.x1, span.x1)
    assert abs(edge[0] - edge[1]) < 5, "the label ends where the span ends"


def test_the_timeline_draws_a_single_event() -> None:
    figure = charts.relations_timeline(data.relations_events().iloc[:1], AR)
    figure.canvas.draw()
    assert figure.description_fields["count"] == "1"


# Ladder


def test_the_ladder_puts_each_stage_in_its_column_and_lane(lang: Language) -> None:
    ladder = data.agreement_ladder()
    figure = charts.agreements_ladder(ladder, lang)
    axes, marks = figure.axes[0], by_gid(figure)
    columns = list(lang.labels("agreement_stages", "stage").values())
    assert tick_texts(axes.get_xticklabels()) == columns
    assert (axes.get_xlim()[0] > axes.get_xlim()[1]) == lang.is_rtl
    rows = dict(zip(tick_texts(axes.get_yticklabels()), axes.get_yticks(), strict=True))
    for _, stage in ladder.dropna(subset="stage").iterrows():
        (x,), (y,) = marks[stage["stage_id"]].get_data()
        assert columns[int(x)] == lang.label("agreement_stages", "stage", stage["stage"])
        above = y > rows[lang.country(stage["country_id"])]
        assert above == (stage["said_by"] == "report"), stage["stage_id"]


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
    marks = by_gid(charts.agreements_ladder(data.agreement_ladder(), lang))
    assert text_of(marks[f"{stage_id}-date"]) == lang.date(pd.Timestamp(date), precision)


def test_the_ladder_says_what_is_undated_expected_or_outside(lang: Language) -> None:
    figure = charts.agreements_ladder(data.agreement_ladder(), lang)
    marks = by_gid(figure)
    assert text_of(marks["kazakhstan-signed-report-date"]) == lang.phrase("undated")
    expected = marks["uzbekistan-signed-report"]
    assert expected.get_markerfacecolor() == theme.PALETTE["paper"]
    year = lang.number_text("2025")
    assert text_of(marks["uzbekistan-signed-report-date"]) == lang.phrase("expected-in", value=year)
    (outside,) = [
        t for t in figure.axes[0].texts if text_of(t) == lang.phrase("no-enhanced-agreement")
    ]
    rows = dict(
        zip(tick_texts(figure.axes[0].get_yticklabels()), figure.axes[0].get_yticks(), strict=True)
    )
    assert outside.get_position()[1] == rows[lang.country("TKM")]


def test_the_ladder_hears_sources_up_to_the_summit_only() -> None:
    ids = set(data.agreement_ladder()["stage_id"].dropna())
    later = set(data.agreement_ladder(pd.Timestamp("2026-01-01"))["stage_id"].dropna()) - ids
    assert later == {"uzbekistan-signed-source", "tajikistan-initialled-source"}


# Matrix


def test_the_matrix_writes_each_weight_in_its_cell(lang: Language) -> None:
    weights = data.point_theme_weights("context")
    figure = charts.theme_matrix(weights, lang)
    axes = figure.axes[0]
    heads = tick_texts(axes.get_xticklabels())
    titles = weights.attrs["themes"].loc[weights.columns, lang.column("title")]
    assert heads == list(titles)
    written = {(round(t.get_position()[0]), t.get_position()[1]): text_of(t) for t in axes.texts}
    for row, (_, cells) in enumerate(weights.iterrows()):
        for column, weight in enumerate(cells):
            text = written.get((column, len(weights) - row))
            assert text == (lang.number(100 * weight, 0) if weight else None)


def test_the_matrix_starts_on_the_side_of_the_language(lang: Language) -> None:
    figure = charts.theme_matrix(data.point_theme_weights("context"), lang)
    axes = figure.axes[0]
    assert (axes.get_xlim()[0] > axes.get_xlim()[1]) == lang.is_rtl
    assert axes.yaxis.get_ticks_position() == lang.start


def test_the_matrix_ends_with_the_mean_of_all_rows() -> None:
    weights = data.point_theme_weights("context")
    figure = charts.theme_matrix(weights, EN)
    last = min(t.get_position()[1] for t in figure.axes[0].texts)
    means = [text_of(t) for t in figure.axes[0].texts if t.get_position()[1] == last]
    assert means == [EN.number(100 * mean, 0) for mean in weights.mean()]


def test_cells_can_be_read_on_their_ground() -> None:
    """Text in a cell has a contrast of 4.5 or more against its fill (WCAG AA)."""
    figure = charts.theme_matrix(data.point_theme_weights("context"), EN)
    axes = figure.axes[0]
    fills = {
        (round(p.get_x() + p.get_width() / 2), round(p.get_y() + p.get_height() / 2)): p
        for p in axes.patches
    }
    for text in axes.texts:
        x, y = text.get_position()
        patch = fills.get((round(x), round(y)))
        if patch is not None and y > 0:
            contrast = _contrast(patch.get_facecolor()[:3], text.get_color())
            assert contrast >= 4.5, (text_of(text), contrast)


def _contrast(fill: tuple, ink: str) -> float:
    from matplotlib.colors import to_rgb

    def luminance(rgb: tuple) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(fill), luminance(to_rgb(ink))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_guides_of_the_matrix_end_above_the_means() -> None:
    axes = charts.theme_matrix(data.point_theme_weights("context"), EN).axes[0]
    lowest = min(p.get_y() + p.get_height() for p in axes.patches)
    (guides,) = axes.collections
    assert min(y for line in guides.get_segments() for _, y in line) == pytest.approx(lowest)


def test_the_matrix_follows_the_table(change) -> None:
    """What the exercise of 01_context promises: the cell moves, the sentence names another theme."""
    before = charts.theme_matrix(data.point_theme_weights("context"), EN).description_fields
    row = "context-climate,climate-water,1"
    change("report/point_themes.csv", row, "context-climate,economy,1")
    weights = data.point_theme_weights("context")
    assert weights.loc["context-climate", "economy"] == 1
    figure = charts.theme_matrix(weights, EN)
    patches = set(by_gid(figure))
    assert "context-climate-economy" in patches
    assert "context-climate-climate-water" not in patches
    assert figure.description_fields["top_theme"] != before["top_theme"]


def test_an_unknown_stage_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown stage 'contexts'; known: context, goal"):
        data.point_theme_weights("contexts")


# Argument maps


@pytest.mark.parametrize("chart", ["argument-overview", "issue-outcome-flow", "threat-map"])
def test_maps_draw_every_point_and_link_once(chart: str, lang: Language) -> None:
    figure = CHARTS[chart](lang, "reading")
    drawn = by_gid(figure)
    links = argument.links()
    shown = {gid for gid in drawn if gid in set(data.load("points")["point_id"])}
    ends = links["from_point"].isin(shown) & links["to_point"].isin(shown)
    if chart == "threat-map":
        ends &= links["relation"].isin(["threatens", "mitigates"])
    assert {gid for gid in drawn if gid in set(links["link_id"])} == set(links[ends]["link_id"])
    titles = data.load("points").set_index("point_id")[lang.column("title")]
    for point in shown:
        assert text_of(drawn[f"{point}-text"]).replace("\n", " ") == titles[point]


def test_the_overview_runs_from_context_to_advice(lang: Language) -> None:
    figure = CHARTS["argument-overview"](lang, "reading")
    figure.canvas.draw()
    drawn = by_gid(figure)
    stages = list(data.codes("points", "stage"))
    places = [drawn[f"stage-{stage}"].get_window_extent().x0 for stage in stages]
    assert places == sorted(places, reverse=lang.is_rtl)


def test_titles_stay_inside_their_boxes(lang: Language) -> None:
    for chart in ("argument-overview", "factor-goal-flow", "threat-map"):
        figure = CHARTS[chart](lang, "reading")
        figure.canvas.draw()
        drawn, renderer = by_gid(figure), figure.canvas.get_renderer()
        for gid in [gid for gid in drawn if f"{gid}-text" in drawn]:
            box, text = (drawn[g].get_window_extent(renderer) for g in (gid, f"{gid}-text"))
            assert box.x0 <= text.x0 and text.x1 <= box.x1, gid
            assert box.y0 - 2 <= text.y0 and text.y1 <= box.y1 + 2, gid


def test_stated_links_are_solid_and_inferred_ones_broken() -> None:
    drawn = by_gid(CHARTS["argument-overview"](EN, "reading"))
    for _, link in argument.links().iterrows():
        solid = drawn[link["link_id"]].get_linestyle() in ("solid", "-")
        assert solid == (link["basis"] == "stated"), link["link_id"]


def test_links_end_at_the_point_their_sentence_ends_with() -> None:
    drawn = by_gid(CHARTS["issue-outcome-flow"](EN, "reading"))
    curve = drawn["outcome-raw-materials-answers-issue-raw-materials"].get_path().vertices
    target = drawn["issue-raw-materials"].get_bbox()
    assert target.x1 == pytest.approx(max(curve[:, 0].min(), target.x1), abs=0.3)
    assert curve[-1][0] < curve[0][0], "the arrow runs from the outcome back to the issue"


@pytest.mark.parametrize("size", ["reading", "projecting"])
def test_no_link_runs_behind_a_box(size: str, lang: Language) -> None:
    drawn = by_gid(CHARTS["argument-overview"](lang, size))
    boxes = {p: drawn[p].get_bbox() for p in data.load("points")["point_id"]}
    for _, link in argument.links().iterrows():
        lines = drawn[link["link_id"]].get_path().to_polygons(closed_only=False)
        way = [tuple(at) for line in lines for at in Path(line).interpolated(40).vertices]
        for point, box in boxes.items():
            inside = [box.contains(x, y) for x, y in way]
            assert point in (link["from_point"], link["to_point"]) or not any(inside), (
                f"{link['link_id']} runs behind {point}"
            )


def test_points_without_a_link_are_marked() -> None:
    drawn = by_gid(CHARTS["issue-outcome-flow"](EN, "reading"))
    assert drawn["issue-people"].get_linestyle() not in ("solid", "-")
    assert drawn["issue-energy"].get_linestyle() in ("solid", "-")


def test_a_map_refuses_an_unknown_stage() -> None:
    with pytest.raises(ValueError, match="unknown stage 'aims'; known: context, goal"):
        charts.flow(data.load("points"), argument.links(), ("context", "aims"), EN)


def test_maps_follow_the_links(change) -> None:
    change(
        "report/argument_links.csv",
        "outcome-security-answers-issue-security,outcome-security,issue-security,answers",
        "outcome-security-answers-issue-people,outcome-security,issue-people,answers",
    )
    figure = CHARTS["issue-outcome-flow"](EN, "reading")
    drawn = by_gid(figure)
    assert "outcome-security-answers-issue-people" in drawn
    assert drawn["issue-people"].get_linestyle() in ("solid", "-")
    assert figure.description_fields["untouched"] == EN.phrase("none")


UNKNOWN_THEME: dict[str, Callable[[], Figure]] = {
    "factor-themes": lambda: charts.theme_matrix(
        data.point_theme_weights("context").rename(columns={"security": "fishing"}), EN
    ),
    "interests": lambda: charts.interest_matrix(
        data.positions("goals").assign(theme_id="fishing"), EN
    ),
    "speeches": lambda: charts.speeches(data.positions("issues").assign(theme_id="fishing"), EN),
    "package": lambda: charts.package_comparison(
        data.package_accounts().assign(theme_id="fishing"), EN
    ),
    "outcome-strength": lambda: charts.strength_by_theme(
        data.coded_outcomes().assign(theme_id="fishing"), EN
    ),
    "attention-delivery": lambda: charts.attention_and_delivery(
        argument.attention().rename({"security": "fishing"}), argument.delivery(), EN
    ),
    "theme-coverage": lambda: charts.coverage_matrix(
        argument.coverage().rename(index={"security": "fishing"}), EN
    ),
}


@pytest.mark.parametrize("chart", UNKNOWN_THEME)
def test_an_unknown_theme_is_refused_by_name(chart: str) -> None:
    with pytest.raises(ValueError, match="unknown theme 'fishing'; known: geopolitics, political"):
        UNKNOWN_THEME[chart]()


def test_charts_refuse_a_stage_of_the_table_that_is_unknown() -> None:
    points = data.load("points").astype({"stage": "str"}).replace({"stage": {"goal": "aim"}})
    with pytest.raises(ValueError, match="unknown stage 'aim'; known: context, goal"):
        charts.argument_overview(points, argument.links(), EN)
    with pytest.raises(ValueError, match="unknown stage 'aim'; known: context, goal"):
        charts.coverage_matrix(argument.coverage().rename(columns={"goal": "aim"}), EN)


def test_a_third_party_has_no_place_among_two_sides() -> None:
    positions = data.positions("goals")
    with pytest.raises(ValueError, match="unknown side 'RUS'; known: EU27, CA5"):
        charts.interest_matrix(positions.assign(side="RUS"), EN)


def test_an_unknown_section_is_refused_by_name() -> None:
    for ask in (data.positions, data.judged_claims):
        with pytest.raises(ValueError, match="unknown section 'aims'; known: abstract_ar"):
            ask("goals", "aims")


# Dots and bars


def test_interests_stand_on_the_side_of_their_party(lang: Language) -> None:
    positions = data.positions("goals")
    drawn = by_gid(charts.interest_matrix(positions, lang))
    for _, row in positions.iterrows():
        mark = drawn[f"{row['claim_id']}-{row['actor_id']}-{row['theme_id']}"]
        assert (mark.get_xdata()[0] < 0) == (row["side"] == "EU27"), row["claim_id"]
    left, right = charts.interest_matrix(positions, lang).axes[0].get_xlim()
    assert (left > right) == lang.is_rtl, "the EU stands at the start side"


def test_speeches_put_each_mark_in_row_and_column(lang: Language) -> None:
    positions = data.positions("issues")
    figure = charts.speeches(positions, lang)
    axes, drawn = figure.axes[0], by_gid(figure)
    rows = dict(zip(axes.get_yticks(), tick_texts(axes.get_yticklabels()), strict=True))
    heads = tick_texts(axes.get_xticklabels())
    titles = data.load("themes").set_index("theme_id")[lang.column("title")]
    for _, row in positions.iterrows():
        mark = drawn[f"{row['claim_id']}-{row['actor_id']}-{row['theme_id']}"]
        assert rows[mark.get_ydata()[0]] == row[lang.column("name")]
        assert heads[round(mark.get_xdata()[0])] == titles[row["theme_id"]]


def test_outcomes_stand_in_the_column_of_their_strength(lang: Language) -> None:
    coded = data.coded_outcomes()
    figure = charts.strength_by_theme(coded, lang)
    axes, drawn = figure.axes[0], by_gid(figure)
    heads = tick_texts(axes.get_xticklabels())
    assert heads == list(lang.labels("outcome_codes", "strength").values())
    for _, item in coded.iterrows():
        column = round(drawn[item["item_id"]].get_xdata()[0])
        assert heads[column] == lang.label("outcome_codes", "strength", item["strength"])
    places = {tuple(drawn[item].get_xydata()[0]) for item in coded["item_id"]}
    assert len(places) == len(coded), "no dot hides another"


def test_outcomes_follow_their_theme(change) -> None:
    change(
        "report/outcome_items.csv",
        "dams,outcome-package,outcomes.2.3-b,energy",
        "dams,outcome-package,outcomes.2.3-b,people",
    )
    figure = charts.strength_by_theme(data.coded_outcomes(), EN)
    axes = figure.axes[0]
    rows = dict(zip(tick_texts(axes.get_yticklabels()), axes.get_yticks(), strict=True))
    assert by_gid(figure)["dams"].get_ydata()[0] == pytest.approx(
        rows["People and culture"], abs=0.3
    )
    texts = data.load("figures").set_index("figure_id")
    assert show.describe(figure, texts.loc["outcome-strength"], EN).endswith("outcome: Energy.")
    (row,) = [
        r for r in tables.outcomes(data.coded_outcomes(), EN).rows if r[5] == "outcomes.2.3-b"
    ]
    assert row[3] == "People and culture"
    attention, delivery = argument.attention(), argument.delivery()
    table = tables.attention_and_delivery(attention, delivery, EN)
    described = show.describe(table, texts.loc["attention-delivery-table"], EN)
    assert described.startswith("Themes without an outcome: Energy.")
    assert "people-fund" in by_gid(charts.attention_and_delivery(attention, delivery, EN))


def bars_of(figure: Figure) -> dict[str, float]:
    return {
        gid: artist.get_width()
        for gid, artist in by_gid(figure).items()
        if gid.endswith("value") and hasattr(artist, "get_width")
    }


def test_the_package_is_told_twice(lang: Language) -> None:
    figure = charts.package_comparison(data.package_accounts(), lang)
    assert bars_of(figure) == {
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
    silent = by_gid(figure)["package-digital-report_value-text"]
    assert text_of(silent) == lang.phrase("no-figure-given")


def test_bars_grow_from_the_start_side(lang: Language) -> None:
    left, right = charts.package_comparison(data.package_accounts(), lang).axes[0].get_xlim()
    assert (left > right) == lang.is_rtl
    assert min(left, right) == 0


def test_the_package_follows_the_tables(change) -> None:
    change(
        "evidence/indicators.csv",
        ",transport,CA5,outcomes.2.2-e,2025-04-04,day,3,",
        ",transport,CA5,outcomes.2.2-e,2025-04-04,day,4.5,",
    )
    change(
        "report/quantities.csv",
        "outcomes.2.2-e-q1,outcomes.2.2-e,استثمار الاتحاد في طريق بحر قزوين باليورو,EU investment in the Trans-Caspian route in euros,10,",
        "outcomes.2.2-e-q1,outcomes.2.2-e,استثمار الاتحاد في طريق بحر قزوين باليورو,EU investment in the Trans-Caspian route in euros,9,",
    )
    figure = charts.package_comparison(data.package_accounts(), EN)
    assert bars_of(figure)["package-transport-value"] == 4.5
    assert bars_of(figure)["package-transport-report_value"] == 9
    assert figure.description_fields["told"] == "9"
    texts = data.load("figures").set_index("figure_id").loc["package"]
    described = show.describe(figure, texts, EN)
    assert (
        "(Transport) gets 9 of 12 billion euros by the report and 4.5 by the sources" in described
    )
    rows = tables.package(data.package_accounts(), EN).rows
    assert ["Transport", "9", "4.5"] in [row[:3] for row in rows]


def test_a_sum_told_twice_is_hatched(lang: Language, change) -> None:
    def hatched() -> set[str]:
        figure = charts.package_comparison(data.package_accounts(), lang)
        label = lang.phrase("same-sum")
        legend = tick_texts(figure.axes[0].get_legend().get_texts())
        bars = {gid for gid in bars_of(figure) if by_gid(figure)[gid].get_hatch()}
        assert (label in legend) == bool(bars)
        assert figure.description_fields["times"] == lang.number(len(bars))
        return bars

    assert hatched() == {"package-transport-report_value", "investors-forum-2024-report_value"}
    change(
        "report/quantities.csv",
        "EU investment in the Trans-Caspian route in euros,10,",
        "EU investment in the Trans-Caspian route in euros,9,",
    )
    assert hatched() == set()


def test_attention_and_delivery_share_their_rows(lang: Language) -> None:
    attention, delivery = argument.attention(), argument.delivery()
    figure = charts.attention_and_delivery(attention, delivery, lang)
    drawn = by_gid(figure)
    first, second = (drawn[f"{name}-attention"] for name in ("geopolitics", "economy"))
    assert first.get_width() == pytest.approx(attention["geopolitics"])
    assert first.get_y() > second.get_y(), "most attention on top"
    for theme_id, row in delivery.iterrows():
        for strength in data.codes("outcome_codes", "strength"):
            count = int(row[strength])
            assert (f"{theme_id}-{strength}" in drawn) == bool(count)
            if count:
                assert text_of(drawn[f"{theme_id}-{strength}-text"]) == lang.number(count)
    bar, circle = drawn["geopolitics-attention"], drawn["geopolitics-affirm"]
    figure.canvas.draw()
    apart = bar.get_window_extent().x0 < circle.get_window_extent().x0
    assert apart != lang.is_rtl, "attention stands first"


def test_only_the_highest_strength_is_filled() -> None:
    drawn = by_gid(charts.attention_and_delivery(argument.attention(), argument.delivery(), EN))
    paper = theme.PALETTE["paper"]
    assert drawn["transport-fund"].get_markerfacecolor() != paper
    assert drawn["transport-agree"].get_markerfacecolor() == paper


def test_coverage_writes_each_share(lang: Language) -> None:
    coverage = argument.coverage()
    axes = charts.coverage_matrix(coverage, lang).axes[0]
    written = {t.get_position(): text_of(t) for t in axes.texts}
    for row, (_, shares) in enumerate(coverage.iterrows()):
        for column, share in enumerate(shares):
            text = written.get((column, len(coverage) - row))
            assert text == (lang.number(100 * share, 0) if share else None)
