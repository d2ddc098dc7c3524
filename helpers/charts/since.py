"""Events since the summit, a lane for each side (figure ``since-timeline``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D

from helpers import theme
from helpers.charts.base import Chart, Row, Sheet, drawing, drawn_at_any_size, in_order, records
from helpers.charts.values import is_narrow
from helpers.data import codes, codes_where, source_ids
from helpers.language import Language

LANE_HEIGHT = 0.62  # inches at reading size
MARK = 8  # points at reading size
STAR = 1.7  # of the others
NAME_GAP = 9  # points at reading size between a mark and the name above it
NAME_ROOM = 4  # points at reading size between two names
MARK_GAP = 11  # points at reading size between two marks of a level
STEP = 0.34  # of a lane, from one level to the next
AXIS_SHARE, NARROW_SHARE = 0.8, 0.6  # of the width of the picture, beside the names of the lanes
MARGIN = 0.04  # of the span that is drawn
LEAST_SPAN = pd.Timedelta(days=60)
TICKS = 7  # side by side, at the most
MONTH_STEPS = (1, 2, 3, 6, 12, 24)
DAYS_OF_MONTH = 30.4


@drawn_at_any_size
def since_timeline(events: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw what happened since the summit, a lane for each side that held or decided it.

    Meetings of leaders are named by their place; what was announced and not found to have happened
    is hollow. Events that lie too close together stand below each other.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`helpers.data.later_events` returns it; events without a date or of low confidence
        are passed over.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``count``, ``first`` and ``last`` (months), ``rivals`` (powers
        other than the EU whose leaders met the region), ``rival_summits`` (their meetings of
        leaders), ``own`` (such meetings on the side of the EU) and ``expected``; and for its
        finding ``theirs`` and ``ours``, the same numbers if they differ.
    """
    events = in_order(_drawable(events), "date_start", "event_id")
    chosen = theme.size_named(size)
    small = chosen.fixed or is_narrow(chosen)
    shown = _leaders_alone(records(events)) if small else records(events)
    lanes = [actor for actor in codes("later_events", "actor") if actor in _actors(shown)]
    levels = _levels(shown, MARK_GAP * chosen.scale * _days_a_point(shown, chosen))
    heights = _heights(shown, lanes, levels)
    with drawing(lang, size, LANE_HEIGHT * (max(heights.values(), default=0) + 1) + 1.5) as sheet:
        if sheet.has(events):
            _draw(sheet, shown, levels, heights)
    return sheet.chart(_fields(events, lang), source_ids(events))


def _actors(events: list[Row]) -> set[str]:
    return {event["actor"] for event in events}


def _leaders_alone(events: list[Row]) -> list[Row]:
    """Return the meetings of leaders alone, if there are any."""
    return _summits(events) or events


def _drawable(events: pd.DataFrame) -> pd.DataFrame:
    weak = events["confidence"].isin(codes_where("later_events", "confidence", weak=True))
    return events[~weak & events["date_start"].notna()]


def _draw(
    sheet: Sheet, events: list[Row], levels: dict[str, int], heights: dict[str, float]
) -> None:
    lang, axes = sheet.lang, sheet.ax
    first, last = _ends(events)
    labels = lang.labels("later_events", "actor")
    for height in heights.values():
        axes.axhline(height, color=theme.PALETTE["faint"], linewidth=0.8, zorder=0)
    axes.set_yticks(list(heights.values()), [sheet.draw(labels[actor]) for actor in heights])
    theme.bare(axes)
    axes.set_ylim(-0.5, max(heights.values()) + 0.9)
    theme.limits(axes, theme.day(first), theme.day(last), lang)
    for event in events:
        _mark(sheet, event, heights[event["actor"]] - STEP * levels[event["event_id"]])
    _names(sheet, events, heights, _days_a_point(events, sheet.size))
    _ticks(sheet, first, last)
    theme.legend(
        axes,
        lang,
        _handles(sheet, events),
        columns=4 if sheet.size.fixed else 1 if is_narrow(sheet.size) else 3,
    )


def _days_a_point(events: list[Row], size: theme.Size) -> float:
    """Return how many days a point is wide on the axis of these events."""
    if not events:
        return 0.0
    first, last = _ends(events)
    days: float = (last - first) / pd.Timedelta(days=1)
    share = NARROW_SHARE if is_narrow(size) else AXIS_SHARE
    return days / (share * size.width * theme.POINTS_PER_INCH)


def _levels(events: list[Row], least: float) -> dict[str, int]:
    """Return how far below its lane each event stands, so that marks lie apart from each other.

    Parameters
    ----------
    events : list of mapping
        Events in order of time; meetings of leaders stand on their lane.
    least : float
        Days between two marks of a level, at the least.
    """
    leaders = {event["event_id"] for event in _summits(events)}
    ordered = sorted(events, key=lambda event: event["event_id"] not in leaders)
    taken: dict[tuple[str, int], list[float]] = {}
    levels: dict[str, int] = {}
    for event in ordered:
        day, level = theme.day(event["date_start"]), 0
        while any(abs(day - other) < least for other in taken.get((event["actor"], level), [])):
            level += 1
        taken.setdefault((event["actor"], level), []).append(day)
        levels[event["event_id"]] = level
    return levels


