"""What a descriptor must have to be read at all: a table a name and a path, a field a type.

What a schema should say beyond that is a matter of the rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from babel.localedata import exists

from helpers.data.faults import Fault

TYPES = ("string", "integer", "number", "boolean", "date")
NUMBERS = ("integer", "number")
DIGITS = ("western", "arabic-indic")


def package_faults(file: str, descriptor: Mapping[str, Any]) -> Iterator[Fault]:
    """Name what keeps a Data Package from being read."""
    entries = _objects(descriptor.get("resources"))
    if not entries:
        given = _kind_of(descriptor.get("resources"))
        yield Fault(file, 0, "resources", given, "a list of tables")
        return
    yield from _language_faults(file, descriptor)
    for place, entry in enumerate(entries):
        for part in ("name", "path"):
            where = f"resources.{place}.{part}"
            if not _is_text(entry.get(part)):
                yield Fault(file, 0, where, _kind_of(entry.get(part)), "text")
            elif part == "path" and not _is_inside(entry["path"]):
                yield Fault(file, 0, where, entry["path"], "a path below the data folder")
        if entry.get("type", "table") != "table":
            continue
        if not isinstance(entry.get("schema"), str | dict):
            where = f"resources.{place}.schema"
            yield Fault(file, 0, where, _kind_of(entry.get("schema")), "a file, or a schema")
    yield from _repeated(file, "resources", [entry.get("name") for entry in entries])
    paths = [entry.get("path") for entry in entries]
    yield from _repeated(file, "resources", paths, "a path used once")


def _language_faults(file: str, descriptor: Mapping[str, Any]) -> Iterator[Fault]:
    """Name what is wrong with the list of languages; the first one is the first of the book."""
    listed = _objects(descriptor.get("languages"))
    if not listed:
        given = _kind_of(descriptor.get("languages"))
        yield Fault(file, 0, "languages", given, "a list of languages")
        return
    known = [entry.get("code") for entry in listed]
    yield from _repeated(file, "languages", known, "a code used once")
    for place, entry in enumerate(listed):
        where, digits = f"languages.{place}", entry.get("digits")
        if not re.fullmatch("[a-z]{2,3}", str(entry.get("code"))):
            yield Fault(file, 0, f"{where}.code", str(entry.get("code", "")), "such as ar")
        if not _is_text(entry.get("locale")) or not exists(entry["locale"]):
            given = str(entry.get("locale", ""))
            yield Fault(file, 0, f"{where}.locale", given, "a locale that Babel knows")
        if not isinstance(digits, list) or not digits or not {*map(str, digits)} <= {*DIGITS}:
            expected = f"styles among {', '.join(DIGITS)}"
            yield Fault(file, 0, f"{where}.digits", str(digits or ""), expected)
    if descriptor.get("language") not in known:
        given, expected = str(descriptor.get("language", "")), "the language of plain titles"
        yield Fault(file, 0, "language", given, expected)


def schema_faults(file: str, schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Name what keeps a schema from being used."""
    listed = _objects(schema.get("fields"))
    if not listed:
        yield Fault(file, 0, "fields", _kind_of(schema.get("fields")), "a list of fields")
        return
    names = [field.get("name") for field in listed]
    yield from _repeated(file, "fields", names)
    for place, field in enumerate(listed):
        yield from _field_faults(file, f"fields.{field.get('name') or place}", field)
    key = schema.get("primaryKey")
    if not isinstance(key, list) or not key or not set(map(str, key)) <= set(map(str, names)):
        yield Fault(file, 0, "primaryKey", str(key), "a list of fields of the table")
    given = schema.get("foreignKeys", [])
    foreign = _objects(given)
    if (given and not foreign) or not all(_joins(entry, names) for entry in foreign):
        expected = "for each key one field of the table, and a field of another"
        yield Fault(file, 0, "foreignKeys", str(given), expected)


