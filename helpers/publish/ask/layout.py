"""Lay out a query of SQL on several lines: in its table it stands on one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

INDENT = "  "
# Texts in quotes, pairs of words that are one, words, and what stands between them.
TOKEN = re.compile(
    r"""'(?:[^']|'')*'|"[^"]*"|BETWEEN .+? AND\b|(?:GROUP|ORDER) BY\b|LEFT JOIN\b|,\s*|\w+|\s+|."""
)
CLAUSES = {
    "SELECT",
    "FROM",
    "JOIN",
    "LEFT JOIN",
    "WHERE",
    "GROUP BY",
    "HAVING",
    "ORDER BY",
    "LIMIT",
}
CLAUSES |= {"UNION"}


@dataclass
class Bracket:
    """What is open: a query with a name, or other brackets, in which nothing begins a line."""

    is_query: bool
    depth: int
    clause: str = ""

    def line(self, deeper: int = 0) -> str:
        """Return the break before a line."""
        return "\n" + INDENT * (self.depth + deeper)


def laid_out(sql: str) -> str:
    """Return a query with each of its clauses, columns and conditions on a line of its own.

    Parameters
    ----------
    sql : str
        A query on one line, its keywords in capitals.

    Examples
    --------
    >>> print(laid_out("SELECT title, url FROM sources WHERE kind IN ('data') AND date > '2025'"))
    SELECT title,
      url
    FROM sources
    WHERE kind IN ('data')
      AND date > '2025'
    """
    lines = "".join(_pieces(TOKEN.findall(sql))).strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _pieces(tokens: list[str]) -> Iterator[str]:
    """Yield the tokens, each that begins a line after its break."""
    brackets, before = [Bracket(is_query=True, depth=0)], ["", ""]
    for token in tokens:
        here = brackets[-1]
        if token == "(":
            is_named = before == ["AS", " "]
            brackets.append(Bracket(is_named, here.depth + is_named))
            yield token
        elif token == ")":
            brackets.pop()
            yield brackets[-1].line() + token if here.is_query else token
        elif here.is_query:
            yield _in_query(token, here)
        else:
            yield token
        before = [before[1], token]


def _in_query(token: str, here: Bracket) -> str:
    """Return a token of a query with the break before or after it; note the clause it opens."""
    if token in CLAUSES:
        here.clause = token
        return here.line() + token
    if token == "AND":
        return here.line(deeper=1) + token
    if token.strip() == "," and here.clause in ("", "SELECT"):
        return "," + here.line(deeper=here.clause == "SELECT")
    return token
