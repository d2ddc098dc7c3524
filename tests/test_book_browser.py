"""The built book as a reader meets it: in headless Chromium, from the disk, with no network."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.data import load
from helpers.language import LOCALES, Language
from helpers.paths import NODE_MODULES
from helpers.publish import handout

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
# Colour scheme and width of the window in pixels.
VIEWS = {"light": ("light", 1280), "dark": ("dark", 1280), "mobile": ("light", 360)}
FACE = "(selector) => getComputedStyle(document.querySelector(selector)).fontFamily"
# Started in all views of a page at once, then collected.
AXE_START = "() => { window.axeRun = axe.run(document, {resultTypes: ['violations']}); }"
AXE_RESULT = """async () => (await window.axeRun).violations.map(
  ({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html}) => html.slice(0, 160)).join(" | ")}`)"""
SLIDE_SIZE = "(({scrollHeight: h, scrollWidth: w}) => [h, w])(Reveal.getCurrentSlide())"


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


@pytest.fixture
def visit(browser: sync_api.Browser, request: pytest.FixtureRequest) -> Iterator:
    """Open pages in a view; every request that leaves the disk is a failure."""
    contexts, outside = [], []

    def opened(view: str = "light") -> sync_api.Page:
        scheme, width = VIEWS[view]
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda call: outside.append(call.url) if not call.url.startswith(LOCAL) else None,
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == [], "the book asked for something from outside"


LOCAL = ("file:", "data:", "blob:", "about:")


def pages_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.html"))


def test_every_page_is_accessible_and_fits(built: Path, code: str, visit) -> None:
    views = {name: visit(name) for name in VIEWS}
    found = {}
    for path in [*pages_of(built / "book" / code), built / "book" / "index.html"]:
        for page in views.values():
            page.goto(path.as_uri())
            page.add_script_tag(path=AXE)
            page.evaluate(AXE_START)
        for name, page in views.items():
            complaints = page.evaluate(AXE_RESULT) + list(shape_faults(page, path, name))
            if complaints:
                found[f"{path.name}, {name}"] = complaints
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


def shape_faults(page: sync_api.Page, path: Path, view: str) -> Iterator[str]:
    root = page.evaluate("(({lang, dir}) => ({lang, dir}))(document.documentElement)")
    code = path.parent.name if path.parent.name in LOCALES else root["lang"]
    if root != {"lang": code, "dir": Language(code).direction}:
        yield f"language and direction are {root}"
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > VIEWS[view][1]:
        yield f"{width} pixels wide"


def test_the_switch_lands_on_the_pair_of_every_page(built: Path, code: str, visit) -> None:
    page = visit()
    other = next(name for name in LOCALES if name != code)
    for path in pages_of(built / "book" / code):
        page.goto(path.as_uri())
        link = page.locator("a.language-switch").first
        assert link.is_visible(), path.name
        assert link.get_attribute("lang") == other
        link.click()
        assert page.url == (built / "book" / other / path.name).as_uri(), path.name
        assert page.evaluate("document.documentElement.lang") == other


def test_the_switch_keeps_the_place_and_is_there_on_a_phone(built: Path, visit) -> None:
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


def test_a_search_without_result_says_so_in_the_language(built: Path, visit) -> None:
    page = visit()
    page.goto((built / "book" / "ar" / "search.html").as_uri() + "?q=خنفشار")
    page.wait_for_function(
        "document.querySelector('#search-results p')?.innerText.includes('لم يُعثر')", timeout=10_000
    )


def test_text_is_drawn_in_the_face_of_the_charts(built: Path, code: str, visit) -> None:
    page = visit()
    page.goto((built / "book" / code / "01_context.html").as_uri())
    assert page.evaluate(FACE, ".bd-article p").startswith("Book")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').length")
    assert loaded > 0, "no font file was found beside the styles"


def test_code_is_folded_and_opens_with_one_click(built: Path, code: str, visit) -> None:
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
    page.locator("p a:has(code)", has_text="introduction.1.1").first.click()
    page.locator('[id="introduction.1.1"]').wait_for(state="visible")


# Decks


@pytest.mark.parametrize("notebook", load("notebooks")["notebook_id"])
def test_a_deck_turns_and_every_slide_fits(built: Path, code: str, notebook: str, visit) -> None:
    page = visit()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto((built / "slides" / code / f"{notebook}.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    onward = "ArrowLeft" if Language(code).is_rtl else "ArrowRight"
    total = page.evaluate("Reveal.getTotalSlides()")
    assert total > 1
    assert page.evaluate(FACE, ".slides p").startswith("Book")
    for number in range(total):
        assert page.evaluate("Reveal.getSlidePastCount()") == number
        height, width = page.evaluate(SLIDE_SIZE)
        assert height <= 720 and width <= 1280, f"slide {number + 1} is {width} × {height}"
        page.keyboard.press(onward)
    assert page.evaluate("Reveal.isLastSlide()")
    page.keyboard.press("ArrowRight" if onward == "ArrowLeft" else "ArrowLeft")
    assert page.evaluate("Reveal.getSlidePastCount()") == total - 2


def test_decks_are_accessible(built: Path, code: str, visit) -> None:
    page = visit()
    for deck in pages_of(built / "slides" / code):
        page.goto(deck.as_uri())
        page.wait_for_selector("html[data-ready]")
        page.add_script_tag(path=AXE)
        page.evaluate(AXE_START)
        assert page.evaluate(AXE_RESULT) == [], deck.name


# Handout


@pytest.fixture(scope="module")
def printed(built: Path) -> Path:
    try:
        handout.browser()
    except handout.HandoutError as error:
        pytest.skip(str(error))
    handout.build(built)
    return built / "handout"


def text_of(file: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (Debian: apt-get install poppler-utils)")
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("notebook", load("notebooks")["notebook_id"])
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
