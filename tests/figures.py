"""What the notebooks show, found by running their code: no test keeps a list of figures by hand.

The code cells are run in this process, with recorders in the place of ``show`` and of the
functions of :mod:`helpers.charts` and :mod:`helpers.tables`. :func:`shown` then gives, for each
figure id, the function and the arguments that it is made from, so that a test can make it again in
any language and size, from all, some or none of the rows.

>>> shown()["package"].function.__name__
'package_comparison'
>>> [name for name, _ in shown()["outcome-strength"].frames]
['outcomes', 'themes']
"""

from __future__ import annotations

import ast
import functools
import inspect
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers import charts, data, show, tables, theme
from helpers.charts import Chart
from helpers.language import Language
from helpers.paths import NOTEBOOKS
from helpers.tables import Table

CODE = "en"  # cells are the same in both languages
FrameChange = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Shown:
    """A figure that a notebook shows, and how it is made.

    Attributes
    ----------
    figure_id, notebook : str
        Id of the figure, and the notebook that shows it.
    module : {"charts", "tables"}
        Where its function lives.
    function : callable
        Function that makes it.
    arguments : dict of str to object
        What the notebook gives the function, by the names of its parameters.
    read : frozenset of str
        Tables that were loaded to make the arguments.
    given : dict of str to DataFrame
        Copies of the frames among the arguments, from before anything was made of them.
    """

    figure_id: str
    notebook: str
    module: str
    function: Callable[..., Chart | Table]
    arguments: dict[str, Any] = field(repr=False)
    read: frozenset[str] = frozenset()
    given: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False, init=False)

    def __post_init__(self) -> None:
        self.given.update({name: frame.copy() for name, frame in self.frames})

    @property
    def kind(self) -> str:
        """Whether it is a ``chart`` or a ``table``."""
        return self.module.removesuffix("s")

    @property
    def frames(self) -> list[tuple[str, pd.DataFrame]]:
        """The frames among the arguments, the one that holds the marks or rows first."""
        pairs = self.arguments.items()
        return [(name, value) for name, value in pairs if isinstance(value, pd.DataFrame)]

    def made(self, lang: Language, size: str | None = None, **frames: pd.DataFrame) -> Any:
        """Make the figure again, in a language and size, with other frames if they are given."""
        sized = {} if size is None else {"size": size}
        return self.function(**(self.arguments | frames | {"lang": lang} | sized))

    def changed(self, change: FrameChange, first_only: bool = False) -> dict[str, pd.DataFrame]:
        """Return the frames as a change makes them, for :meth:`made`."""
        frames = self.frames[:1] if first_only else self.frames
        return {name: change(frame) for name, frame in frames}

    def tables(self) -> set[str]:
        """Return the tables that are loaded to make the figure, without those of the words."""
        _, opened = _made_once(self.figure_id, Language(CODE))
        return (opened | self.read) - {"figures", "phrases"}


def drawn(figure_id: str, lang: Language, size: str = "reading") -> Chart:
    """Return a chart as its notebook shows it, drawn once for all tests; they leave it as it is.

    At another size it is drawn anew at each call, as the slides do it.
    """
    if size != "reading":
        return drawn(figure_id, lang).at(size)
    chart = made_once(figure_id, lang)
    assert isinstance(chart, Chart)
    return chart


def made_once(figure_id: str, lang: Language) -> Chart | Table:
    """Return a chart or table as its notebook shows it, made once for all tests."""
    return _made_once(figure_id, lang)[0]


@functools.cache
def _made_once(figure_id: str, lang: Language) -> tuple[Chart | Table, frozenset[str]]:
    """Return a figure, and the tables that were loaded to make it."""
    figure = shown()[figure_id]
    with data.tracing() as opened:
        made = figure.made(lang)
    return made, frozenset(opened)


@functools.cache
def emptied(figure_id: str, lang: Language, first_only: bool = False) -> Chart:
    """Return a chart of no rows, or without those that hold the marks, drawn once for all tests."""
    figure = shown()[figure_id]
    return figure.made(lang, "reading", **figure.changed(empty, first_only))


@functools.cache
def drawn_pixels(figure_id: str, lang: Language) -> bytes:
    """Return the pixels of a chart as its notebook shows it, painted once for all tests."""
    return pixels(drawn(figure_id, lang))


