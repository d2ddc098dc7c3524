"""Write the pages that the book is built from: executed notebooks, and pages made of the tables.

Prose stands in ``book/pages/<language>/<page>.md``; a mark such as ``{{glossary}}`` there is filled
with what the tables say.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path

import pandas as pd
import yaml

from helpers.data import load
from helpers.data.schema import package
from helpers.errors import BuildError
from helpers.language import LOCALES, Language
from helpers.paths import ROOT
from helpers.publish import dictionary, entries
from helpers.publish.targets import passage_page, table_anchor

PROSE = ROOT / "book" / "pages"
MARK = re.compile(r"\{\{(\w+)\}\}")
ARCHIVE = "samarkand-summit-data.zip"


class PageError(BuildError):
    """A page cannot be made; the message names it."""


def write(build: Path) -> list[Path]:
    """Write the pages of every language.

    Parameters
    ----------
    build : Path
        Holds ``notebooks/<language>/``; receives ``pages/<language>/``.

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
    _pairs(PROSE, "*.md")
    _pairs(build / "notebooks", "*.ipynb")
    return [_write(Language(code), build) for code in LOCALES]


def _pairs(folder: Path, pattern: str) -> None:
    names = {code: {path.name for path in (folder / code).glob(pattern)} for code in LOCALES}
    for code, own in names.items():
        for other, others in names.items():
            for name in sorted(own - others):
                raise PageError(f"{folder.name}/{code}/{name} has no pair in {folder.name}/{other}")


def _write(lang: Language, build: Path) -> Path:
    folder = build / "pages" / lang.code
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for notebook in sorted((build / "notebooks" / lang.code).glob("*.ipynb")):
        if notebook.stem not in set(load("notebooks")["notebook_id"]):
            raise PageError(f"{notebook.name} is not in notebooks.csv")
        shutil.copy(notebook, folder)
    for page in sorted((PROSE / lang.code).glob("*.md")):
        (folder / page.name).write_text(fill(page, lang), encoding="utf-8")
    for section in load("sections").to_dict("records"):
        name = passage_page(section["section_id"])
        (folder / f"{name}.md").write_text(section_page(section, lang), encoding="utf-8")
    return folder


def fill(page: Path, lang: Language) -> str:
    """Return the text of a page with its marks filled.

    Raises
    ------
    PageError
        If the page has a mark that does not exist; the message names page and mark.
    """

    def filled(mark: re.Match) -> str:
        if mark[1] not in MARKS:
            place = page.relative_to(PROSE.parent)
            raise PageError(f"{place}: no mark {mark[0]}; known: {', '.join(MARKS)}")
        return MARKS[mark[1]](lang)

    return MARK.sub(filled, page.read_text(encoding="utf-8"))


def section_page(section: dict, lang: Language) -> str:
    """Return the page that lists the passages and claims of a section of the report."""
    passages = entries.passages(section["section_id"], lang)
    return f"# {escape(section[lang.column('title')])}\n\n{passages}\n"


# What the marks stand for


def _section_list(lang: Language) -> str:
    names = [passage_page(s) for s in load("sections").sort_values("order")["section_id"]]
    return "\n".join(["```{toctree}", *names, "```"])


def _notebook_tree(lang: Language) -> str:
    names = load("notebooks").sort_values("order")["notebook_id"]
    head = ["```{toctree}", ":hidden:", f":caption: {lang.phrase('notebooks')}", ""]
    return "\n".join([*head, *names, "```"])


def _notebook_cards(lang: Language) -> str:
    rows = load("notebooks").sort_values("order").to_dict("records")
    cards = [_notebook_card(row, lang) for row in rows]
    return "\n".join(['<ol class="notebooks" start="0">', *cards, "</ol>"])


def _notebook_card(row: dict, lang: Language) -> str:
    minutes = lang.phrase("minutes", number=lang.number(row["minutes"]))
    return (
        f'<li><a href="{row["notebook_id"]}.html">{escape(row[lang.column("title")])}</a> '
        f'<span class="minutes">{escape(minutes)}</span>'
        f"<p>{escape(row[lang.column('summary')])}</p></li>"
    )


def _dictionary(lang: Language) -> str:
    """Return the data dictionary, its anchors made into targets of the book."""
    text = dictionary.compose(lang)
    text = re.sub(r'<a id="(\w+)"></a>', lambda found: f"({table_anchor(found[1])})=", text)
    text = re.sub(r"\]\(#(\w+)\)", lambda found: f"](#{table_anchor(found[1])})", text)
    return re.sub(r"</?div[^>]*>\n*|^# .*\n+", "", text, flags=re.MULTILINE)


