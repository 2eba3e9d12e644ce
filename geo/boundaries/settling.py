"""Which shapes are which areas: one shape per area, and what becomes of the others.

Owns the step between matching rows and weighing the whole; each decision is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from geo.boundaries import evidence, parts, placement
from geo.boundaries.findings import MOST_NAMED, Findings, Placed, listed, note_of, percent
from geo.boundaries.report import ShapeNote
from geo.boundaries.rows import Row
from geo.boundaries.tables import NEARLY_ALL, is_enough, known_count, name_of
from geo.errors import (
    DuplicateShapesError,
    ShapeOutsideAreaError,
    TooFewMatchedError,
    WrongLevelError,
)
from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.matching import NO_MATCH, Level

_SHELL_SIGNS = re.compile(r"[^\w\s.,()/'-]")
# A shape that holds most of all desa is the kabupaten or more.
_MOST_POINTS = 0.8
# A shape that lies mostly on the indicative cells is a part of the kabupaten.
_MOSTLY = 0.5
# Ground of the kabupaten that no area takes, of all that was read: below it, slivers.
_LEAST_UNUSED = 0.01


def prefer_kecamatan(findings: Findings, placed: Placed, level: Level) -> tuple[Placed, Level]:
    """Read whole kecamatan where they stand beside desa of which many lack.

    A kecamatan put together from a part of its desa would be drawn too small.
    """
    if level == "kecamatan" or len(set(placed.codes)) >= NEARLY_ALL * known_count("desa"):
        return placed, level
    is_wide = evidence.wide(evidence.overlaps(placed.shapes, "desa"), [None] * len(placed.rows))
    matches = [
        findings.names.match(name_of(row, "kecamatan"), "") if wide else NO_MATCH
        for row, wide in zip(placed.rows, is_wide, strict=True)
    ]
    count = len({match.code for match in matches} - {None})
    if not is_enough(count, "kecamatan"):
        return placed, level
    held = len(set(placed.only(~is_wide).codes))
    findings.note(level="kecamatan")
    findings.problem(
        f"Berkas memuat {count} kecamatan utuh dan {held} dari {known_count('desa')} desa; "
        "kecamatan yang dipakai."
    )
    rows = [
        row if wide else replace(row, stated="desa")
        for row, wide in zip(placed.rows, is_wide, strict=True)
    ]
    return Placed(rows, matches, placed.shapes), "kecamatan"


def settle(findings: Findings, placed: Placed, level: Level) -> tuple[Placed, evidence.Overlaps]:
    """Settle which shapes are which areas; returns one shape per area, and where it lies."""
    _refuse_sprawling(findings, placed.used)
    known = evidence.overlaps(placed.shapes, level)
    placed = _leave_wide(findings, placed, known, level)
    placed = _without(
        placed,
        parts.namesakes(parts.positions_by_code(placed.matches), placed.rows, placed.shapes, known),
    )
    areas, where = _joined(findings, placed, known, level)
    matches, taken = areas.matches, set(areas.codes)
    all_areas = gazetteer().kecamatan if level == "kecamatan" else gazetteer().desa
    findings.note(
        matched=_counts(taken, level),
        how=dict(Counter(match.how for match in matches if match.code)),
        ways={match.code: match.how for match in matches if match.code},
        missing=tuple(area.code for area in all_areas if area.code not in taken),
    )
    _sort_unmatched(findings, placed, known, taken, level)
    _check_names(findings, areas, level)
    if not is_enough(len(taken), level):
        _refuse_other_level(findings, placed)
        raise TooFewMatchedError(findings.path, level, len(taken), len(all_areas))
    _explain_missing(findings, level, taken)
    return areas, where


def _leave_wide(
    findings: Findings, placed: Placed, known: evidence.Overlaps, level: Level
) -> Placed:
    """Kecamatan, or larger, are never drawn as a desa of the same name."""
    if level == "kecamatan":
        return placed
    codes = [match.code for match in placed.matches]
    positions = [
        int(i) for i in np.flatnonzero(evidence.wide(known, codes)) if codes[i] is not None
    ]
    if positions:
        named = [placed.rows[i].label() for i in positions]
        findings.problem(
            f"{len(positions)} bentuk meliputi beberapa desa sekaligus dan tidak dipakai "
            f"sebagai desa: {listed(named)}."
        )
    return _without(placed, positions)


def _joined(
    findings: Findings, placed: Placed, known: evidence.Overlaps, level: Level
) -> tuple[Placed, evidence.Overlaps]:
    """Join the parts of each area; refuse what is drawn twice."""
    drawn = parts.positions_by_code(placed.matches)
    several = {code: found for code, found in drawn.items() if len(found) > 1}
    twice = [
        code
        for code, found in several.items()
        if any(parts.is_other(i, code, known) for i in found) or parts.overlap(placed.shapes[found])
    ]
    if twice:
        raise DuplicateShapesError(
            findings.path,
            [_repeated(code, [placed.rows[i] for i in drawn[code]]) for code in twice],
        )
    first = [max(found, key=lambda i: known.areas[i]) for found in drawn.values()]
    shapes = placed.shapes[first]
    for at, (code, found) in enumerate(drawn.items()):
        if code in several:
            shapes[at] = parts.union(placed.shapes[found])
    if several:
        count = sum(len(found) for found in several.values())
        named = [f"{gazetteer().name(code)} ({len(found)})" for code, found in several.items()]
        findings.problem(
            f"{count} bentuk digabung menjadi {len(several)} wilayah: {listed(named)}."
        )
    areas = Placed([placed.rows[i] for i in first], [placed.matches[i] for i in first], shapes)
    return areas, evidence.overlaps(shapes, level) if several else known.only(first)


def _sort_unmatched(
    findings: Findings, placed: Placed, known: evidence.Overlaps, taken: set[str], level: Level
) -> None:
    """Tell shapes to ask about, shapes left over and shapes of other kabupaten apart."""
    unused = []
    inside = known.inside
    for i, (row, match) in enumerate(zip(placed.rows, placed.matches, strict=True)):
        if match.code:
            continue
        free = tuple(found for found in match.candidates if found.code not in taken)
        note = replace(note_of(row), candidates=free)
        is_ours = row.is_in_kabupaten is True or inside[i] > _MOSTLY
        if match.how == "ambiguous":
            findings.note(ambiguous=(*findings.report.ambiguous, note))
        elif free and (is_ours or inside[i] > 0):
            findings.note(candidates=(*findings.report.candidates, note))
        elif not is_ours and not _holds_a_point(placed.shapes[i]):
            findings.note(outside_area=findings.report.outside_area + 1)
            continue
        else:
            findings.leave_over([row])
        unused.append(i)
    is_wide = evidence.wide(known, [None] * len(placed.rows))
    _say_unused(
        findings,
        placed,
        known,
        [i for i in unused if not is_wide[i] and placed.rows[i].level in (None, level)],
    )


def _say_unused(
    findings: Findings, placed: Placed, known: evidence.Overlaps, unused: Sequence[int]
) -> None:
    """Say how much ground of the kabupaten was read but is in no area that is used."""
    used = [i for i, match in enumerate(placed.matches) if match.code]
    drawn = [i for i in unused if known.inside[i] > _MOSTLY]
    if not drawn or not used:
        return
    rest = shapely.difference(parts.union(placed.shapes[drawn]), parts.union(placed.shapes[used]))
    share = rest.area / (rest.area + float(known.areas[used].sum()))
    if share >= _LEAST_UNUSED:
        named = [placed.rows[i].label() or "tanpa nama" for i in drawn]
        findings.problem(
            f"{percent(share)} luas yang terbaca di dalam kabupaten tidak masuk wilayah "
            f"mana pun, karena bentuknya tidak dikenali: {listed(named)}."
        )


def _check_names(findings: Findings, areas: Placed, level: Level) -> None:
    """Say where a row's name belongs to another area than its code."""
    for row, match in zip(areas.rows, areas.matches, strict=True):
        name = name_of(row, level)
        if match.how != "code" or not name or match.code is None:
            continue
        within = "" if level == "kecamatan" else kecamatan_code_of(match.code)
        named = findings.names.match(within or name, name if within else "")
        if named.code and named.code != match.code:
            findings.problem(
                f"Bentuk ke-{row.number + 1} berkode {match.code} ({match.name}) tetapi "
                f"bernama “{name}”; kodenya yang dipakai. Periksa mana yang benar."
            )


