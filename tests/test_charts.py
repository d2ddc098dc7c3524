"""Charts show what the tables hold, on the side where the language expects it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.dates import date2num, num2date
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers import arabic, charts, data, theme
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
}
EMPTY: dict[str, Callable[[Language], Figure]] = {
    "relations-timeline": lambda lang: charts.relations_timeline(
        data.relations_events().iloc[:0], lang
    ),
    "agreements-ladder": lambda lang: charts.agreements_ladder(
        data.agreement_ladder().iloc[:0], lang
    ),
    "factor-themes": lambda lang: charts.theme_matrix(
        data.point_theme_weights("context").iloc[:0], lang
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


def test_an_empty_table_says_so_in_the_figures_place(name: str, lang: Language) -> None:
    figure = EMPTY[name](lang)
    assert [text_of(t) for t in figure.axes[0].texts] == [lang.phrase("nothing-to-show")]


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
            assert text == (lang.percent(100 * weight, 0) if weight else None)


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
    assert means == [EN.percent(100 * mean, 0) for mean in weights.mean()]


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


def test_the_matrix_follows_the_table(change) -> None:
    change("report/point_themes.csv", "context-climate,climate-water,1", "context-climate,energy,1")
    weights = data.point_theme_weights("context")
    assert weights.loc["context-climate", "energy"] == 1
    patches = {gid for gid in by_gid(charts.theme_matrix(weights, EN))}
    assert "context-climate-energy" in patches
    assert "context-climate-climate-water" not in patches


def test_an_unknown_stage_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown stage 'contexts'; known: context, goal"):
        data.point_theme_weights("contexts")
