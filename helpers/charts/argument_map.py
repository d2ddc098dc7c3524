"""The argument drawn as columns of points with links between them.

:func:`argument_overview` draws the figure of that name, :func:`flow` the figures
``factor-goal-flow`` and ``issue-outcome-flow``, :func:`threat_map` the figure of that name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Patch
from matplotlib.path import Path

from helpers import theme
from helpers.charts.argument_layout import Layout
from helpers.charts.base import (
    Chart,
    Row,
    Sheet,
    drawing,
    drawn_at_any_size,
    in_order,
    joined,
    records,
)
from helpers.data import codes, codes_where, refuse_unknown_stages
from helpers.language import Language

# Dash pattern, width and opacity of the lines that the codes of a basis name.
LINES: dict[str, tuple[Any, float, float]] = {
    "solid": ("solid", 1.5, 0.95),
    "broken": ((0, (3, 2)), 0.9, 0.6),
}
BROKEN_BOX = (0, (2, 2))


@drawn_at_any_size
def argument_overview(
    points: pd.DataFrame, links: pd.DataFrame, lang: Language, size: str = "reading"
) -> Chart:
    """Draw the whole argument, one column a stage, from context to advice.

    Links are coloured by relation; a solid line is stated by the report, a broken one inferred.

    Parameters
    ----------
    points : pandas.DataFrame
        The table ``points``.
    links : pandas.DataFrame
        As :func:`helpers.data.links` returns it. Links of points that are not drawn are left out.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields ``points``, ``links``, ``stages``, ``stated`` and
        ``inferred`` (links by each basis), and ``untouched`` (points without a link).
    """
    return _map(points, links, [[stage] for stage in codes("points", "stage")], lang, size)


@drawn_at_any_size
def flow(
    points: pd.DataFrame,
    links: pd.DataFrame,
    stages: Sequence[str],
    lang: Language,
    size: str = "reading",
) -> Chart:
    """Draw the links between stages, and mark the points that none of them touches.

    Parameters
    ----------
    points, links : pandas.DataFrame
        As for :func:`argument_overview`.
    stages : sequence of str
        The stages, the earlier first.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields of :func:`argument_overview`.
    """
    return _map(points, links, [[stage] for stage in stages], lang, size, mark_untouched=True)


@drawn_at_any_size
def threat_map(
    points: pd.DataFrame, links: pd.DataFrame, lang: Language, size: str = "reading"
) -> Chart:
    """Draw what each challenge threatens, and what lessens it.

    What is threatened stands before the challenges, advice that lessens them after. Which
    relations are about a threat, their codes say.

    Parameters
    ----------
    points, links : pandas.DataFrame
        As for :func:`argument_overview`.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields of :func:`argument_overview`.
    """
    relations = codes_where("argument_links", "relation", about_threats=True)
    columns = _around(relations)
    kept = links[links["relation"].isin(relations)]
    touched = {*kept["from_point"], *kept["to_point"]}
    shown = points[points["point_id"].isin(touched) | points["stage"].isin(columns[1])]
    return _map(shown, kept, columns, lang, size, mark_untouched=True)


def _around(relations: Sequence[str]) -> list[list[str]]:
    """Return the stage that all pairs of some relations share, between what is before and after."""
    known = codes("argument_links", "relation")
    pairs = [set(pair) for relation in relations for pair in known[relation]["pairs"]]
    stages = list(codes("points", "stage"))
    (middle,) = set.intersection(*pairs)
    others = sorted(set.union(*pairs) - {middle}, key=stages.index)
    place = stages.index(middle)
    before = [stage for stage in others if stages.index(stage) < place]
    return [before, [middle], [stage for stage in others if stage not in before]]


def _map(
    points: pd.DataFrame,
    links: pd.DataFrame,
    columns: list[list[str]],
    lang: Language,
    size: str,
    mark_untouched: bool = False,
) -> Chart:
    stages = [stage for column in columns for stage in column]
    refuse_unknown_stages([*stages, *points["stage"]])
    points = points[points["stage"].isin(stages)]
    places = [stages.index(stage) for stage in points["stage"]]
    points = in_order(points.assign(place=places), "place", "order", "point_id")
    known = points["point_id"]
    links = links[links["from_point"].isin(known) & links["to_point"].isin(known)]
    links = in_order(links, "link_id")
    with drawing(lang, size) as sheet:
        sheet.ax.set_axis_off()
        if sheet.has(points):
            _draw(sheet, points, links, columns, mark_untouched)
    return sheet.chart(_fields(points, links, lang))


def _touched(links: pd.DataFrame) -> set[str]:
    return {*links["from_point"], *links["to_point"]}


def _fields(points: pd.DataFrame, links: pd.DataFrame, lang: Language) -> dict[str, object]:
    untouched = points[~points["point_id"].isin(_touched(links))][lang.column("title")]
    by_basis = {
        basis: lang.number(int((links["basis"] == basis).sum()))
        for basis in codes("argument_links", "basis")
    }
    return {
        "points": lang.number(len(points)),
        "links": lang.number(len(links)),
        "stages": lang.number(points["stage"].nunique()),
        "untouched": joined(untouched, lang),
        **by_basis,
    }


def _draw(
    sheet: Sheet,
    points: pd.DataFrame,
    links: pd.DataFrame,
    columns: list[list[str]],
    mark_untouched: bool,
) -> None:
    layout = Layout(sheet, points, links, columns)
    layout.apply()
    titles = dict(zip(points["point_id"], points[sheet.lang.column("title")], strict=True))
    idle = set(titles) - _touched(links) if mark_untouched else set()
    for point_id in layout.boxes:
        _draw_box(sheet, layout, point_id, titles[point_id], point_id in idle)
    for link in records(links):
        _draw_link(sheet, layout, link, titles)
    _draw_heads(sheet, layout)
    in_a_row, gap = (8, 0.2) if sheet.size.fixed else (4, 0.6)
    handles = _legend_handles(sheet, links, bool(idle))
    theme.legend(sheet.ax, sheet.lang, handles, in_a_row, gap=gap)


def _draw_box(sheet: Sheet, layout: Layout, point_id: str, title: str, idle: bool) -> None:
    x, y, width, height = layout.boxes[point_id]
    sheet.ax.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={0.05 * sheet.scale}",
            facecolor=theme.PALETTE["paper"],
            edgecolor=theme.PALETTE["grey" if idle else "ink"],
            linestyle=BROKEN_BOX if idle else "solid",
            linewidth=0.9 * sheet.scale,
            zorder=3,
            gid=sheet.mark(point_id, title),
        )
    )
    sheet.ax.text(
        x + width / 2,
        y + height / 2,
        sheet.draw(layout.texts[point_id]),
        ha="center",
        va="center",
        fontsize=layout.type_size,
        color=theme.PALETTE["grey" if idle else "ink"],
        zorder=4,
        gid=f"{point_id}-text",
    )


def _draw_link(sheet: Sheet, layout: Layout, link: Row, titles: dict[str, str]) -> None:
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
            mutation_scale=7 * sheet.scale,
            color=theme.line_colour(relation["colour"]),
            linestyle=dashes,
            linewidth=width * sheet.scale,
            alpha=alpha,
            shrinkA=0,
            shrinkB=0,
            zorder=2 if basis["line"] == "solid" else 1,
            gid=sheet.mark(ends[0], f"{sentence} ({lang.pick(basis, 'title')})"),
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


def _legend_handles(sheet: Sheet, links: pd.DataFrame, mark_untouched: bool) -> list[Artist]:
    """Relations that occur, then the bases that occur, then the mark of points without a link."""
    handles: list[Artist] = []
    look: dict[str, Any]
    relations, bases = set(links["relation"]), set(links["basis"])
    for relation, code in codes("argument_links", "relation").items():
        if relation in relations:
            look = {"color": theme.line_colour(code["colour"]), "linewidth": 2 * sheet.scale}
            handles.append(Line2D([], [], label=sheet.draw(sheet.lang.pick(code, "title")), **look))
    for basis, code in codes("argument_links", "basis").items():
        if basis in bases:
            dashes, width, _ = LINES[code["line"]]
            label = sheet.draw(sheet.lang.pick(code, "title"))
            look = {"color": theme.PALETTE["ink"], "linewidth": width * sheet.scale}
            handles.append(Line2D([], [], label=label, linestyle=dashes, **look))
    if mark_untouched:
        label = sheet.draw(sheet.lang.phrase("untouched"))
        grey = theme.PALETTE["grey"]
        handles.append(Patch(label=label, facecolor="none", edgecolor=grey, linestyle=BROKEN_BOX))
    return handles
