"""Rows of tables as plain values, which templates can ask whether they are there."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from helpers.language import Language
from helpers.publish.targets import Link, Targets, linked_text

# Cells are of the types of their fields; None is an empty one.
Row = Mapping[Hashable, Any]
# What a template is given of an entry.
Entry = dict[str, object]


def rows(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame; an empty cell is None.

    Examples
    --------
    >>> rows(pd.DataFrame({"name": ["a", None]}))
    [{'name': 'a'}, {'name': None}]
    """
    columns = [_plain(frame[name]) for name in frame.columns]
    return [dict(zip(frame.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _plain(column: pd.Series[Any]) -> list[Any]:
    empty = column.isna()
    return [None if nothing else cell for cell, nothing in zip(column, empty, strict=True)]


def grouped(frame: pd.DataFrame, key: str, value: str) -> dict[str, list[str]]:
    """Return the values of a column by those of another, in the order of the frame.

    Examples
    --------
    >>> grouped(pd.DataFrame({"k": ["b", "a", "b"], "v": ["1", "2", "3"]}), "k", "v")
    {'b': ['1', '3'], 'a': ['2']}
    """
    found: dict[str, list[str]] = {}
    for row in rows(frame):
        found.setdefault(row[key], []).append(row[value])
    return found


def notes(row: Row, lang: Language, known: Targets, stem: str = "note") -> list[list[Link]]:
    """Return the note of a row in a language, its locators linked; empty if there is none."""
    text = row[lang.column(stem)]
    return [] if text is None else [linked_text(text, known, lang)]


def filled(texts: Iterable[str | None]) -> list[str]:
    """Return the texts that say something."""
    return [text for text in texts if text]
