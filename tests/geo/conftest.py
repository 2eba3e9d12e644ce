"""Small boundary files for the tests, derived from the project's indicative boundaries."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import mapping

from geo.boundaries import indicative_boundaries, inspecting
from geo.boundaries.reading import inspect_here

SHARED = Path(__file__).parents[3] / "shared" / "boundaries"

Features = list[dict[str, Any]]


def _coarse(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    shapes = shapely.coverage_simplify(frame.geometry.to_numpy(), 0.004)
    return gpd.GeoDataFrame(frame[["code", "name"]], geometry=shapes, crs=frame.crs)


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look into files without the child, which takes a second each and is tested in limits."""
    monkeypatch.setattr(inspecting, "_inspect", inspect_here)


@pytest.fixture(scope="session")
def kecamatan_frame() -> gpd.GeoDataFrame:
    """29 coarse kecamatan: code, name, geometry."""
    return _coarse(indicative_boundaries().kecamatan)


@pytest.fixture(scope="session")
def desa_frame() -> gpd.GeoDataFrame:
    """326 coarse desa: code, name, geometry."""
    desa = indicative_boundaries().desa
    assert desa is not None
    return _coarse(desa)


@pytest.fixture
def kecamatan_features(kecamatan_frame: gpd.GeoDataFrame) -> Features:
    """GeoJSON features with the Kemendagri columns kode and nama, free to spoil."""
    return [
        {
            "type": "Feature",
            "properties": {"kode": row.code, "nama": row.name},
            "geometry": json.loads(json.dumps(mapping(row.geometry))),
        }
        for row in kecamatan_frame.itertuples(index=False)
    ]


@pytest.fixture
def write_geojson(tmp_path: Path) -> Callable[..., Path]:
    """Write features as a GeoJSON file; further members go to its top level."""

    def write(features: Features, name: str = "batas.geojson", **members: Any) -> Path:
        path = tmp_path / name
        document = {"type": "FeatureCollection", **members, "features": features}
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real boundary files beside the repository, for machines that have them."""
    if not SHARED.is_dir():
        pytest.skip("no real boundary files beside the repository")
    return SHARED
