"""Charts: one function a figure, a table and a language in, a figure out."""

from helpers.charts.ladder import agreements_ladder
from helpers.charts.matrix import theme_matrix
from helpers.charts.timeline import relations_timeline

__all__ = ["agreements_ladder", "relations_timeline", "theme_matrix"]
