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
    check_weekday,
    is_zero_date,
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
        ("20250510.0", "2025-05-10"),
        (20250510, "2025-05-10"),
        (20250510.0, "2025-05-10"),
        ("45182,5", "2023-09-13"),
        ("13/07/2026 10.11.12", "2026-07-13"),
        ("13/7/2026, 10.11", "2026-07-13"),
        ("13.07.2026 10.11", "2026-07-13"),
        ("Kamis, 16 Juli 2026 09.00 WIB", "2026-07-16"),
        ("17/07/2026 09.00 - 11.00", "2026-07-17"),
        ("17/07/2026 09:00-11:00", "2026-07-17"),
        ("18 Juli 2026 / 09.00 WIB", "2026-07-18"),
        ("13.07.2026 - 09.00 WIB", "2026-07-13"),
        ("20 Juli 2026, 09.00 s/d selesai", "2026-07-20"),
        ("22 Juli 2026 jam 9", "2026-07-22"),
        ("jam 9 pagi, 13 Juli 2026", "2026-07-13"),
        ("13 Juli 2026 pukul 24.00 WIB", "2026-07-13"),
        ("July 13, 2026", "2026-07-13"),
        ("Jul 13th, 2026", "2026-07-13"),
        ("Monday, July 13, 2026", "2026-07-13"),
        ("Juli 13, 2026", "2026-07-13"),
        ("2026-Jul-13", "2026-07-13"),
        ("13/VII/2026", "2026-07-13"),
        ("13-VII-2026", "2026-07-13"),
        ("13 Ⅶ 2026", "2026-07-13"),
        ("\u200e13/\u202a07/2026\u202c", "2026-07-13"),
        ("\ufeff13\xa0Ju\xadli\u200b 2026", "2026-07-13"),
        ("'13/07/2026", "2026-07-13"),
        ("Jum at, 17 Juli 2026", "2026-07-17"),
        ("Jumâ€™at, 17 Juli 2026", "2026-07-17"),
        ("tanggal 13 bulan Juli tahun 2026", "2026-07-13"),
        ("2025-05-10 23:30 UTC", "2025-05-11"),
        ("2025/05/10 11:30:00 PM GMT", "2025-05-11"),
        ("2025/05/10 11:30:00 PM GMT+7", "2025-05-10"),
        ("10/05/2025 00.30 WITA", "2025-05-09"),
        ("10/05/2025 01.30 WIT", "2025-05-09"),
        ("2025-05-10T23:00:00-05:00", "2025-05-11"),
        ("Sat May 10 2025 23:30:00 GMT+0700 (Western Indonesia Time)", "2025-05-10"),
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
        ("16-18/10/2025", "2025-10-16"),
        ("16 & 17-10-2025", "2025-10-16"),
        ("16/10 - 18/10/2025", "2025-10-16"),
        ("16,17,18 Oktober 2025 (3 hari)", "2025-10-16"),
        ("16 Oktober 2025 selama 3 hari", "2025-10-16"),
        ("16-18 X 2025", "2025-10-16"),
        ("October 16-18, 2025", "2025-10-16"),
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
        ("29 Agustus '26", ShortYearError),
        ("29-Agu-26", ShortYearError),
        ("10.11.12", ShortYearError),
        ("13/07/26 09.00", ShortYearError),
        (20251301, NoSuchDayError),
        ("13-15-07-2026", NotADateError),
        ("13x2026", NotADateError),
        ("16/10/2025 19.00 - 18/10/2025 21.00 UTC", NotADateError),
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


@pytest.mark.parametrize(
    ("written", "day"),
    [("7/3/2026", "2026-07-03"), ("7/14/2026 9:05:00", "2026-07-14"), ("3 Juli 2026", "2026-07-03"),
     ("2026-03-07", "2026-03-07"), (date(2026, 3, 7), "2026-03-07"),
     ("03-05/07/2026", "2026-07-03")],
)  # fmt: skip
def test_month_first_column_concerns_texts_of_numbers_only(written: CellValue, day: str) -> None:
    assert read_date(written, TODAY, order="bulan-hari").day.isoformat() == day


@pytest.mark.parametrize(
    ("day", "right"),
    [(date(2026, 3, 7), date(2026, 7, 3)), (date(2026, 3, 14), date(2026, 3, 14)),
     (datetime(2026, 3, 7, 9), date(2026, 7, 3))],
)  # fmt: skip
def test_swapped_date_is_swapped_back(day: date, right: date) -> None:
    assert read_date(day, TODAY, swaps_dates=True).day == right


@pytest.mark.parametrize("value", ["13/07/2026 18.00", datetime(2026, 7, 13, 18)])
def test_evening_in_utc_is_the_next_morning(value: CellValue) -> None:
    assert read_date(value, TODAY, is_utc=True).day == date(2026, 7, 14)


@pytest.mark.parametrize("value", [44754, 44754.5, "44754"])
def test_bare_number_of_an_old_macintosh_book_counts_from_1904(value: CellValue) -> None:
    assert read_date(value, TODAY, is_1904=True).day == date(2026, 7, 13)


@pytest.mark.parametrize(
    "value",
    [0, 0.0, "0", "00/01/1900", "0/1/1900", "30/12/1899", "1899-12-30", "0000-00-00", "00/00/0000",
     "00:00", date(1899, 12, 31), datetime(1904, 1, 1)],
)  # fmt: skip
def test_reference_to_an_empty_cell_is_known(value: CellValue) -> None:
    assert is_zero_date(value)


@pytest.mark.parametrize("value", [45182, "13/07/2026", "", None, False, date(2026, 7, 13)])
def test_other_cell_is_no_empty_reference(value: CellValue) -> None:
    assert not is_zero_date(value)


def test_weekday_in_a_column_of_its_own_is_held_against_the_date() -> None:
    assert "Rabu" in (check_weekday("Rabu", date(2026, 7, 14)) or "")


@pytest.mark.parametrize("text", ["Selasa", "selasa.", "Tue", "", "14", "Senin - Rabu"])
def test_fitting_weekday_is_not_mentioned(text: str) -> None:
    assert check_weekday(text, date(2026, 7, 14)) is None


def test_single_day_has_no_note() -> None:
    assert read_date("16/01/2023", TODAY).note == ""


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
CLOCKS = ("", " 10.11.12", ", 10:11", " pukul 09.00 WIB", " / 09.00 WIB", " 09.00 - 11.00",
          " 19.30 s/d selesai", " jam 9", " 23:59:59")  # fmt: skip


@settings(deadline=None)
@given(DAYS, st.sampled_from(CLOCKS))
def test_clock_never_moves_the_day(day: date, clock: str) -> None:
    forms = (f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%Y-%m-%d}",
             f"{day.day} {MONTHS[day.month - 1]} {day.year}")  # fmt: skip
    assert {read_date(form + clock, TODAY).day for form in forms} == {day}


@settings(deadline=None)
@given(DAYS, st.sampled_from(["/", "-", ".", " "]))
def test_month_first_day_comes_back(day: date, sign: str) -> None:
    written = f"{day.month}{sign}{day.day}{sign}{day.year}"
    assert read_date(written, TODAY, order="bulan-hari").day == day


@settings(deadline=None)
@given(DAYS)
def test_written_day_comes_back(day: date) -> None:
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    roman = ROMAN[day.month - 1]
    forms: list[CellValue] = [
        f"{day.day}/{roman}/{day.year}",
        f"{day.day} {roman} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.year}-{day:%b}-{day.day}",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        f"'{day:%d/%m/%Y}\u200e",
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
