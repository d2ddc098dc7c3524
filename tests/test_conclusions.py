"""Conclusions: their measures, the codings that they are tried under, and what turns them."""

from __future__ import annotations

import inspect
import math

import pandas as pd
import pytest
from changes import changed

from helpers import argument, data
from helpers.argument.codings import by_claims, by_sentence, with_links, with_themes
from helpers.argument.material import Link, Material, Outcome, Position, Weight, published
from helpers.argument.measures import ALL, MEASURES
from helpers.argument.robustness import judge, turning
from helpers.data import codes

# A report of four points: two factors, an issue, an outcome.
SMALL = Material(
    stages={"war": "context", "trade": "context", "talks": "issue", "pact": "outcome"},
    themes=("security", "economy"),
    links=(
        Link("talks-pursues-war", "talks", "war", "pursues", "stated"),
        Link("pact-answers-talks", "pact", "talks", "answers", "inferred"),
    ),
    weights=(
        Weight("war", "context", "security", 1.0),
        Weight("trade", "context", "economy", 0.75),
        Weight("trade", "context", "security", 0.25),
        Weight("talks", "issue", "security", 1.0),
        Weight("pact", "outcome", "security", 1.0),
    ),
    outcomes=(
        Outcome("peace", "pact.1-a", "security", "affirm"),
        Outcome("patrols", "pact.1-b", "security", "agree"),
        Outcome("loans", "pact.2-a", "economy", "fund"),
    ),
    positions=(Position("goals", "EU27"), Position("goals", "EU27"), Position("goals", "CA5")),
)


@pytest.mark.parametrize(
    ("measure", "subject", "value"),
    [
        ("strength_share", "affirm", 1 / 3),
        ("strength_lead", "affirm", 0),
        ("strength_lead", "welcome", -1),
        ("items_at_least", "security agree", 1),
        ("items_at_least", "security fund", 0),
        ("outcome_lead", "security", 1),
        ("outcome_lead", "economy", -1),
        ("attention_lead", "security", 0.625 - 0.375),
        ("attention_rank", "economy", 2),
        ("stage_weight", "economy context", 0.375),
        ("stage_weight", "economy goal", 0),
        ("stage_lead", "security outcome", 1),
        ("weight_change", "security context outcome", 0.375),
        ("carried_share", "security stated", 0),
        ("carried_share", "security all", 0.8),
        ("themes_carried", "all", 1),
        ("themes_carried", "stated", 0),
        ("themes_left", "all", 1),
        ("themes_left", "stated", 2),
        ("loose_share", "leads-nowhere stated", 1),
        ("loose_share", "leads-nowhere all", 1 / 3),
        ("loose_count", "unanswered stated", 1),
        ("is_loose", "leads-nowhere all trade", 1),
        ("is_loose", "leads-nowhere all war", 0),
        ("links_of", "answers all", 1),
        ("links_of", "answers stated", 0),
        ("links_to", "pursues war all", 1),
        ("links_to_lead", "pursues trade all", -1),
        ("stage_tied_to", "issue pursues stated war", 1),
        ("stage_tied_to", "outcome answers stated talks", 0),
        ("stated_more", "pursues answers", 1),
        ("statements_lead", "goals EU27", 1),
    ],
)
def test_a_measure_of_a_small_report(measure: str, subject: str, value: float) -> None:
    assert MEASURES[measure](SMALL, *subject.split()) == pytest.approx(value)


def test_every_measure_stands_in_the_schema_with_what_it_takes() -> None:
    known = codes("conclusions", "measure")
    assert set(known) == set(MEASURES)
    for name, function in MEASURES.items():
        assert len(inspect.signature(function).parameters) == 1 + len(known[name]["takes"]), name


def test_what_a_subject_may_name_is_what_the_measures_know() -> None:
    kinds = data.fields("conclusions")["subject"]["kinds"]
    assert kinds["question"] == list(argument.questions())
    taken = {kind for code in codes("conclusions", "measure").values() for kind in code["takes"]}
    assert set(kinds) == taken
    assert set(kinds["basis"]) == {
        *data.codes_where("argument_links", "basis", in_report=True),
        ALL,
    }


def test_who_stands_for_no_side_makes_no_statement_of_one() -> None:
    speaker = data.load("positions")["actor_id"].iloc[0]
    with data.what_if(actors=changed("actors", speaker, country_id=None)):
        assert all(isinstance(statement.side, str) for statement in published().positions)


