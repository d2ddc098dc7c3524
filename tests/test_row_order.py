"""The order of the rows in the files changes nothing that is shown."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd
import pytest
from figures import Shown, ids_of, made_once, shown

from helpers import data
from helpers.data.schema import table_names
from helpers.geo import Outlines
from helpers.language import Language

pytestmark = pytest.mark.thorough  # tables are asked in test_views
AR = Language("ar")


@pytest.fixture(scope="module")
def from_shuffled_files() -> dict[str, Shown]:
    """What the notebooks show when every table comes in another order."""
    tables = {name: data.load(name).sample(frac=1, random_state=5) for name in table_names()}
    assert any(list(rows.index) != sorted(rows.index) for rows in tables.values())
    with data.what_if(**tables):
        return shown.__wrapped__()


def in_any_order(argument: Any) -> Any:
    """Return an argument of a chart with the rows of its frames in an order of their own."""
    if isinstance(argument, pd.DataFrame):
        return sorted(argument.astype(str).itertuples(index=False, name=None), key=repr)
    if isinstance(argument, Outlines):
        return "outlines, which are no table"
    if dataclasses.is_dataclass(argument):
        return {name: in_any_order(value) for name, value in vars(argument).items()}
    return argument


@pytest.mark.parametrize("figure_id", ids_of("chart"))
def test_shuffled_files_give_charts_the_same_rows(
    figure_id: str, from_shuffled_files: dict[str, Shown]
) -> None:
    """The order of these changes no chart: ``test_every_chart`` shuffles them."""
    again, first = from_shuffled_files[figure_id].arguments, shown()[figure_id].arguments
    assert list(again) == list(first)
    for name, argument in first.items():
        assert in_any_order(again[name]) == in_any_order(argument), name


@pytest.mark.parametrize("figure_id", ids_of("table"))
def test_shuffled_files_show_the_same_tables(
    figure_id: str, from_shuffled_files: dict[str, Shown]
) -> None:
    again, first = from_shuffled_files[figure_id].made(AR), made_once(figure_id, AR)
    assert again.to_html() == first.to_html()
    assert again.fields == first.fields
    assert again.sources == first.sources
