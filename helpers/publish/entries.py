"""Entries of the generated pages: a claim, a source, a reference, a term, a fault, a correction.

Each is a piece of HTML without blank lines, so that Markdown passes it through whole; every cell of
a table is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import pandas as pd

from helpers.data import in_reading_order, judged_claims, load
from helpers.language import Language
from helpers.publish.targets import TERM_ANCHOR, link, target_of, targets
from helpers.tables.base import verdict_of

LOCATOR = re.compile(r"\b[a-z_]+\.\d+\.\d+(?:-[a-z]+\b)?")


def passages(section_id: str, lang: Language) -> str:
    """Return the passages of a section, each with its claims, paragraph by paragraph.

    Parameters
    ----------
    section_id : str
        Section of the report.
    lang : Language
        Language of the page.

    Returns
    -------
    str
        Markdown with a heading for each paragraph, and HTML below it.
    """
    known = targets()
    table = load("passages")
    table = table[table["section_id"] == section_id].sort_values(["paragraph", "sentence"])
    claims = judged_claims(section_id)
    parts = []
    for paragraph, sentences in table.groupby("paragraph"):
        parts.append(f"## {lang.phrase('paragraph-number', number=lang.number(paragraph))}")
        parts += [
            _passage(passage, claims[claims["passage_id"] == passage["passage_id"]], known, lang)
            for _, passage in sentences.iterrows()
        ]
    return "\n\n".join(parts)


def _passage(passage: pd.Series, claims: pd.DataFrame, known: dict, lang: Language) -> str:
    passage_id = passage["passage_id"]
    body = [_claim(rows, known, lang) for _, rows in claims.groupby("claim_id", sort=False)]
    if not body:
        kind = lang.label("passages", "kind", passage["kind"])
        body = [_paragraph(escape(lang.phrase("passage-without-claims", kind=kind)))]
    return _block(
        "section",
        passage_id,
        "passage",
        [
            f"<h3>{link(passage_id, f'#{passage_id}')}</h3>",
            *body,
            *_shown_in(passage_id, lang),
            *_reference_of(passage_id, known, lang),
        ],
    )


def _claim(rows: pd.DataFrame, known: dict, lang: Language) -> str:
    """Return a claim with its kind, its verdicts and what it repeats; one row a check."""
    claim = rows.iloc[0]
    kind = lang.label("claims", "kind", claim["kind"])
    text = escape(claim[lang.column("text")])
    head = (
        f'{link(claim["claim_id"], f"#{claim.claim_id}")} <span class="kind">{escape(kind)}</span>'
    )
    parts = [_paragraph(head), _paragraph(text, "statement")]
    if pd.notna(claim["same_as"]):
        first = link(claim["same_as"], known["claims"][claim["same_as"]])
        parts.append(_paragraph(f"{escape(lang.phrase('repeats'))} {first}", "note"))
    parts += [_check(row, known, lang) for _, row in rows.iterrows() if pd.notna(row["verdict"])]
    return _block("div", claim["claim_id"], "claim", parts)


def _check(check: pd.Series, known: dict, lang: Language) -> str:
    verdict = escape(verdict_of(check, lang))
    note = with_links(check[lang.column("note")], known)
    checked = lang.date(check["checked_on"], check["checked_on_precision"])
    cited = [check[name] for name in ("source_id", "second_source_id") if pd.notna(check[name])]
    links = [link(source, known["sources"][source], source_title(source)) for source in cited]
    rests_on = f"{escape(lang.phrase('sources'))}: {' · '.join(links)}"
    return "\n".join(
        [
            _paragraph(
                f'<strong class="verdict {check["verdict"]}">{verdict}</strong> · {note}', "check"
            ),
            _paragraph(f"{escape(lang.phrase('checked-on', date=checked))} · {rests_on}", "note"),
        ]
    )


def with_links(text: str, known: dict) -> str:
    """Return text as HTML, the locators in it made into links."""

    def linked(found: re.Match) -> str:
        address = target_of(found[0], known, ("passages", "claims"))
        return link(found[0], address) if address else found[0]

    return LOCATOR.sub(linked, escape(text))


def source_title(source_id: str) -> str:
    """Return the title of a source with its publisher, in its own language."""
    source = load("sources").set_index("source_id").loc[source_id]
    return " – ".join(source[name] for name in ("publisher", "title") if pd.notna(source[name]))


def _shown_in(passage_id: str, lang: Language) -> list[str]:
    """Return a line on the figures that name the passage, if there are any."""
    figures = load("figures")
    rests = [passage_id in ids.split() for ids in figures["passage_ids"]]
    shown = figures[rests]
    if shown.empty:
        return []
    links = [
        link(
            row["figure_id"],
            f"{row['notebook']}.html#{row['figure_id']}",
            row[lang.column("title")],
        )
        for row in shown.to_dict("records")
    ]
    return [_paragraph(f"{escape(lang.phrase('shown-in'))}: {' · '.join(links)}", "note")]


def _reference_of(passage_id: str, known: dict, lang: Language) -> list[str]:
    """Return a line on the reference that the passage holds, if it holds one."""
    table = load("references")
    held = table[table["passage_id"] == passage_id]["reference_id"]
    heading = escape(lang.heading("references", "reference_id"))
    links = [link(name, known["references"][name]) for name in held]
    return [_paragraph(f"{heading}: {reference}", "note") for reference in links]


def sources(lang: Language) -> str:
    """Return the outside sources, each with what it is and the claims it judges."""
    known = targets()["claims"]
    judged = _claims_by_source()
    entries = []
    for source in (
        load("sources").sort_values("publisher", key=lambda s: s.str.lower()).to_dict("records")
    ):
        about = [
            lang.label("sources", "kind", source["kind"]),
            lang.date(source["date"], source["precision"]),
            lang.phrase("read-through", carrier=source["carrier"])
            if pd.notna(source["carrier"])
            else "",
        ]
        parts = [
            _paragraph(
                _linked(source_title(source["source_id"]), source["url"], source["language"])
            ),
            _paragraph(escape(" · ".join(filter(None, about))), "note"),
        ]
        claims = judged.get(source["source_id"], [])
        if claims:
            links = " ".join(link(claim, known[claim]) for claim in claims)
            parts.append(_paragraph(f"{escape(lang.phrase('judges'))}: {links}", "note"))
        entries.append(_block("div", source["source_id"], "entry", parts))
    return "\n\n".join(entries)


def _claims_by_source() -> dict[str, list[str]]:
    checks = load("checks")
    pairs = pd.concat(
        checks[[name, "claim_id"]].set_axis(["source_id", "claim_id"], axis=1)
        for name in ("source_id", "second_source_id")
    ).dropna()
    ordered = in_reading_order(pairs.drop_duplicates().reset_index(drop=True), "claim_id")
    return ordered.groupby("source_id")["claim_id"].agg(list).to_dict()


def references(lang: Language) -> str:
    """Return the report's own references, repaired, each with the claims inferred to rest on it."""
    known = targets()
    resting = load("claim_references").groupby("reference_id")["claim_id"].agg(list).to_dict()
    entries = []
    for row in load("references").to_dict("records"):
        name = row["reference_id"]
        text = ". ".join(
            row[part] for part in ("authors", "title", "publisher") if pd.notna(row[part])
        )
        date = lang.date(row["date"], row["precision"])
        status = lang.label("references", "url_status", row["url_status"])
        parts = [
            _paragraph(f"{link(name, f'#{name}')} {_linked(text, row['url'])}"),
            _paragraph(
                escape(" · ".join(filter(None, [date, f"{lang.phrase('address')}: {status}"]))),
                "note",
            ),
            *_notes([row[lang.column("note")]], known),
        ]
        if name in resting:
            links = " ".join(link(claim, known["claims"][claim]) for claim in resting[name])
            parts.append(_paragraph(f"{escape(lang.phrase('rests-on-it'))}: {links}", "note"))
        entries.append(_block("div", name, "entry", parts))
    return "\n\n".join(entries)


