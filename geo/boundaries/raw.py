"""What a boundary file holds before anyone judges it: layers of rows and shapes.

Owns the common form that every format is parsed into.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

# What the making of a shape from foreign values may end in.
SHAPE_ERRORS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    StopIteration,
    shapely.errors.ShapelyError,
)


class MalformedShapeError(ValueError):
    """A single shape that its format's reader cannot understand; str() gives the reason."""


@dataclass(frozen=True)
class RawLayer:
    """One table of shapes.

    Attributes:
        name: the layer's name in its file.
        count: number of rows.
        columns: names of the attribute columns as written.
        values: the values of one column, in row order.
        shape: the shape of one row in the file's own coordinates, None where it has none;
            raises MalformedShapeError.
        crs: "EPSG:..." or "OGC:..." or WKT; None where the file does not say.
        notes: Indonesian sentences about layers that were joined to it or left out beside it.
    """

    name: str
    count: int
    columns: tuple[str, ...]
    values: Callable[[str], Sequence[object]]
    shape: Callable[[int], shapely.Geometry | None]
    crs: str | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawFile:
    """A parsed file.

    Attributes:
        format: the name of its format.
        layers: its layers, at least one.
        notes: Indonesian sentences about what was mended or left out on the way.
    """

    format: str
    layers: tuple[RawLayer, ...]
    notes: tuple[str, ...] = ()


def layer_of_rows(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    shape: Callable[[int], shapely.Geometry | None],
    crs: str | None,
) -> RawLayer:
    """A layer whose attributes are one mapping per row; columns in order of first use."""
    return RawLayer(
        name=name,
        count=len(rows),
        columns=tuple(dict.fromkeys(str(key) for row in rows for key in row)),
        values=lambda column: [row.get(column) for row in rows],
        shape=shape,
        crs=crs,
    )
