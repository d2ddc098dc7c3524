"""Tables come typed by their schema, or with an error that says what to mend."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from helpers.__main__ import main
from helpers.data import (
    DataError,
    Fault,
    codes,
    fields,
    in_reading_order,
    load,
    table_names,
    validate,
)
from helpers.data.cells import advice, as_text
from helpers.data.holding import held
from helpers.data.schema import data_folder, package, resource, schema_state
from helpers.data.tables import read
from helpers.paths import DATA, DATA_VARIABLE

TYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[s]"}


@pytest.mark.parametrize("table", table_names())
def test_every_column_has_the_type_of_its_field(table: str) -> None:
    frame = load(table)
    assert len(frame) > 0
    assert list(frame.columns) == list(fields(table))
    for name, field in fields(table).items():
        if "codes" in field:
            assert frame[name].cat.ordered
            assert list(frame[name].cat.categories) == list(codes(table, name))
        else:
            assert str(frame[name].dtype) == TYPES.get(field["type"], "str"), name


def test_callers_do_not_see_each_other() -> None:
    mine = load("themes")
    mine.loc[0, "title_en"] = "spoilt"
    assert "spoilt" not in set(load("themes")["title_en"])


def test_a_changed_file_is_read_again(change) -> None:
    assert "Transport" in set(load("themes")["title_en"])
    change("reference/themes.csv", "Transport", "Transport and transit")
    assert "Transport and transit" in set(load("themes")["title_en"])


def test_a_missing_table_names_those_that_exist() -> None:
    with pytest.raises(KeyError, match=r"no table 'claim'; tables: .*claims, .*events"):
        load("claim")


def test_a_missing_file_is_named(data_copy) -> None:
    (data_copy / "report" / "claims.csv").unlink()
    with pytest.raises(
        DataError, match=r"report/claims.csv: 'no file' - expected the table claims"
    ):
        load("claims")


def test_a_folder_without_a_schema_is_named(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"no datapackage.json in .*HELPERS_DATA names it"):
        load("claims")


def test_the_name_that_a_variable_had_before_holds(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    monkeypatch.setenv("SUMMIT_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=tmp_path.name):
        data_folder()
    monkeypatch.setenv(DATA_VARIABLE, str(DATA))
    assert data_folder() == DATA, "the new name goes first"


def test_unknown_fields_and_fields_without_codes_are_refused() -> None:
    with pytest.raises(KeyError, match="no field 'colour' in table 'claims'"):
        codes("claims", "colour")
    with pytest.raises(KeyError, match="has no codes"):
        codes("claims", "text_en")


def test_a_wrong_cell_is_named_with_file_row_field_and_value(change) -> None:
    change("report/points.csv", ",recommendation,5,", ",recommendation,five,")
    message = r"report/points.csv, row \d+, field order: 'five' - expected a whole number"
    with pytest.raises(DataError, match=message):
        load("points")


@pytest.mark.parametrize("table", table_names())
def test_what_is_loaded_says_what_the_file_says(table: str) -> None:
    """Written back as text, every cell is the one of the file: nothing is lost or mended."""
    entries = list(fields(table).values())
    assert as_text(load(table), entries) == read(table)


def test_all_wrong_cells_are_named_at_once(change) -> None:
    change("report/events.csv", "2025-03-28", "yesterday")
    change("report/events.csv", "2007-01-01", "long ago")
    with pytest.raises(DataError) as error:
        load("events")
    assert {fault.value for fault in error.value.faults} == {"yesterday", "long ago"}


def test_a_message_shows_the_beginning_of_a_long_value() -> None:
    told = str(Fault("report/claims.csv", 2, "kind", "x" * 5000, "one of fact, figure"))
    assert told.startswith("report/claims.csv, row 2, field kind: 'xxx")
    assert told.endswith("xxx...' - expected one of fact, figure")
    assert len(told) < 200


def test_reading_order_is_that_of_the_report() -> None:
    order = in_reading_order(load("claims"), "claim_id")["claim_id"]
    assert order.iloc[0].startswith("abstract_ar.1.1-")
    context = [claim for claim in order if claim.startswith("context.")]
    assert context[-1].startswith("context.13.3-"), "paragraph 13 comes after paragraph 2"
    assert len(order) == len(load("claims"))


def test_an_empty_cell_is_missing_and_not_text() -> None:
    assert load("claims")["same_as"].isna().any()
    assert pd.isna(load("quantities").set_index("quantity_id").at["context.8.1-c-q1", "value"])


def test_custom_properties_survive_in_the_schema() -> None:
    kinds = codes("claims", "kind")
    assert all(kinds[kind]["description_ar"] for kind in kinds)
    assert resource("claims")["title_ar"]


def test_reading_order_holds_for_any_index() -> None:
    claims = load("claims")
    turned = claims.iloc[::-1].set_axis([0] * len(claims))
    assert list(in_reading_order(turned, "claim_id")["claim_id"]) == list(
        in_reading_order(claims, "claim_id")["claim_id"]
    )
    assert in_reading_order(claims.iloc[:0], "claim_id").empty


# What is handed out is the caller's own


def test_the_schema_is_not_shared() -> None:
    codes("claims", "kind")["fact"]["title_en"] = "x"
    fields("claims")["kind"]["codes"].clear()
    resource("claims")["schema"]["fields"].clear()
    package()["resources"].clear()
    assert codes("claims", "kind")["fact"]["title_en"] != "x"
    assert resource("claims")["schema"]["fields"]
    assert "fact" in set(load("claims")["kind"])


def test_a_changed_schema_is_read_again(change) -> None:
    before = codes("claims", "kind")["fact"]["title_en"]
    change("schema/claims.json", f'"title_en": "{before}"', '"title_en": "matter of fact"')
    assert codes("claims", "kind")["fact"]["title_en"] == "matter of fact"


# Files that are not what they should be: one fault, that says what to mend

ACTORS = Path("report", "actors.csv")


def the_fault(data_copy: Path, spoil: Callable[[bytes], bytes]) -> Fault:
    """Spoil a file of the copied data; return the one fault that loading it names."""
    path = data_copy / ACTORS
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(DataError) as error:
        load("actors")
    (fault,) = error.value.faults
    assert fault.file == "report/actors.csv"
    assert set(error.value.faults) <= set(validate())
    return fault


@pytest.mark.parametrize(
    ("separator", "word"), [(b";", "semicolons"), (b"\t", "tabs"), (b"|", "bars")]
)
def test_other_separators_are_said_once(data_copy: Path, separator: bytes, word: str) -> None:
    fault = the_fault(data_copy, lambda content: content.replace(b",", separator))
    assert fault.row == 1
    assert fault.expected.startswith(f"cells separated by commas, not by {word}: save it as")


def test_all_that_a_spreadsheet_of_another_region_wrote_is_said_at_once(data_copy: Path) -> None:
    path = data_copy / "evidence/indicators.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    value = header.index("value")
    rows[0][value], rows[1][value] = "5,5", "٣٤٠"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    with pytest.raises(DataError) as error:
        load("indicators")
    (fault,) = error.value.faults
    for part in ("not by semicolons", "not after a comma", "digits 0-9", "CSV UTF-8"):
        assert part in fault.expected


@pytest.mark.parametrize(
    ("cell", "plain"), [("5,5", "5.5"), ("٣٤٠", "340"), ("۵", "5"), ("٥٫٥", "5.5"), ("５", "5")]
)
def test_a_number_of_another_region_is_told_how_to_be_written(cell: str, plain: str) -> None:
    assert advice(cell, {"type": "number"}).endswith(f": write {plain}")


@pytest.mark.parametrize("cell", ["1e3", "5,000,0", "yes"])
def test_what_is_no_number_anywhere_is_not_guessed_at(cell: str) -> None:
    assert "write" not in advice(cell, {"type": "number"})


@pytest.mark.parametrize("nothing", [b"", b"\n", b" \n"])
def test_a_file_that_opens_with_nothing_is_said_once(data_copy: Path, nothing: bytes) -> None:
    fault = the_fault(data_copy, lambda content: nothing + content if nothing else nothing)
    assert (fault.row, fault.expected) == (1, "the names of the columns")


def test_a_line_about_the_separator_is_no_header(data_copy: Path) -> None:
    fault = the_fault(data_copy, lambda content: b"sep=,\r\n" + content)
    assert (fault.row, fault.value) == (1, "sep=,")
    assert "commas" in fault.expected


def test_what_spreadsheets_add_to_a_file_changes_nothing(data_copy: Path) -> None:
    """A byte order mark would become part of the first column's name; lines end with CRLF."""
    before, path = load("actors"), data_copy / "report/actors.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(load("actors"), before)
    assert validate() == []


