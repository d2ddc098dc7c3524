"""Stated transit times as ranges, and who states them (figure ``transit-times``)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D

from helpers import theme
from helpers.charts.base import (
    Chart,
    Row,
    Sheet,
    drawing,
    drawn_at_any_size,
    grouped,
    in_order,
    records,
)
from helpers.charts.rooms import broken, row_height, widest
from helpers.data import codes, codes_where, source_ids
from helpers.language import Language
from helpers.numbers import EN_DASH

ROW_HEIGHT = 0.3  # inches at reading size
MARK = 6.5  # points at reading size
GAP = 9  # points between a mark and the words after it
AXIS_SHARE = 0.9  # of what the names of the rows leave, for the margins of the picture
AXIS_STEP = 10  # days
WALL_TYPE = 0.76  # of the base size: as many rows as these stand close on a wall
TWO_LINES = 1.9  # times the height of a row
NARROW = 6  # inches: below it, end points stand under the name and not beside the range
LABEL_WIDTH, NARROW_LABEL = 205, 120  # points at reading size, of the names of rows
WORDS_WIDTH = 200  # of the words after a range
WALL_WIDTH = 320  # of both on a wall, where each has one line
TICK_GAP = 0.6  # ems between the numbers on the axis, at least
NEAR = 8  # days before an aim within which the words of a time would lie on it
MOST_GAP = 100  # points that the axis has at least
COLUMNS = 3


@drawn_at_any_size
def transit_ranges(times: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw each stated time as a range on a row of its own, with its end points beside it.

    Rows stand by line and part of the way, the shortest first; each is named after who says so and
    when. The days of an aim are lines through all rows. What is stated without days is left to the
    table.

    Parameters
    ----------
    times : pandas.DataFrame
        As :func:`helpers.data.stated_times` returns it; never averaged.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``count`` (ranges), ``fewest`` and ``most`` (days of the first
        line, over all that is stated of it), ``aim`` (days of the aim), ``within`` (statements of
        the first line that stay within the aim) and ``of`` (all of that line); and for its finding
        ``inside``, the same as ``within`` if there are several statements and an aim.
    """
    times = in_order(times, "line_order", "scope", "most", "least", "time_id")
    times = times[times["most"].notna()]
    aim = times["scope"].isin(codes_where("transit_times", "scope", aim=True))
    aims, stated = times[aim], in_order(times[~aim], "line_order", "scope", "most", "least")
    groups = grouped(stated, "line", "scope")
    rows, chosen = len(stated) + len(groups), theme.size_named(size)
    high = ROW_HEIGHT * (TWO_LINES if _is_narrow(chosen) else 1)
    words = [
        *_labels(groups, lang, chosen),
        *(_words(time, lang, chosen) for time in records(stated)),
    ]
    high = row_height(words, high, chosen)
    with drawing(lang, size, high * (max(rows, 3) + 1) + 0.9) as sheet:
        if sheet.has(stated):
            _draw(sheet, groups, aims, float(times["most"].max()))
    return sheet.chart(_fields(stated, aims, lang), source_ids(times))


def _fields(stated: pd.DataFrame, aims: pd.DataFrame, lang: Language) -> dict[str, object]:
    first = stated[stated["line"] == stated["line"].iloc[0]] if len(stated) else stated
    none = lang.phrase("none")
    days = aims["most"].max()
    compared = len(aims) > 0 and len(first) > 1
    return {
        "count": lang.number(len(stated)),
        "fewest": lang.number(first["least"].min()) if len(first) else none,
        "most": lang.number(first["most"].max()) if len(first) else none,
        "aim": lang.number(days) if len(aims) else none,
        "within": lang.number(int((first["most"] <= days).sum())),
        "inside": lang.number(int((first["most"] <= days).sum())) if compared else None,
        "of": lang.number(len(first)),
    }


