"""The argument drawn as columns of points with links between them.

:func:`argument_overview` draws the figure of that name, :func:`flow` the figures
``factor-goal-flow`` and ``issue-outcome-flow``, :func:`threat_map` the figure of that name.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.charts.argument_drawing import BOTH_SIDES, draw_map, touched
from helpers.charts.base import (
    Chart,
    drawing,
    drawn_at_any_size,
    in_order,
    joined,
)
from helpers.charts.findings import leader, most
from helpers.data import codes, codes_where, refuse_unknown_stages
from helpers.language import Language

MOST_UNMET = 2  # challenges that a heading has room for


@drawn_at_any_size
def argument_overview(
    points: pd.DataFrame, links: pd.DataFrame, lang: Language, size: str = "reading"
) -> Chart:
    """Draw the whole argument, one column a stage, from context to recommendations.

    Links are coloured by relation; a solid line is stated by the report, a broken one inferred.

    Parameters
    ----------
    points : pandas.DataFrame
        The table ``points``.
    links : pandas.DataFrame
        As :func:`helpers.data.links` returns it. Links of points that are not drawn are left out.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields ``points``, ``links``, ``stages``, ``stated`` and
        ``inferred`` (links by each basis), and ``untouched`` (points without a link), its finding
        ``few_stated`` (the stated links, if most are not).
    """
    columns = [[stage] for stage in codes("points", "stage")]
    points, links = _between(points, links, columns)
    with drawing(lang, size) as sheet:
        draw_map(sheet, points, links, columns, quiet=True)
    fields = _fields(points, links, lang)
    unstated = len(links) - int(links["basis"].isin(_in_report()).sum())
    stated = lang.number(len(links) - unstated)
    return sheet.chart({**fields, "few_stated": stated if most(unstated, len(links)) else None})


@drawn_at_any_size
def flow(
    points: pd.DataFrame,
    links: pd.DataFrame,
    stages: Sequence[str],
    lang: Language,
    size: str = "reading",
) -> Chart:
    """Draw the links between stages, and tell the points that none of them touches.

    Parameters
    ----------
    points, links : pandas.DataFrame
        As for :func:`argument_overview`.
    stages : sequence of str
        The stages, from where links start to where they end.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields of :func:`argument_overview`, its finding ``target``,
        ``target_links`` and ``starts`` (the point that most points lead to, and how many of how
        many), or ``unstated`` and ``ends`` (the points that no stated link leads to, if they are
        most of those that links can lead to).
    """
    columns = [[stage] for stage in stages]
    points, links = _between(points, links, columns)
    idle = set(points["point_id"]) - touched(links)
    notes = dict.fromkeys(idle, lang.phrase("no-link"))
    with drawing(lang, size) as sheet:
        draw_map(sheet, points, links, columns, notes)
    fields = _fields(points, links, lang)
    return sheet.chart({**fields, **_flow_findings(points, links, stages, lang)})


@drawn_at_any_size
def threat_map(
    points: pd.DataFrame, links: pd.DataFrame, lang: Language, size: str = "reading"
) -> Chart:
    """Draw what lessens each challenge, and what it threatens.

    What lessens challenges stands before them, what they threaten after, so that all links run one
    way; a point that does both stands on both sides. A challenge that no link leads to is marked.
    Which relations are about a threat, their codes say.

    Parameters
    ----------
    points, links : pandas.DataFrame
        As for :func:`argument_overview`.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its description has the fields of :func:`argument_overview`, its finding ``unmet`` (the
        challenges that nothing lessens, if they are one or two of several).
    """
    relations = codes_where("argument_links", "relation", about_threats=True)
    kept = links[links["relation"].isin(relations)]
    middle = _shared_stage(relations)
    points, links = _between(points, kept, [list(codes("points", "stage"))])
    points = points[points["point_id"].isin(touched(links)) | (points["stage"] == middle)]
    challenges = points[points["stage"] == middle]
    unmet = challenges[~challenges["point_id"].isin(links["to_point"])]
    notes = dict.fromkeys(unmet["point_id"], lang.phrase("nothing-lessens"))
    with drawing(lang, size) as sheet:
        draw_map(sheet, *_by_role(points, links, middle), notes)
    few = 0 < len(unmet) <= MOST_UNMET and len(unmet) < len(challenges)
    names = joined(unmet[lang.column("title")], lang) if few else None
    return sheet.chart({**_fields(points, links, lang), "unmet": names})


def _shared_stage(relations: Sequence[str]) -> str:
    """Return the stage that all pairs of some relations share."""
    known = codes("argument_links", "relation")
    pairs = [set(pair) for relation in relations for pair in known[relation]["pairs"]]
    (middle,) = set.intersection(*pairs)
    return str(middle)


def _by_role(
    points: pd.DataFrame, links: pd.DataFrame, middle: str
) -> tuple[pd.DataFrame, pd.DataFrame, list[list[str]]]:
    """Place points by what their links do: lead to the middle stage, are it, or come from it.

    A point with links of both kinds is there twice; its copy before the middle has an id of its
    own.
    """
    central = set(points[points["stage"] == middle]["point_id"])
    inward = links["to_point"].isin(central)
    sources, targets = set(links[inward]["from_point"]), set(links[~inward]["to_point"])
    renamed = {point: f"{point}{BOTH_SIDES}" for point in sources & targets}
    copies = points[points["point_id"].isin(sources)].assign(column=0)
    copies["point_id"] = copies["point_id"].replace(renamed)
    centre = points[points["point_id"].isin(central)].assign(column=1)
    after = points[points["point_id"].isin(targets)].assign(column=2)
    links = links.assign(
        from_point=links["from_point"].where(~inward, links["from_point"].replace(renamed))
    )
    stages = list(codes("points", "stage"))
    return pd.concat([copies, centre, after]), links, [stages, [middle], stages]


def _between(
    points: pd.DataFrame, links: pd.DataFrame, columns: list[list[str]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the points of the stages of columns, in order, and the links between these points."""
    place = {stage: number for number, column in enumerate(columns) for stage in column}
    order = {stage: number for number, stage in enumerate(place)}
    refuse_unknown_stages([*place, *points["stage"]])
    points = points[points["stage"].isin(list(place))]
    stages = points["stage"].astype("object")
    points = points.assign(column=stages.map(place), place=stages.map(order))
    points = in_order(points, "place", "order", "point_id")
    known = points["point_id"]
    links = links[links["from_point"].isin(known) & links["to_point"].isin(known)]
    return points, in_order(links, "link_id")


