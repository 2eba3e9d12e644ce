"""Reads an official boundary file: check -> place -> match -> weigh -> repair -> report.

Owns the order of the steps and what makes a file usable. The steps themselves live
beside it: formats, tables, placement, parts, evidence, repair, report.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.boundaries import evidence, parts, placement
from geo.boundaries.formats import parse_file, read_bytes
from geo.boundaries.model import BoundarySet, digest_of, dissolve_to_kecamatan
from geo.boundaries.raw import MalformedShapeError, RawFile, RawLayer
from geo.boundaries.repair import OVERLAP, leaves_of, polygons_of, repair
from geo.boundaries.report import BoundaryReport, RepairNote, ShapeNote
from geo.boundaries.rows import Row
from geo.boundaries.tables import (
    LOOKED_AT,
    Table,
    choose_table,
    draws_polygons,
    is_enough,
    name_of,
)
from geo.errors import (
    BadShapeError,
    CrsUnknownError,
    DuplicateShapesError,
    GeoError,
    MisplacedShapesError,
    NotPolygonsError,
    ShapeOutsideAreaError,
    ShiftedShapesError,
    TooFewMatchedError,
    UnknownSchemaError,
    WrongAreaError,
    WrongLevelError,
)
from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.matching import (
    NO_MATCH,
    ConfirmedAlias,
    Level,
    Matcher,
    PlaceMatch,
    matcher,
)

_SHELL_SIGNS = re.compile(r"[^\w\s.,()/'-]")
_KINDS = {"Point": "titik", "MultiPoint": "titik", "LineString": "garis"}
_KINDS |= {"MultiLineString": "garis", "LinearRing": "garis"}
# A shape that holds most of all desa is the kabupaten or more.
_MOST_POINTS = 0.8
# A shape that lies mostly on the indicative cells is a part of the kabupaten.
_MOSTLY = 0.5
# Ground of the kabupaten that no area takes, of all that was read: below it, slivers.
_LEAST_UNUSED = 0.01
# What the real files overlap by is below 4 % of a shape.
_MUCH_OVERLAP = 0.1
_MOST_NAMED = 5


@dataclass(frozen=True)
class Inspection:
    """The outcome of looking into a file.

    Attributes:
        report: always there, filled as far as the reading came.
        boundaries: the repaired set, None where the file is unusable.
        error: why it is unusable, None where it is usable.
        sha256: of the file's bytes, "" where it could not be opened.
    """

    report: BoundaryReport
    boundaries: BoundarySet | None
    error: GeoError | None
    sha256: str


@dataclass(frozen=True)
class _Placed:
    """Rows with their matches and polygons in WGS 84, in the same order."""

    rows: list[Row]
    matches: list[PlaceMatch]
    shapes: npt.NDArray[np.object_]

    def only(self, keep: npt.NDArray[np.bool_]) -> _Placed:
        kept = np.flatnonzero(keep)
        return _Placed(
            [self.rows[i] for i in kept], [self.matches[i] for i in kept], self.shapes[kept]
        )

    @property
    def used(self) -> _Placed:
        return self.only(np.array([match.code is not None for match in self.matches], dtype=bool))

    @property
    def codes(self) -> list[str]:
        """Codes of the areas that were matched; see `used`."""
        return [match.code for match in self.matches if match.code]


def read_boundaries(
    path: Path, crs: str | None = None, aliases: Sequence[ConfirmedAlias] = ()
) -> tuple[BoundarySet, BoundaryReport]:
    """Read an official boundary file into a set ready for maps.

    Args:
        path: the file, of any format in `geo.errors.FORMATS`.
        crs: AUTHORITY:CODE to assume whatever the file says, such as EPSG:32748.
        aliases: spellings that people confirmed.

    Raises:
        GeoError: why the file cannot be used.
    """
    inspection = inspect_boundaries(path, crs, aliases)
    if inspection.error is not None or inspection.boundaries is None:
        raise inspection.error or WrongAreaError(path, "tidak ada wilayah yang cocok")
    return inspection.boundaries, inspection.report


def inspect_boundaries(
    path: Path, crs: str | None = None, aliases: Sequence[ConfirmedAlias] = ()
) -> Inspection:
    """Look into a boundary file; what is wrong with it ends up in the report."""
    reading = _Reading(path, matcher(tuple(aliases)))
    try:
        boundaries = reading.run(crs)
    except GeoError as error:
        report = replace(
            reading.report, usable=False, problems=(str(error), *reading.report.problems)
        )
        return Inspection(report, None, error, reading.sha256)
    return Inspection(replace(reading.report, usable=True), boundaries, None, reading.sha256)


class _Reading:
    """One run over one file; `report` grows with each step."""

    def __init__(self, path: Path, names: Matcher) -> None:
        self.path = path
        self.names = names
        self.report = BoundaryReport(file_name=path.name)
        self.sha256 = ""

    def run(self, asked_crs: str | None) -> BoundarySet:
        data = read_bytes(self.path)
        self.sha256 = hashlib.sha256(data).hexdigest()
        raw = parse_file(self.path, data)
        self._note(format=raw.format, problems=tuple(getattr(raw, "notes", ())))
        table = self._choose(raw)
        placed = self._place(table, asked_crs)
        areas, known = self._match(placed, table.level)
        self._weigh(areas, known, table.level)
        repaired = self._repair(areas, table.level)
        return self._assemble(table, repaired)

    # --- check ---

    def _choose(self, raw: RawFile) -> Table:
        table = choose_table(raw, self.names)
        if table is None:
            self._refuse_without_polygons(raw)
            raise UnknownSchemaError(self.path, raw.layers[0].columns)
        self._note(schema=table.schema_name, level=table.level, outside_area=table.outside)
        for sentence in table.notes:
            self._problem(sentence)
        if not table.rows:
            raise WrongAreaError(
                self.path, f"{table.outside} bentuk di dalamnya milik kabupaten lain"
            )
        return table

    def _refuse_without_polygons(self, raw: RawFile) -> None:
        if any(draws_polygons(layer, range(layer.count)) for layer in raw.layers):
            return
        layer = raw.layers[0]
        shapes = [_shape(layer, row) for row in range(min(layer.count, LOOKED_AT))]
        raise NotPolygonsError(self.path, _kinds(shapes))

    # --- place ---

    def _place(self, table: Table, asked_crs: str | None) -> _Placed:
        shapes, broken = self._shapes(table)
        polygons = [None if shape is None else polygons_of(shape) for shape in shapes]
        held = [i for i, polygon in enumerate(polygons) if polygon is not None]
        if not held:
            for i, reason in broken.items():
                row = table.rows[i]
                raise BadShapeError(self.path, row.number + 1, row.label(), reason)
            raise NotPolygonsError(self.path, _kinds(shapes))
        self._leave_shapeless(
            table, [i for i, shape in enumerate(polygons) if shape is None], broken
        )
        self._say_collapsed(table, shapes, polygons)
        placed = np.empty(len(polygons), dtype=object)
        astray = dict[int, str]()
        for number, layer in enumerate(table.layers):
            mine = [i for i in held if table.rows[i].layer == number]
            if not mine:
                continue
            crs = placement.resolve_crs(self.path, layer.crs, asked_crs)
            self._note(crs=placement.crs_label(crs))
            self._compare_crs(layer.crs, asked_crs)
            flat = [polygons[i] for i in mine]
            placed[mine] = placement.to_wgs84(self.path, flat, crs, is_asked=asked_crs is not None)
            inside = placement.in_area(placed[mine])
            for at in np.flatnonzero(~inside):
                i = mine[at]
                is_ours = table.matches[i].code or table.rows[i].is_in_kabupaten is True
                astray[i] = placement.why_astray(flat[at], crs) if is_ours else ""
        return self._keep_near(
            _Placed([table.rows[i] for i in held], [table.matches[i] for i in held], placed[held]),
            {held.index(i): reason for i, reason in astray.items()},
        )

    def _shapes(self, table: Table) -> tuple[list[shapely.Geometry | None], dict[int, str]]:
        """The shapes of all rows, None where there is none; and why some cannot be read."""
        shapes: list[shapely.Geometry | None] = []
        broken = {}
        for i, row in enumerate(table.rows):
            try:
                shapes.append(_shape(table.layers[row.layer], row.number))
            except MalformedShapeError as error:
                shapes.append(None)
                broken[i] = str(error)
        return shapes, broken

    def _leave_shapeless(
        self, table: Table, without: Sequence[int], broken: Mapping[int, str]
    ) -> None:
        """Name the rows of this kabupaten that draw nothing; others do not matter."""
        ours = [
            i for i in without if table.matches[i].code or table.rows[i].is_in_kabupaten is True
        ]
        self._note(outside_area=self.report.outside_area + len(without) - len(ours))
        self._leave_over(table.rows[i] for i in ours)
        named = [
            f"ke-{table.rows[i].number + 1} ({table.rows[i].label() or 'tanpa nama'}"
            + (f": {broken[i]})" if i in broken else ")")
            for i in ours
        ]
        flat = [text for i, text in zip(ours, named, strict=True) if i not in broken]
        spoilt = [text for i, text in zip(ours, named, strict=True) if i in broken]
        if flat:
            self._problem(f"Baris tanpa poligon yang berluas tidak dipakai: {_listed(flat)}.")
        if spoilt:
            self._problem(
                f"Bentuk yang tidak dapat dibaca tidak dipakai: {_listed(spoilt)}. "
                "Perbaiki atau ekspor ulang bentuk itu."
            )

    def _say_collapsed(
        self,
        table: Table,
        shapes: Sequence[shapely.Geometry | None],
        polygons: Sequence[shapely.Geometry | None],
    ) -> None:
        """Say which areas lose a part that has no area, such as an island of two corners."""
        lost = []
        for row, match, shape, polygon in zip(
            table.rows, table.matches, shapes, polygons, strict=True
        ):
            if polygon is None or not match.code:
                continue
            drawn = sum(part.geom_type == "Polygon" for part in leaves_of(shape))
            count = drawn - shapely.get_num_geometries(polygon)
            if count:
                lost.append(f"{row.label()} ({count})")
        if lost:
            self._problem(f"Bagian yang tidak berluas dibuang: {_listed(lost)}.")

    def _compare_crs(self, declared: str | None, asked: str | None) -> None:
        if asked is None or declared is None:
            return
        try:
            label = placement.crs_label(placement.resolve_crs(self.path, declared, None))
        except CrsUnknownError:
            label = declared[:40]
        if label != self.report.crs:
            self._problem(
                f"Berkas menyebut CRS {label}, tetapi dibaca sebagai {self.report.crs} "
                "sesuai permintaan."
            )

    def _keep_near(self, placed: _Placed, astray: Mapping[int, str]) -> _Placed:
        """Drop shapes of other kabupaten that only their place tells apart."""
        claims = np.array([row.is_in_kabupaten is True for row in placed.rows], dtype=bool)
        strays = [
            f"{placed.rows[i].label()}{f' ({reason})' if reason else ''}"
            for i, reason in sorted(astray.items())
            if claims[i]
        ]
        if strays:
            raise ShapeOutsideAreaError(self.path, strays)
        keep = np.array([i not in astray for i in range(len(placed.rows))], dtype=bool)
        ours = [i for i in astray if placed.matches[i].code and astray[i]]
        self._name_astray(placed, ours, astray)
        unsure = np.flatnonzero(keep & ~claims)
        keep[unsure] = placement.near_kabupaten(placed.shapes[unsure])
        # An island far out is judged beside the area of its name, in parts.
        held = {placed.matches[i].code for i in np.flatnonzero(keep)} - {None}
        keep[[i for i in unsure if placed.matches[i].code in held]] = True
        outside = int((~keep).sum()) - len(ours)
        self._note(outside_area=self.report.outside_area + outside)
        if not keep.any():
            raise WrongAreaError(self.path, "semua bentuknya jauh dari desa-desanya")
        return placed.only(keep)

    def _name_astray(
        self, placed: _Placed, positions: Sequence[int], reasons: Mapping[int, str]
    ) -> None:
        """Say which areas lie elsewhere only because their numbers were written otherwise."""
        self._leave_over(placed.rows[i] for i in positions)
        for reason in sorted({reasons[i] for i in positions}):
            rows = [placed.rows[i] for i in positions if reasons[i] == reason]
            named = [f"{row.label()} (bentuk ke-{row.number + 1})" for row in rows]
            self._problem(
                f"Tidak dipakai karena {reason}, lain dari bentuk selebihnya: {_listed(named)}. "
                "Simpan ulang bentuk itu dengan sistem koordinat yang sama."
            )

    # --- match ---

    def _match(self, placed: _Placed, level: Level) -> tuple[_Placed, evidence.Overlaps]:
        """Settle which shapes are which areas; returns one shape per area, and where it lies."""
        self._refuse_sprawling(placed.used)
        known = evidence.overlaps(placed.shapes, level)
        placed = self._leave_wide(placed, known, level)
        placed = _without(
            placed,
            parts.namesakes(
                parts.positions_by_code(placed.matches), placed.rows, placed.shapes, known
            ),
        )
        areas, where = self._joined(placed, known, level)
        matches, taken = areas.matches, set(areas.codes)
        all_areas = gazetteer().kecamatan if level == "kecamatan" else gazetteer().desa
        self._note(
            matched=_counts(taken, level),
            how=dict(Counter(match.how for match in matches if match.code)),
            ways={match.code: match.how for match in matches if match.code},
            missing=tuple(area.code for area in all_areas if area.code not in taken),
        )
        self._sort_unmatched(placed, known, taken, level)
        self._check_names(areas, level)
        if not is_enough(len(taken), level):
            self._refuse_other_level(placed)
            raise TooFewMatchedError(self.path, level, len(taken), len(all_areas))
        self._explain_missing(level, taken)
        return areas, where

    def _leave_wide(self, placed: _Placed, known: evidence.Overlaps, level: Level) -> _Placed:
        """Kecamatan, or larger, are never drawn as a desa of the same name."""
        if level == "kecamatan":
            return placed
        codes = [match.code for match in placed.matches]
        positions = [
            int(i) for i in np.flatnonzero(evidence.wide(known, codes)) if codes[i] is not None
        ]
        if positions:
            named = [placed.rows[i].label() for i in positions]
            self._problem(
                f"{len(positions)} bentuk meliputi beberapa desa sekaligus dan tidak dipakai "
                f"sebagai desa: {_listed(named)}."
            )
        return _without(placed, positions)

    def _joined(
        self, placed: _Placed, known: evidence.Overlaps, level: Level
    ) -> tuple[_Placed, evidence.Overlaps]:
        """Join the parts of each area; refuse what is drawn twice."""
        drawn = parts.positions_by_code(placed.matches)
        several = {code: found for code, found in drawn.items() if len(found) > 1}
        twice = [
            code
            for code, found in several.items()
            if any(parts.is_other(i, code, known) for i in found)
            or parts.overlap(placed.shapes[found])
        ]
        if twice:
            raise DuplicateShapesError(
                self.path,
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
            self._problem(
                f"{count} bentuk digabung menjadi {len(several)} wilayah: {_listed(named)}."
            )
        areas = _Placed([placed.rows[i] for i in first], [placed.matches[i] for i in first], shapes)
        return areas, evidence.overlaps(shapes, level) if several else known.only(first)

    def _sort_unmatched(
        self, placed: _Placed, known: evidence.Overlaps, taken: set[str], level: Level
    ) -> None:
        """Tell shapes to ask about, shapes left over and shapes of other kabupaten apart."""
        unused = []
        inside = known.inside
        for i, (row, match) in enumerate(zip(placed.rows, placed.matches, strict=True)):
            if match.code:
                continue
            free = tuple(found for found in match.candidates if found.code not in taken)
            note = replace(_note_of(row), candidates=free)
            is_ours = row.is_in_kabupaten is True or inside[i] > _MOSTLY
            if match.how == "ambiguous":
                self._note(ambiguous=(*self.report.ambiguous, note))
            elif free and (is_ours or inside[i] > 0):
                self._note(candidates=(*self.report.candidates, note))
            elif not is_ours and not _holds_a_point(placed.shapes[i]):
                self._note(outside_area=self.report.outside_area + 1)
                continue
            else:
                self._leave_over([row])
            unused.append(i)
        is_wide = evidence.wide(known, [None] * len(placed.rows))
        self._say_unused(
            placed,
            known,
            [i for i in unused if not is_wide[i] and placed.rows[i].level in (None, level)],
        )

    def _say_unused(self, placed: _Placed, known: evidence.Overlaps, unused: Sequence[int]) -> None:
        """Say how much ground of the kabupaten was read but is in no area that is used."""
        used = [i for i, match in enumerate(placed.matches) if match.code]
        drawn = [i for i in unused if known.inside[i] > _MOSTLY]
        if not drawn or not used:
            return
        rest = shapely.difference(
            parts.union(placed.shapes[drawn]), parts.union(placed.shapes[used])
        )
        share = rest.area / (rest.area + float(known.areas[used].sum()))
        if share >= _LEAST_UNUSED:
            named = [placed.rows[i].label() or "tanpa nama" for i in drawn]
            self._problem(
                f"{_percent(share)} luas yang terbaca di dalam kabupaten tidak masuk wilayah "
                f"mana pun, karena bentuknya tidak dikenali: {_listed(named)}."
            )

    def _check_names(self, areas: _Placed, level: Level) -> None:
        """Say where a row's name belongs to another area than its code."""
        for row, match in zip(areas.rows, areas.matches, strict=True):
            name = name_of(row, level)
            if match.how != "code" or not name or match.code is None:
                continue
            within = "" if level == "kecamatan" else kecamatan_code_of(match.code)
            named = self.names.match(within or name, name if within else "")
            if named.code and named.code != match.code:
                self._problem(
                    f"Bentuk ke-{row.number + 1} berkode {match.code} ({match.name}) tetapi "
                    f"bernama “{name}”; kodenya yang dipakai. Periksa mana yang benar."
                )

    def _refuse_sprawling(self, areas: _Placed) -> None:
        """A single wrong corner may lie at the other end of the world."""
        labels = [
            row.label()
            for row, shape in zip(areas.rows, areas.shapes, strict=True)
            if not placement.stays_in_area(shape)
        ]
        if labels:
            raise ShapeOutsideAreaError(self.path, labels)

    def _refuse_other_level(self, placed: _Placed) -> None:
        """Say so where a file draws kabupaten: no kecamatan holds most of all desa."""
        points = np.concatenate(list(_points_by_code("kecamatan").values()))
        for row, shape in zip(placed.rows, placed.shapes, strict=True):
            sound = shapely.make_valid(shape)
            if shapely.contains(sound, points).mean() > _MOST_POINTS:
                raise WrongLevelError(self.path, row.label())

    def _explain_missing(self, level: Level, taken: set[str]) -> None:
        report = self.report
        held, known = report.matched[level], report.matched[level] + len(report.missing)
        if report.missing:
            named = ", ".join(
                f"{code} {gazetteer().name(code)}" for code in report.missing[:_MOST_NAMED]
            )
            rest = len(report.missing) - _MOST_NAMED
            more = f" dan {rest} lagi" if rest > 0 else ""
            self._problem(
                f"{held} dari {known} {level} ada dalam berkas; belum ada: {named}{more}. "
                "Peta akan menyebutkannya."
            )
        self._say_partial(level, taken)
        for note in report.candidates[:_MOST_NAMED]:
            best = note.candidates[0]
            self._problem(
                f"“{note.name or note.kecamatan}” (bentuk ke-{note.row}) tidak dikenal, mungkin "
                f"{best.code} {best.name}. Jika benar, jalankan: "
                f"{_remember_command(note, best.code, level)}"
            )
        if report.ambiguous:
            self._problem(
                f"{len(report.ambiguous)} nama terdapat di lebih dari satu kecamatan dan tidak "
                "dipakai; tambahkan kolom kecamatan atau kode."
            )

    def _say_partial(self, level: Level, taken: set[str]) -> None:
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
            self._problem(f"Kecamatan yang digambar dari sebagian desanya: {_listed(lacking)}.")

    # --- weigh ---

    def _weigh(self, areas: _Placed, known: evidence.Overlaps, level: Level) -> None:
        """Hold the whole assignment against points and indicative cells."""
        codes = areas.codes
        points = _points_by_code(level)
        holds = np.array(
            [
                _holds_most(shape, points[code])
                for code, shape in zip(codes, areas.shapes, strict=True)
            ],
            dtype=bool,
        )
        self._note(supported_by_point=int(holds.sum()))
        self._say_odd_shapes(areas, known, level)
        self._weigh_shift(areas, level)
        numbers = [row.number + 1 for row in areas.rows]
        found = evidence.displaced(known, codes, numbers, holds)
        self._note(displaced=tuple(found))
        strong = [note for note in found if note.gain >= evidence.STRONG_GAIN]
        if strong:
            raise MisplacedShapesError(self.path, [_swap(note) for note in found])
        if found:
            self._problem(
                "Letak bentuk berikut lebih cocok dengan wilayah lain; periksa apakah kode atau "
                f"namanya tertukar: {_listed([_swap(note) for note in found])}."
            )
        if holds.mean() < evidence.FEW_POINTS:
            lacking = [
                f"{code} {gazetteer().name(code)}"
                for code, is_held in zip(codes, holds, strict=True)
                if not is_held
            ]
            self._problem(
                f"Hanya {int(holds.sum())} dari {len(codes)} bentuk memuat titik gazetir "
                f"wilayahnya; tidak: {_listed(lacking)}. Periksa letak bentuknya."
            )
        self._say_far(areas, points)

    def _weigh_shift(self, areas: _Placed, level: Level) -> None:
        moved = evidence.shift(areas.shapes, areas.codes, level)
        if moved is None:
            return
        metres = int(round(float(np.hypot(*moved)), -1))
        way = " dan ".join(
            f"{abs(int(round(float(length), -1)))} m ke {toward[int(length > 0)]}"
            for length, toward in zip(
                moved, (("barat", "timur"), ("selatan", "utara")), strict=True
            )
            if abs(length) >= evidence.SHIFT_METRES / 3
        )
        if metres >= evidence.SHIFT_REFUSED_METRES:
            raise ShiftedShapesError(self.path, metres, way)
        self._problem(
            f"Semua bentuk bergeser kira-kira {metres} m ({way}) dari perkiraan; periksa "
            "sistem koordinat (CRS) berkas."
        )

    def _say_odd_shapes(self, areas: _Placed, known: evidence.Overlaps, level: Level) -> None:
        drawn = evidence.drawn_as(areas.shapes)
        if drawn:
            self._problem(
                f"Sebagian besar bentuk adalah {drawn}, bukan batas wilayah yang sebenarnya. "
                "Cari berkas dengan batas aslinya."
            )
            return
        odd = evidence.odd_areas(known, areas.codes, level)
        if odd:
            named = [f"{code} {gazetteer().name(code)} ({_percent(ratio)})" for code, ratio in odd]
            self._problem(
                f"Luas bentuk berikut jauh berbeda dari perkiraan luasnya: {_listed(named)}. "
                "Periksa apakah bentuknya lengkap."
            )

    def _say_far(self, areas: _Placed, points: Mapping[str, npt.NDArray[np.object_]]) -> None:
        for row, match, shape in zip(areas.rows, areas.matches, areas.shapes, strict=True):
            if match.how not in ("name", "alias") or match.code is None:
                continue
            if not placement.is_near(shape, points[match.code]):
                self._problem(
                    f"Bentuk ke-{row.number + 1} dicocokkan dengan {match.code} {match.name} "
                    "menurut namanya, tetapi letaknya jauh dari titik gazetirnya. Periksa."
                )

    # --- repair ---

    def _repair(self, areas: _Placed, level: Level) -> dict[str, shapely.Geometry]:
        """Clean the shapes of the areas; shapes by code."""
        codes = areas.codes
        labels = [f"{code} {gazetteer().name(code)}" for code in codes]
        shapes, changes = repair(self.path, areas.shapes, level, labels)
        self._note(
            repaired=tuple(
                RepairNote(
                    codes[change.position],
                    gazetteer().name(codes[change.position]),
                    change.what,
                    round(change.area_m2, 1),
                )
                for change in changes
            )
        )
        cut = [
            f"{labels[change.position]} ({_percent(change.share)})"
            for change in changes
            if change.what == OVERLAP and change.share >= _MUCH_OVERLAP
        ]
        if cut:
            self._problem(
                f"Bentuk berikut menindih tetangganya dan dipotong: {_listed(cut)}. Periksa apakah "
                "batas lama dan batas baru tercampur."
            )
        return dict(zip(codes, shapes, strict=True))

    # --- report ---

    def _assemble(self, table: Table, shapes: Mapping[str, shapely.Geometry]) -> BoundarySet:
        frame = _frame(shapes)
        desa = frame if table.level == "desa" else None
        kecamatan = frame if desa is None else dissolve_to_kecamatan(desa)
        claimed = table.schema if table.is_evident else None
        return BoundarySet(
            kecamatan=kecamatan,
            desa=desa,
            source=f"{claimed.name} ({self.path.name})" if claimed else f"berkas {self.path.name}",
            source_date=_common_date(table.rows),
            is_official=claimed is not None and claimed.is_official,
            digest=digest_of(kecamatan, desa),
        )

    def _note(self, **facts: object) -> None:
        self.report = replace(self.report, **facts)  # type: ignore[arg-type]

    def _problem(self, sentence: str) -> None:
        self._note(problems=(*self.report.problems, sentence))

    def _leave_over(self, rows: Iterable[Row]) -> None:
        notes = tuple(_note_of(row) for row in rows)
        self._note(left_over=(*self.report.left_over, *notes))


