"""Lay out a project for another report: the code as it is, the tables with their schema, empty.

What is laid out is a folder that stands alone: its ``helpers`` read the tables beside them, as
here, so that no setting says which project is meant. What a report of one's own needs in other
words than this one is listed in ``starting/schema.json``; its pages and files lie beside that.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.data.languages import schema_language, schema_part
from helpers.language import LOCALES
from helpers.listing import project_files
from helpers.paths import NODE_MODULES, ROOT
from helpers.scaffold.files import (
    TO_WRITE,
    ScaffoldError,
    read_rows,
    to_write,
    write_json,
    write_rows,
)
from helpers.scaffold.notebook import SETUP, code_cell, prose_cell
from helpers.swap import remove, write

STARTING = Path(__file__).parent / "starting"
CHANGES: dict[str, Any] = json.loads((STARTING / "schema.json").read_text(encoding="utf-8"))
# What is the same for any report. Pictures, and the pages that speak of one, are made anew.
TAKEN = re.compile(
    r"(helpers|book|\.binder)/.*|Makefile|LICENSE|requirements.*\.lock|pyproject\.toml|environment\.yml"
    r"|data/(README\.md|read\.R)|\.gitignore|\.gitattributes|\.pre-commit-config\.yaml"
)
NOT_TAKEN = re.compile(r"book/pictures/.*|book/pages/\w+/(cite|preread)\.md")
# What `make` leaves behind when all was fetched from npm.
FETCHED = NODE_MODULES / ".installed"
PLACE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FIRST = "00_start"
DATA_LICENCE, RULE = "LICENSE-DATA", "-----"
NO_OUTLINES = {
    "type": "Topology",
    "bbox": [-180.0, -80.0, 180.0, 80.0],
    "transform": {"scale": [1.0, 1.0], "translate": [0.0, 0.0]},
    "objects": {"countries": {"type": "GeometryCollection", "geometries": []}},
    "arcs": [],
}


def start(folder: Path, root: Path = ROOT, *, with_fetched: bool = True) -> list[Path]:
    """Lay out a project for a report of one's own.

    Parameters
    ----------
    folder : Path
        Where it goes; its name becomes that of the project. It is made, or is empty.
    root : Path
        Folder of the project that it is taken from.
    with_fetched : bool
        Whether what was fetched from npm for the book is copied too, if it is there.

    Returns
    -------
    list of Path
        The files that say of a text that it is to be written.

    Raises
    ------
    ScaffoldError
        If the folder holds something, lies inside the project, or has no name of a project.
        Whatever ends the laying out leaves the folder as it was: not there, or empty.
    """
    folder = folder.resolve()
    _refuse(folder, root.resolve())
    with _whole(folder):
        return _lay_out(folder, root, with_fetched=with_fetched)


@contextmanager
def _whole(folder: Path) -> Iterator[None]:
    """Make a folder, and take away what was laid into it if that ends with an error."""
    made = [above for above in (folder, *folder.parents) if not above.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:  # Ctrl-C among them
        for path in made or folder.iterdir():
            remove(path)
        raise


def _lay_out(folder: Path, root: Path, *, with_fetched: bool) -> list[Path]:
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for file in project_files(root):
        name = file.relative_to(root).as_posix()
        if TAKEN.fullmatch(name) and not NOT_TAKEN.fullmatch(name):
            _copy(file, folder / name)
    if with_fetched and FETCHED.is_file():
        shutil.copytree(NODE_MODULES, folder / "book" / "node_modules")
        (folder / FETCHED.relative_to(ROOT)).touch()  # later than the list that asks for it
    _tables(package, root / "data", folder / "data")
    _rename(folder, package["name"])
    makefile = folder / "Makefile"
    write(makefile, general_makefile(makefile.read_text(encoding="utf-8")))
    _own_files(folder, root)
    _notebooks(folder)
    return list(_to_be_written(folder))


def _refuse(folder: Path, root: Path) -> None:
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise ScaffoldError(f"{folder} holds something already; name a folder that does not exist")
    if folder.is_relative_to(root):
        raise ScaffoldError(f"{folder} lies inside this project; name a folder beside it")
    if not PLACE.fullmatch(folder.name):
        expected = "small letters and digits, with hyphens between words"
        raise ScaffoldError(f"{folder.name!r} cannot name a project; expected {expected}")


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, target)


# Tables


def _tables(package: dict[str, Any], source: Path, target: Path) -> None:
    for entry in package["resources"]:
        entry.pop("sources", None)
        entry.update(CHANGES["resources"].get(entry["name"], {}))
        if "schema" not in entry:
            write_json(_made(target / entry["path"]), NO_OUTLINES)
            continue
        schema = json.loads((source / entry["schema"]).read_text(encoding="utf-8"))
        write_json(_made(target / entry["schema"]), _general(entry["name"], schema))
        names = [field["name"] for field in schema["fields"]]
        write_rows(
            _made(target / entry["path"]), names, _rows(entry["name"], source, entry["path"])
        )
    write_json(target / "datapackage.json", _described(package, target.parent.name))


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _described(package: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the description of the package with what is to be written of it."""
    own: dict[str, Any] = {"name": name, "sources": []}
    for code in LOCALES:
        own[schema_part("keywords", code)] = []
        for part, what in (("title", "title"), ("description", "text")):
            own[schema_part(part, code)] = to_write(what, code)
    subject = {"event": "", "sides": [], "region": "", "currencies": []}
    own["contributors"] = [
        {"title": CHANGES["phrases"]["contributors"][schema_language()], "roles": ["author"]}
    ]
    return {**package, **own, "subject": {**package["subject"], **subject}}


