"""Ask what would follow if a table said something else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd

from helpers.data.schema import fields
from helpers.data.tables import _CHANGED


@contextmanager
def what_if(**changed: pd.DataFrame) -> Iterator[None]:
    """Let every load inside the block see changed tables.

    Parameters
    ----------
    **changed : pandas.DataFrame
        Tables by name, with the columns of the stored ones.

    Raises
    ------
    KeyError
        If there is no such table.
    ValueError
        If a table lacks a column of its schema, or has one that the schema does not know.

    Examples
    --------
    >>> from helpers import data
    >>> points = data.load("points")
    >>> with data.what_if(points=points[points["stage"] == "goal"]):
    ...     len(data.load("points"))
    3
    """
    for table, frame in changed.items():
        if list(frame.columns) != list(fields(table)):
            raise ValueError(f"what if {table}: expected the columns {', '.join(fields(table))}")
    before = dict(_CHANGED)
    _CHANGED.update(changed)
    try:
        yield
    finally:
        _CHANGED.clear()
        _CHANGED.update(before)
