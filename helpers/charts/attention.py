"""Attention beside delivery, theme by theme (figure ``attention-delivery``)."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from helpers import theme
from helpers.charts.base import Chart, Sheet, drawing, drawn_at_any_size, in_order, joined
from helpers.charts.findings import leader
from helpers.data import codes
from helpers.language import Language

ROW_HEIGHT = 0.38  # inches at reading size
CIRCLE, WALL_CIRCLE = 17, 14.5  # points at reading size, and where the height is fixed
PANELS = (1, 1.25)  # widths of attention and delivery
PANEL_NAME, PANEL_PAD = 0.9, 1.9  # ems: the name of a panel, and how far above the rows it stands
LABEL_GAP = 0.3  # ems between a bar and its value
ROOM_FOR_VALUES = 1.25  # of the longest bar


@drawn_at_any_size
def attention_and_delivery(
    attention: pd.DataFrame, delivery: pd.DataFrame, lang: Language, size: str = "reading"
) -> Chart:
    """Draw how much a theme weighs before the outcomes beside what it got from them.

    Delivery is ordinal: a circle holds the number of outcomes of a strength, the highest is filled.

    Parameters
    ----------
    attention : pandas.DataFrame
        As :func:`helpers.argument.attention` returns it: one row a theme.
    delivery : pandas.DataFrame
        As :func:`helpers.argument.delivery` returns it: one row a theme and strength.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields ``top_theme``, ``top_strength`` (what the theme with most
        attention got at most) and ``funded`` (themes that reached the highest code), its finding
        ``first`` and ``first_strength`` (the same theme and strength, if no theme has as much
        attention and there is a higher strength).
    """
    shares = attention.assign(descending=-attention["attention"].round(9))
    shares = in_order(shares, "descending", "theme_order", "theme_id")
    counts = _counts(delivery, list(shares["theme_id"]))
    with drawing(lang, size, ROW_HEIGHT * max(len(shares), 2) + 0.8, PANELS) as sheet:
        if sheet.has(shares):
            _draw(sheet, shares, counts)
    return sheet.chart(_fields(shares, counts, lang))


def _counts(delivery: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """Return the number of outcomes, a row for each theme and a column for each strength."""
    counts = delivery.assign(strength=delivery["strength"].astype("object")).pivot_table(
        index="theme_id", columns="strength", values="count", aggfunc="sum"
    )
    strengths = list(codes("outcome_codes", "strength"))
    return counts.reindex(index=themes, columns=strengths).fillna(0).astype(int)


def _highest(counts: pd.Series) -> str | None:
    """Return the highest strength that a theme reached, if any."""
    reached = [str(strength) for strength, count in counts.items() if count]
    return reached[-1] if reached else None


def _fields(shares: pd.DataFrame, counts: pd.DataFrame, lang: Language) -> dict[str, object]:
    names = shares[lang.column("theme")]
    tops = [_highest(counts.loc[theme_id]) for theme_id in shares["theme_id"]]
    strengths = lang.labels("outcome_codes", "strength")
    none, last = lang.phrase("none"), list(strengths)[-1]
    first = tops[0] if tops else None
    shares_by_name = dict(zip(names, shares["attention"], strict=True))
    return {
        "first": leader(shares_by_name),
        "first_strength": None if first in (None, last) else strengths[str(first)],
        "top_theme": names.iloc[0] if len(names) else none,
        "top_strength": none if first is None else strengths[first],
        "funded": joined(names[[top == last for top in tops]], lang),
    }


def _draw(sheet: Sheet, shares: pd.DataFrame, counts: pd.DataFrame) -> None:
    bars, circles = sheet.axes
    names = list(shares[sheet.lang.column("theme")])
    for row, (theme_id, share) in enumerate(
        zip(shares["theme_id"], shares["attention"], strict=True)
    ):
        y = len(shares) - 1 - row
        _draw_bar(sheet, bars, y, theme_id, names[row], share)
        _draw_circles(sheet, circles, y, theme_id, names[row], counts.loc[theme_id])
    left, right = _rooms(sheet, names)
    _attention_axes(sheet, bars, names, shares["attention"].max())
    above = _delivery_axes(sheet, circles, right)
    _name_panel(sheet, bars, "attention", left, above)
    _name_panel(sheet, circles, "delivery", right, above)
    theme.legend(circles, sheet.lang, _handles(sheet), columns=2, gap=0.4, room=right)


def _rooms(sheet: Sheet, names: list[str]) -> tuple[float, ...]:
    """Return the points that each panel has beside the names of the rows."""
    room = sheet.column_room(names, 1)
    return tuple(room * panel / sum(PANELS) for panel in PANELS)


def _draw_bar(sheet: Sheet, axes: Axes, y: int, theme_id: str, name: str, share: float) -> None:
    text = sheet.lang.share(share)
    gid = sheet.mark(f"{theme_id}-attention", f"{name}: {text}", ("themes", theme_id))
    axes.barh([y], [share], 0.6, color=theme.PALETTE["amber"], gid=gid)
    gap = LABEL_GAP * sheet.size.font
    sheet.beside(text, (share, y), gap, axes, fontsize=sheet.small, gid=f"{gid}-text")


def _draw_circles(
    sheet: Sheet, axes: Axes, y: int, theme_id: str, name: str, counts: pd.Series
) -> None:
    axes.axhline(y, color=theme.PALETTE["faint"], linewidth=0.8, zorder=0)
    labels, highest = sheet.lang.labels("outcome_codes", "strength"), _highest(counts)
    for x, (strength, count) in enumerate(counts.items()):
        if not count:
            continue
        top, number = strength == highest, sheet.lang.number(int(count))
        says = f"{name}: {labels[str(strength)]} {number}"
        gid = sheet.mark(f"{theme_id}-{strength}", says, ("themes", theme_id))
        axes.plot(
            [x],
            [y],
            marker="o",
            markersize=(WALL_CIRCLE if sheet.size.fixed else CIRCLE) * sheet.scale,
            zorder=3,
            gid=gid,
            **theme.mark_style("navy", sheet.scale, hollow=not top, width=1.0),
        )
        axes.text(
            x,
            y,
            sheet.draw(number),
            ha="center",
            va="center",
            zorder=4,
            color=theme.PALETTE["paper" if top else "ink"],
            fontsize=0.75 * sheet.size.font,
            gid=f"{gid}-text",
        )


def _attention_axes(sheet: Sheet, axes: Axes, names: list[str], largest: float) -> None:
    theme.rows(axes, names, sheet.lang, lines=False)
    axes.set_ylim(-0.7, len(names) - 0.3)
    theme.limits(axes, 0, ROOM_FOR_VALUES * (largest if largest > 0 else 1), sheet.lang)
    axes.set_xticks([])


def _delivery_axes(sheet: Sheet, axes: Axes, room: float) -> float:
    """Name the columns, and return the points that their names take above them."""
    lang = sheet.lang
    labels = list(lang.labels("outcome_codes", "strength").values())
    above = theme.heads(axes, labels, lang, room / (len(labels) + 0.2))
    theme.limits(axes, -0.6, len(labels) - 0.4, lang)
    theme.bare(axes)
    axes.tick_params(labelleft=False, labelright=False)
    return above


def _name_panel(sheet: Sheet, axes: Axes, phrase: str, room: float, above: float) -> None:
    """Write the name of a panel above the heads of columns, at one height in both panels."""
    size = PANEL_NAME * sheet.size.font
    name = theme.wrap(sheet.lang.phrase(phrase), sheet.lang, room, size)
    pad = max(PANEL_PAD * sheet.size.font, above)
    axes.set_title(sheet.draw(name), fontsize=size, y=1.0, pad=pad)


def _handles(sheet: Sheet) -> list[Line2D]:
    """Return what a filled circle says, and a hollow one."""
    return [
        Line2D(
            [],
            [],
            marker="o",
            markersize=0.7 * CIRCLE * sheet.scale,
            label=sheet.draw(sheet.lang.phrase(phrase)),
            **theme.mark_style("navy", sheet.scale, hollow=hollow, width=1.0),
        )
        for phrase, hollow in (("highest-reached", False), ("below-highest", True))
    ]
