"""The tables as a Data Package of version 2, described in each language.

The stored descriptor is edited by hand and has what people write. What follows from it or from
the files is added here: schemas in place, size and checksum of each file, categories beside codes,
by which R makes factors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from helpers.data import data_folder
from helpers.data.languages import schema_language
from helpers.data.schema import Descriptor, is_table, other_files, package, stored_package
from helpers.exchange.text import as_json, identifier
from helpers.language import LOCALES
from helpers.paths import ROOT

PROFILES = "https://datapackage.org/profiles/2.0/"
LICENCE = "LICENSE-DATA"


def files() -> dict[str, bytes]:
    """Return the descriptors and every file that they describe, by path."""
    data = data_folder()
    paths = [resource["path"] for resource in package()["resources"]] + list(other_files().values())
    held = {path: (data / path).read_bytes() for path in sorted(paths)}
    described = {descriptor_name(code): as_json(descriptor(code, held)) for code in LOCALES}
    return described | {LICENCE: (ROOT / LICENCE).read_bytes()} | held


def descriptor_name(code: str) -> str:
    """Return the name of the descriptor in a language.

    Examples
    --------
    >>> descriptor_name("en"), descriptor_name("ar")
    ('datapackage.json', 'datapackage.ar.json')
    """
    return "datapackage.json" if code == schema_language() else f"datapackage.{code}.json"


def descriptor(code: str, held: Mapping[str, bytes]) -> Descriptor:
    """Return the descriptor of the package in one language.

    Parameters
    ----------
    code : str
        A language; titles, descriptions and labels of codes are in it.
    held : mapping of str to bytes
        Content of the files by path.
    """
    about = package()
    own = {name: value for name, value in about.items() if name not in ("resources", "edition")}
    return {
        "$schema": f"{PROFILES}datapackage.json",
        **in_language(own, code),
        "id": identifier(),
        "created": f"{about['edition']}T00:00:00Z",
        "edition": about["edition"],
        "language": code,
        "languages": sorted(LOCALES),
        "resources": [_resource(entry, code, held) for entry in _entries()],
    }


def _entries() -> list[Descriptor]:
    """Return all resources, those that are no tables last."""
    others = [entry for entry in stored_package()["resources"] if entry["name"] in other_files()]
    return [*package()["resources"], *others]


def in_language(entry: Any, code: str) -> Any:
    """Return a part of a descriptor with its texts in one language, and without the other's.

    Examples
    --------
    >>> in_language({"name": "claims", "title": "Claims", "title_ar": "العبارات"}, "ar")
    {'name': 'claims', 'title': 'العبارات'}
    >>> in_language([{"title_en": "low", "title_ar": "منخفضة"}], "en")
    [{'title': 'low'}]
    """
    if isinstance(entry, list):
        return [in_language(part, code) for part in entry]
    if not isinstance(entry, Mapping):
        return entry
    told: dict[str, Any] = {}
    for name, value in entry.items():
        stem, _, end = name.rpartition("_")
        if end not in LOCALES:
            told.setdefault(name, in_language(value, code))
        elif end == code:
            told[stem] = value
    return told


def _resource(entry: Descriptor, code: str, held: Mapping[str, bytes]) -> Descriptor:
    content = held[entry["path"]]
    # Version 2 knows one type of resource, the table; what is none says so by having no type.
    left_out = {"schema"} if is_table(entry) else {"schema", "type"}
    own = {name: value for name, value in entry.items() if name not in left_out}
    described: Descriptor = {
        **in_language(own, code),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if "schema" in entry:
        described["schema"] = {
            "$schema": f"{PROFILES}tableschema.json",
            **entry["schema"],
            "fields": [_field(field, code) for field in entry["schema"]["fields"]],
        }
    return described


def _field(field: Mapping[str, Any], code: str) -> Descriptor:
    described: Descriptor = dict(in_language(field, code))
    if "codes" in field:
        described["categories"] = [
            {"value": each["value"], "label": each["title"]} for each in described["codes"]
        ]
    return described
