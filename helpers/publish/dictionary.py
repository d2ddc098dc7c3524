"""Write the data dictionary from the schema, in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from helpers import swap
from helpers.data import data_folder, load
from helpers.data.languages import schema_language
from helpers.data.schema import fields, package, stored
from helpers.data.tables import kept
from helpers.language import Language
from helpers.publish.entries.rows import rows
from helpers.publish.languages import every

# What says best of which row a code is an example, the best first.
EXAMPLE_STEMS = ("text", "title", "name", "term", "measure", "note")

# Entries of the Data Package descriptor.
Described = Mapping[str, Any]
# What makes the anchor of a table, or its name, out of the name of the table.
Naming = Callable[[str], str]


def file_name(code: str) -> str:
    """Return the name of the dictionary's file in a language.

    Examples
    --------
    >>> file_name("en"), file_name("ar")
    ('DICTIONARY.md', 'DICTIONARY.ar.md')
    """
    return "DICTIONARY.md" if code == schema_language() else f"DICTIONARY.{code}.md"


def write() -> list[Path]:
    """Write the dictionary in every language; return the files."""
    return [_write(lang) for lang in every()]


def _write(lang: Language) -> Path:
    path = data_folder() / file_name(lang.code)
    swap.write(path, compose(lang))
    return path


def compose(lang: Language) -> str:
    """Return the dictionary as a file of Markdown."""
    heading = f"# {lang.phrase('data-dictionary')}"
    text = f"{heading}\n\n{body(lang, _html_anchor, str)}"
    if lang.is_rtl:
        text = f'<div dir="rtl" lang="{lang.code}">\n\n{text}\n\n</div>'
    return text + "\n"


def _html_anchor(table: str) -> str:
    return f'<a id="{table}"></a>'


def body(lang: Language, anchor: Naming, name: Naming) -> str:
    """Return what stands below the title of the dictionary.

    Parameters
    ----------
    lang : Language
        Language of the dictionary.
    anchor : callable
        Gives the line that makes a table a target.
    name : callable
        Gives the name of that target.

    Returns
    -------
    str
        Markdown.
    """
    descriptor = package()
    return "\n\n".join(
        [
            _in(lang, descriptor, "description"),
            lang.phrase("dictionary-note", edition=descriptor["edition"]),
            _overview(lang, name),
            *(_table(entry, lang, anchor, name) for entry in descriptor["resources"]),
        ]
    )


def _in(lang: Language, entry: Described, key: str) -> str:
    """Return a title or description of the schema in the language."""
    return lang.titled(entry, key)


def _grid(headings: list[str], cells: list[list[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *cells]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _overview(lang: Language, name: Naming) -> str:
    headings = [lang.phrase(word) for word in ("table", "rows", "contents")]
    listed = [
        [
            _table_link(entry["name"], name),
            lang.number(len(load(entry["name"]))),
            _in(lang, entry, "title"),
        ]
        for entry in package()["resources"]
    ]
    return _grid(headings, listed)


def _table_link(table: str, name: Naming) -> str:
    return f"[`{table}`](#{name(table)})"


def _table(entry: Described, lang: Language, anchor: Naming, name: Naming) -> str:
    """Describe one table: purpose, keys, fields, codes."""
    table = entry["name"]
    keys = ", ".join(f"`{key}`" for key in entry["schema"]["primaryKey"])
    parts = [
        anchor(table),
        f"## `{table}` · {_in(lang, entry, 'title')}",
        _in(lang, entry, "description"),
        f"{lang.phrase('file')}: `{entry['path']}` · {lang.phrase('key')}: {keys}",
        _fields(entry, lang, name),
        *(_codes(table, field, lang) for field in fields(table).values() if "codes" in field),
    ]
    return "\n\n".join(parts)


def _fields(entry: Described, lang: Language, name: Naming) -> str:
    targets = {
        foreign["fields"][0]: foreign["reference"]["resource"]
        for foreign in entry["schema"].get("foreignKeys", [])
    }
    headings = [lang.phrase(word) for word in ("field", "meaning", "type", "needed", "description")]
    listed = []
    for column, field in fields(entry["name"]).items():
        description = _in(lang, field, "description")
        if column in targets:
            description += f" → {_table_link(targets[column], name)}"
        needed = lang.phrase("yes") if field.get("constraints", {}).get("required") else ""
        about, kind = _in(lang, field, "title"), f"`{field['type']}`"
        listed.append([f"`{column}`", about, kind, needed, description])
    return _grid(headings, listed)


def _codes(table: str, field: Described, lang: Language) -> str:
    headings = [lang.phrase(word) for word in ("code", "meaning", "description", "example")]
    listed = [
        [
            f"`{code['value']}`",
            code[lang.column("title")],
            code[lang.column("description")],
            example(table, code, lang),
        ]
        for code in field["codes"]
    ]
    return f"**{lang.phrase('codes-of')} `{field['name']}`**\n\n{_grid(headings, listed)}"


def example(table: str, code: Described, lang: Language) -> str:
    """Return the example of a code: the text of its row where it has one, and its key."""
    key = code.get("example", "")
    if not key:
        return ""
    text = _text_of(table, key, lang)
    return f"{text} (`{key}`)" if text else f"`{key}`"


def _text_of(table: str, key: str, lang: Language) -> str:
    """Return what a row says best of itself, or the row that it stands for, if any."""
    frame = kept(table)
    name = frame.columns[0]
    named = rows(frame[frame[name] == key])
    if not named:
        return ""
    row = named[0]  # a key of two fields names several rows: passes of several coders
    for stem in EXAMPLE_STEMS:
        if text := row.get(lang.column(stem)):
            verb = row.get(lang.column("verb"))
            return f"{verb}: {text}" if verb else str(text)
    for foreign in _foreign_keys(table):
        if foreign["fields"] == [name]:
            return _text_of(foreign["reference"]["resource"], key, lang)
    return ""


def _foreign_keys(table: str) -> list[Described]:
    return list(stored(table)["schema"].get("foreignKeys", []))
