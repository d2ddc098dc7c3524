"""Agreement between coders, against published values."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from helpers import agreement
from helpers.agreement import alpha, alpha_interval, cohen_kappa, interval, mean_kappa, raw

# K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): sections A, B and C.
TWO_VALUES = pd.DataFrame({"A": list("0100000010"), "B": list("1110010000")})
NOMINAL = pd.DataFrame({"Ben": list("aabbdcccedda"), "Gerry": list("babbbccceddd")})
FOUR_CODERS = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
)


@pytest.mark.parametrize(
    ("codes", "level", "published"),
    [
        (TWO_VALUES, "nominal", 0.095),
        (NOMINAL, "nominal", 0.692),
        (FOUR_CODERS, "nominal", 0.743),
        (FOUR_CODERS, "ordinal", 0.815),
        (FOUR_CODERS, "interval", 0.849),
    ],
)
def test_alpha_is_that_of_the_published_examples(
    codes: pd.DataFrame, level: str, published: float
) -> None:
    assert alpha(codes, level) == pytest.approx(published, abs=0.0005)


def test_kappa_is_that_of_cohens_example() -> None:
    """J. Cohen (1960), table 2: two judges, three diagnoses, 200 cases."""
    counts = {
        "aa": 88,
        "ab": 14,
        "ac": 18,
        "ba": 10,
        "bb": 40,
        "bc": 10,
        "ca": 2,
        "cb": 6,
        "cc": 12,
    }
    pairs = [pair for pair, count in counts.items() for _ in range(count)]
    assert cohen_kappa(*zip(*pairs, strict=True)) == pytest.approx(0.492, abs=0.0005)


def test_of_three_coders_the_mean_over_pairs_is_told() -> None:
    codes = pd.DataFrame({"A": list("aabb"), "B": list("aabb"), "C": list("abab")})
    assert mean_kappa(codes) == pytest.approx((1 + 0 + 0) / 3)


def test_raw_agreement_counts_pairs_and_leaves_out_what_one_alone_has_coded() -> None:
    codes = pd.DataFrame({"A": ["a", "a", "b"], "B": ["a", "b", None], "C": ["a", "a", None]})
    assert raw(codes) == pytest.approx((1 + 1 / 3) / 2)


@pytest.mark.parametrize("measure", [alpha, mean_kappa])
def test_without_variation_agreement_is_undefined(measure: agreement.Measure) -> None:
    assert math.isnan(measure(pd.DataFrame({"A": ["a"] * 9, "B": ["a"] * 9})))


@pytest.mark.parametrize("measure", [raw, alpha, mean_kappa])
def test_without_objects_agreement_is_undefined(measure: agreement.Measure) -> None:
    assert math.isnan(measure(pd.DataFrame({"A": [], "B": []}, dtype=object)))


def test_an_ordinal_miss_by_one_step_weighs_less_than_one_by_three() -> None:
    order = ["low", "middle", "high", "top"]
    right = pd.Series([*order, *order])
    near, far = right.copy(), right.copy()
    near[0], far[0] = "middle", "top"
    codes = [pd.DataFrame({"A": right, "B": other}) for other in (near, far)]
    by_step, by_three = (alpha(table, "ordinal", order) for table in codes)
    assert 0 < by_three < by_step < 1
    assert alpha(codes[0]) == pytest.approx(alpha(codes[1]), abs=0.02), "nominal sees no steps"


def test_a_code_outside_the_order_is_named() -> None:
    codes = pd.DataFrame({"A": ["low", "hgih"], "B": ["low", "high"]})
    with pytest.raises(ValueError, match="hgih"):
        alpha(codes, "ordinal", ["low", "high"])


def test_an_unknown_level_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="nominal, ordinal, interval"):
        alpha(NOMINAL, "ratio")


def test_without_objects_there_is_no_interval_and_no_error() -> None:
    found = interval(TWO_VALUES[:0], mean_kappa, draws=5)
    assert math.isnan(found.value) and found.objects == 0


def test_an_interval_is_the_same_in_every_run_and_holds_the_value() -> None:
    found = interval(FOUR_CODERS, alpha, draws=200)
    assert found == interval(FOUR_CODERS, alpha, draws=200)
    assert found.low < found.value < found.high
    assert found.high - found.low > 0.3, "twelve objects tell little"
    assert found != interval(FOUR_CODERS, alpha, draws=200, seed=1)


def test_objects_of_one_group_are_drawn_together() -> None:
    """Nine copies of one disagreement are no nine observations."""
    codes = pd.DataFrame({"A": list("ab" * 9), "B": list("ab" * 8 + "ba")})
    each = interval(codes, alpha, draws=200)
    grouped = interval(codes, alpha, groups=pd.Series([0] * 9 + [1] * 9), draws=200)
    assert (each.objects, each.groups, grouped.groups) == (18, 18, 2)
    assert grouped.low < each.value


def test_draws_without_variation_are_counted_and_left_out() -> None:
    codes = pd.DataFrame({"A": ["a", "a", "a", "b"], "B": ["a", "a", "a", "b"]})
    found = interval(codes, alpha, draws=200)
    assert found.undefined > 20
    assert (found.low, found.high) == (1, 1)
    nothing = interval(codes.iloc[:3], alpha, draws=50)
    assert math.isnan(nothing.value) and math.isnan(nothing.low)
    assert nothing.undefined == 50


def test_alpha_of_random_tables_equals_the_sum_over_pairs() -> None:
    """Krippendorff's formula written out, pair by pair, as an independent judge."""
    random = np.random.default_rng(3)
    for _ in range(40):
        codes = pd.DataFrame(random.choice(["a", "b", "c"], size=(12, 3)))
        codes = codes.mask(random.random(codes.shape) < 0.2)
        assert alpha(codes) == pytest.approx(_written_out(codes), nan_ok=True)


