"""Where the sheets of students lie: in a folder of their own, and never among the tables."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from helpers.data import data_folder
from helpers.paths import ROOT, SEMINAR_VARIABLE, setting
from helpers.seminar.kinds import Kind, clean

FOLDER = "seminar"
LONGEST_NAME = 60


class RefusedFolderError(OSError):
    """The folder named for the sheets is that of the tables, or inside it."""


def folder(chosen: str | Path | None = None) -> Path:
    """Return the folder of the sheets.

    Parameters
    ----------
    chosen : str or Path, optional
        The folder; by default that which the environment variable ``HELPERS_SEMINAR`` names, and
        without it ``seminar`` beside ``notebooks``, which is not under version control.

    Raises
    ------
    RefusedFolderError
        If it lies among the tables: nothing that a student does changes them.

    Examples
    --------
    >>> folder("my-class").name
    'my-class'
    """
    named = chosen or setting(SEMINAR_VARIABLE) or ROOT / FOLDER
    path = Path(named).expanduser().resolve()
    tables = data_folder().resolve()
    if path == tables or tables in path.parents:
        raise RefusedFolderError(str(path))
    return path


def sheet_name(kind: Kind, coder: str) -> str:
    """Return the name of a student's sheet; empty if the name has no letter or digit.

    Examples
    --------
    >>> from helpers.seminar.kinds import codes_kind
    >>> sheet_name(codes_kind(), " ../Mona Ali"), sheet_name(codes_kind(), "...")
    ('codes-Mona-Ali.csv', '')
    """
    letters = unicodedata.normalize("NFC", clean(coder))
    slug = re.sub(r"[^\w]+", "-", letters).strip("-_")[:LONGEST_NAME]
    return f"{kind.name}-{slug}.csv" if slug else ""
