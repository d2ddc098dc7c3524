"""The schema of the tables: ``data/datapackage.json``, and ``data/schema/`` for each table.

What is handed out is the caller's own: changing it changes nothing for others.
"""

from __future__ import annotations

import functools
import os
import pickle
from pathlib import Path
from typing import Any

from helpers.data.descriptors import package_faults, schema_faults
from helpers.data.faults import DataError, Fault
from helpers.data.files import read_json
from helpers.data.holding import asked_once
from helpers.errors import UnknownNameError, suggestion
from helpers.paths import DATA, DATA_VARIABLE, setting

PACKAGE = "datapackage.json"
TABLE = "table"
MISSING = (0, 0)
Descriptor = dict[str, Any]


def data_folder() -> Path:
    """Return the folder of the tables: ``$HELPERS_DATA``, or ``data`` beside the package.

    Raises
    ------
    FileNotFoundError
        If the folder holds no ``datapackage.json``.

    Examples
    --------
    >>> data_folder().name
    'data'
    """
    return asked_once("folder", _data_folder)


def _data_folder() -> Path:
    folder = _named_folder()
    if not _within(folder, PACKAGE).is_file():
        named = setting(DATA_VARIABLE)
        origin = f"{DATA_VARIABLE} names it" if named else "it lies beside the helpers"
        raise FileNotFoundError(f"no {PACKAGE} in {folder} ({origin})")
    return folder


def _named_folder() -> Path:
    named = setting(DATA_VARIABLE)
    return Path(named).resolve() if named else DATA


def package() -> Descriptor:
    """Return the Data Package descriptor with all schemas; read anew when a file changes.

    Raises
    ------
    DataError
        If a file is not JSON, or is not what a descriptor or a schema must be.
    """
    descriptor = dict(stored_package())
    descriptor["resources"] = [stored(table) for table in table_names()]
    return _own(descriptor)


def table_names() -> list[str]:
    """Return the names of all tables, in the order of the schema.

    Examples
    --------
    >>> table_names()[:3]
    ['sections', 'passages', 'claims']
    """
    return [entry["name"] for entry in stored_package()["resources"] if is_table(entry)]


def is_table(entry: Descriptor) -> bool:
    """Tell whether a resource is a table; what is not, such as outlines, has no schema."""
    return bool(entry.get("type", TABLE) == TABLE)


def other_files() -> dict[str, str]:
    """Return the files of the resources that are no tables, by the names of these.

    Examples
    --------
    >>> other_files()
    {'outlines': 'reference/outlines.json'}
    """
    entries = stored_package()["resources"]
    return {entry["name"]: entry["path"] for entry in entries if not is_table(entry)}


def resource(table: str) -> Descriptor:
    """Return the descriptor of a table.

    Raises
    ------
    KeyError
        If there is no such table; the message names those that exist.

    Examples
    --------
    >>> resource("claims")["path"]
    'report/claims.csv'
    """
    return _own(stored(table))


def fields(table: str) -> dict[str, Descriptor]:
    """Return the fields of a table by name, in order.

    Examples
    --------
    >>> list(fields("claims"))[:3]
    ['claim_id', 'passage_id', 'point_id']
    """
    return _own(stored_fields(table))


def codes(table: str, field: str) -> dict[str, Descriptor]:
    """Return the codes of an enumerated field by value, in order.

    Raises
    ------
    KeyError
        If the table has no such field, or the field is not enumerated.

    Examples
    --------
    >>> list(codes("figures", "kind"))
    ['chart', 'table']
    """
    return _own(stored_codes(table, field))


# What is stored is shared by all who read it here: the modules of this folder do not change it.


def stored(table: str) -> Descriptor:
    """Return the descriptor of a table as it is kept; only to be read."""
    return asked_once(("table", table), _stored, table)


def _stored(table: str) -> Descriptor:
    folder, state = package_state()
    entry = _entries(folder, state).get(table)
    if entry:
        return _with_schema(folder, state, entry)
    known = sorted(table_names())
    told = f"no table {table!r}; tables: {', '.join(known)}{suggestion(table, known)}"
    raise UnknownNameError(told)


