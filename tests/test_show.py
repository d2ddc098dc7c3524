"""How figures are shown: the picture, the words around it, and what pages and slides read of it."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import figures as notebooks
import pandas as pd
import pytest
from figures import drawn, made_once, shown
from matplotlib.figure import Figure
from PIL import Image

from helpers import arabic, charts, data, figures, show, theme
from helpers.language import Language
from helpers.paths import FIGURES_VARIABLE, ROOT
from helpers.tables import Table

# Charts are drawn once for all tests of one worker.
pytestmark = pytest.mark.xdist_group("charts")
AR, EN = Language("ar"), Language("en")
INDIC = Language("ar", digits="arabic-indic")
LADDER, DATES = "agreements-ladder", "timeline-dates"
Output = tuple[dict[str, Any], dict[str, Any]]


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[Output]:
    """What a notebook would have received."""
    outputs: list[Output] = []

    def record(bundle: dict, metadata: dict | None = None, raw: bool = False) -> None:
        assert raw
        outputs.append((bundle, metadata or {}))

    monkeypatch.setattr(show, "display", record)
    return outputs


@pytest.fixture
def edited(monkeypatch: pytest.MonkeyPatch):
    """Change cells of ``figures.csv`` while the test runs."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def edit(figure_id: str, **cells: object) -> None:
            table = data.load("figures")
            for column, value in cells.items():
                table.loc[table["figure_id"] == figure_id, column] = value
            stack.enter_context(data.what_if(figures=table))

        yield edit


def table_of(figure_id: str, lang: Language) -> Table:
    return shown()[figure_id].made(lang)


# What is shown


@pytest.mark.parametrize("lang", [AR, EN, INDIC], ids=["ar", "en", "ar-indic"])
def test_a_chart_is_a_picture_and_one_piece_of_html(displayed, lang: Language) -> None:
    show.show(drawn(LADDER, lang), LADDER, lang)
    (picture, about), (html, _) = displayed
    assert set(picture) == {"image/png"}
    alt = about["image/png"]["alt"]
    assert lang.country("KAZ") in alt and lang.country("TKM") in alt
    texts = figures.texts(LADDER, drawn(LADDER, lang).fields, lang)
    assert texts.finding
    assert html["text/plain"] == alt == f"{texts.finding}. {texts.description}"
    assert f'<p style="text-align:start">{texts.description}</p>' in html["text/html"]
    label = f"{lang.label('figures', 'kind', 'chart')} {lang.number(2)}"
    assert f"<strong>{label}.</strong>" in html["text/html"]
    assert f"{lang.phrase('sources')}: " in html["text/html"]
    assert "background.3.2" in html["text/html"], "ids keep their own digits"
    assert "<table" not in html["text/html"]


def test_a_table_is_one_piece_of_html(displayed, lang: Language) -> None:
    table = table_of(DATES, lang)
    show.show(table, DATES, lang)
    ((html, _),) = displayed
    assert set(html) == {"text/html", "text/plain"}
    opening = f'<div id="{DATES}" dir="{lang.direction}" lang="{lang.code}">'
    assert html["text/html"].startswith(opening)
    assert table.to_html() in html["text/html"]
    order = [html["text/html"].index(part) for part in ("<strong>", "<table", "<small>")]
    assert order == sorted(order), "caption, table, what it rests on"


@pytest.mark.parametrize(("figure_id", "listed"), [(DATES, True), ("context-claims", False)])
def test_sources_are_listed_where_the_table_does_not_cite_them(
    displayed, figure_id: str, listed: bool
) -> None:
    table = table_of(figure_id, EN)
    show.show(table, figure_id, EN)
    ((html, about),) = displayed
    assert table.sources
    assert all((f">{name}</bdi>" in html["text/html"]) == listed for name in table.sources)
    assert about["summit"]["sources"] == list(table.sources), "pages and slides have them all"


def test_the_picture_has_the_size_that_its_metadata_name(displayed) -> None:
    show.show(drawn(LADDER, EN), LADDER, EN)
    (bundle, about), _ = displayed
    width, height = Image.open(io.BytesIO(bundle["image/png"])).size
    named = about["image/png"]
    assert (named["width"], named["height"]) == pytest.approx((width / 1.5, height / 1.5), abs=1)
    assert named["width"] == 768, "CSS pixels of eight inches"


