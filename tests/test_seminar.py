"""Agreement between codings."""

from __future__ import annotations

import pytest

from helpers.seminar import coding_passes, cohen_kappa


def test_kappa_of_a_worked_example() -> None:
    """Fifty grants read twice: 20 yes-yes, 15 no-no, 5 yes-no, 10 no-yes give 0.4."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("first", "second", "kappa"),
    [("aabb", "aabb", 1.0), ("aabb", "bbaa", -1.0), ("aaaa", "aaaa", 1.0), ("abab", "aabb", 0.0)],
)
def test_kappa_at_its_bounds(first: str, second: str, kappa: float) -> None:
    assert cohen_kappa(first, second) == pytest.approx(kappa)


@pytest.mark.parametrize(("first", "second"), [("ab", "a"), ("", "")])
def test_codings_of_different_items_are_refused(first: str, second: str) -> None:
    with pytest.raises(ValueError, match="two codings of the same items"):
        cohen_kappa(first, second)


def test_every_outcome_is_coded_in_both_passes() -> None:
    passes = coding_passes()
    assert passes.notna().all(axis=None)
    assert 0.6 < cohen_kappa(passes["project_a"], passes["project_b"]) <= 1
