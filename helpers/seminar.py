"""For teaching: agreement between two codings."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.data import load


def cohen_kappa(first: Sequence, second: Sequence) -> float:
    """Return Cohen's kappa: agreement of two codings beyond what chance would give.

    Parameters
    ----------
    first, second : sequence
        Codes of the same items in the same order.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance gives; 1 too if both use one same code throughout.

    Raises
    ------
    ValueError
        If the codings differ in length, or are empty.

    References
    ----------
    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20 (1960), 37-46.
    """
    one, two = pd.Series(list(first), dtype=object), pd.Series(list(second), dtype=object)
    if len(one) != len(two) or one.empty:
        raise ValueError(f"two codings of the same items are needed, not {len(one)} and {len(two)}")
    observed = (one == two).mean()
    shares = pd.DataFrame({1: one.value_counts(), 2: two.value_counts()}).fillna(0) / len(one)
    by_chance = (shares[1] * shares[2]).sum()
    return 1.0 if by_chance == 1 else float((observed - by_chance) / (1 - by_chance))


def coding_passes() -> pd.DataFrame:
    """Return the project's codings of the outcomes: one row an item, one column a pass.

    The passes are two of the project itself, made with the codebook alone. They are not two human
    raters, and their agreement is no evidence of agreement between people.
    """
    codings = load("outcome_codes")
    return codings.pivot(index="item_id", columns="coder", values="strength")
