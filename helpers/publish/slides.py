"""Make a deck of slides from every executed notebook that has the cells of one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat

from helpers.data import load
from helpers.data.holding import held
from helpers.errors import BuildError
from helpers.language import Language
from helpers.paths import BOOK, NODE_MODULES, WALL
from helpers.publish import assets, deck, links, shown, speaker
from helpers.publish.entries.rows import rows
from helpers.publish.languages import every
from helpers.publish.projected import Projector
from helpers.publish.rendering import render
from helpers.swap import beside

TEMPLATES = BOOK / "slides"
REVEAL = ("reset.css", "reveal.css", "reveal.js")


class SlidesError(BuildError):
    """The decks cannot be made; the message says why."""


@held()
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
        If a deck lacks something, or a link leads nowhere; the message names cell or link.
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
            if text := compose(notebook, lang):
                decks.append(target / lang.code / f"{notebook.stem}.html")
                decks[-1].write_text(text, encoding="utf-8")
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
        A page that asks for the files beside it only; nothing if no cell is a slide.

    Raises
    ------
    SlidesError
        If a slide lacks something, or stands where it should not; the message names its cell.
    """
    cells = nbformat.read(notebook, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    figures = {figure.id: figure for figure in shown.figures(outputs)}
    slides = deck.read(cells)
    if not slides:
        return ""
    projector = Projector(figures, lang)
    found = deck.faults(slides, figures, lang) + projector.faults(slides)
    if found:
        raise SlidesError("\n".join(f"{lang.code}/{notebook.stem}, {fault}" for fault in found))
    (row,) = (row for row in rows(load("notebooks")) if row["notebook_id"] == notebook.stem)
    return render(
        "deck.html",
        lang,
        title=row[lang.column("title")],
        slides=projector.deck(slides, row),
        words=json.dumps(control_words(lang), ensure_ascii=False),
    )


def control_words(lang: Language) -> dict[str, str]:
    """Return what the buttons of a deck are called: right leads on in English, back in Arabic."""
    onward, back = lang.phrase("next-slide"), lang.phrase("previous-slide")
    words = {"left": back, "right": onward, "up": back, "down": onward}
    if lang.is_rtl:
        words |= {"left": onward, "right": back}
    return words | {"resume": lang.phrase("deck-resume")}
