"""Run the notebooks that changed, and keep their stored outputs in step with the data."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.data import data_folder
from helpers.errors import UsageError, suggestion
from helpers.language import LOCALES
from helpers.paths import (
    BUILD,
    FIGURES_VARIABLE,
    PICTURES,
    ROOT,
    SEMINAR_VARIABLE,
    TABLES_VARIABLE,
)
from helpers.paths import NOTEBOOKS as SOURCES
from helpers.publish import keys
from helpers.swap import write

if TYPE_CHECKING:
    from helpers.publish.execute import NotebookError
    from helpers.publish.kernels import Kernels

# What runs notebooks is imported when one has to run, so that a run without a change ends at once.
# ruff: noqa: PLC0415

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
STAGING = ".running"
NEW_PROSE = ["prose changed"]


@dataclass(frozen=True)
class Plan:
    """A notebook, what its result would be made from now, and why it has to be made."""

    path: Path
    text: str
    inputs: dict[str, str]
    reasons: list[str]


@dataclass(frozen=True)
class Result:
    """What a run of a notebook gave."""

    copy: str
    figures: list[Path]
    tables: list[str]
    seconds: float


@dataclass(frozen=True)
class Surroundings:
    """What notebooks rest on beside themselves, as it was before the first one ran."""

    shared: dict[str, str]
    tables: dict[str, str]


def sources() -> list[Path]:
    """Return the notebooks of all languages, language by language, in reading order."""
    return [path for code in LOCALES for path in sorted((SOURCES / code).glob("*.ipynb"))]


def label(path: Path) -> str:
    """Return a notebook as messages name it, such as ``notebooks/ar/01_context.ipynb``."""
    return f"notebooks/{path.parent.name}/{path.name}"


def chosen(names: Sequence[str]) -> list[Path]:
    """Return the notebooks that are named; all if none is.

    Parameters
    ----------
    names : sequence of str
        With or without folder and extension; without a folder, in all languages.

    Raises
    ------
    UsageError
        If a name fits no notebook; the message lists those that there are.
    """
    paths = sources()
    found: set[Path] = set()
    for name in names:
        wanted = Path(name.removesuffix(".ipynb")).parts
        fitting = {path for path in paths if wanted and _ends(path, wanted)}
        if not fitting:
            known = sorted({path.stem for path in paths})
            told = f"no notebook {name!r}; notebooks: {', '.join(known)}"
            raise UsageError(told + suggestion(wanted[-1] if wanted else "", known))
        found |= fitting
    return [path for path in paths if path in found] if names else paths


def _ends(path: Path, parts: tuple[str, ...]) -> bool:
    return path.resolve().with_suffix("").parts[-len(parts) :] == parts


def run(build: Path = BUILD, names: Sequence[str] = (), *, everything: bool = False) -> list[Path]:
    """Run the notebooks that changed into the build folder, with one line of progress for each.

    A notebook runs if its code changed or anything that its last run rested on: a table that it
    opened, the schema, the helpers, the packages, the fonts. If its prose alone changed, the copy
    gets the new prose and keeps its outputs.

    Parameters
    ----------
    build : Path
        Receives ``notebooks/<language>/`` and ``figures/<language>/``.
    names : sequence of str
        Notebooks to run, whether they changed or not; if empty, all that changed.
    everything : bool
        Run them whether they changed or not.

    Returns
    -------
    list of Path
        All executed copies in the build folder.

    Raises
    ------
    helpers.publish.execute.NotebookError
        If a cell fails; all other notebooks ran.
    UsageError
        If a name fits no notebook.
    """
    paths, around, ledger = chosen(names), _surroundings(), keys.Ledger(build)
    _clear(build, ledger)
    plans = [_plan(path, around, ledger) for path in paths]
    to_run, failures = plans, list[str]()
    if not everything and not names:
        to_run = [plan for plan in plans if plan.reasons and plan.reasons != NEW_PROSE]
        for plan in plans:
            if plan.reasons == NEW_PROSE:
                failures += _renew_prose(plan, build, ledger)
    failures += _run_all(to_run, around, build, ledger)
    _clear(build, ledger)
    _say_unchanged(len(plans), len(to_run))
    if failures:
        from helpers.publish.execute import NotebookError

        stopped = f"{len(failures)} of {max(len(to_run), len(failures))} notebooks stopped:"
        raise NotebookError("\n\n".join([stopped, *failures]))
    return sorted((build / "notebooks").rglob("*.ipynb"))


def _say_unchanged(number: int, ran: int) -> None:
    if ran < number:
        print(f"{number - ran} of {number} notebooks need not run", flush=True)


# What a result rests on


def _surroundings() -> Surroundings:
    data = data_folder()
    shared = keys.of_helpers() | keys.of_schema(data) | keys.of_environment()
    return Surroundings(shared, keys.of_tables(data))


def _plan(path: Path, around: Surroundings, ledger: keys.Ledger) -> Plan:
    text = path.read_bytes().decode("utf-8-sig", errors="replace")  # the run says what is wrong
    last = ledger.record(label(path)).inputs
    tables = {name: content for name, content in around.tables.items() if name in last}
    inputs = _own(text) | tables | around.shared
    reasons = ledger.changes(label(path), inputs)
    if reasons == NEW_PROSE:
        reasons += ledger.damage(label(path))
    return Plan(path, text, inputs, reasons)


def _own(text: str) -> dict[str, str]:
    """Return the content of a notebook's code and of the rest; stored outputs do not count."""
    try:
        notebook = {} if "\ufffd" in text else json.loads(text)
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        ran = [(cell.get("id"), cell["source"], cell["metadata"]) for cell in code]
    except (ValueError, LookupError, TypeError):
        return {"code": keys.digest(text.encode())}  # the run says what is wrong with it
    for cell in code:
        cell["source"] = cell["outputs"] = cell["execution_count"] = None
    return {
        "code": keys.digest(json.dumps(ran, sort_keys=True).encode()),
        "prose": keys.digest(json.dumps(notebook, sort_keys=True).encode()),
    }


