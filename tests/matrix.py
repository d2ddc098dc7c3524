"""Try the project on other versions than the locked ones; ``make matrix`` runs this.

Each row is an environment of its own in ``.venv-matrix``, resolved by uv within the bounds of
``pyproject.toml``. The locked versions are held to the stored outputs, pictures included; other
versions draw a little differently, and are held to the rest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv-matrix"
NOTEBOOKS = [f"notebooks/{code}/05_evidence.ipynb" for code in ("ar", "en")]
# What is quick, and meets the libraries that are drawn, typed and built with. The book is made of
# every notebook, run anew.
CHECKS: dict[str, list[str]] = {
    "text": ["--all", "tests/test_arabic.py", "tests/test_theme.py"],
    "charts": ["--all", "-k", "can_be_read and ar-reading", "tests/test_every_chart.py"],
    "tables": ["--all", "tests/test_data_load.py", "tests/test_exchange.py"],
    "book": ["--all", "tests/test_publish_book.py"],
    "notebooks": ["-p", "nbval.plugin", "--nbval-lax", *NOTEBOOKS],
}
STRICT = {"notebooks": ["-p", "nbval.plugin", "--nbval", "notebooks"]}
DRAWN = ("text", "charts")
SHOWN = ("matplotlib", "pandas", "numpy", "pillow", "networkx", "frictionless", "sphinx")
OLD_MATPLOTLIBS = ("3.9", "3.10")
NEWER_PYTHONS = range(12, 20)
ON_NEWER_PYTHONS = ("check-datapackage>=0.30,<1",)
FAILED_LINES = 15


@dataclass(frozen=True)
class Row:
    """An environment to be tried.

    Attributes
    ----------
    name : str
        What it is called, and its folder.
    resolution : str
        Which of the allowed versions uv takes.
    constraints : tuple of str
        Narrower bounds than those of the project.
    besides : tuple of str
        What else the tests can use there.
    python : str
        The interpreter.
    checks : tuple of str
        What is tried.
    """

    name: str
    resolution: str = "highest"
    constraints: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    python: str = sys.executable
    checks: tuple[str, ...] = tuple(CHECKS)


def rows() -> Iterator[Row]:
    """Yield every row; newer Pythons only where they are on the path."""
    yield Row("lowest", "lowest-direct")
    for old in OLD_MATPLOTLIBS:
        yield Row(f"matplotlib-{old}", constraints=(f"matplotlib=={old}.*",), checks=DRAWN)
    yield Row("newest")
    for minor in NEWER_PYTHONS:
        python = shutil.which(f"python3.{minor}")
        if python and sys.version_info[:2] != (3, minor) and runs(python):
            yield Row(f"python-3.{minor}", besides=ON_NEWER_PYTHONS, python=python)


def runs(python: str) -> bool:
    """Tell whether an interpreter runs; what switches between them leaves names that do not."""
    return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0


def environment(row: Row) -> Path:
    """Set up the environment of a row; return its interpreter."""
    FOLDER.mkdir(exist_ok=True)
    bounds, besides, resolved = (FOLDER / f"{row.name}.{end}" for end in ("bounds", "in", "txt"))
    bounds.write_text("\n".join([*row.constraints, ""]), encoding="utf-8")
    besides.write_text("\n".join([*row.besides, ""]), encoding="utf-8")
    extras = [part for extra in ("book", "setup", "test") for part in ("--extra", extra)]
    uv: list[str | Path] = ["uv", "--quiet"]
    target: list[str | Path] = ["--python", row.python]
    compile_: list[str | Path] = [
        *uv,
        "pip",
        "compile",
        *target,
        *extras,
        "--resolution",
        row.resolution,
    ]
    wanted: list[str | Path] = [
        "--no-annotate",
        "--no-header",
        "-c",
        bounds,
        "pyproject.toml",
        besides,
    ]
    run([*compile_, *wanted, "-o", resolved])
    run([*uv, "venv", "--clear", *target, FOLDER / row.name])
    python = FOLDER / row.name / "bin" / "python"
    run([*uv, "pip", "install", "--python", python, "-r", resolved])
    return python


def run(command: Sequence[str | Path]) -> None:
    """Run a step of the set-up; its own words are shown if it fails."""
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def check(python: Path, arguments: Sequence[str]) -> tuple[bool, str]:
    """Run tests in an environment; return whether they pass, and how the output ends."""
    command = [str(python), "-m", "pytest", "-p", "no:cacheprovider", "--no-header", *arguments]
    # The environment holds what the project needs, and not the project.
    done = subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.returncode == 0, "\n".join(done.stdout.splitlines()[-FAILED_LINES:])


def versions(python: Path) -> list[str]:
    """Return the versions of Python and of what is drawn, typed and built with."""
    code = (
        "import platform, sys; from importlib.metadata import version; "
        "print(platform.python_version(), *map(version, sys.argv[1:]))"
    )
    command = [str(python), "-c", code, *SHOWN]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def tried(name: str, python: Path, checks: Mapping[str, list[str]]) -> tuple[str, bool]:
    """Run the checks of a row; return its line of the table, and whether all pass."""
    cells, all_pass = [name, *versions(python)], True
    for title in CHECKS:
        if title not in checks:
            cells.append("")
            continue
        start = time.perf_counter()
        passes, ending = check(python, checks[title])
        cells.append(f"{'passes' if passes else 'FAILS'}, {time.perf_counter() - start:.0f} s")
        print(f"{name}: {title} {cells[-1]}", *([] if passes else [ending]), sep="\n", flush=True)
        all_pass = all_pass and passes
    return f"| {' | '.join(cells)} |", all_pass


def main(names: Sequence[str]) -> int:
    """Try all rows, or those named; print the table."""
    if shutil.which("uv") is None:
        print("`make matrix` needs uv, on the path", file=sys.stderr)
        return 2
    known = {row.name: row for row in rows()}
    unknown = set(names) - {"locked", *known}
    if unknown:
        print(f"no row {', '.join(sorted(unknown))}; rows: locked, {', '.join(known)}")
        return 2
    trials = []
    if not names or "locked" in names:
        trials.append(tried("locked", Path(sys.executable), CHECKS | STRICT))
    for row in known.values():
        if not names or row.name in names:
            checks = {title: CHECKS[title] for title in row.checks}
            trials.append(tried(row.name, environment(row), checks))
    titles = ["", "Python", *SHOWN, *CHECKS]
    lines = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    print("", *lines, *(line for line, _ in trials), sep="\n")
    return 0 if all(passes for _, passes in trials) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
