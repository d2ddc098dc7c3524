"""The exit ticket: what every student answers on a slip before going."""

from __future__ import annotations

from helpers.language import Language
from helpers.publish import prose
from helpers.publish.rendering import render
from helpers.publish.targets import targets

QUESTIONS = ("exit-not-found", "exit-three-voices", "exit-changed")
# Slips on a page, to be cut apart.
SLIPS = 2


def questions(lang: Language) -> list[str]:
    """Return the questions of the ticket, in order, as prose.

    Examples
    --------
    >>> questions(Language("en"))[0]
    'What may you not conclude from *not found*, and why?'
    """
    return [lang.phrase(name) for name in QUESTIONS]


def ticket(lang: Language) -> str:
    """Return a page of slips as HTML, each whole by itself."""
    asked = [prose.html(text, targets(), lang, linked=False) for text in questions(lang)]
    return render("sheet_ticket.html", lang, questions=asked, slips=SLIPS)
