"""Entries of the generated pages say what the tables say, all of it, under the right id."""

from __future__ import annotations

import functools
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from reading import FOUL, added, by_id, edited, in_words, line, links_of, parse, text_of

from helpers import argument, data
from helpers.data import load
from helpers.language import LOCALES, Language
from helpers.publish import entries
from helpers.publish.targets import targets

EN = Language("en")
SECTIONS = list(load("sections")["section_id"])
KNOWN = targets()
labels = functools.cache(Language.labels)


@functools.cache
def passages_page(section: str, code: str) -> BeautifulSoup:
    return parse(entries.passages(section, Language(code)))


@functools.cache
def page(kind: str, code: str) -> BeautifulSoup:
    return parse(getattr(entries, kind)(Language(code)))


def reading_order() -> dict[str, int]:
    table = load("passages").merge(load("sections"), on="section_id", validate="m:1")
    ordered = table.sort_values(["order", "paragraph", "sentence"])["passage_id"]
    return {passage: place for place, passage in enumerate(ordered)}


def section_of(claim_id: str) -> str:
    return claim_id.split(".", maxsplit=1)[0]


# Passages and claims


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_lists_its_passages_in_order_with_their_claims(section: str) -> None:
    table = load("passages").query("section_id == @section")
    claims = load("claims")
    html = passages_page(section, "en")
    listed = [block["id"] for block in html.find_all("section", class_="passage")]
    assert listed == list(table.sort_values(["paragraph", "sentence"])["passage_id"])
    for passage in listed:
        held = [block["id"] for block in by_id(html, passage).find_all("div", class_="claim")]
        assert sorted(held) == sorted(claims[claims["passage_id"] == passage]["claim_id"])


def test_every_paragraph_has_its_heading_above_its_passages(code: str) -> None:
    lang = Language(code)
    table = load("passages").query("section_id == 'context'")
    text = entries.passages("context", lang)
    for paragraph, rows in table.groupby("paragraph"):
        heading = f"## {lang.phrase('paragraph-number', number=lang.number(paragraph))}\n"
        below = text.split(heading)[1].split("\n## ")[0]
        assert [p["id"] for p in parse(below).find_all("section")] == list(rows["passage_id"])


@pytest.mark.parametrize("section", SECTIONS)
def test_a_claim_has_its_text_its_kind_and_a_link_to_itself(section: str, code: str) -> None:
    lang = Language(code)
    html = passages_page(section, code)
    claims = load("claims")
    for claim in claims[claims["claim_id"].str.startswith(f"{section}.")].itertuples():
        block = by_id(html, claim.claim_id)
        (statement,) = block.find_all("p", class_="statement")
        assert text_of(statement) == " ".join(getattr(claim, f"text_{code}").split())
        (kind,) = block.find_all("span", class_="kind")
        assert text_of(kind) == labels(lang, "claims", "kind")[claim.kind]
        assert links_of(block)[f"#{claim.claim_id}"] == in_words(claim.claim_id, code)


def test_every_verdict_stands_with_its_note_its_day_and_both_its_sources(code: str) -> None:
    lang = Language(code)
    for check in load("checks").itertuples():
        block = by_id(passages_page(section_of(check.claim_id), code), check.claim_id)
        (line_,) = block.find_all("p", class_="check")
        word = labels(lang, "checks", "verdict")[check.verdict]
        assert check.verdict in line_.strong["class"]
        assert word in text_of(line_.strong)
        assert (text_of(line_.strong) != word) == (check.confidence == "low")
        assert text_of(line_).endswith(in_words(getattr(check, f"note_{code}"), code))
        below = line_.find_next_sibling("p")
        cited = [s for s in (check.source_id, check.second_source_id) if pd.notna(s)]
        assert list(links_of(below)) == [KNOWN["sources"][source] for source in cited]
        day = lang.date(check.checked_on, check.checked_on_precision)
        assert lang.phrase("checked-on", date=day) in text_of(below)


