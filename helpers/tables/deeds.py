"""Tables of what became of the promises: by strength, by day, by score, by who coded them."""

from __future__ import annotations

import pandas as pd

from helpers.data import codes, codes_where
from helpers.language import Language
from helpers.tables.base import DASH, Column, Row, Table, records, words

UNCODED = "no-outcome"
ORDER = ("theme_order", "commitment_id")


def words_and_deeds_table(states: pd.DataFrame, lang: Language) -> Table:
    """Name the promises of each strength by what became of them.

    Parameters
    ----------
    states : pandas.DataFrame
        As :func:`helpers.evidence.state` returns it; promises without a stage are passed over.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        One row a strength that occurs, the strongest last. Its description has the fields
        ``count`` and ``coded``, the promises that have a strength.
    """
    staged = states[states["standing"].notna()]
    strengths = lang.labels("outcome_codes", "strength") | {UNCODED: lang.phrase(UNCODED)}
    standings = lang.labels("commitment_stages", "standing")
    given = staged["strength"].astype("object").fillna(UNCODED)
    rows = [
        [label, *(_named(staged[(given == name) & (staged["standing"] == standing)], lang)
                  for standing in standings)]
        for name, label in strengths.items()
        if (given == name).any()
    ]  # fmt: skip
    heads = [Column(lang.heading("outcome_codes", "strength"))]
    heads += [Column(label) for label in standings.values()]
    fields = {
        "count": lang.number(len(staged)),
        "coded": lang.number(int((given != UNCODED).sum())),
    }
    return Table(lang, heads, rows, fields)


def _named(promises: pd.DataFrame, lang: Language) -> str:
    if promises.empty:
        return DASH
    titles = [lang.pick(row, "title") for row in records(promises, *ORDER)]
    return f"{lang.number(len(titles))}: {lang.series(titles)}"


def replay_table(states: pd.DataFrame, lang: Language) -> Table:
    """List the promises whose stage is not the same on all of several days.

    Parameters
    ----------
    states : pandas.DataFrame
        As :func:`helpers.evidence.replay` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        By theme, one column a day. Its description has the fields ``count``, ``moved`` (that are
        listed) and ``still`` (the others).
    """
    days = sorted(states["as_of"].drop_duplicates())
    trails = [records(trail, "as_of") for _, trail in _by_promise(states)]
    moved = [trail for trail in trails if len({words(row["stage_id"]) for row in trail}) > 1]
    rows = []
    for trail in moved:
        cells = {row["as_of"]: _stage(row, lang) for row in trail}
        rows.append([lang.pick(trail[0], "title"), *(cells.get(day, DASH) for day in days)])
    heads = [Column(lang.heading("commitment_events", "commitment_id"))]
    heads += [Column(lang.date(day, "day")) for day in days]
    fields = {
        "count": lang.number(len(trails)),
        "moved": lang.number(len(moved)),
        "still": lang.number(len(trails) - len(moved)),
    }
    return Table(lang, heads, rows, fields)


def _by_promise(states: pd.DataFrame) -> list[tuple[object, pd.DataFrame]]:
    ordered = states.sort_values([*ORDER, "as_of"], kind="stable")
    return list(ordered.groupby("commitment_id", sort=False, observed=True))


def _stage(row: Row, lang: Language) -> str:
    if pd.isna(row["stage_id"]):
        return DASH
    standing = lang.label("commitment_stages", "standing", row["standing"])
    return f"{row[lang.column('stage')]} ({standing})"


def score_table(scores: pd.DataFrame, lang: Language) -> Table:
    """List the score under every rule, and how many promises got each mark.

    Parameters
    ----------
    scores : pandas.DataFrame
        As :func:`helpers.evidence.scores` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        Its description has the field ``count``, how many scores there are.
    """
    rows = [
        [
            lang.phrase(f"score-{row['rule']}"),
            lang.phrase(f"score-{row['scope']}"),
            lang.number(round(row["score"], 2), 2) or DASH,
            *(lang.number(row[name]) for name in ("promises", "plus", "zero", "minus")),
        ]
        for row in records(scores, "scope_order", "rule_order")
    ]
    heads = [Column(lang.phrase("score-rule")), Column(lang.phrase("score-scope"))]
    heads.append(Column(lang.phrase("score"), "number"))
    heads.append(Column(lang.phrase("promises"), "number"))
    heads += [Column(lang.number(mark), "number") for mark in (1, 0, -1)]
    return Table(lang, heads, rows, {"count": lang.number(int(scores["score"].notna().sum()))})


def stage_coding_table(coded: pd.DataFrame, lang: Language) -> Table:
    """List the promises whose stage was settled against a pass, and why.

    Parameters
    ----------
    coded : pandas.DataFrame
        As :func:`helpers.data.stage_codes` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        By promise: what each pass found, what is published, and the reason. Its description has
        the fields ``count`` (promises coded) and ``settled``.
    """
    (published,) = codes_where("commitment_codes", "coder", role="published")
    given = {(row["item"], row["coder"]): row for row in records(coded, "item", "coder")}
    settled = [row for (_, coder), row in given.items() if coder == published]
    coders = list(codes("commitment_codes", "coder"))
    rows = [
        [
            lang.pick(row, "title"),
            *(_found(given.get((row["item"], coder)), lang) for coder in coders),
            words(row[lang.column("reason")]),
        ]
        for row in settled
    ]
    heads = [Column(lang.heading("commitment_events", "commitment_id"))]
    heads += [Column(label) for label in lang.labels("commitment_codes", "coder").values()]
    heads.append(Column(lang.phrase("reason")))
    fields = {
        "count": lang.number(coded["item"].nunique()),
        "settled": lang.number(len(settled)),
    }
    return Table(lang, heads, rows, fields)


def _found(row: Row | None, lang: Language) -> str:
    return DASH if row is None else words(row[lang.column("stage")])
