"""The worksheet: claims to judge, outcomes to code, the codebook on a page; and its answers.

What is on the worksheet says nothing of the answers: these are read by :func:`answers` alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pandas as pd

from helpers.data import lab_items, load
from helpers.language import Language
from helpers.publish import prose
from helpers.publish.entries.rows import Row, rows
from helpers.publish.locators import words
from helpers.publish.rendering import render
from helpers.publish.sheets.numbered import Numbered, spans
from helpers.publish.targets import targets
from helpers.tables.base import DASH


def worksheet(lang: Language) -> str:
    """Return the worksheet as HTML: nothing on it is an answer."""
    values = {
        "claims": [_claim(row, lang) for row in rows(claims())],
        "outcomes": _rounds(_outcome, lang),
        "verdicts": lang.labels("checks", "verdict"),
        "verdict_rules": _descriptions("checks", "verdict", lang),
        "strengths": lang.labels("outcome_codes", "strength"),
        "rules": _rules(lang),
    }
    return render("sheet_worksheet.html", lang, **values)


def answers(lang: Language) -> str:
    """Return the answers with their reasons as HTML, and the sources that they rest on."""
    sources = Numbered(lang)
    values = {
        "claims": [_judged(row, sources, lang) for row in rows(claims())],
        "outcomes": _rounds(_coded, lang),
        "sources": sources,
    }
    return render("sheet_answers.html", lang, **values)


def claims() -> pd.DataFrame:
    """Return the claims to judge, in order: text, locator, and what the sources say."""
    chosen = load("lab_claims").merge(load("worksheet_claims"), on="claim_id", validate="1:1")
    return chosen.merge(load("claims"), on="claim_id", validate="1:1").sort_values("order")


def _rounds(
    entry: Callable[[Row, Language], dict[str, Any]], lang: Language
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the outcomes to code, round by round."""
    return [
        (title, [entry(row, lang) for row in rows(lab_items(name))])
        for name, title in lang.labels("lab_items", "round").items()
    ]


def _claim(row: Row, lang: Language) -> dict[str, Any]:
    return {
        "number": lang.number(row["order"]),
        "text": row[lang.column("text")],
        "locator": words(row["claim_id"], lang),
        "evidence": prose.html(row[lang.column("evidence")], targets(), lang, linked=False),
    }


def _outcome(row: Row, lang: Language) -> dict[str, Any]:
    return {
        "number": lang.number(row["order"]),
        "text": f"{row[lang.column('verb')]} {row[lang.column('text')]}",
        "locator": words(row["claim_id"], lang),
        "context": row[lang.column("context")] and prose.spoken(row[lang.column("context")], lang),
    }


def _judged(row: Row, sources: Numbered, lang: Language) -> dict[str, Any]:
    """Return the verdict on a claim, its note, and the numbers of its sources."""
    check = rows(load("checks").query("claim_id == @row['claim_id']"))[0]
    used = [check[name] for name in ("source_id", "second_source_id") if check[name]]
    return _claim(row, lang) | {
        "verdict": lang.labels("checks", "verdict")[check["verdict"]],
        "note": prose.spoken(check[lang.column("note")], lang),
        "lesson": row[lang.column("note")],
        "numbers": sources.cite(used),
    }


def _coded(row: Row, lang: Language) -> dict[str, Any]:
    """Return the published code of an outcome, its reason, and what other coders gave."""
    given = load("outcome_codes").query("item_id == @row['item_id']")
    labels = lang.labels("outcome_codes", "strength")
    others = [labels[name] for name in labels if name in set(given["strength"]) - {row["strength"]}]
    numbers = dict(zip(_strength_rules()["rule_id"], itertools.count(1)))
    used = spans((numbers[rule] for rule in row["rule_ids"].split()), lang)
    return _outcome(row, lang) | {
        "code": labels[str(row["strength"])],
        "reason": prose.spoken(row[lang.column("note")], lang),
        "rules": lang.phrase("sheet-rules", numbers=used),
        "others": lang.series(others) or DASH,
    }


def _strength_rules() -> pd.DataFrame:
    return load("codebook").query("object == 'strength'").sort_values("order")


def _rules(lang: Language) -> list[dict[str, Any]]:
    """Return the rules for strength: those for every code first, then each code's own."""
    labels = lang.labels("outcome_codes", "strength")
    return [
        {
            "code": labels[row["code"]] if row["code"] else None,
            "text": row[lang.column("rule")],
            "examples": [
                (lang.phrase(phrase), row[lang.column(field)])
                for field, phrase in (
                    ("example", "example"),
                    ("counter_example", "counter-example"),
                )
                if row[lang.column(field)]
            ],
        }
        for row in rows(_strength_rules())
    ]


def _descriptions(table: str, field: str, lang: Language) -> list[tuple[str, str]]:
    """Return the codes of a field with what each means."""
    titles, meanings = lang.labels(table, field), lang.labels(table, field, "description")
    return [(title, meanings[code]) for code, title in titles.items()]
