"""Pictures as parts of a page: text, colours, and where each mark leads."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import figures as notebooks
import pytest
from bs4 import BeautifulSoup
from figures import drawn

from helpers import arabic, theme
from helpers.charts.base import Chart, drawing
from helpers.data import load
from helpers.language import LOCALES, Language
from helpers.publish import assets, entries, facets, live
from helpers.publish.targets import mark_anchor, targets
from helpers.theme.palette import EDGES, PALETTE, contrast, ink_on, shade, shade_ends, shade_mixture

# Charts are drawn once for all tests of one worker.
pytestmark = pytest.mark.xdist_group("charts")
AR, EN = Language("ar"), Language("en")
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</title></svg><b onclick='x'>",
    '" onload="alert(1)\' &amp; &lt;',
    '=HYPERLINK("http://x")',
    "\u202eabc\u202c \u2066x\u2069",
)
NEEDS_SHAPING = pytest.mark.skipif(not arabic.native_shaping(), reason="text stays outlines")


def one_mark(says: str, to: tuple[str, str] = ("claims", "goals.2.3-a"), lang=EN) -> Chart:
    """A chart of one mark, with what it says written beside it."""
    with drawing(lang, "reading") as sheet:
        sheet.ax.plot([0], [0], "o", color=PALETTE["navy"], gid=sheet.mark("mark", says, to))
        sheet.beside(says, (0, 0), 5)
    return sheet.chart({})


def file_with(chart: Chart, folder: Path) -> Path:
    with theme.unframed(chart.figure, chart.lang, chart.size) as figure:
        content = theme.linked(figure, chart.marks, chart.targets)
    file = live.file_of(folder, "drawn")
    file.write_bytes(content)
    return file


def page_with(chart: Chart, folder: Path, known=None) -> BeautifulSoup:
    known = known or live.targets_of_marks(targets())
    html = live.picture(file_with(chart, folder), known, {"aria-label": "Figure"})
    return BeautifulSoup(f"<figure>{html}</figure>", "html.parser")


@pytest.mark.parametrize("code", LOCALES)
def test_every_mark_of_every_chart_leads_to_where_the_book_explains_it(code: str) -> None:
    known = live.targets_of_marks(targets())
    lang = Language(code)
    for figure_id in notebooks.ids_of("chart"):
        chart = drawn(figure_id, lang)
        assert chart.marks, figure_id
        assert chart.targets.keys() == chart.marks.keys(), figure_id
        for gid, (kind, identifier) in chart.targets.items():
            assert identifier in known[kind], f"{figure_id}, {gid}"


def test_a_link_holds_the_mark_and_its_name(tmp_path: Path) -> None:
    page = page_with(one_mark("so much"), tmp_path)
    (link,) = page.svg.find_all("a")
    assert link.title.string == "so much"
    assert link["href"] == targets()["claims"]["goals.2.3-a"]
    assert link.find("use") or link.find("path")
    assert page.svg["role"] == "group"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_stands_in_a_cell_stays_text(tmp_path: Path, text: str) -> None:
    page = page_with(one_mark(text), tmp_path)
    assert page.svg.title.string == text
    assert not page.find_all(["img", "script", "b"])
    held = {name for tag in page.find_all(True) for name in tag.attrs}
    assert not [name for name in held if name.startswith("on")]


def test_a_mark_without_a_target_stops_by_name() -> None:
    chart = one_mark("so much")
    with pytest.raises(ValueError, match="without a target: mark"):
        theme.linked(chart.figure, chart.marks, {})


def test_a_mark_that_is_not_drawn_stops_by_name() -> None:
    chart = one_mark("so much")
    more = {"gone": ("claims", "goals.2.3-a")}
    with pytest.raises(ValueError, match="not in the drawing: gone"):
        theme.linked(chart.figure, chart.marks | {"gone": "x"}, chart.targets | more)


def test_a_target_that_the_book_does_not_explain_stops_by_name(tmp_path: Path) -> None:
    file = file_with(one_mark("so much", ("claims", "no-claim")), tmp_path)
    with pytest.raises(live.MarkError, match=r"drawn: .*'no-claim' of 'claims'"):
        live.picture(file, live.targets_of_marks(targets()), {})


def test_what_a_mark_is_labelled_with_is_part_of_its_link() -> None:
    with drawing(EN, "reading") as sheet:
        for place, gid in enumerate(("one", "one-text", "other", "nothing-text")):
            own = gid if gid.endswith("-text") else sheet.mark(gid, "M", ("tables", "claims"))
            sheet.ax.text(place / 4, 0, f"({place})", gid=own)
    chart = sheet.chart({})
    with theme.unframed(chart.figure, chart.lang, chart.size) as figure:
        root = ET.fromstring(theme.linked(figure, chart.marks, chart.targets))
    assert ["".join(link.itertext()) for link in root.iter("a")] == ["M(0)(1)", "M(2)"]
    assert "(3)" in "".join(root.itertext()), "and what belongs to no mark stays"


def test_the_page_says_what_stands_in_the_frame() -> None:
    """So that a phone breaks it into lines, where the drawing scrolls; the ground is the page's."""
    chart, words = one_mark("so much"), ("A finding", "What is measured", "Who made it", "Subject")
    with theme.framed(chart.figure, EN, chart.size, *words) as figure:
        heights = theme.frame_heights(figure, EN, chart.size, *words)
        whole, root = (
            ET.fromstring(theme.linked(figure, chart.marks, chart.targets, frame))
            for frame in ((0, 0), heights)
        )
    told = "".join(root.itertext())
    assert "so much" in told
    assert not [text for text in words if text in told]
    sides, cut = ([float(side) for side in each.get("viewBox").split()] for each in (whole, root))
    assert cut == pytest.approx([0, heights[0], sides[2], sides[3] - sum(heights)], abs=0.02)
    assert cut[3] == pytest.approx(chart.size.height * 72), "all of the drawing, and no more"
    grounds = [path for path in root.iter("path") if "paper" in path.get("style", "")]
    assert len(grounds) == 1, "that of the axes alone"


