"""What runs without ``--all``: every test, each case in one language, the same on every worker."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from sampling import sample

CHARTS = [f"chart-{number}" for number in range(40)]


@dataclass(eq=False)
class Item:
    """A test with its values, as pytest collects it."""

    test: str
    values: dict[str, object] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    marks: dict[str, tuple[object, ...]] = field(default_factory=dict)

    @property
    def nodeid(self) -> str:
        return f"tests/test_x.py::{self.test}[{'-'.join(map(str, self.values.values()))}]@group"

    @property
    def callspec(self) -> SimpleNamespace:
        places = dict.fromkeys(self.values, 0) | self.places
        return SimpleNamespace(params=self.values, indices=places)

    def get_closest_marker(self, name: str) -> SimpleNamespace | None:
        return SimpleNamespace(args=self.marks[name]) if name in self.marks else None


def drawn(test: str = "test_drawn", **marks: tuple[object, ...]) -> list[Item]:
    """A test of every chart in two languages and two sizes, given together as one value."""
    styles = itertools.product(("ar", "en"), ("reading", "projecting"), CHARTS)
    return [
        Item(test, {"chart_id": chart, "lang": lang, "size": size}, {"lang": place}, marks)
        for place, (lang, size, chart) in enumerate(styles)
    ]


def values(items: list[Item], name: str) -> list[object]:
    return [item.values[name] for item in items]


def test_every_case_is_asked_once_and_every_style_by_some() -> None:
    asked = sample(drawn())
    assert sorted(values(asked, "chart_id")) == sorted(CHARTS)
    assert set(values(asked, "lang")) == {"ar", "en"}
    assert set(values(asked, "size")) == {"reading", "projecting"}


def test_a_chart_is_asked_in_one_language_whatever_is_asked_of_it() -> None:
    languages = [
        dict(zip(values(asked, "chart_id"), values(asked, "lang"), strict=True))
        for asked in (sample(drawn()), sample(drawn("test_other")))
    ]
    assert languages[0] == languages[1]


def test_values_that_are_no_style_are_all_asked() -> None:
    changes = [Item("test_changed", {"change": object()}, {"change": place}) for place in range(3)]
    assert sample(changes) == changes
    apart = [Item("test_apart", {"lang": code}, marks={"in_each_language": ()}) for code in "ab"]
    assert sample(apart) == apart


@pytest.mark.parametrize(("every", "expected"), [(1, 40), (3, 13), (40, 1), (99, 1)])
def test_one_of_so_many_is_asked_and_one_at_least(every: int, expected: int) -> None:
    asked = sample(drawn(one_of=(every,)))
    assert expected <= len(asked) <= expected + 1


def test_what_is_thorough_is_left_out_and_a_test_of_nothing_else_is_gone() -> None:
    plain, thorough = Item("test_plain"), Item("test_long", marks={"thorough": ()})
    assert sample([plain, thorough]) == [plain]


def test_workers_choose_alike_whatever_a_value_says() -> None:
    for items in (drawn, lambda: [Item("test_x", {"said": "\ud83d", "lang": c}) for c in "ab"]):
        first, second = ([item.values for item in sample(items())] for _ in range(2))
        assert first == second
