"""Show a chart or a table with its caption, its description and what it rests on."""

from __future__ import annotations

import io
import os
from html import escape
from pathlib import Path

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure

from helpers import theme
from helpers.data import load
from helpers.language import Language
from helpers.paths import FIGURES_VARIABLE
from helpers.tables import Table

CSS_PIXELS_PER_INCH = 96


def show(item: Figure | Table, figure_id: str, lang: Language) -> None:
    """Show a figure or table with the text that ``figures.csv`` holds for it.

    A chart gives a picture, whose alternative text is the description, and under it one piece of
    HTML with the caption, the description and a line on passages, data and sources. A table gives
    one piece of HTML. If the environment variable ``SUMMIT_FIGURES`` names a folder, the picture is
    saved there too, as PNG and SVG.

    Parameters
    ----------
    item : matplotlib.figure.Figure or Table
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
        If a chart is shown as a table, or a table as a chart.
    """
    texts = _texts(figure_id)
    if (texts["kind"] == "chart") != isinstance(item, Figure):
        raise TypeError(
            f"{figure_id} is a {texts['kind']} in figures.csv, not a {type(item).__name__}"
        )
    description = describe(item, texts, lang)
    if isinstance(item, Figure):
        _show_picture(item, texts, description, lang)
        parts = [_caption(texts, lang), _paragraph(escape(description))]
    else:
        parts = [_caption(texts, lang), item.to_html(), _paragraph(escape(description))]
    parts.append(_footer(item, texts, lang))
    opening = f'<div id="{figure_id}" dir="{lang.direction}" lang="{lang.code}">'
    html = "\n".join([opening, *parts, "</div>"])
    display({"text/html": html, "text/plain": description}, raw=True)


def _texts(figure_id: str) -> pd.Series:
    figures = load("figures").set_index("figure_id")
    if figure_id not in figures.index:
        raise KeyError(
            f"no figure {figure_id!r} in figures.csv; figures: {', '.join(figures.index)}"
        )
    return figures.loc[figure_id]


def describe(item: Figure | Table, texts: pd.Series, lang: Language) -> str:
    """Return the description with its named fields filled."""
    return lang.number_text(lang.pick(texts, "description").format(**item.description_fields))


def _show_picture(figure: Figure, texts: pd.Series, description: str, lang: Language) -> None:
    theme.frame(figure, *(lang.pick(texts, stem) for stem in ("title", "subtitle", "credit")))
    picture = io.BytesIO()
    theme.save(figure, picture, "png")
    width, height = (round(inches * CSS_PIXELS_PER_INCH) for inches in figure.get_size_inches())
    folder = os.environ.get(FIGURES_VARIABLE)
    if folder:
        for kind in ("png", "svg"):
            path = Path(folder) / f"{texts.name}.{kind}"
            path.parent.mkdir(parents=True, exist_ok=True)
            theme.save(figure, path, kind)
    about = {"alt": description, "width": width, "height": height}
    display({"image/png": picture.getvalue()}, metadata={"image/png": about}, raw=True)


def _caption(texts: pd.Series, lang: Language) -> str:
    number = f"{lang.label('figures', 'kind', texts['kind'])} {lang.number(texts['number'])}."
    caption = lang.number_text(lang.pick(texts, "caption"))
    return _paragraph(f"<strong>{escape(number)}</strong> {escape(caption)}")


def _paragraph(html: str) -> str:
    # JupyterLab would align it to the left in every language.
    return f'<p style="text-align:start">{html}</p>'


def _footer(item: Figure | Table, texts: pd.Series, lang: Language) -> str:
    """Return the line on passages, data and sources; ids stay as they are."""
    ids = {"passages": texts["passage_ids"].split(), "data": texts["tables"].split()}
    sources = getattr(item, "sources", ())
    if sources:
        ids["sources"] = list(sources)
    parts = [
        f'<span data-kind="{name}">{escape(lang.phrase(name))}: '
        + " ".join(f'<bdi dir="ltr">{escape(identifier)}</bdi>' for identifier in known)
        + "</span>"
        for name, known in ids.items()
    ]
    return _paragraph(f"<small>{' · '.join(parts)}</small>")
