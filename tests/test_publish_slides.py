"""A deck has the slides of its cells, its figures with their words, and what it needs."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag
from notebooks_by_hand import code, notebook, output, picture, prose, slide, text
from reading import FOUL, by_id, parse, text_of

from helpers.data import load
from helpers.language import LOCALES, Language
from helpers.paths import NOTEBOOKS
from helpers.publish import assets, deck, slides, speaker

EN, AR = Language("en"), Language("ar")
BOTH = pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
TABLE = '<table dir="ltr"><tr><th>a &lt;b&gt;</th></tr></table>'
WITHOUT_DECK = {"07_seminar"}  # there a class works by itself, and nobody presents
DECKS = sorted({path.stem for path in NOTEBOOKS.glob("*/*.ipynb")} - WITHOUT_DECK)
OPENERS = {"en": ("Say", "What students get wrong"), "ar": ("ما يُقال", "ما يخطئ فيه الطلاب")}
LINK = "[The figure](#interests)"


def cell(
    title: str, kind: str = "point", body: str = "", lang: Language = EN, cell_id: str = ""
) -> dict:
    """Return a slide that lacks nothing."""
    say, wrong = OPENERS[lang.code]
    notes = f"**{say}.** Look (`context.7.2`).\n\n**{wrong}.** Much."
    return slide(f"### {title}\n\n{body}\n\n---\n\n{notes}", kind, 2, cell_id or title.lower())


def compose(folder: Path, *cells: dict, lang: Language = EN) -> BeautifulSoup:
    path = folder / "01_context.ipynb"
    path.write_text(json.dumps(notebook(*cells)), encoding="utf-8")
    return parse(slides.compose(path, lang))


def made(folder: Path, *middle: dict, lang: Language = EN, shown: tuple = ()) -> BeautifulSoup:
    """Return a deck of some slides between agenda and take-away, in a notebook of some figures."""
    agenda, takeaway = (cell(k.title(), k, lang=lang) for k in ("agenda", "takeaway"))
    return compose(folder, *shown, agenda, *middle, takeaway, lang=lang)


def chart(**about: object) -> dict:
    return code(picture(), text(**about))


def of(page: BeautifulSoup) -> list[Tag]:
    return page.find("div", class_="slides").find_all("section", recursive=False)


# How a cell becomes a slide


def test_a_deck_is_its_title_its_cells_and_its_sources(tmp_path: Path) -> None:
    page = made(tmp_path, prose("# Prose", "a"), cell("One"), code(output({"text/html": "x"})))
    titles = [text_of(part.find(["h1", "h2"])) for part in of(page)]
    title = load("notebooks").set_index("notebook_id").at["01_context", "title_en"]
    assert titles == [title, "Agenda", "One", "Takeaway", "Sources"]
    assert "Prose" not in page.get_text() and "import" not in page.get_text()


def test_a_slide_has_its_title_its_figure_and_its_line(tmp_path: Path) -> None:
    page = made(tmp_path, cell("One", body=f"{LINK}\n\nA line."), shown=(chart(),))
    section = by_id(page, "one")
    assert [part.name for part in section.find_all(recursive=False)] == [
        "h2",
        "figure",
        "div",
        "aside",
    ]
    assert text_of(section.div) == "A line."
    assert LINK not in section.get_text()


def test_a_figure_without_a_line_says_what_is_measured(tmp_path: Path) -> None:
    page = made(tmp_path, cell("One", body=LINK), shown=(chart(subtitle=FOUL),))
    assert text_of(by_id(page, "one").find("div", class_="line")) == FOUL


def test_minutes_are_told_to_the_speaker_and_to_his_clock(tmp_path: Path) -> None:
    section = by_id(made(tmp_path, cell("One")), "one")
    assert section["data-timing"] == "120"
    assert text_of(section.aside).startswith(EN.phrase("deck-minutes", number=2))


def test_notes_have_what_to_say_what_goes_wrong_and_the_passages(tmp_path: Path) -> None:
    passages = ["goals.2.2", "context.7.2", "outcomes"]  # the last is a section, all of it
    about = {"passages": passages, "description": "It rose."}
    page = made(tmp_path, cell("One", body=LINK), shown=(chart(**about),))
    notes = text_of(by_id(page, "one").aside)
    for words in ("Say. Look (Context 7.2).", "What students get wrong. Much.", "It rose."):
        assert words in notes
    assert notes.endswith("Passages. Context 7.2; Goals 2.2; Outcomes."), "each once"


@BOTH
def test_notes_have_their_direction_in_themselves(tmp_path: Path, lang: Language) -> None:
    """The speaker's window takes what is inside of the notes, and nothing round it."""
    inner = by_id(made(tmp_path, cell("One", lang=lang), lang=lang), "one").aside.find()
    assert (inner["dir"], inner["lang"]) == (lang.direction, lang.code)


