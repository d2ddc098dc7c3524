"""Tables of the evidence: verdicts counted, what differs, and the references of the report."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.data import codes_where, source_ids
from helpers.language import Language
from helpers.numbers import EN_DASH
from helpers.tables.base import (
    DASH,
    Column,
    Row,
    Table,
    citation_of,
    finding_of,
    records,
    tally,
    verdict_of,
)

# What claims are counted by, and the field whose title names it.
HEADINGS = {
    "section_id": ("passages", "section_id"),
    "kind": ("claims", "kind"),
    "theme_id": ("themes", "theme_id"),
    "confidence": ("checks", "confidence"),
}


def verdict_table(counts: pd.DataFrame, lang: Language) -> Table:
    """Count the verdicts of each group, one grouping after the other.

    Parameters
    ----------
    counts : pandas.DataFrame
        As :func:`helpers.data.verdict_counts` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        What is of low confidence says so. Its description has the fields ``groups`` and ``weak``
        (the groups in which something is).
    """
    verdicts = lang.labels("checks", "verdict")
    ordered = counts.assign(place=counts["by"].map(list(HEADINGS).index))
    rows: list[list[str]] = []
    for _, group in ordered.groupby(["place", "group_order", "group_id"], sort=True):
        cells = {row["verdict"]: _number(row, lang) for row in group.to_dict("records")}
        first = group.to_dict("records")[0]
        names = [lang.heading(*HEADINGS[first["by"]]), lang.pick(first, "group")]
        total = lang.number(int(group["claims"].sum()))
        rows.append([*names, *(cells.get(verdict, DASH) for verdict in verdicts), total])
    headings = [lang.phrase("counted-by"), lang.phrase("group"), *verdicts.values()]
    columns = [Column(heading) for heading in [*headings, lang.phrase("total")]]
    weak = counts[counts["weak"] > 0]
    fields = {
        "groups": lang.number(len(rows)),
        "weak": lang.number(len(weak[["by", "group_id"]].drop_duplicates())),
    }
    return Table(lang, columns, rows, fields)


def _number(row: Row, lang: Language) -> str:
    """Return how many claims there are; those of low confidence are said to be so.

    Examples
    --------
    >>> _number({"claims": 5, "weak": 2}, Language("en"))
    '3 + 2 (low confidence)'
    """
    claims, weak = int(row["claims"]), int(row["weak"])
    sure = [lang.number(claims - weak)] if claims > weak else []
    low = [lang.phrase("low-confidence", value=lang.number(weak))] if weak else []
    return " + ".join([*sure, *low])


def difference_table(differing: pd.DataFrame, lang: Language) -> Table:
    """List the claims that differ from the sources: both readings, and how the difference came in.

    Parameters
    ----------
    differing : pandas.DataFrame
        As :func:`helpers.data.differences` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        By origin, those of unknown origin last. Its description has the fields ``count`` and
        ``verdicts``: how often each verdict occurs.
    """
    rows = [
        [
            claim["claim_id"],
            lang.pick(claim, "text"),
            f"{verdict_of(claim, lang)} {EN_DASH} {_origin(claim, lang)}",
            finding_of(claim, lang),
            citation_of(claim, lang),
        ]
        for claim in records(differing, "origin_order", "reading_order", "claim_id")
    ]
    columns = [
        Column(lang.heading("checks", "claim_id"), "identifier"),
        Column(lang.phrase("statement")),
        Column(lang.phrase("verdict-and-origin")),
        Column(lang.phrase("what-sources-say")),
        Column(lang.heading("checks", "source_id"), "citation"),
    ]
    fields = {
        "count": lang.number(len(rows)),
        "verdicts": tally(differing, "checks", "verdict", lang),
    }
    return Table(lang, columns, rows, fields, source_ids(differing))


def _origin(claim: Row, lang: Language) -> str:
    """Return how a difference came in, with the publisher of the reference that it came from."""
    if pd.isna(claim["origin"]):
        return lang.phrase("origin-unknown")
    label = lang.label("checks", "origin", claim["origin"])
    in_references = claim["origin"] in codes_where("checks", "origin", in_references=True)
    return f"{label}: {claim['reference_publisher']}" if in_references else label


def reference_table(references: pd.DataFrame, lang: Language) -> Table:
    """List the references of the report, with the claims that are tied to each.

    Parameters
    ----------
    references : pandas.DataFrame
        As :func:`helpers.data.references` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        In the order of the report. Its description has the fields ``count``, ``kinds`` and
        ``languages`` (each with how many), ``seen`` (whose address was found in use), ``tied`` (to
        which a claim is tied), ``claims`` (tied claims), and ``most``,
        ``most_claims`` and ``most_verdicts``: the reference with most claims, and how these stand.
    """
    rows: list[list[str]] = []
    tied: dict[Any, pd.DataFrame] = {}
    ordered = references.sort_values(["reference_id", "claim_id"], kind="stable")
    for name, of_reference in ordered.groupby("reference_id", sort=False):
        tied[name] = of_reference[of_reference["claim_id"].notna()]
        rows.append(_reference(of_reference.iloc[0].to_dict(), tied[name], lang))
    columns = [
        Column(lang.heading("claim_references", "reference_id"), "identifier"),
        Column(lang.phrase("title"), "citation"),
        Column(lang.heading("references", "kind")),
        Column(lang.heading("references", "date")),
        Column(lang.heading("references", "url_status")),
        Column(lang.phrase("rests-on-it")),
    ]
    return Table(lang, columns, rows, _reference_fields(references, tied, lang))


def _reference(reference: Row, claims: pd.DataFrame, lang: Language) -> list[str]:
    return [
        reference["reference_id"],
        f"{reference['publisher']}: {reference['title']}",
        lang.label("references", "kind", reference["kind"]),
        lang.date(reference["date"], reference["precision"]),
        lang.label("references", "url_status", reference["url_status"]),
        _standing(claims, lang),
    ]


def _standing(claims: pd.DataFrame, lang: Language) -> str:
    """Return how many claims there are, and how those that were checked stand."""
    if claims.empty:
        return DASH
    number = lang.number(len(claims))
    return f"{number} ({_verdicts(claims, lang)})" if claims["verdict"].notna().any() else number


def _verdicts(claims: pd.DataFrame, lang: Language) -> str:
    return tally(claims, "checks", "verdict", lang)


def _reference_fields(
    references: pd.DataFrame, tied: dict[Any, pd.DataFrame], lang: Language
) -> dict[str, object]:
    once = references.drop_duplicates("reference_id")
    known = lang.locale.languages
    written = once["language"].value_counts().sort_index()
    languages = [f"{known[str(code)]} {lang.number(int(n))}" for code, n in written.items()]
    seen = once["url_status"].isin(codes_where("references", "url_status", opened=True))
    most = max(sorted(tied), key=lambda name: len(tied[name]), default=None)
    none = lang.phrase("none")
    return {
        "count": lang.number(len(once)),
        "kinds": tally(once, "references", "kind", lang),
        "languages": lang.join(languages),
        "seen": lang.number(int(seen.sum())),
        "tied": lang.number(sum(not claims.empty for claims in tied.values())),
        "claims": lang.number(sum(map(len, tied.values()))),
        "most": none if most is None else most,
        "most_claims": lang.number(0 if most is None else len(tied[most])),
        "most_verdicts": none if most is None else _verdicts(tied[most], lang),
    }


def reread_table(counts: pd.DataFrame, lang: Language) -> Table:
    """List how many rows were read again, and how the blind reading compares.

    Parameters
    ----------
    counts : pandas.DataFrame
        As :func:`helpers.data.reread_counts` returns it.
    lang : Language
        Language of the table.

    Returns
    -------
    Table
        Checks by their verdict, then events. Its description has the fields ``again``, ``had`` and
        ``mended``: how many rows were read, had a source to read, and were changed.
    """
    results = lang.labels("rereads", "alike")
    numbers = ["again", "had", *results, "mended"]
    kinds = list(lang.labels("rereads", "object"))
    verdicts = list(lang.labels("rereads", "verdict"))
    places = counts.assign(
        kind=counts["object"].map(kinds.index),
        place=[verdicts.index(code) if pd.notna(code) else 0 for code in counts["verdict"]],
    )
    rows = [
        [
            lang.label("rereads", "object", row["object"]),
            DASH if pd.isna(row["verdict"]) else lang.label("checks", "verdict", row["verdict"]),
            *(lang.number(int(row[name])) for name in numbers),
        ]
        for row in records(places, "kind", "place")
    ]
    words = [lang.phrase("read-again"), lang.phrase("source-had")]
    words += [*results.values(), lang.phrase("mended")]
    columns = [
        Column(lang.heading("rereads", "object")),
        Column(lang.heading("checks", "verdict")),
        *(Column(word, "number") for word in words),
    ]
    fields = {name: lang.number(int(counts[name].sum())) for name in ("again", "had", "mended")}
    return Table(lang, columns, rows, fields)
