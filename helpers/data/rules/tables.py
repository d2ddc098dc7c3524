"""Rules of single tables: what the tables mean, beyond types and keys.

Each rule names the tables that it reads; it is skipped when one of them could not be read.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator

import pandas as pd

from helpers.data.faults import Fault
from helpers.data.rules.general import Tables, file_of
from helpers.data.schema import codes, table_names

Rule = Callable[[Tables], Iterator[Fault]]
RULES: list[tuple[tuple[str, ...], Rule]] = []
LAST_DAY = {"day": "", "month": "-31", "year": "-12-31"}
WEIGHT_TOLERANCE = 0.005


def rule(*tables: str) -> Callable[[Rule], Rule]:
    """Register a rule with the tables that it reads."""

    def register(function: Rule) -> Rule:
        RULES.append((tables, function))
        return function

    return register


def _fault(table: str, row: int, field: str, value: str, expected: str) -> Fault:
    return Fault(file_of(table), row, field, value, expected)


@rule("passages", "claims")
def passages_have_claims(tables: Tables) -> Iterator[Fault]:
    """A passage that states something has a claim, a heading or reference has none."""
    passages, claimed = tables["passages"], set(tables["claims"]["passage_id"])
    for row, passage, states in passages[["passage_id", "states"]].itertuples(name=None):
        if (states == "true") != (passage in claimed):
            expected = "a claim in claims.csv" if states == "true" else "no claim in claims.csv"
            yield _fault("passages", row, "states", f"{passage}: {states}", expected)


@rule("passages", "sections")
def passage_ids_are_locators(tables: Tables) -> Iterator[Fault]:
    """A passage id is made of section, paragraph and sentence."""
    for row, cells in tables["passages"].iterrows():
        locator = f"{cells['section_id']}.{cells['paragraph']}.{cells['sentence']}"
        if cells["passage_id"] != locator:
            yield _fault("passages", row, "passage_id", cells["passage_id"], locator)


def _prefix_faults(table: pd.DataFrame, name: str, field: str, parent: str) -> Iterator[Fault]:
    for row, value, owner in table[[field, parent]].itertuples(name=None):
        if value.rpartition("-")[0] != owner:
            yield _fault(name, row, field, value, f"{owner} with its own ending")


@rule("claims", "quantities", "checks")
def derived_ids_begin_with_their_parent(tables: Tables) -> Iterator[Fault]:
    """An id that is built on another begins with it."""
    yield from _prefix_faults(tables["claims"], "claims", "claim_id", "passage_id")
    yield from _prefix_faults(tables["quantities"], "quantities", "quantity_id", "claim_id")
    yield from _prefix_faults(tables["checks"], "checks", "check_id", "claim_id")


@rule("claims", "quantities")
def repeats_name_a_first_occurrence(tables: Tables) -> Iterator[Fault]:
    """`same_as` leads in one step to a row that repeats nothing."""
    for name, key in (("claims", "claim_id"), ("quantities", "quantity_id")):
        table = tables[name]
        repeats = dict(zip(table[key], table["same_as"], strict=True))
        for row, own, target in table[[key, "same_as"]].itertuples(name=None):
            if target and (target == own or repeats.get(target)):
                expected = "a first occurrence, which itself has no same_as"
                yield _fault(name, row, "same_as", target, expected)


@rule("claims")
def repeats_agree_in_kind(tables: Tables) -> Iterator[Fault]:
    """A repeated claim is of the kind of its first occurrence and as checkable."""
    claims = tables["claims"].set_index("claim_id", drop=False)
    claims = claims[~claims.index.duplicated()]
    for row, cells in tables["claims"].iterrows():
        first = claims.loc[cells["same_as"]] if cells["same_as"] in claims.index else cells
        for field in ("kind", "checkable"):
            if cells[field] != first[field]:
                yield _fault("claims", row, field, cells[field], f"{first[field]}, as same_as has")


@rule("quantities")
def quantities_are_complete(tables: Tables) -> Iterator[Fault]:
    """A stated quantity has a value or a range; money has a currency and nothing else has."""
    for row, cells in tables["quantities"].iterrows():
        ends = [cells["value_low"], cells["value_high"]]
        given = bool(cells["value"]) or all(ends)
        if cells["value_status"] == "stated" and not given:
            yield _fault("quantities", row, "value", "", "a value or a range, as it is stated")
        if cells["value_status"] == "not_stated" and (cells["value"] or any(ends)):
            yield _fault(
                "quantities", row, "value_status", "not_stated", "stated, as a value stands"
            )
        if cells["value"] and any(ends):
            yield _fault("quantities", row, "value", cells["value"], "a value or a range, not both")
        if all(ends) and not _ascending(*ends):
            yield _fault("quantities", row, "value_low", ends[0], f"less than {ends[1]}")
        if given and not cells["unit"]:
            yield _fault("quantities", row, "unit", "", "a unit, as a value is given")
        if (cells["unit"] == "billion") != bool(cells["currency"]):
            expected = (
                "a currency, as the unit is money" if not cells["currency"] else "no currency"
            )
            yield _fault("quantities", row, "currency", cells["currency"], expected)


def _ascending(low: str, high: str) -> bool:
    try:
        return float(low) < float(high)
    except ValueError:  # the type is Frictionless's to report
        return True


@rule("events")
def events_end_after_they_start(tables: Tables) -> Iterator[Fault]:
    """An event does not end before it starts."""
    events = tables["events"]
    for row, start, end in events[["date_start", "date_end"]].itertuples(name=None):
        if end and end < start:
            yield _fault("events", row, "date_end", end, f"{start} or later")


@rule("agreement_stages")
def stages_say_who_says_so(tables: Tables) -> Iterator[Fault]:
    """A stage rests on a claim of the report or on a source, on exactly one of them."""
    for row, cells in tables["agreement_stages"].iterrows():
        wanted, other = ("claim_id", "source_id")[:: 1 if cells["said_by"] == "report" else -1]
        if not cells[wanted]:
            yield _fault(
                "agreement_stages", row, wanted, "", f"an id, as said_by is {cells['said_by']}"
            )
        if cells[other]:
            expected = f"nothing, as said_by is {cells['said_by']}"
            yield _fault("agreement_stages", row, other, cells[other], expected)
        if (cells["date_status"] == "stated") != bool(cells["date"]):
            yield _fault(
                "agreement_stages",
                row,
                "date",
                cells["date"],
                f"as date_status says: {cells['date_status']}",
            )


@rule("agreement_stages")
def stages_come_in_order(tables: Tables) -> Iterator[Fault]:
    """By one account, a later stage of an agreement is not dated before an earlier one."""
    rank = {stage: number for number, stage in enumerate(codes("agreement_stages", "stage"))}
    stages = tables["agreement_stages"]
    dated = stages[(stages["date"] != "") & stages["stage"].isin(rank)]
    for _, account in dated.groupby(["agreement_id", "said_by"], sort=True):
        ordered = account.assign(rank=account["stage"].map(rank)).sort_values("rank")
        latest = ""
        for row, cells in ordered.iterrows():
            if _last_day(cells["date"], cells["precision"]) < latest:
                expected = f"{latest} or later, the date of an earlier stage"
                yield _fault("agreement_stages", row, "date", cells["date"], expected)
            latest = max(latest, cells["date"])


def _last_day(date: str, precision: str) -> str:
    end = LAST_DAY.get(precision, "")
    return date[: len(date) - len(end)] + end


@rule("agreement_stages", "events")
def agreements_and_events_agree(tables: Tables) -> Iterator[Fault]:
    """Where one claim dates an event and a stage of an agreement, both carry the same date."""
    events = tables["events"]
    dates = dict(zip(events["claim_id"], events["date_start"], strict=True))
    for row, cells in tables["agreement_stages"].iterrows():
        date = dates.get(cells["claim_id"], cells["date"]) if cells["claim_id"] else cells["date"]
        if cells["date"] != date:
            expected = f"{date}, as events.csv has for the same claim"
            yield _fault("agreement_stages", row, "date", cells["date"], expected)


@rule("points", "point_themes")
def weights_sum_to_one(tables: Tables) -> Iterator[Fault]:
    """Every point has themes, and their weights sum to 1."""
    weights = tables["point_themes"]
    sums = pd.to_numeric(weights["weight"], errors="coerce").groupby(weights["point_id"]).sum()
    for row, point in tables["points"]["point_id"].items():
        total = float(sums.get(point, 0.0))
        if abs(total - 1) > WEIGHT_TOLERANCE:
            expected = "weights in point_themes.csv that sum to 1"
            yield _fault("points", row, "point_id", f"{point}: {total:g}", expected)


@rule("points")
def points_have_their_own_place(tables: Tables) -> Iterator[Fault]:
    """No two points of a stage share an order."""
    points = tables["points"]
    for row, cells in points[points.duplicated(["stage", "order"], keep=False)].iterrows():
        value = f"{cells['stage']} + {cells['order']}"
        yield _fault("points", row, "stage+order", value, "an order used once in a stage")


@rule("points", "argument_links")
def links_join_the_stages_they_may(tables: Tables) -> Iterator[Fault]:
    """A relation leads from one stage to another as its code allows, never to itself."""
    stage = dict(zip(tables["points"]["point_id"], tables["points"]["stage"], strict=True))
    known = codes("argument_links", "relation")
    for row, link in tables["argument_links"].iterrows():
        ends = (link["from_point"], link["to_point"])
        if ends[0] == ends[1]:
            yield _fault(
                "argument_links", row, "to_point", ends[1], "another point than from_point"
            )
        elif link["relation"] in known and set(ends) <= set(stage):
            pair = [stage[end] for end in ends]
            allowed = known[link["relation"]]["pairs"]
            if pair not in allowed:
                expected = "one of " + ", ".join(" to ".join(one) for one in allowed)
                value = f"{link['relation']}: {' to '.join(pair)}"
                yield _fault("argument_links", row, "relation", value, expected)


@rule("argument_links")
def links_rest_on_a_passage_or_a_reason(tables: Tables) -> Iterator[Fault]:
    """A stated link names its passage, an inferred one its reason; each link stands once."""
    links = tables["argument_links"]
    for row, link in links.iterrows():
        wanted, other = ("passage_id", "reason_en")[:: 1 if link["basis"] == "stated" else -1]
        if not link[wanted]:
            expected = f"not empty, as basis is {link['basis']}"
            yield _fault("argument_links", row, wanted, "", expected)
        if link[other]:
            expected = f"nothing, as basis is {link['basis']}"
            yield _fault("argument_links", row, other, link[other], expected)
        name = "-".join(link[["from_point", "relation", "to_point"]])
        if link["link_id"] != name:
            yield _fault("argument_links", row, "link_id", link["link_id"], name)


@rule("points", "argument_links")
def unlinked_points_say_why(tables: Tables) -> Iterator[Fault]:
    """A point without any link records the reason, and no other point does."""
    links = tables["argument_links"]
    linked = {*links["from_point"], *links["to_point"]}
    for row, point in tables["points"].iterrows():
        reason = point["unlinked_reason_en"]
        if (point["point_id"] in linked) == bool(reason):
            expected = "nothing, as the point has links" if reason else "why the point has no link"
            yield _fault("points", row, "unlinked_reason_en", reason, expected)


@rule("points", "outcome_items")
def items_belong_to_outcomes(tables: Tables) -> Iterator[Fault]:
    """An outcome item belongs to a point of the stage outcome."""
    points = tables["points"]
    others = set(points[points["stage"] != "outcome"]["point_id"])
    for row, value in tables["outcome_items"]["point_id"].items():
        if value in others:
            yield _fault("outcome_items", row, "point_id", value, "a point of the stage outcome")


@rule("outcome_items", "outcome_codes")
def items_are_coded_by_every_pass(tables: Tables) -> Iterator[Fault]:
    """Every outcome item has a code of each pass, and a published one that follows from them."""
    given = tables["outcome_codes"].pivot_table(
        index="item_id", columns="coder", values="strength", aggfunc="first"
    )
    for row, item in tables["outcome_items"]["item_id"].items():
        strengths = given.loc[item].dropna() if item in given.index else {}
        for coder in codes("outcome_codes", "coder"):
            if coder not in strengths:
                expected = f"a code by {coder} in outcome_codes.csv"
                yield _fault("outcome_items", row, "item_id", item, expected)


@rule("outcome_codes")
def published_codes_follow_the_passes(tables: Tables) -> Iterator[Fault]:
    """Where the passes agree their code is published; where they differ the choice has a reason."""
    for _, item in tables["outcome_codes"].groupby("item_id"):
        by = {code["coder"]: (row, code) for row, code in item.iterrows()}
        if len(by) < len(codes("outcome_codes", "coder")):
            continue
        row, published = by.pop("published")
        passes = {code["strength"] for _, code in by.values()}
        if published["strength"] not in passes:
            expected = "a code that one of the passes gave: " + ", ".join(sorted(passes))
            yield _fault("outcome_codes", row, "strength", published["strength"], expected)
        if (len(passes) > 1) != bool(published["reason_en"]):
            expected = (
                "why it was settled so" if len(passes) > 1 else "nothing, as the passes agree"
            )
            yield _fault("outcome_codes", row, "reason_en", published["reason_en"], expected)


@rule("checks", "claims")
def checks_judge_checkable_claims(tables: Tables) -> Iterator[Fault]:
    """A check judges a first occurrence that is marked as checkable."""
    claims = tables["claims"]
    open_to_check = claims[(claims["checkable"] == "true") & (claims["same_as"] == "")]["claim_id"]
    known = tables["checks"]["claim_id"].isin(claims["claim_id"])
    wrong = tables["checks"][known & ~tables["checks"]["claim_id"].isin(open_to_check)]
    for row, value in wrong["claim_id"].items():
        yield _fault("checks", row, "claim_id", value, "a checkable claim without same_as")


@rule("references", "passages")
def references_stand_in_the_list(tables: Tables) -> Iterator[Fault]:
    """A reference is an entry of the report's list of references."""
    passages = tables["passages"]
    listed = set(passages[passages["kind"] == "reference"]["passage_id"])
    for row, value in tables["references"]["passage_id"].items():
        if value not in listed:
            yield _fault("references", row, "passage_id", value, "a passage of kind reference")


