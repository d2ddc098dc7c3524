"""What readers answer to a question: one form for all ways to write it, and what is kept of it.

The right answer is kept only as a salted hash of its normal form: a curtain, not a lock, since
whoever wants to can try every choice. ``book/static/responses.js`` goes the same way in the book.

An answer of some kind in its normal form is

- *number*: digits 0–9 with a point, without thousands, zeros at the ends, per cent and currency;
- *choice*: the number of the choice;
- *id*: one id or name, folded as the search folds (:mod:`helpers.folding`), hyphens for spaces;
- *set*: ids, each once, sorted, with spaces between them.
"""

from __future__ import annotations

import functools
import hashlib
import math
import numbers
import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from helpers.folding import fold, specification

# As many as take a page and Python a twentieth of a second.
ITERATIONS = 10_000
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
CHOICE = re.compile(r"0*([1-9][0-9]?)\.?")
SPACES = re.compile(r"[\s\x1c-\x1f\x85]+")
BETWEEN = re.compile(r"[,; ]+")
EMPTY = ""
# Digits of a number that anybody means.
LONGEST = 20


def normal_form(answer: object, kind: str, decimals: int | None = None) -> str | None:
    """Return an answer as it is compared.

    Parameters
    ----------
    answer : object
        A text or a number; for a set also a collection of them.
    kind : {"choice", "number", "id", "set"}
        Kind of the question.
    decimals : int, optional
        Decimals to which a number is rounded, halves away from zero; it is not, if not given.

    Returns
    -------
    str or None
        Empty if nothing was answered; None if the answer is of another kind.

    Examples
    --------
    >>> normal_form("١٣٫٢٠ ٪", "number"), normal_form(" (2) ", "choice")
    ('13.2', '2')
    >>> normal_form("Water؛ ENERGY, water", "set")
    'energy water'
    >>> normal_form("three", "number") is None
    True
    """
    written = _written(answer, kind)
    if not written:
        return written
    cleaned = _cleaned(written)
    if kind == "number":
        return _number(cleaned, decimals)
    if kind == "choice":
        found = CHOICE.fullmatch(cleaned)
        return found[1] if found else EMPTY if not cleaned else None
    if kind == "set":
        parts = {part.strip(_specified()["ends"]) for part in BETWEEN.split(cleaned)}
        return " ".join(sorted(parts - {EMPTY}))
    return cleaned.strip(_specified()["ends"] + " ").replace(" ", "-")


def _specified() -> Mapping[str, Any]:
    part: Mapping[str, Any] = specification()["answers"]
    return part


def _written(answer: object, kind: str) -> str | None:
    """Return an answer as text; None if nobody could have written it on a line."""
    if isinstance(answer, str):
        return answer
    if answer is None or isinstance(answer, bool):
        return EMPTY if answer is None else None
    if isinstance(answer, numbers.Real | Decimal):
        return _plain(answer)
    if kind == "set" and isinstance(answer, Iterable) and not isinstance(answer, Mapping | bytes):
        parts = [_written(part, "id") for part in answer]
        return None if None in parts else ",".join(filter(None, parts))
    return None


def _plain(number: numbers.Real | Decimal) -> str | None:
    """Return a number in digits, without an exponent; nothing where a cell is empty."""
    if math.isnan(number):
        return EMPTY
    return None if math.isinf(number) else format(Decimal(str(number)), "f")


def _cleaned(written: str) -> str:
    return SPACES.sub(" ", fold(written).translate(_variants())).strip(" ")


@functools.cache
def _variants() -> dict[int, str]:
    return str.maketrans(_specified()["variants"])


def _number(cleaned: str, decimals: int | None) -> str | None:
    bare = re.sub(rf"[ {_specified()['signs']}]", "", cleaned)
    if not bare:
        return EMPTY if not cleaned else None
    bare = bare.replace(",", "" if GROUPED.fullmatch(bare) else ".")
    if not NUMBER.fullmatch(bare) or len(bare) > LONGEST:
        return None
    value = Decimal(bare)
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    told = format(value, "f")
    told = told.rstrip("0").rstrip(".") if "." in told else told
    return "0" if told == "-0" else told


@functools.lru_cache(maxsize=1024)
def hashed(normal: str, salt: str) -> str:
    """Return what is kept of an answer in its normal form.

    Examples
    --------
    >>> len(hashed("13.2", "5a17")), hashed("13.2", "5a17") == hashed("13.2", "5a18")
    (64, False)
    """
    kept = hashlib.pbkdf2_hmac("sha256", normal.encode(errors="replace"), salt.encode(), ITERATIONS)
    return kept.hex()
