"""Lay out a chart or a table for reading."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.data.schema import is_table
from helpers.language import LOCALES
from helpers.paths import ROOT
from helpers.publish.execute import as_text
from helpers.publish.run import METADATA
from helpers.scaffold.files import (
    ScaffoldError,
    free,
    known,
    named,
    read_rows,
    to_write,
    write_rows,
)
from helpers.scaffold.notebook import code_cell, prose_cell
from helpers.swap import write

KINDS = ("chart", "table")
FIGURE_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
FIGURE_TEXTS = ("title", "subtitle", "caption", "description", "credit")
MODULES = {
    "chart": '''"""Chart of the figure ``{figure}``."""

from __future__ import annotations

import pandas as pd

from helpers import theme
from helpers.charts.base import Chart, drawing, drawn_at_any_size
from helpers.language import Language

HEIGHT = 1.2  # inches at reading size


@drawn_at_any_size
def {function}(rows: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw how many rows there are: a start.

    Parameters
    ----------
    rows : pandas.DataFrame
        The table ``{table}``.
    lang : Language
        Language of the chart.
    size : {{"reading", "projecting"}}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the field ``count``.
    """
    count = lang.number(len(rows))
    with drawing(lang, size, HEIGHT) as sheet:
        if sheet.has(rows):
            gid = sheet.mark("rows", count, ("tables", "{table}"))
            sheet.ax.barh([0], [len(rows)], 0.6, color=theme.PALETTE["navy"], gid=gid)
            sheet.beside(count, (len(rows), 0), 0.4 * sheet.size.font)
            theme.limits(sheet.ax, 0, 1.2 * len(rows), lang)
            theme.rows(sheet.ax, [lang.phrase("rows")], lang, lines=False)
            sheet.ax.set_xticks([])
    return sheet.chart({{"count": count}})
''',
    "table": '''"""Table for reading of the figure ``{figure}``."""

from __future__ import annotations

import pandas as pd

from helpers.language import Language
from helpers.tables.base import Column, Table


def {function}(rows: pd.DataFrame, lang: Language) -> Table:
    """List the keys of the rows: a start.

    Parameters
    ----------
    rows : pandas.DataFrame
        The table ``{table}``.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        Its texts have the field ``count``.
    """
    key = rows.columns[0]
    columns = (Column(lang.heading("{table}", key), "identifier"),)
    cells = [[identifier] for identifier in sorted(rows[key])]
    return Table(lang, columns, cells, {{"count": lang.number(len(rows))}})
''',
}
# The cell of a notebook before which a new figure is laid.
AFTER_THE_FIGURES = "not-said"


def new_figure(
    name: str, notebook: str, table: str, kind: str = "chart", root: Path = ROOT
) -> list[Path]:
    """Lay out a chart or a table for reading: its function, its texts, its cells.

    The function draws the rows of one table as they are, so that the notebook runs at once.

    Parameters
    ----------
    name : str
        Id of the figure, such as ``"verdicts-by-section"``.
    notebook : str
        Notebook that shows it, such as ``"05_evidence"``.
    table : str
        Table of the data that it starts from.
    kind : {"chart", "table"}
        What it is.
    root : Path
        Folder of the project.

    Returns
    -------
    list of Path
        The files that were written or changed, those to fill first.

    Raises
    ------
    ScaffoldError
        If a name is wrong, taken or unknown.
    """
    named(name, FIGURE_NAME, "a figure", "verdicts-by-section")
    if kind not in KINDS:
        raise ScaffoldError(f"no kind {kind!r} of figure; kinds: {', '.join(KINDS)}")
    texts = root / "data" / "reference" / "figures.csv"
    rows = read_rows(texts)
    free(name, [row["figure_id"] for row in rows], "a figure")
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    known(table, [entry["name"] for entry in package["resources"] if is_table(entry)], "table")
    pair = [root / "notebooks" / code / f"{notebook}.ipynb" for code in LOCALES]
    known(notebook, sorted(path.stem for path in pair[0].parent.glob("*.ipynb")), "notebook")
    row = _figure_row(name, notebook, kind, table, rows)
    write_rows(texts, rows[0], sorted([*rows, row], key=lambda one: one["figure_id"]))
    for path in pair:
        _insert(path, _figure_cells(name, table, kind, path.parent.name))
    return [_function(name, table, kind, root), texts, *pair]


def _figure_row(
    name: str, notebook: str, kind: str, table: str, rows: list[dict[str, str]]
) -> dict[str, str]:
    number = sum((row["notebook"], row["kind"]) == (notebook, kind) for row in rows) + 1
    row = dict.fromkeys(rows[0], "")
    row |= {"figure_id": name, "notebook": notebook, "kind": kind, "number": str(number)}
    row |= {"passage_ids": rows[0]["passage_ids"], "tables": table}
    for stem in FIGURE_TEXTS:
        row |= {f"{stem}_{code}": to_write(stem, code) for code in LOCALES}
    return row


def _figure_cells(name: str, table: str, kind: str, code: str) -> list[NotebookNode]:
    function = f"{kind}s.{name.replace('-', '_')}"
    source = f'show({function}(data.load("{table}"), lang), "{name}", lang)'
    heading = f"## {to_write('title', code)}\n\n{to_write('text', code)}"
    return [
        prose_cell(f"{name}-lead", heading, code, "slide"),
        code_cell(f"{name}-{kind}", source, "subslide"),
        prose_cell(f"{name}-finding", to_write("finding", code), code, "notes"),
    ]


def _insert(path: Path, cells: list[NotebookNode]) -> None:
    notebook = nbformat.read(path, as_version=4)
    place = [cell.id for cell in notebook.cells].index(AFTER_THE_FIGURES)
    notebook.cells[place:place] = cells
    write(path, as_text(notebook, METADATA))


def _function(name: str, table: str, kind: str, root: Path) -> Path:
    """Write the module of a figure's function, and export it."""
    function = name.replace("-", "_")
    package = root / "helpers" / f"{kind}s"
    module = package / f"{function}.py"
    text = MODULES[kind].format(function=function, figure=name, table=table)
    write(module, text)
    exports = package / "__init__.py"
    exported = exports.read_text(encoding="utf-8")
    write(exports, _exported(exported, f"helpers.{kind}s", function))
    return module


def _exported(text: str, package: str, function: str) -> str:
    """Return the text of a package with a function of a module of the same name exported."""
    lines = text.split("\n")
    imports = [n for n, line in enumerate(lines) if line.startswith(f"from {package}.")]
    new = f"from {package}.{function} import {function}"
    before = [n for n in imports if lines[n] > new] or [lines.index("__all__ = [") - 1]
    lines.insert(before[0], new)
    first = lines.index("__all__ = [") + 1
    last = lines.index("]", first)
    lines[first:last] = sorted([*lines[first:last], f'    "{function}",'])
    return "\n".join(lines)
