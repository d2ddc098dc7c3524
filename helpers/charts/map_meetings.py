"""Map of where the two sides met (figure ``meetings-map``)."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D

from helpers import theme
from helpers.charts import map_canvas as canvas
from helpers.charts.base import (
    Chart,
    Row,
    Sheet,
    drawing,
    drawn_at_any_size,
    grouped,
    in_order,
    joined,
)
from helpers.charts.findings import most
from helpers.charts.map_labels import NOWHERE, Box
from helpers.charts.map_legend import (
    area_handles,
    area_words,
    columns_of,
    draw_legend,
    legend_height,
    width_beside,
)
from helpers.data import BaseMap, codes, source_ids
from helpers.geo import projected
from helpers.language import Language

MARK = 8.0  # points at reading size
STAR = 1.6  # of the others
PITCH = 1.15  # of a mark, between the marks of one city
LEGEND_WIDTH = 190  # points at reading size, on a wall
COLUMNS = 3


@drawn_at_any_size
def meetings_map(
    events: pd.DataFrame, base: BaseMap, lang: Language, size: str = "reading"
) -> Chart:
    """Draw where dated events took place: a mark for each, the city with the years beside them.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`helpers.data.meetings` returns it; those without a city are counted, not drawn.
    base : BaseMap
        As :func:`helpers.data.base_map` returns it.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``count`` (events on the map), ``cities``, ``inside`` (events in
        cities of the region), ``outside`` (cities elsewhere), ``unplaced`` (events without a
        city), ``undrawn`` (borders left out) and ``edition``; and for its finding ``mostly``: the
        events in cities of the region, if they are more than half.
    """
    events = in_order(events, "date_start", "event_id")
    placed = events[events["city_id"].notna()]
    chosen = theme.size_named(size)
    points = projected(placed["lon"], placed["lat"]) if len(placed) else projected([50], [43])
    words = [*_kinds(placed, lang).values(), *area_words(base, lang)]
    beside = width_beside(words, LEGEND_WIDTH, chosen, lang)
    view = canvas.view_of(points, chosen, beside)
    columns = columns_of(words, COLUMNS, view, chosen, lang)
    below = legend_height(len(words), columns)
    with drawing(lang, size, view.inches / chosen.scale + below) as sheet:
        if sheet.has(placed):
            _draw(sheet, placed, base, view, columns)
    inside = int(placed["in_region"].sum())
    fields = {
        "count": lang.number(len(placed)),
        "cities": lang.number(placed["city_id"].nunique()),
        "inside": lang.number(inside),
        "mostly": lang.number(inside) if most(inside, len(placed)) else None,
        "outside": joined(_cities(placed[~placed["in_region"].astype(bool)], lang), lang),
        "unplaced": lang.number(len(events) - len(placed)),
        "undrawn": canvas.undrawn_names(base, lang),
        "edition": lang.date(base.edition, "day"),
    }
    return sheet.chart(fields, source_ids(placed))


def _cities(events: pd.DataFrame, lang: Language) -> list[str]:
    return list(dict.fromkeys(events[lang.column("city")]))


def _draw(
    sheet: Sheet, events: pd.DataFrame, base: BaseMap, view: canvas.View, columns: int
) -> None:
    borders = canvas.draw_base(sheet, base, view)
    marks, names = [canvas.scale_bar(sheet, view)], []
    by_city = in_order(events, "city_id", "date_start", "event_id")
    for of_city in grouped(by_city, "city_id").values():
        box = _mark_city(sheet, of_city, view)
        marks.append(box)
        label = _label(of_city, sheet.lang)
        names.append(canvas.name_of_place(sheet, of_city[0], label, box.width, view, rank=1))
    handles = [*_handles(sheet, events), *area_handles(sheet, base)]
    if sheet.size.fixed:
        marks.append(canvas.beside(view))
    draw_legend(sheet, handles, columns, view)
    names += canvas.names_of_areas(sheet, base, view)
    canvas.write_names(sheet, names, marks, NOWHERE, view, borders)


def _label(of_city: list[Row], lang: Language) -> str:
    years = dict.fromkeys(lang.date(event["date_start"], "year") for event in of_city)
    return lang.phrase(
        "city-and-years", city=of_city[0][lang.column("city")], years=lang.join(years)
    )


def _mark_city(sheet: Sheet, of_city: list[Row], view: canvas.View) -> Box:
    """Draw the marks of a city side by side, the first in the west; return the box they take."""
    point = projected([of_city[0]["lon"]], [of_city[0]["lat"]])[0]
    pitch = PITCH * MARK * sheet.scale * view.km_per_point
    lang = sheet.lang
    for number, event in enumerate(of_city):
        code = codes("events", "kind")[event["kind"]]
        date = lang.date(event["date_start"], event["precision"], event["date_end"])
        city, title = event[lang.column("city")], event[lang.column("title")]
        says = lang.phrase("event-says", title=title, city=city, date=date)
        mark = Line2D(
            [point[0] + (number - (len(of_city) - 1) / 2) * pitch],
            [point[1]],
            marker=code["marker"],
            markersize=_size(code["marker"]) * sheet.scale,
            gid=sheet.mark(event["event_id"], says, ("events", event["event_id"])),
            zorder=7,
            **theme.mark_style(code["colour"], sheet.scale),
        )
        canvas.put(sheet, mark)
    x, y = canvas.in_points(point[None, :], view)[0]
    tall = 1.15 * max(_size(codes("events", "kind")[e["kind"]]["marker"]) for e in of_city)
    wide = tall + (len(of_city) - 1) * PITCH * MARK
    return Box(x, y, wide * sheet.scale, tall * sheet.scale)


def _size(marker: str) -> float:
    return MARK * (STAR if marker == "*" else 1)


def _kinds(events: pd.DataFrame, lang: Language) -> dict[str, str]:
    """Return the kinds that occur with their titles, in the order of the schema."""
    occurring = set(events["kind"])
    known = codes("events", "kind")
    return {kind: lang.pick(known[kind], "title") for kind in known if kind in occurring}


def _handles(sheet: Sheet, events: pd.DataFrame) -> list[Artist]:
    looks = {kind: codes("events", "kind")[kind] for kind in _kinds(events, sheet.lang)}
    return [
        Line2D(
            [],
            [],
            marker=code["marker"],
            markersize=_size(code["marker"]) * sheet.scale,
            label=sheet.draw(sheet.lang.pick(code, "title")),
            **theme.mark_style(code["colour"], sheet.scale),
        )
        for code in looks.values()
    ]
