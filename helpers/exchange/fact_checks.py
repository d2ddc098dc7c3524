"""Claims with their verdicts for fact-checkers: ClaimReview, and lines in the shape of AVeriTeC.

A claim is exported once, with the verdict that speaks for it; where the report says the same in
other places, their locators go along. Each file is in one language; ids are the same in both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.data import codes, load, standings
from helpers.data.schema import stored_package
from helpers.exchange.packages import in_language
from helpers.exchange.text import Row, as_json, given, identifier, iso_date, records
from helpers.language import Language

SOURCES = ("source_id", "second_source_id")


def reviewed() -> pd.DataFrame:
    """Return the claims that have a verdict of their own, with ``locators`` of all that say it.

    Claims that no record could settle are left out.
    """
    every = standings()
    beyond = [
        name for name, code in codes("checks", "verdict").items() if code.get("beyond_checks")
    ]
    judged = every[every["verdict"].notna() & ~every["verdict"].isin(beyond)]
    places = judged.groupby("judged_id")["passage_id"].agg(lambda held: list(dict.fromkeys(held)))
    own = judged[judged["claim_id"] == judged["judged_id"]]
    return own.assign(locators=own["claim_id"].map(places))


def claim_reviews(lang: Language) -> bytes:
    """Return the verdicts as ClaimReview of schema.org, in JSON-LD.

    ``ratingValue`` is there where sources could be compared with the claim, from 1 (sources say
    otherwise) to 3 (sources agree); where nothing was found there is the verdict in words alone.
    """
    rated = [code["rating"] for code in codes("checks", "verdict").values() if "rating" in code]
    sources, report, author = _sources(), _report(lang), _author()
    reviews = [
        {
            "@type": "ClaimReview",
            "@id": identifier("checks", str(claim["check_id"])),
            "identifier": claim["check_id"],
            "inLanguage": lang.code,
            "datePublished": claim["checked_on"].strftime("%Y-%m-%d"),
            "author": author,
            "claimReviewed": lang.pick(claim, "text"),
            "itemReviewed": _claim(claim, report),
            "reviewRating": _rating(claim, lang, min(rated), max(rated)),
            **given(citation=[_source(sources[name]) for name in _cited(claim)]),
        }
        for claim in records(reviewed(), "claim_id")
    ]
    return as_json({"@context": "https://schema.org", "@graph": reviews})


def _claim(claim: Row, report: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Claim",
        "@id": identifier("claims", str(claim["claim_id"])),
        "identifier": claim["claim_id"],
        "appearance": [{**report, "identifier": place} for place in claim["locators"]],
    }


def _rating(claim: Row, lang: Language, worst: int, best: int) -> dict[str, Any]:
    code = codes("checks", "verdict")[claim["verdict"]]
    value = {"ratingValue": code.get("rating"), "worstRating": worst, "bestRating": best}
    scale = value if "rating" in code else {}
    confidence = lang.label("checks", "confidence", claim["confidence"])
    return {
        "@type": "Rating",
        **scale,
        "alternateName": lang.pick(code, "title"),
        **given(ratingExplanation=lang.pick(claim, "note")),
        "additionalProperty": {
            "@type": "PropertyValue",
            "name": lang.heading("checks", "confidence"),
            "value": confidence,
        },
    }


def averitec(lang: Language) -> bytes:
    """Return one line of JSON a claim, in the shape of the AVeriTeC data set.

    Its one question is what sources outside the report say; the answer is the note of the check,
    with the address of its source. Our ids, verdict and confidence go along beside its fields.
    """
    sources = _sources()
    lines = [
        json.dumps(_as_averitec(claim, sources, lang), ensure_ascii=False)
        for claim in records(reviewed(), "claim_id")
    ]
    return ("\n".join(lines) + "\n").encode()


def _as_averitec(claim: Row, sources: Mapping[str, Row], lang: Language) -> dict[str, Any]:
    code = codes("checks", "verdict")[claim["verdict"]]
    return {
        "claim": lang.pick(claim, "text"),
        "label": code["averitec"],
        "justification": lang.pick(claim, "note"),
        "questions": [
            {
                "question": lang.phrase("what-sources-say"),
                "answers": [_answer(claim, sources, lang)],
            }
        ],
        "claim_language": lang.code,
        "claim_id": claim["claim_id"],
        "check_id": claim["check_id"],
        "locators": claim["locators"],
        "kind": claim["kind"],
        "verdict": claim["verdict"],
        "confidence": claim["confidence"],
        "checked_on": claim["checked_on"].strftime("%Y-%m-%d"),
    }


def _answer(claim: Row, sources: Mapping[str, Row], lang: Language) -> dict[str, Any]:
    cited = [sources[name] for name in _cited(claim)]
    told = {"answer": lang.pick(claim, "note")}
    if not cited:
        return {**told, "answer_type": "Unanswerable"}
    first, *others = cited
    return {
        **told,
        "answer_type": "Abstractive",
        **given(source_url=first["url"], cached_source_url=first["archive_url"]),
        "source_ids": [source["source_id"] for source in cited],
        **given(further_source_urls=[source["url"] for source in others]),
    }


def _cited(claim: Row) -> list[str]:
    return [str(claim[field]) for field in SOURCES if not pd.isna(claim[field])]


def _sources() -> dict[str, Row]:
    return {str(row["source_id"]): row for row in records(load("sources"), "source_id")}


def _source(source: Row) -> dict[str, Any]:
    dated = not pd.isna(source["date"])
    date = iso_date(source["date"], source["precision"]) if dated else None
    return {
        "@type": "CreativeWork",
        "identifier": source["source_id"],
        **given(
            name=source["title"],
            url=source["url"],
            publisher=source["publisher"],
            datePublished=date,
            inLanguage=source["language"],
        ),
    }


def _report(lang: Language) -> dict[str, Any]:
    """Return the report as the first source of the package; one that is not named yet is bare."""
    listed = stored_package()["sources"]
    source = in_language(listed[0], lang.code) if listed else {}
    return {"@type": "Report", **given(name=source.get("title"), url=source.get("path"))}


def _author() -> dict[str, str]:
    return {"@type": "Organization", "name": stored_package()["contributors"][0]["title"]}
