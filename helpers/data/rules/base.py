"""What a rule is, and the list of all of them.

A rule takes all tables as text, by name, and yields faults. Cells may hold anything: what a rule
cannot read is left to the rule whose matter it is, so that no rule stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from helpers.data.faults import Fault
from helpers.data.schema import stored
from helpers.data.text import TextTable

Tables = Mapping[str, TextTable]
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


def first_by(table: TextTable, key: str, value: str) -> dict[str, str]:
    """Return the cells of one column by those of another; of repeated keys the first counts."""
    return dict(zip(reversed(table[key]), reversed(table[value]), strict=True))
