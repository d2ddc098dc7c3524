"""Agreement between coders: raw, Cohen's kappa, Krippendorff's alpha, and how sure they are.

Every measure reads a *table of codes*: one row an object, one column a coder, a missing value where
a coder has not coded an object. Where all codes are the same, kappa and alpha are undefined and
not a number: agreement beyond chance cannot be seen without variation.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
import pandas as pd

Measure: TypeAlias = Callable[[pd.DataFrame], float]
LEVELS = ("nominal", "ordinal", "interval")
DRAWS = 1000
SEED = 20250403
COMPARED = [
    *("object", "coders", "items", "sentences", "raw", "kappa", "alpha"),
    *("low", "high", "low_sentence", "high_sentence"),
]


@dataclass(frozen=True)
class Interval:
    """A measured agreement with its bootstrap interval.

    Attributes
    ----------
    value : float
        The measure on all objects; not a number where it is undefined.
    low, high : float
        Bounds of the middle share of the draws; not a number where no draw is defined.
    objects, groups : int
        Objects measured, and the groups that they were drawn in.
    undefined : int
        Draws without variation, which the bounds leave out.
    """

    value: float
    low: float
    high: float
    objects: int
    groups: int
    undefined: int


def raw(codes: pd.DataFrame) -> float:
    """Return the share of pairs of codes of one object that are the same.

    Parameters
    ----------
    codes : pandas.DataFrame
        A table of codes; objects with fewer than two codes do not count.

    Returns
    -------
    float
        From 0 to 1, every object with the same weight; not a number without such objects.

    Examples
    --------
    >>> raw(pd.DataFrame({"one": ["a", "b", "b"], "two": ["a", "b", "a"]})).__round__(3)
    0.667
    """
    shares = []
    for row in codes.astype(object).to_numpy():
        given = [code for code in row if not pd.isna(code)]
        pairs = list(combinations(given, 2))
        if pairs:
            shares.append(sum(one == two for one, two in pairs) / len(pairs))
    return math.fsum(shares) / len(shares) if shares else math.nan


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return Cohen's kappa: agreement of two codings beyond what chance would give.

    Parameters
    ----------
    first, second : sequence
        Codes of the same objects in the same order.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance gives, below 0 for less than that; not a number
        where both use one same code throughout: without variation kappa is undefined.

    Raises
    ------
    ValueError
        If the codings differ in length, are empty, or lack a code.

    References
    ----------
    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20 (1960), 37-46.

    Examples
    --------
    >>> cohen_kappa(["fund", "fund", "adopt", "adopt"], ["fund", "fund", "adopt", "fund"])
    0.5
    >>> cohen_kappa(["fund", "fund"], ["fund", "fund"])
    nan
    """
    one, two = pd.Series(list(first), dtype=object), pd.Series(list(second), dtype=object)
    if len(one) != len(two) or one.empty:
        raise ValueError(f"two codings of the same items are needed, not {len(one)} and {len(two)}")
    missing = int((one.isna() | two.isna()).sum())
    if missing:
        raise ValueError(f"every item needs a code in both codings; {missing} have none in one")
    observed = (one == two).mean()
    shares = pd.DataFrame({1: one.value_counts(), 2: two.value_counts()}).fillna(0) / len(one)
    by_chance = (shares[1] * shares[2]).sum()
    return math.nan if by_chance == 1 else float((observed - by_chance) / (1 - by_chance))


def mean_kappa(codes: pd.DataFrame) -> float:
    """Return Cohen's kappa of two coders, and of more the mean over all pairs of them.

    Parameters
    ----------
    codes : pandas.DataFrame
        A table of codes; of each pair the objects count that both have coded.

    Returns
    -------
    float
        Not a number where a pair has no object, or no variation.

    References
    ----------
    R. J. Light, "Measures of response agreement for qualitative data", Psychological Bulletin 76
    (1971), 365-377.

    Examples
    --------
    >>> codes = pd.DataFrame({"a": [1, 0, 1], "b": [1, 0, 0], "c": [1, 0, 1]})
    >>> round(mean_kappa(codes), 2)
    0.6
    """
    pairs = [codes[list(pair)].dropna() for pair in combinations(codes.columns, 2)]
    kappas = [
        math.nan if pair.empty else cohen_kappa(list(pair.iloc[:, 0]), list(pair.iloc[:, 1]))
        for pair in pairs
    ]
    return math.fsum(kappas) / len(kappas) if kappas else math.nan


