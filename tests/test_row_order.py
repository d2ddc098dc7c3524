"""The order of the rows in the files changes nothing that is shown."""

from __future__ import annotations

import pytest
from figures import Shown, drawn_pixels, ids, made_once, pixels, shown

from helpers import data
from helpers.data.schema import table_names
from helpers.language import Language

# Charts are drawn once for all tests of one worker.
pytestmark = [pytest.mark.engines, pytest.mark.xdist_group("charts")]
AR = Language("ar")


@pytest.fixture(scope="module")
def from_shuffled_files() -> dict[str, Shown]:
    """What the notebooks show when every table comes in another order."""
    tables = {name: data.load(name).sample(frac=1, random_state=5) for name in table_names()}
    assert any(list(rows.index) != sorted(rows.index) for rows in tables.values())
    with data.what_if(**tables):
        return shown.__wrapped__()


@pytest.mark.parametrize("figure_id", ids())
def test_shuffled_files_show_the_same(
    figure_id: str, from_shuffled_files: dict[str, Shown]
) -> None:
    again = from_shuffled_files[figure_id].made(AR)
    first = made_once(figure_id, AR)
    if shown()[figure_id].kind == "chart":
        assert pixels(again) == drawn_pixels(figure_id, AR)
    else:
        assert again.to_html() == first.to_html()
    assert again.fields == first.fields
    assert again.sources == first.sources
