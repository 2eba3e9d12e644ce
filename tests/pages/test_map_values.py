"""What a map shows: the five looks, and every shape with its own value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from data_access.numbers.door import InternalNumbers, internal_numbers
from data_access.numbers.loading import load_rollup
from data_access.numbers.selection import Month, Period, Selection
from data_access.sample.life import ensure_ready
from data_access.settings import current_settings
from data_access.store import open_store
from geo.boundaries import indicative_boundaries
from geo.layers import Layer, build_layer
from pages.components.maps.area_map import AreaValues
from pages.components.maps.image import MapImage, map_svg
from pages.components.maps.values import case_values, coverage_values, status_values

YEAR = Selection(Period(Month(2026, 1), Month(2026, 10)))
BEFORE = Selection(Period(Month(2022, 1), Month(2022, 3)))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> InternalNumbers:
    folder = tmp_path_factory.mktemp("sample")
    settings = current_settings({"PANTAU_DATA_DIR": str(folder), "PANTAU_TODAY": "2026-10-31"})
    store = open_store(settings)
    ensure_ready(store, date(2026, 10, 31))
    return internal_numbers(store, load_rollup(store), YEAR, None)


@pytest.fixture(scope="module")
def kecamatan() -> Layer:
    return build_layer(indicative_boundaries(), "kecamatan")


@pytest.fixture(scope="module")
def desa() -> Layer:
    return build_layer(indicative_boundaries(), "desa")


def coverage(numbers: InternalNumbers, layer: Layer) -> AreaValues:
    return coverage_values(numbers, "visit_coverage", layer, "")


def test_values_stand_at_their_own_shape(year: InternalNumbers, kecamatan: Layer) -> None:
    shown = coverage(year, kecamatan)
    found = year.measure("visit_coverage", "kecamatan")
    expected = dict(zip(found.codes, found.n, strict=True))
    assert {s.code: n for s, n in zip(kecamatan.shapes, shown.n, strict=True)} == expected


def test_months_without_any_record_are_no_report_and_not_zero(
    year: InternalNumbers, kecamatan: Layer
) -> None:
    assert set(coverage(replace(year, selection=BEFORE), kecamatan).keys) == {"-"}


def test_kecamatan_outside_the_filter_are_not_applicable(
    year: InternalNumbers, kecamatan: Layer
) -> None:
    narrowed = Selection(YEAR.period, frozenset({"36.04.12"}))
    assert coverage(replace(year, selection=narrowed), kecamatan).keys.count("x") == 28


def test_a_kecamatan_with_visits_and_no_case_is_a_true_zero(
    year: InternalNumbers, kecamatan: Layer
) -> None:
    shown = case_values(year.cases, "any", kecamatan, "")
    zeros = [key for key, n in zip(shown.keys, shown.n, strict=True) if n == 0]
    assert zeros and set(zeros) == {"0"}


def test_few_cases_of_a_kecamatan_are_a_class_without_their_number(
    year: InternalNumbers, kecamatan: Layer
) -> None:
    shown = case_values(year.cases, "any", kecamatan, "")
    few = [n for key, n in zip(shown.keys, shown.n, strict=True) if key == "1"]
    assert few and np.isnan(few).all()
    # Nothing is told of which label the few are.
    assert "w" in case_values(year.cases, "tppo", kecamatan, "").keys


def test_open_details_give_the_map_its_numbers(year: InternalNumbers, kecamatan: Layer) -> None:
    shown = case_values(year.open_case_details("petugas", set()).cases, "any", kecamatan, "")
    assert {n for key, n in zip(shown.keys, shown.n, strict=True) if key == "1"} >= {1, 2}


def test_the_zero_of_a_label_speaks_of_the_label(year: InternalNumbers, kecamatan: Layer) -> None:
    table = case_values(year.cases, "tppm", kecamatan, "").table
    assert table.by_key("0").label == "0 (ada catatan, tanpa laporan TPPM)"


def test_a_class_that_is_wider_than_those_of_the_map_is_withheld(
    year: InternalNumbers, kecamatan: Layer
) -> None:
    rule = replace(year.cases.rule, threshold=7)
    shown = case_values(replace(year.cases, rule=rule), "any", kecamatan, "")
    assert "1" not in shown.keys and "w" in shown.keys


def test_every_desa_has_its_status(year: InternalNumbers, desa: Layer) -> None:
    shown = status_values(year, desa, "")
    counts = year.village_status()["status"].value_counts()
    assert shown.keys.count("n") == counts["never"]
    assert shown.keys.count("o") == counts["overdue"]
    assert int(np.isnan(shown.n).sum()) == counts["never"]


@pytest.mark.parametrize("level", ["kecamatan", "desa"])
def test_a_downloaded_map_carries_title_period_source_legend_and_notices(
    year: InternalNumbers, kecamatan: Layer, desa: Layer, level: str
) -> None:
    layer = desa if level == "desa" else kecamatan
    image = MapImage("Cakupan kunjungan", "Januari–Oktober 2026", "Sumber: uji", ["DATA CONTOH"])
    svg = map_svg(layer, coverage(year, layer), image)
    for words in ("Cakupan kunjungan", "Januari–Oktober 2026", "Sumber: uji", "DATA CONTOH"):
        assert words in svg
    assert "belum ada catatan" in svg
