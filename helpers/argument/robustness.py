"""What holds: every conclusion under every coding, and the smallest change that turns it."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.argument.codings import Coding
from helpers.argument.material import Material
from helpers.argument.measures import MEASURES, TIE, rests_on
from helpers.data import codes
from helpers.data.holding import held

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "above": operator.gt,
    "at-least": operator.ge,
    "equal": operator.eq,
    "at-most": operator.le,
    "below": operator.lt,
}
MOST_CHANGES = 4


def judge(conclusions: pd.DataFrame, material: Material) -> pd.DataFrame:
    """Say of every conclusion whether it holds on a coding.

    Parameters
    ----------
    conclusions : pandas.DataFrame
        The table ``conclusions``.
    material : Material
        The coded report.

    Returns
    -------
    pandas.DataFrame
        One row a conclusion: its columns, ``value`` of the measure, ``margin``, how far the value
        lies on the right side of the threshold (negative on the wrong side, missing where the
        measure is undefined), and ``holds``.

    Examples
    --------
    >>> from helpers.argument.material import published
    >>> from helpers.data import load
    >>> bool(judge(load("conclusions"), published())["holds"].all())
    True
    """
    rows = [_judged(row, material) for row in conclusions.to_dict("records")]
    found = pd.DataFrame(rows, index=conclusions.index, columns=["value", "margin", "holds"])
    types = {"value": "float64", "margin": "float64", "holds": "boolean"}
    return pd.concat([conclusions, found.astype(types)], axis="columns")


def _judged(conclusion: Mapping[Any, Any], material: Material) -> tuple[float, float, bool]:
    value = MEASURES[conclusion["measure"]](material, *conclusion["subject"].split())
    return value, _margin(conclusion, value), _holds(conclusion, value)


def _holds(conclusion: Mapping[Any, Any], value: float) -> bool:
    threshold, comparison = conclusion["threshold"], conclusion["comparison"]
    if math.isnan(value):
        return False
    near = abs(value - threshold) <= TIE
    return COMPARISONS[comparison](threshold if near else value, threshold)


def _margin(conclusion: Mapping[Any, Any], value: float) -> float:
    distance = float(value - conclusion["threshold"])
    if conclusion["comparison"] == "equal":
        return -abs(distance)
    return distance if conclusion["comparison"] in {"above", "at-least"} else -distance


def turned(conclusions: pd.DataFrame, published: Material, changed: Material) -> pd.DataFrame:
    """Say which conclusions turn when something is coded otherwise.

    Parameters
    ----------
    conclusions : pandas.DataFrame
        The table ``conclusions``.
    published, changed : Material
        The report as it was coded, and as it is coded now, such as
        :func:`helpers.argument.recoded` gives it.

    Returns
    -------
    pandas.DataFrame
        One row a conclusion that turns, in order: the columns of the table, among them
        ``conclusion_id`` and its sentence, ``text_*``; ``before`` and ``after``, the values of its
        measure; ``held`` and ``holds``, whether it held and holds.

    Examples
    --------
    >>> from helpers import argument, data
    >>> before = argument.published()
    >>> after = argument.recoded(before, links=argument.stated(data.links()))
    >>> turned(data.load("conclusions"), before, after)["conclusion_id"].iloc[1]
    'people-alone-unanswered'
    """
    first, second = judge(conclusions, published), judge(conclusions, changed)
    about = {"before": first["value"], "after": second["value"]}
    table = conclusions.assign(**about, held=first["holds"], holds=second["holds"])
    return table[table["held"] != table["holds"]].sort_values("order", ignore_index=True)


@held()
def robustness(conclusions: pd.DataFrame, codings: Sequence[Coding]) -> pd.DataFrame:
    """Say of every conclusion under which codings it holds.

    Parameters
    ----------
    conclusions : pandas.DataFrame
        The table ``conclusions``.
    codings : sequence of Coding
        The published coding first, as :func:`helpers.argument.every_coding` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a conclusion and coding, in order: the columns of :func:`judge`; ``coding``,
        ``group`` and ``object`` of the coding, and ``coding_order``; and ``touched``: whether the
        coding changes anything that the measure rests on.

    Examples
    --------
    A coding that changes nothing that a conclusion rests on leaves it as it is:

    >>> from helpers.argument.codings import every_coding
    >>> from helpers.data import load
    >>> tried = robustness(load("conclusions"), every_coding()[:2])
    >>> bool(tried[~tried["touched"]]["holds"].all())
    True
    """
    parts = []
    for place, coding in enumerate(codings):
        judged = judge(conclusions, coding.material)
        changed = _changed(codings[0].material, coding.material)
        touched = [place == 0 or bool(changed & rests_on(name)) for name in judged["measure"]]
        about = {"coding": coding.name, "group": coding.group, "object": coding.object}
        parts.append(judged.assign(**about, coding_order=place, touched=touched))
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["order", "conclusion_id", "coding_order"], ignore_index=True)


@held()
def standing(conclusions: pd.DataFrame, codings: Sequence[Coding]) -> pd.DataFrame:
    """Say of every conclusion how it stands: under how many codings it holds, and what turns it.

    Parameters
    ----------
    conclusions, codings
        As for :func:`robustness`.

    Returns
    -------
    pandas.DataFrame
        One row a conclusion, in order: the columns of :func:`judge` on the published coding;
        ``tried``, the codings that change what it rests on; ``held``, those of them under which it
        holds; ``falls_under``, names of the others; ``fewest`` and ``alone`` of :class:`Turn`.

    Examples
    --------
    >>> from helpers.argument.codings import every_coding
    >>> from helpers.data import load
    >>> one = standing(load("conclusions").head(1), every_coding()).iloc[0]
    >>> bool(one["tried"] == one["held"] + len(one["falls_under"]))
    True
    """
    tried = robustness(conclusions, codings).query("touched and coding_order > 0")
    first = codings[0].material
    table = judge(conclusions, first).sort_values("order", ignore_index=True)
    of_each = dict(iter(tried.groupby("conclusion_id")))
    none = tried.iloc[:0]
    rows = [of_each.get(name, none) for name in table["conclusion_id"]]
    turns = [turning(row, first) for row in table.to_dict("records")]
    return table.assign(
        tried=[len(row) for row in rows],
        held=[int(row["holds"].sum()) for row in rows],
        falls_under=pd.Series([list(row[~row["holds"]]["coding"]) for row in rows], dtype=object),
        fewest=pd.array([turn.fewest for turn in turns], dtype="Int64"),
        alone=pd.Series([turn.alone for turn in turns], dtype=object),
    )


def _changed(one: Material, other: Material) -> set[str]:
    """Return what differs: codes of links, themes or strength, or which items there are."""
    changed = {
        "links": one.links != other.links,
        "themes": one.weights != other.weights,
        "items": _items(one) != _items(other),
        "strength": one.outcomes != other.outcomes,
    }
    return {name for name, differs in changed.items() if differs}


def _items(material: Material) -> set[tuple[str, str]]:
    return {(item.item_id, item.theme_id) for item in material.outcomes}


@dataclass(frozen=True)
class Turn:
    """What turns a conclusion.

    Attributes
    ----------
    alone : list of str
        Links and outcomes whose code, changed or taken away by itself, turns it.
    fewest : int or None
        The number of codes that must change; none if :data:`MOST_CHANGES` do not turn it. From two
        on it is an upper bound: after each change the one that brings the conclusion nearest to
        its threshold is looked for.
    """

    alone: list[str]
    fewest: int | None


@held()
def turning(conclusion: Mapping[Any, Any], material: Material) -> Turn:
    """Return the smallest change of single codes of links and outcomes that turns a conclusion.

    A change takes away a link or an outcome, makes a stated link an inferred one or the other way
    round, or moves an outcome to the next strength.

    Parameters
    ----------
    conclusion : mapping
        A row of the table ``conclusions``.
    material : Material
        The coded report.

    Returns
    -------
    Turn

    Examples
    --------
    That most outcomes about energy are of one strength hangs, with a single outcome, on that alone:

    >>> from helpers.argument.material import Outcome
    >>> item = Outcome("item", "claim", "energy", "agree")
    >>> one = Material({}, ("energy",), (), (), (item,), ())
    >>> measured = {"measure": "strength_share", "subject": "agree"}
    >>> turning({**measured, "comparison": "above", "threshold": 0.5}, one)
    Turn(alone=['item'], fewest=1)
    """
    objects = rests_on(conclusion["measure"])
    held = _judged(conclusion, material)[2]
    for number in range(1, MOST_CHANGES + 1):
        tried = [
            (name, other, *_judged(conclusion, other)[1:])
            for name, other in _single_changes(material, objects)
        ]
        turned = sorted({name for name, _, _, holds in tried if holds != held})
        if turned:
            return Turn(turned if number == 1 else [], number)
        near = [(margin if held else -margin, n) for n, (_, _, margin, _) in enumerate(tried)]
        if not near:
            break
        material = tried[min(near)[1]][1]
    return Turn([], None)


def _single_changes(material: Material, objects: set[str]) -> Iterator[tuple[str, Material]]:
    if "links" in objects:
        bases = list(codes("argument_links", "basis"))
        for place, link in enumerate(material.links):
            changed = (link._replace(basis=basis) for basis in bases if basis != link.basis)
            yield from _changes(material, "links", place, link.link_id, changed)
    if objects & {"strength", "items"}:
        strengths = list(codes("outcome_codes", "strength")) if "strength" in objects else []
        for place, item in enumerate(material.outcomes):
            at = strengths.index(item.strength) if strengths else 0
            next_to = strengths[max(at - 1, 0) : at] + strengths[at + 1 : at + 2]
            moved = (item._replace(strength=strength) for strength in next_to)
            yield from _changes(material, "outcomes", place, item.item_id, moved)


def _changes(
    material: Material, kind: str, place: int, name: str, others: Iterable[Any]
) -> Iterator[tuple[str, Material]]:
    """Give the material without a row, and with each of the others in its place."""
    rows = getattr(material, kind)
    yield name, material.changed(kind, rows[:place] + rows[place + 1 :])
    for other in others:
        yield name, material.changed(kind, (*rows[:place], other, *rows[place + 1 :]))
