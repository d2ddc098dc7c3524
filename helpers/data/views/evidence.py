"""Evidence: claims and quantities with the check that speaks, and their sources."""

from __future__ import annotations

import pandas as pd

from helpers.data.tables import load
from helpers.data.views.common import in_sections, with_reading_order, with_sources


def speaking_checks() -> pd.DataFrame:
    """Return one check a claim: the one that speaks for it in charts and tables.

    A claim may be checked again. The latest check speaks; of one day the one of higher confidence;
    of these the one with the last id. Pages list them all.

    Returns
    -------
    pandas.DataFrame
        The columns of ``checks``, one row a claim, and ``checks``: how many there are of it.

    Examples
    --------
    >>> bool(speaking_checks()["claim_id"].is_unique)
    True
    """
    checks = load("checks")
    checks["checks"] = checks.groupby("claim_id")["check_id"].transform("size").astype("Int64")
    ranked = checks.sort_values(["claim_id", "checked_on", "confidence", "check_id"])
    return ranked.drop_duplicates("claim_id", keep="last").reset_index(drop=True)


def judged_claims(*sections: str) -> pd.DataFrame:
    """Return the claims of sections with their verdicts, in reading order.

    A repeated claim carries the verdict of its first occurrence.

    Parameters
    ----------
    *sections : str
        Section ids, such as ``"context"``.

    Returns
    -------
    pandas.DataFrame
        The columns of ``claims``, of :func:`speaking_checks` and of the citation of the source,
        and ``reading_order``; ``verdict`` is missing where nothing was checked.

    Raises
    ------
    ValueError
        If there is no such section; the message names those that exist.

    Examples
    --------
    >>> judged_claims("issues")["section_id"].unique().tolist()
    ['issues']
    """
    return in_sections(_judged(), sections)


def _judged() -> pd.DataFrame:
    claims = load("claims")
    claims["judged_id"] = claims["same_as"].fillna(claims["claim_id"])
    checks = speaking_checks().rename(columns={"claim_id": "judged_id"})
    judged = claims.merge(checks, how="left", on="judged_id", validate="m:1")
    return with_reading_order(with_sources(judged), "claim_id")


def judged_quantities(*sections: str) -> pd.DataFrame:
    """Return the quantities of sections, first occurrences only, with verdicts, in reading order.

    Parameters
    ----------
    *sections : str
        Section ids.

    Returns
    -------
    pandas.DataFrame
        The columns of ``quantities`` and of :func:`judged_claims`.

    Raises
    ------
    ValueError
        If there is no such section; the message names those that exist.

    Examples
    --------
    >>> bool(judged_quantities()["quantity_id"].is_unique)
    True
    """
    quantities = load("quantities")
    quantities = quantities[quantities["same_as"].isna()].drop(columns="same_as")
    claims = _judged().drop(columns="reading_order")
    table = quantities.merge(claims, on="claim_id", validate="m:1")
    return in_sections(with_reading_order(table, "quantity_id"), sections)


def references() -> pd.DataFrame:
    """Return the references of the report, in its order, with the claims that rest on them.

    Which claim rests on which reference is inferred: the text cites none of them.

    Returns
    -------
    pandas.DataFrame
        One row a reference and claim, or a reference that no claim is tied to: the columns of
        ``references``, ``claim_id``, and the ``verdict`` and ``confidence`` of its check.

    Examples
    --------
    >>> references()["reference_id"].iloc[0]
    'ref-01'
    """
    ties = load("claim_references")[["claim_id", "reference_id"]]
    claims = _judged()[["claim_id", "verdict", "confidence"]]
    tied = ties.merge(claims, on="claim_id", validate="m:1")
    table = load("references").merge(tied, how="left", on="reference_id", validate="1:m")
    return table.sort_values(["reference_id", "claim_id"], ignore_index=True)


def source_ids(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of the sources of rows, each once, sorted.

    Examples
    --------
    >>> "european-parliament-factsheet-central-asia" in source_ids(speaking_checks())
    True
    """
    return tuple(sorted(rows["source_id"].dropna().unique()))
