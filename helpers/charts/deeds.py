"""Words against deeds, and the score with its band (``words-and-deeds``, ``score-band``)."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers import theme
from helpers.charts.base import Chart, Sheet, drawing, drawn_at_any_size, records
from helpers.charts.standings import ROW_HEIGHT, Counts, counted, draw_standings, height_of
from helpers.data import codes, codes_where
from helpers.evidence import band
from helpers.language import Language

UNCODED = "no-outcome"
MARK = 10.0  # points at reading size
# What the compliance studies give: broken or not begun, under way, kept.
LOWEST, MIDDLE, HIGHEST = -1, 0, 1
LEAST = 2  # promises of a strength that are compared
ROOM = 0.16  # beside the ends of the scale


@drawn_at_any_size
def words_and_deeds(states: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw what became of promises by how strongly they were worded.

    Parameters
    ----------
    states : pandas.DataFrame
        As :func:`helpers.evidence.state` returns it; promises without a stage are passed over.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Every number is that of promises. Its texts have the fields ``promises``, ``coded`` (that
        have a strength), ``strong`` and ``weak`` (worded as agreed or stronger, and weaker), and of
        each how many are kept: ``strong_kept``, ``weak_kept``. Its finding compares the two, if
        there are several of both: ``of_strong``, ``of_weak``.
    """
    staged = states[states["standing"].notna()]
    counts = _counts(staged)
    with drawing(lang, size, height_of(len(counts))) as sheet:
        if sheet.has(staged):
            draw_standings(sheet, counts, {name: strength_text(name, lang) for name in counts})
    return sheet.chart(_word_fields(staged, lang))


def _counts(staged: pd.DataFrame) -> Counts:
    """Return how many promises of each strength have each standing, the strongest last."""
    counts: Counts = {}
    for row in records(staged):
        counted(row, counts, UNCODED if pd.isna(row["strength"]) else row["strength"])
    strengths = [*codes("outcome_codes", "strength"), UNCODED]
    return {name: counts[name] for name in strengths if name in counts}


def strength_text(name: str, lang: Language) -> str:
    """Return the label of a strength, or that the promise comes from no outcome."""
    known = name in codes("outcome_codes", "strength")
    return lang.label("outcome_codes", "strength", name) if known else lang.phrase(name)


def _word_fields(staged: pd.DataFrame, lang: Language) -> dict[str, object]:
    firm = codes_where("outcome_codes", "strength", undertakes=True)
    rows = records(staged[staged["strength"].notna()])
    strong = [row["standing"] == "kept" for row in rows if row["strength"] in firm]
    weak = [row["standing"] == "kept" for row in rows if row["strength"] not in firm]
    several = min(len(strong), len(weak)) >= LEAST
    return {
        "promises": lang.number(len(staged)),
        "coded": lang.number(len(rows)),
        "strong": lang.number(len(strong)),
        "weak": lang.number(len(weak)),
        "strong_kept": lang.number(sum(strong)),
        "weak_kept": lang.number(sum(weak)),
        "of_strong": lang.number(len(strong)) if several else None,
        "of_weak": lang.number(len(weak)) if several else None,
    }


@drawn_at_any_size
def score_band(scores: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw the score under every rule, and the band between the lowest and the highest.

    Parameters
    ----------
    scores : pandas.DataFrame
        As :func:`helpers.evidence.scores` returns it; rows without a score are passed over.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``low`` and ``high``, the ends of the band, ``width``, and
        ``promises`` and ``measured``, how many are scored of all and of those that can be measured;
        and for its finding ``lowest`` and ``highest``, the same ends if they are apart.
    """
    scored = scores[scores["score"].notna()].reset_index(drop=True)
    rules = list(scored.sort_values("rule_order")["rule"].unique())
    with drawing(lang, size, ROW_HEIGHT * max(len(rules), 2) + 1.2) as sheet:
        if sheet.has(scored):
            _scale(sheet, scored, rules)
    return sheet.chart(_score_fields(scored, lang))


def _scale(sheet: Sheet, scored: pd.DataFrame, rules: list[str]) -> None:
    lang, axes = sheet.lang, sheet.ax
    low, high = band(scored)
    axes.axvspan(low, high, color=theme.PALETTE["faint"], zorder=0, gid="band")
    for end in (LOWEST, MIDDLE, HIGHEST):
        axes.axvline(end, color=theme.PALETTE["light"], linewidth=1, zorder=1)
    for row in records(scored):
        y = len(rules) - 1 - rules.index(row["rule"])
        measured = row["scope"] == "measured"
        text = lang.number(round(row["score"], 2))
        rule, scope = lang.phrase(f"score-{row['rule']}"), lang.phrase(f"score-{row['scope']}")
        counted = lang.series([rule, f"{scope} ({lang.number(row['promises'])})"])
        says = f"{counted}: {text}"
        shift = -0.16 if measured else 0.16
        axes.plot(
            [row["score"]],
            [y + shift],
            marker="D" if measured else "o",
            markersize=MARK * sheet.scale,
            zorder=3,
            gid=sheet.mark(f"{row['rule']}-{row['scope']}", says, ("tables", "commitments")),
            **theme.mark_style("navy", sheet.scale, hollow=measured),
        )
        place = (row["score"], y + shift)
        sheet.beside(text, place, 0.8 * sheet.size.font, fontsize=sheet.small)
    names = [sheet.wrapped(lang.phrase(f"score-{rule}"), 190) for rule in rules]
    theme.rows(axes, names, lang, lines=False)
    theme.limits(axes, LOWEST - ROOM, HIGHEST + ROOM, lang)
    axes.set_ylim(-0.6, len(rules) - 0.4)
    ticks = [LOWEST, MIDDLE, HIGHEST]
    axes.set_xticks(ticks, [sheet.draw(lang.number(tick)) for tick in ticks])
    theme.legend(axes, lang, _score_handles(sheet), columns=3)


def _score_handles(sheet: Sheet) -> list[Artist]:
    lang, scale = sheet.lang, sheet.scale
    handles: list[Artist] = []
    for scope, marker in (("all", "o"), ("measured", "D")):
        look = theme.mark_style("navy", scale, hollow=scope == "measured")
        label = sheet.draw(lang.phrase(f"score-{scope}"))
        handles.append(Line2D([], [], marker=marker, markersize=MARK * scale, label=label, **look))
    faint: dict[str, Any] = {
        "facecolor": theme.PALETTE["faint"],
        "edgecolor": theme.PALETTE["light"],
    }
    handles.append(Patch(label=sheet.draw(lang.phrase("score-band")), **faint))
    return handles


def _score_fields(scored: pd.DataFrame, lang: Language) -> dict[str, object]:
    low, high = band(scored) if len(scored) else (math.nan, math.nan)
    wide = low < high
    of = {row["scope"]: row["promises"] for row in records(scored)}

    def told(value: float) -> str:
        return lang.phrase("none") if math.isnan(value) else lang.number(round(value, 2))

    return {
        "low": told(low),
        "high": told(high),
        "width": told(high - low),
        "lowest": told(low) if wide else None,
        "highest": told(high) if wide else None,
        "promises": lang.number(of.get("all", 0)),
        "measured": lang.number(of.get("measured", 0)),
    }
