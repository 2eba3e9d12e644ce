"""JSON of every make, parsed without GDAL: no driver guessing, no links followed.

Owns how GeoJSON and its relatives (line by line, wrapped in a script, bare lists, Esri
JSON, rows with a list of points) are told apart and read. TopoJSON is `topojson`'s.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from geo.boundaries.raw import SHAPE_ERRORS, MalformedShapeError, RawFile, layer_of_rows
from geo.boundaries.topojson import topology_layers
from geo.errors import BrokenFileError, NoFeaturesError, TooDetailedError, UnknownFormatError
from geo.limits import MOST_POINTS, MOST_SHAPES

WGS84_LON_LAT = "OGC:CRS84"

# What stands around JSON in a script: `var batas = {...};`, `batas({...})`, RS of a text sequence.
_BETWEEN = re.compile(
    r"(?:[\s\x1e;,)]|//[^\n]*|/\*[\s\S]*?\*/)*"
    r"(?:(?:export\s+default|(?:(?:var|let|const)\s+)?[\w.$]+(?:\[[^\]\n]*\])?\s*=|[\w.$]+\s*\()\s*)?"
)
_GEOMETRIES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
    | {"GeometryCollection"}
)
# How deep numbers lie in the coordinates of an area.
_POLYGON_DEPTH = 3
_MULTIPOLYGON_DEPTH = 4
# What rows that are no GeoJSON call the line around an area, in order of trust.
_BORDER_NAMES = (
    *("geometry", "geom", "the_geom", "geojson", "st_asgeojson", "wkt", "shape"),
    *("border", "borders", "boundary", "polygon", "coordinates", "path", "paths", "rings", "batas"),
)
_LATITUDES, _LONGITUDES = (
    ("lat", "latitude", "lintang"),
    ("lng", "lon", "long", "longitude", "bujur"),
)
# Indonesia: these ranges of degrees do not overlap, so the order of a pair shows.
_MOST_LATITUDE, _LEAST_LONGITUDE = 12.0, 90.0

Row = Mapping[str, Any]


def parse_json(path: Path, data: bytes) -> RawFile:
    """Parse JSON that holds areas.

    Raises:
        BrokenFileError: if it is not complete, sane JSON.
        TooDetailedError: if it holds too many shapes or points.
        UnknownFormatError: if it is JSON of another kind.
        NoFeaturesError: if it holds no feature.
    """
    # Each point opens a bracket of its own.
    if data.count(b"[") > MOST_POINTS:
        raise TooDetailedError(path, f"lebih dari {MOST_POINTS} titik")
    documents = _load(path, data)
    if len(documents) > 1 and all(_kind(one) in ("Feature", *_GEOMETRIES) for one in documents):
        documents = [documents]
    files = [_parse(path, one) for one in documents]
    layers = tuple(layer for file in files for layer in file.layers)
    if not layers:
        raise NoFeaturesError(path)
    if (most := max(layer.count for layer in layers)) > MOST_SHAPES:
        raise TooDetailedError(path, f"{most} bentuk, batasnya {MOST_SHAPES}")
    notes = dict.fromkeys(note for file in files for note in file.notes)
    return RawFile(files[0].format, layers, tuple(notes))


def is_json(text: str) -> bool:
    """Whether a text begins as JSON does, with or without a script around."""
    return text[_after(text, 0) :][:1] in ("{", "[")


def _load(path: Path, data: bytes) -> list[Any]:
    """All JSON values of a text: one, or one after another, with or without a script around."""
    try:
        text = data.decode(json.detect_encoding(data)).lstrip("\ufeff")
        return list(_values(text))
    except UnicodeDecodeError as error:
        reason = "penyandiannya bukan UTF-8; simpan ulang sebagai UTF-8"
        raise BrokenFileError(path, "JSON", reason) from error
    except RecursionError as error:
        raise BrokenFileError(path, "JSON", "susunannya terlalu dalam") from error
    except json.JSONDecodeError as error:
        raise BrokenFileError(path, "JSON", f"baris {error.lineno}, kolom {error.colno}") from error
    except ValueError as error:  # a number of more digits than Python accepts
        raise BrokenFileError(path, "JSON", "bilangannya terlalu panjang") from error


def _values(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    at = _after(text, 0)
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        at = _after(text, at)


def _after(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _kind(document: object) -> str:
    return str(document.get("type")) if isinstance(document, dict) else ""


def _parse(path: Path, document: Any, depth: int = 0) -> RawFile:
    kind = _kind(document)
    if kind == "Topology":
        return RawFile("TopoJSON", topology_layers(path, document, _crs(document)))
    if kind == "Feature":
        return _features(path, document, [document])
    if kind in _GEOMETRIES:
        return _features(path, document, [{"geometry": document}])
    if isinstance(document, dict):
        return _parse_object(path, document, depth)
    if isinstance(document, list) and document:
        return _parse_list(path, document)
    raise UnknownFormatError(path, "JSON yang bukan kumpulan wilayah")


def _parse_object(path: Path, document: Row, depth: int) -> RawFile:
    features = document.get("features")
    if isinstance(document.get("error"), dict):
        raise UnknownFormatError(path, "pesan galat dari server, bukan data; unduh ulang")
    if isinstance(document.get("elements"), list):
        raise UnknownFormatError(
            path, "jawaban mentah Overpass (OSM); ekspor dari overpass-turbo sebagai GeoJSON"
        )
    if "geometryType" in document or _holds_rings(features):
        return _esri(path, document, features)
    if "features" in document or _kind(document) == "FeatureCollection":
        return _features(path, document, features)
    # An answer of a server: the areas lie one or two steps inside.
    inside = [held for held in document.values() if isinstance(held, dict | list) and held]
    for held in inside if depth < 2 else ():
        try:
            return _parse(path, held, depth + 1)
        except (UnknownFormatError, NoFeaturesError, BrokenFileError):
            continue
    kind = document.get("type")
    raise UnknownFormatError(path, f"JSON berjenis {str(kind)[:40]!r}, bukan kumpulan wilayah")


def _parse_list(path: Path, rows: Sequence[Any]) -> RawFile:
    kinds = {_kind(row) for row in rows}
    if kinds <= {"Feature", *_GEOMETRIES}:
        features = [row if _kind(row) == "Feature" else {"geometry": row} for row in rows]
        return _features(path, {}, features)
    if kinds == {"FeatureCollection"}:
        return _features(
            path, rows[0], [held for row in rows for held in row.get("features") or ()]
        )
    if all(isinstance(row, dict) for row in rows):
        return _rows_with_borders(path, rows)
    raise UnknownFormatError(path, "daftar JSON yang bukan kumpulan wilayah")


def _features(path: Path, document: Row, features: object) -> RawFile:
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise BrokenFileError(path, "GeoJSON", "`features` bukan daftar wilayah")
    if not features:
        raise NoFeaturesError(path)
    layer = layer_of_rows(
        str(document.get("name") or path.stem),
        [_properties(feature) for feature in features],
        lambda row: _shape(features[row].get("geometry")),
        _crs(document),
    )
    return RawFile("GeoJSON", (layer,))


def _properties(feature: Row) -> Row:
    """A feature's properties; its id, which may be the code, beside them."""
    found = feature.get("properties")
    properties = found if isinstance(found, dict) else {}
    return {"id": feature["id"], **properties} if "id" in feature else properties


