"""Where things lie: the project, its data, what is built, and the variables that name them."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"
PICTURES = BOOK / "pictures"
NODE_MODULES = BOOK / "node_modules"

# Environment variables, called after the package and not after a report. The folder of the tables.
DATA_VARIABLE = "HELPERS_DATA"
# The folder that receives the figures, and the file that receives the names of the tables opened.
FIGURES_VARIABLE = "HELPERS_FIGURES"
# What the name of a picture that is drawn for a wall has before its suffix.
WALL = ".projecting"
# The same for a picture that is a part of a page: with real text, and links for marks.
LIVE = ".live"
TABLES_VARIABLE = "HELPERS_TABLES"
# How notebooks get their kernels: warm (forked from one process) or plain.
KERNELS_VARIABLE = "HELPERS_KERNELS"
# The folder of what students write in a seminar.
SEMINAR_VARIABLE = "HELPERS_SEMINAR"


def setting(variable: str) -> str | None:
    """Return what an environment variable says; the name that it had before holds too.

    Before the helpers served more than one report, their variables were called ``SUMMIT_...``.
    """
    former = variable.replace("HELPERS_", "SUMMIT_")
    return os.environ.get(variable) or os.environ.get(former)
