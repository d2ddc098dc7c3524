"""The report's argument as a graph: coverage, attention and delivery, loose ends, paths.

Links are stored as sentences (an outcome *answers* an issue). In the graph every edge runs in the
order of the stages, from context to advice, whichever way its sentence reads, so that a path is a
line of reasoning through the report.

Every measure takes frames, as the views of :mod:`helpers.data` give them, and speaks of these
alone. Sums are exact before they are rounded once (:func:`math.fsum`), so that neither the order
of rows nor the version of Python changes the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import Any, TypeAlias

import networkx as nx
import pandas as pd

from helpers.data import codes, codes_where, refuse_unknown_stages, theme_words

THEME = ["theme_id", "theme_ar", "theme_en", "theme_order"]
POINT = ["point_id", "title_ar", "title_en", "stage", "order"]
LEADS_NOWHERE = "leads-nowhere"
# The stubs of NetworkX ask for nodes of any type where they only read.
Argument: TypeAlias = "nx.MultiDiGraph[Any]"


# Stages


def stage_order() -> dict[str, int]:
    """Return the stages of the argument with their places.

    Examples
    --------
    >>> list(stage_order())[:3]
    ['context', 'goal', 'issue']
    """
    return {stage: place for place, stage in enumerate(codes("points", "stage"))}


def attention_stages() -> list[str]:
    """Return the stages in which a theme draws attention: those before anything is on the table."""
    return codes_where("points", "stage", draws_attention=True)


def first_stage() -> str:
    """Return the stage that the argument begins with."""
    return next(iter(stage_order()))


def delivering_stage() -> str:
    """Return the stage in which themes get what they get: that of the outcomes."""
    (stage,) = codes_where("points", "stage", delivers=True)
    return stage


def stated(links: pd.DataFrame) -> pd.DataFrame:
    """Return the links that a passage of the report states, without those that are inferred."""
    return links[links["basis"].isin(codes_where("argument_links", "basis", in_report=True))]


# Graph


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


def points_of(points: pd.DataFrame, *stages: str) -> pd.DataFrame:
    """Return the points of stages, each once, by stage and order.

    Raises
    ------
    ValueError
        If there is no such stage; the message names those that exist.
    """
    refuse_unknown_stages(stages)
    chosen = points[points["stage"].isin(stages)].drop_duplicates("point_id")
    return chosen.sort_values(["stage", "order", "point_id"], ignore_index=True)


# Themes


def coverage(weights: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Return how much each theme weighs in each stage.

    Parameters
    ----------
    weights : pandas.DataFrame
        As :func:`helpers.data.point_theme_weights` returns them.
    themes : pandas.DataFrame
        The table ``themes``: which themes there are.

    Returns
    -------
    pandas.DataFrame
        One row a theme and stage, in order, zeros included: words of the theme, ``stage`` and
        ``weight``, the mean over the points of the stage, so that a stage sums to 1; 0 in a stage
        without points. Without weights there are no rows.
    """
    stages = list(stage_order())
    sums = _sums(weights, ["theme_id", "stage"])
    counts = weights.drop_duplicates("point_id")["stage"].value_counts()
    table = _each_theme(themes, weights).merge(pd.DataFrame({"stage": stages}), how="cross")
    table["weight"] = [
        sums.get((theme, stage), 0.0) / max(int(counts.get(stage, 0)), 1)
        for theme, stage in zip(table["theme_id"], table["stage"], strict=True)
    ]
    table["weight"] = table["weight"].astype("float64")
    table["stage"] = table["stage"].astype(pd.CategoricalDtype(stages, ordered=True))
    return table


