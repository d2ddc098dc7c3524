"""The tables as a database inside the book, the program that asks it, and where ids lead.

A page from the disk may load scripts and nothing else, so that database and program (SQLite as
WebAssembly) come as text in one script, packed. Both languages share it.
"""

from __future__ import annotations

import base64
import gzip
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from helpers import export
from helpers.data.schema import Descriptor, package
from helpers.paths import NODE_MODULES
from helpers.publish.ask.addresses import addresses

# Folder of the book, and what the script of the page looks for in it.
FOLDER = "ask"
LIBRARY = "sql-wasm.js"
STORED = "stored.js"
NAME = "summitStored"
PACKAGE = NODE_MODULES / "sql.js" / "dist"
PROGRAM = "sql-wasm.wasm"


def asked() -> list[Descriptor]:
    """Return the tables that can be asked: all but those that hold words of the book itself.

    Examples
    --------
    >>> names = [entry["name"] for entry in asked()]
    >>> "claims" in names, "phrases" in names
    (True, False)
    """
    return [entry for entry in package()["resources"] if not entry.get("interface")]


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """Open the database of the page in memory, only to be read.

    Raises
    ------
    BuildError
        If a row breaks what the schema promises.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        export.fill(database, asked(), export.DATABASE, compact=True)
        database.execute("VACUUM")  # the same bytes for the same tables
        database.execute("PRAGMA query_only = ON")
        yield database


def script() -> str:
    """Return program, database and addresses as a script: an assignment to a global name."""
    with opened() as database:
        parts = {"program": (PACKAGE / PROGRAM).read_bytes(), "tables": database.serialize()}
    parts["addresses"] = json.dumps(addresses()).encode()
    return f"window.{NAME} = {json.dumps({name: _packed(part) for name, part in parts.items()})};\n"


def _packed(content: bytes) -> str:
    return base64.b64encode(gzip.compress(content, mtime=0)).decode("ascii")


def write(book: Path) -> None:
    """Put what the page loads into a book, once for all languages."""
    folder = book / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(PACKAGE / LIBRARY, folder)
    (folder / STORED).write_text(script(), encoding="utf-8")
