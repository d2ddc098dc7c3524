"""Where the book explains an identifier: passages, claims, tables, sources, references, terms."""

from __future__ import annotations

from html import escape

from helpers.data import load, resource, table_names

TERM_ANCHOR = "term-"
# What a line under a figure calls its identifiers, and the kinds that may stand there.
KINDS = {"passages": ("sections", "passages"), "data": ("tables",), "sources": ("sources",)}
# An identifier in prose or in a table is looked up in this order. Bare section ids are words.
ANYWHERE = ("passages", "claims", "references", "notebooks", "tables", "files")


def passage_page(section_id: str) -> str:
    """Return the name of the page that lists the passages of a section."""
    return f"passages-{section_id}"


def table_anchor(table: str) -> str:
    """Return the anchor of a table in the dictionary; hyphens, as the book's other anchors."""
    return f"table-{table.replace('_', '-')}"


def targets() -> dict[str, dict[str, str]]:
    """Return page and anchor of every identifier, by kind.

    Returns
    -------
    dict of str to dict of str to str
        Kinds are sections, passages, claims, references, notebooks, tables, files and sources; an
        address is that of a page of the book, relative to any other.
    """
    section_of = load("passages").set_index("passage_id")["section_id"]
    pages = {passage: f"{passage_page(section)}.html" for passage, section in section_of.items()}
    claims = load("claims")[["claim_id", "passage_id"]].itertuples(index=False)
    tables = {name: f"dictionary.html#{table_anchor(name)}" for name in table_names()}
    return {
        "sections": {s: f"{passage_page(s)}.html" for s in load("sections")["section_id"]},
        "passages": {passage: f"{page}#{passage}" for passage, page in pages.items()},
        "claims": {claim: f"{pages[passage]}#{claim}" for claim, passage in claims},
        "references": {r: f"references.html#{r}" for r in load("references")["reference_id"]},
        "tables": tables,
        "files": {f"data/{resource(name)['path']}": target for name, target in tables.items()},
        "notebooks": {n: f"{n}.html" for n in load("notebooks")["notebook_id"]},
        "sources": {s: f"sources.html#{s}" for s in load("sources")["source_id"]},
    }


def target_of(
    identifier: str, known: dict[str, dict[str, str]], kinds: tuple[str, ...] = ANYWHERE
) -> str | None:
    """Return the address of an identifier among kinds, or None if it is not one."""
    return next((known[kind][identifier] for kind in kinds if identifier in known[kind]), None)


def link(identifier: str, address: str, text: str | None = None) -> str:
    """Return a link in HTML; an identifier without a text of its own is set as code."""
    inner = f"<bdi>{escape(str(text))}</bdi>"
    if text is None:
        inner = f'<bdi dir="ltr"><code>{escape(identifier)}</code></bdi>'
    return f'<a href="{escape(address)}">{inner}</a>'
