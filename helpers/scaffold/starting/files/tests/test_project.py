"""What must stay true of this project; `make validate` names what is still to be written."""

from __future__ import annotations

from pathlib import Path

from helpers.data import load, validate
from helpers.language import LOCALES
from helpers.publish import pairs
from helpers.publish import run as notebooks
from helpers.scaffold import TO_WRITE

MARKS = [words.partition("{")[0] for words in TO_WRITE.values()]


def test_what_is_written_in_the_tables_keeps_every_rule() -> None:
    written = [fault for fault in validate() if fault.value]
    faults = [fault for fault in written if not any(mark in fault.value for mark in MARKS)]
    assert [str(fault) for fault in faults] == []


def test_the_notebooks_of_a_name_have_the_same_cells_in_every_language() -> None:
    assert pairs.faults() == []


def test_every_notebook_runs_and_draws_its_charts(tmp_path: Path) -> None:
    notebooks.run(tmp_path)
    charts = load("figures").query("kind == 'chart'")["figure_id"]
    pictures = [
        tmp_path / "figures" / code / f"{chart}.png" for code in LOCALES for chart in charts
    ]
    assert [path.name for path in pictures if not path.is_file()] == []
