"""What the helpers answer in a notebook, in the notebook's language and direction."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from IPython.core.getipython import get_ipython

from helpers.data.faults import LONGEST, Fault
from helpers.data.languages import schema_language
from helpers.language import Language

COLUMNS = ("file", "row", "field", "value-found", "expected-value")


def notebook_language() -> Language:
    """Return the language that the notebook has set up as ``lang``.

    Outside of a notebook it is that of plain titles, in which faults are told.
    """
    shell = get_ipython()
    lang = shell.user_ns.get("lang") if shell else None
    return lang if isinstance(lang, Language) else Language(schema_language())


def faults_as_html(
    faults: Iterable[Fault], lang: Language | None = None, own_words: bool = False
) -> str:
    """Return faults as a table with a line above it that counts them.

    Parameters
    ----------
    faults : iterable of Fault
        As :func:`helpers.data.validate` returns them.
    lang : Language, optional
        Language of the answer; that of the notebook, if it is not given.
    own_words : bool
        Whether fields and what is expected are told in that language, and not in English.
    """
    lang, faults = lang or notebook_language(), list(faults)
    told = lang.phrase("faults-found", count=lang.number(len(faults)))
    told = told if faults else lang.phrase("no-faults")
    opening = f'<div dir="{lang.direction}" lang="{lang.code}">'
    line = f'<p style="text-align:start">{escape(told)}</p>'
    return f"{opening}{line}{_table(faults, lang, own_words) if faults else ''}</div>"


def _table(faults: list[Fault], lang: Language, own_words: bool) -> str:
    heads = "".join(
        f'<th scope="col" style="text-align:start">{escape(lang.phrase(name))}</th>'
        for name in COLUMNS
    )
    rows = "".join(f"<tr>{_cells(fault, lang, own_words)}</tr>" for fault in faults)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(fault: Fault, lang: Language, own_words: bool) -> str:
    """Return the cells of a fault; of the tables what is expected is told in English."""
    row = lang.number(fault.row) if fault.row else ""
    cut = fault.value if len(fault.value) <= LONGEST else f"{fault.value[:LONGEST]}…"
    english = '<bdi dir="ltr" lang="en">{}</bdi>'
    told = '<bdi dir="auto">{}</bdi>' if own_words else english
    texts = (
        english.format(escape(fault.file)),
        row,
        told.format(escape(fault.field)),
        f'<bdi dir="auto">{escape(cut)}</bdi>',
        told.format(escape(fault.expected)),
    )
    return "".join(f'<td style="text-align:start">{text}</td>' for text in texts)
