"""Lay out a language: its columns and texts in the data, its notebooks, its pages and its words.

All that it lays out is made of what is there in the language of plain titles. Tables and schema
get blanks, which ``validate`` names; notebooks and pages get the text with a mark before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from babel import Locale
from babel.localedata import exists
from babel.messages.plurals import get_plural

from helpers.data.schema import is_table
from helpers.paths import ROOT
from helpers.publish.execute import as_text, fresh, read
from helpers.publish.pairs import PARAMETERS
from helpers.publish.run import METADATA
from helpers.scaffold.files import (
    ScaffoldError,
    free,
    json_text,
    named,
    read_rows,
    table_text,
    to_write,
)
from helpers.scaffold.notebook import in_direction
from helpers.swap import write_all

CODE = "[a-z]{2,3}"
PACKAGE = "datapackage.json"
# Folders with the notebooks and the pages of each language; the last has pages that `start` copies.
STARTING = "helpers/scaffold/starting"
PROSE = ("notebooks", "book/pages", f"{STARTING}/files/book/pages")
MESSAGE = re.compile(r'^msgid "(.+)"$', re.MULTILINE)
# Where the words of a text begin: behind front matter, targets, and the signs of a heading.
OPENING = re.compile(r"\A(?:---\n.*?\n---\n)?(?:\s|\([\w-]+\)=\n)*(?:#+ )?", re.DOTALL)


def new_language(code: str, root: Path = ROOT) -> list[Path]:
    """Lay out a language: nothing is written unless all of it can be.

    Parameters
    ----------
    code : str
        Of ISO 639, such as ``"de"``.
    root : Path
        Folder of the project.

    Returns
    -------
    list of Path
        What was laid out: the tables by their folder, the descriptor, and what holds the prose.

    Raises
    ------
    ScaffoldError
        If the code is none, or is taken, or columns end in it, or Babel does not know the language.
    """
    data = root / "data"
    files = data_files(code, data) | _texts(code, root)
    write_all(files)
    return [data, *(root / folder / code for folder in PROSE), _catalogue(root, code)]


def data_files(code: str, data: Path) -> dict[Path, str]:
    """Return what descriptor, schemas and tables hold once they have a language more.

    Parameters
    ----------
    code : str
        The language.
    data : Path
        Folder of the tables.

    Raises
    ------
    ScaffoldError
        As :func:`new_language` says.
    """
    package = _json(data / PACKAGE)
    entries = [entry for entry in package["resources"] if is_table(entry)]
    schemas = {data / entry["schema"]: _json(data / entry["schema"]) for entry in entries}
    columns = [field["name"] for schema in schemas.values() for field in schema["fields"]]
    _refuse(code, [entry["code"] for entry in package["languages"]], columns)
    tongue = Tongue(code, package)
    described = tongue.described(package)
    described["languages"] = [*package["languages"], tongue.entry()]
    files = {data / PACKAGE: json_text(described)}
    for entry, (path, schema) in zip(entries, schemas.items(), strict=True):
        fields = [each for field in schema["fields"] for each in tongue.fields(field)]
        files[path] = json_text(tongue.described(schema | {"fields": []}) | {"fields": fields})
        table = data / entry["path"]
        files[table] = table_text((field["name"] for field in fields), read_rows(table))
    return files


def _refuse(code: str, known: Sequence[str], columns: Sequence[str]) -> None:
    named(code, CODE, "a language", "de")
    free(code, known, "a language")
    names = Locale("en").languages
    if not exists(code) or code not in names or code not in Locale(code).languages:
        told = f"Babel, which writes dates and numbers, does not know the language {code!r}"
        raise ScaffoldError(f"{told}; expected a code such as 'de'")
    ending = sorted({column for column in columns if column.endswith(f"_{code}")})
    if ending:
        told = f"columns that hold no text in {names[code]} end in _{code}"
        raise ScaffoldError(f"{told}: {', '.join(ending[:3])}; rename them first")


class Tongue:
    """A language that a package is to have, and the texts that it will need.

    Parameters
    ----------
    code : str
        The language.
    package : mapping
        The descriptor as it is without the language.
    """

    def __init__(self, code: str, package: dict[str, Any]) -> None:
        self.code, self.main = code, str(package["language"])
        self.known = [str(entry["code"]) for entry in package["languages"]]

    def entry(self) -> dict[str, Any]:
        """Return the entry of the language in the descriptor."""
        return {"code": self.code, "locale": self.code, "digits": ["western"]}

    def described(self, part: Any) -> Any:
        """Return a part of a descriptor with a blank for each text that the language lacks.

        Examples
        --------
        >>> package = {"language": "en", "languages": [{"code": "ar"}, {"code": "en"}]}
        >>> german = Tongue("de", package)
        >>> german.described({"title": "Low", "title_ar": "منخفض", "colour": "red"})
        {'title': 'Low', 'title_ar': 'منخفض', 'title_de': '', 'colour': 'red'}
        >>> german.described({"needs": ["note_ar", "note_en"]})
        {'needs': ['note_ar', 'note_en', 'note_de']}
        """
        if isinstance(part, list):
            return [self.described(each) for each in self._listed(part)]
        if not isinstance(part, dict):
            return part
        told: dict[str, Any] = {}
        for name, value in part.items():
            told[name] = self.described(value)
            if name == self._last(name, part):
                told[f"{self._stem(name)}_{self.code}"] = self._blank(value)
        return told | {self.code: ""} if set(self.known) <= set(part) else told

    def fields(self, field: dict[str, Any]) -> list[dict[str, Any]]:
        """Return a field, and behind one in the main language its like in this one."""
        told = self.described(field)
        stem = field["name"].removesuffix(f"_{self.main}")
        if stem == field["name"]:
            return [told]
        limits = {n: limit for n, limit in field.get("constraints", {}).items() if n != "pattern"}
        own = {name: self._named_anew(name, value) for name, value in told.items()}
        own |= {"constraints": limits} if "constraints" in field else {}
        return [told, own | {"name": f"{stem}_{self.code}"}]

    def _named_anew(self, name: str, value: Any) -> Any:
        """Return a text about a column that names this language where it named the main one."""
        _, _, ending = name.rpartition("_")
        names = Locale(ending if ending in self.known else self.main).languages
        return (
            value.replace(names[self.main], names[self.code]) if isinstance(value, str) else value
        )

    def _listed(self, part: list[Any]) -> Iterator[Any]:
        """Yield what a list has, and behind the name of a column that of its like."""
        for each in part:
            yield each
            if isinstance(each, str) and each.endswith(f"_{self.main}"):
                yield f"{each.removesuffix(self.main)}{self.code}"

    def _stem(self, name: str) -> str:
        stem, _, ending = name.rpartition("_")
        return stem if ending in self.known else name

    def _last(self, name: str, part: dict[str, Any]) -> str:
        """Return the last name under which a text stands; nothing if it stands in one language."""
        stem = self._stem(name)
        ended = {f"{stem}_{code}" for code in self.known}
        names = [each for each in part if each in {stem, *ended}]
        return names[-1] if ended & set(names) else ""

    def _blank(self, text: Any) -> Any:
        """Return an empty text, or one for each plural category of the language."""
        if isinstance(text, dict):
            return dict.fromkeys([*sorted(Locale(self.code).plural_form.tags), "other"], "")
        return [] if isinstance(text, list) else ""


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


# Notebooks, pages, and the words of the book's theme


def _texts(code: str, root: Path) -> dict[Path, str]:
    """Return the files of prose in the language, by path, each with its marks."""
    tongue = Tongue(code, _json(root / "data" / PACKAGE))
    starting = root / STARTING / "schema.json"
    files = {starting: json_text(tongue.described(_json(starting)))}
    for folder in PROSE:
        for path in sorted((root / folder / tongue.main).iterdir()):
            if path.suffix == ".ipynb":
                turned = notebook(read(path), tongue.main, code, lambda prose: marked(prose, code))
            elif path.suffix == ".md":
                turned = marked(path.read_text(encoding="utf-8"), code)
            else:
                continue
            files[root / folder / code / path.name] = turned
    first = root / STARTING / f"first.{tongue.main}.md"
    files[first.with_name(f"first.{code}.md")] = marked(first.read_text("utf-8"), code)
    files[_catalogue(root, code)] = _words(root, code)
    return files


def _catalogue(root: Path, code: str) -> Path:
    return root / "book" / "locales" / f"{code}.po"


def notebook(text: str, main: str, code: str, turn: Callable[[str], str]) -> str:
    """Return a notebook in another language: its prose turned, its code but for the parameter.

    Parameters
    ----------
    text : str
        The notebook's file in the main language.
    main, code : str
        The main language, and the one that it is to be in.
    turn : callable
        Makes the prose of a cell.
    """
    content = fresh(text)
    for cell in content.cells:
        if cell.cell_type == "markdown":
            cell.source = in_direction(turn(cell.source), Locale(code).text_direction, code)
        elif PARAMETERS in cell.metadata.get("tags", []):
            cell.source = cell.source.replace(f'"{main}"', f'"{code}"')
    return as_text(content, METADATA)


def marked(text: str, code: str) -> str:
    r"""Return a text with the mark of what is still to be written before its first words.

    Examples
    --------
    >>> marked("# Key points\n\nOne.\n", "de")
    '# [to be written: text] Key points\n\nOne.\n'
    """
    return OPENING.sub(lambda opening: f"{opening[0]}{to_write('text', code)} ", text, count=1)


def _words(root: Path, code: str) -> str:
    """Return a catalogue of what Sphinx and the theme say, without a word in the language."""
    model = sorted((root / "book" / "locales").glob("*.po"))[0]
    messages = MESSAGE.findall(model.read_text(encoding="utf-8"))
    head = [
        f"# What the theme and Sphinx say to the reader, in {Locale('en').languages[code]}.",
        *('msgid ""', 'msgstr ""', r'"Content-Type: text/plain; charset=UTF-8\n"'),
        rf'"Plural-Forms: {get_plural(code).plural_forms};\n"',
    ]
    return "\n".join([*head, *(f'\nmsgid "{each}"\nmsgstr ""' for each in messages)]) + "\n"
