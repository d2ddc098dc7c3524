"""What follows from the codes: the conclusions, and the tables of notebooks 03 and 04.

The numbers are those of the published codes; ``book/static/what-if.js`` changes them as a reader
changes codes, and marks those that differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from helpers import argument
from helpers.argument.structure import LEADS_NOWHERE, asked_ids
from helpers.data import codes, load
from helpers.language import Language
from helpers.publish import locators
from helpers.publish.entries.rows import Row, rows
from helpers.publish.rendering import render
from helpers.publish.targets import targets
from helpers.publish.what_if.settings import FLAG, SHARE, points_by_stage, told
from helpers.publish.what_if.shown import bases, values

COUNT = "count"


@dataclass(frozen=True)
class Line:
    """A row of a table: its title, the keys of its numbers, their unit, and its looks."""

    title: str
    keys: list[str]
    unit: str
    is_sum: bool = False


def conclusions(lang: Language) -> str:
    """Return the table of the conclusions: sentence, measure, value, and whether each holds."""
    judged = argument.judge(load("conclusions"), argument.published()).sort_values("order")
    known = targets()["conclusions"]
    listed = [_conclusion(row, lang, known[row["conclusion_id"]]) for row in rows(judged)]
    return render("what_if_conclusions.html", lang, conclusions=listed)


def _conclusion(row: Row, lang: Language, address: str) -> dict[str, object]:
    unit = codes("conclusions", "measure")[row["measure"]]["unit"]
    comparison = lang.label("conclusions", "comparison", row["comparison"])
    return {
        "id": row["conclusion_id"],
        "name": locators.conclusion(row["conclusion_id"], lang),
        "number": lang.number(int(row["order"])),
        "text": row[lang.column("text")],
        "address": address,
        "measure": lang.label("conclusions", "measure", row["measure"]),
        "needed": f"{comparison} {told(row['threshold'], unit, lang)}",
        "unit": unit,
        "value": told(row["value"], unit, lang),
        "holds": row["holds"],
    }


def attention(lang: Language) -> str:
    """Return the table of attention to each theme, and of what of it leads on."""
    heads = [lang.phrase(name) for name in ("attention", "carried-stated", "carried-all")]
    lines = [
        Line(
            title, [f"attention {theme}", *(f"carried {theme} {basis}" for basis in bases())], SHARE
        )
        for theme, title in _themes(lang)
    ]
    return _table(lang, lang.heading("point_themes", "theme_id"), heads, lines)


def coverage(lang: Language) -> str:
    """Return the table of what each theme weighs in each stage."""
    stages = lang.labels("points", "stage", "plural")
    lines = [
        Line(title, [f"weight {theme} {stage}" for stage in stages], SHARE)
        for theme, title in _themes(lang)
    ]
    return _table(lang, lang.heading("point_themes", "theme_id"), stages.values(), lines)


def delivery(lang: Language) -> str:
    """Return the table of the outcomes of each theme by strength, and of all of them."""
    strengths = lang.labels("outcome_codes", "strength")
    every = Line(lang.phrase("total"), [f"count {name}" for name in strengths], COUNT, is_sum=True)
    lines = [
        Line(title, [f"count {theme} {strength}" for strength in strengths], COUNT)
        for theme, title in _themes(lang)
    ]
    heading = lang.heading("point_themes", "theme_id")
    return _table(lang, heading, strengths.values(), [*lines, every])


def loose(lang: Language) -> str:
    """Return the table of what is left open: each question with its count, then its points."""
    lines: list[Line] = []
    for question, about in argument.questions().items():
        if about is not None:
            lines.append(_counted(question, lang))
            lines += _of_points(lang, about, f"loose {question} {{basis}} {{point}}", FLAG)
    return _table(lang, lang.phrase("question"), _by_links(lang), lines)


def reached(lang: Language) -> str:
    """Return the table of how many outcomes each earlier point leads to."""
    about = argument.questions()[LEADS_NOWHERE]
    lines = [_counted(LEADS_NOWHERE, lang)]
    lines += _of_points(lang, about, "reached {point} {basis}", COUNT)
    return _table(lang, lang.heading("claims", "point_id"), _by_links(lang), lines)


def _by_links(lang: Language) -> list[str]:
    return [lang.phrase(name) for name in ("stated-links", "all-links")]


def _counted(question: str, lang: Language) -> Line:
    keys = [f"loose {question} {basis}" for basis in bases()]
    return Line(lang.phrase(question), keys, COUNT, is_sum=True)


def _of_points(
    lang: Language, about: tuple[str, str] | None, pattern: str, unit: str
) -> list[Line]:
    """Return a line for each point that a question looks at."""
    stages = dict(load("points")[["point_id", "stage"]].itertuples(index=False, name=None))
    asked = asked_ids(stages, about)
    return [
        Line(title, [pattern.format(point=point, basis=basis) for basis in bases()], unit)
        for _, points in points_by_stage(lang)
        for point, title in points
        if point in asked
    ]


def _themes(lang: Language) -> list[tuple[str, str]]:
    ordered = rows(load("themes").sort_values("order"))
    return [(row["theme_id"], row[lang.column("title")]) for row in ordered]


def _table(lang: Language, corner: str, heads: Iterable[str], lines: list[Line]) -> str:
    published = values(argument.published())
    shown = [
        {
            "title": line.title,
            "is_sum": line.is_sum,
            "unit": line.unit,
            "cells": [
                (key, published[key], told(published[key], line.unit, lang)) for key in line.keys
            ],
        }
        for line in lines
    ]
    return render("what_if_table.html", lang, corner=corner, heads=list(heads), lines=shown)
