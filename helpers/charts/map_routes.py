"""Map of the routes between China and Europe (figure ``corridor-map``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.patheffects import Normal, Stroke

from helpers import theme
from helpers.charts import map_canvas as canvas
from helpers.charts.base import Chart, Row, Sheet, drawing, drawn_at_any_size, in_order, records
from helpers.charts.map_labels import Box, Name
from helpers.charts.map_legend import (
    area_handles,
    area_words,
    columns_of,
    draw_legend,
    legend_height,
    width_beside,
)
from helpers.data import BaseMap, codes, codes_where
from helpers.geo import projected
from helpers.geo.projection import Numbers
from helpers.language import Language

CORRIDOR_WIDTH, OTHER_WIDTH = 2.6, 1.8  # points at reading size
CASING = 1.6  # points on both sides together
CORE = 0.45  # of the width: the white inside of a line that is not built yet
MARKS = {1: 6.0, 2: 4.5, 3: 3.5}  # points, by the rank of the name
BADGE = 0.755  # of the base size of type
OUT = 420  # km that are shown of a leg to a place beyond
EDGE = 1.4  # ems from the edge of the map at which a line that leaves it ends
LEGEND_WIDTH = 205  # points at reading size, on a wall
COLUMNS = 2
SHORT = 9  # times the width of its number: a line that the number would hide
UNBUILT = "not-built"  # phrase


@drawn_at_any_size
def corridor_map(
    legs: pd.DataFrame,
    places: pd.DataFrame,
    base: BaseMap,
    lang: Language,
    size: str = "reading",
) -> Chart:
    """Draw routes on a map, each line in its colour and with its number.

    Railways are whole lines, sea legs dotted, roads dashed; what is not built yet is hollow. The
    part of the world that is shown follows from the legs; a leg to a place beyond the outlines ends
    at the edge, with the name of that place. A place that is known only roughly is a ring.

    Parameters
    ----------
    legs : pandas.DataFrame
        As :func:`helpers.data.route_legs` returns it.
    places : pandas.DataFrame
        As :func:`helpers.data.map_places` returns it: what is marked and named.
    base : BaseMap
        As :func:`helpers.data.base_map` returns it.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``count`` (legs), ``lines`` (names of the lines), ``unbuilt``
        (lines with legs that are not built yet), ``first``, ``last`` and ``least`` (ends of the
        first route on the map and its length by great circles), ``undrawn`` (borders left out),
        ``edition``, ``all_lines``, and for its finding ``open_lines``: how many have parts that are
        not built yet, if some have and some have not.
    """
    legs = in_order(legs, "route_order", "order", "leg_id")
    places = in_order(places, "place_id")
    chosen = theme.size_named(size)
    words = [*_line_words(legs, lang, "short"), *_other_words(legs, base, lang)]
    beside = width_beside(words, LEGEND_WIDTH, chosen, lang)
    points = np.concatenate([_ends_on_map(legs), *_ways_out(legs)])
    view = canvas.view_of(points if len(points) else np.zeros((1, 2)), chosen, beside)
    words, columns = _legend_of(legs, base, view, chosen, lang)
    below = legend_height(len(words), columns)
    with drawing(lang, size, view.inches / chosen.scale + below) as sheet:
        if sheet.has(legs) and len(points):
            _draw(sheet, legs, places, base, view, words, columns)
    return sheet.chart(_fields(legs, base, lang), _sources(legs))


def _fields(legs: pd.DataFrame, base: BaseMap, lang: Language) -> dict[str, object]:
    inside = legs[~(legs["from_beyond"] | legs["to_beyond"]).astype(bool)]
    first = inside[inside["route_id"] == inside["route_id"].iloc[0]] if len(inside) else inside
    unbuilt = legs[legs["status"].isin(codes_where("route_legs", "status", open=True))]
    none = lang.phrase("none")
    several = 0 < len(_line_names(unbuilt, lang)) < len(_line_names(legs, lang))
    return {
        "count": lang.number(len(legs)),
        "lines": lang.join(_line_names(legs, lang)),
        "unbuilt": lang.join(_line_names(unbuilt, lang)),
        "first": first[lang.column("from")].iloc[0] if len(first) else none,
        "last": first[lang.column("to")].iloc[-1] if len(first) else none,
        "least": lang.number(float(first["great_circle_km"].sum()), 0),
        "open_lines": lang.number(len(_line_names(unbuilt, lang))) if several else None,
        "all_lines": lang.number(len(_line_names(legs, lang))),
        "undrawn": canvas.undrawn_names(base, lang),
        "edition": lang.date(base.edition, "day"),
    }


def _sources(legs: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(set(legs["source_id"].dropna())))


def _lines_of(legs: pd.DataFrame) -> dict[str, int]:
    """Return the lines that occur with their numbers; a line has the same one on every map."""
    numbers = {line: number for number, line in enumerate(codes("routes", "line"), start=1)}
    return {line: number for line, number in numbers.items() if (legs["line"] == line).any()}


def _line_names(legs: pd.DataFrame, lang: Language) -> list[str]:
    return [lang.label("routes", "line", line) for line in _lines_of(legs)]


def _ends_on_map(legs: pd.DataFrame) -> Numbers:
    """Return the ends of all legs that the outlines reach, on the plane."""
    parts = [
        projected(inside[f"{end}_lon"], inside[f"{end}_lat"])
        for end in ("from", "to")
        for inside in [legs[~legs[f"{end}_beyond"].astype(bool)]]
    ]
    return np.concatenate(parts)


def _ways_out(legs: pd.DataFrame) -> list[Numbers]:
    """Return points on the way to places beyond, so that there is room for their names."""
    found = []
    for leg in records(legs[legs["from_beyond"] != legs["to_beyond"]]):
        inner, outer = ("to", "from") if leg["from_beyond"] else ("from", "to")
        ends = [(leg[f"{end}_lon"], leg[f"{end}_lat"]) for end in (inner, outer)]
        start, end = (projected([lon], [lat])[0] for lon, lat in ends)
        found.append((start + OUT * (end - start) / np.hypot(*(end - start)))[None, :])
    return found


def _other_words(legs: pd.DataFrame, base: BaseMap, lang: Language) -> list[str]:
    return [*_style_words(legs, lang), *area_words(base, lang)]


def _legend_of(
    legs: pd.DataFrame, base: BaseMap, view: canvas.View, size: theme.Size, lang: Language
) -> tuple[list[str], int]:
    """Return what the legend says of lines, styles and areas, and its columns.

    The lines have their names in full where these have room in all columns.
    """
    others = _other_words(legs, base, lang)
    full, short = ([*_line_words(legs, lang, form), *others] for form in ("title", "short"))
    columns = columns_of(full, COLUMNS, view, size, lang)
    if columns == COLUMNS and not size.fixed:
        return full, columns
    return short, columns_of(short, COLUMNS, view, size, lang)


def _draw(
    sheet: Sheet,
    legs: pd.DataFrame,
    places: pd.DataFrame,
    base: BaseMap,
    view: canvas.View,
    words: list[str],
    columns: int,
) -> None:
    borders = canvas.draw_base(sheet, base, view)
    ways = {leg["leg_id"]: _way(leg, sheet, view) for leg in records(legs)}
    for leg in records(legs)[::-1]:  # the first route lies above the others
        _draw_leg(sheet, leg, ways[leg["leg_id"]])
    stops = _stops(legs, places)
    marks = [_mark_place(sheet, place, view) for place in records(stops)]
    marks.append(canvas.scale_bar(sheet, view))
    handles = [*_line_handles(sheet, legs, words), *_style_handles(sheet, legs)]
    if sheet.size.fixed:
        marks.append(canvas.beside(view))
    draw_legend(sheet, [*handles, *area_handles(sheet, base)], columns, view)
    lines = canvas.along(ways.values(), view)
    marks += _badges(sheet, legs, ways, marks, view)
    names = [_name(sheet, place, view) for place in records(stops) if _is_named(place)]
    names += _leaving_names(sheet, legs, ways, view)
    names += canvas.names_of_areas(sheet, base, view)
    canvas.write_names(sheet, names, marks, lines, view, borders)


def _stops(legs: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return the places to mark: stops of the legs, and places known only roughly."""
    rings = codes_where("places", "coordinate_basis", ring=True)
    stops = {*legs["from_place"], *legs["to_place"]}
    shown = places["place_id"].isin(stops) | places["coordinate_basis"].isin(rings)
    return places[shown & ~places["beyond_map"].astype(bool) & places["label_rank"].notna()]


