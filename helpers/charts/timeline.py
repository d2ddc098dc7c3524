"""Timeline of dated events (figure ``relations-timeline``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers import theme
from helpers.charts.base import Chart, Row, Sheet, drawing, drawn_at_any_size, in_order, records
from helpers.charts.findings import most
from helpers.charts.timeline_axis import Ends, Label, ends_of, ticks, widened
from helpers.data import codes, codes_where, source_ids
from helpers.language import Language

ROW_HEIGHT = 0.31  # inches at reading size
MARKER_SIZE = 8
STAR_SIZE = 1.7  # of the others
HALO_SIZE = 17
TITLE_GAP = 12  # points at reading size between mark and date
DATE_GAP = 6  # between date and title
BASELINE = 0.32  # ems under the middle of a mark, for words that share a line
AXIS_SHARE = 0.91  # of what the names of the rows leave, for the margins of the picture


@drawn_at_any_size
def relations_timeline(events: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw events in the order of their dates, each on a row of its own, along an axis of time.

    A row is named by the kind of its event; date and title stand beside the mark. The fill of a
    mark shows how exactly the date is known: full for a day, empty for a month, a bar for a year. A
    halo marks a date that other sources contradict. The span from the first leaders' meeting to the
    last event is shaded. Axis, ticks and the sides of the titles follow from the events that are
    drawn.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`helpers.data.relations_events` returns it: one row an event.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields ``count``, ``recent``, ``since`` and ``disputed``, its
        finding ``late`` (the steps of the shaded span, if they are most of all).
    """
    events = in_order(events, "date_start", "event_id")
    with drawing(lang, size, ROW_HEIGHT * max(len(events), 3) + 1) as sheet:
        if sheet.has(events):
            _draw(sheet, events)
    return sheet.chart(_fields(events, lang), source_ids(events))


def _draw(sheet: Sheet, events: pd.DataFrame) -> None:
    labels, ends = _arranged(sheet, events)
    start = _dense_since(events)
    if start is not None:
        _shade(sheet, events, start)
    for row, (event, label) in enumerate(zip(records(events), labels, strict=True)):
        _draw_event(sheet, len(events) - 1 - row, event)
        _draw_words(sheet, len(events) - 1 - row, event, label)
    _time_axis(sheet, ends)
    _kinds(sheet, events)
    handles = _legend_handles(sheet, events)
    theme.legend(sheet.ax, sheet.lang, handles, columns=5 if sheet.size.fixed else 3)


def _fields(events: pd.DataFrame, lang: Language) -> dict[str, object]:
    start = _dense_since(events)
    recent = 0 if start is None else int((events["date_start"] >= start).sum())
    return {
        "count": lang.number(len(events)),
        "recent": lang.number(recent),
        "late": lang.number(recent) if most(recent, len(events)) else None,
        "since": lang.phrase("none") if start is None else lang.date(start, "month"),
        "disputed": lang.number(int(events["other_date"].notna().sum())),
    }


def _dense_since(events: pd.DataFrame) -> pd.Timestamp | None:
    """Return the day of the first leaders' meeting, if there is one."""
    meetings = events[events["kind"].isin(codes_where("events", "kind", leaders=True))]
    return None if meetings.empty else pd.Timestamp(meetings["date_start"].min())


def _arranged(sheet: Sheet, events: pd.DataFrame) -> tuple[list[Label], Ends]:
    """Return on which side of its mark each event is told, and the ends of the axis.

    Words stand after early marks and before late ones, or all on one side where the axis would have
    to be longer for that.
    """
    ends, width = ends_of(events), _axis_width(sheet, events)
    halfway = ends[0] + (ends[1] - ends[0]) / 2
    by_place = [_middle(event) < halfway for event in records(events)]
    found = []
    for sides in (by_place, [False] * len(by_place), [True] * len(by_place)):
        told = zip(records(events), sides, strict=True)
        labels = [_label(sheet, event, after) for event, after in told]
        found.append((labels, widened(ends, labels, width)))
    return min(found, key=lambda each: each[1][1] - each[1][0])


def _axis_width(sheet: Sheet, events: pd.DataFrame) -> float:
    """Return how long the axis will be in points, beside the names of the rows."""
    kinds = (sheet.draw(kind) for kind in _kind_names(events, sheet.lang))
    widest = max(theme.text_width(kind, sheet.small) for kind in kinds)
    return AXIS_SHARE * (sheet.size.width * theme.POINTS_PER_INCH - widest)


def _shade(sheet: Sheet, events: pd.DataFrame, start: pd.Timestamp) -> None:
    days = (theme.day(start), theme.day(events["last_day"].max()))
    sheet.ax.axvspan(*days, color=theme.PALETTE["faint"], zorder=0, gid="dense-span")


def _middle(event: Row) -> pd.Timestamp:
    middle: pd.Timestamp = event["date_start"] + (event["last_day"] - event["date_start"]) / 2
    return middle


def _label(sheet: Sheet, event: Row, after: bool) -> Label:
    title = theme.text_width(sheet.draw(_title(event, sheet.lang)), sheet.label)
    gaps = (TITLE_GAP + DATE_GAP) * sheet.scale
    room = title + _date_width(sheet, event) + gaps
    return Label(event["last_day"] if after else event["date_start"], room, after)


