"""Load a table as a DataFrame typed by its schema."""

from __future__ import annotations

import csv
import functools
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from helpers.data.faults import DataError, Fault
from helpers.data.schema import data_folder, resource
from helpers.paths import TABLES_VARIABLE

# Spreadsheets number rows from 1, and the header is the first.
FIRST_ROW = 2
# Spreadsheets write it when they save CSV; it would become part of the first column's name.
BYTE_ORDER_MARK = "\ufeff"
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def load(table: str) -> pd.DataFrame:
    """Load a table, typed by its schema.

    Integers come as ``Int64``, numbers as ``float64``, booleans as ``boolean``, dates as
    ``datetime64[s]``, enumerated fields as ordered categoricals in the order of their codes, text
    as ``str``; an empty cell is missing. The file is read once and again only when it or the
    schema changes; the caller may do with the frame as it likes, others do not see it.

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
    """
    descriptor = resource(table)
    _note(table)
    if table in _CHANGED:
        return _CHANGED[table].copy()
    path = data_folder() / descriptor["path"]
    if not path.is_file():
        raise DataError([_missing_file(descriptor)])
    state = path.stat()
    frame = _load(path, state.st_mtime_ns, state.st_size, json.dumps(descriptor))
    return frame.copy()


# Tables opened while a trace lasts, and those that a what-if puts in the place of the stored ones.
_TRACES: list[set[str]] = []
_CHANGED: dict[str, pd.DataFrame] = {}


@contextmanager
def tracing() -> Iterator[set[str]]:
    """Note the names of the tables that are loaded while the context lasts.

    Yields
    ------
    set of str
        Grows with each table that is loaded.
    """
    opened: set[str] = set()
    _TRACES.append(opened)
    try:
        yield opened
    finally:
        _TRACES.remove(opened)


def _note(table: str) -> None:
    for opened in _TRACES:
        opened.add(table)
    file = os.environ.get(TABLES_VARIABLE)
    if file:
        _write_down(file, table)


@functools.cache
def _write_down(file: str, table: str) -> None:
    """Tell the runner, once a table, that the notebook rests on it."""
    with Path(file).open("a", encoding="utf-8") as names:
        names.write(f"{table}\n")


@functools.lru_cache(maxsize=128)
def _load(path: Path, _mtime: int, _size: int, descriptor: str) -> pd.DataFrame:
    return typed(read(path, json.loads(descriptor)), json.loads(descriptor))


def _missing_file(descriptor: dict) -> Fault:
    return Fault(descriptor["path"], 0, "", "no file", f"the table {descriptor['name']}")


def read(path: Path, descriptor: dict) -> pd.DataFrame:
    """Read a table as text; the index holds the row numbers of a spreadsheet.

    Raises
    ------
    DataError
        If the file is not UTF-8 or opens with a byte order mark, its header differs from the
        schema, or a row has more or fewer cells than the header.
    """
    names = [field["name"] for field in descriptor["schema"]["fields"]]
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(
            [Fault(descriptor["path"], 0, "", str(error), "a CSV file in UTF-8")]
        ) from None
    faults = list(_shape_faults(descriptor["path"], names, rows))
    if faults:
        raise DataError(faults)
    index = range(FIRST_ROW, FIRST_ROW + len(rows) - 1)
    return pd.DataFrame(rows[1:], columns=names, index=index, dtype="str")


def _shape_faults(file: str, names: list[str], rows: list[list[str]]) -> Iterable[Fault]:
    header = rows[0] if rows else []
    if header and header[0].startswith(BYTE_ORDER_MARK):
        yield Fault(file, 1, "", BYTE_ORDER_MARK, "UTF-8 without a byte order mark")
        return
    for name in names:
        if name not in header:
            yield Fault(file, 1, name, "no such column", f"the columns {', '.join(names)}")
    for name in header:
        if name not in names:
            yield Fault(file, 1, name, "unknown column", f"the columns {', '.join(names)}")
    if header != names and sorted(header) == sorted(names):
        yield Fault(file, 1, "", ", ".join(header), f"the columns in the order {', '.join(names)}")
    for number, row in enumerate(rows[1:], start=FIRST_ROW):
        if len(row) != len(header):
            yield Fault(file, number, "", f"{len(row)} cells", f"{len(header)} cells")


def typed(text: pd.DataFrame, descriptor: dict) -> pd.DataFrame:
    """Turn a table read as text into its types.

    Raises
    ------
    DataError
        If a cell is not of its type; every such cell is named.
    """
    columns, faults = {}, []
    for field in descriptor["schema"]["fields"]:
        cells = text[field["name"]]
        columns[field["name"]], wrong = _typed_column(cells.where(cells != ""), field)
        for row, value in cells[wrong].items():
            faults.append(Fault(descriptor["path"], row, field["name"], value, expectation(field)))
    if faults:
        raise DataError(faults)
    return pd.DataFrame(columns).reset_index(drop=True)


def _typed_column(cells: pd.Series, field: dict) -> tuple[pd.Series, pd.Series]:
    """Return the typed column and a mask of the cells that are not of the type."""
    if "codes" in field:
        values = [code["value"] for code in field["codes"]]
        known = cells.where(cells.isin(values))
        typed_cells = known.astype(pd.CategoricalDtype(values, ordered=True))
    elif field["type"] == "integer":
        whole = cells.where(cells.str.fullmatch(r"[+-]?\d+") | cells.isna())
        typed_cells = pd.to_numeric(whole, errors="coerce").astype("Int64")
    elif field["type"] == "number":
        typed_cells = pd.to_numeric(cells, errors="coerce").astype("float64")
    elif field["type"] == "boolean":
        typed_cells = cells.map({"true": True, "false": False}).astype("boolean")
    elif field["type"] == "date":
        iso = cells.where(cells.str.fullmatch(_ISO_DATE) | cells.isna())
        typed_cells = pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce").astype(
            "datetime64[s]"
        )
    else:
        typed_cells = cells
    return typed_cells, typed_cells.isna() & cells.notna()


def expectation(field: dict) -> str:
    """Say what a cell of a field may hold, for a message."""
    if "codes" in field:
        return "one of " + ", ".join(code["value"] for code in field["codes"])
    return {
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "date": "a date such as 2025-04-03",
    }.get(field["type"], "text")


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
    """
    passages = load("passages").merge(load("sections")[["section_id", "order"]], on="section_id")
    passages = passages.sort_values(["order", "paragraph", "sentence"])
    place = {passage: number for number, passage in enumerate(passages["passage_id"])}

    def key(locator: str) -> tuple[int, str]:
        passage, _, rest = locator.partition("-")
        return place[passage], rest

    order = sorted(frame.index, key=lambda row: key(frame.at[row, column]))
    return frame.loc[order].reset_index(drop=True)
