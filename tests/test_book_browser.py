"""The built book as a reader meets it: in headless Chromium, from the disk, with no network."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import VIEWS, Reader, in_one_language
from bs4 import BeautifulSoup, SoupStrainer
from workers import made_once

from helpers.data import load, standings, what_if
from helpers.language import LOCALES, Language
from helpers.paths import BOOK, NODE_MODULES
from helpers.publish import handout, paper, sheets
from helpers.publish.targets import sheet_file

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
# Each language is a group of its own, since xdist joins the names of marks; the first worker that
# needs the book builds it for both, and each has one Chromium.
pytestmark = [pytest.mark.xdist_group("book"), pytest.mark.one_of(2)]
CODES = [pytest.param(code, marks=pytest.mark.xdist_group(code)) for code in LOCALES]
STATIC = BOOK / "static"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
FACE = "(selector) => getComputedStyle(document.querySelector(selector)).fontFamily"
AXE_FAULTS = """async ([within, options]) => {
  const {violations} = await axe.run(within, {resultTypes: ["violations"], ...options});
  return violations.map(({id, nodes}) =>
    `${id}: ${nodes.slice(0, 3).map(({html}) => html.slice(0, 160)).join(" | ")}`);
}"""
# What axe is to look at; contrast of colours takes it most of the time.
ALL: dict[str, object] = {}
STRUCTURE = {"rules": {"color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
LOOKS = {"mobile": STRUCTURE, "light": COLOURS, "dark": COLOURS}
# Lengths, columns and the smallest type of each slide, in one call. What a picture says is drawn
# for the size that it is shown at (test_every_chart).
SLIDES = """() => {
  const found = [];
  for (;;) {
    const slide = Reveal.getCurrentSlide();
    const reveal = document.querySelector(".reveal");
    const texts = document.createTreeWalker(reveal, NodeFilter.SHOW_TEXT);
    const sizes = [];
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement;
      const apart = parent.closest("aside, figcaption, script, .aria-status, .pause-overlay");
      if (texts.currentNode.data.trim() && !apart && parent.checkVisibility())
        sizes.push(parseFloat(getComputedStyle(parent).fontSize));
    }
    const feet = [...slide.querySelectorAll(":scope > :not(aside)")]
      .map((part) => part.getBoundingClientRect().bottom);
    const heads = [...slide.querySelectorAll(":scope > :not(aside)")]
      .map((part) => part.getBoundingClientRect().top);
    found.push([slide.scrollHeight, slide.scrollWidth, Math.min(...sizes), Math.min(...heads),
      Math.max(...feet)]);
    if (Reveal.isLastSlide()) return found;
    Reveal.next();
  }
}"""
# Elements of a page that axe and the style sheets tell apart: colours hang on them.
PARTS = [
    "figure svg.live", "figure table", "details.sources", "div.cell_input", ".verdict", ".claim",
    ".entry", "dl.terms", "ol.notebooks", "table.table", "div.highlight", "#search-results",
    "a.term", "main > a", "details.rows", "figure.verdicts", "ul.findings", "ul.doors",
    "form.explorer", "details.listed",
]  # fmt: skip
HELD = "(parts) => parts.filter((part) => document.querySelector(part))"
# What hangs on the words and numbers of a page, and so is looked at on every one.
SHAPE = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ids = all("[id]").map(({id}) => id);
  const named = (node) => node.textContent.trim() || node.getAttribute("aria-label")
    || node.title || node.querySelector("img[alt]:not([alt=''])");
  const levels = all("main h1, main h2, main h3, main h4, main h5").map(({tagName}) => +tagName[1]);
  const {lang, dir, scrollWidth} = document.documentElement;
  return {
    lang, dir, width: scrollWidth,
    "ids twice": ids.filter((id, place) => ids.indexOf(id) < place),
    "without a name": all("a[href], button").filter((node) => !named(node)).map((n) => n.outerHTML),
    "pictures without words": all("img:not([alt])").map(({src}) => src),
    "levels of headings jump": levels.filter((level, n) => level > (levels[n - 1] ?? 0) + 1),
  };
}"""


@pytest.fixture(params=CODES)
def code(request: pytest.FixtureRequest) -> str:
    return request.param


def pages_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.html"))


def examples(parts: dict[Path, set[str]], wanted: list[str]) -> set[Path]:
    """Return a few pages, the shortest that do, which have every part that is wanted."""
    chosen: set[Path] = set()
    for part in wanted:
        having = [path for path, held in parts.items() if part in held]
        assert having, f"no page has {part}"
        if not chosen & set(having):
            chosen.add(min(having, key=lambda path: path.stat().st_size))
    return chosen


