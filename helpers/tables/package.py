"""Tables of the package: its sums by both accounts, and the rate that they imply."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from helpers.data import codes_where, repeated_sums, source_ids
from helpers.language import Language
from helpers.tables.base import DASH, Column, Table, citation_of, identifier, records, words


def package_table(package: pd.DataFrame, lang: Language) -> Table:
    """Put the report's sums of the package beside those of other sources.

    Parameters
    ----------
    package : pandas.DataFrame
        As :func:`helpers.data.package_accounts` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        Parts by size, the total, what stands apart. Its description has the fields ``repeated``
        (sums that the report gives to more than one row), ``times`` (rows with such a sum) and
        ``places`` (names of these rows).
    """
    ordered = package.sort_values(
        ["series_order", "value", "indicator_id"], ascending=[True, False, True]
    )
    rows = [
        [
            lang.pick(part, "name"),
            lang.number(part["report_value"]) or lang.phrase("no-figure-given"),
            lang.number(part["value"]),
            words(part[lang.column("note")]),
            citation_of(part, lang),
            identifier(part["claim_id"]),
        ]
        for part in ordered.to_dict("records")
    ]
    columns = [
        Column(lang.phrase("part")),
        *(Column(label, "number") for label in _accounts(lang)),
        Column(lang.phrase("note")),
        Column(lang.heading("indicators", "source_id"), "citation"),
        Column(lang.heading("indicators", "claim_id"), "identifier"),
    ]
    repeated = ordered[repeated_sums(ordered)]
    fields = {
        "repeated": lang.join(map(lang.number, sorted(repeated["report_value"].unique()))),
        "times": lang.number(len(repeated)),
        "places": lang.join(lang.pick(part, "name") for part in repeated.to_dict("records")),
    }
    return Table(lang, columns, rows, fields, source_ids(package))


def _accounts(lang: Language) -> list[str]:
    """Return the names of the two accounts whose sums stand side by side."""
    labels = lang.labels("agreement_stages", "said_by")
    (report,) = codes_where("agreement_stages", "said_by", in_report=True)
    return [labels[report], next(label for name, label in labels.items() if name != report)]


def rate_table(implied: pd.DataFrame, reference: pd.DataFrame, lang: Language) -> Table:
    """Put the exchange rate that the report's sums imply beside the reference rates of the days.

    Parameters
    ----------
    implied : pandas.DataFrame
        As :func:`helpers.data.package_rates` returns it.
    reference : pandas.DataFrame
        As :func:`helpers.data.reference_rates` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        Implied rates, then reference rates, applied to the largest sum. Its description has the
        fields ``implied`` (rates that the report implies), ``low`` and ``high`` (of the reference).
    """
    pairs = list(records(implied, "reading_order"))
    rows = [
        [
            lang.phrase("implied-rate"),
            lang.number(pair["amount"]),
            lang.number(pair["converted"]),
            lang.number(pair["implied"], 4),
            identifier(pair["claim_id"]),
        ]
        for pair in pairs
    ]
    largest = None if implied.empty else float(implied["amount"].max())
    rows += [
        _reference_row(day, largest, lang)
        for day in records(reference, "date_start", "indicator_id")
    ]
    columns = [
        Column(lang.phrase("rate")),
        *(Column(lang.phrase(name), "number") for name in ("eur-billion", "usd-billion")),
        Column(lang.phrase("usd-per-eur"), "number"),
        Column(lang.heading("quantities", "claim_id"), "identifier"),
    ]
    fields = {
        "implied": lang.join(dict.fromkeys(lang.number(pair["implied"], 2) for pair in pairs)),
        "low": lang.number(reference["value"].min(), 4) or lang.phrase("none"),
        "high": lang.number(reference["value"].max(), 4) or lang.phrase("none"),
    }
    return Table(lang, columns, rows, fields, source_ids(reference))


def _reference_row(day: Mapping[Hashable, Any], largest: float | None, lang: Language) -> list[str]:
    date = lang.date(day["date_start"], day["precision"])
    return [
        lang.phrase("rate-of-day", title=lang.pick(day, "title"), date=date),
        lang.number(largest) or DASH,
        lang.number(None if largest is None else largest * day["value"], 2) or DASH,
        lang.number(day["value"], 4),
        "",
    ]
