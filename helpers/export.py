"""Write the tables for other programs: a database, spreadsheets, Parquet, and exchange formats.

Only tables that hold what their schema promises are written, and a good file is never replaced by
a part of one: what is new is written beside it and takes its place when it is whole.
"""

from __future__ import annotations

import csv
import importlib.util
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import exchange
from helpers.data import DataError, fields, load, table_names
from helpers.data.cells import no_formula
from helpers.data.holding import remembered
from helpers.data.languages import in_each
from helpers.data.schema import Descriptor, package
from helpers.data.tables import read
from helpers.data.validation import structural_faults
from helpers.errors import BuildError
from helpers.swap import beside

SQL_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
DATABASE = "summit.sqlite"
SPREADSHEETS = "spreadsheets"
PARQUET = "parquet"
PARQUET_NEEDS = "pyarrow"
# The table beside those of the schema: what each code is called in both languages.
CODES = "codes"
Cell = str | int | float | None


def export(folder: Path) -> list[Path]:
    """Write the tables in every format.

    Parameters
    ----------
    folder : Path
        Receives ``summit.sqlite``, ``spreadsheets/<table>.csv``, what
        :func:`helpers.exchange.files` names and, where pyarrow is installed,
        ``parquet/<table>.parquet``.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    DataError
        If a table cannot be read, or a cell breaks its type, its constraints or a key; what was
        written before stays as it is.
    """
    written = [to_sqlite(folder / DATABASE), to_spreadsheets(folder / SPREADSHEETS)]
    written += to_exchange(folder)
    return [*written, to_parquet(folder / PARQUET)] if can_write_parquet() else written


def can_write_parquet() -> bool:
    """Tell whether the library that writes Parquet is installed; it is large, and optional."""
    return importlib.util.find_spec(PARQUET_NEEDS) is not None


def to_sqlite(path: Path) -> Path:
    """Write a database with the types, keys, foreign keys, constraints and codes of the schema.

    Booleans become 0 and 1, dates ISO text, empty cells NULL. One table more, ``codes``, says what
    each code is called: ``field`` names table and field, such as ``checks.verdict``, and ``place``
    is the place among the codes of the field.

    Raises
    ------
    DataError
        As :func:`export` does.
    BuildError
        If the database refuses a row all the same.
    """
    _refuse_faults()
    with beside(path) as unfinished, closing(sqlite3.connect(unfinished)) as database:
        fill(database, package()["resources"], path.name)
    return path


def fill(
    database: sqlite3.Connection, entries: list[Descriptor], name: str, compact: bool = False
) -> None:
    """Write tables, and the codes of their fields, into an empty database.

    Parameters
    ----------
    database : sqlite3.Connection
        An empty database.
    entries : list of dict
        The tables to be written, as the package describes them; a reference to any other is left
        out.
    name : str
        What the database is called in messages.
    compact : bool
        Whether rows are kept by their key alone: a seventh smaller, without ``rowid``.

    Raises
    ------
    BuildError
        If the database refuses a row, or cannot be written.
    """
    database.execute("PRAGMA foreign_keys = ON")
    held = {entry["name"] for entry in entries}
    ending = " WITHOUT ROWID" if compact else ""
    try:
        with database:  # one transaction: references are checked when it ends
            for entry in entries:
                database.execute(_create(entry, held) + ending)
            for entry in entries:
                _fill(database, entry)
            _write_codes(database, entries, ending)
    except sqlite3.IntegrityError as error:
        raise BuildError(f"{name}: {error}; `python -m helpers validate` says more") from None
    except sqlite3.OperationalError as error:  # such as a full disk
        raise BuildError(f"{name}: {error}") from None


def _write_codes(database: sqlite3.Connection, entries: Iterable[Descriptor], ending: str) -> None:
    titles = in_each("title")
    columns = ("field TEXT", "code TEXT", "place INTEGER", *(f"{title} TEXT" for title in titles))
    described = ", ".join(f"{column} NOT NULL" for column in columns)
    database.execute(f'CREATE TABLE "{CODES}" ({described}, PRIMARY KEY (field, code)){ending}')
    rows = [
        (f"{entry['name']}.{field['name']}", code["value"], place, *(code[t] for t in titles))
        for entry in entries
        for field in entry["schema"]["fields"]
        for place, code in enumerate(field.get("codes", []), start=1)
    ]
    database.executemany(f'INSERT INTO "{CODES}" VALUES (?, ?, ?{", ?" * len(titles)})', rows)


