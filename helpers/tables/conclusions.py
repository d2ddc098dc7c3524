"""Tables of the conclusions: how each stands, and how far coders agree."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from helpers.charts.robust import coder_names, falls_named
from helpers.data import codes, codes_where
from helpers.language import Language
from helpers.tables.base import DASH, Column, Table, records


def conclusion_table(standing: pd.DataFrame, tried: pd.DataFrame, lang: Language) -> Table:
    """List the conclusions with the codings under which they hold, and what turns them.

    Parameters
    ----------
    standing : pandas.DataFrame
        As :func:`helpers.argument.standing` returns it: one row a conclusion.
    tried : pandas.DataFrame
        As :func:`helpers.argument.robustness` returns it, for the names of the codings.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In order. Its description has the fields ``conclusions``, ``true`` (that hold on the
        published codes), ``firm`` (under all codings that touch them, one at least), ``spared``
        (that none touches) and ``single`` (that one code of one link or outcome turns).
    """
    columns = tried.drop_duplicates("coding").sort_values("coding_order")
    rows = [_row(row, columns, lang) for row in records(standing, "order", "conclusion_id")]
    touched = standing["tried"] > 0
    firm = touched & (standing["held"] == standing["tried"])
    fields = {
        "conclusions": lang.number(len(standing)),
        "true": lang.number(int(standing["holds"].sum())),
        "firm": lang.number(int(firm.sum())),
        "spared": lang.number(int((~touched).sum())),
        "single": lang.number(int((standing["fewest"] == 1).sum())),
    }
    heads = [
        Column(lang.heading("conclusions", "conclusion_id")),
        Column(lang.phrase("value-and-threshold")),
        Column(lang.phrase("holds-under")),
        Column(lang.phrase("falls-under")),
        Column(lang.phrase("turned-by")),
    ]
    return Table(lang, heads, rows, fields)


def _row(row: Mapping[Hashable, Any], codings: pd.DataFrame, lang: Language) -> list[str]:
    tried, held = int(row["tried"]), int(row["held"])
    falls = codings[codings["coding"].isin(row["falls_under"])]
    return [
        lang.pick(row, "text"),
        f"{_value(row['value'], row['measure'], lang)} ({_threshold(row, lang)})",
        _part(held, tried, lang),
        lang.series(falls_named(falls, lang)) or DASH,
        _turned(row, lang),
    ]


def _part(held: int, tried: int, lang: Language) -> str:
    """Return under how many of the codings that touch it a conclusion holds."""
    if not tried:
        return lang.phrase("no-coding-touches")
    return lang.phrase("part-of-all", part=lang.number(held), all=lang.number(tried))


def _turned(row: Mapping[Hashable, Any], lang: Language) -> str:
    if pd.isna(row["fewest"]):
        return DASH
    fewest, alone = lang.number(int(row["fewest"])), lang.number(len(row["alone"]))
    return lang.phrase("turned-by-any", number=fewest, all=alone) if row["alone"] else fewest


def _threshold(row: Mapping[Hashable, Any], lang: Language) -> str:
    comparison = lang.label("conclusions", "comparison", row["comparison"])
    return f"{comparison} {_value(row['threshold'], row['measure'], lang)}"


def _value(value: float, measure: str, lang: Language) -> str:
    if math.isnan(value):
        return lang.phrase("undefined")
    unit = codes("conclusions", "measure")[measure]["unit"]
    return lang.share(value) if unit == "share" else lang.number(value, at_most=1)


def reliability_table(compared: pd.DataFrame, lang: Language) -> Table:
    """List how far coders agree on each kind of object.

    Parameters
    ----------
    compared : pandas.DataFrame
        As :func:`helpers.agreement.compare` returns it: one row a kind of object and set of coders.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In the order of the kinds of object and coders in the schema. Its description has the
        fields ``lowest`` and ``highest``: kinds of object on which the passes have the lowest and
        the highest alpha, and ``sets``; and of the first row ``items``, ``raw``, ``alpha`` and
        ``bounds`` by item.
    """
    kinds = {kind: place for place, kind in enumerate(codes("codebook", "object"))}
    places = {coder: place for place, coder in enumerate(coder_names(lang))}
    first = [places[coders[0]] for coders in compared["coders"]]
    table = compared.assign(kind=compared["object"].map(kinds), first=first)
    rows = [_compared(row, lang) for row in records(table, "kind", "first")]
    heads = [
        Column(lang.heading("codebook", "object")),
        Column(lang.phrase("coders")),
        Column(lang.phrase("items"), "number"),
        Column(lang.phrase("raw-agreement"), "number"),
        Column(lang.phrase("kappa"), "number"),
        Column(lang.phrase("alpha"), "number"),
        Column(lang.phrase("interval-by-item"), "number"),
        Column(lang.phrase("interval-by-sentence"), "number"),
    ]
    fields = {"sets": lang.number(len(rows)), **_extremes(table, lang), **_first(table, lang)}
    return Table(lang, heads, rows, fields)


def _passes() -> tuple[str, ...]:
    return tuple(codes_where("outcome_codes", "coder", role="pass"))


def _compared(row: Mapping[Hashable, Any], lang: Language) -> list[str]:
    names, coders = coder_names(lang), row["coders"]
    if coders == _passes():
        named = lang.phrase("all-passes", number=lang.number(len(coders)))
    else:
        named = lang.join(names[coder] for coder in coders)
    return [
        lang.label("codebook", "object", row["object"]),
        named,
        lang.number(int(row["items"])),
        lang.share(row["raw"]),
        _coefficient(row["kappa"], lang),
        _coefficient(row["alpha"], lang),
        _bounds(row["low"], row["high"], lang),
        _bounds(row["low_sentence"], row["high_sentence"], lang),
    ]


def _first(table: pd.DataFrame, lang: Language) -> dict[str, str]:
    """Return the measures of the first row, for a table that has no other."""
    if table.empty:
        return dict.fromkeys(("items", "raw", "alpha", "bounds"), lang.phrase("none"))
    row = records(table, "kind", "first")[0]
    return {
        "items": lang.number(int(row["items"])),
        "raw": lang.share(row["raw"]),
        "alpha": _coefficient(row["alpha"], lang),
        "bounds": _bounds(row["low"], row["high"], lang),
    }


def _coefficient(value: float, lang: Language) -> str:
    return lang.phrase("undefined") if math.isnan(value) else lang.number(value, 2)


def _bounds(low: float, high: float, lang: Language) -> str:
    """Return an interval in words, as exact as the measure that it is of.

    Examples
    --------
    >>> _bounds(0.5, 2 / 3, Language("en")), _bounds(math.nan, math.nan, Language("en"))
    ('0.50 to 0.67', '—')
    """
    if math.isnan(low):
        return DASH
    return lang.phrase("from-to", low=lang.number(low, 2), high=lang.number(high, 2))


def _extremes(table: pd.DataFrame, lang: Language) -> dict[str, str]:
    own = table[table["coders"].isin([_passes()])].dropna(subset=["alpha"])
    if own.empty:
        return dict.fromkeys(("lowest", "highest"), lang.phrase("none"))
    ordered = own.sort_values(["alpha", "kind"], kind="stable")
    ends = {"lowest": ordered["object"].iloc[0], "highest": ordered["object"].iloc[-1]}
    return {name: lang.label("codebook", "object", kind) for name, kind in ends.items()}
