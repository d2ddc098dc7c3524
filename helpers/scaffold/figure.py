"""Lay out a chart or a table for reading."""

from __future__ import annotations

import json
import keyword
import re
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
    columns,
    free,
    known,
    named,
    read_rows,
    table_text,
    to_write,
)
from helpers.scaffold.notebook import code_cell, prose_cell
from helpers.swap import write_all

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
# The cells of a notebook before which a new figure is laid: the first of them that it has.
AFTER_THE_FIGURES = ("not-said", "key-points", "questions", "sources", "deck")


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
    described = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    known(table, [entry["name"] for entry in described["resources"] if is_table(entry)], "table")
    pair = [root / "notebooks" / code / f"{notebook}.ipynb" for code in LOCALES]
    known(notebook, sorted(path.stem for path in pair[0].parent.glob("*.ipynb")), "notebook")
    texts = _with_texts(root / "data" / "reference" / "figures.csv", name, notebook, kind, table)
    module, *exports = _functions(name, table, kind, root / "helpers" / f"{kind}s")
    cells = [
        (path, _inserted(path, _figure_cells(name, table, kind, path.parent.name))) for path in pair
    ]
    write_all(dict([module, texts, *cells, *exports]))
    return [module[0], texts[0], *pair]


def _with_texts(path: Path, name: str, notebook: str, kind: str, table: str) -> tuple[Path, str]:
    """Return the file of the texts, and what it holds once it has those of a figure."""
    rows = read_rows(path)
    free(name, [row["figure_id"] for row in rows], "a figure")
    number = sum((row["notebook"], row["kind"]) == (notebook, kind) for row in rows) + 1
    row = dict.fromkeys(columns(path), "")
    row |= {"figure_id": name, "notebook": notebook, "kind": kind, "number": str(number)}
    row["tables"] = table
    for stem in FIGURE_TEXTS:
        row |= {f"{stem}_{code}": to_write(stem, code) for code in LOCALES}
    return path, table_text(row, sorted([*rows, row], key=lambda one: one["figure_id"]))


def _functions(name: str, table: str, kind: str, package: Path) -> list[tuple[Path, str]]:
    """Return the module of a figure's function, and the package that exports it."""
    exports = package / "__init__.py"
    exported = exports.read_text(encoding="utf-8")
    function = _function(name)
    _refuse_taken(function, package, exported)
    text = MODULES[kind].format(function=function, figure=name, table=table)
    return [
        (package / f"{function}.py", text),
        (exports, _exported(exported, f"helpers.{kind}s", function)),
    ]


def _function(name: str) -> str:
    """Return the name of the function, and of the module, that make a figure."""
    return name.replace("-", "_")


def _refuse_taken(function: str, package: Path, exported: str) -> None:
    """Refuse a function that Python cannot name so, or that is there, whatever figure it makes."""
    what = f"a function or module of helpers.{package.name}"
    taken = [path.stem for path in package.glob("*.py")]
    free(function, [*taken, *re.findall(r'^    "(\w+)",$', exported, re.MULTILINE)], what)
    if keyword.iskeyword(function):
        raise ScaffoldError(f"{function!r} is a word of Python; name the figure by two words")


def _figure_cells(name: str, table: str, kind: str, code: str) -> list[NotebookNode]:
    function = f"{kind}s.{_function(name)}"
    source = f'show({function}(data.load("{table}"), lang), "{name}", lang)'
    heading = f"## {to_write('title', code)}\n\n{to_write('text', code)}"
    return [
        prose_cell(f"{name}-lead", heading, code, "slide"),
        code_cell(f"{name}-{kind}", source, "subslide"),
        prose_cell(f"{name}-finding", to_write("finding", code), code, "notes"),
    ]


def _inserted(path: Path, cells: list[NotebookNode]) -> str:
    """Return a notebook with cells behind its figures; at its end, if nothing comes after these."""
    notebook = nbformat.read(path, as_version=4)
    ids = [cell.id for cell in notebook.cells]
    place = next((ids.index(one) for one in AFTER_THE_FIGURES if one in ids), len(ids))
    notebook.cells[place:place] = cells
    return as_text(notebook, METADATA)


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
