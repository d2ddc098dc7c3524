"""What the conclusions rest on: points, links, themes and outcomes, as somebody coded them.

The measures of conclusions are taken again and again, with one code changed each time, so the
material is plain rows and not frames.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pandas as pd

from helpers import data
from helpers.errors import UnknownNameError, suggestion


class Link(NamedTuple):
    """A link of the argument: ``basis`` is ``stated`` or ``inferred``."""

    link_id: str
    from_point: str
    to_point: str
    relation: str
    basis: str


class Weight(NamedTuple):
    """How much of a point is about a theme."""

    point_id: str
    stage: str
    theme_id: str
    weight: float


class Outcome(NamedTuple):
    """An outcome item with its strength."""

    item_id: str
    claim_id: str
    theme_id: str
    strength: str


class Position(NamedTuple):
    """A statement of a section about what a side wants or says."""

    section_id: str
    side: str


@dataclass(frozen=True)
class Material:
    """The coded report that the measures of conclusions read.

    Attributes
    ----------
    stages : dict of str to str
        The stage of each point.
    themes : tuple of str
        Ids of all themes.
    links, weights, outcomes, positions : tuple
        Rows of these kinds.
    """

    stages: dict[str, str]
    themes: tuple[str, ...]
    links: tuple[Link, ...]
    weights: tuple[Weight, ...]
    outcomes: tuple[Outcome, ...]
    positions: tuple[Position, ...]

    def changed(self, kind: str, rows: Iterable[Any]) -> Material:
        """Return the material with other rows of a kind."""
        other: dict[str, Any] = {kind: tuple(rows)}
        return replace(self, **other)


def material(
    points: pd.DataFrame,
    links: pd.DataFrame,
    weights: pd.DataFrame,
    outcomes: pd.DataFrame,
    positions: pd.DataFrame,
    themes: pd.DataFrame,
) -> Material:
    """Return what the measures read of frames, as the views of :mod:`helpers.data` give them."""
    sided = positions.dropna(subset=["side"])
    return Material(
        stages=dict(zip(points["point_id"], points["stage"], strict=True)),
        themes=tuple(themes["theme_id"]),
        links=tuple(Link(*row) for row in _rows(links, Link)),
        weights=tuple(Weight(*row) for row in _rows(weights, Weight)),
        outcomes=tuple(Outcome(*row) for row in _rows(outcomes, Outcome)),
        positions=tuple(Position(*row) for row in _rows(sided, Position)),
    )


def _rows(frame: pd.DataFrame, kind: Any) -> list[tuple[Any, ...]]:
    return list(frame[list(kind._fields)].itertuples(index=False, name=None))


def published() -> Material:
    """Return the material as it is published.

    Examples
    --------
    >>> coded = published()
    >>> sorted(coded.themes)[:2]
    ['climate-water', 'digital']
    """
    return material(
        points=data.load("points"),
        links=data.links(),
        weights=data.point_theme_weights(),
        outcomes=data.coded_outcomes(),
        positions=data.positions(*data.load("sections")["section_id"]),
        themes=data.load("themes"),
    )


def recoded(
    coded: Material,
    *,
    links: pd.DataFrame | None = None,
    weights: pd.DataFrame | None = None,
    strengths: pd.DataFrame | None = None,
) -> Material:
    """Return the material with what somebody changed in it.

    Parameters
    ----------
    coded : Material
        The report as it is coded, such as :func:`published` gives it.
    links : pandas.DataFrame, optional
        The links that count, as :func:`helpers.data.links` gives them; those left out are none.
    weights : pandas.DataFrame, optional
        ``point_id``, ``theme_id`` and ``weight``, 0 or more. Points that are not named, or whose
        weights are as they were, keep theirs; those of others are divided by their sum.
    strengths : pandas.DataFrame, optional
        ``item_id`` and ``strength``; outcomes that are not named keep theirs.

    Raises
    ------
    KeyError
        If there is no such point, theme, item or strength; the message names it.
    ValueError
        If a weight is no number or less than 0, or all weights of a point are 0.

    Examples
    --------
    >>> from helpers import data
    >>> links = data.links()
    >>> strict = recoded(published(), links=links[links["basis"] == "stated"])
    >>> {link.basis for link in strict.links}
    {'stated'}
    """
    if links is not None:
        coded = coded.changed("links", [Link(*row) for row in _rows(links, Link)])
    if weights is not None:
        coded = coded.changed("weights", _reweighted(coded, weights))
    if strengths is not None:
        coded = coded.changed("outcomes", _regraded(coded, strengths))
    return coded


def _reweighted(coded: Material, weights: pd.DataFrame) -> list[Weight]:
    _refuse("point", weights["point_id"], coded.stages)
    _refuse("theme", weights["theme_id"], coded.themes)
    given: dict[str, dict[str, float]] = {}
    for row in weights.to_dict("records"):
        given.setdefault(row["point_id"], {})[row["theme_id"]] = float(row["weight"])
    had: dict[str, dict[str, float]] = {}
    for own in coded.weights:
        had.setdefault(own.point_id, {})[own.theme_id] = own.weight
    # Stored weights are rounded, and would not be themselves once they are divided by their sum.
    given = {point: of_point for point, of_point in given.items() if of_point != had.get(point)}
    kept = [row for row in coded.weights if row.point_id not in given]
    return kept + [
        Weight(point, coded.stages[point], theme, weight)
        for point, of_point in given.items()
        for theme, weight in shared_out(point, of_point).items()
    ]


def shared_out(point: str, weights: dict[str, float]) -> dict[str, float]:
    """Return the weights of a point so that they sum to 1; themes without weight are left out.

    Raises
    ------
    ValueError
        If a weight is no number or less than 0, or all of them are 0.

    Examples
    --------
    >>> shared_out("context-war", {"security": 3, "energy": 1, "digital": 0})
    {'security': 0.75, 'energy': 0.25}
    """
    total = math.fsum(weights.values())
    if not all(0 <= weight < math.inf for weight in weights.values()) or not total:
        raise ValueError(f"weights of {point}: {weights}; expected 0 or more, and one above 0")
    return {theme: weight / total for theme, weight in weights.items() if weight}


def _regraded(coded: Material, strengths: pd.DataFrame) -> list[Outcome]:
    given = dict(zip(strengths["item_id"], strengths["strength"].astype(str), strict=True))
    _refuse("item", given, [item.item_id for item in coded.outcomes])
    _refuse("strength", given.values(), data.codes("outcome_codes", "strength"))
    return [
        item._replace(strength=given.get(item.item_id, item.strength)) for item in coded.outcomes
    ]


def _refuse(kind: str, given: Iterable[str], known: Iterable[str]) -> None:
    listed = list(known)
    for name in given:
        if name not in listed:
            raise UnknownNameError(f"no {kind} {name!r}{suggestion(name, listed)}")
