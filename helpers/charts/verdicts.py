"""How the claims stand, counted, and how what differs came in.

:func:`verdict_bars` draws the figures ``verdicts-by-section`` and ``verdicts-by-kind``,
:func:`difference_origins` the figure ``difference-origins``.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

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
from helpers.charts.findings import leader, most
from helpers.data import codes, codes_where
from helpers.language import Language

ROW_HEIGHT = 0.4  # inches at reading size
BAR = 0.62  # part of a row
LABEL_WIDTH = 120  # points at reading size
LABEL_GAP = 0.35  # ems between a bar and its number
ROOM_FOR_NUMBER = 30  # points at reading size, at the end of a bar
HEAD_ROOM = 8  # points at reading size, between the names of two panels
FEWEST = 10  # claims with a judgement, for a group to be compared with others
MARKER_SIZE = 11  # points at reading size
ORIGIN_WIDTH = 190  # of the names of origins
LEAST_MARKS = 11  # that a row has room for, so that few marks stand close together


@drawn_at_any_size
def verdict_bars(counts: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw how the claims of each group stand: a column of bars for each verdict, on one scale.

    What was found with low confidence is left hollow: it is shown, and counts as no judgement.

    Parameters
    ----------
    counts : pandas.DataFrame
        As :func:`helpers.data.verdict_counts` returns it, of one grouping.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``claims``, ``beyond`` (that no record could settle), ``weak``
        (found with low confidence), ``judged`` (the others), ``confirmed`` and ``differing`` (of
        these) and ``none_judged`` (groups without a judgement); its finding ``mostly`` (the
        confirmed, if they are most) and ``loosest``, ``loose`` and ``loose_judged``: the group that
        differs most often, how often, and of how many; none where a group has but few judgements.
    """
    counts = in_order(counts, "group_order", "group_id")
    verdicts = [name for name in codes("checks", "verdict") if name in set(counts["verdict"])]
    groups = distinct(counts, "group_id", "group_order", lang.column("group"))
    with drawing(lang, size, ROW_HEIGHT * max(len(groups), 2) + 1.2) as sheet:
        if sheet.has(counts):
            _panels(sheet, counts, groups, verdicts)
    return sheet.chart(_fields(counts, lang))


def _panels(sheet: Sheet, counts: pd.DataFrame, groups: pd.DataFrame, verdicts: list[str]) -> None:
    """Draw the bars of all verdicts on one axis, a stretch of it for each."""
    lang = sheet.lang
    totals = counts.groupby("group_id")["claims"].sum()
    names = [
        sheet.wrapped(f"{name} ({lang.number(totals[group])})", LABEL_WIDTH)
        for group, name in zip(groups["group_id"], groups[lang.column("group")], strict=True)
    ]
    longest = {name: int(counts[counts["verdict"] == name]["claims"].max()) for name in verdicts}
    starts, unit = _stretches(sheet, names, longest)
    y = {group: len(groups) - 1 - place for place, group in enumerate(groups["group_id"])}
    theme.rows(sheet.ax, names, lang)
    for row in records(counts):
        _bar(sheet, row, starts[row["verdict"]] / unit, y[row["group_id"]])
    _heads(sheet, {name: start / unit for name, start in starts.items()}, len(groups))
    theme.limits(sheet.ax, 0, sheet.column_room(names, 1) / unit, lang)
    sheet.ax.set_xticks([])
    if counts["weak"].any():
        hollow: dict[str, Any] = {"facecolor": theme.PALETTE["paper"], "linewidth": 1.2}
        label = sheet.draw(lang.phrase("low-confidence-uncounted"))
        handle = Patch(edgecolor=theme.PALETTE["grey"], label=label, **hollow)
        theme.legend(sheet.ax, lang, [handle], gap=0.4)


def _stretches(
    sheet: Sheet, names: list[str], longest: dict[str, int]
) -> tuple[dict[str, float], float]:
    """Return where the bars of each verdict start, in points, and the points that a claim takes.

    A stretch is as wide as its longest bar with its number, and no narrower than its name.
    """
    room = sheet.column_room(names, 1)
    heads = {name: _head_width(sheet, name) for name in longest}
    number = ROOM_FOR_NUMBER * sheet.scale

    def widths(unit: float) -> dict[str, float]:
        return {name: max(heads[name], unit * longest[name] + number) for name in longest}

    unit = room / max(sum(longest.values()), 1)
    while sum(widths(unit).values()) > room and unit > 1e-3:
        unit *= 0.98
    starts, start = {}, 0.0
    for name, width in widths(unit).items():
        starts[name] = start
        start += width
    return starts, unit


