"""Entries on the evidence: the outside sources, and the checks that rest on them."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from helpers.data import codes, codes_where, in_reading_order, load
from helpers.language import Language
from helpers.publish import facets
from helpers.publish.entries.rows import Entry, Row, filled, grouped, rows
from helpers.publish.languages import language_of_name
from helpers.publish.rendering import render
from helpers.publish.targets import Link, Targets, linked_id, linked_text, targets

# Where a check names what it rests on.
CITED = ("source_id", "second_source_id")


def sources(lang: Language) -> str:
    """Return the outside sources by publisher, each with what it is and the claims it judges."""
    known, judged = targets(), _claims_by_source()
    table = load("sources").sort_values("publisher", key=lambda names: names.str.lower())
    kinds = lang.labels("sources", "kind")
    listed = [
        _source(row, kinds[row["kind"]], judged.get(row["source_id"], []), known, lang)
        for row in rows(table)
    ]
    explorer, names = facets.SOURCES, list(table["source_id"])
    told = explorer.attributes(names, lang)
    return "\n".join(
        [explorer.form(names, lang), render("sources.html", lang, sources=listed, told=told)]
    )


def _source(source: Row, kind: str, claims: list[str], known: Targets, lang: Language) -> Entry:
    carrier = source["carrier"]
    about = [
        kind,
        lang.date(source["date"], source["precision"]),
        carrier and lang.phrase("read-through", carrier=carrier),
    ]
    return {
        "id": source["source_id"],
        "title": title(source),
        "url": source["url"],
        "language": source["language"],
        "about": filled(about),
        "kept": source["archive_url"],
        "claims": [linked_id(claim, known, lang, ["claims"]) for claim in claims],
    }


def title(source: Row) -> str:
    """Return the title of a source with its publisher, in its own language."""
    return " – ".join(filled([source["publisher"], source["title"]]))


def outside_links(known: Targets) -> dict[str, Entry]:
    """Return every source with the address at which it was read, and that of its entry."""
    return {
        row["source_id"]: {
            "title": title(row),
            "url": row["url"],
            "language": row["language"],
            "entry": known["sources"][row["source_id"]],
        }
        for row in rows(load("sources"))
    }


def source_links(known: Targets) -> dict[str, Link]:
    """Return every source by its title, leading to its entry."""
    return {
        name: Link(title(row), known["sources"][name], False, language=row["language"])
        for row in rows(load("sources"))
        for name in [row["source_id"]]
    }


def publisher_links(known: Targets) -> dict[str, Link]:
    """Return every source by its publisher alone, leading to its entry."""
    found = {}
    for row in rows(load("sources")):
        name, publisher = row["source_id"], row["publisher"]
        language = language_of_name(publisher, row["language"])
        found[name] = Link(publisher, known["sources"][name], False, language=language)
    return found


def _claims_by_source() -> dict[str, list[str]]:
    checks = load("checks")
    pairs = pd.concat(
        checks[[name, "claim_id"]].set_axis(["source_id", "claim_id"], axis=1) for name in CITED
    ).dropna()
    ordered = in_reading_order(pairs.drop_duplicates().reset_index(drop=True), "claim_id")
    return grouped(ordered, "source_id", "claim_id")


def checks_by_claim(
    claim_ids: Collection[str], known: Targets, lang: Language
) -> dict[str, list[Entry]]:
    """Return what was found of each claim that was checked; a claim may be checked twice."""
    checks = load("checks")
    words = lang.labels("checks", "verdict")
    markers = {value: code["marker"] for value, code in codes("checks", "verdict").items()}
    links, publishers = source_links(known), publisher_links(known)
    read = outside_links(known)
    weak = codes_where("checks", "confidence", weak=True)
    found: dict[str, list[Entry]] = {}
    for row in rows(checks[checks["claim_id"].isin(list(claim_ids))]):
        word, cited = words[row["verdict"]], filled(row[field] for field in CITED)
        if row["confidence"] in weak:
            word = lang.phrase("low-confidence", value=word)
        entry: Entry = {
            "verdict": row["verdict"],
            "label": word,
            "marker": markers[row["verdict"]],
            "note": linked_text(row[lang.column("note")], known, lang),
            "date": lang.date(row["checked_on"], row["checked_on_precision"]),
            "sources": [links[name] for name in cited],
            "read": [read[name] for name in cited],
            "publishers": [publishers[name] for name in cited],
        }
        found.setdefault(row["claim_id"], []).append(entry)
    return found