def _way(leg: Row, sheet: Sheet, view: canvas.View) -> Numbers:
    """Return the points of a leg on the plane; towards a place beyond, to the edge of the map."""
    names = [name for name in ("from", "via", "to") if pd.notna(leg[f"{name}_lon"])]
    points = projected([leg[f"{n}_lon"] for n in names], [leg[f"{n}_lat"] for n in names])
    if leg["from_beyond"]:
        points[0] = _at_the_edge(points[1], points[0], sheet, view)
    if leg["to_beyond"]:
        points[-1] = _at_the_edge(points[-2], points[-1], sheet, view)
    return points


def _at_the_edge(start: Numbers, end: Numbers, sheet: Sheet, view: canvas.View) -> Numbers:
    """Return where a line from the map to a place beyond it is cut off."""
    inset = EDGE * sheet.size.font * view.km_per_point
    room = view.beside * view.km_per_point
    low = np.array([view.west + inset, view.south + inset])
    high = np.array([view.east - inset - room, view.north - inset])
    way = end - start
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(way > 0, (high - start) / way, (low - start) / way)
    return np.asarray(start + min(1.0, float(np.nanmin(shares))) * way)


def _draw_leg(sheet: Sheet, leg: Row, way: Numbers) -> None:
    line, mode = codes("routes", "line")[leg["line"]], codes("route_legs", "mode")[leg["mode"]]
    width = (CORRIDOR_WIDTH if line.get("corridor") else OTHER_WIDTH) * sheet.scale
    width *= min(1.0, sheet.size.width / 8)
    casing = (width + CASING * sheet.scale) if not mode["dash"] else width
    look = _line_look(theme.line_colour(line["colour"]), width, mode["dash"])
    effects = [Stroke(linewidth=casing, foreground=theme.PALETTE["paper"]), Normal()]
    if leg["status"] in codes_where("route_legs", "status", open=True):
        effects.append(Stroke(linewidth=CORE * width, foreground=theme.PALETTE["paper"]))
    says = sheet.mark(leg["leg_id"], _says(leg, sheet.lang), ("route_legs", leg["leg_id"]))
    zorder = 5 if line.get("corridor") else 4.5
    canvas.put(sheet, Line2D(*way.T, gid=says, path_effects=effects, zorder=zorder, **look))


