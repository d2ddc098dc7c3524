"""Lay out a new figure, language, notebook, question, row or table, ready to fill.

Whatever is still to be written says so, in words that ``validate`` and the tests refuse, so that
nothing half-written can be published.
"""

from helpers.scaffold.figure import new_figure
from helpers.scaffold.files import TO_WRITE, ScaffoldError
from helpers.scaffold.language import new_language
from helpers.scaffold.notebook import new_notebook
from helpers.scaffold.project import start
from helpers.scaffold.question import new_question
from helpers.scaffold.row import new_row
from helpers.scaffold.table import new_table

__all__ = [
    "TO_WRITE",
    "ScaffoldError",
    "new_figure",
    "new_language",
    "new_notebook",
    "new_question",
    "new_row",
    "new_table",
    "start",
]
