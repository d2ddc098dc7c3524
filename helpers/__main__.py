"""Command line: ``python -m helpers [--data FOLDER] COMMAND``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 if all is well, 1 if something was found."""
    parser = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    parser.add_argument("--data", metavar="FOLDER", help="read the tables in FOLDER")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("validate", help="check every table; name each fault with file, row, field")
    commands.add_parser("run", help="run every notebook into build/")
    commands.add_parser("refresh", help="run every notebook and store its outputs in notebooks/")
    options = parser.parse_args(arguments)
    if options.data:
        from helpers.data.schema import FOLDER_VARIABLE  # noqa: PLC0415 - commands load what they use

        os.environ[FOLDER_VARIABLE] = options.data
    try:
        return COMMANDS[options.command]()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2


def _validate() -> int:
    from helpers.data import table_names, validate  # noqa: PLC0415

    faults = validate()
    for fault in faults:
        print(fault)
    tables = len(table_names())
    print(f"{len(faults)} faults in {tables} tables" if faults else f"{tables} tables, no fault")
    return 1 if faults else 0


def _run() -> int:
    from helpers import notebooks  # noqa: PLC0415

    try:
        notebooks.run()
    except notebooks.NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Notebooks: {notebooks.BUILD / 'notebooks'}")
    print(f"Figures:   {notebooks.BUILD / 'figures'}")
    return 0


def _refresh() -> int:
    from helpers import notebooks  # noqa: PLC0415

    try:
        changed = notebooks.refresh()
    except notebooks.NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    for path in changed:
        print(f"stored: {path.relative_to(notebooks.ROOT)}")
    print(f"{len(changed)} files changed")
    return 0


COMMANDS = {"validate": _validate, "run": _run, "refresh": _refresh}


if __name__ == "__main__":
    sys.exit(main())
