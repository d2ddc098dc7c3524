"""Command line: ``python -m helpers [--data FOLDER] COMMAND``."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

# Each command imports what it uses when it runs, so that a short one starts at once.
# ruff: noqa: PLC0415


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 if all is well, 1 if something was found, 2 if it could not run."""
    options = parser().parse_args(arguments)
    if options.data:
        from helpers.paths import DATA_VARIABLE

        os.environ[DATA_VARIABLE] = str(Path(options.data).resolve())
    for stream in (sys.stdout, sys.stderr):  # a terminal without Arabic letters shows their numbers
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    from helpers.refusals import guarded

    return guarded(lambda: int(options.run(options)), options.traceback)


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line: every command with its options.

    Examples
    --------
    >>> parser().parse_args(["stale", "--count", "3"]).count
    3
    """
    whole = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    whole.add_argument("--data", metavar="FOLDER", help="read the tables in FOLDER")
    about = "show where an error of the helpers themselves came from"
    whole.add_argument("--traceback", action="store_true", help=about)
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (function, about) in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(run=function)
        _add_options(name, command)
    return whole


def _add_options(name: str, command: argparse.ArgumentParser) -> None:
    if name == "verify":
        command.add_argument("passages", type=Path, metavar="PASSAGES.csv")
    if name == "run":
        about = "notebooks to run, changed or not, such as 01_context or ar/01_context"
        command.add_argument("names", nargs="*", metavar="NAME", help=about)
    if name == "start":
        about = "folder of the project, which names it; not there yet, or empty"
        command.add_argument("folder", type=Path, metavar="FOLDER", help=about)
    if name == "new":
        _add_new_options(command)
    if name == "changes":
        command.add_argument("old", type=Path, metavar="OLD", help="folder of the older data")
        command.add_argument("new", type=Path, metavar="NEW", help="folder of the newer data")
    if name == "keep":
        command.add_argument("old", type=Path, metavar="OLD", help="folder of the earlier edition")
    if name == "question":
        command.add_argument("id", metavar="ID", help="question, such as q-03-2")
        about = "the right answer; several, if it may be written in several ways"
        command.add_argument("answers", nargs="+", metavar="ANSWER", help=about)
    if name == "stale":
        about = "how many to list, those longest without evidence first (20 if not given)"
        command.add_argument("--count", type=int, default=20, metavar="N", help=about)
    if name in {"run", "book", "build"}:
        about = "make everything, whether something changed or not"
        command.add_argument("--all", action="store_true", dest="everything", help=about)


def _add_new_options(command: argparse.ArgumentParser) -> None:
    about = f"one of {', '.join(LAID_OUT)}"
    command.add_argument("what", metavar="WHAT", help=about)
    about = "its name; of a row, that of its table; of a language, its code"
    command.add_argument("name", metavar="NAME", help=about)
    about = "of a row its KEY; of a row or a question what is known of it, as FIELD=VALUE"
    command.add_argument("values", nargs="*", metavar="VALUE", help=about)
    command.add_argument("--notebook", help="notebook that shows the figure")
    command.add_argument("--table", help="table that the figure starts from")
    command.add_argument(
        "--kind", default="chart", help="chart (if not given) or table for reading"
    )
    command.add_argument("--folder", help="report, evidence or reference: where the table belongs")


def _validate(_options: argparse.Namespace) -> int:
    from helpers.data import data_folder, table_names, validate
    from helpers.paths import DATA

    faults: list[object] = [*validate()]
    subject = f"{len(table_names())} tables"
    if data_folder() == DATA:  # the notebooks go with these tables, and with no others
        from helpers.publish import pairs, unwritten
        from helpers.publish import run as notebooks

        faults += [*pairs.faults(), *unwritten.faults()]
        subject = f"{len(notebooks.sources())} notebooks, {subject}"
    return _report(faults, subject)


def _sort(_options: argparse.Namespace) -> int:
    from helpers.data import data_folder
    from helpers.data.sorting import sort_tables

    changed = sort_tables()
    for path in changed:
        print(f"sorted: {path.relative_to(data_folder()).as_posix()}")
    if not changed:
        print("every table is sorted")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from helpers.paths import ROOT
    from helpers.verify import verify

    found = verify(options.passages, ROOT)
    return _report(found.faults, f"{options.passages.name}, {found.files} files")


def _report(faults: Sequence[object], subject: str) -> int:
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
    from helpers.export import PARQUET, PARQUET_NEEDS, can_write_parquet, export
    from helpers.paths import BUILD

    with _turn():
        written = export(BUILD / "data")
    for path in written:
        print(f"written: {path}")
    if not can_write_parquet():
        print(f"left out: {PARQUET} (needs {PARQUET_NEEDS}, which is not installed)")
    return 0


def _run(options: argparse.Namespace) -> int:
    from helpers.paths import BUILD
    from helpers.publish import run as notebooks

    with _turn():
        notebooks.run(BUILD, options.names, everything=options.everything)
    print(f"Notebooks: {BUILD / 'notebooks'}")
    print(f"Figures:   {BUILD / 'figures'}")
    return 0


def _book(options: argparse.Namespace) -> int:
    from helpers.paths import BUILD
    from helpers.publish import renewal

    with _turn():
        page = renewal.book(BUILD, everything=options.everything)
    print(f"Open:      {page}")
    return 0


def _build(options: argparse.Namespace) -> int:
    from helpers.paths import BUILD
    from helpers.publish import renewal
    from helpers.publish import run as notebooks

    with _turn():
        notebooks.run(BUILD, everything=options.everything)
        page = renewal.book(BUILD, everything=options.everything)
    print(f"Open:      {page}")
    return 0


def _slides(_options: argparse.Namespace) -> int:
    from helpers.paths import BUILD
    from helpers.publish import slides

    with _turn():
        decks = slides.build(BUILD)
    print(f"{len(decks)} decks: {BUILD / 'slides'}")
    return 0


def _handout(_options: argparse.Namespace) -> int:
    from helpers.paths import BUILD
    from helpers.publish import handout

    with _turn():
        printed = handout.build(BUILD)
    print(f"{len(printed)} PDFs: {BUILD / 'handout'}, {BUILD / 'print'}")
    return 0


def _release(_options: argparse.Namespace) -> int:
    from helpers.paths import BUILD
    from helpers.publish import release

    with _turn():
        folder = release.write(BUILD)
    print((folder / release.SUMS).read_text(encoding="utf-8"), end="")
    print(f"Release:   {folder}")
    return 0


def _refresh(options: argparse.Namespace) -> int:
    from helpers.paths import ROOT
    from helpers.publish import run as notebooks

    with _turn():
        _dictionary(options)
        changed = notebooks.refresh()
    for path in changed:
        print(f"stored: {path.relative_to(ROOT)}")
    print(f"{len(changed)} notebooks and pictures changed")
    return 0


# What can be laid out, with the options that it needs.
LAID_OUT = {
    "figure": ("notebook", "table"),
    "language": (),
    "notebook": (),
    "question": (),
    "row": ("values",),
    "table": ("folder",),
}


def _new(options: argparse.Namespace) -> int:
    from helpers.errors import UsageError
    from helpers.paths import ROOT
    from helpers.scaffold.row import to_fill

    what: str = options.what
    if what not in LAID_OUT:
        raise UsageError(_not_laid_out(what))
    missing = [name for name in LAID_OUT[what] if not getattr(options, name)]
    if missing:
        named = (f"--{name}" if name != "values" else "KEY" for name in missing)
        raise UsageError(f"new {what} needs {' and '.join(named)}")
    if options.values and what not in {"question", "row"}:
        raise UsageError(f"new {what} takes no {options.values[0]!r}")
    for path in _laid_out(options):
        shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        print(f"laid out: {shown}")
    if what == "language":
        print("next: python -m helpers validate names what is still to be written")
    if what in {"question", "row"}:
        print("each row has", *to_fill(options.name if what == "row" else "questions"), sep="\n  ")
    return 0


def _not_laid_out(what: str) -> str:
    """Say what can be laid out; of what a table lists, such as a claim, that it is a row."""
    from helpers.data.schema import stored, table_names

    for table in table_names():
        if what == table or [f"{what}_id"] == stored(table)["schema"]["primaryKey"]:
            return f"{what} is no layout but a row: `python -m helpers new row {table} KEY`"
    return f"no layout {what!r}; layouts: {', '.join(LAID_OUT)}"


def _laid_out(options: argparse.Namespace) -> Sequence[Path]:
    from helpers import scaffold
    from helpers.scaffold.row import values_of

    name: str = options.name
    match options.what:
        case "figure":
            return scaffold.new_figure(name, options.notebook, options.table, options.kind)
        case "language":
            return scaffold.new_language(name)
        case "notebook":
            return scaffold.new_notebook(name)
        case "question":
            return scaffold.new_question(name, values_of(options.values))
        case "row":
            key, *rest = options.values
            return [scaffold.new_row(name, key, values_of(rest))]
        case _:
            return scaffold.new_table(name, options.folder)


def _question(options: argparse.Namespace) -> int:
    from helpers.scaffold.question import set_answer

    for normal in set_answer(options.id, options.answers):
        print(f"{options.id}: {normal}")
    return 0


def _stale(options: argparse.Namespace) -> int:
    import pandas as pd

    from helpers import evidence
    from helpers.data import checked_claims, edition_day, promise_events, promises
    from helpers.data.languages import in_main

    day = edition_day()
    states = evidence.state(promises(), promise_events(), day)
    waiting = evidence.stale(states, checked_claims(), day)
    print(f"days without evidence until {day:%Y-%m-%d}, the edition of the data")
    for row in waiting.head(max(options.count, 0)).to_dict("records"):
        vain = pd.Timestamp(row["searched_on"])
        searched = "" if pd.isna(vain) else f"; searched in vain on {vain:%Y-%m-%d}"
        print(f"{row['days']:5} {row['what']:8} {row['id']}: {row[in_main('title')]}{searched}")
    print(f"{len(waiting)} wait for evidence")
    return 0


def _changes(options: argparse.Namespace) -> int:
    from helpers.editions import edition_changes

    found = edition_changes(options.old, options.new)
    for change in found:
        print(change)
    print(f"{len(found) or 'no'} change{'' if len(found) == 1 else 's'}")
    return 0


def _keep(options: argparse.Namespace) -> int:
    from helpers.data import data_folder
    from helpers.editions import rows_to_keep
    from helpers.scaffold.files import write_rows

    kept = rows_to_keep(options.old)
    path = data_folder() / "reference" / "earlier_edition.csv"
    write_rows(path, list(kept[0]), kept)
    print(f"{len(kept)} rows kept of {options.old}")
    return 0


def _turn() -> AbstractContextManager[None]:
    """Wait for another command that writes into the build folder, if there is one."""
    from helpers.paths import BUILD
    from helpers.turns import turn

    return turn(BUILD / ".lock")


def _start(options: argparse.Namespace) -> int:
    from helpers.scaffold import start

    for path in start(options.folder):
        print(f"to be written: {path}")
    print(
        f"laid out: {options.folder}; next: cd {options.folder}, then make (its README says more)"
    )
    return 0


COMMANDS = {
    "validate": (_validate, "check every table, and the notebooks in pairs; name each fault"),
    "sort": (_sort, "put the rows of every table in the order of their keys"),
    "verify": (_verify, "check the tables against a copy of the report's passages"),
    "stale": (_stale, "list the promises and checks that are longest without evidence"),
    "changes": (_changes, "say which verdicts, stages and values changed between two folders"),
    "keep": (_keep, "keep what a folder of data says, for the book's page of changes"),
    "dictionary": (_dictionary, "write the data dictionary in both languages"),
    "export": (_export, "write the tables for other programs into build/data"),
    "build": (_build, "run what changed, then build the book: what `make` does"),
    "start": (_start, "lay out a project for a report of your own, in a folder that is not there"),
    "new": (
        _new,
        "lay out a figure, language, notebook, question, row or table, ready to fill",
    ),
    "question": (_question, "write the salted hash of the right answer to a question"),
    "run": (_run, "run the notebooks that changed, or those named, into build/"),
    "book": (_book, "build the book from the executed notebooks in build/"),
    "slides": (_slides, "make a deck of slides from every executed notebook"),
    "handout": (_handout, "print the sheets to hand out, and the notebooks (needs Chromium)"),
    "release": (_release, "pack all that is handed over, with checksums, into build/release"),
    "refresh": (_refresh, "run every notebook and store its outputs in notebooks/"),
}


if __name__ == "__main__":
    sys.exit(main())
