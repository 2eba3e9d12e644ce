"""Where shapes lie: coordinate system, order of coordinates, inside the area or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pyproj
import shapely

from geo.errors import CrsMissingError, CrsUnknownError, SwappedCoordinatesError, WrongAreaError
from geo.gazetteer import gazetteer

WGS84 = "EPSG:4326"
# Metres, for areas and distances in Kabupaten Serang (UTM zone 48 south).
METRIC = "EPSG:32748"

_WEB_MERCATOR = "EPSG:3857"

# The kabupaten with its islands and some sea: lon/lat degrees.
AREA = shapely.box(105.6, -6.7, 106.8, -5.6)
# No area of the kabupaten, sea included, reaches farther (degrees) beyond that.
REACH = 0.5
# A shape that claims a name but lies farther than this from all desa of that name's area
# is somebody else's; neighbours share few names.
NEAR_METRES = 5_000.0

_WGS84_NAMES = ("OGC:CRS84", "EPSG:4326")
_LONGEST_WKT = 20_000
# Only registered names and written-out definitions: a PROJ string could name a file.
_NAMED_CRS = re.compile(
    r"(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?"
    r"(?P<authority>OGC|EPSG)(?:[:/][\d.]*)?[:/](?P<code>CRS84|\d{4,6})",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"\s*(?:[A-Z_]{6,}\s*\[|\{)")


def resolve_crs(path: Path, declared: str | None, asked: str | None) -> pyproj.CRS:
    """The CRS of a file: the one asked for, else the one it declares.

    Raises:
        CrsMissingError: if neither is there.
        CrsUnknownError: if it is not a registered or well-formed one.
    """
    if asked is not None:
        return _crs(asked)
    if not declared:
        raise CrsMissingError(path, "berkas tidak menyebutkannya")
    return _crs(declared)


def crs_label(crs: pyproj.CRS) -> str:
    """AUTHORITY:CODE where the CRS has one, else its name; WGS 84 is EPSG:4326."""
    authority = crs.to_authority(min_confidence=70)
    label = ":".join(authority) if authority else str(crs.name)
    return WGS84 if label in _WGS84_NAMES else label


def to_wgs84(
    path: Path, shapes: Sequence[shapely.Geometry], crs: pyproj.CRS, *, is_asked: bool
) -> np.ndarray:
    """Bring shapes to lon/lat degrees and make sure that they touch the area.

    Returns:
        Array of geometries, two-dimensional, in EPSG:4326.

    Raises:
        CrsMissingError: if the numbers cannot be degrees though the CRS says so.
        SwappedCoordinatesError: if they fit only with latitude and longitude exchanged.
        WrongAreaError: if they lie elsewhere.
    """
    flat = shapely.force_2d(np.asarray(shapes, dtype=object))
    placed = transform(flat, crs, WGS84)
    if _touches_area(placed):
        return placed
    if crs.is_geographic and not is_asked and _largest(flat) > 360:
        raise CrsMissingError(path, "koordinatnya bukan derajat, mungkin meter (UTM)")
    if crs.is_projected and _touches_area(flat):
        raise CrsMissingError(
            path, f"koordinatnya derajat, sedangkan {crs_label(crs)} berhitung meter"
        )
    if _touches_area(transform(_swapped(flat), crs, WGS84)):
        raise SwappedCoordinatesError(path)
    raise WrongAreaError(path, f"letaknya {_described(placed)}")


def transform(shapes: np.ndarray, source: pyproj.CRS | str, target: pyproj.CRS | str) -> np.ndarray:
    """Reproject shapes, x before y on both sides."""
    source, target = pyproj.CRS(source), pyproj.CRS(target)
    if crs_label(source) == crs_label(target):
        return shapes
    change = _transformer(source, target)
    return np.asarray(shapely.transform(shapes, change.transform, interleaved=False))


def why_astray(shape: shapely.Geometry, crs: pyproj.CRS) -> str:
    """Why a shape that should be here lies elsewhere, in Indonesian; "" where nothing explains it.

    Args:
        shape: in the file's own coordinates.
        crs: that the file is read with.
    """
    flat = np.array([shapely.force_2d(shape)], dtype=object)
    if _touches_area(transform(_swapped(flat), crs, WGS84)):
        return "lintang dan bujurnya tertukar"
    if crs.is_projected:
        return "koordinatnya derajat, bukan meter" if _touches_area(flat) else ""
    for metres in (METRIC, _WEB_MERCATOR) if _largest(flat) > 360 else ():
        if _touches_area(transform(flat, metres, WGS84)):
            return f"koordinatnya meter ({metres}), bukan derajat"
    return ""


def near_kabupaten(shapes: np.ndarray) -> np.ndarray:
    """Which WGS 84 shapes lie within a few kilometres of a known desa: bool array."""
    return _near(shapes, _points())


def is_near(shape: shapely.Geometry, points: np.ndarray) -> bool:
    """Whether a WGS 84 shape lies within a few kilometres of one of the WGS 84 points."""
    return bool(_near(np.array([shape], dtype=object), points)[0])


def in_area(shapes: np.ndarray) -> np.ndarray:
    """Which WGS 84 shapes touch the area's box: bool array."""
    return np.asarray(shapely.intersects(AREA, shapely.box(*shapely.bounds(shapes).T)))


def stays_in_area(shape: shapely.Geometry) -> bool:
    """Whether no corner of a WGS 84 shape lies far outside the area."""
    return bool(AREA.buffer(REACH, join_style="mitre").contains(shapely.box(*shape.bounds)))


def _crs(text: str) -> pyproj.CRS:
    named = _NAMED_CRS.fullmatch(text.strip())
    if not named and (len(text) > _LONGEST_WKT or not _DEFINITION.match(text)):
        raise CrsUnknownError(text)
    try:
        return pyproj.CRS(f"{named['authority']}:{named['code']}".upper() if named else text)
    except pyproj.exceptions.CRSError as error:
        raise CrsUnknownError(text) from error


@cache
def _transformer(source: pyproj.CRS, target: pyproj.CRS) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def _near(shapes: np.ndarray, points: np.ndarray) -> np.ndarray:
    target = shapely.multipoints(transform(points, WGS84, METRIC))
    shapely.prepare(target)
    return np.asarray(shapely.dwithin(target, transform(shapes, WGS84, METRIC), NEAR_METRES))


def _points() -> np.ndarray:
    return np.asarray(
        shapely.points([(desa.longitude, desa.latitude) for desa in gazetteer().desa])
    )


def _touches_area(shapes: np.ndarray) -> bool:
    return bool(in_area(shapes).any())


def _swapped(shapes: np.ndarray) -> np.ndarray:
    return np.asarray(shapely.transform(shapes, lambda points: points[:, ::-1]))


def _largest(shapes: np.ndarray) -> float:
    return float(np.abs(shapely.get_coordinates(shapes)).max(initial=0.0))


def _described(shapes: np.ndarray) -> str:
    west, south, east, north = shapely.total_bounds(shapes)
    if not np.isfinite([west, south, east, north]).all():
        return "di luar bumi menurut CRS-nya"
    text = f"bujur {west:.2f} sampai {east:.2f}, lintang {south:.2f} sampai {north:.2f}"
    return text.replace(".", ",")
