"""For teaching: agreement between codings."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from itertools import combinations

import pandas as pd

from helpers.data import codes_where


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return Cohen's kappa: agreement of two codings beyond what chance would give.

    Parameters
    ----------
    first, second : sequence
        Codes of the same items in the same order.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance gives, below 0 for less than that; not a number
        where both use one same code throughout: without variation kappa is undefined.

    Raises
    ------
    ValueError
        If the codings differ in length, are empty, or lack a code.

    References
    ----------
    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20 (1960), 37-46.

    Examples
    --------
    >>> cohen_kappa(["fund", "fund", "adopt", "adopt"], ["fund", "fund", "adopt", "fund"])
    0.5
    >>> cohen_kappa(["fund", "fund"], ["fund", "fund"])
    nan
    """
    one, two = pd.Series(list(first), dtype=object), pd.Series(list(second), dtype=object)
    if len(one) != len(two) or one.empty:
        raise ValueError(f"two codings of the same items are needed, not {len(one)} and {len(two)}")
    missing = int((one.isna() | two.isna()).sum())
    if missing:
        raise ValueError(f"every item needs a code in both codings; {missing} have none in one")
    observed = (one == two).mean()
    shares = pd.DataFrame({1: one.value_counts(), 2: two.value_counts()}).fillna(0) / len(one)
    by_chance = (shares[1] * shares[2]).sum()
    return math.nan if by_chance == 1 else float((observed - by_chance) / (1 - by_chance))


def coding_passes(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the codes of every pass of coding: one row an item, one column a pass.

    The passes are of the project itself, made with the codebook alone. They are not human raters,
    and their agreement is no evidence of agreement between people.

    Parameters
    ----------
    codings : pandas.DataFrame
        As :func:`helpers.data.codings` returns it.

    Returns
    -------
    pandas.DataFrame
        In reading order, by ``item_id``; a code is missing where a pass has not coded an item.
        Published codes are left out: their coder has another role in the schema.
    """
    items = list(codings.sort_values("reading_order")["item_id"].unique())
    passes = codes_where("outcome_codes", "coder", role="pass")
    given = codings[codings["coder"].isin(passes)]
    wide = given.astype({"coder": "str"}).pivot(index="item_id", columns="coder", values="strength")
    return wide.reindex(index=items, columns=passes)


def agreement(passes: pd.DataFrame) -> float:
    """Return Cohen's kappa of two passes, and of more the mean over all pairs of them.

    Parameters
    ----------
    passes : pandas.DataFrame
        As :func:`coding_passes` returns it; of each pair the items count that both have coded.

    Returns
    -------
    float
        Not a number where a pair has no item, or no variation.

    References
    ----------
    R. J. Light, "Measures of response agreement for qualitative data", Psychological Bulletin 76
    (1971), 365-377.
    """
    pairs = [passes[list(pair)].dropna() for pair in combinations(passes.columns, 2)]
    kappas = [
        math.nan if pair.empty else cohen_kappa(list(pair.iloc[:, 0]), list(pair.iloc[:, 1]))
        for pair in pairs
    ]
    return math.fsum(kappas) / len(kappas) if kappas else math.nan
