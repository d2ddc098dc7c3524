"""Check every table: types and constraints by Frictionless, the rest by our own rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from helpers.data.faults import DataError, Fault
from helpers.data.rules import general
from helpers.data.rules import tables as of_tables
from helpers.data.schema import data_folder, fields, package
from helpers.data.tables import expectation, read


def validate() -> list[Fault]:
    """Check the whole Data Package.

    Returns
    -------
    list of Fault
        Every fault of every table, sorted by file and row; empty when all is well.
    """
    folder, tables, faults = data_folder(), {}, []
    for entry in package()["resources"]:
        path = folder / entry["path"]
        if not path.is_file():
            faults.append(Fault(entry["path"], 0, "", "no file", f"the table {entry['name']}"))
            continue
        try:
            tables[entry["name"]] = read(path, entry)
        except DataError as error:
            faults += error.faults
    faults += _cell_faults(folder, list(tables))
    for rule in general.RULES:
        faults += rule(tables)
    for needed, rule in of_tables.RULES:
        if set(needed) <= set(tables):
            faults += rule(tables)
    return sorted(set(faults))


def _cell_faults(folder: Path, names: list[str]) -> Iterator[Fault]:
    """Types and constraints of single cells, as Frictionless sees them."""
    # Imported here: Frictionless takes longer to import than a notebook takes to run.
    from frictionless import Checklist, Resource, system  # noqa: PLC0415

    checklist = Checklist(pick_errors=["type-error", "constraint-error", "unique-error"])
    with system.use_context(trusted=True):  # the folder may lie outside the working directory
        for name in names:
            descriptor = _for_frictionless(name)
            table = Resource.from_descriptor(descriptor, basepath=str(folder))
            report = table.validate(checklist, limit_errors=1_000_000)
            for error in report.tasks[0].errors:
                yield _as_fault(name, descriptor["path"], error)


def _for_frictionless(name: str) -> dict:
    """Return a descriptor without keys: Frictionless names neither field nor value for those."""
    entry = next(entry for entry in package()["resources"] if entry["name"] == name)
    schema = {key: entry["schema"][key] for key in ("fields", "missingValues")}
    return {key: entry[key] for key in ("name", "path", "format", "encoding")} | {"schema": schema}


def _as_fault(table: str, file: str, error) -> Fault:
    field = fields(table)[error.field_name]
    constraints = field.get("constraints", {})
    cell = "" if error.cell is None else str(error.cell)
    if not cell:
        expected = "a value"
    elif error.type == "type-error" or "codes" in field:
        expected = expectation(field)
    elif error.type == "unique-error":
        expected = "a value used once in its column"
    elif "pattern" in constraints and "pattern" in error.note:
        expected = f"text that matches {constraints['pattern']}"
    else:
        expected = f"a value that meets: {error.note}"
    return Fault(file, error.row_number, error.field_name, cell, expected)
