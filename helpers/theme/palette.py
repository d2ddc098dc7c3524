"""Colours and proportions of type: plain values, from which style sheets can be written too."""

from __future__ import annotations

FAMILY = "IBM Plex Sans Arabic"
FALLBACK = "DejaVu Sans"

# Five hues that stay apart under the three simulated colour deficiencies (least Delta E 24), and
# neutrals. Amber is a fill only: as a line on white it is too light.
PALETTE = {
    "navy": "#0B3C6F",
    "amber": "#E69F00",
    "maroon": "#750A15",
    "violet": "#A17EF6",
    "rose": "#E1265B",
    "gold": "#8F6200",
    "ink": "#1D2129",
    "grey": "#5B616B",
    "light": "#C9CED6",
    "faint": "#EEF0F3",
    "paper": "#FFFFFF",
}
# Edge of a mark filled with a hue that is too light to stand alone.
EDGES = {"amber": "ink"}
# Hue of a line where the hue of a fill is too light.
LINES = {"amber": "gold"}

LINE_PITCH_EM = 1.4
# Of the base size.
TITLE_SIZE, SUBTITLE_SIZE, KICKER_SIZE, SMALL_SIZE, CREDIT_SIZE = 1.3, 0.95, 0.85, 0.82, 0.75
MARGIN_EM = 0.7

# Ends of the ramp of one hue, and the part of it between them on which neither ink nor paper can
# be read (a contrast below 4.5): shades step over it.
LEAST_SHADE, FULL_SHADE = "#E4ECF5", "#0B3C6F"
UNREADABLE = (0.54, 0.66)


def ink_on(fill: str) -> str:
    """Return the colour of type that reads better on a fill: ink or paper (WCAG contrast).

    Examples
    --------
    >>> ink_on("#0B3C6F"), ink_on("#E69F00")
    ('#FFFFFF', '#1D2129')
    """
    return max((PALETTE["ink"], PALETTE["paper"]), key=lambda ink: contrast(fill, ink))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG, from 1 to 21.

    Examples
    --------
    >>> contrast("#FFFFFF", "#000000")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return round((light + 0.05) / (dark + 0.05), 3)


def shade(share: float) -> str:
    """Return the shade of a share from 0 to 1: more is darker, and type can be read on each.

    Examples
    --------
    >>> shade(0), shade(1)
    ('#E4ECF5', '#0B3C6F')
    """
    first, last = UNREADABLE
    readable = 1 - (last - first)
    place = share * readable
    if place > first:
        place += last - first
    return _mixed(LEAST_SHADE, FULL_SHADE, place)


def shade_mixture(hue: str) -> tuple[str, int] | None:
    """Return the part of the ramp that a shade lies in, and its place there in per cent.

    Parts are ``low`` (type on it is ink) and ``high`` (paper); None for what is no shade.

    Examples
    --------
    >>> shade_mixture(shade(0)), shade_mixture(shade(1)), shade_mixture("#E69F00")
    (('low', 0), ('high', 100), None)
    """
    first, last = _channels(LEAST_SHADE)[0], _channels(FULL_SHADE)[0]
    place = (first - _channels(hue)[0]) / (first - last)
    near = _channels(_mixed(LEAST_SHADE, FULL_SHADE, min(max(place, 0), 1)))
    # A channel of a shade is rounded, so that the others follow from it but for one step.
    if any(abs(one - other) > 1 for one, other in zip(near, _channels(hue), strict=True)):
        return None
    low, high = UNREADABLE
    if place <= low:
        return "low", round(100 * place / low)
    return "high", round(100 * max(place - high, 0) / (1 - high))


def shade_ends() -> dict[str, str]:
    """Return the first and the last shade of both parts of the ramp."""
    low, high = (_mixed(LEAST_SHADE, FULL_SHADE, edge) for edge in UNREADABLE)
    return {
        "low-first": LEAST_SHADE,
        "low-last": low,
        "high-first": high,
        "high-last": FULL_SHADE,
    }


def line_colour(name: str) -> str:
    """Return the colour for a line in a hue of the palette, darkened where a fill is too light."""
    return PALETTE[LINES.get(name, name)]


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _mixed(one: str, other: str, part: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
