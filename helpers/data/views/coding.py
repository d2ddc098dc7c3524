"""Coding: what every coder made of every object, the published codes among them."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import codes_where
from helpers.data.languages import in_each, renamed
from helpers.data.schema import codes
from helpers.data.tables import load

LINK, CHECKABLE, STRENGTH, THEME = "link", "checkable", "strength", "theme"
STAGE = "stage"
COLUMNS = ["object", "item", "sentence", "coder", "code"]


def all_codes() -> pd.DataFrame:
    """Return the codes of all coders for all four kinds of object.

    Returns
    -------
    pandas.DataFrame
        One row a kind of object, item and coder: ``object`` (a code of ``codebook.object``),
        ``item``, ``sentence`` (items of one are not independent: the passage of a claim or an
        outcome, the point that a link starts from, or that a theme is sought in), ``coder`` and
        ``code``. A link is ``stated`` or ``not_stated``; a theme of a point is ``true`` or
        ``false``, for every point that the coder has looked at.

    Examples
    --------
    >>> all_codes()["object"].unique().tolist()
    ['link', 'checkable', 'strength', 'theme']
    """
    parts = [_links(), _claims(), _strengths(), _themes()]
    table = pd.concat(parts, ignore_index=True).astype("object")
    kinds = {kind: place for place, kind in enumerate((LINK, CHECKABLE, STRENGTH, THEME))}
    table["place"] = table["object"].map(kinds)
    ordered = table.sort_values(["place", "coder", "item"], kind="stable", ignore_index=True)
    return ordered[COLUMNS]


def coder_sets(table: str = "outcome_codes") -> list[tuple[str, ...]]:
    """Return which coders are to be compared: the passes together, others with what is published.

    Parameters
    ----------
    table : str
        Table of codes whose coders they are.

    Examples
    --------
    >>> coder_sets()[0]
    ('blind_a', 'blind_b', 'blind_c', 'blind_d')
    >>> coder_sets("commitment_codes")
    [('blind_a', 'blind_b')]
    """
    passes = tuple(codes_where(table, "coder", role="pass"))
    others = [coder for coder in codes(table, "coder") if coder not in passes]
    return [passes, *((coder, _published()) for coder in others if coder != _published())]


def stage_codes() -> pd.DataFrame:
    """Return the stages that coders gave to the promises, and those that were settled.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`all_codes` and, of the promise and the stage, ``title_*``,
        ``stage_id``, ``stage_*`` and ``reason_*``. The code is the rung, since its ladder is given
        with a promise: a coder cannot take another one, and no agreement on it is due to them.

    Examples
    --------
    >>> stage_codes()["object"].unique().tolist()
    ['stage']
    """
    ladder = load("commitment_stages")[["stage_id", "order", *in_each("title")]]
    names = {"order": "code", **renamed("title", "stage")}
    table = load("commitment_codes").merge(
        ladder.rename(columns=names), on="stage_id", validate="m:1"
    )
    promised = load("commitments")[["commitment_id", "claim_id", *in_each("title")]]
    promised = promised.merge(
        load("claims")[["claim_id", "passage_id"]], on="claim_id", validate="m:1"
    )
    table = table.merge(promised, on="commitment_id", validate="m:1")
    table = table.assign(object=STAGE, item=table["commitment_id"], sentence=table["passage_id"])
    more = [*in_each("title"), "stage_id", *in_each("stage", "reason")]
    return table.sort_values(["item", "coder"], ignore_index=True)[[*COLUMNS, *more]]


def _of(kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(object=kind)[COLUMNS]


def _published() -> str:
    (coder,) = codes_where("outcome_codes", "coder", role="published")
    return coder


def _links() -> pd.DataFrame:
    coded = load("link_codes")
    stated = coded["code"] == "stated"
    coded = coded.assign(code=stated.map({True: "stated", False: "not_stated"}))
    published = load("argument_links").query("basis == 'stated'")["link_id"]
    every = coded.drop_duplicates("link_id").assign(coder=_published())
    said = every["link_id"].isin(published).map({True: "stated", False: "not_stated"})
    coded = coded[coded["coder"] != _published()]
    table = pd.concat([coded, every.assign(code=said)], ignore_index=True)
    return _of(LINK, table.assign(item=table["link_id"], sentence=table["from_point"]))


def _claims() -> pd.DataFrame:
    claims = load("claims")[["claim_id", "passage_id", "checkable"]]
    coded = load("claim_codes")[["claim_id", "coder", "code"]]
    coded = coded[coded["coder"] != _published()]
    said = claims["checkable"].map({True: "true", False: "false"})
    published = claims[["claim_id"]].assign(coder=_published(), code=said)
    table = pd.concat([coded.astype("object"), published], ignore_index=True)
    table = table.merge(claims, on="claim_id", validate="m:1")
    return _of(CHECKABLE, table.assign(item=table["claim_id"], sentence=table["passage_id"]))


def _strengths() -> pd.DataFrame:
    items = load("outcome_items")[["item_id", "claim_id"]]
    items = items.merge(load("claims")[["claim_id", "passage_id"]], on="claim_id", validate="m:1")
    table = load("outcome_codes").merge(items, on="item_id", validate="m:1")
    named = {"item_id": "item", "passage_id": "sentence", "strength": "code"}
    return _of(STRENGTH, table.rename(columns=named))


def _themes() -> pd.DataFrame:
    coded = load("theme_codes")[["point_id", "coder", "theme_id"]]
    coded = coded[coded["coder"] != _published()]
    published = load("point_themes")[["point_id", "theme_id"]].assign(coder=_published())
    found = pd.concat([coded, published], ignore_index=True).astype("object")
    every = found[["point_id", "coder"]].drop_duplicates()
    every = every.merge(load("themes")[["theme_id"]].astype("object"), how="cross")
    keys = ["point_id", "coder", "theme_id"]
    table = every.merge(found.assign(code="true"), how="left", on=keys, validate="1:1")
    item = table["point_id"] + " " + table["theme_id"]
    table = table.assign(code=table["code"].fillna("false"), item=item)
    return _of(THEME, table.assign(sentence=table["point_id"]))
