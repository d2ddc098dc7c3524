"""The report's argument as a graph: coverage, attention and delivery, loose ends, paths.

Links are stored as sentences (an outcome *answers* an issue). In the graph every edge runs in the
order of the stages, from context to recommendations, whichever way its sentence reads, so that a
path is a line of reasoning through the report.

Every measure takes frames, as the views of :mod:`helpers.data` give them, and speaks of these
alone. Sums are exact before they are rounded once (:func:`math.fsum`), so that neither the order
of rows nor the version of Python changes the last bit.
"""

from helpers.argument.codings import Coding, alternatives, every_coding
from helpers.argument.graph import (
    attention_stages,
    delivering_stage,
    first_stage,
    graph,
    points_of,
    stage_order,
    stated,
)
from helpers.argument.material import Material, published, recoded
from helpers.argument.robustness import judge, robustness, standing, turned, turning
from helpers.argument.structure import loose, loose_ends, path_counts, paths, questions
from helpers.argument.themes import attention, carried, coverage, delivery, highest

__all__ = [
    "Coding",
    "Material",
    "alternatives",
    "attention",
    "attention_stages",
    "carried",
    "coverage",
    "delivering_stage",
    "delivery",
    "every_coding",
    "first_stage",
    "graph",
    "highest",
    "judge",
    "loose",
    "loose_ends",
    "path_counts",
    "paths",
    "points_of",
    "published",
    "questions",
    "recoded",
    "robustness",
    "stage_order",
    "standing",
    "stated",
    "turned",
    "turning",
]
