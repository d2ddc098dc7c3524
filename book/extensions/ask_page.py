"""Scripts and styles of the page on which the tables are asked; no other page loads them."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from helpers.publish.ask.page import PAGE

SCRIPTS = ("ask-database.js", "answers.js", "ask.js")
STYLE = "ask.css"


def bring_along(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: object
) -> None:
    """Give the page, and it alone, what it needs."""
    if pagename == PAGE:
        for script in SCRIPTS:
            app.add_js_file(script, loading_method="defer")
        app.add_css_file(STYLE)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the scripts."""
    app.connect("html-page-context", bring_along)
    return {"parallel_read_safe": True}
