"""Rules of the map: places lie where they say, routes have no gap, what is stated can be drawn."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.data.cells import BOOLEANS, is_of_type
from helpers.data.faults import DataError, Fault
from helpers.data.outlines import outline_faults, outlines
from helpers.data.rules.base import Tables, fault, first_by, rule
from helpers.data.rules.reference import unknown_in_lists
from helpers.data.schema import stored_codes
from helpers.geo import Outlines

NUMBER = {"type": "number"}
STATED, NOT_STATED = "stated", "not_stated"


@rule("areas")
def outlines_can_be_drawn(_tables: Tables) -> Iterator[Fault]:
    """The outlines are there, and no ring of them crosses itself."""
    yield from outline_faults()


@rule("places")
def places_lie_on_the_map(tables: Tables) -> Iterator[Fault]:
    """A place lies in the frame of the outlines, or says that it does not."""
    known = _known_outlines()
    for row, (lon, lat, beyond) in tables["places"].rows("lon", "lat", "beyond_map"):
        point = _point(lon, lat)
        if known is None or point is None or beyond not in BOOLEANS:
            continue
        if known.covers(*point) == BOOLEANS[beyond]:
            west, south, east, north = known.bounds
            inside = "true, as the frame of the outlines ends at"
            outside = "false, as it lies inside the frame of the outlines,"
            frame = f"{west:g} to {east:g} E, {south:g} to {north:g} N"
            expected = f"{outside if BOOLEANS[beyond] else inside} {frame}"
            yield fault("places", row, "beyond_map", f"{beyond} at {lon} E, {lat} N", expected)


@rule("places")
def places_lie_in_their_country(tables: Tables) -> Iterator[Fault]:
    """A place lies inside the outline of its country."""
    known = _known_outlines()
    for row, (country, lon, lat) in tables["places"].rows("country_id", "lon", "lat"):
        point = _point(lon, lat)
        if known is None or point is None or country not in known.rings:
            continue
        if known.covers(*point) and not known.contains(country, *point):
            where = f"{lon} E, {lat} N"
            yield fault("places", row, "lon+lat", where, f"a point inside the outline of {country}")


@rule("route_legs", "places")
def routes_have_no_gap(tables: Tables) -> Iterator[Fault]:
    """The legs of a route are numbered from 1, and each begins where the one before ends."""
    ends: dict[str, tuple[int, str]] = {}
    columns = ("route_id", "order", "from_place", "to_place")
    for row, (route, order, start, end) in tables["route_legs"].rows(*columns):
        number, place = ends.get(route, (0, start))
        if order != str(number + 1):
            yield fault("route_legs", row, "order", order, f"{number + 1}, the next of {route}")
        elif start != place:
            expected = f"{place}, where the leg of {route} before it ends"
            yield fault("route_legs", row, "from_place", start, expected)
        ends[route] = (number + 1, end)


@rule("route_legs", "places")
def legs_run_between_points(tables: Tables) -> Iterator[Fault]:
    """A leg runs from a place to another, and each of them has coordinates."""
    points = first_by(tables["places"], "place_id", "lon")
    columns = ("from_place", "to_place", "via_place")
    for row, places in tables["route_legs"].rows(*columns):
        for field, place in zip(columns, places, strict=True):
            if points.get(place) == "":
                yield fault("route_legs", row, field, place, "a place with coordinates")
        if places[0] == places[1]:
            yield fault("route_legs", row, "to_place", places[1], "another place than it begins at")


@rule("route_lengths", "route_legs")
def lengths_are_stated_for_legs(tables: Tables) -> Iterator[Fault]:
    """A stated length names legs that exist."""
    known = set(tables["route_legs"]["leg_id"])
    yield from unknown_in_lists(tables, "route_lengths", "legs", known, "route_legs.csv")


@rule("transit_times")
def times_are_stated_whole(tables: Tables) -> Iterator[Fault]:
    """A time is of a line; it has days if it says so, the fewest first."""
    lines = stored_codes("routes", "line")
    columns = ("line", "days_status", "days_low", "days_high")
    for row, (line, status, low, high) in tables["transit_times"].rows(*columns):
        if line and line not in lines:
            yield fault("transit_times", row, "line", line, f"one of {', '.join(lines)}")
        if status in (STATED, NOT_STATED) and bool(low or high) != (status == STATED):
            wanted = "days" if status == STATED else "no days"
            expected = f"{wanted}, as days_status is {status}"
            yield fault("transit_times", row, "days_low+days_high", f"{low} + {high}", expected)
        elif low and high and _number(low) > _number(high):
            yield fault("transit_times", row, "days_high", high, f"{low} or more")


@rule("areas")
def areas_are_outlined_or_named(tables: Tables) -> Iterator[Fault]:
    """An area has an outline or a place for its name; the place is a whole one, with a rank."""
    known = _known_outlines()
    for row, (area, *label) in tables["areas"].rows("area_id", "lon", "lat", "label_rank"):
        if known is not None and area not in known.rings and not all(label):
            yield fault("areas", row, "area_id", area, "the code of an outline, or lon and lat")
        elif any(label) and not all(label):
            expected = "lon, lat and label_rank, or none of them"
            yield fault("areas", row, "lon+lat+label_rank", " + ".join(label), expected)


@rule("undrawn_borders")
def undrawn_borders_exist(tables: Tables) -> Iterator[Fault]:
    """A border that is not drawn is one of the outlines, between two sides in their order."""
    known = _known_outlines()
    borders = set() if known is None else set(known.sides.values())
    columns = ("area_one", "area_two")
    for row, (one, two) in tables["undrawn_borders"].rows(*columns):
        if known is not None and one and two and frozenset((one, two)) not in borders:
            expected = "two areas with a line between them in the outlines"
            yield fault("undrawn_borders", row, "+".join(columns), f"{one} + {two}", expected)


def _known_outlines() -> Outlines | None:
    """Return the outlines, if they can be read; that they cannot is said once."""
    try:
        return outlines()
    except DataError:
        return None


def _point(lon: str, lat: str) -> tuple[float, float] | None:
    if not (is_of_type(lon, NUMBER) and is_of_type(lat, NUMBER)):
        return None
    return float(lon), float(lat)


def _number(cell: str) -> float:
    return float(cell) if is_of_type(cell, NUMBER) else 0.0
