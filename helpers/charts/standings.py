"""Bars of promises in parts, a part for each standing (figures ``replay``, ``words-and-deeds``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.patches import Patch

from helpers import theme
from helpers.charts.base import Chart, Row, Sheet, drawing, drawn_at_any_size, records
from helpers.charts.values import is_narrow
from helpers.data import codes
from helpers.language import Language

ROW_HEIGHT = 0.55  # inches at reading size
BAR = 0.62  # of a row
ROOM = 1.1  # of the longest bar, for the number after it

# How many promises have each standing, by what a bar stands for.
Counts = dict[str, dict[str, int]]


def standings() -> list[str]:
    """Return the standings, from mere words on."""
    return list(codes("commitment_stages", "standing"))


def counted(row: Row, counts: Counts, name: str) -> None:
    """Count a promise under a name."""
    counts.setdefault(name, dict.fromkeys(standings(), 0))[row["standing"]] += 1


def height_of(rows: int) -> float:
    """Return the height of so many bars with their legend, in inches at reading size."""
    return ROW_HEIGHT * max(rows, 2) + 0.9


def draw_standings(sheet: Sheet, counts: Counts, labels: Mapping[str, str]) -> None:
    """Draw a bar for each name, from the top down, with the number of each part and of the bar."""
    lang, axes = sheet.lang, sheet.ax
    names, kinds = list(counts), codes("commitment_stages", "standing")
    for row, name in enumerate(names):
        y, start = len(names) - 1 - row, 0
        for standing, code in kinds.items():
            count = counts[name][standing]
            if count:
                what = lang.clauses([labels[name], lang.pick(code, "title")])
                says = f"{what}: {lang.number(count)}"
                gid = sheet.mark(f"{name}-{standing}", says, ("tables", "commitments"))
                _part(sheet, (start, count, y), gid, code)
            start += count
        sheet.beside(lang.number(start), (start, y), 0.5 * sheet.size.font)
    theme.rows(axes, [labels[name] for name in names], lang, lines=False)
    theme.limits(axes, 0, ROOM * max(sum(of_name.values()) for of_name in counts.values()), lang)
    axes.set_xticks([])
    fills = [
        Patch(facecolor=theme.PALETTE[code["colour"]], label=sheet.draw(lang.pick(code, "title")))
        for code in kinds.values()
    ]
    theme.legend(axes, lang, fills, columns=2 if is_narrow(sheet.size) else 4)


def _part(sheet: Sheet, place: tuple[int, int, int], gid: str, code: Mapping[str, Any]) -> None:
    start, count, y = place
    colour = theme.PALETTE[code["colour"]]
    look: dict[str, Any] = {"color": colour, "edgecolor": theme.PALETTE["paper"], "linewidth": 1.5}
    sheet.ax.barh([y], [count], BAR, left=[start], gid=gid, **look)
    middle: dict[str, Any] = {"ha": "center", "va": "center", "color": theme.ink_on(colour)}
    sheet.ax.text(start + count / 2, y, sheet.draw(sheet.lang.number(count)), **middle)


@drawn_at_any_size
def standings_by_day(states: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw what had become of the promises on several days.

    Parameters
    ----------
    states : pandas.DataFrame
        As :func:`helpers.evidence.replay` returns it; promises without a stage are passed over.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Every number is that of promises. Its texts have the fields ``days`` (how many),
        ``first_day`` and ``last_day``, how many are kept and words only on each (``first_kept``,
        ``last_kept``, ``first_open``, ``last_open``), and for its finding ``then`` and ``now``: how
        many were and are kept, if that is not the same.
    """
    staged = states[states["standing"].notna()].sort_values("as_of", kind="stable")
    days = {f"{row['as_of']:%Y-%m-%d}": row["as_of"] for row in records(staged)}
    counts: Counts = {}
    for row in records(staged):
        counted(row, counts, f"{row['as_of']:%Y-%m-%d}")
    with drawing(lang, size, height_of(len(counts))) as sheet:
        if sheet.has(staged):
            labels = {name: lang.date(day, "day") for name, day in days.items()}
            draw_standings(sheet, counts, labels)
    return sheet.chart(_fields(counts, days, lang))


def _fields(counts: Counts, days: Mapping[str, pd.Timestamp], lang: Language) -> dict[str, object]:
    none = lang.phrase("none")
    fields: dict[str, object] = {"days": lang.number(len(days))}
    names = list(days)
    for which, name in (("first", names[0]), ("last", names[-1])) if names else ():
        fields[f"{which}_day"] = lang.date(days[name], "day")
        for standing in ("kept", "open"):
            fields[f"{which}_{standing}"] = lang.number(counts[name][standing])
    missing = [f"{which}_{what}" for which in ("first", "last") for what in ("day", "kept", "open")]
    fields = dict.fromkeys(missing, none) | fields
    moved = fields["first_kept"] != fields["last_kept"]
    ends = {"then": fields["first_kept"], "now": fields["last_kept"]}
    return fields | {name: value if moved else None for name, value in ends.items()}
