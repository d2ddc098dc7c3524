"""Promises: what was promised, what came of it, and the ladders that both stand on."""

from __future__ import annotations

import pandas as pd

from helpers.data.cells import EXPECTED, is_of_type
from helpers.data.faults import DataError, Fault
from helpers.data.known import codes_where
from helpers.data.languages import renamed
from helpers.data.schema import PACKAGE, stored_package
from helpers.data.tables import load
from helpers.data.views.common import last_day, with_sources, with_themes
from helpers.data.views.evidence import speaking_checks
from helpers.data.views.outcomes import coded_outcomes


def edition_day() -> pd.Timestamp:
    """Return the day that the data speak for; whatever is counted in days ends there.

    Raises
    ------
    DataError
        If ``datapackage.json`` does not say it as a date.

    Examples
    --------
    >>> str(edition_day().date())
    '2026-11-23'
    """
    edition = str(stored_package().get("edition", ""))
    if not is_of_type(edition, {"type": "date"}):
        raise DataError([Fault(PACKAGE, 0, "edition", edition, EXPECTED["date"])])
    return pd.Timestamp(edition)


def promises() -> pd.DataFrame:
    """Return the promises by theme, with what the report made of them.

    Returns
    -------
    pandas.DataFrame
        The columns of ``commitments``; words and order of the theme; ``rungs``, the length of the
        ladder, of which to be broken is no rung; ``kept_order``, the place on it from which the
        promise counts as kept; ``last_deadline``, the last day that the deadline may mean;
        ``strength``, the published code of the outcome it comes from; and ``verdict`` and
        ``verdict_confidence`` of its claim.

    Examples
    --------
    >>> bool(promises()["commitment_id"].is_unique)
    True
    """
    table = with_themes(load("commitments"))
    ladders = stages()
    upward = ladders[ladders["standing"] != "broken"]
    rungs = upward.groupby("kind", observed=True)["order"].max().rename("rungs")
    kept = ladders[["stage_id", "order"]]
    kept = kept.rename(columns={"stage_id": "kept_at", "order": "kept_order"})
    table = table.merge(rungs, how="left", on="kind", validate="m:1")
    table = table.merge(kept, how="left", on="kept_at", validate="m:1")
    strengths = coded_outcomes()[["item_id", "strength"]]
    table = table.merge(strengths, how="left", on="item_id", validate="m:1")
    verdicts = speaking_checks()[["claim_id", "verdict", "confidence"]]
    verdicts = verdicts.rename(columns={"confidence": "verdict_confidence"})
    table = table.merge(verdicts, how="left", on="claim_id", validate="m:1")
    table["last_deadline"] = last_day(table["deadline"], table["deadline_precision"])
    return table.sort_values(["theme_order", "commitment_id"], ignore_index=True)


def stages() -> pd.DataFrame:
    """Return the ladders, kind by kind, from the first rung to the last.

    Examples
    --------
    >>> stages().groupby("kind")["order"].min().unique().tolist()
    [1]
    """
    return load("commitment_stages").sort_values(["kind", "order"], ignore_index=True)


def promise_events(*, weak: bool = True) -> pd.DataFrame:
    """Return what came of the promises, in order of time; a row that another corrects is left out.

    Parameters
    ----------
    weak : bool
        Whether events of low confidence are wanted, which a table may list and nothing counts.

    Returns
    -------
    pandas.DataFrame
        The columns of ``commitment_events``; of the stage ``stage_order``, ``stage_ar``,
        ``stage_en`` and ``standing``; ``last_day``, from which the event counts as having
        happened; and the citation of the source.

    Examples
    --------
    >>> set(promise_events()["commitment_id"]) <= set(promises()["commitment_id"])
    True
    """
    events = load("commitment_events")
    events = events[~events["event_id"].isin(events["corrects"].dropna())]
    if not weak:
        low = codes_where("commitment_events", "confidence", weak=True)
        events = events[~events["confidence"].isin(low)]
    names = {"order": "stage_order", **renamed("title", "stage")}
    ladder = stages()[["stage_id", "standing", *names]].rename(columns=names)
    events = events.merge(ladder, how="left", on="stage_id", validate="m:1")
    events["last_day"] = last_day(events["date"], events["precision"])
    return with_sources(events).sort_values(["date", "event_id"], ignore_index=True)
