"""Notebooks put together by hand, with outputs as ``helpers.show`` writes them."""

from __future__ import annotations

from typing import Any

from helpers.publish.run import METADATA

Cell = dict[str, Any]
ONE_PIXEL = "iVBORw0KGgo="


def notebook(*cells: Cell) -> dict[str, Any]:
    """Return a notebook of cells."""
    return {"cells": list(cells), "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def prose(text: str, cell_id: str = "prose", slide: str = "slide") -> Cell:
    """Return a cell of Markdown."""
    metadata = {"slideshow": {"slide_type": slide}}
    return {"cell_type": "markdown", "id": cell_id, "metadata": metadata, "source": text}


def slide(text: str, kind: str = "point", minutes: int = 2, cell_id: str = "slide") -> Cell:
    """Return a cell that is a slide."""
    tags = ["deck", kind, f"minutes-{minutes}"]
    return {
        **prose(text, cell_id),
        "metadata": {"slideshow": {"slide_type": "slide"}, "tags": tags},
    }


def code(*outputs: dict[str, Any], cell_id: str = "chart", slide: str = "slide") -> Cell:
    """Return a cell of code that shows outputs."""
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": {"slideshow": {"slide_type": slide}},
        "execution_count": 1,
        "source": "from helpers import show",
        "outputs": list(outputs),
    }


def output(data: dict[str, str], **metadata: object) -> dict[str, Any]:
    """Return an output."""
    return {"output_type": "display_data", "metadata": metadata, "data": data}


def picture(figure: str = "interests", alt: str = "What it shows") -> dict[str, Any]:
    """Return the picture of a chart."""
    about = {"alt": alt, "width": 640, "height": 480}
    return output({"image/png": ONE_PIXEL}, **{"image/png": about, "summit": {"figure": figure}})


def text(figure: str = "interests", kind: str = "chart", table: str = "", **about: object) -> dict:
    """Return what stands with a chart or a table: the HTML of JupyterLab, and the metadata."""
    summit = {
        "figure": figure,
        "kind": kind,
        "label": "Figure 9",
        "title": "Its subject",
        "finding": "",
        "subtitle": "What is measured",
        "caption": "A caption",
        "description": "What it shows",
        "credit": "Who made it",
        "passages": ["context.2.2"],
        "tables": ["claims"],
        "sources": [],
    }
    html = f'<div id="{figure}"><p>For JupyterLab alone.</p>{table}</div>'
    return output({"text/html": html, "text/plain": "x"}, summit=summit | about)