def pixels(chart: Chart) -> bytes:
    """Return the pixels of a chart, without title and credit line."""
    with theme.unframed(chart.figure, chart.lang, chart.size) as figure:
        figure.canvas.draw()
        return bytes(figure.canvas.buffer_rgba())


def empty(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame without its rows."""
    return frame.iloc[:0]


def one_row(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the last row of a frame, under the index that it has there."""
    return frame.iloc[-1:]


def every_other_row(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a part of a frame, with gaps in its index."""
    return frame.iloc[1::2]


def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in another order, under an index that says nothing."""
    mixed = frame.sample(frac=1, random_state=7)
    return mixed.set_axis([f"row {number % 2}" for number in range(len(mixed))])


def ids() -> list[str]:
    """Return the ids of all figures, in the order in which the notebooks show them.

    They are read from the calls of ``show``, so that nothing runs while tests are collected.
    """
    calls = (
        node
        for cells in _sources().values()
        for cell in cells
        for node in ast.walk(ast.parse(cell))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "show"
    )
    return [ast.literal_eval(call.args[1]) for call in calls]


def ids_of(kind: str) -> list[str]:
    """Return the ids of the charts, or of the tables, that the notebooks show."""
    known = dict(data.load("figures")[["figure_id", "kind"]].itertuples(index=False, name=None))
    return [figure_id for figure_id in ids() if known.get(figure_id) == kind]


@functools.cache
def shown() -> dict[str, Shown]:
    """Return what the notebooks show, by figure id."""
    found: dict[str, Shown] = {}
    with redirect_stdout(io.StringIO()):  # what cells display is no matter of the tests
        for notebook, cells in _sources().items():
            found |= {figure.figure_id: figure for figure in list(_run(notebook, cells))}
    return found


def _sources() -> dict[str, list[str]]:
    """Return the code cells of each notebook."""
    return {
        path.stem: [
            "".join(cell["source"])
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
            if cell["cell_type"] == "code"
        ]
        for path in sorted((NOTEBOOKS / CODE).glob("*.ipynb"))
    }


@dataclass(frozen=True)
class _Call:
    """A chart or table that is asked for, and not yet made."""

    module: str
    function: Callable[..., Chart | Table]
    arguments: dict[str, Any]


def _run(notebook: str, cells: list[str]) -> Iterator[Shown]:
    """Run the cells of a notebook, and yield what they show.

    A figure rests on the tables that its cell loads, and on those that went into the names that
    the cell takes from cells before.
    """
    room: dict[str, Any] = {}
    origin: dict[str, set[str]] = {}
    with _recording() as calls:
        for cell in cells:
            with data.tracing() as opened:
                exec(compile(cell, f"{notebook}: {cell[:40]!r}", "exec"), room)
            names = [node for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Name)]
            read = set(opened).union(*(origin.get(name.id, set()) for name in names))
            origin |= {name.id: read for name in names if isinstance(name.ctx, ast.Store)}
            for call, figure_id in calls:
                about = (call.module, call.function, call.arguments)
                yield Shown(figure_id, notebook, *about, frozenset(read))
            calls.clear()


@contextmanager
def _recording() -> Iterator[list[tuple[_Call, str]]]:
    """Put recorders in the place of ``show`` and of all functions that make charts and tables."""
    calls: list[tuple[_Call, str]] = []

    def recorder(module: str, function: Callable[..., Any]) -> Callable[..., _Call]:
        @functools.wraps(function)
        def ask(*args: Any, **kwargs: Any) -> _Call:
            bound = inspect.signature(function).bind(*args, **kwargs)
            return _Call(module, function, bound.arguments)

        return ask

    def record(call: _Call, figure_id: str, lang: Language) -> None:
        assert isinstance(call, _Call), f"{figure_id} is made by no function of charts or tables"
        assert call.arguments["lang"] == lang, f"{figure_id} is made in another language"
        calls.append((call, figure_id))

    before = [(show, "show", show.show)]
    for module in (charts, tables):
        before += [
            (module, name, function)
            for name, function in vars(module).items()
            if inspect.isfunction(function)
        ]
    for module, name, function in before:
        setattr(module, name, recorder(module.__name__.rpartition(".")[2], function))
    show.show = record
    try:
        yield calls
    finally:
        for module, name, function in before:
            setattr(module, name, function)