def _line_look(colour: str, width: float, dash: Sequence[float]) -> dict[str, Any]:
    style: Any = (0, tuple(dash)) if dash else "solid"
    ends = {"solid_capstyle": "round", "solid_joinstyle": "round", "dash_capstyle": "butt"}
    return {"color": colour, "linewidth": width, "linestyle": style, **ends}


def _says(leg: Row, lang: Language) -> str:
    return lang.phrase(
        "leg-says",
        start=leg[lang.column("from")],
        end=leg[lang.column("to")],
        mode=lang.label("route_legs", "mode", leg["mode"]),
        status=lang.label("route_legs", "status", leg["status"]),
        km=lang.number(leg["great_circle_km"], 0),
    )


def _mark_size(sheet: Sheet, place: Row) -> float:
    return MARKS[int(place["label_rank"])] * sheet.scale * min(1.0, 0.4 + sheet.size.width / 13)


def _mark_place(sheet: Sheet, place: Row, view: canvas.View) -> Box:
    """Draw the mark of a place, and return the box that it takes."""
    point = projected([place["lon"]], [place["lat"]])[0]
    name = place["place_id"]
    says = sheet.mark(f"place-{name}", place[sheet.lang.column("name")], ("places", name))
    if pd.notna(place["radius_km"]):
        look: dict[str, Any] = {"facecolor": "none", "edgecolor": theme.PALETTE["ink"]}
        width = 1.2 * sheet.scale
        ring = Circle(tuple(point), place["radius_km"], linewidth=width, gid=says, zorder=6, **look)
        canvas.put(sheet, ring)
        across = 2 * place["radius_km"] / view.km_per_point
    else:
        across = _mark_size(sheet, place)
        marker = codes("places", "kind")[place["kind"]]["marker"]
        look = theme.mark_style("ink", sheet.scale, hollow=True, width=1.1)
        at = [[side] for side in point]
        canvas.put(sheet, Line2D(*at, marker=marker, markersize=across, gid=says, zorder=7, **look))
    x, y = canvas.in_points(point[None, :], view)[0]
    return Box(x, y, across, across)


