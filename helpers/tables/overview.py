"""Tables that say what there is: the report in numbers, and the tables themselves."""

from __future__ import annotations

import pandas as pd

from helpers.data import load
from helpers.data.schema import package
from helpers.language import Language
from helpers.tables.base import Table


def sections(lang: Language) -> Table:
    """Count passages, claims, quantities and checks in each section of the report.

    Parameters
    ----------
    lang : Language
        Language of the table.
    """
    order = load("sections").sort_values("order")
    passages = load("passages")
    section_of = passages.set_index("passage_id")["section_id"]
    claims = load("claims")
    claims["section_id"] = claims["passage_id"].map(section_of)
    own = claims[claims["same_as"].isna()]
    quantities = load("quantities").merge(claims[["claim_id", "section_id"]], on="claim_id")
    checks = load("checks").merge(claims[["claim_id", "section_id"]], on="claim_id")
    counted = {
        "passages": passages,
        "claims-all": claims,
        "claims-first": own,
        "quantities": quantities,
        "checks": checks,
    }
    counts = {name: table["section_id"].value_counts() for name, table in counted.items()}
    rows = [
        [section[lang.column("title")]]
        + [lang.number(int(count.get(section["section_id"], 0))) for count in counts.values()]
        for section in order.to_dict("records")
    ]
    totals = [lang.number(int(count.sum())) for count in counts.values()]
    rows.append([lang.phrase("total"), *totals])
    headings = [lang.heading("passages", "section_id"), *(lang.phrase(name) for name in counts)]
    fields = dict(zip(("passages", "claims", "first", "quantities", "checks"), totals, strict=True))
    return Table(lang, headings, rows, description_fields=fields)


def contents(lang: Language) -> Table:
    """List the tables of the data package: name, title, rows and what they hold.

    Parameters
    ----------
    lang : Language
        Language of the table.
    """
    title = "title" if lang.code == "en" else f"title_{lang.code}"
    description = "description" if lang.code == "en" else f"description_{lang.code}"
    entries = package()["resources"]
    rows = [
        [entry["name"], entry[title], lang.number(len(load(entry["name"]))), entry[description]]
        for entry in entries
    ]
    headings = [lang.phrase(name) for name in ("table", "title", "rows", "contents")]
    total = sum(len(load(entry["name"])) for entry in entries)
    fields = {"tables": lang.number(len(entries)), "rows": lang.number(total)}
    return Table(lang, headings, rows, codes=frozenset({0}), description_fields=fields)


def titles_of(ids: list[str], lang: Language) -> str:
    """Return the titles of points, joined to a list in words."""
    if not ids:
        return lang.phrase("none")
    titles: pd.Series = load("points").set_index("point_id")[lang.column("title")]
    return lang.join(titles[ids])
