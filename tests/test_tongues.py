"""A third language is a matter of data: two that nobody speaks are read, checked and drawn.

What ``tongues`` makes of the tables has a language from the left, longer than English, and one from
the right that is not Arabic. A word of English in what they say is a word that code holds.
"""

from __future__ import annotations

import re
from pathlib import Path

import figures
import fontpkg_ibm_plex_sans_arabic
import pytest
import tongues
from PIL import ImageFont
from test_every_chart import Seen, _assert_clear

from helpers import data
from helpers.data.languages import LOCALES
from helpers.data.schema import data_folder
from helpers.language import Language
from helpers.paths import DATA_VARIABLE

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("tongues")]
CHARTS = figures.ids_of("chart")
# Each chart is drawn in one of them, in turn.
TURNS = [(name, list(tongues.TURNS)[place % 2]) for place, name in enumerate(CHARTS)]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder with both languages."""
    folder = tmp_path_factory.mktemp("tongues") / "data"
    tongues.lay_out(data_folder(), folder)
    return folder


@pytest.fixture(autouse=True)
def _spoken(spoken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(spoken))


def test_languages_are_what_the_descriptor_lists() -> None:
    assert list(LOCALES) == ["ar", "en", *tongues.TURNS]
    left, right = (Language(code) for code in tongues.TURNS)
    assert [left.direction, right.direction] == ["ltr", "rtl"]
    assert [left.script, right.script] == ["Latn", "Hebr"]
    assert right.clauses(["a", "b"]) == "a, b", "the comma is of the script, not of the direction"
    assert Language(right.code, "arabic-indic").number(12) == "12", "it has no such digits"


def test_the_first_is_as_much_longer_as_languages_are_than_english() -> None:
    """As drawn, in the face of the book: nothing that fits English by chance fits it."""
    folder = Path(fontpkg_ibm_plex_sans_arabic.__file__).parent
    (file,) = folder.rglob("IBMPlexSansArabic-Regular.ttf")
    face, rows = ImageFont.truetype(file, 20), data.load("figures")
    listed = [*rows["caption_en"], *rows["title_en"], *data.load("claims")["text_en"]]
    longer = sum(map(face.getlength, map(tongues.accented, listed)))
    assert longer >= 1.3 * sum(map(face.getlength, listed))


def test_the_tables_are_sound_in_every_language() -> None:
    assert [str(fault) for fault in data.validate()] == []


@pytest.fixture(scope="module")
def shown(spoken: Path) -> dict[str, figures.Shown]:
    """What the notebooks show of these tables; what other tests keep is left as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(spoken))
        return figures.shown.__wrapped__()


@pytest.mark.parametrize(("chart_id", "code"), TURNS)
def test_a_chart_speaks_any_language(
    chart_id: str, code: str, shown: dict[str, figures.Shown]
) -> None:
    """It can be read, and holds no word of English but the names of publishers."""
    chart = Seen.of(shown[chart_id].made(Language(code)), chart_id)
    if code == tongues.RIGHT:
        names = " ".join(data.load("sources")["publisher"])
        words = re.findall("[A-Za-z]{4,}", " ".join(each.says for each in chart.words))
        assert [word for word in words if word not in names] == []
    _assert_clear(chart)
