"""Lay out a table of the data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from helpers.data.languages import LOCALES, in_each, schema_language, schema_part
from helpers.data.schema import is_table
from helpers.paths import ROOT
from helpers.scaffold.files import ScaffoldError, free, json_text, named, table_text, to_write
from helpers.swap import write_all

FOLDERS = ("report", "evidence", "reference")
TABLE_NAME = r"[a-z][a-z0-9_]*"


def new_table(name: str, folder: str, root: Path = ROOT) -> list[Path]:
    """Lay out a table: a file with its header, its schema, and its entry in the Data Package.

    Parameters
    ----------
    name : str
        Name of the table, such as ``"commitments"``.
    folder : {"report", "evidence", "reference"}
        Folder of the data that it belongs to.
    root : Path
        Folder of the project.

    Returns
    -------
    list of Path
        The files that were written or changed, the one to fill first.

    Raises
    ------
    ScaffoldError
        If the name is no name of a table, or is taken, or there is no such folder.
    """
    named(name, TABLE_NAME, "a table", "commitments")
    if folder not in FOLDERS:
        raise ScaffoldError(f"no folder {folder!r} of the data; folders: {', '.join(FOLDERS)}")
    descriptor = root / "data" / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    free(name, [entry["name"] for entry in package["resources"]], "a table")
    entry = _resource(name, folder, next(filter(is_table, reversed(package["resources"]))))
    schema = root / "data" / entry["schema"]
    table = root / "data" / entry["path"]
    key = _key_of(name)
    names = [key, *in_each("title")]
    fields = [_field(field, key) for field in names]
    package["resources"].append(entry)
    files = {
        schema: json_text({"fields": fields, "missingValues": [""], "primaryKey": [key]}),
        table: table_text(names, []),
        descriptor: json_text(package),
    }
    write_all(files)
    return list(files)


def _resource(name: str, folder: str, model: dict[str, Any]) -> dict[str, Any]:
    """Return the entry of a table; what all tables share is taken from the model.

    Examples
    --------
    >>> entry = _resource("policies", "reference", {"name": "claims", "format": "csv"})
    >>> entry["name"], entry["format"], "licenses" in entry
    ('policies', 'csv', False)
    """
    shared = ("type", "scheme", "format", "mediatype", "encoding", "licenses")
    return {
        "name": name,
        "path": f"{folder}/{name}.csv",
        **_described(name),
        **{part: model[part] for part in shared if part in model},
        "schema": f"schema/{name}.json",
    }


def _key_of(table: str) -> str:
    """Return the name of the key of a table: ``policy_id`` for ``policies``."""
    singular = re.sub(r"ies$", "y", table) if table.endswith("ies") else table.removesuffix("s")
    return f"{singular}_id"


def _field(name: str, key: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True}
    if name == key:
        constraints["pattern"] = "^[a-z0-9]+(-[a-z0-9]+)*$"
    return {"name": name, "type": "string", **_described(name), "constraints": constraints}


def _described(name: str) -> dict[str, str]:
    """Return the texts of a part of the schema in every language, to be written."""
    codes = sorted(LOCALES, key=lambda code: code != schema_language())
    texts = {schema_part("title", code): to_write("title", code) for code in codes}
    return texts | {
        schema_part("description", code): f"{to_write('text', code)} ({name})" for code in codes
    }
