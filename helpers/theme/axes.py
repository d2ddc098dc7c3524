"""Direction: the only place that knows on which side a line starts.

Chart functions say *start* and *end*, give limits in reading order and offsets towards the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation, Transform

from helpers.language import Language
from helpers.theme.palette import PALETTE
from helpers.theme.sizes import POINTS_PER_INCH
from helpers.theme.text import drawn, lines_height, text_width, wrap

HEAD_GAP = 0.7  # ems between a head and what is beside or below it
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


def heads(axes: Axes, names: Sequence[str], lang: Language, room: float = math.inf) -> None:
    """Name columns 0, 1, … above the Axes, upright, and let them run from the start side.

    A name that is wider than its column is broken into lines. Where a word is too wide for that,
    every other name stands above the others, and a thin line leads from it to its column.

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
    """
    fontsize, gap = mpl.rcParams["xtick.labelsize"], HEAD_GAP * mpl.rcParams["font.size"]
    words = [word for name in names for word in name.split(" ")]
    widest = max((text_width(drawn(word, lang), fontsize) for word in words), default=0)
    levels = 1 if widest <= room - gap else 2
    broken = [wrap(name, lang, levels * room - gap, fontsize) for name in names]
    look: dict[str, Any] = {"va": "baseline"}
    axes.xaxis.tick_top()
    for level in range(levels):
        labels = [drawn(name, lang) for name in broken[level::levels]]
        axes.set_xticks(range(level, len(names), levels), labels, minor=level > 0, **look)
    below = max((lines_height(name, fontsize) for name in broken[::levels]), default=0)
    axes.tick_params(axis="x", which="minor", length=below + gap, color=PALETTE["light"], pad=0)


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


def legend(
    axes: Axes,
    lang: Language,
    handles: Iterable[Artist],
    columns: int = 1,
    gap: float = 2.3,
    spacing: float = 1.2,
) -> Legend:
    """Place a legend under the Axes, its entries running in the direction of the language.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Axes that the legend belongs to.
    lang : Language
        Language of the figure.
    handles : iterable of matplotlib.artist.Artist
        Artists whose labels are already prepared, in reading order.
    columns : int
        Entries in a row.
    gap : float
        Distance from the Axes in ems; the default leaves room for tick labels.
    spacing : float
        Distance between columns in ems.
    """
    look: dict[str, Any] = {
        "loc": f"upper {lang.start}",
        "bbox_to_anchor": (1 if lang.is_rtl else 0, 0),
        "bbox_transform": _below(axes, gap),
        "ncols": columns,
        "markerfirst": not lang.is_rtl,
        "alignment": lang.start,
        "borderaxespad": 0,
        "columnspacing": spacing,
        "handletextpad": 0.5,
    }
    made: Legend = axes.legend(handles=_by_column(list(handles), columns, lang.is_rtl), **look)
    return made


def legend_inside(axes: Axes, lang: Language, handles: Iterable[Artist]) -> Legend:
    """Place a legend in the last corner of the Axes, at the end of the last row."""
    look: dict[str, Any] = {
        "loc": f"lower {lang.end}",
        "markerfirst": not lang.is_rtl,
        "alignment": lang.start,
    }
    made: Legend = axes.legend(handles=list(handles), **look)
    made.set_in_layout(False)
    return made


def _below(axes: Axes, gap: float) -> Transform:
    """Return Axes coordinates shifted down by `gap` ems."""
    shift = -gap * mpl.rcParams["font.size"] / POINTS_PER_INCH
    return axes.transAxes + ScaledTranslation(0, shift, axes.figure.dpi_scale_trans)


def _by_column(handles: list[Artist], columns: int, mirrored: bool) -> list[Artist]:
    """Reorder legend entries so that rows read in order, from the right if `mirrored`.

    matplotlib fills a legend column by column from the left.
    """
    columns = max(min(columns, len(handles)), 1)
    missing = -len(handles) % columns
    filled = handles + [Line2D([], [], linestyle="none", label="") for _ in range(missing)]
    lines = [filled[start : start + columns] for start in range(0, len(filled), columns)]
    if mirrored:
        lines = [line[::-1] for line in lines]
    return [line[column] for column in range(columns) for line in lines]


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