def _shape(layer: RawLayer, number: int) -> shapely.Geometry | None:
    shape = layer.shape(number)
    if shape is not None and not np.isfinite(shapely.get_coordinates(shape)).all():
        raise MalformedShapeError("ada koordinat yang bukan angka (NaN)")
    return shape


def _without(placed: _Placed, positions: Sequence[int]) -> _Placed:
    """The same shapes, those at some positions matched to nothing."""
    matches = [NO_MATCH if i in positions else match for i, match in enumerate(placed.matches)]
    return replace(placed, matches=matches)


def _repeated(code: str, rows: Sequence[Row]) -> str:
    numbers = [f"ke-{row.number + 1}" for row in rows]
    rest = len(numbers) - _MOST_NAMED
    shown = " dan ".join(numbers[:_MOST_NAMED]) + (f" dan {rest} lagi" if rest > 0 else "")
    return f"{code} {gazetteer().name(code)} (bentuk {shown})"


def _swap(note: evidence.Displaced) -> str:
    return (
        f"{note.code} {note.name} (bentuk ke-{note.row}) mungkin "
        f"{note.likely_code} {note.likely_name}"
    )


def _listed(texts: Sequence[str]) -> str:
    shown = ", ".join(texts[:_MOST_NAMED])
    rest = len(texts) - _MOST_NAMED
    return f"{shown} dan {rest} lagi" if rest > 0 else shown