def test_other_encodings_are_named(data_copy: Path) -> None:
    def first_line_in_cp1256(content: bytes) -> bytes:
        head, row, rest = content.split(b"\n", maxsplit=2)
        return b"\n".join([head, row.decode("utf-8").encode("cp1256"), rest])

    fault = the_fault(data_copy, first_line_in_cp1256)
    assert (fault.row, fault.expected) == (2, "a CSV file in UTF-8")


def test_utf_16_is_named(data_copy: Path) -> None:
    fault = the_fault(data_copy, lambda content: content.decode("utf-8").encode("utf-16"))
    assert (fault.value, fault.expected) == ("UTF-16", "a CSV file in UTF-8")


def test_an_open_quote_is_named_with_the_row_that_opens_it(data_copy: Path) -> None:
    def open_in_row_4(content: bytes) -> bytes:
        lines = content.split(b"\n")
        lines[3] = b'"' + lines[3]
        return b"\n".join(lines)

    assert the_fault(data_copy, open_in_row_4).row == 4


@pytest.mark.parametrize("blank", [b"", b",,,,,,", b", ,,,,,"])
def test_a_blank_row_is_named(data_copy: Path, blank: bytes) -> None:
    def with_blank(content: bytes) -> bytes:
        lines = content.split(b"\n")
        return b"\n".join([lines[0], blank, *lines[1:]])

    fault = the_fault(data_copy, with_blank)
    assert (fault.row, fault.value) == (2, "blank row")


