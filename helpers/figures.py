"""Texts of the figures: titles, captions, descriptions, labels, and references between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

import pandas as pd

from helpers import arabic
from helpers.data import load
from helpers.data.holding import remembered
from helpers.errors import UnknownNameError, suggestion
from helpers.language import Language, taking_codes

TEXTS = ("title", "subtitle", "caption", "description", "credit")
FINDING = "finding"


@dataclass(frozen=True)
class FigureTexts:
    """What ``figures.csv`` says of a figure in one language, every named field filled.

    Attributes
    ----------
    figure_id : str
        Id of the figure.
    kind : {"chart", "table"}
        What it is.
    label : str
        Its name within its notebook, such as ``Figure 2``.
    title : str
        Its subject, as pages and the search name it.
    finding : str
        What it shows, as a sentence for its head; empty where nothing stands out.
    subtitle, caption, description, credit : str
        Its other texts, in the digits of the language.
    passages, tables : tuple of str
        Ids of the passages and the tables that it rests on.
    """

    figure_id: str
    kind: str
    label: str
    title: str
    finding: str
    subtitle: str
    caption: str
    description: str
    credit: str
    passages: tuple[str, ...]
    tables: tuple[str, ...]

    @property
    def frame(self) -> tuple[str, str, str, str]:
        """Heading, subtitle, credit and kicker, as :func:`helpers.theme.framed` takes them.

        The finding is the heading, under the subject in small type; without one, the subject is.
        """
        kicker = self.title if self.finding else ""
        return self.finding or self.title, self.subtitle, self.credit, kicker

    @property
    def alternative(self) -> str:
        """What is said in the place of the picture: its finding, and its description."""
        return f"{self.finding}. {self.description}" if self.finding else self.description


@taking_codes
def texts(
    figure_id: str, fields: Mapping[str, object], lang: Language, sources: Sequence[str] = ()
) -> FigureTexts:
    """Return the texts of a figure.

    Parameters
    ----------
    figure_id : str
        Row of ``figures.csv``.
    fields : mapping of str to object
        Values of the named fields, as a chart or a table gives them. None is the value of what does
        not stand out, such as the first of two that are equal: a finding that names it is not said.
    lang : Language
        Language of the texts.
    sources : sequence of str
        Ids of the sources that the figure rests on; ``{sources}`` in a text names their publishers.

    Raises
    ------
    KeyError
        If there is no such figure; the message names those that exist.
    ValueError
        If a text names a field that has no value; the message names figure, text and field.
    """
    row = _row(figure_id)
    values = {**fields, "figure": _References(row["notebook"], lang)}
    values["sources"] = _Publishers(sources, lang)
    filled = {stem: _filled(row, stem, values, lang) for stem in TEXTS}
    return FigureTexts(
        figure_id=figure_id,
        kind=row["kind"],
        label=label(figure_id, lang),
        finding=_finding(row, values, lang),
        passages=_listed(row["passage_ids"]),
        tables=_listed(row["tables"]),
        **filled,
    )


@taking_codes
def label(figure_id: str, lang: Language) -> str:
    """Return the name of a figure within its notebook.

    Examples
    --------
    >>> label("package", Language("en")), label("package", Language("ar"))
    ('Figure 2', 'الشكل 2')
    """
    row = _row(figure_id)
    return f"{lang.label('figures', 'kind', row['kind'])} {lang.number(row['number'])}"


@taking_codes
def reference(figure_id: str, notebook: str, lang: Language) -> str:
    """Return the name of a figure as a notebook says it: with the title of another notebook.

    Examples
    --------
    >>> reference("package", "03_outcomes", Language("en"))
    'Figure 2'
    """
    return format(_References(notebook, lang), figure_id)


def kind(figure_id: str) -> str:
    """Return whether a figure is a ``chart`` or a ``table``."""
    return str(_row(figure_id)["kind"])


@remembered
def _row(figure_id: str) -> dict[str, Any]:
    figures = load("figures")
    found = figures[figures["figure_id"] == figure_id]
    if found.empty:
        known = list(figures["figure_id"])
        told = f"no figure {figure_id!r} in figures.csv; figures: {', '.join(known)}"
        raise UnknownNameError(told + suggestion(figure_id, known))
    return {str(name): value for name, value in found.iloc[0].items()}


def _listed(cell: Any) -> tuple[str, ...]:
    """Return the ids of a cell; a figure that is being made may name none yet."""
    return () if pd.isna(cell) else tuple(str(cell).split())


def _finding(row: dict[str, Any], values: dict[str, object], lang: Language) -> str:
    """Return the finding of a figure, if it has one and all that it names stands out."""
    text = row[lang.column(FINDING)]
    if pd.isna(text):
        return ""
    silent = {name for name, value in values.items() if value is None}
    told = _filled(row, FINDING, values | dict.fromkeys(silent, ""), lang)
    named = {name for _, name, _, _ in Formatter().parse(text)}
    return "" if named & silent else told


def _filled(row: dict[str, Any], stem: str, values: Mapping[str, object], lang: Language) -> str:
    text = row[lang.column(stem)]
    place = f"figures.csv, {row['figure_id']}, {lang.column(stem)}"
    try:
        return lang.number_text(text.format_map(values))
    except KeyError as missing:
        known = ", ".join(values)
        message = f"{place}: expected a field that the figure gives ({known}), got {missing}"
        raise ValueError(message) from None
    except (ValueError, IndexError, AttributeError) as error:
        raise ValueError(f"{place}: {error}, in {text!r}") from None


class _References:
    """Labels of other figures by id, for ``{figure:ID}`` in a text."""

    def __init__(self, notebook: str, lang: Language) -> None:
        self.notebook, self.lang = notebook, lang

    def __format__(self, figure_id: str) -> str:
        """Return the label of a figure, with the title of its notebook if it is another one."""
        try:
            row = _row(figure_id)
        except KeyError as error:  # in a text, a missing figure is a fault of the text
            raise ValueError(error.args[0]) from None
        if row["notebook"] == self.notebook:
            return label(figure_id, self.lang)
        notebooks = load("notebooks")
        titles = dict(
            zip(notebooks["notebook_id"], notebooks[self.lang.column("title")], strict=True)
        )
        title = titles[row["notebook"]]
        return f"{label(figure_id, self.lang)} ({title})"


class _Publishers:
    """Who published the sources of a figure, for ``{sources}`` in a text."""

    def __init__(self, sources: Sequence[str], lang: Language) -> None:
        self.sources, self.lang = sources, lang

    def __format__(self, _: str) -> str:
        """Return the publishers, each once, in the order of the sources.

        Names in another script than the language's are parted by commas alone.
        """
        known = load("sources").set_index("source_id")["publisher"]
        names = list(dict.fromkeys(str(known[name]) for name in self.sources))
        foreign = self.lang.is_arabic and not any(map(arabic.has_arabic, names))
        return "\u060c ".join(names) if foreign and names else self.lang.join(names)
