"""Indicators with their series, their places and their sources; what changed between two times."""

from __future__ import annotations

import pandas as pd

from helpers.data.known import codes_where, refuse_unknown
from helpers.data.languages import LOCALES, in_each, in_main
from helpers.data.schema import codes
from helpers.data.tables import load
from helpers.data.views.common import last_day, with_sources, with_themes
from helpers.data.views.relations import summit_day

ORDER = ["series_order", "country_order", "partner_order", "date_start", "indicator_id"]


def indicator_values(*series: str) -> pd.DataFrame:
    """Return every value of series, whatever its role and confidence, for tables.

    Parameters
    ----------
    *series : str
        Ids of series, in the order in which they are to be read; all of them by default.

    Returns
    -------
    pandas.DataFrame
        The columns of ``indicators`` but the theme; of its series ``topic``, ``kind``,
        ``charting``, ``unit``, ``title_*`` and ``shows_*``; ``series_order``; ``name_*``, the item
        or else the title; ``country_*`` and ``partner_*`` (names and order), ``country_group``;
        ``last_day``; ``since_event``, whether it stands for a time that ends after the event of the
        report; and the citation of the source.

    Raises
    ------
    ValueError
        If there is no such series; the message names those that exist.

    Examples
    --------
    >>> list(indicator_values("gdp-claim-eur")["value"])
    [340.0]
    """
    table = _with_places(_of_series(*series).drop(columns="theme_id"))
    table["last_day"] = last_day(table["date_start"], table["precision"], table["date_end"])
    table["since_event"] = table["last_day"] > summit_day()
    return with_sources(table).sort_values(ORDER, ignore_index=True)


def drawn_values(*series: str, comparators: bool = False, year: int | None = None) -> pd.DataFrame:
    """Return the values of series that may be drawn.

    Parameters
    ----------
    *series : str
        Ids of series, in the order in which they are to be read.
    comparators : bool
        Whether values for comparison are wanted too, beside those that stand for their series.
    year : int, optional
        Year that the values stand for as a whole; all times by default.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`indicator_values`, without values of low confidence, without date and
        of other roles.

    Raises
    ------
    ValueError
        If there is no such series, or one of them is for tables only.

    Examples
    --------
    >>> drawn_values("fdi-share")
    Traceback (most recent call last):
    ValueError: the series 'fdi-share' is not to be drawn: indicator_series.csv has it as table_only
    """
    table = indicator_values(*series)
    drawable = codes_where("indicator_series", "charting", drawn=True)
    for row in table[~table["charting"].isin(drawable)].to_dict("records"):
        told = f"indicator_series.csv has it as {row['charting']}"
        raise ValueError(f"the series {row['series']!r} is not to be drawn: {told}")
    roles = codes_where("indicators", "role", stands=True)
    # A claim or an aim is context by nature, and drawn as a mark.
    marks = table["charting"].isin(codes_where("indicator_series", "charting", beside=True))
    if comparators:
        roles += codes_where("indicators", "role", beside=True)
    weak = table["confidence"].isin(codes_where("indicators", "confidence", weak=True))
    kept = (table["role"].isin(roles) | marks) & ~weak & table["date_start"].notna()
    if year is not None:
        kept &= (table["date_start"].dt.year == year) & (table["precision"] == "year")
    return table[kept].reset_index(drop=True)


def indicators_about(topic: str) -> pd.DataFrame:
    """Return the values of a topic that stand for their series, by the order of the series.

    Parameters
    ----------
    topic : str
        A topic of ``indicator_series``, such as ``"package"``.

    Returns
    -------
    pandas.DataFrame
        The columns of ``indicators``; of its series those of :func:`indicator_values`; words of the
        theme, and the citation of the source.

    Raises
    ------
    ValueError
        If there is no such topic; the message names those that exist.

    Examples
    --------
    >>> indicators_about("package")["topic"].unique().tolist()
    ['package']
    """
    refuse_unknown("topic", [topic], codes("indicator_series", "topic"))
    known = load("indicator_series")
    of_topic = known[known["topic"] == topic].sort_values("order")["series"]
    table = _of_series(*of_topic) if len(of_topic) else _of_series().iloc[:0]
    standing = table["role"].isin(codes_where("indicators", "role", stands=True))
    return with_sources(with_themes(table[standing])).sort_values(
        ["series_order", "date_start", "indicator_id"], ignore_index=True
    )