def _head_width(sheet: Sheet, verdict: str) -> float:
    label = sheet.draw(sheet.lang.label("checks", "verdict", verdict))
    return theme.text_width(label, sheet.small, "bold") + HEAD_ROOM * sheet.scale


def _heads(sheet: Sheet, starts: dict[str, float], rows: int) -> None:
    """Name each verdict where its bars start, with a line down from it."""
    look: dict[str, Any] = {"ha": sheet.lang.start, "va": "baseline", "fontsize": sheet.small}
    for name, start in starts.items():
        label = sheet.draw(sheet.lang.label("checks", "verdict", name))
        sheet.ax.text(start, rows - 0.35, label, weight="bold", gid=f"head-{name}", **look)
        line: dict[str, Any] = {"color": theme.PALETTE["light"], "linewidth": 1, "zorder": 1}
        sheet.ax.plot([start, start], [-0.5, rows - 0.5], gid=f"line-{name}", **line)
    sheet.ax.set_ylim(-0.6, rows + 0.2)


def _bar(sheet: Sheet, row: Row, start: float, y: int) -> None:
    """Draw the claims of a group with a verdict: the sure ones full, the others hollow."""
    lang, code = sheet.lang, codes("checks", "verdict")[row["verdict"]]
    colour, count, weak = theme.PALETTE[code["colour"]], int(row["claims"]), int(row["weak"])
    text = lang.number(count)
    says = f"{lang.pick(row, 'group')} – {lang.pick(code, 'title')}: {text}"
    gid = sheet.mark(f"{row['group_id']}-{row['verdict']}", says, ("groups", row["group_id"]))
    edge: dict[str, Any] = {"edgecolor": colour, "linewidth": 1.2 * sheet.scale}
    hollow = weak == count
    face = theme.PALETTE["paper"] if hollow else colour
    sheet.ax.barh([y], [count], BAR, left=[start], color=face, gid=gid, zorder=2, **edge)
    if weak and not hollow:
        left = start + count - weak
        paper = theme.PALETTE["paper"]
        sheet.ax.barh([y], [weak], BAR, left=[left], color=paper, zorder=2, **edge)
    place, gap = (start + count, y), LABEL_GAP * sheet.size.font
    sheet.beside(text, place, gap, fontsize=sheet.small, gid=f"{gid}-text")


def _fields(counts: pd.DataFrame, lang: Language) -> dict[str, object]:
    (beyond,) = codes_where("checks", "verdict", beyond_checks=True)
    differing = codes_where("checks", "verdict", differs=True)
    counts = counts.assign(solid=counts["claims"] - counts["weak"])
    checked = counts[counts["verdict"] != beyond]
    judged = int(checked["solid"].sum())
    confirmed = _solid(checked, codes_where("checks", "verdict", agrees=True))
    groups = distinct(counts, "group_id", "group_order", lang.column("group"))
    sure = checked.groupby("group_id")["solid"].sum()
    idle = groups[groups["group_id"].map(sure).fillna(0) == 0][lang.column("group")]
    mostly = len(groups) > 1 and most(confirmed, judged)
    return {
        "claims": lang.number(int(counts["claims"].sum())),
        "beyond": lang.number(int(counts[counts["verdict"] == beyond]["claims"].sum())),
        "weak": lang.number(int(counts["weak"].sum())),
        "judged": lang.number(judged),
        "confirmed": lang.number(confirmed),
        "differing": lang.number(_solid(checked, differing)),
        "none_judged": joined(idle, lang),
        "mostly": lang.number(confirmed) if mostly else None,
        **_loosest(checked, differing, groups, lang),
    }


def _solid(counts: pd.DataFrame, verdicts: list[str]) -> int:
    return int(counts[counts["verdict"].isin(verdicts)]["solid"].sum())


