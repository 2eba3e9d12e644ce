"""A boundary set as paths that a browser, a PDF or a slide can draw.

Owns projection, simplification, scaling and label anchors. A layer knows no
values and no colours: those are joined to it by area code (see svg_map).

Units: the drawing is `WIDTH` units wide, y grows downwards; both levels of one
set share the same frame, so a switch of level keeps zoom and position.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape

from geo.area import area
from geo.boundaries.model import WGS84, BoundarySet
from geo.boundaries.repair import LEAST_LAKE_M2
from geo.gazetteer import gazetteer, kecamatan_code_of

Level = Literal["kecamatan", "desa"]

# Metres, for distances and areas.
METRIC = area().metric.crs

WIDTH = 1000
# Sea and neighbours around the kabupaten (metres).
MARGIN = 5_000.0
# A wide screen shows land and sea beyond the frame; shares of the frame's width.
LAND_BEYOND = 0.6
# About half a pixel of a map 1,000 pixels wide for desa; kecamatan are read from afar.
TOLERANCE: dict[Level, float] = {"desa": 50.0, "kecamatan": 120.0}
# Tenths of a unit are about 8 m.
_DECIMALS = 1
# About 11 m: the land around is context, not a map of its own.
_LAND_DECIMALS = 4
# The name's height takes up part of the circle that fits around its anchor.
_NAME_HEIGHT = 0.35


@dataclass(frozen=True, slots=True)
class AreaShape:
    """One area: code, name, SVG path data, label anchor (x, y) and the width free there."""

    code: str
    name: str
    path: str
    x: float
    y: float
    room: float


@dataclass(frozen=True, slots=True)
class Place:
    """A name without a shape; kind is "kota" (neighbour), "laut", "pulau" or "kecamatan".

    Only a kecamatan has a code.
    """

    name: str
    x: float
    y: float
    kind: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """All that is needed to draw one level of a boundary set.

    Attributes:
        units_per_km: for the scale bar.
        digest: SHA-256 (hex) of everything else here; names the file that is served.
        shapes: ordered by code.
        outline: path data of the kabupaten's outer border.
        inner: path data of the kecamatan borders at desa level; "" at kecamatan level.
        land: path data of the land around, to be drawn below the shapes.
        places: neighbours and seas inside the frame.
        regions: names of the kecamatan at desa level; () at kecamatan level.
    """

    level: Level
    width: float
    height: float
    units_per_km: float
    digest: str
    shapes: tuple[AreaShape, ...]
    outline: str
    inner: str
    land: str
    places: tuple[Place, ...]
    regions: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """From metres of `METRIC` to units of the drawing."""

    west: float
    north: float
    height: float
    scale: float

    def units(self, coordinates: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x = (coordinates[:, 0] - self.west) * self.scale
        y = (self.north - coordinates[:, 1]) * self.scale
        return np.column_stack([x, y]).round(_DECIMALS).astype(np.float64)

    def box(self, beyond: float = 0.0) -> shapely.Geometry:
        """Return the frame as a polygon, widened on each side by a share of its width."""
        south = self.north - self.height / self.scale
        margin = beyond * WIDTH / self.scale
        return shapely.box(
            self.west - margin,
            south - margin,
            self.west + WIDTH / self.scale + margin,
            self.north + margin,
        )


def build_layer(boundaries: BoundarySet, level: Level) -> Layer:
    """Draw one level of a boundary set.

    Raises:
        ValueError: if the set holds no desa and level is "desa".
    """
    areas = _areas(boundaries, level)
    frame = _frame_around(boundaries.kecamatan)
    shapes = _simplified(list(areas.to_crs(METRIC).geometry), TOLERANCE[level])
    kecamatan = _dissolved(list(areas["code"]), shapes)
    outline = _without_small_holes(shapely.union_all(list(kecamatan.values())))
    is_desa = level == "desa"
    content: dict[str, Any] = {
        "level": level,
        "width": WIDTH,
        "height": frame.height,
        "units_per_km": round(frame.scale * 1000, 4),
        "shapes": tuple(
            _area_shape(code, name, geometry, frame)
            for code, name, geometry in zip(areas["code"], areas["name"], shapes, strict=True)
        ),
        "outline": _path(outline, frame),
        "inner": _inner_borders(kecamatan.values(), outline, frame) if is_desa else "",
        "land": _path(_surroundings().land.intersection(frame.box(LAND_BEYOND)), frame),
        "places": _places(frame),
        "regions": _regions(kecamatan, frame) if is_desa else (),
    }
    return Layer(digest=_digest(content), **content)


def layer_json(layer: Layer) -> bytes:
    """The layer for the browser: UTF-8 JSON with the names of Layer, AreaShape and Place."""
    return _encode(asdict(layer))


def surrounding_land() -> dict[str, Any] | None:
    """The land around the kabupaten as a GeoJSON feature (WGS 84), quiet context for any map.

    None where the area has no context file.
    """
    if _surroundings().land.is_empty:
        return None
    land = gpd.GeoSeries([_surroundings().land], crs=METRIC).to_crs(WGS84)[0]
    rounded = shapely.set_precision(land, 10**-_LAND_DECIMALS, mode="pointwise")
    return {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(rounded)}


def _areas(boundaries: BoundarySet, level: Level) -> gpd.GeoDataFrame:
    if level == "kecamatan":
        return boundaries.kecamatan
    if boundaries.desa is None:
        raise ValueError("Berkas batas yang dipakai hanya memuat kecamatan, tanpa desa.")
    return boundaries.desa


def _frame_around(kecamatan: gpd.GeoDataFrame) -> _Frame:
    west, south, east, north = kecamatan.to_crs(METRIC).total_bounds
    west, south, east, north = west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN
    scale = WIDTH / (east - west)
    return _Frame(west, north, round((north - south) * scale, _DECIMALS), scale)


def _simplified(shapes: list[shapely.Geometry], tolerance: float) -> list[shapely.Geometry]:
    """Simplify; neighbours keep one common border where the set is a clean coverage."""
    if shapely.coverage_is_valid(shapes):
        return list(shapely.coverage_simplify(shapes, tolerance))
    return list(shapely.make_valid(shapely.simplify(shapes, tolerance)))


def _dissolved(codes: list[str], shapes: list[shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Kecamatan shapes by code; at kecamatan level the shapes themselves."""
    members: dict[str, list[shapely.Geometry]] = {}
    for code, geometry in zip(codes, shapes, strict=True):
        members.setdefault(kecamatan_code_of(code), []).append(geometry)
    return {code: shapely.union_all(found) for code, found in members.items()}