def _date_width(sheet: Sheet, event: Row) -> float:
    return theme.text_width(sheet.draw(_date(event, sheet.lang)), sheet.small)


def _draw_words(sheet: Sheet, y: int, event: Row, label: Label) -> None:
    """Write the date beside the mark, and the title beyond it."""
    near = TITLE_GAP * sheet.scale
    far = near + _date_width(sheet, event) + DATE_GAP * sheet.scale
    side = 1 if label.after else -1
    place, name = (theme.day(label.day), y), event["event_id"]
    look: dict[str, Any] = {"va": "baseline", "drop": BASELINE * sheet.label}
    date = {"fontsize": sheet.small, "color": theme.PALETTE["grey"], "gid": f"{name}-date"}
    sheet.beside(_date(event, sheet.lang), place, side * near, **look | date)
    title = {"fontsize": sheet.label, "gid": f"{name}-title"}
    sheet.beside(_title(event, sheet.lang), place, side * far, **look | title)


def _draw_event(sheet: Sheet, y: int, event: Row) -> None:
    code = codes("events", "kind")[event["kind"]]
    first, last, middle = event["date_start"], event["last_day"], _middle(event)
    scale, days = sheet.scale, [theme.day(first), theme.day(last)]
    if event["precision"] == "year":
        colour = theme.PALETTE[code["colour"]]
        sheet.ax.plot(days, [y, y], color=colour, linewidth=5 * scale, solid_capstyle="butt")
    sheet.ax.plot(
        [theme.day(middle)],
        [y],
        marker=code["marker"],
        markersize=_marker_size(code) * scale,
        zorder=3,
        gid=sheet.mark(event["event_id"], _says(event, sheet.lang), ("events", event["event_id"])),
        **theme.mark_style(code["colour"], scale, hollow=event["precision"] != "day"),
    )
    if pd.notna(event["other_date"]):
        sheet.ax.plot(
            [theme.day(middle)],
            [y],
            marker="o",
            markersize=HALO_SIZE * scale,
            zorder=2,
            gid=f"{event['event_id']}-disputed",
            **_halo(scale),
        )


def _says(event: Row, lang: Language) -> str:
    return f"{_title(event, lang)} — {_date(event, lang)}"


def _date(event: Row, lang: Language) -> str:
    return lang.date(event["date_start"], event["precision"], event["date_end"])


def _title(event: Row, lang: Language) -> str:
    title = str(event[lang.column("title")])
    if pd.isna(event["other_date"]):
        return title
    other = lang.date(event["other_date"], "day")
    return f"{title} ({lang.phrase('sources-say', value=other)})"


def _halo(scale: float) -> dict[str, Any]:
    return theme.mark_style("amber", scale) | {"markeredgecolor": "none"}


def _marker_size(code: Mapping[str, Any]) -> float:
    return MARKER_SIZE * (STAR_SIZE if code["marker"] == "*" else 1)


def _time_axis(sheet: Sheet, ends: Ends) -> None:
    lang = sheet.lang
    theme.limits(sheet.ax, theme.day(ends[0]), theme.day(ends[1]), lang)
    days, precision = ticks(*ends)
    labels = [sheet.draw(lang.date(day, precision)) for day in days]
    sheet.ax.set_xticks([theme.day(day) for day in days], labels)


def _kind_names(events: pd.DataFrame, lang: Language) -> list[str]:
    return [lang.label("events", "kind", kind) for kind in events["kind"]]


def _kinds(sheet: Sheet, events: pd.DataFrame) -> None:
    """Name each row by the kind of its event, so that shapes and hues need no legend."""
    theme.rows(sheet.ax, _kind_names(events, sheet.lang), sheet.lang, lines=False)
    sheet.ax.tick_params(axis="x", length=3.5)
    sheet.ax.spines["bottom"].set_visible(True)


def _legend_handles(sheet: Sheet, events: pd.DataFrame) -> list[Artist]:
    """Return the precisions that occur, then the halo and the shade if there are any."""
    lang, scale = sheet.lang, sheet.scale
    handles: list[Artist] = []
    precisions = set(events["precision"])
    for precision, phrase, hollow in (("day", "day-known", False), ("month", "month-known", True)):
        if precision in precisions:
            look = theme.mark_style("ink", scale, hollow)
            handles.append(_entry("o", MARKER_SIZE * scale, look, sheet.draw(lang.phrase(phrase))))
    if "year" in precisions:
        label = sheet.draw(lang.phrase("year-known"))
        handles.append(Patch(facecolor=theme.PALETTE["ink"], label=label))
    if events["other_date"].notna().any():
        label = sheet.draw(lang.phrase("date-disputed"))
        handles.append(_entry("o", 0.8 * HALO_SIZE * scale, _halo(scale), label))
    if _dense_since(events) is not None:
        label = sheet.draw(lang.phrase("since-first-meeting"))
        handles.append(Patch(facecolor=theme.PALETTE["faint"], label=label))
    return handles


def _entry(marker: str, size: float, look: Mapping[str, Any], label: str) -> Line2D:
    return Line2D([], [], marker=marker, markersize=size, label=label, **look)
