"""Files of pictures, the same to the byte whenever the same figure is written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from matplotlib import patheffects
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from helpers.errors import suggestion
from helpers.theme.sizes import POINTS_PER_INCH
from helpers.theme.text import text_extent

PNG_COLOURS = 256

# What a file would otherwise say of the day and the program that made it.
UNDATED: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}
FORMATS = ("png", *UNDATED)


def encoded(figure: Figure, kind: str) -> bytes:
    """Return a figure as the bytes of a file, without date or version in it.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Figure made by :func:`helpers.theme.canvas`, in the style that it was drawn in.
    kind : {"png", "svg", "pdf"}
        Format.

    Raises
    ------
    ValueError
        If the format is unknown; the message names those that are known.
    """
    if kind not in FORMATS:
        raise ValueError(
            f"unknown format {kind!r}; known: {', '.join(FORMATS)}{suggestion(kind, FORMATS)}"
        )
    if kind == "png":
        return _png(figure)
    if kind == "svg":
        return _svg(figure)
    file = io.BytesIO()
    with _outlined(figure):
        figure.savefig(file, format=kind, metadata=UNDATED[kind])
    return file.getvalue()


class _Renderer(RendererSVG):
    """Takes the extent of a line as it was measured for whatever picture came first."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | Literal["TeX"]
    ) -> tuple[float, float, float]:
        if ismath:
            return tuple(super().get_text_width_height_descent(s, prop, ismath))  # type: ignore[no-untyped-call]  # matplotlib does not type it
        return text_extent(s, prop)


def _svg(figure: Figure) -> bytes:
    """Return an SVG, as ``savefig`` writes it, with lines that may have been measured before."""
    file, dpi = io.StringIO(), figure.dpi
    width, height = figure.get_size_inches() * POINTS_PER_INCH
    renderer = _Renderer(width, height, file, image_dpi=dpi, metadata=UNDATED["svg"])  # type: ignore[no-untyped-call]  # nor this
    figure.dpi = POINTS_PER_INCH
    try:
        figure.draw(renderer)
        renderer.finalize()  # type: ignore[no-untyped-call]  # nor this
    finally:
        figure.dpi = dpi
    return file.getvalue().encode("utf-8")


def _png(figure: Figure) -> bytes:
    """Return a PNG with a palette: a third of the size, as notebooks keep their pictures."""
    from PIL import Image  # noqa: PLC0415 - only what draws a picture waits for it

    canvas = figure.canvas
    if not isinstance(canvas, FigureCanvasAgg):
        raise TypeError("expected a figure made by helpers.theme.canvas")
    canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib does not type it
    size, pixels = canvas.get_width_height(), canvas.buffer_rgba()  # type: ignore[no-untyped-call]  # nor these
    picture = Image.frombuffer("RGBA", size, pixels).convert("RGB")
    picture = picture.quantize(PNG_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    picture.save(file, "png")
    return file.getvalue()


@contextmanager
def _outlined(figure: Figure) -> Iterator[None]:
    """Draw text as outlines: in a PDF, matplotlib 3.11 shifts what follows a zero-width mark."""
    texts = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    effects = [text.get_path_effects() for text in texts]
    for text, own in zip(texts, effects, strict=True):
        text.set_path_effects(own or [patheffects.Normal()])
    try:
        yield
    finally:
        for text, own in zip(texts, effects, strict=True):
            text.set_path_effects(own)
