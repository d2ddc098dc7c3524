"""The languages of the publication: all of them, those beside one, and what each calls itself."""

from __future__ import annotations

import unicodedata

from helpers.data.languages import has_letter, scripts_of
from helpers.language import LOCALES, Language

# A name in Latin letters is read by an English voice, whatever languages there are: ids and columns
# are English, and so are most publishers.
LATIN = "en"
LATIN_SCRIPT = "Latn"


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


def language_of_letters(text: str, lang: Language) -> str | None:
    """Return the language of the letters of a text where it is not that of the page.

    Parameters
    ----------
    text : str
        Such as a cell of an answer; ``book/static/answers.js`` goes the same way.
    lang : Language
        Language of the page, which comes first where several have the letters.

    Examples
    --------
    >>> language_of_letters("Harbour", Language("ar"))
    'en'
    >>> language_of_letters("مرفأ", Language("en"))
    'ar'
    >>> [language_of_letters(text, Language("ar")) for text in ("مرفأ", "2025")]
    [None, None]
    """
    for each in (lang, *others(lang)):
        if each.script != LATIN_SCRIPT and has_letter(text, each.script):
            return each.code if each != lang else None
    return language_of_name(text) if lang.script != LATIN_SCRIPT else None


def scripts() -> str:
    """Return the languages with their scripts, as pages tell them to their own scripts.

    Examples
    --------
    >>> scripts()
    'ar:Arab en:Latn'
    """
    return " ".join(f"{code}:{script}" for code in LOCALES for script in scripts_of(code))


def language_of_name(name: str, language: str | None = None) -> str | None:
    """Return the language in which a name is best read: English if its letters are Latin.

    Parameters
    ----------
    name : str
        Such as a publisher's.
    language : str, optional
        Of the text that bears the name; it counts if the letters are not Latin.

    Examples
    --------
    >>> language_of_name("Agence France-Presse", "fr"), language_of_name("Коммерсантъ", "ru")
    ('en', 'ru')
    >>> language_of_name("2025")
    >>> language_of_name("КазТАГ (KazTAG)", "ru")
    'ru'
    """
    letters = [letter for letter in name if letter.isalpha()]
    is_latin = all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return LATIN if letters and is_latin else language
