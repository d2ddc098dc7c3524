"""The seminar as students and teachers go through it: answers right, wrong and empty."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from changes import shuffled

from helpers import argument, data, seminar, tables
from helpers.data.schema import data_folder
from helpers.language import LOCALES, Language
from helpers.paths import NOTEBOOKS, SEMINAR_VARIABLE
from helpers.seminar.kinds import codes_kind, verdicts_kind
from helpers.seminar.measures import strengths
from helpers.seminar.reading import read
from helpers.seminar.replies import Reply
from helpers.seminar.writing import worded

CODES, VERDICTS = codes_kind(), verdicts_kind()
ENGLISH = Language("en")
NAMES = ["Mona", "Aziz", "Бакыт", "ليلى", "O'Neil, Sam"]
PUBLISHED = dict(
    zip(data.lab_items("blind")["order"], data.lab_items("blind")["strength"], strict=True)
)
NUMBERS = {code: number for number, code in enumerate(strengths(), start=1)}


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """Put a file of a student's into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def sheet(codes: dict[int, str], coder: str = "Mona") -> str:
    rows = [f'"{coder}",{number},{code}' for number, code in codes.items()]
    return "\n".join(["coder,number,code", *rows])


# Sheets that are read


ALL = sheet(PUBLISHED)
AS_NUMBERS = sheet({number: str(NUMBERS[code]) for number, code in PUBLISHED.items()})
ARABIC_DIGITS = AS_NUMBERS.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
LABELS = Language("ar").labels("outcome_codes", "strength")
IN_ARABIC = sheet({number: LABELS[code] for number, code in PUBLISHED.items()})
READ = {
    "as written": ALL,
    "numbers": AS_NUMBERS,
    "Arabic-Indic digits": ARABIC_DIGITS,
    "Arabic labels": IN_ARABIC.replace("coder,number,code", "المرمّز,الرقم,القوة"),
    "hamza left out": IN_ARABIC.replace("coder,number,code", "المرمز,الرقم,القوه"),
    "semicolons": ALL.replace(",", ";"),
    "tabs": ALL.replace(",", "\t"),
    "Arabic semicolons": ALL.replace(",", "\u061b"),
    "byte order mark": b"\xef\xbb\xbf" + ALL.encode(),
    "UTF-16 of a spreadsheet": ALL.replace(",", "\t").encode("utf-16"),
    "UTF-16 with its bytes the other way round": b"\xfe\xff" + ALL.encode("utf-16-be"),
    "Arabic Windows": IN_ARABIC.encode("cp1256"),
    "line ends of Windows": ALL.replace("\n", "\r\n"),
    "line ends of an old Mac": ALL.replace("\n", "\r"),
    "a line that names the delimiter": "sep=;\n" + ALL.replace(",", ";"),
    "blank rows and empty columns": "\n\n" + ALL.replace("\n", ",,,\n\n"),
    "controls that nobody sees": ALL.replace("affirm", "\u200faffirm\u200f\u00a0"),
    "capitals and decimals": AS_NUMBERS.replace("coder", "CODER").replace(",2\n", ",2.0\n"),
    "ids and no numbers": "item_id,code\n"
    + "\n".join(f"{CODES.objects[n]},{code}" for n, code in PUBLISHED.items()),
    "columns of its own in another order": "note,code,number\n"
    + "\n".join(f'"a, b",{code},{n}' for n, code in PUBLISHED.items()),
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_a_sheet_is_read_however_it_was_saved(text: str | bytes, tmp_path: Path) -> None:
    written(tmp_path, "codes-Mona.csv", text)
    sheets = read(CODES, tmp_path, ENGLISH)
    assert not sheets.faults
    given = dict(zip(sheets.rows["id"], sheets.rows["value"], strict=True))
    assert given == {CODES.objects[number]: code for number, code in PUBLISHED.items()}
    assert set(sheets.rows["coder"]) == {"Mona"}


def test_rows_left_out_or_empty_are_not_coded_yet_and_no_fault(tmp_path: Path) -> None:
    written(tmp_path, "codes-Mona.csv", sheet({9: "welcome", 10: "", 12: "affirm"}))
    group = seminar.group(tmp_path, ENGLISH)
    assert group.coded["order"].tolist() == [9, 12]
    assert not group.reply.faults
    assert group.reply.table is not None
    assert group.reply.table.rows == (("Mona", "2", "10 to 11; 13 to 28"),)


# Sheets that are not

ONE = "coder,number,code\nMona,9,welcome\n"
FAULTY = {
    "an unknown code": (ONE + "Mona,10,strong\n", 3, "Strength", "strong", "1 welcome, 2 affirm"),
    "a code beyond the scale": (ONE + "Mona,10,6\n", 3, "Strength", "6", "5 fund"),
    "half a code": (ONE + "Mona,10,2.5\n", 3, "Strength", "2.5", "5 fund"),
    "an item of the first round": (ONE + "Mona,3,adopt\n", 3, "Number", "3", "from 9 to 28"),
    "no item": (ONE + "Mona,,adopt\n", 3, "Number", "", "from 9 to 28"),
    "words for a number": (ONE + "Mona,ten,adopt\n", 3, "Number", "ten", "from 9 to 28"),
    "two codes for an item": (ONE + "mona,9,fund\n", 3, "Strength", "fund", "row 2 has another"),
    "number and id that differ": (
        "number,item_id,code\n9,afghanistan-concern,welcome\n10,dams,fund\n",
        *(3, "Number", "10", "the number of dams"),
    ),
    "an id of nothing": (
        "item_id,code\nafghanistan-concern,welcome\ndam,fund\n",
        *(3, "Item", "dam", "the id of a row"),
    ),
    "a quotation mark left open": (ONE + 'Mona,10,"affirm\nMona,11,fund\n', 3, "", "", "in pairs"),
}
UNREADABLE = {
    "no heading": ("codes.csv", "Mona,9,welcome\n", 1, "Coder, Number and Strength"),
    "no column of items": ("codes.csv", "coder,code\nMona,welcome\n", 1, "Number"),
    "a spreadsheet": ("codes.xlsx", b"PK\x03\x04\x00", 0, "save the spreadsheet as CSV"),
    "a spreadsheet with another name": ("codes.csv", b"PK\x03\x04\x00", 0, "a text file"),
    "an empty file": ("codes.csv", "\n\n", 0, "a text file"),
    "a file that is too large": ("codes.csv", "x" * 1_000_001, 0, "a text file"),
}


@pytest.mark.parametrize("case", FAULTY.values(), ids=FAULTY)
def test_what_cannot_be_read_is_told_and_the_rest_is_read(case: tuple, tmp_path: Path) -> None:
    text, row, field, value, expected = case
    written(tmp_path, "codes-Mona.csv", text)
    sheets = read(CODES, tmp_path, ENGLISH)
    (fault,) = sheets.faults
    assert (fault.file, fault.row, fault.field) == ("codes-Mona.csv", row, field)
    assert value in fault.value and expected in fault.expected
    rest = [] if "two codes" in text or "mona,9" in text else ["afghanistan-concern"]
    assert sheets.rows["id"].tolist() == rest


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_no_sheet_is_named(case: tuple, tmp_path: Path) -> None:
    name, content, row, expected = case
    written(tmp_path, name, content)
    group = seminar.group(tmp_path, ENGLISH)
    assert group.is_demonstration
    (fault,) = group.reply.faults
    assert (fault.file, fault.row) == (name, row)
    assert expected in fault.expected


def test_faults_are_told_in_the_language_of_the_student(tmp_path: Path) -> None:
    written(tmp_path, "codes-Mona.csv", ONE + "Mona,10,<b>قوي</b>\n")
    reply = seminar.group(tmp_path, Language("ar")).reply
    assert "واحد من: 1 ترحيب و2 تأكيد" in repr(reply)
    html = reply._repr_html_()
    assert '<bdi dir="auto">القوة</bdi>' in html, "in the direction of its words"
    assert "&lt;b&gt;قوي&lt;/b&gt;" in html


def test_signs_of_direction_are_neither_a_name_nor_a_reason(tmp_path: Path) -> None:
    """Keyboards and spreadsheets put them round Arabic words, where nobody sees them."""
    written(tmp_path, "codes-a.csv", sheet({9: "\u200f2\u200e"}, "\u2067ليلى\u2069\u200f"))
    (row,) = read(CODES, tmp_path, ENGLISH).rows.to_dict("records")
    assert (row["coder"], row["value"]) == ("ليلى", "affirm")
    asked = seminar.judge("", 1, "confirmed", "\u200f \u2069", lang=ENGLISH)
    assert ENGLISH.phrase("lab-no-reason") in asked.lines


def test_two_students_of_one_name_are_told_apart(tmp_path: Path) -> None:
    written(tmp_path, "codes-Mona.csv", sheet({9: "welcome"}))
    written(tmp_path, "codes-Mona.txt", sheet({9: "affirm"}, "mona"))
    group = seminar.group(tmp_path, ENGLISH)
    assert list(group.coded["coder"]) == ["Mona (codes-Mona.csv)", "mona (codes-Mona.txt)"]
    assert "Several files carry one name: Mona and mona" in repr(group)


def test_verdicts_and_codes_may_lie_in_one_folder(tmp_path: Path) -> None:
    seminar.code("Mona", 9, 1, "", tmp_path, ENGLISH)
    seminar.judge("Mona", 1, "contradicted", "the communiqué", tmp_path, ENGLISH)
    for kind in (CODES, VERDICTS):
        sheets = read(kind, tmp_path, ENGLISH)
        assert (len(sheets.rows), sheets.faults) == (1, ())


# What a student writes


def test_an_outcome_stands_on_its_sheet_as_its_claim_has_it(code: str) -> None:
    lang = Language(code)
    item, claim = next(iter(CODES.texts)), next(iter(VERDICTS.texts))
    assert worded(CODES, item, lang).startswith(CODES.texts[item][lang.column("claim")])
    claims = data.load("claims").set_index("claim_id")[lang.column("text")]
    assert worded(VERDICTS, claim, lang).startswith(claims[claim])


def test_a_sheet_is_laid_out_once_and_never_over_another(tmp_path: Path, lang: Language) -> None:
    seminar.sheet("ليلى", tmp_path, lang)
    seminar.code("ليلى", 9, 1, '=1+1, "quoted"', tmp_path, lang)
    (path,) = tmp_path.iterdir()
    before = path.read_bytes()
    assert "codes-ليلى.csv" in repr(seminar.sheet(" ليلى ", tmp_path, lang))
    assert path.read_bytes() == before
    sheets = read(CODES, tmp_path, lang)
    assert sheets.rows[["coder", "id", "value", "reason"]].values.tolist() == [
        ["ليلى", "afghanistan-concern", "welcome", '=1+1, "quoted"']
    ]


def test_a_code_leads_to_the_next_item_and_may_be_changed(tmp_path: Path) -> None:
    reply = seminar.code("Mona", "٩", "Welcome", "concern alone", tmp_path, ENGLISH)
    assert "1 of 20" in repr(reply) and "Item 10." in repr(reply)
    seminar.code("Mona", 9, "2", "", tmp_path, ENGLISH)
    assert read(CODES, tmp_path, ENGLISH).rows["value"].tolist() == ["affirm"]


def test_a_sheet_with_faults_is_not_written_over(tmp_path: Path) -> None:
    path = written(tmp_path, "codes-Mona.csv", ONE + "Mona,10,strong\n")
    before = path.read_bytes()
    reply = seminar.code("Mona", 11, "fund", "", tmp_path, ENGLISH)
    assert path.read_bytes() == before
    assert [fault.row for fault in reply.faults] == [3]


@pytest.mark.parametrize("name", ["", "   ", "../..", "\u200f", "."])
def test_without_a_name_nothing_is_written(name: str, tmp_path: Path) -> None:
    for reply in (
        seminar.sheet(name, tmp_path, ENGLISH),
        seminar.code(name, 9, "affirm", "", tmp_path, ENGLISH),
    ):
        assert "Write your name" in repr(reply)
    assert list(tmp_path.iterdir()) == []


def test_a_name_is_no_way_out_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "seminar"
    seminar.sheet("../../Mona/../x", inside, ENGLISH)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv")] == [
        "seminar/codes-Mona-x.csv"
    ]