def test_a_repeat_leads_to_its_first_and_carries_its_verdict() -> None:
    checked = set(load("checks")["claim_id"])
    repeats = load("claims").dropna(subset=["same_as"])
    judged = repeats[repeats["same_as"].isin(checked)]
    assert len(judged)
    for claim in repeats.itertuples():
        block = by_id(passages_page(section_of(claim.claim_id), "en"), claim.claim_id)
        repeated = block.find("p", class_="note")
        assert text_of(repeated) == f"{EN.phrase('repeats')} {in_words(claim.same_as, 'en')}"
        assert list(links_of(repeated)) == [KNOWN["claims"][claim.same_as]]
        first = by_id(passages_page(section_of(claim.same_as), "en"), claim.same_as)
        verdicts = [text_of(p) for p in block.find_all("p", class_="check")]
        assert verdicts == [text_of(p) for p in first.find_all("p", class_="check")]


def test_only_repeats_are_called_repeats() -> None:
    repeats = set(load("claims").dropna(subset=["same_as"])["claim_id"])
    word = EN.phrase("repeats")
    for section in SECTIONS:
        for block in passages_page(section, "en").find_all("div", class_="claim"):
            notes = block.find_all("p", class_="note")
            says = any(note.get_text().startswith(word) for note in notes)
            assert says == (block["id"] in repeats), block["id"]


def test_a_claim_that_was_checked_twice_has_both_verdicts() -> None:
    check = load("checks").iloc[0]
    other = "not_found" if check["verdict"] != "not_found" else "confirmed"
    more = added("checks", check["check_id"], check_id="second", verdict=other)
    with data.what_if(**more):
        html = parse(entries.passages(section_of(check["claim_id"]), EN))
    block = by_id(html, check["claim_id"])
    words = [text_of(verdict) for verdict in block.find_all("strong")]
    assert words == [labels(EN, "checks", "verdict")[v] for v in (check["verdict"], other)]
    assert len(block.find_all("p", class_="statement")) == 1


def test_a_claim_that_nobody_checked_has_no_verdict() -> None:
    claims = load("claims")
    judged = claims["same_as"].fillna(claims["claim_id"])
    for claim_id in claims[~judged.isin(load("checks")["claim_id"])]["claim_id"]:
        block = by_id(passages_page(section_of(claim_id), "en"), claim_id)
        assert block.find("strong") is None


def test_a_passage_without_claims_says_what_it_is(code: str) -> None:
    lang = Language(code)
    passages = load("passages")
    bare = passages[~passages["passage_id"].isin(load("claims")["passage_id"])]
    assert len(bare)
    for row in bare.itertuples():
        block = by_id(passages_page(row.section_id, code), row.passage_id)
        kind = labels(lang, "passages", "kind")[row.kind]
        assert text_of(block.p) == lang.phrase("passage-without-claims", kind=kind)


def test_a_passage_leads_to_the_figures_that_rest_on_it(code: str) -> None:
    lang = Language(code)
    expected: dict[str, dict[str, str]] = {}
    for row in load("figures").itertuples():
        for passage in row.passage_ids.split():
            address = f"{row.notebook}.html#{row.figure_id}"
            expected.setdefault(passage, {})[address] = getattr(row, f"title_{code}")
    for passage in load("passages").itertuples():
        block = by_id(passages_page(passage.section_id, code), passage.passage_id)
        found = line(block, lang.phrase("shown-in"))
        assert (links_of(found) if found else {}) == expected.get(passage.passage_id, {})


def test_a_passage_leads_to_the_reference_that_it_holds() -> None:
    heading = EN.heading("references", "reference_id")
    held = load("references").groupby("passage_id")["reference_id"].agg(list)
    for passage, names in held.items():
        block = by_id(passages_page(section_of(passage), "en"), passage)
        found = [p for p in block.find_all("p") if text_of(p).startswith(f"{heading}: ")]
        assert [text_of(p.a) for p in found] == names
        assert [p.a["href"] for p in found] == [KNOWN["references"][name] for name in names]


