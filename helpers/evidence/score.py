"""The score of compliance studies (-1, 0, +1), with the band that the choice of its rule makes.

The studies of the G7 and G20 give +1 to a promise that is kept, 0 to one that is under way and -1
to one that is not. What counts as under way is a choice, and so is whether promises count that
nobody could see kept. Every score is computed under each choice; none is shown alone.
"""

from __future__ import annotations

import math

import pandas as pd

from helpers.data.known import codes_where
from helpers.data.schema import codes

SCOPES = ("all", "measured")


def rules() -> list[str]:
    """Return the rules that a standing is scored by, from the hardest.

    Examples
    --------
    >>> rules()
    ['strict', 'middle', 'lenient']
    """
    first = next(iter(codes("commitment_stages", "standing").values()))
    return list(first["scores"])


def scores(states: pd.DataFrame) -> pd.DataFrame:
    """Return the score under every rule, of all promises and of those that can be measured.

    Parameters
    ----------
    states : pandas.DataFrame
        As :func:`helpers.evidence.state` returns it.

    Returns
    -------
    pandas.DataFrame
        One row a rule and scope: ``rule``, ``scope`` (all, measured), ``rule_order`` (from the
        hardest) and ``scope_order``, ``score`` (the mean, not a number where nothing is scored),
        ``promises``, and how many got each mark: ``plus``, ``zero`` and ``minus``. A promise
        without a stage is not scored.

    Examples
    --------
    >>> from helpers import data, evidence
    >>> day = data.edition_day()
    >>> states = evidence.state(data.promises(), data.promise_events(), day)
    >>> scores(states).columns.to_list()
    ['rule', 'scope', 'rule_order', 'scope_order', 'score', 'promises', 'plus', 'zero', 'minus']
    """
    marks = codes("commitment_stages", "standing")
    measured = codes_where("commitments", "testability", measured=True)
    staged = states[states["standing"].notna()]
    rows = []
    for scope_order, scope in enumerate(SCOPES):
        counted = staged if scope == "all" else staged[staged["testability"].isin(measured)]
        for rule_order, rule in enumerate(rules()):
            given = [marks[standing]["scores"][rule] for standing in counted["standing"]]
            order = {"rule_order": rule_order, "scope_order": scope_order}
            rows.append({"rule": rule, "scope": scope, **order, **_summary(given)})
    return pd.DataFrame(rows)


def _summary(given: list[int]) -> dict[str, float]:
    return {
        "score": sum(given) / len(given) if given else math.nan,
        "promises": len(given),
        "plus": given.count(1),
        "zero": given.count(0),
        "minus": given.count(-1),
    }


def band(table: pd.DataFrame) -> tuple[float, float]:
    """Return the lowest and the highest score that the choices give.

    Examples
    --------
    >>> band(pd.DataFrame({"score": [-0.5, 0.25, 0.0]}))
    (-0.5, 0.25)
    """
    return float(table["score"].min()), float(table["score"].max())
