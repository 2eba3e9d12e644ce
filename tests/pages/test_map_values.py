"""What a map shows: the five looks, and every shape with its own value."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from data_access.breakdowns import village_status
from data_access.indicators import measure
from data_access.rollup import Rollup, load_rollup
from data_access.selection import Month, Period, Selection
from data_access.settings import load_settings
from data_access.store import ensure_ready, open_store
from geo.boundaries import indicative_boundaries
from geo.layers import Layer, build_layer
from pages.components.area_map import AreaValues
from pages.components.map_image import MapImage, map_svg
from pages.components.map_values import case_values, coverage_values, status_values

YEAR = Selection(Period(Month(2026, 1), Month(2026, 10)))
BEFORE = Selection(Period(Month(2022, 1), Month(2022, 3)))


@pytest.fixture(scope="module")
def rollup(tmp_path_factory: pytest.TempPathFactory) -> Rollup:
    folder = tmp_path_factory.mktemp("sample")
    settings = load_settings({"PANTAU_DATA_DIR": str(folder), "PANTAU_TODAY": "2026-10-31"})
    store = open_store(settings)
    ensure_ready(store, date(2026, 10, 31))
    return load_rollup(store)


@pytest.fixture(scope="module")
def kecamatan() -> Layer:
    return build_layer(indicative_boundaries(), "kecamatan")


@pytest.fixture(scope="module")
def desa() -> Layer:
    return build_layer(indicative_boundaries(), "desa")


def coverage(rollup: Rollup, layer: Layer, selection: Selection) -> AreaValues:
    return coverage_values(rollup, "visit_coverage", layer, selection, "")


def test_values_stand_at_their_own_shape(rollup: Rollup, kecamatan: Layer) -> None:
    shown = coverage(rollup, kecamatan, YEAR)
    found = measure(rollup, "visit_coverage", "kecamatan", YEAR)
    expected = dict(zip(found.codes, found.n, strict=True))
    assert {s.code: n for s, n in zip(kecamatan.shapes, shown.n, strict=True)} == expected


def test_months_without_any_record_are_no_report_and_not_zero(
    rollup: Rollup, kecamatan: Layer
) -> None:
    assert set(coverage(rollup, kecamatan, BEFORE).keys) == {"-"}


def test_kecamatan_outside_the_filter_are_not_applicable(rollup: Rollup, kecamatan: Layer) -> None:
    narrowed = Selection(YEAR.period, frozenset({"36.04.12"}))
    assert coverage(rollup, kecamatan, narrowed).keys.count("x") == 28


def test_a_kecamatan_with_visits_and_no_case_is_a_true_zero(
    rollup: Rollup, kecamatan: Layer
) -> None:
    shown = case_values(rollup, "cases_reported", kecamatan, YEAR, "")
    assert all(key == "0" for key, n in zip(shown.keys, shown.n, strict=True) if n == 0)


def test_every_desa_has_its_status(rollup: Rollup, desa: Layer) -> None:
    shown = status_values(rollup, desa, YEAR, "")
    counts = village_status(rollup, YEAR)["status"].value_counts()
    assert shown.keys.count("n") == counts["never"]
    assert shown.keys.count("o") == counts["overdue"]
    assert int(np.isnan(shown.n).sum()) == counts["never"]


@pytest.mark.parametrize("level", ["kecamatan", "desa"])
def test_a_downloaded_map_carries_title_period_source_legend_and_notices(
    rollup: Rollup, kecamatan: Layer, desa: Layer, level: str
) -> None:
    layer = desa if level == "desa" else kecamatan
    image = MapImage("Cakupan kunjungan", "Januari–Oktober 2026", "Sumber: uji", ["DATA CONTOH"])
    svg = map_svg(layer, coverage(rollup, layer, YEAR), image)
    for words in ("Cakupan kunjungan", "Januari–Oktober 2026", "Sumber: uji", "DATA CONTOH"):
        assert words in svg
    assert "tidak ada laporan" in svg
