"""Where the book explains an identifier: passages, claims, tables, sources, figures, terms.

Every address inside the book is made here, relative to a page of the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.data import load, resource, table_names

# Kind of an identifier → identifier → address.
Targets = dict[str, dict[str, str]]

ARCHIVE = "samarkand-summit-data.zip"
# The groups of identifiers under a figure, and the kinds that may stand in each.
KINDS = {"passages": ("sections", "passages"), "tables": ("tables",), "sources": ("sources",)}
# Stands for every table where a figure rests on all of them.
EVERY_TABLE = "*"
DICTIONARY = "dictionary.html"
# An identifier in prose or in a table is looked up in this order. Bare section ids are words.
ANYWHERE = ("passages", "claims", "references", "notebooks", "tables", "files")
LOCATOR = re.compile(r"\b[a-z_]+\.\d+\.\d+(?:-[a-z]+\b)?")


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere.

    Attributes
    ----------
    text : str
        What is read.
    address : str or None
        Where it leads; None if the text stays bare.
    is_identifier : bool
        Whether the text is an identifier, which is set as code.
    """

    text: str
    address: str | None
    is_identifier: bool = True


def passage_page(section_id: str) -> str:
    """Return the name of the page that lists the passages of a section."""
    return f"passages-{section_id}"


def table_anchor(table: str) -> str:
    """Return the anchor of a table in the dictionary; hyphens, as the book's other anchors.

    Examples
    --------
    >>> table_anchor("event_actors")
    'table-event-actors'
    """
    return f"table-{table.replace('_', '-')}"


def term_anchor(term_id: str) -> str:
    """Return the anchor of a term in the glossary."""
    return f"term-{term_id}"


def notebook_file(notebook_id: str, code: str) -> str:
    """Return the address of a notebook to download, in a language."""
    return f"../downloads/notebooks/{code}/{notebook_id}.ipynb"


def picture_file(figure_id: str, code: str, kind: str) -> str:
    """Return the address of the picture of a figure in a language, as ``png`` or ``svg``."""
    return f"../downloads/figures/{code}/{figure_id}.{kind}"


def targets() -> Targets:
    """Return page and anchor of every identifier, by kind.

    Returns
    -------
    dict of str to dict of str to str
        Kinds are sections, passages, claims, references, notebooks, figures, tables, files, sources
        and terms; an address is that of a page of the book, relative to any other.
    """
    section_of = load("passages").set_index("passage_id")["section_id"]
    pages = {passage: f"{passage_page(section)}.html" for passage, section in section_of.items()}
    claims = load("claims")[["claim_id", "passage_id"]].itertuples(index=False)
    figures = load("figures")[["figure_id", "notebook"]].itertuples(index=False)
    tables = {name: f"{DICTIONARY}#{table_anchor(name)}" for name in table_names()}
    return {
        "sections": {s: f"{passage_page(s)}.html" for s in load("sections")["section_id"]},
        "passages": {str(passage): f"{page}#{passage}" for passage, page in pages.items()},
        "claims": {claim: f"{pages[passage]}#{claim}" for claim, passage in claims},
        "references": {r: f"references.html#{r}" for r in load("references")["reference_id"]},
        "tables": tables,
        "files": {f"data/{resource(name)['path']}": target for name, target in tables.items()},
        "notebooks": {n: f"{n}.html" for n in load("notebooks")["notebook_id"]},
        "figures": {figure: f"{notebook}.html#{figure}" for figure, notebook in figures},
        "sources": {s: f"sources.html#{s}" for s in load("sources")["source_id"]},
        "terms": {t: f"glossary.html#{term_anchor(t)}" for t in load("glossary")["term_id"]},
    }


def target_of(identifier: str, known: Targets, kinds: Iterable[str] = ANYWHERE) -> str | None:
    """Return the address of an identifier among kinds, or None if it is not one."""
    return next((known[kind][identifier] for kind in kinds if identifier in known[kind]), None)


def linked_id(identifier: str, known: Targets, kinds: Iterable[str] = ANYWHERE) -> Link:
    """Return an identifier with its address; one that is explained nowhere stays bare."""
    return Link(identifier, target_of(identifier, known, kinds))


def linked_text(text: str, known: Targets) -> list[Link]:
    """Return a text in pieces, of which the locators lead to where they are explained.

    Examples
    --------
    >>> [piece.text for piece in linked_text("See context.2.2.", targets())]
    ['See ', 'context.2.2', '.']
    """
    pieces, end = [], 0
    for found in LOCATOR.finditer(text):
        address = target_of(found[0], known, ("passages", "claims"))
        if address:
            pieces += [Link(text[end : found.start()], None, False), Link(found[0], address)]
            end = found.end()
    pieces.append(Link(text[end:], None, False))
    return [piece for piece in pieces if piece.text]
