"""A table as text: what a file says before it has types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Spreadsheets number rows from 1, and the header is the first.
FIRST_ROW = 2


@dataclass(frozen=True)
class TextTable:
    """Cells by column, empty where nothing is recorded.

    Attributes
    ----------
    columns : mapping of str to list of str
        Columns of one length, by name, in order.

    Examples
    --------
    >>> table = TextTable({"theme_id": ["energy", "water"], "order": ["1", "2"]})
    >>> list(table.rows("order"))
    [(2, ('1',)), (3, ('2',))]
    """

    columns: Mapping[str, list[str]]

    def __getitem__(self, column: str) -> list[str]:
        return self.columns[column]

    def __contains__(self, column: object) -> bool:
        return column in self.columns

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), []))

    def rows(self, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the number of each row, as a spreadsheet counts, and its cells in the columns."""
        cells = zip(*(self.columns[column] for column in columns), strict=True)
        yield from enumerate(cells, start=FIRST_ROW)

    def with_cell(self, row: int, column: str, cell: str) -> TextTable:
        """Return the table with another cell in a row and column."""
        changed = list(self.columns[column])
        changed[row - FIRST_ROW] = cell
        return TextTable({**self.columns, column: changed})
