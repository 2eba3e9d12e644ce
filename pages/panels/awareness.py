"""The panels of Sosialisasi: coverage, attendance, knowledge gain, reach, desa never reached."""

from __future__ import annotations

import numpy as np

from data_access.numbers.indicators import INDICATORS
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import charts, words
from pages.components.absence import never_recorded, none_found, not_recorded
from pages.components.context import PageContext
from pages.components.figures import Tile, count_tile, headline, not_recorded_tile, share_tile
from pages.components.filter.bar import toggle_kecamatan
from pages.components.maps.panel import map_panel
from pages.components.maps.values import coverage_values
from pages.components.notices import workbook_notes
from pages.components.panels import (
    RankedArea,
    Ranking,
    data_link,
    empty_panel,
    panel_title,
    rankings,
)
from pages.components.sentences import awareness_sentence
from pages.components.table import Column, data_table

_TREND_MONTHS = 12
_MOST_REACHED = 8
_REACH_TITLE = "Jangkauan per 1.000 penduduk usia kerja"
_NO_POPULATION = (
    "Tidak berlaku: penduduk usia kerja belum diisi untuk kecamatan dalam saringan ini. "
    "Masukkan tabel kecamatan di halaman Data."
)
_NO_TEST = (
    "Tidak ada peserta yang diuji pada periode ini. Nilai muncul bila kolom nilai sebelum, nilai "
    "sesudah, dan jumlah yang diuji terisi di berkas sosialisasi."
)


def opening(page: PageContext) -> None:
    """Write how far awareness reaches, with coverage, attendance, knowledge gain and reach."""
    headline(
        awareness_sentence(page),
        [
            share_tile(page.numbers, "awareness_coverage", "desa"),
            _attendance_tile(page),
            _knowledge_tile(page),
            _reach_tile(page),
        ],
    )
    if not page.numbers.population_known().known:
        _population_link()


def awareness_map_panel(page: PageContext) -> None:
    """Map awareness coverage."""
    map_panel(
        page,
        title="Cakupan sosialisasi",
        key="peta_sosialisasi",
        values=lambda layer: coverage_values(
            page.numbers,
            "awareness_coverage",
            layer,
            page.caption,
        ),
        on_pick=lambda code: toggle_kecamatan(kecamatan_code_of(code)),
    )


def never_reached_panel(page: PageContext) -> None:
    """List the desa that no session has ever reached."""
    if why := never_recorded(page, "sessions"):
        panel_title("Desa belum pernah menerima sosialisasi")
        empty_panel(why)
        return
    desa = page.numbers.never_reached()
    panel_title(
        f"{words.number(len(desa))} desa belum pernah menerima sosialisasi",
        f"Sejak awal pencatatan sampai {words.long_date(page.numbers.counted_until)}, bukan hanya "
        "pada periode ini; sosialisasi yang desanya tidak diketahui tidak ikut.",
    )
    data_table(
        desa,
        [
            Column("code", "Kode desa", where="workbook"),
            Column("name", "Desa"),
            Column("kecamatan", "Kecamatan"),
        ],
        title="Desa belum pernah menerima sosialisasi",
        caption=page.caption,
        unit="desa",
        key="belum_terjangkau",
        empty="Semua desa dalam saringan ini sudah pernah menerima sosialisasi.",
        sort_by="kecamatan",
        height=380,
        notices=workbook_notes(page),
    )


def attendance_panel(page: PageContext) -> None:
    """Chart sessions' attendance per month."""
    sessions = page.numbers.sessions_by_month()
    held = sessions["sessions"].sum()
    title = "Berapa orang hadir per bulan?"
    if not held:
        panel_title(title)
        empty_panel(_no_session(page))
        return
    shared = page.numbers.shared_sessions()
    unknown = page.numbers.unknown_village().sessions
    panel_title(
        title,
        f"Kehadiran, laki-laki dan perempuan, dari {words.number(held)} sosialisasi; orang yang "
        f"hadir dua kali dihitung dua kali. {words.number(shared.sessions)} sosialisasi untuk "
        f"beberapa desa sekaligus; {words.number(unknown)} sosialisasi desanya tidak diketahui.",
    )
    total = sessions.assign(attendance=sessions["male"] + sessions["female"])
    chart = charts.months_bars(total, "attendance", "orang hadir", "attendance", page.running_month)
    charts.show(chart, key="hadir_bulan", alt="Jumlah orang hadir per bulan")


