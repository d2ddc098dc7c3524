"""One object that knows how a language is written: words, numbers, dates, direction."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, ParamSpec, TypeAlias, TypeVar

import pandas as pd
from babel import Locale
from babel.dates import format_interval, format_skeleton
from babel.lists import format_list

from helpers import arabic
from helpers.data import codes_where, refuse_unknown
from helpers.data.holding import held
from helpers.data.languages import LOCALES as LOCALES  # noqa: PLC0414 - others take it from here
from helpers.data.languages import digits_of, schema_part, script_of
from helpers.data.schema import stored_codes, stored_fields
from helpers.data.tables import kept
from helpers.errors import UnknownNameError, suggestion
from helpers.numbers import EN_DASH, NumberStyle

DIGITS = {"western": "latn", "arabic-indic": "arab"}
SKELETONS = {"day": "yMMMd", "month": "yMMM", "year": "y"}
PROSE_AT_START = 'div[dir="rtl"] p, div[dir="rtl"] li { text-align: start; }'
NOT_STATED = "not_stated"  # the report names the thing and gives no value
AND = "\u0648"
ARABIC_SCRIPT = "Arab"
PARAMETER = "lang"  # what functions call the language that they take
P = ParamSpec("P")
R = TypeVar("R")
# A row of a table, a record of one, or a code of the schema: cells of any type, or none.
Row: TypeAlias = "Mapping[Any, Any] | pd.Series[Any]"


@dataclass(frozen=True)
class Language:
    """A language and the way in which its texts, numbers and dates are written.

    Parameters
    ----------
    code : str
        Language of the notebook, one of those in ``datapackage.json``; capitals do no harm.
    digits : {"western", "arabic-indic"}
        Digits, where the language may have them: Arabic. Western by default, as the report prints
        them; English keeps Western.

    Raises
    ------
    ValueError
        If the language or the digits are unknown; the message names those that are known.
    """

    code: str
    digits: str = "western"

    def __post_init__(self) -> None:
        object.__setattr__(self, "code", str(self.code).strip().lower())  # frozen when it is made
        refuse_unknown("language", [self.code], LOCALES)
        refuse_unknown("digits", [self.digits], DIGITS)

    def _repr_html_(self) -> str:
        """Name the language in a notebook, and align its prose with its direction.

        JupyterLab aligns every paragraph to the left; the rule puts prose at its own start.
        """
        name = f'<p dir="{self.direction}" lang="{self.code}">{escape(self.phrase("language"))}</p>'
        return f"{name}<style>{PROSE_AT_START}</style>"

    @property
    def direction(self) -> str:
        """``"rtl"`` or ``"ltr"``."""
        return str(self.locale.text_direction)

    @property
    def is_rtl(self) -> bool:
        """Whether lines run from right to left."""
        return self.direction == "rtl"

    @property
    def script(self) -> str:
        """Script of the language by ISO 15924: ``"Arab"``, ``"Latn"``."""
        return script_of(self.code)

    @property
    def is_arabic(self) -> bool:
        """Whether it is written as Arabic is: its letters, its commas, its *and* before a word."""
        return self.script == ARABIC_SCRIPT

    @property
    def start(self) -> str:
        """Side on which a line starts: ``"left"`` or ``"right"``."""
        return "right" if self.is_rtl else "left"

    @property
    def end(self) -> str:
        """Side on which a line ends."""
        return "left" if self.is_rtl else "right"

    @property
    def locale(self) -> Locale:
        """The Babel locale."""
        return _locale(LOCALES[self.code])

    @property
    def numbers(self) -> NumberStyle:
        """How numbers are written."""
        own = digits_of(self.code)
        return _style(LOCALES[self.code], DIGITS[self.digits if self.digits in own else own[0]])

    # Words

    def column(self, stem: str) -> str:
        """Return the column of a bilingual pair that is in this language: ``title_ar``."""
        return f"{stem}_{self.code}"

    def pick(self, row: Row, stem: str) -> str:
        """Return the text of a bilingual pair in this language, with its numbers in this style."""
        return self.number_text(row[self.column(stem)])

    def phrase(self, phrase_id: str, **values: object) -> str:
        """Return a fixed phrase, its named fields filled.

        Raises
        ------
        KeyError
            If there is no such phrase, or it is still to be written in this language.
        """
        phrases = _by_key("phrases", "phrase_id")
        if phrase_id not in phrases:
            told = f"no phrase {phrase_id!r} in phrases.csv{suggestion(phrase_id, phrases)}"
            raise UnknownNameError(told)
        text = phrases[phrase_id][self.column("text")]
        if not isinstance(text, str):
            told = f"phrase {phrase_id!r} in phrases.csv has no {self.column('text')} yet"
            raise UnknownNameError(told)
        return self.number_text(text.format(**values))

    def label(self, table: str, field: str, value: str) -> str:
        """Return the label of a code, such as ``label("claims", "kind", "fact")``."""
        known = stored_codes(table, field)
        if value not in known:
            told = f"no code {value!r} in {table}.{field}; codes: {', '.join(known)}"
            raise UnknownNameError(told + suggestion(value, known))
        return self.pick(known[value], "title")

    def labels(self, table: str, field: str, stem: str = "title") -> dict[str, str]:
        """Return the labels of all codes of a field, in order.

        Parameters
        ----------
        table, field : str
            An enumerated field.
        stem : str
            Which text of the codes: ``"title"``, or ``"plural"`` where they have one.
        """
        return {value: self.pick(code, stem) for value, code in stored_codes(table, field).items()}

    def heading(self, table: str, field: str) -> str:
        """Return the title of a field, as a heading of a column."""
        known = stored_fields(table)
        if field not in known:
            told = f"no field {field!r} in table {table!r}; fields: {', '.join(known)}"
            raise UnknownNameError(told + suggestion(field, known))
        return self.titled(known[field])

    def titled(self, entry: Mapping[str, Any], stem: str = "title") -> str:
        """Return the title, or another text, of the package, a table or a field.

        Examples
        --------
        >>> Language("ar").titled({"title": "Claims", "title_ar": "العبارات"})
        'العبارات'
        """
        return self.number_text(str(entry[schema_part(stem, self.code)]))

    def country(self, country_id: str) -> str:
        """Return the name of a country or group.

        Names of states come from the CLDR by way of Babel, names of groups from the table.

        Raises
        ------
        KeyError
            If the country is not in ``countries.csv``.
        """
        countries = _by_key("countries", "country_id")
        if country_id not in countries:
            told = f"no country {country_id!r} in countries.csv; countries: {', '.join(countries)}"
            raise UnknownNameError(told + suggestion(country_id, countries))
        row = countries[country_id]
        if row["kind"] == "state":
            return str(self.locale.territories[row["alpha_2"]])
        return self.pick(row, "name")

    def join(self, items: Iterable[str]) -> str:
        """Join items to a list in words: ``a, b and c``; the phrase *none* for no item.

        Arabic items that themselves hold an "and" are set apart by commas.

        Examples
        --------
        >>> Language("en").join(["a", "b", "c"]), Language("en").join([])
        ('a, b and c', 'none')
        """
        listed = list(items)
        if not listed:
            return self.phrase("none")
        if self.is_arabic and any(f" {AND}" in item for item in listed):
            return f"\u060c {AND}".join(listed)
        return format_list(listed, locale=self.locale)

    def series(self, entries: Iterable[str]) -> str:
        """Join entries that may hold commas by semicolons.

        Examples
        --------
        >>> Language("en").series(["agree (a, b and c)", "fund (d)"])
        'agree (a, b and c); fund (d)'
        """
        return ("\u061b " if self.is_arabic else "; ").join(entries)

    def clauses(self, parts: Iterable[str]) -> str:
        """Set the parts of one statement apart by commas of the language.

        Examples
        --------
        >>> Language("en").clauses(["consent (kept)", "20 May 2026"])
        'consent (kept), 20 May 2026'
        """
        return ("\u060c " if self.is_arabic else ", ").join(parts)

    # Numbers

    def markup(self, html: str) -> str:
        """Return HTML in which numbers below zero keep their minus before them.

        Parameters
        ----------
        html : str
            Escaped text; in languages that run from the left it stays as it is.
        """
        return self.numbers.signed(html) if self.is_rtl else html

    def number(
        self, value: float | None, decimals: int | None = None, at_most: int | None = None
    ) -> str:
        """Format a number with grouping.

        Parameters
        ----------
        value : float
            Number; a missing one gives an empty text.
        decimals : int, optional
            Digits after the point, neither more nor fewer.
        at_most : int, optional
            The most digits after the point; if neither is given, as many as the value needs.

        Returns
        -------
        str
            The number, with a minus sign if it is below zero as it is written.

        Examples
        --------
        >>> Language("en").number(1234.5), Language("en").number(-0.4, 0)
        ('1,234.5', '0')
        """
        if value is None or pd.isna(value):
            return ""
        return self.numbers.number(value, decimals, at_most)

    def percent(
        self, value: float | None, decimals: int | None = None, at_most: int | None = None
    ) -> str:
        """Format a number of hundredths: 27 gives ``27%``; a missing one gives an empty text."""
        if value is None or pd.isna(value):
            return ""
        return self.numbers.percent(value, decimals, at_most)

    def share(self, part: float | None) -> str:
        """Format a part of 1 in hundredths, with one decimal where it needs one.

        Examples
        --------
        >>> [Language("en").share(part) for part in (0.5, 0.125, 1 / 3)]
        ['50%', '12.5%', '33.3%']
        """
        return self.percent(None if part is None else 100 * part, at_most=1)

    def quantity(self, row: Row) -> str:
        """Format a quantity as the report gives it: value or range, unit, currency, qualifier.

        Parameters
        ----------
        row : mapping
            A row of ``quantities``.

        Returns
        -------
        str
            The quantity in words, or that the report gives no figure.
        """
        if row["value_status"] == NOT_STATED:
            return self.phrase("no-figure-given")
        ends = [row[name] for name in ("value_low", "value", "value_high") if pd.notna(row[name])]
        if not ends:
            return self.phrase("no-figure-given")
        lower = "".join(f"{self.number(end)}{EN_DASH}" for end in ends[:-1])
        patterns = stored_codes("quantities", "unit")[row["unit"]][self.column("pattern")]
        form = self.locale.plural_form(ends[-1])
        text: str = patterns.get(form, patterns["other"]).format(
            value=lower + self.number(ends[-1]),
            percent=lower + self.percent(ends[-1]),
            code=row["currency"],
            currency=self.labels("quantities", "currency").get(row["currency"], ""),
        )
        hedge = row["qualifier"]
        if pd.isna(hedge) or hedge in codes_where("quantities", "qualifier", silent=True):
            return text
        return f"{self.label('quantities', 'qualifier', hedge)} {text}"

    def number_text(self, text: str) -> str:
        """Put the numbers of a ready text, such as a title or a note, into this style.

        Every text that is shown passes through it, a second time without harm. Runs with a Latin
        letter (identifiers, names, addresses) stay as they are.

        Examples
        --------
        >>> Language("ar", "arabic-indic").number_text("13.2 مليار في 2025، EU27")
        '١٣٫٢ مليار في ٢٠٢٥، EU27'
        """
        return self.numbers.text(text)

    # Dates

    def date(self, start: pd.Timestamp, precision: str, end: pd.Timestamp | None = None) -> str:
        """Format a date, or an interval, no more exactly than it is known.

        Parameters
        ----------
        start : pandas.Timestamp
            First day; a missing one gives an empty text.
        precision : {"day", "month", "year"}
            How exactly the date is known.
        end : pandas.Timestamp, optional
            Last day of an interval.

        Returns
        -------
        str
            The date in words.

        Raises
        ------
        ValueError
            If the precision is unknown; the message names those that are known.

        Examples
        --------
        >>> Language("en").date(pd.Timestamp("2025-04-03"), "day", pd.Timestamp("2025-04-04"))
        '3–4 Apr 2025'
        """
        if pd.isna(start):
            return ""
        refuse_unknown("precision", [precision], SKELETONS)
        skeleton = SKELETONS[precision]
        if end is None or pd.isna(end):
            text = format_skeleton(skeleton, _day(start), locale=self.locale)
        else:
            text = format_interval(_day(start), _day(end), skeleton, locale=self.locale)
        return self.numbers.digits(text)

    # Drawing

    def draw(self, text: object) -> str:
        """Make text ready for matplotlib; the last step before it is drawn."""
        return arabic.prepare(text, self.direction)


def as_language(given: Language | str) -> Language:
    """Return a language as it is, or the one with a code.

    Examples
    --------
    >>> as_language("AR"), as_language(Language("en")).code
    (Language(code='ar', digits='western'), 'en')
    """
    return given if isinstance(given, Language) else Language(given)


def taking_codes(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function whose parameter ``lang`` is a language take the code of one as well.

    Examples
    --------
    >>> @taking_codes
    ... def direction(lang):
    ...     return lang.direction
    >>> direction("ar"), direction(lang="EN")
    ('rtl', 'ltr')
    """
    signature = inspect.signature(function)

    @functools.wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        given = signature.bind(*args, **kwargs)
        if isinstance(given.arguments.get(PARAMETER), str):
            given.arguments[PARAMETER] = Language(given.arguments[PARAMETER])
        with held():  # a figure asks for labels by the hundred
            return function(*given.args, **given.kwargs)

    return called


