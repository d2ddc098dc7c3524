"""Agreement between codings."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from changes import removed, shuffled

from helpers import data
from helpers.agreement import cohen_kappa, mean_kappa
from helpers.seminar import coding_passes


def test_kappa_of_a_worked_example() -> None:
    """Fifty grants read twice: 20 yes-yes, 15 no-no, 5 yes-no, 10 no-yes give 0.4."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("first", "second", "kappa"),
    [("aabb", "aabb", 1.0), ("aabb", "bbaa", -1.0), ("abab", "aabb", 0.0), ("aaaa", "bbbb", 0.0)],
)
def test_kappa_at_its_bounds(first: str, second: str, kappa: float) -> None:
    assert cohen_kappa(first, second) == pytest.approx(kappa)


def test_without_variation_kappa_is_undefined() -> None:
    assert math.isnan(cohen_kappa("aaaa", "aaaa"))


@pytest.mark.parametrize(("first", "second"), [("ab", "a"), ("", "")])
def test_codings_of_different_items_are_refused(first: str, second: str) -> None:
    with pytest.raises(ValueError, match="two codings of the same items"):
        cohen_kappa(first, second)


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_a_missing_code_is_no_disagreement_but_an_error(missing: object) -> None:
    with pytest.raises(ValueError, match="every item needs a code in both codings; 1 have none"):
        cohen_kappa(["a", "b", missing], ["a", "b", "b"])
    with pytest.raises(ValueError, match="1 have none"):
        cohen_kappa(["a", "b", "b"], ["a", "b", missing])


def test_every_outcome_is_coded_in_every_pass() -> None:
    passes = coding_passes(data.codings())
    assert set(passes.index) == set(data.load("outcome_items")["item_id"])
    assert list(passes.columns) == list(data.codes_where("outcome_codes", "coder", role="pass"))
    assert passes.notna().all(axis=None)
    two = data.codings().pivot(index="item_id", columns="coder", values="strength").astype("str")
    two = two[["blind_a", "project_b"]]
    assert mean_kappa(two) == cohen_kappa(list(two["blind_a"]), list(two["project_b"]))
    assert 0.6 < mean_kappa(two) < 1


def test_an_item_that_a_pass_left_out_is_missing_and_not_dropped() -> None:
    with data.what_if(outcome_codes=removed("outcome_codes", ("dams", "blind_a"))):
        passes = coding_passes(data.codings())
    assert passes.loc["dams"].isna().tolist() == [True, False, False, False]
    complete = passes.drop(index="dams")
    assert mean_kappa(passes) == mean_kappa(complete), "it takes no part in the agreement"


def test_passes_stand_in_reading_order_whatever_the_order_of_rows() -> None:
    codings = data.codings()
    passes = coding_passes(shuffled(codings))
    assert list(passes.index) == list(codings["item_id"].unique())


def test_agreement_of_three_is_the_mean_over_their_pairs() -> None:
    passes = pd.DataFrame({"a": list("xxyy"), "b": list("xxyy"), "c": list("xyxy")})
    assert mean_kappa(passes) == pytest.approx((1.0 + 0.0 + 0.0) / 3)
    assert math.isnan(mean_kappa(passes[["a"]]))
    assert math.isnan(mean_kappa(passes[:0]))
