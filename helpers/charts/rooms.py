"""Room for words, asked from the words as they will be drawn, before there is a drawing."""

from __future__ import annotations

from collections.abc import Iterable

from helpers import theme
from helpers.language import Language

BETWEEN_NAMES = 0.4  # ems between the names of two rows, where they set the height of the rows


def broken(names: Iterable[str], lang: Language, size: theme.Size, width: float) -> list[str]:
    """Return the names of rows in lines of so many points at reading size, not prepared."""
    small = theme.SMALL_SIZE * size.font
    return [theme.wrap(name, lang, width * size.scale, small) for name in names]


def row_height(names: Iterable[str], least: float, size: theme.Size) -> float:
    r"""Return the height of a row in inches at reading size, enough for the tallest of the names.

    Parameters
    ----------
    names : iterable of str
        Names of the rows, in lines.
    least : float
        Inches at reading size that a row has at least.
    size : Size
        Size of the chart.

    Examples
    --------
    >>> from helpers.theme import size_named
    >>> row_height(["one"], 0.4, size_named("reading"))
    0.4
    >>> row_height(["one", "in\nfour\nshort\nlines"], 0.4, size_named("reading")) > 0.7
    True
    """
    small = theme.SMALL_SIZE * size.font
    points = max((theme.lines_height(name, small) for name in names), default=0.0)
    inches = points / theme.POINTS_PER_INCH / size.scale
    gap = BETWEEN_NAMES * size.font / theme.POINTS_PER_INCH / size.scale
    return least if inches <= least else inches + gap


def widest(texts: Iterable[str], lang: Language, fontsize: float, weight: str = "normal") -> float:
    r"""Return the points that the widest line of some texts takes, which are not prepared yet.

    Examples
    --------
    >>> lang = Language("en")
    >>> widest(["a", "longer"], lang, 10) == widest(["longer\na"], lang, 10) > 0
    True
    """
    lines = [line for text in texts for line in text.split("\n")]
    drawn = [theme.drawn(line, lang) for line in lines]
    return max((theme.text_width(line, fontsize, weight) for line in drawn), default=0.0)
