"""Measures that conclusions rest on: each reads the coded report and returns one number.

A conclusion says that a measure lies above, below or at a threshold. The measures are named in the
table ``conclusions``; what each takes (ids of themes, points, stages and so on) and which coded
objects can move it stands with its code in the schema of that table.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from helpers.argument.graph import attention_stages
from helpers.argument.material import Link, Material
from helpers.argument.structure import asked_ids, loose_ids, questions
from helpers.argument.themes import shares_carried
from helpers.data import codes, codes_where
from helpers.data.holding import remembered

# Exact shares that differ by less are the same.
TIE = 1e-9
ALL = "all"


Measure: TypeAlias = Callable[..., float]
MEASURES: dict[str, Measure] = {}


def _measure(function: Measure) -> Measure:
    MEASURES[function.__name__] = function
    return function


@remembered
def rests_on(measure: str) -> set[str]:
    """Return which coded objects can move a measure: ``links``, ``themes``, ``strength``."""
    return set(codes("conclusions", "measure")[measure]["rests_on"])


# Outcomes


@_measure
def strength_share(material: Material, strength: str) -> float:
    """Return the share of the outcome items that have a strength."""
    return _share([item.strength == strength for item in material.outcomes])


@_measure
def strength_lead(material: Material, strength: str) -> float:
    """Return by how many items a strength is ahead of the next one, or behind the first."""
    return _lead(Counter(item.strength for item in material.outcomes), strength)


@_measure
def items_at_least(material: Material, theme: str, strength: str) -> float:
    """Count the items of a theme that reach a strength."""
    strengths = _strengths()
    enough = strengths[strengths.index(strength) :]
    return sum(item.theme_id == theme and item.strength in enough for item in material.outcomes)


@_measure
def outcome_lead(material: Material, theme: str) -> float:
    """Return by how many items a theme is ahead of the next one, or behind the first."""
    return _lead(Counter(item.theme_id for item in material.outcomes), theme)


# Themes


@_measure
def attention_lead(material: Material, theme: str) -> float:
    """Return how far the attention to a theme is ahead of the next one, or behind the first."""
    return _lead(weights_in(material, attention_stages()), theme)


@_measure
def attention_rank(material: Material, theme: str) -> float:
    """Return the place of a theme by attention, from 1; themes with equal attention share one."""
    weights = weights_in(material, attention_stages())
    return 1 + sum(weight > weights.get(theme, 0) + TIE for weight in weights.values())


@_measure
def stage_weight(material: Material, theme: str, stage: str) -> float:
    """Return how much a theme weighs in a stage."""
    return weights_in(material, [stage]).get(theme, 0)


@_measure
def stage_lead(material: Material, theme: str, stage: str) -> float:
    """Return how far a theme is ahead of the next one in a stage, or behind the first."""
    return _lead(weights_in(material, [stage]), theme)


@_measure
def weight_change(material: Material, theme: str, before: str, after: str) -> float:
    """Return how much more, or less, a theme weighs in the second stage than in the first."""
    return stage_weight(material, theme, after) - stage_weight(material, theme, before)


# Themes and links


@_measure
def carried_share(material: Material, theme: str, basis: str) -> float:
    """Return how much of a theme leads on to an outcome about it; 0 without weight."""
    return _carried(material, basis, attention_stages()).get(theme, 0)


@_measure
def themes_carried(material: Material, basis: str) -> float:
    """Count the themes that lead on to an outcome about them."""
    return sum(share > 0 for share in _carried(material, basis, attention_stages()).values())


@_measure
def themes_left(material: Material, basis: str) -> float:
    """Count the themes with weight that lead on to no outcome about them."""
    return sum(share == 0 for share in _carried(material, basis, attention_stages()).values())


# Links


@_measure
def loose_share(material: Material, question: str, basis: str) -> float:
    """Return the share of the points asked about that a question finds loose."""
    asked, found = (
        asked_ids(material.stages, questions()[question]),
        _loose(material, question, basis),
    )
    return _share([point in found for point in asked])


@_measure
def is_loose(material: Material, question: str, basis: str, point: str) -> float:
    """Return 1 where a question finds a point loose, and 0 where not."""
    return int(point in _loose(material, question, basis))


@_measure
def loose_count(material: Material, question: str, basis: str) -> float:
    """Count the points that a question finds loose."""
    return len(_loose(material, question, basis))


@_measure
def links_of(material: Material, relation: str, basis: str) -> float:
    """Count the links of a relation."""
    return sum(link.relation == relation for link in links_by(material, basis))


@_measure
def links_to(material: Material, relation: str, point: str, basis: str) -> float:
    """Count the links of a relation that lead to a point."""
    return _ends(material, relation, basis, "to_point")[point]


@_measure
def links_to_lead(material: Material, relation: str, point: str, basis: str) -> float:
    """Return by how many links to it a point is ahead of the next one, or behind the first."""
    return _lead(_ends(material, relation, basis, "to_point"), point)


@_measure
def stage_tied_to(material: Material, stage: str, relation: str, basis: str, point: str) -> float:
    """Return the share of the points of a stage that a relation ties to a point."""
    links = links_by(material, basis)
    tied = {
        link.from_point for link in links if (link.relation, link.to_point) == (relation, point)
    }
    return _share([start in tied for start, at in material.stages.items() if at == stage])


@_measure
def stated_more(material: Material, one: str, other: str) -> float:
    """Return how much larger the stated share of one relation's links is than another's."""
    bases = _bases("stated")
    shares = [
        _share([link.basis in bases for link in material.links if link.relation == relation])
        for relation in (one, other)
    ]
    return shares[0] - shares[1]


# Positions


@_measure
def statements_lead(material: Material, section: str, side: str) -> float:
    """Return by how many statements in a section a side is ahead of the other, or behind it."""
    own = (each.side for each in material.positions if each.section_id == section)
    return _lead(Counter(own), side)


@remembered
def _bases(basis: str) -> list[str]:
    if basis == ALL:
        return list(codes("argument_links", "basis"))
    return codes_where("argument_links", "basis", in_report=True)


@remembered
def _strengths() -> list[str]:
    return list(codes("outcome_codes", "strength"))


def links_by(material: Material, basis: str) -> list[Link]:
    """Return the links of a basis, ``stated`` or ``all``."""
    bases = _bases(basis)
    return [link for link in material.links if link.basis in bases]


def _ends(material: Material, relation: str, basis: str, end: str) -> Counter[str]:
    links = links_by(material, basis)
    return Counter(getattr(link, end) for link in links if link.relation == relation)


def _loose(material: Material, question: str, basis: str) -> set[str]:
    ends = [(link.from_point, link.to_point, link.relation) for link in links_by(material, basis)]
    return loose_ids(material.stages, ends, questions()[question])


def _carried(material: Material, basis: str, stages: Collection[str]) -> dict[str, float]:
    ends = ((link.from_point, link.to_point) for link in links_by(material, basis))
    return shares_carried(material.weights, ends, stages)


def weights_in(material: Material, stages: Collection[str]) -> dict[str, float]:
    """Return the mean weight of every theme over the points of stages."""
    rows = [row for row in material.weights if row.stage in stages]
    number = len({row.point_id for row in rows})
    parts: dict[str, list[float]] = {theme: [] for theme in material.themes}
    for row in rows:
        parts[row.theme_id].append(row.weight)
    return {theme: math.fsum(weights) / max(number, 1) for theme, weights in parts.items()}


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else math.nan


def _lead(numbers: Mapping[str, float], name: str) -> float:
    """Return how far a name is ahead of the next one, or behind the first; missing names are 0."""
    others = [number for other, number in numbers.items() if other != name]
    return numbers.get(name, 0) - max(others, default=0)
