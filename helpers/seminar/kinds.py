"""The two kinds of sheets that students fill: codes of outcomes, and verdicts on claims."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers import data
from helpers.folding import fold
from helpers.language import LOCALES, Language

CODER, NUMBER, ID, TEXT, VALUE, REASON = "coder", "number", "id", "text", "value", "reason"
FIELDS = (CODER, NUMBER, ID, TEXT, VALUE, REASON)


@dataclass(frozen=True)
class Kind:
    """What a sheet holds.

    Attributes
    ----------
    name : str
        First part of the names of its files: ``codes`` or ``verdicts``.
    table, field : str
        Field of the schema whose codes are its values.
    id_table, id_field : str
        Field of the schema whose ids are its rows.
    objects : dict of int to str
        Ids of what is coded, by their number.
    texts : dict of str to pandas.Series
        Rows of what is coded, by id, with ``text_ar`` and ``text_en``.
    """

    name: str
    table: str
    field: str
    id_table: str
    id_field: str
    objects: Mapping[int, str]
    texts: Mapping[str, pd.Series]

    @property
    def values(self) -> tuple[str, ...]:
        """The codes, from the lowest to the highest where they have an order."""
        return tuple(data.codes(self.table, self.field))

    def numbered(self, number: object) -> str:
        """Return the id of what has a number, however it is written; nothing for any other."""
        return {str(place): name for place, name in self.objects.items()}.get(
            simple(str(number)), ""
        )

    def numbers(self, lang: Language) -> dict[str, str]:
        """Return the first and the last number, as an answer names them."""
        given = sorted(self.objects)
        return {name: lang.number(given[place]) for name, place in (("first", 0), ("last", -1))}

    def headings(self, lang: Language) -> dict[str, str]:
        """Return the heading of each field in a language."""
        headings = {name: lang.phrase(f"lab-{name}") for name in (CODER, NUMBER, TEXT, REASON)}
        headings[ID] = lang.heading(self.id_table, self.id_field)
        headings[VALUE] = lang.heading(self.table, self.field)
        return headings

    def fields_by_heading(self) -> dict[str, str]:
        """Return the field of each heading that may stand above a column, folded."""
        named = {CODER: CODER, NUMBER: NUMBER, REASON: REASON, TEXT: TEXT}
        named |= {self.id_field: ID, self.field: VALUE, self.name.removesuffix("s"): VALUE}
        for code in LOCALES:
            named |= {words: name for name, words in self.headings(Language(code)).items()}
        return {simple(words): name for words, name in named.items()}

    def values_by_word(self) -> dict[str, str]:
        """Return the code of each word that may stand for it, folded: id, labels and number."""
        labels = [Language(code).labels(self.table, self.field) for code in LOCALES]
        named = {value: value for value in self.values}
        named |= {words: value for own in labels for value, words in own.items()}
        named |= {str(number): value for number, value in enumerate(self.values, start=1)}
        return {simple(words): value for words, value in named.items()}

    def told(self, lang: Language) -> str:
        """Return the codes with their numbers, as a list in words."""
        labels = lang.labels(self.table, self.field)
        return lang.join(
            f"{lang.number(number)} {labels[value]}"
            for number, value in enumerate(self.values, start=1)
        )


def codes_kind() -> Kind:
    """Return the sheet of codes: the strength of the items that are coded blind."""
    items = data.lab_items("blind")
    return Kind(
        "codes", "outcome_codes", "strength", "lab_items", "item_id", *_objects(items, "item_id")
    )


def verdicts_kind() -> Kind:
    """Return the sheet of verdicts on the claims to check."""
    claims = data.lab_claims()
    return Kind(
        "verdicts", "checks", "verdict", "lab_claims", "claim_id", *_objects(claims, "claim_id")
    )


def _objects(table: pd.DataFrame, key: str) -> tuple[dict[int, str], dict[str, pd.Series]]:
    numbers = dict(zip(table["order"].astype(int), table[key].astype(str), strict=True))
    rows = {str(row[key]): row for _, row in table.iterrows()}
    return numbers, rows


def clean(text: str) -> str:
    r"""Return a cell without controls that nobody sees, and without space around it.

    Examples
    --------
    >>> clean("\u200f\u00a0Mona \ufeff")
    'Mona'
    """
    seen = (" " if char in "\u00a0\u202f" else char for char in text)
    return "".join(c for c in seen if unicodedata.category(c) not in {"Cf", "Cc"}).strip()


def simple(text: str) -> str:
    """Return text so that spellings of one word meet, of letters and digits alone.

    Examples
    --------
    >>> simple("Not_Found"), simple("٢٫٠"), simple("إتفاق") == simple("اتفاق")
    ('not found', '2', True)
    """
    words = fold(clean(text)).replace("_", " ").replace("-", " ")
    whole, point, rest = words.replace("\u066b", ".").partition(".")
    is_whole = point and whole.strip().isdigit() and not rest.strip("0 ")
    return " ".join((whole if is_whole else words).split())
