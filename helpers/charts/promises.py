"""What came of the promises: each on its ladder (figure ``commitment-tracker``)."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D

from helpers import theme
from helpers.charts.base import (
    Chart,
    Row,
    Sheet,
    drawing,
    drawn_at_any_size,
    grouped,
    in_order,
    records,
)
from helpers.charts.rooms import broken, row_height, widest
from helpers.data import codes
from helpers.language import Language

Look = dict[str, Any]
ROW_HEIGHT = 0.44  # inches at reading size
HEAD = 0.8  # of a row, for the name of a kind
LABEL_WIDTH = 210  # points at reading size
WALL_LABEL_WIDTH = 290
HEAD_WIDTH = 85
# Places of the columns, counted in rungs, where their words have room there.
START, STAGE, SCHEDULE, DAYS, END = 0.2, 7.0, 13.0, 21.0, 21.2
COLUMN_GAP = 0.8  # ems
LEAST_RUNG = 9.0  # points between rungs
RUNG, REACHED, GOAL = 4.0, 8.0, 12.0  # points at reading size
ENDED = ("kept", "broken")
YEAR = 365  # days without evidence after which a promise counts as silent


class Columns(NamedTuple):
    """Where the columns of words stand that follow the stages, counted in rungs."""

    schedule: float
    days: float
    end: float


@drawn_at_any_size
def commitment_tracker(states: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw how far each promise has come, whether it is on time, and how fresh the evidence is.

    A promise without a stage stands before the first rung. On a wall stand the promises that have
    a deadline, or an end.

    Parameters
    ----------
    states : pandas.DataFrame
        As :func:`helpers.evidence.state` returns it.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``promises``, for each standing ``open``, ``partial``, ``kept``
        and ``broken`` how many there are, ``overdue`` (how many), ``silent`` (not ended, and
        without evidence for a year) and ``unmeasured`` (how many could not be seen kept as they are
        worded); and for its finding ``several``, all promises if there are more than one.
    """
    states = in_order(states, "kind", "stage_order", "commitment_id")
    fixed = theme.size_named(size).fixed
    shown = _for_a_wall(states) if fixed else states
    kinds = grouped(shown, "kind")
    lines = len(shown) + HEAD * len(kinds) + 1
    chosen = theme.size_named(size)
    width = WALL_LABEL_WIDTH if fixed else LABEL_WIDTH
    names = broken(shown[lang.column("title")], lang, chosen, width)
    with drawing(lang, size, row_height(names, ROW_HEIGHT, chosen) * max(lines, 3)) as sheet:
        if sheet.has(shown):
            _draw(sheet, kinds, dict(zip(shown["commitment_id"], names, strict=True)))
        if len(shown) < len(states):
            _chosen(sheet, len(shown), len(states))
    return sheet.chart(_fields(states, lang))


def _for_a_wall(states: pd.DataFrame) -> pd.DataFrame:
    telling = states["last_deadline"].notna() | states["standing"].isin(ENDED)
    return states[telling] if telling.any() else states


def _chosen(sheet: Sheet, shown: int, every: int) -> None:
    """Say above the names that not all promises are shown, and which are."""
    lang = sheet.lang
    text = lang.phrase("promises-shown", shown=lang.number(shown), all=lang.number(every))
    _cell(sheet, text, 0.1, 0.9, "grey", "end")


def _draw(sheet: Sheet, kinds: dict[tuple[str, ...], list[Row]], names: dict[str, str]) -> None:
    lang, axes = sheet.lang, sheet.ax
    places: list[float] = []
    columns = _columns(sheet, [row for of_kind in kinds.values() for row in of_kind], names)
    y = 0.0
    for (kind,), promises in kinds.items():
        _kind(sheet, kind, y)
        y -= HEAD
        for promise in promises:
            places.append(y)
            _promise(sheet, promise, y, columns)
            y -= 1
    axes.set_yticks(places, [sheet.draw(name) for name in names.values()], fontsize=sheet.small)
    axes.set_xticks([])
    theme.bare(axes)
    theme.limits(axes, START, columns.end, lang)
    axes.set_ylim(y + 0.4, 1.3)
    _heads(sheet, columns)
    theme.legend(axes, lang, _handles(sheet), columns=3, gap=0.3)


def _columns(sheet: Sheet, promises: list[Row], names: dict[str, str]) -> Columns:
    """Return where the columns stand: where they always do, or further apart as their words ask.

    The wider they are, the closer the rungs are.
    """
    lang, small = sheet.lang, sheet.small
    room, gap = sheet.column_room(names.values(), 1), COLUMN_GAP * sheet.size.font
    stage = [_stage_text(promise, lang) for promise in promises]
    schedule = [schedule_of(promise, lang) for promise in promises]
    days = sheet.wrapped(lang.phrase("days-since"), HEAD_WIDTH)
    first, second, third = (
        widest(texts, lang, small) + gap
        for texts in (
            [*stage, _stage_head(lang)],
            [*schedule, lang.heading("commitments", "deadline")],
            [days],
        )
    )

    def at(rung: float) -> Columns:
        schedule = max(SCHEDULE, STAGE + first / rung)
        days = max(schedule + DAYS - SCHEDULE, schedule + (second + third - gap) / rung)
        return Columns(schedule, days, days + END - DAYS)

    rung = room / (END - START)
    while rung * (at(rung).end - START) > room and rung > LEAST_RUNG:
        rung *= 0.98
    return at(rung)


def _kind(sheet: Sheet, kind: str, y: float) -> None:
    """Name a kind above its promises, from the first rung on."""
    text = sheet.draw(sheet.lang.label("commitments", "kind", kind))
    look: Look = {"ha": sheet.lang.start, "va": "center", "fontsize": sheet.small}
    sheet.ax.text(0.5, y, text, fontweight="bold", gid=f"kind-{kind}", **look)


