"""What the conclusions rest on: points, links, themes and outcomes, as somebody coded them.

The measures of conclusions are taken again and again, with one code changed each time, so the
material is plain rows and not frames.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pandas as pd

from helpers import data


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
    """Return the material as it is published."""
    return material(
        points=data.load("points"),
        links=data.links(),
        weights=data.point_theme_weights(),
        outcomes=data.coded_outcomes(),
        positions=data.positions(*data.load("sections")["section_id"]),
        themes=data.load("themes"),
    )
