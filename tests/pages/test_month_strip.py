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
