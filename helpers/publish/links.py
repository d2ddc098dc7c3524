"""Check the links of built pages: every one that stays inside must lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ADDRESSES = {"a": "href", "link": "href", "img": "src", "script": "src"}
# Faces, pictures and further styles that a style sheet asks for.
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
# What the tools bring along, and no page of ours.
FOREIGN = "_static"


class Page(HTMLParser):
    """The anchors and the addresses of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id and the address of a tag."""
        values = dict(attrs)
        if anchor := values.get("id"):
            self.anchors.add(anchor)
        if address := values.get(ADDRESSES.get(tag, "")):
            self.addresses.add(address)


def faults(folder: Path) -> list[str]:
    """Return the links below a folder that lead to no file or no anchor, each with its page.

    Styles are checked too, for the files that they ask for.

    Parameters
    ----------
    folder : Path
        Holds the pages.

    Returns
    -------
    list of str
        Page and address of each broken link, page by page.
    """
    root = folder.resolve()
    files = (path for path in sorted(root.rglob("*.html")) if FOREIGN not in path.parts)
    pages = {path: Page(path) for path in files}
    broken = [
        (path, fault) for path, page in pages.items() for fault in _page_faults(path, page, pages)
    ]
    broken += [
        (path, fault) for path in sorted(root.rglob("*.css")) for fault in _style_faults(path)
    ]
    return [f"{path.relative_to(root)}: {fault}" for path, fault in broken]


def _page_faults(path: Path, page: Page, pages: Mapping[Path, Page]) -> Iterator[str]:
    for address in sorted(page.addresses):
        target = _file(path, address)
        if target is None:
            continue
        anchor = unquote(urlsplit(address).fragment)
        if not target.is_file():
            yield f"no file for {address}"
        elif target in pages and anchor not in {"", *pages[target].anchors}:
            yield f"no anchor for {address}"


def _style_faults(path: Path) -> Iterator[str]:
    for address in sorted(set(IN_STYLES.findall(path.read_text(encoding="utf-8")))):
        target = _file(path, address)
        if target is not None and not target.is_file():
            yield f"no file for {address}"


def _file(path: Path, address: str) -> Path | None:
    """Return the file that an address leads to from a page; None if it leads outside."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    return (path.parent / unquote(parts.path)).resolve() if parts.path else path
