"""Boundary files that ask for more than any boundary needs, made on the spot."""

from __future__ import annotations

import gzip
import io
import json
import math
import random
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.boundaries import indicative_boundaries

_CENTRE = (106.25, -6.05)


def _feature(geometry: str, code: str = "36.04.12", name: str = "Pontang") -> str:
    properties = json.dumps({"kode": code, "nama": name})
    return f'{{"type":"Feature","properties":{properties},"geometry":{geometry}}}'


def _collection(*features: str) -> bytes:
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.encode()


def _as_pontang(points: list[tuple[float, float]]) -> bytes:
    """A polygon as one of 29 kecamatan, so that it is repaired beside its neighbours."""
    ring = [[round(x, 6), round(y, 6)] for x, y in [*points, points[0]]]
    others = [
        _feature(json.dumps(shapely.geometry.mapping(row.geometry)), row.code, row.name)
        for row in indicative_boundaries().kecamatan.itertuples()
        if row.code != "36.04.12"
    ]
    own = _feature(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    return _collection(own, *others)


def _on_circle(angle: float) -> tuple[float, float]:
    return _CENTRE[0] + 0.1 * math.cos(angle), _CENTRE[1] + 0.1 * math.sin(angle)


def star(path: Path, points: int = 20_001) -> None:
    """Every edge crosses nearly every other one."""
    step = points // 2
    angles = [2 * math.pi * ((i * step) % points) / points for i in range(points)]
    path.write_bytes(_as_pontang([_on_circle(angle) for angle in angles]))


def zigzag(path: Path, crossings: int = 8_000) -> None:
    """A line forth and back over itself, thousands of times."""
    x, y = _CENTRE
    there = [(x + i * 1e-5, y + (0.05 if i % 2 else -0.05)) for i in range(crossings)]
    back = [(x + i * 1e-5 + 5e-6, y + (0.04 if i % 2 else -0.04)) for i in range(crossings)]
    path.write_bytes(_as_pontang([*there, *back[::-1]]))


def scribble(path: Path, points: int = 20_000) -> None:
    """A line from anywhere to anywhere."""
    chance = random.Random(1)
    path.write_bytes(
        _as_pontang(
            [(chance.uniform(106.2, 106.3), chance.uniform(-6.1, -6)) for _ in range(points)]
        )
    )


def large_json(path: Path) -> None:
    with path.open("wb") as stream:
        stream.write(b'{"type":"FeatureCollection","features":[')
        stream.truncate(150_000_000)


def many_points(path: Path) -> None:
    """3,000,000 points in few bytes each."""
    path.write_bytes(
        _collection(
            _feature('{"type":"Polygon","coordinates":[[' + "[1,2]," * 3_000_000 + "[1,2]]]}")
        )
    )


def many_objects(path: Path) -> None:
    """JSON whose values take a hundred times their text."""
    path.write_bytes(b'{"type":"FeatureCollection","features":[' + b"{}," * 6_000_000 + b"{}]}")


def many_elements(path: Path) -> None:
    path.write_bytes(b"<kml><Document>" + b"<a/>" * 4_900_000 + b"</Document></kml>")


def reused_arcs(path: Path) -> None:
    topology = {
        "type": "Topology",
        "arcs": [[[106.2 + i * 1e-4, -6.1 + (i % 7) * 1e-4] for i in range(100)]],
        "objects": {
            "kec": {
                "type": "Polygon",
                "properties": {"kode": "36.04.12"},
                "arcs": [[0] * 1_200_000],
            }
        },
    }
    path.write_text(json.dumps(topology, separators=(",", ":")))


def null_rows(path: Path) -> None:
    """A Parquet file of 100 million rows that hold nothing."""
    schema = pa.schema([("geometry", pa.binary()), ("kode", pa.string())])
    rows = pa.table([pa.nulls(10_000_000, field.type) for field in schema], schema=schema)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for _ in range(10):
            writer.write_table(rows)


def nested_nulls(path: Path) -> None:
    """One row that holds a list of 100 million nulls."""
    count = 100_000_000
    empty = pa.ListArray.from_arrays(pa.array([0, count], pa.int32()), pa.nulls(count, pa.int8()))
    shape = pa.array([shapely.box(106.2, -6.1, 106.3, -6.0).wkb])
    pq.write_table(pa.table({"geometry": shape, "kode": empty}), path, compression="zstd")


def repeated_text(path: Path) -> None:
    """Each of 4,000 rows points at one text of a megabyte."""
    count = 4_000
    shapes = pa.array([shapely.box(106.2, -6.1, 106.3, -6.0).wkb] * count)
    text = pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), ["a" * 1_000_000])
    table = pa.table({"geometry": shapes, "kode": text})
    pq.write_table(table, path, compression="zstd", store_schema=False)


