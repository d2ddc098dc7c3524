"""Prose of tables and of notebooks' cells as HTML: emphasis, and identifiers by what they name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from helpers.data import load
from helpers.language import Language
from helpers.publish.locators import words
from helpers.publish.targets import ANYWHERE, LOCATOR, Link, Targets, linked_id

# Cells of a notebook that hold a numbered list, and how an item of it begins.
KEY_POINTS, QUESTIONS = "key-points", "questions"
ITEM = re.compile(r"^\d+\. +(.+)$", re.MULTILINE)
# What is named by its title, and the table and field where that is.
TITLED = {
    "figures": ("figures", "figure_id"),
    "commitments": ("commitments", "commitment_id"),
    "notebooks": ("notebooks", "notebook_id"),
}


def named(identifier: str, known: Targets, lang: Language) -> Link:
    """Return an identifier by what it names: figures, promises and notebooks by their titles.

    Examples
    --------
    >>> from helpers.publish.targets import targets
    >>> named("01_context", targets(), Language("en")).text
    'Before the summit: relations and context'
    >>> named("context.2.2", targets(), Language("en")).text
    'Context 2.2'
    """
    for kind, (table, key) in TITLED.items():
        if identifier in known[kind]:
            titles = load(table).set_index(key)[lang.column("title")]
            return Link(str(titles[identifier]), known[kind][identifier], is_identifier=False)
    return linked_id(identifier, known, lang, ANYWHERE)


def html(text: str, known: Targets, lang: Language, linked: bool = True) -> Markup:
    """Return a line of prose as HTML; what stands between backticks is an identifier.

    Parameters
    ----------
    text : str
        Of a table or a cell. Emphasis is kept, all else is escaped.
    known : dict
        As :func:`helpers.publish.targets.targets` returns it.
    lang : Language
        Language of the text.
    linked : bool, optional
        Whether identifiers lead to where they are explained; on paper they do not.

    Examples
    --------
    >>> from helpers.publish.targets import targets
    >>> print(html("<b> in `context.2.2`", targets(), Language("en"), linked=False))
    &lt;b&gt; in Context 2.2
    """
    tokens = _renderer().parseInline(text)
    for child in tokens[0].children or []:
        if child.type == "code_inline":
            child.type, child.content = "html_inline", _piece(child.content, known, lang, linked)
    return Markup(_renderer().renderer.render(tokens, _renderer().options, {}))  # escaped above


def _piece(identifier: str, known: Targets, lang: Language, linked: bool) -> str:
    link = named(identifier, known, lang)
    shown = escape(link.text)
    if link.is_identifier:
        shown = Markup('<bdi dir="ltr" lang="en"><code>{}</code></bdi>').format(link.text)
    elif identifier in known["figures"] or identifier in known["commitments"]:
        shown = Markup("<cite>{}</cite>").format(link.text)
    if not linked or link.address is None:
        return str(shown)
    kind = Markup(' class="locator"') if link.is_locator else ""
    return str(Markup('<a{} href="{}">{}</a>').format(kind, link.address, shown))


@functools.cache
def _renderer() -> MarkdownIt:
    # Tables hold no addresses, tags or entities: what looks like them is text.
    rules = ["link", "image", "autolink", "html_inline", "entity"]
    return MarkdownIt("commonmark", {"html": False}).disable(rules)


def spoken(text: str, lang: Language) -> str:
    """Return a text with its bare locators in the words of a language.

    Examples
    --------
    >>> spoken("As in context.2.2.", Language("en"))
    'As in Context 2.2.'
    """
    return LOCATOR.sub(lambda found: words(found[0], lang) or found[0], text)


def items(cells: Iterable[Mapping[str, Any]], cell_id: str) -> list[str]:
    r"""Return the items of a numbered list in a cell of a notebook; none if it is not there.

    Examples
    --------
    >>> items([{"id": "questions", "source": "## Ask\n\n1. Who?\n2. When?\n"}], "questions")
    ['Who?', 'When?']
    """
    sources = ["".join(cell["source"]) for cell in cells if cell.get("id") == cell_id]
    return ITEM.findall(sources[0]) if sources else []
