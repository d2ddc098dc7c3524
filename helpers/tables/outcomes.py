"""Tables of the outcomes: what they are, and how they were coded."""

from __future__ import annotations

import math

import pandas as pd

from helpers import agreement, data
from helpers.data import codes_where
from helpers.language import Language
from helpers.tables.base import DASH, Column, Table, records, tally, words


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
    """List the outcomes that somebody has coded otherwise than is published.

    Parameters
    ----------
    codings : pandas.DataFrame
        As :func:`helpers.data.codings` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In reading order: the outcome, its published code, the other codes with their coders, and
        why it was settled so, where the passes differ. Its description has the fields ``count``
        (items), ``passes``, ``differ`` (items on which the passes do), ``disputed`` (items on
        which any coder differs from what is published) and ``kappa``: that of two passes, or the
        mean over all pairs of more.
    """
    passes = data.coding_passes(codings)
    (published,) = codes_where("outcome_codes", "coder", role="published")
    own = codings[codings["coder"] == published].set_index("item_id")
    others = codings[codings["strength"].notna() & (codings["coder"] != published)]
    others = others[others["strength"] != others["item_id"].map(own["strength"].astype("str"))]
    rows = [
        _disputed(own, others[others["item_id"] == item], lang)
        for item in own.sort_values("reading_order").index
        if item in set(others["item_id"])
    ]
    columns = [
        Column(lang.phrase("object")),
        Column(lang.label("outcome_codes", "coder", published)),
        Column(lang.phrase("coded-otherwise")),
        Column(lang.phrase("reason")),
        Column(lang.heading("outcome_items", "claim_id"), "identifier"),
    ]
    if all(reason == DASH for *_, reason, _ in rows):  # the passes agree throughout
        columns.pop(3)
        rows = [[*row[:3], row[4]] for row in rows]
    kappa = agreement.mean_kappa(passes)
    fields = {
        "count": lang.number(len(passes)),
        "passes": lang.number(len(passes.columns)),
        "differ": lang.number(int((passes.nunique(axis="columns") > 1).sum())),
        "disputed": lang.number(len(rows)),
        "kappa": lang.phrase("undefined") if math.isnan(kappa) else lang.number(kappa, 2),
    }
    return Table(lang, columns, rows, fields)


def _disputed(own: pd.DataFrame, others: pd.DataFrame, lang: Language) -> list[str]:
    """Return the row of an outcome: what is published of it, and what others gave it."""
    item = own.loc[others["item_id"].iloc[0]]
    coders = lang.labels("outcome_codes", "coder")
    strengths = lang.labels("outcome_codes", "strength")
    named = []
    for strength, label in strengths.items():
        given = set(others[others["strength"] == strength]["coder"])
        if given:
            names = lang.join(name for coder, name in coders.items() if coder in given)
            named.append(f"{label} ({names})")
    return [
        lang.pick(item, "text"),
        strengths[item["strength"]],
        lang.series(named),
        words(item[lang.column("reason")]),
        item["claim_id"],
    ]