@pytest.mark.parametrize("figure_id", [LADDER, DATES, "package"])
def test_metadata_say_plainly_what_the_page_says(displayed, figure_id: str) -> None:
    """Book and slides read them; they need not take the HTML apart."""
    item = made_once(figure_id, EN)
    show.show(item, figure_id, EN)
    *pictures, (_, about) = displayed
    texts = figures.texts(figure_id, item.fields, EN, item.sources)
    row = data.load("figures").set_index("figure_id").loc[figure_id]
    assert about == {
        "summit": {
            "figure": figure_id,
            "kind": row["kind"],
            "label": texts.label,
            "title": texts.title,
            "finding": texts.finding,
            "subtitle": texts.subtitle,
            "caption": texts.caption,
            "description": texts.description,
            "credit": texts.credit,
            "passages": row["passage_ids"].split(),
            "tables": row["tables"].split(),
            "sources": list(item.sources),
        }
    }
    assert "<" not in texts.caption
    for _, metadata in pictures:
        assert metadata["summit"] == {"figure": figure_id}


def test_texts_in_metadata_are_plain_and_in_html_escaped(displayed, edited) -> None:
    edited(DATES, caption_en='Dates & "days" <of> the steps')
    show.show(table_of(DATES, EN), DATES, EN)
    ((html, about),) = displayed
    assert about["summit"]["caption"] == 'Dates & "days" <of> the steps'
    assert "Dates &amp; &quot;days&quot; &lt;of&gt; the steps" in html["text/html"]


def test_every_figure_of_the_notebooks_can_be_shown(displayed, monkeypatch) -> None:
    monkeypatch.setattr(show, "_show_picture", lambda chart, texts: None)  # other tests draw
    for figure_id in shown():
        for lang in (AR, EN):
            show.show(made_once(figure_id, lang), figure_id, lang)
            description = displayed[-1][1]["summit"]["description"]
            assert description and "{" not in description, figure_id
            assert arabic.has_arabic(description) == lang.is_rtl, figure_id
    assert len(displayed) == 2 * len(notebooks.ids())


# One picture


def test_the_file_is_the_very_picture_that_is_shown(displayed, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(FIGURES_VARIABLE, str(tmp_path / "ar"))
    show.show(drawn(LADDER, AR), LADDER, AR)
    files = {file.name: file.read_bytes() for file in (tmp_path / "ar").iterdir()}
    kinds = ("png", "svg", "projecting.svg", "live.svg")
    assert set(files) == {f"{LADDER}.{kind}" for kind in kinds}
    assert files[f"{LADDER}.png"] == displayed[0][0]["image/png"]
    assert len(files[f"{LADDER}.svg"]) > 10_000


def test_a_picture_is_drawn_once(displayed, tmp_path, monkeypatch) -> None:
    kinds: list[str] = []

    def encoded(figure: Figure, kind: str) -> bytes:
        kinds.append(kind)
        return b""

    monkeypatch.setattr(theme, "encoded", encoded)
    show.show(drawn(LADDER, EN), LADDER, EN)
    assert kinds == ["png"]
    monkeypatch.setenv(FIGURES_VARIABLE, str(tmp_path))
    show.show(drawn(LADDER, EN), LADDER, EN)
    assert kinds == ["png", "png", "svg", "svg"], "the last is drawn for a wall"


def test_showing_twice_is_harmless(displayed, tmp_path, monkeypatch) -> None:
    """A cell that shows a chart can be run again by itself."""
    monkeypatch.setenv(FIGURES_VARIABLE, str(tmp_path))
    chart = drawn(LADDER, EN)
    height, texts = chart.figure.get_figheight(), list(chart.figure.texts)
    show.show(chart, LADDER, EN)
    vector = (tmp_path / f"{LADDER}.svg").read_bytes()
    show.show(chart, LADDER, EN)
    first, second = displayed[:2], displayed[2:]
    assert first == second
    assert (tmp_path / f"{LADDER}.svg").read_bytes() == vector
    assert (chart.figure.get_figheight(), list(chart.figure.texts)) == (height, texts)


def test_a_chart_drawn_anew_is_the_same_files(displayed, tmp_path, monkeypatch) -> None:
    chart_id = "argument-overview"

    def files(folder: str) -> dict[str, str]:
        monkeypatch.setenv(FIGURES_VARIABLE, str(tmp_path / folder))
        show.show(shown()[chart_id].made(AR), chart_id, AR)
        found = sorted((tmp_path / folder).iterdir())
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in found}

    assert files("one") == files("other")


def test_a_chart_can_be_saved_without_a_notebook(tmp_path: Path) -> None:
    chart = drawn(LADDER, EN)
    for kind in theme.FORMATS:
        chart.save(tmp_path / f"ladder.{kind}")
        chart.figure.draw_without_rendering()  # whatever was drawn between
        assert (tmp_path / f"ladder.{kind}").read_bytes() == chart.encoded(kind)
    with pytest.raises(ValueError, match="unknown format 'jpg'; known: png, svg, pdf"):
        chart.save(tmp_path / "ladder.jpg")
    assert not (tmp_path / "ladder.jpg").exists()


