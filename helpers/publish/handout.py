"""Print PDFs by Chromium: the sheets to hand out, and every notebook whole.

The same pages give the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.data import load
from helpers.data.schema import stored_package
from helpers.errors import BuildError
from helpers.language import LOCALES
from helpers.publish import sheets
from helpers.publish.targets import made_file, sheet_file

# The first has no window to draw, and opens a page with two thirds of the work.
BROWSERS = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "chrome"),
)
BROWSER_VARIABLE = "CHROMIUM"
QUIET = [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT_SECONDS = 120
# Printings side by side: each waits more than it works.
AT_ONCE = 2
# When a PDF was made; the printer writes it twice, and the day of the edition is put in its place.
MADE_ON = re.compile(rb"(?<=Date \(D:)\d{14}(?=\+00'00'\))")
# Heads of tables, as their cells name them: numbered by what the browser made before, which
# differs by one now and then. Their ranks take as many letters.
NODES = re.compile(rb"(?<=\(node)\d{8}(?=\))")


class HandoutError(BuildError):
    """A handout cannot be printed; the message says why and what to do."""


def browser() -> str:
    """Return the path of Chromium: ``$CHROMIUM``, or the first known name on the path.

    Raises
    ------
    HandoutError
        If there is none; the message says how to get it.
    """
    named = os.environ.get(BROWSER_VARIABLE)
    for name in [named] if named else BROWSERS:
        if found := shutil.which(name):
            return found
    raise HandoutError(
        f"no Chromium found ({named or ', '.join(BROWSERS)}). Install it (Debian: apt-get install "
        f"chromium; macOS: brew install --cask chromium), or name it in {BROWSER_VARIABLE}"
    )


def build(folder: Path) -> list[Path]:
    """Print the sheets and the notebooks of the built book.

    Parameters
    ----------
    folder : Path
        The build folder: holds ``book``, receives ``handout`` (sheets) and ``print`` (notebooks).

    Returns
    -------
    list of Path
        The PDF files, language by language: the sheets first, then the notebooks.

    Raises
    ------
    HandoutError
        If there is no Chromium, if the book is not built, or if printing fails.
    """
    program = browser()
    jobs = [job for code in LOCALES for job in _jobs(folder, code)]
    for page, target in jobs:
        if not page.is_file():
            raise HandoutError(f"no page {page.relative_to(folder)} to print; run `make`")
        target.parent.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        printed = pool.map(lambda job: print_page(program, *job), jobs)
        return [_told(file, folder) for file in printed]


def _jobs(folder: Path, code: str) -> list[tuple[Path, Path]]:
    """Return the pages to print in a language, each with its PDF."""
    book = folder / "book"
    names = load("notebooks").sort_values("order")["notebook_id"]
    return [
        *(
            (book / "downloads" / sheet_file(code, name), folder / made_file("handout", code, name))
            for name in sheets.names()
        ),
        *(
            (book / code / f"{name}.html", folder / made_file("print", code, name))
            for name in names
        ),
    ]


def _told(file: Path, folder: Path) -> Path:
    print(f"handout: {file.relative_to(folder)}", flush=True)
    return file


def print_page(program: str, page: Path, target: Path) -> Path:
    """Print one page as PDF.

    Parameters
    ----------
    program : str
        Path of Chromium.
    page : Path
        What to print.
    target : Path
        The PDF to write.

    Raises
    ------
    HandoutError
        If nothing was printed; the message has what the browser says.
    """
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        command = [program, *QUIET, f"--user-data-dir={profile}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses its sandbox to root
        command += ["--no-pdf-header-footer", "--generate-pdf-document-outline"]
        command += [f"--print-to-pdf={target}", page.as_uri()]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            late = f"Chromium printed no {page.name} within {TIMEOUT_SECONDS} s"
            raise HandoutError(late) from None
    if not target.is_file():
        raise HandoutError(f"Chromium could not print {page.name}:\n{done.stderr.strip()}")
    target.write_bytes(settled(target.read_bytes()))
    return target


def settled(pdf: bytes) -> bytes:
    """Return a PDF as if made on the day of the edition, so that a second printing is the same.

    Examples
    --------
    >>> settled(b"/CreationDate (D:20991231235959+00'00')")[:23]
    b'/CreationDate (D:202611'
    >>> settled(b"/ID (node00000170) /ID (node00000412) /Headers [(node00000170)]")
    b'/ID (node00000001) /ID (node00000002) /Headers [(node00000001)]'
    """
    day = str(stored_package()["edition"]).replace("-", "").encode()
    heads = sorted(set(NODES.findall(pdf)))
    ranks = {head: b"%08d" % rank for rank, head in enumerate(heads, start=1)}
    return NODES.sub(lambda found: ranks[found[0]], MADE_ON.sub(day + b"000000", pdf))
