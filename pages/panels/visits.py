"""The panels of Kunjungan: field map, list of desa, visits by month and by PIMPASA."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from data_access.numbers.selection import Month
from geo import classes
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import charts, words
from pages.components.absence import never_recorded, none_found, not_recorded
from pages.components.context import PageContext
from pages.components.maps.field_map import Click, field_map
from pages.components.maps.geometry import area_layer
from pages.components.maps.panel import level_control, map_image
from pages.components.maps.values import status_values
from pages.components.notices import export_notices, workbook_notes
from pages.components.panels import (
    empty_panel,
    map_downloads,
    panel_title,
)
from pages.components.table import Column, data_table

# The desa that a row of the list, or the field map, has picked: its code.
PICKED_DESA = "desa_dipilih"

_MAP_HEIGHT = 430
_LIST_HEIGHT = 400
_MOST_PIMPASA = 12

# Whose desa the list shows; "" for everybody's.
OFFICER_KEY = "daftar_pimpasa"
_OFFICER_NAME, _LONGEST_NAME = "pimpasa", 80
_SHOWN_WORDS = {"menunggu": "Perlu dikunjungi", "semua": "Semua"}
_VILLAGE_COLUMNS = (
    Column("code", "Kode desa", where="workbook"),
    Column("name", "Desa"),
    Column("assisted_tag", "Desa binaan", "tag", where="screen"),
    Column("kecamatan", "Kecamatan"),
    Column("pimpasa", "PIMPASA", "person"),
    Column("is_assisted", "Desa binaan", where="workbook"),
    Column(
        "status_words",
        "Keadaan",
        "status",
        chips={label: key for key, label in words.STATUS_WORDS.items()},
    ),
    Column("days_since", "Hari sejak kunjungan", "number"),
    Column("last_visit", "Kunjungan terakhir", "date"),
)


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
    if never_recorded(page, "visits"):
        areas = areas.head(0)
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
    if why := never_recorded(page, "visits"):
        empty_panel(why)
        return
    counts = page.numbers.village_status()["status"].value_counts()
    items = "".join(
        f'<li><span class="swatch {key}"></span>{escape(words.STATUS_WORDS[key])} '
        f"<b>{words.number(float(counts.get(key, 0)))}</b></li>"
        for key in classes.STATUS_KEYS
    )
    note = " · ".join([_status_rule(page), *export_notices(page)])
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
    """List the desa, the most urgent first, and name the one to visit next."""
    if why := never_recorded(page, "visits"):
        panel_title("Desa mana berikutnya?")
        empty_panel(why)
        return
    villages = _with_words(page.numbers.villages_by_urgency())
    where = _narrowed_to(page, clicked)
    if where:
        villages = villages[villages["kecamatan_code"] == where]
    _follow_address()
    title_place = st.container()
    with st.container(horizontal=True, vertical_alignment="center", key="daftar_pilihan"):
        officer = _officer_control(villages)
        is_waiting_only = _waiting_control()
    if officer:
        villages = villages[villages["pimpasa"] == officer]
    waiting = villages[villages["status"] != "covered"]
    with title_place:
        panel_title(_next_words(waiting), f"{_next_reason(waiting)} Urutan: {_order_words(page)}")
    rests = (villages["status"] == "covered") & is_waiting_only
    data_table(
        villages.assign(rests=rests),
        _VILLAGE_COLUMNS,
        title=_list_title(where, is_waiting_only),
        caption=f"{page.caption}. PIMPASA: {officer}" if officer else page.caption,
        unit="desa",
        key="daftar_desa",
        empty=_empty_words(officer, bool(len(villages))),
        height=_LIST_HEIGHT,
        notices=[f"Urutan: {_order_words(page)}", *workbook_notes(page)],
        on_pick=lambda code: st.session_state.update({PICKED_DESA: code}),
        picked=st.session_state.get(PICKED_DESA) or "",
        order_words="Urutkan menurut kemendesakan",
        resting="rests",
    )


def outcome_panel(page: PageContext) -> None:
    """Chart the visits per month by outcome."""
    outcomes = page.numbers.visits_by_month_outcome()
    title = "Kunjungan per bulan menurut hasil"
    if not outcomes["n"].sum():
        panel_title(title)
        empty_panel(not_recorded(page, "visits") or none_found(page, "visits"))
        return
    unknown = page.numbers.unknown_village().visits
    panel_title(
        title,
        f"Jumlah kunjungan; {words.number(unknown)} di antaranya desanya tidak diketahui. "
        "“Tidak terjangkau” tidak dihitung sebagai kunjungan.",
    )
    figure = charts.months_stacked(
        outcomes, "outcome", "n", words.OUTCOME_WORDS, "kunjungan", page.running_month
    )
    charts.show(figure, key="bulan_hasil", alt="Jumlah kunjungan per bulan menurut hasil")


def pimpasa_panel(page: PageContext) -> None:
    """Chart the visits per PIMPASA."""
    visits = page.numbers.visits_by_pimpasa()
    shown = visits.head(_MOST_PIMPASA)
    if shown.empty:
        panel_title("Kunjungan per PIMPASA")
        empty_panel(not_recorded(page, "visits") or none_found(page, "visits"))
        return
    more = len(visits) - len(shown)
    cut = f"; {_MOST_PIMPASA} terbanyak, {more} petugas lain tidak ditampilkan" if more else ""
    panel_title(
        "Kunjungan per PIMPASA",
        f"Jumlah kunjungan pada periode ini menurut Petugas Imigrasi Pembina Desa (PIMPASA){cut}.",
    )
    names = [name or "Tidak ditulis" for name in shown["pimpasa"]]
    figure = charts.ranked_bars(names, shown["visits"].tolist(), "attendance", "kunjungan")
    charts.show(figure, key="per_pimpasa", alt="Jumlah kunjungan per PIMPASA")


def _status_rule(page: PageContext) -> str:
    """Say what the words of the status mean, in days since the last visit."""
    late = page.numbers.facts.overdue_days
    due = late - page.numbers.facts.due_days
    return (
        f"Jumlah desa menurut hari sejak kunjungan terakhir: tepat waktu sampai {due} hari, "
        f"akan jatuh tempo {due + 1}{words.EN_DASH}{late} hari, jatuh tempo lebih dari {late} hari"
    )


def _follow_address() -> None:
    """Take the officer from the address where the address has changed, else write it there.

    The filter bar clears the address of all that it does not know when the filter or the page
    changes: a name that is gone only then is written again.
    """
    state, address = st.session_state, st.query_params
    said = address.get(_OFFICER_NAME, "")[:_LONGEST_NAME]
    written, filter_then = state.get("daftar_alamat", ("", None))
    if said != written and (said or filter_then == state.get("filter_written")):
        state[OFFICER_KEY] = said
    chosen: str = state.get(OFFICER_KEY) or ""
    if chosen != said:
        if chosen:
            address[_OFFICER_NAME] = chosen
        else:
            del address[_OFFICER_NAME]
    state["daftar_alamat"] = (chosen, state.get("filter_written"))


def _officer_control(villages: pd.DataFrame) -> str:
    """Let an officer choose the own desa; returns whose desa to show, "" for everybody's.

    A name that looks after no desa here stays chosen: the filter may be what hides its desa.
    """
    wanted: str = st.session_state.get(OFFICER_KEY) or ""
    names = sorted({*villages["pimpasa"], wanted} - {""})
    chosen: str = st.selectbox(
        "PIMPASA",
        ["", *names],
        format_func=lambda name: name or "Semua PIMPASA (pembina desa)",
        key=OFFICER_KEY,
        persist_state="session",
        label_visibility="collapsed",
        width=270,
    )
    return chosen


def _waiting_control() -> bool:
    chosen = st.segmented_control(
        "Desa yang ditampilkan",
        list(_SHOWN_WORDS),
        format_func=_SHOWN_WORDS.__getitem__,
        default="menunggu",
        key="daftar_tampil",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    return chosen == "menunggu"


def _next_words(waiting: pd.DataFrame) -> str:
    if waiting.empty:
        return "Tidak ada desa yang perlu dikunjungi"
    first = waiting.iloc[0]
    return f"Berikutnya: {first['name']}, Kecamatan {first['kecamatan']}"


def _next_reason(waiting: pd.DataFrame) -> str:
    """Say why the first desa is the first, and how many wait in all."""
    if waiting.empty:
        return ""
    first = waiting.iloc[0]
    since = (
        "belum pernah dikunjungi"
        if pd.isna(first["days_since"])
        else f"{words.number(first['days_since'])} hari sejak kunjungan terakhir"
    )
    kind = "Desa binaan" if first["is_assisted"] else "Bukan desa binaan"
    return f"{kind}, {since}; {words.number(len(waiting))} desa perlu dikunjungi."


def _order_words(page: PageContext) -> str:
    """State the order of the list in one sentence."""
    has_cases = page.numbers.tier == "internal" and page.numbers.has_records("cases")
    by_cases = "kelas laporan kasus kecamatannya pada periode ini, " if has_cases else ""
    return f"desa binaan, {by_cases}lalu hari sejak kunjungan (belum pernah = terlama)."


def _list_title(where: str | None, is_waiting_only: bool) -> str:
    what = "Desa perlu dikunjungi" if is_waiting_only else "Desa menurut kemendesakan kunjungan"
    return f"{what} di Kecamatan {gazetteer().name(where)}" if where else what


def _empty_words(officer: str, has_desa: bool) -> str:
    if has_desa:
        return "Semua desa dalam daftar ini tepat waktu. Pilih “Semua” untuk melihatnya."
    if officer:
        return (
            f"PIMPASA “{officer}” tidak (lagi) membina desa dalam saringan ini. Pilih nama lain, "
            "atau longgarkan saringan kecamatan dan cakupan."
        )
    return "Tidak ada desa dalam saringan ini. Longgarkan saringan kecamatan atau cakupan."


def _with_words(villages: pd.DataFrame) -> pd.DataFrame:
    days = pd.to_datetime(villages["last_visit"].replace("", None)).dt.date
    return villages.assign(
        status_words=villages["status"].map(words.STATUS_WORDS),
        assisted_tag=villages["is_assisted"].map({True: "binaan", False: ""}),
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
