"""A language is laid out whole or not at all, and what is to be written in it is named."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from babel import Locale

from helpers import scaffold, swap
from helpers.data.languages import has_letter, script_of, scripts_of
from helpers.language import Language
from helpers.publish import languages, unwritten
from helpers.publish.languages import language_of_letters
from helpers.scaffold.language import Tongue, data_files, marked

PACKAGE = {
    "title": "Harbours",
    "title_ar": "مرافئ",
    "keywords": ["harbours"],
    "keywords_ar": ["مرافئ"],
    "languages": [{"code": "ar"}, {"code": "en"}],
    "language": "en",
    "resources": [
        {"name": "harbours", "path": "harbours.csv", "schema": "schema/harbours.json"},
        {"name": "outlines", "path": "outlines.json", "type": "json"},
    ],
}
KIND = {
    "value": "sea",
    "title_ar": "بحري",
    "title_en": "at sea",
    "pattern_ar": {"one": "مرفأ", "two": "مرفآن", "few": "مرافئ", "other": "مرفأ"},
    "pattern_en": {"one": "harbour", "other": "harbours"},
    "needs": ["note_ar", "note_en"],
    "colour": "navy",
}
ENGLISH = {
    "name": "note_en",
    "type": "string",
    "title": "Note (English)",
    "title_ar": "ملاحظة (بالإنجليزية)",
    "constraints": {"required": True, "pattern": "^[A-Z].*$"},
}
SCHEMA = {
    "fields": [
        {"name": "harbour_id", "type": "string", "title": "Id", "title_ar": "المعرّف"},
        {"name": "kind", "type": "string", "codes": [KIND]},
        {"name": "note_ar", "type": "string", "title": "Note (Arabic)", "title_ar": "ملاحظة"},
        ENGLISH,
    ],
    "primaryKey": ["harbour_id"],
}
TABLE = 'harbour_id,kind,note_ar,note_en\ntal,sea,"قديم, وعميق","Old, and deep"\n'
DEEP = "notebooks/en/00_deep.ipynb"


def written(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of one table, one notebook and one page."""
    cells = [
        nbformat.v4.new_markdown_cell("# Depth\n\nIt is deep.", id="title"),
        nbformat.v4.new_code_cell(
            'LANGUAGE = "en"', id="parameters", metadata={"tags": ["parameters"]}
        ),
        nbformat.v4.new_code_cell('show("en")', id="shown"),
    ]
    files: dict[str, Any] = {
        "data/datapackage.json": PACKAGE,
        "data/schema/harbours.json": SCHEMA,
        "data/harbours.csv": TABLE,
        DEEP: nbformat.writes(nbformat.v4.new_notebook(cells=cells)),
        "book/pages/en/index.md": "---\na: true\n---\n\n(start)=\n# {{work_title}}\n\nText.\n",
        "book/locales/ar.po": 'msgid ""\nmsgstr ""\n\nmsgid "Search"\nmsgstr "بحث"\n',
        "helpers/scaffold/starting/schema.json": {"phrases": {"now": {"ar": "الآن", "en": "now"}}},
        "helpers/scaffold/starting/first.en.md": "# First\n",
        "helpers/scaffold/starting/files/book/pages/en/cite.md": "Cite it.\n",
    }
    for name, content in files.items():
        written(tmp_path / name, content)
    return tmp_path


