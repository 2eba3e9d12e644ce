"""The filter: what the reader chose, what that selects, and the sentence that says so.

A filter comes from the query string and goes back into it unchanged; anything the
query string holds that means nothing is reported, never guessed. No Streamlit here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from data_access.errors import DataError
from data_access.numbers.selection import (
    Month,
    Period,
    Scope,
    Selection,
    Stretch,
    earlier_stretch,
    known_until,
)
from geo.area import area
from geo.gazetteer import gazetteer
from geo.legible import legible, shortened
from pages.components import words
from pages.components.texts import common
from pages.components.texts.common import COMPARISON_WORDS as COMPARISON_WORDS
from pages.components.texts.common import PERIOD_WORDS as PERIOD_WORDS
from pages.components.texts.common import SCOPE_WORDS as SCOPE_WORDS

PROGRAMME_START = Month.of(area().launch)

# A note about an odd address stays one line: so many of its values, so many of their letters.
_MOST_IGNORED = 3
_LONGEST_IGNORED = 30

# A quarter or year that is not over is compared with the same part of the one before.
_CALENDAR_MONTHS = {"triwulan": 3, "tahun": 12}
_SCOPES: Mapping[str, Scope] = {"semua": "all", "binaan": "assisted", "kantor": "office"}


@dataclass(frozen=True)
class Filter:
    """One reader's choice, in the words of the query string.

    Attributes:
        today: the day that "bulan ini" and its like refer to.
        period_key: a key of ``PERIOD_WORDS``.
        first, last: the chosen months when ``period_key`` is "bebas".
        kecamatan: chosen kecamatan codes, in gazetteer order; empty means all.
        scope_key: a key of ``SCOPE_WORDS``.
        comparison_key: a key of ``COMPARISON_WORDS``.
    """

    today: date
    period_key: str = "tahun"
    first: Month | None = None
    last: Month | None = None
    kecamatan: tuple[str, ...] = ()
    scope_key: str = "semua"
    comparison_key: str = "tahun-lalu"

    @property
    def period(self) -> Period:
        """The whole months the filter covers."""
        this_month = Month(self.today.year, self.today.month)
        if self.period_key == "bebas" and self.first and self.last:
            return Period(self.first, self.last)
        starts = {
            "bulan": this_month,
            "triwulan": Month(this_month.year, 3 * ((this_month.month - 1) // 3) + 1),
            "12-bulan": this_month.back(11),
            "program": min(PROGRAMME_START, this_month),
        }
        return Period(starts.get(self.period_key, Month(this_month.year, 1)), this_month)

    def compared(self, as_of: date) -> Stretch | None:
        """Return the days to compare with; None where none are wanted or none make sense.

        Args:
            as_of: the day up to which the records can be taken as complete.
        """
        return None if self.comparison_problem(as_of) else self._wanted(as_of)

    def comparison_problem(self, as_of: date) -> str:
        """Say why the comparison that is wanted would mislead; empty where it does not."""
        if self.comparison_key == "tanpa":
            return ""
        wanted = self._wanted(as_of)
        if wanted is None:
            return common.NO_COMPARISON_BEFORE_START
        if wanted.period.last >= self.period.first:
            return common.NO_COMPARISON_OVERLAP
        if wanted.period.last < PROGRAMME_START:
            return common.NO_COMPARISON_NO_PROGRAMME
        if wanted.period.first < PROGRAMME_START:
            start = words.month_name(PROGRAMME_START)
            return common.NO_COMPARISON_PROGRAMME_NEW.format(start=start)
        return ""

    def _wanted(self, as_of: date) -> Stretch | None:
        if self.comparison_key == "tanpa":
            return None
        months = 12 if self.comparison_key == "tahun-lalu" else self._months_back
        return earlier_stretch(self.period, months, as_of)

    @property
    def _months_back(self) -> int:
        """How far back the period before lies: a whole quarter or year, else as many months."""
        return _CALENDAR_MONTHS.get(self.period_key, len(self.period))

    @property
    def selection(self) -> Selection:
        return Selection(
            period=self.period,
            kecamatan=frozenset(self.kecamatan),
            scope=_SCOPES[self.scope_key],
        )

    @property
    def area_words(self) -> str:
        """Where: "29 kecamatan", "Kecamatan Pontang" or the names of a few."""
        names = [gazetteer().name(code) for code in self.kecamatan]
        if not names:
            return common.ALL_KECAMATAN.format(count=len(gazetteer().kecamatan))
        if len(names) > 4:
            return common.MANY_KECAMATAN.format(count=len(names))
        return common.SOME_KECAMATAN.format(names=words.listing(names))

    @property
    def scope_words(self) -> str:
        return SCOPE_WORDS[self.scope_key].lower()

    @property
    def period_words(self) -> str:
        return words.period_name(self.period)

    def comparison_short(self, as_of: date) -> str:
        """The comparison within a sentence that has already named the period."""
        stretch = self.compared(as_of)
        if stretch is None:
            return ""
        short = common.COMPARISON_SHORT[self.comparison_key]
        return common.COMPARISON_SAME_DAYS.format(comparison=short) if stretch.until else short

    def caption(self, data_until: date | None = None) -> str:
        """Say what the numbers on the page cover.

        Args:
            data_until: day of the last record; named when the period reaches past it.
        """
        period = self.period_words
        if data_until is not None and data_until < self.period.last.last_day:
            day = words.long_date(data_until)
            period = common.PERIOD_BEYOND_DATA.format(period=period, day=day)
        parts = [period, self.area_words, self.scope_words]
        as_of = known_until(self.today, data_until)
        if stretch := self.compared(as_of):
            parts.append(common.COMPARED_WITH.format(period=words.stretch_name(stretch)))
        elif problem := self.comparison_problem(as_of):
            parts.append(problem)
        return ", ".join(parts)

    def to_query(self) -> dict[str, str | list[str]]:
        """Return the query string's values; defaults are left out."""
        query: dict[str, str | list[str]] = {}
        default = Filter(self.today)
        if self.period_key != default.period_key:
            query["periode"] = self.period_key
        if self.period_key == "bebas":
            query["dari"] = str(self.period.first)
            query["sampai"] = str(self.period.last)
        if self.kecamatan:
            query["kec"] = list(self.kecamatan)
        if self.scope_key != default.scope_key:
            query["cakupan"] = self.scope_key
        if self.comparison_key != default.comparison_key:
            query["banding"] = self.comparison_key
        return query


