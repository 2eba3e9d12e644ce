"""Reads an official boundary file: check -> repair -> match -> report.

Owns the order of the steps and what makes a file usable. The steps themselves live
beside it: formats, schemas, placement, matching, repair, report.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geo.boundaries import placement
from geo.boundaries.formats import parse_file, read_bytes
from geo.boundaries.model import BoundarySet, digest_of, dissolve_to_kecamatan
from geo.boundaries.raw import MalformedShapeError, RawFile, RawLayer
from geo.boundaries.repair import leaves_of, polygons_of, repair
from geo.boundaries.report import BoundaryReport, RepairNote, ShapeNote
from geo.boundaries.schemas import Row, Schema, detect_level, detect_schema, is_enough, read_rows
from geo.errors import (
    BadShapeError,
    CrsUnknownError,
    DuplicateShapesError,
    GeoError,
    NotPolygonsError,
    ShapeOutsideAreaError,
    TooFewMatchedError,
    UnknownSchemaError,
    WrongAreaError,
)
from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.matching import (
    NO_MATCH,
    ConfirmedAlias,
    Level,
    Matcher,
    PlaceMatch,
    matcher,
    read_code,
)

_SHELL_SIGNS = re.compile(r"[^\w\s.,()/'-]")
# Rows that tell what a layer draws.
_LOOKED_AT = 100
_KINDS = {"Point": "titik", "MultiPoint": "titik", "LineString": "garis"}
_KINDS |= {"MultiLineString": "garis", "LinearRing": "garis"}


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
class _Table:
    """The layer that was chosen from a file, with its rows of this kabupaten."""

    layer: RawLayer
    schema: Schema
    level: Level
    rows: list[Row]
    outside: int


@dataclass(frozen=True)
class _Placed:
    """Rows with their polygons in WGS 84, in the same order."""

    rows: list[Row]
    shapes: np.ndarray


def inspect_here(
    path: Path, crs: str | None = None, aliases: Sequence[ConfirmedAlias] = ()
) -> Inspection:
    """Look into a boundary file in this process; `inspecting` does so in a limited one."""
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
        self._note(format=raw.format)
        table = self._choose(raw)
        placed = self._place(table, asked_crs)
        matches = self._match(placed, table.level)
        repaired = self._repair(placed, matches, table.level)
        self._weigh_evidence(placed, matches, repaired, table.level)
        return self._assemble(table, repaired)

    # --- check ---

    def _choose(self, raw: RawFile) -> _Table:
        tables = [_table(layer, schema) for layer in raw.layers if (schema := detect_schema(layer))]
        if not tables:
            self._refuse_without_polygons(raw)
            raise UnknownSchemaError(self.path, raw.layers[0].columns)
        table = max(tables, key=_promise)
        self._note(schema=table.schema.name, level=table.level, outside_area=table.outside)
        if not table.rows:
            raise WrongAreaError(
                self.path, f"{table.outside} bentuk di dalamnya milik kabupaten lain"
            )
        return table

    def _refuse_without_polygons(self, raw: RawFile) -> None:
        if any(_draws_polygons(layer, range(layer.count)) for layer in raw.layers):
            return
        layer = raw.layers[0]
        shapes = [self._shape(layer, row, "") for row in range(min(layer.count, _LOOKED_AT))]
        raise NotPolygonsError(self.path, _kinds(shapes))

    def _shape(self, layer: RawLayer, number: int, label: str) -> shapely.Geometry | None:
        try:
            shape = layer.shape(number)
        except MalformedShapeError as error:
            raise BadShapeError(self.path, number + 1, label, str(error)) from error
        if shape is not None and not np.isfinite(shapely.get_coordinates(shape)).all():
            raise BadShapeError(
                self.path, number + 1, label, "ada koordinat yang bukan angka (NaN)"
            )
        return shape

    def _place(self, table: _Table, asked_crs: str | None) -> _Placed:
        shapes = [self._shape(table.layer, row.number, row.label()) for row in table.rows]
        polygons = [None if shape is None else polygons_of(shape) for shape in shapes]
        held = [i for i, polygon in enumerate(polygons) if polygon is not None]
        if not held:
            raise NotPolygonsError(self.path, _kinds(shapes))
        self._leave_shapeless([row for i, row in enumerate(table.rows) if polygons[i] is None])
        crs = placement.resolve_crs(
            self.path, table.layer.crs, asked_crs, [polygons[i] for i in held]
        )
        self._note(crs=placement.crs_label(crs))
        self._compare_crs(table.layer.crs, asked_crs)
        placed = placement.to_wgs84(
            self.path, [polygons[i] for i in held], crs, is_asked=asked_crs is not None
        )
        return self._keep_near([table.rows[i] for i in held], placed)

    def _leave_shapeless(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        self._leave_over(rows)
        named = ", ".join(
            f"ke-{row.number + 1} ({row.label() or 'tanpa nama'})" for row in rows[:5]
        )
        more = f" dan {len(rows) - 5} lagi" if len(rows) > 5 else ""
        self._problem(f"Baris tanpa poligon yang berluas tidak dipakai: {named}{more}.")

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

    def _keep_near(self, rows: list[Row], shapes: np.ndarray) -> _Placed:
        """Drop shapes of other kabupaten that only their place tells apart."""
        inside = placement.in_area(shapes)
        claims = np.array([row.is_in_kabupaten is True for row in rows])
        strays = [rows[i].label() for i in np.flatnonzero(claims & ~inside)]
        if strays:
            raise ShapeOutsideAreaError(self.path, strays)
        keep = claims | inside
        unsure = np.flatnonzero(inside & ~claims)
        keep[unsure] = placement.near_kabupaten(shapes[unsure])
        self._note(outside_area=self.report.outside_area + int((~keep).sum()))
        if not keep.any():
            raise WrongAreaError(self.path, "semua bentuknya jauh dari desa-desanya")
        return _Placed([rows[i] for i in np.flatnonzero(keep)], shapes[keep])

    # --- match ---

    def _match(self, placed: _Placed, level: Level) -> list[PlaceMatch]:
        matches = _without_namesakes(
            placed, [_match_row(self.names, row, level) for row in placed.rows], level
        )
        taken = {match.code for match in matches if match.code}
        known = gazetteer().kecamatan if level == "kecamatan" else gazetteer().desa
        self._note(
            matched=_counts(taken, level),
            how=dict(Counter(match.how for match in matches if match.code)),
            ways={match.code: match.how for match in matches if match.code},
            missing=tuple(area.code for area in known if area.code not in taken),
        )
        self._sort_unmatched(placed, matches, taken)
        self._check_names(placed.rows, matches, level)
        self._refuse_duplicates(placed.rows, matches)
        self._refuse_sprawling(placed, matches)
        if not is_enough(len(taken), level):
            raise TooFewMatchedError(self.path, level, len(taken), len(known))
        self._explain_missing(level)
        return matches

    def _sort_unmatched(
        self, placed: _Placed, matches: Sequence[PlaceMatch], taken: set[str]
    ) -> None:
        for row, shape, match in zip(placed.rows, placed.shapes, matches, strict=True):
            free = tuple(found for found in match.candidates if found.code not in taken)
            if match.code:
                continue
            note = replace(_note_of(row), candidates=free)
            if match.how == "ambiguous":
                self._note(ambiguous=(*self.report.ambiguous, note))
            elif free:
                self._note(candidates=(*self.report.candidates, note))
            elif row.is_in_kabupaten is None and not _holds_a_point(shape):
                self._note(outside_area=self.report.outside_area + 1)
            else:
                self._leave_over([row])

    def _check_names(
        self, rows: Sequence[Row], matches: Sequence[PlaceMatch], level: Level
    ) -> None:
        """Say where a row's name belongs to another area than its code."""
        for row, match in zip(rows, matches, strict=True):
            name = _name_of(row, level)
            if match.how != "code" or not name or match.code is None:
                continue
            beside = kecamatan_code_of(match.code) if level == "desa" else name
            other = self.names.match(beside, name if level == "desa" else "")
            if other.code and other.code != match.code:
                self._problem(
                    f"Bentuk ke-{row.number + 1} berkode {match.code} ({match.name}) tetapi "
                    f"bernama “{name}”, nama {other.code}; kodenya yang dipakai."
                )

    def _refuse_duplicates(self, rows: Sequence[Row], matches: Sequence[PlaceMatch]) -> None:
        repeated = [
            f"{code} {gazetteer().name(code)} (bentuk "
            f"{' dan '.join(f'ke-{rows[i].number + 1}' for i in positions)})"
            for code, positions in _positions_by_code(matches).items()
        ]
        if repeated:
            raise DuplicateShapesError(self.path, repeated)

    def _refuse_sprawling(self, placed: _Placed, matches: Sequence[PlaceMatch]) -> None:
        """A single wrong corner may lie at the other end of the world."""
        labels = [
            row.label()
            for row, shape, match in zip(placed.rows, placed.shapes, matches, strict=True)
            if match.code and not placement.stays_in_area(shape)
        ]
        if labels:
            raise ShapeOutsideAreaError(self.path, labels)

    def _explain_missing(self, level: Level) -> None:
        report = self.report
        held, known = report.matched[level], report.matched[level] + len(report.missing)
        if report.missing:
            named = ", ".join(f"{code} {gazetteer().name(code)}" for code in report.missing[:5])
            more = f" dan {len(report.missing) - 5} lagi" if len(report.missing) > 5 else ""
            self._problem(
                f"{held} dari {known} {level} ada dalam berkas; belum ada: {named}{more}. "
                "Peta akan menyebutkannya."
            )
        for note in report.candidates[:5]:
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

    # --- repair ---

    def _repair(
        self, placed: _Placed, matches: Sequence[PlaceMatch], level: Level
    ) -> dict[str, shapely.Geometry]:
        """Clean the shapes that are, or may be, areas of the kabupaten; shapes by code."""
        unsure = {note.row for note in (*self.report.candidates, *self.report.ambiguous)}
        used = [
            i
            for i, (row, match) in enumerate(zip(placed.rows, matches, strict=True))
            if match.code or row.number + 1 in unsure
        ]
        named = [(matches[i].code or "", matches[i].name or placed.rows[i].label()) for i in used]
        labels = [" ".join(filter(None, pair)) for pair in named]
        shapes, changes = repair(self.path, placed.shapes[used], level, labels)
        self._note(
            repaired=tuple(
                RepairNote(*named[change.position], change.what, round(change.area_m2, 1))
                for change in changes
            )
        )
        return {
            code: shape
            for i, shape in zip(used, shapes, strict=True)
            if (code := matches[i].code) is not None
        }

    def _weigh_evidence(
        self,
        placed: _Placed,
        matches: Sequence[PlaceMatch],
        repaired: Mapping[str, shapely.Geometry],
        level: Level,
    ) -> None:
        """Count the areas that hold their gazetteer points; name those that lie far off."""
        points = _points_by_code(level)
        supported = sum(_holds_most(shape, points[code]) for code, shape in repaired.items())
        self._note(supported_by_point=supported)
        for row, match in zip(placed.rows, matches, strict=True):
            if match.how not in ("name", "alias") or match.code is None:
                continue
            if not placement.is_near(repaired[match.code], points[match.code]):
                self._problem(
                    f"Bentuk ke-{row.number + 1} dicocokkan dengan {match.code} {match.name} "
                    "menurut namanya, tetapi letaknya jauh dari titik gazetirnya. Periksa."
                )

    # --- report ---

    def _assemble(self, table: _Table, shapes: Mapping[str, shapely.Geometry]) -> BoundarySet:
        frame = _frame(shapes)
        desa = frame if table.level == "desa" else None
        kecamatan = frame if desa is None else dissolve_to_kecamatan(desa)
        return BoundarySet(
            kecamatan=kecamatan,
            desa=desa,
            source=f"{table.schema.name} ({self.path.name})",
            source_date=_common_date(table.rows),
            is_official=True,
            digest=digest_of(kecamatan, desa),
        )

    def _note(self, **facts: object) -> None:
        self.report = replace(self.report, **facts)  # type: ignore[arg-type]

    def _problem(self, sentence: str) -> None:
        self._note(problems=(*self.report.problems, sentence))

    def _leave_over(self, rows: Iterable[Row]) -> None:
        notes = tuple(_note_of(row) for row in rows)
        self._note(left_over=(*self.report.left_over, *notes))


