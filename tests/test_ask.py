"""The tables asked in SQL: the database of the page, the prepared questions, what stands there."""

from __future__ import annotations

import base64
import gzip
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from helpers import argument, evidence
from helpers.argument.structure import LEADS_NOWHERE
from helpers.data import links, load, promise_events, promises, table_names, what_if
from helpers.data.schema import package, stored
from helpers.export import CODES, to_sqlite
from helpers.language import LOCALES, Language
from helpers.publish.ask import database, page, questions
from helpers.publish.ask.addresses import addresses
from helpers.publish.ask.layout import laid_out

QUERIES = load("queries").set_index("query_id")
# What a statement may do that only reads: select, read a column, call a function, recurse.
READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "\"quoted\" and 'quoted'",
    "\u202eturned\u202c",
    "=HYPERLINK('x')",
]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The database that readers export."""
    path = to_sqlite(tmp_path_factory.mktemp("exported") / "summit.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        yield connection


@pytest.fixture(scope="module")
def asked() -> Iterator[sqlite3.Connection]:
    """The database of the page."""
    with database.opened() as connection:
        yield connection


@pytest.fixture(params=LOCALES)
def lang(request: pytest.FixtureRequest) -> Language:
    return Language(request.param)


def answer(connection: sqlite3.Connection, query: str, code: str = "en") -> pd.DataFrame:
    sql = QUERIES.at[query, "sql"].replace(questions.LANGUAGE, code)
    return pd.read_sql(sql, connection)


# Prepared questions


def test_there_are_twelve_questions() -> None:
    assert len(QUERIES) == 12


@pytest.mark.parametrize("code", LOCALES)
@pytest.mark.parametrize("query", QUERIES.index)
def test_every_question_is_answered_by_the_exported_database(
    exported: sqlite3.Connection, query: str, code: str
) -> None:
    found = answer(exported, query, code)
    assert len(found), "a question to which nothing is the answer teaches nothing"
    assert found.columns.is_unique
    assert not found.isna().all().any(), "a column that says nothing"


@pytest.mark.parametrize("query", QUERIES.index)
def test_every_question_only_reads(exported: sqlite3.Connection, query: str) -> None:
    done = set()
    exported.set_authorizer(lambda action, *_about: done.add(action) or sqlite3.SQLITE_OK)
    try:
        answer(exported, query)
    finally:
        exported.set_authorizer(None)
    assert sqlite3.SQLITE_SELECT in done and done <= READING


def test_code_in_hints_is_closed_and_stands_in_the_query_or_may_be_put_there() -> None:
    for row in QUERIES.itertuples():
        codes = {hint: re.findall("`(.+?)`", hint) for hint in (row.hint_ar, row.hint_en)}
        assert len({frozenset(found) for found in codes.values()}) == 1, row.Index
        for hint, found in codes.items():
            assert hint.count("`") == 2 * len(found), hint
            assert any(code in row.sql for code in found), f"{row.Index}: nothing to change"


@pytest.mark.parametrize("query", QUERIES.index)
def test_a_query_laid_out_is_the_same_query(asked: sqlite3.Connection, query: str) -> None:
    sql = QUERIES.at[query, "sql"].replace(questions.LANGUAGE, "en")
    laid = laid_out(sql)
    assert "".join(laid.split()) == "".join(sql.split())
    assert laid.count("\n") >= 3 and "\n\n" not in laid
    assert asked.execute(laid).fetchall() == asked.execute(sql).fetchall()


def test_words_in_quotes_are_left_alone_when_a_query_is_laid_out() -> None:
    sql = """SELECT "a FROM b", 'x, y WHERE z''s' FROM t WHERE n BETWEEN 1 AND 2"""
    assert laid_out(sql) == (
        """SELECT "a FROM b",\n  'x, y WHERE z''s'\nFROM t\nWHERE n BETWEEN 1 AND 2"""
    )


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT verdict FROM nowhere", "no such table: nowhere"),
        ("SELECT claim_id FROM claims WHERE 0", "no rows"),
        ("DELETE FROM claims", "readonly|read-only|no rows"),
        ("SELECT 1; SELECT 2", "one statement"),
    ],
)
def test_a_question_without_an_answer_stops_the_build_by_name(sql: str, told: str) -> None:
    broken = load("queries").assign(sql=lambda t: t["sql"].where(t["order"] != 3, sql))
    with what_if(queries=broken), pytest.raises(questions.QueryError, match=told) as error:
        page.questions(Language("en"))
    assert "claims-by-theme" in str(error.value)


def test_promises_due_are_those_of_the_tracker(exported: sqlite3.Connection) -> None:
    day = pd.Timestamp(load("commitment_events")["recorded_on"].max())
    state = evidence.state(promises(), promise_events(), day)
    due = state[state["last_deadline"] < day].set_index("title_en")["schedule"]
    found = answer(exported, "promises-due").set_index("promise")["in_time"]
    named = found.map({1: "met", 0: "met_late"}).fillna("overdue")
    assert named.to_dict() == due.astype(str).to_dict()


def test_factors_that_lead_to_no_outcome_are_those_of_the_argument(
    exported: sqlite3.Connection,
) -> None:
    found = answer(exported, "factors-to-outcomes").set_index("factor")
    points = load("points")
    factors = points[points["stage"] == argument.first_stage()].set_index("point_id")["title_en"]
    for column, chosen in (("outcomes", links()), ("by_stated_links", argument.stated(links()))):
        loose = factors.index.intersection(argument.loose(points, chosen, LEADS_NOWHERE))
        assert set(found.index[found[column] == 0]) == set(factors[loose])


# The database


def test_every_code_has_its_words_in_the_database(exported: sqlite3.Connection) -> None:
    rows = exported.execute(f"SELECT * FROM {CODES}").fetchall()
    expected = [
        (f"{entry['name']}.{field['name']}", code["value"], n, code["title_ar"], code["title_en"])
        for entry in package()["resources"]
        for field in entry["schema"]["fields"]
        for n, code in enumerate(field.get("codes", []), start=1)
    ]
    assert rows == expected and len(rows) > 200


def test_the_page_has_all_tables_but_the_words_of_the_book(asked: sqlite3.Connection) -> None:
    held = {name for (name,) in asked.execute("SELECT name FROM sqlite_master WHERE sql NOTNULL")}
    words = {entry["name"] for entry in package()["resources"] if entry.get("interface")}
    assert {"figures", "phrases", "queries", "plan_steps"} <= words
    assert held == set(table_names()) - words | {CODES}
    for table in held - {CODES}:
        ((count,),) = asked.execute(f'SELECT count(*) FROM "{table}"')
        assert count == len(load(table)), table


def test_nothing_is_written_to_the_database_of_the_page(asked: sqlite3.Connection) -> None:
    for sql in ("DELETE FROM claims", "CREATE TABLE own (a)", "UPDATE themes SET title_en = 'x'"):
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            asked.execute(sql)


def test_program_and_tables_travel_packed_and_alike_every_time(tmp_path: Path) -> None:
    database.write(tmp_path)
    stored_script = (tmp_path / database.FOLDER / database.STORED).read_text(encoding="utf-8")
    assert stored_script == database.script()
    assert len(stored_script) < 1_050_000, "the page has grown; what need not be in it?"
    text = re.fullmatch(rf"window\.{database.NAME} = (.*);\n", stored_script)
    parts = {
        name: gzip.decompress(base64.b64decode(part)) for name, part in json.loads(text[1]).items()
    }
    assert parts["program"].startswith(b"\x00asm")
    assert parts["tables"].startswith(b"SQLite format 3")
    assert (tmp_path / database.FOLDER / database.LIBRARY).is_file()


# The page


def test_tables_and_fields_are_listed_with_their_titles(lang: Language) -> None:
    made = BeautifulSoup(page.editor(lang), "html.parser")
    listed = {item.summary.code.text: item for item in made.find_all("details")}
    assert list(listed) == [entry["name"] for entry in database.asked()] + [CODES]
    suffix = "" if lang.code == "en" else f"_{lang.code}"
    for name in list(listed)[:-1]:
        entry = stored(name)
        assert listed[name].summary.text.strip() == f"{name} {entry[f'title{suffix}']}"
        told = [" ".join(item.text.split()) for item in listed[name].find_all("li")]
        fields = entry["schema"]["fields"]
        assert told == [f"{field['name']} {field[f'title{suffix}']}" for field in fields]


def test_answers_stand_in_tables_with_headings_and_aligned_numbers(lang: Language) -> None:
    made = BeautifulSoup(page.questions(lang), "html.parser")
    tables = made.find_all("table")
    assert len(tables) == len(QUERIES)
    for table in tables:
        assert table.caption.text.strip()
        assert all(heading["scope"] == "col" for heading in table.thead.find_all("th"))
        numeric = [th.get("class") == ["number"] for th in table.thead.find_all("th")]
        for row in table.tbody.find_all("tr"):
            assert [td.get("class") == ["number"] for td in row.find_all("td")] == numeric


def test_identifiers_in_answers_are_links_and_words_are_not(lang: Language) -> None:
    made = BeautifulSoup(page.questions(lang), "html.parser")
    for row in made.select("[data-query=contradicted-claims] tbody tr"):
        claim, *rest = row.find_all("td")
        assert claim.a["href"].endswith(f"#{claim.text}") and claim.a["class"] == ["locator"]
        assert not any(cell.a for cell in rest)
    (sources,) = made.select("[data-query=values-apart] tbody")
    assert {link["href"].partition("#")[0] for link in sources.find_all("a")} == {"sources.html"}
    assert {link.text for link in sources.find_all("a")} <= set(load("sources")["source_id"])


def test_no_word_of_a_text_is_taken_for_an_identifier() -> None:
    """Cells do not say what they hold: a theme is named as its id, a city as its term."""
    words = [*load("themes")["theme_id"], *load("glossary")["term_id"], *table_names()]
    known = addresses()
    assert [word for word in words if word.isalpha() and word in known] == []
    promise = load("commitments")["commitment_id"].iloc[0]
    assert known[promise] == f"commitments.html#commitment-{promise}"


def test_a_long_answer_is_cut_and_says_so(lang: Language, monkeypatch) -> None:
    monkeypatch.setattr(page, "MOST", 5)
    made = BeautifulSoup(page.questions(lang), "html.parser")
    table = made.find(attrs={"data-query": "contradicted-claims"}).table
    assert len(table.tbody.find_all("tr")) == 5
    assert table.caption.text == lang.phrase("ask-shown", shown=5, count=17)


@pytest.mark.parametrize("cell", HOSTILE)
def test_cells_and_questions_stay_text(cell: str) -> None:
    faulted = load("checks").query("verdict == 'imprecise'")["claim_id"]
    claims = load("claims").assign(
        text_en=lambda t: t["text_en"].where(~t["claim_id"].isin(faulted), cell)
    )
    hostile = load("queries").assign(hint_en=cell)
    with what_if(claims=claims, queries=hostile):
        html = page.questions(Language("en"))
        box = BeautifulSoup(page.editor(Language("en")), "html.parser")
    made = BeautifulSoup(html, "html.parser")
    assert not made.find_all(["img", "script"]) and not box.find_all(["img", "script"])
    table = made.find(attrs={"data-query": "contradicted-claims"}).table
    assert cell in [td.text for td in table.find_all("td")]
    assert made.find(class_="hint").text.replace("`", "") == cell.replace("`", "")