def attention(weights: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Return the attention that each theme gets before the outcomes.

    Parameters
    ----------
    weights, themes : pandas.DataFrame
        As for :func:`coverage`.

    Returns
    -------
    pandas.DataFrame
        One row a theme, in order: words of the theme and ``attention``, the sum of its weights
        over context and goal points, divided by their number. Without such points no rows.
    """
    before = weights[weights["stage"].isin(attention_stages())]
    sums, number = _sums(before, ["theme_id"]), before["point_id"].nunique()
    table = _each_theme(themes, before)
    shares = [sums.get((theme,), 0.0) / number for theme in table["theme_id"]]
    return table.assign(attention=pd.Series(shares, index=table.index, dtype="float64"))


def carried(
    weights: pd.DataFrame,
    links: pd.DataFrame,
    themes: pd.DataFrame,
    stages: Collection[str] | None = None,
) -> pd.DataFrame:
    """Return how much of the weight of each theme leads on to an outcome of the same theme.

    Parameters
    ----------
    weights, themes : pandas.DataFrame
        As for :func:`coverage`, with all stages that lead to an outcome, and the outcomes.
    links : pandas.DataFrame
        As :func:`helpers.data.links` returns them.
    stages : collection of str, optional
        Stages that the weight is taken from; by default those of :func:`attention_stages`.

    Returns
    -------
    pandas.DataFrame
        One row a theme, in order: words of the theme; ``carried``, from 0 to 1, the weight on
        points from which an outcome about the theme can be reached, divided by the weight on all
        points of the stages; ``carried_stated``, the same by stated links alone. Both are missing
        for a theme without weight there.

    Raises
    ------
    ValueError
        If there is no such stage; the message names those that exist.
    """
    stages = attention_stages() if stages is None else stages
    refuse_unknown_stages(stages)
    table = _each_theme(themes, weights)
    for column, chosen in (("carried_stated", stated(links)), ("carried", links)):
        shares = _shares_carried(weights, chosen, stages)
        table[column] = table["theme_id"].map(shares).astype("float64")
    return table


def _shares_carried(
    weights: pd.DataFrame, links: pd.DataFrame, stages: Collection[str]
) -> dict[str, float]:
    reached = graph(weights[["point_id", "stage"]].drop_duplicates(), links)
    ends: dict[str, set[str]] = {}
    outcomes = weights[weights["stage"] == delivering_stage()]
    for point, theme in zip(outcomes["point_id"], outcomes["theme_id"], strict=True):
        ends.setdefault(theme, set()).add(point)
    start = weights[weights["stage"].isin(stages)]
    pairs = zip(start["point_id"], start["theme_id"], strict=True)
    leads = [
        bool(ends.get(theme, set()) & nx.descendants(reached, point)) for point, theme in pairs
    ]
    leading = _sums(start[pd.Series(leads, index=start.index, dtype=bool)], ["theme_id"])
    every = _sums(start, ["theme_id"])
    return {key[0]: leading.get(key, 0.0) / total for key, total in every.items() if total}


def delivery(coded: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Count the outcomes of each theme by strength.

    Strength is ordinal: outcomes are counted, and codes are never averaged.

    Parameters
    ----------
    coded : pandas.DataFrame
        As :func:`helpers.data.coded_outcomes` returns them.
    themes : pandas.DataFrame
        The table ``themes``: which themes there are.

    Returns
    -------
    pandas.DataFrame
        One row a theme and strength, in order, zeros included: words of the theme, ``strength``
        (ordered) and ``count``. Without outcomes there are no rows.
    """
    strengths = list(codes("outcome_codes", "strength"))
    counts = coded.groupby(["theme_id", "strength"], observed=True).size().to_dict()
    table = _each_theme(themes, coded).merge(pd.DataFrame({"strength": strengths}), how="cross")
    pairs = zip(table["theme_id"], table["strength"], strict=True)
    table["count"] = pd.Series([counts.get(pair, 0) for pair in pairs], dtype="Int64")
    table["strength"] = table["strength"].astype(pd.CategoricalDtype(strengths, ordered=True))
    return table


def highest(delivered: pd.DataFrame) -> dict[str, str]:
    """Return the highest strength that each theme reached; themes without outcome are left out.

    Parameters
    ----------
    delivered : pandas.DataFrame
        As :func:`delivery` returns it.
    """
    reached = delivered[delivered["count"] > 0].sort_values("strength")
    return dict(zip(reached["theme_id"], reached["strength"], strict=True))


def _each_theme(themes: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
    """Return the words of every theme, in order; none if there is nothing to measure."""
    words = theme_words(themes)[THEME]
    return words.iloc[: 0 if measured.empty else None].reset_index(drop=True)


def _sums(weights: pd.DataFrame, by: list[str]) -> dict[tuple[str, ...], float]:
    """Return the exact sum of the weights of each group, rounded once."""
    parts: dict[tuple[str, ...], list[float]] = {}
    for *key, weight in weights[[*by, "weight"]].itertuples(index=False, name=None):
        parts.setdefault(tuple(key), []).append(float(weight))
    return {key: math.fsum(values) for key, values in parts.items()}


# Structure


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
    """
    parts = []
    for place, (question, about) in enumerate(questions().items(), start=1):
        few, every = (_loose(points, chosen, about) for chosen in (stated(links), links))
        loose = few[POINT].assign(still=few["point_id"].isin(every["point_id"]))
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
    if about is None:
        return _dead_ends(points, links)
    relation, end = about
    pairs = codes("argument_links", "relation")[relation]["pairs"]
    stages = {pair[0 if end == "from" else 1] for pair in pairs}
    met = links[links["relation"] == relation][f"{end}_point"]
    asked = points_of(points, *stages)
    return asked[~asked["point_id"].isin(met)]


def _dead_ends(points: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return the points before the outcomes from which no outcome can be reached."""
    argument, order = graph(points, links), stage_order()
    outcomes = set(points_of(points, delivering_stage())["point_id"])
    before = [stage for stage in order if order[stage] < order[delivering_stage()]]
    asked = points_of(points, *before)
    dead = [not outcomes & nx.descendants(argument, point) for point in asked["point_id"]]
    return asked[pd.Series(dead, index=asked.index, dtype=bool)]


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
    """
    argument: nx.DiGraph[Any] = nx.DiGraph(graph(points, links))
    for point in (source, target):
        if point not in argument:
            raise KeyError(f"no point {point!r} in points.csv")
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
    """
    starts = _ends(points_of(points, first_stage()), "from")
    table = starts.merge(_ends(points_of(points, delivering_stage()), "to"), how="cross")
    for column, chosen in (("paths_stated", stated(links)), ("paths", links)):
        counts = _counted(graph(points, chosen), starts["from_point"])
        pairs = zip(table["from_point"], table["to_point"], strict=True)
        numbers = [counts[start].get(end, 0) for start, end in pairs]
        table[column] = pd.Series(numbers, index=table.index, dtype="Int64")
    return table


def _ends(points: pd.DataFrame, prefix: str) -> pd.DataFrame:
    names = {"point_id": "point", "title_ar": "ar", "title_en": "en", "order": "order"}
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
