"""Scripts and styles of single pages, such as the one on which the tables are asked."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from helpers.publish.ask import page
from helpers.publish.what_if import settings

BROUGHT = {
    page.PAGE: ("ask.css", "ask-database.js", "answers.js", "ask.js"),
    settings.PAGE: ("what-if.css", "argument.js", "what-if.js"),
}


def bring_along(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: object
) -> None:
    """Give a page, and it alone, what it needs."""
    for file in BROUGHT.get(pagename, ()):
        if file.endswith(".css"):
            app.add_css_file(file)
        else:
            app.add_js_file(file, loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the scripts."""
    app.connect("html-page-context", bring_along)
    return {"parallel_read_safe": True}
