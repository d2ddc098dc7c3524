"""The types of cells: which text is a whole number, a date, a code; the authority on it.

A cell is written as a person would type it and every program reads it alike: digits 0–9 without
separators, signs of plus, leading zeros or exponents, dates as 2025-04-03, ``true`` and
``false``, codes to the letter. What some readers take and others do not (``1e3``, ``NaN``,
``1_000``, ``٣٤٠``, ``2025-4-3``, blanks at an end) is refused. An empty cell is missing; whether
a cell may be empty is a constraint, not a type.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from helpers.data.faults import DataError, Fault
from helpers.data.text import TextTable

Field = Mapping[str, Any]
# [0-9] and not \d, which takes the digits of every script.
WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?")
MOST_DIGITS = 15  # a number of more is another one when it is written again
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BOOLEANS = {"true": True, "false": False}
# What spreadsheets take for a formula.
FORMULA = re.compile(r"[=+\-@]")
_TAKEN_FOR_FORMULA = re.compile(r"'*[=+\-@]")  # with apostrophes of its own as well
DTYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[s]"}
EXPECTED = {
    "integer": "a whole number, in digits 0-9 alone",
    "number": "a number, in digits 0-9 with a point for decimals",
    "boolean": "true or false",
    "date": "a date such as 2025-04-03",
}


def expectation(field: Field) -> str:
    """Say what a cell of a field may hold, for a message."""
    if "codes" in field:
        return "one of " + ", ".join(code["value"] for code in field["codes"])
    return EXPECTED.get(field["type"], "text")


def advice(cell: str, field: Field) -> str:
    """Say what a cell may hold; for a number as other regions write it, how to write it here.

    Examples
    --------
    >>> advice("٥٫٥", {"type": "number"})
    'a number, in digits 0-9 with a point for decimals: write 5.5'
    """
    if "codes" not in field and _is_long_number(cell, field):
        return f"{expectation(field)}: {MOST_DIGITS} digits at most"
    plain = _with_point("".join(_digit(character) for character in cell))
    if "codes" in field or field["type"] == "string" or plain == cell:
        return expectation(field)
    hint = f": write {plain}" if is_of_type(plain, field) else ""
    return expectation(field) + hint


def _is_long_number(cell: str, field: Field) -> bool:
    return field["type"] == "number" and bool(NUMBER.fullmatch(cell)) and _is_too_long(cell)


def _with_point(cell: str) -> str:
    return re.sub(r"(?<=[0-9])[,\u066b](?=[0-9]+$)", ".", cell)


def _digit(character: str) -> str:
    return str(unicodedata.digit(character)) if character.isdecimal() else character


def is_of_type(cell: str, field: Field) -> bool:
    """Tell whether a cell that is not empty is of the type of its field.

    Examples
    --------
    >>> [is_of_type(cell, {"type": "number"}) for cell in ("340", "-0.5", "1e3", "٣٤٠", "NaN")]
    [True, True, False, False, False]
    """
    return _test_of(field)(cell)


def _test_of(field: Field) -> Callable[[str], bool]:
    if "codes" in field:
        return {code["value"] for code in field["codes"]}.__contains__
    return _TESTS.get(field["type"], _is_text)


def _is_whole_number(cell: str) -> bool:
    return WHOLE_NUMBER.fullmatch(cell) is not None


def _is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell) is not None and not _is_too_long(cell)


def _is_too_long(cell: str) -> bool:
    """Tell whether a number has more digits than programs keep: the last ones would be lost."""
    whole, _, decimals = cell.lstrip("-").partition(".")
    return len(f"{whole}{decimals}".strip("0")) > MOST_DIGITS


def _is_date(cell: str) -> bool:
    if not ISO_DATE.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:  # such as 2025-02-30
        return False
    return True


def _is_text(_cell: str) -> bool:
    return True


_TESTS: dict[str, Callable[[str], bool]] = {
    "integer": _is_whole_number,
    "number": _is_number,
    "boolean": BOOLEANS.__contains__,
    "date": _is_date,
}


def type_faults(text: TextTable, file: str, fields: list[Field]) -> Iterator[Fault]:
    """Name every cell that is not of its type."""
    for field in fields:
        if field["type"] == "string" and "codes" not in field:
            continue
        right = _test_of(field)
        for row, (cell,) in text.rows(field["name"]):
            if cell and not right(cell):
                yield Fault(file, row, field["name"], cell, advice(cell, field))


def typed(text: TextTable, file: str, fields: list[Field]) -> pd.DataFrame:
    """Turn a table read as text into its types.

    Parameters
    ----------
    text : TextTable
        What the file says.
    file : str
        Where the table stands, for messages.
    fields : list of mapping
        Fields of the schema.

    Raises
    ------
    DataError
        If a cell is not of its type; every such cell is named.
    """
    faults = list(type_faults(text, file, fields))
    if faults:
        raise DataError(faults)
    columns = {field["name"]: _typed_column(text[field["name"]], field) for field in fields}
    return pd.DataFrame(columns)


def _typed_column(cells: list[str], field: Field) -> pd.Series:
    values: list[Any] = [cell or None for cell in cells]
    if "codes" in field:
        order = [code["value"] for code in field["codes"]]
        return pd.Series(pd.Categorical(values, categories=order, ordered=True))
    if field["type"] == "integer":
        values = [None if cell is None else int(cell) for cell in values]
    elif field["type"] == "number":
        values = [math.nan if cell is None else float(cell) for cell in values]
    elif field["type"] == "boolean":
        values = [None if cell is None else BOOLEANS[cell] for cell in values]
    elif field["type"] == "date":
        return pd.Series(pd.to_datetime(values, format="%Y-%m-%d").astype("datetime64[s]"))
    return pd.Series(values, dtype=DTYPES.get(field["type"], "str"))


def no_formula(cell: str) -> str:
    """Return text that a spreadsheet takes for text, by the apostrophe that they know it by.

    Examples
    --------
    >>> no_formula("=1+1"), no_formula("1+1"), of_formula(no_formula("@sum"))
    ("'=1+1", '1+1', '@sum')
    """
    return f"'{cell}" if _TAKEN_FOR_FORMULA.match(cell) else cell


def of_formula(cell: str) -> str:
    """Return text without the apostrophe that :func:`no_formula` sets before it."""
    return cell[1:] if cell.startswith("'") and _TAKEN_FOR_FORMULA.match(cell) else cell


def as_text(frame: pd.DataFrame, fields: list[Field]) -> TextTable:
    """Turn a typed table, or one that a reader has made, into the text that a file would hold.

    Nothing is mended but what programs write in their own way: missing values become empty,
    ``5.0`` in a column of whole numbers ``5``, midnights their date.
    """
    columns = {
        field["name"]: [
            _written(value, field["type"]) for value in frame[str(field["name"])].tolist()
        ]
        for field in fields
    }
    return TextTable(columns)


def _written(value: Any, kind: str) -> str:
    if isinstance(value, str):
        return value
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _plain(value, kind)
    if isinstance(value, date):  # a pandas Timestamp is one
        day = pd.Timestamp(value)
        return day.strftime("%Y-%m-%d") if day == day.normalize() else day.isoformat()
    return str(value)


def _plain(value: float, kind: str) -> str:
    """Write a number without an exponent, by its shortest digits."""
    if not math.isfinite(value):
        return repr(value)
    digits = format(Decimal(repr(value)), "f")
    return digits.removesuffix(".0") if kind in ("integer", "number") else digits
