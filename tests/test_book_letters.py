"""The Arabic words of drawings, as Chromium sets them in a page: read by optical recognition."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from browsing import Reader
from test_arabic import _reads_arabic, without_harakat

from helpers import arabic
from helpers.data import load

pytestmark = [
    pytest.mark.one_of(2),
    pytest.mark.xdist_group("book"),
    pytest.mark.skipif(not _reads_arabic(), reason="tesseract-ocr-ara is not installed"),
    pytest.mark.skipif(not arabic.native_shaping(), reason="text stays outlines"),
]

ENOUGH = 5  # words of a drawing, of which a misread one does not decide
ARABIC_WORD = re.compile(r"[\u0621-\u064a]{3,}")
# Sets the longest lines of each drawing of a page one under another, as the page shapes them.
LONGEST = """(count) => {
  const sheet = document.createElement("div"), told = {};
  for (const svg of document.querySelectorAll("svg.live")) {
    const letters = (text) => (text.textContent.match(/[\\u0621-\\u064a]/g) ?? []).length;
    const lines = [...svg.querySelectorAll("text.rtl")].sort((a, b) => letters(b) - letters(a));
    const chosen = lines.slice(0, count).filter((text) => letters(text) > 11);
    for (const text of chosen) {
      const box = text.getBBox(), line = svg.cloneNode(false), own = text.cloneNode(true);
      own.removeAttribute("transform");
      line.setAttribute("viewBox", `${box.x - 4} ${box.y - 2} ${box.width + 8} ${box.height + 4}`);
      line.style.cssText = `width: ${2 * box.width}px; margin: 12px`;
      line.append(own);
      sheet.append(line);
    }
    told[svg.closest("figure").id] = chosen.map((text) => text.textContent);
  }
  document.body.replaceChildren(sheet);
  return told;
}"""


@pytest.mark.parametrize("notebook", load("notebooks")["notebook_id"])
def test_a_reader_of_letters_reads_the_drawings_of_a_page(
    built: Path, notebook: str, visit: Reader, tmp_path: Path
) -> None:
    """Words that are joined wrongly or run the wrong way are not read at all."""
    page = visit()
    page.goto((built / "book" / "ar" / f"{notebook}.html").as_uri())
    page.evaluate("document.fonts.ready")
    told = page.evaluate(LONGEST, 3)
    page.screenshot(path=tmp_path / "lines.png", full_page=True)
    command = ["tesseract", str(tmp_path / "lines.png"), "-", "-l", "ara", "--psm", "6"]
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}
    read = subprocess.run(command, capture_output=True, text=True, check=True, env=alone).stdout
    found = set(ARABIC_WORD.findall(without_harakat(read)))
    words = {name: ARABIC_WORD.findall(without_harakat(" ".join(told[name]))) for name in told}
    words["the page"] = [word for drawn in words.values() for word in drawn]
    for name, drawn in words.items():
        if len(drawn) >= ENOUGH:
            share = sum(word in found for word in drawn) / len(drawn)
            assert share >= 0.5, f"{name}: {share:.2f} of {drawn}"