def test_what_is_computed_is_filled_and_escaped(tmp_path: Path) -> None:
    shown = (chart(finding=FOUL), code(text("paths", kind="table", table=TABLE), cell_id="t"))
    body = "{interests}, {advice-untied}, {paths}"
    section = by_id(
        made(tmp_path, cell("{interests}", body=body, cell_id="one"), shown=shown), "one"
    )
    conclusion = load("conclusions").set_index("conclusion_id").at["advice-untied", "text_en"]
    assert text_of(section.h2) == FOUL
    assert text_of(section.div) == f"{FOUL}, {conclusion}, What it shows"


def test_a_figure_without_a_finding_has_its_subject_for_one(tmp_path: Path) -> None:
    page = made(tmp_path, cell("{interests}", cell_id="one"), shown=(chart(title="Who wants"),))
    assert text_of(by_id(page, "one").h2) == "Who wants"


@BOTH
def test_locators_are_in_words_of_the_language(tmp_path: Path, lang: Language) -> None:
    page = made(tmp_path, cell("One", body="It grew (`context.7.2`).", lang=lang), lang=lang)
    assert (
        by_id(page, "one").div.span.get_text() == {"en": "Context 7.2", "ar": "سياق 7.2"}[lang.code]
    )


def test_factors_are_counted(tmp_path: Path) -> None:
    page = made(tmp_path, cell("One", "factor"), cell("Note"), cell("Two", "factor"))
    kickers = [text_of(part) for part in page.find_all("p", class_="kicker")]
    assert kickers == ["Factor 1 of 2", "Factor 2 of 2"]


def test_the_sources_say_what_each_figure_rests_on_once(tmp_path: Path) -> None:
    about = {"label": "Figure 9", "title": "Who wants", "credit": FOUL}
    steps = [cell(kind, kind, LINK if kind != "question" else "") for kind in deck.SEQUENCE]
    closing = by_id(made(tmp_path, *steps, shown=(chart(**about),)), "sources")
    assert [text_of(line) for line in closing.find_all("li")] == [f"Figure 9. Who wants. {FOUL}"]
    assert closing.find_next_sibling("section") is None


def test_many_sources_take_a_slide_more(tmp_path: Path) -> None:
    names = ["interests", "speeches", "package", "economy", "remittances", "replay", "times"]
    shown = [code(picture(name), text(name), cell_id=name) for name in names]
    middle = [cell(name, body=f"[The figure](#{name})", cell_id=f"s-{name}") for name in names]
    page = made(tmp_path, *middle, shown=tuple(shown))
    counts = [len(by_id(page, name).find_all("li")) for name in ("sources", "sources-2")]
    assert sum(counts) == len(names) and counts[1] > 0


# What stops the decks


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (prose("### One", "one") | {"metadata": {"tags": ["deck"]}}, "needs one tag of agenda"),
        (
            slide("### One\n\n---\n\n**Say.** x", "agenda", 0, "one"),
            "needs a tag such as minutes-2",
        ),
        (cell("") | {"id": "one"}, "needs a heading"),
        (cell("One", "reveal"), "needs a link to its figure"),
        (cell("One", body="[The figure](#gone)"), "no figure 'gone' in this notebook"),
        (
            slide("### One\n\n---\n\n**What students get wrong.** x", cell_id="one"),
            r"needs \*\*Say",
        ),
        (
            slide("### One\n\n---\n\n**Say.** x", cell_id="one"),
            r"needs \*\*What students get wrong",
        ),
        (cell("{gone}", cell_id="one"), "no conclusion is called 'gone'"),
        (cell("One", "agenda"), "the agenda has its place once, first"),
        (cell("One", "takeaway"), "the takeaway has its place once, last"),
        (cell("One", "question"), "a figure, its question and its answer follow each other"),
        (cell("One", "figure", LINK), "a figure without its question or its answer"),
    ],
)
def test_a_slide_that_lacks_something_stops_the_deck_by_name(
    tmp_path: Path, wrong: dict, told: str
) -> None:
    with pytest.raises(slides.SlidesError, match=told):
        made(tmp_path, wrong, shown=(chart(),))


