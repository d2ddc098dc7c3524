"""Rows added anywhere are put in the order of their keys, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.__main__ import main
from helpers.data import DataError, validate
from helpers.data.sorting import in_order, sort_tables


def moved_to_the_end(path: Path) -> bytes:
    """Put the second row last, as if it had been added there; return what the file was."""
    content = path.read_bytes()
    header, first, second, rest = content.split(b"\n", maxsplit=3)
    path.write_bytes(b"\n".join([header, first, rest + second]))
    return content


def test_rows_added_anywhere_find_their_place_byte_by_byte(data_copy: Path) -> None:
    sorted_files = {path: path.stat().st_mtime_ns for path in data_copy.rglob("*.csv")}
    path = data_copy / "report/argument_links.csv"
    content = moved_to_the_end(path)
    assert any("make sort" in fault.expected for fault in validate())
    assert sort_tables() == [path]
    assert path.read_bytes() == content
    del sorted_files[path]
    assert all(file.stat().st_mtime_ns == written for file, written in sorted_files.items())
    assert validate() == []


def test_a_mark_of_a_spreadsheet_and_its_line_ends_stay_where_they_are(data_copy: Path) -> None:
    path = data_copy / "report/actors.csv"
    content = moved_to_the_end(path)
    spoilt, whole = (
        b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n") for text in (path.read_bytes(), content)
    )
    path.write_bytes(spoilt)
    assert sort_tables() == [path]
    assert path.read_bytes() == whole


def test_a_row_of_several_lines_stays_whole() -> None:
    text = 'id,text\nb,"two\nlines"\na,"with \u2028 inside"\n'
    header, first, rest = "id,text\n", 'b,"two\nlines"\n', 'a,"with \u2028 inside"\n'
    assert in_order(text, [("b",), ("a",)]) == header + rest + first


def test_rows_of_one_key_keep_their_order() -> None:
    assert in_order("id,n\nb,1\na,2\na,1\n", [("b",), ("a",), ("a",)]) == "id,n\na,2\na,1\nb,1\n"


def test_a_table_that_cannot_be_read_is_left_alone(data_copy: Path) -> None:
    path = data_copy / "report/actors.csv"
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    before = path.read_bytes()
    with pytest.raises(DataError, match="semicolons"):
        sort_tables()
    assert path.read_bytes() == before


def test_the_command_names_what_it_sorted(data_copy: Path, capsys) -> None:
    moved_to_the_end(data_copy / "report/actors.csv")
    assert main(["sort"]) == 0
    assert "sorted: report/actors.csv" in capsys.readouterr().out
    assert main(["sort"]) == 0
    assert "every table is sorted" in capsys.readouterr().out
