"""Tables of what happened since the summit, and of what the report leaves out."""

from __future__ import annotations

import pandas as pd

from helpers.data import codes_where, source_ids
from helpers.language import Language
from helpers.tables.base import DASH, Column, Table, citation_of, records, words


def later_event_table(events: pd.DataFrame, lang: Language) -> Table:
    """List what happened since the summit; what has no date comes last.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`helpers.data.later_events` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In order of time. Its description has the fields ``count``, ``summits`` (meetings of leaders
        that were held), ``expected`` (what was announced and not found to have happened) and
        ``weak`` (events of low confidence, which are marked).
    """
    weak = codes_where("later_events", "confidence", weak=True)
    rows = []
    for event in records(events, "date_start", "event_id"):
        title = lang.pick(event, "title")
        if event["confidence"] in weak:
            title = lang.phrase("low-confidence", value=title)
        date = lang.date(event["date_start"], event["precision"], event["date_end"])
        state = lang.phrase("expected-event") if event["expected"] else ""
        note = event[lang.column("note")]
        rows.append(
            [
                date or DASH,
                title,
                lang.label("later_events", "actor", event["actor"]),
                lang.label("later_events", "kind", event["kind"]),
                words(event[lang.column("place")]),
                citation_of(event, lang),
                state if pd.isna(note) else str(note),
            ]
        )
    columns = [
        Column(lang.phrase("time")),
        Column(lang.phrase("what-happened")),
        Column(lang.heading("later_events", "actor")),
        Column(lang.heading("later_events", "kind")),
        Column(lang.phrase("place")),
        Column(lang.heading("later_events", "source_id"), "citation"),
        Column(lang.phrase("note")),
    ]
    leaders = events["kind"].isin(codes_where("later_events", "kind", leaders=True))
    expected = events["expected"].astype(bool)
    fields = {
        "count": lang.number(len(rows)),
        "summits": lang.number(int((leaders & ~expected).sum())),
        "expected": lang.number(int(expected.sum())),
        "weak": lang.number(int(events["confidence"].isin(weak).sum())),
    }
    return Table(lang, columns, rows, fields, source_ids(events))


def omission_table(omissions: pd.DataFrame, lang: Language) -> Table:
    """List what the report leaves out, by theme, with the point where it would have its place.

    Parameters
    ----------
    omissions : pandas.DataFrame
        As :func:`helpers.data.omissions` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        By theme. Its description has the fields ``count``, ``top`` and ``top_count`` (the theme
        with most of it), and ``placeless`` (what would belong to no point of the report).
    """
    ordered = records(omissions, "theme_order", "omission_id")
    rows = [
        [
            lang.pick(omission, "theme"),
            lang.pick(omission, "text"),
            words(omission[lang.column("point")]),
            citation_of(omission, lang),
        ]
        for omission in ordered
    ]
    columns = [
        Column(lang.heading("omissions", "theme_id")),
        Column(lang.phrase("left-out")),
        Column(lang.heading("omissions", "point_id")),
        Column(lang.heading("omissions", "source_id"), "citation"),
    ]
    themes = [lang.pick(omission, "theme") for omission in ordered]
    top = max(dict.fromkeys(themes), key=themes.count, default=lang.phrase("none"))
    fields = {
        "count": lang.number(len(rows)),
        "top": top,
        "top_count": lang.number(themes.count(top)),
        "placeless": lang.number(int(omissions["point_id"].isna().sum())),
    }
    return Table(lang, columns, rows, fields, source_ids(omissions))
