"""Scripts and style of the pages with a picture of the argument; no other page loads them."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

SCRIPTS = ("reasoning.js", "argument-answers.js")
STYLE = "argument.css"
HELD = '<form class="argument"'


def bring_along(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Give a page that has the form of such a picture, and it alone, what the form needs."""
    if HELD in context.get("body", ""):
        for script in SCRIPTS:
            app.add_js_file(script, loading_method="defer")
        app.add_css_file(STYLE)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the scripts."""
    app.connect("html-page-context", bring_along)
    return {"parallel_read_safe": True}
