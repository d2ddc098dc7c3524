"""What holds for any text, number, date and file, and not for chosen ones alone.

The examples are drawn anew in no run: the same ones are tried by everybody.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from helpers import arabic
from helpers.data import DataError
from helpers.data.cells import FORMULA, as_text, no_formula, of_formula, typed
from helpers.data.files import read_json, read_rows
from helpers.data.sorting import in_order
from helpers.data.text import TextTable
from helpers.errors import BuildError
from helpers.folding import fold, words
from helpers.language import SKELETONS, Language
from helpers.publish import execute
from helpers.responses import normal_form
from helpers.seminar.kinds import codes_kind
from helpers.seminar.reading import read as read_sheets
from helpers.theme.text import drawn, text_width, wrap

tried = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
STYLES = [Language("ar"), Language("ar", "arabic-indic"), Language("en")]
LETTERS = "ابةتحدرسعلمنويىءأإآئؤلا abcEU27"
SIGNS = "0123456789٠٣.,،%٪-–−+()[]«»\"'/:؛؟€$\u00a0\u200f\u2067\u2069\u00ad\u064e\u0651"
mixed = st.text(st.sampled_from(LETTERS + SIGNS), max_size=40)
texts = st.one_of(mixed, st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
directions = st.sampled_from(["rtl", "ltr"])
languages = st.sampled_from(STYLES)


def without_controls(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


# Text


@tried
@given(texts, directions)
@example("EPCA: (٪5) لا", "rtl")
def test_prepared_text_comes_back_and_is_prepared_once(text: str, direction: str) -> None:
    prepared = arabic.prepare(text, direction)
    assert arabic.restore(prepared) == text
    assert arabic.prepare(prepared, direction) is prepared
    assert prepared.count("\n") == text.count("\n")


@tried
@given(texts, directions)
def test_no_character_is_lost_where_the_engine_shapes(text: str, direction: str) -> None:
    if not arabic.native_shaping():
        pytest.skip("the old engine is tried below")
    prepared = arabic.prepare(text, direction)
    composed = unicodedata.normalize("NFC", text)
    assert without_controls(prepared) == without_controls(composed)


@tried
@given(st.text(st.sampled_from("ابتحدرسعلمنوي abc 27.%،()"), max_size=30))
def test_no_letter_is_lost_by_the_old_engine(text: str) -> None:
    """Its letters come back from their presentation forms, though in the order of the eye."""
    shown = arabic._visual_order(text, "rtl")
    mirrored = str.maketrans("()", "))")
    letters = unicodedata.normalize("NFKC", shown).translate(mirrored)
    assert Counter(letters) == Counter(text.translate(mirrored))


@tried
@given(st.lists(st.text(st.sampled_from(LETTERS[:-6] + "5%"), min_size=1, max_size=9)), languages)
def test_wrapping_keeps_every_word_in_order_within_the_room(
    spoken: list[str], lang: Language
) -> None:
    text, room, size = " ".join(spoken), 90.0, 11.0
    lines = wrap(text, lang, room, size).split("\n")
    assert " ".join(lines).split() == text.split()

    def width(line: str) -> float:
        return text_width(drawn(line, lang), size)

    assert all(width(line) <= room or " " not in line for line in lines)
    for line, after in pairwise(lines):
        assert width(f"{line} {after.split()[0]}") > room, "a word would have had room"


@tried
@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words(fold(text)) == words(text)


@tried
@given(st.text(st.sampled_from("'=+-@a1 "), max_size=6))
def test_no_text_is_a_formula_and_every_text_comes_back(text: str) -> None:
    assert not FORMULA.match(no_formula(text))
    assert of_formula(no_formula(text)) == text


# Numbers and dates


@tried
@given(st.decimals(-999_999_999, 999_999_999, places=6), st.integers(0, 6), languages)
def test_a_number_is_read_as_it_was_written(value: Decimal, places: int, lang: Language) -> None:
    """By whoever answers a question with what a table shows."""
    rounded = round(value, places)
    written = lang.number(float(rounded))
    assume(len(str(rounded)) < 18)
    assert Decimal(str(normal_form(written, "number"))) == rounded
    assert ("0" in written or "٠" in written) or "0" not in f"{rounded.normalize():f}"
    assert lang.number_text(written) == written, "it is in this style already"


@tried
@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 4), languages)
def test_as_many_decimals_are_written_as_asked_for(
    value: float, places: int, lang: Language
) -> None:
    plain = lang.number(value, places).translate(str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,"))
    whole, _, decimals = plain.replace("\u2212", "-").partition(".")
    assert len(decimals) == places
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*", whole)
    near = Decimal(plain.replace("\u2212", "-").replace(",", ""))
    assert abs(near - Decimal(str(value))) <= Decimal(1).scaleb(-places) / 2


@tried
@given(texts, languages)
def test_the_digits_of_a_text_change_and_nothing_else(text: str, lang: Language) -> None:
    shown = lang.number_text(text)
    assert lang.number_text(shown) == shown
    assert fold(shown).replace("٪", "%") == fold(text).replace("٪", "%") or lang.digits != "western"
    assert len(shown) == len(text)


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@tried
@given(days, days, st.sampled_from(sorted(SKELETONS)), languages)
def test_a_date_says_what_is_known_and_no_more(
    one: date, other: date, precision: str, lang: Language
) -> None:
    known = {"day": 3, "month": 2, "year": 1}[precision]
    written = [lang.date(pd.Timestamp(day), precision) for day in (one, other)]
    same = one.timetuple()[:known] == other.timetuple()[:known]
    assert (written[0] == written[1]) == same
    assert lang.numbers.digits(str(one.year)) in written[0]


@tried
@given(days, days, languages)
def test_an_interval_names_its_two_days_in_order(one: date, other: date, lang: Language) -> None:
    first, last = sorted([one, other])
    assume(first != last)
    written = lang.date(pd.Timestamp(first), "day", pd.Timestamp(last))
    start = lang.numbers.digits(str(first.day))
    assert written.startswith(start)
    assert lang.numbers.digits(str(last.year)) in written
    assert "\u2013" in written


# Files


def as_shortest(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


WHOLE = st.integers(-(10**17), 10**17).map(str)
CELLS = {
    "string": texts,
    "integer": WHOLE,
    "number": st.integers(-(10**15) + 1, 10**15 - 1).map(lambda many: as_shortest(many / 1000)),
    "boolean": st.sampled_from(["true", "false"]),
    "date": days.map(str),
}
FIELDS = [{"name": kind, "type": kind} for kind in CELLS]
FIELDS.append({"name": "code", "type": "string", "codes": [{"value": "a"}, {"value": "ب"}]})
ROW = st.tuples(*(st.one_of(st.just(""), cell) for cell in CELLS.values()), st.sampled_from("aب"))


@tried
@given(st.lists(ROW, max_size=5))
def test_a_table_is_loaded_as_it_was_written(rows: list[tuple[str, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(FIELDS)
    named = {str(f["name"]): list(c) for f, c in zip(FIELDS, columns, strict=True)}
    table = TextTable(named)
    frame = typed(table, "file", FIELDS)
    again = as_text(frame, FIELDS)
    assert again == table
    pd.testing.assert_frame_equal(typed(again, "file", FIELDS), frame)


@tried
@given(rows=st.lists(st.tuples(texts, texts, texts), max_size=5))
def test_what_is_written_as_csv_is_read_back(rows: list[tuple[str, ...]], tmp_path: Path) -> None:
    table = [["a", "b", "c"], *map(list, rows)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    (tmp_path / "table.csv").write_bytes(text.getvalue().encode("utf-8"))
    assert read_rows(tmp_path, "table.csv") == table


pieces = [
    b",",
    b'"',
    b"\n",
    b"\r",
    b"a",
    b"1",
    b"\xd9\x85",
    b"\xd9",
    b"\x00",
    b"\xef\xbb\xbf",
    b";",
]
pieces += [b";", b"{", b"}", b"[", b"]", b":", b"null", b"NaN", b"coder", b"code", b"number"]
pieces += [
    b"\xff\xfe",
    b"cells",
    b"nbformat",
    b"4",
    b"metadata",
    b"=",
    b"\t",
    b" ",
    b"\\",
    b"item_id",
]
contents = st.one_of(st.binary(max_size=60), st.lists(st.sampled_from(pieces)).map(b"".join))


@tried
@given(content=contents)
def test_whatever_a_file_holds_is_read_or_refused_in_a_sentence(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(content)
    for reader in (read_rows, read_json):
        try:
            reader(tmp_path, "file")
        except DataError as error:
            assert all(fault.file == "file" and fault.expected for fault in error.faults)
            assert len(str(error).splitlines()) == len(error.faults)


@settings(tried, max_examples=12)
@given(content=contents)
def test_whatever_a_student_hands_in_is_read_or_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "codes-a.csv").write_bytes(content)
    sheets = read_sheets(KIND, tmp_path, Language("en"))
    assert len(sheets.rows) or sheets.faults or b"code" in content


KIND = codes_kind()
parts = st.sampled_from(["markdown", "code", "x", None, 4, [], {}, "# A", ["a", "b"], True])
cells = st.dictionaries(
    st.sampled_from(["cell_type", "source", "id", "outputs", "metadata"]), parts
)


@tried
@given(st.lists(st.one_of(parts, cells), max_size=3), parts, parts)
def test_whatever_a_notebook_holds_is_read_or_refused(
    listed: list[object], version: object, metadata: object
) -> None:
    content = {"cells": listed, "nbformat": version, "nbformat_minor": 5, "metadata": metadata}
    try:
        execute.fresh(json.dumps(content))
    except BuildError as error:
        assert str(error).startswith("not a notebook: ")
        assert "\n" not in str(error)


@tried
@given(st.lists(st.tuples(texts, texts), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_sorting_keeps_every_row_as_it_stands(rows: list[tuple[str, str]], ending: str) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    ordered = in_order(text.getvalue(), rows)
    read = list(csv.reader(io.StringIO(ordered, newline="")))
    assert read == [["a", "b"], *map(list, sorted(rows))]
    assert in_order(ordered, sorted(rows)) == ordered
