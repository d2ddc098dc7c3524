"""Measures of the argument: by stated links, by all, and never by averages of ordinal codes."""

from __future__ import annotations

import pandas as pd
import pytest
from changes import changed, removed, shuffled
from pandas.testing import assert_frame_equal

from helpers import argument, charts, data
from helpers.language import Language

EN = Language("en")
ANSWER = "outcome-security-answers-issue-security"


@pytest.fixture
def points() -> pd.DataFrame:
    return data.load("points")


@pytest.fixture
def links() -> pd.DataFrame:
    return data.links()


@pytest.fixture
def weights() -> pd.DataFrame:
    return data.point_theme_weights()


@pytest.fixture
def themes() -> pd.DataFrame:
    return data.load("themes")


def of_theme(measure: pd.DataFrame, theme: str, column: str) -> float:
    return float(measure.set_index("theme_id").at[theme, column])


# Graph


def test_every_edge_runs_in_the_order_of_the_stages(points, links) -> None:
    order = argument.stage_order()
    graph = argument.graph(points, links)
    stage = graph.nodes(data="stage")
    assert graph.number_of_edges() == len(links)
    for start, end in graph.edges():
        assert order[stage[start]] < order[stage[end]]


def test_links_to_points_that_are_not_handed_in_are_left_out(points, links) -> None:
    few = points[points["stage"].isin(["context", "goal"])]
    graph = argument.graph(few, links)
    assert set(graph) == set(few["point_id"])
    assert 0 < graph.number_of_edges() < len(links)


def test_stated_links_are_those_with_a_passage(links) -> None:
    stated = argument.stated(links)
    assert stated["passage_id"].notna().all()
    assert links.drop(stated.index)["passage_id"].isna().all()
    assert 0 < len(stated) < len(links)


def test_an_unknown_stage_question_or_point_is_named(points, links, weights, themes) -> None:
    with pytest.raises(ValueError, match="unknown stage 'aim'; known: context"):
        argument.points_of(points, "aim")
    with pytest.raises(ValueError, match="unknown stage 'aim'"):
        argument.carried(weights, links, themes, ("aim",))
    with pytest.raises(KeyError, match="no point 'nowhere'"):
        argument.paths(points, links, "nowhere", "outcome-package")
    with pytest.raises(KeyError, match="unasked"):
        argument.loose(points, links, "unasked")


# Themes


def test_every_measure_has_each_theme_in_order(weights, links, themes) -> None:
    order = themes.sort_values("order")["theme_id"].tolist()
    coded = data.coded_outcomes()
    for measure in (
        argument.coverage(weights, themes),
        argument.attention(weights, themes),
        argument.carried(weights, links, themes),
        argument.delivery(coded, themes),
    ):
        assert list(measure.columns[:4]) == ["theme_id", "theme_ar", "theme_en", "theme_order"]
        assert list(measure["theme_id"].unique()) == order


def test_measures_do_not_depend_on_the_order_of_rows(weights, links, themes, points) -> None:
    coded = data.coded_outcomes()
    mixed = [shuffled(frame) for frame in (weights, links, themes, points, coded)]
    weights_2, links_2, themes_2, points_2, coded_2 = mixed
    for one, other in (
        (argument.coverage(weights, themes), argument.coverage(weights_2, themes_2)),
        (argument.attention(weights, themes), argument.attention(weights_2, themes_2)),
        (argument.carried(weights, links, themes), argument.carried(weights_2, links_2, themes_2)),
        (argument.delivery(coded, themes), argument.delivery(coded_2, themes_2)),
        (argument.loose_ends(points, links), argument.loose_ends(points_2, links_2)),
        (argument.path_counts(points, links), argument.path_counts(points_2, links_2)),
    ):
        assert_frame_equal(one, other, check_exact=True)


def test_empty_frames_give_empty_results_with_their_columns(weights, links, themes, points) -> None:
    coded = data.coded_outcomes()
    for full, empty in (
        (argument.coverage(weights, themes), argument.coverage(weights[:0], themes)),
        (argument.attention(weights, themes), argument.attention(weights[:0], themes)),
        (
            argument.carried(weights, links, themes),
            argument.carried(weights[:0], links[:0], themes),
        ),
        (argument.delivery(coded, themes), argument.delivery(coded[:0], themes)),
        (argument.loose_ends(points, links), argument.loose_ends(points[:0], links[:0])),
        (argument.path_counts(points, links), argument.path_counts(points[:0], links[:0])),
    ):
        assert empty.empty
        assert list(empty.columns) == list(full.columns)
    assert argument.carried(weights, links, themes, ())["carried"].isna().all()


