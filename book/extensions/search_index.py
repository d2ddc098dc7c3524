"""The search of the book: its index, made of tables and pages, and the page that asks it.

Sphinx's own search knows neither Arabic nor numbers, leads to pages and not to places, and shows
nothing of them in a book that is opened from the disk.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from helpers.language import Language
from helpers.publish import findable, search

# What Sphinx's own search would need, and what speaks to nobody.
UNUSED = ("searchtools.js", "language_data.js")
UNREAD = (nodes.section, nodes.title, nodes.raw, nodes.literal_block, nodes.comment, nodes.target)


def own_search(app: Sphinx) -> None:
    """Have Sphinx make no index of its own."""
    app.builder.search = False


class Sections(list[search.Entry]):
    """The sections of all pages, noted page by page."""

    def note(self, _app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Note the sections of a page."""
        self.extend(sections(doctree, docname))


def sections(doctree: nodes.document, docname: str) -> Iterator[search.Entry]:
    """Yield the sections of a page that say something, and the page itself."""
    page = ""
    for section in doctree.findall(nodes.section):
        heading = section.next_node(nodes.title).astext()
        text = " ".join(_said(section))
        first = not page
        page = page or heading
        if text or first:
            anchor = "" if first else f"#{_anchor(section)}"
            place = "" if first else page
            yield search.Entry("section", heading, f"{docname}.html{anchor}", text, place)


def _said(section: nodes.section) -> Iterator[str]:
    """Yield the pieces of prose of a section, without those of its subsections and its code."""
    for child in section.children:
        if not isinstance(child, UNREAD) and not _is_apart(child):
            said = " ".join(text.astext() for text in _texts(child))
            yield " ".join(said.split())


def _texts(node: nodes.Node) -> Iterator[nodes.Text]:
    if isinstance(node, nodes.Text):
        yield node
    elif not isinstance(node, UNREAD) and not _is_apart(node):
        for child in node.children:
            yield from _texts(child)


def _is_apart(node: nodes.Node) -> bool:
    """Tell whether a node is a list of pages, a cell of code, or what it printed."""
    classes = node.get("classes", []) if isinstance(node, nodes.Element) else []
    return bool({"toctree-wrapper", "cell"} & set(classes))


def _anchor(section: nodes.section) -> str:
    """Return the id that the section has in every language, if it has one."""
    own = [name for name in section["ids"] if name.startswith("section-")]
    return str((own or section["ids"])[0])


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the page of the search."""
    yield "search", {}, "search.html"


def write_index(app: Sphinx, exception: Exception | None, found: list[search.Entry]) -> None:
    """Write the index beside the scripts, and take away what is not used."""
    if exception or app.builder.format != "html":
        return
    lang = Language(app.config.language)
    figures = findable.figures(Path(app.srcdir), lang)
    listed = [*findable.entries(lang), *figures, *found]
    static = Path(app.outdir) / "_static"
    scripts = {
        search.FILE: search.script(search.index(listed, lang)),
        search.WORDS_FILE: search.script(search.vocabulary(lang), search.WORDS_NAME),
    }
    for name, text in scripts.items():
        (static / name).write_text(text, encoding="utf-8")
    for name in UNUSED:
        (static / name).unlink(missing_ok=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the search."""
    found = Sections()
    app.connect("builder-inited", own_search)
    app.connect("doctree-resolved", found.note)
    app.connect("html-collect-pages", search_page)
    app.connect("build-finished", functools.partial(write_index, found=found))
    return {"parallel_read_safe": True}
