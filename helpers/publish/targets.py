"""Where the book explains an identifier: passages, claims, tables, sources, figures, terms.

Every address inside the book is made here, relative to a page of the book.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from helpers.data import load, table_names
from helpers.data.holding import remembered
from helpers.data.schema import stored, stored_package
from helpers.language import Language
from helpers.publish import locators

# Kind of an identifier → identifier → address.
Targets = dict[str, dict[str, str]]

# Folders of the build that a reader may make or not, and how their files end.
MADE_APART = {"slides": "html", "handout": "pdf", "print": "pdf"}
SHEETS = "sheets"
EXPORTS = "exports"
# The groups of identifiers under a figure, and the kinds that may stand in each.
KINDS = {"passages": ("sections", "passages"), "tables": ("tables",), "sources": ("sources",)}
# Stands for every table where a figure rests on all of them.
EVERY_TABLE = "*"
DICTIONARY = "dictionary.html"
# An identifier in prose or in a table is looked up in this order. Bare section ids are words.
ANYWHERE = (
    *("passages", "claims", "references", "conclusions", "commitments", "notebooks", "tables"),
    "files",
)
# What a locator in a text may name.
PLACES = ("passages", "claims")
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
    is_locator : bool
        Whether it leads to a passage or a claim, of which a card can be shown.
    language : str or None
        Language of the text where it is not that of the page.
    """

    text: str
    address: str | None
    is_identifier: bool = True
    is_locator: bool = False
    language: str | None = None


def project_name() -> str:
    """Return the name of the project, which is that of its package."""
    return str(stored_package()["name"])


def data_archive() -> str:
    """Return the name of the file that holds the tables."""
    return f"{project_name()}-data.zip"


def project_archive() -> str:
    """Return the name of the file that holds everything."""
    return f"{project_name()}.zip"


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


def rule_anchor(rule_id: str) -> str:
    """Return the anchor of a rule in the codebook."""
    return f"rule-{rule_id}"


def conclusion_anchor(conclusion_id: str) -> str:
    """Return the anchor of a conclusion."""
    return f"conclusion-{conclusion_id}"


def format_anchor(format_id: str) -> str:
    """Return the anchor of a format of exchange among the downloads."""
    return f"format-{format_id}"


def commitment_anchor(commitment_id: str) -> str:
    """Return the anchor of a promise."""
    return f"commitment-{commitment_id}"


def listed_claim_anchor(claim_id: str) -> str:
    """Return the anchor of a claim in the list of all claims; its own place is with its passage."""
    return f"claim-{claim_id}"


def mark_anchor(figure_id: str, claim_id: str) -> str:
    """Return the anchor of the mark of a figure that rests on a claim."""
    return f"mark-{figure_id}-{claim_id}"


def notebook_file(notebook_id: str, code: str) -> str:
    """Return the address of a notebook to download, in a language."""
    return f"../downloads/notebooks/{code}/{notebook_id}.ipynb"


def sheet_file(code: str, name: str) -> str:
    """Return where a sheet to hand out lies in the downloads.

    Examples
    --------
    >>> sheet_file("ar", "worksheet")
    'sheets/ar/worksheet.html'
    """
    return f"{SHEETS}/{code}/{name}.html"


def made_file(kind: str, code: str, name: str) -> str:
    """Return where what was made of a notebook or a sheet lies, in the build and in the downloads.

    Examples
    --------
    >>> made_file("handout", "ar", "00_start")
    'handout/ar/00_start.pdf'
    """
    return f"{kind}/{code}/{name}.{MADE_APART[kind]}"


def picture_file(figure_id: str, code: str, kind: str) -> str:
    """Return the address of the picture of a figure in a language, as ``png`` or ``svg``."""
    return f"../downloads/figures/{code}/{figure_id}.{kind}"


@remembered
def targets() -> Targets:
    """Return page and anchor of every identifier, by kind.

    Returns
    -------
    dict of str to dict of str to str
        Kinds are sections, passages, claims, references, conclusions, commitments, notebooks,
        figures, tables, files, sources and terms; an address is that of a page of the book,
        relative to any other.
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
        "conclusions": {
            name: f"conclusions.html#{conclusion_anchor(name)}"
            for name in load("conclusions")["conclusion_id"]
        },
        "commitments": {
            name: f"commitments.html#{commitment_anchor(name)}"
            for name in load("commitments")["commitment_id"]
        },
        "tables": tables,
        "files": {f"data/{stored(name)['path']}": target for name, target in tables.items()},
        "notebooks": {n: f"{n}.html" for n in load("notebooks")["notebook_id"]},
        "figures": {figure: f"{notebook}.html#{figure}" for figure, notebook in figures},
        "sources": {s: f"sources.html#{s}" for s in load("sources")["source_id"]},
        "terms": {t: f"glossary.html#{term_anchor(t)}" for t in load("glossary")["term_id"]},
    }


def target_of(identifier: str, known: Targets, kinds: Collection[str] = ANYWHERE) -> str | None:
    """Return the address of an identifier among kinds, or None if it is not one."""
    return next((known[kind][identifier] for kind in kinds if identifier in known[kind]), None)


def linked_id(
    identifier: str, known: Targets, lang: Language, kinds: Collection[str] = ANYWHERE
) -> Link:
    """Return an identifier with its address; one that is explained nowhere stays bare.

    A locator is given in the words of the language.

    Examples
    --------
    >>> linked_id("context.2.2", targets(), Language("en")).text
    'Context 2.2'
    >>> linked_id("ref-05", targets(), Language("en")).text
    'ref-05'
    >>> linked_id("people-unanswered", targets(), Language("en")).text
    'conclusion 13'
    """
    address = target_of(identifier, known, kinds)
    if address is None:
        return Link(identifier, None)
    if "sections" in kinds and identifier in known["sections"]:
        return Link(locators.section_names(lang)[identifier], address, is_identifier=False)
    named = locators.words(identifier, lang) or locators.conclusion(identifier, lang)
    if named is None:
        return Link(identifier, address)
    return Link(named, address, is_identifier=False, is_locator=True)


def linked_text(text: str, known: Targets, lang: Language) -> list[Link]:
    """Return a text in pieces, of which the locators lead to where they are explained.

    Examples
    --------
    >>> [piece.text for piece in linked_text("See context.2.2.", targets(), Language("en"))]
    ['See ', 'Context 2.2', '.']
    """
    pieces, end = [], 0
    for found in LOCATOR.finditer(text):
        link = linked_id(found[0], known, lang, PLACES)
        if link.address:
            pieces += [Link(text[end : found.start()], None, False), link]
            end = found.end()
    pieces.append(Link(text[end:], None, False))
    return [piece for piece in pieces if piece.text]
