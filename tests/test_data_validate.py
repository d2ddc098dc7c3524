"""Every kind of fault is found, and named with file, row, field, value and what was expected."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from corruption import Corruption, bank, edited, faults_with, row_of, sound

from helpers.__main__ import main
from helpers.data import (
    DataError,
    Fault,
    codes,
    data_folder,
    fields,
    load,
    resource,
    table_names,
    validate,
)
from helpers.data.cells import expectation, typed
from helpers.data.rules.base import RULES, TABLE_RULES
from helpers.data.rules.characters import wrongs_of
from helpers.data.rules.descriptions import code_faults
from helpers.data.schema import other_files
from helpers.data.text import TextTable
from helpers.paths import DATA_VARIABLE

CORRUPTIONS = bank()
LINK = "context-climate-motivates-issue-climate-water"
MINISTERIAL = "ministerial-ashgabat-2025"


def edit(folder: Path, table: str, key: str, **cells: str) -> int:
    """Change cells of the row with the given key in a file; return the row's number."""
    path = folder / resource(table)["path"]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    number = next(n for n, row in enumerate(rows) if row[0] == key)
    for field, value in cells.items():
        rows[number][rows[0].index(field)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return number + 1


def without(table: TextTable, **cells: str) -> TextTable:
    """Leave out the rows that hold the given cells; there must be some."""
    kept = [row for row in range(len(table)) if any(table[f][row] != c for f, c in cells.items())]
    assert len(kept) < len(table)
    return TextTable({name: [cells[row] for row in kept] for name, cells in table.columns.items()})


def test_the_data_are_sound() -> None:
    assert validate() == []


# The bank: one cell each


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=map(str, CORRUPTIONS))
def test_each_fault_is_named(corruption: Corruption) -> None:
    spoilt = edited(corruption.table, corruption.key, **{corruption.field: corruption.value})
    faults = faults_with(**{corruption.table: spoilt})
    row = row_of(corruption.table, corruption.key)
    assert any(corruption.names(fault, row) for fault in faults), list(map(str, faults))


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=map(str, CORRUPTIONS))
def test_load_refuses_what_is_not_of_its_type_and_that_alone(corruption: Corruption) -> None:
    field = fields(corruption.table)[corruption.field]
    spoilt = edited(corruption.table, corruption.key, **{corruption.field: corruption.value})
    told = not corruption.at and expectation(field).startswith(corruption.expected)
    is_text = field["type"] == "string" and "codes" not in field
    try:
        typed(spoilt, "file", [field])
        refused = False
    except DataError as error:
        refused = True
        assert [fault.value for fault in error.faults] == [corruption.value]
    if told:
        assert refused != is_text
    if corruption.value == "":
        assert not refused, "an empty cell is missing; whether it may be is a constraint"


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("notebooks", {"minutes": "٢٥"}),
        ("events", {"date_start": "2025-4-3"}),
        ("claims", {"kind": "x"}),
    ],
)
def test_validate_and_load_tell_the_same_of_a_file(
    data_copy: Path, table: str, cells: dict[str, str]
) -> None:
    edit(data_copy, table, sound()[table][resource(table)["schema"]["primaryKey"][0]][0], **cells)
    with pytest.raises(DataError) as refused:
        load(table)
    assert set(refused.value.faults) <= set(validate())
    assert {(fault.row, fault.field) for fault in refused.value.faults} == {(2, *cells)}


def test_frictionless_refuses_nothing_that_we_take() -> None:
    """What the second opinion refuses and we do not would be a fault of ours."""
    from frictionless import Schema

    written = {corruption.value for corruption in CORRUPTIONS} - {""}
    written |= {"0", "-1", "340", "0.25", "-1.5", "true", "false", "2025-04-03", "0001-01-01"}
    for kind in ("integer", "number", "boolean", "date"):
        field = {"name": "cell", "type": kind}
        if kind == "boolean":
            field |= {"trueValues": ["true"], "falseValues": ["false"]}
        (theirs,) = Schema.from_descriptor({"fields": [field]}).fields
        ours = [cell for cell in written if not list(faults_of_type(cell, field))]
        assert ours, kind
        assert [cell for cell in ours if theirs.read_cell(cell)[1]] == [], kind


