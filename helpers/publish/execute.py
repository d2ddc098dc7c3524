"""Run one notebook in a kernel, and tell a failure so that a reader finds its place."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import nbformat.reader
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.validator import iter_validate

from helpers.errors import BuildError
from helpers.paths import ROOT
from helpers.publish.kernels import Kernels

TIMEOUT_SECONDS = 300
KERNEL = "python3"  # whatever a notebook names: it may have been stored by another program
VERSION = 4  # of the format
WITH_IDS = (4, 5)  # since this version of the format each cell has one
NOT_UNDERSTOOD = "\ufffd"  # stands for bytes that are not UTF-8
# No start-up file and no history: a notebook runs the same for all.
ARGUMENTS = (
    "--IPKernelApp.log_level=ERROR",  # else a warning that sockets on this machine are open
    "--InteractiveShell.xmode=Plain",
    "--InteractiveShell.colors=nocolor",
    "--InteractiveShellApp.exec_PYTHONSTARTUP=False",
    "--HistoryManager.enabled=False",
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# A line of IPython's plain traceback that says where; the line of code stands under it.
PLACE = re.compile(
    r"^\s*(?:File (?P<file>.+?):(?P<line>\d+)(?: in (?P<function>\w+))?"
    r"|Cell In\[\d+\], line (?P<own>\d+))"
)
LINES_SHOWN = 12  # of an error's own message


class NotebookError(BuildError):
    """A notebook stopped; the message names notebook, cell and place."""


def executed(
    text: str, path: Path, environment: Mapping[str, str], kernels: Kernels
) -> NotebookNode:
    """Run a notebook and return it with fresh outputs.

    Parameters
    ----------
    text : str
        The notebook's file.
    path : Path
        Where it lies; it runs in that folder.
    environment : mapping
        Variables of the kernel.
    kernels : Kernels
        Where the kernel comes from.

    Raises
    ------
    NotebookError
        If the text is no notebook, or a cell fails, takes too long or takes the kernel with it.
    """
    notebook = fresh(text)
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT_SECONDS,
        kernel_name=KERNEL,
        kernel_manager_class=kernels.manager,
        shutdown_kernel="immediate",
        record_timing=False,
        extra_arguments=list(ARGUMENTS),
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        asyncio.run(client.async_execute(env=dict(environment)))
    except CellExecutionError:
        raise NotebookError(_failure(notebook)) from None
    except CellTimeoutError:
        message = f"  took longer than {TIMEOUT_SECONDS} s"
        raise NotebookError(f"cell {_unfinished(notebook)}:\n{message}") from None
    except NoSuchKernel:
        raise NotebookError(f"no kernel {KERNEL!r} is installed; run `make setup`") from None
    except DeadKernelError:
        raise NotebookError(f"cell {_unfinished(notebook)}:\n  the kernel died") from None
    except RuntimeError as error:  # of Jupyter, which has no kind of its own for it
        client.create_kernel_manager()  # nbclient forgot it, and asks for it as Python ends
        raise NotebookError(f"its kernel did not start: {error}") from None
    return notebook


def read(path: Path) -> str:
    """Return the text of a notebook's file; what is not UTF-8 in it is replaced by a sign."""
    return path.read_bytes().decode("utf-8-sig", errors="replace")


def fresh(text: str) -> NotebookNode:
    """Read a notebook and take its stored outputs away.

    Raises
    ------
    NotebookError
        If it is none; the message says why.

    Examples
    --------
    >>> fresh("# My notebook")
    Traceback (most recent call last):
    helpers.publish.execute.NotebookError: not a notebook: no JSON
    """
    if NOT_UNDERSTOOD in text:
        raise NotebookError("not a notebook: no file in UTF-8")
    try:
        notebook: NotebookNode = nbformat.convert(nbformat.reader.reads(text), VERSION)
        for cell in _code(notebook):
            cell.outputs, cell.execution_count = [], None
        wrong = [str(error).splitlines()[0] for error in iter_validate(notebook)]
    except nbformat.reader.NotJSONError:
        raise NotebookError("not a notebook: no JSON") from None
    except (*(ValueError, AttributeError, KeyError, TypeError), nbformat.ValidationError) as error:
        raise NotebookError(f"not a notebook: {str(error).splitlines()[0]}") from None
    _refuse_ids_of_none_or_two(notebook)
    if wrong:
        raise NotebookError(f"not a notebook: {wrong[0]}")
    return notebook


def _refuse_ids_of_none_or_two(notebook: NotebookNode) -> None:
    """Refuse what Jupyter would mend by ids drawn at random, others in every run."""
    if (notebook.nbformat, notebook.get("nbformat_minor", 0)) < WITH_IDS:
        return
    counted = Counter(cell.get("id", "") for cell in notebook.cells)
    for name, count in counted.items():
        if not name:
            raise NotebookError("not a notebook: a cell without an id")
        if count > 1:
            raise NotebookError(f"not a notebook: the id {name!r} stands twice")


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _unfinished(notebook: NotebookNode) -> str:
    """Return the id of the first cell that has not come to its end.

    Examples
    --------
    >>> cells = [nbformat.v4.new_code_cell(id=name) for name in ("first", "second", "third")]
    >>> cells[0].execution_count = 1
    >>> _unfinished(nbformat.v4.new_notebook(cells=cells))
    'second'
    """
    waiting = (cell for cell in _code(notebook) if cell.execution_count is None)
    return str(next(waiting, notebook.cells[-1]).get("id", "without an id"))


def _failure(notebook: NotebookNode) -> str:
    """Return what a reader needs of a cell's error: the cell, the error, and the places."""
    for cell in _code(notebook):
        for output in cell.outputs:
            if output.output_type == "error":
                message = COLOUR.sub("", f"{output.ename}: {output.evalue}").splitlines()
                lines = [*message[:LINES_SHOWN], *_places(output.traceback)]
                named = f"cell {cell.get('id', 'without an id')}:"
                return "\n".join([named, *(f"  {line}" for line in lines)])
    return f"cell {_unfinished(notebook)}:\n  an error"


def _places(traceback: list[str]) -> Iterator[str]:
    """Pick the lines of the notebook and of this project out of a traceback."""
    lines = COLOUR.sub("", "\n".join(traceback)).splitlines()
    for number, line in enumerate(lines):
        found = PLACE.match(line)
        code = next((text.strip() for text in lines[number + 1 : number + 2]), "")
        if found and found["own"]:
            yield f"at line {found['own']} of the cell: {code}"
        elif found and (file := _in_project(found["file"])):
            yield f"at {file}, line {found['line']}, in {found['function']}: {code}"


def _in_project(file: str) -> str:
    path = Path(file).expanduser()
    inside = path.is_relative_to(ROOT) and "site-packages" not in path.parts
    return path.relative_to(ROOT).as_posix() if inside else ""


def with_outputs(text: str, stored: str) -> NotebookNode:
    """Return a notebook with the outputs that another with the same code has.

    Parameters
    ----------
    text : str
        The notebook's file.
    stored : str
        The executed copy's file.
    """
    notebook = fresh(text)
    earlier = _code(nbformat.reads(stored, as_version=4))
    for cell, other in zip(_code(notebook), earlier, strict=True):
        cell.outputs, cell.execution_count = other.outputs, other.execution_count
    return notebook


def as_text(notebook: NotebookNode, metadata: Mapping[str, Any]) -> str:
    """Return a notebook as the text of its file, with metadata that say nothing of a machine."""
    notebook.metadata = nbformat.from_dict(metadata)
    text: str = nbformat.writes(notebook, version=4)
    return text.rstrip("\n") + "\n"
