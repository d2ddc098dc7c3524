"""Outlines of countries: a resource of the package that is no table."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np

from helpers.data.faults import DataError, Fault
from helpers.data.files import read_json
from helpers.data.schema import data_folder, file_state, other_files
from helpers.geo import Outlines, broken_topology, crossings

OUTLINES = "outlines"


def outlines_file() -> str:
    """Return where the outlines lie, below the data folder.

    Raises
    ------
    DataError
        If ``datapackage.json`` names no such resource.
    """
    files = other_files()
    if OUTLINES not in files:
        expected = f"the resource {OUTLINES}, with its path"
        raise DataError([Fault("datapackage.json", 0, "resources", "none", expected)])
    return files[OUTLINES]


def outlines() -> Outlines:
    """Return the outlines of countries; read anew when their file changes.

    Raises
    ------
    DataError
        If there are none, or the file is no TopoJSON that can be used.

    Examples
    --------
    >>> outlines().contains("UZB", 66.964, 39.655)
    True
    """
    path = data_folder() / outlines_file()
    return _read(data_folder(), outlines_file(), file_state(path))


@functools.lru_cache(maxsize=8)
def _read(folder: Path, name: str, _state: tuple[int, int]) -> Outlines:
    topology = read_json(folder, name)
    expected = broken_topology(topology)
    if expected:
        raise DataError([Fault(name, 0, "", str(topology.get("type", "")), expected)])
    return Outlines.from_topology(topology)


def outline_faults() -> list[Fault]:
    """Name the rings that cross themselves; or why the outlines cannot be read at all."""
    try:
        path = data_folder() / outlines_file()
        return list(_crossed(data_folder(), outlines_file(), file_state(path)))
    except DataError as error:
        return error.faults


@functools.lru_cache(maxsize=8)
def _crossed(folder: Path, name: str, state: tuple[int, int]) -> tuple[Fault, ...]:
    drawn, expected = _read(folder, name, state), "rings that run round their land once"
    return tuple(
        Fault(name, 0, code, f"a ring that crosses itself at {lon:g} E, {lat:g} N", expected)
        for code, rings in drawn.rings.items()
        for ring in rings
        for lon, lat in _crossings(drawn.points(ring).tobytes())[:1]
    )


@functools.lru_cache(maxsize=1024)
def _crossings(ring: bytes) -> list[tuple[float, float]]:
    """Look through a ring once, whichever folder it comes from."""
    return crossings(np.frombuffer(ring).reshape(-1, 2))
