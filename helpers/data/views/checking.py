"""How the claims stand: verdicts counted, and each claim with its checks and their sources."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import codes_where, refuse_unknown
from helpers.data.tables import load
from helpers.data.views.common import in_sections, with_reading_order, with_themes
from helpers.data.views.evidence import judged_claims

VERDICTS_BY = ("section_id", "kind", "theme_id", "confidence")


def verdict_counts(by: str) -> pd.DataFrame:
    """Count the verdicts of claims that were checked, each claim once.

    Parameters
    ----------
    by : {"section_id", "kind", "theme_id", "confidence"}
        What they are counted by. A claim has the themes of its point, and counts once in each of
        them, so that the counts of themes add up to more than there are claims; claims of no point
        have no theme and are left out.

    Returns
    -------
    pandas.DataFrame
        One row a group and verdict that occurs: the group, ``verdict``, ``claims`` (how many) and
        ``weak`` (how many of these rest on low confidence); of themes their words and order too.

    Raises
    ------
    ValueError
        If verdicts are not counted by this; the message names what they are counted by.
    """
    refuse_unknown("grouping", [by], VERDICTS_BY)
    claims = _checked()
    if by == "theme_id":
        themes = load("point_themes")[["point_id", "theme_id"]]
        claims = claims.merge(themes, on="point_id", validate="m:m")
    claims["weak"] = claims["confidence"].isin(codes_where("checks", "confidence", weak=True))
    counted = claims.groupby([by, "verdict"], observed=True)
    counts = counted.agg(claims=("claim_id", "size"), weak=("weak", "sum"))
    table = counts.reset_index().astype({"claims": "Int64", "weak": "Int64"})
    return _by_theme(table) if by == "theme_id" else table


def _by_theme(table: pd.DataFrame) -> pd.DataFrame:
    """Name the themes, and put them in their order."""
    return with_themes(table).sort_values(["theme_order", "verdict"], ignore_index=True)


def _checked() -> pd.DataFrame:
    claims = judged_claims(*load("sections")["section_id"])
    return claims[claims["verdict"].notna() & claims["same_as"].isna()].reset_index(drop=True)


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
    """
    wanted = sections or tuple(load("sections")["section_id"])
    claims = load("claims")[["claim_id", "passage_id", "kind", "text_ar", "text_en"]]
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
    table = rereads.merge(load("checks")[["check_id", "verdict"]], how="left", on="check_id")
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
