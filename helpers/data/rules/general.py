"""Rules that hold for every table, derived from its schema.

A rule takes all tables as text, keyed by name with spreadsheet row numbers as index, and yields
faults. Types and constraints of single cells are left to Frictionless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from helpers.data.faults import Fault
from helpers.data.schema import fields, package, resource

Tables = dict[str, pd.DataFrame]

PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ARABIC_LETTER = re.compile("[\u0621-\u064a]")
PRECISE_TO = {"day": "", "month": "-01", "year": "-01-01"}


def file_of(table: str) -> str:
    """Return the path of a table below the data folder."""
    return resource(table)["path"]


def key_of(table: str) -> list[str]:
    """Return the columns of the primary key of a table."""
    return resource(table)["schema"]["primaryKey"]


def bilingual_pairs(table: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of columns that hold the same text in Arabic and English."""
    known = fields(table)
    for name in known:
        if name.endswith("_ar") and f"{name[:-3]}_en" in known:
            yield name, f"{name[:-3]}_en"


def duplicate_keys(tables: Tables) -> Iterator[Fault]:
    """A primary key identifies one row."""
    for name, table in tables.items():
        key = key_of(name)
        for row, cells in table[table.duplicated(key)][key].iterrows():
            yield Fault(file_of(name), row, "+".join(key), " + ".join(cells), "a key used once")


def unknown_references(tables: Tables) -> Iterator[Fault]:
    """A foreign key names a row that exists."""
    for name, table in tables.items():
        for foreign in resource(name)["schema"].get("foreignKeys", []):
            (field,) = foreign["fields"]
            target = foreign["reference"]["resource"]
            if target not in tables:
                continue
            (target_field,) = foreign["reference"]["fields"]
            known = tables[target][target_field]
            wrong = table[field][(table[field] != "") & ~table[field].isin(known)]
            for row, value in wrong.items():
                yield Fault(
                    file_of(name),
                    row,
                    field,
                    value,
                    f"one of the {target_field} in {file_of(target)}",
                )


def half_translated(tables: Tables) -> Iterator[Fault]:
    """Text for readers stands in both languages, or in neither."""
    for name, table in tables.items():
        for arabic, english in bilingual_pairs(name):
            for empty, other in ((arabic, english), (english, arabic)):
                lone = table[(table[empty].str.strip() == "") & (table[other].str.strip() != "")]
                for row in lone.index:
                    yield Fault(file_of(name), row, empty, "", f"text, as {other} has some")


def wrong_language(tables: Tables) -> Iterator[Fault]:
    """An Arabic cell holds Arabic, unless it is a name or sign that both languages share."""
    for name, table in tables.items():
        for arabic, english in bilingual_pairs(name):
            cells = table[arabic]
            latin = (cells != "") & ~cells.str.contains(ARABIC_LETTER) & (cells != table[english])
            for row, value in cells[latin].items():
                yield Fault(file_of(name), row, arabic, value, "Arabic text")


def foul_characters(tables: Tables) -> Iterator[Fault]:
    """Text is plain: ordinary letters, one line, no blanks at its ends, no spreadsheet formula."""
    wrongs = (
        (PRESENTATION_FORMS, "ordinary Arabic letters, no presentation forms"),
        (BIDI_CONTROLS, "text without bidirectional control characters"),
        (re.compile(r"[\r\n\t]"), "text on one line"),
        (re.compile(r"^\s|\s$"), "text without blanks at its ends"),
        (re.compile(r"  "), "single spaces between words"),
        (re.compile(r"^[=+\-@]"), "text that no spreadsheet takes for a formula"),
    )
    for name, table in tables.items():
        texts = [key for key, field in fields(name).items() if field["type"] == "string"]
        for field in texts:
            for pattern, expected in wrongs:
                for row, value in table[field][table[field].str.contains(pattern)].items():
                    yield Fault(file_of(name), row, field, value, expected)


def unsorted_rows(tables: Tables) -> Iterator[Fault]:
    """Rows are sorted by their key, so that two versions of a table compare line by line."""
    for name, table in tables.items():
        key = key_of(name)
        keys = list(table[key].itertuples(index=False, name=None))
        for row, before, after in zip(table.index[1:], keys, keys[1:], strict=False):
            if after < before:
                yield Fault(
                    file_of(name), row, "+".join(key), " + ".join(after), "rows sorted by key"
                )
                break


def imprecise_dates(tables: Tables) -> Iterator[Fault]:
    """A date has a precision beside it and is the first day that the precision allows."""
    for name, table in tables.items():
        for date, precision in date_columns(name):
            for row, value, exact in table[[date, precision]].itertuples(name=None):
                if value == "" and exact != "" and not is_end(date):
                    yield Fault(file_of(name), row, date, value, f"a date, as {precision} is given")
                elif value != "" and exact == "":
                    yield Fault(file_of(name), row, precision, exact, f"how exact {date} is")
                elif value and not is_end(date) and not value.endswith(PRECISE_TO.get(exact, "")):
                    first = f"the first day of the {exact}, as {precision} says"
                    yield Fault(file_of(name), row, date, value, first)


def date_columns(table: str) -> Iterator[tuple[str, str]]:
    """Yield each date column of a table with the column of its precision."""
    known = fields(table)
    for name, field in known.items():
        if field["type"] == "date":
            own = f"{name}_precision"
            yield name, own if own in known else "precision"


def wrong_examples(tables: Tables) -> Iterator[Fault]:
    """The example of a code is the key of a row that carries the code."""
    for name, table in tables.items():
        for field, entry in fields(name).items():
            for code in entry.get("codes", []):
                carriers = table[table[field] == code["value"]][key_of(name)[0]]
                example = code.get("example", "")
                if example not in set(carriers) and not (example == "" and carriers.empty):
                    place = f"{name}.{field}.{code['value']}"
                    expected = f"the {key_of(name)[0]} of a row with this code"
                    yield Fault("datapackage.json", 0, place, example, expected)


def is_end(date: str) -> bool:
    """Tell whether a date column holds the end of an interval, which may be missing."""
    return date.endswith("_end")


def incomplete_schema(tables: Tables) -> Iterator[Fault]:
    """Tables and fields are described in both languages; codes and enumerations agree."""
    file = "datapackage.json"
    wanted = ("title", "title_ar", "description", "description_ar")
    for entry in package()["resources"]:
        for part in [part for part in wanted if not entry.get(part)]:
            yield Fault(file, 0, f"{entry['name']}.{part}", "", "text in both languages")
        for name, field in fields(entry["name"]).items():
            place = f"{entry['name']}.{name}"
            for part in [part for part in wanted if not field.get(part)]:
                yield Fault(file, 0, f"{place}.{part}", "", "text in both languages")
            listed = [code["value"] for code in field.get("codes", [])]
            allowed = field.get("constraints", {}).get("enum", [])
            if listed != allowed:
                yield Fault(file, 0, place, ", ".join(allowed), f"the codes {', '.join(listed)}")
        for date, precision in date_columns(entry["name"]):
            if precision not in fields(entry["name"]):
                yield Fault(file, 0, f"{entry['name']}.{date}", "", "a column for its precision")


RULES = (
    incomplete_schema,
    duplicate_keys,
    unknown_references,
    half_translated,
    wrong_language,
    foul_characters,
    unsorted_rows,
    imprecise_dates,
    wrong_examples,
)