def _shape(geometry: object) -> shapely.Geometry | None:
    if not geometry or (isinstance(geometry, dict) and geometry.get("type", "") is None):
        return None
    try:
        # NaN is reported later with the row's name; here it would only make numpy grumble.
        with np.errstate(invalid="ignore"):
            return shape(_in_plane(geometry))
    except SHAPE_ERRORS as error:
        raise MalformedShapeError("koordinatnya tidak lengkap atau bukan angka") from error


def _in_plane(geometry: Any) -> Any:
    """A GeoJSON geometry without heights and measures, nested as its kind wants it."""
    if "geometries" in geometry:
        return {**geometry, "geometries": [_in_plane(part) for part in geometry["geometries"]]}
    coordinates = _first_two(geometry["coordinates"])
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        return {**geometry, "coordinates": coordinates}
    return _area(coordinates)


def _area(coordinates: Any) -> Any:
    """The GeoJSON geometry of nested rings, by how deep the numbers lie."""
    depth = _depth(coordinates)
    if depth == _POLYGON_DEPTH - 1:
        coordinates, depth = [coordinates], _POLYGON_DEPTH
    if depth not in (_POLYGON_DEPTH, _MULTIPOLYGON_DEPTH):
        kind = "MultiPolygon"
        return {"type": kind, "coordinates": [] if depth < 0 else coordinates}
    kind = "Polygon" if depth == _POLYGON_DEPTH else "MultiPolygon"
    return {"type": kind, "coordinates": coordinates}


