"""The page on which codes are changed, as a reader meets it: in Chromium, from the disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pandas as pd
import pytest
from browsing import VIEWS, Reader, in_one_language
from test_book_browser import COLOURS, LOOKS, STRUCTURE, code, complaints, sync_api  # noqa: F401 - a fixture

from helpers import argument
from helpers.data import links, load
from helpers.language import Language
from helpers.publish.what_if.settings import told
from helpers.publish.what_if.shown import values

pytestmark = [pytest.mark.xdist_group("book"), pytest.mark.one_of(2)]
# ruff: noqa: F811 - fixtures that are imported are parameters too
CELLS = "(all) => all.map((cell) => [cell.dataset.key, cell.dataset.unit, cell.innerText])"
STATED = argument.stated(links())
DIALOGUE = ("counter-terrorism-dialogue", "agree")


def opened(built: Path, code: str, page: sync_api.Page, query: str = "") -> sync_api.Page:
    page.goto((built / "book" / code / "what-if.html").as_uri() + query)
    return page


def unfold(page: sync_api.Page) -> None:
    page.locator("#what-if-form").evaluate(
        "(form) => form.querySelectorAll('details').forEach((each) => { each.open = true; })"
    )


def marked(page: sync_api.Page) -> dict[str, str]:
    """Return what each number that is marked as changed says, without its sign."""
    cells = page.locator("td[data-key].changed").evaluate_all(CELLS)
    return {key: " ".join(text.split()) for key, _, text in cells}


def expected(changed: argument.Material, lang: Language) -> dict[str, tuple[str, str]]:
    """Return the numbers that change, as they are told, with the published ones."""
    units = {"attention": "share", "weight": "share", "carried": "share"}
    before, after = values(argument.published()), values(changed)
    found = {}
    for key, value in after.items():
        parts = key.split()
        unit = units.get(parts[0], "flag" if (parts[0], len(parts)) == ("loose", 4) else "count")
        words = (told(value, unit, lang), told(before[key], unit, lang))
        if words[0] != words[1]:
            found[key] = words
    return found


def turned_rows(page: sync_api.Page) -> set[str]:
    rows = page.locator("tr.turned").evaluate_all("(all) => all.map((r) => r.dataset.conclusion)")
    return set(rows)


@in_one_language
def test_forms_offer_all_that_may_be_changed_as_it_is_published(
    built: Path, code: str, visit: Reader
) -> None:
    page, lang = opened(built, code, visit()), Language(code)
    boxes = page.locator("input[name=link]").evaluate_all("(all) => all.map((b) => b.value)")
    assert sorted(boxes) == sorted(set(links()["link_id"]) - set(STATED["link_id"]))
    items = page.locator("select[data-item]").evaluate_all(
        "(all) => all.map((s) => [s.dataset.item, s.value])"
    )
    published = {item.item_id: item.strength for item in argument.published().outcomes}
    assert dict(items) == published
    points = page.locator("#what-if-point option").evaluate_all("(all) => all.map((o) => o.value)")
    assert sorted(points) == sorted(load("points")["point_id"])
    count = len(load("conclusions"))
    said = page.locator("#what-if-said").inner_text()
    assert said == lang.phrase("what-if-as-published", count=count, all=count)
    assert not page.locator("#what-if-changed").is_visible() and not marked(page)


@in_one_language
def test_links_left_out_turn_conclusions_and_mark_what_changes(
    built: Path, code: str, visit: Reader
) -> None:
    """Python says the same of the report by stated links alone, in numbers and in words."""
    page, lang = opened(built, code, visit()), Language(code)
    before = argument.published()
    after = argument.recoded(before, links=STATED)
    unfold(page)
    page.locator("[data-count='']").click()
    turned = argument.turned(load("conclusions"), before, after)
    assert turned_rows(page) == set(turned["conclusion_id"])
    shown = page.locator("td[data-key]").evaluate_all("(all) => all.map((c) => c.dataset.key)")
    told = {key: words for key, words in expected(after, lang).items() if key in shown}
    found = marked(page)
    assert found.keys() == told.keys()
    for key, (now, was) in told.items():
        assert found[key].startswith(now), key
        assert found[key].endswith(lang.phrase("what-if-published", value=was)), key
    said = page.locator("#what-if-said").inner_text()
    count = len(load("conclusions"))
    assert said.startswith(lang.phrase("what-if-turned", count=len(turned), all=count))
    assert said.endswith(lang.phrase("what-if-numbers", numbers=len(told)))
    first = page.locator("tr.turned .standing").first.inner_text()
    assert first == f"✗ {lang.phrase('what-if-falls-now')}"


@in_one_language
def test_the_address_holds_what_is_changed_over_a_reload_and_the_other_language(
    built: Path, code: str, visit: Reader
) -> None:
    page = opened(built, code, visit())
    unfold(page)
    page.locator("[data-count='']").click()
    page.locator("input[name=link]").first.check()
    page.locator(f"select[data-item={DIALOGUE[0]}]").select_option(DIALOGUE[1])
    page.locator("#what-if-point").select_option("context-world-change")
    page.locator("#what-if-share-security").fill("100")
    page.locator("#what-if-share-security").blur()
    pairs = dict(parse_qsl(urlsplit(page.url).query))
    first = page.locator("input[name=link]").first.get_attribute("value")
    assert (pairs["inferred"], pairs["with"]) == ("none", first), "the shorter way to say it"
    assert pairs["strength"] == "_".join(DIALOGUE)
    point, *shares = pairs["weights"].split("_")
    assert point == "context-world-change" and {"security", "100"} <= set(shares)
    said = [marked(page), turned_rows(page), page.locator("#what-if-changed li").count()]
    page.reload()
    assert [marked(page), turned_rows(page), page.locator("#what-if-changed li").count()] == said
    switch = page.locator("a.language-switch").first
    switch.evaluate("(link) => link.addEventListener('click', (e) => e.preventDefault())")
    switch.click()
    assert dict(parse_qsl(urlsplit(switch.evaluate("(link) => link.href")).query)) == pairs


@in_one_language
def test_what_the_page_does_not_know_in_an_address_is_told_and_left_aside(
    built: Path, code: str, visit: Reader
) -> None:
    lang, page = Language(code), visit()
    hostile = "<img src=x onerror=alert(1)>"
    wrong = [
        ("without", "no-such-link"), ("with", hostile), ("inferred", "all"), ("other", "1"),
        ("strength", f"{DIALOGUE[0]}_found"), ("strength", "no-such_agree"),
        ("strength", "_".join([*DIALOGUE, "agree"])), ("weights", "context-world-change"),
        ("weights", "no-such_security_1"), ("weights", "context-world-change_no-such_1"),
        ("weights", "context-world-change_security_-1"), ("weights", "toString_security_1"),
        ("weights", "context-world-change_security_"), ("__proto__", "1"),
    ]  # fmt: skip
    opened(built, code, page, f"?{urlencode([*wrong, ('strength', '_'.join(DIALOGUE))])}")
    told = page.locator("#what-if-said .fault").all_inner_texts()
    assert told == [lang.phrase("explorer-unknown", value=f"{n}={v}") for n, v in wrong]
    assert page.locator("#what-if-said img").count() == 0
    assert page.locator("#what-if-changed li").count() == 1, "what it knows, it does"
    assert turned_rows(page) == {"security-no-act"}


@in_one_language
def test_weights_that_cannot_be_are_told_and_the_point_keeps_its_own(
    built: Path, code: str, visit: Reader
) -> None:
    page, lang = opened(built, code, visit()), Language(code)
    unfold(page)
    page.locator("#what-if-point").select_option("context-world-change")
    for field in page.locator("#what-if-shares input").all():
        field.fill("0")
    field.blur()
    assert page.locator("#what-if-no-weights").inner_text() == lang.phrase("what-if-no-weights")
    page.locator("#what-if-share-energy").fill("-5")
    page.locator("#what-if-share-energy").blur()
    assert page.locator("#what-if-no-weights").is_visible()
    page.locator("#what-if-share-energy").fill("5")
    page.locator("#what-if-share-energy").blur()
    assert not page.locator("#what-if-no-weights").is_visible()
    weights = pd.DataFrame(
        [("context-world-change", "energy", 1.0)], columns=["point_id", "theme_id", "weight"]
    )
    after = argument.recoded(argument.published(), weights=weights)
    assert marked(page).keys() == {
        key for key in expected(after, lang) if not key.startswith("loose")
    }


@in_one_language
def test_the_page_is_walked_by_key(built: Path, code: str, visit: Reader) -> None:
    """Open a form, change a code, take the change back, start anew: the focus is never lost."""
    page, lang = opened(built, code, visit()), Language(code)
    page.locator("#what-if-form summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert turned_rows(page), "the first button leaves all inferred links out"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("input[name=link]").first.is_checked()
    undo = page.locator("#what-if-changed li button")
    count = undo.count()
    undo.first.focus()
    page.keyboard.press("Enter")
    assert undo.count() == count - 1
    named = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert named.startswith(lang.phrase("what-if-undo"))
    page.locator("#what-if-reset").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not turned_rows(page) and not marked(page) and "?" not in page.url
    assert page.locator("input[name=link]:not(:checked)").count() == 0


@pytest.mark.one_of(3)
@pytest.mark.parametrize("view", LOOKS)
@in_one_language
def test_axe_finds_nothing_with_codes_changed(
    built: Path, code: str, visit: Reader, view: str
) -> None:
    query = urlencode([("inferred", "none"), ("strength", "_".join(DIALOGUE)), ("no", "such")])
    options = LOOKS[view]
    page = opened(built, code, visit(view), f"?{query}")
    unfold(page)
    assert complaints(page, options) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= VIEWS[view][1]


@in_one_language
def test_without_script_the_published_numbers_stand_there(
    built: Path, code: str, browser: sync_api.Browser
) -> None:
    context, lang = browser.new_context(java_script_enabled=False), Language(code)
    page = opened(built, code, context.new_page())
    assert page.get_by_text(lang.phrase("what-if-no-script")).is_visible()
    assert not page.locator("#what-if-codes").is_visible()
    assert not page.locator("#what-if-said").is_visible()
    published = values(argument.published())
    cells = page.locator("td[data-key]").evaluate_all(CELLS)
    assert {key: text for key, _, text in cells} == {
        key: told(published[key], unit, lang) for key, unit, _ in cells
    }
    assert {key.split()[0] for key, _, _ in cells} == {key.split()[0] for key in published}
    verdicts = page.locator("tr[data-conclusion] .standing").all_inner_texts()
    held = argument.judge(load("conclusions").sort_values("order"), argument.published())["holds"]
    assert verdicts == [lang.phrase("holds" if holds else "falls") for holds in held]
    context.close()


def test_the_script_tells_numbers_as_the_build_does(built: Path, code: str, visit: Reader) -> None:
    """With a change that is taken back, every number is written by the script, and reads alike."""
    page = opened(built, code, visit())
    told = page.locator("td[data-key]").evaluate_all(CELLS)
    query = urlencode({"strength": "_".join(DIALOGUE)})
    opened(built, code, page, f"?{query}")
    page.locator("#what-if-reset").click()
    assert page.locator("td[data-key]").evaluate_all(CELLS) == told


@in_one_language
def test_the_page_can_be_reached_and_no_other_loads_its_scripts(built: Path, code: str) -> None:
    pages = {
        path.stem: path.read_text(encoding="utf-8")
        for path in (built / "book" / code).glob("*.html")
    }
    assert {name for name, text in pages.items() if "argument.js" in text} == {"what-if"}
    assert all('href="what-if.html"' in pages[name] for name in ("index", "conclusions", "ask"))


def test_paper_says_what_was_changed_and_nothing_where_nothing_was(
    built: Path, code: str, visit: Reader
) -> None:
    page = opened(built, code, visit())
    page.emulate_media(media="print")
    assert not page.locator("#what-if-said").is_visible()
    page = opened(built, code, page, "?inferred=none")
    assert page.locator("#what-if-changed li bdi").is_visible(), "else the numbers pass for ours"
    assert page.locator("#what-if-said").is_visible()
    assert not page.locator("#what-if-changed button").first.is_visible()
    page.emulate_media(media="screen")