def audience_panel(page: PageContext) -> None:
    """Chart attendance by audience."""
    audiences = page.numbers.attendance_by_audience()
    if audiences.empty:
        panel_title("Siapa yang hadir?")
        empty_panel(_no_session(page))
        return
    panel_title("Siapa yang hadir?", "Jumlah kehadiran menurut sasaran sosialisasi.")
    names = [words.as_title(name) for name in audiences["audience"]]
    chart = charts.ranked_bars(names, audiences["attendance"].tolist(), "attendance", "orang hadir")
    charts.show(chart, key="hadir_sasaran", alt="Jumlah kehadiran menurut sasaran")


def knowledge_panel(page: PageContext) -> None:
    """Chart scores before and after."""
    scores = page.numbers.knowledge_by_month()
    tested = int(scores["tested"].sum())
    title = "Apakah peserta lebih paham sesudahnya?"
    if not tested:
        panel_title(title)
        empty_panel(not_recorded(page, "sessions") or _NO_TEST)
        return
    panel_title(
        title,
        f"Rata-rata nilai tes (0{words.EN_DASH}100) sebelum dan sesudah sosialisasi, dari "
        f"{words.number(tested)} orang yang diuji; sosialisasi tanpa tes tidak ikut.",
    )
    chart = charts.before_after(scores)
    charts.show(chart, key="nilai_bulan", alt="Rata-rata nilai tes sebelum dan sesudah per bulan")


def reach_panel(page: PageContext) -> None:
    """Rank reach where the working-age population is known."""
    if why := not_recorded(page, "sessions"):
        panel_title(_REACH_TITLE)
        empty_panel(why)
        return
    found = page.numbers.measure("reach", "kecamatan")
    order = [i for i in np.argsort(-np.nan_to_num(found.value, nan=-1.0)) if found.value[i] >= 0]
    assert found.N is not None
    rankings(
        Ranking(
            _REACH_TITLE,
            [
                RankedArea(
                    gazetteer().name(found.codes[i]),
                    words.number(found.value[i], 1),
                    f"{words.number(found.n[i])} kehadiran, "
                    f"{words.number(found.N[i])} penduduk usia kerja",
                )
                for i in order[:_MOST_REACHED]
            ],
            empty=_NO_POPULATION,
            note=_reach_note(page),
        )
    )
    known = page.numbers.population_known()
    if 0 < known.known < known.kecamatan:
        _population_link()


def _population_link() -> None:
    """Lead from a reach that cannot be counted to where the population is brought."""
    data_link("Isi penduduk usia kerja di halaman Data", "berkas", "kecamatan")


def _attendance_tile(page: PageContext) -> Tile:
    sessions = page.numbers.sessions_by_month()
    women, everyone = sessions["female"].sum(), (sessions["male"] + sessions["female"]).sum()
    share = f"; {words.percent(women, everyone)} perempuan" if everyone else ""
    detail = f"{words.number(sessions['sessions'].sum())} sosialisasi{share}"
    return count_tile(page.numbers, "attendance", detail, "kehadiran")


def _knowledge_tile(page: PageContext) -> Tile:
    gain, indicator = page.numbers.figure("knowledge_gain"), INDICATORS["knowledge_gain"]
    if not gain.is_recorded:
        return not_recorded_tile(indicator)
    if not gain.N:
        why = "karena tidak ada peserta yang diuji pada periode ini"
        return Tile(indicator.label, words.NOT_APPLICABLE, why)
    totals = page.numbers.knowledge_totals()
    detail = (
        f"poin, dari {words.number(totals.pre, 1)} ke {words.number(totals.post, 1)}; "
        f"{words.number(totals.tested)} orang diuji"
    )
    return Tile(indicator.label, words.signed(gain.value, 1), detail)


def _reach_tile(page: PageContext) -> Tile:
    reach, indicator = page.numbers.figure("reach"), INDICATORS["reach"]
    if not reach.is_recorded:
        return not_recorded_tile(indicator)
    known = page.numbers.population_known()
    where = f"{known.known} dari {known.kecamatan} kecamatan"
    detail = f"kehadiran per 1.000 orang; penduduk usia kerja diketahui untuk {where}"
    if not reach.N:
        detail = f"karena penduduk usia kerja belum diisi ({where} terisi)"
    return Tile(indicator.label, words.number(reach.value, 1), detail)


def _no_session(page: PageContext) -> str:
    return not_recorded(page, "sessions") or none_found(page, "sessions")


def _reach_note(page: PageContext) -> str:
    known = page.numbers.population_known()
    if not known.known:
        return ""
    note = (
        "Kehadiran dibagi penduduk usia kerja, kali 1.000. Penduduk diketahui untuk "
        f"{known.known} dari {known.kecamatan} kecamatan"
    )
    if known.known == known.kecamatan:
        return f"{note}."
    return f"{note}; yang lain tidak berlaku karena penduduknya belum diisi di halaman Data."
