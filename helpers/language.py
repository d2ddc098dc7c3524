"""One object that knows how a language is written: words, numbers, dates, direction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd
from babel import Locale
from babel.dates import format_interval, format_skeleton
from babel.lists import format_list

from helpers import arabic
from helpers.data import codes, fields, load

LOCALES = {"ar": "ar", "en": "en_GB"}
RIGHT_TO_LEFT = frozenset({"ar"})
DIGITS = ("western", "arabic-indic")
SKELETONS = {"day": "yMMMd", "month": "yMMM", "year": "y"}
PROSE_AT_START = 'div[dir="rtl"] p, div[dir="rtl"] li { text-align: start; }'
_ARABIC_INDIC = str.maketrans("0123456789,.%", "٠١٢٣٤٥٦٧٨٩٬٫٪")
_ARABIC_INDIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MINUS = "\u2212"
AND = "\u0648"


@dataclass(frozen=True)
class Language:
    """A language and the way in which its texts, numbers and dates are written.

    Parameters
    ----------
    code : {"ar", "en"}
        Language of the notebook.
    digits : {"western", "arabic-indic"}
        Digits for Arabic. Western by default, as the report prints them; English keeps Western.

    Raises
    ------
    ValueError
        If the language or the digits are unknown; the message names those that are known.
    """

    code: str
    digits: str = "western"

    def __post_init__(self) -> None:
        if self.code not in LOCALES:
            raise ValueError(f"unknown language {self.code!r}; known: {', '.join(LOCALES)}")
        if self.digits not in DIGITS:
            raise ValueError(f"unknown digits {self.digits!r}; known: {', '.join(DIGITS)}")

    def _repr_html_(self) -> str:
        """Name the language in a notebook, and align its prose with its direction.

        JupyterLab aligns every paragraph to the left; the rule puts prose at its own start.
        """
        name = f'<p dir="{self.direction}" lang="{self.code}">{escape(self.phrase("language"))}</p>'
        return f"{name}<style>{PROSE_AT_START}</style>"

    @property
    def direction(self) -> str:
        """``"rtl"`` or ``"ltr"``."""
        return "rtl" if self.code in RIGHT_TO_LEFT else "ltr"

    @property
    def is_rtl(self) -> bool:
        """Whether lines run from right to left."""
        return self.direction == "rtl"

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
        return Locale.parse(LOCALES[self.code])

    # Words

    def column(self, stem: str) -> str:
        """Return the column of a bilingual pair that is in this language: ``title_ar``."""
        return f"{stem}_{self.code}"

    def pick(self, row: Mapping, stem: str) -> str:
        """Return the text of a bilingual pair in this language."""
        return row[self.column(stem)]

    def phrase(self, phrase_id: str, **values: object) -> str:
        """Return a fixed phrase, its named fields filled.

        Raises
        ------
        KeyError
            If there is no such phrase.
        """
        phrases = load("phrases").set_index("phrase_id")
        if phrase_id not in phrases.index:
            raise KeyError(f"no phrase {phrase_id!r} in phrases.csv")
        return self.number_text(phrases.at[phrase_id, self.column("text")].format(**values))

    def label(self, table: str, field: str, value: str) -> str:
        """Return the label of a code, such as ``label("claims", "kind", "fact")``."""
        return codes(table, field)[value][self.column("title")]

    def labels(self, table: str, field: str) -> dict[str, str]:
        """Return the labels of all codes of a field, in order."""
        return {value: code[self.column("title")] for value, code in codes(table, field).items()}

    def heading(self, table: str, field: str) -> str:
        """Return the title of a field, as a heading of a column."""
        return fields(table)[field]["title_ar" if self.code == "ar" else "title"]

    def country(self, country_id: str) -> str:
        """Return the name of a country or group.

        Names of states come from the CLDR by way of Babel, names of groups from the table.

        Raises
        ------
        KeyError
            If the country is not in ``countries.csv``.
        """
        countries = load("countries").set_index("country_id")
        if country_id not in countries.index:
            raise KeyError(f"no country {country_id!r} in countries.csv")
        row = countries.loc[country_id]
        if row["kind"] == "state":
            return self.locale.territories[row["alpha_2"]]
        return row[self.column("name")]

    def join(self, items: Iterable[str]) -> str:
        """Join items to a list in words: ``a, b and c``.

        Arabic items that themselves hold an "and" are set apart by commas.
        """
        listed = list(items)
        if self.is_rtl and any(f" {AND}" in item for item in listed):
            return f"\u060c {AND}".join(listed)
        return format_list(listed, locale=self.locale)

    # Numbers

    def number(self, value: float, decimals: int | None = None) -> str:
        """Format a number with grouping.

        Parameters
        ----------
        value : float
            Number; a missing one gives an empty text.
        decimals : int, optional
            Digits after the point; as many as the value needs if not given.
        """
        if pd.isna(value):
            return ""
        if decimals is None:
            digits = f"{abs(value):,.10f}".rstrip("0").rstrip(".")
        else:
            digits = f"{abs(value):,.{decimals}f}"
        if self._arabic_indic:
            digits = digits.translate(_ARABIC_INDIC)
        return (MINUS if value < 0 and float(f"{value:.10f}") != 0 else "") + digits

    def percent(self, value: float, decimals: int | None = None) -> str:
        """Format a number of hundredths: 27 gives ``27%``."""
        return self.number(value, decimals) + ("٪" if self._arabic_indic else "%")

    def quantity(self, row: Mapping) -> str:
        """Format a quantity as the report gives it: value or range, unit, currency, qualifier.

        Parameters
        ----------
        row : mapping
            A row of ``quantities``.
        """
        if row["value_status"] == "not_stated":
            return self.phrase("no-figure-given")
        amount = row["value"] if pd.notna(row["value"]) else row["value_high"]
        value = self.number(amount)
        if pd.notna(row["value_low"]):
            value = f"{self.number(row['value_low'])}–{value}"
        patterns = codes("quantities", "unit")[row["unit"]][self.column("pattern")]
        form = self.locale.plural_form(amount)
        text = patterns.get(form, patterns["other"]).format(
            value=value,
            percent=self.percent(row["value"]),
            code=row["currency"],
            currency=self.labels("quantities", "currency").get(row["currency"], ""),
        )
        if row["qualifier"] == "exactly":
            return text
        return f"{self.label('quantities', 'qualifier', row['qualifier'])} {text}"

    def number_text(self, text: str) -> str:
        """Put the digits of a ready text, such as a title or an ISO date, into this style."""
        return text.translate(_ARABIC_INDIC_DIGITS) if self._arabic_indic else text

    @property
    def _arabic_indic(self) -> bool:
        return self.is_rtl and self.digits == "arabic-indic"

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
        """
        if pd.isna(start):
            return ""
        skeleton = SKELETONS[precision]
        if end is None or pd.isna(end):
            text = format_skeleton(skeleton, start, locale=self.locale)
        else:
            text = format_interval(start, end, skeleton, locale=self.locale)
        return self.number_text(text)

    # Drawing

    def draw(self, text: object) -> str:
        """Make text ready for matplotlib; the last step before it is drawn."""
        return arabic.prepare(text, self.direction)
