"""Rules that hold for every table, derived from its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from babel import Locale

from helpers.data.cells import is_of_type, type_faults
from helpers.data.faults import Fault
from helpers.data.languages import LOCALES, has_letter, in_each, language_of, script_of
from helpers.data.rules.base import TableRule, Tables, fault, table_rule
from helpers.data.schema import schema_file, stored, stored_fields

LETTER = re.compile(r"[^\W\d_]")
FIELD = re.compile(r"\{[^{}]*\}")  # of a text that is filled
LATIN_SCRIPT = "Latn"  # of formulas and names too, in texts of every language
NAMES = Locale("en").languages
SORTED = "rows sorted by key: `make sort` puts them in order"
PRECISE_TO = {"day": "", "month": "-01", "year": "-01-01"}


def key_of(table: str) -> list[str]:
    """Return the columns of the primary key of a table."""
    return list(stored(table)["schema"]["primaryKey"])


def bilingual_pairs(table: str) -> Iterator[tuple[str, ...]]:
    """Yield the columns that hold the same text, one for each language."""
    known = stored_fields(table)
    stems = dict.fromkeys(name.rpartition("_")[0] for name in known if language_of(name))
    for columns in map(in_each, stems):
        if set(columns) <= set(known):  # what lacks a column is a fault of the schema
            yield tuple(columns)


@table_rule
def wrong_types(name: str, tables: Tables) -> Iterator[Fault]:
    """A cell is of the type of its field; :func:`helpers.data.load` refuses what is not."""
    entry = stored(name)
    yield from type_faults(tables[name], entry["path"], entry["schema"]["fields"])


@table_rule
def broken_constraints(name: str, tables: Tables) -> Iterator[Fault]:
    """A cell meets the constraints of its field; `load` does not ask for them."""
    for field, entry in stored_fields(name).items():
        constraints = entry.get("constraints", {})
        if not constraints:
            continue
        seen: set[str] = set()
        for row, (cell,) in tables[name].rows(field):
            if not cell:
                if constraints.get("required"):
                    yield fault(name, row, field, cell, "a value")
                continue
            if constraints.get("unique") and cell in seen:
                yield fault(name, row, field, cell, "a value used once in its column")
            seen.add(cell)
            for expected in _unmet(cell, entry, constraints):
                yield fault(name, row, field, cell, expected)


def _unmet(cell: str, entry: Mapping[str, Any], constraints: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a cell should be and is not; a cell of the wrong type is named elsewhere."""
    pattern = constraints.get("pattern")
    # As other readers of the schema take it, \d is 0-9 and not a digit of any script.
    if pattern and not re.fullmatch(pattern, cell, re.ASCII):
        yield f"text that matches {pattern}"
    bounds = [bound for bound in ("minimum", "maximum") if bound in constraints]
    if not bounds or not is_of_type(cell, entry):
        return
    value = float(cell)
    if "minimum" in bounds and value < constraints["minimum"]:
        yield f"{constraints['minimum']} or more"
    if "maximum" in bounds and value > constraints["maximum"]:
        yield f"{constraints['maximum']} or less"


@table_rule
def duplicate_keys(name: str, tables: Tables) -> Iterator[Fault]:
    """A primary key identifies one row."""
    key, seen = key_of(name), set()
    for row, cells in tables[name].rows(*key):
        if cells in seen:
            yield fault(name, row, "+".join(key), " + ".join(cells), "a key used once")
        seen.add(cells)


@table_rule
def unknown_references(name: str, tables: Tables) -> Iterator[Fault]:
    """A foreign key names a row that exists, and one that is as the key demands."""
    for foreign in stored(name)["schema"].get("foreignKeys", []):
        (field,), reference = foreign["fields"], foreign["reference"]
        target, (target_field,) = reference["resource"], reference["fields"]
        where = reference.get("where", {})
        if target not in tables or not {target_field, *where} <= set(tables[target].columns):
            continue  # the file or the schema is at fault, which is said once
        known = set(tables[target][target_field])
        fit = _fitting(tables, target, target_field, where)
        for row, (value,) in tables[name].rows(field):
            if value and value not in fit:
                wanted = _said(where) if value in known else f"one of the {target_field}"
                yield fault(name, row, field, value, f"{wanted} in {stored(target)['path']}")


def _fitting(tables: Tables, target: str, field: str, where: Mapping[str, str]) -> set[str]:
    """Return the ids of the rows of a table whose cells are as a reference demands."""
    wanted = tuple(where.values())
    return {
        cells[0] for _, cells in tables[target].rows(field, *where) if tuple(cells[1:]) == wanted
    }


