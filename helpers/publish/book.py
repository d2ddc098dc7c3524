"""Build the book: every language, the page that leads to them, and the files to download."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from helpers.errors import BuildError
from helpers.language import LOCALES
from helpers.paths import BOOK as SOURCES
from helpers.paths import LIVE, WALL
from helpers.publish import archives, assets, exports, languages, pages, sheets
from helpers.publish.ask import database
from helpers.publish.links import faults
from helpers.publish.rendering import render
from helpers.publish.targets import EXPORTS, MADE_APART, SHEETS, data_archive, project_archive
from helpers.swap import beside


class BookError(BuildError):
    """The book cannot be built; the message says why."""


def build(folder: Path) -> Path:
    """Build the book in every language from the executed notebooks.

    What stands in it follows from the folder, from the tables (those that ``HELPERS_DATA`` names,
    if it does), and from ``book/``; nothing is kept from an earlier build.

    Parameters
    ----------
    folder : Path
        The build folder: holds ``notebooks`` and ``figures``, receives ``exports``, ``pages`` and
        ``book``. The book is made beside the one that is there and takes its place when it is
        whole, so that an open page stays.

    Returns
    -------
    Path
        The page to open.

    Raises
    ------
    BookError
        If Sphinx finds a fault, or a link leads nowhere; the message names it.
    helpers.publish.assets.AssetError
        If the packages from npm are not installed.
    helpers.publish.pages.PageError
        If a page cannot be written.
    """
    assets.require_node_modules()
    book = folder / "book"
    exports.write(folder)
    pages.write(folder)
    with beside(book) as unfinished:
        downloads(folder, unfinished / "downloads")
        assets.copy_licences(unfinished)
        database.write(unfinished)
        sheets.write(folder, unfinished / "downloads" / SHEETS)
        build_languages(folder, into=unfinished)
        write_landing(unfinished)
        found = faults(unfinished)
        if found:
            raise BookError("\n".join(["broken links:", *found]))
    return book / "index.html"


def build_languages(folder: Path, codes: Iterable[str] = LOCALES, into: Path | None = None) -> None:
    """Run Sphinx once for each language, side by side, from ``pages``.

    Parameters
    ----------
    folder : Path
        The build folder.
    codes : iterable of str
        Languages to build.
    into : Path, optional
        Receives the pages; ``book`` in the build folder, if it is not given.

    Raises
    ------
    BookError
        If Sphinx finds faults; the message holds all of them.
    """
    start, into = time.perf_counter(), into or folder / "book"
    running = {code: _sphinx(code, folder, into) for code in codes}
    failed = []
    for code, process in running.items():
        complaints, _ = process.communicate()
        if process.returncode:
            failed.append(f"the book in {code} failed:\n{complaints.strip()}")
        else:
            print(f"book, {code}  {time.perf_counter() - start:.1f} s", flush=True)
    if failed:
        raise BookError("\n".join(failed))
    # myst-nb's copies of the notebooks
    shutil.rmtree(into / "jupyter_execute", ignore_errors=True)


def _sphinx(code: str, folder: Path, into: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-b", "html"]
    command += ["-c", str(SOURCES), "-t", code, "-d", str(folder / "doctrees" / code)]
    command += [str(folder / "pages" / code), str(into / code)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )


def downloads(folder: Path, target: Path) -> None:
    """Put notebooks, figures, data and project where the book links to them, and what was made."""
    for name in ("notebooks", "figures"):
        # The decks have the ones, the pages the others.
        ignored = shutil.ignore_patterns(f"*{WALL}.svg", f"*{LIVE}.svg")
        shutil.copytree(folder / name, target / name, ignore=ignored)
    for name in (EXPORTS, *MADE_APART):
        if (folder / name).is_dir():
            shutil.copytree(folder / name, target / name)
    archives.data_package(target / data_archive())
    archives.project(target / project_archive())


def write_landing(book: Path) -> Path:
    """Write the page that offers the languages; return it."""
    first, *_ = listed = languages.every()
    page = book / "index.html"
    page.write_text(render("landing.html", first, languages=listed) + "\n", encoding="utf-8")
    return page