def test_measures_are_those_of_the_tables() -> None:
    """What conclusions rest on is what the notebooks' tables show."""
    held = published()
    weights, themes, links = data.point_theme_weights(), data.load("themes"), data.links()
    attention = argument.attention(weights, themes).set_index("theme_id")["attention"]
    first, second = attention.nlargest(2)
    assert MEASURES["attention_lead"](held, attention.idxmax()) == pytest.approx(first - second)
    coverage = argument.coverage(weights, themes)
    for row in coverage.to_dict("records"):
        weight = MEASURES["stage_weight"](held, row["theme_id"], row["stage"])
        assert weight == pytest.approx(row["weight"])
    carried = argument.carried(weights, links, themes).fillna(0)
    for row in carried.to_dict("records"):
        for basis, column in (("stated", "carried_stated"), ("all", "carried")):
            share = MEASURES["carried_share"](held, row["theme_id"], basis)
            assert share == pytest.approx(row[column])
    for question in argument.questions():
        for basis, chosen in (("stated", argument.stated(links)), ("all", links)):
            loose = argument.loose(data.load("points"), chosen, question)
            assert MEASURES["loose_count"](held, question, basis) == len(loose)


# Judging


def conclusion(measure: str, subject: str, comparison: str, threshold: float) -> dict:
    names = ("conclusion_id", "order", "measure", "subject", "comparison", "threshold")
    return dict(zip(names, ("it", 1, measure, subject, comparison, threshold), strict=True))


@pytest.mark.parametrize(
    ("comparison", "threshold", "holds"),
    [
        ("above", 0.3, True),
        ("above", 1 / 3, False),
        ("at-least", 1 / 3, True),
        ("equal", 1 / 3, True),
        ("at-most", 1 / 3, True),
        ("below", 1 / 3, False),
        ("below", 0.4, True),
    ],
)
def test_a_conclusion_holds_on_the_right_side_of_its_threshold(
    comparison: str, threshold: float, holds: bool
) -> None:
    row = pd.DataFrame([conclusion("strength_share", "affirm", comparison, threshold)])
    judged = judge(row, SMALL).iloc[0]
    assert judged["holds"] == holds
    assert (judged["margin"] >= 0) == holds or judged["margin"] == pytest.approx(0)


def test_the_last_bit_of_a_difference_decides_nothing() -> None:
    """0.8 less 0.5 is 0.30000000000000004 to a computer."""
    weights = [Weight("war", "context", "economy", 0.5), Weight("pact", "outcome", "economy", 0.8)]
    changed = SMALL.changed("weights", weights)
    row = conclusion("weight_change", "economy context outcome", "equal", 0.3)
    assert judge(pd.DataFrame([row]), changed).iloc[0]["holds"]


def test_what_cannot_be_measured_does_not_hold() -> None:
    nothing = SMALL.changed("outcomes", [])
    row = pd.DataFrame([conclusion("strength_share", "affirm", "at-most", 1)])
    judged = judge(row, nothing).iloc[0]
    assert math.isnan(judged["value"])
    assert not judged["holds"]


# What turns a conclusion


def test_one_code_that_turns_a_conclusion_is_named() -> None:
    row = conclusion("items_at_least", "security agree", "equal", 1)
    turn = turning(row, SMALL)
    assert turn.fewest == 1
    assert turn.alone == ["patrols", "peace"], "one falls, the other rises to agree"


def test_a_link_that_turns_a_conclusion_is_named() -> None:
    turn = turning(conclusion("carried_share", "security stated", "equal", 0), SMALL)
    assert (turn.alone, turn.fewest) == (["pact-answers-talks"], 1), "stated, it joins the two"


def test_several_changes_are_counted() -> None:
    items = [Outcome(f"item-{n}", "pact.1-a", "security", "affirm") for n in range(5)]
    more = SMALL.changed("outcomes", [*items, Outcome("other", "pact.1-b", "economy", "agree")])
    turn = turning(conclusion("strength_lead", "affirm", "above", 0), more)
    assert (turn.alone, turn.fewest) == ([], 2), "two of five move to agree: three to three"


def test_what_no_code_can_turn_is_said_to_be_so() -> None:
    turn = turning(conclusion("statements_lead", "goals EU27", "above", 0), SMALL)
    assert (turn.alone, turn.fewest) == ([], None)


# Other codings


def test_a_coder_changes_the_basis_of_links_and_adds_stated_ones() -> None:
    said = ["pact-answers-talks", "war-motivates-talks"]
    coded = pd.DataFrame({"link_id": [*said, "talks-pursues-war"], "code": "stated"})
    coded.loc[2, "code"] = "not-stated"
    links = {link.link_id: link for link in with_links(SMALL, coded).links}
    assert links["talks-pursues-war"].basis == "inferred"
    assert links["pact-answers-talks"].basis == "stated"
    added = links["war-motivates-talks"]
    assert (added.from_point, added.relation, added.to_point) == ("war", "motivates", "talks")
    assert added.basis == "stated"


