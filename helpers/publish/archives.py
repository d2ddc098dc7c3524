"""What can be taken away as one file: the data package, and the project that everything is made by.

The same content gives the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from helpers.data import data_folder
from helpers.data.schema import other_files, package
from helpers.errors import BuildError
from helpers.listing import project_files
from helpers.paths import ROOT
from helpers.publish import dictionary
from helpers.publish.languages import every
from helpers.publish.targets import project_name

# A zip holds a date for each file; a fixed one gives the same bytes for the same content.
ZIP_DATE = (2026, 1, 1, 0, 0, 0)
LICENCE = "LICENSE-DATA"


class ArchiveError(BuildError):
    """An archive cannot be written; the message says why."""


def data_package(path: Path) -> Path:
    """Write the data package as a zip file.

    Raises
    ------
    ArchiveError
        If a file of the package is missing; the message names it.
    """
    data = data_folder()
    names = ["datapackage.json", "README.md", "read.R"]
    names += [resource["path"] for resource in package()["resources"]]
    names += other_files().values()
    names += [schema.relative_to(data).as_posix() for schema in (data / "schema").glob("*.json")]
    files: dict[str, Path | str] = {f"data/{name}": data / name for name in names}
    for lang in every():  # it is made of the schema, and need not have been stored
        name = dictionary.file_name(lang.code)
        stored = (data / name).is_file()
        files[f"data/{name}"] = data / name if stored else dictionary.compose(lang)
    files = dict(sorted(files.items())) | {LICENCE: ROOT / LICENCE}
    return write(path, files)


def project(path: Path, root: Path = ROOT) -> Path:
    """Write the project as a zip file: its own files, in one folder, and nothing that was made.

    Parameters
    ----------
    path : Path
        The file to write.
    root : Path
        Folder of the project.

    Returns
    -------
    Path
        The file.
    """
    names = (file.relative_to(root).as_posix() for file in project_files(root))
    return write(path, {f"{project_name()}/{name}": root / name for name in sorted(names)})


def write(path: Path, files: Mapping[str, Path | str]) -> Path:
    """Write files, or texts, as a zip file, in the order given and by the names given.

    Raises
    ------
    ArchiveError
        If a file is missing; the message names it.
    """
    missing = [
        name for name, source in files.items() if isinstance(source, Path) and not source.is_file()
    ]
    if missing:
        raise ArchiveError(f"not there to be archived: {', '.join(missing)}")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, source in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, source if isinstance(source, str) else source.read_bytes())
    return path