def _field_faults(file: str, where: str, field: Mapping[str, Any]) -> Iterator[Fault]:
    if not _is_text(field.get("name")):
        yield Fault(file, 0, f"{where}.name", _kind_of(field.get("name")), "text")
    if field.get("type") not in TYPES:
        expected = f"one of {', '.join(TYPES)}"
        yield Fault(file, 0, f"{where}.type", str(field.get("type", "")), expected)
    yield from _constraint_faults(file, f"{where}.constraints", field)
    if "codes" not in field:
        return
    codes = _objects(field["codes"])
    if not codes:
        yield Fault(file, 0, f"{where}.codes", _kind_of(field["codes"]), "a list of codes")
        return
    values = [code.get("value") for code in codes]
    if field.get("type") != "string":
        yield Fault(file, 0, f"{where}.type", str(field.get("type")), "string, as it has codes")
    if not all(_is_text(value) for value in values):
        yield Fault(file, 0, f"{where}.codes", str(values), "a value for each code, as text")
    yield from _repeated(file, f"{where}.codes", values)
    for code in codes:
        yield from _code_faults(file, f"{where}.{code.get('value')}", code)


def _code_faults(file: str, where: str, code: Mapping[str, Any]) -> Iterator[Fault]:
    if not isinstance(code.get("example", ""), str):
        given = _kind_of(code["example"])
        yield Fault(file, 0, f"{where}.example", given, "the key of a row with this code")
    needs = code.get("needs", [])
    if not isinstance(needs, list) or not all(map(_is_text, needs)):
        yield Fault(file, 0, f"{where}.needs", str(needs), "a list of fields")


def _constraint_faults(file: str, where: str, field: Mapping[str, Any]) -> Iterator[Fault]:
    constraints = field.get("constraints", {})
    if not isinstance(constraints, dict):
        yield Fault(file, 0, where, _kind_of(constraints), "constraints by name")
        return
    for demand in ("required", "unique"):
        if not isinstance(constraints.get(demand, True), bool):
            yield Fault(file, 0, f"{where}.{demand}", str(constraints[demand]), "true or false")
    for bound in ("minimum", "maximum"):
        if bound not in constraints:
            continue
        given = constraints[bound]
        if isinstance(given, bool) or not isinstance(given, int | float):
            yield Fault(file, 0, f"{where}.{bound}", str(given), "a number")
        elif field.get("type") not in NUMBERS:
            yield Fault(file, 0, f"{where}.{bound}", str(given), "a field of numbers")
    try:
        re.compile(constraints.get("pattern", ""))
    except (re.error, TypeError) as error:
        yield Fault(file, 0, f"{where}.pattern", str(constraints["pattern"]), f"a pattern: {error}")
    if not isinstance(constraints.get("enum", []), list):
        yield Fault(file, 0, f"{where}.enum", _kind_of(constraints["enum"]), "a list")


def _joins(entry: Mapping[str, Any], names: Sequence[object]) -> bool:
    """Tell whether a foreign key leads from one field to one field; all of ours do."""
    own, target = entry.get("fields"), entry.get("reference")
    if not isinstance(own, list) or len(own) != 1 or own[0] not in names:
        return False
    if not isinstance(target, dict) or not _is_text(target.get("resource")):
        return False
    where = target.get("where", {})
    if not isinstance(where, dict) or not all(isinstance(cell, str) for cell in where.values()):
        return False
    named = target.get("fields")
    return isinstance(named, list) and len(named) == 1 and _is_text(named[0])


def _repeated(
    file: str, where: str, names: Sequence[object], expected: str = "a name used once"
) -> Iterator[Fault]:
    for name, count in Counter(map(str, names)).items():
        if count > 1:
            yield Fault(file, 0, where, name, expected)


def _is_inside(path: str) -> bool:
    """Tell whether a path stays below its folder, on every system."""
    steps = PurePosixPath(path.replace("\\", "/"))
    return not steps.is_absolute() and ":" not in path and ".." not in steps.parts


def _objects(value: object) -> list[dict[str, Any]]:
    """Return a list of objects as it is, and nothing for whatever is not one."""
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        return value
    return []


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _kind_of(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", type(None): "nothing"}
    return names.get(type(value), type(value).__name__)
