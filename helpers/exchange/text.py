"""What the writers share."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.data.schema import stored_package

INDENT = 1
Row = dict[str, Any]


def as_json(content: object) -> bytes:
    """Return content as JSON that people can read, in UTF-8."""
    return (json.dumps(content, ensure_ascii=False, indent=INDENT) + "\n").encode()


def given(**entries: Any) -> dict[str, Any]:
    """Return the entries that hold something.

    Examples
    --------
    >>> given(name="a", note=None, parts=[], count=0)
    {'name': 'a', 'count': 0}
    """
    return {name: value for name, value in entries.items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    if isinstance(value, str | list | tuple | Mapping):
        return not value
    return bool(pd.isna(value))  # type: ignore[call-overload]


def identifier(*parts: str) -> str:
    """Return a URN that is the same for the same parts of this package, and for no others.

    Examples
    --------
    >>> identifier() == identifier(), identifier("claims", "a") == identifier("claims", "b")
    (True, False)
    """
    named = ":".join(["urn", stored_package()["name"], *parts])
    return uuid.uuid5(uuid.NAMESPACE_URL, named).urn


def records(frame: pd.DataFrame, *order: str) -> list[Row]:
    """Return the rows of a frame as mappings, in the order of the named columns."""
    return frame.sort_values(list(order)).to_dict("records")  # type: ignore[return-value]


def iso_date(day: pd.Timestamp, precision: str) -> str:
    """Return a date no more exact than it is known.

    Examples
    --------
    >>> iso_date(pd.Timestamp("2025-04-01"), "month")
    '2025-04'
    """
    return day.strftime({"year": "%Y", "month": "%Y-%m"}.get(precision, "%Y-%m-%d"))
