"""What befalls the system under the helpers ends in a sentence, and what was whole stays whole."""

from __future__ import annotations

import errno
import functools
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpers import __main__ as command_line
from helpers import export, paths, scaffold
from helpers.__main__ import main
from helpers.data import data_folder, load, what_if
from helpers.data.sorting import in_order
from helpers.errors import BuildError
from helpers.language import Language
from helpers.paths import DATA_VARIABLE, ROOT
from helpers.publish import assets, dictionary, execute, handout, pages, run
from helpers.publish.kernels import PLAIN, Kernels
from helpers.refusals import FOUND, INTERRUPTED, REFUSED, guarded
from helpers.seminar.kinds import codes_kind
from helpers.seminar.reading import read
from helpers.seminar.writing import store, written
from helpers.swap import beside, write_all

resource = pytest.importorskip("resource", reason="limits of Unix")
ROOM = 200  # bytes: less than any file that is written here


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the data, one for all: what fails leaves it as it was."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(data_folder(), root / "data")
    return root


@pytest.fixture
def data(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(project / "data"))
    return project / "data"


@contextmanager
def full_disk() -> Iterator[None]:
    """Let the system itself break off every write after some bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# A full disk


def turned(data: Path) -> None:
    """Put the rows of a table from the last to the first."""
    path = data / "report" / "actors.csv"
    text = path.read_text(encoding="utf-8")
    keys = [(f"{-number:05}",) for number in range(text.count("\n") - 1)]
    path.write_text(in_order(text, keys), encoding="utf-8")


def longer(folder: Path) -> Path:
    """Return a picture that is another one than the stored one."""
    (folder / "new.png").write_bytes(b"x" * 2 * ROOM)
    return folder / "new.png"


WRITERS: dict[str, Callable[[Path], object]] = {
    "the tables are sorted": lambda _root: main(["sort"]),
    "the dictionary is written": lambda _root: dictionary.write(),
    "an answer is hashed": lambda _root: main(["question", "q-03-2", "5"]),
    "a table is laid out": lambda root: scaffold.new_table("policies", "report", root),
    "outputs are stored": lambda root: run._copy_if_new(root / "new.png", root / "old.png"),
    "a notebook is copied": lambda root: run._write_copy(Path("en/a.ipynb"), "x" * 2 * ROOM, root),
    "a student's sheet is stored": lambda root: store(root / "seminar.csv", "x" * 2 * ROOM),
    "spreadsheets are written": lambda root: export.to_spreadsheets(root / "spreadsheets"),
    "the database is written": lambda root: export.to_sqlite(root / "summit.sqlite"),
}


def ended(returned: object) -> int:
    """Return how a command ended; 0 for whatever else came back."""
    return returned if isinstance(returned, int) else 0


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_on_a_full_disk_all_that_was_there_stays(
    writer: Callable[[Path], object], project: Path, data: Path, monkeypatch, capsys
) -> None:
    turned(data)
    longer(project)
    for name in ("old.png", "seminar.csv", "summit.sqlite", "spreadsheets/actors.csv"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text("whole")
    (project / "notebooks" / "en").mkdir(parents=True, exist_ok=True)
    (project / "notebooks" / "en" / "a.ipynb").write_text("whole")
    before = contents(project)
    monkeypatch.setattr(dictionary, "compose", lambda _lang: "x" * 2 * ROOM)  # it takes its time
    monkeypatch.setattr(export, "_refuse_faults", lambda: None)
    with full_disk():
        code = guarded(lambda: ended(writer(project)))
    assert code in (REFUSED, FOUND)
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "Traceback" not in told
    assert ": " in told, "the file is named"
    assert contents(project) == before


# A run that is broken off


@pytest.mark.parametrize("step", range(6))
def test_of_several_files_all_take_their_place_or_none(
    step: int, tmp_path: Path, monkeypatch
) -> None:
    """Ctrl-C at each move in turn: of the former away, of the new into its place."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("former")
    names = ["0.csv", "a.csv", "b.csv", "notes/c.csv"]
    files = {tmp_path / name: "new" for name in names}
    before, rename, moves = contents(tmp_path), Path.rename, []

    def stopped(path: Path, target: Path) -> Path:
        moves.append(path)
        if len(moves) == step + 1:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_all(files)
    assert contents(tmp_path) == before
    assert not (tmp_path / "notes").exists(), "nor is a folder left"
    write_all(files)
    assert contents(tmp_path) == dict.fromkeys(names, b"new")


