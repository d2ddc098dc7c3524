"""The legend of a map: its height is asked from its words before the map is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.patches import Patch

from helpers import theme
from helpers.charts.base import Sheet
from helpers.charts.map_canvas import NARROW, View
from helpers.charts.rooms import widest
from helpers.data import BaseMap, codes, codes_where
from helpers.language import Language

LEGEND_ROW, LEGEND_GAP = 0.265, 0.2  # inches at reading size
GAP = 0.4  # ems between the map and the legend under it
SPACING = 1.2  # ems between columns
BESIDE_WORDS = 4.1  # ems of a legend on a wall: handle, gaps and the way to the edge


def columns_of(
    words: Sequence[str], most: int, view: View, size: theme.Size, lang: Language
) -> int:
    """Return how many entries of a legend under a map stand side by side; one on a narrow picture.

    Parameters
    ----------
    words : sequence of str
        What the entries say, before preparation.
    most : int
        Columns, at most.
    view, size, lang
        Of the map.
    """
    if size.width < NARROW:
        return 1
    labels, small = [theme.drawn(text, lang) for text in words], theme.SMALL_SIZE * size.font
    return theme.columns_that_fit(labels, most, view.room.width, small, SPACING)


def width_beside(words: Sequence[str], least: float, size: theme.Size, lang: Language) -> float:
    """Return the points that a legend takes beside a map on a wall; under a map, it takes none.

    Parameters
    ----------
    words : sequence of str
        What the entries say, before preparation.
    least : float
        Points at reading size that it takes at least.
    size, lang
        Of the map.
    """
    if not size.fixed:
        return 0.0
    small = theme.SMALL_SIZE * size.font
    return max(least * size.scale, widest(words, lang, small) + BESIDE_WORDS * small)


def legend_height(entries: int, columns: int) -> float:
    """Return the height in inches at reading size of a legend under a map."""
    return LEGEND_ROW * -(-entries // columns) + LEGEND_GAP


def draw_legend(sheet: Sheet, handles: Sequence[Artist], columns: int, view: View) -> None:
    """Draw the legend: at the east side of a wall, or in columns under the map."""
    if sheet.size.fixed:
        theme.legend_at_the_east(sheet.ax, sheet.lang, handles)
        return
    look = {"gap": GAP, "spacing": SPACING, "room": view.room.width}
    theme.legend(sheet.ax, sheet.lang, handles, columns=columns, **look)


def area_words(base: BaseMap, lang: Language) -> list[str]:
    """Return what the fills mean, as far as they mean something."""
    return [lang.pick(codes("areas", "role")[role], "title") for role in _meant_roles(base)]


def area_handles(sheet: Sheet, base: BaseMap) -> list[Patch]:
    """Return the fills that mean something, for the legend."""
    known, words = codes("areas", "role"), area_words(base, sheet.lang)
    return [
        Patch(
            facecolor=theme.TINTS[known[role]["tint"]],
            edgecolor=theme.BORDER,
            linewidth=0.5,
            label=sheet.draw(text),
        )
        for role, text in zip(_meant_roles(base), words, strict=True)
    ]


def _meant_roles(base: BaseMap) -> list[str]:
    silent = codes_where("areas", "role", silent=True)
    used = set(base.areas["role"])
    return [role for role in codes("areas", "role") if role in used and role not in silent]
