"""What the tables say to each question: the right answer, and the wrong ones that are counts.

A question whose answer follows from no single count has a premise: what must be true of the tables
for its right choice to be right.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np
import pandas as pd

from helpers import data, evidence
from helpers.data import load

# ruff: noqa: PLW0108 - the tables are asked when the test runs, not when it is collected
Answer = object
RIGHT: dict[str, Callable[[], Answer]] = {}
WRONG: dict[tuple[str, str], Callable[[], Answer]] = {}


def right(question_id: str) -> Callable[[Callable[[], Answer]], Callable[[], Answer]]:
    def register(function: Callable[[], Answer]) -> Callable[[], Answer]:
        RIGHT[question_id] = function
        return function

    return register


def wrong(question_id: str, **answers: Callable[[], Answer]) -> None:
    """Register wrong answers, by a name that nobody needs, with what they are."""
    for name, function in answers.items():
        WRONG[question_id, name] = function


def choice(number: int, *premises: bool) -> int | None:
    """Return the number of a choice if all that it rests on is true."""
    return number if all(premises) else None


def stated(relation: str, **cells: str) -> int:
    links = data.links().query("basis == 'stated'")
    links = links[links["relation"] == relation]
    for column, value in cells.items():
        links = links[links[column] == value]
    return len(links)


# 00


@right("q-00-1")
def _() -> Answer:
    some = [
        stated("motivates", from_stage="context", to_stage="goal"),
        stated("pursues", from_stage="issue", to_stage="goal"),
        stated("answers"),
    ]
    return choice(4, all(some), stated("mitigates", from_stage="recommendation") == 0)


@right("q-00-2")
def _() -> Answer:
    return data.section_counts()["first"].sum()


def of_sections(column: str) -> Callable[[], Answer]:
    return lambda: data.section_counts()[column].sum()


wrong(
    "q-00-2",
    all=of_sections("claims"),
    sentences=of_sections("passages"),
    checks=of_sections("checks"),
    body=lambda: (
        data.section_counts().query("not section_id.str.startswith('abstract')")["first"].sum()
    ),
)


def solid() -> pd.Series:
    return data.links().query("basis == 'stated'")["to_point"].value_counts()


@right("q-00-3")
def _() -> Answer:
    first, second = solid().iloc[:2]
    return solid().index[0] if first > second else None


def goal(place: int) -> str:
    """Return a goal to which broken lines lead more often than solid ones."""
    links = data.links().query("to_stage == 'goal'")
    broken = links[links["basis"] == "inferred"].groupby("to_point").size()
    mostly = sorted(point for point in broken.index if broken[point] > solid().get(point, 0))
    return [point for point in mostly if point != solid().index[0]][place]


wrong(
    "q-00-3",
    second=lambda: solid().index[1],
    inferred=lambda: goal(0),
    inferred_too=lambda: goal(1),
)


# 01


@functools.cache
def economy() -> pd.Series:
    values = data.drawn_values("gdp-current-eur").query("country_id == 'CA5'")
    return values.set_index(values["date_start"].dt.year)["value"]


def said() -> pd.Series:
    return data.drawn_values("gdp-claim-eur").iloc[0]


@right("q-01-1")
def _() -> Answer:
    return economy()[economy() > said()["value"]].index.min()


wrong(
    "q-01-1",
    last_below=lambda: economy()[economy() < said()["value"]].index.max(),
    last=lambda: economy().index.max(),
    stated=lambda: said()["date_start"].year,
)


@right("q-01-2")
def _() -> Answer:
    weights = data.point_theme_weights("context")
    means = weights.groupby("theme_id", observed=True)["weight"].sum().sort_values()
    alone = weights.query("theme_id == 'economy' and weight == 1")
    half = weights["point_id"].nunique() / 2
    return choice(
        2, means.index[-1] == "economy", means.iloc[-1] > means.iloc[-2], len(alone) < half
    )


def ladder(*stages: str) -> set[str]:
    rungs = data.agreement_ladder().query("said_by == 'source' and not expected")
    return set(rungs[rungs["stage"].isin(stages)]["country_id"])


@right("q-01-3")
def _() -> Answer:
    return ladder("signed", "ratified", "in_force")


wrong(
    "q-01-3",
    in_force=lambda: ladder("in_force"),
    signed_last=lambda: ladder("signed") - ladder("in_force"),
    initialled=lambda: ladder("initialled", "signed"),
    concluded=lambda: ladder("concluded", "initialled", "signed"),
)


# 02


def supplier(series: str, country: str) -> float:
    drawn = data.drawn_values(
        "eu-petroleum-oil-import-share", "eu-natural-uranium-share", comparators=True
    )
    latest = data.latest(drawn).set_index(["series", "country_id"])["value"]
    return float(latest[series, country])


OIL, URANIUM = "eu-petroleum-oil-import-share", "eu-natural-uranium-share"


@right("q-02-1")
def _() -> Answer:
    return supplier(OIL, "KAZ")


wrong(
    "q-02-1",
    uranium=lambda: supplier(URANIUM, "KAZ"),
    fraction=lambda: supplier(OIL, "KAZ") / 100,
    other=lambda: supplier(OIL, "USA"),
)


@right("q-02-2")
def _() -> Answer:
    times = data.stated_times("aim", "whole").query("line == 'trans_caspian'")
    drawn = times.dropna(subset=["least"]).sort_values("least")
    whole = drawn.query("scope == 'whole'")
    aims = set(drawn.query("scope == 'aim'")["most"])
    longest = whole.sort_values("most").iloc[-1]
    premises = [aims == {15}, whole["kind"].iloc[0] == "claim", longest["kind"] == "schedule"]
    return choice(4, *premises, not drawn["kind"].isin(["measured", "average"]).any())


def interests(side: str, *modes: str) -> pd.DataFrame:
    rows = data.positions("goals")
    rows = rows[rows["side"] == side]
    return rows[rows["mode"].isin(modes)] if modes else rows


@right("q-02-3")
def _() -> Answer:
    return interests("CA5")["claim_id"].nunique()


wrong(
    "q-02-3",
    marks=lambda: len(interests("CA5")),
    union=lambda: interests("EU27")["claim_id"].nunique(),
    wants=lambda: interests("CA5", "wants")["claim_id"].nunique(),
)


# 03


def outcomes(theme: str, *strengths: str) -> int:
    coded = data.coded_outcomes().astype({"strength": "str"})
    return int(((coded["theme_id"] == theme) & coded["strength"].isin(strengths)).sum())


STRENGTHS = ("welcome", "affirm", "agree", "adopt", "fund")


@right("q-03-1")
def _() -> Answer:
    assert list(data.codes("outcome_codes", "strength")) == list(STRENGTHS)
    return outcomes("security", *STRENGTHS[2:])


wrong(
    "q-03-1",
    all=lambda: outcomes("security", *STRENGTHS),
    affirm=lambda: outcomes("security", "affirm"),
    welcome=lambda: outcomes("security", "welcome"),
)


def package(indicator: str, column: str = "value") -> float:
    return float(data.package_accounts().set_index("indicator_id").at[indicator, column])


@right("q-03-2")
def _() -> Answer:
    return package("package-transport")


wrong(
    "q-03-2",
    report=lambda: package("package-transport", "report_value"),
    forum=lambda: package("investors-forum-2024"),
    total=lambda: package("package-total"),
    largest=lambda: data.package_accounts().query("series == 'package'")["value"].max(),
)


@functools.cache
def states() -> pd.DataFrame:
    return evidence.state(data.promises(), data.promise_events(), data.edition_day())


@right("q-03-3")
def _() -> Answer:
    return choice(2, not (states().query("kind == 'money'")["standing"] == "kept").any())


# 04


def lessened() -> pd.Series:
    links = data.links().query("relation == 'mitigates'")
    return links.groupby("to_point")["from_point"].nunique()


@right("q-04-1")
def _() -> Answer:
    challenges = load("points").query("stage == 'challenge'")["point_id"]
    return " ".join(sorted(set(challenges) - set(lessened().index)))


wrong("q-04-1", most=lambda: lessened().idxmax(), least=lambda: lessened().idxmin())


def china(country: str) -> tuple[float, float]:
    values = data.drawn_values("trade-total-usd-national", "trade-total-usd-partner", year=2024)
    values = values[(values["country_id"] == country) & (values["partner_id"] == "CHN")]
    by_series = values.set_index("series")["value"]
    return by_series["trade-total-usd-partner"], by_series["trade-total-usd-national"]


@right("q-04-2")
def _() -> Answer:
    return np.divide(*china("KGZ"))


wrong(
    "q-04-2",
    difference=lambda: np.subtract(*china("KGZ")),
    turned=lambda: 1 / np.divide(*china("KGZ")),
    region=lambda: np.divide(*china("CA5")),
)


@right("q-04-3")
def _() -> Answer:
    series = ("german-exports-eur", "eu-exports-goods-eur", "kgz-exports-to-russia-usd")
    through = data.drawn_values(*series, comparators=True).query("country_id == 'KGZ'")
    grown = through.sort_values("date_start").groupby("series")["value"].agg(["first", "max"])
    return choice(2, (grown["max"] > 2 * grown["first"]).all())


# 05


def verdicts() -> pd.Series:
    return data.verdict_counts("section_id").groupby("verdict", observed=True)["claims"].sum()


def share_confirmed(*others: str) -> float:
    found = verdicts()
    return 100 * found["confirmed"] / found[["confirmed", *others]].sum()


@right("q-05-1")
def _() -> Answer:
    sections = data.verdict_counts("section_id").query("verdict == 'not_found'")
    most = sections.set_index("group_id")["claims"]
    weak = set(load("checks").query("verdict == 'not_found'")["confidence"])
    return choice(2, most["outcomes"] > most.sum() / 2, weak == {"low"})


@right("q-05-2")
def _() -> Answer:
    return share_confirmed("imprecise", "contradicted")


wrong(
    "q-05-2",
    not_found=lambda: share_confirmed("imprecise", "contradicted", "not_found"),
    all=lambda: share_confirmed(*verdicts().drop("confirmed").index),
    count=lambda: verdicts()["confirmed"],
    fraction=lambda: share_confirmed("imprecise", "contradicted") / 100,
)


def contradicted() -> pd.DataFrame:
    return data.differences().query("verdict == 'contradicted'")


@right("q-05-3")
def _() -> Answer:
    return list(contradicted()["claim_id"])


def differing_beside(passages: pd.Series) -> list[str]:
    found = data.differences()
    return list(found[found["passage_id"].isin(passages)]["claim_id"])


wrong(
    "q-05-3",
    passages=lambda: set(contradicted()["passage_id"]),
    differing=lambda: differing_beside(contradicted()["passage_id"]),
    first=lambda: contradicted()["claim_id"].min(),
    second=lambda: contradicted()["claim_id"].max(),
)


# 06


def standing(*standings: str) -> int:
    return int(states()["standing"].isin(standings).sum())


@right("q-06-1")
def _() -> Answer:
    return standing("kept")


wrong(
    "q-06-1",
    begun=lambda: standing("kept", "partial"),
    ended=lambda: standing("kept", "broken"),
    all=lambda: len(states()),
)


@right("q-06-2")
def _() -> Answer:
    promise = states().set_index("commitment_id").loc["global-gateway-12bn"]
    signed = promise["stage_id"] == "money-agreed"
    return choice(
        3, signed, promise["testability"] == "not_measurable", promise["standing"] != "broken"
    )


def scheduled(schedule: str) -> set[str]:
    return set(states()[states()["schedule"] == schedule]["commitment_id"])


@right("q-06-3")
def _() -> Answer:
    return " ".join(sorted(scheduled("overdue")))


def among(promise: str, promises: set[str]) -> str | None:
    return promise if promise in promises else None


def broken() -> set[str]:
    return set(states().query("standing == 'broken'")["commitment_id"])


wrong(
    "q-06-3",
    silent=lambda: among("dams-rogun", scheduled("no_deadline") - broken()),
    journey=lambda: among("transit-15-days", scheduled("no_deadline") - broken()),
    broken=lambda: among("sanctions-circumvention", scheduled("no_deadline") & broken()),
    to_come=lambda: among("summits-every-two-years", scheduled("not_due")),
)


# 07


def scores() -> pd.DataFrame:
    return evidence.scores(states())


@right("q-07-1")
def _() -> Answer:
    return (scores()["score"] < 0).sum()


wrong(
    "q-07-1",
    above=lambda: (scores()["score"] > 0).sum(),
    all=lambda: len(scores()),
    rules=lambda: scores()["rule"].nunique(),
)


@right("q-07-2")
def _() -> Answer:
    from helpers import charts

    events = data.relations_events()
    order = events.sort_values("date_start")["event_id"]
    drawn = charts.relations_timeline(events, "ar").figure.axes[0]
    first, last = order.iloc[0], order.iloc[-1]
    premises = [first == "eu-strategy-2007", last == "summit-samarkand-2025"]
    return choice(3, drawn.xaxis_inverted(), *premises)


@right("q-07-3")
def _() -> Answer:
    twice = package("package-transport", "report_value") == package("investors-forum-2024")
    return choice(1, twice)
