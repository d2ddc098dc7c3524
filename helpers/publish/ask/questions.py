"""The prepared questions to the tables, and their answers."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from helpers.data import load
from helpers.errors import BuildError
from helpers.export import Cell
from helpers.language import Language
from helpers.publish.ask.layout import laid_out
from helpers.publish.entries.rows import Row, rows

# Stands in a query for the code of the reader's language.
LANGUAGE = "{lang}"


class QueryError(BuildError):
    """A prepared query cannot be answered; the message names it."""


@dataclass(frozen=True)
class Answer:
    """What a query gave: the names of its columns, and its rows."""

    columns: list[str]
    rows: list[tuple[Cell, ...]]


@dataclass(frozen=True)
class Question:
    """A prepared question in a language.

    Attributes
    ----------
    id : str
        Its name.
    text : str
        What is asked.
    hint : str
        What may be changed in the query; code stands between backticks.
    sql : str
        The query, laid out on several lines.
    answer : Answer
        What the tables say.
    """

    id: str
    text: str
    hint: str
    sql: str
    answer: Answer


def answered(database: sqlite3.Connection, lang: Language) -> list[Question]:
    """Return the prepared questions in their order, each with its answer.

    Parameters
    ----------
    database : sqlite3.Connection
        Holds the tables.
    lang : Language
        Language of the questions, and of the columns that are asked for.

    Raises
    ------
    QueryError
        If SQLite refuses a query, or one gives no row.
    """
    ordered = rows(load("queries").sort_values("order"))
    return [_answered(row, database, lang) for row in ordered]


def _answered(row: Row, database: sqlite3.Connection, lang: Language) -> Question:
    sql = row["sql"].replace(LANGUAGE, lang.code)
    try:
        found = database.execute(sql)
        answer = Answer([column[0] for column in found.description], found.fetchall())
    except sqlite3.Error as error:
        raise QueryError(f"queries.csv: {row['query_id']}: {error}") from None
    if not answer.rows:
        raise QueryError(f"queries.csv: {row['query_id']}: the answer has no rows")
    return Question(
        row["query_id"],
        row[lang.column("question")],
        row[lang.column("hint")],
        laid_out(sql),
        answer,
    )
