"""Relations of the two sides: dated events, and how far the agreements have come."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import codes_where, subject
from helpers.data.tables import load
from helpers.data.views.common import last_day, with_sources
from helpers.data.views.evidence import speaking_checks


def relations_events() -> pd.DataFrame:
    """Return the dated events between the two sides, in order of time.

    Returns
    -------
    pandas.DataFrame
        The columns of ``events``, those of :func:`speaking_checks` for the claim that dates the
        event, the citation of its source, ``last_day`` (last day the date may mean) and
        ``other_date`` (the sourced day where sources contradict the report).

    Examples
    --------
    >>> bool(relations_events()["date_start"].is_monotonic_increasing)
    True
    """
    events = load("events")
    events = events[(events["track"] == subject()["track"]) & ~events["expected"]]
    events = events.merge(speaking_checks(), how="left", on="claim_id", validate="m:1")
    events["last_day"] = last_day(events["date_start"], events["precision"], events["date_end"])
    contradicted = events["verdict"].isin(codes_where("checks", "verdict", other_value=True))
    other = events["checked_value"].where(contradicted)
    events["other_date"] = pd.to_datetime(other, format="%Y-%m-%d", errors="coerce")
    return with_sources(events).sort_values(["date_start", "event_id"], ignore_index=True)


def summit_day() -> pd.Timestamp:
    """Return the last day of the event that the report is about.

    Raises
    ------
    KeyError
        If ``events.csv`` has no such event.

    Examples
    --------
    >>> str(summit_day().date())
    '2025-04-04'
    """
    events = load("events").set_index("event_id")
    event = subject()["event"]
    if event not in events.index:
        raise KeyError(f"no event {event!r} in events.csv, which datapackage.json is about")
    days = last_day(events["date_start"], events["precision"], events["date_end"])
    return pd.Timestamp(days[event])


def agreement_ladder(as_of: pd.Timestamp | None = None) -> pd.DataFrame:
    """Return the stages of the enhanced agreements, country by country.

    Parameters
    ----------
    as_of : pandas.Timestamp, optional
        Day up to which other sources are heard; the report's account is always whole. By default
        the last day of the summit. A stage of which only the month or the year is known counts
        once the last day that it may mean has come, so that nothing is told too early.

    Returns
    -------
    pandas.DataFrame
        ``country_id``, ``country_order``, the columns of ``agreement_stages``, ``last_day`` and
        the citation of the source, by country and stage; a country of the region without an
        agreement has one row without a stage.

    Examples
    --------
    >>> bool(agreement_ladder()["stage_id"].notna().all())
    False
    """
    as_of = summit_day() if as_of is None else as_of
    agreements = load("agreements")[["agreement_id", "country_id"]]
    stages = load("agreement_stages").merge(agreements, on="agreement_id", validate="m:1")
    stages["last_day"] = last_day(stages["date"], stages["precision"])
    reported = stages["said_by"].isin(codes_where("agreement_stages", "said_by", in_report=True))
    stages = with_sources(stages[reported | (stages["last_day"] <= as_of)])
    countries = load("countries")
    states = countries[countries["group_id"] == subject()["region"]][["country_id", "order"]]
    states = states.rename(columns={"order": "country_order"})
    order = ["country_order", "stage", "said_by", "stage_id"]
    ladder: pd.DataFrame = states.merge(stages, how="left", on="country_id", validate="1:m")
    return ladder.sort_values(order, ignore_index=True)