def test_a_thin_line_is_wide_enough_to_be_hit(tmp_path: Path) -> None:
    with drawing(EN, "reading") as sheet:
        sheet.ax.plot([0, 1], [0, 1], gid=sheet.mark("line", "l", ("claims", "goals.2.3-a")))
        sheet.ax.plot([0, 1], [1, 0])
    page = page_with(sheet.chart({}), tmp_path)
    (hit,) = page.svg.find_all("path", class_="hit")
    assert hit.parent.name == "a"
    assert hit["d"] == hit.parent.find("path")["d"]


# Ways from a claim to its marks, and from a mark to its claims


def test_a_mark_has_an_anchor_by_which_its_claim_leads_to_it(tmp_path: Path) -> None:
    claim = "goals.2.3-a"
    with drawing(EN, "reading") as sheet:
        for place in (0, 1):
            gid = sheet.mark(f"mark-{place}", "so much", ("claims", claim))
            sheet.ax.plot([place], [0], "o", gid=gid)
        sheet.ax.plot([2], [0], "o", gid=sheet.mark("table", "t", ("tables", "claims")))
    marks = page_with(sheet.chart({}), tmp_path).svg.find_all("a")
    assert [mark.get("id") for mark in marks] == [mark_anchor("drawn", claim), None, None]