def complaints(
    page: sync_api.Page, options: dict[str, object] = ALL, within: str = "html"
) -> list[str]:
    """Return what axe finds on a page, or in the parts of it that a selector names."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    return page.evaluate(AXE_FAULTS, [within, options])


def test_every_page_is_sound_and_fits_a_phone(
    built: Path, code: str, visit: Reader, everything: bool
) -> None:
    """Look at all that hangs on what a page says; the rest is the same on pages of a kind.

    Axe looks at a page of each kind in one language, half of the kinds in each; without ``--all``
    on a phone alone.
    """
    parts: dict[Path, set[str]] = {}
    found: dict[str, list[str]] = {}
    page = visit("mobile")
    for path in [*pages_of(built / "book" / code), built / "book" / "index.html"]:
        page.goto(path.as_uri())
        parts[path] = set(page.evaluate(HELD, PARTS))
        found[path.name] = list(shape_faults(page, path))
    for path in examples(parts, PARTS[list(LOCALES).index(code) :: len(LOCALES)]):
        page.goto(path.as_uri())
        found[f"{path.name}, on a phone"] = complaints(page, STRUCTURE)
        if everything:
            found |= {f"{path.name}, {view}": said for view, said in wide_faults(page)}
    faults = {place: said for place, said in found.items() if said}
    assert not faults, json.dumps(faults, ensure_ascii=False, indent=1)


def shape_faults(page: sync_api.Page, path: Path, view: str = "mobile") -> Iterator[str]:
    seen = page.evaluate(SHAPE)
    code, direction, width = seen.pop("lang"), seen.pop("dir"), seen.pop("width")
    wanted = path.parent.name if path.parent.name in LOCALES else code
    if (code, direction) != (wanted, Language(wanted).direction):
        yield f"language and direction are {code}, {direction}"
    if width > VIEWS[view][1]:
        yield f"{width} pixels wide"
    yield from (f"{fault}: {places}" for fault, places in seen.items() if places)


def wide_faults(page: sync_api.Page) -> Iterator[tuple[str, list[str]]]:
    """Look at the colours of an open page in a wide window, by day and by night."""
    scheme, width = VIEWS["mobile"]
    for view in ("light", "dark"):
        page.emulate_media(color_scheme=VIEWS[view][0])
        page.set_viewport_size({"width": VIEWS[view][1], "height": 900})
        yield view, complaints(page, LOOKS[view])
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})


def test_the_switch_of_every_page_leads_to_its_pair(built: Path, code: str) -> None:
    anchors = SoupStrainer("a")
    for path in pages_of(built / "book" / code):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser", parse_only=anchors)
        links = page.find_all("a", class_="language-switch")
        assert {link["lang"] for link in links} == set(LOCALES) - {code}, path.name
        for link in links:
            pair = (path.parent / link["href"]).resolve()
            assert pair == (built / "book" / link["lang"] / path.name).resolve()
            assert pair.is_file()


@in_one_language
def test_the_switch_is_seen_and_lands_on_the_pair(built: Path, code: str, visit: Reader) -> None:
    page = visit()
    page.goto((built / "book" / code / "sources.html").as_uri())
    page.locator("a.language-switch:visible").first.click()
    (other,) = set(LOCALES) - {code}
    assert page.url == (built / "book" / other / "sources.html").as_uri()
    assert page.evaluate("document.documentElement.lang") == other


def test_the_switch_keeps_the_place_and_is_there_on_a_phone(built: Path, visit: Reader) -> None:
    page = visit("mobile")
    page.goto((built / "book" / "ar" / "01_context.html").as_uri() + "#agreements-ladder")
    page.locator("a.language-switch:visible").click()
    assert page.url.endswith("/en/01_context.html#agreements-ladder")
    page.locator("figure#agreements-ladder").wait_for(state="visible")


def switch(page: sync_api.Page) -> None:
    """Press the switch where the page stands; Playwright's own click would scroll it first."""
    page.locator("a.language-switch:visible").first.evaluate("link => link.click()")


@pytest.mark.parametrize("view", ["light", "mobile"])
def test_the_switch_in_mid_page_lands_on_the_same_place(
    built: Path, visit: Reader, view: str
) -> None:
    page = visit(view)
    for name, target in {
        "01_context": "section-01-context-factor-tariffs",
        "sources": None,
    }.items():
        page.goto((built / "book" / "en" / f"{name}.html").as_uri())
        anchor = target or page.locator(".entry").nth(60).get_attribute("id")
        page.evaluate("id => document.getElementById(id).scrollIntoView()", anchor)
        switch(page)
        page.wait_for_url(f"**/ar/{name}.html#*")
        assert page.url.endswith(f"#{anchor}")
        box = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", anchor)
        assert 0 <= box < 200, "the place is at the top of the page"


def test_the_switch_forgets_an_address_that_was_left(built: Path, visit: Reader) -> None:
    page = visit()
    page.goto((built / "book" / "ar" / "01_context.html").as_uri() + "#agreements-ladder")
    page.evaluate("document.getElementById('section-01-context-factor-tariffs').scrollIntoView()")
    switch(page)
    page.wait_for_url("**/en/01_context.html#section-01-context-factor-tariffs")
    page.evaluate("scrollTo(0, 0)")
    switch(page)
    page.wait_for_url("**/ar/01_context.html")


def test_the_switch_keeps_open_what_is_open(built: Path, visit: Reader) -> None:
    page = visit()
    page.goto((built / "book" / "ar" / "01_context.html").as_uri())
    opened = "[...document.querySelectorAll('#main-content details')].map((d) => d.open)"
    before = page.evaluate(opened)
    page.locator("#main-content details summary").nth(2).click()
    during = page.evaluate(opened)
    assert before != during
    switch(page)
    page.wait_for_url("**/en/01_context.html*")
    assert page.evaluate(opened) == during
    page.reload()
    assert page.evaluate(opened) == before, "once, and not for good"


def test_the_switch_finds_headings_that_have_no_id_in_common(built: Path, visit: Reader) -> None:
    page = visit()
    page.set_viewport_size({"width": 1280, "height": 300})
    page.goto((built / "book" / "en" / "licence.html").as_uri())
    page.evaluate("document.querySelectorAll('#main-content h2')[1].scrollIntoView()")
    switch(page)
    page.wait_for_url("**/ar/licence.html")
    page.wait_for_function("scrollY > 0")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_picture_opens_in_full_and_can_be_read_on_a_phone(
    built: Path, code: str, visit: Reader
) -> None:
    page, lang = visit("mobile"), Language(code)
    page.goto((built / "book" / code / "01_context.html").as_uri())
    for box in page.locator("figure.shown .picture-box:has(svg.live)").all():
        figure = box.locator("xpath=ancestor::figure")
        label = figure.locator("figcaption strong").first.inner_text().removesuffix(".")
        link = figure.locator(".whole a")
        assert link.inner_text() == lang.phrase("open-picture", label=label)
        assert link.get_attribute("href").endswith(f"/{code}/{figure.get_attribute('id')}.svg")
        width, room = box.evaluate("box => [box.scrollWidth, box.clientWidth]")
        assert width == 640 and room < 360, "it keeps its size and scrolls in its box"
        head = figure.locator(".picture-head").bounding_box()
        assert head["x"] >= 0 and head["x"] + head["width"] <= 360, "its heading is seen whole"
        side = "right" if lang.is_rtl else "left"
        shown = "box => [box, box.querySelector('svg')].map((e) => e.getBoundingClientRect()[SIDE])"
        edge, start = box.evaluate(shown.replace("SIDE", json.dumps(side)))
        assert abs(edge - start) < 2, "it is first seen where it starts"