def latest(values: pd.DataFrame) -> pd.DataFrame:
    """Return of each series the values of the latest time; of two that end together the longer.

    Parameters
    ----------
    values : pandas.DataFrame
        As :func:`drawn_values` returns it.

    Examples
    --------
    >>> uranium = latest(drawn_values("eu-natural-uranium-share"))
    >>> sorted(set(uranium["date_start"].dt.year)), list(uranium["country_id"])
    ([2022], ['KAZ', 'UZB'])
    """
    ends = values.groupby("series")["last_day"].transform("max")
    last = values[values["last_day"] == ends]
    starts = last.groupby("series")["date_start"].transform("min")
    return last[last["date_start"] == starts].reset_index(drop=True)


def changes(values: pd.DataFrame) -> pd.DataFrame:
    """Return the first and the last value of each series and place that has two times or more.

    Parameters
    ----------
    values : pandas.DataFrame
        As :func:`drawn_values` returns it.

    Returns
    -------
    pandas.DataFrame
        The rows of the last values, with ``first_value``, ``first_start`` and ``first_precision``,
        and ``times``, the last value as a multiple of the first.

    Examples
    --------
    >>> german = drawn_values("german-exports-eur").query("country_id == 'KGZ'")
    >>> [round(times, 1) for times in changes(german)["times"]]
    [6.6]
    """
    ordered = values.sort_values(["date_start", "indicator_id"])
    # What makes values of one series comparable in time.
    place = ["series", "country_id", "partner_id", in_main("item")]
    groups = ordered.groupby(place, dropna=False, observed=True, sort=False)
    columns = {"value": "value", "start": "date_start", "precision": "precision"}
    first = groups[list(columns.values())].transform("first")
    ordered = ordered.assign(**{f"first_{name}": first[column] for name, column in columns.items()})
    last = ordered.groupby(place, dropna=False, observed=True, sort=False).tail(1)
    moved = last[last["first_start"] < last["date_start"]]
    moved = moved.assign(times=moved["value"] / moved["first_value"])
    return moved.sort_values(ORDER, ignore_index=True)


def _of_series(*series: str) -> pd.DataFrame:
    """Return the values of series, or of all, with what the series says and the name of each."""
    known = load("indicator_series").sort_values(["topic", "order"])
    refuse_unknown("series", series, known["series"])
    wanted = list(series) or list(known["series"])
    places = {name: place for place, name in enumerate(wanted, start=1)}
    known = known[known["series"].isin(wanted)].drop(columns=["order", "passage_ids"])
    known = known.assign(series_order=known["series"].map(places).astype("Int64"))
    table = load("indicators").merge(known, on="series", validate="m:1")
    for language in LOCALES:
        item, title = table[f"item_{language}"], table[f"title_{language}"]
        table[f"name_{language}"] = item.fillna(title)
    return table


def _with_places(table: pd.DataFrame) -> pd.DataFrame:
    """Add names and order of countries and partners, and the group of the countries."""
    countries = load("countries").rename(columns={"group_id": "group"})
    parts = [*in_each("name"), "order"]
    for column, more in (("country", ["group"]), ("partner", [])):
        names = countries[["country_id", *parts, *more]]
        names = names.rename(
            columns={part: f"{column}_{part.removeprefix('name_')}" for part in (*parts, *more)}
        )
        names = names.rename(columns={"country_id": f"{column}_id"})
        table = table.merge(names, how="left", on=f"{column}_id", validate="m:1")
    return table