def _percent(share: float) -> str:
    percent = share * 100
    return f"{percent:.0f} %" if percent >= 1 else "kurang dari 1 %"


def _holds_most(shape: shapely.Geometry, points: npt.NDArray[np.object_]) -> bool:
    sound = shape if shape.is_valid else shapely.make_valid(shape)
    return bool(shapely.contains(sound, points).mean() > 0.5)


def _note_of(row: Row) -> ShapeNote:
    code = row.code or row.kecamatan_code
    return ShapeNote(row.number + 1, code, row.kecamatan, row.desa or row.name)


def _remember_command(note: ShapeNote, code: str, level: Level) -> str:
    within = f" --kecamatan {_quoted(note.kecamatan)}" if level == "desa" and note.kecamatan else ""
    return f"python -m geo remember{within} {_quoted(note.name or note.kecamatan)} {code}"


def _quoted(text: str) -> str:
    """A name as one argument: signs that a shell would act on are left out, as in matching."""
    return f'"{_SHELL_SIGNS.sub("", text)}"'


def _counts(taken: set[str], level: Level) -> dict[str, int]:
    kecamatan = {kecamatan_code_of(code) for code in taken}
    return {"kecamatan": len(kecamatan), "desa": len(taken) if level == "desa" else 0}


def _kinds(shapes: Sequence[shapely.Geometry | None]) -> str:
    parts_of = (part for shape in shapes if shape is not None for part in leaves_of(shape))
    kinds = {_KINDS.get(part.geom_type, "bentuk kosong") for part in parts_of}
    return " dan ".join(sorted(kinds)) or "baris tanpa bentuk"


@cache
def _points_by_code(level: Level) -> dict[str, npt.NDArray[np.object_]]:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for desa in gazetteer().desa:
        code = desa.kecamatan_code if level == "kecamatan" else desa.code
        points[code].append((desa.longitude, desa.latitude))
    return {code: shapely.points(coordinates) for code, coordinates in points.items()}


def _holds_a_point(shape: shapely.Geometry) -> bool:
    points = np.concatenate(list(_points_by_code("kecamatan").values()))
    return bool(shapely.contains(shapely.make_valid(shape), points).any())


def _frame(shapes: Mapping[str, shapely.Geometry]) -> gpd.GeoDataFrame:
    codes = sorted(shapes)
    return gpd.GeoDataFrame(
        {"code": codes, "name": [gazetteer().name(code) for code in codes]},
        geometry=[shapes[code] for code in codes],
        crs=placement.WGS84,
    )


def _common_date(rows: Sequence[Row]) -> str | None:
    """The one date that all rows carry, ISO; None where they carry none or several."""
    dates = {row.valid_on[:10] for row in rows}
    if len(dates) != 1:
        return None
    try:
        return date.fromisoformat(dates.pop()).isoformat()
    except ValueError:
        return None
