"""Search that folds spelling, in index and query: «أهداف» and «اهداف», "Síkela" and "Sikela".

Marks go in both languages: Arabic vowel signs, hamza on its carriers, accents of Latin letters. In
Arabic the article goes too. Sphinx has no search language for Arabic; the Snowball stemmer that it
ships takes the first letter of «بيانات» for a preposition, so that a search for the bare word finds
nothing. Sphinx matches parts of words, so that folding and the article are all that is needed.
"""

from __future__ import annotations

import json
import re
import unicodedata

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage
from sphinx.search.en import SearchEnglish
from sphinx.util.typing import ExtensionMetadata

# Letters written one for another, by code point so that they cannot be mistaken in an editor.
VARIANTS: dict[str, str | int | None] = {
    "\u0671": "\u0627",  # alef wasla
    "\u0649": "\u064a",  # alef maqsura to yeh
    "\u0629": "\u0647",  # teh marbuta to heh
    "\u0621": "",  # hamza on the line
    "\u0640": "",  # tatweel
}
ARTICLE = "^(?:[\u0648\u0641\u0628\u0643]?\u0627\u0644|\u0648?\u0644\u0644)(?=.{3})"
SPLITTER = f"""
const variants = {json.dumps(VARIANTS)};
var splitQuery = (query) => query.normalize("NFKD")
  .replace(/\\p{{Mark}}/gu, "")
  .replace(/[{"".join(VARIANTS)}]/gu, (letter) => variants[letter])
  .split(/[^\\p{{Letter}}\\p{{Number}}_]+/gu).filter((term) => term);
"""

_ARTICLE = re.compile(ARTICLE)


def fold(text: str) -> str:
    """Return text without marks and with one letter for each group of variants."""
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(part for part in parts if not unicodedata.category(part).startswith("M"))
    return bare.translate(str.maketrans(VARIANTS))


class FoldedEnglish(SearchEnglish):
    """English as Sphinx searches it, without accents."""

    js_splitter_code = SPLITTER

    def split(self, input: str) -> list[str]:
        """Split a text into folded words."""
        return super().split(fold(input))


class FoldedArabic(SearchLanguage):
    """Arabic without marks, variants and article."""

    lang = "ar"
    language_name = "Arabic"
    js_splitter_code = SPLITTER
    js_stemmer_code = f"""
var Stemmer = function () {{
  this.stemWord = (word) => word.replace(/{ARTICLE}/u, "");
}};
"""

    def split(self, input: str) -> list[str]:
        """Split a text into folded words."""
        return super().split(fold(input))

    def stem(self, word: str) -> str:
        """Strip the article, and a conjunction or preposition before it."""
        return _ARTICLE.sub("", word.lower())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register both languages."""
    app.add_search_language(FoldedEnglish)
    app.add_search_language(FoldedArabic)
    return {"parallel_read_safe": True}