def _in_report() -> list[str]:
    return codes_where("argument_links", "basis", in_report=True)


def _flow_findings(
    points: pd.DataFrame, links: pd.DataFrame, stages: Sequence[str], lang: Language
) -> dict[str, object]:
    """Return the point that most points lead to, and those that no stated link leads to."""
    relations = codes("argument_links", "relation").values()
    pairs = [pair for code in relations for pair in code["pairs"] if {*pair} <= {*stages}]
    starts, ends = ({pair[side] for pair in pairs} for side in (0, 1))
    titles = points[points["stage"].isin(ends)].set_index("point_id")[lang.column("title")]
    reached = links.groupby("to_point")["from_point"].nunique().to_dict()
    target = leader({point: reached.get(point, 0) for point in titles.index})
    stated = set(links[links["basis"].isin(_in_report())]["to_point"])
    unstated = sum(point not in stated for point in titles.index)
    return {
        "target": titles[target] if target else None,
        "target_links": lang.number(reached[target]) if target else None,
        "starts": lang.number(int(points["stage"].isin(starts).sum())),
        "unstated": lang.number(unstated) if most(unstated, len(titles)) else None,
        "ends": lang.number(len(titles)),
    }


def _fields(points: pd.DataFrame, links: pd.DataFrame, lang: Language) -> dict[str, object]:
    untouched = points[~points["point_id"].isin(touched(links))][lang.column("title")]
    by_basis = {
        basis: lang.number(int((links["basis"] == basis).sum()))
        for basis in codes("argument_links", "basis")
    }
    return {
        "points": lang.number(len(points)),
        "links": lang.number(len(links)),
        "stages": lang.number(points["stage"].nunique()),
        "untouched": joined(untouched, lang),
        **by_basis,
    }
