"""The commands that check a held copy of the report, and write the tables for others."""

from __future__ import annotations

import csv
import hashlib
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from helpers import verify
from helpers.__main__ import main
from helpers.data import load, table_names
from helpers.export import export, to_sqlite
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
    return [copied.words for copied in verify.copied_runs([INVENTED], project)]


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
    (copied,) = verify.copied_runs([INVENTED], project)
    assert copied.file == "book.ipynb"
    assert str(copied) == f"book.ipynb: 16 words of the report in a row: {INVENTED!r}"


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
        f for f in verify.verify(copy, ROOT) if getattr(f, "file", "") == "report/passages.csv"
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
    faults = verify.verify(held_copy(tmp_path / "passages.csv"), ROOT)
    assert any(getattr(fault, "value", "") == "goals.4.4" for fault in faults)


def test_words_that_the_passage_does_not_print_are_named(tmp_path: Path) -> None:
    faults = verify.verify(held_copy(tmp_path / "passages.csv"), ROOT)
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
    stored = (ROOT / "data" / dictionary.FILES[code]).read_text(encoding="utf-8")
    assert stored == dictionary.compose(Language(code)), "run `make refresh`"


def test_the_dictionary_describes_every_table_field_and_code() -> None:
    text = dictionary.compose(Language("en"))
    for table in table_names():
        assert f"## `{table}` · " in text
    assert "| `fund` | fund | Money is put to the matter" in text
    assert "not two human raters" in text


def test_examples_show_the_row_they_name() -> None:
    text = dictionary.compose(Language("ar"))
    claim = load("claims").set_index("claim_id").at["context.11.2-a", "text_ar"]
    assert f"{claim} (`context.11.2-a`)" in text


def test_the_dictionary_follows_the_schema(change) -> None:
    old, new = "Money is put to the matter", "Money is spent on the matter"
    change("schema/outcome_codes.json", old, new)
    assert new in dictionary.compose(Language("en"))


# Export


def test_the_database_holds_every_row_with_its_keys(tmp_path: Path) -> None:
    export(tmp_path)
    database = sqlite3.connect(tmp_path / "summit.sqlite")
    for table in table_names():
        (count,) = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        assert count == len(load(table)), table
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    query = "SELECT verdict FROM checks JOIN claims USING (claim_id) WHERE claim_id = ?"
    assert database.execute(query, ["context.6.1-c"]).fetchone() == ("contradicted",)
    silent = "SELECT value FROM quantities WHERE claim_id = 'context.8.1-c'"
    assert database.execute(silent).fetchone() == (None,)
    database.close()


def test_the_database_refuses_what_the_schema_forbids(tmp_path: Path) -> None:
    database = sqlite3.connect(to_sqlite(tmp_path / "summit.sqlite"))
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        database.execute("UPDATE claims SET kind = 'opinion' WHERE claim_id = 'context.6.1-c'")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), database:
        database.execute("UPDATE checks SET source_id = 'nobody'")
    database.close()


def test_spreadsheets_carry_the_mark_of_utf8_and_every_cell(tmp_path: Path) -> None:
    export(tmp_path)
    path = tmp_path / "spreadsheets" / "themes.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["title_ar"] for row in rows] == list(load("themes")["title_ar"])


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_r_reads_every_table_by_the_schema() -> None:
    needed = 'q(status = !all(sapply(c("readr", "jsonlite"), requireNamespace, quietly = TRUE)))'
    if subprocess.run(["Rscript", "-e", needed], capture_output=True, check=False).returncode:
        pytest.skip("the R packages readr and jsonlite are not installed")
    command = ["Rscript", "data/read.R"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"claims {len(load('claims'))} rows" in done.stdout
    assert len(done.stdout.splitlines()) == len(table_names())
