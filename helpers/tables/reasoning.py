"""Tables of goals, outcomes and challenges: links, positions, sums, strength, structure."""

from __future__ import annotations

import pandas as pd

from helpers import argument
from helpers.data import codes, load, source_ids, themes
from helpers.language import Language
from helpers.seminar import cohen_kappa
from helpers.tables.base import DASH, Table, source_label
from helpers.tables.overview import titles_of


def _titles(table: str, key: str, lang: Language) -> pd.Series:
    return load(table).set_index(key)[lang.column("title")]


def link_list(links: pd.DataFrame, lang: Language) -> Table:
    """List links as sentences, with the passage that states each or the reason for inferring it.

    Parameters
    ----------
    links : pandas.DataFrame
        As :func:`helpers.argument.links` returns it.
    lang : Language
        Language of the table.
    """
    titles = _titles("points", "point_id", lang)
    order = links.sort_values(["basis", "relation", "from_point", "to_point"])
    rows = [
        [
            titles[link["from_point"]],
            lang.label("argument_links", "relation", link["relation"]),
            titles[link["to_point"]],
            lang.label("argument_links", "basis", link["basis"]),
            link[lang.column("reason")] if pd.notna(link[lang.column("reason")]) else DASH,
            link["passage_id"] if pd.notna(link["passage_id"]) else "",
        ]
        for _, link in order.iterrows()
    ]
    fields = ("from_point", "relation", "to_point", "basis")
    headings = [lang.heading("argument_links", name) for name in fields]
    headings += [lang.phrase("reason"), lang.heading("argument_links", "passage_id")]
    counts = links["basis"].value_counts()
    about = {name: lang.number(int(counts.get(name, 0))) for name in ("stated", "inferred")}
    return Table(lang, headings, rows, codes=frozenset({5}), description_fields=about)


def positions(table: pd.DataFrame, lang: Language) -> Table:
    """List who takes which position on which theme.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`helpers.data.positions` returns it.
    lang : Language
        Language of the table.
    """
    titles = themes(table["theme_id"])[lang.column("title")]
    rows = [
        [
            position[lang.column("name")],
            lang.label("positions", "mode", position["mode"]),
            titles[position["theme_id"]],
            position[lang.column("text")],
            position["claim_id"],
        ]
        for _, position in table.iterrows()
    ]
    headings = [
        lang.heading("positions", "actor_id"),
        lang.heading("positions", "mode"),
        lang.heading("positions", "theme_id"),
        lang.phrase("statement"),
        lang.heading("positions", "claim_id"),
    ]
    fields = {
        "count": lang.number(len(table)),
        "actors": lang.number(table["actor_id"].nunique()),
    }
    return Table(lang, headings, rows, codes=frozenset({4}), description_fields=fields)


def package(sums: pd.DataFrame, lang: Language) -> Table:
    """Put the report's sums of the package beside those of other sources.

    Parameters
    ----------
    sums : pandas.DataFrame
        As :func:`helpers.data.package_accounts` returns it.
    lang : Language
        Language of the table.
    """
    rows = []
    for _, part in sums.iterrows():
        item = part[lang.column("item")]
        told = part["report_value"]
        note = part[lang.column("note")]
        rows.append(
            [
                item if pd.notna(item) else part[lang.column("title")],
                lang.number(told) if pd.notna(told) else lang.phrase("no-figure-given"),
                lang.number(part["value"]),
                note if pd.notna(note) else DASH,
                source_label(part["source_id"]),
                part["claim_id"],
            ]
        )
    headings = [
        lang.phrase("part"),
        lang.label("agreement_stages", "said_by", "report"),
        lang.label("agreement_stages", "said_by", "source"),
        lang.phrase("note"),
        lang.heading("indicators", "source_id"),
        lang.heading("indicators", "claim_id"),
    ]
    tens = sums[sums["report_value"].duplicated(keep=False) & sums["report_value"].notna()]
    return Table(
        lang,
        headings,
        rows,
        codes=frozenset({5}),
        citations=frozenset({4}),
        description_fields={
            "repeated": lang.number(tens["report_value"].iloc[0]) if len(tens) else DASH,
            "times": lang.number(len(tens)),
        },
        sources=source_ids(sums),
    )


