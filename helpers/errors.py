"""What goes wrong when something is built, or asked for by a name that nothing has."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

NEAREST = 3


class BuildError(RuntimeError):
    """Something cannot be built; the message names it and says what to do."""


class UsageError(ValueError):
    """Something was asked for that there is not; the message names what there is."""


class UnknownNameError(KeyError):
    """A name that nothing has; the message is shown as it is, without quotes around it."""

    def __str__(self) -> str:
        return str(self.args[0])


def suggestion(name: object, known: Iterable[str]) -> str:
    """Return the end of a message that names what may have been meant; nothing if nothing is near.

    Examples
    --------
    >>> suggestion("enrgy", ["energy", "water"]), suggestion("fishing", ["energy", "water"])
    ("; did you mean 'energy'?", '')
    """
    by_folded = {_folded(one): one for one in known}
    near = get_close_matches(_folded(str(name)), by_folded, n=NEAREST, cutoff=0.7)
    named = " or ".join(repr(by_folded[one]) for one in near)
    return f"; did you mean {named}?" if near else ""


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