def alpha(
    codes: pd.DataFrame, level: str = "nominal", order: Sequence[Hashable] | None = None
) -> float:
    """Return Krippendorff's alpha: agreement of any number of coders, with codes missing or not.

    Parameters
    ----------
    codes : pandas.DataFrame
        A table of codes.
    level : {"nominal", "ordinal", "interval"}
        What the distance of two codes means.
    order : sequence, optional
        The codes from the lowest to the highest; by default as they sort.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance gives; not a number where no object has two codes,
        or all of them are the same.

    Raises
    ------
    ValueError
        If the level is unknown, or a code stands outside the order.

    References
    ----------
    K. Krippendorff, "Computing Krippendorff's alpha-reliability", University of Pennsylvania,
    2011.

    Examples
    --------
    >>> codes = pd.DataFrame({"one": ["a", "a", "b", "b"], "two": ["a", "b", "b", "b"]})
    >>> round(alpha(codes), 3)
    0.533
    >>> alpha(codes.replace("a", "b"))
    nan
    """
    counts, values = _counts(codes, level, order)
    return float(_alphas(_coincidences(counts).sum(axis=0)[None], level, values)[0])


def _coincidences(counts: np.ndarray) -> np.ndarray:
    """Return for each object how often each pair of codes meets in it: objects x codes x codes."""
    given = counts.sum(axis=1, keepdims=True)
    shares = np.divide(counts, given - 1, out=np.zeros_like(counts), where=given > 1)
    met = shares[:, :, None] * counts[:, None, :]
    codes = np.arange(counts.shape[1])
    met[:, codes, codes] -= shares
    return np.asarray(met)


def _alphas(met: np.ndarray, level: str, values: list[Hashable]) -> np.ndarray:
    """Return alpha for each of several sums of coincidences: draws x codes x codes."""
    totals = met.sum(axis=2)
    distances = _distances(level, values, totals)
    expected = (totals[:, :, None] * totals[:, None, :] * distances).sum(axis=(1, 2))
    observed = (met * distances).sum(axis=(1, 2)) * (totals.sum(axis=1) - 1)
    undefined = np.full(len(met), math.nan)
    return np.asarray(1 - np.divide(observed, expected, out=undefined, where=expected > 0))


def _counts(
    codes: pd.DataFrame, level: str, order: Sequence[Hashable] | None
) -> tuple[np.ndarray, list[Hashable]]:
    """Return how often each object got each code, and the codes in order."""
    if level not in LEVELS:
        raise ValueError(f"unknown level {level!r}; known: {', '.join(LEVELS)}")
    cells = codes.astype(object).to_numpy()
    number, found = pd.factorize(cells.ravel())
    values = sorted(found) if order is None else list(order)
    strange = set(found) - set(values)
    if strange:
        raise ValueError(f"codes outside the order: {', '.join(sorted(map(str, strange)))}")
    place = np.array([values.index(code) for code in found], dtype=int)
    counts = np.zeros((len(cells), len(values)))
    rows = np.repeat(np.arange(len(cells)), cells.shape[1])[number >= 0]
    np.add.at(counts, (rows, place[number[number >= 0]]), 1)
    return counts, values


def _distances(level: str, values: list[Hashable], totals: np.ndarray) -> np.ndarray:
    """Return the squared distance of each pair of codes, for each draw."""
    number = len(values)
    if level == "nominal":
        return np.broadcast_to(1 - np.eye(number), (len(totals), number, number))
    # Ranks: what lies below a code, and half of those that share it.
    ranks = np.cumsum(totals, axis=1) - totals / 2
    at = np.array([values], dtype=float) if level == "interval" else ranks
    return np.asarray((at[:, :, None] - at[:, None, :]) ** 2)


def alpha_interval(
    codes: pd.DataFrame,
    level: str = "nominal",
    order: Sequence[Hashable] | None = None,
    groups: pd.Series | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    share: float = 0.95,
) -> Interval:
    """Return Krippendorff's alpha with its bootstrap interval; :func:`interval`, but quick.

    Parameters
    ----------
    codes, level, order
        As for :func:`alpha`.
    groups, draws, seed, share
        As for :func:`interval`.

    Returns
    -------
    Interval

    Examples
    --------
    >>> codes = pd.DataFrame({"one": list("aabb"), "two": list("aabb")})
    >>> alpha_interval(codes, draws=50).value
    1.0
    """
    counts, values = _counts(codes, level, order)
    of_object = _numbered(groups, len(codes))
    number = int(of_object.max(initial=-1)) + 1
    met = np.zeros((number, len(values), len(values)))
    np.add.at(met, of_object, _coincidences(counts))
    if not number:
        return _bounded(math.nan, np.array([]), share, 0, 0)
    drawn = np.tensordot(_times(number, draws, seed), met, axes=1)
    value = float(_alphas(met.sum(axis=0)[None], level, values)[0])
    return _bounded(value, _alphas(drawn, level, values), share, len(codes), number)


@functools.lru_cache(maxsize=16)  # pairs of coders have coded as much, more often than not
def _times(groups: int, draws: int, seed: int) -> np.ndarray:
    """Return how often each group is drawn, for each draw."""
    random = np.random.default_rng(seed)
    return random.multinomial(groups, np.full(groups, 1 / groups), size=draws).astype(float)