def test_coverage_sums_to_one_in_every_stage(weights, themes) -> None:
    sums = argument.coverage(weights, themes).groupby("stage", observed=False)["weight"].sum()
    assert list(sums.index) == list(argument.stage_order())
    assert sums.tolist() == pytest.approx([1.0] * 6, abs=0.01)


def test_coverage_is_the_mean_over_the_points_of_a_stage(weights, themes) -> None:
    goals = weights[weights["stage"] == "goal"]
    by_hand = goals[goals["theme_id"] == "geopolitics"]["weight"].sum() / 3
    coverage = argument.coverage(weights, themes).set_index(["theme_id", "stage"])["weight"]
    assert coverage["geopolitics", "goal"] == pytest.approx(by_hand)
    assert coverage["people", "outcome"] == 0


def test_attention_is_the_mean_over_context_and_goals(weights, themes, points) -> None:
    ids = argument.points_of(points, "context", "goal")["point_id"].tolist()
    by_point = weights.set_index(["point_id", "theme_id"])["weight"]
    by_hand = sum(by_point.get((point, "climate-water"), 0.0) for point in ids) / len(ids)
    attention = argument.attention(weights, themes)
    assert of_theme(attention, "climate-water", "attention") == pytest.approx(by_hand)
    assert attention["attention"].sum() == pytest.approx(1, abs=0.01)


def test_a_sum_is_exact_before_it_is_rounded(weights, themes) -> None:
    """Ten tenths are one: neither the order of rows nor the version of Python may show."""
    tenths = pd.concat([weights.iloc[[0]]] * 10, ignore_index=True)
    tenths = tenths.assign(weight=0.1, point_id=[f"point-{n}" for n in range(10)])
    attention = argument.attention(tenths, themes)
    assert of_theme(attention, tenths["theme_id"][0], "attention") == 0.1


def test_delivery_counts_and_names_the_highest_code(themes) -> None:
    coded = data.coded_outcomes()
    delivery = argument.delivery(coded, themes)
    assert len(delivery) == len(themes) * len(data.codes("outcome_codes", "strength"))
    assert delivery["count"].sum() == len(data.load("outcome_items"))
    highest = argument.highest(delivery)
    assert (highest["security"], highest["transport"]) == ("affirm", "fund")
    assert "people" not in highest
    for theme, of_this in coded.groupby("theme_id"):
        assert highest[theme] == of_this["strength"].max(), theme


def test_the_sentence_of_the_chart_names_the_strength_of_its_own_theme(weights, themes) -> None:
    coded = data.coded_outcomes()
    delivery = argument.delivery(coded, themes)
    highest = argument.highest(delivery)
    labels = EN.labels("outcome_codes", "strength")
    for theme in ("security", "transport", "political-ties"):
        attention = argument.attention(weights, themes)
        attention.loc[attention["theme_id"] == theme, "attention"] = 0.9
        chart = charts.attention_and_delivery(attention, delivery, EN)
        title = themes.set_index("theme_id").at[theme, "title_en"]
        assert (chart.fields["top_theme"], chart.fields["top_strength"]) == (
            title,
            labels[highest[theme]],
        )


def test_carried_is_the_weight_that_leads_to_an_outcome_of_the_theme(
    weights, links, themes, points
) -> None:
    """By hand for one theme: its points, and the outcomes about it that they reach."""
    about = weights[weights["theme_id"] == "economy"].set_index("point_id")["weight"]
    factors, outcomes = (
        [p for p in argument.points_of(points, stage)["point_id"] if p in about]
        for stage in ("context", "outcome")
    )
    carried = argument.carried(weights, links, themes, ("context",))
    for column, chosen in (("carried_stated", argument.stated(links)), ("carried", links)):
        leading = [
            factor
            for factor in factors
            if any(argument.paths(points, chosen, factor, outcome) for outcome in outcomes)
        ]
        expected = about[leading].sum() / about[factors].sum()
        assert of_theme(carried, "economy", column) == pytest.approx(expected)


