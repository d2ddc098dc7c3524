"""The argument drawn as columns of points with links between them.

:func:`argument_overview` draws the figure of that name, :func:`flow` the figures
``factor-goal-flow`` and ``issue-outcome-flow``, :func:`threat_map` the figure of that name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from helpers.charts.findings import leader, most
from helpers.data import codes, codes_where, refuse_unknown_stages
from helpers.language import Language

# Dash pattern, width and opacity of the lines that the codes of a basis name; fainter where all of
# the argument is drawn. A broken line means this and nothing else.
LINES: dict[str, tuple[Any, float, float]] = {
    "solid": ("solid", 1.9, 1.0),
    "broken": ((0, (3, 2)), 0.9, 0.6),
}
FAINT = 0.45
BOTH_SIDES = "-before"  # after the id of a point that stands before the challenges and behind them
MOST_UNMET = 2  # challenges that a heading has room for


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
        ``inferred`` (links by each basis), and ``untouched`` (points without a link), its finding
        ``few_stated`` (the stated links, if most are not).
    """
    columns = [[stage] for stage in codes("points", "stage")]
    points, links = _between(points, links, columns)
    with drawing(lang, size) as sheet:
        _draw_map(sheet, points, links, columns, quiet=True)
    fields = _fields(points, links, lang)
    unstated = len(links) - int(links["basis"].isin(_in_report()).sum())
    stated = lang.number(len(links) - unstated)
    return sheet.chart({**fields, "few_stated": stated if most(unstated, len(links)) else None})


@drawn_at_any_size
def flow(
    points: pd.DataFrame,
    links: pd.DataFrame,
    stages: Sequence[str],
    lang: Language,
    size: str = "reading",
) -> Chart:
    """Draw the links between stages, and tell the points that none of them touches.

    Parameters
    ----------
    points, links : pandas.DataFrame
        As for :func:`argument_overview`.
    stages : sequence of str
        The stages, from where links start to where they end.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields of :func:`argument_overview`, its finding ``target``,
        ``target_links`` and ``starts`` (the point that most points lead to, and how many of how
        many), or ``unstated`` and ``ends`` (the points that no stated link leads to, if they are
        most of those that links can lead to).
    """
    columns = [[stage] for stage in stages]
    points, links = _between(points, links, columns)
    idle = set(points["point_id"]) - _touched(links)
    notes = dict.fromkeys(idle, lang.phrase("no-link"))
    with drawing(lang, size) as sheet:
        _draw_map(sheet, points, links, columns, notes)
    fields = _fields(points, links, lang)
    return sheet.chart({**fields, **_flow_findings(points, links, stages, lang)})


@drawn_at_any_size
def threat_map(
    points: pd.DataFrame, links: pd.DataFrame, lang: Language, size: str = "reading"
) -> Chart:
    """Draw what lessens each challenge, and what it threatens.

    What lessens challenges stands before them, what they threaten after, so that all links run one
    way; a point that does both stands on both sides. A challenge that no link leads to is marked.
    Which relations are about a threat, their codes say.

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
        Its description has the fields of :func:`argument_overview`, its finding ``unmet`` (the
        challenges that nothing lessens, if they are one or two of several).
    """
    relations = codes_where("argument_links", "relation", about_threats=True)
    kept = links[links["relation"].isin(relations)]
    middle = _shared_stage(relations)
    points, links = _between(points, kept, [list(codes("points", "stage"))])
    points = points[points["point_id"].isin(_touched(links)) | (points["stage"] == middle)]
    challenges = points[points["stage"] == middle]
    unmet = challenges[~challenges["point_id"].isin(links["to_point"])]
    notes = dict.fromkeys(unmet["point_id"], lang.phrase("nothing-lessens"))
    with drawing(lang, size) as sheet:
        _draw_map(sheet, *_by_role(points, links, middle), notes)
    few = 0 < len(unmet) <= MOST_UNMET and len(unmet) < len(challenges)
    names = joined(unmet[lang.column("title")], lang) if few else None
    return sheet.chart({**_fields(points, links, lang), "unmet": names})


