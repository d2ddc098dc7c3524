"""The report as data: what every reader of it would look for is there, and counted once."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data import codes, load, subject


def test_every_passage_is_located() -> None:
    passages = load("passages")
    assert len(passages) == 148
    assert dict(passages["kind"].value_counts()) == {
        "sentence": 112,
        "bullet_title": 17,
        "reference": 19,
    }


def test_every_passage_that_states_something_has_a_claim() -> None:
    passages, claims = load("passages"), load("claims")
    stating = set(passages[passages["states"]]["passage_id"])
    assert stating == set(claims["passage_id"])
    assert len(claims) >= 200


def test_abstracts_repeat_the_body_or_stand_alone() -> None:
    claims = load("claims").set_index("claim_id")
    for claim_id, target in claims["same_as"].dropna().items():
        assert not target.startswith("abstract_en"), claim_id
    english = claims[claims.index.str.startswith("abstract_en")]
    assert english["same_as"].notna().all(), "the English abstract says nothing of its own"


@pytest.mark.parametrize(
    ("stage", "count"),
    [("context", 9), ("goal", 3), ("challenge", 3), ("issue", 10), ("outcome", 7)],
)
def test_the_stages_of_the_argument_are_complete(stage: str, count: int) -> None:
    assert (load("points")["stage"] == stage).sum() == count


def test_five_rival_powers_and_four_sectors_of_advice_are_there() -> None:
    claims = load("claims")
    rivals = claims[claims["point_id"] == "challenge-rival-powers"]["text_en"]
    for power in ("China", "United States", "Türkiye", "South Korea", "Japan"):
        assert rivals.str.contains(power).any(), power
    advice = load("points").query("stage == 'recommendation'")["title_en"]
    assert advice.str.startswith("Sector").sum() == 4


def quantity(measure: str) -> pd.Series:
    quantities = load("quantities")
    first = quantities[quantities["same_as"].isna() & (quantities["measure_en"] == measure)]
    assert len(first) == 1, measure
    return first.iloc[0]


@pytest.mark.parametrize(
    ("measure", "value", "unit"),
    [
        ("Value of the package in dollars", 13.2, "billion"),
        ("EU commitment through the Global Gateway", 12, "billion"),
        ("EU investment in the Trans-Caspian route in euros", 10, "billion"),
        ("Sum mobilised at the investors forum", 10, "billion"),
        ("Size of Central Asia's economy", 340, "billion"),
        ("Action points of the roadmap", 79, "action_points"),
        ("Rare-earth deposits announced", 20, "million_tonnes"),
        ("US tariff on Kazakhstan", 27, "percent"),
        ("Transit time of goods to Europe (aim)", 15, "days"),
    ],
)
def test_the_numbers_of_the_report_are_there(measure: str, value: float, unit: str) -> None:
    row = quantity(measure)
    assert (row["value"], row["unit"]) == (value, unit)


def test_a_repeated_quantity_is_not_counted_twice() -> None:
    repeats = load("quantities").set_index("quantity_id")["same_as"]
    assert repeats["outcomes.2.2-a-q1"] == "issues.4.1-a-q1"
    assert repeats["abstract_en.2.2-b-q1"] == "introduction.2.1-b-q1"


def test_the_implied_exchange_rate_is_derived_and_not_stored() -> None:
    dollars, euros = (
        quantity("Value of the package in dollars"),
        quantity("EU commitment through the Global Gateway"),
    )
    assert dollars["value"] / euros["value"] == pytest.approx(1.1)
    assert 1.1 not in set(load("quantities")["value"])


def test_a_sum_without_a_figure_is_not_stated_and_not_zero() -> None:
    silent = load("quantities").query("value_status == 'not_stated'")
    assert set(silent["claim_id"]) == {"context.8.1-c", "background.3.2-l"}
    assert silent["value"].isna().all()
    lost = silent.set_index("claim_id").loc["background.3.2-l"]
    assert lost[["unit", "currency", "qualifier"]].isna().all(), "nothing of the sum is printed"


def test_the_report_keeps_its_date_and_the_check_corrects_it() -> None:
    event = load("events").set_index("event_id").loc["ministerial-ashgabat-2025"]
    assert event["date_start"] == pd.Timestamp("2025-03-28")
    check = load("checks").set_index("claim_id").loc[event["claim_id"]]
    assert (check["verdict"], check["checked_value"]) == ("contradicted", "2025-03-27")


def test_every_checkable_claim_has_a_sourced_verdict() -> None:
    claims, checks = load("claims"), load("checks")
    checkable = claims[claims["checkable"] & claims["same_as"].isna()]
    assert set(checkable["claim_id"]) <= set(checks["claim_id"])
    assert checks["source_id"].notna().all()


def test_a_note_reads_right_under_its_verdict() -> None:
    """What no record could settle is not called right or wrong; nothing found has no value."""
    checks = load("checks")
    beyond = checks[checks["verdict"] == "not_checkable"]
    judging = {"en": r"imprecise|confirm|contradict|bears", "ar": "غير دقيق|يؤيد العبارة|مؤكَّد"}
    for code, words in judging.items():
        judged = beyond[beyond[f"note_{code}"].str.contains(words)]
        assert not len(judged), judged[["check_id", f"note_{code}"]].to_string()
    without = checks["verdict"].isin(["not_checkable", "not_found"])
    assert checks.loc[without, "checked_value"].isna().all()


def test_what_was_read_in_part_is_not_found_and_says_where_the_reading_stopped() -> None:
    """A verdict does not rest on paragraphs of the declaration that nobody could read."""
    checks = load("checks")
    stops = checks["note_en"].str.contains("stop in paragraph 8", regex=False)
    assert stops.sum() > 1
    assert (stops == checks["note_ar"].str.contains("عند الفقرة 8", regex=False)).all()
    assert set(checks.loc[stops, "verdict"]) == {"not_found"}
    assert set(checks.loc[stops, "confidence"]) == {"low"}


def test_the_contradiction_over_ten_billion_is_visible_in_the_tables() -> None:
    tens = load("quantities").query("value == 10 and currency == 'EUR'")
    assert set(tens["claim_id"]) == {"outcomes.2.2-e", "outcomes.6.4-a"}


def test_the_glossary_corrects_what_the_report_misspells() -> None:
    glossary = load("glossary").set_index("term_id")
    assert len(glossary) >= 60
    stiprais = glossary.loc["eduards-stiprais"]
    assert stiprais["printed"] != stiprais["term_ar"]


def test_references_are_nineteen_and_their_ties_are_marked_as_inferred() -> None:
    assert len(load("references")) == 19
    assert set(load("claim_references")["basis"]) == {"inferred"}


def test_codes_of_outcomes_rise() -> None:
    order = load("outcome_codes")["strength"].cat.categories
    assert list(order) == ["welcome", "affirm", "agree", "adopt", "fund"]


def test_what_the_package_is_about_stands_in_its_tables() -> None:
    about = subject()
    countries = load("countries").set_index("country_id")["kind"]
    assert (countries[about["sides"]] == "group").all()
    assert about["region"] in set(load("countries")["group_id"])
    assert about["track"] in codes("events", "track")
    event = load("events").set_index("event_id").loc[about["event"]]
    assert event["track"] == about["track"] and pd.notna(event["date_end"])
    assert set(about["currencies"]) <= set(codes("quantities", "currency"))


def test_every_series_of_indicators_has_its_place_and_says_what_it_shows() -> None:
    series = load("indicator_series")
    assert not series.duplicated(["topic", "order"]).any()
    assert set(series["series"]) == set(load("indicators")["series"])
    package = series[series["topic"] == "package"].set_index("kind")["series"]
    values = load("indicators").groupby("series")["value"].sum()
    assert values[package["part"]] == pytest.approx(values[package["total"]])


def test_every_section_is_rebuilt_by_a_notebook() -> None:
    notebooks = load("notebooks").sort_values("order")
    rebuilt = [section for cell in notebooks["sections"].dropna() for section in cell.split()]
    sections = load("sections").sort_values("order")["section_id"]
    assert list(dict.fromkeys(rebuilt)) == list(sections)


def test_a_code_that_means_something_to_the_code_says_so() -> None:
    """Each property that the views select by stands on as many codes as they expect."""
    for table, field, name, value, number in (
        ("outcome_codes", "coder", "role", "published", 1),
        ("outcome_codes", "coder", "role", "pass", 4),
        ("link_codes", "code", "no_link", True, 1),
        ("link_codes", "code", "asked_less", True, 1),
        ("claim_codes", "coder", "sample", True, 2),
        ("checks", "verdict", "other_value", True, 1),
        ("checks", "verdict", "agrees", True, 1),
        ("checks", "verdict", "differs", True, 2),
        ("checks", "verdict", "beyond_checks", True, 1),
        ("checks", "origin", "inherited", True, 2),
        ("checks", "origin", "in_references", True, 1),
        ("references", "url_status", "opened", True, 1),
        ("checks", "confidence", "weak", True, 1),
        ("points", "stage", "delivers", True, 1),
        ("points", "stage", "draws_attention", True, 2),
        ("argument_links", "basis", "in_report", True, 1),
        ("agreement_stages", "said_by", "in_report", True, 1),
        ("quantities", "qualifier", "silent", True, 1),
    ):
        known = codes(table, field)
        marked = [code for code, entry in known.items() if entry.get(name) == value]
        assert len(marked) == number, (table, field, name)
