"""Check the links of built pages: every one that stays inside must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ADDRESSES = {"a": "href", "link": "href", "img": "src", "script": "src"}


class Page(HTMLParser):
    """The anchors and the addresses of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.addresses: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id and the address of a tag."""
        values = dict(attrs)
        if values.get("id"):
            self.anchors.add(values["id"])
        address = values.get(ADDRESSES.get(tag, ""))
        if address:
            self.addresses.append(address)


def faults(folder: Path) -> list[str]:
    """Return the links below a folder that lead to no file or no anchor, each with its page."""
    files = (path for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts)
    pages = {path.resolve(): Page(path) for path in files}
    return [
        f"{path.relative_to(folder.resolve())}: {fault}"
        for path, page in pages.items()
        for fault in _page_faults(path, page, pages)
    ]


def _page_faults(path: Path, page: Page, pages: dict[Path, Page]) -> Iterator[str]:
    for address in sorted(set(page.addresses)):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.is_file():
            yield f"no file for {address}"
        elif target in pages and unquote(parts.fragment) not in {"", *pages[target].anchors}:
            yield f"no anchor for {address}"
