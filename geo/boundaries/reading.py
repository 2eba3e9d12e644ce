"""Reads an official boundary file: check -> place -> settle -> weigh -> repair -> report.

Owns the order of the steps and what makes a file usable. The steps themselves live
beside it: formats, tables, placing, settling, weighing, repair; `findings` is passed along.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import shapely

from geo.boundaries.findings import Findings, Placed, listed, percent
from geo.boundaries.formats import parse_file, read_bytes
from geo.boundaries.model import BoundarySet, digest_of, dissolve_to_kecamatan, frame_of
from geo.boundaries.placing import kinds_of, place
from geo.boundaries.raw import RawFile
from geo.boundaries.repair import OVERLAP, repair
from geo.boundaries.report import BoundaryReport, RepairNote
from geo.boundaries.rows import Row
from geo.boundaries.settling import prefer_kecamatan, settle
from geo.boundaries.tables import LOOKED_AT, Table, choose_table, draws_polygons
from geo.boundaries.weighing import weigh
from geo.errors import GeoError, NotPolygonsError, UnknownSchemaError, WrongAreaError
from geo.gazetteer import gazetteer
from geo.matching import ConfirmedAlias, Level, Matcher, matcher

# What the real files overlap by is below 4 % of a shape.
_MUCH_OVERLAP = 0.1

# More are not told where none of them is known.
_MOST_TOLD_COLUMNS = 12
_LONGEST_TOLD = 100


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
        self.findings = Findings(path, names)
        self.sha256 = ""

    @property
    def report(self) -> BoundaryReport:
        """What was found so far."""
        return self.findings.report

    def run(self, asked_crs: str | None) -> BoundarySet:
        data = read_bytes(self.path)
        self.sha256 = hashlib.sha256(data).hexdigest()
        raw = parse_file(self.path, data)
        self.findings.note(format=raw.format, problems=raw.notes)
        table = _choose(self.findings, raw)
        placed = place(self.findings, table, asked_crs)
        placed, level = prefer_kecamatan(self.findings, placed, table.level)
        areas, known = settle(self.findings, placed, level)
        weigh(self.findings, areas, known, level)
        repaired = _repair(self.findings, areas, level)
        return _assemble(self.path, replace(table, level=level), repaired)


def _choose(findings: Findings, raw: RawFile) -> Table:
    table = choose_table(raw, findings.names)
    if table is None:
        _refuse_without_polygons(findings, raw)
        held = raw.layers[0].columns[:_MOST_TOLD_COLUMNS]
        raise UnknownSchemaError(findings.path, [name[:_LONGEST_TOLD] for name in held])
    findings.note(schema=table.schema_name, level=table.level, outside_area=table.outside)
    for sentence in table.notes:
        findings.problem(sentence)
    if not table.rows:
        raise WrongAreaError(
            findings.path, f"{table.outside} bentuk di dalamnya milik kabupaten lain"
        )
    return table


def _refuse_without_polygons(findings: Findings, raw: RawFile) -> None:
    if any(draws_polygons(layer, range(layer.count)) for layer in raw.layers):
        return
    layer = raw.layers[0]
    shapes = [layer.shape(row) for row in range(min(layer.count, LOOKED_AT))]
    raise NotPolygonsError(findings.path, kinds_of(shapes))


def _repair(findings: Findings, areas: Placed, level: Level) -> dict[str, shapely.Geometry]:
    """Clean the shapes of the areas; shapes by code."""
    codes = areas.codes
    labels = [f"{code} {gazetteer().name(code)}" for code in codes]
    shapes, changes = repair(findings.path, areas.shapes, level, labels)
    findings.note(
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
        f"{labels[change.position]} ({percent(change.share)})"
        for change in changes
        if change.what == OVERLAP and change.share >= _MUCH_OVERLAP
    ]
    if cut:
        findings.problem(
            f"Bentuk berikut menindih tetangganya dan dipotong: {listed(cut)}. Periksa apakah "
            "batas lama dan batas baru tercampur."
        )
    return dict(zip(codes, shapes, strict=True))


def _assemble(path: Path, table: Table, shapes: Mapping[str, shapely.Geometry]) -> BoundarySet:
    frame = frame_of(shapes)
    desa = frame if table.level == "desa" else None
    kecamatan = frame if desa is None else dissolve_to_kecamatan(desa)
    claimed = table.schema if table.is_evident else None
    return BoundarySet(
        kecamatan=kecamatan,
        desa=desa,
        source=f"{claimed.name} ({path.name})" if claimed else f"berkas {path.name}",
        source_date=_common_date(table.rows),
        is_official=claimed is not None and claimed.is_official,
        digest=digest_of(kecamatan, desa),
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
