"""Rules of indicators, of the events since the summit, and of what the report leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.data.faults import Fault
from helpers.data.known import codes_where
from helpers.data.languages import in_main
from helpers.data.rules.base import Tables, fault, rule
from helpers.data.rules.reference import unknown_in_lists
from helpers.data.schema import stored_package

BEARING = ("indicator_series", "later_events")
TWICE_SOURCED = ("checks", "later_events", "omissions")


@rule("indicator_series", "later_events", "passages")
def they_bear_on_passages(tables: Tables) -> Iterator[Fault]:
    """A series and an event name passages of the report that exist."""
    known = set(tables["passages"]["passage_id"])
    for name in BEARING:
        yield from unknown_in_lists(tables, name, "passage_ids", known, "passages.csv")


@rule("indicators")
def one_value_stands_for_its_series(tables: Tables) -> Iterator[Fault]:
    """Of one series, place, partner, item and time one value is preferred."""
    columns = (
        "series",
        "country_id",
        "partner_id",
        in_main("item"),
        "date_start",
        "date_end",
    )
    standing = codes_where("indicators", "role", stands=True)
    seen = set()
    for row, (role, *place) in tables["indicators"].rows("role", *columns):
        if role in standing and tuple(place) in seen:
            expected = "another role, as another value stands for this series, place and time"
            yield fault("indicators", row, "role", role, expected)
        if role in standing:
            seen.add(tuple(place))


@rule("indicators")
def a_computed_value_says_how(tables: Tables) -> Iterator[Fault]:
    """What the project computes is explained in the note."""
    computed = codes_where("indicators", "value_type", needs_note=True)
    for row, (origin, note) in tables["indicators"].rows("value_type", in_main("note")):
        if origin in computed and not note:
            yield fault(
                "indicators",
                row,
                in_main("note"),
                note,
                f"how it was computed, as it is {origin}",
            )


@rule("indicators")
def indicators_are_read_by_the_edition(tables: Tables) -> Iterator[Fault]:
    """No vintage is later than the edition, nor a value that stands for its series."""
    edition = _edition()
    standing = codes_where("indicators", "role", stands=True)
    for row, (start, vintage, role) in tables["indicators"].rows("date_start", "vintage", "role"):
        if vintage > edition:
            yield fault("indicators", row, "vintage", vintage, f"{edition} or earlier")
        if start > edition and role in standing:
            expected = f"{edition} or earlier, or another role than {role}"
            yield fault("indicators", row, "date_start", start, expected)


@rule("indicators", "later_events")
def spans_end_after_they_begin(tables: Tables) -> Iterator[Fault]:
    """The last day of a span is not before its first, and has a first."""
    for name in ("indicators", "later_events"):
        for row, (start, end) in tables[name].rows("date_start", "date_end"):
            if end and end < start:
                yield fault(name, row, "date_end", end, f"{start} or later")
            elif end and not start:
                yield fault(name, row, "date_start", start, "a first day, as there is a last one")


@rule("later_events", "events")
def later_events_lie_between_event_and_edition(tables: Tables) -> Iterator[Fault]:
    """What has happened lies after the event of the report and not after the edition."""
    edition, event = _edition(), stored_package().get("subject", {}).get("event")
    days = dict(zip(tables["events"]["event_id"], tables["events"]["date_start"], strict=True))
    summit = days.get(event, "")
    for row, (start, expected) in tables["later_events"].rows("date_start", "expected"):
        if start and start <= summit:
            yield fault("later_events", row, "date_start", start, f"a day after {summit}")
        if expected == "false" and start > edition:
            wanted = f"{edition} or earlier, as it is not expected"
            yield fault("later_events", row, "date_start", start, wanted)
        if expected == "false" and not start:
            yield fault("later_events", row, "date_start", start, "a date, as it is not expected")


@rule("checks", "later_events", "omissions")
def a_second_source_is_another(tables: Tables) -> Iterator[Fault]:
    """Two readings are of two sources."""
    for name in TWICE_SOURCED:
        for row, (one, other) in tables[name].rows("source_id", "second_source_id"):
            if other and other == one:
                yield fault(name, row, "second_source_id", other, f"another source than {one}")


def _edition() -> str:
    """Return the day up to which sources were read."""
    return str(stored_package().get("edition", ""))
