"""What figures say they find: it follows the tables, and is silent where nothing stands out."""

from __future__ import annotations

import re
from string import Formatter

import figures as notebooks
import pandas as pd
import pytest
from figures import drawn, shown

from helpers import charts, data, figures, theme
from helpers.charts import Chart
from helpers.language import Language

# Charts are drawn once for all tests of one worker.
pytestmark = pytest.mark.xdist_group("charts")
AR, EN, INDIC = Language("ar"), Language("en"), Language("ar", digits="arabic-indic")
CHARTS = notebooks.ids_of("chart")
MOST_LINES = 2


def finding(figure_id: str, chart: Chart) -> str:
    return figures.texts(figure_id, chart.fields, chart.lang, chart.sources).finding


def remade(figure_id: str, **frames: pd.DataFrame) -> str:
    return finding(figure_id, shown()[figure_id].made(EN, **frames))


def frame_of(figure_id: str, name: str | None = None) -> pd.DataFrame:
    frames = dict(shown()[figure_id].frames)
    return frames[name or next(iter(frames))].copy()


# All


@pytest.mark.parametrize("figure_id", CHARTS)
def test_a_chart_without_rows_finds_nothing(figure_id: str) -> None:
    figure = shown()[figure_id]
    assert finding(figure_id, figure.made(EN, **figure.changed(notebooks.empty))) == ""


@pytest.mark.parametrize("figure_id", CHARTS)
def test_nothing_stands_out_from_a_single_row(figure_id: str) -> None:
    """Except where a conclusion alone, or a point alone, is one of many."""
    figure = shown()[figure_id]
    one = figure.made(EN, **figure.changed(notebooks.one_row, first_only=True))
    assert finding(figure_id, one) == ""


@pytest.mark.one_of(3)
@pytest.mark.parametrize("figure_id", CHARTS)
@pytest.mark.parametrize("lang", [AR, EN, INDIC], ids=["ar", "en", "ar-indic"])
def test_a_finding_fits_on_two_lines_with_the_longest_names(figure_id: str, lang: Language) -> None:
    """On a slide it is a heading of the page."""
    chart = drawn(figure_id, lang)
    longest = {name: _longest_like(value, lang) for name, value in chart.fields.items()}
    title, *_ = figures.texts(figure_id, longest, lang).frame
    with theme.style(lang, chart.size):
        assert len(theme.title_lines(title, lang, chart.size)) <= MOST_LINES, title


def _longest_like(value: object, lang: Language) -> object:
    """Return the longest name of the kind of a value; a number or a list as it is."""
    title = lang.column("title")
    points = data.load("points")
    kinds = [
        list(data.load("themes")[title]),
        list(lang.labels("outcome_codes", "strength").values()),
    ]
    kinds += [list(of_stage[title]) for _, of_stage in points.groupby("stage", observed=True)]
    kinds += [list(data.load(table)[lang.column("name")]) for table in ("countries", "actors")]
    for names in kinds:
        if value in names:
            return max(names, key=len)
    return value


def test_no_finding_ends_with_a_full_stop_and_each_names_a_field() -> None:
    """It is a heading; and a heading without a field would say the same of any table."""
    table = data.load("figures").set_index("figure_id")
    told = table[table["finding_en"].notna()]
    assert set(told.index) <= set(CHARTS), "the title of a table is its subject"
    for figure_id, row in told.iterrows():
        for text in (row["finding_ar"], row["finding_en"]):
            assert not text.endswith("."), figure_id
            assert [name for _, name, _, _ in Formatter().parse(text) if name], figure_id


def test_no_arabic_noun_follows_its_number() -> None:
    """One and two agree with what they count, so the label stands first."""
    for figure_id, text in (
        data.load("figures").set_index("figure_id")["finding_ar"].dropna().items()
    ):
        chart = drawn(figure_id, AR)
        numbers = [n for n, v in chart.fields.items() if str(v).replace(".", "").isdecimal()]
        ones = {name: "1" if name in numbers else "س" for name in chart.fields}
        said = text.format_map(ones)
        assert not re.search(r"(?<!\d)1 (?!من |في |مليار )[\u0621-\u064a]", said), (figure_id, said)


