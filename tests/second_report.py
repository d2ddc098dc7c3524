"""The invented report in ``tests/second``, laid into a project that ``start`` lays out."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

from helpers.paths import NODE_MODULES
from helpers.scaffold import project

SECOND = Path(__file__).parent / "second"


def lay(folder: Path) -> Path:
    """Begin a project in a folder, and fill it with the invented report.

    What is fetched from npm is linked file by file, since a copy takes long; nothing writes there.
    """
    project.start(folder, with_fetched=False)
    if NODE_MODULES.is_dir():
        shutil.copytree(NODE_MODULES, folder / "book" / "node_modules", copy_function=os.link)
    for file in sorted((SECOND / "data").rglob("*.csv")):
        _add_rows(file, folder / "data" / file.relative_to(SECOND / "data"))
    package = folder / "data" / "datapackage.json"
    described = json.loads(package.read_text("utf-8"))
    described |= json.loads((SECOND / "datapackage.json").read_text("utf-8"))
    package.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8")
    shutil.copytree(SECOND / "notebooks", folder / "notebooks", dirs_exist_ok=True)
    shutil.copytree(SECOND / "pages", folder / "book" / "pages", dirs_exist_ok=True)
    return folder


def _add_rows(file: Path, table: Path) -> None:
    """Add rows to a table, in the place of those that have their key."""
    keys = json.loads((table.parents[1] / "schema" / f"{table.stem}.json").read_text("utf-8"))
    names, old = rows(table)
    _, new = rows(file)
    by_key = {tuple(row[name] for name in keys["primaryKey"]): row for row in [*old, *new]}
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(by_key[key] for key in sorted(by_key))


def rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of a table as text."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        return list(reader.fieldnames or []), list(reader)
