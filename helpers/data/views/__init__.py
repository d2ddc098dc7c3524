"""Joins by subject: tidy frames, with their words, that charts and tables are made from."""

from helpers.data.views.checking import (
    checked_claims,
    differences,
    passage_verdicts,
    reread_counts,
    standings,
    verdict_counts,
)
from helpers.data.views.coding import all_codes, coder_sets, stage_codes
from helpers.data.views.common import theme_words
from helpers.data.views.evidence import (
    judged_claims,
    judged_quantities,
    references,
    source_ids,
    speaking_checks,
)
from helpers.data.views.goals import positions
from helpers.data.views.indicators import (
    changes,
    drawn_values,
    indicator_values,
    indicators_about,
    latest,
)
from helpers.data.views.lab import lab_claims, lab_items, lab_sources
from helpers.data.views.outcomes import (
    coded_outcomes,
    coding_passes,
    codings,
    package_accounts,
    package_rates,
    reference_rates,
    repeated_sums,
)
from helpers.data.views.overview import section_counts, table_list
from helpers.data.views.promises import edition_day, promise_events, promises, stages
from helpers.data.views.reasoning import links, point_theme_weights
from helpers.data.views.relations import agreement_ladder, relations_events, summit_day
from helpers.data.views.routes import (
    BaseMap,
    base_map,
    map_places,
    meetings,
    route_legs,
    stated_lengths,
    stated_times,
)
from helpers.data.views.since import later_events, omissions

__all__ = [
    "BaseMap",
    "agreement_ladder",
    "all_codes",
    "base_map",
    "changes",
    "checked_claims",
    "coded_outcomes",
    "coder_sets",
    "coding_passes",
    "codings",
    "differences",
    "drawn_values",
    "edition_day",
    "indicator_values",
    "indicators_about",
    "judged_claims",
    "judged_quantities",
    "lab_claims",
    "lab_items",
    "lab_sources",
    "later_events",
    "latest",
    "links",
    "map_places",
    "meetings",
    "omissions",
    "package_accounts",
    "package_rates",
    "passage_verdicts",
    "point_theme_weights",
    "positions",
    "promise_events",
    "promises",
    "reference_rates",
    "references",
    "relations_events",
    "repeated_sums",
    "reread_counts",
    "route_legs",
    "section_counts",
    "source_ids",
    "speaking_checks",
    "stage_codes",
    "stages",
    "standings",
    "stated_lengths",
    "stated_times",
    "summit_day",
    "table_list",
    "theme_words",
    "verdict_counts",
]
