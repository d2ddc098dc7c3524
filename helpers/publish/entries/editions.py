"""Entries on what changed since the earlier edition that the data keep."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.data import codes, in_reading_order, load
from helpers.editions import KINDS, Change, recorded_changes
from helpers.language import Language
from helpers.publish.entries.rows import Entry, rows
from helpers.publish.rendering import render
from helpers.publish.targets import Targets, linked_id, targets

# Labels and texts by what changed, then by code or id.
Words = Mapping[str, Mapping[str, str]]


def changes(lang: Language) -> str:
    """Return what changed since the earlier edition, kind by kind, in reading order.

    What is new is counted and not listed: it changed nothing that readers were told.
    """
    found, known = recorded_changes(), targets()
    said, about = _said(lang), _about(lang)
    kinds = [_kind(kind, found, (said, about), known, lang) for kind in KINDS]
    earlier = load("earlier_edition")["date"].max()
    return render("changes.html", lang, kinds=kinds, since=lang.date(earlier, "day"))


def _kind(
    kind: str, found: list[Change], words: tuple[Words, Words], known: Targets, lang: Language
) -> Entry:
    said, about = words[0].get(kind, {}), words[1][kind]
    own = [change for change in found if change.what == kind]
    told = [change for change in own if change.before]
    listed: list[Entry] = [
        {
            "subject": linked_id(change.key, known, lang),
            "text": about.get(change.key, ""),
            "before": _word(kind, change.before, said, lang),
            "after": _word(kind, change.after, said, lang),
        }
        for change in sorted(told, key=lambda change: list(about).index(change.key))
    ]
    return {
        "id": f"changed-{kind}",
        "name": lang.label("earlier_edition", "what", kind),
        "changed": lang.number(len(told)),
        "new": lang.number(len(own) - len(told)),
        "listed": listed,
    }


def _word(kind: str, code: str, said: Mapping[str, str], lang: Language) -> Entry:
    """Return what was said in words; of a verdict also its mark."""
    label = said.get(code, code) or lang.phrase("no-longer-said")
    known = codes("checks", "verdict") if kind == "verdict" else {}
    if code not in known:
        return {"label": label}
    return {"label": label, "verdict": code, "marker": known[code]["marker"]}


def _said(lang: Language) -> Words:
    """Return the words for what a code says; a value says itself."""
    stages = {row["stage_id"]: row[lang.column("title")] for row in rows(load("commitment_stages"))}
    schedules = ("no_deadline", "not_due", "overdue", "met", "met_late")
    return {
        "verdict": {
            code: lang.label("checks", "verdict", code) for code in codes("checks", "verdict")
        },
        "stage": stages,
        "schedule": {name: lang.phrase(f"schedule-{name.replace('_', '-')}") for name in schedules},
    }


def _about(lang: Language) -> Words:
    """Return what each id is about, in reading order."""
    told, promised = (
        rows(in_reading_order(load(table), "claim_id")) for table in ("claims", "commitments")
    )
    claims = {row["claim_id"]: row[lang.column("text")] for row in told}
    promises = {row["commitment_id"]: row[lang.column("title")] for row in promised}
    series = {row["series"]: row[lang.column("title")] for row in rows(load("indicator_series"))}
    values = {row["indicator_id"]: series[row["series"]] for row in rows(load("indicators"))}
    return {"verdict": claims, "stage": promises, "schedule": promises, "value": values}
