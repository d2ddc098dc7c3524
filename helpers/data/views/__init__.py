"""Joins: the tables that charts and tables are drawn from."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import refuse_unknown, refuse_unknown_stages
from helpers.data.tables import in_reading_order, load

PACKAGE_ORDER = ("package", "package-total", "investors-forum")
PERIOD_AFTER = {
    "day": pd.DateOffset(days=0),
    "month": pd.DateOffset(months=1),
    "year": pd.DateOffset(years=1),
}


def relations_events() -> pd.DataFrame:
    """Return the dated events between the two sides, in order of time.

    Returns
    -------
    pandas.DataFrame
        The columns of ``events``, those of ``checks`` for the claim that dates the event, and
        ``last_day`` (last day the date may mean), ``other_date`` (the sourced day where sources
        contradict the report), ``early`` (whether the event lies in the first half of the span).
    """
    events = load("events")
    events = events[(events["track"] == "relations") & ~events["expected"]]
    events = events.merge(load("checks"), on="claim_id", how="left")
    events["last_day"] = [
        _last_day(*dates)
        for dates in zip(events["date_start"], events["date_end"], events["precision"], strict=True)
    ]
    contradicted = events["checked_value"].where(events["verdict"] == "contradicted")
    events["other_date"] = pd.to_datetime(contradicted, format="%Y-%m-%d", errors="coerce")
    middle = (
        events["date_start"].min() + (events["date_start"].max() - events["date_start"].min()) / 2
    )
    events["early"] = events["date_start"] < middle
    return events.sort_values(["date_start", "event_id"]).reset_index(drop=True)


def _last_day(start: pd.Timestamp, end: pd.Timestamp, precision: str) -> pd.Timestamp:
    if pd.notna(end):
        return end
    if precision == "day":
        return start
    return start + PERIOD_AFTER[precision] - pd.Timedelta(days=1)


def summit_day() -> pd.Timestamp:
    """Return the last day of the summit that the report is about."""
    events = load("events")
    summits = events[(events["kind"] == "summit") & (events["track"] == "relations")]
    return summits["date_end"].max()


def agreement_ladder(as_of: pd.Timestamp | None = None) -> pd.DataFrame:
    """Return the stages of the enhanced agreements, country by country.

    Parameters
    ----------
    as_of : pandas.Timestamp, optional
        Day up to which other sources are heard; the report's account is always whole. By default
        the last day of the summit.

    Returns
    -------
    pandas.DataFrame
        ``country_id`` and the columns of ``agreement_stages``, by country and stage; a country of
        the region without an agreement has one row without a stage.
    """
    as_of = summit_day() if as_of is None else as_of
    stages = load("agreement_stages").merge(load("agreements")[["agreement_id", "country_id"]])
    stages = stages[(stages["said_by"] == "report") | (stages["date"] <= as_of)]
    states = load("countries").query("group_id == 'CA5'").sort_values("order")[["country_id"]]
    ladder = states.merge(stages, how="left", on="country_id")
    ladder["place"] = ladder["country_id"].map({c: n for n, c in enumerate(states["country_id"])})
    ladder = ladder.sort_values(["place", "stage", "said_by"]).drop(columns="place")
    return ladder.reset_index(drop=True)


def point_theme_weights(stage: str) -> pd.DataFrame:
    """Return how much of each point of a stage is about each theme.

    Parameters
    ----------
    stage : str
        Stage of the argument, such as ``"context"``.

    Returns
    -------
    pandas.DataFrame
        One row a point, one column a theme that occurs, both in order; cells sum to 1 in a row.
        ``attrs["points"]`` and ``attrs["themes"]`` hold their tables by id.

    Raises
    ------
    ValueError
        If there is no such stage; the message names those that exist.
    """
    refuse_unknown_stages([stage])
    points = load("points")
    points = points[points["stage"] == stage].sort_values("order").set_index("point_id")
    themes = load("themes").sort_values("order").set_index("theme_id")
    long = load("point_themes")
    long = long[long["point_id"].isin(points.index)]
    wide = long.pivot_table(index="point_id", columns="theme_id", values="weight", fill_value=0.0)
    wide = wide.reindex(index=points.index, columns=[t for t in themes.index if t in wide.columns])
    wide.attrs["points"], wide.attrs["themes"] = points, themes
    return wide


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
        The columns of ``claims`` and of ``checks``; ``verdict`` is missing where nothing was
        checked.

    Raises
    ------
    ValueError
        If there is no such section; the message names those that exist.
    """
    refuse_unknown("section", sections, load("sections")["section_id"])
    claims = load("claims")
    passages = load("passages")[["passage_id", "section_id"]]
    claims = claims.merge(passages, on="passage_id")
    claims = claims[claims["section_id"].isin(sections)]
    claims["judged_id"] = claims["same_as"].fillna(claims["claim_id"])
    checks = load("checks").rename(columns={"claim_id": "judged_id"})
    return in_reading_order(claims.merge(checks, on="judged_id", how="left"), "claim_id")


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
    """
    quantities = load("quantities")
    quantities = quantities[quantities["same_as"].isna()].drop(columns="same_as")
    claims = judged_claims(*sections)
    return in_reading_order(claims.merge(quantities, on="claim_id"), "quantity_id")


def positions(*sections: str) -> pd.DataFrame:
    """Return who takes which position on which theme, in reading order.

    Parameters
    ----------
    *sections : str
        Section ids, such as ``"goals"``.

    Returns
    -------
    pandas.DataFrame
        The columns of ``positions``, the claim's ``text_*``, the actor's ``name_*``, and ``side``:
        the group of countries that the actor belongs to (``EU27``, ``CA5``).

    Raises
    ------
    ValueError
        If there is no such section; the message names those that exist.
    """
    refuse_unknown("section", sections, load("sections")["section_id"])
    countries = load("countries").set_index("country_id")
    group = countries["group_id"].fillna(pd.Series(countries.index, index=countries.index))
    actors = load("actors")[["actor_id", "name_ar", "name_en", "country_id"]]
    claims = load("claims")[["claim_id", "passage_id", "text_ar", "text_en"]]
    passages = load("passages")[["passage_id", "section_id"]]
    table = load("positions").merge(actors, on="actor_id").merge(claims, on="claim_id")
    table = table.merge(passages, on="passage_id")
    table = table[table["section_id"].isin(sections)]
    return in_reading_order(table.assign(side=table["country_id"].map(group)), "claim_id")


def package_accounts() -> pd.DataFrame:
    """Return the sums of the package as the report tells them beside those of other sources.

    Returns
    -------
    pandas.DataFrame
        The rows of ``indicators`` in euros, and ``report_value``: the sum in euros that the report
        gives in the claim beside it, missing where it gives none. Parts come first, by size, then
        the total, then what stands apart.
    """
    indicators = load("indicators").query("unit == 'eur_billion'")
    sums = load("quantities").query("currency == 'EUR'")[["claim_id", "value"]]
    table = indicators.merge(sums.rename(columns={"value": "report_value"}), "left", on="claim_id")
    series = {name: place for place, name in enumerate(PACKAGE_ORDER)}
    table["place"] = table["series"].map(series)
    table = table.sort_values(["place", "value"], ascending=[True, False])
    return table.drop(columns="place").reset_index(drop=True)


def package_rates() -> pd.DataFrame:
    """Return the euros and dollars that the report prints for one sum, and the rate they imply.

    Dollars that follow euros in a sentence are the same sum.

    Returns
    -------
    pandas.DataFrame
        ``claim_id`` of the dollars, ``eur``, ``usd`` in billions and ``implied`` (USD per EUR).
    """
    sums = in_reading_order(load("quantities").dropna(subset=["currency", "value"]), "quantity_id")
    sums = sums.assign(passage_id=sums["claim_id"].str.rpartition("-")[0])
    rows = []
    for _, of_passage in sums.groupby("passage_id", sort=False):
        before = of_passage["currency"].shift().eq("EUR") & of_passage["currency"].eq("USD")
        pairs = of_passage.assign(eur=of_passage["value"].shift())[before]
        rows.append(pairs.rename(columns={"value": "usd"})[["claim_id", "eur", "usd"]])
    table = pd.concat(rows, ignore_index=True)
    return table.assign(implied=table["usd"] / table["eur"])


def coded_outcomes(coder: str = "published") -> pd.DataFrame:
    """Return the outcome items with their strength, in reading order.

    Parameters
    ----------
    coder : str
        Whose codes: ``"published"``, ``"project_a"`` or ``"project_b"``.

    Raises
    ------
    ValueError
        If there is no such coder; the message names those that exist.
    """
    table = load("outcome_codes")
    refuse_unknown("coder", [coder], table["coder"].cat.categories)
    coded = load("outcome_items").merge(table[table["coder"] == coder], on="item_id")
    return in_reading_order(coded, "claim_id")


def source_ids(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of the sources of rows, each once, sorted."""
    return tuple(sorted(rows["source_id"].dropna().unique()))
