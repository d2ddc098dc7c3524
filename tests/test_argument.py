"""Measures of the argument: by stated links, by all, and never by averages of ordinal codes."""

from __future__ import annotations

import pytest

from helpers import argument, data, tables
from helpers.language import Language

EN = Language("en")


def test_every_edge_runs_in_the_order_of_the_stages() -> None:
    order = argument.stage_order()
    graph = argument.graph()
    stage = graph.nodes(data="stage")
    assert graph.number_of_edges() == len(data.load("argument_links"))
    for start, end in graph.edges():
        assert order[stage[start]] < order[stage[end]]


def test_stated_links_are_fewer() -> None:
    stated, every = argument.links(argument.STATED), argument.links()
    assert set(stated["basis"]) == {"stated"}
    assert 0 < len(stated) < len(every)


def test_an_unknown_basis_stage_or_point_is_named() -> None:
    with pytest.raises(ValueError, match="unknown basis 'guessed'; known: stated, inferred"):
        argument.links(("guessed",))
    with pytest.raises(ValueError, match="unknown stage 'aim'; known: context"):
        argument.points_of("aim")
    with pytest.raises(KeyError, match="no point 'nowhere'"):
        argument.paths("nowhere", "outcome-package")


def test_coverage_sums_to_one_in_every_stage() -> None:
    assert argument.coverage().sum().tolist() == pytest.approx([1.0] * 6, abs=0.01)


def test_attention_is_the_mean_over_context_and_goals() -> None:
    weights = data.load("point_themes").set_index(["point_id", "theme_id"])["weight"]
    points = argument.points_of("context") + argument.points_of("goal")
    by_hand = sum(weights.get((point, "climate-water"), 0.0) for point in points) / len(points)
    assert argument.attention()["climate-water"] == pytest.approx(by_hand)
    assert argument.attention().sum() == pytest.approx(1, abs=0.01)


def test_delivery_counts_and_names_the_highest_code() -> None:
    delivery = argument.delivery()
    strengths = list(data.codes("outcome_codes", "strength"))
    assert delivery[strengths].to_numpy().sum() == len(data.load("outcome_items"))
    assert delivery.at["security", "highest"] == "affirm"
    assert delivery.at["transport", "highest"] == "fund"
    assert delivery["highest"].isna()["people"]
    for theme_id, row in delivery.iterrows():
        occurring = [strength for strength in strengths if row[strength]]
        assert not occurring or row["highest"] == occurring[-1], theme_id


def test_carried_is_the_weight_that_leads_to_an_outcome_of_the_theme() -> None:
    """By hand for one theme: its points, and the outcomes about it that they reach."""
    about = data.load("point_themes")
    of_theme = about[about["theme_id"] == "economy"].set_index("point_id")["weight"]
    factors = [point for point in argument.points_of("context") if point in of_theme]
    outcomes = [point for point in argument.points_of("outcome") if point in of_theme]
    for basis in (argument.STATED, argument.ALL):
        leading = [f for f in factors if any(argument.paths(f, o, basis) for o in outcomes)]
        expected = of_theme[leading].sum() / of_theme[factors].sum()
        assert argument.carried(("context",), basis)["economy"] == pytest.approx(expected)


def test_carried_grows_with_the_inferred_links() -> None:
    stages = ("context", "goal")
    stated, every = argument.carried(stages, argument.STATED), argument.carried(stages)
    assert (stated <= every).all() and (stated < every).any()
    assert every["people"] == 0
    with pytest.raises(ValueError, match="unknown stage 'aim'"):
        argument.carried(("aim",))


def test_carried_follows_the_links(change) -> None:
    link = "context-security-motivates-issue-security"
    before = argument.carried(("context",), argument.STATED)["security"]
    row = data.load("argument_links").set_index("link_id").loc[link]
    assert before == 0 and row["basis"] == "stated"
    change(
        "report/argument_links.csv",
        "outcome-security-answers-issue-security,outcome-security,issue-security,answers,inferred",
        "outcome-security-answers-issue-security,outcome-security,issue-security,answers,stated",
    )
    assert argument.carried(("context",), argument.STATED)["security"] > 0
    table = tables.stage_themes(argument.coverage(), EN)
    assert table.description_fields["carried_stated"] == "2"


def test_what_is_left_open() -> None:
    assert argument.unanswered() == ["issue-people"]
    assert argument.leads_nowhere() == ["issue-people"]
    assert argument.unmitigated() == ["challenge-russia"]
    assert argument.unannounced() == []
    assert set(argument.unanswered(argument.STATED)) > {"issue-people"}


def test_paths_run_through_the_stages() -> None:
    found = argument.paths("context-rare-earths", "outcome-raw-materials")
    assert ["context-rare-earths", "issue-raw-materials", "outcome-raw-materials"] in found
    assert argument.paths("context-rare-earths", "outcome-raw-materials", argument.STATED) == []
    lengths = [len(path) for path in found]
    assert lengths == sorted(lengths)


def test_path_counts_agree_with_the_paths() -> None:
    counts = argument.path_counts()
    assert counts.at["context-rare-earths", "outcome-raw-materials"] == len(
        argument.paths("context-rare-earths", "outcome-raw-materials")
    )
    assert (argument.path_counts(argument.STATED) <= counts).all(axis=None)


def test_measures_follow_the_tables(change) -> None:
    change(
        "report/argument_links.csv",
        "outcome-security-answers-issue-security,outcome-security,issue-security,answers",
        "outcome-security-answers-issue-people,outcome-security,issue-people,answers",
    )
    assert argument.unanswered() == []
    table = tables.loose_ends(EN)
    assert table.description_fields["unanswered"] == "none"


def test_the_table_of_coding_names_where_the_passes_differ(change) -> None:
    from helpers.seminar import coding_passes

    before = tables.coding(coding_passes(), EN).description_fields
    change("report/outcome_codes.csv", "dams,project_b,fund", "dams,project_b,adopt")
    after = tables.coding(coding_passes(), EN).description_fields
    assert int(after["differ"]) == int(before["differ"]) + 1
    assert float(after["kappa"]) < float(before["kappa"])


def test_the_implied_rate_is_computed_from_the_quantities() -> None:
    rates = data.package_rates()
    assert rates["implied"].tolist() == pytest.approx([1.1, 1.1])
    rows = tables.rates(rates, EN).rows
    assert [row[3] for row in rows] == ["1.1000", "1.1000", "1.1097", "1.1057"]


def test_an_unknown_coder_is_named() -> None:
    with pytest.raises(ValueError, match="unknown coder 'me'; known: project_a"):
        data.coded_outcomes("me")
