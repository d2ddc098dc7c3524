"""The structure of the argument: what is loose in it, and its lines of reasoning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import networkx as nx
import pandas as pd

from helpers.argument.graph import (
    Argument,
    delivering_stage,
    first_stage,
    graph,
    points_of,
    reach,
    stage_order,
    stated,
)
from helpers.data import codes
from helpers.data.holding import remembered
from helpers.data.languages import LOCALES, in_each
from helpers.errors import UnknownNameError, suggestion

LEADS_NOWHERE = "leads-nowhere"
Link: TypeAlias = tuple[str, str, str]


@remembered
def questions() -> dict[str, tuple[str, str] | None]:
    """Return what is asked of the argument: each question with the relation and end it looks at.

    The first, what leads nowhere, looks at all links. The others stand in the schema, with the
    relation that closes them.

    Examples
    --------
    >>> questions()["unanswered"]
    ('answers', 'to')
    """
    asked: dict[str, tuple[str, str] | None] = {LEADS_NOWHERE: None}
    for relation, code in codes("argument_links", "relation").items():
        for end, question in code.get("open_ends", {}).items():
            asked[question] = (relation, end)
    return asked


def loose_ends(points: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Ask of the argument what leads nowhere and what is left open.

    Parameters
    ----------
    points : pandas.DataFrame
        The table ``points``.
    links : pandas.DataFrame
        As :func:`helpers.data.links` returns them.

    Returns
    -------
    pandas.DataFrame
        One row a question and point that is loose by stated links alone: ``question``,
        ``question_order``, ``point_id``, ``title_*``, ``stage``, ``order`` of the point, and
        ``still``: whether it is loose with the inferred links too.

    Examples
    --------
    >>> from helpers.data import links, load
    >>> loose_ends(load("points"), links()).columns.to_list()
    ['question', 'point_id', 'title_ar', 'title_en', 'stage', 'order', 'still', 'question_order']
    """
    parts = []
    for place, (question, about) in enumerate(questions().items(), start=1):
        few, every = (_loose(points, chosen, about) for chosen in (stated(links), links))
        told = ["point_id", *in_each("title"), "stage", "order"]
        loose = few[told].assign(still=few["point_id"].isin(every["point_id"]))
        loose.insert(0, "question", question)
        parts.append(loose.assign(question_order=place))
    return pd.concat(parts, ignore_index=True)


def loose(points: pd.DataFrame, links: pd.DataFrame, question: str) -> list[str]:
    """Return the points that one question finds loose, in order.

    Raises
    ------
    KeyError
        If nothing of that name is asked.

    Examples
    --------
    >>> from helpers import data
    >>> loose(data.load("points"), data.links(), "unanswered")
    ['issue-people']
    """
    return list(_loose(points, links, questions()[question])["point_id"])


def _loose(
    points: pd.DataFrame, links: pd.DataFrame, about: tuple[str, str] | None
) -> pd.DataFrame:
    stages = dict(zip(points["point_id"], points["stage"], strict=True))
    ends = zip(links["from_point"], links["to_point"], links["relation"], strict=True)
    found = loose_ids(stages, list(ends), about)
    asked = points_of(points, *codes("points", "stage"))
    return asked[asked["point_id"].isin(found)].reset_index(drop=True)


def loose_ids(
    stages: Mapping[str, str], links: Iterable[Link], about: tuple[str, str] | None
) -> set[str]:
    """Return the points that a question finds loose.

    Parameters
    ----------
    stages : mapping of str to str
        The stage of each point.
    links : iterable of tuple of str
        Both ends and the relation of each link.
    about : tuple of str, or None
        A value of :func:`questions`.
    """
    asked = asked_ids(stages, about)
    if about is None:
        later = reach(stages, ((start, end) for start, end, _ in links))
        delivering = delivering_stage()
        outcomes = {point for point, stage in stages.items() if stage == delivering}
        return {point for point in asked if not later[point] & outcomes}
    relation, end = about
    place = ("from", "to").index(end)
    return asked - {link[place] for link in links if link[2] == relation}


def asked_ids(stages: Mapping[str, str], about: tuple[str, str] | None) -> set[str]:
    """Return the points that a question looks at: those before the outcomes, or of a relation."""
    before = _asked_stages(about)
    return {point for point, stage in stages.items() if stage in before}


@remembered
def _asked_stages(about: tuple[str, str] | None) -> set[str]:
    if about is None:
        order, delivering = stage_order(), delivering_stage()
        return {stage for stage in order if order[stage] < order[delivering]}
    relation, end = about
    pairs = codes("argument_links", "relation")[relation]["pairs"]
    return {pair[0 if end == "from" else 1] for pair in pairs}


def paths(points: pd.DataFrame, links: pd.DataFrame, source: str, target: str) -> list[list[str]]:
    """Return every line of reasoning from one point to a later one.

    Parameters
    ----------
    points, links : pandas.DataFrame
        As for :func:`loose_ends`.
    source, target : str
        Ids of points.

    Returns
    -------
    list of list of str
        Points from source to target, shortest paths first.

    Raises
    ------
    KeyError
        If a point is unknown.

    Examples
    --------
    >>> from helpers.data import links, load
    >>> points = load("points")
    >>> first = points.query("stage == 'goal'")["point_id"].iloc[0]
    >>> paths(points, links(), first, first)
    [['goal-pressure-russia']]
    """
    argument: nx.DiGraph[Any] = nx.DiGraph(graph(points, links))
    for point in (source, target):
        if point not in argument:
            told = f"no point {point!r} in points.csv{suggestion(point, argument)}"
            raise UnknownNameError(told)
    return sorted(nx.all_simple_paths(argument, source, target), key=lambda path: (len(path), path))


def path_counts(points: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Count the lines of reasoning from each context factor to each outcome.

    Parameters
    ----------
    points, links : pandas.DataFrame
        As for :func:`loose_ends`.

    Returns
    -------
    pandas.DataFrame
        One row a factor and outcome, in order, zeros included: of both, ``from`` and ``to``, id,
        titles and order (``from_point``, ``from_ar``, ...), ``paths``, and ``paths_stated`` by
        stated links alone.

    Examples
    --------
    >>> from helpers.data import links, load
    >>> counts = path_counts(load("points"), links())
    >>> bool((counts["paths_stated"] <= counts["paths"]).all())
    True
    """
    starts = _ends(points_of(points, first_stage()), "from")
    table = starts.merge(_ends(points_of(points, delivering_stage()), "to"), how="cross")
    for column, chosen in (("paths_stated", stated(links)), ("paths", links)):
        counts = _counted(graph(points, chosen), starts["from_point"])
        pairs = zip(table["from_point"], table["to_point"], strict=True)
        numbers = [counts[start][end] for start, end in pairs]
        table[column] = pd.Series(numbers, index=table.index, dtype="Int64")
    return table


def _ends(points: pd.DataFrame, prefix: str) -> pd.DataFrame:
    names = {"point_id": "point", **{f"title_{code}": code for code in LOCALES}, "order": "order"}
    new = {name: f"{prefix}_{end}" for name, end in names.items()}
    return points[list(names)].rename(columns=new)


def _counted(argument: Argument, starts: Iterable[str]) -> dict[str, dict[str, int]]:
    """Count the paths from each start to every point, in one pass over the points in order."""
    order = list(nx.topological_sort(argument))
    later = {point: sorted(argument.successors(point)) for point in order}
    counts: dict[str, dict[str, int]] = {}
    for start in starts:
        ways = dict.fromkeys(order, 0) | {start: 1}
        for point in order:
            for following in later[point]:
                ways[following] += ways[point]
        counts[start] = ways
    return counts
