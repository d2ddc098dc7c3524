"""What a slide shows and its speaker reads: the words of a cell, and what is computed."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from helpers.data import load
from helpers.language import Language
from helpers.paths import WALL
from helpers.publish.deck import NAME, Slide
from helpers.publish.entries.rows import Row
from helpers.publish.shown import Figure
from helpers.publish.targets import ANYWHERE, linked_id, targets

CODE = re.compile(r"<code>([^<]+)</code>")
NOTEBOOK_LINK = re.compile(r'(<a href="[\w-]+)\.ipynb([#"])')
OPENING, CLOSING = "title", "sources"  # slides that no cell holds
ASIDE_MINUTES = 1  # of each of these
CREDITS = 6  # on one slide


@dataclass(frozen=True)
class Projected:
    """A slide ready for its template; `title`, `body`, `notes` and `passages` are HTML."""

    kind: str
    id: str
    minutes: int
    kicker: str
    title: Markup
    body: Markup
    notes: Markup
    passages: Markup
    figure: Figure | None = None
    image: Mapping[str, str] | None = None
    table: Markup | None = None

    @property
    def seconds(self) -> int:
        """How long the speaker's clock gives it."""
        return 60 * self.minutes


class Projector:
    """Fills the slides of one notebook.

    Parameters
    ----------
    figures : mapping of str to Figure
        What the notebook shows, by id.
    lang : Language
        Language of the deck.
    """

    def __init__(self, figures: Mapping[str, Figure], lang: Language) -> None:
        self.figures, self.lang, self.known = figures, lang, targets()
        conclusions = load("conclusions")
        self.conclusions = dict(
            zip(conclusions["conclusion_id"], conclusions[lang.column("text")], strict=True)
        )

    def faults(self, slides: Sequence[Slide]) -> list[str]:
        """Return the names in braces that stand for nothing, each with its cell."""
        known = self.figures.keys() | self.conclusions.keys()
        return [
            f"{slide.cell}: no figure of this notebook and no conclusion is called {name!r}"
            for slide in slides
            for name in slide.names
            if name not in known
        ]

    def deck(self, slides: Sequence[Slide], notebook: Row) -> list[Projected]:
        """Return all slides of a deck: title, those of the cells, and the sources."""
        factors = [slide for slide in slides if slide.kind == "factor"]
        middle = [self._slide(slide, factors) for slide in slides]
        closing = self._sources(slides)
        minutes = sum(slide.minutes for slide in [*middle, *closing]) + ASIDE_MINUTES
        number = len(middle) + len(closing) + 1
        return [self._opening(notebook, number, minutes), *middle, *closing]

    def _slide(self, slide: Slide, factors: list[Slide]) -> Projected:
        figure = self.figures[slide.figure] if slide.figure else None
        cited = [*slide.passages, *(figure.about["passages"] if figure else [])]
        measured = Markup("<p>{}</p>").format(figure.about["subtitle"]) if figure else Markup("")
        return Projected(
            kind=slide.kind,
            id=slide.cell,
            minutes=slide.minutes,
            kicker=self._kicker(slide, factors),
            title=self.filled(slide.title, inline=True),
            body=self.filled(slide.body) if slide.body else measured,
            notes=self.filled(slide.notes),
            passages=self._named(dict.fromkeys(cited)),
            figure=figure,
            image=_image(figure, self.lang),
            table=Markup(figure.table) if figure and figure.table is not None else None,
        )

    def _kicker(self, slide: Slide, factors: list[Slide]) -> str:
        """Return the small words above a title: which factor it is, or that it is a question."""
        if slide.kind == "factor":
            number, all_of_them = factors.index(slide) + 1, len(factors)
            return self.lang.phrase("deck-factor", number=number, of=all_of_them)
        return self.lang.phrase("question") if slide.kind == "question" else ""

    def _opening(self, notebook: Row, slides: int, minutes: int) -> Projected:
        summary = Markup("<p>{}</p>").format(notebook[self.lang.column("summary")])
        told = self.lang.phrase("deck-opening", slides=slides, minutes=minutes)
        title = escape(notebook[self.lang.column("title")])
        return self._aside(OPENING, title, summary, told)

    def _sources(self, slides: Sequence[Slide]) -> list[Projected]:
        """Return the slides that say what each figure of the deck rests on."""
        ids = dict.fromkeys(slide.figure for slide in slides if slide.figure)
        lines = [self._credit(self.figures[name]) for name in ids]
        parts = [lines[start : start + CREDITS] for start in range(0, len(lines), CREDITS)] or [[]]
        title, told = escape(self.lang.phrase("sources")), self.lang.phrase("deck-sources")
        return [
            self._aside(
                CLOSING if number == 0 else f"{CLOSING}-{number + 1}",
                title,
                Markup("<ul>{}</ul>").format(Markup("").join(part)),
                told,
            )
            for number, part in enumerate(parts)
        ]

    def _credit(self, figure: Figure) -> Markup:
        about = figure.about
        line = Markup("<li><strong>{}.</strong> {}. {}</li>")
        return line.format(about["label"], about["title"], about["credit"])

    def _aside(self, name: str, title: Markup, body: Markup, told: str) -> Projected:
        notes = Markup("<p>{}</p>").format(told)
        kind = name.partition("-")[0]
        return Projected(kind, name, ASIDE_MINUTES, "", title, body, notes, Markup(""))

    def filled(self, source: str, *, inline: bool = False) -> Markup:
        """Return Markdown as HTML: names in braces filled, locators in words of the language.

        A link to another notebook leads to its deck.
        """
        html = _renderer().renderInline(source) if inline else _renderer().render(source)
        html = NAME.sub(lambda found: str(escape(self._said(found[1]))), html)
        html = CODE.sub(lambda found: self._identifier(found[1]), html)
        return Markup(NOTEBOOK_LINK.sub(r"\1.html\2", html))

    def _said(self, name: str) -> str:
        """Return what is computed: a conclusion, a finding, or what a table says of itself."""
        if name in self.conclusions:
            return self.lang.number_text(self.conclusions[name])
        about = self.figures[name].about
        if about["kind"] == "table":
            return str(about["description"])
        return str(about["finding"] or about["title"])

    def _identifier(self, identifier: str) -> str:
        link = linked_id(identifier, self.known, self.lang)
        if link.is_identifier:
            return f"<code>{identifier}</code>"
        return str(Markup('<span class="locator">{}</span>').format(link.text))

    def _named(self, passages: Iterable[str]) -> Markup:
        kinds = ["sections", *ANYWHERE]  # a figure may rest on whole sections
        names = [linked_id(passage, self.known, self.lang, kinds).text for passage in passages]
        return escape(self.lang.series(names)) if names else Markup("")


def _image(figure: Figure | None, lang: Language) -> dict[str, str] | None:
    if figure is None or figure.picture is None:
        return None
    return {"src": f"../figures/{lang.code}/{figure.id}{WALL}.svg", "alt": figure.picture["alt"]}


@functools.cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")
