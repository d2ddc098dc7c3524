"""Write the pages that the book is built from: executed notebooks, and pages made of the tables.

Prose stands in ``book/pages/<language>/<page>.md``; a mark such as ``{{glossary}}`` there is filled
with what the tables say.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpers.data import load
from helpers.data.holding import held
from helpers.errors import BuildError
from helpers.language import LOCALES, Language
from helpers.paths import BOOK
from helpers.publish import entries, live
from helpers.publish.entries.rows import Row, rows
from helpers.publish.marks import MARKS, MARKS_OF_BUILD
from helpers.publish.rendering import render
from helpers.publish.targets import passage_page

PROSE = BOOK / "pages"
MARK = re.compile(r"\{\{(\w+)\}\}")


class PageError(BuildError):
    """A page cannot be made; the message names it."""


@held()
def write(build: Path, codes: Iterable[str] = LOCALES) -> list[Path]:
    """Write the pages of every language.

    Parameters
    ----------
    build : Path
        Holds ``notebooks/<language>/``; receives ``pages/<language>/``.
    codes : iterable of str
        Languages to write, if not all.

    Returns
    -------
    list of Path
        The folders written, a language each.

    Raises
    ------
    PageError
        If a page or notebook lacks its pair in the other language, if prose names a mark that does
        not exist, or if a notebook is not in ``notebooks.csv``.
    """
    codes = list(codes)
    _pairs(PROSE, "*.md", codes)
    _pairs(build / "notebooks", "*.ipynb", codes)
    return [_write(Language(code), build) for code in codes]


def _pairs(folder: Path, pattern: str, codes: Iterable[str]) -> None:
    names = {code: {path.name for path in (folder / code).glob(pattern)} for code in codes}
    for code, own in names.items():
        for other, its in names.items():
            for name in sorted(own - its):
                raise PageError(f"{folder.name}/{code}/{name} has no pair in {folder.name}/{other}")


def _write(lang: Language, build: Path) -> Path:
    folder = build / "pages" / lang.code
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _copy_notebooks(build / "notebooks" / lang.code, folder)
    for page in sorted((PROSE / lang.code).glob("*.md")):
        (folder / page.name).write_text(fill(page, lang, build), encoding="utf-8")
    drawn = live.drawn_claims(build / "figures" / lang.code)
    for section in rows(load("sections")):
        name = passage_page(section["section_id"])
        (folder / f"{name}.md").write_text(section_page(section, lang, drawn), encoding="utf-8")
    return folder


def _copy_notebooks(source: Path, target: Path) -> None:
    known = set(load("notebooks")["notebook_id"])
    for notebook in sorted(source.glob("*.ipynb")):
        if notebook.stem not in known:
            raise PageError(f"{notebook.name} is not in notebooks.csv")
        shutil.copy(notebook, target)


def fill(page: Path, lang: Language, build: Path) -> str:
    """Return the text of a page with its marks filled.

    Parameters
    ----------
    page : Path
        A Markdown file below ``book/pages``.
    lang : Language
        Language of the page.
    build : Path
        The build folder, in which some marks look for what was made.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    PageError
        If the page has a mark that does not exist; the message names page and mark.
    """

    def filled(mark: re.Match[str]) -> str:
        """Return what stands in the place of a mark."""
        if mark[1] in MARKS_OF_BUILD:
            return MARKS_OF_BUILD[mark[1]](lang, build)
        if mark[1] not in MARKS:
            place, known = page.relative_to(PROSE.parent), [*MARKS, *MARKS_OF_BUILD]
            raise PageError(f"{place}: no mark {mark[0]}; known: {', '.join(known)}")
        return MARKS[mark[1]](lang)

    return MARK.sub(filled, _prose(page))


def _prose(page: Path) -> str:
    """Return the text of a page.

    Raises
    ------
    PageError
        If it is not in UTF-8; the message names page and line.
    """
    content = page.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        place = f"{page.parent.name}/{page.name}, line {line}"
        raise PageError(f"{place}: not in UTF-8; save it again as UTF-8") from None


def section_page(section: Row, lang: Language, drawn: Mapping[str, list[str]]) -> str:
    """Return the page of a section of the report: its passages, and claims with their marks."""
    passages = entries.passages(section["section_id"], lang, drawn)
    heading = render("heading.md", lang, title=section[lang.column("title")])
    return f"{heading}\n\n{passages}\n"
