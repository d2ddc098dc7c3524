"""Rules of the tables in ``data/evidence/``: what others say, and what happened since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from helpers.data.faults import Fault
from helpers.data.known import codes_where
from helpers.data.rules.base import Tables, fault, first_by, rule
from helpers.data.rules.report import prefix_faults, shared_places


@rule("checks")
def check_ids_begin_with_their_claim(tables: Tables) -> Iterator[Fault]:
    """A check id is that of its claim with a number."""
    yield from prefix_faults(tables, "checks", "check_id", "claim_id")


@rule("checks")
def one_check_speaks_for_a_claim(tables: Tables) -> Iterator[Fault]:
    """Of several checks of a claim one has the last word.

    The later one speaks, of those of one day the one that is trusted more. Two that are alike in
    both and come to different results leave the claim without a verdict.
    """
    results = defaultdict(list)
    columns = ("claim_id", "checked_on", "confidence", "verdict", "checked_value")
    for row, (claim, day, confidence, *result) in tables["checks"].rows(*columns):
        results[claim, day, confidence].append((row, result))
    for _, checks in results.items():
        (_, first), *others = checks
        for row, result in others:
            if result != first:
                expected = (
                    f"{' '.join(first).strip()}, as another check of the claim of this day and"
                    " confidence has; or another day or confidence"
                )
                yield fault("checks", row, "verdict", " ".join(result).strip(), expected)


@rule("claims", "checks")
def verdicts_follow_what_is_checkable(tables: Tables) -> Iterator[Fault]:
    """What no record could settle has no other verdict than that."""
    beyond = codes_where("checks", "verdict", beyond_checks=True)
    checkable = first_by(tables["claims"], "claim_id", "checkable")
    for row, (claim, verdict) in tables["checks"].rows("claim_id", "verdict"):
        if checkable.get(claim) == "false" and verdict not in beyond:
            expected = f"{' or '.join(beyond)}, as the claim is not checkable"
            yield fault("checks", row, "verdict", verdict, expected)
        if checkable.get(claim) == "true" and verdict in beyond:
            yield fault("checks", row, "verdict", verdict, "a finding, as the claim is checkable")


@rule("checks")
def only_what_differs_has_an_origin(tables: Tables) -> Iterator[Fault]:
    """An origin says how a difference came in; a claim that does not differ has none."""
    differing = codes_where("checks", "verdict", differs=True)
    for row, (verdict, origin) in tables["checks"].rows("verdict", "origin"):
        if origin and verdict not in differing:
            expected = f"no origin under {verdict}; it goes with {' or '.join(differing)}"
            yield fault("checks", row, "origin", origin, expected)


@rule("checks", "claim_references")
def what_a_reference_led_to_is_tied_to_it(tables: Tables) -> Iterator[Fault]:
    """A difference is laid to a reference of the report only where a row ties the claim to one."""
    tied = set(tables["claim_references"]["claim_id"])
    led = codes_where("checks", "origin", in_references=True)
    for row, (claim, origin) in tables["checks"].rows("claim_id", "origin"):
        if origin in led and claim not in tied:
            expected = "another origin, or a row of claim_references that names the reference"
            yield fault("checks", row, "origin", origin, expected)


@rule("rereads")
def reread_ids_begin_with_their_row(tables: Tables) -> Iterator[Fault]:
    """The id of a re-reading is that of its check or event with a number."""
    for row, (value, check, event) in tables["rereads"].rows("reread_id", "check_id", "event_id"):
        if value.rpartition("-")[0] != (check or event):
            expected = f"{check or event} with its own ending"
            yield fault("rereads", row, "reread_id", value, expected)


@rule("rereads")
def what_was_not_read_has_no_verdict(tables: Tables) -> Iterator[Fault]:
    """A check whose source was had has a verdict given blind; nothing else has."""
    had = codes_where("rereads", "had", needs=["alike", "outcome"])
    columns = ("object", "had", "verdict", "confidence")
    for row, (what, source, *given) in tables["rereads"].rows(*columns):
        wanted = what == "check" and source in had
        for field, cell in zip(columns[2:], given, strict=True):
            if wanted != bool(cell):
                expected = "a code" if wanted else "nothing, as no check was read"
                yield fault("rereads", row, field, cell, expected)


@rule("indicator_series")
def series_have_their_own_place(tables: Tables) -> Iterator[Fault]:
    """No two series of a topic share an order."""
    expected = "an order used once in a topic"
    yield from shared_places(tables, "indicator_series", ("topic", "order"), expected)
