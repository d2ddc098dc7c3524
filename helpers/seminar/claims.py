"""Check a claim: a student's verdict and reason first, then the published one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers import data
from helpers.answers import notebook_language
from helpers.language import Language
from helpers.seminar.kinds import Kind, clean, simple, verdicts_kind
from helpers.seminar.lab import kept
from helpers.seminar.replies import Link, Reply, answering
from helpers.tables.base import records
from helpers.tables.lab import named_source


@answering
def judge(
    name: str = "",
    number: object = "",
    verdict: object = "",
    reason: str = "",
    folder: str | Path | None = None,
    lang: Language | None = None,
) -> Reply:
    """Show a claim with its sources; after a verdict and a reason, the published verdict.

    Parameters
    ----------
    name : str
        Name of the student; without one, nothing is kept.
    number : int
        Number of the claim.
    verdict : int or str
        Number of the verdict, or its name in either language; empty to see the claim.
    reason : str
        What the verdict rests on.
    folder : str or Path, optional
        Folder of the sheets, as for :func:`helpers.seminar.places.folder`.
    lang : Language, optional
        Language of the answer; by default that of the notebook.
    """
    lang, kind = lang or notebook_language(), verdicts_kind()
    claim = kind.numbered(number)
    if not claim:
        return Reply(lang, [lang.phrase("lab-claim-empty", **kind.numbers(lang))])
    value = kind.values_by_word().get(simple(str(verdict)), "")
    if not value or not clean(reason):
        return Reply(lang, [*_asked(kind, verdict, value, lang), *_claim(kind, claim, lang)])
    lines: list[str | Link] = []
    faults: tuple[data.Fault, ...] = ()
    if clean(name):
        reply = kept(kind, name, claim, value, reason, folder, lang)
        lines, faults = list(reply.lines), tuple(reply.faults)
    return Reply(lang, [*lines, *_revealed(kind.texts[claim], value, lang)], faults=faults)


def _asked(kind: Kind, verdict: object, value: str, lang: Language) -> list[str]:
    if value:
        return [lang.phrase("lab-no-reason")]
    if clean(str(verdict)):
        return [lang.phrase("lab-unknown-verdict", verdict=str(verdict), verdicts=kind.told(lang))]
    return []


def _claim(kind: Kind, claim: str, lang: Language) -> list[str | Link]:
    """Return a claim as lines: what it says, its sources with their addresses, the verdicts."""
    row = kind.texts[claim]
    number = lang.number(int(row["order"]))
    opening = lang.phrase("lab-claim-card", number=number, text=lang.pick(row, "text"))
    place = lang.phrase("lab-place", passage=row["passage_id"])
    sources = data.lab_sources()
    sources = sources[sources["claim_id"] == claim]
    links = [Link(named_source(row), row["url"]) for row in records(sources, "source_order")]
    return [
        f"{opening} {place}",
        *links,
        lang.phrase("lab-choose-verdict", verdicts=kind.told(lang)),
    ]


def _revealed(row: pd.Series, value: str, lang: Language) -> list[str]:
    """Return what is published of a claim, beside what a student found."""
    labels = lang.labels("checks", "verdict")
    same = value == row["verdict"]
    names = {"yours": labels[value], "published": labels[row["verdict"]]}
    confidence = lang.label("checks", "confidence", row["confidence"])
    return [
        lang.phrase("lab-verdict-same" if same else "lab-verdict-other", **names),
        lang.phrase("lab-confidence", confidence=confidence),
        lang.pick(row, "note"),
        lang.pick(row, "lesson"),
    ]
