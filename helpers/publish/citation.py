"""The citation of ``CITATION.cff`` as BibTeX: this work, and the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from helpers.paths import ROOT
from helpers.publish.targets import project_name

REPORT_KEY = "report"


def bibtex() -> str:
    """Return the entries of this work and, if it is listed, of the report as published."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    works = [_work(cff), *map(_report, cff.get("references", [])[:1])]
    return "\n\n".join(works)


def _work(cff: Mapping[str, Any]) -> str:
    fields = {
        "title": cff["title"],
        # In braces of their own: a name of a group is not split into parts.
        "author": " and ".join(f"{{{author['name']}}}" for author in cff["authors"]),
        "version": cff["version"],
        "year": str(cff["date-released"])[:4],
    }
    return _entry("misc", project_name().replace("-", "_"), fields)


def _report(report: Mapping[str, Any]) -> str:
    author = report["authors"][0]
    names = (author.get(part) for part in ("family-names", "given-names"))
    fields = {
        "title": report["title"],
        "author": author.get("name") or ", ".join(filter(None, names)),
        "journal": report.get("journal"),
        "volume": report.get("volume"),
        "number": report.get("issue"),
        "pages": f"{report['start']}--{report['end']}" if "start" in report else None,
        "year": report.get("year"),
        "doi": report.get("doi"),
    }
    given = {name: value for name, value in fields.items() if value}
    return _entry("article" if "journal" in given else "misc", REPORT_KEY, given)


def _entry(kind: str, key: str, fields: Mapping[str, object]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])
