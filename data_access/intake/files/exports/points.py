"""Places on the map in an export: one text, or a column for each part of it.

Owns the columns "latitude" and "longitude" that later steps read.
"""

from __future__ import annotations

import re

from data_access.intake.files.exports.table import Table
from data_access.intake.model import CellValue

_COORDINATE = r"-?\d{1,3}(?:\.\d+)?"
_POINT = re.compile(rf"\s*({_COORDINATE})\s+({_COORDINATE})(?:\s+-?[\d.]+){{0,2}}\s*", re.ASCII)
# ODK writes "titik-Latitude" to "titik-Accuracy".
_PART = re.compile(r"(?P<point>.+)[/.:-](?P<part>Latitude|Longitude|Altitude|Accuracy)", re.DOTALL)
_SEVERAL = "Ada lebih dari satu titik koordinat; yang dipakai yang pertama."


def split_points(table: Table) -> None:
    """Append "latitude" and "longitude" from the first geopoint that says something."""
    if {"latitude", "longitude"} & {title.casefold() for title in table.header}:
        return
    pairs = [*_own_pairs(table), *_odk_pairs(table)]
    points = [column for column in table.questions() if _is_point(table, column)]
    if len(pairs) > 1 or (not pairs and len(points) > 1):
        table.notes.append(_SEVERAL)
    if pairs:
        latitude, longitude = pairs[0]
        table.append("latitude", lambda row: _degrees(row.values[latitude]))
        table.append("longitude", lambda row: _degrees(row.values[longitude]))
    elif points:
        table.append("latitude", lambda row: _coordinate(row.values[points[0]], 1))
        table.append("longitude", lambda row: _coordinate(row.values[points[0]], 2))


def _own_pairs(table: Table) -> list[tuple[int, int]]:
    """Columns `_X_latitude` with their `_X_longitude`."""
    pairs = []
    for column, title in enumerate(table.header):
        partner = table.index(title.removesuffix("_latitude") + "_longitude")
        if title.startswith("_") and title.endswith("_latitude") and partner is not None:
            pairs.append((column, partner))
    return pairs


def _odk_pairs(table: Table) -> list[tuple[int, int]]:
    """Columns "X-Latitude" with their "X-Longitude"; all parts are no questions any more."""
    parts: dict[str, dict[str, int]] = {}
    for column in table.questions():
        if found := _PART.fullmatch(table.header[column]):
            parts.setdefault(found["point"], {})[found["part"]] = column
    points = [one for one in parts.values() if {"Latitude", "Longitude"} <= one.keys()]
    for one in points:
        for column in one.values():
            table.hide(column)
    return [(one["Latitude"], one["Longitude"]) for one in points]


def _is_point(table: Table, column: int) -> bool:
    texts = table.values(column)
    return bool(texts) and all(isinstance(text, str) and _POINT.fullmatch(text) for text in texts)


def _degrees(value: CellValue) -> CellValue:
    if isinstance(value, str) and re.fullmatch(_COORDINATE, value.strip(), re.ASCII):
        return float(value)
    return value


def _coordinate(value: CellValue, part: int) -> CellValue:
    found = _POINT.fullmatch(value) if isinstance(value, str) else None
    return float(found[part]) if found else None
