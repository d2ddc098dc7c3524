"""The runner: warm kernels, only what changed, failures that name their place, one at a time."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from helpers import __main__ as command_line
from helpers import data
from helpers.data.schema import other_files
from helpers.errors import UsageError
from helpers.paths import DATA_VARIABLE, KERNELS_VARIABLE, NOTEBOOKS, ROOT
from helpers.publish import execute, kernels, keys, run
from helpers.publish.execute import NotebookError

# Notebooks of the tests: what each does, and so what it rests on.
COUNT_SECTIONS = "from helpers.data import load\nlen(load('sections'))"
COUNT_THEMES = "from helpers.data import load\nlen(load('themes'))"
DRAW = (
    "import os, pathlib\nfolder = pathlib.Path(os.environ['HELPERS_FIGURES'])\n"
    "_ = (folder / 'one.png').write_bytes(b'new'), (folder / 'two.png').write_bytes(b'same')"
)


def write(folder: Path, name: str, *code: str, prose: str = "About it.") -> Path:
    """Write a notebook, such as ``en/counts``, with a cell of prose and cells of code."""
    cells = [nbformat.v4.new_markdown_cell(prose, id="prose")]
    cells += [nbformat.v4.new_code_cell(text, id=f"cell-{n}") for n, text in enumerate(code, 1)]
    path = folder / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=run.METADATA)
    path.write_text(nbformat.writes(notebook, version=4) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of notebooks in the place of the project's."""
    sources = tmp_path / "notebooks"
    sources.mkdir()
    monkeypatch.setattr(run, "SOURCES", sources)
    return sources


@pytest.fixture
def build(tmp_path: Path) -> Path:
    return tmp_path / "build"


@pytest.fixture
def counts(folder: Path) -> Path:
    """Two notebooks that rest on one table each."""
    write(folder, "en/sections", COUNT_SECTIONS)
    write(folder, "en/themes", COUNT_THEMES)
    return folder


def write_all(folder: Path) -> None:
    """Write the two notebooks of the counts, one that draws, and one with a chart."""
    write(folder, "en/sections", COUNT_SECTIONS)
    write(folder, "en/themes", COUNT_THEMES)
    write(folder, "en/drawing", DRAW)
    add_chart(folder)


def add_chart(folder: Path) -> None:
    """Write one of the project's notebooks, up to its first chart."""
    notebook = nbformat.read(NOTEBOOKS / "ar" / "01_context.ipynb", as_version=4)
    chart = next(n for n, cell in enumerate(notebook.cells) if "charts." in cell.source)
    notebook.cells = notebook.cells[: chart + 1]
    (folder / "ar").mkdir(parents=True)
    nbformat.write(notebook, folder / "ar" / "01_context.ipynb")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a run of all these notebooks, for the tests to copy."""
    place = tmp_path_factory.mktemp("results")
    write_all(place / "notebooks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "SOURCES", place / "notebooks")
        run.run(place / "build")
    return place / "build"


@pytest.fixture
def made(results: Path, folder: Path, build: Path) -> Path:
    """All these notebooks, and a build folder where they ran already."""
    write_all(folder)
    shutil.copytree(results, build)
    return folder


@pytest.fixture
def made_counts(made: Path, build: Path) -> Path:
    """The notebooks of the counts alone, and a build folder where they ran already."""
    shutil.rmtree(made / "ar")
    (made / "en/drawing.ipynb").unlink()
    assert run.run(build) == sorted((build / "notebooks/en").glob("*.ipynb"))
    return made


def ran(printed: str) -> list[str]:
    """The notebooks that ran, by the lines of progress."""
    return sorted(re.findall(r"^\[\d+/\d+\] notebooks/(\S+)\.ipynb", printed, re.MULTILINE))


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Receives the notebooks that would run, in place of a run of them."""
    names: list[str] = []

    def note(plans: list[run.Plan], *_: object) -> list[str]:
        names.extend(run.label(plan.path) for plan in plans)
        return []

    monkeypatch.setattr(run, "_run_all", note)
    return names


