"""A table ready for reading, and what several tables say in the same way."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal, get_args

import pandas as pd

from helpers.data import codes_where
from helpers.language import Language

CELL = "text-align:start;vertical-align:top;padding:0.3em 0.6em"
DASH = "\u2014"
Kind = Literal["text", "identifier", "citation", "number"]
LEFT_TO_RIGHT = ("identifier", "citation")
Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and what kind of thing its cells are.

    Parameters
    ----------
    heading : str
        Words above the column.
    kind : {"text", "identifier", "citation", "number"}
        Text runs as the table does. Identifiers and citations run from left to right in every
        language, and keep their digits; identifiers are set as code. Numbers are ready words too.

    Raises
    ------
    ValueError
        If there is no such kind; the message names those that exist.
    """

    heading: str
    kind: Kind = "text"

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            known = ", ".join(get_args(Kind))
            raise ValueError(f"unknown kind of column {self.kind!r}; known: {known}")


@dataclass(frozen=True)
class Table:
    """A table ready for reading, all its words in place.

    Parameters
    ----------
    lang : Language
        Language of the table; its direction is that of the rows.
    columns : sequence of Column
        Heading and kind of each column.
    rows : sequence of sequence of str
        Text of the cells; it is escaped when the table is written as HTML.
    fields : mapping of str to object
        Values for the named fields of the description.
    sources : tuple of str
        Ids of the sources that the table rests on.

    Raises
    ------
    ValueError
        If a row has more or fewer cells than there are columns.

    Examples
    --------
    >>> english = Language("en")
    >>> table = Table(english, [Column("What"), Column("Id", "identifier")], [["A & B", "ab"]])
    >>> "A &amp; B" in table.to_html(), '<bdi dir="ltr"><code' in table.to_html()
    (True, True)
    """

    lang: Language
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    fields: Mapping[str, object] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        columns, rows = tuple(self.columns), [tuple(row) for row in self.rows]
        for row in rows:
            if len(row) != len(columns):
                raise ValueError(f"a row of {len(row)} cells under {len(columns)} columns: {row}")
        object.__setattr__(self, "columns", columns)
        object.__setattr__(
            self, "rows", tuple(tuple(map(self._text, columns, row)) for row in rows)
        )

    def _text(self, column: Column, cell: str) -> str:
        return cell if column.kind in LEFT_TO_RIGHT else self.lang.number_text(cell)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns."""
        return tuple(column.heading for column in self.columns)

    @property
    def cites(self) -> bool:
        """Whether its rows name their sources themselves."""
        return any(column.kind == "citation" for column in self.columns)

    def to_html(self) -> str:
        """Return the table as HTML, every cell escaped."""
        head = "".join(
            f'<th scope="col" style="{CELL}">{escape(heading)}</th>' for heading in self.headings
        )
        body = "\n".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        if not self.rows:
            nothing = escape(self.lang.phrase("nothing-to-show"))
            body = f'<tr><td colspan="{len(self.columns)}">{nothing}</td></tr>'
        return (
            f'<table dir="{self.lang.direction}" lang="{self.lang.code}">\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
        )

    def _cells(self, row: Sequence[str]) -> str:
        pairs = zip(row, self.columns, strict=True)
        cells = [_inner(text, column.kind, self.lang) for text, column in pairs]
        first = f'<th scope="row" style="{CELL}">{cells[0]}</th>'
        return first + "".join(f'<td style="{CELL}">{cell}</td>' for cell in cells[1:])


def _inner(text: str, kind: Kind, lang: Language) -> str:
    inner = escape(text)
    if not text or kind not in LEFT_TO_RIGHT:
        return lang.markup(inner)
    if kind == "identifier":
        inner = f'<code style="white-space:nowrap">{inner}</code>'
    return f'<bdi dir="ltr">{inner}</bdi>'


def records(frame: pd.DataFrame, *order: str) -> list[dict[Hashable, Any]]:
    """Return the rows of a frame, sorted by the columns that say how it is read."""
    return frame.sort_values(list(order), kind="stable").to_dict("records")


def words(text: Any) -> str:
    """Return a text, or a dash where there is none."""
    return str(text) if pd.notna(text) else DASH


def identifier(value: Any) -> str:
    """Return an id, or nothing where there is none."""
    return str(value) if pd.notna(value) else ""


def counts_of(frame: pd.DataFrame, column: str, lang: Language) -> dict[str, str]:
    """Return how often each code of a column occurs, all codes included."""
    codes = list(frame[column].cat.categories)
    return {code: lang.number(int((frame[column] == code).sum())) for code in codes}


def tally(frame: pd.DataFrame, table: str, column: str, lang: Language) -> str:
    """Return the labels of the codes that occur, each with how often, as a list in words."""
    counts = {code: int((frame[column] == code).sum()) for code in lang.labels(table, column)}
    return lang.join(
        f"{lang.label(table, column, code)} {lang.number(count)}"
        for code, count in counts.items()
        if count
    )


def verdict_of(row: Row, lang: Language) -> str:
    """Return the label of a verdict, marked where confidence is low; a dash where there is none."""
    if pd.isna(row["verdict"]):
        return DASH
    label = lang.label("checks", "verdict", row["verdict"])
    if row["confidence"] in codes_where("checks", "confidence", weak=True):
        return lang.phrase("low-confidence", value=label)
    return label


def finding_of(row: Row, lang: Language) -> str:
    """Return the note of a check, and how many there are if more than one; a dash for none."""
    if pd.isna(row["verdict"]):
        return DASH
    note = words(row[lang.column("note")])
    if row["checks"] > 1:
        return lang.phrase("one-of-checks", value=note, count=lang.number(row["checks"]))
    return note


def citation_of(row: Row, lang: Language) -> str:
    """Return publisher and year of a row's source, and the site it was read on; empty for none.

    Names of publishers stay in their own language.

    Parameters
    ----------
    row : mapping
        A row with ``source_publisher``, ``source_date`` and ``source_carrier``.
    lang : Language
        Language of the word that joins a carrier.
    """
    if pd.isna(row["source_publisher"]):
        return ""
    parts = [str(row["source_publisher"])]
    if pd.notna(row["source_date"]):
        parts.append(str(row["source_date"].year))
    if pd.notna(row["source_carrier"]):
        parts.append(lang.phrase("via", carrier=row["source_carrier"]))
    return ", ".join(parts)
