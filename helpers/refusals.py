"""Run a command so that whatever stops it is said in a sentence, and never as a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

# Imported where they are asked for, so that a short command starts at once.
# ruff: noqa: PLC0415

FOUND, REFUSED = 1, 2
# As the shell says it of a command that Ctrl-C ended, and of one whose output was closed.
INTERRUPTED = 130
CLOSED = 141
PACKAGE = Path(__file__).parent


def guarded(command: Callable[[], int], show_traceback: bool = False) -> int:
    """Run a command; return what it returns, or how it ended.

    Parameters
    ----------
    command : callable
        Returns 0 if all is well, 1 if something was found.
    show_traceback : bool
        Whether an error that nobody foresaw is raised, and not told in a sentence.

    Returns
    -------
    int
        Of a command that was stopped, 1 if something cannot be built, 2 if it could not run at
        all, 130 after Ctrl-C, 141 if nobody reads on.
    """
    try:
        found = command()
        sys.stdout.flush()
        return found
    except BrokenPipeError:  # whoever reads the output, such as `head`, has read enough
        _close_output()
        return CLOSED
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        said = sentence(error)
        if not said and show_traceback:
            raise
        print(said or _unforeseen(error), file=sys.stderr)
        return FOUND if _cannot_be_built(error) else REFUSED


def sentence(error: Exception) -> str:
    """Return what an error says to a reader; nothing if it is one that nobody foresaw.

    Examples
    --------
    >>> sentence(PermissionError(13, "Permission denied", "build/data"))
    'build/data: Permission denied'
    >>> sentence(ModuleNotFoundError("No module named 'babel'", name="babel"))
    'the package babel is not installed; run `make setup`'
    >>> sentence(ZeroDivisionError())
    ''
    """
    if isinstance(error, ModuleNotFoundError):  # the rest may need what is missing
        return _lacking(error)
    if isinstance(error, OSError):
        return _refused(error)
    from helpers.data.faults import DataError
    from helpers.errors import BuildError, UnknownNameError, UsageError

    foreseen = isinstance(error, BuildError | DataError | UsageError | UnknownNameError)
    return str(error) if foreseen else ""


def _cannot_be_built(error: Exception) -> bool:
    from helpers.errors import BuildError

    return isinstance(error, BuildError)


def _lacking(error: ModuleNotFoundError) -> str:
    missing = str(error.name).partition(".")[0]
    if missing == PACKAGE.name:
        return ""
    return f"the package {missing} is not installed; run `make setup`"


def _refused(error: OSError) -> str:
    """Say what the system refused, such as a full disk or a folder that may not be written."""
    if error.strerror is None:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def _unforeseen(error: Exception) -> str:
    """Say what went wrong and in which line of the helpers, for whoever reports it."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    place = "an unknown place"
    if ours:
        file = Path(ours[-1].filename).relative_to(PACKAGE.parent).as_posix()
        place = f"{file}, line {ours[-1].lineno}"
    message = " ".join(str(error).split())
    return (
        f"a fault of the helpers, in {place}: {type(error).__name__}: {message}\n"
        "`python -m helpers --traceback COMMAND` shows where it came from"
    )


def _close_output() -> None:
    """Let nothing be written any more, lest Python complain as it ends."""
    output = sys.__stdout__
    if output is not None and output is sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())
