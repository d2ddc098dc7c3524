"""Identifiers in answers as links: where the book explains what a cell names."""

from __future__ import annotations

import re

from helpers.data.holding import remembered
from helpers.publish import live
from helpers.publish.targets import targets

# What tells an identifier from a word that a cell may well say.
UNLIKE_A_WORD = re.compile(r"[-.\d]")
# Kinds without identifiers of their own, or with a place in the dictionary alone.
LEFT_OUT = {"files", "groups", "places", "sections", "tables", "themes"}
# Pages whose places have cards (helpers/publish/cards.py); as in book/static/answers.js.
WITH_CARDS = ("conclusions.html#", "passages-")


@remembered
def addresses() -> dict[str, str]:
    """Return where each identifier that an answer may hold is explained.

    An identifier that could be a word of a text is left out, since cells do not say which they
    hold; of two things with one identifier, the first kind counts.

    Returns
    -------
    dict of str to str
        Identifier to address; the same in every language.

    Examples
    --------
    >>> addresses()["context.2.2-a"], "economy" in addresses()
    ('passages-context.html#context.2.2-a', False)
    """
    # What has an entry of its own is explained there; the marks of charts know where the rest is.
    kinds = {**live.targets_of_marks(targets()), **targets()}
    found: dict[str, str] = {}
    for known in (kinds[kind] for kind in kinds if kind not in LEFT_OUT):
        for identifier, address in known.items():
            is_explained = not address.startswith(live.DICTIONARY)
            if is_explained and UNLIKE_A_WORD.search(identifier):
                found.setdefault(identifier, address)
    return found


def has_card(address: str) -> bool:
    """Return whether what an address leads to is shown in a card as well.

    Examples
    --------
    >>> has_card("passages-context.html#context.2.2"), has_card("sources.html#geonames")
    (True, False)
    """
    return address.startswith(WITH_CARDS)
