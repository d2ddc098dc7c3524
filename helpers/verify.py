"""Verify the tables against a copy of the report that the user holds.

The project contains no sentence of the report. Whoever has its passages can check here that the
locators and fingerprints are right, that every passage has its claims, that words quoted as printed
are printed there, and that no run of the report's words has slipped into a file.
"""

from __future__ import annotations

import csv
import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.data import DataError, Fault, load
from helpers.listing import project_files

COLUMNS = ("passage_id", "section", "paragraph", "sentence", "kind", "text")
RUN_LENGTH = 9
# Letters of words; harakat, tatweel, joiners, marks of direction are left out before words are cut.
_MARKS = re.compile(
    "[\u00ad\u0610-\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)
_WORD = re.compile("[\u0621-\u064a]+")
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_ESCAPE = re.compile(r"\\u(0[67][0-9a-fA-F]{2})")


@dataclass(frozen=True)
class Copied:
    """A run of the report's words in a file of the project.

    Attributes
    ----------
    file : str
        Path below the project's folder.
    words : str
        The run, marks stripped.
    """

    file: str
    words: str

    def __str__(self) -> str:
        count = len(self.words.split())
        return f"{self.file}: {count} words of the report in a row: {self.words!r}"


class Verification(NamedTuple):
    """What came of a check against the report."""

    faults: list[Fault | Copied]
    files: int


def verify(passages: Path, root: Path) -> Verification:
    """Check the tables and the tracked files against the passages of the report.

    Parameters
    ----------
    passages : Path
        CSV file with the columns ``passage_id, section, paragraph, sentence, kind, text``.
    root : Path
        Folder of the project.

    Returns
    -------
    Verification
        Every fault found, none when all is well, and the number of files that were read for words
        of the report.

    Raises
    ------
    DataError
        If the file cannot be read or lacks a column.
    """
    report = read_passages(passages)
    texts = {row["passage_id"]: row["text"] for row in report}
    files = list(text_files(root))
    faults: list[Fault | Copied] = [
        *_locator_faults(report),
        *_unclaimed(texts),
        *_misquoted(texts),
        *copied_runs([row["text"] for row in report], files),
    ]
    return Verification(faults, len(files))


def read_passages(path: Path) -> list[dict[str, str]]:
    """Read the passages of the report; see :func:`verify`."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
            rows = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError([Fault(str(path), 0, "", str(error), "a CSV file in UTF-8")]) from None
    if missing:
        expected = f"the columns {', '.join(COLUMNS)}"
        raise DataError(Fault(str(path), 1, name, "no such column", expected) for name in missing)
    return rows


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a passage, every run of white space made one space, ends trimmed.

    Examples
    --------
    >>> fingerprint("a  b") == fingerprint("a b")
    True
    """
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _locator_faults(report: list[dict[str, str]]) -> Iterator[Fault]:
    table, file = load("passages"), "report/passages.csv"
    held = {row["passage_id"]: row for row in report}
    for number, ours in enumerate(table.to_dict("records"), start=2):
        theirs = held.pop(ours["passage_id"], None)
        if theirs is None:
            yield Fault(file, number, "passage_id", ours["passage_id"], "a passage of the report")
            continue
        wanted = {
            "section_id": theirs["section"],
            "paragraph": theirs["paragraph"],
            "sentence": theirs["sentence"],
            "kind": theirs["kind"],
            "sha256": fingerprint(theirs["text"]),
        }
        for field, value in wanted.items():
            if str(ours[field]) != value:
                yield Fault(file, number, field, str(ours[field]), value)
    for passage in held:
        yield Fault(file, 0, "passage_id", passage, "a row for every passage of the report")


def _unclaimed(texts: dict[str, str]) -> Iterator[Fault]:
    passages = load("passages").set_index("passage_id")
    claimed = set(load("claims")["passage_id"])
    for passage in texts:
        if passage in passages.index and passages.at[passage, "states"] and passage not in claimed:
            yield Fault("report/claims.csv", 0, "passage_id", passage, "at least one claim")


def _misquoted(texts: dict[str, str]) -> Iterator[Fault]:
    """Find words quoted as printed that the passage does not print."""
    for table, file in (("errata", "report/errata.csv"), ("glossary", "reference/glossary.csv")):
        for number, row in enumerate(load(table).to_dict("records"), start=2):
            printed, text = row["printed"], texts.get(row["passage_id"], "")
            if pd.notna(printed) and printed not in text:
                yield Fault(file, number, "printed", printed, f"words of {row['passage_id']}")


def copied_runs(texts: list[str], files: Iterable[tuple[str, str]]) -> Iterator[Copied]:
    """Find every run of nine or more Arabic words of the report in files.

    Parameters
    ----------
    texts : list of str
        Passages of the report in order.
    files : iterable of (str, str)
        Names and texts of files, as :func:`text_files` gives them.
    """
    report = words_of(" ".join(texts))
    starts: dict[tuple[str, ...], list[int]] = {}
    for place in range(len(report) - RUN_LENGTH + 1):
        starts.setdefault(tuple(report[place : place + RUN_LENGTH]), []).append(place)
    for name, text in files:
        words, place = words_of(text), 0
        while place <= len(words) - RUN_LENGTH:
            places = starts.get(tuple(words[place : place + RUN_LENGTH]), [])
            length = max((_common(words[place:], report[start:]) for start in places), default=1)
            if length >= RUN_LENGTH:
                yield Copied(name, " ".join(words[place : place + length]))
            place += length


def words_of(text: str) -> list[str]:
    r"""Return the Arabic words of a text: marks stripped, escapes and shaped letters undone.

    Examples
    --------
    >>> words_of(r'"\u0642\u0650\u0645\u0629"')
    ['قمة']
    """
    if "\\u0" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if "&#" in text:
        text = html.unescape(text)
    if _PRESENTATION_FORM.search(text):
        text = unicodedata.normalize("NFKC", text)
    return _WORD.findall(_MARKS.sub("", unicodedata.normalize("NFC", text)))


def _common(one: list[str], other: list[str]) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


def text_files(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the name below the folder, and the text, of every file of the project that is text."""
    for path in project_files(root):
        text = _text_of(path)
        if text is not None:
            yield path.relative_to(root).as_posix(), text


def _text_of(path: Path) -> str | None:
    """Return what a file says, or nothing for one that is no text."""
    content = path.read_bytes()
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
