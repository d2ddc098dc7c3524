"""What stands on the page: the editor, the tables with their fields, the questions and answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from helpers.data import load
from helpers.data.holding import held
from helpers.data.languages import in_each
from helpers.data.schema import Descriptor
from helpers.export import CODES, Cell
from helpers.language import Language
from helpers.publish.ask.addresses import addresses, has_card
from helpers.publish.ask.database import FOLDER, LIBRARY, NAME, STORED, asked, opened
from helpers.publish.ask.questions import Answer, Question, answered
from helpers.publish.entries.rows import rows
from helpers.publish.languages import language_of_letters
from helpers.publish.rendering import render
from helpers.publish.targets import targets
from helpers.tables.base import DASH

PAGE = "ask"
# Rows of an answer that are shown; a page with more would be for nobody.
MOST = 100
# Letters of a name that is not broken; as in book/static/answers.js.
WHOLE = 24
# What the script of the page says, and the fields of it that it fills.
WORDS = (
    "answer", "cut", "download", "empty", "error", "loading", "no-rows", "no-tables", "one",
    "read-only", "rows", "running", "shown", "slow", "stopped", "unknown",
)  # fmt: skip
FIELDS = {name: "{" + name + "}" for name in ("count", "shown", "most", "seconds", "value")}


def editor(lang: Language) -> str:
    """Return the form in which the tables are asked, and the list of the tables, as HTML.

    Parameters
    ----------
    lang : Language
        Language of the page.
    """
    options = [
        (row["query_id"], row[lang.column("question")])
        for row in rows(load("queries").sort_values("order"))
    ]
    about = {
        "library": f"../{FOLDER}/{LIBRARY}",
        "stored": f"../{FOLDER}/{STORED}",
        "name": NAME,
        "most": MOST,
        "nothing": DASH,
        "words": {word: lang.phrase(f"ask-{word}", **FIELDS) for word in WORDS},
    }
    return render("ask.html", lang, options=options, about=about, tables=_tables(lang))


def _tables(lang: Language) -> list[dict[str, object]]:
    """Return the tables that can be asked, each with its title, address and fields."""
    known = targets()["tables"]
    listed = [
        {
            "name": entry["name"],
            "title": _title(entry, lang),
            "address": known[entry["name"]],
            "fields": [(field["name"], _title(field, lang)) for field in entry["schema"]["fields"]],
        }
        for entry in asked()
    ]
    codes = {"name": CODES, "title": lang.phrase("ask-codes"), "address": None}
    return [
        *listed,
        codes | {"fields": [(name, "") for name in ("field", "code", "place", *in_each("title"))]},
    ]


def _title(entry: Descriptor, lang: Language) -> str:
    return lang.titled(entry)


def questions(lang: Language) -> str:
    """Return the prepared questions with their answers, a heading each, as Markdown.

    Parameters
    ----------
    lang : Language
        Language of the page.

    Raises
    ------
    QueryError
        If a question cannot be answered.
    """
    with opened() as database, held():
        return "\n\n".join(_stood(question, lang) for question in answered(database, lang))


def _stood(question: Question, lang: Language) -> str:
    """Return a prepared question with its answer as they stand on the page."""
    heading = render("heading.md", lang, title=question.text).replace("#", "###", 1)
    answer = render(
        "ask_answer.html", lang, question=question, answer=_shown(question.answer, lang)
    )
    return f"({anchor(question.id)})=\n{heading}\n\n{answer}"


def anchor(query_id: str) -> str:
    """Return the anchor of a prepared question."""
    return f"{PAGE}-{query_id}"


def _shown(answer: Answer, lang: Language) -> dict[str, Any]:
    """Return an answer as its table shows it: at most so many rows, numbers known as such."""
    columns = list(zip(*answer.rows, strict=True))
    numeric = [all(isinstance(cell, int | float | None) for cell in column) for column in columns]
    count, shown = len(answer.rows), answer.rows[:MOST]
    words = {"count": lang.number(count), "shown": lang.number(len(shown))}
    known = addresses()
    return {
        "columns": list(zip(answer.columns, numeric, strict=True)),
        "rows": [
            [
                _told(cell, known, lang) | {"number": number}
                for cell, number in zip(row, numeric, strict=True)
            ]
            for row in shown
        ],
        "note": lang.phrase("ask-shown" if count > len(shown) else "ask-rows", **words),
    }


def _told(cell: Cell, known: Mapping[str, str], lang: Language) -> dict[str, Any]:
    """Return the text of a cell, its language, and whether it is a name that is not broken.

    An identifier has its address, and whether there is a card of what it leads to.
    """
    text = _text(cell)
    address = known.get(text, "")
    return {
        "text": text,
        "language": language_of_letters(text, lang),
        "whole": len(text) <= WHOLE and not re.search(r"\s", text),
        "address": address,
        "card": has_card(address),
    }


def _text(cell: Cell) -> str:
    """Return a cell as it is read; whole numbers without a point, as scripts write them.

    Examples
    --------
    >>> _text(5.0), _text(0.25), _text(None) == DASH
    ('5', '0.25', True)
    """
    if cell is None:
        return DASH
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
