"""The folder of the package as an RO-Crate: what each file is, its size and its checksum."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from helpers.data.schema import Descriptor, package, stored_package
from helpers.exchange.text import as_json, given
from helpers.language import LOCALES

CONTEXT = "https://w3id.org/ro/crate/1.2/context"
VERSION = "https://w3id.org/ro/crate/1.2"
KINDS = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".md": "text/markdown",
    "": "text/plain",
}
AUTHOR = "#contributors"


def metadata(held: Mapping[str, bytes]) -> bytes:
    """Return the metadata document of a crate.

    Parameters
    ----------
    held : mapping of str to bytes
        Content of the files of the crate by path.
    """
    about = package()
    entries = {entry["path"]: entry for entry in stored_package()["resources"]}
    parts = [_file(path, content, entries.get(path)) for path, content in sorted(held.items())]
    licence = about["licenses"][0]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": about["title"],
        "description": about["description"],
        "version": about["version"],
        "datePublished": about["edition"],
        "license": {"@id": licence["path"]},
        "author": {"@id": AUTHOR},
        "inLanguage": sorted(LOCALES),
        **given(keywords=", ".join(about.get("keywords", []))),
        "hasPart": [{"@id": part["@id"]} for part in parts],
    }
    document = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": VERSION},
    }
    terms = {"@id": licence["path"], "@type": "CreativeWork", "name": licence["title"]}
    author = {"@id": AUTHOR, "@type": "Organization", "name": about["contributors"][0]["title"]}
    return as_json({"@context": CONTEXT, "@graph": [document, root, author, terms, *parts]})


def _file(path: str, content: bytes, entry: Descriptor | None) -> dict[str, Any]:
    described = entry or {}
    return {
        "@id": path,
        "@type": "File",
        **given(name=described.get("title", path), description=described.get("description")),
        "encodingFormat": KINDS[PurePosixPath(path).suffix],
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
