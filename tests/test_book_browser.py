"""The built book as a reader meets it: in headless Chromium, from the disk, with no network."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, SoupStrainer

from helpers.data import load, what_if
from helpers.language import LOCALES, Language
from helpers.paths import NODE_MODULES
from helpers.publish import handout

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
# One worker builds the book, and one Chromium serves all these tests.
pytestmark = pytest.mark.xdist_group("book")
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
# Colour scheme and width of the window in pixels.
VIEWS = {"light": ("light", 1280), "dark": ("dark", 1280), "mobile": ("light", 360)}
FACE = "(selector) => getComputedStyle(document.querySelector(selector)).fontFamily"
AXE_FAULTS = """async (colours) => {
  const rules = {"color-contrast": {enabled: colours}};
  const {violations} = await axe.run(document, {resultTypes: ["violations"], rules});
  return violations.map(({id, nodes}) =>
    `${id}: ${nodes.slice(0, 3).map(({html}) => html.slice(0, 160)).join(" | ")}`);
}"""
# Lengths and columns for each slide, in one call.
SLIDES = """() => {
  const found = [];
  for (;;) {
    const {scrollHeight: height, scrollWidth: width} = Reveal.getCurrentSlide();
    found.push([height, width]);
    if (Reveal.isLastSlide()) return found;
    Reveal.next();
  }
}"""
# Elements of a page that axe and the style sheets tell apart: colours hang on them.
PARTS = [
    "figure img", "figure table", "details.sources", "div.cell_input", ".verdict", ".claim",
    ".entry", "dl.terms", "ol.notebooks", "table.table", "div.highlight", "#search-results",
    "a.term", "main > a", "details.rows", "figure.verdicts", "ul.findings", "ul.doors",
]  # fmt: skip
HELD = "(parts) => parts.filter((part) => document.querySelector(part))"


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    try:
        program = handout.browser()
    except handout.HandoutError as error:
        pytest.skip(str(error))
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=program, args=["--no-sandbox", *handout.QUIET]
        )
        yield started
        started.close()


class Reader:
    """Opens pages in a view, each view once; notes every request that leaves the disk."""

    def __init__(self, browser: sync_api.Browser) -> None:
        self.browser = browser
        self.pages: dict[str, sync_api.Page] = {}
        self.outside: list[str] = []

    def __call__(self, view: str = "light") -> sync_api.Page:
        if view not in self.pages:
            scheme, width = VIEWS.get(view, VIEWS["light"])
            height = 720 if view == "deck" else 900
            page = self.browser.new_page(
                color_scheme=scheme,
                viewport={"width": width, "height": height},
                reduced_motion="reduce",
            )
            page.on("request", self.note)
            self.pages[view] = page
        return self.pages[view]

    def note(self, call: sync_api.Request) -> None:
        if not call.url.startswith(LOCAL):
            self.outside.append(call.url)


@pytest.fixture(scope="module")
def reader(browser: sync_api.Browser) -> Reader:
    return Reader(browser)


@pytest.fixture
def visit(reader: Reader) -> Iterator[Reader]:
    """Open pages in a view; every request that leaves the disk is a failure."""
    reader.outside.clear()
    yield reader
    assert reader.outside == [], "the book asked for something from outside"


LOCAL = ("file:", "data:", "blob:", "about:")


def pages_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.html"))


def examples(parts: dict[Path, set[str]]) -> set[Path]:
    """Return a few pages, the shortest that do, which have every part that any page has."""
    chosen: set[Path] = set()
    for part in PARTS:
        having = [path for path, held in parts.items() if part in held]
        assert having, f"no page has {part}"
        if not chosen & set(having):
            chosen.add(min(having, key=lambda path: path.stat().st_size))
    return chosen


def complaints(page: sync_api.Page, colours: bool = True) -> list[str]:
    """Return what axe finds on a page; contrast of colours takes it most of the time."""
    page.add_script_tag(path=AXE)
    return page.evaluate(AXE_FAULTS, colours)


def test_every_page_is_accessible_and_fits(built: Path, code: str, visit: Reader) -> None:
    """Look at every page by day, and at one page of each kind on a phone and by night.

    What a phone or the night can change hangs on the parts of a page, and the examples have every
    part. The width on a phone depends on what a page says, and is measured on all. Both languages
    are made from the same templates: all pages are looked at in one, the examples in both, and
    their colours, which are the same, in one.
    """
    first = code == next(iter(LOCALES))
    parts: dict[Path, set[str]] = {}
    found: dict[str, list[str]] = {}
    page = visit("light")
    for path in [*pages_of(built / "book" / code), built / "book" / "index.html"]:
        page.goto(path.as_uri())
        parts[path] = set(page.evaluate(HELD, PARTS))
        for view in ("mobile", "light"):
            page.set_viewport_size({"width": VIEWS[view][1], "height": 900})
            found[f"{path.name}, {view}"] = list(shape_faults(page, path, view))
        if first:
            found[f"{path.name}, light"] += complaints(page, colours=False)
    for path in examples(parts):
        for view in VIEWS if first else ("light", "mobile"):
            page = visit(view)
            page.goto(path.as_uri())
            colours = first and view != "mobile"
            said = complaints(page, colours=colours)
            found[f"{path.name}, {view}"] = found.get(f"{path.name}, {view}", []) + said
    faults = {place: said for place, said in found.items() if said}
    assert not faults, json.dumps(faults, ensure_ascii=False, indent=1)


def shape_faults(page: sync_api.Page, path: Path, view: str) -> Iterator[str]:
    root = page.evaluate("(({lang, dir}) => ({lang, dir}))(document.documentElement)")
    code = path.parent.name if path.parent.name in LOCALES else root["lang"]
    if root != {"lang": code, "dir": Language(code).direction}:
        yield f"language and direction are {root}"
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > VIEWS[view][1]:
        yield f"{width} pixels wide"


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


@pytest.mark.parametrize(
    ("code", "query", "expected"),
    [(code, query, page) for code, queries in SEARCHES.items() for query, page in queries.items()],
)
def test_a_search_finds_its_page(built: Path, visit, code: str, query: str, expected: str) -> None:
    page = visit()
    page.goto((built / "book" / code / "search.html").as_uri() + f"?q={query}")
    page.wait_for_selector("#search-results ul li a", timeout=10_000)
    page.wait_for_function(
        "document.querySelector('#search-results p')?.innerText.match(/[0-9]|صفح/)"
    )
    found = page.locator("#search-results ul li a").evaluate_all(
        "links => links.map((link) => link.pathname.split('/').pop().replace('.html', ''))"
    )
    assert expected in found


def test_a_search_without_result_says_so_in_the_language(built: Path, visit: Reader) -> None:
    page = visit()
    page.goto((built / "book" / "ar" / "search.html").as_uri() + "?q=خنفشار")
    page.wait_for_function(
        "document.querySelector('#search-results p')?.innerText.includes('لم يُعثر')", timeout=10_000
    )


def test_text_is_drawn_in_the_face_of_the_charts(built: Path, code: str, visit: Reader) -> None:
    page = visit()
    page.goto((built / "book" / code / "01_context.html").as_uri())
    assert page.evaluate(FACE, ".bd-article p").startswith("Book")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').length")
    assert loaded > 0, "no font file was found beside the styles"


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


def test_a_card_is_shown_on_focus_can_be_entered_and_is_closed_by_escape(
    opened: sync_api.Page, code: str
) -> None:
    link = opened.locator("p a.locator").nth(3)
    opened.keyboard.press("Tab")  # from now on the page is used by keyboard
    link.focus()
    opened.wait_for_selector(CARD)
    assert link.get_attribute("aria-describedby") == "reading-card"
    assert complaints(opened, colours=code == "en") == []
    inside = f"document.querySelector('{CARD}').contains(document.activeElement)"
    opened.keyboard.press("Tab")
    assert opened.evaluate(inside), "the links of a card can be reached"
    opened.keyboard.press("Escape")
    assert opened.locator(CARD).count() == 0
    assert link.evaluate("link => link === document.activeElement")
    assert link.get_attribute("aria-describedby") is None


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


# Long tables


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
    assert complaints(page, colours=False) == []


# Start page


def test_the_first_picture_of_the_start_page_is_within_a_screen_of_a_phone(
    built: Path, code: str, visit: Reader
) -> None:
    page = visit("mobile")
    page.goto((built / "book" / code / "index.html").as_uri())
    assert page.locator("#verdicts .bar").bounding_box()["y"] < 740


# Decks


@pytest.mark.parametrize("notebook", load("notebooks")["notebook_id"])
def test_every_slide_of_a_deck_fits_and_is_accessible(
    built: Path, code: str, notebook: str, visit: Reader
) -> None:
    page = opened_deck(built, code, notebook, visit)
    assert complaints(page) == []
    assert page.evaluate(FACE, ".slides p").startswith("Book")
    sizes = page.evaluate(SLIDES)
    assert len(sizes) == page.evaluate("Reveal.getTotalSlides()") > 1
    for number, (height, width) in enumerate(sizes, start=1):
        assert height <= 720 and width <= 1280, f"slide {number} is {width} × {height}"


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


def test_the_progress_of_a_deck_can_be_seen(built: Path, code: str, visit: Reader) -> None:
    page = opened_deck(built, code, "01_context", visit)
    colour = page.evaluate("getComputedStyle(document.querySelector('.progress')).color")
    assert colour == "rgb(11, 60, 111)", "the part that is done would be white on white"


# Handout


# One with many charts and tables, and one short; every notebook is styled by the same rules, and
# test_publish_handout asks that all of them are printed.
PRINTED = ("00_start", "01_context")


@pytest.fixture(scope="module")
def printed(built: Path) -> Path:
    try:
        handout.browser()
    except handout.HandoutError as error:
        pytest.skip(str(error))
    with what_if(notebooks=load("notebooks").query("notebook_id in @PRINTED")):
        handout.build(built)
    return built / "handout"


def text_of(file: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (Debian: apt-get install poppler-utils)")
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("notebook", PRINTED)
def test_the_text_of_a_handout_reads_in_order(printed: Path, code: str, notebook: str) -> None:
    text = text_of(printed / code / f"{notebook}.pdf")
    row = load("notebooks").set_index("notebook_id").loc[notebook]
    title = row[f"title_{code}"]
    assert bare(title) in bare(text)
    captions = load("figures").query("notebook == @notebook")[f"caption_{code}"]
    held = [bare(caption.split("{")[0]) in bare(text) for caption in captions]
    assert sum(held) >= 0.9 * len(held), "captions are missing or out of order"


def bare(text: str) -> str:
    """Leave letters alone: marks, punctuation and spaces are placed freely in a PDF."""
    return "".join(letter for letter in text if letter.isalpha())
