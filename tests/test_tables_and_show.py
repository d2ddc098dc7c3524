"""The way in which figures are shown."""

from __future__ import annotations

import pytest

from helpers import charts, data, show, tables
from helpers.language import Language
from helpers.paths import FIGURES_VARIABLE

AR, EN = Language("ar"), Language("en")


def dates(lang: Language) -> tables.Table:
    return tables.event_table(data.relations_events(), lang)


@pytest.fixture
def displayed(monkeypatch) -> list[tuple[dict, dict]]:
    """What a notebook would have received."""
    outputs: list[tuple[dict, dict]] = []

    def record(bundle: dict, metadata: dict | None = None, raw: bool = False) -> None:
        assert raw
        outputs.append((bundle, metadata or {}))

    monkeypatch.setattr(show, "display", record)
    return outputs


def test_a_chart_is_a_picture_and_one_piece_of_html(displayed, lang: Language) -> None:
    figure = charts.agreements_ladder(data.agreement_ladder(), lang)
    show.show(figure, "agreements-ladder", lang)
    (picture, about), (html, _) = displayed
    assert set(picture) == {"image/png"}
    alt = about["image/png"]["alt"]
    assert lang.country("KAZ") in alt and lang.country("TKM") in alt
    assert alt in html["text/html"]
    assert f"{lang.label('figures', 'kind', 'chart')} {lang.number(2)}." in html["text/html"]
    assert f"{lang.phrase('sources')}: " in html["text/html"]
    assert "background.3.2" in html["text/html"], "ids keep their own digits"


def test_a_table_is_one_piece_of_html(displayed, lang: Language) -> None:
    show.show(dates(lang), "timeline-dates", lang)
    ((html, _),) = displayed
    assert set(html) == {"text/html", "text/plain"}
    opening = f'<div id="timeline-dates" dir="{lang.direction}" lang="{lang.code}">'
    assert html["text/html"].startswith(opening)


def test_pictures_are_saved_where_the_build_asks(displayed, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(FIGURES_VARIABLE, str(tmp_path / "ar"))
    show.show(charts.agreements_ladder(data.agreement_ladder(), AR), "agreements-ladder", AR)
    saved = {file.name: file.stat().st_size for file in (tmp_path / "ar").iterdir()}
    assert set(saved) == {"agreements-ladder.png", "agreements-ladder.svg"}
    assert min(saved.values()) > 10_000


def test_an_unknown_figure_names_those_that_exist() -> None:
    with pytest.raises(
        KeyError, match=r"no figure 'ladder' in figures\.csv; figures: .*agreements"
    ):
        show.show(dates(EN), "ladder", EN)


def test_a_chart_is_not_shown_as_a_table() -> None:
    with pytest.raises(
        TypeError, match=r"agreements-ladder is a chart in figures\.csv, not a Table"
    ):
        show.show(dates(EN), "agreements-ladder", EN)
