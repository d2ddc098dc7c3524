"""Entries on what the project says for itself: its terms, and the corrections of its tables."""

from __future__ import annotations

import pandas as pd

from helpers.data import load
from helpers.data.languages import report_language
from helpers.language import Language
from helpers.publish import facets
from helpers.publish.entries.rows import Entry, Row, filled, notes, rows
from helpers.publish.languages import others
from helpers.publish.rendering import render
from helpers.publish.targets import (
    Targets,
    linked_id,
    linked_text,
    targets,
    term_anchor,
)

# The article and hamza do not count in Arabic dictionaries.
ARTICLE = r"^ال"
WITHOUT_HAMZA = str.maketrans("أإآ", "ااا")


def glossary(lang: Language) -> str:
    """Return the terms in the alphabetical order of the language, in every language."""
    explorer, listed = facets.GLOSSARY, terms(lang)
    names = [str(term["id"]) for term in listed]
    told = explorer.attributes(names, lang)
    shown = render("glossary.html", lang, terms=listed, told=told, report=report_language())
    return f"{explorer.form(names, lang)}\n{shown}"


def terms(lang: Language) -> list[Entry]:
    """Return what a template is given of each term, in the alphabetical order of the language."""
    known = targets()
    ordered = load("glossary").sort_values(lang.column("term"), key=_alphabetical)
    return [_term(row, known, lang) for row in rows(ordered)]


def _term(term: Row, known: Targets, lang: Language) -> Entry:
    printed, same = term["printed"], f"term_{report_language()}"
    return {
        "id": term["term_id"],
        "anchor": term_anchor(term["term_id"]),
        "name": term[lang.column("term")],
        "pairs": [{"lang": other, "name": term[other.column("term")]} for other in others(lang)],
        "definition": term[lang.column("definition")],
        "kind": lang.label("glossary", "kind", term["kind"]),
        "first": linked_id(term["passage_id"], known, lang, ["passages"]),
        "printed": printed if printed != term.get(same) else None,
        "note": term[lang.column("note")],
    }


def _alphabetical(names: pd.Series[str]) -> pd.Series[str]:
    bare = names.str.lower().str.replace(ARTICLE, "", regex=True)
    return bare.str.translate(WITHOUT_HAMZA)


def corrections(lang: Language) -> str:
    """Return our own corrections, the latest first."""
    known = targets()
    table = load("corrections").sort_values("date", ascending=False, kind="stable")
    listed = [_correction(row, known, lang) for row in rows(table)]
    return render("corrections.html", lang, corrections=listed)


def _correction(correction: Row, known: Targets, lang: Language) -> Entry:
    touched = " ".join(filled([correction["tables"], correction["ids"]]))
    return {
        "id": correction["correction_id"],
        "date": lang.date(correction["date"], correction["precision"]),
        "change": linked_text(correction[lang.column("change")], known, lang),
        "notes": notes(correction, lang, known, "effect"),
        "touched": [linked_id(name, known, lang) for name in touched.split()],
    }
