"""Indicators and later events: what is drawn, what is kept back, and what the pictures say."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from changes import added, changed
from matplotlib.artist import Artist
from matplotlib.colors import to_hex

from helpers import arabic, charts, data, tables, theme
from helpers.charts import Chart
from helpers.data import load
from helpers.language import Language

pytestmark = pytest.mark.xdist_group("charts")
AR, EN = Language("ar"), Language("en")
PALETTE = theme.PALETTE


def by_gid(chart: Chart) -> dict[str, Artist]:
    return {artist.get_gid(): artist for artist in chart.figure.findobj() if artist.get_gid()}


def economy() -> pd.DataFrame:
    values = data.drawn_values("gdp-current-eur", "gdp-growth-real")
    return values[values["country_id"] == "CA5"]


def books() -> pd.DataFrame:
    return data.drawn_values("trade-total-usd-national", "trade-total-usd-partner", year=2024)


def fill(artist: Artist) -> str:
    return to_hex(artist.get_facecolor()).upper()


# What is kept, and what is drawn


def test_the_tables_hold_what_was_collected() -> None:
    assert len(load("indicators")) == 754
    assert len(load("indicator_series")) == 63
    assert len(load("later_events")) == 53
    assert len(load("omissions")) == 24


def test_the_first_eight_indicators_keep_their_ids() -> None:
    first = {"eur-usd-2025-04-03", "eur-usd-2025-04-04", "investors-forum-2024", "package-total"}
    first |= {f"package-{part}" for part in ("digital", "raw-materials", "transport")}
    assert first | {"package-water-energy-climate"} <= set(load("indicators")["indicator_id"])


def test_what_is_of_low_confidence_is_kept_and_never_drawn() -> None:
    everything = data.indicator_values("gdp-growth-real")
    drawn = data.drawn_values("gdp-growth-real", comparators=True)
    assert (everything["confidence"] == "low").any()
    assert not (drawn["confidence"] == "low").any()
    assert "TKM" not in set(drawn["country_id"]), "its growth is of low confidence throughout"


def test_only_what_stands_for_its_series_is_drawn_unless_comparison_is_asked_for() -> None:
    plain = data.drawn_values("eu-natural-uranium-share")
    compared = data.drawn_values("eu-natural-uranium-share", comparators=True)
    assert set(plain["role"]) == {"preferred"} and set(plain["country_id"]) == {"KAZ", "UZB"}
    assert {"NER", "CAN", "RUS"} <= set(compared["country_id"])
    assert "crosscheck" not in set(data.drawn_values("gdp-current-usd", comparators=True)["role"])


def test_a_claim_is_drawn_though_it_stands_for_no_series() -> None:
    (row,) = data.drawn_values("gdp-claim-eur").to_dict("records")
    assert (row["role"], row["value"], row["claim_id"]) == ("context", 340, "context.7.2-b")


def test_a_series_for_tables_only_is_refused_by_its_name() -> None:
    with pytest.raises(ValueError, match="'world-reserve-share' is not to be drawn"):
        data.drawn_values("titr-cargo", "world-reserve-share")


def test_charts_of_the_notebooks_draw_no_series_for_tables_only() -> None:
    """What they ask for passes :func:`helpers.data.drawn_values`; the rest is in the tables."""
    from figures import shown  # the notebooks are run once for all tests of a worker

    drawable = set(data.codes_where("indicator_series", "charting", drawn=True))
    frames = [
        frame
        for figure in shown().values()
        if figure.kind == "chart"
        for _, frame in figure.frames
        if "charting" in frame
    ]
    assert len(frames) >= 6
    for frame in frames:
        assert set(frame["charting"]) <= drawable
        assert "low" not in set(frame["confidence"].astype("object"))


def test_a_figure_that_came_through_a_republisher_says_so() -> None:
    values = data.indicator_values("remittances-received-pct-gdp", "remittances-received-usd")
    table = tables.indicator_table(values, EN)
    cited = [row[[c.kind for c in table.columns].index("citation")] for row in table.rows]
    carriers = values["source_carrier"].dropna().unique()
    assert {"tengele.com", "Fozich/remittances-central-asia (GitHub)"} <= set(carriers)
    assert all(any(f"via {carrier}" in cell for cell in cited) for carrier in carriers)


def test_the_latest_time_of_a_series_is_the_whole_year_not_its_last_quarter() -> None:
    oil = data.drawn_values("eu-petroleum-oil-import-share", comparators=True)
    assert "month" in set(oil["precision"]), "a quarter is known too"
    last = data.latest(oil)
    assert set(last["precision"]) == {"year"} and len(last) == 3


def test_a_change_is_between_the_first_and_the_last_time_of_one_place() -> None:
    both = data.drawn_values("german-exports-eur")
    grown = data.changes(both).set_index("country_id")["times"]
    assert grown["KGZ"] == pytest.approx(323 / 49) and grown["KAZ"] == pytest.approx(2)
    assert data.changes(both[both["date_start"].dt.year == 2021]).empty


def test_times_are_spans_that_sort() -> None:
    values = data.indicator_values("remittances-share-from-russia")
    half = values[values["precision"] == "month"].iloc[0]
    assert (half["date_start"].month, half["last_day"].month) == (1, 6)
    assert values["last_day"].is_monotonic_increasing


# Bars by year


def test_the_economy_is_drawn_year_by_year_beside_the_claims() -> None:
    values, claims = economy(), data.drawn_values("gdp-claim-eur", "gdp-growth-claim")
    for lang in (AR, EN):
        chart = charts.yearly_bars(values, lang, claims)
        marks = by_gid(chart)
        for row in values.to_dict("records"):
            assert marks[row["indicator_id"]].get_width() == pytest.approx(row["value"])
        (line,) = set(marks["gdp-claim-eur-ca5-2025-03-11"].get_xdata())
        assert line == 340
        assert len(chart.figure.axes) == 2
        first, last = chart.figure.axes[0].get_xlim()
        assert (first > last) == lang.is_rtl
        years = values[values["series"] == "gdp-current-eur"].sort_values("date_start")
        rows = [marks[name].get_y() for name in years["indicator_id"]]
        assert rows == sorted(rows, reverse=True), "from the top down"


def test_the_sentence_on_the_economy_follows_the_values() -> None:
    claims = data.drawn_values("gdp-claim-eur", "gdp-growth-claim")
    fields = charts.yearly_bars(economy(), EN, claims).fields
    assert (fields["first_reached"], fields["first_claim"]) == ("2022", "340")
    low = changed("indicators", "gdp-current-eur-ca5-2022", value=300)
    with data.what_if(indicators=low):
        fields = charts.yearly_bars(economy(), EN, claims).fields
    assert fields["first_reached"] == "2023"


def test_years_after_the_summit_have_a_tone_of_their_own() -> None:
    cargo = data.drawn_values("titr-cargo", "titr-containers")
    marks = by_gid(charts.yearly_bars(cargo, EN))
    assert fill(marks["titr-cargo-ca5-2025"]) != fill(marks["titr-cargo-ca5-2024"])
    assert fill(marks["titr-cargo-ca5-2019"]) == fill(marks["titr-cargo-ca5-2024"])


def test_the_corridor_grew_until_the_summit_and_fell_in_its_year() -> None:
    fields = charts.yearly_bars(data.drawn_values("titr-cargo", "titr-containers"), EN).fields
    assert (fields["first_peak_year"], fields["first_last_year"]) == ("2024", "2025")
    assert (fields["first_before"], fields["first_last"]) == ("4,484", "4,119")


def test_bars_of_two_places_in_one_year_are_refused() -> None:
    with pytest.raises(ValueError, match="'gdp-current-usd' has several values for 2015-01-01"):
        charts.yearly_bars(data.drawn_values("gdp-current-usd"), EN)


# Two books


def test_both_books_are_drawn_and_the_widest_gap_is_named() -> None:
    chart = charts.two_books(books(), EN)
    marks = by_gid(chart)
    for row in books().to_dict("records"):
        assert list(marks[row["indicator_id"]].get_xdata()) == [row["value"]]
    assert chart.fields["widest"] == "Kyrgyzstan – China"
    assert "Turkmenistan – China" in chart.fields["lone"], "its one figure is China's"


def test_a_hedged_value_is_drawn_with_its_hedge() -> None:
    label = by_gid(charts.two_books(books(), EN))["trade-total-usd-partner-ca5-rus-2024-text"]
    assert arabic.restore(label.get_text()) == "more than 45"


# Suppliers


def test_suppliers_of_the_region_are_set_off_and_placed() -> None:
    names = ("eu-petroleum-oil-import-share", "eu-natural-uranium-share")
    suppliers = data.latest(data.drawn_values(*names, comparators=True))
    chart = charts.supplier_shares(suppliers, EN)
    marks = by_gid(chart)
    tone = {r["country_id"]: fill(marks[r["indicator_id"]]) for r in suppliers.to_dict("records")}
    assert tone["KAZ"] == tone["UZB"] == PALETTE["navy"].upper()
    assert tone["RUS"] == tone["USA"] == PALETTE["light"].upper()
    assert (chart.fields["first_place"], chart.fields["second_place"]) == ("3", "1")


# Lines


def test_lines_over_years_run_from_the_left_in_every_language() -> None:
    money = data.drawn_values("remittances-received-pct-gdp")
    for lang in (AR, EN):
        axes = charts.yearly_lines(money, lang).figure.axes[0]
        first, last = axes.get_xlim()
        assert first < last and axes.yaxis.get_ticks_position() == "left"


def test_a_value_of_another_source_is_hollow() -> None:
    money = data.drawn_values("remittances-received-pct-gdp")
    money = money[money["country_id"] == "KGZ"]
    lines = charts.yearly_lines(money, EN).figure.axes[0].lines
    hollow = [
        x for x in lines if x.get_markerfacecolor() == PALETTE["paper"] and len(x.get_xdata())
    ]
    (marks,) = hollow
    assert list(marks.get_xdata()) == [2023]


def test_a_year_without_a_value_breaks_the_line() -> None:
    money = data.drawn_values("remittances-received-pct-gdp")
    money = money[(money["country_id"] == "TJK") & (money["date_start"].dt.year != 2015)]
    line = by_gid(charts.yearly_lines(money, EN))["remittances-received-pct-gdp-tjk"]
    told = dict(zip(line.get_xdata(), line.get_ydata(), strict=True))
    assert pd.isna(told[2015]) and told[2016] > 0


# Growth


def test_growth_is_drawn_with_the_answer_of_the_other_side_in_another_tone() -> None:
    names = ("german-exports-eur", "kgz-reported-trade-with-germany-usd")
    through = data.drawn_values(*names, comparators=True)
    through = through[through["country_id"] == "KGZ"]
    chart = charts.growth_bars(data.changes(through), EN)
    marks = by_gid(chart)
    german, answer = marks["german-exports-eur-kgz-deu-2022"], marks[ANSWER]
    assert german.get_width() == pytest.approx(323 / 49)
    assert fill(german) != fill(answer)
    assert chart.fields["answer_ends"] == "79.4 to 256.8 USD million"


ANSWER = "kgz-reported-trade-with-germany-usd-2024"


# Events since the summit


def test_events_are_drawn_on_the_lane_of_their_side() -> None:
    events = data.later_events()
    for lang in (AR, EN):
        chart = charts.since_timeline(events, lang)
        axes = chart.figure.axes[0]
        drawn = events[(events["confidence"] != "low") & events["date_start"].notna()]
        assert set(chart.marks) == set(drawn["event_id"])
        first, last = axes.get_xlim()
        assert (first > last) == lang.is_rtl
        labels = [arabic.restore(label.get_text()) for label in axes.get_yticklabels()]
        known = list(lang.labels("later_events", "actor").values())
        assert labels == [name for name in known if name in labels]


def test_marks_of_a_lane_do_not_cover_each_other() -> None:
    chart = charts.since_timeline(data.later_events(), EN)
    marks = {gid: artist for gid, artist in by_gid(chart).items() if gid in chart.marks}
    transform = chart.figure.axes[0].transData
    spots = [transform.transform((m.get_xdata()[0], m.get_ydata()[0])) for m in marks.values()]
    for number, (x, y) in enumerate(spots):
        for other_x, other_y in spots[:number]:
            assert abs(x - other_x) > 4 or abs(y - other_y) > 4


def test_what_was_only_announced_is_hollow_and_no_meeting_that_was_held() -> None:
    events = data.later_events()
    chart = charts.since_timeline(events, EN)
    star = by_gid(chart)["russia-summit-2027"]
    assert star.get_markerfacecolor() == PALETTE["paper"]
    held = data.what_if(later_events=changed("later_events", "russia-summit-2027", expected=False))
    before = int(chart.fields["rival_summits"])
    with held:
        assert int(charts.since_timeline(data.later_events(), EN).fields["rival_summits"]) > before


def test_on_a_wall_the_meetings_of_leaders_are_left() -> None:
    chart = charts.since_timeline(data.later_events(), EN, "projecting")
    kinds = data.later_events().set_index("event_id")["kind"]
    assert {kinds[gid] for gid in chart.marks} == {"summit"}
    assert chart.fields == charts.since_timeline(data.later_events(), EN).fields


def test_the_timeline_draws_any_part_of_the_events_on_a_wall() -> None:
    """What it draws on a page, ``test_every_chart`` asks."""
    lang, size = Language("ar", digits="arabic-indic"), "projecting"
    events = data.later_events()
    orders = [events.iloc[::-1], events.sample(frac=1, random_state=7), events.iloc[1::2]]
    whole = charts.since_timeline(events, lang, size)
    for part in orders[:2]:
        assert dict(charts.since_timeline(part, lang, size).marks) == dict(whole.marks)
    for part in (*orders, events.iloc[-3:-2], events.iloc[:0]):
        chart = charts.since_timeline(part, lang, size)
        assert arabic.unprepared(chart.figure) == []
        assert list(chart.fields) == list(whole.fields)
        assert all(str(value).strip() for value in chart.fields.values())
    assert not charts.since_timeline(events.iloc[:0], lang, size).marks


# Tables of events and omissions


def test_the_table_of_events_lists_all_and_marks_the_weak() -> None:
    table = tables.later_event_table(data.later_events(), EN)
    assert len(table.rows) == 53 and table.fields["weak"] == "4"
    weak = [row for row in table.rows if "low confidence" in row[1]]
    assert len(weak) == 4
    assert table.rows[-1][0] == "—", "what has no date comes last"


def test_events_are_found_by_the_passage_that_they_bear_on() -> None:
    tariffs = data.later_events("context.13.3")
    assert set(tariffs["actor"]) == {"united_states"}
    with pytest.raises(ValueError, match=re.escape("unknown passage 'context.99.9'")):
        data.later_events("context.99.9")


def test_omissions_name_theme_point_and_source() -> None:
    table = tables.omission_table(data.omissions(), EN)
    assert len(table.rows) == 24 and table.fields["placeless"] == "2"
    cyprus = [row for row in table.rows if "Cyprus" in row[1]]
    assert cyprus[0][0] == "Great-power rivalry"
    assert all(row[3] for row in table.rows), "each has a source"
    more = added("omissions", "cyprus-resolutions", omission_id="cyprus-again")
    with data.what_if(omissions=more):
        assert tables.omission_table(data.omissions(), EN).fields["count"] == "25"


def test_tariffs_are_listed_from_the_highest_with_what_followed() -> None:
    rates = data.drawn_values("us-reciprocal-tariff", comparators=True)
    table = tables.tariff_table(rates, data.later_events("context.13.3"), EN)
    assert (table.fields["highest"], table.fields["highest_for"]) == ("27%", "Kazakhstan")
    assert [row[1].startswith("Tariff of") for row in table.rows] == [True] * 3 + [False] * 2
