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
from helpers.charts.rooms import broken, row_height
from helpers.data import codes
from helpers.language import Language

ROW_HEIGHT = 0.45  # inches at reading size
LABEL_WIDTH = 200  # points at reading size
MARKER_SIZE = 8
WALL_LABEL = 330  # the same on a wall, so that each stands on one line
HEAD_SIZE = {True: 0.93, False: 0.87}  # of the small type, on a wall and for reading
HEADS = 1.6  # inches at reading size, for the names of the columns
PUBLISHED, WAYS = "published", "ways"
# How a conclusion stands under the codings of a column, from the best to the worst.
LOOKS: dict[str, dict[str, Any]] = {
    "holds": {"marker": "o", "color": theme.PALETTE["navy"]},
    "falls-in-part": {"marker": "D", "color": theme.PALETTE["amber"]},
    "falls": {"marker": "X", "color": theme.PALETTE["maroon"]},
    "untouched": {"marker": ".", "color": theme.PALETTE["light"]},
}


@drawn_at_any_size
def what_holds(tried: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw every conclusion against the codings: it holds, it falls, or nothing changes for it.

    A column is what coders of one role make of the report with all of their codes together, or a
    way of counting; what each kind of code does by itself stands in the table of the conclusions.
    On a wall there is room for those conclusions alone that fall under some coding.

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
        ``firm`` (conclusions that hold under all that touch them), ``frail`` (that fall under one
        at least), ``spared`` (that none touches) and ``frailest``, its finding ``steady``
        (those of ``firm`` that hold on the published codes too).
    """
    tried = in_order(tried, "order", "conclusion_id", "coding_order")
    shown = tried[tried["conclusion_id"].isin(_frail(tried))] if theme.SIZES[size].fixed else tried
    states = _states(shown)
    rows = distinct(states, "conclusion_id", "order", lang.column("text"))
    chosen = theme.size_named(size)
    texts = broken(rows[lang.column("text")], lang, chosen, _label_width(chosen))
    high = row_height(texts, ROW_HEIGHT, chosen)
    with drawing(lang, size, high * max(len(rows), 2) + HEADS) as sheet:
        if sheet.has(states):
            _draw(sheet, states, dict(zip(rows["conclusion_id"], texts, strict=True)), tried)
    return sheet.chart(_fields(tried, lang))


def _label_width(size: theme.Size) -> float:
    return WALL_LABEL if size.fixed else LABEL_WIDTH


def _frail(tried: pd.DataFrame) -> pd.Series:
    """Return the conclusions that fall, once for each coding under which they do."""
    others = tried[(tried["coding_order"] > 0) & tried["touched"].astype(bool)]
    return others[~others["holds"].astype(bool)]["conclusion_id"]


def _states(tried: pd.DataFrame) -> pd.DataFrame:
    """Return how each conclusion stands in each column."""
    members = tried.groupby("group")["coding"].transform("nunique")
    whole = (tried["object"] == "all") | (members == 1) | (tried["group"] == WAYS)
    shown = tried[whole].assign(column=_columns(tried[whole]))
    keys = ["conclusion_id", "column"]
    states = shown.drop_duplicates(keys).reset_index(drop=True)
    found = {key: _state(rows) for key, rows in shown.groupby(keys)}
    return states.assign(
        state=[found[row["conclusion_id"], row["column"]] for row in records(states)]
    )


def _state(rows: pd.DataFrame) -> str:
    holds = rows[rows["touched"].astype(bool)]["holds"].astype(bool)
    if holds.empty:
        return "untouched"
    if holds.all():
        return "holds"
    return "falls-in-part" if holds.any() else "falls"


def _columns(tried: pd.DataFrame) -> list[str]:
    """Return the column of each row: the role of its coder, or its way of counting."""
    roles = {coder: code.get("role", "") for coder, code in _coders().items()}
    return [
        str(coding) if group == WAYS else str(roles.get(group, group))
        for group, coding in zip(tried["group"], tried["coding"], strict=True)
    ]


def _coders() -> dict[str, dict[str, Any]]:
    return {**codes("link_codes", "coder"), **codes("outcome_codes", "coder")}


def column_names(tried: pd.DataFrame, lang: Language) -> dict[str, str]:
    """Return the name of each column: a coder, several of one role, or a way of counting.

    Parameters
    ----------
    tried : pandas.DataFrame
        Rows with ``coding``, ``group`` and ``coding_order``.
    lang : Language
        Language of the names.
    """
    known, named = coder_names(lang), {}
    ordered = distinct(tried, "coding", "coding_order", "group")
    for column, rows in ordered.assign(column=_columns(ordered)).groupby("column", sort=False):
        group, coders = rows["group"].iloc[0], rows["group"].nunique()
        if group == WAYS:
            named[str(column)] = lang.phrase(f"way-{column}")
        else:
            named[str(column)] = lang.phrase(f"role-{column}") if coders > 1 else known[group]
    return named


def _draw(sheet: Sheet, states: pd.DataFrame, texts: dict[str, str], tried: pd.DataFrame) -> None:
    lang, names = sheet.lang, column_names(tried, sheet.lang)
    at = {column: place for place, column in enumerate(names)}
    height = {name: len(texts) - 1 - place for place, name in enumerate(texts)}
    for row in records(states):
        place = (at[row["column"]], height[row["conclusion_id"]])
        _draw_mark(sheet, row, place, names[row["column"]])
    room = sheet.column_room(texts.values(), len(names) + 0.2)
    theme.heads(
        sheet.ax, list(names.values()), lang, room, sheet.small * HEAD_SIZE[sheet.size.fixed]
    )
    theme.limits(sheet.ax, -0.6, len(at) - 0.4, lang)
    theme.rows(sheet.ax, list(texts.values()), lang)
    drawn = [state for state in LOOKS if state in set(states["state"])]
    theme.legend(sheet.ax, lang, [_handle(sheet, state) for state in drawn], columns=2, gap=0.3)


def _draw_mark(sheet: Sheet, row: dict[str, Any], place: tuple[float, float], column: str) -> None:
    says = f"{sheet.lang.pick(row, 'text')} — {column}: {sheet.lang.phrase(row['state'])}"
    name = row["conclusion_id"]
    mark = sheet.mark(f"{name}-{row['column']}", says, ("conclusions", name))
    look: dict[str, Any] = {"linestyle": "", "gid": mark, **_look(sheet, row["state"])}
    # There are hundreds: `plot` would measure the axes, whose limits are set, anew for each.
    sheet.ax.add_artist(Line2D([place[0]], [place[1]], **look))


def _look(sheet: Sheet, state: str) -> dict[str, Any]:
    size = MARKER_SIZE * sheet.scale
    if state == "untouched":
        return {**LOOKS[state], "markersize": size / 2}
    edge = {"markeredgecolor": theme.PALETTE["paper"], "markeredgewidth": 0.6}
    return {**LOOKS[state], "markersize": size, **edge}


def _handle(sheet: Sheet, state: str) -> Line2D:
    label = sheet.draw(sheet.lang.phrase(state))
    return Line2D([], [], linestyle="", label=label, **_look(sheet, state))


def falls_named(codings: pd.DataFrame, lang: Language) -> list[str]:
    """Name codings: each coder once, with the kinds of code, and each way of counting.

    Parameters
    ----------
    codings : pandas.DataFrame
        Rows with ``coding``, ``group`` and ``object``, in order.
    lang : Language
        Language of the names.
    """
    known, named = coder_names(lang), []
    for group, rows in codings.groupby("group", sort=False):
        if group == WAYS:
            named += [lang.phrase(f"way-{coding}") for coding in rows["coding"]]
        else:
            kinds = lang.join(lang.phrase(f"coded-{kind}") for kind in rows["object"])
            named.append(f"{known[str(group)]} ({kinds})")
    return named


def coder_names(lang: Language) -> dict[str, str]:
    """Return the names of all coders, the published codes among them."""
    return lang.labels("link_codes", "coder") | lang.labels("outcome_codes", "coder")


def _fields(tried: pd.DataFrame, lang: Language) -> dict[str, object]:
    every = tried.drop_duplicates("conclusion_id")
    frail = _frail(tried).value_counts()
    text = dict(zip(every["conclusion_id"], every[lang.column("text")], strict=True))
    touched = tried[(tried["coding_order"] > 0) & tried["touched"].astype(bool)]["conclusion_id"]
    told = tried[tried["touched"].astype(bool) | (tried["coding_order"] == 0)]
    told = told[told["conclusion_id"].isin(touched)]
    steady = int(told.groupby("conclusion_id")["holds"].all().sum())
    most = sorted(str(name) for name, count in frail.items() if count == frail.max())
    return {
        "conclusions": lang.number(len(every)),
        "codings": lang.number(tried[tried["coding_order"] > 0]["coding"].nunique()),
        "firm": lang.number(touched.nunique() - len(frail)),
        "frail": lang.number(len(frail)),
        "spared": lang.number(len(every) - touched.nunique()),
        "steady": lang.number(steady) if steady and len(every) > 1 else None,
        "frailest": text[most[0]] if most else lang.phrase("none"),
    }
