"""What the schema and the reference tables hold, and a refusal by name of what they do not."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from helpers.data.schema import stored_codes, stored_package
from helpers.errors import suggestion


def refuse_unknown(what: str, given: Iterable[object], known: Iterable[str]) -> None:
    """Raise if something given is not known.

    Parameters
    ----------
    what : str
        What the names stand for, such as ``"theme"``.
    given, known : iterable of str
        Names asked for, and names that exist.

    Raises
    ------
    ValueError
        The message names what is unknown, what is known, and what of it comes nearest.

    Examples
    --------
    >>> refuse_unknown("colour", ["red", "blue"], ["red", "green"])
    Traceback (most recent call last):
    ValueError: unknown colour 'blue'; known: red, green
    """
    known = list(known)
    unknown = [name for name in dict.fromkeys(given) if name not in known]
    if unknown:
        names = ", ".join(map(repr, unknown))
        meant = "".join(suggestion(name, known) for name in unknown)
        raise ValueError(f"unknown {what} {names}; known: {', '.join(known)}{meant}")


def refuse_unknown_stages(given: Iterable[str]) -> None:
    """Raise if a stage of the argument does not exist; the message names those that do.

    Examples
    --------
    >>> refuse_unknown_stages(["goal", "aim"])
    Traceback (most recent call last):
    ValueError: unknown stage 'aim'; known: context, goal, issue, outcome, challenge, recommendation
    """
    refuse_unknown("stage", given, stored_codes("points", "stage"))


def subject() -> dict[str, Any]:
    """Return what the package is about: event, track, sides, region and currencies.

    Examples
    --------
    >>> subject()["sides"]
    ['EU27', 'CA5']
    """
    return copy.deepcopy(stored_package()["subject"])


def codes_where(table: str, field: str, **properties: object) -> list[str]:
    """Return the values of the codes that have the given properties, in order.

    Parameters
    ----------
    table, field : str
        An enumerated field.
    **properties : object
        Properties of a code in the schema, with what they say.

    Examples
    --------
    >>> codes_where("points", "stage", draws_attention=True)
    ['context', 'goal']
    >>> codes_where("outcome_codes", "coder", role="pass")
    ['blind_a', 'blind_b', 'blind_c', 'blind_d']
    """
    known = stored_codes(table, field)
    return [
        value
        for value, code in known.items()
        if all(code.get(name) == wanted for name, wanted in properties.items())
    ]
