"""Makes shapes valid and lets neighbours meet: no gaps, no overlaps, each change listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from geo.boundaries.placement import METRIC, WGS84, transform
from geo.errors import RepairFailedError, ShapesOverlapError
from geo.matching import Level

# Gaps up to this width (metres) are slips of drawing. Wider ones are real: water, a
# neighbouring town, or an area that the file lacks. The smallest desa is about 600 m wide;
# the narrowest kecamatan is over 2 km and strongly simplified files gape up to 1 km.
GAP_METRES: Mapping[Level, float] = {"desa": 100.0, "kecamatan": 1_000.0}
# A void in one shape smaller than this (square metres) is a flaw of a file, a larger one a lake.
LEAST_LAKE_M2 = 250_000.0
# Changes below this (square metres) are rounding.
LEAST_CHANGE_M2 = 1.0
OVERLAP = "tumpang tindih dengan tetangga dihapus"
# Ponds and islets of one file; cleaning thousands of them takes longer than anybody waits.
MANY_PARTS = 2_000
# A shape that loses more than this share was drawn over another one.
MOST_LOST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one shape.

    Attributes:
        position: index of the shape.
        what: Indonesian description.
        area_m2: area added or removed.
        share: that area, of the shape's own.
    """

    position: int
    what: str
    area_m2: float
    share: float = 0.0


def repair(
    path: Path, shapes: np.ndarray, level: Level, labels: Sequence[str]
) -> tuple[np.ndarray, list[Change]]:
    """Repair WGS 84 shapes of one level.

    Shapes that need nothing come back unchanged to the last digit.

    Returns:
        The shapes (valid polygons, a valid coverage in METRIC) and the changes made.

    Raises:
        RepairFailedError: if GEOS cannot clean them.
        ShapesOverlapError: if one shape lies mostly on others.
    """
    metric = transform(shapes, WGS84, METRIC)
    try:
        valid, mended = _make_valid(metric)
        if not mended and shapely.coverage_is_valid(valid):
            return shapes, []
        clean = _without_gaps(valid, GAP_METRES[level])
        clean = _with_lakes(clean, valid)
        cut, filled = _changed(valid, clean)
    except shapely.errors.GEOSException as error:
        raise RepairFailedError(path, "bentuknya terlalu rusak") from error
    _refuse_overlaps(path, valid, cut, labels)
    changes = [
        *mended,
        *_changes(OVERLAP, cut, valid),
        *_changes("celah di antara tetangga ditutup", filled, valid),
    ]
    return transform(clean, METRIC, WGS84), sorted(changes, key=lambda change: change.position)


def polygons_of(shape: shapely.Geometry) -> shapely.Geometry | None:
    """The polygon parts of a shape as Polygon or MultiPolygon; None where none has an area."""
    parts = [part for part in leaves_of(shape) if part.geom_type == "Polygon" and _has_area(part)]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _has_area(polygon: shapely.Geometry) -> bool:
    # The lobes of a bow tie cancel each other out until they are taken apart.
    return bool(polygon.area > 0 or shapely.make_valid(polygon).area > 0)


def leaves_of(shape: shapely.Geometry) -> list[shapely.Geometry]:
    """The simple parts of a shape, collections within collections taken apart."""
    parts, found = [shape], []
    while parts:
        part = parts.pop(0)
        if hasattr(part, "geoms"):
            parts = [*part.geoms, *parts]
        else:
            found.append(part)
    return found


def _make_valid(metric: np.ndarray) -> tuple[np.ndarray, list[Change]]:
    broken = np.flatnonzero(~shapely.is_valid(metric))
    valid = metric.copy()
    changes = []
    for position in broken:
        before = metric[position]
        after = shapely.make_valid(before, method="structure", keep_collapsed=False)
        valid[position] = polygons_of(after) or shapely.Polygon()
        changed = abs(valid[position].area - before.area)
        changes.append(Change(int(position), "bentuk tidak sah diperbaiki", float(changed)))
    return valid, changes


def _without_gaps(valid: np.ndarray, gap: float) -> np.ndarray:
    """The shapes as a coverage; of very many parts only those near a neighbour are looked at."""
    parts, owner = shapely.get_parts(valid, return_index=True)
    if len(parts) <= MANY_PARTS:
        return np.asarray(shapely.coverage_clean(valid, gap_width=gap))
    tree = shapely.STRtree(parts)
    one, other = tree.query(parts, predicate="dwithin", distance=gap)
    is_near = np.zeros(len(parts), dtype=bool)
    is_near[one[owner[one] != owner[other]]] = True
    # Each shape keeps its largest part, so that none is empty.
    order = np.lexsort((shapely.area(parts), owner))
    is_near[order[np.append(owner[order][1:] != owner[order][:-1], True)]] = True
    near = shapely.multipolygons(parts[is_near], indices=owner[is_near])
    clean = np.asarray(shapely.coverage_clean(near, gap_width=gap))
    for at in np.unique(owner[~is_near]):
        far = parts[~is_near & (owner == at)]
        clean[at] = shapely.union_all([clean[at], *far])
    return clean


def _with_lakes(clean: np.ndarray, before: np.ndarray) -> np.ndarray:
    """The cleaned shapes with the lakes that each of them had within itself."""
    parts, owner = shapely.get_parts(before, return_index=True)
    holed = np.flatnonzero(shapely.get_num_interior_rings(parts))
    found = [
        (int(owner[at]), shapely.Polygon(ring)) for at in holed for ring in parts[at].interiors
    ]
    lakes = [(at, lake) for at, lake in found if lake.area >= LEAST_LAKE_M2]
    tree = shapely.STRtree(before)
    kept = clean.copy()
    for at, lake in lakes:
        others = before[tree.query(lake, predicate="intersects")]
        # Another area in the hole is an enclave.
        if shapely.area(shapely.intersection(others, lake)).sum() < LEAST_CHANGE_M2:
            kept[at] = shapely.difference(kept[at], lake)
    return kept


def _changed(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Area (square metres) of each shape only in `before`, and only in `after`."""
    changed = ~shapely.equals_exact(shapely.normalize(before), shapely.normalize(after))
    cut, filled = np.zeros(len(before)), np.zeros(len(before))
    # One intersection costs half of the two differences.
    kept = shapely.area(shapely.intersection(before[changed], after[changed]))
    cut[changed] = np.maximum(shapely.area(before[changed]) - kept, 0.0)
    filled[changed] = np.maximum(shapely.area(after[changed]) - kept, 0.0)
    return cut, filled


def _changes(what: str, areas: np.ndarray, shapes: np.ndarray) -> list[Change]:
    shares = areas / np.maximum(shapely.area(shapes), 1.0)
    return [
        Change(int(position), what, float(areas[position]), float(shares[position]))
        for position in np.flatnonzero(areas >= LEAST_CHANGE_M2)
    ]


def _refuse_overlaps(path: Path, valid: np.ndarray, cut: np.ndarray, labels: Sequence[str]) -> None:
    buried = np.flatnonzero(cut > MOST_LOST_SHARE * np.maximum(shapely.area(valid), 1.0))
    if buried.size:
        raise ShapesOverlapError(path, [labels[int(position)] for position in buried])
