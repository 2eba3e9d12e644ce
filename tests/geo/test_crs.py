"""A coordinate system is a registered one, by its code or written out, never a file."""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import pytest

from geo.boundaries.placement import crs_label, crs_of, resolve_crs, to_wgs84
from geo.errors import CrsError, CrsMissingError, CrsUnknownError

PATH = Path("batas.zip")

NAMES = {
    "EPSG:32748": "EPSG:32748",
    "epsg:32748": "EPSG:32748",
    "EPSG 32748": "EPSG:32748",
    "32748": "EPSG:32748",
    "urn:ogc:def:crs:EPSG::32748": "EPSG:32748",
    "urn:ogc:def:crs:EPSG:9.6:32748": "EPSG:32748",
    "urn:x-ogc:def:crs:EPSG:32748": "EPSG:32748",
    "http://www.opengis.net/def/crs/EPSG/0/32748": "EPSG:32748",
    "http://www.opengis.net/gml/srs/epsg.xml#32748": "EPSG:32748",
    "urn:ogc:def:crs:OGC:1.3:CRS84": "EPSG:4326",
    "https://www.opengis.net/def/crs/OGC/1.3/CRS84h": "EPSG:4326",
    "WGS84": "EPSG:4326",
    "WGS 84": "EPSG:4326",
    "GCS_WGS_1984": "EPSG:4326",
    "EPSG:900913": "EPSG:3857",
    "EPSG:102100": "EPSG:3857",
    "102100": "EPSG:3857",
    "ESRI:54034": "ESRI:54034",
    "EPSG:54034": "ESRI:54034",
    "EPSG:9470": "EPSG:9470",
}


@pytest.mark.parametrize("text", NAMES)
def test_every_spelling_of_a_code_is_read(text: str) -> None:
    assert crs_label(crs_of(text)) == NAMES[text]


_UTM_48S = pyproj.CRS("EPSG:32748").to_wkt("WKT1_ESRI")
_BATAVIA = pyproj.CRS("EPSG:4211").to_wkt("WKT1_GDAL")
DEFINITIONS = {
    "ArcGIS": (_UTM_48S, "EPSG:32748"),
    "GDAL": (pyproj.CRS("EPSG:32748").to_wkt("WKT1_GDAL"), "EPSG:32748"),
    "WKT 2": (pyproj.CRS("EPSG:32748").to_wkt("WKT2_2019"), "EPSG:32748"),
    "PROJJSON": (pyproj.CRS("EPSG:32748").to_json(), "EPSG:32748"),
    "a name of its own": (_UTM_48S.replace("WGS_1984_UTM_Zone_48S", "UTM48S"), "EPSG:32748"),
    "no name": (pyproj.CRS("+proj=utm +zone=48 +south +datum=WGS84").to_wkt(), "EPSG:32748"),
    "SRGI 2013": (pyproj.CRS("EPSG:9470").to_wkt("WKT1_ESRI"), "EPSG:9470"),
    "DGN 95 TM-3": (pyproj.CRS("EPSG:23834").to_wkt("WKT1_ESRI"), "EPSG:23834"),
    "of ESRI": (pyproj.CRS("ESRI:54034").to_wkt("WKT1_ESRI"), "ESRI:54034"),
    "web mercator without grids": (pyproj.CRS("EPSG:3857").to_wkt("WKT1_GDAL"), "EPSG:3857"),
    "with a height": (pyproj.CRS("EPSG:32748+5773").to_wkt(), "EPSG:32748"),
    "with a shift": (
        _BATAVIA.replace(',AUTHORITY["EPSG","7004"]]', "],TOWGS84[-377,681,-50,0,0,0,0]", 1),
        "EPSG:4211",
    ),
}


@pytest.mark.parametrize("case", DEFINITIONS)
def test_a_definition_is_read_as_the_registered_one_that_it_equals(case: str) -> None:
    text, code = DEFINITIONS[case]
    found = crs_of(text)
    assert crs_label(found) == code
    assert found == pyproj.CRS(code)


def test_a_registered_datum_may_be_projected_by_numbers() -> None:
    moved = pyproj.CRS("EPSG:32748").to_wkt("WKT1_ESRI").replace("105.0", "104.0")
    found = crs_of(moved)
    assert found.geodetic_crs == pyproj.CRS("EPSG:4326")
    assert [p.value for p in found.coordinate_operation.params][:2] == [0.0, 104.0]


UNREGISTERED = {
    "with shift parameters": pyproj.CRS("+proj=longlat +ellps=bessel +towgs84=1,2,3").to_wkt(),
    "a datum of its own": _UTM_48S.replace("D_WGS_1984", "D_lokal").replace("298.257", "299.257"),
}


