"""The argument drawn as columns of points with links between them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Patch
from matplotlib.path import Path

from helpers import theme
from helpers.data import codes
from helpers.language import Language

HEAD = 0.42  # inches at reading size, for the names of the stages
GAP = 0.09  # inches between boxes
PADDING = 0.055  # inches inside a box
BOX_SHARE = 0.68  # part of a column that its boxes take; the rest is for the links
TYPE_SIZE = 8.6  # points at reading size
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
    return _draw(points, links, stages, lang, size, legend_columns=4)


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
    legend_columns: int = 3,
) -> Figure:
    with theme.style(lang, size):
        _refuse_unknown(columns)
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
        layout = _Layout(figure, shown, links, columns, lang)
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
        theme.legend(axes, lang, handles, columns=legend_columns, gap=0.6)
        _describe(figure, shown, links, touched, lang)
        theme.finish(figure)
    return figure


def _refuse_unknown(columns: list[list[str]]) -> None:
    known = codes("points", "stage")
    for stage in (stage for column in columns for stage in column):
        if stage not in known:
            raise ValueError(f"unknown stage {stage!r}; known: {', '.join(known)}")


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


class _Layout:
    """Where each box stands, in inches from the start side and the foot of the drawing."""

    def __init__(
        self,
        figure: Figure,
        points: pd.DataFrame,
        links: pd.DataFrame,
        columns: list[list[str]],
        lang: Language,
    ) -> None:
        self.figure, self.columns, self.lang = figure, columns, lang
        self.scale = figure.size.scale
        self.width = figure.get_figwidth() - 0.12 * self.scale
        self.step = self.width / (len(columns) - 1 + BOX_SHARE)
        self.box_width = BOX_SHARE * self.step
        self.type_size = TYPE_SIZE * self.scale * (1 if len(columns) > 3 else 1.15)
        self.texts = {
            point["point_id"]: self._wrapped(lang.pick(point, "title"))
            for point in points.to_dict("records")
        }
        self.stage = dict(zip(points["point_id"], points["stage"], strict=True))
        self.rows = [self._ordered(points, column) for column in columns]
        self.height = HEAD * self.scale + max(map(self._needed, self.rows))
        self.boxes = self._placed(links)
        self.anchors = self._anchored(links)

    def _wrapped(self, title: str) -> str:
        room = (self.box_width - 2 * PADDING * self.scale) * theme.POINTS_PER_INCH
        return theme.wrap(self.figure, title, room, self.type_size)

    def _ordered(self, points: pd.DataFrame, column: list[str]) -> list[str]:
        of_column = points[points["stage"].isin(column)]
        return list(of_column.sort_values(["stage", "order"])["point_id"])

    def box_height(self, point_id: str) -> float:
        lines = self.texts[point_id].count("\n") + 1
        text = lines * theme.LINE_PITCH_EM * self.type_size / theme.POINTS_PER_INCH
        return text + 2 * PADDING * self.scale

    def _needed(self, row: list[str]) -> float:
        return sum(self.box_height(point) + GAP * self.scale for point in row)

    def _placed(self, links: pd.DataFrame) -> dict[str, tuple[float, float, float, float]]:
        """Return x, y, width and height of each box; a column is sorted to cross fewer links."""
        neighbours: dict[str, list[str]] = {}
        for start, end in links[["from_point", "to_point"]].itertuples(index=False):
            neighbours.setdefault(start, []).append(end)
            neighbours.setdefault(end, []).append(start)
        boxes: dict[str, tuple[float, float, float, float]] = {}
        self._stack(0, self.rows[0], boxes)
        for number, row in enumerate(self.rows[1:], start=1):
            self._stack(number, self._near_their_neighbours(row, neighbours, boxes), boxes)
        return boxes

    def _near_their_neighbours(self, row: list[str], neighbours: dict, boxes: dict) -> list[str]:
        def key(point: str) -> tuple[int, float]:
            placed = [boxes[other][1] for other in neighbours.get(point, []) if other in boxes]
            stages = next(column for column in self.columns if self.stage[point] in column)
            return stages.index(self.stage[point]), -sum(placed) / max(len(placed), 1)

        return sorted(row, key=key)

    def _stack(self, number: int, row: list[str], boxes: dict) -> None:
        room = self.height - HEAD * self.scale
        gap = (room - sum(map(self.box_height, row))) / max(len(row), 1)
        top = room - gap / 2
        for point in row:
            height = self.box_height(point)
            boxes[point] = (number * self.step, top - height, self.box_width, height)
            top -= height + gap

    def _anchored(self, links: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
        """Return where each link leaves and enters, spread along the sides of the boxes."""
        sides: dict[tuple[str, str], list[tuple[float, str, str]]] = {}
        for link_id, start, end in links[["link_id", "from_point", "to_point"]].itertuples(
            index=False
        ):
            for own, other in ((start, end), (end, start)):
                side = "start" if self.boxes[other][0] < self.boxes[own][0] else "end"
                height = self.boxes[other][1]
                sides.setdefault((own, side), []).append((-height, link_id, own))
        anchors = {}
        for (point, side), ends in sides.items():
            x, y, width, height = self.boxes[point]
            for number, (_, link_id, _) in enumerate(sorted(ends), start=1):
                place = y + height * (1 - number / (len(ends) + 1))
                anchors[link_id, point] = (x if side == "start" else x + width, place)
        return anchors

    def apply(self, axes: Axes) -> None:
        """Give the figure its height, and the Axes one unit an inch."""
        self.figure.set_figheight(self.height + 0.9 * self.scale)
        ends = (-0.02, self.width + 0.02)
        axes.set_xlim(*(ends[::-1] if self.lang.is_rtl else ends))
        axes.set_ylim(0, self.height)


def _draw_box(axes: Axes, point_id: str, box: tuple, layout: _Layout, untouched: bool) -> None:
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


def _draw_link(axes: Axes, link: pd.Series, layout: _Layout) -> None:
    """Draw a link as a curve that ends with an arrow at the point its sentence ends with."""
    x0, y0 = layout.anchors[link["link_id"], link["from_point"]]
    x1, y1 = layout.anchors[link["link_id"], link["to_point"]]
    reach = max(abs(x1 - x0) / 2, 0.2 * layout.step) * (1 if x1 >= x0 else -1)
    control = [(x0 + reach, y0), (x1 - reach, y1)]
    path = Path([(x0, y0), *control, (x1, y1)], [Path.MOVETO, *[Path.CURVE4] * 3])
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


def _draw_heads(axes: Axes, layout: _Layout) -> None:
    for number, column in enumerate(layout.columns):
        names = [codes("points", "stage")[stage][layout.lang.column("plural")] for stage in column]
        axes.text(
            number * layout.step + layout.box_width / 2,
            layout.height - 0.12 * layout.scale,
            layout.lang.draw(" / ".join(names)),
            ha="center",
            va="center",
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
