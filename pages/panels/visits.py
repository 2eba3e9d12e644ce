"""The panels of Kunjungan: field map, list of desa, visits by month and by PIMPASA."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from data_access.numbers.records import AreaLevel
from data_access.numbers.selection import Month
from geo import classes
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import charts, words
from pages.components.absence import never_recorded, none_found, not_recorded
from pages.components.context import PageContext
from pages.components.filter.address import (
    CHOSEN_DESA_KEY,
    LISTED_KECAMATAN_KEY,
    OFFICER_KEY,
    level_key,
)
from pages.components.maps.field_map import field_map
from pages.components.maps.geometry import area_layer
from pages.components.maps.panel import level_control, map_image
from pages.components.maps.values import status_values
from pages.components.notices import export_notices, workbook_notes
from pages.components.panels import (
    empty_panel,
    map_downloads,
    panel_title,
    reading_note,
)
from pages.components.table import Column, data_table

_MAP_KEY = "peta_lapangan"
_MAP_HEIGHT = 430
_LIST_HEIGHT = 400
_MOST_PIMPASA = 12

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


def field_map_panel(page: PageContext) -> None:
    """Draw the field map with its legend; a click on an area narrows the list beside it."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.html('<h2 class="panel-title">Peta lapangan: kunjungan terakhir</h2>', width="content")
        level = level_control(page, _MAP_KEY, ("desa", "kecamatan"))
        has_points = st.toggle("Titik GPS", key="peta_lapangan_gps", persist_state="session")
    areas = _status_areas(page, level)
    chosen = _pointed_at(level)
    field_map(
        page.boundaries,
        level,
        areas,
        _points(page) if has_points else None,
        key=_MAP_KEY,
        height=_MAP_HEIGHT,
        only=page.filter.kecamatan,
        chosen=chosen,
        on_pick=choose_on_map,
    )
    if level == "desa" and chosen and len(areas) and chosen not in set(areas["code"]):
        reading_note(
            f"Desa {gazetteer().name(chosen)} (Kecamatan "
            f"{gazetteer().name(kecamatan_code_of(chosen))}) di luar saringan ini, "
            "jadi tidak ditunjuk di peta."
        )
    _status_legend(page, level, areas)


def choose_on_map(code: str) -> None:
    """Point at the desa that was clicked and narrow the list to its kecamatan; "" lets go."""
    is_desa = code in gazetteer().desa_by_code
    st.session_state[CHOSEN_DESA_KEY] = code if is_desa else ""
    if code:
        st.session_state[LISTED_KECAMATAN_KEY] = kecamatan_code_of(code)


def show_on_map(code: str) -> None:
    """Point the field map at a desa of the list, or let it go if it is the one pointed at."""
    is_shown = st.session_state.get(CHOSEN_DESA_KEY) == code
    st.session_state[CHOSEN_DESA_KEY] = "" if is_shown else code
    st.session_state[level_key(_MAP_KEY)] = "desa"


def _status_areas(page: PageContext, level: AreaLevel) -> pd.DataFrame:
    """Return the areas to colour; none where no visit was ever recorded."""
    if level == "desa":
        areas = _with_words(page.numbers.village_status())
    else:
        areas = page.numbers.kecamatan_status().query("N > 0")
    return areas.head(0) if never_recorded(page, "visits") else areas


def _pointed_at(level: AreaLevel) -> str:
    """Return the code the map rings: the desa pointed at, else the kecamatan that is listed."""
    state = st.session_state
    listed = state.get(LISTED_KECAMATAN_KEY) if level == "kecamatan" else ""
    return state.get(CHOSEN_DESA_KEY) or listed or ""


def _status_legend(page: PageContext, level: AreaLevel, areas: pd.DataFrame) -> None:
    """Say what the colours of the field map mean, how many areas each has, and offer the map."""
    if why := never_recorded(page, "visits"):
        empty_panel(why)
        return
    counts = areas["status"].value_counts()
    items = "".join(
        f'<li><span class="swatch {key}"></span>{escape(words.STATUS_WORDS[key])} '
        f"<b>{words.number(float(counts.get(key, 0)))}</b></li>"
        for key in classes.STATUS_KEYS
    )
    if level == "kecamatan":
        rules = [f"Jumlah kecamatan. {_kecamatan_rule()}", _status_rule(page, "Desa")]
    else:
        rules = [_status_rule(page, "Jumlah desa")]
    note = " · ".join([*rules, *export_notices(page)])
    st.html(f'<ul class="legend">{items}</ul><p class="panel-note">{escape(note)}</p>')
    layer = area_layer(page.boundaries, level)
    map_downloads(
        layer,
        status_values(page.numbers, layer, page.caption),
        map_image(page, "Keadaan kunjungan"),
        key="peta_lapangan_unduh",
    )


def _kecamatan_rule() -> str:
    """Say how a kecamatan gets its colour: the rule of ``numbers.visits.kecamatan_status``."""
    said = {key: f"“{word.lower()}”" for key, word in words.STATUS_WORDS.items()}
    return (
        f"Kecamatan {said['overdue']} bila separuh desanya atau lebih {said['overdue']} atau "
        f"{said['never']}, {said['due']} bila lebih sedikit atau ada yang {said['due']}, "
        f"{said['never']} bila semuanya"
    )


def village_list_panel(page: PageContext) -> None:
    """List the desa, the most urgent first, and name the one to visit next."""
    if why := never_recorded(page, "visits"):
        panel_title("Desa mana berikutnya?")
        empty_panel(why)
        return
    villages = _with_words(page.numbers.villages_by_urgency())
    where = _narrowed_to(page)
    if where:
        villages = villages[villages["kecamatan_code"] == where]
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
        on_pick=show_on_map,
        picked=st.session_state.get(CHOSEN_DESA_KEY) or "",
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


def _status_rule(page: PageContext, what: str) -> str:
    """Say what the words of the status mean, in days since the last visit."""
    late = page.numbers.facts.overdue_days
    due = late - page.numbers.facts.due_days
    return (
        f"{what} menurut hari sejak kunjungan terakhir: tepat waktu sampai {due} hari, "
        f"akan jatuh tempo {due + 1}{words.EN_DASH}{late} hari, jatuh tempo lebih dari {late} hari"
    )


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


def _narrowed_to(page: PageContext) -> str | None:
    """Return the kecamatan the list is narrowed to; a button releases it again."""
    where: str | None = st.session_state.get(LISTED_KECAMATAN_KEY)
    if where and page.filter.kecamatan and where not in page.filter.kecamatan:
        where = None
    if where:
        st.button(
            f"Tampilkan semua desa (kini: Kecamatan {gazetteer().name(where)})",
            on_click=lambda: st.session_state.update({LISTED_KECAMATAN_KEY: ""}),
            icon=":material/close:",
            key="daftar_lepas",
        )
    return where
