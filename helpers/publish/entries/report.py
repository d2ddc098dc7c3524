"""Entries on the report: its passages and claims, its references, the faults of its text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from helpers.data import in_reading_order, load
from helpers.language import Language
from helpers.publish import locators
from helpers.publish.entries.evidence import checks_by_claim, source_links
from helpers.publish.entries.rows import Entry, Row, filled, grouped, notes, rows
from helpers.publish.rendering import render
from helpers.publish.targets import Link, Targets, linked_id, mark_anchor, targets

# Where no pictures lie, no figure has marks.
NOTHING_DRAWN: Mapping[str, list[str]] = MappingProxyType({})


def passages(
    section_id: str, lang: Language, drawn: Mapping[str, list[str]] = NOTHING_DRAWN
) -> str:
    """Return the passages of a section, each with its claims, paragraph by paragraph.

    Parameters
    ----------
    section_id : str
        Section of the report.
    lang : Language
        Language of the page.
    drawn : mapping of str to list of str
        The figures that have a mark for each claim.

    Returns
    -------
    str
        Markdown with a heading for each paragraph, and HTML below it.
    """
    table = load("passages")
    table = table[table["section_id"] == section_id].sort_values(["paragraph", "sentence"])
    listed = _passages(table, lang, drawn)
    parts = []
    for paragraph in table["paragraph"].unique():
        parts.append(f"## {lang.phrase('paragraph-number', number=lang.number(paragraph))}")
        held = [entry for entry in listed if entry["paragraph"] == paragraph]
        parts.append(render("passages.html", lang, passages=held))
    return "\n\n".join(parts)


def _passages(table: pd.DataFrame, lang: Language, drawn: Mapping[str, list[str]]) -> list[Entry]:
    known = targets()
    claims = _claims_by_passage(table["passage_id"], known, lang)
    marks = marks_of_claims(drawn, known, lang)
    for claim in (claim for of_passage in claims.values() for claim in of_passage):
        claim["marks"] = marks.get(str(claim["id"]), [])
    figures = figures_by_passage(known, lang)
    references = grouped(load("references"), "passage_id", "reference_id")
    kinds = lang.labels("passages", "kind")
    return [
        {
            "id": name,
            "link": _to_itself(name, lang),
            "paragraph": row["paragraph"],
            "kind": kinds[row["kind"]],
            "claims": claims.get(name, []),
            "figures": figures.get(name, []),
            "references": [
                linked_id(reference, known, lang, ["references"])
                for reference in references.get(name, [])
            ],
        }
        for row in rows(table)
        for name in [row["passage_id"]]
    ]


def _to_itself(identifier: str, lang: Language) -> Link:
    """Return a passage, claim or reference with its own place on the page; it needs no card."""
    named = locators.words(identifier, lang)
    return Link(named or identifier, f"#{identifier}", is_identifier=named is None)


def claims(lang: Language) -> list[Entry]:
    """Return every claim of the report with what was found of it, in reading order.

    Returns
    -------
    list of dict
        What a template is given of a claim: id, kind, text, checks and, of a repeat, the first.
    """
    held = _claims_by_passage(load("passages")["passage_id"], targets(), lang)
    return [claim for claims in held.values() for claim in claims]


def _claims_by_passage(
    passage_ids: pd.Series[str], known: Targets, lang: Language
) -> dict[str, list[Entry]]:
    """Return the claims with what was found of them; a repeat has the verdict of its first."""
    claims = load("claims")
    claims = claims[claims["passage_id"].isin(passage_ids)].reset_index(drop=True)
    judged = claims["same_as"].fillna(claims["claim_id"])
    checks = checks_by_claim(set(judged), known, lang)
    kinds = lang.labels("claims", "kind")
    found: dict[str, list[Entry]] = {}
    for row in rows(in_reading_order(claims, "claim_id")):
        first = row["same_as"]
        entry: Entry = {
            "id": row["claim_id"],
            "passage": row["passage_id"],
            "link": _to_itself(row["claim_id"], lang),
            "kind": kinds[row["kind"]],
            "text": row[lang.column("text")],
            "first": first and linked_id(first, known, lang, ["claims"]),
            "checks": checks.get(first or row["claim_id"], []),
        }
        found.setdefault(row["passage_id"], []).append(entry)
    return found


def figures_by_passage(known: Targets, lang: Language) -> dict[str, list[Link]]:
    """Return the figures that rest on each passage, by their titles."""
    found: dict[str, list[Link]] = {}
    for row in rows(load("figures")):
        link = Link(row[lang.column("title")], known["figures"][row["figure_id"]], False)
        for passage in (row["passage_ids"] or "").split():
            found.setdefault(passage, []).append(link)
    return found


def marks_of_claims(
    drawn: Mapping[str, list[str]], known: Targets, lang: Language
) -> dict[str, list[Link]]:
    """Return the marks that rest on each claim, by the titles of their figures."""
    titles = load("figures").set_index("figure_id")[lang.column("title")]
    pages = {figure: address.partition("#")[0] for figure, address in known["figures"].items()}
    return {
        claim: [
            Link(titles[figure], f"{pages[figure]}#{mark_anchor(figure, claim)}", False)
            for figure in figures
        ]
        for claim, figures in drawn.items()
    }


def references(lang: Language) -> str:
    """Return the report's own references, repaired, each with the claims inferred to rest on it."""
    known = targets()
    resting = grouped(load("claim_references"), "reference_id", "claim_id")
    listed = [
        _reference(row, resting.get(row["reference_id"], []), known, lang)
        for row in rows(load("references"))
    ]
    return render("references.html", lang, references=listed)


def _reference(reference: Row, claims: list[str], known: Targets, lang: Language) -> Entry:
    status = lang.label("references", "url_status", reference["url_status"])
    date = lang.date(reference["date"], reference["precision"])
    return {
        "id": reference["reference_id"],
        "link": _to_itself(reference["reference_id"], lang),
        "text": ". ".join(filled(reference[part] for part in ("authors", "title", "publisher"))),
        "url": reference["url"],
        "about": filled([date, f"{lang.phrase('address')}: {status}"]),
        "notes": notes(reference, lang, known),
        "claims": [linked_id(claim, known, lang, ["claims"]) for claim in claims],
    }


def errata(lang: Language) -> str:
    """Return the textual faults of the report, in reading order."""
    known = targets()
    table: pd.DataFrame = in_reading_order(load("errata"), "passage_id")
    links = source_links(known)
    listed = [_erratum(row, known, links, lang) for row in rows(table)]
    return render("errata.html", lang, errata=listed)


def _erratum(erratum: Row, known: Targets, links: dict[str, Link], lang: Language) -> Entry:
    words = [
        (lang.heading("errata", name), erratum[name])
        for name in ("printed", "corrected")
        if erratum[name] is not None
    ]
    return {
        "id": erratum["erratum_id"],
        "place": linked_id(erratum["passage_id"], known, lang, ["passages"]),
        "kind": lang.label("errata", "kind", erratum["kind"]),
        "words": words,
        "notes": notes(erratum, lang, known),
        "sources": [links[name] for name in filled([erratum["source_id"]])],
    }
