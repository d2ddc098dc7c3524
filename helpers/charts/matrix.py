"""Matrices of shares: points by themes, themes by stages.

:func:`theme_matrix` draws the figure ``factor-themes``, :func:`coverage_matrix` the figure
``theme-coverage``.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.patches import Rectangle

from helpers import theme
from helpers.charts.base import (
    Chart,
    Sheet,
    Target,
    distinct,
    drawing,
    drawn_at_any_size,
    in_order,
    joined,
)
from helpers.charts.findings import leader
from helpers.data import codes, codes_where, refuse_unknown_stages
from helpers.language import Language

ROW_HEIGHT = 0.42  # inches at reading size
LABEL_WIDTH = 150  # points at reading size
CELL = 0.86  # share of the grid step
TOTAL_GAP = 0.35
SHADING = 0.7  # below 1, so that small shares differ by more than a breath
SHARE_DECIMALS = 1  # at most; an eighth is 12.5 per cent
STAR = "*"
LEAST_EVEN = 3  # equal shares, for a stage to be starred


@drawn_at_any_size
def theme_matrix(weights: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw how much of each point is about each theme, and each theme's share of all points.

    Points with more themes stand above those with fewer.

    Parameters
    ----------
    weights : pandas.DataFrame
        As :func:`helpers.data.point_theme_weights` returns it: one row a point and theme.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields ``points``, ``top_theme``, ``top_share`` and ``single``, its
        finding ``heaviest`` (the theme with the largest mean share, if it is one).
    """
    raised = weights.groupby("point_id")["theme_id"].transform("nunique")
    weights = weights.assign(fewer=-raised)
    weights = in_order(weights, "stage", "fewer", "order", "point_id", "theme_order")
    points = weights.drop_duplicates("point_id", ignore_index=True)
    themes = distinct(weights, "theme_id", "theme_order", lang.column("theme"))
    cells = _wide(weights, "point_id", list(points["point_id"]), list(themes["theme_id"]))
    with drawing(lang, size, ROW_HEIGHT * (len(points) + 1) + 1.2) as sheet:
        if sheet.has(weights):
            _draw_points(sheet, points, themes, cells)
    return sheet.chart(_weight_fields(themes, cells, lang))


def _wide(table: pd.DataFrame, index: str, rows: list[str], columns: list[str]) -> pd.DataFrame:
    """Return the weights with a row for each of `rows` and a column for each theme."""
    wide = table.pivot_table(
        index=index, columns="theme_id", values="weight", aggfunc="sum", observed=True
    )
    return wide.reindex(index=rows, columns=columns).fillna(0.0)


def _weight_fields(themes: pd.DataFrame, cells: pd.DataFrame, lang: Language) -> dict[str, object]:
    shares = _means(cells)
    largest = max(shares, default=0.0)
    names = list(themes[lang.column("theme")])
    top = dict(zip(shares[::-1], names[::-1], strict=True)).get(largest)
    return {
        "points": lang.number(len(cells)),
        "top_theme": lang.phrase("none") if top is None else top,
        "top_share": lang.share(largest),
        "heaviest": leader(dict(zip(names, shares, strict=True))),
        "single": lang.number(int(((cells > 0).sum(axis=1) == 1).sum())),
    }


def _means(cells: pd.DataFrame) -> list[float]:
    """Return the mean of each column, without what adding left behind, so that equals are equal."""
    return [_exact(float(cells[column].mean())) for column in cells]


def _exact(share: float) -> float:
    return round(share, 9)


def _draw_points(
    sheet: Sheet, points: pd.DataFrame, themes: pd.DataFrame, cells: pd.DataFrame
) -> None:
    lang, number = sheet.lang, len(points)
    heads = list(themes[lang.column("theme")])
    titles = list(points[lang.column("title")])
    mean = lang.phrase("mean-of-points")
    shares = cells.to_numpy(dtype=float).tolist()
    for row, (point_id, title) in enumerate(zip(points["point_id"], titles, strict=True)):
        for column, head in enumerate(heads):
            gid, says = f"{point_id}-{cells.columns[column]}", f"{title}: {head}"
            to = ("points", point_id)
            _draw_cell(sheet, (column, number - row), shares[row][column], gid, says, to)
    for column, share in enumerate(_means(cells)):
        gid, says = f"mean-{cells.columns[column]}", f"{mean}: {heads[column]}"
        to = ("themes", str(cells.columns[column]))
        _draw_cell(sheet, (column, -TOTAL_GAP), share, gid, says, to, total=True)
    names = [sheet.wrapped(title, LABEL_WIDTH) for title in titles]
    theme.heads(sheet.ax, heads, lang, sheet.column_room([*names, mean], len(heads)))
    theme.limits(sheet.ax, -0.5, len(heads) - 0.5, lang)
    places = [*range(number, 0, -1), -TOTAL_GAP]
    sheet.ax.set_yticks(places, [sheet.draw(name) for name in [*names, mean]])
    sheet.ax.set_ylim(-TOTAL_GAP - 0.5, number + 0.5)
    theme.bare(sheet.ax)
    lowest, highest = CELL / 2 - TOTAL_GAP, number + 0.5
    guide: dict[str, Any] = {"color": theme.PALETTE["faint"], "zorder": 0, "linewidth": 0.8}
    sheet.ax.vlines(range(len(heads)), lowest, highest, gid="guides", **guide)


