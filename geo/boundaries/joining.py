"""Layers of one file that belong together: halves are joined, copies left out, both said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyproj
import shapely

from geo.boundaries import placement
from geo.boundaries.raw import MalformedShapeError, RawLayer
from geo.errors import GeoError, one_line

# The column that names the layer (mostly a file called like its kecamatan) a joined row is from.
LAYER_COLUMN = "berkas"

# Two drawings of one area share most of their box; neighbours and parts do not.
_SAME_BOX_SHARE = 0.5
# Up to this share, shapes that lie in others (slivers at the border) do not matter.
_FEW = 0.2
_MOST_NAMED = 5


# A layer and those of its rows that are used.
_Part = tuple[RawLayer, np.ndarray]


@dataclass(frozen=True)
class _Drawn:
    """One or more layers as one, with their polygons; None where a row has none.

    Layers that draw the same areas again are left out for it.
    """

    parts: tuple[_Part, ...]
    shapes: np.ndarray
    left_out: tuple[RawLayer, ...] = ()

    @property
    def first(self) -> RawLayer:
        return self.parts[0][0]

    @property
    def weight(self) -> tuple[int, int]:
        """Its rows and corners: of two drawings of one thing, more is better."""
        return len(self.shapes), int(shapely.get_num_coordinates(self.shapes).sum())


def settle(layers: Sequence[RawLayer]) -> tuple[RawLayer, ...]:
    """Join layers that complement each other; leave out those that another one covers.

    Layers of different columns or levels stay as they are (`tables` chooses between them, by
    their codes); what was done for a layer stands in its notes.
    """
    drawn = [_drawn(layer) for layer in layers]
    plain = [one.first for one in drawn if _is_empty(one)]
    settled: list[_Drawn] = []
    heaviest_first = sorted((d for d in drawn if not _is_empty(d)), key=lambda d: d.weight)[::-1]
    for one in heaviest_first:
        for at, held in enumerate(settled):
            together = _together(held, one)
            if together is not None:
                settled[at] = together
                break
        else:
            settled.append(one)
    said = [replace(_joined(one.parts), notes=_notes(one)) for one in settled]
    return (*said, *plain)


def _drawn(layer: RawLayer) -> _Drawn:
    shapes = np.array([_polygon(layer, row) for row in range(layer.count)], dtype=object)
    return _Drawn(((layer, np.arange(layer.count)),), shapes)


def _polygon(layer: RawLayer, row: int) -> shapely.Geometry | None:
    try:
        shape = layer.shape(row)
    except MalformedShapeError:
        return None
    if shape is None or shape.is_empty or shapely.get_dimensions(shape) != 2:
        return None
    return shape if np.isfinite(shape.bounds).all() else None


def _is_empty(one: _Drawn) -> bool:
    return all(shape is None for shape in one.shapes)


def _together(held: _Drawn, other: _Drawn) -> _Drawn | None:
    """Both as one, or the held one alone for both; None where they are two things."""
    theirs = other.first
    if (held.first.crs is None) != (theirs.crs is None):
        return None
    shared = {name.casefold() for name in held.first.columns}
    alike = sum(name.casefold() in shared for name in theirs.columns)
    if 2 * alike < min(len(shared), len(theirs.columns)):
        return None
    try:
        moved = _in_crs_of(held.first, other)
        is_new, is_same = _compared(held.shapes, moved.shapes)
    except (GeoError, pyproj.exceptions.ProjError, shapely.errors.ShapelyError):
        return None
    known = int(sum(shape is not None for shape in moved.shapes))
    if known - is_new.sum() - is_same.sum() > _FEW * known:
        return None
    if is_same.sum() > is_new.sum():
        return replace(held, left_out=(*held.left_out, theirs))
    kept = np.flatnonzero(~is_same)
    shapes = np.concatenate([held.shapes, moved.shapes[kept]])
    return replace(held, parts=(*held.parts, (moved.first, kept)), shapes=shapes)


def _in_crs_of(layer: RawLayer, other: _Drawn) -> _Drawn:
    """The other layer in a layer's coordinates."""
    theirs = other.first
    if layer.crs is None or theirs.crs is None or layer.crs == theirs.crs:
        return other
    source, target = placement.crs_of(theirs.crs), placement.crs_of(layer.crs)

    def moved(row: int) -> shapely.Geometry | None:
        shape = theirs.shape(row)
        return None if shape is None else placement.transform(np.array([shape]), source, target)[0]

    return _drawn(replace(theirs, shape=moved, crs=layer.crs))


def _compared(held: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which of the other shapes lie outside all held ones, and which draw one of them again."""
    tree = shapely.STRtree([shape for shape in held if shape is not None])
    known = [i for i, shape in enumerate(other) if shape is not None]
    inside, around = tree.query(
        shapely.point_on_surface([other[i] for i in known]), predicate="intersects"
    )
    is_new = np.zeros(len(other), dtype=bool)
    is_same = np.zeros(len(other), dtype=bool)
    is_new[known] = True
    for position, index in zip(inside, around, strict=True):
        is_new[known[position]] = False
        boxes = shapely.box(*shapely.bounds([other[known[position]], tree.geometries[index]]).T)
        shared = shapely.area(shapely.intersection(*boxes)) / shapely.area(shapely.union(*boxes))
        is_same[known[position]] |= bool(shared >= _SAME_BOX_SHARE)
    return is_new, is_same


def _joined(parts: tuple[_Part, ...]) -> RawLayer:
    """The rows of several layers as one layer; columns are one where only their case differs."""
    first = parts[0][0]
    if len(parts) == 1:
        return first
    rows = [(layer, int(row)) for layer, used in parts for row in used]
    named = {name.casefold(): name for layer, _ in reversed(parts) for name in layer.columns}

    def values(column: str) -> list[object]:
        return [value for layer, used in parts for value in _values(layer, used, column)]

    return replace(
        first,
        count=len(rows),
        columns=(*named.values(), *(() if LAYER_COLUMN in named else (LAYER_COLUMN,))),
        values=values,
        shape=lambda row: rows[row][0].shape(rows[row][1]),
    )


def _values(layer: RawLayer, rows: np.ndarray, column: str) -> list[object]:
    name = next((n for n in layer.columns if n.casefold() == column.casefold()), None)
    if name is None:
        return [layer.name if column == LAYER_COLUMN else None] * len(rows)
    held = layer.values(name)
    return [held[row] for row in rows]


def _notes(one: _Drawn) -> tuple[str, ...]:
    """What was said before of its layers, what was joined and what was left out."""
    said = [note for layer, _ in one.parts for note in layer.notes]
    if len(one.parts) > 1:
        names = [f"“{_short(layer.name)}”" for layer, _ in one.parts]
        said.append(f"{len(names)} lapisan digabung menjadi satu: {_listed(names)}.")
    if one.left_out:
        names = [f"“{_short(layer.name)}” ({layer.count} bentuk)" for layer in one.left_out]
        said.append(
            f"Lapisan {_listed(names)} tidak dipakai: wilayahnya sudah ada dalam "
            f"“{_short(one.first.name)}” ({len(one.shapes)} bentuk)."
        )
    return tuple(said)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" dan {more} lagi" if more > 0 else "")


def _short(name: str) -> str:
    return one_line(name[:60])
