"""Routes and places on the map: legs with their ends, stated lengths and times, meetings."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers.data.known import codes_where, refuse_unknown, subject
from helpers.data.languages import in_each, renamed
from helpers.data.outlines import outlines
from helpers.data.schema import stored_codes
from helpers.data.tables import load
from helpers.data.views.common import rank_of, with_sources
from helpers.data.views.promises import edition_day
from helpers.geo import Outlines, great_circle

ENDS = ("from", "to", "via")
# What is told of a stretch besides its stated length.
STRETCH = (
    *("route_order", "leg_order", "leg_id", "legs_together", "modes", "statuses"),
    "great_circle_km",
)


@dataclass(frozen=True)
class BaseMap:
    """What lies under every map.

    Attributes
    ----------
    outlines : Outlines
        Lines and rings of countries.
    areas : pandas.DataFrame
        The table ``areas``: what to fill, and what to name where.
    undrawn : pandas.DataFrame
        The table ``undrawn_borders``: lines to leave out, and why.
    edition : pandas.Timestamp
        Day of the edition of the evidence.
    """

    outlines: Outlines = field(repr=False)
    areas: pd.DataFrame = field(repr=False)
    undrawn: pd.DataFrame = field(repr=False)
    edition: pd.Timestamp


def base_map() -> BaseMap:
    """Return the outlines with what is known of their areas and borders.

    Examples
    --------
    >>> "KAZ" in base_map().outlines.rings
    True
    """
    return BaseMap(outlines(), load("areas"), load("undrawn_borders"), edition_day())


def route_legs(*lines: str) -> pd.DataFrame:
    """Return the legs of routes with the places that they join.

    Parameters
    ----------
    *lines : str
        Lines to choose, such as ``"trans_caspian"``; all if none is given.

    Returns
    -------
    pandas.DataFrame
        The columns of ``route_legs``, ``line``, ``route_order``, ``route_ar``, ``route_en``; for
        each of ``from``, ``to`` and ``via`` names, ``_lon``, ``_lat`` and ``_beyond``; and
        ``great_circle_km`` between its ends. In the order of the routes.

    Raises
    ------
    ValueError
        If there is no such line; the message names those that exist.

    Examples
    --------
    >>> route_legs().query("via_place.notna()")["via_en"].iloc[0]
    'Off Absheron'
    """
    refuse_unknown("line", lines, stored_codes("routes", "line"))
    names = {"order": "route_order", **renamed("name", "route")}
    routes = load("routes").rename(columns=names)
    legs = load("route_legs").merge(routes, on="route_id", validate="m:1")
    if lines:
        legs = legs[legs["line"].isin(lines)]
    for end in ENDS:
        legs = legs.merge(_places_as(end), how="left", on=f"{end}_place", validate="m:1")
    legs["great_circle_km"] = [great_circle(*_ends(leg)) for leg in legs.to_dict("records")]
    return with_sources(legs).sort_values(["route_order", "order"], ignore_index=True)


def _places_as(end: str) -> pd.DataFrame:
    """Return what a leg needs to know of the places at its one end."""
    columns = {
        "place_id": f"{end}_place",
        **renamed("name", end),
        "lon": f"{end}_lon",
        "lat": f"{end}_lat",
        "beyond_map": f"{end}_beyond",
    }
    return load("places")[list(columns)].rename(columns=columns)


def _ends(leg: Mapping[Hashable, Any]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return both ends of a leg; a bend on the way is for drawing alone."""
    return (leg["from_lon"], leg["from_lat"]), (leg["to_lon"], leg["to_lat"])


