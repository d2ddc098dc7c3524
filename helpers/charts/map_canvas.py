"""What all maps share: the part of the plane that is shown, land and borders, scale, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers import theme
from helpers.charts.base import Row, Sheet, records
from helpers.charts.map_labels import Box, Name, Standing, standing
from helpers.data import BaseMap, codes
from helpers.geo import projected
from helpers.geo.projection import Numbers
from helpers.language import Language

MARGIN = 0.08  # of the extent of what is shown, on each side
LEAST_WIDTH = 2400  # km: nearer, the outlines are too coarse
SHAPES = {False: (0.52, 0.80), True: (0.40, 0.40)}  # least and greatest height, by width
WALL_BODY = 0.68  # of a wall's height that is left for the drawing, about
FINEST = 1.2  # points: what is smaller of an outline is not drawn
UNSEEN = 25  # times coarser is what lies outside
AROUND = 300  # km round the view that count as inside, so that no cut corner is seen
SCALE_STEPS = (100, 200, 250, 500, 1000)  # km of the scale bar
NAME_SIZE = 0.76  # of the base size of type
NAME_LINE = 1.3  # ems that the first line of a name takes at least
LINES = {1: "coasts", 2: "borders"}  # by how many countries they divide
STEP = 2.0  # points between the points that stand for a line
NARROW = 6  # inches: below it, only the first names are written


@dataclass(frozen=True)
class View:
    """The part of the plane that a map shows, in kilometres, and its scale.

    ``beside`` is what a legend takes on the east side, in points.
    """

    west: float
    south: float
    east: float
    north: float
    km_per_point: float
    beside: float = 0.0

    @property
    def room(self) -> Box:
        """The map in points, from the middle of the plane."""
        width, height = self.east - self.west, self.north - self.south
        middle = ((self.east + self.west) / 2, (self.north + self.south) / 2)
        return Box(*(side / self.km_per_point for side in (*middle, width, height)))

    @property
    def inches(self) -> float:
        """Height of the map on paper."""
        return (self.north - self.south) / self.km_per_point / theme.POINTS_PER_INCH

    def shows(self, points: Numbers) -> bool:
        """Tell whether some of the points lie in the view."""
        (x, y) = points.T
        within = (self.west <= x) & (x <= self.east) & (self.south <= y) & (y <= self.north)
        return bool(np.any(within))

    def reaches(self, points: Numbers) -> bool:
        """Tell whether the box round the points has a part in the view."""
        low, high = points.min(axis=0), points.max(axis=0)
        return bool(
            low[0] <= self.east
            and high[0] >= self.west
            and low[1] <= self.north
            and high[1] >= self.south
        )


def view_of(points: Numbers, size: theme.Size, beside: float = 0.0) -> View:
    """Return the view that shows points, in a shape that fits the size.

    Parameters
    ----------
    points : numpy.ndarray
        Kilometres on the plane; all are shown, with a margin.
    size : Size
        Size of the chart.
    beside : float
        Points that a legend takes on the east side.
    """
    width = 0.94 * size.width * theme.POINTS_PER_INCH
    low, high = points.min(axis=0), points.max(axis=0)
    middle, extent = (low + high) / 2, (high - low) * (1 + 2 * MARGIN)
    free = width - beside
    if size.fixed:
        height = WALL_BODY * size.height * theme.POINTS_PER_INCH
    else:
        least, most = SHAPES[False]
        wide = max(extent[0], LEAST_WIDTH)
        height = free * min(max(extent[1] / wide, least), most)
    scale = max(extent[0] / free, extent[1] / height, LEAST_WIDTH / free)
    west = middle[0] - free * scale / 2
    south, north = middle[1] - height * scale / 2, middle[1] + height * scale / 2
    return View(west, south, west + width * scale, north, scale, beside)


def draw_base(sheet: Sheet, base: BaseMap, view: View) -> Numbers:
    """Draw sea, land, coasts and borders; the borders to leave out leave no trace.

    Returns
    -------
    numpy.ndarray
        Points along the coasts and borders that are drawn, in points of the drawing.
    """
    theme.as_map(sheet.ax, view.west, view.south, view.east, view.north)
    lines = [_coarser(projected(*line.T), view) for line in base.outlines.lines]
    roles = dict(zip(base.areas["area_id"], base.areas["role"], strict=True))
    tints = {role: theme.TINTS[code["tint"]] for role, code in codes("areas", "role").items()}
    for role, tint in tints.items():
        rings = [
            np.concatenate([_run(lines, ring[0]), *(_run(lines, n)[1:] for n in ring[1:])])
            for area, rings in base.outlines.rings.items()
            if roles.get(area, "other") == role
            for ring in rings
        ]
        _fill(sheet, [ring for ring in rings if view.reaches(ring)], tint)
    return _draw_lines(sheet, base, view, lines)


def put(sheet: Sheet, artist: Artist) -> None:
    """Draw something on the map, which does not change the part of the world that is shown."""
    artist.set_clip_box(sheet.ax.bbox)
    sheet.ax.add_artist(artist)


def _coarser(line: Numbers, view: View) -> Numbers:
    """Return a line with no more points than can be seen; its ends stay, for its neighbours."""
    east, north = line.T
    near = (view.west - AROUND <= east) & (east <= view.east + AROUND)
    near &= (view.south - AROUND <= north) & (north <= view.north + AROUND)
    steps = np.where(near, 1, UNSEEN) * FINEST * view.km_per_point
    (x, y), kept = line[0], [0]
    inner = list(zip(east.tolist(), north.tolist(), steps.tolist(), strict=True))[1:-1]
    for number, (right, up, step) in enumerate(inner, start=1):
        if abs(right - x) + abs(up - y) >= step:
            kept.append(number)
            x, y = right, up
    return np.asarray(line[[*kept, len(line) - 1]])


def _run(lines: Sequence[Numbers], number: int) -> Numbers:
    return lines[number] if number >= 0 else lines[~number][::-1]


def _fill(sheet: Sheet, rings: Sequence[Numbers], tint: str) -> None:
    if not rings:
        return
    points = np.concatenate(rings)
    moves = [
        step
        for ring in rings
        for step in (Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY)
    ]
    path = Path(points, moves)
    look: dict[str, Any] = {"facecolor": tint, "edgecolor": tint, "zorder": 0.5}
    put(sheet, PathPatch(path, linewidth=0.6 * sheet.scale, **look))


def _draw_lines(sheet: Sheet, base: BaseMap, view: View, lines: Sequence[Numbers]) -> Numbers:
    pairs = zip(base.undrawn["area_one"], base.undrawn["area_two"], strict=True)
    left_out = {frozenset(pair) for pair in pairs}
    found: list[Numbers] = []
    for colour, wanted in ((theme.COAST, 1), (theme.BORDER, 2)):
        drawn = [
            lines[number]
            for number, sides in base.outlines.sides.items()
            if len(sides) == wanted and sides not in left_out and view.reaches(lines[number])
        ]
        width = 0.45 * sheet.scale
        if drawn:
            look: dict[str, Any] = {"facecolor": "none", "edgecolor": colour, "zorder": 1}
            path = Path.make_compound_path(*map(Path, drawn))
            put(sheet, PathPatch(path, lw=width, gid=LINES[wanted], **look))
        found += drawn
    points = np.concatenate(found) if found else np.empty((0, 2))
    return in_points(points, view)


def undrawn_names(base: BaseMap, lang: Language) -> str:
    """Return the names of the lines that are left out, each once, as a list in words."""
    return lang.join(dict.fromkeys(base.undrawn.sort_values("border_id")[lang.column("name")]))


def scale_bar(sheet: Sheet, view: View) -> Box:
    """Draw a bar of so many kilometres in the south-west, and return the box that it takes."""
    width = view.east - view.west
    km = max([step for step in SCALE_STEPS if step <= width / 6], default=SCALE_STEPS[0])
    em = sheet.size.font
    x, y = view.west + em * view.km_per_point, view.south + 0.8 * em * view.km_per_point
    tick = 0.3 * em * view.km_per_point
    look: dict[str, Any] = {"color": theme.PALETTE["grey"], "linewidth": 1.2 * sheet.scale}
    places = [(x, y + tick), (x, y), (x + km, y), (x + km, y + tick)]
    put(sheet, Line2D(*zip(*places, strict=True), zorder=6, solid_joinstyle="miter", **look))
    text = sheet.draw(sheet.lang.phrase("kilometres", value=sheet.lang.number(km)))
    size = NAME_SIZE * em
    middle = (x + km / 2, y + 0.75 * em * view.km_per_point)
    sheet.ax.text(
        *middle, text, ha="center", va="center", fontsize=size, zorder=6, color=look["color"]
    )
    long = max(km / view.km_per_point, theme.text_width(text, size)) + em
    at = (middle[0] / view.km_per_point, (y / view.km_per_point) + 0.4 * em)
    return Box(*at, long, 2.2 * em)


def beside(view: View) -> Box:
    """Return the box on the east side that a legend takes."""
    room, wide = view.room, view.beside
    return Box(room.x + (room.width - wide) / 2, room.y, wide, room.height)


def in_points(points: Numbers, view: View) -> Numbers:
    """Return kilometres on the plane as points of the drawing."""
    return points / view.km_per_point


def along(lines: Iterable[Numbers], view: View) -> Numbers:
    """Return points along lines, close enough that no name slips between them."""
    parts = []
    for line in lines:
        steps = np.hypot(*np.diff(in_points(line, view), axis=0).T)
        for start, end, long in zip(line[:-1], line[1:], steps, strict=True):
            share = np.linspace(0, 1, max(2, int(long / STEP) + 1))[:, None]
            parts.append(in_points(start + share * (end - start), view))
    return np.concatenate(parts) if parts else np.empty((0, 2))


def name_of_place(
    sheet: Sheet, place: Row, text: str, mark: float, view: View, rank: int | None = None
) -> Name:
    """Return the name of a place as it is to be written; its rank is that of the place."""
    rank = int(place["label_rank"]) if rank is None else rank
    weight = "bold" if rank == 1 else "normal"
    prepared, size = sheet.draw(text.replace(" (", "\n(")), NAME_SIZE * sheet.size.font
    (x, y) = in_points(projected([place["lon"]], [place["lat"]]), view)[0]
    side = codes("places", "label_side")[place["label_side"]]["direction"]
    wide, high = _extent(prepared, size, weight)
    return Name(prepared, x, y, wide, high, rank, tuple(side), mark)


def _extent(prepared: str, size: float, weight: str = "normal") -> tuple[float, float]:
    """Return width and height of a text that is ready to be drawn, in points."""
    lines = prepared.split("\n")
    sizes = [theme.text_size(line, size, weight) for line in lines]
    first = max(NAME_LINE * size, sizes[0][1])  # letters with marks above them are taller
    wide = max(width for width, _ in sizes)
    return wide + 3, (len(lines) - 1) * theme.LINE_PITCH_EM * size + first


def names_of_areas(sheet: Sheet, base: BaseMap, view: View) -> list[Name]:
    """Return the names of states and seas that lie in the view."""
    named = base.areas[base.areas["lon"].notna()].sort_values("area_id")
    found = []
    for area in records(named):
        point = projected([area["lon"]], [area["lat"]])
        if view.shows(point):
            text, size = sheet.draw(area[sheet.lang.column("name")]), NAME_SIZE * sheet.size.font
            x, y = in_points(point, view)[0]
            rank = int(area["label_rank"]) + 1  # after the places of the same rank
            stays = _stay(base, area, view, (x, y), 0.7 * sheet.size.font)
            found.append(Name(text, x, y, *_extent(text, size), rank, stays=stays))
    return found


def _stay(
    base: BaseMap, area: Row, view: View, place: tuple[float, float], near: float
) -> Callable[[float, float], bool]:
    """Return what tells whether the middle of a name may lie at a point of the drawing.

    That of a state lies in it, that of a group in one of its members, that of a sea near its place.
    """
    of_role = base.areas[base.areas["role"] == area["role"]]["area_id"]
    own = [area["area_id"]] if area["area_id"] in base.outlines.rings else list(of_role)
    rings = [ring for code in own for ring in base.outlines.rings.get(code, ())]
    if not rings:
        return lambda x, y: abs(x - place[0]) <= near and abs(y - place[1]) <= near
    shapes = [base.outlines.points(ring) for ring in rings]
    paths = [Path(in_points(projected(*shape.T), view)) for shape in shapes]
    return lambda x, y: sum(path.contains_point((x, y)) for path in paths) % 2 == 1


def most_rank(size: theme.Size) -> int:
    """Return the last rank of names that a size has room for."""
    return 1 if size.width < NARROW else 2 if size.fixed else 3


def write_names(
    sheet: Sheet,
    names: Sequence[Name],
    marks: Sequence[Box],
    lines: Numbers,
    view: View,
    borders: Numbers,
) -> list[Standing]:
    """Write as many names as there is room for, and return where they stand.

    No name lies on one of the lines; the names of states and seas keep off borders and coasts too,
    as far as they can.
    """
    em = sheet.size.font
    chosen = [name for name in names if name.rank <= most_rank(sheet.size) + (name.side is None)]
    written = standing(chosen, marks, lines, view.room, em, borders)
    for each in written:
        area, bold = each.name.side is None, each.name.rank == 1 and each.name.side is not None
        at = (each.box.x * view.km_per_point, each.box.y * view.km_per_point)
        if each.led:
            place = (each.name.x * view.km_per_point, each.name.y * view.km_per_point)
            ends = zip(place, at, strict=True)
            thin = 0.6 * sheet.scale
            put(sheet, Line2D(*ends, color=theme.PALETTE["grey"], linewidth=thin, zorder=6.5))
        sheet.ax.text(
            *at,
            each.name.text,
            ha="center",
            va="center",
            fontsize=NAME_SIZE * em,
            weight="bold" if bold else "normal",
            color=theme.PALETTE["grey" if area else "ink"],
            bbox=None if area else theme.backing(),
            zorder=4 if area else 8,
        )
    return written
