"""Read CSV and JSON files; what is wrong with a file is said once, with its row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.data.faults import DataError, Fault

# Spreadsheets write it when they save CSV; left there, it would begin the first column's name.
BYTE_ORDER_MARK = "\ufeff"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Of a text in UTF-16 that says nothing of it, each sign that is no letter has a byte of zero.
UTF_16_ZEROS = 0.1
OTHER_SEPARATORS = {
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
    "\u060c": "Arabic commas",
    "\u061b": "Arabic semicolons",
}
DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
OTHER_DIGITS = re.compile(r"(?![0-9])\d")
CSV_IN_UTF_8 = "a CSV file in UTF-8"
IN_QUOTES = "a cell in double quotes that ends before the next comma, quotes in it doubled"
QUOTED_CELL = re.compile(r'(^|[,\r\n])"(?:[^"]|"")*"(?=[,\r\n]|$)')
SAVE_AGAIN = 'save it as "CSV UTF-8 (comma delimited)" with the region set to English'


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
    text = read_text(folder, name, "a JSON file in UTF-8")
    try:
        content = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        expected = f"JSON at column {error.colno}: {error.msg}"
        raise DataError([Fault(name, error.lineno, "", line.strip(), expected)]) from None
    except _UnfitError as found:
        raise DataError([Fault(name, 0, "", found.value, found.expected)]) from None
    except RecursionError:
        raise DataError([Fault(name, 0, "", "too deep", "JSON of a few levels")]) from None
    except ValueError:  # Python reads no number of more than some thousand digits
        raise DataError([Fault(name, 0, "", "too long", "JSON with shorter numbers")]) from None
    if not isinstance(content, dict):
        raise DataError([Fault(name, 1, "", text.strip()[:1], "a JSON object, which opens with {")])
    return content


class _UnfitError(Exception):
    """What JSON allows, or lets pass, and a schema does not."""

    def __init__(self, value: str, expected: str) -> None:
        super().__init__(value)
        self.value, self.expected = value, expected


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; of a name that stands twice in it, one value would be lost."""
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            raise _UnfitError(name, "JSON with each name once in an object")
    return dict(pairs)


def _no_constant(constant: str) -> None:
    raise _UnfitError(constant, "JSON with finite numbers")


def read_rows(folder: Path, name: str) -> list[list[str]]:
    """Read the rows of a CSV file, header first; a byte order mark and CRLF do no harm.

    Raises
    ------
    DataError
        If the file is missing, is not UTF-8, has its cells separated by anything but commas, or
        leaves a quote open.
    """
    text = read_text(folder, name, CSV_IN_UTF_8)
    faults = list(_header_faults(name, text))
    if faults:
        raise DataError(faults)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            rows.append(row)  # what was read before an error tells its row
    except csv.Error as error:
        limit = csv.field_size_limit()
        expected = f"cells of {limit} characters at most" if "limit" in str(error) else IN_QUOTES
        raise DataError([Fault(name, len(rows) + 1, "", str(error), expected)]) from None
    faults = list(_stray_quotes(name, text, rows))
    if faults:
        raise DataError(faults)
    return rows


def _stray_quotes(name: str, text: str, rows: list[list[str]]) -> Iterator[Fault]:
    """Name cells with a quote that are not in quotes: other readers take what follows for one."""
    if '"' not in QUOTED_CELL.sub(r"\1", text):
        return
    for number, row in enumerate(rows, start=1):
        for cell in row:
            if '"' in cell and '"' + cell.replace('"', '""') + '"' not in text:
                yield Fault(name, number, "", cell, IN_QUOTES)


def _header_faults(name: str, text: str) -> Iterator[Fault]:
    """Name what keeps a file from being cut into cells: once, whatever the number of columns."""
    header = re.split(r"[\r\n]", text, maxsplit=1)[0]
    if not header.strip():
        yield Fault(name, 1, "", header, "the names of the columns")
    elif header.lower().startswith("sep="):
        expected = "cells separated by commas, and the names of the columns in row 1"
        yield Fault(name, 1, "", header, expected)
    elif "," not in header:
        for separator in OTHER_SEPARATORS:
            if separator in header:
                yield Fault(name, 1, "", header, _as_expected(text, separator))
                return


def _as_expected(text: str, separator: str) -> str:
    """Say all that a spreadsheet of another region has written otherwise, and what to do."""
    cells = [cell for line in re.split(r"[\r\n]+", text) for cell in line.split(separator)]
    parts = [f"cells separated by commas, not by {OTHER_SEPARATORS[separator]}"]
    if any(DECIMAL_COMMA.fullmatch(cell) for cell in cells):
        parts.append("decimals after a point, not after a comma")
    if any(OTHER_DIGITS.search(cell) for cell in cells):
        parts.append("digits 0-9")
    return f"{'; '.join(parts)}: {SAVE_AGAIN}"


def read_text(folder: Path, name: str, expected: str) -> str:
    """Read a file without its byte order mark; `expected` says what it should be."""
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise DataError([Fault(name, 0, "", error.strerror or "no file", expected)]) from None
    zeros = content.count(b"\0")
    if content.startswith(UTF_16_MARKS) or zeros > len(content) * UTF_16_ZEROS:
        raise DataError([Fault(name, 0, "", "UTF-16", expected)])
    try:
        return content.decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        wrong = f"byte 0x{content[error.start]:02x}"
        raise DataError([Fault(name, row, "", wrong, expected)]) from None
