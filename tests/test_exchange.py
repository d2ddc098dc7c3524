"""Exports for other programs: counts, ids and texts survive, and those programs read them."""

from __future__ import annotations

import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from helpers import exchange
from helpers.data import codes, load, standings, what_if
from helpers.exchange import argument_graph, csvw, packages
from helpers.exchange.text import given
from helpers.export import can_write_parquet, to_parquet
from helpers.language import Language

LANGS = {code: Language(code) for code in ("ar", "en")}
ARABIC = re.compile(r"[\u0621-\u064a]")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return exchange.files()


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exchange")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode().splitlines()]


def test_the_same_tables_give_the_same_bytes(files: dict[str, bytes]) -> None:
    assert exchange.files() == files


# The argument


def test_graphml_has_every_point_and_link_with_all_that_is_known_of_them(
    files: dict[str, bytes],
) -> None:
    graph = nx.read_graphml(io.BytesIO(files["argument.graphml"]))
    points = load("points").set_index("point_id")
    assert set(graph.nodes) == set(points.index)
    for name, held in graph.nodes(data=True):
        assert held == given(**points.loc[name].to_dict()), "an empty cell is no attribute"
    links = load("argument_links").set_index("link_id")
    edges = {held["link_id"]: (start, end, held) for start, end, held in graph.edges(data=True)}
    assert set(edges) == set(links.index)
    for name, (start, end, held) in edges.items():
        row = links.loc[name]
        assert (start, end) == (row["from_point"], row["to_point"])
        assert held["relation"] == row["relation"] and held["basis"] == row["basis"]
        assert held["stance"] == codes("argument_links", "relation")[row["relation"]]["stance"]


@pytest.mark.parametrize("code", LANGS)
def test_aif_keeps_the_relation_that_its_two_kinds_of_link_cannot_tell(
    files: dict[str, bytes], code: str
) -> None:
    held = json.loads(files[f"argument.{code}.aif.json"])
    nodes = {node["nodeID"]: node for node in held["nodes"]}
    assert len(nodes) == len(held["nodes"]) == len(load("points")) + len(load("argument_links"))
    for link in load("argument_links").to_dict("records"):
        node = nodes[link["link_id"]]
        assert (node["relation"], node["basis"]) == (link["relation"], link["basis"])
        assert node["type"] == ("CA" if link["relation"] in ("threatens", "mitigates") else "RA")
    ends = {(edge["fromID"], edge["toID"]) for edge in held["edges"]}
    assert len(ends) == len(held["edges"]) == 2 * len(load("argument_links"))
    for link in load("argument_links").to_dict("records"):
        assert {(link["from_point"], link["link_id"]), (link["link_id"], link["to_point"])} <= ends
    texts = [node["text"] for node in held["nodes"]]
    assert all(bool(ARABIC.search(text)) == (code == "ar") for text in texts)


@pytest.mark.parametrize("code", LANGS)
def test_argdown_has_a_statement_a_point_and_an_argument_a_link(
    files: dict[str, bytes], code: str
) -> None:
    text = files[f"argument.{code}.argdown"].decode()
    assert set(re.findall(r"^\[(.+?)\]:", text, re.M)) == set(load("points")["point_id"])
    assert set(re.findall(r"^<(.+?)>:", text, re.M)) == set(load("argument_links")["link_id"])
    opposed = {"threatens", "mitigates"}
    for link in load("argument_links").to_dict("records"):
        sign = "-" if link["relation"] in opposed else "+"
        ends = f"  + [{link['from_point']}]\n  {sign}> [{link['to_point']}]\n"
        assert re.search(rf"^<{link['link_id']}>: .*\n{re.escape(ends)}", text, re.M)


