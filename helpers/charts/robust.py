"""Under which codings each conclusion holds.

It draws the figure ``what-holds``.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.lines import Line2D

from helpers import theme
from helpers.charts.base import (
    Chart,
    Sheet,
    distinct,
    drawing,
    drawn_at_any_size,
    in_order,
    records,
)
from helpers.language import Language

ROW_HEIGHT = 0.42  # inches at reading size
LABEL_WIDTH = 230  # points at reading size
MARKER_SIZE = 7
WALL_LABEL = 330  # the same on a wall, so that each stands on one line
WALL_ROWS, WALL_TYPE = 14, 0.75  # the most rows there, and their type in ems
MARGINS = 36
HEAD_GAP = 0.8  # ems between the names of codings and those of their coders
UPRIGHT = 90  # degrees; columns are narrower than a word
GAP = 0.9  # between the columns of two coders, in columns
HEADS = 2.1  # inches at reading size, for the names of the codings
STATES = ("holds", "falls", "untouched")
HOLDS = {"marker": "o", "color": theme.PALETTE["navy"]}
FALLS = {"marker": "X", "color": theme.PALETTE["maroon"]}


@drawn_at_any_size
def what_holds(tried: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw every conclusion against every coding: it holds, it falls, or nothing changes for it.

    On a wall there is room for those conclusions alone that fall under most codings, and for the
    codes of a coder all together.

    Parameters
    ----------
    tried : pandas.DataFrame
        As :func:`helpers.argument.robustness` returns it: one row a conclusion and coding.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields ``conclusions``, ``codings`` (without the published one),
        ``firm`` (conclusions that hold under all of them), ``frail`` (that fall under one at
        least) and ``frailest``, its finding ``steady`` (conclusions that hold under all codings
        that touch them, the published one among them).
    """
    tried = in_order(tried, "order", "conclusion_id", "coding_order")
    shown = _for_a_wall(tried) if theme.SIZES[size].fixed else tried
    rows = distinct(shown, "conclusion_id", "order", lang.column("text"))
    columns = distinct(shown, "coding", "coding_order", "group", "object")
    with drawing(lang, size, ROW_HEIGHT * max(len(rows), 2) + HEADS) as sheet:
        if sheet.has(shown):
            _draw(sheet, shown, rows, columns)
    return sheet.chart(_fields(tried, lang))


def _for_a_wall(tried: pd.DataFrame) -> pd.DataFrame:
    """Return the conclusions that fall most, and of each coder all kinds of code together."""
    fallen = _frail(tried).value_counts(sort=False)
    order = tried.drop_duplicates("conclusion_id").set_index("conclusion_id")["order"]
    most_fallen = sorted(fallen.index, key=lambda name: (-fallen[name], order[name]))[:WALL_ROWS]
    members = tried.groupby("group")["coding"].transform("nunique")
    whole = (tried["object"] == "all") | (members == 1) | (tried["group"] == "ways")
    return tried[whole & tried["conclusion_id"].isin(most_fallen)]


def _frail(tried: pd.DataFrame) -> pd.Series:
    """Return the conclusions that fall, once for each coding under which they do."""
    others = tried[(tried["coding_order"] > 0) & tried["touched"].astype(bool)]
    return others[~others["holds"].astype(bool)]["conclusion_id"]


def _draw(sheet: Sheet, tried: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame) -> None:
    lang, names = sheet.lang, coding_names(columns, sheet.lang)
    at = dict(zip(columns["coding"], _places(columns), strict=True))
    height = {name: len(rows) - 1 - place for place, name in enumerate(rows["conclusion_id"])}
    for row in records(tried):
        place = (at[row["coding"]], height[row["conclusion_id"]])
        _draw_mark(sheet, row, place, names[row["coding"]])
    _heads(sheet, columns, at, names)
    theme.limits(sheet.ax, -0.6, max(at.values()) + 0.6, lang)
    width = WALL_LABEL if sheet.size.fixed else LABEL_WIDTH
    texts = [sheet.wrapped(text, width) for text in rows[lang.column("text")]]
    theme.rows(sheet.ax, texts, lang)
    if sheet.size.fixed:
        sheet.ax.tick_params(axis="y", labelsize=WALL_TYPE * sheet.size.font)
    theme.legend(sheet.ax, lang, _handles(sheet), columns=3, gap=0.3)


