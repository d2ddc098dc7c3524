"""Know what a result rests on, so that only what changed is made again, and say what changed.

A result is a notebook's copy with its figures, or the book. What it rests on is kept by content:
a name that a reader understands, and the SHA-256 of what it names. So is the result itself, which
may be damaged or gone.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
import re
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.data.schema import is_table
from helpers.listing import project_files
from helpers.paths import BOOK, NODE_MODULES, ROOT

FILE = ".keys.json"
LOCK = ROOT / "requirements.lock"
FONT_PACKAGE = "fontpkg_ibm_plex_sans_arabic"
NAMED_CHANGES = 3
NEVER = "not made yet"


@dataclass(frozen=True)
class Record:
    """What a result was made from, and what was made; both by name and content."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


def digest(content: bytes) -> str:
    """Return the SHA-256 of some content in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def of_files(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """Return the content of files by their path below a folder."""
    return {path.relative_to(root).as_posix(): digest(path.read_bytes()) for path in sorted(paths)}


def of_folder(folder: Path, root: Path) -> dict[str, str]:
    """Return the content of all files in a folder by their path below another."""
    return of_files((path for path in folder.rglob("*") if path.is_file()), root)


def of_helpers() -> dict[str, str]:
    """Return the content of the package itself."""
    files = (path for path in (ROOT / "helpers").rglob("*") if path.is_file())
    return of_files((file for file in files if "__pycache__" not in file.parts), ROOT)


def of_schema(data: Path) -> dict[str, str]:
    """Return the content of the descriptor, of the schema of every table, and of what is none."""
    descriptor = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    others = [data / entry["path"] for entry in descriptor["resources"] if not is_table(entry)]
    schemas = (data / "schema").glob("*.json")
    files = of_files([data / "datapackage.json", *schemas, *filter(Path.is_file, others)], data)
    return {f"data/{name}": content for name, content in files.items()}


def of_tables(data: Path) -> dict[str, str]:
    """Return the content of every table by its name; a file that is missing has none."""
    descriptor = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    tables = filter(is_table, descriptor["resources"])
    files = {entry["name"]: data / entry["path"] for entry in tables}
    return {
        table_label(name): digest(file.read_bytes()) if file.is_file() else ""
        for name, file in files.items()
    }


def table_label(table: str) -> str:
    """Return the name under which a table stands among the things that a result rests on."""
    return f"table {table}"


def of_environment() -> dict[str, str]:
    """Return Python, the system, the versions of what is locked for readers, and the fonts."""
    system = f"{sys.version} {sys.platform} {platform.machine()}"
    return {
        "Python": digest(system.encode()),
        "packages": digest("\n".join(_installed()).encode()),
        "fonts": _fonts(),
        LOCK.name: digest(LOCK.read_bytes()),
    }


def _installed() -> list[str]:
    """Return the locked packages as they are installed, which need not be as locked."""
    locked = set(re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    wanted = {name.replace("-", "_").lower() for name in locked}
    site = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    found = {path.stem for folder in site for path in Path(folder).glob("*.dist-info")}
    return sorted(name for name in found if _package(name) in wanted)


def _package(installed: str) -> str:
    return installed.partition("-")[0].replace(".", "_").lower()


def _fonts() -> str:
    found = importlib.util.find_spec(FONT_PACKAGE)
    folders = [Path(folder) for folder in (found.submodule_search_locations or [])] if found else []
    files = sorted(file for folder in folders for file in folder.rglob("*.ttf"))
    return digest("".join(digest(file.read_bytes()) for file in files).encode())


def of_book(build: Path, data: Path) -> dict[str, str]:
    """Return all that the book is made from."""
    own = (p for p in BOOK.rglob("*") if p.is_file() and NODE_MODULES not in p.parents)
    sources = [p for p in own if "__pycache__" not in p.parts]
    texts = [*ROOT.glob("LICENSE*"), ROOT / "CITATION.cff", *data.glob("*.md")]
    return (
        of_files(sources, ROOT)
        | {path.name: digest(path.read_bytes()) for path in texts}
        | of_folder(build / "notebooks", build)
        | of_folder(build / "figures", build)
        | of_folder(build / "slides", build)
        | of_folder(build / "handout", build)
        | of_folder(build / "print", build)
        | of_tables(data)
        | of_schema(data)
        | of_helpers()
        | of_environment()
        | _archived()
    )


def _archived() -> dict[str, str]:
    """Return the content of all that goes into the archive of the project, as one."""
    contents = of_files(project_files(ROOT), ROOT).values()
    return {"the project's files": digest("".join(contents).encode())}


class Ledger:
    """What the results in a build folder were made from, kept in a file beside them.

    Parameters
    ----------
    build : Path
        The build folder.
    """

    def __init__(self, build: Path) -> None:
        self.build = build
        self._records: dict[str, Record] = {}
        try:
            stored = json.loads((build / FILE).read_text(encoding="utf-8"))
            self._records = {name: Record(**record) for name, record in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            pass  # none yet, or not ours: all is made anew

    def __contains__(self, name: str) -> bool:
        return name in self._records

    def names(self) -> list[str]:
        """Return the names of the results."""
        return list(self._records)

    def record(self, name: str) -> Record:
        """Return what a result was made from, and what was made; empty if it never was."""
        return self._records.get(name, Record({}, {}))

    def changes(self, name: str, inputs: Mapping[str, str]) -> list[str]:
        """Say why a result has to be made; empty if it need not.

        Parameters
        ----------
        name : str
            Of the result.
        inputs : mapping
            What it would be made from now.

        Returns
        -------
        list of str
            Such as ``["table events changed"]``.
        """
        if name not in self:
            return [NEVER]
        known = self.record(name)
        changed = [
            _change(label, known.inputs, inputs)
            for label in [*inputs, *(label for label in known.inputs if label not in inputs)]
            if known.inputs.get(label) != inputs.get(label)
        ]
        return changed or self.damage(name)

    def damage(self, name: str) -> list[str]:
        """Name a file of a result that is missing or not as it was made, if there is one."""
        for file, content in self.record(name).outputs.items():
            path = self.build / file
            if not path.is_file():
                return [f"{file} is missing"]
            if digest(path.read_bytes()) != content:
                return [f"{file} was changed"]
        return []

    def store(self, name: str, inputs: Mapping[str, str], outputs: Mapping[str, str]) -> None:
        """Keep what a result was made from."""
        self._records[name] = Record(dict(inputs), dict(outputs))
        self._write()

    def forget(self, names: Iterable[str]) -> None:
        """Forget results, so that they are made anew."""
        for name in names:
            self._records.pop(name, None)
        self._write()

    def _write(self) -> None:
        records = {name: vars(record) for name, record in sorted(self._records.items())}
        self.build.mkdir(parents=True, exist_ok=True)
        fresh = self.build / f"{FILE}.new"
        fresh.write_text(json.dumps(records, indent=1), encoding="utf-8")
        fresh.replace(self.build / FILE)


def _change(label: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    if label not in before:
        return f"{label} is new"
    return f"{label} changed" if label in now else f"{label} is gone"


def summary(changes: list[str]) -> str:
    """Return changes in one line: the first ones, and how many more there are."""
    named = changes[:NAMED_CHANGES]
    more = len(changes) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