def _depth(coordinates: Any) -> int:
    """How deep the first number lies; below 0 where there is none."""
    if not isinstance(coordinates, list):
        return 0
    depths = (_depth(part) for part in coordinates)
    return next((depth + 1 for depth in depths if depth >= 0), -1)


def _first_two(coordinates: Any) -> Any:
    if coordinates and isinstance(coordinates[0], list):
        return [_first_two(part) for part in coordinates]
    return coordinates[:2]


def _crs(document: Row) -> str | None:
    """The CRS of a GeoJSON document: WGS 84 unless it names another one.

    A link is never followed; `"crs": null` means that the file's maker did not know it.
    """
    if "crs" not in document:
        return WGS84_LON_LAT
    crs = document["crs"]
    if not isinstance(crs, dict):
        return None if crs is None else str(crs)
    if crs.get("type") == "link":
        return WGS84_LON_LAT
    properties = crs.get("properties", crs)
    if not isinstance(properties, dict):
        return str(properties)
    named = properties.get("name", properties.get("code"))
    return None if named is None else str(named)


# --- Esri JSON -------------------------------------------------------------------------


def _holds_rings(features: object) -> bool:
    if not isinstance(features, list) or not features or not isinstance(features[0], dict):
        return False
    geometry = features[0].get("geometry")
    return "attributes" in features[0] or (isinstance(geometry, dict) and "rings" in geometry)


def _esri(path: Path, document: Row, features: object) -> RawFile:
    """What an ArcGIS server answers when nobody asks it for GeoJSON."""
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise BrokenFileError(path, "Esri JSON", "`features` bukan daftar wilayah")
    if not features:
        raise NoFeaturesError(path)
    attributes = [found if isinstance(found := f.get("attributes"), dict) else {} for f in features]
    reference: object = document.get("spatialReference") or next(
        (held["spatialReference"] for f in features if "spatialReference" in (held := _ring_of(f))),
        {},
    )
    layer = layer_of_rows(
        str(document.get("displayFieldName") or path.stem),
        attributes,
        lambda row: _esri_shape(_ring_of(features[row])),
        _esri_crs(reference),
    )
    exceeded = document.get("exceededTransferLimit")
    note = "Server memotong jawabannya (exceededTransferLimit): berkas ini mungkin tidak lengkap."
    return RawFile("Esri JSON", (layer,), (note,) if exceeded else ())


def _ring_of(feature: Row) -> Row:
    geometry = feature.get("geometry")
    return geometry if isinstance(geometry, dict) else {}


def _esri_crs(reference: object) -> str | None:
    if not isinstance(reference, dict):
        return None
    named = reference.get("latestWkid") or reference.get("wkid")
    text = reference.get("wkt")
    return f"EPSG:{named}" if named else None if text is None else str(text)