def test_nothing_is_written_among_the_tables(lang: Language) -> None:
    for folder in (data_folder(), data_folder() / "report" / "class"):
        for reply in (
            seminar.sheet("Mona", folder, lang),
            seminar.code("Mona", 9, 1, "", folder, lang),
            seminar.judge("Mona", 1, 1, "so", folder, lang),
            seminar.group(folder, lang).reply,
        ):
            assert lang.phrase("lab-refused-folder") in repr(reply)
    assert not (data_folder() / "report" / "class").exists()


def test_a_folder_that_is_a_file_is_told_without_a_traceback(tmp_path: Path) -> None:
    file = written(tmp_path, "class", "")
    assert "cannot be read or written" in repr(seminar.sheet("Mona", file / "x", ENGLISH))


# The first round


def test_training_answers_each_code_with_the_reason_of_the_published_one(lang: Language) -> None:
    items = data.lab_items("train")
    right = seminar.train(list(items["strength"].astype("str")), lang)
    wrong = seminar.train([5 if code != "fund" else 1 for code in items["strength"]], lang)
    assert right.table is not None and wrong.table is not None
    same = lang.phrase("lab-same", code="")
    assert all(same in row[3] for row in right.table.rows)
    assert not any(same in row[3] for row in wrong.table.rows)
    for reply in (right, wrong):
        notes = [row[4] for row in reply.table.rows]
        assert notes == [lang.number_text(note) for note in items[lang.column("note")]]


