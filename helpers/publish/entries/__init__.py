"""Entries of the generated pages: what the tables say of a claim, a source, a term, a fault.

A function collects what an entry says; how it stands on the page is said by a template. ``lang`` is
the language of the page, and text that comes back is HTML, unless a function says otherwise.
"""

from helpers.publish.entries.coding import codebook, concluded, conclusions
from helpers.publish.entries.editions import changes
from helpers.publish.entries.evidence import sources
from helpers.publish.entries.listed import every_claim, every_commitment
from helpers.publish.entries.reference import corrections, glossary, terms
from helpers.publish.entries.report import claims, errata, passages, references

__all__ = [
    "changes",
    "claims",
    "codebook",
    "concluded",
    "conclusions",
    "corrections",
    "errata",
    "every_claim",
    "every_commitment",
    "glossary",
    "passages",
    "references",
    "sources",
    "terms",
]
