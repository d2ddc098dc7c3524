"""The page on which the tables are asked, as a reader meets it: in Chromium, from the disk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import VIEWS, Reader, in_one_language
from test_ask import HOSTILE
from test_book_browser import COLOURS, LOOKS, STRUCTURE, code, complaints, sync_api  # noqa: F401 - a fixture

from helpers.data import load
from helpers.language import LOCALES, Language
from helpers.publish.ask.addresses import addresses

pytestmark = [pytest.mark.xdist_group("book"), pytest.mark.one_of(2)]
# ruff: noqa: F811 - fixtures that are imported are parameters too
IDLE = "!document.getElementById('ask-question').disabled"
CELLS = """(box) => box && [...box.querySelectorAll("tr")].map((row) =>
  [...row.children].map((cell) => [cell.tagName, cell.textContent, cell.className,
    cell.firstChild.className, cell.firstChild.lang,
    ...["href", "class"].map((name) => cell.querySelector("a")?.getAttribute(name) ?? null)]))"""
ANCHOR = re.compile(r'\bid="([^"]+)"')


def opened(built: Path, code: str, page: sync_api.Page) -> sync_api.Page:
    page.goto((built / "book" / code / "ask.html").as_uri())
    return page


def ask(page: sync_api.Page, sql: str) -> str:
    """Ask by key alone; return what the page then says."""
    page.locator("#ask-sql").fill(sql)
    page.keyboard.press("Control+Enter")
    page.wait_for_function(IDLE)
    return page.locator("#ask-said").inner_text()


def test_prepared_questions_give_the_answers_that_stand_below(
    built: Path, code: str, visit: Reader
) -> None:
    page = opened(built, code, visit())
    for query in load("queries")["query_id"]:
        page.locator("#ask-prepared").select_option(query)
        page.locator("#ask-question").click()
        page.wait_for_function(IDLE)
        table = page.locator("#ask-answer").evaluate(CELLS)
        assert table == page.locator(f"[data-query={query}] .answer").evaluate(CELLS), query
        asked = page.locator("#ask-answer caption").inner_text()
        assert asked == page.locator(f"#ask-prepared option[value={query}]").inner_text()


@in_one_language
def test_an_identifier_in_an_answer_leads_to_where_it_is_explained(
    built: Path, code: str, visit: Reader
) -> None:
    page = opened(built, code, visit())
    ask(page, "SELECT 'aral-sea-green-belt', 'context.7.2', 'constructor', 'economy', 'no-such-id'")
    links = page.locator("#ask-answer td a")
    assert links.evaluate_all("all => all.map((a) => [a.textContent, a.className])") == [
        ["aral-sea-green-belt", ""],
        ["context.7.2", "locator"],
    ]
    links.last.focus()
    page.locator("#reading-card").wait_for()
    folder, ids = built / "book" / code, {}
    for address in addresses().values():
        name, _, anchor = address.partition("#")
        if name not in ids:
            ids[name] = {"", *ANCHOR.findall((folder / name).read_text(encoding="utf-8"))}
        assert anchor in ids[name], address


@in_one_language
def test_statements_that_are_wrong_or_write_are_refused_in_words(
    built: Path, code: str, visit: Reader
) -> None:
    page, lang = opened(built, code, visit()), Language(code)
    for sql, phrase, told in [
        ("SELEC 1", "ask-error", 'near "SELEC": syntax error'),
        ("SELECT claim FROM claims", "ask-error", "no such column: claim"),
        ("DELETE FROM claims", "ask-read-only", "attempt to write a readonly database"),
        ("DROP TABLE claims", "ask-read-only", "attempt to write a readonly database"),
        ("  -- nothing", "ask-empty", ""),
        ("SELECT 1 WHERE 0", "ask-no-rows", ""),
    ]:
        said = ask(page, sql)
        assert said.startswith(lang.phrase(phrase)) and said.endswith(told), sql
        assert page.locator("#ask-answer table").count() == 0
    both = ask(page, "PRAGMA query_only = OFF; DELETE FROM claims")
    assert both == lang.phrase("ask-one", count=2)
    ask(page, "PRAGMA query_only = OFF")
    assert ask(page, "DELETE FROM claims").startswith(lang.phrase("ask-read-only"))
    assert ask(page, "SELECT count(*) FROM claims") == lang.phrase("ask-rows", count=1)
    assert page.locator("#ask-answer td").inner_text() == str(len(load("claims")))


@in_one_language
def test_long_answers_are_cut_and_endless_ones_stopped(
    built: Path, code: str, visit: Reader
) -> None:
    page, lang = opened(built, code, visit()), Language(code)
    count = len(load("passages"))
    said = ask(page, "SELECT * FROM passages")
    assert said == lang.phrase("ask-shown", shown=100, count=count)
    assert page.locator("#ask-answer tbody tr").count() == 100
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n"
    assert ask(page, endless.format("i")) == lang.phrase("ask-cut", shown=100, most=20_000)
    page.locator("#ask-sql").fill(endless.format("max(i)"))
    page.keyboard.press("Control+Enter")
    page.locator("#ask-stop").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(IDLE)
    assert page.locator("#ask-said").inner_text() == lang.phrase("ask-stopped")
    assert page.evaluate("document.activeElement.id") == "ask-question", "the focus is not lost"
    assert ask(page, "SELECT 1") == lang.phrase("ask-rows", count=1)


def test_cells_are_text_on_the_page_and_in_the_file(built: Path, visit: Reader) -> None:
    page = opened(built, "ar", visit())
    quoted = ["'" + cell.replace("'", "''") + "'" for cell in HOSTILE]
    columns = ", ".join(f'{text} AS "<b>{place}"' for place, text in enumerate(quoted))
    ask(page, f"SELECT {columns}, -1.5 AS number, NULL AS none, 'سمرقند' AS place")
    box = page.locator("#ask-answer")
    assert box.locator("img, script, b").count() == 0
    assert box.locator("td").all_text_contents() == [*HOSTILE, "-1.5", "—", "سمرقند"]
    assert box.locator("th").first.text_content() == "<b>0"
    with page.expect_download() as download:
        page.locator("#ask-download").click()
    text = Path(download.value.path()).read_bytes().decode("utf-8")
    assert text.startswith("\ufeff") and text.endswith("\r\n")
    header, row, end = text.removeprefix("\ufeff").split("\r\n")
    assert (header.split(",")[0], end) == ("<b>0", "")
    fields = [
        HOSTILE[0],
        HOSTILE[1],
        '"""quoted"" and \'quoted\'"',
        HOSTILE[3],
        f"'{HOSTILE[4]}",
        "-1.5",
        "",
        "سمرقند",
    ]
    assert row == ",".join(fields)