@pytest.mark.parametrize("empty", [[], [""] * 8, "", {}, [None], ["  "]])
def test_training_without_codes_says_what_to_do(empty: Any) -> None:
    reply = seminar.train(empty, ENGLISH)
    assert "Write a code" in repr(reply) and reply.table is not None and not reply.table.rows


@pytest.mark.parametrize("codes", [["strong"], [0], {99: "affirm"}, {"x": 1}, [1] * 9])
def test_training_names_what_is_no_code(codes: Any) -> None:
    assert "is no code here" in repr(seminar.train(codes, ENGLISH))


# The third round


def coded(*columns: str, names: list[str] = NAMES, items: list[int] | None = None) -> pd.DataFrame:
    """A group whose coders gave these codes, by their first letters, to the first items."""
    letters = {"w": "welcome", "a": "affirm", "g": "agree", "d": "adopt", "f": "fund"}
    table = data.lab_items("blind")
    rows = [
        table.iloc[[place]].assign(coder=name, coder_order=order, code=letters[letter], reason="")
        for order, (name, given) in enumerate(zip(names, columns, strict=False))
        for place, letter in enumerate(given)
        if letter in letters
    ]
    return pd.concat(rows, ignore_index=True)


def test_one_coder_agrees_with_nobody_but_can_be_compared() -> None:
    alone = coded("wafad")
    among = tables.lab_agreement_table(seminar.among(alone), ENGLISH)
    assert among.rows == (("Mona", "0", "undefined", "undefined", "undefined", "\u2014"),)
    (beside,) = seminar.with_published(alone).to_dict("records")
    assert beside["items"] == 5 and beside["raw"] == pytest.approx(0.8)


