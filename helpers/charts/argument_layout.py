"""Layout of the argument: columns of boxes, and the ways of the links between them."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers import theme
from helpers.language import Language

HEAD = 0.42  # inches at reading size, for the names of the stages
ROUTE_TOP = 0.3  # inches under the top that no link passes
GAP, WIDE_GAP = 0.09, 0.14  # inches between boxes; wide where links run between them
CROWDING = 0.12  # inches of detour that a link takes to have a room to itself
LANE = 0.1  # inches between links that share a room
PADDING = 0.055  # inches inside a box
BOX_SHARE = 0.68  # part of a column that its boxes take; the rest is for the links
TYPE_SIZE = 8.6  # points at reading size


class Layout:
    """Where each box stands and each link runs, in inches from the start side and the foot.

    A link that skips a column runs between the boxes of that column, never behind one.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Figure made by :func:`helpers.theme.canvas`.
    points, links : pandas.DataFrame
        What is drawn.
    columns : list of list of str
        Stages of each column.
    lang : Language
        Language of the figure.
    """

    def __init__(
        self,
        figure: Figure,
        points: pd.DataFrame,
        links: pd.DataFrame,
        columns: list[list[str]],
        lang: Language,
    ) -> None:
        self.figure, self.columns, self.lang = figure, columns, lang
        self.scale = figure.size.scale
        self.width = figure.get_figwidth() - 0.12 * self.scale
        self.step = self.width / (len(columns) - 1 + BOX_SHARE)
        self.box_width = BOX_SHARE * self.step
        self.type_size = TYPE_SIZE * self.scale * (1 if len(columns) > 3 else 1.15)
        self.texts = {
            point["point_id"]: self._wrapped(lang.pick(point, "title"))
            for point in points.to_dict("records")
        }
        self.stage = dict(zip(points["point_id"], points["stage"], strict=True))
        self.gap = (WIDE_GAP if len(columns) > 3 else GAP) * self.scale
        self.rows = [self._ordered(points, column) for column in columns]
        self.height = HEAD * self.scale + max(map(self._needed, self.rows))
        self.boxes = self._placed(links)
        self.routes = self._routed(links)
        self.anchors = self._anchored(links)

    def _wrapped(self, title: str) -> str:
        room = (self.box_width - 2 * PADDING * self.scale) * theme.POINTS_PER_INCH
        return theme.wrap(self.figure, title, room, self.type_size)

    def _ordered(self, points: pd.DataFrame, column: list[str]) -> list[str]:
        of_column = points[points["stage"].isin(column)]
        return list(of_column.sort_values(["stage", "order"])["point_id"])

    def box_height(self, point_id: str) -> float:
        """Return the height of a box."""
        lines = self.texts[point_id].count("\n") + 1
        text = lines * theme.LINE_PITCH_EM * self.type_size / theme.POINTS_PER_INCH
        return text + 2 * PADDING * self.scale

    def _needed(self, row: list[str]) -> float:
        return sum(self.box_height(point) + self.gap for point in row)

    def _placed(self, links: pd.DataFrame) -> dict[str, tuple[float, float, float, float]]:
        """Return x, y, width and height of each box; a column is sorted to cross fewer links."""
        neighbours: dict[str, list[str]] = {}
        for start, end in links[["from_point", "to_point"]].itertuples(index=False):
            neighbours.setdefault(start, []).append(end)
            neighbours.setdefault(end, []).append(start)
        boxes: dict[str, tuple[float, float, float, float]] = {}
        self._stack(0, self.rows[0], boxes)
        for number, row in enumerate(self.rows[1:], start=1):
            self._stack(number, self._near_their_neighbours(row, neighbours, boxes), boxes)
        return boxes

    def _near_their_neighbours(self, row: list[str], neighbours: dict, boxes: dict) -> list[str]:
        def key(point: str) -> tuple[int, float]:
            placed = [boxes[other][1] for other in neighbours.get(point, []) if other in boxes]
            stages = next(column for column in self.columns if self.stage[point] in column)
            return stages.index(self.stage[point]), -sum(placed) / max(len(placed), 1)

        return sorted(row, key=key)

    def _stack(self, number: int, row: list[str], boxes: dict) -> None:
        room = self.height - HEAD * self.scale
        gap = (room - sum(map(self.box_height, row))) / max(len(row), 1)
        top = room - gap / 2
        for point in row:
            height = self.box_height(point)
            boxes[point] = (number * self.step, top - height, self.box_width, height)
            top -= height + gap

    def _anchored(self, links: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
        """Return where each link leaves and enters, spread along the sides of the boxes."""
        sides: dict[tuple[str, str], list[tuple[float, str, str]]] = {}
        for link_id, start, end in links[["link_id", "from_point", "to_point"]].itertuples(
            index=False
        ):
            for own, other in ((start, end), (end, start)):
                side = "start" if self.boxes[other][0] < self.boxes[own][0] else "end"
                height = self._next_height(link_id, own, other)
                sides.setdefault((own, side), []).append((-height, link_id, own))
        anchors = {}
        for (point, side), ends in sides.items():
            x, y, width, height = self.boxes[point]
            for number, (_, link_id, _) in enumerate(sorted(ends), start=1):
                place = y + height * (1 - number / (len(ends) + 1))
                anchors[link_id, point] = (x if side == "start" else x + width, place)
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

    def _slots(self, column: int) -> list[tuple[float, float]]:
        """Return foot and top of each room between the boxes of a column, from the top down."""
        boxes = [box for box in self.boxes.values() if round(box[0] / self.step) == column]
        edges = [self.height - ROUTE_TOP * self.scale]
        for _, y, _, height in sorted(boxes, key=lambda box: -box[1]):
            edges += [y + height, y]
        edges.append(0.0)
        return list(zip(edges[1::2], edges[::2], strict=True))

    def _routed(self, links: pd.DataFrame) -> dict[str, dict[int, float]]:
        """Return at which height each link crosses the columns that it skips."""
        lanes: dict[tuple[int, int], list[tuple[float, str]]] = {}
        slots = {column: self._slots(column) for column in range(len(self.columns))}
        for link_id, one, other in links[["link_id", "from_point", "to_point"]].itertuples(
            index=False
        ):
            first, last = sorted((one, other), key=self._column)
            reach = self._column(last) - self._column(first)
            for step in range(1, reach):
                column = self._column(first) + step
                wanted = self._middle(first)
                wanted += (self._middle(last) - self._middle(first)) * step / reach
                rooms = [
                    _distance(slots[column][slot], wanted)
                    + CROWDING * self.scale * len(lanes.get((column, slot), []))
                    for slot in range(len(slots[column]))
                ]
                slot = rooms.index(min(rooms))
                lanes.setdefault((column, slot), []).append((wanted, link_id))
        routes: dict[str, dict[int, float]] = {}
        for (column, slot), crossing in lanes.items():
            heights = _spread(slots[column][slot], [y for y, _ in crossing], LANE * self.scale)
            for height, (_, link_id) in zip(heights, sorted(crossing), strict=True):
                routes.setdefault(link_id, {})[column] = height
        return routes

    def stops(self, link: pd.Series) -> list[tuple[float, float]]:
        """Return the points that a link passes, from where its sentence starts to where it ends."""
        start = self.anchors[link["link_id"], link["from_point"]]
        end = self.anchors[link["link_id"], link["to_point"]]
        forward = end[0] > start[0]
        stops = [start]
        route = self.routes.get(link["link_id"], {})
        for column, height in sorted(route.items(), reverse=not forward):
            sides = [(column * self.step, height), (column * self.step + self.box_width, height)]
            stops += sides if forward else sides[::-1]
        return [*stops, end]

    def apply(self, axes: Axes) -> None:
        """Give the figure its height, and the Axes one unit an inch."""
        self.figure.set_figheight(self.height + 0.9 * self.scale)
        ends = (-0.02, self.width + 0.02)
        axes.set_xlim(*(ends[::-1] if self.lang.is_rtl else ends))
        axes.set_ylim(0, self.height)


def _distance(room: tuple[float, float], height: float) -> float:
    foot, top = room
    return max(foot - height, height - top, 0.0)


def _spread(room: tuple[float, float], wanted: list[float], lane: float) -> list[float]:
    """Return rising heights inside a room, a lane apart if it has space, around those wanted."""
    (foot, top), number = room, len(wanted)
    pitch = min(lane, (top - foot) / (number + 1))
    half = pitch * (number + 1) / 2
    middle = min(max(sum(wanted) / number, foot + half), top - half)
    return [middle - half + pitch * place for place in range(1, number + 1)]
