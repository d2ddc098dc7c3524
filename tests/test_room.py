"""Charts have room for words that are longer than ours, as those of another language are."""

from __future__ import annotations

import itertools

import pytest
from matplotlib.lines import Line2D
from matplotlib.text import Text

from helpers import arabic, charts, theme
from helpers.charts import Chart, map_legend
from helpers.charts.map_canvas import View
from helpers.data import codes_where, edition_day, promise_events, promises, stated_times
from helpers.evidence import state
from helpers.language import Language

pytestmark = pytest.mark.xdist_group("charts")
AR, EN = Language("ar"), Language("en")
READING, WALL = theme.size_named("reading"), theme.size_named("projecting")
LONG = "words in another language, which takes more of them to say the same"


def collisions(chart: Chart) -> list[str]:
    """Return the texts of a drawing that lie on another or leave it at a side."""
    with theme.unframed(chart.figure, chart.lang, chart.size) as figure:
        figure.draw_without_rendering()
        shown = [text for text in figure.findobj(Text) if text.get_visible()]
        boxes = {text: text.get_window_extent().padded(-3) for text in shown if text.get_text()}
        width = figure.bbox.width
    found = [text for text, box in boxes.items() if box.x0 < 0 or box.x1 > width]
    pairs = itertools.combinations(boxes.items(), 2)
    found += [one for (one, box), (_, other) in pairs if box.overlaps(other)]
    return [arabic.restore(text.get_text()) for text in found]


@pytest.mark.parametrize(("lang", "more"), [(AR, 12), (EN, 25)], ids=["ar", "en"])
def test_columns_of_the_tracker_give_way_to_what_they_say(lang: Language, more: int) -> None:
    states = state(promises(), promise_events(), edition_day()).groupby("kind").head(2)
    stage, title = lang.column("stage"), lang.column("title")
    longer = {stage: states[stage] + " " + LONG[:more], title: states[title] + " " + LONG}
    assert collisions(charts.commitment_tracker(states.assign(**longer), lang)) == []


def test_ranges_have_room_beside_long_names_and_before_long_words() -> None:
    times = stated_times().groupby("scope").head(2)
    longest = times["most"].max()
    many = {name: times[name] * 300 / longest for name in ("least", "most")}
    said = {"said_by_en": times["said_by_en"] + " " + LONG, "to_en": times["to_en"] + " by " + LONG}
    assert collisions(charts.transit_ranges(times.assign(**many, **said), EN)) == []


def entries(count: int, label: str, lang: Language) -> list[Line2D]:
    return [Line2D([], [], marker="o", label=lang.draw(f"{label} {n}")) for n in range(count)]


@pytest.mark.parametrize(("label", "columns"), [("so", 3), (LONG[:25], 2), (LONG, 1)])
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_a_legend_has_as_many_columns_as_its_words_have_room_for(
    lang: Language, label: str, columns: int
) -> None:
    with theme.style(lang, READING):
        figure, axes = theme.canvas(lang, READING, height=2)
        theme.rows(axes, ["a row with a name of some length", "another"], lang)
        made = theme.legend(axes, lang, entries(3, label, lang), columns=3)
        figure.draw_without_rendering()
        box = made.get_window_extent()
    assert made._ncols == columns
    assert box.x0 >= 0 and box.x1 <= figure.bbox.width


def test_a_legend_breaks_what_is_wider_than_the_picture(lang: Language) -> None:
    with theme.style(lang, READING):
        _, axes = theme.canvas(lang, READING, height=2)
        made = theme.legend(axes, lang, entries(2, f"{LONG}, and {LONG}", lang), columns=2)
    (first, second) = (arabic.restore(text.get_text()) for text in made.get_texts())
    assert first.replace("\n", " ") == lang.number_text(f"{LONG}, and {LONG} 0")
    assert "\n" in first and "\n" in second


def test_heads_stand_on_two_levels_only_where_neighbours_would_touch() -> None:
    """One long word among short ones has the room of its neighbours."""
    levels = {}
    for names in (["a", "Recommendations", "b"], ["Recommendations"] * 3):
        with theme.style(EN, READING):
            _, axes = theme.canvas(EN, READING)
            high = theme.heads(axes, names, EN, 60)
        levels[names[0]] = len(axes.get_xticks(minor=True)), high
    assert levels["a"][0] == 0
    assert levels["Recommendations"][0] == 1
    assert levels["Recommendations"][1] > 1.9 * levels["a"][1], "as high as both levels"


def test_the_legend_of_a_map_is_measured_before_the_map() -> None:
    view = View(0, 0, 5400, 3000, 10.0)
    short, long = ["road", "sea"], [LONG, LONG]
    asked = [map_legend.columns_of(words, 2, view, READING, EN) for words in (short, long)]
    assert asked == [2, 1]
    widths = [map_legend.width_beside(words, 100, WALL, EN) for words in (short, long)]
    assert widths[0] == 100 * WALL.scale < widths[1]
    assert map_legend.width_beside(long, 100, READING, EN) == 0, "it lies under the map"


def test_numbers_of_an_axis_keep_apart_whatever_room_is_left() -> None:
    times = stated_times()
    aims = codes_where("transit_times", "scope", aim=True)
    stated = times[times["most"].notna() & ~times["scope"].isin(aims)].head(3)
    chart = charts.transit_ranges(stated.assign(least=1.0, most=900.0), EN)
    assert len(chart.marks) == len(stated)
    assert collisions(chart) == []
