"""Lines over years, one a country (figure ``remittances``)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers import theme
from helpers.charts.base import (
    Chart,
    Row,
    Sheet,
    distinct,
    drawing,
    drawn_at_any_size,
    in_order,
    joined,
    records,
)
from helpers.charts.findings import leader
from helpers.charts.values import DECIMALS, is_narrow, time_text, unit_text
from helpers.data import source_ids
from helpers.language import Language

HEIGHT = 3.9  # inches at reading size
COLOURS = ("navy", "maroon", "rose", "grey")
MARKERS = ("o", "s", "^", "D")
MARK = 5  # points at reading size
LEAST_GAP = 1.25  # ems between the names of lines
NAME_GAP = 8  # points at reading size between a line and its name
YEAR_LABELS = 8  # side by side, at the most


@drawn_at_any_size
def yearly_lines(values: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw a line over years for each country; a year without a value breaks it.

    A hollow mark is a value of another source than most of the line.

    Parameters
    ----------
    values : pandas.DataFrame
        As :func:`helpers.data.drawn_values` returns it, of one series.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``countries``, ``top``, ``top_value`` and ``top_year`` (the
        highest value), ``falling`` (countries whose latest value is below their highest),
        ``latest`` (each country with its latest value and year), and for its finding ``leader``:
        the country of the highest value, if it is one of several.
    """
    values = in_order(values, "country_order", "date_start", "indicator_id")
    countries = distinct(values, "country_id", "country_order", lang.column("country"))
    with drawing(lang, size, HEIGHT) as sheet:
        if sheet.has(values):
            _draw(sheet, values, list(countries["country_id"]))
    return sheet.chart(_fields(values, lang), source_ids(values))


def _draw(sheet: Sheet, values: pd.DataFrame, countries: list[str]) -> None:
    axes, lang = sheet.ax, sheet.lang
    run = theme.years(axes, lang)
    ends: list[tuple[float, Row, str]] = []
    for place, country in enumerate(countries):
        of_country = values[values["country_id"] == country]
        colour = COLOURS[place % len(COLOURS)]
        _line(sheet, of_country, colour, MARKERS[place % len(MARKERS)])
        last = records(of_country)[-1]
        ends.append((float(last["value"]), last, colour))
    first, latest = int(_years(values).min()), int(_years(values).max())
    top = 1.12 * max(float(values["value"].max()), 1e-9)
    axes.set_ylim(min(float(values["value"].min()), 0), top)
    _names(sheet, ends, run, latest, top)
    _ticks(sheet, first, latest, run)
    axes.set_title(
        sheet.draw(unit_text(records(values)[0], lang)), loc=_side(run.start), fontsize=sheet.small
    )


def _side(name: str) -> Any:  # matplotlib's stubs ask for literals
    return name


def _years(values: pd.DataFrame) -> pd.Series:
    years: pd.Series = values["date_start"].dt.year
    return years


def _line(sheet: Sheet, values: pd.DataFrame, colour: str, marker: str) -> None:
    """Draw the line of a country with its marks; those of another source are hollow."""
    lang, rows = sheet.lang, records(values)
    by_year = dict(zip(_years(values), values["value"], strict=True))
    span = range(min(by_year), max(by_year) + 1)
    told = [f"{time_text(r, lang)} {lang.percent(r['value'], at_most=DECIMALS)}" for r in rows]
    says = f"{lang.pick(rows[0], 'country')}: {told[0]}"
    says += f" {lang.phrase('then', value=told[-1])}" if len(told) > 1 else ""
    sheet.ax.plot(
        list(span),
        [by_year.get(year, float("nan")) for year in span],
        color=theme.PALETTE[colour],
        linewidth=2 * sheet.scale,
        zorder=2,
        gid=sheet.mark(
            f"{rows[0]['series']}-{rows[0]['country_id'].lower()}",
            says,
            ("indicators", rows[0]["indicator_id"]),
        ),
    )
    usual = values["source_id"].mode().iloc[0]
    for hollow in (False, True):
        some = values[(values["source_id"] != usual) == hollow]
        sheet.ax.plot(
            list(_years(some)),
            list(some["value"]),
            marker=marker,
            markersize=MARK * sheet.scale,
            zorder=3,
            **theme.mark_style(colour, sheet.scale, hollow=hollow),
        )


