"""The languages of the publication: all of them, those beside one, and what each calls itself."""

from __future__ import annotations

from helpers.language import LOCALES, Language


def every() -> list[Language]:
    """Return every language, the first one first."""
    return [Language(code) for code in LOCALES]


def others(lang: Language) -> list[Language]:
    """Return the languages beside one.

    Examples
    --------
    >>> [other.code for other in others(Language("en"))]
    ['ar']
    """
    return [other for other in every() if other.code != lang.code]


def own_name(lang: Language) -> str:
    """Return the name of a language in itself.

    Examples
    --------
    >>> own_name(Language("en"))
    'English'
    """
    return str(lang.locale.languages[lang.code])
