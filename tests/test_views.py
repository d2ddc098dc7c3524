"""Views: what they join, that they follow the tables, and that nothing is doubled or lost."""

from __future__ import annotations

import ast
import re

import pandas as pd
import pytest
from changes import added, changed, removed, shuffled
from pandas.testing import assert_frame_equal

from helpers import data
from helpers.paths import ROOT

VIEWS = {
    "agreement_ladder": data.agreement_ladder,
    "all_codes": data.all_codes,
    "stage_codes": data.stage_codes,
    "changes": lambda: data.changes(data.drawn_values("german-exports-eur")),
    "checked_claims": lambda: data.checked_claims("background", "context"),
    "coded_outcomes": data.coded_outcomes,
    "coding_passes": lambda: data.coding_passes(data.codings()),
    "codings": data.codings,
    "differences": data.differences,
    "drawn_values": lambda: data.drawn_values("titr-cargo", "us-reciprocal-tariff"),
    "indicator_values": data.indicator_values,
    "lab_claims": data.lab_claims,
    "lab_items": data.lab_items,
    "lab_sources": data.lab_sources,
    "standings": data.standings,
    "judged_claims": lambda: data.judged_claims("background", "context"),
    "judged_quantities": lambda: data.judged_quantities("background", "context"),
    "later_events": data.later_events,
    "latest": lambda: data.latest(data.drawn_values("titr-cargo", "eu-natural-uranium-share")),
    "links": data.links,
    "map_places": lambda: data.map_places(data.route_legs("trans_caspian")),
    "meetings": data.meetings,
    "omissions": data.omissions,
    "package_accounts": data.package_accounts,
    "package_rates": data.package_rates,
    "passage_verdicts": data.passage_verdicts,
    "point_theme_weights": data.point_theme_weights,
    "positions": lambda: data.positions("goals", "issues"),
    "promise_events": data.promise_events,
    "promises": data.promises,
    "reference_rates": data.reference_rates,
    "references": data.references,
    "relations_events": data.relations_events,
    "reread_counts": data.reread_counts,
    "route_legs": data.route_legs,
    "section_counts": data.section_counts,
    "speaking_checks": data.speaking_checks,
    "stages": data.stages,
    "stated_lengths": lambda: data.stated_lengths("trans_caspian", "southern"),
    "stated_times": data.stated_times,
    "table_list": data.table_list,
    "verdict_counts": lambda: data.verdict_counts("theme_id", "kind", "section_id"),
}
MINISTERIAL, MINISTERIAL_CLAIM = "ministerial-ashgabat-2025", "context.6.1-c"
FIRST_CHECK = f"{MINISTERIAL_CLAIM}-c1"


def tables_of(view: str) -> list[str]:
    with data.tracing() as opened:
        VIEWS[view]()
    return sorted(opened)


def test_every_view_is_tried_here() -> None:
    from helpers.data import views

    helpers = {
        "coder_sets",
        "edition_day",
        "indicators_about",
        "repeated_sums",
        "source_ids",
        "summit_day",
        "theme_words",
    }
    helpers |= {"BaseMap", "base_map"}
    assert set(VIEWS) == set(views.__all__) - helpers


@pytest.mark.one_of(3)
@pytest.mark.parametrize("view", VIEWS)
def test_the_order_of_rows_in_the_files_changes_nothing(view: str) -> None:
    stored = VIEWS[view]()
    with data.what_if(**{table: shuffled(data.load(table)) for table in tables_of(view)}):
        assert_frame_equal(VIEWS[view](), stored)


@pytest.mark.one_of(3)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_an_empty_table_has_its_columns_or_says_what_is_missing(view: str) -> None:
    stored = VIEWS[view]()
    for table in tables_of(view):
        with data.what_if(**{table: data.load(table)[:0]}):
            try:
                columns = list(VIEWS[view]().columns)
            except (KeyError, ValueError) as error:
                # Ids that the empty table would explain: the error names one of them.
                named = {
                    "sections": r"\.\d|section",
                    "passages": r"\.\d",
                    "themes": "unknown theme",
                    "indicator_series": "unknown series",
                }
                named["events"] = "no event 'summit"
                assert re.search(named.get(table, "nothing may fail here"), str(error)), table
            else:
                assert columns == list(stored.columns), table


