"""Make a package of its own from ``helpers.arabic``; ``make arabic-sdist`` runs this.

The module, its tests and the licence are laid out in ``build/arabic`` under the name that others
install them by, packed as a source archive and a wheel, and tried in an environment that has
nothing of the project.
"""

from __future__ import annotations

import os
import shutil
import string
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).resolve().parent
FOLDER = ROOT / "build" / "arabic"
MODULE = "matplotlib_arabic_text"
# What is laid out, and where it comes from.
SOURCES = {
    f"{MODULE}.py": ROOT / "helpers" / "arabic.py",
    f"tests/test_{MODULE}.py": ROOT / "tests" / "test_arabic.py",
    "LICENSE": ROOT / "LICENSE",
    "README.md": TEMPLATES / "README.md",
}
IMPORT = "from helpers import arabic\n"
OWN_IMPORT = f"import {MODULE} as arabic\n"
NEEDS = ("arabic-reshaper", "matplotlib", "python-bidi")
TESTS_NEED = ("fontpkg-ibm-plex-sans-arabic", "numpy", "pillow", "pytest")
# Files in the archives are dated by it; the same content gives the same bytes.
EPOCH = "1767225600"


def lay_out(folder: Path) -> Path:
    """Write the package as it is packed; return its folder, which is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, source in SOURCES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8").replace(IMPORT, OWN_IMPORT)
        path.write_text(text, encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    template = string.Template((TEMPLATES / "pyproject.toml.in").read_text(encoding="utf-8"))
    written = template.substitute(described(project))
    (folder / "pyproject.toml").write_text(written, encoding="utf-8")
    return folder


def described(project: Mapping[str, Any]) -> dict[str, str]:
    """Return what the package takes over: version, author, and bounds of what it needs."""
    listed = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    return {
        "version": project["version"],
        "python": project["requires-python"],
        "author": project["authors"][0]["name"],
        "dependencies": quoted(bound(name, listed) for name in NEEDS),
        "test_dependencies": quoted(bound(name, listed) for name in TESTS_NEED),
    }


def bound(name: str, listed: Sequence[str]) -> str:
    """Return the requirement of a library among those of the project."""
    return next(each for each in listed if each.startswith((f"{name}>", f"{name}=")))


def quoted(requirements: Any) -> str:
    """Return requirements as a list of strings, without its brackets."""
    return ", ".join(f'"{each}"' for each in requirements)


def pack(folder: Path) -> list[Path]:
    """Pack a source archive and a wheel into ``dist``; return both."""
    code = (
        "from flit_core import buildapi; "
        "print(buildapi.build_sdist('dist'), buildapi.build_wheel('dist'))"
    )
    (folder / "dist").mkdir()
    packed = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH},
        check=True,
        capture_output=True,
        text=True,
    )
    return [folder / "dist" / name for name in packed.stdout.split()]


def try_out(source: Path, wheel: Path, folder: Path) -> None:
    """Install the wheel, and run the tests of the source archive, in a new environment."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    quiet = ["--quiet", "--disable-pip-version-check"]
    wanted = f"{MODULE.replace('_', '-')}[test] @ {wheel.as_uri()}"
    subprocess.run([python, "-m", "pip", "install", *quiet, wanted], check=True)
    shutil.unpack_archive(source, folder / "unpacked", filter="data")
    [unpacked] = (folder / "unpacked").iterdir()
    (unpacked / f"{MODULE}.py").unlink()  # what is tried is the wheel
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([python, "-m", "pytest", "-q"], cwd=unpacked, env=alone, check=True)


def main() -> int:
    """Lay out, pack and try."""
    packed = pack(lay_out(FOLDER))
    try_out(*packed, FOLDER)
    for path in packed:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