def stored_fields(table: str) -> dict[str, Descriptor]:
    """Return the fields of a table by name as they are kept; only to be read."""
    return {field["name"]: field for field in stored(table)["schema"]["fields"]}


def stored_codes(table: str, field: str) -> dict[str, Descriptor]:
    """Return the codes of a field by value as they are kept; only to be read."""
    known = stored_fields(table)
    if field not in known:
        told = f"no field {field!r} in table {table!r}; fields: {', '.join(known)}"
        raise UnknownNameError(told + suggestion(field, known))
    if "codes" not in known[field]:
        raise UnknownNameError(f"field {field!r} of table {table!r} has no codes")
    return {code["value"]: code for code in known[field]["codes"]}


def schema_file(table: str) -> str:
    """Return the file that holds the schema of a table, as a path below the data folder."""
    return _schema_file(_entries(*package_state()).get(table, {}))


def _schema_file(entry: Descriptor) -> str:
    named = entry.get("schema")
    return named if isinstance(named, str) else PACKAGE


def schema_state(table: str) -> tuple[object, ...]:
    """Return a key that changes when the descriptor or the schema of a table does."""
    return asked_once(("state", table), _schema_state, table)


def _schema_state(table: str) -> tuple[object, ...]:
    folder, state = package_state()
    name = _schema_file(_entries(folder, state).get(table, {}))
    return (folder, state, name, file_state(_within(folder, name)))


def _own(shared: dict[str, Any]) -> dict[str, Any]:
    own: dict[str, Any] = pickle.loads(
        pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
    )  # faster than deepcopy
    return own


def file_state(path: Path) -> tuple[int, int]:
    """Return what changes when a file does: when it was written, and its size."""
    try:
        found = os.stat(path)  # noqa: PTH116 - asked a million times, and half as dear
    except OSError:
        return MISSING  # which is said when it is read
    return (found.st_mtime_ns, found.st_size)


def stored_package() -> Descriptor:
    """Return the descriptor of the package as it is kept, its schemas by name; only to be read."""
    return _read_package(*package_state())


def package_state() -> tuple[Path, tuple[int, int]]:
    """Return the folder of the tables, and what changes when its descriptor does."""
    folder = asked_once("named", _named_folder)
    state = file_state(_within(folder, PACKAGE))
    return (data_folder() if state == MISSING else folder), state  # which says that it is missing


@functools.lru_cache(maxsize=1024)
def _within(folder: Path, name: str) -> Path:
    """Return a path below a folder; joined once, as it is asked for very often."""
    return folder / name


@functools.lru_cache(maxsize=8)
def _entries(folder: Path, state: tuple[int, int]) -> dict[str, Descriptor]:
    """Return what the package says of each table by its name."""
    listed = _read_package(folder, state)["resources"]
    return {entry["name"]: entry for entry in listed if is_table(entry)}


@functools.lru_cache(maxsize=8)
def _read_package(folder: Path, _state: tuple[int, int]) -> Descriptor:
    descriptor = read_json(folder, PACKAGE)
    faults = list(package_faults(PACKAGE, descriptor))
    if faults:
        raise DataError(faults)
    return descriptor


def _with_schema(folder: Path, state: tuple[int, int], entry: Descriptor) -> Descriptor:
    written = file_state(_within(folder, _schema_file(entry)))
    return _read_schema(folder, entry["name"], state, written)


@functools.lru_cache(maxsize=256)
def _read_schema(
    folder: Path, table: str, package_state: tuple[int, int], _state: tuple[int, int]
) -> Descriptor:
    entries = _read_package(folder, package_state)["resources"]
    entry = next(dict(entry) for entry in entries if entry["name"] == table)
    name = PACKAGE
    if isinstance(entry["schema"], str):
        name = entry["schema"]
        if not (folder / name).is_file():
            raise DataError([Fault(name, 0, "", "no file", f"the schema of the table {table}")])
        entry["schema"] = read_json(folder, name)
    faults = list(schema_faults(name, entry["schema"]))
    if faults:
        raise DataError(faults)
    return entry
