"""How numbers and days are written for people, on screen, in messages and by the commands.

By CLDR, in the office's language; browsers do the same with ``Intl`` and the same locale.
Stands at the very bottom, so that every room has one way of writing a thing.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "id"
MINUS = "\N{MINUS SIGN}"


def number(value: float, decimals: int = 0) -> str:
    """Write a number with so many decimals: ``1234.5`` becomes ``1.234,5``; halves round up.

    Python's own ``round`` takes halves to the even neighbour, browsers take them up: one
    share must not read 12 % in a list and 13 % on the map beside it.
    """
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP)
    return _number(rounded + 0, "#,##0" + ("." + "0" * decimals if decimals else ""))


def short_number(value: float, most: int = 2) -> str:
    """Write a number with at most so many decimals: ``2.50`` becomes ``2,5``."""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    return _number(rounded + 0, f"#,##0.{'#' * most}")


def exact_number(value: float) -> str:
    """Write a number with all the decimals it has: ``1226201.5`` becomes ``1.226.201,5``."""
    is_integer = float(value).is_integer() and abs(value) < _EXACT
    text = f"{int(value):,}" if is_integer else f"{value:,}"
    return text.translate(_EXCHANGED)


@lru_cache(maxsize=1024)
def long_date(day: date) -> str:
    """Write a day in full: 13 September 2023."""
    return str(format_date(day, "d MMMM y", locale=LOCALE))


# Integers beyond it have lost digits as floats.
_EXACT = 10**15
_EXCHANGED = str.maketrans(",.", ".,")


# The same few figures stand on every page, and CLDR takes its time.
@lru_cache(maxsize=4096)
def _number(value: Decimal, pattern: str) -> str:
    # + 0 by the callers turns a negative zero into a plain one.
    return str(format_decimal(value, format=pattern, locale=LOCALE)).replace("-", MINUS)
