"""How far a class agrees, with itself and with what is published, and where it splits."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from helpers import agreement
from helpers.data import codes

FEW = 5  # coders whose pairs are worth a row each
MEASURED = ["coders", "number", "items", "raw", "kappa", "alpha", "low", "high", "order"]
SPLIT = ["given", "coders", "distinct", "spread", "apart"]


def strengths() -> list[str]:
    """Return the codes from the lowest to the highest."""
    return list(codes("outcome_codes", "strength"))


def wide(coded: pd.DataFrame) -> pd.DataFrame:
    """Return the codes of a group as a table: one row an item, one column a coder, in order."""
    coders = coded.sort_values("coder_order")["coder"].unique()
    table = coded.pivot(index="item_id", columns="coder", values="code")
    items = coded.sort_values("order")["item_id"].unique()
    return table.reindex(index=items, columns=coders).astype("object")


def among(coded: pd.DataFrame) -> pd.DataFrame:
    """Say how far the coders of a group agree with each other.

    Parameters
    ----------
    coded : pandas.DataFrame
        As :class:`helpers.seminar.Group` holds it.

    Returns
    -------
    pandas.DataFrame
        A row for all of them and, of three to five, one for each pair: ``coders``, their
        ``number``, ``items`` that two of them coded at least, ``raw``, ``kappa`` (of more than two
        the mean over their pairs), ``alpha`` (ordinal) with the bounds ``low`` and ``high`` of its
        bootstrap interval, which a fixed seed makes the same in every run, and ``order``. What is
        undefined is missing: a measure of one coder, or of codes that are all the same.
    """
    table = wide(coded)
    names = list(table.columns)
    pairs = list(combinations(names, 2)) if 2 < len(names) <= FEW else []
    rows = [_measured(table[list(chosen)]) for chosen in [tuple(names), *pairs] if chosen]
    return _in_order(rows)


def with_published(coded: pd.DataFrame) -> pd.DataFrame:
    """Say how far each coder agrees with the published codes; columns as of :func:`among`."""
    own = coded.drop_duplicates("item_id").set_index("item_id")["strength"].astype("object")
    table = wide(coded)
    pairs = {name: pd.DataFrame({0: table[name], 1: own[table.index]}) for name in table}
    return _in_order([_measured(pair) | {"coders": (name,)} for name, pair in pairs.items()])


def _measured(table: pd.DataFrame) -> dict[str, object]:
    both = table[table.notna().sum(axis="columns") >= 2]
    found = agreement.alpha_interval(both, "ordinal", strengths())
    return {
        "coders": tuple(table.columns),
        "number": len(table.columns),
        "items": len(both),
        "raw": agreement.raw(both),
        "kappa": agreement.mean_kappa(both),
        "alpha": found.value,
        "low": found.low,
        "high": found.high,
    }


def _in_order(rows: list[dict[str, object]]) -> pd.DataFrame:
    numbered = [row | {"order": place} for place, row in enumerate(rows)]
    return pd.DataFrame(numbered, columns=MEASURED)


def confusion(coded: pd.DataFrame) -> pd.DataFrame:
    """Count which codes a group gave where which code is published.

    Returns
    -------
    pandas.DataFrame
        One row a pair of codes, those that do not occur among them: ``strength`` (published),
        ``code`` (given), ``count``, and the places of both, ``published_order`` and ``order``.
    """
    counts = coded.groupby([coded["strength"].astype("object"), "code"]).size()
    places = list(enumerate(strengths()))
    rows = [
        (one, other, int(counts.get((one, other), 0)), row, column)
        for row, one in places
        for column, other in places
    ]
    return pd.DataFrame(rows, columns=["strength", "code", "count", "published_order", "order"])


def splits(coded: pd.DataFrame) -> pd.DataFrame:
    """Return the items on which coders differ, from each other or from what is published.

    Returns
    -------
    pandas.DataFrame
        One row an item, the widest split first: the columns of :func:`helpers.data.lab_items`;
        ``given``, codes with the names of those who gave them; ``coders``; ``distinct`` codes;
        ``spread``, steps between the lowest and the highest; ``apart``, how many coders differ from
        the published code; and ``place`` in this order.
    """
    of_coders = ["coder", "coder_order", "code", "reason"]
    items = coded.drop(columns=of_coders).drop_duplicates("item_id")
    found = pd.DataFrame(
        [_split(own) for _, own in coded.groupby("item_id", sort=False)],
        columns=["item_id", *SPLIT],
    )
    table = items.merge(found, on="item_id", validate="1:1")
    table = table[(table["distinct"] > 1) | (table["apart"] > 0)]
    keys = ["spread", "apart", "order"]
    table = table.sort_values(keys, ascending=[False, False, True], ignore_index=True)
    return table.assign(place=range(len(table)))


def _split(own: pd.DataFrame) -> dict[str, object]:
    known = strengths()
    own = own.sort_values("coder_order")
    places = [known.index(code) for code in own["code"]]
    names = {
        code: tuple(own[own["code"] == code]["coder"]) for code in known if code in set(own["code"])
    }
    return {
        "item_id": own["item_id"].iloc[0],
        "given": names,
        "coders": len(own),
        "distinct": len(names),
        "spread": max(places) - min(places),
        "apart": int((own["code"] != own["strength"].astype("object")).sum()),
    }


def consensus(coded: pd.DataFrame) -> pd.DataFrame:
    """Return one code an item for a group: the median, and of two middle codes the lower.

    The codebook asks for the lower code in doubt; the median does not ask how far the others are.

    Returns
    -------
    pandas.DataFrame
        ``item_id`` and ``strength``, for the items that somebody has coded.

    Examples
    --------
    >>> rows = [("a", "fund"), ("a", "affirm"), ("b", "agree"), ("b", "welcome"), ("b", "agree")]
    >>> consensus(pd.DataFrame(rows, columns=["item_id", "code"]))["strength"].tolist()
    ['affirm', 'agree']
    """
    known = strengths()
    rows = []
    for item, own in coded.groupby("item_id"):
        places = sorted(known.index(code) for code in own["code"])
        rows.append((item, known[places[(len(places) - 1) // 2]]))
    return pd.DataFrame(rows, columns=["item_id", "strength"])