def test_a_mark_says_what_it_is_and_leads_there_by_key(
    built: Path, code: str, visit: Reader
) -> None:
    page = visit()
    page.goto((built / "book" / code / "06_since.html").as_uri())
    figure = page.locator("figure:has(svg.live)").first
    figure.locator(".past-marks").focus()
    assert figure.locator(".past-marks").bounding_box()["width"] > 50, "seen when it has the focus"
    page.keyboard.press("Tab")
    held = "document.activeElement.TAG"
    assert page.evaluate(held.replace("TAG", "tagName")) == "a", "a link of the drawing"
    name = page.evaluate("document.activeElement.querySelector('title').textContent")
    assert figure.get_by_role("link", name=name, exact=True).count() >= 1
    address = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{address}")
    assert page.locator(":target").count() == 1


def test_a_drawing_follows_the_ground_of_the_page(built: Path, code: str, visit: Reader) -> None:
    """What is written on a fill can be read on both grounds; on paper, the ground is white."""
    ground = """() => {
      const svg = document.querySelector("svg.live");
      return [svg, svg.querySelector("text")].map((node, which) =>
        getComputedStyle(node)[which ? "fill" : "backgroundColor"]);
    }"""
    seen = {}
    for view in ("light", "dark"):
        page = visit(view)
        page.goto((built / "book" / code / "06_since.html").as_uri())
        seen[view] = page.evaluate(ground)
    page.emulate_media(media="print")
    printed = page.evaluate(ground)
    page.emulate_media(media="screen")
    assert printed == seen["light"] != seen["dark"]


SEARCHES = {
    "ar": {
        # as written, with marks, without hamza, without the article, with one, with a conjunction
        "الاتفاقيات": "01_context",
        "اتفاقيّة": "glossary",
        "اسيا": "01_context",
        "آسيا": "01_context",
        "العُقُوبات": "02_goals",
        "عقوبات": "02_goals",
        "التحديات": "04_challenges",
        "اهداف": "02_goals",
        "والأهداف": "02_goals",
        "بيانات": "dictionary",
        "مسرد": "glossary",
        "استراتيجيه": "01_context",
        "اخطاء": "errata",
        "مدى": "passages-background",
    },
    "en": {
        "agreements": "01_context",
        "agreement": "01_context",
        "sanctions": "02_goals",
        "corridor": "02_goals",
        "challenges": "04_challenges",
        "rare earths": "01_context",
        "outcomes": "03_outcomes",
        "glossary": "glossary",
        "misprint": "errata",
        "Mirziyoyev": "sources",
        "Sikela": "01_context",
        "licence": "licence",
    },
}


# Asks for one query after the other, on one page: pages of the results, by query.
ASK = """(queries) => {
  const {search} = makeMatching(
    BOOK_INDEX, makeAsking(BOOK_WORDS.names, makeFolding(BOOK_WORDS.folding)));
  const page = (number) => BOOK_INDEX.entries.address[number].split(".html")[0];
  return Object.fromEntries(queries.map((query) => [query, search(query).found.map(page)]));
}"""
RESULTS = "#search-results li.hit:visible"


def sought(built: Path, code: str, query: str, page: sync_api.Page) -> str:
    """Open the page of the search with a query; return what it says first."""
    page.goto((built / "book" / code / "search.html").as_uri() + f"?q={query}")
    page.wait_for_function("document.querySelector('#search-results [role=status]').innerText")
    return page.locator("#search-results [role=status]").inner_text()


def test_a_search_finds_its_pages(built: Path, visit: Reader, code: str) -> None:
    page = visit()
    sought(built, code, "x", page)
    found = page.evaluate(ASK, list(SEARCHES[code]))
    missed = {query: want for query, want in SEARCHES[code].items() if want not in found[query]}
    assert not missed, json.dumps({q: found[q][:9] for q in missed}, ensure_ascii=False)


def test_a_result_shows_where_the_words_stand_and_leads_there(
    built: Path, visit: Reader, code: str
) -> None:
    page, lang = visit(), Language(code)
    said = sought(built, code, "13.2", page)
    assert said.endswith(": " + str(page.locator("#search-results li.hit").count()))
    hit = page.locator(RESULTS, has=page.locator("a[href$='#outcomes.2.2-b']"))
    assert hit.locator("a mark").inner_text() == "13.2"
    assert lang.phrase("kind-claim") in hit.locator(".note").inner_text()
    assert hit.locator(".verdict").inner_text() == lang.label("checks", "verdict", "confirmed")
    assert "13.2" in hit.locator(".snippet mark").all_inner_texts()
    hit.locator("a").click()
    target = page.locator('[id="outcomes.2.2-b"]')
    target.wait_for(state="visible")
    assert page.evaluate("scrollY") > 0
    assert target.locator(".highlighted").first.inner_text() == "13.2"


@pytest.mark.parametrize("view", VIEWS)
def test_results_are_accessible_and_fit(built: Path, visit: Reader, view: str) -> None:
    page = visit(view)
    sought(built, "ar", "13.2", page)
    assert complaints(page, LOOKS[view]) == []
    path = built / "book" / "ar" / "search.html"
    assert list(shape_faults(page, path, view)) == []


def test_results_can_be_left_to_one_kind_and_asked_for_in_full(built: Path, visit: Reader) -> None:
    page = visit()
    sought(built, "en", "summit", page)
    shown = page.locator(RESULTS)
    assert shown.count() == 20
    page.locator("#search-results .more").click()
    assert shown.count() == page.locator("#search-results li.hit").count() > 20
    button = page.locator("#search-results .kinds button", has_text="Glossary")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    kinds = shown.evaluate_all("items => items.map((item) => item.dataset.kind)")
    assert set(kinds) == {"term"} and str(len(kinds)) in button.inner_text()


