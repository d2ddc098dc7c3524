"""What several views join in the same way; every join names its key and its multiplicity."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.data.known import refuse_unknown
from helpers.data.languages import LOCALES, renamed
from helpers.data.schema import codes
from helpers.data.tables import in_reading_order, load

PERIODS = {
    "day": pd.DateOffset(days=1),
    "month": pd.DateOffset(months=1),
    "year": pd.DateOffset(years=1),
}


def with_themes(table: pd.DataFrame) -> pd.DataFrame:
    """Add ``theme_ar``, ``theme_en``, ``theme_order``; they are missing where no theme is named.

    Raises
    ------
    ValueError
        If there is no such theme; the message names those that exist.
    """
    themes = theme_words(load("themes"))
    refuse_unknown("theme", table["theme_id"].dropna(), themes["theme_id"])
    return table.merge(themes, how="left", on="theme_id", validate="m:1")


def theme_words(themes: pd.DataFrame) -> pd.DataFrame:
    """Return id, titles and order of themes under the names that views give them.

    Examples
    --------
    >>> theme_words(load("themes")).columns.to_list()
    ['theme_id', 'theme_ar', 'theme_en', 'theme_order']
    """
    names = {**renamed("title", "theme"), "order": "theme_order"}
    words = themes[["theme_id", *names]].rename(columns=names)
    return words.sort_values("theme_order", ignore_index=True)


def with_points(table: pd.DataFrame, column: str, prefix: str, *more: str) -> pd.DataFrame:
    """Add titles and order of the points that a column names, as ``<prefix>_ar``, ``_en``, ...

    Parameters
    ----------
    table : pandas.DataFrame
        Table with ids of points.
    column : str
        Column that holds them.
    prefix : str
        First part of the names of the new columns.
    *more : str
        Further columns of ``points``, such as ``"stage"``.
    """
    names = {f"title_{code}": code for code in LOCALES} | {name: name for name in ("order", *more)}
    words = load("points")[["point_id", *names]].rename(
        columns={"point_id": column} | {name: f"{prefix}_{end}" for name, end in names.items()}
    )
    return table.merge(words, how="left", on=column, validate="m:1")


def with_sources(table: pd.DataFrame) -> pd.DataFrame:
    """Add what a citation needs: ``source_publisher``, ``source_date``, ``source_carrier``."""
    names = ["publisher", "date", "carrier"]
    sources = load("sources")[["source_id", *names]]
    sources = sources.rename(columns={name: f"source_{name}" for name in names})
    return table.merge(sources, how="left", on="source_id", validate="m:1")


def with_reading_order(table: pd.DataFrame, column: str, *ties: str) -> pd.DataFrame:
    """Sort rows by their place in the report, and note the place as ``reading_order``.

    Parameters
    ----------
    table : pandas.DataFrame
        All rows of a view, before any is left out, so that parts of it can be put together again.
    column : str
        Column with ids of passages, or with ids that begin with one.
    *ties : str
        Columns that order the rows of one place.
    """
    keyed = table.sort_values([column, *ties], ignore_index=True, key=as_text)
    ordered = in_reading_order(keyed, column)
    return ordered.assign(reading_order=range(1, len(ordered) + 1))


def as_text(column: pd.Series) -> pd.Series:
    """Return the sort key of a column: codes by their order, all else as it is."""
    return column.cat.codes if isinstance(column.dtype, pd.CategoricalDtype) else column


def in_sections(table: pd.DataFrame, sections: Iterable[str]) -> pd.DataFrame:
    """Return the rows whose passage belongs to one of the sections.

    Raises
    ------
    ValueError
        If there is no such section; the message names those that exist.
    """
    sections = list(sections)
    refuse_unknown("section", sections, load("sections")["section_id"])
    passages = load("passages")[["passage_id", "section_id"]]
    placed = table.merge(passages, on="passage_id", validate="m:1")
    return placed[placed["section_id"].isin(sections)].reset_index(drop=True)


def last_day(start: pd.Series, precision: pd.Series, end: pd.Series | None = None) -> pd.Series:
    """Return the last day that each date may mean; that of an interval is its end.

    Parameters
    ----------
    start, precision : pandas.Series
        First day, and how exactly it is known; a missing date stays missing.
    end : pandas.Series, optional
        Last day of an interval where there is one.

    Raises
    ------
    ValueError
        If a precision is unknown.
    """
    refuse_unknown("precision", precision.dropna(), PERIODS)
    last = start.copy()
    for name, period in PERIODS.items():
        of_precision = precision.eq(name).fillna(False).astype(bool) & start.notna()
        last = last.where(~of_precision, start + period - pd.Timedelta(days=1))
    return last if end is None else end.fillna(last)


def rank_of(column: pd.Series, table: str, field: str) -> pd.Series:
    """Return the places of codes in the order of the schema."""
    places = {code: place for place, code in enumerate(codes(table, field))}
    return column.astype("object").map(places)
