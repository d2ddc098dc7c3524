"""Bars: sums told twice, and attention beside delivery."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from helpers import theme
from helpers.data import codes, source_ids
from helpers.data import themes as known_themes
from helpers.language import Language

ROW_HEIGHT = 0.62  # inches at reading size
BAR = 0.34
LABEL_WIDTH = 150  # points at reading size
ACCOUNTS = ("report_value", "value")
CIRCLE = 17
HATCH = {"hatch": "///", "edgecolor": theme.PALETTE["paper"], "linewidth": 0}


def package_comparison(package: pd.DataFrame, lang: Language, size: str = "reading") -> Figure:
    """Draw the sums of the package as the report tells them beside those of other sources.

    Parameters
    ----------
    package : pandas.DataFrame
        As :func:`helpers.data.package_accounts` returns it.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        A sum that the report gives to more than one row is hatched. Its description has the fields
        ``parts`` (that sources give), ``silent`` (parts without a figure in the report), ``named``
        (the others), ``told`` and ``sourced`` (what these sum to in the report and by sources),
        ``total``, ``repeated`` and ``times`` (sums that the report gives more than once, and how
        often).
    """
    with theme.style(lang, size):
        figure, axes = theme.canvas(lang, size, height=ROW_HEIGHT * max(len(package), 2) + 0.9)
        known_themes(package["theme_id"])
        if package.empty:
            theme.say_nothing_to_show(axes, lang)
            theme.describe(
                figure,
                parts=0,
                silent=0,
                named="",
                told=0,
                sourced=0,
                total=0,
                repeated="",
                times=0,
            )
            return figure
        accounts = codes("agreement_stages", "said_by")
        package = package.assign(repeated=_repeated(package))
        for row, sums in package.iterrows():
            for lane, (column, code) in enumerate(zip(ACCOUNTS, accounts.values(), strict=True)):
                height = len(package) - 1 - row + BAR * (0.5 - lane)
                hatched = sums["repeated"] and column == ACCOUNTS[0]
                _bar(axes, height, sums, column, code["colour"], lang, hatched)
        _bar_axes(axes, figure, package, lang)
        _package_legend(axes, accounts, package["repeated"].any(), lang)
        _describe_package(figure, package, lang)
        theme.finish(figure)
    return figure


def _repeated(package: pd.DataFrame) -> pd.Series:
    """Return which rows hold a sum that the report gives to another row too."""
    told = package[ACCOUNTS[0]]
    return told.notna() & told.duplicated(keep=False)


def _package_legend(axes: Axes, accounts: dict, repeated: bool, lang: Language) -> None:
    handles = [
        Patch(facecolor=theme.PALETTE[c["colour"]], label=lang.draw(lang.pick(c, "title")))
        for c in accounts.values()
    ]
    if repeated:
        colour = next(iter(accounts.values()))["colour"]
        label = lang.draw(lang.phrase("same-sum"))
        handles.append(Patch(facecolor=theme.PALETTE[colour], label=label, **HATCH))
    theme.legend(axes, lang, handles, columns=3)


def _describe_package(figure: Figure, package: pd.DataFrame, lang: Language) -> None:
    parts = package[package["item_en"].notna() & package["theme_id"].notna()]
    told = parts[parts["report_value"].notna()]
    total = package[package["theme_id"].isna()]["value"]
    twice = package[package["repeated"]]["report_value"]
    theme.describe(
        figure,
        sources=source_ids(package),
        parts=lang.number(len(parts)),
        silent=lang.number(len(parts) - len(told)),
        named=lang.join(told[lang.column("item")]) if len(told) else lang.phrase("none"),
        told=lang.number(told["report_value"].sum()),
        sourced=lang.number(told["value"].sum()),
        total=lang.number(total.iloc[0]) if len(total) else "",
        repeated=lang.join(map(lang.number, twice.unique())) if len(twice) else lang.phrase("none"),
        times=lang.number(len(twice)),
    )


def _bar(
    axes: Axes,
    height: float,
    sums: pd.Series,
    column: str,
    colour: str,
    lang: Language,
    hatched: bool,
) -> None:
    value = sums[column]
    stated = pd.notna(value)
    if stated:
        axes.barh(
            [height],
            [value],
            BAR * 0.92,
            color=theme.PALETTE[colour],
            gid=f"{sums['indicator_id']}-{column}",
            **(HATCH if hatched else {}),
        )
    text = lang.number(value) if stated else lang.phrase("no-figure-given")
    axes.annotate(
        lang.draw(text),
        (value if stated else 0, height),
        xytext=((-1 if lang.is_rtl else 1) * 0.4 * mpl.rcParams["font.size"], 0),
        textcoords="offset points",
        ha=lang.start,
        va="center",
        color=theme.PALETTE["ink" if stated else "grey"],
        fontsize=theme.SMALL_SIZE * mpl.rcParams["font.size"],
        gid=f"{sums['indicator_id']}-{column}-text",
    )


def _bar_axes(axes: Axes, figure: Figure, package: pd.DataFrame, lang: Language) -> None:
    small, room = theme.SMALL_SIZE * figure.size.font, LABEL_WIDTH * figure.size.scale
    names = [_name(sums, lang) for _, sums in package.iterrows()]
    names = [lang.draw(theme.wrap(figure, name, room, small)) for name in names]
    axes.set_yticks(range(len(package) - 1, -1, -1), names)
    axes.set_ylim(-0.6, len(package) - 0.4)
    end = 1.12 * package[list(ACCOUNTS)].max(axis=None)
    axes.set_xlim(*((end, 0) if lang.is_rtl else (0, end)))
    axes.set_xticks(
        ticks := axes.get_xticks()[axes.get_xticks() <= end],
        [lang.draw(lang.number(tick)) for tick in ticks],
    )
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=theme.PALETTE["faint"])
    axes.set_axisbelow(True)
    for y in range(1, len(package)):
        if package.iloc[len(package) - 1 - y]["series"] != package.iloc[len(package) - y]["series"]:
            axes.axhline(y - 0.5, color=theme.PALETTE["grey"], linewidth=0.8)


def _name(sums: pd.Series, lang: Language) -> str:
    item = sums[lang.column("item")]
    return item if pd.notna(item) else sums[lang.column("title")]


def attention_and_delivery(
    attention: pd.Series, delivery: pd.DataFrame, lang: Language, size: str = "reading"
) -> Figure:
    """Draw how much a theme weighs before the outcomes beside what it got from them.

    Delivery is ordinal: a circle holds the number of outcomes of a strength, the highest is filled.

    Parameters
    ----------
    attention : pandas.Series
        As :func:`helpers.argument.attention` returns it.
    delivery : pandas.DataFrame
        As :func:`helpers.argument.delivery` returns it.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields ``top_theme``, ``top_strength`` (what the theme with most
        attention got at most) and ``funded`` (themes that reached the highest code).
    """
    with theme.style(lang, size):
        order = attention.sort_values(ascending=False, kind="stable").index
        height = 0.38 * max(len(order), 2) + 0.8
        figure, (bars, circles) = theme.panels(lang, size, height, ratios=(1, 1.25))
        themes = known_themes(attention.index)[lang.column("title")]
        if attention.empty:
            theme.say_nothing_to_show(bars, lang)
            theme.describe(figure, top_theme="", top_strength="", funded="")
            return figure
        for row, theme_id in enumerate(order):
            y = len(order) - 1 - row
            _attention_bar(bars, y, theme_id, attention[theme_id], lang)
            _delivery_circles(circles, y, theme_id, delivery.loc[theme_id], lang, figure)
        _attention_axes(bars, [themes[name] for name in order], attention.max(), lang)
        _delivery_axes(circles, lang)
        strongest = delivery["highest"].cat.categories[-1]
        highest = delivery.at[order[0], "highest"]
        funded = themes[order[delivery.loc[order, "highest"] == strongest]]
        theme.describe(
            figure,
            top_theme=themes[order[0]],
            top_strength=lang.label("outcome_codes", "strength", highest)
            if pd.notna(highest)
            else lang.phrase("none"),
            funded=lang.join(funded) if len(funded) else lang.phrase("none"),
        )
        theme.finish(figure)
    return figure


def _attention_bar(axes: Axes, y: int, theme_id: str, share: float, lang: Language) -> None:
    axes.barh([y], [share], 0.6, color=theme.PALETTE["amber"], gid=f"{theme_id}-attention")
    axes.annotate(
        lang.draw(lang.percent(100 * share, 0)),
        (share, y),
        xytext=((-1 if lang.is_rtl else 1) * 0.3 * mpl.rcParams["font.size"], 0),
        textcoords="offset points",
        ha=lang.start,
        va="center",
        fontsize=theme.SMALL_SIZE * mpl.rcParams["font.size"],
        gid=f"{theme_id}-attention-text",
    )


def _delivery_circles(
    axes: Axes, y: int, theme_id: str, row: pd.Series, lang: Language, figure: Figure
) -> None:
    axes.axhline(y, color=theme.PALETTE["faint"], linewidth=0.8, zorder=0)
    for x, strength in enumerate(codes("outcome_codes", "strength")):
        count = int(row[strength])
        if not count:
            continue
        top = strength == row["highest"]
        axes.plot(
            [x],
            [y],
            marker="o",
            markersize=CIRCLE * figure.size.scale,
            zorder=3,
            gid=f"{theme_id}-{strength}",
            **theme.mark_style("navy", figure.size.scale, hollow=not top, width=1.0),
        )
        axes.text(
            x,
            y,
            lang.draw(lang.number(count)),
            ha="center",
            va="center_baseline",
            zorder=4,
            color=theme.PALETTE["paper" if top else "ink"],
            fontsize=0.75 * mpl.rcParams["font.size"],
            gid=f"{theme_id}-{strength}-text",
        )


def _attention_axes(axes: Axes, titles: list[str], largest: float, lang: Language) -> None:
    axes.set_yticks(range(len(titles) - 1, -1, -1), [lang.draw(title) for title in titles])
    axes.set_ylim(-0.7, len(titles) - 0.3)
    end = 1.25 * largest
    axes.set_xlim(*((end, 0) if lang.is_rtl else (0, end)))
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    axes.spines[:].set_visible(False)
    axes.set_title(lang.draw(lang.phrase("attention")), fontsize=0.9 * mpl.rcParams["font.size"])


def _delivery_axes(axes: Axes, lang: Language) -> None:
    labels = [lang.draw(label) for label in lang.labels("outcome_codes", "strength").values()]
    axes.set_xticks(range(len(labels)), labels, va="baseline")
    axes.tick_params(axis="x", pad=1.2 * mpl.rcParams["font.size"])
    ends = (-0.6, len(labels) - 0.4)
    axes.set_xlim(*(ends[::-1] if lang.is_rtl else ends))
    axes.tick_params(length=0, labelleft=False, labelright=False)
    axes.spines[:].set_visible(False)
    axes.set_title(lang.draw(lang.phrase("delivery")), fontsize=0.9 * mpl.rcParams["font.size"])
