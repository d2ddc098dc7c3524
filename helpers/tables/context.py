"""Tables of the background and the context, and of claims and quantities anywhere."""

from __future__ import annotations

import pandas as pd

from helpers.data import source_ids
from helpers.language import Language
from helpers.tables.base import DASH, Table, finding_of, source_label, verdict_of


def timeline_dates(events: pd.DataFrame, lang: Language) -> Table:
    """Put the report's date of each event beside what other sources say of it.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`helpers.data.relations_events` returns it.
    lang : Language
        Language of the table.
    """
    rows = []
    for _, event in events.iterrows():
        reported = lang.date(event["date_start"], event["precision"], event["date_end"])
        title = event[lang.column("title")]
        rows.append(
            [title, reported, verdict_of(event, lang), finding_of(event, lang), event["claim_id"]]
        )
    headings = [
        lang.heading("event_actors", "event_id"),
        lang.phrase("date-in-report"),
        lang.heading("checks", "verdict"),
        lang.phrase("what-sources-say"),
        lang.heading("events", "claim_id"),
    ]
    return Table(
        lang,
        headings,
        rows,
        codes=frozenset({4}),
        description_fields={
            "count": lang.number(len(events)),
            "checked": lang.number(int(events["verdict"].notna().sum())),
            "disputed": lang.number(int((events["verdict"] == "contradicted").sum())),
        },
        sources=source_ids(events),
    )


def agreement_accounts(ladder: pd.DataFrame, lang: Language) -> Table:
    """Put the report's account of each stage of the agreements beside that of other sources.

    Parameters
    ----------
    ladder : pandas.DataFrame
        As :func:`helpers.data.agreement_ladder` returns it.
    lang : Language
        Language of the table.
    """
    rows = []
    for (country, stage), accounts in ladder.groupby(
        ["country_id", "stage"], sort=False, observed=True, dropna=False
    ):
        by = {account["said_by"]: account for _, account in accounts.iterrows()}
        if pd.isna(stage):
            nothing = lang.phrase("no-enhanced-agreement")
            rows.append([lang.country(country), DASH, nothing, DASH, DASH, ""])
            continue
        claim = by["report"]["claim_id"] if "report" in by else ""
        source = source_label(by["source"]["source_id"]) if "source" in by else DASH
        label = lang.label("agreement_stages", "stage", stage)
        told = [_stage_date(by.get(account), lang) for account in ("report", "source")]
        rows.append([lang.country(country), label, *told, source, claim])
    headings = [
        lang.heading("agreements", "country_id"),
        lang.heading("agreement_stages", "stage"),
        lang.label("agreement_stages", "said_by", "report"),
        lang.label("agreement_stages", "said_by", "source"),
        lang.heading("agreement_stages", "source_id"),
        lang.heading("agreement_stages", "claim_id"),
    ]
    both = ladder.groupby(["country_id", "stage"], observed=True)["said_by"].nunique()
    return Table(
        lang,
        headings,
        rows,
        codes=frozenset({5}),
        citations=frozenset({4}),
        description_fields={"both": lang.number(int((both == 2).sum()))},
        sources=source_ids(ladder),
    )


def _stage_date(account: pd.Series | None, lang: Language) -> str:
    if account is None:
        return DASH
    if account["date_status"] == "not_stated":
        return lang.phrase("without-date")
    date = lang.date(account["date"], account["precision"])
    return lang.phrase("expected-in", value=date) if account["expected"] else date


def points(weights: pd.DataFrame, lang: Language) -> Table:
    """List points with their summaries, and their themes with weights.

    Parameters
    ----------
    weights : pandas.DataFrame
        As :func:`helpers.data.point_theme_weights` returns it.
    lang : Language
        Language of the table.
    """
    titles = weights.attrs["themes"][lang.column("title")]
    rows = []
    for point_id, cells in weights.iterrows():
        point = weights.attrs["points"].loc[point_id]
        shares = [
            f"{titles[theme_id]} {lang.percent(100 * weight, 0)}"
            for theme_id, weight in cells[cells > 0].items()
        ]
        rows.append(
            [
                f"{lang.number(point['order'])}. {lang.pick(point, 'title')}",
                lang.pick(point, "summary"),
                lang.join(shares),
                point["passage_id"],
            ]
        )
    headings = [
        lang.heading("claims", "point_id"),
        lang.phrase("summary"),
        lang.heading("point_themes", "theme_id"),
        lang.heading("points", "passage_id"),
    ]
    fields = {"count": lang.number(len(rows))}
    return Table(lang, headings, rows, codes=frozenset({3}), description_fields=fields)


def quantities(judged: pd.DataFrame, lang: Language) -> Table:
    """List quantities as the report gives them, with what the sources say.

    Parameters
    ----------
    judged : pandas.DataFrame
        As :func:`helpers.data.judged_quantities` returns it.
    lang : Language
        Language of the table.
    """
    rows = [
        [
            quantity[lang.column("measure")],
            lang.quantity(quantity),
            verdict_of(quantity, lang),
            finding_of(quantity, lang),
            quantity["claim_id"],
        ]
        for _, quantity in judged.iterrows()
    ]
    headings = [
        lang.phrase("what-is-measured"),
        lang.phrase("value-in-report"),
        lang.heading("checks", "verdict"),
        lang.phrase("what-sources-say"),
        lang.heading("quantities", "claim_id"),
    ]
    fields = {
        "count": lang.number(len(rows)),
        "confirmed": lang.number(int((judged["verdict"] == "confirmed").sum())),
        "missing": lang.number(int((judged["value_status"] == "not_stated").sum())),
    }
    return Table(
        lang,
        headings,
        rows,
        codes=frozenset({4}),
        description_fields=fields,
        sources=source_ids(judged),
    )


def claims(judged: pd.DataFrame, lang: Language) -> Table:
    """List claims with kind, verdict, finding and source.

    Parameters
    ----------
    judged : pandas.DataFrame
        As :func:`helpers.data.judged_claims` returns it.
    lang : Language
        Language of the table.
    """
    rows = [
        [
            claim["claim_id"],
            claim[lang.column("text")],
            lang.label("claims", "kind", claim["kind"]),
            verdict_of(claim, lang),
            finding_of(claim, lang),
            source_label(claim["source_id"]),
        ]
        for _, claim in judged.iterrows()
    ]
    headings = [
        lang.heading("checks", "claim_id"),
        lang.phrase("statement"),
        lang.heading("claims", "kind"),
        lang.heading("checks", "verdict"),
        lang.phrase("what-sources-say"),
        lang.heading("checks", "source_id"),
    ]
    solid = judged[judged["confidence"].isin(["medium", "high"])]
    verdicts = solid["verdict"].value_counts()
    fields = {
        "count": lang.number(len(judged)),
        "checked": lang.number(int(judged["verdict"].notna().sum())),
        **{verdict: lang.number(int(number)) for verdict, number in verdicts.items()},
    }
    return Table(
        lang,
        headings,
        rows,
        codes=frozenset({0}),
        citations=frozenset({5}),
        description_fields=fields,
    )
