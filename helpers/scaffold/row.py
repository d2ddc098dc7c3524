"""Lay out a row of any table: its key, what follows from that, and what is to be written."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from helpers.data.rules.general import bilingual_pairs
from helpers.data.schema import Descriptor, data_folder, stored, stored_fields, table_names
from helpers.data.sorting import in_order
from helpers.data.tables import read
from helpers.scaffold.files import ScaffoldError, free, known, read_rows, to_write
from helpers.swap import write

JOIN = "+"  # between the parts of a key
SEPARATORS = "-.+"  # after an id with which the id of a row begins


def new_row(table: str, key: str, values: Mapping[str, str]) -> Path:
    """Write a row into its place in a table.

    Parameters
    ----------
    table : str
        Name of the table.
    key : str
        Key of the row; the parts of a key of several fields are joined by ``+``.
    values : mapping
        What is known of it, by field. What is required, is text and is not given, is marked as
        still to be written; the ids that the key begins with are filled in.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ScaffoldError
        If there is no such table or field, or a row has the key already.
    helpers.data.faults.DataError
        If the table cannot be read.
    """
    path, content = with_row(table, key, values)
    write(path, content)
    return path


def with_row(table: str, key: str, values: Mapping[str, str]) -> tuple[Path, str]:
    """Return the file of a table, and what it holds once it has the row of :func:`new_row`."""
    known(table, table_names(), "table")
    descriptor = stored(table)
    names = list(stored_fields(table))
    for name in values:
        known(name, names, f"field of {table}")
    path: Path = data_folder() / descriptor["path"]
    own = _key(key, descriptor["schema"]["primaryKey"])
    keys = [cells for _, cells in read(table).rows(*own)]
    free(key, map(JOIN.join, keys), f"a row of {table}")
    row = dict.fromkeys(names, "") | _texts(table) | _owners(key, table) | own | dict(values)
    content = _with_line(path.read_bytes().decode("utf-8"), [row[name] for name in names])
    return path, in_order(content, [*keys, tuple(own.values())])


def values_of(words: Iterable[str]) -> dict[str, str]:
    """Return fields and what they hold, from words such as ``kind=fact``.

    Examples
    --------
    >>> values_of(["kind=fact", "text_en=A = B"])
    {'kind': 'fact', 'text_en': 'A = B'}
    >>> values_of(["fact"])
    Traceback (most recent call last):
    ...
    helpers.scaffold.files.ScaffoldError: 'fact' is no FIELD=VALUE
    """
    pairs = [(word, *word.partition("=")) for word in words]
    for word, name, equals, _ in pairs:
        if not (name and equals):
            raise ScaffoldError(f"{word!r} is no FIELD=VALUE")
    return {name: value for _, name, _, value in pairs}


def to_fill(table: str) -> list[str]:
    """Return the fields that each row of a table has to fill, with their codes.

    Examples
    --------
    >>> to_fill("countries")[:2]
    ['country_id', 'kind: state, group']
    """
    required = [field for field in stored_fields(table).values() if _is_required(field)]
    return [": ".join(filter(None, (field["name"], _choices(field)))) for field in required]


def _is_required(field: Descriptor) -> bool:
    return bool(field.get("constraints", {}).get("required"))


def _choices(field: Descriptor) -> str:
    """Return what a field may hold, if that is a short list."""
    listed = field.get("constraints", {}).get("enum", [])
    return "true, false" if field["type"] == "boolean" else ", ".join(listed)


def _key(key: str, names: Sequence[str]) -> dict[str, str]:
    parts = key.split(JOIN, len(names) - 1)
    if len(parts) != len(names) or not all(parts):
        raise ScaffoldError(f"{key!r} is no key; expected {JOIN.join(names)}")
    return dict(zip(names, parts, strict=True))


def _texts(table: str) -> dict[str, str]:
    """Return what stands in the required texts of every language until they are written."""
    names = itertools.chain(*bilingual_pairs(table))
    asked = [name for name in names if _is_required(stored_fields(table)[name])]
    return {name: to_write("text", name.rpartition("_")[2]) for name in asked}


def _owners(key: str, table: str) -> dict[str, str]:
    """Return the ids of other rows with which a key begins: of a claim its passage."""
    found = {}
    for foreign in stored(table)["schema"].get("foreignKeys", []):
        if len(foreign["fields"]) > 1 or not _is_required(
            stored_fields(table)[foreign["fields"][0]]
        ):
            continue
        (name,), (its,) = foreign["fields"], foreign["reference"]["fields"]
        other = data_folder() / stored(foreign["reference"]["resource"] or table)["path"]
        ids = [row[its] for row in read_rows(other)]
        if owner := begun_with(key, ids):
            found[name] = owner
    return found


def begun_with(key: str, ids: Iterable[str]) -> str | None:
    """Return the longest of some ids with which a key begins, if there is one.

    Examples
    --------
    >>> begun_with("aral-sea-belt-2026", ["aral-sea", "aral-sea-belt", "aral-sea-b"])
    'aral-sea-belt'
    """
    begun = [one for one in ids if any(key.startswith(one + mark) for mark in SEPARATORS)]
    return max(begun, key=len, default=None)


def _with_line(content: str, cells: list[str]) -> str:
    """Return a file with a line at its end; the other lines keep their bytes."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return content + ("" if content.endswith(("\n", "\r")) else "\n") + line.getvalue()