def _general(table: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without examples, and with codes that hold for any report."""
    for field in schema["fields"]:
        path = f"{table}.{field['name']}"
        changes = dict(CHANGES["fields"].get(path, {}))
        if "pattern" in changes:
            field["constraints"]["pattern"] = changes.pop("pattern")
        field.update(changes)
        if "codes" in field:
            field["codes"] = _codes(CHANGES["codes"].get(path), field["codes"])
            field["constraints"]["enum"] = [code["value"] for code in field["codes"]]
    return schema


def _codes(wanted: list[Any] | None, codes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return codes without examples: those wanted, each with the look of one that there is."""
    looks = {
        code["value"]: {name: said for name, said in code.items() if name != "example"}
        for code in codes
    }
    if wanted is None:
        return list(looks.values())
    return [
        looks[code]
        if isinstance(code, str)
        else {**looks[code["as"]], **{name: text for name, text in code.items() if name != "as"}}
        for code in wanted
    ]


def _rows(table: str, source: Path, path: str) -> list[dict[str, str]]:
    """Return the rows of a table that hold for any report."""
    if table not in CHANGES["rows"]:
        return []
    left_out = CHANGES["left_out"].get(table, {})
    rows = [
        row
        for row in read_rows(source / path)
        if not any(row[name] == value for name, value in left_out.items())
    ]
    return [_worded(row) for row in rows] if table == "phrases" else rows


def _worded(row: dict[str, str]) -> dict[str, str]:
    text = CHANGES["phrases"].get(row["phrase_id"])
    if text is None:
        return row
    texts = text if isinstance(text, dict) else {code: to_write(text, code) for code in LOCALES}
    return row | {f"text_{code}": texts[code] for code in LOCALES}


# Files and notebooks


def _rename(folder: Path, old: str) -> None:
    """Call the project by its own name where its environment is described."""
    path = folder / "pyproject.toml"
    text = path.read_text(encoding="utf-8").replace(f'name = "{old}"', f'name = "{folder.name}"')
    for line, own in (("description", folder.name), ("authors", None)):
        said = f'{line} = "{own}"\n' if own else ""
        text = re.sub(rf"^{line} = .*\n", said, text, flags=re.MULTILINE)
    text = re.sub(r"^testpaths = .*", 'testpaths = ["tests"]', text, flags=re.MULTILINE)
    write(path, text.replace(', "standalone"', ""))
    path = folder / "environment.yml"
    text = path.read_text(encoding="utf-8")
    write(path, re.sub(r"^name: .*", f"name: {folder.name}", text, flags=re.MULTILINE))


def general_makefile(text: str) -> str:
    r"""Return the Makefile without what tests the helpers, whose tests stay where they are.

    Examples
    --------
    >>> general_makefile("# make matrix  tries\n.PHONY: all matrix\n\nmatrix:\n\tpython m.py\n")
    '.PHONY: all\n'
    """
    targets, variables = (
        "|".join(map(re.escape, CHANGES["makefile"][part])) for part in ("targets", "variables")
    )
    text = re.sub(rf"^(?:#.*\n)*(?:{variables}) :=(?:.*\\\n)*.*\n", "", text, flags=re.MULTILINE)
    rule = re.compile(rf"^(?:{targets}):", re.MULTILINE)
    text = "\n\n".join(part for part in text.split("\n\n") if not rule.search(part))
    text = re.sub(rf"^# make (?:{targets}) .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(?:#.*\n)+(?=test:)", "# Tests, types and style.\n", text, flags=re.MULTILINE)
    return re.sub(rf" (?:{targets})(?= |$)", "", text.rstrip("\n"), flags=re.MULTILINE) + "\n"


def _own_files(folder: Path, root: Path) -> None:
    """Write README, citation, tests, licence of the data and the pages that speak of one report."""
    own = STARTING / "files"
    for file in sorted(path for path in own.rglob("*") if path.is_file()):
        if "__pycache__" not in file.parts:
            text = file.read_text(encoding="utf-8").replace("{{name}}", folder.name)
            write(_made(folder / file.relative_to(own)), text)
    licence = (root / DATA_LICENCE).read_text(encoding="utf-8")
    note = (STARTING / "data-licence.txt").read_text(encoding="utf-8")
    write(folder / DATA_LICENCE, note + licence[licence.index(RULE) :])


def _notebooks(folder: Path) -> None:
    """Write the first notebook in every language, and its row."""
    # Imported here: what stores notebooks takes long to import.
    import nbformat  # noqa: PLC0415

    from helpers.publish.execute import as_text  # noqa: PLC0415
    from helpers.publish.run import METADATA  # noqa: PLC0415

    for code in LOCALES:
        cells = [
            prose_cell(
                "title", (STARTING / f"first.{code}.md").read_text("utf-8").strip(), code, "slide"
            ),
            code_cell("parameters", f'LANGUAGE = "{code}"', tags=["parameters"]),
            code_cell("setup", SETUP),
            code_cell("sections", "data.section_counts()"),
            code_cell("faults", "data.validate()"),
        ]
        path = _made(folder / "notebooks" / code / f"{FIRST}.ipynb")
        write(path, as_text(nbformat.v4.new_notebook(cells=cells), METADATA))
    listed = folder / "data" / "reference" / "notebooks.csv"
    names = listed.read_text(encoding="utf-8").strip().split(",")
    row = dict.fromkeys(names, "") | {"notebook_id": FIRST, "order": "0", "minutes": "10"}
    for stem in ("title", "summary"):
        row |= {f"{stem}_{code}": to_write(stem, code) for code in LOCALES}
    write_rows(listed, names, [row])


def _to_be_written(folder: Path) -> Iterator[Path]:
    """Yield the files of a project in which a text says that it is to be written."""
    marks = [words.partition("{")[0].encode() for words in TO_WRITE.values()]
    own = [path for path in sorted(folder.glob("*")) if path.is_file()]
    for part in ("data", "notebooks", "book/pages"):
        own += sorted(path for path in (folder / part).rglob("*") if path.is_file())
    for path in own:
        content = path.read_bytes()
        if any(mark in content for mark in marks):
            yield path
