"""Whether shapes lie where their names and codes say.

Owns the comparison of a whole assignment with the gazetteer's points and the indicative
cells. It is evidence for or against a match, never a match by itself.

How well a shape fits an area is the area both share over the area either covers (IoU, 0-1)
with the area's indicative cell. Measured on two real sources (326 desa each): the right
cell fits 0.53 in the median, 0.05 at worst; every exchange of two neighbours loses at
least 0.11 in sum, 99 in 100 lose over 0.4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import shapely

from geo.boundaries.model import indicative_boundaries
from geo.boundaries.placement import stays_in_area
from geo.gazetteer import gazetteer
from geo.matching import Level

Floats = npt.NDArray[np.float64]

# What a group of shapes gains in sum by other codes before it is worth a word. One pair of
# the 652 desa of the real files gains (0.17): the two sources disagree there.
LEAST_GAIN = 0.05
# From this gain per shape on a file is refused; that pair gains 0.09 per shape.
STRONG_GAIN = 0.2
# A shape that moves to an area which nobody claims must gain this much: an old kecamatan
# that still holds the land of a newer one fits both.
_UNCLAIMED_GAIN = 0.3
# The middle offset of the real files is below 100 m.
SHIFT_METRES = 300.0
SHIFT_REFUSED_METRES = 1_000.0
# Fewer shapes have no reliable middle.
_LEAST_SHAPES = 10
# Real files hold the points of 97 in 100 areas.
FEW_POINTS = 0.75
# Of real desa none covers two whole neighbours beside its own cell.
_WIDE_COVERS = 0.6
_WIDE_CELLS = 3
# Real kecamatan have 0.9 to 1.3 times the area of their cells, desa 0.3 to 3.7 times.
AREA_RATIO = {"kecamatan": 3.0, "desa": 8.0}
# A circle has 1 of 1, the roundest real area 0.83; a box fills its bounds, real ones 0.8.
_ROUND = 0.97
_BOX = 0.99

_METRES_PER_DEGREE = 111_320.0
# Cosine of 6.2 degrees, the middle of the kabupaten.
_NARROWING = 0.994


@dataclass(frozen=True, slots=True)
class Displaced:
    """A shape that fits another area better than the one it is matched to.

    Attributes:
        row: its position in the file, counted from 1.
        code, name: what it was matched to.
        likely_code, likely_name: what it fits.
        gain: by how much (IoU) its group of shapes gains per shape.
    """

    row: int
    code: str
    name: str
    likely_code: str
    likely_name: str
    gain: float


@dataclass(frozen=True)
class Cells:
    """The indicative cells of one level; degrees."""

    codes: tuple[str, ...]
    shapes: npt.NDArray[np.object_]
    areas: Floats
    tree: shapely.STRtree


@dataclass(frozen=True)
class Overlaps:
    """How shapes (rows) lie on the cells (columns) of a level.

    Attributes:
        shared: area of each shape on each cell, square degrees.
        areas: of the shapes.
    """

    cells: Cells
    shared: Floats
    areas: Floats

    def only(self, positions: Sequence[int]) -> Overlaps:
        """The same for some of the shapes."""
        return Overlaps(self.cells, self.shared[positions], self.areas[positions])

    @property
    def fit(self) -> Floats:
        """IoU of each shape with each cell."""
        either = self.areas[:, None] + self.cells.areas[None, :] - self.shared
        return np.asarray(self.shared / np.maximum(either, 1e-12))

    @property
    def covered(self) -> Floats:
        """The share of each cell that each shape covers."""
        return np.asarray(self.shared / self.cells.areas[None, :])

    @property
    def inside(self) -> Floats:
        """The share of each shape that lies on any cell."""
        return np.asarray(self.shared.sum(axis=1) / np.maximum(self.areas, 1e-18))


@cache
def cells(level: Level) -> Cells:
    """The indicative cells of a level."""
    boundaries = indicative_boundaries()
    frame = boundaries.kecamatan if level == "kecamatan" else boundaries.desa
    assert frame is not None  # the set that ships with the project holds both
    shapes = frame.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    return Cells(tuple(frame["code"]), shapes, np.asarray(shapely.area(shapes)), tree)


def overlaps(shapes: npt.NDArray[np.object_], level: Level) -> Overlaps:
    """Lay WGS 84 shapes (polygons, valid or not) on the cells of a level."""
    known = cells(level)
    sound = shapes.copy()
    # A corner at the other end of the world only spoils the arithmetic.
    sound[[not stays_in_area(shape) for shape in shapes]] = shapely.Polygon()
    broken = ~shapely.is_valid(sound)
    sound[broken] = shapely.make_valid(sound[broken], method="structure", keep_collapsed=False)
    shared = np.zeros((len(sound), len(known.codes)))
    at, cell = known.tree.query(sound, predicate="intersects")
    shared[at, cell] = shapely.area(shapely.intersection(sound[at], known.shapes[cell]))
    return Overlaps(known, shared, np.asarray(shapely.area(sound)))


def displaced(
    found: Overlaps, codes: Sequence[str], rows: Sequence[int], holds: npt.NDArray[np.bool_]
) -> list[Displaced]:
    """The shapes that fit better under other codes, the whole assignment considered.

    Args:
        found: one row per shape.
        codes: claimed by the shapes, each once.
        rows: positions in the file, counted from 1.
        holds: whether each shape holds the points of the area that it claims.
    """
    known = found.cells.codes
    own = np.array([known.index(code) for code in codes])
    fit = found.fit
    if len(own) == 0 or (fit.argmax(axis=1) == own).all():
        return []
    likely = _assign(fit)
    claimed = {int(cell): shape for shape, cell in enumerate(own)}
    notes = []
    for group in _groups(own, likely, claimed):
        gains = [fit[shape, likely[shape]] - fit[shape, own[shape]] for shape in group]
        gain = float(sum(gains))
        is_cycle = {int(likely[shape]) for shape in group} <= set(claimed)
        if gain < (LEAST_GAIN if is_cycle else _UNCLAIMED_GAIN):
            continue
        if not is_cycle and all(holds[shape] for shape in group):
            continue
        notes += [
            Displaced(
                rows[shape],
                codes[shape],
                gazetteer().name(codes[shape]),
                known[likely[shape]],
                gazetteer().name(known[likely[shape]]),
                round(gain / len(group), 3),
            )
            for shape in group
        ]
    return sorted(notes, key=lambda note: note.code)


def _groups(
    own: npt.NDArray[np.int_], likely: npt.NDArray[np.int_], claimed: dict[int, int]
) -> list[list[int]]:
    """Shapes that hand their codes on to each other, in cycles or chains."""
    group = {int(shape): int(shape) for shape in np.flatnonzero(own != likely)}
    for shape in group:
        heir = claimed.get(int(likely[shape]))
        if heir is not None and heir in group:
            old, new = group[shape], group[heir]
            for other in group:
                group[other] = new if group[other] == old else group[other]
    members: dict[int, list[int]] = defaultdict(list)
    for shape, number in group.items():
        members[number].append(shape)
    return list(members.values())


def _assign(fit: Floats) -> npt.NDArray[np.int_]:
    """The cell of each shape, each cell at most once, so that the sum of fits is greatest.

    The Hungarian method with potentials; rows are added one at a time. (scipy has it too:
    a dependency of 35 MB for thirty lines that run only where something is amiss.)
    """
    count, width = fit.shape
    cost = np.zeros((count + 1, width + 1))
    cost[1:, 1:] = -fit
    of_row, of_cell = np.zeros(count + 1), np.zeros(width + 1)
    holder = np.zeros(width + 1, dtype=int)
    for row in range(1, count + 1):
        holder[0] = row
        cell = 0
        least = np.full(width + 1, np.inf)
        before = np.zeros(width + 1, dtype=int)
        used = np.zeros(width + 1, dtype=bool)
        while True:
            used[cell] = True
            reduced = cost[holder[cell]] - of_row[holder[cell]] - of_cell
            nearer = ~used & (reduced < least)
            least[nearer], before[nearer] = reduced[nearer], cell
            following = int(np.where(used, np.inf, least)[1:].argmin()) + 1
            step = least[following]
            of_row[holder[used]] += step
            of_cell[used] -= step
            least[~used] -= step
            cell = following
            if holder[cell] == 0:
                break
        while cell:
            holder[cell] = holder[before[cell]]
            cell = int(before[cell])
    chosen = np.zeros(count, dtype=int)
    for held in np.flatnonzero(holder[1:]) + 1:
        chosen[holder[held] - 1] = held - 1
    return chosen


def shift(shapes: npt.NDArray[np.object_], codes: Sequence[str], level: Level) -> Floats | None:
    """By how many metres (east, north) all shapes lie off alike; None where they do not."""
    known = cells(level)
    if len(codes) < _LEAST_SHAPES:
        return None
    own = known.shapes[[known.codes.index(code) for code in codes]]
    # The middle of the bounds also exists for a shape that is not valid.
    offsets = (_middles(shapes) - _middles(own)) * [
        _METRES_PER_DEGREE * _NARROWING,
        _METRES_PER_DEGREE,
    ]
    middle = np.asarray(np.median(offsets, axis=0))
    spread = np.median(np.hypot(*(offsets - middle).T))
    length = np.hypot(*middle)
    return middle if length >= SHIFT_METRES and spread < length else None


def _middles(shapes: npt.NDArray[np.object_]) -> Floats:
    return np.asarray(shapely.get_coordinates(shapely.centroid(shapes)))


def wide(found: Overlaps, codes: Sequence[str | None]) -> npt.NDArray[np.bool_]:
    """Which shapes cover several other cells whole: areas of a higher level."""
    covered = found.covered > _WIDE_COVERS
    for shape, code in enumerate(codes):
        if code is not None:
            covered[shape, found.cells.codes.index(code)] = False
    return np.asarray(covered.sum(axis=1) >= _WIDE_CELLS)


def odd_areas(found: Overlaps, codes: Sequence[str], level: Level) -> list[tuple[str, float]]:
    """Codes whose shapes are many times larger or smaller than their cells, with the ratio."""
    own = found.cells.areas[[found.cells.codes.index(code) for code in codes]]
    ratios = found.areas / own
    most = AREA_RATIO[level]
    return [
        (code, float(ratio))
        for code, ratio in zip(codes, ratios, strict=True)
        if ratio > most or ratio < 1 / most
    ]


def drawn_as(shapes: npt.NDArray[np.object_]) -> str | None:
    """What most shapes are where they are no borders: boxes or circles; None otherwise."""
    areas = shapely.area(shapes)
    boxes = areas / np.maximum(shapely.area(shapely.envelope(shapes)), 1e-18)
    # In degrees a circle on the ground is an ellipse, by half a percent.
    rounds = 4 * np.pi * areas / np.maximum(shapely.length(shapes), 1e-12) ** 2
    if np.mean(boxes > _BOX) > 0.5:
        return "kotak"
    return "lingkaran" if np.mean(rounds > _ROUND) > 0.5 else None


@cache
def points_by_code(level: Level) -> dict[str, npt.NDArray[np.object_]]:
    """The gazetteer's desa points (WGS 84) of each area of a level."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for desa in gazetteer().desa:
        code = desa.kecamatan_code if level == "kecamatan" else desa.code
        points[code].append((desa.longitude, desa.latitude))
    return {code: shapely.points(coordinates) for code, coordinates in points.items()}
