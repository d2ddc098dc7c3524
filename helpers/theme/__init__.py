"""Look of the figures: fonts, palette, sizes, direction of axes, and the frame of text.

Chart functions say *start* and *end*; only this module knows which side that is.
"""

from __future__ import annotations

import functools
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import matplotlib as mpl
from matplotlib import font_manager, patheffects
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation, Transform
from PIL import Image

from helpers import arabic
from helpers.language import Language

FAMILY = "IBM Plex Sans Arabic"
FALLBACK = "DejaVu Sans"

# Five hues that stay apart under the three simulated colour deficiencies (least Delta E 24), and
# neutrals. Amber is a fill only: as a line on white it is too light.
PALETTE = {
    "navy": "#0B3C6F",
    "amber": "#E69F00",
    "maroon": "#750A15",
    "violet": "#A17EF6",
    "rose": "#E1265B",
    "ink": "#1D2129",
    "grey": "#5B616B",
    "light": "#C9CED6",
    "faint": "#EEF0F3",
    "paper": "#FFFFFF",
}
# Edge of a mark filled with a hue that is too light to stand alone.
EDGES = {"amber": "ink"}
# Hue of a line where the hue of a fill is too light.
LINES = {"amber": "grey"}
SEQUENTIAL = "cividis"
DIVERGING = "BrBG"

POINTS_PER_INCH = 72
LINE_PITCH_EM = 1.4
TITLE_SIZE, SUBTITLE_SIZE, SMALL_SIZE, CREDIT_SIZE = 1.3, 0.95, 0.82, 0.75  # of the base size
MARGIN_EM = 0.7

PNG_COLOURS = 256

# What a file would otherwise say of the day and the program that made it.
UNDATED = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}


@dataclass(frozen=True)
class Size:
    """A size of figures: for reading on a page, or for projecting on a wall.

    Attributes
    ----------
    width, height : float
        Inches; charts with many rows grow taller.
    font : float
        Base size of type in points.
    """

    width: float
    height: float
    font: float

    @property
    def scale(self) -> float:
        """Ratio to the reading size, for lengths given in points or inches at that size."""
        return self.font / 12


SIZES = {"reading": Size(8, 4.5, 12), "projecting": Size(40 / 3, 7.5, 20)}


def size_named(name: str) -> Size:
    """Return a size by name.

    Raises
    ------
    ValueError
        If the name is unknown; the message names those that are known.
    """
    if name not in SIZES:
        raise ValueError(f"unknown size {name!r}; known: {', '.join(SIZES)}")
    return SIZES[name]


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


@contextmanager
def style(lang: Language, size: str = "reading") -> Iterator[Size]:
    """Draw in the project's style while the context lasts."""
    chosen = size_named(size)
    settings = {
        "font.family": list(font_families()),
        "font.size": chosen.font,
        "text.parse_math": False,  # a $ in Arabic text would tear its letters apart
        "text.color": PALETTE["ink"],
        "axes.edgecolor": PALETTE["grey"],
        "axes.labelcolor": PALETTE["ink"],
        "axes.linewidth": 0.8 * chosen.scale,
        "axes.spines.top": False,
        "axes.spines.right": lang.is_rtl,
        "axes.spines.left": not lang.is_rtl,
        "axes.unicode_minus": True,
        "xtick.color": PALETTE["grey"],
        "ytick.color": PALETTE["ink"],
        "xtick.labelsize": chosen.font * SMALL_SIZE,
        "ytick.labelsize": chosen.font * SMALL_SIZE,
        "ytick.left": not lang.is_rtl,
        "ytick.labelleft": not lang.is_rtl,
        "ytick.right": lang.is_rtl,
        "ytick.labelright": lang.is_rtl,
        "legend.frameon": False,
        "legend.fontsize": chosen.font * SMALL_SIZE,
        "figure.facecolor": PALETTE["paper"],
        "savefig.facecolor": PALETTE["paper"],
        "savefig.dpi": 144,
        "svg.fonttype": "path",
        "svg.hashsalt": "samarkand-summit-notebooks",
    }
    with mpl.rc_context(settings):
        yield chosen


def canvas(
    lang: Language, size: str = "reading", height: float | None = None
) -> tuple[Figure, Axes]:
    """Make an empty figure with one Axes that runs in the direction of the language.

    Parameters
    ----------
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.
    height : float, optional
        Height of the drawing in inches at reading size, without title and credit line.

    Returns
    -------
    figure : matplotlib.figure.Figure
        Not known to pyplot, so that nothing is shown by itself.
    axes : matplotlib.axes.Axes
        Its x axis is inverted for a right-to-left language.
    """
    chosen = size_named(size)
    body = chosen.height if height is None else height * chosen.scale
    figure = Figure(figsize=(chosen.width, body), layout="constrained")
    FigureCanvasAgg(figure)
    figure.language, figure.size = lang, chosen
    figure.description_fields, figure.sources = {}, ()
    axes = figure.add_subplot()
    orient(axes, lang)
    return figure, axes


