"""Lists that a reader can narrow hold all entries, and tell of each what the tables say."""

from __future__ import annotations

import functools
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from reading import FOUL, by_id, edited, links_of, parse, text_of

from helpers.data import (
    codes_where,
    load,
    promise_events,
    standings,
    verdict_counts,
    what_if,
)
from helpers.language import LOCALES, Language
from helpers.publish import entries, facets, start
from helpers.publish.explorer import NOTHING, Explorer, ExplorerError, Facet
from helpers.publish.targets import targets

EN = Language("en")
KNOWN = targets()
# Each list: the entries of its page, their ids, and where an entry is found.
LISTS = {
    "claims": (entries.every_claim, "claims", "claim_id", "claim-{}"),
    "commitments": (entries.every_commitment, "commitments", "commitment_id", "commitment-{}"),
    "sources": (entries.sources, "sources", "source_id", "{}"),
    "glossary": (entries.glossary, "glossary", "term_id", "term-{}"),
}
EXPLORERS = {
    "claims": facets.CLAIMS,
    "commitments": facets.COMMITMENTS,
    "sources": facets.SOURCES,
    "glossary": facets.GLOSSARY,
}


@functools.cache
def page(name: str, code: str) -> BeautifulSoup:
    return parse(LISTS[name][0](Language(code)))


def held(html: BeautifulSoup, facet: str) -> list[str]:
    """Return what the entries of a page hold of a facet, entry after entry."""
    return [entry.get(f"data-{facet}", NOTHING) for entry in html.select("[data-listed]")]


def of(html: BeautifulSoup, claim: str, facet: str) -> set[str]:
    return set(by_id(html, f"claim-{claim}").get(f"data-{facet}", NOTHING).split())


@pytest.mark.one_of(4)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_every_entry_once_under_its_anchor(name: str, code: str) -> None:
    _, table, key, anchor = LISTS[name]
    listed = page(name, code).select("[data-listed]")
    found = [entry.get("id") or entry.select_one("[id]")["id"] for entry in listed]
    assert sorted(found) == sorted(anchor.format(row) for row in load(table)[key])


@pytest.mark.one_of(4)
@pytest.mark.parametrize("name", LISTS)
def test_the_form_offers_what_some_entry_holds_and_nothing_else(name: str, code: str) -> None:
    html, lang = page(name, code), Language(code)
    form = html.find("form")
    assert form.has_attr("hidden"), "without a script there is nothing to choose"
    facets_of = {facet.name: facet for facet in EXPLORERS[name].facets}
    offered: dict[str, list[str]] = {facet: [] for facet in facets_of}
    for box in form.select("input[type=checkbox]"):
        offered[box["name"]].append(box["value"])
        words = {**facets_of[box["name"]].words(lang), NOTHING: lang.phrase("facet-none")}
        assert text_of(box.parent.bdi) == " ".join(words[box["value"]].split())
    for facet, values in offered.items():
        assert set(values) == set(" ".join(held(html, facet)).split())


def test_the_verdicts_in_the_list_are_those_that_are_counted() -> None:
    html = page("claims", "en")
    listed = pd.DataFrame({f: held(html, f) for f in ("section", "kind", "verdict", "occurrence")})
    first = listed[listed["occurrence"] == facets.FIRST]
    for by, group in (("section_id", "section"), ("kind", "kind")):
        counted = verdict_counts(by).set_index(["group_id", "verdict"])["claims"].to_dict()
        assert first.groupby([group, "verdict"]).size().to_dict() == counted


def test_a_claim_holds_its_themes_actors_strengths_and_languages() -> None:
    html, claims = page("claims", "en"), load("claims").set_index("claim_id")
    themes = load("point_themes").groupby("point_id")["theme_id"].agg(set)
    actors = load("positions").groupby("claim_id")["actor_id"].agg(set)
    items = load("outcome_items").merge(load("outcome_codes"), on="item_id")
    published = codes_where("outcome_codes", "coder", role="published")
    items = items[items["coder"].isin(published)].astype({"strength": "str"})
    strengths = items.groupby("claim_id")["strength"].agg(set)
    language = load("sources").set_index("source_id")["language"]
    checks = load("checks")
    for claim, row in claims.iterrows():
        first = row["same_as"] if pd.notna(row["same_as"]) else claim
        assert of(html, claim, "theme") == (themes.get(row["point_id"]) or {NOTHING})
        assert of(html, claim, "actor") == (actors.get(first) or {NOTHING})
        assert of(html, claim, "strength") == (strengths.get(first) or {NOTHING})
        own = checks[checks["claim_id"] == first]
        read = pd.concat([own["source_id"], own["second_source_id"]]).dropna()
        assert of(html, claim, "language") == (set(language[read].dropna()) or {NOTHING})


