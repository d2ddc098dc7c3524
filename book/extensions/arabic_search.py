"""Search in Arabic: spelling variants are folded and the article is dropped, in index and query.

Sphinx has no search language for Arabic. The Snowball stemmer that it ships takes the first letter
of «بيانات» for a preposition, so that a search for the bare word finds nothing; folding does not.
"""

from __future__ import annotations

import json
import re
import unicodedata

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage

# Letters that are written one for another. Each pair is used by Python and by JavaScript.
FOLDED = {
    "\u0623": "\u0627",  # alef with hamza above
    "\u0625": "\u0627",  # alef with hamza below
    "\u0622": "\u0627",  # alef with madda
    "\u0671": "\u0627",  # alef wasla
    "\u0649": "\u064a",  # alef maqsura to yeh
    "\u0624": "\u0648",  # waw with hamza
    "\u0626": "\u064a",  # yeh with hamza
    "\u0629": "\u0647",  # teh marbuta to heh
    "\u0621": "",  # hamza on the line
    "\u0640": "",  # tatweel
}
MARKS = "[\u064b-\u065f\u0670]"
ARTICLE = "^(?:[\u0648\u0641\u0628\u0643]?\u0627\u0644|\u0648?\u0644\u0644)(?=.{3})"

_MARKS = re.compile(MARKS)
_ARTICLE = re.compile(ARTICLE)


def fold(text: str) -> str:
    """Return text without marks and with one letter for each group of variants."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    return bare.translate(str.maketrans(FOLDED))


def strip_article(word: str) -> str:
    """Return a folded word without its article, and a conjunction or preposition before it."""
    return _ARTICLE.sub("", word)


class SearchArabic(SearchLanguage):
    """Sphinx matches parts of words, so that folding and the article are all that is needed."""

    lang = "ar"
    language_name = "Arabic"
    js_splitter_code = f"""
const folded = {json.dumps(FOLDED)};
var splitQuery = (query) => query.normalize("NFKC")
  .replace(/{MARKS}/gu, "")
  .replace(/[{"".join(FOLDED)}]/gu, (letter) => folded[letter])
  .split(/[^\\p{{Letter}}\\p{{Number}}_]+/gu).filter((term) => term);
"""
    js_stemmer_code = f"""
var Stemmer = function () {{
  this.stemWord = (word) => word.replace(/{ARTICLE}/u, "");
}};
"""

    def split(self, input: str) -> list[str]:
        """Split a text into folded words."""
        return super().split(fold(input))

    def stem(self, word: str) -> str:
        """Strip the article."""
        return strip_article(word.lower())


def setup(app: Sphinx) -> dict:
    """Register the language."""
    app.add_search_language(SearchArabic)
    return {"parallel_read_safe": True}
