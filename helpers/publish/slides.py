"""Make a deck of slides from every executed notebook."""

from __future__ import annotations

import functools
import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
from markdown_it import MarkdownIt
from markupsafe import Markup
from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from traitlets.config import Config

from helpers.data import load
from helpers.errors import BuildError
from helpers.language import Language
from helpers.paths import BOOK, NODE_MODULES, WALL
from helpers.publish import assets, links, shown, speaker
from helpers.publish.languages import every
from helpers.publish.rendering import render
from helpers.swap import beside

TEMPLATES = BOOK / "slides"
DIRECTION = re.compile(r"</?div[^>]*>")
NOTEBOOK_LINK = re.compile(r'(<a href="[\w-]+)\.ipynb([#"])')
REVEAL = ("reset.css", "reveal.css", "reveal.js")
STARTS = {"slide", "subslide"}


class SlidesError(BuildError):
    """The decks cannot be made; the message says why."""


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
    SlidesError
        If a link leads nowhere; the message names it.
    helpers.publish.assets.AssetError
        If the packages from npm are not installed.
    """
    assets.require_node_modules()
    target = folder / "slides"
    with beside(target) as unfinished:
        decks = _write(folder, unfinished)
        found = links.faults(unfinished)
        if found:
            raise SlidesError("\n".join(["broken links:", *found]))
    return [target / deck.relative_to(unfinished) for deck in decks]


def _write(folder: Path, target: Path) -> list[Path]:
    """Write the decks, and what they ask for, into a folder that is not there yet."""
    _copy_assets(target / "assets")
    assets.copy_licences(target)
    shutil.copytree(folder / "figures", target / "figures", ignore=_not_for_a_wall)
    decks = []
    for lang in every():
        (target / lang.code).mkdir()
        for notebook in sorted((folder / "notebooks" / lang.code).glob("*.ipynb")):
            deck = target / lang.code / f"{notebook.stem}.html"
            deck.write_text(compose(notebook, lang), encoding="utf-8")
            decks.append(deck)
    return decks


def _not_for_a_wall(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if "." in name and not name.endswith(f"{WALL}.svg")]


def _copy_assets(folder: Path) -> None:
    folder.mkdir(parents=True)
    files = [NODE_MODULES / "reveal.js" / "dist" / name for name in REVEAL]
    files += [BOOK / "static" / "faces.css", TEMPLATES / "slides.css", TEMPLATES / "slides.js"]
    for file in files:
        shutil.copy(file, folder)
    notes = (NODE_MODULES / "reveal.js" / "dist" / "plugin" / "notes.js").read_text("utf-8")
    for lang in every():
        script = folder / f"notes.{lang.code}.js"
        script.write_text(speaker.window(notes, lang), encoding="utf-8")
    assets.copy_fonts(folder)
    (folder / assets.PALETTE_FILE).write_text(assets.palette_style(), encoding="utf-8")


def compose(notebook: Path, lang: Language) -> str:
    """Return the deck of a notebook as HTML.

    Parameters
    ----------
    notebook : Path
        An executed notebook.
    lang : Language
        Its language.

    Returns
    -------
    str
        A page that asks for the files beside it only.
    """
    content: NotebookNode = nbformat.read(notebook, as_version=4)
    for cell in content.cells:
        if cell.cell_type == "code":
            cell.metadata.pictured = any(shown.is_picture(output) for output in cell.outputs)
            cell.outputs = [_output(figure, lang) for figure in shown.figures(cell.outputs)]
    content.cells = pictures_first(content.cells)
    about = {
        "code": lang.code,
        "direction": lang.direction,
        "title": load("notebooks").set_index("notebook_id").at[notebook.stem, lang.column("title")],
        "words": json.dumps(control_words(lang), ensure_ascii=False),
    }
    text, _ = _exporter().from_notebook_node(content, resources={"deck": about})
    return str(text)


def pictures_first(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Return cells so that a picture has its slide to itself.

    What a heading and its line say on the slide of a picture goes into the notes of that slide: the
    picture has its own title, and needs all the room to be read from afar.
    """
    ordered: list[NotebookNode] = []
    for cell in cells:
        last = ordered[-1] if ordered else None
        if cell.metadata.get("pictured") and _type(cell) == "-" and last and _type(last) in STARTS:
            cell.metadata.slideshow = {"slide_type": _type(last)}
            last.metadata.slideshow = {"slide_type": "notes"}
            ordered.insert(-1, cell)
        else:
            ordered.append(cell)
    return ordered


def _type(cell: NotebookNode) -> str:
    return str(cell.metadata.get("slideshow", {}).get("slide_type", "-"))


@functools.cache
def _exporter() -> Any:
    config = Config()
    config.SlidesExporter.template_name = "deck"
    config.SlidesExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.SlidesExporter.exclude_input = True
    exporter: Any = SlidesExporter  # typed in part
    return exporter(config=config, filters={"deck_markdown": _markdown})


def control_words(lang: Language) -> dict[str, str]:
    """Return what the arrows of a deck are called: right leads on in English, back in Arabic."""
    onward, back = lang.phrase("next-slide"), lang.phrase("previous-slide")
    words = {"left": back, "right": onward, "up": back, "down": onward}
    if lang.is_rtl:
        words |= {"left": onward, "right": back}
    return words


def _output(figure: shown.Figure, lang: Language) -> NotebookNode:
    """Return what a slide shows of a figure: picture or table with its caption."""
    html = render(
        "slide_figure.html",
        lang,
        figure=figure.about,
        image=_image(figure, lang),
        table=Markup(figure.table) if figure.table is not None else None,  # escaped by show
    )
    output: NotebookNode = nbformat.v4.new_output("display_data", data={"text/html": html})
    return output


def _image(figure: shown.Figure, lang: Language) -> dict[str, str] | None:
    if figure.picture is None:
        return None
    return {"src": f"../figures/{lang.code}/{figure.id}{WALL}.svg", "alt": figure.picture["alt"]}


@functools.cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _markdown(source: str) -> str:
    """Render the Markdown of a cell; the page has the direction already.

    A link to another notebook leads to its deck.
    """
    html = _renderer().render(DIRECTION.sub("", source))
    return NOTEBOOK_LINK.sub(r"\1.html\2", html)
