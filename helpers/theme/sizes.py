"""Sizes of figures: for reading on a page, for projecting on a wall."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.errors import suggestion

POINTS_PER_INCH = 72
PIXELS_PER_INCH = 144  # of pictures
CSS_PIXELS_PER_INCH = 96


@dataclass(frozen=True)
class Size:
    """A size of figures.

    Attributes
    ----------
    width, height : float
        Inches; charts with many rows grow taller, unless the height is fixed.
    font : float
        Base size of type in points.
    fixed : bool
        Whether every picture, with title and credit line, is of this height: a wall does not grow.
    """

    width: float
    height: float
    font: float
    fixed: bool = False

    @property
    def scale(self) -> float:
        """Ratio to the reading size, for lengths given in points or inches at that size."""
        return self.font / SIZES["reading"].font


SIZES = {"reading": Size(8, 4.5, 12), "projecting": Size(40 / 3, 7.5, 18, True)}


def size_named(name: str) -> Size:
    """Return a size by name.

    Raises
    ------
    ValueError
        If the name is unknown; the message names those that are known.

    Examples
    --------
    >>> size_named("reading").width
    8
    """
    if name not in SIZES:
        raise ValueError(
            f"unknown size {name!r}; known: {', '.join(SIZES)}{suggestion(name, SIZES)}"
        )
    return SIZES[name]
