"""How the claims stand: verdicts counted, and each claim with its checks and their sources."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import codes_where, refuse_unknown
from helpers.data.languages import in_each, renamed
from helpers.data.schema import codes
from helpers.data.tables import load
from helpers.data.views.common import in_sections, rank_of, with_reading_order
from helpers.data.views.evidence import judged_claims

VERDICTS_BY = ("section_id", "kind", "theme_id", "confidence")


def verdict_counts(*by: str) -> pd.DataFrame:
    """Count how the claims stand, each claim once: the verdicts, and what no record could settle.

    Parameters
    ----------
    *by : {"section_id", "kind", "theme_id", "confidence"}
        What they are counted by, one after the other. A claim has the themes of its point, and
        counts once in each of them, so that the counts of themes add up to more than there are
        claims; claims of no point have no theme, claims that nobody checked no confidence, and are
        left out there.

    Returns
    -------
    pandas.DataFrame
        One row a group and verdict that occurs: ``by``, ``group_id``, ``group_ar``, ``group_en``,
        ``group_order``, ``verdict``, ``claims`` (how many) and ``weak`` (how many of these rest on
        low confidence).

    Raises
    ------
    ValueError
        If claims are not counted by this; the message names what they are counted by.

    Examples
    --------
    >>> counts = verdict_counts("kind")
    >>> set(counts.query("group_id == 'recommendation'")["verdict"])
    {'not_checkable'}
    """
    refuse_unknown("grouping", by, VERDICTS_BY)
    claims = standings()
    claims = claims[claims["same_as"].isna()]
    return pd.concat([_counted(claims, name) for name in by], ignore_index=True)


def standings() -> pd.DataFrame:
    """Return all claims in reading order with how they stand: what cannot be checked says so.

    Returns
    -------
    pandas.DataFrame
        As :func:`judged_claims` returns it, with ``weak``: whether a record could settle the claim
        and the one that was found is of low confidence. ``verdict`` is missing only of a claim that
        could be checked and was not.

    Examples
    --------
    >>> sorted(standings()["verdict"].dropna().unique())
    ['confirmed', 'contradicted', 'imprecise', 'not_checkable', 'not_found']
    """
    claims = judged_claims(*load("sections")["section_id"])
    (beyond,) = codes_where("checks", "verdict", beyond_checks=True)
    checkable = claims["checkable"].astype(bool)
    low = claims["confidence"].isin(codes_where("checks", "confidence", weak=True))
    verdict = claims["verdict"].where(checkable, beyond)
    return claims.assign(verdict=verdict, weak=low & checkable)


def _counted(claims: pd.DataFrame, by: str) -> pd.DataFrame:
    if by == "theme_id":
        themes = load("point_themes")[["point_id", "theme_id"]]
        claims = claims.merge(themes, on="point_id", validate="m:m")
    counted = claims.groupby([by, "verdict"], observed=True)
    counts = counted.agg(claims=("claim_id", "size"), weak=("weak", "sum")).reset_index()
    counts = counts.astype({"claims": "Int64", "weak": "Int64", by: "object"})
    named = counts.rename(columns={by: "group_id"}).merge(
        _groups(by), on="group_id", validate="m:1"
    )
    named = named.assign(by=by, rank=rank_of(named["verdict"], "checks", "verdict"))
    named = named.sort_values(["group_order", "rank"], ignore_index=True)
    return named[["by", *_groups(by).columns, "verdict", "claims", "weak"]]


def _groups(by: str) -> pd.DataFrame:
    """Return what claims may be counted by, with words and order."""
    titles, group = in_each("title"), ["group_id", *in_each("group"), "group_order"]
    if by in ("section_id", "theme_id"):
        table = load("sections" if by == "section_id" else "themes")
        columns = [by, *titles, "order"]
        return table[columns].set_axis(group, axis=1)
    known = codes("claims" if by == "kind" else "checks", by)
    rows = [
        (value, *(code[title] for title in titles), place)
        for place, (value, code) in enumerate(known.items(), start=1)
    ]
    return pd.DataFrame(rows, columns=group)


def passage_verdicts() -> pd.DataFrame:
    """Return every passage of the report in reading order, with the worst verdict of its claims.

    Returns
    -------
    pandas.DataFrame
        ``passage_id``, ``section_id``, ``paragraph``, ``sentence`` and ``kind``; words and order of
        the section; ``claims`` (how many); of the claim that stands worst, the first of several,
        ``claim_id``, ``text_*``, ``verdict`` and ``weak``, missing where the passage has no claim;
        and ``reading_order``.

    Examples
    --------
    >>> passage_verdicts()["passage_id"].iloc[0]
    'abstract_ar.1.1'
    """
    claims = standings()
    severity = {value: code["severity"] for value, code in codes("checks", "verdict").items()}
    claims = claims.assign(mildness=-claims["verdict"].astype("object").map(severity).fillna(0))
    claims["claims"] = claims.groupby("passage_id")["claim_id"].transform("size")
    worst = claims.sort_values(["mildness", "reading_order"]).drop_duplicates("passage_id")
    own = ["passage_id", "claims", "claim_id", *in_each("text"), "verdict", "weak"]
    names = {**renamed("title", "section"), "order": "section_order"}
    sections = load("sections").rename(columns=names)[["section_id", *names.values()]]
    passages = load("passages")[["passage_id", "section_id", "paragraph", "sentence", "kind"]]
    table = passages.merge(sections, on="section_id", validate="m:1")
    table = table.merge(worst[own], how="left", on="passage_id", validate="1:1")
    table = table.assign(claims=table["claims"].fillna(0).astype("Int64"))
    return with_reading_order(table, "passage_id")


def differences() -> pd.DataFrame:
    """Return the claims that sources contradict or find imprecise, by how the difference came in.

    What was found with low confidence is left out.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`standings`, ``origin_order``, where those of unknown origin come last,
        and ``reference_publisher``: whose reference the claim is tied to, if it is tied to one; in
        that order, and in reading order.

    Examples
    --------
    >>> differences()["verdict"].unique().tolist()
    ['imprecise', 'contradicted']
    """
    claims = standings()
    differing = claims["verdict"].isin(codes_where("checks", "verdict", differs=True))
    found = claims[differing & claims["same_as"].isna() & ~claims["weak"]]
    last = len(codes("checks", "origin"))
    order = rank_of(found["origin"], "checks", "origin").fillna(last).astype(int)
    ties = load("claim_references").merge(load("references"), on="reference_id", validate="m:1")
    publishers = ties.drop_duplicates("claim_id").set_index("claim_id")["publisher"]
    found = found.assign(
        origin_order=order, reference_publisher=found["claim_id"].map(publishers.to_dict())
    )
    return found.sort_values(["origin_order", "reading_order"], ignore_index=True)


def checked_claims(*sections: str) -> pd.DataFrame:
    """Return claims with all their checks, and each check with its sources, in reading order.

    Parameters
    ----------
    *sections : str
        Section ids; all sections by default.

    Returns
    -------
    pandas.DataFrame
        One row a check: of the claim ``claim_id``, ``passage_id``, ``kind``, ``text_*``; the
        columns of ``checks``; and of either source ``title``, ``publisher``, ``carrier``, ``date``
        and ``url``, as ``source_<name>`` and ``second_source_<name>``; and ``reading_order``.

    Raises
    ------
    ValueError
        If there is no such section; the message names those that exist.

    Examples
    --------
    >>> bool(checked_claims()["check_id"].is_unique)
    True
    """
    wanted = sections or tuple(load("sections")["section_id"])
    claims = load("claims")[["claim_id", "passage_id", "kind", *in_each("text")]]
    table = in_sections(claims.merge(load("checks"), on="claim_id", validate="1:m"), wanted)
    for column in ("source_id", "second_source_id"):
        table = table.merge(_sources_as(column), how="left", on=column, validate="m:1")
    return with_reading_order(table, "claim_id", "check_id")


def _sources_as(column: str) -> pd.DataFrame:
    stem = column.removesuffix("_id")
    names = ["title", "publisher", "carrier", "date", "url"]
    sources = load("sources")[["source_id", *names]].rename(columns={"source_id": column})
    return sources.rename(columns={name: f"{stem}_{name}" for name in names})


def reread_counts() -> pd.DataFrame:
    """Count what was read again without sight of the stored row, and how much came out alike.

    Returns
    -------
    pandas.DataFrame
        One row a sort of row (``object``) and, of checks, the ``verdict`` that stands, in the
        order of the codes; events have none. ``again``: how many were read; ``had``: of these,
        how many had a source to read; ``alike``, ``detail`` and ``other``: how the blind reading
        compares, which add up to ``had``; ``mended``: how many rows were changed.

    Examples
    --------
    >>> counts = reread_counts()
    >>> bool((counts[["alike", "detail", "other"]].sum(axis="columns") == counts["had"]).all())
    True
    """
    rereads = load("rereads").drop(columns="verdict")
    checks = load("checks")[["check_id", "verdict"]]
    table = rereads.merge(checks, how="left", on="check_id", validate="m:1")
    table["had"] = table["alike"].notna()
    table["mended"] = table["outcome"].isin(codes_where("rereads", "outcome", mends=True))
    results = codes_where("rereads", "alike")
    for result in results:
        table[f"is_{result}"] = table["alike"] == result
    counted = {"again": ("had", "size"), "had": ("had", "sum")}
    counted |= {result: (f"is_{result}", "sum") for result in results}
    grouped = table.groupby(["object", "verdict"], observed=True, dropna=False)
    counts = grouped.agg(**counted, mended=("mended", "sum")).reset_index()
    return counts.astype(dict.fromkeys((*counted, "mended"), "Int64"))
