"""Reasoning: points with their themes, and the links between them."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import refuse_unknown_stages
from helpers.data.languages import in_each
from helpers.data.tables import load
from helpers.data.views.common import with_points, with_themes


def point_theme_weights(*stages: str) -> pd.DataFrame:
    """Return how much of each point is about each theme.

    Parameters
    ----------
    *stages : str
        Stages of the argument, such as ``"context"``; all of them if none is named.

    Returns
    -------
    pandas.DataFrame
        One row a point and theme: ``point_id``, ``stage``, ``order``, ``title_*``, ``summary_*``
        and ``passage_id`` of the point, words of the theme, and ``weight``, which sums to 1 in a
        point; by stage, order of the point and order of the theme.

    Raises
    ------
    ValueError
        If there is no such stage; the message names those that exist.

    Examples
    --------
    >>> weights = point_theme_weights().groupby("point_id")["weight"].sum()
    >>> weights.round(3).unique().tolist()
    [1.0]
    """
    refuse_unknown_stages(stages)
    about = [*in_each("title", "summary"), "passage_id"]
    points = load("points")[["point_id", "stage", "order", *about]]
    if stages:
        points = points[points["stage"].isin(stages)]
    table = points.merge(load("point_themes"), on="point_id", validate="1:m")
    return with_themes(table).sort_values(["stage", "order", "theme_order"], ignore_index=True)


def links() -> pd.DataFrame:
    """Return the links of the argument with the titles, stages and orders of their ends.

    Returns
    -------
    pandas.DataFrame
        The columns of ``argument_links``, and for both ends, ``from`` and ``to``: titles
        (``from_ar``, ``from_en``), ``from_order`` and ``from_stage`` (ordered), by id.

    Examples
    --------
    >>> sorted(links()["basis"].unique())
    ['inferred', 'stated']
    """
    table = with_points(load("argument_links"), "from_point", "from", "stage")
    table = with_points(table, "to_point", "to", "stage")
    return table.sort_values("link_id", ignore_index=True)