def test_codes_that_are_all_the_same_are_undefined_and_not_full_agreement() -> None:
    (row,) = tables.lab_agreement_table(seminar.among(coded("aaaa", "aaaa")), ENGLISH).rows
    assert row[2:] == ("100%", "undefined", "undefined", "\u2014")


def test_a_class_of_three_has_a_row_for_all_and_one_for_each_pair() -> None:
    found = seminar.among(coded("wafad", "wafaf", "wa..d"))
    assert [row["number"] for _, row in found.iterrows()] == [3, 2, 2, 2]
    assert found["items"].tolist() == [5, 5, 3, 3]
    assert found["raw"].tolist() == pytest.approx([(4 + 1 / 3) / 5, 0.8, 1, 2 / 3])
    six = seminar.among(coded(*["wafad"] * 6, names=[*NAMES, "six"]))
    assert len(six) == 1, "fifteen pairs are no table"


def test_the_interval_is_the_same_in_every_run() -> None:
    codes = coded("wafadafwdf", "wafaaagwdf")
    pd.testing.assert_frame_equal(seminar.among(codes), seminar.among(shuffled(codes)))


def test_measures_are_printed_before_anything_published_is_shown() -> None:
    for code in LOCALES:
        cells = json.loads((NOTEBOOKS / code / "07_seminar.ipynb").read_text())["cells"]
        ids = [cell["id"] for cell in cells]
        order = ["agreement", "published", "confusion", "splits", "moved"]
        assert [name for name in ids if name in order] == order


