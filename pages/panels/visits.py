"""The panels of Kunjungan: field map, list of desa, visits by month and by PIMPASA."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from data_access.numbers.selection import Month
from geo import classes
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import charts, words
from pages.components.context import PageContext
from pages.components.maps.field_map import Click, field_map
from pages.components.maps.geometry import area_layer
from pages.components.maps.panel import level_control, map_image
from pages.components.maps.values import status_values
from pages.components.notices import export_notices, workbook_notes
from pages.components.panels import empty_panel, map_downloads, panel_title
from pages.components.table import Column, data_table

# The desa that a row of the list, or the field map, has picked: its code.
PICKED_DESA = "desa_dipilih"

_MAP_HEIGHT = 430
_LIST_HEIGHT = 400
_MOST_PIMPASA = 12


def field_map_panel(page: PageContext) -> Click | None:
    """Draw the field map; returns the last click on an area."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.html('<h2 class="panel-title">Peta lapangan: kunjungan terakhir</h2>', width="content")
        level = level_control(page, "peta_lapangan", ("desa", "kecamatan"))
        has_points = st.toggle("Titik GPS", key="peta_lapangan_gps", persist_state="session")
    if level == "desa":
        areas = _with_words(page.numbers.village_status())
    else:
        areas = page.numbers.kecamatan_status().query("N > 0")
    return field_map(
        page.boundaries,
        level,
        areas,
        _points(page) if has_points else None,
        key="peta_lapangan",
        height=_MAP_HEIGHT,
    )


def status_legend(page: PageContext) -> None:
    """Say what the colours of the field map mean, how many desa each has, and offer the map."""
    counts = page.numbers.village_status()["status"].value_counts()
    items = "".join(
        f'<li><span class="swatch {key}"></span>{escape(words.STATUS_WORDS[key])} '
        f"<b>{words.number(float(counts.get(key, 0)))}</b></li>"
        for key in classes.STATUS_KEYS
    )
    note = " · ".join(
        [
            f"Jatuh tempo setelah {page.numbers.facts.overdue_days} hari, "
            f"“akan jatuh tempo” {page.numbers.facts.due_days} hari sebelumnya",
            *export_notices(page),
        ]
    )
    st.html(f'<ul class="legend">{items}</ul><p class="panel-note">{escape(note)}</p>')
    layer = area_layer(page.boundaries, "kecamatan" if page.boundaries.desa is None else "desa")
    caption = page.caption
    map_downloads(
        layer,
        status_values(page.numbers, layer, caption),
        map_image(page, "Keadaan kunjungan"),
        key="peta_lapangan_unduh",
    )


def village_list_panel(page: PageContext, clicked: Click | None) -> None:
    """List the desa, the longest without a visit first."""
    villages = _with_words(page.numbers.village_status())
    where = _narrowed_to(page, clicked)
    if where:
        villages = villages[villages["kecamatan_code"] == where]
    title = f"Desa di Kecamatan {gazetteer().name(where)}" if where else "Desa menurut kunjungan"
    panel_title(title, "Terlama tanpa kunjungan di atas; desa yang belum pernah lebih dahulu.")
    data_table(
        villages.sort_values(["days_since", "name"], ascending=[False, True], na_position="first"),
        [
            Column("name", "Desa"),
            Column("kecamatan", "Kecamatan"),
            Column("status_words", "Keadaan", "status", chips=_chips()),
            Column("days_since", "Hari lalu", "number"),
            Column("last_visit", "Kunjungan terakhir", "date"),
        ],
        title=title,
        caption=page.caption,
        unit="desa",
        key="daftar_desa",
        empty="Tidak ada desa dalam saringan ini. Longgarkan saringan kecamatan atau cakupan.",
        height=_LIST_HEIGHT,
        notices=workbook_notes(page),
        on_pick=lambda code: st.session_state.update({PICKED_DESA: code}),
        picked=st.session_state.get(PICKED_DESA, ""),
    )


def outcome_panel(page: PageContext) -> None:
    """Chart the visits per month by outcome."""
    outcomes = page.numbers.visits_by_month_outcome()
    unknown = page.numbers.unknown_village().visits
    panel_title(
        "Kunjungan per bulan menurut hasil",
        f"Jumlah kunjungan; desa tidak diketahui ({words.number(unknown)}). "
        "“Tidak terjangkau” tidak dihitung sebagai kunjungan.",
    )
    if not outcomes["n"].sum():
        empty_panel("Belum ada kunjungan pada periode ini. Pilih periode yang lebih panjang.")
        return
    figure = charts.months_stacked(
        outcomes, "outcome", "n", words.OUTCOME_WORDS, "kunjungan", page.running_month
    )
    charts.show(figure, key="bulan_hasil", alt="Jumlah kunjungan per bulan menurut hasil")


def pimpasa_panel(page: PageContext) -> None:
    """Chart the visits per PIMPASA."""
    visits = page.numbers.visits_by_pimpasa()
    shown = visits.head(_MOST_PIMPASA)
    more = len(visits) - len(shown)
    panel_title(
        "Kunjungan per PIMPASA",
        f"{_MOST_PIMPASA} terbanyak, {more} petugas lain tidak ditampilkan."
        if more > 0
        else "Jumlah kunjungan pada periode ini.",
    )
    if shown.empty:
        empty_panel("Belum ada kunjungan pada periode ini. Pilih periode yang lebih panjang.")
        return
    names = [name or "Tidak ditulis" for name in shown["pimpasa"]]
    figure = charts.ranked_bars(names, shown["visits"].tolist(), "attendance", "kunjungan")
    charts.show(figure, key="per_pimpasa", alt="Jumlah kunjungan per PIMPASA")


def _with_words(villages: pd.DataFrame) -> pd.DataFrame:
    days = pd.to_datetime(villages["last_visit"].replace("", None)).dt.date
    return villages.assign(
        status_words=villages["status"].map(words.STATUS_WORDS),
        last_visit_words=[words.short_date(day) if pd.notna(day) else "" for day in days],
    )


def _points(page: PageContext) -> pd.DataFrame:
    points = page.numbers.visit_points()
    return points.assign(
        name=[
            _place_words(village, kecamatan)
            for village, kecamatan in zip(
                points["village_code"], points["kecamatan_code"], strict=True
            )
        ],
        month_words=[words.month_name(Month.parse(month)) for month in points["month"]],
        outcome_words=points["outcome"].map(words.OUTCOME_WORDS),
    )


def _place_words(village_code: str, kecamatan_code: str) -> str:
    if village_code:
        return gazetteer().name(village_code)
    return f"Kec. {gazetteer().name(kecamatan_code)}, desa tidak diketahui"


def _chips() -> dict[str, str]:
    return {label: key for key, label in words.STATUS_WORDS.items()}


def _narrowed_to(page: PageContext, clicked: Click | None) -> str | None:
    """Return the kecamatan the list is narrowed to; a button releases it again."""
    state = st.session_state
    if clicked != state.get("daftar_terakhir_diklik"):
        state["daftar_terakhir_diklik"] = clicked
        if clicked:  # else on a GPS point, or the page was left and is back
            state["daftar_kecamatan"] = kecamatan_code_of(clicked.code)
    where: str | None = state.get("daftar_kecamatan")
    if where and page.filter.kecamatan and where not in page.filter.kecamatan:
        where = None
    if where:
        st.button(
            f"Tampilkan semua desa (kini: Kecamatan {gazetteer().name(where)})",
            on_click=lambda: state.update(daftar_kecamatan=None),
            icon=":material/close:",
            key="daftar_lepas",
        )
    return where
