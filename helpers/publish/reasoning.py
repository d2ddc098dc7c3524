"""Pictures of the argument that answer: what leads to a point, what follows, and by which links.

Beneath the picture stands the same argument as a list, with the page of each point and link; from
it the script of the page (``book/static/argument.js``) takes the graph. The form above the picture
chooses which links count, and asks for the way from one point to another. Without the script the
list is whole, and the form is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from helpers import argument
from helpers.data import codes, links, load
from helpers.language import Language
from helpers.publish import live
from helpers.publish.entries.rows import Row, rows
from helpers.publish.rendering import render
from helpers.publish.targets import Targets

# Words of the script, whose fields it fills itself.
WORDS = {
    "hint": (),
    "lit": ("title", "before", "after"),
    "some": ("count", "titles"),
    "again": (),
    "counted": ("shown", "all"),
    "way": ("start", "end", "count"),
    "no-way": ("start", "end"),
    "no-stated-way": ("start", "end", "count"),
    "unknown": ("value",),
}
Stage: TypeAlias = dict[str, Any]


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
        HTML. A way can be asked for if both factors and outcomes are drawn.
    """
    drawn = live.argued(file)
    if not drawn["argument_links"]:
        return ""
    ends = [
        _titles(drawn["points"], stage, lang)
        for stage in (argument.first_stage(), argument.delivering_stage())
    ]
    words = {
        word: lang.phrase(f"argument-{word}", **{name: "{" + name + "}" for name in fields})
        for word, fields in WORDS.items()
    }
    words["none"] = lang.phrase("none")
    return render("argument_form.html", lang, words=words, ends=ends if all(ends) else [])


def _titles(point_ids: Iterable[str], stage: str, lang: Language) -> dict[str, str]:
    points = argument.points_of(load("points"), stage)
    held = points[points["point_id"].isin(list(point_ids))]
    return {row["point_id"]: lang.pick(row, "title") for row in rows(held)}


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
        HTML: stages, in each its points, under each the links to what follows it.
    """
    drawn = live.argued(file)
    if not drawn["argument_links"]:
        return ""
    stages = _stages(drawn, known, lang)
    return render("argument_list.html", lang, stages=stages, count=len(drawn["argument_links"]))


def _stages(
    drawn: Mapping[str, list[str]], known: Targets, lang: Language
) -> list[Stage]:
    points = argument.points_of(load("points"), *argument.stage_order())
    points = points[points["point_id"].isin(drawn["points"])]
    every = links()
    held = every[every["link_id"].isin(drawn["argument_links"])]
    about = {row["link_id"]: row for row in rows(held)}
    graph = argument.graph(points, held)
    stated = set(argument.stated(held)["link_id"])
    names = lang.labels("points", "stage", "plural")
    found: dict[str, Stage] = {}
    for point in rows(points):
        point_id = point["point_id"]
        following = [
            {
                "id": link_id,
                "to": later,
                "stated": link_id in stated,
                "sentence": _sentence(about[link_id], lang),
                "address": known["argument_links"][link_id],
            }
            for later in sorted(graph.successors(point_id))
            for link_id in sorted(graph[point_id][later])
        ]
        entry = {
            "id": point_id,
            "title": lang.pick(point, "title"),
            "address": known["points"][point_id],
            "links": following,
            "tied": graph.degree(point_id) > 0,
        }
        stage = found.setdefault(point["stage"], {"name": names[point["stage"]], "points": []})
        stage["points"].append(entry)
    return list(found.values())


def _sentence(link: Row, lang: Language) -> str:
    """Return a link as a sentence, in the direction in which it reads."""
    return lang.phrase(
        "argument-sentence",
        start=link[f"from_{lang.code}"],
        relation=lang.pick(codes("argument_links", "relation")[link["relation"]], "title"),
        end=link[f"to_{lang.code}"],
        basis=lang.pick(codes("argument_links", "basis")[link["basis"]], "title"),
    )