def _is_named(place: Row) -> bool:
    return bool(pd.notna(place["label_rank"]) and pd.notna(place["label_side"]))


def _name(sheet: Sheet, place: Row, view: canvas.View) -> Name:
    across = _mark_size(sheet, place)
    if pd.notna(place["radius_km"]):
        across = 2 * place["radius_km"] / view.km_per_point
    text = place[sheet.lang.column("name")]
    return canvas.name_of_place(sheet, place, text, across, view)


def _badges(
    sheet: Sheet,
    legs: pd.DataFrame,
    ways: dict[str, Numbers],
    taken: Sequence[Box],
    view: canvas.View,
) -> list[Box]:
    """Write the number of each line on it, as far from marks and other lines as it can be."""
    found: list[Box] = []
    across = 1.5 * BADGE * sheet.size.font
    for line, number in _lines_of(legs).items():
        inner = legs[(legs["line"] == line) & ~(legs["from_beyond"] | legs["to_beyond"])]
        own = [ways[leg] for leg in inner["leg_id"]]
        others = [ways[leg] for leg in legs[legs["line"] != line]["leg_id"]]
        crowd = np.array([[box.x, box.y] for box in [*taken, *found] if box.width < across * 4])
        crowd = np.concatenate([crowd.reshape(-1, 2), canvas.along(others, view)])
        spots = canvas.along(own, view)
        if len(spots) * canvas.STEP < SHORT * across:
            spots, crowd = _beside(spots, across), np.concatenate([crowd, spots])
        spots = spots[[Box(x, y, across, across).lies_in(view.room) for x, y in spots]]
        if len(spots):
            spot = spots[int(np.argmax(_least_distances(spots, crowd).round(3)))]
            _badge(sheet, spot * view.km_per_point, number, codes("routes", "line")[line]["colour"])
            found.append(Box(float(spot[0]), float(spot[1]), across, across))
    return found


def _beside(spots: Numbers, across: float) -> Numbers:
    """Return spots round a line that is too short to carry its number."""
    turns = np.radians(np.arange(0, 360, 30))
    round_about = 1.1 * across * np.column_stack([np.cos(turns), np.sin(turns)])
    return np.asarray((spots[:, None, :] + round_about[None, :, :]).reshape(-1, 2))


def _least_distances(spots: Numbers, crowd: Numbers) -> Numbers:
    """Return how far each spot is from the nearest of a crowd."""
    if not len(crowd):
        return np.zeros(len(spots))
    apart = np.hypot(*(spots[:, None, :] - crowd[None, :, :]).transpose(2, 0, 1))
    return np.asarray(apart.min(axis=1))


