"""Adapt a notebook, as it is read, from JupyterLab to the book.

The slides at its end stay out. Code is folded; the block of direction round a cell is taken away,
since it would break the nesting of sections; cells are targets by their id, the same in both
languages; a picture and the lines under it become one figure.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from helpers.data import load
from helpers.data.holding import remembered
from helpers.language import Language
from helpers.publish import deck, facets, live, marks, reading_tables, reasoning, shown
from helpers.publish.entries.rows import rows
from helpers.publish.languages import language_of_name
from helpers.publish.rendering import render
from helpers.publish.targets import (
    DICTIONARY,
    EVERY_TABLE,
    KINDS,
    Link,
    Targets,
    linked_id,
    picture_file,
    targets,
)
from helpers.tables.base import citation_of

# A cell as the file of a notebook holds it.
Cell = dict[str, Any]

logger = logging.getLogger(__name__)
WRAPPED = re.compile(r'\s*<div dir="(?:rtl|ltr)"[^>]*>\n(.*)\n</div>\s*', re.DOTALL)
# What these cells print speaks to readers of JupyterLab.
SILENT = {"setup"}
# A figure that rests on these speaks of claims and how they stand.
JUDGING = {"claims", "checks"}


def read_notebook(app: Sphinx, docname: str, source: list[str]) -> None:
    """Rewrite the source of a notebook."""
    if Path(app.env.doc2path(docname)).suffix != ".ipynb":
        return
    notebook = json.loads(source[0])
    lang = Language(app.config.language)
    known = live.targets_of_marks(targets())
    figures = Path(app.srcdir).parents[1] / "figures" / lang.code
    notebook["cells"] = [cell for cell in notebook["cells"] if not _of_deck(cell)]
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "markdown":
            cell["source"] = prose(cell, docname) + (download(docname, lang) if not number else "")
        else:
            cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), "hide-input"]
            if cell["id"] in SILENT:
                cell["outputs"] = []
            merge_outputs(cell, f"{docname}, cell {cell['id']}", lang, known, figures)
    source[0] = json.dumps(notebook, ensure_ascii=False)


def _of_deck(cell: Cell) -> bool:
    """Return whether a cell is the source of slides, which a page does without."""
    return not {deck.TAG, deck.SECTION}.isdisjoint(cell["metadata"].get("tags", []))


def prose(cell: Cell, docname: str) -> str:
    """Return the Markdown of a cell, with page and id of the cell as target of its heading.

    The target has a prefix, since figures have ids of their own on the same page.
    """
    text = "".join(cell["source"])
    if wrapped := WRAPPED.fullmatch(text):
        text = wrapped[1]
    if re.match(r"\s*##", text):
        text = f"(section-{docname}-{cell['id']})=\n{text.lstrip()}"
    return text


def download(docname: str, lang: Language) -> str:
    """Return a line with the notebook in every language, to stand under its title."""
    line = render("notebook_download.html", lang, files=marks.notebook_files(docname))
    return f"\n\n{line}"


def merge_outputs(cell: Cell, place: str, lang: Language, known: Targets, figures: Path) -> None:
    """Turn the outputs of a cell into figures: picture or table, caption, description, sources."""
    outputs = cell["outputs"]
    for fault in shown.faults(outputs):
        logger.warning("%s in %s", fault, place)
    merged = []
    for output in outputs:
        if item := shown.figure_of(output, outputs):
            html = figure(item, lang, known, figures)
            merged.append({**output, "data": {"text/html": html}})
        elif not shown.is_picture(output):
            merged.append(output)
    cell["outputs"] = merged


def figure(item: shown.Figure, lang: Language, known: Targets, figures: Path) -> str:
    """Return a figure as HTML: every identifier and every mark leads to where it is explained."""
    groups = {
        "passages": linked(item.about["passages"], known, lang, KINDS["passages"]),
        "data": data_of(item, known, lang),
        "claims-all": listed_claims(item, lang),
    }
    drawing = picture(item, known, figures)
    file = live.file_of(figures, item.id)
    return render(
        "figure.html",
        lang,
        figure=item.about,
        groups=[(name, group) for name, group in groups.items() if group],
        sources=named_sources(item.about["sources"], known, lang),
        live=drawing,
        asked=drawing and Markup(reasoning.form(file, lang)),
        argument=drawing and Markup(reasoning.listed(file, known, lang)),
        large=picture_file(item.id, lang.code, "svg"),
        table=item.table and reading_tables.prepared(item.table, known, lang),
        folded=item.table and reading_tables.summary(item.table, lang),
        pictures=marks.chart_files(item.id) if item.picture is not None else [],
    )


def linked(
    identifiers: list[str], known: Targets, lang: Language, kinds: tuple[str, ...]
) -> list[Link]:
    """Return identifiers with their addresses; one that is explained nowhere is a fault."""
    links = [linked_id(identifier, known, lang, kinds) for identifier in identifiers]
    for link in links:
        if link.address is None:
            logger.warning("nothing to link %s to", link.text)
    return links


def data_of(item: shown.Figure, known: Targets, lang: Language) -> list[Link]:
    """Return the tables that a figure rests on; the dictionary if it rests on all of them."""
    if item.about["tables"] == [EVERY_TABLE]:
        return [Link(lang.phrase("data-dictionary"), DICTIONARY, False)]
    return linked(item.about["tables"], known, lang, KINDS["tables"])


def listed_claims(item: shown.Figure, lang: Language) -> list[Link]:
    """Return the way to the claims of the figure's sections in the list, if it judges claims."""
    if not JUDGING.issubset(item.about["tables"]):
        return []
    sections = dict.fromkeys(name.partition(".")[0] for name in item.about["passages"])
    address = facets.CLAIMS.address(section=sections, occurrence=facets.FIRST)
    return [Link(lang.phrase("claims-listed"), address, is_identifier=False)]


def named_sources(source_ids: list[str], known: Targets, lang: Language) -> list[Link]:
    """Return sources by publisher and year, each leading to its entry."""
    named = _citations(lang)
    links = linked(source_ids, known, lang, KINDS["sources"])
    return [
        Link(name, link.address, False, language=language_of_name(name))
        for link in links
        for name in [named.get(link.text, link.text)]
    ]


@remembered
def _citations(lang: Language) -> dict[str, str]:
    sources = load("sources").rename(columns=lambda field: f"source_{field}")
    return {row["source_source_id"]: citation_of(row, lang) for row in rows(sources)}


def picture(item: shown.Figure, known: Targets, figures: Path) -> Markup | None:
    """Return a chart as a part of the page; None for a table. One that is missing is a fault."""
    if item.picture is None:
        return None
    file = live.file_of(figures, item.id)
    if not file.is_file():
        logger.warning("%s: no picture %s to be a part of the page", item.id, file.name)
        return None
    about = {"aria-label": item.about["label"], "aria-describedby": f"{item.id}-said"}
    try:
        return live.picture(file, known, about)
    except live.MarkError as error:
        logger.warning("%s", error)
        return None


class SectionsApart(SphinxTransform):
    """Take from the sections the ids that figures have; those of their cells stay."""

    default_priority = 700

    def apply(self) -> None:
        """Drop the ids that a heading makes of its words where a figure is called so."""
        figures = set(targets()["figures"])
        for section in self.document.findall(nodes.section):
            own = [name for name in section["ids"] if name not in figures]
            section["ids"] = own or [f"section-{name}" for name in section["ids"]]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the reader."""
    app.connect("source-read", read_notebook)
    app.add_transform(SectionsApart)
    return {"parallel_read_safe": True}