def _heads(
    sheet: Sheet, columns: pd.DataFrame, at: dict[str, float], names: dict[str, str]
) -> None:
    """Name each coding above its column, and what several columns share above them together."""
    lang, heads = sheet.lang, dict(names)
    shared: list[tuple[str, list[float], float]] = []
    for group, members in columns.groupby("group", sort=False):
        if len(members) == 1:
            heads[members["coding"].iloc[0]] = _group_name(str(group), lang)
        elif sheet.size.fixed:
            heads |= {row["coding"]: _part(row, lang) for row in records(members)}
        else:
            places = [at[coding] for coding in members["coding"]]
            heads |= {row["coding"]: _part(row, lang) for row in records(members)}
            width = (max(places) - min(places) + GAP) * _column_width(sheet, max(at.values()))
            shared.append((_group_name(str(group), lang), places, width))
    labels = [sheet.draw(heads[coding]) for coding in at]
    tallest = max(theme.text_width(label, sheet.small) for label in labels)
    for name, places, width in shared:
        _group_head(sheet, name, places, width, tallest)
    sheet.ax.set_xticks(list(at.values()), labels, rotation=UPRIGHT)
    sheet.ax.xaxis.tick_top()


def _column_width(sheet: Sheet, last: float) -> float:
    """Return the points at reading size from one column to the next, at the least."""
    return (sheet.size.width * 72 / sheet.scale - LABEL_WIDTH - MARGINS) / (last + 1.2)


def _group_head(sheet: Sheet, name: str, places: list[float], width: float, height: float) -> None:
    sheet.ax.annotate(
        sheet.draw(sheet.wrapped(name, width)),
        (sum(places) / len(places), 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, height + HEAD_GAP * sheet.size.font),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=sheet.small,
        color=theme.PALETTE["ink"],
        annotation_clip=False,
    )


def _part(row: dict[str, Any], lang: Language) -> str:
    return lang.phrase(
        f"way-{row['coding']}" if row["group"] == "ways" else f"coded-{row['object']}"
    )


def _group_name(group: str, lang: Language) -> str:
    return lang.phrase("ways") if group == "ways" else coder_names(lang)[group]


def _places(columns: pd.DataFrame) -> list[float]:
    """Return where each coding stands, coders set apart from each other."""
    gaps = (columns["group"] != columns["group"].shift()).cumsum() - 1
    return [place + GAP * gap for place, gap in enumerate(gaps.tolist())]


def _draw_mark(sheet: Sheet, row: dict[str, Any], place: tuple[float, float], coding: str) -> None:
    lang = sheet.lang
    state = "holds" if row["holds"] else "falls"
    if not row["touched"]:
        state = "untouched"
    says = f"{lang.pick(row, 'text')} — {coding}: {lang.phrase(state)}"
    mark = sheet.mark(f"{row['conclusion_id']}-{row['coding']}", says)
    look: dict[str, Any] = {"linestyle": "", "gid": mark, **_look(sheet, state)}
    sheet.ax.plot([place[0]], [place[1]], **look)


def _look(sheet: Sheet, state: str) -> dict[str, Any]:
    size = MARKER_SIZE * sheet.scale
    if state == "untouched":
        return {"marker": ".", "color": theme.PALETTE["light"], "markersize": size / 2}
    edge = {"markeredgecolor": theme.PALETTE["paper"], "markeredgewidth": 0.6}
    return {**(HOLDS if state == "holds" else FALLS), "markersize": size, **edge}


def _handles(sheet: Sheet) -> list[Line2D]:
    return [
        Line2D(
            [], [], linestyle="", label=sheet.draw(sheet.lang.phrase(state)), **_look(sheet, state)
        )
        for state in ("holds", "falls", "untouched")
    ]


def coding_names(columns: pd.DataFrame, lang: Language) -> dict[str, str]:
    """Return the name of each coding: coder and what is coded otherwise, or way of counting.

    Parameters
    ----------
    columns : pandas.DataFrame
        Rows with ``coding``, ``group`` and ``object``.
    lang : Language
        Language of the names.
    """
    coders = coder_names(lang)
    named = {}
    for row in records(columns):
        own = coders.get(row["coding"])
        named[row["coding"]] = own or f"{_group_name(row['group'], lang)}: {_part(row, lang)}"
    return named


def coder_names(lang: Language) -> dict[str, str]:
    """Return the names of all coders, the published codes among them."""
    return lang.labels("link_codes", "coder") | lang.labels("outcome_codes", "coder")


def _fields(tried: pd.DataFrame, lang: Language) -> dict[str, object]:
    every = tried.drop_duplicates("conclusion_id")
    frail = _frail(tried).value_counts()
    text = dict(zip(every["conclusion_id"], every[lang.column("text")], strict=True))
    told = tried[tried["touched"].astype(bool) | (tried["coding_order"] == 0)]
    steady = int(told.groupby("conclusion_id")["holds"].all().sum())
    most = sorted(str(name) for name, count in frail.items() if count == frail.max())
    return {
        "conclusions": lang.number(len(every)),
        "codings": lang.number(tried[tried["coding_order"] > 0]["coding"].nunique()),
        "firm": lang.number(len(every) - len(frail)),
        "frail": lang.number(len(frail)),
        "steady": lang.number(steady) if steady and len(every) > 1 else None,
        "frailest": text[most[0]] if most else lang.phrase("none"),
    }
