"""Questions in a notebook: ask one, and say of an answer whether it is right, and if not, why."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import escape

from IPython.display import display

from helpers.answers import notebook_language
from helpers.data import load
from helpers.language import Language
from helpers.seminar.questions import Question, question

# Wrong answers after which the hint is given, and the solution offered.
HINT_AFTER, SOLUTION_AFTER = 2, 3
CODE_OR_WORD = re.compile(r"`([^`]+)`|\*([^*]+)\*")
# Wrong answers since the kernel was started, by question; they are written nowhere.
tries: Counter[str] = Counter()


@dataclass(frozen=True)
class Reply:
    """What is said of an answer.

    Attributes
    ----------
    said : str
        Right or not, or that it cannot be told.
    reason : str
        Why, or what is expected instead.
    hint, solution : str
        What helps, and the answer; empty before their time.
    """

    said: str
    reason: str
    hint: str = ""
    solution: str = ""


def ask(question_id: str, lang: Language | None = None) -> None:
    """Show a question of the bank, with its choices if it has some.

    Parameters
    ----------
    question_id : str
        Such as ``"q-03-2"``.
    lang : Language, optional
        Language of the question; that of the notebook, if it is not given.
    """
    lang = lang or notebook_language()
    asked = _found(question_id, lang)
    if isinstance(asked, Reply):
        _show(_reply_as_html(asked, lang), _reply_as_text(asked, lang), {}, lang)
    else:
        about = {"question": asked.id}
        _show(_question_as_html(asked, lang), _question_as_text(asked, lang), about, lang)


def check(question_id: str, answer: object = "", lang: Language | None = None) -> None:
    """Say whether an answer is right, and if not, why.

    After the second wrong answer there is a hint, after the third the solution, folded.

    Parameters
    ----------
    question_id : str
        Such as ``"q-03-2"``.
    answer : object
        Number, number of a choice, id, or several ids: as text, or as Python has them.
    lang : Language, optional
        Language of the reply; that of the notebook, if it is not given.
    """
    lang = lang or notebook_language()
    asked = _found(question_id, lang)
    told = asked if isinstance(asked, Reply) else reply(asked, answer, lang)
    about = {"checked": str(question_id)}
    _show(_reply_as_html(told, lang), _reply_as_text(told, lang), about, lang)


def reply(asked: Question, answer: object, lang: Language) -> Reply:
    """Return what is said of an answer; a wrong one is counted."""
    normal = asked.normal(answer)
    if normal is None:
        return Reply(lang.phrase("question-unlike"), asked.expects)
    if not normal:
        return Reply(lang.phrase("question-empty-cell"), asked.expects)
    if asked.is_right(normal):
        return Reply(lang.phrase("question-right"), asked.solution)
    tries[asked.id] += 1
    return Reply(
        lang.phrase("question-wrong"),
        asked.feedback.get(normal) or lang.phrase("question-look-again"),
        asked.hint if tries[asked.id] >= HINT_AFTER else "",
        asked.solution if tries[asked.id] >= SOLUTION_AFTER else "",
    )


def _found(question_id: object, lang: Language) -> Question | Reply:
    """Return a question, or what is said where there is none of this id."""
    known, given = sorted(load("questions")["question_id"]), str(question_id)
    if given in known:
        return question(given, lang)
    beginning = given.rpartition("-")[0]
    near = [name for name in known if beginning and name.startswith(f"{beginning}-")] or known
    said = lang.phrase("question-unknown", id=f"`{given}`")
    listed = lang.series(f"`{name}`" for name in near)
    return Reply(said, lang.phrase("question-known", ids=listed))


# What is shown


def _show(html: str, text: str, about: dict[str, str], lang: Language) -> None:
    whole = f'<div dir="{lang.direction}" lang="{lang.code}">{html}</div>'
    bundle = {"text/html": whole, "text/plain": text}
    display(bundle, metadata={"summit": about}, raw=True)  # type: ignore[no-untyped-call]  # IPython does not type it


def rich(text: str, lang: Language) -> str:
    """Return a text as HTML: ids as code, words between asterisks stressed, all else escaped.

    Examples
    --------
    >>> rich("`a_b` & *fund*", Language("en"))
    '<code dir="ltr">a_b</code> &amp; <em>fund</em>'
    """
    parts, end = [], 0
    for found in CODE_OR_WORD.finditer(text):
        parts.append(escape(lang.number_text(text[end : found.start()])))
        code, word = found.groups()
        marked = f'<code dir="ltr">{escape(code)}</code>' if code else f"<em>{escape(word)}</em>"
        parts.append(marked)
        end = found.end()
    return "".join([*parts, escape(lang.number_text(text[end:]))])


def plain(text: str) -> str:
    """Return a text without the signs round ids and stressed words."""
    return CODE_OR_WORD.sub(lambda found: found[1] or found[2], text)


def _paragraph(html: str) -> str:
    # JupyterLab would align it to the left in every language.
    return f'<p style="text-align:start">{html}</p>'


def _question_as_html(asked: Question, lang: Language) -> str:
    listed = "".join(f"<li>{rich(text, lang)}</li>" for text in asked.choices.values())
    place = lang.phrase("question-place", place=asked.place) if asked.place else ""
    parts = [
        _paragraph(f"<strong>{rich(asked.prompt, lang)}</strong>"),
        f'<ol style="text-align:start">{listed}</ol>' if listed else "",
        _paragraph(f"<small>{escape(place)} {rich(asked.expects, lang)}</small>"),
    ]
    return "".join(parts)


def _question_as_text(asked: Question, lang: Language) -> str:
    listed = [f"{number}. {plain(text)}" for number, text in asked.choices.items()]
    return "\n".join([plain(asked.prompt), *listed, plain(asked.expects)])


def _reply_as_html(told: Reply, lang: Language) -> str:
    hint = f"<em>{escape(lang.phrase('question-hint'))}</em> {rich(told.hint, lang)}"
    heading = escape(lang.phrase("question-solution"))
    solution = _paragraph(rich(told.solution, lang))
    parts = [
        _paragraph(f"<strong>{rich(told.said, lang)}</strong> {rich(told.reason, lang)}"),
        _paragraph(hint) if told.hint else "",
        f"<details><summary>{heading}</summary>{solution}</details>" if told.solution else "",
    ]
    return "".join(parts)


def _reply_as_text(told: Reply, lang: Language) -> str:
    hint = f"{lang.phrase('question-hint')} {told.hint}" if told.hint else ""
    heading = lang.phrase("question-solution")
    solution = f"{heading}: {told.solution}" if told.solution else ""
    return "\n".join(
        filter(None, [plain(f"{told.said} {told.reason}"), plain(hint), plain(solution)])
    )