def test_confusion_counts_codes_by_what_is_published() -> None:
    codes = coded("wafa", "wgfa")
    counts = seminar.confusion(shuffled(codes)).set_index(["strength", "code"])["count"]
    assert counts[counts > 0].to_dict() == {
        ("welcome", "welcome"): 2,
        ("affirm", "affirm"): 3,
        ("affirm", "agree"): 1,
        ("fund", "fund"): 2,
    }
    assert tables.lab_confusion_table(seminar.confusion(codes), ENGLISH).fields["same"] == "7"


def test_the_widest_split_comes_first_with_its_note() -> None:
    codes = coded("wafaa", "wgaaw", "wafaw")
    found = seminar.splits(shuffled(codes))
    assert found["order"].tolist() == [11, 13, 10]
    assert found["spread"].tolist() == [3, 1, 1] and found["apart"].tolist() == [1, 2, 1]
    _, second, _ = tables.lab_split_table(shuffled(found), ENGLISH).rows
    assert second[2:4] == ("welcome (Aziz and Бакыт); affirm (Mona)", "affirm")


def test_a_class_stands_for_its_middle_code_and_of_two_for_the_lower() -> None:
    codes = coded("wfaf", "aaga", "fwgf", "ffgf")
    by_item = seminar.consensus(shuffled(codes)).set_index("item_id")["strength"]
    names = CODES.objects
    assert [by_item[names[n]] for n in (9, 10, 11, 12)] == ["affirm", "affirm", "agree", "fund"]


def moved(codes: pd.DataFrame) -> list[str]:
    before = argument.published()
    after = argument.recoded(before, strengths=seminar.consensus(codes))
    return list(argument.turned(data.load("conclusions"), before, after)["conclusion_id"])


def letters(**changes: str) -> str:
    """The published codes by their letters, some of them changed."""
    short = {"welcome": "w", "affirm": "a", "agree": "g", "adopt": "d", "fund": "f"}
    items = data.lab_items("blind")
    own = dict(
        zip(items["item_id"].str.replace("-", "_"), items["strength"].map(short), strict=True)
    )
    return "".join((own | changes).values())


def test_a_class_that_codes_as_published_moves_nothing() -> None:
    assert moved(coded(letters(), letters())) == []


def test_conclusions_move_by_what_the_class_codes() -> None:
    acts = letters(corridor_platform="g", aral_partnership="g")
    assert moved(coded(acts, acts, letters())) == ["most-affirm"]
    assert moved(coded(acts, letters())) == [], "in an even split the lower code is taken"
    held = letters(regional_stability="g")
    assert "security-no-act" in moved(coded(held))


def test_without_sheets_the_passes_of_the_project_stand_in_and_are_said_to(lang: Language) -> None:
    group = seminar.group("no-such-folder", lang)
    assert group.is_demonstration
    assert lang.phrase("lab-stand-in", names=lang.join(group.coded["coder"].unique())) in repr(
        group
    )
    assert group.coded.groupby("coder").size().tolist() == [20] * group.coded["coder"].nunique()


def test_ten_disagreements_of_careful_coders_are_among_the_items() -> None:
    items = data.lab_items()
    assert (items["round"].value_counts()[["train", "blind"]] == [8, 20]).all()
    assert items["instructive"].sum() >= 10
    assert set(items.query("round == 'train'")["strength"]) == set(strengths())


# Claims


def test_the_claims_to_check_have_different_verdicts_and_sources_with_addresses() -> None:
    claims, sources = data.lab_claims(), data.lab_sources()
    assert len(claims) == 6 and claims["verdict"].nunique() == 5
    assert set(sources["claim_id"]) == set(claims["claim_id"])
    assert sources["url"].str.startswith("http").all()
    listed = tables.lab_claim_table(sources, ENGLISH).rows
    assert not any("nan" in cell for row in listed for cell in row[3].split(", ")), "untitled"