def test_the_second_opinion_is_heard_where_ours_is_silent(data_copy: Path, monkeypatch) -> None:
    row = edit(data_copy, "events", MINISTERIAL, date_start="2025-02-30")
    monkeypatch.setattr("helpers.data.validation.check", lambda tables, **_: [])
    (fault,) = validate()
    assert (fault.file, fault.row, fault.field) == ("report/events.csv", row, "date_start")
    assert "Frictionless" in fault.expected


def faults_of_type(cell: str, field: dict[str, object]) -> list[Fault]:
    from helpers.data.cells import type_faults

    return list(type_faults(TextTable({"cell": [cell]}), "file", [field]))


def bitten_by(corruption: Corruption) -> str:
    """Return the name of the rule that finds the fault of a corruption."""
    spoilt = edited(corruption.table, corruption.key, **{corruption.field: corruption.value})
    tables, row = {**sound(), corruption.table: spoilt}, row_of(corruption.table, corruption.key)
    for rule in TABLE_RULES:
        if any(corruption.names(fault, row) for fault in rule(corruption.table, tables)):
            return rule.__name__
    for needed, rule in RULES:
        if corruption.table in needed and any(corruption.names(f, row) for f in rule(tables)):
            return rule.__name__
    raise AssertionError(f"no rule alone finds {corruption}")


def test_every_rule_is_bitten_by_some_test() -> None:
    """A rule that no corruption of the bank, nor a test below, can break is no rule."""
    bitten = {bitten_by(corruption) for corruption in CORRUPTIONS}
    left = {rule.__name__ for rule in (*TABLE_RULES, *(rule for _, rule in RULES))}
    left -= bitten
    tested_below = {
        "duplicate_keys",
        "unsorted_rows",
        "wrong_examples",
        "weights_sum_to_one",
        "unlinked_points_say_why",
        "published_codes_follow_the_passes",
        "one_check_speaks_for_a_claim",
        "the_subject_exists",
        "promises_are_coded_by_every_pass",
        "stages_are_those_of_the_passes_or_settled",
        "settled_stages_have_a_reason",
        "outlines_can_be_drawn",  # in test_geo.py
        # In test_questions.py:
        "questions_belong_to_their_notebook",
        "only_numbers_have_decimals",
        "choices_are_offered_where_they_are_asked_for",
        "feedback_is_for_wrong_answers",
        "wrong_answers_have_their_reason",
    }
    assert left <= tested_below, left - tested_below


# Several cells or rows


def test_a_value_or_a_range_and_a_range_that_rises() -> None:
    for ends in ({"value_low": "3", "value_high": "9"}, {"value_low": "3"}, {"value_high": "9"}):
        both = edited("quantities", "context.7.2-b-q1", **ends)
        assert "not both" in {f.expected[-8:] for f in faults_with(quantities=both)}, ends
    falling = edited("quantities", "context.7.2-b-q1", value="", value_low="9", value_high="3")
    (fault,) = faults_with(quantities=falling)
    assert (fault.field, fault.value, fault.expected) == ("value_low", "9", "less than 3")


def test_a_duplicate_key_is_named_with_row_and_value() -> None:
    spoilt = edited("themes", "transport", theme_id="security")
    found = {
        (f.field, f.value) for f in faults_with(themes=spoilt) if f.expected == "a key used once"
    }
    assert found == {("theme_id", "security")}


def test_a_duplicate_composite_key_is_named() -> None:
    table = sound()["point_themes"]
    twice = TextTable({name: [cells[0], *cells] for name, cells in table.columns.items()})
    faults = [f for f in faults_with(point_themes=twice) if f.field == "point_id+theme_id"]
    assert [(f.row, f.expected) for f in faults] == [(3, "a key used once")]


def test_rows_out_of_order_are_named_once_and_where_the_order_breaks() -> None:
    table = sound()["themes"]
    turned = TextTable({name: cells[::-1] for name, cells in table.columns.items()})
    faults = [f for f in faults_with(themes=turned) if f.expected.startswith("rows sorted by key")]
    assert [f.row for f in faults] == [3]


def test_an_item_without_a_code_is_named() -> None:
    left = without(sound()["outcome_codes"], item_id="dams", coder="project_b")
    faults = faults_with(outcome_codes=left)
    assert [(f.value, f.expected) for f in faults] == [
        ("dams", "a code by project_b in outcome_codes.csv")
    ]


