"""The sentences that say where the programme stands: one per page, from the same indicators."""

from __future__ import annotations

from data_access.numbers.attention import Attention, Reason
from data_access.numbers.door import Numbers
from geo.gazetteer import gazetteer
from pages.components import words
from pages.components.changes import change_words
from pages.components.context import PageContext


def overview_sentence(page: PageContext) -> str:
    """Say how many desa were visited, against what, and the one exception to act on."""
    now = page.numbers.figure("visit_coverage")
    if not now.N:
        return _nowhere(page)
    if not now.is_recorded:
        return f"{_not_recorded(page, 'kunjungan')}{_overdue(page)}."
    opening = (
        f"{words.number(now.n)} dari {words.number(now.N)} {_desa_words(page)} "
        f"({words.percent(now.n, now.N)}) dikunjungi pada {page.filter.period_words}"
    )
    return f"{opening}{_change(page, 'visit_coverage')}{_overdue(page)}."


def visits_sentence(page: PageContext) -> str:
    """Say how many desa are overdue and how many were never visited."""
    late = page.numbers.figure("overdue")
    never = page.numbers.figure("never_visited")
    if not late.N:
        return _nowhere(page)
    if not late.is_recorded:
        return f"{_not_recorded(page, 'kunjungan')}."
    return (
        f"Per {words.long_date(page.numbers.counted_until)}, {words.number(late.n)} dari "
        f"{words.number(late.N)} {_desa_words(page)} lewat {page.numbers.facts.overdue_days} hari "
        f"tanpa kunjungan{_most(page.numbers, 'overdue')}; {words.number(never.n)} desa belum "
        "pernah dikunjungi."
    )


def awareness_sentence(page: PageContext) -> str:
    """Say how far awareness reaches and what people learnt."""
    now = page.numbers.figure("awareness_coverage")
    if not now.N:
        return _nowhere(page)
    if not now.is_recorded:
        return f"{_not_recorded(page, 'sosialisasi')}."
    gain = page.numbers.figure("knowledge_gain")
    learnt = ""
    if gain.N:
        learnt = (
            f"; nilai pemahaman peserta {_moved(gain.value)} rata-rata "
            f"{words.number(abs(gain.value), 1)} poin ({words.number(gain.N)} orang diuji)"
        )
    return (
        f"{words.number(now.n)} dari {words.number(now.N)} {_desa_words(page)} "
        f"({words.percent(now.n, now.N)}) menerima sosialisasi pada "
        f"{page.filter.period_words}{_change(page, 'awareness_coverage')}{learnt}."
    )


def attention_words(attention: Attention, page: PageContext) -> str:
    """Say every reason why a kecamatan needs a decision, with its own numbers."""
    return "; ".join(_reason_words(reason, page) for reason in attention.reasons)


def _reason_words(reason: Reason, page: PageContext) -> str:
    n, total = words.number(reason.n), words.number(reason.total)
    if reason.kind == "cases_without_session":
        cases = f"kurang dari {reason.n + 1}" if reason.is_small else n
        return f"{cases} laporan kasus tanpa sosialisasi"
    if reason.kind == "assisted_overdue":
        return f"{n} dari {total} desa binaan menunggu kunjungan"
    if reason.kind == "never_visited":
        return f"{n} dari {total} desa belum pernah dikunjungi"
    then = f"{words.number(reason.before)} dari {words.number(reason.total_before)}"
    return f"cakupan turun: {n} dari {total} desa, {page.comparison_short} {then}"


def _nowhere(page: PageContext) -> str:
    return f"Tidak ada desa dalam saringan ini: {page.filter.scope_words}."


def _not_recorded(page: PageContext, what: str) -> str:
    return f"Belum ada catatan {what} pada {page.filter.period_words}"


def _desa_words(page: PageContext) -> str:
    scope = page.filter.selection.scope
    if scope == "assisted":
        return "desa binaan"
    return "desa" if scope == "all" else "desa di wilayah kantor ini"


def _change(page: PageContext, indicator_id: str) -> str:
    change = page.numbers.change(indicator_id)
    unit = "desa binaan" if page.filter.selection.scope == "assisted" else "desa"
    told = change_words(change, unit) if change else None
    if told is None:
        return ""
    if not told.is_known:
        return f"; {page.comparison_short} {words.NOT_RECORDED}"
    beside = f" ({told.beside})" if told.beside else ""
    if not told.direction:
        return f", sama dengan {page.comparison_short}{beside}"
    return f", {told.text} dari {page.comparison_short}{beside}"


def _moved(gain: float) -> str:
    return "naik" if gain >= 0 else "turun"


def _overdue(page: PageContext) -> str:
    assisted = page.numbers.among_assisted()
    late = assisted.figure("overdue")
    if not late.N or not late.is_recorded:
        return ""
    never = assisted.figure("never_visited")
    waiting = late.n + never.n
    if not waiting:
        return "; semua desa binaan dikunjungi tepat waktu"
    if not late.n:
        return f"; {words.number(never.n)} desa binaan belum pernah dikunjungi"
    most = _most(assisted, "overdue")
    comma = "," if most else ""
    also = f"{comma} dan {words.number(never.n)} belum pernah dikunjungi" if never.n else ""
    return (
        f"; {words.number(late.n)} desa binaan lewat {page.numbers.facts.overdue_days} hari tanpa "
        f"kunjungan{most}{also}"
    )


def _most(numbers: Numbers, indicator_id: str) -> str:
    """Name the kecamatan with the most; nothing where it is the only one or shares the place."""
    found = numbers.measure(indicator_id, "kecamatan")
    if found.n.size < 2 or found.n.max() <= 0 or (found.n == found.n.max()).sum() > 1:
        return ""
    return f", terbanyak di {gazetteer().name(found.codes[int(found.n.argmax())])}"