def test_re_readings_count_once_and_what_was_not_had_is_not_compared() -> None:
    rereads = data.load("rereads")
    counts = data.reread_counts()
    assert counts["again"].sum() == len(rereads)
    assert counts["had"].sum() == (rereads["had"] != "not_had").sum() < len(rereads)
    compared = counts[["alike", "detail", "other"]].sum(axis="columns")
    assert list(compared) == list(counts["had"])
    assert counts["mended"].sum() == (rereads["outcome"] == "mended").sum()
    events = counts[counts["object"] == "event"]
    assert len(events) == 1 and events["verdict"].isna().all()


def test_a_blind_verdict_alike_is_the_verdict_that_stood() -> None:
    """A check whose verdict changes later was changed by hand, and its re-reading says so."""
    verdicts = data.load("checks").set_index("check_id")["verdict"]
    rereads = data.load("rereads").dropna(subset=["check_id", "alike"])
    kept = rereads[rereads["outcome"] == "kept"]
    same = kept["verdict"].astype(str) == verdicts[kept["check_id"]].astype(str).to_numpy()
    assert list(same) == list(kept["alike"] != "other")


def test_an_event_that_was_mended_is_corrected_by_another() -> None:
    corrected = set(data.load("commitment_events")["corrects"].dropna())
    rereads = data.load("rereads").dropna(subset=["event_id", "outcome"])
    mended = set(rereads.loc[rereads["outcome"] == "mended", "event_id"])
    assert mended and mended <= corrected
    assert not set(rereads.loc[rereads["outcome"] == "kept", "event_id"]) & corrected


@pytest.mark.parametrize("view", VIEWS)
def test_a_frame_with_themes_names_and_orders_them(view: str) -> None:
    frame = VIEWS[view]()
    if "theme_id" in frame:
        themes = data.load("themes").set_index("theme_id")
        named = frame.dropna(subset=["theme_id"])
        assert list(named["theme_ar"]) == list(themes.loc[named["theme_id"], "title_ar"])
        assert list(named["theme_en"]) == list(themes.loc[named["theme_id"], "title_en"])
        assert list(named["theme_order"]) == list(themes.loc[named["theme_id"], "order"])


@pytest.mark.parametrize("view", VIEWS)
def test_a_frame_with_sources_holds_their_citation(view: str) -> None:
    frame = VIEWS[view]()
    lists_them = view in ("speaking_checks", "lab_sources")
    if "source_id" in frame and not lists_them:
        assert frame["source_id"].notna().any()
        assert (frame["source_publisher"].notna() == frame["source_id"].notna()).all()


# Checks


def test_a_second_check_neither_doubles_a_row_nor_is_lost() -> None:
    views = {"relations_events", "judged_claims", "judged_quantities"}
    before = {view: len(VIEWS[view]()) for view in views}
    later = added("checks", FIRST_CHECK, check_id=f"{MINISTERIAL_CLAIM}-c2", verdict="confirmed")
    with data.what_if(checks=later):
        assert {view: len(VIEWS[view]()) for view in views} == before
        event = data.relations_events().set_index("event_id").loc[MINISTERIAL]
        assert (event["verdict"], event["checks"]) == ("confirmed", 2)
        assert data.section_counts()["checks"].sum() == len(later)
        assert data.section_counts()["checked"].sum() == len(later) - 1


@pytest.mark.parametrize(
    ("first", "second", "speaks"),
    [
        # An earlier check that was surer does not speak for a later one.
        (("2026-11-23", "high"), ("2026-11-24", "low"), "c2"),
        (("2026-11-24", "low"), ("2026-11-23", "high"), "c1"),
        (("2026-11-23", "low"), ("2026-11-23", "high"), "c2"),
        (("2026-11-23", "high"), ("2026-11-23", "low"), "c1"),
        (("2026-11-23", "high"), ("2026-11-23", "high"), "c2"),
    ],
)
def test_the_latest_check_speaks_then_the_surer_then_the_last(
    first: tuple[str, str], second: tuple[str, str], speaks: str
) -> None:
    names = ("checked_on", "confidence")
    checks = changed("checks", FIRST_CHECK, **dict(zip(names, first, strict=True)))
    with data.what_if(checks=checks):
        both = added(
            "checks",
            FIRST_CHECK,
            check_id=f"{MINISTERIAL_CLAIM}-c2",
            **dict(zip(names, second, strict=True)),
        )
    with data.what_if(checks=both):
        chosen = data.speaking_checks().set_index("claim_id")
    assert chosen.at[MINISTERIAL_CLAIM, "check_id"] == f"{MINISTERIAL_CLAIM}-{speaks}"