def _shared_stage(relations: Sequence[str]) -> str:
    """Return the stage that all pairs of some relations share."""
    known = codes("argument_links", "relation")
    pairs = [set(pair) for relation in relations for pair in known[relation]["pairs"]]
    (middle,) = set.intersection(*pairs)
    return str(middle)


def _by_role(
    points: pd.DataFrame, links: pd.DataFrame, middle: str
) -> tuple[pd.DataFrame, pd.DataFrame, list[list[str]]]:
    """Place points by what their links do: lead to the middle stage, are it, or come from it.

    A point with links of both kinds is there twice; its copy before the middle has an id of its
    own.
    """
    central = set(points[points["stage"] == middle]["point_id"])
    inward = links["to_point"].isin(central)
    sources, targets = set(links[inward]["from_point"]), set(links[~inward]["to_point"])
    renamed = {point: f"{point}{BOTH_SIDES}" for point in sources & targets}
    copies = points[points["point_id"].isin(sources)].assign(column=0)
    copies["point_id"] = copies["point_id"].replace(renamed)
    centre = points[points["point_id"].isin(central)].assign(column=1)
    after = points[points["point_id"].isin(targets)].assign(column=2)
    links = links.assign(
        from_point=links["from_point"].where(~inward, links["from_point"].replace(renamed))
    )
    stages = list(codes("points", "stage"))
    # Advice, the reader's question here, stands above the outcomes that lessen a challenge too.
    heads = [stages[::-1], [middle], stages]
    return pd.concat([copies, centre, after]), links, heads


def _between(
    points: pd.DataFrame, links: pd.DataFrame, columns: list[list[str]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the points of the stages of columns, in order, and the links between these points."""
    place = {stage: number for number, column in enumerate(columns) for stage in column}
    order = {stage: number for number, stage in enumerate(place)}
    refuse_unknown_stages([*place, *points["stage"]])
    points = points[points["stage"].isin(list(place))]
    stages = points["stage"].astype("object")
    points = points.assign(column=stages.map(place), place=stages.map(order))
    points = in_order(points, "place", "order", "point_id")
    known = points["point_id"]
    links = links[links["from_point"].isin(known) & links["to_point"].isin(known)]
    return points, in_order(links, "link_id")


def _in_report() -> list[str]:
    return codes_where("argument_links", "basis", in_report=True)


def _flow_findings(
    points: pd.DataFrame, links: pd.DataFrame, stages: Sequence[str], lang: Language
) -> dict[str, object]:
    """Return the point that most points lead to, and those that no stated link leads to."""
    relations = codes("argument_links", "relation").values()
    pairs = [pair for code in relations for pair in code["pairs"] if {*pair} <= {*stages}]
    starts, ends = ({pair[side] for pair in pairs} for side in (0, 1))
    titles = points[points["stage"].isin(ends)].set_index("point_id")[lang.column("title")]
    reached = links.groupby("to_point")["from_point"].nunique().to_dict()
    target = leader({point: reached.get(point, 0) for point in titles.index})
    stated = set(links[links["basis"].isin(_in_report())]["to_point"])
    unstated = sum(point not in stated for point in titles.index)
    return {
        "target": titles[target] if target else None,
        "target_links": lang.number(reached[target]) if target else None,
        "starts": lang.number(int(points["stage"].isin(starts).sum())),
        "unstated": lang.number(unstated) if most(unstated, len(titles)) else None,
        "ends": lang.number(len(titles)),
    }


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


def _draw_map(
    sheet: Sheet,
    points: pd.DataFrame,
    links: pd.DataFrame,
    columns: list[list[str]],
    notes: Mapping[str, str] = MappingProxyType({}),
    quiet: bool = False,
) -> None:
    """Draw points in columns and the links between them, with notes inside the boxes of some.

    If `quiet`, links that the report does not state are fainter.
    """
    sheet.ax.set_axis_off()
    if not sheet.has(points):
        return
    layout = Layout(sheet, points, links, columns, notes)
    layout.apply()
    titles = dict(zip(points["point_id"], points[sheet.lang.column("title")], strict=True))
    for point_id in layout.boxes:
        _draw_box(sheet, layout, point_id, titles[point_id], point_id in _touched(links))
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
            gid=sheet.mark(point_id, title),
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
