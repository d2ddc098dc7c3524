"""The runner: warm kernels, only what changed, failures that name their place, one at a time."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from helpers import __main__ as command_line
from helpers.errors import UsageError
from helpers.paths import DATA_VARIABLE, KERNELS_VARIABLE, NOTEBOOKS, ROOT
from helpers.publish import execute, kernels, keys, run
from helpers.publish.execute import NotebookError

# Notebooks of the tests: what each does, and so what it rests on.
COUNT_SECTIONS = "from helpers.data import load\nlen(load('sections'))"
COUNT_THEMES = "from helpers.data import load\nlen(load('themes'))"


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


@pytest.fixture
def pictures(folder: Path) -> Path:
    """One of the project's notebooks, up to its first chart."""
    add_pictures(folder, "en")
    return folder


def add_pictures(folder: Path, code: str) -> None:
    notebook = nbformat.read(NOTEBOOKS / code / "01_context.ipynb", as_version=4)
    chart = next(n for n, cell in enumerate(notebook.cells) if "charts." in cell.source)
    notebook.cells = notebook.cells[: chart + 1]
    (folder / code).mkdir()
    nbformat.write(notebook, folder / code / "01_context.ipynb")


def ran(printed: str) -> list[str]:
    """The notebooks that ran, by the lines of progress."""
    return sorted(re.findall(r"^\[\d+/\d+\] notebooks/(\S+)\.ipynb", printed, re.MULTILINE))


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
    counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = run.run(build)
    assert [copy.name for copy in copies] == ["sections.ipynb", "themes.ipynb"]
    assert ran(capsys.readouterr().out) == ["en/sections", "en/themes"]
    assert run.run(build) == copies
    assert capsys.readouterr().out == "2 of 2 notebooks need not run\n"


