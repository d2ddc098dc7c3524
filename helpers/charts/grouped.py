"""Rows in groups: two books of trade, suppliers of what is imported.

:func:`two_books` draws the figure ``trade-books``, :func:`supplier_shares` the figure
``supplier-shares``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers import theme
from helpers.charts.base import (
    Chart,
    Row,
    Sheet,
    distinct,
    drawing,
    drawn_at_any_size,
    grouped,
    in_order,
    joined,
)
from helpers.charts.findings import leader
from helpers.charts.values import DECIMALS, is_narrow, time_text, unit_text, value_text
from helpers.data import source_ids, subject
from helpers.language import Language

ROW_HEIGHT = 0.36  # inches at reading size
DOT = 9  # points at reading size
LABEL_GAP = 0.75  # ems between a mark and its value
ROOM_FOR_VALUES = 1.25
COLOURS = ("navy", "amber", "maroon", "violet")
MARKERS = ("o", "D", "s", "^")
REGION, OTHER = "navy", "light"
BAR = 0.62  # part of a row


@dataclass(frozen=True)
class Line:
    """A line of a chart in groups: a heading, or the name of a row with its values."""

    name: str
    rows: tuple[Row, ...] = ()


@drawn_at_any_size
def two_books(values: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw the same trade as two sets of statistics record it, by partner and country.

    Parameters
    ----------
    values : pandas.DataFrame
        As :func:`helpers.data.drawn_values` returns it, of series that record the same in different
        books and in one unit, and of one time.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``rows`` and ``pairs`` (rows that both books have), ``widest``
        and ``times`` (the row whose books differ most, and by what factor), ``nearest`` and
        ``nearest_times``, ``lone`` (rows that one book has), and for its finding ``apart``: the row
        whose books differ most, if it is one of several.
    """
    values = in_order(values, "partner_order", "country_order", "series_order", "indicator_id")
    lines: list[Line] = []
    for (_,), of_partner in grouped(values, "partner_id").items():
        lines.append(Line(lang.pick(of_partner[0], "partner")))
        of_countries = grouped(pd.DataFrame(of_partner), "country_id").values()
        lines += [Line(lang.pick(rows[0], "country"), tuple(rows)) for rows in of_countries]
    books = distinct(values, "series", "series_order", lang.column("title"))
    looks = dict(zip(books["series"], zip(COLOURS, MARKERS, strict=True), strict=False))
    with drawing(lang, size, ROW_HEIGHT * max(len(lines), 3) + 1.0) as sheet:
        if sheet.has(values):
            _frame(sheet, lines, float(values["value"].max()))
            for y, line in _placed(lines):
                _pair(sheet, y, line.rows, looks)
            _book_legend(sheet, books, looks)
    return sheet.chart(_book_fields(lines, lang), source_ids(values))


def _placed(lines: list[Line]) -> Iterable[tuple[int, Line]]:
    """Return the lines that have values with their heights, from the top down."""
    return [(len(lines) - 1 - n, line) for n, line in enumerate(lines) if line.rows]


def _frame(sheet: Sheet, lines: list[Line], longest: float) -> None:
    """Name lines and groups, and make room for the values."""
    axes, lang = sheet.ax, sheet.lang
    theme.rows(axes, [line.name for line in lines], lang, lines=False)
    for label, line in zip(axes.get_yticklabels(), lines, strict=True):
        if not line.rows:
            label.set_fontweight("bold")
    for y, _ in _placed(lines):
        axes.axhline(y, color=theme.PALETTE["faint"], linewidth=0.8, zorder=0)
    end = ROOM_FOR_VALUES * max(longest, 1e-9)
    theme.limits(axes, -(0.7 if is_narrow(sheet.size) else 0.14) * end, end, lang)
    axes.set_xticks([])