def test_a_promise_that_a_pass_leaves_out_is_named() -> None:
    promises = sound()["commitments"]
    names = list(promises["commitment_id"])
    kept_at = list(promises["kept_at"])
    empty = [""] * (len(names) - 1)
    left = TextTable(
        {
            "commitment_id": names[1:],
            "coder": ["blind_a"] * len(empty),
            "stage_id": kept_at[1:],
            **{name: empty for name in ("doubt", "reason_ar", "reason_en")},
        }
    )
    (fault,) = [f for f in faults_with(commitment_codes=left) if f.field == "commitment_id"]
    assert (fault.value, fault.expected) == ("blind_a: none", f"a code for {names[0]}")


def test_a_stage_that_goes_back_with_a_note_is_no_fault() -> None:
    back = edited(
        "commitment_events",
        "epca-uzbekistan-2026-05-20-a",
        stage_id="legal-negotiated",
        note_ar="سُحبت.",
        note_en="It was withdrawn.",
    )
    codes = passes_find("epca-uzbekistan", "legal-negotiated")
    assert faults_with(commitment_events=back, commitment_codes=codes) == []


def passes_find(promise: str, *stages: str) -> TextTable:
    """Return the codes of stages, those of both passes for a promise replaced."""
    table, found = sound()["commitment_codes"], [*stages, stages[-1]]
    for row, cells in table.rows("commitment_id", "coder"):
        if cells[0] == promise and cells[1] != "published":
            table = table.with_cell(row, "stage_id", found.pop(0))
    return table


def test_a_stage_on_which_the_passes_agree_is_settled_by_nobody() -> None:
    codes = passes_find("transport-10bn-mobilisation", "money-announced")
    (fault,) = faults_with(commitment_codes=codes)
    assert fault.expected == "nothing, as the passes agree"


def test_a_stage_on_which_the_passes_differ_is_settled_by_the_events() -> None:
    codes = passes_find("epca-uzbekistan", "legal-consent", "legal-signed")
    (fault,) = faults_with(commitment_codes=codes)
    assert (fault.value, fault.expected[:13]) == ("epca-uzbekistan: ", "legal-consent")


def test_a_stage_that_no_pass_found_needs_a_correction() -> None:
    """As the text of the satellite internet was corrected, its stage may be another."""
    (fault,) = faults_with(commitment_codes=passes_find("epca-tajikistan", "legal-signed"))
    assert "a stage that a pass found for epca-tajikistan: legal-signed" in fault.expected
    assert "or a correction" in fault.expected


def test_a_new_event_moves_a_stage_without_a_new_pass() -> None:
    """Whoever adds an update codes nothing anew: the passes read what was recorded before."""
    found = "2026-11-27"
    table = edited(
        "commitment_events",
        "epca-uzbekistan-2026-05-20-a",
        stage_id="legal-in-force",
        recorded_on=found,
    )
    assert (
        faults_with(
            commitment_events=table,
            commitment_codes=passes_find("epca-uzbekistan", "legal-signed"),
        )
        == []
    )


def test_nothing_is_settled_without_a_reason() -> None:
    table = sound()["commitment_codes"]
    row = next(r for r, (coder,) in table.rows("coder") if coder == "published")
    faults = faults_with(commitment_codes=table.with_cell(row, "reason_en", ""))
    assert "why it was settled so" in {fault.expected for fault in faults}


def test_a_row_that_is_corrected_no_longer_sets_a_stage() -> None:
    """The later signature is replaced, so that what stands after it goes back on nothing."""
    table = edited("commitment_events", "epca-uzbekistan-2026-05-20-a", stage_id="legal-initialled")
    codes = passes_find("epca-uzbekistan", "legal-signed")
    (fault,) = faults_with(commitment_events=table, commitment_codes=codes)
    assert "a note that says why" in fault.expected
    row = row_of("commitment_events", "epca-uzbekistan-2026-05-20-a")
    mended = table.with_cell(row, "corrects", "epca-uzbekistan-2025-10-24-a")
    codes = passes_find("epca-uzbekistan", "legal-initialled")
    assert faults_with(commitment_events=mended, commitment_codes=codes) == []


def test_a_misspelt_coder_is_named_and_stops_no_rule() -> None:
    """It once ended in a traceback: a rule counted the coders instead of asking for theirs."""
    table = sound()["outcome_codes"]
    for row, cells in table.rows("item_id", "coder"):
        if cells == ("dams", "published"):
            table = table.with_cell(row, "coder", "publised")
    found = {fault.value for fault in faults_with(outcome_codes=table)}
    assert {"publised", "dams"} <= found


