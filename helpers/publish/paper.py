"""What a page has on paper alone: its margins, and its sources with their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from helpers.data import load
from helpers.data.schema import stored_package
from helpers.language import Language
from helpers.publish.entries.rows import rows
from helpers.publish.rendering import render
from helpers.tables.base import citation_of

COUNTER = re.compile("(\N{WHITE SQUARE}|\N{WHITE CIRCLE})")
COUNTERS = {"\N{WHITE SQUARE}": "counter(page)", "\N{WHITE CIRCLE}": "counter(pages)"}
MARGIN = 'font: 9pt "Print", serif; color: #444'


def margins(title: str, lang: Language) -> str:
    """Return the style of a page's margins: title, edition and its date, page n of all.

    Parameters
    ----------
    title : str
        Title of the page.
    lang : Language
        Language of the page.

    Returns
    -------
    str
        Rules for printing, safe inside ``<style>``.

    Examples
    --------
    >>> "counter(page)" in margins("The context", Language("en"))
    True
    """
    start, end = ("right", "left") if lang.is_rtl else ("left", "right")
    day = lang.date(pd.Timestamp(stored_package()["edition"]), "day")
    edition = lang.phrase("edition-of", version=stored_package()["version"], date=day)
    work = f"{lang.phrase('work-title')} · {title}"
    boxes = {
        f"top-{start}": quoted(work),
        f"top-{end}": quoted(edition),
        "bottom-center": _page_of(lang),
    }
    rules = [
        f"@{place} {{ content: {content}; direction: {lang.direction}; {MARGIN} }}"
        for place, content in boxes.items()
    ]
    return "\n".join(["@page {", *rules, "}"])


def _page_of(lang: Language) -> str:
    page, pages = COUNTERS
    pieces = COUNTER.split(lang.phrase("page-of", page=page, pages=pages))
    return " ".join(COUNTERS.get(piece) or quoted(piece) for piece in pieces if piece)


def quoted(text: str) -> str:
    r"""Return a text as a string of a style sheet.

    Examples
    --------
    >>> print(quoted('a "b" </style>'))
    "a \22 b\22  \3c /style\3e "
    """
    return '"' + re.sub(r'["\\<>\n]', lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'


def sources_of(cells: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the ids of the sources that the figures and tables of a notebook rest on."""
    return {
        source
        for cell in cells
        for output in cell.get("outputs", [])
        for source in output.get("metadata", {}).get("summit", {}).get("sources", [])
    }


def listed(source_ids: set[str], lang: Language) -> list[dict[str, Any]]:
    """Return sources by what tables call them, in that order, with title and address."""
    known = load("sources").query("source_id in @source_ids")
    entries = [
        {
            "citation": citation_of({f"source_{name}": row[name] for name in row}, lang),
            "title": row["title"],
            "language": row["language"],
            "address": row["url"],
        }
        for row in rows(known)
    ]
    return sorted(entries, key=lambda entry: (entry["citation"].casefold(), entry["address"] or ""))


def sources(cells: Iterable[Mapping[str, Any]], lang: Language) -> str:
    """Return the sources of a notebook as a numbered list, which is seen on paper alone.

    Parameters
    ----------
    cells : iterable of mapping
        The cells, with their outputs.
    lang : Language
        Language of the page.

    Returns
    -------
    str
        HTML; empty if nothing rests on a source.
    """
    entries = listed(sources_of(cells), lang)
    return render("paper_sources.html", lang, entries=entries) if entries else ""
