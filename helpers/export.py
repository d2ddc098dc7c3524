"""Write the tables for other programs: a SQLite database, and CSV that spreadsheets open right."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

from helpers.data import data_folder
from helpers.data.schema import package
from helpers.data.tables import read

SQL_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
DATABASE = "summit.sqlite"
SPREADSHEETS = "spreadsheets"


def export(folder: Path) -> list[Path]:
    """Write the database and the spreadsheets.

    Parameters
    ----------
    folder : Path
        Receives ``summit.sqlite`` and ``spreadsheets/<table>.csv``.

    Returns
    -------
    list of Path
        What was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [to_sqlite(folder / DATABASE), to_spreadsheets(folder / SPREADSHEETS)]


def to_sqlite(path: Path) -> Path:
    """Write a database with the types, keys, foreign keys and enumerations of the schema.

    Booleans become 0 and 1, dates ISO text, empty cells NULL.
    """
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    try:
        with database:  # one transaction: references are checked when it ends
            database.execute("PRAGMA foreign_keys = ON")
            for entry in package()["resources"]:
                database.execute(_create(entry))
            for entry in package()["resources"]:
                _fill(database, entry)
    finally:
        database.close()
    return path


def _create(entry: dict) -> str:
    schema = entry["schema"]
    lines = [_column(field) for field in schema["fields"]]
    lines.append(f"PRIMARY KEY ({_quoted(schema['primaryKey'])})")
    for foreign in schema.get("foreignKeys", []):
        target = foreign["reference"]
        lines.append(
            f"FOREIGN KEY ({_quoted(foreign['fields'])}) REFERENCES "
            f'"{target["resource"]}" ({_quoted(target["fields"])}) DEFERRABLE INITIALLY DEFERRED'
        )
    return f'CREATE TABLE "{entry["name"]}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column(field: dict) -> str:
    constraints = field.get("constraints", {})
    parts = [f'"{field["name"]}"', SQL_TYPES.get(field["type"], "TEXT")]
    if constraints.get("required"):
        parts.append("NOT NULL")
    if "enum" in constraints:
        allowed = ", ".join(f"'{value}'" for value in constraints["enum"])
        parts.append(f'CHECK ("{field["name"]}" IN ({allowed}))')
    return " ".join(parts)


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _fill(database: sqlite3.Connection, entry: dict) -> None:
    table = read(data_folder() / entry["path"], entry)
    booleans = [f["name"] for f in entry["schema"]["fields"] if f["type"] == "boolean"]
    for name in booleans:
        table[name] = table[name].replace({"true": "1", "false": "0"})
    rows = [[cell or None for cell in row] for row in table.itertuples(index=False, name=None)]
    marks = ", ".join("?" * len(table.columns))
    database.executemany(f'INSERT INTO "{entry["name"]}" VALUES ({marks})', rows)


def to_spreadsheets(folder: Path) -> Path:
    """Write every table as CSV with a byte order mark, by which spreadsheets know UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    for entry in package()["resources"]:
        table = read(data_folder() / entry["path"], entry)
        with (folder / f"{entry['name']}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.columns)
            writer.writerows(table.itertuples(index=False, name=None))
    return folder