def test_a_repeated_claim_carries_the_verdict_of_the_first() -> None:
    judged = data.judged_claims("background").set_index("claim_id")
    assert judged.at["background.1.3-a", "judged_id"] == "introduction.1.2-c"
    assert judged.at["background.1.3-a", "verdict"] == "confirmed"


def test_parts_of_a_view_can_be_put_together_in_reading_order() -> None:
    apart = [data.judged_claims(section) for section in ("context", "background")]
    together = pd.concat(apart).sort_values("reading_order", ignore_index=True)
    assert_frame_equal(together, data.judged_claims("background", "context"))


@pytest.mark.parametrize(
    ("ask", "known"),
    [
        (lambda: data.judged_claims("preface"), "unknown section 'preface'; known: "),
        (lambda: data.positions("preface"), "unknown section 'preface'; known: "),
        (lambda: data.judged_quantities("preface"), "unknown section 'preface'; known: "),
        (lambda: data.point_theme_weights("aim"), "unknown stage 'aim'; known: context, goal"),
        (lambda: data.coded_outcomes("me"), "unknown coder 'me'; known: blind_a"),
        (
            lambda: data.indicators_about("cats"),
            "unknown topic 'cats'; known: economy, remittances",
        ),
    ],
)
def test_what_is_unknown_is_named_with_what_is_known(ask, known: str) -> None:
    with pytest.raises(ValueError, match=known):
        ask()


# Relations


def test_events_of_other_tracks_and_expected_ones_are_left_out() -> None:
    shown = set(data.relations_events()["event_id"])
    assert shown & {"border-treaty-2025", "epca-uzbekistan-expected"} == set()
    with data.what_if(events=changed("events", "border-treaty-2025", track="relations")):
        assert set(data.relations_events()["event_id"]) - shown == {"border-treaty-2025"}


def test_another_date_stands_only_where_sources_contradict() -> None:
    events = data.relations_events().set_index("event_id")
    assert list(events["other_date"].dropna().index) == [MINISTERIAL]
    assert events.at[MINISTERIAL, "other_date"] == pd.Timestamp("2025-03-27")
    with data.what_if(checks=changed("checks", FIRST_CHECK, verdict="imprecise")):
        assert data.relations_events()["other_date"].isna().all()


def test_the_last_day_is_the_last_that_a_date_may_mean() -> None:
    last = data.relations_events().set_index("event_id")["last_day"].dt.strftime("%Y-%m-%d")
    assert last["eu-strategy-2007"] == "2007-12-31"
    assert last["leaders-meeting-2022"] == "2022-10-31"
    assert last["ministerial-ashgabat-2025"] == "2025-03-28"
    assert last["summit-samarkand-2025"] == "2025-04-04", "the end of an interval"


def test_the_summit_is_the_event_that_the_package_is_about() -> None:
    assert data.summit_day() == pd.Timestamp("2025-04-04")
    # Another summit of the two sides, later, is another event.
    later = {"event_id": "summit-2027", "date_start": "2027-05-01", "date_end": "2027-05-02"}
    with data.what_if(events=added("events", "summit-samarkand-2025", **later)):
        assert data.summit_day() == pd.Timestamp("2025-04-04")
    with (
        data.what_if(events=removed("events", "summit-samarkand-2025")),
        pytest.raises(KeyError, match="no event 'summit-samarkand-2025'"),
    ):
        data.summit_day()


STAGE = "uzbekistan-signed-source"


