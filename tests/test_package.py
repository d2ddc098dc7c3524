"""The package holds together: environments, lock, README, licences, no traces of a machine."""

from __future__ import annotations

import itertools
import re
import subprocess
import tomllib

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


def locked() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, version = line.split()[0].split("==")
            found.setdefault(name, set()).add(version)
    return found


def test_the_lock_holds_every_package_within_its_bounds() -> None:
    from packaging.specifiers import SpecifierSet

    for name, bounds in declared().items():
        assert name in locked(), f"{name}: run `make lock`"
        for version in locked()[name]:
            assert version in SpecifierSet(bounds), f"{name}=={version} is not {bounds}"


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


def test_text_files_end_lines_as_unix_does() -> None:
    for name in tracked():
        if (ROOT / name).suffix in {".csv", ".json", ".py", ".md", ".ipynb", ".yml", ".toml"}:
            content = (ROOT / name).read_bytes()
            assert b"\r" not in content, name
            assert content.endswith(b"\n"), name


# README


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_every_make_target_of_the_readme_exists() -> None:
    named = set(re.findall(r"`make ([a-z-]+)", readme())) | set(
        re.findall(r"^make ([a-z-]+)", readme(), re.MULTILINE)
    )
    assert {"test", "lab", "refresh"} <= named
    assert named <= targets()


def test_every_helper_command_of_the_readme_exists() -> None:
    from helpers.__main__ import COMMANDS

    named = set(re.findall(r"python -m helpers (?:--data \S+ )?([a-z]+)", readme()))
    assert named
    assert named <= set(COMMANDS)


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
