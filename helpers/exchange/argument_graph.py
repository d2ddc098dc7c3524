"""The argument of the report for programs that read arguments: GraphML, AIF and Argdown.

Argument formats know two relations, support and attack; the report has five. The schema says for
each which of the two it is (``stance``), and the relation itself goes along as an attribute.
"""

from __future__ import annotations

import io
import json
import re
from typing import Any

import networkx as nx
import pandas as pd

from helpers.data import codes, links, load
from helpers.data.schema import stored_package
from helpers.exchange.text import as_json, given, records
from helpers.language import Language

STANCES = {"supports": "RA", "opposes": "CA"}  # inference and conflict, as AIF names them
DATE = "%Y-%m-%d %H:%M:%S"
SIGNS = {"supports": "+", "opposes": "-"}
SPECIAL = re.compile(r"([\\\[\]<>{}#*_@])")


def stance(relation: str) -> str:
    """Return whether a relation supports what it leads to, or opposes it."""
    return str(codes("argument_links", "relation")[relation]["stance"])


def graph() -> nx.DiGraph[str]:
    """Return points and links with all their attributes, in both languages.

    Examples
    --------
    >>> found = graph()
    >>> sorted(found.nodes)[0]
    'advice-agriculture'
    """
    found: nx.DiGraph[str] = nx.DiGraph(name=stored_package()["name"])
    for point in records(load("points"), "point_id"):
        found.add_node(point["point_id"], **_texts(point, skipped={"point_id"}))
    ends = {"from_point", "to_point"}
    fields = load("argument_links").columns
    for link in records(load("argument_links"), "link_id"):
        attributes = _texts({name: link[name] for name in fields}, skipped=ends)
        attributes["stance"] = stance(link["relation"])
        found.add_edge(link["from_point"], link["to_point"], **attributes)
    return found


def _texts(row: Any, skipped: set[str]) -> dict[str, Any]:
    return {str(name): value for name, value in given(**row).items() if name not in skipped}


def graphml() -> bytes:
    """Return the graph as GraphML; an edge has the id of its link."""
    file = io.BytesIO()
    nx.write_graphml_xml(graph(), file, edge_id_from_attribute="link_id")
    return file.getvalue()


def aif(lang: Language) -> bytes:
    """Return the argument in the JSON of the Argument Interchange Format.

    A point is an I-node; a link is an RA-node (support) or CA-node (attack) with an edge from its
    point and one to the other. Relation, basis, locator and reason stand at the node of the link,
    which tools pass over that do not know them.
    """
    day = pd.Timestamp(stored_package()["edition"]).strftime(DATE)
    nodes: list[dict[str, Any]] = [
        {
            "nodeID": point["point_id"],
            "text": lang.pick(point, "title"),
            "type": "I",
            "timestamp": day,
            **given(stage=point["stage"], passage=point["passage_id"]),
        }
        for point in records(load("points"), "point_id")
    ]
    edges = []
    for link in records(links(), "link_id"):
        name = str(link["link_id"])
        nodes.append({**_scheme(link, lang), "timestamp": day})
        for start, end in ((link["from_point"], name), (name, link["to_point"])):
            edge = {"edgeID": f"{start}>{end}", "fromID": start, "toID": end, "formEdgeID": None}
            edges.append(edge)
    return as_json({"nodes": nodes, "edges": edges, "locutions": []})


def _scheme(link: Any, lang: Language) -> dict[str, Any]:
    return {
        "nodeID": link["link_id"],
        "text": lang.label("argument_links", "relation", link["relation"]),
        "type": STANCES[stance(link["relation"])],
        **given(
            relation=link["relation"],
            basis=link["basis"],
            passage=link["passage_id"],
            reason=lang.pick(link, "reason"),
        ),
    }


def argdown(lang: Language) -> bytes:
    """Return the argument as Argdown: points are statements, links arguments between them.

    Relation, basis and locator are data of the argument.
    """
    about = stored_package()
    title = lang.titled(about)
    lines = ["===", f"title: {json.dumps(title, ensure_ascii=False)}", "==="]
    for point in records(load("points"), "order", "point_id"):
        text = _plain(lang.pick(point, "title"))
        data = given(stage=point["stage"], passage=point["passage_id"])
        lines += ["", f"[{point['point_id']}]: {text} #{point['stage']} {_data(data)}"]
    for link in records(links(), "link_id"):
        relation = lang.label("argument_links", "relation", link["relation"])
        text = f"{lang.pick(link, 'from')} {relation} {lang.pick(link, 'to')}"
        sign = SIGNS[stance(link["relation"])]
        data = given(relation=link["relation"], basis=link["basis"], passage=link["passage_id"])
        lines += [
            "",
            f"<{link['link_id']}>: {_plain(text)} {_data(data)}",
            f"  + [{link['from_point']}]",
            f"  {sign}> [{link['to_point']}]",
        ]
    return ("\n".join(lines) + "\n").encode()


def _data(entries: dict[str, Any]) -> str:
    inner = ", ".join(f"{name}: {json.dumps(value)}" for name, value in entries.items())
    return f"{{{inner}}}"


def _plain(text: str) -> str:
    r"""Return a text in which Argdown finds no markup.

    Examples
    --------
    >>> print(_plain("a [b] #c"))
    a \[b\] \#c
    """
    return SPECIAL.sub(r"\\\1", text)