def _draw(
    sheet: Sheet, groups: dict[tuple[Any, ...], list[Row]], aims: pd.DataFrame, most: float
) -> None:
    lang, labels = sheet.lang, _labels(groups, sheet.lang, sheet.size)
    theme.rows(sheet.ax, labels, lang, lines=False)
    shown = [time for of_group in groups.values() for time in of_group]
    end = _end(sheet, shown, aims, labels)
    theme.limits(sheet.ax, 0, end, lang)
    heads = set(accumulate((len(of_group) + 1 for of_group in groups.values()), initial=0))
    for number, label in enumerate(sheet.ax.get_yticklabels()):
        label.set_fontsize(_type(sheet))
        if number in heads:
            label.set_fontweight("bold")
    places = iter(range(len(labels) - 1, -1, -1))
    for of_group in groups.values():
        next(places)
        for time in of_group:
            _draw_time(sheet, next(places), time, aims)
    _draw_aims(sheet, aims, len(labels))
    _axis(sheet, most, _width(sheet, labels) / end)
    if sheet.size.fixed:
        theme.legend_inside(sheet.ax, lang, _handles(sheet, shown))
    else:
        theme.legend(sheet.ax, lang, _handles(sheet, shown), columns=COLUMNS)


def _is_narrow(size: theme.Size) -> bool:
    return size.width < NARROW


def _type(sheet: Sheet) -> float:
    """Return the size of type of rows, in points."""
    return WALL_TYPE * sheet.size.font if sheet.size.fixed else sheet.small


def _labels(
    groups: dict[tuple[Any, ...], list[Row]], lang: Language, size: theme.Size
) -> list[str]:
    """Return the names of the rows in lines: of each group, and of what is stated in it."""
    names: list[str] = []
    for (line, scope), of_group in groups.items():
        names.append(_heading(line, scope, lang))
        names += [_said_by(time, lang) for time in of_group]
    width = NARROW_LABEL if _is_narrow(size) else WALL_WIDTH if size.fixed else LABEL_WIDTH
    labels = broken(names, lang, size, width)
    if not _is_narrow(size):
        return labels
    ways = [way for of in groups.values() for way in ["", *(way_of(time, lang) for time in of)]]
    lines = zip(labels, broken(ways, lang, size, width), strict=True)
    return [f"{label}\n{way}" if way else label for label, way in lines]


def _width(sheet: Sheet, labels: list[str]) -> float:
    """Return the points that the axis takes beside the names of the rows."""
    names = widest(labels, sheet.lang, _type(sheet), "bold")
    return max(AXIS_SHARE * sheet.size.width * theme.POINTS_PER_INCH - names, MOST_GAP)


def _end(sheet: Sheet, shown: list[Row], aims: pd.DataFrame, labels: list[str]) -> float:
    """Return the last day of the axis, so far away that the words after each range fit."""
    width = _width(sheet, labels)
    ends = [float(aims["most"].max()) if len(aims) else 1.0]
    for time in shown:
        words = widest([_words(time, sheet.lang, sheet.size)], sheet.lang, _type(sheet))
        free = max(width - words - GAP * sheet.scale, 0.1 * width)
        ends.append(_after(time, aims) * width / free)
    return max(ends)


def _after(time: Row, aims: pd.DataFrame) -> float:
    """Return the day after which the words of a time stand: clear of an aim that is near."""
    most = float(time["most"])
    return max([most, *(float(days) for days in aims["most"] if most <= days <= most + NEAR)])


def _words(time: Row, lang: Language, size: theme.Size) -> str:
    """Return what stands after a range: its days, and its end points where there is room."""
    if _is_narrow(size):
        return days_of(time, lang)
    text = lang.phrase("days-and-way", days=days_of(time, lang), way=way_of(time, lang))
    return broken([text], lang, size, WALL_WIDTH if size.fixed else WORDS_WIDTH)[0]


def _heading(line: str, scope: str, lang: Language) -> str:
    return lang.phrase(
        "line-and-scope",
        line=lang.pick(codes("routes", "line")[line], "short"),
        scope=lang.label("transit_times", "scope", scope),
    )


