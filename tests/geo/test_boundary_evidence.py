"""Where shapes lie is held against their codes and names, the whole assignment at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import mapping

from geo.boundaries import Inspection, evidence, indicative_boundaries, inspect_boundaries
from geo.errors import (
    MisplacedShapesError,
    ShapeOutsideAreaError,
    ShapesOverlapError,
    ShiftedShapesError,
    WrongLevelError,
)
from geo.gazetteer import gazetteer

pytestmark = pytest.mark.usefixtures("in_this_process")

# Kinds of borders that agree with the indicative ones only roughly, as real files do.
METRES = 1 / 111_320
PERTURBED: dict[str, Callable[[gpd.GeoDataFrame], np.ndarray]] = {
    "simplified": lambda frame: shapely.coverage_simplify(frame.geometry.to_numpy(), 0.008),
    "moved": lambda frame: shapely.transform(
        frame.geometry.to_numpy(), lambda points: points + np.array([120, -150]) * METRES
    ),
    "shrunk": lambda frame: shapely.buffer(frame.geometry.to_numpy(), -60 * METRES),
}


def _inspected(
    codes: Sequence[str],
    shapes: Iterable[shapely.Geometry],
    write_geojson: Callable[..., Path],
    *,
    by_name: bool = False,
) -> Inspection:
    features = [
        {
            "type": "Feature",
            "properties": {"nama": gazetteer().name(code)} if by_name else {"kode": code},
            "geometry": mapping(shape),
        }
        for code, shape in zip(codes, shapes, strict=True)
    ]
    return inspect_boundaries(write_geojson(features))


def _deranged(chosen: Sequence[int], seed: int) -> list[int]:
    """The same positions in an order that leaves none in its place."""
    order = list(chosen)
    shuffle = random.Random(seed)
    while any(a == b for a, b in zip(order, chosen, strict=True)):
        shuffle.shuffle(order)
    return order


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    count=st.integers(2, 29),
    seed=st.integers(0, 10**6),
    kind=st.sampled_from(sorted(PERTURBED)),
    by_name=st.booleans(),
)
def test_permuted_kecamatan_are_never_accepted_in_silence(
    count: int,
    seed: int,
    kind: str,
    by_name: bool,
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    codes = list(kecamatan_frame["code"])
    chosen = random.Random(seed).sample(range(29), count)
    given_codes = list(codes)
    for to, at in zip(chosen, _deranged(chosen, seed), strict=True):
        given_codes[to] = codes[at]
    found = _inspected(
        given_codes, PERTURBED[kind](kecamatan_frame), write_geojson, by_name=by_name
    )
    assert not found.report.usable
    assert isinstance(found.error, MisplacedShapesError)
    likely = {note.code: note.likely_code for note in found.report.displaced}
    assert likely == {given_codes[at]: codes[at] for at in chosen}


def _permuted(codes: Sequence[str], kecamatan: str, count: int, seed: int) -> dict[int, str]:
    """Other codes for some desa of a kecamatan, by position."""
    members = [at for at, code in enumerate(codes) if code.startswith(kecamatan)]
    chosen = random.Random(seed).sample(members, count)
    return {
        to: codes[at] for to, at in zip(chosen, _deranged(chosen, seed), strict=True) if to != at
    }


@cache
def _desa_on_cells(kind: str) -> evidence.Overlaps:
    desa = indicative_boundaries().desa
    assert desa is not None
    return evidence.overlaps(PERTURBED[kind](desa), "desa")


PERMUTED_DESA = {
    "kecamatan": st.sampled_from([area.code for area in gazetteer().kecamatan]),
    "count": st.integers(2, 7),
    "seed": st.integers(0, 10**6),
    "kind": st.sampled_from(sorted(PERTURBED)),
}


@settings(max_examples=150, deadline=None)
@given(**PERMUTED_DESA)
def test_permuted_desa_of_a_kecamatan_are_all_named(
    kecamatan: str, count: int, seed: int, kind: str
) -> None:
    known = _desa_on_cells(kind)
    exchanged = _permuted(known.cells.codes, kecamatan, count, seed)
    codes = [exchanged.get(at, code) for at, code in enumerate(known.cells.codes)]
    holds = np.ones(len(codes), dtype=bool)
    found = evidence.displaced(known, codes, range(len(codes)), holds)
    assert {note.code for note in found} == set(exchanged.values())


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(**PERMUTED_DESA)
def test_a_file_of_permuted_desa_is_never_accepted_in_silence(
    kecamatan: str,
    count: int,
    seed: int,
    kind: str,
    desa_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    right = list(desa_frame["code"])
    exchanged = _permuted(right, kecamatan, count, seed)
    codes = [exchanged.get(at, code) for at, code in enumerate(right)]
    report = _inspected(codes, PERTURBED[kind](desa_frame), write_geojson).report
    assert {note.code for note in report.displaced} == set(exchanged.values())
    assert "bentuk ke-" in report.problems[0]


def test_shuffled_desa_of_one_kecamatan_are_refused(
    desa_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    codes = list(desa_frame["code"])
    codes[:5] = [codes[4], *codes[:4]]
    found = _inspected(codes, list(desa_frame.geometry), write_geojson)
    assert isinstance(found.error, MisplacedShapesError)
    assert "tabel atribut diurutkan terpisah" in str(found.error)


@pytest.mark.parametrize("kind", PERTURBED)
@pytest.mark.parametrize("level", ["kecamatan", "desa"])
def test_right_codes_raise_no_alarm(
    kind: str,
    level: str,
    kecamatan_frame: gpd.GeoDataFrame,
    desa_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    frame = desa_frame if level == "desa" else kecamatan_frame
    found = _inspected(list(frame["code"]), PERTURBED[kind](frame), write_geojson)
    assert (found.report.usable, found.report.displaced) == (True, ())


def test_the_likely_areas_are_part_of_the_json(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    codes = list(kecamatan_frame["code"])
    codes[0], codes[1] = codes[1], codes[0]
    report = _inspected(codes, list(kecamatan_frame.geometry), write_geojson).report.to_json()
    swapped = {(note["name"], note["likely_name"]) for note in report["displaced"]}
    assert swapped == {("Kramatwatu", "Waringinkurung"), ("Waringinkurung", "Kramatwatu")}
    assert "letaknya lebih cocok untuk" not in report["problems"][0]
    assert "36.04.05 Kramatwatu (bentuk ke-2) mungkin 36.04.06" in report["problems"][0]


def test_a_shape_under_the_name_of_an_absent_neighbour_is_refused(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    frame = kecamatan_frame[kecamatan_frame["code"] != "36.04.35"]
    codes = ["36.04.35" if code == "36.04.12" else code for code in frame["code"]]
    found = _inspected(codes, list(frame.geometry), write_geojson)
    assert [note.likely_code for note in found.report.displaced] == ["36.04.12"]


def test_an_old_kecamatan_that_holds_a_newer_one_stays_usable(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    shapes = kecamatan_frame.set_index("code").geometry
    shapes["36.04.12"] = shapes["36.04.12"].union(shapes["36.04.35"])
    old = shapes.drop("36.04.35")
    found = _inspected(list(old.index), list(old), write_geojson)
    assert (found.report.usable, found.report.displaced) == (True, ())


@pytest.mark.parametrize(("metres", "is_usable"), [(500, True), (1_500, False), (4_000, False)])
def test_a_shift_of_all_shapes_is_named_or_refused(
    metres: int,
    is_usable: bool,
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    moved = shapely.transform(
        kecamatan_frame.geometry.to_numpy(), lambda points: points + np.array([metres, 0]) * METRES
    )
    found = _inspected(list(kecamatan_frame["code"]), moved, write_geojson)
    assert found.report.usable is is_usable
    assert is_usable or isinstance(found.error, ShiftedShapesError)
    assert "ke timur" in found.report.problems[0]


def _boxes(frame: gpd.GeoDataFrame) -> list[shapely.Geometry]:
    return [shapely.envelope(circle) for circle in _circles(frame)]


def _circles(frame: gpd.GeoDataFrame) -> list[shapely.Geometry]:
    return [shape.representative_point().buffer(0.012) for shape in frame.geometry]


@pytest.mark.parametrize(("draw", "word"), [(_boxes, "kotak"), (_circles, "lingkaran")])
def test_boxes_and_circles_are_called_by_their_name(
    draw: Callable[[gpd.GeoDataFrame], list[shapely.Geometry]],
    word: str,
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    found = _inspected(list(kecamatan_frame["code"]), draw(kecamatan_frame), write_geojson)
    assert any(f"adalah {word}" in sentence for sentence in found.report.problems)


def test_overlapping_bounding_boxes_are_refused(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    boxes = list(shapely.envelope(kecamatan_frame.geometry.to_numpy()))
    found = _inspected(list(kecamatan_frame["code"]), boxes, write_geojson)
    assert isinstance(found.error, ShapesOverlapError)


def test_an_area_that_is_hardly_drawn_is_named(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    shapes = list(kecamatan_frame.geometry)
    shapes[10] = shapes[10].representative_point().buffer(0.0001)
    report = _inspected(list(kecamatan_frame["code"]), shapes, write_geojson).report
    assert "jauh berbeda dari perkiraan luasnya: 36.04.16 Kibin" in report.problems[0]


@pytest.mark.parametrize("named", [{"shapeName": "Serang"}, {"kode": "36.04"}, {"nmkab": "SERANG"}])
def test_a_kabupaten_is_no_kecamatan(
    named: dict[str, str], kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    whole = mapping(shapely.union_all(kecamatan_frame.geometry.to_numpy()))
    feature = {"type": "Feature", "properties": {"nama": "", **named}, "geometry": whole}
    error = inspect_boundaries(write_geojson([feature])).error
    assert isinstance(error, WrongLevelError)


# --- rows in other coordinates ---------------------------------------------------------


def _swap(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda points: points[:, ::-1])


def _to_metres(crs: str) -> Callable[[shapely.Geometry], shapely.Geometry]:
    return lambda shape: gpd.GeoSeries([shape], crs="EPSG:4326").to_crs(crs)[0]


OTHERWISE: dict[str, Callable[[shapely.Geometry], shapely.Geometry]] = {
    "lintang dan bujurnya tertukar": _swap,
    "koordinatnya meter (EPSG:32748)": _to_metres("EPSG:32748"),
    "koordinatnya meter (EPSG:3857)": _to_metres("EPSG:3857"),
}


@pytest.mark.parametrize("reason", OTHERWISE)
def test_a_named_row_in_other_coordinates_is_left_out_with_the_reason(
    reason: str, kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    shapes = list(kecamatan_frame.geometry)
    shapes[9] = OTHERWISE[reason](shapes[9])
    report = _inspected(list(kecamatan_frame["code"]), shapes, write_geojson, by_name=True).report
    assert (report.usable, report.missing, report.outside_area) == (True, ("36.04.15",), 0)
    assert reason in report.problems[0] and "Cikande (bentuk ke-10)" in report.problems[0]


@pytest.mark.parametrize("reason", OTHERWISE)
def test_a_coded_row_in_other_coordinates_is_refused_with_the_reason(
    reason: str, kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    shapes = list(kecamatan_frame.geometry)
    shapes[9] = OTHERWISE[reason](shapes[9])
    error = _inspected(list(kecamatan_frame["code"]), shapes, write_geojson).error
    assert isinstance(error, ShapeOutsideAreaError) and reason in str(error)


# --- real files ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "doubted"),
    [
        ("kemendagri_kecamatan", 0),
        ("kemendagri_kecamatan_banten", 0),
        ("kemendagri_desa", 0),
        # The two sources exchange Pangarengan and Mekar Jaya.
        ("hdx_bps_2020_desa", 2),
    ],
)
def test_real_files_raise_next_to_no_alarm(shared: Path, name: str, doubted: int) -> None:
    report = inspect_boundaries(shared / f"{name}.geojson").report
    assert (report.usable, len(report.displaced)) == (True, doubted)
    assert len(report.problems) == (doubted > 0)
