"""What a cell of an executed notebook shows: figures, with what its outputs say of them.

``helpers.show`` writes into the metadata of an output which figure it is, and caption, description,
passages, tables and sources as plain text; of the HTML only a table is taken.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag

# An output as the file of a notebook holds it.
Output = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """A chart or a table that a cell shows.

    Attributes
    ----------
    about : mapping
        Figure, kind, label, finding, caption, description, passages, tables, sources.
    picture : mapping or None
        Alternative text, width and height of the picture; None for a table.
    html : str
        What JupyterLab shows below the picture, or instead of one.
    """

    about: Mapping[str, Any]
    picture: Mapping[str, Any] | None
    html: str = field(repr=False)

    @property
    def id(self) -> str:
        """Row of ``figures.csv``."""
        return str(self.about["figure"])

    @functools.cached_property
    def table(self) -> Tag | None:
        """The table; None for a chart."""
        return BeautifulSoup(self.html, "html.parser").table


def is_picture(output: Output) -> bool:
    """Return whether an output is a picture."""
    return "image/png" in output.get("data", {})


def figure_of(output: Output, outputs: Iterable[Output]) -> Figure | None:
    """Return the figure whose text an output is, with the picture that stands beside it.

    Parameters
    ----------
    output : mapping
        An output of a cell.
    outputs : iterable of mapping
        All outputs of the cell.

    Returns
    -------
    Figure or None
        None if the output is something else.
    """
    about = output.get("metadata", {}).get("summit", {})
    if "caption" not in about:
        return None
    html = "".join(output.get("data", {}).get("text/html", ""))
    return Figure(about, _pictures(outputs).get(about["figure"]), html)


def figures(outputs: Iterable[Output]) -> list[Figure]:
    """Return the figures among the outputs of a cell."""
    listed = list(outputs)
    return [figure for output in listed if (figure := figure_of(output, listed))]


def faults(outputs: Iterable[Output]) -> list[str]:
    """Return what a figure of a cell lacks: caption, picture, table, or alternative text."""
    listed = list(outputs)
    shown, pictures = figures(listed), _pictures(listed)
    captioned = {figure.id for figure in shown}
    found = ["figure without alt text" for about in pictures.values() if not about.get("alt")]
    found += ["figure without caption" for name in pictures if name not in captioned]
    for figure in shown:
        if figure.about["kind"] == "chart" and figure.picture is None:
            found.append("figure without picture")
        if figure.about["kind"] == "table" and figure.table is None:
            found.append("figure without table")
    return found


def _pictures(outputs: Iterable[Output]) -> dict[str | None, Mapping[str, Any]]:
    """Return what is said of each picture, by the figure that it belongs to."""
    return {
        metadata.get("summit", {}).get("figure"): metadata.get("image/png", {})
        for output in outputs
        if is_picture(output)
        for metadata in [output.get("metadata", {})]
    }
