"""Tables for reading: one function a table, a DataFrame and a language in, a Table out."""

from helpers.tables.base import Table, source_label
from helpers.tables.context import (
    agreement_accounts,
    claims,
    points,
    quantities,
    timeline_dates,
)
from helpers.tables.overview import contents, sections
from helpers.tables.reasoning import (
    attention_and_delivery,
    coding,
    link_list,
    loose_ends,
    outcomes,
    package,
    path_counts,
    positions,
    rates,
    stage_themes,
)

__all__ = [
    "Table",
    "agreement_accounts",
    "attention_and_delivery",
    "claims",
    "coding",
    "contents",
    "link_list",
    "loose_ends",
    "outcomes",
    "package",
    "path_counts",
    "points",
    "positions",
    "quantities",
    "rates",
    "sections",
    "source_label",
    "stage_themes",
    "timeline_dates",
]