def content(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_every_text_gets_a_column_and_every_label_a_blank(root: Path) -> None:
    scaffold.new_language("he", root)
    package = json.loads((root / "data/datapackage.json").read_text("utf-8"))
    assert package["languages"][-1] == {"code": "he", "locale": "he", "digits": ["western"]}
    assert (package["title_he"], package["keywords_he"]) == ("", [])
    schema = json.loads((root / "data/schema/harbours.json").read_text("utf-8"))
    names = [field["name"] for field in schema["fields"]]
    assert names == ["harbour_id", "kind", "note_ar", "note_en", "note_he"]
    table = (root / "data/harbours.csv").read_text("utf-8")
    assert table == (
        'harbour_id,kind,note_ar,note_en,note_he\ntal,sea,"قديم, وعميق","Old, and deep",\n'
    )
    (kind,) = schema["fields"][1]["codes"]
    assert kind["needs"] == ["note_ar", "note_en", "note_he"]
    assert kind["pattern_he"] == {"one": "", "two": "", "other": ""}, "as Hebrew counts"
    assert (kind["title_he"], kind["colour"]) == ("", "navy")


def test_a_column_of_the_language_is_named_after_it(root: Path) -> None:
    scaffold.new_language("he", root)
    schema = json.loads((root / "data/schema/harbours.json").read_text("utf-8"))
    *_, english, hebrew = schema["fields"]
    assert (hebrew["title"], hebrew["title_ar"]) == ("Note (Hebrew)", "ملاحظة (بالعبرية)")
    assert hebrew["title_he"] == "", "how it is called in its own language is to be written"
    assert hebrew["constraints"] == {"required": True}, "the form of English words is not its own"
    assert english["constraints"] == ENGLISH["constraints"]


def test_prose_is_that_of_the_main_language_with_a_mark(root: Path) -> None:
    scaffold.new_language("he", root)
    cells = nbformat.read(root / "notebooks/he/00_deep.ipynb", as_version=4).cells
    assert [cell.source for cell in cells] == [
        '<div dir="rtl" lang="he">\n\n# [to be written: text] Depth\n\nIt is deep.\n\n</div>',
        'LANGUAGE = "he"',
        'show("en")',
    ]
    page = (root / "book/pages/he/index.md").read_text("utf-8")
    opening = "---\na: true\n---\n\n(start)=\n# [to be written: text] {{work_title}}"
    assert page == f"{opening}\n\nText.\n"
    words = (root / "book/locales/he.po").read_text("utf-8")
    assert 'msgid "Search"\nmsgstr ""' in words
    assert "nplurals=" in words
    started = json.loads((root / "helpers/scaffold/starting/schema.json").read_text("utf-8"))
    assert started["phrases"]["now"] == {"ar": "الآن", "en": "now", "he": ""}
    first = root / "helpers/scaffold/starting/first.he.md"
    assert first.read_text("utf-8") == "# [to be written: text] First\n"


def test_a_language_from_the_left_needs_no_block(root: Path) -> None:
    scaffold.new_language("de", root)
    first, *_ = nbformat.read(root / "notebooks/de/00_deep.ipynb", as_version=4).cells
    assert first.source == "# [to be written: text] Depth\n\nIt is deep."


def test_what_is_to_be_written_is_named(root: Path) -> None:
    """Prose of the languages that the project has; here that of Arabic."""
    scaffold.new_language("he", root)
    for folder in ("notebooks", "book/pages"):
        (root / folder / "he").rename(root / folder / "ar")
    (root / "book/locales/he.po").replace(root / "book/locales/ar.po")
    assert unwritten.faults(root) == [
        "notebooks/ar/00_deep.ipynb: cell 'title' is still to be written",
        "book/pages/ar/index.md, line 6: still to be written",
        "book/locales/ar.po: no words for 'Search'",
    ]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("en", "there is a language 'en' already"),
        ("german", "'german' is no name of a language; expected one such as 'de'"),
        ("DE", "'DE' is no name of a language"),
        ("xq", "does not know the language 'xq'"),
        ("lld", "does not know the language 'lld'"),
        ("id", "columns that hold no text in Indonesian end in _id: harbour_id"),
    ],
)
def test_what_is_no_new_language_is_refused(root: Path, code: str, message: str) -> None:
    before = content(root)
    with pytest.raises(scaffold.ScaffoldError, match=message):
        scaffold.new_language(code, root)
    assert content(root) == before


@pytest.mark.parametrize("stops_at", [0, 1, 2, -1])
def test_nothing_is_left_of_a_language_that_could_not_be_written(
    root: Path, monkeypatch: pytest.MonkeyPatch, stops_at: int
) -> None:
    before, folders = content(root), sorted(path for path in root.rglob("*") if path.is_dir())
    names = [*data_files("he", root / "data"), root / "book/locales/he.po"]
    plain = Path.write_bytes

    def full(path: Path, held: bytes) -> int:
        if path.name == f".{names[stops_at].name}.new":
            raise OSError(28, "No space left on device")
        return plain(path, held)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        scaffold.new_language("he", root)
    assert content(root) == before
    assert sorted(path for path in root.rglob("*") if path.is_dir()) == folders


def test_files_take_their_places_together(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("old", encoding="utf-8")
    swap.write_all({tmp_path / "one": "new", tmp_path / "below" / "two": "too"})
    assert content(tmp_path) == {"one": b"new", "below/two": b"too"}


def test_a_text_in_one_language_alone_stays_so() -> None:
    tongue = Tongue("de", PACKAGE)
    assert tongue.described({"name": "tal", "path": "x"}) == {"name": "tal", "path": "x"}
    assert tongue.described({"title": "Tal"}) == {"title": "Tal"}, "a name, as of a licence"


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Plain words.", "[to be written: text] Plain"),
        ("\n\n## A heading", "\n\n## [to be written: text] A"),
        ("### Slide\n\n---\n\n**Say.**", "### [to be written: text] Slide"),
    ],
)
def test_the_mark_stands_before_the_first_words(text: str, opening: str) -> None:
    assert marked(text, "de").startswith(opening)


# What English calls a script is not always what Unicode calls its letters.
@pytest.mark.parametrize(
    "code", ["de", "he", "ru", "zh", "yue", "ja", "ko", "bn", "or", "nqo", "iu"]
)
def test_the_letters_of_a_language_are_known(code: str) -> None:
    own = Locale(code).languages[code]
    assert has_letter(own, script_of(code))
    assert not has_letter(own, "Arab")
    for script in scripts_of(code):  # as a script of a page asks for them
        assert script in {"Hira", "Kana", "Hani", "Hang", script_of(code)}
    assert not {"Hans", "Hant", "Jpan", "Kore"} & {*scripts_of(code)}, "no letters are called so"


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [
        ("Harbour", "ar", "en"),
        ("Harbour", "en", None),
        ("\u0645\u0631\u0641\u0623", "en", "ar"),
        ("\u0645\u0631\u0641\u0623 Tal", "en", "ar"),
        ("\u0645\u0631\u0641\u0623 Tal", "ar", None),
        ("2025", "ar", None),
        ("\u043f\u043e\u0440\u0442", "ar", None),
    ],
)
def test_a_text_is_read_in_the_language_of_its_letters(
    text: str, page: str, language: str | None
) -> None:
    assert language_of_letters(text, Language(page)) == language


def test_the_language_of_the_page_comes_before_others_in_its_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(languages, "others", lambda _page: [Language("ar")])
    persian = SimpleNamespace(code="fa", script="Arab")
    assert language_of_letters("\u0645\u0631\u0641\u0623", persian) is None
