"""The formats of exchange among the downloads: the files, and the list of what each is for."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from helpers import export
from helpers.data import load
from helpers.data.holding import held
from helpers.language import Language
from helpers.publish import archives, languages
from helpers.publish.entries.rows import rows
from helpers.publish.rendering import render
from helpers.publish.targets import EXPORTS, format_anchor
from helpers.swap import beside

KILOBYTE, MEGABYTE = 1000, 1_000_000
IN_LANGUAGE = "{lang}"


@held()
def write(build: Path) -> Path:
    """Write what other programs read into ``exports`` of the build folder, a file each.

    Parquet is left out: what writes it is large, and need not be installed.

    Parameters
    ----------
    build : Path
        The build folder.

    Returns
    -------
    Path
        The folder, which is replaced as a whole.

    Raises
    ------
    DataError
        If a table breaks its schema.
    """
    with TemporaryDirectory() as kept, beside(build / EXPORTS) as unfinished:
        unfinished.mkdir()
        made = Path(kept)
        parts = [export.to_sqlite(made / export.DATABASE)]
        parts += [export.to_spreadsheets(made / export.SPREADSHEETS), *export.to_exchange(made)]
        for part in parts:
            if part.is_dir():
                files = sorted(path for path in part.rglob("*") if path.is_file())
                named = {path.relative_to(made).as_posix(): path for path in files}
                archives.write(unfinished / f"{part.name}.zip", named)
            else:
                shutil.copy(part, unfinished)
    return build / EXPORTS


def listed(lang: Language, build: Path) -> str:
    """Return the formats as a table: what each is for, its files, and programs that read it."""
    formats = [
        {
            "anchor": format_anchor(row["format_id"]),
            "title": row[lang.column("title")],
            "use": row[lang.column("use")],
            "programs": row["programs"],
            "files": files_of(row["file"], lang, build),
        }
        for row in rows(load("formats").sort_values("order"))
    ]
    return render("formats.html", lang, formats=formats)


def files_of(name: object, lang: Language, build: Path) -> list[dict[str, Any]]:
    """Return the files of a format with their sizes, one in each language where they differ.

    Parameters
    ----------
    name : str or missing
        As in the table ``formats``; a format that is made apart has none.
    lang : Language
        In which sizes are said.
    build : Path
        The build folder.

    Raises
    ------
    FileNotFoundError
        If a file was not made.
    """
    if not isinstance(name, str):
        return []
    of = languages.every() if IN_LANGUAGE in name else [None]
    files = [(name.format(lang=each.code) if each else name, each) for each in of]
    return [
        {
            "name": file,
            "lang": each,
            "address": f"../downloads/{EXPORTS}/{file}",
            "size": size((build / EXPORTS / file).stat().st_size, lang),
        }
        for file, each in files
    ]


def size(count: int, lang: Language) -> str:
    """Return a number of bytes in words, to the kilobyte, or the tenth of a megabyte.

    Examples
    --------
    >>> size(57_904, Language("en")), size(2_813_952, Language("en"))
    ('58 kB', '2.8 MB')
    """
    if count < MEGABYTE:
        kilobytes = max(1, round(count / KILOBYTE))
        return lang.phrase("size-kb", number=lang.number(kilobytes))
    return lang.phrase("size-mb", number=lang.number(count / MEGABYTE, decimals=1))
