"""Check every table: types, constraints and rules are ours, Frictionless is the second opinion."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Collection, Iterator
from typing import Any

from helpers.data.faults import DataError, Fault, Faults
from helpers.data.holding import held
from helpers.data.rules import (  # noqa: F401 - a module of rules registers them
    characters,
    coding,
    commitments,
    evidence,
    general,
    indicators,
    lab,
    questions,
    reference,
    report,
    routes,
)
from helpers.data.rules.base import RULES, TABLE_RULES, Tables
from helpers.data.rules.descriptions import description_faults
from helpers.data.rules.package import package_description_faults, stray_files
from helpers.data.schema import data_folder, stored, table_names
from helpers.data.tables import CHANGED, read
from helpers.data.text import TextTable


@held()
def validate() -> Faults:
    """Check the whole Data Package.

    A table, or a schema, that cannot be read is named once, and the rules that need it are passed
    over. Whatever :func:`helpers.data.load` refuses is among the faults. Inside a what-if the
    changed tables are checked.

    Returns
    -------
    Faults
        A list of every fault of every table, sorted by file and row; empty when all is well. A
        notebook shows it in its own language.
    """
    try:
        names = table_names()
    except DataError as error:
        return Faults(error.faults)
    tables, faults = read_all(names)
    faults += [*package_description_faults(), *stray_files()]
    for name in tables:
        faults += description_faults(name, tables)
    faults += check(tables, forgiving=bool(faults))
    named = {(fault.file, fault.row, fault.field) for fault in faults}
    for fault in _second_opinion([name for name in tables if name not in CHANGED.get()]):
        if (fault.file, fault.row, fault.field) not in named:
            faults.append(fault)
    return Faults(sorted(set(faults)))


def read_all(names: Collection[str]) -> tuple[dict[str, TextTable], list[Fault]]:
    """Read tables as text.

    Returns
    -------
    tables : dict of TextTable
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


def check(
    tables: Tables, changed: Collection[str] | None = None, forgiving: bool = False
) -> list[Fault]:
    """Check tables as text by every rule that they are enough for.

    Parameters
    ----------
    tables : mapping of TextTable
        Tables as :func:`helpers.data.tables.read` gives them, by name.
    changed : collection of str, optional
        Only rules that read one of these tables; all, if it is not given.
    forgiving : bool
        Whether a rule that cannot be asked is passed over: so it is as long as a schema has faults
        of its own, which are named.

    Returns
    -------
    list of Fault
        In no order.
    """
    asked = set(tables if changed is None else changed)
    with held():
        return [fault for ask in _questions(tables, asked) for fault in _answered(ask, forgiving)]


def _questions(tables: Tables, asked: Collection[str]) -> Iterator[Callable[[], Iterator[Fault]]]:
    for name in tables:
        if name in asked:
            for table_rule in TABLE_RULES:
                yield functools.partial(table_rule, name, tables)
        elif any(target in asked for target in _named_by(name)):
            yield functools.partial(general.unknown_references, name, tables)
    for needed, rule in RULES:
        if all(name in tables for name in needed) and any(name in asked for name in needed):
            yield functools.partial(rule, tables)


def _answered(ask: Callable[[], Iterator[Fault]], forgiving: bool) -> list[Fault]:
    try:
        return list(ask())
    except Exception:
        if not forgiving:
            raise
        return []


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
        parts = ("fields", "missingValues")
        schema = {part: entry["schema"][part] for part in parts if part in entry["schema"]}
        content = (folder / entry["path"]).read_bytes()
        yield from by_frictionless(entry["path"], json.dumps(schema), content)


@functools.lru_cache(maxsize=128)
def by_frictionless(file: str, schema: str, content: bytes) -> tuple[Fault, ...]:
    """Name the cells of a CSV file that Frictionless refuses; asked once for each content.

    Parameters
    ----------
    file : str
        What the file is called in the faults.
    schema : str
        Fields and missing values as JSON; of keys Frictionless names neither field nor value.
    content : bytes
        What the file holds.
    """
    # Imported here: few who import the helpers validate, and it takes half a second.
    from frictionless import Checklist, FrictionlessException, Resource, Schema  # noqa: PLC0415

    checklist = Checklist(pick_errors=["type-error", "constraint-error", "unique-error"])
    try:
        table = Resource(
            data=content,
            scheme="buffer",
            format="csv",
            encoding="utf-8-sig",
            schema=Schema.from_descriptor(json.loads(schema)),
        )
        answer = table.validate(checklist, limit_errors=1_000_000)
    except FrictionlessException as error:
        reasons = "; ".join(reason.note for reason in error.reasons) or str(error)
        return (Fault(file, 0, "", reasons, "a schema that Frictionless takes"),)
    return tuple(_as_fault(file, error) for error in answer.tasks[0].errors)


def _as_fault(file: str, error: Any) -> Fault:  # a cell error; Frictionless types its base alone
    cell = "" if error.cell is None else str(error.cell)
    expected = f"what Frictionless asks for: {error.note}"
    return Fault(file, error.row_number, error.field_name, cell, expected)
