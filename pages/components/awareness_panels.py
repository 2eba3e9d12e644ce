"""The panels of Sosialisasi: coverage, attendance, knowledge gain, reach, desa never reached."""

from __future__ import annotations

import numpy as np

from data_access.breakdowns import (
    attendance_by_audience,
    knowledge_by_month,
    knowledge_totals,
    never_reached,
    population_known,
    sessions_by_month,
    shared_sessions,
    unknown_village,
)
from data_access.indicators import INDICATORS, Figure, figure, measure, monthly
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import charts, words
from pages.components.figures import Tile, count_tile, headline, share_tile
from pages.components.filter_bar import toggle_kecamatan
from pages.components.map_panel import map_panel
from pages.components.map_values import coverage_values
from pages.components.notices import workbook_notes
from pages.components.panels import RankedArea, Ranking, empty_panel, panel_title, rankings
from pages.components.sentences import awareness_sentence
from pages.components.state import Frame
from pages.components.table import Column, data_table

_TREND_MONTHS = 12
_MOST_REACHED = 8
_NO_SESSION = "Belum ada sosialisasi pada periode ini. Pilih periode yang lebih panjang."


def opening(frame: Frame) -> None:
    """Write how far awareness reaches, with coverage, attendance, knowledge gain and reach."""
    selection = frame.filter.selection
    headline(
        awareness_sentence(frame),
        [
            share_tile(
                INDICATORS["awareness_coverage"],
                figure(frame.rollup, "awareness_coverage", selection),
                _before(frame, "awareness_coverage"),
                "desa",
                monthly(frame.rollup, "awareness_coverage", selection, _TREND_MONTHS),
            ),
            _attendance_tile(frame),
            _knowledge_tile(frame),
            _reach_tile(frame),
        ],
    )


def awareness_map_panel(frame: Frame) -> None:
    """Map awareness coverage."""
    map_panel(
        frame,
        title="Cakupan sosialisasi",
        key="peta_sosialisasi",
        values=lambda layer: coverage_values(
            frame.rollup,
            "awareness_coverage",
            layer,
            frame.filter.selection,
            frame.filter.caption(frame.data_until),
        ),
        on_pick=lambda code: toggle_kecamatan(kecamatan_code_of(code)),
    )


def never_reached_panel(frame: Frame) -> None:
    """List the desa that no session has ever reached."""
    desa = never_reached(frame.rollup, frame.filter.selection)
    panel_title(
        f"{words.number(len(desa))} desa belum pernah menerima sosialisasi",
        f"Sejak awal pencatatan sampai {words.month_name(frame.filter.period.last)}, bukan hanya "
        "pada periode ini.",
    )
    data_table(
        desa,
        [Column("name", "Desa"), Column("kecamatan", "Kecamatan")],
        title="Desa belum pernah menerima sosialisasi",
        caption=frame.filter.caption(frame.data_until),
        unit="desa",
        key="belum_terjangkau",
        empty="Semua desa dalam saringan ini sudah pernah menerima sosialisasi.",
        sort_by="kecamatan",
        height=380,
        notices=workbook_notes(frame),
    )


def attendance_panel(frame: Frame) -> None:
    """Chart sessions' attendance per month."""
    sessions = sessions_by_month(frame.rollup, frame.filter.selection)
    shared = shared_sessions(frame.rollup, frame.filter.selection)
    unknown = unknown_village(frame.rollup, frame.filter.selection).sessions
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
    chart = charts.months_bars(total, "attendance", "orang hadir", "attendance")
    charts.show(chart, key="hadir_bulan", alt="Jumlah orang hadir per bulan")


def audience_panel(frame: Frame) -> None:
    """Chart attendance by audience."""
    audiences = attendance_by_audience(frame.rollup, frame.filter.selection)
    panel_title("Siapa yang hadir?", "Jumlah kehadiran menurut sasaran.")
    if audiences.empty:
        empty_panel(_NO_SESSION)
        return
    names = [words.as_title(name) for name in audiences["audience"]]
    chart = charts.ranked_bars(names, audiences["attendance"].tolist(), "attendance", "orang hadir")
    charts.show(chart, key="hadir_sasaran", alt="Jumlah kehadiran menurut sasaran")


def knowledge_panel(frame: Frame) -> None:
    """Chart scores before and after."""
    scores = knowledge_by_month(frame.rollup, frame.filter.selection)
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


def reach_panel(frame: Frame) -> None:
    """Rank reach where the working-age population is known."""
    found = measure(frame.rollup, "reach", "kecamatan", frame.filter.selection)
    known = population_known(frame.rollup, frame.filter.selection)
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


def _attendance_tile(frame: Frame) -> Tile:
    selection = frame.filter.selection
    sessions = sessions_by_month(frame.rollup, selection)
    women, everyone = sessions["female"].sum(), (sessions["male"] + sessions["female"]).sum()
    return count_tile(
        INDICATORS["attendance"],
        figure(frame.rollup, "attendance", selection),
        _before(frame, "attendance"),
        f"{words.number(sessions['sessions'].sum())} sosialisasi; "
        f"{words.percent(women, everyone)} perempuan",
        monthly(frame.rollup, "attendance", selection, _TREND_MONTHS),
        unit="kehadiran",
    )


def _knowledge_tile(frame: Frame) -> Tile:
    gain = figure(frame.rollup, "knowledge_gain", frame.filter.selection)
    totals = knowledge_totals(frame.rollup, frame.filter.selection)
    if not totals.tested:
        detail = "Belum ada yang diuji"
    else:
        detail = (
            f"poin, dari {words.number(totals.pre, 1)} ke {words.number(totals.post, 1)}; "
            f"{words.number(totals.tested)} orang diuji"
        )
    value = words.NOT_APPLICABLE if not totals.tested else words.signed(gain.value, 1)
    return Tile(INDICATORS["knowledge_gain"].label, value, detail)


def _reach_tile(frame: Frame) -> Tile:
    reach = figure(frame.rollup, "reach", frame.filter.selection)
    known = population_known(frame.rollup, frame.filter.selection)
    return Tile(
        INDICATORS["reach"].label,
        words.number(reach.value, 1),
        f"penduduk diketahui untuk {known.known} dari {known.kecamatan} kecamatan",
    )


def _before(frame: Frame, indicator_id: str) -> Figure | None:
    comparison = frame.filter.comparison
    return figure(frame.rollup, indicator_id, comparison) if comparison else None