def test_markup_in_a_title_stays_text() -> None:
    points = load("points")
    hostile = '[x]: <y> #tag {a: 1} *b* _c_ @d "e" \\f'
    with what_if(points=points.assign(title_en=[hostile, *points["title_en"][1:]])):
        text = argument_graph.argdown(LANGS["en"]).decode()
        told = json.loads(argument_graph.aif(LANGS["en"]))
    [line] = [line for line in text.splitlines() if line.startswith(f"[{points.iloc[0, 0]}]:")]
    plain = re.sub(r"\\.", "", line.split("]:", 1)[1].split(" #")[0])
    assert not re.search(r"[\[\]<>{}#*_@]", plain)
    assert hostile in [node["text"] for node in told["nodes"]]
    assert len(re.findall(r"^\[", text, re.M)) == len(points)


def test_a_relation_that_the_schema_calls_opposing_is_an_attack(data_copy: Path) -> None:
    path = data_copy / "schema" / "argument_links.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    [field] = [field for field in schema["fields"] if field["name"] == "relation"]
    [answers] = [code for code in field["codes"] if code["value"] == "answers"]
    answers["stance"] = "opposes"
    path.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    assert argument_graph.stance("answers") == "opposes"


@pytest.mark.engines
@pytest.mark.parametrize("code", LANGS)
def test_arguebuf_reads_the_argument(folder: Path, code: str) -> None:
    arguebuf = pytest.importorskip("arguebuf")
    content = json.loads((folder / f"argument.{code}.aif.json").read_text(encoding="utf-8"))
    graph = arguebuf.load.aif(content)
    assert set(graph.atom_nodes) == set(load("points")["point_id"])
    assert set(graph.scheme_nodes) == set(load("argument_links")["link_id"])
    assert len(graph.edges) == 2 * len(load("argument_links"))


# Fact checks


def judged() -> pd.DataFrame:
    every = standings()
    return every[every["verdict"].notna() & (every["verdict"] != "not_checkable")]


@pytest.mark.parametrize("code", LANGS)
def test_a_claim_review_a_verdict_and_every_place_that_says_the_claim(
    files: dict[str, bytes], code: str
) -> None:
    graph = json.loads(files[f"claims.{code}.claimreview.jsonld"])["@graph"]
    reviews = {review["identifier"]: review for review in graph}
    rows = judged()
    assert len(reviews) == len(graph) == rows["judged_id"].nunique()
    checks = load("checks").set_index("check_id")
    for name, review in reviews.items():
        check, lang = checks.loc[name], LANGS[code]
        assert review["itemReviewed"]["identifier"] == check["claim_id"]
        places = {each["identifier"] for each in review["itemReviewed"]["appearance"]}
        assert places == set(rows[rows["judged_id"] == check["claim_id"]]["passage_id"])
        rating = review["reviewRating"]
        assert rating["alternateName"] == lang.label("checks", "verdict", check["verdict"])
        assert ("ratingValue" in rating) == (check["verdict"] != "not_found")
        assert rating["ratingExplanation"] == check[f"note_{code}"]
        cited = [source["identifier"] for source in review.get("citation", [])]
        wanted = [check["source_id"], check["second_source_id"]]
        assert cited == [name for name in wanted if pd.notna(name)]
    order = {"contradicted": 1, "imprecise": 2, "confirmed": 3}
    rated = {
        checks.loc[name, "verdict"]: review["reviewRating"]["ratingValue"]
        for name, review in reviews.items()
        if "ratingValue" in review["reviewRating"]
    }
    assert rated == {name: order[name] for name in rated} and len(rated) == len(order)


def test_both_languages_have_the_same_claims_and_verdicts(files: dict[str, bytes]) -> None:
    arabic, english = (lines(files[f"claims.{code}.averitec.jsonl"]) for code in LANGS)
    same = ("claim_id", "check_id", "label", "verdict", "locators", "confidence", "checked_on")
    assert [[row[name] for name in same] for row in arabic] == [
        [row[name] for name in same] for row in english
    ]
    assert all(ARABIC.search(row["claim"]) for row in arabic)
    assert not any(ARABIC.search(row["claim"]) for row in english)


