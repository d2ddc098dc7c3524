"""Tables of the seminar: what is coded and checked, how far a class agrees, what turns."""

from __future__ import annotations

import math

import pandas as pd

from helpers.data import codes
from helpers.language import Language
from helpers.tables.base import DASH, Column, Row, Table, records

MEASURES = ("items", "raw-agreement", "kappa", "alpha", "lab-interval")


def lab_item_table(items: pd.DataFrame, lang: Language) -> Table:
    """List items to code: what is said, what a coder has to know besides, and where.

    Parameters
    ----------
    items : pandas.DataFrame
        As :func:`helpers.data.lab_items` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In order. Its description has the field ``count``.
    """
    rows = [
        [
            lang.number(int(row["order"])),
            lang.pick(row, "point"),
            _claim(row, lang),
            row["claim_id"],
        ]
        for row in records(items, "order")
    ]
    columns = [
        Column(lang.phrase("lab-number")),
        Column(lang.heading("outcome_items", "point_id")),
        Column(lang.phrase("lab-outcome")),
        Column(lang.heading("outcome_items", "claim_id"), "identifier"),
    ]
    return Table(lang, columns, rows, {"count": lang.number(len(rows))})


def _claim(row: Row, lang: Language) -> str:
    context = row[lang.column("context")]
    said = lang.pick(row, "claim")
    return f"{said} {lang.number_text(context)}" if pd.notna(context) else said


def lab_claim_table(sources: pd.DataFrame, lang: Language) -> Table:
    """List claims to check with their sources and the addresses of these, but no verdict.

    Parameters
    ----------
    sources : pandas.DataFrame
        As :func:`helpers.data.lab_sources` returns it: one row a claim and source.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In order, a row for each source. Its description has the field ``count`` (claims).
    """
    rows = [
        [
            lang.number(int(row["order"])),
            lang.pick(row, "text"),
            row["claim_id"],
            named_source(row),
            row["url"],
        ]
        for row in records(sources, "order", "source_order")
    ]
    columns = [
        Column(lang.phrase("lab-number")),
        Column(lang.heading("claims", "claim_id")),
        Column(lang.phrase("lab-id"), "identifier"),
        Column(lang.phrase("lab-source"), "citation"),
        Column(lang.phrase("address"), "citation"),
    ]
    return Table(lang, columns, rows, {"count": lang.number(sources["claim_id"].nunique())})


def named_source(row: Row) -> str:
    """Return the publisher of a source and its title, where it has one."""
    names = (row["publisher"], row["title"])
    return ", ".join(str(name) for name in names if pd.notna(name))


def lab_agreement_table(compared: pd.DataFrame, lang: Language) -> Table:
    """List how far coders of a class agree.

    Parameters
    ----------
    compared : pandas.DataFrame
        As :func:`helpers.seminar.among` or :func:`helpers.seminar.with_published` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In order. Its description has the fields ``rows``, and of the first row ``coders``,
        ``items``, ``raw``, ``kappa``, ``alpha`` and ``bounds``.
    """
    rows = [_agreement(row, lang) for row in records(compared, "order")]
    names = ("coders", "items", "raw", "kappa", "alpha", "bounds")
    first = rows[0] if rows else [lang.phrase("none")] * len(names)
    fields = {"rows": lang.number(len(rows)), **dict(zip(names, first, strict=True))}
    heads = [Column(lang.phrase("coders"))]
    heads += [Column(lang.phrase(name), "number") for name in MEASURES]
    return Table(lang, heads, rows, fields)


def _agreement(row: Row, lang: Language) -> list[str]:
    several = len(row["coders"]) > 2
    number = lang.number(len(row["coders"]))
    named = lang.phrase("lab-all-coders", number=number) if several else lang.join(row["coders"])
    low, high = (lang.number(row[name], 2) for name in ("low", "high"))
    return [
        named,
        lang.number(int(row["items"])),
        lang.phrase("undefined") if math.isnan(row["raw"]) else lang.share(row["raw"]),
        _coefficient(row["kappa"], lang),
        _coefficient(row["alpha"], lang),
        DASH if math.isnan(row["low"]) else lang.phrase("from-to", low=low, high=high),
    ]


