"""Cards beside locators and terms: claim, verdict and sources; the definition; how it stands.

A page loads them once, when a reader first asks for one, as a script: a browser fetches no data for
a page that lies on the disk.
"""

from __future__ import annotations

import json

from helpers.data import load
from helpers.language import Language
from helpers.publish import entries
from helpers.publish.entries.rows import grouped
from helpers.publish.rendering import render

FILE = "cards-data.js"
# What the script of the page looks for.
NAME = "summitCards"
WORDS = ("to-passage", "to-glossary", "to-conclusions", "to-explorer", "no-claim")


def script(lang: Language) -> str:
    """Return the cards of a language as a script that a page can load from the disk.

    Parameters
    ----------
    lang : Language
        Language of the pages.

    Returns
    -------
    str
        An assignment to a global name; cells are escaped as in any page.
    """
    content = json.dumps(cards(lang), ensure_ascii=False, sort_keys=True, indent=0)
    return f"window.{NAME} = {content};\n"


def cards(lang: Language) -> dict[str, dict[str, object]]:
    """Return the cards of a language by the anchors to which locators and terms lead.

    Returns
    -------
    dict
        ``claims``, ``conclusions``, ``terms``, anchor to HTML; ``passages``, anchor to the claims
        of the passage; ``words`` of the card itself.
    """
    held = grouped(load("claims").sort_values("claim_id"), "passage_id", "claim_id")
    claims, terms = entries.claims(lang), entries.terms(lang)
    return {
        "claims": {str(c["id"]): render("claim_card.html", lang, claim=c) for c in claims},
        "conclusions": {
            str(found["anchor"]): render("conclusion_card.html", lang, conclusion=found)
            for found in entries.concluded(lang)
        },
        "passages": {name: held.get(name, []) for name in load("passages")["passage_id"]},
        "terms": {str(t["anchor"]): render("term_card.html", lang, term=t) for t in terms},
        "words": {name: lang.phrase(name) for name in WORDS},
    }
