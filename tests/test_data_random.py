"""Two thousand random corruptions of single cells: no crash, and no disagreement.

They are the same in every run.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import random
import re
from collections.abc import Callable

import pytest
from corruption import faults_with, sound

from helpers.data import DataError, Fault, fields, resource, table_names
from helpers.data.cells import advice, as_text, typed
from helpers.data.holding import held
from helpers.data.tables import as_table
from helpers.data.text import TextTable
from helpers.data.validation import by_frictionless

SEED, COUNT, PARTS = 20250404, 2000, 8
JUNK = (
    *("", " ", "-", "0", "-0", "+1", "1e3", "NaN", "nan", "inf", "-INF", "None", "NULL", "#N/A"),
    *("TRUE", "True", "false ", "2025-3-28", "2025-02-30", "03/04/2025", "٢٠٢٥-٠٤-٠٣", "2025-04"),
    *("٣٤٠", "۵", "1_000", "5,5", "9" * 20, "9" * 400, "0." + "3" * 40, "1\u00a0", "½", "0x10"),
    *("\x00", "\u200f", "\ufeff", "\ufffd", "\u0640", "\U0001f600", "%s", "[]", "{}", "{0}"),
    *("a,b", 'a"b', '"', "a\nb", "a\r\nb", "=1+1", "{", "}", "{figure:", "{figure:no}"),
    *("و" * 5000, "ا\u0654", "\u202eنص", "../../x", "' OR 1=1 --", "(?P<", "\\"),
)  # fmt: skip


def other_row(rng: random.Random, table: str, field: str, cell: str) -> str:
    return rng.choice(sound()[table][field])


def other_column(rng: random.Random, table: str, field: str, cell: str) -> str:
    return rng.choice(sound()[table][rng.choice(list(fields_of(table)))])


def other_table(rng: random.Random, table: str, field: str, cell: str) -> str:
    other = rng.choice(table_names())
    return rng.choice(sound()[other][rng.choice(list(fields_of(other)))])


def other_code(rng: random.Random, table: str, field: str, cell: str) -> str:
    known = fields_of(table)[field].get("codes", [{"value": "code"}])
    return str(rng.choice(known)["value"])


def junk(rng: random.Random, table: str, field: str, cell: str) -> str:
    return rng.choice(JUNK)


def blank(rng: random.Random, table: str, field: str, cell: str) -> str:
    return rng.choice(["", " ", "\t", "\u00a0"])


def cut(rng: random.Random, table: str, field: str, cell: str) -> str:
    place = rng.randrange(len(cell) + 1)
    return rng.choice([cell[place:], cell[:place]])


def misspelt(rng: random.Random, table: str, field: str, cell: str) -> str:
    place = rng.randrange(len(cell) + 1)
    letter = rng.choice("ax1-_. ء٣\u200c\u00a0{")
    return rng.choice([cell[:place] + letter + cell[place:], cell[:place] + cell[place + 1 :]])


def other_case(rng: random.Random, table: str, field: str, cell: str) -> str:
    return rng.choice([cell.upper(), cell.title(), f"{cell} ", f" {cell}", f"'{cell}"])


def other_digits(rng: random.Random, table: str, field: str, cell: str) -> str:
    digits = rng.choice(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"])
    return cell.translate(str.maketrans("0123456789", digits))


def huge(rng: random.Random, table: str, field: str, cell: str) -> str:
    return cell * rng.choice([2, 20, 200])


KINDS: tuple[Callable[[random.Random, str, str, str], str], ...] = (
    other_row,
    other_column,
    other_table,
    other_code,
    junk,
    blank,
    cut,
    misspelt,
    other_case,
    other_digits,
    huge,
)


@functools.cache
def fields_of(table: str) -> dict[str, dict]:
    return fields(table)


def corruptions(part: int) -> list[tuple[str, int, str, str]]:
    rng = random.Random(SEED + part)
    chosen = []
    for number in range(COUNT // PARTS):
        table = rng.choice(table_names())
        field = rng.choice(list(fields_of(table)))
        row = rng.randrange(len(sound()[table])) + 2
        cell = sound()[table][field][row - 2]
        chosen.append((table, row, field, KINDS[number % len(KINDS)](rng, table, field, cell)))
    return chosen


def written(table: TextTable) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(cells for _, cells in table.rows(*table.columns))
    return file.getvalue()


def read_back(table: TextTable, name: str) -> TextTable:
    """Write a table as a file and read it again, as what is in a cell may tear it."""
    rows = list(csv.reader(io.StringIO(written(table), newline=""), strict=True))
    return as_table(rows, resource(name))


def refused(table: TextTable, field: dict) -> bool:
    try:
        loaded = typed(table, "file", [field])
    except DataError:
        return True
    written = as_text(loaded, [field])[field["name"]]
    for cell, again in zip(table[field["name"]], written, strict=True):
        same = cell == again or (field["type"] == "number" and float(cell) == float(again))
        assert same, f"{cell!r} was loaded as {again!r}"
    return False


def type_faults(faults: list[Fault], name: str, row: int, field: str, cell: str) -> list[Fault]:
    place = (resource(name)["path"], row, field, cell, advice(cell, fields_of(name)[field]))
    return [fault for fault in faults if fault == Fault(*place)]


@pytest.mark.one_of(4)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_corruption_crashes_a_rule_or_divides_load_and_validate(part: int) -> None:
    found = 0
    with held():
        for name, row, field, cell in corruptions(part):
            about = f"{name}, row {row}, {field} = {cell[:80]!r}"
            spoilt = sound()[name].with_cell(row, field, cell)
            try:
                faults = faults_with(**{name: spoilt})
            except Exception as error:
                raise AssertionError(f"a rule crashes: {about}") from error
            told = bool(type_faults(faults, name, row, field, cell))
            assert refused(spoilt, fields_of(name)[field]) == told, about
            found += bool(faults)
    assert found > COUNT / PARTS / 2, "most corruptions should be found"


def test_a_corruption_survives_the_file() -> None:
    """What is checked in memory is what a file would give."""
    for name, row, field, cell in corruptions(0):
        spoilt = sound()[name].with_cell(row, field, cell)
        if len(fields_of(name)) == 1 and not cell.strip():
            with pytest.raises(DataError, match="blank row"):
                read_back(spoilt, name)
        else:
            assert read_back(spoilt, name) == spoilt, (name, row, field, cell)


@pytest.mark.one_of(4)
@pytest.mark.parametrize("name", table_names())
def test_the_second_opinion_finds_nothing_more(name: str) -> None:
    """Where Frictionless refuses a cell that we take, our types or constraints have a hole."""
    spoilt = sound()[name]
    for part in range(PARTS):
        for table, row, field, cell in corruptions(part):
            if table == name:
                spoilt = spoilt.with_cell(row, field, cell)
    # Chance may pass over a short table, or hit only what has no type: one fault is there for sure.
    required = (field for field, entry in fields_of(name).items() if _is_required(entry))
    spoilt = spoilt.with_cell(2, next(required), "")
    schema = {key: resource(name)["schema"][key] for key in ("fields", "missingValues")}
    theirs = by_frictionless(resource(name)["path"], json.dumps(schema), written(spoilt).encode())
    assert theirs, "an empty cell of a required field should be seen"
    ours = {(fault.row, fault.field) for fault in faults_with(**{name: spoilt})}
    new = [fault for fault in theirs if (fault.row, fault.field) not in ours]
    assert [str(fault) for fault in new if _twin(fault) not in ours] == []


def _is_required(entry: dict) -> bool:
    return bool(entry.get("constraints", {}).get("required"))


def _twin(fault: Fault) -> tuple[int, str] | None:
    """The cell that Frictionless finds repeated: it reads +1 as 1, where we refuse the cell."""
    found = re.search(r"the same as in the row at position (\d+)", fault.expected)
    return (int(found[1]), fault.field) if found else None
