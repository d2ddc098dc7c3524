"""Marks of the prose, such as ``{{glossary}}``, and what the tables put in their place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from helpers.data import load
from helpers.data.schema import stored_package
from helpers.language import Language
from helpers.paths import ROOT
from helpers.publish import assets, dictionary, entries, exports, languages, live, start, teaching
from helpers.publish.architecture import architecture
from helpers.publish.ask import page as ask_page
from helpers.publish.citation import bibtex
from helpers.publish.entries.rows import rows
from helpers.publish.rendering import render
from helpers.publish.targets import (
    MADE_APART,
    data_archive,
    made_file,
    notebook_file,
    passage_page,
    picture_file,
    project_archive,
    table_anchor,
    targets,
)
from helpers.publish.what_if import results, settings

Mark = Callable[[Language], str]
PICTURE_KINDS = ("png", "svg")


def _section_list(_lang: Language) -> str:
    names = [passage_page(s) for s in load("sections").sort_values("order")["section_id"]]
    return "\n".join(["```{toctree}", *names, "```"])


def _notebook_tree(lang: Language) -> str:
    names = load("notebooks").sort_values("order")["notebook_id"]
    head = ["```{toctree}", ":hidden:", f":caption: {lang.phrase('notebooks')}", ""]
    return "\n".join([*head, *names, "```"])


def _notebook_cards(lang: Language) -> str:
    known, pictures = targets()["notebooks"], _first_charts()
    listed = [
        {
            "address": known[row["notebook_id"]],
            "picture": pictures.get(row["notebook_id"], "").format(code=lang.code),
            "title": row[lang.column("title")],
            "minutes": lang.phrase("minutes", number=lang.number(row["minutes"])),
            "summary": row[lang.column("summary")],
        }
        for row in rows(load("notebooks").sort_values("order"))
    ]
    return render("notebook_cards.html", lang, notebooks=listed)


def _first_charts() -> dict[str, str]:
    """Return the picture of the first chart of each notebook, the language left open."""
    charts = load("figures").query("kind == 'chart'").sort_values("number", ascending=False)
    return {
        row["notebook"]: picture_file(row["figure_id"], "{code}", "png") for row in rows(charts)
    }


def _dictionary(lang: Language) -> str:
    """Return the data dictionary below its title, its tables as targets of the book."""
    return dictionary.body(lang, lambda table: f"({table_anchor(table)})=", table_anchor)


# Downloads


def _downloads(lang: Language) -> str:
    charts = load("figures").query("kind == 'chart'").sort_values(["notebook", "number"])
    known = targets()["figures"]
    return render(
        "downloads.html",
        lang,
        languages=languages.every(),
        notebooks=[
            {
                "name": row["notebook_id"],
                "title": row[lang.column("title")],
                "files": notebook_files(row["notebook_id"]),
            }
            for row in rows(load("notebooks").sort_values("order"))
        ],
        charts=[
            {
                "address": known[row["figure_id"]],
                "title": row[lang.column("title")],
                "pictures": chart_files(row["figure_id"]),
            }
            for row in rows(charts)
        ],
    )


def notebook_files(notebook_id: str) -> list[dict[str, object]]:
    """Return the files of a notebook, a language each."""
    return [
        {"lang": lang, "address": notebook_file(notebook_id, lang.code)}
        for lang in languages.every()
    ]


def chart_files(figure_id: str) -> list[dict[str, object]]:
    """Return the pictures of a chart, a language each, with its title in that language."""
    titles = load("figures").set_index("figure_id").loc[figure_id]
    return [
        {
            "lang": lang,
            "title": titles[lang.column("title")],
            "files": [(kind, picture_file(figure_id, lang.code, kind)) for kind in PICTURE_KINDS],
        }
        for lang in languages.every()
    ]


def _archive(named: Callable[[], str]) -> Mark:
    def linked(lang: Language) -> str:
        name = named()
        return render("archive.html", lang, address=f"../downloads/{name}", name=name)

    return linked


def decks_and_handouts(lang: Language, build: Path) -> str:
    """Return the decks and handouts that were made, and say which kind was not."""
    listed = [
        {
            "title": row[lang.column("title")],
            "made": [
                {"lang": each, "files": _made(row["notebook_id"], each, build)}
                for each in languages.every()
            ],
        }
        for row in rows(load("notebooks").sort_values("order"))
    ]
    kinds = [kind for kind in MADE_APART if (build / kind).is_dir()]
    missing = [kind for kind in MADE_APART if kind not in kinds]
    values = {"notebooks": listed, "kinds": kinds, "missing": missing}
    return render("decks.html", lang, languages=languages.every(), **values)


def _made(notebook_id: str, lang: Language, build: Path) -> dict[str, str | None]:
    """Return the addresses of the deck and the handout of a notebook, none if it was not made."""
    files = {kind: made_file(kind, lang.code, notebook_id) for kind in MADE_APART}
    return {
        kind: f"../downloads/{file}" if (build / file).is_file() else None
        for kind, file in files.items()
    }


def _every_claim(lang: Language, build: Path) -> str:
    return entries.every_claim(lang, live.drawn_claims(build / "figures" / lang.code))


# Citation and licences


def _citation(_lang: Language) -> str:
    return f"```bibtex\n{bibtex()}\n```"


def _licence_text(name: str) -> Mark:
    def quoted(_lang: Language) -> str:
        return f"```text\n{(ROOT / name).read_text(encoding='utf-8').strip()}\n```"

    return quoted


def _licences(lang: Language) -> str:
    files = {
        project: f"../{assets.LICENCES}/{assets.licence_file(project)}" for project in assets.COPIED
    }
    return render("licences.html", lang, files=files)


# Counts and dates


def _edition(lang: Language) -> str:
    return lang.date(pd.Timestamp(stored_package()["edition"]), "day")


def _version(_lang: Language) -> str:
    return str(stored_package()["version"])


def _count(table: str) -> Mark:
    def counted(lang: Language) -> str:
        return lang.number(len(load(table)))

    return counted


def _first_occurrences(lang: Language) -> str:
    return lang.number(int(load("claims")["same_as"].isna().sum()))


def _phrase(name: str) -> Mark:
    def worded(lang: Language) -> str:
        return lang.phrase(name)

    return worded


MARKS: dict[str, Mark] = {
    "archive": _archive(data_archive),
    "architecture": architecture,
    "ask": ask_page.editor,
    "ask_questions": ask_page.questions,
    "bibtex": _citation,
    "all_claims_count": _count("claims"),
    "changes": entries.changes,
    "claim_count": _first_occurrences,
    "codebook": entries.codebook,
    "commitment_count": _count("commitments"),
    "conclusions": entries.conclusions,
    "contributors": _phrase("contributors"),
    "corrections": entries.corrections,
    "dictionary": _dictionary,
    "downloads": _downloads,
    "edition": _edition,
    "errata": entries.errata,
    "every_commitment": entries.every_commitment,
    "exit_ticket": teaching.exit_ticket,
    "findings": start.findings,
    "glossary": entries.glossary,
    "licence_code": _licence_text("LICENSE"),
    "licence_data": _licence_text("LICENSE-DATA"),
    "licences": _licences,
    "misconceptions": teaching.misconceptions,
    "notebook_cards": _notebook_cards,
    "notebook_tree": _notebook_tree,
    "plans": teaching.plans,
    "passage_count": _count("passages"),
    "project_archive": _archive(project_archive),
    "reading_questions": teaching.reading_questions,
    "references": entries.references,
    "rubric": teaching.rubric,
    "section_list": _section_list,
    "source_count": _count("sources"),
    "sources": entries.sources,
    "verdicts": start.verdicts,
    "version": _version,
    "work_opening": _phrase("work-opening"),
    "work_title": _phrase("work-title"),
    "what_if": settings.settings,
    "what_if_attention": results.attention,
    "what_if_conclusions": results.conclusions,
    "what_if_coverage": results.coverage,
    "what_if_delivery": results.delivery,
    "what_if_loose": results.loose,
    "what_if_reached": results.reached,
}
# Marks that look for what lies in the build folder.
MARKS_OF_BUILD: dict[str, Callable[[Language, Path], str]] = {
    "answer_points": teaching.answer_points,
    "decks": decks_and_handouts,
    "every_claim": _every_claim,
    "formats": exports.listed,
    "sheets": teaching.sheet_links,
}
