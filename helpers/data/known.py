"""Refuse by name what the reference tables do not hold."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.data.schema import codes
from helpers.data.tables import load


def refuse_unknown(what: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Raise if something given is not known.

    Parameters
    ----------
    what : str
        What the names stand for, such as ``"theme"``.
    given, known : iterable of str
        Names asked for, and names that exist.

    Raises
    ------
    ValueError
        The message names what is unknown, and what is known.
    """
    known = list(known)
    unknown = [name for name in dict.fromkeys(given) if name not in known]
    if unknown:
        names = ", ".join(map(repr, unknown))
        raise ValueError(f"unknown {what} {names}; known: {', '.join(known)}")


def themes(*used: Iterable[str]) -> pd.DataFrame:
    """Return the themes in order, by id; themes that are used but not known are refused.

    Parameters
    ----------
    *used : iterable of str
        Ids of themes that a table uses; empty cells are passed over.

    Raises
    ------
    ValueError
        If there is no such theme; the message names those that exist.
    """
    table = load("themes").sort_values("order").set_index("theme_id")
    for ids in used:
        refuse_unknown("theme", pd.Series(list(ids), dtype="object").dropna(), table.index)
    return table


def refuse_unknown_stages(given: Iterable[str]) -> None:
    """Raise if a stage of the argument does not exist; the message names those that do."""
    refuse_unknown("stage", given, codes("points", "stage"))
