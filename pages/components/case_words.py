"""Counts of cases in words, the same on every page: exact, small, a class, or no record at all."""

from __future__ import annotations

import math

from data_access.numbers.indicators import INDICATORS
from data_access.numbers.shown_cases import CaseSummary, State
from data_access.numbers.small import Cell
from pages.components import words
from pages.components.context import PageContext
from pages.components.figures import Tile, Trend
from pages.components.texts import cases, common


def told(cell: Cell) -> str:
    """Say a count in a sentence or figure: "41", "kurang dari 5", "35-39", "–"."""
    if cell.low == 1 and cell.high is not None and not cell.is_exact:
        return common.LESS_THAN.format(bound=cell.high + 1)
    return told_as_class(cell)


def told_as_class(cell: Cell) -> str:
    """Say a count as the map's legend does: "41", "1-4", "20+", "–"."""
    if cell.is_exact:
        return words.number(cell.low)
    if cell.is_withheld:
        return words.EN_DASH
    if cell.high is None:
        return f"{words.number(cell.low)}+"
    return f"{words.number(cell.low)}{words.EN_DASH}{words.number(cell.high)}"


def cases_sentence(page: PageContext) -> str:
    """Say how many cases and victims were reported, and how quickly they were taken up."""
    summary = page.numbers.cases.summary
    period = page.filter.period_words
    if summary.state == "not_applicable":
        return common.NO_DESA.format(scope=page.filter.scope_words)
    if summary.state == "no_record":
        return cases.HEADLINE_NO_RECORD.format(period=period)
    before = _before(page, summary)
    if not summary.reported.high:
        return cases.HEADLINE_NO_CASE.format(period=period, before=before)
    count = told(summary.reported)
    return cases.HEADLINE.format(
        count=f"{count[:1].upper()}{count[1:]}",
        victims=_with_victims(summary),
        period=period,
        before=before,
        speed=_speed(summary),
    )


def _with_victims(summary: CaseSummary) -> str:
    if summary.is_small:
        return ""
    return cases.HEADLINE_VICTIMS.format(victims=told(summary.victims))


def _speed(summary: CaseSummary) -> str:
    days = summary.first_action.median_days
    return "" if math.isnan(days) else cases.HEADLINE_SPEED.format(days=words.number(days))


def reported_tile(page: PageContext, *, with_victims: bool = False) -> Tile:
    """Make the tile of the reported cases, the same on every page."""
    summary = page.numbers.cases.summary
    if summary.state != "counted":
        return not_counted_tile("cases_reported", summary.state)
    detail = cases.REPORTED_TILE
    if with_victims and not summary.victims.is_withheld:
        detail = cases.REPORTED_TILE_VICTIMS.format(victims=told(summary.victims))
    last = page.filter.period.last
    is_running = page.numbers.facts.today < last.last_day
    return Tile(
        INDICATORS["cases_reported"].label,
        told(summary.reported),
        detail,
        change=_change(page, summary),
        trend=Trend(summary.trend, last, is_running, words.number) if summary.trend else None,
    )


def not_counted_tile(indicator_id: str, state: State) -> Tile:
    """Make a tile where nothing can be counted: no zero, no change."""
    label = INDICATORS[indicator_id].label
    if state == "not_applicable":
        return Tile(label, words.NOT_APPLICABLE, cases.NO_DESA_TILE)
    tables = common.SOURCE_WORDS["cases"]
    return Tile(label, words.NOT_RECORDED, common.NOTHING_RECORDED_TILE.format(tables=tables))


def _before(page: PageContext, summary: CaseSummary) -> str:
    if not summary.has_comparison:
        return ""
    count = words.NOT_RECORDED
    if summary.before is not None:
        count = cases.BEFORE_COUNT.format(count=told(summary.before))
    return cases.BEFORE.format(comparison=page.comparison_short, count=count)


def _change(page: PageContext, summary: CaseSummary) -> str:
    """Say the change; where one side is small, only what the other side was."""
    if not summary.has_comparison:
        return ""
    if summary.before is None:
        return common.CHANGE_UNKNOWN.format(not_recorded=words.NOT_RECORDED)
    change = summary.change
    if change is None:
        before = told(summary.before)
        return cases.CHANGE_BEFORE.format(comparison=page.comparison_short, count=before)
    if change == 0:
        return common.CHANGE_NONE
    direction = 1 if change > 0 else -1
    text = common.CHANGE_COUNT.format(
        verb=common.CHANGE_VERBS[direction],
        count=words.number(abs(change)),
        unit=cases.CHANGE_UNIT,
    )
    return common.CHANGE_ARROWS[direction] + text
