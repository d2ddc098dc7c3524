"""Tables of notebooks as the book shows them: linked, with widths, long ones folded away.

In the outputs of the notebooks they stay as they are.
"""

from __future__ import annotations

import math
import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markupsafe import Markup

from helpers.language import Language
from helpers.publish import prose
from helpers.publish.languages import language_of_name
from helpers.publish.targets import ANYWHERE, LOCATOR, Targets, linked_id, linked_text
from helpers.tables.base import DASH

# From as many rows on, a table is folded: it is for looking up, not for reading through.
LONG = 20
# Rows of so many letters are read as cards on a phone, though their table is not folded.
WORDY = 250
# A column of long texts is about so many letters wide before it grows in height.
LETTERS_A_LINE = 12
# Letters that the space on both sides of a cell takes.
PADDING = 4


ADDRESS = re.compile(r"https?://\S+")
BREAKS = re.compile(r"[\s/-]+")  # where a line may end, in an address too

# A long table has a column less for each of these: the cell stands in the first of its row, or in
# the one before it.
INTO_FIRST = ("claims", "kind")
INTO_PREVIOUS = ("checks", "source_id")


def is_long(table: Tag) -> bool:
    """Return whether a table is folded away."""
    return row_count(table) >= LONG


def summary(table: Tag, lang: Language) -> str | None:
    """Return how many rows a long table has, in words; None if it is short enough to be read."""
    if not is_long(table):
        return None
    return lang.phrase("row-count", count=lang.number(row_count(table)))


def is_wordy(table: Tag) -> bool:
    """Return whether the rows of a table are paragraphs rather than lines."""
    rows = [len("".join(_texts(row))) for row in table.select("tbody tr")]
    return bool(rows) and sum(rows) / len(rows) >= WORDY


def row_count(table: Tag) -> int:
    """Return the number of rows below the headings."""
    return len(table.select("tbody tr")) or len(table.select("tr"))


def prepared(table: Tag, known: Targets, lang: Language) -> Markup:
    """Return a table with its identifiers linked, its headings beside its cells, and widths.

    Parameters
    ----------
    table : bs4.Tag
        A table with cells that are escaped already; it is changed.
    known : mapping
        Addresses of identifiers.
    lang : Language
        Language of the page.

    Returns
    -------
    Markup
        HTML.
    """
    for tag in _identifiers(table):
        _name(tag, known, lang)
    for text in _texts_with_locators(table):
        text.replace_with(*_told(text, known, lang))
    if is_wordy(table):
        table["class"] = "wordy"
    if is_long(table) or is_wordy(table):
        _merge_columns(table, lang)
    _tell_headings(table)
    _set_widths(table)
    return Markup(str(table))


def worded(table: Tag, known: Targets, lang: Language) -> Markup:
    """Return a table with its locators and conclusions in words: on paper nothing is linked.

    Parameters
    ----------
    table, known, lang
        As for :func:`prepared`.
    """
    for tag in _identifiers(table):
        link = linked_id(tag.get_text(), known, lang, ANYWHERE)
        if link.is_locator:
            _outer(tag).replace_with(link.text)
    for text in _texts_with_locators(table):
        text.replace_with(prose.spoken(text, lang))
    return Markup(str(table))


def _texts_with_locators(table: Tag) -> list[NavigableString]:
    """Return what a table says of other passages, outside identifiers and links."""
    texts = table.find_all(string=LOCATOR)
    return [text for text in texts if not text.find_parent(["a", "code"])]


def _told(text: str, known: Targets, lang: Language) -> list[NavigableString | Tag]:
    """Return a text in pieces, its locators in words as links."""
    new_tag = BeautifulSoup("", "html.parser").new_tag
    pieces: list[NavigableString | Tag] = []
    for piece in linked_text(text, known, lang):
        if piece.address is None:
            pieces.append(NavigableString(piece.text))
        else:
            link = new_tag("a", href=piece.address, attrs={"class": "locator"})
            link.string = piece.text
            pieces.append(link)
    return pieces