def _badge(sheet: Sheet, place: Numbers, number: int, colour: str) -> None:
    fill = theme.line_colour(colour)
    sheet.ax.text(
        float(place[0]),
        float(place[1]),
        sheet.draw(sheet.lang.number(number)),
        ha="center",
        va="center",
        fontsize=BADGE * sheet.size.font,
        weight="bold",
        color=theme.ink_on(fill),
        bbox={
            "boxstyle": "circle,pad=0.25",
            "facecolor": fill,
            "edgecolor": theme.PALETTE["paper"],
        },
        zorder=7.5,
    )


def _leaving_names(
    sheet: Sheet, legs: pd.DataFrame, ways: dict[str, Numbers], view: canvas.View
) -> list[Name]:
    """Return the names of the places beyond, beside an arrow where their lines leave the map."""
    names: dict[str, Name] = {}
    for leg in records(legs):
        for end, place in (("from", 0), ("to", -1)):
            if leg[f"{end}_beyond"]:
                way = ways[leg["leg_id"]]
                tip, before = way[place], way[1 if place == 0 else -2]
                _arrow(sheet, tip, before, leg["line"])
                text = sheet.draw(sheet.lang.phrase("towards", place=leg[sheet.lang.column(end)]))
                size = canvas.NAME_SIZE * sheet.size.font
                x, y = canvas.in_points(tip[None, :], view)[0]
                wide = theme.text_width(text, size) + 2
                key = leg[f"{end}_place"]
                names[key] = Name(text, x, y, wide, 1.25 * size, 1, (0, 1), size)
    return list(names.values())


def _arrow(sheet: Sheet, tip: Numbers, before: Numbers, line: str) -> None:
    colour = theme.line_colour(codes("routes", "line")[line]["colour"])
    look = {
        "arrowstyle": "-|>",
        "color": colour,
        "linewidth": 0,
        "mutation_scale": 16 * sheet.scale,
    }
    back = tip - 1e-3 * (tip - before)
    sheet.ax.annotate("", tuple(tip), tuple(back), arrowprops=look, zorder=6)


def _line_words(legs: pd.DataFrame, lang: Language, form: str) -> list[str]:
    known = codes("routes", "line")
    return [
        lang.phrase("numbered", number=lang.number(number), name=lang.pick(known[line], form))
        for line, number in _lines_of(legs).items()
    ]


def _line_handles(sheet: Sheet, legs: pd.DataFrame, words: list[str]) -> list[Artist]:
    handles: list[Artist] = []
    for line, label in zip(_lines_of(legs), words, strict=False):  # styles and areas follow
        code = codes("routes", "line")[line]
        width = (CORRIDOR_WIDTH if code.get("corridor") else OTHER_WIDTH) * sheet.scale
        look = _line_look(theme.line_colour(code["colour"]), width, [])
        handles.append(Line2D([], [], label=sheet.draw(label), **look))
    return handles


def _styles_of(legs: pd.DataFrame) -> dict[str, list[float]]:
    """Return what dots, dashes and hollow lines mean, as far as they occur, with their dashes."""
    modes = codes("route_legs", "mode").items()
    found = {m: code["dash"] for m, code in modes if code["dash"] and (legs["mode"] == m).any()}
    unbuilt = codes_where("route_legs", "status", open=True)
    return found | ({UNBUILT: []} if legs["status"].isin(unbuilt).any() else {})


def _style_words(legs: pd.DataFrame, lang: Language) -> list[str]:
    return [
        lang.phrase(UNBUILT) if style == UNBUILT else lang.label("route_legs", "mode", style)
        for style in _styles_of(legs)
    ]


def _style_handles(sheet: Sheet, legs: pd.DataFrame) -> list[Artist]:
    ink, width = theme.PALETTE["ink"], OTHER_WIDTH * sheet.scale
    words, handles = _style_words(legs, sheet.lang), list[Artist]()
    for (style, dash), label in zip(_styles_of(legs).items(), words, strict=True):
        look = _line_look(ink, width, dash)
        if style == UNBUILT:
            core = Stroke(linewidth=CORE * width, foreground=theme.PALETTE["paper"])
            look["path_effects"] = [Normal(), core]
        handles.append(Line2D([], [], label=sheet.draw(label), **look))
    return handles
