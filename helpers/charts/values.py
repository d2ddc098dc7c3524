"""What charts and tables of indicators say in the same way: values, times, places, names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.data import codes_where
from helpers.language import Language
from helpers.theme import Size

Row = Mapping[Any, Any]
DECIMALS = 1  # of values in charts, at most
NARROW = 6  # inches: narrower pictures are for a phone


def value_text(row: Row, lang: Language, column: str = "value", decimals: int | None = None) -> str:
    """Return a value with the hedge of its source, such as *more than 45*.

    Parameters
    ----------
    row : mapping
        A row of :func:`helpers.data.indicator_values`.
    lang : Language
        Language of the text.
    column : str
        Column of the value.
    decimals : int, optional
        The most digits after the point; by default as many as the value has.

    Examples
    --------
    >>> value_text({"value": 45.0, "qualifier": "more_than"}, Language("en"))
    'more than 45'
    """
    number = lang.number(row[column], at_most=decimals)
    hedge = row["qualifier"]
    if pd.isna(hedge) or hedge in codes_where("indicators", "qualifier", silent=True):
        return number
    return f"{lang.label('indicators', 'qualifier', hedge)} {number}"


def is_narrow(size: Size) -> bool:
    """Tell whether a picture is so narrow that entries stand below each other.

    Examples
    --------
    >>> from helpers.theme import size_named
    >>> is_narrow(size_named("reading"))
    False
    """
    return size.width < NARROW


def time_text(row: Row, lang: Language) -> str:
    """Return the time that a value stands for; a dash is left to the caller where it has none."""
    if pd.isna(row["date_start"]):
        return ""
    return lang.date(row["date_start"], row["precision"], row["date_end"])


def unit_text(row: Row, lang: Language) -> str:
    """Return the unit of the series of a value."""
    return lang.label("indicator_series", "unit", row["unit"])


def refuse_two_places(values: pd.DataFrame) -> None:
    """Raise if a series has more than one value for a time: a chart of years shows one place.

    Raises
    ------
    ValueError
        The message names the series, and says what to choose by.
    """
    times = values[["series", "date_start", "precision"]]
    twice = values[times.duplicated(keep=False)]
    if len(twice):
        row = twice.iloc[0]
        raise ValueError(
            f"the series {row['series']!r} has several values for {row['date_start'].date()}: "
            "choose one country_id and one partner_id"
        )
