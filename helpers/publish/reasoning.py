"""Pictures of the argument that answer: what leads to a point, what follows, and by which links.

Beneath the picture stands the same argument as a list, with the page of each point and link; from
it the script of the page (``book/static/argument-answers.js``) takes the graph. The form above the
picture chooses which links count, and asks for the way from one point to another. Without the
script the list is whole, and the form is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import argument
from helpers.data import codes, links, load
from helpers.language import Language
from helpers.publish import live
from helpers.publish.entries.rows import Entry, Row, rows
from helpers.publish.rendering import render
from helpers.publish.targets import Targets

# Words of the script and their phrases; their fields it fills itself.
WORDS = {
    "hint": "argument-hint",
    "none": "none",
    "some": "argument-some",
    "again": "argument-again",
    "counted": "argument-counted",
    "way": "argument-way",
    "no-way": "argument-no-way",
    "no-stated-way": "argument-no-stated-way",
    "unknown": "argument-unknown",
}
FIELDS = ("title", "titles", "before", "after", "start", "end", "count", "shown", "all", "value")


def form(file: Path, lang: Language) -> str:
    """Return the form of a picture; nothing if it draws no link of the argument.

    Parameters
    ----------
    file : Path
        Picture with links ``kind:id``, as :func:`helpers.theme.linked` makes it.
    lang : Language
        Language of the page.

    Returns
    -------
    str
        HTML. A path can be asked for where the whole argument is drawn, from factors to outcomes.
    """
    drawn = live.argued(file)
    if not drawn["argument_links"]:
        return ""
    ends = _ends(drawn, lang)
    asked = {**WORDS, "lit": "argument-lit" if ends else "argument-beside"}
    left_open = {name: "{" + name + "}" for name in FIELDS}
    words = {name: lang.phrase(phrase, **left_open) for name, phrase in asked.items()}
    return render("argument_form.html", lang, words=words, ends=ends)


def _ends(drawn: Mapping[str, list[str]], lang: Language) -> list[dict[str, str]]:
    """Return the titles of the factors and of the outcomes, if a picture draws both."""
    stages = (argument.first_stage(), argument.delivering_stage())
    points = _drawn_points(drawn)
    ends = [
        {row["point_id"]: lang.pick(row, "title") for row in rows(points[points["stage"] == stage])}
        for stage in stages
    ]
    return ends if all(ends) else []


def _drawn_points(drawn: Mapping[str, list[str]]) -> pd.DataFrame:
    points = argument.points_of(load("points"), *argument.stage_order())
    return points[points["point_id"].isin(drawn["points"])]


def listed(file: Path, known: Targets, lang: Language) -> str:
    """Return the argument of a picture as a list; nothing if it draws no link of the argument.

    Parameters
    ----------
    file, lang
        As for :func:`form`.
    known : mapping
        Addresses of all that a mark may stand for.

    Returns
    -------
    str
        HTML: stages, in each its points, under each the links to what follows it. What follows is
        told by the stages where the whole argument is drawn, as in :mod:`helpers.argument`; other
        pictures are drawn in the direction in which their links read.
    """
    drawn = live.argued(file)
    if not drawn["argument_links"]:
        return ""
    stages = _stages(drawn, known, lang)
    return render("argument_list.html", lang, stages=stages, count=len(drawn["argument_links"]))


def _stages(drawn: Mapping[str, list[str]], known: Targets, lang: Language) -> list[Entry]:
    following = _following(drawn, known, lang)
    tied = {end for ties in following.values() for tie in ties for end in tie["ends"]}
    names = lang.labels("points", "stage", "plural")
    points = _drawn_points(drawn)
    return [
        {
            "name": names[stage],
            "points": [
                {
                    "id": row["point_id"],
                    "title": lang.pick(row, "title"),
                    "address": known["points"][row["point_id"]],
                    "links": following.get(row["point_id"], []),
                    "tied": row["point_id"] in tied,
                }
                for row in rows(points[points["stage"] == stage])
            ],
        }
        for stage in points["stage"].unique()
    ]


def _following(
    drawn: Mapping[str, list[str]], known: Targets, lang: Language
) -> dict[str, list[dict[str, Any]]]:
    """Return the links of each point to what follows it."""
    held = links()
    held = held[held["link_id"].isin(drawn["argument_links"])]
    stated = set(argument.stated(held)["link_id"])
    order = argument.stage_order() if _ends(drawn, lang) else {}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows(held):
        ends = [(row["from_stage"], row["from_point"]), (row["to_stage"], row["to_point"])]
        earlier, later = sorted(ends, key=lambda end: order.get(end[0], 0))
        tie = {
            "id": row["link_id"],
            "ends": (earlier[1], later[1]),
            "stated": row["link_id"] in stated,
            "sentence": _sentence(row, lang),
            "address": known["argument_links"][row["link_id"]],
        }
        found.setdefault(earlier[1], []).append(tie)
    return found


def _sentence(link: Row, lang: Language) -> str:
    """Return a link as a sentence, in the direction in which it reads."""
    return lang.phrase(
        "argument-sentence",
        start=_named(link, "from", lang),
        relation=lang.pick(codes("argument_links", "relation")[link["relation"]], "title"),
        end=_named(link, "to", lang),
        basis=lang.pick(codes("argument_links", "basis")[link["basis"]], "title"),
    )


def _named(link: Row, end: str, lang: Language) -> str:
    """Return the title of an end, with its stage where both ends have the same title."""
    title: str = link[lang.column(end)]
    if link[lang.column("from")] != link[lang.column("to")]:
        return title
    stage = lang.label("points", "stage", link[f"{end}_stage"])
    return lang.phrase("argument-of-stage", title=title, stage=stage)