def _without_small_holes(geometry: shapely.Geometry) -> shapely.Geometry:
    return shapely.union_all(
        [
            shapely.Polygon(
                part.exterior,
                [r for r in part.interiors if shapely.Polygon(r).area >= LEAST_LAKE_M2],
            )
            for part in _polygons(geometry)
        ]
    )


def _polygons(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _inner_borders(
    kecamatan: Iterable[shapely.Geometry], outline: shapely.Geometry, frame: _Frame
) -> str:
    borders = shapely.union_all([geometry.boundary for geometry in kecamatan])
    lines = shapely.line_merge(shapely.difference(borders, outline.boundary))
    return "".join(
        _line(frame.units(shapely.get_coordinates(line)), "")
        for line in shapely.get_parts(lines)
        if line.geom_type == "LineString"
    )


def _area_shape(code: str, name: str, geometry: shapely.Geometry, frame: _Frame) -> AreaShape:
    x, y, room = _anchor(geometry)
    [[unit_x, unit_y]] = frame.units(np.array([[x, y]]))
    return AreaShape(
        code=code,
        name=name,
        path=_path(geometry, frame),
        x=float(unit_x),
        y=float(unit_y),
        room=round(float(room) * frame.scale, _DECIMALS),
    )


def _anchor(geometry: shapely.Geometry) -> tuple[float, float, float]:
    """Centre of the largest circle inside the largest part, and the width free around it.

    The width (metres) is that of text centred on the anchor: twice the shorter way to
    the border, to the left or to the right, over the height of a line of text.
    """
    whole = _polygons(_without_small_holes(geometry))
    largest = max(whole, key=lambda part: float(part.area))
    radius_line = shapely.maximum_inscribed_circle(largest, tolerance=50.0)
    x, y = shapely.get_coordinates(radius_line)[0]
    half_height = radius_line.length * _NAME_HEIGHT
    free = [_free_width(largest, x, y + shift) for shift in (-half_height, 0.0, half_height)]
    return float(x), float(y), min(free)


def _free_width(polygon: shapely.Geometry, x: float, y: float) -> float:
    west, _, east, _ = polygon.bounds
    chord = shapely.LineString([(west - 1, y), (east + 1, y)]).intersection(polygon)
    here = [p for p in shapely.get_parts(chord) if p.bounds[0] <= x <= p.bounds[2]]
    if not here:
        return 0.0
    left, _, right, _ = here[0].bounds
    return 2 * float(min(x - left, right - x))


def _path(geometry: shapely.Geometry, frame: _Frame) -> str:
    """SVG path data of polygons: absolute start, relative steps, rings closed."""
    return "".join(
        _line(frame.units(shapely.get_coordinates(ring))[:-1], "z")
        for part in _polygons(geometry)
        for ring in (part.exterior, *part.interiors)
    )


def _line(points: npt.NDArray[np.float64], end: str) -> str:
    """Path data of one line; steps that vanish by rounding are left out."""
    tenths = np.rint(points * 10**_DECIMALS).astype(int)
    steps = np.diff(tenths, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if len(steps) < (2 if end else 1):
        return ""
    start = " ".join(_number(value) for value in tenths[0])
    return f"M{start}l{_joined(_number(value) for value in steps.ravel())}{end}"


def _number(tenths: int) -> str:
    """Tenths as the shortest decimal: 15 -> 1.5, 20 -> 2, -5 -> -.5."""
    whole, rest = divmod(abs(int(tenths)), 10)
    digits = f"{whole}" if not rest else f"{whole or ''}.{rest}"
    return f"-{digits}" if tenths < 0 else digits


def _joined(numbers: Iterable[str]) -> str:
    """Join numbers; a minus sign separates as well as a space."""
    text = ""
    for number in numbers:
        text += number if not text or number[0] == "-" else f" {number}"
    return text


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What lies around the kabupaten, in `METRIC`; empty where the area has no context file."""

    land: shapely.Geometry
    places: tuple[tuple[str, str, shapely.Geometry], ...]


@cache
def _surroundings() -> _Surroundings:
    path = area().folder / "context.geojson"
    if not path.is_file():
        return _Surroundings(shapely.MultiPolygon(), ())
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    geometries = list(
        gpd.GeoSeries([shape(f["geometry"]) for f in features], crs=WGS84).to_crs(METRIC)
    )
    pairs = [(f["properties"], g) for f, g in zip(features, geometries, strict=True)]
    return _Surroundings(
        land=shapely.union_all([g for p, g in pairs if p["kind"] == "daratan"]),
        places=tuple((p["name"], p["kind"], g) for p, g in pairs if p["kind"] != "daratan"),
    )


def _places(frame: _Frame) -> tuple[Place, ...]:
    box = frame.box()
    return tuple(
        _place(name, kind, point.x, point.y, frame)
        for name, kind, point in _surroundings().places
        if box.contains(point)
    )


def _regions(kecamatan: dict[str, shapely.Geometry], frame: _Frame) -> tuple[Place, ...]:
    names: Callable[[str], str] = gazetteer().name
    return tuple(
        replace(_place(names(code), "kecamatan", *_anchor(geometry)[:2], frame), code=code)
        for code, geometry in kecamatan.items()
    )


def _place(name: str, kind: str, x: float, y: float, frame: _Frame) -> Place:
    [[unit_x, unit_y]] = frame.units(np.array([[x, y]]))
    return Place(name, float(unit_x), float(unit_y), kind)


def _digest(content: dict[str, Any]) -> str:
    plain = {
        key: [asdict(item) for item in value] if isinstance(value, tuple) else value
        for key, value in content.items()
    }
    return hashlib.sha256(_encode(plain)).hexdigest()


def _encode(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
