"""Tables spoilt in one cell, in memory: what the tests of the data share."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.data import Fault, resource, table_names
from helpers.data.text import TextTable
from helpers.data.validation import check, read_all

BANK = Path(__file__).with_name("corruptions.csv")


@dataclass(frozen=True)
class Corruption:
    """One cell that is spoilt, and the fault that names it.

    ``at`` names the field of the fault where it is another one, with its table if that is another;
    ``found`` is the value in the message where it is not the one written, ``*`` for any.
    """

    table: str
    key: str
    field: str
    value: str
    at: str
    found: str
    expected: str

    def names(self, fault: Fault, row: int) -> bool:
        table, _, field = (self.at or self.field).rpartition(".")
        found = self.found if self.at or self.found else self.value
        return (
            fault.file == resource(table or self.table)["path"]
            and fault.field == field
            and (fault.row == row or bool(table))
            and found in (fault.value, "*")
            and self.expected in fault.expected
        )

    def __str__(self) -> str:
        return f"{self.table}.{self.field}={self.value!r}: {self.expected}"


def bank() -> list[Corruption]:
    """Read the corruptions; characters that are not seen are written as ``\\u200f``."""
    with BANK.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [Corruption(*(_unescaped(cell) for cell in row)) for row in rows]


def _unescaped(cell: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), cell)


@functools.cache
def sound() -> Mapping[str, TextTable]:
    """Return the tables of the project as text; they can be read."""
    tables, faults = read_all(table_names())
    assert faults == []
    return tables


def row_of(table: str, key: str) -> int:
    """Return the number of the first row with a key."""
    column = resource(table)["schema"]["primaryKey"][0]
    return next(row for row, (cell,) in sound()[table].rows(column) if cell == key)


def edited(table: str, key: str, **cells: str) -> TextTable:
    """Return a table with other cells in the row of a key."""
    spoilt, row = sound()[table], row_of(table, key)
    for field, value in cells.items():
        spoilt = spoilt.with_cell(row, field, value)
    return spoilt


def faults_with(**changed: TextTable) -> list[Fault]:
    """Return the faults that the rules find when tables are changed."""
    return check({**sound(), **changed}, changed)
