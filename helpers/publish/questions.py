"""The questions of a notebook as forms of its page, instead of the cells that ask and check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup

from helpers.language import Language
from helpers.publish.rendering import render
from helpers.publish.targets import targets
from helpers.responses import ITERATIONS
from helpers.seminar.checking import HINT_AFTER, SOLUTION_AFTER, rich
from helpers.seminar.questions import question

# A cell as the file of a notebook holds it.
Cell = dict[str, Any]
# What a page with questions loads, in this order; the first two are those of the search.
SCRIPTS = ("folding.js", "search-words.js", "responses.js", "questions.js")
STYLE = "questions.css"
# What stands in a page that has a form.
MARK = '<form class="quiz"'
# What the script says.
WORDS = ("empty-form", "hint", "look-again", "right", "unlike", "wrong")


def as_forms(cells: Iterable[Cell], lang: Language) -> list[Cell]:
    """Return the cells of a notebook: those that ask show a form, those that check are gone.

    Parameters
    ----------
    cells : iterable of dict
        As an executed notebook holds them.
    lang : Language
        Language of the page.
    """
    return list(_as_forms(cells, lang))


def _as_forms(cells: Iterable[Cell], lang: Language) -> Iterator[Cell]:
    for cell in cells:
        outputs = cell.get("outputs", [])
        about = [output.get("metadata", {}).get("summit", {}) for output in outputs]
        asked = [told["question"] for told in about if "question" in told]
        if asked:
            html = "\n\n".join(form(question_id, lang) for question_id in asked)
            yield {"cell_type": "markdown", "id": cell["id"], "metadata": {}, "source": html}
        elif not any("checked" in told for told in about):
            yield cell


def form(question_id: str, lang: Language) -> str:
    """Return a question as a form, as HTML.

    Parameters
    ----------
    question_id : str
        Row of ``questions.csv``.
    lang : Language
        Language of the page.
    """
    asked = question(question_id, lang)
    about = {
        "kind": asked.kind,
        "decimals": asked.decimals,
        "salt": asked.salt,
        "hashes": asked.hashes,
        "iterations": ITERATIONS,
        "feedback": asked.feedback,
        "expects": asked.expects,
        "hint": asked.hint,
        "solution": asked.solution,
        "after": {"hint": HINT_AFTER, "solution": SOLUTION_AFTER},
        "words": {word: lang.phrase(f"question-{word}") for word in WORDS},
    }
    texts = {
        name: Markup(rich(getattr(asked, name), lang))  # escaped there
        for name in ("prompt", "expects", "solution")
    }
    choices = {number: Markup(rich(text, lang)) for number, text in asked.choices.items()}
    address = targets()["figures"].get(asked.figure_id)
    values = {"asked": asked, "about": about, "choices": choices, "address": address, **texts}
    return render("question.html", lang, **values)
