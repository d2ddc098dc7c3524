"""Dots: one for each statement or outcome, placed by who, what and how strongly.

:func:`interest_matrix` draws the figure ``interests``, :func:`strength_by_theme` the figure
``outcome-strength``.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

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
    records,
)
from helpers.charts.findings import leader
from helpers.data import codes, refuse_unknown
from helpers.language import Language

ROW_HEIGHT = 0.36  # inches at reading size
DOT = 8  # points at reading size
PACK = 5  # dots in a row of a cell
SIDES = 2  # of the middle
ORDER_GAP = 0.4  # columns between the arrow of rising strength and its words


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
        themes of both) and ``top`` (theme with most marks of the first side), its finding ``more``,
        ``more_marks``, ``less`` and ``less_marks``: the side with more marks, and the other.

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
        **_sides_compared(positions, lang),
    }
    return sheet.chart(fields)


def _sides_compared(positions: pd.DataFrame, lang: Language) -> dict[str, object]:
    """Return the side that more marks are of, and the other; nothing if they are as many."""
    marks = positions[lang.column("side")].value_counts().to_dict()
    more = leader(marks)
    if more is None:
        return dict.fromkeys(("more", "more_marks", "less", "less_marks"))
    (less,) = set(marks) - {more}
    return {
        "more": more,
        "more_marks": lang.number(marks[more]),
        "less": less,
        "less_marks": lang.number(marks[less]),
    }


def _refuse_a_third_side(positions: pd.DataFrame) -> None:
    placed = positions["side_order"].between(1, SIDES).fillna(False).astype(bool)
    known = distinct(positions[placed], "side", "side_order")["side"]
    refuse_unknown("side", positions[~placed]["side"], known)


def _draw_sides(sheet: Sheet, positions: pd.DataFrame, themes: pd.DataFrame, widest: int) -> None:
    lang, end = sheet.lang, widest + 0.6
    rows = numbered(list(themes["theme_id"])[::-1])
    for (theme_id, side), of_cell in grouped(positions, "theme_id", "side_order").items():
        sign = -1 if side == 1 else 1
        for number, position in enumerate(of_cell):
            mode_mark(sheet, (sign * (number + 0.8), rows[theme_id]), position)
    sheet.ax.axvline(0, color=theme.PALETTE["grey"], linewidth=0.8)
    theme.limits(sheet.ax, -end, end, lang)
    sides = distinct(positions, "side", "side_order", lang.column("side"))
    marks = positions["side_order"].value_counts()
    heads = [
        sheet.draw(f"{side[lang.column('side')]}: {lang.number(marks[side['side_order']])}")
        for side in records(sides)
    ]
    places = [end * (order - 1.5) for order in sides["side_order"]]
    sheet.ax.xaxis.tick_top()
    sheet.ax.set_xticks(places, heads, va="baseline", weight="bold")
    theme.rows(sheet.ax, list(themes[lang.column("theme")]), lang)
    theme.legend(sheet.ax, lang, _mode_handles(sheet, positions), columns=5, gap=0.4)


def numbered(ids: list[str]) -> dict[str, int]:
    """Return the number of each id, from 0."""
    return {name: place for place, name in enumerate(ids)}


def mode_mark(
    sheet: Sheet,
    place: tuple[float, float],
    position: Row,
    share: float = 1,
    marker: str | None = None,
) -> None:
    """Draw a statement as a mark of the look of its mode, or of a shape that all modes share."""
    lang, code = sheet.lang, codes("positions", "mode")[position["mode"]]
    gid = f"{position['claim_id']}-{position['actor_id']}-{position['theme_id']}"
    who, what = lang.pick(position, "name"), lang.pick(position, "text")
    sheet.ax.plot(
        [place[0]],
        [place[1]],
        marker=marker or code["marker"],
        markersize=share * DOT * sheet.scale,
        zorder=3,
        gid=sheet.mark(
            gid, f"{who} ({lang.pick(code, 'title')}): {what}", ("claims", position["claim_id"])
        ),
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
def strength_by_theme(
    outcomes: pd.DataFrame, themes: pd.DataFrame, lang: Language, size: str = "reading"
) -> Chart:
    """Draw the outcomes by theme and strength: one dot an outcome.

    Strength is ordinal; columns stand in rising order at equal steps that mean no equal distance.
    Themes stand in the order of the strongest outcome that they got; the row of the theme with most
    outcomes is tinted.

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
        most outcomes) and ``without`` (themes without outcome), its finding ``longest`` (the theme
        with most outcomes), ``longest_count`` and ``longest_top`` (its highest strength, if there
        is a higher one).

    Raises
    ------
    ValueError
        If an outcome names a theme that is not among the themes.
    """
    themes = in_order(themes, "order", "theme_id")
    refuse_unknown("theme", outcomes["theme_id"], themes["theme_id"])
    outcomes = in_order(outcomes, "reading_order", "item_id")
    themes = _strongest_first(themes, outcomes)
    longest = leader(Counter(map(str, outcomes["theme_id"])))
    with drawing(lang, size, 1.05 * ROW_HEIGHT * max(len(themes) + 1, 2) + 0.7) as sheet:
        if sheet.has(outcomes):
            _draw_strengths(sheet, outcomes, themes, longest)
    counts = outcomes["strength"].astype("object").value_counts()
    counts = counts.reindex(list(codes("outcome_codes", "strength")), fill_value=0)
    strengths = list(lang.labels("outcome_codes", "strength").values())
    idle = themes[~themes["theme_id"].isin(outcomes["theme_id"])][lang.column("title")]
    fields = {
        "count": lang.number(len(outcomes)),
        "top_strength": strengths[int(counts.argmax())] if len(outcomes) else lang.phrase("none"),
        "top_count": lang.number(int(counts.max())),
        "without": joined(idle, lang),
        **_longest_list(outcomes, longest, lang),
    }
    return sheet.chart(fields)


def _strongest_first(themes: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    ranks = {strength: rank for rank, strength in enumerate(codes("outcome_codes", "strength"))}
    reached = outcomes["strength"].astype("object").map(ranks).groupby(outcomes["theme_id"]).max()
    weaker = -themes["theme_id"].map(reached.to_dict()).fillna(-1).astype(int)
    return in_order(themes.assign(weaker=weaker), "weaker", "order", "theme_id")


def _longest_list(outcomes: pd.DataFrame, longest: str | None, lang: Language) -> dict[str, object]:
    """Return the theme with most outcomes, how many they are, and how strong at most."""
    own = outcomes[outcomes["theme_id"] == longest]
    labels = lang.labels("outcome_codes", "strength")
    reached = [strength for strength in labels if strength in set(own["strength"])]
    weaker = bool(reached) and reached[-1] != list(labels)[-1]
    return {
        "longest": own[lang.column("theme")].iloc[0] if longest else None,
        "longest_count": lang.number(len(own)),
        "longest_top": labels[reached[-1]] if weaker else None,
    }


def _draw_strengths(
    sheet: Sheet, outcomes: pd.DataFrame, themes: pd.DataFrame, longest: str | None
) -> None:
    lang, strengths = sheet.lang, sheet.lang.labels("outcome_codes", "strength")
    columns = numbered(list(strengths))
    rows = numbered(list(themes["theme_id"])[::-1])
    for (theme_id, strength), of_cell in grouped(outcomes, "theme_id", "strength").items():
        _pack(sheet, columns[strength], rows[theme_id], of_cell)
    if longest is not None:
        y = rows[longest]
        look: dict[str, Any] = {"color": theme.PALETTE["faint"], "zorder": 0, "gid": "longest"}
        sheet.ax.axhspan(y - 0.5, y + 0.5, **look)
    titles = list(themes[lang.column("title")])
    room = sheet.column_room(titles, len(strengths))
    theme.heads(sheet.ax, list(strengths.values()), lang, room)
    theme.limits(sheet.ax, -0.5, len(strengths) - 0.5, lang)
    theme.rows(sheet.ax, titles, lang)
    _draw_order(sheet, len(themes), len(strengths) - 1)


def _draw_order(sheet: Sheet, y: float, last: int) -> None:
    """Say by an arrow above the rows that strength rises from column to column."""
    grey = theme.PALETTE["grey"]
    look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": sheet.small, "color": grey}
    for x, phrase in ((0, "weaker"), (last, "stronger")):
        sheet.ax.text(x, y, sheet.draw(sheet.lang.phrase(phrase)), gid=phrase, **look)
    arrow = {"arrowstyle": "->", "color": grey, "linewidth": 0.9 * sheet.scale}
    sheet.ax.annotate("", (last - ORDER_GAP, y), (ORDER_GAP, y), arrowprops=arrow, gid="order")
    sheet.ax.set_ylim(top=y + 0.4)


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
            gid=sheet.mark(item["item_id"], says, ("outcome_items", item["item_id"])),
            **theme.mark_style("navy", sheet.scale),
        )
