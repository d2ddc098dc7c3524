"""Where names stand on a map: beside their places, on no line, no mark and no other name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.geo.projection import Numbers

# Directions round a place, from the north by the east; the first tried is the one asked for.
ROUND = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))
ASIDE = (0, 1, -1, 2, -2, 3, -3, 4)  # steps away from it
DISTANCES = (0.15, 0.6, 1.2, 2.0, 3.0)  # ems between mark and name
LED = 1.2  # ems from which a thin line leads from the name to its place
SHIFTS = (0.0, 0.6, -0.6, 1.2, -1.2, 2.4, -2.4)  # ems by which the name of an area may move
CLEAR = 1.5  # points between a name and a line
LEAST_LED = 2  # the last rank of a name that a line may lead to its place
APART = 0.5  # ems between a name and the marks of other places
LEADS = 50  # points at which a leading line is looked at
NOWHERE = np.empty((0, 2))


@dataclass(frozen=True)
class Box:
    """A rectangle by its middle and its sides, in points."""

    x: float
    y: float
    width: float
    height: float

    def grown(self, more: float) -> Box:
        """Return the box with so much more on each side."""
        return Box(self.x, self.y, self.width + 2 * more, self.height + 2 * more)

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes have a part in common."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )

    def holds_one_of(self, points: Numbers, clear: float = 0) -> bool:
        """Tell whether one of the points lies in the box, or so near to it."""
        if not len(points):
            return False
        across = np.abs(points[:, 0] - self.x) * 2 < self.width + 2 * clear
        along = np.abs(points[:, 1] - self.y) * 2 < self.height + 2 * clear
        return bool(np.any(across & along))

    def away_from(self, other: Box) -> float:
        """Return the shortest distance to another box; 0 where they meet."""
        across = abs(self.x - other.x) - (self.width + other.width) / 2
        along = abs(self.y - other.y) - (self.height + other.height) / 2
        return math.hypot(max(across, 0), max(along, 0))

    def lies_in(self, outer: Box) -> bool:
        """Tell whether no part of the box lies outside another."""
        return (
            abs(self.x - outer.x) * 2 <= outer.width - self.width
            and abs(self.y - outer.y) * 2 <= outer.height - self.height
        )


@dataclass(frozen=True)
class Name:
    """A name that is to be written on a map.

    Attributes
    ----------
    text : str
        The name, ready to be drawn; lines are broken.
    x, y : float
        Where its place lies, in points from any corner of the map.
    width, height : float
        What it takes when it is drawn, in points.
    rank : int
        1 for what is written before all else.
    side : tuple of int or None
        Where it is tried first, such as ``(1, 0)`` for the east; None for the name of an area,
        which stands on its place.
    mark : float
        Diameter of the mark at the place, in points.
    stays : callable or None
        Tells whether the middle of the name may lie at a point; None if it may lie anywhere.
    """

    text: str
    x: float
    y: float
    width: float
    height: float
    rank: int
    side: tuple[int, int] | None = None
    mark: float = 0.0
    stays: Callable[[float, float], bool] | None = None

    def is_at(self, box: Box) -> bool:
        """Tell whether a mark is that of the name's own place."""
        return abs(box.x - self.x) < 1e-6 and abs(box.y - self.y) < 1e-6


@dataclass(frozen=True)
class Standing:
    """A name with the box where it stands, and whether a line leads to its place."""

    name: Name
    box: Box
    led: bool = False


