"""The rule for small counts: what is told, as what class, and what stays together."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.numbers.small import WITHHELD, ZERO, Block, Cell, SmallCounts

FIVE = SmallCounts(5)
OPEN = SmallCounts(5, with_details=True)


@pytest.mark.parametrize(
    ("count", "cell"), [(0, ZERO), (1, Cell(1, 4)), (4, Cell(1, 4)), (5, Cell(5, 5))]
)
def test_a_total_below_the_threshold_is_told_as_small(count: int, cell: Cell) -> None:
    assert FIVE.cell(count) == cell


def test_open_details_tell_everything() -> None:
    assert OPEN.cell(1) == OPEN.wide(1) == OPEN.area(1) == Cell(1, 1)
    assert OPEN.folded([1, 2]) == set()
    assert OPEN.blocks(0, [1, 0]) == [Block(0, 1, 1), Block(1, 1, 0)]


def test_small_of_a_threshold_of_two_would_be_one_and_is_withheld() -> None:
    assert SmallCounts(2).cell(1) == WITHHELD


@pytest.mark.parametrize(
    ("threshold", "count", "cell"),
    [
        (5, 4, Cell(1, 4)), (5, 5, Cell(5, 9)), (5, 19, Cell(10, 19)), (5, 20, Cell(20, None)),
        (3, 3, Cell(1, 4)), (7, 6, Cell(1, 6)), (7, 7, Cell(7, 9)), (30, 29, Cell(1, 29)),
        (30, 30, Cell(30, None)),
    ],
)  # fmt: skip
def test_an_area_is_told_by_the_classes_of_the_map(threshold: int, count: int, cell: Cell) -> None:
    assert SmallCounts(threshold).area(count) == cell


def test_counts_that_belong_together_are_all_exact_or_all_classes() -> None:
    assert FIVE.exact_or_wide([12, 0, 7]) == [Cell(12, 12), ZERO, Cell(7, 7)]
    assert FIVE.exact_or_wide([12, 0, 2]) == [Cell(10, 14), ZERO, Cell(1, 4)]


@pytest.mark.parametrize(
    ("counts", "fold"),
    [
        ([9, 8], set()),
        ([9, 8, 2], {1, 2}),  # alone, 2 would be the total less the others
        ([9, 4, 1], {1, 2}),  # of two that make 5 each may be 1 to 4
        ([9, 7, 4, 4], {1, 2, 3}),  # of two that make 8 each must be 4
        ([3, 2], None),
    ],
)
def test_what_is_small_is_told_together_with_others(
    counts: list[int], fold: set[int] | None
) -> None:
    assert FIVE.folded(counts) == fold


def test_months_are_put_together_by_the_calendar() -> None:
    # From March (index 2): one month of the first quarter, all of the second.
    assert FIVE.blocks(2, [6, 4, 1, 2]) == [Block(2, 1, 6), Block(3, 3, 7)]


def test_months_that_stay_small_in_a_year_are_not_told() -> None:
    assert FIVE.blocks(0, [1, 0, 2]) is None


def _possible(cells: list[Cell], total: Cell) -> list[set[int]]:
    """Try every combination that adds up to the total: what can each cell be?"""
    ranges = [range(cell.low, (12 if cell.high is None else cell.high) + 1) for cell in cells]
    most = 99 if total.high is None else total.high
    found: list[set[int]] = [set() for _ in cells]
    for values in product(*ranges):
        if total.low <= sum(values) <= most:
            for known, value in zip(found, values, strict=True):
                known.add(value)
    return found


@given(counts=st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_narrowed_is_what_trying_every_combination_finds(counts: list[int]) -> None:
    rule = SmallCounts(4)
    cells, total = [rule.wide(count) for count in counts], rule.cell(sum(counts))
    is_found = any(
        values != set(range(cell.low, (cell.high or 0) + 1))
        for cell, values in zip(cells, _possible(cells, total), strict=True)
        if cell == Cell(1, 3)
    )
    assert rule.is_narrowed(cells, total) == is_found


@given(counts=st.lists(st.integers(1, 30), min_size=1, max_size=9), threshold=st.integers(3, 7))
def test_nothing_that_is_told_alone_or_together_is_small(counts: list[int], threshold: int) -> None:
    fold = SmallCounts(threshold).folded(counts)
    if fold is None:
        return
    alone = [count for place, count in enumerate(counts) if place not in fold]
    together = sum(counts[place] for place in fold)
    assert min(alone, default=threshold) >= threshold
    assert together == 0 or together >= threshold
    assert len(fold) != 1
