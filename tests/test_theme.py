"""Fonts, sizes, direction and the frame of text around a chart."""

from __future__ import annotations

import builtins
import io
import os
import re
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.lines import Line2D
from matplotlib.text import Text
from PIL import Image

from helpers import arabic, theme
from helpers.language import Language
from helpers.paths import ROOT
from helpers.theme.palette import CREDIT_SIZE

pytestmark = pytest.mark.engines
AR, EN = Language("ar"), Language("en")
READING = theme.size_named("reading")


def test_the_font_of_the_project_is_found_in_two_weights() -> None:
    families = list(theme.font_families())
    names = [findfont(FontProperties(family=families, weight=w)) for w in ("normal", "bold")]
    assert [name.rsplit("-", 1)[1] for name in names] == ["Regular.ttf", "Bold.ttf"]


def test_a_missing_font_falls_back_with_one_warning(monkeypatch) -> None:
    real = builtins.__import__

    def without_fonts(name, *args, **kwargs):
        if name == "fontpkg_ibm_plex_sans_arabic":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_fonts)
    theme.font_families.cache_clear()
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            assert theme.font_families() == ("DejaVu Sans",)
            assert theme.font_families() == ("DejaVu Sans",)
        assert [str(w.message) for w in caught if "is not installed" in str(w.message)] == [
            "the font IBM Plex Sans Arabic is not installed; drawing with DejaVu Sans instead "
            "(pip install fontpkg-ibm-plex-sans-arabic)"
        ]
    finally:
        theme.font_families.cache_clear()


def test_an_unknown_size_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="known: reading, projecting"):
        theme.size_named("poster")


def test_a_wall_is_sixteen_to_nine_and_its_least_type_eighteen_pixels() -> None:
    reading, projecting = theme.SIZES["reading"], theme.SIZES["projecting"]
    assert (reading.width, reading.height, reading.font, reading.fixed) == (8, 4.5, 12, False)
    assert projecting.fixed
    assert (projecting.width, projecting.height) == pytest.approx((40 / 3, 7.5))
    pixels = CREDIT_SIZE * projecting.font * 1280 / (projecting.width * 72)
    assert pixels == pytest.approx(18)


def test_axes_run_in_the_direction_of_the_language(lang: Language) -> None:
    with theme.style(lang, READING):
        _, axes = theme.canvas(lang, READING)
    left, right = axes.get_xlim()
    assert (left > right) == lang.is_rtl
    assert axes.yaxis.get_ticks_position() == lang.start
    assert axes.yaxis.get_label_position() == lang.start


def test_the_frame_adds_text_on_the_start_side_and_keeps_the_drawing_whole(lang: Language) -> None:
    with theme.style(lang, READING):
        figure, axes = theme.canvas(lang, READING, height=3)
        axes.plot([0, 1], [0, 1])
    long_title = "عنوان طويل جدا " * 12 if lang.is_rtl else "A very long title " * 12
    with theme.framed(figure, lang, READING, long_title.strip(), "subtitle", "credit"):
        texts = [arabic.restore(text.get_text()) for text in figure.texts]
        assert {text.get_ha() for text in figure.texts} == {lang.start}
        assert any("\n" in text for text in texts), "the long title is wrapped"
        title, subtitle = (
            text.get_window_extent().height * theme.POINTS_PER_INCH / figure.dpi / text.get_size()
            for text in figure.texts[:2]
        )
        pitch = (title - subtitle) / texts[0].count("\n")
        assert pitch == pytest.approx(theme.LINE_PITCH_EM, abs=0.25), "in ems, as measured before"
        renderer = figure.canvas.get_renderer()
        boxes = [text.get_window_extent(renderer) for text in figure.texts]
        drawing = axes.get_tightbbox(renderer)
        for box in boxes:
            assert figure.bbox.contains(box.x0, box.y0)
            assert figure.bbox.contains(box.x1, box.y1)
            assert not box.overlaps(drawing)
        for one in range(len(boxes)):
            for other in range(one + 1, len(boxes)):
                assert not boxes[one].padded(-1).overlaps(boxes[other])
        assert figure.get_figheight() > 3


