"""From an indicator to what a map shows: a class and a number for every shape of a layer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_access.numbers.arrays import Bools
from data_access.numbers.door import Numbers
from data_access.numbers.shown_cases import ShownCases
from data_access.numbers.small import Cell
from geo import classes
from geo.classes import (
    NO_REPORT,
    NOT_APPLICABLE,
    STATUS_KEYS,
    WITHHELD,
    ClassTable,
    FloatArray,
)
from geo.layers import Layer
from pages.components.maps.area_map import AreaValues
from pages.components.texts import common

_COVERAGE_TABLES: Mapping[str, tuple[ClassTable, ClassTable]] = {
    "visit_coverage": (classes.VISIT_COVERAGE, classes.VISITED),
    "awareness_coverage": (classes.AWARENESS_COVERAGE, classes.REACHED),
}
_CASE_TABLES: Mapping[str, ClassTable] = {
    "any": classes.CASES,
    "tppo": classes.CASES_TPPO,
    "tppm": classes.CASES_TPPM,
    "pmi_np": classes.CASES_PMI_NP,
}


def coverage_values(numbers: Numbers, indicator_id: str, layer: Layer, caption: str) -> AreaValues:
    """Return coverage: by kecamatan the share of desa, by desa the period's plain yes or no.

    Args:
        indicator_id: "visit_coverage" or "awareness_coverage".
        caption: the filter's sentence, for the map's spoken summary.
    """
    by_share, by_desa = _COVERAGE_TABLES[indicator_id]
    n, total = _measured(numbers, indicator_id, layer)
    if layer.level == "kecamatan":
        shares = np.divide(n, total, out=np.full_like(n, np.nan), where=total > 0)
        return _values(by_share, shares, n, total, numbers, indicator_id, layer, caption)
    return _values(by_desa, n, n, None, numbers, indicator_id, layer, caption)


def case_values(cases: ShownCases, label: str, layer: Layer, caption: str) -> AreaValues:
    """Return reported cases by kecamatan of origin, as closely as they may be told.

    Args:
        label: "any", "tppo", "tppm" or "pmi_np".
        caption: the filter's sentence, for the map's spoken summary.
    """
    table = _CASE_TABLES[label]
    frame = cases.by_kecamatan.frame
    cells = dict(zip(frame["code"], frame[label], strict=True))
    keys = "".join(
        _case_key(table, cells[shape.code]) if shape.code in cells else NOT_APPLICABLE
        for shape in layer.shapes
    )
    exact = [cells.get(shape.code) for shape in layer.shapes]
    n = np.array([cell.low if cell and cell.is_exact else np.nan for cell in exact], dtype=float)
    title = f"{table.title[:1].lower()}{table.title[1:]}"
    summary = common.MAP_SUMMARY.format(title=title, caption=caption)
    return AreaValues(table, keys, n, None, summary)


def _case_key(table: ClassTable, cell: Cell | None) -> str:
    """Return the class that holds all that a cell may be; withheld where none does."""
    if cell is None:
        return NO_REPORT
    if cell.is_withheld:
        return WITHHELD
    ends = np.array([cell.low, np.inf if cell.high is None else cell.high], dtype=float)
    lowest, highest = table.value_keys(ends)
    return lowest if lowest == highest else WITHHELD


def status_values(numbers: Numbers, layer: Layer, caption: str) -> AreaValues:
    """Return the visit status of every area; of desa also the days since the last visit."""
    table = classes.VISIT_STATUS
    if layer.level == "desa":
        areas = numbers.village_status()
        days = areas["days_since"].to_numpy(dtype=float)
    else:
        areas = numbers.kecamatan_status()
        days = np.full(len(areas), np.nan)
    codes = tuple(areas["code"])
    known = dict(zip(codes, areas["status"], strict=True))
    looks = dict(STATUS_KEYS)
    if not numbers.figure("never_visited").is_recorded:
        looks["never"] = NO_REPORT
    keys = "".join(looks.get(known.get(shape.code, ""), NOT_APPLICABLE) for shape in layer.shapes)
    summary = common.MAP_SUMMARY.format(title=table.title.lower(), caption=caption)
    return AreaValues(table, keys, _on_layer(layer, codes, days), None, summary)


def _values(
    table: ClassTable,
    classed: FloatArray,
    n: FloatArray,
    total: FloatArray | None,
    numbers: Numbers,
    indicator_id: str,
    layer: Layer,
    caption: str,
) -> AreaValues:
    reported = _on_layer(layer, *numbers.has_record(layer.level)) > 0
    if not numbers.figure(indicator_id).is_recorded:
        reported[:] = False
    keys = classes.with_reports(table.value_keys(classed), reported.tolist())
    summary = common.MAP_SUMMARY.format(title=table.title.lower(), caption=caption)
    return AreaValues(table, keys, n, total, summary)


def _measured(numbers: Numbers, indicator_id: str, layer: Layer) -> tuple[FloatArray, FloatArray]:
    found = numbers.measure(indicator_id, layer.level)
    total = found.n if found.N is None else found.N
    return _on_layer(layer, found.codes, found.n), _on_layer(layer, found.codes, total)


def _on_layer(layer: Layer, codes: tuple[str, ...], values: FloatArray | Bools) -> FloatArray:
    """Put values in the order of the layer's shapes; nan where the filter leaves one out."""
    by_code = dict(zip(codes, values.tolist(), strict=True))
    return np.array([by_code.get(shape.code, np.nan) for shape in layer.shapes], dtype=float)
