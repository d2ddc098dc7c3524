"""Layout of the argument: columns of boxes, and the ways of the links between them.

Places are compared after rounding, and ties fall by the given order or by id, so that the layout
hangs neither on the order of the rows nor on how a version of Python adds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from helpers import theme
from helpers.charts.base import Sheet

HEAD = 0.42  # inches at reading size, for the names of the stages
ROUTE_TOP = 0.3  # inches under the top that no link passes
GAP, WIDE_GAP = 0.09, 0.14  # inches between boxes; wide where links run between them
CROWDING = 0.12  # inches of detour that a link takes to have a room to itself
LANE = 0.1  # inches between links that share a room
PADDING, SIDE_PADDING = 0.055, 0.08  # inches inside a box, above and beside its text
LINK_PITCH = 0.055  # inches between links that enter a box on one side
# Part of a column that its boxes take, of several and of two; the rest is for the links.
BOX_SHARE, PAIR_SHARE = 0.68, 0.45
TYPE_SIZE = 8.6  # points at reading size
# Where the height is fixed, boxes of large type leave less room between them.
WALL_HEAD, WALL_GAP, WALL_PADDING, WALL_SIDE_PADDING = 0.32, 0.035, 0.02, 0.03
WALL_BOX_SHARE, WALL_TYPE_SIZE, WALL_HEIGHT = 0.86, 9, 5.2
FEW_COLUMNS = 3  # up to which type is larger and boxes are closer
TIE_DECIMALS = 6  # of an inch

Box = tuple[float, float, float, float]
Stop = tuple[float, float]


class Layout:
    """Where each box stands and each link runs, in inches from the start side and the foot.

    A link that skips a column runs between the boxes of that column, never behind one.

    Parameters
    ----------
    sheet : Sheet
        What is drawn on.
    points : pandas.DataFrame
        Points in the order of the columns.
    links : pandas.DataFrame
        Links between these points, by id.
    columns : list of list of str
        Stages of each column, from the top down.
    notes : mapping of str to str
        What is written below the titles of some points, by id.
    """

    def __init__(
        self,
        sheet: Sheet,
        points: pd.DataFrame,
        links: pd.DataFrame,
        columns: list[list[str]],
        notes: Mapping[str, str],
    ) -> None:
        self.sheet, self.scale, self.notes = sheet, sheet.scale, notes
        self.width = sheet.figure.get_figwidth() - 0.12 * self.scale
        many = len(columns) > FEW_COLUMNS
        self.crowded = many and sheet.size.fixed
        wide = BOX_SHARE if len(columns) >= FEW_COLUMNS else PAIR_SHARE
        share = WALL_BOX_SHARE if self.crowded else wide
        self.step = self.width / (len(columns) - 1 + share)
        self.box_width = share * self.step
        type_size = WALL_TYPE_SIZE if self.crowded else TYPE_SIZE
        self.type_size = type_size * self.scale * (1 if many else 1.15)
        tight = sheet.size.fixed
        self.gap = (WALL_GAP if tight else WIDE_GAP if many else GAP) * self.scale
        self.head = (WALL_HEAD if tight else HEAD) * self.scale
        self.padding = (WALL_PADDING if tight else PADDING) * self.scale
        titles = zip(points["point_id"], points[sheet.lang.column("title")], strict=True)
        self.texts = {point_id: self._wrapped(title) for point_id, title in titles}
        self.stage = dict(zip(points["point_id"], points["stage"], strict=True))
        numbers = range(len(columns))
        self.rows = [list(points[points["column"] == each]["point_id"]) for each in numbers]
        found = [{self.stage[point] for point in row} for row in self.rows]
        self.columns = [
            [stage for stage in column if stage in own]
            for column, own in zip(columns, found, strict=True)
        ]
        self.links: list[tuple[str, str, str]] = list(
            links[["link_id", "from_point", "to_point"]].itertuples(index=False, name=None)
        )
        self.crowds = self._crowds()
        self.height = self.head + max(map(self._needed, self.rows))
        if tight:
            self.height = max(self.height, WALL_HEIGHT)
        self.boxes = self._placed()
        self.routes = self._routed()
        self.anchors = self._anchored()

    def _wrapped(self, title: str) -> str:
        beside = WALL_SIDE_PADDING if self.crowded else SIDE_PADDING
        room = (self.box_width - 2 * beside * self.scale) * theme.POINTS_PER_INCH
        return theme.wrap(title, self.sheet.lang, room, self.type_size)

    def box_height(self, point_id: str) -> float:
        """Return the height of a box: room for its text, and for the links on its busier side."""
        words = "\n".join(filter(None, [self.texts[point_id], self.notes.get(point_id)]))
        text = theme.lines_height(words, self.type_size) / theme.POINTS_PER_INCH
        crowd = (self.crowds.get(point_id, 0) + 1) * LINK_PITCH * self.scale
        return max(text + 2 * self.padding, crowd)

    def _crowds(self) -> dict[str, int]:
        """Return the number of links on the busier side of each point."""
        column = {point: number for number, row in enumerate(self.rows) for point in row}
        sides = Counter(
            (own, column[other] < column[own])
            for _, start, end in self.links
            for own, other in ((start, end), (end, start))
        )
        crowds: dict[str, int] = {}
        for (point, _), number in sides.items():
            crowds[point] = max(crowds.get(point, 0), number)
        return crowds

    def _needed(self, row: list[str]) -> float:
        return math.fsum(self.box_height(point) + self.gap for point in row)

    def _placed(self) -> dict[str, Box]:
        """Return x, y, width and height of each box; a column is sorted to cross fewer links."""
        neighbours: dict[str, list[str]] = {}
        for _, start, end in self.links:
            neighbours.setdefault(start, []).append(end)
            neighbours.setdefault(end, []).append(start)
        boxes: dict[str, Box] = {}
        self._stack(0, self.rows[0], boxes)
        numbers = list(range(1, len(self.rows)))
        if len(self.rows) <= FEW_COLUMNS:  # nobody looks for the first column in its own order
            numbers += [*numbers[-2::-1], 0, *numbers]
        for number in numbers:
            self._stack(number, self._near_their_neighbours(number, neighbours, boxes), boxes)
        return boxes

    def _near_their_neighbours(
        self, number: int, neighbours: dict[str, list[str]], boxes: dict[str, Box]
    ) -> list[str]:
        row, stages = self.rows[number], self.columns[number]

        def key(point: str) -> tuple[int, float, int]:
            placed = [boxes[other][1] for other in neighbours.get(point, []) if other in boxes]
            mean = math.fsum(placed) / max(len(placed), 1)
            return stages.index(self.stage[point]), _rounded(-mean), row.index(point)

        return sorted(row, key=key)

    def _stack(self, number: int, row: list[str], boxes: dict[str, Box]) -> None:
        room = self.height - self.head
        gap = (room - math.fsum(map(self.box_height, row))) / max(len(row), 1)
        top = room - gap / 2
        for point in row:
            height = self.box_height(point)
            boxes[point] = (number * self.step, top - height, self.box_width, height)
            top -= height + gap

    def _anchored(self) -> dict[tuple[str, str], Stop]:
        """Return where each link leaves and enters, spread along the sides of the boxes."""
        sides: dict[tuple[str, bool], list[tuple[float, str]]] = {}
        for link_id, start, end in self.links:
            for own, other in ((start, end), (end, start)):
                before = self.boxes[other][0] < self.boxes[own][0]
                height = self._next_height(link_id, own, other)
                sides.setdefault((own, before), []).append((_rounded(-height), link_id))
        anchors = {}
        for (point, before), ends in sides.items():
            x, y, width, height = self.boxes[point]
            for number, (_, link_id) in enumerate(sorted(ends), start=1):
                place = y + height * (1 - number / (len(ends) + 1))
                anchors[link_id, point] = (x if before else x + width, place)
        return anchors

    def _next_height(self, link_id: str, own: str, other: str) -> float:
        """Return the height that a link goes to first when it leaves a box."""
        route = self.routes.get(link_id)
        if not route:
            return self.boxes[other][1]
        return route[min(route, key=lambda column: abs(column - self._column(own)))]

    def _column(self, point: str) -> int:
        return round(self.boxes[point][0] / self.step)

    def _middle(self, point: str) -> float:
        _, y, _, height = self.boxes[point]
        return y + height / 2

    def _slots(self, column: int) -> list[Stop]:
        """Return foot and top of each room between the boxes of a column, from the top down."""
        boxes = [box for point, box in self.boxes.items() if self._column(point) == column]
        edges = [self.height - ROUTE_TOP * self.scale]
        for _, y, _, height in sorted(boxes, key=lambda box: -box[1]):
            edges += [y + height, y]
        edges.append(0.0)
        return list(zip(edges[1::2], edges[::2], strict=True))

    def _routed(self) -> dict[str, dict[int, float]]:
        """Return at which height each link crosses the columns that it skips."""
        lanes: dict[tuple[int, int], list[tuple[float, str]]] = {}
        slots = [self._slots(column) for column in range(len(self.columns))]
        for link_id, one, other in self.links:
            first, last = sorted((one, other), key=self._column)
            reach = self._column(last) - self._column(first)
            for step in range(1, reach):
                column = self._column(first) + step
                share = (self._middle(last) - self._middle(first)) * step / reach
                wanted = _rounded(self._middle(first) + share)
                detours = [
                    _rounded(_distance(slot, wanted))
                    + CROWDING * self.scale * len(lanes.get((column, number), []))
                    for number, slot in enumerate(slots[column])
                ]
                number = min(range(len(detours)), key=lambda place: _rounded(detours[place]))
                lanes.setdefault((column, number), []).append((wanted, link_id))
        routes: dict[str, dict[int, float]] = {}
        for (column, number), crossing in lanes.items():
            lane = LANE * self.scale
            heights = _spread(slots[column][number], [y for y, _ in crossing], lane)
            for height, (_, link_id) in zip(heights, sorted(crossing), strict=True):
                routes.setdefault(link_id, {})[column] = height
        return routes

    def stops(self, link_id: str, from_point: str, to_point: str) -> list[Stop]:
        """Return the points that a link passes, from where its sentence starts to where it ends."""
        start, end = self.anchors[link_id, from_point], self.anchors[link_id, to_point]
        forward = end[0] > start[0]
        stops = [start]
        route = self.routes.get(link_id, {})
        for column, height in sorted(route.items(), reverse=not forward):
            sides = [(column * self.step, height), (column * self.step + self.box_width, height)]
            stops += sides if forward else sides[::-1]
        return [*stops, end]

    def apply(self) -> None:
        """Give the figure its height, and the Axes one unit an inch."""
        self.sheet.figure.set_figheight(self.height + 0.9 * self.scale)
        theme.limits(self.sheet.ax, -0.02, self.width + 0.02, self.sheet.lang)
        self.sheet.ax.set_ylim(0, self.height)


def _rounded(inches: float) -> float:
    return round(inches, TIE_DECIMALS)


def _distance(room: Stop, height: float) -> float:
    foot, top = room
    return max(foot - height, height - top, 0.0)


def _spread(room: Stop, wanted: list[float], lane: float) -> list[float]:
    """Return rising heights inside a room, a lane apart if it has space, around those wanted."""
    (foot, top), number = room, len(wanted)
    pitch = min(lane, (top - foot) / (number + 1))
    half = pitch * (number + 1) / 2
    middle = min(max(math.fsum(wanted) / number, foot + half), top - half)
    return [middle - half + pitch * place for place in range(1, number + 1)]