@in_one_language
def test_a_search_without_result_says_so_and_offers_what_is_near(
    built: Path, visit: Reader, code: str
) -> None:
    page, lang = visit(), Language(code)
    nothing = {"ar": "خنفشار", "en": "xyzzyx"}[code]
    assert sought(built, code, nothing, page) == lang.phrase("search-nothing", query=nothing)
    wrong, right = {"ar": ("سمرقتد", "سمرقند"), "en": ("Samarkant", "Samarkand")}[code]
    sought(built, code, wrong, page)
    page.locator("#search-results .near a", has_text=right).first.click()
    page.locator(RESULTS).first.wait_for()


def test_what_is_searched_for_becomes_no_part_of_the_page(built: Path, visit: Reader) -> None:
    page = visit()
    assert "<xyzzyx>" in sought(built, "en", "<xyzzyx>", page)
    assert page.locator("xyzzyx").count() == 0


@in_one_language
def test_only_the_page_of_the_search_loads_its_index(built: Path, code: str) -> None:
    folder = built / "book" / code
    loading = [p.name for p in pages_of(folder) if "search-index.js" in p.read_text("utf-8")]
    assert loading == ["search.html"]
    assert (folder / "_static" / "search-index.js").stat().st_size < 1_000_000
    assert not (folder / "searchindex.js").exists(), "the index of Sphinx"


def test_text_is_drawn_in_the_face_of_the_charts(built: Path, code: str, visit: Reader) -> None:
    page = visit()
    page.goto((built / "book" / code / "01_context.html").as_uri())
    assert page.evaluate(FACE, ".bd-article p").startswith("Book")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').length")
    assert loaded > 0, "no font file was found beside the styles"


def test_transliterated_letters_are_of_the_face_of_the_page_on_paper(
    built: Path, visit: Reader
) -> None:
    page = visit("paper")
    page.emulate_media(media="print")
    page.goto((built / "book" / "en" / "01_context.html").as_uri())
    page.locator("em", has_text="āq").first.evaluate("(em) => { em.id = 'transliterated'; }")
    page.evaluate("document.fonts.ready")
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    found = tools.send("DOM.querySelector", {"nodeId": root, "selector": "#transliterated"})
    fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": found["nodeId"]})["fonts"]
    assert {font["familyName"] for font in fonts} == {"Amiri"}


@in_one_language
def test_code_is_folded_and_opens_with_one_click(built: Path, code: str, visit: Reader) -> None:
    page = visit()
    page.goto((built / "book" / code / "01_context.html").as_uri())
    folded = page.locator("details.hide").nth(2)
    source = folded.locator("pre")
    assert not source.is_visible()
    folded.locator("summary").click()
    assert source.is_visible()
    assert source.evaluate("pre => getComputedStyle(pre).direction") == "ltr"


def test_a_term_and_a_locator_lead_to_where_they_are_explained(
    built: Path, code: str, visit
) -> None:
    page = visit()
    page.goto((built / "book" / code / "01_context.html").as_uri())
    terms = page.locator("a.term").evaluate_all("links => links.map((link) => link.hash)")
    assert terms
    assert len(terms) == len(set(terms)), "a term is linked at its first use only"
    page.locator("a.term").first.click()
    page.locator(f"dt{terms[0]}").wait_for(state="visible")
    page.go_back()
    page.locator('p a.locator[href$="#introduction.1.1"]').first.click()
    page.locator('[id="introduction.1.1"]').wait_for(state="visible")


# Cards


CARD = "#reading-card"


@pytest.fixture
def opened(built: Path, code: str, visit: Reader) -> sync_api.Page:
    """A page of a notebook, one of its locators in view, the pointer far away."""
    page = visit()
    page.goto((built / "book" / code / "01_context.html").as_uri())
    page.mouse.move(0, 0)
    page.locator("p a.locator").nth(3).scroll_into_view_if_needed()
    return page


@in_one_language
def test_a_card_is_shown_on_hover_and_stays_while_the_pointer_is_in_it(
    opened: sync_api.Page, code: str
) -> None:
    link = opened.locator("p a.locator").nth(3)
    assert opened.evaluate("window.summitCards === undefined"), "loaded before it was asked for"
    link.hover()
    opened.wait_for_selector(CARD)
    passage = link.get_attribute("href").partition("#")[2]
    said = opened.locator(f"{CARD} .said").all_inner_texts()
    texts = load("claims").set_index("claim_id").sort_index()
    assert said == list(texts[texts["passage_id"] == passage][f"text_{code}"])
    opened.locator(CARD).hover()
    opened.wait_for_timeout(400)
    assert opened.locator(CARD).is_visible()
    opened.mouse.move(0, 0)
    opened.wait_for_selector(CARD, state="detached")


@in_one_language
def test_a_card_is_shown_on_focus_can_be_entered_and_is_closed_by_escape(
    opened: sync_api.Page, code: str
) -> None:
    link = opened.locator("p a.locator").nth(3)
    opened.keyboard.press("Tab")  # from now on the page is used by keyboard
    link.focus()
    opened.wait_for_selector(CARD)
    assert link.get_attribute("aria-describedby") == "reading-card"
    assert complaints(opened, ALL if code == "en" else STRUCTURE) == []
    inside = f"document.querySelector('{CARD}').contains(document.activeElement)"
    opened.keyboard.press("Tab")
    assert opened.evaluate(inside), "the links of a card can be reached"
    opened.keyboard.press("Escape")
    assert opened.locator(CARD).count() == 0
    assert link.evaluate("link => link === document.activeElement")
    assert link.get_attribute("aria-describedby") is None


