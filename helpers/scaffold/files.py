"""Names, placeholders, and the files that a layout reads and writes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from helpers.errors import BuildError
from helpers.swap import write

# What these words are is known without a table, since no table may hold them; where a language has
# none of its own, the mark is in the first that has.
TO_WRITE = {"en": "[to be written: {what}]", "ar": "[يُكتب: {what}]"}
WORDS = {
    "title": "العنوان",
    "subtitle": "المقياس ووحدته",
    "caption": "الشرح",
    "description": "جملة تقول ما ينبغي ملاحظته",
    "credit": "المصدر",
    "summary": "ما في الدفتر",
    "finding": "ما يُظهره الشكل وما لا يُظهره",
    "lead": "لماذا يهم هذا، والسؤال الذي تجيب عنه الأشكال",
    "text": "النص",
}


class ScaffoldError(BuildError):
    """Something cannot be laid out; the message says why."""


def to_write(what: str, code: str) -> str:
    """Return the words that stand where text is still to be written."""
    told = {"ar": WORDS[what]}.get(code, what)
    return TO_WRITE.get(code, next(iter(TO_WRITE.values()))).format(what=told)


def named(name: str, pattern: str, what: str, example: str) -> None:
    """Refuse what is no name of its kind."""
    if not re.fullmatch(pattern, name):
        raise ScaffoldError(f"{name!r} is no name of {what}; expected one such as {example!r}")


def free(name: str, taken: Iterable[str], what: str) -> None:
    """Refuse a name that is taken."""
    if name in taken:
        raise ScaffoldError(f"there is {what} {name!r} already")


def known(name: str, names: list[str], what: str) -> None:
    """Refuse a name that is not among those that exist, and say which are."""
    if name not in names:
        raise ScaffoldError(f"no {what} {name!r}; known: {', '.join(names)}")


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a table as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns(path: Path) -> list[str]:
    """Return the names of the columns of a table, which may have no rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))


def table_text(names: Iterable[str], rows: list[dict[str, str]]) -> str:
    r"""Return a table as the files hold it.

    Examples
    --------
    >>> table_text(["id", "title"], [{"id": "a", "title": "One, two"}])
    'id,title\na,"One, two"\n'
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(names), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_rows(path: Path, names: Iterable[str], rows: list[dict[str, str]]) -> None:
    """Write a table as the others are written."""
    write(path, table_text(names, rows))


def json_text(content: dict[str, Any]) -> str:
    """Return a part of the schema as the files hold it."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a part of the schema as the others are written."""
    write(path, json_text(content))
