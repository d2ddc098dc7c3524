"""Tables of the corridor: lengths beside great circles, stated times, cities of events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.charts.transit import days_of, way_of
from helpers.data import codes_where, source_ids
from helpers.language import Language
from helpers.tables.base import DASH, Column, Table, citation_of, records, words

Entry = Mapping[Any, Any]


def length_table(lengths: pd.DataFrame, lang: Language) -> Table:
    """Put the stated length of each stretch beside its length by great circles.

    Parameters
    ----------
    lengths : pandas.DataFrame
        As :func:`helpers.data.stated_lengths` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In the order of the routes. Its description has the fields ``count`` (stretches),
        ``stated`` (those with a stated length), ``silent`` (those without) and ``short`` (stated
        lengths below the great circle, which cannot be).
    """
    rows = [
        [
            _stretch(length, lang),
            _modes(length, lang),
            lang.number(length["great_circle_km"], 0),
            DASH if pd.isna(length["km"]) else lang.number(length["km"], at_most=1),
            _basis(length, lang),
            words(length[lang.column("note")]),
            citation_of(length, lang) or DASH,
        ]
        for length in records(lengths, "route_order", "leg_order", "legs_together", "leg_id")
    ]
    columns = [
        Column(lang.phrase("stretch")),
        Column(lang.heading("route_legs", "mode")),
        Column(lang.phrase("great-circle-km"), "number"),
        Column(lang.phrase("stated-km"), "number"),
        Column(lang.heading("route_lengths", "basis")),
        Column(lang.heading("route_lengths", f"note_{lang.code}")),
        Column(lang.heading("route_lengths", "source_id"), "citation"),
    ]
    stated = lengths["km"].notna()
    short = stated & (lengths["km"] < lengths["great_circle_km"])
    fields = {
        "count": lang.number(len(lengths)),
        "stated": lang.number(int(stated.sum())),
        "silent": lang.number(int((~stated).sum())),
        "short": lang.number(int(short.sum())),
    }
    return Table(lang, columns, rows, fields, source_ids(lengths))


def _stretch(length: Entry, lang: Language) -> str:
    what = length[lang.column("what")]
    if pd.notna(what):
        return str(what)
    start, end = length[lang.column("from")], length[lang.column("to")]
    return lang.phrase("way", start=start, end=end)


def _modes(length: Entry, lang: Language) -> str:
    """Return what goods travel by, and how far the line has come if it does not run yet."""
    modes = lang.join(lang.label("route_legs", "mode", mode) for mode in length["modes"].split())
    unbuilt = codes_where("route_legs", "status", open=True)
    states = [status for status in length["statuses"].split() if status in unbuilt]
    if not states:
        return modes
    labels = lang.join(lang.label("route_legs", "status", status) for status in states)
    return lang.phrase("mode-and-status", mode=modes, status=labels)


def _basis(length: Entry, lang: Language) -> str:
    if pd.isna(length["basis"]):
        return lang.phrase("no-length-stated")
    return lang.label("route_lengths", "basis", length["basis"])


def time_table(times: pd.DataFrame, lang: Language) -> Table:
    """List every stated time with its end points, who says so, and what sort of statement it is.

    Parameters
    ----------
    times : pandas.DataFrame
        As :func:`helpers.data.stated_times` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        By line and part of the way. Its description has the fields ``count``, ``measured``
        (single runs and averages) and ``door`` (times from Asia to Europe that were measured).
    """
    rows = [
        [
            lang.label("routes", "line", time["line"]),
            way_of(time, lang),
            days_of(time, lang),
            str(time[lang.column("said_by")]),
            DASH if pd.isna(time["date"]) else lang.date(time["date"], time["precision"]),
            lang.label("transit_times", "kind", time["kind"]),
            words(time[lang.column("note")]),
            citation_of(time, lang) or DASH,
        ]
        for time in records(times, "line_order", "scope", "most", "least", "time_id")
    ]
    headings = ["line", f"from_{lang.code}", "days_low", f"said_by_{lang.code}", "date", "kind"]
    columns = [
        Column(lang.heading("transit_times", "line")),
        Column(lang.phrase("end-points")),
        Column(lang.phrase("days")),
        *(Column(lang.heading("transit_times", name)) for name in headings[3:]),
        Column(lang.heading("transit_times", f"note_{lang.code}")),
        Column(lang.heading("transit_times", "source_id"), "citation"),
    ]
    measured = times["kind"].isin(codes_where("transit_times", "kind", measured=True))
    whole = times["scope"].isin(codes_where("transit_times", "scope", whole=True))
    fields = {
        "count": lang.number(len(times)),
        "measured": lang.number(int(measured.sum())),
        "door": lang.number(int((measured & whole).sum())),
    }
    return Table(lang, columns, rows, fields, source_ids(times))


def meeting_table(events: pd.DataFrame, lang: Language) -> Table:
    """List the dated events with the city of each, and who names it.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`helpers.data.meetings` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In order of time. Its description has the fields ``count``, ``placed`` and ``unplaced``.
    """
    rows = [
        [
            lang.pick(event, "title"),
            lang.date(event["date_start"], event["precision"], event["date_end"]),
            words(event[lang.column("city")]),
            DASH if pd.isna(event["country_id"]) else lang.country(event["country_id"]),
            words(event[lang.column("note")]),
            citation_of(event, lang) or DASH,
        ]
        for event in records(events, "date_start", "event_id")
    ]
    columns = [
        Column(lang.heading("event_places", "event_id")),
        Column(lang.phrase("date-in-report")),
        Column(lang.phrase("city")),
        Column(lang.heading("places", "country_id")),
        Column(lang.heading("event_places", f"note_{lang.code}")),
        Column(lang.heading("event_places", "source_id"), "citation"),
    ]
    placed = int(events["city_id"].notna().sum())
    fields = {
        "count": lang.number(len(events)),
        "placed": lang.number(placed),
        "unplaced": lang.number(len(events) - placed),
    }
    return Table(lang, columns, rows, fields, source_ids(events))