@in_one_language
def test_a_card_opens_at_the_first_touch_and_the_second_follows_the_link(
    built: Path, code: str, browser: sync_api.Browser
) -> None:
    page = browser.new_page(has_touch=True, viewport={"width": 360, "height": 740})
    page.goto((built / "book" / code / "01_context.html").as_uri())
    link = page.locator("p a.locator").nth(3)
    link.tap()
    page.wait_for_selector(CARD)
    assert page.url.endswith("01_context.html")
    box = page.locator(CARD).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 740
    link.tap()
    page.wait_for_url("**/passages-*.html#*")
    page.close()


def test_a_term_has_a_card_with_its_definition(opened: sync_api.Page, code: str) -> None:
    term = opened.locator("a.term").first
    term.hover()
    opened.wait_for_selector(CARD)
    name = term.get_attribute("href").partition("#term-")[2]
    expected = load("glossary").set_index("term_id").at[name, f"definition_{code}"]
    assert opened.locator(f"{CARD} .said").inner_text() == expected


# Lists that a reader narrows


SAID = ".explorer-said"
SHOWN = "[data-listed]:not([hidden])"
CONTRADICTED = "verdict=contradicted&occurrence=first"


def narrowed(built: Path, code: str, visit: Reader, address: str, view: str = "light"):
    """Open a list at an address; wait until the script has it."""
    page = visit(view)
    name, _, rest = address.partition(".html")
    page.goto((built / "book" / code / f"{name}.html").as_uri() + rest)
    page.locator(SAID).wait_for(state="visible")
    return page


@in_one_language
def test_a_list_is_narrowed_by_its_address_and_tells_so(
    built: Path, code: str, visit: Reader
) -> None:
    page = narrowed(built, code, visit, f"claims.html?{CONTRADICTED}&kind=fast")
    claims = standings().query("verdict == 'contradicted' and same_as.isna()")["claim_id"]
    shown = page.locator(SHOWN).evaluate_all("items => items.map(({id}) => id)")
    assert shown == [f"claim-{claim}" for claim in claims]
    lang, said = Language(code), page.locator(SAID).inner_text()
    assert lang.phrase("explorer-shown", shown=len(claims), all=len(load("claims"))) in said
    assert lang.label("checks", "verdict", "contradicted") in said
    assert "kind=fast" in said, "what the page does not know is named"


@in_one_language
def test_counts_follow_what_is_chosen_and_the_address_keeps_it(
    built: Path, code: str, visit: Reader
) -> None:
    page = narrowed(built, code, visit, "claims.html")
    claims = standings()
    page.locator("details.facet:has([name=verdict]) summary").click()
    page.locator("[name=verdict][value=imprecise]").check()
    imprecise = claims.query("verdict == 'imprecise'")
    for kind, count in imprecise["kind"].astype(str).value_counts().items():
        label = page.locator(f"label:has([name=kind][value={kind}]) .count")
        assert label.text_content() == str(count)
    other = page.locator("label:has([name=verdict][value=confirmed]) .count").text_content()
    assert other == str((claims["verdict"] == "confirmed").sum()), "one of several is enough"
    assert page.url.endswith("claims.html?verdict=imprecise")
    confirmed = page.locator("[name=verdict][value=confirmed]")
    confirmed.check()
    either = claims["verdict"].isin(["imprecise", "confirmed"]).sum()
    assert page.locator(SHOWN).count() == either
    confirmed.uncheck()
    switch(page)
    page.wait_for_url("**/claims.html?verdict=imprecise*")
    page.locator(SAID).wait_for(state="visible")
    assert page.locator(SHOWN).count() == len(imprecise), "the pair shows the same"
    page.locator("[data-clear]").click()
    assert page.locator(SHOWN).count() == len(claims)
    assert page.url.endswith("claims.html")


# What is wrong with the field for words: wider than its form, or of a colour of its own.
FIELD = """() => {
  const field = document.querySelector("#explorer-words"), found = [];
  const [inner, outer] = [field, field.form].map((each) => each.getBoundingClientRect());
  if (inner.left < outer.left || inner.right > outer.right) found.push("wide");
  const colour = (each) => getComputedStyle(each).backgroundColor;
  const [own, ground] = [field, document.body].map(colour);
  return own === ground ? found : [...found, own, ground];
}"""
TYPED = {"ar": ("والطّاقه", "الطاقة"), "en": ("DEPOSITS", "deposit")}


def test_a_list_is_searched_as_the_book_is(built: Path, code: str, visit: Reader) -> None:
    page = narrowed(built, code, visit, "claims.html")
    found = []
    for words in (*TYPED[code], "context.7.2", "<xyzzyx>"):
        page.fill("#explorer-words", words)
        page.wait_for_function(
            "q => new URLSearchParams(location.search).get('q') === q", arg=words
        )
        found.append(page.locator(SHOWN).evaluate_all("items => items.map(({id}) => id)"))
    one, other, placed, nothing = found
    assert one and one == other, "two ways to write a word find the same"
    held = load("claims").query("passage_id == 'context.7.2'")["claim_id"]
    assert set(placed) == {f"claim-{claim}" for claim in held}
    assert nothing == [] and page.locator("xyzzyx").count() == 0
    assert "<xyzzyx>" in page.locator(SAID).inner_text()


@pytest.mark.one_of(3)
@pytest.mark.parametrize("view", LOOKS)
@in_one_language
def test_a_list_is_used_by_keys_alone_and_is_accessible_in_use(
    built: Path, code: str, visit: Reader, view: str
) -> None:
    options = LOOKS[view]
    page = narrowed(built, code, visit, "claims.html", view)
    page.locator("#explorer-words").focus()
    for key in ("Tab", "Enter", "Tab", "Space"):
        page.keyboard.press(key)
    first = page.locator("details.facet input").first
    assert first.is_checked() and first.evaluate("box => box === document.activeElement")
    assert page.evaluate(FIELD) == [], "the field is in its box, on the ground of the page"
    entry = page.locator(SHOWN).first
    entry.locator("summary").focus()
    page.keyboard.press("Enter")
    assert entry.locator("a.locator").last.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= VIEWS[view][1]
    assert complaints(page, options, "main") == []


