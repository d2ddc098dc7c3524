"""The commands that check a held copy of the report, and write the tables for others."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from helpers import exchange, verify
from helpers.__main__ import main
from helpers.data import DataError, fields, load, resource, table_names, what_if
from helpers.data.tables import read
from helpers.errors import BuildError
from helpers.export import _column, can_write_parquet, export, to_spreadsheets, to_sqlite
from helpers.language import Language
from helpers.paths import ROOT
from helpers.publish import dictionary

# A made-up report of one sentence: the real one is not ours to keep.
INVENTED = "ذهب الصياد العجوز إلى البحر في الصباح الباكر ومعه شبكة قديمة وقارب صغير وعاد في المساء"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder under git with one file."""
    folder = tmp_path / "project"
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return folder


def found_in(project: Path, text: str) -> list[str]:
    (project / "notes.md").write_text(text, encoding="utf-8")
    return [copied.words for copied in copied_in(project)]


def copied_in(project: Path) -> list[verify.Copied]:
    return list(verify.copied_runs([INVENTED], verify.text_files(project)))


def test_nine_words_in_a_row_are_found_and_eight_are_not(project: Path) -> None:
    words = INVENTED.split()
    assert found_in(project, " ".join(words[2:11])) == [" ".join(words[2:11])]
    assert found_in(project, " ".join(words[2:10])) == []


def test_the_whole_run_is_reported_once(project: Path) -> None:
    words = INVENTED.split()
    assert found_in(project, f"قال {' '.join(words[:14])} ثم سكت") == [" ".join(words[:14])]


def test_marks_tatweel_digits_and_punctuation_do_not_hide_a_run(project: Path) -> None:
    words = INVENTED.split()
    hidden = f"{words[0]}َ، «{words[1]}» ({words[2]}) 12 " + "،\n".join(words[3:12]) + "ـــ"
    assert len(found_in(project, hidden)) == 1


def test_notebooks_are_searched_in_their_json(project: Path) -> None:
    (project / "book.ipynb").write_text(f'{{"source": ["{INVENTED}"]}}', encoding="utf-8")
    (copied,) = copied_in(project)
    assert copied.file == "book.ipynb"
    assert str(copied) == f"book.ipynb: 16 words of the report in a row: {INVENTED!r}"


@pytest.mark.parametrize(
    "hide",
    [
        lambda text: text.replace("ا", "\\u0627"),
        lambda text: text.replace("ا", "&#x627;"),
        lambda text: text.replace("لا", "\ufefb").replace("ر", "\ufeae"),
        lambda text: text.replace("ص", "ص\u200d").replace("ب", "\u200fب\u00ad"),
        lambda text: text.replace("إ", "ا\u0655"),
    ],
    ids=["escape", "entity", "shaped", "joiners", "decomposed"],
)
def test_writings_of_one_letter_do_not_hide_a_run(project: Path, hide) -> None:
    assert hide(INVENTED) != INVENTED
    assert found_in(project, hide(INVENTED)) == [INVENTED]


