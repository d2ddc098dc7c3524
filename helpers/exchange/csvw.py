"""The tables described as CSV on the Web, with titles and descriptions in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.data.languages import schema_language
from helpers.data.schema import Descriptor, package
from helpers.exchange.text import as_json, given
from helpers.language import LOCALES

CONTEXT = "http://www.w3.org/ns/csvw"


def metadata() -> bytes:
    """Return the metadata document of all tables; addresses are relative to it."""
    about = package()
    return as_json(
        {
            "@context": [CONTEXT, {"@language": schema_language()}],
            "dc:title": _texts(about, "title"),
            "dc:description": _texts(about, "description"),
            "dc:license": {"@id": about["licenses"][0]["path"]},
            "tables": [_table(entry, _paths(about)) for entry in about["resources"]],
        }
    )


def _paths(about: Descriptor) -> dict[str, str]:
    return {entry["name"]: entry["path"] for entry in about["resources"]}


def _table(entry: Descriptor, paths: Mapping[str, str]) -> dict[str, Any]:
    schema = entry["schema"]
    foreign = [
        {
            "columnReference": key["fields"],
            "reference": {
                "resource": paths[key["reference"]["resource"] or entry["name"]],
                "columnReference": key["reference"]["fields"],
            },
        }
        for key in schema.get("foreignKeys", [])
    ]
    return {
        "url": entry["path"],
        "dc:title": _texts(entry, "title"),
        "dc:description": _texts(entry, "description"),
        "tableSchema": {
            "columns": [_column(field) for field in schema["fields"]],
            "primaryKey": schema["primaryKey"],
            **given(foreignKeys=foreign),
        },
    }


def _column(field: Mapping[str, Any]) -> dict[str, Any]:
    constraints = field.get("constraints", {})
    return {
        "name": field["name"],
        "titles": {code: text["@value"] for code, text in _by_language(field, "title").items()},
        "dc:description": _texts(field, "description"),
        "datatype": _datatype(field),
        "required": bool(constraints.get("required")),
        "null": "",
    }


def _datatype(field: Mapping[str, Any]) -> dict[str, Any]:
    constraints = field.get("constraints", {})
    kind = field["type"]
    if "enum" in constraints:
        return {"base": "string", "format": "|".join(map(str, constraints["enum"]))}
    if kind == "boolean":
        return {"base": "boolean", "format": f"{field['trueValues'][0]}|{field['falseValues'][0]}"}
    bounds = {name: constraints[name] for name in ("minimum", "maximum") if name in constraints}
    return {"base": kind, **bounds, **given(format=constraints.get("pattern", "").strip("^$"))}


def _by_language(entry: Mapping[str, Any], stem: str) -> dict[str, dict[str, str]]:
    texts = {code: entry.get(f"{stem}_{code}", entry.get(stem)) for code in LOCALES}
    return {code: {"@value": text, "@language": code} for code, text in texts.items() if text}


def _texts(entry: Mapping[str, Any], stem: str) -> list[dict[str, str]]:
    return list(_by_language(entry, stem).values())
