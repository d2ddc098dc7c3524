"""Write the data dictionary from the schema, in both languages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.data import data_folder, load
from helpers.data.schema import fields, package
from helpers.language import LOCALES, Language

FILES = {"en": "DICTIONARY.md", "ar": "DICTIONARY.ar.md"}
EXAMPLE_STEMS = ("text", "title", "name", "term", "measure", "note")


def write() -> list[Path]:
    """Write the dictionary in every language; return the files."""
    return [_write(Language(code)) for code in LOCALES]


def _write(lang: Language) -> Path:
    path = data_folder() / FILES[lang.code]
    path.write_text(compose(lang), encoding="utf-8")
    return path


def compose(lang: Language) -> str:
    """Return the dictionary as Markdown."""
    descriptor = package()
    parts = [
        f"# {lang.phrase('data-dictionary')}",
        _in(lang, descriptor, "description"),
        lang.phrase("dictionary-note", edition=descriptor["edition"]),
        _overview(lang),
        *(_table(entry, lang) for entry in descriptor["resources"]),
    ]
    text = "\n\n".join(parts)
    if lang.is_rtl:
        text = f'<div dir="rtl" lang="{lang.code}">\n\n{text}\n\n</div>'
    return text + "\n"


def _in(lang: Language, entry: dict, key: str) -> str:
    """Return a title or description of the schema in the language."""
    return entry[key if lang.code == "en" else f"{key}_{lang.code}"]


def _rows(headings: list[str], rows: list[list[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _overview(lang: Language) -> str:
    headings = [lang.phrase(name) for name in ("table", "rows", "contents")]
    rows = [
        [
            f"[`{entry['name']}`](#{entry['name']})",
            lang.number(len(load(entry["name"]))),
            _in(lang, entry, "title"),
        ]
        for entry in package()["resources"]
    ]
    return _rows(headings, rows)


def _table(entry: dict, lang: Language) -> str:
    """Describe one table: purpose, keys, fields, codes."""
    name = entry["name"]
    keys = ", ".join(f"`{key}`" for key in entry["schema"]["primaryKey"])
    parts = [
        f'<a id="{name}"></a>',
        f"## `{name}` · {_in(lang, entry, 'title')}",
        _in(lang, entry, "description"),
        f"{lang.phrase('file')}: `{entry['path']}` · {lang.phrase('key')}: {keys}",
        _fields(entry, lang),
        *(_codes(name, field, lang) for field in fields(name).values() if "codes" in field),
    ]
    return "\n\n".join(parts)


def _fields(entry: dict, lang: Language) -> str:
    targets = {
        foreign["fields"][0]: foreign["reference"]["resource"]
        for foreign in entry["schema"].get("foreignKeys", [])
    }
    headings = [lang.phrase(name) for name in ("field", "meaning", "type", "needed", "description")]
    rows = []
    for name, field in fields(entry["name"]).items():
        description = _in(lang, field, "description")
        if name in targets:
            description += f" → [`{targets[name]}`](#{targets[name]})"
        needed = lang.phrase("yes") if field.get("constraints", {}).get("required") else ""
        rows.append([f"`{name}`", _in(lang, field, "title"), field["type"], needed, description])
    return _rows(headings, rows)


def _codes(table: str, field: dict, lang: Language) -> str:
    headings = [lang.phrase(name) for name in ("code", "meaning", "description", "example")]
    rows = [
        [
            f"`{code['value']}`",
            code[lang.column("title")],
            code[lang.column("description")],
            example(table, code, lang),
        ]
        for code in field["codes"]
    ]
    return f"**{lang.phrase('codes-of')} `{field['name']}`**\n\n{_rows(headings, rows)}"


def example(table: str, code: dict, lang: Language) -> str:
    """Return the example of a code: the text of its row where it has one, and its key."""
    key = code.get("example", "")
    if not key:
        return ""
    text = _text_of(table, key, lang)
    return f"{text} (`{key}`)" if text else f"`{key}`"


def _text_of(table: str, key: str, lang: Language) -> str:
    frame = load(table)
    row = frame[frame.iloc[:, 0] == key].iloc[0]
    for stem in EXAMPLE_STEMS:
        if lang.column(stem) in row.index and pd.notna(row[lang.column(stem)]):
            verb = row.get(lang.column("verb"))
            return f"{verb}: {row[lang.column(stem)]}" if verb else row[lang.column(stem)]
    for foreign in _foreign_keys(table):
        if foreign["fields"] == [frame.columns[0]]:
            return _text_of(foreign["reference"]["resource"], key, lang)
    return ""


def _foreign_keys(table: str) -> list[dict]:
    entry = next(entry for entry in package()["resources"] if entry["name"] == table)
    return entry["schema"].get("foreignKeys", [])
