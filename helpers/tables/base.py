"""A table ready for reading, and what several tables say in the same way."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

import pandas as pd

from helpers.data import load
from helpers.language import Language

CELL = "text-align:start;vertical-align:top;padding:0.3em 0.6em"
DASH = "\u2014"


@dataclass(frozen=True)
class Table:
    """A table ready for reading.

    Attributes
    ----------
    lang : Language
        Language of the table; its direction is that of the rows.
    headings : list of str
        Heading of each column.
    rows : list of list of str
        Text of the cells; it is escaped when the table is written as HTML.
    codes : frozenset of int
        Columns that hold identifiers, which run from left to right in every language.
    citations : frozenset of int
        Columns that name sources, which run from left to right too.
    description_fields : dict of str to str
        Values for the named fields of the description.
    sources : tuple of str
        Ids of the sources that the table rests on, where it does not name them itself.
    """

    lang: Language
    headings: list[str]
    rows: list[list[str]]
    codes: frozenset[int] = frozenset()
    citations: frozenset[int] = frozenset()
    description_fields: dict[str, object] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def to_html(self) -> str:
        """Return the table as HTML, every cell escaped."""
        head = "".join(
            f'<th scope="col" style="{CELL}">{escape(heading)}</th>' for heading in self.headings
        )
        body = "\n".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        if not self.rows:
            nothing = escape(self.lang.phrase("nothing-to-show"))
            body = f'<tr><td colspan="{len(self.headings)}">{nothing}</td></tr>'
        return (
            f'<table dir="{self.lang.direction}" lang="{self.lang.code}">\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
        )

    def _cells(self, row: list[str]) -> str:
        return "".join(self._cell(number, text) for number, text in enumerate(row))

    def _cell(self, number: int, text: str) -> str:
        inner = escape(text)
        if number in self.codes and text:
            inner = f'<bdi dir="ltr"><code style="white-space:nowrap">{inner}</code></bdi>'
        elif number in self.citations and text:
            inner = f'<bdi dir="ltr">{inner}</bdi>'
        tag, scope = ("th", ' scope="row"') if number == 0 else ("td", "")
        return f'<{tag}{scope} style="{CELL}">{inner}</{tag}>'


def verdict_of(row: pd.Series, lang: Language) -> str:
    """Return the label of a verdict, marked where confidence is low; a dash where there is none."""
    if pd.isna(row["verdict"]):
        return DASH
    label = lang.label("checks", "verdict", row["verdict"])
    if row["confidence"] == "low":
        return lang.phrase("low-confidence", value=label)
    return label


def finding_of(row: pd.Series, lang: Language) -> str:
    """Return the note of a check; a dash where there is none."""
    return row[lang.column("note")] if pd.notna(row["verdict"]) else DASH


def source_label(source_id: object) -> str:
    """Return publisher and year of a source, and the site it was read on; empty if there is none.

    Names of publishers stay in their own language, and so does the label.
    """
    if pd.isna(source_id):
        return ""
    source = load("sources").set_index("source_id").loc[source_id]
    parts = [source["publisher"]]
    if pd.notna(source["date"]):
        parts.append(str(source["date"].year))
    if pd.notna(source["carrier"]):
        parts.append(f"via {source['carrier']}")
    return ", ".join(parts)
