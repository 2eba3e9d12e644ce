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
    NotAPairError,
    NotWholeError,
    NumberError,
    OtherSexError,
    OutOfAreaError,
    PairOrder,
    PercentError,
    Sex,
    SumError,
    TooLargeError,
    YearError,
    read_count,
    read_degrees,
    read_nobody,
    read_number,
    read_pair,
    read_point,
    read_score,
    read_target,
    read_year,
)
from data_access.intake.model import CellError, CellValue
from geo.notation import exact_number

MOST = 10_000_000
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(),
    st.builds(CellError, st.text()), st.text("0123456789., -+%eorangsekitLP:=/", max_size=30),
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
        ("1'250", 1250),
        ("1’250", 1250),
        ("1\u202f250", 1250),
        ("'20", 20),
        ("\u200e20", 20),
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
        ("50-60 orang", NotANumberError),
        ("> 100", NotANumberError),
        ("100+", NotANumberError),
        ("20 + 30", NotANumberError),
        ("20 + 30 = 51", SumError),
        ("25 laki-laki", OtherSexError),
        ("L: 20 P: 30", NotANumberError),
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


@pytest.mark.parametrize("written", ["20 + 30 = 50", "20+30=50", "10 + 15 + 25 = 50"])
def test_sum_is_read_with_a_note(written: str) -> None:
    reading = read_count(written, MOST)
    assert (reading.value, "dibaca 50" in reading.note) == (50, True)


@pytest.mark.parametrize(
    ("written", "sex"),
    [("25 orang laki-laki", "male"), ("25 L", "male"), ("L: 25", "male"), ("25 (Lk)", "male"),
     ("25 perempuan", "female"), ("Pr = 25", "female"), ("25 wanita", "female")],
)  # fmt: skip
def test_word_for_its_own_sex_is_read(written: str, sex: Sex) -> None:
    assert read_count(written, MOST, sex=sex).value == 25


@pytest.mark.parametrize(("written", "sex"), [("25 P", "male"), ("L: 25", "female")])
def test_word_for_the_other_sex_is_refused(written: str, sex: Sex) -> None:
    with pytest.raises(OtherSexError):
        read_count(written, MOST, sex=sex)


@pytest.mark.parametrize(("written", "count"), [("45,123", 45_123), ("1,045,123 jiwa", 1_045_123)])
def test_comma_parts_thousands_where_the_column_says_so(written: str, count: int) -> None:
    assert read_count(written, MOST, has_comma_thousands=True).value == count


def test_two_digits_behind_a_comma_are_no_thousands() -> None:
    with pytest.raises(NotWholeError):
        read_count("45,12", MOST, has_comma_thousands=True)


@pytest.mark.parametrize(
    ("value", "count"), [(52, 52_000), (45.123, 45_123), ("45,1", 45_100), (45_123, 45_123)]
)
def test_lost_thousands_are_put_back(value: CellValue, count: int) -> None:
    assert read_count(value, MOST, factor=1000).value == count


@pytest.mark.parametrize(
    ("written", "note"),
    [("nihil", True), ("Tidak ada.", True), ("Nol", True), ("kosong", True), ("N/A", True),
     ("-", False), ("–", False)],
)  # fmt: skip
def test_nobody_is_zero(written: str, note: bool) -> None:
    reading = read_nobody(written)
    assert (reading and reading.value, bool(reading and reading.note)) == (0, note)


@pytest.mark.parametrize("value", ["", None, "0", 0, "banyak"])
def test_other_cell_does_not_say_nobody(value: CellValue) -> None:
    assert read_nobody(value) is None


@pytest.mark.parametrize(
    "written",
    ["L: 20 P: 30", "L=20, P=30", "20 L, 30 P", "20 (L) 30 (P)", "50 (L 20, P 30)", "P: 30, L: 20",
     "20 laki-laki dan 30 perempuan", "Lk 20 orang / Pr 30 orang", "20L/30P", "L 20 P 30 = 50"],
)  # fmt: skip
def test_both_sexes_of_one_cell_are_read(written: str) -> None:
    assert read_pair(written) == (20, 30)


@pytest.mark.parametrize(("order", "pair"), [("L/P", (20, 30)), ("P/L", (30, 20))])
def test_bare_pair_is_read_as_the_header_says(order: PairOrder, pair: tuple[int, int]) -> None:
    assert read_pair("20/30", order) == pair


@pytest.mark.parametrize("value", ["20/30", "50", 50, "20 L", "20 30", "L 20 L 30", "", None])
def test_unclear_pair_is_refused(value: CellValue) -> None:
    with pytest.raises(NotAPairError):
        read_pair(value)


def test_pair_beyond_what_is_believed_is_refused() -> None:
    with pytest.raises(TooLargeError):
        read_pair("L 20, P 3000", most=1000)


def test_pair_that_contradicts_its_total_is_refused() -> None:
    with pytest.raises(SumError):
        read_pair("50 (L 20, P 31)")


@pytest.mark.parametrize(
    ("written", "factor", "score"),
    [("5,2", 10, 52), (0.545, 100, 54.5), ("54,5%", 10, 54.5), (0, 10, 0)],
)
def test_score_of_another_scale_is_multiplied(
    written: CellValue, factor: int, score: float
) -> None:
    assert read_score(written, factor).value == score


def test_score_above_its_scale_is_refused() -> None:
    with pytest.raises(TooLargeError):
        read_score(11, 10)


@settings(deadline=None)
@given(st.integers(0, 9_999), st.integers(0, 9_999))
def test_written_pair_comes_back(male: int, female: int) -> None:
    forms = (f"L: {male} P: {female}", f"P {female}, L {male}", f"{male} L, {female} P",
             f"{male + female} (L {male}, P {female})")  # fmt: skip
    assert {read_pair(form) for form in forms} == {(male, female)}


def test_too_large_names_the_limit() -> None:
    with pytest.raises(TooLargeError, match=r"10\.000"):
        read_count("20.000", 10_000)


@pytest.mark.parametrize(
    ("written", "score"),
    [("85%", 85), ("54,5 %", 54.5), ("54,5 persen", 54.5), ("72,5", 72.5), (100, 100)],
)
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
    assert read_count(exact_number(count) + unit, 10**9).value == count


@settings(deadline=None)
@given(st.integers(0, 10**8))
def test_formatted_decimal_comes_back(hundredths: int) -> None:
    number = hundredths / 100
    assert read_number(exact_number(number)).value == number


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
        lambda: read_count(cell, MOST, sex="male", has_comma_thousands=True, factor=1000).value,
        lambda: sum(read_pair(cell, "L/P")) * 0,
    )
    for read in readers:
        try:
            number = read()
        except NumberError as error:
            assert str(error)
        else:
            assert 0 <= number <= MOST