def with_code(coder: str, **cells: str) -> TextTable:
    table = sound()["outcome_codes"]
    row = next(r for r, c in table.rows("item_id", "coder") if c == ("dams", coder))
    for field, value in cells.items():
        table = table.with_cell(row, field, value)
    return table


def test_a_published_code_follows_from_the_passes() -> None:
    (fault,) = faults_with(outcome_codes=with_code("published", strength="welcome"))
    assert (fault.value, fault.expected) == ("welcome", "what the passes found for dams: fund")


def test_a_choice_between_two_passes_has_a_reason_and_no_other_code_has() -> None:
    (fault,) = faults_with(outcome_codes=with_code("blind_b", strength="adopt"))
    assert (fault.field, fault.expected) == ("reason_en", "why dams was settled so")
    told = with_code("published", reason_ar="سبب", reason_en="Why.")
    (fault,) = faults_with(outcome_codes=told)
    assert (fault.value, fault.expected) == ("Why.", "nothing, as the passes agree")


def test_a_point_without_links_says_why_and_no_other_does() -> None:
    links = sound()["argument_links"]
    point = "issue-people"
    kept = [row - 2 for row, ends in links.rows("from_point", "to_point") if point not in ends]
    left = TextTable({name: [cells[row] for row in kept] for name, cells in links.columns.items()})
    (fault,) = [f for f in faults_with(argument_links=left) if f.field == "unlinked_reason_en"]
    assert fault.expected == "why the point has no link"
    told = edited("points", point, unlinked_reason_ar="لا شيء.", unlinked_reason_en="None.")
    (fault,) = faults_with(points=told)
    assert fault.expected == "nothing, as the point has links"


@pytest.mark.parametrize(
    ("weight", "sound_"), [("0.4", False), ("0.99", False), ("0.996", True), ("0.5", False)]
)
def test_weights_sum_to_one_within_their_rounding(weight: str, sound_: bool) -> None:
    spoilt = edited("point_themes", "context-climate", weight=weight)
    faults = [f for f in faults_with(point_themes=spoilt) if "sum to 1" in f.expected]
    assert [f.value for f in faults] == ([] if sound_ else [f"context-climate: {weight}"])


def test_a_wrong_sum_names_the_rows_that_make_it_up() -> None:
    themes = sound()["point_themes"]
    rows = [row for row, (point,) in themes.rows("point_id") if point == "context-climate"]
    (fault,) = faults_with(point_themes=themes.with_cell(rows[0], "weight", "0.5"))
    assert (fault.file, fault.row, fault.field) == ("report/point_themes.csv", rows[0], "weight")
    assert fault.value.startswith("context-climate: ")
    assert all(str(row) in fault.expected for row in rows)


def test_a_point_without_themes_is_named() -> None:
    themes = without(sound()["point_themes"], point_id="context-climate")
    found = [fault.value for fault in faults_with(point_themes=themes)]
    assert found == ["context-climate", ""], "by the rule of points, and by what the passes found"


@pytest.mark.parametrize(
    "text",
    ["ةمقلا", "ىلا دنقرمس", "ةكارشلا", "نواعتلا ديدجلا", "\u0651ةمق"],
)
def test_reversed_arabic_is_named(text: str) -> None:
    (expected,) = wrongs_of(text, "ar")
    assert "reversed" in expected


@pytest.mark.parametrize(
    "text",
    ["مثلا وفضلا عن ذلك بالسوق", "إلى قمة", "المجال والاتصال", "كاملا", "هدى «إلى» علا", "{x}ة"],
)
def test_arabic_that_is_read_from_its_start_is_no_fault(text: str) -> None:
    assert list(wrongs_of(text, "ar")) == []


@pytest.mark.parametrize("language", ["ar", "en", ""])
@pytest.mark.parametrize("character", ["\U0001f600", "→", "•", "ⅷ", "①", "½", "ａ", "\U0001d400"])
def test_what_is_no_letter_digit_or_sign_is_foul(character: str, language: str) -> None:
    assert list(wrongs_of(f"نص {character} text", language))


@pytest.mark.parametrize("text", ["Самарканд", "峰会", "სამიტი"])
def test_letters_of_other_scripts_are_for_names_and_titles_alone(text: str) -> None:
    assert list(wrongs_of(text)) == []
    assert list(wrongs_of(text, "en")) and list(wrongs_of(f"نص {text}", "ar"))


