"""A deck has the slides of its notebook, its figures with their words, and what it needs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from notebooks_by_hand import code, notebook, output, picture, prose, text
from reading import FOUL, by_id, parse, text_of

from helpers.data import load
from helpers.language import Language
from helpers.paths import NOTEBOOKS
from helpers.publish import assets, slides, speaker

EN, AR = Language("en"), Language("ar")
TABLE = '<table dir="ltr"><tr><th>a &lt;b&gt;</th></tr></table>'


def deck(folder: Path, *cells: dict, lang: Language = EN) -> BeautifulSoup:
    path = folder / "01_context.ipynb"
    path.write_text(json.dumps(notebook(*cells)), encoding="utf-8")
    return parse(slides.compose(path, lang))


def slides_of(page: BeautifulSoup) -> list[list[str]]:
    """Return the text of each slide, by the stacks that they stand in."""
    stacks = page.find("div", class_="slides").find_all("section", recursive=False)
    return [[text_of(part) for part in s.find_all("section", recursive=False)] for s in stacks]


def test_slides_stand_in_stacks_and_what_is_skipped_stays_out(tmp_path: Path) -> None:
    page = deck(
        tmp_path,
        prose("# One", "a"),
        prose("## Two", "b", "subslide"),
        prose("more", "c", "-"),
        prose("hidden", "d", "skip"),
        prose("# Three", "e"),
    )
    assert slides_of(page) == [["One", "Two more"], ["Three"]]


def test_notes_are_for_the_speaker_alone(tmp_path: Path) -> None:
    page = deck(tmp_path, prose("# One", "a"), prose("Say **this**.", "b", "notes"))
    (aside,) = page.find_all("aside", class_="notes")
    assert text_of(aside) == "Say this."
    assert aside.strong
    aside.extract()
    assert slides_of(page) == [["One"]]


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_notes_have_their_direction_in_themselves(tmp_path: Path, lang: Language) -> None:
    """The speaker's window takes what is inside of the notes, and nothing round it."""
    page = deck(tmp_path, prose("# One", "a"), prose("say", "b", "notes"), lang=lang)
    inner = page.find("aside", class_="notes").find(recursive=False)
    assert (inner["dir"], inner["lang"]) == (lang.direction, lang.code)


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_the_speakers_window_is_in_the_language_of_the_deck(lang: Language) -> None:
    script = slides.NODE_MODULES / "reveal.js" / "dist" / "plugin" / "notes.js"
    text = speaker.window(script.read_text(encoding="utf-8"), lang)
    assert f'<html lang="{lang.code}" dir="{lang.direction}">' in text
    assert f"<title>reveal.js - {lang.phrase('speaker-view')}</title>" in text
    assert f'<h4 class="label">{lang.phrase("speaker-notes")}</h4>' in text
    assert 'font-family: "Book"' in text and "assets/faces.css" in text
    if lang == AR:
        english = ("Speaker View", "Upcoming", "Click to Reset", ">Notes<", "en-US")
        assert [word for word in english if word in text.partition("<script>")[0]] == []


def test_a_plug_in_that_has_changed_is_named() -> None:
    with pytest.raises(speaker.SpeakerError, match=r"has no '<title>reveal\.js"):
        speaker.window("other", EN)


def test_a_picture_has_its_slide_to_itself(tmp_path: Path) -> None:
    """The heading that would stand above it is for the speaker; a table stays below its own."""
    chart, table = code(picture(), text()), code(text("paths", kind="table", table=TABLE))
    for cell in (chart, table):
        cell["metadata"]["slideshow"] = {"slide_type": "-"}
    page = deck(
        tmp_path,
        prose("# One", "a"),
        prose("## Chart", "b"),
        chart,
        prose("found", "c", "notes"),
        prose("## Table", "d"),
        table | {"id": "other"},
    )
    stacks = page.find("div", class_="slides").find_all("section", recursive=False)
    _, pictured, tabled = (stack.section for stack in stacks)
    assert [text_of(note) for note in pictured.find_all("aside")] == ["Chart", "found"]
    assert next(part.name for part in pictured.find_all(recursive=False)) == "figure"
    assert tabled.h2 and tabled.table and not tabled.aside


def test_decks_of_both_languages_have_the_same_slides() -> None:
    for name in load("notebooks")["notebook_id"]:
        types = [
            [
                (cell["id"], cell["metadata"].get("slideshow", {}).get("slide_type"))
                for cell in json.loads((NOTEBOOKS / code_ / f"{name}.ipynb").read_text())["cells"]
            ]
            for code_ in ("ar", "en")
        ]
        assert types[0] == types[1]


