"""Whatever befalls a file is said with its place or in a sentence, and nothing is lost.

``damages.csv`` is the bank; each of its rows is a test here. What befalls the system under the
helpers, and no file, is in ``test_refusals.py``.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest
from corruption import sound
from damage import Damage, bank, damaged

from helpers import seminar
from helpers.data import (
    DataError,
    Fault,
    data_folder,
    fields,
    load,
    table_names,
    validate,
    validation,
)
from helpers.data.cells import as_text
from helpers.data.rules.descriptions import description_faults
from helpers.data.tables import read
from helpers.data.validation import check, read_all
from helpers.errors import BuildError
from helpers.language import Language
from helpers.paths import DATA_VARIABLE, NOTEBOOKS
from helpers.publish import execute, pairs

OF_TABLES = bank("table", "tables")
OF_PACKAGE = bank("package")
OF_NOTEBOOKS = bank("notebook")
OF_PAIRS = bank("pair")
OF_SHEETS = bank("sheet")
KINDS = 229
LIMIT = 131_072  # of a cell, as Python sets it


def test_the_bank_keeps_its_kinds() -> None:
    every = [*OF_TABLES, *OF_PACKAGE, *OF_NOTEBOOKS, *OF_PAIRS, *OF_SHEETS]
    assert len({str(damage) for damage in every}) == len(every) >= KINDS


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data, one for all damages; each puts back what it damaged."""
    sound()  # read before the folder is another
    folder = tmp_path_factory.mktemp("damaged") / "data"
    shutil.copytree(data_folder(), folder)
    return folder


@pytest.fixture
def folder(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(copied))
    return copied


def told_of(table: str, is_of_a_cell: bool) -> list[Fault]:
    """Return what :func:`helpers.data.validate` says of a table, and of those that name it.

    On single cells the second opinion is heard in ``test_data_random.py``.
    """
    tables, faults = read_all([table])
    for name in tables:
        faults += description_faults(name, table_names())
    others = {name: text for name, text in sound().items() if name != table}
    faults += check({**others, **tables}, tables, forgiving=bool(faults))
    return [*faults, *([] if is_of_a_cell else validation._second_opinion(list(tables)))]


def names(damage: Damage, fault: Fault, file: str) -> bool:
    """Tell whether a fault is the one that a damage asks for."""
    return (
        fault.file == file
        and damage.row in (str(fault.row), "*")
        and damage.field in (fault.field, "*")
        and (damage.value in ("", "*") or damage.value in fault.value)
        and (damage.value != "" or fault.value == "")
        and (damage.said == "*" or damage.said in fault.expected)
    )


@pytest.mark.parametrize("damage", OF_TABLES, ids=map(str, OF_TABLES))
def test_what_befalls_a_table_or_its_schema_is_named(damage: Damage, folder: Path) -> None:
    table = Path(damage.file).stem
    whole = load(table)
    with damaged(folder, damage):
        faults = told_of(table, is_of_a_cell=damage.how == "cell")
        try:
            loaded = load(table)
        except DataError as error:
            assert set(error.faults) <= set(faults)
        else:
            assert as_text(loaded, list(fields(table).values())) == read(table), "something is lost"
    if damage.is_harmless:
        assert faults == []
        pd.testing.assert_frame_equal(loaded, whole)
        return
    places = {fault.file for fault in faults} if damage.door == "tables" else {damage.file}
    told = [fault for fault in faults for file in places if names(damage, fault, file)]
    assert told, list(map(str, faults))
    assert all("\n" not in str(fault) for fault in faults)
    pd.testing.assert_frame_equal(load(table), whole)


@pytest.mark.parametrize("damage", OF_PACKAGE, ids=map(str, OF_PACKAGE))
def test_what_befalls_the_package_is_named(
    damage: Damage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is asked of each table by itself is tested above, and takes its time.
    monkeypatch.setattr(validation, "by_frictionless", lambda *_: ())
    monkeypatch.setattr(validation, "TABLE_RULES", [])
    with damaged(folder, damage):
        faults = validate()
    assert any(names(damage, fault, damage.file) for fault in faults), list(map(str, faults))


@pytest.mark.parametrize("damage", OF_NOTEBOOKS, ids=map(str, OF_NOTEBOOKS))
def test_what_befalls_a_notebook_is_said(damage: Damage, tmp_path: Path, caplog) -> None:
    copy = tmp_path / damage.file
    copy.parent.mkdir()
    shutil.copy(NOTEBOOKS / damage.file, copy)
    whole = execute.fresh(execute.read(copy))
    with damaged(tmp_path, damage):
        if damage.is_harmless:
            assert execute.fresh(execute.read(copy)).cells == whole.cells
        else:
            with pytest.raises(BuildError, match=damage.said) as stopped:
                execute.fresh(execute.read(copy))
            assert "\n" not in str(stopped.value)
    assert caplog.records == [], "nothing is said twice"


@pytest.mark.parametrize("damage", OF_PAIRS, ids=map(str, OF_PAIRS))
def test_what_tells_the_languages_of_a_notebook_apart_is_said(
    damage: Damage, tmp_path: Path
) -> None:
    for code in ("ar", "en"):
        (tmp_path / code).mkdir()
        shutil.copy(NOTEBOOKS / code / "00_start.ipynb", tmp_path / code)
    with damaged(tmp_path, damage):
        told = pairs.faults(tmp_path)
    assert any(damage.said in fault for fault in told), told
    assert pairs.faults(tmp_path) == []


@pytest.mark.parametrize("damage", OF_SHEETS, ids=map(str, OF_SHEETS))
def test_what_befalls_a_sheet_of_a_student_is_told(damage: Damage, tmp_path: Path) -> None:
    (tmp_path / damage.file).parent.mkdir(exist_ok=True)
    limit = csv.field_size_limit(LIMIT)  # others raise it
    with damaged(tmp_path, damage):
        group = seminar.group(tmp_path, Language("en"))
    csv.field_size_limit(limit)
    file, told = Path(damage.file).parts[0], group.reply.faults
    assert any(names(damage, fault, file) for fault in told), list(map(str, told))
