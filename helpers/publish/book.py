"""Build the book: both languages, the page that leads to them, and the files to download."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import zipfile
from html import escape
from pathlib import Path

from helpers.data import data_folder
from helpers.data.schema import package, table_names
from helpers.errors import BuildError
from helpers.language import LOCALES, Language
from helpers.paths import BOOK as SOURCES
from helpers.paths import NODE_MODULES, ROOT
from helpers.publish import pages
from helpers.publish.links import faults

FONTS = "fonts"
FACES = {
    "ibm-plex-sans-arabic": ("arabic-400", "arabic-600", "latin-400", "latin-600"),
    "amiri": ("arabic-400", "arabic-700", "latin-400", "latin-700"),
}
# A zip holds a date for each file; a fixed one gives the same bytes for the same content.
ZIP_DATE = (2026, 1, 1, 0, 0, 0)


class BookError(BuildError):
    """The book cannot be built; the message says why."""


def build(folder: Path) -> Path:
    """Build the book in every language from the executed notebooks.

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
    helpers.publish.pages.PageError
        If a page cannot be written.
    """
    require_node_modules()
    book = folder / "book"
    shutil.rmtree(book, ignore_errors=True)
    pages.write(folder)
    downloads(folder, book / "downloads")
    _build_languages(folder, book)
    _landing(book)
    found = faults(book)
    if found:
        raise BookError("\n".join(["broken links:", *found]))
    return book / "index.html"


def require_node_modules() -> None:
    """Say what to do if the packages from npm are not installed.

    Raises
    ------
    BookError
        If they are not.
    """
    if not (NODE_MODULES / "rtlcss").is_dir():
        raise BookError(f"no packages in {NODE_MODULES.relative_to(ROOT)}; run `make setup`")


def _build_languages(folder: Path, book: Path) -> None:
    """Run Sphinx once for each language, side by side."""
    start = time.perf_counter()
    running = {code: _sphinx(code, folder, book) for code in LOCALES}
    failed = []
    for code, process in running.items():
        complaints, _ = process.communicate()
        if process.returncode:
            failed.append(f"the book in {code} failed:\n{complaints.strip()}")
        else:
            print(f"book, {code}  {time.perf_counter() - start:.1f} s", flush=True)
    if failed:
        raise BookError("\n".join(failed))
    shutil.rmtree(book / "jupyter_execute", ignore_errors=True)  # myst-nb's copies of the notebooks


def _sphinx(code: str, folder: Path, book: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-b", "html"]
    command += ["-c", str(SOURCES), "-t", code, "-d", str(folder / "doctrees" / code)]
    command += [str(folder / "pages" / code), str(book / code)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )


def font_files() -> list[Path]:
    """Return the font files of the book and the slides."""
    return [
        NODE_MODULES / "@fontsource" / family / "files" / f"{family}-{face}-normal.woff2"
        for family, faces in FACES.items()
        for face in faces
    ]


def downloads(folder: Path, target: Path) -> None:
    """Put the notebooks, the figures and the data where the book links to them."""
    for name in ("notebooks", "figures"):
        shutil.copytree(folder / name, target / name)
    archive(target / pages.ARCHIVE)


def archive(path: Path) -> Path:
    """Write the data package as a zip file, the same bytes for the same content."""
    data = data_folder()
    names = [entry["path"] for entry in package()["resources"]]
    names += [f"schema/{name}.json" for name in table_names()]
    names += ["datapackage.json", "README.md", "DICTIONARY.md", "DICTIONARY.ar.md"]
    files = {f"data/{name}": data / name for name in sorted(names) if (data / name).is_file()}
    files["LICENSE-DATA"] = ROOT / "LICENSE-DATA"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, source in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, source.read_bytes())
    return path


def _landing(book: Path) -> None:
    """Write the page that offers the languages."""
    template = (SOURCES / "landing.html").read_text(encoding="utf-8")
    languages = [Language(code) for code in LOCALES]
    choices = "\n".join(
        f'<a href="{lang.code}/index.html" lang="{lang.code}" dir="{lang.direction}">'
        f"<strong>{escape(lang.phrase('work-title'))}</strong>"
        f"{escape(lang.phrase('work-summary'))}</a>"
        for lang in languages
    )
    title = escape(" · ".join(lang.phrase("work-title") for lang in languages))
    (book / "index.html").write_text(
        template.replace("{{choices}}", choices).replace("{{title}}", title), encoding="utf-8"
    )
