"""Tables of the themes: what they weigh in each stage, the attention they get, what came of it."""

from __future__ import annotations

import pandas as pd

from helpers import argument
from helpers.language import Language
from helpers.tables.base import DASH, Column, Row, Table, records

CARRIED = {"carried_stated": "carried-stated", "carried": "carried-all"}


def coverage_table(coverage: pd.DataFrame, carried: pd.DataFrame, lang: Language) -> Table:
    """List how much each theme weighs in each stage, and what of the context leads on.

    Parameters
    ----------
    coverage : pandas.DataFrame
        As :func:`helpers.argument.coverage` returns it.
    carried : pandas.DataFrame
        As :func:`helpers.argument.carried` returns it for the first stage.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        One row a theme, one column a stage that occurs. Its description has the fields ``themes``,
        ``stages``, ``started`` (themes of the first stage), ``carried_stated`` and ``carried``
        (those of them that lead on).
    """
    stages = lang.labels("points", "stage", "plural")
    occurring = [stage for stage in stages if stage in set(coverage["stage"])]
    leads = _by_theme(carried)
    weights = {(row["theme_id"], row["stage"]): row["weight"] for row in records(coverage, "stage")}
    themes = _themes(coverage)
    rows = [
        [
            lang.pick(theme, "theme"),
            *(_percent(weights.get((theme_id, stage)), lang) for stage in occurring),
            *_leading(leads.get(theme_id), lang),
        ]
        for theme_id, theme in themes.items()
    ]
    columns = [Column(lang.heading("point_themes", "theme_id"))]
    columns += [Column(stages[stage], "number") for stage in occurring]
    columns += [Column(lang.phrase(phrase), "number") for phrase in CARRIED.values()]
    shown = carried[carried["theme_id"].isin(themes)]
    fields = {
        "themes": lang.number(len(rows)),
        "stages": lang.number(len(occurring)),
        "started": lang.number(int(shown["carried"].notna().sum())),
        **{name: lang.number(int((shown[name] > 0).sum())) for name in CARRIED},
    }
    return Table(lang, columns, rows, fields)


def delivery_table(
    attention: pd.DataFrame, delivery: pd.DataFrame, carried: pd.DataFrame, lang: Language
) -> Table:
    """List the attention of each theme, what of it leads on, and its outcomes by strength.

    Parameters
    ----------
    attention, delivery, carried : pandas.DataFrame
        As the functions of these names in :mod:`helpers.argument` return them.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        By attention, most first; themes that one of the frames does not have show a dash there.
        Its description has the fields ``without`` (themes without an outcome), ``idle_stated`` and
        ``idle`` (themes whose attention leads to no outcome of theirs).
    """
    strengths = lang.labels("outcome_codes", "strength")
    highest, leads = argument.highest(delivery), _by_theme(carried)
    counts = {
        (row["theme_id"], row["strength"]): row["count"] for row in delivery.to_dict("records")
    }
    ordered = attention.sort_values(["attention", "theme_order"], ascending=[False, True])
    rows = [
        [
            lang.pick(theme, "theme"),
            _percent(theme["attention"], lang),
            *_leading(leads.get(theme["theme_id"]), lang),
            *(lang.number(counts.get((theme["theme_id"], name))) or DASH for name in strengths),
            strengths.get(highest.get(theme["theme_id"], ""), DASH),
        ]
        for theme in ordered.to_dict("records")
    ]
    columns = [
        Column(lang.heading("point_themes", "theme_id")),
        Column(lang.phrase("attention"), "number"),
        *(Column(lang.phrase(phrase), "number") for phrase in CARRIED.values()),
        *(Column(label, "number") for label in strengths.values()),
        Column(lang.phrase("highest")),
    ]
    shown = carried[carried["theme_id"].isin(attention["theme_id"])]
    without = delivery[~delivery["theme_id"].isin(highest)]
    fields = {
        "without": _titles(without[without["theme_id"].isin(attention["theme_id"])], lang),
        "idle_stated": _titles(shown[shown["carried_stated"] == 0], lang),
        "idle": _titles(shown[shown["carried"] == 0], lang),
    }
    return Table(lang, columns, rows, fields)


def _themes(frame: pd.DataFrame) -> dict[str, Row]:
    """Return the themes of a frame by id, in order."""
    themes = frame.drop_duplicates("theme_id")
    return {row["theme_id"]: row for row in records(themes, "theme_order", "theme_id")}


def _titles(frame: pd.DataFrame, lang: Language) -> str:
    return lang.join(lang.pick(theme, "theme") for theme in _themes(frame).values())


def _by_theme(carried: pd.DataFrame) -> dict[str, Row]:
    return {row["theme_id"]: row for row in carried.to_dict("records")}


def _percent(part: float | None, lang: Language) -> str:
    return DASH if part is None else lang.percent(100 * part, 1)


def _leading(theme: Row | None, lang: Language) -> list[str]:
    if theme is None:
        return [DASH] * len(CARRIED)
    return [lang.share(theme[name]) or DASH for name in CARRIED]
