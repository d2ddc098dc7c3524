"""Show a chart or a table with its caption, its description and what it rests on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from IPython.display import display

from helpers import figures, theme
from helpers.charts.base import Chart
from helpers.figures import FigureTexts
from helpers.language import Language, taking_codes
from helpers.paths import FIGURES_VARIABLE, LIVE, WALL


@runtime_checkable
class ShownTable(Protocol):
    """What is asked of a table; :class:`helpers.tables.Table` has it."""

    @property
    def lang(self) -> Language:
        """Language of the table."""

    @property
    def fields(self) -> Mapping[str, object]:
        """Values of the named fields of its description."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that it rests on."""

    @property
    def cites(self) -> bool:
        """Whether its rows name their sources themselves."""

    def to_html(self) -> str:
        """Return the table as HTML."""


@taking_codes
def show(item: Chart | ShownTable, figure_id: str, lang: Language) -> None:
    """Show a chart or table with the text that ``figures.csv`` holds for it.

    A chart gives a picture, headed by what it finds, whose alternative text is that finding and the
    description, and under it one piece of HTML with the caption, the description and a line on
    passages, data and sources. A table gives
    one piece of HTML. If the environment variable ``HELPERS_FIGURES`` names a folder, the very
    picture is written there too, and the same drawing as SVG: of outlines, of text with links for
    marks, and at the size of a slide.

    The metadata of each output name the figure under ``"summit"``; those of the HTML hold its
    texts and ids as well, plain, for whoever makes a page or a slide of it. Showing an item leaves
    it as it was.

    Parameters
    ----------
    item : Chart or Table
        What a function of :mod:`helpers.charts` or :mod:`helpers.tables` returned.
    figure_id : str
        Row of ``figures.csv``.
    lang : Language
        Language of the notebook.

    Raises
    ------
    KeyError
        If there is no such figure.
    TypeError
        If the item is neither chart nor table, or a chart is shown as a table or the other way.
    ValueError
        If the item is in another language, or lacks a field that a text of the figure names.
    """
    _refuse_what_does_not_fit(item, figure_id, lang)
    texts = figures.texts(figure_id, item.fields, lang, item.sources)
    table = "" if isinstance(item, Chart) else item.to_html()
    if isinstance(item, Chart):
        _show_picture(item, texts)
    metadata = {"summit": _about(item, texts)}
    bundle = {"text/html": _html(item, texts, table), "text/plain": texts.alternative}
    display(bundle, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]  # IPython does not type it


def _refuse_what_does_not_fit(item: object, figure_id: str, lang: Language) -> None:
    kind = "chart" if isinstance(item, Chart) else "table"
    if not isinstance(item, Chart | ShownTable):
        raise TypeError(
            f"{figure_id}: expected a chart of helpers.charts or a table of helpers.tables, "
            f"got a {type(item).__name__}"
        )
    known = figures.kind(figure_id)
    if kind != known:
        raise TypeError(f"{figure_id} is a {known} in figures.csv, not a {type(item).__name__}")
    if item.lang != lang:
        raise ValueError(f"{figure_id} is made in {item.lang}, and shown in {lang}")


def _show_picture(chart: Chart, texts: FigureTexts) -> None:
    """Display the framed picture, and write it where the build asks for it; drawn once."""
    folder = os.environ.get(FIGURES_VARIABLE)
    with theme.framed(chart.figure, chart.lang, chart.size, *texts.frame) as figure:
        picture = theme.encoded(figure, "png")
        inches = figure.get_size_inches()
        if folder:
            _write(Path(folder) / f"{texts.figure_id}.png", picture)
            _write(Path(folder) / f"{texts.figure_id}.svg", theme.encoded(figure, "svg"))
            around = theme.frame_heights(figure, chart.lang, chart.size, *texts.frame)
            live = theme.linked(figure, chart.marks, chart.targets, around)
            _write(Path(folder) / f"{texts.figure_id}{LIVE}.svg", live)
            _write_for_a_wall(chart, texts.figure_id, Path(folder))
    width, height = (round(side * theme.CSS_PIXELS_PER_INCH) for side in inches)
    about = {"alt": texts.alternative, "width": width, "height": height}
    metadata = {"image/png": about, "summit": {"figure": texts.figure_id}}
    bundle = {"image/png": picture}
    display(bundle, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]  # IPython does not type it


def _write_for_a_wall(chart: Chart, figure_id: str, folder: Path) -> None:
    """Write the same chart, drawn anew for a slide, which has the words round it itself."""
    wall = chart.at("projecting")
    with theme.on_a_slide(wall.figure, wall.lang, wall.size) as figure:
        _write(folder / f"{figure_id}{WALL}.svg", theme.encoded(figure, "svg"))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _about(item: Chart | ShownTable, texts: FigureTexts) -> dict[str, Any]:
    """Return what a page or a slide needs to know of a figure, as plain values."""
    return {
        "figure": texts.figure_id,
        "kind": texts.kind,
        "label": texts.label,
        "title": texts.title,
        "finding": texts.finding,
        "subtitle": texts.subtitle,
        "caption": texts.caption,
        "description": texts.description,
        "credit": texts.credit,
        "passages": list(texts.passages),
        "tables": list(texts.tables),
        "sources": list(item.sources),
    }


def _html(item: Chart | ShownTable, texts: FigureTexts, table: str) -> str:
    lang = item.lang
    caption = f"<strong>{escape(texts.label)}.</strong> {lang.markup(escape(texts.caption))}"
    parts = [
        f'<div id="{texts.figure_id}" dir="{lang.direction}" lang="{lang.code}">',
        _paragraph(caption),
        table,
        _paragraph(lang.markup(escape(texts.description))),
        _footer(item, texts),
        "</div>",
    ]
    return "\n".join(part for part in parts if part)


def _paragraph(html: str) -> str:
    # JupyterLab would align it to the left in every language.
    return f'<p style="text-align:start">{html}</p>'


def _footer(item: Chart | ShownTable, texts: FigureTexts) -> str:
    """Return the line on passages, data and sources; ids stay as they are.

    Under a table that cites them row by row, a list of thirty sources would only be in the way.
    """
    sources = () if isinstance(item, ShownTable) and item.cites else item.sources
    ids = {"passages": texts.passages, "data": texts.tables, "sources": sources}
    parts = [
        f'<span data-kind="{name}">{escape(item.lang.phrase(name))}: '
        + " ".join(f'<bdi dir="ltr">{escape(identifier)}</bdi>' for identifier in known)
        + "</span>"
        for name, known in ids.items()
        if known
    ]
    return _paragraph(f"<small>{' · '.join(parts)}</small>")
