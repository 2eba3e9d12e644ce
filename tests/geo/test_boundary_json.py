"""JSON of every make: line by line, in a script, bare, of Esri, of rows with a border."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import mapping, shape

from geo import errors
from geo.boundaries.formats import parse_file
from geo.boundaries.raw import MalformedShapeError, RawFile, RawLayer

Features = list[dict[str, Any]]

SQUARE = [[[106.1, -6.1], [106.2, -6.1], [106.2, -6.0], [106.1, -6.0], [106.1, -6.1]]]
RING = SQUARE[0]


def _parsed(text: str | bytes, name: str = "batas.geojson") -> RawFile:
    return parse_file(Path(name), text.encode() if isinstance(text, str) else text)


def _layer(text: str | bytes) -> RawLayer:
    (layer,) = _parsed(text).layers
    return layer


def _collection(features: Features) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def _lines(features: Features) -> str:
    return "\n".join(json.dumps(feature) for feature in features)


WRAPPERS: dict[str, Callable[[Features], str]] = {
    "lines": _lines,
    "lines with blank ones": lambda features: _lines(features).replace("\n", "\r\n\r\n") + "\n",
    "text sequence": lambda features: "".join(f"\x1e{json.dumps(f)}\n" for f in features),
    "objects without line breaks": lambda features: _lines(features).replace("\n", ""),
    "bare list": json.dumps,
    "bare list of geometries": lambda features: json.dumps([f["geometry"] for f in features]),
    "lines of geometries": lambda features: _lines([f["geometry"] for f in features]),
    "list of collections": lambda features: json.dumps(
        [{"type": "FeatureCollection", "features": features[i::2]} for i in (0, 1)]
    ),
    "var": lambda features: f"var json_Kec_1 = {_collection(features)};",
    "const with a comment": lambda features: f"// qgis\nconst a={_collection(features)}\n",
    "let of a list": lambda features: f"let a = {json.dumps(features)};",
    "window": lambda features: f'window["batas"] = {_collection(features)};',
    "module": lambda features: f"module.exports = {_collection(features)}",
    "export": lambda features: f"export default {_collection(features)};",
    "call": lambda features: f"batas({_collection(features)});",
    "answer of a server": lambda features: json.dumps(
        {"status": 200, "data": {"type": "FeatureCollection", "features": features}}
    ),
    "answer of a server with a list": lambda features: json.dumps({"result": features, "n": 29}),
    "no type": lambda features: json.dumps({"features": features}),
}


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_features_are_read_whatever_stands_around_them(
    wrapper: str, kecamatan_features: Features
) -> None:
    layer = _layer(WRAPPERS[wrapper](kecamatan_features))
    areas = sum(shape(feature["geometry"]).area for feature in kecamatan_features)
    read = [held for row in range(layer.count) if (held := layer.shape(row)) is not None]
    assert (layer.count, sum(held.area for held in read)) == (29, pytest.approx(areas))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_lines_and_scripts_are_read_in_any_encoding(
    encoding: str, kecamatan_features: Features
) -> None:
    for wrapper in ("lines", "var"):
        text = WRAPPERS[wrapper](kecamatan_features)
        assert _layer(text.encode(encoding)).count == 29


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{"type": "FeatureCollection",\n"features": [{},]}', "baris 2, kolom 17"),
        ('{"type": "Feature"}\n{"type": "Feature",}', "baris 2, kolom 20"),
        ('var a = {"type": "FeatureCollection" "features": []};', "baris 1, kolom 38"),
        ('{"type": "FeatureCollection"}\nlalu kata-kata', "baris 2, kolom 1"),
    ],
)
def test_a_slip_is_named_with_its_place(text: str, where: str) -> None:
    with pytest.raises(errors.BrokenFileError, match=where):
        _parsed(text)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"error": {"code": 498, "message": "Invalid token"}}, "pesan galat dari server"),
        ({"version": 0.6, "elements": [{"type": "way"}]}, "overpass-turbo sebagai GeoJSON"),
        ([{"kode": "36.04.12", "nama": "Pontang"}], "GeoJSON memerlukan `geometry`"),
        ({"a": {"b": {"c": {"type": "Feature"}}}}, "bukan kumpulan wilayah"),
        ([1, 2], "daftar JSON yang bukan"),
    ],
)
def test_json_of_another_kind_is_named(document: object, said: str) -> None:
    with pytest.raises(errors.UnknownFormatError, match=said):
        _parsed(json.dumps(document))


# --- columns and shapes ----------------------------------------------------------------


def test_the_id_of_a_feature_is_a_column() -> None:
    rows = [{"type": "Feature", "id": code, "geometry": None} for code in ("36.04.12", "36.04.13")]
    layer = _layer(_collection(rows))
    assert (layer.columns, list(layer.values("id"))) == (("id",), ["36.04.12", "36.04.13"])


def test_a_property_called_id_is_kept() -> None:
    rows = [{"type": "Feature", "id": 7, "properties": {"id": "36.04.12"}, "geometry": None}]
    assert list(_layer(_collection(rows)).values("id")) == ["36.04.12"]


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {},
        {"type": None},
        {"type": None, "coordinates": []},
        [],
        "",
    ],
)
def test_a_geometry_that_is_none_leaves_the_others(geometry: object) -> None:
    rows = [{"type": "Feature", "geometry": geometry}, {"type": "Feature", "geometry": _square()}]
    layer = _layer(_collection(rows))
    assert (layer.shape(0), layer.shape(1)) == (None, shapely.Polygon(RING))


def _square() -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": SQUARE}


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Polygon", [SQUARE]),
        ("Polygon", RING),
        ("MultiPolygon", SQUARE),
        ("MultiPolygon", [SQUARE]),
        ("Polygon", [[[x, y, 12.5] for x, y in RING]]),
    ],
)
def test_nesting_is_told_by_the_numbers(kind: str, coordinates: object) -> None:
    rows = [{"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}}]
    found = _layer(_collection(rows)).shape(0)
    assert found is not None and found.equals(shapely.box(106.1, -6.1, 106.2, -6.0))


@pytest.mark.parametrize("coordinates", [[[]], [], [[[]]]])
def test_empty_coordinates_are_an_empty_shape(coordinates: object) -> None:
    geometry = {"type": "MultiPolygon", "coordinates": coordinates}
    found = _layer(_collection([{"type": "Feature", "geometry": geometry}])).shape(0)
    assert found is not None and found.is_empty


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[["a", "b"]]]},
        {"type": "Polygon", "coordinates": [[[10**400, 1], [2, 3], [4, 5], [6, 7]]]},
        {"type": "Polygon", "coordinates": {"x": 1}},
        {"type": "Bulat", "coordinates": [1, 2]},
        "Polygon",
        5,
    ],
)
def test_a_bad_shape_is_known_only_when_it_is_asked_for(geometry: object) -> None:
    rows = [{"type": "Feature", "geometry": geometry}, {"type": "Feature", "geometry": _square()}]
    layer = _layer(_collection(rows))
    assert layer.shape(1) is not None
    with pytest.raises(MalformedShapeError):
        layer.shape(0)


@pytest.mark.parametrize(
    ("crs", "expected"),
    [
        ({"type": "name", "properties": {"name": "EPSG:32748"}}, "EPSG:32748"),
        ({"type": "EPSG", "properties": {"code": 32748}}, "32748"),
        ({"type": "name", "properties": "EPSG:32748"}, "EPSG:32748"),
        ("EPSG:32748", "EPSG:32748"),
        ({"type": "link", "properties": {"href": "http://127.0.0.1:9"}}, "OGC:CRS84"),
        ({"type": "name", "properties": {}}, None),
        (5, "5"),
        (None, None),
    ],
)
def test_the_crs_is_what_the_file_says(crs: object, expected: str | None) -> None:
    document = {"type": "FeatureCollection", "crs": crs, "features": [{"geometry": _square()}]}
    assert _layer(json.dumps(document)).crs == expected


# --- Esri JSON -------------------------------------------------------------------------


def _esri(rings: object, **more: object) -> str:
    feature = {"attributes": {"KDCPUM": "36.04.12"}, "geometry": {"rings": rings}}
    reference = {"wkid": 102100, "latestWkid": 3857}
    return json.dumps({"spatialReference": reference, "features": [feature], **more})


def test_esri_json_is_read() -> None:
    raw = _parsed(_esri([RING[::-1]], geometryType="esriGeometryPolygon"))
    layer = raw.layers[0]
    assert (raw.format, layer.crs, list(layer.values("KDCPUM"))) == (
        "Esri JSON",
        "EPSG:3857",
        ["36.04.12"],
    )
    assert layer.shape(0) == shapely.MultiPolygon([shapely.Polygon(RING[::-1])])


@pytest.mark.parametrize("wkt", [5, [], True, {"a": [1]}])
def test_a_reference_of_esri_that_is_no_text_is_told_as_one(wkt: object) -> None:
    assert _layer(_esri([RING], spatialReference={"wkt": wkt})).crs == str(wkt)


def test_rings_of_esri_are_islands_or_holes_by_their_direction() -> None:
    hole = [[106.14, -6.06], [106.16, -6.06], [106.16, -6.04], [106.14, -6.04], [106.14, -6.06]]
    island = [[x + 0.3, y] for x, y in RING[::-1]]
    found = _layer(_esri([hole, RING[::-1], island])).shape(0)
    assert found is not None
    assert [len(part.interiors) for part in found.geoms] == [1, 0]
    assert found.area == pytest.approx(0.02 - 0.0004)


def test_rings_that_all_run_the_other_way_are_islands() -> None:
    found = _layer(_esri([RING, [[x + 0.3, y] for x, y in RING]])).shape(0)
    assert found is not None and found.area == pytest.approx(0.02)


def test_an_answer_that_a_server_cut_off_says_so() -> None:
    assert "mungkin tidak lengkap" in _parsed(_esri([RING], exceededTransferLimit=True)).notes[0]


def test_curves_of_esri_are_named() -> None:
    feature = {"attributes": {}, "geometry": {"curveRings": []}}
    layer = _layer(json.dumps({"geometryType": "esriGeometryPolygon", "features": [feature]}))
    with pytest.raises(MalformedShapeError, match="lengkung"):
        layer.shape(0)


# --- rows with a border ----------------------------------------------------------------

BORDERS: dict[str, object] = {
    "border": RING,
    "coordinates": SQUARE,
    "path": [[y, x] for x, y in RING],
    "paths": [[{"lat": y, "lng": x} for x, y in RING]],
    "polygon": [{"latitude": y, "longitude": x} for x, y in RING],
    "geometry": {"type": "Polygon", "coordinates": SQUARE},
    "geojson": json.dumps({"type": "Polygon", "coordinates": SQUARE}),
    "wkt": "POLYGON((106.1 -6.1,106.2 -6.1,106.2 -6.0,106.1 -6.0,106.1 -6.1))",
    "batas": json.dumps([[[y, x] for x, y in RING]]),
}


@pytest.mark.parametrize("column", BORDERS)
def test_rows_with_a_border_are_read_and_said(column: str) -> None:
    raw = _parsed(json.dumps([{"village": "Pontang", column: BORDERS[column]}, {"village": "a"}]))
    layer = raw.layers[0]
    found = layer.shape(0)
    assert found is not None and found.equals(shapely.box(106.1, -6.1, 106.2, -6.0))
    assert (layer.columns, layer.shape(1)) == (("village",), None)
    assert f"dibaca dari `{column}`" in raw.notes[0]


@pytest.mark.parametrize("border", ["bukan bentuk", [["a", "b"]], {"lat": 1}, [{"a": 1}]])
def test_a_border_that_is_none_is_a_bad_shape(border: object) -> None:
    layer = _layer(json.dumps([{"village": "Pontang", "border": border}]))
    with pytest.raises(MalformedShapeError):
        layer.shape(0)


# --- TopoJSON --------------------------------------------------------------------------


def _topology(**objects: object) -> str:
    return json.dumps({"type": "Topology", "arcs": [RING], "objects": objects})


def test_the_id_of_a_topology_member_is_a_column() -> None:
    layer = _layer(_topology(kec={"type": "Polygon", "arcs": [[0]], "id": "36.04.12"}))
    assert list(layer.values("id")) == ["36.04.12"]


@pytest.mark.parametrize(
    "parts",
    [
        [{"type": "Polygon", "arcs": [[0]]}, {"type": "Point", "coordinates": [1, 2]}],
        [{"type": "Point", "coordinates": [1, 2]}, {"type": "MultiPolygon", "arcs": [[[0]]]}],
        [{"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]]}]}],
    ],
)
def test_the_polygon_of_a_nested_collection_is_read(parts: list[Any]) -> None:
    member = {"type": "GeometryCollection", "geometries": parts, "properties": {"kode": "a"}}
    layer = _layer(_topology(kec={"type": "GeometryCollection", "geometries": [member]}))
    found = layer.shape(0)
    assert found is not None and found.area == pytest.approx(0.01)


@pytest.mark.parametrize("arcs", [[[5]], "a", [["a"]], [[]], None])
def test_arcs_that_lead_nowhere_are_a_bad_shape(arcs: object) -> None:
    layer = _layer(_topology(kec={"type": "Polygon", "arcs": arcs}))
    with pytest.raises(MalformedShapeError):
        layer.shape(0)


def test_a_square_comes_back_as_it_was_written() -> None:
    rows = [{"type": "Feature", "geometry": mapping(shapely.box(106.1, -6.1, 106.2, -6.0))}]
    assert _layer(_collection(rows)).shape(0) == shapely.box(106.1, -6.1, 106.2, -6.0)
