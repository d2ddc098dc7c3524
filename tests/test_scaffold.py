"""What `new` lays out fits in at once, and says in both languages what is still to be written."""

from __future__ import annotations

import csv
import errno
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from helpers import scaffold
from helpers.__main__ import LAID_OUT, main
from helpers.language import LOCALES, Language
from helpers.paths import DATA_VARIABLE, ROOT
from helpers.publish import deck
from helpers.seminar.questions import question

PARTS = ("helpers", "data", "notebooks", "README.md")
EXAMPLE = "05_example"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a layout reads and writes."""
    for part in PARTS:
        source = ROOT / part
        ignored = shutil.ignore_patterns("__pycache__")
        if source.is_dir():
            shutil.copytree(source, tmp_path / part, ignore=ignored)
        else:
            shutil.copy(source, tmp_path / part)
    return tmp_path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run_in(project: Path, code: str) -> str:
    """Run Python on the helpers and the data of a copied project."""
    environment = os.environ | {"PYTHONPATH": str(project)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def code_of(path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


def test_a_new_notebook_with_a_chart_and_a_table_runs_at_once(project: Path) -> None:
    scaffold.new_notebook(EXAMPLE, project)
    scaffold.new_figure("check-count", EXAMPLE, "checks", root=project)
    scaffold.new_figure("check-keys", EXAMPLE, "checks", "table", project)
    for code in LOCALES:
        run_in(project, code_of(project / "notebooks" / code / f"{EXAMPLE}.ipynb"))
    texts = {row["figure_id"]: row for row in rows(project / "data/reference/figures.csv")}
    assert (texts["check-count"]["kind"], texts["check-count"]["number"]) == ("chart", "1")
    assert (texts["check-keys"]["kind"], texts["check-keys"]["number"]) == ("table", "1")
    assert f"](notebooks/ar/{EXAMPLE}.ipynb)" in (project / "README.md").read_text("utf-8")


def test_the_pair_has_the_same_cells_and_its_own_words(project: Path) -> None:
    scaffold.new_notebook(EXAMPLE, project)
    scaffold.new_figure("check-count", EXAMPLE, "checks", root=project)
    paths = [project / "notebooks" / code / f"{EXAMPLE}.ipynb" for code in ("ar", "en")]
    arabic, english = (nbformat.read(path, as_version=4).cells for path in paths)
    assert [cell.id for cell in arabic] == [cell.id for cell in english]
    for one, other in zip(arabic, english, strict=True):
        if one.cell_type == "markdown":
            assert one.source.startswith('<div dir="rtl" lang="ar">')
            written = one.metadata.get("tags") == [deck.SECTION]
            assert ("\u064a\u064f\u0643\u062a\u0628" in one.source) != written
            assert ("to be written" in other.source) != written
        elif one.id != "parameters":
            assert one.source == other.source


@pytest.mark.parametrize("code", ["ar", "en"])
def test_a_new_notebook_has_the_first_and_the_last_of_its_slides(project: Path, code: str) -> None:
    scaffold.new_notebook(EXAMPLE, project)
    path = project / "notebooks" / code / f"{EXAMPLE}.ipynb"
    slides = deck.read(nbformat.read(path, as_version=4).cells)
    assert [slide.kind for slide in slides] == ["agenda", "takeaway"]
    assert deck.faults(slides, [], Language(code)) == []


def test_a_new_figure_is_laid_after_those_that_are_there(project: Path) -> None:
    before = [row for row in rows(project / "data/reference/figures.csv")]
    charts = [r for r in before if (r["notebook"], r["kind"]) == ("02_goals", "chart")]
    scaffold.new_figure("check-count", "02_goals", "checks", root=project)
    after = rows(project / "data/reference/figures.csv")
    assert [row["figure_id"] for row in after] == sorted(row["figure_id"] for row in after)
    (new,) = [row for row in after if row not in before]
    assert int(new["number"]) == len(charts) + 1
    ids = [c.id for c in nbformat.read(project / "notebooks/en/02_goals.ipynb", 4).cells]
    assert ids.index("check-count-chart") < ids.index("not-said")


def test_a_new_table_has_its_schema_and_loads(project: Path) -> None:
    scaffold.new_table("policies", "evidence", project)
    package = json.loads((project / "data/datapackage.json").read_text("utf-8"))
    entry = package["resources"][-1]
    assert (entry["name"], entry["path"]) == ("policies", "evidence/policies.csv")
    assert json.loads((project / "data" / entry["schema"]).read_text("utf-8"))["primaryKey"] == [
        "policy_id"
    ]
    assert run_in(project, "from helpers.data import load; print(len(load('policies')))") == "0\n"


def test_what_is_to_be_written_is_a_fault_until_it_is(project: Path) -> None:
    scaffold.new_figure("check-count", "02_goals", "checks", root=project)
    scaffold.new_table("policies", "evidence", project)
    said = run_in(project, "from helpers.data import validate; print(*validate(), sep='\\n')")
    faults = [line for line in said.splitlines() if "to be written" in line]
    assert any("figures.csv" in line and "field title_en" in line for line in faults)
    assert any("policies.title" in line for line in faults)


@pytest.mark.parametrize(
    ("lay_out", "message"),
    [
        (lambda root: scaffold.new_table("checks", "evidence", root), "there is a table 'checks'"),
        (lambda root: scaffold.new_table("Checks", "evidence", root), "no name of a table"),
        (lambda root: scaffold.new_table("policies", "facts", root), "folders: report, evidence"),
        (lambda root: scaffold.new_notebook("evidence", root), "no name of a notebook"),
        (lambda root: scaffold.new_notebook("02_goals", root), "there is a notebook '02_goals'"),
        (lambda root: scaffold.new_figure("package", "02_goals", "checks", root=root), "already"),
        (lambda root: scaffold.new_figure("a b", "02_goals", "checks", root=root), "no name of"),
        (lambda root: scaffold.new_figure("x", "09_none", "checks", root=root), "known: 00_start"),
        (lambda root: scaffold.new_figure("x", "02_goals", "czechs", root=root), "no table"),
        (
            lambda root: scaffold.new_figure("x", "02_goals", "checks", "map", root),
            "kinds: chart, table",
        ),
        (  # the module is one of several figures
            lambda root: scaffold.new_figure("bars", "02_goals", "checks", root=root),
            "there is a function or module of helpers.charts 'bars' already",
        ),
        (
            lambda root: scaffold.new_figure("yearly-bars", "02_goals", "checks", root=root),
            "there is a function or module of helpers.charts 'yearly_bars' already",
        ),
        (
            lambda root: scaffold.new_figure("class", "02_goals", "checks", root=root),
            "'class' is a word of Python",
        ),
    ],
)
def test_what_cannot_be_laid_out_is_refused_and_changes_nothing(
    lay_out, message: str, untouched: Path
) -> None:
    """In a copy: what a fault of the helpers lays out all the same is no part of the project."""
    with pytest.raises(scaffold.ScaffoldError, match=message):
        lay_out(untouched)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("claim", "claim is no layout but a row: `python -m helpers new row claims KEY`\n"),
        ("term", "term is no layout but a row: `python -m helpers new row glossary KEY`\n"),
        ("sources", "sources is no layout but a row: `python -m helpers new row sources KEY`\n"),
        ("chart", f"no layout 'chart'; layouts: {', '.join(LAID_OUT)}\n"),
    ],
)
def test_what_is_a_row_and_no_layout_is_told_as_one(what: str, told: str, capsys) -> None:
    assert main(["new", what, "a"]) == 2
    assert capsys.readouterr().err.startswith(told)


@pytest.mark.parametrize(
    ("table", "key", "values", "message"),
    [
        ("czechs", "a", {}, "no table 'czechs'"),
        ("claims", "context.7.2-b", {}, "there is a row of claims 'context.7.2-b'"),
        ("claims", "context.7.2-z", {"verdict": "confirmed"}, "no field of claims 'verdict'"),
        ("claim_codes", "context.7.2-b", {}, "is no key; expected claim_id+coder"),
        ("question_choices", "q-03-1+", {}, "is no key; expected question_id+choice"),
    ],
)
def test_a_row_that_cannot_be_laid_out_is_refused(table, key, values, message: str) -> None:
    with pytest.raises(scaffold.ScaffoldError, match=re.escape(message)):
        scaffold.new_row(table, key, values)


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data that the helpers read and write."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


def test_a_row_goes_to_its_place_and_the_others_keep_their_bytes(tables: Path) -> None:
    path = tables / "report" / "claims.csv"
    before = path.read_bytes().splitlines()
    scaffold.new_row("claims", "context.7.2-z", {"kind": "fact"})
    after = path.read_bytes().splitlines()
    (new,) = [number for number, line in enumerate(after) if line not in before]
    assert [*after[:new], *after[new + 1 :]] == before
    assert after[1:] == sorted(after[1:]), "in the order of the keys"
    (row,) = [row for row in rows(path) if row["claim_id"] == "context.7.2-z"]
    assert (row["passage_id"], row["kind"], row["checkable"]) == ("context.7.2", "fact", "")
    assert row["text_en"] == "[to be written: text]"


def test_a_question_gets_its_row_and_its_cells_after_the_others(tables: Path) -> None:
    root = tables.parent
    for code in LOCALES:
        (root / "notebooks" / code).mkdir(parents=True)
        shutil.copy(ROOT / "notebooks" / code / "03_outcomes.ipynb", root / "notebooks" / code)
    known = [r for r in rows(tables / "reference/questions.csv") if r["notebook"] == "03_outcomes"]
    order = len(known) + 1
    scaffold.new_question(f"q-03-{order}", {"kind": "number"}, root)
    (row,) = [
        row
        for row in rows(tables / "reference/questions.csv")
        if row["question_id"] == f"q-03-{order}"
    ]
    assert (row["notebook"], row["order"]) == ("03_outcomes", str(order))
    for code in LOCALES:
        cells = nbformat.read(root / "notebooks" / code / "03_outcomes.ipynb", 4).cells
        own = [cell.id for cell in cells if cell.id.startswith("check-yourself")]
        assert own[-2:] == [f"check-yourself-{order}", f"check-yourself-{order}-answer"]
        assert f'ask("q-03-{order}")' in [cell.source for cell in cells]
        stored = nbformat.read(ROOT / "notebooks" / code / "03_outcomes.ipynb", 4).cells
        kept = [cell.id for cell in cells if cell.id not in own[-2:]]
        assert kept == [cell.id for cell in stored]


def test_the_first_question_of_a_notebook_gets_its_heading_and_runs(tables: Path) -> None:
    root = tables.parent
    for part in ("notebooks", "README.md"):
        (root / part).mkdir() if part == "notebooks" else shutil.copy(ROOT / part, root)
    scaffold.new_notebook("09_example", root)
    for order in ("1", "2"):
        scaffold.new_question(f"q-09-{order}", {"kind": "number"}, root)
    for code in LOCALES:
        cells = nbformat.read(root / "notebooks" / code / "09_example.ipynb", 4).cells
        sources = {cell.id: cell.source for cell in cells}
        names = list(sources)
        place = names.index("check-yourself")
        asked = [f"check-yourself-{end}" for end in ("1", "1-answer", "2", "2-answer")]
        assert names[place + 1 : place + 6] == [*asked, "questions"]
        assert sources["check-yourself-1"] == (
            'from helpers.seminar import ask, check\n\nask("q-09-1")'
        )
        assert sources["check-yourself-2"] == 'ask("q-09-2")', "imported once"
        asked = question("q-09-1", Language(code))
        assert not asked.is_right(asked.normal("3")), "it can be asked before it has an answer"


@pytest.mark.parametrize(
    "names", [(), ("en/03_a",), ("ar/03_a", "en/03_b"), ("ar/03_a", "en/03_a", "en/03_b")]
)
def test_a_question_of_no_pair_of_notebooks_is_refused(tmp_path: Path, names) -> None:
    for name in names:
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}", encoding="utf-8")
    with pytest.raises(scaffold.ScaffoldError, match="no notebook 03 in every language; found: "):
        scaffold.new_question("q-03-9", {"kind": "number"}, tmp_path)


@pytest.mark.parametrize("values", [{}, {"kind": "essay"}])
def test_a_question_of_no_kind_is_refused(values: dict[str, str], tmp_path: Path) -> None:
    """Without its kind no notebook could ask it."""
    with pytest.raises(scaffold.ScaffoldError, match=r"no kind of question '.*'; known: choice, "):
        scaffold.new_question("q-03-9", values, tmp_path)


# The first of a project


@pytest.mark.parametrize("kind", scaffold.figure.KINDS)
def test_the_first_figure_of_a_project_needs_no_other(kind: str, tmp_path: Path) -> None:
    """Nor the outline of a notebook: it comes last where nothing follows the figures."""
    for part in (
        "data/reference/figures.csv",
        "data/datapackage.json",
        f"helpers/{kind}s/__init__.py",
    ):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / part, tmp_path / part)
    texts = tmp_path / "data" / "reference" / "figures.csv"
    header = texts.read_text("utf-8").partition("\n")[0]
    texts.write_text(header + "\n", "utf-8")
    for code in LOCALES:
        path = tmp_path / "notebooks" / code / "00_start.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("lang", id="lang")]), path
        )
    scaffold.new_figure("check-count", "00_start", "checks", kind, tmp_path)
    (row,) = rows(texts)
    assert list(row) == header.split(","), "every column, in its order"
    assert (row["kind"], row["number"], row["tables"]) == (kind, "1", "checks")
    assert row["passage_ids"] == "", "nobody has said yet on which passages it rests"
    for code in LOCALES:
        cells = nbformat.read(tmp_path / "notebooks" / code / "00_start.ipynb", 4).cells
        assert [cell.id for cell in cells][1:] == [
            "check-count-lead",
            f"check-count-{kind}",
            "check-count-finding",
        ]


# Nothing or all


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy for what fails, which leaves it as it was."""
    root = tmp_path_factory.mktemp("untouched")
    for part in ("data", "notebooks", "helpers/charts", "helpers/tables"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, root / part, ignore=ignored)
    shutil.copy(ROOT / "README.md", root)
    return root


