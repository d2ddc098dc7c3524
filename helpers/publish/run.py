"""Run the notebooks, and keep their stored outputs in step with the data."""

from __future__ import annotations

import os
import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from helpers.errors import BuildError
from helpers.language import LOCALES
from helpers.paths import BUILD, FIGURES_VARIABLE, PICTURES, ROOT
from helpers.paths import NOTEBOOKS as SOURCES

TIMEOUT_SECONDS = 300
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# The kernel warns that its sockets are not encrypted; they are on this machine only.
QUIET = ["--IPKernelApp.log_level=ERROR"]
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class NotebookError(BuildError):
    """A notebook stopped; the message names it and holds the cell's own error."""


def sources() -> list[Path]:
    """Return the notebooks of all languages, language by language, in reading order."""
    return [path for code in LOCALES for path in sorted((SOURCES / code).glob("*.ipynb"))]


def run(build: Path = BUILD) -> list[Path]:
    """Run every notebook into the build folder, with one line of progress for each.

    Parameters
    ----------
    build : Path
        Receives ``notebooks/<language>/`` and ``figures/<language>/``.

    Returns
    -------
    list of Path
        The executed copies.

    Raises
    ------
    NotebookError
        If a cell fails.
    """
    paths = sources()
    for folder in ("notebooks", "figures"):  # nothing lingers that was renamed or removed
        shutil.rmtree(build / folder, ignore_errors=True)
    executed = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        started = {pool.submit(_run_one, path, build): path for path in paths}
        for number, future in enumerate(as_completed(started), start=1):
            target, seconds = future.result()
            executed.append(target)
            name = started[future].relative_to(ROOT)
            print(f"[{number}/{len(paths)}] {name}  {seconds:.1f} s", flush=True)
    return sorted(executed)


def _run_one(path: Path, build: Path) -> tuple[Path, float]:
    language = path.parent.name
    target = build / "notebooks" / language / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    environment = os.environ | {FIGURES_VARIABLE: str(build / "figures" / language)}
    notebook = execute(path, environment)
    target.write_text(as_text(notebook), encoding="utf-8")
    return target, time.perf_counter() - start


def execute(path: Path, environment: dict[str, str]) -> nbformat.NotebookNode:
    """Run one notebook in its own folder and return it with fresh outputs."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT_SECONDS,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=QUIET,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute(env=environment)
    except CellExecutionError as error:
        message = COLOUR.sub("", str(error))
        raise NotebookError(f"{path.relative_to(ROOT)} stopped:\n{message}") from None
    notebook.metadata = nbformat.from_dict(METADATA)
    return notebook


def as_text(notebook: nbformat.NotebookNode) -> str:
    """Return a notebook as the text of its file."""
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def refresh(build: Path = BUILD) -> list[Path]:
    """Run every notebook and store the outputs, and the pictures of the README, anew.

    Returns
    -------
    list of Path
        The tracked files that changed.
    """
    fresh = {SOURCES / copy.parent.name / copy.name: copy for copy in run(build)}
    for picture in sorted(PICTURES.glob("*.png")):
        figure_id, language = picture.stem.rsplit(".", 1)
        fresh[picture] = build / "figures" / language / f"{figure_id}.png"
    return [stored for stored, copy in fresh.items() if _copy_if_new(copy, stored)]


def _copy_if_new(copy: Path, stored: Path) -> bool:
    if stored.read_bytes() == copy.read_bytes():
        return False
    stored.write_bytes(copy.read_bytes())
    return True