@pytest.mark.parametrize("text", ["CO₂ و 5٪ (Síkela) «نص»", "ł – € 5 ‘x’ — ½".replace("½", "×")])
def test_signs_and_letters_of_the_two_scripts_are_allowed(text: str) -> None:
    assert list(wrongs_of(text, "en")) == []


def test_same_as_leads_to_a_first_occurrence_in_one_step() -> None:
    table = edited("claims", "introduction.1.2-c", same_as="background.1.3-a")
    row, other = row_of("claims", "introduction.1.2-c"), row_of("claims", "background.1.3-a")
    table = table.with_cell(other, "same_as", "introduction.1.2-c")
    assert {row, other} <= {f.row for f in faults_with(claims=table) if f.field == "same_as"}


def checks_with(**second: str) -> TextTable:
    """The checks, and a second one of a claim, which differs in the given cells."""
    table, row = sound()["checks"], row_of("checks", "context.6.1-c-c1") - 2
    more = {name: cells[row] for name, cells in table.columns.items()}
    more |= {"check_id": "context.6.1-c-c2", **second}
    columns = {
        name: [*cells[: row + 1], more[name], *cells[row + 1 :]]
        for name, cells in table.columns.items()
    }
    return TextTable(columns)


def test_a_second_check_may_agree_or_speak_later_or_with_less_trust() -> None:
    assert faults_with(checks=checks_with()) == []
    assert faults_with(checks=checks_with(verdict="imprecise", checked_on="2026-11-24")) == []
    assert faults_with(checks=checks_with(verdict="imprecise", confidence="low")) == []


def test_two_checks_that_tie_and_differ_leave_no_verdict() -> None:
    (fault,) = faults_with(checks=checks_with(verdict="imprecise"))
    assert (fault.field, fault.row) == ("verdict", row_of("checks", "context.6.1-c-c1") + 1)
    assert fault.value.startswith("imprecise")
    assert "another day or confidence" in fault.expected


@pytest.mark.parametrize(("month", "in_order"), [("2019-07-01", True), ("2019-06-01", False)])
def test_a_month_is_in_order_as_long_as_one_of_its_days_is(month: str, in_order: bool) -> None:
    """The stage before is dated 6 July 2019."""
    spoilt = edited("agreement_stages", "kyrgyzstan-signed-source", date=month, precision="month")
    late = [f for f in faults_with(agreement_stages=spoilt) if "or later" in f.expected]
    assert [f.value for f in late] == ([] if in_order else [month])


def test_a_star_alone_stands_for_all_tables() -> None:
    assert faults_with(figures=edited("figures", "factor-themes", tables="*")) == []


def test_a_joined_letter_before_a_field_may_be_stretched() -> None:
    assert list(wrongs_of("بـ{count} من النقاط، سنة 1446هـ", "ar")) == []


def test_persian_is_no_fault_outside_arabic_texts() -> None:
    assert list(wrongs_of("کتاب")) == []


# Files


