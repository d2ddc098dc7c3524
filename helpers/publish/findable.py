"""What of the tables and the notebooks can be found by the search: entries for its index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.data import in_reading_order, load
from helpers.language import Language
from helpers.publish import locators, shown
from helpers.publish.entries.evidence import checks_by_claim, title
from helpers.publish.entries.rows import filled, rows
from helpers.publish.languages import others
from helpers.publish.rendering import render
from helpers.publish.search import Entry, spellings
from helpers.publish.targets import Targets, targets

# What is read of a figure beside its finding.
SAID = ("caption", "description")
# A table of the notebooks that rests on these alone lists what has entries of its own.
LISTED = {"sections", "passages", "claims", "sources", "checks"}


def entries(lang: Language) -> list[Entry]:
    """Return what the tables say that can be found: terms, claims, sources and the rest.

    Parameters
    ----------
    lang : Language
        Language of the book.
    """
    known = targets()
    return [
        *_terms(known, lang),
        *_claims(known, lang),
        *_conclusions(known, lang),
        *_sources(known, lang),
        *_references(known, lang),
        *_errata(known, lang),
        *_corrections(lang),
    ]


def _terms(known: Targets, lang: Language) -> Iterator[Entry]:
    for row in rows(load("glossary")):
        names = [*(row[other.column("term")] for other in others(lang)), *spellings(row)]
        yield Entry(
            "term",
            row[lang.column("term")],
            known["terms"][row["term_id"]],
            " ".join(filled([row[lang.column("definition")], row[lang.column("note")]])),
            names=" · ".join(names),
        )


def _claims(known: Targets, lang: Language) -> Iterator[Entry]:
    claims = in_reading_order(load("claims"), "claim_id")
    first = claims["same_as"].fillna(claims["claim_id"])
    checks = checks_by_claim(set(first), known, lang)
    # Repeats come after what they repeat, where nothing else tells them apart.
    for row in sorted(rows(claims), key=lambda row: row["same_as"] is not None):
        found = checks.get(row["same_as"] or row["claim_id"], [])
        yield Entry(
            "claim",
            row[lang.column("text")],
            known["claims"][row["claim_id"]],
            " ".join(_plain(check["note"]) for check in found),
            locators.words(row["claim_id"], lang) or "",
            verdict=render("found_verdict.html", lang, check=found[0]) if found else "",
        )


def _conclusions(known: Targets, lang: Language) -> Iterator[Entry]:
    for row in rows(load("conclusions").sort_values("order")):
        name = row["conclusion_id"]
        yield Entry(
            "conclusion",
            row[lang.column("text")],
            known["conclusions"][name],
            place=locators.conclusion(name, lang) or "",
        )


def _plain(note: Any) -> str:
    return "".join(piece.text for piece in note)


def _sources(known: Targets, lang: Language) -> Iterator[Entry]:
    kinds = lang.labels("sources", "kind")
    for row in rows(load("sources")):
        about = [
            kinds[row["kind"]],
            lang.date(row["date"], row["precision"]),
            row["carrier"] and lang.phrase("read-through", carrier=row["carrier"]),
        ]
        yield Entry(
            "source", title(row), known["sources"][row["source_id"]], " · ".join(filled(about))
        )


def _references(known: Targets, lang: Language) -> Iterator[Entry]:
    for row in rows(load("references")):
        parts = filled([row["authors"], row["title"], row["publisher"]])
        note = row[lang.column("note")] or ""
        yield Entry("reference", ". ".join(parts), known["references"][row["reference_id"]], note)


def _errata(known: Targets, lang: Language) -> Iterator[Entry]:
    kinds = lang.labels("errata", "kind")
    for row in rows(load("errata")):
        yield Entry(
            "erratum",
            " · ".join(filled([row["printed"], row["corrected"]])) or kinds[row["kind"]],
            f"errata.html#{row['erratum_id']}",
            " ".join(filled([kinds[row["kind"]], row[lang.column("note")]])),
            locators.words(row["passage_id"], lang) or "",
        )


def _corrections(lang: Language) -> Iterator[Entry]:
    for row in rows(load("corrections")):
        change, effect = row[lang.column("change")], row[lang.column("effect")]
        yield Entry("correction", change, f"corrections.html#{row['correction_id']}", effect or "")


def figures(folder: Path, lang: Language) -> Iterator[Entry]:
    """Yield the figures that the notebooks of a folder show, with their texts as filled there."""
    titles = load("figures").set_index("figure_id")[lang.column("title")]
    notebooks = load("notebooks").set_index("notebook_id")[lang.column("title")].to_dict()
    for path in sorted(folder.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for item in shown.figures(cell.get("outputs", [])):
                about = item.about
                yield Entry(
                    "figure",
                    titles[item.id],
                    f"{path.stem}.html#{item.id}",
                    " ".join(
                        filled([about.get("finding"), about["caption"], about["description"]])
                    ),
                    " · ".join(filled([about["label"], notebooks.get(path.stem)])),
                    inside=_cells(item),
                )


def _cells(item: shown.Figure) -> str:
    if item.table is None or set(item.about["tables"]) <= LISTED:
        return ""
    return item.table.get_text(" ")