def test_carried_grows_with_the_inferred_links(weights, links, themes) -> None:
    carried = argument.carried(weights, links, themes)
    weighty = carried.dropna(subset=["carried"])
    assert (weighty["carried_stated"] <= weighty["carried"]).all()
    assert (weighty["carried_stated"] < weighty["carried"]).any()
    assert of_theme(carried, "people", "carried") == 0
    by_stated = argument.carried(weights, argument.stated(links), themes)
    assert by_stated["carried"].equals(carried["carried_stated"])


def test_carried_follows_the_links(weights, themes) -> None:
    def security() -> float:
        carried = argument.carried(weights, data.links(), themes, ("context",))
        return of_theme(carried, "security", "carried_stated")

    assert security() == 0
    raised = "context-security-motivates-issue-security"
    told = {"basis": "stated", "passage_id": "context.9.4", "reason_ar": None, "reason_en": None}
    with data.what_if(argument_links=changed("argument_links", raised, **told)):
        assert security() > 0


# Structure


def test_what_is_left_open(points, links) -> None:
    assert argument.loose(points, links, "unanswered") == ["issue-people"]
    assert argument.loose(points, links, "leads-nowhere") == ["issue-people"]
    assert argument.loose(points, links, "unmitigated") == ["challenge-russia"]
    assert argument.loose(points, links, "unannounced") == []
    assert set(argument.loose(points, argument.stated(links), "unanswered")) > {"issue-people"}


def test_loose_ends_say_what_the_single_questions_say(points, links) -> None:
    ends = argument.loose_ends(points, links)
    assert list(ends.index) == list(range(len(ends))), "each row by a number of its own"
    for question in argument.questions():
        of_question = ends[ends["question"] == question]
        by_stated = argument.loose(points, argument.stated(links), question)
        assert of_question["point_id"].tolist() == by_stated
        still = of_question[of_question["still"]]["point_id"].tolist()
        assert still == argument.loose(points, links, question)


def test_structure_follows_the_tables(points) -> None:
    moved = changed("argument_links", ANSWER, to_point="issue-people")
    with data.what_if(argument_links=moved):
        assert argument.loose(points, data.links(), "unanswered") == []
    with data.what_if(argument_links=removed("argument_links", ANSWER)):
        assert argument.loose(points, data.links(), "unannounced") == ["outcome-security"]


def test_only_points_of_the_stages_that_a_relation_leads_to_can_be_loose(points, links) -> None:
    """A challenge answers no issue and is not asked to; with no link at all the stages show."""
    ends = argument.loose_ends(points, links[:0])
    stages = ends.groupby("question")["stage"].agg(lambda stage: sorted(set(stage.astype("str"))))
    assert stages["unanswered"] == ["issue"]
    assert stages["unannounced"] == ["outcome"]
    assert stages["unmitigated"] == ["challenge"]
    assert stages["leads-nowhere"] == ["context", "goal", "issue"]


def test_paths_run_through_the_stages(points, links) -> None:
    ends = ("context-rare-earths", "outcome-raw-materials")
    found = argument.paths(points, links, *ends)
    assert [ends[0], "issue-raw-materials", ends[1]] in found
    assert argument.paths(points, argument.stated(links), *ends) == []
    lengths = [len(path) for path in found]
    assert lengths == sorted(lengths)


def test_counts_of_paths_are_those_of_the_paths_written_out(points, links) -> None:
    counts = argument.path_counts(points, links)
    assert len(counts) == 9 * 7
    stated = argument.stated(links)
    for row in counts.to_dict("records"):
        ends = (row["from_point"], row["to_point"])
        assert row["paths"] == len(argument.paths(points, links, *ends)), ends
        assert row["paths_stated"] == len(argument.paths(points, stated, *ends)), ends


def test_two_links_between_two_points_are_one_step_of_a_path(points, links) -> None:
    again = links[links["link_id"] == ANSWER].assign(link_id="once-more", relation="pursues")
    doubled = pd.concat([links, again], ignore_index=True)
    assert_frame_equal(argument.path_counts(points, doubled), argument.path_counts(points, links))
