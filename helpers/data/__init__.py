"""Tables of the project: load one typed by its schema, check them all.

>>> from helpers.data import load
>>> load("countries").dtypes["order"]
Int64Dtype()
"""

from helpers.data.faults import DataError, Fault
from helpers.data.known import (
    codes_where,
    refuse_unknown,
    refuse_unknown_stages,
    subject,
)
from helpers.data.schema import codes, data_folder, fields, resource, table_names
from helpers.data.tables import in_reading_order, load, tracing
from helpers.data.validation import validate
from helpers.data.views import (
    BaseMap,
    agreement_ladder,
    all_codes,
    base_map,
    coded_outcomes,
    codings,
    indicators_about,
    judged_claims,
    judged_quantities,
    links,
    map_places,
    meetings,
    package_accounts,
    package_rates,
    point_theme_weights,
    positions,
    reference_rates,
    relations_events,
    repeated_sums,
    route_legs,
    section_counts,
    source_ids,
    speaking_checks,
    stated_lengths,
    stated_times,
    summit_day,
    table_list,
    theme_words,
)
from helpers.data.what_if import what_if

__all__ = [
    "BaseMap",
    "DataError",
    "Fault",
    "agreement_ladder",
    "all_codes",
    "base_map",
    "coded_outcomes",
    "codes",
    "codes_where",
    "codings",
    "data_folder",
    "fields",
    "in_reading_order",
    "indicators_about",
    "judged_claims",
    "judged_quantities",
    "links",
    "load",
    "map_places",
    "meetings",
    "package_accounts",
    "package_rates",
    "point_theme_weights",
    "positions",
    "reference_rates",
    "refuse_unknown",
    "refuse_unknown_stages",
    "relations_events",
    "repeated_sums",
    "resource",
    "route_legs",
    "section_counts",
    "source_ids",
    "speaking_checks",
    "stated_lengths",
    "stated_times",
    "subject",
    "summit_day",
    "table_list",
    "table_names",
    "theme_words",
    "tracing",
    "validate",
    "what_if",
]
