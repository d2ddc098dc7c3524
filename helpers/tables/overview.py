"""Tables that say what there is: the report in numbers, and the tables themselves."""

from __future__ import annotations

import pandas as pd

from helpers.language import Language
from helpers.tables.base import Column, Table, records

# Columns of the counts with the phrase above each.
COUNTED = {
    "passages": "passages",
    "claims": "claims-all",
    "first": "claims-first",
    "quantities": "quantities",
    "checks": "checks",
}


def section_table(counts: pd.DataFrame, lang: Language) -> Table:
    """Count passages, claims, quantities and checks in each section of the report.

    Parameters
    ----------
    counts : pandas.DataFrame
        As :func:`helpers.data.section_counts` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        One row a section, then their sum. Its description has the fields ``passages``,
        ``claims``, ``first``, ``quantities``, ``checks`` and ``checked``.
    """
    rows = [
        [lang.pick(section, "title"), *(lang.number(section[name]) for name in COUNTED)]
        for section in records(counts, "order")
    ]
    sums = {name: lang.number(counts[name].sum()) for name in [*COUNTED, "checked"]}
    if rows:
        rows.append([lang.phrase("total"), *(sums[name] for name in COUNTED)])
    columns = [Column(lang.heading("passages", "section_id"))]
    columns += [Column(lang.phrase(phrase), "number") for phrase in COUNTED.values()]
    return Table(lang, columns, rows, sums)


def contents_table(contents: pd.DataFrame, lang: Language) -> Table:
    """List the tables of the data package: name, title, rows and what they hold.

    Parameters
    ----------
    contents : pandas.DataFrame
        As :func:`helpers.data.table_list` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        Its description has the fields ``tables`` and ``rows``.
    """
    rows = [
        [
            table["table"],
            lang.pick(table, "title"),
            lang.number(table["rows"]),
            lang.pick(table, "contents"),
        ]
        for table in records(contents, "order")
    ]
    columns = [
        Column(lang.phrase("table"), "identifier"),
        Column(lang.phrase("title")),
        Column(lang.phrase("rows"), "number"),
        Column(lang.phrase("contents")),
    ]
    total = int(contents["rows"].sum())
    fields = {"tables": lang.number(len(rows)), "rows": lang.number(total)}
    return Table(lang, columns, rows, fields)
