"""Legends: under the Axes or in their last corner, in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator
from matplotlib.transforms import ScaledTranslation, Transform

from helpers import arabic
from helpers.language import Language
from helpers.theme.palette import MARGIN_EM
from helpers.theme.sizes import POINTS_PER_INCH
from helpers.theme.text import drawn, text_width, wrap

HANDLE, HANDLE_GAP = 2.0, 0.5  # ems of a handle, and between it and its label
TICK_GAP = 4  # points between the names of rows and the Axes


def legend(
    axes: Axes,
    lang: Language,
    handles: Iterable[Artist],
    columns: int = 1,
    gap: float = 2.3,
    spacing: float = 1.2,
    room: float | None = None,
) -> Legend:
    """Place a legend under the Axes, its entries running in the direction of the language.

    Where the words are too wide for that many columns there are fewer, and an entry that is wider
    than the room by itself is broken into lines.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Axes that the legend belongs to; its rows are named already.
    lang : Language
        Language of the figure.
    handles : iterable of matplotlib.artist.Artist
        Artists whose labels are already prepared, in reading order.
    columns : int
        Entries in a row, at most.
    gap : float
        Distance from the Axes in ems; the default leaves room for tick labels.
    spacing : float
        Distance between columns in ems.
    room : float, optional
        Points that the legend may take; by default those from where the Axes start to the end of
        the figure.
    """
    entries = list(handles)
    free = room_beside_rows(axes) if room is None else room
    labels, size = [str(each.get_label()) for each in entries], mpl.rcParams["legend.fontsize"]
    columns = columns_that_fit(labels, columns, free, size, spacing)
    if columns == 1:
        for each in entries:
            each.set_label(_broken(str(each.get_label()), lang, free))
    look: dict[str, Any] = {
        "loc": f"upper {lang.start}",
        "bbox_to_anchor": (1 if lang.is_rtl else 0, 0),
        "bbox_transform": _below(axes, gap),
        "ncols": columns,
        "markerfirst": not lang.is_rtl,
        "alignment": lang.start,
        "borderaxespad": 0,
        "columnspacing": spacing,
        "handlelength": HANDLE,
        "handletextpad": HANDLE_GAP,
    }
    made: Legend = axes.legend(handles=_by_column(entries, columns, lang.is_rtl), **look)
    return made


def room_beside_rows(axes: Axes) -> float:
    """Return the points from the names of the rows to the end of the figure."""
    width = axes.figure.bbox.width * POINTS_PER_INCH / axes.figure.dpi
    margins = 2 * MARGIN_EM * mpl.rcParams["font.size"] + TICK_GAP
    named = isinstance(axes.yaxis.get_major_locator(), FixedLocator)
    names = [label.get_text() for label in axes.get_yticklabels()] if named else []
    lines = [line for name in names for line in name.split("\n")]
    size = mpl.rcParams["ytick.labelsize"]
    return float(width - margins - max((text_width(line, size) for line in lines), default=0))


def columns_that_fit(
    labels: Sequence[str], most: int, room: float, fontsize: float, spacing: float
) -> int:
    """Return in how many columns entries fit side by side, row by row; one if they fit in none.

    Parameters
    ----------
    labels : sequence of str
        Words of the entries, ready to be drawn.
    most : int
        Columns, at most.
    room : float
        Points for all columns together.
    fontsize : float
        Size of type in points.
    spacing : float
        Distance between columns in ems.

    Examples
    --------
    >>> columns_that_fit(["one", "two", "three"], 3, 1000, 10, 1.2)
    3
    >>> columns_that_fit(["one", "two", "three"], 3, 130, 10, 1.2)
    2
    """
    widths = [max(text_width(line, fontsize) for line in label.split("\n")) for label in labels]
    handle, gap = (HANDLE + HANDLE_GAP) * fontsize, spacing * fontsize
    for columns in range(min(most, max(len(widths), 1)), 1, -1):
        widest = [max(widths[place::columns]) + handle for place in range(columns)]
        if sum(widest) + (columns - 1) * gap <= room:
            return columns
    return 1


def _broken(label: str, lang: Language, room: float) -> str:
    """Return a label that is too wide in lines, and another as it is."""
    size = mpl.rcParams["legend.fontsize"]
    free = room - (HANDLE + HANDLE_GAP) * size
    if all(text_width(line, size) <= free for line in label.split("\n")):
        return label
    return drawn(wrap(arabic.restore(label), lang, free, size), lang)


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
