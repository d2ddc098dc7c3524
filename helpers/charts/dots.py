"""Dots: one for each statement or outcome, placed by who, what and how strongly."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers import theme
from helpers.data import codes, refuse_unknown
from helpers.data import themes as known_themes
from helpers.language import Language

ROW_HEIGHT = 0.36  # inches at reading size
DOT = 8  # points at reading size
SIDES = ("EU27", "CA5")
PACK = 5  # dots in a row of a cell
LEAN = 40  # degrees of heads that are too long to stand side by side


def interest_matrix(positions: pd.DataFrame, lang: Language, size: str = "reading") -> Figure:
    """Draw what the two sides want, theme by theme: one mark a statement.

    The European Union's marks run from the middle to the start side, Central Asia's to the end.

    Parameters
    ----------
    positions : pandas.DataFrame
        As :func:`helpers.data.positions` returns it.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields ``first``, ``second`` (marks of each side), ``shared`` (the
        themes of both) and ``top`` (theme with most marks of the first side).
    """
    with theme.style(lang, size):
        refuse_unknown("side", positions["side"], SIDES)
        themes = _themes_of(positions)
        figure, axes = theme.canvas(lang, size, height=ROW_HEIGHT * max(len(themes), 2) + 1.1)
        if positions.empty:
            theme.say_nothing_to_show(axes, lang)
            theme.describe(figure, first=0, second=0, shared="", top="")
            return figure
        counts = pd.crosstab(positions["theme_id"], positions["side"]).reindex(
            index=themes.index, columns=list(SIDES), fill_value=0
        )
        widest = int(counts.to_numpy().max())
        rows = {theme_id: len(themes) - 1 - row for row, theme_id in enumerate(themes.index)}
        for (theme_id, side), of_cell in positions.groupby(["theme_id", "side"]):
            sign = -1 if side == SIDES[0] else 1
            for number, (_, position) in enumerate(of_cell.iterrows()):
                place = (sign * (number + 0.8), rows[theme_id])
                _mode_mark(axes, place, position, figure.size.scale)
        _two_sided_axes(axes, themes, widest, lang)
        theme.legend(axes, lang, _mode_handles(positions, lang, figure.size.scale), 5, gap=0.4)
        shared = themes[(counts > 0).all(axis=1)][lang.column("title")]
        theme.describe(
            figure,
            first=lang.number(int(counts[SIDES[0]].sum())),
            second=lang.number(int(counts[SIDES[1]].sum())),
            shared=lang.join(shared) if len(shared) else lang.phrase("none"),
            top=themes.at[counts[SIDES[0]].idxmax(), lang.column("title")],
        )
        theme.finish(figure)
    return figure


def _themes_of(table: pd.DataFrame) -> pd.DataFrame:
    themes = known_themes(table["theme_id"])
    return themes[themes.index.isin(table["theme_id"])]


def _mode_mark(axes: Axes, place: tuple, position: pd.Series, scale: float) -> None:
    code = codes("positions", "mode")[position["mode"]]
    axes.plot(
        [place[0]],
        [place[1]],
        marker=code["marker"],
        markersize=DOT * scale,
        zorder=3,
        gid=f"{position['claim_id']}-{position['actor_id']}-{position['theme_id']}",
        **theme.mark_style(code["colour"], scale),
    )


def _two_sided_axes(axes: Axes, themes: pd.DataFrame, widest: int, lang: Language) -> None:
    axes.axvline(0, color=theme.PALETTE["grey"], linewidth=0.8)
    ends = (-widest - 0.6, widest + 0.6)
    axes.set_xlim(*(ends[::-1] if lang.is_rtl else ends))
    heads = [lang.draw(lang.country(side)) for side in SIDES]
    axes.xaxis.tick_top()
    axes.set_xticks([-(widest + 0.6) / 2, (widest + 0.6) / 2], heads, va="baseline", weight="bold")
    _theme_rows(axes, themes, lang)


def _theme_rows(axes: Axes, themes: pd.DataFrame, lang: Language) -> None:
    names = [lang.draw(title) for title in themes[lang.column("title")]]
    axes.set_yticks(range(len(themes) - 1, -1, -1), names)
    axes.set_ylim(-0.6, len(themes) - 0.4)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for y in range(len(themes)):
        axes.axhline(y, color=theme.PALETTE["faint"], linewidth=0.8, zorder=0)


def _mode_handles(positions: pd.DataFrame, lang: Language, scale: float) -> list[Line2D]:
    occurring = set(positions["mode"])
    return [
        Line2D(
            [],
            [],
            marker=code["marker"],
            markersize=DOT * scale,
            label=lang.draw(lang.pick(code, "title")),
            **theme.mark_style(code["colour"], scale),
        )
        for mode, code in codes("positions", "mode").items()
        if mode in occurring
    ]


def speeches(positions: pd.DataFrame, lang: Language, size: str = "reading") -> Figure:
    """Draw who spoke of which theme: one mark a statement.

    Parameters
    ----------
    positions : pandas.DataFrame
        As :func:`helpers.data.positions` returns it.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields ``speakers``, ``themes`` and ``broadest`` (who spoke of most
        themes).
    """
    with theme.style(lang, size):
        speakers = positions.drop_duplicates("actor_id").set_index("actor_id")
        themes = _themes_of(positions)
        height = 1.4 * ROW_HEIGHT * max(len(speakers), 2) + 1.7
        figure, axes = theme.canvas(lang, size, height=height)
        if positions.empty:
            theme.say_nothing_to_show(axes, lang)
            theme.describe(figure, speakers=0, themes=0, broadest="")
            return figure
        rows = {actor: len(speakers) - 1 - row for row, actor in enumerate(speakers.index)}
        columns = {theme_id: column for column, theme_id in enumerate(themes.index)}
        for (actor, theme_id), of_cell in positions.groupby(["actor_id", "theme_id"]):
            for number, (_, position) in enumerate(of_cell.iterrows()):
                shift = 0.26 * (number - (len(of_cell) - 1) / 2)
                place = (columns[theme_id] + shift, rows[actor])
                _mode_mark(axes, place, position, figure.size.scale * 0.9)
        _speaker_axes(axes, speakers, themes, lang)
        theme.legend(axes, lang, _mode_handles(positions, lang, figure.size.scale), 5, gap=0.4)
        breadth = positions.groupby("actor_id")["theme_id"].nunique()
        theme.describe(
            figure,
            speakers=lang.number(len(speakers)),
            themes=lang.number(len(themes)),
            broadest=speakers.at[breadth.idxmax(), lang.column("name")],
        )
        theme.finish(figure)
    return figure


def _speaker_axes(axes: Axes, speakers: pd.DataFrame, themes: pd.DataFrame, lang: Language) -> None:
    lean = {"rotation": -LEAN, "ha": "right"} if lang.is_rtl else {"rotation": LEAN, "ha": "left"}
    axes.xaxis.tick_top()
    heads = [lang.draw(title) for title in themes[lang.column("title")]]
    axes.set_xticks(range(len(heads)), heads, rotation_mode="anchor", **lean)
    ends = (-0.6, len(heads) - 0.4)
    axes.set_xlim(*(ends[::-1] if lang.is_rtl else ends))
    names = [lang.draw(name) for name in speakers[lang.column("name")]]
    axes.set_yticks(range(len(names) - 1, -1, -1), names)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for y in range(len(names)):
        axes.axhline(y, color=theme.PALETTE["faint"], linewidth=0.8, zorder=0)
    for x in range(len(heads)):
        axes.axvline(x, color=theme.PALETTE["faint"], linewidth=0.8, zorder=0)


def strength_by_theme(outcomes: pd.DataFrame, lang: Language, size: str = "reading") -> Figure:
    """Draw the outcomes by theme and strength: one dot an outcome.

    Strength is ordinal; columns stand in rising order at equal steps that mean no equal distance.

    Parameters
    ----------
    outcomes : pandas.DataFrame
        As :func:`helpers.data.coded_outcomes` returns it.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields ``count``, ``top_strength`` and ``top_count`` (the code with
        most outcomes) and ``without`` (themes without outcome).
    """
    with theme.style(lang, size):
        themes = known_themes(outcomes["theme_id"])
        figure, axes = theme.canvas(lang, size, height=1.05 * ROW_HEIGHT * len(themes) + 0.7)
        if outcomes.empty:
            theme.say_nothing_to_show(axes, lang)
            theme.describe(figure, count=0, top_strength="", top_count=0, without="")
            return figure
        columns = {code: place for place, code in enumerate(codes("outcome_codes", "strength"))}
        rows = {theme_id: len(themes) - 1 - row for row, theme_id in enumerate(themes.index)}
        for (theme_id, strength), of_cell in outcomes.groupby(
            ["theme_id", "strength"], observed=True
        ):
            _pack(axes, columns[strength], rows[theme_id], of_cell, figure.size.scale)
        heads = [lang.draw(label) for label in lang.labels("outcome_codes", "strength").values()]
        axes.xaxis.tick_top()
        axes.set_xticks(range(len(heads)), heads, va="baseline")
        ends = (-0.5, len(heads) - 0.5)
        axes.set_xlim(*(ends[::-1] if lang.is_rtl else ends))
        _theme_rows(axes, themes, lang)
        counts = outcomes["strength"].value_counts()
        without = themes[~themes.index.isin(outcomes["theme_id"])][lang.column("title")]
        theme.describe(
            figure,
            count=lang.number(len(outcomes)),
            top_strength=lang.label("outcome_codes", "strength", counts.idxmax()),
            top_count=lang.number(int(counts.max())),
            without=lang.join(without) if len(without) else lang.phrase("none"),
        )
        theme.finish(figure)
    return figure


def _pack(axes: Axes, column: int, y: float, of_cell: pd.DataFrame, scale: float) -> None:
    rows = -(-len(of_cell) // PACK)
    for number, item in enumerate(of_cell["item_id"]):
        line, place = divmod(number, PACK)
        in_line = min(PACK, len(of_cell) - line * PACK)
        axes.plot(
            [column + 0.15 * (place - (in_line - 1) / 2)],
            [y + 0.4 * ((rows - 1) / 2 - line)],
            marker="o",
            markersize=0.95 * DOT * scale,
            zorder=3,
            gid=item,
            **theme.mark_style("navy", scale),
        )
