"""The slim lines that say what a reader must know: sample data, boundaries, ignored values."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data_access.numbers.selection import Month, Period
from geo.area import area
from pages.components import words
from pages.components.context import PageContext
from pages.components.escaping import html_text
from pages.components.texts import common


def export_notices(page: PageContext) -> list[str]:
    """Return the notices that must stand on everything that leaves the screen."""
    notices = [common.SAMPLE_NOTICE_SHORT] if page.numbers.facts.is_sample else []
    if page.boundaries.notice:
        notices.append(page.boundaries.notice)
    return notices


def show_notices(page: PageContext, ignored: Sequence[str], caption: str) -> None:
    """Write the filter's sentence and one slim line per notice, always in the same place.

    Args:
        caption: what the figures cover; empty on a page that the filter does not touch.
    """
    lines = [common.SAMPLE_NOTICE] if page.numbers.facts.is_sample else []
    if page.boundaries.notice:
        lines.append(page.boundaries.notice)
    lines += _late_data(page)
    if page.boundary_problem:
        lines.append(common.BOUNDARIES_NOT_USED.format(problem=page.boundary_problem))
    lines += ignored
    items = "".join(
        f'<p class="notice{" sample" if line == common.SAMPLE_NOTICE else ""}">'
        f"{html_text(line)}</p>"
        for line in lines
    )
    covered = f'<p class="filter-caption">{html_text(caption)}</p>' if caption else ""
    st.html(f'<div class="notices">{covered}{items}</div>')


def show_footer(page: PageContext) -> None:
    """Write where the numbers come from and how fresh they are."""
    parts = [_source(page), freshness(page), _boundaries(page), common.PRODUCT]
    st.html(f'<footer class="foot">{html_text(" · ".join(parts))}</footer>')


def _late_data(page: PageContext) -> list[str]:
    """Say it when a whole month has passed without any record."""
    until, this_month = page.data_until, Month.of(page.numbers.facts.today)
    if until is None or Month.of(until).months_until(this_month) < 2:
        return []
    missing = Period(Month.of(until).plus(1), this_month.plus(-1))
    return [common.LATE_DATA.format(day=words.long_date(until), missing=words.period_name(missing))]


def freshness(page: PageContext) -> str:
    """Say how far the data reaches."""
    until = page.data_until
    return common.DATA_UNTIL.format(day=words.long_date(until)) if until else common.NO_DATA


def source_line(page: PageContext) -> str:
    """Return the source line of exported maps and tables."""
    return common.SOURCE_LINE.format(
        source=_source(page), freshness=freshness(page), boundaries=_boundaries(page)
    )


def workbook_notes(page: PageContext) -> list[str]:
    """Return the lines under the title of a workbook: notices, source, last update."""
    return [*export_notices(page), source_line(page)]


def _source(page: PageContext) -> str:
    if page.numbers.facts.is_sample:
        return common.SOURCE.format(source=common.SOURCE_SAMPLE)
    return common.SOURCE.format(source=common.SOURCE_OFFICE.format(office=area().source))


def _boundaries(page: PageContext) -> str:
    return common.BOUNDARIES.format(source=page.boundaries.source)