def test_the_published_verdict_shows_after_a_verdict_and_a_reason(lang: Language) -> None:
    claim = data.lab_claims().iloc[0]
    secret = lang.pick(claim, "note")
    shows = ["", 1], ["", 1, "perhaps"], ["", 1, "", "why"], ["", 1, "confirmed", "  "]
    for asked in shows:
        assert secret not in repr(seminar.judge(*asked, lang=lang))
    for verdict in ("contradicted", "confirmed", 3):
        assert secret in repr(seminar.judge("", 1, verdict, "the communiqué", lang=lang))
    labels, published = lang.labels("checks", "verdict"), claim["verdict"]
    for verdict, told in ((published, "same"), ("not_found", "other")):
        words = {"yours": labels[verdict], "published": labels[published]}
        said = lang.phrase(f"lab-verdict-{told}", **words)
        assert said in repr(seminar.judge("", 1, verdict, "the communiqué", lang=lang))


def test_a_verdict_without_a_name_is_answered_and_not_kept(tmp_path: Path) -> None:
    seminar.judge("", 1, "contradicted", "the communiqué", tmp_path, ENGLISH)
    assert list(tmp_path.iterdir()) == []


def test_sources_are_links_with_every_word_escaped() -> None:
    with data.what_if(sources=data.load("sources").assign(title="<script>")):
        html = seminar.judge("", 1, lang=ENGLISH)._repr_html_()
    assert "<script>" not in html and html.count("<a href=") == 2


def test_what_a_student_or_a_table_writes_stays_text_in_the_answer(tmp_path: Path) -> None:
    html = seminar.judge("", 1, "<script>", lang=ENGLISH)._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html
    with data.what_if(sources=data.load("sources").assign(url='"><script>')):
        assert "<script>" not in seminar.judge("", 1, lang=ENGLISH)._repr_html_()


def test_the_table_of_differences_has_the_published_code_in_rows() -> None:
    found = pd.DataFrame({"strength": ["fund"], "code": ["affirm"], "coder": ["Mona"]})
    table = tables.lab_confusion_table(seminar.confusion(found), ENGLISH)
    labels = ENGLISH.labels("outcome_codes", "strength")
    heads = [column.heading for column in table.columns]
    row = next(row for row in table.rows if row[0] == labels["fund"])
    assert row[heads.index(labels["affirm"])] == "1"


def test_verdicts_of_a_class_stand_beside_the_published_ones(
    tmp_path: Path, lang: Language
) -> None:
    given = zip(NAMES, ["contradicted", "imprecise", "contradicted", "not found", "1"], strict=True)
    for name, verdict in given:
        seminar.judge(name, 1, verdict, "why", tmp_path, ENGLISH)
    (first,) = seminar.verdicts(tmp_path, lang).table.rows
    labels = lang.labels("checks", "verdict")
    both = f"{labels['contradicted']} ({lang.join(['Mona', 'Бакыт'])})"
    assert both in parts_of(first[2]) and len(parts_of(first[2])) == 4
    assert first[3] == labels["contradicted"]
    assert first[4] == lang.phrase("part-of-all", part=lang.number(2), all=lang.number(5))


def parts_of(series: str) -> list[str]:
    return re.split(r"[;؛] ", series)


def test_a_claim_that_nobody_judged_keeps_its_verdict_unseen(tmp_path: Path) -> None:
    assert seminar.verdicts(tmp_path, ENGLISH).table is None
    seminar.judge("Mona", 2, "imprecise", "why", tmp_path, ENGLISH)
    reply = seminar.verdicts(tmp_path, ENGLISH)
    assert [row[0] for row in reply.table.rows] == ["2"]
    others = data.lab_claims().query("order != 2")
    assert not [lesson for lesson in others["lesson_en"] if lesson in repr(reply)]


def test_faults_and_namesakes_among_verdicts_are_told(tmp_path: Path) -> None:
    for name, verdict in (("a", "confirmed"), ("b", "perhaps")):
        text = f"coder,number,verdict\nMona,1,confirmed\nMona,2,{verdict}\n"
        written(tmp_path, f"verdicts-{name}.csv", text)
    reply = seminar.verdicts(tmp_path, ENGLISH)
    assert [(fault.file, fault.value) for fault in reply.faults] == [("verdicts-b.csv", "perhaps")]
    assert "2" in reply.lines[0] and "Mona" in reply.lines[1]


