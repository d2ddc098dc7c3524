"""Every kind of fault is found, and named with file, row, field, value and what was expected."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.__main__ import main
from helpers.data import Fault, validate
from helpers.data.schema import resource


def edit(folder: Path, table: str, key: str, **cells: str) -> int:
    """Change cells of the row with the given key; return the row's number."""
    path = folder / resource(table)["path"]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    header = rows[0]
    number = next(n for n, row in enumerate(rows) if row[0] == key)
    for field, value in cells.items():
        rows[number][header.index(field)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return number + 1


def faults_about(table: str, row: int, field: str) -> list[Fault]:
    file = resource(table)["path"]
    return [
        fault for fault in validate() if (fault.file, fault.row, fault.field) == (file, row, field)
    ]


def test_the_data_are_sound() -> None:
    assert validate() == []


LINKS, LINK = "argument_links", "context-climate-motivates-issue-climate-water"
MINISTERIAL = "ministerial-ashgabat-2025"
FAULTS: list[tuple[str, str, dict[str, str], str, str, str]] = [
    # table, key of the row, what is written into it, field, value and expectation in the message
    ("events", MINISTERIAL, {"date_start": "28/03/2025"}, "date_start", "28/03/2025", "a date such as"),
    ("events", MINISTERIAL, {"date_start": "2025-02-30"}, "date_start", "2025-02-30", "a date such as"),
    ("events", MINISTERIAL, {"kind": "gathering"}, "kind", "gathering", "one of strategy, roadmap"),
    ("events", MINISTERIAL, {"place_id": "atlantis"}, "place_id", "atlantis", "one of the place_id in"),
    ("events", MINISTERIAL, {"title_en": ""}, "title_en", "", "a value"),
    ("events", MINISTERIAL, {"title_ar": ""}, "title_ar", "", "a value"),
    ("events", MINISTERIAL, {"title_ar": "Ministerial"}, "title_ar", "Ministerial", "Arabic text"),
    ("events", MINISTERIAL, {"date_end": "2025-03-01"}, "date_end", "2025-03-01", "2025-03-28 or later"),
    ("events", MINISTERIAL, {"precision": ""}, "precision", "", "a value"),
    ("events", MINISTERIAL, {"precision": "month"}, "date_start", "2025-03-28", "first day of the month"),
    ("claims", "context.6.1-c", {"passage_id": "context.99.1"}, "passage_id", "context.99.1", "one of the passage_id in"),
    ("claims", "context.6.1-c", {"checkable": "maybe"}, "checkable", "maybe", "true or false"),
    ("claims", "context.6.1-c", {"text_ar": "\ufe95\ufed3"}, "text_ar", "\ufe95\ufed3", "no presentation forms"),
    ("claims", "context.6.1-c", {"text_ar": "نص\u200fعربي"}, "text_ar", "نص\u200fعربي", "bidirectional control"),
    ("claims", "context.6.1-c", {"text_en": "=SUM(A1)"}, "text_en", "=SUM(A1)", "spreadsheet"),
    ("claims", "context.6.1-c", {"text_en": "Two  spaces"}, "text_en", "Two  spaces", "single spaces"),
    ("claims", "context.6.1-c", {"text_en": "Blank at end "}, "text_en", "Blank at end ", "without blanks"),
    ("claims", "context.6.1-c", {"text_en": "Two\nlines"}, "text_en", "Two\nlines", "one line"),
    ("claims", "context.6.1-c", {"same_as": "context.6.1-c"}, "same_as", "context.6.1-c", "first occurrence"),
    ("claims", "background.1.3-a", {"kind": "fact"}, "kind", "fact", "figure, as same_as has"),
    ("quantities", "context.7.2-b-q1", {"value": "-"}, "value", "-", "a number"),
    ("quantities", "context.7.2-b-q1", {"currency": ""}, "currency", "", "a currency, as the unit is money"),
    ("quantities", "context.7.2-b-q1", {"currency": "XYZ"}, "currency", "XYZ", "one of EUR, USD"),
    ("quantities", "context.7.2-b-q1", {"unit": ""}, "unit", "", "a unit, as a value is given"),
    ("quantities", "context.7.2-c-q1", {"currency": "EUR"}, "currency", "EUR", "no currency"),
    ("quantities", "context.7.2-b-q1", {"value_low": "3", "value_high": "9"}, "value", "340", "not both"),
    ("quantities", "context.7.2-b-q1", {"claim_id": "context.7.2-c"}, "quantity_id", "context.7.2-b-q1", "context.7.2-c with"),
    ("quantities", "context.7.2-b-q1", {"same_as": "context.7.2-b-q1"}, "same_as", "context.7.2-b-q1", "first occurrence"),
    ("quantities", "context.7.2-b-q1", {"qualifier": "roughly"}, "qualifier", "roughly", "one of exactly"),
    ("quantities", "context.7.2-b-q1", {"value": ""}, "value", "", "a value or a range"),
    ("quantities", "context.7.2-b-q1", {"value_status": "not_stated"}, "value_status", "not_stated", "stated"),
    ("quantities", "context.7.2-b-q1", {"period": "last year"}, "period", "last year", "text that matches"),
    (
        "quantities",
        "context.7.2-b-q1",
        {"value": "", "value_low": "9", "value_high": "3"},
        "value_low",
        "9",
        "less than 3",
    ),
    ("agreement_stages", "kyrgyzstan-signed-source", {"claim_id": "background.3.2-e"}, "claim_id", "background.3.2-e", "nothing"),
    ("agreement_stages", "kyrgyzstan-signed-source", {"precision": "month"}, "date", "2024-06-25", "first day of the month"),
    ("agreement_stages", "kazakhstan-signed-report", {"precision": "day"}, "date", "", "a date, as precision is given"),
    ("agreement_stages", "kyrgyzstan-signed-source", {"source_id": ""}, "source_id", "", "an id"),
    ("agreement_stages", "kyrgyzstan-signed-source", {"date": "2018-06-25"}, "date", "2018-06-25", "2019-07-06 or later"),
    ("agreement_stages", "kazakhstan-in-force-source", {"date": "2014-03-01"}, "date", "2014-03-01", "or later"),
    ("agreement_stages", "kyrgyzstan-signed-report", {"date": "2023-06-01"}, "date", "2023-06-01", "as events.csv has"),
    ("agreement_stages", "kyrgyzstan-signed-report", {"date_status": "not_stated"}, "date", "2024-06-01", "date_status"),
    ("points", "context-climate", {"order": "1"}, "stage+order", "context + 1", "an order used once"),
    ("points", "context-climate", {"order": "0"}, "order", "0", "a value that meets"),
    ("checks", "context.6.1-c-c1", {"verdict": "false"}, "verdict", "false", "one of confirmed"),
    ("checks", "context.6.1-c-c1", {"source_id": "nobody"}, "source_id", "nobody", "one of the source_id in"),
    ("checks", "context.6.1-c-c1", {"claim_id": "context.5.2-a"}, "claim_id", "context.5.2-a", "a checkable claim"),
    ("passages", "context.2.1", {"states": "true"}, "states", "context.2.1: true", "a claim in claims.csv"),
    ("passages", "context.2.2", {"states": "false"}, "states", "context.2.2: false", "no claim in claims.csv"),
    ("passages", "context.2.2", {"sentence": "9"}, "passage_id", "context.2.2", "context.2.9"),
    ("passages", "context.2.2", {"sentence": "0"}, "sentence", "0", "a value that meets"),
    ("passages", "context.2.2", {"sha256": "00"}, "sha256", "00", "text that matches"),
    ("references", "ref-07", {"passage_id": "context.6.1"}, "passage_id", "context.6.1", "kind reference"),
    ("figures", "factor-themes", {"passage_ids": "context.2.1 nowhere"}, "passage_ids", "nowhere", "ids that exist"),
    ("figures", "factor-themes", {"tables": "points nothing"}, "tables", "nothing", "ids that exist"),
    ("figures", "factor-themes", {"description_ar": "{missing} كلمة"}, "description_ar", "{missing} كلمة", "named fields"),
    ("figures", "factor-themes", {"number": "1"}, "notebook+kind+number", "01_context + chart + 1", "used once"),
    ("corrections", "second-reading", {"tables": "claims nothing"}, "tables", "nothing", "names of tables"),
    ("outcome_items", "dams", {"claim_id": "outcomes.2.3-c"}, "claim_id", "outcomes.2.3-c", "used once in its column"),
    ("outcome_items", "dams", {"verb_ar": ""}, "verb_ar", "", "a value"),
    ("outcome_items", "dams", {"point_id": "goal-pressure-russia"}, "point_id", "goal-pressure-russia", "stage outcome"),
    ("outcome_codes", "dams", {"item_id": "pyramids"}, "item_id", "pyramids", "one of the item_id in"),
    ("point_themes", "context-climate", {"weight": "1.5"}, "weight", "1.5", "a value that meets"),
    ("outcome_codes", "dams", {"strength": "promise"}, "strength", "promise", "one of welcome, affirm"),
    (LINKS, LINK, {"to_point": "context-climate"}, "to_point", "context-climate", "another point"),
    (LINKS, LINK, {"to_point": "challenge-russia"}, "relation", "motivates: context to challenge", "context to goal"),
    (LINKS, LINK, {"relation": "answers"}, "relation", "answers: context to issue", "outcome to issue"),
    (LINKS, LINK, {"relation": "causes"}, "relation", "causes", "one of motivates"),
    (LINKS, LINK, {"passage_id": ""}, "passage_id", "", "not empty, as basis is stated"),
    (LINKS, LINK, {"basis": "inferred"}, "reason_en", "", "not empty, as basis is inferred"),
    (LINKS, LINK, {"reason_en": "Because."}, "reason_en", "Because.", "nothing, as basis is stated"),
    (LINKS, LINK, {"link_id": "climate-link"}, "link_id", "climate-link", "context-climate-motivates"),
    ("points", "issue-people", {"unlinked_reason_en": "None."}, "unlinked_reason_en", "None.", "nothing, as the point has links"),
    ("claim_references", "context.11.2-b", {"reference_id": "ref-99"}, "reference_id", "ref-99", "one of the reference_id in"),
    ("glossary", "sanctions", {"term_en": ""}, "term_en", "", "a value"),
    ("glossary", "aid-package", {"note_en": ""}, "note_en", "", "text, as note_ar has some"),
    ("glossary", "aid-package", {"note_ar": ""}, "note_ar", "", "text, as note_en has some"),
    ("sources", "daz-eu-kazakhstan-ratification-2020", {"url": "daz.asia"}, "url", "daz.asia", "text that matches"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "key", "cells", "field", "value", "expected"),
    FAULTS,
    ids=[f"{table}-{field}-{value!r}" for table, _, _, field, value, _ in FAULTS],
)
def test_each_fault_is_named(
    data_copy, table: str, key: str, cells: dict, field: str, value: str, expected: str
) -> None:
    row = edit(data_copy, table, key, **cells)
    found = [fault for fault in faults_about(table, row, field) if fault.value == value]
    assert found, f"not found; all faults: {[str(fault) for fault in validate()]}"
    assert any(expected in fault.expected for fault in found), found


def test_a_duplicate_key_is_named_with_row_and_value(data_copy) -> None:
    row = edit(data_copy, "themes", "transport", theme_id="security")
    assert "security" in {fault.value for fault in faults_about("themes", row, "theme_id")}


def test_a_duplicate_composite_key_is_named(data_copy: Path) -> None:
    path = data_copy / "report" / "point_themes.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[1], *lines[1:]]), encoding="utf-8")
    (fault,) = faults_about("point_themes", 3, "point_id+theme_id")
    assert "used once" in fault.expected


def _without(path: Path, part: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert any(part in line for line in lines)
    path.write_text("".join(line for line in lines if part not in line), encoding="utf-8")


def test_an_item_without_a_code_is_named(data_copy: Path) -> None:
    _without(data_copy / "report" / "outcome_codes.csv", "dams,project_b,")
    assert any(f.value == "dams" and "project_b" in f.expected for f in validate())


def test_a_point_without_links_and_without_reason_is_named(data_copy: Path) -> None:
    _without(data_copy / "report" / "argument_links.csv", "issue-people")
    (fault,) = [f for f in validate() if f.field == "unlinked_reason_en"]
    assert fault.expected == "why the point has no link"


def test_a_published_code_that_no_pass_gave_is_named(data_copy: Path) -> None:
    path = data_copy / "report" / "outcome_codes.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("dams,published,fund", "dams,published,welcome"), encoding="utf-8")
    (fault,) = [f for f in validate() if "one of the passes gave" in f.expected]
    assert fault.value == "welcome"


def test_a_choice_between_two_passes_without_its_reason_is_named(data_copy: Path) -> None:
    path = data_copy / "report" / "outcome_codes.csv"
    _rewrite(path, lambda rows: [row.__setitem__(slice(3, 5), ["", ""]) for row in rows[1:]])
    (fault,) = [f for f in validate() if f.expected == "why it was settled so"]
    assert (fault.file, fault.field) == ("report/outcome_codes.csv", "reason_en")


def test_an_example_that_does_not_carry_its_code_is_named(change) -> None:
    change("schema/claims.json", '"example": "context.11.2-a"', '"example": "context.13.3-a"')
    (fault,) = validate()
    assert (fault.field, fault.value) == ("claims.kind.judgement", "context.13.3-a")


def test_weights_that_do_not_sum_to_one_are_named(data_copy: Path) -> None:
    path = data_copy / "report" / "point_themes.csv"
    text = path.read_text(encoding="utf-8")
    old = "context-climate,climate-water,1"
    assert old in text
    path.write_text(text.replace(old, "context-climate,climate-water,0.4"), encoding="utf-8")
    (fault,) = [fault for fault in validate() if "sum to 1" in fault.expected]
    assert fault.value == "context-climate: 0.4"


def test_same_as_may_not_go_in_circles(data_copy: Path) -> None:
    first = edit(data_copy, "claims", "introduction.1.2-c", same_as="background.1.3-a")
    second = edit(data_copy, "claims", "background.1.3-a", same_as="introduction.1.2-c")
    rows = {fault.row for fault in validate() if fault.field == "same_as"}
    assert {first, second} <= rows


def test_rows_out_of_order_are_named(data_copy: Path) -> None:
    path = data_copy / "reference" / "themes.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    assert any(fault.expected == "rows sorted by key" for fault in validate())


def _rewrite(path: Path, rewrite: Callable[[list[list[str]]], None]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rewrite(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_a_missing_column_is_named(data_copy: Path) -> None:
    _rewrite(data_copy / "report" / "actors.csv", lambda rows: [row.pop(2) for row in rows])
    (fault,) = [fault for fault in validate() if fault.file == "report/actors.csv"]
    assert (fault.row, fault.field, fault.value) == (1, "name_ar", "no such column")


def test_an_unknown_column_and_a_short_row_are_named(data_copy: Path) -> None:
    _rewrite(data_copy / "report" / "actors.csv", lambda rows: rows[0].append("age"))
    found = {(fault.row, fault.field) for fault in validate() if fault.file == "report/actors.csv"}
    assert {(1, "age"), (2, "")} <= found


def test_a_file_in_another_encoding_is_named(data_copy: Path) -> None:
    path = data_copy / "report" / "actors.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1256", errors="replace"))
    assert any("UTF-8" in fault.expected for fault in validate())


def test_a_byte_order_mark_is_named(data_copy: Path) -> None:
    """Spreadsheets add one; unnoticed, it would become part of the first column's name."""
    path = data_copy / "report" / "actors.csv"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    (fault,) = [fault for fault in validate() if fault.file == "report/actors.csv"]
    assert (fault.row, fault.expected) == (1, "UTF-8 without a byte order mark")
    assert "\\ufeff" in str(fault)


def test_a_missing_file_is_named(data_copy: Path) -> None:
    (data_copy / "report" / "actors.csv").unlink()
    assert Fault("report/actors.csv", 0, "", "no file", "the table actors") in validate()


def test_an_undescribed_field_is_named(change) -> None:
    change("schema/sections.json", '"title_ar": "القسم"', '"title_ar": ""')
    (fault,) = validate()
    assert (fault.file, fault.field) == ("datapackage.json", "sections.section_id.title_ar")


def test_codes_and_enumerations_must_agree(change) -> None:
    change("schema/passages.json", '"value": "bullet_title"', '"value": "bullet"')
    assert any(fault.field == "passages.kind" for fault in validate())


def test_all_faults_are_reported_in_one_run(data_copy: Path) -> None:
    edit(data_copy, "events", MINISTERIAL, date_start="soon", place_id="atlantis", title_en="")
    edit(data_copy, "claims", "context.6.1-c", kind="opinion")
    found = {(fault.file.split("/")[1], fault.field) for fault in validate()}
    assert {("events.csv", "date_start"), ("events.csv", "place_id")} <= found
    assert {("events.csv", "title_en"), ("claims.csv", "kind")} <= found


def test_the_command_prints_the_faults_and_fails(data_copy: Path, capsys) -> None:
    row = edit(data_copy, "events", MINISTERIAL, place_id="atlantis")
    assert main(["validate"]) == 1
    printed = capsys.readouterr().out
    expected = f"report/events.csv, row {row}, field place_id: 'atlantis' - expected one of the place_id in"
    assert expected in printed
    assert ": 1 fault\n" in printed


def test_the_command_succeeds_on_sound_data_and_takes_a_folder(data_copy: Path) -> None:
    command = [sys.executable, "-m", "helpers", "--data", str(data_copy), "validate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no faults" in done.stdout


def test_the_command_names_a_folder_without_tables(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "helpers", "--data", str(tmp_path), "validate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no datapackage.json" in done.stderr
