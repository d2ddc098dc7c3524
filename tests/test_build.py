"""What commands leave behind: whole results, open pages, and messages instead of tracebacks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import __main__ as command_line
from helpers.__main__ import main
from helpers.data import codes_where, load, speaking_checks
from helpers.errors import BuildError
from helpers.paths import BOOK, NOTEBOOKS, ROOT
from helpers.publish import assets, book, pages, slides
from helpers.refusals import CLOSED
from helpers.swap import beside


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """A build folder with a page and a deck of an earlier build."""
    for name in ("book", "slides"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("former", encoding="utf-8")
    for name in ("notebooks", "figures"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_the_former_book_stays_open_until_the_next_is_whole(former: Path, monkeypatch) -> None:
    page = former / "book" / "index.html"

    def build_languages(folder: Path, into: Path) -> None:
        assert page.read_text(encoding="utf-8") == "former", "gone while the next one is built"
        assert into != page.parent

    monkeypatch.setattr(assets, "require_node_modules", lambda: None)
    monkeypatch.setattr(assets, "copy_licences", lambda _book: None)
    monkeypatch.setattr(pages, "write", lambda _folder: None)
    monkeypatch.setattr(book.exports, "write", lambda _folder: None)
    monkeypatch.setattr(book, "downloads", lambda _folder, into: into.mkdir(parents=True))
    monkeypatch.setattr(book.database, "write", lambda _into: None)
    monkeypatch.setattr(book.sheets, "write", lambda _folder, _into: None)
    monkeypatch.setattr(book, "build_languages", build_languages)
    monkeypatch.setattr(book, "faults", lambda _book: [])
    assert book.build(former) == page
    assert page.read_text(encoding="utf-8") != "former"
    assert [path.name for path in former.glob(".*")] == []

    page.write_text("former", encoding="utf-8")
    monkeypatch.setattr(book, "faults", lambda _book: ["nowhere"])
    with pytest.raises(BuildError, match="nowhere"):
        book.build(former)
    assert page.read_text(encoding="utf-8") == "former", "a book that failed replaced a good one"


def test_the_former_decks_stay_if_the_next_ones_fail(former: Path, monkeypatch) -> None:
    monkeypatch.setattr(slides.links, "faults", lambda _decks: ["nowhere"])
    monkeypatch.setattr(assets, "require_node_modules", lambda: None)
    monkeypatch.setattr(slides, "_write", lambda _folder, target: target.mkdir() or [])
    with pytest.raises(BuildError, match="nowhere"):
        slides.build(former)
    assert (former / "slides" / "index.html").read_text(encoding="utf-8") == "former"


def test_what_is_broken_off_leaves_the_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("good")
    with pytest.raises(RuntimeError), beside(path) as unfinished:
        unfinished.write_text("half")
        raise RuntimeError
    assert path.read_text() == "good"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("command", sorted(command_line.COMMANDS))
def test_what_the_system_refuses_is_a_message(command: str, monkeypatch, capsys) -> None:
    def refused(_options: object) -> int:
        raise OSError(28, "No space left on device", "build/file")

    about = command_line.COMMANDS[command][1]
    monkeypatch.setitem(command_line.COMMANDS, command, (refused, about))
    needed = {"verify": ["x.csv"], "new": ["table", "x"], "changes": ["old", "new"]}
    needed |= {"keep": ["old"], "start": ["folder"], "question": ["q-00-1", "1"]}
    more = needed.get(command, [])
    assert main([command, *more]) == 2
    assert capsys.readouterr().err == "build/file: No space left on device\n"


def test_a_reader_who_has_read_enough_is_no_error() -> None:
    said = "import sys; from helpers.__main__ import main; sys.exit(main(['stale']))"
    process = subprocess.Popen(
        [sys.executable, "-c", said], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == CLOSED


def test_jupyterlab_asks_nothing_and_sets_arabic_from_the_right() -> None:
    """What it looks like was seen in a browser; here, that nothing of it is lost."""
    overrides = json.loads((BOOK / "lab/settings/overrides.json").read_text(encoding="utf-8"))
    (news,) = overrides.values()
    assert (news["fetchNews"], news["checkForUpdates"]) == ("false", False)
    style = (BOOK / "lab/custom/custom.css").read_text(encoding="utf-8")
    assert "unicode-bidi: plaintext" in style.partition(".cm-line")[2]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for part in ("--custom-css", "book/lab/settings", 'root_dir="$(CURDIR)"', "TrustNotebookApp"):
        assert part in makefile


def told_in_outputs(notebook: str, pattern: str) -> list[str]:
    """Return the numbers of a computed sentence in the stored outputs of a notebook."""
    text = (NOTEBOOKS / "en" / f"{notebook}.ipynb").read_text(encoding="utf-8")
    found = re.search(pattern, text)
    assert found, f"{notebook} no longer says {pattern!r}; mend the README and this test"
    return list(found.groups())


def counted_verdicts() -> list[int]:
    """Return how often each verdict is given, as the start page of the book counts them."""
    checks = speaking_checks()
    weak = codes_where("checks", "confidence", weak=True)
    beyond = codes_where("checks", "verdict", beyond_checks=True)
    counted = checks[~checks["confidence"].isin(weak) & ~checks["verdict"].isin(beyond)]
    return [int(number) for number in counted["verdict"].value_counts() if number]


def test_the_findings_of_the_readme_are_those_of_the_tables() -> None:
    verdicts = counted_verdicts()
    told = [[str(sum(verdicts)), *map(str, verdicts)]]
    told.append(
        told_in_outputs("03_outcomes", r"gets (\d+) of (\d+) billion euros .{0,40}and (\d+)")
    )
    basis = load("argument_links")["basis"].value_counts()
    told.append([str(len(load("argument_links"))), *(str(basis[by]) for by in basis.index)])
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    english, arabic = text.partition('<div dir="rtl"')[::2]
    for half, opening in ((english, "Three things"), (arabic, "ومما تبيّنه")):
        listed = half.partition(opening)[2].split("\n\n")[1].removeprefix("- ").split("\n- ")
        for finding, numbers in zip(listed, told, strict=True):
            said = sorted(re.findall(r"\d+", finding))
            assert said == sorted(numbers), f"the tables give {numbers}: {finding}"


def test_both_halves_of_the_readme_name_the_same_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = [
        set(re.findall(r"^\| `(make [a-z-]+|python -m helpers [^`]+)`", half, re.MULTILINE))
        for half in text.partition('<div dir="rtl"')[::2]
    ]
    assert named[0] == named[1] != set()