def _names(
    sheet: Sheet, ends: list[tuple[float, Row, str]], run: theme.Run, latest: int, top: float
) -> None:
    """Write the name and the latest value of each line after its end, apart from each other."""
    height = HEIGHT * sheet.scale * theme.POINTS_PER_INCH
    least = LEAST_GAP * sheet.size.font * top / (0.8 * height)
    lowest = float("-inf")
    for value, row, colour in sorted(ends, key=lambda end: (end[0], end[2])):
        lowest = max(value, lowest + least)
        number = sheet.lang.percent(value, at_most=DECIMALS)
        year = row["date_start"].year
        when = "" if year == latest else f" ({time_text(row, sheet.lang)})"
        text = sheet.draw(f"{sheet.lang.pick(row, 'country')} {number}{when}")
        sheet.ax.annotate(
            text,
            (latest, lowest),
            xytext=(run.sign * NAME_GAP * sheet.scale, 0),
            textcoords="offset points",
            ha=run.start,
            va="center_baseline",
            color=theme.PALETTE[colour],
            fontsize=sheet.small,
            weight="bold",
            gid=f"{row['country_id']}-name",
        )


def _ticks(sheet: Sheet, first: int, latest: int, run: theme.Run) -> None:
    axes, lang = sheet.ax, sheet.lang
    labels_at_most = YEAR_LABELS // 2 if is_narrow(sheet.size) else YEAR_LABELS
    step = max(-(-(latest - first) // labels_at_most), 1)
    shown = list(range(latest, first - 1, -step))[::-1]
    labels = [sheet.draw(lang.date(pd.Timestamp(year, 1, 1), "year")) for year in shown]
    axes.set_xticks(shown, labels)
    theme.limits_of_years(axes, first - 0.4, latest + 0.4, run)
    ticks = [tick for tick in axes.get_yticks() if axes.get_ylim()[0] <= tick <= axes.get_ylim()[1]]
    axes.set_yticks(ticks, [sheet.draw(lang.percent(tick, at_most=DECIMALS)) for tick in ticks])
    axes.grid(axis="y", color=theme.PALETTE["faint"])
    axes.set_axisbelow(True)


def _fields(values: pd.DataFrame, lang: Language) -> dict[str, object]:
    rows, none = records(values), lang.phrase("none")
    names = distinct(values, "country_id", "country_order", lang.column("country"))
    last = values.drop_duplicates("country_id", keep="last")
    peaks = values.groupby("country_id", sort=False)["value"].max()
    below = [row for row in records(last) if row["value"] < peaks[row["country_id"]]]
    top = max(rows, key=lambda row: row["value"]) if rows else None
    highest = {row["country_id"]: peaks[row["country_id"]] for row in records(last)}
    stands_out = top is not None and leader(highest) == top["country_id"]
    return {
        "leader": lang.pick(top, "country") if top is not None and stands_out else None,
        "countries": joined(names[lang.column("country")], lang),
        "top": none if top is None else lang.pick(top, "country"),
        "top_value": none if top is None else lang.percent(top["value"], at_most=DECIMALS),
        "top_year": none if top is None else time_text(top, lang),
        "falling": joined([lang.pick(row, "country") for row in below], lang),
        "latest": joined([_latest(row, lang) for row in records(last)], lang),
    }


def _latest(row: Row, lang: Language) -> str:
    value = lang.percent(row["value"], at_most=DECIMALS)
    return f"{lang.pick(row, 'country')} {value} ({time_text(row, lang)})"
