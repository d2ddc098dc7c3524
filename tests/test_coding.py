"""The codebook speaks of no object that it is to decide, and coders are asked for what they owe."""

from __future__ import annotations

import re

import pytest
from corruption import faults_with, sound

from helpers.data import codes, load
from helpers.data.rules.coding import admissible_links
from helpers.data.text import TextTable

EXAMPLES = ("example_ar", "example_en", "counter_example_ar", "counter_example_en")
# Parts of names that are words of their own.
SHORT = 4


def by(coder: str, table: str) -> TextTable:
    """Return a table of codes as if one coder had given them all."""
    own = given_by("further", table)
    return TextTable({**own.columns, "coder": [coder] * len(own["coder"])})


def given_by(coder: str, table: str) -> TextTable:
    """Return the rows of one coder."""
    columns = sound()[table].columns
    rows = [place for place, name in enumerate(columns["coder"]) if name == coder]
    return TextTable({name: [cells[row] for row in rows] for name, cells in columns.items()})


def without_first(table: TextTable) -> TextTable:
    return TextTable({name: cells[1:] for name, cells in table.columns.items()})


def names_of_the_report() -> set[str]:
    """Return the names of the states, groups, places and persons that the tables know."""
    pairs = (("countries", "name"), ("actors", "name"), ("places", "name"))
    columns = [load(table)[f"{stem}_{code}"] for table, stem in pairs for code in ("ar", "en")]
    return {name for column in columns for name in column.dropna() if len(name) > SHORT}


@pytest.mark.parametrize("field", EXAMPLES)
def test_examples_are_invented(field: str) -> None:
    """An example that names an actor or a place of the report would decide what it is to teach."""
    names = re.compile("|".join(map(re.escape, sorted(names_of_the_report()))))
    told = load("codebook").dropna(subset=[field])
    assert len(told) > 10
    named = told[told[field].str.contains(names)]
    assert list(named["rule_id"]) == []


def test_no_case_is_told_twice() -> None:
    """A case that shows one code and tells another from it would teach neither."""
    defined = load("codebook").dropna(subset=["code"])
    for code in ("ar", "en"):
        cases = [*defined[f"example_{code}"], *defined[f"counter_example_{code}"]]
        assert len(set(cases)) == len(cases)


def test_a_rule_is_named_after_its_object() -> None:
    table = load("codebook")
    assert [rule.partition("-")[0] for rule in table["rule_id"]] == list(table["object"])


def test_general_rules_come_before_those_of_codes() -> None:
    """A coder reads what holds for all before what tells one code from the next."""
    for _, rules in load("codebook").groupby("object", observed=True):
        ordered = rules.sort_values("order")
        assert list(ordered["order"]) == list(range(1, len(ordered) + 1))
        assert ordered["code"].notna().is_monotonic_increasing


def test_every_pair_that_a_relation_may_join_is_asked_of_coders() -> None:
    stages = load("points")["stage"].value_counts()
    pairs = [
        pair for code in codes("argument_links", "relation").values() for pair in code["pairs"]
    ]
    assert len(admissible_links(sound())) == sum(
        stages[one] * stages[other] for one, other in pairs
    )
    assert set(load("argument_links")["link_id"]) <= set(admissible_links(sound()))


@pytest.mark.parametrize("table", ["link_codes", "theme_codes"])
def test_a_new_coder_is_asked_for_every_object(table: str) -> None:
    key = "link_id" if table == "link_codes" else "point_id"
    whole = by("blind_b", table)
    assert [fault for fault in faults_with(**{table: whole}) if fault.field == key] == []
    first = whole[key][0]
    left = without_first(whole)
    found = [fault for fault in faults_with(**{table: left}) if fault.value == "blind_b: none"]
    assert [fault.expected for fault in found] == [f"a code for {first}"]


def test_a_pass_of_a_sample_is_asked_for_no_more() -> None:
    left = without_first(given_by("further", "claim_codes"))
    assert [f for f in faults_with(claim_codes=left) if f.file == "report/claim_codes.csv"] == []


def test_who_has_coded_nothing_is_not_asked() -> None:
    """The published codes stand in tables of their own; here only those with a reason need to."""
    settled = load("link_codes").query("coder == 'published'")
    assert 0 < len(settled) < len(admissible_links(sound()))
    assert settled["reason_en"].notna().all()


def test_the_coder_tables_know_the_same_coders() -> None:
    """A pass codes links, claims and themes; only what the further pass was asked differs."""
    known = {
        table: list(codes(table, "coder")) for table in ("link_codes", "claim_codes", "theme_codes")
    }
    assert len({tuple(coders) for coders in known.values()}) == 1
