"""Charts: one function a figure, frames and a language in, a :class:`Chart` out.

======================  ==========================================
figure                  function
======================  ==========================================
agreements-ladder       :func:`agreements_ladder`
argument-overview       :func:`argument_overview`
attention-delivery      :func:`attention_and_delivery`
corridor-map            :func:`corridor_map`
factor-goal-flow        :func:`flow`
factor-themes           :func:`theme_matrix`
interests               :func:`interest_matrix`
issue-outcome-flow      :func:`flow`
meetings-map            :func:`meetings_map`
outcome-strength        :func:`strength_by_theme`
package                 :func:`package_comparison`
relations-timeline      :func:`relations_timeline`
speeches                :func:`speeches`
theme-coverage          :func:`coverage_matrix`
threat-map              :func:`threat_map`
transit-times           :func:`transit_ranges`
what-holds              :func:`what_holds`
======================  ==========================================
"""

from helpers.charts.argument_map import argument_overview, flow, threat_map
from helpers.charts.attention import attention_and_delivery
from helpers.charts.bars import package_comparison
from helpers.charts.base import Chart
from helpers.charts.dots import interest_matrix, speeches, strength_by_theme
from helpers.charts.ladder import agreements_ladder
from helpers.charts.map_meetings import meetings_map
from helpers.charts.map_routes import corridor_map
from helpers.charts.matrix import coverage_matrix, theme_matrix
from helpers.charts.robust import what_holds
from helpers.charts.timeline import relations_timeline
from helpers.charts.transit import transit_ranges
from helpers.language import take_codes

__all__ = [
    "Chart",
    "agreements_ladder",
    "argument_overview",
    "attention_and_delivery",
    "corridor_map",
    "coverage_matrix",
    "flow",
    "interest_matrix",
    "meetings_map",
    "package_comparison",
    "relations_timeline",
    "speeches",
    "strength_by_theme",
    "theme_matrix",
    "threat_map",
    "transit_ranges",
    "what_holds",
]

take_codes(globals(), __all__)
