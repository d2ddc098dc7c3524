"""Numbered sources: those that a sheet rests on, each with its address, cited by number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from helpers.data import load
from helpers.data.languages import report_language
from helpers.data.schema import stored_package
from helpers.exchange.packages import in_language
from helpers.language import Language
from helpers.paths import ROOT
from helpers.publish.entries.rows import rows
from helpers.publish.targets import LOCATOR
from helpers.tables.base import citation_of

DOI = "https://doi.org/"


@dataclass
class Numbered:
    """The sources of a sheet, numbered as they are cited first; the report is the first.

    Parameters
    ----------
    lang : Language
        Language of the sheet.
    """

    lang: Language
    _numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, source_ids: Iterable[str]) -> str:
        """Return the numbers of sources, as a sheet cites them; empty if there are none.

        Examples
        --------
        >>> listed = Numbered(Language("en"))
        >>> listed.cite(["afp-rare-earths-deposit-2025", "reuters-rare-earth-deposit-2025"])
        '2–3'
        """
        for source in dict.fromkeys(source_ids):
            self._numbers.setdefault(source, len(self._numbers) + 2)
        return spans({self._numbers[source] for source in source_ids}, self.lang)

    def entries(self) -> list[dict[str, Any]]:
        """Return the report and the sources in the order of their numbers."""
        known = {row["source_id"]: row for row in rows(load("sources"))}
        cited = [known[source] for source in self._numbers]
        return [
            report(self.lang),
            *(
                {
                    "citation": citation_of(
                        {f"source_{name}": row[name] for name in row}, self.lang
                    ),
                    "title": row["title"],
                    "language": row["language"],
                    "address": row["url"],
                }
                for row in cited
            ),
        ]


def report(lang: Language) -> dict[str, Any]:
    """Return the report, with its address: as published, or as the package names its source."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    if "references" not in cited:
        listed = stored_package()["sources"]
        source = listed[0] if listed else stored_package()
        named = in_language(source, lang.code)
        address = named.get("path")
        return {"citation": named["title"], "title": None, "language": None, "address": address}
    published = cited["references"][0]
    author = published["authors"][0]
    names = f"{author['given-names']} {author['family-names']}"
    journal = f"{published['journal']} {published['volume']} ({published['issue']})"
    return {
        "citation": f"{names}, {journal}, {published['year']}",
        "title": published["title"],
        "language": report_language(),
        "address": f"{DOI}{published['doi']}",
    }


def spans(numbers: Iterable[int], lang: Language) -> str:
    """Return numbers in order, those that follow each other as a span.

    Examples
    --------
    >>> spans({4, 1, 2, 3, 7}, Language("en"))
    '1–4; 7'
    >>> spans({2, 1}, Language("ar"))
    '1–2'
    """
    groups: list[list[int]] = []
    for number in sorted(numbers):
        if groups and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    shown = [[lang.number(end) for end in dict.fromkeys((g[0], g[-1]))] for g in groups]
    return lang.series("–".join(ends) for ends in shown)


def of_text(text: str) -> list[str]:
    """Return the sources of what a text cites: of the checks of its passages.

    What was found with low confidence is left out, and so is a search that found nothing.

    Examples
    --------
    >>> "astana-times-summit-announcement-2025" in of_text("They met (`context.6.1`).")
    True
    """
    passages = {found[0] for found in LOCATOR.finditer(text)}
    claims = load("claims")
    claims = claims[claims["passage_id"].isin(passages) | claims["claim_id"].isin(passages)]
    judged = claims["same_as"].fillna(claims["claim_id"])
    checks = load("checks").query("confidence != 'low'").sort_values("check_id")
    return list(dict.fromkeys(checks[checks["claim_id"].isin(judged)]["source_id"].dropna()))
