"""Dots: one for each statement or outcome, placed by who, what and how strongly.

:func:`interest_matrix` draws the figure ``interests``, :func:`speeches` the figure of that name,
:func:`strength_by_theme` the figure ``outcome-strength``.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.lines import Line2D

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
    joined,
)
from helpers.data import codes, refuse_unknown
from helpers.language import Language

ROW_HEIGHT = 0.36  # inches at reading size
DOT = 8  # points at reading size
PACK = 5  # dots in a row of a cell
SIDES = 2  # of the middle


@drawn_at_any_size
def interest_matrix(positions: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw what the two sides want, theme by theme: one mark a statement.

    The marks of the first side run from the middle to the start, those of the second to the end.

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
        Its description has the fields ``first``, ``second`` (marks of each side), ``shared`` (the
        themes of both) and ``top`` (theme with most marks of the first side).

    Raises
    ------
    ValueError
        If somebody belongs to neither of two sides; the message names the side.
    """
    _refuse_a_third_side(positions)
    positions = in_order(positions, "reading_order", "actor_id", "theme_order")
    themes = distinct(positions, "theme_id", "theme_order", lang.column("theme"))
    counts = positions.groupby(["theme_id", "side_order"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=themes["theme_id"], columns=[1, 2], fill_value=0)
    with drawing(lang, size, ROW_HEIGHT * max(len(themes), 2) + 1.1) as sheet:
        if sheet.has(positions):
            _draw_sides(sheet, positions, themes, int(counts.to_numpy().max()))
    names = pd.Series(list(themes[lang.column("theme")]), counts.index, dtype="object")
    fields = {
        "first": lang.number(int(counts[1].sum())),
        "second": lang.number(int(counts[2].sum())),
        "shared": joined(names[(counts > 0).all(axis=1)], lang),
        "top": names.iloc[int(counts[1].argmax())] if counts[1].any() else lang.phrase("none"),
    }
    return sheet.chart(fields)


def _refuse_a_third_side(positions: pd.DataFrame) -> None:
    placed = positions["side_order"].between(1, SIDES).fillna(False).astype(bool)
    known = distinct(positions[placed], "side", "side_order")["side"]
    refuse_unknown("side", positions[~placed]["side"], known)


def _draw_sides(sheet: Sheet, positions: pd.DataFrame, themes: pd.DataFrame, widest: int) -> None:
    lang, end = sheet.lang, widest + 0.6
    rows = _places(list(themes["theme_id"])[::-1])
    for (theme_id, side), of_cell in grouped(positions, "theme_id", "side_order").items():
        sign = -1 if side == 1 else 1
        for number, position in enumerate(of_cell):
            _mode_mark(sheet, (sign * (number + 0.8), rows[theme_id]), position)
    sheet.ax.axvline(0, color=theme.PALETTE["grey"], linewidth=0.8)
    theme.limits(sheet.ax, -end, end, lang)
    sides = distinct(positions, "side", "side_order", lang.column("side"))
    heads = [sheet.draw(name) for name in sides[lang.column("side")]]
    places = [end * (order - 1.5) for order in sides["side_order"]]
    sheet.ax.xaxis.tick_top()
    sheet.ax.set_xticks(places, heads, va="baseline", weight="bold")
    theme.rows(sheet.ax, list(themes[lang.column("theme")]), lang)
    theme.legend(sheet.ax, lang, _mode_handles(sheet, positions), columns=5, gap=0.4)


def _places(ids: list[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(ids)}


def _mode_mark(sheet: Sheet, place: tuple[float, float], position: Row, share: float = 1) -> None:
    lang, code = sheet.lang, codes("positions", "mode")[position["mode"]]
    gid = f"{position['claim_id']}-{position['actor_id']}-{position['theme_id']}"
    who, what = lang.pick(position, "name"), lang.pick(position, "text")
    sheet.ax.plot(
        [place[0]],
        [place[1]],
        marker=code["marker"],
        markersize=share * DOT * sheet.scale,
        zorder=3,
        gid=sheet.mark(gid, f"{who} ({lang.pick(code, 'title')}): {what}"),
        **theme.mark_style(code["colour"], sheet.scale * share),
    )


def _mode_handles(sheet: Sheet, positions: pd.DataFrame) -> list[Line2D]:
    occurring = set(positions["mode"])
    return [
        Line2D(
            [],
            [],
            marker=code["marker"],
            markersize=DOT * sheet.scale,
            label=sheet.draw(sheet.lang.pick(code, "title")),
            **theme.mark_style(code["colour"], sheet.scale),
        )
        for mode, code in codes("positions", "mode").items()
        if mode in occurring
    ]


@drawn_at_any_size
def speeches(positions: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw who spoke of which theme: one mark a statement.

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
        themes).
    """
    positions = in_order(positions, "reading_order", "actor_id", "theme_order")
    speakers = positions.drop_duplicates("actor_id", ignore_index=True)
    themes = distinct(positions, "theme_id", "theme_order", lang.column("theme"))
    with drawing(lang, size, 1.4 * ROW_HEIGHT * max(len(speakers), 2) + 1.7) as sheet:
        if sheet.has(positions):
            _draw_speeches(sheet, positions, speakers, themes)
    breadth = positions.groupby("actor_id")["theme_id"].nunique()
    breadth = breadth.reindex(speakers["actor_id"])
    names = speakers[lang.column("name")]
    fields = {
        "speakers": lang.number(len(speakers)),
        "themes": lang.number(len(themes)),
        "broadest": names.iloc[int(breadth.argmax())] if len(names) else lang.phrase("none"),
    }
    return sheet.chart(fields)


def _draw_speeches(
    sheet: Sheet, positions: pd.DataFrame, speakers: pd.DataFrame, themes: pd.DataFrame
) -> None:
    lang = sheet.lang
    rows, columns = _places(list(speakers["actor_id"])[::-1]), _places(list(themes["theme_id"]))
    for (actor, theme_id), of_cell in grouped(positions, "actor_id", "theme_id").items():
        for number, position in enumerate(of_cell):
            shift = 0.26 * (number - (len(of_cell) - 1) / 2)
            _mode_mark(sheet, (columns[theme_id] + shift, rows[actor]), position, 0.9)
    theme.heads(sheet.ax, list(themes[lang.column("theme")]), lang, leaning=True)
    theme.limits(sheet.ax, -0.6, len(themes) - 0.4, lang)
    theme.rows(sheet.ax, list(speakers[lang.column("name")]), lang)
    for x in range(len(themes)):
        sheet.ax.axvline(x, color=theme.PALETTE["faint"], linewidth=0.8, zorder=0)
    theme.legend(sheet.ax, lang, _mode_handles(sheet, positions), columns=5, gap=0.4)


@drawn_at_any_size
def strength_by_theme(
    outcomes: pd.DataFrame, themes: pd.DataFrame, lang: Language, size: str = "reading"
) -> Chart:
    """Draw the outcomes by theme and strength: one dot an outcome.

    Strength is ordinal; columns stand in rising order at equal steps that mean no equal distance.

    Parameters
    ----------
    outcomes : pandas.DataFrame
        As :func:`helpers.data.coded_outcomes` returns it.
    themes : pandas.DataFrame
        The table ``themes``: rows of the chart, whether they have an outcome or not.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields ``count``, ``top_strength`` and ``top_count`` (the code with
        most outcomes) and ``without`` (themes without outcome).

    Raises
    ------
    ValueError
        If an outcome names a theme that is not among the themes.
    """
    themes = in_order(themes, "order", "theme_id")
    refuse_unknown("theme", outcomes["theme_id"], themes["theme_id"])
    outcomes = in_order(outcomes, "reading_order", "item_id")
    with drawing(lang, size, 1.05 * ROW_HEIGHT * max(len(themes), 2) + 0.7) as sheet:
        if sheet.has(outcomes):
            _draw_strengths(sheet, outcomes, themes)
    counts = outcomes["strength"].astype("object").value_counts()
    counts = counts.reindex(list(codes("outcome_codes", "strength")), fill_value=0)
    strengths = list(lang.labels("outcome_codes", "strength").values())
    idle = themes[~themes["theme_id"].isin(outcomes["theme_id"])][lang.column("title")]
    fields = {
        "count": lang.number(len(outcomes)),
        "top_strength": strengths[int(counts.argmax())] if len(outcomes) else lang.phrase("none"),
        "top_count": lang.number(int(counts.max())),
        "without": joined(idle, lang),
    }
    return sheet.chart(fields)


def _draw_strengths(sheet: Sheet, outcomes: pd.DataFrame, themes: pd.DataFrame) -> None:
    lang, strengths = sheet.lang, sheet.lang.labels("outcome_codes", "strength")
    columns = _places(list(strengths))
    rows = _places(list(themes["theme_id"])[::-1])
    for (theme_id, strength), of_cell in grouped(outcomes, "theme_id", "strength").items():
        _pack(sheet, columns[strength], rows[theme_id], of_cell)
    theme.heads(sheet.ax, list(strengths.values()), lang)
    theme.limits(sheet.ax, -0.5, len(strengths) - 0.5, lang)
    theme.rows(sheet.ax, list(themes[lang.column("title")]), lang)


def _pack(sheet: Sheet, column: int, y: float, of_cell: list[Row]) -> None:
    """Draw the dots of a cell in rows that stay inside it, however many they are."""
    rows = -(-len(of_cell) // PACK)
    pitch = min(0.4, 0.8 / rows)
    lang = sheet.lang
    for number, item in enumerate(of_cell):
        line, place = divmod(number, PACK)
        in_line = min(PACK, len(of_cell) - line * PACK)
        strength = lang.label("outcome_codes", "strength", item["strength"])
        says = f"{lang.pick(item, 'verb')} {lang.pick(item, 'text')} ({strength})"
        sheet.ax.plot(
            [column + 0.15 * (place - (in_line - 1) / 2)],
            [y + pitch * ((rows - 1) / 2 - line)],
            marker="o",
            markersize=0.95 * DOT * sheet.scale,
            zorder=3,
            gid=sheet.mark(item["item_id"], says),
            **theme.mark_style("navy", sheet.scale),
        )