def test_a_claim_leads_to_its_marks_and_to_figures_that_have_none(tmp_path: Path) -> None:
    claim = "goals.2.3-a"
    figure = load("figures").query("kind == 'chart'")["figure_id"].iloc[0]
    file_with(one_mark("so much", ("claims", claim)), tmp_path).rename(
        live.file_of(tmp_path, figure)
    )
    drawn_marks = live.drawn_claims(tmp_path)
    assert drawn_marks == {claim: [figure]}
    page = targets()["figures"][figure].partition("#")[0]
    address = f"{page}#{mark_anchor(figure, claim)}"
    for html in (entries.every_claim(EN, drawn_marks), entries.passages("goals", EN, drawn_marks)):
        links = [
            link["href"] for link in BeautifulSoup(html, "html.parser").find_all("a", href=True)
        ]
        assert links.count(address) == 1
    assert address not in entries.every_claim(EN)


def test_a_mark_leads_to_what_its_row_rests_on() -> None:
    known = targets()
    found = live.targets_of_marks(known)["outcome_items"]
    for item, claim in load("outcome_items").set_index("item_id")["claim_id"].items():
        assert found[item] == known["claims"][claim]


def test_themes_and_kinds_lead_to_the_list_of_their_claims() -> None:
    known = live.targets_of_marks(targets())
    themes = load("claims").merge(load("point_themes"), on="point_id")["theme_id"].unique()
    assert len(themes) > 5
    for theme_id in load("themes")["theme_id"]:
        listed = theme_id in themes
        assert (known["themes"][theme_id] == facets.CLAIMS.address(theme=theme_id)) == listed
    for kind in load("claims")["kind"].unique():
        assert known["groups"][kind] == facets.CLAIMS.address(kind=kind)


@NEEDS_SHAPING
def test_arabic_is_text_in_logical_order_without_control_characters(tmp_path: Path) -> None:
    page = page_with(one_mark("اتفاقية أوزبكستان", lang=AR), tmp_path)
    (text,) = page.svg.find_all("text", string="اتفاقية أوزبكستان")
    assert text["class"] == ["rtl"]
    assert "text-anchor:end" not in text["style"], "it begins at the right, where it is anchored"


@NEEDS_SHAPING
def test_lines_of_a_longer_text_stand_where_matplotlib_puts_each(tmp_path: Path) -> None:
    page = page_with(one_mark("اتفاقية معززة\nوتعاون", lang=AR), tmp_path)
    for line in page.svg.find_all("text", class_="rtl"):
        assert "text-anchor:end" in line["style"], "counted from the left, which is its end"


def test_two_pictures_of_a_page_share_no_ids(tmp_path: Path) -> None:
    chart = one_mark("so much")
    names = []
    for figure_id in ("one", "other"):
        file = file_with(chart, tmp_path).rename(live.file_of(tmp_path, figure_id))
        root = ET.fromstring(live.picture(file, live.targets_of_marks(targets()), {}))
        own = {node.get("id") for node in root.iter() if node.get("id")}
        used = {node.get("href").removeprefix("#") for node in root.iter("use")}
        assert used <= own
        names.append(own)
    assert not names[0] & names[1]


def test_a_shade_is_told_by_its_part_of_the_ramp() -> None:
    ends = shade_ends()
    for place in (number / 100 for number in range(101)):
        part, share = shade_mixture(shade(place).lower())
        assert 0 <= share <= 100
        assert ink_on(ends[f"{part}-first"]) == ink_on(ends[f"{part}-last"]) == ink_on(shade(place))
    assert shade_mixture("#e69f00") is None


def test_what_is_written_on_a_fill_can_be_read_on_a_dark_ground() -> None:
    dark = assets.DARK_PICTURES
    roles = {hue: name for name, hue in PALETTE.items() if name in ("ink", "paper")}
    for name, hue in (PALETTE | theme.TINTS | shade_ends()).items():
        if name not in (*roles.values(), "grey"):
            assert contrast(dark[name], dark[roles[ink_on(hue)]]) >= 4.5, name
    for name in ("ink", "grey", "maroon", "navy", "gold"):
        assert contrast(dark[name], dark["paper"]) >= 4.5, name
    assert set(PALETTE) <= set(dark), "and no colour is left as it is"
    assert EDGES.keys() <= PALETTE.keys()
