"""Fixtures shared by the tests."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sampling
from browsing import Reader
from workers import made_once

import helpers.publish  # noqa: F401 - before nbformat, which it makes quick to import
from helpers.data.schema import data_folder
from helpers.language import LOCALES, Language
from helpers.paths import BUILD, DATA_VARIABLE, SEMINAR_VARIABLE
from helpers.publish import keys
from helpers.publish.targets import MADE_APART
from helpers.turns import turn

if TYPE_CHECKING:
    from playwright import sync_api

# Charts are kept for all tests of a worker; to look through them for what is unused, as often as
# Python does by itself, takes a sixth of the time.
gc.set_threshold(5_000, 20, 20)

# Sheets that a reader of this copy has filled are no business of the tests.
os.environ[SEMINAR_VARIABLE] = str(Path(__file__).parent / "no-sheets" / "seminar")

STYLES = [("ar", "western"), ("ar", "arabic-indic"), ("en", "western")]


@pytest.fixture(params=STYLES, ids=["ar", "ar-indic", "en"])
def lang(request: pytest.FixtureRequest) -> Language:
    """Every language and digit style in turn."""
    return Language(*request.param)


@pytest.fixture(params=LOCALES)
def code(request: pytest.FixtureRequest) -> str:
    """Every language code in turn."""
    return request.param


def pytest_addoption(parser: pytest.Parser) -> None:
    about = "every value of every test, and a book built from nothing: `make test-all`"
    parser.addoption("--all", action="store_true", dest="everything", help=about)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what runs with ``--all`` alone, unless a test is asked for by its name."""
    if config.option.everything or any("::" in argument for argument in config.args):
        return
    kept = set(sampling.sample(items))
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def pytest_sessionfinish() -> None:
    """Pass over what is alive when pytest looks, five times, for what was left behind."""
    gc.freeze()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def everything(request: pytest.FixtureRequest) -> bool:
    """Whether every value is asked: ``--all``."""
    return request.config.option.everything


@pytest.fixture(scope="session")
def executed(shared: Path, everything: bool) -> Path:
    """A build folder with the executed notebooks and their figures, one for all workers.

    It begins with a copy of what `make` made, and what changed since is made anew; with ``--all``
    it begins with nothing.
    """
    from helpers.publish import run as notebooks

    build = shared / "build"

    def make() -> None:
        build.mkdir()
        if not everything:
            copy_made(BUILD, build)
        notebooks.run(build)

    made_once(shared, "notebooks", make)
    return build


def copy_made(made: Path, build: Path) -> None:
    """Copy what was made, and the record of what it was made from."""
    if not (made / keys.FILE).is_file():
        return
    with turn(made / ".lock", "a build"):
        for part in ("notebooks", "figures", "exports", "pages", "book", *MADE_APART):
            if (made / part).is_dir():
                shutil.copytree(made / part, build / part)
        shutil.copy(made / keys.FILE, build)


@pytest.fixture(scope="session")
def built(executed: Path, shared: Path) -> Path:
    """The same folder, with the pages, the book and the decks made from it."""
    from helpers.publish import renewal, slides

    made_once(shared, "book", lambda: (renewal.book(executed), slides.build(executed)))
    return executed


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    """Chromium, one for the tests of a file: its loop must not outlive them."""
    from helpers.publish import handout

    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    try:
        program = handout.browser()
    except handout.HandoutError as error:
        pytest.skip(str(error))
    with playwright.sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=program, args=["--no-sandbox", *handout.QUIET]
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def reader(browser: sync_api.Browser) -> Reader:
    """Opens pages in views, each view once for the tests of a file."""
    return Reader(browser)


@pytest.fixture
def visit(reader: Reader) -> Iterator[Reader]:
    """Open pages in a view; every request that leaves the disk is a failure."""
    reader.outside.clear()
    yield reader
    assert reader.outside == [], "the book asked for something from outside"


@pytest.fixture
def data_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data folder, which the helpers read while the test runs."""
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    return folder


@pytest.fixture
def change(data_copy: Path) -> Callable[[str, str, str], None]:
    """Replace text in a file of the copied data; the text must be there."""

    def replace(file: str, old: str, new: str) -> None:
        path = data_copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}; mend the test"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
