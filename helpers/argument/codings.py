"""The report under other codings: another coder's, or another way of counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from helpers.argument.material import Link, Material, Outcome, Weight, published
from helpers.data import codes, codes_where, load

PUBLISHED, WAYS = "published", "ways"
STATED, INFERRED = "stated", "inferred"
BESIDE = ("pass", "further", "earlier", "verb")  # roles of coders beside the published codes


@dataclass(frozen=True)
class Coding:
    """A way to code the report.

    Attributes
    ----------
    name : str
        Short name, such as ``second_a-links``.
    group : str
        The coder, or ``ways`` for another way of counting.
    object : str
        What is coded otherwise: ``links``, ``themes``, ``strength``, or ``all`` of them.
    material : Material
        The report as it is coded so.
    """

    name: str
    group: str
    object: str
    material: Material


def alternatives(
    material: Material,
    link_codes: pd.DataFrame,
    theme_codes: pd.DataFrame,
    outcome_codes: pd.DataFrame,
    claims: pd.DataFrame,
) -> list[Coding]:
    """Return the report under every coding that there is.

    Parameters
    ----------
    material : Material
        As it is published.
    link_codes, theme_codes, outcome_codes : pandas.DataFrame
        The tables of these names: codes of every coder.
    claims : pandas.DataFrame
        The table ``claims``, for the sentences of the outcomes and the size of the points.

    Returns
    -------
    list of Coding
        The published one first; then of each coder each kind of object by itself, and all of them
        together; then the other ways of counting.

    Examples
    --------
    Of codes that nobody gave, the ways of counting are left:

    >>> nobody = [load(name).head(0) for name in ("link_codes", "theme_codes", "outcome_codes")]
    >>> [coding.name for coding in alternatives(published(), *nobody, load("claims"))]
    ['published', 'strict', 'wide', 'claims', 'sentences']
    """
    found = [Coding(PUBLISHED, PUBLISHED, "all", material)]
    tables = {"links": link_codes, "themes": theme_codes, "strength": outcome_codes}
    for coder in _coders():
        given = {kind: table[table["coder"] == coder] for kind, table in tables.items()}
        given = {kind: rows for kind, rows in given.items() if not rows.empty}
        every = material
        for kind, rows in given.items():
            found.append(Coding(f"{coder}-{kind}", coder, kind, SWAPS[kind](material, rows)))
            every = SWAPS[kind](every, rows)
        if len(given) > 1:
            found.append(Coding(f"{coder}-all", coder, "all", every))
    ways = {
        "strict": ("links", _agreed(material, link_codes, strictly=True)),
        "wide": ("links", _agreed(material, link_codes, strictly=False)),
        "claims": ("themes", by_claims(material, claims)),
        "sentences": ("strength", by_sentence(material, claims)),
    }
    return found + [Coding(name, WAYS, kind, held) for name, (kind, held) in ways.items()]


def every_coding() -> list[Coding]:
    """Return the report under every coding of the tables, as :func:`alternatives` gives them.

    Examples
    --------
    >>> codings = every_coding()
    >>> codings[0].material == published()
    True
    """
    return alternatives(
        published(), *map(load, ("link_codes", "theme_codes", "outcome_codes", "claims"))
    )


def with_links(material: Material, coded: pd.DataFrame) -> Material:
    """Return the material with the links that a coder holds to be stated.

    Published links that the coder does not find stated are inferred; stated ones that are not
    published are added.
    """
    said = coded[coded["code"] == STATED]
    return _with_stated(material, set(said["link_id"]))


def _with_stated(material: Material, said: set[str]) -> Material:
    known = {link.link_id for link in material.links}
    links = [
        link._replace(basis=STATED if link.link_id in said else INFERRED) for link in material.links
    ]
    added = [_link(link_id) for link_id in sorted(said - known)]
    return material.changed("links", [*links, *added])


def _link(link_id: str) -> Link:
    """Return a stated link from its id: both ends and the relation, joined by hyphens."""
    for relation in codes("argument_links", "relation"):
        start, between, end = link_id.partition(f"-{relation}-")
        if between:
            return Link(link_id, start, end, relation, STATED)
    raise ValueError(f"link_id {link_id!r} holds no relation of argument_links.csv")


def _agreed(material: Material, link_codes: pd.DataFrame, strictly: bool) -> Material:
    """Return the material with the links that every coder finds stated, or any of them does."""
    found = [{link.link_id for link in material.links if link.basis == STATED}]
    said = link_codes[link_codes["code"] == STATED]
    found += [
        set(said[said["coder"] == coder]["link_id"])
        for coder in _coders()
        if coder in set(link_codes["coder"])
    ]
    return _with_stated(material, set.intersection(*found) if strictly else set.union(*found))


def with_themes(material: Material, coded: pd.DataFrame) -> Material:
    """Return the material with a coder's themes of the points, each with the same weight."""
    themes = coded.groupby("point_id")["theme_id"].agg(list).to_dict()
    weights = [
        Weight(point, stage, theme, 1 / len(themes[point]))
        for point, stage in material.stages.items()
        for theme in themes.get(point, [])
    ]
    return material.changed("weights", weights)


def by_claims(material: Material, claims: pd.DataFrame) -> Material:
    """Return the material with every point weighing as much as its claims, and not like the others.

    The mean weight of the points of a stage stays what it was; where no point of a stage has a
    claim, so do all its weights.
    """
    number = Counter(claims["point_id"].dropna())
    of_stage: dict[str, list[int]] = {}
    for point, stage in material.stages.items():
        of_stage.setdefault(stage, []).append(number[point])
    usual = {stage: sum(counts) / len(counts) for stage, counts in of_stage.items()}
    weights = [
        row._replace(weight=row.weight * number[row.point_id] / usual[row.stage])
        if usual[row.stage]
        else row
        for row in material.weights
    ]
    return material.changed("weights", weights)


def with_strengths(material: Material, coded: pd.DataFrame) -> Material:
    """Return the material with a coder's strengths of the outcomes; others keep theirs."""
    given = dict(zip(coded["item_id"], coded["strength"].astype(str), strict=True))
    items = [
        item._replace(strength=given.get(item.item_id, item.strength)) for item in material.outcomes
    ]
    return material.changed("outcomes", items)


def by_sentence(material: Material, claims: pd.DataFrame) -> Material:
    """Return the material with one outcome for each sentence and theme, the strongest of them."""
    sentence = dict(zip(claims["claim_id"], claims["passage_id"], strict=True))
    places = {strength: n for n, strength in enumerate(codes("outcome_codes", "strength"))}
    best: dict[tuple[str, str], Outcome] = {}
    for item in sorted(material.outcomes, key=lambda item: (-places[item.strength], item.item_id)):
        best.setdefault((sentence[item.claim_id], item.theme_id), item)
    return material.changed("outcomes", best.values())


SWAPS: dict[str, Callable[[Material, pd.DataFrame], Material]] = {
    "links": with_links,
    "themes": with_themes,
    "strength": with_strengths,
}


def _coders() -> list[str]:
    """Return the coders whose codes stand beside the published ones, in the order of the schema."""
    names: dict[str, None] = {}
    for table in ("link_codes", "theme_codes", "outcome_codes"):
        for role in BESIDE:
            names |= dict.fromkeys(codes_where(table, "coder", role=role))
    return list(names)