@pytest.mark.parametrize("case", UNREGISTERED)
def test_a_definition_like_no_registered_one_is_a_question(
    case: str, kecamatan_frame: gpd.GeoDataFrame
) -> None:
    shapes = _shapes(kecamatan_frame, "EPSG:32748")
    with pytest.raises(CrsUnknownError, match="bukan salah satu yang terdaftar") as raised:
        resolve_crs(PATH, UNREGISTERED[case], None, shapes)
    assert "Yang cocok dengan letaknya: --crs EPSG:32748 " in str(raised.value)


_SPHEROID = 'SPHEROID["x",6377397.155,299.1528128]'
_UNIT = 'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]'
BOUND = pyproj.CRS("+proj=longlat +ellps=bessel +nadgrids=/etc/passwd").to_json()
FILES = {
    "PROJ text": "+proj=longlat +nadgrids=/etc/passwd",
    "init file": "+init=/etc/passwd:1",
    "plain path": "/etc/passwd",
    "datum extension": (
        f'GEOGCS["a",DATUM["b",{_SPHEROID},EXTENSION["PROJ4_GRIDS","/etc/passwd"]],{_UNIT}]'
    ),
    "PROJ extension": pyproj.CRS("EPSG:3857").to_wkt("WKT1_GDAL").replace("@null", "/etc/passwd"),
    "PROJJSON": BOUND,
    "WKT 2": pyproj.CRS(BOUND).to_wkt("WKT2_2019"),
    "optional grid": pyproj.CRS("EPSG:3857").to_wkt("WKT1_GDAL").replace("@null", "@/etc/passwd"),
    "PROJ method": pyproj.CRS("+proj=ob_tran +o_proj=longlat +o_lat_p=30").to_wkt("WKT2_2019"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_definition_that_names_a_file_is_refused(case: str) -> None:
    with pytest.raises(CrsUnknownError, match="tidak dikenal"):
        crs_of(FILES[case])


@pytest.mark.parametrize(
    "text",
    [
        *("", "5", "5.0", "EPSG:", "EPSG:1", "EPSG:999999", "lokal", "{}", "[]", "PROJCS["),
        *("{" * 99_999, 'GEOGCS["a"]', '{"type": 5}', "GEOGCS[" * 2_000),
        # PROJ writes a code that is empty as no JSON.
        re.sub(r'"code":\d+', '"code":""', pyproj.CRS("EPSG:4326").to_json()),
    ],
)
def test_what_is_no_crs_is_refused(text: str) -> None:
    with pytest.raises(CrsUnknownError):
        crs_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "EPSG:5703",
        "EPSG:5773",
        "EPSG:4978",
        'LOCAL_CS["a",LOCAL_DATUM["b",0],UNIT["Meter",1],AXIS["X",EAST],AXIS["Y",NORTH]]',
        pyproj.CRS("EPSG:5773").to_wkt(),
    ],
)
def test_what_is_no_crs_of_maps_is_a_question(text: str) -> None:
    with pytest.raises(CrsError, match="bukan sistem koordinat peta"):
        crs_of(text)


def test_of_a_long_name_little_is_told() -> None:
    with pytest.raises(CrsUnknownError) as raised:
        crs_of("lokal" * 1_000_000)
    assert len(raised.value.crs) <= 200


# --- which one is likely ---------------------------------------------------------------


def _shapes(frame: gpd.GeoDataFrame, crs: str) -> np.ndarray:
    return np.asarray(frame.to_crs(crs).geometry.to_numpy())


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32748", "EPSG:23834", "EPSG:3395"])
def test_metres_that_claim_to_be_degrees_are_told_by_their_place(
    crs: str, kecamatan_frame: gpd.GeoDataFrame
) -> None:
    with pytest.raises(CrsMissingError, match=f"--crs {crs} ") as raised:
        to_wgs84(PATH, _shapes(kecamatan_frame, crs), pyproj.CRS("EPSG:4326"), is_asked=False)
    assert raised.value.likely.startswith(crs)


@pytest.mark.parametrize("asked", ["EPSG:32748", "EPSG:32749", "EPSG:4326"])
def test_a_crs_that_was_asked_for_by_mistake_leads_on(
    asked: str, kecamatan_frame: gpd.GeoDataFrame
) -> None:
    with pytest.raises(CrsMissingError, match="--crs EPSG:3857"):
        to_wgs84(PATH, _shapes(kecamatan_frame, "EPSG:3857"), pyproj.CRS(asked), is_asked=True)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32748", "EPSG:3857"])
def test_a_file_that_says_nothing_gets_a_proposal(
    crs: str, kecamatan_frame: gpd.GeoDataFrame
) -> None:
    with pytest.raises(CrsMissingError, match=f"--crs {crs} "):
        resolve_crs(PATH, None, None, _shapes(kecamatan_frame, crs))
