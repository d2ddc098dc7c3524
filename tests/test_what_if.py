"""A changed table is held to its types, seen inside its block, and nowhere else."""

from __future__ import annotations

import datetime
import threading

import numpy as np
import pandas as pd
import pytest

from helpers.data import DataError, load, tracing, what_if
from helpers.data.holding import held
from helpers.publish.targets import targets


def test_text_becomes_what_the_schema_says() -> None:
    points = load("points")
    plain = points.astype({"stage": "object", "order": "float64"})
    with what_if(points=plain):
        pd.testing.assert_frame_equal(load("points"), points)


def test_columns_may_stand_in_any_order() -> None:
    points = load("points")
    with what_if(points=points[points.columns[::-1]]):
        assert list(load("points").columns) == list(points.columns)


@pytest.mark.parametrize(
    ("table", "column", "value", "written", "expected"),
    [
        ("points", "stage", "gaol", "gaol", "one of context"),
        ("points", "order", 2.5, "2.5", "a whole number"),
        ("points", "order", "٢", "٢", "a whole number"),
        ("point_themes", "weight", np.inf, "inf", "a number"),
        ("events", "date_start", "2025-4-3", "2025-4-3", "a date"),
        ("events", "date_start", pd.Timestamp(2025, 4, 3, 12), "2025-04-03T12:00:00", "a date"),
        ("claims", "checkable", "yes", "yes", "true or false"),
    ],
)
def test_a_wrong_cell_is_named_with_table_row_and_field(
    table: str, column: str, value: object, written: str, expected: str
) -> None:
    frame = load(table).astype({column: "object"})
    frame.loc[1, column] = value
    with pytest.raises(DataError) as error, what_if(**{table: frame}):
        pass
    (fault,) = error.value.faults
    assert (fault.file, fault.row, fault.field) == (f"what_if({table}=...)", 3, column)
    assert fault.value == written
    assert expected in fault.expected


@pytest.mark.parametrize(
    ("table", "column", "value", "loaded"),
    [
        ("points", "order", np.int64(7), 7),
        ("points", "order", 7.0, 7),
        ("point_themes", "weight", 1e-7, 1e-7),
        ("point_themes", "weight", np.float64(0.25), 0.25),
        ("events", "date_start", datetime.date(2025, 4, 3), pd.Timestamp(2025, 4, 3)),
        ("claims", "checkable", np.True_, True),
        ("claims", "checkable", "false", False),
    ],
)
def test_values_of_programs_are_taken(
    table: str, column: str, value: object, loaded: object
) -> None:
    frame = load(table).astype({column: "object"})
    frame.loc[1, column] = value
    with what_if(**{table: frame}):
        assert load(table).loc[1, column] == loaded


def test_missing_values_of_all_kinds_are_empty() -> None:
    frame = load("claims").astype({"same_as": "object"})
    for row, nothing in enumerate((None, np.nan, pd.NA, pd.NaT, "")):
        frame.loc[row, "same_as"] = nothing
    with what_if(claims=frame):
        assert load("claims")["same_as"].iloc[:5].isna().all()


def test_an_empty_table_keeps_its_types() -> None:
    points = load("points")
    with what_if(points=points.iloc[:0]):
        pd.testing.assert_series_equal(load("points").dtypes, points.dtypes)
        assert load("points").empty


def test_unknown_tables_and_columns_are_named() -> None:
    points = load("points")
    unknown = pytest.raises(KeyError, match=r"no table 'point'; tables: .*points")
    with unknown, what_if(point=points):
        pass
    odd = points.drop(columns="order").assign(rank=1)
    with pytest.raises(DataError) as error, what_if(points=odd):
        pass
    assert {(f.field, f.value) for f in error.value.faults} == {
        ("order", "no such column"),
        ("rank", "unknown column"),
    }
    twice = pd.concat([points, points[["order"]]], axis=1)
    with pytest.raises(DataError, match="field order: '2 columns'"), what_if(points=twice):
        pass


def test_blocks_nest_and_end_with_an_exception() -> None:
    points, themes = load("points"), load("themes")
    with what_if(points=points.head(3), themes=themes.head(2)):
        with pytest.raises(RuntimeError), what_if(points=points.head(1)):
            assert (len(load("points")), len(load("themes"))) == (1, 2)
            raise RuntimeError
        assert len(load("points")) == 3
    assert (len(load("points")), len(load("themes"))) == (len(points), len(themes))


def test_a_refused_table_leaves_nothing_behind() -> None:
    points, count = load("points"), len(load("themes"))
    with pytest.raises(DataError), what_if(themes=load("themes").head(1), points=points[["order"]]):
        pass
    assert len(load("themes")) == count


def test_neither_the_callers_frame_nor_a_loaded_one_is_shared() -> None:
    mine = load("themes")
    with what_if(themes=mine):
        mine.loc[0, "title_en"] = "spoilt before"
        loaded = load("themes")
        loaded.loc[0, "title_en"] = "spoilt after"
        assert not {"spoilt before", "spoilt after"} & set(load("themes")["title_en"])


def test_other_threads_see_nothing_of_it() -> None:
    points, seen = load("points"), []
    with what_if(points=points.head(1)), tracing() as opened:
        thread = threading.Thread(target=lambda: seen.append(len(load("points"))))
        thread.start()
        thread.join()
    assert seen == [len(points)]
    assert opened == set()


def test_a_changed_table_is_noted_as_loaded() -> None:
    with what_if(points=load("points")), tracing() as opened:
        load("points")
    assert opened == {"points"}


def test_what_is_held_outside_a_block_is_asked_anew_inside() -> None:
    """What is worked out once for a build must not hide a changed table, or that one was opened."""
    with held():
        every = targets()["terms"]
        with what_if(glossary=load("glossary").iloc[:1]):
            assert len(targets()["terms"]) == 1 < len(every)
        assert targets()["terms"] == every
        with tracing() as opened:
            targets()
        assert "glossary" in opened
