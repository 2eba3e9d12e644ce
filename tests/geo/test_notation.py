"""One way of writing a number and a day, whoever writes it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from geo.notation import exact_number, long_date, number, short_number

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234.5, 1, "1.234,5"),
        (1234567, 0, "1.234.567"),
        (2, 2, "2,00"),
        (12.5, 0, "13"),
        (-12.5, 0, "\N{MINUS SIGN}13"),
        (0.285, 2, "0,29"),
        (-0.2, 0, "0"),
    ],
)
def test_a_number_has_its_decimals_and_halves_go_up(
    value: float, decimals: int, written: str
) -> None:
    assert number(value, decimals) == written


@pytest.mark.parametrize(
    ("value", "written"), [(2.5, "2,5"), (2, "2"), (1234.567, "1.234,57"), (-0.001, "0")]
)
def test_a_short_number_has_no_more_than_it_needs(value: float, written: str) -> None:
    assert short_number(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(1226201.5, "1.226.201,5"), (50000.0, "50.000"), (0.123456, "0,123456")]
)
def test_an_exact_number_loses_nothing(value: float, written: str) -> None:
    assert exact_number(value) == written


def test_a_day_is_written_in_full() -> None:
    assert long_date(date(2023, 9, 13)) == "13 September 2023"


def test_nobody_else_writes_numbers_of_their_own() -> None:
    own = re.compile(r"format_decimal|format_percent|format_number|:,\}|import locale")
    files = [
        path for room in ("pages", "data_access", "geo") for path in (ROOT / room).rglob("*.py")
    ]
    found = {path.name for path in files if own.search(path.read_text(encoding="utf-8"))}
    assert found == {"notation.py"}
