"""A picture as a part of a page: real text, colours of the page, marks that are links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib.figure import Figure

from helpers import arabic
from helpers.theme.frame import FRAME
from helpers.theme.maps import BORDER, COAST, TINTS
from helpers.theme.palette import PALETTE, shade_mixture
from helpers.theme.save import encoded

Element = ET.Element
SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
# What the file says of itself; the page has styles of its own, and a ground.
LEFT_OUT, GROUND = ("metadata", "style"), "patch_1"
NUMBER = re.compile(r"-?\d+\.\d+")
PIECE = re.compile(r"([MLCQz])([^MLCQz]*)")
SPACE_BEFORE_SIGN = re.compile(" -")
UNTURNED = re.compile(r"rotate\(-?0 [^)]*\)")
HUE = re.compile(r"#[0-9a-f]{6}\b")
EMBEDDED = re.compile(f"^{arabic.RIGHT_TO_LEFT_EMBEDDING}(.*){arabic.POP_EMBEDDING}$", re.DOTALL)
# What the page says for all text, or for none.
UNSAID = re.compile(r"font-family: [^;]*;? ?|stroke-linejoin: round;? ?|text-anchor: start;? ?")
OTHER_SIDE = {"start": "end", "end": "start"}
ANCHOR = re.compile(r"text-anchor: (start|end)")
# What a mark is labelled with has the id of the mark, and one of these after it.
LABELS = re.compile(r"-(?:text|note)$")
# Of a point; outlines of a map are long, and a tenth of a point is less than the eye can part.
DECIMALS, LONG_DECIMALS, LONG = 2, 1, 600
ROLES = {"border": BORDER, "coast": COAST} | TINTS | PALETTE
PROPERTIES = {hue.lower(): f"var(--summit-{name},{hue.lower()})" for name, hue in ROLES.items()}


def linked(
    figure: Figure,
    marks: Mapping[str, str],
    targets: Mapping[str, tuple[str, str]],
    frame: tuple[float, float] = (0.0, 0.0),
) -> bytes:
    """Return a figure as SVG that a page can hold: text as text, colours as properties of the page.

    Each mark is wrapped, with its label, in a link whose address is ``kind:id``, as its chart says;
    who makes a page puts the address of the book in its place. The page has a ground of its own,
    and says what stands in the frame.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Figure made by :func:`helpers.theme.canvas`, in the style that it was drawn in.
    marks : mapping of str to str
        What each mark says, by its ``gid``.
    targets : mapping of str to (str, str)
        Kind and id of what each mark stands for.
    frame : (float, float)
        Points that the texts of the frame take above and below the drawing, which are left out.

    Raises
    ------
    ValueError
        If a mark stands for nothing, or is not in the drawing; the message names it.
    """
    if aimless := sorted(marks.keys() - targets.keys()):
        raise ValueError(f"marks without a target: {', '.join(aimless)}")
    root = ET.fromstring(_drawn(figure))
    _tidy(root, frame)
    links = _wrapped(root, marks, targets)
    if missing := sorted(marks.keys() - links):
        raise ValueError(f"marks that are not in the drawing: {', '.join(missing)}")
    _gather_labels(root, links)
    _flatten(root)
    return ET.tostring(root, encoding="unicode").encode("utf-8")


def _drawn(figure: Figure) -> bytes:
    """Return the SVG of matplotlib; an engine that reverses Arabic keeps to outlines."""
    with mpl.rc_context({"svg.fonttype": "none" if arabic.native_shaping() else "path"}):
        return encoded(figure, "svg")


def _wrapped(
    root: Element, marks: Mapping[str, str], targets: Mapping[str, tuple[str, str]]
) -> dict[str, Element]:
    """Wrap each mark in a link; return the links by the ids of their marks."""
    links: dict[str, Element] = {}
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            gid = child.get("id", "")
            if gid in marks and gid not in links:
                links[gid] = parent[place] = _link(child, marks[gid], targets[gid])
    return links


def _gather_labels(root: Element, links: Mapping[str, Element]) -> None:
    """Put the label of a mark into its link, so that both are one thing to point at."""
    for parent in list(root.iter()):
        for child in list(parent):
            gid = child.get("id", "")
            mark = LABELS.sub("", gid)
            if mark != gid and mark in links and gid not in links:
                parent.remove(child)
                links[mark].append(child)


def _link(mark: Element, says: str, target: tuple[str, str]) -> Element:
    link = ET.Element("a", {"href": ":".join(target)})
    ET.SubElement(link, "title").text = says
    link.append(mark)
    return link


def _tidy(root: Element, frame: tuple[float, float]) -> None:
    """Drop what a page has no need of, shorten numbers, and name colours by their role."""
    for parent in list(root.iter()):
        for child in list(parent):
            own = child.get("id", "")
            if child.tag.removeprefix(SVG) in LEFT_OUT or own == GROUND or own.startswith(FRAME):
                parent.remove(child)
    for node in root.iter():
        node.tag = node.tag.removeprefix(SVG)
        if node.tag == "text":
            _set_text(node)
        node.text = (node.text or "").strip() or None
        node.tail = None
        for name, value in list(node.attrib.items()):
            del node.attrib[name]
            if kept := _attribute(name, value):
                node.set(name.removeprefix(XLINK), kept)
    width, height = (float(root.get(name, "").removesuffix("pt")) for name in ("width", "height"))
    above, below = frame
    sides = (above, width, height - above - below)
    root.attrib = {"viewBox": " ".join(["0", *(_short(side, DECIMALS) for side in sides)])}


def _attribute(name: str, value: str) -> str:
    """Return what an attribute is to say; nothing if it may go."""
    if name == "style":
        short = UNSAID.sub("", value).replace(": ", ":").replace("; ", ";").strip("; ")
        value = HUE.sub(lambda hue: _colour(hue[0]), short)
    if name == "transform":
        value = UNTURNED.sub("", value).strip()
    decimals = LONG_DECIMALS if len(value) > LONG else DECIMALS
    if name == "d":
        return _steps(value, decimals)
    if name in ("id", "href"):
        return value
    return NUMBER.sub(lambda number: _short(float(number[0]), decimals), value)


def _steps(path: str, decimals: int) -> str:
    """Return a path with each point counted from the one before: fewer digits, the same line.

    Examples
    --------
    >>> _steps("M 100.123 50 L 101.5 50 z", 1)
    'm100.1 50l1.4 0z'
    """
    at, start, written, last = (0, 0), (0, 0), [], ""
    for command, given in PIECE.findall(path):
        numbers = [round(float(number) * 10**decimals) for number in given.split()]
        points = list(zip(numbers[::2], numbers[1::2], strict=True)) or [start]
        steps = [
            _short((point[axis] - at[axis]) / 10**decimals, decimals)
            for point in points[: len(numbers) // 2]
            for axis in (0, 1)
        ]
        # A letter that is not repeated stands for all that follow; after a move they are lines.
        letter = command.lower()
        written.append(" " if letter == last and letter in "lcq" else letter)
        written.append(" ".join(steps))
        at, last = points[-1], letter
        start = at if letter == "m" else start
    return SPACE_BEFORE_SIGN.sub("-", "".join(written))


def _short(number: float, decimals: int) -> str:
    text = f"{number:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _colour(hue: str) -> str:
    """Return a colour as the page has it: a role of the palette, or a shade between two."""
    if hue in PROPERTIES:
        return PROPERTIES[hue]
    mixture = shade_mixture(hue)
    if mixture is None:
        return hue
    part, share = mixture
    ends = f"var(--summit-{part}-last) {share}%,var(--summit-{part}-first)"
    return f"color-mix(in srgb,{ends})"


def _set_text(node: Element) -> None:
    """Let the page's attributes say the direction that characters say to matplotlib."""
    found = EMBEDDED.match(node.text or "")
    if not found:
        return
    node.text = found[1]
    style = node.get("style", "")
    if "text-anchor" not in style:
        style += "; text-anchor: start"  # as matplotlib writes the lines of a longer text
    anchored = ANCHOR.sub(lambda side: f"text-anchor: {OTHER_SIDE[side[1]]}", style)
    node.set("style", anchored)
    node.set("class", "rtl")


def _flatten(root: Element) -> None:
    """Drop ids that nothing refers to, and groups that say nothing."""
    text = "".join(_references(root))
    for node in root.iter():
        if node.get("id") and f"#{node.get('id')}" not in text:
            del node.attrib["id"]
    _unwrap(root)


def _references(root: Element) -> Iterator[str]:
    for node in root.iter():
        yield from (f"{value} " for name, value in node.attrib.items() if name != "id")


def _unwrap(node: Element) -> None:
    held: list[Element] = []
    for child in list(node):
        _unwrap(child)
        bare = child.tag == "g" and not child.attrib
        held += list(child) if bare else [child]
    node[:] = held
