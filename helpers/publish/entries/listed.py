"""Entries of the lists that a reader can narrow: every claim and every promise, with all known.

A claim has its own place with its passage, where it can be cited; the list leads there.
"""

from __future__ import annotations

from collections.abc import Mapping

from helpers import tables
from helpers.data import codes_where, promise_events
from helpers.language import Language
from helpers.publish import facets
from helpers.publish.entries.evidence import CITED, outside_links
from helpers.publish.entries.report import (
    NOTHING_DRAWN,
    claims,
    figures_by_passage,
    marks_of_claims,
)
from helpers.publish.entries.rows import Entry, Row, filled, rows
from helpers.publish.explorer import NOTHING, Explorer
from helpers.publish.rendering import render
from helpers.publish.targets import (
    Link,
    Targets,
    commitment_anchor,
    linked_id,
    listed_claim_anchor,
    targets,
)
from helpers.tables.base import DASH

# Told above the facts: where a claim stands, what it repeats.
TOLD = ("section", "occurrence")


def every_claim(lang: Language, drawn: Mapping[str, list[str]] = NOTHING_DRAWN) -> str:
    """Return every claim with what is known of it, in reading order, to be narrowed by a reader.

    Parameters
    ----------
    lang : Language
        Language of the page.
    drawn : mapping of str to list of str
        The figures that have a mark for each claim.

    Returns
    -------
    str
        HTML: the form, and a list whose entries open.
    """
    known, explorer, listed = targets(), facets.CLAIMS, claims(lang)
    names = [str(claim["id"]) for claim in listed]
    told, facts = explorer.attributes(names, lang), _facts(explorer, names, lang)
    figures, marks = figures_by_passage(known, lang), marks_of_claims(drawn, known, lang)
    shown = [
        claim
        | {
            "anchor": listed_claim_anchor(name),
            "place": known["claims"][name],
            "told": told[name],
            "facts": facts[name],
            "figures": [*marks.get(name, []), *_other_figures(name, claim, drawn, figures, known)],
        }
        for name, claim in zip(names, listed, strict=True)
    ]
    html = render("every_claim.html", lang, claims=shown)
    return f"{explorer.form(names, lang)}\n{html}"


def _other_figures(
    name: str,
    claim: Entry,
    drawn: Mapping[str, list[str]],
    figures: Mapping[str, list[Link]],
    known: Targets,
) -> list[Link]:
    """Return the figures that rest on the passage of a claim and have no mark for it."""
    marked = {known["figures"][figure] for figure in drawn.get(name, ())}
    resting = figures.get(str(claim["passage"]), [])
    return [figure for figure in resting if figure.address not in marked]


def _facts(
    explorer: Explorer, names: list[str], lang: Language
) -> dict[str, list[tuple[str, str]]]:
    """Return what each entry holds of the facets in words, without those it holds nothing of."""
    words = {
        facet.name: (facet.heading(lang), explorer.values(facet, lang))
        for facet in explorer.facets
        if facet.name not in TOLD
    }
    return {
        name: [
            (heading, lang.series(called[value] for value in held[facet]))
            for facet, (heading, called) in words.items()
            if held[facet] != [NOTHING]
        ]
        for name, held in explorer.held(names, lang).items()
    }


def every_commitment(lang: Language) -> str:
    """Return every promise with its state and its dated trail, by theme, to be narrowed.

    The form comes first, then a list whose entries open.
    """
    known, explorer, states = targets(), facets.COMMITMENTS, facets.state_of_promises()
    table = tables.promise_table(states, lang)
    names = list(states["commitment_id"])
    told, trails = explorer.attributes(names, lang), _trails(known, lang)
    words = lang.labels("commitment_stages", "standing")
    shown = [
        _commitment(row, known, lang)
        | {
            "standing": words.get(row["standing"]),
            "facts": [
                fact for fact in zip(table.headings[1:], cells[1:], strict=True) if fact[1] != DASH
            ],
            "told": told[row["commitment_id"]],
            "trail": trails.get(row["commitment_id"], []),
        }
        for row, cells in zip(rows(states), table.rows, strict=True)
    ]
    html = render("every_commitment.html", lang, commitments=shown)
    return f"{explorer.form(names, lang)}\n{html}"


def _commitment(row: Row, known: Targets, lang: Language) -> Entry:
    return {
        "anchor": commitment_anchor(row["commitment_id"]),
        "title": lang.pick(row, "title"),
        "by": lang.pick(row, "promised_by"),
        "to": lang.pick(row, "beneficiary"),
        "on": lang.date(row["promised_on"], row["promised_on_precision"]),
        "claim": linked_id(row["claim_id"], known, lang, ["claims"]),
    }


def _trails(known: Targets, lang: Language) -> dict[str, list[Entry]]:
    """Return what came of each promise in order of time; what is weak says so."""
    read = outside_links(known)
    weak = codes_where("commitment_events", "confidence", weak=True)
    found: dict[str, list[Entry]] = {}
    for row in rows(promise_events()):
        text = lang.pick(row, "text")
        basis = "role" if row["basis"] is None else "basis"
        event: Entry = {
            "date": lang.date(row["date"], row["precision"]),
            "text": lang.phrase("low-confidence", value=text)
            if row["confidence"] in weak
            else text,
            "stage": row[lang.column("stage")],
            "basis": lang.label("commitment_events", basis, row[basis]),
            "sources": [read[name] for name in filled(row[field] for field in CITED)],
        }
        found.setdefault(row["commitment_id"], []).append(event)
    return found