def test_what_a_killed_run_left_of_several_files_is_put_back_first(tmp_path: Path) -> None:
    (tmp_path / ".a.csv.old").write_text("former")
    with pytest.raises(TypeError):
        write_all({tmp_path / "a.csv": "new", tmp_path / "b.csv": None})
    assert contents(tmp_path) == {"a.csv": b"former"}


def test_ctrl_c_leaves_the_export_of_before(tmp_path: Path, monkeypatch, capsys) -> None:
    (tmp_path / "spreadsheets").mkdir()
    (tmp_path / "spreadsheets" / "actors.csv").write_text("whole")

    def stopped(_table: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(export, "read", stopped)
    export_all = functools.partial(export.to_spreadsheets, tmp_path / "spreadsheets")
    assert guarded(lambda: ended(export_all())) == INTERRUPTED
    assert capsys.readouterr().err == "stopped\n"
    assert contents(tmp_path) == {"spreadsheets/actors.csv": b"whole"}


def test_ctrl_c_between_the_two_steps_of_a_swap_puts_the_former_back(
    tmp_path: Path, monkeypatch
) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "index.html").write_text("former")
    rename = Path.rename

    def stopped(path: Path, target: Path) -> Path:
        if path.name.endswith(".new"):
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt), beside(tmp_path / "book") as unfinished:
        unfinished.mkdir()
    assert contents(tmp_path) == {"book/index.html": b"former"}


def test_what_was_killed_between_the_two_steps_is_put_back_by_the_next_run(tmp_path: Path) -> None:
    (tmp_path / ".book.old").mkdir()
    (tmp_path / ".book.old" / "index.html").write_text("former")
    with pytest.raises(ZeroDivisionError), beside(tmp_path / "book"):
        raise ZeroDivisionError
    assert contents(tmp_path) == {"book/index.html": b"former"}
    with beside(tmp_path / "book") as unfinished:
        unfinished.mkdir()
        (unfinished / "index.html").write_text("next")
    assert contents(tmp_path) == {"book/index.html": b"next"}
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_a_file_that_is_replaced_keeps_who_may_write_it(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("former")
    path.chmod(0o664)
    with beside(path) as unfinished:
        unfinished.write_text("next")
    assert path.stat().st_mode & 0o777 == 0o664


# Folders, locks and programs that are not as they should be


def no_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "build").write_text("a file")


def lock_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "build" / ".lock").mkdir(parents=True)


def read_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refused)


def no_data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(folder))


def no_packages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "NODE_MODULES", ROOT / "book" / "nothing")


