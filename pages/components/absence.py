"""Why a place is empty: nothing recorded is not the same as recorded and nothing."""

from __future__ import annotations

from collections.abc import Mapping

from data_access.numbers.records import Source
from pages.components import words
from pages.components.context import PageContext
from pages.components.filter.choice import PROGRAMME_START

_WORDS: Mapping[Source, str] = {
    "visits": "kunjungan",
    "sessions": "sosialisasi",
    "cases": "kasus",
}


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
    return (
        f"Tidak ada {_WORDS[source]} dalam saringan ini pada "
        f"{words.period_name(page.filter.period)}, meskipun catatan lain ada. "
        "Longgarkan saringan kecamatan atau cakupan, atau pilih periode yang lebih panjang."
    )


def _why_not_recorded(page: PageContext, source: Source) -> str:
    what, period = _WORDS[source], page.filter.period
    if not page.numbers.was_imported(source):
        return f"Belum ada catatan {what}. Masukkan berkas {what} di halaman Data."
    opening = f"Belum ada catatan {what} pada {words.period_name(period)}"
    if period.first.first_day > page.numbers.facts.today:
        return f"{opening}: belum berjalan. Pilih periode yang lebih awal."
    if period.last < PROGRAMME_START:
        start = words.month_name(PROGRAMME_START)
        return f"{opening}: program dimulai {start}. Pilih periode sesudahnya."
    return f"{opening}. Pilih periode lain, atau masukkan berkasnya di halaman Data."
