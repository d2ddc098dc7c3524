"""What there is: the report in numbers, and the tables themselves."""

from __future__ import annotations

import pandas as pd

from helpers.data.languages import LOCALES, in_each, schema_part
from helpers.data.schema import package
from helpers.data.tables import load


def section_counts() -> pd.DataFrame:
    """Count what each section of the report holds.

    Returns
    -------
    pandas.DataFrame
        One row a section, in order: ``section_id``, ``order``, ``title_*``, and the numbers of its
        ``passages``, ``claims``, ``first`` (claims that repeat none), ``quantities``, ``checks``
        and ``checked`` (claims with a check).

    Examples
    --------
    >>> section_counts()["section_id"].iloc[0]
    'abstract_ar'
    """
    sections = load("sections").sort_values("order", ignore_index=True)
    passages = load("passages")[["passage_id", "section_id"]]
    claims = load("claims").merge(passages, on="passage_id", validate="m:1")
    placed = claims[["claim_id", "section_id"]]
    checks = load("checks").merge(placed, on="claim_id", validate="m:1")
    counted = {
        "passages": passages,
        "claims": claims,
        "first": claims[claims["same_as"].isna()],
        "quantities": load("quantities").merge(placed, on="claim_id", validate="m:1"),
        "checks": checks,
        "checked": checks.drop_duplicates("claim_id"),
    }
    for name, table in counted.items():
        counts = table["section_id"].value_counts()
        sections[name] = sections["section_id"].map(counts).fillna(0).astype("Int64")
    return sections


def table_list() -> pd.DataFrame:
    """List the tables of the data package in the order of the schema.

    Returns
    -------
    pandas.DataFrame
        One row a table: ``table``, ``order``, ``title_*``, ``contents_*`` and ``rows``.

    Examples
    --------
    >>> table_list()["table"].iloc[0]
    'sections'
    """
    columns = ["table", "order", *in_each("title", "contents"), "rows"]
    stems = ("title", "description")
    rows = [
        (
            entry["name"],
            order,
            *(entry[schema_part(stem, code)] for stem in stems for code in LOCALES),
            len(load(entry["name"])),
        )
        for order, entry in enumerate(package()["resources"], start=1)
    ]
    return pd.DataFrame(rows, columns=columns)
