"""Bars by year, one panel a series (figures ``economy`` and ``corridor-cargo``)."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers import theme
from helpers.charts.base import Chart, Row, Sheet, drawing, drawn_at_any_size, in_order, records
from helpers.charts.findings import leader
from helpers.charts.values import DECIMALS, refuse_two_places, time_text, unit_text, value_text
from helpers.data import source_ids
from helpers.language import Language

ROW_HEIGHT = 0.34  # inches at reading size
BAR = 0.62  # part of a row
LABEL_GAP = 0.35  # ems between a bar and its value
ROOM_FOR_VALUES = 1.28  # of the longest bar
TITLE_SHARE = 0.9  # of the width of a panel
AXES_SHARE = 0.82  # of the width of the picture, beside the names of the rows
BEFORE, SINCE, CLAIM = "navy", "violet", "rose"
RECENT = 3  # values that the latest mean is taken over
ORDINALS = ("first", "second")


@drawn_at_any_size
def yearly_bars(
    values: pd.DataFrame,
    lang: Language,
    claims: pd.DataFrame | None = None,
    size: str = "reading",
) -> Chart:
    """Draw values by year, a row each, one panel a series, with what was claimed as a line.

    Years that end after the event of the report have a tone of their own.

    Parameters
    ----------
    values : pandas.DataFrame
        As :func:`helpers.data.drawn_values` returns it, of one or two series and of one place each.
    lang : Language
        Language of the chart.
    claims : pandas.DataFrame, optional
        Values of the same form; each is drawn as a line in the panel of its unit.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        For each panel, ``first`` and ``second``, its texts have the fields ``first_title``,
        ``first_last`` and ``first_last_year`` (the latest value), ``first_before`` (the one before
        it), ``first_peak`` and ``first_peak_year`` (the highest), ``first_start`` and
        ``first_start_year`` (the earliest), ``first_recent`` (mean of the latest three),
        ``first_claim``, and ``first_reached`` (when the claim was first reached). Its findings may
        name ``first_passed``, the same if there are several years, and ``first_top_year``, the year
        of the highest value if one is.

    Raises
    ------
    ValueError
        If a series has several values for one time.
    """
    values = in_order(values, "series_order", "date_start", "indicator_id")
    claims = values.iloc[:0] if claims is None else in_order(claims, "series_order", "indicator_id")
    refuse_two_places(values)
    series = list(dict.fromkeys(values["series"]))
    times = sorted({(row["date_start"], time_text(row, lang)) for row in records(values)})
    names = [name for _, name in times]
    panels = (1.0,) * len(series) if len(series) > 1 else ()
    with drawing(lang, size, ROW_HEIGHT * max(len(names), 3) + 1.5, panels) as sheet:
        if sheet.has(values):
            for axes, name in zip(sheet.axes, series, strict=True):
                of_series = values[values["series"] == name]
                _panel(sheet, axes, of_series, _claims_of(of_series, claims), names)
            _legend(sheet, values, claims)
    shown = [*series, *[""] * len(ORDINALS)]
    fields: dict[str, object] = {}
    for ordinal, name in zip(ORDINALS, shown, strict=False):
        of_series = values[values["series"] == name]
        told = _fields(of_series, _claims_of(of_series, claims), lang)
        fields |= {f"{ordinal}_{field}": value for field, value in told.items()}
    return sheet.chart(fields, source_ids(pd.concat([values, claims])))


def _claims_of(values: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    return claims[claims["unit"].isin(values["unit"])]


def _panel(
    sheet: Sheet, axes: Axes, values: pd.DataFrame, claims: pd.DataFrame, names: list[str]
) -> None:
    lang = sheet.lang
    places = {name: len(names) - 1 - row for row, name in enumerate(names)}
    ends = _ends(pd.concat([values["value"], claims["value"]]))
    for row in records(values):
        _bar(sheet, axes, places[time_text(row, lang)], row, ends[1] - ends[0])
    for claim in records(claims):
        _claim_line(sheet, axes, len(names), claim)
    theme.rows(axes, names, lang, lines=False)
    axes.set_ylim(-0.7, len(names) + (0.4 if len(claims) else -0.3))
    if axes is not sheet.ax:
        axes.tick_params(labelleft=False, labelright=False)
    theme.limits(axes, *ends, lang)
    axes.set_xticks([])
    axes.axvline(0, color=theme.PALETTE["grey"], linewidth=0.8 * sheet.scale)
    head = records(values)[0]
    look: dict[str, Any] = {"loc": lang.start, "fontsize": sheet.small, "weight": "bold"}
    room = AXES_SHARE * sheet.size.width * theme.POINTS_PER_INCH / len(sheet.axes) / sheet.scale
    parts = (lang.pick(head, "title"), unit_text(head, lang))
    title = "\n".join(sheet.wrapped(part, TITLE_SHARE * room) for part in parts)
    axes.set_title(sheet.draw(title), **look)


def _ends(reach: pd.Series) -> tuple[float, float]:
    """Return where the axis begins and ends, with room for values beside the bars."""
    widest = max(float(reach.abs().max()), 1e-9)
    first = -0.3 * widest if reach.min() < 0 else 0.0
    return first, ROOM_FOR_VALUES * max(float(reach.max()), 0.3 * widest)


def _bar(sheet: Sheet, axes: Axes, y: int, row: Row, span: float) -> None:
    """Draw a bar with its value: inside, at its foot, where there is room, or else beside it."""
    lang, value = sheet.lang, float(row["value"])
    text = value_text(row, lang, decimals=DECIMALS)
    says = f"{lang.pick(row, 'title')} ({time_text(row, lang)}): {text} {unit_text(row, lang)}"
    gid = sheet.mark(row["indicator_id"], says, ("indicators", row["indicator_id"]))
    fill = theme.PALETTE[SINCE if row["since_event"] else BEFORE]
    axes.barh([y], [value], BAR, color=fill, gid=gid)
    gap = LABEL_GAP * sheet.size.font * (1 if value >= 0 else -1)
    width = AXES_SHARE * sheet.size.width * theme.POINTS_PER_INCH / len(sheet.axes)
    room = abs(value) / span * width
    inside = theme.text_width(sheet.draw(text), sheet.small) + 3 * abs(gap) < room
    look: dict[str, Any] = {"fontsize": sheet.small, "gid": f"{gid}-text", "zorder": 4}
    look["color"] = theme.ink_on(fill) if inside else theme.PALETTE["ink"]
    sheet.beside(text, (0 if inside else value, y), gap, axes, **look)


def _claim_line(sheet: Sheet, axes: Axes, top: int, claim: Row) -> None:
    lang, value = sheet.lang, claim["value"]
    text = value_text(claim, lang, decimals=DECIMALS)
    says = f"{lang.pick(claim, 'title')}: {text} {unit_text(claim, lang)}"
    axes.plot(
        [value, value],
        [-0.6, top - 0.4],
        color=theme.PALETTE[CLAIM],
        linestyle="--",
        linewidth=1.6 * sheet.scale,
        zorder=3,
        gid=sheet.mark(claim["indicator_id"], says, ("indicators", claim["indicator_id"])),
    )
    axes.text(
        value,
        top - 0.3,
        sheet.draw(text),
        ha="center",
        va="bottom",
        color=theme.PALETTE[CLAIM],
        fontsize=sheet.small,
        weight="bold",
        gid=f"{claim['indicator_id']}-text",
    )


def _legend(sheet: Sheet, values: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Explain tones and lines, where there is more than one kind of mark."""
    since = values["since_event"].astype(bool)
    handles: list[Artist] = []
    if since.any():
        for colour, phrase in ((BEFORE, "years-before"), (SINCE, "years-since")):
            label = sheet.draw(sheet.lang.phrase(phrase))
            handles.append(Patch(facecolor=theme.PALETTE[colour], label=label))
    if values["unit"].isin(claims["unit"]).any():
        look: dict[str, Any] = {"color": theme.PALETTE[CLAIM], "linestyle": "--"}
        label = sheet.draw(sheet.lang.phrase("as-claimed"))
        handles.append(Line2D([], [], linewidth=1.6 * sheet.scale, label=label, **look))
    if handles:
        # One entry below the other: a line wider than its panel would push the panels apart.
        theme.legend(sheet.ax, sheet.lang, handles, columns=1, gap=0.6)


