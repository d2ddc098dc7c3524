"""Tables come typed by their schema, or with an error that says what to mend."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data import DataError, codes, fields, in_reading_order, load, table_names
from helpers.data.schema import resource
from helpers.paths import DATA_VARIABLE

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
    with pytest.raises(FileNotFoundError, match=r"no datapackage.json in .*SUMMIT_DATA names it"):
        load("claims")


def test_unknown_fields_and_fields_without_codes_are_refused() -> None:
    with pytest.raises(KeyError, match="no field 'colour' in table 'claims'"):
        codes("claims", "colour")
    with pytest.raises(KeyError, match="has no codes"):
        codes("claims", "text_en")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "report/events.csv",
            "2025-03-28",
            "28 March 2025",
            r"events.csv, row \d+, field date_start: '28 March 2025' - expected a date such as",
        ),
        (
            "report/claims.csv",
            ",judgement,",
            ",opinion,",
            r"claims.csv, row 2, field kind: 'opinion' - expected one of fact, figure",
        ),
        (
            "report/points.csv",
            ",recommendation,5,",
            ",recommendation,five,",
            r"points.csv, row \d+, field order: 'five' - expected a whole number",
        ),
        (
            "report/quantities.csv",
            ",340,",
            ",340 or so,",
            r"quantities.csv, row \d+, field value: '340 or so' - expected a number",
        ),
        (
            "report/claims.csv",
            ",judgement,false,",
            ",judgement,no,",
            r"claims.csv, row 2, field checkable: 'no' - expected true or false",
        ),
        (
            "report/claims.csv",
            "claim_id,passage_id,",
            "claim_id,",
            r"claims.csv, row 1, field passage_id: 'no such column' - expected the columns",
        ),
    ],
)
def test_a_wrong_cell_is_named_with_file_row_field_and_value(
    change, file: str, old: str, new: str, message: str
) -> None:
    change(file, old, new)
    with pytest.raises(DataError, match=message):
        load(file.split("/")[1].removesuffix(".csv"))


def test_all_wrong_cells_are_named_at_once(change) -> None:
    change("report/events.csv", "2025-03-28", "yesterday")
    change("report/events.csv", "2007-01-01", "long ago")
    with pytest.raises(DataError) as error:
        load("events")
    assert {fault.value for fault in error.value.faults} == {"yesterday", "long ago"}


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
