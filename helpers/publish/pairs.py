"""What the notebooks of a name share in all languages: their cells, in order, and their code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from helpers.data import load
from helpers.language import LOCALES
from helpers.paths import NOTEBOOKS
from helpers.publish.execute import NotebookError, fresh, read

# The one cell that differs: it names the language.
PARAMETERS = "parameters"


def faults(sources: Path = NOTEBOOKS) -> list[str]:
    """Name what tells the notebooks of one name apart; each fault a sentence with the file.

    Parameters
    ----------
    sources : Path
        Folder of the notebooks, with one folder a language.

    Returns
    -------
    list of str
        Notebooks that cannot be read, that lack their pair or their row in ``notebooks.csv``, and
        cells that stand in one language alone, or are not the same in all.
    """
    first, *others = LOCALES
    found = list(_missing(sources))
    for path in sorted((sources / first).glob("*.ipynb")):
        notebooks = {code: sources / code / path.name for code in (first, *others)}
        if all(file.is_file() for file in notebooks.values()):
            found += _of_pair(notebooks)
    return found


def _missing(sources: Path) -> Iterator[str]:
    names = {code: {path.name for path in (sources / code).glob("*.ipynb")} for code in LOCALES}
    known = {f"{notebook}.ipynb" for notebook in load("notebooks")["notebook_id"]}
    for name in sorted(set().union(*names.values())):
        having = [code for code in LOCALES if name in names[code]]
        for code in LOCALES:
            if code not in having:
                yield f"{_label(having[0], name)} has no pair in notebooks/{code}"
        if name not in known:
            yield f"{_label(having[0], name)} is not in notebooks.csv"


def _label(code: str, name: str) -> str:
    return f"notebooks/{code}/{name}"


def _of_pair(files: dict[str, Path]) -> Iterator[str]:
    cells: dict[str, dict[str, NotebookNode]] = {}
    for code, path in files.items():
        try:
            listed = fresh(read(path)).cells
        except NotebookError as error:
            yield f"{_label(code, path.name)}, {error}"
            return
        cells[code] = {cell.id: cell for cell in listed}
    first, *others = files
    for other in others:
        told = _differences(cells[first], cells[other], first, other)
        yield from (f"{_label(code, files[code].name)}: {fault}" for code, fault in told)


def _differences(
    one: dict[str, NotebookNode], two: dict[str, NotebookNode], first: str, other: str
) -> Iterator[tuple[str, str]]:
    """Yield the language of a fault, and what it is."""
    for code, lacking, having, whose in ((first, one, two, other), (other, two, one, first)):
        for name in having:
            if name not in lacking:
                yield code, f"no cell {name!r}, which notebooks/{whose} has"
    shared = [name for name in one if name in two]
    if shared != [name for name in two if name in one]:
        yield first, f"cells in another order than in notebooks/{other}"
    for name in shared:
        for part in _unlike(one[name], two[name]):
            yield first, f"cell {name!r} has {part} than in notebooks/{other}"


def _unlike(cell: NotebookNode, twin: NotebookNode) -> Iterator[str]:
    tags, others = cell.metadata.get("tags", []), twin.metadata.get("tags", [])
    if cell.cell_type != twin.cell_type:
        yield "another kind"
    elif cell.cell_type == "code" and PARAMETERS not in tags and cell.source != twin.source:
        yield "other code"
    if tags != others:
        yield "other tags"
