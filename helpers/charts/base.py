"""What every chart shares: the value that it is, and the sheet that it is drawn on."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ParamSpec, TypeAlias

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers import theme
from helpers.language import Language

Row: TypeAlias = dict[str, Any]
Target: TypeAlias = tuple[str, str]
Given = ParamSpec("Given")


@dataclass(frozen=True)
class Chart:
    """A chart and what is to be said with it.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The drawing, without title and credit line.
    lang : Language
        Language that it is drawn in.
    size : Size
        Size that it is drawn at.
    fields : mapping of str to object
        Values of the named fields of its finding and description; None for what does not stand out.
    sources : tuple of str
        Ids of the sources that it rests on.
    marks : mapping of str to str
        What each mark says, in the chart's language, by the ``gid`` of the mark.
    targets : mapping of str to (str, str)
        What each mark stands for, by its ``gid``: a kind of the book's targets, and an id.
    again : callable or None
        Draws the chart anew at a size; None if its function is not :func:`drawn_at_any_size`.
    """

    figure: Figure
    lang: Language
    size: theme.Size
    fields: Mapping[str, object]
    sources: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    again: Callable[[str], Chart] | None = field(default=None, repr=False, compare=False)

    def at(self, size: str) -> Chart:
        """Return the chart drawn at a size; as it is if it cannot be drawn anew."""
        if self.again is None or theme.size_named(size) == self.size:
            return self
        return self.again(size)

    def encoded(self, kind: str) -> bytes:
        """Return the drawing, unframed, as the bytes of a ``png``, ``svg`` or ``pdf`` file."""
        with theme.unframed(self.figure, self.lang, self.size) as figure:
            return theme.encoded(figure, kind)

    def save(self, path: Path) -> None:
        """Write the drawing, unframed, in the format that the suffix of the path names."""
        path.write_bytes(self.encoded(path.suffix.removeprefix(".")))


def drawn_at_any_size(function: Callable[Given, Chart]) -> Callable[Given, Chart]:
    """Let the charts of a function be drawn anew at another size, from the same arguments."""
    parameters = inspect.signature(function)

    @functools.wraps(function)
    def made(*args: Given.args, **kwargs: Given.kwargs) -> Chart:
        def again(size: str) -> Chart:
            bound = parameters.bind(*args, **kwargs)
            bound.arguments["size"] = size
            return function(*bound.args, **bound.kwargs)

        return replace(function(*args, **kwargs), again=again)

    return made


@dataclass
class Sheet:
    """A figure while a chart is drawn on it.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The drawing.
    axes : list of matplotlib.axes.Axes
        In reading order.
    lang : Language
        Language of the chart.
    size : Size
        Size of the chart.
    marks : dict of str to str
        What the marks say that are drawn so far, by their ``gid``.
    targets : dict of str to (str, str)
        What these marks stand for.
    """

    figure: Figure
    axes: list[Axes]
    lang: Language
    size: theme.Size
    marks: dict[str, str] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)

    @property
    def ax(self) -> Axes:
        """The Axes of a chart that has one, or the first."""
        return self.axes[0]

    @property
    def scale(self) -> float:
        """Ratio to the reading size."""
        return self.size.scale

    @property
    def small(self) -> float:
        """Size in points of labels beside and inside marks."""
        return theme.SMALL_SIZE * self.size.font

    @property
    def label(self) -> float:
        """Size in points of the words beside marks; smaller where the height is fixed."""
        return self.small if self.size.fixed else self.size.font

    def has(self, frame: pd.DataFrame) -> bool:
        """Tell whether there is anything to draw; if not, say so in the drawing's place."""
        if not frame.empty:
            return True
        for axes in self.axes:
            axes.set_axis_off()
        text = self.draw(self.lang.phrase("nothing-to-show"))
        middle: dict[str, Any] = {
            "ha": "center",
            "va": "center",
            "transform": self.figure.transFigure,
        }
        self.ax.text(0.5, 0.5, text, **middle)
        return False

    def draw(self, text: object) -> str:
        """Return text ready to be drawn."""
        return theme.drawn(text, self.lang)

    def column_room(self, rows: Iterable[str], columns: float) -> float:
        """Return the points from one column to the next, beside rows with these names."""
        lines = [line for name in rows for line in name.split("\n")]
        widest = max((theme.text_width(self.draw(line), self.small) for line in lines), default=0)
        width = self.size.width * theme.POINTS_PER_INCH - 2 * self.size.font
        return (width - widest) / max(columns, 1)

    def wrapped(self, text: str, width: float) -> str:
        """Return a label broken into lines of so many points at reading size, not prepared."""
        return theme.wrap(text, self.lang, width * self.scale, self.small)

    def mark(self, gid: str, says: str, to: Target) -> str:
        """Note what a mark says and what it stands for, and return its ``gid``.

        Parameters
        ----------
        gid : str
            Id of the mark, the only one of the chart.
        says : str
            What it says, in the language of the chart.
        to : (str, str)
            Kind and id of what it stands for, such as ``("claims", "goals.2.3-a")``: where the
            chart is a picture whose marks are links, that is where the mark leads.
        """
        self.marks[gid] = self.lang.number_text(says)
        self.targets[gid] = to
        return gid

    def beside(
        self,
        text: str,
        place: tuple[Any, Any],
        points: float,
        axes: Axes | None = None,
        drop: float = 0,
        **look: Any,
    ) -> None:
        """Write a label so many points after a place, or before it if they are negative.

        With `drop`, that many points lower.
        """
        (self.ax if axes is None else axes).annotate(
            self.draw(text),
            place,
            xytext=(theme.offset(points, self.lang)[0], -drop),
            textcoords="offset points",
            ha=self.lang.start if points >= 0 else self.lang.end,
            **{"va": "center"} | look,
        )

    def chart(self, fields: Mapping[str, object], sources: tuple[str, ...] = ()) -> Chart:
        """Return what was drawn."""
        return Chart(self.figure, self.lang, self.size, fields, sources, self.marks, self.targets)