def to_spreadsheets(folder: Path) -> Path:
    """Write every table as CSV with a byte order mark, by which spreadsheets know UTF-8.

    Text that would be taken for a formula has an apostrophe before it.

    The folder is replaced as a whole, so that no table is left in it that the schema has given up.

    Raises
    ------
    DataError
        As :func:`export` does.
    """
    _refuse_faults()
    with beside(folder) as unfinished:
        unfinished.mkdir()
        for table in table_names():
            text, columns = read(table), []
            for entry in fields(table).values():
                cells = text[entry["name"]]
                columns.append(list(map(no_formula, cells)) if entry["type"] == "string" else cells)
            path = unfinished / f"{table}.csv"
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(text.columns)
                writer.writerows(zip(*columns, strict=True))
    return folder


def to_exchange(folder: Path) -> list[Path]:
    """Write what :func:`helpers.exchange.files` names; a folder is replaced as a whole.

    Raises
    ------
    DataError
        As :func:`export` does.
    """
    _refuse_faults()
    parts: dict[str, dict[str, bytes]] = {}
    for name, content in exchange.files().items():
        top, _, rest = name.partition("/")
        parts.setdefault(top, {})[rest] = content
    for top, held in parts.items():
        with beside(folder / top) as unfinished:
            for rest, content in held.items():
                path = unfinished / rest if rest else unfinished
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    return [folder / top for top in parts]


def to_parquet(folder: Path) -> Path:
    """Write every table, typed, as Parquet; enumerated fields are categories.

    Raises
    ------
    ImportError
        Without pyarrow.
    DataError
        As :func:`export` does.
    """
    _refuse_faults()
    with beside(folder) as unfinished:
        unfinished.mkdir()
        for table in table_names():
            load(table).to_parquet(unfinished / f"{table}.parquet", index=False)
    return folder


@remembered
def _refuse_faults() -> None:
    faults = structural_faults()
    if faults:
        raise DataError(faults)


def _create(entry: Descriptor, held: Iterable[str]) -> str:
    schema = entry["schema"]
    key = schema["primaryKey"]
    lines = [_column(field, field["name"] in key) for field in schema["fields"]]
    lines.append(f"PRIMARY KEY ({_quoted(key)})")
    for foreign in schema.get("foreignKeys", []):
        target = foreign["reference"]
        if target["resource"] not in held:
            continue
        lines.append(
            f"FOREIGN KEY ({_quoted(foreign['fields'])}) REFERENCES "
            f'"{target["resource"]}" ({_quoted(target["fields"])}) DEFERRABLE INITIALLY DEFERRED'
        )
    return f'CREATE TABLE "{entry["name"]}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column(field: Mapping[str, Any], in_key: bool) -> str:
    constraints = field.get("constraints", {})
    parts = [f'"{field["name"]}"', SQL_TYPES.get(field["type"], "TEXT")]
    if constraints.get("required") or in_key:  # SQLite would allow NULL in a key
        parts.append("NOT NULL")
    if constraints.get("unique"):
        parts.append("UNIQUE")
    return " ".join([*parts, *(f"CHECK ({check})" for check in _checks(field, constraints))])


def _checks(field: Mapping[str, Any], constraints: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a cell must be; SQLite itself keeps any text in any column."""
    name = f'"{field["name"]}"'
    of_type = {
        "integer": f"typeof({name}) IN ('integer', 'null')",
        "number": f"typeof({name}) IN ('real', 'null')",
        "boolean": f"{name} IN (0, 1)",
        "date": f"date(julianday({name})) IS {name}",  # by way of the day: refuses 30 February
    }
    if field["type"] in of_type:
        yield of_type[field["type"]]
    if "enum" in constraints:
        yield f"{name} IN ({', '.join(_literal(value) for value in constraints['enum'])})"
    for bound, sign in (("minimum", ">="), ("maximum", "<=")):
        if bound in constraints:
            yield f"{name} {sign} {constraints[bound]}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _fill(database: sqlite3.Connection, entry: Descriptor) -> None:
    table = load(entry["name"])
    columns = [
        [_as_sql(value, field["type"]) for value in table[field["name"]].tolist()]
        for field in entry["schema"]["fields"]
    ]
    marks = ", ".join("?" * len(columns))
    rows = zip(*columns, strict=True)
    database.executemany(f'INSERT INTO "{entry["name"]}" VALUES ({marks})', rows)


def _as_sql(value: Any, kind: str) -> Cell:
    if pd.isna(value):
        return None
    if kind == "date":
        return str(value.strftime("%Y-%m-%d"))
    if kind == "boolean":
        return int(value)
    return float(value) if kind == "number" else int(value) if kind == "integer" else str(value)