@pytest.mark.parametrize("name", ["commitments", "sources", "glossary"])
@in_one_language
def test_every_list_is_narrowed_by_the_same_form(
    built: Path, code: str, visit: Reader, name: str
) -> None:
    page = narrowed(built, code, visit, f"{name}.html")
    every = page.locator(SHOWN).count()
    page.locator("details.facet:has([name=kind]) summary").click()
    label = page.locator("label:has([name=kind]:not(:checked))").first
    count = int(label.locator(".count").inner_text())
    label.click()
    assert page.locator(SHOWN).count() == count < every


@in_one_language
def test_an_entry_that_is_asked_for_is_opened_whatever_is_chosen(
    built: Path, code: str, visit: Reader
) -> None:
    asked = load("claims")["claim_id"].iloc[-1]
    page = narrowed(built, code, visit, f"claims.html?{CONTRADICTED}#claim-{asked}")
    entry = page.locator(f"[id='claim-{asked}']")
    assert entry.locator("details").get_attribute("open") is not None
    assert 0 <= entry.bounding_box()["y"] < 300
    assert page.locator(SHOWN).count() == len(load("claims"))


@in_one_language
def test_a_list_prints_what_is_shown_all_of_it_open(built: Path, code: str, visit: Reader) -> None:
    page = narrowed(built, code, visit, f"claims.html?{CONTRADICTED}")
    shown = page.locator(SHOWN).count()
    page.emulate_media(media="print")
    assert not page.locator("form.explorer").is_visible()
    assert page.locator(SAID).is_visible(), "the line says how the list was narrowed"
    assert page.locator("[data-listed]:visible").count() == shown
    assert all(
        box["height"] > 0
        for box in map(lambda p: p.bounding_box(), page.locator(f"{SHOWN} p.check").all())
    )
    page.emulate_media(media="screen")


