"""Months, periods and selections."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.errors import InvalidMonthError, PeriodReversedError
from data_access.numbers.selection import (
    Month,
    Period,
    Selection,
    Stretch,
    earlier_stretch,
    known_until,
)

months = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))
periods = st.tuples(months, st.integers(1, 60)).map(lambda pair: Period.ending(*pair))


def test_month_reads_its_own_text() -> None:
    assert Month.parse("2025-01") == Month(2025, 1)
    assert str(Month(2025, 1)) == "2025-01"


@pytest.mark.parametrize(
    "text",
    ["", "2025", "2025-1", "2025-13", "2025-00", "0000-01", "25-01", "2025-01-01", "२०२५-०१"],
)
def test_text_that_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(InvalidMonthError, match="2025-01"):
        Month.parse(text)


def test_february_of_a_leap_year_has_29_days() -> None:
    assert Month(2024, 2).last_day == date(2024, 2, 29)


def test_month_outside_the_calendar_is_refused() -> None:
    with pytest.raises(InvalidMonthError):
        Month(1, 1).plus(-1)


@given(months, st.integers(-500, 500))
def test_plus_and_months_until_agree(month: Month, offset: int) -> None:
    assert month.months_until(month.plus(offset)) == offset


@given(months, months)
def test_months_are_ordered_like_their_texts(one: Month, other: Month) -> None:
    assert (one < other) == (str(one) < str(other))


@given(months)
def test_the_day_after_a_month_begins_the_next(month: Month) -> None:
    assert (month.plus(1).first_day - month.last_day).days == 1


@given(periods)
def test_period_lists_as_many_months_as_it_is_long(period: Period) -> None:
    assert len(period.months) == len(set(period.months)) == len(period)
    assert (period.months[0], period.months[-1]) == (period.first, period.last)


@given(periods)
def test_previous_period_is_as_long_and_ends_just_before(period: Period) -> None:
    previous = period.plus(-len(period))
    assert len(previous) == len(period)
    assert previous.last.plus(1) == period.first


@given(periods)
def test_year_earlier_has_the_same_calendar_months(period: Period) -> None:
    earlier = period.plus(-12)
    assert [m.month for m in earlier.months] == [m.month for m in period.months]
    assert earlier.last.months_until(period.last) == 12


def test_reversed_period_is_refused() -> None:
    with pytest.raises(PeriodReversedError, match="2025-02"):
        Period(Month(2025, 2), Month(2025, 1))


def test_selection_over_other_months_keeps_its_desa() -> None:
    selection = Selection(Period(Month(2025, 1), Month(2025, 3)), frozenset({"36.04.12"}), "office")
    other = selection.over(selection.period.plus(-len(selection.period)))
    assert (other.kecamatan, other.scope) == (selection.kecamatan, "office")


YEAR_SO_FAR = Period(Month(2026, 1), Month(2026, 11))


def test_a_running_year_is_compared_up_to_the_same_day() -> None:
    stretch = earlier_stretch(YEAR_SO_FAR, 12, date(2026, 11, 25))
    assert stretch == Stretch(Period(Month(2025, 1), Month(2025, 11)), date(2025, 11, 25))


def test_a_finished_period_is_compared_with_whole_months() -> None:
    finished = Period(Month(2026, 1), Month(2026, 6))
    assert earlier_stretch(finished, 12, date(2026, 11, 25)) == Stretch(finished.plus(-12))
    assert earlier_stretch(YEAR_SO_FAR, 12, date(2026, 11, 30)) == Stretch(YEAR_SO_FAR.plus(-12))


def test_a_day_that_a_shorter_month_lacks_is_its_whole_month() -> None:
    march = Period(Month(2026, 3), Month(2026, 3))
    february = Period(Month(2026, 2), Month(2026, 2))
    assert earlier_stretch(march, 1, date(2026, 3, 30)) == Stretch(february)
    assert earlier_stretch(march, 1, date(2026, 3, 27)) == Stretch(february, date(2026, 2, 27))


def test_months_to_come_have_nothing_to_compare_with() -> None:
    to_come = Period(Month(2026, 12), Month(2027, 3))
    assert earlier_stretch(to_come, 12, date(2026, 11, 25)) is None


def test_of_a_period_that_reaches_ahead_only_what_has_passed_is_compared() -> None:
    ahead = Period(Month(2026, 10), Month(2027, 3))
    assert earlier_stretch(ahead, 12, date(2026, 11, 25)) == Stretch(
        Period(Month(2025, 10), Month(2025, 11)), date(2025, 11, 25)
    )


@given(period=periods, months_back=st.integers(1, 24), as_of=st.dates(date(1950, 1, 1)))
def test_both_sides_of_a_comparison_count_as_many_months_and_days(
    period: Period, months_back: int, as_of: date
) -> None:
    stretch = earlier_stretch(period, months_back, as_of)
    if stretch is None:
        assert period.first.first_day > as_of
        return
    last = min(period.last, Month.of(as_of))
    assert len(stretch.period) == len(Period(period.first, last))
    assert stretch.period.last == last.plus(-months_back)
    if stretch.until is not None:
        assert Month.of(stretch.until) == stretch.period.last
        assert stretch.until.day == as_of.day
        assert last == Month.of(as_of)


def test_late_records_end_a_comparison_where_they_end() -> None:
    today = date(2026, 11, 25)
    assert known_until(today, date(2026, 9, 12)) == date(2026, 9, 12)
    assert known_until(today, date(2026, 10, 2)) == today
    assert known_until(today, None) == today
