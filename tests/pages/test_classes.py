"""The class tables: fixed breaks, distinct looks, readable inks."""

import json

import numpy as np
import pytest

from geo import classes
from geo.classes import TABLES, ClassTable, class_tables_json, with_reports


@pytest.mark.parametrize(
    ("share", "key"),
    [
        (0.0, "0"),
        (0.004, "1"),
        (0.249, "1"),
        (0.25, "2"),
        (0.5, "3"),
        (0.749, "3"),
        (0.99, "4"),
        (1.0, "5"),
    ],
)
def test_coverage_breaks(share: float, key: str) -> None:
    assert classes.VISIT_COVERAGE.value_keys(np.array([share])) == [key]


@pytest.mark.parametrize(
    ("cases", "key"),
    [(0, "0"), (1, "1"), (4, "1"), (5, "2"), (9, "2"), (10, "3"), (20, "4"), (99, "4")],
)
def test_case_breaks(cases: float, key: str) -> None:
    assert classes.CASES.value_keys(np.array([float(cases)])) == [key]


def test_a_missing_value_is_not_a_zero() -> None:
    assert classes.CASES.value_keys(np.array([np.nan])) == ["x"]


def test_zero_without_any_record_is_no_report() -> None:
    assert with_reports(["0", "0", "3"], [True, False, False]) == "0-3"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_no_two_classes_look_alike(table: ClassTable) -> None:
    looks = [(each.fill, each.pattern) for each in table.classes]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_names_reach_contrast_on_their_fill(table: ClassTable) -> None:
    for each in table.classes:
        assert contrast(each.fill, each.ink) >= 4.5, each.label


def test_the_browser_gets_every_table() -> None:
    assert set(json.loads(class_tables_json())) == {table.id for table in TABLES}


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
