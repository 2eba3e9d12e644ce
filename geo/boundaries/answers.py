"""Inspections as JSON, from the limited child to whoever asked for it.

Owns which values may cross: plain ones, the report's and the set's own classes, this
room's errors and frames of shapes. Nothing is executed on the way in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo import errors, matching
from geo.boundaries import evidence, model, reading, report


def _own_classes(*modules: ModuleType) -> Iterator[type]:
    for module in modules:
        for held in vars(module).values():
            if isinstance(held, type) and held.__module__ == module.__name__:
                yield held


_ERRORS = {
    held.__name__: held for held in _own_classes(errors) if issubclass(held, errors.GeoError)
}
_CLASSES = {
    held.__name__: held
    for held in _own_classes(matching, evidence, model, reading, report)
    if is_dataclass(held)
}


def encode(value: object) -> Any:
    """A value as JSON takes it.

    Raises:
        TypeError: if it is of no kind that may cross.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Path):
        return {"path": str(value)}
    if isinstance(value, np.generic):
        return encode(value.item())
    if isinstance(value, gpd.GeoDataFrame):
        return {"frame": _frame_facts(value)}
    if isinstance(value, errors.GeoError):
        return {"error": type(value).__name__, "facts": encode(vars(value))}
    if is_dataclass(value) and not isinstance(value, type):
        held = {field.name: encode(getattr(value, field.name)) for field in fields(value)}
        return {"class": type(value).__name__, "fields": held}
    if isinstance(value, Mapping):
        return {"map": [[encode(key), encode(held)] for key, held in value.items()]}
    if isinstance(value, Sequence):
        return [encode(held) for held in value]
    raise TypeError(f"{type(value).__name__} may not cross")


def decode(written: Any) -> Any:
    """The value that `encode` made it from; sequences come back as tuples.

    Raises:
        KeyError, TypeError, ValueError, ShapelyError: if it is nothing that `encode` writes.
    """
    if isinstance(written, list):
        return tuple(decode(held) for held in written)
    if not isinstance(written, dict):
        return written
    if "map" in written:
        return {decode(key): decode(held) for key, held in written["map"]}
    if "frame" in written:
        columns = dict(written["frame"])
        shapes = shapely.from_wkb(columns.pop("geometry"))
        return gpd.GeoDataFrame(columns, geometry=shapes, crs=model.WGS84)
    if "error" in written:
        return _ERRORS[written["error"]](**decode(written["facts"]))
    if "path" in written:
        return Path(written["path"])
    held = {name: decode(field) for name, field in written["fields"].items()}
    return _CLASSES[written["class"]](**held)


def _frame_facts(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    plain = {name: frame[name].tolist() for name in frame.columns if name != "geometry"}
    return {**plain, "geometry": shapely.to_wkb(frame.geometry.to_numpy(), hex=True).tolist()}
