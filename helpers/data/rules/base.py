"""What a rule is, and the list of all of them.

A rule takes all tables as text, keyed by name, with the row numbers of a spreadsheet as index, and
yields faults. Cells may hold anything: what a rule cannot read is left to the rule whose matter
it is, so that no rule stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from helpers.data.faults import Fault
from helpers.data.schema import stored

Tables = Mapping[str, pd.DataFrame]
Rule = Callable[[Tables], Iterator[Fault]]
TableRule = Callable[[str, Tables], Iterator[Fault]]

# Rules with the tables that they read; those of single tables are also told which one.
RULES: list[tuple[tuple[str, ...], Rule]] = []
TABLE_RULES: list[TableRule] = []


def rule(*tables: str) -> Callable[[Rule], Rule]:
    """Register a rule with the tables that it reads; without one of them it is passed over."""

    def register(function: Rule) -> Rule:
        RULES.append((tables, function))
        return function

    return register


def table_rule(function: TableRule) -> TableRule:
    """Register a rule that is asked of every table in turn."""
    TABLE_RULES.append(function)
    return function


def fault(table: str, row: int, field: str, value: str, expected: str) -> Fault:
    """Return a fault of a table."""
    return Fault(stored(table)["path"], row, field, value, expected)


def rows(table: pd.DataFrame, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the number of each row and its cells in the named columns."""
    cells = [table[column].tolist() for column in columns]
    for number, *values in zip(table.index.tolist(), *cells, strict=True):
        yield number, tuple(values)


def first_by(table: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    """Return the cells of one column by those of another; of repeated keys the first counts."""
    pairs = zip(table[key].tolist()[::-1], table[value].tolist()[::-1], strict=True)
    return dict(pairs)
