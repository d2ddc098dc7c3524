"""Broken links of every kind are found and named with their page."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.publish import links


def site(folder: Path, **files: str) -> list[str]:
    """Return the faults of a folder with files; two underscores stand for a dot."""
    for name, text in files.items():
        path = folder / name.replace("__", ".").replace("_in_", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return links.faults(folder)


@pytest.mark.parametrize(
    ("kind", "html"),
    [
        ("page", '<a href="gone.html">x</a>'),
        ("picture", '<img src="gone.png">'),
        ("style", '<link rel="stylesheet" href="gone.css">'),
        ("script", '<script src="gone.js"></script>'),
    ],
)
def test_a_link_to_no_file_is_found(tmp_path: Path, kind: str, html: str) -> None:
    (fault,) = site(tmp_path, a__html=html)
    assert fault.startswith("a.html: no file for gone."), kind


def test_a_link_to_no_anchor_is_found_on_its_own_page_and_on_another(tmp_path: Path) -> None:
    html = '<p id="here"></p><a href="#here">1</a><a href="#gone">2</a><a href="b.html#gone">3</a>'
    assert site(tmp_path, a__html=html, b__html='<p id="there"></p>') == [
        "a.html: no anchor for #gone",
        "a.html: no anchor for b.html#gone",
    ]


def test_a_link_that_leads_somewhere_is_no_fault(tmp_path: Path) -> None:
    html = (
        '<a href="b.html#there">1</a><a href="https://example.org/x">2</a>'
        '<a href="mailto:a@example.org">3</a><a href="">4</a><a>5</a>'
        '<a href="%D8%A8.html">6</a><a href="b.html?q=x#there">7</a><a href="//example.org/">8</a>'
    )
    assert site(tmp_path, a__html=html, b__html='<p id="there"></p>', ب__html="") == []


def test_an_anchor_may_be_written_in_percent(tmp_path: Path) -> None:
    assert site(tmp_path, a__html='<p id="هنا"></p><a href="#%D9%87%D9%86%D8%A7">1</a>') == []


def test_a_style_that_asks_for_a_missing_face_is_found(tmp_path: Path) -> None:
    style = 'a { src: url("fonts/gone.woff2") } b { background: url(data:image/png;base64,AA) }'
    assert site(tmp_path, _static_in_x__css=style) == [
        "_static/x.css: no file for fonts/gone.woff2"
    ]


def test_pages_of_the_tools_are_not_ours_to_check_but_can_be_linked(tmp_path: Path) -> None:
    found = site(
        tmp_path,
        _static_in_tool__html='<a href="gone.html">x</a>',
        a__html='<a href="_static/tool.html">x</a>',
    )
    assert found == []


def test_faults_are_named_once_and_with_the_path_of_their_page(tmp_path: Path) -> None:
    html = '<a href="gone.html">1</a><a href="gone.html">2</a>'
    assert site(tmp_path, ar_in_a__html=html) == ["ar/a.html: no file for gone.html"]
