"""The argument drawn as columns of points with links between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Patch
from matplotlib.path import Path

from helpers import theme
from helpers.charts.argument_layout import Layout
from helpers.data import codes, refuse_unknown_stages
from helpers.language import Language

STYLES = {"stated": ("solid", 1.5, 0.95), "inferred": ((0, (3, 2)), 0.9, 0.6)}


def argument_overview(
    points: pd.DataFrame, links: pd.DataFrame, lang: Language, size: str = "reading"
) -> Figure:
    """Draw the whole argument, one column a stage, from context to advice.

    Links are coloured by relation; a solid line is stated by the report, a broken one inferred.

    Parameters
    ----------
    points : pandas.DataFrame
        The table ``points``.
    links : pandas.DataFrame
        As :func:`helpers.argument.links` returns it.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields ``points``, ``links``, ``stated`` and ``inferred``.
    """
    stages = [[stage] for stage in codes("points", "stage")]
    return _draw(points, links, stages, lang, size)


def flow(
    points: pd.DataFrame,
    links: pd.DataFrame,
    stages: Sequence[str],
    lang: Language,
    size: str = "reading",
) -> Figure:
    """Draw the links between two stages, and mark the points that none of them touches.

    Parameters
    ----------
    points, links : pandas.DataFrame
        As for :func:`argument_overview`.
    stages : sequence of str
        The earlier and the later stage.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields of :func:`argument_overview`, and ``untouched``.
    """
    return _draw(points, links, [[stage] for stage in stages], lang, size, mark_untouched=True)


def threat_map(
    points: pd.DataFrame, links: pd.DataFrame, lang: Language, size: str = "reading"
) -> Figure:
    """Draw what each challenge threatens, and what lessens it.

    Goals and outcomes that are threatened stand before the challenges, advice and outcomes that
    lessen them after.

    Parameters
    ----------
    points, links : pandas.DataFrame
        As for :func:`argument_overview`.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields of :func:`argument_overview`, and ``untouched``.
    """
    kept = links[links["relation"].isin(["threatens", "mitigates"])]
    touched = {*kept["from_point"], *kept["to_point"]}
    shown = points[points["point_id"].isin(touched) | (points["stage"] == "challenge")]
    columns = [["goal", "outcome"], ["challenge"], ["recommendation"]]
    return _draw(shown, kept, columns, lang, size, mark_untouched=True)


def _draw(
    points: pd.DataFrame,
    links: pd.DataFrame,
    columns: list[list[str]],
    lang: Language,
    size: str,
    mark_untouched: bool = False,
) -> Figure:
    with theme.style(lang, size):
        refuse_unknown_stages(
            [*(stage for column in columns for stage in column), *points["stage"]]
        )
        shown = points[points["stage"].isin([stage for column in columns for stage in column])]
        links = links[
            links["from_point"].isin(shown["point_id"]) & links["to_point"].isin(shown["point_id"])
        ]
        figure, axes = theme.canvas(lang, size)
        axes.set_axis_off()
        if shown.empty:
            theme.say_nothing_to_show(axes, lang)
            theme.describe(figure, points=0, links=0, stated=0, inferred=0, untouched="")
            return figure
        layout = Layout(figure, shown, links, columns, lang)
        layout.apply(axes)
        touched = {*links["from_point"], *links["to_point"]}
        for point_id, box in layout.boxes.items():
            _draw_box(axes, point_id, box, layout, mark_untouched and point_id not in touched)
        for _, link in links.iterrows():
            _draw_link(axes, link, layout)
        _draw_heads(axes, layout)
        handles = _legend_handles(
            links, mark_untouched and len(shown) > len(touched), lang, figure.size.scale
        )
        theme.legend(axes, lang, handles, columns=4, gap=0.6)
        _describe(figure, shown, links, touched, lang)
        theme.finish(figure)
    return figure


def _describe(
    figure: Figure, points: pd.DataFrame, links: pd.DataFrame, touched: set[str], lang: Language
) -> None:
    untouched = points[~points["point_id"].isin(touched)][lang.column("title")]
    theme.describe(
        figure,
        points=lang.number(len(points)),
        links=lang.number(len(links)),
        stated=lang.number(int((links["basis"] == "stated").sum())),
        inferred=lang.number(int((links["basis"] == "inferred").sum())),
        untouched=lang.join(untouched) if len(untouched) else lang.phrase("none"),
    )


def _draw_box(axes: Axes, point_id: str, box: tuple, layout: Layout, untouched: bool) -> None:
    x, y, width, height = box
    axes.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={0.05 * layout.scale}",
            facecolor=theme.PALETTE["paper"],
            edgecolor=theme.PALETTE["grey" if untouched else "ink"],
            linestyle=(0, (2, 2)) if untouched else "solid",
            linewidth=0.9 * layout.scale,
            zorder=3,
            gid=point_id,
        )
    )
    axes.text(
        x + width / 2,
        y + height / 2,
        layout.lang.draw(layout.texts[point_id]),
        ha="center",
        va="center",
        fontsize=layout.type_size,
        color=theme.PALETTE["grey" if untouched else "ink"],
        zorder=4,
        gid=f"{point_id}-text",
    )


def _draw_link(axes: Axes, link: pd.Series, layout: Layout) -> None:
    """Draw a link as a curve that ends with an arrow at the point its sentence ends with."""
    path = _curve_through(layout.stops(link), 0.2 * layout.step)
    code = codes("argument_links", "relation")[link["relation"]]
    linestyle, width, alpha = STYLES[link["basis"]]
    axes.add_patch(
        FancyArrowPatch(
            path=path,
            arrowstyle="-|>",
            mutation_scale=7 * layout.scale,
            color=theme.PALETTE[theme.LINES.get(code["colour"], code["colour"])],
            linestyle=linestyle,
            linewidth=width * layout.scale,
            alpha=alpha,
            shrinkA=0,
            shrinkB=0,
            zorder=2 if link["basis"] == "stated" else 1,
            gid=link["link_id"],
        )
    )


def _curve_through(stops: list[tuple[float, float]], least_reach: float) -> Path:
    """Join stops by curves that leave and enter them level; stops at one height by a line."""
    vertices, moves = [stops[0]], [Path.MOVETO]
    for (x0, y0), (x1, y1) in pairwise(stops):
        if y0 == y1:
            vertices.append((x1, y1))
            moves.append(Path.LINETO)
            continue
        reach = max(abs(x1 - x0) / 2, least_reach) * (1 if x1 >= x0 else -1)
        vertices += [(x0 + reach, y0), (x1 - reach, y1), (x1, y1)]
        moves += [Path.CURVE4] * 3
    return Path(vertices, moves)


def _draw_heads(axes: Axes, layout: Layout) -> None:
    for number, column in enumerate(layout.columns):
        names = [codes("points", "stage")[stage][layout.lang.column("plural")] for stage in column]
        axes.text(
            number * layout.step + layout.box_width / 2,
            layout.height - 0.16 * layout.scale,
            layout.lang.draw(" / ".join(names)),
            ha="center",
            va="baseline",
            weight="bold",
            fontsize=10 * layout.scale,
            gid=f"stage-{'-'.join(column)}",
        )


def _legend_handles(
    links: pd.DataFrame, mark_untouched: bool, lang: Language, scale: float
) -> list[Line2D | Patch]:
    """Relations that occur, then the two bases."""
    handles = []
    for relation, code in codes("argument_links", "relation").items():
        if relation in set(links["relation"]):
            colour = theme.PALETTE[theme.LINES.get(code["colour"], code["colour"])]
            label = lang.draw(lang.pick(code, "title"))
            handles.append(Line2D([], [], color=colour, linewidth=2 * scale, label=label))
    for basis, code in codes("argument_links", "basis").items():
        linestyle, width, _ = STYLES[basis]
        label = lang.draw(lang.pick(code, "title"))
        look = {"color": theme.PALETTE["ink"], "linestyle": linestyle, "linewidth": width * scale}
        handles.append(Line2D([], [], label=label, **look))
    if mark_untouched:
        look = {"facecolor": "none", "edgecolor": theme.PALETTE["grey"], "linestyle": (0, (2, 2))}
        handles.append(Patch(label=lang.draw(lang.phrase("untouched")), **look))
    return handles