def _coefficient(value: float, lang: Language) -> str:
    return lang.phrase("undefined") if math.isnan(value) else lang.number(value, 2)


def lab_confusion_table(confusion: pd.DataFrame, lang: Language) -> Table:
    """Cross the published codes, in rows, with those that a class gave, in columns.

    Parameters
    ----------
    confusion : pandas.DataFrame
        As :func:`helpers.seminar.confusion` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        Its description has the fields ``codes`` (how many were given) and ``same`` (how many of
        them are as published).
    """
    labels = lang.labels("outcome_codes", "strength")
    rows_of = records(confusion, "published_order", "order")
    counts = {(row["strength"], row["code"]): int(row["count"]) for row in rows_of}
    rows = []
    for published, label in labels.items():
        given = [counts.get((published, code), 0) for code in labels]
        if any((published, code) in counts for code in labels):
            rows.append([label, *map(lang.number, given), lang.number(sum(given))])
    same = sum(count for (published, code), count in counts.items() if published == code)
    heads = [Column(lang.phrase("lab-published"))]
    heads += [Column(label, "number") for label in labels.values()]
    heads.append(Column(lang.phrase("lab-total"), "number"))
    fields = {"codes": lang.number(sum(counts.values())), "same": lang.number(same)}
    return Table(lang, heads, rows, fields)


def lab_split_table(splits: pd.DataFrame, lang: Language) -> Table:
    """List what coders differ on, the widest split first, with what there is to discuss.

    Parameters
    ----------
    splits : pandas.DataFrame
        As :func:`helpers.seminar.splits` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        Its description has the fields ``count`` and ``instructive``: on how many of them careful
        coders differed before.
    """
    labels = lang.labels("outcome_codes", "strength")
    rows = [
        [
            lang.number(int(row["order"])),
            f"{lang.pick(row, 'verb')} {lang.pick(row, 'text')}",
            lang.series(f"{labels[code]} ({lang.join(who)})" for code, who in row["given"].items()),
            labels[row["strength"]],
            lang.pick(row, "note"),
        ]
        for row in records(splits, "place")
    ]
    columns = [
        Column(lang.phrase("lab-number")),
        Column(lang.phrase("lab-outcome")),
        Column(lang.phrase("lab-given")),
        Column(lang.phrase("lab-published")),
        Column(lang.phrase("lab-discuss")),
    ]
    instructive = int(splits["instructive"].astype(bool).sum()) if len(splits) else 0
    fields = {"count": lang.number(len(rows)), "instructive": lang.number(instructive)}
    return Table(lang, columns, rows, fields)


def turned_table(turned: pd.DataFrame, lang: Language) -> Table:
    """List the conclusions that a change turns, before and after it.

    Parameters
    ----------
    turned : pandas.DataFrame
        As :func:`helpers.argument.turned` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In order. Its description has the field ``count``.
    """
    rows = [
        [
            lang.pick(row, "text"),
            _state(row, "before", "held", lang),
            _state(row, "after", "holds", lang),
            row["conclusion_id"],
        ]
        for row in records(turned, "order", "conclusion_id")
    ]
    columns = [
        Column(lang.heading("conclusions", "conclusion_id")),
        Column(lang.phrase("lab-before")),
        Column(lang.phrase("lab-after")),
        Column(lang.phrase("lab-id"), "identifier"),
    ]
    return Table(lang, columns, rows, {"count": lang.number(len(rows))})


def _state(row: Row, value: str, holds: str, lang: Language) -> str:
    number = row[value]
    unit = codes("conclusions", "measure")[row["measure"]]["unit"]
    told = lang.share(number) if unit == "share" else lang.number(number, at_most=1)
    told = lang.phrase("undefined") if math.isnan(number) else told
    return lang.phrase("lab-holds" if row[holds] else "lab-falls", value=told)