# The notebook as students run it


class Class:
    """The code of the notebook, run cell after cell with what a student writes into it."""

    def __init__(self, code: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.cells = json.loads((NOTEBOOKS / code / "07_seminar.ipynb").read_text())["cells"]
        self.space: dict[str, Any] = {}
        self.shown: list[str] = []
        shell = SimpleNamespace(user_ns=self.space)
        monkeypatch.setenv(SEMINAR_VARIABLE, str(folder))
        monkeypatch.setattr("helpers.answers.get_ipython", lambda: shell)
        monkeypatch.setattr("helpers.show.display", self.display)
        monkeypatch.setattr("helpers.seminar.checking.display", self.display)

    def display(self, bundle: Any, **_: object) -> None:
        self.shown.append(str(bundle))

    def run(self, **written: str) -> dict[str, Any]:
        """Run all cells, some of them with other code, and return what each ends with."""
        ends = {}
        for cell in self.cells:
            if cell["cell_type"] == "code":
                source = written.get(cell["id"].replace("-", "_"), "".join(cell["source"]))
                *body, last = re.split(r"\n(?=\S)(?![)\]}])", source)
                exec("\n".join(body), self.space)
                try:
                    ends[cell["id"]] = eval(last, self.space)
                except SyntaxError:
                    exec(last, self.space)
        return ends


def state_of_data() -> str:
    digest = hashlib.sha256()
    for path in sorted(data_folder().rglob("*")):
        digest.update(str(path).encode() + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()


@pytest.mark.parametrize("code", LOCALES)
def test_the_notebook_runs_without_an_answer(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = Class(code, monkeypatch, tmp_path / "seminar").run()
    assert ends["group"].is_demonstration
    assert not (tmp_path / "seminar").exists(), "an empty answer writes nothing"
    replies = [end for end in ends.values() if isinstance(end, Reply)]
    assert all(reply.lang.code == code for reply in replies)
    assert len(replies) >= 4 and all(repr(reply) for reply in replies)


@pytest.mark.parametrize("code", LOCALES)
def test_the_notebook_runs_as_a_student_with_right_and_wrong_answers(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state_of_data()
    student = Class(code, monkeypatch, tmp_path)
    ends = student.run(
        train='seminar.train([1, 2, 4, 5, 3, "nonsense", "", 1])',
        sheet='seminar.sheet("Mona")',
        code='seminar.code("Mona", 9, 1, "concern")',
        judge='seminar.judge("Mona", 1, 1, "the dispatch says so")',
    )
    assert len(ends["train"].table.rows) == 6
    assert set(ends["group"].coded["coder"]) == {"Mona"}
    claim = data.lab_claims().iloc[0]
    assert Language(code).pick(claim, "note") in repr(ends["judge"])
    assert {path.name for path in tmp_path.iterdir()} == {"codes-Mona.csv", "verdicts-Mona.csv"}
    assert state_of_data() == before


@pytest.mark.parametrize("code", LOCALES)
def test_the_notebook_runs_for_a_class_of_five(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five sheets as five programs save them, one of them with a fault."""
    as_saved = [ALL, AS_NUMBERS.replace(",", ";"), ARABIC_DIGITS, IN_ARABIC, ALL + "\nMona,9,x\n"]
    for name, text in zip(NAMES, as_saved, strict=True):
        quoted = text.replace('"Mona"', f'"{name}"').replace("\nMona,", f'\n"{name}",')
        written(tmp_path, f"codes-{name}.csv", quoted)
    student = Class(code, monkeypatch, tmp_path)
    group = student.run()["group"]
    assert set(group.coded["coder"]) == set(NAMES) and len(group.coded) == 100
    (fault,) = group.reply.faults
    assert (fault.file, fault.row, fault.value) == ("codes-O'Neil, Sam.csv", 22, "x")
    told = "\n".join(student.shown)
    assert "<td" in told and "NaN" not in told and "nan" not in re.sub(r"<[^>]*>", "", told).split()
    assert moved(group.coded) == []
