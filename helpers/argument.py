"""The report's argument as a graph: coverage, attention and delivery, dead ends, paths.

Links are stored as sentences (an outcome *answers* an issue). In the graph every edge runs in the
order of the stages, from context to advice, whichever way its sentence reads, so that a path is a
line of reasoning through the report.
"""

from __future__ import annotations

import networkx as nx
import pandas as pd

from helpers.data import codes, load, refuse_unknown, refuse_unknown_stages, themes

STATED = ("stated",)
ALL = ("stated", "inferred")


def stage_order() -> dict[str, int]:
    """Return the stages of the argument with their places."""
    return {stage: place for place, stage in enumerate(codes("points", "stage"))}


def links(basis: tuple[str, ...] = ALL) -> pd.DataFrame:
    """Return the links of the argument with the stages of their ends.

    Parameters
    ----------
    basis : tuple of str
        ``STATED`` for links that a passage states, ``ALL`` for inferred ones too.

    Returns
    -------
    pandas.DataFrame
        The columns of ``argument_links`` and ``from_stage``, ``to_stage``.

    Raises
    ------
    ValueError
        If a basis is unknown; the message names those that are known.
    """
    refuse_unknown("basis", basis, codes("argument_links", "basis"))
    stages = load("points").set_index("point_id")["stage"].astype("str")
    table = load("argument_links")
    table = table[table["basis"].isin(basis)]
    return table.assign(
        from_stage=table["from_point"].map(stages), to_stage=table["to_point"].map(stages)
    )


def graph(basis: tuple[str, ...] = ALL) -> nx.MultiDiGraph:
    """Return the argument as a graph whose edges run in the order of the stages.

    Parameters
    ----------
    basis : tuple of str
        As for :func:`links`.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are points with their ``stage``; edges carry ``relation``, ``basis``, ``link_id``.
    """
    order = stage_order()
    argument = nx.MultiDiGraph()
    for point, stage in load("points")[["point_id", "stage"]].itertuples(index=False):
        argument.add_node(point, stage=stage)
    for _, link in links(basis).iterrows():
        ends = [link["from_point"], link["to_point"]]
        if order[link["from_stage"]] > order[link["to_stage"]]:
            ends.reverse()
        about = {name: link[name] for name in ("relation", "basis", "link_id")}
        argument.add_edge(*ends, key=link["link_id"], **about)
    return argument


def points_of(stage: str) -> list[str]:
    """Return the points of a stage in their order.

    Raises
    ------
    ValueError
        If there is no such stage; the message names those that exist.
    """
    refuse_unknown_stages([stage])
    points = load("points")
    return list(points[points["stage"] == stage].sort_values("order")["point_id"])


# Themes


def coverage() -> pd.DataFrame:
    """Return how much each theme weighs in each stage.

    Returns
    -------
    pandas.DataFrame
        One row a theme, one column a stage, both in order; a cell is the mean weight of the theme
        over the points of the stage, so that a column sums to 1.
    """
    table = load("point_themes").merge(load("points")[["point_id", "stage"]], on="point_id")
    sums = table.pivot_table(
        index="theme_id", columns="stage", values="weight", aggfunc="sum", observed=False
    )
    counts = load("points")["stage"].value_counts()
    return (sums / counts).reindex(index=themes().index, columns=list(stage_order())).fillna(0.0)


def attention() -> pd.Series:
    """Return the attention that each theme gets before the outcomes.

    Returns
    -------
    pandas.Series
        By theme in order: sum of its weights over context and goal points, divided by their number.
    """
    table = load("point_themes").merge(load("points")[["point_id", "stage"]], on="point_id")
    table = table[table["stage"].isin(["context", "goal"])]
    number = load("points")["stage"].isin(["context", "goal"]).sum()
    shares = table.groupby("theme_id")["weight"].sum() / number
    return shares.reindex(themes().index).fillna(0.0)


