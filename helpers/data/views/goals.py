"""Goals: who takes which position on which theme."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import subject
from helpers.data.languages import in_each, renamed
from helpers.data.tables import load
from helpers.data.views.common import in_sections, with_reading_order, with_themes


def positions(*sections: str) -> pd.DataFrame:
    """Return who takes which position on which theme, in reading order.

    Parameters
    ----------
    *sections : str
        Section ids, such as ``"goals"``.

    Returns
    -------
    pandas.DataFrame
        The columns of ``positions``, words of the theme, the claim's ``text_*``, the actor's
        ``name_*``, and the side that the actor belongs to: ``side`` (a group of countries, or the
        country itself), ``side_ar``, ``side_en``, and ``side_order``, from 1, missing for who
        belongs to neither side.

    Raises
    ------
    ValueError
        If there is no such section; the message names those that exist.

    Examples
    --------
    >>> positions("issues")["section_id"].unique().tolist()
    ['issues']
    """
    actors = load("actors")[["actor_id", *in_each("name"), "country_id"]]
    claims = load("claims")[["claim_id", "passage_id", *in_each("text")]]
    table = with_themes(load("positions"))
    table = table.merge(actors, on="actor_id", validate="m:1")
    table = table.merge(claims, on="claim_id", validate="m:1")
    table = table.merge(_sides(), how="left", on="country_id", validate="m:1")
    ordered = with_reading_order(table, "claim_id", "actor_id", "theme_id")
    return in_sections(ordered, sections)


def _sides() -> pd.DataFrame:
    """Return the side of each country; a country of no group stands for itself."""
    countries = load("countries")
    sides = countries[["country_id"]].assign(
        side=countries["group_id"].fillna(countries["country_id"])
    )
    names = {"country_id": "side", **renamed("name", "side")}
    names_of = countries[list(names)].rename(columns=names)
    sides = sides.merge(names_of, how="left", on="side", validate="m:1")
    places = {side: place for place, side in enumerate(subject()["sides"], start=1)}
    return sides.assign(side_order=sides["side"].map(places).astype("Int64"))
