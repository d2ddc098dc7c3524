"""The short handout of a notebook: key figures, key points, questions with lines, sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bs4 import Tag
from markupsafe import Markup

from helpers.data import load
from helpers.language import Language
from helpers.paths import WALL
from helpers.publish import prose, reading_tables, shown
from helpers.publish.rendering import render
from helpers.publish.sheets.numbered import Numbered, of_text
from helpers.publish.targets import targets

# Lines to write on under a question.
LINES = 4
# A chart that is higher than this, by its width, is printed as on a wall: with fewer rows.
HIGHEST = 1.2


def handout(notebook: Path, figures: str, lang: Language) -> tuple[str, str]:
    """Return title and content of the handout of an executed notebook.

    Parameters
    ----------
    notebook : Path
        The notebook, with its outputs.
    figures : str
        Where the pictures lie, seen from the sheet.
    lang : Language
        Its language.

    Returns
    -------
    tuple of str
        Title, and HTML.
    """
    cells = cells_of(notebook)
    row = load("notebooks").set_index("notebook_id").loc[notebook.stem]
    sources = Numbered(lang)
    values = {
        "summary": row[lang.column("summary")],
        "figures": [_figure(figure, sources, figures, lang) for figure in key_figures(notebook)],
        "points": [_point(item, sources, lang) for item in prose.items(cells, prose.KEY_POINTS)],
        "questions": [_said(item, lang) for item in prose.items(cells, prose.QUESTIONS)],
        "lines": range(LINES),
        "sources": sources,
    }
    return str(row[lang.column("title")]), render("sheet_handout.html", lang, **values)


def cells_of(notebook: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook as its file holds them."""
    return list(json.loads(notebook.read_text(encoding="utf-8"))["cells"])


def key_figures(notebook: Path) -> list[shown.Figure]:
    """Return the figures of a notebook that its handout prints, in the order of the notebook."""
    chosen = set(load("handout_figures")["figure_id"])
    outputs = [cell.get("outputs", []) for cell in cells_of(notebook)]
    found = [figure for listed in outputs for figure in shown.figures(listed)]
    return [figure for figure in found if figure.id in chosen]


def _figure(
    figure: shown.Figure, sources: Numbered, figures: str, lang: Language
) -> dict[str, Any]:
    about = figure.about
    return {
        "label": about["label"],
        "finding": about["finding"],
        "caption": about["caption"],
        "src": f"{figures}/{picture_file(figure)}",
        "alt": figure.picture["alt"] if figure.picture else "",
        "table": _table(figure.table, lang),
        "numbers": sources.cite(about["sources"]),
    }


def _table(table: Tag | None, lang: Language) -> Markup | None:
    """Return a table as it is printed, with a conclusion named as in the points below it."""
    return reading_tables.worded(table, targets(), lang) if table is not None else None


def picture_file(figure: shown.Figure) -> str:
    """Return the name of the picture that a sheet prints of a figure."""
    size = figure.picture or {}
    high = size.get("height", 0) > HIGHEST * size.get("width", 1)
    return f"{figure.id}{WALL if high else ''}.svg"


def _point(item: str, sources: Numbered, lang: Language) -> dict[str, Any]:
    return {"text": _said(item, lang), "numbers": sources.cite(of_text(item))}


def _said(item: str, lang: Language) -> str:
    return prose.html(item, targets(), lang, linked=False)
