"""KML, parsed without GDAL; documents that declare entities are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

import shapely

from geo.boundaries.json_files import WGS84_LON_LAT
from geo.boundaries.raw import MalformedShapeError, RawFile, RawLayer
from geo.errors import BrokenFileError, NoFeaturesError, UnknownFormatError


class _DoctypeFoundError(ValueError):
    pass


def parse_kml(path: Path, data: bytes) -> RawFile:
    """Parse the placemarks of a KML file; coordinates are WGS 84 by definition.

    Raises:
        BrokenFileError: if it is not complete XML or declares a document type.
        UnknownFormatError: if it is XML of another kind (such as a VRT).
        NoFeaturesError: if it holds no placemark.
    """
    root = _root(path, data)
    if _local(root) != "kml":
        raise UnknownFormatError(path, f"XML berjenis <{_local(root)[:40]}>, bukan KML")
    placemarks = [node for node in root.iter() if _local(node) == "Placemark"]
    if not placemarks:
        raise NoFeaturesError(path)
    attributes = [dict(_attributes(node)) for node in placemarks]
    return RawFile("KML", (_layer(path.stem, placemarks, attributes),))


def _layer(
    name: str, placemarks: list[ElementTree.Element], attributes: Sequence[Mapping[str, str]]
) -> RawLayer:
    return RawLayer(
        name=name,
        count=len(placemarks),
        columns=tuple(dict.fromkeys(key for row in attributes for key in row)),
        values=lambda column: [row.get(column) for row in attributes],
        shape=lambda row: _shape(placemarks[row]),
        crs=WGS84_LON_LAT,
    )


def _root(path: Path, data: bytes) -> ElementTree.Element:
    try:
        _refuse_doctype(data)
        return ElementTree.fromstring(data)
    except _DoctypeFoundError as error:
        raise BrokenFileError(path, "KML", "deklarasi DOCTYPE/ENTITY tidak diterima") from error
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
        raise BrokenFileError(path, "KML", "XML-nya tidak lengkap") from error


def _refuse_doctype(data: bytes) -> None:
    """Raise before anything could be expanded: entities live in a document type only."""

    def refuse(*_: object) -> None:
        raise _DoctypeFoundError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)


def _local(node: ElementTree.Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _children(node: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (child for child in node.iter() if _local(child) == name)


def _attributes(placemark: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for node in placemark.iter():
        kind, key = _local(node), node.get("name")
        if kind == "SimpleData" and key:
            yield key, (node.text or "").strip()
        elif kind == "Data" and key:
            yield key, "".join((value.text or "") for value in _children(node, "value")).strip()
        elif kind == "name":
            yield "name", (node.text or "").strip()


def _shape(placemark: ElementTree.Element) -> shapely.Geometry | None:
    polygons = [_polygon(node) for node in _children(placemark, "Polygon")]
    if polygons:
        return shapely.MultiPolygon(polygons)
    # Points and lines are told apart by their type only: they are never drawn.
    if any(_children(placemark, "Point")):
        return shapely.Point()
    return shapely.LineString() if any(_children(placemark, "LineString")) else None


def _polygon(node: ElementTree.Element) -> shapely.Polygon:
    shells = [_ring(ring) for ring in _children(node, "outerBoundaryIs")]
    holes = [_ring(ring) for ring in _children(node, "innerBoundaryIs")]
    if len(shells) != 1:
        raise MalformedShapeError("poligon tanpa garis luar yang tunggal")
    try:
        return shapely.Polygon(shells[0], holes)
    except (ValueError, shapely.errors.ShapelyError) as error:
        raise MalformedShapeError("garis luarnya kurang dari tiga titik") from error


def _ring(node: ElementTree.Element) -> list[tuple[float, float]]:
    text = " ".join(part.text or "" for part in _children(node, "coordinates"))
    try:
        numbers = [tuple(map(float, point.split(",")[:2])) for point in text.split()]
        return [(x, y) for x, y in numbers]
    except ValueError as error:
        raise MalformedShapeError("koordinatnya bukan angka") from error
