"""Who spoke about which theme, and how (figure ``speeches``)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from helpers import theme
from helpers.charts.base import (
    Chart,
    Row,
    Sheet,
    distinct,
    drawing,
    drawn_at_any_size,
    grouped,
    in_order,
)
from helpers.charts.dots import mode_mark, numbered
from helpers.charts.findings import leader
from helpers.data import codes
from helpers.language import Language

LINE_HEIGHT = 0.4  # inches at reading size, for a mark and the word below it
BETWEEN_ROWS = 0.3  # lines
MARK_RISE, WORD_DROP = 0.22, 0.26  # lines from the middle of one
DOT_STEP = 0.24  # columns
WORD_SIZE = 0.75  # of the base size
SPEAKER_WIDTH = 105  # points at reading size


@drawn_at_any_size
def speeches(positions: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw who spoke about which theme: one mark a statement, and under it what the speaker does.

    A line parts the sides of the speakers.

    Parameters
    ----------
    positions : pandas.DataFrame
        As :func:`helpers.data.positions` returns it.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields ``speakers``, ``themes`` and ``broadest`` (who spoke of most
        themes), its finding ``widest`` and ``widest_themes`` (the same, if nobody spoke of as
        many).
    """
    positions = in_order(positions, "side_order", "reading_order", "actor_id", "theme_order")
    speakers = positions.drop_duplicates("actor_id", ignore_index=True)
    themes = distinct(positions, "theme_id", "theme_order", lang.column("theme"))
    tall = _lines_of(positions, speakers)
    with drawing(lang, size, LINE_HEIGHT * max(sum(tall), 3) + 0.9) as sheet:
        if sheet.has(positions):
            _draw_speeches(sheet, positions, speakers, themes, tall)
    breadth = positions.groupby("actor_id")["theme_id"].nunique()
    breadth = breadth.reindex(speakers["actor_id"])
    names = speakers[lang.column("name")]
    widest = leader(dict(zip(names, breadth, strict=True)))
    fields = {
        "widest": widest,
        "widest_themes": lang.number(int(breadth.max())) if widest else None,
        "speakers": lang.number(len(speakers)),
        "themes": lang.number(len(themes)),
        "broadest": names.iloc[int(breadth.argmax())] if len(names) else lang.phrase("none"),
    }
    return sheet.chart(fields)


def _lines_of(positions: pd.DataFrame, speakers: pd.DataFrame) -> list[float]:
    """Return the height of each row in lines: as many as the modes in its fullest cell."""
    modes = positions.groupby(["actor_id", "theme_id"])["mode"].nunique()
    return [float(modes[actor].max()) + BETWEEN_ROWS for actor in speakers["actor_id"]]


def _draw_speeches(
    sheet: Sheet,
    positions: pd.DataFrame,
    speakers: pd.DataFrame,
    themes: pd.DataFrame,
    tall: list[float],
) -> None:
    lang, columns = sheet.lang, numbered(list(themes["theme_id"]))
    edges = [sum(tall[row:]) for row in range(len(tall) + 1)]
    middles = [(high + low) / 2 for high, low in pairwise(edges)]
    rows = dict(zip(speakers["actor_id"], middles, strict=True))
    for (actor, theme_id), of_cell in grouped(positions, "actor_id", "theme_id").items():
        _draw_cell(sheet, columns[theme_id], rows[actor], of_cell)
    names = [sheet.wrapped(name, SPEAKER_WIDTH) for name in speakers[lang.column("name")]]
    theme.heads(
        sheet.ax,
        list(themes[lang.column("theme")]),
        lang,
        sheet.column_room(names, len(themes)),
    )
    theme.limits(sheet.ax, -0.5, len(themes) - 0.5, lang)
    sheet.ax.set_yticks(middles, [sheet.draw(name) for name in names])
    sheet.ax.set_ylim(0, edges[0])
    theme.bare(sheet.ax)
    _rule_between_sides(sheet, list(speakers["side_order"]), edges)


def _rule_between_sides(sheet: Sheet, sides: list[int], edges: list[float]) -> None:
    for (one, other), edge in zip(pairwise(sides), edges[1:-1], strict=True):
        parts = one != other
        look: dict[str, Any] = {"linewidth": 0.8, "zorder": 0}
        look["color"] = theme.PALETTE["grey" if parts else "faint"]
        sheet.ax.axhline(edge, gid=f"rule-{edge:g}" if parts else None, **look)


def _draw_cell(sheet: Sheet, x: float, y: float, of_cell: list[Row]) -> None:
    """Draw the marks of a speaker and theme, mode by mode, with the word of the mode below."""
    modes = codes("positions", "mode")
    blocks = [[p for p in of_cell if p["mode"] == mode] for mode in modes]
    blocks = [block for block in blocks if block]
    for line, block in enumerate(blocks):
        middle = y + (len(blocks) - 1) / 2 - line
        for number, position in enumerate(block):
            shift = DOT_STEP * (number - (len(block) - 1) / 2)
            mode_mark(sheet, (x + shift, middle + MARK_RISE), position, 0.9, "o")
        sheet.ax.text(
            x,
            middle - WORD_DROP,
            sheet.draw(sheet.lang.pick(modes[block[0]["mode"]], "title")),
            ha="center",
            va="center",
            fontsize=WORD_SIZE * sheet.size.font,
            color=theme.PALETTE["grey"],
        )
