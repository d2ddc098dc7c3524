"""Rules of coding: the codebook explains every code, and every coder codes every object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

from helpers.data.faults import Fault
from helpers.data.known import codes_where
from helpers.data.languages import in_main
from helpers.data.rules.base import Tables, fault, first_by, rule
from helpers.data.rules.report import misnamed_links, shared_places
from helpers.data.schema import stored_codes, stored_fields

# The codebook, and the tables that say which codes its objects have.
CODED = (
    "codebook",
    "link_codes",
    "claim_codes",
    "outcome_codes",
    "themes",
    "commitment_stages",
)
# The codes that a coder gives to each object: one, or several.
Codes = dict[str, set[str]]


@rule(*CODED)
def rules_explain_codes_that_exist(tables: Tables) -> Iterator[Fault]:
    """A rule is about a code of its object, or about all of them."""
    known = {name: _codes_of(name, tables) for name in stored_codes("codebook", "object")}
    for row, (name, code) in tables["codebook"].rows("object", "code"):
        if code and name in known and code not in known[name]:
            yield fault("codebook", row, "code", code, f"one of {', '.join(known[name])}")


@rule(*CODED)
def every_code_is_explained(tables: Tables) -> Iterator[Fault]:
    """A code has one rule of its own, with an example and a counter-example."""
    rules: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    examined = [in_main("example"), in_main("counter_example")]
    for row, (name, code, *examples) in tables["codebook"].rows("object", "code", *examined):
        if code:
            rules[name, code].append(row)
        for field, text in zip(examined, examples, strict=True):
            if bool(text) != bool(code):
                expected = "text, as the rule defines a code" if code else "nothing, as it has none"
                yield fault("codebook", row, field, text, expected)
    for (_, code), rows in rules.items():
        for row in rows[1:]:
            yield fault("codebook", row, "code", code, "a code with one rule of its own")
    for name in stored_codes("codebook", "object"):
        for code in _codes_of(name, tables):
            if (name, code) not in rules:
                yield fault("codebook", 0, "code", f"{name} {code}", "a rule that defines the code")


def _codes_of(name: str, tables: Tables) -> list[str]:
    """Return the codes of an object of coding: of an enumerated field, or the ids of a table.

    Codes that only a coder who was asked less can give are left out.
    """
    place = stored_codes("codebook", "object")[name]["defined_in"]
    table, _, field = place.partition(".")
    if "codes" in stored_fields(table)[field]:
        known = stored_codes(table, field)
        return [code for code, entry in known.items() if not entry.get("asked_less")]
    return list(tables[table][field])


@rule("codebook")
def rules_have_their_own_place(tables: Tables) -> Iterator[Fault]:
    """No two rules of an object share an order."""
    columns = ("object", "order")
    yield from shared_places(tables, "codebook", columns, "an order used once in an object")


@rule("points", "argument_links", "link_codes")
def coded_links_are_admissible(tables: Tables) -> Iterator[Fault]:
    """A pair that is coded is one that its relation may join, and is named after what it says."""
    yield from misnamed_links(tables, "link_codes")
    known = set(admissible_links(tables))
    for row, (link,) in tables["link_codes"].rows("link_id"):
        if link not in known:
            yield fault("link_codes", row, "link_id", link, "a pair that a relation may join")


@rule("points", "argument_links", "link_codes")
def links_are_coded_by_every_pass(tables: Tables) -> Iterator[Fault]:
    """Whoever codes links codes every pair of points that a relation may join."""
    yield from _uncoded("link_codes", "link_id", admissible_links(tables), tables)


@rule("claims", "claim_codes")
def claims_are_coded_by_every_pass(tables: Tables) -> Iterator[Fault]:
    """Whoever codes claims codes each that is no repeat, unless the pass is of a sample."""
    claims = [
        claim for _, (claim, same) in tables["claims"].rows("claim_id", "same_as") if not same
    ]
    yield from _uncoded("claim_codes", "claim_id", claims, tables)


@rule("points", "theme_codes")
def points_are_coded_by_every_pass(tables: Tables) -> Iterator[Fault]:
    """Whoever codes themes finds one or more in every point."""
    yield from _uncoded("theme_codes", "point_id", tables["points"]["point_id"], tables)


@rule("commitments", "commitment_codes")
def promises_are_coded_by_every_pass(tables: Tables) -> Iterator[Fault]:
    """Whoever codes promises gives each a stage."""
    promises = tables["commitments"]["commitment_id"]
    yield from _uncoded("commitment_codes", "commitment_id", promises, tables)


def admissible_links(tables: Tables) -> list[str]:
    """Return the ids of all pairs of points that a relation may join, whether linked or not."""
    stages = first_by(tables["points"], "point_id", "stage")
    return [
        f"{start}-{relation}-{end}"
        for relation, code in stored_codes("argument_links", "relation").items()
        for pair in code["pairs"]
        for start in stages
        for end in stages
        if [stages[start], stages[end]] == pair
    ]


def _uncoded(table: str, key: str, objects: Collection[str], tables: Tables) -> Iterator[Fault]:
    """Name the objects that a coder passes over; whoever codes none is no coder yet."""
    samples = codes_where(table, "coder", sample=True)
    for coder, given in _codes_by_coder(table, key, key, tables).items():
        for name in objects if coder not in samples else ():
            if name not in given:
                yield fault(table, 0, key, f"{coder}: none", f"a code for {name}")


def _codes_by_coder(table: str, key: str, code: str, tables: Tables) -> dict[str, Codes]:
    given: defaultdict[str, Codes] = defaultdict(dict)
    for _, (coder, name, value) in tables[table].rows("coder", key, code):
        given[coder].setdefault(name, set()).add(value)
    return given


@rule("argument_links", "link_codes")
def published_links_are_those_of_the_argument(tables: Tables) -> Iterator[Fault]:
    """The published code of a pair is the basis of its link, or that there is none."""
    basis = first_by(tables["argument_links"], "link_id", "basis")
    (absent,) = codes_where("link_codes", "code", no_link=True)
    yield from _unpublished(
        "link_codes", "link_id", "code", lambda link: {basis.get(link, absent)}, tables
    )


@rule("claims", "claim_codes")
def published_claims_are_as_checkable(tables: Tables) -> Iterator[Fault]:
    """The published code of a claim is what the claim itself says."""
    checkable = first_by(tables["claims"], "claim_id", "checkable")
    yield from _unpublished(
        "claim_codes", "claim_id", "code", lambda claim: {checkable.get(claim, "")}, tables
    )


@rule("point_themes", "theme_codes")
def published_themes_are_those_of_the_points(tables: Tables) -> Iterator[Fault]:
    """The published themes of a point are those that have a weight in it."""
    themes = _themes_of_points(tables)
    yield from _unpublished(
        "theme_codes", "point_id", "theme_id", lambda point: themes[point], tables
    )


@rule("argument_links", "link_codes")
def published_links_follow_the_passes(tables: Tables) -> Iterator[Fault]:
    """A link is stated where the passes find it stated, or where its reason settles it so."""
    basis = first_by(tables["argument_links"], "link_id", "basis")
    stated = set(codes_where("link_codes", "code", needs=["passage_id"]))
    yield from _unsettled(
        "link_codes", "link_id", "code", lambda link: {basis.get(link, "")}, tables, alike=stated
    )


@rule("claims", "claim_codes")
def published_claims_follow_the_passes(tables: Tables) -> Iterator[Fault]:
    """A claim is as checkable as the passes find it, or as its reason settles it."""
    checkable = first_by(tables["claims"], "claim_id", "checkable")
    yield from _unsettled(
        "claim_codes", "claim_id", "code", lambda claim: {checkable.get(claim, "")}, tables
    )


@rule("point_themes", "theme_codes")
def published_themes_follow_the_passes(tables: Tables) -> Iterator[Fault]:
    """A point has the themes that the passes find in it, or that its reason settles."""
    themes = _themes_of_points(tables)
    yield from _unsettled(
        "theme_codes", "point_id", "theme_id", lambda point: themes[point], tables
    )


@rule("outcome_codes")
def published_strengths_follow_the_passes(tables: Tables) -> Iterator[Fault]:
    """An outcome has the strength that the passes give it, or that its reason settles."""
    (published,) = codes_where("outcome_codes", "coder", role="published")
    given = _codes_by_coder("outcome_codes", "item_id", "strength", tables)[published]
    yield from _unsettled(
        "outcome_codes", "item_id", "strength", lambda item: given.get(item, set()), tables
    )


def _unsettled(
    table: str,
    key: str,
    code: str,
    published: Callable[[str], set[str]],
    tables: Tables,
    alike: Collection[str] = (),
) -> Iterator[Fault]:
    """Name what is published against the passes, and what is settled without need or reason.

    Where ``alike`` names codes, all codes beside them are the same.
    """
    (settler,) = codes_where(table, "coder", role="published")
    passes = codes_where(table, "coder", role="pass")
    given = _codes_by_coder(table, key, code, tables)
    reasons = {
        name: (row, reason)
        for row, (coder, name, reason) in tables[table].rows("coder", key, in_main("reason"))
        if coder == settler
    }
    for name in given[passes[0]]:
        if any(name not in given[coder] for coder in passes):
            continue  # that a pass lacks is said elsewhere
        found = [_told_apart(given[coder][name], alike) for coder in passes]
        row, reason = reasons.get(name, (0, ""))
        differ = any(codes != found[0] for codes in found)
        if differ != bool(reason):
            expected = f"why {name} was settled so" if differ else "nothing, as the passes agree"
            yield fault(table, row, in_main("reason"), reason, expected)
        if _told_apart(published(name), alike) not in found:
            said = sorted({value for coder in passes for value in given[coder][name]})
            expected = f"what the passes found for {name}: {', '.join(said)}"
            yield fault(table, row, code, ", ".join(sorted(published(name))), expected)


def _told_apart(codes: set[str], alike: Collection[str]) -> frozenset[str]:
    return frozenset(codes & set(alike) if alike else codes)


def _themes_of_points(tables: Tables) -> defaultdict[str, set[str]]:
    themes: defaultdict[str, set[str]] = defaultdict(set)
    for _, (point, theme) in tables["point_themes"].rows("point_id", "theme_id"):
        themes[point].add(theme)
    return themes


@rule("conclusions", "themes", "points", "sections", "countries")
def conclusions_name_what_their_measure_takes(tables: Tables) -> Iterator[Fault]:
    """The subject of a conclusion names as much, and of the kinds, as its measure takes."""
    measures = stored_codes("conclusions", "measure")
    for row, (measure, subject) in tables["conclusions"].rows("measure", "subject"):
        takes, given = measures.get(measure, {}).get("takes"), subject.split()
        if takes is None:
            continue  # that there is no such measure is said of the code
        if len(given) != len(takes):
            expected = f"{', '.join(takes)}, as {measure} takes them"
            yield fault("conclusions", row, "subject", subject, expected)
            continue
        for kind, name in zip(takes, given, strict=True):
            if name not in _of_kind(kind, tables):
                yield fault("conclusions", row, "subject", name, f"a {kind} that exists")


def _of_kind(kind: str, tables: Tables) -> list[str]:
    """Return what a measure may take as a kind: listed, codes of a field, or ids of a table."""
    place = stored_fields("conclusions")["subject"]["kinds"][kind]
    if isinstance(place, list):
        return place
    table, _, field = place.partition(".")
    if "codes" in stored_fields(table)[field]:
        return list(stored_codes(table, field))
    return list(tables[table][field])


def _unpublished(
    table: str, key: str, code: str, wanted: Callable[[str], set[str]], tables: Tables
) -> Iterator[Fault]:
    """Name the published codes that are not those of the table that charts are drawn from."""
    published = codes_where(table, "coder", role="published")
    given = _codes_by_coder(table, key, code, tables)
    for row, (coder, name) in tables[table].rows("coder", key):
        if coder in published and given[coder][name] != wanted(name):
            expected = f"{', '.join(sorted(wanted(name))) or 'nothing'}, as it is published"
            yield fault(table, row, code, ", ".join(sorted(given[coder][name])), expected)
