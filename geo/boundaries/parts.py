"""Areas that stand in several rows: islands, slivers, pieces of a larger survey.

Owns which of the rows that claim one area are its parts, and which are namesakes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import shapely

from geo.boundaries.evidence import Overlaps
from geo.boundaries.rows import Row
from geo.matching import PlaceMatch

# A part that covers more than this of another area's cell is that area, not an island.
_COVERS_OTHER = 0.5
# Islets lie within about 3 km (degrees) of their area; farther ones (Sangiang, 10 km)
# only where no other area is much nearer.
_NEAR = 0.03
_FAR = 0.15
_NOT_MUCH_NEARER = 1.2
_SLACK = 0.005
# The coast of a cell is coarse: an island may lie on it by a small part only.
_LEAST_ON_CELL = 0.1
# A namesake elsewhere is about as large as the area itself; an island is not.
_MOST_OF_BODY = 0.2
# Parts may overlap by slips of drawing, up to this share of the smaller.
_MOST_OVERLAP = 0.1
_LEAST_OF_BODY = 0.5


def positions_by_code(matches: Sequence[PlaceMatch]) -> dict[str, list[int]]:
    """Which shapes were matched to each area, by code."""
    drawn: dict[str, list[int]] = defaultdict(list)
    for position, match in enumerate(matches):
        if match.code:
            drawn[match.code].append(position)
    return dict(sorted(drawn.items()))


def namesakes(
    drawn: Mapping[str, Sequence[int]],
    rows: Sequence[Row],
    shapes: npt.NDArray[np.object_],
    found: Overlaps,
) -> list[int]:
    """The shapes that only share a name with an area drawn by others: areas elsewhere.

    Codes are never doubted here.
    """
    strangers = []
    for code, positions in drawn.items():
        if len(positions) < 2:
            continue
        body = max(positions, key=lambda at: found.shared[at, found.cells.codes.index(code)])
        strangers += [
            at
            for at in positions
            if rows[at].is_in_kabupaten is None
            and at != body
            and not _belongs(at, code, shapes, found, found.areas[body])
        ]
    return strangers


def is_other(at: int, code: str, found: Overlaps) -> bool:
    """Whether a shape is the body of another area than the one it claims."""
    own = found.cells.codes.index(code)
    covered = found.covered[at].copy()
    covered[own] = 0.0
    other = int(covered.argmax())
    return bool(covered[other] > _COVERS_OTHER and found.shared[at, other] > found.shared[at, own])


def overlap(parts: npt.NDArray[np.object_]) -> bool:
    """Whether the parts of one area lie on each other: drawn twice, or old beside new."""
    sound = _sound(parts)
    areas = shapely.area(sound)
    a, b = shapely.STRtree(sound).query(sound, predicate="intersects")
    a, b = a[a < b], b[a < b]
    twice = shapely.area(shapely.intersection(sound[a], sound[b]))
    smaller, larger = np.minimum(areas[a], areas[b]), np.maximum(areas[a], areas[b])
    # An island or a village that its area draws as well changes little.
    is_body = smaller > _LEAST_OF_BODY * larger
    return bool((is_body & (twice > _MOST_OVERLAP * smaller)).any())


def union(parts: npt.NDArray[np.object_]) -> shapely.Geometry:
    """The parts of one area as one shape."""
    return shapely.union_all(_sound(parts))


def _sound(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """The shapes as valid polygons; most are and stay as they are."""
    sound = shapes.copy()
    broken = ~shapely.is_valid(shapes)
    sound[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    return sound


def _belongs(
    at: int, code: str, shapes: npt.NDArray[np.object_], found: Overlaps, body: float
) -> bool:
    """Whether a shape lies in or near the area of its name."""
    if is_other(at, code, found):
        return False
    own = found.cells.codes.index(code)
    if found.shared[at, own] > _LEAST_ON_CELL * found.areas[at]:
        return bool(found.shared[at, own] > 0.5 * found.shared[at].sum())
    if found.areas[at] > _MOST_OF_BODY * body:
        return False
    distances = shapely.distance(shapes[at], found.cells.shapes)
    nearest = float(distances.min())
    return bool(
        distances[own] <= _NEAR
        or (
            nearest > 0
            and distances[own] <= _FAR
            and distances[own] <= _NOT_MUCH_NEARER * nearest + _SLACK
        )
    )