def _clear(build: Path, ledger: keys.Ledger) -> None:
    """Let nothing linger of a notebook or figure that was renamed, removed or not made."""
    current = {label(path) for path in sources()}
    ledger.forget([n for n in ledger.names() if n.startswith("notebooks/") and n not in current])
    known = {build / file for name in current for file in ledger.record(name).outputs}
    for folder in ("notebooks", "figures"):
        for path in sorted((build / folder).rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
            elif not path.is_dir() and path not in known:
                path.unlink()


# Running


def _run_all(
    plans: list[Plan], around: Surroundings, build: Path, ledger: keys.Ledger
) -> list[str]:
    """Run notebooks side by side, keep what they give, and return what went wrong."""
    if not plans:
        return []
    staging = build / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    failures: dict[str, str] = {}
    with _workers() as (pool, kernels):
        # Those with the most to show go first, so that none is left over at the end.
        in_turn = sorted(plans, key=lambda plan: len(plan.text), reverse=True)
        jobs = {pool.submit(_attempt, plan, staging, kernels): plan for plan in in_turn}
        for number, job in enumerate(as_completed(jobs), start=1):
            plan, result = jobs[job], job.result()
            name = label(plan.path)
            if isinstance(result, Result):
                _store(plan, result, around, build, ledger)
                told = f"{result.seconds:.1f} s{_because(plan)}"
            else:
                ledger.forget([name])
                failures[name] = f"{name}, {result}"
                told = "stopped"
            print(f"[{number}/{len(plans)}] {name}  {told}", flush=True)
    shutil.rmtree(staging, ignore_errors=True)
    return [failures[name] for name in sorted(failures)]


@contextmanager
def _workers() -> Iterator[tuple[ThreadPoolExecutor, Kernels]]:
    """Lend threads and kernels; if the work is broken off, neither outlives it."""
    from helpers.publish.kernels import Kernels, kind

    at_once = (os.cpu_count() or 1) + 1  # one is starting or ending a kernel, most of the time
    with Kernels(kind()) as kernels, ThreadPoolExecutor(max_workers=at_once) as pool:
        try:
            yield pool, kernels
        except BaseException:  # Ctrl-C among them
            pool.shutdown(wait=False, cancel_futures=True)
            kernels.stop()
            raise


def _attempt(plan: Plan, staging: Path, kernels: Kernels) -> Result | NotebookError:
    """Run a notebook beside others; its figures and its notes go to a folder of its own."""
    from helpers.publish.execute import NotebookError, as_text, executed

    start = time.perf_counter()
    folder = staging / plan.path.parent.name / plan.path.stem
    figures, tables = folder / "figures", folder / "tables"
    figures.mkdir(parents=True)
    own = {FIGURES_VARIABLE: str(figures), TABLES_VARIABLE: str(tables)}
    own[SEMINAR_VARIABLE] = str(folder / "seminar")  # no sheets of whoever builds
    profile = {"IPYTHONDIR": str(staging / "ipython")}  # no reader's settings and start-up files
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = os.environ | own | profile | {"PYTHONPATH": path}
    try:
        notebook = executed(plan.text, plan.path, environment, kernels)
    except NotebookError as error:
        return error
    opened = tables.read_text(encoding="utf-8").split() if tables.is_file() else []
    seconds = time.perf_counter() - start
    return Result(as_text(notebook, METADATA), sorted(figures.iterdir()), opened, seconds)


def _because(plan: Plan) -> str:
    known = plan.reasons and plan.reasons != [keys.NEVER]
    return f"  ({keys.summary(plan.reasons)})" if known else ""


def _store(
    plan: Plan, result: Result, around: Surroundings, build: Path, ledger: keys.Ledger
) -> None:
    """Put what a notebook gave in its place, and note what it was made from."""
    figures = build / "figures" / plan.path.parent.name
    figures.mkdir(parents=True, exist_ok=True)
    files = [figure.replace(figures / figure.name) for figure in result.figures]
    files.append(_write_copy(plan.path, result.copy, build))
    tables = {keys.table_label(table) for table in result.tables}
    inputs = {n: content for n, content in plan.inputs.items() if n not in around.tables}
    read = {name: around.tables[name] for name in sorted(tables)}
    ledger.store(label(plan.path), inputs | read, keys.of_files(files, build))


def _write_copy(path: Path, text: str, build: Path) -> Path:
    copy = build / "notebooks" / path.parent.name / path.name
    write(copy, text)
    return copy


def _renew_prose(plan: Plan, build: Path, ledger: keys.Ledger) -> list[str]:
    """Give the copy of a notebook its new prose; the outputs stay. Return what went wrong."""
    from helpers.publish.execute import NotebookError, as_text, with_outputs

    copy = build / "notebooks" / plan.path.parent.name / plan.path.name
    try:
        notebook = with_outputs(plan.text, copy.read_text(encoding="utf-8"))
    except NotebookError as error:
        ledger.forget([label(plan.path)])
        return [f"{label(plan.path)}, {error}"]
    _write_copy(plan.path, as_text(notebook, METADATA), build)
    outputs = ledger.record(label(plan.path)).outputs
    files = [build / name for name in outputs]
    ledger.store(label(plan.path), plan.inputs, keys.of_files(files, build))
    print(f"{label(plan.path)}: new prose, the same outputs", flush=True)
    return []


# Storing


def refresh(build: Path = BUILD) -> list[Path]:
    """Run every notebook and store the outputs, and the pictures of the README, anew.

    Returns
    -------
    list of Path
        The tracked files that changed.
    """
    fresh = {SOURCES / c.parent.name / c.name: c for c in run(build, everything=True)}
    for picture in sorted(PICTURES.glob("*.png")):
        figure_id, language = picture.stem.rsplit(".", 1)
        fresh[picture] = build / "figures" / language / f"{figure_id}.png"
    return [stored for stored, copy in fresh.items() if _copy_if_new(copy, stored)]


def _copy_if_new(copy: Path, stored: Path) -> bool:
    if stored.read_bytes() == copy.read_bytes():
        return False
    write(stored, copy.read_bytes())
    return True
