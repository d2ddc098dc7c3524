"""What holds for every chart that a notebook shows, whatever it shows.

The charts are found by running the notebooks (``figures.py``), so a new one is tested as it comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import figures
import pytest
from figures import drawn, shown
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from helpers import arabic, theme
from helpers import figures as texts_of
from helpers.charts import Chart
from helpers.language import Language

# Charts are drawn once for all tests of one worker.
pytestmark = [pytest.mark.engines, pytest.mark.xdist_group("charts")]
AR, EN, INDIC = Language("ar"), Language("en"), Language("ar", digits="arabic-indic")
CHARTS = figures.ids_of("chart")
STYLES = [
    pytest.param(AR, "reading", id="ar"),
    pytest.param(AR, "projecting", id="ar-projecting"),
    pytest.param(EN, "reading", id="en"),
    pytest.param(EN, "projecting", id="en-projecting"),
]
# On a wall of 1280 × 720, the least is 18 pixels high.
LEAST_TYPE = {"reading": 8.5, "projecting": 18 * (40 / 3) * 72 / 1280}


@contextmanager
def as_shown(chart: Chart, figure_id: str) -> Iterator[Figure]:
    """The chart as a reader sees it, with title, subtitle and credit."""
    texts = texts_of.texts(figure_id, chart.fields, chart.lang, chart.sources)
    with theme.framed(chart.figure, chart.lang, chart.size, *texts.frame) as figure:
        yield figure


def visible_texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def pixels(chart: Chart, figure_id: str) -> bytes:
    with as_shown(chart, figure_id) as figure:
        figure.canvas.draw()
        return bytes(figure.canvas.buffer_rgba())


def says_nothing(chart: Chart) -> bool:
    texts = [arabic.restore(text.get_text()) for axes in chart.figure.axes for text in axes.texts]
    return texts == [chart.lang.phrase("nothing-to-show")]


def test_the_notebooks_show_what_the_recorder_finds() -> None:
    assert list(shown()) == figures.ids()
    assert {figure.kind for figure in shown().values()} == {"chart", "table"}
    assert [name for name, figure in shown().items() if figure.kind == "chart"] == CHARTS


@pytest.mark.parametrize("chart_id", CHARTS)
@pytest.mark.parametrize(("lang", "size"), STYLES)
def test_a_chart_can_be_read(chart_id: str, lang: Language, size: str) -> None:
    """Texts are prepared, inside the picture, apart from each other, and large enough."""
    chart = drawn(chart_id, lang, size)
    with as_shown(chart, chart_id) as figure:
        assert arabic.unprepared(figure) == []
        renderer = figure.canvas.get_renderer()
        boxes = [(text, text.get_window_extent(renderer)) for text in visible_texts(figure)]
        _assert_inside(boxes, figure)
        _assert_apart([(text, box) for text, box in boxes if not text.get_rotation()])
        smallest = min(text.get_fontsize() for text, _ in boxes)
    assert smallest >= LEAST_TYPE[size]


@pytest.mark.parametrize("chart_id", CHARTS)
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_a_chart_for_a_wall_has_the_shape_of_a_slide(chart_id: str, lang: Language) -> None:
    wall = drawn(chart_id, lang).at("projecting")
    assert wall.size == theme.SIZES["projecting"], "its function cannot draw it anew"
    with as_shown(wall, chart_id) as figure:
        assert tuple(figure.get_size_inches()) == pytest.approx((40 / 3, 7.5))


def _assert_inside(boxes: list[tuple[Text, Bbox]], figure: Figure) -> None:
    for text, box in boxes:
        words = arabic.restore(text.get_text())
        assert box.x0 >= -1 and box.x1 <= figure.bbox.width + 1, f"{words!r} leaves the picture"
        assert box.y0 >= -1 and box.y1 <= figure.bbox.height + 1, f"{words!r} leaves the picture"


def _assert_apart(boxes: list[tuple[Text, Bbox]]) -> None:
    padded = [(text, box.padded(-3)) for text, box in boxes]
    for number, (text, box) in enumerate(padded):
        for other, other_box in padded[:number]:
            words = [arabic.restore(each.get_text()) for each in (text, other)]
            assert not box.overlaps(other_box), f"{words[0]!r} lies on {words[1]!r}"


@pytest.mark.parametrize("chart_id", CHARTS)
def test_a_picture_has_one_style_of_digits(chart_id: str) -> None:
    """Numbers are in the digits of the language; what holds a Latin letter keeps its own."""
    for lang, digits in ((AR, "0123456789"), (INDIC, "٠١٢٣٤٥٦٧٨٩")):
        chart = drawn(chart_id, lang)
        texts = [arabic.restore(text.get_text()) for text in visible_texts(chart.figure)]
        words = " ".join([*texts, *chart.marks.values(), *map(str, chart.fields.values())]).split()
        found = {c for word in words if not re.search("[A-Za-z]", word) for c in word}
        assert {letter for letter in found if letter.isdecimal()} <= set(digits)


@pytest.mark.parametrize("chart_id", CHARTS)
def test_marks_say_something_in_the_language_of_the_chart(chart_id: str) -> None:
    for lang in (AR, EN):
        chart = drawn(chart_id, lang)
        gids = [artist.get_gid() for artist in chart.figure.findobj() if artist.get_gid()]
        assert chart.marks, "a chart whose marks say nothing cannot be brought to life"
        assert set(chart.marks) <= set(gids)
        assert all(gids.count(gid) == 1 for gid in chart.marks), "one artist for each mark"
        assert all(says.strip() for says in chart.marks.values())
        assert all(arabic.has_arabic(says) == lang.is_rtl for says in chart.marks.values())


@pytest.mark.parametrize("chart_id", CHARTS)
def test_the_order_of_the_rows_changes_nothing(chart_id: str) -> None:
    figure = shown()[chart_id]
    for lang, change in ((EN, figures.turned_round), (AR, figures.shuffled)):
        before = drawn(chart_id, lang)
        after = figure.made(lang, "reading", **figure.changed(change))
        assert dict(after.fields) == dict(before.fields)
        assert after.sources == before.sources
        assert dict(after.marks) == dict(before.marks)
    assert pixels(after, chart_id) == pixels(before, chart_id)


@pytest.mark.parametrize("chart_id", CHARTS)
@pytest.mark.parametrize(("change", "lang"), [(figures.one_row, EN), (figures.every_other_row, AR)])
def test_a_part_of_the_rows_is_drawn(
    chart_id: str, change: figures.FrameChange, lang: Language
) -> None:
    figure = shown()[chart_id]
    chart = figure.made(lang, "reading", **figure.changed(change, first_only=True))
    assert not (says_nothing(chart) and chart.marks)
    assert chart.marks or change is figures.one_row, "one row may lie outside what is drawn"
    with as_shown(chart, chart_id) as picture:
        assert arabic.unprepared(picture) == []
        renderer = picture.canvas.get_renderer()
        boxes = [(text, text.get_window_extent(renderer)) for text in visible_texts(picture)]
        _assert_inside(boxes, picture)
        _assert_apart([(text, box) for text, box in boxes if not text.get_rotation()])


@pytest.mark.parametrize("chart_id", CHARTS)
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_a_table_without_rows_says_so_in_the_figures_place(chart_id: str, lang: Language) -> None:
    figure = shown()[chart_id]
    for first_only in (False, True):
        chart = figure.made(lang, "reading", **figure.changed(figures.empty, first_only))
        assert says_nothing(chart)
        assert not chart.marks
        assert not any(axes.axison for axes in chart.figure.axes), "no naked axes are left"
    assert arabic.unprepared(chart.figure) == []


@pytest.mark.parametrize("chart_id", CHARTS)
def test_a_description_has_the_same_fields_with_and_without_rows(chart_id: str) -> None:
    figure = shown()[chart_id]
    without = figure.made(EN, "reading", **figure.changed(figures.empty))
    assert list(without.fields) == list(drawn(chart_id, EN).fields)
    assert all(str(value).strip() for value in without.fields.values()), "words, not gaps"


@pytest.mark.parametrize("chart_id", CHARTS)
def test_charts_leave_their_frames_as_they_were(chart_id: str) -> None:
    figure = shown()[chart_id]
    copies = {name: frame.copy() for name, frame in figure.frames}
    figure.made(EN, "reading")
    for name, frame in figure.frames:
        assert frame.equals(copies[name]), name
        assert list(frame.columns) == list(copies[name].columns)
