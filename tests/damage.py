"""What can befall a file of the project: the bank of damages, and how each is done.

``damages.csv`` is the bank. A row says in words what is damaged, where it is noticed (``door``),
the file, how it is damaged (a function below, and what it is given), and what must be said: row,
field and value of the fault, and a part of the sentence. ``*`` stands for any. A row that says
nothing is a damage that must do no harm: all is read as before.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BANK = Path(__file__).with_name("damages.csv")
Damaging = Callable[..., bytes]


@dataclass(frozen=True)
class Damage:
    """A row of the bank."""

    damage: str
    door: str
    file: str
    how: str
    what: str
    row: str
    field: str
    value: str
    said: str

    def __str__(self) -> str:
        return self.damage

    @property
    def is_harmless(self) -> bool:
        return not self.said

    def done_to(self, content: bytes) -> bytes:
        """Return what a file holds after the damage."""
        given = [part for part in self.what.split("|")] if self.what else []
        return DAMAGINGS[self.how](content, *given)


def bank(*doors: str) -> list[Damage]:
    """Read the damages that are noticed at some doors."""
    with BANK.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    every = [Damage(*(_unescaped(cell) for cell in row)) for row in rows]
    return [damage for damage in every if damage.door in doors]


def _unescaped(cell: str) -> str:
    r"""Characters that are not seen are written as ``\u200f``; a doubled backslash is one."""
    pattern = r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\(\\)"
    return re.sub(pattern, lambda m: m[3] or chr(int(m[1] or m[2], 16)), cell)


@contextmanager
def damaged(folder: Path, damage: Damage) -> Iterator[Path]:
    """Damage a file below a folder, and put it back."""
    path = folder / damage.file
    before = path.read_bytes() if path.is_file() else None
    try:
        if damage.how in OF_FILES:
            OF_FILES[damage.how](path, folder, damage.what)
        else:
            path.write_bytes(damage.done_to(before or b""))
        yield path
    finally:
        if path.is_dir():
            path.rmdir()
        path.unlink(missing_ok=True)
        if before is not None:
            path.write_bytes(before)


# Files as a whole


def _gone(path: Path, _folder: Path, _what: str) -> None:
    path.unlink()


def _a_folder(path: Path, _folder: Path, _what: str) -> None:
    path.unlink()
    path.mkdir()


def _beside(path: Path, folder: Path, what: str) -> None:
    shutil.copy(folder / what, path)


OF_FILES = {"gone": _gone, "a_folder": _a_folder, "beside": _beside}


# Bytes and lines


def _written(_content: bytes, text: str = "") -> bytes:
    return text.encode("utf-8")


def _encoded(content: bytes, encoding: str) -> bytes:
    return content.decode("utf-8").encode(encoding, "replace")


def _row_encoded(content: bytes, number: str, encoding: str) -> bytes:
    lines = content.split(b"\n")
    lines[int(number) - 1] = _encoded(lines[int(number) - 1], encoding)
    return b"\n".join(lines)


def _misread(content: bytes, encoding: str) -> bytes:
    return content.decode(encoding).encode("utf-8")


def _prefixed(content: bytes, text: str) -> bytes:
    return text.encode("utf-8") + content


def _appended(content: bytes, text: str) -> bytes:
    return content + text.encode("utf-8")


def _ends(content: bytes, ending: str) -> bytes:
    return content.replace(b"\n", ending.encode())


def _ends_in_turn(content: bytes) -> bytes:
    lines = content.rstrip(b"\n").split(b"\n")
    endings = [b"\n", b"\r\n", b"\r"]
    return b"".join(line + endings[place % 3] for place, line in enumerate(lines))


def _without_last_end(content: bytes) -> bytes:
    return content.rstrip(b"\n")


def _cut(content: bytes, count: str) -> bytes:
    return content[: -int(count)]


def _cut_in_letter(content: bytes) -> bytes:
    last = max(place for place, byte in enumerate(content) if byte >= 0xD8)
    return content[: last + 1]


def _line_prefixed(content: bytes, number: str, text: str) -> bytes:
    lines = content.split(b"\n")
    lines[int(number) - 1] = text.encode("utf-8") + lines[int(number) - 1]
    return b"\n".join(lines)


def _line_before(content: bytes, number: str, text: str) -> bytes:
    return _line_prefixed(content, number, f"{text}\n")


def _line_cut(content: bytes, number: str, text: str) -> bytes:
    lines = content.split(b"\n")
    lines[int(number) - 1] = lines[int(number) - 1].replace(text.encode(), b"", 1)
    return b"\n".join(lines)


def _without_line(content: bytes, number: str) -> bytes:
    lines = content.split(b"\n")
    del lines[int(number) - 1]
    return b"\n".join(lines)


def _header_alone(content: bytes) -> bytes:
    return content.split(b"\n")[0] + b"\n"


def _replaced(content: bytes, change: str) -> bytes:
    old, new = change.encode("utf-8").split(b"=>")
    assert old in content, f"{old!r} is not in the file; mend the bank"
    return content.replace(old, new, 1)


def _nested(_content: bytes, depth: str) -> bytes:
    return b"[" * int(depth)


def _long_number(content: bytes, old: str, digits: str) -> bytes:
    return _replaced(content, f"{old}=>{old}{'0' * int(digits)}")


# Rows and columns


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(content.decode("utf-8").splitlines()))


def _csv(rows: list[list[str]], separator: str = ",") -> bytes:
    text = "".join(separator.join(_quoted(cell, separator) for cell in row) + "\n" for row in rows)
    return text.encode("utf-8", "surrogatepass")


def _quoted(cell: str, separator: str) -> str:
    if any(sign in cell for sign in f'{separator}"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _separated(content: bytes, separator: str) -> bytes:
    return _csv(_rows(content), separator)


def _separated_and_ends(content: bytes, separator: str, ending: str) -> bytes:
    return _ends(_separated(content, separator), ending)


def _rows_separated(content: bytes, separator: str) -> bytes:
    return content.split(b"\n")[0] + b"\n" + _csv(_rows(content)[1:], separator)


def _cell(content: bytes, key: str, field: str, cell: str = "") -> bytes:
    rows = _rows(content)
    row = next(row for row in rows if row[0] == key)
    row[rows[0].index(field)] = cell
    return _csv(rows)


def _cell_of(content: bytes, key: str, field: str, text: str, times: str) -> bytes:
    return _cell(content, key, field, (text * int(times)).strip())


def _without_row(content: bytes, key: str) -> bytes:
    return _csv([row for row in _rows(content) if row[0] != key])


def _doubled(content: bytes, key: str) -> bytes:
    return _csv([each for row in _rows(content) for each in [row] * (1 + (row[0] == key))])


def _reversed_rows(content: bytes) -> bytes:
    header, *rows = _rows(content)
    return _csv([header, *rows[::-1]])


def _without_column(content: bytes, name: str) -> bytes:
    rows = _rows(content)
    place = rows[0].index(name)
    return _csv([row[:place] + row[place + 1 :] for row in rows])


def _with_column(content: bytes, name: str = "") -> bytes:
    return _csv([[*row, name if place == 0 else ""] for place, row in enumerate(_rows(content))])


def _swapped(rows: list[list[str]], names: list[str], one: str, other: str) -> None:
    first, second = names.index(one), names.index(other)
    for row in rows:
        row[first], row[second] = row[second], row[first]


def _swapped_columns(content: bytes, one: str, other: str) -> bytes:
    rows = _rows(content)
    _swapped(rows, list(rows[0]), one, other)
    return _csv(rows)


def _swapped_headings(content: bytes, one: str, other: str) -> bytes:
    rows = _rows(content)
    _swapped(rows[:1], list(rows[0]), one, other)
    return _csv(rows)


def _swapped_cells(content: bytes, one: str, other: str) -> bytes:
    rows = _rows(content)
    _swapped(rows[1:], list(rows[0]), one, other)
    return _csv(rows)


def _moved(content: bytes, number: str) -> bytes:
    rows = _rows(content)
    row = rows[int(number) - 1]
    row[1:] = [*row[2:], ""]
    return _csv(rows)


# JSON


def _step(content: Any, path: str) -> tuple[Any, Any]:
    """Return the object or list that holds what a path leads to, and its name or place in it."""
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in steps:
        content = content[step]
    return content, last


def _json(content: bytes) -> Any:
    return json.loads(content)


def _as_json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _json_set(content: bytes, path: str, value: str) -> bytes:
    whole = _json(content)
    holder, last = _step(whole, path)
    holder[last] = json.loads(value)
    return _as_json(whole)


def _json_del(content: bytes, path: str) -> bytes:
    whole = _json(content)
    holder, last = _step(whole, path)
    del holder[last]
    return _as_json(whole)


def _json_twice(content: bytes, path: str) -> bytes:
    whole = _json(content)
    holder, last = _step(whole, path)
    holder.append(holder[last])
    return _as_json(whole)


def _json_alike(content: bytes, one: str, other: str) -> bytes:
    whole = _json(content)
    holder, last = _step(whole, other)
    return _json_set(content, one, json.dumps(holder[last]))


def _json_swap(content: bytes, one: str, other: str) -> bytes:
    holder, last = _step(_json(content), one)
    return _json_set(_json_alike(content, one, other), other, json.dumps(holder[last]))


def _json_field(content: bytes, name: str, path: str, value: str) -> bytes:
    names = [field["name"] for field in _json(content)["fields"]]
    return _json_set(content, f"fields.{names.index(name)}.{path}", value)


def _json_code(content: bytes, name: str, value: str) -> bytes:
    """Give the first code of the first field that has codes another property."""
    fields = _json(content)["fields"]
    place = next(place for place, field in enumerate(fields) if "codes" in field)
    return _json_set(content, f"fields.{place}.codes.0.{name}", value)


def _json_code_cell(content: bytes, source: str) -> bytes:
    """Give the last cell of code another text."""
    cells = _json(content)["cells"]
    place = max(place for place, cell in enumerate(cells) if cell["cell_type"] == "code")
    return _json_set(content, f"cells.{place}.source", json.dumps(source))


# Sheets of students


def _raw(_content: bytes, text: str = "") -> bytes:
    return text.encode("utf-8")


def _sheet(_content: bytes, rows: str) -> bytes:
    return f"coder,number,code\n{rows}\n".encode()


def _heading_of(_content: bytes, length: str) -> bytes:
    return b"coder,number,code," + b"x" * int(length) + b"\nMona,9,welcome\n"


DAMAGINGS: dict[str, Damaging] = {
    "emptied": lambda _content: b"",
    **{
        function.__name__.removeprefix("_"): function
        for function in (
            *(_written, _encoded, _row_encoded, _misread, _prefixed, _appended, _ends),
            *(_ends_in_turn, _without_last_end, _cut, _cut_in_letter, _line_prefixed),
            *(_line_before, _line_cut, _without_line, _header_alone, _replaced, _nested),
            *(_long_number, _separated, _separated_and_ends, _rows_separated, _cell, _cell_of),
            *(_without_row, _doubled, _reversed_rows, _without_column, _with_column),
            *(_swapped_columns, _swapped_headings, _swapped_cells, _moved, _json_set, _json_del),
            *(_json_twice, _json_alike, _json_swap, _json_field, _json_code, _json_code_cell),
            *(_raw, _sheet, _heading_of),
        )
    },
}