LAYOUTS = {
    "figure": (lambda root: scaffold.new_figure("check-count", "02_goals", "checks", root=root), 5),
    "notebook": (lambda root: scaffold.new_notebook("09_example", root), 4),
    "question": (lambda root: scaffold.new_question("q-03-9", {"kind": "number"}, root), 3),
    "row": (lambda _root: [scaffold.new_row("claims", "context.7.2-z", {})], 1),
    "table": (lambda root: scaffold.new_table("policies", "evidence", root), 3),
}


def contents(folder: Path) -> dict[str, bytes | None]:
    """Return every file and folder of a folder, with what the files hold."""
    paths = folder.rglob("*")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in paths
    }


@pytest.mark.parametrize("kind", LAYOUTS)
def test_what_cannot_be_laid_out_whole_leaves_nothing(
    kind: str, untouched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at each of the files in turn."""
    lay_out, files = LAYOUTS[kind]
    monkeypatch.setenv(DATA_VARIABLE, str(untouched / "data"))
    before, written = contents(untouched), Path.write_bytes
    for last in range(files):
        left = itertools.count(last, -1)

        def write(path: Path, content: bytes, left=left) -> int:
            if next(left) == 0:
                written(path, content[:5])
                raise OSError(errno.ENOSPC, "No space left on device")
            return written(path, content)

        monkeypatch.setattr(Path, "write_bytes", write)
        with pytest.raises(OSError, match="No space left on device") as error:
            lay_out(untouched)
        assert error.value.filename.startswith(str(untouched)), "the file is named"
        assert contents(untouched) == before
    assert next(left) == -1, "as many files as are laid out were tried"
