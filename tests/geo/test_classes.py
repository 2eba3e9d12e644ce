"""The class tables: fixed breaks, distinct looks, readable inks."""

import json
from itertools import combinations, pairwise
from math import dist

import numpy as np
import pytest

from geo import classes, palette
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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_names_reach_contrast_on_their_fill(table: ClassTable, theme: str) -> None:
    for each in table.classes:
        assert contrast(getattr(each.fill, theme), getattr(each.ink, theme)) >= 4.5, each.label


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_classes_differ_in_lightness_or_pattern(table: ClassTable, theme: str) -> None:
    """So that a black-and-white print, and eyes without red or green, tell them apart."""
    for one, other in combinations(table.classes, 2):
        if one.pattern == other.pattern:
            apart = abs(lightness(getattr(one.fill, theme)) - lightness(getattr(other.fill, theme)))
            assert apart >= 4, f"{one.label} and {other.label}"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_outcomes_differ_from_every_status_and_in_lightness_from_each_other(theme: str) -> None:
    names = ("nihil", "temuan", "tindak_lanjut")
    outcomes = [getattr(palette.CHART_SERIES[name], theme) for name in names]
    shades = sorted(map(lightness, outcomes))
    assert min(b - a for a, b in pairwise(shades)) >= 15
    statuses = [getattr(each.fill, theme) for each in classes.VISIT_STATUS.classes]
    assert min(distance(a, b) for a in outcomes for b in statuses) >= 25


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_nothing_glares_in_the_dark_where_there_is_no_value(table: ClassTable) -> None:
    for each in table.classes:
        if each.fill in (palette.BLANK, palette.NOT_APPLICABLE, palette.WITHHELD):
            assert lightness(each.fill.dark) < 25, each.label


def test_the_browser_gets_every_table() -> None:
    assert set(json.loads(class_tables_json())) == {table.id for table in TABLES}


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def lab(colour: str) -> tuple[float, float, float]:
    """A colour in CIELAB (D65), where distances are near to those that eyes see."""
    red, green, blue = linear(colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    roots = [
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, luminance(colour), z)
    ]
    return 116 * roots[1] - 16, 500 * (roots[0] - roots[1]), 200 * (roots[1] - roots[2])


def lightness(colour: str) -> float:
    return lab(colour)[0]


def distance(one: str, other: str) -> float:
    return dist(lab(one), lab(other))


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