def test_a_figure_is_looked_at_before_it_is_read(tmp_path: Path) -> None:
    look, ask, read = (
        cell(kind, kind, LINK if kind != "question" else "") for kind in deck.SEQUENCE
    )
    between = cell("Between")
    assert len(of(made(tmp_path, look, ask, read, between, shown=(chart(),)))) == 8
    for order in ([look, read, ask], [ask, look, read], [look, ask, between, read]):
        with pytest.raises(slides.SlidesError, match="follow each other"):
            made(tmp_path, *order, shown=(chart(),))


def test_a_question_is_answered_by_its_own_figure(tmp_path: Path) -> None:
    other = code(picture("speeches"), text("speeches"), cell_id="other")
    steps = [
        cell("a", "figure", LINK),
        cell("b", "question"),
        cell("c", "reveal", "[The figure](#speeches)"),
    ]
    with pytest.raises(slides.SlidesError, match="c: a figure, its question and its answer"):
        made(tmp_path, *steps, shown=(chart(), other))


# The decks of the notebooks


@cache
def cells_of(name: str, language: str) -> list[deck.Slide]:
    path = NOTEBOOKS / language / f"{name}.ipynb"
    return deck.read(nbformat.read(path, as_version=4).cells)


@pytest.mark.parametrize("name", DECKS)
@pytest.mark.parametrize("language", LOCALES)
def test_a_deck_lacks_nothing_and_has_twelve_to_twenty_slides(name: str, language: str) -> None:
    figures = load("figures")
    shown = set(figures[figures["notebook"] == name]["figure_id"])
    cells = cells_of(name, language)
    assert deck.faults(cells, shown, Language(language)) == []
    assert 12 <= len(cells) + 2 <= 20, "with title and sources"
    known = shown | set(load("conclusions")["conclusion_id"])
    assert {each for one in cells for each in one.names} <= known


@pytest.mark.parametrize("name", DECKS)
def test_both_languages_have_the_same_slides(name: str) -> None:
    """Kinds and minutes are tags, which are compared with all others of a pair of notebooks."""
    arabic, english = (
        [
            (one.cell, one.kind, one.minutes, one.figure, one.names, sorted(one.passages))
            for one in cells_of(name, language)
        ]
        for language in LOCALES
    )
    assert arabic == english


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_has_questions_that_its_figures_answer(name: str) -> None:
    kinds = [one.kind for one in cells_of(name, "en")]
    assert kinds.count("question") >= 2
    for language in LOCALES:
        for one in cells_of(name, language):
            assert (one.kind == "question") <= bool(re.search("[?؟]$", one.title)), one.cell


@pytest.mark.parametrize("name", DECKS)
def test_a_reveal_asserts_what_is_computed(name: str) -> None:
    """Its title is a finding or a conclusion, or tells no number."""
    for language in LOCALES:
        for one in cells_of(name, language):
            if one.kind == "reveal" and not deck.NAME.fullmatch(one.title):
                assert not re.search(r"\d", one.title), f"{one.cell}: {one.title}"


def test_every_factor_of_the_context_has_a_slide() -> None:
    """The ninth and the tenth paragraph of the context are one factor each."""
    points = load("points")
    factors = points[points["stage"] == "context"]
    shown = [one for one in cells_of("01_context", "en") if one.kind == "factor"]
    assert len(shown) == len(factors)
    paragraphs = [{p.rpartition(".")[0] for p in one.passages} for one in shown]
    for (_, point), cited in zip(factors.sort_values("order").iterrows(), paragraphs, strict=True):
        assert point["passage_id"].rpartition(".")[0] in cited, point["point_id"]


# The files


@BOTH
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


def test_a_chart_is_its_picture_with_its_description_as_alternative_text(tmp_path: Path) -> None:
    shown = (code(picture(alt=FOUL), text()),)
    page = made(tmp_path, cell("One", body=LINK, lang=AR), lang=AR, shown=shown)
    figure = by_id(page, "one-interests")
    assert figure.name == "figure"
    assert figure.img["alt"] == FOUL
    assert figure.img["src"] == "../figures/ar/interests.projecting.svg"


def test_a_caption_is_what_the_metadata_say_and_nothing_of_the_page_follows(tmp_path: Path) -> None:
    page = made(tmp_path, cell("One", body=LINK), shown=(chart(caption=FOUL),))
    figure = by_id(page, "one-interests")
    assert text_of(figure.figcaption) == f"Figure 9. {FOUL}"
    assert "JupyterLab" not in page.get_text()