def _refuse_sprawling(findings: Findings, areas: Placed) -> None:
    """A single wrong corner may lie at the other end of the world."""
    labels = [
        row.label()
        for row, shape in zip(areas.rows, areas.shapes, strict=True)
        if not placement.stays_in_area(shape)
    ]
    if labels:
        raise ShapeOutsideAreaError(findings.path, labels)


def _refuse_other_level(findings: Findings, placed: Placed) -> None:
    """Say so where a file draws kabupaten: no kecamatan holds most of all desa."""
    points = np.concatenate(list(evidence.points_by_code("kecamatan").values()))
    for row, shape in zip(placed.rows, placed.shapes, strict=True):
        sound = shapely.make_valid(shape)
        if shapely.contains(sound, points).mean() > _MOST_POINTS:
            raise WrongLevelError(findings.path, row.label())


def _explain_missing(findings: Findings, level: Level, taken: set[str]) -> None:
    report = findings.report
    held, known = report.matched[level], report.matched[level] + len(report.missing)
    if report.missing:
        named = ", ".join(
            f"{code} {gazetteer().name(code)}" for code in report.missing[:MOST_NAMED]
        )
        rest = len(report.missing) - MOST_NAMED
        more = f" dan {rest} lagi" if rest > 0 else ""
        findings.problem(
            f"{held} dari {known} {level} ada dalam berkas; belum ada: {named}{more}. "
            "Peta akan menyebutkannya."
        )
    _say_partial(findings, level, taken)
    for note in report.candidates[:MOST_NAMED]:
        best = note.candidates[0]
        findings.problem(
            f"“{note.name or note.kecamatan}” (bentuk ke-{note.row}) tidak dikenal, mungkin "
            f"{best.code} {best.name}. Jika benar, jalankan: "
            f"{_remember_command(note, best.code, level)}"
        )
    if report.ambiguous:
        findings.problem(
            f"{len(report.ambiguous)} nama terdapat di lebih dari satu kecamatan dan tidak "
            "dipakai; tambahkan kolom kecamatan atau kode."
        )


