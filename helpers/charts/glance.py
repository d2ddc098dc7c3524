"""The whole report as cells, passage by passage (figure ``report-at-a-glance``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from helpers import theme
from helpers.charts.base import (
    Chart,
    Row,
    Sheet,
    drawing,
    drawn_at_any_size,
    grouped,
    in_order,
    records,
)
from helpers.charts.findings import leader
from helpers.charts.rooms import broken, widest
from helpers.data import codes, codes_where
from helpers.language import Language

LINE_HEIGHT = 0.34  # inches at reading size
LABEL_WIDTH = 110  # points at reading size
CELLS, WALL_CELLS = 25, 29  # in a line, for reading and where the height is fixed
PARAGRAPH_GAP = 0.45  # cells
SECTION_GAP = 0.3  # lines
CELL, ROUND = 0.88, 0.12  # side and corner, in cells
EMPTY = 0.3  # ems, across a mark for a passage without claims
LEAST_GLYPH, GLYPH_STEP = 0.4, 0.1  # ems, and more for each step of severity
KEY_GAP, KEY_LINE = 0.4, 1.15  # lines above the key and from one of its lines to the next
KEY_COLUMNS = 3
KEY_LABEL_GAP, KEY_APART = 0.3, 0.6  # ems between a cell and its words, and before the next entry
FEWEST = 4  # passages with claims, for a section to be compared with others
Placed = tuple[float, float, Row]


@dataclass(frozen=True)
class Look:
    """Colours of a cell and its glyph, with the size of the glyph in ems; none without a marker."""

    face: str
    edge: str
    glyph: str = ""
    marker: str = ""
    size: float = 0.0


@dataclass(frozen=True)
class Entry:
    """A verdict in the key: its code, whether all of it is of low confidence, what it says."""

    verdict: str | None
    weak: bool
    label: str


@drawn_at_any_size
def report_at_a_glance(passages: pd.DataFrame, lang: Language, size: str = "reading") -> Chart:
    """Draw every passage as a cell, section by section, with the worst verdict of its claims.

    The passages of a paragraph stand together. Colour and shape both tell the verdict; a passage
    without claims is left empty, one whose verdict is of low confidence is hollow.

    Parameters
    ----------
    passages : pandas.DataFrame
        As :func:`helpers.data.passage_verdicts` returns it.
    lang : Language
        Language of the chart.
    size : {"reading", "projecting"}
        Size of the chart.

    Returns
    -------
    Chart
        Its texts have the fields ``passages``, for each verdict by its code how many passages
        stand so, ``silent`` (without claims), ``checkable`` (of whose claims one at least could be
        checked), and as its finding ``firmest`` and ``openest``: the section with the largest share
        of confirmed passages, and of such as no record could settle.
    """
    passages = in_order(passages, "section_order", "reading_order")
    cells = WALL_CELLS if theme.size_named(size).fixed else CELLS
    lines = list(_lines(passages, cells))
    height = lines[-1][1] + 1 if lines else 1
    key = _key_entries(passages, lang)
    columns = _key_columns(passages, key, theme.size_named(size), lang, cells)
    more = -(-len(key) // columns) - -(-len(key) // KEY_COLUMNS)
    with drawing(lang, size, LINE_HEIGHT * (max(height, 2) + 3 + KEY_LINE * more)) as sheet:
        if sheet.has(passages):
            last = _key(sheet, key, height + KEY_GAP, cells, columns)
            _draw(sheet, lines, last, cells)
    return sheet.chart(_fields(passages, lang))


def _lines(passages: pd.DataFrame, cells: int) -> Iterator[Placed]:
    """Give each passage its place, counted in cells from the start and in lines from the top.

    Paragraphs of a single passage that follow each other, as in a list, stand without a gap.
    """
    line = 0.0
    for of_section in grouped(passages, "section_id").values():
        at, single = 0.0, True
        for paragraph in grouped(pd.DataFrame(of_section), "paragraph").values():
            alone = len(paragraph) == 1
            at += PARAGRAPH_GAP if at and not (single and alone) else 0.0
            if at + len(paragraph) > cells:
                at, line = 0.0, line + bool(at)
            for row in paragraph:
                if at + 1 > cells:
                    at, line = 0.0, line + 1
                yield at, line, row
                at += 1
            single = alone
        line += 1 + SECTION_GAP


def _draw(sheet: Sheet, lines: list[Placed], last: float, cells: int) -> None:
    lang, axes = sheet.lang, sheet.ax
    heads: dict[str, tuple[float, str]] = {}
    for at, line, row in lines:
        heads.setdefault(row["section_id"], (line + 0.5, lang.pick(row, "section")))
        gid = sheet.mark(row["passage_id"], _says(row, lang), ("passages", row["passage_id"]))
        _cell(sheet, (at, line), _look_of(row), gid)
    labels = [sheet.draw(sheet.wrapped(name, LABEL_WIDTH)) for _, name in heads.values()]
    axes.set_yticks([y for y, _ in heads.values()], labels)
    axes.set_xticks([])
    theme.bare(axes)
    theme.limits(axes, 0, cells, lang)
    axes.set_ylim(last + 1, 0)


def _cell(sheet: Sheet, place: tuple[float, float], look: Look, gid: str) -> None:
    """Draw a cell with its glyph; a small ring if there is nothing to be said of it."""
    (at, line), gap = place, (1 - CELL) / 2
    edge: dict[str, Any] = {"linewidth": 1.0 * sheet.scale, "gid": gid, "zorder": 2}
    if not look.marker:
        ring = {"markersize": EMPTY * sheet.size.font, "markeredgewidth": 1.2 * sheet.scale}
        _glyph(sheet, place, "o", look.face, markeredgecolor=look.edge, gid=gid, **ring)
        return
    box = f"round,pad=0,rounding_size={ROUND}"
    colours: dict[str, Any] = {"facecolor": look.face, "edgecolor": look.edge}
    corner = (at + gap, line + gap)
    sheet.ax.add_patch(FancyBboxPatch(corner, CELL, CELL, boxstyle=box, **colours, **edge))
    size = {"markersize": look.size * sheet.size.font, "markeredgewidth": 0}
    _glyph(sheet, place, look.marker, look.glyph, **size)


def _glyph(sheet: Sheet, place: tuple[float, float], marker: str, colour: str, **more: Any) -> None:
    # There are many: `plot` would measure the axes, whose limits are set, anew for each.
    at, line = place
    look: dict[str, Any] = {"marker": marker, "markerfacecolor": colour, "linestyle": "none"}
    sheet.ax.add_artist(Line2D([at + 0.5], [line + 0.5], **look, zorder=3, **more))


def _verdict_of(row: Row) -> str | None:
    return row["verdict"] if isinstance(row["verdict"], str) else None


def _look_of(row: Row) -> Look:
    verdict = _verdict_of(row)
    return _look(verdict, verdict is not None and bool(row["weak"]))


def _look(verdict: str | None, weak: bool) -> Look:
    """Return what a cell looks like; what weighs more has a larger glyph."""
    paper, quiet = theme.PALETTE["paper"], theme.PALETTE["light"]
    if verdict is None:
        return Look(paper, quiet)
    code = codes("checks", "verdict")[verdict]
    colour, size = theme.PALETTE[code["colour"]], LEAST_GLYPH + GLYPH_STEP * code["severity"]
    if weak:
        return Look(paper, colour, colour, code["marker"], size)
    glyph = theme.PALETTE["grey"] if code.get("beyond_checks") else theme.ink_on(colour)
    return Look(colour, colour, glyph, code["marker"], size)


def _says(row: Row, lang: Language) -> str:
    """Return place and verdict of a passage, and the claim that the verdict is of."""
    numbers = f"{lang.number(row['paragraph'])}.{lang.number(row['sentence'])}"
    place, verdict = f"{lang.pick(row, 'section')} {numbers}", _verdict_of(row)
    if verdict is None:
        kind = lang.label("passages", "kind", row["kind"])
        return f"{place}: {lang.phrase('passage-without-claims', kind=kind)}"
    label = lang.label("checks", "verdict", verdict)
    return f"{place}: {label} – {lang.pick(row, 'text')}"


def _key_entries(passages: pd.DataFrame, lang: Language) -> list[Entry]:
    """Return what the cells mean, and how many of each there are."""
    rows = records(passages)
    told = Counter(map(_verdict_of, rows))
    weak = {name for name in told if all(row["weak"] for row in rows if _verdict_of(row) == name)}
    entries = []
    for name in (*codes("checks", "verdict"), None):
        low, text = name is not None and name in weak, lang.phrase("without-claims")
        if name is not None:
            text = lang.label("checks", "verdict", name)
            text = lang.phrase("low-confidence", value=text) if low else text
        if told[name]:
            entries.append(Entry(name, low, f"{text}: {lang.number(told[name])}"))
    return entries


def _key_columns(
    passages: pd.DataFrame, key: list[Entry], size: theme.Size, lang: Language, cells: int
) -> int:
    """Return how many entries of the key stand side by side, as far as their words have room."""
    names = broken(passages[lang.column("section")].unique(), lang, size, LABEL_WIDTH)
    small = theme.SMALL_SIZE * size.font
    margins = 2 * size.font
    room = size.width * theme.POINTS_PER_INCH - margins - widest(names, lang, small)
    words = widest([entry.label for entry in key], lang, small)
    entry = words + room / cells + KEY_APART * size.font
    return max(1, min(KEY_COLUMNS, int(room / entry)))


def _key(sheet: Sheet, key: list[Entry], line: float, cells: int, columns: int) -> float:
    """Say below the report what the cells mean; return the last line."""
    for number, entry in enumerate(key):
        place = (cells / columns * (number % columns), line + KEY_LINE * (number // columns))
        gid = f"key-{entry.verdict or 'silent'}"
        _cell(sheet, place, _look(entry.verdict, entry.weak), gid)
        middle = (place[0] + 1, place[1] + 0.5)
        sheet.beside(entry.label, middle, KEY_LABEL_GAP * sheet.size.font, fontsize=sheet.small)
    return line + KEY_LINE * ((len(key) - 1) // columns)


def _fields(passages: pd.DataFrame, lang: Language) -> dict[str, object]:
    verdicts = passages["verdict"].astype("object")
    counts = {name: int((verdicts == name).sum()) for name in codes("checks", "verdict")}
    (beyond,) = codes_where("checks", "verdict", beyond_checks=True)
    told = int(verdicts.notna().sum())
    (confirmed,) = codes_where("checks", "verdict", agrees=True)
    return {
        "passages": lang.number(len(passages)),
        **{name: lang.number(count) for name, count in counts.items()},
        "silent": lang.number(len(passages) - told),
        "checkable": lang.number(told - counts[beyond]),
        "firmest": _section_with_most(passages, confirmed, lang),
        "openest": _section_with_most(passages, beyond, lang),
    }


def _section_with_most(passages: pd.DataFrame, verdict: str, lang: Language) -> str | None:
    """Return the section with the largest share of a verdict among its passages with claims."""
    told = passages[passages["verdict"].notna()]
    shares = {
        str(rows[lang.column("section")].iloc[0]): float((rows["verdict"] == verdict).mean())
        for _, rows in told.groupby("section_id")
        if len(rows) >= FEWEST
    }
    return leader(shares)
