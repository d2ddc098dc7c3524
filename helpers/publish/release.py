"""A release: everything that is handed over, with checksums, and what an archive asks about it.

The same files give the same bytes.
"""

from __future__ import annotations

import hashlib
import html
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from helpers.data.schema import stored_package
from helpers.errors import BuildError
from helpers.exchange.packages import in_language
from helpers.language import LOCALES
from helpers.paths import ROOT
from helpers.publish import archives
from helpers.publish.targets import EXPORTS, MADE_APART, project_name
from helpers.swap import beside

FOLDER = "release"
SUMS = "SHA256SUMS"
RECORD = ".zenodo.json"
# What is handed over of the build folder, and the command that makes it.
PARTS = {"book": "make", EXPORTS: "make", **dict.fromkeys(MADE_APART, "make handout")}
PARTS |= {"slides": "make slides"}
# What the package says in each language.
TOLD = ("description", "keywords")
BESIDE = ("CITATION.cff", "LICENSE", "LICENSE-DATA", "README.md")


class ReleaseError(BuildError):
    """A release cannot be written; the message says what is missing, and what makes it."""


def write(build: Path, root: Path = ROOT) -> Path:
    """Write the release into ``release`` of the build folder, which is replaced as a whole.

    Parameters
    ----------
    build : Path
        The build folder: holds the book, the exports, the decks and the PDFs.
    root : Path
        Folder of the project.

    Returns
    -------
    Path
        The folder: archives named by version, licences, checksums, and the record of the work.

    Raises
    ------
    ReleaseError
        If a part was not made.
    """
    missing = [f"{part} (`{make}`)" for part, make in PARTS.items() if not (build / part).is_dir()]
    if missing:
        raise ReleaseError(f"not made yet: {', '.join(missing)}")
    version = stored_package()["version"]
    with beside(build / FOLDER) as unfinished:
        unfinished.mkdir()
        archives.project(unfinished / f"{project_name()}-{version}.zip", root)
        archives.data_package(unfinished / f"{project_name()}-{version}-data.zip")
        for part in PARTS:
            _pack(build / part, unfinished / f"{project_name()}-{version}-{part}.zip")
        for name in BESIDE:
            shutil.copyfile(root / name, unfinished / name)
        (unfinished / RECORD).write_text(as_text(record(citation(root))), encoding="utf-8")
        (unfinished / SUMS).write_text(sums(unfinished), encoding="utf-8")
    return build / FOLDER


def _pack(folder: Path, path: Path) -> None:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    archives.write(path, {file.relative_to(folder.parent).as_posix(): file for file in files})


def sums(folder: Path) -> str:
    """Return the checksum of each file of a folder, a line each, as ``sha256sum --check`` reads.

    Parameters
    ----------
    folder : Path
        A folder without folders in it.
    """
    files = sorted(folder.iterdir(), key=lambda path: path.name)
    lines = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    return "".join(lines)


def citation(root: Path = ROOT) -> Mapping[str, Any]:
    """Return what ``CITATION.cff`` says."""
    read: Mapping[str, Any] = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    return read


def record(cited: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record of the work as Zenodo asks for it.

    Parameters
    ----------
    cited : mapping
        What ``CITATION.cff`` says: title, people, version, and the report if that has a DOI.

    Returns
    -------
    dict
        The licence is that of data, prose and pictures; that of the code is in the notes, since a
        record has one.
    """
    about = stored_package()
    told = [
        in_language({name: about[name] for name in about if name.startswith(TOLD)}, code)
        for code in LOCALES
    ]
    reports = [each["doi"] for each in cited.get("references", []) if "doi" in each]
    code, data = cited["license"]
    return {
        "title": cited["title"],
        "upload_type": cited["type"],
        "description": "".join(f"<p>{html.escape(each['description'])}</p>" for each in told),
        "creators": [{"name": author["name"]} for author in cited["authors"]],
        "version": cited["version"],
        "publication_date": str(cited["date-released"]),
        "access_right": "open",
        "license": data.lower(),  # as Zenodo names it
        "notes": f"Data, prose and pictures: {data}. Code: {code}.",
        "keywords": [word for each in told for word in each["keywords"]],
        "related_identifiers": [
            {
                "identifier": doi,
                "scheme": "doi",
                "relation": "isDerivedFrom",
                "resource_type": "publication-article",
            }
            for doi in reports[:1]
        ],
    }


def as_text(content: Mapping[str, Any]) -> str:
    """Return a record as JSON."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