def carried(stages: tuple[str, ...], basis: tuple[str, ...] = ALL) -> pd.Series:
    """Return how much of the weight of each theme leads on to an outcome of the same theme.

    Parameters
    ----------
    stages : tuple of str
        Stages that the weight is taken from, such as ``("context", "goal")``.
    basis : tuple of str
        As for :func:`links`.

    Returns
    -------
    pandas.Series
        By theme in order, from 0 to 1: weight on points from which an outcome about the theme can
        be reached, divided by the weight on all points of the stages; missing for a theme without
        weight there.
    """
    reached = graph(basis)
    outcomes = points_of("outcome")
    about = load("point_themes")
    ends = about[about["point_id"].isin(outcomes)].groupby("theme_id")["point_id"].agg(set)
    weights = about[about["point_id"].isin([p for stage in stages for p in points_of(stage)])]
    leads = [
        bool(ends.get(theme, set()) & nx.descendants(reached, point))
        for point, theme in weights[["point_id", "theme_id"]].itertuples(index=False)
    ]
    sums = weights.groupby("theme_id")["weight"].sum()
    leading = weights[leads].groupby("theme_id")["weight"].sum()
    return (leading.reindex(sums.index).fillna(0.0) / sums).reindex(themes().index)


def delivery(coder: str = "published") -> pd.DataFrame:
    """Count the outcomes of each theme by strength.

    Strength is ordinal: outcomes are counted and the highest code is named; codes are never
    averaged.

    Parameters
    ----------
    coder : str
        Whose codes to count.

    Returns
    -------
    pandas.DataFrame
        One row a theme, one column a strength code, both in order, and ``highest``: the highest
        code that occurs, missing for a theme without outcome.
    """
    items = load("outcome_items").merge(load("outcome_codes").query("coder == @coder"))
    strengths = list(codes("outcome_codes", "strength"))
    counts = items.pivot_table(
        index="theme_id", columns="strength", values="item_id", aggfunc="count", observed=False
    )
    counts = counts.reindex(index=themes().index, columns=strengths).fillna(0).astype(int)
    highest = items.groupby("theme_id")["strength"].max().reindex(themes().index)
    return counts.assign(highest=highest)


# Structure


def leads_nowhere(basis: tuple[str, ...] = ALL) -> list[str]:
    """Return the factors, goals and issues from which no outcome can be reached."""
    argument = graph(basis)
    outcomes = set(points_of("outcome"))
    return [
        point
        for stage in ("context", "goal", "issue")
        for point in points_of(stage)
        if not outcomes & nx.descendants(argument, point)
    ]


def unanswered(basis: tuple[str, ...] = ALL) -> list[str]:
    """Return the issues on the table that no outcome answers."""
    answered = set(links(basis).query("relation == 'answers'")["to_point"])
    return [point for point in points_of("issue") if point not in answered]


def unannounced(basis: tuple[str, ...] = ALL) -> list[str]:
    """Return the outcomes that answer no issue on the table."""
    answering = set(links(basis).query("relation == 'answers'")["from_point"])
    return [point for point in points_of("outcome") if point not in answering]


def unmitigated(basis: tuple[str, ...] = ALL) -> list[str]:
    """Return the challenges that neither advice nor outcome lessens."""
    met = set(links(basis).query("relation == 'mitigates'")["to_point"])
    return [point for point in points_of("challenge") if point not in met]


def paths(source: str, target: str, basis: tuple[str, ...] = ALL) -> list[list[str]]:
    """Return every line of reasoning from one point to a later one.

    Parameters
    ----------
    source, target : str
        Ids of points.
    basis : tuple of str
        As for :func:`links`.

    Returns
    -------
    list of list of str
        Points from source to target, shortest paths first.

    Raises
    ------
    KeyError
        If a point is unknown.
    """
    argument = nx.DiGraph(graph(basis))
    for point in (source, target):
        if point not in argument:
            raise KeyError(f"no point {point!r} in points.csv")
    return sorted(nx.all_simple_paths(argument, source, target), key=lambda path: (len(path), path))


def path_counts(basis: tuple[str, ...] = ALL) -> pd.DataFrame:
    """Count the lines of reasoning from each context factor to each outcome.

    Returns
    -------
    pandas.DataFrame
        One row a factor, one column an outcome, both in order.
    """
    outcomes = points_of("outcome")
    counts = {
        factor: [len(paths(factor, outcome, basis)) for outcome in outcomes]
        for factor in points_of("context")
    }
    return pd.DataFrame.from_dict(counts, orient="index", columns=outcomes)