# Each


def test_the_timeline_finds_that_most_steps_are_recent() -> None:
    events = frame_of("relations-timeline")
    leaders = data.codes_where("events", "kind", leaders=True)
    since = events[events["kind"].isin(leaders)]["date_start"].min()
    early, late = events[events["date_start"] < since], events[events["date_start"] >= since]
    said = remade("relations-timeline")
    assert f"{len(late)} of {len(events)}" in said and EN.date(since, "month") in said
    fewer = late.head(len(early))
    assert remade("relations-timeline", events=pd.concat([early, fewer])) == "", "half is not most"
    one_more = pd.concat([early, late.head(len(early) + 1)])
    assert f"{len(early) + 1} of {len(one_more)}" in remade("relations-timeline", events=one_more)


def test_the_ladder_finds_the_state_that_is_alone_ahead() -> None:
    stages = frame_of("agreements-ladder")
    ranks = {stage: rank for rank, stage in enumerate(data.codes("agreement_stages", "stage"))}
    done = stages[stages["stage"].notna() & ~stages["expected"].fillna(False).astype(bool)]
    rank = done["stage"].astype("object").map(ranks)
    (first,) = set(done[rank == rank.max()]["country_id"])
    said = remade("agreements-ladder")
    assert EN.country(first) in said
    assert EN.label("agreement_stages", "stage", done.loc[rank.idxmax(), "stage"]) in said
    others = stages[stages["country_id"] != first]
    assert EN.country(first) not in remade("agreements-ladder", stages=others)
    as_far = stages.astype({"stage": "object"})
    second = as_far[(as_far["country_id"] != first) & as_far["stage"].notna()].index[0]
    as_far.loc[second, ["stage", "expected"]] = [done.loc[rank.idxmax(), "stage"], False]
    assert remade("agreements-ladder", stages=as_far) == "", "two are not alone"


def test_the_matrix_of_factors_finds_the_heaviest_theme() -> None:
    weights = frame_of("factor-themes")
    means = weights.groupby("theme_en")["weight"].sum() / weights["point_id"].nunique()
    said = remade("factor-themes")
    assert means.idxmax() in said and EN.share(means.max()) in said
    moved = weights.copy()
    lightest = means.idxmin()
    moved.loc[moved["theme_en"] == lightest, "weight"] = 50.0
    assert lightest in remade("factor-themes", weights=moved)
    equal = weights[weights["point_id"] == "context-regional-cooperation"]
    assert remade("factor-themes", weights=equal) == "", "three share it"


def test_coverage_finds_that_the_heaviest_theme_changes() -> None:
    coverage = frame_of("theme-coverage")

    def heaviest(stage: str) -> str:
        of_stage = coverage[coverage["stage"] == stage]
        return of_stage.loc[of_stage["weight"].idxmax(), "theme_en"]

    first, last = heaviest("context"), heaviest("outcome")
    said = remade("theme-coverage")
    assert first != last and said.index(first) < said.index(last)
    top = (coverage["stage"] == "outcome") & (coverage["theme_en"] == first)
    coverage.loc[top, "weight"] = 0.9
    assert remade("theme-coverage", coverage=coverage) == "", "it does not change"
    level = (coverage["stage"] == "outcome") & (coverage["theme_en"] == last)
    coverage.loc[top | level, "weight"] = 0.4
    assert remade("theme-coverage", coverage=coverage) == "", "two lead in the outcomes"


