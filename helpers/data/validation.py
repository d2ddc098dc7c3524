"""Check every table: types, constraints and rules are ours, Frictionless is the second opinion."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd

from helpers.data.faults import DataError, Fault
from helpers.data.rules import (  # noqa: F401 - a module of rules registers them
    characters,
    evidence,
    general,
    reference,
    report,
)
from helpers.data.rules.base import RULES, TABLE_RULES, Tables
from helpers.data.rules.descriptions import description_faults
from helpers.data.schema import data_folder, stored, table_names
from helpers.data.tables import CHANGED, read


def validate() -> list[Fault]:
    """Check the whole Data Package.

    A table, or a schema, that cannot be read is named once, and the rules that need it are passed
    over. Whatever :func:`helpers.data.load` refuses is among the faults. Inside a what-if the
    changed tables are checked.

    Returns
    -------
    list of Fault
        Every fault of every table, sorted by file and row; empty when all is well.
    """
    try:
        names = table_names()
    except DataError as error:
        return error.faults
    tables, faults = read_all(names)
    for name in tables:
        faults += description_faults(name, tables)
    faults += check(tables)
    named = {(fault.file, fault.row, fault.field) for fault in faults}
    for fault in _second_opinion([name for name in tables if name not in CHANGED.get()]):
        if (fault.file, fault.row, fault.field) not in named:
            faults.append(fault)
    return sorted(set(faults))


def read_all(names: Collection[str]) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Read tables as text.

    Returns
    -------
    tables : dict of pandas.DataFrame
        Those that can be read, by name.
    faults : list of Fault
        What keeps the others from it.
    """
    tables, faults = {}, []
    for name in names:
        try:
            tables[name] = read(name)
        except DataError as error:
            faults += error.faults
    return tables, faults


def check(tables: Tables, changed: Collection[str] | None = None) -> list[Fault]:
    """Check tables as text by every rule that they are enough for.

    Parameters
    ----------
    tables : mapping of pandas.DataFrame
        Tables as :func:`helpers.data.tables.read` gives them, by name.
    changed : collection of str, optional
        Only rules that read one of these tables; all, if it is not given.

    Returns
    -------
    list of Fault
        In no order.
    """
    asked = set(tables if changed is None else changed)
    faults: list[Fault] = []
    for name in tables:
        if name in asked:
            for table_rule in TABLE_RULES:
                faults += table_rule(name, tables)
        elif asked & _named_by(name):
            faults += general.unknown_references(name, tables)
    for needed, rule in RULES:
        if set(needed) <= set(tables) and asked & set(needed):
            faults += rule(tables)
    return faults


def structural_faults() -> list[Fault]:
    """Name what keeps the tables from being used together.

    Returns
    -------
    list of Fault
        Files that cannot be read, cells that break their type or a constraint, keys that stand
        twice or lead nowhere; sorted.
    """
    tables, faults = read_all(table_names())
    for name in tables:
        for table_rule in general.STRUCTURE:
            faults += table_rule(name, tables)
    return sorted(set(faults))


def _named_by(table: str) -> set[str]:
    """Return the tables that the foreign keys of a table lead to."""
    foreign = stored(table)["schema"].get("foreignKeys", [])
    return {key["reference"]["resource"] for key in foreign}


def _second_opinion(names: Collection[str]) -> Iterator[Fault]:
    """Types and constraints of single cells, as Frictionless sees them."""
    folder = data_folder()
    for name in names:
        entry = stored(name)
        # Without keys: Frictionless names neither field nor value for those.
        schema = {key: entry["schema"][key] for key in ("fields", "missingValues")}
        told = ("name", "path", "format", "encoding")
        descriptor = {key: entry[key] for key in told if key in entry} | {"schema": schema}
        content = hashlib.sha256((folder / entry["path"]).read_bytes()).hexdigest()
        yield from _by_frictionless(json.dumps(descriptor), str(folder), content)


@functools.lru_cache(maxsize=256)
def _by_frictionless(descriptor: str, folder: str, _content: str) -> tuple[Fault, ...]:
    # Imported here: few who import the helpers validate, and it takes half a second.
    from frictionless import Checklist, Resource, system  # noqa: PLC0415

    checklist = Checklist(pick_errors=["type-error", "constraint-error", "unique-error"])
    with system.use_context(trusted=True):  # the folder may lie outside the working directory
        table = Resource.from_descriptor(json.loads(descriptor), basepath=folder)
        report = table.validate(checklist, limit_errors=1_000_000)
    return tuple(_as_fault(str(table.path), error) for error in report.tasks[0].errors)


def _as_fault(file: str, error: Any) -> Fault:  # a cell error; Frictionless types its base alone
    cell = "" if error.cell is None else str(error.cell)
    expected = f"what Frictionless asks for: {error.note}"
    return Fault(file, error.row_number, error.field_name, cell, expected)
