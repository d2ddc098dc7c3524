"""Maps and ranges of the corridor: what is on them, what is left out, and that nothing collides."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import figures
import numpy as np
import pytest
from figures import shown
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers import arabic, charts, data, theme
from helpers import figures as texts_of
from helpers.charts import Chart, map_legend
from helpers.charts.map_labels import Box, Name, Standing, standing
from helpers.data import codes, codes_where, load
from helpers.data.outlines import outlines
from helpers.geo import projected
from helpers.language import Language
from helpers.tables import length_table, meeting_table, time_table

pytestmark = pytest.mark.xdist_group("charts")
AR, EN = Language("ar"), Language("en")
MAPS = ("corridor-map", "meetings-map")
SIZES = ("reading", "projecting")
drawn = functools.cache(figures.drawn)


@contextmanager
def laid_out(figure_id: str, lang: Language, size: str = "reading") -> Iterator[Figure]:
    chart = drawn(figure_id, lang, size)
    texts = texts_of.texts(figure_id, chart.fields, lang)
    around = (texts.title, texts.subtitle, texts.credit)
    with theme.framed(chart.figure, lang, chart.size, *around) as figure:
        figure.canvas.draw()
        yield figure


def names_on(figure: Figure) -> list[Text]:
    return [text for text in figure.axes[0].texts if text.get_text().strip()]


def words_on(chart: Chart) -> set[str]:
    found = (arabic.restore(text.get_text()) for text in names_on(chart.figure))
    return {" ".join(words.split()) for words in found}


def by_gid(figure: Figure, gid: str):
    (artist,) = [artist for artist in figure.findobj() if artist.get_gid() == gid]
    return artist


# Borders


@pytest.mark.parametrize("figure_id", MAPS)
def test_disputed_borders_are_not_drawn_and_the_others_are(figure_id: str) -> None:
    """None of their points is on the map but the ends, where other lines begin."""
    figure = drawn(figure_id, EN).figure
    on_map = {tuple(point) for point in by_gid(figure, "borders").get_path().vertices}
    undrawn = load("undrawn_borders")
    pairs = set(map(frozenset, zip(undrawn["area_one"], undrawn["area_two"], strict=True)))
    asked_for = "RUS-UKR IND-PAK CHN-IND CHN-PAK SRB-XKX CYN-CYP ISR-SYR ISR-PSE ISR-LBN AFG-PAK"
    assert {frozenset(pair.split("-")) for pair in asked_for.split()} <= pairs
    drawn_pairs = set()
    for number, sides in outlines().sides.items():
        inner = projected(*outlines().lines[number].T)[1:-1]
        seen = sum(tuple(point) in on_map for point in inner)
        assert not (sides in pairs and seen), f"{sorted(sides)} is drawn"
        drawn_pairs |= {sides} if seen else set()
    assert frozenset({"KAZ", "UZB"}) in drawn_pairs
    assert frozenset({"AZE", "GEO"}) in drawn_pairs


@pytest.mark.parametrize("figure_id", MAPS)
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_the_note_names_what_is_not_drawn(figure_id: str, lang: Language) -> None:
    texts = texts_of.texts(figure_id, drawn(figure_id, lang).fields, lang)
    for name in set(load("undrawn_borders")[lang.column("name")]):
        assert name in texts.credit, "in the picture itself, which may be copied out of the page"
    assert "2026" in texts.credit


# Names


@pytest.mark.one_of(2)
@pytest.mark.parametrize("figure_id", MAPS)
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_no_name_lies_on_another_or_on_a_mark(figure_id: str, lang: Language, size: str) -> None:
    chart = drawn(figure_id, lang, size)
    with laid_out(figure_id, lang, size) as figure:
        renderer = figure.canvas.get_renderer()
        boxes = [(text, text.get_window_extent(renderer)) for text in names_on(figure)]
        for number, (text, box) in enumerate(boxes):
            for other, other_box in boxes[:number]:
                assert not box.padded(-2).overlaps(other_box.padded(-2)), (text, other)
        for gid in chart.marks:
            artist = by_gid(figure, gid)
            if getattr(artist, "get_marker", lambda: None)() in (None, "None"):
                continue
            mark = artist.get_window_extent(renderer)
            assert not any(box.padded(-2).overlaps(mark.padded(-3)) for _, box in boxes), gid


@pytest.mark.one_of(2)
@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_no_name_lies_on_a_line(lang: Language) -> None:
    legs = set(data.route_legs()["leg_id"])
    with laid_out("corridor-map", lang) as figure:
        renderer = figure.canvas.get_renderer()
        numbers = {lang.number(number) for number in range(1, 10)}
        for text in names_on(figure):
            if arabic.restore(text.get_text()) in numbers:
                continue  # the number of a line stands on it
            box = text.get_window_extent(renderer).padded(-2)
            for leg in legs:
                way = by_gid(figure, leg).get_path().interpolated(60)
                points = figure.axes[0].transData.transform(way.vertices)
                assert not any(box.contains(*point) for point in points), (text, leg)


def test_both_languages_show_the_same_places() -> None:
    for figure_id in MAPS:
        assert list(drawn(figure_id, AR).marks) == list(drawn(figure_id, EN).marks)


@pytest.mark.parametrize("lang", [AR, EN], ids=["ar", "en"])
def test_the_places_that_matter_most_are_named(lang: Language) -> None:
    legs, places = data.route_legs(), data.map_places()
    stops = {*legs["from_place"], *legs["to_place"]}
    first = places[(places["label_rank"] == 1) & places["place_id"].isin(stops)]
    wanted = set(first[~first["beyond_map"]][lang.column("name")])
    words = words_on(drawn("corridor-map", lang))
    assert wanted <= words, wanted - words
    beyond = places[places["beyond_map"] & places["place_id"].isin(stops)]
    for name in beyond[lang.column("name")]:
        assert lang.phrase("towards", place=name) in words


@pytest.mark.parametrize("size", SIZES)
def test_every_city_of_a_meeting_is_named_with_its_years(size: str) -> None:
    words = words_on(drawn("meetings-map", EN, size))
    placed = data.meetings().dropna(subset="city_id")
    for city, events in placed.groupby("city_en"):
        years = dict.fromkeys(events["date_start"].dt.year.astype(str))
        assert f"{city} {EN.join(years)}" in words


def test_a_map_is_never_mirrored() -> None:
    """Khorgos lies east of Istanbul in every language; the text around runs its own way."""
    for lang in (AR, EN):
        figure = drawn("corridor-map", lang).figure
        axes = figure.axes[0]
        ends = [axes.transData.transform(by_gid(figure, f"place-{name}").get_xydata())[0]
                for name in ("altynkol", "istanbul")]  # fmt: skip
        assert ends[0][0] > ends[1][0]


def test_a_place_known_roughly_is_a_ring_of_its_radius() -> None:
    (deposit,) = [p for p in data.map_places().itertuples() if p.radius_km > 0]
    ring = by_gid(drawn("corridor-map", EN).figure, f"place-{deposit.place_id}")
    assert ring.get_radius() == deposit.radius_km
    assert tuple(ring.get_facecolor())[3] == 0, "the middle is as good as any point of it"


def test_lines_differ_by_more_than_colour() -> None:
    """Each carries its number, sea legs are dotted, and what is not built yet is hollow."""
    chart = drawn("corridor-map", EN)
    legs = data.route_legs()
    lines = legs["line"].nunique()
    assert {EN.number(number) for number in range(1, lines + 1)} <= words_on(chart)
    unbuilt = codes_where("route_legs", "status", open=True)
    for leg in legs.itertuples():
        drawn_leg = by_gid(chart.figure, leg.leg_id)
        dashed = bool(codes("route_legs", "mode")[leg.mode]["dash"])
        assert drawn_leg.is_dashed() == dashed, leg.leg_id
        assert len(drawn_leg.get_path_effects()) == (3 if leg.status in unbuilt else 2)


# Parts


def test_a_single_route_fills_the_map_it_is_drawn_on() -> None:
    legs = data.route_legs("trans_afghan")
    chart = charts.corridor_map(legs, data.map_places(legs), data.base_map(), EN)
    whole, part = (c.figure.axes[0].get_xlim() for c in (drawn("corridor-map", EN), chart))
    assert part[1] - part[0] < 0.6 * (whole[1] - whole[0])
    assert set(legs["leg_id"]) <= set(chart.marks)
    assert chart.fields["lines"] == "Trans-Afghan railway"


def test_events_without_a_city_are_counted_and_not_drawn() -> None:
    events = data.meetings()
    chart = charts.meetings_map(events[events["city_id"].isna()], data.base_map(), EN)
    assert not chart.marks
    assert chart.fields["unplaced"] == EN.number(int(events["city_id"].isna().sum()))


def test_the_legend_of_the_meetings_names_the_kinds_that_occur() -> None:
    placed = data.meetings().dropna(subset=["city_id"])
    kind = placed["kind"].iloc[0]
    chart = charts.meetings_map(placed[placed["kind"] == kind], data.base_map(), EN)
    kinds, legend = EN.labels("events", "kind"), chart.figure.axes[0].get_legend()
    named = {arabic.restore(text.get_text()) for text in legend.get_texts()}
    assert named & set(kinds.values()) == {kinds[kind]}
    silent = {
        EN.labels("areas", "role")[role] for role in codes_where("areas", "role", silent=True)
    }
    assert silent and not set(map_legend.area_words(data.base_map(), EN)) & silent


def test_a_name_without_room_is_left_out_and_the_first_rank_comes_first() -> None:
    room, none = Box(30, 0, 64, 12), np.empty((0, 2))  # no name has room in the west
    names = [Name(text, 0, 0, 50, 10, rank, (1, 0)) for text, rank in (("b", 2), ("a", 1))]
    assert [found.name.text for found in standing(names, [], none, room, 10)] == ["a"]
    assert standing(names, [], none, Box(30, 0, 40, 12), 10) == []


ROOM, NONE = Box(0, 0, 300, 300), np.empty((0, 2))


def test_a_name_stands_nearer_to_its_own_mark_than_to_any_other() -> None:
    name, own, other = Name("a", 0, 0, 40, 10, 1, (1, 0), 8), Box(0, 0, 8, 8), Box(30, -12.6, 4, 4)
    close = np.array(
        [(6, 0), (-6, 0), (0, 6), (0, -6), *((x, y) for x in (-5, 5) for y in (-5, 5))]
    )
    [east] = standing([name], [own], close, ROOM, 10)
    assert east.box.y == 0
    assert east.box.away_from(other) < east.box.away_from(own)
    [found] = standing([name], [own, other], close, ROOM, 10)
    assert not found.led
    assert found.box.away_from(own) < found.box.away_from(other)


def test_a_line_leads_from_a_name_past_other_marks_and_under_no_name() -> None:
    near = [Box(x, y, 6, 6) for x in (-14, 0, 14) for y in (-14, 0, 14) if (x, y) != (0, 14)]
    names = [Name("a", 0, 0, 30, 10, 1, (1, 0), 6), Name("b", 0, 13, 4, 4, 2)]
    first, second = standing(names, near, NONE, ROOM, 10)
    assert first.led
    line = np.linspace((0, 0), (first.box.x, first.box.y), 200)
    assert not any(mark.holds_one_of(line) for mark in near if (mark.x, mark.y) != (0, 0))
    assert not second.box.holds_one_of(line)


def test_a_name_at_the_edge_is_moved_onto_the_map_above_its_place() -> None:
    edge = Name("a", 148, 0, 40, 10, 1, (0, 1), 4)
    [found] = standing([edge], [Box(148, 0, 4, 4)], NONE, ROOM, 10)
    assert found.box.x == 130
    assert found.box.y > 0


def an_area(**about: object) -> Name:
    return Name("A", 0, 0, 40, 10, rank=1, **about)


def test_the_name_of_an_area_leaves_a_border_for_the_nearest_place_off_it() -> None:
    border = np.column_stack([np.linspace(-200, 200, 401), np.zeros(401)])
    (found,) = standing([an_area()], [], NONE, ROOM, 10, border)
    assert not found.box.holds_one_of(border)
    assert (found.box.x, found.box.y) == (0, 6), "the first step up that clears it"


def test_a_name_that_stands_well_nowhere_stands_where_it_was_tried_first() -> None:
    everywhere = np.column_stack([part.ravel() for part in np.mgrid[-150:151:2, -150:151:2]])
    (found,) = standing([an_area()], [], NONE, ROOM, 10, everywhere)
    assert (found.box.x, found.box.y) == (0, 0)


def test_the_name_of_a_state_stays_in_it() -> None:
    (found,) = standing([an_area(stays=lambda x, _: x > 5)], [], NONE, ROOM, 10)
    assert found.box.x > 5
    assert standing([an_area(stays=lambda *_: False)], [], NONE, ROOM, 10) == []


@pytest.mark.parametrize("size", ["reading", "projecting"])
@pytest.mark.parametrize("lang", [EN, AR], ids=["en", "ar"])
def test_no_city_of_the_meetings_is_named_beside_the_mark_of_another(
    lang: Language, size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[list[Box], list[Standing]]] = []

    def noted(*arguments: Any) -> list[Standing]:
        found = standing(*arguments)
        given.append((arguments[1], found))
        return found

    monkeypatch.setattr("helpers.charts.map_canvas.standing", noted)
    charts.meetings_map(data.meetings(), data.base_map(), lang, size)
    [(marks, found)] = given
    for each in found:
        if each.name.side and not each.led:
            own = min(each.box.away_from(mark) for mark in marks if each.name.is_at(mark))
            assert all(each.box.away_from(m) > own for m in marks if not each.name.is_at(m))


# Times and tables


def test_ranges_show_what_is_stated_and_never_an_average() -> None:
    figure = shown()["transit-times"]
    times = figure.arguments["times"]
    chart = drawn("transit-times", EN)
    aim = codes_where("transit_times", "scope", aim=True)
    stated = times[times["most"].notna() & ~times["scope"].isin(aim)]
    assert set(chart.marks) == set(stated["time_id"])
    for time in stated.itertuples():
        ends = sorted(by_gid(chart.figure, time.time_id).get_xdata())
        assert ends == [time.least, time.most]


def test_the_aim_is_a_line_of_its_own_and_named() -> None:
    chart = drawn("transit-times", EN)
    assert chart.fields["aim"] == "15"
    assert EN.phrase("aim-of-days", value="15") in words_on(chart)
    without = figures.shown()["transit-times"].arguments["times"].query("scope != 'aim'")
    assert charts.transit_ranges(without, EN).fields["aim"] == EN.phrase("none")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(20, 22, "20–22"), (12, 12, "12"), (20, None, "20 or more"), (None, 15, "15 or less")],
)
def test_days_are_told_as_they_are_stated(low, high, words) -> None:
    from helpers.charts.transit import days_of

    assert days_of({"days_low": low, "days_high": high}, EN) == words


def test_no_time_from_door_to_door_was_measured() -> None:
    assert time_table(data.stated_times(), EN).fields["door"] == "0"


def test_tables_tell_what_is_missing() -> None:
    lengths = length_table(data.stated_lengths(), EN)
    assert lengths.fields["short"] == "0"
    silent = [row for row in lengths.rows if EN.phrase("no-length-stated") in row]
    assert lengths.fields["silent"] == EN.number(len(silent))
    meetings = meeting_table(data.meetings(), EN)
    assert len(meetings.rows) == len(data.meetings())


def test_boxes_meet_where_they_have_a_part_in_common() -> None:
    box = Box(0, 0, 10, 4)
    assert box.meets(Box(9, 0, 10, 4)) and not box.meets(Box(10, 0, 10, 4))
    assert box.lies_in(Box(0, 0, 10, 4)) and not box.lies_in(Box(1, 0, 10, 4))
