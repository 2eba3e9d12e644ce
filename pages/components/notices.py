"""The slim lines that say what a reader must know: sample data, boundaries, ignored values."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from data_access.numbers.selection import Month, Period
from geo.area import area
from pages.components import words
from pages.components.context import PageContext

SAMPLE_NOTICE = "DATA CONTOH: semua angka dibuat untuk latihan, bukan data nyata"
PRODUCT = "Pantau Desa Binaan 0.1.0"


def export_notices(page: PageContext) -> list[str]:
    """Return the notices that must stand on everything that leaves the screen."""
    notices = ["DATA CONTOH, bukan data nyata"] if page.numbers.facts.is_sample else []
    if page.boundaries.notice:
        notices.append(page.boundaries.notice)
    return notices


def show_notices(page: PageContext, ignored: Sequence[str], caption: str) -> None:
    """Write the filter's sentence and one slim line per notice, always in the same place.

    Args:
        caption: what the figures cover; empty on a page that the filter does not touch.
    """
    lines = [SAMPLE_NOTICE] if page.numbers.facts.is_sample else []
    if page.boundaries.notice:
        lines.append(page.boundaries.notice)
    lines += _late_data(page)
    if page.boundary_problem:
        lines.append(f"Batas yang diminta tidak dipakai. {page.boundary_problem}")
    lines += ignored
    items = "".join(
        f'<p class="notice{" sample" if line == SAMPLE_NOTICE else ""}">{escape(line)}</p>'
        for line in lines
    )
    covered = f'<p class="filter-caption">{escape(caption)}</p>' if caption else ""
    st.html(f'<div class="notices">{covered}{items}</div>')


def show_footer(page: PageContext) -> None:
    """Write where the numbers come from and how fresh they are."""
    parts = [
        f"Sumber: {_source(page)}",
        freshness(page),
        f"Batas: {page.boundaries.source}",
        PRODUCT,
    ]
    st.html(f'<footer class="foot">{escape(" · ".join(parts))}</footer>')


def _late_data(page: PageContext) -> list[str]:
    """Say it when a whole month has passed without any record."""
    until, this_month = page.data_until, Month.of(page.numbers.facts.today)
    if until is None or Month.of(until).months_until(this_month) < 2:
        return []
    missing = Period(Month.of(until).plus(1), this_month.plus(-1))
    return [
        f"Data terlambat: catatan terakhir {words.long_date(until)}; "
        f"{words.period_name(missing)} belum masuk"
    ]


def freshness(page: PageContext) -> str:
    """Say how far the data reaches."""
    until = page.data_until
    return f"Data sampai {words.long_date(until)}" if until else "Belum ada data"


def source_line(page: PageContext) -> str:
    """Return the source line of exported maps and tables."""
    return f"Sumber: {_source(page)}. {freshness(page)}. Batas: {page.boundaries.source}."


def workbook_notes(page: PageContext) -> list[str]:
    """Return the lines under the title of a workbook: notices, source, last update."""
    return [*export_notices(page), source_line(page)]


def _source(page: PageContext) -> str:
    if page.numbers.facts.is_sample:
        return "data contoh"
    return f"catatan kegiatan {area().source}"