@in_one_language
def test_without_a_script_a_list_has_all_its_entries(
    built: Path, code: str, browser: sync_api.Browser
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((built / "book" / code / "claims.html").as_uri() + f"?{CONTRADICTED}")
    assert not page.locator("form.explorer").is_visible()
    entries = page.locator("[data-listed]:visible")
    assert entries.count() == len(load("claims"))
    entries.nth(1).locator("summary").click()
    assert entries.nth(1).locator("p.check").is_visible()
    page.close()


def test_an_address_that_cannot_be_decoded_stops_no_script(built: Path, visit: Reader) -> None:
    decoding = (p.name for p in STATIC.glob("*.js") if "decodeURI" in p.read_text("utf-8"))
    assert list(decoding) == ["addresses.js"], "one way for all"
    page, faults = visit(), []

    def note(fault: sync_api.Error) -> None:
        faults.append(str(fault))

    page.on("pageerror", note)
    narrowed(built, "en", visit, "claims.html#100%")
    switch(page)
    page.wait_for_url("**/ar/claims.html*")
    page.locator(SAID).wait_for(state="visible")
    page.remove_listener("pageerror", note)
    assert faults == []


# Long tables


@in_one_language
def test_a_long_table_is_folded_on_the_screen_and_open_on_paper(
    built: Path, code: str, visit: Reader
) -> None:
    page = visit()
    page.goto((built / "book" / code / "01_context.html").as_uri())
    table = page.locator("#context-claims table")
    assert not table.is_visible()
    page.emulate_media(media="print")
    assert table.locator("tbody tr").last.bounding_box()["height"] > 0
    page.emulate_media(media="screen")
    closed = page.locator("details.rows:not([open])").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.rows:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.rows:not([open])").count() == closed > 0


def test_a_page_read_in_the_dark_is_printed_as_in_the_light(built: Path, visit: Reader) -> None:
    page = visit("dark")
    page.goto((built / "book" / "en" / "cite.html").as_uri())
    theme = "document.documentElement.dataset.theme"
    dark = page.evaluate(theme)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert (dark, page.evaluate(theme)) == ("dark", "light"), "pale letters on white paper"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(theme) == "dark"


def test_the_rows_of_a_long_table_are_cards_on_a_phone(
    built: Path, code: str, visit: Reader
) -> None:
    page = visit("mobile")
    page.goto((built / "book" / code / "01_context.html").as_uri())
    page.locator("#context-claims summary").last.click()
    cells = page.locator("#context-claims tbody tr").nth(1).locator("th, td:not(.nothing)")
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert len(boxes) >= 2
    for above, below in itertools.pairwise(boxes):
        assert below["y"] >= above["y"] + above["height"] - 1, "cells stand side by side"
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert complaints(page, STRUCTURE) == []


# Start page


def test_the_first_picture_of_the_start_page_is_within_a_screen_of_a_phone(
    built: Path, code: str, visit: Reader
) -> None:
    page = visit("mobile")
    page.goto((built / "book" / code / "index.html").as_uri())
    assert page.locator("#verdicts .bar").bounding_box()["y"] < 740


# Decks


def decks(built: Path, code: str) -> list[str]:
    return sorted(path.stem for path in (built / "slides" / code).glob("*.html"))


@pytest.mark.one_of(4)
@pytest.mark.parametrize("notebook", load("notebooks")["notebook_id"])
def test_every_slide_of_a_deck_fits_can_be_read_and_is_accessible(
    built: Path, code: str, notebook: str, visit: Reader
) -> None:
    if notebook not in decks(built, code):
        pytest.skip("it has no slides")
    page = opened_deck(built, code, notebook, visit)
    if code == next(iter(LOCALES)):
        assert complaints(page) == []
    assert page.evaluate(FACE, ".slides p").startswith("Book")
    sizes = page.evaluate(SLIDES)
    assert len(sizes) == page.evaluate("Reveal.getTotalSlides()") > 1
    for number, (height, width, smallest, head, foot) in enumerate(sizes, start=1):
        assert height <= 720 and width <= 1280, f"slide {number} is {width} × {height}"
        assert head >= 0 and foot <= 716, f"slide {number} reaches from {head} to {foot}"
        assert smallest >= 18, f"slide {number} has type of {smallest} pixels"


def opened_deck(built: Path, code: str, notebook: str, visit: Reader) -> sync_api.Page:
    page = visit("deck")
    page.goto((built / "slides" / code / f"{notebook}.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    return page


def test_a_deck_turns_with_the_arrow_of_its_direction(
    built: Path, code: str, visit: Reader
) -> None:
    page = opened_deck(built, code, "01_context", visit)
    onward, back = ("ArrowLeft", "ArrowRight") if code == "ar" else ("ArrowRight", "ArrowLeft")
    total = page.evaluate("Reveal.getTotalSlides()")
    for number in range(total):
        assert page.evaluate("Reveal.getSlidePastCount()") == number
        page.keyboard.press(onward)
    assert page.evaluate("Reveal.isLastSlide()")
    page.keyboard.press(back)
    assert page.evaluate("Reveal.getSlidePastCount()") == total - 2


def test_a_picture_has_its_part_of_the_slide(built: Path, code: str, visit: Reader) -> None:
    """So that the type drawn for a wall has its size there: 18 pixels and more."""
    page = opened_deck(built, code, "01_context", visit)
    sizes = page.evaluate("""[...document.querySelectorAll(".slides figure img")].map((image) => {
      image.closest("section").style.display = "block";
      return [image.naturalWidth / image.naturalHeight, image.offsetWidth, image.offsetHeight];
    })""")
    assert len(sizes) >= 3
    for ratio, width, height in sizes:
        assert (round(ratio, 2), width, height) == (2.32, 1280, 552)


def test_the_speakers_window_reads_in_the_direction_of_the_deck(
    built: Path, code: str, visit: Reader
) -> None:
    page = opened_deck(built, code, "01_context", visit)
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    window = opened.value
    window.locator(".speaker-controls-notes .value div[lang]").first.wait_for()
    lang = Language(code)
    root = window.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (code, lang.direction)
    assert window.locator(".speaker-controls-notes .label").inner_text().lower() == (
        lang.phrase("speaker-notes").lower()
    )
    assert window.evaluate("document.fonts.load('18px Book').then((faces) => faces.length > 0)")
    note = window.locator(".speaker-controls-notes .value div[lang]").first
    assert note.evaluate("(node) => getComputedStyle(node).direction") == lang.direction
    window.close()


@in_one_language
def test_the_progress_of_a_deck_can_be_seen(built: Path, code: str, visit: Reader) -> None:
    page = opened_deck(built, code, "01_context", visit)
    colour = page.evaluate("getComputedStyle(document.querySelector('.progress')).color")
    assert colour == "rgb(11, 60, 111)", "the part that is done would be white on white"


# Handout


# One with many charts and tables, and one short; every notebook is styled by the same rules, and
# test_publish_handout asks that all of them are printed.
PRINTED = ("00_start", "01_context")


# Boxes that would scroll, or that cut what they hold, and texts that reach out of the paper.
ON_PAPER = """() => {
  const shown = (node) => node.getClientRects().length;
  const name = (node) => `${node.tagName}.${node.className}: ${node.textContent.slice(0, 60)}`;
  const all = [...document.querySelectorAll("body, body *")].filter(shown);
  const scrolls = (node) => getComputedStyle(node).overflow !== "visible";
  const scroll = all.filter((node) => !node.closest("svg") && scrolls(node));
  const width = document.documentElement.clientWidth;
  const texts = document.querySelectorAll(".bd-article :is(p, td, th, li, figcaption)");
  const out = [...texts].filter((node) => {
    if (!shown(node)) return false;
    const range = document.createRange();
    range.selectNodeContents(node);
    const {left, right} = range.getBoundingClientRect();
    return left < -1 || right > width + 1;
  });
  const details = [...document.querySelectorAll(".bd-article details")].filter(shown);
  const folded = details.filter((node) => !node.lastElementChild.checkVisibility());
  return [...new Set([...scroll, ...out, ...folded].map(name))];
}"""
CAPTIONS = """() => [...document.querySelectorAll("figure.shown > figcaption")].map((node) => {
  const {breakBefore, breakAfter} = getComputedStyle(node);
  return [node.parentElement.firstElementChild === node, breakBefore, breakAfter];
})"""
PAPER_WIDTH = round((210 - 2 * 17) / 25.4 * 96)  # of A4 between its margins


@pytest.mark.one_of(4)
@pytest.mark.parametrize("notebook", load("notebooks")["notebook_id"])
def test_nothing_scrolls_or_is_cut_on_paper(
    built: Path, code: str, notebook: str, visit: Reader
) -> None:
    page = visit("paper")
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    page.emulate_media(media="print")
    page.goto((built / "book" / code / f"{notebook}.html").as_uri())
    assert page.evaluate(ON_PAPER) == []


def test_a_caption_stays_with_its_picture_or_table_on_paper(
    built: Path, code: str, visit: Reader
) -> None:
    """Words about a picture on the next page are words about nothing."""
    page = visit("paper")
    page.emulate_media(media="print")
    page.goto((built / "book" / code / "03_outcomes.html").as_uri())
    breaks = page.evaluate(CAPTIONS)
    assert {first: kept for first, _, kept in breaks if first} == {True: "avoid"}
    assert {first: kept for first, kept, _ in breaks if not first} == {False: "avoid"}


@pytest.fixture(scope="module")
def printed(built: Path, shared: Path) -> Path:
    try:
        handout.browser()
    except handout.HandoutError as error:
        pytest.skip(str(error))
    with what_if(notebooks=load("notebooks").query("notebook_id in @PRINTED")):
        made_once(shared, "print", lambda: handout.build(built))
    return built / "print"


def text_of(file: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (Debian: apt-get install poppler-utils)")
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.mark.thorough
@pytest.mark.parametrize("notebook", PRINTED)
def test_the_text_of_a_printed_notebook_reads_in_order(
    printed: Path, code: str, notebook: str
) -> None:
    text = text_of(printed / code / f"{notebook}.pdf")
    row = load("notebooks").set_index("notebook_id").loc[notebook]
    title = row[f"title_{code}"]
    assert bare(title) in bare(text)
    captions = load("figures").query("notebook == @notebook")[f"caption_{code}"]
    held = [bare(caption.split("{")[0]) in bare(text) for caption in captions]
    assert sum(held) >= 0.9 * len(held), "captions are missing or out of order"


@pytest.mark.thorough
@pytest.mark.parametrize("notebook", PRINTED)
def test_a_printed_notebook_says_on_every_page_what_it_is(
    printed: Path, code: str, notebook: str
) -> None:
    lang = Language(code)
    file = printed / code / f"{notebook}.pdf"
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        said = bare(page)
        assert bare(lang.phrase("work-title")) in said, f"page {number} has no header"
        assert {str(number), str(len(pages))} <= set(re.findall(r"\d+", page))
    used = paper.sources_of(notebook_cells(printed.parent, code, notebook))
    sources = load("sources")
    addresses = sources[sources["source_id"].isin(used)]["url"].dropna()
    text = solid("".join(pages))
    assert [address for address in addresses if solid(address) not in text] == []


SHEETS = (*PRINTED, sheets.WORKSHEET, sheets.ANSWER_KEY)


@pytest.mark.thorough
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_has_two_to_four_pages_of_a4_with_its_own_faces(
    printed: Path, code: str, sheet: str
) -> None:
    file = printed.parent / "handout" / code / f"{sheet}.pdf"
    about = answer_of("pdfinfo", file)
    most = 4 if sheet in PRINTED else 6  # those of a class hold all that it works on
    assert 2 <= int(re.search(r"Pages:\s+(\d+)", about)[1]) <= most
    assert "A4" in about
    fonts = answer_of("pdffonts", file).splitlines()[2:]
    assert any("Amiri" in font for font in fonts)
    assert all(font.split()[-5] == "yes" for font in fonts), "a face is not embedded"


@pytest.mark.thorough
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_text_of_a_sheet_reads_in_order_and_names_every_page(
    printed: Path, code: str, sheet: str
) -> None:
    page = BeautifulSoup(
        (printed.parent / "book/downloads" / sheet_file(code, sheet)).read_text("utf-8"),
        "html.parser",
    )
    text = text_of(printed.parent / "handout" / code / f"{sheet}.pdf")
    for heading in page.select("main > h1, main h2"):
        assert bare(heading.get_text()) in bare(text)
    held = [bare(p.get_text()) in bare(text) for p in page.select("main p.summary, main p.how")]
    assert all(held), "letters are out of order"
    assert text.count(Language(code).phrase("work-title").split()[0]) >= 2


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_of_a_sheet_reaches_out_of_its_cell(
    built: Path, code: str, sheet: str, visit: Reader
) -> None:
    page = visit("paper")
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    page.emulate_media(media="print")
    page.goto((built / "book/downloads" / sheet_file(code, sheet)).as_uri())
    wide = "(all) => all.filter((n) => n.scrollWidth > n.clientWidth + 1).map((n) => n.textContent)"
    assert page.locator("main, td, th, li, .claim").evaluate_all(wide) == []


@pytest.mark.thorough
def test_the_exit_ticket_is_one_page_with_nothing_cut_off(
    printed: Path, code: str, visit: Reader, built: Path
) -> None:
    file = printed.parent / "handout" / code / f"{sheets.EXIT_TICKET}.pdf"
    assert re.search(r"Pages:\s+1\n", answer_of("pdfinfo", file))
    page = visit("paper")
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    page.emulate_media(media="print")
    page.goto((built / "book/downloads" / sheet_file(code, sheets.EXIT_TICKET)).as_uri())
    cut = "(all) => all.filter((n) => n.scrollHeight > n.clientHeight + 1).length"
    assert page.locator(".slip").evaluate_all(cut) == 0
    phone = visit("mobile")
    phone.goto(page.url)
    overflow = "(all) => all.map((slip) => getComputedStyle(slip).overflow)"
    assert set(phone.locator(".slip").evaluate_all(overflow)) == {"visible"}


@pytest.mark.thorough
def test_the_codebook_of_the_worksheet_is_one_page(printed: Path, code: str) -> None:
    done = answer_of("pdftotext", printed.parent / "handout" / code / "worksheet.pdf", "-")
    *_, last = done.split("\f")[:-1]
    assert bare(Language(code).phrase("sheet-codebook")) in bare(last)
    rules = load("codebook").query("object == 'strength'")[f"rule_{code}"]
    assert [rule for rule in rules if bare(rule) not in bare(last)] == []


@pytest.mark.thorough
@in_one_language
def test_a_second_printing_is_the_same_to_the_byte(
    printed: Path, code: str, tmp_path: Path
) -> None:
    page = printed.parent / "book/downloads" / sheet_file(code, sheets.WORKSHEET)
    again = handout.print_page(handout.browser(), page, tmp_path / "again.pdf")
    first = printed.parent / "handout" / code / f"{sheets.WORKSHEET}.pdf"
    assert again.read_bytes() == first.read_bytes()


def answer_of(program: str, *arguments: object) -> str:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed (Debian: apt-get install poppler-utils)")
    words = [program, *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def solid(text: str) -> str:
    """Leave out spaces, signs of direction, and hyphens, which end a line without being read."""
    return re.sub(r"[-\s\u200e\u200f\u202a-\u202e]", "", text)


def notebook_cells(build: Path, code: str, notebook: str) -> list[dict]:
    path = build / "notebooks" / code / f"{notebook}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def bare(text: str) -> str:
    """Leave letters alone: marks, punctuation and spaces are placed freely in a PDF."""
    return "".join(letter for letter in text if letter.isalpha())
