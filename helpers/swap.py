"""Put what is made anew in the place of what was there, only when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Yield a path to write to, which takes the place of the other when all went well.

    Parameters
    ----------
    path : Path
        A file, or a folder; what stands there stays until the context ends, and beyond if it
        ends with an error.
    """
    unfinished, former = _cleared(path)
    try:
        with _named(path):
            yield unfinished
            _put(unfinished, path, former)
    finally:
        remove(unfinished)


def _cleared(path: Path) -> tuple[Path, Path]:
    """Return where the new and the former lie during a swap, with nothing there from another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished, former = (path.with_name(f".{path.name}.{end}") for end in ("new", "old"))
    remove(unfinished)
    if former.exists() and not path.exists():  # a run was killed between the two steps of a swap
        former.rename(path)
    remove(former)
    return unfinished, former


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an error name the file: a full disk does not say which it has no room for."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def _put(unfinished: Path, path: Path, former: Path) -> None:
    """Replace a file, or a folder, which cannot be replaced in one step."""
    if not path.is_dir():
        if path.exists():
            shutil.copymode(path, unfinished)
        unfinished.replace(path)
        return
    path.rename(former)
    try:
        unfinished.rename(path)
    except BaseException:  # Ctrl-C among them
        former.rename(path)
        raise
    remove(former)


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: what stood there stays if the disk is full.

    Parameters
    ----------
    path : Path
        The file; text is written in UTF-8, with line ends as they are.
    content : str or bytes
        What it is to hold.
    """
    with beside(path) as unfinished:
        unfinished.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def write_all(files: Mapping[Path, str | bytes]) -> None:
    """Write several files, all of them or none: if one cannot be, the others are as they were.

    Parameters
    ----------
    files : mapping of Path to str or bytes
        What each is to hold, as :func:`write` takes it. Folders that are not there are made.
    """
    with ExitStack() as undo:
        for folder in sorted({folder for path in files for folder in _lacking(path)}):
            undo.callback(remove, folder)
        swaps = {}
        for path, content in files.items():
            unfinished, former = swaps[path] = _cleared(path)
            undo.callback(remove, unfinished)
            with _named(path):
                unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
        for path, (unfinished, former) in swaps.items():
            undo.callback(_put_back, path, former, was_there=path.exists())
            if path.exists():
                shutil.copymode(path, unfinished)
                path.rename(former)
            unfinished.rename(path)
        undo.pop_all()
    for _, former in swaps.values():
        remove(former)


def _lacking(path: Path) -> list[Path]:
    """Return the folders above a file that are not there."""
    return [folder for folder in path.parents if not folder.exists()]


def _put_back(path: Path, former: Path, *, was_there: bool) -> None:
    if former.exists():
        former.replace(path)
    elif not was_there:
        remove(path)


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
