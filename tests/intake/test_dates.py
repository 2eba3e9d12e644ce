"""Dates as officers write them: read day first, or refused with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.cells.dates import (
    WEEKDAYS,
    AfterTodayError,
    DateError,
    NoSuchDayError,
    NotADateError,
    RangeReversedError,
    ShortYearError,
    WeekdayError,
    YearRefusedError,
    read_date,
)
from data_access.intake.model import CellError, CellValue

TODAY = date(2026, 10, 31)
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
          "Oktober", "November", "Desember")  # fmt: skip
DAYS = st.dates(date(2015, 1, 1), TODAY)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes(),
    st.builds(CellError, st.text()),
    st.text("0123456789/-. sd(),JanuariOktSelasa", max_size=40),
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("16/01/2023", "2023-01-16"),
        ("2025-05-10", "2025-05-10"),
        ("2025/5/1", "2025-05-01"),
        ("Rabu (13/9/2023)", "2023-09-13"),
        ("Selasa 28 Oktober 2025", "2025-10-28"),
        ("Selasa, 28 Oktober 2025", "2025-10-28"),
        ("Jum'at, 17 Okt 2025 pukul 09.00 WIB", "2025-10-17"),
        ("Jumat/17 Oktober 2025", "2025-10-17"),
        ("1 Nop. 2025", "2025-11-01"),
        ("13-Sep-2023", "2023-09-13"),
        ("13.09.2023", "2023-09-13"),
        ("17AGUSTUS2025", "2025-08-17"),
        ("２０２５-０５-１０", "2025-05-10"),
        ("2025-05-10 20:15:00", "2025-05-10"),
        ("2025-05-10T20:15:00", "2025-05-10"),
        ("2025-05-10T20:15:00Z", "2025-05-11"),
        ("2025-05-10T20:15:00.000+07:00", "2025-05-10"),
        ("20250510", "2025-05-10"),
        ("45182", "2023-09-13"),
        (45182, "2023-09-13"),
        (45182.75, "2023-09-13"),
        (date(2025, 5, 10), "2025-05-10"),
        (datetime(2025, 5, 10, 23, 59), "2025-05-10"),
        (datetime(2025, 5, 10, 20, 0, tzinfo=UTC), "2025-05-11"),
    ],
)
def test_day_is_read(written: CellValue, day: str) -> None:
    assert read_date(written, TODAY).day.isoformat() == day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("16-10-2019 - 03-11-2020", "2019-10-16"),
        ("16/10/2025 s/d 18/10/2025", "2025-10-16"),
        ("16 s.d. 18 Oktober 2025", "2025-10-16"),
        ("16-18 Oktober 2025", "2025-10-16"),
        ("16, 17 dan 18 Oktober 2025", "2025-10-16"),
        ("16/17 Oktober 2025", "2025-10-16"),
        ("30 September - 2 Oktober 2025", "2025-09-30"),
        ("Senin-Rabu, 20-22 Oktober 2025", "2025-10-20"),
        ("Senin dan Selasa, 20 dan 21 Oktober 2025", "2025-10-20"),
        ("Senin s.d. Rabu / 20 s.d. 22 Oktober 2025", "2025-10-20"),
    ],
)
def test_range_means_its_first_day_and_says_so(written: str, day: str) -> None:
    reading = read_date(written, TODAY)
    assert (reading.day.isoformat(), "hari pertamanya" in reading.note) == (day, True)


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("13/9/2922", YearRefusedError),
        ("13/9/2014", YearRefusedError),
        ("2027-01-01", YearRefusedError),
        ("2026-11-01", AfterTodayError),
        ("Senin, 13/9/2023", WeekdayError),
        ("Senin-Kamis, 20-22 Oktober 2025", WeekdayError),
        ("31/02/2024", NoSuchDayError),
        ("29 Februari 2025", NoSuchDayError),
        ("9/13/2023", NoSuchDayError),
        ("13/9/23", ShortYearError),
        ("13 September 23", ShortYearError),
        ("18-10-2025 - 16-10-2025", RangeReversedError),
        ("16-10-2025 - 03-11-2922", YearRefusedError),
        ("Oktober 2025", NotADateError),
        ("Minggu ke-2 Oktober 2025", NotADateError),
        ("kemarin", NotADateError),
        ("", NotADateError),
        ("45.182", NotADateError),
        (2025, NotADateError),
        (9, NotADateError),
        (True, NotADateError),
        (None, NotADateError),
        (float("nan"), NotADateError),
        (float("inf"), NotADateError),
        (CellError("#REF!"), NotADateError),
    ],
)
def test_day_is_refused(written: CellValue, error: type[DateError]) -> None:
    with pytest.raises(error):
        read_date(written, TODAY)


def test_contradicted_weekday_names_both_days() -> None:
    with pytest.raises(WeekdayError, match=r"Senin.*13/09/2023.*Rabu"):
        read_date("Senin (13/9/2023)", TODAY)


def test_single_day_has_no_note() -> None:
    assert read_date("16/01/2023", TODAY).note == ""


@settings(deadline=None)
@given(DAYS)
def test_written_day_comes_back(day: date) -> None:
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    forms: list[CellValue] = [
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        day.isoformat(),
        f"{weekday} ({day.day}/{day.month}/{day.year})",
        f"{weekday}, {day.day} {month} {day.year}".upper(),
        f"{day.day} {month[:3]} {day.year}",
        (day - date(1899, 12, 30)).days,
        day,
        datetime(day.year, day.month, day.day, 12),
    ]
    assert {read_date(form, TODAY).day for form in forms} == {day}


@settings(deadline=None)
@given(DAYS, st.integers(1, 6))
def test_other_weekday_is_never_accepted(day: date, shift: int) -> None:
    weekday = WEEKDAYS[(day.weekday() + shift) % 7]
    with pytest.raises(WeekdayError):
        read_date(f"{weekday}, {day:%d/%m/%Y}", TODAY)


@settings(deadline=None)
@given(DAYS, st.integers(1, 400))
def test_range_gives_the_first_day(day: date, length: int) -> None:
    last = day + timedelta(days=length)
    try:
        reading = read_date(f"{day:%d-%m-%Y} - {last:%d-%m-%Y}", TODAY)
    except DateError:
        assert last > TODAY
    else:
        assert reading.day == day


@settings(deadline=None)
@given(CELLS)
def test_any_cell_is_read_or_refused(cell: CellValue) -> None:
    try:
        reading = read_date(cell, TODAY)
    except DateError as error:
        assert str(error)
    else:
        assert date(2015, 1, 1) <= reading.day <= TODAY
