"""For teaching: the passes of coding side by side; :mod:`helpers.agreement` compares them."""

from __future__ import annotations

import pandas as pd

from helpers.data import codes_where


def coding_passes(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the codes of every pass of coding: one row an item, one column a pass.

    The passes are of the project itself, made with the codebook alone. They are not human raters,
    and their agreement is no evidence of agreement between people.

    Parameters
    ----------
    codings : pandas.DataFrame
        As :func:`helpers.data.codings` returns it.

    Returns
    -------
    pandas.DataFrame
        In reading order, by ``item_id``; a code is missing where a pass has not coded an item.
        Published codes are left out: their coder has another role in the schema.
    """
    items = list(codings.sort_values("reading_order")["item_id"].unique())
    passes = codes_where("outcome_codes", "coder", role="pass")
    given = codings[codings["coder"].isin(passes)]
    wide = given.astype({"coder": "str"}).pivot(index="item_id", columns="coder", values="strength")
    return wide.reindex(index=items, columns=passes)
