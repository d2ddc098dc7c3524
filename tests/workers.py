"""What several workers of one run of the tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helpers.turns import turn


def made_once(folder: Path, part: str, make: Callable[[], object]) -> None:
    """Let the first worker that needs a part make it; others wait, and find it."""
    ready = folder / f"{part}.ready"
    with turn(folder / f"{part}.lock", part):
        if not ready.exists():
            make()
            ready.touch()
