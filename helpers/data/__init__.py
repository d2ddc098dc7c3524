"""Tables of the project: load one typed by its schema, check them all.

>>> from helpers.data import load
>>> load("countries").dtypes["order"]
Int64Dtype()
"""

from helpers.data.faults import DataError, Fault
from helpers.data.known import refuse_unknown, refuse_unknown_stages, themes
from helpers.data.schema import codes, data_folder, fields, resource, table_names
from helpers.data.tables import in_reading_order, load, tracing
from helpers.data.validation import validate
from helpers.data.views import (
    agreement_ladder,
    coded_outcomes,
    judged_claims,
    judged_quantities,
    package_accounts,
    package_rates,
    point_theme_weights,
    positions,
    relations_events,
    source_ids,
    summit_day,
)
from helpers.data.what_if import what_if

__all__ = [
    "DataError",
    "Fault",
    "agreement_ladder",
    "coded_outcomes",
    "codes",
    "data_folder",
    "fields",
    "in_reading_order",
    "judged_claims",
    "judged_quantities",
    "load",
    "package_accounts",
    "package_rates",
    "point_theme_weights",
    "positions",
    "refuse_unknown",
    "refuse_unknown_stages",
    "relations_events",
    "resource",
    "source_ids",
    "summit_day",
    "table_names",
    "themes",
    "tracing",
    "validate",
    "what_if",
]