def add_theme() -> None:
    """Add a row to a table of the data that the test reads."""
    path = Path(os.environ[DATA_VARIABLE]) / "reference/themes.csv"
    text = path.read_text(encoding="utf-8")
    own = {"theme_id": "added", "order": "99"}
    row = ",".join(own.get(name, "x") for name in text.split("\n")[0].split(","))
    path.write_text(text.rstrip("\n") + f"\n{row}\n", encoding="utf-8")


def reasons(build: Path) -> dict[str, list[str]]:
    """Why each notebook would run."""
    around, ledger = run._surroundings(), keys.Ledger(build)
    plans = [run._plan(path, around, ledger) for path in run.sources()]
    return {f"{plan.path.parent.name}/{plan.path.stem}": plan.reasons for plan in plans}


def outputs(build: Path, name: str) -> list:
    notebook = nbformat.read(build / "notebooks" / f"{name}.ipynb", as_version=4)
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def texts(build: Path, name: str) -> list[str]:
    """What the cells of an executed notebook print or return."""
    return [
        output.get("text") or output.data["text/plain"]
        for cell in outputs(build, name)
        for output in cell
    ]


def content(build: Path) -> dict[str, bytes]:
    files = [path for kind in ("notebooks", "figures") for path in (build / kind).rglob("*.*")]
    return {path.relative_to(build).as_posix(): path.read_bytes() for path in files}


# Only what changed