def test_the_subject_stands_small_above_what_a_figure_says(lang: Language) -> None:
    with theme.style(lang, READING):
        figure, _ = theme.canvas(lang, READING, height=2)
    words = ("عنوان", "فرعي", "مصدر", "موضوع") if lang.is_rtl else ("says", "sub", "by", "subject")
    with theme.framed(figure, lang, READING, *words) as framed:
        kicker, title = framed.texts[:2]
        assert [arabic.restore(text.get_text()) for text in (kicker, title)] == [words[3], words[0]]
        assert kicker.get_fontsize() < 0.7 * title.get_fontsize()
        assert kicker.get_window_extent().y0 >= title.get_window_extent().y1
        taller = framed.get_figheight()
    with theme.framed(figure, lang, READING, *words[:3]) as framed:
        assert len(framed.texts) == 3, "no gap where there is no kicker"
        assert framed.get_figheight() < taller


def test_a_frame_leaves_the_figure_as_it_was() -> None:
    """So that the same figure can be framed again, with other words or in another format."""
    with theme.style(EN, READING):
        figure, axes = theme.canvas(EN, READING, height=3)
        axes.set_title("inside")

    def framed(title: str) -> bytes:
        with theme.framed(figure, EN, READING, title, "subtitle", "credit"):
            return theme.encoded(figure, "png")

    before = axes.get_position().bounds
    first, other, again = framed("one"), framed("a much longer title " * 9), framed("one")
    assert first == again != other
    assert figure.get_figheight() == 3
    assert figure.texts == []
    assert axes.get_position().bounds == before
    assert axes.get_in_layout()
    assert type(figure.get_layout_engine()).__name__ == "ConstrainedLayoutEngine"


def test_wrapping_measures_the_drawn_words(lang: Language) -> None:
    text = (
        "العلاقات بين الاتحاد الأوروبي وآسيا الوسطى" if lang.is_rtl else "Ties of two regions now"
    )
    with theme.style(lang, READING):
        lines = theme.wrap(text, lang, 120, 12).split("\n")
        widths = [theme.text_width(lang.draw(line), 12) for line in lines]
        whole = theme.text_width(lang.draw(text), 12)
    assert " ".join(lines) == text
    assert len(lines) >= 2
    assert max(widths) <= 120 < whole


@pytest.mark.parametrize("size", theme.SIZES)
def test_letters_are_as_wide_in_a_picture_as_they_were_measured(lang: Language, size: str) -> None:
    """At every size, so that what is broken for an outline is broken for a PNG too."""
    words = "العلاقات بين الاتحاد الأوروبي" if lang.is_rtl else "Ties of two regions until now"
    look = theme.size_named(size)
    with theme.style(lang, look):
        figure, _ = theme.canvas(lang, look)
        text = figure.text(0, 0, lang.draw(words), fontsize=look.font)
        points = text.get_window_extent().width * theme.POINTS_PER_INCH / figure.dpi
    assert points == pytest.approx(theme.text_width(lang.draw(words), look.font), rel=0.004)


def test_text_is_never_taken_for_mathematics() -> None:
    with theme.style(AR, READING):
        figure, axes = theme.canvas(AR, READING)
        axes.set_title(AR.draw("الكلفة 5$ و6$"))
    assert not any(text.get_parse_math() for text in figure.findobj(Text) if text.get_text())


def test_line_pitch_is_the_same_on_every_engine() -> None:
    with theme.style(AR, READING):
        figure, axes = theme.canvas(AR, READING)
        axes.set_axis_off()
        one = figure.text(0.5, 0.5, AR.draw("سطر"), fontsize=20)
        two = figure.text(0.5, 0.5, AR.draw("سطر\nسطر"), fontsize=20)
        theme.set_line_pitch(figure)
        renderer = figure.canvas.get_renderer()
        heights = [t.get_window_extent(renderer).height for t in (one, two)]
    pitch = (heights[1] - heights[0]) * theme.POINTS_PER_INCH / figure.dpi / 20
    assert pitch == pytest.approx(theme.LINE_PITCH_EM, abs=0.05)


def _legend_grid(lang: Language, count: int, columns: int) -> list[str]:
    """Labels of a legend as a reader of the language meets them, row by row."""
    with theme.style(lang, READING):
        figure, axes = theme.canvas(lang, READING)
        labels = [lang.draw(f"{'بند' if lang.is_rtl else 'item'} {n}") for n in range(count)]
        handles = [Line2D([], [], marker="o", label=label) for label in labels]
        legend = theme.legend(axes, lang, handles, columns)
        figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    placed = [
        (text.get_window_extent(renderer), arabic.restore(text.get_text()))
        for text in legend.get_texts()
        if text.get_text()
    ]
    sign = -1 if lang.is_rtl else 1
    return [t for _, t in sorted(placed, key=lambda p: (-round(p[0].y0 / 8), sign * p[0].x0))]


