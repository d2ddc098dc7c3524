"""Rules of the tables in ``data/report/``: what the report says, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from helpers.data.cells import is_of_type
from helpers.data.faults import Fault
from helpers.data.known import codes_where
from helpers.data.languages import in_main
from helpers.data.rules.base import Tables, fault, first_by, rule
from helpers.data.schema import stored_codes

LAST_DAY = {"day": "", "month": "-31", "year": "-12-31"}
WEIGHT_TOLERANCE = 0.005
NUMBER = {"type": "number"}


@rule("passages", "claims")
def passages_have_claims(tables: Tables) -> Iterator[Fault]:
    """A passage that states something has a claim, a heading or reference has none."""
    claimed = set(tables["claims"]["passage_id"])
    for row, (passage, states) in tables["passages"].rows("passage_id", "states"):
        if (states == "true") != (passage in claimed):
            expected = "a claim in claims.csv" if states == "true" else "no claim in claims.csv"
            yield fault("passages", row, "states", f"{passage}: {states}", expected)


@rule("passages")
def passage_ids_are_locators(tables: Tables) -> Iterator[Fault]:
    """A passage id is made of section, paragraph and sentence."""
    parts = ("section_id", "paragraph", "sentence")
    for row, (passage, *place) in tables["passages"].rows("passage_id", *parts):
        if passage != ".".join(place):
            yield fault("passages", row, "passage_id", passage, ".".join(place))


@rule("claims")
def claim_ids_begin_with_their_passage(tables: Tables) -> Iterator[Fault]:
    """A claim id is that of its passage with a letter."""
    yield from prefix_faults(tables, "claims", "claim_id", "passage_id")


@rule("quantities")
def quantity_ids_begin_with_their_claim(tables: Tables) -> Iterator[Fault]:
    """A quantity id is that of its claim with a number."""
    yield from prefix_faults(tables, "quantities", "quantity_id", "claim_id")


def prefix_faults(tables: Tables, name: str, field: str, parent: str) -> Iterator[Fault]:
    """Name the ids that are built on another and do not begin with it."""
    for row, (value, owner) in tables[name].rows(field, parent):
        if value.rpartition("-")[0] != owner:
            yield fault(name, row, field, value, f"{owner} with its own ending")


@rule("claims")
def repeats_agree_in_kind(tables: Tables) -> Iterator[Fault]:
    """A repeated claim is of the kind of its first occurrence and as checkable."""
    for field in ("kind", "checkable"):
        first = first_by(tables["claims"], "claim_id", field)
        for row, (repeated, cell) in tables["claims"].rows("same_as", field):
            if cell != first.get(repeated, cell):
                yield fault("claims", row, field, cell, f"{first[repeated]}, as same_as has")


@rule("quantities")
def quantities_are_complete(tables: Tables) -> Iterator[Fault]:
    """A stated quantity has a value or a range; money has a currency and nothing else has."""
    money = codes_where("quantities", "unit", money=True)
    columns = ("value", "value_low", "value_high", "value_status", "unit", "currency")
    for row, cells in tables["quantities"].rows(*columns):
        value, low, high, status, unit, currency = cells
        for field, wrong, expected in (
            *_value_faults(value, low, high, status),
            *_unit_faults(bool(value or (low and high)), unit, currency, unit in money),
        ):
            yield fault("quantities", row, field, wrong, expected)


def _value_faults(value: str, low: str, high: str, status: str) -> Iterator[tuple[str, str, str]]:
    if status == "stated" and not (value or (low and high)):
        yield "value", "", "a value or a range, as it is stated"
    if status == "not_stated" and (value or low or high):
        yield "value_status", "not_stated", "stated, as a value stands"
    if value and (low or high):
        yield "value", value, "a value or a range, not both"
    if low and high and not _ascending(low, high):
        yield "value_low", low, f"less than {high}"


def _unit_faults(
    given: bool, unit: str, currency: str, is_money: bool
) -> Iterator[tuple[str, str, str]]:
    if given and not unit:
        yield "unit", "", "a unit, as a value is given"
    if is_money and not currency:
        yield "currency", "", "a currency, as the unit is money"
    if currency and not is_money:
        yield "currency", currency, "no currency, as the unit is not money"


def _ascending(low: str, high: str) -> bool:
    """Tell whether a range rises; ends that are no numbers are named as such."""
    if not (is_of_type(low, NUMBER) and is_of_type(high, NUMBER)):
        return True
    return float(low) < float(high)


@rule("events")
def events_end_after_they_start(tables: Tables) -> Iterator[Fault]:
    """An event does not end before it starts."""
    for row, (start, end) in tables["events"].rows("date_start", "date_end"):
        if end and end < start:
            yield fault("events", row, "date_end", end, f"{start} or later")


@rule("agreement_stages")
def stages_come_in_order(tables: Tables) -> Iterator[Fault]:
    """By one account, a later stage of an agreement is not dated before an earlier one."""
    rank = {stage: n for n, stage in enumerate(stored_codes("agreement_stages", "stage"))}
    accounts = defaultdict(list)
    columns = ("agreement_id", "said_by", "stage", "date", "precision")
    for row, (agreement, by, stage, date, precision) in tables["agreement_stages"].rows(*columns):
        if date and stage in rank:
            accounts[agreement, by].append((rank[stage], row, date, precision))
    for _, account in sorted(accounts.items()):
        latest = ""
        for _, row, date, precision in sorted(account):
            if last_day(date, precision) < latest:
                expected = f"{latest} or later, the date of an earlier stage"
                yield fault("agreement_stages", row, "date", date, expected)
            latest = max(latest, date)


def last_day(date: str, precision: str) -> str:
    """Return the last day that a date may mean, for comparison only.

    Examples
    --------
    >>> last_day("2025-03-01", "month")
    '2025-03-31'
    """
    end = LAST_DAY.get(precision, "")
    return date[: len(date) - len(end)] + end


@rule("agreement_stages", "events")
def agreements_and_events_agree(tables: Tables) -> Iterator[Fault]:
    """Where one claim dates an event and a stage of an agreement, both carry the same date."""
    dates = first_by(tables["events"], "claim_id", "date_start")
    for row, (claim, date) in tables["agreement_stages"].rows("claim_id", "date"):
        if claim and date != dates.get(claim, date):
            expected = f"{dates[claim]}, as events.csv has for the same claim"
            yield fault("agreement_stages", row, "date", date, expected)


@rule("points", "point_themes")
def weights_sum_to_one(tables: Tables) -> Iterator[Fault]:
    """Every point has themes, and their weights sum to 1."""
    weights: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for row, (point, weight) in tables["point_themes"].rows("point_id", "weight"):
        weights[point][row] = float(weight) if is_of_type(weight, NUMBER) else 0.0
    for row, (point,) in tables["points"].rows("point_id"):
        own, total = weights[point], sum(weights[point].values())
        if not own:
            yield fault("points", row, "point_id", point, "themes in point_themes.csv")
        elif abs(total - 1) > WEIGHT_TOLERANCE:
            expected = f"weights that sum to 1 in {rows_in_words(own)}"
            yield fault("point_themes", min(own), "weight", f"{point}: {total:g}", expected)


def rows_in_words(rows: Iterable[int]) -> str:
    """Name rows of a table.

    Examples
    --------
    >>> rows_in_words([20]), rows_in_words([20, 21, 25])
    ('row 20', 'rows 20, 21 and 25')
    """
    *first, last = map(str, sorted(rows))
    return f"rows {', '.join(first)} and {last}" if first else f"row {last}"


@rule("points")
def points_have_their_own_place(tables: Tables) -> Iterator[Fault]:
    """No two points of a stage share an order."""
    yield from shared_places(tables, "points", ("stage", "order"), "an order used once in a stage")


def shared_places(
    tables: Tables, name: str, columns: tuple[str, ...], expected: str
) -> Iterator[Fault]:
    """Name every row of a table that shares the cells of the columns with another."""
    places = defaultdict(list)
    for row, cells in tables[name].rows(*columns):
        places[cells].append(row)
    for cells, numbers in places.items():
        for row in numbers if len(numbers) > 1 else ():
            yield fault(name, row, "+".join(columns), " + ".join(cells), expected)


@rule("points", "argument_links")
def links_join_the_stages_they_may(tables: Tables) -> Iterator[Fault]:
    """A relation leads from one stage to another as its code allows, never to itself."""
    stage = first_by(tables["points"], "point_id", "stage")
    known = stored_codes("argument_links", "relation")
    columns = ("from_point", "relation", "to_point")
    for row, (start, relation, end) in tables["argument_links"].rows(*columns):
        if start == end:
            yield fault("argument_links", row, "to_point", end, "another point than from_point")
        elif relation in known and start in stage and end in stage:
            pair, allowed = [stage[start], stage[end]], known[relation].get("pairs", [])
            if pair not in allowed:
                expected = "one of " + ", ".join(" to ".join(one) for one in allowed)
                value = f"{relation}: {' to '.join(pair)}"
                yield fault("argument_links", row, "relation", value, expected)


@rule("argument_links")
def links_are_named_after_what_they_say(tables: Tables) -> Iterator[Fault]:
    """The id of a link is the sentence it makes, so that each link stands once."""
    yield from misnamed_links(tables, "argument_links")


def misnamed_links(tables: Tables, name: str) -> Iterator[Fault]:
    """Name the rows of a table whose id is not the sentence that the link makes."""
    columns = ("link_id", "from_point", "relation", "to_point")
    for row, (link, *sentence) in tables[name].rows(*columns):
        if link != "-".join(sentence):
            yield fault(name, row, "link_id", link, "-".join(sentence))


@rule("points", "argument_links")
def unlinked_points_say_why(tables: Tables) -> Iterator[Fault]:
    """A point without any link records the reason, and no other point does."""
    links = tables["argument_links"]
    linked = {*links["from_point"], *links["to_point"]}
    for row, (point, reason) in tables["points"].rows("point_id", in_main("unlinked_reason")):
        if (point in linked) == bool(reason):
            expected = "nothing, as the point has links" if reason else "why the point has no link"
            yield fault("points", row, in_main("unlinked_reason"), reason, expected)


@rule("outcome_items", "outcome_codes")
def items_are_coded_by_every_pass(tables: Tables) -> Iterator[Fault]:
    """Every outcome item has a code of whoever codes items, and a published one."""
    given = {cells for _, cells in tables["outcome_codes"].rows("item_id", "coder")}
    coding = {*codes_where("outcome_codes", "coder", role="published"), *(who for _, who in given)}
    coders = [coder for coder in stored_codes("outcome_codes", "coder") if coder in coding]
    for row, (item,) in tables["outcome_items"].rows("item_id"):
        for coder in coders:
            if (item, coder) not in given:
                expected = f"a code by {coder} in outcome_codes.csv"
                yield fault("outcome_items", row, "item_id", item, expected)
