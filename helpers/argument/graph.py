"""The points of the argument by stage, and the graph that their links make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import networkx as nx
import pandas as pd

from helpers.data import codes, codes_where, refuse_unknown_stages
from helpers.data.holding import remembered

# The stubs of NetworkX ask for nodes of any type where they only read.
Argument: TypeAlias = "nx.MultiDiGraph[Any]"


@remembered
def stage_order() -> dict[str, int]:
    """Return the stages of the argument with their places.

    Examples
    --------
    >>> list(stage_order())[:3]
    ['context', 'goal', 'issue']
    """
    return {stage: place for place, stage in enumerate(codes("points", "stage"))}


def attention_stages() -> list[str]:
    """Return the stages in which a theme draws attention: those before anything is on the table.

    Examples
    --------
    >>> attention_stages()
    ['context', 'goal']
    """
    return codes_where("points", "stage", draws_attention=True)


def first_stage() -> str:
    """Return the stage that the argument begins with.

    Examples
    --------
    >>> first_stage()
    'context'
    """
    return next(iter(stage_order()))


def delivering_stage() -> str:
    """Return the stage in which themes get what they get: that of the outcomes.

    Examples
    --------
    >>> delivering_stage()
    'outcome'
    """
    (stage,) = codes_where("points", "stage", delivers=True)
    return stage


def stated(links: pd.DataFrame) -> pd.DataFrame:
    """Return the links that a passage of the report states, without those that are inferred.

    Examples
    --------
    >>> from helpers.data import links
    >>> stated(links())["basis"].unique().tolist()
    ['stated']
    """
    return links[links["basis"].isin(codes_where("argument_links", "basis", in_report=True))]


def graph(points: pd.DataFrame, links: pd.DataFrame) -> Argument:
    """Return the argument as a graph whose edges run in the order of the stages.

    Parameters
    ----------
    points : pandas.DataFrame
        Points with ``point_id`` and ``stage``.
    links : pandas.DataFrame
        As :func:`helpers.data.links` returns them; links to other points are left out.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are points with their ``stage``; edges carry ``relation``, ``basis``, ``link_id``.

    Examples
    --------
    >>> from helpers.data import links, load
    >>> argument = graph(load("points"), links())
    >>> argument.number_of_edges() == len(links())
    True
    """
    order = stage_order()
    stages = dict(zip(points["point_id"], points["stage"], strict=True))
    argument: Argument = nx.MultiDiGraph()
    for point, stage in stages.items():
        argument.add_node(point, stage=stage)
    for link in links.to_dict("records"):
        ends = [link["from_point"], link["to_point"]]
        if not stages.keys() >= set(ends):
            continue
        ends.sort(key=lambda point: order[stages[point]])
        about = {name: link[name] for name in ("relation", "basis", "link_id")}
        argument.add_edge(ends[0], ends[1], key=link["link_id"], **about)
    return argument


def reach(stages: Mapping[str, str], links: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the points that each point leads to, by one link or several.

    Parameters
    ----------
    stages : mapping of str to str
        The stage of each point.
    links : iterable of tuple of str
        Both ends of each link, whichever way its sentence reads; links to other points are left
        out.

    Examples
    --------
    >>> reach({"war": "context", "pressure": "goal"}, [("pressure", "war")])
    {'war': {'pressure'}, 'pressure': set()}
    """
    order = stage_order()
    following: dict[str, set[str]] = {point: set() for point in stages}
    for ends in links:
        if stages.keys() >= set(ends):
            earlier, later = sorted(ends, key=lambda point: order[stages[point]])
            following[earlier].add(later)
    found: dict[str, set[str]] = {}
    for point in sorted(stages, key=lambda point: -order[stages[point]]):
        found[point] = following[point].union(*(found[later] for later in following[point]))
    return {point: found[point] for point in stages}


def points_of(points: pd.DataFrame, *stages: str) -> pd.DataFrame:
    """Return the points of stages, each once, by stage and order.

    Raises
    ------
    ValueError
        If there is no such stage; the message names those that exist.

    Examples
    --------
    >>> from helpers.data import load
    >>> points_of(load("points"), "goal")["stage"].unique().tolist()
    ['goal']
    """
    refuse_unknown_stages(stages)
    chosen = points[points["stage"].isin(stages)].drop_duplicates("point_id")
    return chosen.sort_values(["stage", "order", "point_id"], ignore_index=True)
