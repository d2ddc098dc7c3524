"""Command line: ``python -m helpers [--data FOLDER] COMMAND``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

# Each command imports what it uses when it runs, so that a short one starts at once.
# ruff: noqa: PLC0415


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 if all is well, 1 if something was found, 2 if it could not run."""
    parser = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    parser.add_argument("--data", metavar="FOLDER", help="read the tables in FOLDER")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (function, about) in COMMANDS.items():
        command = commands.add_parser(name, help=about)
        command.set_defaults(run=function)
        if name == "verify":
            command.add_argument("passages", type=Path, metavar="PASSAGES.csv")
    options = parser.parse_args(arguments)
    if options.data:
        from helpers.paths import DATA_VARIABLE

        os.environ[DATA_VARIABLE] = str(Path(options.data).resolve())
    return _guarded(options)


def _guarded(options: argparse.Namespace) -> int:
    from helpers.data import DataError
    from helpers.errors import BuildError

    try:
        return options.run(options)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except (FileNotFoundError, DataError) as error:
        print(error, file=sys.stderr)
        return 2


def _validate(_options: argparse.Namespace) -> int:
    from helpers.data import table_names, validate

    return _report(validate(), f"{len(table_names())} tables")


def _verify(options: argparse.Namespace) -> int:
    from helpers.paths import ROOT
    from helpers.verify import verify

    found = verify(options.passages, ROOT)
    return _report(found.faults, f"{options.passages.name}, {found.files} files")


def _report(faults: list, subject: str) -> int:
    for fault in faults:
        print(fault)
    print(f"{subject}: {len(faults) or 'no'} fault{'' if len(faults) == 1 else 's'}")
    return 1 if faults else 0


def _dictionary(_options: argparse.Namespace) -> int:
    from helpers.publish import dictionary

    for path in dictionary.write():
        print(f"written: {path}")
    return 0


def _export(_options: argparse.Namespace) -> int:
    from helpers.export import export
    from helpers.paths import BUILD

    for path in export(BUILD / "data"):
        print(f"written: {path}")
    return 0


def _run(_options: argparse.Namespace) -> int:
    from helpers.paths import BUILD
    from helpers.publish import run as notebooks

    notebooks.run()
    print(f"Notebooks: {BUILD / 'notebooks'}")
    print(f"Figures:   {BUILD / 'figures'}")
    return 0


def _book(_options: argparse.Namespace) -> int:
    from helpers.paths import BUILD
    from helpers.publish import book

    page = book.build(BUILD)
    print(f"Open:      {page}")
    return 0


def _slides(_options: argparse.Namespace) -> int:
    from helpers.paths import BUILD
    from helpers.publish import slides

    decks = slides.build(BUILD)
    print(f"{len(decks)} decks: {BUILD / 'slides'}")
    return 0


def _handout(_options: argparse.Namespace) -> int:
    from helpers.paths import BUILD
    from helpers.publish import handout

    printed = handout.build(BUILD)
    print(f"{len(printed)} handouts: {BUILD / 'handout'}")
    return 0


def _refresh(options: argparse.Namespace) -> int:
    from helpers.paths import ROOT
    from helpers.publish import run as notebooks

    _dictionary(options)
    changed = notebooks.refresh()
    for path in changed:
        print(f"stored: {path.relative_to(ROOT)}")
    print(f"{len(changed)} notebooks and pictures changed")
    return 0


COMMANDS = {
    "validate": (_validate, "check every table; name each fault with file, row and field"),
    "verify": (_verify, "check the tables against a copy of the report's passages"),
    "dictionary": (_dictionary, "write the data dictionary in both languages"),
    "export": (_export, "write a SQLite database and spreadsheets into build/data"),
    "run": (_run, "run every notebook into build/"),
    "book": (_book, "build the book from the executed notebooks in build/"),
    "slides": (_slides, "make a deck of slides from every executed notebook"),
    "handout": (_handout, "print a handout of every notebook from the book (needs Chromium)"),
    "refresh": (_refresh, "run every notebook and store its outputs in notebooks/"),
}


if __name__ == "__main__":
    sys.exit(main())
