"""What several workers of one run of the tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helpers.turns import turn


def made_once(build: Path, part: str, make: Callable[[], object]) -> Path:
    """Let the first worker that needs a part of the build make it; others wait, and find it."""
    ready = build.with_name(f"{part}.ready")
    with turn(build.with_name(f"{part}.lock"), part):
        if not ready.exists():
            build.mkdir(exist_ok=True)
            make()
            ready.touch()
    return build
