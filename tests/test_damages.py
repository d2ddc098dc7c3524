"""Whatever befalls a file is said with its place or in a sentence, and nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from corruption import sound
from damage import Damage, bank, damaged

from helpers import seminar
from helpers.data import DataError, Fault, data_folder, fields, load, table_names, validate
from helpers.data import validation
from helpers.data.cells import as_text
from helpers.data.rules.descriptions import description_faults
from helpers.data.tables import read
from helpers.data.validation import check, read_all
from helpers.errors import BuildError
from helpers.language import Language
from helpers.paths import DATA_VARIABLE, NOTEBOOKS

OF_TABLES = bank("table", "tables")


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


def told_of(table: str) -> list[Fault]:
    """Return what :func:`helpers.data.validate` says of a table, and of those that name it."""
    tables, faults = read_all([table])
    for name in tables:
        faults += description_faults(name, table_names())
    others = {name: text for name, text in sound().items() if name != table}
    faults += check({**others, **tables}, tables)
    return [*faults, *validation._second_opinion(tables)]


def names(damage: Damage, fault: Fault) -> bool:
    wanted = {"row": str(fault.row), "field": fault.field, "value": fault.value}
    fits = [getattr(damage, part) in (found, "*") for part, found in wanted.items()]
    fits[2] = fits[2] or (bool(damage.value) and damage.value in fault.value)
    file = damage.file if damage.door != "tables" else fault.file
    return fault.file == file and all(fits) and (damage.said in fault.expected or damage.said == "*")


@pytest.mark.parametrize("damage", OF_TABLES, ids=map(str, OF_TABLES))
def test_what_befalls_a_table_or_its_schema_is_named(damage: Damage, folder: Path) -> None:
    table = Path(damage.file).stem
    whole = load(table)
    with damaged(folder, damage):
        faults = told_of(table)
        try:
            loaded = load(table)
        except DataError as error:
            assert set(error.faults) <= set(faults)
        else:
            assert as_text(loaded, list(fields(table).values())) == read(table), "something is lost"
            if damage.is_harmless:
                pd.testing.assert_frame_equal(loaded, whole)
        if damage.is_harmless:
            assert faults == []
        else:
            assert any(names(damage, fault) for fault in faults), list(map(str, faults))
        assert all("\n" not in str(fault) for fault in faults)
    pd.testing.assert_frame_equal(load(table), whole)


@pytest.mark.parametrize("damage", OF_PACKAGE := bank("package"), ids=map(str, OF_PACKAGE))
def test_what_befalls_the_package_is_named(
    damage: Damage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "by_frictionless", lambda *_: ())
    with damaged(folder, damage):
        faults = validate()
    assert any(names(damage, fault) for fault in faults), list(map(str, faults))


@pytest.mark.parametrize("damage", OF_NOTEBOOKS := bank("notebook"), ids=map(str, OF_NOTEBOOKS))
def test_what_befalls_a_notebook_is_said(damage: Damage, tmp_path: Path) -> None:
    from helpers.publish import execute
    (tmp_path / damage.file).parent.mkdir()
    shutil.copy(NOTEBOOKS / damage.file, tmp_path / damage.file)
    with damaged(tmp_path, damage) as path:
        if damage.is_harmless:
            assert execute._fresh(path.read_text(encoding="utf-8")).cells
        else:
            with pytest.raises(BuildError, match=damage.said):
                execute._fresh(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("damage", OF_PAIRS := bank("pair"), ids=map(str, OF_PAIRS))
def test_what_tells_the_languages_of_a_notebook_apart_is_said(
    damage: Damage, tmp_path: Path
) -> None:
    from helpers.publish import pairs
    assert False


OF_SHEETS = bank("sheet")


@pytest.mark.parametrize("damage", OF_SHEETS, ids=map(str, OF_SHEETS))
def test_what_befalls_a_sheet_of_a_student_is_told(damage: Damage, tmp_path: Path) -> None:
    (tmp_path / damage.file).parent.mkdir(exist_ok=True)
    with damaged(tmp_path, damage):
        group = seminar.group(tmp_path, Language("en"))
    name = Path(damage.file).parts[0]
    faults = [Fault(damage.file if f.file == name else "", *[f.row, f.field, f.value, f.expected]) for f in group.reply.faults]
    assert any(names(damage, fault) for fault in faults), list(map(str, group.reply.faults))