# Sources


@pytest.mark.parametrize("code", LOCALES)
def test_a_source_that_was_read_in_a_kept_copy_leads_to_it(code: str) -> None:
    kept = load("sources").dropna(subset=["archive_url"])
    assert len(kept)
    for row in kept.itertuples():
        block = by_id(page("sources", code), row.source_id)
        told = {link["href"]: link.get_text() for link in block.select("a[href]")}
        assert told[row.archive_url] == Language(code).heading("sources", "archive_url")


def test_sources_stand_in_the_order_of_their_publishers() -> None:
    listed = [block["id"] for block in page("sources", "en").find_all("div", class_="entry")]
    publishers = load("sources").set_index("source_id")["publisher"].str.lower()
    assert sorted(listed) == sorted(publishers.index)
    assert [publishers[name] for name in listed] == sorted(publishers)


def test_a_source_has_title_language_kind_day_and_where_it_was_read(code: str) -> None:
    lang = Language(code)
    for row in load("sources").itertuples():
        block = by_id(page("sources", code), row.source_id)
        title = block.p.bdi
        named = [part for part in (row.publisher, row.title) if pd.notna(part)]
        assert text_of(title) == " ".join(" – ".join(named).split())
        assert title.get("lang") == (row.language if pd.notna(row.language) else None)
        address = block.p.a["href"] if block.p.a else None
        assert address == (row.url if pd.notna(row.url) else None)
        about = [labels(lang, "sources", "kind")[row.kind]]
        about += [lang.date(row.date, row.precision)] if pd.notna(row.date) else []
        if pd.notna(row.carrier):
            about += [lang.phrase("read-through", carrier=row.carrier)]
        assert text_of(block.find("p", class_="note")).split(" · ") == about


def test_a_source_lists_every_claim_that_it_judges_in_reading_order() -> None:
    order = reading_order()
    checks = load("checks")
    for source in load("sources")["source_id"]:
        uses = (checks["source_id"] == source) | (checks["second_source_id"] == source)
        expected = set(checks[uses]["claim_id"])
        found = line(by_id(page("sources", "en"), source), EN.phrase("judges"))
        links = found.find_all("a") if found else []
        listed = [link["href"].partition("#")[2] for link in links]
        assert set(listed) == expected
        assert len(listed) == len(expected), "a claim stands once"
        places = [order[claim.rsplit("-", 1)[0]] for claim in listed]
        assert places == sorted(places)
        for claim, link in zip(listed, links, strict=True):
            assert link["href"] == KNOWN["claims"][claim]
            assert text_of(link) == in_words(claim, "en")
            assert link["class"] == ["locator"], "a card can be shown of it"


def test_a_source_without_an_address_is_no_link() -> None:
    name = load("sources").dropna(subset=["url"]).iloc[0]["source_id"]
    with data.what_if(**edited("sources", name, url=None, language=None)):
        block = by_id(parse(entries.sources(EN)), name)
    assert block.p.a is None
    assert "lang" not in block.p.bdi.attrs


# References


def test_a_reference_has_its_words_its_address_and_its_state(code: str) -> None:
    lang = Language(code)
    for row in load("references").itertuples():
        block = by_id(page("references", code), row.reference_id)
        words = [part for part in (row.authors, row.title, row.publisher) if pd.notna(part)]
        assert text_of(block.p) == f"{row.reference_id} {' '.join('. '.join(words).split())}"
        outside = [a["href"] for a in block.p.find_all("a")][1:]
        assert outside == ([row.url] if pd.notna(row.url) else [])
        status = labels(lang, "references", "url_status")[row.url_status]
        about = text_of(block.find("p", class_="note"))
        assert about.endswith(f"{lang.phrase('address')}: {status}")
        assert about.startswith(lang.date(row.date, row.precision))
        note = getattr(row, f"note_{code}")
        if pd.notna(note):
            assert " ".join(note.split()) in [text_of(p) for p in block.find_all("p")]


