"""Sheets and notebooks are printed by a browser that keeps quiet; what goes wrong is named."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from reading import parse, text_of

from helpers.data import load
from helpers.data.schema import package
from helpers.language import LOCALES, Language
from helpers.publish import handout, paper, sheets
from helpers.publish.targets import sheet_file

PRINTS = """#!/bin/sh
for word in "$@"; do
  case "$word" in --print-to-pdf=*) echo pdf > "${word#--print-to-pdf=}";; esac
done
printf '%s\\n' "$@" == >> "$LOG"
"""
FAILS = "#!/bin/sh\necho 'no display' >&2\n"


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that stands for Chromium; it notes what it is asked."""
    program = tmp_path / "browser"
    program.write_text(PRINTS)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv(handout.BROWSER_VARIABLE, str(program))
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    return program


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A build folder with empty pages."""
    for code in LOCALES:
        (tmp_path / "book" / code).mkdir(parents=True)
        for name in load("notebooks")["notebook_id"]:
            (tmp_path / "book" / code / f"{name}.html").write_text("")
        for name in sheets.names():
            page = tmp_path / "book" / "downloads" / sheet_file(code, name)
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text("")
    return tmp_path


def asked(tmp_path: Path) -> list[list[str]]:
    calls = (tmp_path / "log").read_text().split("==\n")[:-1]
    return [call.splitlines() for call in calls]


def test_sheets_and_notebooks_are_printed_in_every_language_in_reading_order(
    browser: Path, book: Path
) -> None:
    printed = handout.build(book)
    names = load("notebooks").sort_values("order")["notebook_id"]
    expected = []
    for code in LOCALES:
        expected += [book / "handout" / code / f"{name}.pdf" for name in sheets.names()]
        expected += [book / "print" / code / f"{name}.pdf" for name in names]
    assert printed == expected
    assert set(names) < set(sheets.names()), "each notebook has a short handout"
    pages = {words[-1] for words in asked(book)}
    assert pages == {
        page.as_uri()
        for code in LOCALES
        for page in (
            *(book / "book" / code / f"{name}.html" for name in names),
            *(book / "book" / "downloads" / sheet_file(code, name) for name in sheets.names()),
        )
    }


def test_a_printing_bears_the_day_of_the_edition_and_keeps_its_length() -> None:
    pdf = b"7 /CreationDate (D:20991231235959+00'00') /ModDate (D:20991231235959+00'00')>> 99"
    day = package()["edition"].replace("-", "").encode()
    assert handout.settled(pdf) == pdf.replace(b"20991231235959", day + b"000000")
    assert len(handout.settled(pdf)) == len(pdf)


def test_printings_that_count_their_table_heads_from_another_number_are_the_same() -> None:
    """They did, one time in some hundred; what a cell names must stay what it named."""
    pdf = b"/ID (node%08d) /ID (node%08d) /Headers [(node%08d)] /ID (node%08d)"
    first, second = (handout.settled(pdf % (169 + n, 98 + n, 98 + n, 170 + n)) for n in (0, 1))
    assert first == second == pdf % (2, 1, 1, 3)


def test_the_browser_prints_an_outline_and_no_header_and_asks_nothing_of_the_network(
    browser: Path, book: Path
) -> None:
    printed = handout.build(book)
    targets = {w.partition("=")[2] for words in asked(book) for w in words if "to-pdf=" in w}
    assert targets == {str(target) for target in printed}
    for words in asked(book):
        assert {"--headless", "--no-pdf-header-footer", "--generate-pdf-document-outline"} < {
            *words
        }
        assert {"--disable-background-networking", "--disable-component-update"} < {*words}


def test_each_printing_has_a_profile_of_its_own_which_goes_with_it(
    browser: Path, book: Path
) -> None:
    handout.build(book)
    profiles = [w.partition("=")[2] for call in asked(book) for w in call if "user-data-dir" in w]
    assert len(set(profiles)) == len(profiles) == len(asked(book))
    assert not any(Path(profile).exists() for profile in profiles)


@pytest.mark.parametrize(("user", "open_"), [(0, True), (1000, False)])
def test_only_root_goes_without_a_sandbox(
    browser: Path, book: Path, monkeypatch, user: int, open_: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    handout.build(book)
    assert all(("--no-sandbox" in words) == open_ for words in asked(book))


def test_a_handout_of_an_earlier_build_is_not_taken_for_a_new_one(
    browser: Path, book: Path
) -> None:
    handout.build(book)
    browser.write_text(FAILS)
    with pytest.raises(handout.HandoutError, match=r"could not print worksheet\.html:\nno display"):
        handout.build(book)


def test_a_book_that_is_not_built_is_named_with_the_command(browser: Path, tmp_path: Path) -> None:
    with pytest.raises(
        handout.HandoutError, match=r"no page book/downloads/sheets/ar/worksheet\.html .*run `make`"
    ):
        handout.build(tmp_path)


def test_a_missing_browser_is_named_with_the_way_to_get_it(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv(handout.BROWSER_VARIABLE, "no-such-browser")
    with pytest.raises(
        handout.HandoutError, match=r"no Chromium found \(no-such-browser\).*apt-get"
    ):
        handout.build(tmp_path)


def test_without_a_name_the_first_known_browser_on_the_path_is_taken(
    monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(handout.BROWSER_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("chrome", "chromium-browser"):
        (tmp_path / name).write_text(FAILS)
        (tmp_path / name).chmod(0o755)
    assert handout.browser() == str(tmp_path / "chromium-browser")


# Margins and sources


def test_margins_name_work_page_edition_and_number_in_the_language(code: str) -> None:
    lang = Language(code)
    style = paper.margins("The context", lang)
    for words in (lang.phrase("work-title"), "The context", package()["version"]):
        assert words in style
    assert "counter(page)" in style and "counter(pages)" in style
    start = "right" if lang.is_rtl else "left"
    assert f'@top-{start} {{ content: "{lang.phrase("work-title")}' in style
    assert style.count(f"direction: {lang.direction}") == 3


def test_a_title_cannot_leave_the_style(code: str) -> None:
    style = paper.margins('a" } </style><script>', Language(code))
    assert "</style>" not in style and "<script" not in style and 'a"' not in style


def cell_on(*source_ids: str) -> dict:
    return {"outputs": [{"metadata": {"summit": {"sources": list(source_ids)}}}]}


def test_sources_on_paper_are_named_once_with_their_whole_address(code: str) -> None:
    known = load("sources").dropna(subset=["url", "title"]).head(3)
    ids = list(known["source_id"])
    html = paper.sources([cell_on(*ids), cell_on(ids[0]), {"source": "prose"}], Language(code))
    page = parse(html)
    assert {text_of(line) for line in page.select(".address")} == {*known["url"]}
    assert len(page.find_all("li")) == 3
    assert all(line["dir"] == "ltr" for line in page.select(".address"))
    for title in known["title"]:
        assert title in page.get_text()


def test_a_notebook_without_sources_has_no_list_of_them(code: str) -> None:
    assert paper.sources([{"source": "prose"}], Language(code)) == ""
