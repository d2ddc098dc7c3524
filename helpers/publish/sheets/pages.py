"""Write the sheets as pages that stand alone, beside what else can be downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from helpers.data import load
from helpers.data.holding import held
from helpers.language import Language
from helpers.publish import paper
from helpers.publish.languages import every
from helpers.publish.rendering import render
from helpers.publish.sheets import handouts, ticket, worksheet

WORKSHEET, ANSWER_KEY, EXIT_TICKET = "worksheet", "answer-key", "exit-ticket"
# The sheets of a class, by the names of their titles; the others are handouts of notebooks.
OF_A_CLASS: dict[str, Callable[[Language], str]] = {
    WORKSHEET: worksheet.worksheet,
    ANSWER_KEY: worksheet.answers,
    EXIT_TICKET: ticket.ticket,
}
# From a sheet to the static files of the book and to the pictures.
STATIC, PICTURES = "../../../{code}/_static", "pictures"


def names() -> list[str]:
    """Return the names of the sheets: those of a class, then the notebooks in reading order.

    There is none of a class where nothing is set for a seminar to check or to code.
    """
    is_set = not (load("lab_claims").empty and load("lab_items").empty)
    of_seminar = OF_A_CLASS if is_set else ()
    return [*of_seminar, *load("notebooks").sort_values("order")["notebook_id"]]


@held()
def write(build: Path, target: Path) -> list[Path]:
    """Write every sheet in every language.

    Parameters
    ----------
    build : Path
        The build folder: holds ``notebooks``.
    target : Path
        Receives the pages, a folder a language; two folders below the book.

    Returns
    -------
    list of Path
        The pages.
    """
    written = []
    for lang in every():
        (target / lang.code).mkdir(parents=True)
        _copy_pictures(build, target, lang)
        for name in names():
            page = target / lang.code / f"{name}.html"
            page.write_text(compose(name, build, lang) + "\n", encoding="utf-8")
            written.append(page)
    return written


def compose(name: str, build: Path, lang: Language) -> str:
    """Return a sheet as a whole page.

    Parameters
    ----------
    name : str
        One of :func:`names`.
    build : Path
        The build folder.
    lang : Language
        Language of the sheet.
    """
    title, content = _content(name, build, lang)
    values = {
        "title": title,
        "content": content,
        "margins": paper.margins(title, lang),
        "static": STATIC.format(code=lang.code),
    }
    return render("sheet.html", lang, **values)


def _content(name: str, build: Path, lang: Language) -> tuple[str, str]:
    if name in OF_A_CLASS:
        return lang.phrase(name), OF_A_CLASS[name](lang)
    notebook = build / "notebooks" / lang.code / f"{name}.ipynb"
    return handouts.handout(notebook, PICTURES, lang)


def _copy_pictures(build: Path, target: Path, lang: Language) -> None:
    """Put the pictures of the handouts beside them, so that the folder can be taken along."""
    folder = target / lang.code / PICTURES
    folder.mkdir()
    for notebook in load("notebooks")["notebook_id"]:
        shown = handouts.key_figures(build / "notebooks" / lang.code / f"{notebook}.ipynb")
        for figure in (figure for figure in shown if figure.picture):
            name = handouts.picture_file(figure)
            shutil.copy(build / "figures" / lang.code / name, folder / name)
