"""What came of the promises: their state follows from dated events alone, on any day."""

from __future__ import annotations

import math
import os
import re
import shutil
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from helpers.__main__ import main
from helpers.data import (
    checked_claims,
    codes,
    data_folder,
    edition_day,
    load,
    promise_events,
    promises,
    stages,
    verdict_counts,
    what_if,
)
from helpers.editions import Change, edition_changes, recorded_changes, rows_to_keep
from helpers.evidence import SCHEDULES, band, replay, scores, stale, state
from helpers.language import Language
from helpers.paths import DATA_VARIABLE
from helpers.publish.entries import changes

UZBEK, TAJIK, FORUM = "epca-uzbekistan", "epca-tajikistan", "investors-forum-uzbekistan-2025"
PARLIAMENT, SANCTIONS, ARAL = (
    "parliamentary-cooperation",
    "sanctions-circumvention",
    "aral-sea-green-belt",
)
OFFICIAL, ALONE, FREE = "official", "independent", "no_deadline"
CORRIDOR, TRANSPORT = "tcc-coordination-platform", "transport-10bn-mobilisation"

# Worked out by hand from commitment_events.csv and commitments.csv: day, promise, stage, standing,
# schedule, basis, last evidence, last searched in vain.
BY_HAND = [
    ("2025-04-04", UZBEK, "legal-initialled", "partial", "not_due", OFFICIAL, None, None),
    ("2025-04-04", CORRIDOR, "programme-set-up", "partial", FREE, OFFICIAL, None, None),
    ("2025-07-30", TAJIK, "legal-negotiated", "open", FREE, OFFICIAL, None, None),
    ("2025-07-31", TAJIK, "legal-initialled", "partial", FREE, ALONE, "2025-07-31", None),
    ("2025-10-23", UZBEK, "legal-initialled", "partial", "not_due", OFFICIAL, "2025-10-21", None),
    ("2025-10-24", UZBEK, "legal-signed", "kept", "met", OFFICIAL, "2025-10-24", None),
    ("2025-11-26", FORUM, "meeting-dated", "open", "not_due", OFFICIAL, "2025-11-25", None),
    ("2025-11-27", FORUM, "meeting-held", "kept", "met", OFFICIAL, "2025-11-27", None),
    ("2025-11-30", PARLIAMENT, "meeting-announced", "open", "not_due",
     OFFICIAL, "2025-04-04", None),
    ("2025-12-01", PARLIAMENT, "meeting-announced", "open", "overdue",
     OFFICIAL, "2025-04-04", None),
    ("2025-12-01", TRANSPORT, "money-announced", "open", FREE, OFFICIAL, "2025-11-28", None),
    ("2026-04-22", SANCTIONS, "position-acted-on", "partial", FREE, ALONE, "2026-03-02", None),
    ("2026-04-23", SANCTIONS, "position-broken", "broken", FREE, OFFICIAL, "2026-04-23", None),
    ("2026-11-22", ARAL, "programme-designed", "open", FREE, OFFICIAL, "2025-11-28", None),
    ("2026-11-23", ARAL, "programme-designed", "open", FREE, OFFICIAL, "2025-11-28", "2026-11-23"),
]  # fmt: skip


def of(promise: str, states: pd.DataFrame) -> pd.Series:
    (row,) = (row for _, row in states.iterrows() if row["commitment_id"] == promise)
    return row


@pytest.mark.parametrize(
    ("day", "promise", "stage", "standing", "schedule", "basis", "last", "searched"), BY_HAND
)
def test_the_state_of_a_day_is_that_worked_out_by_hand(
    day: str,
    promise: str,
    stage: str,
    standing: str,
    schedule: str,
    basis: str,
    last: str | None,
    searched: str | None,
) -> None:
    row = of(promise, state(promises(), promise_events(), day))
    found = (row["stage_id"], row["standing"], row["schedule"], row["basis"])
    assert found == (stage, standing, schedule, basis)
    for name, expected in (("last_evidence", last), ("searched_on", searched)):
        assert pd.isna(row[name]) if expected is None else row[name] == pd.Timestamp(expected), name


def test_ten_dates_are_worked_out() -> None:
    assert len({day for day, *_ in BY_HAND}) >= 10


def test_before_the_summit_nothing_is_promised() -> None:
    assert state(promises(), promise_events(), "2025-04-03").empty