def _said(where: Mapping[str, str]) -> str:
    """Say which rows a reference may name.

    Examples
    --------
    >>> _said({"checkable": "true", "same_as": ""})
    'a row with checkable true and same_as empty'
    """
    return "a row with " + " and ".join(f"{name} {cell or 'empty'}" for name, cell in where.items())


@table_rule
def codes_without_their_fields(name: str, tables: Tables) -> Iterator[Fault]:
    """A code that needs a field has it filled, and the fields that only other codes need empty."""
    for field, entry in stored_fields(name).items():
        needs = {code["value"]: code["needs"] for code in entry.get("codes", []) if "needs" in code}
        listed = dict.fromkeys(needed for code in needs.values() for needed in code)
        every = [needed for needed in listed if needed in tables[name]]
        for row, (code, *cells) in tables[name].rows(field, *every) if every else ():
            for needed, cell in zip(every, cells, strict=True):
                if code in needs and (needed in needs[code]) != bool(cell):
                    wanted = "nothing" if cell else "a value"
                    yield fault(name, row, needed, cell, f"{wanted}, as {field} is {code}")


@table_rule
def half_translated(name: str, tables: Tables) -> Iterator[Fault]:
    """Text for readers stands in both languages, or in neither."""
    for columns in bilingual_pairs(name):
        for row, cells in tables[name].rows(*columns):
            filled = [column for column, text in zip(columns, cells, strict=True) if text.strip()]
            for column in columns if filled else ():
                if column not in filled:
                    yield fault(name, row, column, "", f"text, as {filled[0]} has some")


@table_rule
def wrong_language(name: str, tables: Tables) -> Iterator[Fault]:
    """Each text is in letters of its language, unless another shares it or none has a word."""
    scripts = [script_of(code) for code in LOCALES]
    for columns in bilingual_pairs(name):
        for row, cells in tables[name].rows(*columns):
            if not all(cells):
                continue
            texts = [FIELD.sub("", cell) for cell in cells]
            worded = LETTER.search("".join(texts))
            for column, cell, text, script in zip(columns, cells, texts, scripts, strict=True):
                owed = worded if script != LATIN_SCRIPT else LETTER.search(text)
                if owed and cells.count(cell) == 1 and not has_letter(text, script):
                    yield fault(name, row, column, cell, f"{NAMES[language_of(column)]} text")


@table_rule
def unsorted_rows(name: str, tables: Tables) -> Iterator[Fault]:
    """Rows are sorted by their key, so that two versions of a table compare line by line."""
    key, before = key_of(name), None
    for row, cells in tables[name].rows(*key):
        if before is not None and cells < before:
            yield fault(name, row, "+".join(key), " + ".join(cells), SORTED)
            return
        before = cells


@table_rule
def imprecise_dates(name: str, tables: Tables) -> Iterator[Fault]:
    """A date has a precision beside it and is the first day that the precision allows."""
    for date, precision in date_columns(name):
        if precision not in tables[name]:
            continue  # the schema lacks it, which is said once
        for row, (value, exact) in tables[name].rows(date, precision):
            if value == "" and exact != "" and not is_end(date):
                yield fault(name, row, date, value, f"a date, as {precision} is given")
            elif value != "" and exact == "":
                yield fault(name, row, precision, exact, f"how exact {date} is")
            elif value and not is_end(date) and not value.endswith(PRECISE_TO.get(exact, "")):
                first = f"the first day of the {exact}, as {precision} says"
                yield fault(name, row, date, value, first)


def date_columns(table: str) -> Iterator[tuple[str, str]]:
    """Yield each date column of a table with the column of its precision."""
    known = stored_fields(table)
    for name, field in known.items():
        if field["type"] == "date":
            own = f"{name}_precision"
            yield name, own if own in known else "precision"


def is_end(date: str) -> bool:
    """Tell whether a date column holds the end of an interval, which may be missing."""
    return date.endswith("_end")


@table_rule
def wrong_examples(name: str, tables: Tables) -> Iterator[Fault]:
    """The example of a code is the key of a row with it; that of an unused code is empty."""
    key = key_of(name)[0]
    for field, entry in stored_fields(name).items():
        if "codes" not in entry:
            continue
        carriers = {cells for _, cells in tables[name].rows(key, field)}
        used = {code for _, code in carriers}
        for code in entry["codes"]:
            if "example" not in code:  # none is asked for, as in a project that was begun just now
                continue
            example, value = code["example"], code["value"]
            if (example, value) not in carriers and (example or value in used):
                place = f"{name}.{field}.{value}"
                yield Fault(
                    schema_file(name), 0, place, example, f"the {key} of a row with this code"
                )


# Without these a table is no table of a database.
STRUCTURE: tuple[TableRule, ...] = (
    wrong_types,
    broken_constraints,
    duplicate_keys,
    unknown_references,
)
