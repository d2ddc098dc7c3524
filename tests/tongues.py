"""Two languages that nobody speaks, made from English, to find what assumes Arabic or English.

One runs from the left and is accented and longer by a third; one runs from the right in letters of
Hebrew, so that what is about direction is told from what is about Arabic. Their codes are those of
Esperanto and Hebrew, as Babel must know how they write dates and numbers.

>>> accented("Aims of {count} points")
'Àîmš~~ ôf {count} pôîñtš~~'
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from string import ascii_lowercase
from typing import Any

LEFT, RIGHT = "eo", "he"
# What is not turned: named fields, codes, links, addresses and the marks of Markdown.
KEPT = re.compile(r"(\{[^{}]*\}|`[^`]*`|\]\([^)]*\)|https?://\S+)")
WORD = re.compile(r"[A-Za-z]+")
ACCENTS = str.maketrans("AEIOUaeiouncsyNCS", "ÀÈÎÔÛàèîôûñçšýÑÇŠ")
HEBREW = {letter: chr(0x5D0 + place) for place, letter in enumerate(ascii_lowercase)}


def accented(text: str) -> str:
    """Write English with accents, and words of four letters and more longer by half of them."""
    return _turned(text, lambda word: word.translate(ACCENTS) + "~" * (2 if len(word) > 3 else 0))


def from_the_right(text: str) -> str:
    """Write English in letters of Hebrew."""
    return _turned(text, lambda word: "".join(HEBREW[letter] for letter in word.lower()))


def _turned(text: str, turn: Callable[[str], str]) -> str:
    parts = KEPT.split(text)
    parts[::2] = [WORD.sub(lambda word: turn(word[0]), part) for part in parts[::2]]
    return "".join(parts)


TURNS = {LEFT: accented, RIGHT: from_the_right}


def lay_out(source: Path, folder: Path) -> None:
    """Copy a data folder, with both languages beside its own."""
    shutil.copytree(source, folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["languages"] += [
        {"code": code, "locale": code, "digits": ["western"]} for code in TURNS
    ]
    package = _described(package)
    for entry in package["resources"]:
        if entry.get("type", "table") != "table":
            continue
        schema = folder / entry["schema"]
        fields = json.loads(schema.read_text(encoding="utf-8"))
        fields = _described(fields)
        fields["fields"] = [each for field in fields["fields"] for each in _in_each(field)]
        schema.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
        _fill(folder / entry["path"], [field["name"] for field in fields["fields"]])
    (folder / "datapackage.json").write_text(
        json.dumps(package, ensure_ascii=False), encoding="utf-8"
    )


def _in_each(field: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a field, and after an English one those of the languages beside it."""
    name = field["name"]
    if not name.endswith("_en"):
        return [field]
    limits = field.get("constraints", {})
    limits = {limit: value for limit, value in limits.items() if limit != "pattern"}  # of English
    own = field | ({"constraints": limits} if "constraints" in field else {})
    return [field, *(own | {"name": f"{name[:-2]}{code}"} for code in TURNS)]


def _described(entry: Any) -> Any:
    """Add texts to a part of a descriptor, beside those that are in English."""
    if isinstance(entry, list):
        return [_described(part) for part in entry]
    if not isinstance(entry, dict):
        return entry
    told = {name: _described(value) for name, value in entry.items()}
    for name, value in entry.items():
        stem = name.removesuffix("_en") if name.endswith("_en") else name
        if name.endswith("_en") or f"{name}_ar" in entry:
            told |= {f"{stem}_{code}": _said(value, turn) for code, turn in TURNS.items()}
    return told


def _said(value: Any, turn: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {name: turn(text) for name, text in value.items()}
    if isinstance(value, list):
        return [turn(text) for text in value]
    return turn(value) if isinstance(value, str) else value


def _fill(path: Path, names: list[str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for name in names:
            if name not in row:
                stem, code = name.rsplit("_", 1)
                row[name] = TURNS[code](row[f"{stem}_en"])
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
