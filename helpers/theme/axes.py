"""Direction: the only place that knows on which side a line starts.

Chart functions say *start* and *end*, give limits in reading order and offsets towards the end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from helpers.language import Language
from helpers.theme.palette import PALETTE
from helpers.theme.text import drawn, lines_height, text_width, wrap

HEAD_GAP = 0.7  # ems between a head and what is beside or below it
LEAST_HEAD_GAP = 0.35  # between heads whose words are as wide as their columns; more than a space
YEARS_FOLLOW_TEXT = False  # practice is mixed in Arabic: this is the one switch


def orient(axes: Axes, lang: Language) -> None:
    """Make the x axis run in the direction of the language, and put the y axis at its start."""
    axes.xaxis.set_inverted(lang.is_rtl)
    side = _side(lang.start)
    axes.yaxis.set_label_position(side)
    axes.yaxis.set_ticks_position(side)


def _side(name: str) -> Any:  # matplotlib's stubs ask for literals
    return name


def limits(axes: Axes, first: Any, last: Any, lang: Language) -> None:
    """Let the x axis run from the first value at the start side to the last at the end side."""
    axes.set_xlim(*((last, first) if lang.is_rtl else (first, last)))


def offset(points: float, lang: Language) -> tuple[float, float]:
    """Return an offset of so many points towards the end of the line, for ``xytext``."""
    return (-points if lang.is_rtl else points, 0)


def day(date: pd.Timestamp) -> float:
    """Return the place of a day on an axis of time."""
    return float(date2num(date))  # type: ignore[no-untyped-call]  # matplotlib does not type it


def in_order(figures_axes: Sequence[Any], lang: Language) -> list[Any]:
    """Return what stands side by side from the left in reading order, and the other way round."""
    return list(figures_axes)[::-1] if lang.is_rtl else list(figures_axes)


def heads(
    axes: Axes,
    names: Sequence[str],
    lang: Language,
    room: float = math.inf,
    fontsize: float | None = None,
) -> float:
    """Name columns 0, 1, … above the Axes, upright, and let them run from the start side.

    A name that is wider than its column is broken into lines. Where neighbours would touch all the
    same, every other name stands above the others, and a thin line leads from it to its column.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Axes to write above.
    names : sequence of str
        Names in reading order, before preparation.
    lang : Language
        Language of the figure.
    room : float
        Points from one column to the next; the default keeps each name on one line.
    fontsize : float, optional
        Size of type in points, if it is not that of the names of ticks.

    Returns
    -------
    float
        Points that the names take above the Axes.
    """
    em = float(mpl.rcParams["font.size"])
    fontsize = float(fontsize or mpl.rcParams["xtick.labelsize"])
    gap = HEAD_GAP * em
    broken = [wrap(name, lang, room - gap, fontsize) for name in names]
    levels = 1 if _apart(broken, lang, fontsize) <= room - LEAST_HEAD_GAP * em else 2
    if levels > 1:
        broken = [wrap(name, lang, levels * room - gap, fontsize) for name in names]
    look: dict[str, Any] = {"va": "baseline", "fontsize": fontsize}
    axes.xaxis.tick_top()
    for level in range(levels):
        labels = [drawn(name, lang) for name in broken[level::levels]]
        axes.set_xticks(range(level, len(names), levels), labels, minor=level > 0, **look)
    high = [
        max((lines_height(name, fontsize) for name in broken[level::levels]), default=0.0) + gap
        for level in range(levels)
    ]
    axes.tick_params(axis="x", which="minor", length=high[0], color=PALETTE["light"], pad=0)
    return sum(high)


def _apart(names: Sequence[str], lang: Language, fontsize: float) -> float:
    """Return the least distance between the middles of neighbours at which none touch."""
    lines = [[drawn(line, lang) for line in name.split("\n")] for name in names]
    widths = [max(text_width(line, fontsize) for line in of_name) for of_name in lines]
    return max(((one + other) / 2 for one, other in pairwise(widths)), default=0)


def rows(axes: Axes, names: Sequence[str], lang: Language, lines: bool = True) -> None:
    """Name rows from the top down: the last stands at 0; no ticks, no frame.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Axes to write beside.
    names : sequence of str
        Names from the top down, before preparation.
    lang : Language
        Language of the figure.
    lines : bool
        Whether a faint line runs along each row.
    """
    axes.set_yticks(range(len(names) - 1, -1, -1), [drawn(name, lang) for name in names])
    axes.set_ylim(-0.6, len(names) - 0.4)
    bare(axes)
    if lines:
        for y in range(len(names)):
            axes.axhline(y, color=PALETTE["faint"], linewidth=0.8, zorder=0)


def bare(axes: Axes) -> None:
    """Take ticks and frame away; labels stay."""
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


class Run(NamedTuple):
    """The sides between which an axis of years runs, and the sign of offsets along it."""

    start: str
    end: str
    sign: int


def limits_of_years(axes: Axes, first: float, last: float, run: Run) -> None:
    """Let an axis of years reach from the first value to the last, in its own direction."""
    axes.set_xlim(*(first, last)[:: run.sign])


def years(axes: Axes, lang: Language) -> Run:
    """Make the x axis run as lines over years do, and put the y axis at its start.

    Lines over years run from the left in every language, as :data:`YEARS_FOLLOW_TEXT` has it.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> years(Figure().subplots(), Language("ar")).start
    'left'
    """
    mirrored = lang.is_rtl and YEARS_FOLLOW_TEXT
    run = Run("right", "left", -1) if mirrored else Run("left", "right", 1)
    axes.xaxis.set_inverted(mirrored)
    axes.yaxis.set_label_position(_side(run.start))
    axes.yaxis.set_ticks_position(_side(run.start))
    axes.spines[run.start].set_visible(True)
    axes.spines[run.end].set_visible(False)
    return run
