"""What the pages for teachers are filled with: plans, mistakes, answers, rubric, sheets.

``lang`` is the language of the page, and text that comes back is HTML, unless a function says
otherwise; ``build`` is the build folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers.data import codes, load
from helpers.errors import BuildError
from helpers.language import Language
from helpers.paths import BOOK
from helpers.publish import languages, prose, sheets
from helpers.publish.entries.rows import Row, rows
from helpers.publish.rendering import render
from helpers.publish.sheets import ticket
from helpers.publish.sheets.handouts import cells_of
from helpers.publish.targets import Link, Targets, made_file, sheet_file, targets
from helpers.seminar.checking import rich
from helpers.seminar.questions import Question, questions

PAGES = BOOK / "pages"


class TeachingError(BuildError):
    """A page for teachers cannot be filled; the message names what is wrong."""


def plans(lang: Language) -> str:
    """Return the plans of lessons: a Markdown heading each, then its steps with their minutes."""
    steps, known = load("plan_steps").sort_values("order"), targets()
    parts = []
    for plan, title in lang.labels("plan_steps", "plan").items():
        own = steps[steps["plan"] == plan]
        if own.empty:
            continue
        listed = [
            _step(row, begins, known, lang)
            for row, begins in zip(rows(own), _begins(own), strict=True)
        ]
        total = lang.number(int(own["minutes"].sum()))
        parts += [f"### {title}", render("plan.html", lang, steps=listed, total=total)]
    return "\n\n".join(parts)


def length(plan: str) -> int:
    """Return the minutes that a plan is for.

    Examples
    --------
    >>> length("seminar")
    90
    """
    return int(codes("plan_steps", "plan")[plan]["minutes"])


def _begins(steps: pd.DataFrame) -> list[int]:
    """Return the minute at which each step begins."""
    return [
        int(end - own) for end, own in zip(steps["minutes"].cumsum(), steps["minutes"], strict=True)
    ]


def _step(row: Row, begins: int, known: Targets, lang: Language) -> dict[str, Any]:
    return {
        "begins": lang.number(begins),
        "ends": lang.number(begins + row["minutes"]),
        "minutes": lang.number(row["minutes"]),
        "title": row[lang.column("title")],
        "text": prose.html(row[lang.column("text")], known, lang),
        "materials": [material(name, known, lang) for name in (row["materials"] or "").split()],
    }


def material(name: str, known: Targets, lang: Language) -> Link:
    """Return what a step needs: a sheet, a page of the book, a notebook or a figure.

    Raises
    ------
    TeachingError
        If it is none of these.

    Examples
    --------
    >>> material("worksheet", targets(), Language("en")).text
    'Worksheet'
    """
    if name in sheets.OF_A_CLASS:
        return Link(lang.phrase(name), f"../downloads/{sheet_file(lang.code, name)}", False)
    page = PAGES / lang.code / f"{name}.md"
    if page.is_file():
        heading = page.read_text(encoding="utf-8").partition("\n")[0]
        return Link(heading.removeprefix("# "), f"{name}.html", False)
    if name in known["notebooks"] or name in known["figures"]:
        return prose.named(name, known, lang)
    raise TeachingError(f"plan_steps names {name!r}, which is no sheet, page, notebook or figure")


def misconceptions(lang: Language) -> str:
    """Return what students usually get wrong, each with an example and a question."""
    known = targets()
    fields = ("belief", "correction", "example", "question")
    listed = [
        {"anchor": f"mistake-{row['misconception_id']}"}
        | {name: prose.html(row[lang.column(name)], known, lang) for name in fields}
        for row in rows(load("misconceptions").sort_values("order"))
    ]
    return render("misconceptions.html", lang, listed=listed)


def reading_questions(lang: Language) -> str:
    """Return the questions that the notebooks check, notebook by notebook, as HTML.

    Each leads to its form on the page of its notebook, and says what kind of answer it takes and
    in which figure this is to be found.
    """
    known, asked = targets(), list(questions(lang))
    listed = [
        {
            "title": row[lang.column("title")],
            "address": known["notebooks"][row["notebook_id"]],
            "questions": [_placed(each, known, lang) for each in asked if each.notebook == name],
        }
        for row in rows(load("notebooks").sort_values("order"))
        for name in [row["notebook_id"]]
    ]
    held = [notebook for notebook in listed if notebook["questions"]]
    return render("reading_questions.html", lang, notebooks=held)


def _placed(asked: Question, known: Targets, lang: Language) -> dict[str, Any]:
    return {
        "prompt": Markup(rich(asked.prompt, lang)),  # escaped there
        "address": f"{known['notebooks'][asked.notebook]}#{asked.id}",
        "kind": lang.label("questions", "kind", asked.kind),
        "place": asked.place,
        "figure": known["figures"].get(asked.figure_id),
    }


def answer_points(lang: Language, build: Path) -> str:
    """Return every question for discussion with the points of a good answer, notebook by notebook.

    Headings are Markdown; the notebooks in the build folder ask the questions.

    Raises
    ------
    TeachingError
        If there are points for a question that is not asked, or none for one that is.
    """
    known, points = targets(), load("answer_points").sort_values("order")
    parts = []
    for row in rows(load("notebooks").sort_values("order")):
        notebook = build / "notebooks" / lang.code / f"{row['notebook_id']}.ipynb"
        asked = prose.items(cells_of(notebook), prose.QUESTIONS) if notebook.is_file() else []
        own = points[points["notebook"] == row["notebook_id"]]
        if asked:
            listed = _answered(row["notebook_id"], asked, own, known, lang)
            heading = f"### {row[lang.column('title')]}"
            parts += [heading, render("answer_points.html", lang, questions=listed)]
    return "\n\n".join(parts)


def _answered(
    notebook: str, asked: list[str], points: pd.DataFrame, known: Targets, lang: Language
) -> list[dict[str, Any]]:
    """Return the questions of a notebook, each with its points."""
    answered = sorted({int(number) for number in points["question"]})
    if answered != list(range(1, len(asked) + 1)):
        raise TeachingError(
            f"{notebook} asks {len(asked)} questions for discussion; answer_points has points for "
            f"{answered}"
        )
    return [
        {
            "text": prose.html(question, known, lang),
            "points": [
                prose.html(text, known, lang)
                for text in points[points["question"] == number][lang.column("text")]
            ],
        }
        for number, question in enumerate(asked, start=1)
    ]


def rubric(lang: Language) -> str:
    """Return the rubric: a row a criterion, a column a level."""
    cells = load("rubric").set_index(["criterion", "level"])[lang.column("text")]
    levels = lang.labels("rubric", "level")
    criteria = [
        {"title": title, "texts": [cells[criterion, level] for level in levels]}
        for criterion, title in lang.labels("rubric", "criterion").items()
    ]
    heading = lang.heading("rubric", "criterion")
    return render("rubric.html", lang, heading=heading, levels=levels.values(), criteria=criteria)


def exit_ticket(lang: Language) -> str:
    """Return the questions of the exit ticket as Markdown.

    Examples
    --------
    >>> exit_ticket(Language("en")).splitlines()[0]
    '1. What may you not conclude from *not found*, and why?'
    """
    listed = enumerate(ticket.questions(lang), start=1)
    return "\n".join(f"{number}. {text}" for number, text in listed)


def sheet_links(lang: Language, build: Path) -> str:
    """Return the sheets to hand out: the page of each, and its PDF if it was made."""
    titles = load("notebooks").set_index("notebook_id")[lang.column("title")]
    listed = [
        {
            "title": titles[name] if name in titles else lang.phrase(name),
            "files": [_sheet(name, each, build) for each in languages.every()],
        }
        for name in sheets.names()
    ]
    return render("sheets.html", lang, languages=languages.every(), sheets=listed)


def _sheet(name: str, lang: Language, build: Path) -> dict[str, Any]:
    pdf = made_file("handout", lang.code, name)
    return {
        "lang": lang,
        "page": f"../downloads/{sheet_file(lang.code, name)}",
        "pdf": f"../downloads/{pdf}" if (build / pdf).is_file() else None,
    }
