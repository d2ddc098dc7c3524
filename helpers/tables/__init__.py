"""Tables for reading: frames and a language in, a Table out.

A function that makes one ends in ``_table``, so that its name is no chart's and no view's.
"""

from helpers.language import take_codes
from helpers.tables.base import Column, Table, citation_of
from helpers.tables.claims import claim_table, quantity_table
from helpers.tables.conclusions import conclusion_table, reliability_table
from helpers.tables.deeds import (
    replay_table,
    score_table,
    stage_coding_table,
    words_and_deeds_table,
)
from helpers.tables.evidence import (
    difference_table,
    reference_table,
    reread_table,
    verdict_table,
)
from helpers.tables.indicators import indicator_table, tariff_table
from helpers.tables.lab import (
    lab_agreement_table,
    lab_claim_table,
    lab_confusion_table,
    lab_item_table,
    lab_split_table,
    turned_table,
)
from helpers.tables.links import link_table, loose_end_table, path_table, point_table
from helpers.tables.outcomes import coding_table, outcome_table
from helpers.tables.overview import contents_table, section_table
from helpers.tables.package import package_table, rate_table
from helpers.tables.positions import position_table
from helpers.tables.promises import promise_table, promise_trail_table
from helpers.tables.relations import agreement_table, event_table
from helpers.tables.routes import length_table, meeting_table, time_table
from helpers.tables.since import later_event_table, omission_table
from helpers.tables.themes import coverage_table, delivery_table

__all__ = [
    "Column",
    "Table",
    "agreement_table",
    "citation_of",
    "claim_table",
    "coding_table",
    "conclusion_table",
    "contents_table",
    "coverage_table",
    "delivery_table",
    "difference_table",
    "event_table",
    "indicator_table",
    "lab_agreement_table",
    "lab_claim_table",
    "lab_confusion_table",
    "lab_item_table",
    "lab_split_table",
    "later_event_table",
    "length_table",
    "link_table",
    "loose_end_table",
    "meeting_table",
    "omission_table",
    "outcome_table",
    "package_table",
    "path_table",
    "point_table",
    "position_table",
    "promise_table",
    "promise_trail_table",
    "quantity_table",
    "rate_table",
    "reference_table",
    "reliability_table",
    "replay_table",
    "reread_table",
    "score_table",
    "section_table",
    "stage_coding_table",
    "tariff_table",
    "time_table",
    "turned_table",
    "verdict_table",
    "words_and_deeds_table",
]

take_codes(globals(), __all__)
