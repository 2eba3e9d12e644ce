"""Archives and files of several layers: what belongs together is joined, all else is said."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from shapely.geometry import mapping

from geo import errors
from geo.boundaries.formats import parse_file
from geo.boundaries.raw import MalformedShapeError, RawFile
from geo.boundaries.reading import inspect_here

Write = Callable[[gpd.GeoDataFrame, Path], None]


@pytest.fixture
def frame(kecamatan_frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return kecamatan_frame.rename(columns={"code": "kode", "name": "nama"})


@pytest.fixture
def desa(desa_frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return desa_frame.rename(columns={"code": "kode", "name": "nama"})


def _parsed(path: Path) -> RawFile:
    return parse_file(path, path.read_bytes())


def _codes(raw: RawFile) -> list[object]:
    return sorted(map(str, raw.layers[0].values("kode")))


def _zip(path: Path, **members: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _shapefile(frame: gpd.GeoDataFrame, folder: Path, name: str = "batas") -> dict[str, bytes]:
    made = folder / f"shp-{name}"
    made.mkdir()
    frame.to_file(made / f"{name}.shp")
    return {part.name: part.read_bytes() for part in made.iterdir()}


def _kml(placemarks: str, name: str = "") -> str:
    title = f"<name>{name}</name>" if name else ""
    return (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"{title}{placemarks}</Document></kml>"
    )


def _placemark(shape: shapely.Geometry, name: str) -> str:
    rings = "".join(
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>"
        + " ".join(f"{x},{y},0" for x, y in polygon.exterior.coords)
        + "</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        for polygon in getattr(shape, "geoms", [shape])
    )
    return f"<Placemark><name>{name}</name><MultiGeometry>{rings}</MultiGeometry></Placemark>"


def _kmls(frame: gpd.GeoDataFrame) -> dict[str, str]:
    return {
        f"Kec {row.nama}.kml": _kml(_placemark(row.geometry, row.nama))
        for row in frame.itertuples()
    }


# --- any format in a zip or gz ---------------------------------------------------------

WRITERS: dict[str, Write] = {
    ".json": lambda frame, path: frame.to_file(path, driver="GeoJSON"),
    ".gpkg": lambda frame, path: frame.to_file(path, driver="GPKG"),
    ".kml": lambda frame, path: frame.to_file(path, driver="KML"),
    ".parquet": lambda frame, path: frame.to_parquet(path),
    ".fgb": lambda frame, path: frame.to_file(path, driver="FlatGeobuf"),
}


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_format_is_read_out_of_a_zip(
    suffix: str, frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    WRITERS[suffix](frame, tmp_path / f"batas{suffix}")
    content = (tmp_path / f"batas{suffix}").read_bytes()
    path = _zip(tmp_path / "unduhan.zip", **{f"folder/batas{suffix}": content})
    assert inspect_here(path).report.matched["kecamatan"] == 29


@pytest.mark.parametrize("suffix", [".json", ".kml", ".gpkg"])
def test_every_format_is_read_out_of_a_gz(
    suffix: str, frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    WRITERS[suffix](frame, tmp_path / f"batas{suffix}")
    path = tmp_path / f"batas{suffix}.gz"
    path.write_bytes(gzip.compress((tmp_path / f"batas{suffix}").read_bytes()))
    assert inspect_here(path).report.matched["kecamatan"] == 29


def test_a_kmz_in_a_zip_is_read(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    kmz = _zip(tmp_path / "a.kmz", **{"doc.kml": "".join(_kmls(frame[:1]).values())})
    path = _zip(tmp_path / "a.zip", **{"a.kmz": kmz.read_bytes()})
    assert _parsed(path).layers[0].count == 1


def test_a_zip_in_a_zip_in_a_zip_is_named(tmp_path: Path) -> None:
    inner = _zip(tmp_path / "a.zip", **{"a.json": "{}"}).read_bytes()
    middle = _zip(tmp_path / "b.zip", **{"a.zip": inner}).read_bytes()
    with pytest.raises(errors.UnknownFormatError, match="arsip di dalam arsip"):
        _parsed(_zip(tmp_path / "c.zip", **{"b.zip": middle}))


FOREIGN: dict[str, tuple[bytes, str]] = {
    "rar": (b"Rar!\x1a\x07\x01\x00" + b"\0" * 600, "arsip RAR; buka arsipnya, lalu zip-kan"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 600, "arsip 7z"),
    "tar": (b"a" * 257 + b"ustar" + b"\0" * 300, "arsip tar"),
    "tar in gz": (gzip.compress(b"a" * 257 + b"ustar" + b"\0" * 300), "arsip tar"),
    "pdf": (b"%PDF-1.7 ...", "dokumen PDF"),
    "git lfs": (b"version https://git-lfs.github.com/spec/v1\n", "unduh berkas mentahnya"),
    "web page": (b"\n <!DOCTYPE html><html><body>Raw</body></html>", "halaman web"),
    "web page without doctype": (b"<HTML><head></head>", "tombol Raw atau Download"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_what_is_not_read_is_named_with_the_way_out(case: str, tmp_path: Path) -> None:
    content, said = FOREIGN[case]
    (tmp_path / "batas.geojson").write_bytes(content)
    with pytest.raises(errors.UnknownFormatError, match=said):
        _parsed(tmp_path / "batas.geojson")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("BATAS.gdb/a00000001.gdbtable", "geodatabase Esri"),
        ("xl/workbook.xml", "tidak berisi Shapefile"),
        ("[Content_Types].xml", "dokumen Office"),
        ("batas.tab", "format lain"),
    ],
)
def test_a_zip_of_something_else_is_named(name: str, said: str, tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", **{name: "x"})
    with pytest.raises(errors.BoundaryFileError, match=said):
        _parsed(path)


# --- Shapefiles ------------------------------------------------------------------------


def test_a_shapefile_without_its_table_is_named_beside_a_whole_one(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    other = _shapefile(frame[:3], tmp_path, "desa")
    del other["desa.dbf"]
    raw = _parsed(_zip(tmp_path / "a.zip", **_shapefile(frame, tmp_path), **other))
    assert raw.layers[0].count == 29
    assert raw.notes == (
        "“desa” dalam arsip tidak dipakai: tidak punya .dbf (tabel nama dan kode).",
    )


def test_a_shapefile_without_its_index_is_read_and_named(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    parts = _shapefile(frame, tmp_path)
    del parts["batas.shx"]
    raw = _parsed(_zip(tmp_path / "a.zip", **parts))
    assert raw.layers[0].count == 29
    assert "tanpa .shx" in raw.notes[0]


def test_one_layer_among_hundreds_of_members_is_found(
    desa: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    members = _shapefile(desa, tmp_path, "ADMINISTRASIDESA_AR_25K")
    field = gpd.GeoDataFrame(
        {"NAMOBJ": ["a"], "FCODE": ["b"]}, geometry=[shapely.box(106.2, -6.1, 106.21, -6)], crs=4326
    )
    layer = _shapefile(field, tmp_path, "KEBUN_AR_25K")
    # More Shapefiles than are read; the agency packs hundreds of members.
    for number in range(60):
        members |= {name.replace("KEBUN", f"KEBUN{number}"): held for name, held in layer.items()}
    path = _zip(tmp_path / "rbi.zip", **members)
    assert inspect_here(path).report.matched["desa"] == 326
    assert any("melebihi yang dapat dibaca" in note for note in _parsed(path).notes)


def test_lines_and_points_in_a_zip_are_passed_over(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    lines = frame.assign(geometry=frame.boundary)
    points = frame.assign(geometry=frame.representative_point())
    members = _shapefile(lines, tmp_path, "a_ln") | _shapefile(points, tmp_path, "b_pt")
    raw = _parsed(_zip(tmp_path / "a.zip", **members, **_shapefile(frame, tmp_path)))
    assert [layer.name for layer in raw.layers] == ["batas"]


# --- layers that belong together -------------------------------------------------------


def test_two_halves_are_joined_and_said(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    west, east = (
        _shapefile(frame[:15], tmp_path, "barat"),
        _shapefile(frame[15:], tmp_path, "timur"),
    )
    raw = _parsed(_zip(tmp_path / "a.zip", **west, **east))
    assert (len(raw.layers), _codes(raw)) == (1, sorted(frame["kode"]))
    assert raw.layers[0].notes == ("2 lapisan digabung menjadi satu: “barat”, “timur”.",)


def test_halves_in_different_coordinates_are_joined(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    west = _shapefile(frame[:15], tmp_path, "barat")
    east = _shapefile(frame[15:].to_crs("EPSG:32748"), tmp_path, "timur")
    path = _zip(tmp_path / "a.zip", **west, **east)
    assert inspect_here(path).report.matched["kecamatan"] == 29


def test_halves_in_layers_of_a_geopackage_are_joined(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    for name, part in (("a", frame[:10]), ("b", frame[10:20]), ("c", frame[20:])):
        part.to_file(tmp_path / "a.gpkg", layer=name, driver="GPKG")
    raw = _parsed(tmp_path / "a.gpkg")
    assert _codes(raw) == sorted(frame["kode"])


def test_a_kml_per_kecamatan_is_joined(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    raw = _parsed(_zip(tmp_path / "a.zip", **_kmls(frame)))
    assert sorted(raw.layers[0].values("name")) == sorted(frame["nama"])
    assert raw.layers[0].notes[0].startswith("29 lapisan digabung menjadi satu: ")


def test_a_joined_row_says_which_file_it_is_from(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    kmls = {name: text.replace("<name>", "<name>Poligon ") for name, text in _kmls(frame).items()}
    raw = _parsed(_zip(tmp_path / "a.zip", **kmls))
    assert set(raw.layers[0].values("berkas")) == {f"Kec {name}" for name in frame["nama"]}


def test_what_doc_kml_links_to_is_read_beside_it(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    links = _kml("<NetworkLink><Link><href>a.kml</href></Link></NetworkLink>")
    halves = {"a.kml": frame[:15], "b.kml": frame[15:]}
    members = {
        name: _kml("".join(_placemark(row.geometry, row.nama) for row in half.itertuples()))
        for name, half in halves.items()
    }
    raw = _parsed(_zip(tmp_path / "a.kmz", **{"doc.kml": links, **members}))
    assert (raw.format, raw.layers[0].count) == ("KML", 29)


def test_the_fuller_of_two_drawings_is_kept_and_said(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    frame[:28].to_file(tmp_path / "a.gpkg", layer="lama", driver="GPKG")
    frame.to_file(tmp_path / "a.gpkg", layer="baru", driver="GPKG")
    raw = _parsed(tmp_path / "a.gpkg")
    assert [(layer.name, layer.count) for layer in raw.layers] == [("baru", 29)]
    assert raw.layers[0].notes == (
        "Lapisan “lama” (28 bentuk) tidak dipakai: wilayahnya sudah ada dalam “baru” (29 bentuk).",
    )


@pytest.mark.parametrize("names", [("provinsi", "danau"), ("hutan", "sawah"), ("jalan", "sungai")])
def test_what_was_joined_beside_the_layer_in_use_is_not_said(
    names: tuple[str, str], frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    beside = [
        gpd.GeoDataFrame({"LUAS": [1]}, geometry=[shapely.box(x, -6, x + 0.1, -5.9)], crs=4326)
        for x in (107, 108)
    ]
    for name, layer in zip(names, beside, strict=True):
        layer.to_file(tmp_path / "a.gpkg", layer=name, driver="GPKG")
    frame.to_file(tmp_path / "a.gpkg", layer="batas", driver="GPKG")
    report = inspect_here(tmp_path / "a.gpkg").report
    assert (report.matched["kecamatan"], report.problems) == (29, ())


def test_layers_left_out_for_one_layer_are_said_in_one_sentence(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    for name, count in (("a", 29), ("b", 28), ("c", 27)):
        frame[:count].to_file(tmp_path / "a.gpkg", layer=name, driver="GPKG")
    report = inspect_here(tmp_path / "a.gpkg").report
    assert report.problems == (
        "Lapisan “b” (28 bentuk), “c” (27 bentuk) tidak dipakai: wilayahnya sudah ada dalam “a” "
        "(29 bentuk).",
    )


def test_the_same_areas_in_two_formats_are_read_once(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    members = _shapefile(frame, tmp_path) | {"batas.geojson": frame.to_json().encode()}
    raw = _parsed(_zip(tmp_path / "a.zip", **members))
    assert (raw.format, len(raw.layers)) == ("Shapefile dan GeoJSON", 1)


def test_halves_that_share_an_area_keep_it_once(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    west, east = (
        _shapefile(frame[:16], tmp_path, "barat"),
        _shapefile(frame[14:], tmp_path, "timur"),
    )
    raw = _parsed(_zip(tmp_path / "a.zip", **west, **east))
    assert _codes(raw) == sorted(frame["kode"])


def test_levels_stay_apart(frame: gpd.GeoDataFrame, desa: gpd.GeoDataFrame, tmp_path: Path) -> None:
    frame.to_file(tmp_path / "a.gpkg", layer="kecamatan", driver="GPKG")
    desa[:196].to_file(tmp_path / "a.gpkg", layer="desa", driver="GPKG")
    raw = _parsed(tmp_path / "a.gpkg")
    assert sorted(layer.count for layer in raw.layers) == [29, 196]


def test_a_broken_half_is_said(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    good = _kml("".join(_placemark(row.geometry, row.nama) for row in frame.itertuples()))
    raw = _parsed(_zip(tmp_path / "a.zip", **{"a.kml": good, "b.kml": "<kml><Document>"}))
    assert raw.layers[0].count == 29
    assert raw.notes[0].startswith("Berkas b.kml rusak atau terpotong")


def test_texts_beside_the_areas_are_passed_over_and_said(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    members = {"batas.geojson": frame.to_json(), "metadata.json": '{"sumber": "BIG"}'}
    raw = _parsed(_zip(tmp_path / "a.zip", **members))
    assert raw.notes == ("Tanpa batas wilayah, dilewati: “metadata.json”.",)


def test_a_member_that_is_too_large_is_left_out_and_said(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = _zip(
        tmp_path / "a.zip",
        **{"batas.geojson": frame.to_json(), "lain.geojson": b" " * 21 * 1024 * 1024},
    )
    raw = _parsed(path)
    assert raw.layers[0].count == 29
    assert "“lain.geojson” dalam arsip tidak dipakai: terlalu besar" in raw.notes[0]


# --- GeoPackage and Parquet ------------------------------------------------------------


def _curved(shape: shapely.Geometry) -> bytes:
    """A CurvePolygon whose ring is a circle around the shape's middle."""
    x, y = shape.representative_point().coords[0]
    points = [(x - 0.01, y), (x, y + 0.01), (x + 0.01, y), (x, y - 0.01), (x - 0.01, y)]
    ring = b"\x01\x08\x00\x00\x00" + len(points).to_bytes(4, "little")
    ring += b"".join(shapely.to_wkb(shapely.Point(p))[5:] for p in points)
    return b"\x01\x0a\x00\x00\x00\x01\x00\x00\x00" + ring


