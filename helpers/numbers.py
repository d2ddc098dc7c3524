"""Numbers as a language writes them: grouping, decimals, signs and ranges, in two styles of digits.

Grouping, the decimal sign and the percent sign are those of the CLDR, by way of Babel. Its controls
of direction are left out, since every number here stands in text of a known direction, and the
minus is the sign U+2212, not a hyphen.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from babel import Locale
from babel.numbers import format_decimal

MINUS = "\u2212"
EN_DASH = "\u2013"
MOST_DECIMALS = 10
_ROOM = Context(prec=400, rounding=ROUND_HALF_EVEN)  # for any float, written out
DIGITS = "0123456789"
# Babel writes the signs of a numbering system, and leaves the digits to us.
DIGITS_OF = {"latn": DIGITS, "arab": "٠١٢٣٤٥٦٧٨٩"}
_BIDI_CONTROLS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))
# A run without blanks, with the signs that join the parts of a number, a date or an identifier.
_RUN = re.compile(r"[A-Za-z0-9_]+(?:[./:,@-][A-Za-z0-9_]+)*%?")
_LATIN_LETTER = re.compile(r"[A-Za-z_]")
_SIGNED = re.compile(rf"{MINUS}\d[\d.,\u066b\u066c]*[%\u066a]?")
_DECIMAL = re.compile(r"\d+\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@dataclass(frozen=True)
class NumberStyle:
    """How numbers are written.

    Parameters
    ----------
    locale : babel.Locale
        Whose signs are used.
    system : {"latn", "arab"}
        Numbering system: digits, and the signs that belong to them.

    Examples
    --------
    >>> style = NumberStyle(Locale.parse("en_GB"))
    >>> style.number(-1234.5), style.number(0.4, 0), style.percent(12.5)
    ('−1,234.5', '0', '12.5%')
    >>> NumberStyle(Locale.parse("ar"), "arab").percent(1234.5)
    '١٬٢٣٤٫٥٪'
    """

    locale: Locale
    system: str = "latn"

    def number(self, value: float, decimals: int | None = None, at_most: int | None = None) -> str:
        """Write a number.

        Parameters
        ----------
        value : float
            A finite number.
        decimals : int, optional
            Digits after the point, neither more nor fewer.
        at_most : int, optional
            The most digits after the point, fewer where the value needs fewer; if neither is
            given, as many as the value needs.

        Raises
        ------
        ValueError
            If the number is not finite.
        """
        if not math.isfinite(value):
            raise ValueError(f"a finite number is needed, not {value}")
        least = 0 if decimals is None else decimals
        most = decimals if decimals is not None else MOST_DECIMALS if at_most is None else at_most
        pattern = "#,##0." + "0" * least + "#" * (most - least)
        exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-most), context=_ROOM)
        with localcontext(_ROOM):
            text = format_decimal(
                abs(exact), pattern, locale=self.locale, numbering_system=self.system
            )
        return (MINUS if exact < 0 else "") + self.digits(text)

    def percent(self, value: float, decimals: int | None = None, at_most: int | None = None) -> str:
        """Write a number of hundredths: 27 gives ``27%``."""
        return self.number(value, decimals, at_most) + self._sign("percentSign")

    @staticmethod
    def signed(html: str) -> str:
        """Keep the minus before its number, where a browser would set it behind.

        In a line that runs from the right, a minus takes the side of the words before it.

        Examples
        --------
        >>> NumberStyle.signed("\u22120.5")
        '<bdi dir="ltr">\u22120.5</bdi>'
        """
        return _SIGNED.sub(r'<bdi dir="ltr">\g<0></bdi>', html)

    def digits(self, text: str) -> str:
        """Write the digits of a text in this system, and leave all else as it is."""
        return text.translate(str.maketrans(DIGITS, DIGITS_OF[self.system]))

    def text(self, text: str) -> str:
        """Write the numbers of a ready text in this system.

        A run that holds a Latin letter is an identifier, a name or an address, and stays.

        Examples
        --------
        >>> NumberStyle(Locale.parse("ar"), "arab").text("نمو 3.5% في 2024، claim context.7.2-b")
        'نمو ٣٫٥٪ في ٢٠٢٤، claim context.7.2-b'
        """
        return text if self.system == "latn" else _RUN.sub(lambda run: self._run(run[0]), text)

    def _run(self, run: str) -> str:
        if _LATIN_LETTER.search(run):
            return run
        number, percent = run.removesuffix("%"), run.endswith("%")
        if _DECIMAL.fullmatch(number):
            signs = self._sign("group") + self._sign("decimal")
            number = number.translate(str.maketrans(",.", signs))
        return self.digits(number) + (self._sign("percentSign") if percent else "")

    def _sign(self, name: str) -> str:
        return str(self.locale.number_symbols[self.system][name]).translate(_BIDI_CONTROLS)
