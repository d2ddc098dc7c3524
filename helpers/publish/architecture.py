"""How the code is built: the parts of the package as layers, drawn from what they really import.

The parts are the rows of the table on the page *How the code is built*; what a part imports is read
from the sources. Nothing is drawn by hand, so the picture cannot differ from the code.
"""

from __future__ import annotations

import ast
import functools
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from helpers.errors import BuildError
from helpers.language import Language
from helpers.paths import BOOK, ROOT
from helpers.publish.rendering import render

PACKAGE = "helpers"
PAGE = "architecture.md"
NAME = re.compile(r"`(\w+)/?`")
# Boxes in a row: on a page and on a phone.
COLUMNS = (5, 2)
BOX, LINE, PADDING = 146, 19, 8  # width of a box, height of a line, room above and below
GAP, BETWEEN = 18, 40  # between boxes of a row, and between rows
LETTERS = 17  # that fit into a line of a box

Part = tuple[str, ...]


class ArchitectureError(BuildError):
    """The map of the code does not fit the code; the message says where."""


@dataclass(frozen=True)
class Box:
    """A part in the picture: its place, and its names in lines."""

    x: float
    y: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Return where lines to other boxes begin and end."""
        return self.x + BOX / 2


def parts(page: str) -> list[Part]:
    r"""Return the names of the modules and packages in each row of the map.

    Parameters
    ----------
    page : str
        Markdown with one table; the first column names what the row is about.

    Examples
    --------
    >>> parts("| place | job |\n|---|---|\n| `geo/` | maps |\n| `verify`, `scaffold` | check |")
    [('geo',), ('verify', 'scaffold')]
    """
    rows = re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE)
    return [tuple(NAME.findall(row)) for row in rows if NAME.search(row)]


@functools.cache
def imports(package: Path = ROOT / PACKAGE) -> Mapping[str, frozenset[str]]:
    """Return what each module and package below the top of a package imports of its neighbours.

    Parameters
    ----------
    package : Path
        Folder of the package. What is imported inside a function counts for the command line
        alone, whose commands import what they use when they run.
    """
    found: dict[str, set[str]] = {}
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).parts[0].removesuffix(".py")
        if name == "__init__":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = ast.walk(tree) if name == "__main__" else iter(tree.body)
        found.setdefault(name, set()).update(set(_imported(nodes, package.name)) - {name})
    return {name: frozenset(its & found.keys()) for name, its in found.items()}


def _imported(nodes: Iterator[ast.AST], package: str) -> Iterator[str]:
    """Yield the names below a package that statements import."""
    for node in nodes:
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            first, _, rest = name.partition(".")
            if first == package and rest:
                yield rest.partition(".")[0]


def graph(rows: Sequence[Part], imported: Mapping[str, frozenset[str]]) -> nx.DiGraph[Part]:
    """Return the parts with an edge from each to every other that it imports.

    Raises
    ------
    ArchitectureError
        If a module has no place in the map or several, or imports from a row below its own.

    Examples
    --------
    >>> known = {"geo": frozenset(), "charts": frozenset({"geo"})}
    >>> list(graph([("geo",), ("charts",)], known).edges)
    [(('charts',), ('geo',))]
    >>> graph([("charts",), ("geo",)], known)
    Traceback (most recent call last):
    ...
    helpers.publish.architecture.ArchitectureError: charts imports geo, which the map has below it
    """
    listed = [name for row in rows for name in row]
    if sorted(listed) != sorted(imported):
        wrong = sorted(set(listed) ^ set(imported)) or [n for n in listed if listed.count(n) > 1]
        raise ArchitectureError(f"each part of the code has one place in {PAGE}: {wrong}")
    place = {name: number for number, row in enumerate(rows) for name in row}
    found: nx.DiGraph[Part] = nx.DiGraph()
    found.add_nodes_from(rows)
    for name in listed:
        for other in sorted(imported[name], key=place.__getitem__):
            if place[other] > place[name]:
                raise ArchitectureError(f"{name} imports {other}, which the map has below it")
            if place[other] != place[name]:
                found.add_edge(rows[place[name]], rows[place[other]])
    return found


def layers(found: nx.DiGraph[Part]) -> list[list[Part]]:
    """Return the parts in rows, each below all that it imports.

    A part stands as near to the first that uses it as it can, lest lines grow long.

    Examples
    --------
    >>> edges = [("c", "b"), ("b", "a"), ("c", "alone")]
    >>> layers(nx.DiGraph(edges))
    [['a'], ['b', 'alone'], ['c']]
    """
    generations = list(nx.topological_generations(found.reverse()))
    level = {part: number for number, row in enumerate(generations) for part in row}
    for part in reversed([part for row in generations for part in row]):
        users = [level[user] for user in found.predecessors(part)]
        level[part] = min(users, default=level[part] + 1) - 1
    made = [[p for p in found if level[p] == number] for number in range(len(generations))]
    return _untangled(made, found)


def _untangled(made: list[list[Part]], found: nx.DiGraph[Part]) -> list[list[Part]]:
    """Put each row in the order of what it imports, so that fewer lines cross."""
    place: dict[Part, float] = {}
    for row in made:
        own = {part: number / len(row) for number, part in enumerate(row)}
        wanted = {
            part: sum(above) / len(above) if (above := _places(part, found, place)) else own[part]
            for part in row
        }
        row.sort(key=wanted.__getitem__)
        place |= {part: (number + 0.5) / len(row) for number, part in enumerate(row)}
    return made


def _places(part: Part, found: nx.DiGraph[Part], place: Mapping[Part, float]) -> list[float]:
    return [place[other] for other in found.successors(part) if other in place]


def laid_out(rows: Sequence[Sequence[Part]], columns: int, *, mirrored: bool) -> dict[Part, Box]:
    """Return a box for each part, so many side by side, from the right if mirrored."""
    whole = columns * (BOX + GAP) - GAP
    lines = [row[first : first + columns] for row in rows for first in range(0, len(row), columns)]
    boxes, y = {}, 0.0
    for line in lines:
        texts = [tuple(textwrap.wrap(" ".join(part), LETTERS)) for part in line]
        height = max(map(len, texts)) * LINE + 2 * PADDING
        start = (whole - len(line) * (BOX + GAP) + GAP) / 2
        for number, (part, text) in enumerate(zip(line, texts, strict=True)):
            x = start + number * (BOX + GAP)
            boxes[part] = Box(whole - BOX - x if mirrored else x, y, height, text)
        y += height + BETWEEN
    return boxes


def architecture(lang: Language) -> str:
    """Return the picture of the parts, wide and narrow, and what each imports in words."""
    page = (BOOK / "pages" / lang.code / PAGE).read_text(encoding="utf-8")
    found = graph(parts(page), imports())
    drawn = nx.transitive_reduction(found)
    pictures = []
    for columns in COLUMNS:
        boxes = laid_out(layers(found), columns, mirrored=lang.is_rtl)
        ways = [(boxes[user], boxes[used]) for user, used in drawn.edges]
        size = (columns * (BOX + GAP) - GAP, max(box.y + box.height for box in boxes.values()))
        pictures.append({"boxes": boxes.values(), "ways": ways, "size": size})
    listed = [(part, [name for used in found.successors(part) for name in used]) for part in found]
    values = {"box": BOX, "line": LINE, "padding": PADDING, "between": BETWEEN}
    return render("architecture.html", lang, pictures=pictures, parts=listed, **values)
