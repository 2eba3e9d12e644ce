"""A file that cannot be used gets one Indonesian sentence and never a traceback."""

import json
import os
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import box, mapping

from geo import errors, limits
from geo.boundaries import limited_child
from geo.boundaries.drivers import _environment
from geo.boundaries.placement import resolve_crs
from geo.boundaries.reading import inspect_here

VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]>'
    "<kml><Document><name>&b;</name></Document></kml>"
)
SQUARE = [[[106.1, -6.1], [106.2, -6.1], [106.2, -6.0], [106.1, -6.1]]]


def _refusal(path: Path, crs: str | None = None) -> errors.GeoError:
    """The error of an unusable file; its sentence is the report's first problem."""
    inspection = inspect_here(path, crs)
    assert inspection.error is not None and inspection.boundaries is None
    assert not inspection.report.usable
    assert inspection.report.problems[0] == str(inspection.error)
    assert inspection.report.to_text()
    return inspection.error


def _one(geometry: object, **properties: object) -> str:
    feature = {
        "type": "Feature",
        "properties": properties or {"kode": "36.04.12", "nama": "Pontang"},
        "geometry": geometry,
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


CONTENTS: dict[str, tuple[bytes, type[errors.GeoError]]] = {
    "empty": (b"", errors.FileEmptyError),
    "text": (b"Laporan kunjungan desa", errors.UnknownFormatError),
    "binary": (bytes(range(256)), errors.UnknownFormatError),
    "bare shp": (struct.pack(">i", 9994) + b"\0" * 100, errors.UnknownFormatError),
    "truncated json": (b'{"type": "FeatureCollection", "features": [{', errors.BrokenFileError),
    "latin-1 json": (b'{"type": "\xe9"}', errors.BrokenFileError),
    "text in utf-16": ("Laporan".encode("utf-16"), errors.UnknownFormatError),
    "huge number": (b'{"type": ' + b"9" * 5000 + b"}", errors.BrokenFileError),
    "nested json": (b'{"a":' * 100_000, errors.BrokenFileError),
    "nested list": (b"[" * 100_000, errors.BrokenFileError),
    "other json": (b'{"nama": "Pontang"}', errors.UnknownFormatError),
    "arcs used over and over": (
        json.dumps(
            {
                "type": "Topology",
                "arcs": [[[106.1, -6.1], *[[0, 0]] * 1000]],
                "objects": {
                    "a": {
                        "type": "Polygon",
                        "arcs": [[0] * 10_000],
                        "properties": {"kode": "36.04.12"},
                    }
                },
            }
        ).encode(),
        errors.TooDetailedError,
    ),
    "list json": (b"[1, 2]", errors.UnknownFormatError),
    "no features": (b'{"type": "FeatureCollection", "features": []}', errors.NoFeaturesError),
    "odd features": (b'{"type": "FeatureCollection", "features": {}}', errors.BrokenFileError),
    "odd topology": (b'{"type": "Topology", "objects": {}}', errors.BrokenFileError),
    "vrt": (VRT.encode(), errors.UnknownFormatError),
    "html": (b"<!DOCTYPE html><html><p>404</html>", errors.UnknownFormatError),
    "laughs": (LAUGHS.encode(), errors.BrokenFileError),
    "laughs utf-16": (LAUGHS.encode("utf-16"), errors.BrokenFileError),
    "truncated kml": (b"<kml><Document><Placemark>", errors.BrokenFileError),
    "empty kml": (b"<kml><Document/></kml>", errors.NoFeaturesError),
    "truncated zip": (b"PK\x03\x04" + b"\0" * 30, errors.BrokenFileError),
    "empty zip": (b"PK\x05\x06" + b"\0" * 18, errors.UnknownFormatError),
    "truncated parquet": (b"PAR1 and no more", errors.BrokenFileError),
    "broken parquet": (b"PAR1" + b"\0" * 40 + b"PAR1", errors.BrokenFileError),
    "broken gpkg": (
        b"SQLite format 3\0" + b"\0" * 52 + b"GPKG" + b"\0" * 2000,
        errors.BrokenFileError,
    ),
    "plain sqlite": (b"SQLite format 3\0" + b"\0" * 100, errors.UnknownFormatError),
    # GDAL gives up on such a header without saying so.
    "broken fgb": (b"fgb\x03fgb\x00" + b"\xff" * 64, errors.NoFeaturesError),
    "points only": (
        _one({"type": "Point", "coordinates": [106.2, -6.1]}).encode(),
        errors.NotPolygonsError,
    ),
    "points of unknown columns": (
        _one({"type": "Point", "coordinates": [106.2, -6.1]}, a=1).encode(),
        errors.NotPolygonsError,
    ),
    "points that are no numbers": (
        _one({"type": "Point", "coordinates": [106.2, -6.1]}, a=1).replace("106.2", "NaN").encode(),
        errors.NotPolygonsError,
    ),
    "no shape at all": (_one(None).encode(), errors.NotPolygonsError),
    "unknown columns": (
        _one({"type": "Polygon", "coordinates": SQUARE}, a=1).encode(),
        errors.UnknownSchemaError,
    ),
    "text for numbers": (
        _one({"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"]]]}).encode(),
        errors.BadShapeError,
    ),
    "no coordinates": (_one({"type": "Polygon"}).encode(), errors.BadShapeError),
    "odd geometry": (_one("Polygon").encode(), errors.BadShapeError),
    "nan": (
        _one({"type": "Polygon", "coordinates": SQUARE}).replace("106.2", "NaN").encode(),
        errors.BadShapeError,
    ),
    "infinite": (
        _one({"type": "Polygon", "coordinates": SQUARE}).replace("106.2", "1e999").encode(),
        errors.BadShapeError,
    ),
    "other kabupaten": (
        _one({"type": "Polygon", "coordinates": SQUARE}, kode="32.04.12").encode(),
        errors.WrongAreaError,
    ),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_bad_contents_are_refused_with_a_sentence(case: str, tmp_path: Path) -> None:
    content, expected = CONTENTS[case]
    path = tmp_path / "batas.geojson"
    path.write_bytes(content)
    assert type(_refusal(path)) is expected


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert isinstance(_refusal(tmp_path / "tiada.zip"), errors.FileMissingError)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert isinstance(_refusal(tmp_path), errors.NotAFileError)


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa")
    assert isinstance(_refusal(tmp_path / "pipa"), errors.NotAFileError)