def rates(implied: pd.DataFrame, lang: Language) -> Table:
    """Put the exchange rate that the report's sums imply beside the reference rates of the days.

    Parameters
    ----------
    implied : pandas.DataFrame
        As :func:`helpers.data.package_rates` returns it.
    lang : Language
        Language of the table.
    """
    reference = load("indicators").query("unit == 'usd_per_eur'").sort_values("date")
    rows = [
        [
            lang.phrase("implied-rate"),
            lang.number(pair["eur"]),
            lang.number(pair["usd"]),
            lang.number(pair["implied"], 4),
            pair["claim_id"],
        ]
        for _, pair in implied.iterrows()
    ]
    largest = implied["eur"].max()
    for _, day in reference.iterrows():
        name = f"{day[lang.column('title')]}, {lang.date(day['date'], day['precision'])}"
        rows.append(
            [
                name.replace(", ", "، ") if lang.is_rtl else name,
                lang.number(largest),
                lang.number(largest * day["value"], 2),
                lang.number(day["value"], 4),
                "",
            ]
        )
    headings = [
        lang.phrase("rate"),
        lang.phrase("eur-billion"),
        lang.phrase("usd-billion"),
        lang.phrase("usd-per-eur"),
        lang.heading("quantities", "claim_id"),
    ]
    fields = {
        "implied": lang.number(implied["implied"].iloc[0], 2),
        "low": lang.number(reference["value"].min(), 4),
        "high": lang.number(reference["value"].max(), 4),
    }
    return Table(
        lang,
        headings,
        rows,
        frozenset({4}),
        description_fields=fields,
        sources=source_ids(reference),
    )


def outcomes(coded: pd.DataFrame, lang: Language) -> Table:
    """List outcomes with verb, object, theme and strength.

    Parameters
    ----------
    coded : pandas.DataFrame
        As :func:`helpers.data.coded_outcomes` returns it.
    lang : Language
        Language of the table.
    """
    points = _titles("points", "point_id", lang)
    titles = themes(coded["theme_id"])[lang.column("title")]
    rows = [
        [
            points[item["point_id"]],
            item[lang.column("verb")],
            item[lang.column("text")],
            titles[item["theme_id"]],
            lang.label("outcome_codes", "strength", item["strength"]),
            item["claim_id"],
        ]
        for _, item in coded.iterrows()
    ]
    headings = [
        lang.heading("outcome_items", "point_id"),
        lang.phrase("verb"),
        lang.phrase("object"),
        lang.heading("outcome_items", "theme_id"),
        lang.heading("outcome_codes", "strength"),
        lang.heading("outcome_items", "claim_id"),
    ]
    counts = coded["strength"].value_counts()
    fields = {name: lang.number(int(counts.get(name, 0))) for name in counts.index}
    fields["count"] = lang.number(len(coded))
    return Table(lang, headings, rows, codes=frozenset({5}), description_fields=fields)


def coding(passes: pd.DataFrame, lang: Language) -> Table:
    """List the outcomes on which two passes of coding differ, with the code that is published.

    Parameters
    ----------
    passes : pandas.DataFrame
        As :func:`helpers.seminar.coding_passes` returns it.
    lang : Language
        Language of the table.
    """
    items = load("outcome_items").set_index("item_id")
    published = load("outcome_codes").query("coder == 'published'").set_index("item_id")
    differ = passes[passes["project_a"] != passes["project_b"]]
    rows = [
        [
            items.at[item_id, lang.column("text")],
            *(
                lang.label("outcome_codes", "strength", row[coder])
                for coder in codes("outcome_codes", "coder")
            ),
            published.at[item_id, lang.column("reason")],
            items.at[item_id, "claim_id"],
        ]
        for item_id, row in differ.iterrows()
    ]
    headings = [
        lang.phrase("object"),
        *lang.labels("outcome_codes", "coder").values(),
        lang.phrase("reason"),
        lang.heading("outcome_items", "claim_id"),
    ]
    kappa = cohen_kappa(passes["project_a"], passes["project_b"])
    fields = {
        "count": lang.number(len(passes)),
        "differ": lang.number(len(differ)),
        "kappa": lang.number(kappa, 2),
    }
    return Table(lang, headings, rows, codes=frozenset({5}), description_fields=fields)


def attention_and_delivery(attention: pd.Series, delivery: pd.DataFrame, lang: Language) -> Table:
    """List the attention of each theme, what of it leads on, and its outcomes by strength.

    Parameters
    ----------
    attention : pandas.Series
        As :func:`helpers.argument.attention` returns it.
    delivery : pandas.DataFrame
        As :func:`helpers.argument.delivery` returns it.
    lang : Language
        Language of the table.
    """
    titles = themes(attention.index)[lang.column("title")]
    strengths = lang.labels("outcome_codes", "strength")
    carried = _carried(("context", "goal"))
    rows = []
    for theme_id, share in attention.sort_values(ascending=False, kind="stable").items():
        row = delivery.loc[theme_id]
        highest = row["highest"]
        rows.append(
            [
                titles[theme_id],
                lang.percent(100 * share, 1),
                *_shares(carried.loc[theme_id], lang),
                *(lang.number(int(row[strength])) for strength in strengths),
                strengths[highest] if pd.notna(highest) else DASH,
            ]
        )
    headings = [
        lang.heading("point_themes", "theme_id"),
        lang.phrase("attention"),
        *(lang.phrase(name) for name in carried.columns),
        *strengths.values(),
        lang.phrase("highest"),
    ]
    idle = carried.eq(0)
    lists = {
        "without": delivery["highest"].isna(),
        "idle_stated": idle["carried-stated"],
        "idle": idle["carried-all"],
    }
    fields = {
        name: lang.join(titles[chosen[chosen].index]) if chosen.any() else lang.phrase("none")
        for name, chosen in lists.items()
    }
    return Table(lang, headings, rows, description_fields=fields)


