"""The sentences that say where the programme stands: one per page, from the same indicators."""

from __future__ import annotations

from data_access.attention import Attention
from data_access.indicators import Figure, figure, measure
from data_access.inventory import contents
from data_access.selection import Selection
from data_access.view import assisted_within
from geo.gazetteer import gazetteer
from pages.components import words
from pages.components.state import Frame


def overview_sentence(frame: Frame) -> str:
    """Say how many desa were visited, against what, and the one exception to act on."""
    selection = frame.filter.selection
    now = figure(frame.rollup, "visit_coverage", selection)
    if not now.N:
        return f"Tidak ada desa dalam saringan ini: {frame.filter.scope_words}."
    opening = (
        f"{words.number(now.n)} dari {words.number(now.N)} {_desa_words(frame)} "
        f"({words.percent(now.n, now.N)}) dikunjungi pada {frame.filter.period_words}"
    )
    return f"{opening}{_change(frame, now)}{_overdue(frame, selection)}."


def visits_sentence(frame: Frame) -> str:
    """Say how many desa are overdue and how many were never visited."""
    selection = frame.filter.selection
    late = figure(frame.rollup, "overdue", selection)
    never = figure(frame.rollup, "never_visited", selection)
    if not late.N:
        return f"Tidak ada desa dalam saringan ini: {frame.filter.scope_words}."
    return (
        f"{words.number(late.n)} dari {words.number(late.N)} {_desa_words(frame)} lewat "
        f"{frame.settings.overdue_days} hari tanpa kunjungan"
        f"{_most(frame, 'overdue', selection)}; {words.number(never.n)} desa belum pernah "
        "dikunjungi."
    )


def awareness_sentence(frame: Frame) -> str:
    """Say how far awareness reaches and what people learnt."""
    selection = frame.filter.selection
    now = figure(frame.rollup, "awareness_coverage", selection)
    if not now.N:
        return f"Tidak ada desa dalam saringan ini: {frame.filter.scope_words}."
    gain = figure(frame.rollup, "knowledge_gain", selection)
    learnt = ""
    if gain.N:
        learnt = (
            f"; pemahaman peserta naik rata-rata {words.number(gain.value, 1)} poin "
            f"({words.number(gain.N)} orang diuji)"
        )
    return (
        f"{words.number(now.n)} dari {words.number(now.N)} {_desa_words(frame)} "
        f"({words.percent(now.n, now.N)}) menerima sosialisasi pada "
        f"{frame.filter.period_words}{_change(frame, now, 'awareness_coverage')}{learnt}."
    )


def cases_sentence(frame: Frame) -> str:
    """Say how many cases and victims were reported, and how quickly they were taken up."""
    selection = frame.filter.selection
    cases = figure(frame.rollup, "cases_reported", selection)
    victims = figure(frame.rollup, "victims", selection)
    if not cases.n:
        return f"Tidak ada laporan kasus pada {frame.filter.period_words} dalam saringan ini."
    action = figure(frame.rollup, "first_action", selection)
    speed = ""
    if action.N:
        speed = f"; tindakan pertama setelah {words.number(action.value)} hari (nilai tengah)"
    return (
        f"{words.number(cases.n)} kasus dengan {words.number(victims.n)} korban dilaporkan pada "
        f"{frame.filter.period_words}{_case_change(frame)}{speed}."
    )


def data_sentence(frame: Frame) -> str:
    """Say what the store holds and how far it reaches."""
    until = frame.data_until
    if until is None:
        return "Basis data masih kosong: masukkan berkas pertama kantor."
    counted = {each.table: each.rows for each in contents(frame.store)}
    return (
        f"Basis data berisi {words.number(counted['visits'])} kunjungan, "
        f"{words.number(counted['awareness_sessions'])} sosialisasi, dan "
        f"{words.number(counted['cases'])} kasus sampai {words.long_date(until)}."
    )


def attention_words(attention: Attention, frame: Frame) -> str:
    """Say why a kecamatan needs a decision, with its own numbers."""
    n, total = words.number(attention.n), words.number(attention.total)
    return {
        "cases_without_session": f"{n} laporan kasus, belum ada sosialisasi pada periode ini",
        "assisted_overdue": (
            f"{n} dari {total} desa binaan lewat {frame.settings.overdue_days} hari tanpa kunjungan"
        ),
        "never_visited": f"{n} dari {total} desa belum pernah dikunjungi sejak awal pencatatan",
        "coverage_fell": f"cakupan turun {n} desa dari {frame.filter.comparison_short}",
    }[attention.reason]


def _desa_words(frame: Frame) -> str:
    scope = frame.filter.selection.scope
    if scope == "assisted":
        return "desa binaan"
    return "desa" if scope == "all" else "desa di wilayah kantor ini"


def _change(frame: Frame, now: Figure, indicator_id: str = "visit_coverage") -> str:
    comparison = frame.filter.comparison
    if comparison is None:
        return ""
    before = figure(frame.rollup, indicator_id, comparison)
    if not before.N:
        return ""
    difference = now.n - before.n
    if not difference:
        return f", sama dengan {frame.filter.comparison_short}"
    direction = "naik" if difference > 0 else "turun"
    return (
        f", {direction} {words.number(abs(difference))} desa dari {frame.filter.comparison_short}"
    )


def _case_change(frame: Frame) -> str:
    comparison = frame.filter.comparison
    if comparison is None:
        return ""
    before = figure(frame.rollup, "cases_reported", comparison)
    return f" ({frame.filter.comparison_short}: {words.number(before.n)} kasus)"


def _overdue(frame: Frame, selection: Selection) -> str:
    assisted = assisted_within(frame.rollup, selection)
    late = figure(frame.rollup, "overdue", assisted)
    if not late.N:
        return ""
    if not late.n:
        return "; semua desa binaan dikunjungi tepat waktu"
    return (
        f"; {words.number(late.n)} desa binaan lewat {frame.settings.overdue_days} hari tanpa "
        f"kunjungan{_most(frame, 'overdue', assisted)}"
    )


def _most(frame: Frame, indicator_id: str, selection: Selection) -> str:
    """Name the kecamatan with the most; nothing where it is the only one or shares the place."""
    found = measure(frame.rollup, indicator_id, "kecamatan", selection)
    if found.n.size < 2 or found.n.max() <= 0 or (found.n == found.n.max()).sum() > 1:
        return ""
    return f", terbanyak di {gazetteer().name(found.codes[int(found.n.argmax())])}"