def standing(
    names: Iterable[Name],
    marks: Sequence[Box],
    lines: Numbers,
    room: Box,
    em: float,
    borders: Numbers = NOWHERE,
) -> list[Standing]:
    """Find a place for as many names as there is room for.

    Names are taken by rank, places before areas, as they come within both. A name that finds
    no room is left out: none may lie on a line, a mark or another name. If it can, the name of a
    place stands nearer to its own mark than to any other, or a line leads from it there, past the
    others and under no name; that of an area stands off borders.

    Parameters
    ----------
    names : iterable of Name
        In an order of their own, so that the same names stand alike however rows come.
    marks : sequence of Box
        What is drawn at places.
    lines : numpy.ndarray
        Points along all lines, close together, one row each.
    borders : numpy.ndarray
        Points along borders and coasts.
    room : Box
        The map.
    em : float
        Size of type in points.

    Examples
    --------
    >>> name = Name("A", 0, 0, 10, 10, rank=1, side=(1, 0), mark=4)
    >>> room = Box(0, 0, 200, 200)
    >>> [found] = standing([name], [Box(0, 0, 4, 4)], np.empty((0, 2)), room, em=10)
    >>> found.box.x > 0, found.box.y
    (True, 0.0)
    >>> standing([name], [Box(0, 0, 150, 150)], np.empty((0, 2)), room, em=10)
    []
    """
    found: list[Standing] = []
    for name in sorted(names, key=lambda name: (name.rank, name.side is None)):
        free = [mark if name.is_at(mark) else mark.grown(APART * em) for mark in marks]
        free += [other.box for other in found]
        place = _place(name, marks, free, lines, room, em, borders)
        if place:
            found.append(place)
            lines = np.concatenate([lines, _lead(place)]) if place.led else lines
    return found


def _place(
    name: Name,
    marks: Sequence[Box],
    free: Sequence[Box],
    lines: Numbers,
    room: Box,
    em: float,
    borders: Numbers,
) -> Standing | None:
    """Return the first place where a name stands well, or fits, if there is one.

    It meets none of the boxes that are to be kept free.
    """
    own = [mark for mark in marks if name.is_at(mark)]
    fitting = None
    for place in _tried(name, em, room):
        box = place.box
        fits = (
            box.lies_in(room)
            and not any(box.meets(other) for other in free)
            and not box.holds_one_of(lines, CLEAR)
            and (name.stays is None or name.stays(box.x, box.y))
        )
        if not fits:
            continue
        area = name.side is None
        if not box.holds_one_of(borders) if area else _is_plain(own, place, marks):
            return place
        fitting = fitting or place
    return fitting


def _is_plain(own: Sequence[Box], place: Standing, marks: Sequence[Box]) -> bool:
    """Tell whether a reader would take the name for that of its own mark.

    A line leads from it there and past all others, or no other mark is as near.
    """
    others = [mark for mark in marks if mark not in own]
    if place.led:
        lead = _lead(place)
        return not any(mark.holds_one_of(lead) for mark in others)
    near = min((place.box.away_from(mark) for mark in own), default=0.0)
    return all(place.box.away_from(mark) > near for mark in others)


def _lead(place: Standing) -> Numbers:
    """Return points along the line that leads from a name to its place."""
    name, box = place.name, place.box
    across, along = np.linspace(name.x, box.x, LEADS), np.linspace(name.y, box.y, LEADS)
    return np.column_stack([across, along])


def _tried(name: Name, em: float, room: Box) -> Iterable[Standing]:
    """Yield where a name may stand, the best first."""
    if name.side is None:
        for up in SHIFTS:
            for right in SHIFTS:
                box = Box(name.x + right * em, name.y + up * em, name.width, name.height)
                yield Standing(name, box)
        return
    first = ROUND.index(name.side)
    for distance in DISTANCES:
        if distance >= LED and name.rank > LEAST_LED:
            return
        for step in ASIDE:
            right, up = ROUND[(first + step) % len(ROUND)]
            slack = name.mark / 2 + distance * em
            slant = slack if not (right and up) else 0.7 * slack
            x = name.x + right * (slant + name.width / 2) if right else _moved_in(name, room)
            y = name.y + up * (slant + name.height / 2)
            yield Standing(name, Box(x, y, name.width, name.height), distance >= LED)


def _moved_in(name: Name, room: Box) -> float:
    """Return where the middle of a name above or below its place lies, so that it is on the map."""
    free = (room.width - name.width) / 2
    inside = min(max(name.x, room.x - free), room.x + free)
    return inside if abs(inside - name.x) <= name.width / 2 else name.x