def test_a_coders_themes_share_a_point_equally() -> None:
    coded = pd.DataFrame(
        {"point_id": ["war", "war", "trade"], "theme_id": ["security", "economy", "economy"]}
    )
    weights = with_themes(SMALL, coded).weights
    assert weights == (
        Weight("war", "context", "security", 0.5),
        Weight("war", "context", "economy", 0.5),
        Weight("trade", "context", "economy", 1.0),
    )


def test_by_claims_a_point_weighs_as_much_as_it_says() -> None:
    claims = pd.DataFrame({"point_id": ["war"] * 3 + ["trade"] + ["pact"] * 5 + ["talks", None]})
    weights = {(w.point_id, w.theme_id): w.weight for w in by_claims(SMALL, claims).weights}
    assert weights["war", "security"] == 1.5, "three of four claims of the two factors"
    assert weights["trade", "economy"] == 0.75 * 0.5
    assert weights["pact", "security"] == 1, "alone in its stage"


def test_by_claims_a_stage_without_claims_keeps_its_weights() -> None:
    assert by_claims(SMALL, pd.DataFrame({"point_id": []})).weights == SMALL.weights


def test_by_sentence_the_strongest_outcome_of_a_theme_counts_once() -> None:
    claims = pd.DataFrame(
        {"claim_id": ["pact.1-a", "pact.1-b", "pact.2-a"], "passage_id": ["one", "one", "two"]}
    )
    kept = by_sentence(SMALL, claims).outcomes
    assert {item.item_id for item in kept} == {"patrols", "loans"}


# Somebody changes a code


def test_what_is_as_published_changes_nothing() -> None:
    held = published()
    same = argument.recoded(
        held, links=data.links(), weights=data.load("point_themes"), strengths=data.coded_outcomes()
    )
    assert sorted(same.weights) == sorted(held.weights)
    assert (same.links, same.outcomes) == (held.links, held.outcomes)
    assert argument.turned(data.load("conclusions"), held, same).empty


def test_weights_of_a_changed_point_are_shared_out_and_others_stay() -> None:
    given = pd.DataFrame(
        [("trade", "economy", 3), ("trade", "security", 0)],
        columns=["point_id", "theme_id", "weight"],
    )
    changed = argument.recoded(SMALL, weights=given).weights
    assert [row for row in changed if row.point_id == "trade"] == [
        Weight("trade", "context", "economy", 1.0)
    ], "a theme without weight is none of the point's"
    assert {row for row in SMALL.weights if row.point_id != "trade"} < set(changed)


def test_a_code_and_a_link_that_turn_conclusions_are_told_with_both_values() -> None:
    rows = [
        conclusion("items_at_least", "security agree", "equal", 1),
        conclusion("links_of", "pursues all", "at-least", 1) | {"conclusion_id": "two", "order": 2},
        conclusion("links_of", "answers all", "at-least", 1) | {"conclusion_id": "no", "order": 3},
    ]
    links = pd.DataFrame([SMALL.links[1]])
    strengths = pd.DataFrame({"item_id": ["patrols"], "strength": ["welcome"]})
    changed = argument.recoded(SMALL, links=links, strengths=strengths)
    found = argument.turned(pd.DataFrame(rows[::-1]), SMALL, changed)
    told = found[["conclusion_id", "before", "after", "held", "holds"]]
    assert told.to_numpy().tolist() == [["it", 1, 0, True, False], ["two", 1, 0, True, False]]
    back = argument.turned(pd.DataFrame(rows), changed, SMALL)
    assert list(back["holds"]) == [True, True], "what did not hold turns too"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"weights": [("trade", "economy", -1)]}, "weights of trade"),
        ({"weights": [("trade", "economy", 0)]}, "weights of trade"),
        ({"weights": [("trade", "economy", math.nan)]}, "weights of trade"),
        ({"weights": [("trad", "economy", 1)]}, "no point 'trad'; did you mean 'trade'"),
        ({"weights": [("trade", "econmy", 1)]}, "no theme 'econmy'; did you mean 'economy'"),
        ({"strengths": [("patrol", "fund")]}, "no item 'patrol'; did you mean 'patrols'"),
        ({"strengths": [("patrols", "found")]}, "no strength 'found'; did you mean 'fund'"),
    ],
)
def test_a_change_that_cannot_be_is_named(changes: dict, told: str) -> None:
    columns = {
        "weights": ["point_id", "theme_id", "weight"],
        "strengths": ["item_id", "strength"],
    }
    frames = {kind: pd.DataFrame(rows, columns=columns[kind]) for kind, rows in changes.items()}
    with pytest.raises((KeyError, ValueError), match=told):
        argument.recoded(SMALL, **frames)
