"""Areas in several rows are joined and said; no ground is lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely import affinity
from shapely.geometry import mapping

from geo.boundaries import inspect_boundaries
from geo.boundaries import repair as repair_module
from geo.errors import BadShapeError, DuplicateShapesError
from geo.gazetteer import gazetteer

pytestmark = pytest.mark.usefixtures("in_this_process")


def _feature(shape: shapely.Geometry | None, **properties: Any) -> dict[str, Any]:
    geometry = None if shape is None else mapping(shape)
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _by_code(code: str) -> dict[str, str]:
    return {"kode": code}


def _by_name(code: str) -> dict[str, str]:
    return {"nama": gazetteer().name(code)}


@pytest.mark.parametrize("named", [_by_code, _by_name])
def test_islands_in_rows_of_their_own_are_joined(
    named: Callable[[str], dict[str, str]],
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    parts = kecamatan_frame.explode(index_parts=False)
    features = [_feature(row.geometry, **named(row.code)) for row in parts.itertuples(index=False)]
    inspection = inspect_boundaries(write_geojson(features))
    report = inspection.report
    assert (report.matched["kecamatan"], report.outside_area, report.left_over) == (29, 0, ())
    assert any("digabung menjadi" in sentence for sentence in report.problems)
    assert inspection.boundaries is not None
    drawn = shapely.area(inspection.boundaries.kecamatan.geometry.to_numpy()).sum()
    assert drawn == pytest.approx(shapely.area(kecamatan_frame.geometry.to_numpy()).sum())


def test_an_island_without_a_desa_stays_with_its_kecamatan(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    features = [
        _feature(row.geometry, **_by_name(row.code))
        for row in kecamatan_frame.itertuples(index=False)
    ]
    islet = affinity.translate(shapely.box(106.0, -5.85, 106.01, -5.84), -0.02, -0.02)
    report = inspect_boundaries(
        write_geojson([*features, _feature(islet, nama="Pulo Ampel")])
    ).report
    assert (report.matched["kecamatan"], report.outside_area) == (29, 0)
    assert "2 bentuk digabung menjadi 1 wilayah: Pulo Ampel (2)." in report.problems


@pytest.mark.parametrize(
    "columns",
    [("KDCPUM", "WADMKC"), ("KDCPUM",), ("WADMKC",)],
)
def test_desa_that_carry_only_their_kecamatan_are_dissolved(
    columns: tuple[str, ...], desa_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    features = [
        _feature(
            row.geometry,
            **{
                column: row.code[:8] if column == "KDCPUM" else gazetteer().name(row.code[:8])
                for column in columns
            },
        )
        for row in desa_frame.itertuples(index=False)
    ]
    report = inspect_boundaries(write_geojson(features)).report
    assert (report.level, report.matched["kecamatan"]) == ("kecamatan", 29)
    assert "326 bentuk digabung menjadi 29 wilayah" in " ".join(report.problems)


def test_pieces_of_desa_are_joined_by_their_desa(
    desa_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    features = []
    for row in desa_frame.itertuples(index=False):
        west, south, east, north = row.geometry.bounds
        middle = (west + east) / 2
        for number, half in enumerate(
            (shapely.box(west, south, middle, north), shapely.box(middle, south, east, north))
        ):
            features.append(
                _feature(
                    row.geometry.intersection(half),
                    nmkec=gazetteer().name(row.code[:8]).upper(),
                    nmdesa=row.name.upper(),
                    nmsls=f"RT {number:03}",
                )
            )
    report = inspect_boundaries(write_geojson(features)).report
    assert (report.matched["desa"], report.schema) == (326, "BPS")


@pytest.mark.parametrize("grown", [0.0, 0.003])
def test_an_area_drawn_twice_is_refused(
    grown: float,
    kecamatan_features: list[Any],
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    again = kecamatan_frame.geometry[6].buffer(-grown)
    features = [*kecamatan_features, _feature(again, kode="36.04.12", nama="Pontang")]
    assert isinstance(inspect_boundaries(write_geojson(features)).error, DuplicateShapesError)


def test_an_old_extent_beside_the_new_area_is_said_or_refused(
    kecamatan_features: list[Any],
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    shapes = kecamatan_frame.set_index("code").geometry
    old = shapes["36.04.12"].union(shapes["36.04.35"])
    kecamatan_features[6]["geometry"] = mapping(old)
    report = inspect_boundaries(write_geojson(kecamatan_features)).report
    assert "Pontang" in report.problems[0] or "Lebak Wangi" in report.problems[0]


def test_a_settlement_of_a_near_name_is_asked_about_and_cuts_nothing(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    features = [
        _feature(row.geometry, nama=row.name)
        for row in kecamatan_frame.itertuples(index=False)
        if row.name != "Pontang"
    ]
    around = kecamatan_frame.geometry[28]
    settlement = around.representative_point().buffer(0.005)
    inspection = inspect_boundaries(
        write_geojson([*features, _feature(settlement, nama="Pontang Lor")])
    )
    assert [note.name for note in inspection.report.candidates] == ["Pontang Lor"]
    assert inspection.boundaries is not None
    assert inspection.boundaries.kecamatan.geometry.iloc[-1].area == pytest.approx(around.area)


def test_ground_that_no_area_takes_is_said(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    features = [
        _feature(row.geometry, nama="Wilayah X" if number == 4 else row.name)
        for number, row in enumerate(kecamatan_frame.itertuples(index=False))
    ]
    report = inspect_boundaries(write_geojson(features)).report
    assert [note.name for note in report.left_over] == ["Wilayah X"]
    assert "luas yang terbaca di dalam kabupaten tidak masuk wilayah" in report.problems[0]


def test_a_kecamatan_drawn_from_some_of_its_desa_is_said(
    desa_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    features = [_feature(row.geometry, kode=row.code) for row in desa_frame[3:].itertuples()]
    report = inspect_boundaries(write_geojson(features)).report
    assert "sebagian desanya: Kramatwatu (12 dari 15 desa)." in report.problems[1]


# --- shapes that cannot be read --------------------------------------------------------

BAD: dict[str, Any] = {
    "ring of two": {"type": "Polygon", "coordinates": [[[106.2, -6.1], [106.3, -6.1]]]},
    "text": {"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"], ["e", "f"]]]},
    "nan": {
        "type": "Polygon",
        "coordinates": [[[106.2, -6.1], [float("nan"), 0], [106.2, -6.0], [106.2, -6.1]]],
    },
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_shape_elsewhere_does_not_matter(
    kind: str, kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    bad = {"type": "Feature", "properties": {"nama": "Malingping"}, "geometry": BAD[kind]}
    for feature in kecamatan_features:
        feature["properties"] = {"nama": feature["properties"]["nama"]}
    report = inspect_boundaries(write_geojson([*kecamatan_features, bad])).report
    assert (report.usable, report.outside_area, report.problems) == (True, 1, ())


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_shape_of_ours_is_named_and_left_out(
    kind: str, kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    kecamatan_features[6]["geometry"] = BAD[kind]
    report = inspect_boundaries(write_geojson(kecamatan_features)).report
    assert (report.usable, report.missing) == (True, ("36.04.12",))
    assert "tidak dapat dibaca tidak dipakai: ke-7 (Pontang:" in report.problems[0]


def test_a_file_of_bad_shapes_only_is_refused(write_geojson: Callable[..., Path]) -> None:
    bad = {"type": "Feature", "properties": {"kode": "36.04.12"}, "geometry": BAD["text"]}
    assert isinstance(inspect_boundaries(write_geojson([bad])).error, BadShapeError)


def test_a_collapsed_island_is_left_out_and_said(
    kecamatan_features: list[Any],
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    geometry = mapping(kecamatan_frame.geometry[6])
    polygons = (
        [geometry["coordinates"]] if geometry["type"] == "Polygon" else [*geometry["coordinates"]]
    )
    flat = [[[106.25, -5.95], [106.26, -5.95], [106.25, -5.95], [106.25, -5.95]]]
    kecamatan_features[6]["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [*polygons, flat],
    }
    report = inspect_boundaries(write_geojson(kecamatan_features)).report
    assert report.problems == ("Bagian yang tidak berluas dibuang: Pontang (1).",)


# --- lakes -----------------------------------------------------------------------------


def _as_square(middle: shapely.Point) -> shapely.Geometry:
    return middle.buffer(0.004, cap_style="square")


def _as_circle(middle: shapely.Point) -> shapely.Geometry:
    return middle.buffer(0.003)


def _as_strip(middle: shapely.Point) -> shapely.Geometry:
    return affinity.scale(_as_square(middle), 2, 0.3)


@pytest.mark.parametrize("draw", [_as_square, _as_circle, _as_strip])
def test_a_lake_within_an_area_stays_though_borders_are_mended(
    draw: Callable[[shapely.Point], shapely.Geometry],
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    shapes = kecamatan_frame.set_index("code").geometry
    lake = draw(shapely.maximum_inscribed_circle(shapes["36.04.29"]).interpolate(0))
    shapes["36.04.29"] = shapes["36.04.29"].difference(lake)
    # Neighbours that overlap, so that there is something to mend.
    shapes["36.04.05"] = shapes["36.04.05"].buffer(0.001)
    features = [_feature(shape, kode=code) for code, shape in shapes.items()]
    found = inspect_boundaries(write_geojson(features))
    assert found.report.repaired and found.boundaries is not None
    padarincang = found.boundaries.kecamatan.set_index("code").geometry["36.04.29"]
    assert padarincang.intersection(lake).area < 0.01 * lake.area


def test_an_area_in_the_hole_of_another_is_no_lake(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    shapes = kecamatan_frame.set_index("code").geometry
    seat = shapely.maximum_inscribed_circle(shapes["36.04.29"]).interpolate(0).buffer(0.01)
    shapes["36.04.29"] = shapes["36.04.29"].difference(seat)
    shapes["36.04.28"] = shapes["36.04.28"].union(seat.buffer(0.0005))
    features = [_feature(shape, kode=code) for code, shape in shapes.items()]
    found = inspect_boundaries(write_geojson(features)).boundaries
    assert found is not None
    by_code = found.kecamatan.set_index("code").geometry
    assert by_code["36.04.28"].intersection(seat).area > 0.95 * seat.area


# --- kecamatan beside some of their desa -----------------------------------------------


@pytest.mark.parametrize(("every", "with_namesakes"), [(3, False), (4, True), (9, False)])
def test_whole_kecamatan_are_drawn_rather_than_some_of_their_desa(
    every: int,
    with_namesakes: bool,
    kecamatan_frame: gpd.GeoDataFrame,
    desa_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    namesakes = set(kecamatan_frame["name"])
    some = [
        row
        for number, row in enumerate(desa_frame.itertuples(index=False))
        if number % every and (with_namesakes or row.name not in namesakes)
    ]
    rows = [*kecamatan_frame.itertuples(index=False), *some]
    report = inspect_boundaries(
        write_geojson([_feature(row.geometry, nama=row.name) for row in rows])
    ).report
    assert (report.level, report.matched["kecamatan"], report.missing) == ("kecamatan", 29, ())
    assert "29 kecamatan utuh" in report.problems[0]


def test_ponds_far_from_neighbours_leave_the_borders_as_they_are_cleaned(
    kecamatan_frame: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shapes = kecamatan_frame.geometry.simplify(0.003).to_numpy().copy()
    largest = max(shapely.get_parts(shapes[0]), key=lambda part: part.area)
    middle = largest.representative_point().buffer(0.004)
    ponds = [shapely.box(x, y, x + 0.0002, y + 0.0002)
             for x, y in shapely.get_coordinates(middle.segmentize(0.0005))]  # fmt: skip
    shapes[0] = shapely.union_all([shapely.difference(shapes[0], middle.buffer(0.002)), *ponds])
    labels = list(kecamatan_frame["name"])
    cleaned = []
    for most in (10**9, 10):
        monkeypatch.setattr(repair_module, "MANY_PARTS", most)
        cleaned.append(repair_module.repair(tmp_path, shapes, "kecamatan", labels)[0])
    moved = shapely.symmetric_difference(*cleaned)
    assert shapely.area(moved[1:]).sum() == 0.0
    # Between its own ponds there is water, however narrow.
    assert shapely.area(shapely.difference(moved[0], middle.buffer(0.0021))) < 1e-12
