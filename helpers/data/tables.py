"""Load a table as a DataFrame typed by its schema."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers.data import cells
from helpers.data.faults import DataError, Fault
from helpers.data.files import read_rows
from helpers.data.holding import apart, asked_once
from helpers.data.schema import Descriptor, data_folder, file_state, schema_state, stored
from helpers.data.text import FIRST_ROW, TextTable
from helpers.paths import TABLES_VARIABLE


@dataclass(frozen=True)
class Changed:
    """A table that a what-if puts in the place of a stored one: as text, and typed."""

    text: TextTable
    typed: pd.DataFrame = field(repr=False)


# What holds in a block holds for its thread alone: the tables noted and the tables changed.
_TRACES: ContextVar[tuple[set[str], ...]] = ContextVar("traces", default=())
CHANGED: ContextVar[Mapping[str, Changed]] = ContextVar("changed", default={})  # noqa: B039 - read


def load(table: str) -> pd.DataFrame:
    """Load a table, typed by its schema.

    Integers come as ``Int64``, numbers as ``float64``, booleans as ``boolean``, dates as
    ``datetime64[s]``, enumerated fields as ordered categoricals in the order of their codes, text
    as ``str``; an empty cell is missing. The file is read once and again only when it or the
    schema changes; the caller may do with the frame as it likes, others do not see it.

    Types, codes and the shape of the file are asked here, as no frame can be made without them;
    constraints and rules are left to :func:`helpers.data.validate`, so that a table can be looked
    at while it is being mended.

    Parameters
    ----------
    table : str
        Name of a table, such as ``"claims"``.

    Returns
    -------
    pandas.DataFrame
        One row for each row of the file, in the order of the file.

    Raises
    ------
    KeyError
        If there is no such table; the message names those that exist.
    DataError
        If the file is missing, or a cell is not of its type; every such cell is named.

    Examples
    --------
    >>> stages = load("points")["stage"]  # in the order of the codes
    >>> stages.min(), stages.max()
    ('context', 'recommendation')
    """
    return kept(table).copy(deep=False)  # pandas copies what one of the two changes


def kept(table: str) -> pd.DataFrame:
    """Return a table as :func:`load` keeps it: the same frame as long as nothing changes.

    It is shared by all who read it here, and not to be changed.
    """
    descriptor = stored(table)
    for opened in _TRACES.get():
        opened.add(table)
    _tell_runner(table)
    if table in CHANGED.get():
        return CHANGED.get()[table].typed
    return asked_once(("rows", table), _stored_rows, table, descriptor["path"])


def _stored_rows(table: str, file: str) -> pd.DataFrame:
    path = data_folder() / file
    return _load(table, path, file_state(path), schema_state(table))


@contextmanager
def tracing() -> Iterator[set[str]]:
    """Note the names of the tables that are loaded while the context lasts.

    Yields
    ------
    set of str
        Grows with each table that is loaded.

    Examples
    --------
    >>> with tracing() as opened:
    ...     _ = load("themes")
    >>> opened
    {'themes'}
    """
    opened: set[str] = set()
    token = _TRACES.set((*_TRACES.get(), opened))
    try:
        with apart():  # what was asked before is asked, and noted, again
            yield opened
    finally:
        _TRACES.reset(token)


def _tell_runner(table: str) -> None:
    """Tell the runner of the notebooks, if there is one, that this one rests on a table."""
    file = os.environ.get(TABLES_VARIABLE)
    if file:
        _write_down(file, table)


@functools.cache
def _write_down(file: str, table: str) -> None:
    with Path(file).open("a", encoding="utf-8") as names:
        names.write(f"{table}\n")


@functools.lru_cache(maxsize=128)
def _load(
    table: str, _path: Path, _state: tuple[int, int], _schema: tuple[object, ...]
) -> pd.DataFrame:
    descriptor = stored(table)
    return cells.typed(read(table), descriptor["path"], descriptor["schema"]["fields"])


def _missing_file(descriptor: Descriptor) -> Fault:
    return Fault(descriptor["path"], 0, "", "no file", f"the table {descriptor['name']}")


def read(table: str) -> TextTable:
    """Read a table as text.

    Inside a what-if the changed table is read.

    Raises
    ------
    DataError
        If there is no such file, it is not CSV in UTF-8, its header differs from the schema, or a
        row is blank, or has more or fewer cells than the header.
    """
    if table in CHANGED.get():
        return CHANGED.get()[table].text
    _tell_runner(table)
    descriptor, folder = stored(table), data_folder()
    if not (folder / descriptor["path"]).is_file():
        raise DataError([_missing_file(descriptor)])
    rows = read_rows(folder, descriptor["path"])
    return as_table(rows, descriptor)


def as_table(rows: list[list[str]], descriptor: Descriptor) -> TextTable:
    """Turn the rows of a file, header first, into a table of text.

    Raises
    ------
    DataError
        If the header differs from the schema, or a row is blank, or has more or fewer cells.
    """
    names = [entry["name"] for entry in descriptor["schema"]["fields"]]
    faults = list(_header_faults(descriptor["path"], names, rows[0] if rows else []))
    faults += _row_faults(descriptor["path"], rows)
    if faults:
        raise DataError(faults)
    columns = zip(*rows[1:], strict=True) if rows[1:] else [()] * len(names)
    return TextTable(dict(zip(names, map(list, columns), strict=True)))


def _header_faults(file: str, names: list[str], header: list[str]) -> Iterator[Fault]:
    columns = f"the columns {', '.join(names)}"
    for name in names:
        if name not in header:
            yield Fault(file, 1, name, "no such column", columns)
    for name, count in Counter(header).items():
        if name not in names:
            yield Fault(file, 1, name, "unknown column" if name else "no name", columns)
        elif count > 1:
            yield Fault(file, 1, name, f"{count} columns", "a name used once")
    if header != names and sorted(header) == sorted(names):
        expected = f"the columns in the order {', '.join(names)}"
        yield Fault(file, 1, "", ", ".join(header), expected)


def _row_faults(file: str, rows: list[list[str]]) -> Iterator[Fault]:
    """Name rows that are no rows; a blank one would be passed over by other readers."""
    for number, row in enumerate(rows[1:], start=FIRST_ROW):
        if not any(cell.strip() for cell in row):
            yield Fault(file, number, "", "blank row", "no rows without a cell")
        elif len(row) != len(rows[0]):
            yield Fault(file, number, "", f"{len(row)} cells", f"{len(rows[0])} cells")


def in_reading_order(frame: pd.DataFrame, column: str = "passage_id") -> pd.DataFrame:
    """Sort rows by the place of their passage in the report.

    Parameters
    ----------
    frame : pandas.DataFrame
        Table with passage ids, or with claim ids, which begin with a passage id.
    column : str
        Column that holds them.

    Returns
    -------
    pandas.DataFrame
        The same rows in the order in which the report is read.

    Raises
    ------
    KeyError
        If a passage id is unknown.

    Examples
    --------
    >>> shuffled = load("claims")[["claim_id", "passage_id"]].iloc[::-1]
    >>> in_reading_order(shuffled)["passage_id"].iloc[0]
    'abstract_ar.1.1'
    """
    sections = load("sections")[["section_id", "order"]]
    passages = load("passages").merge(sections, on="section_id", validate="m:1")
    passages = passages.sort_values(["order", "paragraph", "sentence"])
    place = {passage: number for number, passage in enumerate(passages["passage_id"])}

    def key(locator: str) -> tuple[int, str]:
        passage, _, rest = locator.partition("-")
        return place[passage], rest

    keys = [key(locator) for locator in frame[column]]
    order = sorted(range(len(frame)), key=keys.__getitem__)
    return frame.iloc[order].reset_index(drop=True)
