"""Prose that readers meet keeps the habits of the house: those that a machine can see.

The habits are rows of ``prose_habits.csv``: what is not written, an example of it, the same said
well, and what is written instead. A new habit is a new row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest

from helpers.data import load
from helpers.data.schema import table_names
from helpers.language import LOCALES
from helpers.paths import BOOK, NOTEBOOKS, ROOT

HABITS = Path(__file__).with_name("prose_habits.csv")
LINKS = re.compile(r"\]\([^)]*\)|<[^>]+>|\{\{\w+\}\}")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
GROUP = re.compile(r"\(`[a-z_]+\.\d[^)]*\)")
SENTENCE = re.compile(r"(?<=[.!?؟:])\s+|\n+")
NAME = re.compile(r"[a-z]+(?:-[a-z]+){1,12}")
DECLARATION = "closing-statement"
REPORTED = {"errata", "references", "sources"}  # they print what others wrote


class Habit(NamedTuple):
    """What is not written in a language, and what is written instead."""

    language: str
    pattern: str
    wrong: str
    right: str
    instead: str


class Text(NamedTuple):
    """A piece of prose and where it is."""

    place: str
    language: str
    source: str


@cache
def words(source: str) -> str:
    """Return a text without code, addresses and tags."""
    return LINKS.sub("] ", CODE.sub("` `", source))


def habits() -> list[Habit]:
    with HABITS.open(encoding="utf-8", newline="") as file:
        return [Habit(**row) for row in csv.DictReader(file)]


@cache
def cells() -> tuple[Text, ...]:
    """Return every cell of Markdown of the notebooks."""
    return tuple(
        Text(f"{code}/{path.stem}, {cell.id}", code, cell.source)
        for code in LOCALES
        for path in sorted((NOTEBOOKS / code).glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    )


def pages() -> Iterator[Text]:
    """Give the pages of the book, and the halves of the README."""
    for code in LOCALES:
        for path in sorted((BOOK / "pages" / code).glob("*.md")):
            yield Text(f"{code}/{path.name}", code, path.read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for code, half in zip(("en", "ar"), readme.partition('<div dir="rtl"')[::2], strict=True):
        yield Text(f"README.md, {code}", code, half)


def fields() -> Iterator[Text]:
    """Give what tables say in a language: texts of figures, words, terms, claims, notes."""
    for name in table_names():
        table = load(name)
        for column in table.columns if name not in REPORTED else ():
            code = column.rpartition("_")[2]
            if code in LOCALES:
                for key, value in zip(table.iloc[:, 0], table[column].fillna(""), strict=True):
                    yield Text(f"{name}, {key}, {column}", code, value)


@cache
def prose() -> tuple[Text, ...]:
    return (*cells(), *pages(), *fields())


def found(habit: Habit) -> list[str]:
    """Return where a habit is broken, with the words around."""
    pattern = re.compile(habit.pattern)
    return [
        f"{text.place}: …{hit.string[max(hit.start() - 30, 0) : hit.end() + 30]}…"
        for text in prose()
        if text.language == habit.language
        for hit in pattern.finditer(words(text.source))
    ]


@pytest.mark.parametrize("habit", habits(), ids=lambda habit: habit.wrong)
def test_a_habit_sees_its_example_and_lets_the_right_words_pass(habit: Habit) -> None:
    assert re.search(habit.pattern, habit.wrong)
    assert not re.search(habit.pattern, habit.right)


@pytest.mark.parametrize("habit", habits(), ids=lambda habit: habit.instead)
def test_prose_keeps_the_habit(habit: Habit) -> None:
    broken = found(habit)
    assert not broken, "\n".join([f"write {habit.instead!r}:", *broken])


# What a cell rests on


@cache
def identifiers() -> frozenset[str]:
    """Return the ids of the rows of all tables."""
    return frozenset(value for name in table_names() for value in load(name).iloc[:, 0].astype(str))


@cache
def citable() -> frozenset[str]:
    """Return the ids of passages and conclusions."""
    return frozenset([*load("passages")["passage_id"], *load("conclusions")["conclusion_id"]])


def spans(text: Text) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text.source))


def crowded(source: str) -> list[str]:
    """Return the sentences that carry more than one group of locators."""
    return [part for part in SENTENCE.split(source) if len(GROUP.findall(part)) > 1]


def test_locators_come_together_at_the_end_of_a_sentence() -> None:
    assert crowded("It grew (`goals.1.1`), it fell (`goals.1.2`).")
    assert not crowded("It grew, it fell (`goals.1.1`, `goals.1.2`). It stayed (`goals.1.3`).")
    found = {text.place: crowded(text.source) for text in cells() if crowded(text.source)}
    assert not found, "\n".join(f"{place}: {parts[0]}" for place, parts in found.items())


def test_both_languages_cite_the_same() -> None:
    """A cell rests on the same passages and conclusions in each language."""
    cited: dict[str, set[frozenset[str]]] = {}
    for text in cells():
        cell = text.place.partition("/")[2]
        cited.setdefault(cell, set()).add(frozenset(spans(text) & citable()))
    assert [cell for cell, sets in cited.items() if len(sets) > 1] == []


def test_names_in_the_prose_are_those_of_rows() -> None:
    """A misspelt name of a conclusion, point or link would lead nowhere."""
    unknown = {
        text.place: sorted(named)
        for text in cells()
        if (named := {span for span in spans(text) if NAME.fullmatch(span)} - identifiers())
    }
    assert not unknown, unknown


@pytest.mark.parametrize("code", LOCALES)
def test_every_conclusion_is_cited_where_its_row_says(code: str) -> None:
    cited: dict[str, set[str]] = {}
    for text in cells():
        cited.setdefault(text.place.partition(",")[0], set()).update(spans(text))
    rows = zip(*(load("conclusions")[name] for name in ("notebook", "conclusion_id")), strict=True)
    uncited = [row for row in rows if row[1] not in cited[f"{code}/{row[0]}"]]
    assert not uncited, uncited


def test_every_notebook_opens_with_a_question() -> None:
    silent = [
        text.place
        for text in cells()
        if text.place.endswith(", title") and not re.search("[?؟]", text.source)
    ]
    assert not silent, f"ask what the figures answer: {silent}"


# Names


def test_a_bar_of_a_chart_has_one_name_in_arabic() -> None:
    """Bars lie on their side; a column stands, and is that of a table or of a matrix."""
    english = {text.place: text for text in cells() if text.language == "en"}
    upright = [
        text.place
        for text in cells()
        if text.language == "ar"
        and re.search(r"\bbars?\b", source := english[f"en{text.place[2:]}"].source)
        and "column" not in source
        and re.search("عمود|أعمدة|الأعمدة", text.source)
    ]
    assert not upright, f"write شريط: {upright}"


def test_the_declaration_has_one_name_in_arabic() -> None:
    """The glossary decides; its row lists the other names that readers may know."""
    others = {"إعلان سمرقند", "إعلان القمة", "البيان الختامي", "الإعلان المشترك"}
    others -= {load("glossary").set_index("term_id").at[DECLARATION, "term_ar"]}
    named = {
        text.place: other
        for text in (*cells(), *pages())
        for other in others
        if other in words(text.source)
    }
    assert not named, named
