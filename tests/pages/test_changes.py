"""A change in words: like is compared with like, and nothing with what was not recorded."""

from __future__ import annotations

import math

import pytest

from data_access.numbers.indicators import Change, Figure
from data_access.numbers.selection import Month
from pages.components.changes import change_words
from pages.components.figures import Trend, trend
from pages.components.words import number


def share(n: float, total: float, *, is_recorded: bool = True) -> Figure:
    return Figure(n, total, n / total if total else math.nan, is_recorded)


@pytest.mark.parametrize(
    ("now", "before", "text", "beside", "direction"),
    [
        (share(46, 51), share(46, 48), "turun 6 poin", "3 desa binaan baru", -1),
        (share(46, 48), share(46, 51), "naik 6 poin", "3 desa binaan berkurang", 1),
        (share(20, 40), share(10, 20), "persentase sama", "20 desa binaan baru", 0),
        (share(300, 1001), share(300, 1000), "turun kurang dari 1 poin", "1 desa binaan baru", -1),
        (share(46, 48), share(40, 48), "naik 6 desa binaan", "", 1),
        (share(46, 48), share(46, 48), "tetap", "", 0),
    ],
)
def test_shares_compare_by_points_where_the_denominator_changed(
    now: Figure, before: Figure, text: str, beside: str, direction: int
) -> None:
    told = change_words(Change(now, before), "desa binaan")
    assert told is not None
    assert (told.text, told.beside, told.direction) == (text, beside, direction)


def test_a_comparison_without_records_is_no_rise() -> None:
    told = change_words(Change(share(5, 9), share(0, 9, is_recorded=False)), "desa")
    assert told is not None and not told.is_known
    assert told.text == "pembanding belum ada catatan" and told.direction == 0


@pytest.mark.parametrize("now", [share(0, 9, is_recorded=False), share(0, 0)])
def test_what_says_nothing_now_has_no_change(now: Figure) -> None:
    assert change_words(Change(now, share(5, 9)), "desa") is None


def test_a_trend_names_both_ends_and_the_running_month() -> None:
    drawn = trend(Trend([math.nan, 2, 4, 3], Month(2026, 11), True, number))
    assert 'aria-label="Sep 2026 2 → Nov 2026 3 (berjalan)"' in drawn
    assert "data-t=izq " in drawn


@pytest.mark.parametrize("values", [[1, math.nan, 2], [math.nan, 3], [0, 0, 0], []])
def test_a_trend_with_a_gap_or_nothing_to_draw_is_left_out(values: list[float]) -> None:
    assert trend(Trend(values, Month(2026, 11), False, number)) == ""
