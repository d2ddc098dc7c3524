"""Rules of the schema: tables, fields and codes are described in both languages, and completely."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from helpers.data.cells import BOOLEANS
from helpers.data.faults import Fault
from helpers.data.languages import LOCALES, in_each, language_of, schema_part
from helpers.data.rules.characters import wrongs_of
from helpers.data.rules.general import date_columns
from helpers.data.schema import PACKAGE, schema_file, stored, stored_fields, table_names

CONSTRAINTS = ("required", "unique", "enum", "pattern", "minimum", "maximum")
IN_EVERY = "text in every language"
SHAPES = {str: "text", bool: "true or false", dict: "an object", type(None): "nothing"}
EMPTY_LIST = "a list"
MISSING: tuple[object, ...] = ("", None, {})  # each is named as a value that a code lacks
WORDINGS = {"text", "an object"}  # a wording, or one for each plural category
STEMS = ("title", "description")


def described_in() -> list[str]:
    """Return the properties that hold the texts of the package, a table or a field."""
    return [schema_part(stem, code) for stem in STEMS for code in LOCALES]


def description_faults(table: str, readable: Collection[str]) -> Iterator[Fault]:
    """Name what the descriptor and the schema of a table leave out or contradict.

    Parameters
    ----------
    table : str
        Name of a table whose schema can be read.
    readable : collection of str
        All tables of which that is so.
    """
    entry = stored(table)
    parts = described_in()
    for part in parts:
        yield from text_faults(PACKAGE, f"{table}.{part}", entry, part)
    file, known = schema_file(table), stored_fields(table)
    if entry["schema"].get("missingValues") != [""]:
        given = str(entry["schema"].get("missingValues", ""))
        yield Fault(file, 0, f"{table}.missingValues", given, "the empty cell alone")
    for name, field in known.items():
        for part in parts:
            yield from text_faults(file, f"{table}.{name}.{part}", field, part)
        yield from _constraint_faults(file, f"{table}.{name}", field)
        if "codes" in field:
            yield from code_faults(file, f"{table}.{name}", field["codes"])
    yield from _missing_fields(file, table)
    yield from _missing_targets(file, table, readable)


def _missing_fields(file: str, table: str) -> Iterator[Fault]:
    """Name fields of the table that its schema speaks of and does not have."""
    known = stored_fields(table)
    for date, precision in date_columns(table):
        if precision not in known:
            yield Fault(file, 0, f"{table}.{date}", "", "a column for its precision")
    for name, field in known.items():
        for other in in_each(name.rpartition("_")[0]) if language_of(name) else ():
            if other not in known:
                yield Fault(file, 0, f"{table}.{other}", "", f"a column, as there is {name}")
        for code in field.get("codes", []):
            for needed in code.get("needs", []):
                if needed not in known:
                    where = f"{table}.{name}.{code['value']}.needs"
                    yield Fault(file, 0, where, str(needed), "a field of the table")


def _missing_targets(file: str, table: str, readable: Collection[str]) -> Iterator[Fault]:
    """Name tables and fields that a foreign key leads to and that do not exist."""
    for foreign in stored(table)["schema"].get("foreignKeys", []):
        target, place = foreign["reference"], f"{table}.{foreign['fields'][0]}"
        if target["resource"] not in table_names():
            yield Fault(file, 0, place, target["resource"], "a table")
        elif target["resource"] in readable:
            for name in (*target["fields"], *target.get("where", {})):
                if name not in stored_fields(target["resource"]):
                    yield Fault(file, 0, place, str(name), f"a field of {target['resource']}")


def _constraint_faults(file: str, where: str, field: Mapping[str, Any]) -> Iterator[Fault]:
    constraints = field.get("constraints", {})
    for name in constraints:
        if name not in CONSTRAINTS:
            yield Fault(file, 0, where, name, f"constraints among {', '.join(CONSTRAINTS)}")
    listed, allowed = (
        [code["value"] for code in field.get("codes", [])],
        constraints.get("enum", []),
    )
    if listed != allowed:
        expected = f"the codes {', '.join(listed)}"
        yield Fault(file, 0, where, ", ".join(map(str, allowed)), expected)
    for word, value in BOOLEANS.items() if field["type"] == "boolean" else ():
        if field.get(f"{word}Values") != [word]:
            given = str(field.get(f"{word}Values", ""))
            yield Fault(file, 0, f"{where}.{word}Values", given, f"{word} alone for {value}")


def code_faults(file: str, where: str, codes: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """Name the properties that a code lacks.

    A code has its texts in both languages, and what the other codes of the field have: a colour, a
    marker, a plural. Whoever draws or words one of them does so with all. A mark that is only ever
    true or false is false where it is absent; so is an object that has its own keys empty.
    """
    wanted = {name: value for code in codes for name, value in code.items()}
    others = [name for name, value in wanted.items() if _is_common(name, value)]
    for code in codes:
        place = f"{where}.{code['value']}"
        for part in in_each(*STEMS):
            yield from text_faults(file, f"{place}.{part}", code, part)
        for name in others:
            if name not in code or code[name] in MISSING:
                expected = "a value, as other codes of the field have one"
                yield Fault(file, 0, f"{place}.{name}", "", expected)
            elif language_of(name):
                yield from _wording_faults(file, f"{place}.{name}", code[name])
    yield from _unlike_faults(file, where, codes, others)
    for name in others:
        stem = name.rpartition("_")[0]
        for other in in_each(stem) if language_of(name) else ():
            if other not in wanted:
                expected = f"a value for each code, as there is {name}"
                yield Fault(file, 0, f"{where}.{other}", "", expected)


def _unlike_faults(
    file: str, where: str, codes: Sequence[Mapping[str, Any]], others: Collection[str]
) -> Iterator[Fault]:
    """Name properties that are of another kind than with most codes: a word where others list."""
    for name in dict.fromkeys(name for code in codes for name in code):
        given = [
            (code["value"], _shape(code[name]))
            for code in codes
            if name in code and not (name in others and code[name] in MISSING)
        ]
        usual = Counter(shape for _, shape in given if shape != EMPTY_LIST)
        wanted = usual.most_common(1)[0][0] if usual else EMPTY_LIST
        for value, shape in given:
            if not _is_like(shape, wanted, name):
                expected = f"{wanted}, as with other codes of the field"
                yield Fault(file, 0, f"{where}.{value}.{name}", shape, expected)


def _is_like(shape: str, wanted: str, name: str) -> bool:
    if shape == EMPTY_LIST:
        return wanted.startswith(EMPTY_LIST)
    return shape == wanted or ({shape, wanted} <= WORDINGS and language_of(name) != "")


def _shape(value: object) -> str:
    """Say of what kind a value is; of a list, what it holds.

    Examples
    --------
    >>> _shape("red"), _shape([["goal", "issue"], ["goal", "goal"]]), _shape(True), _shape([])
    ('text', 'a list of lists of text', 'true or false', 'a list')
    """
    if isinstance(value, list):
        held = sorted({_shape(part) for part in value})
        several = [re.sub(r"^an? (\w+)", r"\1s", part) for part in held]
        return f"{EMPTY_LIST} of {' and '.join(several)}" if held else EMPTY_LIST
    return SHAPES.get(type(value), "a number")


def _wording_faults(file: str, where: str, wording: object) -> Iterator[Fault]:
    """Name what is wrong with a text, or with texts by plural category; all have `other`."""
    forms = wording if isinstance(wording, dict) else {"": wording}
    if "" not in forms and not forms.get("other"):
        yield Fault(file, 0, f"{where}.other", "", "the form for every number without its own")
    for category, text in forms.items():
        for expected in wrongs_of(str(text), language_of(where)):
            yield Fault(file, 0, f"{where}.{category}".rstrip("."), str(text), expected)


def _is_common(name: str, value: object) -> bool:
    """Tell whether all codes of a field have a property as soon as one has it."""
    if name in (*in_each(*STEMS), "value", "example"):
        return False
    return language_of(name) != "" or isinstance(value, str | list)


def text_faults(file: str, where: str, entry: Mapping[str, Any], part: str) -> Iterator[Fault]:
    """Name what is wrong with a text of a descriptor, or that there is none."""
    text = entry.get(part)
    if not isinstance(text, str) or not text.strip():
        yield Fault(file, 0, where, "" if text is None else str(text), IN_EVERY)
        return
    for expected in wrongs_of(text, language_of(part)):
        yield Fault(file, 0, where, text, expected)