def _written_out(codes: pd.DataFrame) -> float:
    units = [[code for code in row if not pd.isna(code)] for row in codes.to_numpy()]
    units = [unit for unit in units if len(unit) > 1]
    values = [code for unit in units for code in unit]
    number = len(values)
    observed = sum(
        sum(one != two for one in unit for two in unit) / (len(unit) - 1) for unit in units
    )
    expected = sum(one != two for one in values for two in values) / (number - 1)
    return 1 - observed / expected


@pytest.mark.parametrize("level", agreement.LEVELS)
def test_the_quick_interval_is_that_of_drawing_objects(level: str) -> None:
    """Weights of groups in place of rows drawn anew: other draws, the same bounds within noise."""
    groups = pd.Series([number // 2 for number in range(len(FOUR_CODERS))])
    quick = alpha_interval(FOUR_CODERS, level, groups=groups, draws=4000)
    slow = interval(FOUR_CODERS, lambda codes: alpha(codes, level), groups, draws=400)
    assert quick.value == pytest.approx(alpha(FOUR_CODERS, level))
    assert (quick.objects, quick.groups) == (slow.objects, slow.groups) == (12, 6)
    assert quick.low == pytest.approx(slow.low, abs=0.1)
    assert quick.high == pytest.approx(slow.high, abs=0.03)


def test_the_quick_interval_counts_draws_without_variation() -> None:
    codes = pd.DataFrame({"A": ["a", "a", "a", "b"], "B": ["a", "a", "a", "b"]})
    found = alpha_interval(codes, draws=200)
    assert (found.low, found.high) == (1, 1)
    assert found.undefined > 20
    assert math.isnan(alpha_interval(codes.iloc[:0]).value)


# The example of the encyclopaedia's article on alpha: three coders, codes missing.
THREE_CODERS = pd.DataFrame(
    {
        "A": [None] * 5 + [3, 4, 1, 2, 1, 1, 3, 3, None, 3],
        "B": [1, None, 2, 1, 3, 3, 4, 3] + [None] * 7,
        "C": [None, None, 2, 1, 3, 4, 4, None, 2, 1, 1, 3, 3, None, 4],
    }
)


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.691), ("interval", 0.811)])
def test_alpha_is_that_of_a_further_published_example(level: str, published: float) -> None:
    assert alpha(THREE_CODERS, level) == pytest.approx(published, abs=0.0005)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_alpha_is_that_of_another_package(level: str) -> None:
    """Twenty random tables of two to six coders, with up to half of the codes missing."""
    import krippendorff

    random = np.random.default_rng(20250404)
    for _ in range(20):
        objects, coders = random.integers(5, 30), random.integers(2, 7)
        codes = random.integers(1, 6, size=(objects, coders)).astype(float)
        codes[random.random(codes.shape) < random.random() / 2] = math.nan
        other = krippendorff.alpha(codes.T, level_of_measurement=level)
        assert alpha(pd.DataFrame(codes), level) == pytest.approx(other, abs=1e-9)