# What is refused


def test_an_unknown_figure_names_those_that_exist() -> None:
    with pytest.raises(KeyError, match=r"no figure 'ladder' in figures\.csv; figures: .*agreemen"):
        show.show(table_of(DATES, EN), "ladder", EN)


def test_a_chart_is_not_shown_as_a_table() -> None:
    with pytest.raises(TypeError, match=r"agreements-ladder is a chart in figures\.csv, not a T"):
        show.show(table_of(DATES, EN), LADDER, EN)
    with pytest.raises(TypeError, match=r"timeline-dates is a table in figures\.csv, not a Chart"):
        show.show(drawn(LADDER, EN), DATES, EN)


def test_what_is_neither_chart_nor_table_is_refused() -> None:
    for item in (Figure(), data.load("events"), None):
        name = type(item).__name__
        with pytest.raises(TypeError, match=f"{LADDER}: expected a chart .* got a {name}"):
            show.show(item, LADDER, EN)


def test_an_item_of_another_language_is_refused(displayed) -> None:
    for item, figure_id in ((drawn(LADDER, EN), LADDER), (table_of(DATES, EN), DATES)):
        with pytest.raises(ValueError, match=f"{figure_id} is made in .*en.* shown in .*ar"):
            show.show(item, figure_id, AR)
    with pytest.raises(ValueError, match=r"western.* shown in .*arabic-indic"):
        show.show(drawn(LADDER, AR), LADDER, INDIC)
    assert displayed == []


def test_a_missing_field_is_named_with_its_figure_and_text(displayed, edited) -> None:
    edited(LADDER, description_en="At the top: {furthest}; dated: {dated}.")
    with pytest.raises(
        ValueError,
        match=r"figures\.csv, agreements-ladder, description_en: expected a field that the figure "
        r"gives \(ahead, stage, furthest, outside, undated, figure, sources\), got 'dated'",
    ):
        show.show(drawn(LADDER, EN), LADDER, EN)
    assert displayed == [], "nothing is shown by halves"


@pytest.mark.parametrize("text", ["an open { brace", "a place without a name: {}", "{furthest.x}"])
def test_a_text_that_cannot_be_filled_is_named(edited, text: str) -> None:
    edited(LADDER, title_en=text)
    with pytest.raises(ValueError, match=r"figures\.csv, agreements-ladder, title_en: "):
        figures.texts(LADDER, drawn(LADDER, EN).fields, EN)


# Texts


def test_title_subtitle_and_credit_follow_the_style_of_digits(monkeypatch) -> None:
    """The picture and the page beside it speak in the same digits."""
    texts = {}
    for lang in (AR, INDIC):
        row = figures.texts("package", drawn("package", AR).fields, lang)
        texts[lang.digits] = " ".join([row.title, row.subtitle, row.credit, row.caption])
    assert "2024" in texts["western"]
    digits = {letter for letter in texts["arabic-indic"] if letter.isdecimal()}
    assert digits and digits <= set("٠١٢٣٤٥٦٧٨٩")
    words: list[str] = []

    def encoded(figure: Figure, kind: str) -> bytes:
        words.extend(arabic.restore(text.get_text()) for text in figure.texts)
        return b""

    monkeypatch.setattr(theme, "encoded", encoded)
    monkeypatch.setattr(show, "display", lambda *args, **kwargs: None)
    show.show(drawn("package", INDIC), "package", INDIC)
    assert "٢٠٢٤" in " ".join(words)
    assert not set("0123456789") & set(" ".join(words))


def test_a_finding_is_the_heading_and_the_subject_stands_above_it(edited) -> None:
    edited(LADDER, finding_en="{furthest} stands highest", finding_ar="في الأعلى {furthest}")
    for lang in (AR, EN):
        texts = figures.texts(LADDER, drawn(LADDER, lang).fields, lang)
        assert lang.country("KAZ") in texts.finding
        assert texts.frame == (texts.finding, texts.subtitle, texts.credit, texts.title)


