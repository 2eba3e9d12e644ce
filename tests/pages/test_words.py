"""Indonesian numbers, dates and shares."""

from datetime import date

import pytest

from data_access.numbers.selection import Month, Period
from pages.components import words


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1.234,5"),
        (1815551, 0, "1.815.551"),
        (-3, 0, "−3"),
        (2.5, 0, "3"),
        (16.25, 1, "16,3"),
        (-2.5, 0, "−3"),
        (-0.4, 0, "0"),
        (float("nan"), 0, "tidak berlaku"),
    ],
)
def test_numbers_are_written_the_indonesian_way(value: float, decimals: int, text: str) -> None:
    assert words.number(value, decimals) == text


@pytest.mark.parametrize(
    ("n", "total", "text"),
    [
        (214, 326, "66 %"),
        (0, 326, "0 %"),
        (1, 326, "<1 %"),
        (325, 326, ">99 %"),
        (326, 326, "100 %"),
        (1, 8, "13 %"),
        (0, 0, "tidak berlaku"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_everything(n: int, total: int, text: str) -> None:
    assert words.percent(n, total) == text


def test_dates_are_written_in_full() -> None:
    assert words.long_date(date(2023, 9, 13)) == "13 September 2023"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-01", "2026-06", "Januari–Juni 2026"),
        ("2025-09", "2026-08", "September 2025–Agustus 2026"),
        ("2026-05", "2026-05", "Mei 2026"),
    ],
)
def test_a_period_is_written_as_short_as_it_is_clear(first: str, last: str, text: str) -> None:
    assert words.period_name(Period(Month.parse(first), Month.parse(last))) == text


def test_names_are_joined_with_dan() -> None:
    assert words.listing(["Pontang", "Tanara", "Tirtayasa"]) == "Pontang, Tanara, dan Tirtayasa"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-10-31T09:15:00+07:00", "31 Okt 2026 pukul 09.15 WIB"),
        ("2026-10-31T20:15:00+00:00", "1 Nov 2026 pukul 03.15 WIB"),
        ("2026-10-31", "31 Okt 2026"),
    ],
)
def test_a_moment_is_told_on_the_clock_of_the_office(text: str, written: str) -> None:
    assert words.moment(text) == written
