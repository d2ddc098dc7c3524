"""The dictionary says of every table, field and code what the schema says, in both languages."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pandas as pd
import pytest

from helpers import data
from helpers.data import codes, fields, load, resource, table_names
from helpers.language import Language
from helpers.publish import dictionary

EN = Language("en")
CELL = re.compile(r"(?<!\\)\|")


@functools.cache
def text(code: str) -> str:
    return dictionary.compose(Language(code))


def part(table: str, code: str) -> str:
    """Return what the dictionary says of a table."""
    return text(code).split(f'<a id="{table}"></a>\n\n')[1].split("<a id=")[0]


def grids(markdown: str) -> list[list[list[str]]]:
    """Return the tables of a text, without headings, as cells."""
    found: list[list[list[str]]] = []
    for block in markdown.split("\n\n"):
        if block.startswith("| "):
            rows = [
                [cell.strip() for cell in CELL.split(line)[1:-1]]
                for line in block.strip().split("\n")
            ]
            assert {len(row) for row in rows} == {len(rows[0])}, block.split("\n")[0]
            found.append(rows[2:])
    return found


def escaped(words: str) -> str:
    return words.replace("|", "\\|")


def test_files_are_named_by_their_language() -> None:
    assert dictionary.file_name("en") == "DICTIONARY.md"
    assert dictionary.file_name("ar") == "DICTIONARY.ar.md"


def test_files_are_written_beside_the_tables(data_copy: Path, monkeypatch) -> None:
    for name in ("DICTIONARY.md", "DICTIONARY.ar.md"):
        (data_copy / name).unlink()
    monkeypatch.setattr(dictionary, "compose", lambda lang: f"in {lang.code}\n")
    assert {path.name for path in dictionary.write()} == {"DICTIONARY.md", "DICTIONARY.ar.md"}
    assert (data_copy / "DICTIONARY.md").read_text(encoding="utf-8") == "in en\n"
    assert (data_copy / "DICTIONARY.ar.md").read_text(encoding="utf-8") == "in ar\n"


def test_the_overview_counts_the_rows_of_every_table_and_leads_to_it(code: str) -> None:
    overview = grids(text(code))[0]
    expected = [
        [f"[`{name}`](#{name})", Language(code).number(len(load(name)))] for name in table_names()
    ]
    assert [row[:2] for row in overview] == expected
    assert all(f'<a id="{name}"></a>' in text(code) for name in table_names())


def test_only_a_language_from_the_right_has_a_direction_of_its_own() -> None:
    assert text("ar").startswith('<div dir="rtl" lang="ar">\n\n# ')
    assert text("ar").endswith("\n\n</div>\n")
    assert text("en").startswith("# ")
    assert "<div" not in text("en")


@pytest.mark.parametrize("table", table_names())
def test_a_table_has_its_title_file_key_and_fields(table: str, code: str) -> None:
    suffix = "" if code == "en" else f"_{code}"
    lang = Language(code)
    entry, said = resource(table), part(table, code)
    assert said.startswith(f"## `{table}` · {entry[f'title{suffix}']}\n")
    assert f"\n{entry[f'description{suffix}']}\n" in said
    assert f"`{entry['path']}`" in said
    keys = ", ".join(f"`{key}`" for key in entry["schema"]["primaryKey"])
    assert f"{lang.phrase('key')}: {keys}\n" in said
    foreign = {
        key["fields"][0]: key["reference"]["resource"]
        for key in entry["schema"].get("foreignKeys", [])
    }
    rows = grids(said)[0]
    assert [row[0] for row in rows] == [f"`{name}`" for name in fields(table)]
    for row, (name, field) in zip(rows, fields(table).items(), strict=True):
        required = field.get("constraints", {}).get("required", False)
        assert row[1] == escaped(field[f"title{suffix}"])
        assert row[2] == f"`{field['type']}`"
        assert row[3] == (lang.phrase("yes") if required else "")
        target = f" → [`{foreign[name]}`](#{foreign[name]})" if name in foreign else ""
        assert row[4] == escaped(field[f"description{suffix}"]) + target


def test_every_code_has_its_title_and_its_meaning(code: str) -> None:
    for table in table_names():
        enumerated = [name for name, field in fields(table).items() if "codes" in field]
        said = part(table, code)
        tables = grids(said)[1:]
        assert re.findall(r"^\*\*.* `(\w+)`\*\*$", said, re.MULTILINE) == enumerated
        for rows, field in zip(tables, enumerated, strict=True):
            known = codes(table, field)
            assert [row[0] for row in rows] == [f"`{value}`" for value in known]
            for row, each in zip(rows, known.values(), strict=True):
                assert row[1:3] == [
                    escaped(each[f"title_{code}"]),
                    escaped(each[f"description_{code}"]),
                ]
                assert each.get("example", "") in row[3]


def test_an_example_is_the_text_of_its_row_and_its_key() -> None:
    claim = load("claims").iloc[0]
    entry = {"example": claim["claim_id"]}
    said = dictionary.example("claims", entry, EN)
    assert said == f"{claim['text_en']} (`{claim['claim_id']}`)"


def test_an_example_of_an_outcome_reads_verb_and_text() -> None:
    item = load("outcome_items").iloc[0]
    said = dictionary.example("outcome_items", {"example": item["item_id"]}, EN)
    assert said == f"{item['verb_en']}: {item['text_en']} (`{item['item_id']}`)"
    # a coder's row is known by the item that it judges, and there is one row a coder
    assert dictionary.example("outcome_codes", {"example": item["item_id"]}, EN) == said


def test_a_row_without_a_text_is_its_key_alone() -> None:
    passage = load("passages").iloc[0]["passage_id"]
    assert dictionary.example("passages", {"example": passage}, EN) == f"`{passage}`"
    assert dictionary.example("passages", {}, EN) == ""


def test_counts_follow_a_changed_table() -> None:
    with data.what_if(glossary=load("glossary").iloc[:2]):
        assert "| [`glossary`](#glossary) | 2 |" in dictionary.compose(EN)


def test_a_cell_cannot_break_its_table() -> None:
    claims = load("claims")
    claims.loc[0, "text_en"] = "one | two\nthree"
    with data.what_if(claims=claims):
        example = dictionary.example("claims", {"example": claims.loc[0, "claim_id"]}, EN)
        line = dictionary._grid(["a"], [[example]]).splitlines()[-1]
    assert line == f"| one \\| two three (`{claims.loc[0, 'claim_id']}`) |"
    assert pd.notna(line)
