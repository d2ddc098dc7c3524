"""Locators as a reader meets them: ``context.7.2-b`` is "Context 7.2 b" and «سياق 7.2 ب».

The ids stay where they serve machines: in addresses, in the tables, in the notebooks' own source.
"""

from __future__ import annotations

import re
from string import ascii_lowercase

from helpers.data.holding import remembered
from helpers.data.tables import kept
from helpers.language import Language

PARTS = re.compile(r"([a-z_]+)\.(\d+\.\d+)(?:-([a-z]))?")


def words(identifier: str, lang: Language) -> str | None:
    """Return a locator in the words of a language, or None if a text is no locator.

    Parameters
    ----------
    identifier : str
        Id of a passage or of a claim.
    lang : Language
        Language of the page.

    Examples
    --------
    >>> words("context.7.2-b", Language("en")), words("context.7.2-b", Language("ar"))
    ('Context 7.2 b', 'سياق 7.2 ب')
    >>> words("claims", Language("en"))
    """
    parts = PARTS.fullmatch(identifier)
    names = section_names(lang)
    if parts is None or parts[1] not in names:
        return None
    place = f"{names[parts[1]]} {lang.number_text(parts[2])}"
    return f"{place} {letter(parts[3], lang)}" if parts[3] else place


def conclusion(identifier: str, lang: Language) -> str | None:
    """Return a conclusion by its number in the words of a language, or None if it is none.

    Examples
    --------
    >>> conclusion("people-unanswered", Language("ar"))
    'الخلاصة 13'
    """
    numbers = _numbers_of_conclusions()
    if identifier not in numbers:
        return None
    return lang.phrase("conclusion-number", number=lang.number(int(numbers[identifier])))


@remembered
def _numbers_of_conclusions() -> dict[str, int]:
    table = kept("conclusions")
    return dict(zip(table["conclusion_id"], table["order"], strict=True))


@remembered
def section_names(lang: Language) -> dict[str, str]:
    """Return the short names of the sections by id."""
    sections = kept("sections")
    return dict(zip(sections["section_id"], sections[lang.column("short")], strict=True))


def letter(latin: str, lang: Language) -> str:
    """Return the letter of a claim within its passage, as a language counts by letters.

    Examples
    --------
    >>> letter("e", Language("ar")), letter("e", Language("en"))
    ('هـ', 'e')
    """
    return lang.phrase("letters").split()[ascii_lowercase.index(latin)]
