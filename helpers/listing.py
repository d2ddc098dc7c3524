"""Which files are the project's own, and were neither made nor fetched."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

# Folders of what is made or fetched and not written; passed over where git does not tell.
_NOT_OURS = re.compile(r"build|dist|node_modules|\.git|\.venv.*|\.ipynb_checkpoints|.*cache.*")


def project_files(root: Path) -> list[Path]:
    """Return the files that git tracks or would track; without git all that were not made.

    A folder that was unpacked without its history, or inside another that ignores it, is looked
    over file by file.

    Examples
    --------
    >>> from helpers.paths import ROOT
    >>> ROOT / "README.md" in project_files(ROOT)
    True
    """
    listed = _listed_by_git(root) or list(_walked(root))
    return sorted(path for path in set(listed) if path.is_file())


def _listed_by_git(root: Path) -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=root, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):  # no git, or no repository
        return []
    return [root / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]


def _walked(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if not _NOT_OURS.fullmatch(name) and not Path(folder, name, "pyvenv.cfg").exists()
        ]
        for name in names:
            yield Path(folder, name)