@pytest.mark.parametrize(("count", "columns"), [(3, 3), (5, 3), (6, 3), (7, 4), (2, 4)])
def test_legend_rows_read_in_order(lang: Language, count: int, columns: int) -> None:
    word = "بند" if lang.is_rtl else "item"
    assert _legend_grid(lang, count, columns) == [f"{word} {n}" for n in range(count)]


def test_the_palette_stays_apart_for_colour_blind_readers() -> None:
    """Least distance of any two hues in CIELAB under simulated deficiencies (Machado 2009)."""
    deficiencies = {
        "protanopia": [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        "deuteranopia": [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        "tritanopia": [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    }
    hues = [theme.PALETTE[name] for name in ("navy", "amber", "maroon", "violet", "rose")]
    for matrix in deficiencies.values():
        seen = [_lab(np.clip(np.array(matrix) @ _linear(hue), 0, 1)) for hue in hues]
        distances = [np.linalg.norm(seen[a] - seen[b]) for a in range(len(hues)) for b in range(a)]
        assert min(distances) > 20


def _linear(hue: str) -> np.ndarray:
    rgb = np.array([int(hue[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    scaled = to_xyz @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def a_figure(lang: Language = AR) -> Figure:
    with theme.style(lang, READING):
        figure, axes = theme.canvas(lang, READING, height=2)
        axes.set_title(lang.draw("قمة سمرقند 2025" if lang.is_rtl else "Samarkand 2025"))
        axes.set_facecolor(theme.PALETTE["rose"])
        axes.plot([0, 1, 2], [1, 0, 2], marker="o")
    return figure


def file_of(figure: Figure, kind: str, lang: Language = AR) -> bytes:
    with theme.style(lang, READING):
        return theme.encoded(figure, kind)


@pytest.mark.parametrize("kind", theme.FORMATS)
def test_one_figure_is_the_same_file_whenever_it_is_written(kind: str) -> None:
    """The layout rests after the first drawing, whatever was written before, in any format."""
    figure, other = a_figure(), a_figure()
    with theme.framed(figure, AR, READING, "عنوان", "فرعي", "مصدر"):
        once = theme.encoded(figure, kind)
        between = [theme.encoded(figure, each) for each in theme.FORMATS]
        assert once == theme.encoded(figure, kind) == between[theme.FORMATS.index(kind)]
    with theme.framed(other, AR, READING, "عنوان", "فرعي", "مصدر"):
        assert theme.encoded(other, kind) == once, "drawn anew, it is the same file too"


def test_a_file_says_nothing_of_the_day_or_the_program() -> None:
    figure = a_figure()
    for kind in theme.FORMATS:
        file = file_of(figure, kind).lower()
        for word in (b"matplotlib v", b"software", b"creationdate", b"<dc:date"):
            assert word not in file, (kind, word)


def test_text_of_a_pdf_is_drawn_as_outlines() -> None:
    """As text, matplotlib 3.11 would shift what follows a mark without width."""
    figure = a_figure()
    figure.draw_without_rendering()  # ticks are made when they are first drawn
    before = [text.get_path_effects() for text in figure.findobj(Text)]
    assert b"/FontDescriptor" not in file_of(figure, "pdf")
    assert [text.get_path_effects() for text in figure.findobj(Text)] == before
    plain = io.BytesIO()
    figure.savefig(plain, format="pdf")
    assert b"/FontDescriptor" in plain.getvalue(), "what the test looks for is there otherwise"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of old mathematics
def test_an_svg_is_what_matplotlib_writes(lang: Language) -> None:
    """Of lines in two weights and sizes, and of mathematics, which are not measured here."""
    words = "العلاقات بين الاتحاد" if lang.is_rtl else "Ties of two regions"
    with theme.style(lang, READING):
        figure, axes = theme.canvas(lang, READING)
        axes.set_title(lang.draw(words), weight="bold")
        axes.text(0.5, 0.5, lang.draw(f"{words}\n{words}"), fontsize=20, ha="center", va="center")
        axes.text(0.5, 0.2, "$x^2$", parse_math=True)
    with theme.unframed(figure, lang, READING):
        dpi, ours, theirs = figure.dpi, theme.encoded(figure, "svg"), io.BytesIO()
        figure.savefig(theirs, format="svg", metadata={"Date": None, "Creator": None})
        assert figure.dpi == dpi
    number = re.compile(rb"-?\d+\.\d+")
    assert number.split(ours) == number.split(theirs.getvalue())
    places = [list(map(float, number.findall(svg))) for svg in (ours, theirs.getvalue())]
    assert places[0] == pytest.approx(places[1], abs=1e-4)


def test_letters_of_an_svg_are_outlines() -> None:
    assert b"<text" not in file_of(a_figure(), "svg")


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown format 'jpg'; known: png, svg, pdf"):
        file_of(a_figure(), "jpg")


def test_a_picture_keeps_its_colours_and_size() -> None:
    picture = Image.open(io.BytesIO(file_of(a_figure(EN), "png", EN)))
    assert picture.size == (8 * 144, 2 * 144)
    assert picture.mode == "P", "a palette makes the file a third of the size"
    colours = [
        f"#{r:02X}{g:02X}{b:02X}" for _, (r, g, b) in picture.convert("RGB").getcolors(99999)
    ]
    assert theme.PALETTE["rose"] in colours
    assert theme.PALETTE["paper"] in colours


# Surroundings

DRAW = """
import hashlib
from helpers import theme
from helpers.language import Language
lang, size = Language("ar"), theme.size_named("reading")
with theme.style(lang, size):
    figure, axes = theme.canvas(lang, size, height=2)
    axes.plot([0, 1, 2], [-1, 0, 2], marker="o", label=lang.draw("خط"))
    axes.set_title(lang.draw("عنوان"))
    theme.legend(axes, lang, axes.lines)
with theme.framed(figure, lang, size, "عنوان", "فرعي", "مصدر"):
    for kind in theme.FORMATS:
        print(kind, hashlib.sha256(theme.encoded(figure, kind)).hexdigest())
"""
START_UP = "import matplotlib.pyplot as plt; plt.style.use('dark_background')\n"
MATPLOTLIBRC = """
text.usetex: True
savefig.bbox: tight
savefig.dpi: 50
savefig.transparent: True
figure.dpi: 300
figure.facecolor: black
axes.grid: True
axes.facecolor: green
font.size: 30
lines.linewidth: 9
svg.fonttype: none
path.sketch: 1, 100, 2
"""


def test_settings_of_the_reader_leave_the_pictures_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A style, a start-up file, a matplotlibrc, another backend: the same files to the byte."""
    exec(DRAW, {})
    plain = capsys.readouterr().out
    assert plain.count("\n") == len(theme.FORMATS)
    (tmp_path / "matplotlibrc").write_text(MATPLOTLIBRC, encoding="utf-8")
    rc = {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc"), "MPLBACKEND": "svg"}
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | rc
    ran = subprocess.run(
        [sys.executable, "-c", START_UP + DRAW],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == plain


def test_the_readers_own_settings_come_back() -> None:
    with mpl.rc_context({"font.size": 31, "axes.grid": True}):
        before = dict(mpl.rcParams)
        with theme.style(AR, READING):
            assert mpl.rcParams["font.size"] == READING.font
            assert not mpl.rcParams["axes.grid"]
        assert dict(mpl.rcParams) == before
        with pytest.raises(ZeroDivisionError), theme.style(AR, READING):
            _ = 1 / 0
        assert dict(mpl.rcParams) == before


def test_two_threads_draw_what_one_draws() -> None:
    """The settings of matplotlib belong to all threads, so one draws at a time."""
    sizes = [theme.size_named(name) for name in ("reading", "projecting")]

    def draw(size: theme.Size) -> bytes:
        with theme.style(EN, size):
            figure, axes = theme.canvas(EN, size, height=1)
            time.sleep(0.01)  # long enough for the other thread to come in between
            axes.set_title("title")
            axes.plot([0, 1], [0, 1])
        with theme.framed(figure, EN, size, "title", "subtitle", "credit"):
            return theme.encoded(figure, "png")

    before, alone = dict(mpl.rcParams), [draw(size) for size in sizes]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(draw, sizes * 3))
    assert together == alone * 3
    assert dict(mpl.rcParams) == before


# Direction


def test_limits_offsets_and_heads_follow_the_language(lang: Language) -> None:
    with theme.style(lang, READING):
        figure, axes = theme.canvas(lang, READING)
        theme.limits(axes, 0, 10, lang)
        theme.heads(axes, ["a", "b"], lang)
        figure.draw_without_rendering()
    assert axes.get_xlim() == ((10, 0) if lang.is_rtl else (0, 10))
    sign = -1 if lang.is_rtl else 1
    assert theme.offset(5, lang) == (5 * sign, 0)
    (first, second) = axes.get_xticklabels()
    assert first.get_rotation() == 0, "heads are upright"
    assert (first.get_window_extent().x0 < second.get_window_extent().x0) != lang.is_rtl


def test_heads_that_would_read_as_one_line_are_set_on_two_levels(lang: Language) -> None:
    """Neighbours must be further apart than two words."""
    name = "التوصيات" if lang.is_rtl else "Recommendations"
    with theme.style(lang, READING):
        size = mpl.rcParams["xtick.labelsize"]
        one, pair = (theme.text_width(lang.draw(text), size) for text in (name, f"{name} {name}"))
        for room, levels in ((one + 1.3 * (pair - 2 * one), 2), (one + READING.font / 2, 1)):
            _, axes = theme.canvas(lang, READING)
            theme.heads(axes, [name] * 3, lang, room)
            assert (len(axes.get_xticks(minor=True)) > 0) == (levels == 2), room


@pytest.mark.parametrize(("room", "levels"), [(200, 1), (60, 1), (40, 2)])
def test_heads_are_broken_or_set_on_two_levels_where_columns_are_narrow(
    lang: Language, room: float, levels: int
) -> None:
    name = "الاقتصاد والتجارة" if lang.is_rtl else "Regional trading"
    room *= 0.8 if lang.is_rtl else 1  # words are shorter
    with theme.style(lang, READING):
        figure, axes = theme.canvas(lang, READING)
        theme.limits(axes, -0.5, 5.5, lang)
        theme.heads(axes, [name] * 6, lang, room)
        figure.draw_without_rendering()
    lower, upper = axes.get_xticklabels(), axes.get_xticklabels(minor=True)
    assert (len(lower), len(upper)) == ((6, 0) if levels == 1 else (3, 3))
    lines = {arabic.restore(label.get_text()).count("\n") + 1 for label in [*lower, *upper]}
    assert lines == ({1} if room > 100 else {2}), "broken where one line would be too wide"
    boxes = [label.get_window_extent() for label in [*lower, *upper]]
    assert (
        not any(one.overlaps(other) for number, one in enumerate(boxes) for other in boxes[:number])
        or room > 100
    )
    if upper:
        ends = {round(abs(place)) for place in axes.get_xticks(minor=True)}
        assert ends == {1, 3, 5}, "every other name, over its own column"


def test_names_of_rows_are_level_with_their_marks(lang: Language) -> None:
    names = ["الطاقة", "العلاقات السياسية"] if lang.is_rtl else ["Energy", "a name"]
    with theme.style(lang, READING):
        figure, axes = theme.canvas(lang, READING)
        theme.rows(axes, names, lang)
        theme.set_line_pitch(figure)
        figure.draw_without_rendering()
        for label, y in zip(axes.get_yticklabels(), axes.get_yticks(), strict=True):
            box = label.get_window_extent()
            place = axes.transData.transform((0, y))[1]
            assert abs((box.y0 + box.y1) / 2 - place) < 0.1 * label.get_fontsize()


def test_rows_are_named_from_the_top_down(lang: Language) -> None:
    with theme.style(lang, READING):
        _, axes = theme.canvas(lang, READING)
        theme.rows(axes, ["first", "second", "third"], lang)
    assert list(axes.get_yticks()) == [2, 1, 0]
    assert arabic.restore(axes.get_yticklabels()[0].get_text()) == "first"
    low, high = axes.get_ylim()
    assert low < 0 and high > 2
    assert not any(spine.get_visible() for spine in axes.spines.values())


def test_only_axes_know_the_sides() -> None:
    """Charts say start and end; a chart that asks for the direction would mirror by halves."""
    for path in sorted((ROOT / "helpers" / "charts").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for word in ("is_rtl", "set_xlim", '"left"', '"right"', "set_inverted"):
            assert word not in text, f"{path.name} says {word}; use helpers.theme.axes"


def test_the_palette_is_plain_values() -> None:
    """Style sheets are written from it, where matplotlib need not be loaded."""
    code = "import runpy, sys; runpy.run_path('helpers/theme/palette.py'); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "matplotlib" not in ran.stdout
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in theme.PALETTE.values())


def test_a_drawing_on_a_slide_has_no_words_round_it_and_its_share_of_the_height() -> None:
    wall = theme.size_named("projecting")
    figure, _ = theme.canvas(EN, wall)
    with theme.on_a_slide(figure, EN, wall) as drawing:
        assert drawing.texts == []
        assert drawing.get_size_inches() == pytest.approx((wall.width, wall.height * 552 / 720))
