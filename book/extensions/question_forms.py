"""Make the cells of a notebook that ask a question into forms, and bring along what these need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from helpers.language import Language
from helpers.publish import questions

# Adapts notebooks too, and would fold the code of the cells.
AFTER_CELLS = 550


def make_forms(app: Sphinx, docname: str, source: list[str]) -> None:
    """Replace the cells of a notebook that ask and check."""
    if Path(app.env.doc2path(docname)).suffix != ".ipynb":
        return
    notebook = json.loads(source[0])
    notebook["cells"] = questions.as_forms(notebook["cells"], Language(app.config.language))
    source[0] = json.dumps(notebook, ensure_ascii=False)


def bring_along(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Give a page with forms, and no other, what they need."""
    if questions.MARK in context.get("body", ""):
        for script in questions.SCRIPTS:
            app.add_js_file(script, loading_method="defer")
        app.add_css_file(questions.STYLE)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect both."""
    app.connect("source-read", make_forms, priority=AFTER_CELLS)
    app.connect("html-page-context", bring_along)
    return {"parallel_read_safe": True}
