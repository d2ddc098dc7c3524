"""The style that figures are drawn in, and empty figures to draw on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.language import Language
from helpers.theme.axes import in_order, orient
from helpers.theme.palette import EDGES, PALETTE, SMALL_SIZE
from helpers.theme.sizes import PIXELS_PER_INCH, Size
from helpers.theme.text import font_families

# The settings of matplotlib are shared by all threads: one draws at a time.
_DRAWING = threading.RLock()


@contextmanager
def style(lang: Language, size: Size) -> Iterator[None]:
    """Draw in the project's style while the context lasts.

    It starts from matplotlib's own defaults, so that a style, a start-up file or a ``matplotlibrc``
    of the reader leaves the pictures as they are.
    """
    with _DRAWING, mpl.rc_context():
        mpl.rcParams.update(_defaults() | _settings(lang, size))
        yield


def _defaults() -> dict[Any, Any]:
    """Return matplotlib's own values of the settings that the reader has changed."""
    own = mpl.rcParamsDefault.copy()
    keys = [key for key in own if not key.startswith("backend")]
    return {key: own[key] for key in keys if mpl.rcParams[key] != own[key]}


def _settings(lang: Language, size: Size) -> dict[Any, Any]:
    return {
        "font.family": list(font_families()),
        "font.size": size.font,
        "text.hinting": "no_hinting",  # else letters have other widths in a PNG than in an SVG
        "text.parse_math": False,  # a $ in Arabic text would tear its letters apart
        "text.color": PALETTE["ink"],
        "axes.edgecolor": PALETTE["grey"],
        "axes.labelcolor": PALETTE["ink"],
        "axes.linewidth": 0.8 * size.scale,
        "axes.spines.top": False,
        "axes.spines.right": lang.is_rtl,
        "axes.spines.left": not lang.is_rtl,
        "axes.unicode_minus": True,
        "xtick.color": PALETTE["grey"],
        "ytick.color": PALETTE["ink"],
        "ytick.alignment": "center",  # on the marks of the row
        "xtick.labelsize": size.font * SMALL_SIZE,
        "ytick.labelsize": size.font * SMALL_SIZE,
        "ytick.left": not lang.is_rtl,
        "ytick.labelleft": not lang.is_rtl,
        "ytick.right": lang.is_rtl,
        "ytick.labelright": lang.is_rtl,
        "legend.frameon": False,
        "legend.fontsize": size.font * SMALL_SIZE,
        "figure.facecolor": PALETTE["paper"],
        "savefig.facecolor": PALETTE["paper"],
        "hatch.linewidth": 0.6 * size.scale,
        "svg.fonttype": "path",
        "svg.hashsalt": "figures",
    }


def canvas(lang: Language, size: Size, height: float | None = None) -> tuple[Figure, Axes]:
    """Make an empty figure with one Axes that runs in the direction of the language.

    Parameters
    ----------
    lang : Language
        Language of the figure.
    size : Size
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
    figure = _figure(size, height)
    axes = figure.add_subplot()
    orient(axes, lang)
    return figure, axes


def panels(
    lang: Language, size: Size, height: float, ratios: tuple[float, ...]
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
    figure = _figure(size, height)
    widths = in_order(ratios, lang)
    axes = list(figure.subplots(1, len(ratios), sharey=True, width_ratios=widths))
    for each in axes:
        orient(each, lang)
    return figure, in_order(axes, lang)


def _figure(size: Size, height: float | None) -> Figure:
    body = size.height if height is None else height * size.scale
    figure = Figure(figsize=(size.width, body), layout="constrained", dpi=PIXELS_PER_INCH)
    FigureCanvasAgg(figure)
    return figure


def mark_style(
    colour: str, scale: float, hollow: bool = False, width: float = 1.4
) -> dict[str, Any]:
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