def _say_partial(findings: Findings, level: Level, taken: set[str]) -> None:
    """Say which kecamatan are drawn from a part of their desa."""
    if level == "kecamatan":
        return
    counts = Counter(kecamatan_code_of(code) for code in taken)
    lacking = [
        f"{area.name} ({counts[area.code]} dari {len(known)} desa)"
        for area in gazetteer().kecamatan
        if 0 < counts[area.code] < len(known := gazetteer().desa_by_kecamatan[area.code])
    ]
    if lacking:
        findings.problem(f"Kecamatan yang digambar dari sebagian desanya: {listed(lacking)}.")


def _without(placed: Placed, positions: Sequence[int]) -> Placed:
    """The same shapes, those at some positions matched to nothing."""
    matches = [NO_MATCH if i in positions else match for i, match in enumerate(placed.matches)]
    return replace(placed, matches=matches)


def _repeated(code: str, rows: Sequence[Row]) -> str:
    numbers = [f"ke-{row.number + 1}" for row in rows]
    rest = len(numbers) - MOST_NAMED
    shown = " dan ".join(numbers[:MOST_NAMED]) + (f" dan {rest} lagi" if rest > 0 else "")
    return f"{code} {gazetteer().name(code)} (bentuk {shown})"


def _remember_command(note: ShapeNote, code: str, level: Level) -> str:
    within = f" --kecamatan {_quoted(note.kecamatan)}" if level == "desa" and note.kecamatan else ""
    return f"python -m geo remember{within} {_quoted(note.name or note.kecamatan)} {code}"


def _quoted(text: str) -> str:
    """A name as one argument: signs that a shell would act on are left out, as in matching."""
    return f'"{_SHELL_SIGNS.sub("", text)}"'


def _counts(taken: set[str], level: Level) -> dict[str, int]:
    kecamatan = {kecamatan_code_of(code) for code in taken}
    return {"kecamatan": len(kecamatan), "desa": len(taken) if level == "desa" else 0}


def _holds_a_point(shape: shapely.Geometry) -> bool:
    points = np.concatenate(list(evidence.points_by_code("kecamatan").values()))
    return bool(shapely.contains(shapely.make_valid(shape), points).any())
