"""Ask what would follow if a table said something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd

from helpers.data import cells
from helpers.data.faults import DataError, Fault
from helpers.data.holding import apart
from helpers.data.schema import stored
from helpers.data.tables import CHANGED, Changed


@contextmanager
def what_if(**changed: pd.DataFrame) -> Iterator[None]:
    """Let every load inside the block see changed tables.

    A frame is held to the types of the schema as a file would be: text where a code belongs
    becomes the code, ``5.0`` in a column of whole numbers 5. :func:`helpers.data.validate` inside
    the block checks the changed tables. Blocks may be nested; other threads see nothing of them.

    Parameters
    ----------
    **changed : pandas.DataFrame
        Tables by name, with the columns of the stored ones, in any order.

    Raises
    ------
    KeyError
        If there is no such table; the message names those that exist.
    DataError
        If a table lacks a column of its schema, has one that the schema does not know, or holds a
        cell that is not of its type; rows are counted as in a file, where the first is row 2.

    Examples
    --------
    >>> from helpers import data
    >>> points = data.load("points")
    >>> with data.what_if(points=points[points["stage"] == "goal"]):
    ...     len(data.load("points"))
    3
    """
    tables = {table: _as_stored(table, frame) for table, frame in changed.items()}
    token = CHANGED.set({**CHANGED.get(), **tables})
    try:
        with apart():
            yield
    finally:
        CHANGED.reset(token)


def _as_stored(table: str, frame: pd.DataFrame) -> Changed:
    fields = stored(table)["schema"]["fields"]
    place = f"what_if({table}=...)"
    faults = list(_column_faults(place, [field["name"] for field in fields], list(frame.columns)))
    if faults:
        raise DataError(faults)
    text = cells.as_text(frame, fields)
    return Changed(text, cells.typed(text, place, fields))


def _column_faults(place: str, wanted: list[str], given: list[str]) -> Iterator[Fault]:
    columns = f"the columns {', '.join(wanted)}"
    for name in wanted:
        if name not in given:
            yield Fault(place, 1, name, "no such column", columns)
    for name, count in Counter(given).items():
        if name not in wanted:
            yield Fault(place, 1, str(name), "unknown column", columns)
        elif count > 1:
            yield Fault(place, 1, name, f"{count} columns", "a name used once")