@pytest.mark.parametrize(
    ("date", "precision", "as_of", "heard"),
    [
        ("2025-10-24", "day", "2025-10-23", False),
        ("2025-10-24", "day", "2025-10-24", True),
        ("2025-10-01", "month", "2025-10-30", False),
        ("2025-10-01", "month", "2025-10-31", True),
        ("2025-01-01", "year", "2025-12-30", False),
        ("2025-01-01", "year", "2025-12-31", True),
    ],
)
def test_a_source_is_heard_once_its_date_is_surely_past(
    date: str, precision: str, as_of: str, heard: bool
) -> None:
    with data.what_if(
        agreement_stages=changed("agreement_stages", STAGE, date=date, precision=precision)
    ):
        ladder = data.agreement_ladder(pd.Timestamp(as_of))
    assert (STAGE in set(ladder["stage_id"])) == heard


def test_the_account_of_the_report_is_whole_on_any_day() -> None:
    early = data.agreement_ladder(pd.Timestamp("2000-01-01")).dropna(subset=["stage"])
    stages = data.load("agreement_stages")
    assert set(early["said_by"]) == {"report"}
    assert len(early) == (stages["said_by"] == "report").sum()


def test_every_state_of_the_region_has_a_row_in_order() -> None:
    ladder = data.agreement_ladder()
    assert list(dict.fromkeys(ladder["country_id"])) == ["KAZ", "KGZ", "UZB", "TJK", "TKM"]
    assert ladder[ladder["stage"].isna()]["country_id"].tolist() == ["TKM"]
    with data.what_if(countries=changed("countries", "AFG", group_id="CA5")):
        assert data.agreement_ladder()["country_id"].tolist()[-1] == "AFG"


# Points, links, positions


def test_weights_are_one_row_a_point_and_theme_with_their_words() -> None:
    weights = data.point_theme_weights("context")
    assert not weights.attrs
    assert not weights.duplicated(["point_id", "theme_id"]).any()
    first = weights.iloc[0]
    least = data.load("point_themes").query("point_id == @first['point_id']")["theme_id"]
    places = data.load("themes").set_index("theme_id")["order"]
    assert (first["stage"], first["order"]) == ("context", 1)
    assert first["theme_order"] == places[least].min()
    both = pd.concat([data.point_theme_weights("goal"), weights])
    assert len(both) == len(data.point_theme_weights("context", "goal"))


def test_links_carry_titles_stages_and_orders_of_their_ends() -> None:
    points = data.load("points").set_index("point_id")
    links = data.links()
    assert links["from_stage"].cat.ordered and links["to_stage"].cat.ordered
    for end in ("from", "to"):
        ends = points.loc[links[f"{end}_point"]]
        assert links[f"{end}_ar"].tolist() == ends["title_ar"].tolist()
        assert links[f"{end}_en"].tolist() == ends["title_en"].tolist()
        assert links[f"{end}_order"].tolist() == ends["order"].tolist()
        assert links[f"{end}_stage"].tolist() == ends["stage"].tolist()


def test_sides_come_from_the_subject_of_the_package() -> None:
    wants = data.positions("goals")
    sides = wants.drop_duplicates("side").set_index("side")
    assert sides["side_order"].to_dict() == {"EU27": 1, "CA5": 2}
    assert sides["side_en"].to_dict() == {"EU27": "European Union", "CA5": "Central Asia"}
    with data.what_if(actors=changed("actors", "central-asia", country_id="KAZ")):
        assert set(data.positions("goals")["side"]) == {"EU27", "CA5"}, "a state has its group's"
    with data.what_if(actors=changed("actors", "central-asia", country_id="RUS")):
        other = data.positions("goals").query("side == 'RUS'")
    assert set(other["side_en"]) == {"Russia"} and other["side_order"].isna().all()


# Outcomes and sums


def test_published_codes_are_those_of_the_coder_with_that_role() -> None:
    assert set(data.coded_outcomes()["coder"]) == {"published"}
    assert len(data.coded_outcomes()) == len(data.load("outcome_items"))
    assert set(data.coded_outcomes("project_a")["coder"]) == {"project_a"}


