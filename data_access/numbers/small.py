"""How closely a count of cases may be shown: exact, as a class, or not at all.

Owns the rule for small numbers of cases and people. While the details are closed, a count from
1 to below the threshold is never told, and what stands beside it must not give it away: cells
of one total are checked together, and shown more coarsely until nothing small can be narrowed.
Zero is no small count, and "no record" is no count at all: both stay what they are.

What is guarded is one screen at a time. Somebody who may change the filter can still take one
screen from another; that is why opening the details is asked for and noted, not forbidden.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.classes import CASES

# Months that one bar of a chart may hold: a month, a quarter, half a year, a year.
GRAINS = (1, 3, 6, 12)


@dataclass(frozen=True)
class Cell:
    """A count as it may be told: between ``low`` and ``high``; without end where that is None."""

    low: int
    high: int | None

    @classmethod
    def exactly(cls, count: int) -> Cell:
        return cls(count, count)

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def is_withheld(self) -> bool:
        """Whether nothing is told of the count."""
        return self.low == 0 and self.high is None


ZERO = Cell(0, 0)
WITHHELD = Cell(0, None)


@dataclass(frozen=True)
class Block:
    """So many months from ``first`` (a ``Month.index``), and what was counted in them."""

    first: int
    months: int
    n: int


@dataclass(frozen=True)
class SmallCounts:
    """The rule: counts below ``threshold`` are small; with the details open nothing is hidden."""

    threshold: int
    with_details: bool = False

    @property
    def is_off(self) -> bool:
        return self.with_details or self.threshold <= 1

    def is_small(self, count: int) -> bool:
        return not self.is_off and 0 < count < self.threshold

    def cell(self, count: int) -> Cell:
        """Tell a total: exactly, or that it is small."""
        if not self.is_small(count):
            return Cell.exactly(count)
        # Of a threshold of 2 "small" would be exactly 1.
        return Cell(1, self.threshold - 1) if self.threshold > 2 else WITHHELD

    def wide(self, count: int) -> Cell:
        """Tell a count as a class as wide as the threshold: 1-4, 5-9, 10-14, ..."""
        if self.is_off or count == 0 or self.is_small(count):
            return self.cell(count)
        low = count - count % self.threshold
        return Cell(low, low + self.threshold - 1)

    def area(self, count: int) -> Cell:
        """Tell a count of an area by the classes of the map; the first takes in what is small."""
        if self.is_off or count == 0:
            return Cell.exactly(count)
        breaks = [int(low) for low in CASES.breaks if low >= self.threshold]
        first = [self.threshold] if self.threshold > CASES.breaks[1] else []
        lows = sorted({1, *first, *breaks})
        place = bisect_right(lows, count) - 1
        return Cell(lows[place], lows[place + 1] - 1 if place + 1 < len(lows) else None)

    def exact_or_wide(self, counts: Sequence[int]) -> list[Cell]:
        """Tell counts that belong together: all exactly, or all as classes if one is small."""
        if any(map(self.is_small, counts)):
            return [self.wide(count) for count in counts]
        return [Cell.exactly(count) for count in counts]

    def is_narrowed(self, cells: Sequence[Cell], total: Cell) -> bool:
        """Say whether cells that add up to a total say more of a small one than it says itself."""
        low = sum(cell.low for cell in cells)
        high = _sum(cell.high for cell in cells)
        return not self.is_off and any(
            self._is_narrowed(cell, low - cell.low, _without(cells, high, place), total)
            for place, cell in enumerate(cells)
        )

    def _is_narrowed(
        self, cell: Cell, others_low: int, others_high: int | None, total: Cell
    ) -> bool:
        if cell.low != 1 or cell.high is None or cell.is_exact:
            return False
        reaches_less = total.high is not None and total.high - others_low < cell.high
        reaches_more = others_high is not None and total.low - others_high > cell.low
        return reaches_less or reaches_more

    def folded(self, counts: Sequence[int]) -> set[int] | None:
        """Choose which counts are told only together, so that the rest can be told exactly.

        Args:
            counts: all of one total, each above zero.

        Returns:
            Their places; none where no count is small; None where only the total can be told.
        """
        places = sorted(range(len(counts)), key=lambda place: (counts[place], place))
        fold = [place for place in places if self.is_small(counts[place])]
        for place in places[len(fold) :]:
            if not fold or self._is_safe([counts[each] for each in fold]):
                return set(fold)
            fold.append(place)
        return set() if not fold else None

    def _is_safe(self, together: Sequence[int]) -> bool:
        total = sum(together)
        if total < self.threshold:
            return False
        if max(together) >= self.threshold:
            return True
        small = [self.cell(count) for count in together]
        return not self.is_narrowed(small, Cell.exactly(total))

    def blocks(self, first: int, counts: Sequence[int]) -> list[Block] | None:
        """Put months together until no bar is small.

        Args:
            first: index of the first month.
            counts: one per month.

        Returns:
            Bars of the calendar's quarters, half-years or years; None where even years are small.
        """
        for grain in GRAINS:
            found = _blocks(first, counts, grain)
            if not any(self.is_small(block.n) for block in found):
                return found
        return None


def _blocks(first: int, counts: Sequence[int], grain: int) -> list[Block]:
    blocks: list[Block] = []
    for month, count in enumerate(counts, start=first):
        last = blocks[-1] if blocks else None
        if last is not None and last.first // grain == month // grain:
            blocks[-1] = Block(last.first, last.months + 1, last.n + count)
        else:
            blocks.append(Block(month, 1, count))
    return blocks


def _sum(highs: Iterable[int | None]) -> int | None:
    total = 0
    for high in highs:
        if high is None:
            return None
        total += high
    return total


def _without(cells: Sequence[Cell], high: int | None, place: int) -> int | None:
    """Return the most that all cells but one can be together."""
    own = cells[place].high
    if high is not None and own is not None:
        return high - own
    return _sum(cell.high for other, cell in enumerate(cells) if other != place)
