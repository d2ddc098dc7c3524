"""What book and slides bring along: faces, palette, the licences of what is copied into them."""

from __future__ import annotations

import shutil
from pathlib import Path

from helpers.errors import BuildError
from helpers.paths import NODE_MODULES, ROOT
from helpers.theme import BORDER, COAST, PALETTE, TINTS
from helpers.theme.palette import shade_ends

FONTS = "fonts"
LICENCES = "licences"
PALETTE_FILE = "palette.css"
FACES = {
    "ibm-plex-sans-arabic": ("arabic-400", "arabic-600", "latin-400", "latin-600"),
    "amiri": (
        *("arabic-400", "arabic-700", "latin-400", "latin-700"),
        *("latin-ext-400", "latin-ext-700"),  # of transliteration
    ),
}
# Each project whose files are copied, and the folder of its package.
COPIED = {
    "IBM Plex Sans Arabic": "@fontsource/ibm-plex-sans-arabic",
    "Amiri": "@fontsource/amiri",
    "reveal.js": "reveal.js",
    "sql.js": "sql.js",
}
# Text in the hue of a fill that is too light to be read.
READABLE = {"amber-text": "#7A4F00"}
# The same roles on a dark ground; paper stays white, since the pictures are drawn on it.
DARK = {
    "navy": "#9CC4F2",
    "maroon": "#F2B8A0",
    "amber-text": "#F0C060",
    "ink": "#E8EAED",
    "light": "#48566B",
    "faint": "#1F2630",
    "ground": "#14181E",
}
# What pictures in the page have besides, on a dark ground: a fill that bears ink on a light ground
# is dark there, and one that bears paper is light, so that what is written on it can be read.
DARK_PICTURES = DARK | {
    "paper": DARK["ground"],
    "amber": "#8A5F00",
    "violet": "#6E48D2",
    "rose": "#F0608C",
    "gold": "#D9B45B",
    "grey": "#A8B0BA",
    "light": "#48566B",
    "low-first": "#1F2D40",
    "low-last": "#46617F",
    "high-first": "#7497C0",
    "high-last": "#9CC4F2",
    "green": "#24483A",
    "sand": "#4D3F1F",
    "blue": "#2D3B58",
    "land": "#14181E",
    "sea": "#1B2C3A",
    "border": "#7A8794",
    "coast": "#54697A",
}


class AssetError(BuildError):
    """Something that book or slides bring along is not there; the message says what to do."""


def require_node_modules() -> None:
    """Say what to do if the packages from npm are not installed.

    Raises
    ------
    AssetError
        If they are not.
    """
    if not (NODE_MODULES / "rtlcss").is_dir():
        raise AssetError(f"no packages in {NODE_MODULES.relative_to(ROOT)}; run `make setup`")


def font_files() -> list[Path]:
    """Return the font files of the book and the slides."""
    return [
        NODE_MODULES / "@fontsource" / family / "files" / f"{family}-{face}-normal.woff2"
        for family, faces in FACES.items()
        for face in faces
    ]


def copy_fonts(folder: Path) -> None:
    """Put the fonts into a folder beside the styles, so that nothing is fetched."""
    target = folder / FONTS
    target.mkdir(parents=True, exist_ok=True)
    for file in font_files():
        shutil.copy(file, target)


def licence_file(project: str) -> str:
    """Return the name of the file that holds the licence of a project.

    Examples
    --------
    >>> licence_file("IBM Plex Sans Arabic")
    'ibm-plex-sans-arabic.txt'
    """
    return f"{project.lower().replace(' ', '-')}.txt"


def copy_licences(folder: Path) -> None:
    """Put the licences of what is copied into the folder of a book or of decks."""
    target = folder / LICENCES
    target.mkdir(parents=True, exist_ok=True)
    for project, package in COPIED.items():
        shutil.copy(NODE_MODULES / package / "LICENSE", target / licence_file(project))


def palette_style() -> str:
    """Return the palette of the charts as properties of style sheets, on light and dark ground.

    A page is dark if its root says so (``data-theme="dark"``), or if it follows the system
    (``data-theme="system"``) and the system is dark.
    """
    light = {**PALETTE, **READABLE, "ground": PALETTE["paper"]}
    picture = {**light, **TINTS, **shade_ends(), "border": BORDER, "coast": COAST}
    return "\n".join(
        [
            "/* The palette of the charts; written at build time. */",
            _rule(":root", light),
            _rule('html[data-theme="dark"]', DARK),
            "@media (prefers-color-scheme: dark) {",
            _rule('html[data-theme="system"]', DARK),
            "}",
            _rule("svg.live", picture),
            "@media screen {",
            _rule('html[data-theme="dark"] svg.live', DARK_PICTURES),
            "}",
            "@media screen and (prefers-color-scheme: dark) {",
            _rule('html[data-theme="system"] svg.live', DARK_PICTURES),
            "}",
            "",
        ]
    )


def _rule(selector: str, colours: dict[str, str]) -> str:
    properties = " ".join(f"--summit-{name}: {hue.lower()};" for name, hue in colours.items())
    return f"{selector} {{ {properties} }}"
