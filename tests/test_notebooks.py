"""The notebooks keep their word: pairs match, figures explain themselves, numbers have a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from importlib.metadata import version
from pathlib import Path
from statistics import median

import nbformat
import pandas as pd
import pytest
from nbformat import NotebookNode

from helpers.data import load
from helpers.data.languages import has_letter
from helpers.data.rules.characters import BIDI_CONTROLS, PRESENTATION_FORMS
from helpers.data.schema import table_names
from helpers.language import LOCALES
from helpers.paths import ROOT
from helpers.publish import run as notebooks
from helpers.scaffold import TO_WRITE

PATHS = notebooks.sources()
IDS = [f"{path.parent.name}/{path.stem}" for path in PATHS]
NAMES = sorted({path.name for path in PATHS})
SLIDE_TYPES = {"slide", "subslide", "fragment", "notes", "skip", "-"}
OUTLINE = [
    "title",
    "parameters",
    "setup",
    "not-said",
    "key-points",
    "questions",
    "exercise",
    "sources",
]
LOCATOR = re.compile(r"`([a-z_]+\.\d+\.\d+)`")
# An id of words joined by hyphens, as conclusions have.
CITED = re.compile(r"`([a-z]+(?:-[a-z]+)+)`")
MAX_LINES = 12


@cache
def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def cells(path: Path, kind: str) -> list[NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == kind]


def pair(name: str) -> list[NotebookNode]:
    return [read(notebooks.SOURCES / code / name) for code in LOCALES]


@pytest.fixture(params=PATHS, ids=IDS)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


# Pairs


def test_every_notebook_has_its_pair_and_its_row() -> None:
    for code in LOCALES:
        folder = notebooks.SOURCES / code
        assert sorted(file.name for file in folder.glob("*.ipynb")) == NAMES
    assert [f"{name}.ipynb" for name in load("notebooks")["notebook_id"]] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_cells_of_a_pair_match(name: str) -> None:
    one, other = pair(name)

    def skeleton(notebook: NotebookNode) -> list[tuple]:
        return [
            (cell.id, cell.cell_type, cell.metadata.get("tags"), cell.metadata.slideshow.slide_type)
            for cell in notebook.cells
        ]

    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize("name", NAMES)
def test_the_code_of_a_pair_is_the_same_to_the_letter(name: str) -> None:
    one, other = pair(name)
    for cell, twin in zip(one.cells, other.cells, strict=True):
        if cell.cell_type == "code" and cell.metadata.get("tags") != ["parameters"]:
            assert cell.source == twin.source, cell.id


def test_the_parameters_are_one_line(path: Path) -> None:
    (parameters,) = [c for c in cells(path, "code") if c.metadata.get("tags") == ["parameters"]]
    assert parameters.source == f'LANGUAGE = "{path.parent.name}"'


# Form


def test_every_cell_says_what_it_is_to_nbconvert(path: Path) -> None:
    """Our decks have cells of their own; this serves those who make slides with nbconvert alone."""
    for cell in read(path).cells:
        assert cell.metadata.slideshow.slide_type in SLIDE_TYPES, cell.id


def test_the_slides_stand_together_at_the_end_under_a_folded_heading(path: Path) -> None:
    of_deck = [
        bool({"deck", "deck-section"} & {*c.metadata.get("tags", [])}) for c in read(path).cells
    ]
    assert of_deck == sorted(of_deck), "those who read the notebook are not to meet slides"
    if any(of_deck):
        heading = read(path).cells[of_deck.index(True)]
        assert heading.metadata["tags"] == ["deck-section"]
        assert heading.metadata["jp-MarkdownHeadingCollapsed"]


def test_the_outline_is_there_in_order(path: Path) -> None:
    ids = [cell.id for cell in read(path).cells if cell.id in OUTLINE]
    assert ids == OUTLINE


def test_code_is_short_and_leans_on_helpers(path: Path) -> None:
    lengths = []
    for cell in cells(path, "code"):
        lines = [line for line in cell.source.split("\n") if line.strip()]
        lengths.append(len(lines))
        assert len(lines) <= MAX_LINES, cell.id
        assert not cell.source.rstrip().endswith(";"), cell.id
        assert "http" not in cell.source and "pip " not in cell.source, cell.id
        imports = [line for line in lines if line.startswith(("import ", "from "))]
        assert all(line.startswith("from helpers") for line in imports), cell.id
    assert median(lengths) <= 2


def test_prose_outweighs_code(path: Path) -> None:
    words = sum(len(cell.source.split()) for cell in cells(path, "markdown"))
    lines = sum(cell.source.count("\n") + 1 for cell in cells(path, "code"))
    assert words >= 13 * lines


def test_arabic_prose_runs_from_right_to_left(path: Path) -> None:
    for cell in cells(path, "markdown"):
        wrapped = cell.source.startswith('<div dir="rtl" lang="ar">\n\n')
        assert wrapped == (path.parent.name == "ar"), cell.id
        assert wrapped == cell.source.endswith("\n\n</div>"), cell.id
        assert has_letter(cell.source, "Arab") == wrapped, cell.id


def test_prose_is_plain_text(path: Path) -> None:
    for cell in cells(path, "markdown"):
        assert not PRESENTATION_FORMS.search(cell.source), cell.id
        assert not BIDI_CONTROLS.search(cell.source), cell.id


def test_negative_numbers_in_arabic_prose_are_isolated(path: Path) -> None:
    if path.parent.name == "ar":
        for cell in cells(path, "markdown"):
            loose = re.search(r"(?<![\w>`.])[-\u2212]\d", cell.source)
            assert not loose, f'{cell.id}: write <bdi dir="ltr">…</bdi> around {loose}'


def test_metadata_say_nothing_of_the_machine(path: Path) -> None:
    message = "saved by an editor that adds its own metadata: run `make refresh`"
    assert dict(read(path).metadata) == notebooks.METADATA, message


def test_nothing_is_left_to_be_written(path: Path) -> None:
    openings = [words.partition("{")[0] for words in TO_WRITE.values()]
    for cell in read(path).cells:
        assert not any(opening in cell.source for opening in openings), cell.id


# Figures


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def shown(path: Path) -> list[tuple[NotebookNode, dict]]:
    """Cells that show a figure, with what the output says of it."""
    return [
        (cell, output.metadata["summit"])
        for cell in cells(path, "code")
        for output in cell.outputs
        if "text/html" in output.get("data", {}) and "figure" in output.metadata.get("summit", {})
    ]


def test_every_figure_of_the_notebook_is_shown_once_and_in_order(path: Path) -> None:
    figures = load("figures")
    figures = figures[figures["notebook"] == path.stem]
    for kind, rows in figures.groupby("kind", observed=True):
        wanted = list(rows.sort_values("number")["figure_id"])
        seen = [about["figure"] for _, about in shown(path) if about["kind"] == kind]
        assert seen == wanted, kind
        assert list(rows["number"].sort_values()) == list(range(1, len(rows) + 1))


def test_each_figure_has_picture_alternative_text_and_visible_description(path: Path) -> None:
    for cell, about in shown(path):
        pictures = [o for o in cell.outputs if "image/png" in o.get("data", {})]
        html = "".join(o.data.get("text/html", "") for o in cell.outputs if "data" in o)
        if about["kind"] == "chart":
            (picture,) = pictures
            assert set(picture.data) == {"image/png"}
            alt = picture.metadata["image/png"]["alt"]
            assert len(alt.split()) >= 5
            finding = about["finding"] or ""
            assert alt.startswith(finding), "what the picture says above it"
            said = alt.removeprefix(finding).lstrip(". ")
            assert said and said in plain(html), "the description is visible too"
        else:
            assert not pictures
            assert "<table" in html
        direction = 'dir="rtl"' if path.parent.name == "ar" else 'dir="ltr"'
        assert direction in html
        assert "{" not in html, "a named field was left open"


def test_outputs_are_stored_and_clean(path: Path) -> None:
    for number, cell in enumerate(cells(path, "code"), start=1):
        assert cell.execution_count == number, f"{cell.id}: run `make refresh`"
        for output in cell.outputs:
            assert output.output_type in {"display_data", "execute_result"}, cell.id


def test_tables_of_the_lead_cell_exist(path: Path) -> None:
    title = read(path).cells[0].source
    names = set(re.findall(r"`([a-z_]+)`", title))
    assert names and names <= set(table_names())


def test_reading_time_is_that_of_the_table(path: Path) -> None:
    minutes = load("notebooks").set_index("notebook_id").at[path.stem, "minutes"]
    assert f" {minutes} " in read(path).cells[0].source


# What the prose rests on


def test_cited_passages_exist(path: Path) -> None:
    known = set(load("passages")["passage_id"])
    for cell in cells(path, "markdown"):
        assert set(LOCATOR.findall(cell.source)) <= known, cell.id


def test_a_notebook_cites_the_conclusions_that_it_draws(path: Path) -> None:
    """Each by its id, in the findings or the key points; and no id that is none."""
    table = load("conclusions")
    prose = [cell for cell in cells(path, "markdown") if not cell.id.startswith("exercise")]
    cited = {name for cell in prose for name in CITED.findall(cell.source)}
    assert set(table[table["notebook"] == path.stem]["conclusion_id"]) <= cited
    known = {str(key) for name in table_names() for key in load(name).iloc[:, 0]}
    assert cited <= known, sorted(cited - known)


def test_every_passage_of_the_notebooks_sections_has_its_place_in_the_prose(path: Path) -> None:
    """Nothing of the sections that a notebook rebuilds is left out."""
    passages = load("passages")
    listed = load("notebooks").set_index("notebook_id").at[path.stem, "sections"]
    sections = [] if pd.isna(listed) else listed.split()
    wanted = passages[passages["section_id"].isin(sections) & passages["states"]]["passage_id"]
    cited = {p for cell in cells(path, "markdown") for p in LOCATOR.findall(cell.source)}
    assert set(wanted) <= cited, sorted(set(wanted) - cited)


def test_rows_that_an_exercise_quotes_stand_in_their_table(path: Path) -> None:
    """The row to change is there; what the change does is tested with the chart."""
    (exercise,) = [cell for cell in cells(path, "markdown") if cell.id == "exercise"]
    quoted = re.findall(r"`([^`\s]+)`", exercise.source)
    (table, *_) = [name for name in quoted if name.endswith(".csv")]
    rows = (notebooks.SOURCES.parent / table).read_text(encoding="utf-8").splitlines()
    old_and_new = [text for text in quoted if "," in text and not text.startswith("data.")]
    assert all(row in rows for row in old_and_new[:1])


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers_in(text: str) -> set[str]:
    """Numbers of a text, without grouping and leading zeros."""
    return {
        n.replace(",", "").lstrip("0") or "0" for n in NUMBER.findall(text.replace("\u066b", "."))
    } | {
        part.lstrip("0") or "0"
        for date in re.findall(r"\d{4}-\d{2}-\d{2}", text)
        for part in date.split("-")
    }


def prose_numbers(source: str) -> set[str]:
    plain = re.sub(r"`[^`]*`|\]\([^)]*\)", " ", source)
    plain = re.sub(r"<[^>]*>", " ", plain)
    plain = re.sub(r"(?m)^\s*\d+\. ", " ", plain)
    return numbers_in(plain)


@cache
def numbers_by_passage() -> dict[str, set[str]]:
    """Numbers that the tables hold for each passage."""
    found: dict[str, set[str]] = {}
    claims = load("claims")
    first = dict(zip(claims["claim_id"], claims["same_as"].fillna(claims["claim_id"]), strict=True))
    judged: dict[str, list[str]] = {}
    for claim, judged_claim in first.items():
        judged.setdefault(judged_claim, []).append(claim.rpartition("-")[0])
    for table in (
        "claims",
        "quantities",
        "events",
        "agreement_stages",
        "checks",
        "errata",
        "references",
    ):
        for _, row in load(table).astype("object").fillna("").astype("str").iterrows():
            text = " ".join(value for name, value in row.items() if not name.endswith("_id"))
            owners = judged.get(row["claim_id"], []) if "claim_id" in row else [row["passage_id"]]
            for passage in owners:
                found.setdefault(passage, set()).update(numbers_in(text))
    for text, passage in _since():
        found.setdefault(passage, set()).update(numbers_in(text))
    return found


def _since() -> Iterator[tuple[str, str]]:
    """Yield what happened after the summit as text, with a passage that it bears on."""
    for event in load("later_events").astype("object").fillna("").astype("str").itertuples():
        for passage in event.passage_ids.split():
            yield " ".join(event[1:]), passage
    passages = load("claims").set_index("claim_id")["passage_id"]
    of = load("commitments").set_index("commitment_id")["claim_id"].map(passages)
    for name in ("commitments", "commitment_events"):
        table = load(name).astype("object").fillna("").astype("str")
        for row in table.to_dict("records"):
            yield " ".join(row.values()), of[row["commitment_id"]]


def test_every_number_in_the_prose_stands_in_the_tables(path: Path) -> None:
    """Prose states numbers of the report or of a source, never ones that we compute."""
    row = load("notebooks").set_index("notebook_id").loc[path.stem]
    for cell in cells(path, "markdown"):
        allowed = {str(row["minutes"])} if cell.id == "title" else set()
        for passage in LOCATOR.findall(cell.source):
            allowed |= numbers_by_passage().get(passage, set())
        loose = prose_numbers(cell.source) - allowed
        assert not loose, (
            f"{cell.id}: {sorted(loose)} not found in the tables for the passages that the cell "
            "cites; cite the passage, or leave a computed number to the output"
        )


def test_the_number_lint_can_fail() -> None:
    assert prose_numbers("grew by 8,500 in 2031 (`context.7.2`)") == {"8500", "2031"}
    assert "8500" not in numbers_by_passage()["context.7.2"]
    assert "340" in numbers_by_passage()["context.7.2"]


# Freshness


@pytest.mark.xdist_group("book")  # the worker that runs the notebooks runs them once
def test_stored_outputs_are_current(path: Path, executed: Path) -> None:
    """What a notebook stores is, to the byte, what its cells give now."""
    copy = executed / "notebooks" / path.parent.name / path.name
    if path.read_bytes() == copy.read_bytes():
        return
    fresh = read(copy)
    for stored, new in zip(read(path).cells, fresh.cells, strict=True):
        message = f"{path.parent.name}/{path.name}, cell {stored.id}: run `make refresh`"
        assert texts_of(stored) == texts_of(new), message
    if not locked_engine():
        pytest.skip("the texts are current; pictures are compared on the locked versions alone")
    pytest.fail(f"{path.parent.name}/{path.name}: pictures changed; look, then `make refresh`")


def texts_of(cell: NotebookNode) -> list:
    """What a cell shows but for pictures, which no two versions of matplotlib draw alike."""
    return [
        (output.get("metadata", {}).get("summit"), kind, text)
        for output in cell.get("outputs", [])
        for kind, text in output.get("data", {}).items()
        if kind != "image/png"
    ]


def locked_engine() -> bool:
    """Tell whether what draws and encodes pictures is of the locked versions."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", lock, re.MULTILINE))
    return all(version(name) == pins[name] for name in ("matplotlib", "pillow", "numpy"))
