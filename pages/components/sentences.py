"""The sentences that say where the programme stands: one per page, from the same indicators."""

from __future__ import annotations

from data_access.numbers.attention import Attention
from data_access.numbers.door import Numbers
from data_access.numbers.indicators import Figure
from geo.gazetteer import gazetteer
from pages.components import words
from pages.components.context import PageContext


def overview_sentence(page: PageContext) -> str:
    """Say how many desa were visited, against what, and the one exception to act on."""
    now = page.numbers.figure("visit_coverage")
    if not now.N:
        return f"Tidak ada desa dalam saringan ini: {page.filter.scope_words}."
    opening = (
        f"{words.number(now.n)} dari {words.number(now.N)} {_desa_words(page)} "
        f"({words.percent(now.n, now.N)}) dikunjungi pada {page.filter.period_words}"
    )
    return f"{opening}{_change(page, now)}{_overdue(page)}."


def visits_sentence(page: PageContext) -> str:
    """Say how many desa are overdue and how many were never visited."""
    late = page.numbers.figure("overdue")
    never = page.numbers.figure("never_visited")
    if not late.N:
        return f"Tidak ada desa dalam saringan ini: {page.filter.scope_words}."
    return (
        f"{words.number(late.n)} dari {words.number(late.N)} {_desa_words(page)} lewat "
        f"{page.numbers.facts.overdue_days} hari tanpa kunjungan"
        f"{_most(page.numbers, 'overdue')}; {words.number(never.n)} desa belum pernah "
        "dikunjungi."
    )


def awareness_sentence(page: PageContext) -> str:
    """Say how far awareness reaches and what people learnt."""
    now = page.numbers.figure("awareness_coverage")
    if not now.N:
        return f"Tidak ada desa dalam saringan ini: {page.filter.scope_words}."
    gain = page.numbers.figure("knowledge_gain")
    learnt = ""
    if gain.N:
        learnt = (
            f"; pemahaman peserta naik rata-rata {words.number(gain.value, 1)} poin "
            f"({words.number(gain.N)} orang diuji)"
        )
    return (
        f"{words.number(now.n)} dari {words.number(now.N)} {_desa_words(page)} "
        f"({words.percent(now.n, now.N)}) menerima sosialisasi pada "
        f"{page.filter.period_words}{_change(page, now, 'awareness_coverage')}{learnt}."
    )


def cases_sentence(page: PageContext) -> str:
    """Say how many cases and victims were reported, and how quickly they were taken up."""
    cases = page.numbers.figure("cases_reported")
    victims = page.numbers.figure("victims")
    if not cases.n:
        return f"Tidak ada laporan kasus pada {page.filter.period_words} dalam saringan ini."
    action = page.numbers.figure("first_action")
    speed = ""
    if action.N:
        speed = f"; tindakan pertama setelah {words.number(action.value)} hari (nilai tengah)"
    return (
        f"{words.number(cases.n)} kasus dengan {words.number(victims.n)} korban dilaporkan pada "
        f"{page.filter.period_words}{_case_change(page)}{speed}."
    )


def attention_words(attention: Attention, page: PageContext) -> str:
    """Say why a kecamatan needs a decision, with its own numbers."""
    days = page.numbers.facts.overdue_days
    n, total = words.number(attention.n), words.number(attention.total)
    return {
        "cases_without_session": f"{n} laporan kasus, belum ada sosialisasi pada periode ini",
        "assisted_overdue": (f"{n} dari {total} desa binaan lewat {days} hari tanpa kunjungan"),
        "never_visited": f"{n} dari {total} desa belum pernah dikunjungi sejak awal pencatatan",
        "coverage_fell": f"cakupan turun {n} desa dari {page.filter.comparison_short}",
    }[attention.reason]


def _desa_words(page: PageContext) -> str:
    scope = page.filter.selection.scope
    if scope == "assisted":
        return "desa binaan"
    return "desa" if scope == "all" else "desa di wilayah kantor ini"


def _change(page: PageContext, now: Figure, indicator_id: str = "visit_coverage") -> str:
    before = page.numbers.before(indicator_id)
    if before is None or not before.N:
        return ""
    difference = now.n - before.n
    if not difference:
        return f", sama dengan {page.filter.comparison_short}"
    direction = "naik" if difference > 0 else "turun"
    return f", {direction} {words.number(abs(difference))} desa dari {page.filter.comparison_short}"


def _case_change(page: PageContext) -> str:
    before = page.numbers.before("cases_reported")
    if before is None:
        return ""
    return f" ({page.filter.comparison_short}: {words.number(before.n)} kasus)"


def _overdue(page: PageContext) -> str:
    assisted = page.numbers.among_assisted()
    late = assisted.figure("overdue")
    if not late.N:
        return ""
    if not late.n:
        return "; semua desa binaan dikunjungi tepat waktu"
    return (
        f"; {words.number(late.n)} desa binaan lewat {page.numbers.facts.overdue_days} hari tanpa "
        f"kunjungan{_most(assisted, 'overdue')}"
    )


def _most(numbers: Numbers, indicator_id: str) -> str:
    """Name the kecamatan with the most; nothing where it is the only one or shares the place."""
    found = numbers.measure(indicator_id, "kecamatan")
    if found.n.size < 2 or found.n.max() <= 0 or (found.n == found.n.max()).sum() > 1:
        return ""
    return f", terbanyak di {gazetteer().name(found.codes[int(found.n.argmax())])}"
