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

# Environment variables: the folder of the tables, and the one that receives the figures.
DATA_VARIABLE = "SUMMIT_DATA"
FIGURES_VARIABLE = "SUMMIT_FIGURES"
