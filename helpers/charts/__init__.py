"""Charts: one function a figure, frames and a language in, a :class:`Chart` out.

======================  ==========================================
figure                  function
======================  ==========================================
agreements-ladder       :func:`agreements_ladder`
argument-overview       :func:`argument_overview`
attention-delivery      :func:`attention_and_delivery`
commitment-tracker      :func:`commitment_tracker`
corridor-cargo          :func:`yearly_bars`
difference-origins      :func:`difference_origins`
economy                 :func:`yearly_bars`
corridor-map            :func:`corridor_map`
factor-goal-flow        :func:`flow`
factor-themes           :func:`theme_matrix`
interests               :func:`interest_matrix`
issue-outcome-flow      :func:`flow`
meetings-map            :func:`meetings_map`
outcome-strength        :func:`strength_by_theme`
package                 :func:`package_comparison`
relations-timeline      :func:`relations_timeline`
re-exports              :func:`growth_bars`
remittances             :func:`yearly_lines`
report-at-a-glance      :func:`report_at_a_glance`
replay                  :func:`standings_by_day`
score-band              :func:`score_band`
since-timeline          :func:`since_timeline`
speeches                :func:`speeches`
supplier-shares         :func:`supplier_shares`
theme-coverage          :func:`coverage_matrix`
threat-map              :func:`threat_map`
trade-books             :func:`two_books`
transit-times           :func:`transit_ranges`
verdicts-by-kind        :func:`verdict_bars`
verdicts-by-section     :func:`verdict_bars`
what-holds              :func:`what_holds`
words-and-deeds         :func:`words_and_deeds`
======================  ==========================================
"""

from helpers.charts.argument_map import argument_overview, flow, threat_map
from helpers.charts.attention import attention_and_delivery
from helpers.charts.bars import package_comparison
from helpers.charts.base import Chart
from helpers.charts.deeds import score_band, words_and_deeds
from helpers.charts.dots import interest_matrix, strength_by_theme
from helpers.charts.glance import report_at_a_glance
from helpers.charts.grouped import supplier_shares, two_books
from helpers.charts.growth import growth_bars
from helpers.charts.ladder import agreements_ladder
from helpers.charts.lines import yearly_lines
from helpers.charts.map_meetings import meetings_map
from helpers.charts.map_routes import corridor_map
from helpers.charts.matrix import coverage_matrix, theme_matrix
from helpers.charts.promises import commitment_tracker
from helpers.charts.robust import what_holds
from helpers.charts.since import since_timeline
from helpers.charts.standings import standings_by_day
from helpers.charts.statements import speeches
from helpers.charts.timeline import relations_timeline
from helpers.charts.transit import transit_ranges
from helpers.charts.verdicts import difference_origins, verdict_bars
from helpers.charts.years import yearly_bars
from helpers.language import take_codes

__all__ = [
    "Chart",
    "agreements_ladder",
    "argument_overview",
    "attention_and_delivery",
    "commitment_tracker",
    "corridor_map",
    "coverage_matrix",
    "difference_origins",
    "flow",
    "growth_bars",
    "interest_matrix",
    "meetings_map",
    "package_comparison",
    "relations_timeline",
    "report_at_a_glance",
    "score_band",
    "since_timeline",
    "speeches",
    "standings_by_day",
    "strength_by_theme",
    "supplier_shares",
    "theme_matrix",
    "threat_map",
    "transit_ranges",
    "two_books",
    "verdict_bars",
    "what_holds",
    "words_and_deeds",
    "yearly_bars",
    "yearly_lines",
]

take_codes(globals(), __all__)
