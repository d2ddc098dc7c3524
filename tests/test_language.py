"""Words, numbers and dates as each language writes them."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pandas as pd
import pytest

from helpers import charts, data, tables
from helpers.data import load, what_if
from helpers.figures import label
from helpers.language import Language, as_language
from helpers.publish.run import chosen
from helpers.theme.sizes import size_named

AR, EN = Language("ar"), Language("en")
INDIC = Language("ar", digits="arabic-indic")
DAY = pd.Timestamp("2025-03-27")


@pytest.mark.parametrize(("code", "known"), [("fr", "ar, en"), ("", "ar, en")])
def test_an_unknown_language_names_the_known_ones(code: str, known: str) -> None:
    with pytest.raises(ValueError, match=f"known: {known}"):
        Language(code)


@pytest.mark.parametrize("given", ["ar", "AR", " Ar", AR])
def test_a_language_is_taken_by_its_code(given: Language | str) -> None:
    assert as_language(given) == AR


def test_every_chart_and_table_takes_the_code_of_a_language() -> None:
    """So do `show` and the texts of figures; a function that is added is held to it as well."""
    for module in (charts, tables):
        for name in module.__all__:
            function = getattr(module, name)
            if inspect.isfunction(function) and "lang" in inspect.signature(function).parameters:
                assert hasattr(function, "__wrapped__"), name
    assert label("package", "AR") == label("package", AR)
    ladder = charts.agreements_ladder(data.agreement_ladder(), "AR")
    assert ladder.lang == AR
    assert tables.agreement_table(data.agreement_ladder(), lang="en").lang == EN


@pytest.mark.parametrize(
    ("ask", "meant"),
    [
        (lambda: data.load("claim"), "'claims'"),
        (lambda: data.load("argument-links"), "'argument_links'"),
        (lambda: data.codes("claims", "knd"), "'kind'"),
        (lambda: EN.label("claims", "kind", "facts"), "'fact'"),
        (lambda: EN.heading("claims", "text"), "'text_ar'"),
        (lambda: EN.country("kaz"), "'KAZ'"),
        (lambda: EN.phrase("fault-found"), "'faults-found'"),
        (lambda: label("argument_overview", EN), "'argument-overview'"),
        (lambda: data.judged_claims("contxt"), "'context'"),
        (lambda: data.point_theme_weights("gaol"), "'goal'"),
        (lambda: size_named("readin"), "'reading'"),
        (lambda: chosen(["01_contxt"]), "'01_context'"),
    ],
)
def test_a_misspelt_id_is_answered_with_the_nearest(ask: Callable[[], object], meant: str) -> None:
    with pytest.raises((KeyError, ValueError)) as error:
        ask()
    told = str(error.value)
    assert "did you mean" in told and meant in told.rpartition("did you mean")[2]
    assert not told.startswith('"'), "told as it is, without the quotes of a KeyError"


def test_what_nothing_comes_near_to_is_not_guessed_at() -> None:
    with pytest.raises(KeyError) as error:
        data.load("weather")
    assert "did you mean" not in str(error.value) and "claims" in str(error.value)


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
        (EN, -0.4, 0, "0"),
        (INDIC, -0.04, 1, "٠٫٠"),
        (EN, -1e-12, None, "0"),
        (EN, -0.6, 0, "−1"),
        (EN, 999.9999, 2, "1,000.00"),
        (EN, 1e21, None, "1,000,000,000,000,000,000,000"),
        (EN, 7, None, "7"),
    ],
)
def test_numbers(lang: Language, value: float, decimals: int | None, text: str) -> None:
    assert lang.number(value, decimals) == text


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_a_number_without_end_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"a finite number is needed, not -?inf"):
        EN.number(value)


@pytest.mark.parametrize("missing", [float("nan"), None, pd.NA])
def test_nothing_is_written_for_a_missing_number(missing) -> None:
    for lang in (EN, INDIC):
        assert (lang.number(missing), lang.percent(missing)) == ("", "")
    assert EN.share(None) == ""


def test_at_most_so_many_decimals_are_written() -> None:
    texts = [EN.number(value, at_most=1) for value in (12.5, 12, 33.3333, 0.04)]
    assert texts == ["12.5", "12", "33.3", "0"]
    assert [EN.share(part) for part in (0.125, 0.5, 1 / 3, 1)] == ["12.5%", "50%", "33.3%", "100%"]
    assert INDIC.share(0.125) == "١٢٫٥٪"


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


def test_a_phrase_that_is_still_to_be_written_is_named() -> None:
    phrases = load("phrases")
    blank = phrases.assign(text_en=phrases["text_en"].where(phrases["phrase_id"] != "none"))
    with (
        what_if(phrases=blank),
        pytest.raises(KeyError, match="phrase 'none'"),
    ):
        EN.phrase("none")


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


def quantity(**cells: object) -> dict[str, object]:
    """A percentage without a value, as a row of the table."""
    row: dict[str, object] = dict.fromkeys(("value", "value_low", "value_high"), float("nan"))
    row |= {"value_status": "stated", "unit": "percent", "currency": None, "qualifier": "exactly"}
    return row | cells


@pytest.mark.parametrize(
    ("lang", "cells", "text"),
    [
        (EN, {"value_low": 20.0, "value_high": 30.0}, "20–30%"),
        (AR, {"value_low": 20.0, "value_high": 30.0}, "20–30%"),
        (INDIC, {"value_low": 20.0, "value_high": 30.0}, "٢٠–٣٠٪"),
        (EN, {"value_low": 2.0, "value_high": 3.0, "unit": "days"}, "2–3 days"),
        (EN, {"value": 20.0, "qualifier": "about"}, "about 20%"),
        (EN, {"value": 20.0, "qualifier": None}, "20%"),
        (EN, {"value_low": 20.0, "qualifier": "at_least"}, "at least 20%"),
        (EN, {}, "no figure in the text"),
        (EN, {"value_status": "not_stated", "value": 3.0}, "no figure in the text"),
    ],
)
def test_a_range_has_one_sign_and_a_hedge_stands_before(
    lang: Language, cells: dict[str, object], text: str
) -> None:
    assert lang.quantity(quantity(**cells)) == text


@pytest.mark.parametrize("precision", ["decade", "", None])
def test_an_unknown_precision_names_the_known_ones(precision) -> None:
    with pytest.raises(ValueError, match=r"unknown precision .*; known: day, month, year"):
        EN.date(DAY, precision)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("نُشرت 2024 و2025", "نُشرت ٢٠٢٤ و٢٠٢٥"),
        ("بـ13.2 مليار", "بـ١٣٫٢ مليار"),
        ("1,234 صفا و27%", "١٬٢٣٤ صفا و٢٧٪"),
        ("في 2025-03-27، 27–30 مارس", "في ٢٠٢٥-٠٣-٢٧، ٢٧–٣٠ مارس"),
        ("الطبعة 0.1.0", "الطبعة ٠.١.٠"),
        (
            "EU27 وCA5 وcontext.7.2-b وreport/claims.csv",
            "EU27 وCA5 وcontext.7.2-b وreport/claims.csv",
        ),
        ("عبر 24.kg", "عبر 24.kg"),
        ("https://a.example/2025/04/04", "https://a.example/2025/04/04"),
        ("{count} من 5", "{count} من ٥"),
    ],
)
def test_texts_take_the_digits_and_names_keep_theirs(text: str, shown: str) -> None:
    assert INDIC.number_text(text) == shown
    assert INDIC.number_text(shown) == shown, "a second time changes nothing"
    assert AR.number_text(text) == text
    assert Language("en", digits="arabic-indic").number_text(text) == text


def test_picked_texts_and_labels_take_the_digits_too() -> None:
    assert INDIC.pick({"title_ar": "مصادر 2024"}, "title") == "مصادر ٢٠٢٤"
    for text in INDIC.labels("quantities", "unit").values():
        assert not any(digit in text for digit in "0123456789")


def test_words_follow_a_changed_table() -> None:
    phrases = load("phrases")
    phrases.loc[phrases["phrase_id"] == "none", "text_en"] = "not one"
    assert EN.phrase("none") == "none"
    with what_if(phrases=phrases):
        assert EN.phrase("none") == "not one"
    countries = load("countries")
    countries.loc[countries["country_id"] == "CA5", "name_en"] = "Turan"
    with what_if(countries=countries):
        assert EN.country("CA5") == "Turan"


def test_lists_are_joined_in_words() -> None:
    assert EN.join(["a", "b", "c"]) == "a, b and c"
    assert AR.join(["أ", "ب"]) == "أ وب"
    assert AR.join(["أ وب", "ج"]) == "أ وب، وج"
    assert (EN.join([]), EN.join(iter(["a"]))) == ("none", "a")


def test_a_notebook_names_its_language_and_aligns_its_prose() -> None:
    html = AR._repr_html_()
    assert 'dir="rtl"' in html
    assert "text-align: start" in html