def take_codes(module: dict[str, Any], names: Iterable[str]) -> None:
    """Let all functions of a module that are named, and take a language, take its code as well.

    Examples
    --------
    >>> def direction(lang):
    ...     return lang.direction
    >>> module = {"direction": direction}
    >>> take_codes(module, ["direction"])
    >>> module["direction"]("ar")
    'rtl'
    """
    for name in names:
        if (
            inspect.isfunction(module[name])
            and PARAMETER in inspect.signature(module[name]).parameters
        ):
            module[name] = taking_codes(module[name])


@functools.lru_cache(maxsize=8)
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@functools.lru_cache(maxsize=8)
def _style(name: str, system: str) -> NumberStyle:
    return NumberStyle(_locale(name), system)


# Words are looked up many times a figure: the rows of a table by key, as long as it is the same.
_ROWS: dict[str, tuple[pd.DataFrame, dict[str, Row]]] = {}


def _by_key(table: str, key: str) -> dict[str, Row]:
    frame = kept(table)
    known = _ROWS.get(table)
    if known is None or known[0] is not frame:
        known = (frame, {row[key]: row for row in frame.to_dict("records")})
        _ROWS[table] = known
    return known[1]


def _day(moment: pd.Timestamp) -> datetime:
    return moment.to_pydatetime()
