"""The schema of the tables: ``data/datapackage.json``, and ``data/schema/`` for each table."""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path

from helpers.paths import DATA, DATA_VARIABLE


def data_folder() -> Path:
    """Return the folder of the tables: ``$SUMMIT_DATA``, or ``data`` beside the package.

    Raises
    ------
    FileNotFoundError
        If the folder holds no ``datapackage.json``.
    """
    named = os.environ.get(DATA_VARIABLE)
    folder = Path(named).resolve() if named else DATA
    if not (folder / "datapackage.json").is_file():
        origin = f"{DATA_VARIABLE} names it" if named else "it lies beside the helpers"
        raise FileNotFoundError(f"no datapackage.json in {folder} ({origin})")
    return folder


def package() -> dict:
    """Return the Data Package descriptor with all schemas; read anew when a file changes."""
    folder = data_folder()
    files = [folder / "datapackage.json", *sorted((folder / "schema").glob("*.json"))]
    states = tuple((file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    return _read(folder, states)


@functools.lru_cache(maxsize=8)
def _read(folder: Path, _states: tuple) -> dict:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for entry in descriptor["resources"]:
        if isinstance(entry["schema"], str):
            entry["schema"] = json.loads((folder / entry["schema"]).read_text(encoding="utf-8"))
    return descriptor


def table_names() -> list[str]:
    """Return the names of all tables, in the order of the schema."""
    return [entry["name"] for entry in package()["resources"]]


def resource(table: str) -> dict:
    """Return the descriptor of a table.

    Raises
    ------
    KeyError
        If there is no such table; the message names those that exist.
    """
    for entry in package()["resources"]:
        if entry["name"] == table:
            return entry
    raise KeyError(f"no table {table!r}; tables: {', '.join(sorted(table_names()))}")


def fields(table: str) -> dict[str, dict]:
    """Return the fields of a table by name, in order."""
    return {field["name"]: field for field in resource(table)["schema"]["fields"]}


def codes(table: str, field: str) -> dict[str, dict]:
    """Return the codes of an enumerated field by value, in order.

    Raises
    ------
    KeyError
        If the table has no such field, or the field is not enumerated.
    """
    known = fields(table)
    if field not in known:
        raise KeyError(f"no field {field!r} in table {table!r}; fields: {', '.join(known)}")
    if "codes" not in known[field]:
        raise KeyError(f"field {field!r} of table {table!r} has no codes")
    return {code["value"]: code for code in known[field]["codes"]}
