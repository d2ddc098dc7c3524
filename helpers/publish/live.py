"""Pictures as parts of a page: each mark leads to where the book explains what it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from markupsafe import Markup

from helpers.data import codes, load
from helpers.paths import LIVE
from helpers.publish import facets
from helpers.publish.targets import Targets, mark_anchor, table_anchor, targets

REFERENCE = re.compile(r"url\(#([^)]+)\)")
DICTIONARY = "dictionary.html"
# Kind of what a mark stands for → table, key, and the columns that say where it is explained: the
# first that is filled, with the kind of its target.
RESTS_ON: dict[str, tuple[str, dict[str, str]]] = {
    "points": ("point_id", {"passage_id": "passages"}),
    "argument_links": ("link_id", {"passage_id": "passages", "from_point": "points"}),
    "commitments": ("commitment_id", {"claim_id": "claims"}),
    "events": ("event_id", {"claim_id": "claims"}),
    "later_events": ("event_id", {"source_id": "sources"}),
    "outcome_items": ("item_id", {"claim_id": "claims"}),
    "indicators": ("indicator_id", {"claim_id": "claims", "source_id": "sources"}),
    "agreement_stages": ("stage_id", {"claim_id": "claims", "source_id": "sources"}),
    "route_legs": ("leg_id", {"source_id": "sources"}),
    "places": ("place_id", {"source_id": "sources"}),
    "transit_times": ("time_id", {"source_id": "sources"}),
    "themes": ("theme_id", {}),
}
# What the pictures of the argument are made of, and what a page calls each.
ARGUED = {"points": "point", "argument_links": "link"}


class MarkError(LookupError):
    """A mark leads nowhere; the message names it."""


def targets_of_marks(known: Targets) -> Targets:
    """Return page and anchor of all that a mark may stand for, by kind.

    What has no entry of its own is explained where the report says it, or else where its source
    is; a theme or a kind of claims, by the list of these claims; what has none of this, by its
    table in the dictionary.

    Parameters
    ----------
    known : mapping
        Addresses of identifiers, as :func:`helpers.publish.targets.targets` returns them.
    """
    found = {**known}
    for table, (key, columns) in RESTS_ON.items():
        rest = f"{DICTIONARY}#{table_anchor(table)}"
        found[table] = {
            str(row[key]): _explained(row, columns, found) or rest
            for row in load(table).to_dict("records")
        }
    found["themes"] |= facets.CLAIMS.addresses("theme")
    kinds = dict.fromkeys(codes("claims", "kind"), known["tables"]["claims"])
    kinds |= facets.CLAIMS.addresses("kind")
    return {**found, "groups": {**kinds, **known["sections"]}}


def _explained(row: Mapping[object, object], columns: Mapping[str, str], known: Targets) -> str:
    addresses = (known[kind].get(str(row[column]), "") for column, kind in columns.items())
    return next(filter(None, addresses), "")


def picture(file: Path, known: Targets, about: Mapping[str, str]) -> Markup:
    """Return a picture as SVG for a page, each of its marks a link with a name.

    Parameters
    ----------
    file : Path
        Picture with links ``kind:id``, as :func:`helpers.theme.linked` makes it.
    known : mapping
        Addresses of all that a mark may stand for.
    about : mapping of str to str
        Further attributes, such as the name of the picture.

    Raises
    ------
    MarkError
        If a mark leads nowhere; the message names picture and mark.
    """
    root, name = ET.fromstring(file.read_bytes()), _figure_of(file)
    _rename(root, name)
    for claim, link in _resting_on_claims(root, known).items():
        link.set("id", mark_anchor(name, claim))
    for link in root.iter("a"):
        kind, identifier = _stands_for(link)
        address = known.get(kind, {}).get(identifier)
        if address is None:
            told = f"{identifier!r} of {kind!r}, which the book does not explain"
            raise MarkError(f"{name}: a mark stands for {told}")
        link.set("href", address)
        if kind in ARGUED:
            link.set(f"data-{ARGUED[kind]}", identifier)
        _widen(link)
    _put_points_first(root)
    root.attrib |= {"class": "live", "role": "group", **about}
    return Markup(ET.tostring(root, encoding="unicode"))


def _stands_for(link: ET.Element) -> tuple[str, str]:
    kind, _, identifier = link.get("href", "").partition(":")
    return kind, identifier


def _figure_of(file: Path) -> str:
    return file.name.removesuffix(f"{LIVE}.svg")


def _resting_on_claims(root: ET.Element, known: Targets) -> dict[str, ET.Element]:
    """Return the first mark that leads to each claim, by the claim."""
    claims = {address: claim for claim, address in known["claims"].items()}
    found: dict[str, ET.Element] = {}
    for link in root.iter("a"):
        kind, identifier = _stands_for(link)
        claim = claims.get(known.get(kind, {}).get(identifier, ""))
        if claim is not None:
            found.setdefault(claim, link)
    return found


def drawn_claims(figures: Path) -> dict[str, list[str]]:
    """Return the figures with a mark that rests on each claim, by the claim.

    Parameters
    ----------
    figures : Path
        Holds the pictures of a language.
    """
    known = targets_of_marks(targets())
    order = {figure: place for place, figure in enumerate(known["figures"])}
    files = {_figure_of(file): file for file in figures.glob(f"*{LIVE}.svg")}
    found: dict[str, list[str]] = {}
    for figure in sorted(order.keys() & files.keys(), key=lambda name: order[name]):
        for claim in _resting_on_claims(ET.fromstring(files[figure].read_bytes()), known):
            found.setdefault(claim, []).append(figure)
    return found


def argued(file: Path) -> dict[str, list[str]]:
    """Return the points and links of the argument that a picture draws, each once, by their kind.

    Parameters
    ----------
    file : Path
        As for :func:`picture`.
    """
    found: dict[str, dict[str, None]] = {kind: {} for kind in ARGUED}
    for link in ET.fromstring(file.read_bytes()).iter("a"):
        kind, identifier = _stands_for(link)
        if kind in found:
            found[kind][identifier] = None
    return {kind: list(held) for kind, held in found.items()}


def _widen(link: ET.Element) -> None:
    """Lay over each line of a mark one that is not seen, and wide enough to be hit."""
    lines = [path for path in link.iter("path") if "fill:none" in path.get("style", "")]
    for line in lines:
        ET.SubElement(link, "path", {"class": "hit", "d": line.get("d", "")})


def _put_points_first(root: ET.Element) -> None:
    """Let who goes by key come to the points of an argument before the links between them.

    They are drawn the other way round; since no link runs behind a box, it makes no difference.
    """
    for parent in list(root.iter()):
        children = list(parent)
        places = [n for n, child in enumerate(children) if child.get("data-link") is not None]
        points = [child for child in children if child.get("data-point") is not None]
        if places and points:
            rest = [child for child in children[places[0] :] if child.get("data-point") is None]
            before = [child for child in children[: places[0]] if child.get("data-point") is None]
            parent[:] = [*before, *points, *rest]


def _rename(root: ET.Element, name: str) -> None:
    """Give parts of the drawing ids that no other picture of the page has."""
    own = [node for node in root.iter() if node.get("id")]
    names = {node.get("id", ""): f"{name}-part-{number}" for number, node in enumerate(own)}
    for node in own:
        node.set("id", names[node.get("id", "")])
    for node in root.iter():
        for attribute, value in node.attrib.items():
            if attribute == "href" and node.tag != "a":
                node.set(attribute, f"#{names[value.removeprefix('#')]}")
            elif "url(#" in value:
                node.set(attribute, REFERENCE.sub(lambda m: f"url(#{names[m[1]]})", value))


def file_of(figures: Path, figure_id: str) -> Path:
    """Return where the picture of a figure that is to be a part of a page lies."""
    return figures / f"{figure_id}{LIVE}.svg"
