"""Nothing knows one report: another goes through the same tables, charts, pages and decks."""

from __future__ import annotations

import ast
import functools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import second_report
import yaml
from bs4 import BeautifulSoup
from reading import by_id, links_of, parse, text_of

from helpers.__main__ import main
from helpers.data import validate
from helpers.language import Language
from helpers.paths import DATA_VARIABLE, ROOT
from helpers.publish import release
from helpers.scaffold import TO_WRITE, ScaffoldError, project
from helpers.verify import fingerprint

# Names of this report, which no other shall meet.
OURS = re.compile(r"samarkand|central[ _-]asia|سمرقند|آسيا الوسطى", re.IGNORECASE)
CODES = ("ar", "en")
# One worker builds, since a build takes both cores.
pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("book")]


# Commands in one process, which imports and reads the tables once. Then the project's own tests but
# for the one that runs the notebooks again.
IN_TURN = """
import sys, pytest
from helpers.__main__ import main
for command in sys.argv[1:]:
    if main([command]):
        sys.exit(f"{command} failed")
sys.exit(pytest.main(["-p", "no:cacheprovider", "-k", "not runs"]))
"""


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the invented report: sound, its book and its decks built, its tests passed."""
    folder = second_report.lay(tmp_path_factory.mktemp("second") / "strait-report")
    own = {name: value for name, value in os.environ.items() if name != DATA_VARIABLE}
    done = subprocess.run(
        [sys.executable, "-c", IN_TURN, "validate", "build", "slides"],
        check=False,
        cwd=folder,
        env=own | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 notebooks, 63 tables: no faults" in done.stdout, (
        "the invented report keeps every rule"
    )
    assert "2 passed, 1 deselected" in done.stdout
    return folder


@functools.cache
def page(path: Path) -> BeautifulSoup:
    return parse(path.read_text(encoding="utf-8"))


def of_book(folder: Path, code: str, name: str) -> BeautifulSoup:
    """Return a page of the book."""
    return page(folder / "build" / "book" / code / f"{name}.html")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the second report, as text."""
    (path,) = (folder / "data").glob(f"*/{name}.csv")
    return second_report.rows(path)[1]


def day(code: str, date: str) -> str:
    """Return a day in words."""
    return Language(code).date(pd.Timestamp(date), "day")


def label(code: str, name: str, field: str, value: str) -> str:
    """Return the word for a code, which is the same for every report."""
    return Language(code).label(name, field, value)


@pytest.mark.parametrize("code", CODES)
def test_each_claim_stands_with_its_verdict_and_its_source(second: Path, code: str) -> None:
    checks = {row["claim_id"]: row for row in table(second, "checks")}
    claims = table(second, "claims")
    assert (len(claims), len(checks)) == (20, 4)
    for claim in claims:
        section = claim["passage_id"].partition(".")[0]
        told = by_id(of_book(second, code, f"passages-{section}"), claim["claim_id"])
        assert text_of(told.select_one(".statement")) == claim[f"text_{code}"]
        assert text_of(told.select_one(".kind")) == label(code, "claims", "kind", claim["kind"])
        check = checks.get(claim["claim_id"])
        if check is None:
            assert told.select(".verdict") == [], "no verdict without a check"
            continue
        verdict = label(code, "checks", "verdict", check["verdict"])
        assert check["verdict"] in told.select_one(".verdict")["class"]
        said = text_of(told.select_one(".check"))
        assert said.startswith(verdict) and said.endswith(check[f"note_{code}"])
        assert f"sources.html#{check['source_id']}" in links_of(told)


# Of a promise: its standing and that of its deadline on the day of the edition, 1 May 2026.
STATES = {
    "build-lights": ("partial", "not_due", "programme-running", "2026-04-20", "2026-05-03"),
    "meet-yearly": ("open", "no_deadline", "meeting-announced", "2025-05-03", None),
}


@pytest.mark.parametrize("code", CODES)
def test_the_tracker_has_two_promises_and_their_state_on_a_day(second: Path, code: str) -> None:
    tracker = of_book(second, code, "commitments")
    entries = [entry["id"].removeprefix("commitment-") for entry in tracker.select("li.entry")]
    assert entries == list(STATES)
    assert day(code, "2026-05-01") in text_of(tracker.article), "the day on which they stand so"
    stages = {row["stage_id"]: row[f"title_{code}"] for row in table(second, "commitment_stages")}
    for promise in table(second, "commitments"):
        name = promise["commitment_id"]
        standing, schedule, stage, since, deadline = STATES[name]
        entry = by_id(tracker, f"commitment-{name}")
        assert (entry["data-standing"], entry["data-schedule"]) == (standing, schedule)
        assert text_of(entry.select_one("summary .statement")) == promise[f"title_{code}"]
        said = {text_of(line) for line in entry.select("p.note")}
        (reached,) = [line for line in said if stages[stage] in line and "(" in line]
        assert reached.endswith(day(code, since))
        if deadline:
            assert any(f"({day(code, deadline)})" in line for line in said)
        events = [row for row in table(second, "commitment_events") if row["commitment_id"] == name]
        trail = [text_of(item) for item in entry.select("ol.trail > li")]
        assert len(trail) == len(events)
        for item, event in zip(trail, events, strict=True):
            opening = f"{day(code, event['date'])} {event[f'text_{code}']}"
            assert item.startswith(opening)


