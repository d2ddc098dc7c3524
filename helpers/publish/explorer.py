"""Lists that a reader can narrow: facets over the entries of a page, and addresses of what is left.

A page of the book lists entries; each says of itself in ``data-`` attributes what it holds of every
facet. One script (``book/static/explorer.js``) leaves the entries that a reader asks for. What the
facets of a list are is said in :mod:`helpers.publish.facets`; without the script the page has the
same entries, all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from helpers.errors import BuildError, suggestion
from helpers.language import Language
from helpers.publish.languages import every
from helpers.publish.rendering import render

# What an entry holds of a facet that says nothing of it.
NOTHING = "-"
# Words of the script, whose fields it fills itself.
WORDS = {"shown": ("shown", "all"), "text": ("query",), "unknown": ("value",), "nothing": ()}

# Entry → the values that it holds, one or several.
Held = Mapping[str, Iterable[str]]


class ExplorerError(BuildError):
    """An entry or an address has a value that its facet does not know; the message names it."""


@dataclass(frozen=True)
class Facet:
    """Something that entries are told apart by.

    Attributes
    ----------
    name : str
        What it is called in addresses, such as ``verdict``.
    heading : callable
        Its name in a language.
    words : callable
        Its values in order, with their words in a language.
    held : callable
        The values that each entry holds; one that is not named holds none.
    """

    name: str
    heading: Callable[[Language], str]
    words: Callable[[Language], Mapping[str, str]]
    held: Callable[[], Held]


@dataclass(frozen=True)
class Explorer:
    """A list of entries on a page, with its facets.

    Attributes
    ----------
    page : str
        The page that it stands on.
    facets : tuple of Facet
        In the order in which they are offered.
    """

    page: str
    facets: tuple[Facet, ...]

    def values(self, facet: Facet, lang: Language) -> dict[str, str]:
        """Return the values of a facet with their words, and what to call none of them."""
        return {**facet.words(lang), NOTHING: lang.phrase("facet-none")}

    def held(self, entries: Iterable[str], lang: Language) -> dict[str, dict[str, list[str]]]:
        """Return what each entry holds of each facet, in the order of the facet's values.

        Raises
        ------
        ExplorerError
            If an entry holds a value that the facet does not know.
        """
        listed = list(entries)
        found: dict[str, dict[str, list[str]]] = {entry: {} for entry in listed}
        for facet in self.facets:
            known, held = list(self.values(facet, lang)), facet.held()
            for entry in listed:
                own = set(held.get(entry, ())) or {NOTHING}
                self._refuse(facet, own, known, f"entry {entry}")
                found[entry][facet.name] = [value for value in known if value in own]
        return found

    def _refuse(self, facet: Facet, given: Iterable[str], known: Iterable[str], place: str) -> None:
        for value in sorted(set(given) - set(known)):
            told = f"{self.page}, {place}: facet {facet.name} has no value {value!r}"
            raise ExplorerError(told + suggestion(value, known))

    def attributes(self, entries: Iterable[str], lang: Language) -> dict[str, dict[str, str]]:
        """Return the attributes by which each entry tells the script what it holds.

        A facet that the entry holds nothing of is left out.
        """
        return {
            entry: {
                "data-listed": "",
                **{
                    f"data-{name}": " ".join(values)
                    for name, values in held.items()
                    if values != [NOTHING]
                },
            }
            for entry, held in self.held(entries, lang).items()
        }

    def form(self, entries: Iterable[str], lang: Language) -> str:
        """Return the form that narrows the list, as HTML; it is hidden until a script has it.

        Only values that some entry holds are offered.
        """
        held = self.held(entries, lang)
        facets = [
            {
                "name": facet.name,
                "heading": facet.heading(lang),
                "values": [
                    (value, word)
                    for value, word in self.values(facet, lang).items()
                    if any(value in of[facet.name] for of in held.values())
                ],
            }
            for facet in self.facets
        ]
        words = {
            word: lang.phrase(f"explorer-{word}", **{name: "{" + name + "}" for name in fields})
            for word, fields in WORDS.items()
        }
        return render("explorer.html", lang, facets=facets, words=words, count=len(held))

    def address(self, **wanted: str | Iterable[str]) -> str:
        """Return the address of the list as it is narrowed.

        Parameters
        ----------
        **wanted : str or iterable of str
            Values by the name of their facet; one of several is enough.

        Raises
        ------
        ExplorerError
            If there is no such facet, or if it has no such value.
        """
        facets, lang = {facet.name: facet for facet in self.facets}, every()[0]
        pairs = []
        for name, given in wanted.items():
            if name not in facets:
                told = f"{self.page} has no facet {name!r}; facets: {', '.join(facets)}"
                raise ExplorerError(told + suggestion(name, facets))
            values = [given] if isinstance(given, str) else list(given)
            self._refuse(facets[name], values, self.values(facets[name], lang), "an address")
            pairs += [(name, value) for value in values]
        return f"{self.page}.html?{urlencode(pairs)}" if pairs else f"{self.page}.html"

    def addresses(self, name: str) -> dict[str, str]:
        """Return the address of the list narrowed to each value of a facet that some entry holds.

        Parameters
        ----------
        name : str
            Name of the facet.
        """
        (facet,) = (facet for facet in self.facets if facet.name == name)
        values = {value for held in facet.held().values() for value in held}
        return {value: self.address(**{name: value}) for value in sorted(values)}
