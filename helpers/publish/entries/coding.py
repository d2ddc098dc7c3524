"""Entries on how the project codes: the rules of the codebook, each with its examples."""

from __future__ import annotations

from helpers.data import codes, fields, load
from helpers.language import Language
from helpers.publish.entries.rows import Entry, Row, rows
from helpers.publish.rendering import render
from helpers.publish.targets import rule_anchor

# Fields of a rule with the phrase that introduces each; a rule for all codes has neither.
EXAMPLES = {"example": "example", "counter_example": "counter-example"}


def codebook(lang: Language) -> str:
    """Return the rules of coding: a heading for each object, then its rules in order.

    Parameters
    ----------
    lang : Language
        Language of the page.

    Returns
    -------
    str
        Markdown; below each heading HTML.
    """
    table = load("codebook").sort_values("order")
    parts = []
    for name, title in lang.labels("codebook", "object").items():
        listed = [_rule(row, lang) for row in rows(table[table["object"] == name])]
        parts += [f"## {title}", render("codebook.html", lang, rules=listed)]
    return "\n\n".join(parts)


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