def glossary(lang: Language) -> str:
    """Return the terms in the alphabetical order of the language, in both languages."""
    other = Language(next(code for code in ("ar", "en") if code != lang.code))
    known = targets()["passages"]
    entries = []
    terms = load("glossary")
    for term in terms.sort_values(lang.column("term"), key=_alphabetical).to_dict("records"):
        name, pair = term[lang.column("term")], term[other.column("term")]
        first = link(term["passage_id"], known[term["passage_id"]])
        head = (
            f'<dt id="{TERM_ANCHOR}{term["term_id"]}">{escape(name)} '
            f'<span lang="{other.code}" dir="{other.direction}">{escape(pair)}</span></dt>'
        )
        about = [
            escape(lang.label("glossary", "kind", term["kind"])),
            f"{escape(lang.phrase('first-printed'))}: {first}",
        ]
        if term["printed"] != term["term_ar"]:
            printed = f'<bdi lang="ar" dir="rtl">{escape(term["printed"])}</bdi>'
            about.append(f"{escape(lang.phrase('printed-as'))}: {printed}")
        body = " · ".join(about)
        note = term[lang.column("note")]
        body += f"<br>{escape(note)}" if pd.notna(note) else ""
        entries.append(f"{head}\n<dd>{body}</dd>")
    return '<dl class="terms">\n' + "\n".join(entries) + "\n</dl>"