def test_a_table_is_shown_as_it_is(tmp_path: Path) -> None:
    shown = (code(text("paths", kind="table", table=TABLE)),)
    page = made(tmp_path, cell("One", body="[The table](#paths)"), shown=shown)
    figure = by_id(page, "one-paths")
    assert text_of(figure.table.th) == "a <b>"
    assert figure.img is None


def test_a_link_to_another_notebook_leads_to_its_deck(tmp_path: Path) -> None:
    words = "[a](02_goals.ipynb), [b](02_goals.ipynb#x), [c](https://example.org/x.ipynb)"
    page = made(tmp_path, cell("One", body=words))
    assert [link["href"] for link in by_id(page, "one").find_all("a")] == [
        "02_goals.html",
        "02_goals.html#x",
        "https://example.org/x.ipynb",
    ]


def test_a_deck_is_in_its_language_and_has_the_title_of_its_notebook(tmp_path: Path) -> None:
    title = load("notebooks").set_index("notebook_id").at["01_context", "title_ar"]
    one = cell("عنوان", lang=AR, cell_id="one")
    one["source"] = f'<div dir="rtl" lang="ar">\n\n{one["source"]}\n\n</div>'
    page = made(tmp_path, one, lang=AR)
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert text_of(page.title) == title
    assert text_of(by_id(page, "one").h2) == "عنوان"
    assert [part for part in page.find_all("div", dir=True) if not part.find_parent("aside")] == []


@pytest.mark.parametrize(("lang", "onward"), [(EN, "right"), (AR, "left")], ids=["en", "ar"])
def test_the_arrows_are_named_by_where_they_lead(
    tmp_path: Path, lang: Language, onward: str
) -> None:
    page = made(tmp_path, lang=lang)
    words = json.loads(page.find("script", {"data-words": True})["data-words"])
    back = {"right": "left", "left": "right"}[onward]
    assert words[onward] == words["down"] == lang.phrase("next-slide")
    assert words[back] == words["up"] == lang.phrase("previous-slide")
    assert words["resume"] == lang.phrase("deck-resume")


def folder_of(tmp_path: Path, *cells: dict) -> Path:
    """Return a build folder with one notebook in both languages."""
    for language in LOCALES:
        for kind in ("notebooks", "figures"):
            (tmp_path / kind / language).mkdir(parents=True)
        path = tmp_path / "notebooks" / language / "01_context.ipynb"
        lang = Language(language)
        agenda, takeaway = (cell(k.title(), k, lang=lang) for k in ("agenda", "takeaway"))
        path.write_text(json.dumps(notebook(*cells, agenda, takeaway)), encoding="utf-8")
        for kind in ("png", "svg", "projecting.svg"):
            (tmp_path / "figures" / language / f"interests.{kind}").write_text("x")
    return tmp_path


def test_a_notebook_without_slides_has_no_deck(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "notebooks" / "ar" / "01_context.ipynb").write_text(json.dumps(notebook(prose("x"))))
    assert [path.parent.name for path in slides.build(folder)] == ["en"]


def test_a_link_that_leads_nowhere_stops_the_decks_by_name(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    for language in LOCALES:
        path = folder / "notebooks" / language / "01_context.ipynb"
        path.write_text(path.read_text().replace("Agenda", "[x](99_gone.ipynb)"), encoding="utf-8")
    with pytest.raises(slides.SlidesError, match=r"ar/01_context\.html: no file for 99_gone\.html"):
        slides.build(folder)


def test_decks_bring_along_all_that_they_ask_for(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, chart())
    for language in LOCALES:
        path = folder / "notebooks" / language / "01_context.ipynb"
        content = json.loads(path.read_text(encoding="utf-8"))
        content["cells"].insert(2, cell("One", body=LINK, lang=Language(language)))
        path.write_text(json.dumps(content), encoding="utf-8")
    decks = slides.build(folder)
    target = folder / "slides"
    assert [deck.relative_to(target).as_posix() for deck in decks] == [
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
    assert {file.name for file in (target / "assets" / "fonts").iterdir()} == {
        file.name for file in assets.font_files()
    }
    assert len(list((target / "licences").iterdir())) == len(assets.COPIED)
    pictures = {file.name for file in (target / "figures").rglob("*.*")}
    assert pictures == {"interests.projecting.svg"}, "a deck shows what is drawn for a wall"
