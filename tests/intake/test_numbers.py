"""Numbers as officers write them: Indonesian separators, units, estimates; never a guess."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.cells.numbers import (
    NegativeError,
    NotANumberError,
    NotWholeError,
    NumberError,
    OutOfAreaError,
    PercentError,
    TooLargeError,
    YearError,
    format_number,
    read_count,
    read_degrees,
    read_number,
    read_point,
    read_score,
    read_target,
    read_year,
)
from data_access.intake.model import CellError, CellValue

MOST = 10_000_000
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(),
    st.builds(CellError, st.text()), st.text("0123456789., -+%eorangsekit", max_size=30),
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.226.201", 1_226_201),
        ("1.226", 1_226),
        ("1 226 201", 1_226_201),
        ("1,226,201", 1_226_201),
        ("1,226.5", 1226.5),
        ("1.226.201,5", 1_226_201.5),
        ("99,25", 99.25),
        ("85.5", 85.5),
        ("0,5", 0.5),
        (",5", 0.5),
        ("50 orang", 50),
        ("50 Org.", 50),
        ("٥٠".translate({0x665: "5", 0x660: "0"}), 50),
        ("５０", 50),
        (50, 50),
        (50.0, 50),
        (" 7 ", 7),
    ],
)
def test_number_is_read(written: CellValue, number: float) -> None:
    assert read_number(written, MOST).value == number


@pytest.mark.parametrize(
    "written", ["sekitar 100", "± 100 orang", "kurang lebih 100", "100-an", "~100", "+/- 100 org"]
)
def test_estimate_is_accepted_with_a_note(written: str) -> None:
    reading = read_count(written, MOST)
    assert (reading.value, "perkiraan" in reading.note) == (100, True)


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("-5", NegativeError),
        (-5, NegativeError),
        ("1.226.201.000", TooLargeError),
        (10**14, TooLargeError),
        ("12.5", NotWholeError),
        (12.5, NotWholeError),
        ("12,5 orang", NotWholeError),
        ("1,226", NotWholeError),
        ("NaN", NotANumberError),
        (math.nan, NotANumberError),
        (math.inf, NotANumberError),
        ("1e5", NotANumberError),
        ("50-60", NotANumberError),
        ("lima puluh", NotANumberError),
        ("1.22.6", NotANumberError),
        ("1,2,3", NotANumberError),
        ("٣", NotANumberError),
        ("", NotANumberError),
        (None, NotANumberError),
        (True, NotANumberError),
        (10**20, NotANumberError),
        (CellError("#REF!"), NotANumberError),
    ],
)
def test_count_is_refused(written: CellValue, error: type[NumberError]) -> None:
    with pytest.raises(error):
        read_count(written, MOST)


def test_too_large_names_the_limit() -> None:
    with pytest.raises(TooLargeError, match=r"10\.000"):
        read_count("20.000", 10_000)


@pytest.mark.parametrize(("written", "score"), [("85%", 85), ("72,5", 72.5), (100, 100)])
def test_score_is_read(written: CellValue, score: float) -> None:
    assert read_score(written).value == score


def test_score_above_hundred_is_refused() -> None:
    with pytest.raises(TooLargeError):
        read_score("101")


@pytest.mark.parametrize(("written", "value"), [("85%", 0.85), ("0,85", 0.85), (0.85, 0.85)])
def test_target_of_a_rate_is_a_fraction(written: CellValue, value: float) -> None:
    assert read_target(written, is_percent=True).value == value


def test_target_of_a_rate_without_percent_sign_is_not_guessed() -> None:
    with pytest.raises(PercentError):
        read_target(85, is_percent=True)


@pytest.mark.parametrize("written", [2025, "2025", 2025.0, "2025.0"])
def test_year_is_read(written: CellValue) -> None:
    assert read_year(written, 2026) == 2025


@pytest.mark.parametrize("written", ["25", 2922, "2014", None, True, "2025/2026", math.nan])
def test_year_is_refused(written: CellValue) -> None:
    with pytest.raises(YearError):
        read_year(written, 2026)


@pytest.mark.parametrize(
    "written",
    ["-6.0512 106.2891 0 0", "-6,0512; 106,2891", "-6.0512,106.2891", "(-6.0512, 106.2891)"],
)
def test_point_is_read(written: str) -> None:
    assert read_point(written) == (-6.0512, 106.2891)


@pytest.mark.parametrize("written", ["", "di balai desa", "-6.05", "-96.1 106.2", 5, None])
def test_point_is_refused(written: CellValue) -> None:
    with pytest.raises(OutOfAreaError):
        read_point(written)


def test_degrees_have_no_thousands() -> None:
    assert read_degrees("106.289", "longitude") == 106.289


@settings(deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["", " orang", " jiwa"]))
def test_formatted_count_comes_back(count: int, unit: str) -> None:
    assert read_count(format_number(count) + unit, 10**9).value == count


@settings(deadline=None)
@given(st.integers(0, 10**8))
def test_formatted_decimal_comes_back(hundredths: int) -> None:
    number = hundredths / 100
    assert read_number(format_number(number)).value == number


@settings(deadline=None)
@given(CELLS)
def test_any_cell_is_read_or_refused(cell: CellValue) -> None:
    readers: tuple[Callable[[], float], ...] = (
        lambda: read_number(cell, MOST).value,
        lambda: read_score(cell).value,
        lambda: read_target(cell, is_percent=True).value,
        lambda: float(read_year(cell, 2026)),
        lambda: abs(read_degrees(cell, "latitude")),
        lambda: abs(read_point(cell)[0]),
    )
    for read in readers:
        try:
            number = read()
        except NumberError as error:
            assert str(error)
        else:
            assert 0 <= number <= MOST