def test_lines_have_the_shape_of_averitec(files: dict[str, bytes]) -> None:
    labels = {
        "confirmed": "Supported",
        "imprecise": "Conflicting Evidence/Cherrypicking",
        "contradicted": "Refuted",
        "not_found": "Not Enough Evidence",
    }
    urls = load("sources").set_index("source_id")["url"]
    rows = lines(files["claims.en.averitec.jsonl"])
    assert len(rows) == judged()["judged_id"].nunique()
    for row in rows:
        assert row["label"] == labels[row["verdict"]]
        [question] = row["questions"]
        [answer] = question["answers"]
        assert answer["answer"] == row["justification"]
        if answer["answer_type"] == "Abstractive":
            first = answer["source_ids"][0]
            assert answer.get("source_url", "") == (urls[first] if pd.notna(urls[first]) else "")
        else:
            check = load("checks").set_index("check_id").loc[row["check_id"]]
            assert answer["answer_type"] == "Unanswerable" and pd.isna(check["source_id"])


def test_a_date_is_no_more_exact_than_it_is_known(files: dict[str, bytes]) -> None:
    sources = load("sources").set_index("source_id")
    reviews = json.loads(files["claims.en.claimreview.jsonld"])["@graph"]
    cited = [source for review in reviews for source in review.get("citation", [])]
    lengths = {"day": 10, "month": 7, "year": 4}
    for source in cited:
        row = sources.loc[source["identifier"]]
        dated = source.get("datePublished", "")
        assert len(dated) == (lengths[row["precision"]] if pd.notna(row["date"]) else 0)


# Packages