def test_a_claim_opens_into_finding_sources_figures_and_its_place(code: str) -> None:
    html, urls = page("claims", code), load("sources").set_index("source_id")["url"]
    figures = load("figures").set_index("figure_id")["passage_ids"].fillna("")
    claims = load("claims").set_index("claim_id")
    for check in load("checks").itertuples():
        entry = by_id(html, f"claim-{check.claim_id}")
        assert text_of(entry.summary.find(class_="statement")) == " ".join(
            claims.at[check.claim_id, f"text_{code}"].split()
        )
        assert check.verdict in entry.summary.strong["class"]
        found = links_of(entry)
        for source in (check.source_id, check.second_source_id):
            if pd.notna(source):
                assert KNOWN["sources"][source] in found
                assert pd.isna(urls[source]) or urls[source] in found
        passage = claims.at[check.claim_id, "passage_id"]
        resting = [name for name, held in figures.items() if passage in held.split()]
        assert {KNOWN["figures"][name] for name in resting} <= set(found)
        assert KNOWN["claims"][check.claim_id] in found, "a claim has one address"


def test_a_promise_opens_into_its_trail_in_order(code: str) -> None:
    html = page("commitments", code)
    for promise, trail in promise_events().groupby("commitment_id"):
        steps = by_id(html, f"commitment-{promise}").select("ol.trail > li")
        assert len(steps) == len(trail)
        for step, event in zip(steps, trail.itertuples(), strict=True):
            assert " ".join(getattr(event, f"text_{code}").split()) in text_of(step)
            stage = getattr(event, f"stage_{code}")
            assert pd.isna(stage) or stage in text_of(step)


def test_a_source_tells_which_tables_cite_it() -> None:
    html, cited = page("sources", "en"), set(load("checks")["source_id"].dropna())
    for entry in html.select("[data-listed]"):
        uses = entry.get("data-use", "").split()
        assert cited.isdisjoint({entry["id"]}) or "checks" in uses


# Addresses


def test_an_address_says_what_is_chosen() -> None:
    address = facets.CLAIMS.address(verdict=["contradicted", "imprecise"], kind="fact")
    assert address == "claims.html?verdict=contradicted&verdict=imprecise&kind=fact"
    assert facets.CLAIMS.address() == "claims.html"
    assert facets.CLAIMS.address(actor=NOTHING) == "claims.html?actor=-"


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"verdict": "contradictd"}, "no value 'contradictd'; did you mean 'contradicted'"),
        ({"verdikt": "confirmed"}, "no facet 'verdikt'"),
    ],
)
def test_an_address_with_a_value_that_no_table_knows_is_refused(wanted, told: str) -> None:
    with pytest.raises(ExplorerError, match=told):
        facets.CLAIMS.address(**wanted)


def test_an_entry_with_a_value_that_its_facet_does_not_know_is_refused_by_name() -> None:
    facet = Facet("kind", lambda _: "Kind", lambda _: {"fact": "fact"}, lambda: {"one": ["fast"]})
    with pytest.raises(ExplorerError, match="page, entry one: facet kind has no value 'fast'"):
        Explorer("page", (facet,)).attributes(["one"], EN)


@pytest.mark.parametrize("code", LOCALES)
def test_the_start_page_leads_to_the_claims_that_it_counts(code: str) -> None:
    told = parse(start.verdicts(Language(code)))
    html = page("claims", code)
    links = told.select("li a")
    assert links
    for link in links:
        wanted: dict[str, set[str]] = {}
        for name, value in parse_qsl(urlsplit(link["href"]).query):
            wanted.setdefault(name, set()).add(value)
        rows = zip(*(held(html, name) for name in wanted), strict=True)
        met = [
            all(set(v.split()) & w for v, w in zip(row, wanted.values(), strict=True))
            for row in rows
        ]
        assert sum(met) == int(text_of(link.strong))


# Hostile cells


# One cell with all that is foul, as lists take a while to make.
EVERY_FOUL = f"{FOUL} </script><img src=x onerror=alert(1)> {{{{x}}}} {{% y %}} \u202e=cmd|' /C'!A0"


def test_cells_stay_text_wherever_they_stand_in_a_list() -> None:
    foul = EVERY_FOUL
    claim = standings().query("verdict == 'contradicted'").iloc[0]["claim_id"]
    check = load("checks").query("claim_id == @claim").iloc[0]
    changed = {
        **edited("claims", claim, text_en=foul),
        **edited("checks", check["check_id"], note_en=foul),
        **edited("sources", check["source_id"], publisher=foul, title=None),
        **edited("commitments", load("commitments").iloc[0]["commitment_id"], title_en=foul),
        **edited("glossary", load("glossary").iloc[0]["term_id"], term_en=foul),
        **edited("actors", load("positions").iloc[0]["actor_id"], name_en=foul),
        **edited("themes", load("commitments").iloc[0]["theme_id"], title_en=foul),
    }
    with what_if(**changed):
        shown = {name: parse(make(EN)) for name, (make, *_) in LISTS.items()}
    for name, html in shown.items():
        assert foul.rsplit(maxsplit=1)[-1] in html.get_text(), name
        assert {script.get("src") is not None for script in html.find_all("script")} == {True}
        assert not html.find_all(["img", "i"]), name
        assert all(not key.startswith("on") for tag in html.find_all() for key in tag.attrs)
    entry = by_id(shown["claims"], f"claim-{claim}")
    assert " ".join(foul.split()) == text_of(entry.find(class_="statement"))
