"""Title, subtitle and credit line around a drawing, for as long as it is written to a file."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import Bbox

from helpers.language import Language
from helpers.theme.canvas import style
from helpers.theme.palette import (
    CREDIT_SIZE,
    KICKER_SIZE,
    MARGIN_EM,
    PALETTE,
    SUBTITLE_SIZE,
    TITLE_SIZE,
)
from helpers.theme.sizes import POINTS_PER_INCH, Size
from helpers.theme.text import drawn, lines_height, set_line_pitch, wrap

PLACE_DECIMALS = 5  # of the figure's side: a hundredth of a pixel
SLIDE_SHARE = 552 / 720  # of a slide's height: a title of two lines and a line below have the rest
EDGE = 2  # points above and below a drawing that has no words there
TITLE = (TITLE_SIZE, "bold", "ink")
FRAME = "frame-"  # ids of the texts of the frame begin so
LAYOUT_PASSES = 1  # a second would move nothing by more than a tenth of a pixel


@dataclass(frozen=True)
class _Line:
    """A text of the frame, broken into lines."""

    text: str
    fontsize: float
    weight: str
    colour: str

    @classmethod
    def broken(
        cls,
        text: str,
        scale: float,
        weight: str,
        colour: str,
        *,
        lang: Language,
        size: Size,
        width: float,
    ) -> _Line:
        """Break a text into lines of a width in points."""
        fontsize = scale * size.font
        return cls(wrap(text, lang, width, fontsize, weight), fontsize, weight, colour)

    @property
    def height(self) -> float:
        return lines_height(self.text, self.fontsize)


def title_lines(title: str, lang: Language, size: Size) -> list[str]:
    """Return the lines in which a title heads a figure of a size, before preparation."""
    width = size.width * POINTS_PER_INCH - 2 * MARGIN_EM * size.font
    return _Line.broken(title, *TITLE, lang=lang, size=size, width=width).text.split("\n")


@contextmanager
def framed(
    figure: Figure,
    lang: Language,
    size: Size,
    title: str,
    subtitle: str,
    credit: str,
    kicker: str = "",
) -> Iterator[Figure]:
    """Hold a figure framed and laid out while the context lasts; after it, as it was before.

    The figure grows by what the texts need, or the drawing yields to them where the height of the
    size is fixed. The layout is fixed, so that every writing of the
    figure, in whatever format, is of the same picture.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Figure made by :func:`helpers.theme.canvas`; drawn on all of its area.
    lang : Language
        Language of the figure.
    size : Size
        Size of the figure.
    title, subtitle, credit : str
        Text before preparation, in the language of the figure; an empty one takes no room.
    kicker : str
        Subject, in small type above a title that says what the figure shows; none if empty.
    """
    with style(lang, size), _restored(figure):
        margin = MARGIN_EM * size.font
        width, body = figure.get_size_inches() * POINTS_PER_INCH
        head, foot = _words(lang, size, width, (kicker, title, subtitle, credit))
        above, below = _heights(size, head, foot)
        if size.fixed:
            body = size.height * POINTS_PER_INCH - above - below
        total = body + above + below
        figure.set_size_inches(width / POINTS_PER_INCH, total / POINTS_PER_INCH)
        y = total - margin
        for each in head:
            _write(figure, lang, margin, y, each, "top")
            y -= each.height
        if foot.text:
            _write(figure, lang, margin, margin / 2, foot, "bottom")
        set_line_pitch(figure)
        side = margin / width
        _lay_out(figure, (side, below / total, 1 - 2 * side, body / total))
        yield figure


def frame_heights(
    figure: Figure,
    lang: Language,
    size: Size,
    title: str,
    subtitle: str,
    credit: str,
    kicker: str = "",
) -> tuple[float, float]:
    """Return the points that the texts of a frame take above a drawing, and below it.

    A page that says them itself shows the drawing between them alone. The parameters are those of
    :func:`framed`.
    """
    width = float(figure.get_size_inches()[0]) * POINTS_PER_INCH
    return _heights(size, *_words(lang, size, width, (kicker, title, subtitle, credit)))


def _words(
    lang: Language, size: Size, width: float, texts: tuple[str, str, str, str]
) -> tuple[list[_Line], _Line]:
    """Return the texts above a drawing of a width in points, those that are, and the one below."""
    kicker, title, subtitle, credit = texts
    margin = MARGIN_EM * size.font
    line = functools.partial(_Line.broken, lang=lang, size=size, width=width - 2 * margin)
    head = [
        line(kicker, KICKER_SIZE, "bold", "grey"),
        line(title, *TITLE),
        line(subtitle, SUBTITLE_SIZE, "normal", "grey"),
    ]
    return [each for each in head if each.text], line(credit, CREDIT_SIZE, "normal", "grey")


def _heights(size: Size, head: list[_Line], foot: _Line) -> tuple[float, float]:
    margin = MARGIN_EM * size.font
    above = margin + sum(each.height for each in head) + 0.5 * size.font if head else EDGE
    return above, margin + foot.height if foot.text else EDGE


@contextmanager
def on_a_slide(figure: Figure, lang: Language, size: Size) -> Iterator[Figure]:
    """Hold a figure as a slide shows it under a title of its own; after it, as it was before.

    It has the width of the slide and its share of the height, and no words round it.
    """
    part = replace(size, height=SLIDE_SHARE * size.height)
    with framed(figure, lang, part, "", "", "") as drawing:
        yield drawing


@contextmanager
def unframed(figure: Figure, lang: Language, size: Size) -> Iterator[Figure]:
    """Hold a figure laid out without title and credit line; after the context, as it was before."""
    with style(lang, size), _restored(figure):
        _lay_out(figure, (0.0, 0.0, 1.0, 1.0))
        yield figure


def _write(
    figure: Figure, lang: Language, margin: float, height: float, line: _Line, va: str
) -> None:
    """Write a text of the frame at the start side, at a height in points."""
    width, total = figure.get_size_inches() * POINTS_PER_INCH
    x = 1 - margin / width if lang.is_rtl else margin / width
    look: dict[str, Any] = {
        "fontsize": line.fontsize,
        "weight": line.weight,
        "color": PALETTE[line.colour],
        "gid": f"{FRAME}{len(figure.texts)}",
    }
    figure.text(x, height / total, drawn(line.text, lang), ha=lang.start, va=va, **look)


def _lay_out(figure: Figure, room: tuple[float, float, float, float]) -> None:
    """Lay the Axes out in a room of the figure, and keep them there."""
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(rect=room)
        for _ in range(LAYOUT_PASSES):
            engine.execute(figure)
    # As "none" it would leave another engine in its place, for which each file is drawn twice.
    figure.set_layout_engine(None)
    for axes in figure.axes:
        # The solver of the layout leaves last bits that differ from one run to the next.
        bounds = (round(part, PLACE_DECIMALS) for part in axes.get_position().bounds)
        axes.set_position(Bbox.from_bounds(*bounds))


@contextmanager
def _restored(figure: Figure) -> Iterator[None]:
    """Give a figure back its size, its texts and its layout when the context ends."""
    size, texts, engine = figure.get_size_inches().copy(), list(figure.texts), None
    engine = figure.get_layout_engine()
    places = [(axes, axes.get_position(original=True)) for axes in figure.axes]
    try:
        yield
    finally:
        for text in [text for text in figure.texts if text not in texts]:
            text.remove()
        figure.set_size_inches(*size)
        for axes, place in places:
            axes.set_position(place)
            axes.set_in_layout(True)
        figure.set_layout_engine(engine)
