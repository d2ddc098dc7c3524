"""The seminar: items that students code and claims that they check, with what is published."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import refuse_unknown
from helpers.data.languages import in_each, renamed
from helpers.data.schema import codes
from helpers.data.tables import load
from helpers.data.views.checking import standings
from helpers.data.views.outcomes import coded_outcomes

SOURCE = ["source_id", "title", "publisher", "carrier", "date", "language", "url"]


def lab_items(*rounds: str) -> pd.DataFrame:
    """Return the items of the coding lab in their order, with the published code.

    Parameters
    ----------
    *rounds : {"train", "blind"}
        Rounds whose items are wanted; by default those of both.

    Returns
    -------
    pandas.DataFrame
        The columns of ``lab_items``; of the outcome ``claim_id``, ``verb_*``, ``text_*`` and
        ``point_*``; the paraphrase of its claim (``claim_ar``, ``claim_en``) and ``passage_id``;
        and ``strength``, the published code.

    Raises
    ------
    ValueError
        If there is no such round; the message names those that exist.

    Examples
    --------
    >>> len(lab_items("train")), len(lab_items("blind"))
    (8, 20)
    """
    known = codes("lab_items", "round")
    refuse_unknown("round", rounds, known)
    items = load("lab_items")
    items = items[items["round"].isin(rounds or known)]
    claims = load("claims").rename(columns=renamed("text", "claim"))
    claims = claims[["claim_id", "passage_id", *in_each("claim")]]
    told = ["item_id", "claim_id", *in_each("verb", "text", "point"), "strength"]
    table = items.merge(coded_outcomes()[told], on="item_id", validate="1:1")
    table = table.merge(claims, on="claim_id", validate="m:1")
    return table.sort_values("order", ignore_index=True)


def lab_claims() -> pd.DataFrame:
    """Return the claims to check in their order, with the check that speaks for each.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`helpers.data.standings`, with the order and the note of the seminar:
        ``order``, ``lesson_ar`` and ``lesson_en``.

    Examples
    --------
    >>> bool(lab_claims()["source_id"].notna().all())
    True
    """
    chosen = load("lab_claims").rename(columns=renamed("note", "lesson"))
    table = chosen.merge(standings(), on="claim_id", validate="1:1")
    return table.sort_values("order", ignore_index=True)


def lab_sources() -> pd.DataFrame:
    """Return the sources for the claims to check, one row a claim and source.

    Returns
    -------
    pandas.DataFrame
        ``claim_id``, ``order``, ``text_ar``, ``text_en`` and ``passage_id`` of the claim;
        ``source_order``, and of the source its id, ``title``, ``publisher``, ``carrier``,
        ``date``, ``language`` and ``url``.

    Examples
    --------
    >>> set(lab_sources()["claim_id"]) == set(lab_claims()["claim_id"])
    True
    """
    claims = lab_claims()
    own = ["claim_id", "order", *in_each("text"), "passage_id"]
    parts = [
        claims[[*own, column]].rename(columns={column: "source_id"}).assign(source_order=place)
        for place, column in enumerate(("source_id", "second_source_id"), start=1)
    ]
    named = pd.concat(parts, ignore_index=True).dropna(subset=["source_id"])
    table = named.merge(load("sources")[SOURCE], on="source_id", validate="m:1")
    return table.sort_values(["order", "source_order"], ignore_index=True)
