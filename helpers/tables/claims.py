"""Tables of claims and quantities with their verdicts."""

from __future__ import annotations

import pandas as pd

from helpers.data import codes_where, source_ids
from helpers.language import NOT_STATED, Language
from helpers.tables.base import (
    Column,
    Table,
    citation_of,
    counts_of,
    finding_of,
    records,
    tally,
    verdict_of,
)


def claim_table(judged: pd.DataFrame, lang: Language) -> Table:
    """List claims with kind, verdict, finding and source.

    Parameters
    ----------
    judged : pandas.DataFrame
        As :func:`helpers.data.judged_claims` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In reading order. Its description has the fields ``count``, ``checked`` and ``verdicts``:
        how often each verdict occurs with a confidence that is not low.
    """
    rows = [
        [
            claim["claim_id"],
            lang.pick(claim, "text"),
            lang.label("claims", "kind", claim["kind"]),
            verdict_of(claim, lang),
            finding_of(claim, lang),
            citation_of(claim, lang),
        ]
        for claim in records(judged, "reading_order")
    ]
    columns = [
        Column(lang.heading("checks", "claim_id"), "identifier"),
        Column(lang.phrase("statement")),
        Column(lang.heading("claims", "kind")),
        Column(lang.heading("checks", "verdict")),
        Column(lang.phrase("what-sources-say")),
        Column(lang.heading("checks", "source_id"), "citation"),
    ]
    solid = judged[~judged["confidence"].isin(codes_where("checks", "confidence", weak=True))]
    fields = {
        "count": lang.number(len(rows)),
        "checked": lang.number(int(judged["verdict"].notna().sum())),
        "verdicts": tally(solid, "checks", "verdict", lang),
    }
    return Table(lang, columns, rows, fields, source_ids(judged))


def quantity_table(judged: pd.DataFrame, lang: Language) -> Table:
    """List quantities as the report gives them, with what the sources say.

    Parameters
    ----------
    judged : pandas.DataFrame
        As :func:`helpers.data.judged_quantities` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In reading order. Its description has the fields ``count``, ``missing`` (without a figure
        in the report) and, for each verdict by its code, the number of quantities with it.
    """
    rows = [
        [
            lang.pick(quantity, "measure"),
            lang.quantity(quantity),
            verdict_of(quantity, lang),
            finding_of(quantity, lang),
            quantity["claim_id"],
        ]
        for quantity in records(judged, "reading_order")
    ]
    columns = [
        Column(lang.phrase("what-is-measured")),
        Column(lang.phrase("value-in-report")),
        Column(lang.heading("checks", "verdict")),
        Column(lang.phrase("what-sources-say")),
        Column(lang.heading("quantities", "claim_id"), "identifier"),
    ]
    fields = {
        "count": lang.number(len(rows)),
        "missing": lang.number(int((judged["value_status"] == NOT_STATED).sum())),
        **counts_of(judged, "verdict", lang),
    }
    return Table(lang, columns, rows, fields, source_ids(judged))
