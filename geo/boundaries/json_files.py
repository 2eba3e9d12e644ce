"""GeoJSON and TopoJSON, parsed without GDAL: no driver guessing, no links followed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from geo.boundaries.raw import MalformedShapeError, RawFile, RawLayer
from geo.errors import BrokenFileError, NoFeaturesError, UnknownFormatError

WGS84_LON_LAT = "OGC:CRS84"

# The coast of all Indonesia has about as many; arcs used again and again could ask for more.
_MOST_RING_POINTS = 5_000_000

_SHAPE_ERRORS = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    shapely.errors.ShapelyError,
)


def parse_json(path: Path, data: bytes) -> RawFile:
    """Parse a GeoJSON or TopoJSON file.

    Raises:
        BrokenFileError: if it is not complete, sane JSON.
        UnknownFormatError: if it is JSON of another kind.
        NoFeaturesError: if it holds no feature.
    """
    document = _load(path, data)
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Topology":
        return RawFile("TopoJSON", _topology_layers(path, document))
    if kind in ("FeatureCollection", "Feature"):
        features = document.get("features") if kind == "FeatureCollection" else [document]
        return RawFile("GeoJSON", (_feature_layer(path, document, features),))
    raise UnknownFormatError(path, f"JSON berjenis {str(kind)[:40]!r}, bukan kumpulan wilayah")


def _load(path: Path, data: bytes) -> Any:
    try:
        return json.loads(data.decode(json.detect_encoding(data)))
    except UnicodeDecodeError as error:
        reason = "penyandiannya bukan UTF-8; simpan ulang sebagai UTF-8"
        raise BrokenFileError(path, "JSON", reason) from error
    except RecursionError as error:
        raise BrokenFileError(path, "JSON", "susunannya terlalu dalam") from error
    except json.JSONDecodeError as error:
        raise BrokenFileError(path, "JSON", f"baris {error.lineno}, kolom {error.colno}") from error
    except ValueError as error:  # a number of more digits than Python accepts
        raise BrokenFileError(path, "JSON", "bilangannya terlalu panjang") from error


def _feature_layer(path: Path, document: Mapping[str, Any], features: object) -> RawLayer:
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise BrokenFileError(path, "GeoJSON", "`features` bukan daftar wilayah")
    if not features:
        raise NoFeaturesError(path)
    return _layer(
        str(document.get("name") or path.stem),
        features,
        lambda row: _shape(features[row].get("geometry")),
        _crs(document),
    )


def _layer(name: str, features: Sequence[Mapping[str, Any]], shape_of: Any, crs: Any) -> RawLayer:
    properties = [
        found if isinstance(found := feature.get("properties"), dict) else {}
        for feature in features
    ]
    return RawLayer(
        name=name,
        count=len(features),
        columns=tuple(dict.fromkeys(str(key) for row in properties for key in row)),
        values=lambda column: [row.get(column) for row in properties],
        shape=shape_of,
        crs=crs,
    )


def _shape(geometry: object) -> shapely.Geometry | None:
    if geometry is None:
        return None
    try:
        # NaN is reported later with the row's name; here it would only make numpy grumble.
        with np.errstate(invalid="ignore"):
            return shape(_in_plane(geometry))
    except _SHAPE_ERRORS as error:
        raise MalformedShapeError("koordinatnya tidak lengkap atau bukan angka") from error


def _in_plane(geometry: Any) -> Any:
    """A GeoJSON geometry without heights and measures, which shapely takes in one form only."""
    if "geometries" in geometry:
        return {**geometry, "geometries": [_in_plane(part) for part in geometry["geometries"]]}
    return {**geometry, "coordinates": _first_two(geometry["coordinates"])}


def _first_two(coordinates: Any) -> Any:
    if coordinates and isinstance(coordinates[0], list):
        return [_first_two(part) for part in coordinates]
    return coordinates[:2]


def _crs(document: Mapping[str, Any]) -> str | None:
    """The CRS of a GeoJSON document: WGS 84 unless it names another one.

    A link is never followed; `"crs": null` means that the file's maker did not know it.
    """
    if "crs" not in document:
        return WGS84_LON_LAT
    crs = document["crs"]
    if crs is None:
        return None
    if not isinstance(crs, dict) or crs.get("type") != "name":
        return WGS84_LON_LAT
    properties = crs.get("properties")
    return str(properties.get("name") if isinstance(properties, dict) else properties)


# --- TopoJSON --------------------------------------------------------------------------


def _topology_layers(path: Path, document: Mapping[str, Any]) -> tuple[RawLayer, ...]:
    objects = document.get("objects")
    if not isinstance(objects, dict) or not isinstance(document.get("arcs"), list):
        raise BrokenFileError(path, "TopoJSON", "`objects` atau `arcs` tidak ada")
    try:
        arcs = _arcs(document)
    except _SHAPE_ERRORS as error:
        raise BrokenFileError(path, "TopoJSON", "`arcs` bukan daftar koordinat") from error
    layers = tuple(
        _topology_layer(str(name), members, arcs)
        for name, found in objects.items()
        if (members := list(_members(found)))
    )
    if not layers:
        raise NoFeaturesError(path)
    return layers


def _members(found: object) -> Iterator[Mapping[str, Any]]:
    if not isinstance(found, dict):
        return
    members = found.get("geometries") if found.get("type") == "GeometryCollection" else [found]
    if isinstance(members, list):
        yield from (member for member in members if isinstance(member, dict))


def _topology_layer(
    name: str, members: Sequence[Mapping[str, Any]], arcs: Sequence[np.ndarray]
) -> RawLayer:
    return _layer(name, members, lambda row: _arc_shape(members[row], arcs), WGS84_LON_LAT)


def _arcs(document: Mapping[str, Any]) -> list[np.ndarray]:
    """Decode delta-encoded arcs into float arrays (points, 2)."""
    arcs = [np.array([point[:2] for point in arc], dtype=float) for arc in document["arcs"]]
    transform = document.get("transform")
    if transform is None:
        return arcs
    scale, translate = np.array(transform["scale"][:2]), np.array(transform["translate"][:2])
    return [np.cumsum(arc, axis=0) * scale + translate for arc in arcs]


def _arc_shape(member: Mapping[str, Any], arcs: Sequence[np.ndarray]) -> shapely.Geometry | None:
    kind = member.get("type")
    try:
        if kind == "Polygon":
            return _polygon(member["arcs"], arcs)
        if kind == "MultiPolygon":
            return shapely.MultiPolygon([_polygon(rings, arcs) for rings in member["arcs"]])
    except _SHAPE_ERRORS as error:
        raise MalformedShapeError("garis (arcs) yang ditunjuknya tidak lengkap") from error
    # Points and lines are told apart by their type only: they are never drawn.
    return {"Point": shapely.Point(), "MultiPoint": shapely.MultiPoint()}.get(
        str(kind), shapely.LineString() if kind else None
    )


def _polygon(rings: Sequence[Sequence[int]], arcs: Sequence[np.ndarray]) -> shapely.Polygon:
    shell, *holes = (_ring(indices, arcs) for indices in rings)
    return shapely.Polygon(shell, holes)


def _ring(indices: Sequence[int], arcs: Sequence[np.ndarray]) -> np.ndarray:
    """Join arcs to one ring; ~i means arc i reversed; each arc repeats its neighbour's end."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    if sum(map(len, parts)) > _MOST_RING_POINTS:
        raise ValueError("the same arcs over and over")
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