def _downloads(lang: Language) -> str:
    notebooks = load("notebooks").sort_values("order")
    codes = list(LOCALES)
    names = [name_of(code) for code in codes]
    lines = [
        f"| {lang.phrase('notebooks')} | {' | '.join(names)} |",
        "|---" * (len(codes) + 1) + "|",
    ]
    for row in notebooks.to_dict("records"):
        name = row["notebook_id"]
        cells = [notebook_link(name, code, f"{name}.ipynb") for code in codes]
        lines.append(f"| {_cell(row[lang.column('title')])} | {' | '.join(cells)} |")
    lines += ["", *_figure_rows(lang, codes, names)]
    return "\n".join(lines)


def _cell(text: str) -> str:
    """Return text for a cell of a Markdown table."""
    return escape(text).replace("|", "&#124;")


def notebook_link(name: str, code: str, text: str) -> str:
    """Return a link in HTML to a notebook in a language."""
    address = f"../downloads/notebooks/{code}/{name}.ipynb"
    return f'<a href="{address}" download hreflang="{code}"><bdi>{escape(text)}</bdi></a>'


def _figure_rows(lang: Language, codes: list[str], names: list[str]) -> list[str]:
    figures = load("figures").query("kind == 'chart'").sort_values(["notebook", "number"])
    lines = [f"| {lang.phrase('charts')} | {' | '.join(names)} |", "|---" * (len(codes) + 1) + "|"]
    for row in figures.to_dict("records"):
        address = f"{row['notebook']}.html#{row['figure_id']}"
        title = f'<a href="{address}">{_cell(row[lang.column("title")])}</a>'
        cells = [figure_links(row["figure_id"], code) for code in codes]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return lines


def figure_links(figure_id: str, code: str) -> str:
    """Return links in HTML to the picture of a figure in a language, as PNG and as SVG."""
    language = Language(code)
    title = load("figures").set_index("figure_id").at[figure_id, language.column("title")]
    return " · ".join(
        f'<a href="../downloads/figures/{code}/{figure_id}.{kind}" download hreflang="{code}" '
        f'aria-label="{kind.upper()}: {_cell(title)} ({name_of(code)})">{kind.upper()}</a>'
        for kind in ("png", "svg")
    )


def name_of(code: str) -> str:
    """Return the name of a language in itself."""
    return str(Language(code).locale.languages[code])


def _archive(lang: Language) -> str:
    return f'<a href="../downloads/{ARCHIVE}" download>{ARCHIVE}</a>'


def _citation(_lang: Language) -> str:
    """Return the citation of CITATION.cff as BibTeX."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    authors = " and ".join(f"{{{author['name']}}}" for author in cff["authors"])
    report = cff["references"][0]
    lines = [
        "@misc{samarkand_summit_notebooks,",
        f"  title = {{{cff['title']}}},",
        f"  author = {{{authors}}},",
        f"  version = {{{cff['version']}}},",
        f"  year = {{{str(cff['date-released'])[:4]}}},",
        "}",
        "",
        "@article{report,",
        f"  title = {{{report['title']}}},",
        f"  author = {{{_person(report['authors'][0])}}},",
        f"  journal = {{{report['journal']}}},",
        f"  volume = {{{report['volume']}}},",
        f"  number = {{{report['issue']}}},",
        f"  pages = {{{report['start']}--{report['end']}}},",
        f"  year = {{{report['year']}}},",
        f"  doi = {{{report['doi']}}},",
        "}",
    ]
    return "\n".join(["```bibtex", *lines, "```"])


def _person(author: dict) -> str:
    return f"{author['family-names']}, {author['given-names']}"


def _licence_file(name: str) -> Callable[[Language], str]:
    def quoted(_lang: Language) -> str:
        return f"```text\n{(ROOT / name).read_text(encoding='utf-8').strip()}\n```"

    return quoted


def _edition(lang: Language) -> str:
    return lang.date(pd.Timestamp(package()["edition"]), "day")


def _version(_lang: Language) -> str:
    return package()["version"]


def _count(table: str) -> Callable[[Language], str]:
    def counted(lang: Language) -> str:
        return lang.number(len(load(table)))

    return counted


def _first_occurrences(lang: Language) -> str:
    return lang.number(int(pd.isna(load("claims")["same_as"]).sum()))


MARKS: dict[str, Callable[[Language], str]] = {
    "archive": _archive,
    "bibtex": _citation,
    "claim_count": _first_occurrences,
    "corrections": entries.corrections,
    "dictionary": _dictionary,
    "downloads": _downloads,
    "edition": _edition,
    "errata": entries.errata,
    "glossary": entries.glossary,
    "licence_code": _licence_file("LICENSE"),
    "licence_data": _licence_file("LICENSE-DATA"),
    "notebook_cards": _notebook_cards,
    "notebook_tree": _notebook_tree,
    "passage_count": _count("passages"),
    "references": entries.references,
    "section_list": _section_list,
    "source_count": _count("sources"),
    "sources": entries.sources,
    "version": _version,
}