def panels(
    lang: Language, size: str, height: float, ratios: tuple[float, ...]
) -> tuple[Figure, list[Axes]]:
    """Make a figure with Axes side by side that share their y axis.

    Parameters
    ----------
    lang, size, height
        As for :func:`canvas`.
    ratios : tuple of float
        Widths of the Axes in reading order.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : list of matplotlib.axes.Axes
        In reading order: the first stands at the start side.
    """
    figure, first = canvas(lang, size, height)
    first.remove()
    widths = ratios[::-1] if lang.is_rtl else ratios
    axes = list(figure.subplots(1, len(ratios), sharey=True, width_ratios=widths))
    for each in axes:
        orient(each, lang)
    return figure, axes[::-1] if lang.is_rtl else axes


def orient(axes: Axes, lang: Language) -> None:
    """Make the x axis run in the direction of the language, and put the y axis at its start."""
    axes.xaxis.set_inverted(lang.is_rtl)
    axes.yaxis.set_label_position(lang.start)
    axes.yaxis.set_ticks_position(lang.start)


def mark_style(colour: str, scale: float, hollow: bool = False, width: float = 1.4) -> dict:
    """Return the fill and edge of a mark for ``plot`` and ``Line2D``.

    Parameters
    ----------
    colour : str
        Name in the palette.
    scale : float
        Scale of the figure's size.
    hollow : bool
        Whether the inside is left empty.
    width : float
        Width of the edge in points at reading size.
    """
    return {
        "linestyle": "none",
        "markerfacecolor": PALETTE["paper" if hollow else colour],
        "markeredgecolor": PALETTE[EDGES.get(colour, colour)],
        "markeredgewidth": width * scale,
    }


def describe(figure: Figure, sources: tuple[str, ...] = (), **fields: object) -> None:
    """Give the figure the values for its description, and the ids of the sources it rests on."""
    figure.description_fields, figure.sources = fields, sources


def ink_on(fill: str | tuple[float, ...]) -> str:
    """Return the colour of type that reads better on a fill: ink or paper (WCAG contrast)."""

    def luminance(colour: str | tuple[float, ...]) -> float:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(ink: str) -> float:
        dark, light = sorted((luminance(fill), luminance(ink)))
        return (light + 0.05) / (dark + 0.05)

    return max((PALETTE["ink"], PALETTE["paper"]), key=contrast)


def say_nothing_to_show(axes: Axes, lang: Language) -> None:
    """Say in the figure's place that there is nothing to draw."""
    axes.set_axis_off()
    text = lang.draw(lang.phrase("nothing-to-show"))
    axes.text(0.5, 0.5, text, ha="center", va="center", transform=axes.transAxes)


def text_width(figure: Figure, text: str, font: FontProperties) -> float:
    """Return the width in points of a line as it will be drawn."""
    renderer = figure.canvas.get_renderer()
    pixels, _, _ = renderer.get_text_width_height_descent(text, font, ismath=False)
    return pixels * POINTS_PER_INCH / figure.dpi


def wrap(figure: Figure, text: str, width: float, fontsize: float, weight: str = "normal") -> str:
    """Break logical text into lines that fit, by the width of the drawn words.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Figure made by :func:`canvas`.
    text : str
        Text before preparation; it is broken at spaces only.
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
    """
    font = FontProperties(family=list(font_families()), size=fontsize, weight=weight)
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(figure, figure.language.draw(longer), font) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def legend(axes: Axes, lang: Language, handles: list, columns: int = 1, gap: float = 2.3) -> Legend:
    """Place a legend under the Axes, its entries running in the direction of the language.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Axes that the legend belongs to.
    lang : Language
        Language of the figure.
    handles : list of matplotlib.artist.Artist
        Artists whose labels are already prepared, in reading order.
    columns : int
        Entries in a row.
    gap : float
        Distance from the Axes in ems; the default leaves room for tick labels.
    """
    handles = _by_column(handles, columns, lang.is_rtl)
    return axes.legend(
        handles=handles,
        loc=f"upper {lang.start}",
        bbox_to_anchor=(1 if lang.is_rtl else 0, 0),
        bbox_transform=_below(axes, gap),
        ncols=columns,
        markerfirst=not lang.is_rtl,
        alignment=lang.start,
        borderaxespad=0,
        columnspacing=1.2,
        handletextpad=0.5,
    )


def _below(axes: Axes, gap: float) -> Transform:
    """Return Axes coordinates shifted down by `gap` ems."""
    figure = axes.figure
    shift = -gap * figure.size.font / POINTS_PER_INCH
    return axes.transAxes + ScaledTranslation(0, shift, figure.dpi_scale_trans)


