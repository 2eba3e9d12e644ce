"""How numbers, days and names are written on every page, and the words all pages share.

Formats come from Babel's CLDR data, words from `texts.common`; nothing here computes an
indicator.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

from data_access.numbers.selection import Month, Period, Stretch
from data_access.settings import WIB
from geo import notation
from geo.classes import NOT_RECORDED as NOT_RECORDED
from geo.notation import LOCALE
from geo.notation import long_date as long_date
from pages.components.texts import common
from pages.components.texts.common import GROUP_WORDS as GROUP_WORDS
from pages.components.texts.common import NOT_APPLICABLE as NOT_APPLICABLE
from pages.components.texts.common import OUTCOME_WORDS as OUTCOME_WORDS
from pages.components.texts.common import STATUS_WORDS as STATUS_WORDS
from pages.components.texts.common import UNKNOWN as UNKNOWN
from pages.components.texts.common import VERIFICATION_WORDS as VERIFICATION_WORDS

EN_DASH = "\N{EN DASH}"


def number(value: float, decimals: int = 0) -> str:
    """Format a number the Indonesian way, see `geo.notation`; none is "tidak berlaku"."""
    return NOT_APPLICABLE if math.isnan(value) else notation.number(value, decimals)


def percent(n: float, total: float) -> str:
    """Format a share as a whole percentage that never rounds to 0 % or 100 % wrongly.

    Args:
        n: numerator.
        total: denominator; 0 gives "tidak berlaku".
    """
    if not total or math.isnan(total) or math.isnan(n):
        return NOT_APPLICABLE
    share = 100 * n / total
    if 0 < share < 1:
        return common.PERCENT_BELOW_ONE
    if 99 < share < 100:
        return common.PERCENT_ABOVE_99
    return common.PERCENT.format(share=number(share))


def signed(value: float, decimals: int = 0) -> str:
    """Format a change with its sign: ``+12``, ``−3``, ``0``."""
    text = number(value, decimals)
    return f"+{text}" if value > 0 else text


@lru_cache(maxsize=1024)
def short_date(day: date) -> str:
    """Format a date for a table: 13 Sep 2023."""
    return str(format_date(day, "d MMM y", locale=LOCALE))


def iso_date(text: str) -> str:
    """Format an ISO date or moment for a table: 31 Okt 2026; "" stays ""."""
    return short_date(date.fromisoformat(text[:10])) if text else ""


def moment(text: str) -> str:
    """Format an ISO moment on the office's clock: 31 Okt 2026 pukul 09.15 WIB."""
    at = datetime.fromisoformat(text)
    if len(text) <= len("2026-10-31"):  # a day without its hour
        return short_date(at.date())
    if at.tzinfo is not None:
        at = at.astimezone(WIB)
    return common.MOMENT.format(day=short_date(at.date()), clock=f"{at:%H.%M}")


@lru_cache(maxsize=1024)
def month_name(month: Month) -> str:
    """Format a month in full: September 2023."""
    return str(format_date(month.first_day, "MMMM y", locale=LOCALE))


@lru_cache(maxsize=1024)
def short_month(month: Month) -> str:
    """Format a month for an axis: Sep 2023."""
    return str(format_date(month.first_day, "MMM y", locale=LOCALE))


def period_name(period: Period) -> str:
    """Format a period: "Januari–Juni 2026", "September 2025–Agustus 2026" or one month."""
    first, last = period.first, period.last
    if first == last:
        return month_name(first)
    if first.year != last.year:
        return f"{month_name(first)}{EN_DASH}{month_name(last)}"
    return f"{_month_alone(first)}{EN_DASH}{month_name(last)}"


def stretch_name(stretch: Stretch) -> str:
    """Format days to compare with: whole months, or "Januari–25 November 2025"."""
    first, until = stretch.period.first, stretch.until
    if until is None:
        return period_name(stretch.period)
    if first == stretch.period.last:
        return f"1{EN_DASH}{long_date(until)}"
    opening = month_name(first) if first.year != until.year else _month_alone(first)
    return f"{opening}{EN_DASH}{long_date(until)}"


def _month_alone(month: Month) -> str:
    return str(format_date(month.first_day, "MMMM", locale=LOCALE))


def as_title(text: str) -> str:
    """Begin a word of the records with a capital; say so where nothing was written."""
    return text[:1].upper() + text[1:] if text else UNKNOWN


def listing(items: Sequence[str]) -> str:
    """Join names the Indonesian way: "Pontang, Tanara dan Tirtayasa"."""
    if len(items) <= 1:
        return "".join(items)
    if len(items) == 2:
        return common.LIST_OF_TWO.format(first=items[0], last=items[1])
    return common.LIST_OF_MORE.format(first=", ".join(items[:-1]), last=items[-1])
