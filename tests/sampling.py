"""What of the tests runs without ``--all``: every test, every case of it in one language.

A case that is asked in several languages, styles of digits or sizes is asked in one of them, not
always the same; ``in_each_language`` exempts tests of which the language is the matter. Of the
cases of a test that is ``one_of(n)``, one of n runs. ``thorough`` tests run with ``--all`` alone.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable

import pytest

# Parameters of tests that name a language, and how things are written and drawn in it.
STYLES = {"lang", "code", "size"}


def sample(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the tests that run without ``--all``."""
    wanted = [item for item in items if not item.get_closest_marker("thorough")]
    kept = list[pytest.Item]()
    for test, values in together(wanted, test_of).items():
        cases = together(values, case_of)
        asked = [in_turn(styles) for styles in cases.values()]
        mark = asked[0].get_closest_marker("one_of")
        every = mark.args[0] if mark else 1
        kept += asked[turn(test) % min(every, len(asked)) :: every]
    return kept


def together(
    items: Iterable[pytest.Item], key: Callable[[pytest.Item], str]
) -> dict[str, list[pytest.Item]]:
    """Return items by what they have in common."""
    found: dict[str, list[pytest.Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def test_of(item: pytest.Item) -> str:
    """Return the file and the function of a test, without its values."""
    return re.split(r"[\[@]", item.nodeid)[0]


def case_of(item: pytest.Item) -> str:
    """Return a test with its values but for its style, if that is not the matter."""
    if not hasattr(item, "callspec") or item.get_closest_marker("in_each_language"):
        return item.nodeid
    places, values = item.callspec.indices, item.callspec.params
    case = {
        name: value if isinstance(value, str) else places[name] for name, value in values.items()
    }
    return f"{test_of(item)} {[pair for pair in sorted(case.items()) if pair[0] not in STYLES]}"


def in_turn(styles: list[pytest.Item]) -> pytest.Item:
    """Return a case in one of its styles, which hangs on what is asked about.

    What is asked about one thing is asked in one language, so that a chart is drawn once for all.
    """
    values = styles[0].callspec.params if hasattr(styles[0], "callspec") else {}
    about = [v for name, v in values.items() if isinstance(v, str) and name not in STYLES]
    return styles[turn(" ".join(about) or test_of(styles[0])) * len(styles) >> 32]


def turn(name: str) -> int:
    """Return a number of 32 bits that hangs on a name alone, so that all workers choose alike."""
    return zlib.crc32(name.encode(errors="surrogatepass"))