def _numbered(groups: pd.Series | None, objects: int) -> np.ndarray:
    """Return the number of the group of each object; each its own if there are no groups."""
    numbers = np.arange(objects) if groups is None else pd.factorize(groups.to_numpy())[0]
    return np.asarray(numbers, dtype=int)


def _bounded(value: float, found: np.ndarray, share: float, objects: int, groups: int) -> Interval:
    defined = found[~np.isnan(found)]
    tail = (1 - share) / 2
    low, high = np.quantile(defined, [tail, 1 - tail]) if len(defined) else (math.nan, math.nan)
    return Interval(value, float(low), float(high), objects, groups, len(found) - len(defined))


def interval(
    codes: pd.DataFrame,
    measure: Measure,
    groups: pd.Series | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    share: float = 0.95,
) -> Interval:
    """Return a measure of agreement with its bootstrap interval.

    Parameters
    ----------
    codes : pandas.DataFrame
        A table of codes.
    measure : callable
        Takes a table of codes and returns a number, as :func:`alpha` does.
    groups : pandas.Series, optional
        For each object, in the order of the rows, the group that it is drawn with: the sentence
        that it stands in, since codes of one sentence are not independent. By default each object
        is drawn alone.
    draws, seed : int
        Number of draws, and the seed that makes them the same in every run.
    share : float
        Share of the draws that the interval holds.

    Returns
    -------
    Interval

    Examples
    --------
    >>> codes = pd.DataFrame({"one": list("aabb"), "two": list("aabb")})
    >>> interval(codes, mean_kappa, draws=50).value
    1.0
    """
    numbers = _numbered(groups, len(codes))
    rows = [np.flatnonzero(numbers == group) for group in range(numbers.max(initial=-1) + 1)]
    random = np.random.default_rng(seed)
    found = []
    for _ in range(draws if rows else 0):
        drawn = random.integers(len(rows), size=len(rows))
        found.append(measure(codes.iloc[np.concatenate([rows[group] for group in drawn])]))
    return _bounded(measure(codes), np.array(found), share, len(codes), len(rows))


def compare(
    codes: pd.DataFrame,
    orders: Mapping[str, Sequence[Hashable]],
    sets: Iterable[Sequence[Hashable]],
) -> pd.DataFrame:
    """Compare sets of coders on each kind of object, on what all of a set have coded.

    Parameters
    ----------
    codes : pandas.DataFrame
        As :func:`helpers.data.all_codes` returns it.
    orders : mapping of str to sequence
        The codes of the ordinal kinds of object, from the lowest to the highest.
    sets : iterable of sequence
        Coders to be compared with each other: two of them, or more.

    Returns
    -------
    pandas.DataFrame
        One row a kind of object and set of coders: ``object``, ``coders``, ``items``,
        ``sentences``, ``raw``, ``kappa`` (of more than two the mean over their pairs), ``alpha``
        (ordinal where there is an order), and of alpha the bounds by item (``low``, ``high``) and
        by sentence (``low_sentence``, ``high_sentence``). A set that has coded nothing of a kind
        in common has no row there.

    Examples
    --------
    >>> rows = [["strength", str(n), str(n), c, n % 2] for n in range(3) for c in ("a", "b")]
    >>> codes = pd.DataFrame(rows, columns=["object", "item", "sentence", "coder", "code"])
    >>> compare(codes, {}, [("a", "b")])[["object", "coders", "raw"]].to_dict("records")
    [{'object': 'strength', 'coders': ('a', 'b'), 'raw': 1.0}]
    """
    listed = [list(coders) for coders in sets]
    rows = []
    for kind, of_kind in codes.groupby("object", sort=False):
        wide = of_kind.pivot(index="item", columns="coder", values="code")
        sentence = of_kind.drop_duplicates("item").set_index("item")["sentence"]
        for coders in listed:
            both = wide.reindex(columns=coders).dropna()
            if not both.empty:
                rows.append(_compared(str(kind), both, sentence[both.index], orders.get(str(kind))))
    return pd.DataFrame(rows, columns=COMPARED)


def _compared(
    kind: str, both: pd.DataFrame, sentence: pd.Series, order: Sequence[Hashable] | None
) -> dict[str, object]:
    level = "nominal" if order is None else "ordinal"
    each = alpha_interval(both, level, order)
    grouped = alpha_interval(both, level, order, groups=sentence)
    return {
        "object": kind,
        "coders": tuple(both.columns),
        "items": len(both),
        "sentences": grouped.groups,
        "raw": raw(both),
        "kappa": mean_kappa(both),
        "alpha": each.value,
        "low": each.low,
        "high": each.high,
        "low_sentence": grouped.low,
        "high_sentence": grouped.high,
    }
