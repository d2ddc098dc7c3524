"""Sheets to be handed out: handouts of notebooks, a worksheet, its answers, an exit ticket.

A sheet is a page of its own that any browser prints; :mod:`helpers.publish.handout` makes PDFs of
them.
"""

from helpers.publish.sheets.pages import (
    ANSWER_KEY,
    EXIT_TICKET,
    OF_A_CLASS,
    WORKSHEET,
    names,
    write,
)

__all__ = ["ANSWER_KEY", "EXIT_TICKET", "OF_A_CLASS", "WORKSHEET", "names", "write"]
