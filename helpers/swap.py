"""Put what is made anew in the place of what was there, only when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
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
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished, former = (path.with_name(f".{path.name}.{end}") for end in ("new", "old"))
    remove(unfinished)
    if former.exists() and not path.exists():  # a run was killed between the two steps of a swap
        former.rename(path)
    remove(former)
    try:
        yield unfinished
        _put(unfinished, path, former)
    except OSError as error:
        if error.filename is None:  # a full disk does not say which file it has no room for
            error.filename = str(path)
        raise
    finally:
        remove(unfinished)


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


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
