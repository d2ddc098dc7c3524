"""What if: the report with one thing changed, and which conclusions that turns."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from helpers.argument.codings import STATED, with_strengths
from helpers.argument.material import Material
from helpers.argument.robustness import judge
from helpers.data import codes, refuse_unknown


def weighed(material: Material, theme_id: str, times: float) -> Material:
    """Return the material with a theme weighing more or less in every point that has it.

    The themes of a point still make up the whole of it, so that others give way or gain.

    Parameters
    ----------
    material : Material
        The coded report.
    theme_id : str
        Theme.
    times : float
        What its weight is multiplied by; 0 takes it out of points that have another theme.

    Raises
    ------
    ValueError
        If there is no such theme; the message names those that exist. Or if the factor is negative.

    Examples
    --------
    >>> from helpers.argument import published
    >>> heavier = weighed(published(), "economy", 2)
    >>> [round(row.weight, 2) for row in heavier.weights if row.point_id == "issue-transport"]
    [1.0]
    """
    refuse_unknown("theme", [theme_id], material.themes)
    if times < 0:
        raise ValueError(f"a weight is multiplied by 0 or more, not by {times}")
    sums: dict[str, float] = defaultdict(float)
    changed = [
        row._replace(weight=row.weight * (times if row.theme_id == theme_id else 1))
        for row in material.weights
    ]
    for row in changed:
        sums[row.point_id] += row.weight
    whole = [row._replace(weight=row.weight / sums[row.point_id]) for row in changed if sums[row.point_id]]
    alone = [row for row in material.weights if not sums[row.point_id]]
    return material.changed("weights", [*whole, *alone])


def recoded(material: Material, strengths: dict[str, str] | pd.DataFrame) -> Material:
    """Return the material with other strengths of some outcomes.

    Parameters
    ----------
    material : Material
        The coded report.
    strengths : dict or pandas.DataFrame
        Strengths by the ids of items, or a frame with ``item_id`` and ``strength``.

    Raises
    ------
    ValueError
        If there is no such item or strength; the message names those that exist.
    """
    if isinstance(strengths, dict):
        strengths = pd.DataFrame(list(strengths.items()), columns=["item_id", "strength"])
    known = [item.item_id for item in material.outcomes]
    refuse_unknown("outcome item", strengths["item_id"], known)
    refuse_unknown("strength", strengths["strength"], codes("outcome_codes", "strength"))
    return with_strengths(material, strengths)


def without_inferred(material: Material) -> Material:
    """Return the material with the links that the report states, and no others."""
    return material.changed("links", [link for link in material.links if link.basis == STATED])


def compared(conclusions: pd.DataFrame, before: Material, after: Material) -> pd.DataFrame:
    """Say of every conclusion how it stands before a change and after it.

    Parameters
    ----------
    conclusions : pandas.DataFrame
        The table ``conclusions``.
    before, after : Material
        The report as it was coded, and as it is now.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`helpers.argument.judge` before the change, and of the same after it
        ``value_after`` and ``holds_after``; ``turned``, whether the two differ in what holds.
    """
    first, second = judge(conclusions, before), judge(conclusions, after)
    return first.assign(
        value_after=second["value"],
        holds_after=second["holds"],
        turned=first["holds"] != second["holds"],
    )