def test_a_column_named_twice_and_one_without_a_name_are_named(data_copy: Path) -> None:
    def doubled(content: bytes) -> bytes:
        return content.replace(b"actor_id,kind", b"actor_id,actor_id", 1)

    path = data_copy / ACTORS
    path.write_bytes(doubled(path.read_bytes()))
    with pytest.raises(DataError) as error:
        load("actors")
    assert {(f.field, f.value) for f in error.value.faults} == {
        ("kind", "no such column"),
        ("actor_id", "2 columns"),
    }


@pytest.mark.parametrize("ending", [b"\r\n", b"\r"])
def test_line_ends_of_other_systems_do_no_harm(data_copy: Path, ending: bytes) -> None:
    before = load("actors")
    path = data_copy / ACTORS
    path.write_bytes(path.read_bytes().replace(b"\n", ending))
    pd.testing.assert_frame_equal(load("actors"), before)


@pytest.mark.parametrize("name", ["datapackage.json", "schema/claims.json"])
@pytest.mark.parametrize(
    ("old", "new", "value", "expected"),
    [
        ('"title": ', '"title" ', '"title" ', "JSON at column"),
        ('",\n', '",,\n', ",,", "JSON at column"),
    ],
)
def test_broken_json_is_named_with_line_and_column(
    data_copy: Path, name: str, old: str, new: str, value: str, expected: str
) -> None:
    path = data_copy / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load("claims")
    (fault,) = error.value.faults
    assert (fault.file, fault.row) == (name, text[: text.index(old)].count("\n") + 1)
    assert value in fault.value
    assert expected in fault.expected
    assert fault in validate()


def test_json_that_is_cut_or_empty_or_no_object_is_named(data_copy: Path) -> None:
    path = data_copy / "schema" / "claims.json"
    whole = path.read_text(encoding="utf-8")
    for text in (whole[: len(whole) // 2], "", "[]", "\ud800".encode("utf-16-le", "surrogatepass")):
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        with pytest.raises(DataError, match=r"schema/claims.json.* - expected (a )?JSON"):
            load("claims")
        assert load("events").shape, "other tables do not suffer"


def test_json_with_a_byte_order_mark_is_read(data_copy: Path) -> None:
    for name in ("datapackage.json", "schema/claims.json"):
        path = data_copy / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(load("claims")) > 0


def test_a_missing_schema_is_named(data_copy: Path) -> None:
    (data_copy / "schema" / "claims.json").unlink()
    with pytest.raises(DataError, match=r"schema/claims.json: 'no file' - expected the schema of"):
        load("claims")


def test_a_broken_package_is_told_by_the_command(data_copy: Path, capsys) -> None:
    path = data_copy / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8") + ",", encoding="utf-8")
    assert main(["validate"]) != 0
    told = capsys.readouterr()
    assert "datapackage.json, row" in told.out + told.err


def test_files_of_the_schema_are_asked_once_while_held(data_copy: Path, monkeypatch) -> None:
    """A figure asks for labels by the hundred; when it is made, changes are seen again."""
    with held():
        before = data_folder(), schema_state("claims")
        monkeypatch.setenv(DATA_VARIABLE, str(data_copy.parent))
        assert (data_folder(), schema_state("claims")) == before
    with pytest.raises(FileNotFoundError, match="HELPERS_DATA names it"):
        data_folder()
