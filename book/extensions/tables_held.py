"""Hold the tables for as long as Sphinx runs: what they say is asked once, not for every page."""

from __future__ import annotations

from contextlib import ExitStack

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from helpers.data.holding import held

LAST = 999


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hold them, and let go when all that listens to the end of the build is done."""
    holding = ExitStack()
    holding.enter_context(held())
    app.connect("build-finished", lambda *_: holding.close(), priority=LAST)
    return {"parallel_read_safe": True}
