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


@pytest.mark.parametrize("figure_id", CHARTS)
@pytest.mark.parametrize("size", ["reading", "projecting"])
@pytest.mark.parametrize("lang", [AR, EN, INDIC], ids=["ar", "en", "ar-indic"])
def test_a_finding_fits_on_two_lines_with_the_longest_names(
    figure_id: str, size: str, lang: Language
) -> None:
    fields = drawn(figure_id, lang).fields
    longest = {name: _longest_like(value, lang) for name, value in fields.items()}
    texts = figures.texts(figure_id, longest, lang)
    chosen = theme.SIZES[size]
    with theme.style(lang, chosen):
        figure, _ = theme.canvas(lang, chosen, 2)
    with theme.framed(figure, lang, chosen, *texts.frame) as framed:
        title = framed.texts[1 if texts.finding else 0]
        assert title.get_text().count("\n") < MOST_LINES, texts.frame[0]


def _longest_like(value: object, lang: Language) -> object:
    """Return the longest name of the kind of a value; a number or a list as it is."""
    title = lang.column("title")
    points = data.load("points")
    kinds = [
        list(data.load("themes")[title]),
        list(lang.labels("outcome_codes", "strength").values()),
    ]
    kinds += [list(of_stage[title]) for _, of_stage in points.groupby("stage", observed=True)]
    kinds += [list(data.load("actors")[lang.column("name")])]
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
    tried = frame_of("what-holds")
    told = tried[tried["touched"].astype(bool) | (tried["coding_order"] == 0)]
    steady = told.groupby("conclusion_id")["holds"].all()
    assert f"{steady.sum()} of {len(steady)}" in remade("what-holds")
    own = (tried["coding_order"] == 0) & (tried["conclusion_id"] == steady[steady].index[0])
    fallen = tried.assign(holds=tried["holds"] & ~own)
    said = remade("what-holds", tried=fallen)
    assert f"{steady.sum() - 1} of {len(steady)}" in said, "it falls under the published codes"
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
