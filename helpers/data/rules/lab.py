"""Rules of the seminar: what students code and check can be answered from the tables."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.data.faults import Fault
from helpers.data.rules.base import Tables, fault, rule
from helpers.data.rules.reference import unknown_in_lists

CODED = "strength"


@rule("lab_items", "codebook")
def lab_items_name_rules_of_their_codebook(tables: Tables) -> Iterator[Fault]:
    """An item of the coding lab names rules of the codebook for what is coded."""
    rules = tables["codebook"].rows("rule_id", "object")
    known = {name for _, (name, coded) in rules if coded == CODED}
    yield from unknown_in_lists(tables, "lab_items", "rule_ids", known, f"rules of {CODED}")


@rule("lab_claims", "checks")
def lab_claims_have_a_check(tables: Tables) -> Iterator[Fault]:
    """A claim that students check has been checked, so that they can be answered."""
    checked = set(tables["checks"]["claim_id"])
    for row, (claim,) in tables["lab_claims"].rows("claim_id"):
        if claim not in checked:
            yield fault("lab_claims", row, "claim_id", claim, "a claim with a row in checks.csv")
