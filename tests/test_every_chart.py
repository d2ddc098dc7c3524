"""What holds for every chart that a notebook shows, whatever it shows.

The charts are found by running the notebooks (``figures.py``), so a new one is tested as it comes.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import figures
import pytest
from figures import drawn, drawn_pixels, emptied, pixels, shown
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from helpers import arabic, theme
from helpers import figures as texts_of
from helpers.charts import Chart
from helpers.language import Language

# Charts are drawn once for all tests of one worker.
pytestmark = pytest.mark.xdist_group("charts")
AR, EN, INDIC = Language("ar"), Language("en"), Language("ar", digits="arabic-indic")
CHARTS = figures.ids_of("chart")
STYLES = {
    f"{lang.code}-{size}": (lang, size) for lang in (AR, EN) for size in ("reading", "projecting")
}
# Every fourth is drawn by the old engine as well, and all of them in `make matrix`.
OLD_ENGINE = CHARTS[::4]
# On a wall of 1280 × 720, the least is 18 pixels high.
LEAST_TYPE = {"reading": 8.5, "projecting": 18 * (40 / 3) * 72 / 1280}

# A comma, semicolon or question mark of English after an Arabic letter, or after a number there.
LATIN_STOP = re.compile(r"[\u0600-\u06ff][^A-Za-z\u0600-\u06ff]{0,12}[,;?](\s|$)")


@contextmanager
def as_shown(chart: Chart, figure_id: str) -> Iterator[Figure]:
    """The chart as a reader sees it: with its words, or on a slide, which has them itself."""
    if chart.size.fixed:
        with theme.on_a_slide(chart.figure, chart.lang, chart.size) as figure:
            yield figure
        return
    texts = texts_of.texts(figure_id, chart.fields, chart.lang, chart.sources)
    with theme.framed(chart.figure, chart.lang, chart.size, *texts.frame) as figure:
        yield figure


def visible_texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


@dataclass(frozen=True)
class Seen:
    """What a reader sees of a chart.

    ``drawn_at`` is the size that it was drawn at, ``size`` its own in inches, ``unprepared`` the
    texts that would be drawn wrongly. The figure is not kept.
    """

    drawn_at: theme.Size
    size: tuple[float, float]
    words: list[Words]
    unprepared: list[str]
    page: Bbox

    @classmethod
    def of(cls, chart: Chart, figure_id: str) -> Seen:
        with as_shown(chart, figure_id) as figure:
            unprepared = arabic.unprepared(figure)
            renderer = figure.canvas.get_renderer()
            words = [Words.of(text, renderer) for text in visible_texts(figure)]
            page = Bbox.from_extents(*figure.bbox.extents)
            return cls(chart.size, tuple(figure.get_size_inches()), words, unprepared, page)


@dataclass(frozen=True)
class Words:
    """A text that shows: what it says, its type in points, its angle and its box."""

    says: str
    type: float
    angle: float
    box: Bbox

    @classmethod
    def of(cls, text: Text, renderer: RendererAgg) -> Words:
        says = arabic.restore(text.get_text())
        return cls(says, text.get_fontsize(), text.get_rotation(), text.get_window_extent(renderer))


@functools.cache
def seen(figure_id: str, lang: Language, size: str) -> Seen:
    """Look at a chart once for all tests."""
    return Seen.of(drawn(figure_id, lang, size), figure_id)


def says_nothing(chart: Chart) -> bool:
    texts = [arabic.restore(text.get_text()) for axes in chart.figure.axes for text in axes.texts]
    return texts == [chart.lang.phrase("nothing-to-show")]


def test_the_notebooks_show_what_the_recorder_finds() -> None:
    assert list(shown()) == figures.ids()
    assert {figure.kind for figure in shown().values()} == {"chart", "table"}
    assert [name for name, figure in shown().items() if figure.kind == "chart"] == CHARTS


def _styled() -> Iterator[object]:
    for (name, (lang, size)), chart_id in itertools.product(STYLES.items(), CHARTS):
        old = (lang, size) == (AR, "reading") and chart_id in OLD_ENGINE
        marks = [pytest.mark.engines] if old else []
        yield pytest.param(chart_id, lang, size, id=f"{name}-{chart_id}", marks=marks)


@pytest.mark.parametrize(("chart_id", "lang", "size"), list(_styled()))
def test_a_chart_can_be_read(chart_id: str, lang: Language, size: str) -> None:
    """Texts are prepared, inside the picture, apart from each other, and large enough."""
    chart = seen(chart_id, lang, size)
    _assert_clear(chart)
    assert min(words.type for words in chart.words) >= LEAST_TYPE[size]


@pytest.mark.one_of(3)
@pytest.mark.parametrize("chart_id", CHARTS)
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_a_chart_for_a_wall_has_the_shape_of_its_slide(chart_id: str, lang: Language) -> None:
    """What a title of two lines and a line of text leave of 1280 × 720."""
    wall = seen(chart_id, lang, "projecting")
    assert wall.drawn_at == theme.SIZES["projecting"], "its function cannot draw it anew"
    assert wall.size == pytest.approx((40 / 3, 7.5 * 552 / 720))


def _assert_clear(chart: Seen) -> None:
    """Texts are prepared, inside the picture, and apart from each other where they lie level."""
    assert chart.unprepared == []
    for words in chart.words:
        box, page = words.box, chart.page
        assert box.x0 >= -1 and box.x1 <= page.width + 1, f"{words.says!r} leaves the picture"
        assert box.y0 >= -1 and box.y1 <= page.height + 1, f"{words.says!r} leaves the picture"
    level = [(words.says, words.box.padded(-3)) for words in chart.words if not words.angle]
    for (says, box), (other, other_box) in itertools.combinations(level, 2):
        if box.overlaps(other_box):
            pytest.fail(f"{says!r} lies on {other!r}")


@pytest.mark.one_of(2)
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


@pytest.mark.parametrize("figure_id", sorted(figures.ids()))
def test_arabic_is_punctuated_as_arabic(figure_id: str) -> None:
    item = figures.made_once(figure_id, AR)
    rows = item.marks.values() if isinstance(item, Chart) else itertools.chain(*item.rows)
    said = [*rows, *(value for value in item.fields.values() if isinstance(value, str))]
    assert [text for text in said if LATIN_STOP.search(text)] == []


@pytest.mark.one_of(3)
@pytest.mark.parametrize("chart_id", CHARTS)
def test_the_order_of_the_rows_changes_nothing(chart_id: str) -> None:
    figure, before = shown()[chart_id], drawn(chart_id, AR)
    after = figure.made(AR, "reading", **figure.changed(figures.shuffled))
    assert dict(after.fields) == dict(before.fields)
    assert after.sources == before.sources
    assert dict(after.marks) == dict(before.marks)
    assert pixels(after) == drawn_pixels(chart_id, AR)


@pytest.mark.one_of(3)
@pytest.mark.parametrize("chart_id", CHARTS)
@pytest.mark.parametrize(("change", "lang"), [(figures.one_row, EN), (figures.every_other_row, AR)])
def test_a_part_of_the_rows_is_drawn(
    chart_id: str, change: figures.FrameChange, lang: Language
) -> None:
    figure = shown()[chart_id]
    chart = figure.made(lang, "reading", **figure.changed(change, first_only=True))
    assert not (says_nothing(chart) and chart.marks)
    assert chart.marks or change is figures.one_row, "one row may lie outside what is drawn"
    _assert_clear(Seen.of(chart, chart_id))


@pytest.mark.one_of(2)
@pytest.mark.parametrize("chart_id", CHARTS)
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_a_table_without_rows_says_so_in_the_figures_place(chart_id: str, lang: Language) -> None:
    for first_only in (False, True)[: len(shown()[chart_id].frames)]:
        chart = emptied(chart_id, lang, first_only)
        assert says_nothing(chart)
        assert not chart.marks
        assert not any(axes.axison for axes in chart.figure.axes), "no naked axes are left"
    assert arabic.unprepared(chart.figure) == []


@pytest.mark.parametrize("chart_id", CHARTS)
def test_a_description_has_the_same_fields_with_and_without_rows(chart_id: str) -> None:
    without = emptied(chart_id, EN)
    assert list(without.fields) == list(drawn(chart_id, EN).fields)
    assert all(str(value).strip() for value in without.fields.values()), "words, not gaps"


@pytest.mark.parametrize("chart_id", CHARTS)
def test_charts_leave_their_frames_as_they_were(chart_id: str) -> None:
    drawn(chart_id, EN)
    for name, frame in shown()[chart_id].frames:
        given = shown()[chart_id].given[name]
        assert frame.equals(given), name
        assert list(frame.columns) == list(given.columns)
