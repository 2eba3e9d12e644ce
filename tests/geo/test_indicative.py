"""The indicative boundaries: whole, clean, with islands, and marked as not official."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import Point

from geo.boundaries.model import (
    WGS84,
    BoundarySet,
    digest_of,
    dissolve_to_kecamatan,
    indicative_boundaries,
)
from geo.gazetteer import gazetteer


@pytest.fixture(scope="module")
def desa() -> gpd.GeoDataFrame:
    found = indicative_boundaries().desa
    assert found is not None
    return found


def test_every_area_has_a_shape(desa: gpd.GeoDataFrame) -> None:
    names = gazetteer()
    assert list(desa["code"]) == [area.code for area in names.desa]
    assert list(indicative_boundaries().kecamatan["code"]) == [a.code for a in names.kecamatan]


def test_neighbours_share_their_borders(desa: gpd.GeoDataFrame) -> None:
    assert shapely.coverage_is_valid(desa.geometry.to_numpy())


def test_shapes_are_valid(desa: gpd.GeoDataFrame) -> None:
    assert desa.geometry.is_valid.all()


def test_kecamatan_is_the_sum_of_its_desa(desa: gpd.GeoDataFrame) -> None:
    kecamatan = indicative_boundaries().kecamatan
    assert kecamatan.to_crs(32748).area.sum() == pytest.approx(desa.to_crs(32748).area.sum())


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [
        (106.2718, -5.8111, "36.04.13.2009"),  # Pulau Tunda: Wargasara
        (106.1529, -5.9337, "36.04.08.2009"),  # Pulau Panjang: Pulo Panjang
        (105.8552, -5.9588, "36.04.30.2003"),  # Pulau Sangiang: Cikoneng
        (105.8900, -6.0703, "36.04.30.2003"),  # the mainland of Cikoneng
    ],
)
def test_island_belongs_to_its_desa(
    desa: gpd.GeoDataFrame, longitude: float, latitude: float, code: str
) -> None:
    assert list(desa["code"][desa.contains(Point(longitude, latitude))]) == [code]


def test_most_points_lie_in_their_desa(desa: gpd.GeoDataFrame) -> None:
    points = gpd.points_from_xy(
        [d.longitude for d in gazetteer().desa], [d.latitude for d in gazetteer().desa]
    )
    assert desa.contains(gpd.GeoSeries(points, crs=WGS84)).mean() > 0.98


def test_area_is_near_that_of_the_kabupaten(desa: gpd.GeoDataFrame) -> None:
    assert desa.to_crs(32748).area.sum() / 1e6 == pytest.approx(1_470, rel=0.05)


def test_notice_says_that_it_is_not_official() -> None:
    assert indicative_boundaries().notice == "Batas indikatif, bukan batas resmi"


def test_official_set_with_28_says_so() -> None:
    assert _official(28).notice == "28 dari 29 kecamatan ada dalam berkas batas"


def test_complete_official_set_needs_no_notice() -> None:
    assert _official(29).notice == ""


def test_digest_changes_with_a_name() -> None:
    kecamatan = indicative_boundaries().kecamatan
    renamed = kecamatan.assign(name=["lain", *kecamatan["name"][1:]])
    assert digest_of(kecamatan, None) != digest_of(renamed, None)


def test_dissolve_takes_official_names(desa: gpd.GeoDataFrame) -> None:
    assert list(dissolve_to_kecamatan(desa.iloc[:3])["name"]) == ["Kramatwatu"]


def _official(count: int) -> BoundarySet:
    kecamatan = indicative_boundaries().kecamatan.iloc[:count]
    return BoundarySet(kecamatan, None, "contoh", None, True, digest_of(kecamatan, None))
