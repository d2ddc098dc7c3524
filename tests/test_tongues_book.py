"""Notebooks, pages and decks speak any language that the descriptor lists.

The project is laid out with two languages that nobody speaks, as ``new language`` does it, and is
run and built in them. What is left in English is a word that code, a template or a script holds.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import tongues
from browsing import Reader
from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype

from helpers.paths import DATA_VARIABLE
from helpers.publish.assets import COPIED
from helpers.scaffold.files import read_rows

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("tongues-book")]
CODES = list(tongues.TURNS)
DIRECTIONS = {tongues.LEFT: "ltr", tongues.RIGHT: "rtl"}
# What is read of an element beside its text.
READ = ("aria-label", "title", "alt", "placeholder", "label")
# Names of people and things, as they are in every language.
NAMES = {
    "evidence/sources.csv": ("title", "publisher", "carrier"),
    "report/references.csv": ("title", "authors", "publisher"),
    "report/errata.csv": ("printed", "corrected"),
    "reference/formats.csv": ("programs", "file"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in both languages, its book and its decks built."""
    folder = tongues.project(tmp_path_factory.mktemp("tongues") / "project")
    own = {name: value for name, value in os.environ.items() if name != DATA_VARIABLE}
    path = os.pathsep.join([str(folder), str(folder / "tests")])
    result = subprocess.run(
        [sys.executable, "-m", "tongues"],
        check=False,
        cwd=folder,
        env=own | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, f"{result.stdout}{result.stderr}"
    return folder


def pages(made: Path, code: str) -> list[Path]:
    """Return the pages and the decks in a language."""
    found = [
        *(made / "build/book" / code).glob("*.html"),
        *(made / "build/slides" / code).iterdir(),
    ]
    assert len(found) > 35
    return sorted(found)


@pytest.mark.parametrize("code", CODES)
def test_every_page_and_deck_says_its_language_and_direction(made: Path, code: str) -> None:
    for path in pages(made, code):
        (opening,) = re.findall("<html[^>]*>", path.read_text(encoding="utf-8"))
        assert f'lang="{code}"' in opening, path.name
        assert f'dir="{DIRECTIONS[code]}"' in opening, path.name


@pytest.mark.parametrize("code", CODES)
def test_every_page_leads_to_itself_in_all_other_languages(made: Path, code: str) -> None:
    others = [each for each in ("ar", "en", *CODES) if each != code]
    for path in (made / "build/book" / code).glob("*.html"):
        page = path.read_text(encoding="utf-8")
        listed, *_ = re.findall('<details class="languages">(.*?)</details>', page, re.DOTALL)
        links = re.findall('<a class="language-switch[^>]* href="([^"]+)" lang="([^"]+)"', listed)
        assert links == [(f"../{other}/{path.name}", other) for other in others]


def test_no_word_of_english_is_left(made: Path) -> None:
    """In letters of Hebrew each is seen; of Esperanto, Babel and Sphinx have words of their own."""
    names = set(_names(made))
    left = {
        (path.name, word)
        for path in pages(made, tongues.RIGHT)
        for text in _texts(path.read_text(encoding="utf-8"), tongues.RIGHT)
        for word in _plain(text)
        if word not in names
    }
    assert left == set(), "what a reader reads stands in tables, pages and catalogues"


def test_scripts_speak_the_language_of_the_page(made: Path, visit: Reader) -> None:
    """What they add to a page while it is read has no word of English either."""
    names, folder, page = set(_names(made)), made / "build/book" / tongues.RIGHT, visit("mobile")
    sought = tongues.from_the_right("nowhere")
    for address in (f"search.html?q={sought}", "what-if.html?strength=x", "glossary.html?kind=x"):
        name, _, asked = address.partition("?")
        page.goto((folder / name).as_uri() + f"?{asked}")
        page.wait_for_timeout(300)
        left = [w for text in _texts(page.content(), tongues.RIGHT) for w in _plain(text)]
        assert [word for word in left if word not in names] == [], name
    page.goto((folder / "03_outcomes.html").as_uri())
    form = page.locator("#q-03-2")
    form.locator("button").click()
    assert _plain(form.locator(".reply").inner_text()) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def _names(made: Path) -> Iterator[str]:
    for file, fields in NAMES.items():
        for row in read_rows(made / "data" / file):
            for field in fields:
                yield from _words(row.get(field, ""))
    yield from _words(" ".join(COPIED))
    for module in (made / "helpers").iterdir():  # on the picture of how the code is built
        yield module.stem


def _texts(html: str, code: str) -> Iterator[str]:
    """Yield what a page says, but for code, keys, names set apart, and texts in other languages."""
    page = BeautifulSoup(html, "html.parser")
    for element in page.find_all(["script", "style", "code", "pre", "kbd", "bdi"]):
        element.decompose()
    for element in page.find_all(attrs={"lang": True}):
        if not element.decomposed and element["lang"] != code:
            element.decompose()
    for element in page.find_all(True):
        if not element.get("hreflang"):  # a file in another language has a title in it
            yield from (str(element[name]) for name in READ if element.get(name))
    yield from (
        str(text) for text in page.find_all(string=True) if not isinstance(text, Comment | Doctype)
    )


def _words(text: str) -> list[str]:
    return re.findall("[A-Za-z]+", text)


def _plain(text: str) -> list[str]:
    """Return the words of a text that no turn has touched."""
    bare = re.sub(r"https?://\S+|\S+@\S+|\S+\.(?:csv|zip|ipynb|pdf)|\{[^{}]*\}", "", text)
    return [word for word in re.findall(r"(?<![\w~])[A-Za-z]{4,}(?![\w~])", bare)]
