"""Words, numbers and dates as each language writes them."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data import load
from helpers.language import Language

AR, EN = Language("ar"), Language("en")
INDIC = Language("ar", digits="arabic-indic")
DAY = pd.Timestamp("2025-03-27")


@pytest.mark.parametrize(("code", "known"), [("fr", "ar, en"), ("", "ar, en"), ("AR", "ar, en")])
def test_an_unknown_language_names_the_known_ones(code: str, known: str) -> None:
    with pytest.raises(ValueError, match=f"known: {known}"):
        Language(code)


def test_unknown_digits_name_the_known_ones() -> None:
    with pytest.raises(ValueError, match="known: western, arabic-indic"):
        Language("ar", digits="roman")


def test_sides_follow_the_direction() -> None:
    assert (AR.direction, AR.start, AR.end) == ("rtl", "right", "left")
    assert (EN.direction, EN.start, EN.end) == ("ltr", "left", "right")


@pytest.mark.parametrize(
    ("lang", "precision", "text"),
    [
        (EN, "day", "27 Mar 2025"),
        (EN, "month", "Mar 2025"),
        (EN, "year", "2025"),
        (AR, "day", "27 مارس 2025"),
        (AR, "month", "مارس 2025"),
        (INDIC, "day", "٢٧ مارس ٢٠٢٥"),
        (INDIC, "year", "٢٠٢٥"),
    ],
)
def test_dates_say_no_more_than_is_known(lang: Language, precision: str, text: str) -> None:
    assert lang.date(DAY, precision) == text


def test_intervals_take_the_en_dash() -> None:
    end = pd.Timestamp("2025-03-30")
    assert EN.date(DAY, "day", end) == "27–30 Mar 2025"
    assert AR.date(DAY, "day", end) == "27–30 مارس 2025"
    assert INDIC.date(DAY, "day", end) == "٢٧–٣٠ مارس ٢٠٢٥"


def test_a_missing_date_or_number_is_empty() -> None:
    assert EN.date(pd.NaT, "day") == ""
    assert EN.number(float("nan")) == ""


@pytest.mark.parametrize(
    ("lang", "value", "decimals", "text"),
    [
        (EN, 1234567.5, None, "1,234,567.5"),
        (EN, -12.5, None, "−12.5"),
        (EN, 0.1 + 0.2, None, "0.3"),
        (EN, 2.0, 1, "2.0"),
        (AR, 1234.5, None, "1,234.5"),
        (INDIC, 1234.5, None, "١٬٢٣٤٫٥"),
        (INDIC, -3, 0, "−٣"),
    ],
)
def test_numbers(lang: Language, value: float, decimals: int | None, text: str) -> None:
    assert lang.number(value, decimals) == text


def test_percent_signs_follow_the_digits() -> None:
    assert [lang.percent(27) for lang in (EN, AR, INDIC)] == ["27%", "27%", "٢٧٪"]


def test_states_are_named_by_the_cldr_and_the_table_agrees() -> None:
    countries = load("countries")
    for country, arabic, english in countries[["country_id", "name_ar", "name_en"]].itertuples(
        index=False
    ):
        assert AR.country(country) == arabic
        assert EN.country(country) == english


def test_an_unknown_country_or_phrase_is_named() -> None:
    with pytest.raises(KeyError, match="XXX"):
        EN.country("XXX")
    with pytest.raises(KeyError, match="no-such-phrase"):
        EN.phrase("no-such-phrase")


def test_quantities_as_the_report_gives_them() -> None:
    quantities = load("quantities").set_index("quantity_id")

    def text(lang: Language, quantity_id: str) -> str:
        return lang.quantity(quantities.loc[quantity_id])

    assert text(EN, "context.7.2-b-q1") == "EUR 340 billion"
    assert text(AR, "context.7.2-b-q1") == "340 مليار يورو"
    assert text(EN, "context.12.2-b-q1") == "more than 20 million tonnes"
    assert text(AR, "context.12.2-b-q1") == "أكثر من 20 مليون طن"
    assert text(EN, "context.13.3-a-q1") == "27%"
    assert text(INDIC, "context.13.3-a-q1") == "٢٧٪"
    assert text(AR, "issues.5.1-d-q1") == "سنتان"
    assert text(AR, "introduction.1.2-c-q1") == "27 دولة"
    assert text(AR, "introduction.1.1-c-q1") == "5 دول"
    assert text(EN, "context.8.1-c-q1") == "no figure in the text"
    assert text(EN, "issues.3.2-a-q1") == "15 days"
    assert text(INDIC, "issues.3.2-a-q1") == "١٥ يوما"


def test_lists_are_joined_in_words() -> None:
    assert EN.join(["a", "b", "c"]) == "a, b and c"
    assert AR.join(["أ", "ب"]) == "أ وب"


def test_a_notebook_names_its_language_and_aligns_its_prose() -> None:
    html = AR._repr_html_()
    assert 'dir="rtl"' in html
    assert "text-align: start" in html
