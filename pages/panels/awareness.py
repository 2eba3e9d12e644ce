"""The panels of Sosialisasi: coverage, attendance, knowledge gain, reach, desa never reached."""

from __future__ import annotations

import numpy as np

from data_access.numbers.indicators import INDICATORS
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import charts, words
from pages.components.context import PageContext
from pages.components.figures import Tile, count_tile, headline, not_recorded_tile, share_tile
from pages.components.filter.bar import toggle_kecamatan
from pages.components.maps.panel import map_panel
from pages.components.maps.values import coverage_values
from pages.components.notices import workbook_notes
from pages.components.panels import RankedArea, Ranking, empty_panel, panel_title, rankings
from pages.components.sentences import awareness_sentence
from pages.components.table import Column, data_table

_TREND_MONTHS = 12
_MOST_REACHED = 8
_NO_SESSION = "Belum ada sosialisasi pada periode ini. Pilih periode yang lebih panjang."


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
    desa = page.numbers.never_reached()
    panel_title(
        f"{words.number(len(desa))} desa belum pernah menerima sosialisasi",
        f"Sejak awal pencatatan sampai {words.month_name(page.filter.period.last)}, bukan hanya "
        "pada periode ini.",
    )
    data_table(
        desa,
        [Column("name", "Desa"), Column("kecamatan", "Kecamatan")],
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
    shared = page.numbers.shared_sessions()
    unknown = page.numbers.unknown_village().sessions
    held = sessions["sessions"].sum()
    panel_title(
        "Berapa orang hadir per bulan?",
        f"Kehadiran (bukan orang unik) dari {words.number(held)} sosialisasi; "
        f"{words.number(shared.sessions)} untuk beberapa desa sekaligus, "
        f"desa tidak diketahui ({words.number(unknown)}).",
    )
    if not held:
        empty_panel(_NO_SESSION)
        return
    total = sessions.assign(attendance=sessions["male"] + sessions["female"])
    chart = charts.months_bars(total, "attendance", "orang hadir", "attendance", page.running_month)
    charts.show(chart, key="hadir_bulan", alt="Jumlah orang hadir per bulan")


def audience_panel(page: PageContext) -> None:
    """Chart attendance by audience."""
    audiences = page.numbers.attendance_by_audience()
    panel_title("Siapa yang hadir?", "Jumlah kehadiran menurut sasaran.")
    if audiences.empty:
        empty_panel(_NO_SESSION)
        return
    names = [words.as_title(name) for name in audiences["audience"]]
    chart = charts.ranked_bars(names, audiences["attendance"].tolist(), "attendance", "orang hadir")
    charts.show(chart, key="hadir_sasaran", alt="Jumlah kehadiran menurut sasaran")


def knowledge_panel(page: PageContext) -> None:
    """Chart scores before and after."""
    scores = page.numbers.knowledge_by_month()
    tested = int(scores["tested"].sum())
    panel_title(
        "Apakah peserta lebih paham sesudahnya?",
        f"Rata-rata nilai tes sebelum dan sesudah dari {words.number(tested)} orang yang diuji.",
    )
    if not tested:
        empty_panel("Belum ada tes sebelum dan sesudah pada periode ini.")
        return
    chart = charts.before_after(scores)
    charts.show(chart, key="nilai_bulan", alt="Rata-rata nilai tes sebelum dan sesudah per bulan")


def reach_panel(page: PageContext) -> None:
    """Rank reach where the working-age population is known."""
    found = page.numbers.measure("reach", "kecamatan")
    known = page.numbers.population_known()
    order = [i for i in np.argsort(-np.nan_to_num(found.value, nan=-1.0)) if found.value[i] >= 0]
    assert found.N is not None
    rankings(
        Ranking(
            "Jangkauan per 1.000 penduduk usia kerja",
            [
                RankedArea(
                    gazetteer().name(found.codes[i]),
                    words.number(found.value[i], 1),
                    f"{words.number(found.n[i])} kehadiran, "
                    f"{words.number(found.N[i])} penduduk usia kerja",
                )
                for i in order[:_MOST_REACHED]
            ],
            empty="Jumlah penduduk usia kerja belum diisi untuk kecamatan dalam saringan ini.",
            note=f"Penduduk diketahui untuk {known.known} dari {known.kecamatan} kecamatan; "
            "yang lain tidak berlaku.",
        )
    )


def _attendance_tile(page: PageContext) -> Tile:
    sessions = page.numbers.sessions_by_month()
    women, everyone = sessions["female"].sum(), (sessions["male"] + sessions["female"]).sum()
    detail = (
        f"{words.number(sessions['sessions'].sum())} sosialisasi; "
        f"{words.percent(women, everyone)} perempuan"
    )
    return count_tile(page.numbers, "attendance", detail, "kehadiran")


def _knowledge_tile(page: PageContext) -> Tile:
    gain, indicator = page.numbers.figure("knowledge_gain"), INDICATORS["knowledge_gain"]
    if not gain.is_recorded:
        return not_recorded_tile(indicator)
    if not gain.N:
        return Tile(indicator.label, words.NOT_APPLICABLE, "Belum ada yang diuji", indicator.id)
    totals = page.numbers.knowledge_totals()
    detail = (
        f"poin, dari {words.number(totals.pre, 1)} ke {words.number(totals.post, 1)}; "
        f"{words.number(totals.tested)} orang diuji"
    )
    return Tile(indicator.label, words.signed(gain.value, 1), detail, indicator.id)


def _reach_tile(page: PageContext) -> Tile:
    reach, indicator = page.numbers.figure("reach"), INDICATORS["reach"]
    if not reach.is_recorded:
        return not_recorded_tile(indicator)
    known = page.numbers.population_known()
    detail = f"penduduk diketahui untuk {known.known} dari {known.kecamatan} kecamatan"
    return Tile(indicator.label, words.number(reach.value, 1), detail, indicator.id)
