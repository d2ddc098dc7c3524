"""Fonts, sizes, direction and the frame of text around a chart."""

from __future__ import annotations

import builtins
import io
import warnings

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.lines import Line2D
from matplotlib.text import Text
from PIL import Image

from helpers import arabic, theme
from helpers.language import Language

pytestmark = pytest.mark.engines
AR, EN = Language("ar"), Language("en")


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


def test_sizes_keep_their_proportions() -> None:
    reading, projecting = theme.SIZES["reading"], theme.SIZES["projecting"]
    assert (reading.width, reading.height, reading.font) == (8, 4.5, 12)
    assert projecting.width == pytest.approx(reading.width * projecting.scale)
    assert projecting.height == pytest.approx(reading.height * projecting.scale)


def test_axes_run_in_the_direction_of_the_language(lang: Language) -> None:
    with theme.style(lang):
        _, axes = theme.canvas(lang)
    left, right = axes.get_xlim()
    assert (left > right) == lang.is_rtl
    assert axes.yaxis.get_ticks_position() == lang.start
    assert axes.yaxis.get_label_position() == lang.start


def test_the_frame_adds_text_on_the_start_side_and_keeps_the_drawing_whole(lang: Language) -> None:
    with theme.style(lang):
        figure, axes = theme.canvas(lang, height=3)
        axes.plot([0, 1], [0, 1])
    long_title = "عنوان طويل جدا " * 12 if lang.is_rtl else "A very long title " * 12
    theme.frame(figure, long_title.strip(), "subtitle", "credit")
    figure.canvas.draw()
    texts = {arabic.restore(text.get_text()): text for text in figure.texts}
    assert {text.get_ha() for text in figure.texts} == {lang.start}
    assert any("\n" in text for text in texts), "the long title is wrapped"
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


def test_wrapping_measures_the_drawn_words(lang: Language) -> None:
    text = (
        "العلاقات بين الاتحاد الأوروبي وآسيا الوسطى" if lang.is_rtl else "Ties of two regions now"
    )
    with theme.style(lang):
        figure, _ = theme.canvas(lang)
        lines = theme.wrap(figure, text, 120, 12).split("\n")
        font = FontProperties(family=list(theme.font_families()), size=12)
        widths = [theme.text_width(figure, lang.draw(line), font) for line in lines]
        whole = theme.text_width(figure, lang.draw(text), font)
    assert " ".join(lines) == text
    assert len(lines) >= 2
    assert max(widths) <= 120 < whole


def test_text_is_never_taken_for_mathematics() -> None:
    with theme.style(AR):
        figure, axes = theme.canvas(AR)
        axes.set_title(AR.draw("الكلفة 5$ و6$"))
    assert not any(text.get_parse_math() for text in figure.findobj(Text) if text.get_text())


def test_line_pitch_is_the_same_on_every_engine() -> None:
    with theme.style(AR):
        figure, axes = theme.canvas(AR)
        axes.set_axis_off()
        one = figure.text(0.5, 0.5, AR.draw("سطر"), fontsize=20)
        two = figure.text(0.5, 0.5, AR.draw("سطر\nسطر"), fontsize=20)
        theme.finish(figure)
        renderer = figure.canvas.get_renderer()
        heights = [t.get_window_extent(renderer).height for t in (one, two)]
    pitch = (heights[1] - heights[0]) * theme.POINTS_PER_INCH / figure.dpi / 20
    assert pitch == pytest.approx(theme.LINE_PITCH_EM, abs=0.12)


def _legend_grid(lang: Language, count: int, columns: int) -> list[str]:
    """Labels of a legend as a reader of the language meets them, row by row."""
    with theme.style(lang):
        figure, axes = theme.canvas(lang)
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


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_two_savings_are_the_same_to_the_byte(kind: str) -> None:
    def saved() -> bytes:
        with theme.style(AR):
            figure, axes = theme.canvas(AR)
            axes.set_title(AR.draw("قمة سمرقند 2025"))
        target = io.BytesIO()
        theme.save(figure, target, kind)
        return target.getvalue()

    assert saved() == saved()


def test_a_saved_picture_keeps_its_colours_and_size() -> None:
    with theme.style(EN):
        figure, axes = theme.canvas(EN, height=2)
        axes.set_facecolor(theme.PALETTE["rose"])
    target = io.BytesIO()
    theme.save(figure, target, "png")
    picture = Image.open(target)
    assert picture.size == (8 * 144, 2 * 144)
    colours = [
        f"#{r:02X}{g:02X}{b:02X}" for _, (r, g, b) in picture.convert("RGB").getcolors(99999)
    ]
    assert theme.PALETTE["rose"] in colours