def test_a_name_that_no_system_accepts_is_refused() -> None:
    assert isinstance(_refusal(Path("a\0b")), errors.FileUnreadableError)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 0.999), flip=st.integers(0, 10**6))
def test_a_cut_or_scratched_file_never_ends_in_a_traceback(
    cut: float, flip: int, tmp_path: Path, small_geojson: bytes
) -> None:
    content = bytearray(small_geojson[: int(len(small_geojson) * cut) or 1])
    content[flip % len(content)] ^= 0x15
    (tmp_path / "batas.geojson").write_bytes(content)
    inspect_here(tmp_path / "batas.geojson")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400),
    lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(), held, max_size=3),
    max_leaves=8,
)
_CRS = {"type": "name", "properties": {"name": "EPSG:4326"}}
_POLYGON = {"type": "Polygon", "coordinates": SQUARE}
_FEATURE = {"type": "Feature", "id": 1, "properties": {"kode": "36.04.12"}, "geometry": _POLYGON}
DOCUMENTS: dict[str, dict[str, Any]] = {
    "GeoJSON": {"type": "FeatureCollection", "name": "a", "crs": _CRS, "features": [_FEATURE]},
    "Esri JSON": {
        "geometryType": "esriGeometryPolygon",
        "displayFieldName": "nama",
        "spatialReference": {"wkid": 4326, "latestWkid": 4326, "wkt": "GEOGCS[]"},
        "features": [{"attributes": _FEATURE["properties"], "geometry": {"rings": SQUARE}}],
    },
    "TopoJSON": {
        "type": "Topology",
        "crs": _CRS,
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": SQUARE,
        "objects": {"a": {"type": "Polygon", "arcs": [[0]], "properties": {"kode": "36.04.12"}}},
    },
}


