"""Arabic text for matplotlib.

The only place that prepares text for drawing, and the only importer of arabic-reshaper and
python-bidi. matplotlib 3.11 and later shapes and reorders Arabic itself; older versions draw
isolated letters from left to right. :func:`prepare` gives the right picture on both, so nothing
else in the project needs to know which engine is at work. Applying the classic recipe
``get_display(reshape(text))`` on top of it, or instead of it, is found by :func:`unprepared`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper
    from matplotlib.figure import Figure
    from matplotlib.text import Text

RIGHT_TO_LEFT_EMBEDDING = "\u202b"
LEFT_TO_RIGHT_EMBEDDING = "\u202a"
POP_EMBEDDING = "\u202c"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
# Hebrew, Arabic, Syriac and their kin: what is drawn from the right, and in order by no old engine.
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_DELETE_CONTROLS = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
_CONTROLS = re.compile("[" + "".join(map(chr, _DELETE_CONTROLS)) + "]")

# Runs that the bidirectional algorithm would tear apart in a right-to-left line: ISO dates, numbers
# with a sign, a percent or a currency sign, and tokens such as "GSP+".
_NUMBER = r"\d+(?:[.,]\d+)*"
_ISOLATED = re.compile(
    rf"""(?<![\w{LEFT_TO_RIGHT_ISOLATE}])(?:
        \d{{4}}-\d{{2}}(?:-\d{{2}})?
      | (?<![^\s(\[«])[+\-\u2212±][€$£]?{_NUMBER}(?:\s?[%‰٪])?
      | [€$£]\s?{_NUMBER}
      | {_NUMBER}\s?[%‰٪€$£]
      | [A-Za-z][\w.&/\-]*[+#]+
    )(?![\w{POP_ISOLATE}])""",
    re.ASCII | re.VERBOSE,
)

_MIRROR = dict(zip("()[]{}«»‹›<>≤≥", ")(][}{»«›‹><≥≤", strict=True))
_BRACKETS = re.escape("".join(_MIRROR))
_TAG = "\u034f"
_TAGGED_BRACKET = re.compile(f"{_TAG}([{_BRACKETS}])|([{_BRACKETS}]){_TAG}")


class PreparedText(str):
    """Text that :func:`prepare` has made ready for drawing.

    Attributes
    ----------
    logical : str
        The text before preparation, as it is stored and read.
    """

    logical: str

    def __new__(cls, drawn: str, logical: str) -> PreparedText:
        """Keep the logical text beside the drawn one."""
        self = super().__new__(cls, drawn)
        self.logical = logical
        return self

    def __str__(self) -> str:
        # matplotlib stores str(text); returning self keeps the mark on the artist.
        return self


@functools.cache
def native_shaping() -> bool:
    """Tell whether this matplotlib shapes Arabic itself (3.11 and later).

    The answer comes from behaviour, not from a version number: where lam and alef join, the pair is
    clearly narrower than the two letters apart.

    Examples
    --------
    >>> native_shaping() in {True, False}
    True
    """
    from matplotlib import font_manager  # noqa: PLC0415 - only who draws waits for it

    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    font.set_size(40, 72)

    def width(letters: str) -> int:
        font.set_text(letters, 0.0)
        return font.get_width_height()[0]

    return width("\u0644\u0627") < 0.85 * (width("\u0644") + width("\u0627"))


def has_arabic(text: str) -> bool:
    """Tell whether `text` holds an Arabic letter, ordinary or presentation form.

    Examples
    --------
    >>> has_arabic("قمة"), has_arabic("summit")
    (True, False)
    """
    return bool(_ARABIC.search(text))


def prepare(text: object, direction: str = "rtl") -> str:
    """Make text ready for matplotlib; the last step, after formatting and wrapping.

    Parameters
    ----------
    text : object
        Text in logical order; anything else is turned into text first. Lines are prepared one by
        one.
    direction : {"rtl", "ltr"}
        Base direction of the label. A line with Latin letters and none that run from the right,
        such as those of Arabic or Hebrew, is left as it is.

    Returns
    -------
    str
        A :class:`PreparedText`. Preparing it again returns it unchanged.

    Raises
    ------
    ValueError
        If `direction` is neither ``"rtl"`` nor ``"ltr"``.

    Examples
    --------
    >>> prepare("summit") == "summit"
    True
    >>> prepare(prepare("قمة")) == prepare("قمة")
    True
    """
    if direction not in ("rtl", "ltr"):
        raise ValueError(f"unknown direction {direction!r}; known: 'rtl', 'ltr'")
    if isinstance(text, PreparedText):
        return text
    logical = str(text)
    # Old engines lose the mark of a letter that comes in two parts, and draw soft hyphens.
    composed = unicodedata.normalize("NFC", logical).replace("\u00ad", "")
    lines = (_prepare_line(line, direction) for line in composed.split("\n"))
    return PreparedText("\n".join(lines), logical)


def restore(text: str) -> str:
    """Return the logical text behind a drawn one; the inverse of :func:`prepare`.

    Examples
    --------
    >>> restore(prepare("قمة المرفأ"))
    'قمة المرفأ'
    """
    return text.logical if isinstance(text, PreparedText) else text


def unprepared(figure: Figure) -> list[str]:
    """List the visible texts of a figure that run from the right and would be drawn wrongly.

    A text is listed if it holds Arabic or Hebrew and did not come out of :func:`prepare` (the
    classic recipe lands here too), if mathematical markup is on for it, or if it holds a control
    character on an engine that draws control characters as boxes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> raw = figure.text(0, 0, "قمة")
    >>> ready = figure.text(0, 1, prepare("مرفأ"), parse_math=False)
    >>> unprepared(figure)
    ['قمة']
    """
    figure.draw_without_rendering()  # ticks take their labels
    return [text.get_text() for text in _visible_texts(figure) if _is_wrong(text)]


def _is_wrong(text: Text) -> bool:
    drawn = text.get_text()
    if _FROM_THE_RIGHT.search(drawn) and (
        not isinstance(drawn, PreparedText) or text.get_parse_math()
    ):
        return True
    return not native_shaping() and bool(_CONTROLS.search(drawn))


def _visible_texts(figure: Figure) -> Iterator[Text]:
    from matplotlib.text import Text  # noqa: PLC0415 - as above

    texts = (text for text in figure.findobj(Text) if isinstance(text, Text))
    return (text for text in texts if text.get_visible() and text.get_text())


def _prepare_line(line: str, direction: str) -> str:
    if not _FROM_THE_RIGHT.search(line) and (direction == "ltr" or _LATIN.search(line)):
        return line if native_shaping() else line.translate(_DELETE_CONTROLS)
    line = _isolate(line) if direction == "rtl" else line
    if native_shaping():
        start = RIGHT_TO_LEFT_EMBEDDING if direction == "rtl" else LEFT_TO_RIGHT_EMBEDDING
        return f"{start}{line}{POP_EMBEDDING}"
    return _visual_order(line, direction)


def _isolate(line: str) -> str:
    if _CONTROLS.search(line):  # the writer has marked this line already
        return line
    return _ISOLATED.sub(lambda match: f"{LEFT_TO_RIGHT_ISOLATE}{match[0]}{POP_ISOLATE}", line)


def _visual_order(line: str, direction: str) -> str:
    """Shape and reorder one line for an engine that does neither."""
    # A combining mark after each bracket tells, from the side it lands on, whether the bracket was
    # reordered: python-bidi moves brackets but never mirrors them.
    tagged = re.sub(f"([{_BRACKETS}])", rf"\1{_TAG}", _reshaper().reshape(line))
    visual = _get_display()(tagged, base_dir="R" if direction == "rtl" else "L")
    mirrored = _TAGGED_BRACKET.sub(lambda m: _MIRROR[m[1]] if m[1] else m[2], visual)
    return mirrored.replace(_TAG, "").translate(_DELETE_CONTROLS)


@functools.cache
def _reshaper() -> ArabicReshaper:
    from arabic_reshaper import ArabicReshaper  # noqa: PLC0415 - the old engine alone needs it

    # Old engines cannot place harakat, and the ALLAH ligature swallows letters of other words.
    return ArabicReshaper(configuration={"delete_harakat": True, "ARABIC LIGATURE ALLAH": False})


@functools.cache
def _get_display() -> Callable[..., str]:
    from bidi import get_display  # noqa: PLC0415 - the compiled one; the Python one lacks isolates

    return cast("Callable[..., str]", get_display)