def _esri_shape(geometry: Row) -> shapely.Geometry | None:
    """Rings without nesting: a ring inside another one is its hole."""
    if "curveRings" in geometry:
        raise MalformedShapeError("bentuknya lengkung; ubah dulu menjadi poligon biasa")
    if "rings" not in geometry:
        return shapely.Point() if "x" in geometry or "points" in geometry else None
    try:
        return _nested([shapely.linearrings(_first_two(ring)) for ring in geometry["rings"]])
    except SHAPE_ERRORS as error:
        raise MalformedShapeError("koordinatnya tidak lengkap atau bukan angka") from error


def _nested(rings: Sequence[shapely.LinearRing]) -> shapely.MultiPolygon:
    """Outer rings run clockwise; the others are holes of the smallest outer one around them."""
    clockwise = [ring for ring in rings if not shapely.is_ccw(ring)]
    # Where no ring does, the direction means nothing.
    shells = [shapely.Polygon(ring) for ring in clockwise or rings]
    holes: list[list[shapely.LinearRing]] = [[] for _ in shells]
    for ring in rings if clockwise else ():
        around = [
            i for i, shell in enumerate(shells) if shell.intersects(ring.representative_point())
        ]
        if shapely.is_ccw(ring) and around:
            holes[min(around, key=lambda i: shells[i].area)].append(ring)
    return shapely.MultiPolygon(
        [shapely.Polygon(shell.exterior, held) for shell, held in zip(shells, holes, strict=True)]
    )


# --- rows that are no GeoJSON ----------------------------------------------------------


def _rows_with_borders(path: Path, rows: Sequence[Row]) -> RawFile:
    """A list of objects of which one member is the line around an area."""
    border = next(
        (
            name
            for wanted in _BORDER_NAMES
            for name in dict.fromkeys(key for row in rows[:100] for key in row)
            if name.casefold() == wanted and any(_is_border(row.get(name)) for row in rows[:100])
        ),
        None,
    )
    if border is None:
        raise UnknownFormatError(
            path, "daftar JSON tanpa bentuk wilayah; GeoJSON memerlukan `geometry` di setiap baris"
        )
    plain = [{key: value for key, value in row.items() if key != border} for row in rows]
    layer = layer_of_rows(
        path.stem, plain, lambda row: _border(rows[row].get(border)), WGS84_LON_LAT
    )
    note = f"Berkas ini bukan GeoJSON baku; bentuknya dibaca dari `{border[:40]}` di setiap baris."
    return RawFile("JSON", (layer,), (note,))


def _is_border(value: object) -> bool:
    return isinstance(value, list | dict | str) and bool(value)


def _border(value: object) -> shapely.Geometry | None:
    if not value:
        return None
    try:
        if isinstance(value, str):
            text = value.strip()
            if not text.startswith(("{", "[")):
                return shapely.from_wkt(text.removeprefix("SRID=4326;"))
            value = json.loads(text)
        if isinstance(value, dict):
            return _esri_shape(value) if "rings" in value else _shape(value)
        return _longitude_first(shape(_area(_first_two(_pairs(value)))))
    except SHAPE_ERRORS as error:
        raise MalformedShapeError("koordinatnya tidak lengkap atau bukan angka") from error


def _pairs(points: Any) -> Any:
    """Lists of points as lists of numbers, also where a point is {lat, lng}."""
    if isinstance(points, dict):
        folded = {str(key).casefold(): held for key, held in points.items()}
        return [
            next(folded[n] for n in names if n in folded) for names in (_LONGITUDES, _LATITUDES)
        ]
    return [_pairs(point) for point in points] if isinstance(points, list) else points


def _longitude_first(area: shapely.Geometry) -> shapely.Geometry:
    """Points of map libraries are latitude, longitude; in Indonesia the two cannot be confused."""
    points = shapely.get_coordinates(area)
    is_swapped = (np.abs(points[:, 0]) < _MOST_LATITUDE) & (points[:, 1] > _LEAST_LONGITUDE)
    if not points.size or not is_swapped.all():
        return area
    return shapely.transform(area, lambda held: held[:, ::-1])