def test_curves_of_a_geopackage_become_lines(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "a.gpkg"
    frame.to_file(path, layer="a", driver="GPKG")
    head = b"GP\x00\x01" + (4326).to_bytes(4, "little")
    with sqlite3.connect(path) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
            database.execute(f'DROP TRIGGER "{name}"')
        curve = head + _curved(frame.geometry.iloc[0])
        database.execute("UPDATE a SET geom=? WHERE fid=1", (curve,))
        database.execute("UPDATE gpkg_geometry_columns SET geometry_type_name='CURVEPOLYGON'")
    layer = _parsed(path).layers[0]
    shape = layer.shape(0)
    assert shape is not None and shape.geom_type == "Polygon"
    assert shape.area == pytest.approx(3.14159 * 0.01**2, rel=0.01)


def _parquet(frame: gpd.GeoDataFrame, path: Path, **geometries: list[object]) -> Path:
    columns = {"kode": list(frame["kode"]), "nama": list(frame["nama"]), **geometries}
    pq.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize("column", ["geometry", "geom", "wkb_geometry", "batas"])
def test_a_parquet_without_metadata_is_read_and_said(
    column: str, frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    wkb = list(shapely.to_wkb(frame.geometry.to_numpy()))
    raw = _parsed(_parquet(frame, tmp_path / "a.parquet", **{column: wkb}))
    assert (raw.layers[0].count, raw.layers[0].crs) == (29, "OGC:CRS84")
    assert "tidak menyebut CRS" in raw.notes[0]


@pytest.mark.parametrize("is_hex", [True, False])
def test_shapes_of_a_database_table_carry_their_crs(
    is_hex: bool, frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    shapes = shapely.set_srid(frame.to_crs("EPSG:32748").geometry.to_numpy(), 32748)
    ewkb = list(shapely.to_wkb(shapes, hex=is_hex, include_srid=True))
    path = _parquet(frame, tmp_path / "a.parquet", geom=ewkb)
    assert inspect_here(path).report.crs == "EPSG:32748"


def test_the_column_of_polygons_is_read_whatever_the_first_one_is(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    both = frame.assign(titik=frame.representative_point()).set_geometry("titik")
    both.to_parquet(tmp_path / "a.parquet")
    assert inspect_here(tmp_path / "a.parquet").report.matched["kecamatan"] == 29


@pytest.mark.parametrize(
    ("crs", "expected"),
    [(None, None), ("EPSG:4326", "EPSG:4326"), (5, "5"), ([1], "[1]"), ({"a": 1}, '{"a": 1}')],
)
def test_the_crs_of_a_geoparquet_is_text_or_unknown(
    crs: object, expected: str | None, frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    frame.to_parquet(tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    geo = json.loads(table.schema.metadata[b"geo"])
    geo["columns"]["geometry"]["crs"] = crs
    meta = {b"geo": json.dumps(geo).encode()}
    pq.write_table(table.replace_schema_metadata(meta), tmp_path / "a.parquet")
    assert _parsed(tmp_path / "a.parquet").layers[0].crs == expected


@pytest.mark.parametrize("geo", [b"{", b"[]", b"5", b'{"columns": []}', b'{"columns": {"a": 1}}'])
def test_odd_metadata_of_a_parquet_are_no_traceback(
    geo: bytes, frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    wkb = list(shapely.to_wkb(frame.geometry.to_numpy()))
    path = _parquet(frame, tmp_path / "a.parquet", geometry=wkb)
    pq.write_table(pq.read_table(path).replace_schema_metadata({b"geo": geo}), path)
    assert _parsed(path).layers[0].count == 29


def test_a_curve_of_a_parquet_is_named_with_its_row(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    wkb = [_curved(frame.geometry.iloc[0]), *shapely.to_wkb(frame.geometry.to_numpy())[1:]]
    layer = _parsed(_parquet(frame, tmp_path / "a.parquet", geometry=wkb)).layers[0]
    with pytest.raises(MalformedShapeError, match="lengkung"):
        layer.shape(0)
    assert layer.shape(1) is not None


def test_more_shapes_than_a_province_has_are_refused(tmp_path: Path) -> None:
    buffer = io.StringIO()
    square = json.dumps(mapping(shapely.box(106.1, -6.1, 106.2, -6.0)))
    row = f'{{"type":"Feature","properties":{{}},"geometry":{square}}}'
    buffer.write(f'{{"type":"FeatureCollection","features":[{",".join([row] * 5_001)}]}}')
    (tmp_path / "a.geojson").write_text(buffer.getvalue())
    with pytest.raises(errors.TooDetailedError, match="5001 bentuk"):
        _parsed(tmp_path / "a.geojson")
