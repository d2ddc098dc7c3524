"""Outlines of countries, as TopoJSON keeps them: each line once, for both of its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from helpers.geo.projection import Numbers

Ring = tuple[int, ...]
CELL = 0.5  # degrees: only lines in the same cell can cross
LEAST_RING = 4  # points, the first of them again at the end
HALF_WAY = 180  # degrees: what is longer is the seam of the map, not a line
FLAT = 1e-12  # square degrees


@dataclass(frozen=True)
class Outlines:
    """Lines between countries, and the rings that they make.

    Attributes
    ----------
    lines : tuple of numpy.ndarray
        Longitude and latitude of the points of each line.
    rings : mapping of str to tuple of tuple of int
        Rings of each country by its code: numbers of lines, ``~n`` for line n run backwards.
    bounds : tuple of float
        West, south, east and north end of what the outlines are good for, in degrees.
    """

    lines: tuple[Numbers, ...]
    rings: Mapping[str, tuple[Ring, ...]]
    bounds: tuple[float, float, float, float]

    @classmethod
    def from_topology(cls, topology: Mapping[str, Any]) -> Outlines:
        """Return the outlines that a TopoJSON topology holds in its object ``countries``.

        Examples
        --------
        >>> square = [[0, 0], [2, 0], [0, 2], [-2, 0], [0, -2]]
        >>> shape = {"type": "Polygon", "id": "AAA", "arcs": [[0]]}
        >>> topology = {
        ...     "transform": {"scale": [1, 1], "translate": [0, 0]},
        ...     "bbox": [0, 0, 2, 2],
        ...     "objects": {"countries": {"geometries": [shape]}},
        ...     "arcs": [square],
        ... }
        >>> outlines = Outlines.from_topology(topology)
        >>> outlines.contains("AAA", 1, 1), outlines.contains("AAA", 3, 1)
        (True, False)
        """
        scale = np.asarray(topology["transform"]["scale"], dtype=np.float64)
        start = np.asarray(topology["transform"]["translate"], dtype=np.float64)
        steps = (np.asarray(line, dtype=np.float64) for line in topology["arcs"])
        lines = tuple(np.cumsum(line, axis=0) * scale + start for line in steps)
        shapes = topology["objects"]["countries"]["geometries"]
        rings = {shape["id"]: tuple(_rings(shape)) for shape in shapes}
        west, south, east, north = topology["bbox"]
        return cls(lines, rings, (west, south, east, north))

    @cached_property
    def sides(self) -> Mapping[int, frozenset[str]]:
        """Countries on the sides of each line; one for a coast, two for a border."""
        found: dict[int, set[str]] = defaultdict(set)
        for code, rings in self.rings.items():
            for ring in rings:
                for line in ring:
                    found[max(line, ~line)].add(code)
        return {line: frozenset(codes) for line, codes in found.items()}

    def points(self, ring: Ring) -> Numbers:
        """Return the points of a ring, the first again at the end."""
        parts = [self.lines[line] if line >= 0 else self.lines[~line][::-1] for line in ring]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    def contains(self, code: str, lon: float, lat: float) -> bool:
        """Tell whether a point lies in a country; a hole is no part of it."""
        return sum(_around(self.points(ring), lon, lat) for ring in self.rings[code]) % 2 == 1

    def covers(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies in the frame that the outlines are good for."""
        west, south, east, north = self.bounds
        return west <= lon <= east and south <= lat <= north


def _rings(shape: Mapping[str, Any]) -> Iterator[Ring]:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    for polygon in polygons:
        yield from map(tuple, polygon)


def _around(ring: Numbers, lon: float, lat: float) -> bool:
    """Tell whether a ring runs round a point: whether a line from it crosses an odd number."""
    (x, y), (next_x, next_y) = ring[:-1].T, ring[1:].T
    across = (y > lat) != (next_y > lat)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x + (lat - y) / (next_y - y) * (next_x - x)
    return bool(np.count_nonzero(across & (lon < at)) % 2)


def broken_topology(topology: Mapping[str, Any]) -> str:
    """Return what keeps a JSON object from being read as outlines; empty if nothing does.

    Examples
    --------
    >>> broken_topology({"arcs": []})
    'a TopoJSON topology with transform, bbox, objects and arcs'
    """
    try:
        outlines = Outlines.from_topology(topology)
    except (KeyError, TypeError, ValueError, AttributeError):
        return "a TopoJSON topology with transform, bbox, objects and arcs"
    numbers = {max(line, ~line) for rings in outlines.rings.values() for r in rings for line in r}
    if any(number >= len(outlines.lines) for number in numbers):
        return f"rings of the {len(outlines.lines)} lines that there are"
    return ""


def crossings(ring: Sequence[Sequence[float]] | Numbers) -> list[tuple[float, float]]:
    """Return where a ring crosses itself.

    Parameters
    ----------
    ring : sequence of pair of float
        Points, the first again at the end.

    Returns
    -------
    list of pair of float
        Beginning of each line of the ring that crosses an earlier one; empty for a sound ring.

    Examples
    --------
    >>> crossings([(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)])
    []
    >>> crossings([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)])  # a bow tie
    [(2.0, 0.0)]
    """
    points = [(float(x), float(y)) for x, y in ring]
    if len(points) < LEAST_RING:
        return []
    pieces = list(pairwise(points))
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    found = []
    for number, piece in enumerate(pieces):
        if abs(piece[1][0] - piece[0][0]) > HALF_WAY:
            continue
        near = {other for cell in _cells(piece) for other in cells[cell]}
        if any(_cross(piece, pieces[other]) for other in near):
            found.append(points[number])
        for cell in _cells(piece):
            cells[cell].append(number)
    return found


Piece = tuple[tuple[float, float], tuple[float, float]]


def _cells(piece: Piece) -> Iterator[tuple[int, int]]:
    columns = sorted(int(x // CELL) for x, _ in piece)
    rows = sorted(int(y // CELL) for _, y in piece)
    for column in range(columns[0], columns[1] + 1):
        for row in range(rows[0], rows[1] + 1):
            yield column, row


def _cross(one: Piece, other: Piece) -> bool:
    """Tell whether two lines cross between their ends; touching at an end is no crossing."""
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> int:
    area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return 0 if abs(area) < FLAT else 1 if area > 0 else -1
