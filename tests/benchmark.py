"""Measure runs, imports, loading and validation against baselines of the same moment.

``make benchmark``, or ``python tests/benchmark.py runs`` for a part of it.

Not a test: a number depends on the machine, a ratio much less.
"""

from __future__ import annotations

import contextlib
import csv
import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from helpers.data import load, schema, table_names, tables, validate
from helpers.language import LOCALES
from helpers.paths import BUILD, KERNELS_VARIABLE, ROOT
from helpers.publish.run import sources

ROUNDS, IMPORTS = 3, 8  # of what is measured in turn
COPIES = 100
# Tables whose rows can be repeated under other ids; the others are bound to each other by rules.
REPEATED = {
    *("sources", "events", "actors", "event_actors", "agreements", "agreement_stages", "errata"),
    *("commitment_events", "indicator_series", "indicators", "route_lengths", "transit_times"),
    *("event_places", "later_events", "omissions", "places", "glossary", "conclusions", "phrases"),
    *("corrections", "routes", "undrawn_borders", "queries", "misconceptions"),
}


def seconds(function: Callable[[], object], times: int = 5) -> float:
    """Return the least time of several runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best


def load_all() -> None:
    """Load every table from the files."""
    tables._load.cache_clear()
    for name in table_names():
        load(name)


def read_all() -> None:
    """Read every table with pandas alone, untyped: the baseline of loading."""
    for name in table_names():
        pd.read_csv(schema.data_folder() / schema.resource(name)["path"], dtype=str)


def frictionless_alone() -> None:
    """Check types and constraints with Frictionless alone: the baseline of validation."""
    from frictionless import Resource, system

    folder = schema.data_folder()
    with system.use_context(trusted=True):
        for entry in schema.package()["resources"]:
            fields = {"fields": entry["schema"]["fields"], "missingValues": [""]}
            kept = {key: entry[key] for key in ("name", "path", "format", "encoding")}
            Resource.from_descriptor({**kept, "schema": fields}, basepath=str(folder)).validate()


def multiply(folder: Path) -> None:
    """Make the tables that can be repeated a hundred times as long, with sound ids and keys."""
    for entry in schema.package()["resources"]:
        if entry["name"] not in REPEATED:
            continue
        path, names = folder / entry["path"], _identifiers(entry)
        unique = {
            f["name"] for f in entry["schema"]["fields"] if f.get("constraints", {}).get("unique")
        }
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        copies = [_copy(row, number, names, unique) for number in range(COPIES) for row in rows]
        key = entry["schema"]["primaryKey"]
        copies.sort(key=lambda row: tuple(row[name] for name in key))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(copies)


def _identifiers(entry: dict) -> set[str]:
    """Columns that hold an id of a multiplied table."""
    foreign = {
        key["fields"][0]
        for key in entry["schema"].get("foreignKeys", [])
        if key["reference"]["resource"] in REPEATED
    }
    own = [
        f["name"] for f in entry["schema"]["fields"] if f["name"] in entry["schema"]["primaryKey"]
    ]
    fixed = {"theme_id", "coder", "role", "reference_id"}
    return (foreign | set(own) | {"link_id"}) - fixed


def _copy(row: dict[str, str], number: int, names: set[str], unique: set[str]) -> dict[str, str]:
    if number == 0:
        return dict(row)
    changed = {
        name: _renamed(value, number) if name in names and value else value
        for name, value in row.items()
    }
    for name in unique - names:
        changed[name] = _unique(row[name], number)
    if "paragraph" in row:
        changed["paragraph"] = str(int(row["paragraph"]) + 1000 * number)
    if "order" in row:
        changed["order"] = str(int(row["order"]) + 1000 * number)
    if "from_point" in row:
        changed["link_id"] = "-".join(changed[n] for n in ("from_point", "relation", "to_point"))
    return changed


def _renamed(value: str, number: int) -> str:
    passage = re.match(r"([a-z_]+)\.(\d+)\.(.*)", value)
    if passage:
        return f"{passage[1]}.{int(passage[2]) + 1000 * number}.{passage[3]}"
    return f"{value}-x{number}"


def _unique(value: str, number: int) -> str:
    return f"{value}#{number}" if value.startswith("http") else _renamed(value, number)


# Runs of the notebooks


def children() -> float:
    """Return the CPU seconds of all ended children."""
    times = os.times()
    return times.children_user + times.children_system


def adopt_orphans() -> None:
    """Let what a command leaves behind, such as a fork server, come to this process (Linux)."""
    if sys.platform == "linux":
        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def cost(*commands: list[str], **variables: str) -> tuple[float, float]:
    """Return the CPU and wall seconds of commands, one after the other."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | variables
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a reader's Python keeps what it compiled
    cpu, wall = children(), time.perf_counter()
    for command in commands:
        subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True)
    wall = time.perf_counter() - wall
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    return children() - cpu, wall


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, arguments)]


RUN = """
import sys
from pathlib import Path
from helpers.publish.run import run
run(Path(sys.argv[1]))
"""


