"""One configuration for both languages: ``sphinx-build -W -c book -t ar build/pages/ar …``."""

from __future__ import annotations

import sys
from pathlib import Path

from helpers.data.schema import package
from helpers.publish.languages import every

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "extensions"))

LANG = next(lang for lang in every() if tags.has(lang.code))  # noqa: F821 - Sphinx gives tags

project = LANG.phrase("work-title")
author = LANG.phrase("contributors")
copyright = f"{package()['edition'][:4]} {author}"
version = release = package()["version"]
language = LANG.code

extensions = ["tables_held", "myst_nb", "search_index", "interface", "notebook_cells"]
extensions += ["linked_words", "on_paper", "own_scripts", "question_forms", "argument_pages"]
templates_path = ["templates"]
highlight_language = "none"

myst_enable_extensions = ["attrs_inline", "attrs_block"]
nb_execution_mode = "off"  # the pages are executed notebooks
nb_code_prompt_show = LANG.phrase("show-code")
nb_code_prompt_hide = LANG.phrase("hide-code")

html_theme = "pydata_sphinx_theme"
html_title = project
html_static_path = ["static"]
html_css_files = ["faces.css", "palette.css", "book.css", "cards.css", "start.css", "explorer.css"]
html_css_files += ["print.css"]
html_css_files += ["rtl.css"] if LANG.is_rtl else []
html_js_files = ["addresses.js", "switch.js", "cards.js", "printing.js"]
html_show_sourcelink = False
html_copy_source = False
html_use_index = False
html_sidebars = {"**": ["book-nav"]}
html_theme_options = {
    "navbar_start": ["navbar-logo"],
    "navbar_center": [],
    "navbar_persistent": ["search-button", "language-switch"],
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "article_header_start": [],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_nav_level": 1,
    "navigation_depth": 2,
    "back_to_top_button": False,
    "search_bar_text": LANG.phrase("search-the-book"),
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_context = {"default_mode": "auto"}
