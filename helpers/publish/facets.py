"""The lists that a reader can narrow, and by what: claims, promises, sources, terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from helpers.data import (
    coded_outcomes,
    edition_day,
    load,
    promise_events,
    promises,
    resource,
    standings,
    table_names,
)
from helpers.data.holding import remembered
from helpers.evidence import SCHEDULES, state
from helpers.evidence.tracker import BOTH
from helpers.language import Language
from helpers.publish import locators
from helpers.publish.explorer import Explorer, Facet, Held

Words = Callable[[Language], Mapping[str, str]]
# A claim stands where the report first makes it, or repeats it.
FIRST, REPEAT = "first", "repeat"


@remembered
def state_of_promises() -> pd.DataFrame:
    """Return how the promises stand on the day that the data speak for."""
    return state(promises(), promise_events(), edition_day())


# What values are called


def _coded(table: str, field: str) -> Words:
    return lambda lang: lang.labels(table, field)


def _titled(table: str, key: str, stem: str = "title", order: str = "order") -> Words:
    """Take the words of values from the rows of a table."""

    def words(lang: Language) -> dict[str, str]:
        ordered = load(table).sort_values(order)
        return {row[key]: lang.pick(row, stem) for row in ordered.to_dict("records")}

    return words


def _actors(lang: Language) -> Mapping[str, str]:
    return _titled("actors", "actor_id", "name", lang.column("name"))(lang)


def _phrases(**phrases: str) -> Words:
    return lambda lang: {value: lang.phrase(phrase) for value, phrase in phrases.items()}


def _schedules(lang: Language) -> dict[str, str]:
    return {name: lang.phrase(f"schedule-{name.replace('_', '-')}") for name in SCHEDULES}


def _bases(lang: Language) -> dict[str, str]:
    both = {BOTH: lang.phrase("basis-both")}
    return lang.labels("commitment_events", "basis") | both


def _languages(lang: Language) -> dict[str, str]:
    """Name the languages of the sources, in the order of their names."""
    names = {code: lang.locale.languages[code] for code in load("sources")["language"].dropna()}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def _years(lang: Language) -> dict[str, str]:
    years = sorted(load("sources")["date"].dropna().dt.year.unique(), reverse=True)
    return {str(year): lang.number_text(str(year)) for year in years}


def _uses(lang: Language) -> dict[str, str]:
    """Name the tables that cite sources, in the order of the data package."""
    return {table: lang.titled(resource(table)) for table, _ in _citing()}


# What entries hold


def _held(frame: pd.DataFrame, entry: str, value: str) -> Held:
    """Return the values of a column by entry.

    Examples
    --------
    >>> _held(pd.DataFrame({"k": ["b", "a", "b", "c"], "v": ["1", "2", "3", None]}), "k", "v")
    {'b': ['1', '3'], 'a': ['2']}
    """
    found: dict[str, list[str]] = {}
    known = frame[[entry, value]].dropna()
    for name, each in zip(known[entry], known[value], strict=True):
        found.setdefault(str(name), []).append(str(each))
    return found


def _from_table(table: str, entry: str, field: str) -> Callable[[], Held]:
    return lambda: _held(load(table), entry, field)


def _of_claims(field: str) -> Callable[[], Held]:
    return lambda: _held(standings(), "claim_id", field)


def _sections_of(table: str, entry: str) -> Callable[[], Held]:
    def held() -> Held:
        passages = load("passages")[["passage_id", "section_id"]]
        rows = load(table).merge(passages, on="passage_id", validate="m:1")
        return _held(rows, entry, "section_id")

    return held


def _by_first(held: Callable[[], Held]) -> Callable[[], Held]:
    """Let a repeat hold what the first occurrence of its claim holds."""

    def carried() -> Held:
        claims, known = load("claims"), held()
        first = claims["same_as"].fillna(claims["claim_id"])
        return {
            claim: known.get(judged, ())
            for claim, judged in zip(claims["claim_id"], first, strict=True)
        }

    return carried


def _themes_of_claims() -> Held:
    themes = load("claims").merge(load("point_themes"), on="point_id", validate="m:m")
    return _held(themes, "claim_id", "theme_id")


def _occurrences() -> Held:
    claims = load("claims")
    repeats = claims["same_as"].notna()
    return {
        claim: [REPEAT if again else FIRST]
        for claim, again in zip(claims["claim_id"], repeats, strict=True)
    }


def _languages_of_checks() -> Held:
    checks, sources = load("checks"), load("sources")[["source_id", "language"]]
    cited = checks.melt("claim_id", ["source_id", "second_source_id"], value_name="cited")
    read = cited.merge(sources, left_on="cited", right_on="source_id", validate="m:1")
    return _held(read, "claim_id", "language")


def _of_promises(field: str) -> Callable[[], Held]:
    return lambda: _held(state_of_promises(), "commitment_id", field)


def _years_of_sources() -> Held:
    sources = load("sources").dropna(subset=["date"])
    return _held(sources.assign(year=sources["date"].dt.year), "source_id", "year")


def _citing() -> Iterator[tuple[str, str]]:
    """Yield the tables that cite sources, each with the fields that do."""
    for table in table_names():
        for key in resource(table)["schema"].get("foreignKeys", []):
            if key["reference"]["resource"] == "sources":
                yield table, key["fields"][0]


def _uses_of_sources() -> Held:
    found: dict[str, list[str]] = {}
    for table, field in _citing():
        for source in load(table)[field].dropna().unique():
            found.setdefault(source, []).append(table)
    return found


# The lists


def _facet(name: str, table: str, field: str, words: Words, held: Callable[[], Held]) -> Facet:
    """Name a facet as a field is headed."""
    return Facet(name, lambda lang: lang.heading(table, field), words, held)


def _own_facet(name: str, words: Words, held: Callable[[], Held]) -> Facet:
    return Facet(name, lambda lang: lang.phrase(f"facet-{name}"), words, held)


def _section(table: str, entry: str) -> Facet:
    held = _sections_of(table, entry)
    return _facet("section", "passages", "section_id", locators.section_names, held)


THEMES = _titled("themes", "theme_id")

CLAIMS = Explorer(
    "claims",
    (
        _section("claims", "claim_id"),
        _facet("kind", "claims", "kind", _coded("claims", "kind"), _of_claims("kind")),
        _facet("verdict", "checks", "verdict", _coded("checks", "verdict"), _of_claims("verdict")),
        _facet(
            "confidence",
            "checks",
            "confidence",
            _coded("checks", "confidence"),
            _of_claims("confidence"),
        ),
        _facet("theme", "positions", "theme_id", THEMES, _themes_of_claims),
        _facet(
            "actor",
            "positions",
            "actor_id",
            _actors,
            _by_first(_from_table("positions", "claim_id", "actor_id")),
        ),
        _facet(
            "strength",
            "outcome_codes",
            "strength",
            _coded("outcome_codes", "strength"),
            _by_first(lambda: _held(coded_outcomes(), "claim_id", "strength")),
        ),
        _own_facet("language", _languages, _by_first(_languages_of_checks)),
        _own_facet(
            "occurrence",
            _phrases(**{FIRST: "occurrence-first", REPEAT: "occurrence-repeat"}),
            _occurrences,
        ),
    ),
)

COMMITMENTS = Explorer(
    "commitments",
    (
        _facet("theme", "commitments", "theme_id", THEMES, _of_promises("theme_id")),
        _facet("kind", "commitments", "kind", _coded("commitments", "kind"), _of_promises("kind")),
        _facet(
            "standing",
            "commitment_stages",
            "standing",
            _coded("commitment_stages", "standing"),
            _of_promises("standing"),
        ),
        _facet("schedule", "commitments", "deadline", _schedules, _of_promises("schedule")),
        _facet("basis", "commitment_events", "basis", _bases, _of_promises("basis")),
        _facet(
            "testability",
            "commitments",
            "testability",
            _coded("commitments", "testability"),
            _of_promises("testability"),
        ),
        _facet(
            "strength",
            "outcome_codes",
            "strength",
            _coded("outcome_codes", "strength"),
            _of_promises("strength"),
        ),
    ),
)

SOURCES = Explorer(
    "sources",
    (
        _facet(
            "kind",
            "sources",
            "kind",
            _coded("sources", "kind"),
            _from_table("sources", "source_id", "kind"),
        ),
        _own_facet("language", _languages, _from_table("sources", "source_id", "language")),
        _own_facet("year", _years, _years_of_sources),
        _own_facet("use", _uses, _uses_of_sources),
    ),
)

GLOSSARY = Explorer(
    "glossary",
    (
        _facet(
            "kind",
            "glossary",
            "kind",
            _coded("glossary", "kind"),
            _from_table("glossary", "term_id", "kind"),
        ),
        _section("glossary", "term_id"),
    ),
)
