"""What happened since the event of the report, and what the report leaves out."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import codes_where, refuse_unknown
from helpers.data.tables import load
from helpers.data.views.common import last_day, with_points, with_sources, with_themes


def later_events(*passages: str, weak: bool = True) -> pd.DataFrame:
    """Return the events since the summit, in order of time; what has no date comes last.

    Parameters
    ----------
    *passages : str
        Passages of the report on which the events bear; all events by default.
    weak : bool
        Whether events of low confidence are wanted, which a table may list and no chart draws.

    Returns
    -------
    pandas.DataFrame
        The columns of ``later_events``, ``last_day`` and the citation of the source.

    Raises
    ------
    ValueError
        If there is no such passage; the message names those that exist.

    Examples
    --------
    >>> list(later_events("context.13.3")["event_id"])
    ['us-tariff-kazakhstan-2025-07', 'us-supreme-court-2026-02']
    """
    refuse_unknown("passage", passages, load("passages")["passage_id"])
    events = load("later_events")
    if passages:
        wanted = set(passages)
        bearing = [bool(wanted & set(str(cell).split())) for cell in events["passage_ids"]]
        events = events[bearing]
    if not weak:
        low = codes_where("later_events", "confidence", weak=True)
        events = events[~events["confidence"].isin(low)]
    events = events.assign(
        last_day=last_day(events["date_start"], events["precision"], events["date_end"])
    )
    return with_sources(events).sort_values(["date_start", "event_id"], ignore_index=True)


def omissions() -> pd.DataFrame:
    """Return what the report leaves out, by theme and point.

    Returns
    -------
    pandas.DataFrame
        The columns of ``omissions``, words of the theme, ``point_ar``, ``point_en`` and
        ``point_order``, and the citation of the source.

    Examples
    --------
    >>> bool(omissions()["source_id"].notna().all())
    True
    """
    table = with_points(with_themes(load("omissions")), "point_id", "point", "stage")
    return with_sources(table).sort_values(["theme_order", "omission_id"], ignore_index=True)
