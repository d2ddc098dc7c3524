"""Measures of the themes: how much they weigh, what leads on, and what came of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import TypeAlias

import pandas as pd

from helpers.argument.graph import (
    attention_stages,
    delivering_stage,
    reach,
    stage_order,
    stated,
)
from helpers.data import codes, refuse_unknown_stages, theme_words

Weight: TypeAlias = tuple[str, str, str, float]


def coverage(weights: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Return how much each theme weighs in each stage.

    Parameters
    ----------
    weights : pandas.DataFrame
        As :func:`helpers.data.point_theme_weights` returns them.
    themes : pandas.DataFrame
        The table ``themes``: which themes there are.

    Returns
    -------
    pandas.DataFrame
        One row a theme and stage, in order, zeros included: words of the theme, ``stage`` and
        ``weight``, the mean over the points of the stage, so that a stage sums to 1; 0 in a stage
        without points. Without weights there are no rows.

    Examples
    --------
    >>> from helpers.data import load, point_theme_weights
    >>> table = coverage(point_theme_weights(), load("themes"))
    >>> table.columns.to_list()
    ['theme_id', 'theme_ar', 'theme_en', 'theme_order', 'stage', 'weight']
    """
    stages = list(stage_order())
    sums = _sums(weights, ["theme_id", "stage"])
    counts = weights.drop_duplicates("point_id")["stage"].value_counts()
    table = _each_theme(themes, weights).merge(pd.DataFrame({"stage": stages}), how="cross")
    table["weight"] = [
        sums.get((theme, stage), 0.0) / max(int(counts.get(stage, 0)), 1)
        for theme, stage in zip(table["theme_id"], table["stage"], strict=True)
    ]
    table["weight"] = table["weight"].astype("float64")
    table["stage"] = table["stage"].astype(pd.CategoricalDtype(stages, ordered=True))
    return table


