"""Boxes and links of the argument, as :mod:`helpers.charts.argument_map` asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from helpers import theme
from helpers.charts.argument_layout import Layout
from helpers.charts.base import Row, Sheet, records
from helpers.data import codes

# Dash pattern, width and opacity of the lines that the codes of a basis name; fainter where all of
# the argument is drawn. A broken line means this and nothing else.
LINES: dict[str, tuple[Any, float, float]] = {
    "solid": ("solid", 1.9, 1.0),
    "broken": ((0, (3, 2)), 0.9, 0.6),
}
FAINT = 0.45
BOTH_SIDES = "-before"  # after the id of a point that stands before the challenges and behind them


def touched(links: pd.DataFrame) -> set[str]:
    """Return the points that links start or end at."""
    return {*links["from_point"], *links["to_point"]}


def draw_map(
    sheet: Sheet,
    points: pd.DataFrame,
    links: pd.DataFrame,
    columns: list[list[str]],
    notes: Mapping[str, str] = MappingProxyType({}),
    quiet: bool = False,
) -> None:
    """Draw points in columns and the links between them.

    Parameters
    ----------
    sheet : Sheet
        What is drawn on.
    points, links : pandas.DataFrame
        Points with the number of their ``column``, and the links between these points.
    columns : list of list of str
        Stages of each column, from the top down.
    notes : mapping of str to str
        What is written inside the boxes of some points, by id.
    quiet : bool
        Whether links that the report does not state are fainter than elsewhere.
    """
    sheet.ax.set_axis_off()
    if not sheet.has(points):
        return
    layout = Layout(sheet, points, links, columns, notes)
    layout.apply()
    titles = dict(zip(points["point_id"], points[sheet.lang.column("title")], strict=True))
    for point_id in layout.boxes:
        _draw_box(sheet, layout, point_id, titles[point_id], point_id in touched(links))
    for link in records(links):
        _draw_link(sheet, layout, link, titles, quiet)
    _draw_heads(sheet, layout)
    in_a_row, gap = (8, 0.2) if sheet.size.fixed else (4, 0.6)
    theme.legend(sheet.ax, sheet.lang, _legend_handles(sheet, links), in_a_row, gap=gap)


def _draw_box(sheet: Sheet, layout: Layout, point_id: str, title: str, tied: bool) -> None:
    x, y, width, height = layout.boxes[point_id]
    note = layout.notes.get(point_id, "")
    below = theme.lines_height(note, layout.type_size) / theme.POINTS_PER_INCH if note else 0
    sheet.ax.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={0.05 * sheet.scale}",
            facecolor=theme.PALETTE["paper"],
            edgecolor=theme.PALETTE["grey" if tied else "light"],
            linewidth=0.9 * sheet.scale,
            zorder=3,
            gid=sheet.mark(point_id, title, ("points", point_id.removesuffix(BOTH_SIDES))),
        )
    )
    look: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 4}
    look["fontsize"] = layout.type_size
    colour = theme.PALETTE["ink" if tied else "grey"]
    middle, text = x + width / 2, sheet.draw(layout.texts[point_id])
    gid = f"{point_id}-text"
    sheet.ax.text(middle, y + (height + below) / 2, text, color=colour, gid=gid, **look)
    if note:
        colour, gid = theme.PALETTE["maroon" if tied else "grey"], f"{point_id}-note"
        text, foot = sheet.draw(note), y + layout.padding + below / 2
        sheet.ax.text(middle, foot, text, color=colour, gid=gid, **look)


def _draw_link(
    sheet: Sheet, layout: Layout, link: Row, titles: dict[str, str], quiet: bool
) -> None:
    """Draw a link as a curve that ends with an arrow at the point its sentence ends with."""
    ends = (link["link_id"], link["from_point"], link["to_point"])
    path = _curve_through(layout.stops(*ends), 0.2 * layout.step)
    relation = codes("argument_links", "relation")[link["relation"]]
    basis = codes("argument_links", "basis")[link["basis"]]
    dashes, width, alpha = LINES[basis["line"]]
    lang = sheet.lang
    sentence = f"{titles[ends[1]]} {lang.pick(relation, 'title')} {titles[ends[2]]}"
    sheet.ax.add_patch(
        FancyArrowPatch(
            path=path,
            arrowstyle="-|>",
            mutation_scale=(6 + 1.5 * width) * sheet.scale,
            color=theme.line_colour(relation["colour"]),
            linestyle=dashes,
            linewidth=width * sheet.scale,
            alpha=alpha if basis["line"] == "solid" or not quiet else alpha * FAINT,
            shrinkA=0,
            shrinkB=0,
            zorder=2 if basis["line"] == "solid" else 1,
            gid=sheet.mark(
                ends[0], f"{sentence} ({lang.pick(basis, 'title')})", ("argument_links", ends[0])
            ),
        )
    )


def _curve_through(stops: list[tuple[float, float]], least_reach: float) -> Path:
    """Join stops by curves that leave and enter them level; stops at one height by a line."""
    vertices, moves = [stops[0]], [Path.MOVETO]
    for (x0, y0), (x1, y1) in pairwise(stops):
        if y0 == y1:
            vertices.append((x1, y1))
            moves.append(Path.LINETO)
            continue
        reach = max(abs(x1 - x0) / 2, least_reach) * (1 if x1 >= x0 else -1)
        vertices += [(x0 + reach, y0), (x1 - reach, y1), (x1, y1)]
        moves += [Path.CURVE4] * 3
    return Path(vertices, moves)


def _draw_heads(sheet: Sheet, layout: Layout) -> None:
    stages = codes("points", "stage")
    for number, column in enumerate(layout.columns):
        names = [sheet.lang.pick(stages[stage], "plural") for stage in column]
        if not names:
            continue
        sheet.ax.text(
            number * layout.step + layout.box_width / 2,
            layout.height - 0.16 * sheet.scale,
            sheet.draw(" / ".join(names)),
            ha="center",
            va="baseline",
            weight="bold",
            fontsize=10 * sheet.scale,
            gid=f"stage-{'-'.join(column)}",
        )


def _legend_handles(sheet: Sheet, links: pd.DataFrame) -> list[Artist]:
    """Relations that occur, then the bases that occur; together where there is one relation."""
    lang = sheet.lang
    relations = _occurring("relation", links)
    colours = [theme.line_colour(code["colour"]) for code in relations]
    names = [lang.pick(code, "title") for code in relations]
    handles = [_line(sheet, name, colour) for name, colour in zip(names, colours, strict=True)] * (
        len(relations) > 1
    )
    for code in _occurring("basis", links):
        name, line = lang.pick(code, "title"), LINES[code["line"]]
        if len(relations) == 1:
            handles.append(_line(sheet, f"{names[0]} ({name})", colours[0], line))
        else:
            handles.append(_line(sheet, name, theme.PALETTE["grey"], line))
    return handles


def _occurring(field: str, links: pd.DataFrame) -> list[Any]:
    found = set(links[field])
    return [code for value, code in codes("argument_links", field).items() if value in found]


def _line(
    sheet: Sheet, label: str, colour: str, line: tuple[Any, float, float] = LINES["solid"]
) -> Artist:
    look = {"color": colour, "linestyle": line[0], "linewidth": line[1] * sheet.scale}
    return Line2D([], [], label=sheet.draw(label), **look)