def _heights(events: list[Row], lanes: list[str], levels: dict[str, int]) -> dict[str, float]:
    """Return the height of each lane from the top down, with room for what stands below it."""
    depth = dict.fromkeys(lanes, 0)
    for event in events:
        depth[event["actor"]] = max(depth[event["actor"]], levels[event["event_id"]])
    heights: dict[str, float] = {}
    height = 0.0
    for actor in lanes[::-1]:
        heights[actor] = height + STEP * depth[actor]
        height = heights[actor] + 1
    return {actor: heights[actor] for actor in lanes}


def _ends(events: list[Row]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the ends of the axis; a single day does not fill it alone.

    Examples
    --------
    >>> start, end = _ends([{"date_start": pd.Timestamp("2025-04-04")}])
    >>> end - start > LEAST_SPAN
    True
    """
    first = min(event["date_start"] for event in events)
    last = max(event["date_start"] for event in events)
    span = max(last - first, LEAST_SPAN)
    return first - MARGIN * span, first + span + MARGIN * span


def _mark(sheet: Sheet, event: Row, y: float) -> None:
    lang, code = sheet.lang, codes("later_events", "kind")[event["kind"]]
    date = lang.date(event["date_start"], event["precision"], event["date_end"])
    expected = [lang.phrase("expected-event")] if event["expected"] else []
    says = f"{lang.pick(event, 'title')} — {lang.clauses([date, *expected])}"
    sheet.ax.plot(
        [theme.day(event["date_start"])],
        [y],
        marker=code["marker"],
        markersize=_size(code) * sheet.scale,
        zorder=3,
        gid=sheet.mark(event["event_id"], says, ("later_events", event["event_id"])),
        **theme.mark_style(code["colour"], sheet.scale, hollow=bool(event["expected"])),
    )


def _size(code: Mapping[str, Any]) -> float:
    return MARK * (STAR if code["marker"] == "*" else 1)


def _names(sheet: Sheet, events: list[Row], heights: dict[str, float], a_point: float) -> None:
    """Name meetings of leaders by their place, where the name does not run into the one before.

    What has no place is named by its date.
    """
    taken: dict[str, float] = {}
    for event in _summits(events):
        place = event[sheet.lang.column("place")]
        date = sheet.lang.date(event["date_start"], event["precision"])
        text = sheet.draw(date if pd.isna(place) else place)
        half = a_point * (theme.text_width(text, sheet.small) + NAME_ROOM * sheet.scale) / 2
        middle = theme.day(event["date_start"])
        if middle - half < taken.get(event["actor"], float("-inf")):
            continue
        taken[event["actor"]] = middle + half
        sheet.ax.annotate(
            text,
            (middle, heights[event["actor"]]),
            xytext=(0, NAME_GAP * sheet.scale),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=sheet.small,
            gid=f"{event['event_id']}-name",
        )


def _summits(events: list[Row]) -> list[Row]:
    leaders = codes_where("later_events", "kind", leaders=True)
    return [event for event in events if event["kind"] in leaders]


def _ticks(sheet: Sheet, first: pd.Timestamp, last: pd.Timestamp) -> None:
    months = (last - first).days / DAYS_OF_MONTH
    most = TICKS // 2 if is_narrow(sheet.size) else TICKS
    step = next((n for n in MONTH_STEPS if months / n < most), MONTH_STEPS[-1])
    start = first.to_period("M").end_time.normalize() + pd.Timedelta(days=1)
    days = list(pd.date_range(start, last, freq=pd.DateOffset(months=step)))
    labels = [sheet.draw(sheet.lang.date(day, "month")) for day in days]
    sheet.ax.set_xticks([theme.day(day) for day in days], labels)
    sheet.ax.tick_params(axis="x", length=3.5)
    sheet.ax.spines["bottom"].set_visible(True)


def _handles(sheet: Sheet, events: list[Row]) -> list[Artist]:
    lang, scale = sheet.lang, sheet.scale
    occurring = {event["kind"] for event in events}
    handles: list[Artist] = []
    for kind, code in codes("later_events", "kind").items():
        if kind in occurring:
            look = theme.mark_style(code["colour"], scale)
            label = sheet.draw(lang.pick(code, "title"))
            size = _size(code) * scale
            handles.append(
                Line2D([], [], marker=code["marker"], markersize=size, label=label, **look)
            )
    if any(event["expected"] for event in events):
        look = theme.mark_style("ink", scale, hollow=True)
        label = sheet.draw(lang.phrase("expected-event"))
        handles.append(Line2D([], [], marker="o", markersize=MARK * scale, label=label, **look))
    return handles


def _fields(events: pd.DataFrame, lang: Language) -> dict[str, object]:
    rows = records(events)
    happened = [event for event in _summits(rows) if not event["expected"]]
    powers = codes_where("later_events", "actor", rival=True)
    rivals = [event for event in happened if event["actor"] in powers]
    own = codes_where("later_events", "actor", own=True)
    labels = lang.labels("later_events", "actor")
    met = [labels[power] for power in powers if power in {event["actor"] for event in rivals}]
    none = lang.phrase("none")
    ours = [event for event in happened if event["actor"] in own]
    differ = len(rivals) + len(ours) > 1 and len(rivals) != len(ours)
    return {
        "theirs": lang.number(len(rivals)) if differ else None,
        "ours": lang.number(len(ours)) if differ else None,
        "count": lang.number(len(rows)),
        "first": lang.date(rows[0]["date_start"], "month") if rows else none,
        "last": lang.date(rows[-1]["date_start"], "month") if rows else none,
        "rivals": lang.join(met) if met else none,
        "rival_summits": lang.number(len(rivals)),
        "own": lang.number(len(ours)),
        "expected": lang.number(sum(bool(event["expected"]) for event in rows)),
    }
