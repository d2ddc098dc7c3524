"""What reaches others: the Arabic module alone, the release, the citation, Binder, versions."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import os
import re
import shutil
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import matrix
import pytest
from packaging.specifiers import SpecifierSet

from helpers import arabic
from helpers.data.schema import package
from helpers.paths import ROOT
from helpers.publish import release

CITATION = release.citation()
DOI = re.compile(r"10\.\d{4,9}/\S+")
BINDER = ROOT / ".binder"


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


# The Arabic module


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that lays the package out."""
    path = ROOT / "standalone" / "arabic" / "make.py"
    spec = importlib.util.spec_from_file_location("make_arabic", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def laid_out(maker: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return maker.lay_out(tmp_path_factory.mktemp("arabic") / "package")


def imported(path: Path) -> set[str]:
    """Top names of all that a file imports, but for the standard library."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0] if not node.level else "helpers")
    return found - sys.stdlib_module_names


def test_the_arabic_module_needs_nothing_of_the_project() -> None:
    assert imported(ROOT / "helpers" / "arabic.py") == {"arabic_reshaper", "bidi", "matplotlib"}


def test_the_package_of_its_own_is_the_same_module_with_the_same_tests(
    maker: ModuleType, laid_out: Path
) -> None:
    names = {path.relative_to(laid_out).as_posix() for path in laid_out.rglob("*.*")}
    module, tests = f"{maker.MODULE}.py", f"tests/test_{maker.MODULE}.py"
    assert names == {module, tests, "pyproject.toml", "README.md"}
    source = (ROOT / "helpers" / "arabic.py").read_text(encoding="utf-8")
    assert (laid_out / module).read_text(encoding="utf-8") == source
    known = {"arabic_reshaper", "bidi", "matplotlib", "numpy", "PIL", "pytest", maker.MODULE}
    assert imported(laid_out / tests) == known | {"fontpkg_ibm_plex_sans_arabic"}


def test_the_package_of_its_own_has_the_bounds_and_version_of_the_project(laid_out: Path) -> None:
    made = tomllib.loads((laid_out / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert made["version"] == project()["version"]
    assert made["requires-python"] == project()["requires-python"]
    assert len(made["dependencies"]) == 3
    assert set(made["dependencies"]) < set(project()["dependencies"])
    listed = {*project()["dependencies"], *project()["optional-dependencies"]["test"]}
    assert set(made["optional-dependencies"]["test"]) < listed


def test_the_page_of_the_package_tells_of_all_that_is_public_and_of_nothing_else() -> None:
    page = (ROOT / "standalone" / "arabic" / "README.md").read_text(encoding="utf-8")
    offered = page.partition("## What it offers")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `(\w+)\(.*?\)` \|", offered, re.MULTILINE))
    own = {name for name, thing in vars(arabic).items() if callable(thing)}
    public = {n for n in own if vars(arabic)[n].__module__ == arabic.__name__ and n[0] != "_"}
    assert told == public - {arabic.PreparedText.__name__}


# A release


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A build folder with a file in each part that is handed over."""
    for part in release.PARTS:
        path = tmp_path / "build" / part / "ar" / "x.html"
        path.parent.mkdir(parents=True)
        path.write_text(part, encoding="utf-8")
    return tmp_path / "build"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of a few files."""
    root = tmp_path / "project"
    root.mkdir()
    for name in release.BESIDE:
        shutil.copy(ROOT / name, root)
    return root


def test_a_release_holds_every_part_with_its_checksum(build: Path, small: Path) -> None:
    folder = release.write(build, small)
    stem = f"samarkand-summit-notebooks-{package()['version']}"
    archived = {f"{stem}.zip", f"{stem}-data.zip"} | {f"{stem}-{p}.zip" for p in release.PARTS}
    written = {path.name for path in folder.iterdir()}
    assert written == archived | {*release.BESIDE, release.RECORD, release.SUMS}
    lines = (folder / release.SUMS).read_text(encoding="utf-8").splitlines()
    sums = {name: value for value, name in (line.split("  ") for line in lines)}
    assert set(sums) == written - {release.SUMS}
    for name, value in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == value, name
    with zipfile.ZipFile(folder / f"{stem}-book.zip") as book:
        assert book.namelist() == ["book/ar/x.html"]


def test_the_same_release_has_the_same_bytes(build: Path, small: Path) -> None:
    first = (release.write(build, small) / release.SUMS).read_bytes()
    for path in (*build.rglob("*.html"), *small.iterdir()):
        os.utime(path, (0, 0))
    assert (release.write(build, small) / release.SUMS).read_bytes() == first


def test_a_part_that_was_not_made_is_named_with_its_command(build: Path, small: Path) -> None:
    kept = release.write(build, small) / release.SUMS
    shutil.rmtree(build / "print")
    with pytest.raises(release.ReleaseError, match=r"not made yet: print \(`make handout`\)"):
        release.write(build, small)
    assert kept.is_file(), "the release before stays"


def test_the_record_tells_an_archive_all_that_it_asks_for() -> None:
    record = json.loads(release.as_text(release.record(CITATION)))
    asked = ("title", "upload_type", "description", "creators", "license", "version")
    assert all(record[name] for name in asked)
    assert record["upload_type"] in {"dataset", "software"}
    assert record["license"] == package()["licenses"][0]["name"].lower()
    assert "Code: MIT" in record["notes"]
    [report] = record["related_identifiers"]
    assert report["identifier"] in package()["sources"][0]["path"], "the report, by its DOI"
    texts = record["description"] + " ".join(record["keywords"])
    assert "Samarkand" in texts and "سمرقند" in texts, "in both languages"


# The citation, as the schema of version 1.2.0 asks


def test_the_citation_has_what_its_format_asks_for() -> None:
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] in {"dataset", "software"}
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(CITATION["date-released"]))
    assert set(CITATION["license"]) == {"MIT", "CC-BY-4.0"}
    for cited in (CITATION, *CITATION["references"]):
        assert cited["title"] and (cited is CITATION or cited["type"])
        for author in cited["authors"]:
            assert set(author) in ({"name"}, {"family-names", "given-names"})
        assert "doi" not in cited or DOI.fullmatch(cited["doi"])


def test_the_citation_and_the_package_say_the_same() -> None:
    assert str(CITATION["version"]) == package()["version"] == project()["version"]
    assert str(CITATION["date-released"]) == package()["edition"]
    assert CITATION["keywords"] == package()["keywords"]


# Binder: a folder .binder is all that is read if it is there; Python as in runtime.txt, then
# requirements.txt, then postBuild.


def test_binder_sets_up_the_locked_versions_on_an_allowed_python() -> None:
    assert {path.name for path in BINDER.iterdir()} == {
        *("requirements.txt", "runtime.txt", "postBuild"),
    }, "an environment.yml would come first, and bring other versions"
    [named] = (BINDER / "requirements.txt").read_text(encoding="utf-8").split("\n")[:-1]
    assert (BINDER / named.removeprefix("-r ")).resolve() == ROOT / "requirements.lock"
    python = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert python in SpecifierSet(project()["requires-python"])


def test_what_binder_does_last_finds_its_files() -> None:
    script = BINDER / "postBuild"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    named = re.findall(r"book/lab/[\w./]+", text)
    assert len(named) == 2
    assert all((ROOT / name).exists() for name in named)


# Versions


def test_the_matrix_tries_the_bounds_and_what_stands_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matrix.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(matrix, "runs", lambda python: python.endswith(("3.12", "3.13")))
    rows = {row.name: row for row in matrix.rows()}
    assert {"lowest", "newest", "matplotlib-3.9", "matplotlib-3.10"} <= set(rows)
    assert {name for name in rows if name.startswith("python")} == {"python-3.12", "python-3.13"}
    assert rows["lowest"].resolution == "lowest-direct"
    assert set(rows["lowest"].checks) == set(rows["newest"].checks) == set(matrix.CHECKS)
    assert "--nbval-lax" in matrix.CHECKS["notebooks"] and "--nbval" in matrix.STRICT["notebooks"]


def test_the_matrix_names_tests_and_notebooks_that_exist() -> None:
    for arguments in (*matrix.CHECKS.values(), *matrix.STRICT.values()):
        for path in arguments:
            assert not path.startswith(("tests", "notebooks")) or (ROOT / path).exists(), path


def test_what_is_fetched_for_the_matrix_is_no_part_of_the_project() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"{matrix.FOLDER.name}/" in ignored
