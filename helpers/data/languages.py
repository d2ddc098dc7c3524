"""The languages of the tables, as the descriptor lists them, and the columns that are in each.

A text stands once in each language, in columns that end in its code: ``title_ar``, ``title_en``.
Titles and descriptions of the schema have no ending in one language, which the descriptor names.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from babel import Locale
from babel.core import get_global, parse_locale

from helpers.data.holding import asked_once
from helpers.data.schema import package_state, stored_package


class Locales(Mapping[str, str]):
    """The locale of each language by its code, the first language first; read where it is asked."""

    def __getitem__(self, code: str) -> str:
        """Return the name of a locale, as Babel spells it."""
        return str(_listed()[code]["locale"])

    def __iter__(self) -> Iterator[str]:
        """Go through the codes."""
        return iter(_listed())

    def __len__(self) -> int:
        """Return how many languages there are."""
        return len(_listed())


LOCALES = Locales()
# Scripts of ISO 15924 that stand for a way of writing, by those whose letters it has.
LETTERS_OF = {
    "Hans": ["Hani"],
    "Hant": ["Hani"],
    "Jpan": ["Hira", "Kana", "Hani"],
    "Kore": ["Hang"],
}
# How Unicode calls the letters of a script, where it is not what English calls the script.
UNICODE_NAMES = {
    **{"Hani": "CJK", "Hang": "HANGUL", "Hira": "HIRAGANA", "Kana": "KATAKANA"},
    **{"Beng": "BENGALI", "Orya": "ORIYA", "Nkoo": "NKO", "Cans": "CANADIAN"},
}


def _listed() -> dict[str, dict[str, Any]]:
    return asked_once("languages", _asked)


def _asked() -> dict[str, dict[str, Any]]:
    return _by_code(*package_state())


@functools.lru_cache(maxsize=8)
def _by_code(*_state: object) -> dict[str, dict[str, Any]]:
    return {entry["code"]: entry for entry in stored_package()["languages"]}


def digits_of(code: str) -> list[str]:
    """Return the styles of digits that a language may be written with, its usual one first.

    Examples
    --------
    >>> digits_of("ar"), digits_of("en")
    (['western', 'arabic-indic'], ['western'])
    """
    return list(_listed()[code]["digits"])


@functools.lru_cache(maxsize=16)
def script_of(code: str) -> str:
    """Return the script of a language by ISO 15924; nothing for no language.

    Examples
    --------
    >>> script_of("ar"), script_of("en"), script_of("")
    ('Arab', 'Latn', '')
    """
    return str(parse_locale(get_global("likely_subtags")[code])[2]) if code else ""


def has_letter(text: str, script: str) -> bool:
    """Tell whether a text has a letter of a script.

    Examples
    --------
    >>> has_letter("EU27 قمة", "Arab"), has_letter("2025", "Latn"), has_letter("かな", "Jpan")
    (True, False, True)
    """
    names = _script_names(script)
    return any(
        unicodedata.name(letter, "").startswith(names) for letter in text if letter.isalpha()
    )


def scripts_of(code: str) -> list[str]:
    """Return the scripts whose letters a language is written in, as Unicode tells them apart.

    Examples
    --------
    >>> scripts_of("ar"), scripts_of("ja")
    (['Arab'], ['Hira', 'Kana', 'Hani'])
    """
    return LETTERS_OF.get(script_of(code), [script_of(code)])


@functools.lru_cache(maxsize=16)
def _script_names(script: str) -> tuple[str, ...]:
    listed = LETTERS_OF.get(script, [script])
    known = Locale("en").scripts
    return tuple(UNICODE_NAMES.get(each) or str(known[each]).upper() for each in listed)


def schema_language() -> str:
    """Return the language in which titles of the schema have no ending.

    Examples
    --------
    >>> schema_language()
    'en'
    """
    return str(stored_package()["language"])


def report_language() -> str:
    """Return the language that the report is printed in: that of the first source of the package.

    Where the descriptor does not say it, the first language of the package.

    Examples
    --------
    >>> report_language()
    'ar'
    """
    listed = stored_package().get("sources")
    source = listed[0] if listed else {}
    return str(source.get("language", next(iter(LOCALES))))


def schema_part(stem: str, code: str) -> str:
    """Return the property that holds a text of a table or a field in a language.

    Examples
    --------
    >>> schema_part("title", "en"), schema_part("title", "ar")
    ('title', 'title_ar')
    """
    return stem if code == schema_language() else f"{stem}_{code}"


def language_of(name: str) -> str:
    """Return the language that the name of a column ends in, or nothing.

    Examples
    --------
    >>> language_of("title_ar"), language_of("title"), language_of("alpha_2")
    ('ar', '', '')
    """
    _, joint, ending = name.rpartition("_")
    return ending if joint and ending in LOCALES else ""


def in_each(*stems: str) -> list[str]:
    """Return the columns of texts in all languages, text by text.

    Examples
    --------
    >>> in_each("title", "text")
    ['title_ar', 'title_en', 'text_ar', 'text_en']
    """
    return [f"{stem}_{code}" for stem in stems for code in LOCALES]


def in_main(stem: str) -> str:
    """Return the column of a text that stands for all languages where any of them would do.

    Examples
    --------
    >>> in_main("note")
    'note_en'
    """
    return f"{stem}_{schema_language()}"


def renamed(stem: str, new: str) -> dict[str, str]:
    """Return the columns of a text in all languages, with those that a view calls them.

    Examples
    --------
    >>> renamed("title", "theme")
    {'title_ar': 'theme_ar', 'title_en': 'theme_en'}
    """
    return dict(zip(in_each(stem), in_each(new), strict=True))
