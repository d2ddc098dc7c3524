"""Ladder of agreements: how far each country has come, account by account.

It draws the figure ``agreements-ladder``.
"""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from matplotlib.lines import Line2D

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
from helpers.data import codes, source_ids
from helpers.language import Language

LANE_HEIGHT = 0.475  # inches at reading size, for one account of one country
# Part of a row that its lanes take, points from a mark to its date, rows from the edge of a row to
# the line that parts it from the next; then the same where the height is fixed.
ROW, DROP, LINE = 0.88, 7, 0.05
WALL_ROW, WALL_DROP, WALL_LINE = 0.95, 4.5, 0.13
LOW, MARGIN = 0.55, 0.1  # rows: of a country without an agreement, above and below all
MARKER_SIZE, WALL_MARKER_SIZE = 9, 7.5
DATE_SIZE = 9


@drawn_at_any_size
def agreements_ladder(stages: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw the stages that each agreement has reached, one account above the other.

    Parameters
    ----------
    stages : pandas.DataFrame
        As :func:`helpers.data.agreement_ladder` returns it: one row a stage and account, and one
        row without a stage for a country that has no agreement.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields ``furthest``, ``outside`` and ``undated``, its finding
        ``ahead`` (the country that alone has come furthest) and ``stage`` (how far).
    """
    stages = in_order(stages, "country_order", "stage", "said_by", "stage_id")
    stages = stages.assign(expected=stages["expected"].fillna(False).astype(bool))
    countries = list(distinct(stages, "country_id", "country_order")["country_id"])
    lanes = len(codes("agreement_stages", "said_by"))
    told = {country: stages[stages["country_id"] == country] for country in countries}
    edges = _edges([LOW if told[country]["stage"].isna().all() else 1 for country in countries])
    with drawing(lang, size, LANE_HEIGHT * lanes * max(edges[0], 2) + 0.6) as sheet:
        if sheet.has(stages):
            for country, (top, foot) in zip(countries, pairwise(edges), strict=True):
                _draw_country(sheet, (top + foot) / 2, country, told[country])
            _axes(sheet, countries, edges)
            theme.legend(sheet.ax, lang, _legend_handles(sheet), columns=3, gap=0.3)
    return sheet.chart(_fields(stages, lang), source_ids(stages))


def _edges(heights: list[float]) -> list[float]:
    """Return the top of each row, from the top down, and the foot of the last, which is 0."""
    return [sum(heights[row:]) for row in range(len(heights) + 1)]


def _fields(stages: pd.DataFrame, lang: Language) -> dict[str, object]:
    rank = _ranks()
    reached = stages[stages["stage"].notna() & ~stages["expected"]]
    ranks = reached["stage"].astype("object").map(rank)
    furthest = reached[ranks == ranks.max()]["country_id"].drop_duplicates()
    outside = stages[stages["stage"].isna()]["country_id"].drop_duplicates()
    alone = len(furthest) == 1 < stages["country_id"].nunique()
    names = lang.labels("agreement_stages", "stage")
    return {
        "ahead": lang.country(furthest.iloc[0]) if alone else None,
        "stage": list(names.values())[int(ranks.max())] if alone else None,
        "furthest": joined(map(lang.country, furthest), lang),
        "outside": joined(map(lang.country, outside), lang),
        "undated": lang.number(int((stages["date_status"] == "not_stated").sum())),
    }


def _ranks() -> dict[str, int]:
    return {stage: place for place, stage in enumerate(codes("agreement_stages", "stage"))}


def _draw_country(sheet: Sheet, y: float, country: str, stages: pd.DataFrame) -> None:
    rank = _ranks()
    if stages["stage"].isna().all():
        sheet.ax.text(
            (len(rank) - 1) / 2,
            y,
            sheet.draw(sheet.lang.phrase("no-enhanced-agreement")),
            ha="center",
            va="center",
            color=theme.PALETTE["grey"],
            gid=sheet.mark(
                f"{country}-outside", sheet.lang.country(country), ("tables", "agreements")
            ),
        )
        return
    accounts = codes("agreement_stages", "said_by")
    for lane, account in enumerate(accounts):
        told = stages[stages["said_by"] == account]
        height = y + (WALL_ROW if sheet.size.fixed else ROW) / len(accounts) * (
            (len(accounts) - 1) / 2 - lane
        )
        _draw_reach(sheet, height, country, account, told)
        for stage in records(told):
            _draw_stage(sheet, height, country, stage)


def _draw_reach(
    sheet: Sheet, height: float, country: str, account: str, told: pd.DataFrame
) -> None:
    """Draw a bar from the first stage that an account mentions to the furthest that is done."""
    done = [_ranks()[stage] for stage in told[~told["expected"]]["stage"]]
    if not done:
        return
    code = codes("agreement_stages", "said_by")[account]
    sheet.ax.plot(
        [min(done), max(done)],
        [height, height],
        color=theme.PALETTE[code["colour"]],
        alpha=0.25,
        linewidth=7 * sheet.scale,
        solid_capstyle="round",
        zorder=1,
        gid=f"{country}-{account}-reach",
    )


def _draw_stage(sheet: Sheet, height: float, country: str, stage: Row) -> None:
    lang, hollow = sheet.lang, bool(stage["expected"])
    code = codes("agreement_stages", "said_by")[stage["said_by"]]
    dated = stage["date_status"] == "stated"
    text = lang.date(stage["date"], stage["precision"]) if dated else lang.phrase("undated")
    if hollow:
        text = lang.phrase("expected-in", value=text)
    reached = lang.label("agreement_stages", "stage", stage["stage"])
    when = lang.clauses([reached, f"{text} ({lang.pick(code, 'title')})"])
    says = f"{lang.country(country)}: {when}"
    x = _ranks()[stage["stage"]]
    sheet.ax.plot(
        [x],
        [height],
        marker=code["marker"],
        markersize=(WALL_MARKER_SIZE if sheet.size.fixed else MARKER_SIZE) * sheet.scale,
        zorder=3,
        gid=sheet.mark(stage["stage_id"], says, ("agreement_stages", stage["stage_id"])),
        **theme.mark_style(code["colour"], sheet.scale, hollow),
    )
    sheet.ax.annotate(
        sheet.draw(text),
        (x, height),
        xytext=(0, -(WALL_DROP if sheet.size.fixed else DROP) * sheet.scale),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=DATE_SIZE * sheet.scale,
        color=theme.PALETTE["ink" if dated else "grey"],
        gid=f"{stage['stage_id']}-date",
    )


def _axes(sheet: Sheet, countries: list[str], edges: list[float]) -> None:
    axes, lang = sheet.ax, sheet.lang
    labels = list(lang.labels("agreement_stages", "stage").values())
    names = [lang.country(country) for country in countries]
    theme.heads(axes, labels, lang, sheet.column_room(names, len(labels) + 0.1))
    theme.limits(axes, -0.55, len(labels) - 0.45, lang)
    middles = [(top + foot) / 2 for top, foot in pairwise(edges)]
    axes.set_yticks(middles, [sheet.draw(name) for name in names])
    axes.set_ylim(-MARGIN, edges[0] + MARGIN)
    theme.bare(axes)
    drop = WALL_LINE if sheet.size.fixed else LINE
    for edge in edges[1:-1]:
        axes.axhline(edge - drop, color=theme.PALETTE["light"], linewidth=0.8)


def _legend_handles(sheet: Sheet) -> list[Line2D]:
    lang, accounts = sheet.lang, codes("agreement_stages", "said_by")
    entries = [(code, lang.pick(code, "title"), False) for code in accounts.values()]
    entries.append((next(iter(accounts.values())), lang.phrase("expected-only"), True))
    return [
        Line2D(
            [],
            [],
            marker=code["marker"],
            markersize=MARKER_SIZE * sheet.scale,
            label=sheet.draw(label),
            **theme.mark_style(code["colour"], sheet.scale, hollow),
        )
        for code, label, hollow in entries
    ]