def test_an_item_that_nobody_has_coded_is_not_lost() -> None:
    codes = data.load("outcome_codes")
    with data.what_if(outcome_codes=codes[codes["item_id"] != "dams"]):
        (row,) = data.codings().query("item_id == 'dams'").to_dict("records")
    assert pd.isna(row["coder"]) and row["point_en"] == "The Global Gateway package"


def test_indicators_are_chosen_by_their_series_and_never_by_their_unit() -> None:
    before = data.package_accounts()
    series = added(
        "indicator_series", "eur-usd", series="trade-eu", topic="exchange_rate", unit="eur_billion"
    )
    rows = added(
        "indicators",
        "package-transport",
        indicator_id="trade-eu-2024",
        series="trade-eu",
        value=54.2,
    )
    with data.what_if(indicators=rows, indicator_series=series):
        assert_frame_equal(data.package_accounts(), before)
        assert "trade-eu-2024" in set(data.reference_rates()["indicator_id"])


def test_the_package_stands_parts_first_by_size_then_total_then_what_is_apart() -> None:
    package = data.package_accounts()
    assert package["kind"].tolist() == ["part"] * 4 + ["total", "apart"]
    assert package["value"].tolist()[:4] == [6.4, 3, 2.5, 0.1]
    assert package["name_en"].tolist()[4:] == [
        "Total",
        "Commitments of the investors forum for sustainable transport",
    ]
    with data.what_if(indicators=changed("indicators", "package-digital", value=9)):
        assert data.package_accounts()["indicator_id"].iloc[0] == "package-digital"


def test_a_claim_with_two_sums_does_not_double_its_row() -> None:
    again = added("quantities", "outcomes.2.2-e-q1", quantity_id="outcomes.2.2-e-q2", value=99)
    with data.what_if(quantities=again):
        package = data.package_accounts().set_index("indicator_id")
    assert package.at["package-transport", "report_value"] == 10
    assert len(package) == 6


def test_sums_that_the_report_repeats_are_those_of_the_rows_handed_in() -> None:
    package = data.package_accounts()
    repeated = package[data.repeated_sums(package)]
    assert set(repeated["indicator_id"]) == {"package-transport", "investors-forum-2024"}
    assert not data.repeated_sums(package[package["kind"] == "part"]).any()
    assert not data.repeated_sums(package[:0]).any()


def test_the_implied_rate_is_that_of_sums_in_one_sentence() -> None:
    rates = data.package_rates()
    assert rates["implied"].tolist() == pytest.approx([1.1, 1.1])
    assert rates[["currency", "other_currency"]].drop_duplicates().values.tolist() == [
        ["EUR", "USD"]
    ]
    with data.what_if(quantities=changed("quantities", "outcomes.2.2-f-q1", currency="EUR")):
        assert data.package_rates()["claim_id"].tolist() == ["outcomes.2.2-b"]


def test_counts_of_sections_add_up_to_the_tables() -> None:
    counts = data.section_counts()
    for table in ("passages", "claims", "quantities", "checks"):
        assert counts[table].sum() == len(data.load(table)), table
    assert counts["first"].sum() == data.load("claims")["same_as"].isna().sum()
    with data.what_if(checks=added("checks", FIRST_CHECK, check_id=f"{MINISTERIAL_CLAIM}-c2")):
        again = data.section_counts()
    assert again["checks"].sum() == counts["checks"].sum() + 1
    assert again["checked"].equals(counts["checked"]), "a claim that is checked twice is one"


def test_the_list_of_tables_counts_their_rows() -> None:
    listed = data.table_list().set_index("table")["rows"]
    assert list(listed.index) == data.table_names()
    with data.what_if(themes=data.load("themes")[:3]):
        assert data.table_list().set_index("table").at["themes", "rows"] == 3


def test_every_merge_says_how_many_rows_it_expects() -> None:
    """Else a key that stands twice doubles the rows of a view without a word."""
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "helpers").rglob("*.py")}
    for path, source in sources.items():
        for call in ast.walk(ast.parse(source)) if ".merge(" in source else ():
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "merge":
                given = {word.arg: ast.unparse(word.value) for word in call.keywords}
                assert "validate" in given or given.get("how") == "'cross'", (path, call.lineno)