def _loosest(
    checked: pd.DataFrame, differing: list[str], groups: pd.DataFrame, lang: Language
) -> dict[str, object]:
    """Return the group that differs most often, of those with enough judgements."""
    judged = checked.groupby("group_id")["solid"].sum()
    differ = checked[checked["verdict"].isin(differing)].groupby("group_id")["solid"].sum()
    compared = {name: int(judged[name]) for name in judged.index if judged[name] >= FEWEST}
    shares = {name: int(differ.get(name, 0)) / number for name, number in compared.items()}
    first = leader(shares)
    if first is None:
        return dict.fromkeys(("loosest", "loose", "loose_judged"))
    names = dict(zip(groups["group_id"], groups[lang.column("group")], strict=True))
    return {
        "loosest": names[first],
        "loose": lang.number(int(differ[first])),
        "loose_judged": lang.number(compared[first]),
    }


@drawn_at_any_size
def difference_origins(differing: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw each claim that differs from the sources in the row of how the difference came in.

    Parameters
    ----------
    differing : pandas.DataFrame
        As :func:`helpers.data.differences` returns it.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``differing``, ``inherited`` (that others had written before),
        ``own`` (the others of known origin), ``unknown`` and ``origins`` (each with its number);
        its finding ``mostly_inherited``: the inherited, if they are most.
    """
    differing = in_order(differing, "origin_order", "reading_order", "claim_id")
    rows = grouped(differing.assign(origin=differing["origin"].astype("object")), "origin_order")
    with drawing(lang, size, 1.15 * ROW_HEIGHT * max(len(rows), 2) + 0.6) as sheet:
        if sheet.has(differing):
            _draw_origins(sheet, list(rows.values()))
    return sheet.chart(_origin_fields(differing, lang))


def _origin_name(origin: Any, lang: Language) -> str:
    known = codes("checks", "origin")
    return lang.pick(known[origin], "title") if origin in known else lang.phrase("origin-unknown")


def _draw_origins(sheet: Sheet, rows: list[list[Row]]) -> None:
    lang, looks = sheet.lang, codes("checks", "verdict")
    widest = max(map(len, rows))
    for place, of_origin in enumerate(rows):
        y = len(rows) - 1 - place
        for x, claim in enumerate(of_origin):
            code = looks[claim["verdict"]]
            says = f"{lang.pick(claim, 'text')} – {lang.pick(code, 'title')}"
            gid = sheet.mark(claim["claim_id"], says, ("claims", claim["claim_id"]))
            sheet.ax.plot([x], [y], gid=gid, zorder=3, **_mark(sheet, code))
        number = lang.number(len(of_origin))
        sheet.beside(number, (len(of_origin) - 1, y), 1.1 * sheet.size.font, weight="bold")
    names = [_origin_name(of_origin[0]["origin"], lang) for of_origin in rows]
    theme.rows(sheet.ax, [sheet.wrapped(name, ORIGIN_WIDTH) for name in names], lang)
    theme.limits(sheet.ax, -0.7, max(widest + 1, LEAST_MARKS) + 0.5, lang)
    sheet.ax.set_xticks([])
    occurring = {claim["verdict"] for of_origin in rows for claim in of_origin}
    handles = [
        Line2D([], [], label=sheet.draw(lang.pick(code, "title")), **_mark(sheet, code))
        for verdict, code in looks.items()
        if verdict in occurring
    ]
    theme.legend(sheet.ax, lang, handles, columns=2, gap=0.4)


def _mark(sheet: Sheet, code: dict[str, Any]) -> dict[str, Any]:
    look = theme.mark_style(code["colour"], sheet.scale, width=1.0)
    return {"marker": code["marker"], "markersize": MARKER_SIZE * sheet.scale, **look}


def _origin_fields(differing: pd.DataFrame, lang: Language) -> dict[str, object]:
    passed_on = codes_where("checks", "origin", inherited=True)
    inherited = int(differing["origin"].isin(passed_on).sum())
    unknown = int(differing["origin"].isna().sum())
    counts = differing["origin"].astype("object").value_counts()
    named = [
        f"{_origin_name(origin, lang)} {lang.number(int(counts[origin]))}"
        for origin in codes("checks", "origin")
        if origin in counts
    ]
    return {
        "differing": lang.number(len(differing)),
        "inherited": lang.number(inherited),
        "own": lang.number(len(differing) - inherited - unknown),
        "unknown": lang.number(unknown),
        "origins": lang.series(named) or lang.phrase("none"),
        "mostly_inherited": lang.number(inherited) if most(inherited, len(differing)) else None,
    }
