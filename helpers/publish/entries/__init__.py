"""Entries of the generated pages: what the tables say of a claim, a source, a term, a fault.

A function collects what an entry says; how it stands on the page is said by a template.
"""

from helpers.publish.entries.coding import codebook, concluded, conclusions
from helpers.publish.entries.editions import changes
from helpers.publish.entries.evidence import sources
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
    "glossary",
    "passages",
    "references",
    "sources",
    "terms",
]