def _fields(values: pd.DataFrame, claims: pd.DataFrame, lang: Language) -> dict[str, object]:
    """Return what is said of a panel; words for none where it is empty."""
    rows, none = records(values), lang.phrase("none")
    if not rows:
        return dict.fromkeys(FIELDS, none) | {"passed": None, "top_year": None}
    peak = max(rows, key=lambda row: row["value"])
    recent = values["value"].tail(RECENT).mean()
    claim = claims["value"].iloc[0] if len(claims) else None
    reached = [row for row in rows if claim is not None and row["value"] >= claim]
    told = {
        "title": lang.pick(rows[0], "title"),
        "start": lang.number(rows[0]["value"], at_most=DECIMALS),
        "start_year": time_text(rows[0], lang),
        "before": lang.number(rows[-2]["value"], at_most=DECIMALS) if len(rows) > 1 else none,
        "last": lang.number(rows[-1]["value"], at_most=DECIMALS),
        "last_year": time_text(rows[-1], lang),
        "peak": lang.number(peak["value"], at_most=DECIMALS),
        "peak_year": time_text(peak, lang),
        "recent": lang.number(recent, at_most=DECIMALS),
        "claim": lang.number(claim) or none,
        "reached": time_text(reached[0], lang) if reached else none,
    }
    alone = leader({time_text(row, lang): row["value"] for row in rows})
    passed = time_text(reached[0], lang) if reached and len(rows) > 1 else None
    return {field: told[field] for field in FIELDS} | {"passed": passed, "top_year": alone}


FIELDS = (
    "title",
    "start",
    "start_year",
    "before",
    "last",
    "last_year",
    "peak",
    "peak_year",
    "recent",
    "claim",
    "reached",
)
