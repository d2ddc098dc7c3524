"""Build the book: every language, the page that leads to them, and the files to download."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

from helpers.data import data_folder
from helpers.data.schema import package
from helpers.errors import BuildError
from helpers.language import LOCALES
from helpers.paths import BOOK as SOURCES
from helpers.paths import ROOT, WALL
from helpers.publish import assets, dictionary, languages, pages
from helpers.publish.links import faults
from helpers.publish.rendering import render
from helpers.publish.targets import ARCHIVE

# A zip holds a date for each file; a fixed one gives the same bytes for the same content.
ZIP_DATE = (2026, 1, 1, 0, 0, 0)
LICENCE = "LICENSE-DATA"


class BookError(BuildError):
    """The book cannot be built; the message says why."""


def build(folder: Path) -> Path:
    """Build the book in every language from the executed notebooks.

    What stands in it follows from the folder, from the tables (those that ``SUMMIT_DATA`` names, if
    it does), and from ``book/``; nothing is kept from an earlier build.

    Parameters
    ----------
    folder : Path
        The build folder: holds ``notebooks`` and ``figures``, receives ``pages`` and ``book``.

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
    shutil.rmtree(book, ignore_errors=True)
    pages.write(folder)
    downloads(folder, book / "downloads")
    assets.copy_licences(book)
    build_languages(folder)
    write_landing(book)
    found = faults(book)
    if found:
        raise BookError("\n".join(["broken links:", *found]))
    return book / "index.html"


def build_languages(folder: Path, codes: Iterable[str] = tuple(LOCALES)) -> None:
    """Run Sphinx once for each language, side by side, from ``pages`` into ``book``.

    Parameters
    ----------
    folder : Path
        The build folder.
    codes : iterable of str
        Languages to build.

    Raises
    ------
    BookError
        If Sphinx finds faults; the message holds all of them.
    """
    start = time.perf_counter()
    running = {code: _sphinx(code, folder) for code in codes}
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
    shutil.rmtree(folder / "book" / "jupyter_execute", ignore_errors=True)


def _sphinx(code: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-b", "html"]
    command += ["-c", str(SOURCES), "-t", code, "-d", str(folder / "doctrees" / code)]
    command += [str(folder / "pages" / code), str(folder / "book" / code)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )


def downloads(folder: Path, target: Path) -> None:
    """Put the notebooks, the figures and the data where the book links to them."""
    for name in ("notebooks", "figures"):
        ignored = shutil.ignore_patterns(f"*{WALL}.svg")  # the decks have them
        shutil.copytree(folder / name, target / name, ignore=ignored)
    archive(target / ARCHIVE)


def archive(path: Path) -> Path:
    """Write the data package as a zip file, the same bytes for the same content.

    Raises
    ------
    BookError
        If a file of the package is missing; the message names it.
    """
    files = _archived()
    missing = [name for name, source in files.items() if not source.is_file()]
    if missing:
        raise BookError(f"not there to be archived: {', '.join(missing)}")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, source in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, source.read_bytes())
    return path


def _archived() -> dict[str, Path]:
    """Return the files of the data package by their names in the archive."""
    data = data_folder()
    names = ["datapackage.json", "README.md", "read.R"]
    names += [resource["path"] for resource in package()["resources"]]
    names += [path.relative_to(data).as_posix() for path in (data / "schema").glob("*.json")]
    names += [dictionary.file_name(code) for code in LOCALES]
    return {f"data/{name}": data / name for name in sorted(names)} | {LICENCE: ROOT / LICENCE}


def write_landing(book: Path) -> Path:
    """Write the page that offers the languages; return it."""
    first, *_ = listed = languages.every()
    page = book / "index.html"
    page.write_text(render("landing.html", first, languages=listed) + "\n", encoding="utf-8")
    return page
