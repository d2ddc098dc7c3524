"""Sheets to be handed out: a short handout of every notebook, a worksheet, and its answers.

A sheet is a page of its own that any browser prints; :mod:`helpers.publish.handout` makes PDFs of
them.
"""

from helpers.publish.sheets.pages import ANSWER_KEY, WORKSHEET, names, write

__all__ = ["ANSWER_KEY", "WORKSHEET", "names", "write"]
