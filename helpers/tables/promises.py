"""Tables of the promises: how each stands, and the dated trail that says so."""

from __future__ import annotations

import pandas as pd

from helpers.data import codes_where, source_ids
from helpers.data.languages import in_each
from helpers.language import Language
from helpers.tables.base import DASH, Column, Row, Table, citation_of, counts_of, records, words

ORDER = ("theme_order", "commitment_id")


def promise_table(states: pd.DataFrame, lang: Language) -> Table:
    """List the promises with their state, and what would count as kept.

    Parameters
    ----------
    states : pandas.DataFrame
        As :func:`helpers.evidence.state` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        By theme. Its texts have the fields ``count`` and, by its code, how many are of each
        ``testability``.
    """
    rows = [
        [
            lang.pick(row, "title"),
            lang.pick(row, "reading"),
            _stage(row, lang),
            _schedule(row, lang),
            _basis(row, lang),
            _freshness(row, lang),
            f"{lang.label('commitments', 'testability', row['testability'])}:"
            f" {lang.pick(row, 'testability_reason')}",
        ]
        for row in records(states, *ORDER)
    ]
    headings = (
        lang.heading("commitment_events", "commitment_id"),
        lang.phrase("reading"),
        lang.heading("commitment_events", "stage_id"),
        lang.heading("commitments", "deadline"),
        lang.heading("commitment_events", "basis"),
        lang.phrase("last-evidence"),
        lang.heading("commitments", "testability"),
    )
    counts = counts_of(states, "testability", lang)
    fields = {"count": lang.number(len(rows)), **counts}
    return Table(lang, [Column(heading) for heading in headings], rows, fields)


def _stage(row: Row, lang: Language) -> str:
    if pd.isna(row["stage_id"]):
        return DASH
    standing = lang.label("commitment_stages", "standing", row["standing"])
    reached = lang.date(row["reached_on"], "day")
    return lang.clauses([f"{lang.pick(row, 'stage')} ({standing})", reached])


def _schedule(row: Row, lang: Language) -> str:
    schedule = lang.phrase(f"schedule-{row['schedule'].replace('_', '-')}")
    if pd.isna(row["deadline"]):
        return schedule
    return f"{schedule} ({lang.date(row['deadline'], row['deadline_precision'])})"


def _basis(row: Row, lang: Language) -> str:
    if pd.isna(row["basis"]):
        return DASH
    known = codes_where("commitment_events", "basis")
    basis = row["basis"]
    label = lang.label("commitment_events", "basis", basis) if basis in known else None
    sure = lang.label("commitment_events", "confidence", row["confidence"])
    return f"{label or lang.phrase('basis-both')} ({sure})"


def _freshness(row: Row, lang: Language) -> str:
    known = pd.notna(row["last_evidence"])
    last: str = lang.date(row["last_evidence"], "day") if known else DASH
    if pd.isna(row["searched_on"]):
        return last
    searched = lang.date(row["searched_on"], "day")
    return lang.phrase("searched-in-vain", last=last, date=searched)


def promise_trail_table(promises: pd.DataFrame, events: pd.DataFrame, lang: Language) -> Table:
    """List what came of the promises, dated and sourced, promise by promise.

    Parameters
    ----------
    promises : pandas.DataFrame
        As :func:`helpers.data.promises` returns it, or some of them.
    events : pandas.DataFrame
        As :func:`helpers.data.promise_events` returns it; those of other promises are left out.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In order of time. Its texts have the fields ``count``, ``promises`` and ``weak`` (events of
        low confidence, which are marked and move no stage).
    """
    names = ["commitment_id", "theme_order", *in_each("title")]
    trail = events.merge(promises[names], on="commitment_id", validate="m:1")
    rows = [
        [
            lang.pick(row, "title"),
            lang.date(row["date"], row["precision"]),
            _text(row, lang),
            words(row[lang.column("stage")]),
            _word_of(row, lang),
            citation_of(row, lang),
        ]
        for row in records(trail, *ORDER, "date", "event_id")
    ]
    heads = [Column(lang.heading("commitment_events", name)) for name in
             ("commitment_id", "date")]  # fmt: skip
    heads.append(Column(lang.phrase("what-happened")))
    heads += [Column(lang.heading("commitment_events", name)) for name in ("stage_id", "basis")]
    heads.append(Column(lang.heading("commitment_events", "source_id"), "citation"))
    fields = {
        "count": lang.number(len(rows)),
        "promises": lang.number(trail["commitment_id"].nunique()),
        "weak": lang.number(int(trail["confidence"].isin(_weak()).sum())),
    }
    return Table(lang, heads, rows, fields, source_ids(trail))


def _weak() -> list[str]:
    return codes_where("commitment_events", "confidence", weak=True)


def _text(row: Row, lang: Language) -> str:
    text = lang.pick(row, "text")
    return lang.phrase("low-confidence", value=text) if row["confidence"] in _weak() else text


def _word_of(row: Row, lang: Language) -> str:
    if pd.notna(row["basis"]):
        return lang.label("commitment_events", "basis", row["basis"])
    return lang.label("commitment_events", "role", row["role"])