def test_a_changed_table_runs_its_readers_alone_and_is_named(
    counts: Path,
    build: Path,
    change: Callable[[str, str, str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    run.run(build)
    capsys.readouterr()
    change("reference/themes.csv", "\n", "\nadded,99,أ,Added,,,,\n")
    header = (Path(os.environ[DATA_VARIABLE]) / "reference/themes.csv").read_text().split("\n")[0]
    row = ",".join({"theme_id": "added", "order": "99"}.get(n, "x") for n in header.split(","))
    change("reference/themes.csv", "added,99,أ,Added,,,,", row)
    run.run(build)
    printed = capsys.readouterr().out
    assert ran(printed) == ["en/themes"]
    assert "(table themes changed)" in printed
    assert "1 of 2 notebooks need not run" in printed


def test_results_that_were_kept_equal_those_of_a_full_run(
    pictures: Path, build: Path, tmp_path: Path, change: Callable[[str, str, str], None]
) -> None:
    """Byte by byte, pictures included, after changes of a table, of prose and of code."""
    add_pictures(pictures, "ar")
    write(pictures, "en/sections", COUNT_SECTIONS)
    run.run(build)
    before = content(build)
    assert any(name.endswith(".png") for name in before)
    change("report/events.csv", "2007-01-01", "2009-01-01")
    write(pictures, "en/sections", COUNT_SECTIONS, prose="Told anew.")
    run.run(build)
    full = tmp_path / "full"
    run.run(full)
    assert content(build) == content(full)
    changed = {name for name in before if content(full)[name] != before[name]}
    assert "figures/ar/relations-timeline.png" in changed, "the edit of the table shows"
    assert "notebooks/en/sections.ipynb" in changed


def test_new_prose_reaches_the_copy_without_a_run(
    counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run.run(build)
    known = outputs(build, "en/themes")
    capsys.readouterr()
    write(counts, "en/themes", COUNT_THEMES, prose="Told anew.")
    run.run(build)
    printed = capsys.readouterr().out
    assert ran(printed) == []
    assert "notebooks/en/themes.ipynb: new prose, the same outputs" in printed
    assert "Told anew." in (build / "notebooks/en/themes.ipynb").read_text(encoding="utf-8")
    assert outputs(build, "en/themes") == known
    run.run(build)
    assert "new prose" not in capsys.readouterr().out


def test_new_prose_does_not_hide_a_damaged_copy(counts: Path, build: Path) -> None:
    run.run(build)
    (build / "notebooks/en/themes.ipynb").write_text("{}", encoding="utf-8")
    write(counts, "en/themes", COUNT_THEMES, prose="Told anew.")
    run.run(build)
    assert texts(build, "en/themes")


def test_new_code_runs(counts: Path, build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run.run(build)
    capsys.readouterr()
    write(counts, "en/themes", COUNT_THEMES.replace("themes", "countries"))
    run.run(build)
    printed = capsys.readouterr().out
    assert ran(printed) == ["en/themes"]
    assert "(code changed)" in printed
    record = keys.Ledger(build).record("notebooks/en/themes.ipynb")
    assert {n for n in record.inputs if n.startswith("table ")} == {"table countries"}


def test_outputs_stored_in_the_source_are_no_reason_to_run(
    counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run.run(build)
    capsys.readouterr()
    copy = (build / "notebooks/en/themes.ipynb").read_bytes()
    (counts / "en/themes.ipynb").write_bytes(copy)  # as `make refresh` does
    run.run(build)
    assert ran(capsys.readouterr().out) == []


@pytest.mark.parametrize("file", ["figures/en/relations-timeline.svg", "notebooks/en/themes.ipynb"])
def test_a_lost_result_is_made_again(
    pictures: Path, build: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(pictures, "en/themes", COUNT_THEMES)
    run.run(build)
    known = content(build)
    capsys.readouterr()
    (build / file).unlink()
    run.run(build)
    printed = capsys.readouterr().out
    assert f"({file} is missing)" in printed
    assert len(ran(printed)) == 1
    assert content(build) == known


def test_a_spoilt_result_is_made_again(counts: Path, build: Path) -> None:
    run.run(build)
    known = content(build)
    copy = build / "notebooks/en/themes.ipynb"
    copy.write_bytes(copy.read_bytes().replace(b"About it.", b"About what?"))
    run.run(build)
    assert content(build) == known


def test_nothing_lingers_of_what_was_renamed_or_removed(pictures: Path, build: Path) -> None:
    write(pictures, "ar/removed", "1")
    run.run(build)
    (pictures / "en/01_context.ipynb").rename(pictures / "en/renamed.ipynb")
    (pictures / "ar/removed.ipynb").unlink()
    (build / "figures/en/stray.png").touch()
    run.run(build)
    assert set(content(build)) == {
        "notebooks/en/renamed.ipynb",
        "figures/en/relations-timeline.png",
        "figures/en/relations-timeline.svg",
    }
    assert not (build / "notebooks/ar").exists()
    assert keys.Ledger(build).names() == ["notebooks/en/renamed.ipynb"]


def test_all_of_them_run_if_asked(
    counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run.run(build)
    capsys.readouterr()
    run.run(build, everything=True)
    assert ran(capsys.readouterr().out) == ["en/sections", "en/themes"]


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
    assert set(keys.of_schema(data_copy)) == schema


@pytest.mark.parametrize("group", ["of_helpers", "of_schema", "of_environment"])
def test_a_change_in_the_surroundings_runs_all(
    counts: Path,
    build: Path,
    group: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run.run(build)
    capsys.readouterr()
    known = getattr(keys, group)
    monkeypatch.setattr(keys, group, lambda *given: known(*given) | {"something": "new"})
    run.run(build)
    printed = capsys.readouterr().out
    assert ran(printed) == ["en/sections", "en/themes"]
    assert printed.count("(something is new)") == 2


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


@pytest.mark.parametrize(
    "name", ["themes", "themes.ipynb", "en/themes", "notebooks/en/themes.ipynb"]
)
def test_a_named_notebook_runs_alone_though_nothing_changed(
    counts: Path, build: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run.run(build)
    capsys.readouterr()
    run.run(build, [name])
    assert ran(capsys.readouterr().out) == ["en/themes"]
    assert len(content(build)) == 2, "the others stay"


@pytest.mark.parametrize("name", ["theme", "ar/themes", "", "emes"])
def test_an_unknown_name_is_refused_with_the_known(counts: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"no notebook '.*'; notebooks: sections, themes"):
        run.chosen(["sections", name])


# Failures


def test_a_failure_names_notebook_cell_and_place_and_the_others_go_on(
    counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run.run(build)
    capsys.readouterr()
    write(counts, "en/themes", "1", "from helpers.data import load\n\nload('thmes')")
    write(counts, "en/wrong", "1 / 0")
    write(counts, "en/new", COUNT_THEMES)
    with pytest.raises(NotebookError) as failure:
        run.run(build)
    told = str(failure.value)
    assert told.startswith("2 of 3 notebooks stopped:\n\nnotebooks/en/themes.ipynb, cell cell-2:\n")
    assert "  KeyError: " in told and "thmes" in told
    assert "  at line 3 of the cell: load('thmes')" in told
    assert re.search(r"  at helpers/data/tables\.py, line \d+, in load: ", told)
    assert "notebooks/en/wrong.ipynb, cell cell-1:\n  ZeroDivisionError: division by zero" in told
    assert "\x1b" not in told
    assert len(told.splitlines()) < 20
    printed = capsys.readouterr().out
    assert "notebooks/en/wrong.ipynb  stopped" in printed
    left = {"notebooks/en/new.ipynb", "notebooks/en/sections.ipynb"}
    assert set(content(build)) == left, "no old copy passes for a new one"


def test_a_notebook_that_failed_runs_again(
    counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(counts, "en/wrong", "1 / 0")
    with pytest.raises(NotebookError):
        run.run(build)
    capsys.readouterr()
    with pytest.raises(NotebookError):
        run.run(build)
    assert ran(capsys.readouterr().out) == ["en/wrong"]
    path.unlink()
    run.run(build)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import os\nos._exit(1)", "cell cell-1:\n  the kernel died"),
        ("import time\ntime.sleep(60)", "cell cell-1:\n  took longer than 1 s"),
        ("raise SystemExit('enough')", "cell cell-1:\n  SystemExit: enough"),
    ],
)
def test_a_cell_that_ends_badly_is_named(
    folder: Path, build: Path, text: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execute, "TIMEOUT_SECONDS", 1)
    write(folder, "en/bad", text)
    with pytest.raises(NotebookError, match=re.escape(told)):
        run.run(build)


def test_a_file_that_is_no_notebook_is_named(counts: Path, build: Path) -> None:
    (counts / "en/torn.ipynb").write_text('{"cells": [', encoding="utf-8")
    with pytest.raises(NotebookError, match=r"notebooks/en/torn\.ipynb, not a notebook: "):
        run.run(build)
    assert len(content(build)) == 2


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
    folder: Path, build: Path, tmp_path: Path
) -> None:
    """The children of a fork server would import it, and all that it imports."""
    write(folder, "en/one", "1")
    script = tmp_path / "script.py"
    lines = [
        "import sys; from pathlib import Path; from helpers.publish import run",
        f"Path({str(tmp_path / 'mark')!r}).open('a').write('x')",
        f"run.SOURCES = Path({str(folder)!r})",
        f"if __name__ == '__main__': run.run(Path({str(build)!r}))",
    ]
    script.write_text("\n".join(lines), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, str(script)], check=True, env=environment, cwd=ROOT)
    assert (tmp_path / "mark").read_text() == "x"
    assert texts(build, "en/one") == ["1"]


def test_a_plain_kernel_starts_from_nothing(
    folder: Path, build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KERNELS_VARIABLE, kernels.PLAIN)
    write(folder, "en/where", "import sys\n'helpers.charts' in sys.modules")
    run.run(build)
    assert texts(build, "en/where") == ["False"]


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
    )
    run.run(build)
    seen, leaked = texts(build, "en/look")
    home = str(ROOT / "helpers" / "__init__.py")
    assert seen.replace("\n", "") == str(("yes", str(folder / "en"), home))
    assert leaked == "False"


def test_both_kinds_of_kernel_give_the_same_bytes(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = []
    for kind in KINDS:
        monkeypatch.setenv(KERNELS_VARIABLE, kind)
        run.run(tmp_path / kind)
        results.append(content(tmp_path / kind))
    assert results[0] == results[1]


def test_an_unknown_kind_of_kernel_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KERNELS_VARIABLE, "hot")
    with pytest.raises(UsageError, match="SUMMIT_KERNELS is 'hot', not warm or plain"):
        kernels.kind()


# Breaking off


SLOW = """
import os, pathlib, time
pathlib.Path(os.environ["PIDS"]).open("a").write(f"{os.getpid()}\\n")
time.sleep(60)
"""
BREAK_OFF = """
import sys
from pathlib import Path
from helpers import __main__ as command_line
from helpers import paths
from helpers.publish import run
run.SOURCES = Path(sys.argv[1])
paths.BUILD = Path(sys.argv[2])
sys.exit(command_line.main(["run"]))
"""


@pytest.fixture
def slow_run(folder: Path, build: Path, tmp_path: Path) -> tuple[subprocess.Popen, list[int]]:
    """A run of four slow notebooks, and the processes of the kernels that have started."""
    for number in range(4):
        write(folder, f"en/slow_{number}", SLOW.strip())
    pids = tmp_path / "pids"
    process = subprocess.Popen(
        [sys.executable, "-c", BREAK_OFF, str(folder), str(build)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PIDS": str(pids)},
    )
    wait_for(lambda: pids.is_file() and len(pids.read_text().split()) >= min(2, os.cpu_count()))
    yield process, [int(pid) for pid in pids.read_text().split()]
    process.kill()
    process.communicate()


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


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_ctrl_c_ends_a_run_at_once_and_leaves_no_kernel(slow_run, build: Path, kind: str) -> None:
    process, pids = slow_run
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=100)
    assert time.monotonic() - start < 30, "four sleeping notebooks would take two minutes"
    assert process.returncode == 130
    assert complaints.splitlines()[-1] == "stopped"
    assert len(complaints.splitlines()) <= 3, complaints
    wait_for(lambda: not any(map(alive, pids)), 10)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_no_kernel_outlives_a_run_that_was_killed(slow_run, kind: str) -> None:
    process, pids = slow_run
    process.kill()
    wait_for(lambda: not any(map(alive, pids)), 20)


# Turns


HOLD = """
import sys, time
from pathlib import Path
from helpers.turns import turn
with turn(Path(sys.argv[1])):
    print("mine", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(path: Path, seconds: float) -> subprocess.Popen:
    command = [sys.executable, "-c", HOLD, str(path), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_the_second_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    lock = tmp_path / "build" / ".lock"
    with hold(lock, 1.5) as first:
        assert first.stdout.readline() == "mine\n"
        with hold(lock, 0) as second:
            line = f"another run is at work (process {first.pid}); waiting for it to end ...\n"
            assert second.stdout.readline() == line
            assert first.poll() is None, "it told before it waited"
            assert second.stdout.readline() == "mine\n"
            assert first.wait(5) == 0, "it had its turn when the first was done"


def test_a_turn_does_not_outlive_a_process_that_was_killed(tmp_path: Path) -> None:
    with hold(tmp_path / ".lock", 60) as first:
        assert first.stdout.readline() == "mine\n"
        first.kill()
    with hold(tmp_path / ".lock", 0) as second:
        assert second.stdout.read() == "mine\n"


def test_a_command_can_be_run_in_turn(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "helpers.turns", str(tmp_path / ".lock")]
    told = subprocess.run(
        [*command, sys.executable, "-c", "raise SystemExit(7)"], cwd=ROOT, check=False
    )
    assert told.returncode == 7


# Storing


def test_refresh_stores_what_changed_and_names_it(
    counts: Path, build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = tmp_path / "pictures"
    shown.mkdir()
    (shown / "one.en.png").write_bytes(b"old")
    (shown / "two.en.png").write_bytes(b"same")
    draw = (
        "import os, pathlib\nfolder = pathlib.Path(os.environ['SUMMIT_FIGURES'])\n"
        "_ = (folder / 'one.png').write_bytes(b'new'), (folder / 'two.png').write_bytes(b'same')"
    )
    drawing = write(counts, "en/drawing", draw)
    monkeypatch.setattr(run, "PICTURES", shown)
    stored = run.refresh(build)
    assert set(stored) == {*counts.rglob("*.ipynb"), shown / "one.en.png"}
    assert (shown / "one.en.png").read_bytes() == b"new"
    for path in counts.rglob("*.ipynb"):
        assert path.read_bytes() == (build / "notebooks/en" / path.name).read_bytes()
    assert json.loads(drawing.read_text())["cells"][1]["execution_count"] == 1
    before = [path.stat().st_mtime_ns for path in counts.rglob("*.ipynb")]
    assert run.refresh(build) == []
    assert [path.stat().st_mtime_ns for path in counts.rglob("*.ipynb")] == before


def test_refresh_trusts_nothing_that_was_kept(
    counts: Path,
    build: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(run, "PICTURES", tmp_path / "none")
    run.run(build)
    capsys.readouterr()
    run.refresh(build)
    assert ran(capsys.readouterr().out) == ["en/sections", "en/themes"]


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
    built: list[Path], counts: Path, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["build"]) == 0
    assert len(built) == 1
    assert f"Open:      {build / 'book/index.html'}" in capsys.readouterr().out

    assert command_line.main(["build"]) == 0
    assert len(built) == 1
    assert "book: nothing changed" in capsys.readouterr().out

    write(counts, "en/themes", COUNT_THEMES, prose="Told anew.")
    assert command_line.main(["build"]) == 0
    assert len(built) == 2
    assert "book: notebooks/en/themes.ipynb changed" in capsys.readouterr().out

    (build / "book/index.html").write_text("spoilt", encoding="utf-8")
    assert command_line.main(["build"]) == 0
    assert len(built) == 3
    assert command_line.main(["build", "--all"]) == 0
    assert len(built) == 4
    assert len(ran(capsys.readouterr().out)) == 2


def test_the_book_is_not_built_from_notebooks_that_stopped(
    built: list[Path], counts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(counts, "en/wrong", "1 / 0")
    assert command_line.main(["build"]) == 1
    assert built == []
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_the_book_rests_on_its_sources_the_data_and_the_notebooks(
    counts: Path, build: Path, data_copy: Path
) -> None:
    run.run(build)
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
        assert command_line.main(["--data", data_copy.name, "run"]) == 0
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


FAULTY = """
import sys
from helpers import __main__ as command_line, data
data.validate = lambda: ["countries.csv: كازاخستان"]
sys.exit(command_line.main(["validate"]))
"""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_faults_in_arabic_are_printed_where_there_are_no_arabic_letters(encoding: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", FAULTY],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        text=True,
        encoding=encoding,
        check=False,
    )
    assert (told.returncode, told.stderr) == (1, "")
    assert told.stdout.startswith("countries.csv: \\u0643")
