"""Put the rows of the files in the order of their keys, as validation expects them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from helpers.data.files import BYTE_ORDER_MARK
from helpers.data.rules.general import key_of
from helpers.data.schema import data_folder, stored, table_names
from helpers.data.tables import read
from helpers.swap import write


def sort_tables() -> list[Path]:
    """Sort every table whose rows are not in the order of their key.

    A row keeps its bytes, and a file that is sorted keeps all of them.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    DataError
        If a table cannot be read; those before it are sorted.
    """
    return [path for path in map(sort_table, table_names()) if path]


def sort_table(table: str) -> Path | None:
    """Sort the rows of a table; return its file if they were not in the order of their key."""
    path: Path = data_folder() / stored(table)["path"]
    text = read(table)
    keys = [cells for _, cells in text.rows(*key_of(table))]
    if keys == sorted(keys):
        return None
    content = path.read_bytes().decode("utf-8")
    write(path, in_order(content, keys))
    return path


def in_order(content: str, keys: list[tuple[str, ...]]) -> str:
    r"""Return the content of a CSV file with its rows in the order of their keys.

    Parameters
    ----------
    content : str
        The file, header first.
    keys : list of tuple of str
        The key of every row.

    Examples
    --------
    >>> in_order("id\nb\na", [("b",), ("a",)])
    'id\na\nb\n'
    """
    header, *rows = _records(content)
    end = header[len(header.rstrip("\r\n")) :]
    whole = [row if row.endswith(("\r", "\n")) else row + end for row in rows]
    ordered = sorted(zip(keys, whole, strict=True), key=itemgetter(0))
    return header + "".join(row for _, row in ordered)


def _records(content: str) -> Iterator[str]:
    """Cut a file into its rows as they stand; a row with a quoted break has several lines."""
    mark = BYTE_ORDER_MARK if content.startswith(BYTE_ORDER_MARK) else ""
    lines = list(io.StringIO(content.removeprefix(mark), newline=""))
    reader, start = csv.reader(lines), 0
    for _ in reader:
        yield (mark if start == 0 else "") + "".join(lines[start : reader.line_num])
        start = reader.line_num