def _table(layer: RawLayer, schema: Schema) -> _Table:
    rows = read_rows(layer, schema)
    inside = [row for row in rows if row.is_in_kabupaten is not False]
    level = detect_level(schema, inside or rows)
    return _Table(layer, schema, level, inside, len(rows) - len(inside))


def _promise(table: _Table) -> tuple[bool, bool, bool, bool]:
    """How much a layer promises beside the others of its file."""
    return (
        bool(table.rows),
        _draws_polygons(table.layer, [row.number for row in table.rows]),
        is_enough(len(table.rows), table.level),
        table.level == "desa",
    )


def _draws_polygons(layer: RawLayer, numbers: Sequence[int]) -> bool:
    """Whether one of the first of these rows is a polygon, or would be were it not damaged."""
    for number in numbers[:_LOOKED_AT]:
        try:
            shape = layer.shape(number)
        except MalformedShapeError:
            return True
        parts = [] if shape is None else leaves_of(shape)
        if any(part.geom_type == "Polygon" for part in parts):
            return True
    return False


def _match_row(names: Matcher, row: Row, level: Level) -> PlaceMatch:
    """Match by the row's codes first, then by its names."""
    readings = row.readings
    own = read_code(row.code) if row.code else None
    if own is not None and own.level != level:
        return NO_MATCH
    if level == "kecamatan":
        if row.is_desa:
            return NO_MATCH
        coded = next((r.kecamatan_code for r in readings if r.kecamatan_code), None)
        return names.match(coded or _name_of(row, level), "")
    for reading in readings:
        if reading.desa_code:
            return names.match("", reading.desa_code)
    name = _name_of(row, level)
    within = next((r.kecamatan_code for r in readings if r.kecamatan_code), None)
    return names.match(within or row.kecamatan, name) if name else NO_MATCH