@pytest.mark.parametrize("code", CODES)
def test_the_graph_of_the_argument_has_its_points_and_links(second: Path, code: str) -> None:
    start = of_book(second, code, "00_start")
    points = {row["point_id"]: row for row in table(second, "points")}
    drawn = {mark["data-point"]: mark for mark in start.select("svg [data-point]")}
    assert set(drawn) == set(points)
    for name, mark in drawn.items():
        assert mark["href"].endswith(f"#{points[name]['passage_id']}")
        assert text_of(mark.title) == points[name][f"title_{code}"]
    links = table(second, "argument_links")
    assert {mark["data-link"] for mark in start.select("svg [data-link]")} == {
        link["link_id"] for link in links
    }
    listed = {item["data-link"]: item for item in start.select("li[data-link]")}
    for link in links:
        item = listed[link["link_id"]]
        ends = {item.find_parent("li")["data-point"], item["data-to"]}
        assert ends == {link["from_point"], link["to_point"]}
        assert item.has_attr("data-stated") == (link["basis"] == "stated")
        assert all(points[end][f"title_{code}"] in text_of(item) for end in ends)


# What the figures of the deck find: nothing stands out in the first, so that it has its subject.
FINDINGS = {
    "ar": (
        "النتائج بحسب المحور والقوة",
        "الموفى به من الوعود 0 من 2، وقيد التنفيذ 1، والكلام وحده 1، والمنقوض 0",
    ),
    "en": (
        "Outcomes by theme and strength",
        "Kept: 0 of 2 promises; under way: 1; words only: 1; broken: 0",
    ),
}
FIGURES = ("outcome-strength", "commitment-tracker")


@pytest.mark.parametrize("code", CODES)
def test_a_deck_has_its_title_figures_findings_and_credits(second: Path, code: str) -> None:
    path = second / "build" / "slides" / code / "01_promises.html"
    deck = page(path)
    (notebook,) = [r for r in table(second, "notebooks") if r["notebook_id"] == "01_promises"]
    assert (deck.html["lang"], deck.html["dir"]) == (code, {"ar": "rtl", "en": "ltr"}[code])
    assert text_of(deck.h1) == text_of(deck.head.title) == notebook[f"title_{code}"]
    source = second / "notebooks" / code / "01_promises.ipynb"
    cells = [c for c in nbformat.read(source, 4).cells if "deck" in c.metadata.get("tags", [])]
    heads = [re.search(r"^### (.+)$", cell.source, re.MULTILINE)[1] for cell in cells]
    slides = deck.select(".slides > section")
    assert [text_of(slide.h2) for slide in slides[1:-1]] == heads
    shown = {row["figure_id"]: row for row in table(second, "figures")}
    for name, finding in zip(FIGURES, FINDINGS[code], strict=True):
        (slide,) = [s for s in deck.select("section.figure") if s.find("img", src=re.compile(name))]
        assert (path.parent / slide.img["src"]).is_file()
        assert shown[name][f"caption_{code}"] in text_of(slide.figcaption)
        assert text_of(slide.select_one(".line")) == finding
        credits = text_of(slides[-1].select_one(".line"))
        assert f"{shown[name][f'title_{code}']}. {shown[name][f'credit_{code}']}" in credits
    assert not OURS.search(deck.get_text())


def test_search_finds_the_claims_of_the_second_report(second: Path) -> None:
    for code in CODES:
        scripts = (second / "build" / "book" / code).rglob("*search*.js")
        index = "".join(script.read_text(encoding="utf-8") for script in scripts)
        assert [c["claim_id"] for c in table(second, "claims") if c["claim_id"] not in index] == []


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


# What is begun


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "my-report"
    told = project.start(folder, with_fetched=False)
    assert {path.relative_to(folder).as_posix() for path in told} == {
        *("README.md", "CITATION.cff", "data/datapackage.json"),
        *("data/reference/notebooks.csv", "data/reference/phrases.csv"),
        *(f"notebooks/{code}/00_start.ipynb" for code in CODES),
        *(f"book/pages/{code}/preread.md" for code in CODES),
    }, "these say of a text that it is to be written"
    return folder


def test_a_project_that_is_begun_lacks_only_what_is_to_be_written(begun: Path, monkeypatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(begun / "data"))
    marks = tuple(words.partition("{")[0] for words in TO_WRITE.values())
    faults = list(validate())
    assert [str(f) for f in faults if f.value and not f.value.startswith(marks)] == []
    assert {f.field for f in faults if not f.value} == {"subject.event", "subject.region"}
    assert all(str(f).endswith("there is none yet") for f in faults if not f.value)


