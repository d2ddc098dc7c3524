"""What may be changed on the page: inferred links, strengths of outcomes, weights of themes."""

from __future__ import annotations

import math

from helpers.argument import stated
from helpers.data import coded_outcomes, links, load
from helpers.language import Language
from helpers.numbers import MINUS
from helpers.publish.entries.rows import Row, rows
from helpers.publish.rendering import render
from helpers.publish.what_if.stored import BETWEEN, stored

PAGE = "what-if"
SHARE, FLAG = "share", "flag"
# What the script of the page says, and the fields of it that it fills.
WORDS = (
    "as-published", "change", "counts", "falls-now", "holds-now", "left", "linked", "no-weights",
    "numbers", "open", "published", "turned", "undo",
)  # fmt: skip
FIELDS = {
    name: "{" + name + "}" for name in ("count", "all", "numbers", "what", "now", "before", "value")
}


# A minus stays before its number in a line that runs from the right.
ISOLATE, END = "\u2066", "\u2069"


def told(value: float, unit: str, lang: Language) -> str:
    """Return a number of the page as it is read; as in ``book/static/what-if.js``.

    Examples
    --------
    >>> lang = Language("en")
    >>> told(0.125, "share", lang), told(3, "count", lang), told(1, "flag", lang)
    ('12.5%', '3', 'open')
    """
    if math.isnan(value):
        return lang.phrase("undefined")
    if unit == FLAG:
        return lang.phrase("what-if-open" if value else "what-if-linked")
    text = lang.share(value) if unit == SHARE else lang.number(value, at_most=1)
    return f"{ISOLATE}{text}{END}" if text.startswith(MINUS) else text


def settings(lang: Language) -> str:
    """Return the forms in which codes are changed, as HTML; only a script can use them.

    Parameters
    ----------
    lang : Language
        Language of the page.
    """
    about = {
        "stored": stored(),
        "words": _words(lang),
        "between": BETWEEN,
        "themes": [
            (row["theme_id"], row[lang.column("title")])
            for row in rows(load("themes").sort_values("order"))
        ],
    }
    return render(
        "what_if.html",
        lang,
        about=about,
        relations=_inferred(lang),
        strengths=lang.labels("outcome_codes", "strength"),
        themes=_outcomes(lang),
        stages=points_by_stage(lang),
    )


def _words(lang: Language) -> dict[str, str]:
    own = {word: lang.phrase(f"what-if-{word}", **FIELDS) for word in WORDS}
    shared = {word: lang.phrase(word) for word in ("holds", "falls", "undefined")}
    unknown = lang.phrase("explorer-unknown", **FIELDS)
    percent = lang.percent(0).removeprefix(lang.number(0))
    return {**own, **shared, "unknown": unknown, "percent": percent}


def _inferred(lang: Language) -> list[tuple[str, list[dict[str, str]]]]:
    """Return the inferred links by the words of their relation, each with those of its ends."""
    known = links()
    listed = known.drop(stated(known).index).sort_values(["from_order", "to_order", "link_id"])
    found: dict[str, list[dict[str, str]]] = {
        word: [] for word in lang.labels("argument_links", "relation").values()
    }
    for row in rows(listed):
        ends = {end: row[lang.column(end)] for end in ("from", "to")}
        word = lang.label("argument_links", "relation", row["relation"])
        found[word].append({"id": row["link_id"], **ends})
    return [(word, of) for word, of in found.items() if of]


def _outcomes(lang: Language) -> list[tuple[str, list[dict[str, str]]]]:
    """Return the outcome items by the words of their theme, each with text and strength."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows(coded_outcomes().sort_values("theme_order", kind="stable")):
        text = f"{row[lang.column('verb')]} {row[lang.column('text')]}"
        item = {"id": row["item_id"], "text": text, "strength": row["strength"]}
        found.setdefault(row[lang.column("theme")], []).append(item)
    return list(found.items())


def points_by_stage(lang: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the points by the words of their stage: id and title of each, in order."""
    found: dict[str, list[Row]] = {stage: [] for stage in lang.labels("points", "stage", "plural")}
    for row in rows(load("points").sort_values(["order", "point_id"])):
        found[row["stage"]].append(row)
    names = lang.labels("points", "stage", "plural")
    title = lang.column("title")
    return [
        (names[stage], [(row["point_id"], row[title]) for row in of]) for stage, of in found.items()
    ]
