"""The whole assignment held against points and indicative cells, and what is said of it.

Owns what is refused and what is only named; the measures are evidence's.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import shapely

from geo.boundaries import evidence, placement
from geo.boundaries.findings import Findings, Placed, listed, percent
from geo.errors import MisplacedShapesError, ShiftedShapesError
from geo.gazetteer import gazetteer
from geo.matching import Level


def weigh(findings: Findings, areas: Placed, known: evidence.Overlaps, level: Level) -> None:
    """Hold the whole assignment against points and indicative cells."""
    codes = areas.codes
    points = evidence.points_by_code(level)
    holds = np.array(
        [_holds_most(shape, points[code]) for code, shape in zip(codes, areas.shapes, strict=True)],
        dtype=bool,
    )
    findings.note(supported_by_point=int(holds.sum()))
    _say_odd_shapes(findings, areas, known, level)
    _weigh_shift(findings, areas, level)
    numbers = [row.number + 1 for row in areas.rows]
    found = evidence.displaced(known, codes, numbers, holds)
    findings.note(displaced=tuple(found))
    strong = [note for note in found if note.gain >= evidence.STRONG_GAIN]
    if strong:
        raise MisplacedShapesError(findings.path, [_swap(note) for note in found])
    if found:
        findings.problem(
            "Letak bentuk berikut lebih cocok dengan wilayah lain; periksa apakah kode atau "
            f"namanya tertukar: {listed([_swap(note) for note in found])}."
        )
    if holds.mean() < evidence.FEW_POINTS:
        lacking = [
            f"{code} {gazetteer().name(code)}"
            for code, is_held in zip(codes, holds, strict=True)
            if not is_held
        ]
        findings.problem(
            f"Hanya {int(holds.sum())} dari {len(codes)} bentuk memuat titik gazetir "
            f"wilayahnya; tidak: {listed(lacking)}. Periksa letak bentuknya."
        )
    _say_far(findings, areas, points)


def _weigh_shift(findings: Findings, areas: Placed, level: Level) -> None:
    moved = evidence.shift(areas.shapes, areas.codes, level)
    if moved is None:
        return
    metres = int(round(float(np.hypot(*moved)), -1))
    way = " dan ".join(
        f"{abs(int(round(float(length), -1)))} m ke {toward[int(length > 0)]}"
        for length, toward in zip(moved, (("barat", "timur"), ("selatan", "utara")), strict=True)
        if abs(length) >= evidence.SHIFT_METRES / 3
    )
    if metres >= evidence.SHIFT_REFUSED_METRES:
        raise ShiftedShapesError(findings.path, metres, way)
    findings.problem(
        f"Semua bentuk bergeser kira-kira {metres} m ({way}) dari perkiraan; periksa "
        "sistem koordinat (CRS) berkas."
    )


def _say_odd_shapes(
    findings: Findings, areas: Placed, known: evidence.Overlaps, level: Level
) -> None:
    drawn = evidence.drawn_as(areas.shapes)
    if drawn:
        findings.problem(
            f"Sebagian besar bentuk adalah {drawn}, bukan batas wilayah yang sebenarnya. "
            "Cari berkas dengan batas aslinya."
        )
        return
    odd = evidence.odd_areas(known, areas.codes, level)
    if odd:
        named = [f"{code} {gazetteer().name(code)} ({percent(ratio)})" for code, ratio in odd]
        findings.problem(
            f"Luas bentuk berikut jauh berbeda dari perkiraan luasnya: {listed(named)}. "
            "Periksa apakah bentuknya lengkap."
        )


def _say_far(
    findings: Findings, areas: Placed, points: Mapping[str, npt.NDArray[np.object_]]
) -> None:
    for row, match, shape in zip(areas.rows, areas.matches, areas.shapes, strict=True):
        if match.how not in ("name", "alias") or match.code is None:
            continue
        if not placement.is_near(shape, points[match.code]):
            findings.problem(
                f"Bentuk ke-{row.number + 1} dicocokkan dengan {match.code} {match.name} "
                "menurut namanya, tetapi letaknya jauh dari titik gazetirnya. Periksa."
            )


def _swap(note: evidence.Displaced) -> str:
    return (
        f"{note.code} {note.name} (bentuk ke-{note.row}) mungkin "
        f"{note.likely_code} {note.likely_name}"
    )


def _holds_most(shape: shapely.Geometry, points: npt.NDArray[np.object_]) -> bool:
    sound = shape if shape.is_valid else shapely.make_valid(shape)
    return bool(shapely.contains(sound, points).mean() > 0.5)
