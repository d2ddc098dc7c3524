"""Tables of the outcomes: what they are, and how they were coded."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from helpers import agreement, seminar
from helpers.data import codes_where
from helpers.language import Language
from helpers.tables.base import DASH, Column, Row, Table, records, tally, words


def outcome_table(coded: pd.DataFrame, lang: Language) -> Table:
    """List outcomes with verb, object, theme and strength.

    Parameters
    ----------
    coded : pandas.DataFrame
        As :func:`helpers.data.coded_outcomes` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In reading order. Its description has the fields ``count`` and ``strengths``: how often
        each strength occurs.
    """
    rows = [
        [
            lang.pick(item, "point"),
            lang.pick(item, "verb"),
            lang.pick(item, "text"),
            lang.pick(item, "theme"),
            lang.label("outcome_codes", "strength", item["strength"]),
            item["claim_id"],
        ]
        for item in records(coded, "reading_order")
    ]
    columns = [
        Column(lang.heading("outcome_items", "point_id")),
        Column(lang.phrase("verb")),
        Column(lang.phrase("object")),
        Column(lang.heading("outcome_items", "theme_id")),
        Column(lang.heading("outcome_codes", "strength")),
        Column(lang.heading("outcome_items", "claim_id"), "identifier"),
    ]
    fields = {
        "count": lang.number(len(rows)),
        "strengths": tally(coded, "outcome_codes", "strength", lang),
    }
    return Table(lang, columns, rows, fields)


def coding_table(codings: pd.DataFrame, lang: Language) -> Table:
    """List the outcomes on which the passes of coding differ, with the code that is published.

    Parameters
    ----------
    codings : pandas.DataFrame
        As :func:`helpers.data.codings` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        One column a coder, in reading order. Its description has the fields ``count`` (items),
        ``passes``, ``differ`` (items on which they do) and ``kappa``: that of two passes, or the
        mean over all pairs of more.
    """
    passes = seminar.coding_passes(codings)
    differ = passes[passes.nunique(axis="columns") > 1]
    coders = lang.labels("outcome_codes", "coder")
    strengths = lang.labels("outcome_codes", "strength")
    given = {
        (row["item_id"], row["coder"]): row
        for row in codings.dropna(subset=["coder"]).to_dict("records")
    }
    rows = []
    items = codings[codings["item_id"].isin(differ.index)].drop_duplicates("item_id")
    for item in records(items, "reading_order"):
        by = {coder: given.get((item["item_id"], coder)) for coder in coders}
        codes = [strengths[row["strength"]] if row else DASH for row in by.values()]
        rows.append([lang.pick(item, "text"), *codes, _reason(by, lang), item["claim_id"]])
    columns = [
        Column(lang.phrase("object")),
        *map(Column, coders.values()),
        Column(lang.phrase("reason")),
        Column(lang.heading("outcome_items", "claim_id"), "identifier"),
    ]
    kappa = agreement.mean_kappa(passes)
    fields = {
        "count": lang.number(len(passes)),
        "passes": lang.number(len(passes.columns)),
        "differ": lang.number(len(differ)),
        "kappa": lang.phrase("undefined") if math.isnan(kappa) else lang.number(kappa, 2),
    }
    return Table(lang, columns, rows, fields)


def _reason(by: Mapping[str, Row | None], lang: Language) -> str:
    published = codes_where("outcome_codes", "coder", role="published")
    rows = [row for coder, row in by.items() if row and coder in published]
    return words(rows[0][lang.column("reason")]) if rows else DASH