def test_a_day_before_the_evidence_knows_nothing_of_it() -> None:
    """The state of a past day is the same whether or not later events were recorded."""
    events, day = promise_events(), pd.Timestamp("2025-10-01")
    known = events[events["last_day"] <= day]
    columns = ["commitment_id", "stage_id", "schedule", "basis", "days_since"]
    whole, cut = (state(promises(), frame, day)[columns] for frame in (events, known))
    pd.testing.assert_frame_equal(whole, cut)


def test_the_order_of_rows_decides_nothing() -> None:
    events, day = promise_events(), edition_day()
    turned = state(promises(), events.iloc[::-1], day)
    pd.testing.assert_frame_equal(turned, state(promises(), events, day))


def test_without_events_a_promise_has_no_stage_and_is_scored_by_nothing() -> None:
    states = state(promises(), promise_events().head(0), edition_day())
    assert len(states) == len(promises())
    assert states["stage_id"].isna().all() and states["standing"].isna().all()
    assert set(states["schedule"]) == {"no_deadline", "not_due", "overdue"}
    assert all(math.isnan(score) for score in scores(states)["score"])


# One promise and invented events


def invented(**cells: object) -> pd.DataFrame:
    """Return the signature of an agreement with some cells changed."""
    events = promise_events()
    row = events[events["event_id"] == "epca-uzbekistan-2025-10-24-a"].head(1).copy()
    dates = {"date", "last_day"}
    for name, value in cells.items():
        row[name] = pd.Timestamp(str(value)) if name in dates else value
    return row


def staged(slug: str, day: str, **cells: object) -> pd.DataFrame:
    rung = stages().set_index("stage_id").loc[f"legal-{slug}"]
    reached = {"stage_id": f"legal-{slug}", "stage_order": rung["order"]}
    reached |= {"standing": rung["standing"], "last_day": day, "event_id": f"{slug}-{day}"}
    return invented(**(reached | cells))


def uzbek(*events: pd.DataFrame, day: str = "2026-11-23") -> pd.Series:
    trail = pd.concat(events) if events else promise_events().head(0)
    return of(UZBEK, state(promises(), trail, day))


def test_low_confidence_moves_nothing_and_is_no_evidence() -> None:
    row = uzbek(staged("signed", "2025-10-24", confidence="low"))
    assert pd.isna(row["stage_id"]) and pd.isna(row["last_evidence"])
    assert row["schedule"] == "overdue"


def test_what_was_searched_in_vain_is_no_evidence_that_it_was_not_done() -> None:
    sought = invented(role="search", stage_id=None, stage_order=None, last_day="2026-05-01")
    row = uzbek(staged("signed", "2025-10-24"), sought)
    assert (row["stage_id"], row["standing"], row["schedule"]) == ("legal-signed", "kept", "met")
    assert row["searched_on"] == pd.Timestamp("2026-05-01")
    assert row["last_evidence"] == pd.Timestamp("2025-10-24")


@pytest.mark.parametrize(("day", "schedule"), [("2025-12-31", "met"), ("2026-01-01", "met_late")])
def test_the_last_day_of_the_deadline_still_meets_it(day: str, schedule: str) -> None:
    assert uzbek(staged("signed", day))["schedule"] == schedule


def test_a_step_after_the_deadline_does_not_make_it_late() -> None:
    """It was kept when it was signed; consent is more than was promised."""
    row = uzbek(staged("signed", "2025-10-24"), staged("consent", "2026-05-20"))
    assert (row["stage_id"], row["schedule"]) == ("legal-consent", "met")
    assert row["kept_on"] == pd.Timestamp("2025-10-24")


def test_a_stage_goes_back_only_with_a_note() -> None:
    signed = staged("signed", "2025-10-24")
    assert uzbek(signed, staged("negotiated", "2026-02-01"))["stage_id"] == "legal-signed"
    row = uzbek(signed, staged("negotiated", "2026-02-01", note_en="It was withdrawn."))
    assert (row["stage_id"], row["standing"], row["schedule"]) == (
        "legal-negotiated",
        "open",
        "overdue",
    )


def test_two_bases_are_both_and_confidence_is_the_highest() -> None:
    row = uzbek(
        staged("signed", "2025-10-24", basis="independent", confidence="medium"),
        staged("signed", "2025-11-01", event_id="again", basis="official", confidence="high"),
    )
    assert (row["basis"], row["confidence"]) == ("both", "high")
    assert row["reached_on"] == pd.Timestamp("2025-10-24")


