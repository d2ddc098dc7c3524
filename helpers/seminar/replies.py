"""What the seminar answers: lines, a table, what is folded, in the language of the notebook."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import ParamSpec

from helpers.answers import faults_as_html, notebook_language
from helpers.data.faults import Fault
from helpers.language import Language
from helpers.seminar.places import RefusedFolderError
from helpers.tables.base import Table

P = ParamSpec("P")


@dataclass(frozen=True)
class Link:
    """Words that lead to an address."""

    words: str
    address: str


@dataclass(frozen=True)
class Reply:
    """An answer to a student.

    Attributes
    ----------
    lang : Language
        Language of the answer.
    lines : sequence of str or Link
        Lines, each a paragraph.
    table : Table, optional
        A table under the lines.
    faults : sequence of Fault
        What could not be read.
    folded : sequence of (str, Table)
        Tables that open on demand, each with the words to open it by.

    Examples
    --------
    >>> Reply(Language("en"), ["5 < 6"])._repr_html_()
    '<div class="reply" dir="ltr" lang="en"><p style="text-align:start">5 &lt; 6</p></div>'
    """

    lang: Language
    lines: Sequence[str | Link]
    table: Table | None = None
    faults: Sequence[Fault] = ()
    folded: Sequence[tuple[str, Table]] = ()

    def __repr__(self) -> str:
        lines = [
            f"{line.words}: {line.address}" if isinstance(line, Link) else line
            for line in self.lines
        ]
        rows = [" | ".join(row) for row in self.table.rows] if self.table else []
        told = [_told(fault, self.lang) for fault in self.faults]
        return "\n".join([*lines, *rows, *told])

    def _repr_html_(self) -> str:
        parts = [f'<p style="text-align:start">{_line(line)}</p>' for line in self.lines]
        if self.table and self.table.rows:
            parts.append(self.table.to_html())
        if self.faults:
            parts.append(faults_as_html(self.faults, self.lang, own_words=True))
        parts += [
            f"<details><summary>{escape(words)}</summary>{table.to_html()}</details>"
            for words, table in self.folded
        ]
        opening = f'<div class="reply" dir="{self.lang.direction}" lang="{self.lang.code}">'
        return f"{opening}{''.join(parts)}</div>"


def _told(fault: Fault, lang: Language) -> str:
    """Return a fault on one line, in words of the language."""
    place = lang.phrase("lab-fault-row", row=fault.row) if fault.row else ""
    values = {"file": fault.file, "place": place, "field": fault.field, "value": fault.value}
    return lang.phrase("lab-fault", expected=fault.expected, **values)


def _line(line: str | Link) -> str:
    if isinstance(line, Link):
        return f'<a href="{escape(line.address)}"><bdi>{escape(line.words)}</bdi></a>'
    return escape(line)


def refused(error: OSError, lang: Language) -> tuple[Language, list[str]]:
    """Return what is said of a folder that cannot be read or written."""
    if isinstance(error, RefusedFolderError):
        return lang, [lang.phrase("lab-refused-folder")]
    return lang, [lang.phrase("lab-cannot-write", why=error.strerror or "")]


def answering(function: Callable[P, Reply]) -> Callable[P, Reply]:
    """Answer what a student cannot mend in the code by a line and not by a traceback."""

    @functools.wraps(function)
    def answered(*args: P.args, **kwargs: P.kwargs) -> Reply:
        given = [value for value in (*args, *kwargs.values()) if isinstance(value, Language)]
        try:
            return function(*args, **kwargs)
        except OSError as error:
            return Reply(*refused(error, given[0] if given else notebook_language()))

    return answered
