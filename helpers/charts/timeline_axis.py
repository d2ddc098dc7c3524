"""The axis of a timeline: how far it reaches for the words beside its marks, and its ticks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import pandas as pd

START_MARGIN, END_MARGIN = 0.019, 0.037  # of the span that is drawn
LEAST_SPAN = pd.Timedelta(days=28)
WIDENING_PASSES, MOST_WIDENING = 80, 50
MOST_ROOM = 0.92  # of the axis, for the words beside one mark

# Steps between ticks, finest first: number and unit, and how many labels of the unit fit side by
# side.
TICK_STEPS = (
    (1, "day", 5),
    (7, "day", 5),
    (14, "day", 5),
    (1, "month", 6),
    (3, "month", 6),
    (6, "month", 6),
    (1, "year", 8),
    (2, "year", 8),
    (3, "year", 8),
    (5, "year", 8),
    (10, "year", 8),
    (50, "year", 8),
)
DAYS = {"day": 1.0, "month": 30.4, "year": 365.2}


Ends: TypeAlias = tuple[pd.Timestamp, pd.Timestamp]


@dataclass(frozen=True)
class Label:
    """A text beside a day, after it or before it, with the room in points that it takes."""

    day: pd.Timestamp
    room: float
    after: bool


def ends_of(events: pd.DataFrame) -> Ends:
    """Return the ends of an axis for events, with a margin, and not too close."""
    first, last = events["date_start"].min(), events["last_day"].max()
    span = max(last - first, LEAST_SPAN)
    return first - START_MARGIN * span, max(last, first + span) + END_MARGIN * span


def widened(ends: Ends, labels: list[Label], width: float) -> Ends:
    """Return the ends of the axis, further apart if a label would not fit between them.

    Parameters
    ----------
    ends : pair of pandas.Timestamp
        First and last day of the axis.
    labels : list of Label
        What is written beside days.
    width : float
        Length of the axis in points.
    """
    first, last = ends
    labels = [replace(label, room=min(label.room, MOST_ROOM * width)) for label in labels]
    for _ in range(WIDENING_PASSES):
        if last - first > MOST_WIDENING * (ends[1] - ends[0]):
            break  # what stands after some marks and before others pushes the ends apart for ever
        a_point = (last - first) / width
        first = min([first, *(x.day - x.room * a_point for x in labels if not x.after)])
        last = max([last, *(x.day + x.room * a_point for x in labels if x.after)])
    return first, last


def ticks(start: pd.Timestamp, end: pd.Timestamp) -> tuple[list[pd.Timestamp], str]:
    """Return the first days of the finest periods whose labels fit between two days."""
    fitting = (
        (number, unit)
        for number, unit, most in TICK_STEPS
        if (end - start).days / DAYS[unit] / number < most
    )
    number, unit = next(fitting, TICK_STEPS[-1][:2])
    steps = {
        "day": pd.DateOffset(days=number),
        "month": pd.DateOffset(months=number),
        "year": pd.DateOffset(years=number),
    }
    first = start.to_period(unit[0].upper()).end_time.normalize() + pd.Timedelta(days=1)
    return list(pd.date_range(first, end, freq=steps[unit])), unit
