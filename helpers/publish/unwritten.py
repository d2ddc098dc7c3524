"""What prose is still to be written: in notebooks, pages of the book, and words of its theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from helpers.data.rules.characters import UNWRITTEN
from helpers.language import LOCALES
from helpers.paths import ROOT

WORDLESS = re.compile(r'^msgid "(.+)"\nmsgstr ""$', re.MULTILINE)


def faults(root: Path = ROOT) -> list[str]:
    """Name what was laid out and has no words of its own yet; each fault a sentence with the file.

    Parameters
    ----------
    root : Path
        Folder of the project.

    Examples
    --------
    >>> faults()
    []
    """
    found = []
    for code in LOCALES:
        for path in sorted((root / "notebooks" / code).glob("*.ipynb")):
            found += [f"notebooks/{code}/{path.name}: {told}" for told in _of_notebook(path)]
        for path in sorted((root / "book" / "pages" / code).glob("*.md")):
            found += [f"book/pages/{code}/{path.name}, {told}" for told in _of_page(path)]
        path = root / "book" / "locales" / f"{code}.po"
        if path.is_file():
            words = WORDLESS.findall(path.read_text(encoding="utf-8"))
            found += [f"book/locales/{path.name}: no words for {word!r}" for word in words]
    return found


def _of_notebook(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    if not UNWRITTEN.search(text):  # nor is it read again where it is no notebook
        return
    for cell in nbformat.reads(text, as_version=4).cells:
        if cell.cell_type == "markdown" and UNWRITTEN.search(cell.source):
            yield f"cell {cell.id!r} is still to be written"


def _of_page(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for number, line in enumerate(lines, start=1):
        if UNWRITTEN.search(line):
            yield f"line {number}: still to be written"
