"""The pictures of the argument as a reader asks them: in Chromium, from the disk."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from browsing import VIEWS, Reader, in_one_language
from test_book_browser import COLOURS, LOOKS, STRUCTURE, code, complaints, switch, sync_api  # noqa: F401 - a fixture

from helpers import argument
from helpers.data import links, load
from helpers.language import LOCALES, Language

pytestmark = [pytest.mark.xdist_group("book"), pytest.mark.one_of(2)]
# ruff: noqa: F811 - fixtures that are imported are parameters too
WHOLE = "figure#argument-overview"
BOX = f"{WHOLE} a[data-point={{}}]"
LIT = """(selector) => [...document.querySelectorAll(selector)].map((mark) =>
  mark.dataset.point || mark.dataset.link).sort()"""
POINT = "goal-trade-investment"
# A place four pixels beside a line where it is hit all the same, if there is one.
BESIDE = """(mark) => {
  const path = mark.querySelector("path"), length = path.getTotalLength();
  for (let part = 1; part < 20; part++) {
    const {x, y} = path.getPointAtLength(length * part / 20);
    const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM());
    if (document.elementFromPoint(at.x + 4, at.y)?.closest("a") === mark) return [at.x + 4, at.y];
  }
}"""
HELD = "document.activeElement.dataset.point"
START, END = "context-world-change", "outcome-package"


def opened(built: Path, code: str, page: sync_api.Page, query: str = "") -> sync_api.Page:
    page.goto((built / "book" / code / "00_start.html").as_uri() + query)
    return page


def lit(page: sync_api.Page, kind: str = "point") -> set[str]:
    return set(page.evaluate(LIT, f"{WHOLE} svg.lit a.on[data-{kind}]"))


def said(page: sync_api.Page) -> str:
    return page.locator(f"{WHOLE} .argument-said").inner_text().strip()


def around(point: str, stated_alone: bool = False) -> tuple[set[str], set[str]]:
    """Return what leads to a point, and what follows from it."""
    held = argument.stated(links()) if stated_alone else links()
    graph = argument.graph(load("points"), held)
    return nx.ancestors(graph, point), nx.descendants(graph, point)


def title(point: str, code: str) -> str:
    return load("points").set_index("point_id").loc[point, f"title_{code}"]


def counted(points: set[str], code: str) -> str:
    """Return the number of points as the line begins to say it."""
    return str(len(points)) if points else Language(code).phrase("none")


def test_a_box_lights_what_leads_to_it_and_what_follows_by_key(
    built: Path, code: str, visit: Reader
) -> None:
    page, lang = opened(built, code, visit()), Language(code)
    assert said(page) == lang.phrase("argument-hint")
    page.locator(f"{WHOLE} select[name=to]").focus()
    for _ in range(3):  # the button, the first boxes
        page.keyboard.press("Tab")
    point = page.evaluate(HELD)
    before, after = around(point)
    assert lit(page) == {point, *before, *after}
    assert said(page).startswith(f"{'«' if lang.is_rtl else '‘'}{title(point, code)}")
    assert counted(after, code) in said(page)
    page.keyboard.press("Escape")
    assert lit(page) == set() and said(page) == lang.phrase("argument-hint")
    assert page.evaluate(HELD) == point, "the focus stays"
    page.locator(BOX.format(POINT)).focus()
    before, after = around(POINT)
    assert len(before) == 3 and all(title(each, code) in said(page) for each in before)
    told = lang.phrase("argument-lit", title=title(POINT, code), before="|", after=len(after))
    opening, ending = told.split("|")
    assert said(page).startswith(opening) and said(page).endswith(ending)
    address = page.locator(BOX.format(POINT)).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{address}")


@in_one_language
def test_a_box_and_a_line_are_lit_by_the_pointer_and_no_longer(
    built: Path, code: str, visit: Reader
) -> None:
    page = opened(built, code, visit())
    page.locator(BOX.format(POINT)).hover()
    before, after = around(POINT)
    assert lit(page) == {POINT, *before, *after}
    sides = (before | {POINT}, after | {POINT})
    ends = links().set_index("link_id")[["from_point", "to_point"]].apply(set, axis=1)
    tied = {link for link, both in ends.items() if any(both <= side for side in sides)}
    assert lit(page, "link") == tied
    faded = page.locator(f"{WHOLE} svg.lit a:not(.on)").first
    assert float(faded.evaluate("(node) => getComputedStyle(node).opacity")) < 0.5
    thick = "(node) => parseFloat(getComputedStyle(node.querySelector('path')).strokeWidth)"
    asked, other = (page.locator(BOX.format(p)).evaluate(thick) for p in (POINT, min(before)))
    assert asked > other > faded.evaluate(thick), "it does not hang on colour"
    page.mouse.move(1, 1)
    assert lit(page) == set()
    link = links().query("basis == 'stated'").iloc[0]
    line = page.locator(f"{WHOLE} a[data-link={link['link_id']}]")
    line.scroll_into_view_if_needed()
    place = line.evaluate(BESIDE)
    assert place, "a thin line is hit beside it too"
    page.mouse.move(*place)
    assert lit(page) == {link["from_point"], link["to_point"]}


@in_one_language
def test_the_first_touch_lights_and_the_second_leads_on(
    built: Path, code: str, browser: sync_api.Browser
) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 800})
    page, lang = opened(built, code, context.new_page()), Language(code)
    start = page.url
    point = "context-world-change"
    page.locator(BOX.format(point)).tap()
    assert page.url == start and point in lit(page)
    assert said(page).endswith(lang.phrase("argument-again"))
    page.locator(BOX.format("context-partnerships")).tap()
    assert page.url == start and point not in lit(page)
    page.locator(BOX.format("context-partnerships")).tap()
    page.wait_for_url("**/passages-*.html#*")
    context.close()


@in_one_language
def test_the_switch_leaves_stated_links_in_picture_list_and_address(
    built: Path, code: str, visit: Reader
) -> None:
    page, lang = opened(built, code, visit()), Language(code)
    stated = set(argument.stated(links())["link_id"])
    page.locator(f"{WHOLE} input[value=all]").focus()
    page.keyboard.press("ArrowDown")
    assert page.url.endswith("?links=stated")
    assert said(page) == lang.phrase("argument-counted", shown=len(stated), all=len(links()))
    page.locator(f"{WHOLE} details.argument > summary").click()
    assert page.locator(f"{WHOLE} a[data-link]:visible").count() == len(stated)
    assert page.locator(f"{WHOLE} li[data-link]:visible").count() == len(stated)
    page.locator(BOX.format(POINT)).focus()
    before, after = around(POINT, stated_alone=True)
    assert lit(page) == {POINT, *before, *after}
    switch(page)
    (other,) = set(LOCALES) - {code}
    page.wait_for_url(f"**/{other}/00_start.html?links=stated*")
    assert page.locator(f"{WHOLE} input[value=stated]").is_checked(), (
        "the language changes, no more"
    )


def test_a_path_is_lit_and_told_step_by_step_with_its_words(
    built: Path, code: str, visit: Reader
) -> None:
    page, lang = opened(built, code, visit()), Language(code)
    start, end = START, END
    page.locator(f"{WHOLE} select[name=from]").select_option(start)
    assert lit(page) == set(), "half a question"
    page.locator(f"{WHOLE} select[name=to]").select_option(end)
    path = argument.paths(load("points"), links(), start, end)[0]
    assert lit(page) == set(path)
    told = lang.phrase(
        "argument-way", start=title(start, code), end=title(end, code), count=len(path) - 1
    )
    assert said(page).startswith(told)
    steps = page.locator(f"{WHOLE} .argument-said li")
    about = links().set_index("link_id").loc[sorted(lit(page, "link"))]
    assert steps.count() == len(path) - 1 == len(about)
    text = " ".join(steps.all_inner_texts())
    for row in about.to_dict("records"):
        for word in ("relation", "basis"):
            assert lang.label("argument_links", word, row[word]) in text
    assert f"from={start}&to={end}" in page.url
    page.reload()
    assert lit(page) == set(path), "the address holds the question"
    page.locator(f"{WHOLE} input[value=stated]").check()
    assert lang.phrase(
        "argument-no-stated-way",
        start=title(start, code),
        end=title(end, code),
        count=len(path) - 1,
    ) == said(page)
    page.locator(f"{WHOLE} [data-clear]").click()
    assert lit(page) == set() and page.url.endswith("?links=stated")


@in_one_language
def test_where_no_path_is_the_page_says_so_and_what_it_does_not_know(
    built: Path, code: str, visit: Reader
) -> None:
    page, lang = opened(built, code, visit()), Language(code)
    counts = argument.path_counts(load("points"), links())
    row = counts[counts["paths"] == 0].iloc[0]
    query = f"?from={row['from_point']}&to={row['to_point']}"
    opened(built, code, page, query)
    ends = {"start": row[f"from_{code}"], "end": row[f"to_{code}"]}
    assert said(page) == lang.phrase("argument-no-way", **ends)
    opened(built, code, page, "?links=maybe&from=%3Cimg%20src%3Dx%3E")
    for value in ("links=maybe", "from=<img src=x>"):
        assert lang.phrase("argument-unknown", value=value) in said(page)
    assert page.locator(f"{WHOLE} .argument-said img").count() == 0


@pytest.mark.one_of(3)
@pytest.mark.parametrize("view", LOOKS)
@in_one_language
def test_axe_finds_nothing_with_a_box_or_a_path_lit(
    built: Path, code: str, visit: Reader, view: str
) -> None:
    query = "?from=context-world-change&to=outcome-package"
    options = LOOKS[view]
    page = opened(built, code, visit(view), query)
    page.locator(f"{WHOLE} details.argument > summary").click()
    assert complaints(page, options, WHOLE) == []
    page.locator(BOX.format(POINT)).focus()
    told = WHOLE if options is STRUCTURE else f"{WHOLE} .argument-said"
    assert complaints(page, options, told) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= VIEWS[view][1]


@in_one_language
def test_the_line_stays_in_sight_while_the_picture_is(
    built: Path, code: str, visit: Reader
) -> None:
    for view in ("light", "mobile"):
        page = opened(built, code, visit(view))
        page.locator(BOX.format("advice-agriculture")).scroll_into_view_if_needed()
        page.locator(BOX.format("advice-concrete-projects")).focus()
        line = page.locator(f"{WHOLE} .argument-said").bounding_box()
        header = page.locator(".bd-header").bounding_box()
        assert line["y"] + 1 >= header["y"] + header["height"], "not behind the header"
        assert line["y"] < VIEWS.get(view, VIEWS["light"])[1] / 2


@in_one_language
def test_without_script_the_list_is_whole(
    built: Path, code: str, browser: sync_api.Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(built, code, context.new_page())
    assert not page.locator(f"{WHOLE} form").is_visible()
    assert not page.locator(f"{WHOLE} .argument-said").is_visible()
    page.locator(f"{WHOLE} details.argument > summary").click()
    assert page.locator(f"{WHOLE} li[data-link]:visible").count() == len(links())
    assert page.locator(f"{WHOLE} li[data-point]:visible").count() == len(load("points"))
    context.close()


@in_one_language
def test_parts_of_the_argument_answer_as_they_are_drawn(
    built: Path, code: str, visit: Reader
) -> None:
    page, lang = visit(), Language(code)
    page.goto((built / "book" / code / "04_challenges.html").as_uri())
    figure = page.locator("figure#threat-map")
    threat = links().query("relation == 'threatens'").iloc[0]
    of_it = links().query("from_point == @threat.from_point and relation == 'threatens'")
    figure.locator(f"a[data-point={threat['from_point']}]").focus()
    lit_points = page.evaluate(LIT, "figure#threat-map svg.lit a.on[data-point]")
    assert set(of_it["to_point"]) < set(lit_points)
    name = title(threat["from_point"], code)
    told = lang.phrase("argument-beside", title=name, before="|", after="").split("|")[0]
    assert figure.locator(".argument-said").inner_text().startswith(told)


@in_one_language
def test_no_other_page_loads_what_these_need(built: Path, code: str) -> None:
    for path in (built / "book" / code).glob("*.html"):
        text = path.read_text(encoding="utf-8")
        asked = '<form class="argument"' in text
        assert ("reasoning.js" in text, "argument.css" in text) == (asked, asked), path.name


def test_paper_says_why_some_of_the_picture_is_faded(built: Path, code: str, visit: Reader) -> None:
    page = opened(built, code, visit())
    page.emulate_media(media="print")
    told = page.locator(".argument-said").first
    assert not told.is_visible()
    for query in ("?links=stated", f"?from={START}&to={END}"):
        page = opened(built, code, page, query)
        assert told.is_visible(), query
    page.emulate_media(media="screen")


def test_a_phone_shows_the_end_of_a_path_that_was_chosen_last(
    built: Path, code: str, visit: Reader
) -> None:
    page = opened(built, code, visit("mobile"), f"?from={START}")
    page.locator("form.argument select[name=to]").first.select_option(END)
    left, right = page.locator(f"svg.live a[data-point={END}]").first.evaluate(
        "(mark) => { const { left, right } = mark.getBoundingClientRect(); return [left, right]; }"
    )
    assert 0 <= left < right <= 360
