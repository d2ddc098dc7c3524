"""The citation of ``CITATION.cff`` as BibTeX: this work, and the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from helpers.paths import ROOT

WORK_KEY, REPORT_KEY = "samarkand_summit_notebooks", "report"


def bibtex() -> str:
    """Return the entries of this work and of the report as published."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return "\n\n".join([_work(cff), _report(cff["references"][0])])


def _work(cff: Mapping[str, Any]) -> str:
    fields = {
        "title": cff["title"],
        # In braces of their own: a name of a group is not split into parts.
        "author": " and ".join(f"{{{author['name']}}}" for author in cff["authors"]),
        "version": cff["version"],
        "year": str(cff["date-released"])[:4],
    }
    return _entry("misc", WORK_KEY, fields)


def _report(report: Mapping[str, Any]) -> str:
    author = report["authors"][0]
    fields = {
        "title": report["title"],
        "author": f"{author['family-names']}, {author['given-names']}",
        "journal": report["journal"],
        "volume": report["volume"],
        "number": report["issue"],
        "pages": f"{report['start']}--{report['end']}",
        "year": report["year"],
        "doi": report["doi"],
    }
    return _entry("article", REPORT_KEY, fields)


def _entry(kind: str, key: str, fields: Mapping[str, object]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])
