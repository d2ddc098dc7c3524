"""Make the book again if something changed that it is made from."""

from __future__ import annotations

from pathlib import Path

from helpers.data import data_folder
from helpers.publish import keys


def book(build: Path, *, everything: bool = False) -> Path:
    """Build the book if something that it is made from changed, and say what.

    Parameters
    ----------
    build : Path
        The build folder: holds ``notebooks`` and ``figures``, receives ``book``.
    everything : bool
        Build it whether something changed or not.

    Returns
    -------
    Path
        The page to open.

    Raises
    ------
    helpers.publish.book.BookError
        If the book cannot be built; the message says why.
    """
    ledger, inputs = keys.Ledger(build), keys.of_book(build, data_folder())
    reasons = ledger.changes("book", inputs)
    if not reasons and not everything:
        print("book: nothing changed")
        return build / "book" / "index.html"
    if reasons not in ([], [keys.NEVER]):
        print(f"book: {keys.summary(reasons)}", flush=True)
    ledger.forget(["book"])
    from helpers.publish import book as pages  # noqa: PLC0415 - slow, and seldom needed

    page = pages.build(build)
    made = keys.of_folder(build / "book", build) | keys.of_folder(build / "pages", build)
    ledger.store("book", inputs, made)
    return page