NAMES = (
    "ملخص.md",
    "my note.md",
    "a.html",
    "b.js",
    "c.j2",
    "d.svg",
    "e.txt",
    "f.R",
    "g.csv",
    "plain",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("with_git", [True, False], ids=["git", "no git"])
def test_every_text_file_is_read_whatever_its_name(
    project: Path, tmp_path: Path, name: str, with_git: bool
) -> None:
    folder = project if with_git else tmp_path / "unpacked"
    (folder / "مجلد").mkdir(parents=True)
    (folder / "مجلد" / name).write_text(INVENTED, encoding="utf-8")
    assert [copied.file for copied in copied_in(folder)] == [f"مجلد/{name}"]


def test_text_in_utf_16_is_read_and_binary_files_are_passed_over(project: Path) -> None:
    (project / "wide.txt").write_text(INVENTED, encoding="utf-16")
    (project / "binary").write_bytes(b"\x89PNG\xff\x00" + INVENTED.encode("utf-8"))
    assert [copied.file for copied in copied_in(project)] == ["wide.txt"]


def test_what_is_made_or_ignored_is_not_read(project: Path, tmp_path: Path) -> None:
    (project / ".gitignore").write_text("build/\n", encoding="utf-8")
    for folder in ("build", "src"):
        (project / folder).mkdir()
        (project / folder / "x.md").write_text(INVENTED, encoding="utf-8")
    assert [copied.file for copied in copied_in(project)] == ["src/x.md"]
    unpacked = tmp_path / "unpacked"
    for name in ("build", ".venv311", "node_modules", ".git", "__pycache__", "env/lib", "kept/.ci"):
        (unpacked / name).mkdir(parents=True)
        (unpacked / name / "x.md").write_text(INVENTED, encoding="utf-8")
    (unpacked / "env" / "pyvenv.cfg").write_text("", encoding="utf-8")
    assert [copied.file for copied in copied_in(unpacked)] == ["kept/.ci/x.md"]


def test_a_folder_that_git_ignores_is_looked_over_all_the_same(project: Path) -> None:
    (project / ".gitignore").write_text("copy/\n", encoding="utf-8")
    (project / "copy").mkdir()
    (project / "copy" / "x.md").write_text(INVENTED, encoding="utf-8")
    assert [copied.file for copied in copied_in(project / "copy")] == ["x.md"]


def test_without_git_on_the_machine_files_are_still_read(project: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert found_in(project, INVENTED) == [INVENTED]


def test_how_many_files_were_read_is_said(tmp_path: Path, monkeypatch, capsys) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for name in ("a.md", "b.md"):
        (root / name).write_text("نص", encoding="utf-8")
    monkeypatch.setattr("helpers.paths.ROOT", root)
    assert main(["verify", str(held_copy(tmp_path / "passages.csv"))]) == 1
    assert "passages.csv, 2 files: " in capsys.readouterr().out


def held_copy(path: Path, **changes: str) -> Path:
    """A copy of the passages with invented texts, whose fingerprints cannot match."""
    rows = [
        {
            "passage_id": row["passage_id"],
            "section": row["section_id"],
            "paragraph": row["paragraph"],
            "sentence": row["sentence"],
            "kind": row["kind"],
            "text": "نص",
        }
        for row in load("passages").to_dict("records")
    ]
    for row in rows:
        if row["passage_id"] == "context.6.1":
            row.update(changes)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_wrong_fingerprints_and_locators_are_named(tmp_path: Path) -> None:
    copy = held_copy(tmp_path / "passages.csv", kind="bullet_title", paragraph="7")
    faults = [
        f
        for f in verify.verify(copy, tmp_path).faults
        if getattr(f, "file", "") == "report/passages.csv"
    ]
    fields = {fault.field for fault in faults if isinstance(fault, verify.Fault)}
    assert fields == {"sha256", "kind", "paragraph"}
    (kind,) = [fault for fault in faults if fault.field == "kind"]
    assert (kind.value, kind.expected) == ("sentence", "bullet_title")


def test_fingerprints_ignore_white_space_at_ends_and_between_words() -> None:
    plain = hashlib.sha256("قمة سمرقند".encode()).hexdigest()
    assert verify.fingerprint("  قمة \n\t سمرقند ") == plain


def test_passages_without_claims_are_named(tmp_path: Path, data_copy: Path) -> None:
    path = data_copy / "report" / "claims.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if "goals.4.4-a" not in x), encoding="utf-8")
    faults = verify.verify(held_copy(tmp_path / "passages.csv"), tmp_path).faults
    assert any(getattr(fault, "value", "") == "goals.4.4" for fault in faults)


def test_words_that_the_passage_does_not_print_are_named(tmp_path: Path) -> None:
    faults = verify.verify(held_copy(tmp_path / "passages.csv"), tmp_path).faults
    misquoted = {f.file for f in faults if isinstance(f, verify.Fault) and f.field == "printed"}
    assert misquoted == {"report/errata.csv", "reference/glossary.csv"}


def test_a_copy_without_the_columns_is_refused(tmp_path: Path, capsys) -> None:
    path = tmp_path / "passages.csv"
    path.write_text("passage_id,text\ncontext.1.1,نص\n", encoding="utf-8")
    assert main(["verify", str(path)]) == 2
    assert "field section: 'no such column'" in capsys.readouterr().err


def test_a_missing_copy_is_named(tmp_path: Path, capsys) -> None:
    assert main(["verify", str(tmp_path / "nowhere.csv")]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


# Dictionary


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_dictionary_is_current(code: str) -> None:
    stored = (ROOT / "data" / dictionary.file_name(code)).read_text(encoding="utf-8")
    assert stored == dictionary.compose(Language(code)), "run `make refresh`"


def test_the_dictionary_describes_every_table_field_and_code() -> None:
    text = dictionary.compose(Language("en"))
    for table in table_names():
        assert f"## `{table}` · " in text
    assert "| `fund` | fund | Money is put to the matter" in text
    assert "they are not human raters" in text


def test_examples_show_the_row_they_name() -> None:
    text = dictionary.compose(Language("ar"))
    claim = load("claims").set_index("claim_id").at["context.11.2-a", "text_ar"]
    assert f"{claim} (`context.11.2-a`)" in text


def test_the_dictionary_follows_the_schema(change) -> None:
    old, new = "Money is put to the matter", "Money is spent on the matter"
    change("schema/outcome_codes.json", old, new)
    assert new in dictionary.compose(Language("en"))


# Export


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database and the spreadsheets."""
    folder = tmp_path_factory.mktemp("exported")
    export(folder)
    return folder


@pytest.fixture
def database(exported: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the database, with foreign keys kept."""
    shutil.copy(exported / "summit.sqlite", tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def as_loaded(value: object) -> object:
    return None if pd.isna(value) else value.date().isoformat() if hasattr(value, "date") else value


@pytest.mark.parametrize("table", table_names())
def test_the_database_holds_every_cell(database: sqlite3.Connection, table: str) -> None:
    rows = database.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()
    frame = load(table)
    loaded = [[as_loaded(value) for value in frame[name].tolist()] for name in frame]
    assert rows == list(zip(*loaded, strict=True))


def test_the_database_has_its_keys_and_can_be_joined(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    query = "SELECT verdict FROM checks JOIN claims USING (claim_id) WHERE claim_id = ?"
    assert database.execute(query, ["context.6.1-c"]).fetchone() == ("contradicted",)
    for table in table_names():
        targets = [row[2] for row in database.execute(f'PRAGMA foreign_key_list("{table}")')]
        keys = resource(table)["schema"].get("foreignKeys", [])
        assert sorted(targets) == sorted(key["reference"]["resource"] for key in keys)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("UPDATE claims SET kind = 'opinion'", "CHECK"),
        ("UPDATE claims SET text_en = NULL", "NOT NULL"),
        ("UPDATE point_themes SET point_id = NULL", "NOT NULL"),
        ("UPDATE claims SET checkable = 'true'", "CHECK"),
        ("UPDATE claims SET checkable = 2", "CHECK"),
        ("UPDATE quantities SET value = '٥'", "CHECK"),
        ("UPDATE themes SET \"order\" = 'first' WHERE theme_id = 'transport'", "CHECK"),
        ("UPDATE themes SET \"order\" = 0 WHERE theme_id = 'transport'", "CHECK"),
        ("UPDATE point_themes SET weight = 1.5", "CHECK"),
        ("UPDATE events SET date_start = '2025-4-3'", "CHECK"),
        ("UPDATE events SET date_start = '2025-02-30'", "CHECK"),
        ('UPDATE themes SET "order" = 1', "UNIQUE"),
        ("UPDATE checks SET check_id = 'one'", "UNIQUE"),
        ("UPDATE checks SET source_id = 'nobody'", "FOREIGN KEY"),
    ],
)
def test_the_database_refuses_what_the_schema_forbids(
    database: sqlite3.Connection, change: str, refusal: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=refusal), database:
        database.execute(change)


def test_a_code_with_an_apostrophe_is_one_of_those_that_are_taken() -> None:
    column = _column({"name": "a", "type": "string", "constraints": {"enum": ["d'accord"]}}, False)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE TABLE t ({column})")
        database.execute("INSERT INTO t VALUES (?)", ["d'accord"])
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            database.execute("INSERT INTO t VALUES (?)", ["d"])


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("report/quantities.csv", ",340,", ",٣٤٠,", "'٣٤٠' - expected a number"),
        ("report/events.csv", "2025-03-28", "2025-3-28", "expected a date"),
        ("report/claims.csv", ",judgement,", ",opinion,", "expected one of fact"),
        ("report/events.csv", ",ashgabat,", ",atlantis,", "expected one of the place_id"),
        ("report/events.csv", "\n", "\n,,,,,,,,,,\n", "blank row"),
        ("reference/themes.csv", "transport,", "security,", "a key used once"),
        ("reference/themes.csv", ",Transport,", ",,", "expected a value"),
    ],
)
def test_faulty_tables_are_refused_and_good_files_kept(
    change, exported: Path, tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    folder = tmp_path / "exported"
    shutil.copytree(exported, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    change(file, old, new)
    for write, name in ((to_sqlite, "summit.sqlite"), (to_spreadsheets, "spreadsheets")):
        with pytest.raises(DataError) as error:
            write(folder / name)
        assert told in str(error.value)
    assert {p: p.read_bytes() for p in folder.rglob("*.*") if p.is_file()} == before


def test_an_export_that_breaks_off_leaves_the_good_files(
    exported: Path, tmp_path: Path, monkeypatch
) -> None:
    folder = tmp_path / "exported"
    shutil.copytree(exported, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def breaks_off(table: str) -> None:
        raise RuntimeError(table)

    monkeypatch.setattr("helpers.export.load", breaks_off)
    monkeypatch.setattr("helpers.export.read", breaks_off)
    for write, name in ((to_sqlite, "summit.sqlite"), (to_spreadsheets, "spreadsheets")):
        with pytest.raises(RuntimeError):
            write(folder / name)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_what_the_database_alone_refuses_is_said_in_one_line(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("helpers.export.structural_faults", list)
    refused = pytest.raises(BuildError, match=r"summit.sqlite: FOREIGN KEY .*validate")
    with what_if(checks=load("checks").assign(source_id="nobody")), refused:
        to_sqlite(tmp_path / "summit.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_an_export_replaces_the_one_before(tmp_path: Path) -> None:
    with what_if(corrections=load("corrections").head(1)):
        export(tmp_path)
    (tmp_path / "spreadsheets" / "given_up.csv").write_text("", encoding="utf-8")
    export(tmp_path)
    with closing(sqlite3.connect(tmp_path / "summit.sqlite")) as database:
        (count,) = database.execute("SELECT count(*) FROM corrections").fetchone()
    assert count == len(load("corrections"))
    names = {path.stem for path in (tmp_path / "spreadsheets").iterdir()}
    assert names == set(table_names())
    others = {name.partition("/")[0] for name in exchange.files()}
    others |= {"parquet"} if can_write_parquet() else set()
    assert {path.name for path in tmp_path.iterdir()} == {"summit.sqlite", "spreadsheets", *others}


@pytest.mark.parametrize("table", table_names())
def test_spreadsheets_carry_the_mark_of_utf8_and_every_cell(exported: Path, table: str) -> None:
    path = exported / "spreadsheets" / f"{table}.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    found = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    assert found == read(table).columns
    assert {len(row) for row in rows} <= {len(header)}


# Other programs read the tables by the schema


class Duck(ModuleType):
    """What the README asks DuckDB to do, noted and not done."""

    def __init__(self) -> None:
        super().__init__("duckdb")
        self.asked: list[str] = []

    def sql(self, query: str) -> Duck:
        self.asked.append(query)
        return self

    def show(self) -> None:
        """Show nothing."""


def test_the_readme_tells_duckdb_every_table_with_its_types(monkeypatch) -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    (code,) = [
        part for part in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "duckdb" in part
    ]
    duck = Duck()
    monkeypatch.setitem(sys.modules, "duckdb", duck)
    monkeypatch.chdir(ROOT)
    exec(code, {})
    assert len(duck.asked) == len(table_names()) + 1
    for table, query in zip(table_names(), duck.asked, strict=False):
        assert f"data/{resource(table)['path']}" in query
        assert all(f"'{name}': '" in query for name in fields(table))


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_r_reads_every_table_by_the_schema() -> None:
    needed = 'q(status = !all(sapply(c("readr", "jsonlite"), requireNamespace, quietly = TRUE)))'
    if subprocess.run(["Rscript", "-e", needed], capture_output=True, check=False).returncode:
        pytest.skip("the R packages readr and jsonlite are not installed")
    command = ["Rscript", "data/read.R"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"claims {len(load('claims'))} rows" in done.stdout
    assert len(done.stdout.splitlines()) == len(table_names())
