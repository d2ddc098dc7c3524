"""Bars: sums as several accounts tell them (figure ``package``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.patches import Patch

from helpers import theme
from helpers.charts.base import (
    Chart,
    Row,
    Sheet,
    drawing,
    drawn_at_any_size,
    in_order,
    joined,
    records,
)
from helpers.data import codes, codes_where, source_ids
from helpers.language import Language

ROW_HEIGHT = 0.62  # inches at reading size
BARS = 0.68  # part of a row that its bars take
LABEL_WIDTH = 150  # points at reading size
LABEL_GAP = 0.4  # ems between a bar and its value
ROOM_FOR_VALUES = 1.12  # of the longest bar
HATCH: Mapping[str, Any] = {
    "hatch": "//",
    "edgecolor": theme.PALETTE["light"],
    "linewidth": 0,
}


@dataclass(frozen=True)
class Account:
    """Who tells a sum, and the column that holds what they tell."""

    column: str
    colour: str
    title: str
    in_report: bool


@drawn_at_any_size
def package_comparison(package: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw the sums of the package as the report tells them beside those of other sources.

    Parameters
    ----------
    package : pandas.DataFrame
        As :func:`helpers.data.package_accounts` returns it. A column ``<account>_value`` is drawn
        for each account of ``said_by`` that has one; ``value`` is that of the sources.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        A sum that the report gives to more than one row is hatched. Its description has the fields
        ``parts`` (that sources give), ``silent`` (parts without a figure in the report), ``named``
        (the others), ``told`` and ``sourced`` (what these sum to in the report and by sources),
        ``total``, ``repeated`` and ``times`` (sums that the report gives more than once, and how
        often), its finding ``apart``: the parts named, if the two sums of them differ.
    """
    order = package.assign(descending=-package["value"].fillna(0))
    package = in_order(order, "series_order", "descending", "indicator_id")
    accounts = _accounts(package, lang)
    with drawing(lang, size, ROW_HEIGHT * max(len(package), 2) + 0.9) as sheet:
        if sheet.has(package):
            _draw(sheet, package, accounts)
    return sheet.chart(_fields(package, accounts, lang), source_ids(package))


def _accounts(package: pd.DataFrame, lang: Language) -> list[Account]:
    """Return the accounts that the frame holds, in the order of their codes."""
    told = codes_where("agreement_stages", "said_by", in_report=True)
    accounts: list[Account] = []
    for name, code in codes("agreement_stages", "said_by").items():
        column = f"{name}_value"
        if column not in package and name not in told and "value" in package:
            column = "value"
        if column in package and column not in {account.column for account in accounts}:
            title = lang.pick(code, "title")
            accounts.append(Account(column, code["colour"], title, name in told))
    return accounts


def _repeated(package: pd.DataFrame, column: str) -> pd.Series:
    """Return which rows hold a sum that the account gives to another row too."""
    told = package[column]
    return told.notna() & told.duplicated(keep=False)


def _draw(sheet: Sheet, package: pd.DataFrame, accounts: list[Account]) -> None:
    thick = BARS / len(accounts)
    for lane, account in enumerate(accounts):
        shift = thick * ((len(accounts) - 1) / 2 - lane)
        hatched = _repeated(package, account.column) & account.in_report
        for row, sums in enumerate(records(package)):
            height = len(package) - 1 - row + shift
            _draw_bar(sheet, height, 0.92 * thick, sums, account, bool(hatched.iloc[row]))
    _axes(sheet, package, accounts)
    _legend(sheet, package, accounts)


def _draw_bar(
    sheet: Sheet, height: float, thick: float, sums: Row, account: Account, hatched: bool
) -> None:
    lang, value = sheet.lang, sums[account.column]
    stated = bool(pd.notna(value))
    gid = f"{sums['indicator_id']}-{account.column}"
    text = lang.number(value) if stated else lang.phrase("no-figure-given")
    if stated:
        says = f"{_name(sums, lang)}: {text} ({account.title})"
        look: dict[str, Any] = dict(HATCH) if hatched else {}
        colour = theme.PALETTE[account.colour]
        look |= {"gid": sheet.mark(gid, says, ("indicators", sums["indicator_id"]))}
        sheet.ax.barh([height], [value], thick, color=colour, **look)
    sheet.beside(
        text,
        (value if stated else 0, height),
        LABEL_GAP * sheet.size.font,
        color=theme.PALETTE["ink" if stated else "grey"],
        fontsize=sheet.small,
        gid=f"{gid}-text",
    )


def _axes(sheet: Sheet, package: pd.DataFrame, accounts: list[Account]) -> None:
    axes, lang = sheet.ax, sheet.lang
    theme.rows(
        axes,
        [sheet.wrapped(_name(s, lang), LABEL_WIDTH) for s in records(package)],
        lang,
        lines=False,
    )
    told = [float(package[account.column].max()) for account in accounts]
    longest = max((value for value in told if value > 0), default=1.0)
    end = ROOM_FOR_VALUES * longest
    theme.limits(axes, 0, end, lang)
    ticks = [tick for tick in axes.get_xticks() if 0 <= tick <= end]
    axes.set_xticks(ticks, [sheet.draw(lang.number(tick)) for tick in ticks])
    axes.tick_params(axis="x", length=3.5)
    for side in ("bottom", lang.start):
        axes.spines[side].set_visible(True)
    axes.grid(axis="x", color=theme.PALETTE["faint"])
    axes.set_axisbelow(True)
    series = list(package["series"])
    for row, (one, other) in enumerate(pairwise(series), start=1):
        if one != other:
            axes.axhline(len(series) - row - 0.5, color=theme.PALETTE["grey"], linewidth=0.8)


def _legend(sheet: Sheet, package: pd.DataFrame, accounts: list[Account]) -> None:
    handles: list[Artist] = []
    repeated: list[Artist] = []
    for account in accounts:
        colour = theme.PALETTE[account.colour]
        handles.append(Patch(facecolor=colour, label=sheet.draw(account.title)))
        if account.in_report and _repeated(package, account.column).any():
            label = sheet.draw(sheet.lang.phrase("same-sum"))
            repeated.append(Patch(facecolor=colour, label=label, **HATCH))
    theme.legend(sheet.ax, sheet.lang, [*handles, *repeated], columns=3)


def _name(sums: Row, lang: Language) -> str:
    item = sums[lang.column("item")]
    return str(item if pd.notna(item) else sums[lang.column("title")])


def _fields(package: pd.DataFrame, accounts: list[Account], lang: Language) -> dict[str, object]:
    reported = next(account.column for account in accounts if account.in_report)
    parts = package[package[lang.column("item")].notna() & package["theme_id"].notna()]
    told = parts[parts[reported].notna()]
    total = package[package["theme_id"].isna()]["value"]
    twice = package[_repeated(package, reported)][reported]
    sums = [round(float(told[column].sum()), 9) for column in (reported, "value")]
    apart = len(total) and sums[0] != sums[1] and min(sums) > 0
    return {
        "apart": joined(told[lang.column("item")], lang) if apart else None,
        "parts": lang.number(len(parts)),
        "silent": lang.number(len(parts) - len(told)),
        "named": joined(told[lang.column("item")], lang),
        "told": lang.number(told[reported].sum()),
        "sourced": lang.number(told["value"].sum()),
        "total": lang.number(total.iloc[0] if len(total) else 0),
        "repeated": joined(twice.drop_duplicates().map(lang.number), lang),
        "times": lang.number(len(twice)),
    }
