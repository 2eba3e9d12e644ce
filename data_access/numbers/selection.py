"""Which months and which desa a number covers.

Owns calendar arithmetic in whole months and the selection that every count takes.
Knows neither the store nor the screen.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from data_access.errors import InvalidMonthError, PeriodReversedError

Scope = Literal["all", "assisted", "office"]
SCOPES: tuple[Scope, ...] = ("all", "assisted", "office")

_MONTH_TEXT = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month.

    Raises:
        InvalidMonthError: if it lies outside the calendar (years 1 to 9999, months 1 to 12).
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and date.min.year <= self.year <= date.max.year):
            raise InvalidMonthError(f"{self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "2025-01".

        Raises:
            InvalidMonthError: if the text is not a year and a month written that way.
        """
        if not _MONTH_TEXT.fullmatch(text) or not text.isascii():
            raise InvalidMonthError(text)
        year, month = int(text[:4]), int(text[5:])
        if year == 0 or not 1 <= month <= 12:
            raise InvalidMonthError(text)
        return cls(year, month)

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def from_index(cls, index: int) -> Month:
        """Return the month with that ``index``."""
        return cls(index // 12, index % 12 + 1)

    @property
    def index(self) -> int:
        """Months since the beginning of the year 0: consecutive months differ by one."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def plus(self, months: int) -> Month:
        """Return the month so many months later (earlier, if negative)."""
        return Month.from_index(self.index + months)

    def months_until(self, other: Month) -> int:
        """Return how many months later ``other`` is (negative if it is earlier)."""
        return other.index - self.index

    def back(self, months: int) -> Month:
        """Return the month so many months earlier, or the calendar's first."""
        return self.plus(-min(months, Month.of(date.min).months_until(self)))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True)
class Period:
    """Whole calendar months, from ``first`` to ``last`` inclusive.

    Raises:
        PeriodReversedError: if ``first`` is after ``last``.
    """

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise PeriodReversedError(self.first, self.last)

    @classmethod
    def ending(cls, last: Month, months: int) -> Period:
        """Return the period of so many months that ends with ``last``."""
        return cls(last.plus(1 - months), last)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        return tuple(self.first.plus(offset) for offset in range(len(self)))

    def __len__(self) -> int:
        return self.first.months_until(self.last) + 1

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def plus(self, months: int) -> Period:
        """Return the period so many months later (earlier, if negative)."""
        return Period(self.first.plus(months), self.last.plus(months))

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


@dataclass(frozen=True)
class Stretch:
    """Days to compare with: whole months, the last of them perhaps only up to a day.

    Attributes:
        period: the months.
        until: the last day that counts, in the last month; None = the whole month.
    """

    period: Period
    until: date | None = None

    def __str__(self) -> str:
        return f"{self.period}" if self.until is None else f"{self.period} until {self.until}"


def earlier_stretch(period: Period, months: int, as_of: date) -> Stretch | None:
    """Return the same days so many months earlier.

    A period that is not over on ``as_of`` is compared with as much of the other one: its
    last month ends on the same day of the month, or with the month where that is shorter.

    Returns:
        None where the period begins after ``as_of``: there is nothing to compare yet; and where
        the calendar has no such days.
    """
    running = Month.of(as_of)
    if period.first > running or Month.of(date.min).months_until(period.first) < months:
        return None
    last = min(period.last, running)
    earlier = Period(period.first, last).plus(-months)
    if last < running or as_of == last.last_day:
        return Stretch(earlier)
    end = earlier.last.last_day
    until = min(end, end.replace(day=min(as_of.day, end.day)))
    return Stretch(earlier, None if until == end else until)


def known_until(today: date, last_record: date | None) -> date:
    """Return the day up to which the records can be taken as complete.

    That is today; where a whole month has passed without any record, the last record's day:
    months that nobody has sent in yet must not read as a fall.
    """
    if last_record is None or Month.of(last_record).months_until(Month.of(today)) < 2:
        return today
    return last_record


@dataclass(frozen=True)
class Selection:
    """The months and the desa that a number covers.

    Attributes:
        period: whole months.
        kecamatan: codes of the chosen kecamatan; empty means all.
        scope: "all" desa, the "assisted" desa (desa binaan), or the desa of the own "office".
    """

    period: Period
    kecamatan: frozenset[str] = frozenset()
    scope: Scope = "all"

    def over(self, period: Period) -> Selection:
        """Return the same desa over other months."""
        return replace(self, period=period)
