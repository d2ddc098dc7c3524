"""How tests open pages of the book: Chromium in the views that readers have."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from helpers.language import LOCALES

if TYPE_CHECKING:  # who has no playwright runs the other tests
    from playwright import sync_api

# Colour scheme and width of the window in pixels.
VIEWS = {"light": ("light", 1280), "dark": ("dark", 1280), "mobile": ("light", 360)}
LOCAL = ("file:", "data:", "blob:", "about:")


class Reader:
    """Opens pages in a view, each view once; notes every request that leaves the disk."""

    def __init__(self, browser: sync_api.Browser) -> None:
        self.browser = browser
        self.pages: dict[str, sync_api.Page] = {}
        self.outside: list[str] = []

    def __call__(self, view: str = "light") -> sync_api.Page:
        if view not in self.pages:
            scheme, width = VIEWS.get(view, VIEWS["light"])
            height = 720 if view == "deck" else 900
            page = self.browser.new_page(
                color_scheme=scheme,
                viewport={"width": width, "height": height},
                reduced_motion="reduce",
            )
            page.on("request", self.note)
            self.pages[view] = page
        page = self.pages[view]
        page.emulate_media(media="screen")  # a test that failed may have left it on paper
        return page

    def note(self, call: sync_api.Request) -> None:
        if not call.url.startswith(LOCAL):
            self.outside.append(call.url)


def in_one_language(test: Callable[..., None]) -> Callable[..., None]:
    """Let a test of what a script does look at pages in one language, half of them in each.

    Scripts are the same in all, and so are the ways of key, pointer and touch; where words or the
    direction of lines matter, a test looks at every language.
    """
    codes = list(LOCALES)
    code = codes[zlib.crc32(test.__name__.encode()) % len(codes)]
    return pytest.mark.parametrize(
        "code", [pytest.param(code, marks=pytest.mark.xdist_group(code))]
    )(test)
