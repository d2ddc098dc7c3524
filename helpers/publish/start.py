"""What the start page shows: how the checked claims stand, and three findings with their numbers.

Everything is computed from the tables; the words are phrases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpers import argument
from helpers.argument.structure import LEADS_NOWHERE
from helpers.data import (
    coded_outcomes,
    codes,
    codes_where,
    links,
    load,
    package_rates,
    speaking_checks,
)
from helpers.language import Language
from helpers.publish import facets
from helpers.publish.facets import FIRST
from helpers.publish.rendering import render
from helpers.publish.targets import targets


@dataclass(frozen=True)
class Finding:
    """A number, and what it is the number of."""

    number: str
    text: str


def verdicts(lang: Language) -> str:
    """Return how the checked claims stand, as a bar with its legend.

    What was found with low confidence is not counted, as everywhere; the caption says how much.

    Parameters
    ----------
    lang : Language
        Language of the page.

    Returns
    -------
    str
        HTML.
    """
    checks = speaking_checks()
    low = codes_where("checks", "confidence", weak=True)
    weak = checks["confidence"].isin(low)
    beyond = checks["verdict"].isin(codes_where("checks", "verdict", beyond_checks=True))
    weak &= ~beyond
    sure = [code for code in codes("checks", "confidence") if code not in low]
    counted = checks.loc[~weak & ~beyond, "verdict"]
    counts = {value: int((counted == value).sum()) for value in codes("checks", "verdict")}
    parts = [
        {
            "verdict": value,
            "marker": code["marker"],
            "label": lang.label("checks", "verdict", value),
            "count": counts[value],
            "address": facets.CLAIMS.address(verdict=value, confidence=sure, occurrence=FIRST),
            "number": lang.number(counts[value]),
        }
        for value, code in codes("checks", "verdict").items()
        if counts[value]
    ]
    return render(
        "verdicts.html",
        lang,
        parts=parts,
        count=lang.number(len(counted)),
        weak=lang.number(int(weak.sum())),
    )


def findings(lang: Language) -> str:
    """Return findings, each with its number and the figure that shows it, as HTML.

    A finding that no figure of the notebooks shows, or that the tables do not give, is left out.
    """
    known = targets()["figures"]
    listed = [
        {"number": found.number, "text": found.text, "address": known[figure]}
        for figure, find in FINDINGS.items()
        if figure in known and (found := find(lang)) is not None
    ]
    return render("findings.html", lang, findings=listed) if listed else ""


def _package(lang: Language) -> Finding | None:
    """Put the largest sum that the report gives in two currencies beside itself."""
    pairs = package_rates()
    if pairs.empty:
        return None
    largest = pairs.sort_values("amount").iloc[-1]
    text = lang.phrase("finding-package", amount=lang.number(largest["amount"]))
    return Finding(lang.number(largest["converted"]), text)


def _outcomes(lang: Language) -> Finding | None:
    """Count the outcomes of the commonest strength, and those of the greatest."""
    strengths = coded_outcomes()["strength"]
    if strengths.empty:
        return None
    counts = {code: int((strengths == code).sum()) for code in codes("outcome_codes", "strength")}
    often, strongest = max(counts, key=lambda code: counts[code]), list(counts)[-1]
    text = lang.phrase(
        "finding-outcomes",
        all=lang.number(len(strengths)),
        often=lang.label("outcome_codes", "strength", often),
        strongest=lang.label("outcome_codes", "strength", strongest),
        top=lang.number(counts[strongest]),
    )
    return Finding(lang.number(counts[often]), text)


def _argument(lang: Language) -> Finding | None:
    """Count the points before the outcomes from which the report's own links lead to none."""
    points, every = load("points"), links()
    if points.empty:
        return None
    order, last = argument.stage_order(), argument.delivering_stage()
    before = [stage for stage in order if order[stage] < order[last]]
    few, still = (
        len(argument.loose(points, chosen, LEADS_NOWHERE))
        for chosen in (argument.stated(every), every)
    )
    text = lang.phrase(
        "finding-argument",
        all=lang.number(len(argument.points_of(points, *before))),
        still=lang.number(still),
    )
    return Finding(lang.number(few), text)


# The figures that show the findings, in the order of the page.
FINDINGS: dict[str, Callable[[Language], Finding | None]] = {
    "package": _package,
    "outcome-strength": _outcomes,
    "loose-ends": _argument,
}
