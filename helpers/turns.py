"""Take turns: what must not run twice at once waits, and says for whom.

Stands on the standard library alone, since the set-up runs it before anything is installed:
``python -m helpers.turns FILE COMMAND …`` runs a command while it holds the lock of a file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PAUSE_SECONDS = 0.2


@contextmanager
def turn(path: Path, work: str = "another run") -> Iterator[None]:
    """Hold the lock of a file while the context lasts; wait for it if another process has it.

    The system gives the lock back when a process ends, however it ends, so that none goes stale.

    Parameters
    ----------
    path : Path
        File of the lock; made if it is not there, and left there.
    work : str
        What the other process does, for the line that says that this one waits.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        _acquire(file, work)
        try:
            yield
        finally:
            _write(file, "")
            _release(file)


def _acquire(file: IO[str], work: str) -> None:
    if not _try(file):
        print(f"{work} is at work{_holder(file)}; waiting for it to end ...", flush=True)
        while not _try(file):
            time.sleep(PAUSE_SECONDS)
    _write(file, str(os.getpid()))


def _write(file: IO[str], text: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(text)
    file.flush()


def _holder(file: IO[str]) -> str:
    file.seek(0)
    try:
        number = file.read().strip()
    except OSError:  # Windows lets nobody read what is locked
        number = ""
    return f" (process {number})" if number else ""


if sys.platform == "win32":
    import msvcrt

    # Far behind the text: the locked byte itself cannot be read or written by others.
    _PLACE = 1 << 20

    def _try(file: IO[str]) -> bool:
        file.seek(_PLACE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(file: IO[str]) -> None:
        file.seek(_PLACE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


def main(arguments: list[str]) -> int:
    """Run a command while the lock of a file is held; return what the command returns."""
    path, *command = arguments
    with turn(Path(path), "another set-up"):
        try:
            return subprocess.run(command, check=False).returncode
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
