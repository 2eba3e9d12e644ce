"""From rows to polygons in WGS 84: what cannot be read or lies elsewhere is named.

Owns the step; the arithmetic of coordinates is placement's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from geo.boundaries import placement
from geo.boundaries.findings import Findings, Placed, listed
from geo.boundaries.raw import MalformedShapeError, RawLayer
from geo.boundaries.repair import leaves_of, polygons_of
from geo.boundaries.tables import Table
from geo.errors import (
    BadShapeError,
    CrsUnknownError,
    NotPolygonsError,
    ShapeOutsideAreaError,
    WrongAreaError,
)

_KINDS = {"Point": "titik", "MultiPoint": "titik", "LineString": "garis"}
_KINDS |= {"MultiLineString": "garis", "LinearRing": "garis"}


def place(findings: Findings, table: Table, asked_crs: str | None) -> Placed:
    """The polygons of a table's rows in WGS 84, those near the kabupaten.

    Raises:
        GeoError: if nothing can be read, the CRS is not known, or a row of ours lies elsewhere.
    """
    shapes, broken = _shapes(table)
    polygons = [None if shape is None else polygons_of(shape) for shape in shapes]
    held = [i for i, polygon in enumerate(polygons) if polygon is not None]
    if not held:
        for i, reason in broken.items():
            row = table.rows[i]
            raise BadShapeError(findings.path, row.number + 1, row.label(), reason)
        raise NotPolygonsError(findings.path, kinds_of(shapes))
    _leave_shapeless(
        findings, table, [i for i, shape in enumerate(polygons) if shape is None], broken
    )
    _say_collapsed(findings, table, shapes, polygons)
    placed = np.empty(len(polygons), dtype=object)
    astray = dict[int, str]()
    for number, layer in enumerate(table.layers):
        mine = [i for i in held if table.rows[i].layer == number]
        if not mine:
            continue
        flat = [polygons[i] for i in mine]
        crs = placement.resolve_crs(findings.path, layer.crs, asked_crs, flat)
        findings.note(crs=placement.crs_label(crs))
        _compare_crs(findings, layer.crs, asked_crs)
        placed[mine] = placement.to_wgs84(findings.path, flat, crs, is_asked=asked_crs is not None)
        inside = placement.in_area(placed[mine])
        for at in np.flatnonzero(~inside):
            i = mine[at]
            is_ours = table.matches[i].code or table.rows[i].is_in_kabupaten is True
            astray[i] = placement.why_astray(flat[at], crs) if is_ours else ""
    return _keep_near(
        findings,
        Placed([table.rows[i] for i in held], [table.matches[i] for i in held], placed[held]),
        {at: astray[i] for at, i in enumerate(held) if i in astray},
    )


def _shapes(table: Table) -> tuple[list[shapely.Geometry | None], dict[int, str]]:
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
    findings: Findings, table: Table, without: Sequence[int], broken: Mapping[int, str]
) -> None:
    """Name the rows of this kabupaten that draw nothing; others do not matter."""
    ours = [i for i in without if table.matches[i].code or table.rows[i].is_in_kabupaten is True]
    findings.note(outside_area=findings.report.outside_area + len(without) - len(ours))
    findings.leave_over(table.rows[i] for i in ours)
    named = [
        f"ke-{table.rows[i].number + 1} ({table.rows[i].label() or 'tanpa nama'}"
        + (f": {broken[i]})" if i in broken else ")")
        for i in ours
    ]
    flat = [text for i, text in zip(ours, named, strict=True) if i not in broken]
    spoilt = [text for i, text in zip(ours, named, strict=True) if i in broken]
    if flat:
        findings.problem(f"Baris tanpa poligon yang berluas tidak dipakai: {listed(flat)}.")
    if spoilt:
        findings.problem(
            f"Bentuk yang tidak dapat dibaca tidak dipakai: {listed(spoilt)}. "
            "Perbaiki atau ekspor ulang bentuk itu."
        )


def _say_collapsed(
    findings: Findings,
    table: Table,
    shapes: Sequence[shapely.Geometry | None],
    polygons: Sequence[shapely.Geometry | None],
) -> None:
    """Say which areas lose a part that has no area, such as an island of two corners."""
    lost = []
    for row, match, shape, polygon in zip(table.rows, table.matches, shapes, polygons, strict=True):
        if polygon is None or not match.code:
            continue
        drawn = sum(part.geom_type == "Polygon" for part in leaves_of(shape))
        count = drawn - shapely.get_num_geometries(polygon)
        if count:
            lost.append(f"{row.label()} ({count})")
    if lost:
        findings.problem(f"Bagian yang tidak berluas dibuang: {listed(lost)}.")


def _compare_crs(findings: Findings, declared: str | None, asked: str | None) -> None:
    if asked is None or declared is None:
        return
    try:
        label = placement.crs_label(placement.resolve_crs(findings.path, declared, None))
    except CrsUnknownError:
        label = declared[:40]
    if label != findings.report.crs:
        findings.problem(
            f"Berkas menyebut CRS {label}, tetapi dibaca sebagai {findings.report.crs} "
            "sesuai permintaan."
        )


def _keep_near(findings: Findings, placed: Placed, astray: Mapping[int, str]) -> Placed:
    """Drop shapes of other kabupaten that only their place tells apart."""
    claims = np.array([row.is_in_kabupaten is True for row in placed.rows], dtype=bool)
    strays = [
        f"{placed.rows[i].label()}{f' ({reason})' if reason else ''}"
        for i, reason in sorted(astray.items())
        if claims[i]
    ]
    if strays:
        raise ShapeOutsideAreaError(findings.path, strays)
    keep = np.array([i not in astray for i in range(len(placed.rows))], dtype=bool)
    ours = [i for i in astray if placed.matches[i].code and astray[i]]
    _name_astray(findings, placed, ours, astray)
    unsure = np.flatnonzero(keep & ~claims)
    keep[unsure] = placement.near_kabupaten(placed.shapes[unsure])
    # An island far out is judged beside the area of its name, in parts.
    held = {placed.matches[i].code for i in np.flatnonzero(keep)} - {None}
    keep[[i for i in unsure if placed.matches[i].code in held]] = True
    outside = int((~keep).sum()) - len(ours)
    findings.note(outside_area=findings.report.outside_area + outside)
    if not keep.any():
        raise WrongAreaError(findings.path, "semua bentuknya jauh dari desa-desanya")
    return placed.only(keep)


def _name_astray(
    findings: Findings, placed: Placed, positions: Sequence[int], reasons: Mapping[int, str]
) -> None:
    """Say which areas lie elsewhere only because their numbers were written otherwise."""
    findings.leave_over(placed.rows[i] for i in positions)
    for reason in sorted({reasons[i] for i in positions}):
        rows = [placed.rows[i] for i in positions if reasons[i] == reason]
        named = [f"{row.label()} (bentuk ke-{row.number + 1})" for row in rows]
        findings.problem(
            f"Tidak dipakai karena {reason}, lain dari bentuk selebihnya: {listed(named)}. "
            "Simpan ulang bentuk itu dengan sistem koordinat yang sama."
        )


def _shape(layer: RawLayer, number: int) -> shapely.Geometry | None:
    """The shape of a row in the file's coordinates, None where it has none.

    Raises:
        MalformedShapeError: if it cannot be read or holds no numbers.
    """
    shape = layer.shape(number)
    if shape is not None and not np.isfinite(shapely.get_coordinates(shape)).all():
        raise MalformedShapeError("ada koordinat yang bukan angka (NaN)")
    return shape


def kinds_of(shapes: Sequence[shapely.Geometry | None]) -> str:
    """What shapes are, in Indonesian: titik, garis."""
    parts_of = (part for shape in shapes if shape is not None for part in leaves_of(shape))
    kinds = {_KINDS.get(part.geom_type, "bentuk kosong") for part in parts_of}
    return " dan ".join(sorted(kinds)) or "baris tanpa bentuk"
