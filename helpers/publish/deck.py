"""The source of a deck: the cells tagged ``deck`` at the end of a notebook, a slide each.

Kind and minutes of a slide are tags of its cell, so they are the same in every language. Its words
are Markdown: a heading, a link to the figure that it shows, a line, a rule, and below the rule what
the speaker says. A name in braces stands for what is computed: the finding of a figure, or the
sentence of a conclusion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from helpers.language import Language

TAG, SECTION = "deck", "deck-section"
# The first opens a deck and the last closes it, each once.
KINDS = ("agenda", "figure", "question", "reveal", "point", "factor", "takeaway")
SEQUENCE = ("figure", "question", "reveal")  # a figure is looked at before it is read
PICTURED = {"figure", "reveal"}
CORRECTED = {"question", "reveal", "point", "factor"}  # where a class goes wrong
MINUTES = re.compile(r"minutes-(\d+)")
DIRECTION = re.compile(r"</?div[^>]*>")
HEADING = re.compile(r"### (?P<title>.+)\n*(?P<rest>(?:.|\n)*)")
FIGURE = re.compile(r"^\[[^\]\n]*\]\(#([\w-]+)\)$\n*", re.MULTILINE)
RULE = re.compile(r"^---$", re.MULTILINE)
NAME = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
LOCATOR = re.compile(r"`([a-z_]+(?:\.\d+){1,2})`")


@dataclass(frozen=True)
class Slide:
    """A slide as its cell holds it.

    Attributes
    ----------
    cell : str
        Id of the cell.
    kind : str
        One of ``KINDS``; empty if the cell names none, or several.
    minutes : int
        How long it stays; 0 if the cell does not say.
    title, body, notes : str
        Markdown, what is computed still in braces.
    figure : str
        Figure that it shows; empty if none.
    """

    cell: str
    kind: str
    minutes: int
    title: str
    body: str
    figure: str
    notes: str

    @property
    def names(self) -> list[str]:
        """What is to be computed for it."""
        return NAME.findall("\n".join([self.title, self.body, self.notes]))

    @property
    def passages(self) -> list[str]:
        """Locators that its words name, each once."""
        return list(dict.fromkeys(LOCATOR.findall(f"{self.body}\n{self.notes}")))


def read(cells: Iterable[NotebookNode]) -> list[Slide]:
    r"""Return the slides of a notebook.

    Examples
    --------
    >>> text = "### It grew\n\n[Figure 1](#economy)\n\nFast.\n\n---\n\n**Say.** Look."
    >>> tags = ["deck", "reveal", "minutes-2"]
    >>> cell = NotebookNode(id="x", source=text, metadata=NotebookNode(tags=tags))
    >>> (slide,) = read([cell])
    >>> slide.kind, slide.minutes, slide.title, slide.figure, slide.body, slide.notes
    ('reveal', 2, 'It grew', 'economy', 'Fast.', '**Say.** Look.')
    """
    return [_slide(cell) for cell in cells if TAG in cell.metadata.get("tags", [])]


def _slide(cell: NotebookNode) -> Slide:
    tags = cell.metadata.tags
    kinds = [tag for tag in tags if tag in KINDS]
    minutes = [int(found[1]) for tag in tags if (found := MINUTES.fullmatch(tag))]
    face, notes = _parted(DIRECTION.sub("", cell.source).strip())
    heading = HEADING.fullmatch(face)
    rest = heading["rest"] if heading else face
    figure = FIGURE.search(rest)
    return Slide(
        cell=cell.id,
        kind=kinds[0] if len(kinds) == 1 else "",
        minutes=sum(minutes),
        title=heading["title"].strip() if heading else "",
        body=FIGURE.sub("", rest).strip(),
        figure=figure[1] if figure else "",
        notes=notes.strip(),
    )


def _parted(source: str) -> tuple[str, str]:
    """Return what is on the slide, and what is below the rule."""
    face, *notes = RULE.split(source, maxsplit=1)
    return face.strip(), "".join(notes)


def faults(slides: Sequence[Slide], known: Iterable[str], lang: Language) -> list[str]:
    """Return what a deck lacks, each with the cell to mend.

    Parameters
    ----------
    slides : sequence of Slide
        All slides of a notebook.
    known : iterable of str
        Figures that the notebook shows.
    lang : Language
        Language of the deck.
    """
    shown = set(known)
    found = [f"{slide.cell}: {fault}" for slide in slides for fault in _lacks(slide, shown, lang)]
    return [*found, *_out_of_order(slides)]


def _lacks(slide: Slide, shown: set[str], lang: Language) -> Iterator[str]:
    if not slide.kind:
        yield f"needs one tag of {', '.join(KINDS)}"
    if not slide.minutes:
        yield "needs a tag such as minutes-2"
    if not slide.title:
        yield "needs a heading, ### and an assertion"
    if slide.kind in PICTURED and not slide.figure:
        yield "needs a link to its figure, alone on a line"
    if slide.figure and slide.figure not in shown:
        yield f"no figure {slide.figure!r} in this notebook"
    for phrase in ("deck-say", *["deck-wrong"] * (slide.kind in CORRECTED)):
        if opener(phrase, lang) not in slide.notes:
            yield f"needs {opener(phrase, lang)} under the rule"


def opener(phrase: str, lang: Language) -> str:
    """Return the words that a note opens with.

    Examples
    --------
    >>> opener("deck-say", Language("en"))
    '**Say.**'
    """
    return f"**{lang.phrase(phrase)}.**"


def _out_of_order(slides: Sequence[Slide]) -> Iterator[str]:
    """Yield where a figure is read before it was looked at, or a deck has no beginning or end."""
    kinds = [slide.kind for slide in slides]
    for kind, place in (("agenda", 0), ("takeaway", len(kinds) - 1)):
        if [number for number, each in enumerate(kinds) if each == kind] != [place]:
            yield f"the {kind} has its place once, {'last' if place else 'first'}"
    steps = [slide for slide in slides if slide.kind in SEQUENCE]
    for number, slide in enumerate(steps):
        begin = number - number % len(SEQUENCE)
        follows = number == begin or slides[slides.index(slide) - 1] is steps[number - 1]
        figure = slide.figure or steps[begin].figure
        if slide.kind != SEQUENCE[number % 3] or not follows or figure != steps[begin].figure:
            yield f"{slide.cell}: a figure, its question and its answer follow each other"
    if len(steps) % len(SEQUENCE):
        yield f"{steps[-1].cell}: a figure without its question or its answer"
