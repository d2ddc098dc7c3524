"""Two editions of the data side by side: which verdicts, stages and values changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.data import (
    edition_day,
    load,
    promise_events,
    promises,
    speaking_checks,
    table_names,
)
from helpers.errors import UsageError
from helpers.evidence import state
from helpers.paths import DATA_VARIABLE

KINDS = ("verdict", "stage", "schedule", "value")
# Tables that the states of promises are derived from; an older edition may lack them.
OF_PROMISES = {"commitments", "commitment_stages", "commitment_events"}


@dataclass(frozen=True)
class Change:
    """What one thing was and is; empty where an edition does not have it.

    Attributes
    ----------
    what : str
        ``verdict``, ``stage``, ``schedule`` or ``value``.
    key : str
        Id of the claim, the promise or the indicator.
    before, after : str
        In the older and in the newer edition.
    """

    what: str
    key: str
    before: str
    after: str

    def __str__(self) -> str:
        """Say it in a line.

        Examples
        --------
        >>> str(Change("verdict", "context.6.1-c", "confirmed", "imprecise"))
        'verdict context.6.1-c: confirmed -> imprecise'
        >>> str(Change("stage", "dams-rogun", "", "money-announced"))
        'stage dams-rogun: nothing -> money-announced'
        """
        return f"{self.what} {self.key}: {self.before or 'nothing'} -> {self.after or 'nothing'}"


Standing = Mapping[str, Mapping[str, str]]


def edition_changes(old: Path, new: Path) -> list[Change]:
    """Return what changed from one folder of data to another.

    Parameters
    ----------
    old, new : Path
        Folders with a ``datapackage.json``. Promises are judged at the day of each edition.

    Returns
    -------
    list of Change
        By what changed and its id; empty if nothing that readers were told did.

    Raises
    ------
    UsageError
        If a folder holds no data.
    """
    return _differences(standing(old), standing(new))


def recorded_changes() -> list[Change]:
    """Return what changed since the earlier edition that the data keep."""
    kept: dict[str, dict[str, str]] = {what: {} for what in KINDS}
    for row in load("earlier_edition").itertuples():
        kept[str(row.what)][str(row.subject_id)] = str(row.said)
    return _differences(kept, _current())


def rows_to_keep(folder: Path) -> list[dict[str, str]]:
    """Return what an edition says as rows of ``earlier_edition``, by what and id."""
    said = standing(folder)
    with _reading(folder):
        day = f"{edition_day():%Y-%m-%d}"
    return [
        {"what": what, "subject_id": key, "said": text, "date": day, "precision": "day"}
        for what in sorted(said)
        for key, text in sorted(said[what].items())
    ]


def _differences(before: Standing, after: Standing) -> list[Change]:
    found = []
    for what in after:
        keys = sorted({*before[what], *after[what]})
        pairs = [(key, before[what].get(key, ""), after[what].get(key, "")) for key in keys]
        found += [Change(what, key, one, other) for key, one, other in pairs if one != other]
    return found


def standing(folder: Path) -> Standing:
    """Return what an edition says: verdicts, stages, schedules and values by their ids."""
    with _reading(folder):
        return _current()


def _current() -> Standing:
    checks = speaking_checks().set_index("claim_id")["verdict"]
    values = load("indicators").set_index("indicator_id")["value"]
    states = _states()
    return {
        "verdict": _texts(checks),
        "stage": _texts(states["stage_id"]),
        "schedule": _texts(states["schedule"]),
        "value": _texts(values),
    }


def _states() -> pd.DataFrame:
    if not OF_PROMISES.issubset(table_names()):
        return pd.DataFrame(columns=["stage_id", "schedule"])
    states = state(promises(), promise_events(), edition_day())
    return states.set_index("commitment_id")


def _texts(column: pd.Series) -> dict[str, str]:
    known = column[column.notna()]
    return {str(key): _text(value) for key, value in known.items()}


def _text(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Read the tables of a folder for as long as the context lasts."""
    if not (folder / "datapackage.json").is_file():
        raise UsageError(f"{folder}: no datapackage.json, so no folder of data")
    outer = os.environ.get(DATA_VARIABLE)
    os.environ[DATA_VARIABLE] = str(folder.resolve())
    try:
        yield
    finally:
        if outer is None:
            del os.environ[DATA_VARIABLE]
        else:
            os.environ[DATA_VARIABLE] = outer