def attention(weights: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Return the attention that each theme gets before the outcomes.

    Parameters
    ----------
    weights, themes : pandas.DataFrame
        As for :func:`coverage`.

    Returns
    -------
    pandas.DataFrame
        One row a theme, in order: words of the theme and ``attention``, the sum of its weights
        over context and goal points, divided by their number. Without such points no rows.

    Examples
    --------
    >>> from helpers.data import load, point_theme_weights
    >>> attention(point_theme_weights(), load("themes")).columns.to_list()
    ['theme_id', 'theme_ar', 'theme_en', 'theme_order', 'attention']
    """
    before = weights[weights["stage"].isin(attention_stages())]
    sums, number = _sums(before, ["theme_id"]), before["point_id"].nunique()
    table = _each_theme(themes, before)
    shares = [sums.get((theme,), 0.0) / number for theme in table["theme_id"]]
    return table.assign(attention=pd.Series(shares, index=table.index, dtype="float64"))


def carried(
    weights: pd.DataFrame,
    links: pd.DataFrame,
    themes: pd.DataFrame,
    stages: Collection[str] | None = None,
) -> pd.DataFrame:
    """Return how much of the weight of each theme leads on to an outcome of the same theme.

    Parameters
    ----------
    weights, themes : pandas.DataFrame
        As for :func:`coverage`, with all stages that lead to an outcome, and the outcomes.
    links : pandas.DataFrame
        As :func:`helpers.data.links` returns them.
    stages : collection of str, optional
        Stages that the weight is taken from; by default those of :func:`attention_stages`.

    Returns
    -------
    pandas.DataFrame
        One row a theme, in order: words of the theme; ``carried``, from 0 to 1, the weight on
        points from which an outcome about the theme can be reached, divided by the weight on all
        points of the stages; ``carried_stated``, the same by stated links alone. Both are missing
        for a theme without weight there.

    Raises
    ------
    ValueError
        If there is no such stage; the message names those that exist.

    Examples
    --------
    >>> from helpers.data import links, load, point_theme_weights
    >>> carried(point_theme_weights(), links(), load("themes")).columns.to_list()
    ['theme_id', 'theme_ar', 'theme_en', 'theme_order', 'carried_stated', 'carried']
    """
    stages = attention_stages() if stages is None else stages
    refuse_unknown_stages(stages)
    table = _each_theme(themes, weights)
    for column, chosen in (("carried_stated", stated(links)), ("carried", links)):
        shares = _shares_carried(weights, chosen, stages)
        table[column] = table["theme_id"].map(shares).astype("float64")
    return table


def _shares_carried(
    weights: pd.DataFrame, links: pd.DataFrame, stages: Collection[str]
) -> dict[str, float]:
    columns = ["point_id", "stage", "theme_id", "weight"]
    rows = list(weights[columns].itertuples(index=False, name=None))
    return shares_carried(rows, zip(links["from_point"], links["to_point"], strict=True), stages)


def shares_carried(
    weights: Collection[Weight], links: Iterable[tuple[str, str]], stages: Collection[str]
) -> dict[str, float]:
    """Return the ``carried`` share of every theme with weight in the stages, by these links.

    Parameters
    ----------
    weights : collection of tuple
        Point, stage, theme and weight.
    links : iterable of tuple of str
        Both ends of each link.
    stages : collection of str
        Stages that the weight is taken from.
    """
    later = reach({point: stage for point, stage, _, _ in weights}, links)
    delivering = delivering_stage()
    ends: dict[str, set[str]] = {}
    for point, stage, theme, _ in weights:
        if stage == delivering:
            ends.setdefault(theme, set()).add(point)
    every: dict[str, list[float]] = {}
    leading: dict[str, list[float]] = {}
    for point, stage, theme, weight in weights:
        if stage in stages:
            every.setdefault(theme, []).append(float(weight))
            if later[point] & ends.get(theme, set()):
                leading.setdefault(theme, []).append(float(weight))
    totals = {theme: math.fsum(parts) for theme, parts in every.items()}
    return {
        theme: math.fsum(leading.get(theme, [])) / total for theme, total in totals.items() if total
    }


def delivery(coded: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Count the outcomes of each theme by strength.

    Strength is ordinal: outcomes are counted, and codes are never averaged.

    Parameters
    ----------
    coded : pandas.DataFrame
        As :func:`helpers.data.coded_outcomes` returns them.
    themes : pandas.DataFrame
        The table ``themes``: which themes there are.

    Returns
    -------
    pandas.DataFrame
        One row a theme and strength, in order, zeros included: words of the theme, ``strength``
        (ordered) and ``count``. Without outcomes there are no rows.

    Examples
    --------
    >>> from helpers.data import coded_outcomes, load
    >>> delivery(coded_outcomes(), load("themes")).columns.to_list()
    ['theme_id', 'theme_ar', 'theme_en', 'theme_order', 'strength', 'count']
    """
    strengths = list(codes("outcome_codes", "strength"))
    counts = coded.groupby(["theme_id", "strength"], observed=True).size().to_dict()
    table = _each_theme(themes, coded).merge(pd.DataFrame({"strength": strengths}), how="cross")
    pairs = zip(table["theme_id"], table["strength"], strict=True)
    table["count"] = pd.Series([counts.get(pair, 0) for pair in pairs], dtype="Int64")
    table["strength"] = table["strength"].astype(pd.CategoricalDtype(strengths, ordered=True))
    return table


def highest(delivered: pd.DataFrame) -> dict[str, str]:
    """Return the highest strength that each theme reached; themes without outcome are left out.

    Parameters
    ----------
    delivered : pandas.DataFrame
        As :func:`delivery` returns it.

    Examples
    --------
    >>> from helpers.data import coded_outcomes, load
    >>> sorted(highest(delivery(coded_outcomes(), load("themes"))))[:2]
    ['climate-water', 'digital']
    """
    reached = delivered[delivered["count"] > 0].sort_values("strength")
    return dict(zip(reached["theme_id"], reached["strength"], strict=True))


def _each_theme(themes: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
    """Return the words of every theme, in order; none if there is nothing to measure."""
    words = theme_words(themes)
    return words.iloc[: 0 if measured.empty else None].reset_index(drop=True)


def _sums(weights: pd.DataFrame, by: list[str]) -> dict[tuple[str, ...], float]:
    """Return the exact sum of the weights of each group, rounded once."""
    parts: dict[tuple[str, ...], list[float]] = {}
    for *key, weight in weights[[*by, "weight"]].itertuples(index=False, name=None):
        parts.setdefault(tuple(key), []).append(float(weight))
    return {key: math.fsum(values) for key, values in parts.items()}
