"""Tables of indicators: values with time, unit and source; tariffs and what became of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from helpers.charts.values import time_text, unit_text, value_text
from helpers.data import codes_where, source_ids
from helpers.language import Language
from helpers.tables.base import DASH, Column, Table, citation_of, records, words

Row = Mapping[Hashable, Any]
ORDER = ("series_order", "country_order", "partner_order", "date_start", "indicator_id")


def indicator_table(values: pd.DataFrame, lang: Language) -> Table:
    """List values with series, place, time, unit, source and what a reader should know about them.

    Parameters
    ----------
    values : pandas.DataFrame
        As :func:`helpers.data.indicator_values` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        By series, place and time. Its description has the fields ``count``, ``computed`` (values
        that the project computed), ``carried`` (values read on another site than their
        publisher's) and ``weak`` (values of low confidence, which are marked).
    """
    partners = bool(values["partner_id"].notna().any())
    rows = [_value_row(row, lang, partners) for row in records(values, *ORDER)]
    columns = [
        Column(lang.heading("indicators", "series")),
        Column(lang.heading("indicators", "country_id")),
        *([Column(lang.heading("indicators", "partner_id"))] if partners else []),
        Column(lang.phrase("time")),
        Column(lang.heading("indicators", "value"), "number"),
        Column(lang.heading("indicator_series", "unit")),
        Column(lang.heading("indicators", "source_id"), "citation"),
        Column(lang.phrase("note")),
    ]
    computed = codes_where("indicators", "value_type", needs_note=True)
    fields = {
        "count": lang.number(len(rows)),
        "computed": lang.number(int(values["value_type"].isin(computed).sum())),
        "carried": lang.number(int(values["source_carrier"].notna().sum())),
        "weak": lang.number(int(_weak(values).sum())),
    }
    return Table(lang, columns, rows, fields, source_ids(values))


def _weak(values: pd.DataFrame) -> pd.Series:
    return values["confidence"].isin(codes_where("indicators", "confidence", weak=True))


def _value_row(row: Row, lang: Language, partners: bool) -> list[str]:
    value = value_text(row, lang)
    if row["confidence"] in codes_where("indicators", "confidence", weak=True):
        value = lang.phrase("low-confidence", value=value)
    item = row[lang.column("item")]
    title = lang.pick(row, "title")
    return [
        title if pd.isna(item) else f"{title}: {item}",
        lang.pick(row, "country"),
        *([words(row[lang.column("partner")])] if partners else []),
        time_text(row, lang) or DASH,
        value,
        unit_text(row, lang),
        citation_of(row, lang),
        words(row[lang.column("note")]),
    ]


def tariff_table(tariffs: pd.DataFrame, events: pd.DataFrame, lang: Language) -> Table:
    """List the tariffs as they were announced, and what became of them.

    Parameters
    ----------
    tariffs : pandas.DataFrame
        As :func:`helpers.data.drawn_values` returns it, in hundredths.
    events : pandas.DataFrame
        As :func:`helpers.data.later_events` returns it: what followed.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        The rates, the highest first, then the events in order of time. Its description has the
        fields ``highest`` and ``highest_for``, ``others`` (the other rates), ``events`` and
        ``last`` (day of the latest event).
    """
    rates = tariffs.assign(descending=-tariffs["value"]).sort_values(
        ["descending", "date_start", "country_order", "indicator_id"]
    )
    rows, named = [], []
    for _, same in rates.groupby(["descending", "date_start"], sort=True):
        of_rate = same.to_dict("records")
        rate = lang.percent(of_rate[0]["value"])
        states = lang.join(lang.pick(row, "country") for row in of_rate)
        named.append((rate, states))
        text = lang.phrase("tariff-announced", rate=rate, states=states)
        notes = [row[lang.column("note")] for row in of_rate if pd.notna(row[lang.column("note")])]
        note = words(notes[0] if notes else None)
        rows.append([time_text(of_rate[0], lang), text, citation_of(of_rate[0], lang), note])
    followed = records(events, "date_start", "event_id")
    rows += [_followed(event, lang) for event in followed]
    columns = [
        Column(lang.phrase("time")),
        Column(lang.phrase("what-happened")),
        Column(lang.heading("indicators", "source_id"), "citation"),
        Column(lang.phrase("note")),
    ]
    none = lang.phrase("none")
    fields = {
        "highest": named[0][0] if named else none,
        "highest_for": named[0][1] if named else none,
        "others": lang.join(rate for rate, _ in named[1:]) or none,
        "events": lang.number(len(followed)),
        "last": _time(followed[-1], lang) if followed else none,
    }
    return Table(lang, columns, rows, fields, source_ids(pd.concat([tariffs, events])))


def _followed(event: Row, lang: Language) -> list[str]:
    note = words(event[lang.column("note")])
    return [_time(event, lang), lang.pick(event, "title"), citation_of(event, lang), note]


def _time(event: Row, lang: Language) -> str:
    if pd.isna(event["date_start"]):
        return DASH
    return lang.date(event["date_start"], event["precision"], event["date_end"])
