"""TopoJSON: areas made of shared arcs, which are counted before any shape is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.boundaries.raw import SHAPE_ERRORS, MalformedShapeError, RawLayer, layer_of_rows
from geo.errors import BrokenFileError, TooDetailedError
from geo.limits import MOST_POINTS


def topology_layers(
    path: Path, document: Mapping[str, Any], crs: str | None
) -> tuple[RawLayer, ...]:
    """The objects of a topology that hold anything, each as a layer.

    Raises:
        BrokenFileError: if arcs or objects lack.
        TooDetailedError: if its arcs, used again and again, make too many points.
    """
    objects = document.get("objects")
    if not isinstance(objects, dict) or not isinstance(document.get("arcs"), list):
        raise BrokenFileError(path, "TopoJSON", "`objects` atau `arcs` tidak ada")
    try:
        arcs = _arcs(document)
    except SHAPE_ERRORS as error:
        raise BrokenFileError(path, "TopoJSON", "`arcs` bukan daftar koordinat") from error
    layers = {name: list(_members(found)) for name, found in objects.items()}
    lengths = [len(arc) for arc in arcs]
    points = sum(
        _points(member.get("arcs"), lengths) for held in layers.values() for member in held
    )
    if points > MOST_POINTS:
        raise TooDetailedError(path, f"lebih dari {MOST_POINTS} titik")
    return tuple(
        _layer(str(name), members, arcs, crs) for name, members in layers.items() if members
    )


def _members(found: object) -> Iterator[Mapping[str, Any]]:
    if not isinstance(found, dict):
        return
    members = found.get("geometries") if found.get("type") == "GeometryCollection" else [found]
    if isinstance(members, list):
        yield from (_flat(member) for member in members if isinstance(member, dict))


def _flat(member: Mapping[str, Any]) -> Mapping[str, Any]:
    """A member whose polygons lie in a collection (beside a label point) as one of polygons."""
    if member.get("type") != "GeometryCollection":
        return member
    polygons: list[Any] = []
    waiting: list[Any] = [member]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, dict):
            continue
        inside = part.get("geometries")
        waiting += inside if isinstance(inside, list) else []
        if part.get("type") == "Polygon":
            polygons.append(part.get("arcs"))
        elif part.get("type") == "MultiPolygon" and isinstance(part.get("arcs"), list):
            polygons += part["arcs"]
    kind = "MultiPolygon" if polygons else "Point"
    return {**member, "type": kind, "arcs": polygons}


def _points(arcs: Any, lengths: Sequence[int]) -> int:
    """How many points the arcs of a member make; those that lead nowhere make none."""
    total, waiting = 0, [arcs]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, int) and -len(lengths) <= part < len(lengths):
            total += lengths[part if part >= 0 else ~part]
    return total


def _layer(
    name: str,
    members: Sequence[Mapping[str, Any]],
    arcs: Sequence[np.ndarray],
    crs: str | None,
) -> RawLayer:
    rows = [_properties(member) for member in members]
    return layer_of_rows(name, rows, lambda row: _shape(members[row], arcs), crs)


def _properties(member: Mapping[str, Any]) -> Mapping[str, Any]:
    found = member.get("properties")
    properties = found if isinstance(found, dict) else {}
    return {"id": member["id"], **properties} if "id" in member else properties


def _arcs(document: Mapping[str, Any]) -> list[np.ndarray]:
    """Decode delta-encoded arcs into float arrays (points, 2)."""
    arcs = [np.array([point[:2] for point in arc], dtype=float) for arc in document["arcs"]]
    transform = document.get("transform")
    if transform is None:
        return arcs
    scale, translate = np.array(transform["scale"][:2]), np.array(transform["translate"][:2])
    return [np.cumsum(arc, axis=0) * scale + translate for arc in arcs]


def _shape(member: Mapping[str, Any], arcs: Sequence[np.ndarray]) -> shapely.Geometry | None:
    kind = member.get("type")
    try:
        if kind == "Polygon":
            return _polygon(member["arcs"], arcs)
        if kind == "MultiPolygon":
            return shapely.MultiPolygon([_polygon(rings, arcs) for rings in member["arcs"]])
    except SHAPE_ERRORS as error:
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
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
