"""Look of maps: tints of land and sea, Axes that no language turns round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.legend import Legend

from helpers.language import Language
from helpers.theme.palette import PALETTE

# Pale, so that names and lines can be read on each of them. Land that means nothing is white: a
# picture of few colours keeps it as it is, where a near-white would turn pink or green.
TINTS = {
    "green": "#C9E4D8",
    "sand": "#F5DFB3",
    "blue": "#CFD8EA",
    "land": "#FFFFFF",
    "sea": "#DCE7F0",
}
BORDER, COAST = "#8F9AA3", "#9FB2C1"
AT_THE_EAST = 7  # matplotlib's number for the middle of the east side


def as_map(axes: Axes, west: float, south: float, east: float, north: float) -> None:
    """Let the Axes show a part of a plane as a map does: east is on the same side everywhere."""
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect("equal", adjustable="box", anchor="N")
    axes.set_facecolor(TINTS["sea"])
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)


def backing() -> dict[str, Any]:
    """Return what sets a name apart from all that lies under it.

    A pale patch and not a stroke round the letters: those would be drawn twice, as shapes, which
    makes a file three times as large.
    """
    look = {"facecolor": PALETTE["paper"], "edgecolor": "none", "alpha": 0.7}
    return {"boxstyle": "round,pad=0.06,rounding_size=0.25", **look}


def legend_at_the_east(axes: Axes, lang: Language, handles: Iterable[Artist]) -> Legend:
    """Place a legend on the east side of a map, in a single column, on paper.

    The side is one of the compass, and the same in every language.
    """
    look: dict[str, Any] = {
        "loc": AT_THE_EAST,
        "ncols": 1,
        "markerfirst": not lang.is_rtl,
        "alignment": lang.start,
        "frameon": True,
        "facecolor": PALETTE["paper"],
        "edgecolor": PALETTE["light"],
        "framealpha": 1,
    }
    made: Legend = axes.legend(handles=list(handles), **look)
    made.set_in_layout(False)
    return made
