"""Official files of every format and schema are read, repaired, matched and kept."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely import affinity
from shapely.geometry import mapping

from geo.boundaries import (
    active_boundaries,
    indicative_boundaries,
    inspect_boundaries,
    read_boundaries,
    reset_boundaries,
    store_boundaries,
    stored_boundaries,
)
from geo.boundaries.storage import STORED_FILE, _load, _read_override
from geo.errors import DuplicateShapesError, StoredSetDamagedError, TooFewMatchedError
from geo.gazetteer import gazetteer
from geo.matching import load_aliases, remember_alias

pytestmark = pytest.mark.usefixtures("in_this_process")

METRIC = "EPSG:32748"


def _kemendagri(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame.rename(columns={"code": "kode", "name": "nama"})


def _geojson(frame: gpd.GeoDataFrame, path: Path) -> None:
    path.write_text(frame.to_json(), encoding="utf-8")


def _topojson(frame: gpd.GeoDataFrame, path: Path) -> None:
    """One arc per ring, delta-encoded on a grid of a hundred-thousandth of a degree."""
    arcs: list[Any] = []
    geometries = []
    for row in frame.itertuples(index=False):
        polygons = []
        for polygon in getattr(row.geometry, "geoms", [row.geometry]):
            points = (shapely.get_coordinates(polygon.exterior) * 1e5).round().astype(int)
            steps = [points[0], *(points[1:] - points[:-1])]
            polygons.append([[len(arcs)]])
            arcs.append([step.tolist() for step in steps])
        properties = {"kode": row.kode, "nama": row.nama}
        geometries.append({"type": "MultiPolygon", "arcs": polygons, "properties": properties})
    transform = {"scale": [1e-5, 1e-5], "translate": [0, 0]}
    objects = {"kec": {"type": "GeometryCollection", "geometries": geometries}}
    document = {"type": "Topology", "transform": transform, "arcs": arcs, "objects": objects}
    path.write_text(json.dumps(document), encoding="utf-8")


def _shapefile(frame: gpd.GeoDataFrame, path: Path) -> None:
    folder = path.parent / "shp"
    folder.mkdir()
    frame.to_crs(METRIC).to_file(folder / "batas.shp")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in folder.iterdir():
            archive.write(part, f"unduhan/{part.name}")


WRITERS: dict[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    "GeoJSON": _geojson,
    "TopoJSON": _topojson,
    "Shapefile": _shapefile,
    "GeoPackage": lambda frame, path: frame.to_file(path, driver="GPKG"),
    "KML": lambda frame, path: frame.to_file(path, driver="KML"),
    "GeoParquet": lambda frame, path: frame.to_parquet(path),
    "FlatGeobuf": lambda frame, path: frame.to_file(path, driver="FlatGeobuf"),
}

# These writers insist on their extension.
EXTENSIONS = {"GeoPackage": ".gpkg", "FlatGeobuf": ".fgb"}


@pytest.mark.parametrize("format_name", WRITERS)
def test_every_format_is_told_by_its_content(
    format_name: str, kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "batas.bin"
    made = tmp_path / f"made{EXTENSIONS.get(format_name, '')}"
    WRITERS[format_name](_kemendagri(kecamatan_frame), made)
    made.rename(path)
    boundaries, report = read_boundaries(path)
    assert (report.format, report.matched["kecamatan"]) == (format_name, 29)
    assert len(boundaries.kecamatan) == 29


def test_the_notes_of_macos_in_a_zip_are_passed_over(
    kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "batas.zip"
    _shapefile(_kemendagri(kecamatan_frame), path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/unduhan/._batas.shp", b"\0\5\x16\7")
        archive.writestr("__MACOSX/unduhan/._batas.dbf", b"\0\5\x16\7")
    assert read_boundaries(path)[1].matched["kecamatan"] == 29


def test_a_kmz_is_read_as_its_kml(kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    _kemendagri(kecamatan_frame).to_file(tmp_path / "batas.kml", driver="KML")
    with zipfile.ZipFile(tmp_path / "batas.kmz", "w") as archive:
        archive.writestr("lain/tautan.kml", "<kml/>")
        archive.write(tmp_path / "batas.kml", "doc.kml")
    report = inspect_boundaries(tmp_path / "batas.kmz").report
    assert (report.format, report.matched["kecamatan"]) == ("KML", 29)


def _big(row: Any) -> dict[str, str]:
    return {"KDCPUM": row.code, "WADMKC": row.name, "KDEPUM": "", "WADMKD": "", "WADMKK": "Serang"}


def _cod(row: Any) -> dict[str, str]:
    bps = gazetteer().kecamatan_by_code[row.code].bps_code
    return {"ADM3_PCODE": f"ID{bps}", "ADM3_EN": row.name, "ADM2_EN": "Serang"}


SCHEMAS: dict[str, tuple[Callable[[Any], dict[str, str]], str]] = {
    "Kemendagri": (lambda row: {"kode": row.code, "nama": row.name}, "code"),
    "BIG": (_big, "code"),
    "HDX COD-AB": (_cod, "code"),
    "HDX-BPS": (
        lambda row: {
            "district_c": "id" + gazetteer().kecamatan_by_code[row.code].bps_code,
            "district": row.name,
        },
        "code",
    ),
    "GADM": (
        lambda row: {"NAME_2": "Serang", "NAME_3": row.name.replace(" ", "")},
        "name",
    ),
    "geoBoundaries": (lambda row: {"shapeName": row.name, "shapeType": "ADM3"}, "name"),
    "nama": (lambda row: {"nama": f"Kec. {row.name}"}, "name"),
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_schema_is_told_by_its_columns(
    schema: str,
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    properties, how = SCHEMAS[schema]
    features = [
        {"type": "Feature", "properties": properties(row), "geometry": mapping(row.geometry)}
        for row in kecamatan_frame.itertuples(index=False)
    ]
    _, report = read_boundaries(write_geojson(features))
    assert (report.schema, report.level, dict(report.how)) == (schema, "kecamatan", {how: 29})


def test_desa_are_matched_by_name_within_their_kecamatan_and_dissolved(
    desa_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"NAME_3": gazetteer().name(row.code[:8]), "NAME_4": row.name.upper()},
            "geometry": mapping(row.geometry),
        }
        for row in desa_frame.itertuples(index=False)
    ]
    boundaries, report = read_boundaries(write_geojson(features))
    assert dict(report.matched) == {"kecamatan": 29, "desa": 326}
    assert len(boundaries.kecamatan) == 29


def test_desa_names_alone_leave_the_ambiguous_ones_out(
    desa_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"shapeName": row.name},
            "geometry": mapping(row.geometry),
        }
        for row in desa_frame.itertuples(index=False)
    ]
    report = inspect_boundaries(write_geojson(features)).report
    assert (report.level, len(report.ambiguous)) == ("desa", 33)
    assert report.matched["desa"] == 326 - 33


def _names_only(features: list[Any]) -> list[Any]:
    for feature in features:
        feature["properties"] = {"nama": feature["properties"]["nama"]}
    return features


def test_a_namesake_across_the_border_is_told_by_the_points(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    stranger = {**kecamatan_features[0], "properties": {"nama": "Pontang"}}
    stranger["geometry"] = mapping(shapely.box(106.155, -6.125, 106.165, -6.115))
    report = inspect_boundaries(write_geojson([*_names_only(kecamatan_features), stranger])).report
    assert (report.usable, report.matched["kecamatan"], report.outside_area) == (True, 29, 1)


def test_a_shape_drawn_twice_is_no_namesake(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    features = [*_names_only(kecamatan_features), kecamatan_features[0]]
    error = inspect_boundaries(write_geojson(features)).error
    assert isinstance(error, DuplicateShapesError)


def test_the_text_says_how_each_kecamatan_was_matched(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    kecamatan_features[0]["properties"] = {"nama": "Keramatwatu"}
    text = inspect_boundaries(write_geojson(kecamatan_features[:-1])).report.to_text()
    assert "36.04.05 Kramatwatu: menurut nama lain" in text
    assert "36.04.12 Pontang: menurut kode" in text
    assert "36.04.35 Lebak Wangi: belum ada" in text


def test_the_text_says_how_the_desa_of_each_kecamatan_were_matched(
    desa_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    _kemendagri(desa_frame)[1:].to_parquet(tmp_path / "batas.parquet")
    text = inspect_boundaries(tmp_path / "batas.parquet").report.to_text()
    assert "36.04.05 Kramatwatu: 14 dari 15 desa (14 menurut kode)" in text


def test_the_text_of_a_refusal_claims_nothing_that_was_not_looked_at(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    text = inspect_boundaries(write_geojson(kecamatan_features, crs=None)).report.to_text()
    assert "CRS belum diketahui" in text
    assert not any(word in text for word in ("None", "Perbaikan", "Titik", "Cocok"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read(
    encoding: str, kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    path = write_geojson(kecamatan_features)
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert inspect_boundaries(path).report.matched["kecamatan"] == 29


def test_heights_and_measures_are_passed_over(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    for feature in kecamatan_features:
        polygon = feature["geometry"]["coordinates"]
        ring = polygon[0] if feature["geometry"]["type"] == "Polygon" else polygon[0][0]
        ring[1] = [*ring[1], 12.5, 3]
    assert inspect_boundaries(write_geojson(kecamatan_features)).report.matched["kecamatan"] == 29


def test_other_kabupaten_are_dropped_and_counted(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    stranger = json.loads(json.dumps(kecamatan_features[0]))
    stranger["properties"] = {"kode": "36.73.01", "nama": "Serang"}
    report = inspect_boundaries(write_geojson([*kecamatan_features, stranger])).report
    assert (report.usable, report.outside_area, report.left_over) == (True, 1, ())


def test_strangers_known_by_name_only_are_told_by_their_place(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    far = affinity.translate(shapely.box(106.4, -6.2, 106.5, -6.1), 3, 0)
    kecamatan_features.append({"type": "Feature", "properties": {}, "geometry": mapping(far)})
    for feature in kecamatan_features:
        feature["properties"] = {"shapeName": feature["properties"].get("nama", "Pontang")}
    report = inspect_boundaries(write_geojson(kecamatan_features)).report
    assert (report.usable, report.outside_area) == (True, 1)


def test_metres_are_read_when_the_crs_is_given(
    kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    metric = _kemendagri(kecamatan_frame).to_crs(METRIC)
    path = tmp_path / "batas.geojson"
    path.write_text(metric.to_json(drop_id=True).replace('"crs"', '"was"'), encoding="utf-8")
    boundaries, report = read_boundaries(path, crs=METRIC)
    assert report.crs == METRIC
    assert boundaries.kecamatan.total_bounds[0] == pytest.approx(
        kecamatan_frame.total_bounds[0], abs=1e-6
    )


def test_gaps_and_overlaps_are_repaired_and_listed(
    desa_frame: gpd.GeoDataFrame, write_geojson: Callable[..., Path]
) -> None:
    frame = _kemendagri(desa_frame.to_crs(METRIC))
    shapes = frame.geometry.to_numpy().copy()
    shapes[0], shapes[200] = shapes[0].buffer(15), shapes[200].buffer(-15)
    features = json.loads(frame.set_geometry(shapes).to_crs("EPSG:4326").to_json())["features"]
    boundaries, report = read_boundaries(write_geojson(features))
    assert boundaries.desa is not None
    assert shapely.coverage_is_valid(boundaries.desa.to_crs(METRIC).geometry.to_numpy())
    whats = {note.what for note in report.repaired}
    assert whats == {"tumpang tindih dengan tetangga dihapus", "celah di antara tetangga ditutup"}
    assert all(note.area_m2 >= 1 for note in report.repaired)


def test_a_broken_shape_is_made_valid_and_listed(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    bowtie = [[106.2, -5.9], [106.3, -5.8], [106.3, -5.9], [106.2, -5.8], [106.2, -5.9]]
    kecamatan_features[6]["geometry"] = {"type": "Polygon", "coordinates": [bowtie]}
    boundaries, report = read_boundaries(write_geojson(kecamatan_features[6:]))
    assert "bentuk tidak sah diperbaiki" in {note.what for note in report.repaired}
    assert boundaries.kecamatan.is_valid.all()


def test_a_clean_file_keeps_every_digit(
    kecamatan_features: list[Any],
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    boundaries, report = read_boundaries(write_geojson(kecamatan_features))
    assert report.repaired == ()
    assert boundaries.kecamatan.geometry.iloc[0].equals_exact(kecamatan_frame.geometry.iloc[0])


def test_an_absent_desa_is_not_swallowed_by_its_neighbours(
    desa_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    frame = _kemendagri(desa_frame.to_crs(METRIC)).drop(index=100)
    frame.geometry = frame.geometry.buffer(5)
    frame.to_parquet(tmp_path / "batas.parquet")
    boundaries, report = read_boundaries(tmp_path / "batas.parquet")
    assert report.missing == (desa_frame["code"][100],)
    gap = desa_frame.geometry[100].centroid
    assert boundaries.desa is not None and not boundaries.desa.contains(gap).any()


def test_28_kecamatan_are_usable_with_a_notice(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    boundaries, report = read_boundaries(write_geojson(kecamatan_features[:-1]))
    assert report.missing == ("36.04.35",)
    assert boundaries.notice == "28 dari 29 kecamatan ada dalam berkas batas"


def test_missing_desa_are_part_of_the_notice(desa_frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    _kemendagri(desa_frame)[1:].to_parquet(tmp_path / "batas.parquet")
    boundaries, _ = read_boundaries(tmp_path / "batas.parquet")
    assert boundaries.notice == "325 dari 326 desa ada dalam berkas batas"


def test_a_typo_is_proposed_and_accepted_once_confirmed(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path], tmp_path: Path
) -> None:
    for feature in kecamatan_features:
        name = feature["properties"]["nama"]
        feature["properties"] = {"nama": "Tirtayasaa" if name == "Tirtayasa" else name}
    path = write_geojson(kecamatan_features)
    report = inspect_boundaries(path).report
    assert report.matched["kecamatan"] == 28
    assert report.candidates[0].candidates[0].code == "36.04.13"
    assert 'remember "Tirtayasaa" 36.04.13' in " ".join(report.problems)
    remember_alias(tmp_path, "", "Tirtayasaa", "36.04.13")
    assert inspect_boundaries(path, aliases=load_aliases(tmp_path)).report.missing == ()


def test_a_name_that_contradicts_its_code_is_said(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    kecamatan_features[0]["properties"]["nama"] = "Tirtayasa"
    _, report = read_boundaries(write_geojson(kecamatan_features))
    assert "berkode 36.04.05 (Kramatwatu) tetapi bernama “Tirtayasa”" in report.problems[0]


def test_two_shapes_for_one_code_are_refused(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    kecamatan_features[1]["properties"] = kecamatan_features[0]["properties"]
    with pytest.raises(DuplicateShapesError, match=r"Kramatwatu \(bentuk ke-1 dan ke-2\)"):
        read_boundaries(write_geojson(kecamatan_features))


def test_a_kecamatan_among_the_desa_is_left_over(
    desa_frame: gpd.GeoDataFrame,
    kecamatan_features: list[Any],
    write_geojson: Callable[..., Path],
) -> None:
    desa = json.loads(_kemendagri(desa_frame).to_json())["features"]
    report = inspect_boundaries(write_geojson([*desa, kecamatan_features[6]])).report
    assert (report.usable, [note.name for note in report.left_over]) == (True, ["Pontang"])


def test_a_few_desa_among_the_kecamatan_are_left_over(
    desa_frame: gpd.GeoDataFrame,
    kecamatan_features: list[Any],
    write_geojson: Callable[..., Path],
) -> None:
    desa = json.loads(_kemendagri(desa_frame[:5]).to_json())["features"]
    report = inspect_boundaries(write_geojson([*kecamatan_features, *desa])).report
    assert (report.level, report.matched["kecamatan"]) == ("kecamatan", 29)
    assert len(report.left_over) == 5


def test_a_few_desa_with_columns_of_their_own_are_left_over(
    desa_frame: gpd.GeoDataFrame,
    kecamatan_frame: gpd.GeoDataFrame,
    write_geojson: Callable[..., Path],
) -> None:
    kecamatan = [_big(row) for row in kecamatan_frame.itertuples(index=False)]
    desa = [
        {"KDCPUM": row.code[:8], "KDEPUM": row.code, "WADMKD": row.name}
        for row in desa_frame[:5].itertuples(index=False)
    ]
    shapes = [*kecamatan_frame.geometry, *desa_frame.geometry[:5]]
    features = [
        {"type": "Feature", "properties": properties, "geometry": mapping(shape)}
        for properties, shape in zip([*kecamatan, *desa], shapes, strict=True)
    ]
    report = inspect_boundaries(write_geojson(features)).report
    assert (report.matched["kecamatan"], len(report.left_over)) == (29, 5)


def test_a_country_of_kecamatan_names_is_not_taken_for_desa(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    far = mapping(shapely.box(110, -7, 110.1, -6.9))
    abroad = [desa.name for desa in gazetteer().desa[:100]]
    for feature in kecamatan_features:
        feature["properties"] = {"nama": feature["properties"]["nama"]}
    kecamatan_features += [
        {"type": "Feature", "properties": {"nama": name}, "geometry": far} for name in abroad
    ]
    report = inspect_boundaries(write_geojson(kecamatan_features)).report
    assert (report.level, report.outside_area) == ("kecamatan", 100)


# --- layers ----------------------------------------------------------------------------


def _layers(path: Path, **frames: gpd.GeoDataFrame) -> Path:
    for name, frame in frames.items():
        _kemendagri(frame).to_file(path, layer=name, driver="GPKG")
    return path


def test_a_layer_of_points_does_not_hide_the_polygons(
    kecamatan_frame: gpd.GeoDataFrame, desa_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    points = desa_frame.set_geometry(desa_frame.representative_point())
    path = _layers(tmp_path / "batas.gpkg", a_titik=points, b_kecamatan=kecamatan_frame)
    assert inspect_boundaries(path).report.matched["kecamatan"] == 29


def test_a_layer_of_few_desa_does_not_hide_the_kecamatan(
    kecamatan_frame: gpd.GeoDataFrame, desa_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = _layers(tmp_path / "batas.gpkg", a_desa=desa_frame[:3], b_kecamatan=kecamatan_frame)
    assert inspect_boundaries(path).report.matched["kecamatan"] == 29


def test_the_desa_layer_is_read_where_both_are_complete(
    kecamatan_frame: gpd.GeoDataFrame, desa_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = _layers(tmp_path / "batas.gpkg", a_kecamatan=kecamatan_frame, b_desa=desa_frame)
    assert inspect_boundaries(path).report.matched["desa"] == 326


def test_the_last_of_many_layers_is_read(kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    points = kecamatan_frame[:1].set_geometry(kecamatan_frame[:1].representative_point())
    many = {f"titik{number:02}": points for number in range(45)}
    path = _layers(tmp_path / "batas.gpkg", **many, z_kecamatan=kecamatan_frame)
    assert inspect_boundaries(path).report.matched["kecamatan"] == 29


def test_points_before_the_polygons_of_a_topology_are_passed_over(
    kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    _topojson(_kemendagri(kecamatan_frame), tmp_path / "batas.topojson")
    document = json.loads((tmp_path / "batas.topojson").read_text(encoding="utf-8"))
    point = {"type": "Point", "coordinates": [0, 0], "properties": {"kode": "36.04.12"}}
    document["objects"] = {"titik": point, **document["objects"]}
    (tmp_path / "batas.topojson").write_text(json.dumps(document), encoding="utf-8")
    assert inspect_boundaries(tmp_path / "batas.topojson").report.matched["kecamatan"] == 29


def test_a_table_whose_encoding_is_not_named_is_read(
    kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    frame = _kemendagri(kecamatan_frame).assign(catatan="penyandian Windows: é")
    frame.to_file(tmp_path / "batas.shp", encoding="cp1252")
    with zipfile.ZipFile(tmp_path / "batas.zip", "w") as archive:
        for suffix in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(tmp_path / f"batas{suffix}", f"batas{suffix}")
    assert inspect_boundaries(tmp_path / "batas.zip").report.matched["kecamatan"] == 29


def test_a_handful_of_kecamatan_is_refused(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    with pytest.raises(TooFewMatchedError, match="Hanya 3 dari 29"):
        read_boundaries(write_geojson(kecamatan_features[:3]))


def test_the_report_has_the_promised_keys(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    report = inspect_boundaries(write_geojson(kecamatan_features)).report.to_json()
    promised = (
        *("usable", "format", "crs", "schema", "level", "matched", "how", "missing"),
        *("candidates", "ambiguous", "left_over", "outside_area", "repaired"),
        *("displaced", "problems"),
    )
    assert tuple(report) == promised


# --- the set in use --------------------------------------------------------------------


def test_without_a_stored_set_the_indicative_one_is_in_use(tmp_path: Path) -> None:
    assert active_boundaries(tmp_path) is indicative_boundaries()


def test_a_stored_set_is_in_use_until_reset(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path], tmp_path: Path
) -> None:
    data_dir = tmp_path / "data"
    made, _ = store_boundaries(write_geojson(kecamatan_features), data_dir, today=date(2026, 1, 2))
    used = active_boundaries(data_dir)
    stored = stored_boundaries(data_dir)
    assert stored is not None
    assert (used.digest, stored.file_name, stored.stored_on) == (
        made.digest,
        "batas.geojson",
        "2026-01-02",
    )
    assert reset_boundaries(data_dir) and not reset_boundaries(data_dir)
    assert not active_boundaries(data_dir).is_official


def test_a_file_that_fails_leaves_the_stored_set(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path], tmp_path: Path
) -> None:
    data_dir = tmp_path / "data"
    store_boundaries(write_geojson(kecamatan_features), data_dir)
    before = (data_dir / STORED_FILE).read_bytes()
    with pytest.raises(TooFewMatchedError):
        store_boundaries(write_geojson(kecamatan_features[:3]), data_dir)
    assert (data_dir / STORED_FILE).read_bytes() == before
    assert [path.name for path in data_dir.iterdir()] == [STORED_FILE]


def test_a_damaged_stored_set_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / STORED_FILE).write_bytes(b"PAR1 broken")
    with pytest.raises(StoredSetDamagedError, match="use --reset"):
        active_boundaries(tmp_path)


def test_an_override_beats_the_stored_set_and_follows_its_file(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path], tmp_path: Path
) -> None:
    data_dir = tmp_path / "data"
    store_boundaries(write_geojson(kecamatan_features), data_dir)
    path = write_geojson(kecamatan_features[1:], "lain.geojson")
    assert len(active_boundaries(data_dir, path).kecamatan) == 28
    write_geojson(kecamatan_features, "lain.geojson")
    assert len(active_boundaries(data_dir, path).kecamatan) == 29


def test_an_override_is_repaired_once(
    kecamatan_features: list[Any],
    write_geojson: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = write_geojson(kecamatan_features)
    first = active_boundaries(tmp_path, path)
    _read_override.cache_clear()
    _load.cache_clear()
    monkeypatch.setattr("geo.boundaries.storage.inspect_boundaries", None)
    assert active_boundaries(tmp_path, path).digest == first.digest


# --- real files ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "desa", "outside"),
    [
        ("kemendagri_kecamatan", 0, 0),
        ("kemendagri_kecamatan_banten", 0, 126),
        ("kemendagri_desa", 326, 0),
        ("hdx_bps_2020_desa", 326, 0),
    ],
)
def test_real_files_match_completely(shared: Path, name: str, desa: int, outside: int) -> None:
    boundaries, report = read_boundaries(shared / f"{name}.geojson")
    assert dict(report.matched) == {"kecamatan": 29, "desa": desa}
    assert (report.outside_area, report.missing, report.left_over) == (outside, (), ())
    frame = boundaries.kecamatan if boundaries.desa is None else boundaries.desa
    assert shapely.coverage_is_valid(frame.to_crs(METRIC).geometry.to_numpy())
