"""Rules of the tables in ``data/reference/``: figures, notebooks, phrases, corrections."""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterator

from helpers.data.faults import Fault
from helpers.data.languages import LOCALES
from helpers.data.rules.base import Tables, fault, rule
from helpers.data.rules.general import bilingual_pairs
from helpers.data.rules.report import shared_places
from helpers.data.schema import PACKAGE, stored_codes, stored_package, table_names

BRACES = "braces in pairs, with a name in them"

# Tables whose texts may have named fields, which the notebooks fill.
WITH_FIELDS = ("figures", "phrases")
FIGURE = "figure"
EVERY_TABLE = "*"


@rule("figures", "passages", "sections")
def figures_rest_on_passages_and_tables(tables: Tables) -> Iterator[Fault]:
    """A figure names passages or sections, and tables, that exist, or all tables by a star."""
    places = {*tables["passages"]["passage_id"], *tables["sections"]["section_id"]}
    yield from unknown_in_lists(tables, "figures", "passage_ids", places, "passage_ids")
    known = {*table_names(), EVERY_TABLE}
    yield from unknown_in_lists(tables, "figures", "tables", known, "tables")
    for row, (cell,) in tables["figures"].rows("tables"):
        if EVERY_TABLE in cell.split() and cell != EVERY_TABLE:
            yield fault("figures", row, "tables", cell, "names of tables, or * alone for all")


def unknown_in_lists(
    tables: Tables, name: str, field: str, known: Collection[str], what: str
) -> Iterator[Fault]:
    """Name the parts of cells, separated by spaces, that are not known, or stand twice."""
    for row, (cell,) in tables[name].rows(field):
        parts = cell.split()
        for part in parts:
            if part not in known:
                yield fault(name, row, field, part, f"ids that exist in {what}")
        if len(set(parts)) < len(parts):
            yield fault(name, row, field, cell, "each id once")


@rule("figures")
def figures_have_their_own_number(tables: Tables) -> Iterator[Fault]:
    """No two charts, and no two tables, of a notebook share a number."""
    columns = ("notebook", "kind", "number")
    yield from shared_places(tables, "figures", columns, "a number used once")


@rule("notebooks", "sections")
def notebooks_rest_on_sections(tables: Tables) -> Iterator[Fault]:
    """A notebook names sections of the report that exist."""
    known = set(tables["sections"]["section_id"])
    yield from unknown_in_lists(tables, "notebooks", "sections", known, "sections.csv")


@rule("events", "countries")
def the_subject_exists(tables: Tables) -> Iterator[Fault]:
    """What the package says it is about are rows and codes of its tables."""
    countries = set(tables["countries"]["country_id"])
    known = {
        "event": set(tables["events"]["event_id"]),
        "track": set(stored_codes("events", "track")),
        "sides": countries,
        "region": countries,
        "currencies": set(stored_codes("quantities", "currency")),
    }
    stated = stored_package().get("subject")
    subject = stated if isinstance(stated, dict) else {}
    for part, allowed in known.items():
        named = subject.get(part, "")
        for name in named if isinstance(named, list) else [named]:
            if str(name) not in allowed:
                example = f", such as {min(allowed)}" if allowed else "; there is none yet"
                expected = f"an id that exists{example}"
                yield Fault(PACKAGE, 0, f"subject.{part}", str(name), expected)


@rule("corrections")
def corrections_name_tables(tables: Tables) -> Iterator[Fault]:
    """A correction names tables that exist; its rows may be gone."""
    yield from unknown_in_lists(tables, "corrections", "tables", table_names(), "the schema")


@rule("figures", "phrases")
def named_fields_match(tables: Tables) -> Iterator[Fault]:
    """Text with named fields has the same fields in both languages."""
    for name in WITH_FIELDS:
        for *others, last in bilingual_pairs(name):
            for row, (*cells, cell) in tables[name].rows(*others, last):
                known = named_fields(cell)
                if known is None:
                    yield fault(name, row, last, cell, BRACES)
                for column, text in zip(others, cells, strict=True):
                    own = named_fields(text)
                    if own is None:
                        yield fault(name, row, column, text, BRACES)
                    elif known is not None and own != known:
                        expected = f"the named fields of {last}: {', '.join(sorted(known))}"
                        yield fault(name, row, column, text, expected)


@rule("figures", "phrases")
def figures_named_in_texts_exist(tables: Tables) -> Iterator[Fault]:
    """A text speaks of another figure by its id, as in ``{figure:package}``."""
    known = set(tables["figures"]["figure_id"])
    for name in WITH_FIELDS:
        for column in (column for pair in bilingual_pairs(name) for column in pair):
            for row, (text,) in tables[name].rows(column):
                for figure in figures_named(text):
                    if figure not in known:
                        yield fault(name, row, column, figure, "a figure_id in figures.csv")


@rule("figures", "phrases", "notebooks")
def no_figure_is_named_by_its_number(tables: Tables) -> Iterator[Fault]:
    """A text holds no number of a figure: it would lie as soon as one is added before it."""
    labels = [
        code[f"title_{language}"]
        for code in stored_codes("figures", "kind").values()
        for language in LOCALES
        if code.get(f"title_{language}")
    ]
    numbered = re.compile(rf"\b(?:{'|'.join(map(re.escape, labels))})\s+\d+", re.IGNORECASE)
    for name in (*WITH_FIELDS, "notebooks"):
        for column in (column for pair in bilingual_pairs(name) for column in pair):
            for row, (text,) in tables[name].rows(column):
                found = numbered.search(text)
                if found:
                    expected = "the figure by its id, as in {figure:argument-overview}"
                    yield fault(name, row, column, found[0], expected)


def named_fields(text: str) -> set[str] | None:
    """Return the fields of a text with what they are told; nothing if braces do not match.

    Examples
    --------
    >>> sorted(named_fields("{count} links, as {figure:package} shows"))
    ['count', 'figure:package']
    >>> named_fields("{count") is None
    True
    """
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    found = {(name, told) for _, name, told, _ in parts if name is not None}
    if any(not name.isidentifier() for name, _ in found):
        return None
    return {f"{name}:{told}" if told else name for name, told in found}


def figures_named(text: str) -> set[str]:
    """Return the ids of the figures that a text speaks of."""
    return {
        field.partition(":")[2]
        for field in named_fields(text) or ()
        if field == FIGURE or field.startswith(f"{FIGURE}:")
    }
