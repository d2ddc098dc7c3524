"""The built book as a reader meets it: in headless Chromium, from the disk, with no network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, SoupStrainer

from helpers.data import load, what_if
from helpers.language import LOCALES, Language
from helpers.paths import NODE_MODULES
from helpers.publish import handout, paper

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
# One worker builds the book, and one Chromium serves all these tests.
pytestmark = pytest.mark.xdist_group("book")
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
# Colour scheme and width of the window in pixels.
VIEWS = {"light": ("light", 1280), "dark": ("dark", 1280), "mobile": ("light", 360)}
FACE = "(selector) => getComputedStyle(document.querySelector(selector)).fontFamily"
AXE_FAULTS = """async (options) => {
  const {violations} = await axe.run(document, {resultTypes: ["violations"], ...options});
  return violations.map(({id, nodes}) =>
    `${id}: ${nodes.slice(0, 3).map(({html}) => html.slice(0, 160)).join(" | ")}`);
}"""
# What axe is to look at; contrast of colours takes it most of the time.
ALL: dict[str, object] = {}
STRUCTURE = {"rules": {"color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
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
    "a.term", "main > a",
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


def complaints(page: sync_api.Page, options: dict[str, object] = ALL) -> list[str]:
    """Return what axe finds on a page."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    return page.evaluate(AXE_FAULTS, options)


def test_every_page_is_sound_and_fits_a_phone(built: Path, code: str, visit: Reader) -> None:
    """Look at all that hangs on what a page says; the rest is the same on pages of a kind.

    Axe looks at a page of each kind: by day and by night in the first language, for the colours
    are the same in both, and on a phone in both.
    """
    parts: dict[Path, set[str]] = {}
    found: dict[str, list[str]] = {}
    page = visit("mobile")
    for path in [*pages_of(built / "book" / code), built / "book" / "index.html"]:
        page.goto(path.as_uri())
        parts[path] = set(page.evaluate(HELD, PARTS))
        found[path.name] = list(shape_faults(page, path))
    for path in examples(parts):
        page.goto(path.as_uri())
        found[f"{path.name}, on a phone"] = complaints(page, STRUCTURE)
        if code == next(iter(LOCALES)):
            found |= {f"{path.name}, {view}": said for view, said in wide_faults(page)}
    faults = {place: said for place, said in found.items() if said}
    assert not faults, json.dumps(faults, ensure_ascii=False, indent=1)


def shape_faults(page: sync_api.Page, path: Path) -> Iterator[str]:
    seen = page.evaluate(SHAPE)
    code, direction, width = seen.pop("lang"), seen.pop("dir"), seen.pop("width")
    wanted = path.parent.name if path.parent.name in LOCALES else code
    if (code, direction) != (wanted, Language(wanted).direction):
        yield f"language and direction are {code}, {direction}"
    if width > VIEWS["mobile"][1]:
        yield f"{width} pixels wide"
    yield from (f"{fault}: {places}" for fault, places in seen.items() if places)


def wide_faults(page: sync_api.Page) -> Iterator[tuple[str, list[str]]]:
    """Look at an open page in a wide window, by day and by night."""
    scheme, width = VIEWS["mobile"]
    for view, options in (("light", ALL), ("dark", COLOURS)):
        page.emulate_media(color_scheme=VIEWS[view][0])
        page.set_viewport_size({"width": VIEWS[view][1], "height": 900})
        yield view, complaints(page, options)
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
    page.locator("p a:has(code)", has_text="introduction.1.1").first.click()
    page.locator('[id="introduction.1.1"]').wait_for(state="visible")


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


def test_a_picture_fills_its_slide(built: Path, code: str, visit: Reader) -> None:
    """So that the type drawn for a wall has its size there: 18 pixels and more."""
    page = opened_deck(built, code, "01_context", visit)
    sizes = page.evaluate("""[...document.querySelectorAll(".slides figure img")].map((image) => {
      const slide = image.closest("section"), stack = slide.parentElement;
      slide.style.display = stack.style.display = "block";
      return [image.naturalWidth / image.naturalHeight, image.offsetWidth, image.offsetHeight];
    })""")
    assert len(sizes) >= 3
    for ratio, width, height in sizes:
        assert (round(ratio, 2), width, height) == (1.78, 1280, 720)


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
  return [...new Set([...scroll, ...out].map(name))];
}"""
PAPER_WIDTH = round((210 - 2 * 17) / 25.4 * 96)  # of A4 between its margins


@pytest.mark.parametrize("notebook", load("notebooks")["notebook_id"])
def test_nothing_scrolls_or_is_cut_on_paper(
    built: Path, code: str, notebook: str, visit: Reader
) -> None:
    page = visit("paper")
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    page.emulate_media(media="print")
    page.goto((built / "book" / code / f"{notebook}.html").as_uri())
    assert page.evaluate(ON_PAPER) == []


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


@pytest.mark.parametrize("notebook", PRINTED)
def test_a_handout_says_on_every_page_what_it_is(printed: Path, code: str, notebook: str) -> None:
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


def solid(text: str) -> str:
    """Leave out spaces, and hyphens, which the reader of a PDF takes away at the end of a line."""
    return re.sub(r"[-\s]", "", text)


def notebook_cells(build: Path, code: str, notebook: str) -> list[dict]:
    path = build / "notebooks" / code / f"{notebook}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def bare(text: str) -> str:
    """Leave letters alone: marks, punctuation and spaces are placed freely in a PDF."""
    return "".join(letter for letter in text if letter.isalpha())
