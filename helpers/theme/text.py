"""Type: the faces, the pitch of lines, the width of words as they are drawn."""

from __future__ import annotations

import functools
import warnings
from bisect import bisect_right
from pathlib import Path

from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from helpers import arabic
from helpers.language import Language
from helpers.theme.palette import FALLBACK, FAMILY, LINE_PITCH_EM

MEASURED = 100.0  # points, at which matplotlib measures outlines


@functools.cache
def font_families() -> tuple[str, ...]:
    """Return the families to draw with, and make them known to matplotlib.

    If the font package is missing, text falls back to DejaVu Sans with one warning.
    """
    try:
        import fontpkg_ibm_plex_sans_arabic as package  # noqa: PLC0415 - may be missing
    except ImportError:
        message = (
            f"the font {FAMILY} is not installed; drawing with {FALLBACK} instead "
            "(pip install fontpkg-ibm-plex-sans-arabic)"
        )
        warnings.warn(message, stacklevel=2)
        return (FALLBACK,)
    for file in sorted(Path(package.__file__).parent.rglob("*.ttf")):
        font_manager.fontManager.addfont(str(file))
    return (FAMILY, FALLBACK)


def drawn(text: object, lang: Language) -> str:
    """Return text ready to be drawn: in the digits of the language, and prepared.

    The last step, after formatting and wrapping.
    """
    if isinstance(text, arabic.PreparedText):
        return text
    return lang.draw(lang.number_text(str(text)))


def text_width(text: str, fontsize: float, weight: str = "normal") -> float:
    """Return the width in points of a line as it will be drawn; the line is ready to be drawn."""
    return text_size(text, fontsize, weight)[0]


@functools.lru_cache(maxsize=65_536)
def text_size(text: str, fontsize: float, weight: str = "normal") -> tuple[float, float]:
    """Return width and height in points of the letters of a line that is ready to be drawn."""
    font = FontProperties(family=list(font_families()), size=fontsize, weight=weight)
    return text_extent(text, font)[:2]


def text_extent(text: str, font: FontProperties) -> tuple[float, float, float]:
    """Return width, height and descent in points of a line's outlines, as an SVG has them.

    They are in proportion at any size, so that each line is measured once.
    """
    measured = font.copy()
    measured.set_size(MEASURED)
    scale = font.get_size_in_points() / MEASURED
    width, height, descent = _extent(text, measured)
    return width * scale, height * scale, descent * scale


@functools.lru_cache(maxsize=65_536)
def _extent(text: str, font: FontProperties) -> tuple[float, float, float]:
    return text_to_path.get_text_width_height_descent(text, font, False)


def wrap(text: str, lang: Language, width: float, fontsize: float, weight: str = "normal") -> str:
    r"""Break logical text into lines that fit, by the width of the drawn words.

    Parameters
    ----------
    text : str
        Text before preparation; it is broken at spaces only.
    lang : Language
        Language of the text.
    width : float
        Room in points.
    fontsize : float
        Size of type in points.
    weight : str
        Weight of type.

    Returns
    -------
    str
        Text before preparation, with line breaks.

    Examples
    --------
    >>> wrap("Critical raw materials", Language("en"), 60, 10)
    'Critical raw\nmaterials'
    """
    words = [word for word in text.split(" ") if word]

    def wide(end: int) -> float:
        return text_width(drawn(" ".join(words[:end]), lang), fontsize, weight)

    lines = []
    while words:
        # To measure is to shape: halving finds the longest line in fewer steps than word by word.
        fitting = bisect_right(range(2, len(words) + 1), width, key=wide) + 1
        lines.append(" ".join(words[:fitting]))
        del words[:fitting]
    return "\n".join(lines)


def lines_height(text: str, fontsize: float) -> float:
    """Return the height in points of a text of one or more lines."""
    return (text.count("\n") + 1) * LINE_PITCH_EM * fontsize


def set_line_pitch(figure: Figure) -> None:
    """Give all text of a figure the same line pitch on every version of matplotlib."""
    spacing = line_spacing()
    for text in figure.findobj(Text):
        if isinstance(text, Text):
            text.set_linespacing(spacing)


@functools.cache
def line_spacing() -> float:
    """Return the ``linespacing`` that gives a pitch of :data:`LINE_PITCH_EM`.

    Versions that shape text multiply it with the height of the first font, older ones with what
    the letters of "lp" have above the line.
    """
    font = FontProperties(family=list(font_families()), size=MEASURED)
    if not arabic.native_shaping():
        _, height, descent = text_to_path.get_text_width_height_descent("lp", font, False)
        return float((LINE_PITCH_EM * MEASURED - descent) / (height - descent))
    face = font_manager.get_font(font_manager.findfont(font))
    metrics, head = face.get_sfnt_table("OS/2"), face.get_sfnt_table("head")
    if metrics is None or head is None:
        return LINE_PITCH_EM
    height = metrics["sTypoAscender"] - metrics["sTypoDescender"]
    return LINE_PITCH_EM * float(head["unitsPerEm"]) / float(height)
