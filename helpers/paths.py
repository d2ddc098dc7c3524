"""Where things lie: the project, its data, what is built, and the variables that name them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"
PICTURES = BOOK / "pictures"
NODE_MODULES = BOOK / "node_modules"

# Environment variables. The folder of the tables.
DATA_VARIABLE = "SUMMIT_DATA"
# The folder that receives the figures, and the file that receives the names of the tables opened.
FIGURES_VARIABLE = "SUMMIT_FIGURES"
# What the name of a picture that is drawn for a wall has before its suffix.
WALL = ".projecting"
# The same for a picture that is a part of a page: with real text, and links for marks.
LIVE = ".live"
TABLES_VARIABLE = "SUMMIT_TABLES"
# How notebooks get their kernels: warm (forked from one process) or plain.
KERNELS_VARIABLE = "SUMMIT_KERNELS"
# The folder of what students write in a seminar.
SEMINAR_VARIABLE = "SUMMIT_SEMINAR"
