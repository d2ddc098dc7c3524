"""Rules of the package as a whole: what it says of itself, and files that it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.data.cells import EXPECTED, is_of_type
from helpers.data.faults import Fault
from helpers.data.rules.descriptions import described_in, text_faults
from helpers.data.schema import PACKAGE, data_folder, stored_package

VERSION = re.compile(r"[0-9]+(\.[0-9]+){1,2}")
TABLE, SCHEMA = ".csv", ".json"


def package_description_faults() -> Iterator[Fault]:
    """Name what the package leaves out of what every page says: titles, version, edition."""
    descriptor = stored_package()
    for part in described_in():
        yield from text_faults(PACKAGE, part, descriptor, part)
    edition, version = str(descriptor.get("edition", "")), str(descriptor.get("version", ""))
    if not is_of_type(edition, {"type": "date"}):
        yield Fault(PACKAGE, 0, "edition", edition, EXPECTED["date"])
    if not VERSION.fullmatch(version):
        yield Fault(PACKAGE, 0, "version", version, "a version such as 0.1.0")


def stray_files() -> Iterator[Fault]:
    """Name tables and schemas that lie in the folder and that nothing reads.

    A spreadsheet saves under another name with ease; what was changed in such a copy would be lost
    without a word. Hidden files, such as the locks of open ones, are passed over.
    """
    entries = stored_package()["resources"]
    tables = {entry["path"] for entry in entries}
    schemas = {entry["schema"] for entry in entries if isinstance(entry.get("schema"), str)}
    for name in _beside(tables, TABLE):
        yield Fault(name, 0, "", name, f"a table of {PACKAGE}, or no such file")
    for name in _beside(schemas, SCHEMA):
        yield Fault(name, 0, "", name, f"a schema of {PACKAGE}, or no such file")


def _beside(known: set[str], ending: str) -> list[str]:
    """Return files of an ending in the folders of those that are known, and not among them."""
    root = data_folder()
    folders = {(root / name).parent for name in known} - {root}
    found = [path for folder in folders if folder.is_dir() for path in folder.iterdir()]
    names = [
        path.relative_to(root).as_posix()
        for path in found
        if path.suffix.lower() == ending and not path.name.startswith((".", "~"))
    ]
    return sorted(set(names) - known)
