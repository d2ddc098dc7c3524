"""Two languages that nobody speaks, made from English, to find what assumes Arabic or English.

One runs from the left and is accented and longer by a third; one runs from the right in letters of
Hebrew, so that what is about direction is told from what is about Arabic. Their codes are those of
Esperanto and Hebrew, as Babel must know how they write dates and numbers.

What lays them out is the command that lays out any language; here its blanks are filled.

>>> accented("Aims of {count} points")
'Àîmš~~ ôf {count} pôîñtš~~'
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from helpers import data
from helpers.language import LOCALES
from helpers.listing import project_files
from helpers.paths import BUILD, NODE_MODULES, NOTEBOOKS, ROOT
from helpers.publish import book, pages, run, slides, targets
from helpers.publish.execute import read
from helpers.scaffold.files import read_rows, write_json, write_rows
from helpers.scaffold.language import data_files, new_language, notebook
from helpers.swap import write_all

LEFT, RIGHT = "eo", "he"
RUN = ("00_start", "03_outcomes")
MAIN = "en"
# What is not turned: named fields, codes, links, addresses, and what Markdown and HTML mark.
KEPT = re.compile(
    r"(\{[^{}]*\}|```.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+|</?[a-z][^<>]*>|<!--.*?-->|&\w+;"
    r"|^\([\w-]+\)=$|\A---\n.*?\n---\n|%\(\w+\)s|%s)",
    re.DOTALL | re.MULTILINE,
)
CAPTION = re.compile(r"(?<=:caption: ).+")  # of a list of pages, within what is kept
WORD = re.compile(r"[A-Za-z]+")
ACCENTS = str.maketrans("AEIOUaeiouncsyNCS", "ÀÈÎÔÛàèîôûñçšýÑÇŠ")
HEBREW = {letter: chr(0x5D0 + place) for place, letter in enumerate(ascii_lowercase)}
BOLD = re.compile(r"(\*\*[^*]+\*\*)")  # a label within a text, such as what a note opens with
SENTENCE = 8  # words, from which the short ones grow as well; in a label they do not


def accented(text: str) -> str:
    """Write English with accents, and nearly a third longer."""
    in_sentence = len(text.split()) >= SENTENCE
    parts = [_accented(part, in_sentence) for part in BOLD.split(text)]
    parts[1::2] = [_accented(label, False) for label in BOLD.findall(text)]
    return "".join(parts)


def _accented(text: str, in_sentence: bool) -> str:
    short = "~" if in_sentence else ""
    longer = {1: "", 2: short, 3: short}
    return _turned(text, lambda word: word.translate(ACCENTS) + longer.get(len(word), "~~"))


def from_the_right(text: str) -> str:
    """Write English in letters of Hebrew."""
    return _turned(text, lambda word: "".join(HEBREW[letter] for letter in word.lower()))


def _turned(text: str, turn: Callable[[str], str]) -> str:
    parts = KEPT.split(text)
    parts[::2] = [WORD.sub(lambda word: turn(word[0]), part) for part in parts[::2]]
    parts[1::2] = [CAPTION.sub(lambda words: _turned(words[0], turn), kept) for kept in parts[1::2]]
    return "".join(parts)


TURNS = {LEFT: accented, RIGHT: from_the_right}


def lay_out(source: Path, folder: Path) -> None:
    """Copy a data folder, with both languages beside its own."""
    shutil.copytree(source, folder)
    for code in TURNS:
        write_all(data_files(code, folder))
    _fill(folder)


def project(folder: Path) -> Path:
    """Copy this project with both languages beside its own, and all of it written in them.

    What is fetched from npm is linked file by file, since a copy takes long; nothing writes there.
    """
    for file in project_files(ROOT):
        target = folder / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    shutil.copytree(NODE_MODULES, folder / "book" / "node_modules", copy_function=os.link)
    for code, turn in TURNS.items():
        new_language(code, folder)
        for path in (folder / "notebooks" / code).iterdir():
            english = read(path.parents[1] / MAIN / path.name)
            path.write_text(notebook(english, MAIN, code, turn), encoding="utf-8")
        for path in (folder / "book" / "pages" / code).iterdir():
            english = (path.parents[1] / MAIN / path.name).read_text(encoding="utf-8")
            path.write_text(turn(english), encoding="utf-8")
        _fill_catalogue(folder / "book" / "locales" / f"{code}.po", turn)
    _fill(folder / "data")
    return folder


def build() -> None:
    """Make decks and book of the project that is imported, in both languages.

    Two notebooks run; the pages of the others are without what their code would show. Of the files
    for other programs there are the names alone, which the list of them asks for.
    """
    run.run(BUILD, [f"{code}/{name}" for code in TURNS for name in RUN])
    slides.build(BUILD)
    for code in TURNS:
        for path in (NOTEBOOKS / code).iterdir():
            if path.stem not in RUN:
                shutil.copy(path, BUILD / "notebooks" / code)
    (BUILD / targets.EXPORTS).mkdir()
    for name in data.load("formats")["file"].dropna():
        for code in LOCALES:
            (BUILD / targets.EXPORTS / name.format(lang=code)).touch()
    pages.write(BUILD, TURNS)
    for code in set(LOCALES) - set(TURNS):  # to be there as pairs is enough
        shutil.copytree(BUILD / "pages" / LEFT, BUILD / "pages" / code)
    book.build_languages(BUILD, TURNS)


def _fill_catalogue(path: Path, turn: Callable[[str], str]) -> None:
    said = re.compile(r'^msgid "(.+)"\nmsgstr ""$', re.MULTILINE)
    text = path.read_text(encoding="utf-8")
    filled = said.sub(lambda found: f'msgid "{found[1]}"\nmsgstr "{turn(found[1])}"', text)
    path.write_text(filled, encoding="utf-8")


def _fill(data: Path) -> None:
    """Write what is blank in both languages: in the descriptor, the schemas and the tables."""
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    write_json(data / "datapackage.json", _filled(package))
    for entry in package["resources"]:
        if entry.get("type", "table") == "table":
            schema = json.loads((data / entry["schema"]).read_text(encoding="utf-8"))
            write_json(data / entry["schema"], _filled(schema))
            _fill_table(data / entry["path"], [field["name"] for field in schema["fields"]])


def _filled(part: Any) -> Any:
    if isinstance(part, list):
        return [_filled(each) for each in part]
    if not isinstance(part, dict):
        return part
    told = {name: _filled(value) for name, value in part.items()}
    for name in part:
        stem, _, code = name.rpartition("_")
        if code in TURNS:
            english = part.get(f"{stem}_{MAIN}", part.get(stem))
            told[name] = _said(english, part[name], TURNS[code])
    return told


def _said(english: Any, blank: Any, turn: Callable[[str], str]) -> Any:
    """Return a text turned; of one for each plural category those that the language has."""
    if isinstance(english, dict):
        return {form: turn(english.get(form, english["other"])) for form in blank}
    return [turn(each) for each in english] if isinstance(english, list) else turn(english)


def _fill_table(path: Path, names: list[str]) -> None:
    rows = read_rows(path)
    for row in rows:
        for name in names:
            stem, _, code = name.rpartition("_")
            if code in TURNS:
                row[name] = TURNS[code](row[f"{stem}_{MAIN}"])
    write_rows(path, names, rows)


if __name__ == "__main__":
    build()
