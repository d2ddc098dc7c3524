"""What is wrong in a table, said so that a reader can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# A message shows no more characters of a value: enough to find it, and one line on most screens.
LONGEST = 80


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of the data.

    Attributes
    ----------
    file : str
        Path below the data folder.
    row : int
        Line as a spreadsheet numbers it: the header is row 1. 0 stands for the file as a whole.
    field : str
        Column; columns of a composite key are joined by ``+``. Empty for the row as a whole.
    value : str
        What stands there.
    expected : str
        What should stand there.
    """

    file: str
    row: int
    field: str
    value: str
    expected: str

    def __str__(self) -> str:
        place = self.file
        place += f", row {self.row}" if self.row else ""
        place += f", field {self.field}" if self.field else ""
        value = self.value
        if len(value) > LONGEST:
            value = f"{value[:LONGEST]}..."
        return f"{place}: {value!r} - expected {self.expected}"


class DataError(ValueError):
    """Faults that keep a table from being used.

    Parameters
    ----------
    faults : iterable of Fault
        At least one.

    Examples
    --------
    >>> print(DataError(Fault("a.csv", row, "", "x", "a date") for row in (9, 2)))
    a.csv, row 2: 'x' - expected a date
    a.csv, row 9: 'x' - expected a date
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Faults(list[Fault]):
    """A list of faults that a notebook shows as a table in its own language."""

    def __repr__(self) -> str:
        return "\n".join(map(str, self)) or "no faults"

    def _repr_html_(self) -> str:
        from helpers.answers import faults_as_html  # noqa: PLC0415 - words stand above the data

        return faults_as_html(self)