def test_a_reference_lists_the_claims_inferred_to_rest_on_it() -> None:
    resting = load("claim_references").groupby("reference_id")["claim_id"].agg(list)
    assert len(resting)
    for name in load("references")["reference_id"]:
        found = line(by_id(page("references", "en"), name), EN.phrase("rests-on-it"))
        listed = [text_of(link) for link in found.find_all("a")] if found else []
        assert listed == [in_words(claim, "en") for claim in resting.get(name, [])]


# Glossary


def test_a_term_has_both_names_its_kind_and_where_it_is_first_printed(code: str) -> None:
    lang = Language(code)
    other = next(Language(each) for each in LOCALES if each != code)
    for row in load("glossary").itertuples():
        head = by_id(page("glossary", code), f"term-{row.term_id}")
        pair = head.span.extract()
        assert text_of(pair) == " ".join(getattr(row, f"term_{other.code}").split())
        assert (pair["lang"], pair["dir"]) == (other.code, other.direction)
        assert text_of(head) == " ".join(getattr(row, f"term_{code}").split())
        head.append(pair)
        body = head.find_next_sibling("dd")
        definition = " ".join(getattr(row, f"definition_{code}").split())
        assert text_of(body.find("span", class_="definition")) == definition
        kind = lang.label("glossary", "kind", row.kind)
        assert text_of(body.find("span", class_="kind")).startswith(f"{kind} · ")
        assert links_of(body) == {KNOWN["passages"][row.passage_id]: in_words(row.passage_id, code)}
        note = getattr(row, f"note_{code}")
        assert (body.br is not None) == pd.notna(note)
        if pd.notna(note):
            assert text_of(body).endswith(" ".join(note.split()))


def test_a_term_is_given_as_printed_only_where_the_report_prints_it_otherwise(code: str) -> None:
    differs = 0
    for row in load("glossary").itertuples():
        body = by_id(page("glossary", code), f"term-{row.term_id}").find_next_sibling("dd")
        printed = [text_of(bdi) for bdi in body.find_all("bdi", lang="ar")]
        expected = [] if row.printed == row.term_ar else [" ".join(row.printed.split())]
        assert printed == expected
        assert (Language(code).phrase("printed-as") in text_of(body)) == bool(expected)
        differs += bool(expected)
    assert differs


def test_terms_are_in_the_order_of_a_dictionary() -> None:
    english = [text_of(dt).split(" ")[0].lower() for dt in page("glossary", "en").find_all("dt")]
    assert english == sorted(english)
    terms = load("glossary").iloc[:3].reset_index(drop=True)
    terms["term_ar"] = ["البحر", "أمل", "اسم"]
    with data.what_if(glossary=terms):
        html = parse(entries.glossary(Language("ar")))
    assert [dt.contents[0].strip() for dt in html.find_all("dt")] == ["اسم", "أمل", "البحر"]


# Errata


def test_an_erratum_has_its_place_its_kind_and_the_words_that_are_known(code: str) -> None:
    lang = Language(code)
    for row in load("errata").itertuples():
        block = by_id(page("errata", code), row.erratum_id)
        assert block.p.a["href"] == KNOWN["passages"][row.passage_id]
        assert (
            text_of(block.find("span", class_="kind")) == labels(lang, "errata", "kind")[row.kind]
        )
        for field in ("printed", "corrected"):
            found = line(block, lang.heading("errata", field))
            words = getattr(row, field)
            assert (found is not None) == pd.notna(words)
            if found is not None:
                assert text_of(found.bdi) == " ".join(words.split())
        cited = line(block, lang.phrase("sources"))
        expected = [KNOWN["sources"][row.source_id]] if pd.notna(row.source_id) else []
        assert (list(links_of(cited)) if cited else []) == expected