def _without_namesakes(
    placed: _Placed, matches: Sequence[PlaceMatch], level: Level
) -> list[PlaceMatch]:
    """Of shapes that share a name, the one around the area's points is meant, if there is one.

    Files of names only hold namesakes just across the border; codes are never doubted here.
    """
    drawn = _positions_by_code(matches)
    points = _points_by_code(level)
    kept = list(matches)
    for code, positions in drawn.items():
        around = [i for i in positions if _holds_most(placed.shapes[i], points[code])]
        for i in positions:
            if len(around) == 1 and i not in around and placed.rows[i].is_in_kabupaten is None:
                kept[i] = NO_MATCH
    return kept


def _positions_by_code(matches: Sequence[PlaceMatch]) -> dict[str, list[int]]:
    """Which shapes were matched to an area, for the areas drawn more than once."""
    drawn: dict[str, list[int]] = defaultdict(list)
    for position, match in enumerate(matches):
        if match.code:
            drawn[match.code].append(position)
    return {code: positions for code, positions in sorted(drawn.items()) if len(positions) > 1}


def _holds_most(shape: shapely.Geometry, points: np.ndarray) -> bool:
    return bool(shapely.contains(shape, points).mean() > 0.5)


def _name_of(row: Row, level: Level) -> str:
    return row.name or (row.kecamatan if level == "kecamatan" else row.desa)


def _note_of(row: Row) -> ShapeNote:
    code = row.desa_code or row.code or row.kecamatan_code
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
    parts = (part for shape in shapes if shape is not None for part in leaves_of(shape))
    kinds = {_KINDS.get(part.geom_type, "bentuk kosong") for part in parts}
    return " dan ".join(sorted(kinds)) or "baris tanpa bentuk"


def _points_by_code(level: Level) -> dict[str, np.ndarray]:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for desa in gazetteer().desa:
        code = desa.kecamatan_code if level == "kecamatan" else desa.code
        points[code].append((desa.longitude, desa.latitude))
    return {code: shapely.points(coordinates) for code, coordinates in points.items()}


def _holds_a_point(shape: shapely.Geometry) -> bool:
    points = [(desa.longitude, desa.latitude) for desa in gazetteer().desa]
    return bool(shapely.contains(shape, shapely.points(points)).any())


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
