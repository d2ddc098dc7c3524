"""Arabic text is drawn right by old and new matplotlib; an independent renderer is the judge."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

import fontpkg_ibm_plex_sans_arabic as face
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager
from PIL import Image, ImageDraw, ImageFont, features

from helpers import arabic

pytestmark = [pytest.mark.engines, pytest.mark.in_each_language]

LRI, PDI = arabic.LEFT_TO_RIGHT_ISOLATE, arabic.POP_ISOLATE

# Text as stored, and the same text with the marks that a careful typist would set by hand. Where
# the second is missing, the plain bidirectional algorithm already gives the right order.
STRINGS: list[tuple[str, str | None]] = [
    ("قمة سمرقند", None),
    ("القمة الأولى بين آسيا الوسطى والاتحاد الأوروبي", None),
    ("كازاخستان", None),
    ("لا إله", None),
    ("لأن الأمر لآخر", None),
    ("الآلاف من اللاجئين", None),
    ("مؤتمر رئيس الوزراء", None),
    ("ى ئ ؤ إ أ آ ة", None),
    ("دخلت حيز النفاذ في مارس 2020", None),
    ("3 و4 أبريل 2025", None),
    ("12–18 مارس 2025", None),
    ("2025–2026", None),
    ("2007–2025", None),
    ("الفترة 2007–2025 كاملة", None),
    ("340 مليار يورو", None),
    ("الحزمة (12 مليار يورو)", None),
    ("(اليوم معروف)", None),
    ("[بين معقوفين]", None),
    ("«البوابة العالمية»", None),
    ("قال: «إلى مستوى جديد»", None),
    ("التجارة (والاستثمار) والنقل", None),
    ("البوابة العالمية: 27 دولة", None),
    ("هل تحقق الهدف؟", None),
    ("النقل، والطاقة؛ والمياه", None),
    ("1,234.5 طن", None),
    ("نسبة 27%", f"نسبة {LRI}27%{PDI}"),
    ("27%", f"{LRI}27%{PDI}"),
    ("نمو −2.5% سنويا", f"نمو {LRI}−2.5%{PDI} سنويا"),
    ("تغير +4 نقاط", f"تغير {LRI}+4{PDI} نقاط"),
    ("نمو +5٪ سنويا", f"نمو {LRI}+5٪{PDI} سنويا"),
    ("€12 مليار", f"{LRI}€12{PDI} مليار"),
    ("12 € للواحد", f"{LRI}12 €{PDI} للواحد"),
    ("في 2025-04-03 بسمرقند", f"في {LRI}2025-04-03{PDI} بسمرقند"),
    ("نظام GSP+ التفضيلي", f"نظام {LRI}GSP+{PDI} التفضيلي"),
    ("اتفاقية EPCA مع كازاخستان", None),
    ("EPCA: اتفاقية معززة", None),
    ("TITR (الممر الأوسط)", None),
    ("الممر الأوسط (TITR)", None),
    ("Global Gateway البوابة العالمية", None),
    ("انبعاثات CO₂ في المنطقة", None),
    ("خطة REPowerEU 2022 للطاقة", None),
    ("بنك EBRD وبنك EIB", None),
    ("٢٠٢٥ و٢٧ دولة", None),
    ("٣–٤ أبريل ٢٠٢٥", None),
    ("الرسوم: ٢٧٪", None),
    ("شَراكةٌ استراتيجيّة", None),
    ("مُؤكَّد", None),
    ("سلّم الاتفاقيات", None),
    ("تركمانستان\u00a0وحدها", None),
    ("قيرغيزستان/طاجيكستان", None),
    ("أ. ب. ج.", None),
    ("Jozef Síkela يوزف سيكيلا", None),
]
TEXTS = [text for text, _ in STRINGS]
# Measured on these strings: 0.95 or more when right (0.81 on old engines), up to 0.75 when not.
RIGHT = 0.8
PIXELS = 60
STRIP = 48
DRIFT = 0.03


@functools.cache
def families() -> list[str]:
    """A face with Arabic letters, and one for the rest; the module itself knows of none."""
    for file in sorted(Path(face.__file__).parent.rglob("*.ttf")):
        fontManager.addfont(str(file))
    return ["IBM Plex Sans Arabic", "DejaVu Sans"]


def _font_file() -> str:
    return findfont(FontProperties(family=families()))


def _ink(picture: Image.Image) -> np.ndarray:
    """Darkness of a picture, cut to what is drawn."""
    dark = 255 - np.asarray(picture.convert("L"), dtype=float)
    rows, columns = np.where(dark > 40)
    return dark[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def draw_with_matplotlib(text: str, family: str | None = None) -> np.ndarray:
    figure = Figure(figsize=(14, 1.6), dpi=100)
    canvas = FigureCanvasAgg(figure)
    look = {"family": family or families(), "fontsize": PIXELS * 0.72, "parse_math": False}
    figure.text(0.5, 0.5, text, ha="center", va="center", **look)
    canvas.draw()
    return _ink(Image.fromarray(np.asarray(canvas.buffer_rgba())))


def draw_with_raqm(text: str, family: str | None = None, language: str = "ar") -> np.ndarray:
    file = findfont(family) if family else _font_file()
    font = ImageFont.truetype(file, PIXELS, layout_engine=ImageFont.Layout.RAQM)
    picture = Image.new("L", (1400, 160), 255)
    # Old engines know no variant forms of digits, so the reference is drawn without them there.
    look = {"direction": "rtl", "language": language}
    look["features"] = None if arabic.native_shaping() else ["-locl"]
    ImageDraw.Draw(picture).text((40, 30), text, font=font, fill=0, **look)
    return _ink(picture)


def likeness(drawn: np.ndarray, reference: np.ndarray) -> float:
    """Compare two pictures strip by strip, each strip where it fits best within a small drift.

    Engines differ by a few pixels in kerning, which adds up along a line; letters in the wrong
    order are nowhere near.
    """
    height, width = reference.shape
    scaled = Image.fromarray(drawn.astype("uint8")).resize((width, height), Image.Resampling.BOX)
    drift = max(6, round(DRIFT * width))
    padded = np.pad(np.asarray(scaled, dtype=float), ((0, 0), (drift, drift)))
    found, ink = 0.0, 0.0
    for start in range(0, width, STRIP):
        strip = reference[:, start : start + STRIP]
        places = (padded[:, start + d : start + d + strip.shape[1]] for d in range(2 * drift + 1))
        found += strip.sum() * max(_correlation(place, strip) for place in places)
        ink += strip.sum()
    return found / ink


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    if one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def without_harakat(text: str) -> str:
    return "".join(letter for letter in text if not "\u064b" <= letter <= "\u0652")


needs_raqm = pytest.mark.skipif(
    not features.check("raqm"), reason="Pillow finds no raqm; on Debian install libfribidi0"
)


@needs_raqm
@pytest.mark.parametrize(("text", "typed"), STRINGS, ids=TEXTS)
def test_drawn_text_equals_an_independent_rendering(text: str, typed: str | None) -> None:
    reference = typed or text
    if not arabic.native_shaping():  # old engines cannot place harakat, so they are left out
        reference = without_harakat(reference)
    drawn = draw_with_matplotlib(arabic.prepare(text))
    assert likeness(drawn, draw_with_raqm(reference)) >= RIGHT


@needs_raqm
@pytest.mark.parametrize("text", ["פסגת סמרקנד", "12 מיליארד EUR (2025)", "[א] מחיר: 27 Mar"])
def test_another_script_from_the_right_is_drawn_as_well(text: str) -> None:
    hebrew = {"family": "DejaVu Sans"}
    drawn = draw_with_matplotlib(arabic.prepare(text), **hebrew)
    assert likeness(drawn, draw_with_raqm(text, **hebrew, language="he")) >= RIGHT


def test_the_lint_catches_hebrew_as_well() -> None:
    figure = Figure()
    figure.text(0.5, 0.5, "פסגה")
    assert arabic.unprepared(figure) == ["פסגה"]


@needs_raqm
@pytest.mark.parametrize("text", [text for text in TEXTS if text.count(" ") >= 3])
def test_the_judge_knows_a_line_in_the_wrong_order(text: str) -> None:
    """The test above can fail: the same letters the other way round are far from the reference."""
    reference = draw_with_raqm(text)
    assert likeness(reference[:, ::-1], reference) < RIGHT
    wrong = _classic_recipe(text) if arabic.native_shaping() else _classic_recipe(text)[::-1]
    assert likeness(draw_with_matplotlib(wrong), reference) < RIGHT


def _classic_recipe(text: str) -> str:
    """The recipe that old engines need and new ones turn round."""
    from arabic_reshaper import reshape
    from bidi import get_display

    return get_display(reshape(text), base_dir="R")


@needs_raqm
def test_several_lines_are_prepared_one_by_one() -> None:
    text = "الحزمة: 12 مليار\nEPCA: اتفاقية\nLatin only"
    lines = arabic.prepare(text).split("\n")
    assert lines == [str(arabic.prepare(line)) for line in text.split("\n")]
    assert lines[2] == "Latin only"


def test_letters_in_two_parts_are_put_together() -> None:
    """Old engines drop the hamza of a letter that is stored as two, and draw soft hyphens."""
    whole, parts = "أهمية مسألة", "ا\u0654همية مسا\u0654لة"
    assert arabic.prepare(parts) == arabic.prepare(whole)
    assert arabic.restore(arabic.prepare(parts)) == parts
    assert arabic.prepare("سمر\u00adقند") == arabic.prepare("سمرقند")


@pytest.mark.parametrize("text", [*TEXTS, "سطر أول\nسطر ثان", ""], ids=repr)
def test_preparing_twice_changes_nothing_and_can_be_undone(text: str) -> None:
    once = arabic.prepare(text)
    assert arabic.prepare(once) == once
    assert arabic.restore(once) == text


def test_the_mark_survives_on_artists() -> None:
    figure, axes = Figure(), None
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(arabic.prepare("عنوان 2025"))
    axes.set_yticks([0, 1], [arabic.prepare("أول"), arabic.prepare("ثان")])
    line = axes.plot([1, 2], label=arabic.prepare("خط"))[0]
    legend = axes.legend(handles=[line])
    figure.canvas.draw()
    assert arabic.restore(axes.get_title()) == "عنوان 2025"
    assert [arabic.restore(t.get_text()) for t in axes.get_yticklabels()] == ["أول", "ثان"]
    assert arabic.restore(legend.get_texts()[0].get_text()) == "خط"


@pytest.mark.parametrize("text", ["Global Gateway", "EUR 12 billion", "27 Mar 2025", "GSP+"])
def test_latin_lines_stay_as_they_are(text: str) -> None:
    assert arabic.prepare(text) == text
    assert arabic.prepare(text, "ltr") == text


def test_english_labels_keep_their_direction_around_arabic() -> None:
    drawn = arabic.prepare("Report: قمة سمرقند", "ltr")
    assert "Report: " in drawn
    if arabic.native_shaping():
        assert drawn.startswith(arabic.LEFT_TO_RIGHT_EMBEDDING)
    else:
        assert drawn.startswith("Report: ")


def test_an_unknown_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="known: 'rtl', 'ltr'"):
        arabic.prepare("قمة", "up")


def _figure_with(text: str, **look) -> Figure:
    figure = Figure()
    FigureCanvasAgg(figure)
    figure.text(0.5, 0.5, text, **{"parse_math": False, **look})
    return figure


def test_the_lint_passes_prepared_text() -> None:
    assert arabic.unprepared(_figure_with(arabic.prepare("قمة سمرقند (2025)"))) == []


@pytest.mark.parametrize(
    "text", ["قمة سمرقند", _classic_recipe("قمة سمرقند")], ids=["raw", "recipe"]
)
def test_the_lint_catches_raw_text_and_the_classic_recipe(text: str) -> None:
    assert arabic.unprepared(_figure_with(text)) == [text]


def test_the_lint_catches_the_classic_recipe_on_top() -> None:
    on_top = _classic_recipe(arabic.prepare("قمة سمرقند"))
    assert arabic.unprepared(_figure_with(on_top)) == [on_top]


def test_the_lint_catches_mathematical_markup() -> None:
    prepared = arabic.prepare("قمة سمرقند")
    assert arabic.unprepared(_figure_with(prepared, parse_math=True)) == [prepared]


def test_no_control_character_is_left_where_it_would_be_drawn() -> None:
    drawn = "".join(map(arabic.prepare, TEXTS))
    controls = {letter for letter in drawn if arabic._CONTROLS.match(letter)}
    assert controls == set() or arabic.native_shaping()


def test_the_engine_is_known_by_behaviour() -> None:
    import matplotlib.ft2font

    assert arabic.native_shaping() == hasattr(matplotlib.ft2font, "__libraqm_version__")


TESSERACT = shutil.which("tesseract")
LONG_LABELS = [text for text in TEXTS if sum(map(arabic.has_arabic, text)) >= 12]


def _reads_arabic() -> bool:
    if not TESSERACT:
        return False
    listed = subprocess.run(
        [TESSERACT, "--list-langs"], capture_output=True, text=True, check=False
    )
    return "ara" in listed.stdout.split()


@pytest.mark.one_of(2)
@pytest.mark.skipif(
    not _reads_arabic(), reason="tesseract-ocr with tesseract-ocr-ara is not installed"
)
def test_a_reader_of_letters_reads_the_drawn_lines(tmp_path: Path) -> None:
    """Optical reading gives up on a line now and then, but never reads a reversed one."""
    right = _misread(LONG_LABELS, [arabic.prepare(text) for text in LONG_LABELS], tmp_path)
    assert sum(share <= 0.4 for share in right) >= 0.8 * len(LONG_LABELS), right
    turned = _misread(LONG_LABELS, [arabic.prepare(text[::-1]) for text in LONG_LABELS], tmp_path)
    assert min(turned) > 0.4, turned


def _misread(texts: list[str], drawn: list[str], folder: Path) -> list[float]:
    """Share of letters of each text that optical reading gets wrong as it is drawn."""
    look = {"family": families(), "fontsize": 36, "parse_math": False}
    paths = [folder / f"{number}.png" for number in range(len(drawn))]
    for path, line in zip(paths, drawn, strict=True):
        figure = Figure(figsize=(12, 1.6), dpi=150)
        FigureCanvasAgg(figure)
        figure.text(0.5, 0.5, line, ha="center", va="center", **look)
        figure.savefig(path)
    (folder / "lines.txt").write_text("\n".join(map(str, paths)), encoding="utf-8")
    command = [TESSERACT, str(folder / "lines.txt"), "-", "-l", "ara", "--psm", "7"]
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=alone)
    lines = done.stdout.split("\f")[: len(paths)]  # some versions end with a separator
    wanted = [without_harakat(text).replace(" ", "") for text in texts]
    pairs = zip(wanted, lines, strict=True)
    return [_edits(letters, "".join(read.split())) / len(letters) for letters, read in pairs]


def _edits(one: str, other: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]