def test_errata_are_in_reading_order() -> None:
    order = reading_order()
    blocks = page("errata", "en").find_all("div", class_="entry")
    places = [order[block.p.a["href"].partition("#")[2]] for block in blocks]
    assert places == sorted(places)
    assert {block["id"] for block in blocks} == set(load("errata")["erratum_id"])


# Corrections


def test_a_correction_says_what_changed_what_follows_and_what_it_touches(code: str) -> None:
    lang = Language(code)
    for row in load("corrections").itertuples():
        block = by_id(page("corrections", code), row.correction_id)
        assert text_of(block.strong) == lang.date(row.date, row.precision)
        said = [text_of(part) for part in block.find_all("p")]
        assert in_words(getattr(row, f"change_{code}"), code) in said
        effect = getattr(row, f"effect_{code}")
        if pd.notna(effect):
            assert in_words(effect, code) in said
        touched = [
            name for cell in (row.tables, row.ids) if pd.notna(cell) for name in cell.split()
        ]
        found = line(block, lang.phrase("touches"))
        assert [text_of(bdi) for bdi in found.find_all("bdi")] == [
            in_words(name, code) for name in touched
        ]
        for table in row.tables.split() if pd.notna(row.tables) else []:
            assert found.find("a", href=KNOWN["tables"][table])


def test_the_latest_correction_comes_first() -> None:
    first = load("corrections").iloc[0]["correction_id"]
    more = added("corrections", first, correction_id="later", date=pd.Timestamp("2099-01-01"))
    with data.what_if(**more):
        html = parse(entries.corrections(EN))
    assert html.find("div", class_="entry")["id"] == "later"


def test_an_id_that_is_explained_nowhere_stays_bare() -> None:
    name = load("corrections").iloc[0]["correction_id"]
    with data.what_if(**edited("corrections", name, tables="claims", ids="no-such-id")):
        block = by_id(parse(entries.corrections(EN)), name)
    touched = line(block, EN.phrase("touches"))
    assert [text_of(code) for code in touched.find_all("code")] == ["claims", "no-such-id"]
    assert len(touched.find_all("a")) == 1


# The codebook


def test_the_codebook_lists_the_rules_of_each_object_in_order(code: str) -> None:
    table, html = load("codebook"), page("codebook", code)
    ordered = table.sort_values(["object", "order"])
    listed = [block["id"] for block in html.find_all("div", class_="entry")]
    assert listed == [f"rule-{rule}" for rule in ordered["rule_id"]]
    text = html.get_text()
    titles = [
        text.index(f"## {title}") for title in labels(Language(code), "codebook", "object").values()
    ]
    assert titles == sorted(titles)


def test_a_rule_has_its_code_its_text_its_name_and_both_its_examples(code: str) -> None:
    lang = Language(code)
    for rule in load("codebook").itertuples():
        block = by_id(page("codebook", code), f"rule-{rule.rule_id}")
        said = [text_of(part) for part in block.find_all("p")]
        assert f"{getattr(rule, f'rule_{code}')} {rule.rule_id}" in said
        assert (block.strong is not None) == pd.notna(rule.code)
        for stem, phrase in (("example", "example"), ("counter_example", "counter-example")):
            text = getattr(rule, f"{stem}_{code}")
            found = line(block, lang.phrase(phrase))
            assert (found and text_of(found)) == (
                f"{lang.phrase(phrase)}: {text}" if pd.notna(text) else None
            )
    block = by_id(page("codebook", code), "rule-theme-digital")
    titles = load("themes").set_index("theme_id")[f"title_{code}"]
    assert text_of(block.strong) == titles["digital"]


# The conclusions