def test_no_slide_announces_a_table_that_is_kept_from_it() -> None:
    """A heading whose very next cell shows something that the deck skips is skipped too.

    Unless the slide has a list to show in its place.
    """
    for path in NOTEBOOKS.glob("*/*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        kinds = [cell["metadata"].get("slideshow", {}).get("slide_type", "-") for cell in cells]
        for cell, kind, after, its in zip(cells, kinds, cells[1:], kinds[1:], strict=False):
            shows = after["cell_type"] == "code" and "show(" in "".join(after["source"])
            own = cell["cell_type"] != "markdown" or "\n- " in "".join(cell["source"])
            if kind in {"slide", "subslide"} and shows and not own:
                assert its != "skip", f"{path.name}: {cell['id']} announces {after['id']}"


def test_a_fragment_waits_for_its_turn(tmp_path: Path) -> None:
    page = deck(tmp_path, prose("# One", "a"), prose("later", "b", "fragment"))
    assert [text_of(part) for part in page.find_all("div", class_="fragment")] == ["later"]


def test_a_chart_is_its_picture_with_its_description_as_alternative_text(tmp_path: Path) -> None:
    page = deck(tmp_path, code(picture(alt=FOUL), text()), lang=AR)
    figure = by_id(page, "interests")
    assert figure.name == "figure"
    assert figure.img["alt"] == FOUL
    assert figure.img["src"] == "../figures/ar/interests.projecting.svg"


def test_a_caption_is_what_the_metadata_say_and_nothing_of_the_page_follows(tmp_path: Path) -> None:
    page = deck(tmp_path, code(picture(), text(caption=FOUL)))
    figure = by_id(page, "interests")
    assert text_of(figure.figcaption) == f"Figure 9. {FOUL}"
    assert text_of(figure.figcaption.strong) == "Figure 9."
    for word in ("What it shows", "context.2.2", "JupyterLab"):
        assert word not in page.get_text()


def test_a_table_stands_below_its_caption_as_it_is(tmp_path: Path) -> None:
    page = deck(tmp_path, code(text("timeline-dates", kind="table", table=TABLE)))
    figure = by_id(page, "timeline-dates")
    caption, table = (part for part in figure.find_all(recursive=False))
    assert (caption.name, table.name) == ("figcaption", "table")
    assert text_of(table.th) == "a <b>"
    assert figure.img is None


def test_two_figures_of_a_cell_keep_their_own_pictures(tmp_path: Path) -> None:
    shown = [picture("interests", "one"), picture("speeches", "two"), text("speeches"), text()]
    page = deck(tmp_path, code(*shown))
    assert [f["id"] for f in page.find_all("figure")] == ["speeches", "interests"]
    assert [by_id(page, f).img["alt"] for f in ("speeches", "interests")] == ["two", "one"]


def test_a_link_to_another_notebook_leads_to_its_deck(tmp_path: Path) -> None:
    words = "[a](02_goals.ipynb), [b](02_goals.ipynb#x), [c](https://example.org/x.ipynb)"
    page = deck(tmp_path, prose(words))
    assert [link["href"] for link in page.find_all("a")] == [
        "02_goals.html",
        "02_goals.html#x",
        "https://example.org/x.ipynb",
    ]


def test_code_and_what_else_it_prints_stay_out(tmp_path: Path) -> None:
    page = deck(tmp_path, prose("# One"), code(output({"text/html": "<p>other</p>"}), cell_id="x"))
    assert "import" not in page.get_text()
    assert "other" not in page.get_text()


def test_a_deck_is_in_its_language_and_has_the_title_of_its_notebook(tmp_path: Path) -> None:
    title = load("notebooks").set_index("notebook_id").at["01_context", "title_ar"]
    block = prose('<div dir="rtl" lang="ar">\n\n# عنوان\n\n</div>')
    page = deck(tmp_path, block, lang=AR)
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert text_of(page.title) == title
    assert page.find("div", dir=True) is None, "the page has the direction already"


@pytest.mark.parametrize(("lang", "onward"), [(EN, "right"), (AR, "left")], ids=["en", "ar"])
def test_the_arrows_are_named_by_where_they_lead(
    tmp_path: Path, lang: Language, onward: str
) -> None:
    page = deck(tmp_path, prose("# One"), lang=lang)
    words = json.loads(page.find("script", {"data-words": True})["data-words"])
    back = {"right": "left", "left": "right"}[onward]
    assert words[onward] == words["down"] == lang.phrase("next-slide")
    assert words[back] == words["up"] == lang.phrase("previous-slide")


def test_a_link_that_leads_nowhere_stops_the_decks_by_name(tmp_path: Path) -> None:
    for language in ("ar", "en"):
        (tmp_path / "notebooks" / language).mkdir(parents=True)
        path = tmp_path / "notebooks" / language / "01_context.ipynb"
        path.write_text(json.dumps(notebook(prose("[x](99_gone.ipynb)"))), encoding="utf-8")
    (tmp_path / "figures").mkdir()
    with pytest.raises(slides.SlidesError, match=r"ar/01_context\.html: no file for 99_gone\.html"):
        slides.build(tmp_path)


def test_decks_bring_along_all_that_they_ask_for(tmp_path: Path) -> None:
    for language in ("ar", "en"):
        for kind in ("notebooks", "figures"):
            (tmp_path / kind / language).mkdir(parents=True)
        path = tmp_path / "notebooks" / language / "01_context.ipynb"
        path.write_text(json.dumps(notebook(code(picture(), text()))), encoding="utf-8")
        for kind in ("png", "svg", "projecting.svg"):
            (tmp_path / "figures" / language / f"interests.{kind}").write_text("x")
    decks = slides.build(tmp_path)
    folder = tmp_path / "slides"
    assert [deck.relative_to(folder).as_posix() for deck in decks] == [
        "ar/01_context.html",
        "en/01_context.html",
    ]
    for path in decks:
        page = parse(path.read_text(encoding="utf-8"))
        asked = [part.get("src") or part.get("href") for part in page.find_all(["script", "link"])]
        asked.append(page.img["src"])
        for address in asked:
            assert (path.parent / address).resolve().is_file(), address
        styles = [part["href"] for part in page.find_all("link", rel="stylesheet")]
        assert styles.index("../assets/palette.css") < styles.index("../assets/slides.css")
    assert {file.name for file in (folder / "assets" / "fonts").iterdir()} == {
        file.name for file in assets.font_files()
    }
    assert len(list((folder / "licences").iterdir())) == len(assets.COPIED)
    pictures = {file.name for file in (folder / "figures").rglob("*.*")}
    assert pictures == {"interests.projecting.svg"}, "a deck shows what is drawn for a wall"
