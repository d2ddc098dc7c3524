"""Make a deck of slides from every executed notebook."""

from __future__ import annotations

import functools
import json
import re
import shutil
from html import escape
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt
from nbconvert.exporters import SlidesExporter
from traitlets.config import Config

from helpers.data import load
from helpers.language import LOCALES, Language
from helpers.paths import BOOK as SOURCES
from helpers.paths import NODE_MODULES
from helpers.publish.book import FONTS, font_files, require_node_modules

TEMPLATES = SOURCES / "slides"
DIRECTION = re.compile(r"</?div[^>]*>")


def build(folder: Path) -> list[Path]:
    """Make the decks.

    Parameters
    ----------
    folder : Path
        The build folder: holds ``notebooks`` and ``figures``, receives ``slides``.

    Returns
    -------
    list of Path
        The decks, a notebook and language each.

    Raises
    ------
    helpers.publish.book.BookError
        If the packages from npm are not installed.
    """
    require_node_modules()
    target = folder / "slides"
    shutil.rmtree(target, ignore_errors=True)
    _assets(target / "assets")
    shutil.copytree(folder / "figures", target / "figures", ignore=shutil.ignore_patterns("*.png"))
    decks = []
    for code in LOCALES:
        (target / code).mkdir()
        for notebook in sorted((folder / "notebooks" / code).glob("*.ipynb")):
            deck = target / code / f"{notebook.stem}.html"
            deck.write_text(compose(notebook, Language(code)), encoding="utf-8")
            decks.append(deck)
    return decks


def _assets(folder: Path) -> None:
    (folder / FONTS).mkdir(parents=True)
    reveal = NODE_MODULES / "reveal.js" / "dist"
    files = [reveal / name for name in ("reset.css", "reveal.css", "reveal.js", "plugin/notes.js")]
    files += [SOURCES / "static" / "faces.css", TEMPLATES / "slides.css", TEMPLATES / "slides.js"]
    for file in files:
        shutil.copy(file, folder)
    for file in font_files():
        shutil.copy(file, folder / FONTS)


def compose(notebook: Path, lang: Language) -> str:
    """Return the deck of a notebook as HTML."""
    content = nbformat.read(notebook, as_version=4)
    for cell in content.cells:
        if cell.cell_type == "code":
            cell.outputs = _figures(cell, lang)
    config = Config()
    config.SlidesExporter.template_name = "deck"
    config.SlidesExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.SlidesExporter.exclude_input = True
    exporter = SlidesExporter(config=config, filters={"deck_markdown": _markdown})
    about = {
        "code": lang.code,
        "direction": lang.direction,
        "title": load("notebooks").set_index("notebook_id").at[notebook.stem, lang.column("title")],
        "words": json.dumps(control_words(lang), ensure_ascii=False),
    }
    text, _ = exporter.from_notebook_node(content, resources={"deck": about})
    return text


def control_words(lang: Language) -> dict[str, str]:
    """Return what the arrows of a deck are called: right leads on in English, back in Arabic."""
    onward, back = lang.phrase("next-slide"), lang.phrase("previous-slide")
    words = {"left": back, "right": onward, "up": back, "down": onward}
    if lang.is_rtl:
        words |= {"left": onward, "right": back}
    return words


def _figures(cell: nbformat.NotebookNode, lang: Language) -> list[nbformat.NotebookNode]:
    """Return what a cell shows, picture or table with its caption; the rest of a page stays out."""
    shown, alt = [], None
    for output in cell.outputs:
        data = output.get("data", {})
        if "image/png" in data:
            alt = output.metadata["image/png"]["alt"]
            continue
        block = BeautifulSoup(data.get("text/html", ""), "html.parser").div
        if block is not None and block.get("id"):
            html = _figure(block, alt, lang)
            shown.append(nbformat.v4.new_output("display_data", data={"text/html": html}))
            alt = None
    return shown


def _figure(block: Tag, alt: str | None, lang: Language) -> str:
    name = escape(block["id"])
    caption = f"<figcaption>{block.p}</figcaption>"
    if alt is None:
        shown = f"{caption}{block.table}"
    else:
        shown = f'<img src="../figures/{lang.code}/{name}.svg" alt="{escape(alt)}">{caption}'
    return f'<figure id="{name}">{shown}</figure>'


@functools.cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _markdown(source: str) -> str:
    """Render the Markdown of a cell; the page has the direction already."""
    return _renderer().render(DIRECTION.sub("", source))
