"""The book: what a cell becomes, what stops a build and with which name, what travels with it."""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from notebooks_by_hand import code as code_cell
from notebooks_by_hand import notebook, output, picture, prose, slide, text
from reading import FOUL, by_id, in_words, links_of, parse, text_of

from helpers.arabic import native_shaping
from helpers.data import data_folder, load, table_names
from helpers.data.schema import other_files, package
from helpers.errors import BuildError
from helpers.language import LOCALES, Language
from helpers.paths import DATA_VARIABLE, ROOT
from helpers.publish import archives, assets, book, deck, exports, links, live, shown
from helpers.publish.targets import EXPORTS, format_anchor, targets
from helpers.theme import PALETTE

BALLOON = "منطاد"
TABLE = (
    "<table><tr><th>x &lt;i&gt;</th><td><bdi><code>outcomes.2.2-a</code></bdi></td>"
    "<td><bdi>claims</bdi></td></tr></table>"
)

# One worker builds the books, small and whole.
pytestmark = pytest.mark.xdist_group("book")


def test_one_worker_has_all_that_needs_the_book(request: pytest.FixtureRequest) -> None:
    """Where xdist does not know the versions of pytest, it forgets the groups without a word."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@book")


# A picture as a notebook leaves it for its page.
DRAWING = (
    '<svg viewBox="0 0 9 9"><a href="claims:goals.2.3-a"><title>A mark</title>'
    '<path d="m0 0l9 9" style="fill:none" /></a></svg>'
)


def small_book(folder: Path, *cells: dict, words: str = "") -> Path:
    """Write the pages of a book of one notebook, and the pictures of its charts."""
    for code in LOCALES:
        drawing = live.file_of(folder / "figures" / code, "interests")
        drawing.parent.mkdir(parents=True)
        drawing.write_text(DRAWING, encoding="utf-8")
        pages = folder / "pages" / code
        pages.mkdir(parents=True)
        index = f"# X\n\n{words}\n\n```{{toctree}}\nnb\n```\n"
        (pages / "index.md").write_text(index, encoding="utf-8")
        content = notebook(prose("# T", "t"), *cells)
        (pages / "nb.ipynb").write_text(json.dumps(content), encoding="utf-8")
    return folder


def with_balloon(copy: Path) -> Path:
    """Copy the data, one term of the glossary changed to a balloon."""
    shutil.copytree(data_folder(), copy)
    glossary = copy / "reference" / "glossary.csv"
    frame = pd.read_csv(glossary, dtype=str, keep_default_na=False)
    frame.loc[0, "term_ar"] = BALLOON
    frame.to_csv(glossary, index=False)
    return copy


# What a cell becomes: one small book, in the language that runs from the right


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    """The page of a notebook with a chart, a table and what else a cell may show."""
    chart = code_cell(
        picture("interests", FOUL),
        text(caption=FOUL, sources=list(load("sources")["source_id"][:2])),
    )
    table = text("timeline-dates", kind="table", table=TABLE, tables=["*"], passages=["context"])
    cells = [
        prose('<div dir="rtl" lang="ar">\n\n## عنوان\n\nانظر `context.2.2`.\n\n</div>', "part"),
        prose("## Speeches\n\n### Package", "apart"),
        prose("للمنطاد منطاد آخر، و`no-claim.1.1`.", "terms"),
        chart,
        code_cell(table, cell_id="table"),
        code_cell(output({"text/html": "<p>for JupyterLab</p>"}), cell_id="setup"),
        code_cell(output({"text/html": '<p id="else">else</p>'}), cell_id="other"),
        prose("## Slides below", "deck") | {"metadata": {"tags": [deck.SECTION]}},
        slide("### On a slide\n\n---\n\n**Say.** To the class."),
    ]
    folder = small_book(tmp_path_factory.mktemp("small"), *cells)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(DATA_VARIABLE, str(with_balloon(folder / "data")))
        book.build_languages(folder, ["ar"])
    return parse((folder / "book" / "ar" / "nb.html").read_text(encoding="utf-8"))


def test_a_page_is_in_its_language_and_direction(small: BeautifulSoup) -> None:
    assert (small.html["lang"], small.html["dir"]) == ("ar", "rtl")
    assert small.find("a", class_="language-switch")["href"] == "../en/nb.html"


def test_a_chart_is_a_drawing_with_its_name_and_description(small: BeautifulSoup) -> None:
    figure = by_id(small, "interests")
    assert figure.img is None
    assert figure.svg["aria-label"] == "Figure 9"
    heads = [text_of(line) for line in figure.find(class_="picture-head").find_all("p")]
    assert [*heads, text_of(figure.find(class_="credit"))] == [
        *("Its subject", "What is measured", "Who made it")
    ]
    assert text_of(by_id(small, figure.svg["aria-describedby"])) == "What it shows"
    assert figure.svg.a["href"] == targets()["claims"]["goals.2.3-a"]
    large = figure.find("p", class_="whole")
    assert list(links_of(large)) == ["../downloads/figures/ar/interests.svg"]


def test_under_a_chart_stand_its_texts_and_what_it_rests_on(small: BeautifulSoup) -> None:
    figure = by_id(small, "interests")
    known = targets()
    said = [text_of(part) for part in figure.figcaption.find_all("p")]
    assert said[:2] == [f"Figure 9. {FOUL}", "What it shows"]
    assert "JupyterLab" not in figure.get_text()
    groups = {
        part["data-kind"]: links_of(part) for part in figure.find_all("span", {"data-kind": True})
    }
    assert groups == {
        "passages": {known["passages"]["context.2.2"]: "سياق 2.2"},
        "data": {known["tables"]["claims"]: "claims"},
    }


def test_sources_of_a_chart_are_a_list_to_open_each_by_its_publisher(small: BeautifulSoup) -> None:
    details = by_id(small, "interests").find("details", class_="sources")
    lang = Language("ar")
    assert text_of(details.summary) == f"{lang.phrase('sources')} (2)"
    for link, row in zip(details.find_all("a"), load("sources").itertuples(), strict=False):
        assert link["href"] == f"sources.html#{row.source_id}"
        assert text_of(link).startswith(row.publisher)


def test_pictures_of_a_chart_can_be_taken_in_both_languages(small: BeautifulSoup) -> None:
    line = by_id(small, "interests").find("p", class_="picture")
    assert set(links_of(line)) == {
        f"../downloads/figures/{code}/interests.{kind}"
        for code in LOCALES
        for kind in ("png", "svg")
    }
    assert [text_of(part) for part in line.find_all("span", lang=True)] == ["العربية", "English"]


def test_a_table_stands_below_its_caption_its_identifiers_linked(small: BeautifulSoup) -> None:
    figure = by_id(small, "timeline-dates")
    known = targets()
    assert [part.name for part in figure.find_all(recursive=False)] == ["figcaption", "div"]
    assert text_of(figure.table.th) == "x <i>"
    assert links_of(figure.table) == {
        known["claims"]["outcomes.2.2-a"]: "نتائج 2.2 أ",
        known["tables"]["claims"]: "claims",
    }
    assert figure.find("p", class_="picture") is None


def test_a_figure_of_every_table_leads_to_the_dictionary(small: BeautifulSoup) -> None:
    groups = by_id(small, "timeline-dates").find_all("span", {"data-kind": True})
    assert links_of(groups[0]) == {"passages-context.html": "سياق"}
    assert list(links_of(groups[1])) == ["dictionary.html"]


def test_a_heading_is_a_target_by_its_cell_and_its_block_is_opened(small: BeautifulSoup) -> None:
    heading = by_id(small, "section-nb-part").find("h2")
    assert text_of(heading).startswith("عنوان")
    link = small.find("a", href="passages-context.html#context.2.2")
    assert text_of(link) == in_words("context.2.2", "ar")
    assert "locator" in link["class"]
    assert link.code is None, "a locator is words, not code"


def test_a_heading_leaves_the_ids_of_figures_to_the_figures(small: BeautifulSoup) -> None:
    assert {"speeches", "package"} < set(load("figures")["figure_id"])
    assert not {"speeches", "package"} & set(small.elements)
    assert text_of(by_id(small, "section-nb-apart").h2).startswith("Speeches")
    assert text_of(by_id(small, "section-package").h3).startswith("Package")


def test_the_first_use_of_a_term_leads_to_the_glossary_of_the_tables_in_use(
    small: BeautifulSoup,
) -> None:
    (term,) = small.find_all("a", class_="term")
    assert text_of(term) == f"لل{BALLOON}"
    assert term["href"] == f"glossary.html#term-{load('glossary')['term_id'].iloc[0]}"


def test_code_that_is_no_identifier_is_no_link(small: BeautifulSoup) -> None:
    (literal,) = [code for code in small.find_all("code") if text_of(code) == "no-claim.1.1"]
    assert literal.find_parent("a") is None


def test_what_speaks_to_readers_of_jupyterlab_is_silent_and_the_rest_is_kept(
    small: BeautifulSoup,
) -> None:
    assert "for JupyterLab" not in small.get_text()
    assert text_of(by_id(small, "else")) == "else"


def test_slides_and_their_heading_stay_off_the_page(small: BeautifulSoup) -> None:
    said = small.get_text()
    assert [
        words for words in ("Slides below", "On a slide", "To the class") if words in said
    ] == []


def test_a_notebook_can_be_taken_away_from_its_page(small: BeautifulSoup) -> None:
    line = small.find("p", class_="note")
    assert text_of(line).startswith(Language("ar").phrase("download-notebook"))
    for code in LOCALES:
        assert f"../downloads/notebooks/{code}/nb.ipynb" in links_of(line)


# What stops a build


@pytest.mark.parametrize(
    ("fault", "outputs"),
    [
        ("figure without alt text", [picture(alt=""), text()]),
        ("figure without caption", [picture()]),
        ("figure without caption", [output({"image/png": "x"}, **{"image/png": {"alt": "x"}})]),
        ("figure without picture", [text()]),
        ("figure without table", [text(kind="table")]),
    ],
)
def test_what_a_figure_lacks_is_named(fault: str, outputs: list[dict]) -> None:
    assert shown.faults(outputs) == [fault]


def test_a_whole_figure_lacks_nothing() -> None:
    assert shown.faults([picture(), text(), output({"text/plain": "x"})]) == []
    assert shown.faults([text(kind="table", table=TABLE)]) == []


def without_words(copy: Path, *words: str) -> Path:
    """Copy the sources of the book, some words of its interface not translated."""
    shutil.copytree(book.SOURCES, copy, ignore=shutil.ignore_patterns("node_modules"))
    catalogue = copy / "locales" / "ar.po"
    content = catalogue.read_text(encoding="utf-8")
    for word in words:
        assert f'msgid "{word}"' in content
        content = content.replace(f'msgid "{word}"', f'msgid "no {word}"')
    catalogue.write_text(content, encoding="utf-8")
    return copy


def test_every_fault_of_a_book_is_named_at_once(tmp_path: Path, monkeypatch) -> None:
    lacking = code_cell(picture(alt=""), text(tables=["no_table"]), cell_id="lacking")
    undrawn = code_cell(picture("speeches"), text("speeches"), cell_id="undrawn")
    folder = small_book(tmp_path, lacking, undrawn, words="[x](nowhere.md)")
    extra = "---\norphan: true\n---\n# X\n"
    (folder / "pages" / "ar" / "extra.md").write_text(extra, encoding="utf-8")
    copy = without_words(tmp_path / "source", "next page", "Hide Search Matches")
    monkeypatch.setattr(book, "SOURCES", copy)
    with pytest.raises(BuildError) as stopped:
        book.build_languages(folder, ["ar"])
    message = str(stopped.value)
    for fault in (
        "the book in ar failed",
        "figure without alt text in nb, cell lacking",
        "nothing to link no_table to",
        "speeches: no picture speeches.live.svg to be a part of the page",
        "nowhere.md",
        "page extra has no pair in en",
        "no ar words in book/locales for: 'Hide Search Matches', 'next page'",
    ):
        assert fault in message, message


def test_missing_npm_packages_are_named_with_the_command(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "NODE_MODULES", ROOT / "book" / "missing")
    with pytest.raises(assets.AssetError, match="no packages in book/missing; run `make setup`"):
        book.build(tmp_path)


# What travels with it


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(archives.data_package(tmp_path_factory.mktemp("zip") / "a.zip")) as file:
        yield file


def test_the_archive_holds_the_whole_data_package(archived: zipfile.ZipFile) -> None:
    tables = {f"data/{entry['path']}" for entry in package()["resources"]}
    schemas = {f"data/schema/{name}.json" for name in table_names()}
    words = {"README.md", "DICTIONARY.md", "DICTIONARY.ar.md", "datapackage.json", "read.R"}
    tables |= {f"data/{path}" for path in other_files().values()}
    expected = tables | schemas | {f"data/{name}" for name in words} | {"LICENSE-DATA"}
    assert set(archived.namelist()) == expected
    assert len(archived.namelist()) == len(expected)


def test_the_archive_holds_the_files_as_they_are(archived: zipfile.ZipFile) -> None:
    for name in archived.namelist():
        assert archived.read(name) == (ROOT / name).read_bytes(), name


def test_the_archive_is_the_same_each_time_and_can_be_read_by_all(
    archived: zipfile.ZipFile, tmp_path: Path
) -> None:
    again = archives.data_package(tmp_path / "b.zip").read_bytes()
    assert again == Path(archived.filename).read_bytes()
    for entry in archived.infolist():
        assert entry.external_attr >> 16 == 0o644
        assert entry.date_time == archives.ZIP_DATE


def test_a_table_that_is_missing_is_not_left_out_in_silence(
    data_copy: Path, tmp_path: Path
) -> None:
    (data_copy / "report" / "claims.csv").unlink()
    with pytest.raises(
        archives.ArchiveError, match=r"not there to be archived: data/report/claims\.csv"
    ):
        archives.data_package(tmp_path / "a.zip")


def project(folder: Path) -> Path:
    """Write a small project, with what was made in it and what was fetched."""
    files = ("README.md", "Makefile", "data/x.csv", "notebooks/ar/x.ipynb", "helpers/x.py")
    made = ("build/notebooks/ar/x.ipynb", "book/node_modules/a.js", ".venv/x", "a/__pycache__/x")
    for name in (*files, *made):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return folder


def test_the_archive_of_the_project_holds_its_own_files_in_one_folder(tmp_path: Path) -> None:
    root = project(tmp_path / "p")
    with zipfile.ZipFile(archives.project(tmp_path / "a.zip", root)) as file:
        assert file.namelist() == [
            f"samarkand-summit-notebooks/{name}"
            for name in (
                "Makefile",
                "README.md",
                "data/x.csv",
                "helpers/x.py",
                "notebooks/ar/x.ipynb",
            )
        ]
        assert file.read("samarkand-summit-notebooks/data/x.csv") == b"data/x.csv"
        assert {entry.date_time for entry in file.infolist()} == {archives.ZIP_DATE}


def test_the_archive_of_the_project_is_the_same_wherever_and_whenever_it_is_made(
    tmp_path: Path,
) -> None:
    first = archives.project(tmp_path / "a.zip", project(tmp_path / "p"))
    second = archives.project(tmp_path / "b.zip", project(tmp_path / "q"))
    assert first.read_bytes() == second.read_bytes()


def test_this_project_can_be_set_up_from_its_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(archives.project(tmp_path / "a.zip")) as file:
        names = {name.removeprefix("samarkand-summit-notebooks/") for name in file.namelist()}
    needed = {
        "Makefile", "README.md", "LICENSE", "pyproject.toml", "requirements.lock",
        "book/package-lock.json", "book/conf.py", "helpers/__main__.py", "data/datapackage.json",
        *(f"notebooks/{c}/{n}.ipynb" for c in LOCALES for n in load("notebooks")["notebook_id"]),
    }  # fmt: skip
    assert needed <= names
    assert not any(name.startswith(("build/", ".git/", ".venv")) for name in names)
    assert not any("node_modules" in name or "__pycache__" in name for name in names)


def test_what_was_made_apart_is_among_the_downloads(tmp_path: Path) -> None:
    for name in ("notebooks/ar/x.ipynb", "figures/ar/x.svg", "slides/ar/00_start.html"):
        path = tmp_path / "build" / name
        path.parent.mkdir(parents=True)
        path.write_text("x", encoding="utf-8")
    book.downloads(tmp_path / "build", tmp_path / "downloads")
    held = {
        p.relative_to(tmp_path / "downloads").as_posix() for p in tmp_path.rglob("down*/**/*.*")
    }
    assert {"notebooks/ar/x.ipynb", "figures/ar/x.svg", "slides/ar/00_start.html"} <= held
    assert {"samarkand-summit-notebooks-data.zip", "samarkand-summit-notebooks.zip"} <= held
    assert not any(name.startswith("handout") for name in held)


def test_the_landing_page_offers_every_language_in_its_own_words(tmp_path: Path) -> None:
    page = parse(book.write_landing(tmp_path).read_text(encoding="utf-8"))
    first = Language(next(iter(LOCALES)))
    assert (page.html["lang"], page.html["dir"]) == (first.code, first.direction)
    assert [(a["href"], a["lang"], a["dir"]) for a in page.find_all("a")] == [
        (f"{code}/index.html", code, Language(code).direction) for code in LOCALES
    ]
    for link in page.find_all("a"):
        lang = Language(link["lang"])
        assert text_of(link.strong.extract()) == lang.phrase("work-title")
        assert text_of(link) == lang.phrase("work-summary")
    title = " · ".join(Language(code).phrase("work-title") for code in LOCALES)
    assert text_of(page.title) == text_of(page.h1) == title
    assert page.html["data-theme"] == "system"


def test_style_sheets_take_their_colours_from_the_palette_of_the_charts() -> None:
    style = assets.palette_style()
    light, dark, *_ = re.findall(r"\{ (--[^}]*) \}", style)
    defined = dict(re.findall(r"--summit-([\w-]+): (#\w{6});", light))
    assert PALETTE.items() <= {name: hue.upper() for name, hue in defined.items()}.items()
    assert set(re.findall(r"--summit-([\w-]+):", dark)) < set(defined)
    sheets = [*(book.SOURCES / "static").glob("*.css"), *(book.SOURCES / "slides").glob("*.css")]
    for sheet in sheets:
        content = sheet.read_text(encoding="utf-8")
        assert not re.search(r":[^;{]*#[0-9a-f]{3,8}\b", content), f"{sheet.name} has a colour"
        used = set(re.findall(r"var\(--summit-([\w-]+)\)", content)) - {"bar"}
        assert used <= set(defined), sheet.name


def test_dark_pages_keep_their_colours_and_follow_the_system_where_they_say_so() -> None:
    style = assets.palette_style()
    rule = re.search(r'html\[data-theme="dark"\] (\{.*\})', style)[1]
    assert "--summit-navy: #9cc4f2;" in rule
    assert "--summit-paper" not in rule, "pictures are drawn on white"
    system = re.search(
        r'prefers-color-scheme: dark\) \{\nhtml\[data-theme="system"\] (\{.*\})', style
    )
    assert system[1] == rule


# The whole book


class TestWhole:
    """What only the book of all notebooks can show."""

    def test_every_page_is_written_in_both_languages(self, built: Path) -> None:
        names = {code: {p.name for p in (built / "pages" / code).iterdir()} for code in LOCALES}
        assert names["ar"] == names["en"]
        expected = {f"{n}.ipynb" for n in load("notebooks")["notebook_id"]} | {
            f"passages-{s}.md" for s in load("sections")["section_id"]
        }
        assert expected < names["en"]
        for code, written in names.items():
            pages = {path.stem for path in (built / "book" / code).glob("*.html")}
            assert {Path(name).stem for name in written} < pages

    def test_no_link_is_broken(self, built: Path) -> None:
        assert links.faults(built / "book") == []
        assert links.faults(built / "slides") == []

    def test_every_target_is_an_element_of_its_page(self, built: Path, code: str) -> None:
        folder = built / "book" / code
        found = {path.name: links.Page(path).anchors for path in folder.glob("*.html")}
        for addresses in targets().values():
            for address in addresses.values():
                page, _, anchor = address.partition("#")
                assert anchor in {"", *found[page]}, address

    def test_every_figure_stands_on_its_page_and_rests_on_its_passages(
        self, built: Path, code: str
    ) -> None:
        known = targets()
        places = known["sections"] | known["passages"]
        for name, rows in load("figures").groupby("notebook"):
            page = parse((built / "book" / code / f"{name}.html").read_text(encoding="utf-8"))
            for row in rows.itertuples():
                figure = by_id(page, row.figure_id)
                (group,) = figure.find_all(attrs={"data-kind": "passages"})
                assert list(links_of(group)) == [places[p] for p in row.passage_ids.split()]
                to_claims = figure.find_all(attrs={"data-kind": "claims-all"})
                assert bool(to_claims) == ({"claims", "checks"} <= set(row.tables.split()))
                drawing = figure.find("svg", class_="live")
                assert (drawing is not None) == (row.kind == "chart")
                if drawing:
                    assert figure.img is None, "a page is not to bring the same picture twice"
                    said = by_id(page, drawing["aria-describedby"])
                    assert text_of(said) and drawing["aria-label"] in figure.figcaption.get_text()
                    own = built / "figures" / code / f"{row.figure_id}.live.svg"
                    marks = parse(own.read_text(encoding="utf-8")).find_all("a")
                    assert len(drawing.find_all("a")) == len(marks) > 0
                    if native_shaping():  # old engines leave outlines of letters, and no text
                        assert text_of(drawing.find("text")) in own.read_text(encoding="utf-8")

    def test_every_export_is_listed_with_its_size_and_is_there(
        self, built: Path, code: str
    ) -> None:
        page = parse((built / "book" / code / "downloads.html").read_text(encoding="utf-8"))
        offered = built / "book" / "downloads" / EXPORTS
        listed = {}
        for row in load("formats").itertuples():
            entry = by_id(page, format_anchor(row.format_id))
            assert row.programs in text_of(entry)
            found = {Path(link).name: entry for link in links_of(entry)}
            assert bool(found) == pd.notna(row.file), "what has no file says who makes it"
            listed |= found
        assert set(listed) == {path.name for path in offered.iterdir()}
        for name, entry in listed.items():
            length = (offered / name).stat().st_size
            assert exports.size(length, Language(code)) in text_of(entry), name

    def test_an_archive_among_the_exports_holds_what_make_export_writes(self, built: Path) -> None:
        with zipfile.ZipFile(built / EXPORTS / "package.zip") as held:
            descriptor = json.loads(held.read("package/datapackage.ar.json"))
            assert {f"package/{entry['path']}" for entry in descriptor["resources"]} < set(
                held.namelist()
            )
        with zipfile.ZipFile(built / EXPORTS / "spreadsheets.zip") as held:
            assert set(held.namelist()) == {f"spreadsheets/{name}.csv" for name in table_names()}

    def test_no_two_elements_of_a_page_share_an_id(self, built: Path, code: str) -> None:
        for path in (built / "book" / code).glob("*.html"):
            ids = re.findall(r' id="([^"]+)"', path.read_text(encoding="utf-8"))
            assert len(ids) == len(set(ids)), path.name

    def test_licences_travel_with_book_and_decks(self, built: Path) -> None:
        for folder in ("book", "slides"):
            files = list((built / folder / "licences").iterdir())
            assert {file.name for file in files} == {
                assets.licence_file(project) for project in assets.COPIED
            }

    def test_every_style_of_the_book_has_its_palette(self, built: Path, code: str) -> None:
        style = (built / "book" / code / "_static" / "palette.css").read_text(encoding="utf-8")
        assert style == assets.palette_style()
        index = parse((built / "book" / code / "index.html").read_text(encoding="utf-8"))
        styles = [link["href"].split("?")[0] for link in index.find_all("link", rel="stylesheet")]
        assert styles.index("_static/palette.css") < styles.index("_static/book.css")
