"""The tables in the formats of others: argument graphs, fact checks, packages of data.

Each module turns what is published into the text of one or a few files; :func:`files` names them
all. Small formats have writers of their own here, a page of JSON each, so that nothing more is
installed to write them; the tests read them back with the programs that they are meant for.
"""

from __future__ import annotations

from helpers.exchange import argument_graph, crate, csvw, fact_checks, packages
from helpers.language import LOCALES, Language

CRATE = "ro-crate-metadata.json"
CSVW = "csv-metadata.json"
PACKAGE = "package"


def files() -> dict[str, bytes]:
    """Return what is written for other programs, by its path in the folder of exports.

    Returns
    -------
    dict of str to bytes
        The argument and the fact checks in each language, and under ``package/`` the tables with
        a Data Package in each language, CSV on the Web and an RO-Crate.

    Raises
    ------
    DataError
        If a table cannot be read.
    """
    written = {"argument.graphml": argument_graph.graphml()}
    for code in LOCALES:
        lang = Language(code)
        written |= {
            f"argument.{code}.aif.json": argument_graph.aif(lang),
            f"argument.{code}.argdown": argument_graph.argdown(lang),
            f"claims.{code}.claimreview.jsonld": fact_checks.claim_reviews(lang),
            f"claims.{code}.averitec.jsonl": fact_checks.averitec(lang),
        }
    held = packages.files()
    held[CSVW] = csvw.metadata()
    held[CRATE] = crate.metadata(held)
    return written | {f"{PACKAGE}/{name}": content for name, content in held.items()}