def _draw_cell(
    sheet: Sheet,
    place: tuple[float, float],
    share: float,
    gid: str,
    says: str,
    to: Target,
    total: bool = False,
) -> None:
    """Draw a cell and write its share in per cent; none where there is nothing."""
    if share <= 0:
        return
    (x, y), face = (
        place,
        theme.PALETTE["paper"] if total else theme.shade(min(share, 1.0) ** SHADING),
    )
    mark = sheet.mark(gid, f"{says} {sheet.lang.share(share)}", to)
    corner = (x - CELL / 2, y - CELL / 2)
    sheet.ax.add_patch(Rectangle(corner, CELL, CELL, facecolor=face, gid=mark))
    sheet.ax.text(
        x,
        y,
        sheet.draw(sheet.lang.number(100 * share, at_most=SHARE_DECIMALS)),  # unit: the subtitle
        ha="center",
        va="center",
        color=theme.ink_on(face),
        weight="bold" if total else "normal",
        fontsize=sheet.small,
        gid=f"{gid}-text",
    )


@drawn_at_any_size
def coverage_matrix(coverage: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw how much each theme weighs in each stage of the argument.

    Parameters
    ----------
    coverage : pandas.DataFrame
        As :func:`helpers.argument.coverage` returns it: one row a theme and stage.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields ``absent`` (themes of the context without any outcome) and
        ``top_context``, ``top_outcome`` (theme that weighs most there), its finding ``first`` and
        ``last`` (the same, if each is one theme, and another than the other). Stages whose shares
        are all equal are starred, and a note says why.
    """
    refuse_unknown_stages(coverage["stage"])
    coverage = in_order(coverage, "theme_order", "theme_id")
    themes = distinct(coverage, "theme_id", "theme_order", lang.column("theme"))
    occurring = set(coverage["stage"])
    stages = [stage for stage in codes("points", "stage") if stage in occurring]
    cells = _wide(coverage, "stage", stages, list(themes["theme_id"])).T
    with drawing(lang, size, ROW_HEIGHT * max(len(themes), 2) + 0.6) as sheet:
        if sheet.has(coverage):
            _draw_coverage(sheet, themes, cells)
    return sheet.chart(_coverage_fields(themes, cells, lang))


def _draw_coverage(sheet: Sheet, themes: pd.DataFrame, cells: pd.DataFrame) -> None:
    lang, names = sheet.lang, list(themes[sheet.lang.column("theme")])
    heads = [lang.pick(codes("points", "stage")[stage], "plural") for stage in cells.columns]
    shares = cells.to_numpy(dtype=float).tolist()
    for row, name in enumerate(names):
        for column, head in enumerate(heads):
            gid = f"{cells.index[row]}-{cells.columns[column]}"
            place = (column, len(names) - 1 - row)
            to = ("themes", str(cells.index[row]))
            _draw_cell(sheet, place, shares[row][column], gid, f"{name}: {head}", to)
    even = [_is_even(cells[stage]) for stage in cells.columns]
    starred = [head + STAR * flat for head, flat in zip(heads, even, strict=True)]
    theme.heads(sheet.ax, starred, lang, sheet.column_room(names, len(heads)))
    theme.limits(sheet.ax, -0.5, len(heads) - 0.5, lang)
    theme.rows(sheet.ax, names, lang, lines=False)
    if any(even):
        note = f"{STAR} {lang.phrase('equal-shares')}"
        look: dict[str, Any] = {"color": theme.PALETTE["grey"], "fontsize": sheet.small}
        look |= {"loc": lang.start, "gid": "equal-shares"}
        sheet.ax.set_xlabel(sheet.draw(note), **look)


def _is_even(shares: pd.Series) -> bool:
    """Tell whether the themes of a stage share it alike, as they do when each point has its own."""
    told = {_exact(share) for share in shares if share > 0}
    return len(told) == 1 and int((shares > 0).sum()) >= LEAST_EVEN


def _coverage_fields(
    themes: pd.DataFrame, cells: pd.DataFrame, lang: Language
) -> dict[str, object]:
    names = list(themes[lang.column("theme")])
    first = next(iter(codes("points", "stage")))
    (last,) = codes_where("points", "stage", delivers=True)
    before, after = (
        [_exact(share) for share in cells[stage]] if stage in cells else [0.0] * len(cells)
        for stage in (first, last)
    )

    def top(shares: list[float]) -> str:
        largest = max(shares, default=0.0)
        return names[shares.index(largest)] if largest > 0 else lang.phrase("none")

    ends = [leader(dict(zip(names, shares, strict=True))) for shares in (before, after)]
    moved = ends if ends[0] != ends[1] else [None, None]
    shares = zip(names, before, after, strict=True)
    return {
        "first": moved[0],
        "last": moved[1],
        "absent": joined((name for name, one, other in shares if one > 0 and other == 0), lang),
        f"top_{first}": top(before),
        f"top_{last}": top(after),
    }
