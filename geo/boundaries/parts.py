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
# A namesake elsewhere is about as large as the area itself; an island is not.
_MOST_OF_BODY = 0.2
# Parts may overlap by slips of drawing, up to this share of the smaller.
_MOST_OVERLAP = 0.1


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
    sound = shapely.make_valid(parts, method="structure", keep_collapsed=False)
    areas = shapely.area(sound)
    twice = float(areas.sum() - shapely.area(shapely.union_all(sound)))
    return twice > _MOST_OVERLAP * float(areas.min())


def union(parts: npt.NDArray[np.object_]) -> shapely.Geometry:
    """The parts of one area as one shape."""
    return shapely.union_all(shapely.make_valid(parts, method="structure", keep_collapsed=False))


def _belongs(
    at: int, code: str, shapes: npt.NDArray[np.object_], found: Overlaps, body: float
) -> bool:
    """Whether a shape lies in or near the area of its name."""
    if is_other(at, code, found):
        return False
    own = found.cells.codes.index(code)
    if found.shared[at, own] > 0.5 * found.areas[at]:
        return True
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
