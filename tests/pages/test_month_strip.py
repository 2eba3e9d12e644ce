"""A month without rows reads as missing only where rows could have come."""

from __future__ import annotations

import pytest

from data_access.numbers.selection import Month
from pages.components.month_strip import MonthRow

JANUARY, FEBRUARY, MARCH, APRIL = (Month(2026, month) for month in range(1, 5))
VISITS = MonthRow("Kunjungan", {FEBRUARY: 40, APRIL: 1250}, FEBRUARY)
NOTHING = MonthRow("Kasus", {}, None)


@pytest.mark.parametrize(
    ("month", "look"),
    [(JANUARY, "before"), (FEBRUARY, "some"), (MARCH, "empty"), (Month(2026, 5), "running")],
)
def test_only_a_month_that_is_over_and_after_the_first_row_is_empty(
    month: Month, look: str
) -> None:
    assert VISITS.look(month, this_month=Month(2026, 5)) == look


def test_a_table_without_any_row_has_no_missing_month() -> None:
    assert {NOTHING.look(month, APRIL) for month in (JANUARY, APRIL)} == {"before"}


def test_each_table_tells_its_own_scale() -> None:
    assert VISITS.scale([JANUARY, FEBRUARY, MARCH, APRIL]) == "40–1.250 baris"
    assert VISITS.scale([APRIL]) == "1.250 baris"
    assert VISITS.scale([MARCH]) == "tidak ada baris"
    assert NOTHING.scale([MARCH]) == "belum ada catatan"


def test_rows_of_cases_are_told_in_classes() -> None:
    cases = MonthRow("Kasus", {FEBRUARY: 1, APRIL: 23}, FEBRUARY, (1, 5, 10, 20))
    assert [cases.told(count) for count in (1, 4, 5, 19, 20, 400)] == [
        "1–4", "1–4", "5–9", "10–19", "20+", "20+",
    ]  # fmt: skip
    assert cases.shade(1, 23) == cases.shade(4, 23) == 1
    assert cases.shade(23, 23) == 4
    assert cases.scale([FEBRUARY, APRIL]) == "dalam kelas"
