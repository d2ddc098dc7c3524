"""What if: weights of the themes as a student would set them."""

from __future__ import annotations

import pandas as pd

from helpers.data import refuse_unknown


def weighed(weights: pd.DataFrame, theme_id: str, times: float) -> pd.DataFrame:
    """Return the weights with a theme weighing more or less in every point that has it.

    :func:`helpers.argument.recoded` takes them, and lets the other themes of a point give way or
    gain. A point that has no other theme keeps its weight.

    Parameters
    ----------
    weights : pandas.DataFrame
        The table ``point_themes``: ``point_id``, ``theme_id`` and ``weight``.
    theme_id : str
        Theme.
    times : float
        What its weights are multiplied by.

    Raises
    ------
    ValueError
        If there is no such theme, and the message names those that exist; or if the factor is
        negative.

    Examples
    --------
    >>> from helpers.data import load
    >>> heavier = weighed(load("point_themes"), "economy", 2)
    >>> heavier.query("point_id == 'outcome-economy'")["weight"].tolist()
    [0.6666, 0.3333, 0.3333]
    """
    refuse_unknown("theme", [theme_id], weights["theme_id"])
    if not times >= 0:
        raise ValueError(f"a weight is multiplied by 0 or more, not by {times}")
    mixed = weights.groupby("point_id")["theme_id"].transform("size") > 1
    changed = mixed & (weights["theme_id"] == theme_id)
    return weights.assign(weight=weights["weight"].mask(changed, weights["weight"] * times))
