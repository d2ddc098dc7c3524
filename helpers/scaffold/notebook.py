"""Lay out a notebook in every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.data.languages import schema_language
from helpers.language import LOCALES, Language
from helpers.paths import ROOT
from helpers.publish import deck
from helpers.publish.execute import as_text
from helpers.publish.languages import every, own_name
from helpers.publish.run import METADATA
from helpers.scaffold.files import columns, free, named, read_rows, table_text, to_write
from helpers.swap import write_all

NOTEBOOK_NAME = r"\d\d_[a-z0-9_]+"


def new_notebook(name: str, root: Path = ROOT) -> list[Path]:
    """Lay out a notebook in every language with the outline that all share, and its row.

    Parameters
    ----------
    name : str
        Name of the file without ending, such as ``"05_evidence"``.
    root : Path
        Folder of the project.

    Returns
    -------
    list of Path
        The files that were written or changed, those to fill first.

    Raises
    ------
    ScaffoldError
        If the name is no name of a notebook, or is taken.
    """
    named(name, NOTEBOOK_NAME, "a notebook", "05_evidence")
    listed = root / "data" / "reference" / "notebooks.csv"
    rows = read_rows(listed)
    free(name, [row["notebook_id"] for row in rows], "a notebook")
    files = {
        root / "notebooks" / code / f"{name}.ipynb": as_text(_notebook(code), METADATA)
        for code in LOCALES
    }
    names = columns(listed)
    row = dict.fromkeys(names, "") | {
        "notebook_id": name,
        "order": str(len(rows)),
        "minutes": "20",
    }
    for stem in ("title", "summary"):
        row |= {f"{stem}_{code}": to_write(stem, code) for code in LOCALES}
    files[listed] = table_text(names, sorted([*rows, row], key=lambda one: one["notebook_id"]))
    readme = root / "README.md"
    files[readme] = _with_row(readme.read_text(encoding="utf-8"), name)
    write_all(files)
    return list(files)


SETUP = """from helpers import charts, data, tables
from helpers.language import Language
from helpers.show import show

lang = Language(LANGUAGE)
lang"""
# Cells, whose headings are phrases, and what they are in a presentation.
OUTLINE = {
    "not-said": "slide",
    "key-points": "slide",
    "questions": "slide",
    "exercise": "slide",
    "sources": "skip",
}
SLIDES = ("agenda", "takeaway")


def _notebook(code: str) -> NotebookNode:
    cells = [
        prose_cell(
            "title", f"# {to_write('title', code)}\n\n{to_write('lead', code)}", code, "slide"
        ),
        code_cell("parameters", f'LANGUAGE = "{code}"', tags=["parameters"]),
        code_cell("setup", SETUP),
    ]
    for cell_id, slide in OUTLINE.items():
        heading = Language(code).phrase(f"outline-{cell_id}")
        cells.append(prose_cell(cell_id, f"## {heading}\n\n{to_write('text', code)}", code, slide))
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=[*cells, *_deck(code)])
    return notebook


def _deck(code: str) -> list[NotebookNode]:
    """Return the first and the last slide, under a heading that JupyterLab shows folded."""
    lang = Language(code)
    about = f"## {lang.phrase('outline-deck')}\n\n{lang.phrase('deck-about')}"
    above = prose_cell("deck", about, code, "skip", tags=[deck.SECTION])
    above.metadata["jp-MarkdownHeadingCollapsed"] = True
    say = deck.opener("deck-say", lang)
    text = f"### {to_write('title', code)}\n\n---\n\n{say} {to_write('text', code)}"
    slides = [
        prose_cell(f"deck-{kind}", text, code, "slide", tags=[deck.TAG, kind, "minutes-2"])
        for kind in SLIDES
    ]
    return [above, *slides]


def in_direction(text: str, direction: str, code: str) -> str:
    """Return prose in a block from the right, where a language is written so: pages know no other.

    Examples
    --------
    >>> in_direction("Goals", "ltr", "en")
    'Goals'
    """
    block = f'<div dir="{direction}" lang="{code}">\n\n{text}\n\n</div>'
    return block if direction == "rtl" else text


def prose_cell(
    cell_id: str, text: str, code: str, slide: str, tags: list[str] | None = None
) -> NotebookNode:
    """Return a cell of prose, in its direction."""
    text = in_direction(text, Language(code).direction, code)
    metadata: dict[str, Any] = {"slideshow": {"slide_type": slide}}
    if tags:
        metadata["tags"] = tags
    cell: NotebookNode = nbformat.v4.new_markdown_cell(text, id=cell_id, metadata=metadata)
    return cell


def code_cell(
    cell_id: str, source: str, slide: str = "skip", tags: list[str] | None = None
) -> NotebookNode:
    """Return a cell of code."""
    metadata: dict[str, Any] = {"slideshow": {"slide_type": slide}}
    if tags:
        metadata["tags"] = tags
    cell: NotebookNode = nbformat.v4.new_code_cell(source, id=cell_id, metadata=metadata)
    return cell


def _with_row(readme: str, name: str) -> str:
    """Return the README with a row for a notebook under those of the others."""
    main = schema_language()
    listed = sorted(every(), key=lambda lang: lang.code != main)
    links = [f"[{own_name(lang)}](notebooks/{lang.code}/{name}.ipynb)" for lang in listed]
    row = f"| {to_write('title', main)} | {' · '.join(links)} | {to_write('summary', main)} |"
    lines = readme.split("\n")
    last = max(number for number, line in enumerate(lines) if f"](notebooks/{main}/" in line)
    return "\n".join([*lines[: last + 1], row, *lines[last + 1 :]])