@contextmanager
def drawing(
    lang: Language,
    size: str,
    height: float | None = None,
    panels: tuple[float, ...] = (),
) -> Iterator[Sheet]:
    """Hold the project's style and an empty sheet while a chart is drawn.

    Parameters
    ----------
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.
    height : float, optional
        Height in inches at reading size, without title and credit line.
    panels : tuple of float
        Widths of Axes side by side, in reading order; one Axes if not given.
    """
    chosen = theme.size_named(size)
    with theme.style(lang, chosen):
        if panels:
            figure, axes = theme.panels(lang, chosen, height or chosen.height, panels)
        else:
            figure, one = theme.canvas(lang, chosen, height)
            axes = [one]
        yield Sheet(figure, axes, lang, chosen)
        theme.set_line_pitch(figure)


def records(frame: pd.DataFrame) -> list[Row]:
    """Return the rows as mappings from columns to values."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def grouped(frame: pd.DataFrame, *keys: str) -> dict[tuple[Any, ...], list[Row]]:
    """Return the rows by the values of some columns, in the order in which they occur.

    Examples
    --------
    >>> rows = pd.DataFrame({"side": [2, 1, 2], "claim": ["a", "b", "c"]})
    >>> {key: len(of_side) for key, of_side in grouped(rows, "side").items()}
    {(2,): 2, (1,): 1}
    """
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in records(frame):
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return found


def in_order(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the rows in the order of columns, numbered anew, whatever index they came with."""
    return frame.sort_values(list(columns), kind="stable").reset_index(drop=True)


def distinct(frame: pd.DataFrame, key: str, order: str, *columns: str) -> pd.DataFrame:
    """Return what occurs in a frame, each once, in its order.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows that name it, such as positions that name their theme.
    key : str
        Column of its id, such as ``theme_id``; empty cells are passed over.
    order : str
        Column of its place, such as ``theme_order``.
    *columns : str
        Further columns to keep, such as ``theme_en``.

    Examples
    --------
    >>> rows = pd.DataFrame({"theme_id": ["b", "a", "b"], "theme_order": [2, 1, 2]})
    >>> list(distinct(rows, "theme_id", "theme_order")["theme_id"])
    ['a', 'b']
    """
    named = frame[frame[key].notna()]
    once = named.sort_values([order, key], kind="stable").drop_duplicates(key)
    return once[[key, order, *columns]].reset_index(drop=True)


def joined(names: Iterable[str], lang: Language) -> str:
    """Return names as a list in words; the word for none if there are none."""
    return lang.join(listed) if (listed := list(names)) else lang.phrase("none")
