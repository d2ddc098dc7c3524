"""Charts: one function a figure, a table and a language in, a figure out."""

from helpers.charts.argument_map import argument_overview, flow, threat_map
from helpers.charts.bars import attention_and_delivery, package_comparison
from helpers.charts.dots import interest_matrix, speeches, strength_by_theme
from helpers.charts.ladder import agreements_ladder
from helpers.charts.matrix import coverage_matrix, theme_matrix
from helpers.charts.timeline import relations_timeline

__all__ = [
    "agreements_ladder",
    "argument_overview",
    "attention_and_delivery",
    "coverage_matrix",
    "flow",
    "interest_matrix",
    "package_comparison",
    "relations_timeline",
    "speeches",
    "strength_by_theme",
    "theme_matrix",
    "threat_map",
]
