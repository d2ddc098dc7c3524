"""Read the sheets of students: read where it can be, told where it cannot.

A sheet may come from a spreadsheet: with another delimiter, a byte order mark, headings and codes
in either language, numbers for codes, Arabic-Indic digits, rows left out or empty.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers.data.cells import of_formula
from helpers.data.faults import Fault
from helpers.data.holding import held
from helpers.language import Language
from helpers.seminar.kinds import (
    CODER,
    ID,
    NUMBER,
    REASON,
    VALUE,
    Kind,
    clean,
    codes_kind,
    simple,
    verdicts_kind,
)

TEXTS = {".csv", ".tsv", ".txt"}
SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".ods", ".numbers"}
DELIMITERS = ",;\t|\u061b\u060c"
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
OLD_ARABIC = "cp1256"  # what spreadsheets write where Windows speaks Arabic, and reads French too
LARGEST = 1_000_000
GIVEN = [CODER, ID, VALUE, REASON, "file", "row"]


@dataclass(frozen=True)
class Sheets:
    """What was read of a folder.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row a coder and object: ``coder``, ``id``, ``value``, ``reason``, ``file``, ``row``.
    faults : tuple of Fault
        What could not be read: file, row, field, value and what was expected.
    namesakes : tuple of str
        Names that several files carry; their coders are told apart by the names of the files.
    """

    rows: pd.DataFrame
    faults: tuple[Fault, ...] = ()
    namesakes: tuple[str, ...] = ()


@dataclass
class _Reader:
    """One file on its way: what it is read as, and what is found wrong."""

    file: str
    kind: Kind
    lang: Language
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        objects = self.kind.objects
        self.values = self.kind.values_by_word()
        self.by_id = {simple(name): name for name in objects.values()}
        self.by_number = {str(number): name for number, name in objects.items()}
        self.span = {"first": min(objects), "last": max(objects)}

    def tell(self, row: int, name: str, value: str, expected: str, **values: object) -> None:
        heading = self.kind.headings(self.lang).get(name, name)
        told = self.lang.phrase(f"lab-expected-{expected}", **values)
        self.faults.append(Fault(self.file, row, heading, value, told))


@held()
def read(kind: Kind, folder: Path, lang: Language) -> Sheets:
    """Read every sheet of a kind in a folder.

    Parameters
    ----------
    kind : Kind
        Kind of the sheets; those of the other kind are passed over.
    folder : Path
        Folder of the sheets; it need not exist.
    lang : Language
        Language in which faults are told.
    """
    rows: list[dict[str, object]] = []
    faults: list[Fault] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name.startswith((".", "~")):
            continue
        reader = _Reader(path.name, kind, lang)
        rows += _of_file(path, reader)
        faults += reader.faults
    table = pd.DataFrame(rows, columns=GIVEN)
    return Sheets(*_told_apart(table, faults))


def _of_file(path: Path, reader: _Reader) -> list[dict[str, object]]:
    ending = path.suffix.lower()
    if ending in SPREADSHEETS:
        reader.tell(0, "", ending, "csv")
        return []
    if ending not in TEXTS or not path.is_file():  # told, lest a student's work is left out
        reader.tell(0, "", path.name, "sheet")
        return []
    text = _text(path)
    if not text.strip():
        found = reader.lang.phrase("lab-no-text")
        reader.tell(0, "", found, "text")
        return []
    return _of_text(text, path.stem, reader)


def _text(path: Path) -> str:
    """Return the text of a file; empty if it cannot be read, or is too large for a sheet."""
    try:
        return "" if path.stat().st_size > LARGEST else decoded(path.read_bytes())
    except OSError:
        return ""


def decoded(content: bytes) -> str:
    r"""Return the text of a file, whichever way it is encoded; empty if it is no text.

    Examples
    --------
    >>> decoded("تأكيد".encode("cp1256")), decoded(b"PK\x03\x04\x00")
    ('تأكيد', '')
    """
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode(OLD_ARABIC, errors="replace")
    return "" if "\x00" in text else text


def _of_text(text: str, stem: str, reader: _Reader) -> list[dict[str, object]]:
    lines = re.split(r"\r\n|\r|\n", text)
    first = next((n for n, line in enumerate(lines) if _is_heading(line)), len(lines))
    known = reader.kind.fields_by_heading()
    best = max(DELIMITERS, key=lambda sign: len(_fields(lines[first : first + 1], sign, known)))
    columns = _fields(lines[first : first + 1], best, known)
    if VALUE not in columns.values():
        if not _of_other_kind(lines[first : first + 1]):
            reader.tell(
                first + 1, "", "".join(lines[first : first + 1]), "columns", **_named(reader)
            )
        return []
    if not {ID, NUMBER} & set(columns.values()):
        reader.tell(first + 1, ID, reader.lang.phrase("lab-no-column"), "columns", **_named(reader))
        return []
    found = _records(text, best, reader)
    return _codes([entry for entry in found if entry[0] > first + 1], columns, stem, reader)


def _is_heading(line: str) -> bool:
    """Return whether a line may be the header: not blank, nor the one that names a delimiter."""
    bare = clean(line).strip(DELIMITERS + '" ')
    return bool(bare) and not bare.lower().startswith("sep=")


def _fields(lines: Sequence[str], sign: str, known: Mapping[str, str]) -> dict[int, str]:
    try:
        cells = next(csv.reader(lines, delimiter=sign), [])
    except csv.Error:  # a cell larger than any heading
        cells = []
    named = {place: known.get(simple(cell), "") for place, cell in enumerate(cells)}
    return {place: name for place, name in named.items() if name}


def _of_other_kind(lines: Sequence[str]) -> bool:
    """Return whether a header is that of the other kind of sheet, which another call reads."""
    headings = (kind().fields_by_heading() for kind in (codes_kind, verdicts_kind))
    return any(
        VALUE in _fields(lines, sign, known).values() for known in headings for sign in DELIMITERS
    )


def _named(reader: _Reader) -> dict[str, str]:
    headings = reader.kind.headings(reader.lang)
    return {"columns": reader.lang.join(headings[name] for name in (CODER, NUMBER, VALUE))}


def _records(text: str, sign: str, reader: _Reader) -> list[tuple[int, list[str]]]:
    """Return the records with their numbers, up to the first that cannot be parted into cells."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in records:
            found.append((len(found) + 1, [clean(cell) for cell in cells]))
    except csv.Error:
        reader.tell(len(found) + 1, "", reader.lang.phrase("lab-no-cells"), "quotes")
    return found