def _pair(sheet: Sheet, y: int, rows: tuple[Row, ...], looks: dict[str, tuple[str, str]]) -> None:
    """Draw the marks of a row, a line between them, and the values on their outer sides."""
    lang, axes = sheet.lang, sheet.ax
    ordered = sorted(rows, key=lambda row: (row["value"], row["series_order"]))
    ends = (ordered[0]["value"], ordered[-1]["value"])
    axes.plot(ends, [y, y], color=theme.PALETTE["light"], linewidth=2.4 * sheet.scale, zorder=1)
    for place, row in enumerate(ordered):
        colour, marker = looks[row["series"]]
        text = value_text(row, lang, decimals=DECIMALS)
        partner, country = lang.pick(row, "partner"), lang.pick(row, "country")
        says = f"{country} – {partner}: {lang.pick(row, 'title')} {text} {unit_text(row, lang)}"
        gid = sheet.mark(row["indicator_id"], says, ("indicators", row["indicator_id"]))
        axes.plot(
            [row["value"]],
            [y],
            marker=marker,
            markersize=DOT * sheet.scale,
            zorder=3,
            gid=gid,
            **theme.mark_style(colour, sheet.scale),
        )
        before = place == 0 and len(ordered) > 1
        gap = LABEL_GAP * sheet.size.font * (-1 if before else 1)
        sheet.beside(text, (row["value"], y), gap, fontsize=sheet.small, gid=f"{gid}-text")


def _book_legend(sheet: Sheet, books: pd.DataFrame, looks: dict[str, tuple[str, str]]) -> None:
    handles: list[Artist] = []
    for series, title in zip(books["series"], books[sheet.lang.column("title")], strict=True):
        colour, marker = looks[series]
        look = theme.mark_style(colour, sheet.scale)
        label = sheet.draw(title)
        handles.append(
            Line2D([], [], marker=marker, markersize=DOT * sheet.scale, label=label, **look)
        )
    columns = 1 if is_narrow(sheet.size) else 2
    theme.legend(sheet.ax, sheet.lang, handles, columns=columns, gap=0.4)


def _book_fields(lines: list[Line], lang: Language) -> dict[str, object]:
    drawn = [line for line in lines if line.rows]
    pairs = [(_factor(line), line) for line in drawn if len(line.rows) > 1]
    none = lang.phrase("none")
    widest = max(pairs, key=lambda pair: pair[0], default=None)
    nearest = min(pairs, key=lambda pair: pair[0], default=None)
    apart = leader({place: factor for place, (factor, _) in enumerate(pairs)})
    return {
        "apart": None if apart is None else _row_name(pairs[apart][1], lang),
        "rows": lang.number(len(drawn)),
        "pairs": lang.number(len(pairs)),
        "widest": none if widest is None else _row_name(widest[1], lang),
        "times": none if widest is None else lang.number(widest[0], at_most=DECIMALS),
        "nearest": none if nearest is None else _row_name(nearest[1], lang),
        "nearest_times": none if nearest is None else lang.number(nearest[0], at_most=2),
        "lone": joined([_row_name(line, lang) for line in drawn if len(line.rows) == 1], lang),
    }


def _factor(line: Line) -> float:
    """Return how many times the smaller value of a line the larger one is."""
    values = [float(row["value"]) for row in line.rows]
    return max(values) / min(values) if min(values) > 0 else float("inf")


def _row_name(line: Line, lang: Language) -> str:
    return lang.phrase(
        "trade-between",
        one=lang.pick(line.rows[0], "country"),
        other=lang.pick(line.rows[0], "partner"),
    )


