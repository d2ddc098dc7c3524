"""Give every page what it has on paper alone: margins in its language, sources with addresses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from helpers.language import Language
from helpers.publish import paper

# Adapts notebooks, and is to have their outputs first.
AFTER_CELLS = 600
TAG = re.compile(r"<[^>]+>")


def add_sources(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the list of sources at the end of a notebook."""
    if Path(app.env.doc2path(docname)).suffix != ".ipynb":
        return
    notebook = json.loads(source[0])
    if html := paper.sources(notebook["cells"], Language(app.config.language)):
        last = {"cell_type": "markdown", "id": "sources-on-paper", "metadata": {}, "source": html}
        notebook["cells"].append(last)
        source[0] = json.dumps(notebook, ensure_ascii=False)


def add_margins(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Give a page the style of its margins."""
    title = Markup(TAG.sub("", context.get("title", ""))).unescape()
    style = paper.margins(title, Language(app.config.language))
    context["metatags"] = f'{context.get("metatags", "")}\n<style media="print">{style}</style>'


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect both."""
    app.connect("source-read", add_sources, priority=AFTER_CELLS)
    app.connect("html-page-context", add_margins)
    return {"parallel_read_safe": True}
