"""Entries on how the project codes: the rules of the codebook, and what it concludes from codes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers import argument, tables
from helpers.data import codes, fields, load
from helpers.data.tables import kept
from helpers.figures import label
from helpers.language import Language
from helpers.publish import locators
from helpers.publish.entries.rows import Entry, Row, rows
from helpers.publish.rendering import render
from helpers.publish.targets import Link, Targets, conclusion_anchor, rule_anchor, targets
from helpers.tables.base import DASH

# What conclusions are tried on.
STANDS_ON = (
    *("conclusions", "points", "argument_links", "point_themes", "outcome_items", "claims"),
    *("positions", "sections", "themes", "link_codes", "theme_codes", "outcome_codes"),
)
MEASURES = (argument.standing, argument.robustness)
_STOOD: dict[tuple[int, ...], tuple[list[pd.DataFrame], pd.DataFrame, pd.DataFrame]] = {}
# Fields of a rule with the phrase that introduces each; a rule for all codes has neither.
EXAMPLES = {"example": "example", "counter_example": "counter-example"}


def codebook(lang: Language) -> str:
    """Return the rules of coding: a Markdown heading for each object, then its rules in order."""
    table = load("codebook").sort_values("order")
    parts = []
    for name, title in lang.labels("codebook", "object").items():
        listed = [_rule(row, lang) for row in rows(table[table["object"] == name])]
        parts += [f"## {title}", render("codebook.html", lang, rules=listed)]
    return "\n\n".join(parts)


def concluded(lang: Language) -> list[Entry]:
    """Return what is to be said of each conclusion: how it stands, and where it is drawn.

    Returns
    -------
    list of dict
        In order, with ``anchor``, ``name``, ``text``, ``facts`` (pairs of heading and text) and the
        links ``notebook`` and ``figure``.
    """
    known, (standing, tried) = targets(), _standing()
    table = tables.conclusion_table(standing, tried, lang)
    said = zip(rows(standing), table.rows, strict=True)
    return [_conclusion(row, cells, table.headings, known, lang) for row, cells in said]


def _standing() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how the conclusions stand, worked out once for all pages and cards of a build."""
    frames = [kept(name) for name in STANDS_ON]
    key = tuple(map(id, frames))
    if key not in _STOOD:
        codings = argument.every_coding()
        found = [measure(load("conclusions"), codings) for measure in MEASURES]
        _STOOD.clear()
        _STOOD[key] = (frames, found[0], found[1])  # with the frames, whose ids would be used again
    return _STOOD[key][1:]


def conclusions(lang: Language) -> str:
    """Return the conclusions of :func:`concluded`."""
    return render("conclusions.html", lang, conclusions=concluded(lang))


def _conclusion(
    row: Row, cells: Sequence[str], headings: Sequence[str], known: Targets, lang: Language
) -> Entry:
    name, notebook, figure = row["conclusion_id"], row["notebook"], row["figure_id"]
    number = locators.conclusion(name, lang) or ""
    facts = list(zip(headings[1:], cells[1:], strict=True))
    heading = lang.heading("conclusions", "measure")
    measure = (heading, lang.label("conclusions", "measure", row["measure"]))
    titles = load("notebooks").set_index("notebook_id")[lang.column("title")]
    return {
        "anchor": conclusion_anchor(name),
        "name": number[:1].upper() + number[1:],
        "text": cells[0],
        "facts": [measure, *(fact for fact in facts if fact[1] != DASH)],
        "notebook": Link(titles[notebook], known["notebooks"][notebook], is_identifier=False),
        "figure": Link(label(figure, lang), known["figures"][figure], is_identifier=False),
    }


def _rule(rule: Row, lang: Language) -> Entry:
    code = rule["code"]
    texts = {phrase: rule[lang.column(stem)] for stem, phrase in EXAMPLES.items()}
    return {
        "id": rule["rule_id"],
        "anchor": rule_anchor(rule["rule_id"]),
        "code": None if code is None else code_label(rule["object"], code, lang),
        "text": rule[lang.column("rule")],
        "examples": [(lang.phrase(name), text) for name, text in texts.items() if text],
    }


def code_label(name: str, code: str, lang: Language) -> str:
    """Return the name of a code of an object of coding.

    Examples
    --------
    >>> code_label("strength", "fund", Language("en"))
    'fund'
    >>> code_label("theme", "digital", Language("en"))
    'Digital'
    """
    table, _, field = codes("codebook", "object")[name]["defined_in"].partition(".")
    if "codes" in fields(table)[field]:
        return lang.label(table, field, code)
    return str(load(table).set_index(field).at[code, lang.column("title")])
