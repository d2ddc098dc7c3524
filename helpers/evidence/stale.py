"""What has gone quiet: the promises and checks that are longest without evidence."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import codes_where
from helpers.data.languages import in_each, renamed

ENDED = ("kept", "broken")
TIMES = {
    "last": "datetime64[s]",
    "days": "Int64",
    "searched_on": "datetime64[s]",
}


def stale(states: pd.DataFrame, checks: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return what still waits for evidence, by the days since the last of it, the longest first.

    Parameters
    ----------
    states : pandas.DataFrame
        As :func:`helpers.evidence.state` returns it for the day. Promises that are kept or broken
        are left out.
    checks : pandas.DataFrame
        As :func:`helpers.data.checked_claims` returns it. Only checks of low confidence wait; the
        last evidence of one is the later of its sources, or the check itself if neither is dated.
    day : pandas.Timestamp
        The day of the edition: no clock is asked.

    Returns
    -------
    pandas.DataFrame
        ``what`` (promise, check), ``id``, ``title_ar``, ``title_en``, ``last`` (last evidence),
        ``days`` and ``searched_on`` (when it was last looked for in vain).

    Examples
    --------
    >>> from helpers import data, evidence
    >>> day = data.edition_day()
    >>> states = evidence.state(data.promises(), data.promise_events(), day)
    >>> waiting = stale(states, data.checked_claims(), day)
    >>> bool(waiting["days"].is_monotonic_decreasing)
    True
    """
    rows = pd.concat([_promises(states), _checks(checks)], ignore_index=True)
    rows["days"] = (day - rows["last"]).dt.days
    ordered = rows.sort_values(["days", "what", "id"], ascending=[False, False, True])
    columns = dict.fromkeys(["what", "id", *in_each("title")], "str") | TIMES
    return ordered[list(columns)].astype(columns).reset_index(drop=True)


def _promises(states: pd.DataFrame) -> pd.DataFrame:
    waiting = states[~states["standing"].isin(ENDED)]
    return pd.DataFrame(
        {
            "what": "promise",
            "id": waiting["commitment_id"],
            **{name: waiting[name] for name in in_each("title")},
            "last": waiting["last_evidence"].fillna(waiting["promised_on"]),
            "searched_on": waiting["searched_on"],
        }
    )


def _checks(checks: pd.DataFrame) -> pd.DataFrame:
    waiting = checks[checks["confidence"].isin(codes_where("checks", "confidence", weak=True))]
    dated = waiting[["source_date", "second_source_date"]].max(axis="columns")
    return pd.DataFrame(
        {
            "what": "check",
            "id": waiting["check_id"],
            **{title: waiting[text] for text, title in renamed("text", "title").items()},
            "last": dated.fillna(waiting["checked_on"]),
            "searched_on": pd.Series(pd.NaT, index=waiting.index, dtype="datetime64[s]"),
        }
    )
