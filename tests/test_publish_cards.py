"""Cards say of each locator and term what the tables say, and can be loaded from the disk."""

from __future__ import annotations

import functools
import json

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from reading import FOUL, links_of, parse, text_of

from helpers import data
from helpers.data import codes, load
from helpers.language import LOCALES, Language
from helpers.publish import cards, locators
from helpers.publish.targets import targets

KNOWN = targets()


@functools.cache
def made(code: str) -> dict[str, dict]:
    """The cards as a browser reads them: what stands between the name and the semicolon."""
    text = cards.script(Language(code))
    name, _, content = text.partition(" = ")
    assert name == "window.summitCards"
    assert content.endswith(";\n")
    return json.loads(content[:-2])


def card(kind: str, anchor: str, code: str) -> BeautifulSoup:
    return parse(made(code)[kind][anchor])


def test_every_anchor_of_a_locator_or_a_term_has_its_card(code: str) -> None:
    held = made(code)
    for kind in ("passages", "claims", "terms"):
        anchors = {address.partition("#")[2] for address in KNOWN[kind].values()}
        assert set(held[kind]) == anchors


def test_a_passage_has_the_cards_of_its_claims_in_order(code: str) -> None:
    expected = load("claims").groupby("passage_id")["claim_id"].agg(sorted)
    for passage, claims in made(code)["passages"].items():
        assert claims == expected.get(passage, []), passage


def test_a_card_gives_the_claim_its_verdict_in_word_and_shape_and_its_sources(code: str) -> None:
    lang, shapes = Language(code), {c: v["marker"] for c, v in codes("checks", "verdict").items()}
    assert len(set(shapes.values())) == len(shapes), "a verdict is known without its colour"
    sources = load("sources").set_index("source_id")
    texts = load("claims").set_index("claim_id")[f"text_{code}"]
    drawn: dict[str, set[str]] = {}
    for check in load("checks").itertuples():
        html = card("claims", check.claim_id, code)
        assert text_of(html.find(class_="said")) == " ".join(texts[check.claim_id].split())
        (verdict,) = html.find_all("strong")
        assert check.verdict in verdict["class"]
        assert lang.label("checks", "verdict", check.verdict) in text_of(verdict)
        drawn.setdefault(check.verdict, set()).add(verdict.path["d"])
        cited = [s for s in (check.source_id, check.second_source_id) if pd.notna(s)]
        assert links_of(html) == {
            KNOWN["sources"][s]: " ".join(sources.at[s, "publisher"].split()) for s in cited
        }
        for link in html.find_all("bdi"):
            assert link["lang"] == "en" or not link.get_text().isascii()
    assert all(len(paths) == 1 for paths in drawn.values())
    assert len(set.union(*drawn.values())) == len(drawn), "two verdicts have one shape"


def test_a_claim_that_nobody_checked_says_of_what_kind_it_is(code: str) -> None:
    lang, claims = Language(code), load("claims")
    judged = claims["same_as"].fillna(claims["claim_id"])
    unchecked = claims[~judged.isin(load("checks")["claim_id"])]
    assert len(unchecked)
    for claim in unchecked.itertuples():
        html = card("claims", claim.claim_id, code)
        assert html.find("strong") is None
        assert text_of(html.find(class_="found")) == lang.label("claims", "kind", claim.kind)


def test_a_term_has_its_names_and_its_definition(code: str) -> None:
    (other,) = set(LOCALES) - {code}
    for row in load("glossary").itertuples():
        html = card("terms", f"term-{row.term_id}", code)
        assert text_of(html.strong) == " ".join(getattr(row, f"term_{code}").split())
        pair = html.find("span", lang=other)
        assert text_of(pair) == " ".join(getattr(row, f"term_{other}").split())
        said = text_of(html.find(class_="said"))
        assert said == " ".join(getattr(row, f"definition_{code}").split())


def test_cards_hold_phrasing_alone_since_they_stand_in_paragraphs(code: str) -> None:
    held = made(code)
    for html in [*held["claims"].values(), *held["terms"].values()]:
        names = {tag.name for tag in parse(html).find_all()}
        assert names <= {"span", "strong", "svg", "path", "a", "bdi"}


def test_nothing_that_a_cell_says_becomes_a_part_of_a_card() -> None:
    tables = {"claims": "text_en", "glossary": "definition_en", "sources": "publisher"}
    foul = {table: load(table).assign(**{field: FOUL}) for table, field in tables.items()}
    with data.what_if(**foul):
        held = cards.cards(Language("en"))
    for kind in ("claims", "terms"):
        for html in held[kind].values():
            assert parse(html).find("i") is None
            assert FOUL in parse(html).get_text()


# Locators in words


@pytest.mark.parametrize(
    ("identifier", "code", "words"),
    [
        ("background.2.2", "en", "Background 2.2"),
        ("background.2.2", "ar", "خلفية 2.2"),
        ("context.12.3-e", "en", "Context 12.3 e"),
        ("context.12.3-e", "ar", "سياق 12.3 هـ"),
        ("abstract_ar.1.1", "ar", "ملخص عربي 1.1"),
    ],
)
def test_a_locator_is_a_word_of_the_language(identifier: str, code: str, words: str) -> None:
    assert locators.words(identifier, Language(code)) == words


@pytest.mark.parametrize("text", ["claims", "context", "context.2", "nowhere.2.2", "ref-05", ""])
def test_what_is_no_locator_is_not_put_in_words(text: str) -> None:
    assert locators.words(text, Language("en")) is None


def test_no_two_locators_have_the_same_words(code: str) -> None:
    every = [*KNOWN["passages"], *KNOWN["claims"]]
    named = {locators.words(identifier, Language(code)) for identifier in every}
    assert len(named) == len(every)


def test_the_digits_of_a_locator_are_those_of_the_language() -> None:
    assert locators.words("context.2.2", Language("ar", "arabic-indic")) == "سياق ٢٫٢"