def _alphabetical(names: pd.Series) -> pd.Series:
    # The article and hamza do not count in Arabic dictionaries.
    bare = names.str.lower().str.replace(r"^ال", "", regex=True)
    return bare.str.translate(str.maketrans("أإآ", "ااا"))


def errata(lang: Language) -> str:
    """Return the textual faults of the report, in reading order."""
    known = targets()
    entries = []
    for row in in_reading_order(load("errata"), "passage_id").to_dict("records"):
        kind = escape(lang.label("errata", "kind", row["kind"]))
        place = link(row["passage_id"], known["passages"][row["passage_id"]])
        parts = [_paragraph(f'{place} <span class="kind">{kind}</span>'), *_words(row, lang)]
        parts += _notes([row[lang.column("note")]], known)
        if pd.notna(row["source_id"]):
            source = link(
                row["source_id"], known["sources"][row["source_id"]], source_title(row["source_id"])
            )
            parts.append(_paragraph(f"{escape(lang.phrase('sources'))}: {source}", "note"))
        entries.append(_block("div", row["erratum_id"], "entry", parts))
    return "\n\n".join(entries)


def _words(erratum: dict, lang: Language) -> list[str]:
    """Return the words as printed and as they should read, where they are given."""
    return [
        _paragraph(
            f'{escape(lang.heading("errata", name))}: <bdi dir="auto">{escape(erratum[name])}</bdi>'
        )
        for name in ("printed", "corrected")
        if pd.notna(erratum[name])
    ]


def corrections(lang: Language) -> str:
    """Return our own corrections, the latest first."""
    known = targets()
    entries = []
    table = load("corrections").sort_values("date", ascending=False, kind="stable")
    for row in table.to_dict("records"):
        touched = " ".join(row[field] for field in ("tables", "ids") if pd.notna(row[field]))
        ids = " ".join(_linked_id(name, known) for name in touched.split())
        parts = [
            _paragraph(f"<strong>{escape(lang.date(row['date'], row['precision']))}</strong>"),
            _paragraph(with_links(row[lang.column("change")], known)),
            *_notes([row[lang.column("effect")]], known),
            _paragraph(f"{escape(lang.phrase('touches'))}: {ids}", "note"),
        ]
        entries.append(_block("div", row["correction_id"], "entry", parts))
    return "\n\n".join(entries)


def _linked_id(name: str, known: dict) -> str:
    """Return an identifier as a link; one that is explained nowhere stays bare."""
    address = target_of(name, known)
    return link(name, address) if address else f'<bdi dir="ltr"><code>{escape(name)}</code></bdi>'


# Pieces of HTML


def _block(tag: str, anchor: str, role: str, parts: Iterable[str]) -> str:
    inner = "\n".join(parts)
    return f'<{tag} id="{escape(anchor)}" class="{role}">\n{inner}\n</{tag}>'


def _paragraph(html: str, role: str = "") -> str:
    return f'<p class="{role}">{html}</p>' if role else f"<p>{html}</p>"


def _notes(texts: Iterable[object], known: dict) -> list[str]:
    return [_paragraph(with_links(str(text), known), "note") for text in texts if pd.notna(text)]


def _linked(text: str, url: object, language: object = None) -> str:
    """Return text that links to an outside address, where there is one."""
    known = f' lang="{language}"' if pd.notna(language) and language else ""
    inner = f'<bdi dir="auto"{known}>{escape(text)}</bdi>'
    return f'<a href="{escape(str(url))}">{inner}</a>' if pd.notna(url) else inner