def no_browser(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(handout.BROWSER_VARIABLE, "no-such-browser")


def no_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_without(_options: object) -> int:
        return __import__("frictionless_of_another_day").found

    monkeypatch.setitem(command_line.COMMANDS, "validate", (run_without, ""))


def a_bug(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def divide(_options: object) -> int:
        return execute.LINES_SHOWN // 0

    monkeypatch.setitem(command_line.COMMANDS, "validate", (divide, ""))


def an_unknown_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(_options: object) -> int:
        return len(Language("en").phrase("no-such-phrase"))

    monkeypatch.setitem(command_line.COMMANDS, "validate", (ask, ""))


SYSTEMS = {
    "a file in the place of the build folder": (no_build, ["export"], "build: "),
    "a folder in the place of the lock": (lock_folder, ["run"], ".lock: Is a directory"),
    "a folder that may not be written": (read_only, ["export"], "build: Permission denied"),
    "a folder without data": (no_data, ["validate"], "no datapackage.json in "),
    "a data folder that is a file": (no_data, ["--data", __file__, "sort"], "no datapackage.json"),
    "no packages of npm": (no_packages, ["slides"], "run `make setup`"),
    "no Chromium": (no_browser, ["handout"], "no Chromium found (no-such-browser)"),
    "no such Python package": (no_library, ["validate"], "frictionless_of_another_day is not inst"),
    "a name that nothing has": (an_unknown_name, ["validate"], "no phrase 'no-such-phrase'"),
    "an error that nobody foresaw": (a_bug, ["validate"], "ZeroDivisionError: integer division"),
}


@pytest.mark.parametrize("case", SYSTEMS.values(), ids=SYSTEMS)
def test_a_system_that_refuses_is_answered_in_a_sentence(
    case: tuple, tmp_path: Path, monkeypatch, capsys
) -> None:
    prepare, arguments, said = case
    monkeypatch.setenv(DATA_VARIABLE, "")  # the command line sets it
    monkeypatch.setattr(paths, "BUILD", tmp_path / "build")
    prepare(tmp_path, monkeypatch)
    assert main(arguments) in (FOUND, REFUSED)
    told = capsys.readouterr().err
    assert said in told and "Traceback" not in told
    assert told.count("\n") <= 2


def test_a_lock_that_a_dead_process_left_keeps_nobody_waiting(tmp_path: Path, capsys) -> None:
    from helpers.turns import turn

    (tmp_path / ".lock").write_text("4194305")  # no process has a number as high
    with turn(tmp_path / ".lock"):
        assert capsys.readouterr().out == ""


def test_an_error_that_nobody_foresaw_is_shown_whole_to_whoever_asks(monkeypatch) -> None:
    a_bug(Path(), monkeypatch)
    with pytest.raises(ZeroDivisionError):
        main(["--traceback", "validate"])


def test_a_browser_that_never_ends_is_named(tmp_path: Path, monkeypatch) -> None:
    def late(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("chromium", 1)

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(BuildError, match=r"printed no page.html within \d+ s"):
        handout.print_page("chromium", tmp_path / "page.html", tmp_path / "page.pdf")


def test_a_kernel_that_is_not_installed_is_named(monkeypatch) -> None:
    monkeypatch.setattr(execute, "KERNEL", "sage")
    path = paths.NOTEBOOKS / "en" / "00_start.ipynb"
    told = "no kernel 'sage' is installed; run `make setup`"
    with Kernels(PLAIN) as own, pytest.raises(BuildError, match=told):
        execute.executed(execute.read(path), path, {}, own)


def test_a_page_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    page = tmp_path / "ar" / "method.md"
    page.parent.mkdir()
    page.write_bytes("# Method\n\nالمنهج\n".encode("cp1256"))
    with pytest.raises(BuildError, match=r"ar/method\.md, line 3: not in UTF-8"):
        pages.fill(page, Language("ar"), tmp_path)


# Spreadsheets


FORMULAS = {"=1+1": "António Costa", "+1": "Afghanistan", "-1": "The five Central Asian states"}
FORMULAS |= {"@SUM(A1)": "President of the European Council"}


def test_no_text_of_an_exported_spreadsheet_is_a_formula(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(export, "table_names", lambda: ["actors"])
    monkeypatch.setattr(export, "_refuse_faults", lambda: None)
    actors = load("actors").replace({name: formula for formula, name in FORMULAS.items()})
    with what_if(actors=actors):
        exported = export.to_spreadsheets(tmp_path) / "actors.csv"
    written = exported.read_text(encoding="utf-8-sig")
    assert [formula for formula in FORMULAS if f",'{formula}," not in written] == []


def test_a_reason_of_several_lines_tears_no_row(tmp_path: Path) -> None:
    kind = codes_kind()
    entries = {name: (kind.values[0], "one\rtwo\r\nthree") for name in kind.objects.values()}
    store(tmp_path / "codes-a.csv", written(kind, "Mona", entries, Language("en")))
    sheets = read(kind, tmp_path, Language("en"))
    assert not sheets.faults and len(sheets.rows) == len(entries)


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "'=1+1", "-", "O'Hara", "'quoted'"])
def test_a_name_that_is_a_formula_survives_its_sheet(formula: str, tmp_path: Path) -> None:
    kind = codes_kind()
    first = next(iter(kind.objects.values()))
    text = written(kind, formula, {first: (kind.values[0], formula)}, Language("en"))
    assert not re.search(r"(^|,)[=@+]", text, re.MULTILINE)
    store(tmp_path / "codes-a.csv", text)
    (row,) = read(kind, tmp_path, Language("en")).rows.to_dict("records")
    assert (row["coder"], row["reason"]) == (formula, formula)