def test_the_overview_finds_that_most_links_are_inferred() -> None:
    links = frame_of("argument-overview", "links")
    stated = (links["basis"] == "stated").sum()
    assert f"{stated} of {len(links)}" in remade("argument-overview")
    links = links[: len(links) // 2 * 2]
    half = links.assign(basis=["stated", "inferred"] * (len(links) // 2))
    assert remade("argument-overview", links=half) == ""
    half.loc[half.index[0], "basis"] = "inferred"
    said = remade("argument-overview", links=half)
    assert f"{len(links) // 2 - 1} of {len(links)}" in said


def test_the_flow_to_goals_finds_the_goal_with_most_factors() -> None:
    points, links = (frame_of("factor-goal-flow", name) for name in ("points", "links"))
    titles = points.set_index("point_id")["title_en"]
    factors = points[points["stage"] == "context"]["point_id"]
    to_goals = links[links["from_point"].isin(factors) & links["to_point"].str.startswith("goal-")]
    counts = to_goals["to_point"].value_counts()
    said = remade("factor-goal-flow")
    assert titles[counts.idxmax()] in said
    assert f"{counts.max()} of {len(factors)}" in said
    least = counts.idxmin()
    turned = links.copy()
    turned.loc[to_goals.index, "to_point"] = least
    said = remade("factor-goal-flow", links=turned)
    assert titles[least] in said
    assert f"{to_goals['from_point'].nunique()} of {len(factors)}" in said, "a factor counts once"
    level = to_goals.groupby("to_point").head(1)
    assert remade("factor-goal-flow", links=level) == "", "each goal has one"


def test_the_flow_from_outcomes_finds_issues_without_a_stated_answer() -> None:
    points, links = (frame_of("issue-outcome-flow", name) for name in ("points", "links"))
    issues = points[points["stage"] == "issue"]["point_id"]
    answers = links["relation"] == "answers"
    stated = set(links[answers & (links["basis"] == "stated")]["to_point"])
    said = remade("issue-outcome-flow")
    assert f"{len(issues) - len(stated)} of {len(issues)}" in said
    none = links.assign(basis="inferred")
    assert f"{len(issues)} of {len(issues)}" in remade("issue-outcome-flow", links=none)
    assert remade("issue-outcome-flow", links=links.assign(basis="stated")) == ""


def test_the_threat_map_finds_challenges_that_nothing_lessens() -> None:
    points, links = (frame_of("threat-map", name) for name in ("points", "links"))
    titles = points[points["stage"] == "challenge"].set_index("point_id")["title_en"]
    lessening = links[links["relation"] == "mitigates"]
    unmet = [title for point, title in titles.items() if point not in set(lessening["to_point"])]
    said = remade("threat-map")
    assert all(title in said for title in unmet) and unmet
    met = [lessening.iloc[[0]].assign(link_id=f"met-{p}", to_point=p) for p in titles.index]
    assert remade("threat-map", links=pd.concat([links, *met])) == "", "each is met"
    assert remade("threat-map", links=links[links["relation"] == "threatens"]) == "", "none is"
    one = pd.concat([links[links["relation"] == "threatens"], met[0]])
    said = remade("threat-map", links=one)
    assert all(title in said for title in titles.iloc[1:]) and titles.iloc[0] not in said


def test_interests_find_the_side_that_is_told_more_of() -> None:
    positions = frame_of("interests")
    marks = positions["side_en"].value_counts()
    more, less = marks.index[:2]
    said = remade("interests")
    assert said.index(f"{more} {marks[more]}") < said.index(f"{less} {marks[less]}")
    own = positions[positions["side_en"] == less]
    even = pd.concat([own, positions[positions["side_en"] == more].head(len(own))])
    assert remade("interests", positions=even) == ""
    turned = pd.concat([own, positions[positions["side_en"] == more].head(1)])
    assert f"{less} {len(own)}, {more} 1" in remade("interests", positions=turned)


def test_speeches_find_the_speaker_with_most_themes() -> None:
    positions = frame_of("speeches")
    themes = positions.groupby("name_en")["theme_id"].nunique().sort_values()
    said = remade("speeches")
    every = positions["theme_id"].nunique()
    assert themes.index[-1] in said and f"{themes.iloc[-1]} of {every}" in said
    assert remade("speeches", positions=positions.groupby("actor_id").head(1)) == ""


def test_the_package_finds_parts_told_otherwise() -> None:
    package = frame_of("package")
    transport = package["indicator_id"] == "package-transport"
    package.loc[transport, ["value", "report_value"]] = [4.5, 9]
    assert "EUR 9 of 12 billion in the report, 4.5" in remade("package", package=package)
    package.loc[transport, "value"] = 9
    assert remade("package", package=package) == "", "both tell the same"
    assert remade("package", package=package.assign(report_value=float("nan"))) == ""


def test_strength_finds_the_longest_list_and_how_far_it_gets() -> None:
    outcomes = frame_of("outcome-strength")
    counts = outcomes["theme_en"].value_counts()
    longest = counts.idxmax()
    own = outcomes[outcomes["theme_en"] == longest]
    strengths = list(data.codes("outcome_codes", "strength"))
    top = max(own["strength"], key=strengths.index)
    said = remade("outcome-strength")
    assert longest in said and f"({counts.max()})" in said
    assert EN.label("outcome_codes", "strength", top) in said
    paid = outcomes.astype({"strength": "object"})
    paid.loc[own.index[0], "strength"] = strengths[-1]
    assert remade("outcome-strength", outcomes=paid) == "", "it gets as far as can be"
    paid.loc[own.index[0], "strength"] = strengths[-2]
    said = remade("outcome-strength", outcomes=paid)
    assert EN.label("outcome_codes", "strength", strengths[-2]) in said
    assert remade("outcome-strength", outcomes=outcomes.groupby("theme_id").head(1)) == ""


def test_attention_finds_what_the_first_theme_gets() -> None:
    attention, delivery = (frame_of("attention-delivery", n) for n in ("attention", "delivery"))
    first = attention.loc[attention["attention"].idxmax()]
    strengths = list(data.codes("outcome_codes", "strength"))
    own = delivery["theme_id"] == first["theme_id"]
    got = max(delivery[own & (delivery["count"] > 0)]["strength"], key=strengths.index)
    said = remade("attention-delivery")
    assert first["theme_en"] in said and EN.label("outcome_codes", "strength", got) in said
    paid = delivery.copy()
    paid.loc[own & (paid["strength"] == strengths[-1]), "count"] = 1
    assert remade("attention-delivery", delivery=paid) == ""
    level = attention.assign(attention=attention["attention"].max())
    assert remade("attention-delivery", attention=level) == ""


def test_what_holds_counts_conclusions_that_never_fall() -> None:
    tried, conclusions = frame_of("what-holds"), frame_of("what-holds")["conclusion_id"].nunique()
    others = tried["touched"].astype(bool) & (tried["coding_order"] > 0)
    told = tried[others | (tried["coding_order"] == 0)]
    told = told[told["conclusion_id"].isin(tried[others]["conclusion_id"])]
    steady = told.groupby("conclusion_id")["holds"].all()
    assert f"{steady.sum()} of {conclusions}" in remade("what-holds")
    spared = tried[~tried["conclusion_id"].isin([steady[steady].index[0]]) | ~others]
    said = remade("what-holds", tried=spared)
    assert f"{steady.sum() - 1} of {conclusions}" in said, "what no coding touches was not tried"
    own = (tried["coding_order"] == 0) & (tried["conclusion_id"] == steady[steady].index[0])
    fallen = tried.assign(holds=tried["holds"] & ~own)
    said = remade("what-holds", tried=fallen)
    assert f"{steady.sum() - 1} of {conclusions}" in said, "it falls under the published codes"
    assert remade("what-holds", tried=tried.assign(holds=False)) == ""


def test_a_finding_of_codes_in_what_if_is_that_of_the_page() -> None:
    """The exercise of 01_context: a theme moves, and the heading names another."""
    table = data.load("point_themes")
    table.loc[table["point_id"] == "context-climate", "theme_id"] = "economy"
    before = remade("factor-themes")
    with data.what_if(point_themes=table):
        weights = data.point_theme_weights("context")
        after = finding("factor-themes", charts.theme_matrix(weights, EN))
    assert "Economy and trade" in after and after != before


# Indicators and maps


def test_the_economy_finds_when_the_figure_of_the_report_was_reached() -> None:
    values, claims = frame_of("economy", "values"), frame_of("economy", "claims")
    series = values.sort_values("series_order")["series"].iloc[0]
    own = (values["series"] == series).to_numpy()
    claim = claims.loc[claims["unit"] == values.loc[own, "unit"].iloc[0], "value"].iloc[0]
    first = values[own & (values["value"] >= claim)]["date_start"].min()
    assert f"the report's figure in {first.year}" in remade("economy")
    low = values.assign(value=values["value"].mask(own, claim / 2))
    assert remade("economy", values=low) == "", "it was never reached"


def test_cargo_names_the_highest_year_unless_two_are_as_high() -> None:
    values = frame_of("corridor-cargo")
    series = values.sort_values("series_order")["series"].iloc[0]
    own = values[values["series"] == series].sort_values("value", ascending=False)
    assert f"highest in {own['date_start'].iloc[0].year}:" in remade("corridor-cargo")
    level = values.copy()
    level.loc[own.index[1], "value"] = own["value"].iloc[0]
    assert remade("corridor-cargo", values=level) == ""


def test_suppliers_find_the_largest_of_the_region_in_both() -> None:
    values = frame_of("supplier-shares")
    inside = values[values["country_group"] == data.subject()["region"]]
    said = remade("supplier-shares")
    for _, of_series in inside.groupby("series"):
        largest = of_series.loc[of_series["value"].idxmax()]
        assert largest["country_en"] in said and EN.percent(largest["value"], at_most=1) in said
    outside = values[values["country_group"] != data.subject()["region"]]
    assert remade("supplier-shares", values=outside) == ""
    first = values["series"] == values.sort_values("series_order")["series"].iloc[0]
    other = values.copy()
    own = first & (values["country_group"] == data.subject()["region"])
    other.loc[own, "country_en"] = "Uzbekistan"
    assert remade("supplier-shares", values=other) == "", "one state for oil, another for uranium"


def test_remittances_find_the_country_with_the_highest_value() -> None:
    values = frame_of("remittances")
    top = values.loc[values["value"].idxmax()]
    assert f"In {top['country_en']} remittances reached" in remade("remittances")
    others = values[values["country_id"] != top["country_id"]]
    second = others.loc[others["value"].idxmax()]
    assert f"In {second['country_en']} remittances" in remade("remittances", values=others)
    level = values.assign(value=values["value"].clip(upper=second["value"]))
    assert remade("remittances", values=level) == ""


def test_growth_is_not_told_without_the_other_side() -> None:
    changes = frame_of("re-exports")
    beside = changes["role"].isin(data.codes_where("indicators", "role", beside=True))
    grown = changes[~beside].loc[lambda frame: frame["times"].idxmax()]
    said = remade("re-exports")
    assert grown["title_en"] in said
    for times in (grown["times"], changes.loc[beside, "times"].max()):
        assert f"×{EN.number(times, at_most=1)}" in said
    assert remade("re-exports", changes=changes[~beside]) == ""


def test_the_books_find_the_pair_that_is_furthest_apart() -> None:
    values = frame_of("trade-books")
    pair = ["partner_en", "country_en"]
    ends = values.groupby(pair)["value"].agg(["min", "max", "size"]).query("size > 1")
    apart = ends["max"] / ends["min"]
    partner, country = apart.idxmax()
    assert f"furthest apart for {country} – {partner}" in remade("trade-books")
    one_pair = values[(values[pair] == [partner, country]).all(axis="columns")]
    assert remade("trade-books", values=one_pair) == ""


def test_the_map_of_routes_counts_lines_that_are_not_built() -> None:
    legs = frame_of("corridor-map", "legs")
    open_legs = legs["status"].isin(data.codes_where("route_legs", "status", open=True))
    lines = legs.loc[open_legs, "line"].nunique()
    assert f"{lines} of {legs['line'].nunique()}" in remade("corridor-map")
    assert remade("corridor-map", legs=legs[~open_legs]) == ""


def test_the_map_of_meetings_finds_that_most_were_in_the_region() -> None:
    events = frame_of("meetings-map", "events")
    placed = events[events["city_id"].notna()]
    inside = placed["in_region"].astype(bool)
    assert f"{inside.sum()} of {len(placed)}" in remade("meetings-map")
    as_many = pd.concat([placed[inside].head((~inside).sum()), placed[~inside]])
    assert remade("meetings-map", events=as_many) == "", "half is not most"


def test_the_transit_times_count_statements_within_the_aim() -> None:
    times = frame_of("transit-times")
    aims = times["scope"].isin(data.codes_where("transit_times", "scope", aim=True))
    first = times[~aims].sort_values("line_order")["line"].iloc[0]
    own = ~aims & (times["line"] == first) & times["most"].notna()
    within = int((times.loc[own, "most"] <= times.loc[aims, "most"].max()).sum())
    assert f": {within} of {own.sum()}" in remade("transit-times")
    assert remade("transit-times", times=times[~aims]) == "", "without an aim nothing is within it"


# What has happened since


def test_the_tracker_counts_standings() -> None:
    states = frame_of("commitment-tracker")
    counts = states["standing"].value_counts()
    said = remade("commitment-tracker")
    assert f"Kept: {counts['kept']} of {len(states)}" in said
    assert f"broken: {counts['broken']}" in said
    mended = states[states["standing"] != "broken"]
    assert "broken: 0" in remade("commitment-tracker", states=mended)


def test_the_replay_finds_that_more_are_kept_later() -> None:
    states = frame_of("replay")
    kept = states[states["standing"] == "kept"].groupby("as_of").size()
    first, last = kept.iloc[0], kept.iloc[-1]
    assert f": {first} on 4 Apr 2025, {last} on" in remade("replay")
    assert remade("replay", states=states.assign(standing="open")) == "", "nothing moved"


def test_words_and_deeds_compare_only_where_there_are_several_of_both() -> None:
    states = frame_of("words-and-deeds")
    order = list(data.codes("outcome_codes", "strength"))
    firm = states["strength"].isin(order[order.index("agree") :])
    weak = states["strength"].notna() & ~firm
    kept = states["standing"] == "kept"
    said = remade("words-and-deeds")
    assert f"{(kept & firm).sum()} of the {firm.sum()} worded" in said
    assert f"{(kept & weak).sum()} of the {weak.sum()} others" in said
    assert remade("words-and-deeds", states=states[firm]) == ""


def test_the_score_names_both_ends_or_none() -> None:
    scores = frame_of("score-band")
    said = remade("score-band")
    for end in (scores["score"].min(), scores["score"].max()):
        assert EN.number(round(end, 2)) in said
    assert remade("score-band", scores=scores.assign(score=0.5)) == "", "there is no band"


def test_summits_of_others_are_counted_beside_the_own() -> None:
    events = frame_of("since-timeline")
    held = events["kind"].isin(data.codes_where("later_events", "kind", leaders=True))
    held &= ~events["expected"].astype(bool)
    held &= ~events["confidence"].isin(data.codes_where("later_events", "confidence", weak=True))
    theirs = held & events["actor"].isin(data.codes_where("later_events", "actor", rival=True))
    ours = held & events["actor"].isin(data.codes_where("later_events", "actor", own=True))
    assert f"other powers {theirs.sum()}, the EU's side {ours.sum()}" in remade("since-timeline")
    level = pd.concat([events[theirs].head(ours.sum()), events[ours]])
    assert remade("since-timeline", events=level) == "", "as many on both sides"
