"""Pages, links, entries and archive of the book; what stops a build, and with which name."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from helpers.data import load
from helpers.errors import BuildError
from helpers.language import LOCALES, Language
from helpers.publish import book, entries, handout, links, pages, slides
from helpers.publish.run import METADATA
from helpers.publish.targets import targets

FIGURE = (
    '<div id="{id}" dir="ltr" lang="en"><p>Figure</p><p>Text</p><p><small>{line}</small></p></div>'
)
LINE = '<span data-kind="data">Data: <bdi dir="ltr">claims</bdi></span>'


# Pages


def test_every_page_is_written_in_both_languages(built: Path) -> None:
    names = {code: {p.name for p in (built / "pages" / code).iterdir()} for code in LOCALES}
    assert names["ar"] == names["en"]
    expected = {f"{n}.ipynb" for n in load("notebooks")["notebook_id"]} | {
        f"passages-{s}.md" for s in load("sections")["section_id"]
    }
    assert expected < names["en"]


def test_no_mark_is_left_in_a_page(built: Path) -> None:
    for page in (built / "pages").rglob("*.md"):
        assert not pages.MARK.search(page.read_text(encoding="utf-8")), page.name


def test_an_unknown_mark_is_named_with_its_page(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(pages, "PROSE", tmp_path / "pages")
    page = tmp_path / "pages" / "en" / "x.md"
    page.parent.mkdir(parents=True)
    page.write_text("# X\n\n{{nothing}}\n", encoding="utf-8")
    with pytest.raises(
        pages.PageError, match=r"en/x\.md: no mark \{\{nothing\}\}; known: .*glossary"
    ):
        pages.fill(page, Language("en"))


@pytest.mark.parametrize("kind", ["notebook", "prose"])
def test_an_unpaired_page_stops_the_build_by_name(tmp_path: Path, monkeypatch, kind: str) -> None:
    for code in LOCALES:
        (tmp_path / "notebooks" / code).mkdir(parents=True)
    if kind == "notebook":
        (tmp_path / "notebooks" / "ar" / "09_alone.ipynb").write_text("{}", encoding="utf-8")
    else:
        prose = tmp_path / "prose"
        shutil.copytree(pages.PROSE, prose)
        (prose / "ar" / "alone.md").write_text("# x\n", encoding="utf-8")
        monkeypatch.setattr(pages, "PROSE", prose)
    with pytest.raises(pages.PageError, match=r"ar/(09_)?alone\.\w+ has no pair in \w+/en"):
        pages.write(tmp_path)


def test_a_page_follows_its_table(change) -> None:
    old = load("glossary").set_index("term_id").at["nato", "term_en"]
    change("reference/glossary.csv", f",{old},", ",North Atlantic <Alliance>,")
    html = entries.glossary(Language("en"))
    assert "North Atlantic &lt;Alliance&gt;" in html


def test_a_title_cannot_break_a_table_of_markdown(change) -> None:
    old = load("figures").set_index("figure_id").at["interests", "title_en"]
    change("reference/figures.csv", f",{old},", ",This | <that>,")
    page = pages.fill(pages.PROSE / "en" / "downloads.md", Language("en"))
    row = next(line for line in page.splitlines() if "#interests" in line)
    assert "This &#124; &lt;that&gt;" in row
    assert row.count("|") == len(LOCALES) + 2


def test_every_claim_stands_on_the_page_of_its_passage(built: Path, code: str) -> None:
    text = {
        page.stem: page.read_text(encoding="utf-8")
        for page in (built / "book" / code).glob("passages-*.html")
    }
    known = targets()
    for claim, passage in load("claims")[["claim_id", "passage_id"]].itertuples(index=False):
        page, _, anchor = known["claims"][claim].partition(".html#")
        assert anchor == claim
        assert f'id="{claim}"' in text[page]
        assert f'id="{passage}"' in text[page]


def test_sources_list_the_claims_that_they_judge() -> None:
    check = load("checks").iloc[0]
    html = entries.sources(Language("en"))
    block = html[html.index(f'id="{check["source_id"]}"') :]
    assert check["claim_id"] in block[: block.index("</div>")]


def test_the_archive_is_the_same_each_time_and_opens_as_a_data_package(tmp_path: Path) -> None:
    first = book.archive(tmp_path / "a.zip").read_bytes()
    assert book.archive(tmp_path / "b.zip").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        descriptor = json.loads(file.read("data/datapackage.json"))
        names = set(file.namelist())
    assert {f"data/{entry['path']}" for entry in descriptor["resources"]} < names


# Links


def test_links_are_checked_to_files_and_anchors(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p id="here"></p><a href="b.html#there">1</a><a href="#gone">2</a><a href="c.html">3</a>'
        '<img src="d.png"><a href="https://example.org/x">4</a><a href="#here">5</a>',
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text('<p id="there"></p>', encoding="utf-8")
    assert links.faults(tmp_path) == [
        "a.html: no anchor for #gone",
        "a.html: no file for c.html",
        "a.html: no file for d.png",
    ]


def test_no_link_of_the_book_is_broken(built: Path) -> None:
    assert links.faults(built / "book") == []


def test_every_figure_links_its_passages_and_its_pictures(built: Path, code: str) -> None:
    from bs4 import BeautifulSoup

    known = targets()
    figures = load("figures")
    for notebook, rows in figures.groupby("notebook"):
        html = (built / "book" / code / f"{notebook}.html").read_text(encoding="utf-8")
        page = BeautifulSoup(html, "html.parser")
        for row in rows.to_dict("records"):
            figure = page.find("figure", id=row["figure_id"])
            assert figure, row["figure_id"]
            addresses = {a["href"] for a in figure.find_all("a")}
            for passage in row["passage_ids"].split():
                kinds = {**known["passages"], **known["sections"]}
                assert kinds[passage] in addresses, (row["figure_id"], passage)
            if row["kind"] == "chart":
                assert figure.img["alt"]
                for other in LOCALES:
                    for kind in ("png", "svg"):
                        name = f"../downloads/figures/{other}/{row['figure_id']}.{kind}"
                        assert name in addresses


# What stops a build


def small_book(tmp_path: Path, cells: list[dict], prose: str = "") -> Path:
    """Write the pages of a book of one notebook."""
    for code in LOCALES:
        folder = tmp_path / "pages" / code
        folder.mkdir(parents=True)
        (folder / "index.md").write_text(
            f"# X\n\n{prose}\n\n```{{toctree}}\nnb\n```\n", encoding="utf-8"
        )
        notebook = {
            "cells": [
                {"cell_type": "markdown", "id": "t", "metadata": {}, "source": "# T"},
                *cells,
            ],
            "metadata": METADATA,
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        (folder / "nb.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return tmp_path


def cell(*outputs: dict) -> dict:
    shown = [{"output_type": "display_data", "metadata": {}, **output} for output in outputs]
    return {
        "cell_type": "code",
        "id": "chart",
        "metadata": {},
        "execution_count": 1,
        "source": "show()",
        "outputs": shown,
    }


def build_small(folder: Path) -> str:
    """Build it; return what stopped the build, empty if nothing did."""
    try:
        book._build_languages(folder, folder / "book")
    except BuildError as error:
        return str(error)
    return ""


PICTURE = {"data": {"image/png": "iVBORw0KGgo="}}
ABOUT = {"image/png": {"alt": "A picture", "width": 1, "height": 1}}
BLOCK = {"data": {"text/html": FIGURE.format(id="argument-overview", line=LINE)}}


def test_a_small_book_is_built(tmp_path: Path) -> None:
    assert build_small(small_book(tmp_path, [cell(PICTURE | {"metadata": ABOUT}, BLOCK)])) == ""
    html = (tmp_path / "book" / "ar" / "nb.html").read_text(encoding="utf-8")
    assert '<html dir="rtl" lang="ar"' in html
    assert 'alt="A picture"' in html
    assert '<a href="dictionary.html#table-claims">' in html


def test_a_figure_without_alternative_text_stops_the_build_by_name(tmp_path: Path) -> None:
    bare = PICTURE | {"metadata": {"image/png": {"width": 1, "height": 1}}}
    message = build_small(small_book(tmp_path, [cell(bare, BLOCK)]))
    assert "figure without alt text in nb, cell chart" in message


def test_a_figure_without_caption_stops_the_build_by_name(tmp_path: Path) -> None:
    message = build_small(small_book(tmp_path, [cell(PICTURE | {"metadata": ABOUT})]))
    assert "figure without caption in nb, cell chart" in message


def test_a_link_to_no_page_stops_the_build_by_name(tmp_path: Path) -> None:
    message = build_small(small_book(tmp_path, [], prose="[x](nowhere.md)"))
    assert "nowhere.md" in message


def test_a_page_in_one_language_stops_the_build_by_name(tmp_path: Path) -> None:
    folder = small_book(tmp_path, [])
    (folder / "pages" / "ar" / "extra.md").write_text(
        "---\norphan: true\n---\n# X\n", encoding="utf-8"
    )
    assert "page extra has no pair in en" in build_small(folder)


@pytest.mark.parametrize("word", ["next page", "Search Results"], ids=["template", "script"])
def test_a_word_without_translation_stops_the_build_by_name(
    tmp_path: Path, monkeypatch, word: str
) -> None:
    copy = tmp_path / "source"
    shutil.copytree(book.SOURCES, copy, ignore=shutil.ignore_patterns("node_modules"))
    words = copy / "locales" / "ar.po"
    text = words.read_text(encoding="utf-8")
    assert f'msgid "{word}"' in text
    words.write_text(text.replace(f'msgid "{word}"', 'msgid "something else"'), encoding="utf-8")
    monkeypatch.setattr(book, "SOURCES", copy)
    message = build_small(small_book(tmp_path, []))
    assert f"no ar words in book/locales for: '{word}'" in message


def test_missing_npm_packages_are_named_with_the_command(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(book, "NODE_MODULES", book.ROOT / "book" / "missing")
    with pytest.raises(book.BookError, match="run `make setup`"):
        book.build(tmp_path)


def test_a_missing_browser_is_named_with_the_way_to_get_it(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv(handout.BROWSER_VARIABLE, "no-such-browser")
    with pytest.raises(
        handout.HandoutError, match=r"no Chromium found \(no-such-browser\).*apt-get"
    ):
        handout.build(tmp_path)


# Decks


def test_a_deck_has_the_slides_of_its_notebook_and_hides_the_rest(built: Path, code: str) -> None:
    for deck in sorted((built / "slides" / code).glob("*.html")):
        notebook = json.loads(
            (built / "notebooks" / code / f"{deck.stem}.ipynb").read_text(encoding="utf-8")
        )
        kinds = [c["metadata"]["slideshow"]["slide_type"] for c in notebook["cells"]]
        html = deck.read_text(encoding="utf-8")
        slides_made = len(re.findall(r"<section>", html)) - kinds.count("slide")
        assert slides_made == kinds.count("slide") + kinds.count("subslide")
        assert html.count('<aside class="notes">') == kinds.count("notes")
        assert "from helpers import" not in html


def test_the_arrows_of_a_deck_are_named_by_where_they_lead() -> None:
    arabic, english = (slides.control_words(Language(code)) for code in ("ar", "en"))
    assert english["right"] == Language("en").phrase("next-slide")
    assert arabic["left"] == Language("ar").phrase("next-slide")