def map_places(legs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the places that have coordinates.

    Parameters
    ----------
    legs : pandas.DataFrame, optional
        As :func:`route_legs` returns it: only the stops of these legs, and areas.

    Examples
    --------
    >>> map_places().set_index("place_id").loc["samarkand", ["lon", "lat"]].to_list()
    [66.964, 39.655]
    """
    places = load("places")
    placed = places[places["lon"].notna()]
    if legs is not None:
        areas = codes_where("places", "coordinate_basis", ring=True)
        stops = {*legs["from_place"], *legs["to_place"]}
        placed = placed[placed["place_id"].isin(stops) | placed["coordinate_basis"].isin(areas)]
    return with_sources(placed).sort_values("place_id", ignore_index=True)


def stated_lengths(*lines: str) -> pd.DataFrame:
    """Return what is stated of the lengths of legs, beside the great circles.

    Parameters
    ----------
    *lines : str
        Lines to choose, such as ``"trans_caspian"``; all if none is given.

    Returns
    -------
    pandas.DataFrame
        One row for each stated length, and for each leg without one of its own: the columns of
        ``route_lengths``, ``line``, ``route_order``, ``leg_order``, ``leg_id`` (the first),
        ``legs_together``, ``modes`` and ``statuses`` that occur, names of both ends,
        ``great_circle_km`` of the legs together, and the citation of the source. A stretch that
        several routes share stands once.

    Examples
    --------
    >>> bool((stated_lengths()["km"] > 0).all())
    False
    """
    legs = route_legs()
    by_id = {str(leg["leg_id"]): leg for leg in legs.to_dict("records")}
    lengths = load("route_lengths")
    stated = [
        _stretch([by_id[leg] for leg in row["legs"].split()], row)
        for row in lengths.to_dict("records")
        if set(row["legs"].split()) <= set(by_id)  # what is unknown, validation names
    ]
    told = {(row["from_place"], row["to_place"]) for row in stated}
    once = legs.drop_duplicates(["from_place", "to_place"]).to_dict("records")
    empty = dict.fromkeys(lengths.columns)
    silent = [
        _stretch([leg], empty) for leg in once if (leg["from_place"], leg["to_place"]) not in told
    ]
    table = pd.DataFrame([*stated, *silent], columns=[*lengths.columns, *_ends_told(), *STRETCH])
    table["km"] = table["km"].astype("float64")
    table["basis"] = pd.Categorical(
        table["basis"], categories=list(lengths["basis"].cat.categories)
    )
    order = ["route_order", "leg_order", "legs_together", "leg_id"]
    refuse_unknown("line", lines, stored_codes("routes", "line"))
    if lines:
        table = table[table["line"].isin(lines)]
    return with_sources(table).sort_values(order, ignore_index=True)


def _ends_told() -> list[str]:
    """Return the columns with the ends of a stretch and its line."""
    return ["from_place", *in_each("from"), "line", "to_place", *in_each("to")]


def _stretch(legs: Sequence[Mapping[Hashable, Any]], row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a stretch of one or more legs, from the beginning of the first to the last end."""
    first, last = legs[0], legs[-1]
    begins = {name: first[name] for name in ("from_place", *in_each("from"), "line")}
    ends = {name: last[name] for name in ("to_place", *in_each("to"))}
    places = {"route_order": first["route_order"], "leg_order": first["order"]}
    modes = list(dict.fromkeys(leg["mode"] for leg in legs))
    statuses = list(dict.fromkeys(leg["status"] for leg in legs))
    return {
        **dict(row),
        **begins,
        **ends,
        **places,
        "leg_id": first["leg_id"],
        "legs_together": len(legs),
        "modes": " ".join(map(str, modes)),
        "statuses": " ".join(map(str, statuses)),
        "great_circle_km": sum(leg["great_circle_km"] for leg in legs),
    }


def stated_times(*scopes: str) -> pd.DataFrame:
    """Return how long the journey takes, and who says so.

    Parameters
    ----------
    *scopes : str
        Parts of the way to choose, such as ``"whole"``; all if none is given.

    Returns
    -------
    pandas.DataFrame
        The columns of ``transit_times``, ``line_order`` and the citation of the source; by line,
        part of the way and days.

    Raises
    ------
    ValueError
        If there is no such part; the message names those that exist.

    Examples
    --------
    >>> bool((stated_times()["least"] <= stated_times()["most"]).all())
    False
    """
    refuse_unknown("scope", scopes, stored_codes("transit_times", "scope"))
    times = load("transit_times")
    if scopes:
        times = times[times["scope"].isin(scopes)]
    times = with_sources(times)
    times["line_order"] = rank_of(times["line"], "routes", "line")
    times["least"] = times["days_low"].fillna(times["days_high"])
    times["most"] = times["days_high"].fillna(times["days_low"])
    order = ["line_order", "scope", "most", "least", "time_id"]
    return times.sort_values(order, ignore_index=True)


def meetings() -> pd.DataFrame:
    """Return the dated events between the two sides, with the city where each took place.

    Returns
    -------
    pandas.DataFrame
        The columns of ``events`` of the subject's track that are not only expected; ``city_id``,
        ``city_ar``, ``city_en``, ``country_id``, ``lon``, ``lat`` (missing where no source names a
        city), ``in_region`` (whether the city lies in the region), label rank and side, and the
        citation of the source. In order of time.

    Examples
    --------
    >>> meetings()["city_en"].iloc[0]
    nan
    """
    events = load("events")
    events = events[(events["track"] == subject()["track"]) & ~events["expected"]]
    named = load("event_places").rename(columns={"place_id": "city_id"})
    weak = codes_where("event_places", "confidence", weak=True)
    named = named[~named["confidence"].isin(weak)]
    events = events.merge(named, how="left", on="event_id", validate="1:1")
    names = {"place_id": "city_id", **renamed("name", "city")}
    more = ["country_id", "lon", "lat", "label_rank", "label_side"]
    cities = load("places")[[*names, *more]].rename(columns=names)
    events = events.merge(cities, how="left", on="city_id", validate="m:1")
    countries = load("countries")
    region = countries[countries["group_id"] == subject()["region"]]["country_id"]
    events["in_region"] = events["country_id"].isin(region)
    return with_sources(events).sort_values(["date_start", "event_id"], ignore_index=True)
