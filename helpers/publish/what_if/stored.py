"""What the script of the page reads: the coded report as it is published, ids and numbers alone."""

from __future__ import annotations

from typing import Any

from helpers.argument import attention_stages, delivering_stage, published, questions, stage_order
from helpers.argument.material import Material
from helpers.argument.measures import ALL, TIE
from helpers.data import codes, codes_where, load
from helpers.errors import BuildError
from helpers.publish.entries.rows import rows
from helpers.publish.what_if.shown import bases

# Stands in addresses between the parts of a change, so that no id may hold it.
BETWEEN = "_"


class WhatIfError(BuildError):
    """An id cannot stand in the address of the page; the message names it."""


def stored() -> dict[str, Any]:
    """Return the report for ``book/static/argument.js``, as JSON knows it.

    Raises
    ------
    WhatIfError
        If an id of a point, theme or outcome holds what parts them in addresses.
    """
    report = published()
    _refuse_parted([*report.stages, *report.themes, *(item.item_id for item in report.outcomes)])
    return {**_rules(), **_coded(report), "conclusions": _conclusions()}


def _rules() -> dict[str, Any]:
    relations = codes("argument_links", "relation")
    return {
        "attention": attention_stages(),
        "bases": bases(),
        "delivering": delivering_stage(),
        "every": ALL,
        "pairs": {name: code["pairs"] for name, code in relations.items()},
        "questions": questions(),
        "stages": list(stage_order()),
        "stated": codes_where("argument_links", "basis", in_report=True),
        "strengths": list(codes("outcome_codes", "strength")),
        "tie": TIE,
    }


def _coded(report: Material) -> dict[str, Any]:
    return {
        "points": report.stages,
        "themes": report.themes,
        "links": report.links,
        "weights": [(row.point_id, row.theme_id, row.weight) for row in report.weights],
        "outcomes": [(item.item_id, item.theme_id, item.strength) for item in report.outcomes],
        "positions": report.positions,
    }


def _conclusions() -> list[dict[str, Any]]:
    return [
        {
            "id": row["conclusion_id"],
            "measure": row["measure"],
            "subject": row["subject"].split(),
            "comparison": row["comparison"],
            "threshold": row["threshold"],
        }
        for row in rows(load("conclusions"))
    ]


def _refuse_parted(names: list[str]) -> None:
    for name in names:
        if BETWEEN in name:
            raise WhatIfError(f"id {name!r}: {BETWEEN!r} parts ids in addresses of the page")
