"""Outcomes: items with their strength, all codings, the sums of the package."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import codes_where, refuse_unknown, subject
from helpers.data.schema import codes
from helpers.data.tables import load
from helpers.data.views.common import with_points, with_reading_order, with_themes
from helpers.data.views.indicators import indicators_about


def codings() -> pd.DataFrame:
    """Return every outcome item with every code that it was given, in reading order.

    Returns
    -------
    pandas.DataFrame
        One row an item and coder: the columns of ``outcome_items`` and ``outcome_codes``, words of
        the theme, ``point_ar``, ``point_en`` and ``point_order``. An item that nobody has coded
        has one row without a code.

    Examples
    --------
    >>> set(coded_outcomes()["item_id"]) == set(codings()["item_id"])
    True
    """
    items = with_points(with_themes(load("outcome_items")), "point_id", "point")
    table = items.merge(load("outcome_codes"), how="left", on="item_id", validate="1:m")
    return with_reading_order(table, "claim_id", "item_id", "coder")


def coding_passes(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the codes of every pass of coding: one row an item, one column a pass.

    The passes are of the project itself, made with the codebook alone. They are not human raters,
    and their agreement is no evidence of agreement between people.

    Parameters
    ----------
    codings : pandas.DataFrame
        As :func:`codings` returns it.

    Returns
    -------
    pandas.DataFrame
        In reading order, by ``item_id``; a code is missing where a pass has not coded an item.
        Published codes are left out: their coder has another role in the schema.

    Examples
    --------
    >>> coding_passes(codings()).columns.to_list()
    ['blind_a', 'blind_b', 'blind_c', 'blind_d']
    """
    items = list(codings.sort_values("reading_order")["item_id"].unique())
    passes = codes_where("outcome_codes", "coder", role="pass")
    given = codings[codings["coder"].isin(passes)]
    wide = given.astype({"coder": "str"}).pivot(index="item_id", columns="coder", values="strength")
    return wide.reindex(index=items, columns=passes)


def coded_outcomes(coder: str | None = None) -> pd.DataFrame:
    """Return the outcome items with their strength, in reading order.

    Parameters
    ----------
    coder : str, optional
        Whose codes; by default the published ones.

    Returns
    -------
    pandas.DataFrame
        One row an item that the coder has coded, with the columns of :func:`codings`.

    Raises
    ------
    ValueError
        If there is no such coder; the message names those that exist.

    Examples
    --------
    >>> coded_outcomes()["coder"].unique().tolist()
    ['published']
    """
    if coder is not None:
        refuse_unknown("coder", [coder], codes("outcome_codes", "coder"))
    chosen = codes_where("outcome_codes", "coder", role="published") if coder is None else [coder]
    table = codings()
    return table[table["coder"].isin(chosen)].reset_index(drop=True)


def package_accounts() -> pd.DataFrame:
    """Return the sums of the package as the report tells them beside those of other sources.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`indicators_about`, and ``report_value``: the sum in the currency of
        the package (billions) that the report gives in the claim beside it, missing where it gives
        none. Parts come first, by size, then the total, then what stands apart.

    Examples
    --------
    >>> package_accounts()["report_value"].dropna().to_list()
    [10.0, 12.0, 10.0]
    """
    quantities = load("quantities")
    sums = quantities[quantities["currency"] == subject()["currencies"][0]]
    # A claim tells one sum of the package; if it told two, the first printed would be meant.
    sums = sums.sort_values("quantity_id").drop_duplicates("claim_id")[["claim_id", "value"]]
    sums = sums.rename(columns={"value": "report_value"})
    known = indicators_about("package")
    known = known[known["kind"].isin(codes_where("indicator_series", "kind", accounted=True))]
    table = known.merge(sums, how="left", on="claim_id", validate="m:1")
    return table.sort_values(
        ["series_order", "value", "indicator_id"], ascending=[True, False, True], ignore_index=True
    )


def repeated_sums(package: pd.DataFrame) -> pd.Series:
    """Return which rows of :func:`package_accounts` hold a sum that the report gives to others too.

    Only what is handed in counts, so that a chart of some rows speaks of these.

    Examples
    --------
    >>> repeated_sums(package_accounts()).index.to_list()[:1]
    [0]
    """
    told = package["report_value"]
    return told.notna() & told.duplicated(keep=False)


def package_rates() -> pd.DataFrame:
    """Return the sums that the report prints in two currencies, and the rate they imply.

    A sum in the second currency that follows one in the first in a sentence is the same sum.

    Returns
    -------
    pandas.DataFrame
        ``claim_id`` of the second sum, ``currency`` and ``amount`` (billions) of the first,
        ``other_currency`` and ``converted`` of the second, ``implied``: other currency for one
        unit of the first; ``reading_order``.

    Examples
    --------
    >>> package_rates()["implied"].round(2).to_list()
    [1.1, 1.1]
    """
    announced, other = subject()["currencies"]
    sums = load("quantities").dropna(subset=["currency", "value"])
    claims = load("claims")[["claim_id", "passage_id"]]
    sums = with_reading_order(sums.merge(claims, on="claim_id", validate="m:1"), "quantity_id")
    before = sums.groupby("passage_id", sort=False)[["currency", "value"]].shift()
    same = before["currency"].eq(announced) & sums["currency"].eq(other)
    table = pd.DataFrame(
        {
            "claim_id": sums["claim_id"],
            "currency": announced,
            "amount": before["value"],
            "other_currency": other,
            "converted": sums["value"],
            "implied": sums["value"] / before["value"],
            "reading_order": sums["reading_order"],
        }
    )
    return table[same.fillna(False).astype(bool)].reset_index(drop=True)


def reference_rates() -> pd.DataFrame:
    """Return the published exchange rates that the implied one is compared with, by day.

    Examples
    --------
    >>> reference_rates()["series"].unique().tolist()
    ['eur-usd']
    """
    return indicators_about("exchange_rate")