@pytest.mark.parametrize("code", LANGS)
def test_the_descriptor_gives_the_size_and_checksum_of_each_file(
    files: dict[str, bytes], code: str
) -> None:
    held = json.loads(files[f"package/{packages.descriptor_name(code)}"])
    assert held["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert {"id", "created", "keywords", "languages", "licenses"} <= set(held)
    paths = [resource["path"] for resource in held["resources"]]
    assert len(paths) == len(set(paths))
    for resource in held["resources"]:
        content = files[f"package/{resource['path']}"]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
    csvs = {name.removeprefix("package/") for name in files if name.endswith(".csv")}
    assert csvs <= set(paths), "every table is described"


def test_codes_are_categories_in_their_order(files: dict[str, bytes]) -> None:
    for code, lang in LANGS.items():
        held = json.loads(files[f"package/{packages.descriptor_name(code)}"])
        for resource in held["resources"]:
            for field in resource.get("schema", {}).get("fields", []):
                listed = field.get("codes", [])
                values = [{"value": each["value"], "label": each["title"]} for each in listed]
                assert field.get("categories", []) == values
                if listed:
                    labels = lang.labels(resource["name"], field["name"])
                    assert [each["label"] for each in values] == list(labels.values())


def test_the_arabic_descriptor_is_in_arabic_and_holds_no_other_texts(
    files: dict[str, bytes],
) -> None:
    held = json.loads(files["package/datapackage.ar.json"])
    texts = [held["title"], held["description"], *held["keywords"]]
    for resource in held["resources"]:
        fields = resource.get("schema", {}).get("fields", [])
        texts += [part[name] for part in (resource, *fields) for name in ("title", "description")]
    assert [text for text in texts if not (ARABIC.search(text) or text.isupper())] == []
    english = json.loads(files["package/datapackage.json"])
    assert not any(re.search(r'"[a-z]+_(ar|en)":', json.dumps(each)) for each in (held, english))


def test_frictionless_reads_the_package(folder: Path) -> None:
    from frictionless import Package

    for code in LANGS:
        package = Package(str(folder / "package" / packages.descriptor_name(code)))
        tables = [resource for resource in package.resources if resource.format == "csv"]
        assert len(tables) == sum(name.endswith(".csv") for name in exchange.files())
        [claims] = [resource for resource in tables if resource.name == "claims"]
        assert len(claims.read_rows()) == len(load("claims"))


def test_only_tables_have_a_type_as_version_2_knows_no_other(files: dict[str, bytes]) -> None:
    for code in LANGS:
        held = json.loads(files[f"package/{packages.descriptor_name(code)}"])
        types = {entry.get("type") for entry in held["resources"] if "schema" in entry}
        assert types == {"table"}
        assert not any("type" in entry for entry in held["resources"] if "schema" not in entry)


def test_check_datapackage_finds_nothing(files: dict[str, bytes]) -> None:
    library = pytest.importorskip("check_datapackage", reason="needs Python 3.12")
    for code in LANGS:
        held = json.loads(files[f"package/{packages.descriptor_name(code)}"])
        assert library.check(held) == []


@pytest.mark.engines
def test_csvw_reads_every_row_by_its_types_and_keys(folder: Path) -> None:
    library = pytest.importorskip("csvw")
    group = library.TableGroup.from_file(folder / "package" / exchange.CSVW)
    read = {table.url.string: list(table.iterdicts(strict=True)) for table in group.tables}
    described = {entry["path"]: entry["name"] for entry in _resources()}
    assert {described[path]: len(rows) for path, rows in read.items()} == {
        name: len(load(name)) for name in described.values()
    }
    assert group.check_referential_integrity()


def _resources() -> list[dict[str, Any]]:
    from helpers.data.schema import package

    return package()["resources"]


def test_csvw_has_titles_in_both_languages() -> None:
    held = json.loads(csvw.metadata())
    for table in held["tables"]:
        for column in table["tableSchema"]["columns"]:
            assert set(column["titles"]) == set(LANGS)
            arabic = column["titles"]["ar"]
            assert ARABIC.search(arabic) or arabic.isupper(), "a name in capitals, such as SQL"


def test_the_crate_names_every_file_with_its_checksum(files: dict[str, bytes]) -> None:
    graph = json.loads(files[f"package/{exchange.CRATE}"])["@graph"]
    parts = {entry["@id"]: entry for entry in graph if entry["@type"] == "File"}
    there = {name.removeprefix("package/") for name in files if name.startswith("package/")}
    assert set(parts) == there - {exchange.CRATE}
    for path, part in parts.items():
        content = files[f"package/{path}"]
        assert part["sha256"] == hashlib.sha256(content).hexdigest()
        assert part["contentSize"] == str(len(content))
    [root] = [entry for entry in graph if entry["@id"] == "./"]
    assert {part["@id"] for part in root["hasPart"]} == set(parts)


@pytest.mark.engines
def test_rocrate_reads_the_crate(folder: Path) -> None:
    library = pytest.importorskip("rocrate.rocrate")
    read = library.ROCrate(folder / "package")
    assert len(read.root_dataset["hasPart"]) == len(crate_files(folder))


def crate_files(folder: Path) -> list[Path]:
    every = [path for path in (folder / "package").rglob("*") if path.is_file()]
    return [path for path in every if path.name != exchange.CRATE]


@pytest.mark.engines
@pytest.mark.skipif(not can_write_parquet(), reason="pyarrow is large, and optional")
def test_parquet_gives_the_tables_back_as_they_are_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.export.structural_faults", list)  # asks for frictionless
    written = to_parquet(tmp_path / "parquet")
    for path in sorted(written.iterdir()):
        read, table = pd.read_parquet(path), load(path.stem)
        assert list(read.columns) == list(table.columns)
        kinds = [[kind.kind for kind in frame.dtypes] for frame in (read, table)]
        assert kinds[0] == kinds[1]
        # Parquet knows no whole seconds.
        pd.testing.assert_frame_equal(read.astype(table.dtypes.to_dict()), table)