def _said_by(time: Row, lang: Language) -> str:
    """Return who says so and in what year, where that is known."""
    said = str(time[lang.column("said_by")])
    if pd.isna(time["date"]):
        return said
    return lang.phrase("said-in", who=said, year=lang.date(time["date"], "year"))


def days_of(time: Mapping[Any, Any], lang: Language) -> str:
    """Return the days of a time in words: a range, a number, no less or no more than one."""
    low, high = time["days_low"], time["days_high"]
    if pd.isna(low) and pd.isna(high):
        return lang.phrase("without-days")
    if pd.isna(high):
        return lang.phrase("at-least", value=lang.number(low))
    if pd.isna(low):
        return lang.phrase("at-most", value=lang.number(high))
    if low == high:
        return lang.number(low)
    return f"{lang.number(low)}{EN_DASH}{lang.number(high)}"


def way_of(time: Mapping[Any, Any], lang: Language) -> str:
    """Return the end points of a time, or that the source names none."""
    start, end = time[lang.column("from")], time[lang.column("to")]
    if pd.isna(start) or pd.isna(end):
        return lang.phrase("ends-unnamed")
    return lang.phrase("way", start=start, end=end)


def _draw_time(sheet: Sheet, y: int, time: Row, aims: pd.DataFrame) -> None:
    code, lang = codes("transit_times", "kind")[time["kind"]], sheet.lang
    colour = theme.line_colour(code["colour"])
    ends = [time["least"], time["most"]]
    sheet.ax.plot(ends, [y, y], color=colour, linewidth=3 * sheet.scale, zorder=3)
    says = lang.phrase(
        "time-says", who=_said_by(time, lang), way=way_of(time, lang), days=days_of(time, lang)
    )
    sheet.ax.plot(
        ends,
        [y, y],
        marker=code["marker"],
        markersize=MARK * sheet.scale,
        zorder=4,
        gid=sheet.mark(time["time_id"], says, ("transit_times", time["time_id"])),
        **theme.mark_style(code["colour"], sheet.scale),
    )
    place = (_after(time, aims), y)
    gap, size = GAP * sheet.scale, _type(sheet)
    sheet.beside(_words(time, lang, sheet.size), place, gap, fontsize=size, va="center_baseline")


def _draw_aims(sheet: Sheet, aims: pd.DataFrame, rows: int) -> None:
    """Draw the days of each aim as a line through all rows, named above it."""
    look: dict[str, Any] = {"color": theme.PALETTE["rose"], "linewidth": 1.4 * sheet.scale}
    for days in sorted(set(aims["most"])):
        sheet.ax.axvline(days, zorder=1, **look)
        text = sheet.lang.phrase("aim-of-days", value=sheet.lang.number(days))
        sheet.beside(text, (days, rows - 0.45), 3 * sheet.scale, fontsize=_type(sheet), va="bottom")


def _axis(sheet: Sheet, most: float, day: float) -> None:
    """Number the days that are so many points apart, as often as the numbers have room."""
    number = widest([sheet.lang.number(int(most))], sheet.lang, sheet.small)
    room = number + TICK_GAP * sheet.size.font
    days = range(0, int(most) + 1, AXIS_STEP * max(1, math.ceil(room / (AXIS_STEP * day))))
    sheet.ax.set_xticks(list(days), [sheet.draw(sheet.lang.number(day)) for day in days])


def _handles(sheet: Sheet, shown: list[Row]) -> list[Artist]:
    """Return the kinds of statements that occur, in the order of the schema."""
    occurring = {time["kind"] for time in shown}
    return [
        Line2D(
            [],
            [],
            marker=code["marker"],
            markersize=MARK * sheet.scale,
            label=sheet.draw(sheet.lang.pick(code, "title")),
            **theme.mark_style(code["colour"], sheet.scale),
        )
        for kind, code in codes("transit_times", "kind").items()
        if kind in occurring
    ]