def _rewrite(path: Path, rewrite: Callable[[list[list[str]]], object]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rewrite(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def of_actors(faults: list[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.file == "report/actors.csv"]


def test_a_missing_column_is_named(data_copy: Path) -> None:
    _rewrite(data_copy / "report" / "actors.csv", lambda rows: [row.pop(2) for row in rows])
    (fault,) = of_actors(validate())
    assert (fault.row, fault.field, fault.value) == (1, "name_ar", "no such column")


def test_an_unknown_column_and_a_short_row_are_named(data_copy: Path) -> None:
    _rewrite(data_copy / "report" / "actors.csv", lambda rows: rows[0].append("age"))
    assert {(1, "age"), (2, "")} <= {(fault.row, fault.field) for fault in of_actors(validate())}


def test_a_missing_file_is_named(data_copy: Path) -> None:
    (data_copy / "report" / "actors.csv").unlink()
    assert Fault("report/actors.csv", 0, "", "no file", "the table actors") in validate()


def test_all_faults_are_reported_in_one_run(data_copy: Path) -> None:
    edit(data_copy, "events", MINISTERIAL, date_start="soon", place_id="atlantis", title_en="")
    edit(data_copy, "claims", "context.6.1-c", kind="opinion")
    _rewrite(data_copy / "report" / "actors.csv", lambda rows: rows.insert(1, [""] * len(rows[0])))
    (data_copy / "schema" / "themes.json").write_text("{", encoding="utf-8")
    found = {(fault.file.split("/")[1], fault.field) for fault in validate()}
    assert {("events.csv", "date_start"), ("events.csv", "place_id")} <= found
    assert {("events.csv", "title_en"), ("claims.csv", "kind")} <= found
    assert {("actors.csv", ""), ("themes.json", "")} <= found


def test_validate_looks_at_what_a_what_if_supposes() -> None:
    from helpers.data import what_if

    points = load("points")
    points.loc[points["point_id"] == "context-climate", "order"] = 1
    with what_if(points=points):
        assert {fault.field for fault in validate()} == {"stage+order"}
    assert not [fault for fault in validate() if fault.field == "stage+order"]


# The schema


def test_an_undescribed_field_is_named(change) -> None:
    change("schema/sections.json", '"title_ar": "القسم"', '"title_ar": ""')
    fault = Fault(
        "schema/sections.json", 0, "sections.section_id.title_ar", "", "text in every language"
    )
    assert fault in validate()


def test_codes_and_enumerations_must_agree(change) -> None:
    change("schema/passages.json", '"value": "bullet_title"', '"value": "bullet"')
    assert any(fault.field == "passages.kind" for fault in validate())


def test_an_example_carries_its_code(change) -> None:
    change("schema/claims.json", '"example": "context.11.2-a"', '"example": "context.13.3-a"')
    found = {(f.file, f.field, f.value) for f in validate()}
    assert ("schema/claims.json", "claims.kind.judgement", "context.13.3-a") in found


def spoilt_codes(table: str, field: str, **changes: object) -> list[str]:
    """Change the last code of a field; return what is said to be missing of it."""
    listed = list(codes(table, field).values())
    for name, value in changes.items():
        listed[-1].pop(name) if value is None else listed[-1].update({name: value})
    return [fault.field.removeprefix("here.") for fault in code_faults("file", "here", listed)]


@pytest.mark.parametrize("part", ["title_ar", "title_en", "description_ar", "description_en"])
def test_a_code_has_its_texts_in_both_languages(part: str) -> None:
    last = list(codes("claims", "kind"))[-1]
    assert spoilt_codes("claims", "kind", **{part: None}) == [f"{last}.{part}"]
    assert spoilt_codes("claims", "kind", **{part: " "}) == [f"{last}.{part}"]


@pytest.mark.parametrize(
    ("table", "field", "part"),
    [
        ("events", "kind", "colour"),
        ("checks", "verdict", "marker"),
        ("quantities", "unit", "pattern_ar"),
        ("points", "stage", "plural_en"),
        ("outcome_codes", "coder", "role"),
        ("argument_links", "relation", "pairs"),
    ],
)
def test_a_code_has_what_its_siblings_have(table: str, field: str, part: str) -> None:
    last = list(codes(table, field))[-1]
    assert spoilt_codes(table, field, **{part: None}) == [f"{last}.{part}"]
    assert spoilt_codes(table, field, **{part: ""}) == [f"{last}.{part}"]


def test_a_mark_of_one_code_asks_nothing_of_the_others() -> None:
    assert spoilt_codes("claims", "kind", leaders=True, ends={"to": "x"}) == []


def test_plural_forms_have_one_for_all_other_numbers() -> None:
    last = list(codes("quantities", "unit"))[-1]
    assert spoilt_codes("quantities", "unit", pattern_ar={"one": "نقطة"}) == [
        f"{last}.pattern_ar.other"
    ]
    foul = {"other": "{value} نقاط\u200f"}
    assert set(spoilt_codes("quantities", "unit", pattern_ar=foul)) == {f"{last}.pattern_ar.other"}


def test_words_of_a_code_come_in_both_languages() -> None:
    listed = list(codes("claims", "kind").values())
    for code in listed:
        code["plural_ar"] = "جمع"
    assert [fault.field for fault in code_faults("file", "here", listed)] == ["here.plural_en"]


@pytest.mark.one_of(3)
@pytest.mark.parametrize(
    ("file", "old", "new", "field", "expected"),
    [
        ("schema/themes.json", '"type": "integer"', '"type": "number of"', "fields.order.type", "one of string"),
        ("schema/themes.json", '"minimum": 1', '"minimum": "one"', "fields.order.constraints.minimum", "a number"),
        ("schema/themes.json", '"pattern": "^', '"pattern": "(^', "fields.theme_id.constraints.pattern", "a pattern"),
        ("schema/themes.json", '"primaryKey": [\n    "theme_id"', '"primaryKey": [\n    "theme"', "primaryKey", "fields of the table"),
        ("schema/themes.json", '"fields": [', '"columns": [', "fields", "a list of fields"),
        ("schema/claims.json", '"value": "fact"', '"value": "figure"', "fields.kind.codes", "a name used once"),
        ("schema/claims.json", '"same_as": ""', '"same": ""', "claims.same_as", "a field of claims"),
        ("schema/positions.json", '"resource": "actors"', '"resource": "actor"', "positions.actor_id", "a table"),
        ("schema/argument_links.json", '"needs": [\n            "passage_id"', '"needs": [\n            "passage"', "argument_links.basis.stated.needs", "a field of the table"),
        ("schema/claims.json", '"true"\n      ]', '"true",\n        "yes"\n      ]', "claims.checkable.trueValues", "true alone"),
        ("schema/themes.json", '"missingValues": [\n    ""', '"missingValues": [\n    "NA"', "themes.missingValues", "the empty cell alone"),
        ("schema/themes.json", '"unique": true', '"uniqe": true', "themes.order", "constraints among"),
        ("datapackage.json", '"path": "reference/themes.csv"', '"file": "reference/themes.csv"', "path", "text"),
        ("datapackage.json", '"name": "themes"', '"name": "claims"', "resources", "a name used once"),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_is_named(
    change, file: str, old: str, new: str, field: str, expected: str
) -> None:
    change(file, old, new)
    faults = [f for f in validate() if f.file == file and f.field.endswith(field)]
    assert any(expected in fault.expected for fault in faults), list(map(str, validate()))


def test_foul_characters_in_the_schema_are_named(change) -> None:
    change("schema/sections.json", '"title_ar": "القسم"', '"title_ar": "القسم\\u200f"')
    assert any("bidirectional" in fault.expected for fault in validate())


def test_every_table_has_fields_that_can_be_looked_at() -> None:
    assert all(fields(table) for table in table_names())


@pytest.mark.one_of(3)
@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"event": "summit-samarkand-2025"', '"event": "summit"', "subject.event"),
        ('"track": "relations"', '"track": "relation"', "subject.track"),
        ('"region": "CA5"', '"region": "CA6"', "subject.region"),
        ('"sides": [\n      "EU27"', '"sides": [\n      "EU28"', "subject.sides"),
        ('"currencies": [\n      "EUR"', '"currencies": [\n      "EURO"', "subject.currencies"),
        ('"subject": {', '"matter": {', "subject.event"),
    ],
)
def test_what_the_package_is_about_exists(change, old: str, new: str, field: str) -> None:
    change("datapackage.json", old, new)
    assert field in {fault.field for fault in validate() if fault.file == "datapackage.json"}


def test_other_programs_take_the_descriptor_with_what_we_add_to_it() -> None:
    """Frictionless refuses a descriptor that is no Data Package, and keeps unknown properties."""
    from frictionless import Package

    theirs = Package(str(data_folder() / "datapackage.json"))
    tables = [entry for entry in theirs.resources if entry.name not in other_files()]
    assert [table.name for table in tables] == table_names()
    for table in tables:
        assert [field.name for field in table.schema.fields] == list(fields(table.name))
        assert table.schema.primary_key == resource(table.name)["schema"]["primaryKey"]


# The command


def test_the_command_prints_the_faults_and_fails(data_copy: Path, capsys) -> None:
    row = edit(data_copy, "events", MINISTERIAL, place_id="atlantis")
    assert main(["validate"]) == 1
    printed = capsys.readouterr().out
    place = f"report/events.csv, row {row}, field place_id: 'atlantis'"
    assert f"{place} - expected one of the place_id in" in printed
    assert ": 1 fault\n" in printed


def test_the_command_succeeds_on_sound_data_and_takes_a_folder(
    data_copy: Path, monkeypatch, capsys
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, "elsewhere")
    assert main(["--data", str(data_copy), "validate"]) == 0
    assert capsys.readouterr().out.endswith(" tables: no faults\n")


def test_the_command_names_a_folder_without_tables(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "helpers", "--data", str(tmp_path), "validate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no datapackage.json" in done.stderr
