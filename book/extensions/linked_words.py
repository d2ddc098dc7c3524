"""Link locators, names of tables and, where a notebook first uses them, glossary terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from helpers.data import load
from helpers.language import Language
from helpers.publish import targets

# What may stand before an Arabic word as one with it.
PREFIX = "(?:[وف]?[بكل]?ال|[وف]?لل|[وفبكل]{0,2})"
PLURAL = "(?:s|es)?"
ABBREVIATED = re.compile(r"(.+) \((.+)\)")


class LinkedIdentifiers(SphinxTransform):
    """Make a code literal that is an identifier into a link to where it is explained.

    A locator is written in words of the page's language; its id stays in the address.
    """

    default_priority = 900

    def apply(self) -> None:
        """Link the literals of a page."""
        known, lang = targets.targets(), Language(self.config.language)
        for literal in list(self.document.findall(nodes.literal)):
            link = targets.linked_id(literal.astext(), known, lang)
            if link.address and not _inside(literal, nodes.reference, nodes.title):
                shown = literal.deepcopy() if link.is_identifier else nodes.Text(link.text)
                classes = ["locator"] if link.is_locator else []
                made = nodes.reference("", "", shown, refuri=link.address, classes=classes)
                literal.replace_self(made)


class LinkedTerms(SphinxTransform):
    """Make the first use of a glossary term on a page of a notebook into a link to its entry."""

    default_priority = 910

    def apply(self) -> None:
        """Link the terms of a page."""
        if Path(self.env.doc2path(self.env.docname)).suffix != ".ipynb":
            return
        known = targets.targets()["terms"]
        terms = patterns(Language(self.config.language))
        for text in list(self.document.findall(nodes.Text)):
            if not _inside(
                text, nodes.reference, nodes.title, nodes.literal, nodes.literal_block, nodes.raw
            ):
                text.parent.replace(text, list(_linked(str(text), terms, known)))


def patterns(lang: Language) -> dict[str, re.Pattern[str]]:
    """Return how each term is found in a text of a language, the longest first."""
    glossary = load("glossary")
    names = dict(zip(glossary["term_id"], glossary[lang.column("term")], strict=True))
    ordered = sorted(names, key=lambda term_id: -len(names[term_id]))
    return {term_id: _pattern(names[term_id], lang) for term_id in ordered}


def _pattern(name: str, lang: Language) -> re.Pattern[str]:
    if lang.is_arabic:
        bare = re.escape(name.removeprefix("ال")).replace(r"\ ", r"\s+(?:ال)?")
        return re.compile(rf"(?<!\w){PREFIX}{bare}(?!\w)")
    forms = ABBREVIATED.fullmatch(name)
    alternatives = "|".join(re.escape(form) for form in (forms.groups() if forms else [name]))
    flags = re.IGNORECASE if name[0].islower() else 0
    return re.compile(rf"(?<!\w)(?:{alternatives}){PLURAL}(?!\w)", flags)


def _linked(
    text: str, terms: dict[str, re.Pattern[str]], known: Mapping[str, str]
) -> Iterator[nodes.Node]:
    """Yield a text with each term linked once; a term that was found is taken from the terms."""
    for term_id, pattern in list(terms.items()):
        found = pattern.search(text)
        if found:
            del terms[term_id]
            yield from _linked(text[: found.start()], terms, known)
            yield nodes.reference("", found[0], refuri=known[term_id], classes=["term"])
            yield from _linked(text[found.end() :], terms, known)
            return
    if text:
        yield nodes.Text(text)


def _inside(node: nodes.Node, *kinds: type) -> bool:
    while node := node.parent:
        if isinstance(node, kinds):
            return True
    return False


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add both transforms."""
    app.add_transform(LinkedIdentifiers)
    app.add_transform(LinkedTerms)
    return {"parallel_read_safe": True}
