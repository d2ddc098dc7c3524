"""Nothing knows one report: another goes through the same tables, charts, pages and decks."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import second_report

from helpers.paths import DATA_VARIABLE, ROOT
from helpers.scaffold import ScaffoldError, project

# Names of this report, which no other shall meet.
OURS = re.compile(r"samarkand|central[ _-]asia|سمرقند|آسيا الوسطى", re.IGNORECASE)
CODES = ("ar", "en")
# One worker builds, since a build takes both cores.
pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("book")]


def run(folder: Path, *command: str) -> str:
    """Run a command of the project in a folder."""
    own = {name: value for name, value in os.environ.items() if name != DATA_VARIABLE}
    result = subprocess.run(
        [sys.executable, "-m", "helpers", *command],
        check=False,
        cwd=folder,
        env=own | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the invented report, its book and its decks built."""
    folder = second_report.lay(tmp_path_factory.mktemp("second") / "strait-report")
    assert "no faults" in run(folder, "validate"), "the invented report keeps every rule"
    run(folder, "build")
    run(folder, "slides")
    return folder


def page(folder: Path, code: str, name: str) -> str:
    """Return a page of the book."""
    return (folder / "build" / "book" / code / f"{name}.html").read_text(encoding="utf-8")


def test_the_pages_hold_what_the_second_report_says(second: Path) -> None:
    for code in CODES:
        _, claims = second_report.rows(second / "data" / "report" / "claims.csv")
        pages = "".join(page(second, code, f"passages-{s}") for s in ("setting", "talks"))
        pages += "".join(page(second, code, f"passages-{s}") for s in ("results", "outlook"))
        assert len(claims) == 20
        assert [c["claim_id"] for c in claims if c[f"text_{code}"] not in pages] == []


def test_the_argument_and_the_tracker_are_those_of_the_second_report(second: Path) -> None:
    for code in CODES:
        _, points = second_report.rows(second / "data" / "report" / "points.csv")
        _, promises = second_report.rows(second / "data" / "evidence" / "commitments.csv")
        start, tracker = page(second, code, "00_start"), page(second, code, "commitments")
        assert [p["point_id"] for p in points if f'data-point="{p["point_id"]}"' not in start] == []
        assert re.findall(r'id="commitment-([a-z-]+)"', tracker) == ["build-lights", "meet-yearly"]
        assert all(promise[f"title_{code}"] in tracker for promise in promises)


def test_decks_and_search_are_made_of_the_second_report(second: Path) -> None:
    for code in CODES:
        deck = second / "build" / "slides" / code / "01_promises.html"
        assert "deck-" in deck.read_text(encoding="utf-8") or deck.stat().st_size > 10_000
        assert "results.1.1-a" in "".join(
            path.read_text(encoding="utf-8")
            for path in (second / "build" / "book" / code).rglob("*.js")
            if "search" in path.name
        )


def test_nothing_made_from_another_report_names_ours(second: Path) -> None:
    named = [
        path.relative_to(second).as_posix()
        for path in (second / "build").rglob("*")
        if path.is_file()
        and path.suffix != ".zip"
        and OURS.search(path.read_text("utf-8", "replace"))
    ]
    assert named == [], "what is built from another report speaks of it alone"
    archive = second / "build" / "book" / "downloads" / "strait-report-data.zip"
    with zipfile.ZipFile(archive) as held:
        spoken = [
            n for n in held.namelist() if OURS.search(held.read(n).decode("utf-8", "replace"))
        ]
    assert spoken == [], "so do the tables that can be downloaded"


def test_code_names_no_report() -> None:
    """Examples in docstrings may: they show what the functions give here."""
    named = []
    for path in sorted((ROOT / "helpers").rglob("*.py")) + sorted((ROOT / "book").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        named += [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and OURS.search(node.value)
        ]
    for folder in ("static", "templates", "slides", "extensions"):
        for path in sorted((ROOT / "book" / folder).rglob("*.[chjp]*")):
            if path.suffix in {".js", ".css", ".html", ".py"} and OURS.search(
                path.read_text("utf-8")
            ):
                named.append(path.relative_to(ROOT).as_posix())
    assert named == [], "names of a report are data"


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ScaffoldError, match="holds something already"):
        project.start(tmp_path)
    with pytest.raises(ScaffoldError, match="lies inside this project"):
        project.start(ROOT / "another")
    with pytest.raises(ScaffoldError, match="cannot name a project"):
        project.start(tmp_path / "My Report")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"], "nothing was laid out"