def _promise(sheet: Sheet, promise: Row, y: float, columns: Columns) -> None:
    lang, axes = sheet.lang, sheet.ax
    grey, rungs = theme.PALETTE["light"], int(promise["rungs"])
    staged = bool(pd.notna(promise["stage_id"]))
    reached = int(promise["stage_order"]) if staged else 0
    hollow = theme.mark_style("grey", sheet.scale, hollow=True, width=0.8)
    axes.plot([1, rungs], [y, y], color=grey, linewidth=1, zorder=1)
    size = RUNG * sheet.scale
    axes.plot(range(1, rungs + 1), [y] * rungs, marker="o", markersize=size, zorder=2, **hollow)
    goal: Look = {"marker": "o", "markersize": GOAL * sheet.scale, "zorder": 2}
    ring = theme.mark_style("ink", sheet.scale, hollow=True) | {"markerfacecolor": "none"}
    gid = f"{promise['commitment_id']}-goal"
    axes.plot([int(promise["kept_order"])], [y], gid=gid, **goal, **ring)
    if staged:
        _reach(sheet, promise, min(reached, rungs), y)
    late, quiet = promise["schedule"] == "overdue", promise["schedule"] == "no_deadline"
    colour = "maroon" if late else "grey" if quiet else "ink"
    _cell(sheet, _stage_text(promise, lang), STAGE, y, "ink" if staged else "grey", "start")
    _cell(sheet, schedule_of(promise, lang), columns.schedule, y, colour, "start")
    _cell(sheet, lang.number(promise["days_since"]), columns.days, y, "ink", "end")


def _stage_text(promise: Row, lang: Language) -> str:
    staged = pd.notna(promise["stage_id"])
    return lang.pick(promise, "stage") if staged else lang.phrase("no-stage")


def schedule_of(promise: Row, lang: Language) -> str:
    """Return how a promise stands to its deadline, in words."""
    return lang.phrase(f"schedule-{promise['schedule'].replace('_', '-')}")


def _reach(sheet: Sheet, promise: Row, reached: int, y: float) -> None:
    """Draw how far it has come, in the colour of its standing."""
    lang, name = sheet.lang, str(promise["commitment_id"])
    code = codes("commitment_stages", "standing")[promise["standing"]]
    colour = theme.PALETTE[code["colour"]]
    sheet.ax.plot([1, reached], [y, y], color=colour, linewidth=3 * sheet.scale, zorder=3)
    stage = f"{lang.pick(promise, 'stage')} ({lang.pick(code, 'title')})"
    quiet = f"{lang.phrase('days-since')}: {lang.number(promise['days_since'])}"
    state = lang.series([stage, schedule_of(promise, lang), quiet])
    says = f"{lang.pick(promise, 'title')}: {state}"
    sheet.ax.plot(
        [reached],
        [y],
        marker=code["marker"],
        markersize=REACHED * sheet.scale,
        zorder=4,
        gid=sheet.mark(name, says, ("commitments", name)),
        **_look(code["colour"], sheet.scale),
    )


def _look(colour: str, scale: float) -> Look:
    """Return the look of a mark of a standing; a light one is told by its edge."""
    edge = {"markeredgecolor": theme.PALETTE["grey"]} if colour == "light" else {}
    return theme.mark_style(colour, scale) | edge


def _cell(sheet: Sheet, text: str, x: float, y: float, colour: str, side: str) -> None:
    sheet.ax.text(
        x,
        y,
        sheet.draw(text),
        ha=sheet.lang.start if side == "start" else sheet.lang.end,
        va="center",
        fontsize=sheet.small,
        color=theme.PALETTE[colour],
    )


def _stage_head(lang: Language) -> str:
    return lang.heading("commitment_events", "stage_id")


def _heads(sheet: Sheet, columns: Columns) -> None:
    lang = sheet.lang
    for name, x, side in (
        (_stage_head(lang), STAGE, "start"),
        (lang.heading("commitments", "deadline"), columns.schedule, "start"),
        (sheet.wrapped(lang.phrase("days-since"), HEAD_WIDTH), columns.days, "end"),
    ):
        _cell(sheet, name, x, 0.9, "grey", side)


def _handles(sheet: Sheet) -> list[Artist]:
    lang, scale = sheet.lang, sheet.scale
    handles: list[Artist] = []
    for code in codes("commitment_stages", "standing").values():
        look = _look(code["colour"], scale)
        label = sheet.draw(lang.pick(code, "title"))
        mark: Look = {"marker": code["marker"], "markersize": REACHED * scale}
        handles.append(Line2D([], [], label=label, **mark, **look))
    ring = theme.mark_style("ink", scale, hollow=True)
    label = sheet.draw(lang.phrase("kept-from-here"))
    handles.append(Line2D([], [], marker="o", markersize=GOAL * scale, label=label, **ring))
    return handles


def _fields(states: pd.DataFrame, lang: Language) -> dict[str, object]:
    rows = records(states)
    standings = codes("commitment_stages", "standing")
    counts = {name: sum(row["standing"] == name for row in rows) for name in standings}
    unmeasured = codes("commitments", "testability")
    return {
        "promises": lang.number(len(rows)),
        "several": lang.number(len(rows)) if len(rows) > 1 else None,
        **{name: lang.number(count) for name, count in counts.items()},
        "overdue": lang.number(sum(row["schedule"] == "overdue" for row in rows)),
        "silent": lang.number(
            sum(row["days_since"] > YEAR and row["standing"] not in ENDED for row in rows)
        ),
        "unmeasured": lang.number(
            sum(not unmeasured[row["testability"]]["measured"] for row in rows)
        ),
    }
