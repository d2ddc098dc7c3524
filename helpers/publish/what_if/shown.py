"""The numbers of the page: measures of notebooks 03 and 04, each by a key of words.

``book/static/argument.js`` gives the same keys for what a reader changes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from helpers.argument import attention_stages, delivering_stage, questions, stage_order
from helpers.argument.graph import reach
from helpers.argument.material import Link, Material
from helpers.argument.measures import links_by, weights_in
from helpers.argument.structure import asked_ids, loose_ids
from helpers.argument.themes import shares_carried
from helpers.data import codes, fields
from helpers.data.holding import held

Numbers = Iterator[tuple[str, float]]


def bases() -> list[str]:
    """Return which links are counted: the stated ones, or all.

    Examples
    --------
    >>> bases()
    ['stated', 'all']
    """
    return list(fields("conclusions")["subject"]["kinds"]["basis"])


@held()
def values(coded: Material) -> dict[str, float]:
    """Return every number that the page shows of the report as it is coded.

    Parameters
    ----------
    coded : Material
        As :func:`helpers.argument.published` or :func:`helpers.argument.recoded` gives it.

    Returns
    -------
    dict of str to float
        By key: ``attention economy``, ``weight economy goal``, ``carried economy stated`` (missing
        for a theme without weight), ``count economy affirm``, ``count affirm``,
        ``loose unanswered all``, ``loose unanswered all issue-people`` (1 where it is loose) and
        ``reached context-russia-war all``, the number of outcomes that a point leads to.

    Examples
    --------
    >>> from helpers import argument
    >>> values(argument.published())["loose unanswered all"]
    1.0
    """
    found = {**dict(_weights(coded)), **dict(_counts(coded))}
    for basis in bases():
        links = links_by(coded, basis)
        for numbers in (_carried, _loose, _reached):
            found |= {key: number for key, number in numbers(coded, links, basis)}
    return {key: float(number) for key, number in found.items()}


def _weights(coded: Material) -> Numbers:
    for theme, weight in weights_in(coded, attention_stages()).items():
        yield f"attention {theme}", weight
    for stage in stage_order():
        for theme, weight in weights_in(coded, [stage]).items():
            yield f"weight {theme} {stage}", weight


def _counts(coded: Material) -> Numbers:
    of_theme = Counter((item.theme_id, item.strength) for item in coded.outcomes)
    of_all = Counter(item.strength for item in coded.outcomes)
    for strength in codes("outcome_codes", "strength"):
        yield f"count {strength}", of_all[strength]
        for theme in coded.themes:
            yield f"count {theme} {strength}", of_theme[theme, strength]


def _carried(coded: Material, links: list[Link], basis: str) -> Numbers:
    shares = shares_carried(coded.weights, _ends(links), attention_stages())
    for theme in coded.themes:
        yield f"carried {theme} {basis}", shares.get(theme, math.nan)


def _loose(coded: Material, links: list[Link], basis: str) -> Numbers:
    ends = [(link.from_point, link.to_point, link.relation) for link in links]
    for question, about in questions().items():
        loose = loose_ids(coded.stages, ends, about)
        yield f"loose {question} {basis}", len(loose)
        for point in asked_ids(coded.stages, about):
            yield f"loose {question} {basis} {point}", point in loose


def _reached(coded: Material, links: list[Link], basis: str) -> Numbers:
    delivering = delivering_stage()
    for point, later in reach(coded.stages, _ends(links)).items():
        yield f"reached {point} {basis}", _in_stage(later, coded.stages, delivering)


def _in_stage(points: set[str], stages: Mapping[str, str], stage: str) -> int:
    return sum(stages[point] == stage for point in points)


def _ends(links: list[Link]) -> list[tuple[str, str]]:
    return [(link.from_point, link.to_point) for link in links]