@dataclass(frozen=True)
class ParsedFilter:
    """A filter read from a query string, with a sentence for every value that was ignored."""

    filter: Filter
    notes: tuple[str, ...] = field(default=())


def parse_filter(query: Mapping[str, Sequence[str]], today: date) -> ParsedFilter:
    """Read a filter from a query string.

    Args:
        query: every value of each name, e.g. ``{"kec": ["36.04.12", "36.04.13"]}``.
        today: the day that relative periods refer to.
    """
    reader = _QueryReader(query)
    result = Filter(
        today=today,
        period_key=reader.choice("periode", PERIOD_WORDS, Filter.period_key),
        kecamatan=reader.kecamatan(),
        scope_key=reader.choice("cakupan", SCOPE_WORDS, Filter.scope_key),
        comparison_key=reader.choice("banding", COMPARISON_WORDS, Filter.comparison_key),
    )
    return ParsedFilter(reader.with_months(result), tuple(reader.notes))


class _QueryReader:
    def __init__(self, query: Mapping[str, Sequence[str]]) -> None:
        self._query = query
        self.notes: list[str] = []

    def choice(self, name: str, allowed: Mapping[str, str], default: str) -> str:
        values = self._query.get(name, ())
        if not values:
            return default
        if values[-1] in allowed:
            return values[-1]
        remedy = common.REMEDY_CHOICES.format(choices=", ".join(allowed))
        self._ignore(name, [values[-1]], remedy)
        return default

    def kecamatan(self) -> tuple[str, ...]:
        known = gazetteer().kecamatan_by_code
        wanted = self._query.get("kec", ())
        unknown = [code for code in dict.fromkeys(wanted) if code not in known]
        if unknown:
            example = area().examples.kecamatan
            self._ignore("kec", unknown, common.REMEDY_KECAMATAN.format(example=example))
        return tuple(code for code in known if code in wanted)

    def with_months(self, chosen: Filter) -> Filter:
        """Apply ``dari`` and ``sampai``; either alone opens or closes the current period."""
        first, last = self._month("dari"), self._month("sampai")
        if first is None and last is None:
            return chosen
        first = first or min(chosen.period.first, last or chosen.period.first)
        last = last or max(chosen.period.last, first)
        if first > last:
            self._ignore("dari", [str(first)], common.REMEDY_MONTH_ORDER.format(last=last))
            return chosen
        return replace(chosen, period_key="bebas", first=first, last=last)

    def _month(self, name: str) -> Month | None:
        values = self._query.get(name, ())
        if not values:
            return None
        try:
            month = Month.parse(values[-1])
        except DataError:
            self._ignore(name, [values[-1]], common.REMEDY_MONTH)
            return None
        if month.year < PROGRAMME_START.year - 10 or month.year > 2100:
            self._ignore(name, [values[-1]], common.REMEDY_YEAR)
            return None
        return month

    def _ignore(self, name: str, values: Sequence[str], remedy: str) -> None:
        self.notes.append(ignored_value(name, values, remedy))


def ignored_value(name: str, values: Sequence[str], remedy: str) -> str:
    """Say that values of an address were ignored, and what to write instead."""
    shown = [
        common.IGNORED_QUOTED.format(value=shortened(legible(value), _LONGEST_IGNORED))
        for value in values[:_MOST_IGNORED]
    ]
    if more := len(values) - len(shown):
        shown.append(common.IGNORED_OTHERS.format(count=more))
    return common.IGNORED_VALUE.format(values=words.listing(shown), name=name, remedy=remedy)
