"""Print a handout of every notebook: the page of the book as PDF, by Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from helpers.data import load
from helpers.errors import BuildError
from helpers.language import LOCALES

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
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
    """Print the handouts from the built book.

    Parameters
    ----------
    folder : Path
        The build folder: holds ``book``, receives ``handout``.

    Returns
    -------
    list of Path
        The PDF files, a notebook and language each.

    Raises
    ------
    HandoutError
        If there is no Chromium, if the book is not built, or if printing fails.
    """
    program = browser()
    printed = []
    for code in LOCALES:
        target = folder / "handout" / code
        target.mkdir(parents=True, exist_ok=True)
        for name in load("notebooks").sort_values("order")["notebook_id"]:
            page = folder / "book" / code / f"{name}.html"
            if not page.is_file():
                raise HandoutError(f"no page {page.relative_to(folder)} to print; run `make`")
            printed.append(_print(program, page, target / f"{name}.pdf"))
            print(f"handout: {printed[-1].relative_to(folder)}", flush=True)
    return printed


def _print(program: str, page: Path, target: Path) -> Path:
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        command = [program, *QUIET, f"--user-data-dir={profile}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses its sandbox to root
        command += ["--no-pdf-header-footer", "--generate-pdf-document-outline"]
        command += [f"--print-to-pdf={target}", page.as_uri()]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
        )
    if not target.is_file():
        raise HandoutError(f"Chromium could not print {page.name}:\n{done.stderr.strip()}")
    return target
