"""Adapt a notebook, as it is read, from JupyterLab to the book.

Code is folded; the block of direction round a cell is taken away, since it would break the nesting
of sections; cells are targets by their id, the same in both languages; a picture and the lines
under it become one figure.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from sphinx.application import Sphinx
from sphinx.util import logging

from helpers.language import LOCALES, Language
from helpers.publish import targets
from helpers.publish.pages import figure_links, name_of, notebook_link
from helpers.tables.base import source_label

logger = logging.getLogger(__name__)
WRAPPED = re.compile(r'\s*<div dir="(?:rtl|ltr)"[^>]*>\n(.*)\n</div>\s*', re.DOTALL)
PICTURES = "../downloads/figures"
# What these cells print speaks to readers of JupyterLab.
SILENT = {"setup"}


def read_notebook(app: Sphinx, docname: str, source: list[str]) -> None:
    """Rewrite the source of a notebook."""
    if Path(app.env.doc2path(docname)).suffix != ".ipynb":
        return
    notebook = json.loads(source[0])
    lang = Language(app.config.language)
    known = targets.targets()
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "markdown":
            cell["source"] = prose(cell, docname) + (download(docname, lang) if not number else "")
        else:
            cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), "hide-input"]
            if cell["id"] in SILENT:
                cell["outputs"] = []
            merge_outputs(cell, f"{docname}, cell {cell['id']}", lang, known)
    source[0] = json.dumps(notebook, ensure_ascii=False)


def prose(cell: dict, docname: str) -> str:
    """Return the Markdown of a cell, with page and id of the cell as target of its heading."""
    text = "".join(cell["source"])
    if wrapped := WRAPPED.fullmatch(text):
        text = wrapped[1]
    if re.match(r"\s*##", text):
        text = f"({docname}-{cell['id']})=\n{text.lstrip()}"
    return text


def download(docname: str, lang: Language) -> str:
    """Return a line with the notebook in every language, to stand under its title."""
    links = " · ".join(
        f'<span lang="{code}">{notebook_link(docname, code, name_of(code))}</span>'
        for code in LOCALES
    )
    return f'\n\n<p class="note">{escape(lang.phrase("download-notebook"))}: {links}</p>'


def merge_outputs(cell: dict, place: str, lang: Language, known: dict) -> None:
    """Turn the outputs of a cell into figures: picture, caption, description, source line."""
    picture: dict | None = None
    merged = []
    for output in cell["outputs"]:
        data = output.get("data", {})
        if "image/png" in data:
            picture = output.get("metadata", {}).get("image/png", {})
            if not picture.get("alt"):
                logger.warning("figure without alt text in %s", place)
        elif 'data-kind="data"' in (html := "".join(data.get("text/html", ""))):
            data["text/html"] = figure(html, picture, lang, known)
            data.pop("text/plain", None)
            merged.append(output)
            picture = None
        else:
            merged.append(output)
    if picture is not None:
        logger.warning("figure without caption in %s", place)
    cell["outputs"] = merged


def figure(html: str, picture: dict | None, lang: Language, known: dict) -> str:
    """Return picture or table, caption, description and source line as one figure."""
    block = BeautifulSoup(html, "html.parser").div
    link_identifiers(block, known)
    figure_id = block["id"]
    tables = [table.extract() for table in block.find_all("table", recursive=False)]
    sources = _folded_sources(block, lang)
    text = [str(paragraph) for paragraph in block.find_all("p", recursive=False)] + sources
    if picture is not None:
        links = f"{escape(lang.phrase('picture'))}: {_picture_links(figure_id)}"
        text.append(f'<p class="picture"><small>{links}</small></p>')
    caption = "\n".join(["<figcaption>", *text, "</figcaption>"])
    if picture is not None:
        parts = [_image(figure_id, picture, lang), caption]
    else:
        parts = [
            caption,
            *(f'<div class="pst-scrollable-table-container">{t}</div>' for t in tables),
        ]
    return "\n".join([f'<figure id="{escape(figure_id)}" class="shown">', *parts, "</figure>"])


def _folded_sources(block: Tag, lang: Language) -> list[str]:
    """Take the sources out of the source line; they are a list to open, each by its publisher."""
    group = block.find(attrs={"data-kind": "sources"})
    if group is None:
        return []
    links = [
        f'<li><a href="{escape(link["href"])}"><bdi dir="ltr">'
        f"{escape(source_label(link.get_text()))}</bdi></a></li>"
        for link in group.find_all("a")
    ]
    if str(group.previous_sibling).strip() == "·":
        group.previous_sibling.extract()
    group.extract()
    heading = escape(f"{lang.phrase('sources')} ({lang.number(len(links))})")
    opening = f'<details class="sources"><summary>{heading}</summary>'
    return [f"{opening}\n<ul>{''.join(links)}</ul></details>"]


def _image(figure_id: str, picture: dict, lang: Language) -> str:
    about = {"src": f"{PICTURES}/{lang.code}/{figure_id}.png", **picture}
    return str(BeautifulSoup("", "html.parser").new_tag("img", attrs=about))


def _picture_links(figure_id: str) -> str:
    return " · ".join(
        f'<span lang="{code}">{name_of(code)}</span>: {figure_links(figure_id, code)}'
        for code in LOCALES
    )


def link_identifiers(block: Tag, known: dict) -> None:
    """Make the identifiers of the source line, and those in the cells of a table, into links."""
    new_tag = BeautifulSoup("", "html.parser").new_tag
    for tag in block.find_all(["bdi", "code"]):
        if tag.find("code"):
            continue
        group = tag.find_parent(attrs={"data-kind": True})
        kinds = targets.KINDS[group["data-kind"]] if group else targets.ANYWHERE
        address = targets.target_of(tag.get_text(), known, kinds)
        if address:
            tag.wrap(new_tag("a", href=address))
        elif group:
            logger.warning("nothing to link %s to", tag.get_text())


def setup(app: Sphinx) -> dict:
    """Connect the reader."""
    app.connect("source-read", read_notebook)
    return {"parallel_read_safe": True}