def test_every_file_that_a_begun_project_names_is_there(begun: Path) -> None:
    """Nor has its Makefile a target that asks for a file of ours."""
    readme = (begun / "README.md").read_text("utf-8")
    named = re.findall(r"\]\(([\w./-]+)\)", readme) + re.findall(r"`([\w./-]+/)`", readme)
    assert len(named) >= 12
    assert [name for name in named if not (begun / name).exists()] == []
    makefile = (begun / "Makefile").read_text("utf-8")
    asked = re.findall(r"\b(?:tests|standalone|book)/[\w./-]+", makefile)
    made = ("book/node_modules", "book/package-lock")
    assert [
        name for name in asked if not name.startswith(made) and not (begun / name).exists()
    ] == []
    targets = set(re.findall(r"^([a-z-]+):(?!=)", makefile, re.MULTILINE))
    assert {"all", "test", "validate", "lab", "refresh", "release"} <= targets
    listed = set(re.search(r"^\.PHONY:((?:.*\\\n)*.*)", makefile, re.MULTILINE)[1].split()) - {"\\"}
    assert listed <= targets
    assert set(re.findall(r"^# make ([a-z-]+)", makefile, re.MULTILINE)) <= targets
    told = set(re.findall(r"`make ([a-z-]+)`", readme))
    assert {"test", "validate", "refresh"} == told


def test_a_begun_project_bears_the_name_of_its_folder(begun: Path) -> None:
    described = tomllib.loads((begun / "pyproject.toml").read_text("utf-8"))
    assert described["project"]["name"] == "my-report"
    assert described["tool"]["pytest"]["ini_options"]["testpaths"] == ["tests"]
    assert yaml.safe_load((begun / "environment.yml").read_text("utf-8"))["name"] == "my-report"
    assert json.loads((begun / "data/datapackage.json").read_text("utf-8"))["name"] == "my-report"


def commands_of_the_page(code: str) -> list[list[str]]:
    """Return the words of every command of the helpers that the page tells, as a shell has them."""
    text = (ROOT / "book" / "pages" / code / "own-report.md").read_text("utf-8")
    blocks = "".join(re.findall(r"^ +```\w*\n(.*?)^ +```", text, re.MULTILINE | re.DOTALL))
    asked = re.compile(r"""\$\(python -c "[^"]*fingerprint\('([^']*)'\)\)"\)""")
    lines = asked.sub(lambda found: fingerprint(found[1]), blocks.replace("\\\n", " ")).splitlines()
    marker = "python -m helpers "
    return [shlex.split(line.partition(marker)[2]) for line in lines if marker in line]


def test_both_pages_tell_the_same_commands() -> None:
    arabic, english = map(commands_of_the_page, CODES)
    assert arabic == english


def test_the_rows_that_the_page_tells_are_whole(
    begun: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    """Typed as they stand, in their order; what the page adds is not to be written any more."""
    shutil.copytree(begun / "data", tmp_path / "data")
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    lacking = {str(fault) for fault in validate()}
    rows = [words for words in commands_of_the_page("en") if words[:2] == ["new", "row"]]
    told = [words for words in rows if words[2] != "question_feedback"]  # it needs the question
    assert len(told) == 18 == len(rows) - 1
    for words in told:
        assert main(words) == 0, capsys.readouterr().err
    filled = {words[2] for words in told}
    assert {"claims", "checks", "argument_links", "outcome_codes", "commitment_events"} <= filled
    new = [fault for fault in validate() if str(fault) not in lacking]
    assert [str(fault) for fault in new if not fault.field.startswith("subject.")] == []


def test_a_begun_project_can_be_released(begun: Path, monkeypatch) -> None:
    """Its report may have no DOI, and be named nowhere yet."""
    monkeypatch.setenv(DATA_VARIABLE, str(begun / "data"))
    record = release.record(release.citation(begun))
    assert record["related_identifiers"] == record["keywords"] == []
    assert record["version"] == "0.1.0"


def test_a_table_that_is_begun_has_its_columns_and_no_rows_of_ours(begun: Path) -> None:
    general = {"codebook", "commitment_stages", "formats", "notebooks", "phrases", "rubric"}
    for path in sorted((begun / "data").glob("*/*.csv")):
        names, rows = second_report.rows(path)
        ours, _ = second_report.rows(ROOT / "data" / path.relative_to(begun / "data"))
        assert names == ours, path.name
        assert bool(rows) == (path.stem in general), path.name
    assert "theme" not in {row["object"] for row in table(begun, "codebook")}


@pytest.mark.parametrize("there", [True, False], ids=["empty", "not there"])
def test_a_start_that_fails_leaves_what_was_there(there: bool, tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "above" / "my-report"
    if there:
        folder.mkdir(parents=True)

    def stopped(_folder: Path, _old: str) -> None:
        assert (folder / "data" / "datapackage.json").is_file(), "much is laid out by then"
        raise KeyboardInterrupt

    monkeypatch.setattr(project, "_rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        project.start(folder, with_fetched=False)
    left = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")]
    assert sorted(left) == (["above", "above/my-report"] if there else [])


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ScaffoldError, match="holds something already"):
        project.start(tmp_path)
    with pytest.raises(ScaffoldError, match="lies inside this project"):
        project.start(ROOT / "another")
    with pytest.raises(ScaffoldError, match="cannot name a project"):
        project.start(tmp_path / "My Report")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"], "nothing was laid out"
