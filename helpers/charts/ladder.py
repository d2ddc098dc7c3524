"""Ladder of agreements: how far each country has come, by two accounts."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers import theme
from helpers.data import codes, source_ids
from helpers.language import Language

ROW_HEIGHT = 0.95  # inches at reading size, for the two accounts of one country
LANE_DISTANCE = 0.44
MARKER_SIZE = 9
DATE_SIZE = 9


def agreements_ladder(stages: pd.DataFrame, lang: Language, size: str = "reading") -> Figure:
    """Draw the stages that each agreement has reached, the report's account above the others.

    Parameters
    ----------
    stages : pandas.DataFrame
        As :func:`helpers.data.agreement_ladder` returns it: one row a stage and account, and one
        row without a stage for a country that has no agreement.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields ``furthest``, ``outside`` and ``undated``.
    """
    with theme.style(lang, size):
        countries = list(dict.fromkeys(stages["country_id"]))
        figure, axes = theme.canvas(lang, size, height=ROW_HEIGHT * max(len(countries), 2) + 0.6)
        if stages.empty:
            theme.say_nothing_to_show(axes, lang)
            theme.describe(figure, furthest="", outside="", undated=0)
            return figure
        rank = {stage: number for number, stage in enumerate(codes("agreement_stages", "stage"))}
        for row, country in enumerate(countries):
            y = len(countries) - 1 - row
            _draw_country(
                axes, y, stages[stages["country_id"] == country], rank, lang, figure.size.scale
            )
        _axes(axes, countries, rank, lang)
        theme.legend(axes, lang, _legend_handles(lang, figure.size.scale), columns=3, gap=0.3)
        reached = stages[stages["stage"].notna() & ~stages["expected"].fillna(False)]
        furthest = reached[reached["stage"] == reached["stage"].max()]["country_id"].unique()
        theme.describe(
            figure,
            sources=source_ids(stages),
            furthest=lang.join(lang.country(country) for country in furthest),
            outside=lang.join(map(lang.country, stages[stages["stage"].isna()]["country_id"])),
            undated=lang.number((stages["date_status"] == "not_stated").sum()),
        )
        theme.finish(figure)
    return figure


def _draw_country(
    axes: Axes, y: int, stages: pd.DataFrame, rank: dict, lang: Language, scale: float
) -> None:
    if stages["stage"].isna().all():
        text = lang.draw(lang.phrase("no-enhanced-agreement"))
        axes.text(
            (len(rank) - 1) / 2, y, text, ha="center", va="center", color=theme.PALETTE["grey"]
        )
        return
    accounts = codes("agreement_stages", "said_by")
    for lane, (account, code) in enumerate(accounts.items()):
        told = stages[stages["said_by"] == account]
        height = y + LANE_DISTANCE * ((len(accounts) - 1) / 2 - lane)
        done = told[~told["expected"]]["stage"].map(rank).astype(float)
        axes.plot(
            [0, done.max()],
            [height, height],
            color=theme.PALETTE[code["colour"]],
            alpha=0.25,
            linewidth=7 * scale,
            solid_capstyle="round",
            zorder=1,
        )
        for _, stage in told.iterrows():
            _draw_stage(axes, height, stage, rank, lang, scale)


def _draw_stage(
    axes: Axes, height: float, stage: pd.Series, rank: dict, lang: Language, scale: float
) -> None:
    code = codes("agreement_stages", "said_by")[stage["said_by"]]
    hollow = bool(stage["expected"])
    x = rank[stage["stage"]]
    axes.plot(
        [x],
        [height],
        marker=code["marker"],
        markersize=MARKER_SIZE * scale,
        zorder=3,
        gid=stage["stage_id"],
        **theme.mark_style(code["colour"], scale, hollow),
    )
    dated = stage["date_status"] == "stated"
    text = lang.date(stage["date"], stage["precision"]) if dated else lang.phrase("undated")
    if hollow:
        text = lang.phrase("expected-in", value=text)
    axes.annotate(
        lang.draw(text),
        (x, height),
        xytext=(0, -7 * scale),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=DATE_SIZE * scale,
        color=theme.PALETTE["ink" if dated else "grey"],
        gid=f"{stage['stage_id']}-date",
    )


def _axes(axes: Axes, countries: list[str], rank: dict, lang: Language) -> None:
    labels = lang.labels("agreement_stages", "stage").values()
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(rank)), [lang.draw(label) for label in labels], va="baseline")
    ends = (-0.55, len(rank) - 0.45)
    axes.set_xlim(*(ends[::-1] if lang.is_rtl else ends))
    names = [lang.draw(lang.country(country)) for country in countries]
    axes.set_yticks(range(len(countries) - 1, -1, -1), names)
    axes.set_ylim(-0.62, len(countries) - 0.4)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for y in range(1, len(countries)):
        axes.axhline(y - 0.55, color=theme.PALETTE["light"], linewidth=0.8)


def _legend_handles(lang: Language, scale: float) -> list:
    accounts = codes("agreement_stages", "said_by")
    handles = [_mark(code, lang.pick(code, "title"), lang, scale) for code in accounts.values()]
    first = next(iter(accounts.values()))
    return [*handles, _mark(first, lang.phrase("expected-only"), lang, scale, hollow=True)]


def _mark(code: dict, label: str, lang: Language, scale: float, hollow: bool = False) -> Line2D:
    return Line2D(
        [],
        [],
        marker=code["marker"],
        markersize=MARKER_SIZE * scale,
        label=lang.draw(label),
        **theme.mark_style(code["colour"], scale, hollow),
    )