def _carried(stages: tuple[str, ...]) -> pd.DataFrame:
    """Return what of each theme's weight leads on: by stated links, and by all."""
    return pd.DataFrame(
        {
            "carried-stated": argument.carried(stages, argument.STATED),
            "carried-all": argument.carried(stages, argument.ALL),
        }
    )


def _shares(shares: pd.Series, lang: Language) -> list[str]:
    return [lang.percent(100 * share, 0) if pd.notna(share) else DASH for share in shares]


def stage_themes(coverage: pd.DataFrame, lang: Language) -> Table:
    """List how much each theme weighs in each stage, and what of the context leads on.

    Parameters
    ----------
    coverage : pandas.DataFrame
        As :func:`helpers.argument.coverage` returns it.
    lang : Language
        Language of the table.
    """
    titles = themes(coverage.index)[lang.column("title")]
    stages = codes("points", "stage")
    carried = _carried(("context",))
    rows = [
        [
            titles[theme_id],
            *(lang.percent(100 * share, 1) for share in shares),
            *_shares(carried.loc[theme_id], lang),
        ]
        for theme_id, shares in coverage.iterrows()
    ]
    headings = [lang.heading("point_themes", "theme_id")]
    headings += [stages[name][lang.column("plural")] for name in coverage.columns]
    headings += [lang.phrase(name) for name in carried.columns]
    fields = {
        "themes": lang.number(len(rows)),
        "started": lang.number(int(carried["carried-all"].notna().sum())),
        "carried_stated": lang.number(int(carried["carried-stated"].gt(0).sum())),
        "carried": lang.number(int(carried["carried-all"].gt(0).sum())),
    }
    return Table(lang, headings, rows, description_fields=fields)


def loose_ends(lang: Language) -> Table:
    """Ask of the argument what leads nowhere and what is not answered, by stated links and by all.

    Parameters
    ----------
    lang : Language
        Language of the table.
    """
    questions = {
        "leads-nowhere": argument.leads_nowhere,
        "unanswered": argument.unanswered,
        "unannounced": argument.unannounced,
        "unmitigated": argument.unmitigated,
    }
    rows, fields = [], {}
    for phrase, ask in questions.items():
        stated, every = ask(argument.STATED), ask(argument.ALL)
        rows.append(
            [
                lang.phrase(phrase),
                f"{lang.number(len(stated))}: {titles_of(stated, lang)}",
                f"{lang.number(len(every))}: {titles_of(every, lang)}",
            ]
        )
        name = phrase.replace("-", "_")
        fields[f"{name}_stated"] = lang.number(len(stated))
        fields[name] = titles_of(every, lang)
    headings = [lang.phrase(name) for name in ("question", "stated-links", "all-links")]
    return Table(lang, headings, rows, description_fields=fields)


def path_counts(lang: Language) -> Table:
    """Count the lines of reasoning from each factor to each outcome: by stated links, and by all.

    Parameters
    ----------
    lang : Language
        Language of the table.
    """
    titles = _titles("points", "point_id", lang)
    stated, every = argument.path_counts(argument.STATED), argument.path_counts(argument.ALL)
    rows = [
        [
            titles[factor],
            *(
                f"{lang.number(int(stated.at[factor, outcome]))} / "
                f"{lang.number(int(every.at[factor, outcome]))}"
                if every.at[factor, outcome]
                else DASH
                for outcome in every.columns
            ),
        ]
        for factor in every.index
    ]
    headings = [lang.phrase("factor"), *(titles[outcome] for outcome in every.columns)]
    fields = {
        "stated": lang.number(int(stated.to_numpy().sum())),
        "every": lang.number(int(every.to_numpy().sum())),
        "reached": lang.number(int((stated.sum() > 0).sum())),
        "outcomes": lang.number(len(every.columns)),
    }
    return Table(lang, headings, rows, description_fields=fields)