def _places(value: object, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each member of a document."""
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [found for key, held in inside for found in ((*way, key), *_places(held, (*way, key)))]


@pytest.mark.parametrize("kind", DOCUMENTS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_member_of_another_type_never_ends_in_a_traceback(
    kind: str, data: st.DataObject, tmp_path: Path
) -> None:
    document = json.loads(json.dumps(DOCUMENTS[kind]))
    *way, last = data.draw(st.sampled_from(_places(document)))
    held = document
    for key in way:
        held = held[key]
    held[last] = data.draw(_JSON)
    (tmp_path / "batas.json").write_text(json.dumps(document))
    inspect_here(tmp_path / "batas.json")


@pytest.mark.parametrize("member", ["crs", "encoding", "geometry_types"])
@pytest.mark.parametrize("value", [5, True, [], {}, [[5]], {"type": 5}, "", None])
def test_metadata_of_geoparquet_of_another_type_is_no_traceback(
    member: str, value: object, tmp_path: Path
) -> None:
    path = tmp_path / "batas.parquet"
    frame = gpd.GeoDataFrame({"kode": ["36.04.12"]}, geometry=[box(106.1, -6.1, 106.2, -6)])
    frame.to_parquet(path)
    table = pq.read_table(path)
    geo = json.loads(table.schema.metadata[b"geo"])
    geo["columns"]["geometry"][member] = value
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(geo).encode()}), path)
    for _, found in limited_child.parquet(str(path)):
        assert not isinstance(found, str)
        with suppress(errors.CrsError):
            resolve_crs(path, found[2], None)


def test_of_columns_without_end_a_few_are_told(tmp_path: Path) -> None:
    columns = {f"{'k' * 200}{number}": 1 for number in range(100)}
    document = {**DOCUMENTS["GeoJSON"], "features": [{**_FEATURE, "properties": columns}]}
    (tmp_path / "batas.json").write_text(json.dumps(document))
    error = _refusal(tmp_path / "batas.json")
    assert isinstance(error, errors.UnknownSchemaError)
    assert sum(map(len, error.columns)) < 2_000


@pytest.fixture(scope="module")
def small_geojson(kecamatan_frame: gpd.GeoDataFrame) -> bytes:
    frame = kecamatan_frame.rename(columns={"code": "kode", "name": "nama"})
    return str(frame.to_json()).encode()


# --- place -----------------------------------------------------------------------------


def _moved(features: list[Any], change: Callable[[float, float], tuple[float, float]]) -> list[Any]:
    def walk(found: Any) -> Any:
        if isinstance(found[0], float):
            return list(change(found[0], found[1]))
        return [walk(part) for part in found]

    for feature in features:
        feature["geometry"]["coordinates"] = walk(feature["geometry"]["coordinates"])
    return features


def test_swapped_coordinates_are_recognised(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    path = write_geojson(_moved(kecamatan_features, lambda x, y: (y, x)))
    assert isinstance(_refusal(path), errors.SwappedCoordinatesError)


def test_swapped_metres_are_recognised(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    frame = kecamatan_frame.rename(columns={"code": "kode"}).to_crs("EPSG:32748")
    features = _moved(json.loads(frame.to_json())["features"], lambda x, y: (y, x))
    assert isinstance(
        _refusal(write_geojson(features), "EPSG:32748"), errors.SwappedCoordinatesError
    )


def test_another_place_is_described(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    path = write_geojson(_moved(kecamatan_features, lambda x, y: (x + 4, y - 1)))
    error = _refusal(path)
    assert isinstance(error, errors.WrongAreaError)
    assert "bujur 109," in str(error)


def test_one_stray_shape_is_named(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    _moved(kecamatan_features[:1], lambda x, y: (x + 4, y))
    error = _refusal(write_geojson(kecamatan_features))
    assert isinstance(error, errors.ShapeOutsideAreaError)
    assert "Kramatwatu" in str(error)


@pytest.mark.parametrize("corner", [[1e300, -6.0], [180.0, -6.0], [106.0, -60.0]])
def test_one_corner_far_away_is_refused(
    corner: list[float], kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    coordinates = kecamatan_features[0]["geometry"]["coordinates"]
    ring = coordinates[0] if kecamatan_features[0]["geometry"]["type"] == "Polygon" else None
    (ring or coordinates[0][0])[1] = corner
    error = _refusal(write_geojson(kecamatan_features))
    assert isinstance(error, errors.ShapeOutsideAreaError)
    assert "Kramatwatu" in str(error)


def test_degrees_that_claim_to_be_metres_are_recognised(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    crs = {"type": "name", "properties": {"name": "EPSG:32748"}}
    error = _refusal(write_geojson(kecamatan_features, crs=crs))
    assert isinstance(error, errors.CrsMissingError)
    assert "EPSG:32748 berhitung meter" in str(error)


def test_metres_without_a_crs_ask_for_one(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    frame = kecamatan_frame.rename(columns={"code": "kode"}).to_crs("EPSG:32748")
    error = _refusal(write_geojson(json.loads(frame.to_json())["features"]))
    assert isinstance(error, errors.CrsMissingError)
    assert "--crs EPSG:32748" in str(error)


def test_a_shapefile_without_prj_asks_for_a_crs(
    kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = _zipped(kecamatan_frame, tmp_path, skip=".prj")
    assert isinstance(_refusal(path), errors.CrsMissingError)
    assert inspect_here(path, "EPSG:4326").report.usable


@pytest.mark.parametrize("crs", ["", "/etc/passwd", "EPSG:1", "EPSG:999999", "+proj=longlat"])
def test_an_unknown_crs_is_refused(
    crs: str, kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    assert isinstance(_refusal(write_geojson(kecamatan_features), crs), errors.CrsUnknownError)


def test_a_strange_crs_name_gives_way_to_the_one_asked_for(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    path = write_geojson(
        kecamatan_features, crs={"type": "name", "properties": {"name": "+init=/etc/passwd:1"}}
    )
    assert isinstance(_refusal(path), errors.CrsUnknownError)
    report = inspect_here(path, "EPSG:4326").report
    assert report.usable and "+init=/etc/passwd:1" in report.problems[0]


def test_a_crs_link_is_not_followed(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    link = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}}
    assert inspect_here(write_geojson(kecamatan_features, crs=link)).report.usable


def test_a_null_crs_asks_for_one(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    assert isinstance(_refusal(write_geojson(kecamatan_features, crs=None)), errors.CrsMissingError)


def test_a_shape_drawn_over_another_is_refused(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    kecamatan_features[3]["geometry"] = kecamatan_features[5]["geometry"]
    assert isinstance(_refusal(write_geojson(kecamatan_features)), errors.ShapesOverlapError)


# --- archives and binary formats -------------------------------------------------------


def _zipped(frame: gpd.GeoDataFrame, folder: Path, skip: str) -> Path:
    parts = folder / "parts"
    parts.mkdir()
    frame.rename(columns={"code": "kode", "name": "nama"}).to_file(parts / "batas.shp")
    with zipfile.ZipFile(folder / "batas.zip", "w") as archive:
        for part in parts.iterdir():
            if part.suffix != skip:
                archive.write(part, part.name)
    return folder / "batas.zip"


def _archive(folder: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(folder / "batas.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return folder / "batas.zip"


@pytest.mark.parametrize("name", ["../a.shp", "/etc/a.shp", "..\\a.shp", "C:\\a.shp", "C:/a.shp"])
def test_a_member_outside_the_archive_is_refused(name: str, tmp_path: Path) -> None:
    error = _refusal(_archive(tmp_path, **{name: b"", "a.dbf": b""}))
    assert isinstance(error, errors.UnsafeArchiveError)


@pytest.mark.parametrize("name", [".", "./"])
def test_a_member_without_a_name_is_no_traceback(name: str, tmp_path: Path) -> None:
    error = _refusal(_archive(tmp_path, **{name: b""}))
    assert isinstance(error, errors.NoShapefileError)


def test_a_zip_whose_directory_points_nowhere_is_broken(tmp_path: Path) -> None:
    path = _archive(tmp_path, **{"a.shp": b"x", "a.dbf": b"x"})
    content = path.read_bytes()
    at = content.rindex(b"PK\x05\x06") + 16
    path.write_bytes(content[:at] + struct.pack("<I", 10**6) + content[at + 4 :])
    assert isinstance(_refusal(path), errors.BrokenFileError)


def test_a_link_in_the_archive_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("a.shp")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "batas.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert isinstance(_refusal(tmp_path / "batas.zip"), errors.UnsafeArchiveError)


def test_a_zip_bomb_is_refused_by_its_declared_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.boundaries.archives.MOST_BYTES", 1000)
    error = _refusal(_archive(tmp_path, **{"a.shp": b"\0" * 5000, "a.dbf": b""}))
    assert isinstance(error, errors.FileTooLargeError)


def test_a_zip_bomb_that_lies_about_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.boundaries.archives.MOST_BYTES", 1000)
    path = _archive(tmp_path, **{"a.shp": b"\0" * 5000, "a.dbf": b""})
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 5000), struct.pack("<I", 900)))
    assert isinstance(_refusal(path), errors.FileTooLargeError | errors.BrokenFileError)


def test_a_zip_without_a_table_says_what_lacks(tmp_path: Path) -> None:
    assert ".dbf" in str(_refusal(_archive(tmp_path, **{"a.shp": b"x"})))
    assert ".shp" in str(_refusal(_archive(tmp_path, **{"baca.txt": b"x"})))


def test_a_geopackage_without_layers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "batas.gpkg"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA application_id = 0x47504B47")
        database.execute("CREATE TABLE a (b)")
    assert isinstance(_refusal(path), errors.BrokenFileError | errors.NoFeaturesError)


def test_a_truncated_geopackage_is_refused(
    kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "batas.gpkg"
    kecamatan_frame.to_file(path, driver="GPKG")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    assert isinstance(_refusal(path), errors.BrokenFileError | errors.NoFeaturesError)


def test_a_file_of_too_many_layers_says_so(
    kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "batas.gpkg"
    for number in range(limits.MOST_LAYERS + 1):
        kecamatan_frame[:1].to_file(path, layer=f"l{number}", driver="GPKG")
    assert "lebih dari 40 lapisan" in str(_refusal(path))


def test_a_parquet_table_without_shapes_is_no_broken_file(
    kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    table = pa.table({"kode": list(kecamatan_frame["code"])})
    pq.write_table(table, tmp_path / "batas.parquet")
    assert isinstance(_refusal(tmp_path / "batas.parquet"), errors.UnknownFormatError)


def test_the_reader_has_one_driver_and_none_of_our_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PANTAU_DATABASE_URL", "postgresql://secret")
    environment = _environment("GPKG")
    assert "secret" not in " ".join(environment.values())
    asleep = environment["GDAL_SKIP"].split(",")
    assert {"OGR_VRT", "HTTP", "WFS"} <= set(asleep) and "GPKG" not in asleep


def test_a_reader_that_takes_too_long_is_stopped(
    kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.SECONDS, "read", 0.001)
    kecamatan_frame.to_file(tmp_path / "a.gpkg", driver="GPKG")
    assert isinstance(_refusal(tmp_path / "a.gpkg"), errors.ReaderStoppedError)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "besar.gpkg"
    with path.open("wb") as stream:
        stream.truncate(21 * 1024 * 1024)
    assert isinstance(_refusal(path), errors.FileTooLargeError)


def test_every_sentence_says_what_to_do(tmp_path: Path) -> None:
    for content, _ in CONTENTS.values():
        (tmp_path / "batas.geojson").write_bytes(content)
        sentence = str(_refusal(tmp_path / "batas.geojson"))
        assert sentence.endswith(".") and sentence.count(". ") + sentence.count(": ") >= 1


def test_shapes_of_a_collection_keep_their_polygons(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    first = kecamatan_features[0]["geometry"]
    kecamatan_features[0]["geometry"] = {
        "type": "GeometryCollection",
        "geometries": [first, {"type": "Point", "coordinates": [106.1, -6.0]}],
    }
    assert inspect_here(write_geojson(kecamatan_features)).report.usable


def test_a_shape_without_area_is_left_over_and_missing(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    flat = [[106.25, -6.0], [106.26, -6.0], [106.25, -6.0], [106.25, -6.0]]
    kecamatan_features[6]["geometry"] = {"type": "Polygon", "coordinates": [flat]}
    report = inspect_here(write_geojson(kecamatan_features)).report
    assert (report.matched["kecamatan"], report.missing) == (28, ("36.04.12",))
    assert report.problems[0] == ("Baris tanpa poligon yang berluas tidak dipakai: ke-7 (Pontang).")


def test_a_name_cannot_write_to_the_terminal_or_the_shell(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    kecamatan_features[0]["properties"] = {"nama": 'Kramat\x1b[2Jwatuu\n\ud800 "$(ls)`'}
    inspection = inspect_here(write_geojson(kecamatan_features))
    said = inspection.report.to_text() + "".join(inspection.report.problems)
    assert not {"\x1b", "\ud800"} & set(said)
    assert 'remember "Kramat2Jwatuu  (ls)" 36.04.05' in said


def test_a_point_among_polygons_is_left_over(
    kecamatan_features: list[Any],
    write_geojson: Callable[..., Path],
    kecamatan_frame: gpd.GeoDataFrame,
) -> None:
    point = mapping(kecamatan_frame.geometry.iloc[0].representative_point())
    kecamatan_features[0]["geometry"] = point
    report = inspect_here(write_geojson(kecamatan_features)).report
    assert [note.code for note in report.left_over] == ["36.04.05"]
    assert report.missing == ("36.04.05",)