def kmz_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b"<kml>" + b" " * 150_000_000 + b"</kml>")


def lying_zip(path: Path) -> None:
    """A member that unpacks to more than its directory says."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", b" " * 150_000_000)
    said = (150_000_000).to_bytes(4, "little")
    path.write_bytes(buffer.getvalue().replace(said, (1_000_000).to_bytes(4, "little")))


def nested_zips(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.geojson", b"[" + b"0," * 9_000_000 + b"0]")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.zip", inner.getvalue())


def gzip_bomb(path: Path) -> None:
    path.write_bytes(gzip.compress(b" " * 150_000_000))


def _geopackage(path: Path) -> sqlite3.Connection:
    frame = gpd.GeoDataFrame(
        {"kode": ["36.04.12"]}, geometry=[shapely.box(106.2, -6.1, 106.3, -6.0)], crs="EPSG:4326"
    )
    frame.to_file(path, layer="kec", driver="GPKG")
    return sqlite3.connect(path)


def _replace_by_view(path: Path, select: str) -> None:
    database = _geopackage(path)
    with database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='kec'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("ALTER TABLE kec RENAME TO asli")
        database.execute(f"CREATE VIEW kec AS {select}")
        database.execute("UPDATE gpkg_contents SET table_name='kec'")
        database.execute("UPDATE gpkg_geometry_columns SET table_name='kec'")
    database.close()


def endless_view(path: Path) -> None:
    _replace_by_view(
        path,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT n.i AS fid, geom, kode FROM n, asli",
    )


def endless_empty_view(path: Path) -> None:
    """It never finds a row, and never stops looking."""
    _replace_by_view(
        path,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT n.i AS fid, geom, kode FROM n, asli WHERE n.i < 0",
    )


def huge_values_view(path: Path) -> None:
    _replace_by_view(path, "SELECT fid, geom, hex(zeroblob(400000000)) AS kode FROM asli")


def deep_json(path: Path) -> None:
    path.write_bytes(b"[" * 1_000_000)


def deep_geometry(path: Path) -> None:
    path.write_bytes(
        _collection(
            _feature('{"type":"Polygon","coordinates":' + "[" * 900 + "1" + "]" * 900 + "}")
        )
    )


def long_numbers(path: Path) -> None:
    """Coordinates of 400 digits are no numbers that a computer calculates with."""
    big = "9" * 400
    ring = f"[[{big},1],[2,3],[4,5],[6,7]]"
    path.write_bytes(_collection(_feature(f'{{"type":"Polygon","coordinates":[{ring}]}}')))


def numeric_crs(path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"kode": ["36.04.12"]}, geometry=[shapely.box(106.2, -6.1, 106.3, -6.0)], crs="EPSG:4326"
    )
    frame.to_parquet(path)
    table = pq.read_table(path)
    geo = json.loads(table.schema.metadata[b"geo"])
    geo["columns"]["geometry"]["crs"] = 5
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(geo).encode()}), path)


FILES: dict[str, Callable[[Path], None]] = {
    make.__name__: make
    for make in (
        *(
            star,
            zigzag,
            scribble,
            large_json,
            many_points,
            many_objects,
            many_elements,
            reused_arcs,
        ),
        *(null_rows, nested_nulls, repeated_text, kmz_bomb, lying_zip, nested_zips, gzip_bomb),
        *(endless_view, endless_empty_view, huge_values_view),
        *(deep_json, deep_geometry, long_numbers, numeric_crs),
    )
}