def test_a_conclusion_says_how_it_stands_and_where_it_is_drawn(code: str) -> None:
    lang, html = Language(code), page("conclusions", code)
    table = load("conclusions").sort_values("order")
    listed = [block["id"] for block in html.find_all("div", class_="entry")]
    assert listed == [f"conclusion-{name}" for name in table["conclusion_id"]]
    standing = argument.standing(table, argument.every_coding()).set_index("conclusion_id")
    for row in table.itertuples():
        block = by_id(html, f"conclusion-{row.conclusion_id}")
        assert text_of(block.p).endswith(getattr(row, f"text_{code}"))
        assert text_of(block.strong).strip(".").casefold() == lang.phrase(
            "conclusion-number", number=lang.number(row.order)
        )
        held = standing.loc[row.conclusion_id, ["held", "tried"]]
        holds = line(block, lang.phrase("holds-under"))
        numbers = [int(number) for number in re.findall(r"\d+", text_of(holds))]
        assert numbers == (list(held) if held["tried"] else []), "0 of 0 says nothing"
        assert list(links_of(block)) == [
            f"{row.notebook}.html",
            f"{row.notebook}.html#{row.figure_id}",
        ]


# What holds for all of them


def test_a_locator_in_a_note_leads_to_its_passage_or_claim() -> None:
    name = load("references").iloc[0]["reference_id"]
    note = "see context.2.2, goals.9.99 and outcomes.2.2-a"
    with data.what_if(**edited("references", name, note_en=note)):
        block = by_id(parse(entries.references(EN)), name)
    (written,) = [p for p in block.find_all("p") if text_of(p) == in_words(note, "en")]
    assert list(links_of(written)) == [
        KNOWN["passages"]["context.2.2"],
        KNOWN["claims"]["outcomes.2.2-a"],
    ]


def test_what_is_latin_says_so_on_a_page_of_another_script() -> None:
    """A voice that reads Arabic would spell an id, and mangle the name of a publisher."""
    html = passages_page("context", "ar")
    for identifier in html.find_all("code"):
        assert identifier.find_parent("bdi")["lang"] == "en"
    languages = load("sources").set_index("source_id")["language"].dropna()
    cited = html.select('.note a[href^="sources.html#"]')
    assert cited
    for link in cited:
        source = link["href"].partition("#")[2]
        assert link.bdi.get("lang") == languages.get(source)


CELLS = {
    "claims": ["text_en"],
    "checks": ["note_en"],
    "sources": ["publisher", "title", "carrier", "url"],
    "references": ["authors", "title", "publisher", "url", "note_en"],
    "glossary": ["term_en", "term_ar", "definition_en", "printed", "note_en"],
    "errata": ["printed", "corrected", "note_en"],
    "conclusions": ["text_en"],
    "corrections": ["change_en", "effect_en", "ids"],
    "codebook": ["rule_en", "example_en", "counter_example_en"],
    "figures": ["title_en"],
}


@pytest.mark.one_of(2)
@pytest.mark.parametrize(
    "kind", ["passages", *sorted(CELLS.keys() - {"claims", "checks", "figures"})]
)
def test_nothing_that_a_cell_says_becomes_a_part_of_the_page(kind: str) -> None:
    foul = {}
    for table, fields in CELLS.items():
        frame = load(table)
        foul[table] = frame.assign(**{f: frame[f].where(frame[f].isna(), FOUL) for f in fields})
    with data.what_if(**foul):
        html = (
            entries.passages("outcomes", EN) if kind == "passages" else getattr(entries, kind)(EN)
        )
    parsed = parse(html)
    assert parsed.find("i") is None
    assert FOUL in parsed.get_text()
    for link in parsed.find_all("a"):
        assert set(link.attrs) <= {"href", "class"}
        assert link.get("class", ["locator"]) == ["locator"]


@pytest.mark.parametrize(
    "kind", ["sources", "references", "glossary", "errata", "corrections", "conclusions"]
)
def test_entries_hold_no_empty_line_so_that_markdown_passes_them_through(kind: str) -> None:
    assert "\n\n" not in getattr(entries, kind)(EN)
