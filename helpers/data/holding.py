"""Ask the files once: what they say is kept for as long as a reader holds them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_HELD: ContextVar[dict[Hashable, Any] | None] = ContextVar("held", default=None)
Answer = TypeVar("Answer")


@contextmanager
def held() -> Iterator[None]:
    """Take the files for unchanged for as long as the context lasts."""
    outer = _HELD.get()
    token = _HELD.set({} if outer is None else outer)
    try:
        yield
    finally:
        _HELD.reset(token)


@contextmanager
def apart() -> Iterator[None]:
    """Ask anew inside the context, and forget afterwards what was said there.

    Examples
    --------
    Where the files are held they are held inside as well, and where they are not, they are not:

    >>> @remembered
    ... def asked():
    ...     print("asking")
    >>> with held(), apart():
    ...     asked()
    ...     asked()
    asking
    >>> with apart():
    ...     asked()
    ...     asked()
    asking
    asking
    """
    token = _HELD.set(None if _HELD.get() is None else {})
    try:
        yield
    finally:
        _HELD.reset(token)


def asked_once(key: Hashable, ask: Callable[..., Answer], *about: Hashable) -> Answer:
    """Return an answer of the files, the one of before where they are :func:`held`."""
    known = _HELD.get()
    if known is None:
        return ask(*about)
    if key not in known:
        known[key] = ask(*about)
    answer: Answer = known[key]
    return answer


def remembered(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """Let a function that only reads tables answer once where these are :func:`held`.

    What it returns is shared by all who ask, and not to be changed.

    Examples
    --------
    >>> @remembered
    ... def asked(word):
    ...     print("asking")
    ...     return word.upper()
    >>> with held():
    ...     asked("a"), asked("a")
    asking
    ('A', 'A')
    """

    @functools.wraps(function)
    def answered(*about: Hashable) -> Answer:
        return asked_once((function, *about), function, *about)

    return answered
