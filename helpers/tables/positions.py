"""Table of positions: who says what on which theme."""

from __future__ import annotations

import pandas as pd

from helpers.language import Language
from helpers.tables.base import Column, Table, records


def position_table(positions: pd.DataFrame, lang: Language) -> Table:
    """List who takes which position on which theme.

    Parameters
    ----------
    positions : pandas.DataFrame
        As :func:`helpers.data.positions` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In reading order. Its description has the fields ``count`` and ``actors``.
    """
    rows = [
        [
            lang.pick(position, "name"),
            lang.label("positions", "mode", position["mode"]),
            lang.pick(position, "theme"),
            lang.pick(position, "text"),
            position["claim_id"],
        ]
        for position in records(positions, "reading_order")
    ]
    columns = [
        Column(lang.heading("positions", "actor_id")),
        Column(lang.heading("positions", "mode")),
        Column(lang.heading("positions", "theme_id")),
        Column(lang.phrase("statement")),
        Column(lang.heading("positions", "claim_id"), "identifier"),
    ]
    fields = {
        "count": lang.number(len(rows)),
        "actors": lang.number(positions["actor_id"].nunique()),
    }
    return Table(lang, columns, rows, fields)
