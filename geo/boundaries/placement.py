"""Where shapes lie: coordinate system, order of coordinates, inside the area or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from pathlib import Path

import numpy as np
import pyproj
import shapely

from geo.area import area
from geo.errors import CrsMissingError, CrsUnknownError, SwappedCoordinatesError, WrongAreaError
from geo.gazetteer import gazetteer
from geo.notation import number

WGS84 = "EPSG:4326"
# Metres, for areas and distances in the kabupaten.
METRIC = area().metric.crs

_WEB_MERCATOR_CRS = "EPSG:3857"

# The kabupaten with its islands and some sea: lon/lat degrees.
AREA = shapely.box(*astuple(area().box))
# No area of the kabupaten, sea included, reaches farther (degrees) beyond that.
REACH = 0.5
# A shape that claims a name but lies farther than this from all desa of that name's area
# is somebody else's; neighbours share few names.
NEAR_METRES = 5_000.0

_WGS84_NAMES = ("OGC:CRS84", "EPSG:4326")
# What metres of this area were most probably drawn in, when nobody says.
_LIKELY = {
    "EPSG:3857": "Web Mercator, meter",
    METRIC: f"{area().metric.name}, meter",
    **{code: f"{name}, meter" for code, name in area().metric.likely.items()},
    "EPSG:3395": "World Mercator, meter",
    "EPSG:4326": "derajat",
}

_LONGEST_WKT = 20_000
# What is told of one that is not known.
_LONGEST_NAME = 200
_AUTHORITIES = ("EPSG", "ESRI", "OGC")
# Only codes, and definitions that write a registered one out: a PROJ string could name a file.
_NAMED_CRS = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/(?:def/crs/|gml/srs/))?"
    r"(?:(?P<authority>OGC|EPSG|ESRI)(?:\.xml)?(?:[:/#][\d.]*)?[:/# ])?(?P<code>CRS84h?|\d{4,6})",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"\s*(?:[A-Z_]{6,}\s*\[|\{)")
# How WGS 84 in degrees is called where its code is not known; spaces and signs left out.
_WGS84_WORDS = frozenset({"wgs84", "wgs1984", "gcswgs1984", "epsgwgs84", "lonlat", "longlat"})
# Codes that programs gave to Web Mercator before it was registered.
_WEB_MERCATOR = frozenset({"900913", "102100", "102113", "3785", "41001", "54004"})
# How sure (of 100) a definition must be a registered one: alike in all but its name.
_ALIKE = 70
# How a datum moves to WGS 84 is known of the registered ones.
_SHIFT = re.compile(r",\s*TOWGS84\s*\[[^\]]*\]", re.IGNORECASE)
# In a definition, what makes PROJ open a file; "@null" says that there is none.
_FILE_REFERENCE = re.compile(r"grids\s*=\s*(?!@null\b)|PARAMETERFILE|\+init|\+proj=pipeline", re.I)


def resolve_crs(
    path: Path,
    declared: str | None,
    asked: str | None,
    shapes: Sequence[shapely.Geometry] = (),
) -> pyproj.CRS:
    """The CRS of a file: the one asked for, else the one it declares.

    Args:
        path: the file, for messages.
        declared: what the file says, None where it says nothing.
        asked: what a person says.
        shapes: the file's shapes, to tell which CRS is likely where none is known.

    Raises:
        CrsMissingError: if neither is there.
        CrsUnknownError: if it is not a registered one, or not one of maps.
    """
    if asked is not None:
        return crs_of(asked)
    if not declared:
        raise CrsMissingError(path, "berkas tidak menyebutkannya", likely=_likely(shapes))
    try:
        return crs_of(declared)
    except CrsUnknownError as error:
        raise CrsUnknownError(error.crs, error.reason, likely=_likely(shapes)) from error


def crs_of(text: str) -> pyproj.CRS:
    """The registered CRS that a file or a person names, or writes out.

    Nothing of a definition is used but the code of the registered CRS that it equals, or the
    numbers by which it projects one.

    Raises:
        CrsUnknownError: if it is not a registered one, or not one of maps.
    """
    try:
        named = _registered(text.strip())
        crs = named or _written_out(text)
    except (pyproj.exceptions.ProjError, ValueError, RecursionError) as error:
        raise CrsUnknownError(text[:_LONGEST_NAME]) from error
    if crs is None:
        raise CrsUnknownError(text[:_LONGEST_NAME])
    if not (crs.is_geographic or crs.is_projected):
        raise CrsUnknownError(text[:_LONGEST_NAME], "bukan sistem koordinat peta")
    if named is not None:
        return named
    code = _code_of(crs)
    found = pyproj.CRS(code) if code else _projected(crs)
    if found is None:
        raise CrsUnknownError(crs.name[:_LONGEST_NAME], "bukan salah satu yang terdaftar")
    return found


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
        CrsMissingError: if the numbers do not suit the CRS but suit another one.
        CrsUnknownError: if the CRS cannot be brought to degrees.
        SwappedCoordinatesError: if they fit only with latitude and longitude exchanged.
        WrongAreaError: if they lie elsewhere.
    """
    flat = shapely.force_2d(np.asarray(shapes, dtype=object))
    try:
        placed = transform(flat, crs, WGS84)
    except pyproj.exceptions.ProjError as error:
        raise CrsUnknownError(crs_label(crs)) from error
    if _touches_area(placed):
        return placed
    if crs.is_projected and _touches_area(flat):
        raise CrsMissingError(
            path, f"koordinatnya derajat, sedangkan {crs_label(crs)} berhitung meter"
        )
    if _touches_area(transform(_swapped(flat), crs, WGS84)):
        raise SwappedCoordinatesError(path)
    likely = _likely(flat)
    if crs.is_geographic and not is_asked and _largest(flat) > 360:
        raise CrsMissingError(path, "koordinatnya bukan derajat, mungkin meter", likely=likely)
    if likely:
        raise CrsMissingError(
            path, f"dibaca sebagai {crs_label(crs)}, letaknya {_described(placed)}", likely=likely
        )
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
    for metres in (METRIC, _WEB_MERCATOR_CRS) if _largest(flat) > 360 else ():
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


