"""README, CONTRIBUTING, the map of the code and the command line say the same as the code."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import inspect
import io
import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from helpers.__main__ import COMMANDS, LAID_OUT, main, parser
from helpers.data import table_names, validate
from helpers.data.schema import fields
from helpers.language import LOCALES
from helpers.paths import DATA_VARIABLE, ROOT
from helpers.publish.architecture import PAGE, graph, imports, parts

GUIDES = {"en": "CONTRIBUTING.md", "ar": "CONTRIBUTING.ar.md"}
DOCUMENTS = ("README.md", *GUIDES.values(), "data/README.md")
# Steps of other targets, which nobody asks for by name.
STEPS = {"all", "book", "notebooks", "test-types", "test-pair"}
STEPS |= {"setup", "setup-tests", "setup-engines"}
BLOCK = re.compile(r"^ *(?:\d\. )?```\w*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
COMMAND = "python -m helpers "


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code(name: str) -> list[str]:
    """Return what stands in a document as code: lines of blocks, joined where they go on, spans."""
    blocks = "".join(BLOCK.findall(text(name))).replace("\\\n", " ")
    lines = [line.strip() for line in blocks.splitlines()]
    return lines + SPAN.findall(BLOCK.sub("", text(name)))


def commands(name: str) -> list[str]:
    """Return what follows ``python -m helpers`` in a document; of ``a|b`` each in its turn."""
    found = [piece.partition(COMMAND)[2] for piece in code(name) if COMMAND in piece]
    found = [each.replace("\\|", "|").replace("…", "") for each in found]
    either = re.compile(r"\w+(?:\|\w+)+")
    return sorted({either.sub(one, each) for each in found for one in _alternatives(each, either)})


def _alternatives(command: str, either: re.Pattern[str]) -> list[str]:
    listed = either.search(command)
    return listed[0].split("|") if listed else [""]


# make


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", text("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_target_that_is_named_exists(name: str) -> None:
    named = {
        m[1] for each in code(name) for m in re.finditer(r"\bmake(?: ENV=\w+)? ([a-z-]+)", each)
    }
    assert named <= targets()


def test_the_readme_tells_of_every_target_and_the_makefile_of_none_that_is_not() -> None:
    named = set(re.findall(r"`make ([a-z-]+)`", text("README.md"))) | {"test"}
    assert targets() - STEPS == named, "the README tells of every target that is no step of another"
    head = text("Makefile").partition("\n\n")[0]
    assert set(re.findall(r"\bmake ([a-z-]+)", head)) <= targets()


# The command line


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_is_named_can_be_given(name: str) -> None:
    for command in commands(name):
        with contextlib.redirect_stderr(io.StringIO()) as complaint:
            try:
                parser().parse_args(shlex.split(command))
            except SystemExit:
                pytest.fail(f"{name}: {COMMAND}{command}\n{complaint.getvalue()}")


def test_every_command_is_told_of() -> None:
    told = {
        shlex.split(each)[-1 if each.startswith("--data") else 0]
        for n in DOCUMENTS
        for each in commands(n)
    }
    assert told | targets() >= COMMANDS.keys()


def options() -> set[str]:
    """Return the options of every command, long and as they are typed."""
    whole = parser()
    (action,) = [a for a in whole._actions if isinstance(a, argparse._SubParsersAction)]
    every = [whole, *action.choices.values()]
    found = {option for each in every for a in each._actions for option in a.option_strings}
    return found - {"-h", "--help"}


def test_every_option_is_told_of() -> None:
    told = " ".join(piece for name in DOCUMENTS for piece in code(name))
    assert [option for option in sorted(options()) if option not in told] == []


def test_every_kind_of_layout_has_its_recipe() -> None:
    for name in GUIDES.values():
        laid_out = {shlex.split(each)[1] for each in commands(name) if each.startswith("new ")}
        assert laid_out == set(LAID_OUT), name


def test_hooks_before_a_commit_run_commands_that_exist() -> None:
    (own,) = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    assert own["repo"] == "local", "nothing is fetched"
    for hook in own["hooks"]:
        _, _, module, *rest = hook["entry"].split()
        assert hook["entry"].startswith(".venv/bin/python -m "), hook["id"]
        assert module in {"helpers", "mypy", "ruff"}
        if module == "helpers":
            parser().parse_args(rest)


# Paths


@pytest.mark.parametrize("name", [*DOCUMENTS, *(f"book/pages/{c}/{PAGE}" for c in LOCALES)])
def test_every_path_that_is_named_exists(name: str) -> None:
    made = ("build/", "seminar/", ".venv")
    for each in SPAN.findall(text(name)) + re.findall(r"\]\((?!https?:|#)([^)#]+)", text(name)):
        path = each.partition("::")[0].strip("/")
        if re.fullmatch(r"(?:data|helpers|book|tests|notebooks)/[\w./-]+", path):
            assert (ROOT / path).exists() or path.startswith(made) or "checks_by_year" in path, each
        if re.fullmatch(r"[a-z_]+\.csv", each):
            known = {f"{table}.csv" for table in table_names()}
            assert each in known or list((ROOT / "tests").glob(each)), each


# CONTRIBUTING


def test_both_guides_have_the_same_steps_and_commands() -> None:
    one, other = (text(name) for name in GUIDES.values())
    headings = re.compile(r"^#+", re.MULTILINE)
    assert headings.findall(one) == headings.findall(other)
    assert len(re.findall(r"^\d\. ", one, re.M)) == len(re.findall(r"^\d\. ", other, re.M))
    assert len(re.findall(r"^\*\*", one, re.M)) == len(re.findall(r"^\*\*", other, re.M))
    assert [c for c in code(GUIDES["en"]) if COMMAND in c] == [
        c for c in code(GUIDES["ar"]) if COMMAND in c
    ]


def rows_of_the_guide() -> list[list[str]]:
    """Return the commands of the guide that lay out a row, one for each coder of a loop."""
    whole = "".join(BLOCK.findall(text(GUIDES["en"]))).replace("\\\n", " ")
    found: list[str] = []
    coders = [""]
    for piece in whole.splitlines():
        loop = re.match(r"for coder in (.+); do", piece.strip())
        coders = loop[1].split() if loop else coders if "$coder" in piece else [""]
        if f"{COMMAND}new row" in piece:
            found += [piece.partition(COMMAND)[2].replace("$coder", coder) for coder in coders]
    return [shlex.split(each) for each in found]


def test_what_the_guide_adds_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim, its source and check, an update and a term, typed as the page says."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    added = [row for row in rows_of_the_guide() if not row[2].startswith("question_")]
    assert {row[2] for row in added} >= {
        "claims",
        "sources",
        "checks",
        "commitment_events",
        "glossary",
    }
    for row in added:
        assert main(row) == 0, row
    assert list(validate()) == []
    monkeypatch.undo()


def test_the_rows_of_a_question_have_the_fields_of_their_tables() -> None:
    for _, _, table, _, *values in rows_of_the_guide():
        assert {value.partition("=")[0] for value in values} <= fields(table).keys()


# The map of the code


@pytest.mark.parametrize("language", LOCALES)
def test_a_module_imports_only_from_what_the_map_has_above_it(language: str) -> None:
    rows = parts(text(f"book/pages/{language}/{PAGE}"))
    assert graph(rows, imports()).number_of_edges() > len(rows)


def test_both_maps_have_the_same_rows() -> None:
    assert len({str(parts(text(f"book/pages/{language}/{PAGE}"))) for language in LOCALES}) == 1


def test_only_faults_look_down_and_only_when_they_are_shown() -> None:
    """An import inside a function hides from the map: there is one, which the page tells of."""
    rows = parts(text(f"book/pages/en/{PAGE}"))
    place = {name: number for number, row in enumerate(rows) for name in row}
    below = set()
    for path in (ROOT / "helpers").rglob("*.py"):
        own = path.relative_to(ROOT / "helpers").parts[0].removesuffix(".py")
        source = path.read_text(encoding="utf-8")
        for other in re.findall(r"^ +from helpers\.(\w+)", source, re.MULTILINE):
            if place[other] > place.get(own, len(rows)):
                below.add((path.name, other))
    assert below == {("faults.py", "answers")}


# Examples

# What a notebook or another program calls; charts, tables and theme draw, or take whole frames,
# and are shown at work by the notebooks.
SHOWN = (
    "agreement",
    "arabic",
    "argument",
    "data",
    "evidence",
    "folding",
    "geo",
    "language",
    "numbers",
)
# It reads every table twice, in some seconds; test_data_validate.py asks it whether all is well.
WITHOUT = {"validate"}


def public() -> dict[str, object]:
    """Return the functions that the modules offer, by their names."""
    found = {}
    for name in SHOWN:
        module = importlib.import_module(f"helpers.{name}")
        own = [
            n for n, o in vars(module).items() if getattr(o, "__module__", "") == module.__name__
        ]
        for each in getattr(module, "__all__", own):
            one = inspect.unwrap(getattr(module, each))
            if inspect.isfunction(one) and not each.startswith("_"):
                found[each] = one
    return found


def test_what_is_offered_has_an_example_that_runs() -> None:
    """A doctest: pytest runs every one of `helpers`."""
    bare = {name for name, one in public().items() if ">>> " not in (one.__doc__ or "")}
    assert bare == WITHOUT, "write an example, or take from the list what has one now"
