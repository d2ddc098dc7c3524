"""What stands out: the values that the finding of a figure names, or None where nothing does."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
TIE_DECIMALS = 9  # sums of shares that differ by less are equal


def leader(numbers: Mapping[Name, float]) -> Name | None:
    """Return what has the largest number; None if there is nothing else, or as much of it.

    Examples
    --------
    >>> leader({"energy": 3, "transport": 1})
    'energy'
    >>> leader({"energy": 3, "transport": 3}) is None
    True
    """
    exact = {name: round(float(number), TIE_DECIMALS) for name, number in numbers.items()}
    largest = max(exact.values(), default=0.0)
    first = [name for name, number in exact.items() if number == largest]
    return first[0] if largest > 0 and len(first) == 1 < len(exact) else None


def most(part: int, whole: int) -> bool:
    """Tell whether a part is more than half of several.

    Examples
    --------
    >>> most(10, 14), most(7, 14), most(1, 1)
    (True, False, False)
    """
    return whole > 1 and 2 * part > whole
