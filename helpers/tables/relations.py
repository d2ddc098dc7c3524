"""Tables of the relations before the summit: dates and agreements, by both accounts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from helpers.data import codes, codes_where, source_ids
from helpers.language import NOT_STATED, Language
from helpers.tables.base import (
    DASH,
    Column,
    Table,
    citation_of,
    finding_of,
    identifier,
    records,
    verdict_of,
)

Account = Mapping[Hashable, Any]


def event_table(events: pd.DataFrame, lang: Language) -> Table:
    """Put the report's date of each event beside what other sources say about it.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`helpers.data.relations_events` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In order of time. Its description has the fields ``count``, ``checked`` and ``disputed``.
    """
    rows = [
        [
            lang.pick(event, "title"),
            lang.date(event["date_start"], event["precision"], event["date_end"]),
            verdict_of(event, lang),
            finding_of(event, lang),
            identifier(event["claim_id"]),
        ]
        for event in records(events, "date_start", "event_id")
    ]
    columns = [
        Column(lang.heading("event_actors", "event_id")),
        Column(lang.phrase("date-in-report")),
        Column(lang.heading("checks", "verdict")),
        Column(lang.phrase("what-sources-say")),
        Column(lang.heading("events", "claim_id"), "identifier"),
    ]
    disputed = events["verdict"].isin(codes_where("checks", "verdict", other_value=True))
    fields = {
        "count": lang.number(len(rows)),
        "checked": lang.number(int(events["verdict"].notna().sum())),
        "disputed": lang.number(int(disputed.sum())),
    }
    return Table(lang, columns, rows, fields, source_ids(events))


def agreement_table(ladder: pd.DataFrame, lang: Language) -> Table:
    """Put the report's account of each stage of the agreements beside that of other sources.

    Parameters
    ----------
    ladder : pandas.DataFrame
        As :func:`helpers.data.agreement_ladder` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        By country and stage. Its description has the fields ``both``, the number of stages that
        all accounts tell, and ``conflicts``, those on whose dates they cannot both be right.
    """
    accounts = codes("agreement_stages", "said_by")
    rows: list[list[str]] = []
    conflicts: list[str] = []
    both = 0
    for told in _by_stage(ladder):
        country, stage = lang.country(told[0]["country_id"]), told[0]["stage"]
        if pd.isna(stage):
            nothing = lang.phrase("no-enhanced-agreement")
            rows.append([country, DASH, nothing, *[DASH] * len(accounts), ""])
            continue
        by = {account["said_by"]: account for account in told}
        label = lang.label("agreement_stages", "stage", stage)
        dates = [_stage_date(by.get(account), lang) for account in accounts]
        rows.append([country, label, *dates, _cited(told, lang), _claim(told)])
        both += len(by) == len(accounts)
        if _conflicting(told):
            conflicts.append(lang.phrase("stage-of", stage=label, country=country))
    columns = [
        Column(lang.heading("agreements", "country_id")),
        Column(lang.heading("agreement_stages", "stage")),
        *map(Column, lang.labels("agreement_stages", "said_by").values()),
        Column(lang.heading("agreement_stages", "source_id"), "citation"),
        Column(lang.heading("agreement_stages", "claim_id"), "identifier"),
    ]
    fields = {"both": lang.number(both), "conflicts": lang.join(conflicts)}
    return Table(lang, columns, rows, fields, source_ids(ladder))


def _by_stage(ladder: pd.DataFrame) -> list[list[Account]]:
    """Return the accounts of each stage of each country, by country and stage."""
    groups: dict[tuple[str, str, str], list[Account]] = {}
    for account in records(ladder, "country_order", "stage", "said_by", "stage_id"):
        key = (account["country_id"], str(account["agreement_id"]), str(account["stage"]))
        groups.setdefault(key, []).append(account)
    return list(groups.values())


def _stage_date(account: Account | None, lang: Language) -> str:
    if account is None:
        return DASH
    if account["date_status"] == NOT_STATED:
        return lang.phrase("without-date")
    date = lang.date(account["date"], account["precision"])
    return lang.phrase("expected-in", value=date) if account["expected"] else date


def _cited(told: list[Account], lang: Language) -> str:
    return next((cited for cited in (citation_of(row, lang) for row in told) if cited), DASH)


def _claim(told: list[Account]) -> str:
    return next((claim for claim in (identifier(row["claim_id"]) for row in told) if claim), "")


def _conflicting(told: list[Account]) -> bool:
    """Tell whether no day fits all dates that the accounts give; what is only expected is none."""
    dated = [row for row in told if pd.notna(row["date"]) and not row["expected"]]
    if not dated:
        return False
    return bool(max(row["date"] for row in dated) > min(row["last_day"] for row in dated))