def test_what_shows_an_earlier_stage_is_no_basis_of_the_later() -> None:
    row = uzbek(
        staged("initialled", "2025-10-01", basis="independent"), staged("signed", "2025-10-24")
    )
    assert row["basis"] == "official"


def test_a_meeting_that_is_to_be_regular_is_under_way_when_it_was_held_once() -> None:
    row = of("regular-economic-events", state(promises(), promise_events(), edition_day()))
    assert (row["stage_id"], row["standing"]) == ("meeting-held", "partial")


def test_background_sets_a_stage_and_is_no_fresh_evidence() -> None:
    row = of("satellite-internet", state(promises(), promise_events(), "2025-04-04"))
    assert (row["stage_id"], row["days_since"]) == ("programme-set-up", 0)


def test_replay_is_the_states_below_each_other() -> None:
    days = ["2025-04-04", "2025-10-04", "2026-04-04"]
    table = replay(promises(), promise_events(), days)
    assert list(table["as_of"].drop_duplicates()) == [pd.Timestamp(day) for day in days]
    kept = table.groupby("as_of")["standing"].agg(lambda of_day: (of_day == "kept").sum())
    assert list(kept) == [1, 2, 4]
    assert replay(promises(), promise_events(), []).empty


def test_schedules_are_those_that_occur() -> None:
    days = ["2025-04-04", "2025-12-31", "2026-11-23", "2030-01-01"]
    assert set(replay(promises(), promise_events(), days)["schedule"]) <= set(SCHEDULES)


# The score


def test_the_score_is_counted_by_hand() -> None:
    """Of 28 promises 4 are kept, 12 under way, 11 are words and 1 is broken."""
    table = scores(state(promises(), promise_events(), edition_day()))
    whole = table[table["scope"] == "all"].set_index("rule")
    assert list(whole["plus"]) == [4, 4, 16] and list(whole["minus"]) == [24, 12, 1]
    assert whole.at["middle", "score"] == pytest.approx((4 - 12) / 28)
    assert band(table) == (pytest.approx((4 - 24) / 28), pytest.approx((14 - 1) / 21))


def test_a_harder_rule_gives_no_better_score() -> None:
    for _, of_scope in scores(state(promises(), promise_events(), edition_day())).groupby("scope"):
        assert of_scope["score"].is_monotonic_increasing


def test_every_standing_is_scored_by_every_rule() -> None:
    rules = [set(code["scores"]) for code in codes("commitment_stages", "standing").values()]
    assert all(names == rules[0] for names in rules)
    values = {
        v for c in codes("commitment_stages", "standing").values() for v in c["scores"].values()
    }
    assert values == {-1, 0, 1}


# Verdicts


def test_every_claim_counts_once() -> None:
    """With what was checked by confidence, with all claims by anything else."""
    assert verdict_counts("confidence")["claims"].sum() == load("checks")["claim_id"].nunique()
    for by in ("section_id", "kind"):
        assert verdict_counts(by)["claims"].sum() == load("claims")["same_as"].isna().sum()
    assert (verdict_counts("kind")["weak"] <= verdict_counts("kind")["claims"]).all()
    with pytest.raises(ValueError, match="unknown grouping 'colour'"):
        verdict_counts("colour")


def test_a_claim_leads_to_its_check_and_the_check_to_its_sources() -> None:
    table = checked_claims("context")
    row = table[table["check_id"] == "context.6.1-c-c1"].iloc[0]
    assert row["source_url"].startswith("http") and row["text_en"]
    assert len(checked_claims()) == len(load("checks"))


# What waits, and what changed


def test_what_is_kept_or_broken_waits_for_nothing() -> None:
    states = state(promises(), promise_events(), edition_day())
    waiting = stale(states, checked_claims(), edition_day())
    ended = set(states[states["standing"].isin(["kept", "broken"])]["commitment_id"])
    assert len(ended) == 5 and not ended & set(waiting["id"])
    assert waiting["days"].is_monotonic_decreasing
    rogun = waiting[waiting["id"] == "dams-rogun"].iloc[0]
    assert rogun["days"] == (pd.Timestamp("2026-11-23") - pd.Timestamp("2025-09-01")).days