def _registered(text: str) -> pyproj.CRS | None:
    """The CRS that a code or a well-known word stands for."""
    if re.sub(r"[\W_]", "", text).casefold() in _WGS84_WORDS:
        return pyproj.CRS(WGS84)
    named = _NAMED_CRS.fullmatch(text)
    if not named:
        return None
    code = named["code"].upper().removesuffix("H")
    if code in _WEB_MERCATOR:
        return pyproj.CRS("EPSG:3857")
    if code == "CRS84":
        return pyproj.CRS("OGC:CRS84")
    given = (named["authority"] or "EPSG").upper()
    # ArcGIS and others write codes of ESRI as codes of EPSG.
    for authority in dict.fromkeys((given, *_AUTHORITIES)):
        with suppress(pyproj.exceptions.CRSError):
            return _plane(pyproj.CRS(f"{authority}:{code}"))
    return None


def _written_out(text: str) -> pyproj.CRS | None:
    """The plane CRS that a WKT or PROJJSON text defines; None if it is none or leans on a file."""
    is_definition = len(text) <= _LONGEST_WKT and _DEFINITION.match(text)
    if not is_definition or _FILE_REFERENCE.search(text):
        return None
    crs = pyproj.CRS(_SHIFT.sub("", text))
    return None if _names_a_file(crs.to_json_dict()) else _plane(crs)


def _plane(crs: pyproj.CRS) -> pyproj.CRS:
    """A CRS without its height and without its own way to WGS 84."""
    if crs.is_compound:
        return _plane(crs.sub_crs_list[0])
    return crs.source_crs if crs.is_bound and crs.source_crs else crs


def _code_of(crs: pyproj.CRS) -> str | None:
    """AUTHORITY:CODE of the registered CRS that a CRS equals, None where it is like none."""
    found = (crs.to_authority(name, min_confidence=_ALIKE) for name in _AUTHORITIES)
    return next((":".join(code) for code in found if code), None)


def _projected(crs: pyproj.CRS) -> pyproj.CRS | None:
    """A projection of a registered CRS in degrees, by numbers alone; None if it is no such."""
    if not crs.is_projected or crs.geodetic_crs is None:
        return None
    # Below a projection the order of degrees differs; this form does not tell it.
    base = _code_of(pyproj.CRS(crs.geodetic_crs.to_wkt("WKT1_ESRI")))
    if base is None:
        return None
    definition = crs.to_json_dict()
    conversion = definition["conversion"]
    numbers = [part.get("value") for part in conversion.get("parameters", [])]
    is_registered = conversion["method"].get("id", {}).get("authority") == "EPSG"
    if not is_registered or not all(isinstance(value, int | float) for value in numbers):
        return None
    return pyproj.CRS({**definition, "base_crs": pyproj.CRS(base).to_json_dict()})


def _names_a_file(definition: object) -> bool:
    """Whether a step of a PROJJSON definition takes a text, or is a PROJ string itself."""
    if isinstance(definition, list):
        return any(map(_names_a_file, definition))
    if not isinstance(definition, dict):
        return False
    if isinstance(definition.get("value"), str):
        return True
    method = definition.get("method")
    if isinstance(method, dict) and str(method.get("name")).upper().startswith("PROJ "):
        return True
    return any(map(_names_a_file, definition.values()))


def _likely(shapes: Sequence[shapely.Geometry] | np.ndarray) -> str:
    """The CRS in which the shapes hold most known desa, as `CODE (words)`; "" if they hold none."""
    if not len(shapes):
        return ""
    flat = shapely.force_2d(np.asarray(shapes, dtype=object))
    held = {code: _desa_held(transform(flat, code, WGS84)) for code in _LIKELY}
    best = max(held, key=lambda code: held[code])
    return f"{best} ({_LIKELY[best]})" if held[best] else ""


def _desa_held(shapes: np.ndarray) -> int:
    return len(set(shapely.STRtree(_points()).query(shapes, predicate="intersects")[1].tolist()))


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
    sides = [number(side, 2) for side in (west, east, south, north)]
    return "bujur {} sampai {}, lintang {} sampai {}".format(*sides)
