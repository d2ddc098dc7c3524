"""Measure loading and validation against a baseline of the same run: ``make benchmark``.

Not a test: a number depends on the machine, a ratio much less.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from helpers.data import load, schema, table_names, tables, validate

COPIES = 100
# Small tables that others point to stay as they are; everything else is multiplied.
FIXED = {
    "sections",
    "references",
    "countries",
    "themes",
    "places",
    "notebooks",
    "figures",
    "phrases",
}


def seconds(function: Callable[[], object], times: int = 5) -> float:
    """Return the least time of several runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best


def load_all() -> None:
    """Load every table from the files."""
    tables._load.cache_clear()
    for name in table_names():
        load(name)


def read_all() -> None:
    """Read every table with pandas alone, untyped: the baseline of loading."""
    for name in table_names():
        pd.read_csv(schema.data_folder() / schema.resource(name)["path"], dtype=str)


def frictionless_alone() -> None:
    """Check types and constraints with Frictionless alone: the baseline of validation."""
    from frictionless import Resource, system

    folder = schema.data_folder()
    with system.use_context(trusted=True):
        for entry in schema.package()["resources"]:
            fields = {"fields": entry["schema"]["fields"], "missingValues": [""]}
            kept = {key: entry[key] for key in ("name", "path", "format", "encoding")}
            Resource.from_descriptor({**kept, "schema": fields}, basepath=str(folder)).validate()


def multiply(folder: Path) -> None:
    """Make every table that is not fixed a hundred times as long, with sound ids and references."""
    for entry in schema.package()["resources"]:
        if entry["name"] in FIXED:
            continue
        path, names = folder / entry["path"], _identifiers(entry)
        unique = {
            f["name"] for f in entry["schema"]["fields"] if f.get("constraints", {}).get("unique")
        }
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        copies = [_copy(row, number, names, unique) for number in range(COPIES) for row in rows]
        key = entry["schema"]["primaryKey"]
        copies.sort(key=lambda row: tuple(row[name] for name in key))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(copies)


def _identifiers(entry: dict) -> set[str]:
    """Columns that hold an id of a multiplied table."""
    foreign = {
        key["fields"][0]
        for key in entry["schema"].get("foreignKeys", [])
        if key["reference"]["resource"] not in FIXED
    }
    own = [
        f["name"] for f in entry["schema"]["fields"] if f["name"] in entry["schema"]["primaryKey"]
    ]
    fixed = {"theme_id", "coder", "role", "reference_id"}
    return (foreign | set(own) | {"link_id"}) - fixed


def _copy(row: dict[str, str], number: int, names: set[str], unique: set[str]) -> dict[str, str]:
    if number == 0:
        return dict(row)
    changed = {
        name: _renamed(value, number) if name in names and value else value
        for name, value in row.items()
    }
    for name in unique - names:
        changed[name] = _unique(row[name], number)
    if "paragraph" in row:
        changed["paragraph"] = str(int(row["paragraph"]) + 1000 * number)
    if "order" in row:
        changed["order"] = str(int(row["order"]) + 1000 * number)
    if "from_point" in row:
        changed["link_id"] = "-".join(changed[n] for n in ("from_point", "relation", "to_point"))
    return changed


def _renamed(value: str, number: int) -> str:
    passage = re.match(r"([a-z_]+)\.(\d+)\.(.*)", value)
    if passage:
        return f"{passage[1]}.{int(passage[2]) + 1000 * number}.{passage[3]}"
    return f"{value}-x{number}"


def _unique(value: str, number: int) -> str:
    return f"{value}#{number}" if value.startswith("http") else _renamed(value, number)


def main() -> None:
    """Print the measurements."""
    validate()  # start-up: Frictionless is imported
    loading, reading = seconds(load_all), seconds(read_all)
    checking, baseline = seconds(validate), seconds(frictionless_alone)
    print(f"load every table     {loading:6.3f} s   {loading / reading:5.2f} x pandas.read_csv")
    print(
        f"validate             {checking:6.3f} s   {checking / baseline:5.2f} x Frictionless alone"
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        shutil.copytree(schema.data_folder(), folder)
        multiply(folder)
        os.environ[schema.DATA_VARIABLE] = str(folder)
        faults = validate()
        print(f"faults in the {COPIES}-times copy: {len(faults)}", *faults[:5], sep="\n")
        large = seconds(validate, times=1)
        rows = sum(len(load(name)) for name in table_names())
        print(f"validate {rows:,} rows {large:6.1f} s   {large / checking:5.1f} x the original")


if __name__ == "__main__":
    main()