def test_what_did_not_change_does_not_run_again(
    made_counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = content(build)
    capsys.readouterr()
    copies = run.run(build)
    assert [copy.name for copy in copies] == ["sections.ipynb", "themes.ipynb"]
    assert capsys.readouterr().out == "2 of 2 notebooks need not run\n"
    assert content(build) == known


def test_a_changed_table_runs_its_readers_alone_and_is_named(
    made_counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    known = int(texts(build, "en/themes")[0])
    add_theme()
    run.run(build)
    printed = capsys.readouterr().out
    assert ran(printed) == ["en/themes"]
    assert "(table themes changed)" in printed
    assert "1 of 2 notebooks need not run" in printed
    assert texts(build, "en/themes") == [str(known + 1)]


def test_a_changed_table_runs_the_notebook_whose_chart_shows_it(
    made: Path, build: Path, change: Callable[[str, str, str], None]
) -> None:
    change("report/events.csv", "2007-01-01", "2009-01-01")
    told = {name: why for name, why in reasons(build).items() if why}
    assert told == {"ar/01_context": ["table events changed"]}


def test_results_that_were_kept_equal_those_of_a_full_run(
    made: Path, build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Byte by byte, pictures included, after changes of a table, of prose and of code."""
    before = content(build)
    add_theme()
    write(made, "en/sections", COUNT_SECTIONS, prose="Told anew.")
    write(made, "en/drawing", DRAW.replace("b'new'", "b'newer'"))
    capsys.readouterr()
    run.run(build)
    assert ran(capsys.readouterr().out) == ["en/drawing", "en/themes"], "the others are kept"
    full = tmp_path / "full"
    run.run(full)
    every = ["ar/01_context", "en/drawing", "en/sections", "en/themes"]
    assert ran(capsys.readouterr().out) == every
    assert content(build) == content(full)
    changed = {name for name in before if content(full)[name] != before[name]}
    notebooks = {f"notebooks/en/{name}.ipynb" for name in ("drawing", "sections", "themes")}
    assert changed == notebooks | {"figures/en/one.png"}
    assert "figures/ar/relations-timeline.png" in before, "a picture of a chart was kept"


def test_new_prose_reaches_the_copy_without_a_run(
    made_counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = outputs(build, "en/themes")
    capsys.readouterr()
    write(made_counts, "en/themes", COUNT_THEMES, prose="Told anew.")
    run.run(build)
    printed = capsys.readouterr().out
    assert ran(printed) == []
    assert "notebooks/en/themes.ipynb: new prose, the same outputs" in printed
    assert "Told anew." in (build / "notebooks/en/themes.ipynb").read_text(encoding="utf-8")
    assert outputs(build, "en/themes") == known
    run.run(build)
    assert "new prose" not in capsys.readouterr().out


def test_new_prose_does_not_hide_a_damaged_copy(made_counts: Path, build: Path) -> None:
    (build / "notebooks/en/themes.ipynb").write_text("{}", encoding="utf-8")
    write(made_counts, "en/themes", COUNT_THEMES, prose="Told anew.")
    run.run(build)
    assert texts(build, "en/themes")


def test_new_code_runs(made_counts: Path, build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    write(made_counts, "en/themes", COUNT_THEMES.replace("themes", "countries"))
    run.run(build)
    printed = capsys.readouterr().out
    assert ran(printed) == ["en/themes"]
    assert "(code changed)" in printed
    record = keys.Ledger(build).record("notebooks/en/themes.ipynb")
    assert {n for n in record.inputs if n.startswith("table ")} == {"table countries"}


def test_outputs_stored_in_the_source_are_no_reason_to_run(
    made_counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    copy = (build / "notebooks/en/themes.ipynb").read_bytes()
    (made_counts / "en/themes.ipynb").write_bytes(copy)  # as `make refresh` does
    run.run(build)
    assert ran(capsys.readouterr().out) == []


def test_a_lost_result_is_made_again(
    made: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = content(build)
    lost = ["figures/en/one.png", "notebooks/en/themes.ipynb"]
    for file in lost:
        (build / file).unlink()
    capsys.readouterr()
    run.run(build)
    printed = capsys.readouterr().out
    for file in lost:
        assert f"({file} is missing)" in printed
    assert ran(printed) == ["en/drawing", "en/themes"]
    assert content(build) == known


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_lost_picture_of_a_chart_is_a_reason_to_run(made: Path, build: Path, ending: str) -> None:
    assert not any(reasons(build).values())
    file = f"figures/ar/relations-timeline.{ending}"
    (build / file).unlink()
    told = {name: why for name, why in reasons(build).items() if why}
    assert told == {"ar/01_context": [f"{file} is missing"]}


def test_a_spoilt_result_is_made_again(made_counts: Path, build: Path) -> None:
    known = content(build)
    copy = build / "notebooks/en/themes.ipynb"
    copy.write_bytes(copy.read_bytes().replace(b"About it.", b"About what?"))
    run.run(build)
    assert content(build) == known


def test_nothing_lingers_of_what_was_renamed_or_removed(made: Path, build: Path) -> None:
    (made / "en/drawing.ipynb").rename(made / "en/renamed.ipynb")
    (made / "ar/01_context.ipynb").unlink()
    (build / "figures/en/stray.png").touch()
    run.run(build)
    names = ["notebooks/en/renamed.ipynb", "notebooks/en/sections.ipynb"]
    names.append("notebooks/en/themes.ipynb")
    assert set(content(build)) == {*names, "figures/en/one.png", "figures/en/two.png"}
    assert not (build / "notebooks/ar").exists()
    assert not (build / "figures/ar").exists()
    assert keys.Ledger(build).names() == names


def test_all_of_them_run_if_asked(made_counts: Path, build: Path, planned: list[str]) -> None:
    run.run(build, everything=True)
    assert planned == ["notebooks/en/sections.ipynb", "notebooks/en/themes.ipynb"]


# What a result rests on


def test_every_file_of_the_package_counts() -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "helpers").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert set(keys.of_helpers()) == files


def test_every_file_of_the_schema_and_every_table_counts(data_copy: Path) -> None:
    tables = {path.stem for path in (data_copy / "schema").glob("*.json")}
    assert set(keys.of_tables(data_copy)) == {f"table {name}" for name in tables}
    schema = {"data/datapackage.json", *(f"data/schema/{name}.json" for name in tables)}
    others = {f"data/{path}" for path in other_files().values()}
    assert set(keys.of_schema(data_copy)) == schema | others


@pytest.mark.parametrize("group", ["of_helpers", "of_schema", "of_environment"])
def test_a_change_in_the_surroundings_runs_all(
    made_counts: Path, build: Path, group: str, planned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = getattr(keys, group)
    monkeypatch.setattr(keys, group, lambda *given: known(*given) | {"it": "new"})
    assert reasons(build) == {"en/sections": ["it is new"], "en/themes": ["it is new"]}
    run.run(build)
    assert planned == ["notebooks/en/sections.ipynb", "notebooks/en/themes.ipynb"]


def test_the_environment_is_python_packages_fonts_and_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = keys.of_environment()
    assert set(known) == {"Python", "packages", "fonts", "requirements.lock"}
    assert known["fonts"] != keys.digest(b""), "the font files were read"

    monkeypatch.setattr(sys, "version", "3.99")
    assert changed(known) == {"Python"}
    monkeypatch.undo()

    other = tmp_path / "requirements.lock"
    other.write_text(keys.LOCK.read_text(encoding="utf-8") + "# \n", encoding="utf-8")
    monkeypatch.setattr(keys, "LOCK", other)
    assert changed(known) == {"requirements.lock"}
    monkeypatch.undo()

    monkeypatch.setattr(keys, "FONT_PACKAGE", "no_such_font")
    assert changed(known) == {"fonts"}


def changed(known: dict[str, str]) -> set[str]:
    now = keys.of_environment()
    return {label for label in known if now[label] != known[label]}


def test_installed_versions_count_and_those_of_the_tests_do_not() -> None:
    installed = keys._installed()
    assert any(name.startswith("matplotlib-") for name in installed)
    assert not any(name.startswith("pytest-") for name in installed)


def test_reasons_are_told_shortly() -> None:
    assert keys.summary(["a changed", "b is new"]) == "a changed, b is new"
    assert keys.summary(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"a": {"b": 1}}'])
def test_notes_that_cannot_be_read_mean_that_all_is_made_anew(text: str, tmp_path: Path) -> None:
    (tmp_path / keys.FILE).write_text(text, encoding="utf-8")
    assert keys.Ledger(tmp_path).changes("book", {}) == [keys.NEVER]


# Choosing


def test_a_named_notebook_runs_alone_though_nothing_changed(
    made_counts: Path, build: Path, planned: list[str]
) -> None:
    run.run(build, ["themes"])
    assert planned == ["notebooks/en/themes.ipynb"]
    assert len(content(build)) == 2, "the others stay"


@pytest.mark.parametrize(
    "name", ["themes", "themes.ipynb", "en/themes", "notebooks/en/themes.ipynb"]
)
def test_a_notebook_can_be_named_with_or_without_folder_and_extension(
    counts: Path, name: str
) -> None:
    assert run.chosen([name]) == [counts / "en/themes.ipynb"]


@pytest.mark.parametrize("name", ["theme", "ar/themes", "", "emes"])
def test_an_unknown_name_is_refused_with_the_known(counts: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"no notebook '.*'; notebooks: sections, themes"):
        run.chosen(["sections", name])


# Failures


def test_a_failure_names_notebook_cell_and_place_and_the_others_go_on(
    made_counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    write(made_counts, "en/themes", "1", "from helpers.data import load\n\nload('thmes')")
    write(made_counts, "en/wrong", "1 / 0")
    write(made_counts, "en/new", COUNT_THEMES)
    (made_counts / "en/torn.ipynb").write_text('{"cells": [', encoding="utf-8")
    with pytest.raises(NotebookError) as failure:
        run.run(build)
    told = str(failure.value)
    assert told.startswith("3 of 4 notebooks stopped:\n\nnotebooks/en/themes.ipynb, cell cell-2:\n")
    assert "  UnknownNameError: " in told and "thmes" in told
    assert "  at line 3 of the cell: load('thmes')" in told
    assert re.search(r"  at helpers/data/tables\.py, line \d+, in load: ", told)
    assert "\n\nnotebooks/en/torn.ipynb, not a notebook: " in told
    assert "notebooks/en/wrong.ipynb, cell cell-1:\n  ZeroDivisionError: division by zero" in told
    assert "\x1b" not in told
    assert len(told.splitlines()) < 20
    printed = capsys.readouterr().out
    assert "notebooks/en/wrong.ipynb  stopped" in printed
    left = {"notebooks/en/new.ipynb", "notebooks/en/sections.ipynb"}
    assert set(content(build)) == left, "no old copy passes for a new one"


def test_a_notebook_that_failed_runs_again(
    made_counts: Path, build: Path, request: pytest.FixtureRequest
) -> None:
    path = write(made_counts, "en/wrong", "1 / 0")
    with pytest.raises(NotebookError):
        run.run(build)
    planned = request.getfixturevalue("planned")
    run.run(build)
    assert planned == ["notebooks/en/wrong.ipynb"]
    path.unlink()
    run.run(build)
    assert planned == ["notebooks/en/wrong.ipynb"]


def test_a_cell_that_ends_badly_is_named(
    folder: Path, build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execute, "TIMEOUT_SECONDS", 2)
    write(folder, "en/dead", "import os\nos._exit(1)")
    write(folder, "en/left", "raise SystemExit('enough')")
    write(folder, "en/slow", "import time\ntime.sleep(60)")
    with pytest.raises(NotebookError) as failure:
        run.run(build)
    assert str(failure.value).split("\n\n")[1:] == [
        "notebooks/en/dead.ipynb, cell cell-1:\n  the kernel died",
        "notebooks/en/left.ipynb, cell cell-1:\n  SystemExit: enough",
        "notebooks/en/slow.ipynb, cell cell-1:\n  took longer than 2 s",
    ]


BROKEN = """
import sys
from pathlib import Path
from helpers.publish import execute, run
execute.ARGUMENTS = ("--IPKernelApp.shell_port=none",)
run.SOURCES = Path(sys.argv[1])
try:
    run.run(Path(sys.argv[2]))
except execute.NotebookError as error:
    print(error)
"""


def test_a_kernel_that_does_not_start_is_named(folder: Path, build: Path) -> None:
    write(folder, "en/asleep", "1")
    command = [sys.executable, "-c", BROKEN, str(folder), str(build)]
    plain = os.environ | {KERNELS_VARIABLE: kernels.PLAIN}
    ended = subprocess.run(command, env=plain, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "notebooks/en/asleep.ipynb, its kernel did not start: " in ended.stdout
    assert "Exception ignored" not in ended.stderr, "nothing is left to be done as Python ends"


# Kernels


KINDS = [kernels.WARM, kernels.PLAIN]
WHERE = """
import os, sys, threading
server = os.getppid()
status = open(f"/proc/{server}/status").read()
threads = int(status.split("Threads:")[1].split()[0])
(
    "helpers.charts" in sys.modules,
    "matplotlib.backends.backend_agg" in sys.modules,
    threads,
)
"""


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == kernels.WARM and kernels.kind() != kernels.WARM:
        pytest.skip("no warm kernels here")
    monkeypatch.setenv(KERNELS_VARIABLE, request.param)
    return request.param


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_warm_kernel_starts_with_all_in_memory_from_a_process_without_threads(
    folder: Path, build: Path
) -> None:
    """A module that fails to load in the server is passed over in silence: this would tell."""
    write(folder, "en/where", WHERE.strip())
    run.run(build)
    assert texts(build, "en/where") == ["(True, True, 1)"]


def test_the_main_module_of_the_runner_is_not_run_again_in_a_kernel(
    folder: Path, build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The children of a fork server would import it, and all that it imports."""
    write(folder, "en/one", "1")
    mark = tmp_path / "mark"
    main = types.ModuleType("__main__")
    main.__file__ = str(tmp_path / "script.py")
    Path(main.__file__).write_text(f"open({str(mark)!r}, 'x').close()", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "__main__", main)
    run.run(build)
    assert sys.modules["__main__"] is main
    assert not mark.exists()
    assert texts(build, "en/one") == ["1"]


@pytest.mark.one_of(2)
def test_a_kernel_sees_the_surroundings_of_the_caller_and_those_alone(
    folder: Path, build: Path, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variables of this moment, the folder of the notebook, no start-up file, one project."""
    startup = tmp_path / "startup.py"
    startup.write_text("raise RuntimeError('the reader has a start-up file')", encoding="utf-8")
    profile = tmp_path / "ipython/profile_default/startup/settings.py"
    profile.parent.mkdir(parents=True)
    profile.write_text("LEAKED = 1", encoding="utf-8")
    monkeypatch.setenv("PYTHONSTARTUP", str(startup))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("SEEN", "yes")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "helpers.py").write_text("raise RuntimeError('another helpers')")
    write(
        folder,
        "en/look",
        "import os, helpers\nos.environ['SEEN'], os.getcwd(), helpers.__file__",
        "'LEAKED' in globals()",
        "import sys\n'helpers.charts' in sys.modules",
    )
    run.run(build)
    seen, leaked, warm = texts(build, "en/look")
    home = str(ROOT / "helpers" / "__init__.py")
    assert seen.replace("\n", "") == str(("yes", str(folder / "en"), home))
    assert leaked == "False"
    assert warm == str(kind == kernels.WARM), "a plain kernel starts from nothing"


@pytest.mark.skipif(os.name != "posix", reason="its sockets are ports")
def test_a_kernel_listens_at_files_that_no_other_program_can_take(
    folder: Path, build: Path, kind: str
) -> None:
    """Between the choice of a free port and its use, a browser may have it."""
    ask = "import json\nfrom ipykernel import connect\njson.loads(connect.get_connection_info())"
    for name in ("one", "two"):
        write(folder, f"en/{name}", f"{ask}['transport']", f"{ask}['ip']")
    run.run(build)
    (first, place), (second, other) = texts(build, "en/one"), texts(build, "en/two")
    assert (first, second) == ("'ipc'", "'ipc'")
    assert place != other
    gone = Path(place.strip("'")).parent
    assert gone.is_absolute()
    assert not gone.exists(), "nothing is left where they were"


def test_both_kinds_of_kernel_give_the_same_bytes(
    results: Path, folder: Path, build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_chart(folder)
    first = kernels.kind()
    (other,) = set(KINDS) - {first}
    monkeypatch.setenv(KERNELS_VARIABLE, other)
    run.run(build)
    made = content(build)
    assert any(name.endswith(".png") for name in made)
    assert made == {name: held for name, held in content(results).items() if "/ar/" in name}


def test_an_unknown_kind_of_kernel_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KERNELS_VARIABLE, "hot")
    with pytest.raises(UsageError, match="HELPERS_KERNELS is 'hot', not warm or plain"):
        kernels.kind()


# Breaking off


SLOW = """
import os, pathlib, time
pathlib.Path(os.environ["PIDS"]).open("a").write(f"{os.getpid()}\\n")
time.sleep(60)
"""
# A process with all in memory that forks the runs to break off, and tells how each ended. The
# warm process of these runs has the kernel alone in memory; how it ends is the same.
BREAK_OFF = """
import json, os, signal, sys
from multiprocessing.context import BaseContext
from pathlib import Path
import helpers.publish
from helpers import __main__ as command_line
from helpers import paths
from helpers.publish import execute, run
# Tests that run in the background have inherited that Ctrl-C is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
preload = BaseContext.set_forkserver_preload
BaseContext.set_forkserver_preload = lambda context, _: preload(context, ["ipykernel.kernelapp"])
for line in sys.stdin:
    wanted = json.loads(line)
    child = os.fork()
    if not child:
        os.environ.update(wanted["environment"])
        run.SOURCES, paths.BUILD = Path(wanted["sources"]), Path(wanted["build"])
        told = os.open(wanted["told"], os.O_CREAT | os.O_WRONLY)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(told, 2)
        sys.exit(command_line.main(["run"]))
    print("started", child, flush=True)
    print("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def runner() -> Iterator[subprocess.Popen]:
    """The process that forks the runs to break off."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", BREAK_OFF]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as process:
        yield process
        process.stdin.close()


def told_by(runner: subprocess.Popen, what: str) -> int:
    """Read the process that started, or the code with which it ended."""
    told, number = runner.stdout.readline().split()
    assert told == what
    return int(number)


@dataclass
class SlowRun:
    """A run under way, the processes of its kernels that have started, and what it complains."""

    pid: int
    kernels: list[int]
    told: Path


@pytest.fixture
def slow_run(
    runner: subprocess.Popen, kind: str, folder: Path, build: Path, tmp_path: Path
) -> Iterator[SlowRun]:
    """A run of four slow notebooks; two of them at least have started if there is room."""
    for number in range(4):
        write(folder, f"en/slow_{number}", SLOW.strip())
    pids, told = tmp_path / "pids", tmp_path / "told"
    environment = {name: os.environ[name] for name in (KERNELS_VARIABLE, DATA_VARIABLE)}
    wanted = {
        "sources": str(folder),
        "build": str(build),
        "told": str(told),
        "environment": environment | {"PIDS": str(pids)},
    }
    print(json.dumps(wanted), file=runner.stdin, flush=True)
    pid = told_by(runner, "started")
    try:
        wait_for(lambda: pids.is_file() and len(pids.read_text().split()) >= min(2, os.cpu_count()))
        yield SlowRun(pid, [int(kernel) for kernel in pids.read_text().split()], told)
    finally:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)


def wait_for(true: Callable[[], bool], seconds: float = 60) -> float:
    start = time.monotonic()
    while not true():
        assert time.monotonic() - start < seconds
        time.sleep(0.05)
    return time.monotonic() - start


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.is_file() or state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.one_of(2)
@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_ctrl_c_ends_a_run_at_once_and_leaves_no_kernel(
    slow_run: SlowRun, runner: subprocess.Popen
) -> None:
    start = time.monotonic()
    os.kill(slow_run.pid, signal.SIGINT)
    assert told_by(runner, "ended") == 130
    assert time.monotonic() - start < 30, "four sleeping notebooks would take two minutes"
    complaints = slow_run.told.read_text(encoding="utf-8")
    assert complaints.splitlines()[-1] == "stopped"
    assert len(complaints.splitlines()) <= 3, complaints
    wait_for(lambda: not any(map(alive, slow_run.kernels)), 10)


@pytest.mark.one_of(2)
@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_no_kernel_outlives_a_run_that_was_killed(
    slow_run: SlowRun, runner: subprocess.Popen
) -> None:
    os.kill(slow_run.pid, signal.SIGKILL)
    assert told_by(runner, "ended") == -signal.SIGKILL
    wait_for(lambda: not any(map(alive, slow_run.kernels)), 20)


# Turns


HOLD = """
import sys
from pathlib import Path
from helpers.turns import turn
with turn(Path(sys.argv[1])):
    print("mine", flush=True)
    sys.stdin.read()
"""


def hold(path: Path) -> subprocess.Popen:
    """Start a process that takes its turn, and holds it until its input is closed."""
    command = [sys.executable, "-c", HOLD, str(path)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)


def test_the_second_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    lock = tmp_path / "build" / ".lock"
    with hold(lock) as first:
        assert first.stdout.readline() == "mine\n"
        with hold(lock) as second:
            line = f"another run is at work (process {first.pid}); waiting for it to end ...\n"
            assert second.stdout.readline() == line
            time.sleep(0.4)  # longer than it pauses between two tries
            assert lock.read_text() == str(first.pid), "it waits while the first has its turn"
            first.communicate()
            assert second.stdout.readline() == "mine\n"
            assert lock.read_text() == str(second.pid)
            second.communicate()


def test_a_turn_does_not_outlive_a_process_that_was_killed(tmp_path: Path) -> None:
    with hold(tmp_path / ".lock") as first:
        assert first.stdout.readline() == "mine\n"
        first.kill()
    with hold(tmp_path / ".lock") as second:
        assert second.communicate()[0] == "mine\n"


def test_a_command_can_be_run_in_turn(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "helpers.turns", str(tmp_path / ".lock")]
    told = subprocess.run(
        [*command, sys.executable, "-c", "raise SystemExit(7)"], cwd=ROOT, check=False
    )
    assert told.returncode == 7


# Storing


def test_refresh_stores_what_changed_and_trusts_nothing_that_was_kept(
    made_counts: Path,
    build: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    shown = tmp_path / "pictures"
    shown.mkdir()
    (shown / "one.en.png").write_bytes(b"old")
    (shown / "two.en.png").write_bytes(b"same")
    drawing = write(made_counts, "en/drawing", DRAW)
    monkeypatch.setattr(run, "PICTURES", shown)
    all_of_them = ["en/drawing", "en/sections", "en/themes"]
    capsys.readouterr()
    stored = run.refresh(build)
    assert ran(capsys.readouterr().out) == all_of_them, "though two of them need not run"
    assert set(stored) == {*made_counts.rglob("*.ipynb"), shown / "one.en.png"}
    assert (shown / "one.en.png").read_bytes() == b"new"
    for path in made_counts.rglob("*.ipynb"):
        assert path.read_bytes() == (build / "notebooks/en" / path.name).read_bytes()
    assert json.loads(drawing.read_text())["cells"][1]["execution_count"] == 1
    before = [path.stat().st_mtime_ns for path in made_counts.rglob("*.ipynb")]
    planned = request.getfixturevalue("planned")
    assert run.refresh(build) == []
    assert planned == [f"notebooks/{name}.ipynb" for name in all_of_them]
    assert [path.stat().st_mtime_ns for path in made_counts.rglob("*.ipynb")] == before


# Commands


@pytest.fixture
def built(counts: Path, build: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Notes each time that the book is built."""
    from helpers import paths
    from helpers.publish import book

    times: list[Path] = []

    def build_book(folder: Path) -> Path:
        (folder / "book").mkdir(exist_ok=True)
        (folder / "book" / "index.html").write_text("a page", encoding="utf-8")
        times.append(folder)
        return folder / "book" / "index.html"

    monkeypatch.setattr(paths, "BUILD", build)
    monkeypatch.setattr(book, "build", build_book)
    return times


def test_the_book_is_built_when_something_changed(
    built: list[Path],
    made_counts: Path,
    build: Path,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    capsys.readouterr()
    assert command_line.main(["build"]) == 0
    assert len(built) == 1
    assert f"Open:      {build / 'book/index.html'}" in capsys.readouterr().out

    assert command_line.main(["build"]) == 0
    assert len(built) == 1
    assert "book: nothing changed" in capsys.readouterr().out

    write(made_counts, "en/themes", COUNT_THEMES, prose="Told anew.")
    assert command_line.main(["build"]) == 0
    assert len(built) == 2
    assert "book: notebooks/en/themes.ipynb changed" in capsys.readouterr().out

    (build / "book/index.html").write_text("spoilt", encoding="utf-8")
    assert command_line.main(["build"]) == 0
    assert len(built) == 3
    assert ran(capsys.readouterr().out) == []
    planned = request.getfixturevalue("planned")
    assert command_line.main(["build", "--all"]) == 0
    assert len(built) == 4
    assert len(planned) == 2


def test_the_book_is_not_built_from_notebooks_that_stopped(
    built: list[Path], made_counts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(made_counts, "en/wrong", "1 / 0")
    assert command_line.main(["build"]) == 1
    assert built == []
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_the_book_rests_on_its_sources_the_data_and_the_notebooks(
    made_counts: Path, build: Path, data_copy: Path
) -> None:
    inputs = keys.of_book(build, data_copy)
    wanted = {
        "book/conf.py",
        "book/pages/ar/cite.md",
        "book/package-lock.json",
        "LICENSE-DATA",
        "CITATION.cff",
        "DICTIONARY.md",
        "notebooks/en/themes.ipynb",
        "table claims",
        "data/schema/claims.json",
        "helpers/publish/pages.py",
        "packages",
    }
    assert wanted <= set(inputs)
    assert not any("node_modules" in name for name in inputs)


def test_a_command_that_is_asked_for_what_there_is_not_says_so(
    built: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["run", "nothing"]) == 2
    assert capsys.readouterr().err == "no notebook 'nothing'; notebooks: sections, themes\n"


def test_a_relative_data_folder_is_that_of_the_caller(
    built: list[Path], data_copy: Path, build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(DATA_VARIABLE)
    monkeypatch.chdir(data_copy.parent)
    try:
        assert command_line.main(["--data", data_copy.name, "run", "themes"]) == 0
    finally:
        monkeypatch.setenv(DATA_VARIABLE, "")  # the command line set it for good
    assert texts(build, "en/themes")


def test_a_data_folder_without_data_is_named_before_anything_runs(
    built: list[Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "nowhere"))
    assert command_line.main(["run"]) == 2
    printed = capsys.readouterr()
    assert "no datapackage.json in" in printed.err and "nowhere" in printed.err
    assert printed.out == ""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_faults_in_arabic_are_printed_where_there_are_no_arabic_letters(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "validate", lambda: ["countries.csv: كازاخستان"])
    terminal = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", terminal)
    assert command_line.main(["validate"]) == 1
    terminal.flush()
    assert terminal.buffer.getvalue().decode(encoding).startswith("countries.csv: \\u0643")
