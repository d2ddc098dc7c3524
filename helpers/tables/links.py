"""Tables of the argument: its points, its links, what is loose in it, its lines of reasoning."""

from __future__ import annotations

import pandas as pd

from helpers import argument
from helpers.language import Language
from helpers.tables.base import DASH, Column, Table, counts_of, identifier, records, words


def point_table(weights: pd.DataFrame, lang: Language) -> Table:
    """List points with their summaries, and their themes with weights.

    Parameters
    ----------
    weights : pandas.DataFrame
        As :func:`helpers.data.point_theme_weights` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        By stage and order. Its description has the field ``count``.
    """
    themes: dict[str, list[str]] = {}
    points = {}
    for row in records(weights, "stage", "order", "point_id", "theme_order"):
        point_id = row["point_id"]
        points[point_id] = row
        if row["weight"] > 0:
            share = f"{lang.pick(row, 'theme')} {lang.share(row['weight'])}"
            themes.setdefault(point_id, []).append(share)
    rows = [
        [
            f"{lang.number(point['order'])}. {lang.pick(point, 'title')}",
            lang.pick(point, "summary"),
            lang.join(themes.get(point_id, [])),
            identifier(point["passage_id"]),
        ]
        for point_id, point in points.items()
    ]
    columns = [
        Column(lang.heading("claims", "point_id")),
        Column(lang.phrase("summary")),
        Column(lang.heading("point_themes", "theme_id")),
        Column(lang.heading("points", "passage_id"), "identifier"),
    ]
    return Table(lang, columns, rows, {"count": lang.number(len(rows))})


def link_table(links: pd.DataFrame, lang: Language) -> Table:
    """List links as sentences, with the passage that states each or the reason for inferring it.

    Parameters
    ----------
    links : pandas.DataFrame
        As :func:`helpers.data.links` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        Stated links first. Its description has a field for each basis, by its code: the number of
        such links.
    """
    order = ("basis", "relation", "from_stage", "from_order", "to_stage", "to_order", "link_id")
    rows = [
        [
            lang.pick(link, "from"),
            lang.label("argument_links", "relation", link["relation"]),
            lang.pick(link, "to"),
            lang.label("argument_links", "basis", link["basis"]),
            words(link[lang.column("reason")]),
            identifier(link["passage_id"]),
        ]
        for link in records(links, *order)
    ]
    names = ("from_point", "relation", "to_point", "basis")
    columns = [Column(lang.heading("argument_links", name)) for name in names]
    columns.append(Column(lang.phrase("reason")))
    columns.append(Column(lang.heading("argument_links", "passage_id"), "identifier"))
    return Table(lang, columns, rows, counts_of(links, "basis", lang))


def loose_end_table(ends: pd.DataFrame, lang: Language) -> Table:
    """Say what leads nowhere and what is left open, by stated links alone and with inferred ones.

    Parameters
    ----------
    ends : pandas.DataFrame
        As :func:`helpers.argument.loose_ends` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        One row a question. Its description has for each question, as ``leads_nowhere``, what is
        loose with all links, and as ``leads_nowhere_stated`` how many are by stated links alone.
    """
    rows: list[list[str]] = []
    fields: dict[str, str] = {}
    for question in argument.questions():
        loose = ends[ends["question"] == question]
        titles = [lang.pick(end, "title") for end in records(loose, "stage", "order", "point_id")]
        loose = loose[loose["still"].astype(bool)]
        still = [lang.pick(end, "title") for end in records(loose, "stage", "order", "point_id")]
        rows.append([lang.phrase(question), _counted(titles, lang), _counted(still, lang)])
        name = question.replace("-", "_")
        fields |= {f"{name}_stated": lang.number(len(titles)), name: lang.join(still)}
    phrases = ("question", "stated-links", "all-links")
    return Table(lang, [Column(lang.phrase(name)) for name in phrases], rows, fields)


def _counted(titles: list[str], lang: Language) -> str:
    return f"{lang.number(len(titles))}: {lang.join(titles)}"


def path_table(counts: pd.DataFrame, lang: Language) -> Table:
    """Count the lines of reasoning from each factor to each outcome: by stated links, and by all.

    Parameters
    ----------
    counts : pandas.DataFrame
        As :func:`helpers.argument.path_counts` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        One row a factor, one column an outcome. Its description has the fields ``stated`` and
        ``every`` (lines), ``outcomes``, and ``reached`` (outcomes that a stated line reaches).
    """
    outcomes = {row["to_point"]: lang.pick(row, "to") for row in records(counts, "to_order")}
    factors = {row["from_point"]: lang.pick(row, "from") for row in records(counts, "from_order")}
    cells = {
        (row["from_point"], row["to_point"]): (
            f"{lang.number(row['paths_stated'])} / {lang.number(row['paths'])}"
        )
        for row in counts[counts["paths"] > 0].to_dict("records")
    }
    rows = [
        [title, *(cells.get((factor, outcome), DASH) for outcome in outcomes)]
        for factor, title in factors.items()
    ]
    columns = [Column(lang.phrase("factor"))]
    columns += [Column(title, "number") for title in outcomes.values()]
    fields = {
        "stated": lang.number(int(counts["paths_stated"].sum())),
        "every": lang.number(int(counts["paths"].sum())),
        "reached": lang.number(counts[counts["paths_stated"] > 0]["to_point"].nunique()),
        "outcomes": lang.number(len(outcomes)),
    }
    return Table(lang, columns, rows, fields)