def _identifiers(table: Tag) -> list[Tag]:
    """Return what a table sets apart as an identifier or a name, the innermost tag of each."""
    return [tag for tag in table.find_all(["bdi", "code"]) if not tag.find("code")]


def _outer(tag: Tag) -> Tag:
    """Return the tag that keeps an identifier in its direction, or the tag itself."""
    return tag.parent if tag.parent and tag.parent.name == "bdi" else tag


def _name(tag: Tag, known: Targets, lang: Language) -> None:
    """Link an identifier or an address, a locator in words; say of the rest that is Latin so."""
    text, new_tag = tag.get_text(), BeautifulSoup("", "html.parser").new_tag
    if ADDRESS.fullmatch(text):
        tag.wrap(new_tag("a", href=text))
        return
    link = linked_id(text, known, lang, ANYWHERE)
    if link.is_locator and link.address:
        made = new_tag("a", href=link.address, attrs={"class": "locator"})
        made.string = link.text
        _outer(tag).replace_with(made)
        return
    if language := language_of_name(text):
        tag["lang"] = language
    if link.address:
        tag.wrap(new_tag("a", href=link.address))


def _merge_columns(table: Tag, lang: Language) -> None:
    """Stand kind and source below the claim and the finding that they belong to."""
    for field, back in ((INTO_PREVIOUS, 1), (INTO_FIRST, None)):
        headings = [cell.get_text() for cell in table.select("thead th")]
        heading = lang.heading(*field)
        if heading not in headings[1:]:
            continue
        place = headings.index(heading)
        table.select("thead th")[place].decompose()
        for row in table.select("tbody tr"):
            cells = row.find_all(["th", "td"])
            _move(cells[place], cells[place - back if back else 0])


def _move(cell: Tag, target: Tag) -> None:
    """Put what a cell says on a line of its own in another, and take the cell away."""
    if cell.get_text(strip=True):
        line = BeautifulSoup("", "html.parser").new_tag("span", attrs={"class": "below"})
        line.extend(list(cell.contents))
        target.append(line)
    cell.decompose()


def _tell_headings(table: Tag) -> None:
    """Give each cell the heading of its column: a narrow page stacks the cells of a row."""
    headings = [cell.get_text() for cell in table.select("thead th")]
    for row in table.select("tbody tr"):
        for heading, cell in zip(headings, row.find_all(["th", "td"]), strict=False):
            cell["data-heading"] = heading
            if cell.get_text() == DASH:
                cell["class"] = "nothing"


def _set_widths(table: Tag) -> None:
    widths = column_widths([_texts(row) for row in table.find_all("tr")])
    if not widths:
        return
    new_tag = BeautifulSoup("", "html.parser").new_tag
    group = new_tag("colgroup")
    for width in widths:
        group.append(new_tag("col", style=f"width:{width}%"))
    table.insert(0, group)


def _texts(row: Tag) -> list[str]:
    return [cell.get_text() for cell in row.find_all(["th", "td"])]


def column_widths(rows: list[list[str]]) -> list[int]:
    """Return the width of each column in hundredths, by the length of what stands in it.

    A column is as wide as its longest word; long texts take more, by the root of their length, so
    that they share what is left in height and width.

    Parameters
    ----------
    rows : list of list of str
        Texts of the cells, headings among them.

    Examples
    --------
    >>> column_widths([["Claim", "What sources say"], ["a", "so many words " * 20]])
    [18, 82]
    """
    whole = [row for row in rows if len(row) == len(rows[0])]
    columns = list(zip(*whole, strict=True))
    needs = [max(_longest_word(column), _root_of_length(column)) for column in columns]
    return [round(100 * need / sum(needs)) for need in needs]


def _longest_word(column: tuple[str, ...]) -> float:
    return PADDING + max(len(word) for text in column for word in BREAKS.split(text))


def _root_of_length(column: tuple[str, ...]) -> float:
    said = [len(text) for text in column if text != DASH] or [0]
    mean = sum(said) / len(said)
    return math.sqrt(LETTERS_A_LINE * mean)