@drawn_at_any_size
def supplier_shares(values: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw the shares of suppliers in what is imported, the states of the region set off.

    Parameters
    ----------
    values : pandas.DataFrame
        As :func:`helpers.data.drawn_values` returns it with comparators, of one or two series in
        hundredths and one time each.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        For each series, ``first`` and ``second``, its texts have the fields ``first_title``,
        ``first_year``, ``first_name``, ``first_share`` and ``first_place`` (the state of the region
        with the largest share, and its place among the suppliers that are drawn); and for its
        finding ``lead``: that state, if it is the same one for both and one of several suppliers.
    """
    values = values.assign(descending=-values["value"])
    values = in_order(values, "series_order", "descending", "country_order", "indicator_id")
    groups = list(grouped(values, "series").values())
    lines: list[Line] = []
    for rows in groups:
        lines.append(Line(f"{lang.pick(rows[0], 'title')} ({time_text(rows[0], lang)})"))
        lines += [Line(lang.pick(row, "country"), (row,)) for row in rows]
    with drawing(lang, size, ROW_HEIGHT * max(len(lines), 3) + 1.0) as sheet:
        if sheet.has(values):
            _draw_suppliers(sheet, lines, float(values["value"].max()))
    fields: dict[str, object] = {}
    for ordinal, rows in zip(("first", "second"), [*groups, [], []], strict=False):
        told = _supplier_fields(rows, lang)
        fields |= {f"{ordinal}_{name}": value for name, value in told.items()}
    leads = {_lead(rows, lang) for rows in groups} if len(groups) > 1 else set()
    fields["lead"] = leads.pop() if len(leads) == 1 else None
    return sheet.chart(fields, source_ids(values))


def _draw_suppliers(sheet: Sheet, lines: list[Line], longest: float) -> None:
    axes, lang = sheet.ax, sheet.lang
    names = [line.name if line.rows else "" for line in lines]
    theme.rows(axes, names, lang, lines=False)
    theme.limits(axes, 0, ROOM_FOR_VALUES * max(longest, 1e-9), lang)
    axes.set_xticks([])
    for number, line in enumerate(lines):
        y = len(lines) - 1 - number
        if not line.rows:
            look: dict[str, Any] = {"fontsize": sheet.small, "weight": "bold"}
            sheet.beside(line.name, (0, y), 0.01, va="center_baseline", **look)
            continue
        (row,) = line.rows
        text = lang.percent(row["value"], at_most=DECIMALS)
        says = f"{lang.pick(row, 'title')}: {line.name} {text}"
        gid = sheet.mark(row["indicator_id"], says, ("indicators", row["indicator_id"]))
        colour = theme.PALETTE[REGION if _of_region(row) else OTHER]
        axes.barh([y], [row["value"]], BAR, color=colour, gid=gid)
        gap = LABEL_GAP * sheet.size.font
        sheet.beside(text, (row["value"], y), gap, fontsize=sheet.small, gid=f"{gid}-text")
    _supplier_legend(sheet, [row for line in lines for row in line.rows])


def _of_region(row: Row) -> bool:
    return bool(row["country_group"] == subject()["region"])


def _supplier_legend(sheet: Sheet, rows: list[Row]) -> None:
    lang = sheet.lang
    kinds = ((True, REGION, lang.country(subject()["region"])), (False, OTHER, None))
    handles: list[Artist] = [
        Patch(
            facecolor=theme.PALETTE[colour],
            label=sheet.draw(name or lang.phrase("other-suppliers")),
        )
        for inside, colour, name in kinds
        if any(_of_region(row) == inside for row in rows)
    ]
    theme.legend(sheet.ax, lang, handles, columns=2, gap=0.4)


def _lead(rows: list[Row], lang: Language) -> str | None:
    """Return the state of the region that supplies most, if others supply as well."""
    names = {lang.pick(row, "country"): row["value"] for row in rows if _of_region(row)}
    if len(names) == 1 and len(rows) > 1:
        return next(iter(names))
    return leader(names)


def _supplier_fields(rows: list[Row], lang: Language) -> dict[str, object]:
    none = lang.phrase("none")
    inside = [(place, row) for place, row in enumerate(rows, start=1) if _of_region(row)]
    place, row = inside[0] if inside else (None, None)
    return {
        "title": lang.pick(rows[0], "title") if rows else none,
        "year": time_text(rows[0], lang) if rows else none,
        "name": none if row is None else lang.pick(row, "country"),
        "share": none if row is None else lang.percent(row["value"], at_most=DECIMALS),
        "place": lang.number(place) or none,
    }