def measure_runs(scratch: Path) -> None:
    """Compare a run of all notebooks with one `jupyter nbconvert --execute` a notebook.

    Each way is tried in turn, several times, and its least cost counts: what else a machine does
    comes and goes by minutes.
    """
    convert = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir"]
    tried: dict[str, list[tuple[float, float]]] = {"nbconvert": [], "plain": [], "warm": []}
    for _ in range(ROUNDS):
        for way, costs in tried.items():
            folder = scratch / way
            shutil.rmtree(folder, ignore_errors=True)
            if way == "nbconvert":
                each = ([*convert, str(folder), str(path)] for path in sources())
                costs.append(cost(*each))
            else:
                costs.append(cost(python(RUN, folder), **{KERNELS_VARIABLE: way}))
    least = {
        way: [min(spent) for spent in zip(*costs, strict=True)] for way, costs in tried.items()
    }
    tell("nbconvert, one call a notebook", *least["nbconvert"])
    for kind in ("plain", "warm"):
        tell(f"helpers run, {kind} kernels", *least[kind])
        cpu, wall = (
            own / other for own, other in zip(least[kind], least["nbconvert"], strict=True)
        )
        print(f"{'':32} = {cpu:.2f} x and {wall:.2f} x nbconvert")


def tell(subject: str, cpu: float, wall: float) -> None:
    """Print what something cost."""
    print(f"{subject:32} CPU {cpu:6.1f} s   wall {wall:6.1f} s", flush=True)


def measure_changes(scratch: Path) -> None:
    """Count the notebooks that run when one table changes, beside those that read it."""
    build, data = scratch / "warm", scratch / "edited"
    shutil.copytree(schema.data_folder(), data)
    places = data / schema.resource("positions")["path"]
    rows = places.read_text(encoding="utf-8").splitlines(keepends=True)
    places.write_text("".join(rows[:-1]), encoding="utf-8")  # the last row goes
    before = {path: path.stat().st_mtime_ns for path in build.rglob("*.ipynb")}
    spent = cost(python(RUN, build), **{schema.DATA_VARIABLE: str(data)})
    ran = [path for path, moment in before.items() if path.stat().st_mtime_ns != moment]
    tell("one table edited", *spent)
    print(f"{'':32} = {len(ran)} of {len(before)} notebooks ran")


def measure_start() -> None:
    """Measure `make` without a change, and the import of what a notebook shows with."""
    cost(["make"])
    tell("make, second time", *cost(["make"]))
    libraries, own = "import pandas, matplotlib.pyplot, IPython.display", "import helpers.show"
    tried = [[cost(python(code))[0] for code in (libraries, own)] for _ in range(IMPORTS)]
    baseline, least = (min(spent) for spent in zip(*tried, strict=True))
    print(f"{own:32} CPU {least:6.2f} s   {least / baseline:5.2f} x {libraries}")


def measure_tables() -> None:
    """Measure loading and validation."""
    validate()  # start-up: Frictionless is imported
    loading, reading = seconds(load_all), seconds(read_all)
    checking, baseline = seconds(validate), seconds(frictionless_alone)
    print(f"load every table     {loading:6.3f} s   {loading / reading:5.2f} x pandas.read_csv")
    print(
        f"validate             {checking:6.3f} s   {checking / baseline:5.2f} x Frictionless alone"
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        shutil.copytree(schema.data_folder(), folder)
        multiply(folder)
        os.environ[schema.DATA_VARIABLE] = str(folder)
        faults = validate()
        print(f"faults in the {COPIES}-times copy: {len(faults)}", *faults[:5], sep="\n")
        large = seconds(validate, times=1)
        rows = sum(len(load(name)) for name in table_names())
        print(f"validate {rows:,} rows {large:6.1f} s   {large / checking:5.1f} x the original")


def measure_pages() -> None:
    """Print what each page of the book weighs, and all scripts and styles of a language.

    A ratio sets a page against the leanest page of the same language, which is all frame.
    """
    for code in LOCALES:
        pages = {page.name: page.stat().st_size for page in (BUILD / "book" / code).glob("*.html")}
        if not pages:
            print(f"pages, {code}: no book in {BUILD.name}; `make` builds one")
            continue
        least = min(pages.values())
        for name, weight in sorted(pages.items()):
            print(f"{code}/{name:30} {weight / 1024:7.0f} KB   {weight / least:5.1f} x the leanest")
        for kind in ("js", "css"):
            parts = (BUILD / "book" / code / "_static").rglob(f"*.{kind}")
            print(
                f"{code}, all .{kind} {sum(part.stat().st_size for part in parts) / 1024:24.0f} KB"
            )


def main() -> None:
    """Print the measurements that are named, or all: runs, start, tables, pages."""
    adopt_orphans()
    wanted = set(sys.argv[1:]) or {"runs", "start", "tables", "pages"}
    if "runs" in wanted:
        with tempfile.TemporaryDirectory() as scratch:
            measure_runs(Path(scratch))
            measure_changes(Path(scratch))
    if "start" in wanted:
        measure_start()
    if "tables" in wanted:
        measure_tables()
    if "pages" in wanted:
        measure_pages()


if __name__ == "__main__":
    main()
