"""Maps: projection and lengths against pyproj, places in their countries, routes without a gap."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from helpers import geo
from helpers.data import load, map_places, route_legs, stated_lengths, validate
from helpers.data.outlines import outlines
from helpers.data.rules.general import bilingual_pairs
from helpers.data.schema import table_names
from helpers.geo import recipe
from helpers.geo.projection import CENTRE, EARTH_RADIUS, PARALLELS
from helpers.paths import NOTEBOOKS

OUTLINES = "reference/outlines.json"
# A world of two squares side by side, with the line between them stored once; one lies far off.
LINES = [
    [[10, 10], [0, -10], [-10, 0], [0, 10], [10, 0]],
    [[10, 10], [10, 0], [0, -10], [-10, 0]],
    [[10, 0], [0, 10]],
    [[90, 0], [5, 0], [0, 5], [-5, -5]],
]
WORLD = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "properties": {"a3": "WES"}, "arcs": [[0]]},
                {"type": "Polygon", "properties": {"a3": "EAS"}, "arcs": [[1, 2]]},
                {"type": "MultiPolygon", "properties": {"a3": "FAR"}, "arcs": [[[3]]]},
            ]
        }
    },
    "arcs": LINES,
}


@pytest.fixture
def twenty_points() -> tuple[np.ndarray, np.ndarray]:
    places = map_places()
    places = places[~places["beyond_map"]].iloc[::2].head(20)
    assert len(places) == 20
    return places["lon"].to_numpy(), places["lat"].to_numpy()


def test_the_projection_is_that_of_pyproj(twenty_points) -> None:
    """On a sphere to the metre; on the ellipsoid nearer than a line is wide on the map."""
    pyproj = pytest.importorskip("pyproj")
    (first, second), (lon, lat) = PARALLELS, CENTRE
    cone = f"+proj=lcc +lat_1={first} +lat_2={second} +lon_0={lon} +lat_0={lat}"
    ours = geo.projected(*twenty_points)
    for surface, metres in ((f"+R={EARTH_RADIUS * 1000}", 1), ("+ellps=WGS84", 10_000)):
        theirs = np.column_stack(pyproj.Proj(f"{cone} {surface}")(*twenty_points))
        assert np.abs(ours * 1000 - theirs).max() < metres


def test_great_circles_are_those_of_pyproj_within_half_a_per_cent(twenty_points) -> None:
    pyproj = pytest.importorskip("pyproj")
    points = list(zip(*twenty_points, strict=True))
    for start, end in pairwise(points):
        _, _, metres = pyproj.Geod(ellps="WGS84").inv(*start, *end)
        assert geo.great_circle(start, end) == pytest.approx(metres / 1000, rel=0.005)
    assert geo.way_length(points) == pytest.approx(
        sum(geo.great_circle(*pair) for pair in pairwise(points))
    )


def test_the_seam_of_the_plane_lies_opposite_its_centre() -> None:
    """The far east of Russia, west of the 180th meridian on paper, is drawn in the east."""
    before, after = geo.projected([179.9, -179.9], [65, 65])
    assert before[0] > 0 and np.abs(after - before).max() < 50


# Outlines


def test_a_country_ends_at_its_outline_and_shares_its_border() -> None:
    cut = geo.Outlines.from_topology(recipe.cut(WORLD, frame=(0, 0, 30, 30), steps=1))
    assert cut.contains("WES", 5, 5) and not cut.contains("WES", 15, 5)
    assert cut.contains("EAS", 15, 5)
    assert cut.covers(29, 29) and not cut.covers(31, 5)


def test_the_recipe_keeps_what_reaches_into_the_frame() -> None:
    cut = recipe.cut(WORLD, frame=(12, 0, 30, 30), steps=1)
    assert [shape["id"] for shape in cut["objects"]["countries"]["geometries"]] == ["EAS"]
    assert cut["bbox"] == [12, 0, 30, 30]
    assert len(cut["arcs"]) == 2, "lines of what is left out are left out"


def test_the_order_of_the_source_decides_nothing() -> None:
    shapes = WORLD["objects"]["countries"]["geometries"]
    turned = WORLD | {"objects": {"countries": {"geometries": shapes[::-1]}}}
    one, other = (recipe.cut(world, frame=(0, 0, 30, 30), steps=1) for world in (WORLD, turned))
    assert len(one["objects"]["countries"]["geometries"]) > 1 and one == other


def test_the_stored_outlines_are_what_the_recipe_makes() -> None:
    """Cut once more they stay as they are: the frame, the grid and the order are those of now."""
    from helpers.data import data_folder

    file = data_folder() / OUTLINES
    assert recipe.main(str(file)) == file.read_text(encoding="utf-8")


def test_every_line_of_the_outlines_has_one_side_or_two() -> None:
    assert {len(sides) for sides in outlines().sides.values()} == {1, 2}
    assert set(outlines().sides) == set(range(len(outlines().lines)))


def test_every_place_lies_inside_the_outline_of_its_country() -> None:
    known = outlines()
    places = map_places()
    asked = places[~places["beyond_map"] & places["country_id"].notna()]
    assert len(asked) > 40
    for place in asked.itertuples():
        assert known.contains(place.country_id, place.lon, place.lat), place.place_id
    village = (80.385, 44.223)  # Khorgos itself: why the station of the crossing stands for it
    assert known.contains("CHN", *village)


def test_a_ring_that_crosses_itself_is_named(data_copy: Path) -> None:
    path = data_copy / OUTLINES
    topology = json.loads(path.read_text(encoding="utf-8"))
    shape = next(s for s in topology["objects"]["countries"]["geometries"] if s["id"] == "MLT")
    topology["arcs"].append([[1400, 3600], [100, 100], [0, -100], [-100, 100], [0, -100]])
    shape["arcs"].append([[len(topology["arcs"]) - 1]])
    path.write_text(json.dumps(topology), encoding="utf-8")
    (fault,) = [fault for fault in validate() if fault.file == OUTLINES]
    assert fault.field == "MLT"
    assert "crosses itself at 15 E, 36 N" in fault.value


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"bbox":', '"box":', "a TopoJSON topology with transform, bbox"),
        ('"arcs":[[[', '"arcs":[[[99999,', "rings of the"),
        ('{"type"', '"type"', "JSON"),
    ],
)
def test_outlines_that_cannot_be_read_are_named_once(change, old, new, expected) -> None:
    change(OUTLINES, old, new)
    (fault,) = [fault for fault in validate() if fault.file == OUTLINES]
    assert expected in fault.expected


def test_a_package_without_outlines_says_so(change) -> None:
    change("datapackage.json", '"name": "outlines"', '"name": "shapes"')
    assert "the resource outlines" in "".join(fault.expected for fault in validate())


# Routes


def test_legs_join_end_to_end_and_lines_hang_together() -> None:
    legs = route_legs()
    for _, route in legs.groupby("route_id"):
        assert list(route["from_place"][1:]) == list(route["to_place"][:-1])
    for _, line in legs.groupby("line", observed=True):
        reached, rest = {line["from_place"].iloc[0]}, line
        while True:
            near = rest["from_place"].isin(reached) | rest["to_place"].isin(reached)
            if not near.any():
                break
            reached |= {*rest[near]["from_place"], *rest[near]["to_place"]}
            rest = rest[~near]
        assert rest.empty, "every branch begins or ends on its line"


def test_no_stated_length_is_shorter_than_the_great_circle() -> None:
    lengths = stated_lengths()
    stated = lengths[lengths["km"].notna()]
    assert len(stated) == len(load("route_lengths"))
    short = stated[stated["km"] < stated["great_circle_km"]]
    assert short.empty, f"impossible: {list(short['length_id'])}"
    assert set(lengths["source_id"].notna()) == {True, False}
    assert stated["source_id"].notna().all(), "no length without its source"


def test_a_line_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown line 'silk_road'; known: trans_caspian"):
        route_legs("silk_road")
    with pytest.raises(ValueError, match="unknown line"):
        stated_lengths("silk_road")


def test_names_of_places_are_spelt_in_one_way() -> None:
    """What places.csv lists as another spelling stands in no text for readers."""
    places = load("places")
    others = {
        other: name
        for name, also in zip(places["name_ar"], places["also"].fillna(""), strict=True)
        for other in also.split("; ")
        if other
    }
    assert len(others) > 15
    texts = {
        f"{table}.{column}": " ".join(load(table)[column].dropna())
        for table in table_names()
        for column, _ in bilingual_pairs(table)
    }
    for path in NOTEBOOKS.glob("ar/*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts[path.name] = " ".join("".join(cell["source"]) for cell in cells)
    for where, text in texts.items():
        words = f" {' '.join(text.replace('،', ' ').replace('.', ' ').split())} "
        for other, ours in others.items():
            assert f" {other} " not in words, f"{where}: write {ours}, not {other}"
