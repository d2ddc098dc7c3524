"""Matrix of points and themes."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers import theme
from helpers.data import codes, refuse_unknown_stages
from helpers.data import themes as known_themes
from helpers.language import Language

ROW_HEIGHT = 0.42  # inches at reading size
LABEL_WIDTH = 150  # points at reading size
CELL = 0.86  # share of the grid step
TOTAL_GAP = 0.35
# Keeps equal shares, a half and a third above all, off the middle of the map: no ink reads there.
SHADING = 0.8


def theme_matrix(weights: pd.DataFrame, lang: Language, size: str = "reading") -> Figure:
    """Draw how much of each point is about each theme, and each theme's share of all points.

    Parameters
    ----------
    weights : pandas.DataFrame
        As :func:`helpers.data.point_theme_weights` returns it: one row a point, one column a theme
        (by id, in order), cells from 0 to 1; the index holds point ids, titles stand in ``attrs``.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields ``points``, ``top_theme``, ``top_share`` and ``single``.
    """
    with theme.style(lang, size):
        figure, axes = theme.canvas(lang, size, height=ROW_HEIGHT * (len(weights) + 1) + 1.2)
        titles = known_themes(weights.columns)[lang.column("title")]
        if weights.empty:
            theme.say_nothing_to_show(axes, lang)
            theme.describe(figure, points=0, top_theme="", top_share="", single=0)
            return figure
        shares = weights.mean()
        for row, (_, cells) in enumerate(weights.iterrows()):
            _draw_row(axes, len(weights) - row, cells, lang)
        _draw_row(axes, -TOTAL_GAP, shares, lang, total=True)
        _axes(axes, figure, weights, lang)
        theme.describe(
            figure,
            points=lang.number(len(weights)),
            top_theme=titles[shares.idxmax()],
            top_share=lang.percent(100 * shares.max(), 0),
            single=lang.number((weights.max(axis=1) == 1).sum()),
        )
        theme.finish(figure)
    return figure


def coverage_matrix(coverage: pd.DataFrame, lang: Language, size: str = "reading") -> Figure:
    """Draw how much each theme weighs in each stage of the argument.

    Parameters
    ----------
    coverage : pandas.DataFrame
        As :func:`helpers.argument.coverage` returns it.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields ``absent`` (themes of the context without any outcome) and
        ``top_context``, ``top_outcome`` (theme that weighs most there).
    """
    with theme.style(lang, size):
        figure, axes = theme.canvas(lang, size, height=ROW_HEIGHT * max(len(coverage), 2) + 0.6)
        titles = known_themes(coverage.index)[lang.column("title")]
        refuse_unknown_stages(coverage.columns)
        if coverage.empty:
            theme.say_nothing_to_show(axes, lang)
            theme.describe(figure, absent="", top_context="", top_outcome="")
            return figure
        for row, (_, cells) in enumerate(coverage.iterrows()):
            _draw_row(axes, len(coverage) - row, cells, lang)
        stages = codes("points", "stage")
        heads = [lang.draw(stages[name][lang.column("plural")]) for name in coverage.columns]
        names = [lang.draw(titles[name]) for name in coverage.index]
        axes.xaxis.tick_top()
        axes.set_xticks(range(len(heads)), heads, va="baseline")
        axes.set_yticks(range(len(coverage), 0, -1), names)
        ends = (-0.5, len(heads) - 0.5)
        axes.set_xlim(*(ends[::-1] if lang.is_rtl else ends))
        axes.set_ylim(0.4, len(coverage) + 0.6)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        absent = coverage[(coverage["context"] > 0) & (coverage["outcome"] == 0)].index
        theme.describe(
            figure,
            absent=lang.join(titles[absent]) if len(absent) else lang.phrase("none"),
            top_context=titles[coverage["context"].idxmax()],
            top_outcome=titles[coverage["outcome"].idxmax()],
        )
        theme.finish(figure)
    return figure


def _draw_row(axes: Axes, y: float, cells: pd.Series, lang: Language, total: bool = False) -> None:
    colours = mpl.colormaps[theme.SEQUENTIAL]
    for x, (theme_id, weight) in enumerate(cells.items()):
        if weight == 0:
            continue
        face = theme.PALETTE["paper"] if total else colours(1 - weight**SHADING)
        corner = (x - CELL / 2, y - CELL / 2)
        axes.add_patch(
            Rectangle(corner, CELL, CELL, facecolor=face, gid=f"{cells.name}-{theme_id}")
        )
        axes.text(
            x,
            y,
            lang.draw(lang.number(100 * weight, 0)),  # the subtitle names the unit
            ha="center",
            va="center",
            color=theme.ink_on(face),
            weight="bold" if total else "normal",
            fontsize=theme.SMALL_SIZE * mpl.rcParams["font.size"],
        )


def _axes(axes: Axes, figure: Figure, weights: pd.DataFrame, lang: Language) -> None:
    themes, points = weights.attrs["themes"], weights.attrs["points"]
    small = theme.SMALL_SIZE * figure.size.font
    room = LABEL_WIDTH * figure.size.scale
    heads = [lang.draw(title) for title in themes.loc[weights.columns, lang.column("title")]]
    lean = {"rotation": -40, "ha": "right"} if lang.is_rtl else {"rotation": 40, "ha": "left"}
    axes.set_xticks(range(len(heads)), heads, rotation_mode="anchor", **lean)
    axes.xaxis.tick_top()
    rows = [
        lang.draw(theme.wrap(figure, title, room, small))
        for title in points.loc[weights.index, lang.column("title")]
    ]
    rows.append(lang.draw(lang.phrase("mean-of-points")))
    axes.set_yticks([*range(len(weights), 0, -1), -TOTAL_GAP], rows)
    ends = (-0.5, len(heads) - 0.5)
    axes.set_xlim(*(ends[::-1] if lang.is_rtl else ends))
    axes.set_ylim(-TOTAL_GAP - 0.5, len(weights) + 0.5)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    bottom, top = axes.get_ylim()
    guide = {"color": theme.PALETTE["faint"], "zorder": 0, "linewidth": 0.8}
    axes.vlines(range(len(heads)), bottom + 0.5 + CELL / 2, top, gid="guides", **guide)
