"""Why a place is empty: nothing recorded is not the same as recorded and nothing."""

from __future__ import annotations

from data_access.numbers.records import Source
from pages.components import words
from pages.components.context import PageContext
from pages.components.filter.choice import PROGRAMME_START
from pages.components.texts import common


def not_recorded(page: PageContext, source: Source) -> str:
    """Say why the period holds no record of a kind, and what to do; "" where it holds one."""
    if page.numbers.has_records(source):
        return ""
    return _why_not_recorded(page, source)


def never_recorded(page: PageContext, source: Source) -> str:
    """Say why there is no record of a kind up to the period's end; "" where there is one.

    For what looks back to the first record: the last visit, a desa that none has ever reached.
    """
    first = getattr(page.numbers.facts.span, source).first
    if first is not None and first <= page.filter.period.last.last_day:
        return ""
    return _why_not_recorded(page, source)


def none_found(page: PageContext, source: Source) -> str:
    """Say that records were kept and the filter leaves none of them."""
    period = words.period_name(page.filter.period)
    return common.NONE_FOUND.format(what=common.SOURCE_WORDS[source], period=period)


def _why_not_recorded(page: PageContext, source: Source) -> str:
    what, period = common.SOURCE_WORDS[source], page.filter.period
    if not page.numbers.was_imported(source):
        return common.NEVER_IMPORTED.format(what=what)
    opening = common.NOTHING_RECORDED.format(what=what, period=words.period_name(period))
    if period.first.first_day > page.numbers.facts.today:
        return common.NOT_RECORDED_FUTURE.format(opening=opening)
    if period.last < PROGRAMME_START:
        start = words.month_name(PROGRAMME_START)
        return common.NOT_RECORDED_BEFORE_PROGRAMME.format(opening=opening, start=start)
    return common.NOT_RECORDED_YET.format(opening=opening)
