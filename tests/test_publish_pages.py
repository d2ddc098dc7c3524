"""Pages are written in pairs, and every mark of the prose is filled with what the tables say."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml
from reading import FOUL, edited, links_of, parse, text_of

from helpers import data
from helpers.data import load, table_names
from helpers.data.schema import package
from helpers.language import LOCALES, Language
from helpers.paths import ROOT
from helpers.publish import assets, pages
from helpers.publish.marks import MARKS, MARKS_OF_BUILD
from helpers.publish.targets import table_anchor, targets

EN = Language("en")
BIBTEX = re.compile(r"^  (\w+) = \{(.*)\},$", re.MULTILINE)


def filled(mark: str, lang: Language = EN) -> str:
    return MARKS[mark](lang)


def used_marks(code: str) -> list[tuple[str, str]]:
    texts = {page.name: page.read_text(encoding="utf-8") for page in (pages.PROSE / code).glob("*")}
    return sorted((name, mark) for name, text in texts.items() for mark in pages.MARK.findall(text))


# Pairs and marks


def test_both_languages_use_the_same_marks_on_the_same_pages() -> None:
    first, *others = [used_marks(code) for code in LOCALES]
    assert all(other == first for other in others)
    assert {mark for _, mark in first} <= set(MARKS) | set(MARKS_OF_BUILD)


def test_an_unknown_mark_is_named_with_its_page(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(pages, "PROSE", tmp_path / "pages")
    page = tmp_path / "pages" / "en" / "x.md"
    page.parent.mkdir(parents=True)
    page.write_text("# X\n\n{{nothing}}\n", encoding="utf-8")
    with pytest.raises(
        pages.PageError, match=r"en/x\.md: no mark \{\{nothing\}\}; known: .*glossary"
    ):
        pages.fill(page, EN, tmp_path)


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


def test_a_notebook_that_no_table_knows_stops_the_build_by_name(tmp_path: Path) -> None:
    for code in LOCALES:
        (tmp_path / "notebooks" / code).mkdir(parents=True)
        (tmp_path / "notebooks" / code / "99_new.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(pages.PageError, match=r"99_new\.ipynb is not in notebooks\.csv"):
        pages.write(tmp_path)


def test_a_title_cannot_become_more_than_the_heading_of_its_page() -> None:
    row = load("sections").iloc[0].to_dict() | {"title_en": FOUL}
    heading = pages.section_page(row, EN, {}).splitlines()[0]
    assert heading.startswith("# &lt;i&gt;")


# Counts, dates, versions


@pytest.mark.parametrize("table", ["passages", "sources"])
def test_counts_are_those_of_the_tables(table: str) -> None:
    mark = f"{table.removesuffix('s')}_count"
    assert filled(mark) == EN.number(len(load(table)))
    with data.what_if(**{table: load(table).iloc[:7]}):
        assert filled(mark) == "7"


def test_claims_are_counted_without_their_repeats() -> None:
    claims = load("claims")
    repeats = claims["same_as"].notna()
    assert filled("claim_count") == EN.number(len(claims) - int(repeats.sum()))
    with data.what_if(claims=pd.concat([claims[~repeats].iloc[:5], claims[repeats]])):
        assert filled("claim_count") == "5"


def test_the_day_of_the_evidence_is_that_of_the_data_package(code: str) -> None:
    lang = Language(code)
    edition = pd.Timestamp(package()["edition"])
    assert filled("edition", lang) == lang.date(edition, "day")
    assert str(edition.year) in filled("edition", lang)


def citation() -> dict:
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_version_is_that_of_the_citation() -> None:
    assert filled("version") == package()["version"] == str(citation()["version"])


# Citation and licences


def test_the_citation_of_this_work_says_what_the_citation_file_says() -> None:
    work, _ = filled("bibtex").split("@article")
    cff = citation()
    assert dict(BIBTEX.findall(work)) == {
        "title": cff["title"],
        "author": " and ".join(f"{{{author['name']}}}" for author in cff["authors"]),
        "version": str(cff["version"]),
        "year": f"{pd.Timestamp(cff['date-released']).year}",
    }


def test_the_citation_of_the_report_says_what_the_citation_file_says() -> None:
    _, report = filled("bibtex").split("@article")
    cff = citation()["references"][0]
    author = cff["authors"][0]
    assert dict(BIBTEX.findall(report)) == {
        "title": cff["title"],
        "author": f"{author['family-names']}, {author['given-names']}",
        "journal": cff["journal"],
        "volume": str(cff["volume"]),
        "number": str(cff["issue"]),
        "pages": f"{cff['start']}--{cff['end']}",
        "year": str(cff["year"]),
        "doi": cff["doi"],
    }


def test_the_citation_is_a_block_of_two_closed_entries() -> None:
    lines = filled("bibtex").splitlines()
    assert (lines[0], lines[-1]) == ("```bibtex", "```")
    assert [line for line in lines if line.startswith("@")] == [
        "@misc{samarkand_summit_notebooks,",
        "@article{report,",
    ]
    assert lines.count("}") == 2


@pytest.mark.parametrize(
    ("mark", "file"), [("licence_code", "LICENSE"), ("licence_data", "LICENSE-DATA")]
)
def test_licences_are_quoted_whole(mark: str, file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8").strip()
    assert filled(mark) == f"```text\n{text}\n```"


def test_the_licence_of_everything_copied_is_linked(tmp_path: Path) -> None:
    assets.copy_licences(tmp_path / "book")
    links = links_of(parse(filled("licences")))
    scripts = {"reveal.js", "sql.js"}
    assert set(links.values()) == {"IBM Plex Sans Arabic", "Amiri", *scripts}
    for address, project in links.items():
        text = (tmp_path / "book" / "en" / address).resolve().read_text(encoding="utf-8")
        assert ("SIL Open Font License" in text) == (project not in scripts)
        assert "MIT" in text or project not in scripts


# Lists of pages


def test_the_sections_are_pages_in_the_order_of_the_report() -> None:
    names = filled("section_list").splitlines()
    ordered = load("sections").sort_values("order")["section_id"]
    assert names == ["```{toctree}", *[f"passages-{section}" for section in ordered], "```"]


def test_the_notebooks_are_pages_in_reading_order(code: str) -> None:
    reversed_rows = load("notebooks").iloc[::-1]
    with data.what_if(notebooks=reversed_rows):
        lines = filled("notebook_tree", Language(code)).splitlines()
    ordered = list(load("notebooks").sort_values("order")["notebook_id"])
    assert lines[-len(ordered) - 1 : -1] == ordered
    assert f":caption: {Language(code).phrase('notebooks')}" in lines


def test_the_start_page_has_a_card_a_notebook(code: str) -> None:
    lang = Language(code)
    cards = parse(filled("notebook_cards", lang)).find_all("li")
    rows = load("notebooks").sort_values("order").to_dict("records")
    assert len(cards) == len(rows)
    for card, row in zip(cards, rows, strict=True):
        assert links_of(card) == {f"{row['notebook_id']}.html": row[f"title_{code}"]}
        minutes = lang.phrase("minutes", number=lang.number(row["minutes"]))
        assert text_of(card.find("span", class_="minutes")) == minutes
        assert text_of(card.p) == " ".join(row[f"summary_{code}"].split())


# The dictionary


def test_the_dictionary_has_a_target_for_each_table_and_leads_to_no_other(code: str) -> None:
    text = filled("dictionary", Language(code))
    made = re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE)
    assert made == [table_anchor(name) for name in table_names()]
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) == set(made)
    assert set(targets()["tables"].values()) == {f"dictionary.html#{anchor}" for anchor in made}


def test_the_dictionary_of_the_book_has_neither_title_nor_direction_of_its_own() -> None:
    text = filled("dictionary", Language("ar"))
    assert "<div" not in text
    assert not re.search(r"^# ", text, re.MULTILINE)


# Downloads


def tables_of(code: str) -> list[list[list]]:
    html = parse(filled("downloads", Language(code)))
    return [
        [row.find_all(["th", "td"]) for row in table.find_all("tr")]
        for table in html.find_all("table")
    ]


def test_downloads_have_a_column_a_language() -> None:
    for table in tables_of("ar"):
        assert [cell.get("lang") for cell in table[0][1:]] == list(LOCALES)
        assert [text_of(cell) for cell in table[0][1:]] == ["العربية", "English"]
        assert all(len(row) == len(LOCALES) + 1 for row in table)


def test_every_notebook_can_be_downloaded_in_every_language(code: str) -> None:
    notebooks, _ = tables_of(code)
    rows = load("notebooks").sort_values("order").to_dict("records")
    assert [text_of(row[0]) for row in notebooks[1:]] == [row[f"title_{code}"] for row in rows]
    for cells, row in zip(notebooks[1:], rows, strict=True):
        for cell, other in zip(cells[1:], LOCALES, strict=True):
            name = f"{row['notebook_id']}.ipynb"
            assert links_of(cell) == {f"../downloads/notebooks/{other}/{name}": name}
            assert cell.a["hreflang"] == other
            assert "download" in cell.a.attrs


def test_every_chart_can_be_downloaded_in_every_language_and_kind(code: str) -> None:
    _, charts = tables_of(code)
    rows = load("figures").query("kind == 'chart'").sort_values(["notebook", "number"])
    assert len(charts) == len(rows) + 1
    for cells, row in zip(charts[1:], rows.to_dict("records"), strict=True):
        name = row["figure_id"]
        assert links_of(cells[0]) == {f"{row['notebook']}.html#{name}": row[f"title_{code}"]}
        for cell, other in zip(cells[1:], LOCALES, strict=True):
            assert links_of(cell) == {
                f"../downloads/figures/{other}/{name}.{kind}": kind.upper()
                for kind in ("png", "svg")
            }
            own = Language(other).locale.languages[other]
            for link, kind in zip(cell.find_all("a"), ("PNG", "SVG"), strict=True):
                assert link["aria-label"] == f"{kind}: {row[f'title_{other}']} ({own})"
                assert link["hreflang"] == other


def test_a_title_cannot_break_the_table_of_downloads() -> None:
    with data.what_if(**edited("figures", "interests", title_en=FOUL)):
        html = parse(filled("downloads"))
    assert html.find("i") is None
    (link,) = html.find_all("a", href="02_goals.html#interests")
    assert link.get_text() == FOUL
    pictures = [a["aria-label"] for a in html.find_all("a") if FOUL in a.get("aria-label", "")]
    assert len(pictures) == 2


def test_the_archive_is_linked_by_its_name() -> None:
    assert links_of(parse(filled("archive"))) == {
        "../downloads/samarkand-summit-notebooks-data.zip": "samarkand-summit-notebooks-data.zip"
    }


def test_the_project_is_linked_by_the_name_of_its_archive() -> None:
    assert links_of(parse(filled("project_archive"))) == {
        "../downloads/samarkand-summit-notebooks.zip": "samarkand-summit-notebooks.zip"
    }


def test_decks_and_handouts_are_linked_if_they_were_made_and_say_so_if_not(
    tmp_path: Path, code: str
) -> None:
    lang = Language(code)
    for name in ("slides/ar/00_start.html", "handout/en/02_goals.pdf"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    html = parse(MARKS_OF_BUILD["decks"](lang, tmp_path))
    assert links_of(html) == {
        "../downloads/slides/ar/00_start.html": lang.phrase("slides"),
        "../downloads/handout/en/02_goals.pdf": lang.phrase("handout"),
    }
    missing = [text_of(note) for note in html.find_all(class_="note")]
    count = len(load("notebooks")) * len(LOCALES) - 1
    for kind in ("slides", "handout"):
        assert missing.count(lang.phrase("not-made", what=lang.phrase(kind))) == count
    assert missing.count(lang.phrase("not-made", what=lang.phrase("print"))) == 1, "none was made"
    names = [a["aria-label"] for a in html.find_all("a")]
    assert len(set(names)) == len(names)


def test_a_kind_that_was_not_made_at_all_is_told_once(tmp_path: Path, code: str) -> None:
    lang = Language(code)
    (tmp_path / "slides" / "en").mkdir(parents=True)
    (tmp_path / "slides" / "en" / "00_start.html").touch()
    html = parse(MARKS_OF_BUILD["decks"](lang, tmp_path))
    assert text_of(html).count(lang.phrase("not-made", what=lang.phrase("handout"))) == 1
    nothing = parse(MARKS_OF_BUILD["decks"](lang, tmp_path / "empty"))
    assert nothing.table is None
    assert [text_of(p) for p in nothing.find_all("p")] == [
        lang.phrase("not-made", what=lang.phrase(kind)) for kind in ("slides", "handout", "print")
    ]


# Targets


def test_every_identifier_has_one_address_and_no_two_share_it() -> None:
    known = targets()
    assert len(set(known["figures"].values())) == len(load("figures"))
    for figure in load("figures").itertuples():
        assert known["figures"][figure.figure_id] == f"{figure.notebook}.html#{figure.figure_id}"
    for kind in ("passages", "claims", "references", "sources", "terms"):
        assert len(set(known[kind].values())) == len(known[kind])
    assert known["files"]["data/report/claims.csv"] == known["tables"]["claims"]
    assert known["notebooks"]["00_start"] == "00_start.html"
    assert known["sections"]["context"] == "passages-context.html"
