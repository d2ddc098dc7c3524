"""The tracker: stage, schedule, basis and freshness of each promise on a day, from events alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from helpers.data.known import codes_where
from helpers.data.languages import in_each, in_main

# Whether the deadline is kept, apart from how far the promise has come.
SCHEDULES = ("no_deadline", "not_due", "overdue", "met", "met_late")
BOTH = "both"
OF_STATE: dict[str, str] = {
    "standing": "object",
    "reached_on": "datetime64[s]",
    "kept_on": "datetime64[s]",
    "schedule": "object",
    "basis": "object",
    "confidence": "object",
    "last_evidence": "datetime64[s]",
    "days_since": "Int64",
    "searched_on": "datetime64[s]",
    "events": "Int64",
}
Event = dict[str, Any]


def state(promises: pd.DataFrame, events: pd.DataFrame, as_of: pd.Timestamp | str) -> pd.DataFrame:
    """Return how each promise stands on a day.

    An event counts from the last day that its date may mean, so that nothing is told too early. Of
    low confidence none counts. What was looked for in vain moves nothing: *not found* is never
    *not done*, and a promise is overdue as far as is known.

    Parameters
    ----------
    promises : pandas.DataFrame
        As :func:`helpers.data.promises` returns it.
    events : pandas.DataFrame
        As :func:`helpers.data.promise_events` returns it.
    as_of : pandas.Timestamp or str
        The day.

    Returns
    -------
    pandas.DataFrame
        The promises that were made by that day, and four things that stay apart:

        - stage: ``stage_id``, ``stage_order``, its words, ``reached_on``, and ``standing`` (open,
          partial, kept, broken);
        - ``schedule``, one of :data:`SCHEDULES`, and ``kept_on``;
        - basis: ``basis`` of what shows the stage (official, independent, both) and the highest
          ``confidence`` of it;
        - freshness: ``last_evidence`` since the promise, ``days_since`` (from the promise, if
          there is none), ``searched_on`` (last looked for in vain) and ``events``, how many count.

    Examples
    --------
    >>> from helpers import data
    >>> states = state(data.promises(), data.promise_events(), "2025-04-04")
    >>> states.columns.to_list()[:3]
    ['commitment_id', 'claim_id', 'item_id']
    """
    day = pd.Timestamp(as_of)
    made = promises[promises["promised_on"] <= day].reset_index(drop=True)
    heard = events[events["last_day"] <= day]
    weak = codes_where("commitment_events", "confidence", weak=True)
    heard = heard[~heard["confidence"].isin(weak)]
    trails = {promise: _records(trail) for promise, trail in heard.groupby("commitment_id")}
    rows = [_derived(promise, trails.get(promise["commitment_id"], []), day)
            for promise in _records(made)]  # fmt: skip
    columns = _columns()
    derived = pd.DataFrame(rows, columns=list(columns)).astype(columns)
    return pd.concat([made, derived], axis="columns")


def replay(
    promises: pd.DataFrame, events: pd.DataFrame, days: Iterable[pd.Timestamp | str]
) -> pd.DataFrame:
    """Return the states on several days, one below the other, with ``as_of``.

    Parameters
    ----------
    promises, events : pandas.DataFrame
        As for :func:`state`.
    days : iterable
        The days.

    Examples
    --------
    >>> from helpers import data
    >>> days = ["2025-04-04", "2026-04-04"]
    >>> table = replay(data.promises(), data.promise_events(), days)
    >>> len(table) == 2 * len(data.promises())
    True
    """
    states = [state(promises, events, day).assign(as_of=pd.Timestamp(day)) for day in days]
    columns = [*promises.columns, *_columns(), "as_of"]
    return pd.concat(states, ignore_index=True) if states else pd.DataFrame(columns=columns)


def _records(frame: pd.DataFrame) -> list[Event]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _derived(promise: Event, trail: list[Event], day: pd.Timestamp) -> Event:
    reached = _reached(trail)
    standing = _standing(promise, reached)
    kept_on = _kept_on(promise, trail) if standing == "kept" else None
    return {
        **_stage_of(trail, reached),
        "standing": standing,
        "kept_on": kept_on,
        "schedule": _schedule(promise["last_deadline"], kept_on, day),
        **_freshness(promise, trail, day),
    }


def _reached(trail: list[Event]) -> Event | None:
    """Return the event that set the stage: the furthest, unless a later one takes it back."""
    staged = [event for event in trail if pd.notna(event["stage_id"])]
    reached: Event | None = None
    for event in sorted(staged, key=_in_time):
        back = reached is not None and event["stage_order"] < reached["stage_order"]
        if not back or pd.notna(event[in_main("note")]):
            moved = reached is None or event["stage_id"] != reached["stage_id"]
            reached = event if moved else reached
    return reached


def _in_time(event: Event) -> tuple[pd.Timestamp, int, str]:
    return (event["last_day"], int(event["stage_order"]), event["event_id"])


def _standing(promise: Event, reached: Event | None) -> str | None:
    """Return what the stage amounts to for this promise."""
    if reached is None:
        return None
    if reached["standing"] == "broken":
        return "broken"
    if reached["stage_order"] >= promise["kept_order"]:
        return "kept"
    return "partial" if reached["standing"] == "kept" else str(reached["standing"])


def _kept_on(promise: Event, trail: list[Event]) -> pd.Timestamp | None:
    """Return the first day on which what counts as kept was reached."""
    days = [
        event["last_day"]
        for event in trail
        if pd.notna(event["stage_id"])
        and event["standing"] != "broken"
        and event["stage_order"] >= promise["kept_order"]
    ]
    return min(days, default=None)


def _schedule(deadline: pd.Timestamp, kept_on: pd.Timestamp | None, day: pd.Timestamp) -> str:
    if pd.isna(deadline):
        return "no_deadline"
    if kept_on is not None:
        return "met" if kept_on <= deadline else "met_late"
    return "not_due" if day <= deadline else "overdue"


def _of_stage() -> dict[str, str]:
    """Return the columns of the stage with their types."""
    words = dict.fromkeys(in_each("stage"), "str")
    return {"stage_id": "str", "stage_order": "Int64"} | words


def _columns() -> dict[str, str]:
    """Return the columns that follow from the events with their types."""
    return _of_stage() | OF_STATE


def _stage_of(trail: list[Event], reached: Event | None) -> Event:
    """Return the stage and whose word shows it."""
    if reached is None:
        nothing = dict.fromkeys((*_of_stage(), "basis", "confidence"))
        return {**nothing, "reached_on": None}
    showing = [event for event in trail if event["stage_id"] == reached["stage_id"]]
    bases = {str(event["basis"]) for event in showing}
    sure = _from_lowest([str(event["confidence"]) for event in showing])
    return {
        **{name: reached[name] for name in _of_stage()},
        "reached_on": reached["last_day"],
        "basis": BOTH if len(bases) > 1 else bases.pop(),
        "confidence": sure[-1],
    }


def _from_lowest(given: list[str]) -> list[str]:
    """Return degrees of confidence from the lowest to the highest.

    Examples
    --------
    >>> _from_lowest(["high", "medium"])
    ['medium', 'high']
    """
    order = codes_where("commitment_events", "confidence")
    return sorted(given, key=order.index)


def _freshness(promise: Event, trail: list[Event], day: pd.Timestamp) -> Event:
    since = [event["last_day"] for event in trail if event["role"] == "evidence"]
    searched = [event["last_day"] for event in trail if event["role"] == "search"]
    return {
        "last_evidence": max(since, default=None),
        "days_since": (day - max(since, default=promise["promised_on"])).days,
        "searched_on": max(searched, default=None),
        "events": len(since),
    }
