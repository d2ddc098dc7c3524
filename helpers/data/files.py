"""Read CSV and JSON files; what is wrong with a file is said once, with its row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.data.faults import DataError, Fault

# Spreadsheets write it when they save CSV; it would become part of the first column's name.
BYTE_ORDER_MARK = "\ufeff"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
CSV_IN_UTF_8 = "a CSV file in UTF-8"


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """Read a JSON object; a byte order mark, which some editors add, does no harm.

    Parameters
    ----------
    folder : Path
        Folder of the tables.
    name : str
        Path of the file below it.

    Raises
    ------
    DataError
        If there is no such file, or it is not JSON; the line and the column are named.
    """
    text = _text(folder, name, "a JSON file in UTF-8").removeprefix(BYTE_ORDER_MARK)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        expected = f"JSON at column {error.colno}: {error.msg}"
        raise DataError([Fault(name, error.lineno, "", line.strip(), expected)]) from None
    if not isinstance(content, dict):
        raise DataError([Fault(name, 1, "", text.strip()[:1], "a JSON object, which opens with {")])
    return content


def read_rows(folder: Path, name: str) -> list[list[str]]:
    """Read the rows of a CSV file, header first.

    Raises
    ------
    DataError
        If the file is missing, is not UTF-8 without a byte order mark, has its cells separated by
        anything but commas, or leaves a quote open.
    """
    text = _text(folder, name, CSV_IN_UTF_8)
    faults = list(_header_faults(name, re.split(r"[\r\n]", text, maxsplit=1)[0]))
    if faults:
        raise DataError(faults)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            rows.append(row)  # what was read before an error tells its row
    except csv.Error as error:
        expected = "a cell in double quotes that ends before the next comma, quotes in it doubled"
        raise DataError([Fault(name, len(rows) + 1, "", str(error), expected)]) from None
    return rows


def _header_faults(name: str, header: str) -> Iterator[Fault]:
    """Name what keeps a header from being cut into cells: once, whatever the number of columns."""
    commas = "cells separated by commas"
    if header.startswith(BYTE_ORDER_MARK):
        yield Fault(name, 1, "", BYTE_ORDER_MARK, "UTF-8 without a byte order mark")
    header = header.removeprefix(BYTE_ORDER_MARK)
    if not header.strip():
        yield Fault(name, 1, "", header, "the names of the columns")
    elif header.lower().startswith("sep="):
        yield Fault(name, 1, "", header, f"{commas}, and the names of the columns in row 1")
    elif "," not in header:
        for separator, word in OTHER_SEPARATORS.items():
            if separator in header:
                yield Fault(name, 1, "", header, f"{commas}, not by {word}")
                return


def _text(folder: Path, name: str, expected: str) -> str:
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise DataError([Fault(name, 0, "", error.strerror or "no file", expected)]) from None
    if content.startswith(UTF_16_MARKS):
        raise DataError([Fault(name, 0, "", "UTF-16", expected)])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        wrong = f"byte 0x{content[error.start]:02x}"
        raise DataError([Fault(name, row, "", wrong, expected)]) from None
