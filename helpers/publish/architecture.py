"""How the code is built: the parts of the package as layers, drawn from what they really import.

The parts are the rows of the table on the page *How the code is built*; what a part imports is read
from the sources. Nothing is drawn by hand, so the picture cannot differ from the code.
"""

from __future__ import annotations

import ast
import functools
import itertools
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
NAME = re.compile(r"`(\w+)(?:/|\.py)`")
# Boxes in a row: on a page and on a phone.
COLUMNS = (4, 2)
BOX, LINE, PADDING = 146, 17, 6  # width of a box, height of a line, room above and below
FREE = 12  # width of what is kept free for a line
GAP, BETWEEN = 18, 30  # between boxes of a row, and between rows
LETTERS = 17  # that fit into a line of a box

Part = tuple[str, ...]


class ArchitectureError(BuildError):
    """The map of the code does not fit the code; the message says where."""


@dataclass(frozen=True)
class Box:
    """A part in the picture: its place, and its names in lines; without names it is kept free."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Return where lines to other boxes begin and end."""
        return self.x + self.width / 2


def parts(page: str) -> list[Part]:
    r"""Return the names of the modules and packages in each row of the map.

    Parameters
    ----------
    page : str
        Markdown with one table; the first column names what the row is about.

    Examples
    --------
    >>> parts("| place | job |\n|---|---|\n| `geo/` | maps |\n| `verify.py`, `scaffold/` | check |")
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


def levels(found: nx.DiGraph[Part]) -> dict[Part, int]:
    """Return in which layer each part stands: below all that it imports, near what uses it first.

    Examples
    --------
    >>> levels(nx.DiGraph([("c", "b"), ("b", "a"), ("c", "alone")]))
    {'a': 0, 'alone': 1, 'b': 1, 'c': 2}
    """
    generations = list(nx.topological_generations(found.reverse()))
    level = {part: number for number, row in enumerate(generations) for part in row}
    for part in reversed(list(level)):
        users = [level[user] for user in found.predecessors(part)]
        level[part] = min(users, default=level[part] + 1) - 1
    return level


def threaded(found: nx.DiGraph[Part], level: dict[Part, int]) -> nx.DiGraph[Part]:
    """Return the lines to draw: no detours, and a place kept free in each layer that one crosses.

    The level of each place that is kept free is added to the levels; its first name is empty.
    """
    drawn: nx.DiGraph[Part] = nx.DiGraph()
    drawn.add_nodes_from(found)
    for user, used in nx.transitive_reduction(found).edges:
        crossed = range(level[user] - 1, level[used], -1)
        free = {("", *user, *used, str(number)): number for number in crossed}
        level |= free
        nx.add_path(drawn, [user, *free, used])
    return drawn


def layers(drawn: nx.DiGraph[Part], level: Mapping[Part, int]) -> list[list[Part]]:
    """Return the layers from the top, each in the order of what it imports: fewer lines cross.

    Examples
    --------
    >>> drawn = nx.DiGraph({"a": [], "b": [], "c": ["b"], "d": ["a"]})
    >>> layers(drawn, {"a": 0, "b": 0, "c": 1, "d": 1})
    [['a', 'b'], ['d', 'c']]
    """
    made = [[p for p in drawn if level[p] == number] for number in sorted(set(level.values()))]
    return _untangled(made, drawn)


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
    lines = [line for row in rows for line in _lines(row, columns)]
    whole = max(sum(map(_width, line)) + GAP * (len(line) - 1) for line in lines)
    boxes, y = {}, 0.0
    for line in lines:
        texts = [tuple(textwrap.wrap(" ".join(part), LETTERS)) if part[0] else () for part in line]
        height = max(map(len, texts)) * LINE + 2 * PADDING
        x = (whole - sum(map(_width, line)) - GAP * (len(line) - 1)) / 2
        for part, text in zip(line, texts, strict=True):
            width = _width(part)
            boxes[part] = Box(whole - width - x if mirrored else x, y, width, height, text)
            x += width + GAP
        y += height + BETWEEN
    return boxes


def _width(part: Part) -> float:
    return BOX if part[0] else FREE


def _lines(row: Sequence[Part], columns: int) -> Iterator[list[Part]]:
    """Cut a layer into lines of so many boxes; what is kept free needs no column."""
    named = [place for place, part in enumerate(row) if part[0]]
    cuts = [0, *named[columns::columns], len(row)]
    for first, last in itertools.pairwise(cuts):
        yield list(row[first:last])


def architecture(lang: Language) -> str:
    """Return the picture of the parts, wide and narrow, and what each imports in words."""
    page = (BOOK / "pages" / lang.code / PAGE).read_text(encoding="utf-8")
    found = graph(parts(page), imports())
    level = levels(found)
    drawn = threaded(found, level)
    pictures = []
    for columns in COLUMNS:
        boxes = laid_out(layers(drawn, level), columns, mirrored=lang.is_rtl)
        ways = [(boxes[user], boxes[used]) for user, used in drawn.edges]
        right = max(box.x + box.width for box in boxes.values())
        size = (right, max(box.y + box.height for box in boxes.values()))
        pictures.append({"boxes": list(boxes.values()), "ways": ways, "size": size})
    listed = [(part, [name for used in found.successors(part) for name in used]) for part in found]
    values = {"line": LINE, "between": BETWEEN}
    return render("architecture.html", lang, pictures=pictures, parts=listed, **values)
