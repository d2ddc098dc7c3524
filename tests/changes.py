"""Frames that say something else than the stored ones, for ``data.what_if``."""

from __future__ import annotations

import pandas as pd

from helpers import data
from helpers.data.schema import resource

SEED = 7


def _place(frame: pd.DataFrame, table: str, key: str | tuple[str, ...]) -> int:
    wanted = (key,) if isinstance(key, str) else key
    names = resource(table)["schema"]["primaryKey"]
    keys = list(frame[names].astype("str").itertuples(index=False, name=None))
    return keys.index(wanted)


def changed(table: str, key: str | tuple[str, ...], **cells: object) -> pd.DataFrame:
    """Return a table with other cells in the row of a key."""
    frame = data.load(table).astype("object")
    place = _place(frame, table, key)
    for name, value in cells.items():
        frame.iloc[place, frame.columns.get_loc(name)] = value
    return frame


def added(table: str, key: str | tuple[str, ...], **cells: object) -> pd.DataFrame:
    """Return a table with one row more: a copy of the row of a key, with other cells."""
    frame = data.load(table).astype("object")
    row = frame.iloc[[_place(frame, table, key)]].assign(**cells)
    return pd.concat([frame, row], ignore_index=True)


def removed(table: str, key: str | tuple[str, ...]) -> pd.DataFrame:
    """Return a table without the row of a key."""
    frame = data.load(table)
    return frame.drop(index=frame.index[_place(frame, table, key)]).reset_index(drop=True)


def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a frame in another order, with the index that they had."""
    return frame.sample(frac=1, random_state=SEED)