def test_what_does_not_stand_out_is_not_said(edited) -> None:
    """Without a value for a field, the subject is the heading; a wrong field is still named."""
    edited(LADDER, finding_en="{furthest} stands {how}")
    for fields in ({"how": None}, {"furthest": None, "how": "high"}):
        texts = figures.texts(LADDER, {**drawn(LADDER, EN).fields, **fields}, EN)
        assert (texts.finding, texts.frame[0], texts.frame[3]) == ("", texts.title, "")
        assert texts.alternative == texts.description
    with pytest.raises(ValueError, match=r"agreements-ladder, finding_en: .*got 'how'"):
        figures.texts(LADDER, drawn(LADDER, EN).fields, EN)
    edited(LADDER, finding_en=pd.NA)
    assert figures.texts(LADDER, drawn(LADDER, EN).fields, EN).finding == ""


def test_a_credit_names_the_publishers_of_the_sources(edited) -> None:
    edited(LADDER, credit_en="By {sources}.", credit_ar="عن {sources}.")
    chart = drawn(LADDER, EN)
    publishers = data.load("sources").set_index("source_id").loc[list(chart.sources), "publisher"]
    for lang in (EN, AR):
        credit = figures.texts(LADDER, chart.fields, lang, chart.sources).credit
        for name in publishers:
            assert credit.count(name) == 1, "each once"
    assert " و" not in credit, "in Arabic, names in Latin letters are parted by commas"


def test_a_reference_names_a_figure_by_its_id(edited) -> None:
    """When figures are numbered anew, what refers to them follows."""
    caption = "As {figure:package} shows."
    edited("outcome-list", caption_en=caption, caption_ar="كما يبين {figure:package}.")
    fields = table_of("outcome-list", EN).fields
    assert figures.texts("outcome-list", fields, EN).caption == "As Figure 2 shows."
    assert figures.texts("outcome-list", fields, AR).caption == "كما يبين الشكل 2."
    assert figures.texts("outcome-list", fields, INDIC).caption == "كما يبين الشكل ٢."
    edited("package", number=7)
    assert figures.texts("outcome-list", fields, EN).caption == "As Figure 7 shows."
    edited("outcome-list", caption_en="As {figure:coding-agreement} shows.")
    assert figures.texts("outcome-list", fields, EN).caption == "As Table 5 shows."


def test_a_reference_to_another_notebook_names_it(edited) -> None:
    edited("outcome-list", caption_en="See {figure:theme-coverage}.")
    titles = data.load("notebooks").set_index("notebook_id")["title_en"]
    caption = figures.texts("outcome-list", table_of("outcome-list", EN).fields, EN).caption
    number = data.load("figures").set_index("figure_id").at["theme-coverage", "number"]
    assert caption == f"See Figure {number} ({titles['04_challenges']})."


def test_a_reference_to_no_figure_is_named(edited) -> None:
    edited(DATES, caption_en="See {figure:packages}.")
    with pytest.raises(
        ValueError, match=r"timeline-dates, caption_en: no figure 'packages' in figures\.csv"
    ):
        figures.texts(DATES, table_of(DATES, EN).fields, EN)


def test_no_text_refers_to_a_figure_by_its_number() -> None:
    table = data.load("figures")
    for code, words in (("en", "Figure|Table"), ("ar", "الشكل|الجدول")):
        for stem in figures.TEXTS:
            numbered = table[f"{stem}_{code}"].str.contains(rf"(?:{words}) \d")
            assert not numbered.any(), list(table[numbered]["figure_id"])


def test_a_figure_names_the_tables_that_it_is_made_from() -> None:
    rows = data.load("figures").set_index("figure_id")
    every = set(data.table_names()) - {"figures", "phrases"}
    for figure_id, figure in shown().items():
        listed = rows.at[figure_id, "tables"].split()
        assert len(listed) == len(set(listed)), figure_id
        named = every if listed == ["*"] else set(listed)
        assert named == figure.tables(), f"mend the tables of {figure_id} in figures.csv"
        assert rows.at[figure_id, "notebook"] == figure.notebook


# The module


def test_what_shows_a_figure_waits_for_nothing_that_it_does_not_need() -> None:
    """Importing it is most of what a small notebook costs."""
    code = "import sys, helpers.show; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in ("networkx", "frictionless", "helpers.tables", "matplotlib.pyplot", "nbclient"):
        assert name not in ran.stdout.split(), name


def test_each_chart_is_named_with_its_figure_where_charts_are_listed() -> None:
    """The function of a figure can be found from its id, and the other way round."""
    listed = dict(
        line.split(":func:") for line in (charts.__doc__ or "").splitlines() if ":func:" in line
    )
    listed = {figure_id.strip(): name.strip(" `") for figure_id, name in listed.items()}
    assert listed == {
        figure_id: figure.function.__name__
        for figure_id, figure in shown().items()
        if figure.kind == "chart"
    }