def test_stale_counts_to_the_edition(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stale", "--count", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "2026-11-23" in lines[0] and len(lines) == 5


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Return a copy of the data as it was before one signature, one verdict and one value."""
    folder = tmp_path / "older"
    shutil.copytree(data_folder(), folder)
    for table, row, old, new in (
        ("evidence/commitment_events", "epca-uzbekistan-2025-10-24-a", "legal-signed", ""),
        ("evidence/commitment_events", "epca-uzbekistan-2026-05-20-a", "legal-consent", ""),
        ("evidence/checks", "outcomes.1.1-b-c1", ",confirmed,", ",imprecise,"),
        ("evidence/indicators", "package-digital,", ",0.1,", ",0.2,"),
    ):
        path = folder / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        lines = [ln.replace(old, new, 1) if ln.startswith(row) else ln for ln in lines]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_two_editions_differ_in_what_changed_and_nothing_else(older: Path) -> None:
    assert edition_changes(older, data_folder()) == [
        Change("verdict", "outcomes.1.1-b", "imprecise", "confirmed"),
        Change("stage", UZBEK, "legal-initialled", "legal-consent"),
        Change("schedule", UZBEK, "overdue", "met"),
        Change("value", "package-digital", "0.2", "0.1"),
    ]
    assert edition_changes(older, older) == []
    assert DATA_VARIABLE not in os.environ


def test_an_edition_without_promises_has_none(older: Path, capsys) -> None:
    import json

    path = older / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [
        entry for entry in package["resources"] if not entry["name"].startswith("commitment")
    ]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert main(["changes", str(older), str(data_folder())]) == 0
    told = capsys.readouterr().out
    assert "stage dams-rogun: nothing -> money-announced" in told


def test_a_folder_without_data_is_refused(tmp_path: Path, capsys) -> None:
    assert main(["changes", str(tmp_path), str(data_folder())]) == 2
    assert "no datapackage.json" in capsys.readouterr().err


def kept(**said: str) -> pd.DataFrame:
    """Return what the data say now as what they said earlier, but for some ids."""
    rows = pd.DataFrame(rows_to_keep(data_folder()))
    rows["said"] = [said.get(row.subject_id, row.said) for row in rows.itertuples()]
    return rows[rows["said"] != ""]


def test_what_is_kept_today_has_not_changed_today() -> None:
    with what_if(earlier_edition=kept()):
        assert recorded_changes() == []


def test_the_page_of_changes_tells_what_was_said_otherwise_and_counts_what_is_new() -> None:
    """A claim whose verdict was another is listed with both; a promise that is new is not."""
    claims = load("claims").set_index("claim_id")["text_en"]
    with what_if(earlier_edition=kept(**{"outcomes.1.1-b": "imprecise", "dams-rogun": ""})):
        assert recorded_changes() == [
            Change("verdict", "outcomes.1.1-b", "imprecise", "confirmed"),
            Change("stage", "dams-rogun", "", "money-announced"),
            Change("schedule", "dams-rogun", "", "no_deadline"),
        ]
        page = changes(Language("en"))
    assert claims["outcomes.1.1-b"] in unescape(page)
    said = re.sub(r"<[^>]*>", "|", page)
    assert re.search(r"Before: \|+imprecise\|+ · Now: \|+confirmed\|", said)
    assert "verdict: changed 1, new 0" in page and "stage: changed 0, new 1" in page
    assert "dams-rogun" not in page


def test_changes_are_told_in_the_order_of_the_report() -> None:
    ids = ["outcomes.1.1-b", "conclusion.1.2-c"]
    claims = load("claims").set_index("claim_id")["text_en"]
    with what_if(earlier_edition=kept(**dict.fromkeys(ids, "imprecise"))):
        page = unescape(changes(Language("en")))
    assert page.index(claims[ids[0]]) < page.index(claims[ids[1]])


def test_what_an_edition_says_is_kept_in_the_folder_of_the_next(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(data_folder(), newer)
    monkeypatch.setenv(DATA_VARIABLE, str(newer))  # which the command sets, and would leave so
    assert main(["--data", str(newer), "keep", str(older)]) == 0
    lines = (newer / "reference" / "earlier_edition.csv").read_text(encoding="utf-8").splitlines()
    day = f"{edition_day():%Y-%m-%d}"
    assert f"verdict,outcomes.1.1-b,imprecise,{day},day" in lines
    assert f"stage,{UZBEK},legal-initialled,{day},day" in lines
    assert lines[1:] == sorted(lines[1:], key=lambda line: line.split(",")[:2])