@in_one_language
def test_the_form_is_walked_by_key(built: Path, code: str, visit: Reader) -> None:
    page = opened(built, code, visit())
    button = page.locator("[data-ask=events-by-city]")
    button.locator("xpath=ancestor::details").locator("summary").focus()
    page.keyboard.press("Enter")
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "ask-sql"
    assert page.locator("#ask-prepared").input_value() == "events-by-city"
    assert f"place_{code}" in page.locator("#ask-sql").input_value()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(IDLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "ask-download"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "ask-answer", "it can be scrolled by key"


def test_the_address_holds_what_is_asked_and_the_other_language_asks_it_too(
    built: Path, code: str, visit: Reader
) -> None:
    page = opened(built, code, visit())
    other = Language(next(each for each in LOCALES if each != code))
    page.locator("#ask-prepared").select_option("events-by-city")
    page.locator("#ask-sql").fill("SELECT 'سمرقند' AS \"a&b\"")
    page.locator("#ask-sql").blur()
    page.reload()
    assert page.locator("#ask-prepared").input_value() == "events-by-city"
    assert page.locator("#ask-sql").input_value() == "SELECT 'سمرقند' AS \"a&b\""
    assert page.locator("#ask-answer table").count() == 0, "nothing is run unasked"
    page.locator("a.language-switch:visible").first.click()
    page.wait_for_url(f"**/{other.code}/ask.html?*")
    assert page.locator("#ask-sql").input_value() == "SELECT 'سمرقند' AS \"a&b\""
    page.goto(page.url.split("?")[0] + "?query=nobody")
    assert page.locator("#ask-said").inner_text() == other.phrase("ask-unknown", value="nobody")
    ask(page, "SELECT 1")
    page.locator("#ask-sql").fill("SELECT 2")
    page.emulate_media(media="print")
    assert page.locator("#ask-answer table").is_visible()
    asked = page.locator("#ask-answer pre")
    assert asked.inner_text() == "SELECT 1", "what was asked stands with its answer on paper"
    assert page.locator("[data-query=events-by-city] pre").bounding_box()["height"] > 0
    page.emulate_media(media="screen")
    assert not asked.is_visible()


@pytest.mark.one_of(3)
@pytest.mark.parametrize("view", LOOKS)
@in_one_language
def test_axe_finds_nothing_with_an_answer_and_with_a_fault(
    built: Path, code: str, visit: Reader, view: str
) -> None:
    options = LOOKS[view]
    page = opened(built, code, visit(view))
    page.locator("#ask .fields summary").first.click()
    assert ask(page, "SELECT * FROM themes LIMIT 3")
    page.locator("#ask-answer table").wait_for()
    told = "#ask" if options is STRUCTURE else "#ask-answer"
    assert complaints(page, options, told) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= VIEWS[view][1]
    if options is not STRUCTURE:
        ask(page, "SELEC")
        assert complaints(page, COLOURS, "#ask-said") == []


@in_one_language
def test_without_script_the_answers_stand_there(
    built: Path, code: str, browser: sync_api.Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(built, code, context.new_page())
    assert not page.locator("#ask-sql").is_visible()
    assert page.get_by_text(Language(code).phrase("ask-no-script")).is_visible()
    assert page.locator("#ask .fields summary").first.is_visible()
    for query in load("queries")["query_id"]:
        assert page.locator(f"[data-query={query}] table").is_visible()
    context.close()


@in_one_language
def test_no_other_page_loads_what_this_one_needs(built: Path, code: str) -> None:
    for path in (built / "book" / code).glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert ("ask-database.js" in text) == (path.stem == "ask"), path.name
        assert path.stem == "ask" or "stored.js" not in text
    assert (built / "book" / "ask" / "stored.js").is_file()