def _codes(
    records: list[tuple[int, list[str]]], columns: Mapping[int, str], stem: str, reader: _Reader
) -> list[dict[str, object]]:
    """Return the codes of a file; two different ones of a coder for one object cancel out."""
    alone = stem.removeprefix(f"{reader.kind.name}-") or stem
    given: dict[tuple[str, str], dict[str, object]] = {}
    cancelled = set()
    spelt: dict[str, str] = {}
    for row, cells in records:
        own = {name: cells[place] for place, name in columns.items() if place < len(cells)}
        value = _value(own, row, reader)
        object_id = _object(own, row, reader) if own.get(VALUE) else None
        if not value or not object_id:
            continue
        coder = of_formula(own.get(CODER, "")) or alone
        coder = spelt.setdefault(simple(coder), coder)
        entry = {CODER: coder, ID: object_id, VALUE: value, REASON: of_formula(own.get(REASON, ""))}
        key = simple(coder), object_id
        first = given.setdefault(key, {**entry, "file": reader.file, "row": row})
        if first[VALUE] != value:
            cancelled.add(key)
            reader.tell(row, VALUE, own[VALUE], "one-code", other=first["row"])
    return [entry for key, entry in given.items() if key not in cancelled]


def _value(own: Mapping[str, str], row: int, reader: _Reader) -> str | None:
    """Return the code of a row; none, and nothing told, where a student has not coded."""
    written = own.get(VALUE, "")
    value = reader.values.get(simple(written))
    if written and value is None:
        reader.tell(row, VALUE, written, "code", codes=reader.kind.told(reader.lang))
    return value


def _object(own: Mapping[str, str], row: int, reader: _Reader) -> str | None:
    """Return the id of what a row codes, by its id or by its number, which must not differ."""
    found = []
    for name, known in ((ID, reader.by_id), (NUMBER, reader.by_number)):
        written = own.get(name, "")
        if written:
            found.append(known.get(simple(written)))
            if found[-1] is None:
                reader.tell(row, name, written, "object", **reader.span)
    if not found:
        reader.tell(row, NUMBER, "", "object", **reader.span)
    if len(set(found)) > 1 and None not in found:
        reader.tell(row, NUMBER, own[NUMBER], "same-object", id=own[ID])
    return found[0] if len(set(found)) == 1 else None


def _told_apart(
    table: pd.DataFrame, faults: list[Fault]
) -> tuple[pd.DataFrame, tuple[Fault, ...], tuple[str, ...]]:
    """Give coders of one name in several files the name of their file beside their own."""
    files: dict[str, set[str]] = {}
    for coder, file in zip(table[CODER], table["file"], strict=True):
        files.setdefault(simple(coder), set()).add(file)
    shared = [len(files[simple(coder)]) > 1 for coder in table[CODER]]
    own = zip(table[CODER], table["file"], shared, strict=True)
    named = [f"{coder} ({file})" if several else coder for coder, file, several in own]
    namesakes = tuple(dict.fromkeys(table[CODER][pd.Series(shared, dtype=bool)]))
    return table.assign(coder=named), tuple(sorted(faults)), namesakes
