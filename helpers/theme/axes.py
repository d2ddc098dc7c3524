"""Direction: the only place that knows on which side a line starts.

Chart functions say *start* and *end*, give limits in reading order and offsets towards the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

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
from helpers.theme.text import drawn

LEAN_DEGREES = 40  # of heads that are too long to stand side by side


class Lean(TypedDict):
    """How a leaning head is turned and anchored."""

    rotation: float
    ha: str
    rotation_mode: str


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


def lean(lang: Language) -> Lean:
    """Return how heads above columns lean: they rise in the direction of the language."""
    angle = -LEAN_DEGREES if lang.is_rtl else LEAN_DEGREES
    return {"rotation": angle, "ha": lang.start, "rotation_mode": "anchor"}


def day(date: pd.Timestamp) -> float:
    """Return the place of a day on an axis of time."""
    return float(date2num(date))  # type: ignore[no-untyped-call]  # matplotlib does not type it


def in_order(figures_axes: Sequence[Any], lang: Language) -> list[Any]:
    """Return what stands side by side from the left in reading order, and the other way round."""
    return list(figures_axes)[::-1] if lang.is_rtl else list(figures_axes)


def heads(axes: Axes, names: Sequence[str], lang: Language, leaning: bool = False) -> None:
    """Name columns 0, 1, … above the Axes, and let them run from the start side."""
    look: dict[str, Any] = dict(lean(lang)) if leaning else {"va": "baseline"}
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(names)), [drawn(name, lang) for name in names], **look)


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