def _by_column(handles: list, columns: int, mirrored: bool) -> list:
    """Reorder legend entries so that rows read in order, from the right if `mirrored`.

    matplotlib fills a legend column by column from the left.
    """
    columns = min(columns, len(handles))
    blanks = [Line2D([], [], linestyle="none", label="")] * (-len(handles) % columns)
    filled = handles + blanks
    rows = [filled[start : start + columns] for start in range(0, len(filled), columns)]
    if mirrored:
        rows = [row[::-1] for row in rows]
    return [row[column] for column in range(columns) for row in rows]


def frame(figure: Figure, title: str, subtitle: str, credit: str) -> Figure:
    """Put title, subtitle and credit line into the figure, which grows by what they need.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Figure made by :func:`canvas`; drawn on all of its area.
    title, subtitle, credit : str
        Text before preparation, in the language of the figure.
    """
    lang, size = figure.language, figure.size
    with style(lang, _name_of(size)):
        margin = MARGIN_EM * size.font
        width, body = figure.get_size_inches() * POINTS_PER_INCH
        head = [(title, TITLE_SIZE, "bold", "ink"), (subtitle, SUBTITLE_SIZE, "normal", "grey")]
        wrapped = [
            (
                wrap(figure, text, width - 2 * margin, scale * size.font, weight),
                scale,
                weight,
                colour,
            )
            for text, scale, weight, colour in head
        ]
        foot = wrap(figure, credit, width - 2 * margin, CREDIT_SIZE * size.font)
        above = margin + sum(
            _lines_height(text, scale * size.font) for text, scale, _, _ in wrapped
        )
        above += 0.5 * size.font
        below = _lines_height(foot, CREDIT_SIZE * size.font) + margin
        total = body + above + below
        figure.set_size_inches(width / POINTS_PER_INCH, total / POINTS_PER_INCH)
        side = margin / width
        figure.get_layout_engine().set(rect=(side, below / total, 1 - 2 * side, body / total))
        x, y = (1 - side if lang.is_rtl else side), 1 - margin / total
        for text, scale, weight, colour in wrapped:
            _edge_text(figure, x, y, text, scale, "top", weight=weight, color=PALETTE[colour])
            y -= _lines_height(text, scale * size.font) / total
        _edge_text(
            figure, x, margin / 2 / total, foot, CREDIT_SIZE, "bottom", color=PALETTE["grey"]
        )
        finish(figure)
    return figure


def _name_of(size: Size) -> str:
    return next(name for name, known in SIZES.items() if known == size)


def _lines_height(text: str, fontsize: float) -> float:
    return (text.count("\n") + 1) * LINE_PITCH_EM * fontsize


def _edge_text(
    figure: Figure, x: float, y: float, text: str, scale: float, va: str, **look
) -> None:
    lang = figure.language
    fontsize = scale * figure.size.font
    figure.text(x, y, lang.draw(text), ha=lang.start, va=va, fontsize=fontsize, **look)


def finish(figure: Figure) -> None:
    """Give all text the same line pitch on every version of matplotlib."""
    spacing = line_spacing()
    for text in figure.findobj(Text):
        text.set_linespacing(spacing)


@functools.cache
def line_spacing() -> float:
    """Return the ``linespacing`` that gives a pitch of :data:`LINE_PITCH_EM`.

    Versions that shape text multiply it with the height of the first font, older ones with about
    one em.
    """
    if not arabic.native_shaping():
        return LINE_PITCH_EM
    font = font_manager.get_font(font_manager.findfont(font_families()[0]))
    metrics, units = font.get_sfnt_table("OS/2"), font.get_sfnt_table("head")["unitsPerEm"]
    return LINE_PITCH_EM * units / (metrics["sTypoAscender"] - metrics["sTypoDescender"])


def save(figure: Figure, target: Path | BinaryIO, kind: str) -> None:
    """Write a figure, without date or version in the file.

    In a PDF, matplotlib 3.11 shifts what follows a zero-width mark, so text is drawn as outlines.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Figure made by :func:`canvas`.
    target : Path or binary file
        Where to write.
    kind : {"png", "svg", "pdf"}
        Format.
    """
    with style(figure.language, _name_of(figure.size)):
        if kind == "png":
            _save_png(figure, target)
            return
        with _outlined(figure) if kind == "pdf" else nullcontext():
            figure.savefig(target, format=kind, metadata=UNDATED[kind])


def _save_png(figure: Figure, target: Path | BinaryIO) -> None:
    """Write a PNG with a palette: a third of the size, as notebooks keep their pictures."""
    plain = io.BytesIO()
    figure.savefig(plain, format="png", metadata=UNDATED["png"])
    picture = Image.open(plain).convert("RGB")
    picture = picture.quantize(
        PNG_COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE
    )
    picture.save(target, "png", optimize=True)


@contextmanager
def _outlined(figure: Figure) -> Iterator[None]:
    texts = [(text, text.get_path_effects()) for text in figure.findobj(Text)]
    for text, effects in texts:
        text.set_path_effects(effects or [patheffects.Normal()])
    try:
        yield
    finally:
        for text, effects in texts:
            text.set_path_effects(effects)
