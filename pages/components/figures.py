"""The headline sentence and the figures under it: value, n/N, change and a small trend.

Plain HTML with the project's stylesheet; every text is escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, digits

import streamlit as st

from data_access.numbers.door import Numbers
from data_access.numbers.indicators import Indicator
from data_access.numbers.selection import Month
from pages.components import words
from pages.components.changes import change_words
from pages.components.escaping import html_text
from pages.components.texts import common

# Length of the small trend in a figure's tile.
TREND_MONTHS = 12

# Heights of a trend from nothing to its top, one sign each: the digits of base 36.
_HEIGHTS = digits + ascii_lowercase


@dataclass(frozen=True)
class Trend:
    """The last months of a figure: a value per month, nan where there is none, and its words.

    Attributes:
        last: the month of the last value.
        is_running: whether that month is not over yet.
    """

    values: Sequence[float]
    last: Month
    is_running: bool
    shown: Callable[[float], str]


@dataclass(frozen=True)
class Tile:
    """One figure: label, value, what it counts, the change, and its last months.

    Attributes:
        change: words for the change against the comparison; empty without one.
        tone: "good", "bad" or "" - whether the change is what the programme wants.
        trend: its last months; None for none.
    """

    label: str
    value: str
    detail: str
    change: str = ""
    tone: str = ""
    trend: Trend | None = None


def headline(sentence: str, row: Sequence[Tile] = ()) -> None:
    """Write the page's one sentence, as its first heading, and figures side by side under it."""
    figures = f'<div class="tiles">{"".join(_tile(tile) for tile in row)}</div>' if row else ""
    st.html(f'<h1 class="headline">{html_text(sentence)}</h1>{figures}')


def share_tile(numbers: Numbers, indicator_id: str, unit: str) -> Tile:
    """Make the tile of a rate: percentage first, then "n dari N unit"."""
    indicator, now = numbers.indicators[indicator_id], numbers.figure(indicator_id)
    if not now.is_recorded:
        return not_recorded_tile(indicator)
    change, tone = _change(numbers, indicator, unit)
    return Tile(
        label=indicator.label,
        value=words.percent(now.n, now.N or 0),
        detail=common.SHARE_DETAIL.format(
            n=words.number(now.n), total=words.number(now.N or 0), unit=unit
        ),
        change=change,
        tone=tone,
        trend=_trend(numbers, indicator_id),
    )


def count_tile(numbers: Numbers, indicator_id: str, detail: str, unit: str = "") -> Tile:
    """Make the tile of a count."""
    indicator, now = numbers.indicators[indicator_id], numbers.figure(indicator_id)
    if not now.is_recorded:
        return not_recorded_tile(indicator)
    change, tone = _change(numbers, indicator, unit)
    return Tile(
        label=indicator.label,
        value=words.number(now.n),
        detail=detail,
        change=change,
        tone=tone,
        trend=_trend(numbers, indicator_id),
    )


def not_recorded_tile(indicator: Indicator) -> Tile:
    """Make the tile of a figure of which nothing was recorded: no zero, no change."""
    tables = words.listing([common.SOURCE_WORDS[source] for source in indicator.sources])
    detail = common.NOTHING_RECORDED_TILE.format(tables=tables)
    return Tile(indicator.label, words.NOT_RECORDED, detail)


def _change(numbers: Numbers, indicator: Indicator, unit: str) -> tuple[str, str]:
    change = numbers.change(indicator.id)
    told = change_words(change, unit) if change else None
    if told is None:
        return "", ""
    arrow = common.CHANGE_ARROWS.get(told.direction, "")
    tone = ""
    if told.direction and indicator.up_is_good is not None:
        tone = "good" if (told.direction > 0) == indicator.up_is_good else "bad"
    return arrow + "; ".join(part for part in (told.text, told.beside) if part), tone


def _trend(numbers: Numbers, indicator_id: str) -> Trend:
    indicator = numbers.indicators[indicator_id]
    facts, last = numbers.facts, numbers.selection.period.last
    figures = numbers.monthly(indicator_id, TREND_MONTHS)
    values = [each.value if indicator.is_rate else each.n for each in figures]
    known = [
        value if each.is_recorded else math.nan for value, each in zip(values, figures, strict=True)
    ]
    is_share = indicator.unit == "%"
    shown = (lambda value: words.percent(value, 1)) if is_share else words.number
    return Trend(known, last, facts.today < last.last_day, shown)


def _tile(tile: Tile) -> str:
    """Write one tile in few bytes: the stylesheet knows its parts by their tags.

    ``figures.js`` adds "Apa artinya?" to a label that is an indicator's.
    """
    tone = f" class={tile.tone}" if tile.tone else ""
    change = f"<em{tone}>{html_text(tile.change)}</em>" if tile.change else ""
    shape = trend(tile.trend) if tile.trend else ""
    said = " class=said" if _is_in_words(tile.value) else ""
    return (
        f"<section class=tile><h2>{html_text(tile.label)}</h2><b{said}>{html_text(tile.value)}</b>"
        f"<p>{html_text(tile.detail)}</p>{change}{shape}</section>"
    )


def _is_in_words(value: str) -> bool:
    """Say whether a value is words ("kurang dari 5") and no figure ("1.234", "<1 %", "–")."""
    return value[:1].isalpha()


def trend(months: Trend) -> str:
    """Draw the last months as a small silhouette, zero at the bottom, with its two ends in words.

    Months before the first value and after the last are left out; where one between them is
    missing, nothing is drawn. The element carries one sign of height for each month, as fine
    as its pixels; ``figures.js`` draws its outline from them.
    """
    known = [place for place, value in enumerate(months.values) if not math.isnan(value)]
    if len(known) < 2 or known[-1] - known[0] + 1 != len(known):
        return ""
    values = [months.values[place] for place in known]
    top = max(values)
    if not top > 0:
        return ""
    heights = "".join(_HEIGHTS[round((len(_HEIGHTS) - 1) * value / top)] for value in values)
    return f'<i data-t={heights} role=img aria-label="{html_text(_ends(months, known))}"></i>'


def _ends(months: Trend, known: Sequence[int]) -> str:
    """Name the first and the last month of a trend with their values."""
    ends = []
    for place in (known[0], known[-1]):
        month = months.last.plus(place + 1 - len(months.values))
        value = months.shown(months.values[place])
        if months.is_running and month == months.last:
            value = common.RUNNING_VALUE.format(value=value)
        ends.append(f"{words.short_month(month)} {value}")
    return " → ".join(ends)
