"""Layers: compact paths with shared borders, anchors inside, one frame for both levels."""

from __future__ import annotations

import gzip
import json
import re

import geopandas as gpd
import pytest
import shapely

from geo.boundaries.model import WGS84, BoundarySet, indicative_boundaries
from geo.layers import Layer, Level, build_layer, layer_json

SQUARES = {
    "36.04.12": shapely.box(106.30, -6.05, 106.35, -6.00),
    "36.04.13": shapely.box(106.35, -6.05, 106.40, -6.00),
}


@pytest.fixture(scope="module")
def desa() -> Layer:
    return build_layer(indicative_boundaries(), "desa")


@pytest.fixture(scope="module")
def kecamatan() -> Layer:
    return build_layer(indicative_boundaries(), "kecamatan")


def squares(shapes: dict[str, shapely.Geometry] = SQUARES) -> BoundarySet:
    frame = gpd.GeoDataFrame(
        {"code": list(shapes), "name": ["Pontang", "Tirtayasa"]},
        geometry=list(shapes.values()),
        crs=WGS84,
    )
    return BoundarySet(frame, None, "contoh", None, True, "x")


def outlines(path: str) -> list[list[tuple[float, float]]]:
    """Points of each ring of a path, rounded to the tenths it is written in."""
    rings = []
    for start, steps in re.findall(r"M([^l]+)l([^Mz]+)", path):
        x, y = map(float, start.split())
        points = [(x, y)]
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = round(x + dx, 1), round(y + dy, 1)
            points.append((x, y))
        rings.append(points)
    return rings


def test_levels_share_one_frame(desa: Layer, kecamatan: Layer) -> None:
    assert (desa.width, desa.height, desa.units_per_km) == (
        kecamatan.width,
        kecamatan.height,
        kecamatan.units_per_km,
    )


def test_every_area_has_a_path(desa: Layer, kecamatan: Layer) -> None:
    assert [len([s for s in layer.shapes if s.path]) for layer in (desa, kecamatan)] == [326, 29]


def test_all_points_lie_in_the_frame(desa: Layer) -> None:
    points = [p for shape in desa.shapes for ring in outlines(shape.path) for p in ring]
    assert all(0 <= x <= desa.width and 0 <= y <= desa.height for x, y in points)


def test_scale_is_that_of_the_ground() -> None:
    left, right = build_layer(squares(), "kecamatan").shapes
    layer = build_layer(squares(), "kecamatan")
    # 0.05 degrees of longitude at 6 degrees south.
    assert (right.x - left.x) / layer.units_per_km == pytest.approx(5.53, abs=0.05)


def test_neighbours_share_points() -> None:
    left, right = build_layer(squares(), "kecamatan").shapes
    common = set(outlines(left.path)[0]) & set(outlines(right.path)[0])
    assert len(common) >= 2


@pytest.mark.parametrize("level", ["desa", "kecamatan"])
def test_anchor_lies_in_its_shape(level: Level) -> None:
    for shape in build_layer(indicative_boundaries(), level).shapes:
        parts = [shapely.Polygon(ring).buffer(0) for ring in outlines(shape.path)]
        assert any(part.contains(shapely.Point(shape.x, shape.y)) for part in parts)


def test_room_is_the_width_of_a_square() -> None:
    layer = build_layer(squares(), "kecamatan")
    assert layer.shapes[0].room / layer.units_per_km == pytest.approx(5.53, abs=0.2)


def test_inner_borders_only_at_desa_level(desa: Layer, kecamatan: Layer) -> None:
    assert desa.inner
    assert kecamatan.inner == ""


def test_regions_are_the_kecamatan(desa: Layer, kecamatan: Layer) -> None:
    assert [place.name for place in desa.regions] == [shape.name for shape in kecamatan.shapes]


def test_neighbours_and_seas_are_named(desa: Layer) -> None:
    assert {"Kota Serang", "Kota Cilegon", "Kab. Tangerang", "Laut Jawa", "Selat Sunda"} <= {
        place.name for place in desa.places
    }


def test_same_set_gives_same_bytes(desa: Layer) -> None:
    assert layer_json(desa) == layer_json(build_layer(indicative_boundaries(), "desa"))


def test_digest_differs_between_levels(desa: Layer, kecamatan: Layer) -> None:
    assert desa.digest != kecamatan.digest


def test_json_is_small(desa: Layer) -> None:
    assert len(gzip.compress(layer_json(desa))) < 65_000


def test_json_holds_the_shapes(kecamatan: Layer) -> None:
    first = json.loads(layer_json(kecamatan))["shapes"][0]
    assert (first["code"], first["name"]) == ("36.04.05", "Kramatwatu")


def test_overlapping_shapes_are_drawn() -> None:
    overlap = {**SQUARES, "36.04.12": shapely.box(106.30, -6.05, 106.36, -6.00)}
    assert all(shape.path for shape in build_layer(squares(overlap), "kecamatan").shapes)


def test_set_without_desa_has_no_desa_layer() -> None:
    with pytest.raises(ValueError, match="hanya memuat kecamatan"):
        build_layer(squares(), "desa")