@rule("figures", "passages", "sections")
def figures_rest_on_passages_and_tables(tables: Tables) -> Iterator[Fault]:
    """A figure names passages or sections, and tables, that exist; its number is its own."""
    figures = tables["figures"]
    known = {
        "passage_ids": {*tables["passages"]["passage_id"], *tables["sections"]["section_id"]},
        "tables": set(table_names()),
    }
    for field, allowed in known.items():
        for row, cell in figures[field].items():
            for value in cell.split():
                if value not in allowed:
                    yield _fault("figures", row, field, value, f"ids that exist in {field}")
    for row, cells in figures[
        figures.duplicated(["notebook", "kind", "number"], keep=False)
    ].iterrows():
        value = f"{cells['notebook']} + {cells['kind']} + {cells['number']}"
        yield _fault("figures", row, "notebook+kind+number", value, "a number used once")


@rule("corrections")
def corrections_name_tables(tables: Tables) -> Iterator[Fault]:
    """A correction names tables that exist; its rows may be gone."""
    for row, cell in tables["corrections"]["tables"].items():
        for value in cell.split():
            if value not in table_names():
                yield _fault("corrections", row, "tables", value, "names of tables")


@rule("figures", "phrases")
def named_fields_match(tables: Tables) -> Iterator[Fault]:
    """Text with named fields has the same fields in both languages."""
    for table, stem in (("figures", "description"), ("figures", "caption"), ("phrases", "text")):
        cells = tables[table][[f"{stem}_ar", f"{stem}_en"]]
        for row, arabic, english in cells.itertuples(name=None):
            if _named_fields(arabic) != _named_fields(english):
                expected = f"the named fields of {stem}_en: {sorted(_named_fields(english))}"
                yield _fault(table, row, f"{stem}_ar", arabic, expected)


def _named_fields(text: str) -> set[str]:
    try:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError:
        return {"unbalanced braces"}
