"""Rules of the promises: what is dated, staged and sourced so that their state can be derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.data.faults import Fault
from helpers.data.known import codes_where
from helpers.data.languages import in_main
from helpers.data.rules.base import Tables, fault, first_by, rule
from helpers.data.rules.report import LAST_DAY, shared_places
from helpers.data.schema import stored_codes, stored_package

STANDINGS = ("partial", "kept")


def last_possible(date: str, precision: str) -> str:
    """Return the last day that a date may mean, as text that compares with dates.

    Examples
    --------
    >>> last_possible("2025-11-01", "month")
    '2025-11-31'
    >>> last_possible("2025-01-01", "year"), last_possible("2025-04-04", "day")
    ('2025-12-31', '2025-04-04')
    """
    end = LAST_DAY.get(precision, "")
    return date[: len(date) - len(end)] + end


@rule("commitments", "commitment_events")
def events_begin_with_their_promise(tables: Tables) -> Iterator[Fault]:
    """An event id is that of its promise with a date; a promise has an event."""
    for row, (event, promise) in tables["commitment_events"].rows("event_id", "commitment_id"):
        if not event.startswith(f"{promise}-"):
            expected = f"{promise} with its own ending"
            yield fault("commitment_events", row, "event_id", event, expected)
    told = set(tables["commitment_events"]["commitment_id"])
    for row, (promise,) in tables["commitments"].rows("commitment_id"):
        if promise not in told:
            expected = "an event in commitment_events.csv"
            yield fault("commitments", row, "commitment_id", promise, expected)


@rule("commitments", "commitment_events")
def events_are_on_their_side_of_the_promise(tables: Tables) -> Iterator[Fault]:
    """What was before the promise is background, and nothing else is."""
    promised = first_by(tables["commitments"], "commitment_id", "promised_on")
    columns = ("commitment_id", "date", "precision", "role")
    for row, (promise, date, precision, role) in tables["commitment_events"].rows(*columns):
        day = promised.get(promise, "")
        if role == "background" and day and date >= day:
            expected = f"a day before {day}, when it was promised, as it is background"
            yield fault("commitment_events", row, "date", date, expected)
        elif role != "background" and day and last_possible(date, precision) < day:
            expected = f"{day} or later, as it was promised then; or the role background"
            yield fault("commitment_events", row, "date", date, expected)


@rule("commitment_events")
def events_are_not_of_the_future(tables: Tables) -> Iterator[Fault]:
    """Nothing is dated after the edition of the data, or recorded before it happened."""
    edition = str(stored_package().get("edition", ""))
    for row, (date, recorded) in tables["commitment_events"].rows("date", "recorded_on"):
        if edition and date > edition:
            expected = f"{edition} or earlier, the edition of the data"
            yield fault("commitment_events", row, "date", date, expected)
        elif recorded and date > recorded:
            yield fault("commitment_events", row, "recorded_on", recorded, f"{date} or later")


@rule("commitments")
def deadlines_follow_their_promise(tables: Tables) -> Iterator[Fault]:
    """A deadline does not end before the promise."""
    columns = ("promised_on", "deadline", "deadline_precision")
    for row, (promised, deadline, precision) in tables["commitments"].rows(*columns):
        if deadline and last_possible(deadline, precision) < promised:
            expected = f"{promised} or later, as it was promised then"
            yield fault("commitments", row, "deadline", deadline, expected)


@rule("commitments", "commitment_stages", "commitment_events", "commitment_codes")
def stages_are_of_their_own_ladder(tables: Tables) -> Iterator[Fault]:
    """A stage of a promise stands on the ladder of its kind."""
    kinds = first_by(tables["commitments"], "commitment_id", "kind")
    ladders = first_by(tables["commitment_stages"], "stage_id", "kind")
    for table, field in (
        ("commitments", "kept_at"),
        ("commitment_events", "stage_id"),
        ("commitment_codes", "stage_id"),
    ):
        for row, (promise, stage) in tables[table].rows("commitment_id", field):
            kind = kinds.get(promise)
            if kind and stage in ladders and ladders[stage] != kind:
                yield fault(table, row, field, stage, f"a stage of the ladder of {kind}")


@rule("commitments", "commitment_stages")
def promises_are_kept_at_a_stage_that_counts(tables: Tables) -> Iterator[Fault]:
    """A promise is not kept by words alone, nor by being broken."""
    standings = first_by(tables["commitment_stages"], "stage_id", "standing")
    for row, (stage,) in tables["commitments"].rows("kept_at"):
        if stage in standings and standings[stage] not in STANDINGS:
            expected = f"a stage whose standing is {' or '.join(STANDINGS)}"
            yield fault("commitments", row, "kept_at", stage, expected)


@rule("commitment_stages")
def stages_have_their_own_place(tables: Tables) -> Iterator[Fault]:
    """No two stages of a ladder share an order."""
    expected = "an order used once on a ladder"
    yield from shared_places(tables, "commitment_stages", ("kind", "order"), expected)


@rule("commitment_events")
def searches_reach_no_stage(tables: Tables) -> Iterator[Fault]:
    """What was not found moves nothing."""
    for row, (role, stage) in tables["commitment_events"].rows("role", "stage_id"):
        if role == "search" and stage:
            expected = "nothing, as a search that found nothing moves nothing"
            yield fault("commitment_events", row, "stage_id", stage, expected)


@rule("commitment_stages", "commitment_events")
def stages_go_back_with_a_note(tables: Tables) -> Iterator[Fault]:
    """A stage below one that was reached before says why."""
    for trail in _trails(tables).values():
        highest = 0
        for step in trail:
            if step.order < highest and not step.noted:
                expected = "a stage that was not passed before, or a note that says why"
                yield fault("commitment_events", step.row, "stage_id", step.stage, expected)
            highest = step.order if step.noted else max(highest, step.order)


@rule("commitments", "commitment_stages", "commitment_events", "commitment_codes")
def stages_are_those_of_the_passes_or_settled(tables: Tables) -> Iterator[Fault]:
    """What the passes read shows the stage that they agree on; another is settled, with a reason.

    They read the events recorded until a day. What was corrected later counts as it stands now, and
    a stage that no pass found is settled by such a correction alone. New events move stages freely.
    """
    given, places = _stage_codes(tables)
    passes = codes_where("commitment_codes", "coder", role="pass")
    (settler,) = codes_where("commitment_codes", "coder", role="published")
    until = min(stored_codes("commitment_codes", "coder")[coder]["read_until"] for coder in passes)
    corrected = {promise for promise, wrong in _corrections(tables) if wrong}
    for promise, trail in _trails(tables, until).items():
        found = {given[promise][coder] for coder in passes if coder in given[promise]}
        reached, settled = _reached(trail), given[promise].get(settler, "")
        if found and reached not in found and promise not in corrected:
            expected = f"a stage that a pass found for {promise}: {', '.join(sorted(found))}"
            expected += f"; or an event recorded after {until}, or a correction"
            yield fault("commitment_events", trail[-1].row, "stage_id", reached, expected)
        elif found and settled != ("" if found == {reached} else reached):
            needed = f"{reached}, as the passes found {', '.join(sorted(found))}"
            expected = "nothing, as the passes agree" if found == {reached} else needed
            place = places.get(promise, 0)
            yield fault("commitment_codes", place, "stage_id", f"{promise}: {settled}", expected)


@rule("commitment_codes")
def settled_stages_have_a_reason(tables: Tables) -> Iterator[Fault]:
    """Nothing is settled without saying why."""
    published = codes_where("commitment_codes", "coder", role="published")
    for row, (coder, reason) in tables["commitment_codes"].rows("coder", in_main("reason")):
        if coder in published and not reason:
            yield fault(
                "commitment_codes",
                row,
                in_main("reason"),
                reason,
                "why it was settled so",
            )


def _stage_codes(tables: Tables) -> tuple[dict[str, dict[str, str]], dict[str, int]]:
    """Return the stages that coders gave by promise, and the last row of each promise."""
    given: defaultdict[str, dict[str, str]] = defaultdict(dict)
    places: dict[str, int] = {}
    columns = ("commitment_id", "coder", "stage_id")
    for row, (promise, coder, stage) in tables["commitment_codes"].rows(*columns):
        given[promise][coder] = stage
        places[promise] = row
    return given, places


def _corrections(tables: Tables) -> list[tuple[str, str]]:
    columns = ("commitment_id", "corrects")
    return [(promise, wrong) for _, (promise, wrong) in tables["commitment_events"].rows(*columns)]


@dataclass(frozen=True, order=True)
class _Step:
    """An event that shows a stage, in the order of time."""

    day: str
    order: int
    row: int
    stage: str
    noted: bool


def _trails(tables: Tables, until: str = "") -> dict[str, list[_Step]]:
    """Return the events that show a stage and count, by promise, in order of time.

    With a day, those alone that were recorded by it, as they stand corrected.
    """
    orders = _orders(tables)
    replaced = set(tables["commitment_events"]["corrects"])
    weak = codes_where("commitment_events", "confidence", weak=True)
    about = {
        name: first_by(tables["commitment_events"], "event_id", name)
        for name in ("commitment_id", "recorded_on", "corrects", in_main("note"))
    }
    trails: defaultdict[str, list[_Step]] = defaultdict(list)
    columns = ("event_id", "date", "precision", "stage_id", "confidence")
    for row, (event, date, exact, stage, sure) in tables["commitment_events"].rows(*columns):
        new = until and about["recorded_on"][event] > until and not about["corrects"].get(event)
        if stage in orders and sure not in weak and event not in replaced and not new:
            day, noted = (
                last_possible(date, exact),
                bool(about[in_main("note")].get(event)),
            )
            step = _Step(day, orders[stage], row, stage, noted)
            trails[about["commitment_id"][event]].append(step)
    return {promise: sorted(trail) for promise, trail in trails.items()}


def _reached(trail: list[_Step]) -> str:
    """Return the furthest stage of a trail, unless a later step takes it back with a note."""
    reached = trail[0]
    for step in trail[1:]:
        if step.order >= reached.order or step.noted:
            reached = step
    return reached.stage


def _orders(tables: Tables) -> dict[str, int]:
    """Return the places of stages on their ladders; one that is no number is named elsewhere."""
    orders = first_by(tables["commitment_stages"], "stage_id", "order")
    return {stage: int(order) for stage, order in orders.items() if order.isdecimal()}


@rule("commitment_events")
def corrections_replace_an_earlier_row(tables: Tables) -> Iterator[Fault]:
    """A correction names another row of its promise, recorded no later, that no other replaces."""
    columns = ("event_id", "commitment_id", "recorded_on", "corrects")
    promises = first_by(tables["commitment_events"], "event_id", "commitment_id")
    recorded = first_by(tables["commitment_events"], "event_id", "recorded_on")
    taken: set[str] = set()
    for row, (event, promise, day, wrong) in tables["commitment_events"].rows(*columns):
        if not wrong or wrong not in promises:
            continue
        if wrong == event or promises[wrong] != promise or recorded[wrong] > day or wrong in taken:
            expected = "an earlier row of the same promise that no other row corrects"
            yield fault("commitment_events", row, "corrects", wrong, expected)
        taken.add(wrong)


@rule("commitment_events")
def two_sources_are_two(tables: Tables) -> Iterator[Fault]:
    """A second source is another one."""
    for row, (one, other) in tables["commitment_events"].rows("source_id", "second_source_id"):
        if other and other == one:
            expected = "another source than the first"
            yield fault("commitment_events", row, "second_source_id", other, expected)
