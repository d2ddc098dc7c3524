"""How many times a value grew, a bar each (figure ``re-exports``)."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers import theme
from helpers.charts.base import Chart, Row, Sheet, drawing, drawn_at_any_size, in_order, records
from helpers.charts.findings import leader
from helpers.charts.values import DECIMALS, is_narrow, unit_text
from helpers.data import codes_where, source_ids
from helpers.language import Language

ROW_HEIGHT = 0.62  # inches at reading size
BAR = 0.5  # part of a row
LABEL_GAP = 0.4  # ems between a bar and its value
LABEL_SHARE = 0.33  # of the width of the picture
ROOM_FOR_VALUES, NARROW_ROOM = 1.75, 2.6  # of the longest bar
STANDING, BESIDE = "navy", "amber"


@drawn_at_any_size
def growth_bars(changes: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw by how many times values grew between two times, most first.

    What is no part of its series, such as the answer of another side, has a tone of its own.

    Parameters
    ----------
    changes : pandas.DataFrame
        As :func:`helpers.data.changes` returns it.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``count``, ``top``, ``top_times``, ``top_ends`` and ``top_span``
        (what grew most), and ``answer``, ``answer_times``, ``answer_ends`` and ``answer_span`` (the
        first of those beside the series). Its finding sets ``most`` and ``rebuttal``, by how many
        times each grew, beside each other; one is not told without the other.
    """
    changes = changes.assign(descending=-changes["times"])
    changes = in_order(changes, "descending", "series_order", "indicator_id")
    with drawing(lang, size, ROW_HEIGHT * max(len(changes), 2) + 0.9) as sheet:
        if sheet.has(changes):
            _draw(sheet, records(changes))
    return sheet.chart(_fields(records(changes), lang), source_ids(changes))


def _beside(row: Row) -> bool:
    return row["role"] in codes_where("indicators", "role", beside=True)


def _span(row: Row, lang: Language) -> str:
    """Return the two times of a change, as one interval where they are as exact as each other."""
    if row["first_precision"] == row["precision"]:
        return lang.date(row["first_start"], row["precision"], row["date_start"])
    first = lang.date(row["first_start"], row["first_precision"])
    return lang.phrase("from-to", low=first, high=lang.date(row["date_start"], row["precision"]))


def _ends(row: Row, lang: Language) -> str:
    low = lang.number(row["first_value"], at_most=2)
    ends = lang.phrase("from-to", low=low, high=lang.number(row["value"], at_most=2))
    return f"{ends} {unit_text(row, lang)}"


def _times(row: Row, lang: Language) -> str:
    return lang.phrase("times", number=lang.number(row["times"], at_most=DECIMALS))


def _draw(sheet: Sheet, rows: list[Row]) -> None:
    axes, lang = sheet.ax, sheet.lang
    one = len({row["country_id"] for row in rows}) == 1
    names = [f"{_name(row, lang, one)} ({_span(row, lang)})" for row in rows]
    room = LABEL_SHARE * sheet.size.width * theme.POINTS_PER_INCH / sheet.scale
    theme.rows(axes, [sheet.wrapped(name, room) for name in names], lang, lines=False)
    for number, row in enumerate(rows):
        y = len(rows) - 1 - number
        text = f"{_times(row, lang)} ({_ends(row, lang)})"
        name = row["indicator_id"]
        gid = sheet.mark(name, f"{names[number]}: {text}", ("indicators", name))
        colour = theme.PALETTE[BESIDE if _beside(row) else STANDING]
        axes.barh([y], [row["times"]], BAR, color=colour, gid=gid)
        gap = LABEL_GAP * sheet.size.font
        label: dict[str, Any] = {"fontsize": sheet.small, "gid": f"{gid}-text"}
        sheet.beside(sheet.wrapped(text, room), (row["times"], y), gap, **label)
    longest = max(row["times"] for row in rows)
    room_for_values = NARROW_ROOM if is_narrow(sheet.size) else ROOM_FOR_VALUES
    theme.limits(axes, 0, room_for_values * longest, lang)
    axes.set_xticks([])
    axes.axvline(1, color=theme.PALETTE["grey"], linestyle=":", linewidth=1.2 * sheet.scale)
    _legend(sheet, rows)


def _name(row: Row, lang: Language, one_country: bool = False) -> str:
    title = lang.pick(row, "title")
    return title if one_country else f"{title}: {lang.pick(row, 'country')}"


def _legend(sheet: Sheet, rows: list[Row]) -> None:
    kinds = ((False, STANDING, "recorded-growth"), (True, BESIDE, "other-side"))
    handles: list[Artist] = [
        Patch(facecolor=theme.PALETTE[colour], label=sheet.draw(sheet.lang.phrase(phrase)))
        for beside, colour, phrase in kinds
        if any(_beside(row) == beside for row in rows)
    ]
    look: dict[str, Any] = {"color": theme.PALETTE["grey"], "linestyle": ":"}
    label = sheet.draw(sheet.lang.phrase("unchanged"))
    handles.append(Line2D([], [], linewidth=1.2 * sheet.scale, label=label, **look))
    theme.legend(sheet.ax, sheet.lang, handles, columns=1 if is_narrow(sheet.size) else 3, gap=0.4)


def _fields(rows: list[Row], lang: Language) -> dict[str, object]:
    none = lang.phrase("none")
    standing = [row for row in rows if not _beside(row)]
    answers = [row for row in rows if _beside(row)]
    one = len({row["country_id"] for row in rows}) == 1
    fields: dict[str, object] = {"count": lang.number(len(standing))}
    for what, found in (("top", standing), ("answer", answers)):
        row = found[0] if found else None
        fields |= {
            what: none if row is None else _name(row, lang, one),
            f"{what}_times": none if row is None else _times(row, lang),
            f"{what}_ends": none if row is None else _ends(row, lang),
            f"{what}_span": none if row is None else _span(row, lang),
        }
    times = {row["indicator_id"]: row["times"] for row in standing}
    both = bool(answers) and leader(times) is not None
    fields["most"] = _times(standing[0], lang) if both else None
    return fields | {"rebuttal": _times(answers[0], lang) if both else None}
